/* html_render.c - see html_render.h.
 * Source: HTML standard, "Serializing HTML fragments"; escapes are Go's. Tests: html_render_test.c
 */
#include "modules/html/html_render.h"

#include <string.h>

/* What a byte becomes in text and attribute values; NULL: itself. */
static const char *escape_of(char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '\'':
        return "&#39;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&#34;";
    case '\r':
        return "&#13;";
    default:
        return NULL;
    }
}

static void put_escaped(struct buf *out, struct str s)
{
    size_t from = 0;
    for (size_t i = 0; i < s.len; i++) {
        const char *escape = escape_of(s.p[i]);
        if (!escape)
            continue;
        buf_add(out, s.p + from, i - from);
        buf_adds(out, escape);
        from = i + 1;
    }
    buf_add(out, s.p + from, s.len - from);
}

/* A '>' is escaped only where it would end the comment. */
static void put_comment(struct buf *out, struct str s)
{
    buf_adds(out, "<!--");
    for (size_t i = 0; i < s.len; i++) {
        if (s.p[i] == '&')
            buf_adds(out, "&amp;");
        else if (s.p[i] == '>' && (i == 0 || s.p[i - 1] == '!' || s.p[i - 1] == '-'))
            buf_adds(out, "&gt;");
        else
            buf_addc(out, s.p[i]);
    }
    buf_adds(out, "-->");
}

static bool put_quoted(struct buf *out, struct str s)
{
    char quote = str_find(s, '"') >= 0 ? '\'' : '"';
    if (quote == '\'' && str_find(s, '\'') >= 0)
        return false;
    buf_addc(out, quote);
    for (size_t i = 0; i < s.len; i++) {
        if (s.p[i] == '>')
            buf_adds(out, "&gt;");
        else
            buf_addc(out, s.p[i]);
    }
    buf_addc(out, quote);
    return true;
}

static bool put_doctype(struct buf *out, const struct html_node *n)
{
    const struct html_attr *public = html_node_attr(n, STR("public"));
    const struct html_attr *system = html_node_attr(n, STR("system"));
    bool has_public = public && public->value.len > 0, has_system = system && system->value.len > 0;
    buf_adds(out, "<!DOCTYPE ");
    put_escaped(out, n->data);
    if (has_public) {
        buf_adds(out, " PUBLIC ");
        if (!put_quoted(out, public->value))
            return false;
    }
    if (has_system) {
        buf_adds(out, has_public ? " " : " SYSTEM ");
        if (!put_quoted(out, system->value))
            return false;
    }
    buf_addc(out, '>');
    return true;
}

static void put_start_tag(struct buf *out, const struct html_node *n)
{
    buf_addc(out, '<');
    buf_add_str(out, n->data);
    for (uint32_t i = 0; i < n->attr_count; i++) {
        const struct html_attr *a = &n->attrs[i];
        buf_addc(out, ' ');
        if (*a->prefix) {
            buf_adds(out, a->prefix);
            buf_addc(out, ':');
        }
        buf_add_str(out, a->key);
        buf_adds(out, "=\"");
        put_escaped(out, a->value);
        buf_addc(out, '"');
    }
}

/* Does text in the element stand as it is? Not in one that got into MathML or SVG by misnesting. */
static bool is_literal(const struct html_node *n)
{
    if (n->space != SPACE_HTML || !(html_tag_facts((enum html_tag)n->tag) & TAG_IS_RAW))
        return false;
    for (const struct html_node *p = n->parent; p; p = p->parent)
        if (p->space != SPACE_HTML)
            return html_node_is_integration_point(p);
    return true;
}

/* One node up to its children. *ends: nothing may follow (after <plaintext>). */
static bool put_node(struct buf *out, const struct html_node *n)
{
    uint32_t facts = html_tag_facts((enum html_tag)n->tag);
    switch ((enum html_type)n->type) {
    case HTML_DOCUMENT:
        return true;
    case HTML_TEXT:
        if (n->parent && n->parent->type == HTML_ELEMENT && is_literal(n->parent))
            buf_add_str(out, n->data);
        else
            put_escaped(out, n->data);
        return true;
    case HTML_COMMENT:
        put_comment(out, n->data);
        return true;
    case HTML_DOCTYPE:
        return put_doctype(out, n);
    case HTML_ELEMENT:
        break;
    }
    put_start_tag(out, n);
    if (facts & TAG_IS_VOID) {
        if (n->first)
            return false;
        buf_adds(out, "/>");
        return true;
    }
    buf_addc(out, '>');
    /* The reader drops a newline there. */
    if ((n->tag == TAG_PRE || n->tag == TAG_LISTING || n->tag == TAG_TEXTAREA) && n->first &&
        n->first->type == HTML_TEXT && str_starts(n->first->data, "\n"))
        buf_addc(out, '\n');
    return true;
}

static bool is_plaintext(const struct html_node *n)
{
    return n->tag == TAG_PLAINTEXT && n->type == HTML_ELEMENT && is_literal(n);
}

static void put_end_tag(struct buf *out, const struct html_node *n)
{
    if (n->type != HTML_ELEMENT || (html_tag_facts((enum html_tag)n->tag) & TAG_IS_VOID))
        return;
    buf_adds(out, "</");
    buf_add_str(out, n->data);
    buf_addc(out, '>');
}

bool html_render(struct buf *out, const struct html_node *root)
{
    const struct html_node *n = root;
    for (;;) {
        if (!put_node(out, n))
            return false;
        if (n->first) {
            n = n->first;
            continue;
        }
        for (;;) { /* close what ends here */
            if (is_plaintext(n))
                return true; /* nothing can follow it */
            put_end_tag(out, n);
            if (n == root)
                return true;
            if (n->next)
                break;
            n = n->parent;
        }
        n = n->next;
    }
}

bool html_render_children(struct buf *out, const struct html_node *n)
{
    for (const struct html_node *c = n->first; c; c = c->next)
        if (!html_render(out, c))
            return false;
    return true;
}

void html_render_text(struct buf *out, const struct html_node *root)
{
    for (const struct html_node *n = root; n; n = html_node_after(n, root))
        if (n->type == HTML_TEXT)
            buf_add_str(out, n->data);
}
