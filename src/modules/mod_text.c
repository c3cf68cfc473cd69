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

enum { MAX_LIST = 1 << 26 }; /* numbers to decode: a list may go on for ever */

/* ---- TextEncoder ---- */

static JSValue encoder_encode(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    struct str text = {NULL, 0};
    if (argc > 0 && !jsarg_is_nullish(argv[0]) && !jsarg_str(ctx, argv[0], &text))
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

/* k6 takes any object for options. type: the name that its refusal of other values has. */
static bool check_options(JSContext *ctx, JSValueConst options, const char *type)
{
    struct str text;
    if (JS_IsObject(options) || jsarg_is_nullish(options))
        return true;
    if (jsarg_str(ctx, options, &text)) {
        jsarg_throw(ctx, "could not convert %s to encoding.%s", text.p, type);
        jsarg_free_str(ctx, text);
    }
    return false;
}

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

/* Appends what decode() gets. False with an exception pending. */
static bool get_input(JSContext *ctx, JSValueConst v, struct buf *out)
{
    int rc = jsarg_add_bytes(ctx, v, MAX_LIST, out);
    if (rc == ERR_INVALID || rc == ERR_TOO_LARGE)
        jsarg_throw(ctx, "data is not an ArrayBuffer, typed array, or DataView");
    else if (rc == ERR_NOMEM)
        JS_ThrowOutOfMemory(ctx);
    return rc == 0;
}

/* decode(bytes, {stream}): data[0] holds the decoder. */
static JSValue decoder_decode(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv,
                              int magic, JSValueConst *data)
{
    struct text_decoder *d = JS_GetOpaque(data[0], CLASS_TEXT_DECODER);
    JSValueConst options = argc > 1 ? argv[1] : JS_UNDEFINED;
    struct buf bytes, text;
    if (!check_options(ctx, options, "TextDecodeOptions"))
        return JS_EXCEPTION;
    int has_more = get_flag(ctx, options, "stream");
    if (has_more < 0)
        return JS_EXCEPTION;
    JSValue result = JS_EXCEPTION;
    buf_init(&bytes, BUF_NO_LIMIT);
    buf_init(&text, BUF_NO_LIMIT);
    if (get_input(ctx, argc > 0 ? argv[0] : JS_UNDEFINED, &bytes)) {
        int rc = buf_failed(&bytes)
                     ? ERR_NOMEM
                     : text_decode(d, &text, (struct str){bytes.data, bytes.len}, has_more);
        result = rc == ERR_INVALID
                     ? jsarg_throw_type(ctx, "decoding text: invalid byte sequence")
                 : rc < 0 ? JS_ThrowOutOfMemory(ctx)
                          : jsarg_new_str(ctx, (struct str){text.data, text.len});
    }
    buf_deinit(&text);
    buf_deinit(&bytes);
    return result;
}

/* What `new TextDecoder(label, options)` asks for. False with an exception pending. */
static bool read_decoder(JSContext *ctx, int argc, JSValueConst *argv, struct text_decoder *out)
{
    struct str label;
    JSValueConst options = argc > 1 ? argv[1] : JS_UNDEFINED;
    *out = (struct text_decoder){.encoding = TEXT_UTF8};
    if (!check_options(ctx, options, "TextDecoderOptions"))
        return false;
    if (argc > 0 && !jsarg_is_nullish(argv[0])) {
        if (!jsarg_str(ctx, argv[0], &label))
            return false;
        bool is_known = label.len == 0 || text_encoding_of(label, &out->encoding);
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
        JS_DefinePropertyValueStr(ctx, object, "encoding",
                                  JS_NewString(ctx, text_encoding_name(d->encoding)),
                                  JS_PROP_ENUMERABLE) < 0 ||
        JS_DefinePropertyValueStr(ctx, object, "fatal", JS_NewBool(ctx, d->is_fatal),
                                  JS_PROP_ENUMERABLE) < 0 ||
        JS_DefinePropertyValueStr(ctx, object, "ignoreBOM", JS_NewBool(ctx, d->keeps_bom),
                                  JS_PROP_ENUMERABLE) < 0)
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
