/* commands.h - the commands of c6. Each takes its arguments without the program's and its own name,
 * and returns the exit code. */
#ifndef C6_COMMANDS_H
#define C6_COMMANDS_H

#include "base/version.h"

struct command {
    const char *name;
    int (*main)(int argc, char **argv);
    const char *help; /* one line */
};

/* The one table of commands (main.c), ended by a row without name. */
extern const struct command commands[];

int cmd_run(int argc, char **argv);
int cmd_version(int argc, char **argv);
int cmd_help(int argc, char **argv);

#endif
