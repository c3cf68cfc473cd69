/* wc_sign.c - HMAC, ECDSA, RSASSA-PKCS1-v1_5 and RSA-PSS; see wc_crypt.h.
 * Tests: wc_crypt_test.c */
#include <openssl/crypto.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include "base/err.h"
#include "base/mem.h"
#include "modules/webcrypto/wc_crypt.h"

/* ---- HMAC ---- */

static int hmac(struct wc_methods *m, const struct wc_key *k, struct str data,
                uint8_t sum[DIGEST_MAX_LEN], size_t *len, struct wc_err *e)
{
    *len = digest_hmac(&m->digests, wc_alg_digest(k->hash), k->secret, data, sum);
    if (*len == 0)
        return wc_fail(e, WC_NOT_SUPPORTED, "unsupported hash algorithm %s", wc_alg_name(k->hash));
    return 0;
}

/* ---- ECDSA: WebCrypto's signature is r and s, one after the other; the library's is DER ---- */

enum { SIGNATURE_DER_MAX = 160, COORDINATE_MAX = 66 };

static int put_ecdsa(struct buf *out, const struct wc_key *k, const uint8_t *der, size_t der_len)
{
    size_t len = wc_curve_len(k->curve);
    ECDSA_SIG *sig = d2i_ECDSA_SIG(NULL, &der, (long)der_len);
    uint8_t plain[2 * COORDINATE_MAX];
    bool ok = sig != NULL && BN_bn2binpad(ECDSA_SIG_get0_r(sig), plain, (int)len) == (int)len &&
              BN_bn2binpad(ECDSA_SIG_get0_s(sig), plain + len, (int)len) == (int)len;
    ECDSA_SIG_free(sig);
    return ok ? buf_add(out, plain, 2 * len) : ERR_INVALID;
}

/* The DER form; its length, or 0. */
static size_t ecdsa_der(const struct wc_key *k, struct str signature,
                        uint8_t der[SIGNATURE_DER_MAX])
{
    size_t len = wc_curve_len(k->curve);
    const uint8_t *p = (const uint8_t *)signature.p;
    ECDSA_SIG *sig = ECDSA_SIG_new();
    BIGNUM *r = BN_bin2bn(p, (int)len, NULL), *s = BN_bin2bn(p + len, (int)len, NULL);
    int der_len = 0;
    if (sig != NULL && r != NULL && s != NULL && ECDSA_SIG_set0(sig, r, s) == 1) {
        r = s = NULL; /* the signature's now */
        if (i2d_ECDSA_SIG(sig, NULL) <= SIGNATURE_DER_MAX)
            der_len = i2d_ECDSA_SIG(sig, &der);
    }
    BN_free(r);
    BN_free(s);
    ECDSA_SIG_free(sig);
    return der_len > 0 ? (size_t)der_len : 0;
}

/* ---- public keys ---- */

static enum wc_alg hash_of(const struct wc_key *k, const struct wc_params *p)
{
    return k->alg == WC_ECDSA ? p->hash : k->hash;
}

static int check_key(const struct wc_key *k, enum wc_key_type wanted, const struct wc_params *p,
                     struct wc_err *e)
{
    if (k->type != wanted)
        return wc_fail(e, WC_INVALID_ACCESS, "key is not a valid %s %s key", wc_alg_name(k->alg),
                       wanted == WC_PRIVATE ? "private" : "public");
    if (hash_of(k, p) == WC_ALGS)
        return wc_fail(e, WC_NOT_SUPPORTED, "unsupported hash algorithm");
    return 0;
}

