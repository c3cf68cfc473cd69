/* buf_test.c - tests of buf.h. */
#include "base/buf.h"

#include <string.h>

#include "base/err.h"
#include "base/mem.h"
#include "test.h"

static void an_empty_buffer_is_an_empty_string(void **state)
{
    struct buf b;
    buf_init(&b, BUF_NO_LIMIT);
    assert_string_equal(b.data, "");
    buf_truncate(&b, 0);
    buf_cut_front(&b, 0);
    assert_int_equal(buf_add(&b, NULL, 0), 0);
    char *taken = buf_take(&b);
    assert_string_equal(taken, "");
    mem_free(taken);
    buf_deinit(&b);
}

static void appends_follow_one_another_and_stay_terminated(void **state)
{
    struct buf b;
    buf_init(&b, BUF_NO_LIMIT);
    for (int i = 0; i < 1000; i++) {
        buf_addc(&b, 'x');
        assert_int_equal(b.data[b.len], '\0');
    }
    buf_clear(&b);
    buf_adds(&b, "one ");
    buf_add_str(&b, STR("two "));
    buf_addf(&b, "%d %s", 3, "four");
    assert_string_equal(b.data, "one two 3 four");
    buf_cut_front(&b, 4);
    assert_string_equal(b.data, "two 3 four");
    buf_truncate(&b, 3);
    assert_string_equal(b.data, "two");
    buf_deinit(&b);
}

static void formatted_text_of_every_length_arrives_whole(void **state)
{
    char text[300];
    memset(text, 'a', sizeof text);
    for (int len = 0; len < 300; len++) {
        struct buf b;
        buf_init(&b, BUF_NO_LIMIT);
        buf_addf(&b, "%.*s", len, text);
        buf_addf(&b, "%.*s|", len, text);
        assert_int_equal(b.len, 2 * len + 1);
        assert_int_equal(b.data[b.len - 1], '|');
        assert_int_equal(strlen(b.data), b.len);
        buf_deinit(&b);
    }
}

static void what_passes_the_cap_is_refused_whole(void **state)
{
    struct buf b;
    buf_init(&b, 10);
    assert_int_equal(buf_adds(&b, "12345678"), 0);
    assert_int_equal(buf_adds(&b, "9ab"), ERR_TOO_LARGE);
    assert_int_equal(buf_addf(&b, "%s", "9ab"), ERR_TOO_LARGE);
    assert_string_equal(b.data, "12345678");
    assert_true(buf_failed(&b));
    assert_int_equal(buf_adds(&b, "9a"), 0); /* up to the cap is allowed */
    assert_string_equal(b.data, "123456789a");
    assert_true(buf_failed(&b)); /* and the failure is remembered */
    buf_clear(&b);
    assert_false(buf_failed(&b));
    assert_int_equal(buf_reserve(&b, SIZE_MAX), ERR_TOO_LARGE);
    buf_deinit(&b);
}

static void a_cap_of_nothing_takes_nothing(void **state)
{
    struct buf b;
    buf_init(&b, 0);
    assert_int_equal(buf_addc(&b, 'x'), ERR_TOO_LARGE);
    assert_int_equal(buf_adds(&b, ""), 0);
    assert_string_equal(b.data, "");
    buf_deinit(&b);
}

static void a_refused_allocation_leaves_what_was_there(void **state)
{
    struct buf b;
    buf_init(&b, BUF_NO_LIMIT);
    buf_adds(&b, "kept");
    mem_fail_nth_try(1);
    assert_int_equal(buf_reserve(&b, 100000), ERR_NOMEM);
    assert_string_equal(b.data, "kept");
    assert_true(buf_failed(&b));
    assert_int_equal(buf_reserve(&b, 100000), 0);
    buf_deinit(&b);
}

static void taking_empties_the_buffer(void **state)
{
    struct buf b;
    buf_init(&b, 100);
    buf_adds(&b, "mine");
    char *taken = buf_take(&b);
    assert_string_equal(taken, "mine");
    assert_int_equal(b.len, 0);
    buf_adds(&b, "again");
    assert_string_equal(b.data, "again");
    mem_free(taken);
    buf_deinit(&b);
}

static void assert_quoted(struct str s, const char *wanted)
{
    char *quoted = buf_quote(s);
    assert_string_equal(quoted, wanted);
    mem_free(quoted);
}

static void quoting_escapes_as_go_does(void **state)
{
    assert_quoted(STR("plain text"), "\"plain text\"");
    assert_quoted(STR("a\"b\\c"), "\"a\\\"b\\\\c\"");
    assert_quoted(STR("\a\b\f\n\r\t\v"), "\"\\a\\b\\f\\n\\r\\t\\v\"");
    assert_quoted(STR("\x01\x7f"), "\"\\x01\\x7f\"");
    assert_quoted(STR("a\0b"), "\"a\\x00b\"");
    assert_quoted(STR("caf\xc3\xa9 \xe2\x9c\x93 \xf0\x9f\x98\x80"),
                  "\"caf\xc3\xa9 \xe2\x9c\x93 \xf0\x9f\x98\x80\"");
    assert_quoted(STR("\xff\xc3"), "\"\\xff\\xc3\"");
    assert_quoted(STR("\xc2\xa0\xe2\x80\x8b\xef\xbb\xbf"), "\"\\u00a0\\u200b\\ufeff\"");
    assert_quoted(STR("\xef\xbf\xbd"), "\"\xef\xbf\xbd\""); /* a U+FFFD that was written */
    assert_quoted(STR("\xf3\xa0\x80\x81"), "\"\\U000e0001\"");
}

TEST_SUITE(buf) {
    TEST(an_empty_buffer_is_an_empty_string)
    TEST(appends_follow_one_another_and_stay_terminated)
    TEST(formatted_text_of_every_length_arrives_whole)
    TEST(what_passes_the_cap_is_refused_whole)
    TEST(a_cap_of_nothing_takes_nothing)
    TEST(a_refused_allocation_leaves_what_was_there)
    TEST(taking_empties_the_buffer)
    TEST(quoting_escapes_as_go_does)
    TEST_END
};
