/* shard_test.c - where samples go: sinks, submetrics, groups, checks, batches for outputs. */
#include "metrics/shard.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "metrics/metrics_engine.h"
#include "test.h"

struct fixture {
    struct metric_registry *registry;
    struct metrics_engine *engine;
    struct tag_pool *pool;
    struct shard *shard;
    const struct builtin_metrics *b;
};

static void set_up(struct fixture *f, bool per_group, const char *const *submetrics)
{
    struct metrics_engine_config config = {
        .per_group = per_group, .system_tags = SYSTEM_TAGS_DEFAULT, .wall_offset_ns = 1000};
    f->registry = metric_registry_new();
    f->engine = metrics_engine_new(f->registry, &config);
    for (; submetrics != NULL && *submetrics != NULL; submetrics++) {
        struct submetric *s;
        assert_int_equal(metric_add_submetric(f->registry, str_of(*submetrics), &s, NULL), 0);
    }
    f->pool = tag_pool_new();
    f->shard = shard_new(f->engine, f->pool);
    f->b = metric_builtins(f->registry);
}

static void tear_down(struct fixture *f)
{
    shard_free(f->shard);
    tag_pool_free(f->pool);
    metrics_engine_free(f->engine);
    metric_registry_free(f->registry);
}

/* "a=b,c=d" as a set. */
static struct tagset *make_tags(struct tag_pool *p, const char *text)
{
    struct tagset *t = tags_empty(p);
    struct str rest = str_of(text);
    while (rest.len > 0) {
        struct str one, key, value, after;
        if (!str_cut(rest, ',', &one, &after))
            one = rest;
        rest = after;
        str_cut(one, '=', &key, &value);
        struct tagset *next = tags_with(t, key, value);
        tags_unref(t);
        t = next;
    }
    return t;
}

static void add(struct fixture *f, const struct metric *m, const char *tags, int64_t time_ns,
                double value)
{
    struct tagset *t = make_tags(f->pool, tags);
    shard_add(f->shard, m, t, NULL, time_ns, value);
    tags_unref(t);
}

static void samples_reach_their_metric_and_matching_submetrics(void **state)
{
    (void)state;
    struct fixture f;
    static const char *const subs[] = {"http_reqs{status:200}", "http_reqs{status:200,method:GET}",
                                       "http_reqs{group: }", NULL};
    set_up(&f, false, subs);
    add(&f, f.b->http_reqs, "status=200,method=GET,group=", 1, 1);
    add(&f, f.b->http_reqs, "status=200,method=POST", 2, 1);
    add(&f, f.b->http_reqs, "status=404,method=GET,group=::g", 3, 1);
    add(&f, f.b->http_req_duration, "expected_response=true", 3, 7);
    add(&f, f.b->http_req_duration, "expected_response=false", 3, 9);
    shard_flush(f.shard);
    metrics_engine_lock(f.engine);
    assert_true(metrics_engine_sink(f.engine, f.b->http_reqs)->value == 3);
    assert_true(metrics_engine_subsink(f.engine, submetric_at(f.registry, 0))->value == 2);
    assert_true(metrics_engine_subsink(f.engine, submetric_at(f.registry, 1))->value == 1);
    assert_true(metrics_engine_subsink(f.engine, submetric_at(f.registry, 2))->value == 1);
    struct submetric *expected = submetric_at(f.registry, 3);
    assert_string_equal(expected->name, "http_req_duration{expected_response:true}");
    assert_true(hist_max(metrics_engine_subsink(f.engine, expected)->hist) == 7);
    assert_null(metrics_engine_sink(f.engine, f.b->ws_ping));
    metrics_engine_unlock(f.engine);
    tear_down(&f);
}

static void flushing_twice_counts_once(void **state)
{
    (void)state;
    struct fixture f;
    set_up(&f, false, NULL);
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < 5000; i++)
            add(&f, f.b->http_req_waiting, "a=b", i, round * 10000 + i);
        shard_flush(f.shard);
        shard_flush(f.shard);
    }
    metrics_engine_lock(f.engine);
    const struct sink *s = metrics_engine_sink(f.engine, f.b->http_req_waiting);
    assert_int_equal(s->count, 15000);
    assert_int_equal(hist_count(s->hist), 15000);
    assert_true(hist_max(s->hist) == 24999);
    metrics_engine_unlock(f.engine);
    tear_down(&f);
}

