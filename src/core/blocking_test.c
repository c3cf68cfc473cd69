/* blocking_test.c - calls on helper threads. */
#include "core/blocking.h"

#include <pthread.h>
#include <semaphore.h>
#include <stdbool.h>
#include <string.h>

#include "base/err.h"
#include "core/clock.h"
#include "core/fiber.h"
#include "core/worker.h"
#include "test.h"

enum { CALLERS = 40 };

struct calls {
    struct worker *w;
    pthread_t worker_thread;
    sem_t gate;
    struct fiber *fiber;
    int done;
    int turns;
    int rc;
};

struct sum {
    struct calls *calls;
    int a;
    int b;
    int result;
    bool was_elsewhere;
};

static bool no_fiber_left(void *opaque)
{
    struct calls *c = opaque;
    struct worker_stats stats;
    worker_get_stats(c->w, &stats);
    return stats.fibers == 0;
}

static void open_calls(struct calls *c)
{
    memset(c, 0, sizeof *c);
    c->w = worker_new(0);
    c->worker_thread = pthread_self();
    sem_init(&c->gate, 0, 0);
}

static void close_calls(struct calls *c)
{
    worker_run_here(c->w, no_fiber_left, c);
    worker_free(c->w);
    sem_destroy(&c->gate);
}

static void add(void *arg)
{
    struct sum *s = arg;
    s->result = s->a + s->b;
    s->was_elsewhere = !pthread_equal(pthread_self(), s->calls->worker_thread);
}

static void call_a_few_times(void *arg)
{
    struct calls *c = arg;
    for (int i = 0; i < 5; i++) {
        struct sum s = {.calls = c, .a = i, .b = 100};
        blocking_call(c->w, add, &s);
        assert_int_equal(s.result, i + 100);
        assert_true(s.was_elsewhere);
        c->done++;
    }
}

static void many_fibers_call_at_once(void **state)
{
    (void)state;
    struct calls c;
    open_calls(&c);
    for (int i = 0; i < CALLERS; i++)
        fiber_spawn(c.w, FIBER_HELPER, call_a_few_times, &c);
    close_calls(&c);
    assert_int_equal(c.done, CALLERS * 5);
}

static void wait_at_gate(void *arg)
{
    struct calls *c = arg;
    while (sem_wait(&c->gate) != 0)
        ;
}

static void call_through_gate(void *arg)
{
    struct calls *c = arg;
    blocking_call(c->w, wait_at_gate, c);
    c->done++;
    c->rc = fiber_park(c->w, clock_now_ns());
}

static void disturb_then_open_gate(void *arg)
{
    struct calls *c = arg;
    fiber_wake(c->fiber, 1);
    fiber_cancel(c->fiber);
    for (; c->turns < 10; c->turns++) {
        fiber_yield(c->w);
        assert_int_equal(c->done, 0);
    }
    fiber_uncancel(c->fiber);
    sem_post(&c->gate);
}

static void neither_wake_nor_cancel_ends_a_call_and_others_run_meanwhile(void **state)
{
    (void)state;
    struct calls c;
    open_calls(&c);
    c.fiber = fiber_spawn(c.w, FIBER_HELPER, call_through_gate, &c);
    fiber_spawn(c.w, FIBER_HELPER, disturb_then_open_gate, &c);
    close_calls(&c);
    assert_int_equal(c.turns, 10);
    assert_int_equal(c.done, 1);
    assert_int_equal(c.rc, 1); /* the wake was kept for the next park */
}

TEST_SUITE(blocking) {
    TEST(many_fibers_call_at_once)
    TEST(neither_wake_nor_cancel_ends_a_call_and_others_run_meanwhile)
    TEST_END
};
