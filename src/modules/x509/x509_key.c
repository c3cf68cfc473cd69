/* x509_key.c - see x509_key.h. The numbers of a key are BigInts; of the methods that k6 lets
 * through from its own library the objects have those that a script has a use for: equal, size,
 * params. Source: k6 docs, "k6/crypto/x509". Tests: test/js/x509_parse.js */
#include "modules/x509/x509_key.h"

#include <string.h>

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/err.h>

#include "base/mem.h"
#include "js/jsarg.h"
#include "modules/x509/x509_cert.h"

/* The engine makes no large BigInt from bytes, but it reads one. */
static JSValue new_big(JSContext *ctx, const BIGNUM *n)
{
    char *hex = n != NULL ? BN_bn2hex(n) : NULL;
    if (hex == NULL)
        return JS_ThrowOutOfMemory(ctx);
    char *source = mem_printf("0x%sn", hex);
    OPENSSL_free(hex);
    JSValue value = JS_Eval(ctx, source, strlen(source), "k6/crypto/x509", JS_EVAL_TYPE_GLOBAL);
    mem_free(source);
    return value;
}

/* Takes value. 0, or -1 with an exception pending. */
static int put(JSContext *ctx, JSValueConst object, const char *name, JSValue value)
{
    return JS_IsException(value) || JS_SetPropertyStr(ctx, object, name, value) < 0 ? -1 : 0;
}

static int put_param(JSContext *ctx, JSValueConst object, const char *name, const EVP_PKEY *key,
                     const char *param)
{
    BIGNUM *n = NULL;
    if (EVP_PKEY_get_bn_param(key, param, &n) != 1) {
        ERR_clear_error();
        jsarg_throw(ctx, "the public key has no part \"%s\"", name);
        return -1;
    }
    int rc = put(ctx, object, name, new_big(ctx, n));
    BN_free(n);
    return rc;
}

/* equal(other): magic tells which two numbers of the keys are compared. */
enum { EQUAL_RSA, EQUAL_ECDSA };

static bool is_same(JSContext *ctx, JSValueConst a, JSValueConst b, const char *name)
{
    JSValue x = JS_GetPropertyStr(ctx, a, name);
    JSValue y = JS_GetPropertyStr(ctx, b, name);
    bool same = !JS_IsUndefined(x) && JS_IsStrictEqual(ctx, x, y);
    JS_FreeValue(ctx, x);
    JS_FreeValue(ctx, y);
    return same;
}

static JSValue key_equal(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv,
                         int magic)
{
    static const char *const parts[][2] = {[EQUAL_RSA] = {"n", "e"}, [EQUAL_ECDSA] = {"x", "y"}};
    if (argc < 1 || !JS_IsObject(argv[0]) || !JS_IsObject(this_val))
        return JS_FALSE;
    return JS_NewBool(ctx, is_same(ctx, this_val, argv[0], parts[magic][0]) &&
                               is_same(ctx, this_val, argv[0], parts[magic][1]));
}

static JSValue give_data(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv,
                         int magic, JSValueConst *data)
{
    return JS_DupValue(ctx, data[0]);
}

/* A function that returns value, taken. */
static JSValue new_getter(JSContext *ctx, JSValue takes_value)
{
    if (JS_IsException(takes_value))
        return JS_EXCEPTION;
    JSValue fn = JS_NewCFunctionData(ctx, give_data, 0, 0, 1, (JSValueConst *)&takes_value);
    JS_FreeValue(ctx, takes_value);
    return fn;
}

static JSValue new_equal(JSContext *ctx, int magic)
{
    return JS_NewCFunctionMagic(ctx, key_equal, "equal", 1, JS_CFUNC_generic_magic, magic);
}

static int put_rsa(JSContext *ctx, JSValueConst object, const EVP_PKEY *key)
{
    BIGNUM *e = NULL;
    if (put_param(ctx, object, "n", key, OSSL_PKEY_PARAM_RSA_N) < 0)
        return -1;
    double exponent = 0;
    if (EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_E, &e) == 1)
        exponent = (double)BN_get_word(e);
    BN_free(e);
    JSValue size = JS_NewInt32(ctx, (EVP_PKEY_get_bits(key) + 7) / 8);
    return put(ctx, object, "e", JS_NewNumber(ctx, exponent)) < 0 ||
                   put(ctx, object, "equal", new_equal(ctx, EQUAL_RSA)) < 0 ||
                   put(ctx, object, "size", new_getter(ctx, size)) < 0
               ? -1
               : 0;
}

static int put_dsa_parameters(JSContext *ctx, JSValueConst object, const EVP_PKEY *key)
{
    return put_param(ctx, object, "p", key, OSSL_PKEY_PARAM_FFC_P) < 0 ||
                   put_param(ctx, object, "q", key, OSSL_PKEY_PARAM_FFC_Q) < 0 ||
                   put_param(ctx, object, "g", key, OSSL_PKEY_PARAM_FFC_G) < 0
               ? -1
               : 0;
}

