/* base64.c - see base64.h. Tables and two loops; the decoder reads four characters at a time while
 * all are of the alphabet, and looks closer at the rest.
 * Spec: RFC 4648 sections 4 and 5. Tests: base64_test.c, fuzz/base64_fuzz.c */
#include "modules/base64.h"

#include <stdint.h>
#include <string.h>

#include "base/err.h"

enum { NO_VALUE = 0xff, CODES = 256 };

static const char std_alphabet[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
static const char url_alphabet[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

static bool is_url(enum base64_kind kind)
{
    return kind == BASE64_URL || kind == BASE64_RAWURL;
}

static bool is_padded(enum base64_kind kind)
{
    return kind == BASE64_STD || kind == BASE64_URL;
}

enum base64_kind base64_kind_of(struct str name)
{
    if (str_eqs(name, "rawstd"))
        return BASE64_RAWSTD;
    if (str_eqs(name, "url"))
        return BASE64_URL;
    if (str_eqs(name, "rawurl"))
        return BASE64_RAWURL;
    return BASE64_STD;
}

int base64_encode(struct buf *out, enum base64_kind kind, struct str data)
{
    const char *alphabet = is_url(kind) ? url_alphabet : std_alphabet;
    const uint8_t *p = (const uint8_t *)data.p;
    size_t whole = data.len / 3, rest = data.len % 3;
    int rc = buf_reserve(out, (whole + 1) * 4);
    if (rc < 0)
        return rc;
    char *to = out->data + out->len;
    for (size_t i = 0; i < whole; i++, p += 3) {
        uint32_t v = (uint32_t)p[0] << 16 | (uint32_t)p[1] << 8 | p[2];
        *to++ = alphabet[v >> 18];
        *to++ = alphabet[v >> 12 & 63];
        *to++ = alphabet[v >> 6 & 63];
        *to++ = alphabet[v & 63];
    }
    if (rest > 0) {
        uint32_t v = (uint32_t)p[0] << 16 | (rest == 2 ? (uint32_t)p[1] << 8 : 0);
        *to++ = alphabet[v >> 18];
        *to++ = alphabet[v >> 12 & 63];
        if (rest == 2)
            *to++ = alphabet[v >> 6 & 63];
        for (size_t i = rest; i < 3 && is_padded(kind); i++)
            *to++ = '=';
    }
    out->len = (size_t)(to - out->data);
    out->data[out->len] = '\0';
    return 0;
}

/* ---- decoding ---- */

/* One decoding under way: values holds the count characters of the group that is not full yet. */
struct decoder {
    const uint8_t *text;
    size_t len;
    size_t pos;
    bool is_padded;
    uint8_t table[CODES];
    uint8_t *to;
};

static void fill_table(uint8_t table[CODES], const char *alphabet)
{
    memset(table, NO_VALUE, CODES);
    for (int i = 0; i < 64; i++)
        table[(uint8_t)alphabet[i]] = (uint8_t)i;
}

static void put_group(struct decoder *d, const uint8_t v[4], size_t count)
{
    uint32_t bits = (uint32_t)v[0] << 18 | (uint32_t)v[1] << 12 | (uint32_t)v[2] << 6 | v[3];
    *d->to++ = (uint8_t)(bits >> 16);
    if (count > 2)
        *d->to++ = (uint8_t)(bits >> 8);
    if (count > 3)
        *d->to++ = (uint8_t)bits;
}

/* Whole groups without anything between, which is nearly all of every input. */
static void decode_plain(struct decoder *d)
{
    while (d->len - d->pos >= 4) {
        const uint8_t *in = d->text + d->pos;
        uint8_t v[4] = {d->table[in[0]], d->table[in[1]], d->table[in[2]], d->table[in[3]]};
        if ((v[0] | v[1] | v[2] | v[3]) == NO_VALUE)
            return;
        put_group(d, v, 4);
        d->pos += 4;
    }
}

static void skip_line_ends(struct decoder *d)
{
    while (d->pos < d->len && (d->text[d->pos] == '\n' || d->text[d->pos] == '\r'))
        d->pos++;
}

/* A '=' was read as the character after count of a group. 1: a good end; ERR_INVALID. */
static int decode_padding(struct decoder *d, size_t count, size_t *bad_at)
{
    *bad_at = d->pos - 1;
    if (!d->is_padded || count < 2)
        return ERR_INVALID;
    if (count == 2) {
        skip_line_ends(d);
        if (d->pos == d->len) {
            *bad_at = d->len;
            return ERR_INVALID;
        }
        if (d->text[d->pos] != '=') {
            *bad_at = d->pos - 1;
            return ERR_INVALID;
        }
        d->pos++;
    }
    skip_line_ends(d);
    if (d->pos < d->len) {
        *bad_at = d->pos;
        return ERR_INVALID;
    }
    return 1;
}

/* The group at pos, character by character. 0: go on; 1: the end; ERR_INVALID. */
static int decode_group(struct decoder *d, size_t *bad_at)
{
    uint8_t v[4] = {0};
    size_t count = 0;
    while (count < 4) {
        if (d->pos == d->len) {
            *bad_at = d->pos - count;
            if (count == 1 || (count > 1 && d->is_padded))
                return ERR_INVALID;
            break;
        }
        uint8_t c = d->text[d->pos++];
        if (d->table[c] != NO_VALUE) {
            v[count++] = d->table[c];
        } else if (c == '=') {
            int rc = decode_padding(d, count, bad_at);
            if (rc < 0)
                return rc;
            break;
        } else if (c != '\n' && c != '\r') {
            *bad_at = d->pos - 1;
            return ERR_INVALID;
        }
    }
    if (count > 0)
        put_group(d, v, count);
    return count == 4 ? 0 : 1;
}

int base64_decode(struct buf *out, enum base64_kind kind, struct str text, size_t *bad_at)
{
    size_t ignored;
    struct decoder d = {.text = (const uint8_t *)text.p, .len = text.len};
    int rc = buf_reserve(out, text.len / 4 * 3 + 3);
    if (rc < 0)
        return rc;
    d.is_padded = is_padded(kind);
    d.to = (uint8_t *)out->data + out->len;
    fill_table(d.table, is_url(kind) ? url_alphabet : std_alphabet);
    while (rc == 0) {
        decode_plain(&d);
        rc = decode_group(&d, bad_at != NULL ? bad_at : &ignored);
    }
    if (rc > 0)
        out->len = (size_t)(d.to - (uint8_t *)out->data);
    out->data[out->len] = '\0';
    return rc > 0 ? 0 : rc;
}
