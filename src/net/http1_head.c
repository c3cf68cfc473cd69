/* http1_head.c - parser of the head of HTTP/1 answers, line by line as the lines become complete.
 * A malformed line is found as soon as it is complete, without waiting for the rest: a server that
 * sends garbage and then nothing must not cost a timeout. Both CRLF and a bare LF end a line. Spec:
 * RFC 9112. Tests: http1_head_test.c, fuzz/http1_fuzz.c */
#include "net/http1_head.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/num.h"

/* Bit 0: token character; bit 1: allowed in a field value. */
static const uint8_t char_class[256] = {
    ['\t'] = 2, [' '] = 2,           ['!'] = 3,         ['"'] = 2,  ['#'] = 3, ['$'] = 3,
    ['%'] = 3,  ['&'] = 3,           ['\''] = 3,        ['('] = 2,  [')'] = 2, ['*'] = 3,
    ['+'] = 3,  [','] = 2,           ['-'] = 3,         ['.'] = 3,  ['/'] = 2, ['0' ... '9'] = 3,
    [':'] = 2,  [';'] = 2,           ['<'] = 2,         ['='] = 2,  ['>'] = 2, ['?'] = 2,
    ['@'] = 2,  ['A' ... 'Z'] = 3,   ['['] = 2,         ['\\'] = 2, [']'] = 2, ['^'] = 3,
    ['_'] = 3,  ['`'] = 3,           ['a' ... 'z'] = 3, ['{'] = 2,  ['|'] = 3, ['}'] = 2,
    ['~'] = 3,  [0x80 ... 0xff] = 2,
};

bool http1_is_token(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (!(char_class[(uint8_t)s.p[i]] & 1))
            return false;
    return s.len > 0;
}

bool http1_is_small_token(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (!(char_class[(uint8_t)s.p[i]] & 1) || (uint8_t)(s.p[i] - 'A') < 26)
            return false;
    return s.len > 0;
}

/* True if one of the eight bytes may be a control character: below 0x20 or 0x7f. Tabs are among
 * them, so that a byte by byte look decides. */
static bool may_hold_control(const char *p)
{
    uint64_t x;
    memcpy(&x, p, sizeof x);
    uint64_t ones = UINT64_C(0x0101010101010101);
    uint64_t del = x ^ (ones * 0x7f);
    uint64_t below = (x - ones * 0x20) & ~x;
    return ((below | ((del - ones) & ~del)) & (ones << 7)) != 0;
}

bool http1_is_value(struct str s)
{
    size_t i = 0;
    while (i + 8 <= s.len && !may_hold_control(s.p + i))
        i += 8;
    for (; i < s.len; i++)
        if (!(char_class[(uint8_t)s.p[i]] & 2))
            return false;
    return true;
}

void http1_canonicalize(char *name, size_t len)
{
    bool is_start = true;
    for (size_t i = 0; i < len; i++)
        if (!(char_class[(uint8_t)name[i]] & 1))
            return;
    for (size_t i = 0; i < len; i++) {
        char c = name[i];
        if (is_start && c >= 'a' && c <= 'z')
            name[i] = (char)(c - 'a' + 'A');
        else if (!is_start && c >= 'A' && c <= 'Z')
            name[i] = (char)(c - 'A' + 'a');
        is_start = c == '-';
    }
}

void http1_head_init(struct http1_head *h, bool is_head_request)
{
    /* The fields' room is left as it is: it is most of the struct. */
    h->status = 0;
    h->minor = 0;
    h->field_count = 0;
    h->content_length = -1;
    h->is_chunked = h->closes = h->has_set_cookie = h->is_folded = false;
    h->location_at = h->encoding_at = 0;
    h->fields = h->inline_fields;
    h->field_cap = HTTP1_INLINE_FIELDS;
    h->at = h->seen = 0;
    h->is_head_request = is_head_request;
    h->has_status = h->has_length = h->has_close = h->has_keep_alive = h->has_connection = false;
    h->encoding_count = 0;
    h->length_at = h->te_at = 0;
    h->error[0] = '\0';
}

void http1_head_deinit(struct http1_head *h)
{
    if (h->fields != h->inline_fields)
        mem_free(h->fields);
    h->fields = h->inline_fields;
}

const char *http1_head_error(const struct http1_head *h)
{
    return h->error;
}

