/* run_args.h - what `c6 run` and the other commands that take a test were asked to do: flags and
 * environment, read into one struct. */
#ifndef C6_RUN_ARGS_H
#define C6_RUN_ARGS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/key_value.h"
#include "base/log.h"
#include "base/vec.h"
#include "cli/args.h"
#include "options/options.h"
#include "summary/summary.h"

struct run_args {
    const char *script;         /* the word beside the flags; borrowed from argv; NULL: none */
    struct options flags;       /* options given as flags */
    struct err late;            /* what is wrong with one of them, told after the script loaded */
    VEC(struct key_value) env;  /* __ENV */
    VEC(char *) secret_sources; /* --secret-source, or K6_SECRET_SOURCE */
    bool quiet, verbose;
    /* A flag, or the environment, or not set at all: see the functions of that name. */
    struct opt_bool no_color, include_system_env, no_thresholds, machine_summary, profiling;
    char *log_output, *log_format, *config_path, *address; /* NULL: not given */
    char *compatibility_mode, *type, *traces_output;
    char *summary_export;
    char *summary_mode_text;
    enum summary_mode summary_mode;
    struct opt_bool shows_start_lag; /* iteration_start_lag, to summary and outputs */
    int workers;          /* 0: one per core */
    bool wants_help;
};

/* Which flags a command takes. */
enum flag_group {
    FLAGS_OPTIONS = 1 << 0, /* options of the test */
    FLAGS_SCRIPT = 1 << 1,  /* how the script is loaded: environment, type, summary */
    FLAGS_PROGRAM = 1 << 2, /* log, colours, config file */
    FLAGS_RUN = 1 << 3,     /* what only a run has: outputs, workers */
};
struct flag_choice {
    unsigned groups;            /* enum flag_group */
    const struct arg_flag *own; /* the command's; set gets the struct run_args, too */
    size_t own_count;
    bool includes_system_env; /* --include-system-env-vars, unless said otherwise */
    bool needs_no_word;       /* else it takes one, the test */
    bool takes_no_word;
};
extern const struct flag_choice run_args_choice; /* of `run` */

enum { FLAGS_MAX = 96 };
struct flag_list {
    struct arg_flag items[FLAGS_MAX];
    size_t count;
};
void run_args_flags(struct flag_list *fills, const struct flag_choice *choice);
/* The same for --help. */
void run_args_put_help(struct buf *out, const struct flag_choice *choice);

/* argv without the program's and the command's name. Fills a (also on failure: run_args_deinit it).
 * Unset things come from the environment. */
int run_args_parse(struct run_args *a, const struct flag_choice *choice, int argc, char **argv,
                   struct err *e);
void run_args_deinit(struct run_args *a);
/* A switch's value as flags and k6's variables have it: true, false, 1, 0, t, f. */
int run_args_switch(const char *value, bool *out, struct err *e);
/* A terminal that can do more than print. */
bool run_args_is_terminal(int fd);
/* The words of a command line that has flags of any command anywhere: the place of the first one,
 * which names the command, found as k6 does it; argc when there is none. */
int run_args_find_word(int argc, char **argv);

#endif
