/* html_tree_outer.c - the rules of the modes outside the body: before and in the head, after the
 * body, framesets, templates, and the text of elements that hold nothing else.
 * Source: HTML standard, "The rules for parsing tokens in HTML content". Tests: html_tree_test.c */
#include "modules/html/html_int.h"

/* Drops white space at the front of a text token. True: nothing is left. */
static bool drop_space(struct html_tree *t)
{
    t->token.data = html_trim_left(t->token.data);
    return t->token.data.len == 0;
}

/* Adds the white space at the front to the current node. True: nothing is left. */
static bool add_space(struct html_tree *t)
{
    struct str rest = html_trim_left(t->token.data);
    html_tree_add_text(t, (struct str){t->token.data.p, t->token.data.len - rest.len});
    t->token.data = rest;
    return rest.len == 0;
}

/* Adds the white space that is anywhere in the text: all that framesets take. */
static void add_all_space(struct html_tree *t)
{
    const char *p = t->token.data.p, *end = p + t->token.data.len;
    while (p < end) {
        const char *from = p;
        while (p < end && html_is_space(*p))
            p++;
        if (p > from && t->mode == MODE_AFTER_AFTER_FRAMESET)
            html_tree_reopen_formats(t);
        html_tree_add_text(t, (struct str){from, (size_t)(p - from)});
        while (p < end && !html_is_space(*p))
            p++;
    }
}

static bool is_start(const struct html_tree *t, enum html_tag tag)
{
    return t->token.type == TOKEN_START && t->token.tag == tag;
}

/* End tags that are just ignored early on: all but </head>, </body>, </html> and </br>. */
static bool is_early_end(const struct html_tree *t)
{
    enum html_tag tag = t->token.tag;
    return t->token.type == TOKEN_END && tag != TAG_HEAD && tag != TAG_BODY && tag != TAG_HTML &&
           tag != TAG_BR;
}

enum blanks { BLANKS_DROPPED, BLANKS_KEPT };

/* What all modes around the head do with what is no tag. comments_to: NULL for the current node.
 * True: the token is done with. */
static bool settle_no_tag(struct html_tree *t, enum blanks blanks, struct html_node *comments_to)
{
    switch (t->token.type) {
    case TOKEN_DOCTYPE:
        return true;
    case TOKEN_COMMENT:
        html_tree_add_comment(t, comments_to);
        return true;
    case TOKEN_TEXT:
        return blanks == BLANKS_KEPT ? add_space(t) : drop_space(t);
    case TOKEN_START:
    case TOKEN_END:
    case TOKEN_EOF:
        break;
    }
    return false;
}

bool html_rule_initial(struct html_tree *t)
{
    if (t->token.type == TOKEN_TEXT && drop_space(t))
        return true;
    if (t->token.type == TOKEN_COMMENT) {
        html_tree_add_comment(t, html_doc_root(t->doc));
        return true;
    }
    t->mode = MODE_BEFORE_HTML;
    if (t->token.type == TOKEN_DOCTYPE) {
        struct html_node *n = html_doctype_parse(t->doc, t->token.data, &t->is_quirks);
        html_node_append(html_doc_root(t->doc), n);
        return true;
    }
    t->is_quirks = true;
    return false;
}

bool html_rule_before_html(struct html_tree *t)
{
    if (settle_no_tag(t, BLANKS_DROPPED, html_doc_root(t->doc)) || is_early_end(t))
        return true;
    if (is_start(t, TAG_HTML)) {
        html_tree_add_element(t);
        t->mode = MODE_BEFORE_HEAD;
        return true;
    }
    html_tree_imply(t, TOKEN_START, TAG_HTML);
    return false;
}

bool html_rule_before_head(struct html_tree *t)
{
    if (settle_no_tag(t, BLANKS_DROPPED, NULL) || is_early_end(t))
        return true;
    if (is_start(t, TAG_HTML))
        return html_rule_in_body(t);
    if (is_start(t, TAG_HEAD)) {
        t->head = html_tree_add_element(t);
        t->mode = MODE_IN_HEAD;
        return true;
    }
    html_tree_imply(t, TOKEN_START, TAG_HEAD);
    return false;
}

/* ---- in the head ---- */

/* Foreign elements and templates together are more than Go's reader can do: it takes no more of
 * the page then. */
static bool start_template(struct html_tree *t)
{
    for (int i = 0; i < t->open_count; i++) {
        if (t->open[i]->space != SPACE_HTML) {
            t->mode = MODE_IGNORE;
            return true;
        }
    }
    html_tree_add_element(t);
    html_tree_add_marker(t);
    t->is_frameset_ok = false;
    t->mode = MODE_IN_TEMPLATE;
    VEC_PUSH(&t->template_modes, MODE_IN_TEMPLATE);
    return true;
}

