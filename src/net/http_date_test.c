/* http_date_test.c - dates of headers, right and wrong, in Go's words. */
#include "net/http_date.h"

#include "test.h"

static void assert_date(const char *text, char separator, int64_t want)
{
    int64_t s = 0;
    assert_int_equal(http_date_parse(&s, str_of(text), separator, NULL), 0);
    assert_true(s == want);
}

static void reads_dates_of_both_forms(void **state)
{
    (void)state;
    assert_date("Thu, 01 Jan 1970 00:00:00 GMT", ' ', 0);
    assert_date("Wed, 01 Jan 2031 00:00:00 GMT", ' ', 1924992000);
    assert_date("Wed, 01-Jan-2031 00:00:00 UTC", '-', 1924992000);
    assert_date("thu, 29 feb 2024 23:59:59 GMT", ' ', 1709251199);
    assert_date("Fri, 31 Dec 0000 00:00:00 GMT", ' ', -62135683200);
    assert_date("Mon, 01 Jan 2031 00:00:00.123 GMT", ' ', 1924992000); /* nobody checks the day */
}

static void unknown_zones_count_as_zero(void **state)
{
    (void)state;
    assert_date("Wed, 01 Jan 2031 00:00:00 EST", ' ', 1924992000);
    assert_date("Wed, 01 Jan 2031 00:00:00 ChST", ' ', 1924992000);
    assert_date("Wed, 01 Jan 2031 00:00:00 WITA", ' ', 1924992000);
    assert_date("Wed, 01 Jan 2031 00:00:00 +03", ' ', 1924992000);
    assert_date("Wed, 01 Jan 2031 00:00:00 GMT+3", ' ', 1924992000 - 3 * 3600);
    assert_date("Wed, 01 Jan 2031 00:00:00 GMT-12", ' ', 1924992000 + 12 * 3600);
}

static void assert_refuses(const char *text, char separator, const char *words)
{
    int64_t s;
    struct err e = {0};
    assert_int_equal(http_date_parse(&s, str_of(text), separator, &e), ERR_INVALID);
    assert_string_equal(e.msg, words);
    err_deinit(&e);
}

#define AS " as \"Mon, 02 Jan 2006 15:04:05 MST\": cannot parse "

static void says_where_a_date_ends_to_be_one(void **state)
{
    (void)state;
    assert_refuses("x", ' ', "parsing time \"x\"" AS "\"x\" as \"Mon\"");
    assert_refuses("", ' ', "parsing time \"\"" AS "\"\" as \"Mon\"");
    assert_refuses("Wed 01", ' ', "parsing time \"Wed 01\"" AS "\" 01\" as \", \"");
    assert_refuses("Wed, 1 Jan 2031 00:00:00 GMT", ' ',
                   "parsing time \"Wed, 1 Jan 2031 00:00:00 GMT\"" AS
                   "\"1 Jan 2031 00:00:00 GMT\" as \"02\"");
    assert_refuses("Wed, 01-Jan-2031", ' ',
                   "parsing time \"Wed, 01-Jan-2031\"" AS "\"-Jan-2031\" as \" \"");
    assert_refuses("Wed, 01 Foo 2031", ' ',
                   "parsing time \"Wed, 01 Foo 2031\"" AS "\"Foo 2031\" as \"Jan\"");
    assert_refuses("Wed, 01 Jan 31 0", ' ',
                   "parsing time \"Wed, 01 Jan 31 0\"" AS "\"31 0\" as \"2006\"");
    assert_refuses("Wed, 01 Jan 2031 00:00:00 +0100", ' ',
                   "parsing time \"Wed, 01 Jan 2031 00:00:00 +0100\"" AS "\"+0100\" as \"MST\"");
    assert_refuses("Wed, 01 Jan 2031 00:00:00", ' ',
                   "parsing time \"Wed, 01 Jan 2031 00:00:00\"" AS "\"\" as \"MST\"");
    assert_refuses("Wed, 01 Jan 2031 00:00:00GMT", ' ',
                   "parsing time \"Wed, 01 Jan 2031 00:00:00GMT\"" AS "\"GMT\" as \" \"");
    assert_refuses("Wed, 01 Jan 2031 00:00:00 GMT x", ' ',
                   "parsing time \"Wed, 01 Jan 2031 00:00:00 GMT x\": extra text: \" x\"");
    assert_refuses("Wed, 32 Jan 2031 00:00:00 GMT", ' ',
                   "parsing time \"Wed, 32 Jan 2031 00:00:00 GMT\": day out of range");
    assert_refuses("Wed, 29 Feb 2031 00:00:00 GMT", ' ',
                   "parsing time \"Wed, 29 Feb 2031 00:00:00 GMT\": day out of range");
    assert_refuses("Wed, 01 Jan 2031 24:00:00 GMT", ' ',
                   "parsing time \"Wed, 01 Jan 2031 24:00:00 GMT\": hour out of range");
}

static void each_beginning_of_a_date_is_none(void **state)
{
    static const char text[] = "Wed, 01 Jan 2031 00:00:00 GMT";
    int64_t s;
    (void)state;
    for (size_t len = 0; len < sizeof text - 1; len++)
        assert_int_equal(http_date_parse(&s, (struct str){text, len}, ' ', NULL), ERR_INVALID);
}

TEST_SUITE(http_date)
{
    TEST(reads_dates_of_both_forms)
    TEST(unknown_zones_count_as_zero)
    TEST(says_where_a_date_ends_to_be_one)
    TEST(each_beginning_of_a_date_is_none)
    TEST_END
};
