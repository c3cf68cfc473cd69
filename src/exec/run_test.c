/* run_test.c - whole runs with real workers and a fake script: what is counted, in which order
 * things happen, how runs end. Durations are a few hundred milliseconds; nothing is judged by how
 * long it took, only by what happened and in which order. */
#include "exec/run.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/duration.h"
#include "base/mem.h"
#include "base/vec.h"
#include "core/clock.h"
#include "test.h"

enum { LOG_MAX = 4096, VUS_MAX = 64 };

/* What happened, in order, as seen by the script. */
struct entry {
    char what; /* n new, f free, a activate, d deactivate, i iteration, s setup, t teardown, h
                  handleSummary */
    uint64_t vu;
    int64_t iteration, in_scenario, in_instance, in_test;
    int scenario;
    enum vu_result result;
    int64_t at_ns;
};

struct script {
    pthread_mutex_t lock;
    struct entry log[LOG_MAX];
    int len;
    struct metric *own_metric;
    enum vu_result (*iterate)(struct script *s, struct vu *vu);
    enum vu_result (*setup)(struct script *s, struct vu *vu, struct err *e);
    enum vu_result (*teardown)(struct script *s, struct vu *vu, struct err *e);
    int fail_vu; /* making the VU with this id fails; -1: none */
    int alive;
    char seen_data[64];
};

static int add_entry(struct script *s, char what, const struct vu *vu, enum vu_result result)
{
    pthread_mutex_lock(&s->lock);
    int at = s->len < LOG_MAX ? s->len++ : LOG_MAX - 1;
    s->log[at] = (struct entry){what,
                                vu->id,
                                vu->iteration,
                                vu->iteration_in_scenario,
                                vu->scenario_iteration_in_instance,
                                vu->scenario_iteration_in_test,
                                vu->scenario != NULL ? vu->scenario->index : -1,
                                result,
                                clock_now_ns()};
    pthread_mutex_unlock(&s->lock);
    return at;
}

static int fake_new(struct script *s, const struct vu_new_config *config, struct vu **out,
                    struct err *e)
{
    if ((int)config->id == s->fail_vu) {
        err_set(e, ERR_SCRIPT, "init failed");
        err_set_exit(e, EXIT_SCRIPT_EXCEPTION);
        return ERR_SCRIPT;
    }
    struct vu *vu = MEM_NEW(struct vu);
    vu->script = s;
    vu->run = config->run;
    vu->worker = config->worker;
    vu->id = config->id;
    vu->id_in_test = config->id_in_test;
    add_entry(s, 'n', vu, VU_OK);
    *out = vu;
    return 0;
}

static void fake_free(struct vu *vu)
{
    add_entry(vu->script, 'f', vu, VU_OK);
    tags_unref(vu->tags);
    tags_unref(vu->metadata);
    mem_free(vu);
}

static void fake_activate(struct vu *vu, const struct vu_scenario *s)
{
    assert_non_null(vu->tags);
    assert_ptr_equal(vu->scenario, s);
    add_entry(vu->script, 'a', vu, VU_OK);
}

static void fake_deactivate(struct vu *vu)
{
    add_entry(vu->script, 'd', vu, VU_OK);
}

static enum vu_result fake_iterate(struct vu *vu)
{
    struct script *s = vu->script;
    int at = add_entry(s, 'i', vu, VU_OK);
    enum vu_result result = s->iterate != NULL ? s->iterate(s, vu) : VU_OK;
    pthread_mutex_lock(&s->lock);
    s->log[at].result = result;
    pthread_mutex_unlock(&s->lock);
    return result;
}

static enum vu_result fake_setup(struct vu *vu, int64_t deadline_ns, char **data_json,
                                 struct err *e)
{
    add_entry(vu->script, 's', vu, VU_OK);
    enum vu_result result = vu->script->setup(vu->script, vu, e);
    if (result == VU_OK)
        *data_json = mem_strdup("{\"a\":1}");
    return result;
}

static enum vu_result fake_teardown(struct vu *vu, int64_t deadline_ns, struct err *e)
{
    add_entry(vu->script, 't', vu, VU_OK);
    return vu->script->teardown(vu->script, vu, e);
}

static enum vu_result fake_summary(struct vu *vu, int64_t deadline_ns, struct str data_json,
                                   char **out_json, bool *called, struct err *e)
{
    add_entry(vu->script, 'h', vu, VU_OK);
    *called = true;
    *out_json = mem_printf("{\"stdout\":\"%.*s\"}", (int)data_json.len, data_json.p);
    return VU_OK;
}

static bool fake_has_export(const struct script *s, const char *name)
{
    if (strcmp(name, "setup") == 0)
        return s->setup != NULL;
    if (strcmp(name, "teardown") == 0)
        return s->teardown != NULL;
    return true;
}

static const struct script_ops fake_ops = {fake_new,        fake_free,    fake_activate,
                                           fake_deactivate, fake_iterate, fake_setup,
                                           fake_teardown,   fake_summary, fake_has_export};

/* ---- pieces of script */

static enum vu_result sleep_ms(struct vu *vu, int64_t ms)
{
    int rc = fiber_sleep_until(vu->worker, clock_now_ns() + ms * NS_PER_MS);
    return rc < 0 || vu->is_interrupt_requested ? VU_INTERRUPTED : VU_OK;
}

