/* hist.c - values of a Trend: a short exact list, then log-linear buckets.
 * Knows nothing of metrics or time. Used by sinks; the owner of the sink is its only user.
 *
 * Buckets: every power of two is cut into 512 equal parts, so a bucket is 1/512 of its lower end
 * wide and its middle is at most 1/1024 (0.098 %) off any value in it. A bucket's number is the top
 * bits of the double itself (exponent and 9 bits of mantissa): no logarithm, no division. The 512
 * buckets of one power of two are a chunk, allocated when the first value falls there; a wing is
 * the row of chunks of one sign, as long as the exponents seen need it.
 *
 * A bucket also keeps the value it stands for: the one value while all of its values are equal, its
 * middle from then on. So 5000 times 7 has the median 7, as a user expects, and not 7.003.
 *
 * Tests: hist_test.c */
#include "metrics/hist.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum {
    SUB_BITS = 9,
    CHUNK_LEN = 1 << SUB_BITS,
    MANTISSA_BITS = 52,
    INDEX_SHIFT = MANTISSA_BITS - SUB_BITS,
    EXPONENT_MASK = 0x7ff,
    EXACT_FIRST = 16,
};

struct bucket {
    uint64_t count;
    double rep; /* what its values count as; meaningless while count is 0 */
};

struct chunk {
    struct bucket buckets[CHUNK_LEN];
};

/* Buckets of one sign, by magnitude. */
struct wing {
    struct chunk **chunks; /* [exponent - base]; NULL where no value fell */
    uint32_t base;
    uint32_t len;
};

struct hist {
    uint64_t count;
    double sum, min, max;
    double *exact; /* the values themselves while is_exact */
    uint32_t exact_len, exact_cap;
    bool is_exact;
    bool is_sorted; /* exact is */
    /* bucketed form: 0 has no exponent near the others, and is the commonest value */
    uint64_t zeros;
    struct wing pos, neg;
};

struct hist *hist_new(void)
{
    struct hist *h = MEM_NEW(struct hist);
    h->is_exact = true;
    return h;
}

static void wing_deinit(struct wing *w)
{
    for (uint32_t i = 0; i < w->len; i++)
        mem_free(w->chunks[i]);
    mem_free(w->chunks);
    memset(w, 0, sizeof *w);
}

void hist_free(struct hist *h)
{
    if (h == NULL)
        return;
    wing_deinit(&h->pos);
    wing_deinit(&h->neg);
    mem_free(h->exact);
    mem_free(h);
}

static void wing_clear(struct wing *w)
{
    for (uint32_t i = 0; i < w->len; i++)
        if (w->chunks[i] != NULL)
            memset(w->chunks[i], 0, sizeof *w->chunks[i]);
}

void hist_reset(struct hist *h)
{
    if (!h->is_exact) {
        wing_clear(&h->pos);
        wing_clear(&h->neg);
    }
    h->count = 0;
    h->sum = h->min = h->max = 0;
    h->exact_len = 0;
    h->is_exact = true;
    h->is_sorted = false;
    h->zeros = 0;
}

static uint64_t bits_of(double v)
{
    uint64_t bits;
    memcpy(&bits, &v, sizeof bits);
    return bits;
}

static double double_of(uint64_t bits)
{
    double v;
    memcpy(&v, &bits, sizeof v);
    return v;
}

/* The middle of the bucket that holds bits (of a positive value). Infinity is a bucket of its
 * own. */
static double bucket_middle(uint64_t bits)
{
    if ((bits >> MANTISSA_BITS) == EXPONENT_MASK)
        return INFINITY;
    return double_of((bits & ~((UINT64_C(1) << INDEX_SHIFT) - 1)) |
                     (UINT64_C(1) << (INDEX_SHIFT - 1)));
}

