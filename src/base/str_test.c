/* str_test.c - tests of str.h but for UTF-8 (utf8_test.c). */
#include "base/str.h"

#include <string.h>

#include "test.h"

static void null_is_an_empty_text(void **state)
{
    assert_int_equal(str_of(NULL).len, 0);
    assert_true(str_eqs(str_of(NULL), ""));
    assert_int_equal(str_find((struct str){NULL, 0}, 'x'), -1);
    assert_int_equal(str_trim((struct str){NULL, 0}).len, 0);
}

static void texts_compare_by_bytes(void **state)
{
    assert_true(str_eq(STR("a\0b"), STR("a\0b")));
    assert_false(str_eq(STR("a\0b"), STR("a\0c")));
    assert_true(str_cmp(STR("ab"), STR("abc")) < 0);
    assert_true(str_cmp(STR("b"), STR("abc")) > 0);
    assert_true(str_cmp(STR("\xff"), STR("a")) > 0);
    assert_int_equal(str_cmp(STR("x"), STR("x")), 0);
    assert_true(str_ieqs(STR("Content-TYPE"), "content-type"));
    assert_false(str_ieqs(STR("content"), "content-type"));
    assert_false(str_ieqs(STR("content-type"), "content"));
    assert_false(str_ieqs(STR("@"), "`")); /* only letters fold */
}

static void prefixes_and_suffixes_are_seen(void **state)
{
    assert_true(str_starts(STR("https://x"), "https:"));
    assert_false(str_starts(STR("http"), "https"));
    assert_true(str_ends(STR("a.gz"), ".gz"));
    assert_false(str_ends(STR("gz"), ".gz"));
    assert_true(str_starts(STR(""), ""));
}

static void trimming_takes_white_space_at_both_ends(void **state)
{
    assert_true(str_eqs(str_trim(STR(" \t\r\n a b \v\f")), "a b"));
    assert_true(str_eqs(str_trim(STR("   ")), ""));
}

static void finding_gives_the_first_place_or_minus_one(void **state)
{
    assert_int_equal(str_find(STR("abcb"), 'b'), 1);
    assert_int_equal(str_find(STR("abc"), 'x'), -1);
    assert_int_equal(str_finds(STR("a--b"), "--"), 1);
    assert_int_equal(str_finds(STR("a-"), "--"), -1);
    assert_int_equal(str_finds(STR("a"), ""), 0);
}

static void cutting_gives_both_halves(void **state)
{
    struct str head, tail;
    assert_true(str_cut(STR("k=v=w"), '=', &head, &tail));
    assert_true(str_eqs(head, "k"));
    assert_true(str_eqs(tail, "v=w"));
    assert_false(str_cut(STR("kv"), '=', &head, &tail));
    assert_true(str_eqs(head, "kv"));
    assert_int_equal(tail.len, 0);
    assert_true(str_cut(STR("="), '=', &head, &tail));
    assert_int_equal(head.len + tail.len, 0);
}

static void hashes_differ_by_every_byte_and_by_length(void **state)
{
    char text[40] = {0};
    for (size_t len = 1; len <= sizeof text; len++) {
        uint64_t before = str_hash((struct str){text, len});
        assert_true(before == str_hash((struct str){text, len}));
        assert_true(before != str_hash((struct str){text, len - 1}));
        for (size_t i = 0; i < len; i++) {
            text[i] ^= 1;
            assert_true(before != str_hash((struct str){text, len}));
            text[i] ^= 1;
        }
    }
}

static void hex_digits_have_values(void **state)
{
    assert_int_equal(hex_value('0'), 0);
    assert_int_equal(hex_value('f'), 15);
    assert_int_equal(hex_value('A'), 10);
    assert_int_equal(hex_value('g'), -1);
    assert_int_equal(hex_value('\0'), -1);
}

static void edits_are_counted(void **state)
{
    assert_int_equal(str_distance("", ""), 0);
    assert_int_equal(str_distance("", "abc"), 3);
    assert_int_equal(str_distance("abc", ""), 3);
    assert_int_equal(str_distance("kitten", "sitting"), 3);
    assert_int_equal(str_distance("durtaion", "duration"), 1); /* a swap is one edit */
    assert_int_equal(str_distance("vus", "vsu"), 1);
}

static void the_nearest_word_is_found_if_it_is_near(void **state)
{
    static const char *const words[] = {"vus", "duration", "iterations", "stages", "rps", NULL};
    assert_string_equal(str_nearest("vuss", words), "vus");
    assert_string_equal(str_nearest("durtion", words), "duration");
    assert_string_equal(str_nearest("iteration", words), "iterations");
    assert_null(str_nearest("banana", words));
    assert_null(str_nearest("x", words));
    assert_null(str_nearest("", words));
}

TEST_SUITE(str) {
    TEST(null_is_an_empty_text)
    TEST(texts_compare_by_bytes)
    TEST(prefixes_and_suffixes_are_seen)
    TEST(trimming_takes_white_space_at_both_ends)
    TEST(finding_gives_the_first_place_or_minus_one)
    TEST(cutting_gives_both_halves)
    TEST(hashes_differ_by_every_byte_and_by_length)
    TEST(hex_digits_have_values)
    TEST(edits_are_counted)
    TEST(the_nearest_word_is_found_if_it_is_near)
    TEST_END
};
