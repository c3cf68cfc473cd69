/* vu.h - what exec knows of a VU and of a loaded script, and nothing more; js implements it.
 *
 * Flow: the script is loaded once (script_ops.load, main thread) -> its options -> for each VU
 * vu_new on its worker -> the executor activates a VU for a scenario and calls vu_iterate again and
 * again on the VU's fiber -> deactivates it (it may serve another scenario) -> vu_free. setup,
 * teardown and handleSummary run on VUs of their own (vu id 0). */
#ifndef C6_VU_H
#define C6_VU_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/log.h"
#include "base/str.h"
#include "core/worker.h"
#include "metrics/shard.h"
#include "metrics/tags.h"

struct key_value; /* base/key_value.h */
struct script;    /* a loaded test: bytecode, exports, files; immutable after load, shared by all
                     workers */
struct scenario;
struct run; /* exec/run.h */

/* What VUs may ask of the run that they belong to. Safe from every thread; implemented by exec
 * (run_state.h has the rest). */
enum stop_reason { /* why a run ended before its time; the first one wins */
                   STOP_NONE,
                   STOP_SCRIPT_ABORT,    /* test.abort(): exit 108 */
                   STOP_THRESHOLD_ABORT, /* abortOnFail: exit 99 */
                   STOP_SIGNAL,          /* exit 105 */
                   STOP_REST,            /* exit 103 */
                   STOP_ERROR,           /* a VU could not be made, ... */
};
/* message: the line that is logged when the run has ended ("test aborted: why"); copied; empty: one
 * fit for the reason. */
void run_request_stop(struct run *r, enum stop_reason reason, struct str message);
struct logger *run_logger(const struct run *r);
/* Both NUL-terminated. */
struct str
run_setup_data(const struct run *r); /* JSON text; empty before setup and when undefined */
struct str run_options_json(const struct run *r); /* the effective options, for the script's
                                                     `options` and exec.test.options */

/* How a piece of script ended. */
enum vu_result {
    VU_OK,
    VU_FAILED,      /* it threw; logged already; for an iteration the test goes on */
    VU_INTERRUPTED, /* canceled (grace period over, signal, abort elsewhere): not counted as an
                       iteration */
    VU_ABORTED,     /* test.abort() here: counted; the run must stop (vu->run was told) */
    VU_TIMED_OUT,   /* setup, teardown, handleSummary only */
};

/* What changes from scenario to scenario. Lives as long as the run. */
struct vu_scenario {
    const struct scenario *config;
    /* What js needs of config, which it can't look into: */
    const char *name;
    const char *executor_name;   /* "constant-vus"...; k6 logs it with an iteration's exception. May
                                    be NULL */
    const char *exec;            /* the exported function to call */
    const struct key_value *env; /* laid over __ENV while the scenario runs */
    size_t env_count;
    int index;
    int64_t start_mono_ns; /* when it began, for exec.scenario.startTime */
    double (*progress)(const struct vu_scenario *s); /* 0..1 now; for exec.scenario.progress */
    uint64_t (*iterations_so_far)(const struct vu_scenario *s);
};

/* The head of every VU; js embeds it first in its own struct. All fields are for the VU's worker
 * only. */
struct vu {
    struct script *script;
    struct run *run; /* abort, counters, logger; see exec/run_state.h */
    struct worker *worker;
    struct shard *shard;
    struct fiber *fiber;                /* runs it now; NULL while idle */
    uint64_t id;                        /* idInInstance: 1.. ; 0: setup, teardown, summary */
    uint64_t id_in_test;                /* over all instances (segments) */
    const struct vu_scenario *scenario; /* NULL outside scenarios */
    /* counters as k6/execution shows them, set before each iteration; 0-based */
    int64_t iteration;             /* over all scenarios: __ITER, iterationInInstance of this VU */
    int64_t iteration_in_scenario; /* of this VU in this scenario */
    int64_t scenario_iteration_in_instance, scenario_iteration_in_test;
    /* tags every sample of this VU carries now: run tags, scenario tags, scenario, group, what the
     * script set (exec.vu.metrics.tags) */
    struct tagset *tags;     /* owned reference */
    struct tagset *metadata; /* owned reference or NULL */
    /* Bytes on sockets since the last data_sent/data_received samples: modules add, exec emits at
     * each iteration's end (setup's, teardown's) and zeroes. */
    uint64_t data_sent, data_received;
    bool is_interrupt_requested; /* the engine's interrupt callback ends the script when set */
};

/* handleSummary(data). Texts that come out are the caller's to free. */
struct summary_call {
    struct str data;  /* in: JSON of the argument */
    bool wants_after; /* in: fill data_after */
    bool is_called;   /* out: false when the script exports no such function */
    char *result;     /* out: {"stdout": "text", "file": "text"}; NULL: it gave nothing */
    /* out: JSON of the argument as the function left it; NULL: it was not called, or left something
     * that JSON can't say */
    char *data_after;
};

struct vu_new_config {
    struct run *run;
    struct worker *worker;
    uint64_t id, id_in_test;
};

/* One table, implemented by js (js/vu_script.c), called by exec and cli. Everything that runs
 * script must be called on a fiber of FIBER_BIG kind for vu_new and script code at init, FIBER_VU
 * kind else; all of it parks, but for vu_free and vu_deactivate. */
struct script_ops {
    /* Makes the VU: context, modules instantiated (init code runs). Errors: exception text and exit
     * code. */
    int (*vu_new)(struct script *s, const struct vu_new_config *config, struct vu **out,
                  struct err *e);
    void (*vu_free)(struct vu *vu); /* cancels what is pending; on the worker's thread */
    /* Sets __ENV additions and the exec function of the scenario. Before it, exec sets
     * vu->scenario, tags and metadata (run tags, scenario tags, scenario, group); before each
     * vu_iterate the counters. */
    void (*vu_activate)(struct vu *vu, const struct vu_scenario *s);
    void (*vu_deactivate)(struct vu *vu);
    /* shard, tags and metadata of a new VU are exec's to set; vu_free releases the references.
     * vu_iterate, vu_setup... set vu->fiber. */
    /* One iteration of the scenario's exec function with the setup data, its event loop included.
     * Logs what it throws. */
    enum vu_result (*vu_iterate)(struct vu *vu);
    /* setup(): fills *data_json with the data to share (caller frees; "" when undefined).
     * teardown(data). */
    enum vu_result (*vu_setup)(struct vu *vu, int64_t deadline_ns, char **data_json, struct err *e);
    enum vu_result (*vu_teardown)(struct vu *vu, int64_t deadline_ns, struct err *e);
    enum vu_result (*vu_handle_summary)(struct vu *vu, int64_t deadline_ns,
                                        struct summary_call *call, struct err *e);
    bool (*has_export)(const struct script *s, const char *name); /* an exported function */
};

#endif
