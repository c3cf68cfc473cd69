/* json_test.c - tests of json.h. */
#include "base/json.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "fuzz_replay.h"
#include "test.h"

#define LLVMFuzzerTestOneInput json_fuzz_one
#include "../../fuzz/json_fuzz.c"
#undef LLVMFuzzerTestOneInput

/* text, parsed and printed compactly, is wanted. */
static void assert_prints_as(struct str text, const char *wanted)
{
    struct err e = {0};
    struct json *v = json_parse(text, &e);
    if (v == NULL)
        fail_msg("%.*s: %s", (int)text.len, text.p, e.msg);
    struct buf out;
    buf_init(&out, BUF_NO_LIMIT);
    json_print(&out, v, 0);
    assert_string_equal(out.data, wanted);
    buf_deinit(&out);
    json_free(v);
}

static void assert_refused(struct str text, const char *why)
{
    struct err e = {0};
    struct json *v = json_parse(text, &e);
    if (v != NULL)
        fail_msg("%.*s was accepted", (int)text.len, text.p);
    assert_string_equal(e.msg, why);
    err_deinit(&e);
}

static void values_of_every_kind_are_read(void **state)
{
    struct json *v =
        json_parse(STR(" {\"a\": [1, -2.5e3, \"x\", true, false, null], \"b\": {}} "), NULL);
    assert_non_null(v);
    struct json *a = json_get(v, "a");
    assert_int_equal(a->type, JSON_ARRAY);
    assert_int_equal(a->len, 6);
    assert_true(a->items[1]->number == -2500);
    assert_string_equal(a->items[1]->text.p, "-2.5e3");
    assert_true(str_eqs(a->items[2]->text, "x"));
    assert_true(a->items[3]->boolean);
    assert_false(a->items[4]->boolean);
    assert_int_equal(a->items[5]->type, JSON_NULL);
    assert_string_equal(json_type_name(json_get(v, "b")), "object");
    assert_null(json_get(v, "c"));
    assert_null(json_get(a, "a"));
    assert_null(json_get(NULL, "a"));
    json_free(v);
    json_free(NULL);
}

static void the_last_of_equal_keys_counts_at_the_first_ones_place(void **state)
{
    assert_prints_as(STR("{\"a\":1,\"b\":2,\"a\":3}"), "{\"a\":3,\"b\":2}");
    struct buf text;
    buf_init(&text, BUF_NO_LIMIT);
    buf_addc(&text, '{');
    for (int i = 0; i < 200; i++)
        buf_addf(&text, "%s\"k%d\":%d", i > 0 ? "," : "", i % 50, i);
    buf_addc(&text, '}');
    struct json *v = json_parse((struct str){text.data, text.len}, NULL);
    assert_int_equal(v->len, 50);
    for (int i = 0; i < 50; i++)
        assert_true(v->items[i]->number == 150 + i);
    json_free(v);
    buf_deinit(&text);
}

static void strings_are_decoded(void **state)
{
    assert_prints_as(STR("\"\\u0041\\n\\/\\\\\\\"\""), "\"A\\n/\\\\\\\"\"");
    assert_prints_as(STR("\"\\ud83d\\ude00\""), "\"\xf0\x9f\x98\x80\"");
    assert_prints_as(STR("\"\\ud83d\\u0041\""), "\"\xef\xbf\xbd\x41\"");
    assert_prints_as(STR("\"\\ud83d\""), "\"\xef\xbf\xbd\"");
    assert_prints_as(STR("\"\\udc00x\""), "\"\xef\xbf\xbdx\"");
    assert_prints_as(STR("\"\xff\xc3\""), "\"\xef\xbf\xbd\xef\xbf\xbd\"");
    struct json *v = json_parse(STR("\"a\\u0000b\""), NULL);
    assert_int_equal(v->text.len, 3);
    json_free(v);
}

static void strings_are_escaped(void **state)
{
    struct buf out;
    buf_init(&out, BUF_NO_LIMIT);
    json_put_str(&out, STR("a\"\\/\b\f\n\r\t\x01\x7f<>&"));
    assert_string_equal(out.data, "\"a\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\x7f<>&\"");
    buf_clear(&out);
    json_put_str(&out, STR("\xe2\x80\xa8\xe2\x80\xa9\xff caf\xc3\xa9 \xef\xbf\xbd"));
    assert_string_equal(out.data, "\"\\u2028\\u2029\\ufffd caf\xc3\xa9 \xef\xbf\xbd\"");
    buf_deinit(&out);
}

static void numbers_keep_all_of_64_bits(void **state)
{
    assert_prints_as(STR("[9223372036854775807,18446744073709551615,-9223372036854775808]"),
                     "[9223372036854775807,18446744073709551615,-9223372036854775808]");
    assert_prints_as(STR("[1.50,1e2,1E21,0.0000001,-0]"), "[1.5,100,1e+21,1e-7,-0]");
    struct json *v = json_new_int(INT64_MIN);
    assert_string_equal(v->text.p, "-9223372036854775808");
    json_free(v);
    v = json_new_number(NAN);
    assert_int_equal(v->type, JSON_NULL);
    json_free(v);
}

