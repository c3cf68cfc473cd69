/* json_text_test.c - the JSON checker: what is valid, and where and why the rest is not. */
#include "modules/http/json_text.h"

#include <string.h>

#include "test.h"

static void accepts_what_is_json(void **state)
{
    const char *good[] = {"{}",
                          "[]",
                          " \t\n[1, 2.5e-3 , -0, 0.1,1E+9]\r\n",
                          "\"\\u00e9\\n\\/\"",
                          "true",
                          "null",
                          "{\"a\":{\"b\":[{}]}}",
                          "-1"};
    for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
        assert_true(json_text_is_valid(str_of(good[i]), NULL, NULL));
}

static void says_where_and_why_not(void **state)
{
    static const struct {
        const char *text;
        size_t offset;
        const char *why;
    } bad[] = {
        {"", 0, "unexpected end of JSON input"},
        {"<html>", 1, "invalid character '<' looking for beginning of value"},
        {"{\"a\":1}\n{\"b\":2}", 9, "invalid character '{' after top-level value"},
        {"{\"a\": tru\n}", 10, "invalid character '\\n' in literal true (expecting 'e')"},
        {"{a:1}", 2, "invalid character 'a' looking for beginning of object key string"},
        {"{\"a\" 1}", 6, "invalid character '1' after object key"},
        {"{\"a\":1 2}", 8, "invalid character '2' after object key:value pair"},
        {"[1 2]", 4, "invalid character '2' after array element"},
        {"[1,]", 4, "invalid character ']' looking for beginning of value"},
        {"01", 2, "invalid character '1' after top-level value"},
        {"1.", 2, "unexpected end of JSON input"},
        {"1.x", 3, "invalid character 'x' after decimal point in numeric literal"},
        {"1e+", 3, "unexpected end of JSON input"},
        {"-a", 2, "invalid character 'a' in numeric literal"},
        {"\"a\nb\"", 3, "invalid character '\\n' in string literal"},
        {"\"\\x\"", 3, "invalid character 'x' in string escape code"},
        {"\"\\u12g4\"", 6, "invalid character 'g' in \\u hexadecimal character escape"},
        {"[\"abc", 5, "unexpected end of JSON input"},
    };
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        struct buf why;
        size_t offset = 0;
        buf_init(&why, BUF_NO_LIMIT);
        assert_false(json_text_is_valid(str_of(bad[i].text), &offset, &why));
        assert_string_equal(why.data, bad[i].why);
        assert_int_equal(offset, bad[i].offset);
        buf_deinit(&why);
    }
}

static void depth_is_bounded(void **state)
{
    struct buf deep;
    buf_init(&deep, BUF_NO_LIMIT);
    for (int i = 0; i < 20000; i++)
        buf_addc(&deep, '[');
    assert_false(json_text_is_valid((struct str){deep.data, deep.len}, NULL, NULL));
    buf_deinit(&deep);
}

static void strings_lose_their_escapes(void **state)
{
    struct buf out;
    buf_init(&out, BUF_NO_LIMIT);
    json_text_unquote(&out, STR("\"a\\n\\\"\\u00e9\\ud83d\\ude00\\ud800x\\/\""));
    assert_string_equal(out.data, "a\n\"\xc3\xa9\xf0\x9f\x98\x80\xef\xbf\xbdx/");
    buf_deinit(&out);
}

static void assert_mends(const char *text, const char *want)
{
    struct buf out;
    buf_init(&out, BUF_NO_LIMIT);
    assert_int_equal(json_text_mend(&out, str_of(text)), want != NULL);
    assert_string_equal(out.data, want != NULL ? want : "");
    buf_deinit(&out);
}

static void lone_surrogates_are_mended(void **state)
{
    assert_mends("", NULL);
    assert_mends("\"\\u00e9\\ud83d\\ude00\\\\ud800\\", NULL);
    assert_mends("\"a\\ud800\"", "\"a\\ufffd\"");
    assert_mends("\\uD800\\ud83d\\ude00\\udc00x\\ud8", "\\ufffd\\ud83d\\ude00\\ufffdx\\ud8");
    assert_mends("\\ud83d\\ud83d\\ude00", "\\ufffd\\ud83d\\ude00");
    assert_mends("\\ud800\\ud800", "\\ufffd\\ufffd");
}

/* Levels of both kinds at every depth around that where the checker needs memory, again and again. */
static void nesting_is_told_apart_at_every_depth(void **state)
{
    for (int depth = 120; depth < 140; depth++) {
        struct buf text;
        buf_init(&text, BUF_NO_LIMIT);
        for (int i = 0; i < depth; i++)
            buf_adds(&text, i % 3 ? "{\"a\":" : "[");
        buf_adds(&text, "[[1],{\"b\":[2]},[{\"c\":3}],[[[4]]]]");
        size_t middle = text.len;
        for (int i = depth - 1; i >= 0; i--)
            buf_addc(&text, i % 3 ? '}' : ']');
        assert_true(json_text_is_valid((struct str){text.data, text.len}, NULL, NULL));
        text.data[middle] = text.data[middle] == '}' ? ']' : '}';
        assert_false(json_text_is_valid((struct str){text.data, text.len}, NULL, NULL));
        buf_deinit(&text);
    }
}

TEST_SUITE(json_text)
{
    TEST(lone_surrogates_are_mended)
    TEST(accepts_what_is_json)
    TEST(says_where_and_why_not)
    TEST(depth_is_bounded)
    TEST(nesting_is_told_apart_at_every_depth)
    TEST(strings_lose_their_escapes)
    TEST_END
};
