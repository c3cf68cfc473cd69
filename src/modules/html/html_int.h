/* html_int.h - what the files of this folder share; not to be included from outside it.
 *
 * A page becomes a tree in three steps, each of which knows the next one only:
 *
 *   html_token.c    bytes -> tokens: tags with their attributes, texts, comments, doctypes
 *                   (html_entity.c: &eacute; and its kin)
 *   html_tree.c     tokens -> nodes: the stack of open elements, insertion, the dispatcher; the
 *                   rules by insertion mode are in html_tree_outer.c (before, in and after head,
 *                   after body, framesets, templates), html_tree_body.c, html_tree_table.c and
 *                   html_tree_foreign.c; html_tree_format.c mends misnested <b> and <i>
 *   html_doc.c      nodes and their memory
 *
 * html_selector_parse.c and html_selector_match.c find nodes in it, html_query.c makes sets of
 * them, html_render.c writes it. The rest (mod_html*.c) is what scripts see.
 */
#ifndef C6_HTML_INT_H
#define C6_HTML_INT_H

#include "base/buf.h"
#include "base/vec.h"
#include "modules/html/html_doc.h"

/* ---- documents (html_doc.c) ---- */

struct html_doc *html_doc_new(void); /* an empty one */

static inline bool html_is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

/* ---- tokens (html_token.c) ---- */

enum html_token_type {
    TOKEN_EOF,
    TOKEN_TEXT,
    TOKEN_START,
    TOKEN_END,
    TOKEN_COMMENT,
    TOKEN_DOCTYPE
};

struct html_token {
    enum html_token_type type;
    enum html_tag tag; /* of tags */
    bool is_self_closing;
    struct str data; /* a tag's name in lower case; text, comment, doctype */
    struct html_attr *attrs;
    uint32_t attr_count;
};

struct html_tokenizer {
    struct html_doc *doc; /* texts and attributes are put there */
    char *at, *end;       /* the rest of the page; tags are put into lower case in place */
    enum html_tag raw;    /* text up to this tag's end comes next */
    bool allows_cdata;
    bool is_out_of_memory;
    VEC(struct html_attr) attrs; /* of the tag at hand */
    VEC(uint32_t) slots;         /* private: table of its names, when there are many */
};

/* text is borrowed and written to; it must live as long as doc. */
void html_tokenizer_init(struct html_tokenizer *z, struct html_doc *doc, char *text, size_t len);
void html_tokenizer_deinit(struct html_tokenizer *z);
void html_tokenizer_next(struct html_tokenizer *z, struct html_token *t);

/* Writes s with its character references resolved. out has room for HTML_DECODED_MAX(s.len);
 * returns its end. */
#define HTML_DECODED_MAX(len) ((len) + (len) / 4 + 8)
char *html_entity_decode(char *out, struct str s, bool is_attr);

/* ---- the tree (html_tree.c) ---- */

enum html_mode {
    MODE_NONE,
    MODE_INITIAL,
    MODE_BEFORE_HTML,
    MODE_BEFORE_HEAD,
    MODE_IN_HEAD,
    MODE_AFTER_HEAD,
    MODE_IN_BODY,
    MODE_TEXT,
    MODE_IN_TABLE,
    MODE_IN_CAPTION,
    MODE_IN_COLUMN_GROUP,
    MODE_IN_TABLE_BODY,
    MODE_IN_ROW,
    MODE_IN_CELL,
    MODE_IN_TEMPLATE,
    MODE_AFTER_BODY,
    MODE_IN_FRAMESET,
    MODE_AFTER_FRAMESET,
    MODE_AFTER_AFTER_BODY,
    MODE_AFTER_AFTER_FRAMESET,
    MODE_IGNORE, /* all that follows */
    MODE_COUNT
};

enum { HTML_DEPTH_MAX = 512 };

struct html_tree {
    struct html_doc *doc;
    struct html_tokenizer tokens;
    struct html_token token; /* at hand; rules may change it */
    enum html_mode mode;
    enum html_mode original_mode;               /* to go back to after a text */
    struct html_node *open[HTML_DEPTH_MAX + 2]; /* the stack of open elements, html first */
    int open_count;
    VEC(struct html_node *) formats; /* active formatting elements; NULL is a marker */
    VEC(enum html_mode) template_modes;
    struct html_node *head, *form;
    const struct html_node *context; /* of a fragment: the element it goes into */
    bool is_frameset_ok, is_fostering, is_quirks;
    int failure; /* 0, or why the page is refused */
    size_t memory_max;
};

/* A rule does something with the token at hand. True: it is dealt with; false: the mode changed
 * (or the token), look again. */
