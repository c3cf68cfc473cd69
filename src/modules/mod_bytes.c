/* mod_bytes.c - see mod_bytes.h.
 * Tests: test/js/crypto_refusals.js */
#include "modules/mod_bytes.h"

#include "js/jsarg.h"
#include "modules/mod_arg.h"

static bool is_byte_array(JSValueConst v)
{
    int type = JS_GetTypedArrayType(v);
    return type == JS_TYPED_ARRAY_UINT8 || type == JS_TYPED_ARRAY_UINT8C;
}

/* A symbol counts as its description. */
static int symbol_text(JSContext *ctx, JSValueConst v, struct mod_bytes *out)
{
    JSValue text = JS_GetPropertyStr(ctx, v, "description");
    if (JS_IsException(text))
        return ERR_SCRIPT;
    bool ok = JS_IsUndefined(text) || jsarg_str(ctx, text, &out->data);
    out->is_text = ok && !JS_IsUndefined(text);
    JS_FreeValue(ctx, text);
    return ok ? 0 : ERR_SCRIPT;
}

int mod_bytes_get(JSContext *ctx, JSValueConst v, struct mod_bytes *out, struct err *e)
{
    *out = (struct mod_bytes){STR(""), false};
    if (JS_IsString(v)) {
        out->is_text = true;
        return jsarg_str(ctx, v, &out->data) ? 0 : ERR_SCRIPT;
    }
    if (JS_IsSymbol(v))
        return symbol_text(ctx, v, out);
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
