/* ts_space.c - enums and namespaces: a variable, and a function that fills its object. Members stay
 * in their lines:
 *
 *     enum E { A, B = A << 1 }      var E; (function (E$1) { E$1[E$1["A"] = 0] = "A"; ... })(E ||
 * (E = {}));
 *
 * Tests: typescript_test.c */
#include "js/ts/ts_int.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

/* ---- the variable and its function ---- */

/* Text before the members; the object is member `name` of outer (NULL: a variable alone). */
static void put_head(struct ts *p, struct buf *b, uint32_t symbol, const char *inner, bool exported)
{
    struct str name = ts_text(p, symbol);
    bool is_member = exported && ts_scope(p)->space != NULL;
    if (ts_declared(p, symbol) & DECL_OBJECT)
        buf_addc(b, ';');
    else if (p->scopes.len == 1)
        buf_addf(b, "%svar %.*s; ", exported ? "export " : "", (int)name.len, name.p);
    else
        buf_addf(b, "let %.*s; ", (int)name.len, name.p);
    buf_addf(b, "(function (%s) {", inner);
    if (is_member)
        ts_space_add(ts_scope(p)->space, symbol);
}

/* Behind the closing brace; in the scope around it again. */
static void put_tail(struct ts *p, struct buf *b, uint32_t symbol, bool exported)
{
    struct str name = ts_text(p, symbol);
    int len = (int)name.len;
    if (exported && ts_scope(p)->space != NULL) {
        const char *outer = ts_scope(p)->holder;
        buf_addf(b, ")(%.*s = %s.%.*s || (%s.%.*s = {}));", len, name.p, outer, len, name.p, outer,
                 len, name.p);
    } else {
        buf_addf(b, ")(%.*s || (%.*s = {}));", len, name.p, len, name.p);
    }
}

/* ---- enums ---- */

/* What the next member without a value gets. */
enum next_kind { NEXT_NUMBER, NEXT_PLUS_ONE, NEXT_NOTHING };

struct enumeration {
    struct ts_space *space;
    const char *holder;
    enum next_kind next;
    double number;
    struct str last; /* the quoted name of the member before */
};

static bool is_text_member(struct ts *p, const struct ts_space *own, struct str name)
{
    ptrdiff_t dot = str_find(name, '.');
    const struct ts_space *space = own;
    if (dot > 0) {
        struct str of = {name.p, (size_t)dot};
        name = (struct str){name.p + dot + 1, name.len - (size_t)dot - 1};
        space = NULL;
        for (size_t i = 0; i < p->spaces.len; i++)
            if (str_eq(ts_text(p, p->spaces.items[i]->symbol), of))
                space = p->spaces.items[i];
    }
    for (size_t i = 0; space != NULL && i < space->texts.len; i++)
        if (str_eq(ts_text(p, space->texts.items[i]), name))
            return true;
    return false;
}

/* A value that is a string gets no entry in the other direction. */
static bool is_text(struct ts *p, const struct ts_space *own, uint32_t start, uint32_t end)
{
    struct str s = str_trim((struct str){p->src + start, end - start});
    if (s.len == 0)
        return false;
    char last = s.p[s.len - 1];
    if (last == '"' || last == '\'' || last == '`')
        return true;
    if (s.p[0] != '"' && s.p[0] != '\'' && s.p[0] != '`')
        return is_text_member(p, own, s);
    size_t i = 1;
    while (i < s.len && s.p[i] != s.p[0])
        i += s.p[i] == '\\' ? 2 : 1;
    for (i++; i < s.len && ascii_is_space(s.p[i]); i++)
        ;
    struct str rest = i < s.len ? (struct str){s.p + i, s.len - i} : STR("");
    return str_starts(rest, "+") || str_starts(rest, "as ") || str_starts(rest, "satisfies ");
}

static void note_value(struct ts *p, struct enumeration *e, uint32_t start, uint32_t end)
{
    char *rest;
    char *text = mem_strndup(p->src + start, end - start);
    double number = strtod(text, &rest);
    bool is_plain =
        *rest == '\0' && number < 1e15 && number > -1e15 && number == (double)(int64_t)number;
    mem_free(text);
    e->next = is_plain ? NEXT_NUMBER : NEXT_PLUS_ONE;
    e->number = is_plain ? number + 1 : 0;
}

static void put_automatic(struct ts *p, struct enumeration *e, struct buf *b)
{
    switch (e->next) {
    case NEXT_NUMBER:
        buf_addf(b, "%.0f", e->number);
        e->number++;
        break;
    case NEXT_PLUS_ONE:
        buf_addf(b, "%s[%.*s] + 1", e->holder, (int)e->last.len, e->last.p);
        break;
    case NEXT_NOTHING:
        buf_adds(b, "void 0");
        break;
    }
}

static struct str quoted_name(struct ts *p, const struct ts_token *name)
{
    struct str raw = {p->src + name->start, name->end - name->start};
    if (name->kind == TS_STRING)
        return raw;
    return str_of(arena_printf(p->arena, "\"%.*s\"", (int)raw.len, raw.p));
}

/* The name of a member: a, "a", ["a"] */
static bool member_name(struct ts *p, struct ts_token *name)
{
    bool is_bracketed = ts_take(p, '[');
    *name = p->tok;
    if (!ts_take(p, TS_NAME) && !ts_take(p, TS_STRING))
        ts_unexpected(p);
    if (is_bracketed)
        ts_expect(p, ']');
    return !p->failed;
}

