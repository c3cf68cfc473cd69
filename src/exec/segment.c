/* segment.c - execution segments: exact fractions of a test and how indivisible things are striped
 * over them. Knows nothing of VUs or time. Striping: the lengths are brought to their common
 * denominator (the cycle); going through the cycle, each thing goes to the longest segment whose
 * share so far is not ahead of its due. k6 deals out VU ids, iterations and start times by the same
 * rule, and instances that don't know of each other rely on it. Source: k6 docs, "Execution
 * segment". Tests: segment_test.c */
#include "exec/segment.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/vec.h"
#include "options/segment_text.h"

/* Longest cycle we lay out: beyond it the table would be a memory trap. */
enum { CYCLE_MAX = SEGMENT_DEN_MAX };

struct segment {
    size_t count;            /* segments in the full sequence */
    size_t own;              /* which of them is ours */
    struct fraction *points; /* count + 1 borders, from 0 to 1 */
    int64_t cycle;           /* things until the pattern repeats */
    uint32_t *owner;         /* cycle entries: whose the thing is */
    int64_t *mine;           /* own_len entries: our places in the cycle, ascending */
    int64_t own_len;
};

struct by_length {
    int64_t due; /* things a cycle */
    size_t index;
};

/* Longest first; equal ones keep their order. */
static int compare_length(const void *a, const void *b)
{
    const struct by_length *x = a;
    const struct by_length *y = b;
    if (x->due != y->due)
        return x->due > y->due ? -1 : 1;
    return x->index < y->index ? -1 : x->index > y->index;
}

static void deal_out(struct segment *s, struct by_length *order)
{
    int64_t *taken = mem_calloc(s->count, sizeof *taken);
    s->owner = mem_calloc((size_t)s->cycle, sizeof *s->owner);
    s->mine = mem_calloc((size_t)s->cycle, sizeof *s->mine);
    for (int64_t i = 0; i < s->cycle; i++) {
        for (size_t k = 0; k < s->count; k++) {
            if ((__int128)i * order[k].due < (__int128)taken[k] * s->cycle)
                continue; /* it is ahead of its due */
            taken[k]++;
            s->owner[i] = (uint32_t)order[k].index;
            if (order[k].index == s->own)
                s->mine[s->own_len++] = i;
            break;
        }
    }
    mem_free(taken);
}

/* points: borders from 0 to 1; takes the array. */
static int segment_make(struct segment **out, struct fraction *points, size_t count, size_t own,
                        struct err *e)
{
    struct segment *s = MEM_NEW(struct segment);
    struct by_length *order = mem_calloc(count, sizeof *order);
    int rc = 0;
    s->points = points;
    s->count = count;
    s->own = own;
    s->cycle = 1;
    for (size_t i = 0; i < count; i++) {
        int64_t den = fraction_between(points[i], points[i + 1]).den;
        __int128 cycle = (__int128)s->cycle * (den / fraction_gcd(s->cycle, den));
        if (cycle > CYCLE_MAX) {
            rc = err_set(e, ERR_INVALID,
                         "the execution segments have no common denominator up to %d", CYCLE_MAX);
            goto done;
        }
        s->cycle = (int64_t)cycle;
    }
    for (size_t i = 0; i < count; i++) {
        struct fraction len = fraction_between(points[i], points[i + 1]);
        order[i] = (struct by_length){len.num * (s->cycle / len.den), i};
    }
    qsort(order, count, sizeof *order, compare_length);
    deal_out(s, order);
    *out = s;
    s = NULL;
done:
    mem_free(order);
    segment_free(s);
    return rc;
}

