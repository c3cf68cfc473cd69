/* seat_test.c - what executors make of VUs in whole runs: who iterates how often, in which order,
 * what is counted, interrupted and dropped. Durations are a few hundred milliseconds; nothing is
 * judged by how long it took. */
#include <unistd.h>

#include "base/mem.h"
#include "core/clock.h"
#include "exec/fake_run.h"
#include "test.h"

static enum vu_result nap(struct script *s, struct vu *vu)
{
    return fake_run_sleep(vu, 5);
}

static enum vu_result sleep_long(struct script *s, struct vu *vu)
{
    return fake_run_sleep(vu, 60000);
}

static enum vu_result first_vu_long(struct script *s, struct vu *vu)
{
    return fake_run_sleep(vu, vu->id == 1 ? 60000 : 150);
}

static void per_vu_iterations_runs_each_vu_as_often(void **state)
{
    struct scenario s = fake_run_scenario(EXECUTOR_PER_VU_ITERATIONS, 5);
    struct world w;
    s.iterations = 3;
    fake_run_init(&w, &s, 1);
    fake_run_execute(&w);
    assert_int_equal(w.rc, 0);
    assert_int_equal(w.outcome.exit_code, 0);
    int64_t per_vu[VUS_MAX] = {0};
    for (int i = 0; i < w.script.len; i++) {
        const struct entry *e = &w.script.log[i];
        if (e->what != 'i')
            continue;
        assert_true(e->vu >= 1 && e->vu <= 5);
        assert_int_equal(e->iteration, per_vu[e->vu]);
        assert_int_equal(e->in_scenario, per_vu[e->vu]);
        per_vu[e->vu]++;
    }
    for (int vu = 1; vu <= 5; vu++)
        assert_int_equal(per_vu[vu], 3);
    assert_int_equal(w.counts.iterations_completed, 15);
    assert_int_equal(fake_run_samples(&w, "iterations", NULL), 15);
    assert_int_equal(fake_run_samples(&w, "iteration_duration", NULL), 15);
    assert_int_equal(fake_run_samples(&w, "data_sent", NULL), 15);
    assert_int_equal(fake_run_samples(&w, "dropped_iterations", NULL), 0);
    assert_int_equal(fake_run_count(&w, 'a', -1), 5);
    assert_int_equal(fake_run_count(&w, 'd', -1), 5);
    fake_run_deinit(&w);
}

static void shared_iterations_are_each_run_once(void **state)
{
    struct scenario s = fake_run_scenario(EXECUTOR_SHARED_ITERATIONS, 4);
    struct world w;
    s.iterations = 50;
    fake_run_init(&w, &s, 1);
    fake_run_execute(&w);
    bool seen[50] = {0};
    for (int i = 0; i < w.script.len; i++) {
        if (w.script.log[i].what != 'i')
            continue;
        int64_t n = w.script.log[i].in_test;
        assert_true(n >= 0 && n < 50 && !seen[n]);
        assert_int_equal(n, w.script.log[i].in_instance);
        seen[n] = true;
    }
    assert_int_equal(w.counts.iterations_completed, 50);
    assert_int_equal(w.counts.vus_active, 0);
    assert_int_equal(w.counts.vus_initialized, 4);
    fake_run_deinit(&w);
}

static void constant_vus_loop_until_the_end(void **state)
{
    struct scenario s = fake_run_scenario(EXECUTOR_CONSTANT_VUS, 3);
    struct world w;
    fake_run_init(&w, &s, 1);
    w.script.iterate = nap;
    fake_run_execute(&w);
    assert_int_equal(w.rc, 0);
    assert_int_equal(fake_run_count(&w, 'a', -1), 3);
    assert_true(fake_run_count(&w, 'i', -1) >= 6);
    assert_int_equal(w.counts.iterations_interrupted, 0);
    assert_int_equal(fake_run_samples(&w, "iterations", NULL), w.counts.iterations_completed);
    fake_run_deinit(&w);
}