void html_tree_end_template(struct html_tree *t)
{
    html_tree_pop_implied(t, TAG_NONE);
    for (int i = t->open_count - 1; i >= 0; i--) {
        if (t->open[i]->tag == TAG_TEMPLATE && t->open[i]->space == SPACE_HTML) {
            html_tree_pop_to(t, i);
            break;
        }
    }
    html_tree_clear_formats(t);
    if (t->template_modes.len > 0)
        (void)VEC_POP(&t->template_modes);
    html_tree_reset_mode(t);
}

/* Is the start tag one that the head takes? *done: what the rule returns. */
static bool start_in_head(struct html_tree *t, bool *done)
{
    *done = true;
    switch (t->token.tag) {
    case TAG_HTML:
        *done = html_rule_in_body(t);
        return true;
    case TAG_BASE:
    case TAG_BASEFONT:
    case TAG_BGSOUND:
    case TAG_LINK:
    case TAG_META:
        html_tree_add_empty_element(t);
        return true;
    case TAG_NOSCRIPT: /* scripting is on */
    case TAG_NOFRAMES:
    case TAG_STYLE:
    case TAG_SCRIPT:
    case TAG_TITLE:
        html_tree_read_text(t);
        return true;
    case TAG_TEMPLATE:
        *done = start_template(t);
        return true;
    case TAG_HEAD:
        return true;
    default:
        return false;
    }
}

static bool end_in_head(struct html_tree *t)
{
    switch (t->token.tag) {
    case TAG_HEAD:
        html_tree_pop(t);
        t->mode = MODE_AFTER_HEAD;
        return true;
    case TAG_TEMPLATE:
        if (html_tree_has_open(t, TAG_TEMPLATE))
            html_tree_end_template(t);
        return true;
    case TAG_BODY:
    case TAG_HTML:
    case TAG_BR:
        html_tree_imply(t, TOKEN_END, TAG_HEAD);
        return false;
    default:
        return true;
    }
}

bool html_rule_in_head(struct html_tree *t)
{
    bool done;
    if (settle_no_tag(t, BLANKS_KEPT, NULL))
        return true;
    if (t->token.type == TOKEN_START && start_in_head(t, &done))
        return done;
    if (t->token.type == TOKEN_END)
        return end_in_head(t);
    html_tree_imply(t, TOKEN_END, TAG_HEAD);
    return false;
}

/* ---- after the head ---- */

/* A tag that belongs into the head goes there all the same. */
static bool add_to_head(struct html_tree *t)
{
    struct html_node *head = t->head;
    html_tree_push(t, head);
    bool done = html_rule_in_head(t);
    html_tree_close(t, head);
    return done;
}

static bool start_after_head(struct html_tree *t, bool *done)
{
    *done = true;
    switch (t->token.tag) {
    case TAG_HTML:
        *done = html_rule_in_body(t);
        return true;
    case TAG_BODY:
        html_tree_add_element(t);
        t->is_frameset_ok = false;
        t->mode = MODE_IN_BODY;
        return true;
    case TAG_FRAMESET:
        html_tree_add_element(t);
        t->mode = MODE_IN_FRAMESET;
        return true;
    case TAG_HEAD:
        return true;
    default:
        if (!(html_tag_facts(t->token.tag) & TAG_IS_HEAD))
            return false;
        *done = add_to_head(t);
        return true;
    }
}

bool html_rule_after_head(struct html_tree *t)
{
    bool done;
    bool is_end = t->token.type == TOKEN_END;
    if (settle_no_tag(t, BLANKS_KEPT, NULL))
        return true;
    if (t->token.type == TOKEN_START && start_after_head(t, &done))
        return done;
    if (is_end && t->token.tag == TAG_TEMPLATE)
        return html_rule_in_head(t);
    if (is_early_end(t) || (is_end && t->token.tag == TAG_HEAD))
        return true;
    html_tree_imply(t, TOKEN_START, TAG_BODY);
    t->is_frameset_ok = true;
    return t->token.type == TOKEN_EOF;
}

/* ---- text ---- */

bool html_rule_text(struct html_tree *t)
{
    if (t->token.type == TOKEN_TEXT) {
        struct html_node *n = html_tree_current(t);
        bool is_first = n->tag == TAG_TEXTAREA && !n->first;
        html_tree_add_text(t, is_first ? html_trim_newline(t->token.data) : t->token.data);
        return true;
    }
    if (t->token.type == TOKEN_EOF || t->token.type == TOKEN_END)
        html_tree_pop(t);
    t->mode = t->original_mode;
    t->original_mode = MODE_NONE;
    return t->token.type == TOKEN_END;
}

/* ---- templates ---- */

