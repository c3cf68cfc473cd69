/* ts_type.c - types: read to know where they end. Nothing in them is a use of a name.
 * Tests: typescript_test.c */
#include "js/ts/ts_int.h"

static void union_type(struct ts *p);

/* ---- lists ---- */

/* "<" type, type ">" */
bool ts_type_arguments(struct ts *p)
{
    if (!ts_expect(p, '<'))
        return false;
    struct ts_context saved = p->context;
    p->context = (struct ts_context){0};
    do {
        ts_type(p);
    } while (ts_take(p, ','));
    p->context = saved;
    return ts_expect(p, '>');
}

/* "<" T extends U = V, const in out T ">" */
void ts_type_parameters(struct ts *p)
{
    struct ts_context saved = p->context;
    p->context = (struct ts_context){0};
    ts_expect(p, '<');
    while (p->tok.kind != '>' && !p->failed) {
        struct ts_token next = {0};
        while ((ts_at_word(p, W_CONST) || ts_at_word(p, W_IN) || ts_at_word(p, W_OUT)) &&
               (next = ts_peek(p)).kind == TS_NAME && next.word != W_EXTENDS)
            ts_next(p);
        if (!ts_take(p, TS_NAME))
            ts_unexpected(p);
        if (ts_take_word(p, W_EXTENDS))
            ts_type(p);
        if (ts_take(p, '='))
            ts_type(p);
        if (!ts_take(p, ','))
            break;
    }
    ts_expect(p, '>');
    p->context = saved;
}

void ts_erase_type_parameters(struct ts *p)
{
    uint32_t start = p->tok.start;
    if (p->tok.kind != '<')
        return;
    ts_type_parameters(p);
    ts_erase(p, start, p->prev_end);
}

void ts_erase_annotation(struct ts *p)
{
    uint32_t start = p->tok.start;
    if (!ts_take(p, ':'))
        return;
    ts_type(p);
    ts_erase(p, start, p->prev_end);
}

/* ---- function types ---- */

/* A parameter's name or pattern in a type; nothing is declared. */
static void skip_pattern(struct ts *p)
{
    if (p->tok.kind != '{' && p->tok.kind != '[') {
        if (!ts_take(p, TS_NAME))
            ts_unexpected(p);
        return;
    }
    if (!ts_enter(p))
        return;
    int close = p->tok.kind == '{' ? '}' : ']';
    ts_next(p);
    while (p->tok.kind != close && !p->failed) {
        if (ts_take(p, ','))
            continue;
        ts_take(p, TS_ELLIPSIS);
        bool is_key = p->tok.kind == TS_STRING || p->tok.kind == TS_NUMBER;
        if (is_key)
            ts_next(p);
        else
            skip_pattern(p);
        if (close == '}' && ts_take(p, ':'))
            skip_pattern(p);
        if (p->tok.kind != close)
            ts_expect(p, ',');
    }
    ts_expect(p, close);
    ts_leave(p);
}

/* "(" a: T, b?: U, ...c: V ")" */
static void skip_parameters(struct ts *p)
{
    ts_expect(p, '(');
    while (p->tok.kind != ')' && !p->failed) {
        ts_take(p, TS_ELLIPSIS);
        skip_pattern(p);
        ts_take(p, '?');
        if (ts_take(p, ':'))
            ts_type(p);
        if (!ts_take(p, ','))
            break;
    }
    ts_expect(p, ')');
}

static void function_type(struct ts *p)
{
    struct ts_context saved = p->context;
    p->context = (struct ts_context){0};
    if (p->tok.kind == '<')
        ts_type_parameters(p);
    skip_parameters(p);
    if (ts_expect(p, TS_ARROW))
        ts_return_type(p);
    p->context = saved;
}

/* At "(": a function type, if it is one. */
static bool try_function_type(struct ts *p)
{
    struct ts_mark before = ts_mark(p);
    skip_parameters(p);
    bool is_function = p->tok.kind == TS_ARROW && !p->failed;
    ts_back(p, &before);
    if (is_function)
        function_type(p);
    return is_function;
}

void ts_return_type(struct ts *p)
{
    if (ts_at_word(p, W_ASSERTS)) {
        struct ts_token next = ts_peek(p);
        if (next.kind == TS_NAME && !next.after_line && next.word != W_IS) {
            ts_next(p);
            ts_next(p);
            if (ts_take_word(p, W_IS))
                ts_type(p);
            return;
        }
    }
    if (p->tok.kind == TS_NAME) {
        struct ts_token next = ts_peek(p);
        if (next.kind == TS_NAME && next.word == W_IS && !next.after_line) {
            ts_next(p);
            ts_next(p);
        }
    }
    ts_type(p);
}

/* ---- object types ---- */

static void end_member(struct ts *p)
{
    if (!ts_take(p, ';') && !ts_take(p, ',') && p->tok.kind != '}' && !p->tok.after_line)
        ts_unexpected(p);
}

