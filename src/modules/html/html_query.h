/* html_query.h - sets of nodes, and how one comes from another: find, parents, siblings and the
 * like, with goquery's order and its ideas of what counts. A set never changes once it is made; it
 * is counted, keeps its document, and remembers the set it came from.
 *
 * All functions that make a set return a new reference, and NULL when memory could not be had. A
 * selector may be NULL: it matches nothing. */
#ifndef C6_HTML_QUERY_H
#define C6_HTML_QUERY_H

#include "modules/html/html_doc.h"
#include "modules/html/html_selector.h"

struct html_set {
    int refs;                 /* private */
    uint32_t count;
    struct html_doc *doc;     /* held */
    struct html_set *from;    /* held; NULL: none */
    struct html_node *nodes[];
};

struct html_set *html_set_ref(struct html_set *s);
void html_set_unref(struct html_set *s); /* NULL is fine */
/* One node, or none when n is NULL. from (may be NULL) is where it came from. */
struct html_set *html_set_of(struct html_doc *d, struct html_node *n, struct html_set *from);
struct html_set *html_set_slice(struct html_set *s, uint32_t first, uint32_t count);

/* Descendants that match. */
struct html_set *html_query_find(struct html_set *s, struct html_selector *sel);
/* The first such; of each node of s. */
struct html_set *html_query_find_first(struct html_set *s, struct html_selector *sel);
/* Those of others that are inside a node of s. */
struct html_set *html_query_find_set(struct html_set *s, const struct html_set *others);
/* Each node or the nearest ancestor that matches. */
struct html_set *html_query_closest(struct html_set *s, struct html_selector *sel);
struct html_set *html_query_closest_set(struct html_set *s, const struct html_set *others);
/* Those that match, or (keeps false) those that don't. */
struct html_set *html_query_filter(struct html_set *s, struct html_selector *sel, bool keeps);
struct html_set *html_query_filter_set(struct html_set *s, const struct html_set *others,
                                       bool keeps);
/* Those for which is_kept, one for each node, says so. */
struct html_set *html_query_filter_flags(struct html_set *s, const bool *is_kept);
/* Those that hold one of others. */
struct html_set *html_query_has_set(struct html_set *s, const struct html_set *others);
struct html_set *html_query_add_set(struct html_set *s, const struct html_set *others);

enum html_step {
    STEP_CHILDREN,
    STEP_CONTENTS, /* texts and comments, too */
    STEP_PARENT,
    STEP_PARENTS,
    STEP_SIBLINGS,
    STEP_NEXT,
    STEP_NEXT_ALL,
    STEP_PREV,
    STEP_PREV_ALL,
};
/* Where a walk over parents or siblings ends: before a node that matches or belongs to stops. */
struct html_until {
    struct html_selector *selector;
    const struct html_set *stops;
};
/* filters: only what filter matches (NULL then: nothing) remains. until may be NULL. */
struct html_set *html_query_step(struct html_set *s, enum html_step step,
                                 const struct html_until *until, bool filters,
                                 struct html_selector *filter);

bool html_query_is(const struct html_set *s, struct html_selector *sel); /* does any match? */
int64_t html_query_index_of(const struct html_set *s, const struct html_node *n); /* or -1 */
bool html_node_is_inside(const struct html_node *n, const struct html_node *ancestor);

#endif
