/* mod_http_params.c - the params object of a request: one reader a key, in the order in which the
 * script wrote them. Source: k6 docs, "Params". Tests: test/js/http_params_*.js */
#include "modules/http/http_int.h"

#include <string.h>

#include "base/duration.h"
#include "modules/mod_arg.h"

/* Text of a value in the arena. False with an exception. */
static bool arena_text(JSContext *ctx, struct http_exchange *x, JSValueConst v, struct str *out)
{
    struct str s;
    if (!jsarg_str(ctx, v, &s))
        return false;
    *out = (struct str){arena_strndup(mod_http_exchange_arena(x), s.p, s.len), s.len};
    jsarg_free_str(ctx, s);
    return true;
}

static struct str arena_name(struct http_exchange *x, struct str s)
{
    return (struct str){arena_strndup(mod_http_exchange_arena(x), s.p, s.len), s.len};
}

struct reading {
    struct http_exchange *x;
    struct err *e;
    int rc;
};

/* Walks the own properties of a value that counts as an object. */
static int each_of(JSContext *ctx, struct http_exchange *x, JSValueConst v, struct err *e,
                   bool (*each)(void *opaque, JSContext *ctx, struct str key, JSValueConst value))
{
    struct reading r = {x, e, 0};
    JSValue object = JS_ToObject(ctx, v);
    if (JS_IsException(object))
        return ERR_SCRIPT;
    int rc = jsarg_each_property(ctx, object, each, &r);
    JS_FreeValue(ctx, object);
    return rc < 0 ? ERR_SCRIPT : r.rc;
}

/* ---- headers ---- */

static bool each_header(void *opaque, JSContext *ctx, struct str key, JSValueConst value)
{
    struct reading *r = opaque;
    struct str text;
    if (!arena_text(ctx, r->x, value, &text)) {
        r->rc = ERR_SCRIPT;
        return false;
    }
    struct str name =
        mod_http_exchange_canonical(mod_http_exchange_arena(r->x), arena_name(r->x, key));
    mod_http_exchange_set_header(r->x, name, text);
    return true;
}

static int read_headers(JSContext *ctx, struct http_exchange *x, JSValueConst v, struct err *e)
{
    return jsarg_is_nullish(v) ? 0 : each_of(ctx, x, v, e, each_header);
}

/* ---- cookies ---- */

struct own_cookie {
    struct http_exchange *x;
    struct str value;
    bool is_replacing;
    bool failed;
};

static bool each_cookie_attribute(void *opaque, JSContext *ctx, struct str key, JSValueConst value)
{
    struct own_cookie *c = opaque;
    if (str_ieqs(key, "replace"))
        c->is_replacing = JS_ToBool(ctx, value) > 0;
    else if (str_ieqs(key, "value"))
        c->failed = !arena_text(ctx, c->x, value, &c->value);
    return !c->failed;
}

static bool each_cookie(void *opaque, JSContext *ctx, struct str key, JSValueConst value)
{
    struct reading *r = opaque;
    struct own_cookie c = {.x = r->x, .value = STR("")};
    if (jsarg_is_nullish(value))
        return true;
    if (mod_arg_is_map(ctx, value))
        c.failed = jsarg_each_property(ctx, value, each_cookie_attribute, &c) < 0;
    else
        c.failed = !arena_text(ctx, r->x, value, &c.value);
    if (c.failed) {
        r->rc = ERR_SCRIPT;
        return false;
    }
    struct http_header pair = {arena_name(r->x, key), c.value};
    VEC_PUSH(&r->x->cookies, pair);
    VEC_PUSH(&r->x->cookie_replaces, c.is_replacing);
    return true;
}

static int read_cookies(JSContext *ctx, struct http_exchange *x, JSValueConst v, struct err *e)
{
    return jsarg_is_nullish(v) ? 0 : each_of(ctx, x, v, e, each_cookie);
}

/* ---- the rest ---- */

static int read_jar(JSContext *ctx, struct http_exchange *x, JSValueConst v, struct err *e)
{
    struct http_jar *jar = mod_http_jar_get(v); /* anything else leaves the VU's */
    if (jar) {
        mod_http_jar_ref(jar);
        mod_http_jar_unref(x->jar);
        x->jar = jar;
    }
    return 0;
}

static int read_redirects(JSContext *ctx, struct http_exchange *x, JSValueConst v, struct err *e)
{
    int64_t n;
    if (!mod_arg_integer(ctx, v, &n))
        return ERR_SCRIPT;
    x->max_redirects = n > INT32_MAX ? INT32_MAX : n < -1 ? -1 : (int)n;
    x->has_redirect_limit = true;
    return 0;
}

