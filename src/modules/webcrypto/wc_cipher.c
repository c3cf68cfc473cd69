/* wc_cipher.c - AES in its modes and RSA-OAEP; see wc_crypt.h.
 * Spec: W3C Web Cryptography API; k6's refusals where scripts can tell: CBC of nothing.
 * Tests: wc_crypt_test.c */
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <string.h>

#include "base/err.h"
#include "modules/webcrypto/wc_crypt.h"

enum { AES_BLOCK = 16, MAX_DATA = INT32_MAX - 64 };

void wc_methods_deinit(struct wc_methods *m)
{
    digest_methods_deinit(&m->digests);
    for (int mode = 0; mode < 4; mode++)
        for (int size = 0; size < 3; size++)
            EVP_CIPHER_free(m->ciphers[mode][size]);
    *m = (struct wc_methods){{{NULL}}, {{NULL}}};
}

int wc_digest(struct buf *out, struct wc_methods *m, enum wc_alg hash, struct str data,
              struct wc_err *e)
{
    uint8_t sum[DIGEST_MAX_LEN];
    size_t len = digest_all(&m->digests, wc_alg_digest(hash), data, sum);
    if (len == 0)
        return wc_fail(e, WC_NOT_SUPPORTED, "%s is not offered by the cryptographic library",
                       wc_alg_name(hash));
    buf_add(out, sum, len);
    return 0;
}

/* ---- AES ---- */

static const EVP_CIPHER *find_cipher(struct wc_methods *m, const struct wc_key *k)
{
    static const char *const names[4][3] = {
        {"AES-128-CTR", "AES-192-CTR", "AES-256-CTR"},
        {"AES-128-CBC", "AES-192-CBC", "AES-256-CBC"},
        {"AES-128-GCM", "AES-192-GCM", "AES-256-GCM"},
        {"AES-128-WRAP", "AES-192-WRAP", "AES-256-WRAP"},
    };
    int mode = (int)k->alg - WC_AES_CTR, size = (int)(k->secret.len - 16) / 8;
    if (m->ciphers[mode][size] == NULL)
        m->ciphers[mode][size] = EVP_CIPHER_fetch(NULL, names[mode][size], NULL);
    return m->ciphers[mode][size];
}

/* One use of a cipher. */
struct aes_run {
    EVP_CIPHER_CTX *ctx;
    struct buf *out;
    bool is_encrypt;
};

/* Ready for data; iv_len 0: the cipher's own. False: the library refuses. */
static bool aes_begin(struct aes_run *r, const EVP_CIPHER *cipher, const struct wc_key *k,
                      const char *iv, size_t iv_len)
{
    const uint8_t *key = (const uint8_t *)k->secret.p;
    EVP_CIPHER_CTX_set_flags(r->ctx, EVP_CIPHER_CTX_FLAG_WRAP_ALLOW);
    if (EVP_CipherInit_ex(r->ctx, cipher, NULL, NULL, NULL, r->is_encrypt) != 1)
        return false;
    if (iv_len > 0 && EVP_CIPHER_CTX_ctrl(r->ctx, EVP_CTRL_AEAD_SET_IVLEN, (int)iv_len, NULL) != 1)
        return false;
    return EVP_CipherInit_ex(r->ctx, NULL, NULL, key, (const uint8_t *)iv, r->is_encrypt) == 1;
}

/* Appends what comes of data; the room was reserved. */
static bool aes_add(struct aes_run *r, struct str data)
{
    int len = 0;
    if (EVP_CipherUpdate(r->ctx, (uint8_t *)r->out->data + r->out->len, &len,
                         (const uint8_t *)data.p, (int)data.len) != 1)
        return false;
    r->out->len += (size_t)len;
    return true;
}

static bool aes_end(struct aes_run *r)
{
    int len = 0;
    if (EVP_CipherFinal_ex(r->ctx, (uint8_t *)r->out->data + r->out->len, &len) != 1)
        return false;
    r->out->len += (size_t)len;
    return true;
}

static int run_cbc(struct aes_run *r, const EVP_CIPHER *cipher, const struct wc_key *k,
                   const struct wc_params *p, struct str data, struct wc_err *e)
{
    if (p->iv.len != AES_BLOCK)
        return wc_fail(e, WC_OPERATION_ERROR,
                       r->is_encrypt ? "iv length is not 16 bytes"
                                     : "iv length is invalid, should be 16 bytes");
    if (r->is_encrypt && data.len == 0)
        return wc_fail(e, WC_OPERATION_ERROR, "could not pad plaintext");
    if (!r->is_encrypt && (data.len == 0 || data.len % AES_BLOCK != 0))
        return wc_fail(e, WC_OPERATION_ERROR,
                       "the ciphertext's length is not a multiple of the block size");
    if (!aes_begin(r, cipher, k, p->iv.data, 0) || !aes_add(r, data) || !aes_end(r))
        return wc_fail(e, WC_OPERATION_ERROR,
                       r->is_encrypt ? "could not encrypt" : "invalid padding");
    return 0;
}

