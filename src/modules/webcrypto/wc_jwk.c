/* wc_jwk.c - JSON Web Keys: JSON text to keys and back; see wc_int.h.
 * Spec: RFC 7517, RFC 7518 section 6. What k6 asks of a key is asked, and what it writes is
 * written: alg, ext and key_ops for secrets alone. Tests: wc_import_test.c,
 * fuzz/webcrypto_key_fuzz.c */
#include <openssl/crypto.h>

#include "base/err.h"
#include "base/json.h"
#include "modules/base64.h"
#include "modules/webcrypto/wc_int.h"

/* A field's text; empty when it is not there. ERR_INVALID when it is no string. */
static int get_text(const struct json *jwk, const char *name, struct str *out)
{
    const struct json *v = json_get(jwk, name);
    *out = STR("");
    if (v == NULL || v->type == JSON_NULL)
        return 0;
    if (v->type != JSON_STRING)
        return ERR_INVALID;
    *out = v->text;
    return 0;
}

/* A field that must be there and hold base64url. Appends its bytes. */
static int get_bytes(const struct json *jwk, const char *name, struct buf *out, struct wc_err *e)
{
    struct str text;
    if (get_text(jwk, name, &text) < 0)
        return wc_fail(e, NULL, "invalid JWK: %s is not a string", name);
    if (text.len == 0)
        return wc_fail(e, NULL, "invalid JWK: %s is required", name);
    if (base64_decode(out, BASE64_RAWURL, text, NULL) < 0)
        return wc_fail(e, NULL, "invalid JWK: %s is not base64url", name);
    return 0;
}

/* The object, of key type kty. */
static int parse(struct json **out, struct str text, const char *kty, struct wc_err *e)
{
    struct err cause = {0};
    struct str given;
    struct json *jwk = json_parse(text, &cause);
    int rc = 0;
    if (jwk == NULL || jwk->type != JSON_OBJECT || get_text(jwk, "kty", &given) < 0)
        rc = wc_fail(e, NULL, "failed to parse the JWK: %s",
                     cause.msg != NULL ? cause.msg : "it is no object");
    else if (!str_eqs(given, kty))
        rc = wc_fail(e, NULL, "invalid key type: %.*s", (int)given.len, given.p);
    if (rc < 0) {
        json_free(jwk);
        jwk = NULL;
    }
    err_deinit(&cause);
    *out = jwk;
    return rc;
}

/* The texts are k6's; `null` has no type and no key for it. */
int wc_jwk_read_secret(struct buf *secret, struct str json, struct wc_err *e)
{
    struct json *jwk = json_parse(json, NULL);
    struct str type, key;
    size_t bad_at;
    int rc = 0;
    bool is_read = jwk != NULL && (jwk->type == JSON_OBJECT || jwk->type == JSON_NULL) &&
                   get_text(jwk, "kty", &type) == 0 && get_text(jwk, "k", &key) == 0;
    if (!is_read)
        rc = wc_fail(e, WC_DATA_ERROR, "failed to parse symmetric JWK: it is no object of strings");
    else if (!str_eqs(type, "oct"))
        rc = wc_fail(e, WC_DATA_ERROR, "invalid symmetric JWK: invalid key type: %.*s",
                     (int)type.len, type.p);
    else if (key.len == 0)
        rc = wc_fail(e, WC_DATA_ERROR, "invalid symmetric JWK: key (k) is required");
    else if (base64_decode(secret, BASE64_RAWURL, key, &bad_at) < 0)
        rc = wc_fail(e, WC_DATA_ERROR,
                     "failed to decode symmetric key: illegal base64 data at input byte %zu",
                     bad_at);
    json_free(jwk);
    return rc;
}

static void wipe(struct buf *parts, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (parts[i].len > 0)
            OPENSSL_cleanse(parts[i].data, parts[i].len);
        buf_deinit(&parts[i]);
    }
}

static struct str view(const struct buf *b)
{
    return (struct str){b->data, b->len};
}

static bool has_field(const struct json *jwk, const char *name)
{
    struct str text;
    return get_text(jwk, name, &text) < 0 || text.len > 0;
}

static const char *const rsa_fields[RSA_PARTS] = {"n", "e", "d", "p", "q", "dp", "dq", "qi"};

int wc_jwk_read_rsa(struct wc_key *k, struct str json, struct wc_err *e)
{
    struct json *jwk;
    struct buf parts[RSA_PARTS];
    struct str views[RSA_PARTS];
    for (int i = 0; i < RSA_PARTS; i++)
        buf_init(&parts[i], BUF_NO_LIMIT);
    int rc = parse(&jwk, json, "RSA", e);
    bool is_private = rc == 0 && has_field(jwk, "d");
    for (int i = 0; i < (is_private ? RSA_PARTS : RSA_D) && rc == 0; i++)
        rc = get_bytes(jwk, rsa_fields[i], &parts[i], e);
    for (int i = 0; i < RSA_PARTS; i++)
        views[i] = view(&parts[i]);
    if (rc == 0) {
        k->pkey = wc_pkey_from_rsa(views);
        if (k->pkey == NULL)
            rc = wc_fail(e, NULL, "the numbers of the JWK make no RSA key");
    }
    if (rc == 0) {
        k->type = is_private ? WC_PRIVATE : WC_PUBLIC;
        k->length_bits = EVP_PKEY_get_bits(k->pkey);
    }
    wipe(parts, RSA_PARTS);
    json_free(jwk);
    return rc;
}

