/* html_entity_test.c - character references in texts and attributes; the whole table of names. */
#include "modules/html/html_int.h"

#include <string.h>

#include "base/mem.h"
#include "modules/html/html_entity_table.h"
#include "test.h"

static char *decode(struct str s, bool is_attr)
{
    char *out = mem_alloc(HTML_DECODED_MAX(s.len) + 1);
    char *end = html_entity_decode(out, s, is_attr);
    assert_true((size_t)(end - out) <= HTML_DECODED_MAX(s.len));
    *end = '\0';
    return out;
}

static void expect(const char *text, bool is_attr, const char *wanted)
{
    char *out = decode(str_of(text), is_attr);
    assert_string_equal(out, wanted);
    mem_free(out);
}

static void names_stand_for_characters(void **state)
{
    expect("a&amp;b&lt;c&gt;d&quot;e", false, "a&b<c>d\"e");
    expect("&eacute;&CounterClockwiseContourIntegral;", false, "\xc3\xa9\xe2\x88\xb3");
    expect("&NotEqualTilde;", false, "\xe2\x89\x82\xcc\xb8");
    expect("&nosuch; &; & &", false, "&nosuch; &; & &");
}

static void old_names_need_no_semicolon(void **state)
{
    expect("&ampx &notit; &AMP &eacute", false, "&x \xc2\xacit; & \xc3\xa9");
    expect("&apos", false, "&apos");
}

static void attributes_take_whole_names_only(void **state)
{
    expect("?a=1&copy=2&not&lt=3&ampx&amp;", true, "?a=1&copy=2\xc2\xac&lt=3&ampx&");
    expect("&notit;", true, "&notit;");
}

static void numbers_stand_for_code_points(void **state)
{
    expect("&#65;&#x42;&#X43 &#68x", false, "ABC Dx");
    expect("&#0;&#xD800;&#x110000;&#99999999999;", false,
           "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
    expect("&#128;&#x9f;&#x81;", false, "\xe2\x82\xac\xc5\xb8\xc2\x81");
    expect("&# &#x &#xg &#", false, "&# &#x &#xg &#");
    expect("&#13;&#x1F600;", false, "\r\xf0\x9f\x98\x80");
}

/* Every name with its semicolon, cut out of the table itself: none may grow beyond the bound. */
static void every_name_of_the_table_is_known(void **state)
{
    const char *p = html_entity_table, *end = p + html_entity_table_len;
    int count = 0;
    while (p < end) {
        size_t len = strcspn(p, "=+");
        char *text = mem_printf("&%.*s;", (int)len, p), *out = decode(str_of(text), false);
        assert_true(out[0] != '&' || strcmp(out, "&") == 0);
        assert_null(strchr(out, ';') && strcmp(out, ";") != 0 ? out : NULL);
        mem_free(out);
        mem_free(text);
        p = strchr(p, ' ') + 1;
        count++;
    }
    assert_int_equal(count, 2125);
}

TEST_SUITE(html_entity)
{
    TEST(names_stand_for_characters)
    TEST(old_names_need_no_semicolon)
    TEST(attributes_take_whole_names_only)
    TEST(numbers_stand_for_code_points)
    TEST(every_name_of_the_table_is_known)
    TEST_END
};