/* Behind the name: a method or a property. */
static void member_rest(struct ts *p)
{
    ts_take(p, '?');
    if (p->tok.kind == '(' || p->tok.kind == '<') {
        if (p->tok.kind == '<')
            ts_type_parameters(p);
        skip_parameters(p);
        if (ts_take(p, ':'))
            ts_return_type(p);
        return;
    }
    if (ts_take(p, ':'))
        ts_type(p);
}

/* "[" key: T "]", "[" K in T as U "]" or "[" expression "]" */
static void bracketed_name(struct ts *p)
{
    struct ts_mark before = ts_mark(p);
    ts_next(p);
    if (ts_take(p, TS_NAME)) {
        if (ts_take(p, ':')) {
            ts_type(p);
            ts_expect(p, ']');
            return;
        }
        if (ts_take_word(p, W_IN)) {
            ts_type(p);
            if (ts_take_word(p, W_AS))
                ts_type(p);
            ts_expect(p, ']');
            if (p->tok.kind == '+' || p->tok.kind == '-')
                ts_next(p);
            return;
        }
    }
    ts_back(p, &before);
    ts_next(p);
    ts_assignment(p);
    ts_expect(p, ']');
    p->edits.len = before.edits;
    p->refs.len = before.refs;
}

/* A word before the name of a member, as opposed to a member of that name. */
static bool is_modifier(struct ts *p)
{
    if (p->tok.kind == '+' || p->tok.kind == '-')
        return true;
    if (!ts_at_word(p, W_READONLY) && !ts_at_word(p, W_GET) && !ts_at_word(p, W_SET))
        return false;
    struct ts_token next = ts_peek(p);
    return next.kind == TS_NAME || next.kind == TS_STRING || next.kind == TS_NUMBER ||
           next.kind == '[' || next.kind == TS_PRIVATE;
}

static void object_type(struct ts *p)
{
    struct ts_context saved = p->context;
    p->context = (struct ts_context){0};
    ts_expect(p, '{');
    while (p->tok.kind != '}' && !p->failed) {
        while (is_modifier(p))
            ts_next(p);
        if (ts_at_word(p, W_NEW)) {
            struct ts_token next = ts_peek(p);
            if (next.kind == '(' || next.kind == '<')
                ts_next(p);
        }
        if (p->tok.kind == '[')
            bracketed_name(p);
        else if (p->tok.kind == TS_NAME || p->tok.kind == TS_STRING || p->tok.kind == TS_NUMBER ||
                 p->tok.kind == TS_PRIVATE)
            ts_next(p);
        else if (p->tok.kind != '(' && p->tok.kind != '<')
            ts_unexpected(p);
        member_rest(p);
        end_member(p);
    }
    p->context = saved;
    ts_expect(p, '}');
}

static void tuple_type(struct ts *p)
{
    struct ts_context saved = p->context;
    p->context = (struct ts_context){0};
    ts_expect(p, '[');
    while (p->tok.kind != ']' && !p->failed) {
        ts_take(p, TS_ELLIPSIS);
        ts_type(p); /* or an element's name */
        ts_take(p, '?');
        if (ts_take(p, ':'))
            ts_type(p);
        ts_take(p, '?');
        if (!ts_take(p, ','))
            break;
    }
    p->context = saved;
    ts_expect(p, ']');
}

/* ---- the rest ---- */

static void template_type(struct ts *p)
{
    uint32_t from = p->tok.start + 1;
    struct ts_context saved = p->context;
    p->context = (struct ts_context){0};
    while (ts_scan_template(p, from)) {
        ts_type(p);
        if (p->tok.kind != '}') {
            ts_expect(p, '}');
            break;
        }
        from = p->tok.end;
    }
    p->context = saved;
}

/* a.b.c<T> */
static void type_name(struct ts *p)
{
    ts_next(p);
    while (p->tok.kind == '.') {
        ts_next(p);
        if (!ts_take(p, TS_NAME) && !ts_take(p, TS_PRIVATE))
            ts_unexpected(p);
    }
    if (p->tok.kind == '<' && !p->tok.after_line)
        ts_type_arguments(p);
}

static void import_type(struct ts *p)
{
    ts_next(p);
    ts_expect(p, '(');
    ts_type(p);
    if (ts_take(p, ',') && p->tok.kind == '{')
        object_type(p);
    ts_take(p, ',');
    ts_expect(p, ')');
    while (ts_take(p, '.'))
        if (!ts_take(p, TS_NAME))
            ts_unexpected(p);
    if (p->tok.kind == '<' && !p->tok.after_line)
        ts_type_arguments(p);
}

