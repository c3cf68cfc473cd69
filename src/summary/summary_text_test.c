/* summary_text_test.c - whole texts, to the last space. */
#include <string.h>

#include "summary/summary_fixture.h"
#include "test.h"

static void assert_text(struct fixture *f, const char *want)
{
    char *text = fixture_write(f, summary_put_text);
    assert_string_equal(text, want);
    mem_free(text);
}

static void columns_are_aligned_over_all_sections(void **state)
{
    (void)state;
    struct fixture f;
    fixture_init(&f, SUMMARY_MODE_COMPACT, NULL, 0);
    const struct metric *wait = fixture_metric(&f, "my_wait", METRIC_TREND, METRIC_DEFAULT);
    for (int i = 1; i <= 10; i++) {
        fixture_add(&f, f.b->http_req_duration,
                    i < 10 ? "expected_response=true" : "expected_response=false", i * 1.2345);
        fixture_add(&f, f.b->http_req_waiting, "", i);
        fixture_add(&f, f.b->http_reqs, "", 1);
        fixture_add(&f, f.b->http_req_failed, "", i == 10);
        fixture_add(&f, f.b->iteration_duration, "", i * 1000);
        fixture_add(&f, f.b->iterations, "", 1);
        fixture_add(&f, wait, "", i * i);
    }
    fixture_add(&f, f.b->vus, "", 1);
    fixture_add(&f, f.b->vus, "", 50);
    fixture_add(&f, f.b->vus_max, "", 50);
    fixture_add(&f, f.b->data_received, "", 1234567);
    fixture_add(&f, f.b->data_sent, "", 999);
    assert_text(&f, "\n"
                    "\n  █ TOTAL RESULTS \n"
                    "\n    CUSTOM"
                    "\n    my_wait........................: avg=38.5   min=1      med=30.5   "
                    "max=100     p(90)=82.9    p(95)=91.45  "
                    "\n"
                    "\n    HTTP"
                    "\n    http_req_duration..............: avg=6.78ms min=1.23ms med=6.78ms "
                    "max=12.34ms p(90)=11.23ms p(95)=11.78ms"
                    "\n      { expected_response:true }...: avg=6.17ms min=1.23ms med=6.17ms "
                    "max=11.11ms p(90)=10.12ms p(95)=10.61ms"
                    "\n    http_req_failed................: 10.00% 1 out of 10"
                    "\n    http_reqs......................: 10     5/s"
                    "\n"
                    "\n    EXECUTION"
                    "\n    iteration_duration.............: avg=5.5s   min=1s     med=5.5s   "
                    "max=10s     p(90)=9.1s    p(95)=9.54s  "
                    "\n    iterations.....................: 10     5/s"
                    "\n    vus............................: 50     min=1       max=50"
                    "\n    vus_max........................: 50     min=50      max=50"
                    "\n"
                    "\n    NETWORK"
                    "\n    data_received..................: 1.2 MB 617 kB/s"
                    "\n    data_sent......................: 999 B  500 B/s"
                    "\n"
                    "\n"
                    "\n\n");
    fixture_deinit(&f);
}

static void thresholds_come_first_with_what_was_observed(void **state)
{
    (void)state;
    static const struct threshold_config thresholds[] = {
        {.metric = "http_req_duration", .expr = "p(95)<200"},
        {.metric = "http_req_duration", .expr = " p(99.5) > 200 "},
        {.metric = "http_req_duration", .expr = "avg<1"},
        {.metric = "http_req_duration{a:b}", .expr = "max<100"},
        {.metric = "checks{x:y}", .expr = "rate>0.9"},
        {.metric = "http_reqs", .expr = "count!=3"},
        {.metric = "http_reqs", .expr = "count>=3"},
        {.metric = "vus", .expr = "value!=5"},
        {.metric = "http_req_duration", .expr = "p<1"},
        {.metric = "iterations", .expr = NULL},
        {.metric = "http_req_duration", .expr = "max!=0"},
    };
    struct fixture f;
    fixture_init(&f, SUMMARY_MODE_COMPACT, thresholds, sizeof thresholds / sizeof thresholds[0]);
    for (int i = 0; i < 3; i++)
        fixture_add(&f, f.b->http_reqs, "", 1);
    fixture_add(&f, f.b->http_req_duration, "a=b", 150);
    fixture_add(&f, f.b->http_req_duration, "", 50);
    fixture_add(&f, f.b->vus, "", 5);
    assert_text(&f, "\n"
                    "\n  █ THRESHOLDS \n"
                    "\n    checks{x:y}"
                    "\n    ✓ 'rate>0.9' rate=0.00%"
                    "\n"
                    "\n    http_req_duration"
                    "\n    ✓ 'p(95)<200' p(95)=145ms"
                    "\n    ✗ 'p(99.5) > 200' p(99.5)=149.5ms"
                    "\n    ✗ 'avg<1' avg=100ms"
                    "\n    ✗ 'p<1' p="
                    "\n    ✓ 'max!=0' max!="
                    "\n"
                    "\n      {a:b}"
                    "\n      ✗ 'max<100' max=150ms"
                    "\n"
                    "\n    http_reqs"
                    "\n    ✗ 'count!=3' count!=1.5/s"
                    "\n    ✓ 'count>=3' count=3"
                    "\n"
                    "\n    vus"
                    "\n    ✗ 'value!=5' value!=5"
                    "\n"
                    "\n"
                    "\n  █ TOTAL RESULTS \n"
                    "\n    checks_total.......: 0     0/s"
                    "\n    checks_succeeded...: 0.00% 0 out of 0"
                    "\n    checks_failed......: 0.00% 0 out of 0"
                    "\n"
                    "\n"
                    "\n    HTTP"
                    "\n    http_req_duration...: avg=100ms min=50ms  med=100ms max=150ms "
                    "p(90)=140ms p(95)=145ms"
                    "\n      { a:b }...........: avg=150ms min=150ms med=150ms max=150ms "
                    "p(90)=150ms p(95)=150ms"
                    "\n    http_reqs...........: 3 1.5/s"
                    "\n"
                    "\n    EXECUTION"
                    "\n    iterations..........: 0 0/s"
                    "\n    vus.................: 5 min=5 max=5"
                    "\n"
                    "\n"
                    "\n\n");
    fixture_deinit(&f);
}

