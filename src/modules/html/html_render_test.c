/* html_render_test.c - nodes as HTML: escapes, raw texts, what can't be written. */
#include "modules/html/html_render.h"

#include <string.h>

#include "base/mem.h"
#include "test.h"

/* What is in the body; NULL: it can't be written. */
static char *body_of(const char *inside)
{
    struct html_doc *d = NULL;
    struct buf out;
    buf_init(&out, BUF_NO_LIMIT);
    char *page = mem_printf("<body>%s", inside);
    assert_int_equal(html_doc_parse(&d, str_of(page), NULL), 0);
    bool ok = html_render_children(&out, html_doc_root(d)->last->last);
    mem_free(page);
    html_doc_unref(d);
    if (ok)
        return buf_take(&out);
    buf_deinit(&out);
    return NULL;
}

static void expect(const char *page, const char *wanted)
{
    char *html = body_of(page);
    if (!wanted) {
        assert_null(html);
        return;
    }
    assert_non_null(html);
    assert_string_equal(html, wanted);
    mem_free(html);
}

static void text_and_values_are_escaped(void **state)
{
    expect("a&amp;<b c='\"&apos;&lt;'>&lt;&gt;\"'&#13;</b>",
           "a&amp;<b c=\"&#34;&#39;&lt;\">&lt;&gt;&#34;&#39;&#13;</b>");
    expect("<!-- a&b > c --><!-->-->", "<!-- a&amp;b > c --><!---->--&gt;");
}

static void raw_text_is_not(void **state)
{
    expect("<script>a<b&&c</script><style>d>e</style>",
           "<script>a<b&&c</script><style>d>e</style>");
    expect("<textarea>&lt;</textarea>", "<textarea>&lt;</textarea>");
    expect("<svg><style>a&lt;b</style></svg>", "<svg><style>a&lt;b</style></svg>");
}

static void void_elements_have_no_end_tag(void **state)
{
    expect("<br><img src=x><p>", "<br/><img src=\"x\"/><p></p>");
    expect("<svg><link>x</link></svg>", NULL);
}

static void a_first_newline_is_kept(void **state)
{
    expect("<pre>\n\nx</pre><textarea>\n\ny</textarea>",
           "<pre>\n\nx</pre><textarea>\n\ny</textarea>");
    expect("<pre>\nx</pre>", "<pre>x</pre>");
}

static void nothing_follows_plaintext(void **state)
{
    expect("<p><plaintext>a<b>", "<p></p><plaintext>a<b>");
}

static void text_is_that_of_all_that_is_in_it(void **state)
{
    struct html_doc *d = NULL;
    struct buf out;
    buf_init(&out, BUF_NO_LIMIT);
    assert_int_equal(html_doc_parse(&d, STR("<title>t</title>a<b>b<!-- x --></b>c"), NULL), 0);
    html_render_text(&out, html_doc_root(d));
    assert_string_equal(out.data, "tabc");
    buf_deinit(&out);
    html_doc_unref(d);
}

TEST_SUITE(html_render)
{
    TEST(text_and_values_are_escaped)
    TEST(raw_text_is_not)
    TEST(void_elements_have_no_end_tag)
    TEST(a_first_newline_is_kept)
    TEST(nothing_follows_plaintext)
    TEST(text_is_that_of_all_that_is_in_it)
    TEST_END
};