static int fail(struct http1_head *h, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static int fail(struct http1_head *h, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(h->error, sizeof h->error, fmt, ap);
    va_end(ap);
    return ERR_PROTOCOL;
}

/* Appends s to the error text as Go's %q prints it, as far as there is room. */
static void add_quoted(struct http1_head *h, struct str s)
{
    size_t len = strlen(h->error);
    size_t room = sizeof h->error - 2; /* for the closing quote and the NUL */
    bool is_utf8 = utf8_is_valid(s);
    if (len > room - 1)
        len = room - 1;
    h->error[len++] = '"';
    for (size_t i = 0; i < s.len; i++) {
        char piece[8];
        uint8_t c = (uint8_t)s.p[i];
        int n;
        if (c == '"' || c == '\\')
            n = snprintf(piece, sizeof piece, "\\%c", c);
        else if (c >= '\a' && c <= '\r')
            n = snprintf(piece, sizeof piece, "\\%c", "abtnvfr"[c - '\a']);
        else if (c < 0x20 || c == 0x7f || (c >= 0x80 && !is_utf8))
            n = snprintf(piece, sizeof piece, "\\x%02x", c);
        else
            n = snprintf(piece, sizeof piece, "%c", c);
        if (len + (size_t)n > room)
            break;
        memcpy(h->error + len, piece, (size_t)n);
        len += (size_t)n;
    }
    h->error[len++] = '"';
    h->error[len] = '\0';
}

static int fail_quoted(struct http1_head *h, const char *what, struct str s)
{
    fail(h, "%s ", what);
    add_quoted(h, s);
    return ERR_PROTOCOL;
}

static bool parse_version(struct str v, int *minor)
{
    if (v.len != 8 || memcmp(v.p, "HTTP/", 5) != 0 || !ascii_is_digit(v.p[5]) || v.p[6] != '.' ||
        !ascii_is_digit(v.p[7]))
        return false;
    int major = v.p[5] - '0';
    /* A version below 1 closes after each answer; above it we go on as with 1.1. */
    *minor = major == 0 ? 0 : major > 1 ? 1 : v.p[7] - '0';
    return true;
}

static int parse_status_line(struct http1_head *h, const char *data, struct str line)
{
    struct str proto;
    struct str rest;
    if (!str_cut(line, ' ', &proto, &rest))
        return fail_quoted(h, "malformed HTTP response", line);
    while (rest.len > 0 && rest.p[0] == ' ') {
        rest.p++;
        rest.len--;
    }
    ptrdiff_t space = str_find(rest, ' ');
    struct str code = {rest.p, space < 0 ? rest.len : (size_t)space};
    int64_t status; /* Go takes "+20" for a number, and so do we */
    struct str digits = code;
    if (digits.len == 3 && digits.p[0] == '+')
        digits = (struct str){code.p + 1, 2};
    if (code.len != 3 || num_parse_int(digits, &status) < 0 || status < 0)
        return fail_quoted(h, "malformed HTTP status code", code);
    h->status = (int)status;
    if (!parse_version(proto, &h->minor))
        return fail_quoted(h, "malformed HTTP version", proto);
    h->proto = (struct http1_field){.name_at = (uint32_t)(proto.p - data),
                                    .name_len = (uint32_t)proto.len};
    h->reason = (struct http1_field){.value_at = (uint32_t)(rest.p - data),
                                     .value_len = (uint32_t)rest.len};
    h->has_status = true;
    return 0;
}

static struct str trim(struct str s)
{
    while (s.len > 0 && (s.p[0] == ' ' || s.p[0] == '\t')) {
        s.p++;
        s.len--;
    }
    while (s.len > 0 && (s.p[s.len - 1] == ' ' || s.p[s.len - 1] == '\t'))
        s.len--;
    return s;
}

/* True if the comma-separated list holds the word. */
static bool list_has(struct str list, const char *word)
{
    while (list.len > 0) {
        struct str item;
        str_cut(list, ',', &item, &list);
        if (str_ieqs(trim(item), word))
            return true;
    }
    return false;
}

/* Remembers the fields that matter for reading on. Values of folded fields are looked at again at
 * the end. */
static void note_field(struct http1_head *h, struct str name, struct str value, uint32_t index)
{
    switch (name.len) {
    case 7:
        return; /* Trailer: hidden later, by name */
    case 8:
        if (h->location_at == 0 && str_ieqs(name, "location"))
            h->location_at = index;
        return;
    case 10:
        if (str_ieqs(name, "connection")) {
            h->has_connection = true;
            h->has_close |= list_has(value, "close");
            h->has_keep_alive |= list_has(value, "keep-alive");
        } else if (str_ieqs(name, "set-cookie")) {
            h->has_set_cookie = true;
        }
        return;
    case 14:
        if (str_ieqs(name, "content-length")) {
            h->has_length = true;
            if (h->length_at == 0)
                h->length_at = index;
        }
        return;
    case 16:
        if (h->encoding_at == 0 && str_ieqs(name, "content-encoding"))
            h->encoding_at = index;
        return;
    case 17:
        if (str_ieqs(name, "transfer-encoding")) {
            if (h->te_at == 0)
                h->te_at = index;
            if (h->encoding_count < UINT8_MAX)
                h->encoding_count++;
        }
        return;
    }
}

static int grow_fields(struct http1_head *h)
{
    size_t cap = h->field_cap * 2;
    if (cap > HTTP1_FIELDS_MAX) {
        fail(h, "net/http: server response has more than %zu header fields; aborted",
             h->field_count);
        return ERR_TOO_LARGE;
    }
    bool is_inline = h->fields == h->inline_fields;
    struct http1_field *more = mem_try_realloc(is_inline ? NULL : h->fields, cap * sizeof *more);
    if (more == NULL) {
        fail(h, "out of memory");
        return ERR_NOMEM;
    }
    if (is_inline)
        memcpy(more, h->inline_fields, sizeof h->inline_fields);
    h->fields = more;
    h->field_cap = cap;
    return 0;
}

/* A name may hold blanks (Go lets them pass), but no other than token characters. */
static bool is_field_name(struct str name)
{
    for (size_t i = 0; i < name.len; i++)
        if (!(char_class[(uint8_t)name.p[i]] & 1) && name.p[i] != ' ')
            return false;
    return name.len > 0;
}

static int parse_field(struct http1_head *h, const char *data, struct str line)
{
    const char *colon = memchr(line.p, ':', line.len);
    if (colon == NULL)
        return fail_quoted(h, "malformed MIME header: missing colon:", line);
    struct str name = {line.p, (size_t)(colon - line.p)};
    struct str value = trim((struct str){colon + 1, line.len - name.len - 1});
    if (!is_field_name(name) || !http1_is_value(value))
        return fail_quoted(h, "malformed MIME header line:", line);
    if (h->field_count == h->field_cap) {
        int rc = grow_fields(h);
        if (rc < 0)
            return rc;
    }
    h->fields[h->field_count++] =
        (struct http1_field){(uint32_t)(name.p - data), (uint32_t)name.len,
                             (uint32_t)(value.p - data), (uint32_t)value.len};
    note_field(h, name, value, (uint32_t)h->field_count);
    return 0;
}

/* A line that begins with a blank goes on with the value before (RFC 9112 section 5.2). */
static int continue_field(struct http1_head *h, const char *data, struct str line)
{
    if (h->field_count == 0)
        return fail_quoted(h, "malformed MIME header initial line:", line);
    struct str more = trim(line);
    if (!http1_is_value(more))
        return fail_quoted(h, "malformed MIME header line:", more);
    struct http1_field *f = &h->fields[h->field_count - 1];
    f->value_len = (uint32_t)((size_t)(more.p - data) + more.len - f->value_at);
    h->is_folded = true;
    return 0;
}

static int parse_length(struct http1_head *h, struct str value)
{
    struct str v = trim(value);
    uint64_t n = 0;
    if (v.len == 0)
        return fail_quoted(h, "invalid empty Content-Length", v);
    for (size_t i = 0; i < v.len; i++) {
        uint64_t digit = (uint64_t)(uint8_t)(v.p[i] - '0');
        if (digit > 9 || n > ((uint64_t)INT64_MAX - digit) / 10)
            return fail_quoted(h, "bad Content-Length", v);
        n = n * 10 + digit;
    }
    h->content_length = (int64_t)n;
    return 0;
}

static int fail_lengths(struct http1_head *h, const char *data)
{
    fail(h, "http: message cannot contain multiple Content-Length headers; got [");
    bool is_first = true;
    for (size_t i = h->length_at - 1; i < h->field_count; i++) {
        if (!str_ieqs(http1_head_name(h, data, i), "content-length"))
            continue;
        size_t len = strlen(h->error);
        if (!is_first && len + 1 < sizeof h->error)
            memcpy(h->error + len, " ", 2);
        is_first = false;
        add_quoted(h, http1_head_value(h, data, i));
    }
    size_t len = strlen(h->error);
    if (len + 1 < sizeof h->error)
        memcpy(h->error + len, "]", 2);
    return ERR_PROTOCOL;
}

static int read_lengths(struct http1_head *h, const char *data)
{
    struct str first = http1_head_value(h, data, h->length_at - 1);
    for (size_t i = h->length_at; i < h->field_count; i++)
        if (h->fields[i].name_len == 14 &&
            str_ieqs(http1_head_name(h, data, i), "content-length") &&
            !str_eq(http1_head_value(h, data, i), first))
            return fail_lengths(h, data);
    return parse_length(h, first);
}

static int read_transfer_encoding(struct http1_head *h, const char *data)
{
    struct str value = http1_head_value(h, data, h->te_at - 1);
    if (h->minor == 0)
        return 0; /* means nothing in HTTP/1.0 */
    if (h->encoding_count > 1)
        return fail_quoted(h, "too many transfer encodings:", value);
    if (!str_ieqs(value, "chunked"))
        return fail_quoted(h, "unsupported transfer encoding:", value);
    h->is_chunked = true;
    return 0;
}

static bool has_no_body(const struct http1_head *h)
{
    return h->is_head_request || h->status / 100 == 1 || h->status == 204 || h->status == 304;
}

/* How the body ends: RFC 9112 section 6.3. */
static int finish(struct http1_head *h, const char *data)
{
    int rc = h->te_at != 0 ? read_transfer_encoding(h, data) : 0;
    if (rc == 0 && h->has_length)
        rc = read_lengths(h, data);
    if (rc < 0)
        return rc;
    h->closes = h->has_close || (h->minor == 0 && !h->has_keep_alive);
    if (has_no_body(h)) {
        h->content_length = 0;
        h->is_chunked = false;
    } else if (h->is_chunked) {
        h->content_length = -1; /* Transfer-Encoding wins over a length */
    } else if (!h->has_length) {
        h->closes = true;
    }
    return 0;
}

static int parse_line(struct http1_head *h, const char *data, struct str line)
{
    if (!h->has_status)
        return parse_status_line(h, data, line);
    if (line.p[0] == ' ' || line.p[0] == '\t')
        return continue_field(h, data, line);
    return parse_field(h, data, line);
}

ptrdiff_t http1_head_feed(struct http1_head *h, const char *data, size_t len)
{
    if (len > UINT32_MAX)
        return ERR_TOO_LARGE;
    for (;;) {
        const char *end = len > h->seen ? memchr(data + h->seen, '\n', len - h->seen) : NULL;
        if (end == NULL) {
            h->seen = len;
            return HTTP1_MORE;
        }
        struct str line = {data + h->at, (size_t)(end - data) - h->at};
        if (line.len > 0 && line.p[line.len - 1] == '\r')
            line.len--;
        h->at = h->seen = (size_t)(end + 1 - data);
        int rc = 0;
        if (line.len > 0 || !h->has_status)
            rc = parse_line(h, data, line);
        else
            rc = finish(h, data);
        if (rc < 0)
            return rc;
        if (line.len == 0)
            return (ptrdiff_t)h->at;
    }
}

int http1_head_end(struct http1_head *h, const char *data, size_t len)
{
    struct str line = {data + h->at, len - h->at};
    return line.len > 0 ? parse_line(h, data, line) : 0;
}

/* Shortens one folded value: the rest of its room is filled with nothing, for positions behind it
 * stay. */
static void unfold_value(struct http1_field *f, char *data)
{
    char *value = data + f->value_at;
    size_t out = 0;
    for (size_t i = 0; i < f->value_len; i++) {
        if (value[i] != '\n') {
            value[out++] = value[i];
            continue;
        }
        while (out > 0 &&
               (value[out - 1] == '\r' || value[out - 1] == ' ' || value[out - 1] == '\t'))
            out--;
        while (i + 1 < f->value_len && (value[i + 1] == ' ' || value[i + 1] == '\t'))
            i++;
        value[out++] = ' ';
    }
    f->value_len = (uint32_t)out;
}

void http1_head_unfold(struct http1_head *h, char *data)
{
    for (size_t i = 0; i < h->field_count; i++)
        if (memchr(data + h->fields[i].value_at, '\n', h->fields[i].value_len) != NULL)
            unfold_value(&h->fields[i], data);
}

bool http1_head_is_hidden(const struct http1_head *h, const char *data, size_t i)
{
    struct str name = http1_head_name(h, data, i);
    switch (name.len) {
    case 7:
        return h->te_at != 0 && h->minor > 0 && str_ieqs(name, "trailer");
    case 10:
        return h->has_close && h->minor > 0 && str_ieqs(name, "connection");
    case 14:
        if (h->length_at == 0 || !str_ieqs(name, "content-length"))
            return false;
        return (h->te_at != 0 && h->minor > 0 && !has_no_body(h)) || i + 1 != h->length_at;
    case 17:
        return str_ieqs(name, "transfer-encoding");
    default:
        return false;
    }
}
