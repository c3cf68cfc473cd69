/* redact.h - texts that must not be shown: a list that only grows, and what replaces them. Safe
 * from every thread. */
#ifndef C6_REDACT_H
#define C6_REDACT_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/str.h"

struct redactor;
struct redactor *redactor_new(void);
void redactor_free(struct redactor *r); /* NULL is fine */
/* From now on s is replaced. What is blank or known already changes nothing. */
void redactor_add(struct redactor *r, struct str s);
/* Appends text with every secret replaced; of two that begin at the same place the older counts.
 * False, and out as it was: there is none in it. r may be NULL. */
bool redactor_put(struct redactor *r, struct buf *out, struct str text);

#endif
