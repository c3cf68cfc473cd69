/* html_tree_test.c - pages, well made and not, as the tree they become: what k6 gives back as their
 * HTML. "*" stands for the frame that nearly all have, with all the rest in the body. */
#include <string.h>

#include "base/mem.h"
#include "fuzz_replay.h"
#include "modules/html/html_render.h"
#include "test.h"

#define LLVMFuzzerTestOneInput html_parse_fuzz_one
#include "../../../fuzz/html_parse_fuzz.c"
#undef LLVMFuzzerTestOneInput

struct sample {
    const char *page, *html;
};

static const struct sample fragments[] = {
    {"", "*"},
    {"x", "*x"},
    {"<p>", "*<p></p>"},
    {"</p>", "*"},
    {"<b>x", "*<b>x</b>"},
    {"<td>x", "*x"},
    {"<li>a<li>b", "*<li>a</li><li>b</li>"},
    {"<option>o", "*<option>o</option>"},
    {"<body class=a>x<body id=b class=c>",
     "<html><head></head><body class=\"a\" id=\"b\">x</body></html>"},
    {"<html lang=a><html lang=b id=c>",
     "<html lang=\"a\" id=\"c\"><head></head><body></body></html>"},
    {"a<head>b</head>c", "*abc"},
    {"<title>t", "<html><head><title>t</title></head><body></body></html>"},
    {"<link><p>x<link>", "<html><head><link/></head><body><p>x<link/></p></body></html>"},
    {"</body>x", "*x"},
    {"</html><p>y</html>z", "*<p>yz</p>"},
    {"  lead", "*lead"},
    {"<br></br>", "*<br/><br/>"},
    {"<p></br>", "*<p><br/></p>"},
    {"<div/>x", "*<div>x</div>"},
    {"<input/>y", "*<input/>y"},
    {"<a/>z", "*<a>z</a>"},
    {"<!-- a --><p>b</p><!-- c -->",
     "<!-- a --><html><head></head><body><p>b</p><!-- c --></body></html>"},
    {"x<!-- </p> -->y", "*x<!-- </p> -->y"},
    {"<head></head> <body> </body> ", "<html><head></head> <body>  </body></html>"},
    {"<form><form>x</form>y</form>z", "*<form>x</form>yz"},
};
static const struct sample tables[] = {
    {"<table><td>x", "*<table><tbody><tr><td>x</td></tr></tbody></table>"},
    {"<table>text<tr><td>c</table>", "*text<table><tbody><tr><td>c</td></tr></tbody></table>"},
    {"<table><b>x<tr><td>y</b></table>",
     "*<b>x</b><table><tbody><tr><td>y</td></tr></tbody></table>"},
    {"<table><tr>a<td>b<tr>c</table>d",
     "*ac<table><tbody><tr><td>b</td></tr><tr></tr></tbody></table>d"},
    {"<table><form><input name=a><tr><td><input name=b></form></table>",
     "*<input name=\"a\"/><table><form></form><tbody><tr><td><input name=\"b\"/></td></tr>"
     "</tbody></table>"},
    {"<table><caption>c<td>d</table>",
     "*<table><caption>c</caption><tbody><tr><td>d</td></tr></tbody></table>"},
    {"<table><col><col><tr><td>",
     "*<table><colgroup><col/><col/></colgroup><tbody><tr><td></td></tr></tbody></table>"},
    {"<table><colgroup>x<col></table>",
     "*x<table><colgroup></colgroup><colgroup><col/></colgroup></table>"},
    {"<table><tbody><td>x<tfoot><td>y<thead><td>z",
     "*<table><tbody><tr><td>x</td></tr></tbody><tfoot><tr><td>y</td></tr></tfoot><thead><"
     "tr><td>z</td></tr></thead></table>"},
    {"<table><table><td>x</table></table>",
     "*<table></table><table><tbody><tr><td>x</td></tr></tbody></table>"},
    {"<p><table><tr><td><p>x</table>",
     "*<p><table><tbody><tr><td><p>x</p></td></tr></tbody></table></p>"},
    {"<!doctype html><p><table><tr><td>y</table>",
     "<!DOCTYPE html><html><head></head><body><p></p><table><tbody><tr><td>y</td></tr></tb"
     "ody></table></body></html>"},
    {"<table><script>s</script><style>t</style><template><td>u</template></table>",
     "*<table><script>s</script><style>t</style><template><td>u</td></template></table>"},
    {"<table><input type=hidden><input type=text></table>",
     "*<input type=\"text\"/><table><input type=\"hidden\"/></table>"},
    {"<table><select><option>x</table>", "*<select><option>x</option></select><table></table>"},
    {"<td>x</td><tr><th>y", "*xy"},
    {"<table><tr><td><b>x</td><td>y</table>",
     "*<table><tbody><tr><td><b>x</b></td><td>y</td></tr></tbody></table>"},
    {"<table><thead><tr><th>a</th></thead> <tbody> <tr> <td>b</td></tr></tbody></table>",
     "*<table><thead><tr><th>a</th></tr></thead> <tbody> <tr> <td>b</td></tr></tbody></tab"
     "le>"},
};
static const struct sample misnesting[] = {
    {"<b><i>x</b>y</i>", "*<b><i>x</i></b><i>y</i>"},
    {"<p><b>x<p>y</b>z", "*<p><b>x</b></p><p><b>y</b>z</p>"},
    {"<a href=1>x<a href=2>y", "*<a href=\"1\">x</a><a href=\"2\">y</a>"},
    {"<b><div>x</b>y</div>", "*<b></b><div><b>x</b>y</div>"},
    {"<font z=1 a=2><p>x</font>y",
     "*<font a=\"2\" z=\"1\"></font><p><font a=\"2\" z=\"1\">x</font>y</p>"},
    {"<nobr>a<nobr>b", "*<nobr>a</nobr><nobr>b</nobr>"},
    {"<i><b><u><s>x</i>y", "*<i><b><u><s>x</s></u></b></i><b><u><s>y</s></u></b>"},
    {"<b><b><b><b><b>x</b></b></b></b></b>y", "*<b><b><b><b><b>x</b></b></b></b></b>y"},
    {"<p><em>a<div>b</em>c</div>", "*<p><em>a</em></p><div><em>b</em>c</div>"},
    {"<button>a<button>b", "*<button>a</button><button>b</button>"},
    {"<h1>a<h2>b</h1>", "*<h1>a</h1><h2>b</h2>"},
    {"<ul><li>a<ul><li>b</ul><li>c", "*<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"},
    {"<dl><dt>a<dd>b<dt>c", "*<dl><dt>a</dt><dd>b</dd><dt>c</dt></dl>"},
    {"<select><option>a<optgroup label=g><option>b<hr><select>c",
     "*<select><option>a</option><optgroup label=\"g\"><option>b</option></optgroup><hr/><"
     "/select>c"},
    {"<select><p>x</p><b>y</b><input>z", "*<select><p>x</p><b>y</b></select><input/>z"},
    {"<ruby>a<rt>b<rp>c<rb>d<rtc>e", "*<ruby>a<rt>b</rt><rp>c</rp><rb>d</rb><rtc>e</rtc></ruby>"},
    {"<object><b>x</object>y", "*<object><b>x</b></object>y"},
    {"<a><table><td><a>x</table>",
     "*<a><table><tbody><tr><td><a>x</a></td></tr></tbody></table></a>"},
    {"<b id=1 class=x>a<p>b", "*<b class=\"x\" id=\"1\">a<p>b</p></b>"},
    {"<p><b><b><b><b>1<p>2", "*<p><b><b><b><b>1</b></b></b></b></p><p><b><b><b>2</b></b></b></p>"},
};
static const struct sample text[] = {
    {"&amp;&lt;&gt;&quot;&apos;&nbsp;&copy;&eacute",
     "*&amp;&lt;&gt;&#34;&#39;\xc2\xa0\xc2\xa9\xc3\xa9"},
    {"&notit; &not &notin; &ampx &AMP", "*\xc2\xacit; \xc2\xac \xe2\x88\x89 &amp;x &amp;"},
    {"&#65;&#x41;&#0;&#128;&#x110000;&#xD800;&#13;&#x1F600",
     "*AA\xef\xbf\xbd\xe2\x82\xac\xef\xbf\xbd\xef\xbf\xbd&#13;\xf0\x9f\x98\x80"},
    {"&unknown; &; & &# &#x &#xg", "*&amp;unknown; &amp;; &amp; &amp;# &amp;#x &amp;#xg"},
    {"<a href=\"?a=1&copy=2&amp;b&lt;c&notit;&not\">x</a>",
     "*<a href=\"?a=1&amp;copy=2&amp;b&lt;c&amp;notit;\xc2\xac\">x</a>"},
    {"<p title=\"a'b&quot;c<d>e\">x", "*<p title=\"a&#39;b&#34;c&lt;d&gt;e\">x</p>"},
    {"<script>a<b && \"</p>\"</script>",
     "<html><head><script>a<b && \"</p>\"</script></head><body></body></html>"},
    {"<script><!-- <script>x</script> --></script>y",
     "<html><head><script><!-- <script>x</script> --></script></head><body>y</body></html>"},
    {"<style>a > b { content: \"&amp;\" }</style>",
     "<html><head><style>a > b { content: \"&amp;\" }</style></head><body></body></html>"},
    {"<textarea>\n\n<b>&lt;</textarea>", "*<textarea>\n\n&lt;b&gt;&lt;</textarea>"},
    {"<title><b>&amp;</title>",
     "<html><head><title>&lt;b&gt;&amp;</title></head><body></body></html>"},
    {"<pre>\nx\n</pre><pre>\n\ny</pre>", "*<pre>x\n</pre><pre>\n\ny</pre>"},
    {"<noscript><p>x</p></noscript>",
     "<html><head><noscript><p>x</p></noscript></head><body></body></html>"},
    {"<head><noscript><link></noscript>",
     "<html><head><noscript><link></noscript></head><body></body></html>"},
    {"<iframe><p>x</iframe><noembed><b>y</noembed><xmp><i>z</xmp>",
     "*<iframe><p>x</iframe><noembed><b>y</noembed><xmp><i>z</xmp>"},
    {"<plaintext><p>x</plaintext>&amp;",
     "<html><head></head><body><plaintext><p>x</plaintext>&amp;"},
    {"a\r\nb\rc\nd", "*a\nb\nc\nd"},
    {"<p>\xc3\xa9?\?\xe2\x80\xa8</p>", "*<p>\xc3\xa9?\?\xe2\x80\xa8</p>"},
    {"<svg><![CDATA[a<b&amp;]]></svg><![CDATA[c]]>", "*<svg>a&lt;b&amp;</svg><!--[CDATA[c]]-->"},
    {"&NotEqualTilde;&fjlig;&CounterClockwiseContourIntegral;", "*\xe2\x89\x82\xcc\xb8"
                                                                "fj\xe2\x88\xb3"},
    {"<!-- &amp; > -- ->", "<!-- &amp; > -- -&gt;--><html><head></head><body></body></html>"},
    {"<![if x]>y<?php z ?></>w</ q>",
     "<!--[if x]--><html><head></head><body>y<!--?php z ?--><!---->w<!-- q--></body></html"
     ">"},
};
static const struct sample foreign[] = {
    {"<svg viewbox=1 preserveaspectratio=x xlink:href=y xml:lang=z><foreignobject><p>a</fo"
     "reignobject><title><b>t</b></title><CLIPPATH/></svg>",
     "*<svg viewBox=\"1\" preserveAspectRatio=\"x\" xlink:href=\"y\" xml:lang=\"z\"><forei"
     "gnObject><p>a<title>&lt;b&gt;t&lt;/b&gt;</title><clippath></clippath></p></foreignOb"
     "ject></svg>"},
    {"<math definitionurl=x><mi>a<b>c</mi><annotation-xml encoding=text/html><p>d</annotat"
     "ion-xml></math>",
     "*<math definitionURL=\"x\"><mi>a<b>c<annotation-xml encoding=\"text/html\"><p>d</p><"
     "/annotation-xml></b></mi></math>"},
    {"<svg><p>x", "*<svg></svg><p>x</p>"},
    {"<svg><font color=a>b", "*<svg></svg><font color=\"a\">b</font>"},
    {"<svg><font>c", "*<svg><font>c</font></svg>"},
    {"<svg><a/><b/>", "*<svg><a></a></svg><b></b>"},
    {"<svg><style>a&lt;b</style><script>c<d</script></svg>",
     "*<svg><style>a&lt;b</style><script>c<d< script=\"\"></d<></script></svg>"},
    {"<p><svg></p>x", "*<p><svg></svg></p>x"},
    {"<svg><path/>y</svg>z", "*<svg><path></path>y</svg>z"},
    {"<template><td>x</td></template>",
     "<html><head><template><td>x</td></template></head><body></body></html>"},
    {"<template><p>a<template>b</template></template>c",
     "<html><head><template><p>a<template>b</template></p></template></head><body>c</body>"
     "</html>"},
    {"<div><template><svg><template>x",
     "*<div><template><svg><template>x</template></svg></template></div>"},
    {"<frameset><frame src=a><noframes>x</noframes></frameset>",
     "<html><head></head><frameset><frame src=\"a\"></frame><noframes>x</noframes></frames"
     "et></html>"},
    {"<p><frameset>", "<html><head></head><frameset></frameset></html>"},
    {"<frameset>x</frameset> y", "<html><head></head><frameset></frameset> </html>"},
    {"<!doctype html><!DOCTYPE html PUBLIC \"a\" \"b\">",
     "<!DOCTYPE html><html><head></head><body></body></html>"},
    {"<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 4.01//EN\" \"http://www.w3.org/TR/html4/str"
     "ict.dtd\"><p>",
     "<!DOCTYPE html PUBLIC \"-//W3C//DTD HTML 4.01//EN\" \"http://www.w3.org/TR/html4/str"
     "ict.dtd\"><html><head></head><body><p></p></body></html>"},
    {"<!doctype x system 'y\"z'>",
     "<!DOCTYPE x SYSTEM 'y\"z'><html><head></head><body></body></html>"},
    {"<!DOCTYPE>", "<!DOCTYPE ><html><head></head><body></body></html>"},
    {"<!doctype html SYSTEM \"about:legacy-compat\"><table>",
     "<!DOCTYPE html SYSTEM \"about:legacy-compat\"><html><head></head><body><table></tabl"
     "e></body></html>"},
    {"<image src=x><isindex><keygen><menuitem>",
     "*<img src=\"x\"/><isindex><keygen/><menuitem></menuitem></isindex>"},
    {"<custom-el a>b</custom-el><x:y>z</x:y>", "*<custom-el a=\"\">b</custom-el><x:y>z</x:y>"},
    {"<math><mtext><svg><desc><p>q",
     "*<math><mtext><svg><desc><p>q</p></desc></svg></mtext></math>"},
};
static const struct sample attributes[] = {
    {"<p a A=1 a=2>", "*<p a=\"\"></p>"},
    {"<p a=b=c d='e\"f' g=\"h'i\">", "*<p a=\"b=c\" d=\"e&#34;f\" g=\"h&#39;i\"></p>"},
    {"<p =x y= z>", "*<p =x=\"\" y=\"z\"></p>"},
    {"<p a/b /c>", "*<p a=\"\" b=\"\" c=\"\"></p>"},
    {"<p \"a'=1>", "*<p \"a'=\"1\"></p>"},
    {"<p a=\"1\"b=\"2\">", "*<p a=\"1\" b=\"2\"></p>"},
    {"<p a=1/>", "*<p a=\"1/\"></p>"},
    {"<p a = 1 b\n=\n2>", "*<p a=\"1\" b=\"2\"></p>"},
    {"<P CLASS=Up>x</P>", "*<p class=\"Up\">x</p>"},
    {"<p a=<b>", "*<p a=\"&lt;b\"></p>"},
    {"<p a=\"x\ny\r\nz\">", "*<p a=\"x\ny\nz\"></p>"},
    {"<p \xc3\xa9=\xc3\xbc>", "*<p \xc3\xa9=\"\xc3\xbc\"></p>"},
    {"<p a=`x`>", "*<p a=\"`x`\"></p>"},
    {"<p><b z=1 a=2 m=3>x</b></p>", "*<p><b a=\"2\" m=\"3\" z=\"1\">x</b></p>"},
    {"<a href=b class=a>x</a>", "*<a class=\"a\" href=\"b\">x</a>"},
    {"<div z=1 a=2>y</div>", "*<div z=\"1\" a=\"2\">y</div>"},
    {"<p a=\"", "*"},
    {"<p a=x", "*"},
    {"<p a", "*"},
    {"<p", "*"},
    {"<", "*&lt;"},
    {"</", "*&lt;/"},
    {"<p a=\"&quot;&amp;'\">", "*<p a=\"&#34;&amp;&#39;\"></p>"},
    {"<input value=\"a&#10;b\">", "*<input value=\"a\nb\"/>"},
};

