/* commands.h - the commands of c6. Each takes its arguments without the program's and its own name,
 * and returns the exit code. */
#ifndef C6_COMMANDS_H
#define C6_COMMANDS_H

#include "base/version.h"

struct flag_list; /* cli/run_args.h */

/* What a command takes beside flags, for completion. */
enum command_word { WORD_NONE, WORD_FILE, WORD_COMMAND, WORD_SHELL };

struct command {
    const char *name;
    int (*main)(int argc, char **argv);
    const char *help; /* one line */
    enum command_word word;
    void (*list_flags)(struct flag_list *fills); /* NULL: it has none */
};

/* The one table of commands (main.c), ended by a row without name. */
extern const struct command commands[];

int cmd_run(int argc, char **argv);
int cmd_archive(int argc, char **argv);
int cmd_inspect(int argc, char **argv);
int cmd_new(int argc, char **argv);
int cmd_deps(int argc, char **argv);
int cmd_features(int argc, char **argv);
int cmd_version(int argc, char **argv);
int cmd_completion(int argc, char **argv);
int cmd_help(int argc, char **argv);

void cmd_run_flags(struct flag_list *fills);
void cmd_archive_flags(struct flag_list *fills);
void cmd_inspect_flags(struct flag_list *fills);
void cmd_new_flags(struct flag_list *fills);
void cmd_deps_flags(struct flag_list *fills);
void cmd_features_flags(struct flag_list *fills);
void cmd_version_flags(struct flag_list *fills);

#endif
