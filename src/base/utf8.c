/* utf8.c - UTF-8: reading and writing code points, and how many terminal columns a text takes.
 * Declared in str.h. What is invalid is what RFC 3629 says: overlong forms, surrogates, above
 * 10FFFF; an invalid byte counts as one U+FFFD, as in Go. Tests: utf8_test.c */
#include "base/str.h"

enum { UTF8_BAD = 0xfffd };

uint32_t utf8_next(struct str s, size_t *pos)
{
    const unsigned char *p = (const unsigned char *)s.p + *pos;
    size_t left = s.len - *pos;
    unsigned first = p[0];
    *pos += 1; /* more is added once the whole sequence has proved valid */
    if (first < 0x80)
        return first;
    size_t more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : 1;
    if (first < 0xc2 || first > 0xf4 || left <= more)
        return UTF8_BAD;
    /* The second byte's range is what rules out overlong forms, surrogates and too large values. */
    unsigned low = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
    unsigned high = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
    if (p[1] < low || p[1] > high)
        return UTF8_BAD;
    uint32_t cp = first & (0x3fu >> more);
    for (size_t i = 1; i <= more; i++) {
        if ((p[i] & 0xc0) != 0x80)
            return UTF8_BAD;
        cp = cp << 6 | (p[i] & 0x3fu);
    }
    *pos += more;
    return cp;
}

int utf8_put(char out[4], uint32_t cp)
{
    if (cp > 0x10ffff || (cp >= 0xd800 && cp <= 0xdfff))
        cp = UTF8_BAD;
    if (cp < 0x80) {
        out[0] = (char)cp;
        return 1;
    }
    if (cp < 0x800) {
        out[0] = (char)(0xc0 | cp >> 6);
        out[1] = (char)(0x80 | (cp & 0x3f));
        return 2;
    }
    if (cp < 0x10000) {
        out[0] = (char)(0xe0 | cp >> 12);
        out[1] = (char)(0x80 | (cp >> 6 & 0x3f));
        out[2] = (char)(0x80 | (cp & 0x3f));
        return 3;
    }
    out[0] = (char)(0xf0 | cp >> 18);
    out[1] = (char)(0x80 | (cp >> 12 & 0x3f));
    out[2] = (char)(0x80 | (cp >> 6 & 0x3f));
    out[3] = (char)(0x80 | (cp & 0x3f));
    return 4;
}

bool utf8_is_valid(struct str s)
{
    for (size_t at = 0; at < s.len;) {
        size_t from = at;
        if (utf8_next(s, &at) == UTF8_BAD && at - from == 1)
            return false;
    }
    return true;
}

struct cp_range {
    uint32_t from, to;
};

static bool cp_is_in(uint32_t cp, const struct cp_range *ranges, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (cp >= ranges[i].from && cp <= ranges[i].to)
            return true;
    return false;
}

/* Columns of one code point: the combining marks and the wide blocks that turn up in check names.
 * Exact widths differ from terminal to terminal; this decides only how many blanks pad a column. */
static int cp_width(uint32_t cp)
{
    static const struct cp_range zero[] = {
        {0x00, 0x1f},     {0x7f, 0x9f},       {0x300, 0x36f},   {0x483, 0x489},   {0x591, 0x5bd},
        {0x610, 0x61a},   {0x64b, 0x65f},     {0x1ab0, 0x1aff}, {0x1dc0, 0x1dff}, {0x200b, 0x200f},
        {0x202a, 0x202e}, {0x2060, 0x2064},   {0x20d0, 0x20ff}, {0xfe00, 0xfe0f}, {0xfe20, 0xfe2f},
        {0xfeff, 0xfeff}, {0xe0100, 0xe01ef},
    };
    static const struct cp_range wide[] = {
        {0x1100, 0x115f},   {0x231a, 0x231b},   {0x23e9, 0x23ec},   {0x25fd, 0x25fe},
        {0x2614, 0x2615},   {0x2648, 0x2653},   {0x26a1, 0x26a1},   {0x26bd, 0x26be},
        {0x2705, 0x2705},   {0x270a, 0x270b},   {0x2728, 0x2728},   {0x274c, 0x274c},
        {0x2753, 0x2757},   {0x2795, 0x2797},   {0x2b50, 0x2b50},   {0x2b55, 0x2b55},
        {0x2e80, 0x303e},   {0x3041, 0x33ff},   {0x3400, 0x4dbf},   {0x4e00, 0x9fff},
        {0xa000, 0xa4cf},   {0xa960, 0xa97f},   {0xac00, 0xd7a3},   {0xf900, 0xfaff},
        {0xfe30, 0xfe6f},   {0xff00, 0xff60},   {0xffe0, 0xffe6},   {0x1f300, 0x1f64f},
        {0x1f680, 0x1f6ff}, {0x1f900, 0x1f9ff}, {0x1fa70, 0x1faff}, {0x20000, 0x3fffd},
    };
    if (cp_is_in(cp, zero, sizeof zero / sizeof zero[0]))
        return 0;
    return cp >= 0x1100 && cp_is_in(cp, wide, sizeof wide / sizeof wide[0]) ? 2 : 1;
}

int utf8_width(struct str s)
{
    int columns = 0;
    for (size_t at = 0; at < s.len;)
        columns += cp_width(utf8_next(s, &at));
    return columns;
}
