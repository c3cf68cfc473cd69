/* command_frame.h - what every command but `run` and `target` does around its own work: reads its
 * arguments, answers --help, opens the log, reports what went wrong. */
#ifndef C6_COMMAND_FRAME_H
#define C6_COMMAND_FRAME_H

#include "base/buf.h"
#include "base/err.h"
#include "base/log.h"
#include "cli/run_args.h"

/* A command that has flags of its own embeds it first in a struct of its own: the flags' set gets
 * the address. */
struct command_frame {
    struct run_args args; /* first, for the same reason */
    struct logger *logger;
};

struct command_spec {
    const char *usage; /* what --help says before the flags */
    struct flag_choice flags;
    /* The work. A negative result is logged; its exit code is that of e, or 255. */
    int (*body)(struct command_frame *f, struct err *e);
};

/* f is zeroed by the caller. Returns the exit code. */
int command_frame_run(struct command_frame *f, const struct command_spec *spec, int argc,
                      char **argv);

/* Writes all of text to standard output. ERR_* with text in e, when it can't. */
int command_frame_print(struct str text, struct err *e);

int command_frame_print_help(const struct command_spec *spec, struct err *e);

#endif
