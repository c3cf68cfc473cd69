/* mod_http_request.c - what a script asks for: url, body and params become the request side of an
 * exchange. Source: k6 docs, "k6/http", "Params". Tests: test/js/http_*.js */
#include "modules/http/http_int.h"

#include "base/duration.h"
#include "core/clock.h"
#include "modules/mod_arg.h"

enum { TIMEOUT_DEFAULT_S = 60, REDIRECTS_DEFAULT = 10 };

/* A url text or an http.url value. */
static int parse_url(JSContext *ctx, struct http_exchange *x, JSValueConst url, struct err *e)
{
    struct http_target *made = mod_http_url_get(url);
    if (made) {
        x->target = mod_http_target_ref(made);
        return mod_http_url_name(ctx, url, mod_http_exchange_arena(x), &x->url_name) < 0
                   ? ERR_SCRIPT
                   : 0;
    }
    if (!JS_IsString(url) && !JS_IsSymbol(url)) {
        struct buf shown;
        buf_init(&shown, BUF_NO_LIMIT);
        int rc = jsarg_put_go(&shown, ctx, url);
        x->error_code = NET_INVALID_URL;
        rc = rc < 0 ? ERR_SCRIPT : err_set(e, ERR_INVALID, "invalid URL: '#%s'", shown.data);
        buf_deinit(&shown);
        return rc;
    }
    struct str raw;
    if (!mod_arg_tag_text(ctx, url, &raw))
        return ERR_SCRIPT;
    x->target = mod_http_target_get(&x->st->targets, raw, e);
    jsarg_free_str(ctx, raw);
    if (x->target)
        return 0;
    x->error_code = NET_INVALID_URL;
    return ERR_INVALID;
}

/* A Content-Length of the script's own is never sent; it is told when it is wrong. */
static void drop_content_length(JSContext *ctx, struct http_exchange *x)
{
    size_t sent = x->packed_body.p ? x->packed_body.len : x->body.len;
    for (size_t i = 0; i < x->headers.len; i++) {
        struct http_header *h = &x->headers.items[i];
        if (!str_eqs(h->name, "Content-Length") || h->value.len == 0)
            continue;
        int64_t len;
        if (num_parse_int(h->value, &len) < 0 || len != (int64_t)sent) {
            struct buf quoted;
            buf_init(&quoted, BUF_NO_LIMIT);
            buf_add_quoted(&quoted, h->value);
            log_warn(pod_logger(ctx),
                     "The specified Content-Length header %s in the %.*s request for %s doesn't "
                     "match the actual request body length "
                     "of %zu, so it will be ignored!",
                     quoted.data, (int)x->method.len, x->method.p, x->target->full.p, sent);
            buf_deinit(&quoted);
        }
        VEC_REMOVE(&x->headers, i);
        return;
    }
}

struct cookie_line {
    JSContext *ctx;
    struct http_exchange *x;
    struct buf text;
};

static void put_cookie(struct cookie_line *l, struct str name, struct str value)
{
    if (l->text.len > 0)
        buf_adds(&l->text, "; ");
    int bad = cookie_put(&l->text, name, value);
    if (bad >= 0)
        log_info(pod_logger(l->ctx),
                 "the value of the cookie \"%.*s\" goes out without bytes that may not be in one, "
                 "such as 0x%02x",
                 (int)name.len, name.p, (unsigned)bad);
}

/* One of the jar's; a cookie of params with `replace` takes its place. */
static void put_jar_cookie(void *opaque, struct str name, struct str value)
{
    struct cookie_line *l = opaque;
    for (size_t i = 0; i < l->x->cookies.len; i++)
        if (l->x->cookie_replaces.items[i] && str_eq(l->x->cookies.items[i].name, name))
            return;
    put_cookie(l, name, value);
}

/* The Cookie header as response.request shows it: the script's own, those of params, the jar's. */
static void note_cookies(JSContext *ctx, struct http_exchange *x)
{
    if (x->cookies.len == 0 && cookie_jar_is_empty(x->jar->cookies))
        return;
    struct cookie_line l = {.ctx = ctx, .x = x};
    buf_init(&l.text, BUF_NO_LIMIT);
    buf_add_str(&l.text, mod_http_exchange_header(x, "Cookie"));
    for (size_t i = 0; i < x->cookies.len; i++)
        put_cookie(&l, x->cookies.items[i].name, x->cookies.items[i].value);
    cookie_jar_each(x->jar->cookies, x->target->url, clock_wall_ns(), put_jar_cookie, &l);
    if (l.text.len > 0)
        x->cookie_header = (struct str){
            arena_strndup(mod_http_exchange_arena(x), l.text.data, l.text.len), l.text.len};
    buf_deinit(&l.text);
}

/* A template's name is the request's, unless the tags hold one. */
static void apply_name(struct http_exchange *x)
{
    struct str name;
    if (x->url_name.len == 0 || !(x->st->system_tags & TAG_NAME) ||
        tags_get(x->tags, "name", &name))
        return;
    struct tagset *named = tags_with(x->tags, STR("name"), x->url_name);
    tags_unref(x->tags);
    x->tags = named;
}

int mod_http_request_parse(JSContext *ctx, struct http_exchange *x, JSValueConst url,
                           JSValueConst body, JSValueConst params, struct err *e)
{
    const struct options *o = x->st->options;
    int rc = parse_url(ctx, x, url, e);
    if (rc < 0)
        return rc;
    x->tags = tags_ref(x->st->vu->tags);
    if (x->st->vu->metadata)
        x->metadata = tags_ref(x->st->vu->metadata);
    x->timeout_ns = TIMEOUT_DEFAULT_S * NS_PER_SEC;
    x->throws = o->throw_errors.v;
    x->has_redirect_limit = o->max_redirects.set;
    x->max_redirects = o->max_redirects.set ? (int)o->max_redirects.v : REDIRECTS_DEFAULT;
    x->body_type = o->discard_response_bodies.v ? BODY_NONE : BODY_TEXT;
    x->expected = mod_http_statuses_ref(x->st->expected);
    x->jar = mod_http_jar_ref(x->st->jar);
    if (!jsarg_is_nullish(body) && (rc = mod_http_body_parse(ctx, x, body, e)) < 0)
        return rc;
    if (JS_IsObject(params)) {
        if ((rc = mod_http_params_parse(ctx, x, params, e)) < 0)
            return rc;
        if ((rc = mod_http_body_pack(ctx, x, e)) < 0)
            return rc;
        drop_content_length(ctx, x);
    }
    apply_name(x);
    note_cookies(ctx, x);
    return 0;
}

int mod_http_request_parse_args(JSContext *ctx, struct http_state *st, bool may_lend, int argc,
                                JSValueConst *argv, struct http_exchange **out, struct err *e)
{
    struct http_exchange *x = *out = mod_http_exchange_new(st, STR(""));
    x->may_lend = may_lend;
    struct str method;
    if (!mod_arg_str(ctx, argc, argv, 0, &method))
        return ERR_SCRIPT;
    if (method.len > 0)
        x->method = (struct str){arena_strndup(mod_http_exchange_arena(x), method.p, method.len),
                                 method.len};
    jsarg_free_str(ctx, method);
    return mod_http_request_parse(ctx, x, argc > 1 ? argv[1] : JS_UNDEFINED,
                                  argc > 2 ? argv[2] : JS_UNDEFINED,
                                  argc > 3 ? argv[3] : JS_UNDEFINED, e);
}
