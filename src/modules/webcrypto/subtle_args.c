/* subtle_args.c - see subtle_args.h.
 * Tests: test/js/webcrypto_*.js */
#include "modules/webcrypto/subtle_args.h"

#include "base/err.h"
#include "js/jsarg.h"
#include "modules/webcrypto/crypto_key.h"

enum { MAX_LIST = 65536 }; /* an Array may claim any length */

int subtle_args_bytes(JSContext *ctx, JSValueConst v, struct buf *out, struct wc_err *e)
{
    struct str bytes;
    if (jsarg_is_nullish(v))
        return wc_fail(e, WC_TYPE_ERROR, "data is null or undefined");
    if (!JS_IsObject(v) || !jsarg_bytes(ctx, v, &bytes))
        return wc_fail(e, WC_OPERATION_ERROR,
                       "data is neither an ArrayBuffer, nor a TypedArray nor DataView");
    if (buf_add(out, bytes.p, bytes.len) < 0)
        return wc_fail(e, WC_OPERATION_ERROR, "the data is too long");
    return 0;
}

/* A property that is there: 1 and *out; 0 when nullish (*out needs no freeing). */
static int get_field(JSContext *ctx, JSValueConst object, const char *name, JSValue *out)
{
    *out = JS_IsObject(object) ? JS_GetPropertyStr(ctx, object, name) : JS_UNDEFINED;
    if (JS_IsException(*out))
        return ERR_SCRIPT;
    return !jsarg_is_nullish(*out);
}

/* k6 reads names in capitals, and shows them so. */
static int fail_alg(struct wc_err *e, struct str name, enum wc_op op)
{
    char shown[64];
    size_t len = name.len < sizeof shown ? name.len : sizeof shown;
    for (size_t i = 0; i < len; i++)
        shown[i] = (char)(name.p[i] >= 'a' && name.p[i] <= 'z' ? name.p[i] - 'a' + 'A' : name.p[i]);
    return wc_fail(e, WC_NOT_SUPPORTED,
                   "algorithm \"%.*s\" doesn't support (in implementation) operation \"%s\"",
                   (int)len, shown, wc_op_name(op));
}

/* An algorithm that can do op; the message names the operation that asks for it. */
static int read_alg_of(JSContext *ctx, JSValueConst v, enum wc_op op, enum wc_op asked,
                       enum wc_alg *out, struct wc_err *e)
{
    struct str text = {NULL, 0};
    JSValue name = JS_UNDEFINED;
    *out = WC_ALGS;
    if (!JS_IsString(v) && !JS_IsObject(v))
        return wc_fail(e, WC_SYNTAX_ERROR,
                       "algorithm cannot be interpreted as a string or an object");
    int has = JS_IsString(v) ? 1 : get_field(ctx, v, "name", &name);
    if (has < 0)
        return has;
    bool ok = !has || jsarg_str(ctx, JS_IsString(v) ? v : name, &text);
    JS_FreeValue(ctx, name);
    if (!ok)
        return ERR_SCRIPT;
    int rc = 0;
    *out = wc_alg_of(text);
    if (!wc_alg_has_op(*out, op))
        rc = fail_alg(e, text, asked);
    jsarg_free_str(ctx, text);
    return rc;
}

int subtle_args_alg(JSContext *ctx, JSValueConst v, enum wc_op op, enum wc_alg *out,
                    struct wc_err *e)
{
    return read_alg_of(ctx, v, op, op, out, e);
}

/* ---- fields of algorithm objects ---- */

static int missing(struct wc_err *e, const char *error_name, const char *field)
{
    return wc_fail(e, error_name, "could not get %s from algorithm parameter", field);
}

/* What PBKDF2 lacks k6 says in other words. */
static int missing_pbkdf2(struct wc_err *e, const char *field)
{
    return wc_fail(e, WC_TYPE_ERROR, "field %s is null or undefined", field);
}

