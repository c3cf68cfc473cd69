/* html_entity.c - character references: &eacute; &#233; &#xe9; become what they stand for.
 * The standard's rules but for attributes, where a name counts only as a whole (as in Go).
 * Source: HTML standard, "Character reference state". Tests: html_entity_test.c */
#include <string.h>

#include "modules/html/html_entity_table.h"
#include "modules/html/html_int.h"

enum {
    LEGACY_MAX_LEN = 6, /* names that work without a semicolon are no longer */
    CODE_POINT_MAX = 0x10FFFF,
};

/* What the numbers 128 to 159 mean: they are Windows-1252's. */
static const uint16_t windows[32] = {
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x008D, 0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178,
};

/* Compares with the name at p in the table, which ends in '=' or '+'. */
static int compare_name(struct str name, const char *p, const char **end)
{
    size_t i = 0;
    while (i < name.len && p[i] == name.p[i])
        i++;
    *end = p + i;
    bool is_end = p[i] == '=' || p[i] == '+';
    if (i == name.len)
        return is_end ? 0 : -1;
    return is_end || (unsigned char)name.p[i] > (unsigned char)p[i] ? 1 : -1;
}

/* The entry's value: "+26 ", "=226A,20D2 "; NULL: no such name. */
static const char *find_name(struct str name)
{
    size_t low = 0, high = html_entity_table_len; /* entries that begin in [low, high) */
    while (low < high) {
        size_t at = low + (high - low) / 2;
        while (at > low && html_entity_table[at - 1] != ' ')
            at--;
        const char *value;
        int order = compare_name(name, html_entity_table + at, &value);
        if (order == 0)
            return value;
        if (order < 0)
            high = at;
        else
            low = (size_t)(strchr(value, ' ') - html_entity_table) + 1;
    }
    return NULL;
}

/* Writes the code points of an entry. */
static char *put_value(char *out, const char *value)
{
    do {
        uint32_t cp = 0;
        while (hex_value(*++value) >= 0)
            cp = cp * 16 + (uint32_t)hex_value(*value);
        out += utf8_put(out, cp);
    } while (*value == ',');
    return out;
}

static bool is_name_char(char c)
{
    return ascii_is_alpha(c) || ascii_is_digit(c);
}

/* Writes the number at s ("&#..."): how many bytes of s it takes; 0: it is none. */
static size_t put_number(char **out, struct str s)
{
    uint32_t cp = 0;
    bool is_hex = s.len > 2 && (s.p[2] == 'x' || s.p[2] == 'X');
    size_t first = is_hex ? 3 : 2, i = first;
    for (; i < s.len && (is_hex ? hex_value(s.p[i]) >= 0 : ascii_is_digit(s.p[i])); i++)
        if (cp <= CODE_POINT_MAX)
            cp = cp * (is_hex ? 16 : 10) + (uint32_t)hex_value(s.p[i]);
    if (i == first)
        return 0;
    if (i < s.len && s.p[i] == ';')
        i++;
    if (cp >= 0x80 && cp <= 0x9F)
        cp = windows[cp - 0x80];
    else if (cp == 0 || (cp >= 0xD800 && cp <= 0xDFFF) || cp > CODE_POINT_MAX)
        cp = 0xFFFD;
    *out += utf8_put(*out, cp);
    return i;
}

/* Nearly all that pages hold. 0: it is none of these. */
static size_t put_usual(char **out, struct str s)
{
    static const struct {
        char name[7];
        char c;
    } usual[] = {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}};
    for (size_t i = 0; i < sizeof usual / sizeof usual[0]; i++) {
        if (str_starts(s, usual[i].name)) {
            *(*out)++ = usual[i].c;
            return str_of(usual[i].name).len;
        }
    }
    return 0;
}

/* The same for a name. */
static size_t put_name(char **out, struct str s, bool is_attr)
{
    size_t len = 0;
    while (1 + len < s.len && is_name_char(s.p[1 + len]))
        len++;
    bool is_closed = 1 + len < s.len && s.p[1 + len] == ';';
    if (len == 0 || (is_attr && !is_closed && 1 + len < s.len && s.p[1 + len] == '='))
        return 0;
    const char *value = find_name((struct str){s.p + 1, len});
    if (value && (is_closed || *value == '+')) {
        *out = put_value(*out, value);
        return 1 + len + (is_closed ? 1 : 0);
    }
    if (is_attr)
        return 0;
    /* "&notit" is "&not" and "it". With its semicolon the name is one longer. */
    size_t longest = is_closed ? len : len - 1;
    for (len = longest < LEGACY_MAX_LEN ? longest : LEGACY_MAX_LEN; len > 1; len--) {
        value = find_name((struct str){s.p + 1, len});
        if (value && *value == '+') {
            *out = put_value(*out, value);
            return 1 + len;
        }
    }
    return 0;
}

char *html_entity_decode(char *out, struct str s, bool is_attr)
{
    size_t i = 0;
    while (i < s.len) {
        const char *amp = memchr(s.p + i, '&', s.len - i);
        size_t plain = amp ? (size_t)(amp - s.p) - i : s.len - i;
        memmove(out, s.p + i, plain);
        out += plain;
        i += plain;
        if (!amp)
            break;
        struct str rest = {s.p + i, s.len - i};
        size_t taken = 0;
        if (rest.len > 2 && rest.p[1] == '#')
            taken = put_number(&out, rest);
        else if (rest.len > 1 && rest.p[1] != '#' && (taken = put_usual(&out, rest)) == 0)
            taken = put_name(&out, rest, is_attr);
        if (taken == 0) {
            *out++ = '&';
            taken = 1;
        }
        i += taken;
    }
    return out;
}
