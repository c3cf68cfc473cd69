/* out_time.h - times of samples as outputs write them: RFC 3339 in the local time zone. Remembers
 * the last second, because samples come in order. */
#ifndef C6_OUT_TIME_H
#define C6_OUT_TIME_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

struct out_time {
    bool is_set; /* private from here on */
    int64_t sec;
    char date[40]; /* "2006-01-02T15:04:05" */
    size_t date_len;
    char zone[8]; /* "Z" or "+02:00" */
    size_t zone_len;
};

/* "2006-01-02T15:04:05Z07:00"; with_nanos: a fraction without trailing zeros, none when it is zero.
 * t starts zeroed. */
void out_time_put(struct out_time *t, struct buf *out, int64_t time_ns, bool with_nanos);

#endif