static void named_type(struct ts *p)
{
    switch (p->tok.word) {
    case W_TYPEOF:
        ts_next(p);
        if (ts_at_word(p, W_IMPORT))
            import_type(p);
        else if (p->tok.kind == TS_NAME)
            type_name(p);
        else
            ts_unexpected(p);
        return;
    case W_IMPORT:
        import_type(p);
        return;
    case W_NEW:
        ts_next(p);
        function_type(p);
        return;
    case W_ABSTRACT:
        if (ts_peek(p).word == W_NEW) {
            ts_next(p);
            ts_next(p);
            function_type(p);
            return;
        }
        type_name(p);
        return;
    case W_NULL:
    case W_TRUE:
    case W_FALSE:
    case W_VOID:
    case W_THIS:
        type_name(p);
        return;
    default: /* names; of the words, those that are not reserved */
        if (ts_at_name(p))
            type_name(p);
        else
            ts_unexpected(p);
    }
}

static void primary_type(struct ts *p)
{
    switch (p->tok.kind) {
    case TS_NAME:
        named_type(p);
        return;
    case '{':
        object_type(p);
        return;
    case '[':
        tuple_type(p);
        return;
    case '(':
        if (!try_function_type(p)) {
            struct ts_context saved = p->context;
            p->context = (struct ts_context){0};
            ts_next(p);
            ts_type(p);
            ts_expect(p, ')');
            p->context = saved;
        }
        return;
    case '<':
        function_type(p);
        return;
    case '`':
        template_type(p);
        return;
    case '-':
        ts_next(p);
        ts_expect(p, TS_NUMBER);
        return;
    case TS_STRING:
    case TS_NUMBER:
        ts_next(p);
        return;
    default:
        ts_unexpected(p);
    }
}

static void postfix_type(struct ts *p)
{
    primary_type(p);
    while (p->tok.kind == '[' && !p->tok.after_line) {
        struct ts_context saved = p->context;
        p->context = (struct ts_context){0};
        ts_next(p);
        if (p->tok.kind != ']')
            ts_type(p);
        ts_expect(p, ']');
        p->context = saved;
    }
}

/* `infer U extends C`, unless that is the condition of `infer U extends C ? ...`. */
static void infer_type(struct ts *p)
{
    ts_next(p);
    if (!ts_take(p, TS_NAME))
        ts_unexpected(p);
    if (!ts_at_word(p, W_EXTENDS))
        return;
    struct ts_mark before = ts_mark(p);
    bool was_limited = p->context.no_conditional;
    ts_next(p);
    p->context.no_conditional = true;
    if (ts_enter(p)) { /* `infer A extends infer B extends ...` is not nested by ts_type */
        union_type(p);
        ts_leave(p);
    }
    p->context.no_conditional = was_limited;
    if (p->failed || (!was_limited && p->tok.kind == '?'))
        ts_back(p, &before);
}

static bool begins_type(const struct ts_token *t)
{
    if (t->after_line)
        return false;
    return t->kind == TS_NAME ? t->word != W_EXTENDS && t->word != W_IS && t->word != W_IN &&
                                    t->word != W_AS && t->word != W_SATISFIES
                              : t->kind == '{' || t->kind == '[' || t->kind == '(' ||
                                    t->kind == TS_STRING || t->kind == '`' || t->kind == TS_NUMBER;
}

static void operator_type(struct ts *p)
{
    if (ts_at_word(p, W_INFER) && ts_peek(p).kind == TS_NAME && ts_peek(p).word != W_EXTENDS) {
        infer_type(p);
        return;
    }
    while (ts_at_word(p, W_KEYOF) || ts_at_word(p, W_UNIQUE) || ts_at_word(p, W_READONLY)) {
        struct ts_token next = ts_peek(p);
        if (!begins_type(&next) && !(next.after_line && next.kind == TS_NAME))
            break;
        ts_next(p);
    }
    if (ts_at_word(p, W_INFER) && ts_peek(p).kind == TS_NAME && ts_peek(p).word != W_EXTENDS)
        infer_type(p);
    else
        postfix_type(p);
}

/* A | B & C, also with a leading operator. */
static void union_type(struct ts *p)
{
    while (p->tok.kind == '|' || p->tok.kind == '&')
        ts_next(p);
    operator_type(p);
    while (p->tok.kind == '|' || p->tok.kind == '&') {
        ts_next(p);
        while (p->tok.kind == '|' || p->tok.kind == '&')
            ts_next(p);
        operator_type(p);
    }
}

/* T, or T extends U ? V : W */
void ts_type(struct ts *p)
{
    if (!ts_enter(p))
        return;
    union_type(p);
    if (!p->context.no_conditional && ts_at_word(p, W_EXTENDS) && !p->tok.after_line) {
        ts_next(p);
        p->context.no_conditional = true;
        ts_type(p);
        p->context.no_conditional = false;
        ts_expect(p, '?');
        ts_type(p);
        ts_expect(p, ':');
        ts_type(p);
    }
    ts_leave(p);
}