static struct html_doc *parse(struct str page)
{
    struct html_doc *d = NULL;
    struct err e = {0};
    assert_int_equal(html_doc_parse(&d, page, &e), 0);
    return d;
}

static char *html_of(struct str page)
{
    struct html_doc *d = parse(page);
    struct buf out;
    buf_init(&out, BUF_NO_LIMIT);
    assert_true(html_render(&out, html_doc_root(d)));
    html_doc_unref(d);
    return buf_take(&out);
}

static void expect(const struct sample *s)
{
    char *html = html_of(str_of(s->page)), *wanted;
    if (s->html[0] == '*')
        wanted = mem_printf("<html><head></head><body>%s</body></html>", s->html + 1);
    else
        wanted = mem_strdup(s->html);
    assert_string_equal(html, wanted);
    mem_free(html);
    mem_free(wanted);
}

#define EXPECT_ALL(samples)                                                                        \
    for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++)                                \
        expect(&samples[i]);

static void what_is_left_out_is_added(void **state)
{
    EXPECT_ALL(fragments)
}

static void what_does_not_belong_into_a_table_goes_before_it(void **state)
{
    EXPECT_ALL(tables)
}

static void misnested_elements_are_put_right(void **state)
{
    EXPECT_ALL(misnesting)
}

static void text_is_decoded_where_it_is_not_raw(void **state)
{
    EXPECT_ALL(text)
}

