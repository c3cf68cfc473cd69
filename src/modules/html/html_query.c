/* html_query.c - see html_query.h. That a node is taken once only is noted in the node itself.
 * Source: goquery's behaviour, k6 docs "k6/html". Tests: html_query_test.c */
#include "modules/html/html_query.h"

#include <stddef.h>
#include <string.h>

#include "base/mem.h"

enum { FEW_NODES = 4 };

struct html_set *html_set_ref(struct html_set *s)
{
    s->refs++;
    return s;
}

void html_set_unref(struct html_set *s)
{
    while (s && --s->refs == 0) { /* a long chain of sets must not be a deep recursion */
        struct html_set *from = s->from;
        html_doc_unref(s->doc);
        mem_free(s);
        s = from;
    }
}

/* ---- a set in the making ---- */

struct picks {
    struct html_set *set; /* NULL: memory ran out */
    uint32_t cap;
    uint32_t mark; /* of what is in it */
};

static size_t size_of(uint32_t cap)
{
    return offsetof(struct html_set, nodes) + cap * sizeof(struct html_node *);
}

static struct picks picks_begin(struct html_doc *doc, struct html_set *from, uint32_t cap)
{
    struct picks p = {mem_try_alloc(size_of(cap)), cap, html_doc_new_mark(doc)};
    if (p.set)
        *p.set = (struct html_set){1, 0, html_doc_ref(doc), from ? html_set_ref(from) : NULL};
    return p;
}

static void pick(struct picks *p, struct html_node *n)
{
    if (n->mark == p->mark || !p->set)
        return;
    n->mark = p->mark;
    if (p->set->count == p->cap) {
        uint32_t cap = p->cap < FEW_NODES ? FEW_NODES : p->cap * 2;
        struct html_set *grown = cap > p->cap ? mem_try_realloc(p->set, size_of(cap)) : NULL;
        if (!grown) {
            html_set_unref(p->set);
            p->set = NULL;
            return;
        }
        p->set = grown;
        p->cap = cap;
    }
    p->set->nodes[p->set->count++] = n;
}

/* Gives back what a set that grew has too much. */
static struct html_set *picks_end(struct picks *p)
{
    if (!p->set || p->cap - p->set->count < FEW_NODES)
        return p->set;
    struct html_set *fitting = mem_try_realloc(p->set, size_of(p->set->count));
    return fitting ? fitting : p->set;
}

struct html_set *html_set_of(struct html_doc *d, struct html_node *n, struct html_set *from)
{
    struct picks p = picks_begin(d, from, n ? 1 : 0);
    if (n)
        pick(&p, n);
    return p.set;
}

struct html_set *html_set_slice(struct html_set *s, uint32_t first, uint32_t count)
{
    struct picks p = picks_begin(s->doc, s, count);
    if (p.set && count > 0)
        memcpy(p.set->nodes, s->nodes + first, count * sizeof s->nodes[0]);
    if (p.set)
        p.set->count = count;
    return p.set;
}

/* Notes in the nodes themselves that they belong to s. */
static uint32_t make_members(const struct html_set *s)
{
    uint32_t mark = html_doc_new_mark(s->doc);
    for (uint32_t i = 0; i < s->count; i++)
        s->nodes[i]->member = mark;
    return mark;
}

/* Sets of two documents have nothing in common, and the marks of one say nothing in the other. */
static bool is_related(const struct html_set *a, const struct html_set *b)
{
    return html_doc_is_joined(a->doc, b->doc);
}

/* ---- find, closest, filter ---- */

static void find_in(struct picks *p, struct html_node *root, struct html_selector *sel,
                    bool first_only)
{
    for (struct html_node *child = root->first; child; child = child->next) {
        /* Texts and comments directly in root don't count, those further down may. */
        if (child->type != HTML_ELEMENT)
            continue;
        for (struct html_node *n = child; n; n = html_node_after(n, child)) {
            if (!html_selector_match(sel, n))
                continue;
            pick(p, n);
            if (first_only)
                break;
        }
    }
}

