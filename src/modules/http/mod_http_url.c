/* mod_http_url.c - http.url`...`: a url that names its requests by the template it was made of.
 * Source: k6 docs, "URL grouping". Tests: test/js/http_request.js, mod_http_target_test.c */
#include "modules/http/http_int.h"

#include <string.h>

/* What a value of http.url holds. The script may change its name; the request goes where it went.
 */
struct url_value {
    struct http_target *target;
    JSValue name; /* as it was made */
};

static void url_finalize(JSRuntime *rt, JSValueConst v)
{
    struct url_value *u = JS_GetOpaque(v, CLASS_HTTP_URL);
    if (!u)
        return;
    mod_http_target_unref(u->target);
    JS_FreeValueRT(rt, u->name);
    mem_free(u);
}

static const JSClassDef url_class = {"URL", .finalizer = url_finalize};

static JSValue url_clean(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    return JS_GetPropertyStr(ctx, this_val, "clean_url");
}

static JSValue parts_string(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv,
                            int magic, JSValueConst *data)
{
    return JS_DupValue(ctx, data[0]);
}

/* A function that gives a text. */
static JSValue giver(JSContext *ctx, struct str text)
{
    JSValue value = jsarg_new_str(ctx, text);
    JSValue fn = JS_IsException(value)
                     ? JS_EXCEPTION
                     : JS_NewCFunctionData(ctx, parts_string, 0, 0, 1, (JSValueConst *)&value);
    JS_FreeValue(ctx, value);
    return fn;
}

static JSValue request_uri(JSContext *ctx, const struct url *u)
{
    struct buf text;
    buf_init(&text, BUF_NO_LIMIT);
    url_put_request_target(&text, u);
    JSValue fn = giver(ctx, (struct str){text.data, text.len});
    buf_deinit(&text);
    return fn;
}

static struct str without(struct str text, size_t front)
{
    return text.len >= front ? (struct str){text.p + front, text.len - front} : text;
}

#define PATH_CHARS     "-_.~$&+,/:;=@"
#define FRAGMENT_CHARS "-_.~$&+,/:;=?@!()*"

/* What it stands for. *is_usual: it is escaped the way Go does it, with these left alone. */
static JSValue decoded(JSContext *ctx, struct str text, const char *chars, bool *is_usual)
{
    struct buf out;
    buf_init(&out, BUF_NO_LIMIT);
    *is_usual = true;
    for (size_t i = 0; i < text.len; i++) {
        bool is_escape = text.p[i] == '%' && i + 2 < text.len;
        unsigned char c = (unsigned char)text.p[i];
        if (is_escape) {
            int high = hex_value(text.p[i + 1]), low = hex_value(text.p[i + 2]);
            *is_usual &= text.p[i + 1] < 'a' && text.p[i + 2] < 'a';
            c = (unsigned char)(high << 4 | low);
            i += 2;
        }
        bool is_plain =
            ascii_is_alpha((char)c) || ascii_is_digit((char)c) || (c && strchr(chars, c) != NULL);
        *is_usual &= is_plain != is_escape;
        buf_addc(&out, (char)c);
    }
    JSValue v = jsarg_new_str(ctx, (struct str){out.data, out.len});
    buf_deinit(&out);
    return v;
}

/* A part as written, where that is not what Go would write. */
static JSValue raw_part(JSContext *ctx, struct str text, bool is_usual)
{
    return jsarg_new_str(ctx, is_usual ? STR("") : text);
}

static JSValue host_with_port(JSContext *ctx, const struct url *u)
{
    struct buf text;
    buf_init(&text, BUF_NO_LIMIT);
    buf_addf(&text, u->is_ipv6 ? "[%.*s]" : "%.*s", (int)u->host.len, u->host.p);
    buf_add_str(&text, u->port_text);
    JSValue host = jsarg_new_str(ctx, (struct str){text.data, text.len});
    buf_deinit(&text);
    return host;
}

static bool set_parts(JSContext *ctx, JSValueConst object, const struct url *u)
{
    bool usual_path = true, usual_fragment = true;
    return mod_http_struct_set(ctx, object, "scheme", jsarg_new_str(ctx, u->scheme)) &&
           mod_http_struct_set(ctx, object, "opaque", jsarg_new_str(ctx, u->opaque)) &&
           mod_http_struct_set(ctx, object, "user", u->has_user ? JS_NewObject(ctx) : JS_NULL) &&
           mod_http_struct_set(ctx, object, "host", host_with_port(ctx, u)) &&
           mod_http_struct_set(ctx, object, "path",
                               decoded(ctx, u->path, PATH_CHARS, &usual_path)) &&
           mod_http_struct_set(ctx, object, "fragment",
                               decoded(ctx, u->fragment, FRAGMENT_CHARS, &usual_fragment)) &&
           mod_http_struct_set(ctx, object, "raw_query", jsarg_new_str(ctx, u->query)) &&
           mod_http_struct_set(ctx, object, "raw_path", raw_part(ctx, u->path, usual_path)) &&
           mod_http_struct_set(ctx, object, "raw_fragment",
                               raw_part(ctx, u->fragment, usual_fragment)) &&
           mod_http_struct_set(ctx, object, "force_query",
                               JS_NewBool(ctx, u->has_query && u->query.len == 0)) &&
           mod_http_struct_set(ctx, object, "omit_host", JS_NewBool(ctx, u->is_host_omitted));
}

