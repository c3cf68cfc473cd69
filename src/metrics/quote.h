/* quote.h - text in double quotes as Go's %q prints it, which k6's error messages use for what the
 * user wrote. */
#ifndef C6_QUOTE_H
#define C6_QUOTE_H

#include "base/str.h"

char *quote_dup(struct str s); /* the caller's to mem_free */

#endif
