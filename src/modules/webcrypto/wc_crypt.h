/* wc_crypt.h - encrypting, signing and deriving with WebCrypto keys. No engine; any thread, but the
 * method tables belong to one. Whether the key's usages allow it has been asked before. Every
 * function gives 0, or ERR_INVALID and e; results are appended to out. */
#ifndef C6_WC_CRYPT_H
#define C6_WC_CRYPT_H

#include "base/buf.h"
#include "modules/webcrypto/wc_key.h"
#include "modules/webcrypto/wc_params.h"

/* The library's methods, looked up once by their owner: a look-up takes a lock that all threads
 * share. Zero-initialised. */
struct wc_methods {
    struct digest_methods digests;
    EVP_CIPHER *ciphers[4][3]; /* private: AES mode, key length */
};
void wc_methods_deinit(struct wc_methods *m);

int wc_digest(struct buf *out, struct wc_methods *m, enum wc_alg hash, struct str data,
              struct wc_err *e);

/* wc_cipher.c: AES and RSA-OAEP. AES-KW too, for wrapping. */
int wc_encrypt(struct buf *out, struct wc_methods *m, const struct wc_key *k,
               const struct wc_params *p, struct str data, struct wc_err *e);
int wc_decrypt(struct buf *out, struct wc_methods *m, const struct wc_key *k,
               const struct wc_params *p, struct str data, struct wc_err *e);

/* wc_sign.c: HMAC, ECDSA (p->hash), RSA. */
int wc_sign(struct buf *out, struct wc_methods *m, const struct wc_key *k,
            const struct wc_params *p, struct str data, struct wc_err *e);
int wc_verify(bool *is_good, struct wc_methods *m, const struct wc_key *k,
              const struct wc_params *p, struct str signature, struct str data, struct wc_err *e);

/* wc_derive.c: PBKDF2 and ECDH. bits is a multiple of 8; below 0: all that ECDH gives. is_canceled
 * may be NULL, and may be set by another thread: then it fails soon. */
int wc_derive(struct buf *out, const struct wc_key *k, const struct wc_params *p, int64_t bits,
              const int *is_canceled, struct wc_err *e);

#endif
