/* summary_fixture.h - for the tests of this folder: an engine fed by hand, and the summary of
 * it. */
#ifndef C6_SUMMARY_FIXTURE_H
#define C6_SUMMARY_FIXTURE_H

#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "metrics/shard.h"
#include "summary/summary.h"

struct fixture {
    struct metric_registry *registry;
    struct metrics_engine *engine;
    struct tag_pool *pool;
    struct shard *shard;
    const struct builtin_metrics *b;
    struct summary_input input;
    int64_t time_ns; /* of the next sample */
};

static const char *const fixture_stats[] = {"avg", "min", "med", "max", "p(90)", "p(95)"};

static __attribute__((unused)) void fixture_init(struct fixture *f, enum summary_mode mode,
                                                 const struct threshold_config *thresholds,
                                                 size_t count)
{
    struct metrics_engine_config config = {.per_group = mode == SUMMARY_MODE_FULL,
                                           .system_tags = SYSTEM_TAGS_DEFAULT};
    memset(f, 0, sizeof *f);
    f->registry = metric_registry_new();
    f->engine = metrics_engine_new(f->registry, &config);
    f->b = metric_builtins(f->registry);
    CHECK(metrics_engine_add_thresholds(f->engine, thresholds, count, NULL) == 0);
    f->pool = tag_pool_new();
    f->shard = shard_new(f->engine, f->pool);
    f->input = (struct summary_input){.metrics = f->engine,
                                      .duration_ns = 2000000000,
                                      .mode = mode,
                                      .trend_stats = fixture_stats,
                                      .trend_stat_count = 6};
}

static __attribute__((unused)) struct metric *fixture_metric(struct fixture *f, const char *name,
                                                             enum metric_type type,
                                                             enum metric_contains contains)
{
    struct metric *m;
    CHECK(metric_get_or_create(f->registry, str_of(name), type, contains, &m, NULL) == 0);
    return m;
}

/* tags: "a=b,c=d". */
static __attribute__((unused)) void fixture_add(struct fixture *f, const struct metric *m,
                                                const char *tags, double value)
{
    struct tagset *t = tags_empty(f->pool);
    for (struct str rest = str_of(tags); rest.len > 0;) {
        struct str one, key, tag_value, after;
        if (!str_cut(rest, ',', &one, &after))
            one = rest;
        rest = after;
        str_cut(one, '=', &key, &tag_value);
        struct tagset *next = tags_with(t, key, tag_value);
        tags_unref(t);
        t = next;
    }
    shard_add(f->shard, m, t, NULL, f->time_ns++, value);
    tags_unref(t);
}

/* Flushes, judges, and writes the summary with put. The caller frees the text. */
static __attribute__((unused)) char *
fixture_write(struct fixture *f, void (*put)(struct buf *out, const struct summary *s))
{
    struct buf out;
    buf_init(&out, BUF_NO_LIMIT);
    shard_flush(f->shard);
    metrics_engine_evaluate(f->engine, f->input.duration_ns, true, NULL);
    struct summary *s = summary_new(&f->input);
    put(&out, s);
    summary_free(s);
    return buf_take(&out);
}

static __attribute__((unused)) void fixture_deinit(struct fixture *f)
{
    shard_free(f->shard);
    tag_pool_free(f->pool);
    metrics_engine_free(f->engine);
    metric_registry_free(f->registry);
}

#endif
