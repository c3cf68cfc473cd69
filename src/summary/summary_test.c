/* summary_test.c - what is copied out of the engine, and where it is put. */
#include "summary/summary.h"

#include <math.h>

#include "summary/summary_fixture.h"
#include "summary/summary_int.h"
#include "test.h"

static void knows_its_modes(void **state)
{
    (void)state;
    enum summary_mode mode = SUMMARY_MODE_DISABLED;
    assert_true(summary_mode_parse("", &mode));
    assert_int_equal(mode, SUMMARY_MODE_COMPACT);
    assert_true(summary_mode_parse("full", &mode));
    assert_int_equal(mode, SUMMARY_MODE_FULL);
    assert_true(summary_mode_parse("compact", &mode));
    assert_int_equal(mode, SUMMARY_MODE_COMPACT);
    assert_true(summary_mode_parse("disabled", &mode));
    assert_int_equal(mode, SUMMARY_MODE_DISABLED);
    assert_false(summary_mode_parse("legacy", &mode));
    assert_false(summary_mode_parse("Full", &mode));
}

static const struct summary_metric *metric_of(const struct summary *s, const char *name)
{
    for (size_t i = 0; i < s->total.metric_count; i++)
        if (strcmp(s->total.metrics[i].name, name) == 0)
            return &s->total.metrics[i];
    return NULL;
}

static void a_name_decides_on_the_section(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        enum summary_section compact, full;
    } cases[] = {
        {"http_req_duration_mine", SECTION_HTTP, SECTION_HTTP},
        {"http_req_waiting2", SECTION_SKIPPED, SECTION_HTTP},
        {"http_requests", SECTION_CUSTOM, SECTION_CUSTOM},
        {"checks_of_mine", SECTION_SKIPPED, SECTION_SKIPPED},
        {"vus_extra", SECTION_EXECUTION, SECTION_EXECUTION},
        {"data_sent_twice", SECTION_NETWORK, SECTION_NETWORK},
        {"browser_http_req_duration", SECTION_BROWSER, SECTION_BROWSER},
        {"browser_web_vital_lcp", SECTION_WEB_VITALS, SECTION_WEB_VITALS},
        {"grpc_streams", SECTION_GRPC, SECTION_GRPC},
        {"ws_mine", SECTION_WEBSOCKET, SECTION_WEBSOCKET},
    };
    for (int mode = SUMMARY_MODE_COMPACT; mode <= SUMMARY_MODE_FULL; mode++) {
        struct fixture f;
        fixture_init(&f, (enum summary_mode)mode, NULL, 0);
        for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
            fixture_add(&f, fixture_metric(&f, cases[i].name, METRIC_COUNTER, METRIC_DEFAULT), "",
                        1);
        shard_flush(f.shard);
        struct summary *s = summary_new(&f.input);
        for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
            assert_int_equal(metric_of(s, cases[i].name)->section,
                             mode == SUMMARY_MODE_FULL ? cases[i].full : cases[i].compact);
        summary_free(s);
        fixture_deinit(&f);
    }
}

static void percentiles_of_thresholds_are_values_too(void **state)
{
    (void)state;
    static const struct threshold_config thresholds[] = {
        {.metric = "ws_ping", .expr = " p(99.25) <1"},
        {.metric = "ws_ping", .expr = "p(95)>1"},
        {.metric = "ws_ping", .expr = "p(1e1)>1"},
        {.metric = "ws_ping", .expr = "p(80)!=1"},
        {.metric = "ws_ping", .expr = "p(07)==1"}};
    struct fixture f;
    fixture_init(&f, SUMMARY_MODE_COMPACT, thresholds, 5);
    fixture_add(&f, f.b->ws_ping, "", 10);
    fixture_add(&f, f.b->ws_ping, "", 20);
    shard_flush(f.shard);
    struct summary *s = summary_new(&f.input);
    const struct summary_metric *m = metric_of(s, "ws_ping");
    assert_int_equal(m->stat_count, 6);
    assert_int_equal(m->value_count, 8);
    assert_true(fabs(summary_value_of(m, "p(99.25)") - 19.925) < 1e-9);
    assert_true(fabs(summary_value_of(m, "p(07)") - 10.7) < 1e-9);
    assert_int_equal(m->threshold_count, 5);
    summary_free(s);
    fixture_deinit(&f);
}

static void only_what_was_seen_or_watched_is_there(void **state)
{
    (void)state;
    static const struct threshold_config thresholds[] = {
        {.metric = "grpc_req_duration{a:b}", .expr = NULL}};
    struct fixture f;
    fixture_init(&f, SUMMARY_MODE_COMPACT, thresholds, 1);
    fixture_add(&f, f.b->http_req_duration, "expected_response=false", 1);
    shard_flush(f.shard);
    struct summary *s = summary_new(&f.input);
    assert_int_equal(s->total.metric_count, 3);
    assert_non_null(metric_of(s, "grpc_req_duration"));
    assert_non_null(metric_of(s, "grpc_req_duration{a:b}"));
    assert_non_null(metric_of(s, "http_req_duration"));
    assert_false(s->total.has_checks);
    summary_free(s);
    fixture_deinit(&f);
}

static bool shows_start_lag(enum summary_mode mode, bool is_hidden, int count, double lag_ms)
{
    struct fixture f;
    fixture_init(&f, mode, NULL, 0);
    metric_add_start_lag(f.registry, is_hidden);
    for (int i = 0; i < count; i++)
        fixture_add(&f, f.b->iteration_start_lag, "", i % 10 == 0 ? lag_ms : 0);
    shard_flush(f.shard);
    struct summary *s = summary_new(&f.input);
    const struct summary_metric *m = metric_of(s, "iteration_start_lag");
    bool is_shown = m != NULL;
    if (is_shown)
        assert_int_equal(m->section, SECTION_EXECUTION);
    summary_free(s);
    fixture_deinit(&f);
    return is_shown;
}

static void start_lag_is_shown_when_asked_for_or_high(void **state)
{
    (void)state;
    assert_false(shows_start_lag(SUMMARY_MODE_COMPACT, true, 1000, 10));
    assert_true(shows_start_lag(SUMMARY_MODE_COMPACT, true, 1000, 11));
    assert_false(shows_start_lag(SUMMARY_MODE_COMPACT, true, 99, 1000));
    assert_true(shows_start_lag(SUMMARY_MODE_COMPACT, true, 100, 1000));
    assert_true(shows_start_lag(SUMMARY_MODE_COMPACT, false, 1, 0));
    assert_false(shows_start_lag(SUMMARY_MODE_COMPACT, false, 0, 0));
    assert_true(shows_start_lag(SUMMARY_MODE_FULL, true, 1, 0));
}

TEST_SUITE(summary){
    TEST(knows_its_modes)
    TEST(a_name_decides_on_the_section)
    TEST(percentiles_of_thresholds_are_values_too)
    TEST(only_what_was_seen_or_watched_is_there)
    TEST(start_lag_is_shown_when_asked_for_or_high)
    TEST_END
};
