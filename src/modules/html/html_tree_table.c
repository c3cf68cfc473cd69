/* html_tree_table.c - the rules of the modes in tables, where tags may be left out freely and what
 * does not belong there goes before the table.
 * Source: HTML standard, "The in table insertion mode" and those after it. Tests: html_tree_test.c
 */
#include "modules/html/html_int.h"

static bool is_section(enum html_tag tag)
{
    return tag == TAG_TBODY || tag == TAG_THEAD || tag == TAG_TFOOT;
}

static bool is_cell(enum html_tag tag)
{
    return tag == TAG_TD || tag == TAG_TH;
}

static bool is_table_part(enum html_tag tag)
{
    return html_tag_facts(tag) & TAG_IS_TABLE_PART;
}

/* Closes all that is open above the table, section or row that fits, which is what html_tree_find
 * with a table's scope would stop at. */
static void clear_to(struct html_tree *t, bool (*fits)(enum html_tag tag))
{
    for (int i = t->open_count - 1; i >= 0; i--) {
        enum html_tag tag = (enum html_tag)t->open[i]->tag;
        if (tag == TAG_HTML || tag == TAG_TEMPLATE || fits(tag)) {
            html_tree_pop_to(t, i + 1);
            return;
        }
    }
}

static bool is_table(enum html_tag tag)
{
    return tag == TAG_TABLE;
}

static bool is_row(enum html_tag tag)
{
    return tag == TAG_TR;
}

/* ---- in table ---- */

/* What is misplaced: by the rules of the body, but before the table. */
static bool foster(struct html_tree *t)
{
    t->is_fostering = true;
    bool done = html_rule_in_body(t);
    t->is_fostering = false;
    return done;
}

static bool start_in(struct html_tree *t, enum html_mode mode)
{
    clear_to(t, is_table);
    html_tree_add_element(t);
    t->mode = mode;
    return true;
}

static bool is_hidden_input(const struct html_tree *t)
{
    for (uint32_t i = 0; i < t->token.attr_count; i++)
        if (str_eqs(t->token.attrs[i].key, "type") && str_ieqs(t->token.attrs[i].value, "hidden"))
            return true;
    return false;
}

static bool end_table(struct html_tree *t)
{
    if (!html_tree_pop_until(t, IN_TABLE_SCOPE, TAG_TABLE))
        return false;
    html_tree_reset_mode(t);
    return true;
}

static bool start_in_table(struct html_tree *t)
{
    switch (t->token.tag) {
    case TAG_CAPTION:
        clear_to(t, is_table);
        html_tree_add_marker(t);
        html_tree_add_element(t);
        t->mode = MODE_IN_CAPTION;
        return true;
    case TAG_COLGROUP:
        return start_in(t, MODE_IN_COLUMN_GROUP);
    case TAG_TBODY:
    case TAG_TFOOT:
    case TAG_THEAD:
        return start_in(t, MODE_IN_TABLE_BODY);
    case TAG_COL:
        html_tree_imply(t, TOKEN_START, TAG_COLGROUP);
        return false;
    case TAG_TD:
    case TAG_TH:
    case TAG_TR:
        html_tree_imply(t, TOKEN_START, TAG_TBODY);
        return false;
    case TAG_TABLE:
        return !end_table(t);
    case TAG_STYLE:
    case TAG_SCRIPT:
    case TAG_TEMPLATE:
        return html_rule_in_head(t);
    case TAG_INPUT:
        if (!is_hidden_input(t))
            return foster(t);
        html_tree_add_empty_element(t);
        return true;
    case TAG_FORM:
        if (t->form || html_tree_has_open(t, TAG_TEMPLATE))
            return true;
        t->form = html_tree_add_element(t);
        html_tree_pop(t);
        return foster(t); /* which ignores it, as there is a form now */
    default:
        return foster(t);
    }
}

static bool end_in_table(struct html_tree *t)
{
    enum html_tag tag = t->token.tag;
    if (tag == TAG_TABLE) {
        end_table(t);
        return true;
    }
    if (tag == TAG_BODY || tag == TAG_HTML || is_table_part(tag))
        return true;
    return tag == TAG_TEMPLATE ? html_rule_in_head(t) : foster(t);
}

bool html_rule_in_table(struct html_tree *t)
{
    switch (t->token.type) {
    case TOKEN_TEXT:
        t->token.data = html_tree_without_nul(t, t->token.data);
        if ((html_tag_facts((enum html_tag)html_tree_current(t)->tag) & TAG_IS_FOSTER) &&
            html_trim_left(t->token.data).len == 0) {
            html_tree_add_text(t, t->token.data);
            return true;
        }
        return foster(t);
    case TOKEN_START:
        return start_in_table(t);
    case TOKEN_END:
        return end_in_table(t);
    case TOKEN_COMMENT:
        html_tree_add_comment(t, NULL);
        return true;
    case TOKEN_DOCTYPE:
        return true;
    case TOKEN_EOF:
        break;
    }
    return html_rule_in_body(t);
}

/* ---- captions and columns ---- */

/* False: there is no caption to close. */
static bool end_caption(struct html_tree *t)
{
    if (!html_tree_pop_until(t, IN_TABLE_SCOPE, TAG_CAPTION))
        return false;
    html_tree_clear_formats(t);
    t->mode = MODE_IN_TABLE;
    return true;
}

bool html_rule_in_caption(struct html_tree *t)
{
    enum html_tag tag = t->token.tag;
    if (t->token.type == TOKEN_START && is_table_part(tag) && tag != TAG_TH)
        return !end_caption(t);
    if (t->token.type != TOKEN_END)
        return html_rule_in_body(t);
    if (tag == TAG_CAPTION) {
        end_caption(t);
        return true;
    }
    if (tag == TAG_TABLE)
        return !end_caption(t);
    if (tag == TAG_BODY || tag == TAG_HTML || is_table_part(tag))
        return true;
    return html_rule_in_body(t);
}

