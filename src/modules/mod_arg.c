/* mod_arg.c - arguments as k6's functions take them; see mod_arg.h.
 * Tests: test/js/, through the functions that use it. */
#include "modules/mod_arg.h"

#include <math.h>

#include "base/mem.h"
#include "base/vec.h"
#include "exec/run_state.h"
#include "exec/vu.h"
#include "js/jsarg.h"

typedef VEC(struct tag) tag_list; /* texts held by the engine */

bool mod_arg_str(JSContext *ctx, int argc, JSValueConst *argv, int i, struct str *out)
{
    *out = (struct str){NULL, 0};
    if (i >= argc || jsarg_is_nullish(argv[i]))
        return true;
    return jsarg_str(ctx, argv[i], out);
}

/* "[object Kind]" says it all. No exception stays. */
static bool is_kind(JSContext *ctx, JSValueConst v, const char *const *kinds)
{
    bool is = false;
    JSValue text = JS_ToObjectString(ctx, v);
    const char *s = JS_IsException(text) ? NULL : JS_ToCString(ctx, text);
    for (size_t i = 0; s && kinds[i] && !is; i++)
        is = str_eqs(str_of(s), kinds[i]);
    if (s)
        JS_FreeCString(ctx, s);
    JS_FreeValue(ctx, text);
    if (JS_HasException(ctx))
        JS_FreeValue(ctx, JS_GetException(ctx));
    return is;
}

/* k6 looks at what a value is in Go: symbols are text there, boxed numbers and booleans are what
 * they box, everything else that is an object is refused, boxed strings too. */
bool mod_arg_is_tag_value(JSContext *ctx, JSValueConst v)
{
    static const char *const boxed[] = {"[object Number]", "[object Boolean]", NULL};
    return JS_IsString(v) || JS_IsNumber(v) || JS_IsBool(v) || JS_IsSymbol(v) ||
           (JS_IsObject(v) && is_kind(ctx, v, boxed));
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

const char *mod_arg_go_type(JSContext *ctx, JSValueConst v)
{
    static const char *const strings[] = {"[object String]", NULL}, *const bools[] = {
                                                                        "[object Boolean]", NULL};
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
    if (is_kind(ctx, v, strings))
        return "string";
    return is_kind(ctx, v, bools) ? "bool" : "map[string]interface {}";
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