static void iteration_beyond_the_grace_period_is_interrupted(void **state)
{
    struct scenario s = fake_run_scenario(EXECUTOR_CONSTANT_VUS, 2);
    struct world w;
    s.duration_ns = 100 * NS_PER_MS;
    s.graceful_stop_ns = 400 * NS_PER_MS;
    fake_run_init(&w, &s, 1);
    w.script.iterate = first_vu_long;
    fake_run_execute(&w);
    assert_int_equal(w.rc, 0);
    assert_int_equal(w.counts.iterations_interrupted, 1);
    assert_int_equal(w.counts.iterations_completed, 1);
    assert_int_equal(fake_run_samples(&w, "iterations", NULL), 1);
    assert_int_equal(fake_run_samples(&w, "data_received", NULL), 2);
    fake_run_deinit(&w);
}

static void dropped_iterations_are_told_per_vu_or_once(void **state)
{
    struct scenario items[] = {fake_run_scenario(EXECUTOR_PER_VU_ITERATIONS, 2),
                               fake_run_scenario(EXECUTOR_SHARED_ITERATIONS, 2)};
    struct world w;
    double sum;
    items[0].iterations = 10;
    items[0].max_duration_ns = items[1].max_duration_ns = 50 * NS_PER_MS;
    items[1].iterations = 20;
    items[1].name = (char *)"t";
    fake_run_init(&w, items, 1);
    w.script.iterate = first_vu_long;
    w.items[0].graceful_stop_ns = 300 * NS_PER_MS;
    fake_run_execute(&w);
    assert_int_equal(fake_run_samples(&w, "dropped_iterations", &sum), 2);
    assert_true(sum == 18);
    fake_run_deinit(&w);
    fake_run_init(&w, items + 1, 1);
    w.script.iterate = first_vu_long;
    w.items[0].graceful_stop_ns = 300 * NS_PER_MS;
    fake_run_execute(&w);
    assert_int_equal(fake_run_samples(&w, "dropped_iterations", &sum), 1);
    assert_true(sum == 18);
    fake_run_deinit(&w);
}

static void vus_keep_going_over_scenarios(void **state)
{
    struct scenario items[] = {fake_run_scenario(EXECUTOR_PER_VU_ITERATIONS, 2),
                               fake_run_scenario(EXECUTOR_PER_VU_ITERATIONS, 1)};
    struct world w;
    items[0].iterations = items[1].iterations = 2;
    items[0].max_duration_ns = 100 * NS_PER_MS;
    items[0].graceful_stop_ns = 0;
    items[1].name = (char *)"t";
    items[1].start_time_ns = 100 * NS_PER_MS;
    fake_run_init(&w, items, 2);
    fake_run_execute(&w);
    assert_int_equal(w.counts.vus_initialized, 2);
    int64_t next[VUS_MAX][3] = {{0}};
    for (int i = 0; i < w.script.len; i++) {
        const struct entry *e = &w.script.log[i];
        if (e->what != 'i')
            continue;
        assert_int_equal(e->iteration, next[e->vu][2]++);
        assert_int_equal(e->in_scenario, next[e->vu][e->scenario]++);
        assert_true(e->scenario == 0 || e->vu == 1);
    }
    assert_int_equal(next[1][0], 2);
    assert_int_equal(next[1][1], 2);
    assert_int_equal(next[2][0], 2);
    fake_run_deinit(&w);
}

/* The first scenario's VU is still busy when the plan gives it to the second: the seat waits in
 * line. */
