/* metrics_engine.h - all samples of the test added up: sinks of metrics and submetrics, the tree of
 * groups and checks, verdicts of thresholds. Workers merge their shards in; the ticker evaluates;
 * summary and REST read. Every function takes the lock. */
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
    bool per_group;         /* keep sinks per group and scenario: summary mode full */
    /* with expected_response on, http_req_duration{expected_response:true} is always there */
    uint32_t system_tags;
    /* wall clock minus monotonic clock, for the times of raw samples; 0: as the clocks stand now */
    int64_t wall_offset_ns;
    struct logger *logger;  /* warnings; may be NULL */
};

struct metrics_engine *metrics_engine_new(struct metric_registry *r,
                                          const struct metrics_engine_config *config);
void metrics_engine_free(struct metrics_engine *e); /* shards first; the registry is the caller's */
struct metric_registry *metrics_engine_registry(struct metrics_engine *e);

/* options.thresholds: parses expressions, makes submetrics, checks aggregations against metric
 * types. Once, before the run and the first shard. k6's messages and exit code 104. */
struct threshold_config {
    const char *metric;  /* "http_req_duration{status:200}" */
    const char *expr;    /* "p(95)<200"; NULL: the metric is named, but with an empty list */
    bool abort_on_fail;
    int64_t delay_abort_ns;
    bool has_delay; /* it was given, be it 0 */
};
int metrics_engine_add_thresholds(struct metrics_engine *e, const struct threshold_config *list,
                                  size_t count, struct err *err);
/* With --no-thresholds the submetrics are kept, the expressions are not even parsed; bad names are
 * warned of. */
void metrics_engine_add_submetrics_only(struct metrics_engine *e,
                                        const struct threshold_config *list, size_t count);

/* Evaluates all thresholds now. elapsed_ns: since the test began. Metrics without samples are
 * judged at the end only (is_final). any_failed may be NULL. Returns true when an abortOnFail one
 * fails after its delay. */
bool metrics_engine_evaluate(struct metrics_engine *e, int64_t elapsed_ns, bool is_final,
                             bool *any_failed);
/* "a, b": sorted names of the metrics that failed at the last evaluation; "" when none. Caller
 * frees. */
char *metrics_engine_failed_names(struct metrics_engine *e);
bool metrics_engine_has_thresholds(struct metrics_engine *e);

/* Reading: what the shards have flushed. The lock is held from lock to unlock; everything below is
 * called under it, and what it lends is valid until unlock. Sorting inside trends makes reading a
 * change: one reader at a time. */
void metrics_engine_lock(struct metrics_engine *e);
void metrics_engine_unlock(struct metrics_engine *e);
/* NULL: no samples */
const struct sink *metrics_engine_sink(struct metrics_engine *e, const struct metric *m);
const struct sink *metrics_engine_subsink(struct metrics_engine *e, const struct submetric *s);

/* Groups and checks: root has name "" and path "". Children and checks in the order of their first
 * samples. */
struct check_stat {
    const char *name;
    const char *path; /* "::group::name" */
    char id[33];      /* MD5 of path */
    uint64_t passes, fails;
    int64_t first_ns; /* private */
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
    struct sink **sinks;     /* by metric id, NULL entries; details only */
    size_t sink_count;
    int64_t first_ns;        /* private, as is the rest */
    struct map *group_map, *check_map;
};
/* Every group and check of the test with its path: the export's tree and REST's. */
const struct group_node *metrics_engine_root_group(struct metrics_engine *e);
/* All checks of the test, those of one name as one whatever their group: the text summary's list.
 * Only name, passes and fails mean something. */
const struct group_node *metrics_engine_checks(struct metrics_engine *e);

/* Details (per_group only). The groups of samples outside named scenarios; its own sinks and checks
 * are empty. setup and teardown are left out. */
const struct group_node *metrics_engine_default_detail(struct metrics_engine *e);
/* Scenarios with another name than "default", in the order of first samples: sinks and checks of
 * all their samples, and their groups'. */
size_t metrics_engine_scenario_count(struct metrics_engine *e);
const char *metrics_engine_scenario_name(struct metrics_engine *e, size_t i);
const struct group_node *metrics_engine_scenario_group(struct metrics_engine *e, size_t i);

#endif