static enum vu_result nap(struct script *s, struct vu *vu)
{
    return sleep_ms(vu, 5);
}

static enum vu_result sleep_long(struct script *s, struct vu *vu)
{
    return sleep_ms(vu, 60000);
}

static enum vu_result first_vu_long(struct script *s, struct vu *vu)
{
    return sleep_ms(vu, vu->id == 1 ? 60000 : 150);
}

static enum vu_result part_ok(struct script *s, struct vu *vu, struct err *e)
{
    struct str data = run_setup_data(vu->run);
    snprintf(s->seen_data, sizeof s->seen_data, "%.*s", (int)data.len,
             data.p != NULL ? data.p : "");
    return VU_OK;
}

static enum vu_result part_throws(struct script *s, struct vu *vu, struct err *e)
{
    err_set(e, ERR_SCRIPT, "it threw");
    return VU_FAILED;
}

static enum vu_result part_hangs(struct script *s, struct vu *vu, struct err *e)
{
    return sleep_ms(vu, 60000);
}

static enum vu_result part_aborts(struct script *s, struct vu *vu, struct err *e)
{
    run_request_stop(vu->run, STOP_SCRIPT_ABORT, "test aborted: not today");
    return VU_ABORTED;
}

static enum vu_result second_vu_aborts(struct script *s, struct vu *vu)
{
    if (vu->id != 2)
        return sleep_ms(vu, 60000);
    if (sleep_ms(vu, 50) != VU_OK)
        return VU_INTERRUPTED;
    run_request_stop(vu->run, STOP_SCRIPT_ABORT, NULL);
    return VU_ABORTED;
}

/* ---- a world to run in */

struct world {
    struct script script;
    struct metric_registry *registry;
    struct metrics_engine *metrics;
    struct options options;
    struct scenario items[4];
    struct scenario_list list;
    struct run_config config;
    struct run *run;
    struct err err;
    struct run_outcome outcome;
    struct run_counts counts;
    int rc;
    atomic_int batches, samples, begun, ended;
};

static void init_world(struct world *w, struct scenario *scenarios, size_t count)
{
    memset(w, 0, sizeof *w);
    pthread_mutex_init(&w->script.lock, NULL);
    w->script.fail_vu = -1;
    w->registry = metric_registry_new();
    w->metrics = metrics_engine_new(
        w->registry, &(struct metrics_engine_config){.system_tags = SYSTEM_TAGS_DEFAULT});
    for (size_t i = 0; i < count; i++)
        w->items[i] = scenarios[i];
    w->list = (struct scenario_list){w->items, count};
    w->config = (struct run_config){.script = &w->script,
                                    .ops = &fake_ops,
                                    .options = &w->options,
                                    .scenarios = &w->list,
                                    .metrics = w->metrics,
                                    .workers = 2,
                                    .opaque = w};
}

static void execute(struct world *w)
{
    w->rc = run_new(&w->run, &w->config, &w->err);
    assert_int_equal(w->rc, 0);
    w->rc = run_execute(w->run, &w->err);
    run_get_outcome(w->run, &w->outcome);
    run_get_counts(w->run, &w->counts);
}

static void deinit_world(struct world *w)
{
    run_free(w->run);
    metrics_engine_free(w->metrics);
    metric_registry_free(w->registry);
    err_deinit(&w->err);
    pthread_mutex_destroy(&w->script.lock);
}

static int count_entries(const struct world *w, char what, int scenario)
{
    int count = 0;
    for (int i = 0; i < w->script.len; i++)
        if (w->script.log[i].what == what &&
            (scenario < 0 || w->script.log[i].scenario == scenario))
            count++;
    return count;
}

static int first_entry(const struct world *w, char what)
{
    for (int i = 0; i < w->script.len; i++)
        if (w->script.log[i].what == what)
            return i;
    return -1;
}

static int last_entry(const struct world *w, char what)
{
    for (int i = w->script.len - 1; i >= 0; i--)
        if (w->script.log[i].what == what)
            return i;
    return -1;
}

/* Samples of a metric, and their sum for counters. */
static uint64_t samples_of(struct world *w, const char *name, double *sum)
{
    metrics_engine_lock(w->metrics);
    const struct sink *s = metrics_engine_sink(w->metrics, metric_find(w->registry, str_of(name)));
    uint64_t count = s != NULL ? s->count : 0;
    if (sum != NULL)
        *sum = s != NULL ? s->value : 0;
    metrics_engine_unlock(w->metrics);
    return count;
}

static struct scenario scenario_of(enum executor_kind kind, int64_t vus)
{
    return (struct scenario){.name = (char *)"s",
                             .executor = kind,
                             .vus = vus,
                             .iterations = 1,
                             .exec = (char *)"default",
                             .duration_ns = 100 * NS_PER_MS,
                             .max_duration_ns = 30 * NS_PER_SEC,
                             .graceful_stop_ns = 30 * NS_PER_SEC,
                             .graceful_ramp_down_ns = 30 * NS_PER_SEC,
                             .time_unit_ns = NS_PER_SEC};
}

/* ---- executors */

