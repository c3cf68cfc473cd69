/* out_file.h - the file that an output writes to: standard output, a plain file, or a .gz one. Text
 * is gathered and goes out in large writes. A failing write is said once in the log; what comes
 * after it is dropped, and the test goes on. Used on the output's thread. */
#ifndef C6_OUT_FILE_H
#define C6_OUT_FILE_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/log.h"

struct out_gz;

struct out_file {
    struct buf text; /* append here, then call out_file_commit */
    int fd;          /* private from here on */
    bool owns_fd;
    bool has_failed;
    char *path;       /* NULL: standard output */
    const char *type; /* the output's name, for messages */
    struct out_gz *gz;
    struct logger *logger;
};

/* path NULL, "" or "-": stdout_fd. Nothing is opened yet. */
void out_file_init(struct out_file *f, const char *path, int stdout_fd, const char *type,
                   struct logger *lg);
/* A file that is there is emptied. */
int out_file_open(struct out_file *f, struct err *e);
bool out_file_is_stdout(const char *path);
/* A record is complete: writes when enough has been gathered. */
void out_file_commit(struct out_file *f);
void out_file_flush(struct out_file *f);
void out_file_close(struct out_file *f); /* also one that was only initialised */

#endif