static int put_dsa(JSContext *ctx, JSValueConst object, const EVP_PKEY *key)
{
    JSValue parameters = JS_NewObject(ctx);
    if (JS_IsException(parameters) || put_dsa_parameters(ctx, parameters, key) < 0) {
        JS_FreeValue(ctx, parameters);
        return -1;
    }
    return put(ctx, object, "parameters", parameters) < 0 ||
                   put_dsa_parameters(ctx, object, key) < 0 ||
                   put_param(ctx, object, "y", key, OSSL_PKEY_PARAM_PUB_KEY) < 0
               ? -1
               : 0;
}

/* ---- elliptic curves ---- */

/* Both halves of the generator, an uncompressed point. */
static int put_generator(JSContext *ctx, JSValueConst object, const EVP_PKEY *key)
{
    unsigned char point[1 + 2 * 66];
    size_t len = 0;
    int rc = -1;
    if (EVP_PKEY_get_octet_string_param(key, OSSL_PKEY_PARAM_EC_GENERATOR, point, sizeof point,
                                        &len) != 1 ||
        len % 2 == 0)
        return jsarg_throw(ctx, "the curve has no generator"), -1;
    BIGNUM *x = BN_bin2bn(point + 1, (int)(len / 2), NULL);
    BIGNUM *y = BN_bin2bn(point + 1 + len / 2, (int)(len / 2), NULL);
    if (put(ctx, object, "gx", new_big(ctx, x)) == 0 &&
        put(ctx, object, "gy", new_big(ctx, y)) == 0)
        rc = 0;
    BN_free(x);
    BN_free(y);
    return rc;
}

static JSValue new_curve_params(JSContext *ctx, const EVP_PKEY *key)
{
    JSValue object = JS_NewObject(ctx);
    int bits = EVP_PKEY_get_bits(key);
    char name[16];
    snprintf(name, sizeof name, "P-%d", bits);
    if (JS_IsException(object) || put_param(ctx, object, "p", key, OSSL_PKEY_PARAM_EC_P) < 0 ||
        put_param(ctx, object, "n", key, OSSL_PKEY_PARAM_EC_ORDER) < 0 ||
        put_param(ctx, object, "b", key, OSSL_PKEY_PARAM_EC_B) < 0 ||
        put_generator(ctx, object, key) < 0 ||
        put(ctx, object, "bitSize", JS_NewInt32(ctx, bits)) < 0 ||
        put(ctx, object, "name", JS_NewString(ctx, name)) < 0) {
        JS_FreeValue(ctx, object);
        return JS_EXCEPTION;
    }
    return object;
}

static int put_ecdsa(JSContext *ctx, JSValueConst object, const EVP_PKEY *key)
{
    JSValue params = new_getter(ctx, new_curve_params(ctx, key));
    JSValue curve = JS_IsException(params) ? JS_EXCEPTION : JS_NewObject(ctx);
    int rc = -1;
    if (!JS_IsException(curve) &&
        put(ctx, curve, "params", JS_DupValue(ctx, params)) == 0 &&
        put(ctx, object, "curve", JS_DupValue(ctx, curve)) == 0 &&
        put_param(ctx, object, "x", key, OSSL_PKEY_PARAM_EC_PUB_X) == 0 &&
        put_param(ctx, object, "y", key, OSSL_PKEY_PARAM_EC_PUB_Y) == 0 &&
        put(ctx, object, "equal", new_equal(ctx, EQUAL_ECDSA)) == 0 &&
        put(ctx, object, "params", JS_DupValue(ctx, params)) == 0)
        rc = 0;
    JS_FreeValue(ctx, curve);
    JS_FreeValue(ctx, params);
    return rc;
}

JSValue x509_key_new(JSContext *ctx, const EVP_PKEY *key)
{
    const char *kind = x509_cert_key_kind(key);
    if (kind == NULL)
        return jsarg_throw(ctx, "unsupported public key algorithm");
    JSValue object = JS_NewObject(ctx);
    JSValue result = JS_NewObject(ctx);
    int rc = JS_IsException(object) || JS_IsException(result) ? -1
             : strcmp(kind, "RSA") == 0                       ? put_rsa(ctx, object, key)
             : strcmp(kind, "DSA") == 0                       ? put_dsa(ctx, object, key)
                                                              : put_ecdsa(ctx, object, key);
    ERR_clear_error();
    if (rc < 0 || put(ctx, result, "algorithm", JS_NewString(ctx, kind)) < 0 ||
        put(ctx, result, "key", JS_DupValue(ctx, object)) < 0) {
        JS_FreeValue(ctx, result);
        result = JS_EXCEPTION;
    }
    JS_FreeValue(ctx, object);
    return result;
}