int wc_jwk_read_ec(struct wc_key *k, struct str json, struct wc_err *e)
{
    static const char *const fields[] = {"x", "y", "d"};
    struct json *jwk;
    struct str name;
    struct buf parts[3];
    for (int i = 0; i < 3; i++)
        buf_init(&parts[i], BUF_NO_LIMIT);
    int rc = parse(&jwk, json, "EC", e);
    bool is_private = rc == 0 && has_field(jwk, "d");
    if (rc == 0 && (get_text(jwk, "crv", &name) < 0 || wc_curve_of(name) == WC_CURVES))
        rc = wc_fail(e, NULL, "invalid JWK: the curve is none of P-256, P-384 and P-521");
    for (int i = 0; i < (is_private ? 3 : 2) && rc == 0; i++)
        rc = get_bytes(jwk, fields[i], &parts[i], e);
    if (rc == 0) {
        k->curve = wc_curve_of(name);
        k->type = is_private ? WC_PRIVATE : WC_PUBLIC;
        k->pkey = wc_pkey_from_ec(k->curve, view(&parts[0]), view(&parts[1]), view(&parts[2]));
        if (k->pkey == NULL)
            rc = wc_fail(e, NULL, "the numbers of the JWK make no key of that curve");
    }
    wipe(parts, 3);
    json_free(jwk);
    return rc;
}

/* ---- writing: fields in alphabetical order ---- */

static void put_field(struct buf *out, const char *name, const struct buf *bytes)
{
    buf_addf(out, "%s\"%s\":\"", out->data[out->len - 1] == '{' ? "" : ",", name);
    base64_encode(out, BASE64_RAWURL, view(bytes));
    buf_addc(out, '"');
}

static void put_secret(struct buf *out, const struct wc_key *k)
{
    struct buf secret;
    buf_init(&secret, BUF_NO_LIMIT);
    buf_add_str(&secret, k->secret);
    buf_adds(out, "{\"alg\":\"");
    if (k->alg == WC_HMAC) /* "SHA-256" and "AES-CBC" lose their first four characters */
        buf_addf(out, "HS%s", wc_alg_name(k->hash) + 4);
    else
        buf_addf(out, "A%d%s", (int)k->length_bits, wc_alg_name(k->alg) + 4);
    buf_addf(out, "\",\"ext\":%s", k->is_extractable ? "true" : "false");
    put_field(out, "k", &secret);
    buf_adds(out, ",\"key_ops\":[");
    for (int i = 0; i < k->usages.count; i++)
        buf_addf(out, "%s\"%s\"", i > 0 ? "," : "",
                 wc_usage_name((enum wc_usage)k->usages.items[i]));
    buf_adds(out, "],\"kty\":\"oct\"}");
    wipe(&secret, 1);
}

static bool put_rsa(struct buf *out, const struct wc_key *k)
{
    static const enum wc_rsa_part order[] = {RSA_D, RSA_DP, RSA_DQ, RSA_E,
                                             RSA_N, RSA_P,  RSA_Q,  RSA_QI};
    struct buf parts[RSA_PARTS];
    for (int i = 0; i < RSA_PARTS; i++)
        buf_init(&parts[i], BUF_NO_LIMIT);
    bool ok = wc_pkey_to_rsa(k->pkey, k->type == WC_PRIVATE, parts);
    buf_addc(out, '{');
    for (int i = 0; i < RSA_PARTS; i++) {
        if (parts[order[i]].len > 0)
            put_field(out, rsa_fields[order[i]], &parts[order[i]]);
        if (order[i] == RSA_E)
            buf_adds(out, ",\"kty\":\"RSA\"");
    }
    buf_addc(out, '}');
    wipe(parts, RSA_PARTS);
    return ok;
}

static bool put_ec(struct buf *out, const struct wc_key *k)
{
    struct buf parts[3];
    for (int i = 0; i < 3; i++)
        buf_init(&parts[i], BUF_NO_LIMIT);
    bool is_private = k->type == WC_PRIVATE;
    bool ok = wc_pkey_to_ec(k->pkey, k->curve, &parts[0], &parts[1], is_private ? &parts[2] : NULL);
    buf_addf(out, "{\"crv\":\"%s\"", wc_curve_name(k->curve));
    if (is_private)
        put_field(out, "d", &parts[2]);
    buf_adds(out, ",\"kty\":\"EC\"");
    put_field(out, "x", &parts[0]);
    put_field(out, "y", &parts[1]);
    buf_addc(out, '}');
    wipe(parts, 3);
    return ok;
}

int wc_jwk_put(struct buf *out, const struct wc_key *k, struct wc_err *e)
{
    bool ok = true;
    if (k->pkey == NULL)
        put_secret(out, k);
    else if (wc_alg_is_rsa(k->alg))
        ok = put_rsa(out, k);
    else
        ok = put_ec(out, k);
    if (!ok || buf_failed(out))
        return wc_fail(e, WC_OPERATION_ERROR, "the key can't be written as a JWK");
    return 0;
}
