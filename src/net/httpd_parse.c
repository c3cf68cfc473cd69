/* httpd_parse.c - HTTP/1.1 requests out of bytes: the head, and bodies in chunks.
 * Knows no socket; never parks. Used by httpd_conn.c.
 * Strict where laxness would let two readers see two different requests (lengths, folded lines,
 * blanks before a colon); lax about a bare LF, so that a request typed by hand works. Spec: RFC
 * 9112. Tests: httpd_parse_test.c, fuzz/httpd_fuzz.c */
#include "net/httpd_parse.h"

#include <string.h>

enum { CHUNK_LINE_MAX = 4096, TRAILERS_MAX = 16384 };

enum chunk_state {
    CHUNK_SIZE,      /* hex digits */
    CHUNK_EXTENSION, /* up to the line's end */
    CHUNK_SIZE_LF,
    CHUNK_DATA,
    CHUNK_DATA_CR, /* what must follow a chunk's data */
    CHUNK_DATA_LF,
    CHUNK_TRAILER, /* at the start of a trailer line */
    CHUNK_TRAILER_TEXT,
    CHUNK_TRAILER_LF, /* the LF of the last, empty line */
    CHUNK_DONE,
};

/* RFC 9110 tokens: method names and field names. */
static bool is_token_char(unsigned char c)
{
    static const unsigned char table[32] = {
        /* one bit a byte value: ! # $ % & ' * + - . 0-9 A-Z ^ _ ` a-z | ~ */
        0, 0, 0, 0, 0xfa, 0x6c, 0xff, 0x03, 0xfe, 0xff, 0xff, 0xc7, 0xff, 0xff, 0xff, 0x57,
    };
    return (table[c >> 3] >> (c & 7) & 1) != 0;
}

static bool is_token(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (!is_token_char((unsigned char)s.p[i]))
            return false;
    return s.len > 0;
}

size_t httpd_find_head(struct str bytes, size_t *scanned)
{
    size_t at = *scanned;
    while (at < bytes.len) {
        const char *lf = memchr(bytes.p + at, '\n', bytes.len - at);
        if (lf == NULL) {
            *scanned = bytes.len;
            return 0;
        }
        size_t next = (size_t)(lf - bytes.p) + 1;
        /* The head ends where a line end is followed by an empty line; leading empty lines are no
         * head yet. */
        size_t after = next;
        if (after < bytes.len && bytes.p[after] == '\r')
            after++;
        if (after >= bytes.len) {
            *scanned = (size_t)(lf - bytes.p); /* look at this line end again when more is there */
            return 0;
        }
        if (bytes.p[after] == '\n') {
            size_t start = 0;
            while (start < next && (bytes.p[start] == '\r' || bytes.p[start] == '\n'))
                start++;
            if (start < next)
                return after + 1;
        }
        at = next;
    }
    *scanned = at;
    return 0;
}

/* Cuts the line at *at; false at the end of s. The line end (CRLF or LF) is left off. */
static bool next_line(struct str s, size_t *at, struct str *line)
{
    if (*at >= s.len)
        return false;
    const char *from = s.p + *at;
    const char *lf = memchr(from, '\n', s.len - *at);
    size_t len = lf == NULL ? s.len - *at : (size_t)(lf - from);
    *at += len + (lf != NULL);
    if (lf != NULL && len > 0 && from[len - 1] == '\r')
        len--;
    *line = (struct str){from, len};
    return true;
}

static struct str trim_blanks(struct str s)
{
    while (s.len > 0 && (s.p[0] == ' ' || s.p[0] == '\t')) {
        s.p++;
        s.len--;
    }
    while (s.len > 0 && (s.p[s.len - 1] == ' ' || s.p[s.len - 1] == '\t'))
        s.len--;
    return s;
}

bool httpd_next_field(struct str fields, size_t *at, struct str *name, struct str *value)
{
    struct str line;
    if (!next_line(fields, at, &line))
        return false;
    const char *colon = line.len == 0 ? NULL : memchr(line.p, ':', line.len);
    if (colon == NULL)
        return false;
    *name = (struct str){line.p, (size_t)(colon - line.p)};
    *value = trim_blanks((struct str){colon + 1, line.len - name->len - 1});
    return true;
}