/* k6 has other words for the hash of an RSA key. */
static int fail_rsa_hash(JSContext *ctx, JSValueConst hash, struct wc_err *e)
{
    struct str text;
    JSValue name = JS_IsString(hash) ? JS_DupValue(ctx, hash) : JS_UNDEFINED;
    if (JS_IsObject(hash) && get_field(ctx, hash, "name", &name) < 0)
        return ERR_SCRIPT;
    if (jsarg_is_nullish(name))
        return wc_fail(e, WC_TYPE_ERROR, "hash name is null or undefined");
    bool ok = jsarg_str(ctx, name, &text);
    JS_FreeValue(ctx, name);
    if (!ok)
        return ERR_SCRIPT;
    int rc = wc_fail(e, WC_NOT_SUPPORTED, "hash algorithm is not supported %.*s", (int)text.len,
                     text.p);
    jsarg_free_str(ctx, text);
    return rc;
}

static int read_hash(JSContext *ctx, JSValueConst v, struct wc_params *p, struct wc_err *e)
{
    JSValue hash;
    int has = get_field(ctx, v, "hash", &hash);
    if (has < 0)
        return has;
    if (!has)
        return missing(e, WC_SYNTAX_ERROR, "hash");
    /* As in k6 an unknown hash is told as that of another operation. */
    enum wc_op asked = p->alg == WC_PBKDF2 ? WC_DERIVE_BITS : WC_GENERATE;
    int rc = read_alg_of(ctx, hash, WC_DIGEST, asked, &p->hash, e);
    if (rc == ERR_INVALID && wc_alg_is_rsa(p->alg))
        rc = fail_rsa_hash(ctx, hash, e);
    JS_FreeValue(ctx, hash);
    return rc;
}

/* An integer; not there: *has false and *out as it was. */
static int read_int(JSContext *ctx, JSValueConst v, const char *field, bool *has, int64_t *out)
{
    JSValue value;
    int rc = get_field(ctx, v, field, &value);
    *has = rc > 0;
    if (rc <= 0)
        return rc;
    rc = JS_ToInt64(ctx, out, value);
    JS_FreeValue(ctx, value);
    return rc < 0 ? ERR_SCRIPT : 0;
}

static int need_int(JSContext *ctx, JSValueConst v, const char *field, const char *error_name,
                    int64_t *out, struct wc_err *e)
{
    bool has;
    int rc = read_int(ctx, v, field, &has, out);
    return rc == 0 && !has ? missing(e, error_name, field) : rc;
}

/* What k6 says of a field that is no kind of bytes, and of parameters that are no object. */
static int fail_params(struct wc_err *e)
{
    return wc_fail(e, WC_SYNTAX_ERROR,
                   "invalid algorithm parameters, unable to interpret as \"\" object");
}

static int add_bytes(JSContext *ctx, JSValueConst value, struct buf *out, struct wc_err *e)
{
    int rc = jsarg_add_bytes(ctx, value, MAX_LIST, out);
    if (rc == ERR_TOO_LARGE || rc == ERR_NOMEM)
        return wc_fail(e, WC_OPERATION_ERROR, "the list of bytes is too long");
    return rc == ERR_INVALID ? fail_params(e) : rc;
}

/* Bytes; not there: none. */
static int read_bytes(JSContext *ctx, JSValueConst v, const char *field, struct buf *out,
                      struct wc_err *e)
{
    JSValue value;
    int rc = get_field(ctx, v, field, &value);
    if (rc <= 0)
        return rc;
    rc = add_bytes(ctx, value, out, e);
    JS_FreeValue(ctx, value);
    return rc;
}

static int read_curve(JSContext *ctx, JSValueConst v, struct wc_params *p, struct wc_err *e)
{
    struct str text;
    JSValue value;
    int rc = get_field(ctx, v, "namedCurve", &value);
    if (rc < 0)
        return rc;
    if (rc == 0)
        return missing(e, WC_SYNTAX_ERROR, "namedCurve");
    bool ok = jsarg_str(ctx, value, &text);
    JS_FreeValue(ctx, value);
    if (!ok)
        return ERR_SCRIPT;
    p->curve = wc_curve_of(text);
    snprintf(p->curve_name, sizeof p->curve_name, "%s", text.p);
    jsarg_free_str(ctx, text);
    return 0;
}

