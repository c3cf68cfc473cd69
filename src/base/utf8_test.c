/* utf8_test.c - tests of the UTF-8 functions of str.h. */
#include <string.h>

#include "base/str.h"
#include "test.h"

static void every_code_point_survives_the_way_there_and_back(void **state)
{
    for (uint32_t cp = 0; cp <= 0x10ffff; cp++) {
        if (cp >= 0xd800 && cp <= 0xdfff)
            continue;
        char text[4];
        size_t len = (size_t)utf8_put(text, cp);
        size_t at = 0;
        uint32_t back = utf8_next((struct str){text, len}, &at);
        if (back != cp || at != len)
            fail_msg("U+%04X came back as U+%04X", cp, back);
        /* Cut short, it is invalid: one byte, U+FFFD. */
        at = 0;
        if (len > 1 && (utf8_next((struct str){text, len - 1}, &at) != 0xfffd || at != 1))
            fail_msg("U+%04X cut short is taken for a character", cp);
    }
}

static void invalid_bytes_count_one_by_one(void **state)
{
    static const struct {
        const char *bytes;
        int count;
    } cases[] = {
        {"\x80", 1},
        {"\xc0\xaf", 2},
        {"\xc1\x81", 2},
        {"\xe0\x80\x80", 3},
        {"\xed\xa0\x80", 3},
        {"\xf0\x80\x80\x80", 4},
        {"\xf5\x80\x80\x80", 4},
        {"\xf4\x90\x80\x80", 4},
        {"\xff", 1},
        {"\xe2\x82"
         "a",
         3},
        {"\xf0\x9f\x98", 3},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct str s = str_of(cases[i].bytes);
        int count = 0;
        for (size_t at = 0; at < s.len; count++)
            utf8_next(s, &at);
        assert_int_equal(count, cases[i].count);
        assert_false(utf8_is_valid(s));
    }
}

static void a_written_replacement_character_is_valid(void **state)
{
    assert_true(utf8_is_valid(STR("\xef\xbf\xbd")));
    assert_true(utf8_is_valid(STR("")));
    assert_true(utf8_is_valid(STR("a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80")));
}

static void what_is_no_character_is_written_as_replacement(void **state)
{
    char text[4];
    assert_int_equal(utf8_put(text, 0xd800), 3);
    assert_memory_equal(text, "\xef\xbf\xbd", 3);
    assert_int_equal(utf8_put(text, 0x110000), 3);
    assert_memory_equal(text, "\xef\xbf\xbd", 3);
}

static void width_counts_terminal_columns(void **state)
{
    assert_int_equal(utf8_width(STR("abc")), 3);
    assert_int_equal(utf8_width(STR("caf\xc3\xa9")), 4);
    assert_int_equal(utf8_width(STR("e\xcc\x81")), 1);                /* e and a combining accent */
    assert_int_equal(utf8_width(STR("\xe6\x97\xa5\xe6\x9c\xac")), 4); /* two ideographs */
    assert_int_equal(utf8_width(STR("\xf0\x9f\x98\x80")), 2);
    assert_int_equal(utf8_width(STR("\xe2\x9c\x93 ok")), 4); /* the check mark is narrow */
    assert_int_equal(utf8_width(STR("")), 0);
}

TEST_SUITE(utf8) {
    TEST(every_code_point_survives_the_way_there_and_back)
    TEST(invalid_bytes_count_one_by_one)
    TEST(a_written_replacement_character_is_valid)
    TEST(what_is_no_character_is_written_as_replacement)
    TEST(width_counts_terminal_columns)
    TEST_END
};
