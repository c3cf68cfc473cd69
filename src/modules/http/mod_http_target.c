/* mod_http_target.c - urls of k6/http: parsed once and remembered, since scripts ask for the same
 * ones again and again; and http.url`...`, whose value carries the template as the request's name.
 * Source: k6 docs, "URL grouping". Tests: mod_http_target_test.c, test/js/http_url_*.js */
#include "modules/http/http_int.h"

#include <string.h>

/* k6 cuts credentials out by the lengths of what they decode to: an escaped one leaves its last
 * bytes behind. */
static void put_clean(struct buf *out, struct str text, const struct url *u)
{
    size_t head = u->scheme.len + 3;
    if (!u->has_user || head > text.len) {
        buf_add_str(out, text);
        return;
    }
    size_t gone = head + u->user.len + (u->has_password ? 1 + u->password.len : 0);
    buf_add(out, text.p, head);
    buf_adds(out, u->has_password ? "****:****" : "****");
    if (gone < text.len)
        buf_add(out, text.p + gone, text.len - gone);
}

void mod_http_target_put_clean(struct buf *out, const struct url *u)
{
    struct buf full;
    buf_init(&full, BUF_NO_LIMIT);
    url_put(&full, u, true);
    put_clean(out, (struct str){full.data, full.len}, u);
    buf_deinit(&full);
}

static struct str take_str(struct buf *b)
{
    size_t len = b->len;
    return (struct str){buf_take(b), len};
}

static int parse_raw(struct url **out, struct str raw, struct err *e)
{
    struct err why = {0};
    int rc = url_parse(out, raw, &why);
    if (rc < 0) {
        struct buf quoted;
        buf_init(&quoted, BUF_NO_LIMIT);
        buf_add_quoted(&quoted, raw);
        err_set(e, ERR_INVALID, "invalid URL: parse %s: %s", quoted.data,
                why.msg ? why.msg : err_code_text(rc));
        buf_deinit(&quoted);
    }
    err_deinit(&why);
    return rc;
}

struct http_target *mod_http_target_new(struct str raw, struct str name, struct err *e)
{
    struct url *u = NULL;
    if (parse_raw(&u, raw, e) < 0)
        return NULL;
    struct http_target *t = MEM_NEW(struct http_target);
    struct buf b;
    t->refs = 1;
    t->url = u;
    t->raw = (struct str){mem_strndup(raw.p ? raw.p : "", raw.len), raw.len};
    buf_init(&b, BUF_NO_LIMIT);
    url_put(&b, u, true);
    t->full = take_str(&b);
    put_clean(&b, t->full, u);
    t->clean = take_str(&b);
    /* A template without places is no name, the url is. */
    put_clean(&b, t->raw, u);
    if (name.len > 0 && !str_eq(name, raw) && !str_eqs(name, b.data))
        t->name = (struct str){mem_strndup(name.p, name.len), name.len};
    buf_deinit(&b);
    return t;
}

struct http_target *mod_http_target_ref(struct http_target *t)
{
    t->refs++;
    return t;
}

void mod_http_target_unref(struct http_target *t)
{
    if (!t || --t->refs > 0)
        return;
    url_free(t->url);
    mem_free((char *)t->raw.p);
    mem_free((char *)t->full.p);
    mem_free((char *)t->clean.p);
    mem_free((char *)t->name.p);
    mem_free(t);
}

struct http_target *mod_http_target_get(struct http_target_cache *c, struct str raw, struct err *e)
{
    for (unsigned i = 0; i < TARGET_SLOTS; i++) {
        struct http_target *t = c->slots[i];
        if (t && t->raw.len == raw.len && memcmp(t->raw.p, raw.p, raw.len) == 0)
            return mod_http_target_ref(t);
    }
    struct http_target *t = mod_http_target_new(raw, STR(""), e);
    if (t) {
        mod_http_target_unref(c->slots[c->next]);
        c->slots[c->next] = mod_http_target_ref(t);
        c->next = (c->next + 1) % TARGET_SLOTS;
    }
    return t;
}

