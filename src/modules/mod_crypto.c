/* mod_crypto.c - the module k6/crypto: hashes, HMAC, random bytes, hexEncode.
 * The hashing itself is in crypto/digest.c; here are k6's names, arguments, encodings and errors.
 * Source: k6 docs, "k6/crypto". Tests: test/js/crypto_*.js */
#include "modules/mod_crypto.h"

#include <openssl/rand.h>
#include <quickjs.h>

#include "base/buf.h"
#include "base/mem.h"
#include "js/jsarg.h"
#include "js/pod.h"
#include "modules/base64.h"
#include "modules/crypto/digest.h"
#include "modules/mod_arg.h"
#include "modules/mod_bytes.h"
#include "modules/modules.h"

struct crypto_state {
    struct digest_methods methods;
};

static struct digest_methods *methods_of(JSContext *ctx)
{
    struct crypto_state *st = pod_module_state(ctx, MODULE_CRYPTO);
    return &st->methods;
}

static JSValue throw_missing(JSContext *ctx, enum digest_kind kind)
{
    static const char *const names[DIGEST_KINDS] = {
        "md4", "md5", "sha1", "sha256", "sha384", "sha512", "sha512_224", "sha512_256", "ripemd160",
    };
    return jsarg_throw(ctx, "%s is not offered by the cryptographic library of this system",
                       names[kind]);
}

/* mod_bytes_get for argument i, its refusal thrown as "prefix: text". */
static bool get_data(JSContext *ctx, int argc, JSValueConst *argv, int i, const char *prefix,
                     struct mod_bytes *out)
{
    struct err e = {0};
    int rc = mod_bytes_get(ctx, i < argc ? argv[i] : JS_UNDEFINED, out, &e);
    if (rc == ERR_INVALID)
        jsarg_throw(ctx, "%s%s", prefix, e.msg);
    err_deinit(&e);
    return rc == 0;
}

/* ---- encodings of a result ---- */

static JSValue new_hex(JSContext *ctx, struct str data)
{
    static const char digits[] = "0123456789abcdef";
    struct buf text;
    JSValue result = JS_EXCEPTION;
    buf_init(&text, BUF_NO_LIMIT);
    if (buf_reserve(&text, data.len * 2) == 0) {
        for (size_t i = 0; i < data.len; i++) {
            text.data[i * 2] = digits[(uint8_t)data.p[i] >> 4];
            text.data[i * 2 + 1] = digits[(uint8_t)data.p[i] & 15];
        }
        result = JS_NewStringLen(ctx, text.data, data.len * 2);
    } else {
        JS_ThrowOutOfMemory(ctx);
    }
    buf_deinit(&text);
    return result;
}

static JSValue new_base64(JSContext *ctx, struct str data, enum base64_kind kind)
{
    struct buf text;
    buf_init(&text, BUF_NO_LIMIT);
    base64_encode(&text, kind, data);
    JSValue result = JS_NewStringLen(ctx, text.data, text.len);
    buf_deinit(&text);
    return result;
}

static JSValue new_encoded(JSContext *ctx, const uint8_t *sum, size_t len, struct str encoding)
{
    struct str data = {(const char *)sum, len};
    if (str_eqs(encoding, "hex"))
        return new_hex(ctx, data);
    if (str_eqs(encoding, "base64"))
        return new_base64(ctx, data, BASE64_STD);
    if (str_eqs(encoding, "base64url"))
        return new_base64(ctx, data, BASE64_URL);
    if (str_eqs(encoding, "base64rawurl"))
        return new_base64(ctx, data, BASE64_RAWURL);
    if (str_eqs(encoding, "binary"))
        return jsarg_new_arraybuffer(ctx, mem_dup(sum, len), len);
    return jsarg_throw(ctx, "invalid output encoding: %s", encoding.p != NULL ? encoding.p : "");
}

/* new_encoded with the encoding that argument i names. */
static JSValue new_result(JSContext *ctx, const uint8_t *sum, size_t len, int argc,
                          JSValueConst *argv, int i)
{
    struct str encoding;
    if (!mod_arg_str(ctx, argc, argv, i, &encoding))
        return JS_EXCEPTION;
    JSValue result = new_encoded(ctx, sum, len, encoding);
    jsarg_free_str(ctx, encoding);
    return result;
}

/* ---- hashing at once ---- */

