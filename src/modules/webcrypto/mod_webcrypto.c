/* mod_webcrypto.c - the global `crypto`: random values and UUIDs, and what crypto.subtle (subtle.c)
 * keeps for a VU.
 * Source: W3C Web Cryptography API; k6 docs, "crypto". Tests: test/js/webcrypto_*.js */
#include "modules/webcrypto/mod_webcrypto.h"

#include <openssl/rand.h>
#include <string.h>

#include "js/jsarg.h"
#include "js/pod.h"
#include "modules/modules.h"
#include "modules/webcrypto/crypto_key.h"
#include "modules/webcrypto/subtle.h"

enum { RANDOM_MAX = 65536, POOL_LEN = 256 };

struct webcrypto_state {
    struct wc_methods methods;
    JSValue error_proto; /* has toString alone */
    /* Random bytes not given out yet, the last pool_left of them: asking the library for a few
     * costs as much as for many, ten times what the rest of a UUID does. */
    uint8_t pool[POOL_LEN];
    size_t pool_left;
};

static struct webcrypto_state *state_of(JSContext *ctx)
{
    return pod_module_state(ctx, MODULE_WEBCRYPTO);
}

struct wc_methods *mod_webcrypto_methods(JSContext *ctx)
{
    return &state_of(ctx)->methods;
}

/* ---- errors ---- */

static JSValue error_to_string(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    struct str name = {NULL, 0}, message = {NULL, 0};
    JSValue n = JS_GetPropertyStr(ctx, this_val, "name");
    JSValue m = JS_GetPropertyStr(ctx, this_val, "message");
    JSValue result = JS_EXCEPTION;
    bool has_name = !jsarg_is_nullish(n);
    if (!JS_IsException(n) && !JS_IsException(m) && (!has_name || jsarg_str(ctx, n, &name)) &&
        jsarg_str(ctx, m, &message)) {
        struct buf text;
        buf_init(&text, BUF_NO_LIMIT);
        if (has_name)
            buf_addf(&text, "%s: ", name.p);
        buf_add_str(&text, message);
        result = jsarg_new_str(ctx, (struct str){text.data, text.len});
        buf_deinit(&text);
    }
    jsarg_free_str(ctx, name);
    jsarg_free_str(ctx, message);
    JS_FreeValue(ctx, n);
    JS_FreeValue(ctx, m);
    return result;
}

JSValue mod_webcrypto_new_error(JSContext *ctx, const struct wc_err *e)
{
    JSValue error = JS_NewObjectProto(ctx, state_of(ctx)->error_proto);
    if (JS_IsException(error))
        return error;
    if ((e->name != NULL &&
         JS_SetPropertyStr(ctx, error, "name", JS_NewString(ctx, e->name)) < 0) ||
        JS_SetPropertyStr(ctx, error, "message", jsarg_new_str(ctx, str_of(e->message))) < 0) {
        JS_FreeValue(ctx, error);
        return JS_EXCEPTION;
    }
    return error;
}

/* ---- random values ---- */

static bool is_integer_array(JSValueConst v)
{
    int type = JS_GetTypedArrayType(v);
    if (type < 0)
        return false;
    switch ((JSTypedArrayEnum)type) {
    case JS_TYPED_ARRAY_UINT8C:
    case JS_TYPED_ARRAY_INT8:
    case JS_TYPED_ARRAY_UINT8:
    case JS_TYPED_ARRAY_INT16:
    case JS_TYPED_ARRAY_UINT16:
    case JS_TYPED_ARRAY_INT32:
    case JS_TYPED_ARRAY_UINT32:
        return true;
    case JS_TYPED_ARRAY_BIG_INT64: /* k6 has not these two */
    case JS_TYPED_ARRAY_BIG_UINT64:
    case JS_TYPED_ARRAY_FLOAT16:
    case JS_TYPED_ARRAY_FLOAT32:
    case JS_TYPED_ARRAY_FLOAT64:
        break;
    }
    return false;
}

static bool get_random(struct webcrypto_state *st, uint8_t *out, size_t len)
{
    if (len > POOL_LEN / 4)
        return RAND_bytes(out, (int)len) == 1;
    if (st->pool_left < len) {
        if (RAND_bytes(st->pool, POOL_LEN) != 1)
            return false;
        st->pool_left = POOL_LEN;
    }
    uint8_t *from = st->pool + POOL_LEN - st->pool_left;
    memcpy(out, from, len);
    memset(from, 0, len);
    st->pool_left -= len;
    return true;
}

