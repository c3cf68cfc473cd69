/* num_test.c - tests of num.h. */
#include "base/num.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "base/err.h"
#include "base/hash.h"
#include "test.h"

static void assert_put(void (*put)(struct buf *, double), double n, const char *wanted)
{
    struct buf b;
    buf_init(&b, BUF_NO_LIMIT);
    put(&b, n);
    assert_string_equal(b.data, wanted);
    buf_deinit(&b);
}

static void assert_fixed(double n, int decimals, const char *wanted)
{
    struct buf b;
    buf_init(&b, BUF_NO_LIMIT);
    num_put_fixed(&b, n, decimals);
    assert_string_equal(b.data, wanted);
    buf_deinit(&b);
}

static void integers_are_read_up_to_their_limits(void **state)
{
    int64_t i;
    uint64_t u;
    assert_int_equal(num_parse_int(STR("9223372036854775807"), &i), 0);
    assert_true(i == INT64_MAX);
    assert_int_equal(num_parse_int(STR("-9223372036854775808"), &i), 0);
    assert_true(i == INT64_MIN);
    assert_int_equal(num_parse_int(STR("9223372036854775808"), &i), ERR_INVALID);
    assert_int_equal(num_parse_int(STR("-9223372036854775809"), &i), ERR_INVALID);
    assert_int_equal(num_parse_int(STR("+5"), &i), 0);
    assert_int_equal(i, 5);
    assert_int_equal(num_parse_uint(STR("18446744073709551615"), &u), 0);
    assert_true(u == UINT64_MAX);
    assert_int_equal(num_parse_uint(STR("18446744073709551616"), &u), ERR_INVALID);
    assert_int_equal(num_parse_uint(STR("-1"), &u), ERR_INVALID);
}

static void what_is_no_integer_is_refused(void **state)
{
    static const char *const bad[] = {"",    "-",   "+",   "1 ",  " 1", "1x",
                                      "0x1", "1.0", "--1", "+-1", "1e3"};
    int64_t i;
    for (size_t k = 0; k < sizeof bad / sizeof bad[0]; k++)
        assert_int_equal(num_parse_int(str_of(bad[k]), &i), ERR_INVALID);
    assert_int_equal(num_parse_int(STR("1\0"), &i), ERR_INVALID);
}

