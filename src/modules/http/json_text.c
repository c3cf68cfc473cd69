/* json_text.c - JSON as bytes; see json_text.h. The checker keeps its nesting in a bit vector, so
 * hostile depth costs no stack. Spec: RFC 8259; the words and offsets of errors are those of Go's
 * encoding/json, which scripts of k6 get to read. Tests: json_text_test.c,
 * fuzz/json_selector_fuzz.c */
#include "modules/http/json_text.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"

enum { DEPTH_MAX = 10000 }; /* Go's limit */

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* ---- checking ---- */

struct checker {
    struct str s;
    size_t at;          /* next byte */
    uint8_t *is_object; /* one bit a level: first, or memory of its own when it gets deeper */
    uint8_t first[16];
    size_t depth;
    struct buf *why; /* NULL: nobody asks */
};

/* A byte as Go's error texts quote it. */
static void put_quoted_char(struct buf *out, unsigned char c)
{
    if (c == '\'')
        buf_adds(out, "'\\''");
    else if (c == '"')
        buf_adds(out, "'\"'");
    else {
        char ch[4];
        struct buf q;
        buf_init(&q, BUF_NO_LIMIT);
        buf_add_quoted(&q, (struct str){ch, (size_t)utf8_put(ch, c)});
        buf_addc(out, '\'');
        buf_add(out, q.data + 1, q.len - 2);
        buf_addc(out, '\'');
        buf_deinit(&q);
    }
}

/* The byte at c->at does not belong there, or the text ends too early. Returns false. */
static bool check_fail(struct checker *c, const char *where)
{
    bool is_end = c->at >= c->s.len;
    if (c->why && is_end)
        buf_adds(c->why, "unexpected end of JSON input");
    else if (c->why) {
        buf_adds(c->why, "invalid character ");
        put_quoted_char(c->why, (unsigned char)c->s.p[c->at]);
        buf_addf(c->why, " %s", where);
    }
    if (!is_end)
        c->at++;
    return false;
}

static char check_peek(const struct checker *c)
{
    return c->at < c->s.len ? c->s.p[c->at] : '\0';
}

static void check_space(struct checker *c)
{
    while (c->at < c->s.len && is_space(c->s.p[c->at]))
        c->at++;
}

static bool check_escape(struct checker *c)
{
    if (c->at >= c->s.len || !strchr("\"\\/bfnrtu", c->s.p[c->at]) || c->s.p[c->at] == '\0')
        return check_fail(c, "in string escape code");
    if (c->s.p[c->at++] != 'u')
        return true;
    for (int i = 0; i < 4; i++, c->at++)
        if (c->at >= c->s.len || hex_value(c->s.p[c->at]) < 0)
            return check_fail(c, "in \\u hexadecimal character escape");
    return true;
}

/* c->at is behind the opening quote. */
static bool check_string(struct checker *c)
{
    while (c->at < c->s.len) {
        unsigned char ch = (unsigned char)c->s.p[c->at];
        if (ch < ' ')
            return check_fail(c, "in string literal");
        c->at++;
        if (ch == '"')
            return true;
        if (ch == '\\' && !check_escape(c))
            return false;
    }
    return check_fail(c, "");
}

static bool check_digits(struct checker *c, const char *where)
{
    if (!ascii_is_digit(check_peek(c)))
        return check_fail(c, where);
    while (ascii_is_digit(check_peek(c)))
        c->at++;
    return true;
}

static bool check_number(struct checker *c)
{
    if (check_peek(c) == '-')
        c->at++;
    if (check_peek(c) == '0')
        c->at++;
    else if (!check_digits(c, "in numeric literal"))
        return false;
    if (check_peek(c) == '.') {
        c->at++;
        if (!check_digits(c, "after decimal point in numeric literal"))
            return false;
    }
    if (check_peek(c) == 'e' || check_peek(c) == 'E') {
        c->at++;
        if (check_peek(c) == '+' || check_peek(c) == '-')
            c->at++;
        if (!check_digits(c, "in exponent of numeric literal"))
            return false;
    }
    return true;
}

static bool check_word(struct checker *c, const char *word)
{
    for (size_t i = 0; word[i]; i++, c->at++) {
        if (check_peek(c) == word[i] && c->at < c->s.len)
            continue;
        char where[64];
        snprintf(where, sizeof(where), "in literal %s (expecting '%c')", word, word[i]);
        return check_fail(c, where);
    }
    return true;
}

