/* wc_derive.c - PBKDF2 and ECDH; see wc_crypt.h.
 * Tests: wc_crypt_test.c */
#include <openssl/crypto.h>
#include <openssl/evp.h>

#include "base/err.h"
#include "modules/webcrypto/wc_crypt.h"

static int derive_pbkdf2(struct buf *out, const struct wc_key *k, const struct wc_params *p,
                         int64_t bits, struct wc_err *e)
{
    const EVP_MD *md = EVP_get_digestbyname(wc_alg_library_name(p->hash));
    size_t len = (size_t)bits / 8;
    if (bits <= 0)
        return wc_fail(e, WC_OPERATION_ERROR, "length can not be 0");
    if (bits > WC_MAX_SECRET_BITS || buf_reserve(out, len) < 0)
        return wc_fail(e, WC_OPERATION_ERROR, "length is too large");
    /* Each piece as long as the hash costs all iterations. */
    if (p->iterations <= 0 || p->iterations > WC_MAX_ITERATIONS ||
        p->iterations * (int64_t)(len / 20 + 1) > WC_MAX_ITERATIONS)
        return wc_fail(e, WC_OPERATION_ERROR, "invalid number of iterations");
    if (k->secret.len > INT32_MAX || p->extra.len > INT32_MAX || md == NULL ||
        PKCS5_PBKDF2_HMAC(k->secret.p, (int)k->secret.len, (const uint8_t *)p->extra.data,
                          (int)p->extra.len, (int)p->iterations, md, (int)len,
                          (uint8_t *)out->data + out->len) != 1)
        return wc_fail(e, WC_OPERATION_ERROR, "could not derive bits");
    out->len += len;
    out->data[out->len] = '\0';
    return 0;
}

static int derive_ecdh(struct buf *out, const struct wc_key *k, const struct wc_params *p,
                       int64_t bits, struct wc_err *e)
{
    uint8_t secret[66];
    size_t len = sizeof secret;
    if (k->type != WC_PRIVATE)
        return wc_fail(e, WC_INVALID_ACCESS, "provided baseKey is not a private key");
    if (k->curve != p->other->curve)
        return wc_fail(e, WC_INVALID_ACCESS, "keys have different curves %s and %s",
                       wc_curve_name(k->curve), wc_curve_name(p->other->curve));
    EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_pkey(NULL, k->pkey, NULL);
    bool ok = ctx != NULL && EVP_PKEY_derive_init(ctx) == 1 &&
              EVP_PKEY_derive_set_peer(ctx, p->other->pkey) == 1 &&
              EVP_PKEY_derive(ctx, secret, &len) == 1;
    EVP_PKEY_CTX_free(ctx);
    if (!ok)
        return wc_fail(e, WC_OPERATION_ERROR, "could not derive bits");
    size_t want = bits < 0 ? len : (size_t)bits / 8;
    if (want > len) {
        OPENSSL_cleanse(secret, sizeof secret);
        return wc_fail(e, WC_OPERATION_ERROR, "length is too large");
    }
    buf_add(out, secret, want);
    OPENSSL_cleanse(secret, sizeof secret);
    return 0;
}

int wc_derive(struct buf *out, const struct wc_key *k, const struct wc_params *p, int64_t bits,
              struct wc_err *e)
{
    if (k->alg != p->alg)
        return wc_fail(e, p->alg == WC_ECDH ? WC_INVALID_ACCESS : WC_OPERATION_ERROR,
                       "provided baseKey's algorithm and the given one do not match: %s != %s",
                       wc_alg_name(k->alg), wc_alg_name(p->alg));
    return p->alg == WC_ECDH ? derive_ecdh(out, k, p, bits, e) : derive_pbkdf2(out, k, p, bits, e);
}
