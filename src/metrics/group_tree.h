/* group_tree.h - private to metrics: growing the trees of groups and checks. The readers' view is
 * in metrics_engine.h. Under the engine's lock. */
#ifndef C6_GROUP_TREE_H
#define C6_GROUP_TREE_H

#include "metrics/metrics_engine.h"

struct group_node *group_tree_new(void); /* a root */
void group_tree_free(struct group_node *root);
/* first_ns: time of the first sample seen there; keeps siblings in that order. */
struct group_node *group_tree_child(struct group_node *parent, struct str name, int64_t first_ns);
struct check_stat *group_tree_check(struct group_node *g, struct str name, int64_t first_ns);
/* Walks down names joined by "::" from g, making what is missing. "" is the one name "". */
struct group_node *group_tree_descend(struct group_node *g, struct str names, int64_t first_ns);
struct sink *group_tree_sink(struct group_node *g, const struct metric *m);

#endif
