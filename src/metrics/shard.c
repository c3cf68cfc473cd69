/* shard.c - a worker's share of the metrics: counts without locks, merges now and then. Knows no
 * reactor and no output. One worker's thread uses it; only shard_flush takes the engine's lock.
 *
 * A tag set remembers its routes: for each metric that had a sample with it, the series, which is
 * the list of sinks such a sample goes to. Finding them (submetrics that match, groups, checks) is
 * the slow path, taken once for a metric and a set. Most metrics have no submetric: their samples
 * go to one sink whatever the tags, and all sets share the metric's plain series. A set's routes
 * die with the set, so unique tags cost time but no memory.
 *
 *     tagset.sinks -> routes [metric id] -> series { sink, ...; check, ... } -> flush -> engine
 *
 * Source: k6 docs, "Tags and groups". Tests: shard_test.c */
#include "metrics/shard.h"

#include <string.h>

#include "base/buf.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/vec.h"
#include "metrics/engine_merge.h"
#include "metrics/group_tree.h"
#include "metrics/metrics_engine.h"
#include "metrics/sink.h"

enum {
    /* places a check is counted in: all, its group, its scenario, its group there */
    CHECKS_MAX = 4,
    SPARE_BATCHES = 4, /* empty batches kept for the next samples */
    ROUTES_FIRST = 32,
};

/* Passes and fails of one check in one place, since the last flush. */
struct shard_check {
    char *name;
    int64_t first_ns;
    uint64_t passes, fails;
    struct check_stat *target; /* the engine's; NULL before the first flush */
};

/* A node of one of the engine's trees. */
struct shard_node {
    enum engine_tree tree;
    char *scenario;
    char *group;
    int64_t first_ns;
    struct group_node *target; /* the engine's; NULL before the first flush */
    struct sink **sinks;       /* by metric id */
    const struct metric **metrics;
    size_t sink_count;
    struct map *checks; /* struct shard_check by name */
};

struct series {
    bool is_plain; /* the shard's, for all tag sets */
    uint8_t check_count;
    uint32_t sink_count;
    struct shard_check *checks[CHECKS_MAX];
    struct sink *sinks[];
};

struct routes {
    uint32_t len;
    struct series *by_metric[];
};

/* A metric's own sink in this shard. */
struct shard_metric {
    const struct metric *metric;
    struct sink *sink;
    struct series *plain;
};

struct shard {
    struct metrics_engine *engine;
    struct tag_pool *pool;
    VEC(struct shard_metric) metrics; /* by metric id; metric NULL: no samples yet */
    VEC(struct sink *) subsinks;      /* by submetric id, NULL entries */
    struct map *nodes;                /* struct shard_node by tree, scenario and group */
    int64_t wall_offset_ns;
    bool per_group;
    void (*emit)(void *opaque, struct sample_batch *takes);
    void *emit_opaque;
    struct sample_batch *batch; /* being filled */
    struct sample_batch *spare; /* empty, linked by next */
    int spare_count;
};

/* ---- life ---- */

static void routes_free(void *opaque)
{
    struct routes *r = opaque;
    for (uint32_t i = 0; i < r->len; i++)
        if (r->by_metric[i] != NULL && !r->by_metric[i]->is_plain)
            mem_free(r->by_metric[i]);
    mem_free(r);
}

struct shard *shard_new(struct metrics_engine *engine, struct tag_pool *pool)
{
    struct shard *s = MEM_NEW(struct shard);
    engine_prepare(engine);
    s->engine = engine;
    s->pool = pool;
    s->nodes = map_new();
    s->wall_offset_ns = engine_config(engine)->wall_offset_ns;
    s->per_group = engine_config(engine)->per_group;
    tag_pool_set_drop_sinks(pool, routes_free);
    return s;
}

static void sink_delete(struct sink *s)
{
    if (s != NULL)
        sink_deinit(s);
    mem_free(s);
}

static void check_delete(void *opaque)
{
    struct shard_check *c = opaque;
    mem_free(c->name);
    mem_free(c);
}

static void node_delete(void *opaque)
{
    struct shard_node *n = opaque;
    for (size_t i = 0; i < n->sink_count; i++)
        sink_delete(n->sinks[i]);
    map_free(n->checks, check_delete);
    mem_free(n->sinks);
    mem_free(n->metrics);
    mem_free(n->scenario);
    mem_free(n->group);
    mem_free(n);
}

