/* octal_escapes.h - octal escapes in strings ('\033[31m'), which strict code may not have and k6
 * takes all the same. The engine refuses them at the string they stand in; that string is written
 * anew and the text compiled once more. Text work only: no engine, any thread. */
#ifndef C6_OCTAL_ESCAPES_H
#define C6_OCTAL_ESCAPES_H

#include "base/str.h"

/* Writes the string literal that begins at line and column (from 1; columns count bytes) with
 * hexadecimal escapes instead. *out is fresh, NUL-terminated, the caller's to mem_free. 0, or
 * ERR_NOT_FOUND when no literal with such an escape begins there: *out is NULL then. */
int octal_escapes_rewrite(struct str source, int line, int column, char **out, size_t *out_len);

#endif