static void seat_waits_for_a_busy_vu(void **state)
{
    struct scenario items[] = {fake_run_scenario(EXECUTOR_CONSTANT_VUS, 1),
                               fake_run_scenario(EXECUTOR_PER_VU_ITERATIONS, 1)};
    struct world w;
    items[0].graceful_stop_ns = 0;
    items[1].start_time_ns = items[0].duration_ns;
    fake_run_init(&w, items, 2);
    w.script.iterate = first_vu_long;
    w.items[1].max_duration_ns = 100 * NS_PER_MS;
    w.items[1].graceful_stop_ns = 0;
    fake_run_execute(&w);
    assert_int_equal(w.counts.vus_initialized, 1);
    assert_int_equal(w.counts.iterations_interrupted, 2);
    assert_int_equal(fake_run_count(&w, 'i', 1), 1);
    fake_run_deinit(&w);
}

static void ramping_vus_follow_the_stages(void **state)
{
    struct scenario s = fake_run_scenario(EXECUTOR_RAMPING_VUS, 0);
    struct stage stages[] = {{.duration_ns = 100 * NS_PER_MS, .target = 4},
                             {.duration_ns = 100 * NS_PER_MS, .target = 0}};
    struct world w;
    s.start_vus = 1;
    s.stages = stages;
    s.stage_count = 2;
    fake_run_init(&w, &s, 1);
    w.script.iterate = nap;
    fake_run_execute(&w);
    assert_int_equal(w.rc, 0);
    assert_int_equal(w.counts.vus_initialized, 4);
    assert_int_equal(w.counts.iterations_interrupted, 0);
    /* First iterations come in the order of the VUs, one slope step after another. */
    int64_t first[VUS_MAX] = {0};
    for (int i = w.script.len - 1; i >= 0; i--)
        if (w.script.log[i].what == 'i')
            first[w.script.log[i].vu] = w.script.log[i].at_ns;
    for (int vu = 2; vu <= 4; vu++)
        assert_true(first[vu] > first[vu - 1]);
    fake_run_deinit(&w);
}

static void ramp_down_without_grace_interrupts(void **state)
{
    struct scenario s = fake_run_scenario(EXECUTOR_RAMPING_VUS, 0);
    struct stage stages[] = {{.duration_ns = 100 * NS_PER_MS, .target = 3},
                             {.target = 1},
                             {.duration_ns = 100 * NS_PER_MS, .target = 1}};
    struct world w;
    s.start_vus = 3;
    s.stages = stages;
    s.stage_count = 3;
    s.graceful_ramp_down_ns = 0;
    s.graceful_stop_ns = 100 * NS_PER_MS;
    fake_run_init(&w, &s, 1);
    w.script.iterate = sleep_long;
    fake_run_execute(&w);
    assert_int_equal(w.counts.iterations_interrupted, 3);
    /* Those of the highest places were the first to go. */
    assert_int_equal(w.script.log[fake_run_last(&w, 'd')].vu, 1);
    fake_run_deinit(&w);
}

static void ramp_that_comes_back_keeps_its_vus(void **state)
{
    struct scenario s = fake_run_scenario(EXECUTOR_RAMPING_VUS, 0);
    struct stage stages[] = {{.duration_ns = 50 * NS_PER_MS, .target = 4},
                             {.target = 1},
                             {.duration_ns = 50 * NS_PER_MS, .target = 1},
                             {.target = 4},
                             {.duration_ns = 100 * NS_PER_MS, .target = 4}};
    struct world w;
    s.start_vus = 4;
    s.stages = stages;
    s.stage_count = 5;
    fake_run_init(&w, &s, 1);
    w.script.iterate = nap;
    fake_run_execute(&w);
    assert_int_equal(w.counts.vus_initialized, 4);
    assert_int_equal(fake_run_count(&w, 'a', -1), 7); /* VU 1 once, the others twice */
    fake_run_deinit(&w);
}

static void vus_and_iterations_carry_their_numbers_in_the_test(void **state)
{
    struct scenario s = fake_run_scenario(EXECUTOR_PER_VU_ITERATIONS, 5);
    struct world w;
    fake_run_init(&w, &s, 1);
    w.options.execution_segment.set = true;
    w.options.execution_segment.v = (char *)"1/3:2/3";
    fake_run_execute(&w);
    assert_int_equal(w.counts.vus_initialized, 2);
    assert_int_equal(w.counts.iterations_completed, 2);
    for (int i = 0; i < w.script.len; i++)
        if (w.script.log[i].what == 'i')
            assert_int_equal(w.script.log[i].in_test, 1 + 3 * w.script.log[i].in_instance);
    fake_run_deinit(&w);
}

