/* ts_expr.c - expressions and the patterns that bind names. Precedence does not matter here: what
 * is taken out of an expression (as T, !, <T>) leaves the rest as it was.
 * Functions that return bool say whether an arrow function was read: nothing continues one.
 * Tests: typescript_test.c */
#include "js/ts/ts_int.h"

static bool unary(struct ts *p);

static struct ts_context enter_brackets(struct ts *p)
{
    struct ts_context saved = p->context;
    p->context = (struct ts_context){0};
    return saved;
}

static void template(struct ts *p)
{
    struct ts_context saved = enter_brackets(p);
    uint32_t from = p->tok.start + 1;
    while (ts_scan_template(p, from)) {
        ts_expression(p);
        if (p->tok.kind != '}') {
            ts_expect(p, '}');
            break;
        }
        from = p->tok.end;
    }
    p->context = saved;
}

static void arguments(struct ts *p)
{
    struct ts_context saved = enter_brackets(p);
    ts_expect(p, '(');
    while (p->tok.kind != ')' && !p->failed) {
        ts_take(p, TS_ELLIPSIS);
        ts_assignment(p);
        if (!ts_take(p, ','))
            break;
    }
    p->context = saved;
    ts_expect(p, ')');
}

static void array(struct ts *p)
{
    struct ts_context saved = enter_brackets(p);
    ts_next(p);
    while (p->tok.kind != ']' && !p->failed) {
        if (ts_take(p, ','))
            continue;
        ts_take(p, TS_ELLIPSIS);
        ts_assignment(p);
        if (!ts_take(p, ','))
            break;
    }
    p->context = saved;
    ts_expect(p, ']');
}

/* ---- objects ---- */

void ts_property_key(struct ts *p)
{
    switch (p->tok.kind) {
    case TS_NAME:
    case TS_STRING:
    case TS_NUMBER:
    case TS_PRIVATE:
        ts_next(p);
        return;
    case '[': {
        struct ts_context saved = enter_brackets(p);
        ts_next(p);
        ts_assignment(p);
        p->context = saved;
        ts_expect(p, ']');
        return;
    }
    default:
        ts_unexpected(p);
    }
}

static void method(struct ts *p)
{
    if (!ts_function_rest(p, 0))
        ts_unexpected(p);
}

static bool ends_key(const struct ts_token *t)
{
    return t->kind == ',' || t->kind == ':' || t->kind == '(' || t->kind == '}' || t->kind == '=' ||
           t->kind == '<' || t->kind == TS_EOF;
}

static void property(struct ts *p)
{
    if (ts_take(p, TS_ELLIPSIS)) {
        ts_assignment(p);
        return;
    }
    while (ts_at_word(p, W_GET) || ts_at_word(p, W_SET) || ts_at_word(p, W_ASYNC)) {
        struct ts_token next = ts_peek(p);
        if (ends_key(&next))
            break;
        ts_next(p);
    }
    ts_take(p, '*');
    struct ts_token key = p->tok;
    ts_property_key(p);
    if (p->tok.kind == '(' || p->tok.kind == '<') {
        method(p);
    } else if (ts_take(p, ':')) {
        ts_assignment(p);
    } else {
        if (key.kind != TS_NAME)
            ts_unexpected(p);
        ts_refer(p, key.start, key.end, true);
        if (ts_take(p, '='))
            ts_assignment(p);
    }
}

static void object(struct ts *p)
{
    struct ts_context saved = enter_brackets(p);
    ts_next(p);
    while (p->tok.kind != '}' && !p->failed) {
        property(p);
        if (!ts_take(p, ','))
            break;
    }
    p->context = saved;
    ts_expect(p, '}');
}

/* ---- primary expressions ---- */

static void function_expression(struct ts *p)
{
    ts_next(p);
    ts_take(p, '*');
    uint32_t name = 0;
    if (p->tok.kind == TS_NAME) {
        name = ts_symbol(p, p->tok.start, p->tok.end) + 1;
        ts_next(p);
    }
    if (!ts_function_rest(p, name))
        ts_unexpected(p);
}

/* A name, or a function x => ... of one parameter. */
static bool name_or_arrow(struct ts *p)
{
    struct ts_token name = p->tok;
    ts_next(p);
    if (p->tok.kind != TS_ARROW || p->tok.after_line) {
        ts_refer(p, name.start, name.end, false);
        return false;
    }
    ts_open(p, true);
    ts_declare(p, ts_symbol(p, name.start, name.end), DECL_VALUE);
    ts_next(p);
    ts_arrow_body(p);
    ts_close(p);
    return true;
}

