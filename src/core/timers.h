/* timers.h - the set of timers of one worker: a heap ordered by time, and by order of setting
 * where times are equal. Knows no clock: the time is passed in. The worker wraps it (timer_set,
 * ... in worker.h); nobody else uses it. */
#ifndef C6_TIMERS_H
#define C6_TIMERS_H

#include <stdint.h>

#include "core/worker.h"

struct timers {
    struct timers_entry *entries; /* private; entries[0] is the earliest */
    uint32_t len;
    uint32_t cap;
    uint32_t next_seq;
};

void timers_init(struct timers *ts);
void timers_deinit(struct timers *ts); /* timers still set are forgotten, not fired */
void timers_set(struct timers *ts, struct timer *t, int64_t at_ns);
void timers_clear(struct timers *ts, struct timer *t);
int64_t timers_next_ns(const struct timers *ts); /* CLOCK_NEVER when none is set */
/* The earliest timer due at now_ns, cleared; NULL when none is due. */
struct timer *timers_take_due(struct timers *ts, int64_t now_ns);

#endif