static void decimals_are_read_exactly(void **state)
{
    static const struct {
        const char *text;
        double value;
    } cases[] = {
        {"0", 0},
        {"-0", -0.0},
        {"1", 1},
        {"+1.5", 1.5},
        {".5", .5},
        {"5.", 5},
        {"1e3", 1000},
        {"1E+3", 1000},
        {"1e-3", .001},
        {"0.1", .1},
        {"123456789012345678", 123456789012345678.0},
        {"9007199254740993", 9007199254740992.0},
        {"1e22", 1e22},
        {"1e23", 1e23},
        {"8.5e-30", 8.5e-30},
        {"5e-324", 5e-324},
        {"2.2250738585072011e-308", 2.2250738585072011e-308}, /* once hung other parsers */
        {"1.7976931348623157e308", DBL_MAX},
        {"1e-400", 0},
        {"0e999999999999", 0},
        {"0.000000000000000000000000000000000000000001e42", 1},
        {"100000000000000000000000000000000000000000000000000000000000000000000000e-71", 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        double n = 12345;
        assert_int_equal(num_parse_double(str_of(cases[i].text), &n), 0);
        if (n != cases[i].value || signbit(n) != signbit(cases[i].value))
            fail_msg("%s was read as %.17g", cases[i].text, n);
    }
}

static void what_is_no_decimal_is_refused(void **state)
{
    static const char *const bad[] = {
        "",    ".",   "-",        "e5",    ".e5", "1e", "1e+",   "1e5x",   "1.2.3", "0x10",
        "inf", "nan", "Infinity", "1_000", " 1",  "1 ", "1e400", "-1e400", "1,5"};
    double n;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        if (num_parse_double(str_of(bad[i]), &n) != ERR_INVALID)
            fail_msg("'%s' was taken for a number", bad[i]);
}

static void plain_form_never_has_an_exponent(void **state)
{
    assert_put(num_put_f, 0, "0");
    assert_put(num_put_f, -0.0, "-0");
    assert_put(num_put_f, 1.5, "1.5");
    assert_put(num_put_f, -0.1, "-0.1");
    assert_put(num_put_f, 1e21, "1000000000000000000000");
    assert_put(num_put_f, 1e-7, "0.0000001");
    assert_put(num_put_f, 0.1 + 0.2, "0.30000000000000004");
    assert_put(num_put_f, 123456.789, "123456.789");
    assert_put(num_put_f, NAN, "NaN");
    assert_put(num_put_f, INFINITY, "+Inf");
    assert_put(num_put_f, -INFINITY, "-Inf");
}

static void shortest_digits_are_found_at_the_edges(void **state)
{
    assert_put(num_put_js, 5e-324, "5e-324");
    assert_put(num_put_js, 1.5e-323, "1.5e-323");
    assert_put(num_put_js, 2.2250738585072014e-308, "2.2250738585072014e-308");
    assert_put(num_put_js, 2.225073858507201e-308, "2.225073858507201e-308");
    assert_put(num_put_js, DBL_MAX, "1.7976931348623157e+308");
    assert_put(num_put_js, 9007199254740993.0, "9007199254740992");
    assert_put(num_put_js, 0x1p-44, "5.684341886080802e-14");
    assert_put(num_put_js, 0x1p-1022, "2.2250738585072014e-308");
    assert_put(num_put_js, 9.5367431640625e-7, "9.5367431640625e-7");
    assert_put(num_put_js, 1e23, "1e+23");
    assert_put(num_put_js, 4.35, "4.35");
    assert_put(num_put_js, 999999999999999.9, "999999999999999.9");
    assert_put(num_put_js, 0.000001, "0.000001");
    assert_put(num_put_js, 123e-20, "1.23e-18");
}

static void go_changes_to_an_exponent_at_a_million(void **state)
{
    assert_put(num_put_g, 999999, "999999");
    assert_put(num_put_g, 1000000, "1e+06");
    assert_put(num_put_g, 1234567.5, "1.2345675e+06");
    assert_put(num_put_g, 0.0001, "0.0001");
    assert_put(num_put_g, 0.00001, "1e-05");
    assert_put(num_put_g, 1e100, "1e+100");
    assert_put(num_put_g, 0, "0");
}

static void whole_numbers_of_scripts_are_integers_in_go(void **state)
{
    assert_put(num_put_v, 1000000, "1000000");
    assert_put(num_put_v, -123456789012.0, "-123456789012");
    assert_put(num_put_v, 9007199254740992.0, "9007199254740992");
    assert_put(num_put_v, 1e21, "1e+21");
    assert_put(num_put_v, 0.000001, "1e-06");
    assert_put(num_put_v, 1234567.5, "1.2345675e+06");
    assert_put(num_put_v, -0.5, "-0.5");
    assert_put(num_put_v, -0.0, "-0");
    assert_put(num_put_v, NAN, "NaN");
    assert_put(num_put_v, -INFINITY, "-Inf");
}

static void json_form_has_exponents_far_out_only(void **state)
{
    assert_put(num_put_json, 1e20, "100000000000000000000");
    assert_put(num_put_json, 1e21, "1e+21");
    assert_put(num_put_json, 0.000001, "0.000001");
    assert_put(num_put_json, 1e-7, "1e-7");
    assert_put(num_put_json, 1.5e-10, "1.5e-10");
    assert_put(num_put_json, -0.0, "-0");
    assert_put(num_put_json, NAN, "null");
    assert_put(num_put_json, INFINITY, "null");
}

static void javascript_form_is_that_of_number_to_string(void **state)
{
    assert_put(num_put_js, 0, "0");
    assert_put(num_put_js, -0.0, "0");
    assert_put(num_put_js, 1e20, "100000000000000000000");
    assert_put(num_put_js, 123456789012345680000.0, "123456789012345680000");
    assert_put(num_put_js, 1e21, "1e+21");
    assert_put(num_put_js, 1e-6, "0.000001");
    assert_put(num_put_js, 1e-7, "1e-7");
    assert_put(num_put_js, -1.25e-9, "-1.25e-9");
    assert_put(num_put_js, NAN, "NaN");
    assert_put(num_put_js, -INFINITY, "-Infinity");
}

static void fixed_form_rounds_the_exact_value(void **state)
{
    assert_fixed(0, 2, "0.00");
    assert_fixed(1.005, 2, "1.00"); /* the double is below 1.005 */
    assert_fixed(0.5, 0, "0");      /* a tie goes to the even digit */
    assert_fixed(1.5, 0, "2");
    assert_fixed(2.5, 0, "2");
    assert_fixed(-1.25, 1, "-1.2");
    assert_fixed(123.456789, 6, "123.456789");
    assert_fixed(-0.0, 1, "-0.0");
    assert_fixed(1e22, 1, "10000000000000000000000.0");
    assert_fixed(NAN, 3, "NaN");
    assert_fixed(INFINITY, 3, "+Inf");
    struct buf b;
    buf_init(&b, BUF_NO_LIMIT);
    num_put_fixed(&b, DBL_MAX, 100);
    assert_int_equal(b.len, 309 + 1 + 100);
    buf_deinit(&b);
}

/* Random bit patterns, and random nanoseconds as milliseconds, which are what c6 prints most. */
static void what_is_printed_reads_back_the_same(void **state)
{
    struct rng r;
    rng_init(&r, 99);
    for (int i = 0; i < 60000; i++) {
        uint64_t bits = rng_next(&r);
        double n;
        if (i % 2 == 0)
            memcpy(&n, &bits, sizeof n);
        else
            n = (double)(bits >> (20 + i % 40)) / 1e6;
        if (!isfinite(n))
            continue;
        struct buf b;
        buf_init(&b, BUF_NO_LIMIT);
        num_put_json(&b, n);
        double back;
        if (num_parse_double((struct str){b.data, b.len}, &back) != 0 || back != n)
            fail_msg("%.17g was printed as %s", n, b.data);
        buf_deinit(&b);
    }
}

TEST_SUITE(num) {
    TEST(integers_are_read_up_to_their_limits)
    TEST(what_is_no_integer_is_refused)
    TEST(decimals_are_read_exactly)
    TEST(what_is_no_decimal_is_refused)
    TEST(plain_form_never_has_an_exponent)
    TEST(shortest_digits_are_found_at_the_edges)
    TEST(go_changes_to_an_exponent_at_a_million)
    TEST(whole_numbers_of_scripts_are_integers_in_go)
    TEST(json_form_has_exponents_far_out_only)
    TEST(javascript_form_is_that_of_number_to_string)
    TEST(fixed_form_rounds_the_exact_value)
    TEST(what_is_printed_reads_back_the_same)
    TEST_END
};