static void per_vu_iterations_runs_each_vu_as_often(void **state)
{
    struct scenario s = scenario_of(EXECUTOR_PER_VU_ITERATIONS, 5);
    struct world w;
    s.iterations = 3;
    init_world(&w, &s, 1);
    execute(&w);
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
    assert_int_equal(samples_of(&w, "iterations", NULL), 15);
    assert_int_equal(samples_of(&w, "iteration_duration", NULL), 15);
    assert_int_equal(samples_of(&w, "data_sent", NULL), 15);
    assert_int_equal(samples_of(&w, "dropped_iterations", NULL), 0);
    assert_int_equal(count_entries(&w, 'a', -1), 5);
    assert_int_equal(count_entries(&w, 'd', -1), 5);
    deinit_world(&w);
}

static void shared_iterations_are_each_run_once(void **state)
{
    struct scenario s = scenario_of(EXECUTOR_SHARED_ITERATIONS, 4);
    struct world w;
    s.iterations = 50;
    init_world(&w, &s, 1);
    execute(&w);
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
    deinit_world(&w);
}

static void constant_vus_loop_until_the_end(void **state)
{
    struct scenario s = scenario_of(EXECUTOR_CONSTANT_VUS, 3);
    struct world w;
    init_world(&w, &s, 1);
    w.script.iterate = nap;
    execute(&w);
    assert_int_equal(w.rc, 0);
    assert_int_equal(count_entries(&w, 'a', -1), 3);
    assert_true(count_entries(&w, 'i', -1) >= 6);
    assert_int_equal(w.counts.iterations_interrupted, 0);
    assert_int_equal(samples_of(&w, "iterations", NULL), w.counts.iterations_completed);
    deinit_world(&w);
}

static void iteration_beyond_the_grace_period_is_interrupted(void **state)
{
    struct scenario s = scenario_of(EXECUTOR_CONSTANT_VUS, 2);
    struct world w;
    s.duration_ns = 100 * NS_PER_MS;
    s.graceful_stop_ns = 400 * NS_PER_MS;
    init_world(&w, &s, 1);
    w.script.iterate = first_vu_long;
    execute(&w);
    assert_int_equal(w.rc, 0);
    assert_int_equal(w.counts.iterations_interrupted, 1);
    assert_int_equal(w.counts.iterations_completed, 1);
    assert_int_equal(samples_of(&w, "iterations", NULL), 1);
    assert_int_equal(samples_of(&w, "data_received", NULL), 2);
    deinit_world(&w);
}

static void dropped_iterations_are_told_per_vu_or_once(void **state)
{
    struct scenario items[] = {scenario_of(EXECUTOR_PER_VU_ITERATIONS, 2),
                               scenario_of(EXECUTOR_SHARED_ITERATIONS, 2)};
    struct world w;
    double sum;
    items[0].iterations = 10;
    items[0].max_duration_ns = items[1].max_duration_ns = 50 * NS_PER_MS;
    items[1].iterations = 20;
    items[1].name = (char *)"t";
    init_world(&w, items, 1);
    w.script.iterate = first_vu_long;
    w.items[0].graceful_stop_ns = 300 * NS_PER_MS;
    execute(&w);
    assert_int_equal(samples_of(&w, "dropped_iterations", &sum), 2);
    assert_true(sum == 18);
    deinit_world(&w);
    init_world(&w, items + 1, 1);
    w.script.iterate = first_vu_long;
    w.items[0].graceful_stop_ns = 300 * NS_PER_MS;
    execute(&w);
    assert_int_equal(samples_of(&w, "dropped_iterations", &sum), 1);
    assert_true(sum == 18);
    deinit_world(&w);
}

static void vus_keep_going_over_scenarios(void **state)
{
    struct scenario items[] = {scenario_of(EXECUTOR_PER_VU_ITERATIONS, 2),
                               scenario_of(EXECUTOR_PER_VU_ITERATIONS, 1)};
    struct world w;
    items[0].iterations = items[1].iterations = 2;
    items[0].max_duration_ns = 100 * NS_PER_MS;
    items[0].graceful_stop_ns = 0;
    items[1].name = (char *)"t";
    items[1].start_time_ns = 100 * NS_PER_MS;
    init_world(&w, items, 2);
    execute(&w);
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
    deinit_world(&w);
}

/* The first scenario's VU is still busy when the plan gives it to the second: the seat waits in
 * line. */
static void seat_waits_for_a_busy_vu(void **state)
{
    struct scenario items[] = {scenario_of(EXECUTOR_CONSTANT_VUS, 1),
                               scenario_of(EXECUTOR_PER_VU_ITERATIONS, 1)};
    struct world w;
    items[0].graceful_stop_ns = 0;
    items[1].start_time_ns = items[0].duration_ns;
    init_world(&w, items, 2);
    w.script.iterate = first_vu_long;
    w.items[1].max_duration_ns = 100 * NS_PER_MS;
    w.items[1].graceful_stop_ns = 0;
    execute(&w);
    assert_int_equal(w.counts.vus_initialized, 1);
    assert_int_equal(w.counts.iterations_interrupted, 2);
    assert_int_equal(count_entries(&w, 'i', 1), 1);
    deinit_world(&w);
}

