/* html_tag.h - the one table of tag names that anybody here treats in a special way: the parser,
 * the selectors, the elements of k6. Source: HTML standard, "Parsing HTML documents". */
#ifndef C6_HTML_TAG_H
#define C6_HTML_TAG_H

#include <stdint.h>

#include "base/str.h"

/* What the rules of the parser and the writer ask about a tag. */
enum html_tag_fact {
    TAG_IS_SPECIAL = 1 << 0,     /* of the standard's category "special" */
    TAG_IS_SCOPE = 1 << 1,       /* a search for an open element ends there */
    TAG_IS_IMPLIED = 1 << 2,     /* its end tag may be left out */
    TAG_IS_HEADING = 1 << 3,     /* h1 to h6 */
    TAG_IS_FORMAT = 1 << 4,      /* b and its kin: opened anew after misnesting */
    TAG_IS_BLOCK = 1 << 5,       /* closes an open p; its end tag closes what is in it */
    TAG_IS_BREAKOUT = 1 << 6,    /* ends MathML and SVG */
    TAG_IS_VOID = 1 << 7,        /* is written without an end tag */
    TAG_IS_RAW = 1 << 8,         /* holds text without entities */
    TAG_IS_RCDATA = 1 << 9,      /* holds text with entities */
    TAG_IS_FOSTER = 1 << 10,     /* what does not belong there goes before the table */
    TAG_IS_HEAD = 1 << 11,       /* belongs to the head wherever it stands */
    TAG_IS_TABLE_PART = 1 << 12, /* makes sense in a table only */
};