static void checks_are_listed_as_first_seen(void **state)
{
    (void)state;
    struct fixture f;
    fixture_init(&f, SUMMARY_MODE_COMPACT, NULL, 0);
    for (int i = 0; i < 3; i++) {
        fixture_add(&f, f.b->checks, "check=zebra,group=", 1);
        fixture_add(&f, f.b->checks, "check=apple,group=::g", i != 0);
        fixture_add(&f, f.b->checks, "check=zebra,group=::g", 1);
    }
    assert_text(&f, "\n"
                    "\n  █ TOTAL RESULTS \n"
                    "\n    checks_total.......: 9      4.5/s"
                    "\n    checks_succeeded...: 88.88% 8 out of 9"
                    "\n    checks_failed......: 11.11% 1 out of 9"
                    "\n"
                    "\n    ✓ zebra"
                    "\n    ✗ apple"
                    "\n      ↳  66% — ✓ 2 / ✗ 1"
                    "\n"
                    "\n"
                    "\n\n");
    fixture_deinit(&f);
}

static void full_mode_shows_scenarios_and_their_groups(void **state)
{
    (void)state;
    struct fixture f;
    fixture_init(&f, SUMMARY_MODE_FULL, NULL, 0);
    const struct metric *cc = fixture_metric(&f, "cc", METRIC_COUNTER, METRIC_DEFAULT);
    fixture_add(&f, f.b->data_sent, "group=::setup", 5);
    fixture_add(&f, f.b->iterations, "scenario=Zulu,group=", 1);
    fixture_add(&f, cc, "scenario=alpha,group=::outer", 1);
    fixture_add(&f, f.b->checks, "scenario=alpha,group=::outer::inner,check=two", 0);
    fixture_add(&f, f.b->http_req_blocked, "scenario=alpha,group=::outer::inner", 3);
    fixture_add(&f, cc, "scenario=default,group=::plain", 4);
    assert_text(&f,
                "\n"
                "\n  █ TOTAL RESULTS \n"
                "\n    checks_total.......: 1       0.5/s"
                "\n    checks_succeeded...: 0.00%   0 out of 1"
                "\n    checks_failed......: 100.00% 1 out of 1"
                "\n"
                "\n    ✗ two"
                "\n      ↳  0% — ✓ 0 / ✗ 1"
                "\n"
                "\n    CUSTOM"
                "\n    cc.................: 5   2.5/s"
                "\n"
                "\n    HTTP"
                "\n    http_req_blocked...: avg=3ms min=3ms med=3ms max=3ms p(90)=3ms p(95)=3ms"
                "\n"
                "\n    EXECUTION"
                "\n    iterations.........: 1   0.5/s"
                "\n"
                "\n    NETWORK"
                "\n    data_sent..........: 5 B 2.5 B/s"
                "\n"
                "\n"
                "\n  █ GROUP: plain \n"
                "\n    CUSTOM"
                "\n    cc...: 4 2/s"
                "\n"
                "\n"
                "\n  █ SCENARIO: alpha \n"
                "\n    checks_total.......: 1       0.5/s"
                "\n    checks_succeeded...: 0.00%   0 out of 1"
                "\n    checks_failed......: 100.00% 1 out of 1"
                "\n"
                "\n    ✗ two"
                "\n      ↳  0% — ✓ 0 / ✗ 1"
                "\n"
                "\n    CUSTOM"
                "\n    cc.................: 1 0.5/s"
                "\n"
                "\n    HTTP"
                "\n    http_req_blocked...: avg=3ms min=3ms med=3ms max=3ms p(90)=3ms p(95)=3ms"
                "\n"
                "\n    ↳ GROUP: outer \n"
                "\n      CUSTOM"
                "\n      cc...: 1 0.5/s"
                "\n"
                "\n      ↳ GROUP: inner \n"
                "\n        checks_total.......: 1       0.5/s"
                "\n        checks_succeeded...: 0.00%   0 out of 1"
                "\n        checks_failed......: 100.00% 1 out of 1"
                "\n"
                "\n        ✗ two"
                "\n              ↳  0% — ✓ 0 / ✗ 1"
                "\n"
                "\n        HTTP"
                "\n        http_req_blocked...: avg=3ms min=3ms med=3ms max=3ms p(90)=3ms p(95)=3ms"
                "\n"
                "\n"
                "\n  █ SCENARIO: Zulu \n"
                "\n    EXECUTION"
                "\n    iterations...: 1 0.5/s"
                "\n"
                "\n"
                "\n\n");
    fixture_deinit(&f);
}

