/* summary_order_test.c - the order of names. */
#include "summary/summary_order.h"

#include "test.h"

static void assert_rising(const char *const *names, size_t count,
                          int (*cmp)(const char *, const char *))
{
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < count; k++) {
            int order = cmp(names[i], names[k]);
            if ((order > 0) != (i > k) || (order < 0) != (i < k))
                fail_msg("%s and %s: %d", names[i], names[k], order);
        }
}

static int cmp_text(const char *a, const char *b)
{
    return summary_cmp_text(str_of(a), str_of(b));
}

static void names_sort_as_people_sort_them(void **state)
{
    (void)state;
    static const char *const names[] = {"",    " a", "_a", "-a", "{",  "}",       "1",
                                        "10",  "2",  "a",  "A",  "a1", "ab",      "Ab",
                                        "aB0", "AC", "b",  "B",  "z",  "\xc3\xa4"};
    assert_rising(names, sizeof names / sizeof names[0], cmp_text);
    assert_int_equal(cmp_text("a\x01" "b", "ab"), 0);
    assert_true(cmp_text("a\xff", "a") > 0);
}

static void submetrics_follow_their_metric(void **state)
{
    (void)state;
    static const char *const names[] = {"_under",
                                        "a1",
                                        "alpha",
                                        "alpha{x:1}",
                                        "alpha_b",
                                        "checks{check:second}",
                                        "checks{group:::outer}",
                                        "Mid",
                                        "tt",
                                        "tt{kind: spaced , zone:eu}",
                                        "tt{kind:absent}",
                                        "tt{kind:fast}",
                                        "tt{kind:slow,zone:eu}",
                                        "tt{kind:slow}",
                                        "zeta{x:10}",
                                        "zeta{x:2}"};
    assert_rising(names, sizeof names / sizeof names[0], summary_cmp_metric);
}

TEST_SUITE(summary_order)
{
    TEST(names_sort_as_people_sort_them)
    TEST(submetrics_follow_their_metric)
    TEST_END
};