void shard_free(struct shard *s)
{
    if (s == NULL)
        return;
    CHECK(s->batch == NULL); /* no flush after the last sample */
    while (s->spare != NULL) {
        struct sample_batch *b = s->spare;
        s->spare = b->next;
        mem_free(b);
    }
    tag_pool_set_drop_sinks(s->pool, NULL);
    for (size_t i = 0; i < s->metrics.len; i++) {
        sink_delete(s->metrics.items[i].sink);
        mem_free(s->metrics.items[i].plain);
    }
    for (size_t i = 0; i < s->subsinks.len; i++)
        sink_delete(s->subsinks.items[i]);
    VEC_DEINIT(&s->metrics);
    VEC_DEINIT(&s->subsinks);
    map_free(s->nodes, node_delete);
    mem_free(s);
}

void shard_set_emit(struct shard *s, void (*emit)(void *opaque, struct sample_batch *takes),
                    void *opaque)
{
    s->emit = emit;
    s->emit_opaque = opaque;
}

struct tag_pool *shard_pool(struct shard *s)
{
    return s->pool;
}

/* ---- finding where samples go ---- */

static struct sink *sink_create(enum metric_type type)
{
    struct sink *s = MEM_NEW(struct sink);
    sink_init(s, type);
    return s;
}

static struct shard_metric *shard_metric_of(struct shard *s, const struct metric *m)
{
    while (s->metrics.len <= (size_t)m->id) {
        struct shard_metric none = {0};
        VEC_PUSH(&s->metrics, none);
    }
    struct shard_metric *sm = &s->metrics.items[m->id];
    if (sm->metric == NULL) {
        sm->metric = m;
        sm->sink = sink_create(m->type);
        sm->plain = mem_calloc(1, sizeof(struct series) + sizeof(struct sink *));
        sm->plain->is_plain = true;
        sm->plain->sink_count = 1;
        sm->plain->sinks[0] = sm->sink;
    }
    return sm;
}

static struct sink *subsink_of(struct shard *s, const struct submetric *sub)
{
    while (s->subsinks.len <= (size_t)sub->id)
        VEC_PUSH(&s->subsinks, NULL);
    if (s->subsinks.items[sub->id] == NULL)
        s->subsinks.items[sub->id] = sink_create(sub->parent->type);
    return s->subsinks.items[sub->id];
}

/* The node for a group tag, remembered by its three coordinates. */
static struct shard_node *node_of(struct shard *s, enum engine_tree tree, struct str scenario,
                                  struct str group, int64_t now_ns)
{
    struct buf key;
    buf_init(&key, BUF_NO_LIMIT);
    buf_addc(&key, (char)('0' + tree));
    buf_add(&key, scenario.p, scenario.len);
    buf_addc(&key, '\0');
    buf_add(&key, group.p, group.len);
    struct str name = {key.data, key.len};
    struct shard_node *n = map_get(s->nodes, name);
    if (n == NULL) {
        n = MEM_NEW(struct shard_node);
        n->tree = tree;
        n->scenario = mem_strndup(scenario.p, scenario.len);
        n->group = mem_strndup(group.p, group.len);
        n->first_ns = now_ns;
        n->checks = map_new();
        map_put(s->nodes, name, n);
    }
    buf_deinit(&key);
    return n;
}

static struct sink *node_sink(struct shard_node *n, const struct metric *m)
{
    size_t id = (size_t)m->id;
    if (id >= n->sink_count) {
        n->sinks = mem_realloc(n->sinks, (id + 1) * sizeof(struct sink *));
        n->metrics = mem_realloc(n->metrics, (id + 1) * sizeof(const struct metric *));
        for (size_t i = n->sink_count; i <= id; i++)
            n->sinks[i] = NULL;
        n->sink_count = id + 1;
    }
    if (n->sinks[id] == NULL) {
        n->sinks[id] = sink_create(m->type);
        n->metrics[id] = m;
    }
    return n->sinks[id];
}

static struct shard_check *node_check(struct shard_node *n, struct str name, int64_t now_ns)
{
    struct shard_check *c = map_get(n->checks, name);
    if (c == NULL) {
        c = MEM_NEW(struct shard_check);
        c->name = mem_strndup(name.p, name.len);
        c->first_ns = now_ns;
        map_put(n->checks, name, c);
    }
    return c;
}

static bool submetric_matches(const struct submetric *sub, const struct tagset *tags)
{
    for (size_t i = 0; i < sub->tag_count; i++) {
        struct str value;
        if (!tags_get(tags, sub->keys[i].p, &value) || !str_eq(value, sub->values[i]))
            return false;
    }
    return true;
}

