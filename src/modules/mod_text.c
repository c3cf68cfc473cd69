/* mod_text.c - the globals TextEncoder and TextDecoder. As in k6 both give plain objects whose
 * functions work without their object, and both may be called without `new`; encodeInto is not
 * there. Spec: WHATWG Encoding Standard. Tests: text_decode_test.c, test/js/text_encoding.js */
#include "modules/mod_text.h"

#include <quickjs.h>

#include "base/mem.h"
#include "js/jsarg.h"
#include "js/pod.h"
#include "modules/mod_arg.h"
#include "modules/text_decode.h"

/* ---- TextEncoder ---- */

static JSValue encoder_encode(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    struct str text = {NULL, 0};
    if (argc > 0 && !JS_IsUndefined(argv[0]) && !jsarg_str(ctx, argv[0], &text))
        return JS_EXCEPTION;
    JSValue bytes = jsarg_new_uint8array(ctx, text);
    jsarg_free_str(ctx, text);
    return bytes;
}

static const JSCFunctionListEntry encoder_items[] = {
    JS_CFUNC_DEF2("encode", 1, encoder_encode, JS_PROP_C_W_E),
    JS_PROP_STRING_DEF("encoding", "utf-8", JS_PROP_C_W_E),
};

/* The object a constructor gives: new_target's prototype, so that instanceof holds. */
static JSValue new_object(JSContext *ctx, JSValueConst new_target)
{
    if (!JS_IsObject(new_target))
        return JS_NewObject(ctx);
    JSValue proto = JS_GetPropertyStr(ctx, new_target, "prototype");
    JSValue object = JS_IsException(proto) ? JS_EXCEPTION
                     : JS_IsObject(proto)  ? JS_NewObjectProto(ctx, proto)
                                           : JS_NewObject(ctx);
    JS_FreeValue(ctx, proto);
    return object;
}

static JSValue text_encoder(JSContext *ctx, JSValueConst new_target, int argc, JSValueConst *argv)
{
    JSValue object = new_object(ctx, new_target);
    if (!JS_IsException(object) &&
        JS_SetPropertyFunctionList(ctx, object, encoder_items,
                                   sizeof encoder_items / sizeof encoder_items[0]) < 0) {
        JS_FreeValue(ctx, object);
        return JS_EXCEPTION;
    }
    return object;
}

/* ---- TextDecoder ---- */

static void decoder_finalizer(JSRuntime *rt, JSValueConst v)
{
    mem_free(JS_GetOpaque(v, CLASS_TEXT_DECODER));
}

static const JSClassDef DECODER_CLASS = {"TextDecoder", .finalizer = decoder_finalizer};

/* options[name] as a boolean; -1 with an exception pending. */
static int get_flag(JSContext *ctx, JSValueConst options, const char *name)
{
    if (!JS_IsObject(options))
        return false;
    JSValue v = JS_GetPropertyStr(ctx, options, name);
    if (JS_IsException(v))
        return -1;
    int is = JS_ToBool(ctx, v);
    JS_FreeValue(ctx, v);
    return is;
}

/* decode(bytes, {stream}): data[0] holds the decoder. */
static JSValue decoder_decode(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv,
                              int magic, JSValueConst *data)
{
    struct text_decoder *d = JS_GetOpaque(data[0], CLASS_TEXT_DECODER);
    struct str bytes = {NULL, 0};
    int has_more = get_flag(ctx, argc > 1 ? argv[1] : JS_UNDEFINED, "stream");
    if (has_more < 0)
        return JS_EXCEPTION;
    if (argc > 0 && !JS_IsUndefined(argv[0]) && !jsarg_bytes(ctx, argv[0], &bytes))
        return jsarg_throw_type(ctx, "decode() takes an ArrayBuffer, a typed array or a DataView");
    struct buf text;
    buf_init(&text, BUF_NO_LIMIT);
    int rc = text_decode(d, &text, bytes, has_more);
    JSValue result = rc == ERR_INVALID
                         ? jsarg_throw_type(ctx, "The encoded data was not valid for encoding %s",
                                            text_encoding_name(d->encoding))
                     : rc < 0 ? JS_ThrowOutOfMemory(ctx)
                              : jsarg_new_str(ctx, (struct str){text.data, text.len});
    buf_deinit(&text);
    return result;
}

