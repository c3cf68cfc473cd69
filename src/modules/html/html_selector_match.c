/* html_selector_match.c - does a node match a selector? Chains are matched from the right; where
 * the left part fails tells whether trying further to the left or up can help, so that a long
 * chain of descendants does not go through all combinations of ancestors.
 * Source: W3C Selectors 3, and what cascadia adds. Tests: html_selector_test.c */
#include <string.h>

#include "modules/html/html_selector_int.h"

/* ---- text ---- */

bool html_selector_was_interrupted(const struct html_selector *s)
{
    return s->is_interrupted;
}

/* The node's text, lent until the next call. A text's or an element's, as cascadia has it: a
 * document has none. */
static struct str text_of(struct html_selector *s, const struct html_node *root, bool is_own)
{
    if (!s->text.data)
        buf_init(&s->text, BUF_NO_LIMIT);
    buf_clear(&s->text);
    if (is_own) {
        for (const struct html_node *n = root->first; n; n = n->next)
            if (n->type == HTML_TEXT)
                buf_add_str(&s->text, n->data);
    } else if (root->type == HTML_TEXT || root->type == HTML_ELEMENT) {
        for (const struct html_node *n = root; n; n = html_node_after(n, root))
            if (n->type == HTML_TEXT)
                buf_add_str(&s->text, n->data);
    }
    return (struct str){s->text.data, s->text.len};
}

static bool is_ascii(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if ((unsigned char)s.p[i] >= 0x80)
            return false;
    return true;
}

static bool contains(struct str s, struct str part)
{
    return part.len == 0 || (s.len > 0 && memmem(s.p, s.len, part.p, part.len) != NULL);
}

/* part is in lower case already. */
static bool contains_text(struct html_selector *s, const struct selector_test *t,
                          const struct html_node *n)
{
    struct str text = text_of(s, n, t->is_own);
    if (is_ascii(text)) {
        for (size_t i = 0; i < text.len; i++)
            s->text.data[i] = ascii_lower(s->text.data[i]);
        return contains(text, t->value);
    }
    struct buf lower;
    buf_init(&lower, BUF_NO_LIMIT);
    html_selector_put_lower(&lower, text);
    bool found = contains((struct str){lower.data, lower.len}, t->value);
    buf_deinit(&lower);
    return found;
}

static bool matches_regex(struct html_selector *s, struct html_regex *re, struct str text)
{
    int rc = s->is_interrupted ? 0 : html_regex_match(re, text);
    s->is_interrupted |= rc < 0;
    return rc > 0;
}

