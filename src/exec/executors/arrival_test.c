/* arrival_test.c - start times of the arrival rates, without a clock. */
#include "exec/executors/arrival.h"

#include <math.h>

#include "base/duration.h"
#include "test.h"

static struct scenario constant(double rate, int64_t unit_ns, int64_t duration_ns)
{
    return (struct scenario){.executor = EXECUTOR_CONSTANT_ARRIVAL_RATE,
                             .rate = rate,
                             .time_unit_ns = unit_ns,
                             .duration_ns = duration_ns};
}

static int64_t count_starts(const struct scenario *s,
                            int64_t (*start_ns)(const struct scenario *, int64_t))
{
    int64_t count = 0;
    int64_t before_ns = -1;
    for (;;) {
        int64_t at_ns = start_ns(s, count);
        if (at_ns < 0)
            return count;
        assert_true(at_ns >= before_ns);
        before_ns = at_ns;
        count++;
    }
}

static void constant_rate_starts_at_zero_and_ends_before_its_duration(void **state)
{
    struct scenario s = constant(5, NS_PER_SEC, 1900 * NS_PER_MS);
    assert_int_equal(constant_arrival_start_ns(&s, 0), 0);
    assert_int_equal(constant_arrival_start_ns(&s, 3), 600 * NS_PER_MS);
    assert_int_equal(count_starts(&s, constant_arrival_start_ns), 10);
    s = constant(6, 2 * NS_PER_SEC, 1500 * NS_PER_MS);
    assert_int_equal(count_starts(&s, constant_arrival_start_ns), 5);
}

/* As mostly in k6, where a rate of 7 never gives 7 starts in a second but 8. */
static void start_at_the_very_end_counts_if_what_begins_then_may_go_on(void **state)
{
    struct scenario s = constant(7, NS_PER_SEC, NS_PER_SEC);
    assert_int_equal(count_starts(&s, constant_arrival_start_ns), 7);
    s.graceful_stop_ns = 1;
    assert_int_equal(count_starts(&s, constant_arrival_start_ns), 8);
    assert_int_equal(constant_arrival_start_ns(&s, 7), NS_PER_SEC);
    s = constant(10, NS_PER_SEC, 3599 * NS_PER_SEC);
    assert_int_equal(count_starts(&s, constant_arrival_start_ns), 35990);
}

static void odd_rates_do_not_drift(void **state)
{
    struct scenario s = constant(3, NS_PER_SEC, 1000000 * NS_PER_SEC);
    assert_int_equal(constant_arrival_start_ns(&s, 2999997), INT64_C(999999) * NS_PER_SEC);
    s = constant(0.5, NS_PER_SEC, 10 * NS_PER_SEC);
    assert_int_equal(count_starts(&s, constant_arrival_start_ns), 5);
    assert_int_equal(constant_arrival_start_ns(&s, 4), 8 * NS_PER_SEC);
    s = constant(0, NS_PER_SEC, 10 * NS_PER_SEC);
    assert_int_equal(count_starts(&s, constant_arrival_start_ns), 0);
}

static struct scenario ramp(double start, struct stage *stages, size_t count)
{
    return (struct scenario){.executor = EXECUTOR_RAMPING_ARRIVAL_RATE,
                             .start_rate = start,
                             .time_unit_ns = NS_PER_SEC,
                             .stages = stages,
                             .stage_count = count};
}

static void area_under_the_rate_is_the_number_of_starts(void **state)
{
    struct stage stages[] = {{.duration_ns = NS_PER_SEC, .target = 20},
                             {.duration_ns = NS_PER_SEC, .target = 20},
                             {.duration_ns = 500 * NS_PER_MS, .target = 0}};
    struct scenario s = ramp(0, stages, 3);
    assert_int_equal(count_starts(&s, ramping_arrival_start_ns), 35);
    /* The tenth start closes the first triangle; then one each 50 ms. */
    assert_int_equal(ramping_arrival_start_ns(&s, 9), NS_PER_SEC);
    assert_int_equal(ramping_arrival_start_ns(&s, 10), 1050 * NS_PER_MS);
    assert_true(ramping_arrival_start_ns(&s, 34) <= 2500 * NS_PER_MS);
}