void mod_http_target_cache_clear(struct http_target_cache *c)
{
    for (unsigned i = 0; i < TARGET_SLOTS; i++)
        mod_http_target_unref(c->slots[i]);
    memset(c, 0, sizeof(*c));
}

/* ---- http.url ---- */

static void url_finalize(JSRuntime *rt, JSValueConst v)
{
    mod_http_target_unref(JS_GetOpaque(v, CLASS_HTTP_URL));
}

static const JSClassDef url_class = {"URL", .finalizer = url_finalize};

int mod_http_url_class(JSContext *ctx)
{
    return pod_new_class(ctx, CLASS_HTTP_URL, &url_class, JS_NewObject(ctx));
}

struct http_target *mod_http_url_get(JSValueConst v)
{
    return JS_GetOpaque(v, CLASS_HTTP_URL);
}

/* Appends String(v) as Go's string parameters take it: null and undefined are nothing. */
static bool put_piece(JSContext *ctx, struct buf *out, JSValueConst v)
{
    if (jsarg_is_nullish(v))
        return true;
    struct str s;
    if (!jsarg_str(ctx, v, &s))
        return false;
    buf_add_str(out, s);
    jsarg_free_str(ctx, s);
    return true;
}

static bool put_parts(JSContext *ctx, JSValueConst parts, int argc, JSValueConst *argv,
                      struct buf *raw, struct buf *name)
{
    int64_t count = 0;
    if (JS_GetLength(ctx, parts, &count) < 0)
        return false;
    for (int64_t i = 0; i < count; i++) {
        JSValue part = JS_GetPropertyInt64(ctx, parts, i);
        bool ok = !JS_IsException(part) && put_piece(ctx, raw, part) && put_piece(ctx, name, part);
        JS_FreeValue(ctx, part);
        if (!ok)
            return false;
        if (i < argc) {
            buf_adds(name, "${}");
            if (!put_piece(ctx, raw, argv[i]))
                return false;
        }
    }
    return true;
}

/* An object with the three texts; the target goes with it. Takes t. */
static JSValue url_object(JSContext *ctx, struct http_target *t, struct str name)
{
    JSValue object = JS_NewObjectClass(ctx, CLASS_HTTP_URL);
    if (JS_IsException(object)) {
        mod_http_target_unref(t);
        return object;
    }
    struct buf clean;
    buf_init(&clean, BUF_NO_LIMIT);
    put_clean(&clean, t->raw, t->url);
    JS_SetOpaque(object, t);
    if (JS_SetPropertyStr(ctx, object, "name", jsarg_new_str(ctx, name)) < 0 ||
        JS_SetPropertyStr(ctx, object, "url", jsarg_new_str(ctx, t->raw)) < 0 ||
        JS_SetPropertyStr(ctx, object, "clean_url",
                          jsarg_new_str(ctx, (struct str){clean.data, clean.len})) < 0) {
        JS_FreeValue(ctx, object);
        object = JS_EXCEPTION;
    }
    buf_deinit(&clean);
    return object;
}

JSValue mod_http_url_tag(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    if (argc < 1 || !JS_IsArray(argv[0]))
        return jsarg_throw_type(ctx,
                                "http.url is a template tag: http.url`http://example.com/${id}`");
    struct buf raw, name;
    buf_init(&raw, BUF_NO_LIMIT);
    buf_init(&name, BUF_NO_LIMIT);
    JSValue result = JS_EXCEPTION;
    struct err e = {0};
    if (put_parts(ctx, argv[0], argc - 1, argv + 1, &raw, &name)) {
        struct str text = {raw.data, raw.len}, template = {name.data, name.len};
        struct http_target *t = mod_http_target_new(text, template, &e);
        result = t ? url_object(ctx, t, t->name.len > 0 ? t->name : template)
                   : jsarg_throw(ctx, "%s", e.msg);
    }
    err_deinit(&e);
    buf_deinit(&raw);
    buf_deinit(&name);
    return result;
}
