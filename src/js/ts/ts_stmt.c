/* ts_stmt.c - statements, and those that only TypeScript has. Tests: typescript_test.c */
#include "js/ts/ts_int.h"

/* ---- declarations ---- */

static bool at_binding(const struct ts *p)
{
    return ts_at_name(p) || p->tok.kind == '{' || p->tok.kind == '[';
}

void ts_variables(struct ts *p, uint32_t mode)
{
    do {
        if (!at_binding(p)) {
            ts_unexpected(p);
            return;
        }
        ts_binding(p, mode);
        if (p->tok.kind == '!' && !p->tok.after_line) {
            ts_next(p);
            ts_erase(p, p->prev_end - 1, p->prev_end);
        }
        ts_erase_annotation(p);
        if (ts_take(p, '='))
            ts_assignment(p);
    } while (ts_take(p, ','));
}

bool ts_function_statement(struct ts *p, const struct ts_mark *since, uint32_t start)
{
    ts_take_word(p, W_ASYNC);
    ts_next(p);
    ts_take(p, '*');
    uint32_t name = 0;
    if (p->tok.kind == TS_NAME) {
        name = ts_symbol(p, p->tok.start, p->tok.end) + 1;
        ts_next(p);
    }
    if (!ts_function_rest(p, 0)) {
        ts_end_statement(p);
        ts_erase_whole(p, since, start);
        return false;
    }
    if (name > 0)
        ts_declare(p, name - 1, DECL_VALUE | DECL_OBJECT);
    return true;
}

static bool at_variables(struct ts *p)
{
    switch (p->tok.word) {
    case W_VAR:
        return true;
    case W_CONST:
        return ts_peek(p).word != W_ENUM;
    case W_LET:
    case W_USING: {
        struct ts_token next = ts_peek(p);
        if (p->tok.word == W_USING && (next.after_line || next.kind != TS_NAME))
            return false;
        return next.kind == '{' || next.kind == '[' ||
               (next.kind == TS_NAME && next.word != W_IN && next.word != W_INSTANCEOF &&
                (next.word != W_OF || p->tok.word == W_LET));
    }
    default:
        return false;
    }
}

/* ---- TypeScript's own ---- */

static void erase_since(struct ts *p, const struct ts_mark *since, uint32_t start)
{
    ts_erase_whole(p, since, start);
    p->decls.len = since->decls;
    p->imports.len = since->imports;
    p->import_names.len = since->import_names;
    p->export_names.len = since->export_names;
}

static void type_alias(struct ts *p, const struct ts_mark *since, uint32_t start)
{
    ts_next(p);
    uint32_t name = ts_symbol(p, p->tok.start, p->tok.end);
    ts_next(p);
    if (p->tok.kind == '<')
        ts_type_parameters(p);
    ts_expect(p, '=');
    ts_type(p);
    ts_end_statement(p);
    erase_since(p, since, start);
    ts_declare(p, name, DECL_TYPE);
}

static void interface(struct ts *p, const struct ts_mark *since, uint32_t start)
{
    ts_next(p);
    uint32_t name = ts_symbol(p, p->tok.start, p->tok.end);
    ts_next(p);
    if (p->tok.kind == '<')
        ts_type_parameters(p);
    if (ts_take_word(p, W_EXTENDS))
        do {
            ts_type(p);
        } while (ts_take(p, ','));
    if (p->tok.kind == '{')
        ts_type(p);
    else
        ts_expect(p, '{');
    erase_since(p, since, start);
    ts_declare(p, name, DECL_TYPE);
}

/* declare module "x" { ... }, declare global { ... }: from the name on. */
static void ambient_module(struct ts *p)
{
    ts_next(p);
    if (p->tok.kind != '{') {
        ts_end_statement(p);
        return;
    }
    ts_next(p);
    ts_open(p, true);
    ts_statements(p, '}');
    ts_close(p);
    ts_expect(p, '}');
}

static bool follows_declare(const struct ts_token *t)
{
    if (t->kind != TS_NAME || t->after_line)
        return false;
    switch (t->word) {
    case W_VAR:
    case W_LET:
    case W_CONST:
    case W_FUNCTION:
    case W_CLASS:
    case W_ABSTRACT:
    case W_ENUM:
    case W_NAMESPACE:
    case W_MODULE:
    case W_GLOBAL:
    case W_INTERFACE:
    case W_TYPE:
    case W_ASYNC:
    case W_IMPORT:
    case W_USING:
        return true;
    default:
        return false;
    }
}

static void declare(struct ts *p, const struct ts_mark *since, uint32_t start)
{
    bool was_ambient = p->is_ambient;
    ts_next(p);
    p->is_ambient = true;
    if (ts_at_word(p, W_GLOBAL)) {
        ambient_module(p);
    } else if (ts_at_word(p, W_MODULE) && ts_peek(p).kind == TS_STRING) {
        ts_next(p);
        ambient_module(p);
    } else {
        ts_statement(p);
    }
    p->is_ambient = was_ambient;
    erase_since(p, since, start);
}

