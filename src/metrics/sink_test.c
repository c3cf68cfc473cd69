/* sink_test.c - what sinks add up, merge and report. */
#include "metrics/sink.h"

#include "base/err.h"
#include "test.h"

static double stat_of(const struct sink *s, const char *name)
{
    double value = -12345;
    assert_int_equal(sink_stat(s, str_of(name), 2000000000, &value), 0);
    return value;
}

static void a_counter_sums_and_has_a_rate(void **state)
{
    (void)state;
    struct sink s;
    sink_init(&s, METRIC_COUNTER);
    assert_true(sink_is_empty(&s));
    assert_true(stat_of(&s, "count") == 0);
    sink_add(&s, 3, 100);
    sink_add(&s, 5, 200);
    assert_true(stat_of(&s, "count") == 8);
    assert_true(stat_of(&s, "rate") == 4);
    assert_int_equal(s.first_ns, 100);
    double value;
    assert_int_equal(sink_stat(&s, STR("rate"), 0, &value), 0);
    assert_true(value == 0);
    assert_int_equal(sink_stat(&s, STR("avg"), 1, &value), ERR_INVALID);
    sink_deinit(&s);
}

static void a_gauge_keeps_the_newest_over_merges(void **state)
{
    (void)state;
    struct sink a, b;
    sink_init(&a, METRIC_GAUGE);
    sink_init(&b, METRIC_GAUGE);
    sink_add(&a, -2, 10);
    sink_add(&a, 7, 30);
    sink_add(&b, 4, 20);
    sink_merge(&a, &b);
    assert_true(stat_of(&a, "value") == 7);
    assert_true(stat_of(&a, "min") == -2);
    assert_true(stat_of(&a, "max") == 7);
    sink_reset(&b);
    sink_add(&b, 9, 40);
    sink_merge(&a, &b);
    assert_true(stat_of(&a, "value") == 9);
    assert_true(stat_of(&a, "max") == 9);
    sink_deinit(&a);
    sink_deinit(&b);
}

static void a_rate_counts_what_is_not_zero(void **state)
{
    (void)state;
    struct sink a, b;
    sink_init(&a, METRIC_RATE);
    sink_init(&b, METRIC_RATE);
    assert_true(stat_of(&a, "rate") == 0);
    sink_add(&a, 1, 0);
    sink_add(&a, 0, 0);
    sink_add(&b, -0.5, 0);
    sink_add(&b, 2, 0);
    sink_merge(&a, &b);
    assert_true(stat_of(&a, "rate") == 0.75);
    assert_true(stat_of(&a, "passes") == 3);
    assert_true(stat_of(&a, "fails") == 1);
    sink_deinit(&a);
    sink_deinit(&b);
}

static void a_trend_has_the_statistics_of_the_documentation(void **state)
{
    (void)state;
    struct sink s;
    sink_init(&s, METRIC_TREND);
    assert_true(stat_of(&s, "avg") == 0);
    assert_true(stat_of(&s, "p(95)") == 0);
    for (int i = 1; i <= 10; i++)
        sink_add(&s, i, i);
    assert_true(stat_of(&s, "avg") == 5.5);
    assert_true(stat_of(&s, "min") == 1);
    assert_true(stat_of(&s, "med") == 5.5);
    assert_true(stat_of(&s, "max") == 10);
    assert_true(stat_of(&s, "count") == 10);
    assert_true(stat_of(&s, "sum") == 55);
    assert_true(stat_of(&s, "p(90)") == 9.1);
    assert_true(stat_of(&s, "p(0)") == 1);
    assert_true(stat_of(&s, "p(100)") == 10);
    double value;
    assert_int_equal(sink_stat(&s, STR("p(101)"), 1, &value), ERR_INVALID);
    assert_int_equal(sink_stat(&s, STR("p"), 1, &value), ERR_INVALID);
    sink_deinit(&s);
}

static void tells_trend_statistics_from_other_words(void **state)
{
    (void)state;
    static const char *const good[] = {"avg",  "min",       "med",    "max",   "count",
                                       "p(0)", "p(99.999)", "p(100)", "p(1e1)"};
    static const char *const bad[] = {"",       "sum",   "rate",   "p",     "p()",    "p(",
                                      "p(101)", "p(-1)", "p(nan)", "P(90)", "p(90) ", "p(a)"};
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
        assert_true(sink_trend_stat_is_valid(str_of(good[i])));
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_false(sink_trend_stat_is_valid(str_of(bad[i])));
}

TEST_SUITE(sink)
{
    TEST(a_counter_sums_and_has_a_rate)
    TEST(a_gauge_keeps_the_newest_over_merges)
    TEST(a_rate_counts_what_is_not_zero)
    TEST(a_trend_has_the_statistics_of_the_documentation)
    TEST(tells_trend_statistics_from_other_words)
    TEST_END
};