/* Sorted by length, then by name: html_tag_find depends on it. */
/* clang-format off */
#define HTML_TAGS(X)                                                                               \
    X(A, "a", 0)                                                                                   \
    X(B, "b", TAG_IS_FORMAT | TAG_IS_BREAKOUT)                                                     \
    X(I, "i", TAG_IS_FORMAT | TAG_IS_BREAKOUT)                                                     \
    X(P, "p", TAG_IS_SPECIAL | TAG_IS_IMPLIED | TAG_IS_BREAKOUT)                                   \
    X(S, "s", TAG_IS_FORMAT | TAG_IS_BREAKOUT)                                                     \
    X(U, "u", TAG_IS_FORMAT | TAG_IS_BREAKOUT)                                                     \
    X(BR, "br", TAG_IS_SPECIAL | TAG_IS_BREAKOUT | TAG_IS_VOID)                                    \
    X(DD, "dd", TAG_IS_SPECIAL | TAG_IS_IMPLIED | TAG_IS_BREAKOUT)                                 \
    X(DL, "dl", TAG_IS_SPECIAL | TAG_IS_BLOCK | TAG_IS_BREAKOUT)                                   \
    X(DT, "dt", TAG_IS_SPECIAL | TAG_IS_IMPLIED | TAG_IS_BREAKOUT)                                 \
    X(EM, "em", TAG_IS_FORMAT | TAG_IS_BREAKOUT)                                                   \
    X(H1, "h1", TAG_IS_SPECIAL | TAG_IS_HEADING | TAG_IS_BREAKOUT)                                 \
    X(H2, "h2", TAG_IS_SPECIAL | TAG_IS_HEADING | TAG_IS_BREAKOUT)                                 \
    X(H3, "h3", TAG_IS_SPECIAL | TAG_IS_HEADING | TAG_IS_BREAKOUT)                                 \
    X(H4, "h4", TAG_IS_SPECIAL | TAG_IS_HEADING | TAG_IS_BREAKOUT)                                 \
    X(H5, "h5", TAG_IS_SPECIAL | TAG_IS_HEADING | TAG_IS_BREAKOUT)                                 \
    X(H6, "h6", TAG_IS_SPECIAL | TAG_IS_HEADING | TAG_IS_BREAKOUT)                                 \
    X(HR, "hr", TAG_IS_SPECIAL | TAG_IS_BREAKOUT | TAG_IS_VOID)                                    \
    X(LI, "li", TAG_IS_SPECIAL | TAG_IS_IMPLIED | TAG_IS_BREAKOUT)                                 \
    X(MI, "mi", 0)                                                                                 \
    X(MN, "mn", 0)                                                                                 \
    X(MO, "mo", 0)                                                                                 \
    X(MS, "ms", 0)                                                                                 \
    X(OL, "ol", TAG_IS_SPECIAL | TAG_IS_BLOCK | TAG_IS_BREAKOUT)                                   \
    X(RB, "rb", TAG_IS_IMPLIED)                                                                    \
    X(RP, "rp", TAG_IS_IMPLIED)                                                                    \
    X(RT, "rt", TAG_IS_IMPLIED)                                                                    \
    X(TD, "td", TAG_IS_SPECIAL | TAG_IS_SCOPE | TAG_IS_TABLE_PART)                                 \
    X(TH, "th", TAG_IS_SPECIAL | TAG_IS_SCOPE | TAG_IS_TABLE_PART)                                 \
    X(TR, "tr", TAG_IS_SPECIAL | TAG_IS_FOSTER | TAG_IS_TABLE_PART)                                \
    X(TT, "tt", TAG_IS_FORMAT | TAG_IS_BREAKOUT)                                                   \
    X(UL, "ul", TAG_IS_SPECIAL | TAG_IS_BLOCK | TAG_IS_BREAKOUT)                                   \
    X(BIG, "big", TAG_IS_FORMAT | TAG_IS_BREAKOUT)                                                 \
    X(COL, "col", TAG_IS_SPECIAL | TAG_IS_VOID | TAG_IS_TABLE_PART)                                \
    X(DEL, "del", 0)                                                                               \
    X(DIR, "dir", TAG_IS_SPECIAL | TAG_IS_BLOCK)                                                   \
    X(DIV, "div", TAG_IS_SPECIAL | TAG_IS_BLOCK | TAG_IS_BREAKOUT)                                 \
    X(IMG, "img", TAG_IS_SPECIAL | TAG_IS_BREAKOUT | TAG_IS_VOID)                                  \
    X(INS, "ins", 0)                                                                               \
    X(MAP, "map", 0)                                                                               \
    X(NAV, "nav", TAG_IS_SPECIAL | TAG_IS_BLOCK)                                                   \
    X(PRE, "pre", TAG_IS_SPECIAL | TAG_IS_BREAKOUT)                                                \
    X(RTC, "rtc", TAG_IS_IMPLIED)                                                                  \
    X(SUB, "sub", TAG_IS_BREAKOUT)                                                                 \
    X(SUP, "sup", TAG_IS_BREAKOUT)                                                                 \
    X(SVG, "svg", 0)                                                                               \
    X(VAR, "var", TAG_IS_BREAKOUT)                                                                 \
    X(WBR, "wbr", TAG_IS_SPECIAL | TAG_IS_VOID)                                                    \
    X(XMP, "xmp", TAG_IS_SPECIAL | TAG_IS_RAW)                                                     \
    X(AREA, "area", TAG_IS_SPECIAL | TAG_IS_VOID)                                                  \
    X(BASE, "base", TAG_IS_SPECIAL | TAG_IS_VOID | TAG_IS_HEAD)                                    \
    X(BODY, "body", TAG_IS_SPECIAL | TAG_IS_BREAKOUT)                                              \
    X(CODE, "code", TAG_IS_FORMAT | TAG_IS_BREAKOUT)                                               \
    X(DATA, "data", 0)                                                                             \
    X(DESC, "desc", 0)                                                                             \
    X(FONT, "font", TAG_IS_FORMAT)                                                                 \
    X(FORM, "form", TAG_IS_SPECIAL)                                                                \
    X(HEAD, "head", TAG_IS_SPECIAL | TAG_IS_BREAKOUT)                                              \
    X(HTML, "html", TAG_IS_SPECIAL | TAG_IS_SCOPE)                                                 \
    X(LINK, "link", TAG_IS_SPECIAL | TAG_IS_VOID | TAG_IS_HEAD)                                    \
    X(MAIN, "main", TAG_IS_SPECIAL | TAG_IS_BLOCK)                                                 \
    X(MATH, "math", 0)                                                                             \
    X(MENU, "menu", TAG_IS_SPECIAL | TAG_IS_BLOCK | TAG_IS_BREAKOUT)                               \
    X(META, "meta", TAG_IS_SPECIAL | TAG_IS_BREAKOUT | TAG_IS_VOID | TAG_IS_HEAD)                  \
    X(NOBR, "nobr", TAG_IS_BREAKOUT)                                                               \
    X(RUBY, "ruby", TAG_IS_BREAKOUT)                                                               \
    X(SPAN, "span", TAG_IS_BREAKOUT)                                                               \
    X(TIME, "time", 0)                                                                             \
    X(ASIDE, "aside", TAG_IS_SPECIAL | TAG_IS_BLOCK)                                               \
    X(AUDIO, "audio", 0)                                                                           \
    X(EMBED, "embed", TAG_IS_SPECIAL | TAG_IS_BREAKOUT | TAG_IS_VOID)                              \
    X(FRAME, "frame", TAG_IS_SPECIAL)                                                              \
    X(IMAGE, "image", 0)                                                                           \
    X(INPUT, "input", TAG_IS_SPECIAL | TAG_IS_VOID)                                                \
    X(LABEL, "label", 0)                                                                           \
    X(METER, "meter", 0)                                                                           \
    X(MTEXT, "mtext", 0)                                                                           \
    X(PARAM, "param", TAG_IS_SPECIAL | TAG_IS_VOID)                                                \
    X(QUOTE, "quote", 0)                                                                           \
    X(SMALL, "small", TAG_IS_FORMAT | TAG_IS_BREAKOUT)                                             \
    X(STYLE, "style", TAG_IS_SPECIAL | TAG_IS_RAW | TAG_IS_HEAD)                                   \
    X(TABLE, "table", TAG_IS_SPECIAL | TAG_IS_SCOPE | TAG_IS_BREAKOUT | TAG_IS_FOSTER)             \
    X(TBODY, "tbody", TAG_IS_SPECIAL | TAG_IS_FOSTER | TAG_IS_TABLE_PART)                          \
    X(TFOOT, "tfoot", TAG_IS_SPECIAL | TAG_IS_FOSTER | TAG_IS_TABLE_PART)                          \
    X(THEAD, "thead", TAG_IS_SPECIAL | TAG_IS_FOSTER | TAG_IS_TABLE_PART)                          \
    X(TITLE, "title", TAG_IS_SPECIAL | TAG_IS_RCDATA | TAG_IS_HEAD)                                \
    X(TRACK, "track", TAG_IS_SPECIAL | TAG_IS_VOID)                                                \
    X(VIDEO, "video", 0)                                                                           \
    X(APPLET, "applet", TAG_IS_SPECIAL | TAG_IS_SCOPE)                                             \
    X(BUTTON, "button", TAG_IS_SPECIAL)                                                            \
    X(CANVAS, "canvas", 0)                                                                         \
    X(CENTER, "center", TAG_IS_SPECIAL | TAG_IS_BLOCK | TAG_IS_BREAKOUT)                           \
    X(DIALOG, "dialog", TAG_IS_BLOCK)                                                              \
    X(FIGURE, "figure", TAG_IS_SPECIAL | TAG_IS_BLOCK)                                             \
    X(FOOTER, "footer", TAG_IS_SPECIAL | TAG_IS_BLOCK)                                             \
    X(HEADER, "header", TAG_IS_SPECIAL | TAG_IS_BLOCK)                                             \
    X(HGROUP, "hgroup", TAG_IS_SPECIAL | TAG_IS_BLOCK)                                             \
    X(IFRAME, "iframe", TAG_IS_SPECIAL | TAG_IS_RAW)                                               \
    X(KEYGEN, "keygen", TAG_IS_SPECIAL | TAG_IS_VOID)                                              \
    X(LEGEND, "legend", 0)                                                                         \
    X(MGLYPH, "mglyph", 0)                                                                         \
    X(OBJECT, "object", TAG_IS_SPECIAL | TAG_IS_SCOPE)                                             \
    X(OPTION, "option", TAG_IS_IMPLIED)                                                            \
    X(OUTPUT, "output", 0)                                                                         \
    X(SCRIPT, "script", TAG_IS_SPECIAL | TAG_IS_RAW | TAG_IS_HEAD)                                 \
    X(SEARCH, "search", TAG_IS_BLOCK)                                                              \
    X(SELECT, "select", TAG_IS_SPECIAL | TAG_IS_SCOPE)                                             \
    X(SOURCE, "source", TAG_IS_SPECIAL | TAG_IS_VOID)                                              \
    X(STRIKE, "strike", TAG_IS_FORMAT | TAG_IS_BREAKOUT)                                           \
    X(STRONG, "strong", TAG_IS_FORMAT | TAG_IS_BREAKOUT)                                           \
    X(ADDRESS, "address", TAG_IS_SPECIAL | TAG_IS_BLOCK)                                           \
    X(ARTICLE, "article", TAG_IS_SPECIAL | TAG_IS_BLOCK)                                           \
    X(BGSOUND, "bgsound", TAG_IS_SPECIAL | TAG_IS_HEAD)                                            \
    X(CAPTION, "caption", TAG_IS_SPECIAL | TAG_IS_SCOPE | TAG_IS_TABLE_PART)                       \
    X(DETAILS, "details", TAG_IS_SPECIAL | TAG_IS_BLOCK)                                           \
    X(LISTING, "listing", TAG_IS_SPECIAL | TAG_IS_BREAKOUT)                                        \
    X(MARQUEE, "marquee", TAG_IS_SPECIAL | TAG_IS_SCOPE)                                           \
    X(NOEMBED, "noembed", TAG_IS_SPECIAL | TAG_IS_RAW)                                             \
    X(SECTION, "section", TAG_IS_SPECIAL | TAG_IS_BLOCK)                                           \
    X(SUMMARY, "summary", TAG_IS_SPECIAL | TAG_IS_BLOCK)                                           \
    X(BASEFONT, "basefont", TAG_IS_SPECIAL | TAG_IS_HEAD)                                          \
    X(COLGROUP, "colgroup", TAG_IS_SPECIAL | TAG_IS_TABLE_PART)                                    \
    X(DATALIST, "datalist", 0)                                                                     \
    X(FIELDSET, "fieldset", TAG_IS_SPECIAL | TAG_IS_BLOCK)                                         \
    X(FRAMESET, "frameset", TAG_IS_SPECIAL)                                                        \
    X(MENUITEM, "menuitem", 0)                                                                     \
    X(NOFRAMES, "noframes", TAG_IS_SPECIAL | TAG_IS_RAW | TAG_IS_HEAD)                             \
    X(NOSCRIPT, "noscript", TAG_IS_SPECIAL | TAG_IS_RAW)                                           \
    X(OPTGROUP, "optgroup", TAG_IS_IMPLIED)                                                        \
    X(PROGRESS, "progress", 0)                                                                     \
    X(TEMPLATE, "template", TAG_IS_SPECIAL | TAG_IS_SCOPE | TAG_IS_HEAD)                           \
    X(TEXTAREA, "textarea", TAG_IS_SPECIAL | TAG_IS_RCDATA)                                        \
    X(PLAINTEXT, "plaintext", TAG_IS_SPECIAL | TAG_IS_RAW)                                         \
    X(BLOCKQUOTE, "blockquote", TAG_IS_SPECIAL | TAG_IS_BLOCK | TAG_IS_BREAKOUT)                   \
    X(FIGCAPTION, "figcaption", TAG_IS_SPECIAL | TAG_IS_BLOCK)                                     \
    X(MALIGNMARK, "malignmark", 0)                                                                 \
    X(FOREIGNOBJECT, "foreignObject", 0)                                                           \
    X(ANNOTATION_XML, "annotation-xml", 0)
/* clang-format on */

enum html_tag {
    TAG_NONE, /* a name that is not in the table */
#define X(id, name, facts) TAG_##id,
    HTML_TAGS(X)
#undef X
        TAG_COUNT
};

enum html_tag html_tag_find(struct str name); /* case matters */
uint32_t html_tag_facts(enum html_tag tag);
struct str html_tag_name(enum html_tag tag);

#endif