/* The counter is the last bits of the block; when they are all ones, the next block begins anew at
 * zero while the rest of the block stays. The library counts over the whole block, so the data is
 * cut where the counter comes round. */
static int run_ctr(struct aes_run *r, const EVP_CIPHER *cipher, const struct wc_key *k,
                   const struct wc_params *p, struct str data, struct wc_err *e)
{
    unsigned __int128 counter = 0;
    int bits = (int)p->length_bits;
    uint64_t blocks = (data.len + AES_BLOCK - 1) / AES_BLOCK;
    struct str first = data, second = {data.p, 0};
    if (p->iv.len != AES_BLOCK)
        return wc_fail(e, WC_OPERATION_ERROR,
                       r->is_encrypt ? "counter length is not 16 bytes"
                                     : "counter length is invalid, should be 16 bytes");
    if (p->length_bits <= 0 || p->length_bits > 128)
        return wc_fail(e, WC_OPERATION_ERROR,
                       "invalid counter length, out of the 0 < x < 128 bounds");
    if (bits < 64 && blocks > (uint64_t)1 << bits)
        return wc_fail(e, WC_OPERATION_ERROR, "the data is too long for the counter");
    for (int i = 0; i < AES_BLOCK; i++)
        counter = counter << 8 | (uint8_t)p->iv.data[i];
    unsigned __int128 mask =
        bits == 128 ? ~(unsigned __int128)0 : ((unsigned __int128)1 << bits) - 1;
    unsigned __int128 left = mask - (counter & mask);
    if (blocks > 0 && left < blocks - 1) {
        first.len = ((size_t)left + 1) * AES_BLOCK;
        second = (struct str){data.p + first.len, data.len - first.len};
    }
    uint8_t again[AES_BLOCK];
    counter &= ~mask;
    for (int i = AES_BLOCK; i-- > 0; counter >>= 8)
        again[i] = (uint8_t)counter;
    bool ok = aes_begin(r, cipher, k, p->iv.data, 0) && aes_add(r, first);
    if (ok && second.len > 0)
        ok = aes_begin(r, cipher, k, (const char *)again, 0) && aes_add(r, second);
    return ok && aes_end(r) ? 0 : wc_fail(e, WC_OPERATION_ERROR, "could not run the cipher");
}

static bool is_tag_len(int64_t bits)
{
    return bits == 32 || bits == 64 || (bits >= 96 && bits <= 128 && bits % 8 == 0);
}

static int run_gcm(struct aes_run *r, const EVP_CIPHER *cipher, const struct wc_key *k,
                   const struct wc_params *p, struct str data, struct wc_err *e)
{
    int64_t tag_bits = p->tag_bits == 0 ? 128 : p->tag_bits;
    int tag_len = (int)tag_bits / 8, len = 0;
    uint8_t tag[16];
    if (!is_tag_len(tag_bits))
        return wc_fail(e, WC_OPERATION_ERROR,
                       "invalid tag length, %s 96, 104, 112, 120, 128",
                       r->is_encrypt ? "should be one of" : "accepted values are");
    if (p->iv.len == 0) /* k6 takes no other length at all */
        return wc_fail(e, WC_NOT_SUPPORTED, "only 12 bytes long iv are supported");
    if (p->extra.len > MAX_DATA)
        return wc_fail(e, WC_OPERATION_ERROR, "invalid additional data");
    if (!r->is_encrypt) {
        if (data.len < (size_t)tag_len)
            return wc_fail(e, WC_OPERATION_ERROR, "ciphertext is too short");
        data.len -= (size_t)tag_len;
        memcpy(tag, data.p + data.len, (size_t)tag_len);
    }
    bool ok =
        aes_begin(r, cipher, k, p->iv.data, p->iv.len) &&
        (p->extra.len == 0 || EVP_CipherUpdate(r->ctx, NULL, &len, (const uint8_t *)p->extra.data,
                                               (int)p->extra.len) == 1) &&
        aes_add(r, data);
    if (ok && !r->is_encrypt)
        ok = EVP_CIPHER_CTX_ctrl(r->ctx, EVP_CTRL_AEAD_SET_TAG, tag_len, tag) == 1;
    ok = ok && aes_end(r);
    if (ok && r->is_encrypt) {
        ok = EVP_CIPHER_CTX_ctrl(r->ctx, EVP_CTRL_AEAD_GET_TAG, tag_len, tag) == 1;
        buf_add(r->out, tag, (size_t)tag_len);
    }
    if (!ok)
        return wc_fail(e, WC_OPERATION_ERROR,
                       r->is_encrypt ? "could not encrypt" : "could not decrypt ciphertext");
    return 0;
}

static int run_kw(struct aes_run *r, const EVP_CIPHER *cipher, const struct wc_key *k,
                  const struct wc_params *p, struct str data, struct wc_err *e)
{
    if (data.len % 8 != 0 || data.len < (r->is_encrypt ? 16 : 24))
        return wc_fail(e, WC_OPERATION_ERROR, "AES-KW takes data in pieces of 8 bytes, at least 2");
    if (!aes_begin(r, cipher, k, NULL, 0) || !aes_add(r, data) || !aes_end(r))
        return wc_fail(e, WC_OPERATION_ERROR, "the wrapped key is not intact");
    return 0;
}