int segment_parse(struct segment **out, struct str segment, struct str sequence, struct err *e)
{
    struct segment_points b = {0};
    struct segment_range range;
    int rc = segment_range_parse(&range, segment, e);
    if (rc == 0 && sequence.len > 0)
        rc = segment_points_parse(&b, sequence, e);
    if (rc < 0)
        goto done;
    if (sequence.len == 0) {
        VEC_PUSH(&b.v, range.from);
        VEC_PUSH(&b.v, range.to);
    }
    if (b.v.items[0].num != 0) {
        VEC_PUSH(&b.v, b.v.items[0]);
        memmove(b.v.items + 1, b.v.items, (b.v.len - 1) * sizeof b.v.items[0]);
        b.v.items[0] = (struct fraction){0, 1};
    }
    if (fraction_cmp(VEC_LAST(&b.v), (struct fraction){1, 1}) != 0)
        VEC_PUSH(&b.v, ((struct fraction){1, 1}));
    ptrdiff_t own = segment_points_find(&b, range);
    if (own < 0) {
        rc = err_set(e, ERR_INVALID, "couldn't find segment %.*s in sequence %.*s",
                     segment.len > 0 ? (int)segment.len : 3, segment.len > 0 ? segment.p : "0:1",
                     (int)sequence.len, sequence.p);
        goto done;
    }
    struct fraction *points = b.v.items;
    size_t count = b.v.len - 1;
    b.v.items = NULL;
    rc = segment_make(out, points, count, (size_t)own, e);
done:
    VEC_DEINIT(&b.v);
    if (rc < 0)
        err_set_exit(e, EXIT_INVALID_CONFIG);
    return rc;
}

struct segment *segment_whole(void)
{
    struct segment *s = NULL;
    struct fraction *points = mem_calloc(2, sizeof *points);
    points[0] = (struct fraction){0, 1};
    points[1] = (struct fraction){1, 1};
    CHECK(segment_make(&s, points, 1, 0, NULL) == 0);
    return s;
}

void segment_free(struct segment *s)
{
    if (s == NULL)
        return;
    mem_free(s->points);
    mem_free(s->owner);
    mem_free(s->mine);
    mem_free(s);
}

bool segment_is_whole(const struct segment *s)
{
    return s->count == 1;
}

double segment_length(const struct segment *s)
{
    struct fraction len = fraction_between(s->points[s->own], s->points[s->own + 1]);
    return (double)len.num / (double)len.den;
}

int64_t segment_scale(const struct segment *s, int64_t n)
{
    if (s->count == 1)
        return n;
    int64_t rest = n % s->cycle;
    int64_t low = 0; /* how many of our places lie before rest */
    int64_t high = s->own_len;
    while (low < high) {
        int64_t mid = low + (high - low) / 2;
        if (s->mine[mid] < rest)
            low = mid + 1;
        else
            high = mid;
    }
    return n / s->cycle * s->own_len + low;
}

int64_t segment_index(const struct segment *s, int64_t k)
{
    if (s->count == 1)
        return k;
    return k / s->own_len * s->cycle + s->mine[k % s->own_len];
}

/* What segment_scale says for each of the sequence's segments at once. */
static int64_t *scale_all(const struct segment *s, int64_t n)
{
    int64_t *rest = mem_calloc(s->count, sizeof *rest);
    int64_t *all = mem_calloc(s->count, sizeof *all);
    for (int64_t i = 0; i < s->cycle; i++) {
        all[s->owner[i]]++;
        if (i < n % s->cycle)
            rest[s->owner[i]]++;
    }
    for (size_t i = 0; i < s->count; i++)
        all[i] = all[i] * (n / s->cycle) + rest[i];
    mem_free(rest);
    return all;
}

struct segment *segment_resize(const struct segment *s, int64_t value)
{
    if (value < 1)
        return NULL;
    int64_t *shares = scale_all(s, value);
    struct fraction *points = mem_calloc(s->count + 1, sizeof *points);
    size_t count = 0;
    size_t own = (size_t)-1;
    int64_t sum = 0;
    points[0] = (struct fraction){0, 1};
    for (size_t i = 0; i < s->count; i++) {
        if (shares[i] == 0)
            continue; /* a segment without a share leaves the sequence */
        sum += shares[i];
        if (i == s->own)
            own = count;
        points[++count] = fraction_of(sum, value);
    }
    mem_free(shares);
    struct segment *resized = NULL;
    if (own == (size_t)-1) {
        mem_free(points);
        return NULL;
    }
    if (value % s->cycle == 0 || segment_make(&resized, points, count, own, NULL) < 0) {
        /* The same proportions; or so many VUs that the cycle would be too long: the difference is
         * then less than one thing in a million, and what counts is that all instances decide
         * alike. */
        if (value % s->cycle == 0)
            mem_free(points);
        points = mem_dup(s->points, (s->count + 1) * sizeof *points);
        CHECK(segment_make(&resized, points, s->count, s->own, NULL) == 0);
    }
    return resized;
}
