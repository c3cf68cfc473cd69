/* mod_bytes.c - see mod_bytes.h.
 * Tests: test/js/crypto_refusals.js */
#include "modules/mod_bytes.h"

#include <math.h>

#include "js/jsarg.h"

/* The class as Object.prototype.toString tells it; no exception stays. */
static bool is_class(JSContext *ctx, JSValueConst v, const char *what)
{
    JSValue text = JS_ToObjectString(ctx, v);
    const char *p = JS_IsException(text) ? NULL : JS_ToCString(ctx, text);
    bool is = p != NULL && str_eqs(str_of(p), what);
    JS_FreeCString(ctx, p);
    JS_FreeValue(ctx, text);
    if (JS_HasException(ctx))
        JS_FreeValue(ctx, JS_GetException(ctx));
    return is;
}

static const char *number_type(JSContext *ctx, JSValueConst v)
{
    double n = 0;
    JS_ToFloat64(ctx, &n, v);
    bool is_whole = n == floor(n) && fabs(n) <= 9007199254740991.0 && !(n == 0 && signbit(n));
    return is_whole ? "int64" : "float64";
}

static const char *typed_array_type(int type)
{
    switch ((JSTypedArrayEnum)type) {
    case JS_TYPED_ARRAY_UINT8C:
    case JS_TYPED_ARRAY_UINT8:
        return "[]uint8";
    case JS_TYPED_ARRAY_INT8:
        return "[]int8";
    case JS_TYPED_ARRAY_INT16:
        return "[]int16";
    case JS_TYPED_ARRAY_UINT16:
    case JS_TYPED_ARRAY_FLOAT16:
        return "[]uint16";
    case JS_TYPED_ARRAY_INT32:
        return "[]int32";
    case JS_TYPED_ARRAY_UINT32:
        return "[]uint32";
    case JS_TYPED_ARRAY_BIG_INT64:
        return "[]int64";
    case JS_TYPED_ARRAY_BIG_UINT64:
        return "[]uint64";
    case JS_TYPED_ARRAY_FLOAT32:
        return "[]float32";
    case JS_TYPED_ARRAY_FLOAT64:
        return "[]float64";
    }
    return "[]uint8";
}

static const char *object_type(JSContext *ctx, JSValueConst v)
{
    int typed = JS_GetTypedArrayType(v);
    if (typed >= 0)
        return typed_array_type(typed);
    if (JS_IsFunction(ctx, v))
        return "func(sobek.FunctionCall) sobek.Value";
    if (JS_IsArray(v) || JS_IsSet(v))
        return "[]interface {}";
    if (JS_IsMap(v))
        return "[][2]interface {}";
    if (JS_IsDate(v))
        return "time.Time";
    if (JS_IsPromise(v))
        return "*sobek.Promise";
    if (JS_IsProxy(v))
        return "sobek.Proxy";
    if (is_class(ctx, v, "[object Number]"))
        return number_type(ctx, v);
    if (is_class(ctx, v, "[object Boolean]"))
        return "bool";
    return "map[string]interface {}";
}

const char *mod_bytes_go_type(JSContext *ctx, JSValueConst v)
{
    if (jsarg_is_nullish(v))
        return "<nil>";
    if (JS_IsString(v) || JS_IsSymbol(v))
        return "string";
    if (JS_IsBool(v))
        return "bool";
    if (JS_IsBigInt(v))
        return "*big.Int";
    if (JS_IsNumber(v))
        return number_type(ctx, v);
    return object_type(ctx, v);
}

static bool is_byte_array(JSValueConst v)
{
    int type = JS_GetTypedArrayType(v);
    return type == JS_TYPED_ARRAY_UINT8 || type == JS_TYPED_ARRAY_UINT8C;
}

int mod_bytes_get(JSContext *ctx, JSValueConst v, struct mod_bytes *out, struct err *e)
{
    *out = (struct mod_bytes){STR(""), false};
    if (JS_IsString(v) || (JS_IsObject(v) && is_class(ctx, v, "[object String]"))) {
        out->is_text = true;
        return jsarg_str(ctx, v, &out->data) ? 0 : ERR_SCRIPT;
    }
    if ((JS_IsArrayBuffer(v) || is_byte_array(v)) && jsarg_bytes(ctx, v, &out->data))
        return 0;
    return err_set(e, ERR_INVALID, "invalid type %s, expected string, []byte or ArrayBuffer",
                   mod_bytes_go_type(ctx, v));
}

void mod_bytes_free(JSContext *ctx, struct mod_bytes *b)
{
    if (b->is_text)
        jsarg_free_str(ctx, b->data);
    *b = (struct mod_bytes){STR(""), false};
}
