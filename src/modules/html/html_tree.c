/* html_tree.c - tokens become a tree: the stack of open elements and what the rules of all modes
 * need of it, and the loop that gives each token to the rule of the mode. The rules follow the
 * standard; where Go's x/net/html, which k6 uses, reads it otherwise, they follow that, since
 * scripts see the outcome. What a page may cost is bounded: its depth, and its memory, which is
 * looked at between tokens (one token adds no more than the depth allows).
 * Source: HTML standard, "Tree construction". Tests: html_tree_test.c, fuzz/html_parse_fuzz.c */
#include <string.h>

#include "base/mem.h"
#include "modules/html/html_int.h"

enum {
    MEMORY_BASE = 16 << 20, /* a page may take up so much, */
    MEMORY_PER_BYTE = 64,   /* and this for each byte of it, */
    MEMORY_MAX = 1 << 30,   /* but no more */
};

/* ---- the stack ---- */

struct html_node *html_tree_current(const struct html_tree *t)
{
    return t->open_count > 0 ? t->open[t->open_count - 1] : html_doc_root(t->doc);
}

bool html_tree_is_current(const struct html_tree *t, enum html_tag tag)
{
    return html_tree_current(t)->tag == tag;
}

bool html_tree_has_open(const struct html_tree *t, enum html_tag tag)
{
    for (int i = 0; i < t->open_count; i++)
        if (t->open[i]->tag == tag && t->open[i]->space == SPACE_HTML)
            return true;
    return false;
}

void html_tree_push(struct html_tree *t, struct html_node *n)
{
    if (t->open_count >= HTML_DEPTH_MAX) {
        t->failure = ERR_TOO_LARGE; /* nothing is lost: the page is refused */
        return;
    }
    t->open[t->open_count++] = n;
    n->is_open = true;
}

void html_tree_pop_to(struct html_tree *t, int count)
{
    while (t->open_count > count && t->open_count > 0)
        t->open[--t->open_count]->is_open = false;
}

void html_tree_pop(struct html_tree *t)
{
    html_tree_pop_to(t, t->open_count - 1);
}

int html_tree_index(const struct html_tree *t, const struct html_node *n)
{
    int i = n->is_open ? t->open_count - 1 : -1;
    while (i >= 0 && t->open[i] != n)
        i--;
    return i;
}

void html_tree_close(struct html_tree *t, struct html_node *n)
{
    int i = html_tree_index(t, n);
    if (i < 0)
        return;
    memmove(&t->open[i], &t->open[i + 1], (size_t)(t->open_count - i - 1) * sizeof t->open[0]);
    t->open_count--;
    n->is_open = false;
}

/* ---- scopes ---- */

/* Elements of MathML and SVG that are special, and end scopes. */
static bool is_special_foreign(const struct html_node *n)
{
    if (n->space == SPACE_SVG)
        return n->tag == TAG_DESC || n->tag == TAG_FOREIGNOBJECT || n->tag == TAG_TITLE;
    return n->tag == TAG_ANNOTATION_XML || n->tag == TAG_MI || n->tag == TAG_MN ||
           n->tag == TAG_MO || n->tag == TAG_MS || n->tag == TAG_MTEXT;
}

bool html_tree_is_special(const struct html_node *n)
{
    if (n->space != SPACE_HTML)
        return is_special_foreign(n);
    return html_tag_facts((enum html_tag)n->tag) & TAG_IS_SPECIAL;
}

static bool ends_scope(enum html_scope scope, const struct html_node *n)
{
    bool is_html = n->space == SPACE_HTML;
    if (scope == IN_TABLE_SCOPE)
        return is_html && (n->tag == TAG_HTML || n->tag == TAG_TABLE || n->tag == TAG_TEMPLATE);
    if (scope == IN_LIST_ITEM_SCOPE && is_html && (n->tag == TAG_OL || n->tag == TAG_UL))
        return true;
    if (scope == IN_BUTTON_SCOPE && is_html && n->tag == TAG_BUTTON)
        return true;
    return is_html ? html_tag_facts((enum html_tag)n->tag) & TAG_IS_SCOPE : is_special_foreign(n);
}

