/* wc_import.c - keys from bytes and back, by algorithm; see wc_import.h. What is asked, and in
 * which order, is k6's: usages of EC and RSA keys are taken as they come, those of secrets are
 * checked. Spec: W3C Web Cryptography API. Tests: wc_import_test.c, fuzz/webcrypto_key_fuzz.c */
#include "modules/webcrypto/wc_import.h"

#include <openssl/core_names.h>
#include <openssl/crypto.h>

#include "base/err.h"
#include "modules/webcrypto/wc_int.h"

#define USE(u) (1u << WC_USE_##u)

static int fail_format(struct wc_err *e, enum wc_format format)
{
    return wc_fail(e, WC_NOT_SUPPORTED, "unsupported key format %s", wc_format_name(format));
}

/* ---- secrets: AES, HMAC, PBKDF2 ---- */

static bool is_aes_len(size_t len)
{
    return len == 16 || len == 24 || len == 32;
}

static int check_secret(const struct wc_params *p, struct str secret, struct wc_err *e)
{
    if (wc_alg_is_aes(p->alg) && !is_aes_len(secret.len))
        return wc_fail(e, WC_DATA_ERROR, "invalid key length %zu bytes", secret.len);
    if (p->alg == WC_HMAC && secret.len == 0)
        return wc_fail(e, WC_DATA_ERROR, "key length cannot be 0");
    if (p->alg == WC_HMAC && p->has_length && p->length_bits != (int64_t)secret.len * 8)
        return wc_fail(e, WC_DATA_ERROR,
                       "key length cannot be different from the length of the imported data");
    return 0;
}

static int import_secret(struct wc_key *k, const struct wc_params *p, enum wc_format format,
                         struct str data, struct wc_err *e)
{
    struct buf from_jwk;
    int rc = 0;
    if (format != WC_RAW && format != WC_JWK)
        return fail_format(e, format);
    buf_init(&from_jwk, BUF_NO_LIMIT);
    if (format == WC_JWK) {
        rc = wc_jwk_read_secret(&from_jwk, data, e);
        data = (struct str){from_jwk.data, from_jwk.len};
    }
    if (rc == 0)
        rc = check_secret(p, data, e);
    if (rc == 0) {
        wc_key_set_secret(k, data);
        k->hash = p->hash;
    }
    if (from_jwk.len > 0)
        OPENSSL_cleanse(from_jwk.data, from_jwk.len);
    buf_deinit(&from_jwk);
    return rc;
}

/* May a secret of that algorithm come in that format and be used so? */
static int check_usages(enum wc_alg alg, enum wc_format format, const struct wc_usages *u,
                        bool is_extractable, struct wc_err *e)
{
    unsigned allowed = 0;
    if (alg == WC_PBKDF2 && format != WC_RAW)
        return wc_fail(e, WC_NOT_SUPPORTED, "invalid format: %s", wc_format_name(format));
    if (wc_alg_is_aes(alg))
        allowed = USE(ENCRYPT) | USE(DECRYPT) | USE(WRAP) | USE(UNWRAP);
    else if (alg == WC_HMAC)
        allowed = USE(SIGN) | USE(VERIFY);
    else
        allowed = USE(DERIVE_BITS) | USE(DERIVE_KEY);
    int rc = wc_usages_check(u, allowed, e);
    if (rc < 0)
        return rc;
    if (alg == WC_PBKDF2 && is_extractable)
        return wc_fail(e, WC_SYNTAX_ERROR, "invalid value for param extractable ");
    return 0;
}

/* ---- EC ---- */

static int import_ec_der(struct wc_key *k, enum wc_format format, struct str data, struct wc_err *e)
{
    bool is_private = format == WC_PKCS8;
    k->type = is_private ? WC_PRIVATE : WC_PUBLIC;
    k->pkey = is_private ? wc_pkey_from_pkcs8(data) : wc_pkey_from_spki(data);
    k->curve = k->pkey != NULL ? wc_pkey_curve(k->pkey) : WC_CURVES;
    if (k->curve == WC_CURVES)
        return wc_fail(e, WC_DATA_ERROR, "unable to import %s %s key data", wc_alg_name(k->alg),
                       is_private ? "private" : "public");
    /* A compressed point would stay one in what is exported. */
    EVP_PKEY_set_utf8_string_param(k->pkey, OSSL_PKEY_PARAM_EC_POINT_CONVERSION_FORMAT,
                                   OSSL_PKEY_EC_POINT_CONVERSION_FORMAT_UNCOMPRESSED);
    return 0;
}

static int import_ec_raw(struct wc_key *k, enum wc_curve curve, struct str data, struct wc_err *e)
{
    if (curve == WC_CURVES)
        return wc_fail(e, WC_NOT_SUPPORTED, "invalid elliptic curve");
    size_t len = wc_curve_len(curve);
    struct str x = {data.p + 1, len}, y = {data.p + 1 + len, len};
    k->type = WC_PUBLIC;
    k->curve = curve;
    if (data.len == 1 + 2 * len && data.p[0] == 4)
        k->pkey = wc_pkey_from_ec(curve, x, y, STR(""));
    if (k->pkey == NULL)
        return wc_fail(e, WC_DATA_ERROR, "unable to import %s public key data",
                       wc_alg_name(k->alg));
    return 0;
}

