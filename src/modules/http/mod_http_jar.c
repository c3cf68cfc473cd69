/* mod_http_jar.c - cookie jars in scripts: http.cookieJar(), new http.CookieJar() and their
 * methods. Like a response, a jar shows its methods as own fields that are bound to it, and its
 * prototype is Object's. Source: k6 docs, "CookieJar". Tests: test/js/http_jar_*.js */
#include "modules/http/http_int.h"

#include "core/clock.h"
#include "modules/mod_arg.h"
#include "net/http_date.h"

const char *const mod_http_jar_method_names[JAR_METHOD_COUNT] = {[JAR_CLEAR] = "clear",
                                                                 [JAR_COOKIES_FOR_URL] =
                                                                     "cookiesForURL",
                                                                 [JAR_DELETE] = "delete",
                                                                 [JAR_SET] = "set"};

struct http_jar *mod_http_jar_new(void)
{
    struct http_jar *j = MEM_NEW(struct http_jar);
    j->refs = 1;
    j->cookies = cookie_jar_new();
    return j;
}

struct http_jar *mod_http_jar_ref(struct http_jar *j)
{
    j->refs++;
    return j;
}

void mod_http_jar_unref(struct http_jar *j)
{
    if (!j || --j->refs > 0)
        return;
    cookie_jar_free(j->cookies);
    mem_free(j);
}

struct http_jar *mod_http_jar_get(JSValueConst v)
{
    return JS_GetOpaque(v, CLASS_HTTP_COOKIE_JAR);
}

/* ---- methods ---- */

/* The url argument. NULL with an exception pending. Whatever is asked of a url that is none of the
 * web's comes to nothing: its scheme is taken off. */
static struct url *parse_url(JSContext *ctx, int argc, JSValueConst *argv)
{
    struct str text;
    struct url *u = NULL;
    struct err e = {0};
    if (!mod_arg_str(ctx, argc, argv, 0, &text))
        return NULL;
    if (url_parse(&u, text.p ? text : STR(""), &e) < 0) {
        struct buf quoted;
        buf_init(&quoted, BUF_NO_LIMIT);
        buf_add_quoted(&quoted, text.p ? text : STR(""));
        jsarg_throw(ctx, "parse %s: %s", quoted.data, e.msg ? e.msg : "");
        buf_deinit(&quoted);
    }
    err_deinit(&e);
    jsarg_free_str(ctx, text);
    if (u && !str_eqs(u->scheme, "http") && !str_eqs(u->scheme, "https"))
        u->scheme = STR("");
    return u;
}

struct found {
    JSContext *ctx;
    JSValue object;
    bool failed;
};

/* Adds value to the list under the cookie's name. */
static void add_found(void *opaque, struct str name, struct str value)
{
    struct found *f = opaque;
    JSValue item = f->failed ? JS_EXCEPTION : jsarg_new_str(f->ctx, value);
    if (!f->failed)
        f->failed = !mod_http_response_push(f->ctx, f->object, name, item);
}

static JSValue jar_cookies_for_url(JSContext *ctx, struct http_jar *j, int argc, JSValueConst *argv)
{
    struct url *u = parse_url(ctx, argc, argv);
    if (!u)
        return JS_EXCEPTION;
    struct found f = {ctx, JS_NewObject(ctx), false};
    f.failed = JS_IsException(f.object);
    cookie_jar_each(j->cookies, u, clock_wall_ns(), add_found, &f);
    url_free(u);
    if (!f.failed)
        return f.object;
    JS_FreeValue(ctx, f.object);
    return JS_EXCEPTION;
}

/* The options of jar.set, as they are read; texts in the arena. */
struct set_options {
    struct cookie c;
    struct arena *arena;
    bool failed;
};

static struct str arena_text(JSContext *ctx, struct set_options *o, JSValueConst v)
{
    struct str s, kept = STR("");
    o->failed = !jsarg_str(ctx, v, &s);
    if (!o->failed) {
        kept = (struct str){arena_strndup(o->arena, s.p, s.len), s.len};
        jsarg_free_str(ctx, s);
    }
    return kept;
}

