/* body_decode.h - undoes the Content-Encoding of a whole body: gzip, deflate (zlib's form), br,
 * zstd, and chains of them. Pure: knows no socket, never parks. Unknown codings are skipped, as in
 * k6. Tests: body_decode_test.c */
#ifndef C6_BODY_DECODE_H
#define C6_BODY_DECODE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"
#include "net/net_error.h"

/* True when the field's value names a coding we undo; else the body is what it is. */
bool body_is_encoded(struct str encodings);
/* Replaces *body (mem_free'able, its length *len) by its decoded form of at most max bytes, a NUL
 * behind it. On failure *body is what could be decoded and e says why. 0 or ERR_*. */
int body_decode(struct str encodings, char **body, size_t *len, size_t max, struct net_error *e);

#endif