static void metrics_made_later_find_room_in_old_sets(void **state)
{
    (void)state;
    struct fixture f;
    set_up(&f, false, NULL);
    struct tagset *t = make_tags(f.pool, "x=y");
    shard_add(f.shard, f.b->iterations, t, NULL, 0, 1);
    struct metric *made[100];
    for (int i = 0; i < 100; i++) {
        char name[32];
        snprintf(name, sizeof name, "custom_%d", i);
        assert_int_equal(metric_get_or_create(f.registry, str_of(name), METRIC_COUNTER,
                                              METRIC_DEFAULT, &made[i], NULL),
                         0);
        shard_add(f.shard, made[i], t, NULL, 0, i);
    }
    shard_add(f.shard, f.b->iterations, t, NULL, 0, 1);
    tags_unref(t);
    shard_flush(f.shard);
    metrics_engine_lock(f.engine);
    assert_true(metrics_engine_sink(f.engine, f.b->iterations)->value == 2);
    for (int i = 0; i < 100; i++)
        assert_true(metrics_engine_sink(f.engine, made[i])->value == i);
    metrics_engine_unlock(f.engine);
    tear_down(&f);
}

static void checks_count_by_group_and_by_name(void **state)
{
    (void)state;
    struct fixture f;
    set_up(&f, false, NULL);
    add(&f, f.b->checks, "check=one,group=::outer", 10, 1);
    add(&f, f.b->checks, "check=two,group=::outer::inner", 20, 0);
    add(&f, f.b->group_duration, "group=::empty", 25, 3);
    add(&f, f.b->checks, "check=one,group=", 30, 0);
    shard_flush(f.shard);
    add(&f, f.b->checks, "check=one,group=", 40, 1);
    add(&f, f.b->checks, "group=", 50, 1); /* no name: counts for the metric only */
    shard_flush(f.shard);
    metrics_engine_lock(f.engine);
    const struct group_node *root = metrics_engine_root_group(f.engine);
    assert_string_equal(root->id, "d41d8cd98f00b204e9800998ecf8427e");
    assert_int_equal(root->group_count, 2);
    assert_int_equal(root->check_count, 1);
    assert_string_equal(root->checks[0]->path, "::one");
    assert_int_equal(root->checks[0]->passes, 1);
    assert_int_equal(root->checks[0]->fails, 1);
    const struct group_node *outer = root->groups[0];
    assert_string_equal(outer->path, "::outer");
    assert_string_equal(outer->id, "c34b428ee7255085dfe7fef53d3394d5");
    assert_string_equal(outer->checks[0]->id, "f06919b91bbf4683d175f09f6afae1e1");
    assert_string_equal(outer->groups[0]->checks[0]->path, "::outer::inner::two");
    assert_string_equal(root->groups[1]->name, "empty");
    const struct group_node *all = metrics_engine_checks(f.engine);
    assert_int_equal(all->check_count, 2);
    assert_string_equal(all->checks[0]->name, "one");
    assert_int_equal(all->checks[0]->passes, 2);
    assert_int_equal(all->checks[0]->fails, 1);
    assert_int_equal(metrics_engine_sink(f.engine, f.b->checks)->count, 5);
    assert_int_equal(metrics_engine_scenario_count(f.engine), 0);
    metrics_engine_unlock(f.engine);
    tear_down(&f);
}

static void details_are_kept_by_scenario_and_group(void **state)
{
    (void)state;
    struct fixture f;
    set_up(&f, true, NULL);
    add(&f, f.b->data_sent, "group=::setup", 1, 5);
    add(&f, f.b->iterations, "scenario=beta,group=", 2, 1);
    add(&f, f.b->http_reqs, "scenario=beta,group=::g::h", 3, 1);
    add(&f, f.b->checks, "scenario=beta,group=::g::h,check=c", 4, 0);
    add(&f, f.b->http_reqs, "scenario=default,group=::x", 5, 1);
    add(&f, f.b->http_reqs, "scenario=default,group=", 6, 1);
    shard_flush(f.shard);
    metrics_engine_lock(f.engine);
    assert_int_equal(metrics_engine_scenario_count(f.engine), 1);
    assert_string_equal(metrics_engine_scenario_name(f.engine, 0), "beta");
    const struct group_node *beta = metrics_engine_scenario_group(f.engine, 0);
    assert_true(beta->sinks[f.b->iterations->id]->value == 1);
    assert_true(beta->sinks[f.b->http_reqs->id]->value == 1);
    assert_int_equal(beta->checks[0]->fails, 1);
    assert_int_equal(beta->group_count, 1);
    const struct group_node *g = beta->groups[0];
    assert_int_equal(g->sink_count, 0);
    assert_int_equal(g->check_count, 0);
    assert_true(g->groups[0]->sinks[f.b->http_reqs->id]->value == 1);
    assert_int_equal(g->groups[0]->checks[0]->fails, 1);
    const struct group_node *rest = metrics_engine_default_detail(f.engine);
    assert_int_equal(rest->sink_count, 0);
    assert_int_equal(rest->group_count, 1);
    assert_string_equal(rest->groups[0]->name, "x");
    metrics_engine_unlock(f.engine);
    tear_down(&f);
}

