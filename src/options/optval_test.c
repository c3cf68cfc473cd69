/* optval_test.c - single values in all spellings that k6 knows. */
#include "options/optval.h"

#include <string.h>

#include "base/mem.h"
#include "test.h"

static int read_int(const char *text, struct opt_int *out)
{
    struct json *v = json_parse(str_of(text), NULL);
    int rc = optval_json_int(out, v, NULL);
    json_free(v);
    return rc;
}

static void numbers_come_as_numbers_texts_and_objects(void **state)
{
    static const struct {
        const char *text;
        int64_t n;
    } good[] = {
        {"5", 5},   {"\"5\"", 5}, {"\"+5\"", 5},  {"{\"Int64\": 5, \"Valid\": false}", 5},
        {"-3", -3}, {"{}", 0},    {"{\"a\": 1}", 0}, {"{\"int64\": null}", 0},
    };
    static const char *const bad[] = {"1.5", "true", "\"x\"", "[]", "\" 5\"", "{\"Int64\": \"5\"}",
                                      "{\"Valid\": 1}", "1e3"};
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        struct opt_int n = {0};
        assert_int_equal(read_int(good[i].text, &n), 0);
        assert_true(n.set);
        assert_true(n.v == good[i].n);
    }
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct opt_int n = {0};
        if (read_int(bad[i], &n) == 0)
            fail_msg("accepted: %s", bad[i]);
        assert_false(n.set);
    }
    struct opt_int n = {0};
    assert_int_equal(read_int("\"\"", &n), 0);
    assert_false(n.set);
}

static void switches_and_texts_may_be_objects_too(void **state)
{
    struct json *v = json_parse(STR("{\"Bool\": true, \"String\": \"s\"}"), NULL);
    struct opt_bool b = {0};
    struct opt_str s = {0};
    assert_int_equal(optval_json_bool(&b, v, NULL), 0);
    assert_true(b.set && b.v);
    assert_int_equal(optval_json_str(&s, v, NULL), 0);
    assert_string_equal(s.v, "s");
    mem_free(s.v);
    json_free(v);
}

static void flags_read_numbers_as_go_writes_them(void **state)
{
    static const struct {
        const char *text;
        int64_t n;
    } good[] = {
        {"12", 12},     {"-7", -7},   {"+7", 7}, {"0x10", 16},
        {"010", 8},     {"0b11", 3},  {"0o7", 7}, {"1_000", 1000},
        {"0x_f", 15},   {"0", 0},     {"9223372036854775807", INT64_MAX},
        {"-9223372036854775808", INT64_MIN},
    };
    static const char *const bad[] = {"", "-", "x", "1.5", " 4", "0x", "08", "1__0", "1_", "_1",
                                      "9223372036854775808", "99999999999999999999999999999999999"};
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        struct opt_int n = {0};
        if (optval_flag_int(&n, good[i].text, NULL) < 0 || n.v != good[i].n)
            fail_msg("%s", good[i].text);
    }
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct opt_int n = {0};
        if (optval_flag_int(&n, bad[i], NULL) == 0)
            fail_msg("accepted: %s", bad[i]);
    }
}

/* The items joined with bars. */
static void check_csv(const char *text, const char *wanted)
{
    struct opt_strs items = {0};
    struct buf out;
    buf_init(&out, 4096);
    assert_int_equal(optval_split_csv(&items, text, NULL), 0);
    for (size_t i = 0; i < items.count; i++)
        buf_addf(&out, "%s|", items.v[i]);
    assert_string_equal(out.len > 0 ? out.data : "", wanted);
    buf_deinit(&out);
    optval_free_strs(items.v, items.count);
}

static void a_flags_list_is_a_line_of_csv(void **state)
{
    check_csv("", "");
    check_csv("a", "a|");
    check_csv("a,b, c", "a|b| c|");
    check_csv("a,", "a||");
    check_csv("\"a,b\",c", "a,b|c|");
    check_csv("\"a\"\"b\"", "a\"b|");
    check_csv("\"\",x", "|x|");
    check_csv("a\nb", "a|");
    static const char *const bad[] = {"a\"b", "\"a", "\"a\"b", "x,\"", "\"a\" ,b"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct opt_strs items = {0};
        if (optval_split_csv(&items, bad[i], NULL) == 0)
            fail_msg("accepted: %s", bad[i]);
        assert_int_equal(items.count, 0);
    }
}

static void the_environments_list_is_cut_at_commas(void **state)
{
    struct opt_strs items = {0};
    optval_split(&items, "a, b,");
    assert_int_equal(items.count, 3);
    assert_string_equal(items.v[1], " b");
    optval_split_trimmed(&items, "a, b");
    assert_string_equal(items.v[1], "b");
    optval_split(&items, " ");
    assert_true(items.set);
    assert_int_equal(items.count, 0);
    optval_free_strs(items.v, items.count);
}

/* clang-format off */
TEST_SUITE(optval){
    TEST(numbers_come_as_numbers_texts_and_objects)
    TEST(switches_and_texts_may_be_objects_too)
    TEST(flags_read_numbers_as_go_writes_them)
    TEST(a_flags_list_is_a_line_of_csv)
    TEST(the_environments_list_is_cut_at_commas)
    TEST_END
};
