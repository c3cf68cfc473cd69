/* buf.c - the growable byte buffer. Growth doubles, through mem_try_realloc: what goes in is often
 * chosen by a peer. Not shared between threads.
 * Tests: buf_test.c */
#include "base/buf.h"

#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/str.h"

enum { BUF_FIRST = 64 };

/* What data points to while nothing is allocated (cap == 0): only read, never written. */
static const char buf_nothing[1] = "";

void buf_init(struct buf *b, size_t limit)
{
    b->data = (char *)(uintptr_t)buf_nothing;
    b->len = 0;
    b->cap = 0;
    b->limit = limit < BUF_NO_LIMIT ? limit : BUF_NO_LIMIT;
    b->failed = false;
}

void buf_deinit(struct buf *b)
{
    if (b->cap > 0)
        mem_free(b->data);
    buf_init(b, b->limit);
}

void buf_clear(struct buf *b)
{
    buf_truncate(b, 0);
    b->failed = false;
}

void buf_truncate(struct buf *b, size_t len)
{
    CHECK(len <= b->len);
    b->len = len;
    if (b->cap > 0)
        b->data[len] = '\0';
}

int buf_reserve(struct buf *b, size_t extra)
{
    if (extra < b->cap - b->len) /* never true for an empty one: cap and len are 0 */
        return 0;
    if (extra > b->limit - b->len) {
        b->failed = true;
        return ERR_TOO_LARGE;
    }
    size_t want = b->len + extra + 1;
    size_t cap = b->cap * 2 > BUF_FIRST ? b->cap * 2 : BUF_FIRST;
    if (cap < want)
        cap = want;
    if (cap > b->limit + 1)
        cap = b->limit + 1;
    char *data = mem_try_realloc(b->cap > 0 ? b->data : NULL, cap);
    if (data == NULL) {
        b->failed = true;
        return ERR_NOMEM;
    }
    data[b->len] = '\0';
    b->data = data;
    b->cap = cap;
    return 0;
}

int buf_add(struct buf *b, const void *data, size_t len)
{
    if (len == 0)
        return 0;
    int rc = buf_reserve(b, len);
    if (rc < 0)
        return rc;
    memcpy(b->data + b->len, data, len);
    b->len += len;
    b->data[b->len] = '\0';
    return 0;
}

int buf_add_str(struct buf *b, struct str s)
{
    return buf_add(b, s.p, s.len);
}

int buf_adds(struct buf *b, const char *s)
{
    return buf_add(b, s, strlen(s));
}

int buf_addc(struct buf *b, char c)
{
    return buf_add(b, &c, 1);
}

int buf_addf(struct buf *b, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    int rc = buf_vaddf(b, fmt, ap);
    va_end(ap);
    return rc;
}

int buf_vaddf(struct buf *b, const char *fmt, va_list ap)
{
    va_list again;
    va_copy(again, ap);
    /* Most pieces fit what is there already, so the first try writes in place. */
    size_t room = b->cap > 0 ? b->cap - b->len : 0;
    int len = vsnprintf(room > 0 ? b->data + b->len : NULL, room, fmt, ap);
    CHECK(len >= 0);
    int rc = 0;
    if ((size_t)len >= room) {
        if (room > 0)
            b->data[b->len] = '\0'; /* undo the cut-off text */
        rc = buf_reserve(b, (size_t)len);
        if (rc == 0)
            vsnprintf(b->data + b->len, (size_t)len + 1, fmt, again);
    }
    if (rc == 0)
        b->len += (size_t)len;
    va_end(again);
    return rc;
}

void buf_cut_front(struct buf *b, size_t count)
{
    CHECK(count <= b->len);
    if (count == 0)
        return;
    memmove(b->data, b->data + count, b->len - count);
    buf_truncate(b, b->len - count);
}

char *buf_take(struct buf *b)
{
    char *data = b->cap > 0 ? b->data : mem_strdup("");
    buf_init(b, b->limit);
    return data;
}

bool buf_failed(const struct buf *b)
{
    return b->failed;
}

/* Whether Go prints the code point in a quoted string as it is. Control, format, space other than '
 * ', private-use and non-characters are not printed. Unassigned ones are, which Go does not:
 * knowing them would take a table of the whole of Unicode for texts that are read by people only.
 */
static bool cp_is_printable(uint32_t cp)
{
    static const struct {
        uint32_t from, to;
    } hidden[] = {
        {0x00, 0x1f},        {0x7f, 0xa0},       {0xad, 0xad},       {0x600, 0x605},
        {0x61c, 0x61c},      {0x6dd, 0x6dd},     {0x70f, 0x70f},     {0x1680, 0x1680},
        {0x180e, 0x180e},    {0x2000, 0x200f},   {0x2028, 0x202f},   {0x205f, 0x206f},
        {0x3000, 0x3000},    {0xd800, 0xf8ff},   {0xfeff, 0xfeff},   {0xfff0, 0xfffb},
        {0xfffe, 0xffff},    {0x1bca0, 0x1bca3}, {0x1d173, 0x1d17a}, {0xe0000, 0xe00ff},
        {0xf0000, 0x10ffff},
    };
    for (size_t i = 0; i < sizeof hidden / sizeof hidden[0]; i++)
        if (cp >= hidden[i].from && cp <= hidden[i].to)
            return false;
    return true;
}

static void put_quoted_cp(struct buf *b, uint32_t cp)
{
    static const char named[] = "a\ab\bf\fn\nr\rt\tv\v\\\\\"\"";
    for (const char *p = named; *p != '\0'; p += 2)
        if ((uint32_t)p[1] == cp) {
            buf_addc(b, '\\');
            buf_addc(b, p[0]);
            return;
        }
    char utf8[4];
    if (cp_is_printable(cp))
        buf_add(b, utf8, (size_t)utf8_put(utf8, cp));
    else if (cp < ' ' || cp == 0x7f)
        buf_addf(b, "\\x%02x", (unsigned)cp);
    else if (cp < 0x10000)
        buf_addf(b, "\\u%04x", (unsigned)cp);
    else
        buf_addf(b, "\\U%08x", (unsigned)cp);
}

int buf_add_quoted(struct buf *b, struct str s)
{
    buf_addc(b, '"');
    for (size_t at = 0; at < s.len;) {
        size_t from = at;
        uint32_t cp = utf8_next(s, &at);
        if (cp == 0xfffd && at - from == 1) /* an invalid byte, not a U+FFFD that was written */
            buf_addf(b, "\\x%02x", (unsigned char)s.p[from]);
        else
            put_quoted_cp(b, cp);
    }
    buf_addc(b, '"');
    return b->failed ? ERR_TOO_LARGE : 0;
}

char *buf_quote(struct str s)
{
    struct buf b;
    buf_init(&b, BUF_NO_LIMIT);
    buf_add_quoted(&b, s);
    return buf_take(&b);
}
