/* html_tree_body.c - the rules of the mode "in body", where most of a page is read.
 * Source: HTML standard, "The in body insertion mode", with the newer rules for <select> that Go's
 * x/net/html has. Tests: html_tree_test.c */
#include "modules/html/html_int.h"

#include "base/mem.h"

enum { MERGED_ATTRS_MAX = 1024 }; /* of one <html> or <body> */

static uint32_t facts_of(const struct html_node *n)
{
    return html_tag_facts((enum html_tag)n->tag);
}

static void close_p(struct html_tree *t)
{
    html_tree_pop_until(t, IN_BUTTON_SCOPE, TAG_P);
}

/* ---- text ---- */

static bool add_body_text(struct html_tree *t)
{
    const struct html_node *n = html_tree_current(t);
    struct str text = t->token.data;
    if ((n->tag == TAG_PRE || n->tag == TAG_LISTING) && !n->first)
        text = html_trim_newline(text);
    text = html_tree_without_nul(t, text);
    if (text.len == 0)
        return true;
    html_tree_reopen_formats(t);
    html_tree_add_text(t, text);
    if (t->is_frameset_ok && html_trim_left(text).len > 0)
        t->is_frameset_ok = false;
    return true;
}

/* ---- start tags ---- */

/* A second <html> or <body> gives the first the attributes that it lacks. */
static void merge_attrs(struct html_tree *t, struct html_node *n)
{
    uint32_t fresh = 0;
    if (n->attr_count >= MERGED_ATTRS_MAX)
        return;
    for (uint32_t i = 0; i < t->token.attr_count; i++)
        fresh += html_node_attr(n, t->token.attrs[i].key) == NULL;
    if (fresh == 0)
        return;
    size_t size = (n->attr_count + fresh) * sizeof(struct html_attr);
    struct html_attr *all = (struct html_attr *)html_doc_try_alloc(t->doc, size);
    if (!all) {
        t->failure = ERR_NOMEM;
        return;
    }
    uint32_t count = n->attr_count;
    for (uint32_t i = 0; i < count; i++)
        all[i] = n->attrs[i];
    for (uint32_t i = 0; i < t->token.attr_count; i++)
        if (!html_node_attr(n, t->token.attrs[i].key))
            all[count++] = t->token.attrs[i];
    n->attrs = all;
    n->attr_count = count;
}

static void start_body_again(struct html_tree *t)
{
    if (html_tree_has_open(t, TAG_TEMPLATE) || t->open_count < 2 || t->open[1]->tag != TAG_BODY)
        return;
    t->is_frameset_ok = false;
    merge_attrs(t, t->open[1]);
}

/* A frameset takes the place of a body that holds nothing yet. */
static void start_frameset(struct html_tree *t)
{
    if (!t->is_frameset_ok || t->open_count < 2 || t->open[1]->tag != TAG_BODY)
        return;
    html_node_remove(t->open[1]);
    html_tree_pop_to(t, 1);
    html_tree_add_element(t);
    t->mode = MODE_IN_FRAMESET;
}

static void start_heading(struct html_tree *t)
{
    close_p(t);
    if (facts_of(html_tree_current(t)) & TAG_IS_HEADING)
        html_tree_pop(t);
    html_tree_add_element(t);
}

static void start_form(struct html_tree *t)
{
    bool in_template = html_tree_has_open(t, TAG_TEMPLATE);
    if (t->form && !in_template)
        return;
    close_p(t);
    struct html_node *form = html_tree_add_element(t);
    if (!in_template)
        t->form = form;
}

/* <li>, <dd> and <dt> close the one before them. */
static void start_item(struct html_tree *t)
{
    bool is_li = t->token.tag == TAG_LI;
    t->is_frameset_ok = false;
    for (int i = t->open_count - 1; i >= 0; i--) {
        const struct html_node *n = t->open[i];
        if (is_li ? n->tag == TAG_LI : n->tag == TAG_DD || n->tag == TAG_DT) {
            html_tree_pop_to(t, i);
            break;
        }
        if (html_tree_is_special(n) && n->tag != TAG_ADDRESS && n->tag != TAG_DIV &&
            n->tag != TAG_P)
            break;
    }
    close_p(t);
    html_tree_add_element(t);
}