static void iterations_last_at_least_their_minimum(void **state)
{
    struct scenario s = fake_run_scenario(EXECUTOR_PER_VU_ITERATIONS, 1);
    struct world w;
    s.iterations = 2;
    fake_run_init(&w, &s, 1);
    w.options.min_iteration_duration = (struct opt_ns){true, 50 * NS_PER_MS};
    fake_run_execute(&w);
    int first = fake_run_first(&w, 'i');
    int last = fake_run_last(&w, 'i');
    assert_true(w.script.log[last].at_ns - w.script.log[first].at_ns >= 50 * NS_PER_MS);
    fake_run_deinit(&w);
}

static enum vu_result sleep_long_but_once(struct script *s, struct vu *vu)
{
    return fake_run_sleep(vu, vu->scenario_iteration_in_instance == 0 ? 1 : 60000);
}

static void interrupted_iterations_are_not_among_those_done(void **state)
{
    struct scenario s = fake_run_scenario(EXECUTOR_SHARED_ITERATIONS, 2);
    struct scenario_progress p;
    struct world w;
    s.iterations = 4;
    s.max_duration_ns = 300 * NS_PER_MS;
    s.graceful_stop_ns = 0;
    fake_run_init(&w, &s, 1);
    w.script.iterate = sleep_long_but_once;
    fake_run_execute(&w);
    assert_int_equal(run_get_progress(w.run, &p, 1), 1);
    assert_int_equal(p.iterations_done, 1);
    assert_true(p.fraction == 0.25);
    assert_int_equal(p.state, SCENARIO_INTERRUPTED);
    fake_run_deinit(&w);
}

/* ---- arrival rates */

static struct scenario arrival_of(double rate, int64_t planned, int64_t max)
{
    struct scenario s = fake_run_scenario(EXECUTOR_CONSTANT_ARRIVAL_RATE, 0);
    s.rate = rate;
    s.duration_ns = 200 * NS_PER_MS;
    s.pre_allocated_vus = planned;
    s.max_vus = max;
    return s;
}

static void arrival_rate_fixes_the_number_of_iterations(void **state)
{
    struct scenario s = arrival_of(100, 10, 10);
    struct world w;
    fake_run_init(&w, &s, 1);
    fake_run_execute(&w);
    assert_int_equal(w.rc, 0);
    assert_int_equal(
        w.counts.iterations_completed + fake_run_samples(&w, "dropped_iterations", NULL), 21);
    assert_true(w.counts.iterations_completed > 0);
    assert_int_equal(fake_run_count(&w, 'a', -1), 10);
    assert_int_equal(w.counts.vus_active, 0);
    fake_run_deinit(&w);
}

static void ramping_arrival_rate_fixes_it_too(void **state)
{
    struct scenario s = arrival_of(0, 8, 8);
    struct stage stages[] = {{.duration_ns = 200 * NS_PER_MS, .target = 100}};
    struct world w;
    s.executor = EXECUTOR_RAMPING_ARRIVAL_RATE;
    s.stages = stages;
    s.stage_count = 1;
    fake_run_init(&w, &s, 1);
    fake_run_execute(&w);
    assert_int_equal(
        w.counts.iterations_completed + fake_run_samples(&w, "dropped_iterations", NULL), 10);
    fake_run_deinit(&w);
}

