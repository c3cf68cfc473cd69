/* archive.h - k6's archives: one tar with a test's script, all files it read, its options and its
 * environment, to run the same elsewhere. Immutable once read; no file system here.
 * Format: that of k6 2.2 (metadata.json, data, file/..., https/...). Tests: archive_test.c,
 * fuzz/archive_fuzz.c */
#ifndef C6_ARCHIVE_H
#define C6_ARCHIVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/key_value.h"
#include "base/map.h"
#include "base/str.h"
#include "base/vec.h"

struct archive {
    char *main_url;           /* "file:///dir/script.js", or https */
    char *base_url;           /* what its relative paths start from; ends in '/' */
    char *options_json;       /* an object */
    char *compatibility_mode; /* written only; NULL: "extended" */
    VEC(struct key_value) env;
    bool has_no_env; /* written only: it was left out, which is not the same as empty */
    struct map *files; /* "file/dir/a.js", "https/host/b.js": struct archive_file; the script too */
};
struct archive_file {
    char *data; /* NUL-terminated, not counted */
    size_t len;
};

struct archive *archive_new(void);
void archive_free(struct archive *a);

/* Does the file that begins with these bytes look like one? 512 bytes suffice. */
bool archive_begins(struct str bytes);
/* ERR_INVALID with text in e. */
int archive_read(struct archive **out, struct str bytes, struct err *e);
/* The other way. main_url must have been added. */
void archive_write(struct buf *out, const struct archive *a, int64_t now_s);

/* url: of a module or a file ("file:///dir/a%20b.txt"). add copies; the last of two with one name
 * counts. get: NULL when it is not in the archive. Names of users in home folders are left out of
 * archives, so both look for /home/nobody when asked for /home/alice. */
void archive_add(struct archive *a, const char *url, struct str data);
void archive_add_all(struct archive *a, const struct archive *from);
const struct archive_file *archive_get(const struct archive *a, const char *url);

#endif
