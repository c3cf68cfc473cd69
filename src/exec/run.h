/* run.h - one test from its plan to its verdict: makes VUs, setup, scenarios, teardown; watches thresholds, signals, time.
 * run_execute is called on the main thread and comes back when the test is over. */
#ifndef C6_RUN_H
#define C6_RUN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/log.h"
#include "exec/run_state.h"
#include "exec/vu.h"
#include "metrics/metrics_engine.h"
#include "options/options.h"

struct run_config {
    struct script *script;            /* all borrowed until run_free */
    const struct script_ops *ops;
    const struct options *options;
    const struct scenario_list *scenarios;
    struct metrics_engine *metrics;
    struct logger *logger;
    int workers;                      /* 0: one per core, but no more than VUs */
    int signal_fd;                    /* from signals_open, or -1 */
    bool no_thresholds;
    /* Called on each worker's thread before any VU is made and after the last is gone: net and js hang their shared state on the worker. */
    int (*worker_begin)(void *opaque, struct worker *w, struct err *e);
    void (*worker_end)(void *opaque, struct worker *w);
    void *opaque;
    /* Raw samples for outputs; NULL when there are none. Any worker's thread; takes the batch. */
    void (*emit)(void *opaque, struct sample_batch *takes);
    /* Progress: called on the main thread about every 100 ms of the run and at each change of phase. */
    void (*on_tick)(void *opaque, struct run *r);
};

int run_new(struct run **out, const struct run_config *config, struct err *e);
/* 0 when the test ran to its end (thresholds may have failed: see run_outcome); ERR_* with exit code when it could not run or was aborted by an exception in setup... */
int run_execute(struct run *r, struct err *e);
struct run_outcome {
    int exit_code;              /* enum exit_code, by k6's precedence */
    bool thresholds_failed;
    enum stop_reason reason;
    int64_t duration_ns;        /* of the scenarios' phase */
};
void run_get_outcome(const struct run *r, struct run_outcome *fills);
void run_free(struct run *r);

/* For progress displays: one line's worth of facts a scenario. */
enum scenario_state { SCENARIO_WAITING, SCENARIO_RUNNING, SCENARIO_INTERRUPTED, SCENARIO_DONE, SCENARIO_FAILED };
struct scenario_progress {
    const struct scenario *config;
    enum scenario_state state;
    double fraction;            /* 0..1 */
    int64_t elapsed_ns, total_ns;
    uint64_t iterations_done, iterations_total; /* total 0: not fixed */
    uint64_t vus_active, vus_planned;
};
size_t run_get_progress(const struct run *r, struct scenario_progress *fills, size_t max);

#endif