/* Makes room for an exponent outside of the row, and the chunk for it. */
static __attribute__((noinline)) struct chunk *wing_grow(struct wing *w, uint32_t exponent)
{
    if (w->len == 0) {
        w->chunks = mem_calloc(1, sizeof *w->chunks);
        w->base = exponent;
        w->len = 1;
    } else if (exponent < w->base || exponent >= w->base + w->len) {
        uint32_t first = exponent < w->base ? exponent : w->base;
        uint32_t last = exponent < w->base ? w->base + w->len - 1 : exponent;
        struct chunk **chunks = mem_calloc(last - first + 1, sizeof *chunks);
        memcpy(chunks + (w->base - first), w->chunks, w->len * sizeof *chunks);
        mem_free(w->chunks);
        w->chunks = chunks;
        w->base = first;
        w->len = last - first + 1;
    }
    struct chunk **slot = &w->chunks[exponent - w->base];
    if (*slot == NULL)
        *slot = mem_calloc(1, sizeof **slot);
    return *slot;
}

/* The bucket of a positive value. */
static inline struct bucket *wing_bucket(struct wing *w, uint64_t bits)
{
    uint32_t exponent = (uint32_t)(bits >> MANTISSA_BITS);
    struct chunk *c = NULL;
    if (exponent - w->base < w->len) /* unsigned: also false below base */
        c = w->chunks[exponent - w->base];
    if (c == NULL)
        c = wing_grow(w, exponent);
    return &c->buckets[(bits >> INDEX_SHIFT) & (CHUNK_LEN - 1)];
}

static inline void bucket_add(struct bucket *b, double value, uint64_t bits)
{
    if (b->count == 0)
        b->rep = value;
    else if (b->rep != value)
        b->rep = bucket_middle(bits);
    b->count++;
}

/* Counts a value in the buckets. */
static inline void buckets_add(struct hist *h, double value)
{
    uint64_t bits = bits_of(value);
    if (value > 0)
        bucket_add(wing_bucket(&h->pos, bits), value, bits);
    else if (value < 0)
        bucket_add(wing_bucket(&h->neg, bits & INT64_MAX), -value, bits & INT64_MAX);
    else
        h->zeros++;
}

/* From the list to buckets. */
static __attribute__((noinline)) void hist_leave_exact(struct hist *h)
{
    h->is_exact = false;
    for (uint32_t i = 0; i < h->exact_len; i++)
        buckets_add(h, h->exact[i]);
    h->exact_len = 0;
}

static __attribute__((noinline)) void hist_grow_exact(struct hist *h)
{
    h->exact_cap = h->exact_cap == 0 ? EXACT_FIRST : h->exact_cap * 2;
    h->exact = mem_realloc(h->exact, h->exact_cap * sizeof *h->exact);
}

void hist_add(struct hist *h, double value)
{
    if (value != value)
        return;
    if (h->count++ == 0) {
        h->min = h->max = value;
    } else {
        if (value < h->min)
            h->min = value;
        if (value > h->max)
            h->max = value;
    }
    h->sum += value;
    if (h->is_exact) {
        if (h->exact_len < HIST_EXACT_MAX) {
            if (h->exact_len == h->exact_cap)
                hist_grow_exact(h);
            h->exact[h->exact_len++] = value;
            h->is_sorted = false;
            return;
        }
        hist_leave_exact(h);
    }
    buckets_add(h, value);
}

static void bucket_merge(struct bucket *into, const struct bucket *from)
{
    if (into->count == 0)
        into->rep = from->rep;
    else if (into->rep != from->rep)
        into->rep = bucket_middle(bits_of(from->rep));
    into->count += from->count;
}

static void wing_merge(struct wing *into, const struct wing *from)
{
    for (uint32_t i = 0; i < from->len; i++) {
        const struct chunk *src = from->chunks[i];
        if (src == NULL)
            continue;
        struct chunk *dst = wing_grow(into, from->base + i);
        for (int k = 0; k < CHUNK_LEN; k++)
            if (src->buckets[k].count != 0)
                bucket_merge(&dst->buckets[k], &src->buckets[k]);
    }
}

void hist_merge(struct hist *into, const struct hist *from)
{
    if (from->count == 0)
        return;
    if (from->is_exact) {
        double sum = into->sum;
        for (uint32_t i = 0; i < from->exact_len; i++)
            hist_add(into, from->exact[i]);
        into->sum = sum + from->sum; /* as it was added up there */
        return;
    }
    if (into->is_exact)
        hist_leave_exact(into);
    wing_merge(&into->pos, &from->pos);
    wing_merge(&into->neg, &from->neg);
    into->zeros += from->zeros;
    if (into->count == 0 || from->min < into->min)
        into->min = from->min;
    if (into->count == 0 || from->max > into->max)
        into->max = from->max;
    into->count += from->count;
    into->sum += from->sum;
}

