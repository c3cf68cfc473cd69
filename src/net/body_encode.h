/* body_encode.h - packs a request body: gzip, deflate (zlib's form), br, zstd. The other way round
 * is body_decode.h. Pure: knows no socket, never parks. Tests: body_encode_test.c */
#ifndef C6_BODY_ENCODE_H
#define C6_BODY_ENCODE_H

#include "base/buf.h"
#include "base/str.h"

enum body_coding { CODING_GZIP, CODING_DEFLATE, CODING_ZSTD, CODING_BR, CODING_COUNT };

const char *body_coding_name(enum body_coding c);              /* as Content-Encoding has it */
int body_coding_parse(struct str name, enum body_coding *out); /* 0, or ERR_INVALID */
/* Appends the packed form of body to out. 0, or ERR_NOMEM, ERR_TOO_LARGE past out's cap. */
int body_encode(struct buf *out, enum body_coding c, struct str body);

#endif
