/* mod_http_statuses.c - which statuses a script expects: http.expectedStatuses,
 * setResponseCallback, params.responseCallback. Source: k6 docs, "http.expectedStatuses",
 * "http.setResponseCallback". Tests: test/js/http_statuses_*.js */
#include "modules/http/http_int.h"

#include <math.h>

struct http_statuses *mod_http_statuses_ref(struct http_statuses *s)
{
    if (s)
        s->refs++;
    return s;
}

void mod_http_statuses_unref(struct http_statuses *s)
{
    if (s && --s->refs == 0)
        mem_free(s);
}

bool mod_http_statuses_match(const struct http_statuses *s, int status)
{
    for (size_t i = 0; i < s->count; i++)
        if (s->ranges[i].min <= status && status <= s->ranges[i].max)
            return true;
    return false;
}

static struct http_statuses *statuses_new(size_t count)
{
    struct http_statuses *s = mem_calloc(1, sizeof(*s) + count * sizeof(s->ranges[0]));
    s->refs = 1;
    s->count = count;
    return s;
}

struct http_statuses *mod_http_statuses_default(void)
{
    struct http_statuses *s = statuses_new(1);
    s->ranges[0].min = 200;
    s->ranges[0].max = 399;
    return s;
}

bool mod_http_statuses_of(JSValueConst v, struct http_statuses **out)
{
    *out = NULL;
    if (jsarg_is_nullish(v))
        return true;
    *out = JS_GetOpaque(v, CLASS_HTTP_EXPECTED_STATUSES);
    return *out != NULL;
}

static void statuses_finalize(JSRuntime *rt, JSValueConst v)
{
    mod_http_statuses_unref(JS_GetOpaque(v, CLASS_HTTP_EXPECTED_STATUSES));
}

static const JSClassDef statuses_class = {"expectedStatuses", .finalizer = statuses_finalize};

int mod_http_statuses_class(JSContext *ctx)
{
    return pod_new_class(ctx, CLASS_HTTP_EXPECTED_STATUSES, &statuses_class, JS_NewObject(ctx));
}

/* Number.isInteger, within what a status may be compared to. */
static bool as_integer(JSContext *ctx, JSValueConst v, int *out)
{
    double n;
    if (!JS_IsNumber(v) || JS_ToFloat64(ctx, &n, v) < 0 || !isfinite(n) || floor(n) != n)
        return false;
    *out = n > INT32_MAX ? INT32_MAX : n < INT32_MIN ? INT32_MIN : (int)n;
    return true;
}

/* Is the property there, be it undefined? No exception stays. */
static bool has_end(JSContext *ctx, JSValueConst arg, const char *name, JSValueConst value)
{
    if (!JS_IsUndefined(value) || !JS_IsObject(arg))
        return !JS_IsUndefined(value);
    JSAtom atom = JS_NewAtom(ctx, name);
    int has = JS_HasProperty(ctx, arg, atom);
    JS_FreeAtom(ctx, atom);
    if (has < 0)
        JS_FreeValue(ctx, JS_GetException(ctx));
    return has > 0;
}

/* One argument: a number, or {min, max}. False with an exception pending. */
static bool read_range(JSContext *ctx, JSValueConst arg, int place, int *min, int *max)
{
    if (as_integer(ctx, arg, min)) {
        *max = *min;
        return true;
    }
    if (jsarg_is_nullish(arg)) {
        jsarg_throw_type(ctx, "Cannot convert undefined or null to object");
        return false;
    }
    bool ok = false;
    JSValue lo = JS_GetPropertyStr(ctx, arg, "min"), hi = JS_GetPropertyStr(ctx, arg, "max");
    if (JS_IsException(lo) || JS_IsException(hi))
        goto done;
    if (!has_end(ctx, arg, "min", lo) || !has_end(ctx, arg, "max", hi))
        jsarg_throw(ctx,
                    "argument number %d to expectedStatuses was neither an integer nor an object "
                    "like {min:100, max:329}",
                    place);
    else if (!as_integer(ctx, lo, min) || !as_integer(ctx, hi, max))
        jsarg_throw(ctx, "both min and max need to be integers for argument number %d", place);
    else
        ok = true;
done:
    JS_FreeValue(ctx, lo);
    JS_FreeValue(ctx, hi);
    return ok;
}

JSValue mod_http_statuses_expected(JSContext *ctx, JSValueConst this_val, int argc,
                                   JSValueConst *argv)
{
    if (argc == 0)
        return jsarg_throw(ctx, "no arguments");
    struct http_statuses *s = statuses_new((size_t)argc);
    JSValue object = JS_EXCEPTION;
    for (int i = 0; i < argc; i++)
        if (!read_range(ctx, argv[i], i + 1, &s->ranges[i].min, &s->ranges[i].max))
            goto done;
    object = JS_NewObjectClass(ctx, CLASS_HTTP_EXPECTED_STATUSES);
    if (!JS_IsException(object))
        JS_SetOpaque(object, mod_http_statuses_ref(s));
done:
    mod_http_statuses_unref(s);
    return object;
}

JSValue mod_http_statuses_set_callback(JSContext *ctx, JSValueConst this_val, int argc,
                                       JSValueConst *argv)
{
    struct http_state *st = mod_http_state_of(ctx);
    struct http_statuses *s = NULL;
    /* Unlike params.responseCallback, undefined that is written out is refused here. */
    if (argc > 0 && (JS_IsUndefined(argv[0]) || !mod_http_statuses_of(argv[0], &s)))
        return jsarg_throw(ctx, "unsupported argument, expected http.expectedStatuses");
    mod_http_statuses_ref(s);
    mod_http_statuses_unref(st->expected);
    st->expected = s;
    return JS_UNDEFINED;
}