static bool async_expression(struct ts *p)
{
    struct ts_token next = ts_peek(p);
    uint32_t async_end = p->tok.end;
    if (next.after_line)
        return name_or_arrow(p);
    if (next.kind == TS_NAME && next.word == W_FUNCTION) {
        ts_next(p);
        function_expression(p);
        return false;
    }
    struct ts_mark before = ts_mark(p);
    if (next.kind == '(' || next.kind == '<') {
        ts_next(p);
        if (ts_try_arrow(p, async_end))
            return true;
        ts_back(p, &before);
    } else if (next.kind == TS_NAME && next.word != W_IN && next.word != W_INSTANCEOF &&
               next.word != W_OF && next.word != W_AS && next.word != W_SATISFIES) {
        ts_next(p);
        if (name_or_arrow(p))
            return true;
        ts_back(p, &before);
    }
    return name_or_arrow(p);
}

static void import_expression(struct ts *p)
{
    ts_next(p);
    if (ts_take(p, '.')) {
        p->saw_module_syntax = p->kept_module_syntax = true;
        if (!ts_take(p, TS_NAME))
            ts_unexpected(p);
    } else if (p->tok.kind == '(') {
        arguments(p);
    } else {
        ts_unexpected(p);
    }
}

static void new_expression(struct ts *p)
{
    ts_next(p);
    if (ts_take(p, '.')) { /* new.target */
        if (!ts_take(p, TS_NAME))
            ts_unexpected(p);
        return;
    }
    ts_left_side(p); /* what follows its arguments is read along, which makes no difference */
}

static void super_expression(struct ts *p)
{
    uint32_t start = p->tok.start;
    ts_next(p);
    if (p->tok.kind != '(')
        return;
    arguments(p);
    if (p->super != NULL && !p->failed) {
        VEC_PUSH(&p->super->starts, start);
        VEC_PUSH(&p->super->ends, p->prev_end);
    }
}

/* <T>x. An erased line break behind return would end the statement: then brackets hold it. */
static bool cast(struct ts *p)
{
    uint32_t start = p->tok.start;
    bool has_line = false;
    if (!ts_type_arguments(p))
        return false;
    for (uint32_t i = start; i < p->tok.start; i++)
        has_line |= p->src[i] == '\n' || p->src[i] == '\r';
    ts_erase(p, start, p->prev_end);
    if (has_line)
        ts_insert(p, start, "(");
    bool is_arrow = unary(p);
    if (has_line)
        ts_insert(p, p->prev_end, ")");
    return is_arrow && !has_line;
}

static bool parenthesis(struct ts *p)
{
    if (ts_try_arrow(p, 0))
        return true;
    struct ts_context saved = enter_brackets(p);
    ts_next(p);
    ts_expression(p);
    p->context = saved;
    ts_expect(p, ')');
    return false;
}

static bool word_expression(struct ts *p)
{
    switch (p->tok.word) {
    case W_FUNCTION:
        function_expression(p);
        return false;
    case W_CLASS:
        ts_class(p, false);
        return false;
    case W_ASYNC:
        return async_expression(p);
    case W_NEW:
        new_expression(p);
        return false;
    case W_IMPORT:
        import_expression(p);
        return false;
    case W_SUPER:
        super_expression(p);
        return false;
    case W_THIS:
    case W_NULL:
    case W_TRUE:
    case W_FALSE:
        ts_next(p);
        return false;
    default: /* names, and reserved words that can't stand here */
        if (ts_at_name(p))
            return name_or_arrow(p);
        ts_unexpected(p);
        return false;
    }
}

static bool primary(struct ts *p)
{
    switch (p->tok.kind) {
    case TS_NAME:
        return word_expression(p);
    case TS_STRING:
    case TS_NUMBER:
        ts_next(p);
        return false;
    case TS_PRIVATE: /* #x in y */
        ts_next(p);
        if (!ts_at_word(p, W_IN))
            ts_unexpected(p);
        return false;
    case '(':
        return parenthesis(p);
    case '[':
        array(p);
        return false;
    case '{':
        object(p);
        return false;
    case '`':
        template(p);
        return false;
    case '<':
        return ts_try_arrow(p, 0) || cast(p);
    case '/':
        ts_scan_regexp(p);
        return false;
    case TS_ASSIGN:
        if (p->src[p->tok.start] == '/') { /* a regular expression that begins with "=" */
            ts_scan_regexp(p);
            return false;
        }
        ts_unexpected(p);
        return false;
    case '@':
        ts_fail(p, "decorators are not supported");
        return false;
    default:
        ts_unexpected(p);
        return false;
    }
}