static int read_rsa_generate(JSContext *ctx, JSValueConst v, struct wc_params *p, struct wc_err *e)
{
    struct str bytes;
    JSValue exponent;
    int rc = need_int(ctx, v, "modulusLength", WC_SYNTAX_ERROR, &p->length_bits, e);
    if (rc < 0)
        return rc;
    rc = get_field(ctx, v, "publicExponent", &exponent);
    if (rc < 0)
        return rc;
    if (rc == 0)
        return missing(e, WC_SYNTAX_ERROR, "publicExponent");
    if (JS_GetTypedArrayType(exponent) >= 0 && jsarg_bytes(ctx, exponent, &bytes))
        rc = buf_add(&p->extra, bytes.p, bytes.len);
    else
        rc = wc_fail(e, WC_OPERATION_ERROR, "publicExponent is not a byte array");
    JS_FreeValue(ctx, exponent);
    return rc < 0 ? rc : read_hash(ctx, v, p, e);
}

/* Generating, importing, deriving a key of p->alg. */
static int read_key_params(JSContext *ctx, JSValueConst v, enum wc_op op, struct wc_params *p,
                           struct wc_err *e)
{
    bool is_generate = op == WC_GENERATE;
    int rc = 0;
    if (wc_alg_is_rsa(p->alg))
        return is_generate ? read_rsa_generate(ctx, v, p, e) : read_hash(ctx, v, p, e);
    if (wc_alg_is_ec(p->alg))
        return read_curve(ctx, v, p, e);
    if (p->alg == WC_HMAC) {
        rc = read_hash(ctx, v, p, e);
        return rc < 0 ? rc : read_int(ctx, v, "length", &p->has_length, &p->length_bits);
    }
    /* A name alone has no length; the usages are judged before that is. */
    if (wc_alg_is_aes(p->alg) && is_generate && !JS_IsString(v))
        return need_int(ctx, v, "length", WC_SYNTAX_ERROR, &p->length_bits, e);
    return 0;
}

static int read_cipher_params(JSContext *ctx, JSValueConst v, struct wc_params *p, struct wc_err *e)
{
    bool has;
    int rc;
    if (p->alg == WC_RSA_OAEP)
        return read_bytes(ctx, v, "label", &p->extra, e);
    if (p->alg == WC_AES_KW)
        return 0;
    if (!JS_IsObject(v))
        return fail_params(e);
    if (p->alg == WC_AES_CTR) {
        rc = read_bytes(ctx, v, "counter", &p->iv, e);
        return rc < 0 ? rc : read_int(ctx, v, "length", &has, &p->length_bits);
    }
    rc = read_bytes(ctx, v, "iv", &p->iv, e);
    if (rc == 0 && p->alg == WC_AES_GCM)
        rc = read_bytes(ctx, v, "additionalData", &p->extra, e);
    if (rc == 0 && p->alg == WC_AES_GCM)
        rc = read_int(ctx, v, "tagLength", &has, &p->tag_bits);
    return rc;
}

static int read_pbkdf2(JSContext *ctx, JSValueConst v, struct wc_params *p, struct wc_err *e)
{
    JSValue salt;
    bool has;
    int rc = read_hash(ctx, v, p, e);
    if (rc == 0)
        rc = read_int(ctx, v, "iterations", &has, &p->iterations);
    if (rc < 0)
        return rc;
    if (!has)
        return missing_pbkdf2(e, "iterations");
    if (p->iterations == 0)
        return wc_fail(e, WC_OPERATION_ERROR, "number of iterations can't be 0");
    rc = get_field(ctx, v, "salt", &salt);
    if (rc < 0)
        return rc;
    if (rc == 0)
        return missing_pbkdf2(e, "salt");
    rc = add_bytes(ctx, salt, &p->extra, e);
    JS_FreeValue(ctx, salt);
    return rc;
}

static int read_ecdh(JSContext *ctx, JSValueConst v, struct wc_params *p, struct wc_err *e)
{
    JSValue other;
    int rc = get_field(ctx, v, "public", &other);
    if (rc < 0)
        return rc;
    struct wc_key *k = rc > 0 ? crypto_key_of(other) : NULL;
    if (k == NULL)
        rc = wc_fail(e, WC_TYPE_ERROR,
                     rc > 0 ? "algorithm's public is not a valid CryptoKey"
                            : "algorithm does not contain a public key");
    else if (k->type != WC_PUBLIC)
        rc = wc_fail(e, WC_INVALID_ACCESS, "algorithm's public key is not a public key");
    else if (k->alg != WC_ECDH)
        rc = wc_fail(e, WC_INVALID_ACCESS,
                     "algorithm name does not match public key's algorithm name: %s != %s",
                     wc_alg_name(p->alg), wc_alg_name(k->alg));
    else
        rc = 0;
    if (rc == 0)
        p->other = wc_key_ref(k);
    JS_FreeValue(ctx, other);
    return rc;
}

