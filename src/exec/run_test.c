/* run_test.c - how runs begin and end: setup and teardown, stops of all kinds, verdicts, outputs.
 * With real workers and a fake script; nothing is judged by how long it took, only by what happened
 * and in which order. */
#include "exec/run.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "core/clock.h"
#include "exec/fake_run.h"
#include "test.h"

static enum vu_result nap(struct script *s, struct vu *vu)
{
    return fake_run_sleep(vu, 5);
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
    return fake_run_sleep(vu, 60000);
}

static enum vu_result part_aborts(struct script *s, struct vu *vu, struct err *e)
{
    run_request_stop(vu->run, STOP_SCRIPT_ABORT, STR("test aborted: not today"));
    return VU_ABORTED;
}

static enum vu_result second_vu_aborts(struct script *s, struct vu *vu)
{
    if (vu->id != 2)
        return fake_run_sleep(vu, 60000);
    if (fake_run_sleep(vu, 50) != VU_OK)
        return VU_INTERRUPTED;
    run_request_stop(vu->run, STOP_SCRIPT_ABORT, STR(""));
    return VU_ABORTED;
}

static void setup_comes_first_and_teardown_last(void **state)
{
    struct scenario s = fake_run_scenario(EXECUTOR_PER_VU_ITERATIONS, 2);
    struct world w;
    fake_run_init(&w, &s, 1);
    w.script.setup = part_ok;
    w.script.teardown = part_ok;
    fake_run_execute(&w);
    assert_int_equal(w.rc, 0);
    assert_true(fake_run_first(&w, 's') < fake_run_first(&w, 'i'));
    assert_true(fake_run_first(&w, 't') > fake_run_last(&w, 'd'));
    assert_string_equal(w.script.seen_data, "{\"a\":1}");
    assert_int_equal(fake_run_count(&w, 'n', -1), 4);
    assert_int_equal(fake_run_count(&w, 'f', -1), 4);
    assert_int_equal(fake_run_samples(&w, "data_sent", NULL), 4);
    assert_int_equal(fake_run_samples(&w, "iterations", NULL), 2);
    fake_run_deinit(&w);
}

static void check_failed_setup(enum vu_result (*setup)(struct script *, struct vu *, struct err *),
                               int exit_code, const char *msg)
{
    struct scenario s = fake_run_scenario(EXECUTOR_PER_VU_ITERATIONS, 2);
    struct world w;
    fake_run_init(&w, &s, 1);
    w.options.setup_timeout = (struct opt_ns){true, 100 * NS_PER_MS};
    w.script.setup = setup;
    w.script.teardown = part_ok;
    fake_run_execute(&w);
    assert_true(w.rc < 0);
    assert_int_equal(w.outcome.exit_code, exit_code);
    assert_int_equal(w.err.exit_code, exit_code);
    assert_string_equal(w.err.msg, msg);
    assert_int_equal(fake_run_count(&w, 'i', -1), 0);
    assert_int_equal(fake_run_count(&w, 't', -1), 0);
    assert_int_equal(fake_run_samples(&w, "data_sent", NULL), 1);
    fake_run_deinit(&w);
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
    struct scenario s = fake_run_scenario(EXECUTOR_PER_VU_ITERATIONS, 1);
    struct world w;
    fake_run_init(&w, &s, 1);
    w.script.teardown = part_throws;
    fake_run_execute(&w);
    assert_int_equal(w.outcome.exit_code, EXIT_SCRIPT_EXCEPTION);
    assert_int_equal(w.counts.iterations_completed, 1);
    fake_run_deinit(&w);
    fake_run_init(&w, &s, 1);
    w.options.teardown_timeout = (struct opt_ns){true, 50 * NS_PER_MS};
    w.script.teardown = part_hangs;
    fake_run_execute(&w);
    assert_int_equal(w.outcome.exit_code, EXIT_TEARDOWN_TIMEOUT);
    fake_run_deinit(&w);
}

static void setup_and_teardown_can_be_turned_off(void **state)
{
    struct scenario s = fake_run_scenario(EXECUTOR_PER_VU_ITERATIONS, 1);
    struct world w;
    fake_run_init(&w, &s, 1);
    w.script.setup = part_throws;
    w.script.teardown = part_throws;
    w.options.no_setup = w.options.no_teardown = (struct opt_bool){true, true};
    fake_run_execute(&w);
    assert_int_equal(w.rc, 0);
    fake_run_deinit(&w);
}