static int run_aes(struct aes_run *r, struct wc_methods *m, const struct wc_key *k,
                   const struct wc_params *p, struct str data, struct wc_err *e)
{
    const EVP_CIPHER *cipher = find_cipher(m, k);
    if (cipher == NULL)
        return wc_fail(e, WC_NOT_SUPPORTED, "%s is not offered by the cryptographic library",
                       wc_alg_name(k->alg));
    if (data.len > MAX_DATA || buf_reserve(r->out, data.len + 2 * AES_BLOCK) < 0)
        return wc_fail(e, WC_OPERATION_ERROR, "the data is too long");
    if (k->alg == WC_AES_CBC)
        return run_cbc(r, cipher, k, p, data, e);
    if (k->alg == WC_AES_CTR)
        return run_ctr(r, cipher, k, p, data, e);
    if (k->alg == WC_AES_GCM)
        return run_gcm(r, cipher, k, p, data, e);
    return run_kw(r, cipher, k, p, data, e);
}

/* ---- RSA-OAEP ---- */

static bool set_oaep(EVP_PKEY_CTX *ctx, const struct wc_key *k, const struct wc_params *p)
{
    const char *hash = wc_alg_library_name(k->hash);
    if (EVP_PKEY_CTX_set_rsa_padding(ctx, RSA_PKCS1_OAEP_PADDING) != 1 ||
        EVP_PKEY_CTX_set_rsa_oaep_md_name(ctx, hash, NULL) != 1 ||
        EVP_PKEY_CTX_set_rsa_mgf1_md_name(ctx, hash, NULL) != 1)
        return false;
    if (p->extra.len == 0)
        return true;
    void *label = OPENSSL_memdup(p->extra.data, p->extra.len);
    if (label == NULL || p->extra.len > MAX_DATA ||
        EVP_PKEY_CTX_set0_rsa_oaep_label(ctx, label, (int)p->extra.len) != 1) {
        OPENSSL_free(label);
        return false;
    }
    return true;
}

typedef int (*pkey_fn)(EVP_PKEY_CTX *ctx, uint8_t *out, size_t *out_len, const uint8_t *in,
                       size_t in_len);

static int run_oaep(struct buf *out, const struct wc_key *k, const struct wc_params *p,
                    struct str data, bool is_encrypt, struct wc_err *e)
{
    pkey_fn fn = is_encrypt ? EVP_PKEY_encrypt : EVP_PKEY_decrypt;
    size_t len = (size_t)EVP_PKEY_get_size(k->pkey);
    if (k->type != (is_encrypt ? WC_PUBLIC : WC_PRIVATE))
        return wc_fail(e, WC_INVALID_ACCESS, "the key is not a %s RSA key",
                       is_encrypt ? "public" : "private");
    EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_pkey(NULL, k->pkey, NULL);
    bool ok =
        ctx != NULL && buf_reserve(out, len) == 0 &&
        (is_encrypt ? EVP_PKEY_encrypt_init(ctx) : EVP_PKEY_decrypt_init(ctx)) == 1 &&
        set_oaep(ctx, k, p) &&
        fn(ctx, (uint8_t *)out->data + out->len, &len, (const uint8_t *)data.p, data.len) == 1;
    EVP_PKEY_CTX_free(ctx);
    if (!ok)
        return wc_fail(e, WC_OPERATION_ERROR, "could not %s data: crypto/rsa: %s",
                       is_encrypt ? "encrypt" : "decrypt",
                       is_encrypt ? "message too long for RSA key size" : "decryption error");
    out->len += len;
    return 0;
}

static int crypt(struct buf *out, struct wc_methods *m, const struct wc_key *k,
                 const struct wc_params *p, struct str data, bool is_encrypt, struct wc_err *e)
{
    size_t had = out->len;
    int rc;
    if (k->alg == WC_RSA_OAEP) {
        rc = run_oaep(out, k, p, data, is_encrypt, e);
    } else {
        struct aes_run r = {EVP_CIPHER_CTX_new(), out, is_encrypt};
        CHECK(r.ctx != NULL);
        rc = run_aes(&r, m, k, p, data, e);
        EVP_CIPHER_CTX_free(r.ctx);
    }
    if (rc == 0)
        out->data[out->len] = '\0';
    else /* what was decrypted before the tag turned out wrong is nobody's */
        buf_truncate(out, had);
    return rc;
}

int wc_encrypt(struct buf *out, struct wc_methods *m, const struct wc_key *k,
               const struct wc_params *p, struct str data, struct wc_err *e)
{
    return crypt(out, m, k, p, data, true, e);
}

int wc_decrypt(struct buf *out, struct wc_methods *m, const struct wc_key *k,
               const struct wc_params *p, struct str data, struct wc_err *e)
{
    return crypt(out, m, k, p, data, false, e);
}
