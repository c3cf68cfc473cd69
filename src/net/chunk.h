/* chunk.h - HTTP/1.1 chunked body decoder: bytes in, body pieces out. Pure: knows no socket, never
 * parks. One decoder per response. Spec: RFC 9112 section 7.1. Tests: chunk_test.c,
 * fuzz/chunk_fuzz.c */
#ifndef C6_CHUNK_H
#define C6_CHUNK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/str.h"

struct chunk {
    uint64_t left;     /* private: bytes of the present chunk to come */
    uint32_t line_len; /* private: of the present size line or trailer line */
    uint32_t trailer_len;
    uint8_t state;
    uint8_t digits;
    bool has_cr; /* the present size line is about to end */
    const char *error;
    struct buf *trailers; /* lines after the body go here, CRLF and all; NULL: nowhere */
};

enum chunk_result { CHUNK_MORE, CHUNK_PIECE, CHUNK_DONE, CHUNK_FAILED };

void chunk_init(struct chunk *c);
/* Looks at data[0, len): *used says how much of it is finished with. CHUNK_PIECE: *piece is a piece
 * of body inside data. CHUNK_MORE: all was used, more is needed. CHUNK_DONE: the body and its
 * trailer are complete. CHUNK_FAILED: see chunk_error. */
enum chunk_result chunk_feed(struct chunk *c, const char *data, size_t len, size_t *used,
                             struct str *piece);
const char *chunk_error(const struct chunk *c); /* static text */
/* What the end of the stream means now, before CHUNK_DONE. Static text. */
const char *chunk_eof_error(const struct chunk *c);

#endif
