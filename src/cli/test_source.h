/* test_source.h - what a command was given to run: a script, or an archive, by path or on standard
 * input. Finds out which, and takes an archive's environment under that of the command line. */
#ifndef C6_TEST_SOURCE_H
#define C6_TEST_SOURCE_H

#include <stddef.h>

#include "base/err.h"
#include "base/str.h"
#include "cli/run_args.h"
#include "js/archive.h"

struct test_source {
    char *text; /* what standard input, or another pipe, held; NULL: it was not read */
    size_t len;
    struct archive *archive;   /* NULL: a script */
    VEC(struct key_value) env; /* of __ENV; borrows its texts from the archive and args */
};

/* Blocks. fills is to be deinited also after a failure, and before args. A file that can't be read
 * is left to script_load, which says so. */
int test_source_init(struct test_source *fills, const struct run_args *args, struct err *e);
/* A variable of __ENV; borrows both texts. */
void test_source_put_env(struct test_source *s, const char *key, const char *value);
void test_source_drop_env(struct test_source *s, const char *key);
void test_source_deinit(struct test_source *s);

#endif
