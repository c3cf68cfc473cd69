/* use_directives.h - what a script says it needs: 'use k6 >= 1.0', 'use k6 with k6/x/sql >= 0.4',
 * among the directives at the beginning of a file. */
#ifndef C6_USE_DIRECTIVES_H
#define C6_USE_DIRECTIVES_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"

/* Each such directive of a file's text: the name ("k6", "k6/x/sql") and what is asked of its
 * version, as written, which may be empty. each returns a negative number to stop. Returns that, or
 * 0. */
int use_directives_each(struct str text,
                        int (*each)(void *opaque, struct str name, struct str versions),
                        void *opaque);

/* Reads what is asked of a version (">=1.2, <2 || ^3"), writes it to out in one shape (">=1.2 <2 ||
 * ^3"), and tells in *holds whether major.minor.patch is such a version; holds may be NULL.
 * ERR_INVALID, and nothing written, when it is no such text. */
int version_range_read(struct buf *out, struct str text, const unsigned version[3], bool *holds);

#endif