static void ramping_vus_follow_the_stages(void **state)
{
    struct scenario s = scenario_of(EXECUTOR_RAMPING_VUS, 0);
    struct stage stages[] = {{.duration_ns = 100 * NS_PER_MS, .target = 4},
                             {.duration_ns = 100 * NS_PER_MS, .target = 0}};
    struct world w;
    s.start_vus = 1;
    s.stages = stages;
    s.stage_count = 2;
    init_world(&w, &s, 1);
    w.script.iterate = nap;
    execute(&w);
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
    deinit_world(&w);
}

static void ramp_down_without_grace_interrupts(void **state)
{
    struct scenario s = scenario_of(EXECUTOR_RAMPING_VUS, 0);
    struct stage stages[] = {{.duration_ns = 100 * NS_PER_MS, .target = 3},
                             {.target = 1},
                             {.duration_ns = 100 * NS_PER_MS, .target = 1}};
    struct world w;
    s.start_vus = 3;
    s.stages = stages;
    s.stage_count = 3;
    s.graceful_ramp_down_ns = 0;
    s.graceful_stop_ns = 100 * NS_PER_MS;
    init_world(&w, &s, 1);
    w.script.iterate = sleep_long;
    execute(&w);
    assert_int_equal(w.counts.iterations_interrupted, 3);
    /* Those of the highest places were the first to go. */
    assert_int_equal(w.script.log[last_entry(&w, 'd')].vu, 1);
    deinit_world(&w);
}

static void ramp_that_comes_back_keeps_its_vus(void **state)
{
    struct scenario s = scenario_of(EXECUTOR_RAMPING_VUS, 0);
    struct stage stages[] = {{.duration_ns = 50 * NS_PER_MS, .target = 4},
                             {.target = 1},
                             {.duration_ns = 50 * NS_PER_MS, .target = 1},
                             {.target = 4},
                             {.duration_ns = 100 * NS_PER_MS, .target = 4}};
    struct world w;
    s.start_vus = 4;
    s.stages = stages;
    s.stage_count = 5;
    init_world(&w, &s, 1);
    w.script.iterate = nap;
    execute(&w);
    assert_int_equal(w.counts.vus_initialized, 4);
    assert_int_equal(count_entries(&w, 'a', -1), 7); /* VU 1 once, the others twice */
    deinit_world(&w);
}

static void vus_and_iterations_carry_their_numbers_in_the_test(void **state)
{
    struct scenario s = scenario_of(EXECUTOR_PER_VU_ITERATIONS, 5);
    struct world w;
    init_world(&w, &s, 1);
    w.options.execution_segment.set = true;
    w.options.execution_segment.v = (char *)"1/3:2/3";
    execute(&w);
    assert_int_equal(w.counts.vus_initialized, 2);
    assert_int_equal(w.counts.iterations_completed, 2);
    for (int i = 0; i < w.script.len; i++)
        if (w.script.log[i].what == 'i')
            assert_int_equal(w.script.log[i].in_test, 1 + 3 * w.script.log[i].in_instance);
    deinit_world(&w);
}

static void iterations_last_at_least_their_minimum(void **state)
{
    struct scenario s = scenario_of(EXECUTOR_PER_VU_ITERATIONS, 1);
    struct world w;
    s.iterations = 2;
    init_world(&w, &s, 1);
    w.options.min_iteration_duration = (struct opt_ns){true, 50 * NS_PER_MS};
    execute(&w);
    int first = first_entry(&w, 'i');
    int last = last_entry(&w, 'i');
    assert_true(w.script.log[last].at_ns - w.script.log[first].at_ns >= 50 * NS_PER_MS);
    deinit_world(&w);
}

/* ---- arrival rates */

static struct scenario arrival_of(double rate, int64_t planned, int64_t max)
{
    struct scenario s = scenario_of(EXECUTOR_CONSTANT_ARRIVAL_RATE, 0);
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
    init_world(&w, &s, 1);
    execute(&w);
    assert_int_equal(w.rc, 0);
    assert_int_equal(w.counts.iterations_completed + samples_of(&w, "dropped_iterations", NULL),
                     20);
    assert_true(w.counts.iterations_completed > 0);
    assert_int_equal(count_entries(&w, 'a', -1), 10);
    assert_int_equal(w.counts.vus_active, 0);
    deinit_world(&w);
}

static void ramping_arrival_rate_fixes_it_too(void **state)
{
    struct scenario s = arrival_of(0, 8, 8);
    struct stage stages[] = {{.duration_ns = 200 * NS_PER_MS, .target = 100}};
    struct world w;
    s.executor = EXECUTOR_RAMPING_ARRIVAL_RATE;
    s.stages = stages;
    s.stage_count = 1;
    init_world(&w, &s, 1);
    execute(&w);
    assert_int_equal(w.counts.iterations_completed + samples_of(&w, "dropped_iterations", NULL),
                     10);
    deinit_world(&w);
}

static enum vu_result sleep_250(struct script *s, struct vu *vu)
{
    return sleep_ms(vu, 250);
}

static void iterations_without_a_free_vu_are_dropped(void **state)
{
    struct scenario s = arrival_of(50, 1, 1);
    struct world w;
    double sum;
    init_world(&w, &s, 1);
    w.script.iterate = sleep_250;
    execute(&w);
    assert_int_equal(w.counts.iterations_completed, 1);
    assert_int_equal(samples_of(&w, "dropped_iterations", &sum), 9);
    assert_true(sum == 9);
    deinit_world(&w);
}

