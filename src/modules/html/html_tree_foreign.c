/* html_tree_foreign.c - MathML and SVG inside a page: their own rules, and the spelling of names
 * that HTML had put into lower case.
 * Source: HTML standard, "The rules for parsing tokens in foreign content". Tests: html_tree_test.c
 */
#include "modules/html/html_int.h"

/* clang-format off */
/* Names with capitals; their lower-case form is what the page gives. */
static const char *const svg_tags[] = {
    "altGlyph",         "altGlyphDef",         "altGlyphItem",       "animateColor",
    "animateMotion",    "animateTransform",    "clipPath",           "feBlend",
    "feColorMatrix",    "feComponentTransfer", "feComposite",        "feConvolveMatrix",
    "feDiffuseLighting", "feDisplacementMap",  "feDistantLight",     "feFlood",
    "feFuncA",          "feFuncB",             "feFuncG",            "feFuncR",
    "feGaussianBlur",   "feImage",             "feMerge",            "feMergeNode",
    "feMorphology",     "feOffset",            "fePointLight",       "feSpecularLighting",
    "feSpotLight",      "feTile",              "feTurbulence",       "foreignObject",
    "glyphRef",         "linearGradient",      "radialGradient",     "textPath",
};

static const char *const svg_attrs[] = {
    "attributeName",       "attributeType",       "baseFrequency",    "baseProfile",
    "calcMode",            "clipPathUnits",       "diffuseConstant",  "edgeMode",
    "filterUnits",         "glyphRef",            "gradientTransform", "gradientUnits",
    "kernelMatrix",        "kernelUnitLength",    "keyPoints",        "keySplines",
    "keyTimes",            "lengthAdjust",        "limitingConeAngle", "markerHeight",
    "markerUnits",         "markerWidth",         "maskContentUnits", "maskUnits",
    "numOctaves",          "pathLength",          "patternContentUnits", "patternTransform",
    "patternUnits",        "pointsAtX",           "pointsAtY",        "pointsAtZ",
    "preserveAlpha",       "preserveAspectRatio", "primitiveUnits",   "refX",
    "refY",                "repeatCount",         "repeatDur",        "requiredExtensions",
    "requiredFeatures",    "specularConstant",    "specularExponent", "spreadMethod",
    "startOffset",         "stdDeviation",        "stitchTiles",      "surfaceScale",
    "systemLanguage",      "tableValues",         "targetX",          "targetY",
    "textLength",          "viewBox",             "viewTarget",       "xChannelSelector",
    "yChannelSelector",    "zoomAndPan",
};
/* clang-format on */

static const char *const math_attrs[] = {"definitionURL"};

/* Attributes with a prefix that is told apart. */
static const char *const prefixed[] = {
    "xlink:actuate", "xlink:arcrole", "xlink:href", "xlink:role", "xlink:show",
    "xlink:title",   "xlink:type",    "xml:lang",   "xml:space",  "xmlns:xlink",
};

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

/* The spelling of a name, or the name itself. */
static struct str spell(struct str name, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (ascii_lower(list[i][0]) == name.p[0] && str_ieqs(name, list[i]))
            return str_of(list[i]);
    return name;
}

static void split_prefix(struct html_attr *a)
{
    static const char *const prefixes[] = {"xlink", "xml", "xmlns"};
    if (a->key.p[0] != 'x' || str_find(a->key, ':') < 0)
        return;
    for (size_t i = 0; i < COUNT(prefixed); i++) {
        if (!str_eqs(a->key, prefixed[i]))
            continue;
        size_t len = (size_t)str_find(a->key, ':');
        for (size_t j = 0; j < COUNT(prefixes); j++)
            if (str_eqs((struct str){a->key.p, len}, prefixes[j]))
                a->prefix = prefixes[j];
        a->key = (struct str){a->key.p + len + 1, a->key.len - len - 1};
        return;
    }
}

void html_tree_adjust_attrs(struct html_tree *t, enum html_space space)
{
    for (uint32_t i = 0; i < t->token.attr_count; i++) {
        struct html_attr *a = &t->token.attrs[i];
        if (space == SPACE_SVG)
            a->key = spell(a->key, svg_attrs, COUNT(svg_attrs));
        else if (space == SPACE_MATH)
            a->key = spell(a->key, math_attrs, COUNT(math_attrs));
        split_prefix(a);
    }
}

static bool holds_math_text(const struct html_node *n)
{
    return n->space == SPACE_MATH && (n->tag == TAG_MI || n->tag == TAG_MO || n->tag == TAG_MN ||
                                      n->tag == TAG_MS || n->tag == TAG_MTEXT);
}

