/* scenario.h - the configuration of one scenario: which executor, its numbers, what it runs. Parsed
 * and validated by options, read by exec. Source: k6 docs, "Scenarios" and "Executors". */
#ifndef C6_SCENARIO_H
#define C6_SCENARIO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/json.h"
#include "base/key_value.h"

enum executor_kind {
    EXECUTOR_SHARED_ITERATIONS,
    EXECUTOR_PER_VU_ITERATIONS,
    EXECUTOR_CONSTANT_VUS,
    EXECUTOR_RAMPING_VUS,
    EXECUTOR_CONSTANT_ARRIVAL_RATE,
    EXECUTOR_RAMPING_ARRIVAL_RATE,
};

struct stage {
    int64_t duration_ns;
    int64_t target;
    bool has_duration; /* both are demanded by validation; a flag may leave one out */
    bool has_target;
};

/* What of a scenario was written by the user: the rest shows as null where k6 shows the
 * configuration. */
enum scenario_field {
    SCENARIO_SET_START_TIME = 1 << 0,
    SCENARIO_SET_GRACEFUL_STOP = 1 << 1,
    SCENARIO_SET_EXEC = 1 << 2,
    SCENARIO_SET_VUS = 1 << 3,
    SCENARIO_SET_ITERATIONS = 1 << 4,
    SCENARIO_SET_DURATION = 1 << 5,
    SCENARIO_SET_MAX_DURATION = 1 << 6,
    SCENARIO_SET_START_VUS = 1 << 7,
    SCENARIO_SET_RAMP_DOWN = 1 << 8,
    SCENARIO_SET_RATE = 1 << 9,
    SCENARIO_SET_START_RATE = 1 << 10,
    SCENARIO_SET_TIME_UNIT = 1 << 11,
    SCENARIO_SET_PRE_ALLOCATED = 1 << 12,
    SCENARIO_SET_MAX_VUS = 1 << 13,
    SCENARIO_SET_STAGES = 1 << 14,
    SCENARIO_SET_ENV = 1 << 15,
    SCENARIO_SET_TAGS = 1 << 16,
};

struct scenario {
    uint32_t set; /* enum scenario_field */
    char *name;
    enum executor_kind executor;
    int64_t start_time_ns;
    int64_t graceful_stop_ns; /* default 30 s */
    char *exec;               /* exported function; "default" unless set */
    struct key_value *env;
    size_t env_count;
    struct key_value *tags;
    size_t tag_count;
    struct json *options; /* scenario options (browser), or NULL */

    int64_t vus;                   /* constant-vus, per-vu-iterations, shared-iterations */
    int64_t iterations;            /* shared: in all; per-vu: of each */
    int64_t duration_ns;           /* constant-*; max_duration_ns for the iteration ones */
    int64_t max_duration_ns;       /* default 10 min */
    int64_t start_vus;             /* ramping-vus; default 1 */
    int64_t graceful_ramp_down_ns; /* ramping-vus; default 30 s */
    struct stage *stages;          /* ramping-* */
    size_t stage_count;
    double rate;          /* constant-arrival-rate: iterations per time unit */
    double start_rate;    /* ramping-arrival-rate */
    int64_t time_unit_ns; /* default 1 s */
    int64_t pre_allocated_vus;
    int64_t max_vus;
};

struct scenario_list {
    struct scenario *items; /* sorted as k6 runs and shows them: by start time, then name */
    size_t count;
};

const char *executor_name(enum executor_kind k); /* "constant-vus", ... */
int executor_parse(struct str name, enum executor_kind *out);

/* A scenario of that kind with k6's defaults; name is copied. */
void scenario_init(struct scenario *s, const char *name, enum executor_kind kind);
void scenario_deinit(struct scenario *s);
/* options.scenarios as JSON: types, unknown fields, unknown executors are errors; values are judged
 * later (scenario_validate). */
int scenario_list_parse(struct scenario_list *fills, const struct json *scenarios, struct err *e);
void scenario_list_sort(struct scenario_list *l);
/* Appends what is wrong with the values, "a, b, c"; nothing when all is well. */
void scenario_validate(const struct scenario *s, struct buf *problems);
/* The other way: the effective configuration as k6 shows it in exec.test.options and inspect. */
struct json *scenario_list_to_json(const struct scenario_list *l);
void scenario_list_deinit(struct scenario_list *l);

/* Longest a scenario may take, its start time left out: with_graceful adds gracefulStop (and for
 * ramping-vus what ramp-down may add). */
int64_t scenario_max_duration_ns(const struct scenario *s, bool with_graceful);
int64_t scenario_highest_target(const struct scenario *s, int64_t start); /* of its stages */

/* What of a scenario falls to one instance of the test (exec/plan.h tells). */
struct scenario_share {
    int64_t vus;        /* ramping-vus: the most there will be */
    int64_t iterations; /* shared ones; of per-vu-iterations each VU has as many anyway */
    int64_t pre_allocated_vus, max_vus;
    double rate; /* of an arrival rate, 0..1 */
};
/* "3 looping VUs for 10s (gracefulStop: 30s)": k6's one-line description for the run header. */
char *scenario_describe(const struct scenario *s, const struct scenario_share *share);

#endif
