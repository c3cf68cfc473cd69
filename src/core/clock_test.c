/* clock_test.c - clocks and saturating sums. */
#include "core/clock.h"

#include "base/duration.h"
#include "test.h"

static void time_does_not_run_backwards(void **state)
{
    (void)state;
    int64_t last = clock_now_ns();
    for (int i = 0; i < 1000; i++) {
        int64_t now = clock_now_ns();
        assert_true(now >= last);
        last = now;
    }
}

static void wall_time_keeps_the_order_of_monotonic_time(void **state)
{
    (void)state;
    int64_t a = clock_to_wall_ns(1000);
    assert_int_equal(clock_to_wall_ns(1001) - a, 1);
    int64_t now = clock_to_wall_ns(clock_now_ns());
    assert_true(now > INT64_C(1600000000) * NS_PER_SEC);
}

static void sums_of_times_saturate(void **state)
{
    (void)state;
    assert_int_equal(clock_add(1, 2), 3);
    assert_true(clock_add(CLOCK_NEVER, 1) == CLOCK_NEVER);
    assert_true(clock_add(5, CLOCK_NEVER) == CLOCK_NEVER);
    assert_true(clock_add(CLOCK_NEVER, -1) == CLOCK_NEVER - 1);
    assert_true(clock_add(INT64_MIN, -1) == INT64_MIN);
}

TEST_SUITE(clock) {
    TEST(time_does_not_run_backwards)
    TEST(wall_time_keeps_the_order_of_monotonic_time)
    TEST(sums_of_times_saturate)
    TEST_END
};