static void vus_are_added_up_to_the_maximum(void **state)
{
    struct scenario s = arrival_of(50, 1, 3);
    struct world w;
    init_world(&w, &s, 1);
    w.script.iterate = sleep_250;
    execute(&w);
    assert_int_equal(w.counts.vus_initialized, 3);
    assert_int_equal(w.counts.iterations_completed, 3);
    deinit_world(&w);
}

static void rate_without_planned_vus_makes_its_own(void **state)
{
    struct scenario s = arrival_of(50, 0, 2);
    struct world w;
    init_world(&w, &s, 1);
    execute(&w);
    assert_true(w.counts.vus_initialized >= 1 && w.counts.vus_initialized <= 2);
    assert_int_equal(w.counts.iterations_completed + samples_of(&w, "dropped_iterations", NULL),
                     10);
    deinit_world(&w);
}

/* Two workers keep a stripe of starts each, but one has all VUs that are free. */
static enum vu_result even_vus_hang(struct script *s, struct vu *vu)
{
    return vu->id % 2 == 0 ? sleep_ms(vu, 60000) : VU_OK;
}

static void start_goes_to_the_worker_that_has_a_free_vu(void **state)
{
    struct scenario s = arrival_of(100, 4, 4);
    struct world w;
    s.graceful_stop_ns = 0;
    init_world(&w, &s, 1);
    w.script.iterate = even_vus_hang;
    execute(&w);
    assert_int_equal(w.counts.iterations_interrupted, 2);
    assert_int_equal(w.counts.iterations_completed + samples_of(&w, "dropped_iterations", NULL),
                     18);
    assert_true(w.counts.iterations_completed > 10);
    deinit_world(&w);
}

static void free_vus_take_turns(void **state)
{
    struct scenario s = arrival_of(100, 4, 4);
    struct world w;
    init_world(&w, &s, 1);
    w.config.workers = 1;
    execute(&w);
    uint64_t before = 0;
    for (int i = 0; i < w.script.len; i++) {
        if (w.script.log[i].what != 'i')
            continue;
        assert_int_equal(w.script.log[i].vu, before % 4 + 1);
        before = w.script.log[i].vu;
    }
    deinit_world(&w);
}

static void spare_vus_serve_a_later_scenario(void **state)
{
    struct scenario items[] = {arrival_of(50, 1, 3), arrival_of(50, 1, 3)};
    struct world w;
    items[0].graceful_stop_ns = items[1].graceful_stop_ns = 100 * NS_PER_MS;
    items[1].start_time_ns = 300 * NS_PER_MS;
    items[1].name = (char *)"t";
    init_world(&w, items, 2);
    w.script.iterate = sleep_250;
    execute(&w);
    assert_int_equal(w.counts.vus_initialized, 3);
    assert_int_equal(count_entries(&w, 'i', 0), 3);
    assert_int_equal(count_entries(&w, 'i', 1), 3);
    deinit_world(&w);
}

/* ---- lifecycle */

static void setup_comes_first_and_teardown_last(void **state)
{
    struct scenario s = scenario_of(EXECUTOR_PER_VU_ITERATIONS, 2);
    struct world w;
    init_world(&w, &s, 1);
    w.script.setup = part_ok;
    w.script.teardown = part_ok;
    execute(&w);
    assert_int_equal(w.rc, 0);
    assert_true(first_entry(&w, 's') < first_entry(&w, 'i'));
    assert_true(first_entry(&w, 't') > last_entry(&w, 'd'));
    assert_string_equal(w.script.seen_data, "{\"a\":1}");
    assert_int_equal(count_entries(&w, 'n', -1), 4);
    assert_int_equal(count_entries(&w, 'f', -1), 4);
    assert_int_equal(samples_of(&w, "data_sent", NULL), 4);
    assert_int_equal(samples_of(&w, "iterations", NULL), 2);
    deinit_world(&w);
}

static void check_failed_setup(enum vu_result (*setup)(struct script *, struct vu *, struct err *),
                               int exit_code, const char *msg)
{
    struct scenario s = scenario_of(EXECUTOR_PER_VU_ITERATIONS, 2);
    struct world w;
    init_world(&w, &s, 1);
    w.options.setup_timeout = (struct opt_ns){true, 100 * NS_PER_MS};
    w.script.setup = setup;
    w.script.teardown = part_ok;
    execute(&w);
    assert_true(w.rc < 0);
    assert_int_equal(w.outcome.exit_code, exit_code);
    assert_int_equal(w.err.exit_code, exit_code);
    assert_string_equal(w.err.msg, msg);
    assert_int_equal(count_entries(&w, 'i', -1), 0);
    assert_int_equal(count_entries(&w, 't', -1), 0);
    assert_int_equal(samples_of(&w, "data_sent", NULL), 1);
    deinit_world(&w);
}

static void failed_setup_ends_the_test(void **state)
{
    check_failed_setup(part_throws, EXIT_SCRIPT_EXCEPTION, "it threw");
    check_failed_setup(part_hangs, EXIT_SETUP_TIMEOUT,
                       "setup() execution timed out after 0 seconds");
    check_failed_setup(part_aborts, EXIT_SCRIPT_ABORTED, "test aborted: not today");
}

