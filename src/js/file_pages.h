/* file_pages.h - the bytes of a large file, held once for all VUs. Each VU that opens it gets an
 * ArrayBuffer of its own, whose pages are the file's until the script writes to them: the kernel
 * copies those, and only those. Tests: file_pages_test.c, test/cli/memory.sh */
#ifndef C6_FILE_PAGES_H
#define C6_FILE_PAGES_H

#include <quickjs.h>

#include "base/str.h"

enum { FILE_PAGES_MIN = 128 * 1024 }; /* smaller ones are not worth a mapping for each VU */

struct file_pages;
/* A copy of the bytes. NULL: the system has no room for it. */
struct file_pages *file_pages_new(struct str bytes);
void file_pages_free(struct file_pages *p); /* after the last buffer; NULL is fine */
struct str file_pages_bytes(const struct file_pages *p); /* lent */
/* A fresh ArrayBuffer with the file's bytes, or an exception. On any thread. */
JSValue file_pages_buffer(JSContext *ctx, struct file_pages *p);

#endif
