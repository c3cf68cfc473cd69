/* metrics_engine.h - all samples of the test added up: sinks of metrics and submetrics, the tree of groups and checks,
 * verdicts of thresholds. Workers merge their shards in; the ticker evaluates; summary and REST read. Every function takes the lock. */
#ifndef C6_METRICS_ENGINE_H
#define C6_METRICS_ENGINE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/log.h"
#include "metrics/metric.h"
#include "metrics/sink.h"
#include "metrics/thresholds.h"

struct metrics_engine;

struct metrics_engine_config {
    bool per_group;      /* keep sinks per group and scenario: summary mode full */
    uint32_t system_tags;
};

struct metrics_engine *metrics_engine_new(struct metric_registry *r, const struct metrics_engine_config *config);
void metrics_engine_free(struct metrics_engine *e);
struct metric_registry *metrics_engine_registry(struct metrics_engine *e);

/* options.thresholds: parses expressions, makes submetrics, checks aggregations against metric types. Before the run. k6's messages and exit code 104. */
struct threshold_config {
    const char *metric;  /* "http_req_duration{status:200}" */
    const char *expr;    /* "p(95)<200" */
    bool abort_on_fail;
    int64_t delay_abort_ns;
};
int metrics_engine_add_thresholds(struct metrics_engine *e, const struct threshold_config *list, size_t count, struct err *err);
/* With --no-thresholds the submetrics are kept, the expressions are not. */
int metrics_engine_add_submetrics_only(struct metrics_engine *e, const struct threshold_config *list, size_t count, struct err *err);

/* Evaluates all thresholds now. elapsed_ns: since the test began. Fills the names of crossed metrics. Returns true when an abortOnFail one
 * fails after its delay. */
bool metrics_engine_evaluate(struct metrics_engine *e, int64_t elapsed_ns, bool *any_failed);
/* "metric names, comma-separated" of those that failed at the last evaluation; caller frees. */
char *metrics_engine_failed_names(struct metrics_engine *e);

/* Reading: a consistent copy of what was measured; see summary/summary.h for its use. The lock is held between begin and end. */
void metrics_engine_lock(struct metrics_engine *e);
void metrics_engine_unlock(struct metrics_engine *e);
const struct sink *metrics_engine_sink(struct metrics_engine *e, const struct metric *m);       /* under the lock; NULL: no samples */
const struct sink *metrics_engine_subsink(struct metrics_engine *e, const struct submetric *s);

/* The tree of groups: root has name "" and path "". Order of children and checks: as first seen (sorted on export by name where k6 does). */
struct group_node;
struct check_stat {
    const char *name;
    const char *path; /* "::group::name" */
    char id[33];      /* MD5 of path */
    uint64_t passes, fails;
};
struct group_node {
    const char *name;
    const char *path;
    char id[33];
    struct group_node *parent;
    struct group_node **groups;
    size_t group_count;
    struct check_stat **checks;
    size_t check_count;
    struct sink **sinks;     /* by metric id, NULL entries; per_group only */
    size_t sink_count;
};
const struct group_node *metrics_engine_root_group(struct metrics_engine *e); /* under the lock */
/* The same tree for one scenario (per_group only); names in the order of first samples. */
size_t metrics_engine_scenario_count(struct metrics_engine *e);
const char *metrics_engine_scenario_name(struct metrics_engine *e, size_t i);
const struct group_node *metrics_engine_scenario_group(struct metrics_engine *e, size_t i);

#endif