static void abort_interrupts_the_others_and_tears_down(void **state)
{
    struct scenario s = fake_run_scenario(EXECUTOR_PER_VU_ITERATIONS, 3);
    struct world w;
    s.iterations = 5;
    fake_run_init(&w, &s, 1);
    w.script.iterate = second_vu_aborts;
    w.script.teardown = part_ok;
    fake_run_execute(&w);
    assert_true(w.rc < 0);
    assert_int_equal(w.outcome.exit_code, EXIT_SCRIPT_ABORTED);
    assert_int_equal(w.outcome.reason, STOP_SCRIPT_ABORT);
    assert_string_equal(w.err.msg, "test aborted");
    assert_int_equal(fake_run_samples(&w, "iterations", NULL), 1);
    assert_int_equal(fake_run_samples(&w, "data_sent", NULL), 4);
    assert_int_equal(fake_run_samples(&w, "dropped_iterations", NULL), 0);
    assert_int_equal(w.counts.iterations_completed, 0);
    assert_int_equal(fake_run_count(&w, 't', -1), 1);
    fake_run_deinit(&w);
}

static enum vu_result kill_us(struct script *s, struct vu *vu)
{
    if (vu->id == 1)
        kill(getpid(), SIGINT);
    return fake_run_sleep(vu, 60000);
}

static void signal_stops_the_test(void **state)
{
    struct scenario items[] = {fake_run_scenario(EXECUTOR_CONSTANT_VUS, 3),
                               fake_run_scenario(EXECUTOR_CONSTANT_VUS, 3)};
    struct world w;
    items[1].start_time_ns = 3600 * NS_PER_SEC; /* never begins */
    items[1].name = (char *)"t";
    fake_run_init(&w, items, 2);
    w.script.iterate = kill_us;
    w.script.teardown = part_ok;
    fake_run_execute(&w);
    assert_true(w.rc < 0);
    assert_int_equal(w.outcome.exit_code, EXIT_EXTERNAL_ABORT);
    assert_int_equal(fake_run_count(&w, 't', -1), 1);
    assert_int_equal(fake_run_count(&w, 'i', 1), 0);
    fake_run_deinit(&w);
}

static int iterations_begun(struct script *s)
{
    int n = 0;
    pthread_mutex_lock(&s->lock);
    for (int i = 0; i < s->len; i++)
        n += s->log[i].what == 'i';
    pthread_mutex_unlock(&s->lock);
    return n;
}

/* As a script does that computes for long: slice after slice. The signal comes when all four do. */
static enum vu_result kill_us_and_compute(struct script *s, struct vu *vu)
{
    int rc = 0;
    bool is_sent = vu->id != 1;
    while (rc == 0 && !vu->is_interrupt_requested) {
        if (!is_sent && iterations_begun(s) == 4) {
            kill(getpid(), SIGINT);
            is_sent = true;
        }
        rc = fiber_yield_late(vu->worker);
    }
    return VU_INTERRUPTED;
}

static void signal_stops_vus_that_compute(void **state)
{
    struct scenario s = fake_run_scenario(EXECUTOR_CONSTANT_VUS, 4);
    struct world w;
    s.duration_ns = s.graceful_stop_ns = 3600 * NS_PER_SEC;
    fake_run_init(&w, &s, 1);
    w.script.iterate = kill_us_and_compute;
    fake_run_execute(&w);
    assert_int_equal(w.outcome.exit_code, EXIT_EXTERNAL_ABORT);
    assert_int_equal(w.counts.iterations_interrupted, 4);
    fake_run_deinit(&w);
}

static enum vu_result kill_and_sleep(struct script *s, struct vu *vu, struct err *e)
{
    kill(getpid(), SIGTERM);
    return fake_run_sleep(vu, 60000);
}