static int import_ec(struct wc_key *k, const struct wc_params *p, enum wc_format format,
                     struct str data, struct wc_err *e)
{
    switch (format) {
    case WC_RAW:
        return import_ec_raw(k, p->curve, data, e);
    case WC_JWK:
        return wc_jwk_read_ec(k, data, e);
    case WC_PKCS8:
    case WC_SPKI:
        return import_ec_der(k, format, data, e);
    case WC_FORMATS:
        break;
    }
    return fail_format(e, format);
}

/* ---- RSA ---- */

static int import_rsa(struct wc_key *k, const struct wc_params *p, enum wc_format format,
                      struct str data, struct wc_err *e)
{
    k->hash = p->hash;
    if (format == WC_JWK)
        return wc_jwk_read_rsa(k, data, e);
    if (format == WC_RAW)
        return wc_fail(e, WC_NOT_SUPPORTED, "unsupported key format %s for algorithm %s",
                       wc_format_name(format), wc_alg_name(p->alg));
    bool is_private = format == WC_PKCS8;
    k->type = is_private ? WC_PRIVATE : WC_PUBLIC;
    k->pkey = is_private ? wc_pkey_from_pkcs8(data) : wc_pkey_from_spki(data);
    if (k->pkey == NULL || EVP_PKEY_get_base_id(k->pkey) != EVP_PKEY_RSA)
        return wc_fail(e, WC_DATA_ERROR, "unable to import RSA %s key data",
                       is_private ? "private" : "public");
    k->length_bits = EVP_PKEY_get_bits(k->pkey);
    return 0;
}

int wc_import(struct wc_key **out, const struct wc_params *p, enum wc_format format,
              struct str data, bool is_extractable, const struct wc_usages *usages,
              struct wc_err *e)
{
    struct wc_key *k = wc_key_new(p->alg, WC_SECRET);
    int rc;
    k->is_extractable = is_extractable;
    k->usages = *usages;
    if (wc_alg_is_rsa(p->alg)) {
        rc = import_rsa(k, p, format, data, e);
    } else if (wc_alg_is_ec(p->alg)) {
        rc = import_ec(k, p, format, data, e);
    } else {
        rc = check_usages(p->alg, format, usages, is_extractable, e);
        if (rc == 0)
            rc = import_secret(k, p, format, data, e);
    }
    if (rc == 0 && usages->has_unknown)
        rc = wc_usages_check(usages, ~0u, e);
    if (rc == 0 && k->type != WC_PUBLIC && usages->count == 0)
        rc = wc_fail(e, WC_SYNTAX_ERROR,
                     "usages cannot not be empty for a secret or private CryptoKey");
    if (rc == 0) {
        *out = k;
        k = NULL;
    }
    wc_key_unref(k);
    return rc;
}

/* ---- export ---- */

static int put_raw_point(struct buf *out, const struct wc_key *k)
{
    struct buf x, y;
    buf_init(&x, BUF_NO_LIMIT);
    buf_init(&y, BUF_NO_LIMIT);
    bool ok = wc_pkey_to_ec(k->pkey, k->curve, &x, &y, NULL);
    buf_addc(out, 4);
    buf_add(out, x.data, x.len);
    buf_add(out, y.data, y.len);
    buf_deinit(&x);
    buf_deinit(&y);
    return ok && !buf_failed(out) ? 0 : ERR_NOMEM;
}

static int export_pkey(struct buf *out, const struct wc_key *k, enum wc_format format,
                       struct wc_err *e)
{
    enum wc_key_type wanted = format == WC_PKCS8 ? WC_PRIVATE : WC_PUBLIC;
    bool ok = false;
    if (format == WC_RAW && !wc_alg_is_ec(k->alg))
        return fail_format(e, format);
    bool wants_private = wanted == WC_PRIVATE;
    if (k->type != wanted && wc_alg_is_ec(k->alg))
        return wc_fail(e, WC_INVALID_ACCESS, "key is not a valid elliptic curve %s key",
                       wants_private ? "private" : "public");
    if (k->type != wanted)
        return wc_fail(e, WC_INVALID_ACCESS,
                       "given CryptoKey is not a %s RSA key, it's *rsa.%sKey",
                       wants_private ? "private" : "public", wants_private ? "Public" : "Private");
    if (format == WC_PKCS8)
        ok = wc_pkey_put_pkcs8(out, k->pkey);
    else if (format == WC_SPKI)
        ok = wc_pkey_put_spki(out, k->pkey);
    else
        ok = put_raw_point(out, k) == 0;
    return ok ? 0 : wc_fail(e, WC_OPERATION_ERROR, "the key can't be written");
}

int wc_export(struct buf *out, const struct wc_key *k, enum wc_format format, struct wc_err *e)
{
    if (!k->is_extractable)
        return wc_fail(e, WC_INVALID_ACCESS, "the key is not extractable");
    if (format == WC_FORMATS)
        return wc_fail(e, WC_NOT_SUPPORTED, "unsupported key format");
    if (format == WC_JWK)
        return wc_jwk_put(out, k, e);
    if (k->pkey != NULL)
        return export_pkey(out, k, format, e);
    if (format != WC_RAW)
        return fail_format(e, format);
    buf_add_str(out, k->secret);
    return buf_failed(out) ? wc_fail(e, WC_OPERATION_ERROR, "out of memory") : 0;
}
