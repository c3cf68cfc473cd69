/* html_selector_test.c - which elements of one page each selector finds, and which are no
 * selectors. */
#include "modules/html/html_selector.h"

#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "fuzz_replay.h"
#include "test.h"

#define LLVMFuzzerTestOneInput html_selector_fuzz_one
#include "../../../fuzz/html_selector_fuzz.c"
#undef LLVMFuzzerTestOneInput

static const char page[] =
    "<!DOCTYPE html><html><head><title id=ti>T</title></head><body id=bo lang=en-GB>"
    "<div id=a class='x y'><p id=p1 class=t>One <b id=b1>bold</b></p>text<p id=p2>two</p><!-- c -->"
    "<span id=s1 title='q r'>three</span></div>"
    "<ul id=u><li id=l1>1<li id=l2 class=t>2<li id=l3>3<li id=l4>4<li id=l5>5</ul>"
    "<form id=f><fieldset id=fs disabled><legend id=le><input id=i1></legend><input id=i2>"
    "<select id=se><option id=o1><option id=o2 selected></select></fieldset>"
    "<input id=i3 type=checkbox checked><input id=i4 disabled><button id=bu></button></form>"
    "<a id=a1 href=/x>l</a><a id=a2>n</a><i id=em> </i><i id=\xc3\xa9>\xc3\x89T\xc3\x89</i></body>";

/* The ids of what is found, "-" for what has none; "invalid". */
static char *find(const char *selector)
{
    struct html_doc *d = NULL;
    struct buf out;
    buf_init(&out, BUF_NO_LIMIT);
    struct html_selector *s = html_selector_parse(NULL, str_of(selector));
    assert_int_equal(html_doc_parse(&d, str_of(page), NULL), 0);
    if (!s)
        buf_adds(&out, "invalid");
    for (struct html_node *n = html_doc_root(d); s && n; n = html_node_after(n, html_doc_root(d))) {
        if (!html_selector_match(s, n))
            continue;
        const struct html_attr *id = html_node_attr(n, STR("id"));
        if (out.len > 0)
            buf_addc(&out, ' ');
        buf_add_str(&out, id ? id->value : STR("-"));
    }
    html_selector_free(s);
    html_doc_unref(d);
    return buf_take(&out);
}

struct sample {
    const char *selector, *found;
};

static void expect_all(const struct sample *samples, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char *found = find(samples[i].selector);
        if (strcmp(found, samples[i].found) != 0)
            fail_msg("%s found '%s', not '%s'", samples[i].selector, found, samples[i].found);
        mem_free(found);
    }
}
#define EXPECT_ALL(...)                                                                            \
    do {                                                                                           \
        static const struct sample samples[] = {__VA_ARGS__};                                      \
        expect_all(samples, sizeof samples / sizeof samples[0]);                                   \
    } while (0)

static void names_classes_and_ids(void **state)
{
    EXPECT_ALL({"p", "p1 p2"}, {"P", "p1 p2"}, {".t", "p1 l2"}, {"p.t", "p1"}, {".x.y", "a"},
               {"#l3", "l3"}, {"div#a.x", "a"}, {"li,#a1 , .x", "a l1 l2 l3 l4 l5 a1"},
               {"#\xc3\xa9", "\xc3\xa9"}, {"#l\\31 ", "l1"}, {"#\\6c 1", "l1"}, {".nope", ""},
               {"*|*#a", "a"}, {"body *#p2", "p2"});
}

static void combinators_lead_from_one_to_the_other(void **state)
{
    EXPECT_ALL({"div p", "p1 p2"}, {"div > p", "p1 p2"}, {"body > p", ""}, {"div b", "b1"},
               {"div>b", ""}, {"p + p", "p2"}, {"p + span", "s1"}, {"p ~ span", "s1"},
               {"#l2 ~ li", "l3 l4 l5"}, {"#l2+li+li", "l4"}, {"html body div p b", "b1"},
               {"div > p /* why */ b", "b1"}, {"ul li ~ li + li", "l3 l4 l5"});
}

static void attributes(void **state)
{
    EXPECT_ALL({"[title]", "s1"}, {"[title='q r']", "s1"}, {"[title~=r]", "s1"},
               {"[title~=q r]", "invalid"}, {"[lang|=en]", "bo"}, {"[id^=l]", "l1 l2 l3 l4 l5 le"},
               {"[id$='5']", "l5"}, {"[id*=l]", "l1 l2 l3 l4 l5 le"}, {"p[id!=p1]", "p2"},
               {"[ID = L1 i]", "l1"}, {"[id=L1]", ""}, {"[title*='']", "s1"},
               {"[id='\\6c 1']", "l1"}, {"[a%=b]", "invalid"}, {"[a=1]", "invalid"},
               {"[a", "invalid"}, {"[a=b", "invalid"}, {"[id#='x']", "invalid"});
}

