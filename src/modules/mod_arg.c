/* mod_arg.c - arguments as k6's functions take them; see mod_arg.h.
 * Tests: test/js/, through the functions that use it. */
#include "modules/mod_arg.h"

#include <math.h>

#include "base/mem.h"
#include "base/vec.h"
#include "exec/run_state.h"
#include "exec/vu.h"
#include "js/engine.h"
#include "js/jsarg.h"
#include "js/js_class.h"

typedef VEC(struct tag) tag_list; /* texts held by the engine */

bool mod_arg_str(JSContext *ctx, int argc, JSValueConst *argv, int i, struct str *out)
{
    *out = (struct str){NULL, 0};
    if (i >= argc || jsarg_is_nullish(argv[i]))
        return true;
    return jsarg_str(ctx, argv[i], out);
}

bool mod_arg_integer(JSContext *ctx, JSValueConst v, int64_t *out)
{
    double n;
    if (JS_ToFloat64(ctx, &n, v) < 0)
        return false;
    *out = isnan(n)                      ? 0
           : n >= 9223372036854775808.0  ? INT64_MAX
           : n <= -9223372036854775808.0 ? INT64_MIN
                                         : (int64_t)n;
    return true;
}

/* k6 looks at what a value is in Go: a boxed string is an object without fields there. */
bool mod_arg_is_tag_value(JSContext *ctx, JSValueConst v)
{
    static const char *const types[] = {"string", "int64", "float64", "bool"};
    struct str type = str_of(mod_arg_go_type(ctx, v));
    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
        if (str_eqs(type, types[i]))
            return true;
    return false;
}

bool mod_arg_tag_text(JSContext *ctx, JSValueConst v, struct str *out)
{
    *out = (struct str){NULL, 0};
    if (!JS_IsSymbol(v))
        return jsarg_str(ctx, v, out);
    JSValue description = JS_GetPropertyStr(ctx, v, "description");
    bool ok = JS_IsUndefined(description) ||
              (!JS_IsException(description) && jsarg_str(ctx, description, out));
    JS_FreeValue(ctx, description);
    return ok;
}

static const char *typed_array_type(int type)
{
    static const char *const names[] = {
        [JS_TYPED_ARRAY_UINT8C] = "[]uint8",      [JS_TYPED_ARRAY_INT8] = "[]int8",
        [JS_TYPED_ARRAY_UINT8] = "[]uint8",       [JS_TYPED_ARRAY_INT16] = "[]int16",
        [JS_TYPED_ARRAY_UINT16] = "[]uint16",     [JS_TYPED_ARRAY_INT32] = "[]int32",
        [JS_TYPED_ARRAY_UINT32] = "[]uint32",     [JS_TYPED_ARRAY_BIG_INT64] = "[]int64",
        [JS_TYPED_ARRAY_BIG_UINT64] = "[]uint64", [JS_TYPED_ARRAY_FLOAT32] = "[]float32",
        [JS_TYPED_ARRAY_FLOAT64] = "[]float64",
    };
    return type >= 0 && (size_t)type < sizeof(names) / sizeof(names[0]) && names[type]
               ? names[type]
               : "[]float32";
}

static const char *number_type(JSContext *ctx, JSValueConst v)
{
    double n = 0;
    JS_ToFloat64(ctx, &n, v);
    return n == (double)(int64_t)n && fabs(n) < 9007199254740992.0 && !(n == 0 && signbit(n))
               ? "int64"
               : "float64";
}

/* Of objects that modules made. NULL: v is none. */
static const char *own_type(JSValueConst v)
{
    switch (JS_GetClassID(v)) {
    case CLASS_HTTP_RESPONSE:
        return "*http.Response";
    case CLASS_HTTP_COOKIE_JAR:
        return "*http.CookieJar";
    case CLASS_HTTP_FILE:
        return "*http.FileData";
    case CLASS_HTTP_EXPECTED_STATUSES:
        return "*http.expectedStatuses";
    case CLASS_HTTP_URL:
        return "httpext.URL";
    default:
        return NULL;
    }
}

/* What is in a boxed number or boolean; a boxed string is an object like others. */
static const char *boxed_type(JSContext *ctx, JSValueConst v)
{
    JSValue inner = engine_unbox(ctx, v);
    const char *type = JS_IsNumber(inner) ? number_type(ctx, inner)
                       : JS_IsBool(inner) ? "bool"
                                          : "map[string]interface {}";
    JS_FreeValue(ctx, inner);
    return type;
}

