/* ripemd160.c - see ripemd160.h. Two lines of five rounds each run over a block; the second takes
 * words, turns and functions in another order, and both are added up.
 * Spec: ISO/IEC 10118-3, Dobbertin, Bosselaers and Preneel 1996. Tests: digest_test.c */
#include "modules/crypto/ripemd160.h"

#include <string.h>

struct line {
    const uint8_t (*order)[16];
    const uint8_t (*turn)[16];
    const uint32_t *constant;
};

static const uint8_t left_order[5][16] = {
    {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15},
    {7, 4, 13, 1, 10, 6, 15, 3, 12, 0, 9, 5, 2, 14, 11, 8},
    {3, 10, 14, 4, 9, 15, 8, 1, 2, 7, 0, 6, 13, 11, 5, 12},
    {1, 9, 11, 10, 0, 8, 12, 4, 13, 3, 7, 15, 14, 5, 6, 2},
    {4, 0, 5, 9, 7, 12, 2, 10, 14, 1, 3, 8, 11, 6, 15, 13},
};
static const uint8_t right_order[5][16] = {
    {5, 14, 7, 0, 9, 2, 11, 4, 13, 6, 15, 8, 1, 10, 3, 12},
    {6, 11, 3, 7, 0, 13, 5, 10, 14, 15, 8, 12, 4, 9, 1, 2},
    {15, 5, 1, 3, 7, 14, 6, 9, 11, 8, 12, 2, 10, 0, 4, 13},
    {8, 6, 4, 1, 3, 11, 15, 0, 5, 12, 2, 13, 9, 7, 10, 14},
    {12, 15, 10, 4, 1, 5, 8, 7, 6, 2, 13, 14, 0, 3, 9, 11},
};
static const uint8_t left_turn[5][16] = {
    {11, 14, 15, 12, 5, 8, 7, 9, 11, 13, 14, 15, 6, 7, 9, 8},
    {7, 6, 8, 13, 11, 9, 7, 15, 7, 12, 15, 9, 11, 7, 13, 12},
    {11, 13, 6, 7, 14, 9, 13, 15, 14, 8, 13, 6, 5, 12, 7, 5},
    {11, 12, 14, 15, 14, 15, 9, 8, 9, 14, 5, 6, 8, 6, 5, 12},
    {9, 15, 5, 11, 6, 8, 13, 12, 5, 12, 13, 14, 11, 8, 5, 6},
};
static const uint8_t right_turn[5][16] = {
    {8, 9, 9, 11, 13, 15, 15, 5, 7, 7, 8, 11, 14, 14, 12, 6},
    {9, 13, 15, 7, 12, 8, 9, 11, 7, 7, 12, 7, 6, 15, 13, 11},
    {9, 7, 15, 11, 8, 6, 6, 14, 12, 13, 5, 14, 13, 13, 7, 5},
    {15, 5, 8, 11, 14, 14, 6, 14, 6, 9, 12, 9, 12, 5, 15, 8},
    {8, 5, 12, 9, 12, 5, 14, 6, 8, 13, 6, 5, 15, 13, 11, 11},
};
static const uint32_t left_constant[5] = {0, 0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xa953fd4e};
static const uint32_t right_constant[5] = {0x50a28be6, 0x5c4dd124, 0x6d703ef3, 0x7a6d76e9, 0};

static uint32_t rol(uint32_t v, int by)
{
    return v << by | v >> (32 - by);
}

static uint32_t mix(int function, uint32_t x, uint32_t y, uint32_t z)
{
    switch (function) {
    case 0:
        return x ^ y ^ z;
    case 1:
        return (x & y) | (~x & z);
    case 2:
        return (x | ~y) ^ z;
    case 3:
        return (x & z) | (y & ~z);
    default:
        return x ^ (y | ~z);
    }
}

/* One line: v begins as the state. The right one has the functions in reverse. */
static void run_line(uint32_t v[5], const uint32_t x[16], const struct line *line, int is_right)
{
    for (int round = 0; round < 5; round++) {
        for (int i = 0; i < 16; i++) {
            uint32_t f = mix(is_right ? 4 - round : round, v[1], v[2], v[3]);
            uint32_t t = v[0] + f + x[line->order[round][i]] + line->constant[round];
            t = rol(t, line->turn[round][i]) + v[4];
            v[0] = v[4];
            v[4] = v[3];
            v[3] = rol(v[2], 10);
            v[2] = v[1];
            v[1] = t;
        }
    }
}

static void ripemd160_block(uint32_t state[5], const uint8_t *p)
{
    static const struct line left = {left_order, left_turn, left_constant};
    static const struct line right = {right_order, right_turn, right_constant};
    uint32_t x[16], l[5], r[5];
    for (int i = 0; i < 16; i++, p += 4)
        x[i] = (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
    memcpy(l, state, sizeof l);
    memcpy(r, state, sizeof r);
    run_line(l, x, &left, 0);
    run_line(r, x, &right, 1);
    uint32_t first = state[1] + l[2] + r[3];
    state[1] = state[2] + l[3] + r[4];
    state[2] = state[3] + l[4] + r[0];
    state[3] = state[4] + l[0] + r[1];
    state[4] = state[0] + l[1] + r[2];
    state[0] = first;
}

void ripemd160_init(struct ripemd160 *r)
{
    *r = (struct ripemd160){.state = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0}};
}

void ripemd160_update(struct ripemd160 *r, const void *data, size_t len)
{
    const uint8_t *p = data;
    size_t fill = (size_t)(r->total % RIPEMD160_BLOCK);
    r->total += len;
    if (fill > 0 && len >= RIPEMD160_BLOCK - fill) {
        memcpy(r->block + fill, p, RIPEMD160_BLOCK - fill);
        ripemd160_block(r->state, r->block);
        p += RIPEMD160_BLOCK - fill;
        len -= RIPEMD160_BLOCK - fill;
        fill = 0;
    }
    for (; len >= RIPEMD160_BLOCK && fill == 0; p += RIPEMD160_BLOCK, len -= RIPEMD160_BLOCK)
        ripemd160_block(r->state, p);
    if (len > 0)
        memcpy(r->block + fill, p, len);
}

void ripemd160_final(struct ripemd160 *r, uint8_t out[RIPEMD160_LEN])
{
    uint64_t bits = r->total * 8;
    uint8_t tail[8];
    static const uint8_t padding[RIPEMD160_BLOCK] = {0x80};
    size_t fill = (size_t)(r->total % RIPEMD160_BLOCK);
    for (int i = 0; i < 8; i++)
        tail[i] = (uint8_t)(bits >> 8 * i);
    ripemd160_update(r, padding, fill < 56 ? 56 - fill : 120 - fill);
    ripemd160_update(r, tail, sizeof tail);
    for (int i = 0; i < RIPEMD160_LEN; i++)
        out[i] = (uint8_t)(r->state[i / 4] >> 8 * (i % 4));
}