static void places_among_siblings(void **state)
{
    EXPECT_ALL({"li:first-child", "l1"}, {"li:last-child", "l5"}, {"li:nth-child(2)", "l2"},
               {"li:nth-child(odd)", "l1 l3 l5"}, {"li:nth-child( EVEN )", "l2 l4"},
               {"li:nth-child(-n+2)", "l1 l2"}, {"li:nth-child(2n)", "l2 l4"},
               {"li:nth-last-child(2)", "l4"}, {"li:nth-child(n + 4)", "l4 l5"},
               {"p:first-of-type", "p1"}, {"p:last-of-type", "p2"}, {"b:only-child", "b1"},
               {"span:only-of-type", "s1"}, {"p:nth-of-type(2)", "p2"}, {"li:nth-child(0)", ""},
               {"li:nth-child(-3)", ""},
               {"li:nth-child(9223372036854775807n-9223372036854775807)", ""},
               {"li:nth-child(99999999999999999999)", "invalid"}, {"li:nth-child()", "invalid"},
               {"li:nth-child(2 n)", "invalid"}, {"li:nth-child(n", "invalid"});
}

static void states_and_kinds(void **state)
{
    EXPECT_ALL({":root", "-"}, {"a:link", "a1"}, {"i:empty", "em"}, {":checked", "o2 i3"},
               {"input:disabled", "i2 i4"}, {"input:enabled", "i1 i3"}, {"a:enabled", "a1"},
               {"select:disabled", "se"}, {"form > :input", "i3 i4 bu"}, {"p:lang(en)", "p1 p2"},
               {"p:lang(EN)", "p1 p2"}, {"a:hover", ""}, {"p::before", "invalid"},
               {"p:after", "invalid"}, {"p:nosuch", "invalid"}, {"p:is(p)", "invalid"});
}

static void texts_and_insides(void **state)
{
    EXPECT_ALL({"p:contains(one)", "p1"}, {"p:contains('ONE bold')", "p1"},
               {"p:containsOwn(bold)", ""}, {"b:containsOwn(bold)", "b1"},
               {"i:contains(\xc3\xa9t\xc3\xa9)", "\xc3\xa9"}, {"p:contains(x y)", "invalid"},
               {"div:has(b)", "a"}, {"div:haschild(b)", ""}, {"div:haschild(span)", "a"},
               {"li:not(.t)", "l1 l3 l4 l5"}, {"li:not(.t, #l1):not(:last-child)", "l3 l4"},
               {"p:not()", "invalid"}, {"p:not(b", "invalid"}, {"p:has(:not(i))", "p1"},
               /* texts match, too */
               {":contains(bold)", "- bo a p1 b1 -"});
}

static void what_is_no_selector_finds_nothing(void **state)
{
    EXPECT_ALL({"", "invalid"}, {" ", "invalid"}, {"p[", "invalid"}, {"> p", "invalid"},
               {"p >", "invalid"}, {"p,", "invalid"}, {"p)", "invalid"}, {"1p", "invalid"},
               {"p:", "invalid"}, {"#", "invalid"}, {".", "invalid"}, {"p\\", "invalid"},
               {"p > > b", "invalid"}, {":matches(a)", "invalid"});
}

/* Matching must not recurse as deep as a script likes. */
static void long_chains_and_deep_lists_are_refused(void **state)
{
    struct buf text;
    buf_init(&text, BUF_NO_LIMIT);
    for (int i = 0; i < 10000; i++)
        buf_adds(&text, "a ");
    buf_addc(&text, 'a');
    assert_null(html_selector_parse(NULL, (struct str){text.data, text.len}));
    buf_clear(&text);
    for (int i = 0; i < 10000; i++)
        buf_adds(&text, ":not(");
    assert_null(html_selector_parse(NULL, (struct str){text.data, text.len}));
    buf_deinit(&text);
}

/* Each part fits every ancestor: trying all combinations would take for ever. */
static void chains_that_nearly_match_are_given_up_early(void **state)
{
    struct html_doc *d = NULL;
    struct buf text;
    buf_init(&text, BUF_NO_LIMIT);
    for (int i = 0; i < 500; i++)
        buf_adds(&text, "<div>");
    assert_int_equal(html_doc_parse(&d, (struct str){text.data, text.len}, NULL), 0);
    struct html_selector *s =
        html_selector_parse(NULL, STR("p div div div div div div div div div div div div"));
    for (struct html_node *n = html_doc_root(d); n; n = html_node_after(n, html_doc_root(d)))
        assert_false(html_selector_match(s, n));
    html_selector_free(s);
    html_doc_unref(d);
    buf_deinit(&text);
}

static void the_corpus_is_clean(void **state)
{
    fuzz_replay("html_selector", html_selector_fuzz_one);
}

TEST_SUITE(html_selector)
{
    TEST(names_classes_and_ids)
    TEST(combinators_lead_from_one_to_the_other)
    TEST(attributes)
    TEST(places_among_siblings)
    TEST(states_and_kinds)
    TEST(texts_and_insides)
    TEST(what_is_no_selector_finds_nothing)
    TEST(long_chains_and_deep_lists_are_refused)
    TEST(chains_that_nearly_match_are_given_up_early)
    TEST(the_corpus_is_clean)
    TEST_END
};