static void colours_mark_titles_values_and_verdicts(void **state)
{
    (void)state;
    static const struct threshold_config threshold = {.metric = "iterations", .expr = "count>1"};
    struct fixture f;
    fixture_init(&f, SUMMARY_MODE_COMPACT, &threshold, 1);
    f.input.use_color = true;
    fixture_add(&f, f.b->iterations, "", 1);
    fixture_add(&f, f.b->checks, "check=a", 1);
    fixture_add(&f, f.b->iteration_duration, "", 1);
    static const char *const stats[] = {"max"};
    f.input.trend_stats = stats;
    f.input.trend_stat_count = 1;
    assert_text(
        &f,
        "\n"
        "\n  █ \x1b[1mTHRESHOLDS\x1b[0m \n"
        "\n    iterations"
        "\n    \x1b[31m✗\x1b[0m \x1b[37m'count>1'\x1b[0m \x1b[37mcount\x1b[0m=\x1b[36m1\x1b[0m"
        "\n"
        "\n"
        "\n  █ \x1b[1mTOTAL RESULTS\x1b[0m \n"
        "\n    checks_total\x1b[2;37m.......:\x1b[0m \x1b[36m1\x1b[0m       \x1b[2;36m0.5/s\x1b[0m"
        "\n    checks_succeeded\x1b[2;37m...:\x1b[0m \x1b[36m100.00%\x1b[0m \x1b[2;36m1 out of "
        "1\x1b[0m"
        "\n    checks_failed\x1b[2;37m......:\x1b[0m \x1b[36m0.00%\x1b[0m   \x1b[2;36m0 out of "
        "1\x1b[0m"
        "\n"
        "\n    \x1b[32m✓ a\x1b[0m"
        "\n"
        "\n    \x1b[1mEXECUTION\x1b[0m"
        "\n    iteration_duration\x1b[2;37m...:\x1b[0m max=\x1b[36m1ms\x1b[0m"
        "\n    iterations\x1b[2;37m...........:\x1b[0m \x1b[36m1\x1b[0m \x1b[2;36m0.5/s\x1b[0m"
        "\n"
        "\n"
        "\n\n");
    fixture_deinit(&f);
}

static void statistics_and_the_time_unit_are_the_users_choice(void **state)
{
    (void)state;
    struct fixture f;
    fixture_init(&f, SUMMARY_MODE_COMPACT, NULL, 0);
    static const char *const stats[] = {"count", "p(99.99)", "max"};
    f.input.trend_stats = stats;
    f.input.trend_stat_count = 3;
    f.input.time_unit = "us";
    for (int i = 0; i < 4; i++)
        fixture_add(&f, f.b->iteration_duration, "", i);
    assert_text(&f, "\n"
                    "\n  █ TOTAL RESULTS \n"
                    "\n    EXECUTION"
                    "\n    iteration_duration...: count=4 p(99.99)=2999.70µs max=3000.00µs"
                    "\n"
                    "\n"
                    "\n\n");
    f.input.trend_stat_count = 0;
    assert_text(&f, "\n"
                    "\n  █ TOTAL RESULTS \n"
                    "\n    EXECUTION"
                    "\n    iteration_duration...: "
                    "\n"
                    "\n"
                    "\n\n");
    fixture_deinit(&f);
}

static void a_run_without_samples_has_a_title_only(void **state)
{
    (void)state;
    struct fixture f;
    fixture_init(&f, SUMMARY_MODE_FULL, NULL, 0);
    assert_text(&f, "\n\n  █ TOTAL RESULTS \n\n\n\n");
    fixture_deinit(&f);
}

TEST_SUITE(summary_text)
{
    TEST(columns_are_aligned_over_all_sections)
    TEST(thresholds_come_first_with_what_was_observed)
    TEST(checks_are_listed_as_first_seen)
    TEST(full_mode_shows_scenarios_and_their_groups)
    TEST(colours_mark_titles_values_and_verdicts)
    TEST(statistics_and_the_time_unit_are_the_users_choice)
    TEST(a_run_without_samples_has_a_title_only)
    TEST_END
};
