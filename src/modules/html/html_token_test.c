/* html_token_test.c - pages as tokens, and the same pages cut off at every byte. */
#include "modules/html/html_int.h"

#include <string.h>

#include "base/mem.h"
#include "test.h"

/* One token, as "<p a=1>", "</p>", "'text'", "!comment", "?doctype". */
static void put_token(struct buf *out, const struct html_token *t)
{
    static const char *const heads[] = {
        [TOKEN_EOF] = ".",  [TOKEN_TEXT] = "'",    [TOKEN_START] = "<",
        [TOKEN_END] = "</", [TOKEN_COMMENT] = "!", [TOKEN_DOCTYPE] = "?"};
    buf_adds(out, heads[t->type]);
    if (t->type != TOKEN_EOF)
        buf_add_str(out, t->data);
    for (uint32_t i = 0; i < t->attr_count && t->type == TOKEN_START; i++)
        buf_addf(out, " %.*s=%.*s", (int)t->attrs[i].key.len, t->attrs[i].key.p,
                 (int)t->attrs[i].value.len, t->attrs[i].value.p);
    if (t->type == TOKEN_START || t->type == TOKEN_END)
        buf_adds(out, t->is_self_closing ? "/>" : ">");
    else if (t->type != TOKEN_EOF)
        buf_addc(out, ';');
}

static char *tokens_of(const char *page, size_t len, bool allows_cdata)
{
    struct html_doc *d = html_doc_new();
    struct html_tokenizer z;
    struct html_token t;
    struct buf out;
    char *copy = mem_dup(page, len ? len : 1);
    buf_init(&out, BUF_NO_LIMIT);
    html_tokenizer_init(&z, d, copy, len);
    z.allows_cdata = allows_cdata;
    do {
        html_tokenizer_next(&z, &t);
        put_token(&out, &t);
    } while (t.type != TOKEN_EOF);
    html_tokenizer_deinit(&z);
    html_doc_unref(d);
    mem_free(copy);
    return buf_take(&out);
}

static void expect(const char *page, const char *wanted)
{
    char *tokens = tokens_of(page, strlen(page), false);
    assert_string_equal(tokens, wanted);
    mem_free(tokens);
    for (size_t len = 0; len < strlen(page); len++)
        mem_free(tokens_of(page, len, true));
}

static void tags_have_names_and_attributes(void **state)
{
    expect("<P A=1 b='2' c=\"3\" d e=x/y a=2>", "<p a=1 b=2 c=3 d= e=x/y>.");
    expect("<br/><p a=/><p a/><p /a>", "<br/><p a=/><p a=/><p a=>.");
    expect("</P a=1></p/>", "</p></p>.");
    expect("<p =a \"b' c<d>", "<p =a= \"b'= c<d=>.");
    expect("<p a = 1\nb\t=\f2>", "<p a=1 b=2>.");
}

static void what_begins_like_markup_but_is_none_is_text(void **state)
{
    expect("a < b <3 <", "'a < b <3 <;.");
    expect("x</", "'x;'</;.");
    expect("<p", ".");
    expect("a<p x='", "'a;.");
}

static void comments_end_in_several_ways(void **state)
{
    expect("<!-- a --><!--b--!><!--><!--->x", "! a ;!b;!;!;'x;.");
    expect("<!-- a -- b -->c<!--d--", "! a -- b ;'c;!d;.");
    expect("<!x><?php y ?></3></>", "!x;!?php y ?;!3;!;.");
    expect("<!DOCTYPE  html x><!doctype>", "?html x;?;.");
}

static void raw_text_ends_with_its_own_tag(void **state)
{
    expect("<script>a<b></p></script >", "<script>'a<b></p>;</script>.");
    expect("<title>&lt;<b></title>", "<title>'<<b>;</title>.");
    expect("<style>&lt;</styles></STYLE>", "<style>'&lt;</styles>;</style>.");
    expect("<script><!--<script></script>--></script>",
           "<script>'<!--<script></script>-->;</script>.");
    expect("<script><!--</script>", "<script>'<!--;</script>.");
    expect("<plaintext></plaintext>", "<plaintext>'</plaintext>;.");
    expect("<script></script>", "<script></script>.");
}

static void newlines_are_one_byte(void **state)
{
    expect("a\r\nb\rc", "'a\nb\nc;.");
    expect("<p a='x\r\ny'>", "<p a=x\ny>.");
}

static void nul_is_replaced_but_in_plain_text(void **state)
{
    char *tokens = tokens_of("<a\0b>\0<title>\0", 14, false);
    assert_string_equal(tokens, "<a\xef\xbf\xbd"
                                "b>'");
    mem_free(tokens);
}

static void cdata_is_text_in_foreign_elements_only(void **state)
{
    static const char page[] = "<![CDATA[a]b&lt;]]>c";
    char *as_text = tokens_of(page, sizeof page - 1, true);
    char *as_comment = tokens_of(page, sizeof page - 1, false);
    assert_string_equal(as_text, "'a]b<;'c;.");
    assert_string_equal(as_comment, "![CDATA[a]b<]];'c;.");
    mem_free(as_text);
    mem_free(as_comment);
}

static void of_many_attributes_the_first_of_a_name_counts(void **state)
{
    struct buf page, wanted;
    buf_init(&page, BUF_NO_LIMIT);
    buf_init(&wanted, BUF_NO_LIMIT);
    buf_adds(&page, "<p");
    buf_adds(&wanted, "<p");
    for (int i = 0; i < 300; i++) {
        buf_addf(&page, " a%d=%d", i % 100, i);
        if (i < 100)
            buf_addf(&wanted, " a%d=%d", i, i);
    }
    buf_adds(&page, ">");
    buf_adds(&wanted, ">.");
    char *tokens = tokens_of(page.data, page.len, false);
    assert_string_equal(tokens, wanted.data);
    mem_free(tokens);
    buf_deinit(&page);
    buf_deinit(&wanted);
}

TEST_SUITE(html_token)
{
    TEST(tags_have_names_and_attributes)
    TEST(what_begins_like_markup_but_is_none_is_text)
    TEST(comments_end_in_several_ways)
    TEST(raw_text_ends_with_its_own_tag)
    TEST(newlines_are_one_byte)
    TEST(nul_is_replaced_but_in_plain_text)
    TEST(cdata_is_text_in_foreign_elements_only)
    TEST(of_many_attributes_the_first_of_a_name_counts)
    TEST_END
};