typedef bool html_rule(struct html_tree *t);
html_rule html_rule_initial, html_rule_before_html, html_rule_before_head, html_rule_in_head,
    html_rule_after_head, html_rule_in_body, html_rule_text, html_rule_in_table,
    html_rule_in_caption, html_rule_in_column_group, html_rule_in_table_body, html_rule_in_row,
    html_rule_in_cell, html_rule_in_template, html_rule_after_body, html_rule_in_frameset,
    html_rule_after_frameset, html_rule_after_after_body, html_rule_after_after_frameset,
    html_rule_in_foreign;

bool html_tree_apply_mode(struct html_tree *t); /* the rule of the mode, whatever is open */
/* Deals with a tag that the page leaves out. */
void html_tree_imply(struct html_tree *t, enum html_token_type type, enum html_tag tag);

struct html_node *html_tree_current(const struct html_tree *t); /* never NULL: the document */
bool html_tree_is_current(const struct html_tree *t, enum html_tag tag);
bool html_tree_has_open(const struct html_tree *t, enum html_tag tag); /* an HTML element */
void html_tree_push(struct html_tree *t, struct html_node *n);
void html_tree_pop(struct html_tree *t);
void html_tree_pop_to(struct html_tree *t, int count);          /* so many stay open */
void html_tree_close(struct html_tree *t, struct html_node *n); /* wherever it is in the stack */
int html_tree_index(const struct html_tree *t, const struct html_node *n); /* -1: not open */

/* Adds what the token says to the current node, or where foster parenting puts it. Elements become
 * open. */
struct html_node *html_tree_add_element(struct html_tree *t);
void html_tree_add_empty_element(struct html_tree *t); /* and closes it */
void html_tree_add_node(struct html_tree *t, struct html_node *n);
void html_tree_add_text(struct html_tree *t, struct str text);
void html_tree_add_comment(struct html_tree *t, struct html_node *parent);
/* Before the table that it does not belong into. */
void html_tree_foster(struct html_tree *t, struct html_node *n);

enum html_scope { IN_SCOPE, IN_LIST_ITEM_SCOPE, IN_BUTTON_SCOPE, IN_TABLE_SCOPE };
/* Where the innermost open element of that tag is; -1 when another element bars the way. */
int html_tree_find(const struct html_tree *t, enum html_scope scope, enum html_tag tag);
bool html_tree_in_scope(const struct html_tree *t, enum html_scope scope, enum html_tag tag);
/* Closes that element and all in it. False: it is not in scope. */
bool html_tree_pop_until(struct html_tree *t, enum html_scope scope, enum html_tag tag);
bool html_tree_pop_until_any(struct html_tree *t, enum html_scope scope,
                             bool (*fits)(enum html_tag tag));
/* Closes elements whose end tags may be left out, but none named except. */
void html_tree_pop_implied(struct html_tree *t, enum html_tag except);

bool html_tree_is_special(
    const struct html_node *n); /* of the standard's category, any namespace */

void html_tree_read_text(struct html_tree *t); /* adds the element; text up to its end follows */
void html_tree_reset_mode(struct html_tree *t);
void html_tree_end_template(struct html_tree *t);

struct str html_trim_left(struct str s);
struct str html_trim_newline(struct str s); /* one, at the front: <pre> and <textarea> begin so */
/* The text without NULs, in the document. */
struct str html_tree_without_nul(struct html_tree *t, struct str s);

/* ---- formatting (html_tree_format.c) ---- */

void html_tree_add_format(struct html_tree *t); /* an element that is opened anew later */
void html_tree_reopen_formats(struct html_tree *t);
void html_tree_clear_formats(struct html_tree *t); /* up to the last marker */
void html_tree_add_marker(struct html_tree *t);
void html_tree_drop_format(struct html_tree *t, const struct html_node *n);
void html_tree_end_format(struct html_tree *t, enum html_tag tag); /* its end tag */
void html_tree_end_other(struct html_tree *t, enum html_tag tag, struct str name);

/* ---- foreign elements (html_tree_foreign.c) ---- */

bool html_tree_is_foreign(const struct html_tree *t); /* do its rules hold for the token? */
/* Gives the token's attributes the spelling they have in MathML or SVG. */
void html_tree_adjust_attrs(struct html_tree *t, enum html_space space);

/* ---- doctypes (html_doctype.c) ---- */

/* The doctype's node, and whether the page wants to be read as old browsers did. */
struct html_node *html_doctype_parse(struct html_doc *d, struct str text, bool *is_quirks);

#endif
