/* log_args.h - the log that --log-output, --log-format, --verbose and --no-color ask for. */
#ifndef C6_LOG_ARGS_H
#define C6_LOG_ARGS_H

#include "base/err.h"
#include "base/log.h"
#include "cli/run_args.h"

/* Hooks are set later. Errors: an output that is none, a file that can't be written. */
int log_args_open(const struct run_args *a, struct logger **out, struct err *e);
/* A log that can always be opened, for what goes wrong before that one is there. */
struct logger *log_args_fallback(const struct run_args *a);

#endif
