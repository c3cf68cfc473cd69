/* shard.h - a worker's own share of all metrics: the request path writes here, without locks. Every
 * flush merges it into the engine.
 *
 * For each tag set, the sinks its samples go to (the metric's, those of matching submetrics, those
 * of its group and scenario when the summary wants them) are found once and remembered in the
 * set. */
#ifndef C6_SHARD_H
#define C6_SHARD_H

#include <stdbool.h>
#include <stdint.h>

#include "metrics/metric.h"
#include "metrics/sample.h"
#include "metrics/tags.h"

struct shard;
struct metrics_engine;

/* One a worker, used on its thread. It must be freed before the pool. */
struct shard *shard_new(struct metrics_engine *engine, struct tag_pool *pool);
void shard_free(struct shard *s); /* after a last shard_flush and when every batch came home */
/* Outputs exist: raw samples are batched and handed to emit, full or at shard_flush, on this
 * thread. emit sets readers and give_back before it passes the batch on; give_back must see to it
 * that shard_take_back is called here. Before the first sample. */
void shard_set_emit(struct shard *s, void (*emit)(void *opaque, struct sample_batch *takes),
                    void *opaque);
struct tag_pool *shard_pool(struct shard *s);

/* The hot function. tags, metadata (may be NULL): borrowed, of this shard's pool. mono_ns:
 * monotonic time of the measurement. What the summary needs of groups and checks it takes from the
 * tags: samples of `checks` count for the check that their tag "check" names, in the group of their
 * tag "group"; samples of `group_duration` put their group into the tree. */
void shard_add(struct shard *s, const struct metric *m, struct tagset *tags,
               struct tagset *metadata, int64_t mono_ns, double value);
/* A sample of `checks`. tags hold "check" and "group" (if those system tags are on). */
void shard_add_check(struct shard *s, struct tagset *tags, struct tagset *metadata, int64_t mono_ns,
                     bool ok);
/* Merges into the engine (takes its lock) and hands on the samples. Called by the worker every tick
 * and at its end. */
void shard_flush(struct shard *s);
/* Batches that come home are released here (own thread). */
void shard_take_back(struct shard *s, struct sample_batch *b);

#endif
