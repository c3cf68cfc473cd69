/* run_state.h - the state of a running test that VUs, modules and REST read and poke: k6/execution's view.
 * struct run hangs everything of one test together; its body is private to exec. Functions here are safe from every thread. */
#ifndef C6_RUN_STATE_H
#define C6_RUN_STATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/log.h"
#include "base/str.h"
#include "metrics/metrics_engine.h"
#include "options/options.h"

struct run;

/* Why a run ended before its time. The first one wins. */
enum stop_reason {
    STOP_NONE,
    STOP_SCRIPT_ABORT,     /* test.abort(): exit 108 */
    STOP_THRESHOLD_ABORT,  /* abortOnFail: exit 99 */
    STOP_SIGNAL,           /* exit 105 */
    STOP_REST,             /* exit 103 */
    STOP_ERROR,            /* a VU could not be made, ... */
};

void run_request_stop(struct run *r, enum stop_reason reason, const char *message); /* message may be NULL; copied */
enum stop_reason run_stop_reason(const struct run *r);
void run_mark_failed(struct run *r, const char *message); /* test.fail(): exit 110 at the end, the run goes on */

struct logger *run_logger(const struct run *r);
const struct options *run_options(const struct run *r);
const struct scenario_list *run_scenarios(const struct run *r);
struct metrics_engine *run_metrics(const struct run *r);
const struct builtin_metrics *run_builtins(const struct run *r);
uint32_t run_system_tags(const struct run *r);
struct str run_setup_data(const struct run *r); /* JSON text; empty before setup and when undefined */
/* The effective options as JSON text, for `options` written back and exec.test.options. */
struct str run_options_json(const struct run *r);

/* exec.instance */
struct run_counts {
    uint64_t vus_active, vus_initialized;
    uint64_t iterations_completed, iterations_interrupted;
    int64_t test_run_duration_ns; /* since the first scenario's time zero */
};
void run_get_counts(const struct run *r, struct run_counts *fills);
enum run_phase { RUN_INIT, RUN_SETUP, RUN_RUNNING, RUN_TEARDOWN, RUN_SUMMARY, RUN_ENDED };
enum run_phase run_phase_now(const struct run *r);
int64_t run_start_wall_ns(const struct run *r);

#endif