/* Origin form "/a?b", absolute form "http://host/a?b", "*", or an authority (CONNECT). */
static int split_target(struct httpd_head *h)
{
    struct str rest = h->target;
    for (size_t i = 0; i < rest.len; i++)
        if ((unsigned char)rest.p[i] <= ' ' || rest.p[i] == 0x7f)
            return 400;
    ptrdiff_t scheme = rest.len > 0 && rest.p[0] != '/' ? str_finds(rest, "://") : -1;
    if (scheme >= 0) {
        rest.p += scheme + 3;
        rest.len -= (size_t)scheme + 3;
        ptrdiff_t slash = str_find(rest, '/');
        ptrdiff_t mark = str_find(rest, '?');
        if (slash >= 0 && (mark < 0 || slash < mark)) {
            rest.p += slash;
            rest.len -= (size_t)slash;
        } else {
            h->path = STR("/");
            h->query =
                mark < 0 ? STR("") : (struct str){rest.p + mark + 1, rest.len - (size_t)mark - 1};
            return 0;
        }
    }
    const char *mark = rest.len == 0 ? NULL : memchr(rest.p, '?', rest.len);
    h->path = (struct str){rest.p, mark == NULL ? rest.len : (size_t)(mark - rest.p)};
    h->query = mark == NULL ? STR("") : (struct str){mark + 1, rest.len - h->path.len - 1};
    return 0;
}

static int parse_request_line(struct str line, struct httpd_head *h)
{
    const char *first = line.len == 0 ? NULL : memchr(line.p, ' ', line.len);
    const char *last = line.len == 0 ? NULL : memrchr(line.p, ' ', line.len);
    if (first == NULL || first == last)
        return 400;
    h->method = (struct str){line.p, (size_t)(first - line.p)};
    h->target = (struct str){first + 1, (size_t)(last - first) - 1};
    h->version = (struct str){last + 1, (size_t)(line.p + line.len - last) - 1};
    if (!is_token(h->method) || h->target.len == 0)
        return 400;
    struct str v = h->version;
    if (v.len != 8 || memcmp(v.p, "HTTP/", 5) != 0 || !ascii_is_digit(v.p[5]) || v.p[6] != '.' ||
        !ascii_is_digit(v.p[7]))
        return 400;
    if (v.p[5] != '1')
        return 505;
    h->is_http10 = v.p[7] == '0';
    h->keep_alive = !h->is_http10;
    return split_target(h);
}

static int parse_length(struct str value, struct httpd_head *h)
{
    uint64_t n = 0;
    if (value.len == 0 || value.len > 18)
        return 400;
    for (size_t i = 0; i < value.len; i++) {
        if (!ascii_is_digit(value.p[i]))
            return 400;
        n = n * 10 + (uint64_t)(value.p[i] - '0');
    }
    if (h->has_length && h->content_length != n)
        return 400;
    h->has_length = true;
    h->content_length = n;
    return 0;
}

static void parse_connection(struct str value, struct httpd_head *h)
{
    while (value.len > 0) {
        struct str word = value;
        struct str rest = {NULL, 0};
        ptrdiff_t comma = str_find(value, ',');
        if (comma >= 0) {
            word.len = (size_t)comma;
            rest = (struct str){value.p + comma + 1, value.len - (size_t)comma - 1};
        }
        word = trim_blanks(word);
        if (str_ieqs(word, "close"))
            h->keep_alive = false;
        else if (str_ieqs(word, "keep-alive") && h->is_http10)
            h->keep_alive = true;
        value = rest;
    }
}

/* The few fields that decide how the rest is read. */
static int parse_known_field(struct str name, struct str value, struct httpd_head *h, int *hosts)
{
    switch (name.len) {
    case 4:
        if (str_ieqs(name, "Host")) {
            h->host = value;
            (*hosts)++;
        }
        return 0;
    case 6:
        if (str_ieqs(name, "Expect") && str_ieqs(value, "100-continue"))
            h->expects_continue = true;
        return 0;
    case 10:
        if (str_ieqs(name, "Connection"))
            parse_connection(value, h);
        return 0;
    case 14:
        return str_ieqs(name, "Content-Length") ? parse_length(value, h) : 0;
    case 17:
        if (!str_ieqs(name, "Transfer-Encoding"))
            return 0;
        if (h->is_chunked || !str_ieqs(value, "chunked"))
            return 501;
        h->is_chunked = true;
        return 0;
    default:
        return 0;
    }
}

