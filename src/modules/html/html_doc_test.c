/* html_doc_test.c - nodes: links, texts that grow, walking. */
#include "modules/html/html_doc.h"

#include <string.h>

#include "modules/html/html_int.h"
#include "test.h"

static struct html_node *element(struct html_doc *d, const char *tag)
{
    struct html_node *n = html_node_new(d, HTML_ELEMENT, str_of(tag));
    n->tag = (uint16_t)html_tag_find(n->data);
    return n;
}

static void nodes_are_put_before_others_and_taken_out(void **state)
{
    struct html_doc *d = html_doc_new();
    struct html_node *root = html_doc_root(d), *a = element(d, "a"), *b = element(d, "b"),
                     *c = element(d, "c");
    html_node_append(root, b);
    html_node_insert(root, a, b);
    html_node_append(root, c);
    assert_ptr_equal(root->first, a);
    assert_ptr_equal(a->next, b);
    assert_ptr_equal(c->prev, b);
    html_node_remove(b);
    assert_ptr_equal(a->next, c);
    assert_ptr_equal(c->prev, a);
    assert_null(b->parent);
    html_node_remove(b);
    html_node_remove(a);
    html_node_remove(c);
    assert_null(root->first);
    assert_null(root->last);
    html_doc_unref(d);
}

static void walking_goes_through_all_and_stays_inside(void **state)
{
    struct html_doc *d = html_doc_new();
    struct html_node *p = element(d, "p"), *b = element(d, "b"), *i = element(d, "i"),
                     *u = element(d, "u");
    html_node_append(html_doc_root(d), p);
    html_node_append(html_doc_root(d), u);
    html_node_append(p, b);
    html_node_append(b, i);
    assert_ptr_equal(html_node_after(p, p), b);
    assert_ptr_equal(html_node_after(i, html_doc_root(d)), u);
    assert_null(html_node_after(i, p));
    assert_null(html_node_after_all(p, p));
    assert_ptr_equal(html_node_after_all(b, html_doc_root(d)), u);
    html_doc_unref(d);
}

static void texts_grow_by_pieces(void **state)
{
    struct html_doc *d = html_doc_new();
    static const char text[] = "one two three";
    struct html_node *n = html_node_new(d, HTML_TEXT, (struct str){text, 3});
    assert_true(html_node_add_text(d, n, (struct str){text + 3, 4}));
    assert_ptr_equal(n->data.p, text); /* side by side: nothing is copied */
    for (int i = 0; i < 1000; i++)
        assert_true(html_node_add_text(d, n, STR("+-")));
    assert_int_equal(n->data.len, 2007);
    assert_memory_equal(n->data.p, "one two+-+-", 11);
    assert_true(html_doc_used(d) < 20000); /* not the square of it */
    html_doc_unref(d);
}

static void joined_documents_are_freed_with_the_last_reference(void **state)
{
    struct html_doc *a = html_doc_new(), *b = html_doc_new(), *c = html_doc_new();
    html_doc_join(a, b);
    html_doc_join(c, b);
    html_doc_join(a, c);
    assert_true(html_doc_is_joined(a, c));
    html_doc_unref(a);
    html_doc_unref(c);
    html_node_append(html_doc_root(b), element(b, "p"));
    assert_true(html_doc_new_mark(b) > 0);
    html_doc_unref(b);
}

static void what_documents_hold_is_charged_while_they_live(void **state)
{
    struct html_account *a = html_account_new();
    struct html_doc *first = html_doc_new(), *second = html_doc_new();
    html_doc_charge(first, a);
    html_doc_charge(second, a);
    assert_int_equal(a->held, html_doc_used(first) + html_doc_used(second));
    html_doc_join(first, second);
    html_doc_unref(second);
    assert_true(a->held > 0);
    html_doc_unref(first);
    assert_int_equal(a->held, 0);
    struct html_doc *survivor = html_doc_new();
    html_doc_charge(survivor, a);
    html_account_unref(a);
    html_doc_unref(survivor);
}

static void much_held_memory_asks_for_a_collection_and_too_much_is_refused(void **state)
{
    const size_t mb = 1 << 20;
    struct html_account *a = html_account_new();
    assert_false(html_account_is_high(a));
    a->held = 9 * mb;
    assert_true(html_account_is_high(a));
    assert_true(html_account_settle(a)); /* it was no garbage: the next time is later */
    assert_false(html_account_is_high(a));
    a->held = 19 * mb;
    assert_true(html_account_is_high(a));
    a->held = mb;
    assert_true(html_account_settle(a));
    a->held = 9 * mb;
    assert_true(html_account_is_high(a));
    a->held = 500 * mb;
    assert_true(html_account_settle(a));
    a->held = 513 * mb;
    assert_true(html_account_is_high(a));
    assert_false(html_account_settle(a));
    assert_true(html_account_is_high(a)); /* and asks each time from then on */
    html_account_unref(a);
}

TEST_SUITE(html_doc)
{
    TEST(nodes_are_put_before_others_and_taken_out)
    TEST(walking_goes_through_all_and_stays_inside)
    TEST(texts_grow_by_pieces)
    TEST(joined_documents_are_freed_with_the_last_reference)
    TEST(what_documents_hold_is_charged_while_they_live)
    TEST(much_held_memory_asks_for_a_collection_and_too_much_is_refused)
    TEST_END
};
