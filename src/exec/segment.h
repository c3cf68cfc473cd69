/* segment.h - execution segments: which part of a test this instance runs. Exact fractions, k6's
 * striping. Pure functions; a segment is immutable once made, so any thread may ask it. Source: k6
 * docs, "Execution segment". Tests: segment_test.c */
#ifndef C6_SEGMENT_H
#define C6_SEGMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

struct segment;

/* segment "1/4:1/2", "25%:0.5", "1/5" (the first fifth) or "", the whole; sequence "0,1/4,1/2,1" or
 * "": the segment itself and what is left before and behind it. ERR_INVALID with exit code 104. */
int segment_parse(struct segment **out, struct str segment, struct str sequence, struct err *e);
struct segment *segment_whole(void);
void segment_free(struct segment *s);
bool segment_is_whole(const struct segment *s);
double segment_length(const struct segment *s); /* 0..1 */
/* How many of n things fall into the segment; the union over a full sequence is n. */
int64_t segment_scale(const struct segment *s, int64_t n);
/* Global index (0-based) of this segment's k-th thing (0-based): the striping that ids and start
 * times follow. */
int64_t segment_index(const struct segment *s, int64_t k);
/* The segment cut anew in proportion to how `value` things fall into the sequence: what carries
 * iterations follows the VUs. NULL when none of the value is here. */
struct segment *segment_resize(const struct segment *s, int64_t value);

#endif