static struct html_set *find(struct html_set *s, struct html_selector *sel, bool first_only)
{
    struct picks p = picks_begin(s->doc, s, 0);
    for (uint32_t i = 0; i < s->count && sel; i++)
        find_in(&p, s->nodes[i], sel, first_only);
    return picks_end(&p);
}

struct html_set *html_query_find(struct html_set *s, struct html_selector *sel)
{
    return find(s, sel, false);
}

struct html_set *html_query_find_first(struct html_set *s, struct html_selector *sel)
{
    return find(s, sel, true);
}

/* Is n, or one of its ancestors, a member? */
static struct html_node *nearest_member(struct html_node *n, uint32_t members)
{
    while (n && n->member != members)
        n = n->parent;
    return n;
}

struct html_set *html_query_find_set(struct html_set *s, const struct html_set *others)
{
    struct picks p = picks_begin(s->doc, s, 0);
    uint32_t members = make_members(s);
    for (uint32_t i = 0; i < others->count && is_related(s, others); i++)
        if (nearest_member(others->nodes[i]->parent, members))
            pick(&p, others->nodes[i]);
    return picks_end(&p);
}

struct html_set *html_query_closest(struct html_set *s, struct html_selector *sel)
{
    struct picks p = picks_begin(s->doc, s, 0);
    for (uint32_t i = 0; i < s->count && sel; i++) {
        struct html_node *n = s->nodes[i];
        while (n && !html_selector_match(sel, n))
            n = n->parent;
        if (n)
            pick(&p, n);
    }
    return picks_end(&p);
}

struct html_set *html_query_closest_set(struct html_set *s, const struct html_set *others)
{
    struct picks p = picks_begin(s->doc, s, 0);
    uint32_t members = make_members(others);
    for (uint32_t i = 0; i < s->count && is_related(s, others); i++) {
        struct html_node *n = nearest_member(s->nodes[i], members);
        if (n)
            pick(&p, n);
    }
    return picks_end(&p);
}

struct html_set *html_query_filter(struct html_set *s, struct html_selector *sel, bool keeps)
{
    struct picks p = picks_begin(s->doc, s, 0);
    for (uint32_t i = 0; i < s->count; i++)
        if (html_selector_match(sel, s->nodes[i]) == keeps)
            pick(&p, s->nodes[i]);
    return picks_end(&p);
}

struct html_set *html_query_filter_set(struct html_set *s, const struct html_set *others,
                                       bool keeps)
{
    struct picks p = picks_begin(s->doc, s, 0);
    uint32_t members = make_members(others);
    bool related = is_related(s, others);
    for (uint32_t i = 0; i < s->count; i++)
        if ((related && s->nodes[i]->member == members) == keeps)
            pick(&p, s->nodes[i]);
    return picks_end(&p);
}

struct html_set *html_query_filter_flags(struct html_set *s, const bool *is_kept)
{
    struct picks p = picks_begin(s->doc, s, 0);
    for (uint32_t i = 0; i < s->count; i++)
        if (is_kept[i])
            pick(&p, s->nodes[i]);
    return picks_end(&p);
}

struct html_set *html_query_has_set(struct html_set *s, const struct html_set *others)
{
    struct picks p = picks_begin(s->doc, s, 0);
    /* All that hold one of others; a chain of ancestors is walked once. */
    uint32_t holders = html_doc_new_mark(s->doc);
    for (uint32_t i = 0; i < others->count && is_related(s, others); i++)
        for (struct html_node *n = others->nodes[i]->parent; n && n->member != holders;
             n = n->parent)
            n->member = holders;
    for (uint32_t i = 0; i < s->count; i++)
        if (s->nodes[i]->member == holders)
            pick(&p, s->nodes[i]);
    return picks_end(&p);
}