/* What a stage at rate 0 adds to a test is not waited for. */
static void ramp_ends_with_its_last_start(void **state)
{
    struct scenario s = arrival_of(0, 8, 8);
    struct stage stages[] = {{.duration_ns = 100 * NS_PER_MS, .target = 100},
                             {.duration_ns = 100 * NS_PER_MS, .target = 0},
                             {.duration_ns = 100 * NS_PER_SEC, .target = 0}};
    struct scenario_progress p;
    struct world w;
    s.executor = EXECUTOR_RAMPING_ARRIVAL_RATE;
    s.stages = stages;
    s.stage_count = 3;
    fake_run_init(&w, &s, 1);
    fake_run_execute(&w);
    assert_int_equal(w.rc, 0);
    assert_int_equal(
        w.counts.iterations_completed + fake_run_samples(&w, "dropped_iterations", NULL), 10);
    assert_true(w.counts.test_run_duration_ns < 50 * NS_PER_SEC);
    assert_int_equal(run_get_progress(w.run, &p, 1), 1);
    assert_int_equal(p.state, SCENARIO_INTERRUPTED);
    assert_true(p.fraction < 0.5);
    fake_run_deinit(&w);
}

static enum vu_result sleep_250(struct script *s, struct vu *vu)
{
    return fake_run_sleep(vu, 250);
}

static void iterations_without_a_free_vu_are_dropped(void **state)
{
    struct scenario s = arrival_of(50, 1, 1);
    struct world w;
    double sum;
    fake_run_init(&w, &s, 1);
    w.script.iterate = sleep_250;
    fake_run_execute(&w);
    assert_int_equal(w.counts.iterations_completed, 1);
    assert_int_equal(fake_run_samples(&w, "dropped_iterations", &sum), 10);
    assert_true(sum == 10);
    fake_run_deinit(&w);
}

static void vus_are_added_up_to_the_maximum(void **state)
{
    struct scenario s = arrival_of(50, 1, 3);
    struct world w;
    fake_run_init(&w, &s, 1);
    w.script.iterate = sleep_250;
    fake_run_execute(&w);
    assert_int_equal(w.counts.vus_initialized, 3);
    assert_int_equal(w.counts.iterations_completed, 3);
    fake_run_deinit(&w);
}

static void rate_without_planned_vus_makes_its_own(void **state)
{
    struct scenario s = arrival_of(50, 0, 2);
    struct world w;
    fake_run_init(&w, &s, 1);
    fake_run_execute(&w);
    assert_true(w.counts.vus_initialized >= 1 && w.counts.vus_initialized <= 2);
    assert_int_equal(
        w.counts.iterations_completed + fake_run_samples(&w, "dropped_iterations", NULL), 11);
    fake_run_deinit(&w);
}

/* Two workers keep a stripe of starts each, but one has all VUs that are free. */
static enum vu_result even_vus_hang(struct script *s, struct vu *vu)
{
    return vu->id % 2 == 0 ? fake_run_sleep(vu, 60000) : VU_OK;
}

static void start_goes_to_the_worker_that_has_a_free_vu(void **state)
{
    struct scenario s = arrival_of(100, 4, 4);
    struct world w;
    s.graceful_stop_ns = 0;
    fake_run_init(&w, &s, 1);
    w.script.iterate = even_vus_hang;
    fake_run_execute(&w);
    assert_int_equal(w.counts.iterations_interrupted, 2);
    assert_int_equal(
        w.counts.iterations_completed + fake_run_samples(&w, "dropped_iterations", NULL), 18);
    assert_true(w.counts.iterations_completed > 10);
    fake_run_deinit(&w);
}

/* A VU of the first worker keeps its thread for itself, as a long call of the engine does, until
 * more iterations have begun than the other worker's own starts. */
static enum vu_result first_vu_blocks(struct script *s, struct vu *vu)
{
    int64_t deadline_ns = clock_now_ns() + 10 * NS_PER_SEC;
    bool is_waiting = vu->id == 1 && vu->iteration == 0;
    while (is_waiting && clock_now_ns() < deadline_ns) {
        int begun = 0;
        pthread_mutex_lock(&s->lock);
        for (int i = 0; i < s->len; i++)
            begun += s->log[i].what == 'i';
        pthread_mutex_unlock(&s->lock);
        is_waiting = begun < 17;
        usleep(1000);
    }
    return is_waiting ? VU_FAILED : VU_OK;
}