static void failed_teardown_fails_the_test(void **state)
{
    struct scenario s = scenario_of(EXECUTOR_PER_VU_ITERATIONS, 1);
    struct world w;
    init_world(&w, &s, 1);
    w.script.teardown = part_throws;
    execute(&w);
    assert_int_equal(w.outcome.exit_code, EXIT_SCRIPT_EXCEPTION);
    assert_int_equal(w.counts.iterations_completed, 1);
    deinit_world(&w);
    init_world(&w, &s, 1);
    w.options.teardown_timeout = (struct opt_ns){true, 50 * NS_PER_MS};
    w.script.teardown = part_hangs;
    execute(&w);
    assert_int_equal(w.outcome.exit_code, EXIT_TEARDOWN_TIMEOUT);
    deinit_world(&w);
}

static void setup_and_teardown_can_be_turned_off(void **state)
{
    struct scenario s = scenario_of(EXECUTOR_PER_VU_ITERATIONS, 1);
    struct world w;
    init_world(&w, &s, 1);
    w.script.setup = part_throws;
    w.script.teardown = part_throws;
    w.options.no_setup = w.options.no_teardown = (struct opt_bool){true, true};
    execute(&w);
    assert_int_equal(w.rc, 0);
    deinit_world(&w);
}

static void abort_interrupts_the_others_and_tears_down(void **state)
{
    struct scenario s = scenario_of(EXECUTOR_PER_VU_ITERATIONS, 3);
    struct world w;
    s.iterations = 5;
    init_world(&w, &s, 1);
    w.script.iterate = second_vu_aborts;
    w.script.teardown = part_ok;
    execute(&w);
    assert_true(w.rc < 0);
    assert_int_equal(w.outcome.exit_code, EXIT_SCRIPT_ABORTED);
    assert_int_equal(w.outcome.reason, STOP_SCRIPT_ABORT);
    assert_string_equal(w.err.msg, "test aborted");
    assert_int_equal(samples_of(&w, "iterations", NULL), 1);
    assert_int_equal(samples_of(&w, "data_sent", NULL), 4);
    assert_int_equal(samples_of(&w, "dropped_iterations", NULL), 0);
    assert_int_equal(w.counts.iterations_completed, 0);
    assert_int_equal(count_entries(&w, 't', -1), 1);
    deinit_world(&w);
}

static enum vu_result kill_us(struct script *s, struct vu *vu)
{
    if (vu->id == 1)
        kill(getpid(), SIGINT);
    return sleep_ms(vu, 60000);
}

static void signal_stops_the_test(void **state)
{
    struct scenario items[] = {scenario_of(EXECUTOR_CONSTANT_VUS, 3),
                               scenario_of(EXECUTOR_CONSTANT_VUS, 3)};
    struct world w;
    items[1].start_time_ns = 3600 * NS_PER_SEC; /* never begins */
    items[1].name = (char *)"t";
    init_world(&w, items, 2);
    w.script.iterate = kill_us;
    w.script.teardown = part_ok;
    execute(&w);
    assert_true(w.rc < 0);
    assert_int_equal(w.outcome.exit_code, EXIT_EXTERNAL_ABORT);
    assert_int_equal(count_entries(&w, 't', -1), 1);
    assert_int_equal(count_entries(&w, 'i', 1), 0);
    deinit_world(&w);
}

static enum vu_result kill_and_sleep(struct script *s, struct vu *vu, struct err *e)
{
    kill(getpid(), SIGTERM);
    return sleep_ms(vu, 60000);
}

static void signal_in_setup_ends_the_test_without_teardown(void **state)
{
    struct scenario s = scenario_of(EXECUTOR_CONSTANT_VUS, 1);
    struct world w;
    init_world(&w, &s, 1);
    w.script.setup = kill_and_sleep;
    w.script.teardown = part_ok;
    execute(&w);
    assert_int_equal(w.outcome.exit_code, EXIT_EXTERNAL_ABORT);
    assert_int_equal(count_entries(&w, 'i', -1), 0);
    assert_int_equal(count_entries(&w, 't', -1), 0);
    deinit_world(&w);
}

static void vu_that_cannot_be_made_ends_the_test(void **state)
{
    struct scenario s = scenario_of(EXECUTOR_CONSTANT_VUS, 8);
    struct world w;
    init_world(&w, &s, 1);
    w.script.fail_vu = 4;
    w.script.setup = part_ok;
    execute(&w);
    assert_true(w.rc < 0);
    assert_int_equal(w.outcome.exit_code, EXIT_SCRIPT_EXCEPTION);
    assert_string_equal(w.err.msg, "init failed");
    assert_int_equal(first_entry(&w, 's'), -1);
    assert_int_equal(count_entries(&w, 'n', -1), count_entries(&w, 'f', -1));
    deinit_world(&w);
}

static enum vu_result fails_test(struct script *s, struct vu *vu)
{
    run_mark_failed(vu->run);
    return VU_FAILED;
}

static void marked_as_failed_runs_on(void **state)
{
    struct scenario s = scenario_of(EXECUTOR_PER_VU_ITERATIONS, 2);
    struct world w;
    s.iterations = 2;
    init_world(&w, &s, 1);
    w.script.iterate = fails_test;
    execute(&w);
    assert_int_equal(w.rc, 0);
    assert_int_equal(w.counts.iterations_completed, 4);
    assert_int_equal(w.outcome.exit_code, EXIT_MARKED_AS_FAILED);
    assert_string_equal(w.outcome.message, "test run was marked as failed");
    deinit_world(&w);
}

