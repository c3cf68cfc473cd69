/* run_state.h - the state of a running test that VUs, modules and REST read and poke:
 * k6/execution's view. struct run hangs everything of one test together; its body is private to
 * exec. Functions here are safe from every thread. */
#ifndef C6_RUN_STATE_H
#define C6_RUN_STATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/log.h"
#include "base/str.h"
#include "exec/vu.h"
#include "metrics/metrics_engine.h"
#include "options/options.h"

struct run;

void run_mark_failed(
    struct run *r); /* test.fail(): exit 110 at the end, the run goes on; the caller logs why */

const struct options *run_options(const struct run *r);
const struct scenario_list *run_scenarios(const struct run *r);
struct metrics_engine *run_metrics(const struct run *r);
const struct builtin_metrics *run_builtins(const struct run *r);
uint32_t run_system_tags(const struct run *r);

/* exec.instance */
struct run_counts {
    uint64_t vus_active, vus_initialized;
    uint64_t iterations_completed, iterations_interrupted;
    int64_t
        test_run_duration_ns; /* as k6 counts it: since VUs were ready, setup included; 0 before */
};
void run_get_counts(const struct run *r, struct run_counts *fills);
enum run_phase { RUN_INIT, RUN_SETUP, RUN_RUNNING, RUN_TEARDOWN, RUN_SUMMARY, RUN_ENDED };
enum run_phase run_phase_now(const struct run *r);
int64_t
run_start_wall_ns(const struct run *r); /* when the test run's duration began to count; 0 before */

/* The option `paused`: VUs are made, then the run waits for run_resume. */
bool run_is_paused(const struct run *r);
void run_resume(struct run *r);

#endif