static void starts_of_a_blocked_worker_are_taken_by_another(void **state)
{
    struct scenario s = arrival_of(40, 4, 4);
    struct world w;
    s.duration_ns = 500 * NS_PER_MS;
    fake_run_init(&w, &s, 1);
    w.script.iterate = first_vu_blocks;
    fake_run_execute(&w);
    for (int i = 0; i < w.script.len; i++)
        assert_true(w.script.log[i].what != 'i' || w.script.log[i].result == VU_OK);
    assert_int_equal(
        w.counts.iterations_completed + fake_run_samples(&w, "dropped_iterations", NULL), 21);
    fake_run_deinit(&w);
}

static void free_vus_take_turns(void **state)
{
    struct scenario s = arrival_of(100, 4, 4);
    struct world w;
    fake_run_init(&w, &s, 1);
    w.config.workers = 1;
    fake_run_execute(&w);
    uint64_t before = 0;
    for (int i = 0; i < w.script.len; i++) {
        if (w.script.log[i].what != 'i')
            continue;
        assert_int_equal(w.script.log[i].vu, before % 4 + 1);
        before = w.script.log[i].vu;
    }
    fake_run_deinit(&w);
}

static void spare_vus_serve_a_later_scenario(void **state)
{
    struct scenario items[] = {arrival_of(50, 1, 3), arrival_of(50, 1, 3)};
    struct world w;
    items[0].graceful_stop_ns = items[1].graceful_stop_ns = 100 * NS_PER_MS;
    items[1].start_time_ns = 300 * NS_PER_MS;
    items[1].name = (char *)"t";
    fake_run_init(&w, items, 2);
    w.script.iterate = sleep_250;
    fake_run_execute(&w);
    assert_int_equal(w.counts.vus_initialized, 3);
    assert_int_equal(fake_run_count(&w, 'i', 0), 3);
    assert_int_equal(fake_run_count(&w, 'i', 1), 3);
    fake_run_deinit(&w);
}

static void idle_vus_of_the_plan_serve_where_more_are_wanted(void **state)
{
    struct scenario items[] = {fake_run_scenario(EXECUTOR_CONSTANT_VUS, 3), arrival_of(50, 1, 3)};
    struct world w;
    items[0].graceful_stop_ns = 0;
    items[1].start_time_ns = 150 * NS_PER_MS;
    items[1].name = (char *)"t";
    fake_run_init(&w, items, 2);
    w.script.iterate = sleep_250;
    fake_run_execute(&w);
    assert_int_equal(w.counts.vus_initialized, 3);
    assert_int_equal(fake_run_count(&w, 'i', 1), 3);
    fake_run_deinit(&w);
}

/* The next scenario gets its VU when the rate that borrowed it is over. */
static void a_lent_vu_is_back_when_the_plan_needs_it(void **state)
{
    struct scenario items[] = {fake_run_scenario(EXECUTOR_CONSTANT_VUS, 2), arrival_of(50, 1, 2),
                               fake_run_scenario(EXECUTOR_PER_VU_ITERATIONS, 1)};
    struct world w;
    items[0].graceful_stop_ns = 0;
    items[1].start_time_ns = 100 * NS_PER_MS;
    items[1].duration_ns = 100 * NS_PER_MS;
    items[1].graceful_stop_ns = 0;
    items[1].name = (char *)"t";
    items[2].start_time_ns = 200 * NS_PER_MS;
    items[2].name = (char *)"u";
    fake_run_init(&w, items, 3);
    w.script.iterate = sleep_250;
    fake_run_execute(&w);
    assert_int_equal(w.counts.vus_initialized, 2);
    assert_int_equal(fake_run_count(&w, 'i', 1), 2);
    assert_int_equal(fake_run_count(&w, 'i', 2), 1);
    fake_run_deinit(&w);
}

