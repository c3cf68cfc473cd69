/* loader_read.h - the part of the loader that reads: from the disk, an archive or another machine
 * (then it parks, outside the engine). For loader.c alone; inside the engine, while the script
 * loads. */
#ifndef C6_LOADER_READ_H
#define C6_LOADER_READ_H

#include <stddef.h>

#include <quickjs.h>

#include "base/str.h"
#include "js/script_int.h"

/* The URL that names in a module of that URL are relative to; lent. */
const char *loader_base_of(struct script *script, const char *base);

/* The text of a module, the caller's to mem_free. 0, or a negative number with an exception pending
 * that says why; every later VU is told the same. */
int loader_read_module(JSContext *ctx, struct script *script, const char *url, char **source,
                       size_t *len);

/* Places in errors stay those of the file that runs; but that a source map it names is missing or
 * no JSON is warned of, as in k6. */
void loader_look_for_map(JSContext *ctx, struct script *script, const char *url, struct str source);

#endif