/* A context set up for the algorithm's padding and hash; NULL: the library refuses. */
static EVP_PKEY_CTX *new_context(const struct wc_key *k, const struct wc_params *p, bool is_sign)
{
    EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_pkey(NULL, k->pkey, NULL);
    bool ok = ctx != NULL && (is_sign ? EVP_PKEY_sign_init(ctx) : EVP_PKEY_verify_init(ctx)) == 1;
    if (ok && k->alg != WC_ECDSA) {
        int padding = k->alg == WC_RSA_PSS ? RSA_PKCS1_PSS_PADDING : RSA_PKCS1_PADDING;
        ok = EVP_PKEY_CTX_set_rsa_padding(ctx, padding) == 1;
    }
    if (ok) {
        const EVP_MD *md = EVP_get_digestbyname(wc_alg_library_name(hash_of(k, p)));
        ok = md != NULL && EVP_PKEY_CTX_set_signature_md(ctx, md) == 1;
    }
    if (ok && k->alg == WC_RSA_PSS)
        ok = p->salt_len >= 0 && p->salt_len < WC_MAX_MODULUS_BITS &&
             EVP_PKEY_CTX_set_rsa_pss_saltlen(ctx, (int)p->salt_len) == 1;
    if (!ok) {
        EVP_PKEY_CTX_free(ctx);
        return NULL;
    }
    return ctx;
}

static int sign_pkey(struct buf *out, struct wc_methods *m, const struct wc_key *k,
                     const struct wc_params *p, struct str data, struct wc_err *e)
{
    uint8_t sum[DIGEST_MAX_LEN];
    int rc = check_key(k, WC_PRIVATE, p, e);
    if (rc < 0)
        return rc;
    size_t len = (size_t)EVP_PKEY_get_size(k->pkey);
    size_t sum_len = digest_all(&m->digests, wc_alg_digest(hash_of(k, p)), data, sum);
    uint8_t *signature = mem_alloc(len);
    EVP_PKEY_CTX *ctx = new_context(k, p, true);
    bool ok = sum_len > 0 && ctx != NULL && EVP_PKEY_sign(ctx, signature, &len, sum, sum_len) == 1;
    if (ok && k->alg == WC_ECDSA)
        ok = put_ecdsa(out, k, signature, len) == 0;
    else if (ok)
        ok = buf_add(out, signature, len) == 0;
    EVP_PKEY_CTX_free(ctx);
    mem_free(signature);
    return ok ? 0 : wc_fail(e, WC_OPERATION_ERROR, "could not sign data");
}

static int verify_pkey(bool *is_good, struct wc_methods *m, const struct wc_key *k,
                       const struct wc_params *p, struct str signature, struct str data,
                       struct wc_err *e)
{
    uint8_t sum[DIGEST_MAX_LEN], der[SIGNATURE_DER_MAX];
    int rc = check_key(k, WC_PUBLIC, p, e);
    *is_good = false;
    if (rc < 0)
        return rc;
    if (k->alg == WC_ECDSA) {
        if (signature.len != 2 * wc_curve_len(k->curve))
            return 0;
        signature = (struct str){(const char *)der, ecdsa_der(k, signature, der)};
    }
    size_t sum_len = digest_all(&m->digests, wc_alg_digest(hash_of(k, p)), data, sum);
    EVP_PKEY_CTX *ctx = new_context(k, p, false);
    *is_good = sum_len > 0 && ctx != NULL && signature.len > 0 &&
               EVP_PKEY_verify(ctx, (const uint8_t *)signature.p, signature.len, sum, sum_len) == 1;
    EVP_PKEY_CTX_free(ctx);
    return 0;
}

int wc_sign(struct buf *out, struct wc_methods *m, const struct wc_key *k,
            const struct wc_params *p, struct str data, struct wc_err *e)
{
    uint8_t sum[DIGEST_MAX_LEN];
    size_t len;
    if (k->alg != WC_HMAC)
        return sign_pkey(out, m, k, p, data, e);
    int rc = hmac(m, k, data, sum, &len, e);
    if (rc == 0)
        buf_add(out, sum, len);
    return rc;
}

int wc_verify(bool *is_good, struct wc_methods *m, const struct wc_key *k,
              const struct wc_params *p, struct str signature, struct str data, struct wc_err *e)
{
    uint8_t sum[DIGEST_MAX_LEN];
    size_t len;
    if (k->alg != WC_HMAC)
        return verify_pkey(is_good, m, k, p, signature, data, e);
    int rc = hmac(m, k, data, sum, &len, e);
    *is_good = rc == 0 && len == signature.len && CRYPTO_memcmp(sum, signature.p, len) == 0;
    return rc;
}
