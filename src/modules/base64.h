/* base64.h - base64 in the four kinds that scripts use. Decoding takes what Go's decoder takes:
 * line ends anywhere, unused bits of the last character ignored, padding demanded or refused by
 * kind. Pure: no engine, any thread. */
#ifndef C6_BASE64_H
#define C6_BASE64_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/str.h"

enum base64_kind {
    BASE64_STD,
    BASE64_RAWSTD, /* without padding */
    BASE64_URL,
    BASE64_RAWURL,
};

/* "std", "rawstd", "url", "rawurl"; anything else is std, as in k6/encoding. */
enum base64_kind base64_kind_of(struct str name);

/* Appends. 0, or buf_add's errors. */
int base64_encode(struct buf *out, enum base64_kind kind, struct str data);

/* Appends what text stands for. ERR_INVALID: *bad_at (may be NULL) is the offset that the error
 * text names, "illegal base64 data at input byte N"; out keeps what it had. */
int base64_decode(struct buf *out, enum base64_kind kind, struct str text, size_t *bad_at);

#endif