/* What a series is put together from. */
struct series_parts {
    VEC(struct sink *) sinks;
    struct shard_check *checks[CHECKS_MAX];
    uint8_t check_count;
    const struct str *check; /* name of the check the sample is of, or NULL */
};

static void parts_add_check(struct series_parts *p, struct shard_node *n, int64_t now_ns)
{
    if (p->check != NULL)
        p->checks[p->check_count++] = node_check(n, *p->check, now_ns);
}

/* Summary mode full: the sinks of the scenario and of the group. Groups of the default scenario
 * hang on the root. */
static void parts_add_details(struct shard *s, struct series_parts *p, const struct metric *m,
                              const struct tagset *tags, int64_t now_ns)
{
    struct str scenario = STR(""), group = STR("");
    if (tags_get(tags, "scenario", &scenario) && !str_eqs(scenario, "default")) {
        struct shard_node *n = node_of(s, TREE_DETAIL, scenario, STR(""), now_ns);
        VEC_PUSH(&p->sinks, node_sink(n, m));
        parts_add_check(p, n, now_ns);
    } else {
        scenario = STR("");
    }
    if (!tags_get(tags, "group", &group) || group.len == 0 || str_eqs(group, "::setup") ||
        str_eqs(group, "::teardown") || str_eqs(group, "setup") || str_eqs(group, "teardown"))
        return;
    struct shard_node *n = node_of(s, TREE_DETAIL, scenario, group, now_ns);
    VEC_PUSH(&p->sinks, node_sink(n, m));
    parts_add_check(p, n, now_ns);
}

/* The tree of groups is made of what checks and group_duration say. */
static void parts_add_tree(struct shard *s, struct series_parts *p, const struct tagset *tags,
                           int64_t now_ns)
{
    struct str group;
    if (tags_get(tags, "group", &group))
        parts_add_check(p, node_of(s, TREE_GROUPS, STR(""), group, now_ns), now_ns);
    parts_add_check(p, node_of(s, TREE_ALL_CHECKS, STR(""), STR(""), now_ns), now_ns);
}

static struct series *series_new(struct shard *s, const struct metric *m, const struct tagset *tags,
                                 int64_t now_ns)
{
    const struct builtin_metrics *builtins = metric_builtins(metrics_engine_registry(s->engine));
    struct shard_metric *sm = shard_metric_of(s, m);
    struct series_parts p = {.check_count = 0};
    struct str check;
    if (m == builtins->checks && tags_get(tags, "check", &check))
        p.check = &check;
    for (size_t i = 0; i < m->submetric_count; i++)
        if (submetric_matches(m->submetrics[i], tags))
            VEC_PUSH(&p.sinks, subsink_of(s, m->submetrics[i]));
    if (s->per_group)
        parts_add_details(s, &p, m, tags, now_ns);
    if (m == builtins->checks || m == builtins->group_duration)
        parts_add_tree(s, &p, tags, now_ns);
    struct series *made = sm->plain;
    if (p.sinks.len > 0 || p.check_count > 0) {
        made = mem_calloc(1, sizeof *made + (p.sinks.len + 1) * sizeof(struct sink *));
        made->sink_count = (uint32_t)p.sinks.len + 1;
        made->sinks[0] = sm->sink;
        for (size_t i = 0; i < p.sinks.len; i++)
            made->sinks[i + 1] = p.sinks.items[i];
        made->check_count = p.check_count;
        memcpy(made->checks, p.checks, sizeof made->checks);
    }
    VEC_DEINIT(&p.sinks);
    return made;
}

static __attribute__((noinline)) struct series *series_find(struct shard *s, const struct metric *m,
                                                            struct tagset *tags, int64_t now_ns)
{
    struct routes *r = tags->sinks;
    uint32_t id = (uint32_t)m->id;
    if (r == NULL || id >= r->len) {
        uint32_t old_len = r == NULL ? 0 : r->len;
        uint32_t len = id < ROUTES_FIRST ? ROUTES_FIRST : id + 8;
        r = mem_realloc(r, sizeof *r + len * sizeof r->by_metric[0]);
        memset(&r->by_metric[old_len], 0, (len - old_len) * sizeof r->by_metric[0]);
        r->len = len;
        tags->sinks = r;
    }
    if (r->by_metric[id] == NULL)
        r->by_metric[id] = series_new(s, m, tags, now_ns);
    return r->by_metric[id];
}

/* ---- samples ---- */

static void hand_over(struct shard *s)
{
    struct sample_batch *b = s->batch;
    s->batch = NULL;
    s->emit(s->emit_opaque, b);
}

