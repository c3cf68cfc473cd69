/* md4.h - MD4, which no current TLS library offers by default. For digest.c. Any thread. */
#ifndef C6_MD4_H
#define C6_MD4_H

#include <stddef.h>
#include <stdint.h>

enum { MD4_LEN = 16, MD4_BLOCK = 64 };

struct md4 {
    uint32_t state[4];
    uint64_t total; /* bytes so far */
    uint8_t block[MD4_BLOCK];
};

void md4_init(struct md4 *m);
void md4_update(struct md4 *m, const void *data, size_t len);
void md4_final(struct md4 *m, uint8_t out[MD4_LEN]); /* m is used up */

#endif
