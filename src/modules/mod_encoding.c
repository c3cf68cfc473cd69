/* mod_encoding.c - the module k6/encoding: base64 both ways, between strings and ArrayBuffers.
 * Source: k6 docs, "k6/encoding". Tests: test/js/encoding_base64.js; the codec's own in
 * base64_test.c */
#include "modules/mod_encoding.h"

#include <quickjs.h>

#include "base/buf.h"
#include "js/jsarg.h"
#include "modules/base64.h"
#include "modules/mod_arg.h"
#include "modules/mod_bytes.h"

/* The kind that argument i names; false with an exception pending. */
static bool get_kind(JSContext *ctx, int argc, JSValueConst *argv, int i, enum base64_kind *out)
{
    struct str name;
    if (!mod_arg_str(ctx, argc, argv, i, &name))
        return false;
    *out = base64_kind_of(name);
    jsarg_free_str(ctx, name);
    return true;
}

static JSValue encoding_b64encode(JSContext *ctx, JSValueConst this_val, int argc,
                                  JSValueConst *argv)
{
    struct mod_bytes input;
    struct err e = {0};
    struct buf text;
    enum base64_kind kind;
    JSValue result = JS_EXCEPTION;
    if (!get_kind(ctx, argc, argv, 1, &kind))
        return JS_EXCEPTION;
    int rc = mod_bytes_get(ctx, argc > 0 ? argv[0] : JS_UNDEFINED, &input, &e);
    if (rc < 0) {
        if (rc != ERR_SCRIPT)
            jsarg_throw(ctx, "%s", e.msg);
        err_deinit(&e);
        return JS_EXCEPTION;
    }
    buf_init(&text, BUF_NO_LIMIT);
    if (base64_encode(&text, kind, input.data) < 0)
        JS_ThrowOutOfMemory(ctx);
    else
        result = JS_NewStringLen(ctx, text.data, text.len);
    buf_deinit(&text);
    mod_bytes_free(ctx, &input);
    return result;
}

/* The decoded bytes as a string or an ArrayBuffer; data is used up. */
static JSValue new_decoded(JSContext *ctx, struct buf *data, bool is_text)
{
    size_t len = data->len;
    if (is_text)
        return jsarg_new_str(ctx, (struct str){data->data, len});
    return jsarg_new_arraybuffer(ctx, buf_take(data), len);
}

static JSValue encoding_b64decode(JSContext *ctx, JSValueConst this_val, int argc,
                                  JSValueConst *argv)
{
    struct str input, format;
    struct buf data;
    enum base64_kind kind;
    size_t bad_at = 0;
    JSValue result = JS_EXCEPTION;
    if (!get_kind(ctx, argc, argv, 1, &kind) || !mod_arg_str(ctx, argc, argv, 2, &format))
        return JS_EXCEPTION;
    bool is_text = str_eqs(format, "s");
    jsarg_free_str(ctx, format);
    if (!mod_arg_str(ctx, argc, argv, 0, &input))
        return JS_EXCEPTION;
    buf_init(&data, BUF_NO_LIMIT);
    int rc = base64_decode(&data, kind, input, &bad_at);
    if (rc == ERR_INVALID)
        jsarg_throw(ctx, "illegal base64 data at input byte %zu", bad_at);
    else if (rc < 0)
        JS_ThrowOutOfMemory(ctx);
    else
        result = new_decoded(ctx, &data, is_text);
    buf_deinit(&data);
    jsarg_free_str(ctx, input);
    return result;
}

static const JSCFunctionListEntry functions[] = {
    JS_CFUNC_DEF("b64encode", 2, encoding_b64encode),
    JS_CFUNC_DEF("b64decode", 3, encoding_b64decode),
};

static int encoding_open(JSContext *ctx, JSValueConst exports, int index, void *state)
{
    return JS_SetPropertyFunctionList(ctx, exports, functions,
                                      sizeof functions / sizeof functions[0]);
}

const struct js_module mod_encoding = {
    .name = "k6/encoding",
    .open = encoding_open,
    .has_default = true,
    .has_named = true,
};
