/* digest.h - the hash functions of k6/crypto and WebCrypto behind one interface, and HMAC over
 * them. SHA and MD5 come from the TLS library; MD4 and RIPEMD-160 are our own, since a build of the
 * library may lack them. Knows no engine.
 *
 * A method table is filled as its owner asks for methods (looking one up takes a lock of the
 * library) and belongs to one thread; digests stay with the thread that uses them. */
#ifndef C6_DIGEST_H
#define C6_DIGEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <openssl/evp.h>

#include "base/str.h"

enum digest_kind {
    DIGEST_MD4,
    DIGEST_MD5,
    DIGEST_SHA1,
    DIGEST_SHA256,
    DIGEST_SHA384,
    DIGEST_SHA512,
    DIGEST_SHA512_224,
    DIGEST_SHA512_256,
    DIGEST_RIPEMD160,
    DIGEST_KINDS, /* none */
};
enum { DIGEST_MAX_LEN = 64, DIGEST_MAX_BLOCK = 128 };

enum digest_kind digest_kind_of(struct str name); /* "sha512_224"; DIGEST_KINDS: no such one */
size_t digest_len(enum digest_kind kind);
size_t digest_block(enum digest_kind kind); /* bytes HMAC pads its key to */

struct digest_methods {       /* zero-initialised */
    EVP_MD *md[DIGEST_KINDS]; /* private */
};
void digest_methods_deinit(struct digest_methods *m);
/* The library's method, lent; NULL for our own kinds, and when the library has it not (FIPS). */
const EVP_MD *digest_method(struct digest_methods *m, enum digest_kind kind);

struct digest;
/* NULL: the library lacks the function. */
struct digest *digest_new(struct digest_methods *m, enum digest_kind kind);
struct digest *digest_new_hmac(struct digest_methods *m, enum digest_kind kind, struct str key);
void digest_free(struct digest *d);
void digest_update(struct digest *d, struct str data);
/* The value of all data so far; more may follow. Returns its length. */
size_t digest_sum(struct digest *d, uint8_t out[DIGEST_MAX_LEN]);

/* All at once. 0 when the library lacks the function, else the length. */
size_t digest_all(struct digest_methods *m, enum digest_kind kind, struct str data,
                  uint8_t out[DIGEST_MAX_LEN]);
size_t digest_hmac(struct digest_methods *m, enum digest_kind kind, struct str key, struct str data,
                   uint8_t out[DIGEST_MAX_LEN]);

#endif