static void svg_mathml_templates_framesets_and_doctypes_have_their_own_rules(void **state)
{
    EXPECT_ALL(foreign)
}

static void attributes_are_taken_however_they_are_written(void **state)
{
    EXPECT_ALL(attributes)
}

/* piece times over, then tail. */
static char *repeat(const char *piece, int times, const char *tail)
{
    struct buf b;
    buf_init(&b, BUF_NO_LIMIT);
    for (int i = 0; i < times; i++)
        buf_adds(&b, piece);
    buf_adds(&b, tail);
    return buf_take(&b);
}

static void pages_nested_deeper_than_512_elements_are_refused(void **state)
{
    struct html_doc *d = NULL;
    struct err e = {0};
    char *fits = repeat("<div>", 510, "x"), *deep = repeat("<div>", 511, "x");
    html_doc_unref(parse(str_of(fits)));
    assert_int_equal(html_doc_parse(&d, str_of(deep), &e), ERR_TOO_LARGE);
    assert_string_equal(e.msg, "html: open stack of elements exceeds 512 nodes");
    err_deinit(&e);
    mem_free(fits);
    mem_free(deep);
}

/* Each <p> opens all of 400 different <b> anew: nodes without end from a few bytes each. */
static void a_page_that_wants_too_much_memory_is_refused(void **state)
{
    struct html_doc *d = NULL;
    struct err e = {0};
    struct buf page;
    buf_init(&page, BUF_NO_LIMIT);
    buf_adds(&page, "<p>");
    for (int i = 0; i < 400; i++)
        buf_addf(&page, "<b a=%d>", i);
    for (int i = 0; i < 2000; i++)
        buf_adds(&page, "<p>x");
    assert_int_equal(html_doc_parse(&d, (struct str){page.data, page.len}, &e), ERR_TOO_LARGE);
    err_deinit(&e);
    buf_deinit(&page);
}