static bool check_push(struct checker *c, bool is_object)
{
    if (c->depth == DEPTH_MAX) {
        if (c->why)
            buf_adds(c->why, "exceeded max depth");
        return false;
    }
    if (c->depth == 8 * sizeof c->first && c->is_object == c->first) {
        c->is_object = mem_calloc(1, DEPTH_MAX / 8 + 1);
        memcpy(c->is_object, c->first, sizeof c->first);
    }
    uint8_t bit = (uint8_t)(1u << (c->depth % 8));
    if (is_object)
        c->is_object[c->depth / 8] |= bit;
    else
        c->is_object[c->depth / 8] &= (uint8_t)~bit;
    c->depth++;
    return true;
}

static bool check_in_object(const struct checker *c)
{
    return c->is_object[(c->depth - 1) / 8] >> ((c->depth - 1) % 8) & 1;
}

/* "key" : with c->at before the quote. */
static bool check_key(struct checker *c)
{
    check_space(c);
    if (check_peek(c) != '"')
        return check_fail(c, "looking for beginning of object key string");
    c->at++;
    if (!check_string(c))
        return false;
    check_space(c);
    if (check_peek(c) != ':')
        return check_fail(c, "after object key");
    c->at++;
    return true;
}

/* A scalar, or the opening of a container; *opened tells which. An empty container is closed at
 * once. */
static bool check_value_begin(struct checker *c, bool *opened)
{
    *opened = false;
    check_space(c);
    char ch = check_peek(c);
    switch (ch) {
    case '"':
        c->at++;
        return check_string(c);
    case 't':
        return check_word(c, "true");
    case 'f':
        return check_word(c, "false");
    case 'n':
        return check_word(c, "null");
    case '{':
    case '[':
        c->at++;
        check_space(c);
        if (check_peek(c) == (ch == '{' ? '}' : ']')) {
            c->at++;
            return true;
        }
        *opened = true;
        return check_push(c, ch == '{') && (ch == '[' || check_key(c));
    default:
        if (ch == '-' || ascii_is_digit(ch))
            return check_number(c);
        return check_fail(c, "looking for beginning of value");
    }
}

/* After a value inside containers: a comma and what goes before the next value, or closings.
 * *wants_value: another one follows. */
static bool check_value_end(struct checker *c, bool *wants_value)
{
    *wants_value = false;
    while (c->depth > 0) {
        bool in_object = check_in_object(c);
        check_space(c);
        char ch = check_peek(c);
        if (ch == ',') {
            c->at++;
            *wants_value = true;
            return !in_object || check_key(c);
        }
        if (ch != (in_object ? '}' : ']'))
            return check_fail(c, in_object ? "after object key:value pair" : "after array element");
        c->at++;
        c->depth--;
    }
    return true;
}

static bool check_all(struct checker *c)
{
    bool opened = false, wants_value = true;
    while (wants_value) {
        if (!check_value_begin(c, &opened))
            return false;
        if (!opened && !check_value_end(c, &wants_value))
            return false;
    }
    check_space(c);
    return c->at == c->s.len || check_fail(c, "after top-level value");
}

bool json_text_is_valid(struct str text, size_t *offset, struct buf *why)
{
    struct checker c = {.s = text, .why = why};
    c.is_object = c.first;
    bool ok = check_all(&c);
    if (c.is_object != c.first)
        mem_free(c.is_object);
    if (offset)
        *offset = c.at;
    return ok;
}

/* ---- stepping ---- */

struct str json_text_trim(struct str s)
{
    while (s.len > 0 && is_space(s.p[0]))
        s.p++, s.len--;
    while (s.len > 0 && is_space(s.p[s.len - 1]))
        s.len--;
    return s;
}

/* Length of the string that s starts with, quotes included. */
static size_t string_len(struct str s)
{
    size_t i = 1;
    while (i < s.len && s.p[i] != '"')
        i += s.p[i] == '\\' ? 2 : 1;
    return i < s.len ? i + 1 : s.len;
}

static size_t container_len(struct str s)
{
    size_t depth = 0;
    for (size_t i = 0; i < s.len; i++) {
        switch (s.p[i]) {
        case '"':
            i += string_len((struct str){s.p + i, s.len - i}) - 1;
            break;
        case '{':
        case '[':
            depth++;
            break;
        case '}':
        case ']':
            if (--depth == 0)
                return i + 1;
            break;
        default:
            break;
        }
    }
    return s.len;
}

static size_t scalar_len(struct str s)
{
    size_t i = 0;
    while (i < s.len && !is_space(s.p[i]) && s.p[i] != ',' && s.p[i] != ']' && s.p[i] != '}' &&
           s.p[i] != ':')
        i++;
    return i > 0 ? i : 1;
}

bool json_text_take_value(struct str *s, struct str *value)
{
    while (s->len > 0 && is_space(s->p[0]))
        s->p++, s->len--;
    if (s->len == 0)
        return false;
    size_t len = s->p[0] == '"'                     ? string_len(*s)
                 : s->p[0] == '{' || s->p[0] == '[' ? container_len(*s)
                                                    : scalar_len(*s);
    *value = (struct str){s->p, len};
    s->p += len;
    s->len -= len;
    return true;
}

