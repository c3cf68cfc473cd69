/* html_tree_format.c - formatting elements: <b>, <i>, <a> and their kin are opened anew after what
 * closed them by the way, and misnested ones are put right ("<b><p></b>").
 * Source: HTML standard, "The list of active formatting elements", "adoption agency algorithm".
 * Tests: html_tree_test.c */
#include <stdlib.h>
#include <string.h>

#include "modules/html/html_int.h"

enum {
    SAME_MAX = 3,     /* equal elements in the list ("Noah's Ark clause") */
    OUTER_ROUNDS = 8, /* of the adoption agency */
    INNER_ROUNDS = 3,
};

/* ---- the list ---- */

static int find_format(const struct html_tree *t, const struct html_node *n)
{
    for (size_t i = t->formats.len; i-- > 0;)
        if (t->formats.items[i] == n)
            return (int)i;
    return -1;
}

void html_tree_drop_format(struct html_tree *t, const struct html_node *n)
{
    int i = find_format(t, n);
    if (i >= 0)
        VEC_REMOVE(&t->formats, (size_t)i);
}

void html_tree_add_marker(struct html_tree *t)
{
    VEC_PUSH(&t->formats, NULL);
}

void html_tree_clear_formats(struct html_tree *t)
{
    while (t->formats.len > 0 && VEC_POP(&t->formats))
        ;
}

static int compare_attrs(const void *a, const void *b)
{
    const struct html_attr *x = a, *y = b;
    int order = strcmp(x->prefix, y->prefix);
    if (order == 0)
        order = str_cmp(x->key, y->key);
    return order != 0 ? order : str_cmp(x->value, y->value);
}

static bool is_same_element(const struct html_node *a, const struct html_node *b)
{
    if (a->space != SPACE_HTML || a->tag != b->tag || a->attr_count != b->attr_count)
        return false;
    for (uint32_t i = 0; i < a->attr_count; i++)
        if (compare_attrs(&a->attrs[i], &b->attrs[i]) != 0)
            return false;
    return true;
}

/* Of more than three equal elements the earliest leaves the list. */
static void thin_out(struct html_tree *t, const struct html_node *n)
{
    int same = 0;
    for (size_t i = t->formats.len; i-- > 0 && t->formats.items[i];)
        if (is_same_element(t->formats.items[i], n) && ++same >= SAME_MAX)
            VEC_REMOVE(&t->formats, i);
}

void html_tree_add_format(struct html_tree *t)
{
    /* Sorted, as Go's reader leaves them: scripts see it when they ask for the HTML. */
    if (t->token.attr_count > 1)
        qsort(t->token.attrs, t->token.attr_count, sizeof(struct html_attr), compare_attrs);
    struct html_node *n = html_tree_add_element(t);
    thin_out(t, n);
    VEC_PUSH(&t->formats, n);
}

void html_tree_reopen_formats(struct html_tree *t)
{
    size_t i = t->formats.len;
    while (i > 0 && t->formats.items[i - 1] && !t->formats.items[i - 1]->is_open)
        i--;
    for (; i < t->formats.len && t->failure == 0; i++) {
        struct html_node *n = html_node_clone(t->doc, t->formats.items[i]);
        html_tree_add_node(t, n);
        t->formats.items[i] = n;
    }
}

/* ---- the adoption agency ---- */

/* The nearest of that tag in the list, up to a marker. */
static struct html_node *last_format(const struct html_tree *t, enum html_tag tag)
{
    for (size_t i = t->formats.len; i-- > 0 && t->formats.items[i];)
        if (t->formats.items[i]->tag == tag)
            return t->formats.items[i];
    return NULL;
}

/* The first special element above: what was opened inside the formatting element and may not be
 * closed with it. */
static struct html_node *furthest_block(const struct html_tree *t, int from)
{
    for (int i = from; i < t->open_count; i++)
        if (html_tree_is_special(t->open[i]))
            return t->open[i];
    return NULL;
}

