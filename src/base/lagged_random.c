/* lagged_random.c - see lagged_random.h. The sequence is y(k) = y(k - 607) + y(k - 273), which is
 * linear: y(n + i) is the sum of c(j) y(j + i), where the c are the coefficients of x^n modulo
 * x^607 - x^334 - 1. So the far state of the table takes 43 squarings of a polynomial, not 7.8e12
 * steps. All arithmetic is modulo 2^64. Tests: lagged_random_test.c */
#include "base/lagged_random.h"

#include <string.h>

#define TABLE_STEPS UINT64_C(7800000000000)

enum { N = LAGGED_LONG, GAP = LAGGED_LONG - LAGGED_SHORT, MODULUS = INT32_MAX };

/* The small generator that spreads a seed over the state: 48271 x modulo 2^31 - 1. */
static int32_t spread(int32_t x)
{
    return (int32_t)((int64_t)x * 48271 % MODULUS);
}

/* Three of its numbers make a word; the first 20 numbers are thrown away. */
static void fill(uint64_t words[N], int32_t x, int shift)
{
    for (int i = 0; i < 20; i++)
        x = spread(x);
    for (int i = 0; i < N; i++) {
        uint64_t word = 0;
        for (int part = 2; part >= 0; part--) {
            x = spread(x);
            word ^= (uint64_t)x << (part * shift);
        }
        words[i] = word;
    }
}

/* p, of `terms` coefficients, modulo x^607 - x^334 - 1. */
static void reduce(uint64_t *p, int terms)
{
    for (int i = terms - 1; i >= N; i--) {
        p[i - N + GAP] += p[i];
        p[i - N] += p[i];
    }
}

static void square(uint64_t c[N])
{
    uint64_t product[2 * N - 1] = {0};
    for (int i = 0; i < N; i++)
        for (int j = 0; j < N; j++)
            product[i + j] += c[i] * c[j];
    reduce(product, 2 * N - 1);
    memcpy(c, product, N * sizeof *c);
}

static void times_x(uint64_t c[N])
{
    uint64_t shifted[N + 1] = {0};
    memcpy(shifted + 1, c, N * sizeof *c);
    reduce(shifted, N + 1);
    memcpy(c, shifted, N * sizeof *c);
}

/* The word that step k, counted from 1, writes; those of the start are steps -606 to 0. */
static int place(int64_t k)
{
    return (int)(((GAP - k) % N + N) % N);
}

void lagged_table_make(struct lagged_table *t)
{
    uint64_t start[N], y[2 * N], c[N] = {1};
    fill(start, 1, 10);
    for (int k = 1 - N; k <= 0; k++)
        y[k + N - 1] = start[place(k)];
    for (int i = N; i < 2 * N; i++)
        y[i] = y[i - N] + y[i - LAGGED_SHORT];
    for (int bit = 63; bit >= 0; bit--) {
        square(c);
        if ((TABLE_STEPS >> bit & 1) != 0)
            times_x(c);
    }
    for (int i = 0; i < N; i++) {
        uint64_t sum = 0;
        for (int j = 0; j < N; j++)
            sum += c[j] * y[j + i];
        t->words[place((int64_t)TABLE_STEPS - N + 1 + i)] = sum;
    }
}

void lagged_random_seed(struct lagged_random *r, const struct lagged_table *t, int64_t seed)
{
    int32_t x = (int32_t)(seed % MODULUS);
    if (x < 0)
        x += MODULUS;
    fill(r->words, x != 0 ? x : 89482311, 20);
    for (int i = 0; i < N; i++)
        r->words[i] ^= t->words[i];
    r->tap = 0;
    r->feed = GAP;
}

static uint64_t next(struct lagged_random *r)
{
    r->tap = r->tap > 0 ? r->tap - 1 : N - 1;
    r->feed = r->feed > 0 ? r->feed - 1 : N - 1;
    return r->words[r->feed] += r->words[r->tap];
}

double lagged_random_unit(struct lagged_random *r)
{
    double unit;
    do /* the greatest numbers round up to 1 */
        unit = (double)(next(r) & INT64_MAX) / 9223372036854775808.0;
    while (unit >= 1);
    return unit;
}