static void signal_in_setup_ends_the_test_without_teardown(void **state)
{
    struct scenario s = fake_run_scenario(EXECUTOR_CONSTANT_VUS, 1);
    struct world w;
    fake_run_init(&w, &s, 1);
    w.script.setup = kill_and_sleep;
    w.script.teardown = part_ok;
    fake_run_execute(&w);
    assert_int_equal(w.outcome.exit_code, EXIT_EXTERNAL_ABORT);
    assert_int_equal(fake_run_count(&w, 'i', -1), 0);
    assert_int_equal(fake_run_count(&w, 't', -1), 0);
    fake_run_deinit(&w);
}

static void vu_that_cannot_be_made_ends_the_test(void **state)
{
    struct scenario s = fake_run_scenario(EXECUTOR_CONSTANT_VUS, 8);
    struct world w;
    fake_run_init(&w, &s, 1);
    w.script.fail_vu = 4;
    w.script.setup = part_ok;
    fake_run_execute(&w);
    assert_true(w.rc < 0);
    assert_int_equal(w.outcome.exit_code, EXIT_SCRIPT_EXCEPTION);
    assert_string_equal(w.err.msg, "init failed");
    assert_int_equal(fake_run_first(&w, 's'), -1);
    assert_int_equal(fake_run_count(&w, 'n', -1), fake_run_count(&w, 'f', -1));
    fake_run_deinit(&w);
}

static enum vu_result fails_test(struct script *s, struct vu *vu)
{
    run_mark_failed(vu->run);
    return VU_FAILED;
}

static void marked_as_failed_runs_on(void **state)
{
    struct scenario s = fake_run_scenario(EXECUTOR_PER_VU_ITERATIONS, 2);
    struct world w;
    s.iterations = 2;
    fake_run_init(&w, &s, 1);
    w.script.iterate = fails_test;
    fake_run_execute(&w);
    assert_int_equal(w.rc, 0);
    assert_int_equal(w.counts.iterations_completed, 4);
    assert_int_equal(w.outcome.exit_code, EXIT_MARKED_AS_FAILED);
    assert_string_equal(w.outcome.message, "test run was marked as failed");
    fake_run_deinit(&w);
}

static void crossed_thresholds_decide_last(void **state)
{
    struct scenario s = fake_run_scenario(EXECUTOR_PER_VU_ITERATIONS, 2);
    struct threshold_config t = {.metric = "iterations", .expr = "count>100"};
    struct world w;
    fake_run_init(&w, &s, 1);
    assert_int_equal(metrics_engine_add_thresholds(w.metrics, &t, 1, NULL), 0);
    fake_run_execute(&w);
    assert_int_equal(w.rc, 0);
    assert_true(w.outcome.thresholds_failed);
    assert_int_equal(w.outcome.exit_code, EXIT_THRESHOLDS_FAILED);
    assert_string_equal(w.outcome.message, "thresholds on metrics 'iterations' have been crossed");
    fake_run_deinit(&w);
}

static void threshold_with_abort_stops_the_run(void **state)
{
    struct scenario s = fake_run_scenario(EXECUTOR_CONSTANT_VUS, 2);
    struct threshold_config t = {.metric = "iterations", .expr = "count<3", .abort_on_fail = true};
    struct world w;
    s.duration_ns = 30 * NS_PER_SEC;
    fake_run_init(&w, &s, 1);
    w.script.iterate = nap;
    assert_int_equal(metrics_engine_add_thresholds(w.metrics, &t, 1, NULL), 0);
    fake_run_execute(&w);
    assert_true(w.rc < 0);
    assert_int_equal(w.outcome.reason, STOP_THRESHOLD_ABORT);
    assert_int_equal(w.outcome.exit_code, EXIT_THRESHOLDS_FAILED);
    assert_true(fake_run_samples(&w, "vus", NULL) >= 1);
    fake_run_deinit(&w);
}

static void handle_summary_gets_a_vu_of_its_own(void **state)
{
    struct scenario s = fake_run_scenario(EXECUTOR_PER_VU_ITERATIONS, 2);
    struct world w;
    struct summary_call call = {.data = STR("data")};
    fake_run_init(&w, &s, 1);
    w.script.setup = part_throws; /* the summary is made all the same */
    fake_run_execute(&w);
    assert_int_equal(run_handle_summary(w.run, &call, &w.err), 0);
    assert_true(call.is_called);
    assert_string_equal(call.result, "{\"stdout\":\"data\"}");
    mem_free(call.result);
    assert_int_equal(fake_run_count(&w, 'n', -1), fake_run_count(&w, 'f', -1));
    fake_run_deinit(&w);
}

