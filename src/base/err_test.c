/* err_test.c - tests of err.h. */
#include "base/err.h"

#include <errno.h>
#include <string.h>

#include "test.h"

static void set_returns_the_code_and_keeps_the_text(void **state)
{
    struct err e = {0};
    assert_int_equal(err_set(&e, ERR_INVALID, "bad %s %d", "thing", 7), ERR_INVALID);
    assert_string_equal(e.msg, "bad thing 7");
    err_deinit(&e);
    assert_null(e.msg);
}

static void a_text_may_hold_any_byte(void **state)
{
    struct err e = {0};
    err_set_text(&e, ERR_SCRIPT, STR("a\0b"));
    assert_int_equal(e.len, 3);
    err_prefix(&e, ERR_SCRIPT, "x");
    assert_int_equal(e.len, 6);
    assert_memory_equal(err_text(&e).p, "x: a\0b", 7);
    err_deinit(&e);
    assert_int_equal(err_text(&e).len, 0);
}

static void a_missing_err_is_no_trouble(void **state)
{
    assert_int_equal(err_set(NULL, ERR_TIMEOUT, "x"), ERR_TIMEOUT);
    assert_int_equal(err_prefix(NULL, ERR_TIMEOUT, "x"), ERR_TIMEOUT);
    err_set_hint(NULL, "x");
    err_set_exit(NULL, 1);
    err_deinit(NULL);
}

static void the_old_text_may_be_part_of_the_new_one(void **state)
{
    struct err e = {0};
    err_set(&e, ERR_INVALID, "inner");
    err_set(&e, ERR_INVALID, "outer (%s)", e.msg);
    assert_string_equal(e.msg, "outer (inner)");
    err_deinit(&e);
}

static void a_prefix_goes_before_the_text(void **state)
{
    struct err e = {0};
    err_prefix(&e, ERR_NOT_FOUND, "a.js");
    assert_string_equal(e.msg, "a.js: not found");
    err_prefix(&e, ERR_NOT_FOUND, "could not %s", "load");
    assert_string_equal(e.msg, "could not load: a.js: not found");
    err_deinit(&e);
}

static void a_new_text_drops_the_old_hint_and_stack_but_not_the_exit_code(void **state)
{
    struct err e = {0};
    err_set(&e, ERR_SCRIPT, "one");
    e.is_stack = true;
    err_set_hint(&e, "try %s", "two");
    assert_string_equal(e.hint, "try two");
    err_set_exit(&e, EXIT_INVALID_CONFIG);
    err_set(&e, ERR_SCRIPT, "two");
    assert_null(e.hint);
    assert_false(e.is_stack);
    assert_int_equal(e.exit_code, EXIT_INVALID_CONFIG);
    err_deinit(&e);
}

static void the_first_exit_code_stays(void **state)
{
    struct err e = {0};
    err_set_exit(&e, EXIT_SCRIPT_EXCEPTION);
    err_set_exit(&e, EXIT_GENERIC);
    assert_int_equal(e.exit_code, EXIT_SCRIPT_EXCEPTION);
    err_deinit(&e);
}

static void errno_values_have_codes(void **state)
{
    assert_int_equal(err_from_errno(0), 0);
    assert_int_equal(err_from_errno(ECONNREFUSED), ERR_REFUSED);
    assert_int_equal(err_from_errno(ECONNRESET), ERR_RESET);
    assert_int_equal(err_from_errno(EMFILE), ERR_NO_FILES);
    assert_int_equal(err_from_errno(ENOSPC), ERR_NO_SPACE);
    assert_int_equal(err_from_errno(EINTR), ERR_SYSTEM);
}

static void every_code_has_a_text(void **state)
{
    for (int code = ERR_SYSTEM; code >= ERR_UNSUPPORTED; code--)
        assert_string_not_equal(err_code_text(code), "unknown error");
    assert_string_equal(err_code_text(ERR_REFUSED), "connection refused");
    assert_string_equal(err_code_text(-1000), "unknown error");
}

TEST_SUITE(err) {
    TEST(set_returns_the_code_and_keeps_the_text)
    TEST(a_text_may_hold_any_byte)
    TEST(a_missing_err_is_no_trouble)
    TEST(the_old_text_may_be_part_of_the_new_one)
    TEST(a_prefix_goes_before_the_text)
    TEST(a_new_text_drops_the_old_hint_and_stack_but_not_the_exit_code)
    TEST(the_first_exit_code_stays)
    TEST(errno_values_have_codes)
    TEST(every_code_has_a_text)
    TEST_END
};