/* A copy takes n's place in the list and in the stack. */
static struct html_node *replace_by_copy(struct html_tree *t, struct html_node *n, int format_at,
                                         int open_at)
{
    struct html_node *copy = html_node_clone(t->doc, n);
    t->formats.items[format_at] = copy;
    t->open[open_at] = copy;
    n->is_open = false;
    copy->is_open = true;
    return copy;
}

/* Goes down the stack from block to format, and nests what is in the list of formatting elements
 * anew around block. Returns the outermost of it. *bookmark: where in the list the copy of format
 * belongs. */
static struct html_node *rebuild_chain(struct html_tree *t, struct html_node *format,
                                       struct html_node *block, int *bookmark)
{
    struct html_node *last = block;
    int at = html_tree_index(t, block);
    for (int round = 1;; round++) {
        struct html_node *n = t->open[--at];
        if (n == format)
            return last;
        int in_list = find_format(t, n);
        if (round > INNER_ROUNDS && in_list >= 0) {
            VEC_REMOVE(&t->formats, (size_t)in_list);
            if (in_list <= *bookmark)
                --*bookmark;
            continue; /* stays open, as in Go: the next round goes on below it */
        }
        if (in_list < 0) {
            html_tree_close(t, n);
            continue;
        }
        n = replace_by_copy(t, n, in_list, at);
        if (last == block)
            *bookmark = in_list + 1;
        html_node_remove(last);
        html_node_append(n, last);
        last = n;
    }
}

static void move_children(struct html_node *to, struct html_node *from)
{
    for (struct html_node *n; (n = from->first) != NULL;) {
        html_node_remove(n);
        html_node_append(to, n);
    }
}

/* The copy takes format's place in the list, at bookmark, and stands above block in the stack. */
static void move_format(struct html_tree *t, struct html_node *format, struct html_node *copy,
                        const struct html_node *block, int bookmark)
{
    int old = find_format(t, format);
    if (old >= 0 && old < bookmark)
        bookmark--;
    html_tree_drop_format(t, format);
    size_t list_at = bookmark < 0 ? 0 : (size_t)bookmark;
    if (list_at > t->formats.len)
        list_at = t->formats.len;
    VEC_PUSH(&t->formats, copy);
    memmove(&t->formats.items[list_at + 1], &t->formats.items[list_at],
            (t->formats.len - 1 - list_at) * sizeof copy);
    t->formats.items[list_at] = copy;
    html_tree_close(t, format);
    int at = html_tree_index(t, block) + 1;
    html_tree_push(t, copy);
    memmove(&t->open[at + 1], &t->open[at], (size_t)(t->open_count - 1 - at) * sizeof copy);
    t->open[at] = copy;
}

/* One round: false when there is no more to do. */
static bool adopt(struct html_tree *t, enum html_tag tag)
{
    struct html_node *format = last_format(t, tag);
    if (!format) {
        html_tree_end_other(t, tag, html_tag_name(tag));
        return false;
    }
    int at = html_tree_index(t, format);
    if (at < 0) {
        html_tree_drop_format(t, format);
        return false;
    }
    if (!html_tree_in_scope(t, IN_SCOPE, tag))
        return false;
    struct html_node *block = furthest_block(t, at);
    if (!block || at == 0) {
        html_tree_pop_to(t, at);
        html_tree_drop_format(t, format);
        return false;
    }
    struct html_node *ancestor = t->open[at - 1];
    int bookmark = find_format(t, format);
    struct html_node *last = rebuild_chain(t, format, block, &bookmark);
    html_node_remove(last);
    if (html_tag_facts((enum html_tag)ancestor->tag) & TAG_IS_FOSTER)
        html_tree_foster(t, last);
    else
        html_node_append(ancestor, last);
    struct html_node *copy = html_node_clone(t->doc, format);
    move_children(copy, block);
    html_node_append(block, copy);
    move_format(t, format, copy, block, bookmark);
    return t->failure == 0;
}

void html_tree_end_format(struct html_tree *t, enum html_tag tag)
{
    const struct html_node *n = html_tree_current(t);
    if (n->tag == tag && find_format(t, n) < 0) {
        html_tree_pop(t);
        return;
    }
    int round = 0;
    while (round < OUTER_ROUNDS && adopt(t, tag))
        round++;
}
