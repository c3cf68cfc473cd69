/* summary_number_test.c - how values look in the text. */
#include "summary/summary_number.h"

#include <math.h>

#include "test.h"

static void assert_shown(double value, enum metric_type type, enum metric_contains contains,
                         const char *unit, const char *want)
{
    struct buf out;
    buf_init(&out, BUF_NO_LIMIT);
    summary_put_number(&out, value, type, contains, unit);
    assert_string_equal(out.data, want);
    buf_deinit(&out);
}

static void plain_numbers_have_six_decimals_at_most(void **state)
{
    (void)state;
    static const struct {
        double value;
        const char *text;
    } cases[] = {
        {0, "0"},
        {-0.0, "0"},
        {1, "1"},
        {-1, "-1"},
        {0.1 + 0.2, "0.3"},
        {1.0 / 3, "0.333333"},
        {1e-7, "0"},
        {-1e-7, "0"},
        {5e-7, "0"},
        {6e-7, "0.000001"},
        {1e15, "1000000000000000"},
        {1e20, "100000000000000000000"},
        {1e21, "1e+21"},
        {123456789012345680000.0, "123456789012345680000"},
        {1.005, "1.005"},
        {2.5000001, "2.5"},
        {-0.25, "-0.25"},
        {1234567.891, "1234567.891"},
        {16.666666666, "16.666667"},
        {0.0000005000000001, "0.000001"},
        {0.00390625, "0.003906"},
        {0.01171875, "0.011719"},
        {999999.9999999, "1000000"},
        {INFINITY, "Infinity"},
        {NAN, "NaN"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_shown(cases[i].value, METRIC_TREND, METRIC_DEFAULT, NULL, cases[i].text);
}

static void percentages_are_cut(void **state)
{
    (void)state;
    assert_shown(2.0 / 3, METRIC_RATE, METRIC_DEFAULT, NULL, "66.66%");
    assert_shown(0.99999, METRIC_RATE, METRIC_DEFAULT, NULL, "99.99%");
    assert_shown(1, METRIC_RATE, METRIC_TIME, "ms", "100.00%");
    assert_shown(0, METRIC_RATE, METRIC_DEFAULT, NULL, "0.00%");
}

static void times_take_the_largest_units(void **state)
{
    (void)state;
    static const struct {
        double ms;
        const char *text;
    } cases[] = {{0, "0s"},
                 {0.0005, "500ns"},
                 {0.0009999, "999ns"},
                 {0.001, "1µs"},
                 {0.25, "250µs"},
                 {0.123456, "123.45µs"},
                 {12, "12ms"},
                 {999.999, "999.99ms"},
                 {1000, "1s"},
                 {59999, "59.99s"},
                 {60000, "1m0s"},
                 {61000, "1m1s"},
                 {465251.28, "7m45s"},
                 {3600000, "1h0m0s"},
                 {90061001, "25h1m1s"},
                 {-5, "-5000000ns"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_shown(cases[i].ms, METRIC_TREND, METRIC_TIME, "", cases[i].text);
    /* 1.2345 in binary is a little less */
    assert_shown(1234.5, METRIC_TREND, METRIC_TIME, "s", "1.23s");
    assert_shown(1234.565, METRIC_TREND, METRIC_TIME, "ms", "1234.57ms");
    assert_shown(0.125, METRIC_TREND, METRIC_TIME, "ms", "0.13ms"); /* exact halves go up */
    assert_shown(0.005, METRIC_TREND, METRIC_TIME, "us", "5.00µs");
    assert_shown(61000, METRIC_TREND, METRIC_TIME, "hours", "1m1s");
}

static void bytes_have_decimal_units(void **state)
{
    (void)state;
    static const struct {
        double bytes;
        const char *text;
    } cases[] = {{0, "0 B"},          {9.5, "9.5 B"},     {10, "10 B"},     {83.333, "83 B"},
                 {999, "999 B"},      {1000, "1.0 kB"},   {4949, "4.9 kB"}, {519000, "519 kB"},
                 {1234567, "1.2 MB"}, {9960000, "10 MB"}, {5e10, "50 GB"},  {-20, "-20 B"},
                 {1e30, "1000000 YB"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_shown(cases[i].bytes, METRIC_COUNTER, METRIC_DATA, NULL, cases[i].text);
}

TEST_SUITE(summary_number)
{
    TEST(plain_numbers_have_six_decimals_at_most)
    TEST(percentages_are_cut)
    TEST(times_take_the_largest_units)
    TEST(bytes_have_decimal_units)
    TEST_END
};
