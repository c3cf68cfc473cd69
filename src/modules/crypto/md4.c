/* md4.c - see md4.h.
 * Spec: RFC 1320. Tests: digest_test.c */
#include "modules/crypto/md4.h"

#include <string.h>

static uint32_t rol(uint32_t v, int by)
{
    return v << by | v >> (32 - by);
}

static void md4_block(uint32_t state[4], const uint8_t *p)
{
    /* Which word each step takes, and how far it turns, per round; RFC 1320 section 3.4. */
    static const uint8_t order[3][16] = {
        {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15},
        {0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15},
        {0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15},
    };
    static const uint8_t turn[3][4] = {{3, 7, 11, 19}, {3, 5, 9, 13}, {3, 9, 11, 15}};
    static const uint32_t constant[3] = {0, 0x5a827999, 0x6ed9eba1};
    uint32_t x[16], a = state[0], b = state[1], c = state[2], d = state[3];
    for (int i = 0; i < 16; i++, p += 4)
        x[i] = (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < 16; i++) {
            uint32_t f = round == 0   ? (b & c) | (~b & d)
                         : round == 1 ? (b & c) | (b & d) | (c & d)
                                      : b ^ c ^ d;
            uint32_t v = rol(a + f + x[order[round][i]] + constant[round], turn[round][i & 3]);
            a = d;
            d = c;
            c = b;
            b = v;
        }
    }
    state[0] += a;
    state[1] += b;
    state[2] += c;
    state[3] += d;
}

void md4_init(struct md4 *m)
{
    *m = (struct md4){.state = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476}};
}

void md4_update(struct md4 *m, const void *data, size_t len)
{
    const uint8_t *p = data;
    size_t fill = (size_t)(m->total % MD4_BLOCK);
    m->total += len;
    if (fill > 0 && len >= MD4_BLOCK - fill) {
        memcpy(m->block + fill, p, MD4_BLOCK - fill);
        md4_block(m->state, m->block);
        p += MD4_BLOCK - fill;
        len -= MD4_BLOCK - fill;
        fill = 0;
    }
    for (; len >= MD4_BLOCK && fill == 0; p += MD4_BLOCK, len -= MD4_BLOCK)
        md4_block(m->state, p);
    if (len > 0)
        memcpy(m->block + fill, p, len);
}

void md4_final(struct md4 *m, uint8_t out[MD4_LEN])
{
    uint64_t bits = m->total * 8;
    uint8_t tail[8];
    static const uint8_t padding[MD4_BLOCK] = {0x80};
    size_t fill = (size_t)(m->total % MD4_BLOCK);
    for (int i = 0; i < 8; i++)
        tail[i] = (uint8_t)(bits >> 8 * i);
    md4_update(m, padding, fill < 56 ? 56 - fill : 120 - fill);
    md4_update(m, tail, sizeof tail);
    for (int i = 0; i < MD4_LEN; i++)
        out[i] = (uint8_t)(m->state[i / 4] >> 8 * (i % 4));
}
