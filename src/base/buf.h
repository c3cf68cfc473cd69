/* buf.h - a growable byte buffer with a cap. The bytes are always followed by a NUL that len does not count.
 * Appends return 0, or ERR_TOO_LARGE past the cap or ERR_NOMEM; the buffer then keeps what it had and
 * remembers the failure (buf_failed), so that a series of appends may be checked once at its end. */
#ifndef C6_BUF_H
#define C6_BUF_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

struct buf {
    char *data; /* never NULL after buf_init */
    size_t len;
    size_t cap;   /* private: bytes allocated */
    size_t limit; /* private: len never passes it */
    bool failed;  /* private */
};

#define BUF_NO_LIMIT ((size_t)1 << 40)

void buf_init(struct buf *b, size_t limit);
void buf_deinit(struct buf *b);
void buf_clear(struct buf *b);                            /* len 0, keeps the memory */
int buf_add(struct buf *b, const void *data, size_t len);
int buf_adds(struct buf *b, const char *s);
int buf_addc(struct buf *b, char c);
int buf_addf(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
int buf_vaddf(struct buf *b, const char *fmt, va_list ap);
int buf_reserve(struct buf *b, size_t extra);             /* room for extra bytes behind len */
void buf_cut_front(struct buf *b, size_t count);          /* drops the first count bytes */
void buf_truncate(struct buf *b, size_t len);
char *buf_take(struct buf *b);                            /* the caller's to mem_free; the buffer is empty again */
bool buf_failed(const struct buf *b);
int buf_add_str(struct buf *b, struct str s);
/* s in double quotes with the escapes of Go's %q, as Go's error texts and logs show values. */
int buf_add_quoted(struct buf *b, struct str s);
char *buf_quote(struct str s); /* the same as a fresh string */

#endif
