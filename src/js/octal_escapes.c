/* octal_escapes.c - see octal_escapes.h.
 * Tests: octal_escapes_test.c, test/js/core_octal.js, fuzz/octal_escapes_fuzz.c */
#include "js/octal_escapes.h"

#include "base/buf.h"
#include "base/err.h"

/* The offset of a place, or source.len. */
static size_t offset_of(struct str source, int line, int column)
{
    size_t i = 0;
    for (; line > 1 && i < source.len; i++)
        if (source.p[i] == '\n')
            line--;
    for (; column > 1 && i < source.len && source.p[i] != '\n'; i++)
        column--;
    return i;
}

static bool is_octal(char c)
{
    return c >= '0' && c <= '7';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* What follows a backslash at i; gives the offset behind it. \0 before no digit is no octal escape
 * (but is written anew, for an \8 behind it becomes a digit), \8 and \9 are the digits. */
static size_t put_escape(struct buf *out, struct str source, size_t i, bool *found)
{
    char c = source.p[i];
    bool is_nul = c == '0' && (i + 1 == source.len || !is_digit(source.p[i + 1]));
    if (!is_digit(c)) {
        buf_addc(out, '\\');
        buf_addc(out, c);
        return i + 1;
    }
    *found |= !is_nul;
    if (!is_octal(c)) {
        buf_addc(out, c);
        return i + 1;
    }
    unsigned value = 0;
    for (int n = 0; n < 3 && i < source.len && is_octal(source.p[i]); n++, i++)
        value = value * 8 + (unsigned)(source.p[i] - '0');
    /* \400 and above are one character too, as in k6. */
    buf_addf(out, value <= 0xFF ? "\\x%02x" : "\\u%04x", value);
    return i;
}

int octal_escapes_rewrite(struct str source, int line, int column, char **out, size_t *out_len)
{
    struct buf text;
    bool found = false;
    size_t i = offset_of(source, line, column);
    *out = NULL;
    *out_len = 0;
    if (i >= source.len || (source.p[i] != '\'' && source.p[i] != '"'))
        return ERR_NOT_FOUND;
    char quote = source.p[i];
    buf_init(&text, BUF_NO_LIMIT);
    buf_add(&text, source.p, i + 1);
    i++;
    while (i < source.len && source.p[i] != quote) {
        char c = source.p[i++];
        if (c == '\\' && i < source.len)
            i = put_escape(&text, source, i, &found);
        else
            buf_addc(&text, c);
    }
    buf_add(&text, source.p + i, source.len - i);
    if (!found) {
        buf_deinit(&text);
        return ERR_NOT_FOUND;
    }
    *out_len = text.len;
    *out = buf_take(&text);
    return 0;
}
