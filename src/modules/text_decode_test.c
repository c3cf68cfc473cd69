/* text_decode_test.c - bytes to text, whole and in pieces. */
#include "modules/text_decode.h"

#include "base/err.h"

#include "test.h"

static void expect(struct text_decoder d, struct str bytes, const char *expected)
{
    struct buf whole, pieces;
    buf_init(&whole, BUF_NO_LIMIT);
    buf_init(&pieces, BUF_NO_LIMIT);
    struct text_decoder again = d;
    assert_int_equal(text_decode(&d, &whole, bytes, false), 0);
    assert_string_equal(whole.data, expected);
    for (size_t i = 0; i < bytes.len; i++)
        assert_int_equal(text_decode(&again, &pieces, (struct str){bytes.p + i, 1}, true), 0);
    assert_int_equal(text_decode(&again, &pieces, STR(""), false), 0);
    assert_string_equal(pieces.data, expected);
    buf_deinit(&whole);
    buf_deinit(&pieces);
}

static void utf8_is_read_whole_and_in_pieces(void **state)
{
    struct text_decoder d = {.encoding = TEXT_UTF8};
    expect(d, STR(""), "");
    expect(d, STR("a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80"), "a\u00e9\u20ac\U0001F600");
}

static void one_mark_stands_for_a_broken_sequence(void **state)
{
    struct text_decoder d = {.encoding = TEXT_UTF8};
    expect(d, STR("\xf0\x9f\x98z"), "\ufffdz");
    expect(d, STR("\xed\xa0\x80"), "\ufffd\ufffd\ufffd");
    expect(d, STR("\xc0\xaf"), "\ufffd\ufffd");
    expect(d, STR("a\xe2\x82"), "a\ufffd");
    expect(d,
           STR("\xff"
               "a"),
           "\ufffd"
           "a");
}

static void utf16_is_read_in_both_orders(void **state)
{
    expect((struct text_decoder){.encoding = TEXT_UTF16LE}, STR("a\0\x3d\xd8\x00\xde"),
           "a\U0001F600");
    expect((struct text_decoder){.encoding = TEXT_UTF16BE}, STR("\0a\xd8\x3d\xde\x00"),
           "a\U0001F600");
    expect((struct text_decoder){.encoding = TEXT_UTF16LE},
           STR("\x3d\xd8"
               "a\0"),
           "\ufffd"
           "a");
    expect((struct text_decoder){.encoding = TEXT_UTF16LE}, STR("a\0b"), "a\ufffd");
}

static void a_byte_order_mark_is_dropped_unless_kept(void **state)
{
    expect((struct text_decoder){.encoding = TEXT_UTF8},
           STR("\xef\xbb\xbf"
               "a\xef\xbb\xbf"),
           "a\ufeff");
    expect((struct text_decoder){.encoding = TEXT_UTF8, .keeps_bom = true},
           STR("\xef\xbb\xbf"
               "a"),
           "\ufeff"
           "a");
}

static void a_fatal_decoder_fails_and_starts_anew(void **state)
{
    struct text_decoder d = {.encoding = TEXT_UTF8, .is_fatal = true};
    struct buf out;
    buf_init(&out, BUF_NO_LIMIT);
    assert_int_equal(text_decode(&d, &out, STR("\xe2\x82"), true), 0);
    assert_int_equal(text_decode(&d, &out, STR("z"), true), ERR_INVALID);
    assert_int_equal(text_decode(&d, &out, STR("ok"), false), 0);
    assert_string_equal(out.data, "ok");
    assert_int_equal(text_decode(&d, &out, STR("\xe2"), false), ERR_INVALID);
    buf_deinit(&out);
}

static void labels_are_known_in_any_case(void **state)
{
    enum text_encoding encoding;
    assert_true(text_encoding_of(STR(" UTF8\n"), &encoding));
    assert_int_equal(encoding, TEXT_UTF8);
    assert_true(text_encoding_of(STR("utf-16"), &encoding));
    assert_string_equal(text_encoding_name(encoding), "utf-16le");
    assert_false(text_encoding_of(STR("latin1"), &encoding));
}

TEST_SUITE(text_decode){
    TEST(utf8_is_read_whole_and_in_pieces)
    TEST(one_mark_stands_for_a_broken_sequence)
    TEST(utf16_is_read_in_both_orders)
    TEST(a_byte_order_mark_is_dropped_unless_kept)
    TEST(a_fatal_decoder_fails_and_starts_anew)
    TEST(labels_are_known_in_any_case)
    TEST_END
};
