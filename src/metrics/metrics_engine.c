/* metrics_engine.c - all samples of the test added up, and the verdict of the thresholds on them.
 * Knows no worker and no output: shards merge in (engine_merge.h), whoever has the time
 * evaluates. One mutex for everything: it is taken a few times a second by each worker's flush and
 * by the readers, never per sample.
 * Source: k6 docs, "Thresholds", "End of test". Tests: metrics_engine_test.c */
#include "metrics/metrics_engine.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/vec.h"
#include "metrics/engine_merge.h"
#include "metrics/group_tree.h"
#include "metrics/tags.h"

/* A metric or submetric that thresholds name. */
struct judged {
    struct metric *metric; /* a submetric's own */
    struct submetric *sub; /* NULL: a metric */
};

struct detail {
    char *scenario;
    struct group_node *root;
};

struct metrics_engine {
    pthread_mutex_t lock;
    struct metric_registry *registry;
    struct metrics_engine_config config;
    VEC(struct sink *) sinks;    /* by metric id */
    VEC(struct sink *) subsinks; /* by submetric id */
    struct group_node *all_checks;
    struct group_node *groups;
    struct group_node *default_detail;
    VEC(struct detail) details;
    VEC(struct judged) judged;
};

static int64_t clock_ns(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

struct metrics_engine *metrics_engine_new(struct metric_registry *r,
                                          const struct metrics_engine_config *config)
{
    struct metrics_engine *e = MEM_NEW(struct metrics_engine);
    CHECK(pthread_mutex_init(&e->lock, NULL) == 0);
    e->registry = r;
    e->config = *config;
    if (e->config.wall_offset_ns == 0)
        e->config.wall_offset_ns = clock_ns(CLOCK_REALTIME) - clock_ns(CLOCK_MONOTONIC);
    e->all_checks = group_tree_new();
    e->groups = group_tree_new();
    e->default_detail = group_tree_new();
    return e;
}

static void sink_delete(struct sink *s)
{
    if (s != NULL)
        sink_deinit(s);
    mem_free(s);
}

void metrics_engine_free(struct metrics_engine *e)
{
    if (e == NULL)
        return;
    for (size_t i = 0; i < e->sinks.len; i++)
        sink_delete(e->sinks.items[i]);
    for (size_t i = 0; i < e->subsinks.len; i++)
        sink_delete(e->subsinks.items[i]);
    for (size_t i = 0; i < e->details.len; i++) {
        group_tree_free(e->details.items[i].root);
        mem_free(e->details.items[i].scenario);
    }
    VEC_DEINIT(&e->sinks);
    VEC_DEINIT(&e->subsinks);
    VEC_DEINIT(&e->details);
    VEC_DEINIT(&e->judged);
    group_tree_free(e->all_checks);
    group_tree_free(e->groups);
    group_tree_free(e->default_detail);
    pthread_mutex_destroy(&e->lock);
    mem_free(e);
}

struct metric_registry *metrics_engine_registry(struct metrics_engine *e)
{
    return e->registry;
}

const struct metrics_engine_config *engine_config(const struct metrics_engine *e)
{
    return &e->config;
}

void engine_prepare(struct metrics_engine *e)
{
    struct submetric *s;
    if ((e->config.system_tags & TAG_EXPECTED_RESPONSE) != 0)
        CHECK(metric_add_submetric(e->registry, STR("http_req_duration{expected_response:true}"),
                                   &s, NULL) == 0);
}

/* ---- thresholds ---- */

/* k6 warns of these two: they are metadata now, so no sample has them as tags. */
static void warn_of_metadata_tags(struct metrics_engine *e, const struct submetric *s)
{
    for (size_t i = 0; i < s->tag_count; i++)
        if (str_eqs(s->keys[i], "vu") || str_eqs(s->keys[i], "iter"))
            log_warn(e->config.logger,
                     "The high-cardinality '%s' metric tag was made non-indexable in k6 v0.41.0, "
                     "so thresholds like '%s' that "
                     "are based on it won't work correctly.",
                     s->keys[i].p, s->name);
}

/* The metric a threshold's name means; a submetric is made for "metric{tags}". */
static int find_target(struct metrics_engine *e, const char *name, struct judged *out,
                       struct err *err)
{
    *out = (struct judged){NULL, NULL};
    if (strchr(name, '{') == NULL) {
        out->metric = metric_find(e->registry, str_of(name));
        if (out->metric == NULL)
            return err_set(err, ERR_NOT_FOUND, "metric '%s' does not exist in the script", name);
        return 0;
    }
    size_t known = submetric_count(e->registry);
    int rc = metric_add_submetric(e->registry, str_of(name), &out->sub, err);
    if (rc < 0)
        return rc;
    out->metric = out->sub->metric;
    if (submetric_count(e->registry) > known)
        warn_of_metadata_tags(e, out->sub);
    return 0;
}

/* Is the name well formed, and is there such a metric? */
static int check_name(struct metrics_engine *e, const char *name, struct metric **parent,
                      struct err *err)
{
    struct str base, suffix;
    int rc = metric_split_name(str_of(name), &base, &suffix, err);
    if (rc < 0)
        return err_prefix(err, rc, "unable to validate threshold expressions; reason");
    *parent = metric_find(e->registry, base);
    if (*parent != NULL)
        return 0;
    char *quoted = buf_quote(str_of(name));
    rc = err_set(err, ERR_NOT_FOUND,
                 "invalid threshold defined on %s; reason: no metric name %s found", name, quoted);
    mem_free(quoted);
    return rc;
}

/* Gives t, which it takes, to its metric. */
static void attach(struct metrics_engine *e, const struct judged *target, struct threshold *t)
{
    struct metric *m = target->metric;
    if (m->thresholds == NULL) {
        m->thresholds = MEM_NEW(struct thresholds);
        VEC_PUSH(&e->judged, *target);
    }
    struct thresholds *ts = m->thresholds;
    ts->items = mem_realloc(ts->items, (ts->count + 1) * sizeof *ts->items);
    ts->items[ts->count++] = *t;
}

static int add_one(struct metrics_engine *e, const struct threshold_config *c, struct err *err)
{
    struct threshold t = {0};
    struct metric *parent;
    struct judged target;
    int rc = 0;
    if (c->expr != NULL)
        rc = threshold_parse(&t, str_of(c->expr), err);
    if (rc < 0)
        return rc;
    rc = check_name(e, c->metric, &parent, err);
    if (rc == 0 && c->expr != NULL)
        rc = threshold_check_type(&t, c->metric, parent->type, err);
    if (rc < 0)
        goto done;
    rc = find_target(e, c->metric, &target, err);
    if (rc < 0) {
        err_prefix(err, rc, "invalid metric '%s' in threshold definitions", c->metric);
        goto done;
    }
    target.metric->is_watched = true;
    parent->is_watched = true;
    parent->is_hidden = false;
    if (c->expr != NULL) {
        t.abort_on_fail = c->abort_on_fail;
        t.delay_abort_ns = c->delay_abort_ns;
        attach(e, &target, &t);
        t = (struct threshold){0};
    }
done:
    threshold_deinit(&t);
    return rc;
}

int metrics_engine_add_thresholds(struct metrics_engine *e, const struct threshold_config *list,
                                  size_t count, struct err *err)
{
    for (size_t i = 0; i < count; i++) {
        int rc = add_one(e, &list[i], err);
        if (rc < 0) {
            err_set_exit(err, EXIT_INVALID_CONFIG);
            return rc;
        }
    }
    return 0;
}

void metrics_engine_add_submetrics_only(struct metrics_engine *e,
                                        const struct threshold_config *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct judged target;
        struct err err = {0};
        if (find_target(e, list[i].metric, &target, &err) < 0) {
            char *text = mem_printf("Invalid metric '%s' in threshold definitions", list[i].metric);
            log_record(e->config.logger, LOG_WARN, NULL, err.msg, NULL, 0, str_of(text));
            mem_free(text);
        }
        err_deinit(&err);
    }
}

