/* loaded.h - a test ready to run: the script loaded, the options of all sources consolidated,
 * metrics and thresholds registered. Made by the commands that need a script; owns all of it. */
#ifndef C6_LOADED_H
#define C6_LOADED_H

#include "base/err.h"
#include "base/log.h"
#include "cli/run_args.h"
#include "cli/test_source.h"
#include "js/script.h"
#include "metrics/metrics_engine.h"
#include "options/features.h"
#include "options/options.h"

struct loaded_test {
    struct test_source source;
    struct metric_registry *registry;
    struct metrics_engine *metrics;
    struct script *script;
    char *script_text; /* for the machine-readable summary, which shows it; NULL: not asked for */
    struct secret_sources *secrets;
    struct logger *console_logger; /* of --console-output; NULL: the program's own */
    struct options config;         /* the config file's */
    struct features features;
    char *features_text; /* what the script's __ENV says of them; NULL: nothing */
    struct options options; /* consolidated, defaults filled in */
    struct scenario_list scenarios;
    struct threshold_config *thresholds; /* options.thresholds as a list, for outputs; or NULL */
};

/* Errors carry the exit code. fills is to be deinited also after a failure. args and lg are
 * borrowed. */
int loaded_test_init(struct loaded_test *fills, const struct run_args *args, struct logger *lg,
                     struct err *e);
/* The same in two steps, for commands that run nothing: load reads the config file, runs the init
 * code and knows the script's own options; configure does the rest. keeps: see script_config. */
int loaded_test_load(struct loaded_test *fills, const struct run_args *args, struct archive *keeps,
                     struct logger *lg, struct err *e);
/* As load, but nothing of the script runs: what it imports is told. See script_config. */
int loaded_test_list_imports(struct loaded_test *fills, const struct run_args *args,
                             script_import_fn each, void *opaque, struct logger *lg,
                             struct err *e);
int loaded_test_configure(struct loaded_test *t, const struct run_args *args, struct logger *lg,
                          struct err *e);
/* What options show of a run: as scripts and `inspect` see it, features as tags and all. */
void loaded_test_derive(struct loaded_test *t);
/* The options of the script alone; fills is to be deinited also after a failure. */
int loaded_test_script_options(struct options *fills, const struct loaded_test *t,
                               const struct run_args *args, struct logger *lg, struct err *e);
void loaded_test_deinit(struct loaded_test *t);

#endif