int html_tree_find(const struct html_tree *t, enum html_scope scope, enum html_tag tag)
{
    for (int i = t->open_count - 1; i >= 0; i--) {
        if (t->open[i]->space == SPACE_HTML && t->open[i]->tag == tag)
            return i;
        if (ends_scope(scope, t->open[i]))
            return -1;
    }
    return -1;
}

bool html_tree_in_scope(const struct html_tree *t, enum html_scope scope, enum html_tag tag)
{
    return html_tree_find(t, scope, tag) >= 0;
}

bool html_tree_pop_until(struct html_tree *t, enum html_scope scope, enum html_tag tag)
{
    int i = html_tree_find(t, scope, tag);
    if (i >= 0)
        html_tree_pop_to(t, i);
    return i >= 0;
}

bool html_tree_pop_until_any(struct html_tree *t, enum html_scope scope,
                             bool (*fits)(enum html_tag tag))
{
    for (int i = t->open_count - 1; i >= 0; i--) {
        if (t->open[i]->space == SPACE_HTML && fits((enum html_tag)t->open[i]->tag)) {
            html_tree_pop_to(t, i);
            return true;
        }
        if (ends_scope(scope, t->open[i]))
            return false;
    }
    return false;
}

void html_tree_pop_implied(struct html_tree *t, enum html_tag except)
{
    while (t->open_count > 0) {
        enum html_tag tag = (enum html_tag)html_tree_current(t)->tag;
        if (!(html_tag_facts(tag) & TAG_IS_IMPLIED) || tag == except)
            return;
        html_tree_pop(t);
    }
}

/* ---- insertion ---- */

static bool fosters(const struct html_tree *t)
{
    return t->is_fostering &&
           (html_tag_facts((enum html_tag)html_tree_current(t)->tag) & TAG_IS_FOSTER);
}

static int find_last(const struct html_tree *t, enum html_tag tag)
{
    int i = t->open_count - 1;
    while (i >= 0 && t->open[i]->tag != tag)
        i--;
    return i;
}

/* Appends to a text that is there already. False: there is none. */
static bool join_text(struct html_tree *t, struct html_node *last, struct str text)
{
    if (!last || last->type != HTML_TEXT)
        return false;
    if (!html_node_add_text(t->doc, last, text))
        t->failure = ERR_NOMEM;
    return true;
}

void html_tree_foster(struct html_tree *t, struct html_node *n)
{
    int table_at = find_last(t, TAG_TABLE), template_at = find_last(t, TAG_TEMPLATE);
    if (template_at >= 0 && template_at > table_at) {
        html_node_append(t->open[template_at], n);
        return;
    }
    struct html_node *table = table_at >= 0 ? t->open[table_at] : NULL;
    struct html_node *parent = table ? table->parent : html_tree_current(t);
    if (!table && t->open_count > 0)
        parent = t->open[0];
    if (!parent) { /* the table was taken out of the tree */
        parent = t->open[table_at > 0 ? table_at - 1 : 0];
        table = NULL;
    }
    struct html_node *prev = table ? table->prev : parent->last;
    if (n->type != HTML_TEXT || !join_text(t, prev, n->data))
        html_node_insert(parent, n, table);
}

void html_tree_add_node(struct html_tree *t, struct html_node *n)
{
    if (fosters(t))
        html_tree_foster(t, n);
    else
        html_node_append(html_tree_current(t), n);
    if (n->type == HTML_ELEMENT)
        html_tree_push(t, n);
}

struct html_node *html_tree_add_element(struct html_tree *t)
{
    struct html_node *n = html_node_new(t->doc, HTML_ELEMENT, t->token.data);
    n->tag = (uint16_t)t->token.tag;
    n->attrs = t->token.attrs;
    n->attr_count = t->token.attr_count;
    html_tree_add_node(t, n);
    return n;
}

void html_tree_add_empty_element(struct html_tree *t)
{
    html_tree_add_element(t);
    html_tree_pop(t);
}