/* What `new TextDecoder(label, options)` asks for. False with an exception pending. */
static bool read_decoder(JSContext *ctx, int argc, JSValueConst *argv, struct text_decoder *out)
{
    struct str label;
    JSValueConst options = argc > 1 ? argv[1] : JS_UNDEFINED;
    *out = (struct text_decoder){.encoding = TEXT_UTF8};
    if (argc > 0 && !JS_IsUndefined(argv[0])) {
        if (!jsarg_str(ctx, argv[0], &label))
            return false;
        bool is_known = text_encoding_of(label, &out->encoding);
        if (!is_known)
            JS_ThrowRangeError(ctx, "unsupported encoding: %.60s", label.p);
        jsarg_free_str(ctx, label);
        if (!is_known)
            return false;
    }
    int is_fatal = get_flag(ctx, options, "fatal");
    int keeps_bom = is_fatal < 0 ? -1 : get_flag(ctx, options, "ignoreBOM");
    out->is_fatal = is_fatal > 0;
    out->keeps_bom = keeps_bom > 0;
    return keeps_bom >= 0;
}

static int fill_decoder(JSContext *ctx, JSValueConst object, const struct text_decoder *d)
{
    JSValue holder = JS_NewObjectClass(ctx, CLASS_TEXT_DECODER);
    if (JS_IsException(holder))
        return -1;
    JS_SetOpaque(holder, mem_dup(d, sizeof *d));
    JSValue decode = JS_NewCFunctionData(ctx, decoder_decode, 2, 0, 1, (JSValueConst *)&holder);
    JS_FreeValue(ctx, holder);
    if (JS_IsException(decode) || JS_SetPropertyStr(ctx, object, "decode", decode) < 0 ||
        JS_SetPropertyStr(ctx, object, "encoding",
                          JS_NewString(ctx, text_encoding_name(d->encoding))) < 0 ||
        JS_SetPropertyStr(ctx, object, "fatal", JS_NewBool(ctx, d->is_fatal)) < 0 ||
        JS_SetPropertyStr(ctx, object, "ignoreBOM", JS_NewBool(ctx, d->keeps_bom)) < 0)
        return -1;
    return 0;
}

static JSValue text_decoder(JSContext *ctx, JSValueConst new_target, int argc, JSValueConst *argv)
{
    struct text_decoder d;
    if (!read_decoder(ctx, argc, argv, &d))
        return JS_EXCEPTION;
    JSValue object = new_object(ctx, new_target);
    if (!JS_IsException(object) && fill_decoder(ctx, object, &d) < 0) {
        JS_FreeValue(ctx, object);
        return JS_EXCEPTION;
    }
    return object;
}

/* ---- the modules ---- */

static int encoder_open(JSContext *ctx, JSValueConst exports, int index, void *state)
{
    JSValue fn =
        JS_NewCFunction2(ctx, text_encoder, "TextEncoder", 0, JS_CFUNC_constructor_or_func, 0);
    return mod_arg_add_constructor(ctx, exports, "TextEncoder", fn);
}

static int decoder_open(JSContext *ctx, JSValueConst exports, int index, void *state)
{
    if (pod_new_class(ctx, CLASS_TEXT_DECODER, &DECODER_CLASS, JS_NULL) < 0)
        return -1;
    JSValue fn =
        JS_NewCFunction2(ctx, text_decoder, "TextDecoder", 0, JS_CFUNC_constructor_or_func, 0);
    return mod_arg_add_constructor(ctx, exports, "TextDecoder", fn);
}

const struct js_module mod_text_encoder = {
    .name = "(TextEncoder)", /* names that no import statement reaches */
    .open = encoder_open,
    .global = "TextEncoder",
};

const struct js_module mod_text_decoder = {
    .name = "(TextDecoder)",
    .open = decoder_open,
    .global = "TextDecoder",
};