static void start_button(struct html_tree *t)
{
    if (html_tree_in_scope(t, IN_SCOPE, TAG_BUTTON)) {
        html_tree_pop_implied(t, TAG_NONE);
        html_tree_pop_until(t, IN_SCOPE, TAG_BUTTON);
    }
    html_tree_reopen_formats(t);
    html_tree_add_element(t);
    t->is_frameset_ok = false;
}

/* Links don't nest: an open one ends. */
static void start_link(struct html_tree *t)
{
    for (size_t i = t->formats.len; i-- > 0 && t->formats.items[i];) {
        struct html_node *n = t->formats.items[i];
        if (n->tag != TAG_A)
            continue;
        html_tree_end_format(t, TAG_A);
        html_tree_close(t, n);
        html_tree_drop_format(t, n);
        break;
    }
    html_tree_reopen_formats(t);
    html_tree_add_format(t);
}

static void start_nobr(struct html_tree *t)
{
    html_tree_reopen_formats(t);
    if (html_tree_in_scope(t, IN_SCOPE, TAG_NOBR)) {
        html_tree_end_format(t, TAG_NOBR);
        html_tree_reopen_formats(t);
    }
    html_tree_add_format(t);
}

static void start_input(struct html_tree *t)
{
    if (t->context && t->context->tag == TAG_SELECT)
        return;
    html_tree_pop_until(t, IN_SCOPE, TAG_SELECT);
    html_tree_reopen_formats(t);
    html_tree_add_empty_element(t);
    for (uint32_t i = 0; i < t->token.attr_count; i++)
        if (str_eqs(t->token.attrs[i].key, "type") && str_ieqs(t->token.attrs[i].value, "hidden"))
            return;
    t->is_frameset_ok = false;
}

static void start_rule_line(struct html_tree *t)
{
    if (html_tree_in_scope(t, IN_BUTTON_SCOPE, TAG_P)) {
        html_tree_pop_implied(t, TAG_P);
        html_tree_pop_until(t, IN_SCOPE, TAG_P);
    }
    if (html_tree_in_scope(t, IN_SCOPE, TAG_SELECT))
        html_tree_pop_implied(t, TAG_NONE);
    html_tree_add_empty_element(t);
    t->is_frameset_ok = false;
}

static void start_select(struct html_tree *t)
{
    if (t->context && t->context->tag == TAG_SELECT)
        return;
    if (html_tree_pop_until(t, IN_SCOPE, TAG_SELECT))
        return;
    html_tree_reopen_formats(t);
    html_tree_add_element(t);
    t->is_frameset_ok = false;
}

static void start_option(struct html_tree *t)
{
    if (html_tree_in_scope(t, IN_SCOPE, TAG_SELECT))
        html_tree_pop_implied(t, t->token.tag == TAG_OPTION ? TAG_OPTGROUP : TAG_NONE);
    else if (html_tree_is_current(t, TAG_OPTION))
        html_tree_pop(t);
    html_tree_reopen_formats(t);
    html_tree_add_element(t);
}

static void start_ruby_part(struct html_tree *t, enum html_tag stays)
{
    if (html_tree_in_scope(t, IN_SCOPE, TAG_RUBY))
        html_tree_pop_implied(t, stays);
    html_tree_add_element(t);
}

static void start_foreign(struct html_tree *t)
{
    enum html_space space = t->token.tag == TAG_MATH ? SPACE_MATH : SPACE_SVG;
    html_tree_reopen_formats(t);
    html_tree_adjust_attrs(t, space);
    html_tree_add_element(t)->space = (uint8_t)space;
    if (t->token.is_self_closing)
        html_tree_pop(t);
}

