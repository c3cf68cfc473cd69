/* wc_generate.c - see wc_generate.h. The order of the checks is k6's.
 * Spec: W3C Web Cryptography API. Tests: wc_crypt_test.c */
#include "modules/webcrypto/wc_generate.h"

#include <openssl/bn.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>

#include "base/err.h"
#include "base/mem.h"
#include "modules/webcrypto/wc_int.h"

#define USE(u) (1u << WC_USE_##u)

static const char no_usages[] = "usages cannot not be empty for a secret or private CryptoKey";

/* For AES and EC keys k6 does not say which usage it is. */
static int check_usages(const struct wc_usages *usages, unsigned allowed, struct wc_err *e)
{
    return wc_usages_within(usages, allowed)
               ? 0
               : wc_fail(e, WC_SYNTAX_ERROR, "invalid key usage");
}

/* ---- secrets ---- */

static int generate_secret(struct wc_key **out, const struct wc_params *p, int64_t bits,
                           const struct wc_usages *usages, struct wc_err *e)
{
    size_t len = (size_t)bits / 8;
    uint8_t *data = mem_try_alloc(len > 0 ? len : 1);
    if (data == NULL || RAND_bytes(data, (int)len) != 1) {
        mem_free(data);
        return wc_fail(e, WC_OPERATION_ERROR, "could not generate random key");
    }
    struct wc_key *k = wc_key_new(p->alg, WC_SECRET);
    wc_key_set_secret(k, (struct str){(const char *)data, len});
    k->length_bits = bits;
    k->hash = p->hash;
    OPENSSL_cleanse(data, len);
    mem_free(data);
    if (usages->count == 0) {
        wc_key_unref(k);
        return wc_fail(e, WC_SYNTAX_ERROR, no_usages);
    }
    *out = k;
    return 0;
}

static int generate_aes(struct wc_key **out, const struct wc_params *p,
                        const struct wc_usages *usages, struct wc_err *e)
{
    unsigned allowed = USE(WRAP) | USE(UNWRAP);
    if (p->alg != WC_AES_KW)
        allowed |= USE(ENCRYPT) | USE(DECRYPT);
    int rc = check_usages(usages, allowed, e);
    if (rc < 0)
        return rc;
    if (p->length_bits != 128 && p->length_bits != 192 && p->length_bits != 256)
        return wc_fail(e, WC_OPERATION_ERROR, "invalid key length");
    return generate_secret(out, p, p->length_bits, usages, e);
}

static int generate_hmac(struct wc_key **out, const struct wc_params *p,
                         const struct wc_usages *usages, struct wc_err *e)
{
    int64_t bits = (int64_t)digest_block(wc_alg_digest(p->hash)) * 8;
    int rc = wc_usages_check(usages, USE(SIGN) | USE(VERIFY), e);
    if (rc < 0)
        return rc;
    if (p->has_length)
        bits = p->length_bits;
    if (bits == 0)
        return wc_fail(e, WC_OPERATION_ERROR, "algorithm's length cannot be 0");
    if (bits < 0 || bits > WC_MAX_SECRET_BITS)
        return wc_fail(e, WC_OPERATION_ERROR, "invalid key length");
    return generate_secret(out, p, bits, usages, e);
}

/* ---- pairs ---- */

/* Two keys over one object of the library, which goes to them. */
static void make_pair(struct wc_key *out[2], const struct wc_params *p, EVP_PKEY *takes,
                      const struct wc_usages *usages, unsigned private_uses, unsigned public_uses)
{
    EVP_PKEY_up_ref(takes);
    for (int i = 0; i < 2; i++) {
        out[i] = wc_key_new(p->alg, i == 0 ? WC_PRIVATE : WC_PUBLIC);
        out[i]->pkey = takes;
        out[i]->usages = wc_usages_only(usages, i == 0 ? private_uses : public_uses);
        out[i]->hash = p->hash;
        out[i]->curve = p->curve;
        out[i]->length_bits = p->length_bits;
    }
}

static int generate_ec(struct wc_key *out[2], const struct wc_params *p,
                       const struct wc_usages *usages, struct wc_err *e)
{
    bool is_dh = p->alg == WC_ECDH;
    unsigned private_uses = is_dh ? USE(DERIVE_KEY) | USE(DERIVE_BITS) : USE(SIGN);
    unsigned public_uses = is_dh ? 0 : USE(VERIFY);
    if (p->curve == WC_CURVES)
        return wc_fail(e, WC_NOT_SUPPORTED, "elliptic curve %s is not supported", p->curve_name);
    if (usages->count == 0 && !usages->has_unknown)
        return wc_fail(e, WC_SYNTAX_ERROR, "key usages cannot be empty");
    int rc = check_usages(usages, private_uses | public_uses, e);
    if (rc < 0)
        return rc;
    EVP_PKEY *pkey = EVP_EC_gen(wc_curve_group(p->curve));
    if (pkey == NULL)
        return wc_fail(e, WC_OPERATION_ERROR, "unable to generate a %s key pair",
                       wc_alg_name(p->alg));
    make_pair(out, p, pkey, usages, private_uses, public_uses);
    return 0;
}