static int check_field(struct str line, struct str *name, struct str *value)
{
    const char *colon = memchr(line.p, ':', line.len);
    if (colon == NULL)
        return 400;
    *name = (struct str){line.p, (size_t)(colon - line.p)};
    if (!is_token(*name)) /* also a folded line or a blank before the colon */
        return 400;
    *value = trim_blanks((struct str){colon + 1, line.len - name->len - 1});
    if (value->len > 0 &&
        (memchr(value->p, '\0', value->len) != NULL || memchr(value->p, '\r', value->len) != NULL))
        return 400;
    return 0;
}

int httpd_parse_head(struct str head, struct httpd_head *h)
{
    memset(h, 0, sizeof *h);
    size_t at = 0;
    struct str line = {NULL, 0};
    while (next_line(head, &at, &line) && line.len == 0)
        ; /* RFC 9112 2.2: empty lines before a request are skipped */
    int status = parse_request_line(line, h);
    if (status != 0)
        return status;
    size_t fields_at = at;
    size_t fields_end = at;
    int hosts = 0;
    while (next_line(head, &at, &line) && line.len > 0) {
        struct str name;
        struct str value;
        status = check_field(line, &name, &value);
        if (status == 0)
            status = parse_known_field(name, value, h, &hosts);
        if (status != 0)
            return status;
        fields_end = at;
    }
    h->fields = (struct str){head.p + fields_at, fields_end - fields_at};
    if (h->is_chunked && (h->has_length || h->is_http10))
        return 400;
    if (hosts > 1 || (hosts == 0 && !h->is_http10))
        return 400;
    return 0;
}

/* One byte that is not chunk data. Returns 0, or -1 when it can't stand there. */
static int chunks_step(struct httpd_chunks *c, char ch)
{
    switch ((enum chunk_state)c->state) {
    case CHUNK_SIZE: {
        int v = hex_value(ch);
        if (v >= 0) {
            if (++c->digits > 15)
                return -1;
            c->left = c->left * 16 + (uint64_t)v;
            return 0;
        }
        if (c->digits == 0)
            return -1;
        if (ch == '\r' || ch == '\n') {
            c->state = ch == '\r' ? CHUNK_SIZE_LF : c->left > 0 ? CHUNK_DATA : CHUNK_TRAILER;
            c->line_len = 0;
            return 0;
        }
        c->state = CHUNK_EXTENSION;
        return ch == ';' || ch == ' ' || ch == '\t' ? 0 : -1;
    }
    case CHUNK_EXTENSION:
        if (++c->line_len > CHUNK_LINE_MAX)
            return -1;
        if (ch == '\r')
            c->state = CHUNK_SIZE_LF;
        return ch == '\n' || ch == '\0' ? -1 : 0;
    case CHUNK_SIZE_LF:
        c->state = c->left > 0 ? CHUNK_DATA : CHUNK_TRAILER;
        c->line_len = 0;
        return ch == '\n' ? 0 : -1;
    case CHUNK_DATA_CR:
        c->state = CHUNK_DATA_LF;
        return ch == '\r' ? 0 : -1;
    case CHUNK_DATA_LF:
        c->state = CHUNK_SIZE;
        c->digits = 0;
        c->left = 0;
        c->line_len = 0;
        return ch == '\n' ? 0 : -1;
    case CHUNK_TRAILER:
        if (ch == '\n') {
            c->state = CHUNK_DONE;
            return 0;
        }
        c->state = ch == '\r' ? CHUNK_TRAILER_LF : CHUNK_TRAILER_TEXT;
        return 0;
    case CHUNK_TRAILER_TEXT:
        if (++c->line_len > TRAILERS_MAX)
            return -1;
        if (ch == '\n')
            c->state = CHUNK_TRAILER;
        return 0;
    case CHUNK_TRAILER_LF:
        c->state = CHUNK_DONE;
        return ch == '\n' ? 0 : -1;
    case CHUNK_DATA:
    case CHUNK_DONE:
        return -1;
    }
    return -1;
}

int httpd_chunks_eat(struct httpd_chunks *c, char *data, size_t len)
{
    while (c->used < len && c->state != CHUNK_DONE) {
        if (c->state != CHUNK_DATA) {
            if (chunks_step(c, data[c->used]) != 0)
                return -1;
            c->used++;
            continue;
        }
        size_t n = len - c->used;
        if (n > c->left)
            n = (size_t)c->left;
        memmove(data + c->made, data + c->used, n);
        c->made += n;
        c->used += n;
        c->left -= n;
        if (c->left == 0)
            c->state = CHUNK_DATA_CR;
    }
    return c->state == CHUNK_DONE ? 1 : 0;
}