static bool start_tag(struct html_tree *t)
{
    uint32_t facts = html_tag_facts(t->token.tag);
    if (facts & TAG_IS_HEAD)
        return html_rule_in_head(t);
    if (facts & TAG_IS_TABLE_PART)
        return true;
    switch (t->token.tag) {
    case TAG_FRAME:
    case TAG_HEAD:
        break;
    case TAG_HTML:
        if (!html_tree_has_open(t, TAG_TEMPLATE) && t->open_count > 0)
            merge_attrs(t, t->open[0]);
        break;
    case TAG_BODY:
        start_body_again(t);
        break;
    case TAG_FRAMESET:
        start_frameset(t);
        break;
    case TAG_FORM:
        start_form(t);
        break;
    case TAG_LI:
    case TAG_DD:
    case TAG_DT:
        start_item(t);
        break;
    case TAG_PRE:
    case TAG_LISTING: /* a newline right after it is the text's affair */
        close_p(t);
        html_tree_add_element(t);
        t->is_frameset_ok = false;
        break;
    case TAG_P:
    case TAG_PLAINTEXT:
        close_p(t);
        html_tree_add_element(t);
        break;
    case TAG_BUTTON:
        start_button(t);
        break;
    case TAG_A:
        start_link(t);
        break;
    case TAG_NOBR:
        start_nobr(t);
        break;
    case TAG_APPLET:
    case TAG_MARQUEE:
    case TAG_OBJECT:
        html_tree_reopen_formats(t);
        html_tree_add_element(t);
        html_tree_add_marker(t);
        t->is_frameset_ok = false;
        break;
    case TAG_TABLE:
        if (!t->is_quirks)
            close_p(t);
        html_tree_add_element(t);
        t->is_frameset_ok = false;
        t->mode = MODE_IN_TABLE;
        break;
    case TAG_AREA:
    case TAG_BR:
    case TAG_EMBED:
    case TAG_IMG:
    case TAG_KEYGEN:
    case TAG_WBR:
        html_tree_reopen_formats(t);
        html_tree_add_empty_element(t);
        t->is_frameset_ok = false;
        break;
    case TAG_INPUT:
        start_input(t);
        break;
    case TAG_PARAM:
    case TAG_SOURCE:
    case TAG_TRACK:
        html_tree_add_empty_element(t);
        break;
    case TAG_HR:
        start_rule_line(t);
        break;
    case TAG_IMAGE: /* what people write for it */
        t->token.tag = TAG_IMG;
        t->token.data = html_tag_name(TAG_IMG);
        return false;
    case TAG_XMP:
        close_p(t);
        html_tree_reopen_formats(t);
        t->is_frameset_ok = false;
        html_tree_read_text(t);
        break;
    case TAG_TEXTAREA:
    case TAG_IFRAME:
        t->is_frameset_ok = false;
        html_tree_read_text(t);
        break;
    case TAG_NOEMBED:
    case TAG_NOSCRIPT: /* scripting is on */
        html_tree_read_text(t);
        break;
    case TAG_SELECT:
        start_select(t);
        break;
    case TAG_OPTION:
    case TAG_OPTGROUP:
        start_option(t);
        break;
    case TAG_RB:
    case TAG_RTC:
        start_ruby_part(t, TAG_NONE);
        break;
    case TAG_RP:
    case TAG_RT:
        start_ruby_part(t, TAG_RTC);
        break;
    case TAG_MATH:
    case TAG_SVG:
        start_foreign(t);
        break;
    default:
        if (facts & TAG_IS_BLOCK) {
            close_p(t);
            html_tree_add_element(t);
        } else if (facts & TAG_IS_HEADING) {
            start_heading(t);
        } else if (facts & TAG_IS_FORMAT) {
            html_tree_reopen_formats(t);
            html_tree_add_format(t);
        } else {
            html_tree_reopen_formats(t);
            html_tree_add_element(t);
        }
    }
    return true;
}

/* ---- end tags ---- */

