/* segment.h - execution segments: which part of a test this instance (and within it, this worker) runs. Exact fractions, k6's striping.
 * Pure functions. Source: k6 docs, "Execution segment". */
#ifndef C6_SEGMENT_H
#define C6_SEGMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

struct segment;

/* segment "1/4:1/2" (or "", the whole), sequence "0,1/4,1/2,1" (or "": derived as k6 does). */
int segment_parse(struct segment **out, struct str segment, struct str sequence, struct err *e);
struct segment *segment_whole(void);
void segment_free(struct segment *s);
bool segment_is_whole(const struct segment *s);
/* How many of n things fall into the segment; the union over a full sequence is n. */
int64_t segment_scale(const struct segment *s, int64_t n);
/* Global index (0-based) of this segment's k-th thing (0-based): the striping that ids and start times follow. */
int64_t segment_index(const struct segment *s, int64_t k);

#endif
