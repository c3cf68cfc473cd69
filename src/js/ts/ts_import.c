/* ts_import.c - import and export statements. An imported name that is used only in types is not
 * imported; a statement of which nothing is left goes as a whole. Tests: typescript_test.c */
#include "js/ts/ts_int.h"

/* ---- clauses ---- */

/* with { type: "json" } */
static void attributes(struct ts *p)
{
    if (!ts_at_word(p, W_WITH))
        return;
    ts_next(p);
    ts_expect(p, '{');
    while (p->tok.kind != '}' && !p->failed) {
        ts_property_key(p);
        ts_expect(p, ':');
        ts_expect(p, TS_STRING);
        if (!ts_take(p, ','))
            break;
    }
    ts_expect(p, '}');
}

static void source(struct ts *p)
{
    ts_expect_word(p, W_FROM);
    if (!ts_take(p, TS_STRING))
        ts_unexpected(p);
    attributes(p);
}

/* The words of one name in braces: "a", "a as b", "type a", "type a as b". Where the first word
 * is `type` their number tells. */
struct specifier {
    struct ts_token first, last;
    bool is_type;
    uint32_t start, end; /* with the comma behind it */
};

static bool at_specifier_word(const struct ts *p)
{
    return p->tok.kind == TS_NAME || p->tok.kind == TS_STRING;
}

static bool specifier(struct ts *p, struct specifier *s)
{
    int words = 0;
    struct ts_token type = p->tok;
    *s = (struct specifier){.start = p->tok.start, .first = p->tok};
    for (; at_specifier_word(p) && words < 5; words++) {
        if (words == 1)
            s->first = type.word == W_TYPE ? p->tok : s->first;
        s->last = p->tok;
        ts_next(p);
    }
    s->is_type = type.kind == TS_NAME && type.word == W_TYPE && (words == 2 || words == 4);
    if (!s->is_type)
        s->first = type;
    if (words == 0 || words > 4) {
        ts_unexpected(p);
        return false;
    }
    s->end = p->prev_end;
    if (ts_take(p, ','))
        s->end = p->prev_end;
    else if (p->tok.kind != '}')
        ts_expect(p, '}');
    return !p->failed;
}

/* ---- import ---- */

static void add_name(struct ts *p, struct ts_import *i, struct ts_token name, uint32_t start,
                     uint32_t end, enum ts_clause clause, bool is_type)
{
    uint32_t symbol = ts_symbol(p, name.start, name.end);
    struct ts_import_name n = {symbol, start, end, clause, is_type};
    VEC_PUSH(&p->import_names, n);
    i->name_count++;
    ts_declare(p, symbol, is_type ? DECL_TYPE : DECL_VALUE | DECL_IMPORT);
}

static void named_imports(struct ts *p, struct ts_import *i, uint32_t start, bool is_type)
{
    struct specifier s;
    i->named_start = start;
    ts_next(p);
    while (p->tok.kind != '}' && specifier(p, &s)) {
        if (s.last.kind != TS_NAME)
            ts_unexpected(p);
        add_name(p, i, s.last, s.start, s.end, CLAUSE_NAMED, is_type || s.is_type);
    }
    ts_expect(p, '}');
    i->named_end = p->prev_end;
}

static void space_import(struct ts *p, struct ts_import *i, uint32_t start, bool is_type)
{
    ts_next(p);
    ts_expect_word(p, W_AS);
    struct ts_token name = p->tok;
    if (ts_take(p, TS_NAME))
        add_name(p, i, name, start, name.end, CLAUSE_SPACE, is_type);
    else
        ts_unexpected(p);
}

/* `import type X from`: type is a word of its own unless it is the name that is imported. */
static bool at_import_type(struct ts *p)
{
    if (!ts_at_word(p, W_TYPE))
        return false;
    struct ts_mark before = ts_mark(p);
    ts_next(p);
    bool is_type = p->tok.kind == '{' || p->tok.kind == '*';
    if (p->tok.kind == TS_NAME) {
        struct ts_token next = ts_peek(p);
        is_type = p->tok.word != W_FROM || (next.kind == TS_NAME && next.word == W_FROM) ||
                  next.kind == '=';
    }
    ts_back(p, &before);
    return is_type;
}

