/* engine_merge.h - private to metrics: where a shard puts what it has counted. All but
 * engine_prepare under the engine's lock. */
#ifndef C6_ENGINE_MERGE_H
#define C6_ENGINE_MERGE_H

#include "metrics/metrics_engine.h"

/* Before the first sample: makes the submetric that is always there. Any thread, any number of
 * times. */
void engine_prepare(struct metrics_engine *e);
const struct metrics_engine_config *engine_config(const struct metrics_engine *e);

struct sink *engine_sink(struct metrics_engine *e, const struct metric *m); /* made when missing */
struct sink *engine_subsink(struct metrics_engine *e, const struct submetric *s);

enum engine_tree {
    TREE_ALL_CHECKS, /* one node: checks by name */
    TREE_GROUPS,     /* the export's groups and checks */
    TREE_DETAIL,     /* a scenario's ("": none or default), with sinks */
};
/* The node a "group" tag names; "" is the root of the tree. scenario is looked at for TREE_DETAIL
 * only. */
struct group_node *engine_node(struct metrics_engine *e, enum engine_tree tree, struct str scenario,
                               struct str group, int64_t first_ns);

#endif