static enum vu_result first_scenario_hangs(struct script *s, struct vu *vu)
{
    return vu->scenario->index == 0 ? fake_run_sleep(vu, 60000) : VU_OK;
}

/* The first start is due at the moment at which the scenario before gives its VUs up. */
static void first_start_waits_for_vus_on_their_way(void **state)
{
    struct scenario items[] = {fake_run_scenario(EXECUTOR_CONSTANT_VUS, 4), arrival_of(5, 4, 4)};
    struct world w;
    items[0].graceful_stop_ns = 0;
    items[1].start_time_ns = items[0].duration_ns;
    items[1].name = (char *)"t";
    fake_run_init(&w, items, 2);
    w.script.iterate = first_scenario_hangs;
    fake_run_execute(&w);
    assert_int_equal(w.counts.vus_initialized, 4);
    assert_int_equal(w.counts.iterations_interrupted, 4);
    assert_int_equal(fake_run_samples(&w, "dropped_iterations", NULL), 0);
    assert_int_equal(fake_run_count(&w, 'i', 1), 2);
    fake_run_deinit(&w);
}

static void each_start_at_a_rate_tells_how_late_it_was(void **state)
{
    struct scenario items[] = {arrival_of(100, 4, 4),
                               fake_run_scenario(EXECUTOR_PER_VU_ITERATIONS, 2)};
    struct world w;
    fake_run_init(&w, items, 2);
    metric_add_start_lag(w.registry, true);
    fake_run_execute(&w);
    uint64_t count = fake_run_samples(&w, "iteration_start_lag", NULL);
    assert_true(count > 0);
    assert_int_equal(count, fake_run_count(&w, 'i', 0));
    metrics_engine_lock(w.metrics);
    const struct sink *lag =
        metrics_engine_sink(w.metrics, metric_builtins(w.registry)->iteration_start_lag);
    double min;
    assert_int_equal(sink_stat(lag, STR("min"), 0, &min), 0);
    assert_true(min >= 0);
    metrics_engine_unlock(w.metrics);
    fake_run_deinit(&w);
}

/* clang-format off */
TEST_SUITE(seat){
    TEST(per_vu_iterations_runs_each_vu_as_often)
    TEST(shared_iterations_are_each_run_once)
    TEST(constant_vus_loop_until_the_end)
    TEST(iteration_beyond_the_grace_period_is_interrupted)
    TEST(dropped_iterations_are_told_per_vu_or_once)
    TEST(vus_keep_going_over_scenarios)
    TEST(seat_waits_for_a_busy_vu)
    TEST(ramping_vus_follow_the_stages)
    TEST(ramp_down_without_grace_interrupts)
    TEST(ramp_that_comes_back_keeps_its_vus)
    TEST(vus_and_iterations_carry_their_numbers_in_the_test)
    TEST(iterations_last_at_least_their_minimum)
    TEST(arrival_rate_fixes_the_number_of_iterations)
    TEST(ramping_arrival_rate_fixes_it_too)
    TEST(ramp_ends_with_its_last_start)
    TEST(interrupted_iterations_are_not_among_those_done)
    TEST(iterations_without_a_free_vu_are_dropped)
    TEST(vus_are_added_up_to_the_maximum)
    TEST(rate_without_planned_vus_makes_its_own)
    TEST(start_goes_to_the_worker_that_has_a_free_vu)
    TEST(idle_vus_of_the_plan_serve_where_more_are_wanted)
    TEST(a_lent_vu_is_back_when_the_plan_needs_it)
    TEST(first_start_waits_for_vus_on_their_way)
    TEST(each_start_at_a_rate_tells_how_late_it_was)
    TEST(starts_of_a_blocked_worker_are_taken_by_another)
    TEST(free_vus_take_turns)
    TEST(spare_vus_serve_a_later_scenario)
    TEST_END
};