/* a = require("b"), a = b.c; from the "=" on. The name becomes a constant, or a member of the
 * namespace that exports it. */
static void import_equals(struct ts *p, const struct ts_mark *since, struct ts_import *i,
                          struct ts_token name, bool is_type, bool exported)
{
    struct ts_space *space = ts_scope(p)->space;
    uint32_t symbol = ts_symbol(p, name.start, name.end);
    i->is_equals = true;
    ts_next(p);
    ts_assignment(p);
    ts_end_statement(p);
    i->end = p->prev_end;
    if (is_type) {
        ts_erase_whole(p, since, i->start);
        ts_declare(p, symbol, DECL_TYPE);
        return;
    }
    if (exported && space != NULL) {
        ts_erase(p, i->start, name.start);
        ts_refer(p, name.start, name.end, false);
        ts_space_add(space, symbol);
        ts_declare(p, symbol, BIND_MEMBER);
        return;
    }
    if (exported || space != NULL) {
        uint32_t word = exported ? since->tok.end : i->start;
        ts_replace(p, word, name.start, exported ? " const " : "const ");
        ts_declare(p, symbol, DECL_VALUE);
        p->kept_module_syntax |= space == NULL;
        return;
    }
    ts_declare(p, symbol, DECL_VALUE | DECL_IMPORT);
    struct ts_import_name n = {symbol, name.start, name.end, CLAUSE_DEFAULT, false};
    VEC_PUSH(&p->import_names, n);
    i->name_count = 1;
    VEC_PUSH(&p->imports, *i);
}

static void import_from(struct ts *p, const struct ts_mark *since, uint32_t start, bool exported)
{
    struct ts_import i = {.start = start, .first_name = (uint32_t)p->import_names.len};
    ts_next(p);
    bool is_type = at_import_type(p);
    if (is_type)
        ts_next(p);
    uint32_t clause_start = p->tok.start;
    if (p->tok.kind == TS_NAME) {
        struct ts_token name = p->tok;
        ts_next(p);
        if (p->tok.kind == '=') {
            import_equals(p, since, &i, name, is_type, exported);
            return;
        }
        clause_start = p->tok.start;
        bool has_comma = ts_take(p, ',');
        add_name(p, &i, name, name.start, has_comma ? p->prev_end : name.end, CLAUSE_DEFAULT,
                 is_type);
    }
    if (p->tok.kind == '*')
        space_import(p, &i, clause_start, is_type);
    else if (p->tok.kind == '{')
        named_imports(p, &i, clause_start, is_type);
    source(p);
    ts_end_statement(p);
    i.end = p->prev_end;
    VEC_PUSH(&p->imports, i);
}

void ts_import(struct ts *p)
{
    struct ts_mark since = ts_mark(p);
    uint32_t start = p->tok.start;
    if (!p->is_ambient)
        p->saw_module_syntax = true;
    if (ts_peek(p).kind != TS_STRING) {
        import_from(p, &since, start, false);
        return;
    }
    ts_next(p);
    ts_next(p);
    attributes(p);
    ts_end_statement(p);
    p->kept_module_syntax = true;
}

/* ---- export ---- */

static void export_list(struct ts *p, const struct ts_mark *since, uint32_t start, bool is_type)
{
    struct specifier s;
    size_t first = p->export_names.len;
    size_t kept = 0, all = 0;
    ts_next(p);
    while (p->tok.kind != '}' && specifier(p, &s)) {
        struct ts_export_name n = {.start = s.start, .end = s.end};
        all++;
        if (s.is_type) {
            ts_erase(p, s.start, s.end);
            continue;
        }
        kept++;
        if (s.first.kind == TS_NAME) {
            n.symbol = ts_symbol(p, s.first.start, s.first.end);
            VEC_PUSH(&p->export_names, n);
        }
    }
    ts_expect(p, '}');
    bool has_source = ts_at_word(p, W_FROM);
    if (has_source)
        source(p);
    ts_end_statement(p);
    if (has_source || is_type)
        p->export_names.len = first;
    if (is_type || (has_source && all > 0 && kept == 0))
        ts_erase_whole(p, since, start);
    else
        p->kept_module_syntax = true;
}

