/* args.h - command lines: long and short flags in any order, before and after the other words, as
 * k6's parser reads them. Knows no option: what a flag means is in its row. */
#ifndef C6_ARGS_H
#define C6_ARGS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"

struct arg_flag {
    const char *name; /* without dashes */
    char short_name;  /* 0: none */
    const char *arg; /* what --help calls the argument; NULL: a switch (its value is "true", or what
                        follows '=') */
    const char *no_arg; /* the argument may be left out: what it then is */
    const char *help;   /* NULL: not shown */
    int (*set)(void *opaque, const struct arg_flag *flag, const char *value, struct err *e);
    const void *data; /* the row's own, for set */
};

struct arg_list {
    const struct arg_flag *flags;
    size_t flag_count;
};

/* Calls set for each flag in turn and fills words with the others (as many as max_words; more are
 * an error). "--" ends the flags. Errors carry exit code 255 and, for a mistyped flag, the nearest
 * one as hint. --help and -h set *wants_help. */
int args_parse(const struct arg_list *list, int argc, char **argv, void *opaque, const char **words,
               int max_words, int *word_count, bool *wants_help, struct err *e);
/* The table of flags for --help. */
void args_put_help(struct buf *out, const struct arg_list *list);

#endif
