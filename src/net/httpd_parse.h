/* httpd_parse.h - HTTP/1.1 requests out of bytes: the head, and bodies in chunks. Knows no socket;
 * never parks. Spec: RFC 9112. Tests: httpd_parse_test.c, fuzz/httpd_fuzz.c */
#ifndef C6_HTTPD_PARSE_H
#define C6_HTTPD_PARSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

struct httpd_head {
    struct str method, target, path, query, version;
    struct str fields; /* the header lines, the empty line left off */
    struct str host;
    uint64_t content_length; /* 0 when there is none */
    bool has_length;
    bool is_chunked;
    bool keep_alive;
    bool expects_continue; /* Expect: 100-continue */
    bool is_http10;
};

/* Looks for the end of a head in bytes. Returns its length (the empty line included), or 0 when it
 * has not come yet; *scanned (0 at first) remembers how far it looked, so that a head which comes
 * byte by byte is not looked through again and again. */
size_t httpd_find_head(struct str bytes, size_t *scanned);

/* head: what httpd_find_head delimited. Returns 0, or the status to answer with: 400, 501 (unknown
 * transfer coding), 505. */
int httpd_parse_head(struct str head, struct httpd_head *fills);

/* Walks over the lines of a header section. False at the end or at a line that is none. */
bool httpd_next_field(struct str fields, size_t *at, struct str *name, struct str *value);

/* A chunked body, put together in place: data[*len] bytes of which grow as they arrive. */
struct httpd_chunks {
    size_t used;     /* input bytes eaten */
    size_t made;     /* body bytes written at data[0..made) */
    uint64_t left;   /* of the chunk under way */
    unsigned digits; /* private from here on */
    unsigned line_len;
    uint8_t state;
};

/* data[c->used..len) is new input. Returns 1 when the last chunk and the trailers are eaten, 0 when
 * more is needed, -1 when the coding is broken. made may pass any cap by no more than what came in;
 * the caller compares it with its own. */
int httpd_chunks_eat(struct httpd_chunks *c, char *data, size_t len);

#endif
