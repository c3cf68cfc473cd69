/* digest.c - see digest.h. HMAC is done here over the plain hash (RFC 2104), one way for all of
 * them: the library's own costs several look-ups and allocations a call. Tests: digest_test.c,
 * against published vectors. */
#include "modules/crypto/digest.h"

#include <string.h>

#include <openssl/crypto.h>

#include "base/err.h"
#include "base/mem.h"
#include "modules/crypto/md4.h"
#include "modules/crypto/ripemd160.h"

static const struct kind_facts {
    const char *name;    /* as scripts write it */
    const char *library; /* NULL: ours */
    uint8_t len;
    uint8_t block;
} facts[DIGEST_KINDS] = {
    [DIGEST_MD4] = {"md4", NULL, MD4_LEN, 64},
    [DIGEST_MD5] = {"md5", "MD5", 16, 64},
    [DIGEST_SHA1] = {"sha1", "SHA1", 20, 64},
    [DIGEST_SHA256] = {"sha256", "SHA256", 32, 64},
    [DIGEST_SHA384] = {"sha384", "SHA384", 48, 128},
    [DIGEST_SHA512] = {"sha512", "SHA512", 64, 128},
    [DIGEST_SHA512_224] = {"sha512_224", "SHA512-224", 28, 128},
    [DIGEST_SHA512_256] = {"sha512_256", "SHA512-256", 32, 128},
    [DIGEST_RIPEMD160] = {"ripemd160", NULL, RIPEMD160_LEN, 64},
};

struct digest {
    enum digest_kind kind;
    bool is_hmac;
    uint8_t outer_key[DIGEST_MAX_BLOCK]; /* HMAC: the padded key for the outer hash */
    EVP_MD_CTX *evp;                     /* NULL: one of ours */
    EVP_MD_CTX *spare;                   /* digest_sum works on a copy */
    const EVP_MD *md;
    union {
        struct md4 md4;
        struct ripemd160 ripemd160;
    } own;
};

enum digest_kind digest_kind_of(struct str name)
{
    int kind = 0;
    while (kind < DIGEST_KINDS && !str_eqs(name, facts[kind].name))
        kind++;
    return (enum digest_kind)kind;
}

size_t digest_len(enum digest_kind kind)
{
    return facts[kind].len;
}

size_t digest_block(enum digest_kind kind)
{
    return facts[kind].block;
}

void digest_methods_deinit(struct digest_methods *m)
{
    for (int i = 0; i < DIGEST_KINDS; i++)
        EVP_MD_free(m->md[i]);
    *m = (struct digest_methods){0};
}

const EVP_MD *digest_method(struct digest_methods *m, enum digest_kind kind)
{
    if (m->md[kind] == NULL && facts[kind].library != NULL)
        m->md[kind] = EVP_MD_fetch(NULL, facts[kind].library, NULL);
    return m->md[kind];
}

/* ---- one hash ---- */

static void hash_begin(struct digest *d)
{
    if (d->evp != NULL)
        CHECK(EVP_DigestInit_ex(d->evp, d->md, NULL) == 1);
    else if (d->kind == DIGEST_MD4)
        md4_init(&d->own.md4);
    else
        ripemd160_init(&d->own.ripemd160);
}

static void hash_add(struct digest *d, const void *data, size_t len)
{
    if (d->evp != NULL)
        CHECK(EVP_DigestUpdate(d->evp, data, len) == 1);
    else if (d->kind == DIGEST_MD4)
        md4_update(&d->own.md4, data, len);
    else
        ripemd160_update(&d->own.ripemd160, data, len);
}

/* Uses the state up. */
static void hash_end(struct digest *d, uint8_t *out)
{
    if (d->evp != NULL)
        CHECK(EVP_DigestFinal_ex(d->evp, out, NULL) == 1);
    else if (d->kind == DIGEST_MD4)
        md4_final(&d->own.md4, out);
    else
        ripemd160_final(&d->own.ripemd160, out);
}

struct digest *digest_new(struct digest_methods *m, enum digest_kind kind)
{
    const EVP_MD *md = digest_method(m, kind);
    if (md == NULL && facts[kind].library != NULL)
        return NULL;
    struct digest *d = MEM_NEW(struct digest);
    d->kind = kind;
    if (md != NULL) {
        d->md = md;
        d->evp = EVP_MD_CTX_new();
        CHECK(d->evp != NULL);
    }
    hash_begin(d);
    return d;
}

struct digest *digest_new_hmac(struct digest_methods *m, enum digest_kind kind, struct str key)
{
    struct digest *d = digest_new(m, kind);
    uint8_t padded[DIGEST_MAX_BLOCK] = {0};
    size_t block = facts[kind].block;
    if (d == NULL)
        return NULL;
    if (key.len > block) {
        hash_add(d, key.p, key.len);
        hash_end(d, padded);
        hash_begin(d);
    } else if (key.len > 0) {
        memcpy(padded, key.p, key.len);
    }
    for (size_t i = 0; i < block; i++) {
        d->outer_key[i] = padded[i] ^ 0x5c;
        padded[i] ^= 0x36;
    }
    hash_add(d, padded, block);
    OPENSSL_cleanse(padded, sizeof padded);
    d->is_hmac = true;
    return d;
}

void digest_free(struct digest *d)
{
    if (d == NULL)
        return;
    EVP_MD_CTX_free(d->evp);
    EVP_MD_CTX_free(d->spare);
    OPENSSL_cleanse(d->outer_key, sizeof d->outer_key);
    mem_free(d);
}

void digest_update(struct digest *d, struct str data)
{
    if (data.len > 0)
        hash_add(d, data.p, data.len);
}

/* The inner hash's end and, for HMAC, the outer one; uses the state up. */
static size_t finish(struct digest *d, uint8_t out[DIGEST_MAX_LEN])
{
    hash_end(d, out);
    if (d->is_hmac) {
        hash_begin(d);
        hash_add(d, d->outer_key, facts[d->kind].block);
        hash_add(d, out, facts[d->kind].len);
        hash_end(d, out);
    }
    return facts[d->kind].len;
}

size_t digest_sum(struct digest *d, uint8_t out[DIGEST_MAX_LEN])
{
    if (d->evp == NULL) {
        struct digest copy = *d;
        return finish(&copy, out);
    }
    if (d->spare == NULL) {
        d->spare = EVP_MD_CTX_new();
        CHECK(d->spare != NULL);
    }
    CHECK(EVP_MD_CTX_copy_ex(d->spare, d->evp) == 1);
    EVP_MD_CTX *state = d->evp;
    d->evp = d->spare;
    size_t len = finish(d, out);
    d->spare = d->evp;
    d->evp = state;
    return len;
}

size_t digest_all(struct digest_methods *m, enum digest_kind kind, struct str data,
                  uint8_t out[DIGEST_MAX_LEN])
{
    struct digest *d = digest_new(m, kind);
    size_t len = 0;
    if (d != NULL) {
        digest_update(d, data);
        len = finish(d, out);
    }
    digest_free(d);
    return len;
}

size_t digest_hmac(struct digest_methods *m, enum digest_kind kind, struct str key, struct str data,
                   uint8_t out[DIGEST_MAX_LEN])
{
    struct digest *d = digest_new_hmac(m, kind, key);
    size_t len = 0;
    if (d != NULL) {
        digest_update(d, data);
        len = finish(d, out);
    }
    digest_free(d);
    return len;
}