static void end_form(struct html_tree *t)
{
    if (html_tree_has_open(t, TAG_TEMPLATE)) {
        if (html_tree_in_scope(t, IN_SCOPE, TAG_FORM)) {
            html_tree_pop_implied(t, TAG_NONE);
            html_tree_pop_until(t, IN_SCOPE, TAG_FORM);
        }
        return;
    }
    /* Only the form itself is closed, not what is open in it. */
    struct html_node *form = t->form;
    t->form = NULL;
    int i = html_tree_find(t, IN_SCOPE, TAG_FORM);
    if (!form || i < 0 || t->open[i] != form)
        return;
    html_tree_pop_implied(t, TAG_NONE);
    html_tree_close(t, form);
}

static bool is_heading(enum html_tag tag)
{
    return html_tag_facts(tag) & TAG_IS_HEADING;
}

static void end_block(struct html_tree *t)
{
    if (!html_tree_in_scope(t, IN_SCOPE, t->token.tag))
        return;
    html_tree_pop_implied(t, TAG_NONE);
    html_tree_pop_until(t, IN_SCOPE, t->token.tag);
}

static bool end_tag(struct html_tree *t)
{
    enum html_tag tag = t->token.tag;
    switch (tag) {
    case TAG_TEMPLATE:
        return html_rule_in_head(t);
    case TAG_BODY:
        if (html_tree_in_scope(t, IN_SCOPE, TAG_BODY))
            t->mode = MODE_AFTER_BODY;
        break;
    case TAG_HTML:
        if (!html_tree_in_scope(t, IN_SCOPE, TAG_BODY))
            break;
        html_tree_imply(t, TOKEN_END, TAG_BODY);
        return false;
    case TAG_FORM:
        end_form(t);
        break;
    case TAG_P:
        if (!html_tree_in_scope(t, IN_BUTTON_SCOPE, TAG_P))
            html_tree_imply(t, TOKEN_START, TAG_P);
        close_p(t);
        break;
    case TAG_LI:
        html_tree_pop_until(t, IN_LIST_ITEM_SCOPE, TAG_LI);
        break;
    case TAG_DD:
    case TAG_DT:
        html_tree_pop_until(t, IN_SCOPE, tag);
        break;
    case TAG_A:
    case TAG_NOBR:
        html_tree_end_format(t, tag);
        break;
    case TAG_APPLET:
    case TAG_MARQUEE:
    case TAG_OBJECT:
        if (html_tree_pop_until(t, IN_SCOPE, tag))
            html_tree_clear_formats(t);
        break;
    case TAG_BR: /* </br> is <br> */
        t->token.type = TOKEN_START;
        return false;
    case TAG_BUTTON:
    case TAG_LISTING:
    case TAG_PRE:
    case TAG_SELECT:
        end_block(t);
        break;
    default:
        if (html_tag_facts(tag) & TAG_IS_BLOCK)
            end_block(t);
        else if (html_tag_facts(tag) & TAG_IS_HEADING)
            html_tree_pop_until_any(t, IN_SCOPE, is_heading);
        else if (html_tag_facts(tag) & TAG_IS_FORMAT)
            html_tree_end_format(t, tag);
        else
            html_tree_end_other(t, tag, t->token.data);
    }
    return true;
}

void html_tree_end_other(struct html_tree *t, enum html_tag tag, struct str name)
{
    for (int i = t->open_count - 1; i >= 0; i--) {
        const struct html_node *n = t->open[i];
        if (n->space == SPACE_HTML && n->tag == tag && (tag != TAG_NONE || str_eq(n->data, name))) {
            html_tree_pop_to(t, i);
            return;
        }
        if (html_tree_is_special(n))
            return;
    }
}

bool html_rule_in_body(struct html_tree *t)
{
    switch (t->token.type) {
    case TOKEN_TEXT:
        return add_body_text(t);
    case TOKEN_START:
        return start_tag(t);
    case TOKEN_END:
        return end_tag(t);
    case TOKEN_COMMENT:
        html_tree_add_comment(t, NULL);
        return true;
    case TOKEN_DOCTYPE:
        return true;
    case TOKEN_EOF:
        break;
    }
    if (t->template_modes.len == 0)
        return true;
    t->mode = MODE_IN_TEMPLATE;
    return false;
}