/* ---- what follows a primary expression ---- */

static bool begins_expression(const struct ts_token *t)
{
    switch (t->kind) {
    case TS_NAME:
        return t->word != W_IN && t->word != W_INSTANCEOF && t->word != W_AS &&
               t->word != W_SATISFIES;
    case TS_STRING:
    case TS_NUMBER:
    case TS_PRIVATE:
    case TS_STEP:
    case '(':
    case '[':
    case '{':
    case '`':
    case '<':
    case '/':
    case '+':
    case '-':
    case '!':
    case '~':
    case '@':
        return true;
    default:
        return false;
    }
}

/* f<T>(x), f<T>`x`, f<T>: erased if they are type arguments and no comparison. */
static bool try_type_arguments(struct ts *p)
{
    char next = p->src[p->tok.end];
    if (next == '=')
        return false;
    struct ts_mark before = ts_mark(p);
    uint32_t start = p->tok.start;
    bool fits = ts_type_arguments(p) && !p->failed;
    if (fits && p->tok.kind != '(' && p->tok.kind != '`')
        fits = p->tok.kind != '<' && p->tok.kind != '>' && p->tok.kind != '+' &&
               p->tok.kind != '-' && (p->tok.after_line || !begins_expression(&p->tok));
    if (!fits) {
        ts_back(p, &before);
        return false;
    }
    ts_erase(p, start, p->prev_end);
    return true;
}

static void index_or_member(struct ts *p, bool is_optional)
{
    if (p->tok.kind == '[') {
        struct ts_context saved = enter_brackets(p);
        ts_next(p);
        ts_expression(p);
        p->context = saved;
        ts_expect(p, ']');
    } else if (p->tok.kind == '(') {
        arguments(p);
    } else if (p->tok.kind == '`') {
        template(p);
    } else if (is_optional && p->tok.kind == '<') {
        if (!try_type_arguments(p))
            ts_unexpected(p);
    } else if (!ts_take(p, TS_NAME) && !ts_take(p, TS_PRIVATE)) {
        ts_unexpected(p);
    }
}

static bool left_side(struct ts *p)
{
    if (primary(p))
        return true;
    for (;;) {
        switch (p->tok.kind) {
        case '.':
            ts_next(p);
            if (!ts_take(p, TS_NAME) && !ts_take(p, TS_PRIVATE))
                ts_unexpected(p);
            continue;
        case TS_OPTIONAL:
            ts_next(p);
            index_or_member(p, true);
            continue;
        case '[':
        case '(':
        case '`':
            index_or_member(p, false);
            continue;
        case '!':
            if (p->tok.after_line)
                return false;
            ts_next(p);
            ts_erase(p, p->prev_end - 1, p->prev_end);
            continue;
        case '<':
            if (!try_type_arguments(p))
                return false;
            continue;
        default:
            return false;
        }
    }
}

void ts_left_side(struct ts *p)
{
    if (!ts_enter(p))
        return;
    left_side(p);
    ts_leave(p);
}

static bool is_unary_word(enum ts_word word)
{
    return word == W_TYPEOF || word == W_VOID || word == W_DELETE;
}

/* await x, but also a variable of that name. */
static bool at_await(struct ts *p)
{
    if (!ts_at_word(p, W_AWAIT))
        return false;
    struct ts_token next = ts_peek(p);
    return begins_expression(&next) && !(next.after_line && next.kind != TS_NAME);
}

static bool unary(struct ts *p)
{
    bool is_arrow = false;
    if (!ts_enter(p))
        return false;
    int kind = p->tok.kind;
    if (kind == '+' || kind == '-' || kind == '!' || kind == '~' || kind == TS_STEP ||
        (kind == TS_NAME && is_unary_word(p->tok.word)) || at_await(p)) {
        ts_next(p);
        is_arrow = unary(p);
    } else {
        is_arrow = left_side(p);
        if (!is_arrow && p->tok.kind == TS_STEP && !p->tok.after_line)
            ts_next(p);
    }
    ts_leave(p);
    return is_arrow;
}

/* ---- operators ---- */

/* x as T, x satisfies T */
static void type_assertion(struct ts *p)
{
    uint32_t start = p->tok.start;
    bool is_as = ts_at_word(p, W_AS);
    ts_next(p);
    if (is_as && ts_at_word(p, W_CONST))
        ts_next(p);
    else
        ts_type(p);
    ts_erase(p, start, p->prev_end);
}

