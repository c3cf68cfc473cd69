/* test.h - what every *_test.c includes: cmocka, and how a file exports its suite.
 *
 *     static void adds_two_numbers(void **state) { (void)state; assert_int_equal(1 + 1, 2); }
 *     TEST_SUITE(sum) { TEST(adds_two_numbers) TEST_END };      (sum_test.c; the name is the file's)
 *
 * Runner: c6_test [suite | suite.test]. C6_SOURCE_DIR is the root of the checkout. */
#ifndef C6_TEST_H
#define C6_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

struct test_case {
    const char *name;
    CMUnitTestFunction fn;
};

#define TEST(fn) {#fn, fn},
#define TEST_SUITE(name)                   \
    extern const struct test_case name##_suite[]; \
    const struct test_case name##_suite[] =
#define TEST_END {0, 0}

#endif