static void errors_say_where_and_what(void **state)
{
    assert_refused(STR(""), "line 1, column 1: unexpected end of JSON, expected a value");
    assert_refused(STR("[1,]"), "line 1, column 4: unexpected ']', expected a value");
    assert_refused(STR("{\n  \"a\": 1\n  \"b\": 2\n}"),
                   "line 3, column 3: unexpected '\"', expected ',' or '}'");
    assert_refused(STR("{a: 1}"),
                   "line 1, column 2: unexpected 'a', expected a key in double quotes");
    assert_refused(STR("{\"a\" 1}"), "line 1, column 6: unexpected '1', expected ':' after a key");
    assert_refused(STR("{\"a\":1,}"),
                   "line 1, column 8: unexpected '}', expected a key in double quotes");
    assert_refused(STR("[01]"), "line 1, column 3: unexpected '1', expected ',' or ']'");
    assert_refused(STR("[1.]"),
                   "line 1, column 4: unexpected ']', expected a digit after the decimal point");
    assert_refused(STR("1e"),
                   "line 1, column 3: unexpected end of JSON, expected a digit in the exponent");
    assert_refused(STR("-x"), "line 1, column 2: unexpected 'x', expected a digit");
    assert_refused(STR("1e999"), "line 1, column 1: number out of range");
    assert_refused(
        STR("\"abc"),
        "line 1, column 5: unexpected end of JSON, expected the closing quote of a string");
    assert_refused(STR("\"\xc3\xa9\\x\""),
                   "line 1, column 4: unexpected 'x', expected an escape that JSON knows after \\");
    assert_refused(STR("\"\\u12g4\""), "line 1, column 4: \\u wants four hexadecimal digits");
    assert_refused(STR("\"a\nb\""),
                   "line 1, column 3: control character in a string (write it as an escape)");
    assert_refused(STR("nul"), "line 1, column 1: unexpected 'n', expected a value");
    assert_refused(STR("1 2"), "line 1, column 3: unexpected '2', expected the end of the text");
    assert_refused(STR("1\0"),
                   "line 1, column 2: unexpected byte 0x00, expected the end of the text");
}

static void nesting_is_bounded(void **state)
{
    struct buf text;
    buf_init(&text, BUF_NO_LIMIT);
    for (int depth = 0; depth < 512; depth++)
        buf_addc(&text, '[');
    for (int depth = 0; depth < 512; depth++)
        buf_addc(&text, ']');
    struct json *v = json_parse((struct str){text.data, text.len}, NULL);
    assert_non_null(v);
    json_free(v);
    buf_clear(&text);
    for (int i = 0; i < 100000; i++)
        buf_adds(&text, "[{\"a\":");
    struct err e = {0};
    assert_null(json_parse((struct str){text.data, text.len}, &e));
    assert_non_null(strstr(e.msg, "nested too deeply"));
    err_deinit(&e);
    buf_deinit(&text);
}

static void what_is_built_prints(void **state)
{
    struct json *o = json_new_object();
    struct json *a = json_new_array();
    json_set(o, "n", json_new_number(0.1));
    json_set(o, "s", json_new_strs("x"));
    json_set(o, "a", a);
    json_push(a, json_new_bool(true));
    json_push(a, json_new_null());
    json_set(o, "n", json_new_int(5));
    json_set(o, "empty", json_new_array());
    json_set(o, "gone", json_new_object());
    json_remove(o, "gone");
    json_remove(o, "never there");
    struct json *copy = json_dup(o);
    json_free(o);
    struct buf out;
    buf_init(&out, BUF_NO_LIMIT);
    json_print(&out, copy, 0);
    assert_string_equal(out.data, "{\"n\":5,\"s\":\"x\",\"a\":[true,null],\"empty\":[]}");
    buf_clear(&out);
    json_print(&out, copy, 2);
    assert_string_equal(out.data, "{\n  \"n\": 5,\n  \"s\": \"x\",\n  \"a\": [\n    true,\n    "
                                  "null\n  ],\n  \"empty\": []\n}");
    buf_deinit(&out);
    json_free(copy);
}

static void the_corpus_is_clean(void **state)
{
    fuzz_replay("json", json_fuzz_one);
}

TEST_SUITE(json) {
    TEST(values_of_every_kind_are_read)
    TEST(the_last_of_equal_keys_counts_at_the_first_ones_place)
    TEST(strings_are_decoded)
    TEST(strings_are_escaped)
    TEST(numbers_keep_all_of_64_bits)
    TEST(errors_say_where_and_what)
    TEST(nesting_is_bounded)
    TEST(what_is_built_prints)
    TEST(the_corpus_is_clean)
    TEST_END
};
