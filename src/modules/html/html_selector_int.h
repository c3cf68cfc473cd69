/* html_selector_int.h - a parsed selector; between html_selector_parse.c and html_selector_match.c
 * only.
 *
 *   a > b.c:not(d, e)  f     a list of chains (here one) of compounds: a, b.c:not(...), f
 *   tests of a compound: one for "b", one for ".c", one for ":not", which has a list of its own
 */
#ifndef C6_HTML_SELECTOR_INT_H
#define C6_HTML_SELECTOR_INT_H

#include "base/buf.h"
#include "base/mem.h"
#include "modules/html/html_regex.h"
#include "modules/html/html_selector.h"

enum { SELECTOR_CHAIN_MAX = 64, SELECTOR_DEPTH_MAX = 8 }; /* matching goes that deep at most */

enum selector_test_kind {
    TEST_TAG,
    TEST_CLASS,
    TEST_ATTR, /* and #id */
    TEST_NOT,
    TEST_HAS,
    TEST_HAS_CHILD,
    TEST_CONTAINS,
    TEST_MATCHES,
    TEST_NTH,
    TEST_ONLY,
    TEST_LANG,
    TEST_INPUT,
    TEST_EMPTY,
    TEST_ROOT,
    TEST_LINK,
    TEST_ENABLED,
    TEST_DISABLED,
    TEST_CHECKED,
    TEST_NEVER,
};

enum selector_attr_op {
    ATTR_EXISTS,
    ATTR_EQUALS,
    ATTR_DIFFERS,  /* != */
    ATTR_INCLUDES, /* ~= */
    ATTR_DASH,     /* |= */
    ATTR_STARTS,   /* ^= */
    ATTR_ENDS,     /* $= */
    ATTR_HAS,      /* *= */
    ATTR_MATCHES,  /* #= */
};

struct selector_list;

struct selector_test {
    struct selector_test *next;
    enum selector_test_kind kind;
    enum html_tag tag;                /* TAG: of a known name */
    enum selector_attr_op op;         /* ATTR */
    bool ignores_case;                /* ATTR */
    bool is_own;                      /* CONTAINS, MATCHES: in the node's own texts only */
    bool is_last, is_of_type;         /* NTH, ONLY */
    int64_t step, offset;             /* NTH: step * n + offset */
    struct str key, value;            /* names, texts */
    struct html_regex *regex;         /* held */
    const struct selector_list *list; /* NOT, HAS, HAS_CHILD */
};

struct selector_compound {
    struct selector_compound *left; /* what the combinator leads to */
    char combinator;                /* ' ', '>', '+', '~' */
    struct selector_test *tests;    /* none: any element */
};

struct selector_list {
    struct selector_list *next;
    struct selector_compound *last; /* the rightmost of the chain */
};

struct html_selector {
    JSContext *ctx;
    struct arena *arena; /* all of the above */
    struct selector_list *list;
    struct buf text;                /* of the node at hand, for :contains and :matches */
    struct html_regex *regexes[16]; /* to be freed */
    int regex_count;
    bool is_interrupted;
};

/* Lower case as Go's strings.ToLower makes it, appended. */
void html_selector_put_lower(struct buf *out, struct str s);

#endif
