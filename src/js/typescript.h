/* typescript.h - TypeScript to JavaScript, by taking the types out. Text work only: no engine, no
 * files, any thread. Lines keep their places, and columns too where nothing had to be written, so
 * that errors point into the user's own file without a source map. The result is what the engine
 * then judges: of plain JavaScript only as much is checked as is needed to find the types. */
#ifndef C6_TYPESCRIPT_H
#define C6_TYPESCRIPT_H

#include "base/str.h"

/* Where the text can't be read, and why. */
struct typescript_error {
    int line, column; /* from 1; columns count code points */
    char text[192];
};

/* *out is fresh, NUL-terminated, the caller's to mem_free. 0, or ERR_INVALID with *why filled and
 * *out NULL. */
int typescript_transform(struct str source, char **out, size_t *out_len,
                         struct typescript_error *why);

#endif
