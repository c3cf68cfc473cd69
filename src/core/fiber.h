/* fiber.h - stackful fibers: straight-line code that parks while it waits. Each fiber belongs to
 * one worker for life; all functions here are for that worker's own thread (other threads post
 * mail to it, see worker.h).
 *
 * Parking: fiber_park gives the worker to others until fiber_wake, the deadline, or
 * fiber_cancel. A wake that comes before the park is kept (one), so that "register, then park"
 * has no race. Nothing else may switch. */
#ifndef C6_FIBER_H
#define C6_FIBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct worker;
struct fiber;

typedef void (*fiber_fn)(void *arg);

enum fiber_kind {
    FIBER_VU,     /* runs JavaScript: 4 MiB of address space, touched pages only cost memory */
    FIBER_BIG,    /* compiling and evaluating modules: 16 MiB; few at a time, pooled */
    FIBER_HELPER, /* network work beside a script, never JavaScript: 128 KiB */
};

/* Makes a fiber and puts it on the ready queue. It is freed when fn returns: from then on f is
 * nobody's. Ends the process if the system refuses address space. */
struct fiber *fiber_spawn(struct worker *w, enum fiber_kind kind, fiber_fn fn, void *arg);
struct fiber *fiber_current(struct worker *w); /* NULL outside every fiber */
struct worker *fiber_worker(struct fiber *f);

/* Parks the current fiber. Returns the wake's rc, ERR_TIMEOUT at deadline_ns (monotonic;
 * CLOCK_NEVER waits for ever), or ERR_CANCELED. A kept wake that was meant for something else
 * may end it early: look at your condition again. Once canceled, every park returns ERR_CANCELED
 * at once until fiber_uncancel. */
int fiber_park(struct worker *w, int64_t deadline_ns);
/* Not parked: kept for its next park; of several kept ones the last counts. */
void fiber_wake(struct fiber *f, int rc);
/* Lets the other ready fibers of the worker run, then goes on. Returns 0 or ERR_CANCELED. */
int fiber_yield(struct worker *w);
/* The same for one that has computed for a whole time slice: it goes on after all that are ready
 * now or become so meanwhile, but for one turn in a while that is always its kind's. */
int fiber_yield_late(struct worker *w);
/* Are other fibers ready to run? */
bool fiber_has_ready(const struct worker *w);
/* 0 at the deadline, or ERR_CANCELED; wakes do not end it, but are kept for the next park. */
int fiber_sleep_until(struct worker *w, int64_t deadline_ns);

/* Says that f touches this memory whenever it runs: while the fiber before it runs, it is fetched
 * into the cache, as f's stack is. A hint for the sake of speed: p may be NULL and may dangle by
 * then. One piece of memory a place. */
enum fiber_near {
    FIBER_NEAR_VU,
    FIBER_NEAR_REALM,
    FIBER_NEAR_REQUEST,
    FIBER_NEAR_CONNECTION,
    FIBER_NEAR_PLACES
};
void fiber_keep_near(struct fiber *f, enum fiber_near place, const void *p, size_t size);

void fiber_cancel(struct fiber *f);
void fiber_uncancel(struct fiber *f);
bool fiber_is_canceled(const struct fiber *f);

/* The usable stack of the current fiber: lowest address and size, for the engine's stack limit. */
void fiber_stack(struct worker *w, void **low, size_t *size);
/* Gives back the pages of the current fiber's stack that lie deeper than keep_bytes below the
 * present frame. For use between iterations, when deep recursion touched many. Cheap when there
 * is nothing to give (it remembers the deepest mark asked about). */
void fiber_trim_stack(struct worker *w, size_t keep_bytes);

#endif