int subtle_args_params(JSContext *ctx, JSValueConst v, enum wc_op op, struct wc_params *p,
                       struct wc_err *e)
{
    switch (op) {
    case WC_DIGEST:
    case WC_EXPORT:
        return 0;
    case WC_GENERATE:
    case WC_IMPORT:
        return read_key_params(ctx, v, op, p, e);
    case WC_ENCRYPT:
    case WC_DECRYPT:
    case WC_WRAP:
    case WC_UNWRAP:
        return read_cipher_params(ctx, v, p, e);
    case WC_SIGN:
    case WC_VERIFY:
        if (p->alg == WC_ECDSA)
            return read_hash(ctx, v, p, e);
        if (p->alg == WC_RSA_PSS)
            return need_int(ctx, v, "saltLength", WC_SYNTAX_ERROR, &p->salt_len, e);
        return 0;
    case WC_DERIVE_BITS:
    case WC_DERIVE_KEY:
        return p->alg == WC_ECDH ? read_ecdh(ctx, v, p, e) : read_pbkdf2(ctx, v, p, e);
    }
    return 0;
}

/* ---- other arguments ---- */

int subtle_args_format(JSContext *ctx, JSValueConst v, enum wc_format *out)
{
    struct str text;
    if (!jsarg_str(ctx, v, &text))
        return ERR_SCRIPT;
    *out = wc_format_of(text);
    jsarg_free_str(ctx, text);
    return 0;
}

static int add_usage(JSContext *ctx, JSValueConst item, void *opaque)
{
    struct str text;
    bool is_nothing = jsarg_is_nullish(item); /* its name is empty, as in k6 */
    if (!jsarg_str(ctx, item, &text))
        return ERR_SCRIPT;
    wc_usages_add_named(opaque, is_nothing ? STR("") : text);
    jsarg_free_str(ctx, text);
    return 0;
}

int subtle_args_usages(JSContext *ctx, JSValueConst v, int place, struct wc_usages *out)
{
    struct str text;
    if (jsarg_is_nullish(v))
        return 0;
    int rc = JS_IsObject(v) ? jsarg_each_item(ctx, v, MAX_LIST, add_usage, out) : ERR_INVALID;
    if (rc == ERR_TOO_LARGE)
        jsarg_throw_type(ctx, "the list of the key's usages is too long");
    if (rc == ERR_INVALID && jsarg_str(ctx, v, &text)) {
        jsarg_throw_type(ctx,
                         JS_IsObject(v) ? "could not convert function call parameter %d: cannot "
                                          "convert %s to []string: not an array or iterable"
                                        : "could not convert function call parameter %d: could "
                                          "not convert %s to []string",
                         place, text.p);
        jsarg_free_str(ctx, text);
    }
    return rc < 0 ? ERR_SCRIPT : 0;
}

int subtle_args_key_data(JSContext *ctx, JSValueConst v, enum wc_format format, struct buf *out,
                         struct wc_err *e)
{
    struct err cause = {0};
    if (format != WC_JWK)
        return subtle_args_bytes(ctx, v, out, e);
    if (jsarg_put_json(out, ctx, v, &cause) == 0)
        return 0;
    int rc = ERR_SCRIPT;
    if (!JS_HasException(ctx))
        rc = wc_fail(e, WC_IMPLEMENTATION_ERROR, "invalid keyData format for JWK format: %s",
                     cause.msg != NULL ? cause.msg : "it has no JSON form");
    err_deinit(&cause);
    return rc;
}

int subtle_args_key(JSContext *ctx, JSValueConst v, struct wc_key **out, struct wc_err *e)
{
    struct wc_key *k = crypto_key_of(v);
    if (k == NULL)
        return wc_fail(e, WC_INVALID_ACCESS,
                       "the key argument does not hold a valid CryptoKey object");
    *out = wc_key_ref(k);
    return 0;
}

int subtle_args_bits(JSContext *ctx, JSValueConst v, bool *is_given, int64_t *out)
{
    *is_given = !jsarg_is_nullish(v);
    *out = 0;
    if (!*is_given)
        return 0;
    return JS_ToInt64(ctx, out, v) < 0 ? ERR_SCRIPT : 0;
}
