/* source_file.h - reading whole files for scripts: modules, open(), stdin. Blocks. */
#ifndef C6_SOURCE_FILE_H
#define C6_SOURCE_FILE_H

#include <stddef.h>

#include "base/err.h"

/* Reads all of a file; data is NUL-terminated (not counted in len), for mem_free. Errors:
 * ERR_NOT_FOUND, ERR_ACCESS, ERR_UNSUPPORTED for a directory, ERR_TOO_LARGE, ERR_NOMEM, ERR_SYSTEM,
 * with the system's words in e ("open /x: permission denied"). */
int source_file_read(const char *path, char **data, size_t *len, struct err *e);
int source_file_read_stdin(char **data, size_t *len, struct err *e);

#endif