static bool end_column_group(struct html_tree *t)
{
    if (!html_tree_is_current(t, TAG_COLGROUP))
        return false;
    html_tree_pop(t);
    t->mode = MODE_IN_TABLE;
    return true;
}

bool html_rule_in_column_group(struct html_tree *t)
{
    enum html_tag tag = t->token.tag;
    struct str rest;
    switch (t->token.type) {
    case TOKEN_TEXT:
        rest = html_trim_left(t->token.data);
        html_tree_add_text(t, (struct str){t->token.data.p, t->token.data.len - rest.len});
        t->token.data = rest;
        if (rest.len == 0)
            return true;
        break;
    case TOKEN_COMMENT:
        html_tree_add_comment(t, NULL);
        return true;
    case TOKEN_DOCTYPE:
        return true;
    case TOKEN_START:
        if (tag == TAG_HTML)
            return html_rule_in_body(t);
        if (tag == TAG_TEMPLATE)
            return html_rule_in_head(t);
        if (tag == TAG_COL) {
            html_tree_add_empty_element(t);
            return true;
        }
        break;
    case TOKEN_END:
        if (tag == TAG_COLGROUP)
            end_column_group(t);
        if (tag == TAG_COLGROUP || tag == TAG_COL)
            return true;
        if (tag == TAG_TEMPLATE)
            return html_rule_in_head(t);
        break;
    case TOKEN_EOF:
        return html_rule_in_body(t);
    }
    return !end_column_group(t);
}

/* ---- sections, rows, cells ---- */

/* Closes the innermost section or row. */
static bool leave(struct html_tree *t, bool (*fits)(enum html_tag tag), enum html_mode mode)
{
    clear_to(t, fits);
    html_tree_pop(t);
    t->mode = mode;
    return true;
}

static bool end_section(struct html_tree *t)
{
    if (!html_tree_pop_until_any(t, IN_TABLE_SCOPE, is_section))
        return false;
    t->mode = MODE_IN_TABLE;
    return true;
}

static bool end_row(struct html_tree *t)
{
    return html_tree_in_scope(t, IN_TABLE_SCOPE, TAG_TR) && leave(t, is_row, MODE_IN_TABLE_BODY);
}

bool html_rule_in_table_body(struct html_tree *t)
{
    enum html_tag tag = t->token.tag;
    if (t->token.type == TOKEN_START) {
        if (tag == TAG_TR) {
            clear_to(t, is_section);
            html_tree_add_element(t);
            t->mode = MODE_IN_ROW;
            return true;
        }
        if (is_cell(tag)) {
            html_tree_imply(t, TOKEN_START, TAG_TR);
            return false;
        }
        if (is_table_part(tag))
            return !end_section(t);
    } else if (t->token.type == TOKEN_END) {
        if (is_section(tag)) {
            if (html_tree_in_scope(t, IN_TABLE_SCOPE, tag))
                leave(t, is_section, MODE_IN_TABLE);
            return true;
        }
        if (tag == TAG_TABLE)
            return !end_section(t);
        if (tag == TAG_BODY || tag == TAG_HTML || is_table_part(tag))
            return true;
    } else if (t->token.type == TOKEN_COMMENT) {
        html_tree_add_comment(t, NULL);
        return true;
    }
    return html_rule_in_table(t);
}

bool html_rule_in_row(struct html_tree *t)
{
    enum html_tag tag = t->token.tag;
    if (t->token.type == TOKEN_START) {
        if (is_cell(tag)) {
            clear_to(t, is_row);
            html_tree_add_element(t);
            html_tree_add_marker(t);
            t->mode = MODE_IN_CELL;
            return true;
        }
        if (is_table_part(tag))
            return !end_row(t);
    } else if (t->token.type == TOKEN_END) {
        if (tag == TAG_TR) {
            end_row(t);
            return true;
        }
        if (tag == TAG_TABLE)
            return !end_row(t);
        if (is_section(tag))
            return !html_tree_in_scope(t, IN_TABLE_SCOPE, tag) || !end_row(t);
        if (tag == TAG_BODY || tag == TAG_HTML || is_table_part(tag))
            return true;
    }
    return html_rule_in_table(t);
}

static bool end_cell(struct html_tree *t)
{
    if (!html_tree_pop_until_any(t, IN_TABLE_SCOPE, is_cell))
        return false;
    html_tree_clear_formats(t);
    t->mode = MODE_IN_ROW;
    return true;
}

bool html_rule_in_cell(struct html_tree *t)
{
    enum html_tag tag = t->token.tag;
    if (t->token.type == TOKEN_START && is_table_part(tag))
        return !end_cell(t);
    if (t->token.type != TOKEN_END)
        return html_rule_in_body(t);
    if (is_cell(tag)) {
        if (html_tree_pop_until(t, IN_TABLE_SCOPE, tag)) {
            html_tree_clear_formats(t);
            t->mode = MODE_IN_ROW;
        }
        return true;
    }
    if (tag == TAG_TABLE || is_section(tag) || tag == TAG_TR) {
        if (!html_tree_in_scope(t, IN_TABLE_SCOPE, tag))
            return true;
        if (!end_cell(t))
            t->mode = MODE_IN_ROW;
        return false;
    }
    if (tag == TAG_BODY || tag == TAG_HTML || is_table_part(tag))
        return true;
    return html_rule_in_body(t);
}