static bool set_methods(JSContext *ctx, JSValueConst object, const struct http_target *t)
{
    const struct url *u = t->url;
    return mod_http_struct_set(ctx, object, "escapedPath", giver(ctx, u->path)) &&
           mod_http_struct_set(ctx, object, "escapedFragment", giver(ctx, u->fragment)) &&
           mod_http_struct_set(ctx, object, "hostname", giver(ctx, u->host)) &&
           mod_http_struct_set(ctx, object, "port", giver(ctx, without(u->port_text, 1))) &&
           mod_http_struct_set(ctx, object, "requestURI", request_uri(ctx, u)) &&
           mod_http_struct_set(ctx, object, "string", giver(ctx, t->full)) &&
           mod_http_struct_set(ctx, object, "toString", giver(ctx, t->full));
}

/* The url taken apart, much as Go's url.URL shows itself to scripts. */
static JSValue url_get_url(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    const struct http_target *t = mod_http_url_get(this_val);
    if (!t)
        return jsarg_throw_type(ctx, "getURL() is a method of http.url's values");
    JSValue object = JS_NewObject(ctx);
    if (!JS_IsException(object) && set_parts(ctx, object, t->url) && set_methods(ctx, object, t))
        return object;
    JS_FreeValue(ctx, object);
    return JS_EXCEPTION;
}

static const JSCFunctionListEntry url_methods[] = {
    JS_CFUNC_DEF("clean", 0, url_clean),
    JS_CFUNC_DEF("getURL", 0, url_get_url),
};

int mod_http_url_class(JSContext *ctx)
{
    JSValue proto = JS_NewObject(ctx);
    if (JS_IsException(proto) ||
        JS_SetPropertyFunctionList(ctx, proto, url_methods,
                                   sizeof(url_methods) / sizeof(url_methods[0])) < 0) {
        JS_FreeValue(ctx, proto);
        return -1;
    }
    return pod_new_class(ctx, CLASS_HTTP_URL, &url_class, proto);
}

struct http_target *mod_http_url_get(JSValueConst v)
{
    struct url_value *u = JS_GetOpaque(v, CLASS_HTTP_URL);
    return u ? u->target : NULL;
}

int mod_http_url_name(JSContext *ctx, JSValueConst v, struct arena *a, struct str *name)
{
    const struct url_value *u = JS_GetOpaque(v, CLASS_HTTP_URL);
    struct str text;
    *name = u->target->name;
    JSValue now = JS_GetPropertyStr(ctx, v, "name");
    bool is_same = JS_IsString(now) && JS_VALUE_GET_PTR(now) == JS_VALUE_GET_PTR(u->name);
    if (is_same || JS_IsException(now) || !jsarg_str(ctx, now, &text)) {
        JS_FreeValue(ctx, now);
        return is_same ? 0 : -1;
    }
    bool is_name = text.len > 0 && !str_eq(text, u->target->clean);
    *name = is_name ? (struct str){arena_strndup(a, text.p, text.len), text.len} : STR("");
    jsarg_free_str(ctx, text);
    JS_FreeValue(ctx, now);
    return 0;
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

/* Scripts that list the object's keys find the method, as in k6. */
static bool own_method(JSContext *ctx, JSValueConst object, const char *name)
{
    return mod_http_struct_set(ctx, object, name, JS_GetPropertyStr(ctx, object, name));
}

/* An object with the three texts; the target goes with it. Takes t. */
static JSValue url_object(JSContext *ctx, struct http_target *t, struct str name)
{
    struct url_value *u = MEM_NEW(struct url_value);
    JSValue object = JS_NewObjectClass(ctx, CLASS_HTTP_URL);
    *u = (struct url_value){t, jsarg_new_str(ctx, name)};
    if (JS_IsException(object)) {
        JS_FreeValue(ctx, u->name);
        mod_http_target_unref(t);
        mem_free(u);
        return object;
    }
    struct buf clean;
    buf_init(&clean, BUF_NO_LIMIT);
    mod_http_target_put_clean_text(&clean, t->raw, t->url);
    JS_SetOpaque(object, u);
    bool ok = mod_http_struct_set(ctx, object, "name", JS_DupValue(ctx, u->name)) &&
              mod_http_struct_set(ctx, object, "url", jsarg_new_str(ctx, t->raw)) &&
              mod_http_struct_set(ctx, object, "clean_url",
                                  jsarg_new_str(ctx, (struct str){clean.data, clean.len})) &&
              own_method(ctx, object, "clean") && own_method(ctx, object, "getURL") &&
              JS_PreventExtensions(ctx, object) >= 0;
    buf_deinit(&clean);
    if (ok)
        return object;
    JS_FreeValue(ctx, object);
    return JS_EXCEPTION;
}

JSValue mod_http_url_tag(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    bool is_nothing = argc < 1 || jsarg_is_nullish(argv[0]); /* an empty list in Go */
    if (!is_nothing && !JS_IsArray(argv[0]))
        return jsarg_throw_type(ctx,
                                "http.url is a template tag: http.url`http://example.com/${id}`");
    struct buf raw, name;
    buf_init(&raw, BUF_NO_LIMIT);
    buf_init(&name, BUF_NO_LIMIT);
    JSValue result = JS_EXCEPTION;
    struct err e = {0};
    if (is_nothing || put_parts(ctx, argv[0], argc - 1, argv + 1, &raw, &name)) {
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
