/* out_time_test.c - times in several zones, with and without fractions. */
#include "output/out_time.h"

#include <stdlib.h>
#include <time.h>

#include "base/duration.h"
#include "test.h"

static void assert_time(const char *zone, int64_t time_ns, bool with_nanos, const char *want)
{
    struct out_time t = {0};
    struct buf b;
    buf_init(&b, BUF_NO_LIMIT);
    setenv("TZ", zone, 1);
    tzset();
    out_time_put(&t, &b, time_ns, with_nanos);
    assert_string_equal(b.data, want);
    buf_deinit(&b);
    setenv("TZ", "UTC", 1);
    tzset();
}

static void writes_the_local_zone(void **state)
{
    (void)state;
    const int64_t t = INT64_C(1767323045) * NS_PER_SEC;
    assert_time("UTC", t, false, "2026-01-02T03:04:05Z");
    assert_time("XXX-02:00", t, false, "2026-01-02T05:04:05+02:00");
    assert_time("XXX+03:30", t, true, "2026-01-01T23:34:05-03:30");
    assert_time("XXX-05:45", t + 5, true, "2026-01-02T08:49:05.000000005+05:45");
}

static void drops_trailing_zeros_of_the_fraction(void **state)
{
    (void)state;
    assert_time("UTC", 0, true, "1970-01-01T00:00:00Z");
    assert_time("UTC", 100000000, true, "1970-01-01T00:00:00.1Z");
    assert_time("UTC", 123456789, true, "1970-01-01T00:00:00.123456789Z");
    assert_time("UTC", 10, true, "1970-01-01T00:00:00.00000001Z");
    assert_time("UTC", 123456789, false, "1970-01-01T00:00:00Z");
    assert_time("UTC", -1, true, "1969-12-31T23:59:59.999999999Z");
}

static void follows_when_the_second_changes(void **state)
{
    (void)state;
    struct out_time t = {0};
    struct buf b;
    buf_init(&b, BUF_NO_LIMIT);
    out_time_put(&t, &b, 0, false);
    out_time_put(&t, &b, NS_PER_SEC, false);
    out_time_put(&t, &b, 0, false);
    assert_string_equal(b.data, "1970-01-01T00:00:00Z1970-01-01T00:00:01Z1970-01-01T00:00:00Z");
    buf_deinit(&b);
}

TEST_SUITE(out_time){
    TEST(writes_the_local_zone)
    TEST(drops_trailing_zeros_of_the_fraction)
    TEST(follows_when_the_second_changes)
    TEST_END
};
