/* mod_bytes.c - see mod_bytes.h.
 * Tests: test/js/crypto_refusals.js */
#include "modules/mod_bytes.h"

#include "js/jsarg.h"
#include "modules/mod_arg.h"

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
                   mod_arg_go_type(ctx, v));
}

void mod_bytes_free(JSContext *ctx, struct mod_bytes *b)
{
    if (b->is_text)
        jsarg_free_str(ctx, b->data);
    *b = (struct mod_bytes){STR(""), false};
}
