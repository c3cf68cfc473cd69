/* worker_int.h - the insides of a worker, shared by worker.c, fiber.c, reactor.c and blocking.c
 * only.
 *
 * States of a fiber:
 *
 *     spawn -> READY -> RUNNING -> PARKED -> READY      (wake, deadline, cancel)
 *                          |  `-> READY                 (yield)
 *                          `-> its stack goes back to the pool
 *
 * A wake of a fiber that is READY or RUNNING is kept for its next park.
 * Fibers switch to one another directly while the round lasts; the loop's own context runs when
 * the round is used up, nothing is ready, or a fiber has ended. */
#ifndef C6_WORKER_INT_H
#define C6_WORKER_INT_H

#include <pthread.h>
#include <sys/epoll.h>

#include "core/ctx.h"
#include "core/fiber.h"
#include "core/mailbox.h"
#include "core/stack.h"
#include "core/timers.h"
#include "core/worker.h"

/* For functions that fetch memory into the cache. Inlined at once: gcc takes one that does nothing
 * but that for one that does nothing. */
#define FETCHES static inline __attribute__((always_inline)) void

enum fiber_state { FIBER_READY, FIBER_RUNNING, FIBER_PARKED };

/* Lies at the top of its own stack, so that an idle fiber costs one page. */
struct fiber {
    struct ctx ctx; /* first: a context's address is its fiber's */
    struct worker *worker;
    struct fiber *next_ready;
    uint8_t state;
    uint8_t kind;
    bool is_canceled;
    bool is_deaf;     /* parked in a way that fiber_wake does not end: wakes are kept for later */
    bool is_shielded; /* nor does cancellation */
    bool has_kept_wake;
    bool io_was_closed; /* the descriptor waited for is gone, its struct io perhaps too */
    int rc;             /* what the park returns */
    int kept_rc;
    uint16_t near_size[FIBER_NEAR_PLACES];
    const void *near[FIBER_NEAR_PLACES]; /* never read, perhaps dangling */
    int64_t deadline_ns;
    struct timer timer; /* set at deadline_ns or earlier, see fiber.c */
    fiber_fn fn;
    void *arg;
    char *slot;
    char *low;
    struct stack_mark mark;
};

enum {
    FIBER_KINDS = 3,
    ROUND_MAX = 16, /* fiber runs between two looks at the clock, timers and mail */
    EVENTS_MAX = 256,
    BLOCKING_MAX = 4, /* helper threads a worker */
};

struct reactor {
    int epoll_fd;
    bool has_no_pwait2; /* the kernel lacks epoll_pwait2: waits are rounded up to milliseconds */
    int event_at;       /* events[event_at, event_count) are still to be dispatched */
    int event_count;
    struct epoll_event events[EVENTS_MAX];
};

struct blocking;

struct fiber_queue {
    struct fiber *head;
    struct fiber *tail;
};

struct worker {
    struct fiber_queue ready;
    struct fiber_queue late; /* ready too, but after those: they have used up a time slice */
    struct fiber *current;
    uint32_t round_left;
    uint32_t late_left; /* how many late ones this round may still run */
    uint32_t runs_unpolled;
    int64_t loop_ns;
    int64_t polled_ns;
    struct fiber *ended; /* switched away from for good, its stack not yet given back */
    struct ctx loop_ctx;
    struct timers timers;
    struct worker_stats stats;
    void *data[WORKER_SLOTS];
    struct stack_pool stacks[FIBER_KINDS];
    struct blocking *blocking; /* made at first use */
    struct reactor reactor;
    struct mailbox mailbox;
    struct mail stop_mail;
    bool is_stopping;
    bool is_started;
    int index;
    pthread_t thread;
};

/* fiber.c */
void fiber_init_pools(struct worker *w);
void fiber_deinit_pools(struct worker *w);
void fiber_run_round(struct worker *w);          /* from the loop: up to ROUND_MAX runs */
void fiber_wake_parked(struct fiber *f, int rc); /* like fiber_wake, but nothing is kept */
void fiber_park_deaf(struct worker *w);          /* until fiber_wake_deaf, come what may */
void fiber_wake_deaf(struct fiber *f);

/* reactor.c */
int reactor_open(struct worker *w);
void reactor_close(struct worker *w);
void reactor_poll(struct worker *w, int64_t timeout_ns); /* CLOCK_NEVER waits for ever */
bool reactor_has_events(struct worker *w);

/* blocking.c */
void blocking_free(struct blocking *b);

#endif