/* Judges all thresholds of one metric; true when one of those that failed asks to end the test
 * now. */
static bool judge_metric(struct thresholds *ts, const struct sink *s, enum metric_type type,
                         int64_t elapsed_ns)
{
    bool wants_abort = false;
    ts->is_judged = true;
    ts->is_failed = false;
    for (size_t i = 0; i < ts->count; i++) {
        struct threshold *t = &ts->items[i];
        if (threshold_judge(t, s, type, elapsed_ns))
            continue;
        ts->is_failed = true;
        if (t->abort_on_fail && (t->delay_abort_ns <= 0 || t->delay_abort_ns < elapsed_ns))
            wants_abort = true;
    }
    return wants_abort;
}

static const struct sink *judged_sink(struct metrics_engine *e, const struct judged *j)
{
    return j->sub != NULL ? metrics_engine_subsink(e, j->sub) : metrics_engine_sink(e, j->metric);
}

bool metrics_engine_evaluate(struct metrics_engine *e, int64_t elapsed_ns, bool is_final,
                             bool *any_failed)
{
    bool wants_abort = false;
    bool failed = false;
    metrics_engine_lock(e);
    for (size_t i = 0; i < e->judged.len; i++) {
        struct judged *j = &e->judged.items[i];
        const struct sink *s = judged_sink(e, j);
        struct thresholds *ts = j->metric->thresholds;
        if (s == NULL && !is_final)
            continue;
        wants_abort = judge_metric(ts, s, j->metric->type, elapsed_ns) || wants_abort;
        failed = failed || ts->is_failed;
    }
    metrics_engine_unlock(e);
    if (any_failed != NULL)
        *any_failed = failed;
    return wants_abort;
}