bool json_walk_begin(struct json_walk *w, struct str container)
{
    *w = (struct json_walk){0}; /* so that a walk over what is none ends at once */
    container = json_text_trim(container);
    if (container.len < 2 || (container.p[0] != '{' && container.p[0] != '['))
        return false;
    w->is_object = container.p[0] == '{';
    w->rest = (struct str){container.p + 1, container.len - 2};
    return true;
}

bool json_walk_next(struct json_walk *w, struct str *key, struct str *value)
{
    *key = (struct str){NULL, 0};
    struct str *r = &w->rest;
    while (r->len > 0 && (is_space(r->p[0]) || r->p[0] == ','))
        r->p++, r->len--;
    if (w->is_object) {
        if (!json_text_take_value(r, key))
            return false;
        while (r->len > 0 && (is_space(r->p[0]) || r->p[0] == ':'))
            r->p++, r->len--;
    }
    return json_text_take_value(r, value);
}

/* The four digits of a \u escape at i, or -1. */
static int32_t escape_unit(struct str s, size_t i)
{
    int32_t unit = 0;
    for (size_t k = 0; k < 4; k++) {
        int digit = i + k < s.len ? hex_value(s.p[i + k]) : -1;
        if (digit < 0)
            return -1;
        unit = unit << 4 | digit;
    }
    return unit;
}

/* Appends what the escape at s.p[i] (behind the backslash) stands for; returns the index behind it.
 */
static size_t put_escape(struct buf *out, struct str s, size_t i)
{
    static const char names[] = "bfnrt", values[] = "\b\f\n\r\t";
    if (s.p[i] != 'u') {
        const char *named = memchr(names, s.p[i], sizeof(names) - 1);
        buf_addc(out, named ? values[named - names] : s.p[i]);
        return i + 1;
    }
    int32_t unit = escape_unit(s, i + 1);
    if (unit < 0)
        return i + 1;
    uint32_t cp = (uint32_t)unit;
    i += 5;
    if (unit >= 0xD800 && unit <= 0xDFFF) {
        int32_t low =
            i + 1 < s.len && s.p[i] == '\\' && s.p[i + 1] == 'u' ? escape_unit(s, i + 2) : -1;
        bool is_pair = unit < 0xDC00 && low >= 0xDC00 && low <= 0xDFFF;
        cp = is_pair ? 0x10000 + (((uint32_t)unit - 0xD800) << 10) + ((uint32_t)low - 0xDC00)
                     : 0xFFFD;
        i += is_pair ? 6 : 0;
    }
    char utf8[4];
    buf_add(out, utf8, (size_t)utf8_put(utf8, cp));
    return i;
}

void json_text_unquote(struct buf *out, struct str quoted)
{
    if (quoted.len < 2)
        return;
    struct str s = {quoted.p + 1, quoted.len - 2};
    for (size_t i = 0; i < s.len;) {
        const char *slash = memchr(s.p + i, '\\', s.len - i);
        size_t end = slash ? (size_t)(slash - s.p) : s.len;
        buf_add(out, s.p + i, end - i);
        i = end + 1;
        if (slash && i < s.len)
            i = put_escape(out, s, i);
    }
}

/* The surrogate that the escape at i stands for, or 0. */
static unsigned surrogate_at(struct str s, size_t i)
{
    unsigned code = 0;
    if (i + 6 > s.len || s.p[i] != '\\' || s.p[i + 1] != 'u')
        return 0;
    for (size_t k = 2; k < 6; k++) {
        int digit = hex_value(s.p[i + k]);
        if (digit < 0)
            return 0;
        code = code << 4 | (unsigned)digit;
    }
    return code >= 0xd800 && code < 0xe000 ? code : 0;
}

/* The next escape of a lone surrogate from i on, or the text's length. */
static size_t find_lone(struct str s, size_t i)
{
    while (i < s.len) {
        const char *at = memchr(s.p + i, '\\', s.len - i);
        if (!at)
            break;
        i = (size_t)(at - s.p);
        unsigned code = surrogate_at(s, i);
        if (code == 0) {
            i += 2;
            continue;
        }
        unsigned next = surrogate_at(s, i + 6);
        if (code >= 0xdc00 || next < 0xdc00)
            return i;
        i += 12;
    }
    return s.len;
}

bool json_text_mend(struct buf *out, struct str text)
{
    size_t done = 0, at = find_lone(text, 0);
    if (at == text.len)
        return false;
    for (; at < text.len; at = find_lone(text, done)) {
        buf_add(out, text.p + done, at - done);
        buf_adds(out, "\\ufffd");
        done = at + 6;
    }
    buf_add(out, text.p + done, text.len - done);
    return true;
}
