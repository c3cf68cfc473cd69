/* tar.h - tar files as k6's archives use them: regular files, folders, one hard link. Text work on
 * memory; no file system. Spec: POSIX.1-2017, pax, "ustar Interchange Format"; GNU long names are
 * read too. Tests: tar_test.c, fuzz/archive_fuzz.c */
#ifndef C6_TAR_H
#define C6_TAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"

enum { TAR_BLOCK = 512 };

/* Do these bytes begin with the header of a tar file (checksum and all)? */
bool tar_begins(struct str bytes);

struct tar_reader {
    struct str bytes;     /* private: what is left */
    struct buf long_name; /* private */
};
struct tar_entry {
    struct str name; /* NUL-terminated; until the next call */
    struct str data; /* lies in the bytes given; empty for what is no regular file */
    bool is_file;
};
void tar_reader_init(struct tar_reader *r, struct str borrows);
void tar_reader_deinit(struct tar_reader *r);
/* 1: an entry; 0: the end; ERR_INVALID with text in e. */
int tar_next(struct tar_reader *r, struct tar_entry *fills, struct err *e);

void tar_put_file(struct buf *out, struct str name, struct str data, int64_t mtime_s);
void tar_put_dir(struct buf *out, struct str name, int64_t mtime_s);
void tar_put_link(struct buf *out, struct str name, struct str target, int64_t mtime_s);
void tar_put_end(struct buf *out);

#endif