static void order_is_that_of_first_samples_over_all_shards(void **state)
{
    (void)state;
    struct fixture f;
    set_up(&f, false, NULL);
    struct fixture g = f;
    g.pool = tag_pool_new();
    g.shard = shard_new(f.engine, g.pool);
    add(&f, f.b->checks, "check=late,group=::late", 300, 1);
    add(&f, f.b->checks, "check=later,group=::later", 400, 1);
    add(&g, f.b->checks, "check=later,group=::later", 50, 1);
    add(&g, f.b->checks, "check=early,group=::early", 100, 1);
    shard_flush(f.shard);
    shard_flush(g.shard);
    metrics_engine_lock(f.engine);
    static const char *const order[] = {"later", "early", "late"};
    for (int i = 0; i < 3; i++) {
        assert_string_equal(metrics_engine_checks(f.engine)->checks[i]->name, order[i]);
        assert_string_equal(metrics_engine_root_group(f.engine)->groups[i]->name, order[i]);
    }
    metrics_engine_unlock(f.engine);
    shard_free(g.shard);
    tag_pool_free(g.pool);
    tear_down(&f);
}

static void tags_set_by_hand_may_be_anything(void **state)
{
    (void)state;
    struct fixture f;
    set_up(&f, true, NULL);
    static const char *const groups[] = {"plain", "::", "::::",    "a::b",
                                         "::a::", ":",  "::setup", "::setup::x"};
    for (size_t i = 0; i < sizeof groups / sizeof groups[0]; i++) {
        struct tagset *empty = tags_empty(f.pool);
        struct tag tags[] = {{STR("group"), str_of(groups[i])},
                             {STR("check"), STR("c")},
                             {STR("scenario"), STR("")}};
        struct tagset *t = tags_with_many(empty, tags, 3);
        shard_add_check(f.shard, t, NULL, 1, true);
        tags_unref(t);
        tags_unref(empty);
    }
    shard_flush(f.shard);
    metrics_engine_lock(f.engine);
    const struct group_node *root = metrics_engine_root_group(f.engine);
    assert_int_equal(root->checks[0]->passes, 2); /* "plain" and ":" name no group */
    assert_int_equal(metrics_engine_checks(f.engine)->checks[0]->passes, 8);
    metrics_engine_unlock(f.engine);
    tear_down(&f);
}

/* ---- batches ---- */

struct catcher {
    struct shard *shard;
    struct sample_batch *held;
    int batches;
    size_t samples;
};

static void come_home(struct sample_batch *b)
{
    struct catcher *c = b->opaque;
    shard_take_back(c->shard, b);
}

static void catch_batch(void *opaque, struct sample_batch *b)
{
    struct catcher *c = opaque;
    c->batches++;
    c->samples += b->len;
    b->readers = 1;
    b->give_back = come_home;
    b->opaque = c;
    if (c->held != NULL)
        sample_batch_release(c->held);
    c->held = b;
}

static void raw_samples_are_batched_only_if_wanted(void **state)
{
    (void)state;
    struct fixture f;
    set_up(&f, false, NULL);
    struct catcher c = {.shard = f.shard};
    shard_set_emit(f.shard, catch_batch, &c);
    struct tagset *meta = make_tags(f.pool, "vu=1");
    for (int i = 0; i < SAMPLE_BATCH_LEN * 3 + 5; i++) {
        char text[32];
        snprintf(text, sizeof text, "i=%d", i % 2000);
        struct tagset *t = make_tags(f.pool, text);
        shard_add(f.shard, f.b->http_reqs, t, i % 2 ? meta : NULL, i, i);
        tags_unref(t);
    }
    assert_int_equal(c.batches, 3);
    shard_flush(f.shard);
    assert_int_equal(c.batches, 4);
    assert_int_equal(c.samples, SAMPLE_BATCH_LEN * 3 + 5);
    const struct sample *last = &c.held->items[4];
    assert_int_equal(last->time_ns, SAMPLE_BATCH_LEN * 3 + 4 + 1000);
    assert_true(last->value == SAMPLE_BATCH_LEN * 3 + 4);
    assert_ptr_equal(last->metric, f.b->http_reqs);
    sample_batch_release(c.held);
    tags_unref(meta);
    tear_down(&f);
}