static void crossed_thresholds_decide_last(void **state)
{
    struct scenario s = scenario_of(EXECUTOR_PER_VU_ITERATIONS, 2);
    struct threshold_config t = {.metric = "iterations", .expr = "count>100"};
    struct world w;
    init_world(&w, &s, 1);
    assert_int_equal(metrics_engine_add_thresholds(w.metrics, &t, 1, NULL), 0);
    execute(&w);
    assert_int_equal(w.rc, 0);
    assert_true(w.outcome.thresholds_failed);
    assert_int_equal(w.outcome.exit_code, EXIT_THRESHOLDS_FAILED);
    assert_string_equal(w.outcome.message, "thresholds on metrics 'iterations' have been crossed");
    deinit_world(&w);
}

static void threshold_with_abort_stops_the_run(void **state)
{
    struct scenario s = scenario_of(EXECUTOR_CONSTANT_VUS, 2);
    struct threshold_config t = {.metric = "iterations", .expr = "count<3", .abort_on_fail = true};
    struct world w;
    s.duration_ns = 30 * NS_PER_SEC;
    init_world(&w, &s, 1);
    w.script.iterate = nap;
    assert_int_equal(metrics_engine_add_thresholds(w.metrics, &t, 1, NULL), 0);
    execute(&w);
    assert_true(w.rc < 0);
    assert_int_equal(w.outcome.reason, STOP_THRESHOLD_ABORT);
    assert_int_equal(w.outcome.exit_code, EXIT_THRESHOLDS_FAILED);
    assert_true(samples_of(&w, "vus", NULL) >= 1);
    deinit_world(&w);
}

static void handle_summary_gets_a_vu_of_its_own(void **state)
{
    struct scenario s = scenario_of(EXECUTOR_PER_VU_ITERATIONS, 2);
    struct world w;
    char *out = NULL;
    bool called = false;
    init_world(&w, &s, 1);
    w.script.setup = part_throws; /* the summary is made all the same */
    execute(&w);
    assert_int_equal(run_handle_summary(w.run, STR("data"), &out, &called, &w.err), 0);
    assert_true(called);
    assert_string_equal(out, "{\"stdout\":\"data\"}");
    mem_free(out);
    assert_int_equal(count_entries(&w, 'n', -1), count_entries(&w, 'f', -1));
    deinit_world(&w);
}

static void tick_resumes(void *opaque, struct run *r)
{
    struct world *w = opaque;
    if (run_phase_now(r) == RUN_INIT && atomic_fetch_add(&w->samples, 1) >= 1) {
        assert_int_equal(count_entries(w, 'i', -1), 0);
        run_resume(r);
    }
}

static void paused_run_waits_to_be_resumed(void **state)
{
    struct scenario s = scenario_of(EXECUTOR_PER_VU_ITERATIONS, 1);
    struct world w;
    init_world(&w, &s, 1);
    w.options.paused = (struct opt_bool){true, true};
    w.config.on_tick = tick_resumes;
    execute(&w);
    assert_int_equal(w.rc, 0);
    assert_int_equal(w.counts.iterations_completed, 1);
    deinit_world(&w);
}

static void tick_checks_progress(void *opaque, struct run *r)
{
    struct world *w = opaque;
    struct scenario_progress p[4];
    size_t count = run_get_progress(r, p, 4);
    assert_int_equal(count, 2);
    for (size_t i = 0; i < count; i++) {
        assert_true(p[i].fraction >= 0 && p[i].fraction <= 1);
        assert_true(p[i].iterations_done <= p[i].iterations_total || p[i].iterations_total == 0);
        if (p[i].state == SCENARIO_WAITING)
            assert_int_equal(p[i].total_ns, p[i].config->start_time_ns);
    }
    if (run_phase_now(r) == RUN_ENDED) {
        assert_int_equal(p[0].state, SCENARIO_DONE);
        assert_int_equal(p[0].iterations_done, 6);
        assert_true(p[0].fraction == 1);
        assert_int_equal(p[1].state, SCENARIO_DONE);
        atomic_store(&w->samples, 1000);
    }
}

static void progress_can_be_read_at_any_time(void **state)
{
    struct scenario items[] = {scenario_of(EXECUTOR_SHARED_ITERATIONS, 2),
                               scenario_of(EXECUTOR_CONSTANT_VUS, 1)};
    struct world w;
    items[0].iterations = 6;
    items[1].start_time_ns = 150 * NS_PER_MS;
    items[1].name = (char *)"t";
    init_world(&w, items, 2);
    w.config.on_tick = tick_checks_progress;
    w.script.iterate = nap;
    execute(&w);
    assert_int_equal(atomic_load(&w.samples), 1000);
    deinit_world(&w);
}

/* An output that keeps each batch a little, and lets go on a thread of its own. */
struct reader {
    pthread_t thread;
    struct sample_batch *b;
};

static void *release_later(void *arg)
{
    struct reader *reader = arg;
    usleep(1000);
    sample_batch_release(reader->b);
    return NULL;
}

