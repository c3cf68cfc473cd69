/* wc_pkey.c - the TLS library's key objects from their numbers and from DER, and back; see
 * wc_int.h. Tests: wc_import_test.c, fuzz/webcrypto_key_fuzz.c */
#include <openssl/core_names.h>
#include <openssl/param_build.h>
#include <openssl/x509.h>

#include "base/err.h"
#include "base/mem.h"
#include "modules/webcrypto/wc_int.h"
#include "modules/webcrypto/wc_params.h"

static const char *const rsa_names[RSA_PARTS] = {
    OSSL_PKEY_PARAM_RSA_N,         OSSL_PKEY_PARAM_RSA_E,
    OSSL_PKEY_PARAM_RSA_D,         OSSL_PKEY_PARAM_RSA_FACTOR1,
    OSSL_PKEY_PARAM_RSA_FACTOR2,   OSSL_PKEY_PARAM_RSA_EXPONENT1,
    OSSL_PKEY_PARAM_RSA_EXPONENT2, OSSL_PKEY_PARAM_RSA_COEFFICIENT1,
};

/* An object of that type from what was built. NULL: the library refuses it. */
static EVP_PKEY *make_pkey(const char *type, bool is_private, OSSL_PARAM_BLD *built)
{
    EVP_PKEY *pkey = NULL;
    OSSL_PARAM *params = OSSL_PARAM_BLD_to_param(built);
    EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_name(NULL, type, NULL);
    if (params == NULL || ctx == NULL || EVP_PKEY_fromdata_init(ctx) != 1 ||
        EVP_PKEY_fromdata(ctx, &pkey, is_private ? EVP_PKEY_KEYPAIR : EVP_PKEY_PUBLIC_KEY,
                          params) != 1)
        pkey = NULL;
    EVP_PKEY_CTX_free(ctx);
    OSSL_PARAM_free(params);
    return pkey;
}

/* ---- RSA ---- */

/* a * b == 1 modulo m? */
static bool is_inverse(const BIGNUM *a, const BIGNUM *b, const BIGNUM *m, BIGNUM *t, BN_CTX *ctx)
{
    return !BN_is_zero(m) && BN_mod_mul(t, a, b, m, ctx) == 1 && BN_is_one(t);
}

/* Do the parts of a private key belong together? Whether the factors are primes is not asked: that
 * takes longer than all use of the key, and a wrong one harms its owner alone. */
static bool rsa_fits(BIGNUM *const n[RSA_PARTS], BN_CTX *ctx)
{
    BIGNUM *p1 = BN_dup(n[RSA_P]), *q1 = BN_dup(n[RSA_Q]), *t = BN_new();
    bool fits = p1 != NULL && q1 != NULL && t != NULL;
    fits = fits && !BN_is_zero(p1) && !BN_is_zero(q1) && BN_sub_word(p1, 1) && BN_sub_word(q1, 1);
    fits = fits && BN_mul(t, n[RSA_P], n[RSA_Q], ctx) == 1 && BN_cmp(t, n[RSA_N]) == 0;
    fits = fits && is_inverse(n[RSA_D], n[RSA_E], p1, t, ctx) &&
           is_inverse(n[RSA_D], n[RSA_E], q1, t, ctx) &&
           is_inverse(n[RSA_DP], n[RSA_E], p1, t, ctx) &&
           is_inverse(n[RSA_DQ], n[RSA_E], q1, t, ctx) &&
           is_inverse(n[RSA_QI], n[RSA_Q], n[RSA_P], t, ctx);
    BN_clear_free(p1);
    BN_clear_free(q1);
    BN_free(t);
    return fits;
}

static bool rsa_is_sound(BIGNUM *const n[RSA_PARTS], bool is_private)
{
    if (BN_num_bits(n[RSA_N]) > 2 * WC_MAX_MODULUS_BITS || BN_num_bits(n[RSA_N]) < 256 ||
        BN_num_bits(n[RSA_E]) > 32 || !BN_is_odd(n[RSA_E]) || !BN_is_odd(n[RSA_N]) ||
        BN_is_one(n[RSA_E]))
        return false;
    if (!is_private)
        return true;
    BN_CTX *ctx = BN_CTX_new();
    bool fits = ctx != NULL && rsa_fits(n, ctx);
    BN_CTX_free(ctx);
    return fits;
}