static void hidden_metrics_are_counted_but_not_handed_out(void **state)
{
    (void)state;
    struct fixture f;
    set_up(&f, false, NULL);
    struct catcher c = {.shard = f.shard};
    struct threshold_config watch = {.metric = "iteration_start_lag", .expr = "p(95)<5"};
    struct tagset *none = tags_empty(f.pool);
    shard_set_emit(f.shard, catch_batch, &c);
    metric_add_start_lag(f.registry, true);
    shard_add(f.shard, f.b->iteration_start_lag, none, NULL, 1, 2);
    shard_flush(f.shard);
    assert_int_equal(c.batches, 0);
    metrics_engine_lock(f.engine);
    assert_int_equal(metrics_engine_sink(f.engine, f.b->iteration_start_lag)->count, 1);
    metrics_engine_unlock(f.engine);
    assert_int_equal(metrics_engine_add_thresholds(f.engine, &watch, 1, NULL), 0);
    shard_add(f.shard, f.b->iteration_start_lag, none, NULL, 1, 2);
    shard_flush(f.shard);
    assert_int_equal(c.samples, 1);
    sample_batch_release(c.held);
    tags_unref(none);
    tear_down(&f);
}

/* ---- threads ---- */

enum { THREADS = 4, THREAD_SAMPLES = 20000 };

static void *work(void *opaque)
{
    struct metrics_engine *e = opaque;
    struct tag_pool *pool = tag_pool_new();
    struct shard *s = shard_new(e, pool);
    const struct builtin_metrics *b = metric_builtins(metrics_engine_registry(e));
    struct tagset *t = make_tags(pool, "group=::g,check=c,scenario=s");
    for (int i = 0; i < THREAD_SAMPLES; i++) {
        shard_add(s, b->http_req_duration, t, NULL, i, i);
        shard_add_check(s, t, NULL, i, i % 2 == 0);
        if (i % 1000 == 0)
            shard_flush(s);
    }
    tags_unref(t);
    shard_flush(s);
    shard_free(s);
    tag_pool_free(pool);
    return NULL;
}

static void shards_of_several_threads_add_up(void **state)
{
    (void)state;
    struct fixture f;
    set_up(&f, true, NULL);
    struct threshold_config t = {.metric = "checks", .expr = "rate>0.4", .abort_on_fail = true};
    assert_int_equal(metrics_engine_add_thresholds(f.engine, &t, 1, NULL), 0);
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, work, f.engine), 0);
    for (int i = 0; i < 50; i++)
        metrics_engine_evaluate(f.engine, i, false, NULL);
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    metrics_engine_lock(f.engine);
    assert_int_equal(metrics_engine_sink(f.engine, f.b->http_req_duration)->count,
                     THREADS * THREAD_SAMPLES);
    assert_int_equal(metrics_engine_checks(f.engine)->checks[0]->passes,
                     THREADS * THREAD_SAMPLES / 2);
    assert_int_equal(
        metrics_engine_scenario_group(f.engine, 0)->groups[0]->sinks[f.b->checks->id]->count,
        THREADS * THREAD_SAMPLES);
    metrics_engine_unlock(f.engine);
    tear_down(&f);
}

TEST_SUITE(shard){
    TEST(samples_reach_their_metric_and_matching_submetrics)
    TEST(flushing_twice_counts_once)
    TEST(metrics_made_later_find_room_in_old_sets)
    TEST(checks_count_by_group_and_by_name)
    TEST(details_are_kept_by_scenario_and_group)
    TEST(order_is_that_of_first_samples_over_all_shards)
    TEST(tags_set_by_hand_may_be_anything)
    TEST(raw_samples_are_batched_only_if_wanted)
    TEST(hidden_metrics_are_counted_but_not_handed_out)
    TEST(shards_of_several_threads_add_up)
    TEST_END
};