static void read_batch(void *opaque, struct sample_batch *takes)
{
    struct world *w = opaque;
    struct reader reader = {.b = takes};
    atomic_fetch_add(&w->batches, 1);
    atomic_fetch_add(&w->samples, (int)takes->len);
    takes->readers = 1;
    assert_int_equal(pthread_create(&reader.thread, NULL, release_later, &reader), 0);
    pthread_join(reader.thread, NULL);
}

static int begin_worker(void *opaque, struct worker *worker, struct err *e)
{
    atomic_fetch_add(&((struct world *)opaque)->begun, 1);
    return 0;
}

static void end_worker(void *opaque, struct worker *worker)
{
    atomic_fetch_add(&((struct world *)opaque)->ended, 1);
}

static void every_sample_reaches_the_outputs(void **state)
{
    struct scenario s = scenario_of(EXECUTOR_SHARED_ITERATIONS, 4);
    struct world w;
    s.iterations = 2000;
    init_world(&w, &s, 1);
    w.config.emit = read_batch;
    w.config.worker_begin = begin_worker;
    w.config.worker_end = end_worker;
    execute(&w);
    assert_int_equal(atomic_load(&w.samples), 4 * 2000);
    assert_true(atomic_load(&w.batches) >= 8);
    assert_int_equal(atomic_load(&w.begun), 2);
    run_free(w.run);
    w.run = NULL;
    assert_int_equal(atomic_load(&w.ended), 2);
    deinit_world(&w);
}

static enum vu_result check_metadata(struct script *s, struct vu *vu)
{
    struct str value;
    char text[32];
    assert_true(tags_get(vu->metadata, "vu", &value));
    snprintf(text, sizeof text, "%d", (int)vu->id);
    assert_true(str_eqs(value, text));
    assert_true(tags_get(vu->metadata, "iter", &value));
    snprintf(text, sizeof text, "%d", (int)vu->iteration);
    assert_true(str_eqs(value, text));
    assert_true(tags_get(vu->tags, "scenario", &value) && str_eqs(value, "s"));
    assert_true(tags_get(vu->tags, "group", &value) && value.len == 0);
    assert_true(tags_get(vu->tags, "run", &value) && str_eqs(value, "7"));
    assert_true(tags_get(vu->tags, "mine", &value) && str_eqs(value, "yes"));
    return VU_OK;
}

static void samples_carry_tags_of_run_and_scenario(void **state)
{
    struct scenario s = scenario_of(EXECUTOR_PER_VU_ITERATIONS, 2);
    struct key_value run_tags[] = {{(char *)"run", (char *)"7"}, {(char *)"mine", (char *)"no"}};
    struct key_value scenario_tags[] = {{(char *)"mine", (char *)"yes"},
                                        {(char *)"scenario", (char *)"x"}};
    struct world w;
    s.iterations = 3;
    s.tags = scenario_tags;
    s.tag_count = 2;
    init_world(&w, &s, 1);
    w.options.tags.set = true;
    w.options.tags.v = run_tags;
    w.options.tags.count = 2;
    w.options.system_tags.set = true;
    w.options.system_tags.v = SYSTEM_TAGS_DEFAULT | TAG_VU | TAG_ITER;
    w.script.iterate = check_metadata;
    execute(&w);
    assert_int_equal(w.counts.iterations_completed, 6);
    deinit_world(&w);
}

static void bad_segment_is_an_invalid_config(void **state)
{
    struct scenario s = scenario_of(EXECUTOR_PER_VU_ITERATIONS, 2);
    struct world w;
    init_world(&w, &s, 1);
    w.options.execution_segment.set = true;
    w.options.execution_segment.v = (char *)"2:1";
    assert_true(run_new(&w.run, &w.config, &w.err) < 0);
    assert_int_equal(w.err.exit_code, EXIT_INVALID_CONFIG);
    w.run = NULL;
    deinit_world(&w);
}

/* clang-format off */
TEST_SUITE(run){
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
    TEST(iterations_without_a_free_vu_are_dropped)
    TEST(vus_are_added_up_to_the_maximum)
    TEST(rate_without_planned_vus_makes_its_own)
    TEST(start_goes_to_the_worker_that_has_a_free_vu)
    TEST(free_vus_take_turns)
    TEST(spare_vus_serve_a_later_scenario)
    TEST(setup_comes_first_and_teardown_last)
    TEST(failed_setup_ends_the_test)
    TEST(failed_teardown_fails_the_test)
    TEST(setup_and_teardown_can_be_turned_off)
    TEST(abort_interrupts_the_others_and_tears_down)
    TEST(signal_stops_the_test)
    TEST(signal_in_setup_ends_the_test_without_teardown)
    TEST(vu_that_cannot_be_made_ends_the_test)
    TEST(marked_as_failed_runs_on)
    TEST(crossed_thresholds_decide_last)
    TEST(threshold_with_abort_stops_the_run)
    TEST(handle_summary_gets_a_vu_of_its_own)
    TEST(paused_run_waits_to_be_resumed)
    TEST(progress_can_be_read_at_any_time)
    TEST(every_sample_reaches_the_outputs)
    TEST(samples_carry_tags_of_run_and_scenario)
    TEST(bad_segment_is_an_invalid_config)
    TEST_END
};