/* The same question for an object that the library read from DER: it takes what it finds there. */
static bool rsa_pkey_is_sound(EVP_PKEY *pkey, bool is_private)
{
    BIGNUM *n[RSA_PARTS] = {NULL};
    int count = is_private ? RSA_PARTS : RSA_D, got = 0;
    while (got < count && EVP_PKEY_get_bn_param(pkey, rsa_names[got], &n[got]) == 1)
        got++;
    bool is_sound = got == count && rsa_is_sound(n, is_private);
    for (int i = 0; i < RSA_PARTS; i++)
        BN_clear_free(n[i]);
    return is_sound;
}

EVP_PKEY *wc_pkey_from_rsa(const struct str parts[RSA_PARTS])
{
    BIGNUM *n[RSA_PARTS] = {NULL};
    EVP_PKEY *pkey = NULL;
    bool is_private = parts[RSA_D].len > 0;
    int count = is_private ? RSA_PARTS : RSA_D;
    OSSL_PARAM_BLD *built = OSSL_PARAM_BLD_new();
    if (built == NULL)
        return NULL;
    for (int i = 0; i < count; i++) {
        if (parts[i].len > 2 * WC_MAX_MODULUS_BITS / 8)
            goto done;
        n[i] = BN_bin2bn((const uint8_t *)parts[i].p, (int)parts[i].len, NULL);
        if (n[i] == NULL)
            goto done;
    }
    if (!rsa_is_sound(n, is_private))
        goto done;
    for (int i = 0; i < count; i++)
        if (OSSL_PARAM_BLD_push_BN(built, rsa_names[i], n[i]) != 1)
            goto done;
    pkey = make_pkey("RSA", is_private, built);
done:
    OSSL_PARAM_BLD_free(built);
    for (int i = 0; i < RSA_PARTS; i++)
        BN_clear_free(n[i]);
    return pkey;
}

/* Appends a number, with zeros before it up to len bytes. */
static bool put_number(struct buf *out, const BIGNUM *n, size_t len)
{
    size_t need = (size_t)BN_num_bytes(n);
    if (need > len)
        len = need;
    if (buf_reserve(out, len) < 0 ||
        BN_bn2binpad(n, (uint8_t *)out->data + out->len, (int)len) != (int)len)
        return false;
    out->len += len;
    out->data[out->len] = '\0';
    return true;
}

static bool put_param(struct buf *out, EVP_PKEY *pkey, const char *name, size_t len)
{
    BIGNUM *n = NULL;
    bool ok = EVP_PKEY_get_bn_param(pkey, name, &n) == 1 && put_number(out, n, len);
    BN_clear_free(n);
    return ok;
}

bool wc_pkey_to_rsa(EVP_PKEY *pkey, bool is_private, struct buf parts[RSA_PARTS])
{
    int count = is_private ? RSA_PARTS : RSA_D;
    for (int i = 0; i < count; i++)
        if (!put_param(&parts[i], pkey, rsa_names[i], 1))
            return false;
    return true;
}

/* ---- elliptic curves ---- */

enum { POINT_MAX = 1 + 2 * 66 };

static bool put_point(uint8_t point[POINT_MAX], size_t len, struct str x, struct str y)
{
    BIGNUM *nx = BN_bin2bn((const uint8_t *)x.p, (int)x.len, NULL);
    BIGNUM *ny = BN_bin2bn((const uint8_t *)y.p, (int)y.len, NULL);
    bool ok = nx != NULL && ny != NULL && BN_bn2binpad(nx, point + 1, (int)len) == (int)len &&
              BN_bn2binpad(ny, point + 1 + len, (int)len) == (int)len;
    point[0] = 4; /* uncompressed */
    BN_free(nx);
    BN_free(ny);
    return ok;
}

/* Is the public half that of the private one? */
static bool is_pair(EVP_PKEY *pkey)
{
    EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_pkey(NULL, pkey, NULL);
    bool is = ctx != NULL && EVP_PKEY_private_check(ctx) == 1 && EVP_PKEY_pairwise_check(ctx) == 1;
    EVP_PKEY_CTX_free(ctx);
    return is;
}