/* The current word begins a declaration only with a name behind it on the same line. */
static bool has_name_behind(struct ts *p)
{
    struct ts_token next = ts_peek(p);
    return next.kind == TS_NAME && !next.after_line && next.word != W_IN &&
           next.word != W_INSTANCEOF && (next.word == W_NONE || next.word > W_LAST_RESERVED);
}

bool ts_typescript_statement(struct ts *p, const struct ts_mark *since, uint32_t start,
                             bool exported)
{
    if (p->tok.kind != TS_NAME)
        return false;
    switch (p->tok.word) {
    case W_TYPE:
        if (!has_name_behind(p))
            return false;
        type_alias(p, since, start);
        return true;
    case W_INTERFACE:
        if (!has_name_behind(p))
            return false;
        interface(p, since, start);
        return true;
    case W_ENUM:
        ts_enum(p, start, since, exported);
        return true;
    case W_CONST:
        if (ts_peek(p).word != W_ENUM)
            return false;
        ts_next(p);
        ts_enum(p, start, since, exported);
        return true;
    case W_NAMESPACE:
    case W_MODULE:
        if (!has_name_behind(p) &&
            !(p->is_ambient && ts_at_word(p, W_MODULE) && ts_peek(p).kind == TS_STRING))
            return false;
        ts_namespace(p, start, since, exported);
        return true;
    case W_GLOBAL:
        if (!p->is_ambient || ts_peek(p).kind != '{')
            return false;
        ambient_module(p);
        return true;
    case W_DECLARE: {
        struct ts_token next = ts_peek(p);
        if (!follows_declare(&next))
            return false;
        declare(p, since, start);
        return true;
    }
    case W_ABSTRACT: {
        struct ts_token next = ts_peek(p);
        if (next.kind != TS_NAME || next.word != W_CLASS || next.after_line)
            return false;
        ts_erase(p, p->tok.start, p->tok.end);
        ts_next(p);
        ts_class(p, true);
        return true;
    }
    default: /* all other words begin nothing of TypeScript's */
        return false;
    }
}

/* ---- JavaScript's ---- */

static void parenthesized(struct ts *p)
{
    ts_expect(p, '(');
    ts_expression(p);
    ts_expect(p, ')');
}

static void block(struct ts *p)
{
    ts_open(p, false);
    ts_expect(p, '{');
    ts_statements(p, '}');
    ts_expect(p, '}');
    ts_close(p);
}

static void for_head(struct ts *p)
{
    ts_expect(p, '(');
    p->context.no_in = true;
    if (ts_at_word(p, W_AWAIT) && ts_peek(p).word == W_USING)
        ts_next(p);
    if (at_variables(p)) {
        uint32_t mode = ts_at_word(p, W_VAR) ? BIND_VAR : BIND_LOCAL;
        ts_next(p);
        ts_variables(p, mode);
    } else if (p->tok.kind != ';') {
        ts_expression(p);
    }
    p->context.no_in = false;
    if (ts_take_word(p, W_OF)) {
        ts_assignment(p);
    } else if (ts_take_word(p, W_IN)) {
        ts_expression(p);
    } else {
        ts_expect(p, ';');
        if (p->tok.kind != ';')
            ts_expression(p);
        ts_expect(p, ';');
        if (p->tok.kind != ')')
            ts_expression(p);
    }
    ts_expect(p, ')');
}

static void for_statement(struct ts *p)
{
    ts_next(p);
    ts_take_word(p, W_AWAIT);
    ts_open(p, false);
    for_head(p);
    ts_statement(p);
    ts_close(p);
}

static void if_statement(struct ts *p)
{
    ts_next(p);
    parenthesized(p);
    ts_statement(p);
    if (ts_take_word(p, W_ELSE))
        ts_statement(p);
}

static void do_statement(struct ts *p)
{
    ts_next(p);
    ts_statement(p);
    if (ts_expect_word(p, W_WHILE))
        parenthesized(p);
    ts_take(p, ';');
}

static void try_statement(struct ts *p)
{
    ts_next(p);
    block(p);
    if (ts_take_word(p, W_CATCH)) {
        ts_open(p, false);
        if (ts_take(p, '(')) {
            ts_binding(p, BIND_LOCAL);
            ts_erase_annotation(p);
            ts_expect(p, ')');
        }
        block(p);
        ts_close(p);
    }
    if (ts_take_word(p, W_FINALLY))
        block(p);
}

