/* fs_file.h - an open file of k6/experimental/fs: bytes that all VUs share, and a place in them
 * that is this opening's own. Knows no engine. Counted, since a script's File and a CSV reader of
 * it share the place; one VU's, so no locks. */
#ifndef C6_FS_FILE_H
#define C6_FS_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

enum fs_whence { FS_START, FS_CURRENT, FS_END };

struct fs_file;
struct fs_file *fs_file_new(const char *path, struct str lent_bytes); /* bytes outlive it */
struct fs_file *fs_file_ref(struct fs_file *f);
void fs_file_unref(struct fs_file *f); /* NULL is fine */

const char *fs_file_path(const struct fs_file *f);
struct str fs_file_name(const struct fs_file *f); /* the path's last part */
size_t fs_file_size(const struct fs_file *f);
bool fs_file_is_at_end(const struct fs_file *f);
/* Bytes read, at most cap; 0 at the end of the file. */
size_t fs_file_read(struct fs_file *f, void *into, size_t cap);
/* 0 and the new place; ERR_INVALID with k6's text. From the end, 0 is the last byte, as in k6. */
int fs_file_seek(struct fs_file *f, int64_t offset, enum fs_whence whence, int64_t *place,
                 struct err *e);

#endif