EVP_PKEY *wc_pkey_from_ec(enum wc_curve curve, struct str x, struct str y, struct str d)
{
    uint8_t point[POINT_MAX];
    size_t len = wc_curve_len(curve);
    bool is_private = d.len > 0;
    if (x.len > len || y.len > len || d.len > len || !put_point(point, len, x, y))
        return NULL;
    EVP_PKEY *pkey = NULL;
    BIGNUM *n = is_private ? BN_bin2bn((const uint8_t *)d.p, (int)d.len, NULL) : NULL;
    OSSL_PARAM_BLD *built = OSSL_PARAM_BLD_new();
    if (built != NULL && (n != NULL || !is_private) &&
        OSSL_PARAM_BLD_push_utf8_string(built, OSSL_PKEY_PARAM_GROUP_NAME, wc_curve_group(curve),
                                        0) == 1 &&
        OSSL_PARAM_BLD_push_octet_string(built, OSSL_PKEY_PARAM_PUB_KEY, point, 1 + 2 * len) == 1 &&
        (!is_private || OSSL_PARAM_BLD_push_BN_pad(built, OSSL_PKEY_PARAM_PRIV_KEY, n, len) == 1))
        pkey = make_pkey("EC", is_private, built);
    if (pkey != NULL && is_private && !is_pair(pkey)) {
        EVP_PKEY_free(pkey);
        pkey = NULL;
    }
    OSSL_PARAM_BLD_free(built);
    BN_clear_free(n);
    return pkey;
}

bool wc_pkey_to_ec(EVP_PKEY *pkey, enum wc_curve curve, struct buf *x, struct buf *y, struct buf *d)
{
    size_t len = wc_curve_len(curve);
    return put_param(x, pkey, OSSL_PKEY_PARAM_EC_PUB_X, len) &&
           put_param(y, pkey, OSSL_PKEY_PARAM_EC_PUB_Y, len) &&
           (d == NULL || put_param(d, pkey, OSSL_PKEY_PARAM_PRIV_KEY, len));
}

enum wc_curve wc_pkey_curve(EVP_PKEY *pkey)
{
    char group[64];
    int curve = 0;
    if (EVP_PKEY_get_base_id(pkey) != EVP_PKEY_EC ||
        EVP_PKEY_get_group_name(pkey, group, sizeof group, NULL) != 1)
        return WC_CURVES;
    while (curve < WC_CURVES && !str_eqs(str_of(group), wc_curve_group((enum wc_curve)curve)))
        curve++;
    return (enum wc_curve)curve;
}

/* ---- DER ---- */

/* An RSA key, or one of a curve we know, whose parts belong together; any other is freed. */
static EVP_PKEY *check_pkey(EVP_PKEY *takes, bool is_private)
{
    bool is_sound = false;
    if (takes != NULL && EVP_PKEY_get_base_id(takes) == EVP_PKEY_RSA)
        is_sound = rsa_pkey_is_sound(takes, is_private);
    else if (takes != NULL && wc_pkey_curve(takes) != WC_CURVES)
        is_sound = !is_private || is_pair(takes);
    if (!is_sound) {
        EVP_PKEY_free(takes);
        return NULL;
    }
    return takes;
}

EVP_PKEY *wc_pkey_from_spki(struct str der)
{
    const uint8_t *p = (const uint8_t *)der.p;
    EVP_PKEY *pkey = der.len < INT32_MAX ? d2i_PUBKEY(NULL, &p, (long)der.len) : NULL;
    if (pkey != NULL && p != (const uint8_t *)der.p + der.len) {
        EVP_PKEY_free(pkey);
        pkey = NULL;
    }
    return check_pkey(pkey, false);
}

EVP_PKEY *wc_pkey_from_pkcs8(struct str der)
{
    const uint8_t *p = (const uint8_t *)der.p;
    PKCS8_PRIV_KEY_INFO *info =
        der.len < INT32_MAX ? d2i_PKCS8_PRIV_KEY_INFO(NULL, &p, (long)der.len) : NULL;
    EVP_PKEY *pkey = NULL;
    if (info != NULL && p == (const uint8_t *)der.p + der.len)
        pkey = EVP_PKCS82PKEY(info);
    PKCS8_PRIV_KEY_INFO_free(info);
    return check_pkey(pkey, true);
}

/* Appends what an i2d function made and frees it. */
static bool put_der(struct buf *out, unsigned char *der, int len)
{
    bool ok = len > 0 && buf_add(out, der, (size_t)len) == 0;
    if (len > 0)
        OPENSSL_clear_free(der, (size_t)len);
    return ok;
}

bool wc_pkey_put_spki(struct buf *out, EVP_PKEY *pkey)
{
    unsigned char *der = NULL;
    int len = i2d_PUBKEY(pkey, &der);
    return put_der(out, der, len);
}

bool wc_pkey_put_pkcs8(struct buf *out, EVP_PKEY *pkey)
{
    unsigned char *der = NULL;
    PKCS8_PRIV_KEY_INFO *info = EVP_PKEY2PKCS8(pkey);
    int len = info != NULL ? i2d_PKCS8_PRIV_KEY_INFO(info, &der) : -1;
    PKCS8_PRIV_KEY_INFO_free(info);
    return put_der(out, der, len);
}
