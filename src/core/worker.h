/* worker.h - one thread that runs fibers: ready queue, timers, epoll, mailbox. Nothing of it is shared but the mailbox.
 *
 * The loop: run ready fibers (bounded), fire due timers, take mail, wait in epoll until the next deadline. */
#ifndef C6_WORKER_H
#define C6_WORKER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/list.h"
#include "core/fiber.h"

struct worker;

struct worker *worker_new(int index);          /* index: 0.. ; names the thread "c6-w0" */
int worker_start(struct worker *w);            /* starts the thread; ERR_* if the system refuses */
/* Asks the loop to end once no fiber is left (they must be canceled or done), then joins. Not from the worker itself. */
void worker_stop(struct worker *w);
void worker_free(struct worker *w);
/* Runs the loop on the calling thread instead, until `done(opaque)` says true; for tests and single-threaded commands. */
void worker_run_here(struct worker *w, bool (*done)(void *opaque), void *opaque);
int worker_index(const struct worker *w);

/* Mail: an intrusive message run on the worker's thread, outside every fiber (so it must not park; it may spawn and wake). In order per
 * sender. The sender keeps the memory alive until run; run may free it. Any thread. */
struct mail {
    void (*run)(struct worker *w, struct mail *m);
    struct mail *next; /* private */
};
void worker_post(struct worker *w, struct mail *m);

/* Timers: intrusive, fire once, outside every fiber. */
struct timer {
    int64_t at_ns;                             /* private from here on */
    void (*fire)(struct worker *w, struct timer *t);
    uint32_t heap_index;
};
void timer_init(struct timer *t, void (*fire)(struct worker *, struct timer *));
void timer_set(struct worker *w, struct timer *t, int64_t at_ns); /* may be set already: moved */
void timer_clear(struct worker *w, struct timer *t);
bool timer_is_set(const struct timer *t);

/* Time as of the last look at the clock by the loop; refreshed before each fiber runs. Cheap, up to a time slice old. */
int64_t worker_loop_ns(const struct worker *w);
/* True when other fibers, timers or mail are waiting: the engine's interrupt callback parks only then. */
bool worker_has_waiting(struct worker *w);

/* Data of higher layers, one slot each, set before worker_start. */
enum worker_slot { WORKER_SLOT_METRICS, WORKER_SLOT_NET, WORKER_SLOT_JS, WORKER_SLOT_EXEC, WORKER_SLOTS };
void worker_set_data(struct worker *w, enum worker_slot slot, void *data);
void *worker_data(const struct worker *w, enum worker_slot slot);

/* Counters for `-v`, benchmarks and tests. */
struct worker_stats {
    uint64_t switches;
    uint64_t polls;
    uint64_t mails;
    uint32_t fibers;     /* alive now */
    uint32_t fibers_max;
};
void worker_get_stats(const struct worker *w, struct worker_stats *fills); /* own thread, or after worker_stop */

#endif