/* Work must not grow with the square of the page: these take seconds if it does. */
static void hostile_pages_are_read_quickly(void **state)
{
    struct buf attrs;
    buf_init(&attrs, BUF_NO_LIMIT);
    buf_adds(&attrs, "<p");
    for (int i = 0; i < 100000; i++)
        buf_addf(&attrs, " a%d", i);
    buf_addc(&attrs, '>');
    html_doc_unref(parse((struct str){attrs.data, attrs.len}));
    buf_deinit(&attrs);
    static const char *const pieces[] = {
        "<body a=1>", "<table>x<tr>y", "</p>",     "a<!---->b", "<a>",
        "<!--",       "</b>",          "<object>", "<li>",      "&"};
    for (size_t i = 0; i < sizeof pieces / sizeof pieces[0]; i++) {
        struct html_doc *d = NULL;
        struct err e = {0};
        char *page = repeat(pieces[i], 50000, "");
        if (html_doc_parse(&d, str_of(page), &e) == 0)
            html_doc_unref(d);
        err_deinit(&e);
        mem_free(page);
    }
}

static void memory_that_can_not_be_had_refuses_the_page(void **state)
{
    struct html_doc *d = NULL;
    struct err e = {0};
    char *page = repeat("text &amp; more of it ", 500, "");
    for (int n = 1; n <= 2; n++) {
        mem_fail_nth_try(n); /* the copy of the page; a text that is decoded */
        assert_int_equal(html_doc_parse(&d, str_of(page), &e), ERR_TOO_LARGE);
        mem_fail_nth_try(0);
        err_deinit(&e);
        e = (struct err){0};
    }
    mem_free(page);
}

static void the_corpus_is_clean(void **state)
{
    fuzz_replay("html_parse", html_parse_fuzz_one);
}

TEST_SUITE(html_tree)
{
    TEST(what_is_left_out_is_added)
    TEST(what_does_not_belong_into_a_table_goes_before_it)
    TEST(misnested_elements_are_put_right)
    TEST(text_is_decoded_where_it_is_not_raw)
    TEST(svg_mathml_templates_framesets_and_doctypes_have_their_own_rules)
    TEST(attributes_are_taken_however_they_are_written)
    TEST(pages_nested_deeper_than_512_elements_are_refused)
    TEST(a_page_that_wants_too_much_memory_is_refused)
    TEST(hostile_pages_are_read_quickly)
    TEST(memory_that_can_not_be_had_refuses_the_page)
    TEST(the_corpus_is_clean)
    TEST_END
};
