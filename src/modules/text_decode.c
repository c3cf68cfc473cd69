/* text_decode.c - see text_decode.h.
 * Spec: WHATWG Encoding Standard, "UTF-8 decoder", "shared UTF-16 decoder". Tests:
 * text_decode_test.c */
#include "modules/text_decode.h"

#include <stddef.h>
#include <string.h>

#include "base/err.h"

enum { REPLACEMENT = 0xfffd, BOM = 0xfeff, FLIPPED_BOM = 0xfffe };

/* What the next bytes are: a character, something wrong, or a beginning that needs more bytes. */
enum verdict { CHAR_GOOD, CHAR_BAD, CHAR_SHORT };

struct one_char {
    enum verdict verdict;
    uint32_t cp;
    int len; /* bytes it takes; with CHAR_BAD those that one U+FFFD stands for */
};

bool text_encoding_of(struct str label, enum text_encoding *out)
{
    static const struct {
        const char *label;
        enum text_encoding encoding;
    } known[] = {
        {"utf-8", TEXT_UTF8},
        {"utf8", TEXT_UTF8},
        {"unicode-1-1-utf-8", TEXT_UTF8},
        {"unicode11utf8", TEXT_UTF8},
        {"unicode20utf8", TEXT_UTF8},
        {"x-unicode20utf8", TEXT_UTF8},
        {"utf-16le", TEXT_UTF16LE},
        {"utf-16", TEXT_UTF16LE},
        {"csunicode", TEXT_UTF16LE},
        {"iso-10646-ucs-2", TEXT_UTF16LE},
        {"ucs-2", TEXT_UTF16LE},
        {"unicode", TEXT_UTF16LE},
        {"unicodefeff", TEXT_UTF16LE},
        {"utf-16be", TEXT_UTF16BE},
        {"unicodefffe", TEXT_UTF16BE},
    };
    label = str_trim(label);
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (str_ieqs(label, known[i].label)) {
            *out = known[i].encoding;
            return true;
        }
    }
    return false;
}

const char *text_encoding_name(enum text_encoding encoding)
{
    switch (encoding) {
    case TEXT_UTF8:
        return "utf-8";
    case TEXT_UTF16LE:
        return "utf-16le";
    case TEXT_UTF16BE:
        return "utf-16be";
    }
    return "";
}

/* One U+FFFD stands for the longest beginning of a valid sequence, which is why this is not
 * utf8_next: that counts each byte by itself, as Go does. */
static struct one_char next_utf8(const uint8_t *p, size_t len)
{
    uint8_t first = p[0];
    if (first < 0x80)
        return (struct one_char){CHAR_GOOD, first, 1};
    if (first < 0xc2 || first > 0xf4)
        return (struct one_char){CHAR_BAD, 0, 1};
    int more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : 1;
    uint8_t low = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
    uint8_t high = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
    uint32_t cp = first & (0x3fu >> more);
    for (int i = 1; i <= more; i++) {
        if ((size_t)i >= len)
            return (struct one_char){CHAR_SHORT, 0, i};
        if (p[i] < low || p[i] > high)
            return (struct one_char){CHAR_BAD, 0, i};
        cp = cp << 6 | (p[i] & 0x3fu);
        low = 0x80;
        high = 0xbf;
    }
    return (struct one_char){CHAR_GOOD, cp, more + 1};
}

static uint32_t unit_at(const uint8_t *p, bool is_big)
{
    return is_big ? (uint32_t)p[0] << 8 | p[1] : (uint32_t)p[1] << 8 | p[0];
}

static struct one_char next_utf16(const uint8_t *p, size_t len, bool is_big)
{
    if (len < 2)
        return (struct one_char){CHAR_SHORT, 0, (int)len};
    uint32_t unit = unit_at(p, is_big);
    if (unit < 0xd800 || unit > 0xdfff)
        return (struct one_char){CHAR_GOOD, unit, 2};
    if (unit > 0xdbff)
        return (struct one_char){CHAR_BAD, 0, 2};
    if (len < 4)
        return (struct one_char){CHAR_SHORT, 0, (int)len};
    uint32_t second = unit_at(p + 2, is_big);
    if (second < 0xdc00 || second > 0xdfff)
        return (struct one_char){CHAR_BAD, 0, 2};
    return (struct one_char){CHAR_GOOD, 0x10000 + ((unit - 0xd800) << 10) + (second - 0xdc00), 4};
}

static struct one_char next_char(const struct text_decoder *d, const uint8_t *p, size_t len)
{
    switch (d->encoding) {
    case TEXT_UTF8:
        return next_utf8(p, len);
    case TEXT_UTF16LE:
    case TEXT_UTF16BE:
        break;
    }
    return next_utf16(p, len, (d->encoding == TEXT_UTF16BE) != d->is_flipped);
}

static void start_anew(struct text_decoder *d)
{
    d->held_len = 0;
    d->is_past_bom = false;
    d->is_flipped = false;
}

static int put_char(struct text_decoder *d, struct buf *out, uint32_t cp)
{
    char text[4];
    bool may_be_mark = !d->is_past_bom && !d->keeps_bom;
    bool is_flipped_mark = may_be_mark && cp == FLIPPED_BOM && d->encoding != TEXT_UTF8;
    d->is_past_bom = true;
    d->is_flipped = d->is_flipped || is_flipped_mark;
    return is_flipped_mark || (may_be_mark && cp == BOM)
               ? 0
               : buf_add(out, text, (size_t)utf8_put(text, cp));
}

static int put_error(struct text_decoder *d, struct buf *out)
{
    return d->is_fatal ? ERR_INVALID : put_char(d, out, REPLACEMENT);
}

/* Decodes what is whole in p; *used is how far that went. */
static int decode_whole(struct text_decoder *d, struct buf *out, const uint8_t *p, size_t len,
                        size_t *used)
{
    int rc = 0;
    size_t at = 0;
    while (at < len && rc == 0) {
        struct one_char c = next_char(d, p + at, len - at);
        if (c.verdict == CHAR_SHORT)
            break;
        rc = c.verdict == CHAR_GOOD ? put_char(d, out, c.cp) : put_error(d, out);
        at += (size_t)c.len;
    }
    *used = at;
    return rc;
}

/* Bytes held from the piece before are completed one at a time: at most three are needed. */
static int decode_held(struct text_decoder *d, struct buf *out, struct str *bytes)
{
    while (d->held_len > 0 && bytes->len > 0) {
        size_t used;
        d->held[d->held_len++] = (uint8_t)*bytes->p++;
        bytes->len--;
        int rc = decode_whole(d, out, d->held, (size_t)d->held_len, &used);
        if (rc < 0)
            return rc;
        d->held_len -= (int)used;
        memmove(d->held, d->held + used, (size_t)d->held_len);
    }
    return 0;
}

int text_decode(struct text_decoder *d, struct buf *out, struct str bytes, bool has_more)
{
    size_t used = 0;
    int rc = decode_held(d, out, &bytes);
    if (rc == 0)
        rc = decode_whole(d, out, (const uint8_t *)bytes.p, bytes.len, &used);
    for (; rc == 0 && used < bytes.len; used++)
        d->held[d->held_len++] = (uint8_t)bytes.p[used];
    if (rc == 0 && !has_more && d->held_len > 0)
        rc = put_error(d, out);
    if (rc < 0 || !has_more)
        start_anew(d);
    return rc;
}
