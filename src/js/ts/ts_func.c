/* ts_func.c - functions: parameters, bodies, arrow functions. Tests: typescript_test.c */
#include "js/ts/ts_int.h"

static bool has_line(const struct ts *p, uint32_t start, uint32_t end)
{
    for (uint32_t i = start; i < end; i++)
        if (p->src[i] == '\n' || p->src[i] == '\r')
            return true;
    return false;
}

/* ---- parameters ---- */

static bool at_modifier(struct ts *p)
{
    switch (p->tok.word) {
    case W_PUBLIC:
    case W_PRIVATE:
    case W_PROTECTED:
    case W_READONLY:
    case W_OVERRIDE: {
        struct ts_token next = ts_peek(p);
        return next.kind == TS_NAME || next.kind == '{' || next.kind == '[';
    }
    default:
        return false;
    }
}

/* `this: T` says only what the caller must be; its comma goes too. */
static void this_parameter(struct ts *p)
{
    uint32_t start = p->tok.start;
    ts_next(p);
    if (ts_take(p, ':'))
        ts_type(p);
    ts_take(p, ',');
    ts_erase(p, start, p->prev_end);
}

static void parameter(struct ts *p)
{
    bool is_property = false;
    uint32_t start = p->tok.start;
    if (p->tok.kind == '@')
        ts_fail(p, "decorators are not supported");
    while (at_modifier(p)) {
        is_property = true;
        ts_next(p);
    }
    if (is_property) {
        ts_erase(p, start, p->tok.start);
        if (p->properties == NULL || !ts_at_name(p))
            ts_fail(p, "a parameter property must be a name in a constructor");
        else
            VEC_PUSH(p->properties, ts_symbol(p, p->tok.start, p->tok.end));
    }
    ts_take(p, TS_ELLIPSIS);
    ts_binding(p, BIND_LOCAL);
    if (p->tok.kind == '?') {
        ts_next(p);
        ts_erase(p, p->prev_end - 1, p->prev_end);
    }
    ts_erase_annotation(p);
    if (ts_take(p, '='))
        ts_assignment(p);
}

static void parameters(struct ts *p)
{
    struct ts_context saved = p->context;
    p->context = (struct ts_context){0};
    ts_expect(p, '(');
    while (p->tok.kind != ')' && !p->failed) {
        if (ts_at_word(p, W_THIS)) {
            this_parameter(p);
            continue;
        }
        parameter(p);
        if (!ts_take(p, ','))
            break;
    }
    p->context = saved;
    ts_expect(p, ')');
}

/* ---- functions ---- */

static void body(struct ts *p)
{
    struct ts_context saved = p->context;
    p->context = (struct ts_context){0};
    ts_statements(p, '}');
    p->context = saved;
    ts_expect(p, '}');
}

void ts_function_body(struct ts *p)
{
    if (ts_expect(p, '{'))
        body(p);
}

/* 'use strict' and the like stay the first statements. */
static void directives(struct ts *p)
{
    while (p->tok.kind == TS_STRING) {
        struct ts_token next = ts_peek(p);
        if (next.kind != ';' && next.kind != '}' && !next.after_line)
            break;
        ts_statement(p);
    }
}

static bool function_rest(struct ts *p, uint32_t name, struct ts_numbers *properties,
                          struct ts_super *super)
{
    struct ts_numbers *outer_properties = p->properties;
    struct ts_super *outer_super = p->super;
    bool has_body = false;
    if (!ts_enter(p))
        return true;
    ts_open(p, true);
    if (name > 0)
        ts_declare(p, name - 1, DECL_VALUE);
    p->super = super;
    p->properties = properties;
    ts_erase_type_parameters(p);
    parameters(p);
    p->properties = NULL;
    uint32_t start = p->tok.start;
    if (ts_take(p, ':')) {
        ts_return_type(p);
        ts_erase(p, start, p->prev_end);
    }
    if (p->tok.kind == '{') {
        has_body = true;
        ts_next(p);
        if (super != NULL) {
            super->depth = p->depth + 1;
            super->body = p->prev_end;
            directives(p);
            if (p->prev_end > super->body)
                super->body = p->prev_end;
        }
        body(p);
    }
    ts_close(p);
    ts_leave(p);
    p->super = outer_super;
    p->properties = outer_properties;
    return has_body || p->failed;
}

bool ts_function_rest(struct ts *p, uint32_t name)
{
    return function_rest(p, name, NULL, NULL);
}

bool ts_constructor_rest(struct ts *p, struct ts_numbers *properties, struct ts_super *super)
{
    return function_rest(p, 0, properties, super);
}

/* ---- arrow functions ---- */

void ts_arrow_body(struct ts *p)
{
    if (p->tok.kind == '{')
        ts_function_body(p);
    else
        ts_assignment(p);
}

/* Parameters and return type; true at "=>". A line break may stand in the types, but not between
 * what is left of them: then the bracket moves. */
static bool arrow_head(struct ts *p, uint32_t async_end, bool *has_type)
{
    ts_erase_type_parameters(p);
    if (p->failed || p->tok.kind != '(')
        return false;
    uint32_t open = p->tok.start;
    parameters(p);
    if (p->failed)
        return false;
    uint32_t close = p->prev_end - 1;
    *has_type = p->tok.kind == ':';
    if (*has_type) {
        uint32_t start = p->tok.start;
        ts_next(p);
        ts_return_type(p);
        ts_erase(p, start, p->prev_end);
    }
    if (p->failed || p->tok.kind != TS_ARROW)
        return false;
    if (async_end > 0 && has_line(p, async_end, open)) {
        ts_insert(p, async_end, "(");
        ts_erase(p, open, open + 1);
    }
    if (*has_type && has_line(p, close, p->tok.start)) {
        ts_erase(p, close, close + 1);
        ts_insert(p, p->tok.start, ")");
    }
    return true;
}

/* Without a memory nested tries would take exponential time: x = (a = (a = (a = ... */
static bool no_arrow(struct ts *p, const struct ts_mark *before)
{
    uint32_t at = before->tok.start;
    ts_back(p, before);
    p->no_arrow[at / 8] |= (uint8_t)(1u << at % 8);
    return false;
}

bool ts_try_arrow(struct ts *p, uint32_t async_end)
{
    struct ts_mark before = ts_mark(p);
    uint32_t at = p->tok.start;
    if (p->no_arrow[at / 8] & 1u << at % 8)
        return false;
    bool in_conditional = p->context.in_conditional;
    bool has_type = false;
    p->properties = NULL;
    ts_open(p, true);
    if (!arrow_head(p, async_end, &has_type))
        return no_arrow(p, &before);
    ts_next(p);
    ts_arrow_body(p);
    ts_close(p);
    p->properties = before.properties;
    /* a ? (b) : c => d is no function with a return type. */
    if (has_type && in_conditional && p->tok.kind != ':')
        return no_arrow(p, &before);
    return true;
}
