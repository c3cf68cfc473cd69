#include "modules/base64.h"

#include "fuzz_replay.h"
#include "test.h"

#define LLVMFuzzerTestOneInput base64_fuzz_one
#include "../../fuzz/base64_fuzz.c"

static void check_encode(enum base64_kind kind, const char *data, const char *want)
{
    struct buf out;
    buf_init(&out, BUF_NO_LIMIT);
    assert_int_equal(base64_encode(&out, kind, str_of(data)), 0);
    assert_string_equal(out.data, want);
    buf_deinit(&out);
}

static void check_decode(enum base64_kind kind, const char *text, const char *want)
{
    struct buf out;
    buf_init(&out, BUF_NO_LIMIT);
    assert_int_equal(base64_decode(&out, kind, str_of(text), NULL), 0);
    assert_string_equal(out.data, want);
    buf_deinit(&out);
}

static void check_refused(enum base64_kind kind, const char *text, size_t want_at)
{
    struct buf out;
    size_t at = 12345;
    buf_init(&out, BUF_NO_LIMIT);
    buf_adds(&out, "kept");
    assert_int_equal(base64_decode(&out, kind, str_of(text), &at), ERR_INVALID);
    assert_int_equal(at, want_at);
    assert_string_equal(out.data, "kept");
    buf_deinit(&out);
}

static void encodes_with_and_without_padding(void **state)
{
    (void)state;
    check_encode(BASE64_STD, "", "");
    check_encode(BASE64_STD, "f", "Zg==");
    check_encode(BASE64_STD, "fo", "Zm8=");
    check_encode(BASE64_STD, "foo", "Zm9v");
    check_encode(BASE64_STD, "foobar", "Zm9vYmFy");
    check_encode(BASE64_RAWSTD, "f", "Zg");
    check_encode(BASE64_RAWSTD, "fo", "Zm8");
}

static void each_kind_has_its_alphabet(void **state)
{
    (void)state;
    check_encode(BASE64_STD, "\xfb\xff\xfe", "+//+");
    check_encode(BASE64_URL, "\xfb\xff\xfe\xff", "-__-_w==");
    check_encode(BASE64_RAWURL, "\xfb\xff\xfe\xff", "-__-_w");
    check_decode(BASE64_URL, "-__-_w==", "\xfb\xff\xfe\xff");
    check_refused(BASE64_STD, "-__-", 0);
    check_refused(BASE64_URL, "+//+", 0);
}

static void decodes_what_it_encodes(void **state)
{
    (void)state;
    check_decode(BASE64_STD, "", "");
    check_decode(BASE64_STD, "Zg==", "f");
    check_decode(BASE64_STD, "Zm8=", "fo");
    check_decode(BASE64_STD, "Zm9vYmFy", "foobar");
    check_decode(BASE64_RAWURL, "Zm9vYg", "foob");
}

static void line_ends_may_stand_anywhere(void **state)
{
    (void)state;
    check_decode(BASE64_STD, "Zm\n9v\r\nYmFy\n", "foobar");
    check_decode(BASE64_STD, "Zg=\n=\n", "f");
    check_decode(BASE64_RAWSTD, "Z\ng\n", "f");
    check_decode(BASE64_STD, "\n", "");
}

static void unused_bits_are_ignored(void **state)
{
    (void)state;
    check_decode(BASE64_STD, "Zh==", "f");
    check_decode(BASE64_RAWSTD, "Zm9vYh", "foob");
}

static void errors_name_the_byte_that_go_names(void **state)
{
    (void)state;
    check_refused(BASE64_STD, "Zm9v!", 4);
    check_refused(BASE64_STD, "Zm9 v", 3);
    check_refused(BASE64_STD, "Z", 0);
    check_refused(BASE64_STD, "Zm9vZ", 4);
    check_refused(BASE64_STD, "Zg", 0);
    check_refused(BASE64_STD, "Zg=", 3);
    check_refused(BASE64_STD, "Zg=x", 2);
    check_refused(BASE64_STD, "=", 0);
    check_refused(BASE64_STD, "Z===", 1);
    check_refused(BASE64_STD, "Zg==Zg==", 4);
    check_refused(BASE64_STD, "Zm8=x", 4);
    check_refused(BASE64_RAWSTD, "Zg==", 2);
    check_refused(BASE64_RAWURL, "Z", 0);
}

static void names_are_those_of_scripts(void **state)
{
    (void)state;
    assert_int_equal(base64_kind_of(STR("std")), BASE64_STD);
    assert_int_equal(base64_kind_of(STR("rawstd")), BASE64_RAWSTD);
    assert_int_equal(base64_kind_of(STR("url")), BASE64_URL);
    assert_int_equal(base64_kind_of(STR("rawurl")), BASE64_RAWURL);
    assert_int_equal(base64_kind_of(STR("nonsense")), BASE64_STD);
    assert_int_equal(base64_kind_of((struct str){NULL, 0}), BASE64_STD);
}

static void the_corpus_is_clean(void **state)
{
    (void)state;
    fuzz_replay("base64", base64_fuzz_one);
}

TEST_SUITE(base64){
    TEST(encodes_with_and_without_padding)
    TEST(each_kind_has_its_alphabet)
    TEST(decodes_what_it_encodes)
    TEST(line_ends_may_stand_anywhere)
    TEST(unused_bits_are_ignored)
    TEST(errors_name_the_byte_that_go_names)
    TEST(names_are_those_of_scripts)
    TEST(the_corpus_is_clean)
    TEST_END
};