static int read_tags(JSContext *ctx, struct http_exchange *x, JSValueConst v, struct err *e)
{
    struct tagset *tags = NULL;
    int rc = mod_arg_tags(ctx, x->tags, v, &tags, e);
    if (rc == ERR_INVALID)
        return err_prefix(e, rc, "invalid HTTP request metric tags");
    if (rc < 0)
        return rc;
    tags_unref(x->tags);
    x->tags = tags;
    return 0;
}

static int read_timeout(JSContext *ctx, struct http_exchange *x, JSValueConst v, struct err *e)
{
    const char *type = mod_arg_go_type(ctx, v); /* of a boxed number: what is in it */
    if (strcmp(type, "int64") == 0 || strcmp(type, "float64") == 0) {
        double ms;
        if (JS_ToFloat64(ctx, &ms, v) < 0)
            return ERR_SCRIPT;
        if (duration_from_ms(ms, &x->timeout_ns) < 0)
            x->timeout_ns =
                0; /* no number, or too large: in k6 it overflows and the request fails at once */
        return 0;
    }
    if (!JS_IsString(v))
        return err_set(e, ERR_INVALID,
                       "invalid timeout value: unable to use type %s as a duration value", type);
    struct str text;
    if (!jsarg_str(ctx, v, &text))
        return ERR_SCRIPT;
    int rc = duration_parse(text, &x->timeout_ns, e);
    jsarg_free_str(ctx, text);
    return rc < 0 ? err_prefix(e, ERR_INVALID, "invalid timeout value") : 0;
}

/* "gzip, br": in the order in which they are applied. */
static int read_compression(JSContext *ctx, struct http_exchange *x, JSValueConst v, struct err *e)
{
    struct str text;
    if (!jsarg_str(ctx, v, &text))
        return ERR_SCRIPT;
    int rc = 0;
    struct str rest = str_trim(text), item, tail;
    bool has_more = rest.len > 0;
    while (has_more && rc == 0) {
        enum body_coding coding;
        has_more = str_cut(rest, ',', &item, &tail);
        item = str_trim(has_more ? item : rest);
        rest = tail;
        rc = body_coding_parse(item, &coding);
        if (rc == 0)
            VEC_PUSH(&x->packings, coding);
        else
            err_set(e, rc,
                    "unknown compression algorithm %.*s, supported algorithms are [gzip deflate "
                    "zstd br]",
                    (int)item.len, item.p);
    }
    jsarg_free_str(ctx, text);
    return rc;
}

static int read_auth(JSContext *ctx, struct http_exchange *x, JSValueConst v, struct err *e)
{
    struct str text;
    if (!jsarg_str(ctx, v, &text))
        return ERR_SCRIPT;
    x->auth = str_eqs(text, "digest") ? AUTH_DIGEST : str_eqs(text, "ntlm") ? AUTH_NTLM : AUTH_NONE;
    jsarg_free_str(ctx, text);
    return 0;
}

static int read_throw(JSContext *ctx, struct http_exchange *x, JSValueConst v, struct err *e)
{
    x->throws = JS_ToBool(ctx, v) > 0;
    return 0;
}

static int read_response_type(JSContext *ctx, struct http_exchange *x, JSValueConst v,
                              struct err *e)
{
    static const char *const names[] = {
        [BODY_TEXT] = "text", [BODY_BINARY] = "binary", [BODY_NONE] = "none"};
    struct str text;
    if (!jsarg_str(ctx, v, &text))
        return ERR_SCRIPT;
    int rc = err_set(e, ERR_INVALID, "%.*s does not belong to ResponseType values", (int)text.len,
                     text.p);
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (str_eqs(text, names[i])) {
            x->body_type = (enum http_body_type)i;
            rc = 0;
        }
    }
    jsarg_free_str(ctx, text);
    return rc;
}

static int read_response_callback(JSContext *ctx, struct http_exchange *x, JSValueConst v,
                                  struct err *e)
{
    struct http_statuses *s;
    if (!mod_http_statuses_of(v, &s))
        return err_set(e, ERR_INVALID, "unsupported responseCallback");
    mod_http_statuses_ref(s);
    mod_http_statuses_unref(x->expected);
    x->expected = s;
    return 0;
}

/* ---- beyond k6: doc/http.md */

