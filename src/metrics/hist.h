/* hist.h - values of a Trend: exact while there are few, then a log-linear histogram with a
 * relative error of at most 0.1 %. min, max, sum and count stay exact, and so do values that occur
 * alone in their bucket (whole numbers up to 1024, constants). Two of them merge into what one
 * would have become (up to the same error). Memory is bounded whatever the values: buckets are
 * allocated where values fall. Zero, negative, tiny and huge values have their places; a NaN is
 * dropped. Below 2.3e-308 the error is absolute (1e-311). Not safe between threads. */
#ifndef C6_HIST_H
#define C6_HIST_H

#include <stddef.h>
#include <stdint.h>

enum { HIST_EXACT_MAX = 4096 }; /* values kept as they are */
#define HIST_MAX_REL_ERROR 0.001

struct hist;
struct hist *hist_new(void);
void hist_free(struct hist *h);
void hist_reset(struct hist *h); /* empty again; keeps the memory for the next round */
void hist_add(struct hist *h, double value);
void hist_merge(struct hist *into, const struct hist *from);
uint64_t hist_count(const struct hist *h);
double hist_sum(const struct hist *h);
double hist_min(const struct hist *h); /* 0 when empty */
double hist_max(const struct hist *h);
double hist_avg(const struct hist *h);
/* The p-quantile, p in [0, 1], interpolated between neighbours as k6 does it; 0 when empty. Sorts
 * inside: not safe beside another reader either. */
double hist_quantile(const struct hist *h, double p);
size_t hist_bytes(const struct hist *h); /* memory it holds */

#endif
