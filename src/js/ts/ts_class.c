/* ts_class.c - classes: members that are types go, parameter properties become fields.
 * Tests: typescript_test.c */
#include "js/ts/ts_int.h"

/* One member while it is read. */
struct member {
    struct ts_mark since;
    uint32_t start;
    bool is_static;
    bool is_accessor; /* get, set */
    bool is_type;     /* abstract or declare: it goes */
    bool is_indented; /* its first word was blanked */
};

/* ---- constructors ---- */

static void write_properties(struct ts *p, uint32_t at, const struct ts_numbers *properties)
{
    for (size_t i = 0; i < properties->len; i++) {
        struct str name = ts_text(p, properties->items[i]);
        ts_insert(p, at, "%sthis.%.*s = %.*s;", i == 0 ? ";" : " ", (int)name.len, name.p,
                  (int)name.len, name.p);
    }
}

/* super() stands inside other expressions: a function that calls it and sets the properties. */
static void wrap_super(struct ts *p, const struct ts_numbers *properties,
                       const struct ts_super *super)
{
    const char *name = ts_fresh_name(p, STR("super"));
    ts_insert(p, super->body, " const %s = (...args) => { super(...args)", name);
    write_properties(p, super->body, properties);
    ts_insert(p, super->body, " return this; };");
    for (size_t i = 0; i < super->starts.len; i++)
        ts_replace(p, super->starts.items[i], super->starts.items[i] + 5, name);
}

static bool constructor(struct ts *p, bool is_derived, uint32_t class_body)
{
    struct ts_numbers properties = {0};
    struct ts_super super = {0};
    bool has_body = ts_constructor_rest(p, &properties, &super);
    if (has_body && properties.len > 0 && !p->failed) {
        /* Fields of their own before all others, as the language has it. */
        for (size_t i = 0; i < properties.len; i++) {
            struct str name = ts_text(p, properties.items[i]);
            ts_insert(p, class_body, " %.*s;", (int)name.len, name.p);
        }
        if (!is_derived)
            write_properties(p, super.body, &properties);
        else if (super.direct < super.starts.len)
            wrap_super(p, &properties, &super);
        else
            for (size_t i = 0; i < super.ends.len; i++)
                write_properties(p, super.ends.items[i], &properties);
    }
    VEC_DEINIT(&properties);
    VEC_DEINIT(&super.starts);
    VEC_DEINIT(&super.ends);
    return has_body;
}

/* ---- members ---- */

/* What can't follow a modifier: then the word is the member's name. */
static bool follows_name(const struct ts_token *t)
{
    switch (t->kind) {
    case '(':
    case '<':
    case '=':
    case ';':
    case '}':
    case ':':
    case '?':
    case '!':
    case ',':
    case TS_EOF:
        return true;
    default:
        return false;
    }
}

static bool modifier(struct ts *p, struct member *m)
{
    struct ts_token word = p->tok;
    if (word.kind != TS_NAME)
        return false;
    struct ts_token next = ts_peek(p);
    if (follows_name(&next))
        return false;
    bool is_erased = false;
    switch (word.word) {
    case W_STATIC:
        m->is_static = true;
        break;
    case W_GET:
    case W_SET:
        if (next.kind == '*')
            return false;
        m->is_accessor = true;
        break;
    case W_ASYNC:
    case W_ACCESSOR:
        if (next.after_line)
            return false;
        break;
    case W_ABSTRACT:
    case W_DECLARE:
        m->is_type = true;
        is_erased = true;
        break;
    case W_PUBLIC:
    case W_PRIVATE:
    case W_PROTECTED:
    case W_READONLY:
    case W_OVERRIDE:
        is_erased = true;
        break;
    default: /* all other words are names */
        return false;
    }
    if (is_erased && next.after_line && (next.kind != TS_NAME && next.kind != '['))
        return false;
    ts_next(p);
    if (is_erased) {
        ts_erase(p, word.start, word.end);
        m->is_indented |= word.start == m->start;
    }
    return true;
}

/* [key: T]: U */
static bool index_signature(struct ts *p)
{
    if (p->tok.kind != '[')
        return false;
    struct ts_mark before = ts_mark(p);
    ts_next(p);
    if (!ts_take(p, TS_NAME) || !ts_take(p, ':')) {
        ts_back(p, &before);
        return false;
    }
    ts_type(p);
    ts_expect(p, ']');
    if (ts_take(p, ':'))
        ts_type(p);
    ts_end_statement(p);
    return true;
}

