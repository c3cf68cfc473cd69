/* duration_test.c - tests of duration.h. */
#include "base/duration.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "fuzz_replay.h"
#include "test.h"

#define LLVMFuzzerTestOneInput duration_fuzz_one
#include "../../fuzz/duration_fuzz.c"
#undef LLVMFuzzerTestOneInput

#define HOUR (3600 * NS_PER_SEC)

static void assert_reads(const char *text, int64_t wanted_ns)
{
    struct err e = {0};
    int64_t ns = -1;
    if (duration_parse(str_of(text), &ns, &e) != 0 || ns != wanted_ns)
        fail_msg("'%s' gave %lld ns (%s)", text, (long long)ns, e.msg != NULL ? e.msg : "no error");
    err_deinit(&e);
}

static void assert_refuses(const char *text, const char *why)
{
    struct err e = {0};
    int64_t ns = 7;
    assert_int_equal(duration_parse(str_of(text), &ns, &e), ERR_INVALID);
    assert_string_equal(e.msg, why);
    assert_int_equal(ns, 7);
    err_deinit(&e);
}

static void assert_prints(int64_t ns, const char *wanted)
{
    char *text = duration_dup(ns);
    assert_string_equal(text, wanted);
    mem_free(text);
}

static void units_add_up(void **state)
{
    assert_reads("1m30s", 90 * NS_PER_SEC);
    assert_reads("1h2m3s4ms5us6ns", HOUR + 123 * NS_PER_SEC + 4005006);
    assert_reads("1.5h", HOUR + HOUR / 2);
    assert_reads(".5s", NS_PER_SEC / 2);
    assert_reads("1.s", NS_PER_SEC);
    assert_reads("-5s", -5 * NS_PER_SEC);
    assert_reads("+5s", 5 * NS_PER_SEC);
    assert_reads("1s1s", 2 * NS_PER_SEC);
    assert_reads("1.5\xc2\xb5s", 1500);
    assert_reads("1.5\xce\xbcs", 1500);
    assert_reads("0.3333333333333333333h", 1200 * NS_PER_SEC);
    assert_reads("0.100000000000000000000h", 360 * NS_PER_SEC);
}

static void a_bare_number_is_milliseconds(void **state)
{
    assert_reads("250", 250 * NS_PER_MS);
    assert_reads("1.5", 1500000);
    assert_reads("0", 0);
    assert_reads("-10", -10 * NS_PER_MS);
    assert_reads("1e3", NS_PER_SEC);
}

static void days_come_first(void **state)
{
    assert_reads("1d", 24 * HOUR);
    assert_reads("1d2h", 26 * HOUR);
    assert_reads("-2d12h", -60 * HOUR);
    assert_reads("0d5s", 5 * NS_PER_SEC);
    assert_reads("1d0", 24 * HOUR);
}

static void what_is_no_duration_is_refused_in_gos_words(void **state)
{
    assert_refuses("", "time: invalid duration \"\"");
    assert_refuses("abc", "time: invalid duration \"abc\"");
    assert_refuses("-", "time: invalid duration \"-\"");
    assert_refuses(".s", "time: invalid duration \".s\"");
    assert_refuses("1m30", "time: missing unit in duration \"1m30\"");
    assert_refuses("1x", "time: unknown unit \"x\" in duration \"1x\"");
    assert_refuses("3 s", "time: unknown unit \" s\" in duration \"3 s\"");
    assert_refuses("1d-2h", "invalid time format '-2h'");
    assert_refuses("1.5d", "strconv.ParseInt: parsing \"1.5\": invalid syntax");
    assert_refuses("2h1d", "strconv.ParseInt: parsing \"2h1\": invalid syntax");
    assert_refuses("1d5", "time: missing unit in duration \"5\"");
    assert_refuses("inf", "time: invalid duration \"inf\"");
}

static void what_does_not_fit_is_refused(void **state)
{
    assert_reads("2562047h47m16.854775807s", INT64_MAX);
    assert_reads("-2562047h47m16.854775808s", INT64_MIN);
    assert_refuses("2562047h47m16.854775808s",
                   "time: invalid duration \"2562047h47m16.854775808s\"");
    assert_refuses("99999999999999999999s", "time: invalid duration \"99999999999999999999s\"");
    assert_refuses("200000d", "time: invalid duration \"200000d\"");
    assert_refuses("1e30", "time: invalid duration \"1e30\"");
}

static void only_the_go_form_wants_a_unit(void **state)
{
    int64_t ns = 0;
    assert_int_equal(duration_parse_go(STR("10s"), &ns, NULL), 0);
    assert_true(ns == 10 * NS_PER_SEC);
    assert_int_equal(duration_parse_go(STR("250"), &ns, NULL), ERR_INVALID);
    assert_int_equal(duration_parse_go(STR("1d"), &ns, NULL), ERR_INVALID);
    assert_int_equal(duration_parse_go(STR("-0"), &ns, NULL), 0);
    assert_true(ns == 0);
}

static void numbers_of_milliseconds_are_cut_to_nanoseconds(void **state)
{
    int64_t ns = 0;
    assert_int_equal(duration_from_ms(0.0000019, &ns), 0);
    assert_true(ns == 1);
    assert_int_equal(duration_from_ms(-1.5, &ns), 0);
    assert_true(ns == -1500000);
    assert_int_equal(duration_from_ms(NAN, &ns), ERR_INVALID);
    assert_int_equal(duration_from_ms(INFINITY, &ns), ERR_INVALID);
    assert_int_equal(duration_from_ms(9.3e12, &ns), ERR_INVALID);
}

static void it_prints_as_go_does(void **state)
{
    assert_prints(0, "0s");
    assert_prints(1, "1ns");
    assert_prints(1100, "1.1\xc2\xb5s");
    assert_prints(2200000, "2.2ms");
    assert_prints(250 * NS_PER_MS, "250ms");
    assert_prints(NS_PER_SEC, "1s");
    assert_prints(3300 * NS_PER_MS, "3.3s");
    assert_prints(90 * NS_PER_SEC, "1m30s");
    assert_prints(600 * NS_PER_SEC, "10m0s");
    assert_prints(HOUR, "1h0m0s");
    assert_prints(24 * HOUR, "24h0m0s");
    assert_prints(HOUR + 1, "1h0m0.000000001s");
    assert_prints(-1500 * NS_PER_MS, "-1.5s");
    assert_prints(INT64_MAX, "2562047h47m16.854775807s");
    assert_prints(INT64_MIN, "-2562047h47m16.854775808s");
}

static void the_corpus_is_clean(void **state)
{
    fuzz_replay("duration", duration_fuzz_one);
}

TEST_SUITE(duration) {
    TEST(units_add_up)
    TEST(a_bare_number_is_milliseconds)
    TEST(days_come_first)
    TEST(what_is_no_duration_is_refused_in_gos_words)
    TEST(what_does_not_fit_is_refused)
    TEST(only_the_go_form_wants_a_unit)
    TEST(numbers_of_milliseconds_are_cut_to_nanoseconds)
    TEST(it_prints_as_go_does)
    TEST(the_corpus_is_clean)
    TEST_END
};