static void export_all(struct ts *p, const struct ts_mark *since, uint32_t start, bool is_type)
{
    ts_next(p);
    if (ts_take_word(p, W_AS) && !ts_take(p, TS_NAME) && !ts_take(p, TS_STRING))
        ts_unexpected(p);
    source(p);
    ts_end_statement(p);
    if (is_type)
        ts_erase_whole(p, since, start);
    else
        p->kept_module_syntax = true;
}

/* export default name: nothing, if that is a type of this file. */
static bool default_name(struct ts *p, uint32_t start)
{
    if (!ts_at_name(p))
        return false;
    struct ts_token name = p->tok, next = ts_peek(p);
    if (next.kind != ';' && next.kind != TS_EOF && !next.after_line)
        return false;
    struct ts_mark before = ts_mark(p);
    ts_expression(p);
    if (p->prev_end != name.end) { /* it goes on, in the next line */
        ts_back(p, &before);
        return false;
    }
    ts_end_statement(p);
    struct ts_export_name n = {ts_symbol(p, name.start, name.end), start, p->prev_end, true};
    VEC_PUSH(&p->export_names, n);
    return true;
}

static bool at_function(struct ts *p)
{
    if (!ts_at_word(p, W_ASYNC))
        return ts_at_word(p, W_FUNCTION);
    struct ts_token next = ts_peek(p);
    return next.kind == TS_NAME && next.word == W_FUNCTION && !next.after_line;
}

static void export_default(struct ts *p, const struct ts_mark *since, uint32_t start)
{
    ts_next(p);
    if (ts_at_word(p, W_INTERFACE) && ts_peek(p).kind == TS_NAME) {
        ts_typescript_statement(p, since, start, false);
        return;
    }
    if (at_function(p)) {
        p->kept_module_syntax |= ts_function_statement(p, since, start);
        return;
    }
    if (default_name(p, start))
        return;
    if (ts_at_word(p, W_CLASS)) {
        ts_class(p, true);
    } else if (!ts_at_word(p, W_ABSTRACT) || !ts_typescript_statement(p, since, start, false)) {
        ts_assignment(p);
        ts_end_statement(p);
    }
    p->kept_module_syntax = true;
}

/* A declaration that a namespace exports: the names become members. */
static void export_from_space(struct ts *p, const struct ts_mark *since, uint32_t start)
{
    struct ts_scope *scope = ts_scope(p);
    struct ts_space *space = scope->space;
    const char *holder = scope->holder;
    bool is_variable = ts_at_word(p, W_VAR) || ts_at_word(p, W_LET) || ts_at_word(p, W_CONST);
    if (is_variable) {
        ts_next(p);
        /* "(" so that a pattern is no block. */
        ts_replace(p, start, p->tok.start, ";(");
        ts_variables(p, BIND_MEMBER);
        ts_insert(p, p->prev_end, ")");
        ts_end_statement(p);
        return;
    }
    ts_erase(p, start, p->tok.start);
    if (!at_function(p))
        ts_statement(p);
    else if (!ts_function_statement(p, since, start))
        return;
    if (p->decls.len == since->decls || p->failed)
        return;
    uint32_t symbol = VEC_LAST(&p->decls).symbol;
    struct str text = ts_text(p, symbol);
    ts_space_add(space, symbol);
    ts_insert(p, p->prev_end, " %s.%.*s = %.*s;", holder, (int)text.len, text.p, (int)text.len,
              text.p);
}