uint64_t hist_count(const struct hist *h)
{
    return h->count;
}

double hist_sum(const struct hist *h)
{
    return h->sum;
}

double hist_min(const struct hist *h)
{
    return h->min;
}

double hist_max(const struct hist *h)
{
    return h->max;
}

double hist_avg(const struct hist *h)
{
    return h->count == 0 ? 0 : h->sum / (double)h->count;
}

static int cmp_double(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Two neighbouring ranks looked for in one walk from the least value to the greatest. */
struct rank_walk {
    uint64_t seen; /* values passed so far */
    uint64_t low_rank, high_rank;
    double low, high;
    bool has_low, has_high;
};

/* Passes count values that are all value; true when both ranks are found. */
static bool walk_pass(struct rank_walk *w, uint64_t count, double value)
{
    w->seen += count;
    if (!w->has_low && w->seen > w->low_rank) {
        w->low = value;
        w->has_low = true;
    }
    if (!w->has_high && w->seen > w->high_rank) {
        w->high = value;
        w->has_high = true;
    }
    return w->has_high; /* the high rank is never below the low one */
}

static bool walk_chunk(struct rank_walk *w, const struct chunk *c, bool is_negative)
{
    for (int i = 0; i < CHUNK_LEN; i++) {
        const struct bucket *b = &c->buckets[is_negative ? CHUNK_LEN - 1 - i : i];
        if (b->count != 0 && walk_pass(w, b->count, is_negative ? -b->rep : b->rep))
            return true;
    }
    return false;
}

/* Fills low and high of the walk. */
static void walk_buckets(const struct hist *h, struct rank_walk *w)
{
    for (uint32_t i = h->neg.len; i-- > 0;)
        if (h->neg.chunks[i] != NULL && walk_chunk(w, h->neg.chunks[i], true))
            return;
    if (h->zeros != 0 && walk_pass(w, h->zeros, 0))
        return;
    for (uint32_t i = 0; i < h->pos.len; i++)
        if (h->pos.chunks[i] != NULL && walk_chunk(w, h->pos.chunks[i], false))
            return;
}

/* A bucket's middle may lie outside of what was seen; the ends themselves are known exactly. */
static double hist_clamp(const struct hist *h, uint64_t rank, double value)
{
    if (rank == 0 || value < h->min)
        return h->min;
    if (rank == h->count - 1 || value > h->max)
        return h->max;
    return value;
}

double hist_quantile(const struct hist *h, double p)
{
    if (h->count == 0)
        return 0;
    double at = p * (double)(h->count - 1);
    if (!(at > 0))
        return h->min;
    if (at >= (double)(h->count - 1))
        return h->max;
    double floor_at = floor(at);
    double fraction = at - floor_at;
    struct rank_walk w = {.low_rank = (uint64_t)floor_at, .high_rank = (uint64_t)ceil(at)};
    if (h->is_exact) {
        if (!h->is_sorted) {
            qsort(h->exact, h->exact_len, sizeof *h->exact, cmp_double);
            /* the order of the list is no part of what the histogram says */
            ((struct hist *)h)->is_sorted = true;
        }
        w.low = h->exact[w.low_rank];
        w.high = h->exact[w.high_rank];
    } else {
        walk_buckets(h, &w);
        w.low = hist_clamp(h, w.low_rank, w.low);
        w.high = hist_clamp(h, w.high_rank, w.high);
    }
    if (w.low == w.high) /* also two infinities, whose difference is no number */
        return w.low;
    return w.low + (w.high - w.low) * fraction;
}

static size_t wing_bytes(const struct wing *w)
{
    size_t bytes = w->len * sizeof *w->chunks;
    for (uint32_t i = 0; i < w->len; i++)
        if (w->chunks[i] != NULL)
            bytes += sizeof *w->chunks[i];
    return bytes;
}

size_t hist_bytes(const struct hist *h)
{
    return sizeof *h + h->exact_cap * sizeof *h->exact + wing_bytes(&h->pos) + wing_bytes(&h->neg);
}
