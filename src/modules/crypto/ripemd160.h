/* ripemd160.h - RIPEMD-160: some builds of the TLS library lack it. For digest.c. Any thread. */
#ifndef C6_RIPEMD160_H
#define C6_RIPEMD160_H

#include <stddef.h>
#include <stdint.h>

enum { RIPEMD160_LEN = 20, RIPEMD160_BLOCK = 64 };

struct ripemd160 {
    uint32_t state[5];
    uint64_t total; /* bytes so far */
    uint8_t block[RIPEMD160_BLOCK];
};

void ripemd160_init(struct ripemd160 *r);
void ripemd160_update(struct ripemd160 *r, const void *data, size_t len);
void ripemd160_final(struct ripemd160 *r, uint8_t out[RIPEMD160_LEN]); /* r is used up */

#endif
