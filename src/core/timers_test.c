/* timers_test.c - the heap of timers, driven by made-up times. */
#include "core/timers.h"

#include <string.h>

#include "base/hash.h"
#include "core/clock.h"
#include "test.h"

enum { COUNT = 2000 };

static void never_fires(struct worker *w, struct timer *t)
{
    (void)w;
    (void)t;
    fail();
}

static void init_all(struct timer *list, int count)
{
    for (int i = 0; i < count; i++)
        timer_init(&list[i], never_fires);
}

static void timers_come_in_order_of_time(void **state)
{
    (void)state;
    static struct timer list[COUNT];
    struct timers ts;
    struct rng rng;
    rng_init(&rng, 1);
    timers_init(&ts);
    init_all(list, COUNT);
    for (int i = 0; i < COUNT; i++)
        timers_set(&ts, &list[i], (int64_t)(rng_next(&rng) % 500));
    int64_t last = -1;
    for (int i = 0; i < COUNT; i++) {
        struct timer *t = timers_take_due(&ts, CLOCK_NEVER);
        assert_non_null(t);
        assert_false(timer_is_set(t));
        assert_true(t->at_ns >= last);
        last = t->at_ns;
    }
    assert_null(timers_take_due(&ts, CLOCK_NEVER));
    timers_deinit(&ts);
}

static void equal_times_come_in_the_order_they_were_set(void **state)
{
    (void)state;
    static struct timer list[100];
    struct timers ts;
    timers_init(&ts);
    init_all(list, 100);
    ts.next_seq = UINT32_MAX - 50; /* the count wraps around in between */
    for (int i = 0; i < 100; i++)
        timers_set(&ts, &list[i], 7);
    for (int i = 0; i < 100; i++)
        assert_ptr_equal(timers_take_due(&ts, 7), &list[i]);
    timers_deinit(&ts);
}

static void a_timer_is_not_due_before_its_time(void **state)
{
    (void)state;
    struct timers ts;
    struct timer t;
    timers_init(&ts);
    timer_init(&t, never_fires);
    assert_true(timers_next_ns(&ts) == CLOCK_NEVER);
    timers_set(&ts, &t, 100);
    assert_int_equal(timers_next_ns(&ts), 100);
    assert_null(timers_take_due(&ts, 99));
    timers_set(&ts, &t, 50); /* moved */
    assert_int_equal(ts.len, 1);
    assert_ptr_equal(timers_take_due(&ts, 99), &t);
    timers_clear(&ts, &t); /* not set: nothing happens */
    timers_deinit(&ts);
}

/* Sets, moves and clears at random, beside a plain array that says what is right. */
static void any_mix_of_set_move_and_clear_keeps_the_order(void **state)
{
    (void)state;
    enum { FEW = 200 };
    static struct timer list[FEW];
    int64_t at[FEW];
    struct timers ts;
    struct rng rng;
    rng_init(&rng, 2);
    timers_init(&ts);
    init_all(list, FEW);
    memset(at, -1, sizeof at);
    for (int step = 0; step < 20000; step++) {
        int i = (int)(rng_next(&rng) % FEW);
        if (rng_next(&rng) % 3 == 0) {
            timers_clear(&ts, &list[i]);
            at[i] = -1;
        } else {
            at[i] = (int64_t)(rng_next(&rng) % 1000);
            timers_set(&ts, &list[i], at[i]);
        }
        int64_t first = CLOCK_NEVER;
        for (int k = 0; k < FEW; k++)
            if (at[k] >= 0 && at[k] < first)
                first = at[k];
        assert_true(timers_next_ns(&ts) == first);
    }
    timers_deinit(&ts);
    for (int i = 0; i < FEW; i++)
        assert_false(timer_is_set(&list[i]));
}

TEST_SUITE(timers) {
    TEST(timers_come_in_order_of_time)
    TEST(equal_times_come_in_the_order_they_were_set)
    TEST(a_timer_is_not_due_before_its_time)
    TEST(any_mix_of_set_move_and_clear_keeps_the_order)
    TEST_END
};
