/* run_state.c - what any thread may ask of a run or tell it. Tests: run_test.c */
#include "exec/run_state.h"

#include "core/clock.h"
#include "exec/exec_int.h"

void run_request_stop(struct run *r, enum stop_reason reason, struct str message)
{
    pthread_mutex_lock(&r->lock);
    bool is_first = atomic_load(&r->stop_reason) == STOP_NONE && reason != STOP_NONE;
    if (is_first) {
        r->stop_message = mem_strndup(message.p, message.len);
        r->stop_message_len = message.len;
        atomic_store(&r->stop_reason, (int)reason);
    }
    pthread_mutex_unlock(&r->lock);
    if (is_first)
        control_post(r->control,
                     &r->stop_mail); /* wakes the main thread, which tells the workers */
}

enum stop_reason run_stop_reason(const struct run *r)
{
    return (enum stop_reason)atomic_load(&r->stop_reason);
}

void run_mark_failed(struct run *r)
{
    atomic_store(&r->is_marked_failed, true);
}

struct logger *run_logger(const struct run *r)
{
    return r->config.logger;
}

struct str run_setup_data(const struct run *r)
{
    return (struct str){r->setup_data, r->setup_data_len};
}

struct str run_options_json(const struct run *r)
{
    return r->config.options_json;
}

const struct options *run_options(const struct run *r)
{
    return r->config.options;
}

const struct scenario_list *run_scenarios(const struct run *r)
{
    return r->config.scenarios;
}

struct metrics_engine *run_metrics(const struct run *r)
{
    return r->config.metrics;
}

const struct builtin_metrics *run_builtins(const struct run *r)
{
    return r->builtins;
}

uint32_t run_system_tags(const struct run *r)
{
    return r->system_tags;
}

int64_t run_duration_ns(const struct run *r)
{
    int64_t began_ns = atomic_load(&r->began_ns);
    int64_t ended_ns = atomic_load(&r->ended_ns);
    if (began_ns == 0)
        return 0;
    return (ended_ns != 0 ? ended_ns : clock_now_ns()) - began_ns;
}

void run_get_counts(const struct run *r, struct run_counts *fills)
{
    int64_t active = 0;
    int64_t initialized = 0;
    *fills = (struct run_counts){.test_run_duration_ns = run_duration_ns(r)};
    for (int i = 0; i < r->worker_count; i++) {
        const struct exec_worker *ew = &r->workers[i];
        active += atomic_load_explicit(&ew->active, memory_order_relaxed);
        initialized += atomic_load_explicit(&ew->initialized, memory_order_relaxed);
        fills->iterations_completed += atomic_load_explicit(&ew->completed, memory_order_relaxed);
        fills->iterations_interrupted +=
            atomic_load_explicit(&ew->interrupted, memory_order_relaxed);
    }
    fills->vus_active = (uint64_t)active;
    fills->vus_initialized = (uint64_t)initialized;
}

void run_set_phase(struct run *r, enum run_phase phase)
{
    atomic_store(&r->phase, (int)phase);
}

enum run_phase run_phase_now(const struct run *r)
{
    return (enum run_phase)atomic_load(&r->phase);
}

int64_t run_start_wall_ns(const struct run *r)
{
    int64_t began_ns = atomic_load(&r->began_ns);
    return began_ns != 0 ? clock_to_wall_ns(began_ns) : 0;
}

bool run_is_paused(const struct run *r)
{
    return atomic_load(&r->is_paused);
}

void run_resume(struct run *r)
{
    if (atomic_exchange(&r->is_paused, false))
        control_post(r->control, &r->resume_mail);
}