/* The library asks between attempts at a prime. */
static int goes_on(EVP_PKEY_CTX *ctx)
{
    const int *is_canceled = EVP_PKEY_CTX_get_app_data(ctx);
    return !__atomic_load_n(is_canceled, __ATOMIC_RELAXED);
}

static EVP_PKEY *new_rsa(int bits, BIGNUM *exponent, const int *is_canceled)
{
    EVP_PKEY *pkey = NULL;
    EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_name(NULL, "RSA", NULL);
    if (ctx != NULL && is_canceled != NULL) {
        EVP_PKEY_CTX_set_app_data(ctx, (void *)(uintptr_t)is_canceled);
        EVP_PKEY_CTX_set_cb(ctx, goes_on);
    }
    if (ctx == NULL || EVP_PKEY_keygen_init(ctx) != 1 ||
        EVP_PKEY_CTX_set_rsa_keygen_bits(ctx, bits) != 1 ||
        EVP_PKEY_CTX_set1_rsa_keygen_pubexp(ctx, exponent) != 1 ||
        EVP_PKEY_generate(ctx, &pkey) != 1)
        pkey = NULL;
    EVP_PKEY_CTX_free(ctx);
    return pkey;
}

static int generate_rsa(struct wc_key *out[2], const struct wc_params *p,
                        const struct wc_usages *usages, const int *is_canceled, struct wc_err *e)
{
    bool is_oaep = p->alg == WC_RSA_OAEP;
    /* k6 leaves wrapKey and unwrapKey out of both keys; the standard puts them where they belong.
     */
    unsigned private_uses = is_oaep ? USE(DECRYPT) | USE(UNWRAP) : USE(SIGN);
    unsigned public_uses = is_oaep ? USE(ENCRYPT) | USE(WRAP) : USE(VERIFY);
    int rc = 0;
    EVP_PKEY *pkey = NULL;
    BIGNUM *exponent = NULL;
    if (p->extra.len < 1024)
        exponent = BN_bin2bn((const uint8_t *)p->extra.data, (int)p->extra.len, NULL);
    if (exponent == NULL || !BN_is_odd(exponent) || BN_is_one(exponent) ||
        BN_num_bits(exponent) > 31) {
        rc = wc_fail(e, WC_OPERATION_ERROR, "invalid public exponent");
    } else if (usages->count == 0 && !usages->has_unknown) {
        rc = wc_fail(e, WC_SYNTAX_ERROR, "key usages cannot be empty");
    } else if (!wc_usages_within(usages, private_uses | public_uses)) {
        rc = wc_usages_check(usages, private_uses | public_uses, e);
    } else if (p->length_bits < WC_MIN_MODULUS_BITS || p->length_bits > WC_MAX_MODULUS_BITS) {
        rc = wc_fail(e, WC_OPERATION_ERROR,
                     "could not generate RSA key pair: the modulus must have %d to %d bits",
                     WC_MIN_MODULUS_BITS, WC_MAX_MODULUS_BITS);
    } else if ((pkey = new_rsa((int)p->length_bits, exponent, is_canceled)) == NULL) {
        rc = wc_fail(e, WC_OPERATION_ERROR, "could not generate RSA key pair");
    } else {
        make_pair(out, p, pkey, usages, private_uses, public_uses);
    }
    BN_free(exponent);
    return rc;
}

int wc_generate(struct wc_key *out[2], const struct wc_params *p, bool is_extractable,
                const struct wc_usages *usages, const int *is_canceled, struct wc_err *e)
{
    int rc;
    out[0] = out[1] = NULL;
    if (wc_alg_is_aes(p->alg))
        rc = generate_aes(&out[0], p, usages, e);
    else if (p->alg == WC_HMAC)
        rc = generate_hmac(&out[0], p, usages, e);
    else if (wc_alg_is_ec(p->alg))
        rc = generate_ec(out, p, usages, e);
    else
        rc = generate_rsa(out, p, usages, is_canceled, e);
    if (rc < 0)
        return rc;
    out[0]->is_extractable = is_extractable;
    if (out[1] == NULL)
        out[0]->usages = *usages;
    else
        out[1]->is_extractable = true;
    return 0;
}
