/* run.h - one test from its plan to its verdict: makes VUs, setup, scenarios, teardown; watches
 * thresholds, signals, time.
 *
 *     run_new -> run_execute (comes back when the test is over) -> outputs are closed ->
 * run_handle_summary -> run_free
 *
 * All on the main thread. Workers live from run_execute to run_free. */
#ifndef C6_RUN_H
#define C6_RUN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/log.h"
#include "core/control.h"
#include "exec/run_state.h"
#include "exec/vu.h"
#include "metrics/metrics_engine.h"
#include "options/options.h"

struct run_config {
    struct script *script; /* all borrowed until run_free */
    const struct script_ops *ops;
    const struct options *options;
    const struct scenario_list *scenarios;
    struct str options_json; /* options_to_json's text, for scripts; may be empty */
    struct metrics_engine *metrics;
    struct logger *logger;
    /* Opened before any thread was started, so that signals come to it and nowhere else; NULL: the
     * run opens one itself. Its signals SIGINT and SIGTERM are the run's: the first stops the test,
     * a second one ends the process with exit code 105. */
    struct control *control;
    int workers; /* 0: one per core, but no more than VUs */
    bool no_thresholds;
    /* Called on each worker's thread before any VU is made and after the last is gone: net and js
     * hang their shared state on the worker. Must not park. Either may be NULL. */
    int (*worker_begin)(void *opaque, struct worker *w, struct err *e);
    void (*worker_end)(void *opaque, struct worker *w);
    void *opaque;
    /* Raw samples for outputs; NULL when there are none. Any worker's thread; takes the batch, sets
     * its readers. None comes after run_execute; all must be released before run_free. */
    void (*emit)(void *opaque, struct sample_batch *takes);
    /* Progress: called on the main thread about every 100 ms of the run and at each change of
     * phase. May be NULL. */
    void (*on_tick)(void *opaque, struct run *r);
    /* A second signal: the terminal may need putting right before the process ends. May be NULL. */
    void (*on_hard_stop)(void *opaque);
};

/* Errors: execution segment (exit code 104), no descriptors. */
int run_new(struct run **out, const struct run_config *config, struct err *e);
/* 0 when the test ran to its end (what the verdict is says run_get_outcome); ERR_* with text and
 * exit code when it could not, was stopped (signal, test.abort, threshold), or setup or teardown
 * failed. */
int run_execute(struct run *r, struct err *e);
struct run_outcome {
    int exit_code; /* enum exit_code, by k6's precedence, whatever run_execute returned */
    bool thresholds_failed;
    enum stop_reason reason;
    /* Lent until run_free: the error line that goes with the exit code when run_execute returned 0
     * but the test failed (thresholds, test.fail); else NULL. */
    const char *message;
    int64_t duration_ns; /* of the test run as k6 counts it: from before setup to after teardown */
};
void run_get_outcome(const struct run *r, struct run_outcome *fills);
/* Once, after run_execute whatever it returned: calls the script's handleSummary on a fresh VU,
 * within its time limit. Errors: the script's exception, a timeout. */
int run_handle_summary(struct run *r, struct summary_call *call, struct err *e);
void run_free(struct run *r);

/* For progress displays: one line's worth of facts a scenario. Those without work in this execution
 * segment are left out. */
enum scenario_state {
    SCENARIO_WAITING,
    SCENARIO_RUNNING,
    SCENARIO_INTERRUPTED,
    SCENARIO_DONE,
    SCENARIO_FAILED
};
struct scenario_progress {
    const struct scenario *config;
    enum scenario_state state;
    bool is_stopping; /* regular time is over; waits for iterations to finish */
    double fraction;  /* 0..1 */
    int64_t elapsed_ns,
        total_ns; /* of its regular duration, may pass it; while WAITING: of its start time */
    uint64_t iterations_done, iterations_total; /* total 0: not fixed */
    uint64_t vus_active;                        /* at work now */
    uint64_t vus_planned;   /* most there will be, without those made while it runs */
    uint64_t vus_allocated; /* arrival rates: at its disposal now */
    uint64_t vus_max;       /* most there may be */
    double rate, rate_max;  /* arrival rates: iterations per second due now, and at most; else 0 */
};
size_t run_get_progress(const struct run *r, struct scenario_progress *fills, size_t max);
/* VUs in all: made so far, planned, and planned with those that may be added. */
struct run_size {
    uint64_t vus_made, vus, max_vus;
    int64_t max_duration_ns; /* grace periods included */
    double segment_length;   /* 1 without segments */
    int workers;
};
void run_get_size(const struct run *r, struct run_size *fills);
/* What of the list's i-th scenario this segment does. */
void run_get_share(const struct run *r, size_t i, struct scenario_share *fills);

#endif
