/* redact_test.c - replacing secrets in texts. */
#include "base/redact.h"

#include "test.h"

static void expect(struct redactor *r, const char *text, const char *expected)
{
    struct buf out;
    buf_init(&out, BUF_NO_LIMIT);
    assert_int_equal(redactor_put(r, &out, str_of(text)), expected != NULL);
    assert_string_equal(out.data, expected != NULL ? expected : "");
    buf_deinit(&out);
}

static void secrets_are_replaced_wherever_they_stand(void **state)
{
    struct redactor *r = redactor_new();
    expect(r, "abc", NULL);
    redactor_add(r, STR("abc"));
    expect(r, "xabcabcx", "x***SECRET_REDACTED******SECRET_REDACTED***x");
    expect(r, "ab c", NULL);
    expect(r, "", NULL);
    redactor_free(r);
}

static void the_older_of_two_counts(void **state)
{
    struct redactor *r = redactor_new();
    redactor_add(r, STR("abc"));
    redactor_add(r, STR("abcd"));
    redactor_add(r, STR("bcd"));
    expect(r, "abcd", "***SECRET_REDACTED***d");
    redactor_free(r);
}

static void blank_secrets_hide_nothing(void **state)
{
    struct redactor *r = redactor_new();
    redactor_add(r, STR(""));
    redactor_add(r, STR(" \n"));
    expect(r, "a b \n", NULL);
    expect(NULL, "a", NULL);
    redactor_free(r);
}

TEST_SUITE(redact){
    TEST(secrets_are_replaced_wherever_they_stand)
    TEST(the_older_of_two_counts)
    TEST(blank_secrets_hide_nothing)
    TEST_END
};