static void tick_resumes(void *opaque, struct run *r)
{
    struct world *w = opaque;
    if (run_phase_now(r) == RUN_INIT && atomic_fetch_add(&w->samples, 1) >= 1) {
        assert_int_equal(fake_run_count(w, 'i', -1), 0);
        run_resume(r);
    }
}

static void paused_run_waits_to_be_resumed(void **state)
{
    struct scenario s = fake_run_scenario(EXECUTOR_PER_VU_ITERATIONS, 1);
    struct world w;
    fake_run_init(&w, &s, 1);
    w.options.paused = (struct opt_bool){true, true};
    w.config.on_tick = tick_resumes;
    fake_run_execute(&w);
    assert_int_equal(w.rc, 0);
    assert_int_equal(w.counts.iterations_completed, 1);
    fake_run_deinit(&w);
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
    struct scenario items[] = {fake_run_scenario(EXECUTOR_SHARED_ITERATIONS, 2),
                               fake_run_scenario(EXECUTOR_CONSTANT_VUS, 1)};
    struct world w;
    items[0].iterations = 6;
    items[1].start_time_ns = 150 * NS_PER_MS;
    items[1].name = (char *)"t";
    fake_run_init(&w, items, 2);
    w.config.on_tick = tick_checks_progress;
    w.script.iterate = nap;
    fake_run_execute(&w);
    assert_int_equal(atomic_load(&w.samples), 1000);
    fake_run_deinit(&w);
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
    struct scenario s = fake_run_scenario(EXECUTOR_SHARED_ITERATIONS, 4);
    struct world w;
    s.iterations = 2000;
    fake_run_init(&w, &s, 1);
    w.config.emit = read_batch;
    w.config.worker_begin = begin_worker;
    w.config.worker_end = end_worker;
    fake_run_execute(&w);
    assert_int_equal(atomic_load(&w.samples), 4 * 2000);
    assert_true(atomic_load(&w.batches) >= 8);
    assert_int_equal(atomic_load(&w.begun), 2);
    run_free(w.run);
    w.run = NULL;
    assert_int_equal(atomic_load(&w.ended), 2);
    fake_run_deinit(&w);
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
    struct scenario s = fake_run_scenario(EXECUTOR_PER_VU_ITERATIONS, 2);
    struct key_value run_tags[] = {{(char *)"run", (char *)"7"}, {(char *)"mine", (char *)"no"}};
    struct key_value scenario_tags[] = {{(char *)"mine", (char *)"yes"},
                                        {(char *)"scenario", (char *)"x"}};
    struct world w;
    s.iterations = 3;
    s.tags = scenario_tags;
    s.tag_count = 2;
    fake_run_init(&w, &s, 1);
    w.options.tags.set = true;
    w.options.tags.v = run_tags;
    w.options.tags.count = 2;
    w.options.system_tags.set = true;
    w.options.system_tags.v = SYSTEM_TAGS_DEFAULT | TAG_VU | TAG_ITER;
    w.script.iterate = check_metadata;
    fake_run_execute(&w);
    assert_int_equal(w.counts.iterations_completed, 6);
    fake_run_deinit(&w);
}

static void bad_segment_is_an_invalid_config(void **state)
{
    struct scenario s = fake_run_scenario(EXECUTOR_PER_VU_ITERATIONS, 2);
    struct world w;
    fake_run_init(&w, &s, 1);
    w.options.execution_segment.set = true;
    w.options.execution_segment.v = (char *)"2:1";
    assert_true(run_new(&w.run, &w.config, &w.err) < 0);
    assert_int_equal(w.err.exit_code, EXIT_INVALID_CONFIG);
    w.run = NULL;
    fake_run_deinit(&w);
}

/* clang-format off */
TEST_SUITE(run){
    TEST(setup_comes_first_and_teardown_last)
    TEST(failed_setup_ends_the_test)
    TEST(failed_teardown_fails_the_test)
    TEST(setup_and_teardown_can_be_turned_off)
    TEST(abort_interrupts_the_others_and_tears_down)
    TEST(signal_stops_the_test)
    TEST(signal_stops_vus_that_compute)
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
