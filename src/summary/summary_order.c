/* summary_order.c - collation of names. Knows nothing of metrics but that '{' begins a submetric.
 * k6 sorts with its engine's localeCompare, which follows the root collation of the CLDR; this is
 * its order for ASCII, which metric names are made of. Other characters, which only tags can bring
 * in, come after the letters, by code point.
 * Spec: Unicode Technical Standard 10 and the CLDR root collation. Tests: summary_order_test.c */
#include "summary/summary_order.h"

#include <string.h>

/* All that is not a letter, in order. Letters follow, case aside. */
static const char before_letters[] = "\t\n\v\f\r _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$0123456789";

/* Weight of a character when case doesn't count; 0: it doesn't count at all. */
static uint32_t primary(uint32_t cp)
{
    if (cp >= 0x80)
        return 0x1000 + cp;
    if (ascii_is_alpha((char)cp))
        return 0x100 + (uint32_t)ascii_lower((char)cp);
    const char *at = cp != 0 ? strchr(before_letters, (int)cp) : NULL;
    return at != NULL ? (uint32_t)(at - before_letters) + 1 : 0;
}

/* The next character that counts; false at the end. */
static bool next(struct str s, size_t *at, uint32_t *cp)
{
    while (*at < s.len) {
        *cp = utf8_next(s, at);
        if (primary(*cp) != 0)
            return true;
    }
    return false;
}

int summary_cmp_text(struct str a, struct str b)
{
    size_t i = 0, k = 0;
    int by_case = 0;
    for (;;) {
        uint32_t x = 0, y = 0;
        bool has_a = next(a, &i, &x), has_b = next(b, &k, &y);
        if (!has_a || !has_b)
            return has_a != has_b ? (has_a ? 1 : -1) : by_case;
        if (primary(x) != primary(y))
            return primary(x) < primary(y) ? -1 : 1;
        if (by_case == 0 && x != y)
            by_case = x > y ? -1 : 1; /* a small letter is the greater code point and comes first */
    }
}

static struct str parent_of(struct str name)
{
    ptrdiff_t at = str_find(name, '{');
    return at < 0 ? name : (struct str){name.p, (size_t)at};
}

int summary_cmp_metric(const char *a, const char *b)
{
    struct str x = str_of(a), y = str_of(b);
    struct str px = parent_of(x), py = parent_of(y);
    int order = summary_cmp_text(px, py);
    if (order != 0)
        return order;
    return summary_cmp_text((struct str){x.p + px.len, x.len - px.len},
                            (struct str){y.p + py.len, y.len - py.len});
}