static JSValue webcrypto_get_random_values(JSContext *ctx, JSValueConst this_val, int argc,
                                           JSValueConst *argv)
{
    size_t offset, len, element_size;
    struct str bytes;
    if (jsarg_is_nullish(argv[0]))
        return jsarg_throw_type(ctx, "Cannot convert undefined or null to object");
    if (!JS_IsObject(argv[0]) || !is_integer_array(argv[0]))
        return jsarg_throw(ctx, "TypeMismatchError: typedArray parameter isn't a TypedArray "
                                "instance");
    JSValue buffer = JS_GetTypedArrayBuffer(ctx, argv[0], &offset, &len, &element_size);
    if (JS_IsException(buffer))
        return buffer;
    JS_FreeValue(ctx, buffer);
    /* k6 counts elements where the standard counts bytes. */
    if (len / element_size > RANDOM_MAX)
        return jsarg_throw(ctx,
                           "QuotaExceededError: typedArray parameter is too big; maximum length "
                           "is %d",
                           RANDOM_MAX);
    if (!jsarg_bytes(ctx, argv[0], &bytes) ||
        !get_random(state_of(ctx), (uint8_t *)(uintptr_t)bytes.p, bytes.len))
        return jsarg_throw(ctx, "the system gave no random bytes");
    return JS_DupValue(ctx, argv[0]);
}

static JSValue webcrypto_random_uuid(JSContext *ctx, JSValueConst this_val, int argc,
                                     JSValueConst *argv)
{
    static const char digits[] = "0123456789abcdef";
    uint8_t b[16];
    char text[36];
    if (!get_random(state_of(ctx), b, sizeof b))
        return jsarg_throw(ctx, "the system gave no random bytes");
    b[6] = (uint8_t)((b[6] & 0x0f) | 0x40); /* version 4 */
    b[8] = (uint8_t)((b[8] & 0x3f) | 0x80); /* variant of RFC 4122 */
    char *to = text;
    for (int i = 0; i < 16; i++) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            *to++ = '-';
        *to++ = digits[b[i] >> 4];
        *to++ = digits[b[i] & 15];
    }
    return JS_NewStringLen(ctx, text, (size_t)(to - text));
}

/* ---- the module ---- */

/* Own properties that can't be changed, as in k6. */
enum { FIXED = JS_PROP_ENUMERABLE };
static const JSCFunctionListEntry functions[] = {
    JS_CFUNC_DEF2("getRandomValues", 1, webcrypto_get_random_values, FIXED),
    JS_CFUNC_DEF2("randomUUID", 0, webcrypto_random_uuid, FIXED),
};

/* k6 shows a key without anything in it under this name. */
static JSValue new_empty_key(JSContext *ctx)
{
    JSValue key = JS_NewObject(ctx);
    if (JS_IsException(key))
        return key;
    JS_SetPropertyStr(ctx, key, "type", JS_NewString(ctx, ""));
    JS_SetPropertyStr(ctx, key, "extractable", JS_FALSE);
    JS_SetPropertyStr(ctx, key, "algorithm", JS_NULL);
    JS_SetPropertyStr(ctx, key, "usages", JS_NewArray(ctx));
    return key;
}

static int fill(JSContext *ctx, JSValueConst crypto)
{
    if (JS_SetPropertyFunctionList(ctx, crypto, functions, sizeof functions / sizeof functions[0]) <
        0)
        return -1;
    JSValue subtle = subtle_new(ctx);
    if (JS_IsException(subtle) ||
        JS_DefinePropertyValueStr(ctx, crypto, "subtle", subtle, FIXED) < 0)
        return -1;
    JSValue key = new_empty_key(ctx);
    if (JS_IsException(key) || JS_DefinePropertyValueStr(ctx, crypto, "CryptoKey", key, FIXED) < 0)
        return -1;
    return 0;
}

static int webcrypto_open(JSContext *ctx, JSValueConst exports, int index, void *state)
{
    struct webcrypto_state *st = state;
    st->error_proto = JS_NewObject(ctx);
    JSValue crypto = JS_NewObject(ctx);
    if (JS_IsException(st->error_proto) || JS_IsException(crypto) || crypto_key_register(ctx) < 0 ||
        fill(ctx, crypto) < 0) {
        JS_FreeValue(ctx, crypto);
        return -1;
    }
    JSValue to_string = JS_NewCFunction(ctx, error_to_string, "toString", 0);
    if (JS_DefinePropertyValueStr(ctx, st->error_proto, "toString", to_string,
                                  JS_PROP_WRITABLE | JS_PROP_CONFIGURABLE) < 0) {
        JS_FreeValue(ctx, crypto);
        return -1;
    }
    return JS_SetPropertyStr(ctx, exports, "crypto", crypto) < 0 ? -1 : 0;
}

static void webcrypto_close(JSContext *ctx, void *state)
{
    struct webcrypto_state *st = state;
    JS_FreeValue(ctx, st->error_proto);
    wc_methods_deinit(&st->methods);
}

const struct js_module mod_webcrypto = {
    .name = "(crypto)", /* a name that no import statement reaches */
    .state_size = sizeof(struct webcrypto_state),
    .open = webcrypto_open,
    .close = webcrypto_close,
    .global = "crypto",
};