static void export_declaration(struct ts *p, const struct ts_mark *since, uint32_t start)
{
    bool in_space = ts_scope(p)->space != NULL && !p->is_ambient;
    if (ts_at_word(p, W_IMPORT)) {
        import_from(p, since, start, true);
        return;
    }
    if (!ts_at_word(p, W_ABSTRACT) && ts_typescript_statement(p, since, start, true))
        return;
    if (in_space) {
        export_from_space(p, since, start);
        return;
    }
    if (at_function(p)) {
        p->kept_module_syntax |= ts_function_statement(p, since, start);
        return;
    }
    ts_statement(p);
    p->kept_module_syntax = true;
}

void ts_export(struct ts *p)
{
    struct ts_mark since = ts_mark(p);
    uint32_t start = p->tok.start;
    if (!p->is_ambient && ts_scope(p)->space == NULL)
        p->saw_module_syntax = true;
    ts_next(p);
    bool is_type = false;
    if (ts_at_word(p, W_TYPE)) {
        int next = ts_peek(p).kind;
        is_type = next == '{' || next == '*';
        if (is_type)
            ts_next(p);
    }
    if (p->tok.kind == '{') {
        export_list(p, &since, start, is_type);
    } else if (p->tok.kind == '*') {
        export_all(p, &since, start, is_type);
    } else if (p->tok.kind == '=') { /* export = x */
        ts_next(p);
        ts_replace(p, start, p->prev_end, "module.exports =");
        p->kept_module_syntax = true; /* the opposite: CommonJS */
        ts_assignment(p);
        ts_end_statement(p);
    } else if (ts_at_word(p, W_AS)) { /* export as namespace X */
        ts_next(p);
        ts_expect_word(p, W_NAMESPACE);
        ts_take(p, TS_NAME);
        ts_end_statement(p);
        ts_erase_whole(p, &since, start);
    } else if (ts_at_word(p, W_DEFAULT)) {
        export_default(p, &since, start);
    } else {
        export_declaration(p, &since, start);
    }
}

/* ---- judgement ---- */

static bool is_used(const struct ts *p, uint32_t symbol)
{
    return p->marks.items[symbol] == p->serial;
}

/* What is left of one import statement: names that are used. */
static void judge_import(struct ts *p, const struct ts_import *i)
{
    const struct ts_import_name *names = p->import_names.items + i->first_name;
    uint32_t used = 0, named_used = 0;
    for (uint32_t k = 0; k < i->name_count; k++) {
        bool is = !names[k].is_type && is_used(p, names[k].symbol);
        used += is;
        named_used += is && names[k].clause == CLAUSE_NAMED;
    }
    if (used == 0) {
        ts_insert(p, i->start, ";");
        ts_erase(p, i->start, i->end);
        return;
    }
    if (i->is_equals) {
        ts_replace(p, i->start, names[0].start, "const ");
        return;
    }
    p->kept_module_syntax = true;
    for (uint32_t k = 0; k < i->name_count; k++)
        if ((names[k].is_type || !is_used(p, names[k].symbol)) &&
            (names[k].clause != CLAUSE_NAMED || named_used > 0))
            ts_erase(p, names[k].start, names[k].end);
    if (named_used == 0 && i->named_end > i->named_start)
        ts_erase(p, i->named_start, i->named_end);
}

static void judge_export(struct ts *p, const struct ts_export_name *n)
{
    uint32_t flags = ts_declared(p, n->symbol);
    if (n->is_default ? flags == DECL_TYPE : !(flags & DECL_VALUE))
        ts_erase(p, n->start, n->end);
    else
        p->kept_module_syntax = true;
}

void ts_judge_imports(struct ts *p)
{
    p->serial++;
    for (size_t i = 0; i < p->refs.len; i++)
        p->marks.items[p->refs.items[i].symbol] = p->serial;
    for (size_t i = 0; i < p->export_names.len; i++) {
        judge_export(p, &p->export_names.items[i]);
        p->marks.items[p->export_names.items[i].symbol] = p->serial;
    }
    for (size_t i = 0; i < p->imports.len; i++)
        judge_import(p, &p->imports.items[i]);
}
