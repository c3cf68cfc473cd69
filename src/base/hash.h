/* hash.h - small hashes without a library: MD5 for the ids of groups and checks, base64 for auth and data. */
#ifndef C6_HASH_H
#define C6_HASH_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/str.h"

void hash_md5_hex(struct str data, char out[33]); /* RFC 1321; lower case hex */
void hash_put_base64(struct buf *out, const void *data, size_t len);
int hash_parse_base64(struct buf *out, struct str text); /* standard alphabet, padding required; ERR_INVALID */

/* Splitmix/xoshiro pseudo-random numbers, for jitter and seeds; not for secrets. */
struct rng {
    uint64_t s[4];
};
void rng_init(struct rng *r, uint64_t seed);
uint64_t rng_next(struct rng *r);
double rng_unit(struct rng *r); /* [0, 1) */

#endif