static void enum_member(struct ts *p, struct enumeration *e)
{
    struct ts_token name;
    uint32_t start = p->tok.start;
    if (!member_name(p, &name))
        return;
    struct str quoted = quoted_name(p, &name);
    uint32_t inner = name.kind == TS_STRING;
    uint32_t symbol = ts_symbol(p, name.start + inner, name.end - inner);
    uint32_t name_end = p->prev_end, value_start = p->prev_end, value_end = p->prev_end;
    struct buf b;
    buf_init(&b, BUF_NO_LIMIT);
    bool has_value = ts_take(p, '=');
    if (has_value) {
        value_start = p->tok.start;
        ts_assignment(p);
        value_end = p->prev_end;
    }
    if (p->failed) {
        buf_deinit(&b);
        return;
    }
    bool is_string = has_value && is_text(p, e->space, value_start, value_end);
    buf_addf(&b, is_string ? "%s[" : "%1$s[%1$s[", e->holder);
    buf_addf(&b, "%.*s] = ", (int)quoted.len, quoted.p);
    if (!has_value)
        put_automatic(p, e, &b);
    ts_insert(p, start, "%s", b.data);
    ts_erase(p, start, has_value ? value_start : name_end);
    if (is_string)
        ts_insert(p, value_end, ";");
    else
        ts_insert(p, value_end, "] = %.*s;", (int)quoted.len, quoted.p);
    if (has_value)
        note_value(p, e, value_start, value_end);
    if (is_string) {
        e->next = NEXT_NOTHING;
        VEC_PUSH(&e->space->texts, symbol);
    }
    e->last = quoted;
    ts_declare(p, symbol, BIND_MEMBER);
    ts_space_add(e->space, symbol);
    buf_deinit(&b);
}

static void enum_body(struct ts *p, struct enumeration *e)
{
    while (p->tok.kind != '}' && !p->failed) {
        enum_member(p, e);
        if (p->tok.kind == ',') {
            ts_next(p);
            ts_erase(p, p->prev_end - 1, p->prev_end);
        } else if (p->tok.kind != '}') {
            ts_expect(p, '}');
        }
    }
}

void ts_enum(struct ts *p, uint32_t start, const struct ts_mark *since, bool exported)
{
    ts_next(p);
    if (!ts_at_name(p)) {
        ts_unexpected(p);
        return;
    }
    struct ts_token name = p->tok;
    uint32_t symbol = ts_symbol(p, name.start, name.end);
    ts_next(p);
    if (!ts_expect(p, '{'))
        return;
    struct enumeration e = {.space = ts_space_get(p, symbol)};
    struct buf b;
    e.holder = ts_fresh_name(p, ts_text(p, symbol));
    buf_init(&b, BUF_NO_LIMIT);
    put_head(p, &b, symbol, e.holder, exported);
    ts_replace(p, start, p->prev_end, b.data);
    ts_declare(p, symbol, DECL_VALUE | DECL_OBJECT);
    ts_open_space(p, e.space, e.holder);
    enum_body(p, &e);
    ts_close(p);
    buf_clear(&b);
    if (ts_expect(p, '}')) {
        put_tail(p, &b, symbol, exported);
        ts_insert(p, p->prev_end, "%s", b.data);
    }
    buf_deinit(&b);
    p->kept_module_syntax |= exported && p->scopes.len == 1 && !p->is_ambient;
}

/* ---- namespaces ---- */

/* Statements up to "}". Is any of them more than types? */
static bool has_values(struct ts *p)
{
    bool has = false;
    while (p->tok.kind != '}' && p->tok.kind != TS_EOF) {
        bool is_empty = p->tok.kind == ';';
        ts_statement(p);
        has |= !is_empty && p->whole_end != p->prev_end;
    }
    return has;
}

static void ambient_body(struct ts *p)
{
    ts_open(p, true);
    ts_statements(p, '}');
    ts_close(p);
}

/* A, or A.B.C: one function in the other. At the name; up to "}" . */
static bool nested(struct ts *p, struct buf *head, struct buf *tail, uint32_t start, bool exported)
{
    if (!ts_at_name(p)) {
        ts_unexpected(p);
        return false;
    }
    if (!ts_enter(p))
        return false;
    uint32_t symbol = ts_symbol(p, p->tok.start, p->tok.end);
    const char *holder = ts_fresh_name(p, ts_text(p, symbol));
    ts_next(p);
    struct ts_space *space = ts_space_get(p, symbol);
    put_head(p, head, symbol, holder, exported);
    ts_declare(p, symbol, DECL_VALUE | DECL_OBJECT);
    ts_open_space(p, space, holder);
    bool has = false;
    if (ts_take(p, '.')) {
        has = nested(p, head, tail, start, true);
        buf_adds(tail, " }");
    } else if (ts_expect(p, '{')) {
        ts_replace(p, start, p->prev_end, head->data);
        has = has_values(p);
        ts_expect(p, '}');
    }
    ts_close(p);
    put_tail(p, tail, symbol, exported);
    ts_leave(p);
    return has;
}

void ts_namespace(struct ts *p, uint32_t start, const struct ts_mark *since, bool exported)
{
    struct buf head, tail;
    ts_next(p);
    if (p->is_ambient) {
        while (p->tok.kind != '{' && p->tok.kind != TS_EOF && p->tok.kind != ';')
            ts_next(p);
        if (ts_expect(p, '{'))
            ambient_body(p);
        ts_expect(p, '}');
        return;
    }
    buf_init(&head, BUF_NO_LIMIT);
    buf_init(&tail, BUF_NO_LIMIT);
    bool has = nested(p, &head, &tail, start, exported);
    ts_insert(p, p->prev_end, "%s", tail.data);
    buf_deinit(&head);
    buf_deinit(&tail);
    if (!has && !p->failed) {
        ts_erase_whole(p, since, start);
        p->decls.len = since->decls;
    } else {
        p->kept_module_syntax |= exported && p->scopes.len == 1;
    }
}