static int cmp_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

char *metrics_engine_failed_names(struct metrics_engine *e)
{
    VEC(const char *) names = {0};
    struct buf out;
    buf_init(&out, BUF_NO_LIMIT);
    metrics_engine_lock(e);
    for (size_t i = 0; i < e->judged.len; i++)
        if (e->judged.items[i].metric->thresholds->is_failed)
            VEC_PUSH(&names, e->judged.items[i].metric->name);
    metrics_engine_unlock(e);
    if (names.len > 0)
        qsort(names.items, names.len, sizeof *names.items, cmp_names);
    for (size_t i = 0; i < names.len; i++)
        buf_addf(&out, "%s%s", i == 0 ? "" : ", ", names.items[i]);
    VEC_DEINIT(&names);
    return buf_take(&out);
}

bool metrics_engine_has_thresholds(struct metrics_engine *e)
{
    return e->judged.len > 0;
}

/* ---- what shards merge into ---- */

/* The sink of that number, made when missing. */
#define SINK_AT(vec, id, metric_type_)                                                             \
    do {                                                                                           \
        while ((vec)->len <= (size_t)(id))                                                         \
            VEC_PUSH((vec), NULL);                                                                 \
        if ((vec)->items[id] == NULL) {                                                            \
            (vec)->items[id] = MEM_NEW(struct sink);                                               \
            sink_init((vec)->items[id], metric_type_);                                             \
        }                                                                                          \
    } while (0)

struct sink *engine_sink(struct metrics_engine *e, const struct metric *m)
{
    SINK_AT(&e->sinks, m->id, m->type);
    return e->sinks.items[m->id];
}

struct sink *engine_subsink(struct metrics_engine *e, const struct submetric *s)
{
    SINK_AT(&e->subsinks, s->id, s->metric->type);
    return e->subsinks.items[s->id];
}

static struct group_node *detail_root(struct metrics_engine *e, struct str scenario)
{
    if (scenario.len == 0)
        return e->default_detail;
    for (size_t i = 0; i < e->details.len; i++)
        if (str_eqs(scenario, e->details.items[i].scenario))
            return e->details.items[i].root;
    struct detail d = {mem_strndup(scenario.p, scenario.len), group_tree_new()};
    VEC_PUSH(&e->details, d);
    return d.root;
}

struct group_node *engine_node(struct metrics_engine *e, enum engine_tree tree, struct str scenario,
                               struct str group, int64_t first_ns)
{
    switch (tree) {
    case TREE_ALL_CHECKS:
        return e->all_checks;
    case TREE_GROUPS: {
        /* What stands before the first "::" is no group: nothing for k6's own tags, anything for a
         * tag the script set. */
        ptrdiff_t at = str_finds(group, "::");
        if (at < 0)
            return e->groups;
        return group_tree_descend(
            e->groups, (struct str){group.p + at + 2, group.len - (size_t)at - 2}, first_ns);
    }
    case TREE_DETAIL: {
        struct group_node *root = detail_root(e, scenario);
        if (group.len == 0)
            return root;
        if (str_starts(group, "::"))
            group = (struct str){group.p + 2, group.len - 2};
        return group_tree_descend(root, group, first_ns);
    }
    }
    return NULL;
}

/* ---- reading ---- */

void metrics_engine_lock(struct metrics_engine *e)
{
    pthread_mutex_lock(&e->lock);
}

void metrics_engine_unlock(struct metrics_engine *e)
{
    pthread_mutex_unlock(&e->lock);
}

const struct sink *metrics_engine_sink(struct metrics_engine *e, const struct metric *m)
{
    const struct sink *s = (size_t)m->id < e->sinks.len ? e->sinks.items[m->id] : NULL;
    return s != NULL && !sink_is_empty(s) ? s : NULL;
}

const struct sink *metrics_engine_subsink(struct metrics_engine *e, const struct submetric *sub)
{
    const struct sink *s = (size_t)sub->id < e->subsinks.len ? e->subsinks.items[sub->id] : NULL;
    return s != NULL && !sink_is_empty(s) ? s : NULL;
}

const struct group_node *metrics_engine_root_group(struct metrics_engine *e)
{
    return e->groups;
}

const struct group_node *metrics_engine_checks(struct metrics_engine *e)
{
    return e->all_checks;
}

const struct group_node *metrics_engine_default_detail(struct metrics_engine *e)
{
    return e->default_detail;
}

size_t metrics_engine_scenario_count(struct metrics_engine *e)
{
    return e->details.len;
}

const char *metrics_engine_scenario_name(struct metrics_engine *e, size_t i)
{
    CHECK(i < e->details.len);
    return e->details.items[i].scenario;
}

const struct group_node *metrics_engine_scenario_group(struct metrics_engine *e, size_t i)
{
    CHECK(i < e->details.len);
    return e->details.items[i].root;
}
