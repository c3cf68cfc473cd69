/* wc_key.c - see wc_key.h. */
#include "modules/webcrypto/wc_key.h"

#include <openssl/crypto.h>

#include "base/mem.h"

struct wc_key *wc_key_new(enum wc_alg alg, enum wc_key_type type)
{
    struct wc_key *k = MEM_NEW(struct wc_key);
    k->refs = 1;
    k->alg = alg;
    k->type = type;
    k->hash = WC_ALGS;
    k->curve = WC_CURVES;
    return k;
}

void wc_key_set_secret(struct wc_key *k, struct str secret)
{
    k->secret = (struct str){mem_dup(secret.p != NULL ? secret.p : "", secret.len), secret.len};
    k->length_bits = (int64_t)secret.len * 8;
}

struct wc_key *wc_key_ref(struct wc_key *k)
{
    __atomic_add_fetch(&k->refs, 1, __ATOMIC_RELAXED);
    return k;
}

void wc_key_unref(struct wc_key *k)
{
    if (k == NULL || __atomic_sub_fetch(&k->refs, 1, __ATOMIC_ACQ_REL) > 0)
        return;
    OPENSSL_cleanse((char *)(uintptr_t)k->secret.p, k->secret.len);
    mem_free((char *)(uintptr_t)k->secret.p);
    EVP_PKEY_free(k->pkey);
    mem_free(k);
}
