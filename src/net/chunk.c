/* chunk.c - HTTP/1.1 chunked body decoder. Extensions and trailers are read over; their lengths are
 * capped. What is accepted and what the complaints say follows Go's net/http. Tests: chunk_test.c,
 * fuzz/chunk_fuzz.c */
#include "net/chunk.h"

#include <string.h>

enum { LINE_MAX_LEN = 4096, TRAILER_MAX_LEN = 16 * 1024, DIGITS_MAX = 16 };

enum state {
    AT_SIZE,
    AT_SIZE_BLANK,
    AT_EXTENSION,
    AT_DATA,
    AT_DATA_CR,
    AT_DATA_LF,
    AT_TRAILER,
    AT_DONE,
    AT_FAILED
};

void chunk_init(struct chunk *c)
{
    *c = (struct chunk){.state = AT_SIZE};
}

const char *chunk_error(const struct chunk *c)
{
    return c->error;
}

const char *chunk_eof_error(const struct chunk *c)
{
    return c->state == AT_TRAILER ? "http: unexpected EOF reading trailer" : "unexpected EOF";
}

static int fail(struct chunk *c, const char *text)
{
    c->state = AT_FAILED;
    c->error = text;
    return -1;
}

/* The size line is complete. */
static void begin_chunk(struct chunk *c)
{
    c->line_len = 0;
    c->digits = 0;
    c->has_cr = false;
    c->state = c->left > 0 ? AT_DATA : AT_TRAILER;
}

static int take_size_char(struct chunk *c, char ch)
{
    if (++c->line_len >= LINE_MAX_LEN)
        return fail(c, "header line too long");
    if (ch == '\n') {
        if (!c->has_cr)
            return fail(c, "chunked line ends with bare LF");
        if (c->digits == 0)
            return fail(c, "empty hex number for chunk length");
        begin_chunk(c);
        return 0;
    }
    if (c->has_cr)
        return fail(c, "invalid CR in chunked line");
    if (ch == '\r') {
        c->has_cr = true;
        return 0;
    }
    if (c->state == AT_EXTENSION)
        return 0;
    if (ch == ';') {
        c->state = AT_EXTENSION;
        return 0;
    }
    if (ch == ' ' || ch == '\t') {
        c->state = AT_SIZE_BLANK;
        return 0;
    }
    int digit = hex_value(ch);
    if (digit < 0 || c->state == AT_SIZE_BLANK)
        return fail(c, "invalid byte in chunk length");
    if (c->digits++ == DIGITS_MAX)
        return fail(c, "http chunk length too large");
    c->left = c->left << 4 | (uint64_t)digit;
    return 0;
}

/* Lines up to an empty one. */
static int take_trailer_char(struct chunk *c, char ch)
{
    if (++c->trailer_len > TRAILER_MAX_LEN)
        return fail(c, "http: suspiciously long trailer after chunked body");
    if (c->trailers != NULL && (c->line_len > 0 || (ch != '\r' && ch != '\n')))
        buf_addc(c->trailers, ch);
    if (ch == '\n') {
        if (c->line_len == 0)
            c->state = AT_DONE;
        c->line_len = 0;
    } else if (ch != '\r') {
        c->line_len++;
    }
    return 0;
}

static int take_char(struct chunk *c, char ch)
{
    switch ((enum state)c->state) {
    case AT_SIZE:
    case AT_SIZE_BLANK:
    case AT_EXTENSION:
        return take_size_char(c, ch);
    case AT_DATA_CR:
        c->state = AT_DATA_LF;
        return ch == '\r' ? 0 : fail(c, "malformed chunked encoding");
    case AT_DATA_LF:
        c->state = AT_SIZE;
        return ch == '\n' ? 0 : fail(c, "malformed chunked encoding");
    case AT_TRAILER:
        return take_trailer_char(c, ch);
    case AT_DATA:
    case AT_DONE:
    case AT_FAILED:
        break;
    }
    return fail(c, "malformed chunked encoding");
}

enum chunk_result chunk_feed(struct chunk *c, const char *data, size_t len, size_t *used,
                             struct str *piece)
{
    size_t at = 0;
    while (at < len && c->state < AT_DONE) {
        if (c->state == AT_DATA) {
            size_t n = len - at < c->left ? len - at : (size_t)c->left;
            *piece = (struct str){data + at, n};
            c->left -= n;
            if (c->left == 0)
                c->state = AT_DATA_CR;
            *used = at + n;
            return CHUNK_PIECE;
        }
        if (take_char(c, data[at++]) < 0)
            break;
    }
    *used = at;
    if (c->state == AT_FAILED)
        return CHUNK_FAILED;
    return c->state == AT_DONE ? CHUNK_DONE : CHUNK_MORE;
}
