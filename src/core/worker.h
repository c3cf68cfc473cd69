/* worker.h - one thread that runs fibers: ready queue, timers, epoll, mailbox. Nothing of it is
 * shared but the mailbox.
 *
 * The loop: run ready fibers (bounded), fire due timers, take mail, wait in epoll until the next
 * deadline. */
#ifndef C6_WORKER_H
#define C6_WORKER_H

#include <stdbool.h>
#include <stdint.h>

#include "core/fiber.h"
#include "core/mailbox.h"

struct worker;

/* index: 0.. ; names the thread "c6-w0". NULL: no descriptors left. */
struct worker *worker_new(int index);
int worker_start(struct worker *w); /* starts the thread; ERR_* if the system refuses */
/* Asks the loop to end once no fiber is left (they must be canceled or done), then joins. Not
 * from the worker itself. */
void worker_stop(struct worker *w);
/* After worker_stop, or if it never started; no fiber may be left. */
void worker_free(struct worker *w);
/* Runs the loop on the calling thread instead, until `done(opaque)` says true; for tests and
 * single-threaded commands. */
void worker_run_here(struct worker *w, bool (*done)(void *opaque), void *opaque);
int worker_index(const struct worker *w);

/* Mail: an intrusive message run on the worker's thread, outside every fiber (so it must not
 * park; it may spawn and wake). In order per sender. The sender keeps the memory alive until
 * run; run may free it. Any thread. */
struct mail {
    void (*run)(struct worker *w, struct mail *m);
    struct mailbox_link link; /* private */
};
void worker_post(struct worker *w, struct mail *m);

/* Timers: intrusive, fire once, outside every fiber, never early; equal times fire in the order
 * they were set. */
struct timer {
    int64_t at_ns; /* private from here on */
    void (*fire)(struct worker *w, struct timer *t);
    uint32_t heap_index;
    uint32_t seq;
};
void timer_init(struct timer *t, void (*fire)(struct worker *, struct timer *));
/* May be set already: moved. A time gone by means now. */
void timer_set(struct worker *w, struct timer *t, int64_t at_ns);
void timer_clear(struct worker *w, struct timer *t);
bool timer_is_set(const struct timer *t);

/* Time as of the loop's last look at the clock: after each wait, before timers fire, in
 * fiber_yield, and at least before every 16th run of a fiber. Never ahead of clock_now_ns. For
 * deadlines; what is measured takes clock_now_ns. */
int64_t worker_loop_ns(const struct worker *w);
/* True when other fibers, timers, mail or descriptors are waiting: the engine's interrupt
 * callback parks only then. May cost a system call; meant for once a time slice. */
bool worker_has_waiting(struct worker *w);
/* True when a timer is due at now_ns. */
bool worker_has_due(const struct worker *w, int64_t now_ns);
/* Any thread: it waits for something to do, or did a moment ago. */
bool worker_is_asleep(struct worker *w);

/* Data of higher layers, one slot each, set before worker_start. */
enum worker_slot {
    WORKER_SLOT_METRICS,
    WORKER_SLOT_NET,
    WORKER_SLOT_JS,
    WORKER_SLOT_EXEC,
    WORKER_SLOTS
};
void worker_set_data(struct worker *w, enum worker_slot slot, void *data);
void *worker_data(const struct worker *w, enum worker_slot slot);

/* Counters for `-v`, benchmarks and tests. */
struct worker_stats {
    uint64_t switches; /* times a fiber was given the processor */
    uint64_t polls;    /* epoll waits */
    uint64_t mails;
    uint32_t fibers; /* alive now */
    uint32_t fibers_max;
};
/* Own thread, or after worker_stop. */
void worker_get_stats(const struct worker *w, struct worker_stats *fills);

#endif
