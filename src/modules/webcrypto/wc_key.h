/* wc_key.h - a key of WebCrypto: what it is for, and its secret bytes or the TLS library's key
 * object. Made by wc_import.h and wc_generate.h, then never changed, so that a helper thread may
 * use one while scripts hold it. Counted; no engine. */
#ifndef C6_WC_KEY_H
#define C6_WC_KEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <openssl/evp.h>

#include "base/str.h"
#include "modules/webcrypto/wc_alg.h"

struct wc_key {
    int refs; /* private; atomic */
    enum wc_alg alg;
    enum wc_key_type type;
    bool is_extractable;
    struct wc_usages usages;
    enum wc_alg hash;    /* HMAC, RSA */
    enum wc_curve curve; /* EC */
    int64_t length_bits; /* AES, HMAC; RSA: of the modulus */
    struct str secret;   /* AES, HMAC, PBKDF2; owned */
    EVP_PKEY *pkey;      /* RSA, EC; owned */
};

struct wc_key *wc_key_new(enum wc_alg alg, enum wc_key_type type);
void wc_key_set_secret(struct wc_key *k, struct str secret); /* copies; sets length_bits */
struct wc_key *wc_key_ref(struct wc_key *k);
void wc_key_unref(struct wc_key *k); /* NULL is fine; wipes the secret with the last reference */

#endif
