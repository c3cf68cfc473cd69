/* run_summary.h - the end of a run: the summary as text, as export, or as the script's
 * handleSummary wants it. */
#ifndef C6_RUN_SUMMARY_H
#define C6_RUN_SUMMARY_H

#include "base/log.h"
#include "cli/loaded.h"
#include "cli/run_args.h"
#include "exec/run.h"

/* After run_execute, whatever it returned, and the closing of the outputs. What fails is logged;
 * the exit code does not change. Nothing is done with --summary-mode=disabled. */
void run_summary_report(struct run *r, const struct loaded_test *t, const struct run_args *args,
                        struct logger *lg);

#endif