void html_tree_add_text(struct html_tree *t, struct str text)
{
    if (text.len == 0)
        return;
    if (!fosters(t) && join_text(t, html_tree_current(t)->last, text))
        return;
    html_tree_add_node(t, html_node_new(t->doc, HTML_TEXT, text));
}

void html_tree_add_comment(struct html_tree *t, struct html_node *parent)
{
    struct html_node *n = html_node_new(t->doc, HTML_COMMENT, t->token.data);
    if (parent)
        html_node_append(parent, n);
    else
        html_tree_add_node(t, n);
}

void html_tree_read_text(struct html_tree *t)
{
    html_tree_add_element(t);
    t->original_mode = t->mode;
    t->mode = MODE_TEXT;
}

/* ---- texts ---- */

struct str html_trim_left(struct str s)
{
    while (s.len > 0 && html_is_space(*s.p)) {
        s.p++;
        s.len--;
    }
    return s;
}

struct str html_trim_newline(struct str s)
{
    size_t i = s.len > 0 && s.p[0] == '\r' ? 1 : 0;
    if (i < s.len && s.p[i] == '\n')
        i++;
    return (struct str){s.p + i, s.len - i};
}

struct str html_tree_without_nul(struct html_tree *t, struct str s)
{
    const char *nul = memchr(s.p, '\0', s.len);
    if (!nul)
        return s;
    char *copy = html_doc_try_alloc(t->doc, s.len);
    if (!copy) {
        t->failure = ERR_NOMEM;
        return STR("");
    }
    size_t len = 0;
    for (size_t i = 0; i < s.len; i++)
        if (s.p[i] != '\0')
            copy[len++] = s.p[i];
    return (struct str){copy, len};
}

/* ---- modes ---- */

static enum html_mode mode_of(const struct html_tree *t, const struct html_node *n)
{
    switch ((enum html_tag)n->tag) {
    case TAG_TD:
    case TAG_TH:
        return MODE_IN_CELL;
    case TAG_TR:
        return MODE_IN_ROW;
    case TAG_TBODY:
    case TAG_THEAD:
    case TAG_TFOOT:
        return MODE_IN_TABLE_BODY;
    case TAG_CAPTION:
        return MODE_IN_CAPTION;
    case TAG_COLGROUP:
        return MODE_IN_COLUMN_GROUP;
    case TAG_TABLE:
        return MODE_IN_TABLE;
    case TAG_TEMPLATE:
        if (n->space != SPACE_HTML)
            return MODE_NONE;
        return t->template_modes.len > 0 ? VEC_LAST(&t->template_modes) : MODE_IN_BODY;
    case TAG_HEAD:
        return MODE_IN_HEAD;
    case TAG_BODY:
        return MODE_IN_BODY;
    case TAG_FRAMESET:
        return MODE_IN_FRAMESET;
    case TAG_HTML:
        return t->head ? MODE_AFTER_HEAD : MODE_BEFORE_HEAD;
    default:
        return MODE_NONE;
    }
}

/* The mode that fits what is open, after something was closed out of order. */
void html_tree_reset_mode(struct html_tree *t)
{
    for (int i = t->open_count - 1; i >= 0; i--) {
        const struct html_node *n = i == 0 && t->context ? t->context : t->open[i];
        enum html_mode mode = mode_of(t, n);
        if (mode != MODE_NONE) {
            t->mode = mode;
            return;
        }
    }
    t->mode = MODE_IN_BODY;
}

