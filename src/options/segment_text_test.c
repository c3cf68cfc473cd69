/* segment_text_test.c - segments as text, both ways. */
#include "options/segment_text.h"

#include "test.h"

static void check_range(const char *text, const char *shown)
{
    struct segment_range range;
    struct buf out;
    buf_init(&out, 256);
    assert_int_equal(segment_range_parse(&range, str_of(text), NULL), 0);
    segment_range_put(&out, range);
    assert_string_equal(out.data, shown);
    buf_deinit(&out);
}

static void check_points(const char *text, const char *shown)
{
    struct segment_points points;
    struct buf out;
    buf_init(&out, 256);
    assert_int_equal(segment_points_parse(&points, str_of(text), NULL), 0);
    segment_points_put(&out, &points);
    assert_string_equal(out.data, shown);
    buf_deinit(&out);
    VEC_DEINIT(&points.v);
}

static void a_range_is_shown_in_lowest_terms(void **state)
{
    check_range("", "0:1");
    check_range("1/3", "0:1/3");
    check_range("10%", "0:1/10");
    check_range("0.2:2/3", "1/5:2/3");
    check_range("1e-1", "0:1/10");
    check_range("2.5E-1:5e-1", "1/4:1/2");
    check_range("0.01e1:1e0", "1/10:1");
    check_range("2/4:75%", "1/2:3/4");
    check_range("0:1", "0:1");
}

static void a_sequence_is_shown_in_lowest_terms(void **state)
{
    check_points("0,2/8,50%,1.0", "0,1/4,1/2,1");
    check_points("1/3,0.5", "1/3,1/2");
}

static void what_is_no_segment_is_refused(void **state)
{
    static const char *const bad[] = {"abc",  "5",    "1/2:1/3", "-1:1", "1/0", "1/2:1/2",
                                      "0:1:1", "1/x", ":",       "%",    "0.x", "1/1000001",
                                      "1e",   "e1",   "1e99",   ".e1"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct segment_range range;
        struct err e = {0};
        if (segment_range_parse(&range, str_of(bad[i]), &e) == 0)
            fail_msg("accepted: %s", bad[i]);
        assert_non_null(e.msg);
        err_deinit(&e);
    }
}

static void what_is_no_sequence_is_refused(void **state)
{
    static const char *const bad[] = {"", "1/3", "0,x", "0,1/2,1/2", "1,0", "0,,1", "0,2"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct segment_points points;
        if (segment_points_parse(&points, str_of(bad[i]), NULL) == 0)
            fail_msg("accepted: %s", bad[i]);
        VEC_DEINIT(&points.v);
    }
}

static void a_segment_is_found_by_its_value(void **state)
{
    struct segment_points points;
    struct segment_range range;
    assert_int_equal(segment_points_parse(&points, STR("0,1/4,1/2,1"), NULL), 0);
    assert_int_equal(segment_range_parse(&range, STR("25%:0.5"), NULL), 0);
    assert_int_equal(segment_points_find(&points, range), 1);
    assert_int_equal(segment_range_parse(&range, STR("25%:1"), NULL), 0);
    assert_int_equal(segment_points_find(&points, range), -1);
    VEC_DEINIT(&points.v);
}

/* clang-format off */
TEST_SUITE(segment_text){
    TEST(a_range_is_shown_in_lowest_terms)
    TEST(a_sequence_is_shown_in_lowest_terms)
    TEST(what_is_no_segment_is_refused)
    TEST(what_is_no_sequence_is_refused)
    TEST(a_segment_is_found_by_its_value)
    TEST_END
};