/* md5(input, encoding) and its kin: magic is the enum digest_kind. */
static JSValue crypto_hash(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv,
                           int magic)
{
    static const char *const prefixes[DIGEST_KINDS] = {
        "md4 failed: ",        "md5 failed: ",        "sha1 failed: ",
        "sha256 failed: ",     "sha384 failed: ",     "sha512 failed: ",
        "sha512_224 failed: ", "sha512_256 failed: ", "ripemd160 failed: ",
    };
    struct mod_bytes input;
    uint8_t sum[DIGEST_MAX_LEN];
    if (!get_data(ctx, argc, argv, 0, prefixes[magic], &input))
        return JS_EXCEPTION;
    size_t len = digest_all(methods_of(ctx), (enum digest_kind)magic, input.data, sum);
    mod_bytes_free(ctx, &input);
    if (len == 0)
        return throw_missing(ctx, (enum digest_kind)magic);
    return new_result(ctx, sum, len, argc, argv, 1);
}

/* The kind that argument 0 names; DIGEST_KINDS with an exception pending. */
static enum digest_kind get_kind(JSContext *ctx, int argc, JSValueConst *argv)
{
    struct str name;
    if (!mod_arg_str(ctx, argc, argv, 0, &name))
        return DIGEST_KINDS;
    enum digest_kind kind = digest_kind_of(name);
    if (kind == DIGEST_KINDS)
        jsarg_throw(ctx, "invalid algorithm: %s", name.p != NULL ? name.p : "");
    jsarg_free_str(ctx, name);
    return kind;
}

static JSValue crypto_hmac(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    struct mod_bytes key, input;
    uint8_t sum[DIGEST_MAX_LEN];
    enum digest_kind kind = get_kind(ctx, argc, argv);
    if (kind == DIGEST_KINDS || !get_data(ctx, argc, argv, 1, "", &key))
        return JS_EXCEPTION;
    /* The key is used up before the next argument is looked at: that may run script. */
    struct digest *d = digest_new_hmac(methods_of(ctx), kind, key.data);
    mod_bytes_free(ctx, &key);
    if (d == NULL)
        return throw_missing(ctx, kind);
    JSValue result = JS_EXCEPTION;
    if (get_data(ctx, argc, argv, 2, "", &input)) {
        digest_update(d, input.data);
        mod_bytes_free(ctx, &input);
        size_t len = digest_sum(d, sum);
        result = new_result(ctx, sum, len, argc, argv, 3);
    }
    digest_free(d);
    return result;
}

static JSValue crypto_hex_encode(JSContext *ctx, JSValueConst this_val, int argc,
                                 JSValueConst *argv)
{
    struct mod_bytes data;
    if (!get_data(ctx, argc, argv, 0, "", &data))
        return JS_EXCEPTION;
    JSValue result = new_hex(ctx, data.data);
    mod_bytes_free(ctx, &data);
    return result;
}

static JSValue crypto_random_bytes(JSContext *ctx, JSValueConst this_val, int argc,
                                   JSValueConst *argv)
{
    int64_t size = 0;
    if (argc > 0 && JS_ToInt64(ctx, &size, argv[0]) < 0)
        return JS_EXCEPTION;
    if (size < 1)
        return jsarg_throw(ctx, "invalid size");
    uint8_t *data = size <= INT32_MAX ? mem_try_alloc((size_t)size) : NULL;
    if (data == NULL)
        return jsarg_throw(ctx, "invalid size: %lld bytes are more than can be made",
                           (long long)size);
    if (RAND_bytes(data, (int)size) != 1) {
        mem_free(data);
        return jsarg_throw(ctx, "the system gave no random bytes");
    }
    return jsarg_new_arraybuffer(ctx, data, (size_t)size);
}

/* ---- hashing piece by piece: what createHash and createHMAC return ---- */

static struct digest *hasher_of(JSContext *ctx, JSValueConst v)
{
    return JS_GetOpaque2(ctx, v, CLASS_HASHER);
}

static JSValue hasher_update(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    struct mod_bytes data;
    struct digest *d = hasher_of(ctx, this_val);
    if (d == NULL || !get_data(ctx, argc, argv, 0, "", &data))
        return JS_EXCEPTION;
    digest_update(d, data.data);
    mod_bytes_free(ctx, &data);
    return JS_UNDEFINED;
}

static JSValue hasher_digest(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    uint8_t sum[DIGEST_MAX_LEN];
    struct digest *d = hasher_of(ctx, this_val);
    if (d == NULL)
        return JS_EXCEPTION;
    size_t len = digest_sum(d, sum);
    return new_result(ctx, sum, len, argc, argv, 0);
}

