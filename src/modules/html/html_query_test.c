/* html_query_test.c - sets of nodes: what comes from which, in which order, and how they are held.
 */
#include "modules/html/html_query.h"

#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "test.h"

static const char page[] =
    "<div id=a><p id=b>x</p>t<p id=c><b id=d></b></p><!----><i id=e></i></div><p id=f></p>";

static struct html_set *root_of(const char *text)
{
    struct html_doc *d = NULL;
    assert_int_equal(html_doc_parse(&d, str_of(text), NULL), 0);
    struct html_set *s = html_set_of(d, html_doc_root(d), NULL);
    html_doc_unref(d);
    return s;
}

/* Takes s, gives what matches in it. */
static struct html_set *find(struct html_set *s, const char *selector)
{
    struct html_selector *sel = html_selector_parse(NULL, str_of(selector));
    struct html_set *found = html_query_find(s, sel);
    html_selector_free(sel);
    html_set_unref(s);
    return found;
}

/* Its ids in order; takes s. */
static void expect(struct html_set *s, const char *ids)
{
    struct buf out;
    buf_init(&out, BUF_NO_LIMIT);
    for (uint32_t i = 0; i < s->count; i++) {
        const struct html_attr *id = html_node_attr(s->nodes[i], STR("id"));
        buf_add_str(&out, id ? id->value : STR("-"));
    }
    assert_string_equal(out.data, ids);
    buf_deinit(&out);
    html_set_unref(s);
}

/* A step from what matches; takes nothing. */
static struct html_set *step(const char *from, enum html_step how, const char *until,
                             const char *filter)
{
    struct html_set *s = find(root_of(page), from);
    struct html_selector *end = until ? html_selector_parse(NULL, str_of(until)) : NULL;
    struct html_selector *sel = filter ? html_selector_parse(NULL, str_of(filter)) : NULL;
    struct html_until u = {end, NULL};
    struct html_set *found = html_query_step(s, how, until ? &u : NULL, filter != NULL, sel);
    html_selector_free(end);
    html_selector_free(sel);
    html_set_unref(s);
    return found;
}

static void steps_lead_to_neighbours(void **state)
{
    expect(step("#a", STEP_CHILDREN, NULL, NULL), "bce");
    expect(step("#a", STEP_CHILDREN, NULL, "p"), "bc");
    expect(step("#a", STEP_CONTENTS, NULL, NULL), "b-c-e");
    expect(step("#d", STEP_PARENT, NULL, NULL), "c");
    expect(step("#d", STEP_PARENTS, NULL, NULL), "ca--");
    expect(step("#d", STEP_PARENTS, "body", NULL), "ca");
    expect(step("#c", STEP_SIBLINGS, NULL, NULL), "be");
    expect(step("#b", STEP_NEXT, NULL, NULL), "c");
    expect(step("#b", STEP_NEXT_ALL, NULL, NULL), "ce");
    expect(step("#b", STEP_NEXT_ALL, "#e", NULL), "c");
    expect(step("#e", STEP_PREV, NULL, NULL), "c");
    expect(step("#e", STEP_PREV_ALL, NULL, NULL), "cb");
    expect(step("html", STEP_PARENT, NULL, NULL), "");
}

static void a_node_is_taken_once(void **state)
{
    expect(find(find(root_of(page), "div, body"), "p"), "bcf");
    expect(step("p, b", STEP_PARENTS, NULL, "div"), "a");
}

static void sets_are_compared_with_sets(void **state)
{
    struct html_set *root = root_of(page);
    struct html_set *all_p = find(html_set_ref(root), "p"), *one = find(html_set_ref(root), "#c");
    struct html_set *div = find(html_set_ref(root), "div"), *b = find(html_set_ref(root), "b");
    expect(html_query_filter_set(all_p, one, true), "c");
    expect(html_query_filter_set(all_p, one, false), "bf");
    expect(html_query_find_set(div, all_p), "bc");
    expect(html_query_has_set(all_p, b), "c");
    expect(html_query_closest_set(b, div), "a");
    expect(html_query_add_set(one, all_p), "cbf");
    assert_int_equal(html_query_index_of(all_p, one->nodes[0]), 1);
    html_set_unref(b);
    html_set_unref(div);
    html_set_unref(one);
    html_set_unref(all_p);
    html_set_unref(root);
}

static void pages_live_as_long_as_a_set_holds_one_of_their_nodes(void **state)
{
    struct html_set *a = find(root_of("<p id=x>"), "p"), *b = find(root_of("<p id=y>"), "p");
    struct html_set *both = html_query_add_set(a, b), *again = html_query_add_set(b, a);
    html_set_unref(a);
    html_set_unref(b);
    struct html_set *third = find(root_of("<p id=z>"), "p");
    struct html_set *all = html_query_add_set(third, both);
    html_set_unref(both);
    html_set_unref(third);
    expect(again, "yx");
    expect(all, "zxy");
}

static void sets_of_other_pages_hold_none_of_these_nodes(void **state)
{
    struct html_set *a = find(root_of(page), "p"), *b = find(root_of(page), "p");
    expect(html_query_filter_set(a, b, true), "");
    expect(html_query_filter_set(a, b, false), "bcf");
    expect(html_query_find_set(a, b), "");
    expect(html_query_closest_set(a, b), "");
    expect(html_query_has_set(a, b), "");
    html_set_unref(a);
    html_set_unref(b);
}

/* next().next()...: each set holds the one it came from. */
static void a_long_chain_of_sets_is_freed_without_recursion(void **state)
{
    struct html_set *s = root_of(page);
    for (int i = 0; i < 200000; i++) {
        struct html_set *next = html_set_slice(s, 0, 1);
        html_set_unref(s);
        s = next;
    }
    html_set_unref(s);
}

static void memory_that_can_not_be_had_gives_no_set(void **state)
{
    struct html_set *root = root_of(page);
    struct html_selector *sel = html_selector_parse(NULL, STR("*"));
    for (int n = 1; n <= 2; n++) {
        mem_fail_nth_try(n);
        assert_null(html_query_find(root, sel));
        mem_fail_nth_try(0);
    }
    html_selector_free(sel);
    html_set_unref(root);
}

TEST_SUITE(html_query)
{
    TEST(steps_lead_to_neighbours)
    TEST(a_node_is_taken_once)
    TEST(sets_are_compared_with_sets)
    TEST(pages_live_as_long_as_a_set_holds_one_of_their_nodes)
    TEST(sets_of_other_pages_hold_none_of_these_nodes)
    TEST(a_long_chain_of_sets_is_freed_without_recursion)
    TEST(memory_that_can_not_be_had_gives_no_set)
    TEST_END
};