static bool at_operator(struct ts *p)
{
    switch (p->tok.kind) {
    case TS_BINARY:
    case '+':
    case '-':
    case '*':
    case '/':
    case '%':
    case '&':
    case '|':
    case '^':
        return true;
    case '<':
    case '>':
        ts_scan_angle(p);
        return p->tok.kind != TS_ASSIGN;
    case TS_NAME:
        return p->tok.word == W_INSTANCEOF || (p->tok.word == W_IN && !p->context.no_in);
    default:
        return false;
    }
}

static bool binary(struct ts *p)
{
    if (unary(p))
        return true;
    for (;;) {
        if ((ts_at_word(p, W_AS) || ts_at_word(p, W_SATISFIES)) && !p->tok.after_line) {
            type_assertion(p);
        } else if (at_operator(p)) {
            ts_next(p);
            if (unary(p))
                return true;
        } else {
            return false;
        }
    }
}

static void yield(struct ts *p)
{
    ts_next(p);
    bool ends = p->tok.kind == ')' || p->tok.kind == ']' || p->tok.kind == '}' ||
                p->tok.kind == ',' || p->tok.kind == ';' || p->tok.kind == ':' ||
                p->tok.kind == TS_EOF || p->tok.after_line || ts_at_word(p, W_IN);
    if (ends)
        return;
    ts_take(p, '*');
    ts_assignment(p);
}

/* Behind the condition. */
static void conditional(struct ts *p)
{
    struct ts_context saved = p->context;
    ts_next(p);
    p->context.no_in = false;
    p->context.in_conditional = true;
    ts_assignment(p);
    p->context = saved;
    if (ts_expect(p, ':'))
        ts_assignment(p);
}

void ts_assignment(struct ts *p)
{
    if (p->failed || !ts_enter(p))
        return;
    if (ts_at_word(p, W_YIELD)) {
        yield(p);
    } else if (!binary(p)) {
        if (p->tok.kind == '?')
            conditional(p);
        else if (p->tok.kind == '=' || p->tok.kind == TS_ASSIGN) {
            ts_next(p);
            ts_assignment(p);
        }
    }
    ts_leave(p);
}

void ts_expression(struct ts *p)
{
    do {
        ts_assignment(p);
    } while (ts_take(p, ','));
}

/* ---- patterns ---- */

static void bind_name(struct ts *p, uint32_t mode, const struct ts_token *name, bool is_shorthand)
{
    uint32_t symbol = ts_symbol(p, name->start, name->end);
    ts_declare(p, symbol, mode);
    if (mode & DECL_MEMBER) {
        ts_refer(p, name->start, name->end, is_shorthand);
        if (!p->failed)
            ts_space_add(ts_scope(p)->space, symbol);
    }
}

static void bind_property(struct ts *p, uint32_t mode)
{
    if (ts_take(p, TS_ELLIPSIS)) {
        ts_binding(p, mode);
        return;
    }
    struct ts_token key = p->tok;
    ts_property_key(p);
    if (ts_take(p, ':'))
        ts_binding(p, mode);
    else if (key.kind == TS_NAME)
        bind_name(p, mode, &key, true);
    else
        ts_unexpected(p);
    if (ts_take(p, '='))
        ts_assignment(p);
}

static void bind_element(struct ts *p, uint32_t mode)
{
    ts_take(p, TS_ELLIPSIS);
    ts_binding(p, mode);
    if (ts_take(p, '='))
        ts_assignment(p);
}

void ts_binding(struct ts *p, uint32_t mode)
{
    if (ts_at_name(p)) {
        struct ts_token name = p->tok;
        ts_next(p);
        bind_name(p, mode, &name, false);
        return;
    }
    if (p->tok.kind != '{' && p->tok.kind != '[') {
        ts_unexpected(p);
        return;
    }
    if (!ts_enter(p))
        return;
    struct ts_context saved = enter_brackets(p);
    int close = p->tok.kind == '{' ? '}' : ']';
    ts_next(p);
    while (p->tok.kind != close && !p->failed) {
        if (close == ']' && ts_take(p, ','))
            continue;
        if (close == '}')
            bind_property(p, mode);
        else
            bind_element(p, mode);
        if (!ts_take(p, ','))
            break;
    }
    p->context = saved;
    ts_expect(p, close);
    ts_leave(p);
}
