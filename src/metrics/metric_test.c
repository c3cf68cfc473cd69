/* metric_test.c - metric names, types and submetrics. */
#include "metrics/metric.h"

#include <string.h>

#include "test.h"

static void names_are_letters_digits_and_underscores(void **state)
{
    (void)state;
    static const char *const good[] = {"ok_name", "OK2", "_under", "ab", "a1"};
    static const char *const bad[] = {"",         "a",       "1st",    "has space",
                                      "has-dash", "dot.ted", "colon:", "\xc5\xbc\xc3\xb3",
                                      "brace{",   "ab\n"};
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
        assert_true(metric_name_is_valid(str_of(good[i])));
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_false(metric_name_is_valid(str_of(bad[i])));
    char name[130];
    memset(name, 'x', sizeof name);
    assert_true(metric_name_is_valid((struct str){name, 129}));
    assert_false(metric_name_is_valid((struct str){name, 130}));
}

static void a_name_has_one_type_and_one_kind_of_contents(void **state)
{
    (void)state;
    struct metric_registry *r = metric_registry_new();
    struct metric *a, *b;
    struct err e = {0};
    assert_int_equal(metric_get_or_create(r, STR("mine"), METRIC_TREND, METRIC_TIME, &a, &e), 0);
    assert_int_equal(metric_get_or_create(r, STR("mine"), METRIC_TREND, METRIC_TIME, &b, &e), 0);
    assert_ptr_equal(a, b);
    assert_int_equal(metric_get_or_create(r, STR("mine"), METRIC_RATE, METRIC_DEFAULT, &b, &e),
                     ERR_EXISTS);
    assert_string_equal(e.msg, "metric 'mine' already exists but with type trend, instead of rate");
    assert_int_equal(metric_get_or_create(r, STR("mine"), METRIC_TREND, METRIC_DEFAULT, &b, &e),
                     ERR_EXISTS);
    assert_string_equal(
        e.msg, "metric 'mine' already exists but with a value type time, instead of default");
    assert_int_equal(metric_get_or_create(r, STR("a b"), METRIC_TREND, METRIC_DEFAULT, &b, &e),
                     ERR_INVALID);
    assert_string_equal(e.msg, "Invalid metric name: 'a b'. Metric names must only include up to "
                               "128 ASCII letters, numbers, or "
                               "underscores and start with a letter or an underscore.");
    assert_ptr_equal(metric_find(r, STR("mine")), a);
    assert_null(metric_find(r, STR("other")));
    assert_ptr_equal(metric_at(r, (size_t)a->id), a);
    assert_null(metric_at(r, metric_count(r)));
    err_deinit(&e);
    metric_registry_free(r);
}

static void the_built_in_ones_are_there(void **state)
{
    (void)state;
    struct metric_registry *r = metric_registry_new();
    const struct builtin_metrics *b = metric_builtins(r);
    assert_ptr_equal(metric_find(r, STR("http_req_duration")), b->http_req_duration);
    assert_int_equal(b->http_req_duration->contains, METRIC_TIME);
    assert_int_equal(b->data_sent->contains, METRIC_DATA);
    assert_int_equal(b->checks->type, METRIC_RATE);
    assert_int_equal(b->vus->id, 0);
    assert_true(b->data_received->is_builtin);
    for (size_t i = 0; i < sizeof *b / sizeof(struct metric *); i++)
        assert_ptr_equal(((struct metric *const *)b)[i], metric_at(r, i));
    metric_registry_free(r);
}

