/* metrics_engine_test.c - thresholds from options to verdict. */
#include "metrics/metrics_engine.h"

#include <string.h>

#include "base/mem.h"
#include "metrics/shard.h"
#include "test.h"

static struct metrics_engine *engine_new(struct metric_registry **r)
{
    struct metrics_engine_config config = {.system_tags = SYSTEM_TAGS_DEFAULT};
    *r = metric_registry_new();
    return metrics_engine_new(*r, &config);
}

static void add_value(struct metrics_engine *e, const struct metric *m, double value)
{
    struct tag_pool *pool = tag_pool_new();
    struct shard *s = shard_new(e, pool);
    struct tagset *t = tags_empty(pool);
    shard_add(s, m, t, NULL, 0, value);
    tags_unref(t);
    shard_flush(s);
    shard_free(s);
    tag_pool_free(pool);
}

static void refuses_bad_thresholds_with_exit_code_104(void **state)
{
    (void)state;
    static const struct {
        const char *metric, *expr, *msg;
    } cases[] = {
        {"nope", "avg<1",
         "invalid threshold defined on nope; reason: no metric name \"nope\" found"},
        {"nope{a:b}", NULL,
         "invalid threshold defined on nope{a:b}; reason: no metric name \"nope{a:b}\" found"},
        {"checks{a:b", "rate<1",
         "unable to validate threshold expressions; reason: parsing metric name failed, metric "
         "\"checks{a:b\" has unmatched opening/close "
         "curly brace"},
        {"checks", "avg<1",
         "invalid threshold \"avg<1\" applied on metric checks; reason: unsupported aggregation "
         "method avg on metric of type rate. supported "
         "aggregation methods for this metric are: rate"},
        {"checks", "rate",
         "failed parsing threshold expression \"rate\"; reason: malformed threshold expression"},
        {"checks{ , :x}", "rate<1",
         "unable to validate threshold expressions; reason: parsing metric name failed, metric \" "
         "\" tag expression is malformed"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct metric_registry *r;
        struct metrics_engine *e = engine_new(&r);
        struct threshold_config c = {.metric = cases[i].metric, .expr = cases[i].expr};
        struct err err = {0};
        assert_true(metrics_engine_add_thresholds(e, &c, 1, &err) < 0);
        assert_string_equal(err.msg, cases[i].msg);
        assert_int_equal(err.exit_code, EXIT_INVALID_CONFIG);
        err_deinit(&err);
        metrics_engine_free(e);
        metric_registry_free(r);
    }
}

static void judges_metrics_without_samples_at_the_end_only(void **state)
{
    (void)state;
    struct metric_registry *r;
    struct metrics_engine *e = engine_new(&r);
    struct threshold_config list[] = {
        {.metric = "http_reqs", .expr = "count>0", .abort_on_fail = true},
        {.metric = "checks{a:b}", .expr = "rate>0.9"},
        {.metric = "checks{c:d}", .expr = NULL}};
    assert_int_equal(metrics_engine_add_thresholds(e, list, 3, NULL), 0);
    assert_true(metrics_engine_has_thresholds(e));
    bool any;
    assert_false(metrics_engine_evaluate(e, 1, false, &any));
    assert_false(any);
    assert_false(metric_builtins(r)->http_reqs->thresholds->is_judged);
    assert_true(metrics_engine_evaluate(e, 1, true, &any));
    assert_true(any);
    char *names = metrics_engine_failed_names(e);
    assert_string_equal(names, "http_reqs");
    mem_free(names);
    assert_true(metric_builtins(r)->http_reqs->is_watched);
    assert_true(metric_builtins(r)->checks->is_watched);
    assert_true(submetric_at(r, 1)->metric->is_watched);
    assert_null(submetric_at(r, 1)->metric->thresholds);
    metrics_engine_free(e);
    metric_registry_free(r);
}

static void aborts_only_after_the_delay(void **state)
{
    (void)state;
    struct metric_registry *r;
    struct metrics_engine *e = engine_new(&r);
    struct threshold_config list[] = {
        {.metric = "http_reqs", .expr = "count<1", .abort_on_fail = true, .delay_abort_ns = 100},
        {.metric = "iterations", .expr = "count<1"}};
    assert_int_equal(metrics_engine_add_thresholds(e, list, 2, NULL), 0);
    add_value(e, metric_builtins(r)->http_reqs, 5);
    add_value(e, metric_builtins(r)->iterations, 5);
    bool any;
    assert_false(metrics_engine_evaluate(e, 100, false, &any));
    assert_true(any);
    assert_true(metrics_engine_evaluate(e, 101, false, &any));
    const struct threshold *t = &metric_builtins(r)->http_reqs->thresholds->items[0];
    assert_true(t->has_observed && t->observed == 5 && t->last_failed);
    char *names = metrics_engine_failed_names(e);
    assert_string_equal(names, "http_reqs, iterations");
    mem_free(names);
    metrics_engine_free(e);
    metric_registry_free(r);
}

static void without_thresholds_the_submetrics_stay(void **state)
{
    (void)state;
    struct metric_registry *r;
    struct metrics_engine *e = engine_new(&r);
    struct threshold_config list[] = {{.metric = "http_reqs{a:b}", .expr = "gibberish"},
                                      {.metric = "nope", .expr = "count<1"}};
    metrics_engine_add_submetrics_only(e, list, 2);
    assert_int_equal(submetric_count(r), 1);
    assert_false(metrics_engine_has_thresholds(e));
    assert_false(metric_builtins(r)->http_reqs->is_watched);
    assert_null(metric_builtins(r)->http_reqs->thresholds);
    metrics_engine_free(e);
    metric_registry_free(r);
}

static void several_expressions_of_one_metric_keep_their_order(void **state)
{
    (void)state;
    struct metric_registry *r;
    struct metrics_engine *e = engine_new(&r);
    struct threshold_config list[] = {{.metric = "checks{x:1}", .expr = "rate>0"},
                                      {.metric = "checks{ x:1}", .expr = "rate<2"},
                                      {.metric = "checks{x:1}", .expr = "rate>0"}};
    assert_int_equal(metrics_engine_add_thresholds(e, list, 3, NULL), 0);
    const struct thresholds *ts = submetric_at(r, 0)->metric->thresholds;
    assert_int_equal(ts->count, 3);
    assert_string_equal(ts->items[0].source, "rate>0");
    assert_string_equal(ts->items[1].source, "rate<2");
    metrics_engine_free(e);
    metric_registry_free(r);
}

TEST_SUITE(metrics_engine)
{
    TEST(refuses_bad_thresholds_with_exit_code_104)
    TEST(judges_metrics_without_samples_at_the_end_only)
    TEST(aborts_only_after_the_delay)
    TEST(without_thresholds_the_submetrics_stay)
    TEST(several_expressions_of_one_metric_keep_their_order)
    TEST_END
};