static void emit_sample(struct shard *s, const struct metric *m, struct tagset *tags,
                        struct tagset *metadata, int64_t mono_ns, double value)
{
    struct sample_batch *b = s->batch;
    if (b == NULL) {
        b = s->spare;
        if (b != NULL) {
            s->spare = b->next;
            s->spare_count--;
        } else {
            b = mem_alloc(sizeof *b);
        }
        memset(b, 0, offsetof(struct sample_batch, items));
        s->batch = b;
    }
    struct sample *it = &b->items[b->len++];
    it->metric = m;
    it->tags = tags_ref(tags);
    it->metadata = metadata != NULL ? tags_ref(metadata) : NULL;
    it->time_ns = mono_ns + s->wall_offset_ns;
    it->value = value;
    if (b->len == SAMPLE_BATCH_LEN)
        hand_over(s);
}

void shard_take_back(struct shard *s, struct sample_batch *b)
{
    for (size_t i = 0; i < b->len; i++) {
        tags_unref(b->items[i].tags);
        tags_unref(b->items[i].metadata);
    }
    b->len = 0;
    if (s->spare_count >= SPARE_BATCHES) {
        mem_free(b);
        return;
    }
    b->next = s->spare;
    s->spare = b;
    s->spare_count++;
}

static void series_add_checks(struct series *sr, double value)
{
    for (uint8_t i = 0; i < sr->check_count; i++) {
        if (value != 0)
            sr->checks[i]->passes++;
        else
            sr->checks[i]->fails++;
    }
}

void shard_add(struct shard *s, const struct metric *m, struct tagset *tags,
               struct tagset *metadata, int64_t mono_ns, double value)
{
    struct routes *r = tags->sinks;
    struct series *sr = NULL;
    if (r != NULL && (uint32_t)m->id < r->len)
        sr = r->by_metric[m->id];
    if (sr == NULL)
        sr = series_find(s, m, tags, mono_ns);
    for (uint32_t i = 0; i < sr->sink_count; i++)
        sink_add(sr->sinks[i], value, mono_ns);
    if (sr->check_count > 0)
        series_add_checks(sr, value);
    if (s->emit != NULL && !m->is_hidden)
        emit_sample(s, m, tags, metadata, mono_ns, value);
}

void shard_add_check(struct shard *s, struct tagset *tags, struct tagset *metadata, int64_t mono_ns,
                     bool ok)
{
    shard_add(s, metric_builtins(metrics_engine_registry(s->engine))->checks, tags, metadata,
              mono_ns, ok ? 1 : 0);
}

/* ---- flushing ---- */

static void move_sink(struct sink *into, struct sink *from)
{
    sink_merge(into, from);
    sink_reset(from);
}

static void flush_checks(struct shard_node *n)
{
    struct map_entry it;
    for (size_t at = 0; map_next(n->checks, &at, &it);) {
        struct shard_check *c = it.value;
        if (c->target == NULL)
            c->target = group_tree_check(n->target, str_of(c->name), c->first_ns);
        c->target->passes += c->passes;
        c->target->fails += c->fails;
        c->passes = c->fails = 0;
    }
}

static void flush_node(struct shard *s, struct shard_node *n)
{
    if (n->target == NULL)
        n->target =
            engine_node(s->engine, n->tree, str_of(n->scenario), str_of(n->group), n->first_ns);
    for (size_t i = 0; i < n->sink_count; i++)
        if (n->sinks[i] != NULL && !sink_is_empty(n->sinks[i]))
            move_sink(group_tree_sink(n->target, n->metrics[i]), n->sinks[i]);
    flush_checks(n);
}

void shard_flush(struct shard *s)
{
    struct metric_registry *registry = metrics_engine_registry(s->engine);
    struct map_entry it;
    metrics_engine_lock(s->engine);
    for (size_t i = 0; i < s->metrics.len; i++) {
        struct shard_metric *sm = &s->metrics.items[i];
        if (sm->metric != NULL && !sink_is_empty(sm->sink))
            move_sink(engine_sink(s->engine, sm->metric), sm->sink);
    }
    for (size_t i = 0; i < s->subsinks.len; i++)
        if (s->subsinks.items[i] != NULL && !sink_is_empty(s->subsinks.items[i]))
            move_sink(engine_subsink(s->engine, submetric_at(registry, i)), s->subsinks.items[i]);
    for (size_t at = 0; map_next(s->nodes, &at, &it);)
        flush_node(s, it.value);
    metrics_engine_unlock(s->engine);
    if (s->batch != NULL)
        hand_over(s);
}