static bool go_on_in(struct html_tree *t, enum html_mode mode)
{
    if (t->template_modes.len > 0)
        (void)VEC_POP(&t->template_modes);
    VEC_PUSH(&t->template_modes, mode);
    t->mode = mode;
    return false;
}

bool html_rule_in_template(struct html_tree *t)
{
    enum html_tag tag = t->token.tag;
    switch (t->token.type) {
    case TOKEN_TEXT:
    case TOKEN_COMMENT:
    case TOKEN_DOCTYPE:
        return html_rule_in_body(t);
    case TOKEN_START:
        if (html_tag_facts(tag) & TAG_IS_HEAD)
            return html_rule_in_head(t);
        if (tag == TAG_CAPTION || tag == TAG_COLGROUP || tag == TAG_TBODY || tag == TAG_TFOOT ||
            tag == TAG_THEAD)
            return go_on_in(t, MODE_IN_TABLE);
        if (tag == TAG_COL)
            return go_on_in(t, MODE_IN_COLUMN_GROUP);
        if (tag == TAG_TR)
            return go_on_in(t, MODE_IN_TABLE_BODY);
        if (tag == TAG_TD || tag == TAG_TH)
            return go_on_in(t, MODE_IN_ROW);
        return go_on_in(t, MODE_IN_BODY);
    case TOKEN_END:
        return tag != TAG_TEMPLATE || html_rule_in_head(t);
    case TOKEN_EOF:
        break;
    }
    if (!html_tree_has_open(t, TAG_TEMPLATE))
        return true;
    html_tree_end_template(t);
    return false;
}

/* ---- after the body ---- */

/* <html> and white space go to the body even behind its end. */
static bool goes_to_body(const struct html_tree *t)
{
    return is_start(t, TAG_HTML) ||
           (t->token.type == TOKEN_TEXT && html_trim_left(t->token.data).len == 0);
}

/* Anything else reopens the body. */
static bool back_to_body(struct html_tree *t)
{
    t->mode = MODE_IN_BODY;
    return false;
}

bool html_rule_after_body(struct html_tree *t)
{
    if (goes_to_body(t))
        return html_rule_in_body(t);
    if (t->token.type == TOKEN_COMMENT) {
        html_tree_add_comment(t, t->open_count > 0 ? t->open[0] : html_doc_root(t->doc));
        return true;
    }
    if (t->token.type != TOKEN_END || t->token.tag != TAG_HTML)
        return t->token.type == TOKEN_EOF || back_to_body(t);
    if (!t->context)
        t->mode = MODE_AFTER_AFTER_BODY;
    return true;
}

bool html_rule_after_after_body(struct html_tree *t)
{
    if (goes_to_body(t) || t->token.type == TOKEN_DOCTYPE)
        return html_rule_in_body(t);
    if (t->token.type == TOKEN_COMMENT) {
        html_tree_add_comment(t, html_doc_root(t->doc));
        return true;
    }
    return t->token.type == TOKEN_EOF || back_to_body(t);
}

/* ---- framesets ---- */

static void end_frameset(struct html_tree *t)
{
    if (html_tree_is_current(t, TAG_HTML) || t->open_count == 0)
        return;
    html_tree_pop(t);
    if (!html_tree_is_current(t, TAG_FRAMESET))
        t->mode = MODE_AFTER_FRAMESET;
}

/* What the three modes around framesets have in common. *done: what the rule returns. */
static bool settle_frameset(struct html_tree *t, struct html_node *comments_to, bool *done)
{
    *done = true;
    if (t->token.type == TOKEN_COMMENT)
        html_tree_add_comment(t, comments_to);
    else if (t->token.type == TOKEN_TEXT)
        add_all_space(t);
    else if (is_start(t, TAG_HTML))
        *done = html_rule_in_body(t);
    else if (is_start(t, TAG_NOFRAMES))
        *done = html_rule_in_head(t);
    else
        return false;
    return true;
}

bool html_rule_in_frameset(struct html_tree *t)
{
    bool done;
    if (settle_frameset(t, NULL, &done))
        return done;
    if (is_start(t, TAG_FRAMESET))
        html_tree_add_element(t);
    else if (is_start(t, TAG_FRAME))
        html_tree_add_empty_element(t);
    else if (t->token.type == TOKEN_END && t->token.tag == TAG_FRAMESET)
        end_frameset(t);
    return true;
}

bool html_rule_after_frameset(struct html_tree *t)
{
    bool done;
    if (settle_frameset(t, NULL, &done))
        return done;
    if (t->token.type == TOKEN_END && t->token.tag == TAG_HTML)
        t->mode = MODE_AFTER_AFTER_FRAMESET;
    return true;
}

bool html_rule_after_after_frameset(struct html_tree *t)
{
    bool done;
    return !settle_frameset(t, html_doc_root(t->doc), &done) || done;
}