/* The current node, or the element that a fragment goes into while nothing else is open. */
static const struct html_node *current(const struct html_tree *t)
{
    return t->open_count == 1 && t->context ? t->context : html_tree_current(t);
}

bool html_tree_is_foreign(const struct html_tree *t)
{
    enum html_token_type type = t->token.type;
    const struct html_node *n = current(t);
    if (t->open_count == 0 || n->space == SPACE_HTML || type == TOKEN_EOF)
        return false;
    if (holds_math_text(n) &&
        (type == TOKEN_TEXT ||
         (type == TOKEN_START && t->token.tag != TAG_MGLYPH && t->token.tag != TAG_MALIGNMARK)))
        return false;
    if (n->space == SPACE_MATH && n->tag == TAG_ANNOTATION_XML && type == TOKEN_START &&
        t->token.tag == TAG_SVG)
        return false;
    return !(html_node_is_integration_point(n) && (type == TOKEN_START || type == TOKEN_TEXT));
}

/* ---- the rule ---- */

static bool add_foreign_text(struct html_tree *t)
{
    struct str s = t->token.data;
    bool is_blank = true;
    size_t nul_count = 0;
    for (size_t i = 0; i < s.len; i++) {
        nul_count += s.p[i] == '\0';
        is_blank &= s.p[i] == '\0' || html_is_space(s.p[i]);
    }
    t->is_frameset_ok &= is_blank;
    if (nul_count > 0) {
        char *copy = html_doc_try_alloc(t->doc, s.len + 2 * nul_count), *out = copy;
        if (!copy) {
            t->failure = ERR_NOMEM;
            return true;
        }
        for (size_t i = 0; i < s.len; i++) {
            if (s.p[i] == '\0')
                out += utf8_put(out, 0xFFFD);
            else
                *out++ = s.p[i];
        }
        s = (struct str){copy, (size_t)(out - copy)};
    }
    html_tree_add_text(t, s);
    return true;
}

/* HTML that can't be meant as MathML or SVG. */
static bool breaks_out(const struct html_token *token)
{
    if (html_tag_facts(token->tag) & TAG_IS_BREAKOUT)
        return true;
    if (token->tag != TAG_FONT)
        return false;
    for (uint32_t i = 0; i < token->attr_count; i++) {
        struct str key = token->attrs[i].key;
        if (str_eqs(key, "color") || str_eqs(key, "face") || str_eqs(key, "size"))
            return true;
    }
    return false;
}

static bool start_in_foreign(struct html_tree *t)
{
    if (breaks_out(&t->token)) {
        for (int i = t->open_count - 1; i >= 0; i--) {
            const struct html_node *n = t->open[i];
            if (n->space == SPACE_HTML || html_node_is_integration_point(n) || holds_math_text(n)) {
                html_tree_pop_to(t, i + 1);
                break;
            }
        }
        return html_tree_apply_mode(t);
    }
    enum html_space space = (enum html_space)current(t)->space;
    if (space == SPACE_SVG) {
        t->token.data = spell(t->token.data, svg_tags, COUNT(svg_tags));
        t->token.tag = html_tag_find(t->token.data);
    }
    html_tree_adjust_attrs(t, space);
    html_tree_add_element(t)->space = (uint8_t)space;
    t->tokens.raw = TAG_NONE; /* an SVG's <title> holds elements */
    if (t->token.is_self_closing)
        html_tree_pop(t);
    return true;
}

static bool is_same_name(const struct html_node *n, const struct html_token *token)
{
    if (n->data.len != token->data.len)
        return false;
    for (size_t i = 0; i < n->data.len; i++)
        if (ascii_lower(n->data.p[i]) != token->data.p[i])
            return false;
    return true;
}

static bool end_in_foreign(struct html_tree *t)
{
    for (int i = t->open_count - 1; i >= 0; i--) {
        if (is_same_name(t->open[i], &t->token)) {
            html_tree_pop_to(t, i);
            return true;
        }
        if (i > 0 && t->open[i - 1]->space == SPACE_HTML)
            break;
    }
    return html_tree_apply_mode(t);
}

bool html_rule_in_foreign(struct html_tree *t)
{
    switch (t->token.type) {
    case TOKEN_TEXT:
        return add_foreign_text(t);
    case TOKEN_COMMENT:
        html_tree_add_comment(t, NULL);
        return true;
    case TOKEN_START:
        return start_in_foreign(t);
    case TOKEN_END:
        return end_in_foreign(t);
    case TOKEN_DOCTYPE:
    case TOKEN_EOF:
        break;
    }
    return true;
}