/* White space of Unicode alone. */
static bool is_blank(struct str s)
{
    for (size_t pos = 0; pos < s.len;) {
        uint32_t c = utf8_next(s, &pos);
        if (!((c >= 9 && c <= 13) || c == ' ' || c == 0x85 || c == 0xA0 || c == 0x1680 ||
              (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F ||
              c == 0x205F || c == 0x3000))
            return false;
    }
    return true;
}

/* ---- attributes ---- */

static bool equals(struct str a, struct str b, bool ignores_case)
{
    if (!ignores_case || (is_ascii(a) && is_ascii(b))) {
        if (a.len != b.len)
            return false;
        for (size_t i = 0; ignores_case && i < a.len; i++)
            if (ascii_lower(a.p[i]) != ascii_lower(b.p[i]))
                return false;
        return ignores_case || str_eq(a, b);
    }
    struct buf x, y;
    buf_init(&x, BUF_NO_LIMIT);
    buf_init(&y, BUF_NO_LIMIT);
    html_selector_put_lower(&x, a);
    html_selector_put_lower(&y, b);
    bool same = str_eq((struct str){x.data, x.len}, (struct str){y.data, y.len});
    buf_deinit(&x);
    buf_deinit(&y);
    return same;
}

/* Is word one of those that list holds, apart by white space? */
static bool includes(struct str list, struct str word, bool ignores_case)
{
    size_t from = 0;
    for (size_t i = 0; i < list.len; i++) {
        if (strchr(" \t\r\n\f", list.p[i]) == NULL || list.p[i] == '\0')
            continue;
        if (equals((struct str){list.p + from, i - from}, word, ignores_case))
            return true;
        from = i + 1;
    }
    return from < list.len &&
           equals((struct str){list.p + from, list.len - from}, word, ignores_case);
}

static bool has_dash_prefix(struct str s, struct str value, bool ignores_case)
{
    if (equals(s, value, ignores_case))
        return true;
    return s.len > value.len && s.p[value.len] == '-' &&
           equals((struct str){s.p, value.len}, value, ignores_case);
}

/* Whether value is at the front, at the end, or anywhere in s. */
static bool holds(enum selector_attr_op op, struct str s, struct str value)
{
    if (op == ATTR_HAS)
        return contains(s, value);
    if (s.len < value.len)
        return false;
    struct str part = {op == ATTR_STARTS ? s.p : s.p + s.len - value.len, value.len};
    return str_eq(part, value);
}

static bool holds_any_case(enum selector_attr_op op, struct str s, struct str value)
{
    struct buf x, y;
    buf_init(&x, BUF_NO_LIMIT);
    buf_init(&y, BUF_NO_LIMIT);
    html_selector_put_lower(&x, s);
    html_selector_put_lower(&y, value);
    bool found = holds(op, (struct str){x.data, x.len}, (struct str){y.data, y.len});
    buf_deinit(&x);
    buf_deinit(&y);
    return found;
}

static bool fits_value(struct html_selector *s, const struct selector_test *t, struct str value)
{
    switch (t->op) {
    case ATTR_EXISTS:
        return true;
    case ATTR_EQUALS:
    case ATTR_DIFFERS: /* turned round by the caller */
        return equals(value, t->value, t->ignores_case);
    case ATTR_INCLUDES:
        return includes(value, t->value, t->ignores_case);
    case ATTR_DASH:
        return has_dash_prefix(value, t->value, t->ignores_case);
    case ATTR_STARTS:
    case ATTR_ENDS:
    case ATTR_HAS:
        if (is_blank(value))
            return false;
        return t->ignores_case ? holds_any_case(t->op, value, t->value)
                               : holds(t->op, value, t->value);
    case ATTR_MATCHES:
        return matches_regex(s, t->regex, value);
    }
    return false;
}

static bool test_attr(struct html_selector *s, const struct selector_test *t,
                      const struct html_node *n)
{
    bool fits = false;
    /* Foreign elements may have two of one name: "href" and "xlink:href". */
    for (uint32_t i = 0; i < n->attr_count && !fits; i++)
        fits = str_eq(n->attrs[i].key, t->key) && fits_value(s, t, n->attrs[i].value);
    return fits != (t->op == ATTR_DIFFERS);
}

static bool test_class(const struct selector_test *t, const struct html_node *n)
{
    for (uint32_t i = 0; i < n->attr_count; i++)
        if (str_eqs(n->attrs[i].key, "class") && includes(n->attrs[i].value, t->value, false))
            return true;
    return false;
}

static bool has_attr(const struct html_node *n, struct str key)
{
    return n->type == HTML_ELEMENT && html_node_attr(n, key) != NULL;
}

/* ---- places among siblings ---- */

static bool counts(const struct html_node *c, const struct html_node *n, bool is_of_type)
{
    return c->type == HTML_ELEMENT && (!is_of_type || str_eq(c->data, n->data));
}

static bool test_nth(const struct selector_test *t, const struct html_node *n)
{
    int64_t place = 1, distance;
    if (!n->parent)
        return false;
    for (const struct html_node *c = t->is_last ? n->next : n->prev; c;
         c = t->is_last ? c->next : c->prev)
        place += counts(c, n, t->is_of_type);
    if (__builtin_sub_overflow(place, t->offset, &distance))
        return false;
    if (t->step == 0)
        return distance == 0;
    if (t->step == -1)
        return distance <= 0;
    return distance % t->step == 0 && distance / t->step >= 0;
}

static bool test_only(const struct selector_test *t, const struct html_node *n)
{
    int count = 0;
    if (!n->parent)
        return false;
    for (const struct html_node *c = n->parent->first; c && count < 2; c = c->next)
        count += counts(c, n, t->is_of_type);
    return count == 1;
}

static bool is_empty(const struct html_node *n)
{
    for (const struct html_node *c = n->first; c; c = c->next)
        if (c->type == HTML_ELEMENT || (c->type == HTML_TEXT && !is_blank(c->data)))
            return false;
    return true;
}

/* ---- states ---- */

static bool follows_legend(const struct html_node *n)
{
    for (const struct html_node *c = n->prev; c; c = c->prev)
        if (c->tag == TAG_LEGEND)
            return true;
    return false;
}

static bool is_in_disabled_fieldset(const struct html_node *n)
{
    for (; n->parent; n = n->parent)
        if (n->parent->tag == TAG_FIELDSET && has_attr(n->parent, STR("disabled")) &&
            (n->tag != TAG_LEGEND || follows_legend(n)))
            return true;
    return false;
}

static bool test_enabled(const struct html_node *n, bool wants_enabled)
{
    switch ((enum html_tag)n->tag) {
    case TAG_A:
    case TAG_AREA:
    case TAG_LINK:
        return wants_enabled && has_attr(n, STR("href"));
    case TAG_OPTGROUP:
    case TAG_MENUITEM:
    case TAG_FIELDSET:
        return has_attr(n, STR("disabled")) != wants_enabled;
    case TAG_BUTTON:
    case TAG_INPUT:
    case TAG_SELECT:
    case TAG_TEXTAREA:
    case TAG_OPTION:
        return (has_attr(n, STR("disabled")) || is_in_disabled_fieldset(n)) != wants_enabled;
    default:
        return false;
    }
}

static bool is_checked(const struct html_node *n)
{
    if (n->tag == TAG_OPTION)
        return has_attr(n, STR("selected"));
    if ((n->tag != TAG_INPUT && n->tag != TAG_MENUITEM) || !has_attr(n, STR("checked")))
        return false;
    const struct html_attr *type = html_node_attr(n, STR("type"));
    return type && (str_ieqs(type->value, "checkbox") || str_ieqs(type->value, "radio"));
}

/* In the language of the nearest ancestors, whatever these say in between. */
static bool test_lang(const struct selector_test *t, const struct html_node *n)
{
    for (; n; n = n->parent)
        for (uint32_t i = 0; i < n->attr_count && n->type == HTML_ELEMENT; i++)
            if (str_eqs(n->attrs[i].key, "lang") &&
                has_dash_prefix(n->attrs[i].value, t->value, false))
                return true;
    return false;
}

static bool is_link(const struct html_node *n)
{
    return (n->tag == TAG_A || n->tag == TAG_AREA || n->tag == TAG_LINK) &&
           has_attr(n, STR("href"));
}

static bool is_input(const struct html_node *n)
{
    return n->tag == TAG_INPUT || n->tag == TAG_SELECT || n->tag == TAG_TEXTAREA ||
           n->tag == TAG_BUTTON;
}

/* ---- compounds and chains ---- */

static bool match_list(struct html_selector *s, const struct selector_list *list,
                       const struct html_node *n);

static bool has_match(struct html_selector *s, const struct selector_test *t,
                      const struct html_node *root)
{
    for (const struct html_node *n = root->first; n && !s->is_interrupted;
         n = t->kind == TEST_HAS ? html_node_after(n, root) : n->next)
        if (match_list(s, t->list, n))
            return true;
    return false;
}

static bool match_test(struct html_selector *s, const struct selector_test *t,
                       const struct html_node *n)
{
    /* These three look at other nodes than elements, too. */
    if (t->kind == TEST_CONTAINS)
        return contains_text(s, t, n);
    if (t->kind == TEST_MATCHES)
        return matches_regex(s, t->regex, text_of(s, n, t->is_own));
    if (t->kind == TEST_LANG)
        return test_lang(t, n);
    if (n->type != HTML_ELEMENT)
        return false;
    switch (t->kind) {
    case TEST_TAG:
        return t->tag == n->tag && (t->tag != TAG_NONE || str_eq(n->data, t->value));
    case TEST_CLASS:
        return test_class(t, n);
    case TEST_ATTR:
        return test_attr(s, t, n);
    case TEST_NOT:
        return !match_list(s, t->list, n);
    case TEST_HAS:
    case TEST_HAS_CHILD:
        return has_match(s, t, n);
    case TEST_NTH:
        return test_nth(t, n);
    case TEST_ONLY:
        return test_only(t, n);
    case TEST_INPUT:
        return is_input(n);
    case TEST_EMPTY:
        return is_empty(n);
    case TEST_ROOT:
        return n->parent && n->parent->type == HTML_DOCUMENT;
    case TEST_LINK:
        return is_link(n);
    case TEST_ENABLED:
        return test_enabled(n, true);
    case TEST_DISABLED:
        return test_enabled(n, false);
    case TEST_CHECKED:
        return is_checked(n);
    case TEST_CONTAINS:
    case TEST_MATCHES:
    case TEST_LANG:
    case TEST_NEVER:
        break;
    }
    return false;
}

static bool match_compound(struct html_selector *s, const struct selector_compound *c,
                           const struct html_node *n)
{
    if (!c->tests)
        return n->type == HTML_ELEMENT;
    for (const struct selector_test *t = c->tests; t; t = t->next)
        if (!match_test(s, t, n))
            return false;
    return true;
}

/* What is known when a chain does not match at a node. */
enum outcome {
    MATCHED,
    FAILED,          /* at this node */
    FAILED_SIBLINGS, /* and at those before it */
    FAILED_ALL,      /* and at its ancestors */
};

/* The node that '+' leads to: what is before n but for texts and comments. */
static const struct html_node *node_before(const struct html_node *n)
{
    do
        n = n->prev;
    while (n && (n->type == HTML_TEXT || n->type == HTML_COMMENT));
    return n;
}

/* Matches c and all to the left of it. The depth of recursion is the chain's length. */
static enum outcome match_chain(struct html_selector *s, const struct selector_compound *c,
                                const struct html_node *n)
{
    enum outcome left;
    if (!match_compound(s, c, n))
        return FAILED;
    if (!c->left)
        return MATCHED;
    switch (c->combinator) {
    case '>':
        left = n->parent ? match_chain(s, c->left, n->parent) : FAILED_ALL;
        return left == FAILED ? FAILED_SIBLINGS : left;
    case '+':
        n = node_before(n);
        return n ? match_chain(s, c->left, n) : FAILED_SIBLINGS;
    case '~':
        while ((n = n->prev) != NULL)
            if ((left = match_chain(s, c->left, n)) != FAILED)
                return left;
        return FAILED_SIBLINGS;
    default:
        while ((n = n->parent) != NULL) {
            left = match_chain(s, c->left, n);
            if (left == MATCHED || left == FAILED_ALL)
                return left;
        }
        return FAILED_ALL;
    }
}

static bool match_list(struct html_selector *s, const struct selector_list *list,
                       const struct html_node *n)
{
    for (; list; list = list->next)
        if (match_chain(s, list->last, n) == MATCHED)
            return true;
    return false;
}

bool html_selector_match(struct html_selector *s, const struct html_node *n)
{
    return s && !s->is_interrupted && match_list(s, s->list, n);
}