static void field(struct ts *p)
{
    if (p->tok.kind == '?' || (p->tok.kind == '!' && !p->tok.after_line)) {
        ts_next(p);
        ts_erase(p, p->prev_end - 1, p->prev_end);
    }
    if (p->tok.kind == '(' || p->tok.kind == '<')
        return; /* an optional method */
    ts_erase_annotation(p);
    if (!ts_take(p, '='))
        return;
    struct ts_super *outer = p->super;
    p->super = NULL;
    ts_open(p, true);
    ts_assignment(p);
    ts_close(p);
    p->super = outer;
}

static void static_block(struct ts *p)
{
    struct ts_super *outer = p->super;
    p->super = NULL;
    ts_open(p, true);
    ts_function_body(p);
    ts_close(p);
    p->super = outer;
}

static void member_rest(struct ts *p, struct member *m, bool is_derived, uint32_t class_body)
{
    bool is_constructor = ts_at_word(p, W_CONSTRUCTOR) && !m->is_static && !m->is_accessor;
    /* "x = 1 <line> public [y]" must not become "x = 1 [y]". */
    if (m->is_indented && (p->tok.kind == '[' || p->tok.kind == '*' || ts_at_word(p, W_IN) ||
                           ts_at_word(p, W_INSTANCEOF)))
        ts_insert(p, m->start, ";");
    ts_take(p, '*');
    ts_property_key(p);
    if (p->tok.kind != '(' && p->tok.kind != '<')
        field(p);
    if (p->tok.kind == '(' || p->tok.kind == '<') {
        bool has_body =
            is_constructor ? constructor(p, is_derived, class_body) : ts_function_rest(p, 0);
        if (!has_body) {
            m->is_type = true;
            ts_end_statement(p);
        }
    } else {
        ts_end_statement(p);
    }
}

static void member(struct ts *p, bool is_derived, uint32_t class_body)
{
    struct member m = {.since = ts_mark(p), .start = p->tok.start};
    if (ts_take(p, ';'))
        return;
    if (p->tok.kind == '@') {
        ts_fail(p, "decorators are not supported");
        return;
    }
    while (modifier(p, &m))
        ;
    if (index_signature(p))
        m.is_type = true;
    else
        member_rest(p, &m, is_derived, class_body);
    if (m.is_type)
        ts_erase_whole(p, &m.since, m.start);
}

static bool at_static_block(struct ts *p)
{
    return ts_at_word(p, W_STATIC) && ts_peek(p).kind == '{';
}

static void class_body(struct ts *p, bool is_derived)
{
    struct ts_context saved = p->context;
    p->context = (struct ts_context){0};
    ts_expect(p, '{');
    uint32_t start = p->prev_end;
    while (p->tok.kind != '}' && !p->failed) {
        if (at_static_block(p)) {
            ts_next(p);
            static_block(p);
        } else {
            member(p, is_derived, start);
        }
    }
    p->context = saved;
    ts_expect(p, '}');
}

/* ---- the class ---- */

static void implements(struct ts *p)
{
    uint32_t start = p->tok.start;
    if (!ts_take_word(p, W_IMPLEMENTS))
        return;
    do {
        ts_type(p);
    } while (ts_take(p, ','));
    ts_erase(p, start, p->prev_end);
}

void ts_class(struct ts *p, bool is_statement)
{
    bool is_derived = false;
    uint32_t name = 0;
    if (!ts_enter(p))
        return;
    ts_next(p);
    if (ts_at_name(p) && (!ts_at_word(p, W_IMPLEMENTS) || ts_peek(p).kind == '{' ||
                          ts_peek(p).word == W_EXTENDS || ts_peek(p).kind == '<')) {
        name = ts_symbol(p, p->tok.start, p->tok.end) + 1;
        ts_next(p);
        if (is_statement)
            ts_declare(p, name - 1, DECL_VALUE | DECL_OBJECT);
    }
    ts_open(p, false);
    if (name > 0)
        ts_declare(p, name - 1, DECL_VALUE);
    ts_erase_type_parameters(p);
    implements(p);
    if (ts_take_word(p, W_EXTENDS)) {
        is_derived = true;
        ts_left_side(p);
        if (p->tok.kind == '<') {
            uint32_t start = p->tok.start;
            ts_type_arguments(p);
            ts_erase(p, start, p->prev_end);
        }
    }
    implements(p);
    class_body(p, is_derived);
    ts_close(p);
    ts_leave(p);
}
