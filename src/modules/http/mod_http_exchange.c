/* mod_http_exchange.c - the life of one call, and its headers: canonical names as Go has them, each
 * once, in order. Tests: mod_http_exchange_test.c */
#include "modules/http/http_int.h"

#include <string.h>

_Static_assert(sizeof(struct http_exchange) <= MEM_BLOCK_MAX, "a thread keeps none larger");

struct http_exchange *mod_http_exchange_new(struct http_state *st, struct str method)
{
    struct http_exchange *x = mem_block(sizeof *x);
    /* response becomes something when it is sent; most of it is room for an error's text */
    memset(x, 0, offsetof(struct http_exchange, response));
    memset(&x->error_code, 0, sizeof *x - offsetof(struct http_exchange, error_code));
    x->st = st;
    x->method = method;
    x->body_object = x->json_text = JS_UNDEFINED;
    x->session = st->session;
    x->session->refs++;
    x->worker = st->vu->worker;
    return x;
}

void mod_http_exchange_free(JSRuntime *rt, struct http_exchange *x)
{
    if (!x)
        return;
    if (x->values) {
        for (int i = 0; i < FIELD_COUNT; i++)
            JS_FreeValueRT(rt, x->values[i]);
        mem_free(x->values);
    }
    if (x->body_text)
        JS_FreeCStringRT(rt, x->body_text);
    JS_FreeValueRT(rt, x->body_object);
    JS_FreeValueRT(rt, x->json_text);
    mem_free(x->body_memory);
    mem_free(x->packed_memory);
    mod_http_jar_unref(x->jar);
    mod_http_exchange_count(rt, x, 0);
    if (x->is_sent)
        http_response_deinit(&x->response);
    mem_free(x->error);
    mod_http_target_unref(x->target);
    mod_http_statuses_unref(x->expected);
    tags_unref(x->tags);
    tags_unref(x->metadata);
    VEC_DEINIT(&x->headers);
    VEC_DEINIT(&x->cookies);
    VEC_DEINIT(&x->cookie_replaces);
    VEC_DEINIT(&x->packings);
    arena_free(x->arena);
    mod_http_session_unref(x->session);
    mem_give_block(x, sizeof *x);
}

void mod_http_exchange_count(JSRuntime *rt, struct http_exchange *x, size_t bytes)
{
    if (x->counted != bytes)
        pod_count_external(rt, (ptrdiff_t)bytes - (ptrdiff_t)x->counted);
    x->counted = bytes;
}

struct arena *mod_http_exchange_arena(struct http_exchange *x)
{
    if (!x->arena)
        x->arena = arena_new(512);
    return x->arena;
}

static bool is_token_char(char c)
{
    return ascii_is_alpha(c) || ascii_is_digit(c) || (c && strchr("!#$%&'*+-.^_`|~", c) != NULL);
}

struct str mod_http_exchange_canonical(struct arena *a, struct str name)
{
    bool is_changed = false, is_upper = true;
    for (size_t i = 0; i < name.len; i++) {
        char c = name.p[i];
        if (!is_token_char(c))
            return name;
        is_changed |= is_upper ? c >= 'a' && c <= 'z' : c >= 'A' && c <= 'Z';
        is_upper = c == '-';
    }
    if (!is_changed)
        return name;
    char *text = arena_strndup(a, name.p, name.len);
    is_upper = true;
    for (size_t i = 0; i < name.len; i++) {
        char c = text[i];
        if (is_upper && c >= 'a' && c <= 'z')
            text[i] = (char)(c - 'a' + 'A');
        else if (!is_upper)
            text[i] = ascii_lower(c);
        is_upper = c == '-';
    }
    return (struct str){text, name.len};
}

void mod_http_exchange_set_header(struct http_exchange *x, struct str name, struct str value)
{
    size_t i = 0;
    while (i < x->headers.len && str_cmp(x->headers.items[i].name, name) < 0)
        i++;
    if (i < x->headers.len && str_eq(x->headers.items[i].name, name)) {
        x->headers.items[i].value = value;
        return;
    }
    struct http_header h = {name, value};
    VEC_PUSH(&x->headers, h);
    memmove(&x->headers.items[i + 1], &x->headers.items[i], (x->headers.len - 1 - i) * sizeof(h));
    x->headers.items[i] = h;
}

struct str mod_http_exchange_header(const struct http_exchange *x, const char *name)
{
    for (size_t i = 0; i < x->headers.len; i++)
        if (str_eqs(x->headers.items[i].name, name))
            return x->headers.items[i].value;
    return (struct str){NULL, 0};
}
