/* html_doc.h - a parsed HTML page: a tree of nodes that live and die with their document.
 *
 * The document is counted: every selection and element that a script holds keeps it. Nodes are
 * borrowed from it and never freed singly. One document belongs to one VU; nothing here parks or
 * knows JavaScript. Texts are UTF-8 as the page had them, bad bytes included. */
#ifndef C6_HTML_DOC_H
#define C6_HTML_DOC_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"
#include "modules/html/html_tag.h"

enum html_type { HTML_DOCUMENT, HTML_ELEMENT, HTML_TEXT, HTML_COMMENT, HTML_DOCTYPE };
enum html_space { SPACE_HTML, SPACE_MATH, SPACE_SVG }; /* namespaces */

struct html_attr {
    struct str key;
    struct str value;
    const char *prefix; /* "", or of foreign elements "xlink", "xml", "xmlns" */
};

struct html_node {
    struct html_node *parent, *first, *last, *prev, *next;
    struct str data;               /* an element's tag; a text; a comment; a doctype's name */
    const struct html_attr *attrs; /* of elements; a doctype's "public" and "system". Shared by
                                      clones: replaced, never changed */
    uint32_t attr_count;
    uint32_t text_cap;     /* private: room behind a text that was made longer */
    uint32_t mark, member; /* private: see html_doc_new_mark */
    uint16_t tag;          /* enum html_tag; 0: none that anybody knows */
    uint8_t type;          /* enum html_type */
    uint8_t space;         /* enum html_space */
    bool is_open;          /* private to the parser */
};

struct html_doc;

/* Parses a whole page by the rules of HTML5, as Go's x/net/html reads them, scripting on. Whatever
 * comes is a page; only one nested deeper than 512 elements, or one that would take up too much
 * memory, is ERR_TOO_LARGE with k6's text in e. text is copied. */
int html_doc_parse(struct html_doc **out, struct str text, struct err *e);
struct html_doc *html_doc_ref(struct html_doc *d);
void html_doc_unref(struct html_doc *d); /* NULL is fine */
struct html_node *html_doc_root(const struct html_doc *d);
/* From now on the two live and die together: a set may hold nodes of both. */
void html_doc_join(struct html_doc *a, struct html_doc *b);
bool html_doc_is_joined(const struct html_doc *a, const struct html_doc *b); /* or the same */

/* The memory of all documents of one VU that are alive. Counted itself: documents may outlive who
 * made it. */
struct html_account {
    int refs;
    size_t held;       /* bytes */
    size_t collect_at; /* private */
};
struct html_account *html_account_new(void);
void html_account_unref(struct html_account *a); /* NULL is fine */
/* There is so much that some of it may be garbage: collect, then settle. */
bool html_account_is_high(const struct html_account *a);
bool html_account_settle(struct html_account *a); /* false: there is no room for more */
void html_doc_charge(struct html_doc *d, struct html_account *a); /* once, for what it has now */

/* Memory that lives as long as the document, not zeroed. Sizes are the caller's own, never a
 * peer's. */
void *html_doc_alloc(struct html_doc *d, size_t size);
/* The same for text of a size that a peer chose; NULL when it can't be had. */
char *html_doc_try_alloc(struct html_doc *d, size_t size);
size_t html_doc_used(const struct html_doc *d); /* bytes handed out */
/* A number that no node's mark or member has: a pass over nodes sets it in those it has seen, or
 * that belong to a set. */
uint32_t html_doc_new_mark(struct html_doc *d);

/* ---- nodes ---- */

struct html_node *html_node_new(struct html_doc *d, enum html_type type, struct str data);
/* The same node without parent and children. */
struct html_node *html_node_clone(struct html_doc *d, const struct html_node *n);
void html_node_append(struct html_node *parent, struct html_node *child);
/* before NULL appends. */
void html_node_insert(struct html_node *parent, struct html_node *child, struct html_node *before);
void html_node_remove(struct html_node *n); /* no parent: nothing happens */
/* Makes the text of a text node longer. False when memory can't be had. */
bool html_node_add_text(struct html_doc *d, struct html_node *n, struct str text);
const struct html_attr *html_node_attr(const struct html_node *n, struct str key);

/* The node after n in document order within root, n's children first; NULL at the end. */
struct html_node *html_node_after(const struct html_node *n, const struct html_node *root);
/* The same, but past n's children. */
struct html_node *html_node_after_all(const struct html_node *n, const struct html_node *root);

/* Is it an element that holds HTML inside MathML or SVG? */
bool html_node_is_integration_point(const struct html_node *n);

#endif
