/* segment_text.h - execution segments as text: exact fractions, a range of them, a sequence. What a
 * segment does with a test is exec's business (exec/segment.h). Pure functions, any thread. Source:
 * k6 docs, "Execution segment". Tests: segment_text_test.c */
#ifndef C6_SEGMENT_TEXT_H
#define C6_SEGMENT_TEXT_H

#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"
#include "base/vec.h"

/* A denominator beyond this is finer than any test needs; what exec lays out by it would be a
 * memory trap. Refused when it is read. */
enum { SEGMENT_DEN_MAX = 1000000 };

struct fraction {
    int64_t num;
    int64_t den; /* > 0, reduced */
};

struct segment_range {
    struct fraction from, to;
};

struct segment_points {
    VEC(struct fraction) v; /* rising, at least two */
};

struct fraction fraction_of(int64_t num, int64_t den);
int fraction_cmp(struct fraction a, struct fraction b);
struct fraction fraction_between(struct fraction a, struct fraction b); /* b - a */
int64_t fraction_gcd(int64_t a, int64_t b);

/* "1/4:1/2", "25%:0.5", "1/5" (the first fifth), "" (all). */
int segment_range_parse(struct segment_range *fills, struct str text, struct err *e);
/* "0,1/4,1/2,1". The caller drops it (VEC_DEINIT), after an error too. */
int segment_points_parse(struct segment_points *fills, struct str text, struct err *e);
/* Which of the sequence's segments the range is, from 0; -1: none. */
ptrdiff_t segment_points_find(const struct segment_points *p, struct segment_range range);

/* As k6 shows them: "0:1/5", "0,1/4,1/2,1". */
void segment_range_put(struct buf *out, struct segment_range range);
void segment_points_put(struct buf *out, const struct segment_points *p);

#endif