static void switch_statement(struct ts *p)
{
    ts_next(p);
    parenthesized(p);
    ts_expect(p, '{');
    ts_open(p, false);
    while (p->tok.kind != '}' && !p->failed) {
        if (ts_take_word(p, W_CASE))
            ts_expression(p);
        else
            ts_expect_word(p, W_DEFAULT);
        ts_expect(p, ':');
        while (p->tok.kind != '}' && !ts_at_word(p, W_CASE) && !ts_at_word(p, W_DEFAULT) &&
               !p->failed)
            ts_statement(p);
    }
    ts_close(p);
    ts_expect(p, '}');
}

/* return x, throw x, break label: with something behind it on the line, or not. */
static void jump(struct ts *p, bool has_value)
{
    ts_next(p);
    bool ends =
        p->tok.kind == ';' || p->tok.kind == '}' || p->tok.kind == TS_EOF || p->tok.after_line;
    if (!ends && has_value)
        ts_expression(p);
    else if (!ends)
        ts_take(p, TS_NAME);
    ts_end_statement(p);
}

static void expression_statement(struct ts *p)
{
    struct ts_super *s = ts_at_word(p, W_SUPER) ? p->super : NULL;
    size_t calls = s != NULL ? s->starts.len : 0;
    bool is_in_body = s != NULL && s->depth == p->depth;
    ts_expression(p);
    if (is_in_body && s->ends.len == calls + 1 && VEC_LAST(&s->ends) == p->prev_end)
        s->direct++;
    ts_end_statement(p);
}

static void labelled_or_expression(struct ts *p)
{
    if (ts_at_name(p) && ts_peek(p).kind == ':') {
        ts_next(p);
        ts_next(p);
        ts_statement(p);
        return;
    }
    expression_statement(p);
}

/* await using x = ... */
static bool await_using(struct ts *p)
{
    struct ts_mark before = ts_mark(p);
    ts_next(p);
    if (!ts_at_word(p, W_USING) || p->tok.after_line || !at_variables(p)) {
        ts_back(p, &before);
        return false;
    }
    ts_next(p);
    ts_variables(p, BIND_LOCAL);
    ts_end_statement(p);
    return true;
}

static bool at_async_function(struct ts *p)
{
    struct ts_token next = ts_peek(p);
    return next.kind == TS_NAME && next.word == W_FUNCTION && !next.after_line;
}

static void word_statement(struct ts *p)
{
    struct ts_mark since = ts_mark(p);
    uint32_t start = p->tok.start;
    if (ts_typescript_statement(p, &since, start, false))
        return;
    if (at_variables(p)) {
        uint32_t mode = ts_at_word(p, W_VAR) ? BIND_VAR : BIND_LOCAL;
        ts_next(p);
        ts_variables(p, mode);
        ts_end_statement(p);
        return;
    }
    switch (p->tok.word) {
    case W_FUNCTION:
        ts_function_statement(p, &since, start);
        return;
    case W_ASYNC:
        if (at_async_function(p))
            ts_function_statement(p, &since, start);
        else
            labelled_or_expression(p);
        return;
    case W_AWAIT:
        if (!await_using(p))
            labelled_or_expression(p);
        return;
    case W_CLASS:
        ts_class(p, true);
        return;
    case W_IMPORT: {
        int next = ts_peek(p).kind;
        if (next == '(' || next == '.')
            expression_statement(p);
        else
            ts_import(p);
        return;
    }
    case W_EXPORT:
        ts_export(p);
        return;
    case W_IF:
        if_statement(p);
        return;
    case W_FOR:
        for_statement(p);
        return;
    case W_WHILE:
    case W_WITH:
        ts_next(p);
        parenthesized(p);
        ts_statement(p);
        return;
    case W_DO:
        do_statement(p);
        return;
    case W_TRY:
        try_statement(p);
        return;
    case W_SWITCH:
        switch_statement(p);
        return;
    case W_RETURN:
    case W_THROW:
        jump(p, true);
        return;
    case W_BREAK:
    case W_CONTINUE:
    case W_DEBUGGER:
        jump(p, false);
        return;
    default: /* all other words begin an expression, or are refused there */
        labelled_or_expression(p);
    }
}

void ts_statement(struct ts *p)
{
    if (p->failed || !ts_enter(p))
        return;
    struct ts_context saved = p->context;
    p->context = (struct ts_context){0};
    switch (p->tok.kind) {
    case '{':
        block(p);
        break;
    case ';':
        ts_next(p);
        break;
    case TS_NAME:
        word_statement(p);
        break;
    case '@':
        ts_fail(p, "decorators are not supported");
        break;
    default:
        expression_statement(p);
    }
    p->context = saved;
    ts_leave(p);
}

void ts_statements(struct ts *p, int end)
{
    while (p->tok.kind != end && p->tok.kind != TS_EOF)
        ts_statement(p);
}
