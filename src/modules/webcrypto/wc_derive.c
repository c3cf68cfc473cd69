/* wc_derive.c - PBKDF2 and ECDH; see wc_crypt.h.
 * Tests: wc_crypt_test.c */
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <string.h>

#include "base/err.h"
#include "modules/webcrypto/wc_crypt.h"

/* ---- PBKDF2: over hash states with the padded key in them already, so that each iteration costs
 * two blocks, and cut short when nobody waits for it any more ---- */

enum { LOOK_EVERY = 1024 };

struct prf {
    EVP_MD_CTX *inner, *outer; /* HMAC's two hashes, the key's block done */
    EVP_MD_CTX *work;
    size_t len;
};

static bool prf_key(EVP_MD_CTX *ctx, const EVP_MD *md, const uint8_t *key, size_t block,
                    uint8_t pad)
{
    uint8_t padded[DIGEST_MAX_BLOCK];
    for (size_t i = 0; i < block; i++)
        padded[i] = key[i] ^ pad;
    bool ok = ctx != NULL && EVP_DigestInit_ex(ctx, md, NULL) == 1 &&
              EVP_DigestUpdate(ctx, padded, block) == 1;
    OPENSSL_cleanse(padded, sizeof padded);
    return ok;
}

static bool prf_init(struct prf *f, const EVP_MD *md, struct str key)
{
    uint8_t padded[DIGEST_MAX_BLOCK] = {0};
    size_t block = (size_t)EVP_MD_get_block_size(md);
    bool ok = true;
    *f = (struct prf){EVP_MD_CTX_new(), EVP_MD_CTX_new(), EVP_MD_CTX_new(),
                      (size_t)EVP_MD_get_size(md)};
    if (key.len > block)
        ok = EVP_Digest(key.p, key.len, padded, NULL, md, NULL) == 1;
    else if (key.len > 0)
        memcpy(padded, key.p, key.len);
    ok = ok && f->work != NULL && prf_key(f->inner, md, padded, block, 0x36) &&
         prf_key(f->outer, md, padded, block, 0x5c);
    OPENSSL_cleanse(padded, sizeof padded);
    return ok;
}

static void prf_deinit(struct prf *f)
{
    EVP_MD_CTX_free(f->inner);
    EVP_MD_CTX_free(f->outer);
    EVP_MD_CTX_free(f->work);
}

/* out = HMAC(key, first second); out may be first. */
static bool prf_run(struct prf *f, uint8_t *out, struct str first, struct str second)
{
    return EVP_MD_CTX_copy_ex(f->work, f->inner) == 1 &&
           EVP_DigestUpdate(f->work, first.p, first.len) == 1 &&
           EVP_DigestUpdate(f->work, second.p, second.len) == 1 &&
           EVP_DigestFinal_ex(f->work, out, NULL) == 1 &&
           EVP_MD_CTX_copy_ex(f->work, f->outer) == 1 &&
           EVP_DigestUpdate(f->work, out, f->len) == 1 &&
           EVP_DigestFinal_ex(f->work, out, NULL) == 1;
}

/* One piece of the output, as long as the hash. */
static bool pbkdf2_piece(struct prf *f, uint8_t *sum, struct str salt, uint32_t number,
                         int64_t iterations, const int *is_canceled)
{
    uint8_t u[DIGEST_MAX_LEN];
    uint8_t index[4] = {(uint8_t)(number >> 24), (uint8_t)(number >> 16), (uint8_t)(number >> 8),
                        (uint8_t)number};
    bool ok = prf_run(f, u, salt, (struct str){(const char *)index, sizeof index});
    memcpy(sum, u, f->len);
    for (int64_t i = 1; i < iterations && ok; i++) {
        ok = prf_run(f, u, (struct str){(const char *)u, f->len}, STR(""));
        for (size_t k = 0; k < f->len; k++)
            sum[k] ^= u[k];
        if (i % LOOK_EVERY == 0 && is_canceled != NULL &&
            __atomic_load_n(is_canceled, __ATOMIC_RELAXED))
            ok = false;
    }
    OPENSSL_cleanse(u, sizeof u);
    return ok;
}

static bool pbkdf2(struct buf *out, size_t len, const EVP_MD *md, const struct wc_key *k,
                   const struct wc_params *p, const int *is_canceled)
{
    struct prf f;
    struct str salt = {p->extra.data, p->extra.len};
    uint8_t sum[DIGEST_MAX_LEN];
    bool ok = prf_init(&f, md, k->secret);
    for (uint32_t number = 1; len > 0 && ok; number++) {
        size_t n = len < f.len ? len : f.len;
        ok = pbkdf2_piece(&f, sum, salt, number, p->iterations, is_canceled) &&
             buf_add(out, sum, n) == 0;
        len -= n;
    }
    OPENSSL_cleanse(sum, sizeof sum);
    prf_deinit(&f);
    return ok;
}

static int derive_pbkdf2(struct buf *out, const struct wc_key *k, const struct wc_params *p,
                         int64_t bits, const int *is_canceled, struct wc_err *e)
{
    if (bits <= 0)
        return wc_fail(e, WC_OPERATION_ERROR, "length can not be 0");
    if (bits > WC_MAX_SECRET_BITS)
        return wc_fail(e, WC_OPERATION_ERROR, "length is too large");
    /* Each piece as long as the hash costs all iterations. */
    if (p->iterations <= 0 || p->iterations > WC_MAX_ITERATIONS ||
        p->iterations * (bits / 160 + 1) > WC_MAX_ITERATIONS)
        return wc_fail(e, WC_OPERATION_ERROR, "invalid number of iterations");
    EVP_MD *md = EVP_MD_fetch(NULL, wc_alg_library_name(p->hash), NULL);
    bool ok = md != NULL && pbkdf2(out, (size_t)bits / 8, md, k, p, is_canceled);
    EVP_MD_free(md);
    return ok ? 0 : wc_fail(e, WC_OPERATION_ERROR, "could not derive bits");
}

/* ---- ECDH ---- */

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
              const int *is_canceled, struct wc_err *e)
{
    if (k->alg != p->alg)
        return wc_fail(e, p->alg == WC_ECDH ? WC_INVALID_ACCESS : WC_OPERATION_ERROR,
                       "provided baseKey's algorithm and the given one do not match: %s != %s",
                       wc_alg_name(k->alg), wc_alg_name(p->alg));
    return p->alg == WC_ECDH ? derive_ecdh(out, k, p, bits, e)
                             : derive_pbkdf2(out, k, p, bits, is_canceled, e);
}