static void set_expires(JSContext *ctx, struct set_options *o, JSValueConst v)
{
    struct err e = {0};
    struct str text = arena_text(ctx, o, v);
    if (o->failed || text.len == 0)
        return;
    o->c.has_expires = http_date_parse(&o->c.expires_s, text, ' ', &e) == 0;
    o->failed = !o->c.has_expires;
    if (o->failed)
        jsarg_throw(ctx, "unable to parse \"expires\" date string \"%s\": %s", text.p, e.msg);
    err_deinit(&e);
}

static bool each_option(void *opaque, JSContext *ctx, struct str key, JSValueConst value)
{
    struct set_options *o = opaque;
    int64_t age;
    if (str_ieqs(key, "path")) {
        o->c.path = arena_text(ctx, o, value);
    } else if (str_ieqs(key, "domain")) {
        o->c.domain = arena_text(ctx, o, value);
    } else if (str_ieqs(key, "expires")) {
        set_expires(ctx, o, value);
    } else if (str_ieqs(key, "max_age")) {
        o->failed = !mod_arg_integer(ctx, value, &age);
        if (!o->failed)
            o->c.max_age = age;
    } else if (str_ieqs(key, "secure")) {
        o->c.secure = JS_ToBool(ctx, value) > 0;
    } else if (str_ieqs(key, "http_only")) {
        o->c.http_only = JS_ToBool(ctx, value) > 0;
    }
    return !o->failed;
}

static JSValue jar_set(JSContext *ctx, struct http_jar *j, int argc, JSValueConst *argv)
{
    struct url *u = parse_url(ctx, argc, argv);
    if (!u)
        return JS_EXCEPTION;
    struct set_options o = {.arena = arena_new(256)};
    struct str name = {NULL, 0}, value = {NULL, 0};
    JSValue result = JS_EXCEPTION;
    if (!mod_arg_str(ctx, argc, argv, 1, &name) || !mod_arg_str(ctx, argc, argv, 2, &value))
        goto done;
    o.c.name = name.p ? name : STR("");
    o.c.value = value.p ? value : STR("");
    o.c.domain = o.c.path = STR("");
    if (argc > 3 && JS_IsObject(argv[3]) &&
        (jsarg_each_property(ctx, argv[3], each_option, &o) < 0 || o.failed))
        goto done;
    cookie_jar_set(j->cookies, u, &o.c, clock_wall_ns());
    result = JS_TRUE;
done:
    jsarg_free_str(ctx, name);
    jsarg_free_str(ctx, value);
    arena_free(o.arena);
    url_free(u);
    return result;
}

static JSValue jar_clear(JSContext *ctx, struct http_jar *j, int argc, JSValueConst *argv)
{
    struct url *u = parse_url(ctx, argc, argv);
    if (!u)
        return JS_EXCEPTION;
    cookie_jar_remove_all_of(j->cookies, u);
    url_free(u);
    return JS_UNDEFINED;
}

static JSValue jar_delete(JSContext *ctx, struct http_jar *j, int argc, JSValueConst *argv)
{
    struct str name;
    if (!mod_arg_str(ctx, argc, argv, 1, &name))
        return JS_EXCEPTION;
    JSValue result = JS_EXCEPTION;
    struct url *u = NULL;
    if (name.len == 0) {
        jsarg_throw(ctx, "cookie: is null");
    } else if ((u = parse_url(ctx, argc, argv))) {
        cookie_jar_remove(j->cookies, u, name);
        result = JS_UNDEFINED;
    }
    url_free(u);
    jsarg_free_str(ctx, name);
    return result;
}

static JSValue bound_method(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv,
                            int magic, JSValueConst *data)
{
    struct http_jar *j = mod_http_jar_get(data[0]);
    switch ((enum http_jar_method)magic) {
    case JAR_CLEAR:
        return jar_clear(ctx, j, argc, argv);
    case JAR_COOKIES_FOR_URL:
        return jar_cookies_for_url(ctx, j, argc, argv);
    case JAR_DELETE:
        return jar_delete(ctx, j, argc, argv);
    case JAR_SET:
        return jar_set(ctx, j, argc, argv);
    case JAR_METHOD_COUNT:
        break;
    }
    return JS_UNDEFINED;
}