struct html_set *html_query_add_set(struct html_set *s, const struct html_set *others)
{
    html_doc_join(s->doc, others->doc);
    struct picks p = picks_begin(s->doc, s, s->count);
    for (uint32_t i = 0; i < s->count; i++)
        pick(&p, s->nodes[i]);
    for (uint32_t i = 0; i < others->count; i++)
        pick(&p, others->nodes[i]);
    return picks_end(&p);
}

/* ---- steps ---- */

struct walk {
    struct picks picks;
    const struct html_until *until;
    uint32_t stops; /* members where it ends */
    bool filters;
    struct html_selector *filter;
};

static bool ends_walk(const struct walk *w, const struct html_node *n)
{
    if (!w->until)
        return false;
    return w->until->stops ? n->member == w->stops : html_selector_match(w->until->selector, n);
}

static void take(struct walk *w, struct html_node *n)
{
    if (!w->filters || html_selector_match(w->filter, n))
        pick(&w->picks, n);
}

static void take_children(struct walk *w, struct html_node *parent, const struct html_node *but,
                          bool elements_only)
{
    for (struct html_node *n = parent ? parent->first : NULL; n; n = n->next)
        if (n != but && (!elements_only || n->type == HTML_ELEMENT))
            take(w, n);
}

static void take_line(struct walk *w, struct html_node *n, bool forwards, bool all)
{
    while ((n = forwards ? n->next : n->prev) != NULL) {
        if (n->type != HTML_ELEMENT)
            continue;
        if (ends_walk(w, n))
            return;
        take(w, n);
        if (!all)
            return;
    }
}

static void take_parents(struct walk *w, struct html_node *n)
{
    while ((n = n->parent) != NULL && !ends_walk(w, n))
        if (n->type == HTML_ELEMENT)
            take(w, n);
}

static void take_step(struct walk *w, enum html_step step, struct html_node *n)
{
    switch (step) {
    case STEP_CHILDREN:
        take_children(w, n, NULL, true);
        break;
    case STEP_CONTENTS:
        take_children(w, n, NULL, false);
        break;
    case STEP_PARENT:
        if (n->parent && n->parent->type == HTML_ELEMENT)
            take(w, n->parent);
        break;
    case STEP_PARENTS:
        take_parents(w, n);
        break;
    case STEP_SIBLINGS:
        take_children(w, n->parent, n, true);
        break;
    case STEP_NEXT:
        take_line(w, n, true, false);
        break;
    case STEP_NEXT_ALL:
        take_line(w, n, true, true);
        break;
    case STEP_PREV:
        take_line(w, n, false, false);
        break;
    case STEP_PREV_ALL:
        take_line(w, n, false, true);
        break;
    }
}

struct html_set *html_query_step(struct html_set *s, enum html_step step,
                                 const struct html_until *until, bool filters,
                                 struct html_selector *filter)
{
    struct walk w = {
        .picks = picks_begin(s->doc, s, 0),
        .until = until,
        .filters = filters,
        .filter = filter,
    };
    /* Stops of another page stop nothing. */
    if (until && until->stops)
        w.stops =
            is_related(s, until->stops) ? make_members(until->stops) : html_doc_new_mark(s->doc);
    for (uint32_t i = 0; i < s->count; i++)
        take_step(&w, step, s->nodes[i]);
    return picks_end(&w.picks);
}

/* ---- questions ---- */

bool html_query_is(const struct html_set *s, struct html_selector *sel)
{
    for (uint32_t i = 0; i < s->count; i++)
        if (html_selector_match(sel, s->nodes[i]))
            return true;
    return false;
}

int64_t html_query_index_of(const struct html_set *s, const struct html_node *n)
{
    for (uint32_t i = 0; i < s->count; i++)
        if (s->nodes[i] == n)
            return i;
    return -1;
}

bool html_node_is_inside(const struct html_node *n, const struct html_node *ancestor)
{
    while ((n = n->parent) != NULL)
        if (n == ancestor)
            return true;
    return false;
}