static void submetrics_are_told_apart_by_their_tags(void **state)
{
    (void)state;
    struct metric_registry *r = metric_registry_new();
    struct submetric *a, *b;
    struct err e = {0};
    assert_int_equal(metric_add_submetric(r, STR("checks{ kind: \"a b\" , 'x':y:z}"), &a, &e), 0);
    assert_string_equal(a->name, "checks{kind: \"a b\" , 'x':y:z}");
    assert_string_equal(a->suffix, "kind: \"a b\" , 'x':y:z");
    assert_int_equal(a->tag_count, 2);
    assert_true(str_eqs(a->keys[0], "kind") && str_eqs(a->values[0], "a b"));
    assert_true(str_eqs(a->keys[1], "x") && str_eqs(a->values[1], "y:z"));
    assert_ptr_equal(a->parent, metric_builtins(r)->checks);
    assert_int_equal(a->metric->type, METRIC_RATE);
    assert_int_equal(metric_add_submetric(r, STR("checks{x:y:z,kind:a b}"), &b, &e), 0);
    assert_ptr_equal(a, b);
    assert_int_equal(metric_add_submetric(r, STR("checks{x:y}"), &b, &e), 0);
    assert_ptr_not_equal(a, b);
    assert_int_equal(b->id, 1);
    assert_ptr_equal(submetric_at(r, 1), b);
    assert_int_equal(submetric_count(r), 2);
    assert_int_equal(metric_builtins(r)->checks->submetric_count, 2);
    assert_int_equal(metric_add_submetric(r, STR("nope{a:b}"), &b, &e), ERR_NOT_FOUND);
    assert_int_equal(metric_add_submetric(r, STR("checks{a:b"), &b, &e), ERR_INVALID);
    assert_int_equal(metric_add_submetric(r, STR("checks{"), &b, &e), ERR_INVALID);
    assert_int_equal(metric_add_submetric(r, STR("checks{ }"), &b, &e), ERR_INVALID);
    err_deinit(&e);
    metric_registry_free(r);
}

static void splits_names_and_refuses_broken_braces(void **state)
{
    (void)state;
    struct str name, suffix;
    struct err e = {0};
    assert_int_equal(metric_split_name(STR("plain"), &name, &suffix, &e), 0);
    assert_true(str_eqs(name, "plain") && suffix.p == NULL);
    assert_int_equal(metric_split_name(STR("m{a:b,c:}}"), &name, &suffix, &e), 0);
    assert_true(str_eqs(name, "m") && str_eqs(suffix, "a:b,c:}"));
    static const char *const bad[][2] = {
        {"m{a:b",
         "parsing metric name failed, metric \"m{a:b\" has unmatched opening/close curly brace"},
        {"m}a:b{", "parsing metric name failed, metric \"m}a:b{\" closing curly brace appears "
                   "before opening one"},
        {"m{a:b}c", "parsing metric name failed, metric \"m{a:b}c\" lacks a closing curly brace in "
                    "its last position"},
        {"m{}", "parsing metric name failed, metric \"\" tag expression is malformed"},
        {"m{kind}", "parsing metric name failed, metric \"kind\" tag expression is malformed"},
        {"m{a:b,}", "parsing metric name failed, metric \"\" tag expression is malformed"},
        {"m{a:}", "parsing metric name failed, metric \"a:\" tag expression is malformed"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_int_equal(metric_split_name(str_of(bad[i][0]), &name, &suffix, &e), ERR_INVALID);
        assert_string_equal(e.msg, bad[i][1]);
    }
    err_deinit(&e);
}

static void start_lag_leaves_the_name_to_the_script(void **state)
{
    (void)state;
    struct metric_registry *r = metric_registry_new();
    struct metric *theirs;
    assert_null(metric_builtins(r)->iteration_start_lag);
    metric_add_start_lag(r, true);
    const struct metric *m = metric_builtins(r)->iteration_start_lag;
    assert_ptr_equal(metric_find(r, STR("iteration_start_lag")), m);
    assert_int_equal(m->type, METRIC_TREND);
    assert_int_equal(m->contains, METRIC_TIME);
    assert_true(m->is_builtin && m->is_hidden);
    metric_registry_free(r);

    r = metric_registry_new();
    assert_int_equal(metric_get_or_create(r, STR("iteration_start_lag"), METRIC_RATE,
                                          METRIC_DEFAULT, &theirs, NULL),
                     0);
    metric_add_start_lag(r, true);
    assert_null(metric_builtins(r)->iteration_start_lag);
    assert_false(theirs->is_hidden);
    metric_registry_free(r);
}

TEST_SUITE(metric){
    TEST(names_are_letters_digits_and_underscores)
    TEST(a_name_has_one_type_and_one_kind_of_contents)
    TEST(the_built_in_ones_are_there)
    TEST(submetrics_are_told_apart_by_their_tags)
    TEST(start_lag_leaves_the_name_to_the_script)
    TEST(splits_names_and_refuses_broken_braces)
    TEST_END
};