/* ---- the class ---- */

static int find_method(JSContext *ctx, JSAtom name)
{
    const struct http_state *st = mod_http_state_of(ctx);
    for (int i = 0; i < JAR_METHOD_COUNT; i++)
        if (st->jar_methods[i] == name)
            return i;
    return -1;
}

/* How many arguments each counts. */
static const int lengths[JAR_METHOD_COUNT] = {
    [JAR_CLEAR] = 1, [JAR_COOKIES_FOR_URL] = 1, [JAR_DELETE] = 2, [JAR_SET] = 4};

static int get_own_property(JSContext *ctx, JSPropertyDescriptor *desc, JSValueConst object,
                            JSAtom name)
{
    int m = find_method(ctx, name);
    if (m < 0)
        return 0;
    if (desc) {
        desc->value = JS_NewCFunctionData(ctx, bound_method, lengths[m], m, 1, &object);
        if (JS_IsException(desc->value))
            return -1;
        desc->flags = JS_PROP_ENUMERABLE;
        desc->getter = JS_UNDEFINED;
        desc->setter = JS_UNDEFINED;
    }
    return 1;
}

static int get_own_property_names(JSContext *ctx, JSPropertyEnum **names, uint32_t *count,
                                  JSValueConst object)
{
    const struct http_state *st = mod_http_state_of(ctx);
    JSPropertyEnum *list = js_malloc(ctx, JAR_METHOD_COUNT * sizeof(*list));
    if (!list)
        return -1;
    for (int i = 0; i < JAR_METHOD_COUNT; i++)
        list[i] =
            (JSPropertyEnum){.is_enumerable = true, .atom = JS_DupAtom(ctx, st->jar_methods[i])};
    *names = list;
    *count = JAR_METHOD_COUNT;
    return 0;
}

static int delete_property(JSContext *ctx, JSValueConst object, JSAtom name)
{
    return find_method(ctx, name) < 0;
}

static int define_own_property(JSContext *ctx, JSValueConst object, JSAtom name, JSValueConst value,
                               JSValueConst getter, JSValueConst setter, int flags)
{
    if (!(flags & (JS_PROP_THROW | JS_PROP_THROW_STRICT)))
        return 0;
    jsarg_throw_type(ctx, "a cookie jar takes no new fields");
    return -1;
}

static void jar_finalize(JSRuntime *rt, JSValueConst object)
{
    mod_http_jar_unref(mod_http_jar_get(object));
}

static JSClassExoticMethods jar_exotic = {
    .get_own_property = get_own_property,
    .get_own_property_names = get_own_property_names,
    .delete_property = delete_property,
    .define_own_property = define_own_property,
};
static const JSClassDef jar_class = {"CookieJar", .finalizer = jar_finalize, .exotic = &jar_exotic};

int mod_http_jar_class(JSContext *ctx)
{
    return mod_http_response_plain_class(ctx, CLASS_HTTP_COOKIE_JAR, &jar_class);
}

static JSValue jar_object(JSContext *ctx, struct http_jar *j)
{
    JSValue object = JS_NewObjectClass(ctx, CLASS_HTTP_COOKIE_JAR);
    if (JS_IsException(object))
        mod_http_jar_unref(j);
    else
        JS_SetOpaque(object, j);
    return object;
}

JSValue mod_http_jar_construct(JSContext *ctx, JSValueConst new_target, int argc,
                               JSValueConst *argv)
{
    return jar_object(ctx, mod_http_jar_new());
}

JSValue mod_http_jar_of_vu(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    struct http_state *st = mod_http_state_of(ctx);
    if (mod_http_state_begin(ctx, st, "Making cookie jars in the init context is not supported") <
        0)
        return JS_EXCEPTION;
    return jar_object(ctx, mod_http_jar_ref(st->jar));
}
