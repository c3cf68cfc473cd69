/* pem.h - the first block of a PEM text, whatever its name: what a certificate file begins with.
 * Pure: no engine, any thread. */
#ifndef C6_PEM_H
#define C6_PEM_H

#include "base/buf.h"
#include "base/str.h"

/* Appends the bytes of the first block of text that is whole and well-formed; text around it and
 * broken blocks before it are passed over. ERR_NOT_FOUND when there is none; out keeps what it had. */
int pem_first_block(struct buf *out, struct str text);

#endif
