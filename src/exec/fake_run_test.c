/* fake_run_test.c - the fake script and its world; see fake_run.h. */
#include "exec/fake_run.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "core/clock.h"
#include "test.h"

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

static enum vu_result fake_summary(struct vu *vu, int64_t deadline_ns, struct summary_call *call,
                                   struct err *e)
{
    add_entry(vu->script, 'h', vu, VU_OK);
    call->is_called = true;
    call->result = mem_printf("{\"stdout\":\"%.*s\"}", (int)call->data.len, call->data.p);
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

void fake_run_init(struct world *w, struct scenario *scenarios, size_t count)
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

void fake_run_execute(struct world *w)
{
    w->rc = run_new(&w->run, &w->config, &w->err);
    assert_int_equal(w->rc, 0);
    w->rc = run_execute(w->run, &w->err);
    run_get_outcome(w->run, &w->outcome);
    run_get_counts(w->run, &w->counts);
}

void fake_run_deinit(struct world *w)
{
    run_free(w->run);
    metrics_engine_free(w->metrics);
    metric_registry_free(w->registry);
    err_deinit(&w->err);
    pthread_mutex_destroy(&w->script.lock);
}

int fake_run_count(const struct world *w, char what, int scenario)
{
    int count = 0;
    for (int i = 0; i < w->script.len; i++)
        if (w->script.log[i].what == what &&
            (scenario < 0 || w->script.log[i].scenario == scenario))
            count++;
    return count;
}

int fake_run_first(const struct world *w, char what)
{
    for (int i = 0; i < w->script.len; i++)
        if (w->script.log[i].what == what)
            return i;
    return -1;
}

int fake_run_last(const struct world *w, char what)
{
    for (int i = w->script.len - 1; i >= 0; i--)
        if (w->script.log[i].what == what)
            return i;
    return -1;
}

/* Samples of a metric, and their sum for counters. */
uint64_t fake_run_samples(struct world *w, const char *name, double *sum)
{
    metrics_engine_lock(w->metrics);
    const struct sink *s = metrics_engine_sink(w->metrics, metric_find(w->registry, str_of(name)));
    uint64_t count = s != NULL ? s->count : 0;
    if (sum != NULL)
        *sum = s != NULL ? s->value : 0;
    metrics_engine_unlock(w->metrics);
    return count;
}

struct scenario fake_run_scenario(enum executor_kind kind, int64_t vus)
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

enum vu_result fake_run_sleep(struct vu *vu, int64_t ms)
{
    int rc = fiber_sleep_until(vu->worker, clock_now_ns() + ms * NS_PER_MS);
    return rc < 0 || vu->is_interrupt_requested ? VU_INTERRUPTED : VU_OK;
}

static void fake_script_is_noted(void **state)
{
    struct scenario s = fake_run_scenario(EXECUTOR_PER_VU_ITERATIONS, 1);
    struct world w;
    fake_run_init(&w, &s, 1);
    fake_run_execute(&w);
    static const char order[] = {'n', 'a', 'i', 'd', 'f'};
    assert_int_equal(w.script.len, sizeof order);
    for (size_t i = 0; i < sizeof order; i++)
        assert_int_equal(w.script.log[i].what, order[i]);
    fake_run_deinit(&w);
}

/* clang-format off */
TEST_SUITE(fake_run){
    TEST(fake_script_is_noted)
    TEST_END
};