static struct http_own_way *own_way(struct http_exchange *x)
{
    if (!x->way) {
        x->way = arena_alloc(mod_http_exchange_arena(x), sizeof *x->way);
        *x->way = (struct http_own_way){{NULL, 0}, {NULL, 0}, {NULL, 0}, {NULL, 0}, false};
    }
    return x->way;
}

/* A url, or "" for no proxy at all. */
static int read_proxy(JSContext *ctx, struct http_exchange *x, JSValueConst v, struct err *e)
{
    if (jsarg_is_nullish(v))
        return 0;
    if (!JS_IsString(v))
        return err_set(e, ERR_INVALID, "invalid proxy: expected a url as text, got %s",
                       mod_arg_go_type(ctx, v));
    return arena_text(ctx, x, v, &own_way(x)->proxy) ? 0 : ERR_SCRIPT;
}

/* "prior-knowledge": HTTP/2 without asking. */
static int read_http2(JSContext *ctx, struct http_exchange *x, JSValueConst v, struct err *e)
{
    struct str text;
    if (jsarg_is_nullish(v))
        return 0;
    if (!JS_IsString(v))
        return err_set(e, ERR_INVALID, "invalid http2: expected \"prior-knowledge\", got %s",
                       mod_arg_go_type(ctx, v));
    if (!jsarg_str(ctx, v, &text))
        return ERR_SCRIPT;
    own_way(x)->has_prior_h2 = str_eqs(text, "prior-knowledge");
    if (!x->way->has_prior_h2)
        err_set(e, ERR_INVALID, "invalid http2: expected \"prior-knowledge\", got \"%.*s\"",
                (int)text.len, text.p);
    jsarg_free_str(ctx, text);
    return x->way->has_prior_h2 ? 0 : ERR_INVALID;
}

static bool each_tls_auth(void *opaque, JSContext *ctx, struct str key, JSValueConst value)
{
    struct reading *r = opaque;
    struct http_own_way *way = own_way(r->x);
    struct str *part = str_eqs(key, "cert")       ? &way->tls_cert
                       : str_eqs(key, "key")      ? &way->tls_key
                       : str_eqs(key, "password") ? &way->tls_password
                                                  : NULL;
    if (!part || jsarg_is_nullish(value))
        return true;
    if (!JS_IsString(value))
        r->rc = err_set(r->e, ERR_INVALID, "invalid tlsAuth: %.*s must be text, got %s",
                        (int)key.len, key.p, mod_arg_go_type(ctx, value));
    else if (!arena_text(ctx, r->x, value, part))
        r->rc = ERR_SCRIPT;
    return r->rc == 0;
}

/* {cert, key, password}, as an entry of options.tlsAuth. */
static int read_tls_auth(JSContext *ctx, struct http_exchange *x, JSValueConst v, struct err *e)
{
    if (jsarg_is_nullish(v))
        return 0;
    if (!mod_arg_is_map(ctx, v))
        return err_set(e, ERR_INVALID,
                       "invalid tlsAuth: expected an object with cert and key, got %s",
                       mod_arg_go_type(ctx, v));
    int rc = each_of(ctx, x, v, e, each_tls_auth);
    if (rc == 0 && (!own_way(x)->tls_cert.p || !x->way->tls_key.p))
        return err_set(e, ERR_INVALID, "invalid tlsAuth: both cert and key are needed");
    return rc;
}

static const struct param {
    const char *name;
    int (*read)(JSContext *ctx, struct http_exchange *x, JSValueConst v, struct err *e);
} params_known[] = {
    {"headers", read_headers},
    {"tags", read_tags},
    {"cookies", read_cookies},
    {"timeout", read_timeout},
    {"redirects", read_redirects},
    {"responseType", read_response_type},
    {"responseCallback", read_response_callback},
    {"jar", read_jar},
    {"throw", read_throw},
    {"compression", read_compression},
    {"auth", read_auth},
    {"proxy", read_proxy},
    {"tlsAuth", read_tls_auth},
    {"http2", read_http2},
};

static bool each_param(void *opaque, JSContext *ctx, struct str key, JSValueConst value)
{
    struct reading *r = opaque;
    for (size_t i = 0; i < sizeof(params_known) / sizeof(params_known[0]); i++) {
        if (str_eqs(key, params_known[i].name)) {
            r->rc = params_known[i].read(ctx, r->x, value, r->e);
            break;
        }
    }
    return r->rc == 0;
}

int mod_http_params_parse(JSContext *ctx, struct http_exchange *x, JSValueConst params,
                          struct err *e)
{
    return each_of(ctx, x, params, e, each_param);
}