static html_rule *const rules[MODE_COUNT] = {
    [MODE_INITIAL] = html_rule_initial,
    [MODE_BEFORE_HTML] = html_rule_before_html,
    [MODE_BEFORE_HEAD] = html_rule_before_head,
    [MODE_IN_HEAD] = html_rule_in_head,
    [MODE_AFTER_HEAD] = html_rule_after_head,
    [MODE_IN_BODY] = html_rule_in_body,
    [MODE_TEXT] = html_rule_text,
    [MODE_IN_TABLE] = html_rule_in_table,
    [MODE_IN_CAPTION] = html_rule_in_caption,
    [MODE_IN_COLUMN_GROUP] = html_rule_in_column_group,
    [MODE_IN_TABLE_BODY] = html_rule_in_table_body,
    [MODE_IN_ROW] = html_rule_in_row,
    [MODE_IN_CELL] = html_rule_in_cell,
    [MODE_IN_TEMPLATE] = html_rule_in_template,
    [MODE_AFTER_BODY] = html_rule_after_body,
    [MODE_IN_FRAMESET] = html_rule_in_frameset,
    [MODE_AFTER_FRAMESET] = html_rule_after_frameset,
    [MODE_AFTER_AFTER_BODY] = html_rule_after_after_body,
    [MODE_AFTER_AFTER_FRAMESET] = html_rule_after_after_frameset,
};

bool html_tree_apply_mode(struct html_tree *t)
{
    return t->mode == MODE_IGNORE || rules[t->mode](t);
}

/* Gives the token to the rules until one has dealt with it. */
static void process(struct html_tree *t)
{
    bool is_done = false;
    while (!is_done && t->failure == 0)
        is_done = html_tree_is_foreign(t) ? html_rule_in_foreign(t) : html_tree_apply_mode(t);
}

void html_tree_imply(struct html_tree *t, enum html_token_type type, enum html_tag tag)
{
    struct html_token real = t->token;
    t->token = (struct html_token){.type = type, .tag = tag, .data = html_tag_name(tag)};
    process(t);
    t->token = real;
}

/* ---- a page ---- */

static void tree_init(struct html_tree *t, struct html_doc *doc, char *text, size_t len)
{
    *t = (struct html_tree){.doc = doc, .mode = MODE_INITIAL, .is_frameset_ok = true};
    size_t allowed = len < MEMORY_MAX / MEMORY_PER_BYTE ? len * MEMORY_PER_BYTE : MEMORY_MAX;
    t->memory_max = allowed < MEMORY_MAX - MEMORY_BASE ? allowed + MEMORY_BASE : MEMORY_MAX;
    t->memory_max += html_doc_used(doc);
    html_tokenizer_init(&t->tokens, doc, text, len);
}

static void tree_deinit(struct html_tree *t)
{
    html_tokenizer_deinit(&t->tokens);
    VEC_DEINIT(&t->formats);
    VEC_DEINIT(&t->template_modes);
}

static int build(struct html_tree *t)
{
    do {
        t->tokens.allows_cdata = t->open_count > 0 && html_tree_current(t)->space != SPACE_HTML;
        html_tokenizer_next(&t->tokens, &t->token);
        process(t);
        if (t->tokens.is_out_of_memory)
            t->failure = ERR_NOMEM;
        else if (t->failure == 0 && html_doc_used(t->doc) > t->memory_max)
            t->failure = ERR_NOMEM;
    } while (t->token.type != TOKEN_EOF && t->failure == 0);
    return t->failure;
}

static int explain(int failure, struct err *e)
{
    if (failure == ERR_TOO_LARGE)
        return err_set(e, failure, "html: open stack of elements exceeds %d nodes", HTML_DEPTH_MAX);
    return err_set(e, ERR_TOO_LARGE, "html: the page takes up too much memory");
}

/* The page's text as the document's own, which the tokenizer may write to. */
static char *copy_text(struct html_doc *d, struct str text)
{
    char *copy = html_doc_try_alloc(d, text.len + 1);
    if (copy && text.len > 0)
        memcpy(copy, text.p, text.len);
    return copy;
}

int html_doc_parse(struct html_doc **out, struct str text, struct err *e)
{
    struct html_doc *d = html_doc_new();
    struct html_tree *t = NULL;
    char *copy = copy_text(d, text);
    int rc = ERR_NOMEM;
    if (copy) {
        t = mem_alloc(sizeof *t); /* too large for a fiber's stack */
        tree_init(t, d, copy, text.len);
        rc = build(t);
        tree_deinit(t);
    }
    mem_free(t);
    if (rc < 0) {
        html_doc_unref(d);
        return explain(rc, e);
    }
    *out = d;
    return 0;
}
