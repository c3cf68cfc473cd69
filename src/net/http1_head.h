/* http1_head.h - the head of an HTTP/1 answer: bytes in, status, fields and framing out. Pure:
 * knows no socket, never parks.
 *
 *     struct http1_head h;
 *     http1_head_init(&h, is_head_request);
 *     while ((rc = http1_head_feed(&h, data, len)) == HTTP1_MORE) { read more behind data[len]; }
 *     if (rc > 0) { rc bytes were the head; http1_head_header(&h, data, i) names the fields }
 *     http1_head_deinit(&h);
 *
 * The bytes are always given from the head's first; they may move between calls. Fields are kept as
 * positions. What is accepted and what the complaints say follows Go's net/http. Spec: RFC 9112.
 * Tests: http1_head_test.c, fuzz/http1_fuzz.c */
#ifndef C6_HTTP1_HEAD_H
#define C6_HTTP1_HEAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

struct http1_field {
    uint32_t name_at, name_len;
    uint32_t value_at, value_len;
};

enum { HTTP1_INLINE_FIELDS = 24, HTTP1_FIELDS_MAX = 65536, HTTP1_ERROR_TEXT_MAX = 256 };

struct http1_head {
    /* Results, valid after the head is complete. */
    int status;
    int minor;                 /* 1 of HTTP/1.1 */
    struct http1_field proto;  /* only the name: "HTTP/1.1" */
    struct http1_field reason; /* only the value: "200 OK" */
    size_t field_count;
    int64_t content_length; /* of the body to come; -1: unknown: chunked or until the end of the
                               stream */
    bool is_chunked;
    bool closes; /* the connection ends with this answer */
    bool has_set_cookie;
    bool is_folded;       /* some value goes over several lines: http1_head_unfold it */
    uint32_t location_at; /* index + 1 of the first Location field; 0: none */
    uint32_t encoding_at; /* index + 1 of the first Content-Encoding field */
    /* Private. */
    struct http1_field inline_fields[HTTP1_INLINE_FIELDS];
    struct http1_field *fields;
    size_t field_cap;
    size_t at;   /* start of the line not yet seen */
    size_t seen; /* bytes already searched for its end */
    bool is_head_request;
    bool has_status;
    bool has_length, has_close, has_keep_alive, has_connection;
    uint8_t encoding_count;    /* of Transfer-Encoding fields */
    uint32_t length_at, te_at; /* index + 1 of the first of these */
    char error[HTTP1_ERROR_TEXT_MAX];
};

enum { HTTP1_MORE = 0 };

void http1_head_init(struct http1_head *h, bool is_head_request);
void http1_head_deinit(struct http1_head *h);
/* HTTP1_MORE, the head's length in bytes, or ERR_PROTOCOL / ERR_TOO_LARGE with http1_head_error. */
ptrdiff_t http1_head_feed(struct http1_head *h, const char *data, size_t len);
/* The stream ended before the head did: looks at what stands behind the last line's end as if it
 * were a line. 0, or ERR_PROTOCOL. */
int http1_head_end(struct http1_head *h, const char *data, size_t len);
const char *http1_head_error(const struct http1_head *h);

static inline struct str http1_head_name(const struct http1_head *h, const char *data, size_t i)
{
    return (struct str){data + h->fields[i].name_at, h->fields[i].name_len};
}

static inline struct str http1_head_value(const struct http1_head *h, const char *data, size_t i)
{
    return (struct str){data + h->fields[i].value_at, h->fields[i].value_len};
}

/* Joins the lines of folded values by one space each, in place. */
void http1_head_unfold(struct http1_head *h, char *data);
/* Fields that describe the transfer, which scripts don't see: Transfer-Encoding, Trailer and
 * Content-Length of a chunked answer, repeated Content-Length, a Connection that says close. */
bool http1_head_is_hidden(const struct http1_head *h, const char *data, size_t i);

/* For writers of heads, too: what RFC 9110 calls a token, and a field value Go accepts. */
bool http1_is_token(struct str s);
bool http1_is_small_token(struct str s); /* without capitals: a name as HTTP/2 sends it */
bool http1_is_value(struct str s);
/* "content-type" becomes "Content-Type", in place; names with other than token characters stay. */
void http1_canonicalize(char *name, size_t len);

#endif
