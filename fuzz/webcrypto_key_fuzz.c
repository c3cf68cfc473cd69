/* webcrypto_key_fuzz.c - fuzz driver of wc_import.h: keys as DER, points and JWK. The first byte
 * picks algorithm and format. What is accepted can be written in its own format and read again.
 * Corpus: fuzz/corpus/webcrypto_key. Replayed by wc_import_test.c */
#include <stdint.h>
#include <string.h>

#include <openssl/err.h>

#include "modules/webcrypto/wc_import.h"
#include "base/err.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct wc_key *fuzz_import(struct wc_params *p, enum wc_format format, struct str data)
{
    struct wc_usages usages = {.count = 0};
    struct wc_key *k = NULL;
    struct wc_err e = {.name = NULL};
    wc_usages_add(&usages, p->alg == WC_HMAC || wc_alg_is_rsa(p->alg) ? WC_USE_SIGN
                           : wc_alg_is_aes(p->alg)                    ? WC_USE_ENCRYPT
                                                                      : WC_USE_DERIVE_BITS);
    if (wc_import(&k, p, format, data, p->alg != WC_PBKDF2, &usages, &e) < 0) {
        CHECK(k == NULL && e.message[0] != '\0');
        return NULL;
    }
    CHECK((k->pkey == NULL) == (k->type == WC_SECRET));
    return k;
}

/* Writes the key and reads it back: the same kind of key. */
static void check_round_trip(struct wc_params *p, const struct wc_key *k, enum wc_format format)
{
    struct buf out;
    struct wc_err e;
    buf_init(&out, BUF_NO_LIMIT);
    p->curve = k->curve; /* a point alone does not say */
    if (wc_export(&out, k, format, &e) == 0) {
        struct wc_key *again = fuzz_import(p, format, (struct str){out.data, out.len});
        CHECK(again != NULL && again->type == k->type && again->curve == k->curve);
        CHECK(again->length_bits == k->length_bits);
        wc_key_unref(again);
    }
    buf_deinit(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const enum wc_alg algs[] = {WC_RSA_PSS, WC_ECDSA,    WC_ECDH,   WC_HMAC,
                                       WC_AES_GCM, WC_RSA_OAEP, WC_PBKDF2, WC_AES_KW};
    struct wc_params p;
    if (size == 0)
        return 0;
    wc_params_init(&p);
    p.alg = algs[data[0] & 7];
    p.hash = WC_SHA256;
    p.curve = (enum wc_curve)(data[0] >> 5 & 3);
    enum wc_format format = (enum wc_format)(data[0] >> 3 & 3);
    struct wc_key *k = fuzz_import(&p, format, (struct str){(const char *)data + 1, size - 1});
    for (int f = 0; k != NULL && f < WC_FORMATS; f++)
        check_round_trip(&p, k, (enum wc_format)f);
    wc_key_unref(k);
    wc_params_deinit(&p);
    ERR_clear_error();
    return 0;
}