static const JSCFunctionListEntry hasher_methods[] = {
    JS_CFUNC_DEF2("digest", 1, hasher_digest, JS_PROP_C_W_E),
    JS_CFUNC_DEF2("update", 1, hasher_update, JS_PROP_C_W_E),
};

static void hasher_finalize(JSRuntime *rt, JSValueConst v)
{
    digest_free(JS_GetOpaque(v, CLASS_HASHER));
}

static const JSClassDef hasher_class = {.class_name = "Object", .finalizer = hasher_finalize};

static JSValue new_hasher(JSContext *ctx, struct digest *takes)
{
    JSValue object = JS_NewObjectClass(ctx, CLASS_HASHER);
    if (JS_IsException(object)) {
        digest_free(takes);
        return object;
    }
    JS_SetOpaque(object, takes);
    /* Its own, as in k6, where it is a plain object. */
    if (JS_SetPropertyFunctionList(ctx, object, hasher_methods,
                                   sizeof hasher_methods / sizeof hasher_methods[0]) < 0) {
        JS_FreeValue(ctx, object);
        return JS_EXCEPTION;
    }
    return object;
}

static JSValue crypto_create_hash(JSContext *ctx, JSValueConst this_val, int argc,
                                  JSValueConst *argv)
{
    enum digest_kind kind = get_kind(ctx, argc, argv);
    if (kind == DIGEST_KINDS)
        return JS_EXCEPTION;
    struct digest *d = digest_new(methods_of(ctx), kind);
    return d != NULL ? new_hasher(ctx, d) : throw_missing(ctx, kind);
}

static JSValue crypto_create_hmac(JSContext *ctx, JSValueConst this_val, int argc,
                                  JSValueConst *argv)
{
    struct mod_bytes key;
    enum digest_kind kind = get_kind(ctx, argc, argv);
    if (kind == DIGEST_KINDS || !get_data(ctx, argc, argv, 1, "", &key))
        return JS_EXCEPTION;
    struct digest *d = digest_new_hmac(methods_of(ctx), kind, key.data);
    mod_bytes_free(ctx, &key);
    return d != NULL ? new_hasher(ctx, d) : throw_missing(ctx, kind);
}

/* ---- the module ---- */

static const JSCFunctionListEntry functions[] = {
    JS_CFUNC_DEF("createHash", 1, crypto_create_hash),
    JS_CFUNC_DEF("createHMAC", 2, crypto_create_hmac),
    JS_CFUNC_DEF("hmac", 4, crypto_hmac),
    JS_CFUNC_MAGIC_DEF("md4", 2, crypto_hash, DIGEST_MD4),
    JS_CFUNC_MAGIC_DEF("md5", 2, crypto_hash, DIGEST_MD5),
    JS_CFUNC_DEF("randomBytes", 1, crypto_random_bytes),
    JS_CFUNC_MAGIC_DEF("ripemd160", 2, crypto_hash, DIGEST_RIPEMD160),
    JS_CFUNC_MAGIC_DEF("sha1", 2, crypto_hash, DIGEST_SHA1),
    JS_CFUNC_MAGIC_DEF("sha256", 2, crypto_hash, DIGEST_SHA256),
    JS_CFUNC_MAGIC_DEF("sha384", 2, crypto_hash, DIGEST_SHA384),
    JS_CFUNC_MAGIC_DEF("sha512", 2, crypto_hash, DIGEST_SHA512),
    JS_CFUNC_MAGIC_DEF("sha512_224", 2, crypto_hash, DIGEST_SHA512_224),
    JS_CFUNC_MAGIC_DEF("sha512_256", 2, crypto_hash, DIGEST_SHA512_256),
    JS_CFUNC_DEF("hexEncode", 1, crypto_hex_encode),
};

static int crypto_open(JSContext *ctx, JSValueConst exports, int index, void *state)
{
    JSValue proto = JS_NewObject(ctx);
    if (JS_IsException(proto))
        return -1;
    if (pod_new_class(ctx, CLASS_HASHER, &hasher_class, proto) < 0)
        return -1;
    return JS_SetPropertyFunctionList(ctx, exports, functions,
                                      sizeof functions / sizeof functions[0]);
}

static void crypto_close(JSContext *ctx, void *state)
{
    struct crypto_state *st = state;
    digest_methods_deinit(&st->methods);
}

const struct js_module mod_crypto = {
    .name = "k6/crypto",
    .state_size = sizeof(struct crypto_state),
    .open = crypto_open,
    .close = crypto_close,
    .has_default = true,
    .has_named = true,
};
