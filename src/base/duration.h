/* duration.h - lengths of time as k6 and Go write them. In memory always int64_t nanoseconds.
 * Source: k6 docs, "k6 options" (duration values); Go's time.Duration for the printed form. */
#ifndef C6_DURATION_H
#define C6_DURATION_H

#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"

#define NS_PER_US INT64_C(1000)
#define NS_PER_MS INT64_C(1000000)
#define NS_PER_SEC INT64_C(1000000000)

/* "1m30s", "1d2h", "250ms", "1.5h", "-5s"; a bare number is milliseconds ("250", "1.5"). "" is an error. */
int duration_parse(struct str s, int64_t *out_ns, struct err *e);
/* Only the forms with units (Go's time.ParseDuration). */
int duration_parse_go(struct str s, int64_t *out_ns, struct err *e);
/* A number of milliseconds, as k6 takes a bare number; cut to whole ns. ERR_INVALID for NaN or too large. */
int duration_from_ms(double ms, int64_t *out_ns);
/* Go's Duration.String(): "1m30s", "250ms", "0s", "1.5µs". */
void duration_put(struct buf *out, int64_t ns);
char *duration_dup(int64_t ns); /* the same as a fresh string */

#endif