const char *mod_arg_go_type(JSContext *ctx, JSValueConst v)
{
    if (jsarg_is_nullish(v))
        return "<nil>";
    if (JS_IsString(v) || JS_IsSymbol(v))
        return "string";
    if (JS_IsBool(v))
        return "bool";
    if (JS_IsNumber(v))
        return number_type(ctx, v);
    if (JS_IsBigInt(v))
        return "*big.Int";
    if (JS_IsFunction(ctx, v))
        return "func(sobek.FunctionCall) sobek.Value";
    if (JS_IsArray(v) || JS_IsSet(v))
        return "[]interface {}";
    if (JS_IsArrayBuffer(v))
        return "sobek.ArrayBuffer";
    int type = JS_GetTypedArrayType(v);
    if (type >= 0)
        return typed_array_type(type);
    if (JS_IsDate(v))
        return "time.Time";
    if (JS_IsMap(v))
        return "[][2]interface {}";
    if (JS_IsPromise(v))
        return "*sobek.Promise";
    if (engine_kind_of(ctx, v) == KIND_BOXED)
        return boxed_type(ctx, v);
    const char *own = own_type(v);
    return own ? own : "map[string]interface {}";
}

bool mod_arg_is_map(JSContext *ctx, JSValueConst v)
{
    return JS_IsObject(v) && str_eqs(str_of(mod_arg_go_type(ctx, v)), "map[string]interface {}");
}

/* Adds one property to the list. */
static int tag_list_add(JSContext *ctx, tag_list *list, JSValueConst object, JSAtom name,
                        struct err *e)
{
    struct tag t = {{NULL, 0}, {NULL, 0}};
    JSValue v = JS_GetProperty(ctx, object, name);
    if (JS_IsException(v))
        return ERR_SCRIPT;
    int rc = ERR_SCRIPT;
    t.key.p = JS_AtomToCStringLen(ctx, &t.key.len, name);
    if (!t.key.p)
        goto done;
    if (!mod_arg_is_tag_value(ctx, v)) {
        rc = err_set(e, ERR_INVALID,
                     "invalid value for metric tag '%s': only String, Boolean and Number types are "
                     "accepted as a metric tag values",
                     t.key.p);
        goto done;
    }
    if (!mod_arg_tag_text(ctx, v, &t.value))
        goto done;
    VEC_PUSH(list, t);
    t.key.p = NULL;
    rc = 0;
done:
    if (t.key.p)
        JS_FreeCString(ctx, t.key.p);
    JS_FreeValue(ctx, v);
    return rc;
}

static void tag_list_deinit(JSContext *ctx, tag_list *list)
{
    for (size_t i = 0; i < list->len; i++) {
        JS_FreeCString(ctx, list->items[i].key.p);
        jsarg_free_str(ctx, list->items[i].value);
    }
    VEC_DEINIT(list);
}

int mod_arg_tags(JSContext *ctx, struct tagset *base, JSValueConst tags, struct tagset **out,
                 struct err *e)
{
    if (jsarg_is_nullish(tags)) {
        *out = tags_ref(base);
        return 0;
    }
    tag_list list = {0};
    JSPropertyEnum *names = NULL;
    uint32_t count = 0;
    int rc = ERR_SCRIPT;
    JSValue object = JS_ToObject(ctx, tags); /* a string counts as the list of its characters */
    if (JS_IsException(object) || JS_GetOwnPropertyNames(ctx, &names, &count, object,
                                                         JS_GPN_STRING_MASK | JS_GPN_ENUM_ONLY) < 0)
        goto done;
    rc = 0;
    for (uint32_t i = 0; i < count && rc == 0; i++)
        rc = tag_list_add(ctx, &list, object, names[i].atom, e);
    if (rc == 0)
        *out = tags_with_many(base, list.items, list.len);
done:
    tag_list_deinit(ctx, &list);
    JS_FreePropertyEnum(ctx, names, count);
    JS_FreeValue(ctx, object);
    return rc;
}

int mod_arg_add_constructor(JSContext *ctx, JSValueConst exports, const char *name, JSValue fn)
{
    JSValue proto = JS_NewObject(ctx);
    int rc = JS_IsException(fn) || JS_IsException(proto) ? -1 : JS_SetConstructor(ctx, fn, proto);
    JS_FreeValue(ctx, proto);
    if (rc < 0) {
        JS_FreeValue(ctx, fn);
        return -1;
    }
    return JS_SetPropertyStr(ctx, exports, name, fn) < 0 ? -1 : 0;
}

bool mod_arg_run_throws(const struct vu *vu)
{
    return vu->run && run_options(vu->run)->throw_errors.v;
}
