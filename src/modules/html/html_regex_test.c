/* html_regex_test.c - Go's regular expressions in JavaScript's syntax, and what they match. */
#include "modules/html/html_regex.h"

#include <string.h>

#include "base/mem.h"
#include "test.h"

static void expect(const char *pattern, const char *wanted)
{
    struct buf out;
    buf_init(&out, BUF_NO_LIMIT);
    bool ok = html_regex_translate(&out, str_of(pattern));
    assert_int_equal(ok, wanted != NULL);
    if (wanted)
        assert_string_equal(out.data, wanted);
    buf_deinit(&out);
}

static void what_both_have_stays(void **state)
{
    expect("a+b|c*?", "a+b|c*?");
    expect("^[a-z0-9_]{2,3}$", "^[a-z0-9_]{2,3}$");
    expect("(?:a)(b)", "(?:a)(b)");
    expect("\\d\\W\\b\\t", "\\d\\W\\b\\t");
}

static void what_differs_is_written_anew(void **state)
{
    expect("a.b", "a[^\\n]b");
    expect("(?s).", "(?s:[^])");
    expect("(?i)ab", "(?i:ab)");
    expect("((?i)a)b", "((?i:a))b");
    expect("(?P<n>a)(?<m>b)", "(a)(b)");
    expect("\\s\\S[\\s]", "[\\t\\n\\f\\r ][^\\t\\n\\f\\r ][\\t\\n\\f\\r ]");
    expect("\\Aa\\z", "(?<![^])a(?![^])");
    expect("\\Qa.b\\Ec", "a\\.bc");
    expect("\\x41\\x{1F600}\\012", "\\u{41}\\u{1F600}\\u{A}");
    expect("\\pL\\p{Greek}\\P{Lu}\\p{^Nd}", "\\p{L}\\p{Script=Greek}\\P{Lu}\\P{Nd}");
    expect("[[:alpha:]x][^[:digit:]]", "[A-Za-zx][^0-9]");
    expect("[]a]", "[\\]a]");
    expect("a{,2}{}]", "a\\{,2\\}\\{\\}\\]");
    expect("\\-\\\"", "-\"");
}

static void what_go_does_not_have_is_refused(void **state)
{
    static const char *const bad[] = {
        "(?=a)", "(?!a)",   "(?<=a)",       "\\1",         "(a)\\1",  "(",
        ")",     "[a",      "a\\",          "\\q",         "a{1001}", "a{3,2}",
        "(?x)a", "(?P<>a)", "[[:nosuch:]]", "\\x{110000}", "\\8",
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        expect(bad[i], NULL);
}

static void groups_may_not_nest_for_ever(void **state)
{
    struct buf text;
    buf_init(&text, BUF_NO_LIMIT);
    for (int i = 0; i < 1000; i++)
        buf_addc(&text, '(');
    expect(text.data, NULL);
    buf_clear(&text);
    for (int i = 0; i < 1000; i++)
        buf_adds(&text, "(?i)");
    expect(text.data, NULL);
    buf_deinit(&text);
}

static void they_match_anywhere_in_a_text(void **state)
{
    JSRuntime *rt = JS_NewRuntime();
    JSContext *ctx = JS_NewContextRaw(rt);
    struct html_regex *re = html_regex_new(ctx, STR("(?i)b.d|^\xc3\xa9$|\\bw\\b"));
    assert_non_null(re);
    assert_int_equal(html_regex_match(re, STR("a BCD")), 1);
    assert_int_equal(html_regex_match(re, STR("b\nd")), 0);
    assert_int_equal(html_regex_match(re, STR("\xc3\x89")), 1);
    assert_int_equal(html_regex_match(re, STR("x\xf0\x9f\x98\x80 b\xf0\x9f\x98\x80"
                                              "d")),
                     1);
    assert_int_equal(html_regex_match(re, STR("")), 0);
    html_regex_free(re);
    assert_null(html_regex_new(ctx, STR("a**")));
    assert_null(html_regex_new(ctx, STR("\xff")));
    JS_FreeContext(ctx);
    JS_FreeRuntime(rt);
}

TEST_SUITE(html_regex)
{
    TEST(what_both_have_stays)
    TEST(what_differs_is_written_anew)
    TEST(what_go_does_not_have_is_refused)
    TEST(groups_may_not_nest_for_ever)
    TEST(they_match_anywhere_in_a_text)
    TEST_END
};