static void first_start_of_a_ramp_waits_for_a_whole_iteration(void **state)
{
    struct stage stages[] = {{.duration_ns = 2 * NS_PER_SEC, .target = 2}};
    struct scenario s = ramp(2, stages, 1);
    assert_int_equal(ramping_arrival_start_ns(&s, 0), 500 * NS_PER_MS);
    assert_int_equal(ramping_arrival_start_ns(&s, 3), 2 * NS_PER_SEC);
    assert_int_equal(ramping_arrival_start_ns(&s, 4), -1);
}

static void stages_without_length_or_rate_are_walked_over(void **state)
{
    struct stage stages[] = {{.duration_ns = NS_PER_SEC, .target = 0},
                             {.duration_ns = 0, .target = 10},
                             {.duration_ns = NS_PER_SEC, .target = 10},
                             {.duration_ns = 0, .target = 0},
                             {.duration_ns = NS_PER_SEC, .target = 0}};
    struct scenario s = ramp(0, stages, 5);
    assert_int_equal(count_starts(&s, ramping_arrival_start_ns), 10);
    assert_int_equal(ramping_arrival_start_ns(&s, 0), 1100 * NS_PER_MS);
    assert_int_equal(ramping_arrival_start_ns(&s, 9), 2 * NS_PER_SEC);
}

static void shown_rate_is_what_the_next_start_makes(void **state)
{
    struct stage stages[] = {{.duration_ns = NS_PER_SEC, .target = 20},
                             {.duration_ns = NS_PER_SEC, .target = 20}};
    struct scenario s = ramp(0, stages, 2);
    struct segment *whole = segment_whole();
    struct segment *half = NULL;
    assert_int_equal(segment_parse(&half, STR("0:1/2"), STR("0,1/2,1"), NULL), 0);
    /* The first start is due after 316 ms, the tenth at 1 s, 51.3 ms after the ninth; then one each
     * 50 ms. */
    assert_true(fabs(arrival_shown_rate(&s, whole, 0) - 3.162) < 0.001);
    assert_true(fabs(arrival_shown_rate(&s, whole, 990 * NS_PER_MS) - 19.487) < 0.001);
    assert_true(fabs(arrival_shown_rate(&s, whole, 1510 * NS_PER_MS) - 20) < 0.001);
    assert_true(fabs(arrival_shown_rate(&s, half, 1510 * NS_PER_MS) - 10) < 0.001);
    /* The last distance stays. */
    assert_true(fabs(arrival_shown_rate(&s, whole, 5 * NS_PER_SEC) - 20) < 0.001);
    stages[0].target = stages[1].target = 0;
    s = ramp(1, stages, 2);
    assert_true(arrival_shown_rate(&s, whole, NS_PER_SEC) == 1);
    s = constant(30, 60 * NS_PER_SEC, NS_PER_SEC);
    assert_true(arrival_shown_rate(&s, whole, 0) == 0.5);
    assert_true(arrival_shown_rate(&s, half, 0) == 0.25);
    segment_free(half);
    segment_free(whole);
}

/* clang-format off */
TEST_SUITE(arrival){
    TEST(constant_rate_starts_at_zero_and_ends_before_its_duration)
    TEST(start_at_the_very_end_counts_if_what_begins_then_may_go_on)
    TEST(odd_rates_do_not_drift)
    TEST(area_under_the_rate_is_the_number_of_starts)
    TEST(first_start_of_a_ramp_waits_for_a_whole_iteration)
    TEST(stages_without_length_or_rate_are_walked_over)
    TEST(shown_rate_is_what_the_next_start_makes)
    TEST_END
};
