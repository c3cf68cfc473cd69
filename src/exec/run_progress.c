/* run_progress.c - a run's facts for progress displays, read from the main thread while workers
 * work. */
#include "core/clock.h"
#include "exec/exec_int.h"
#include "exec/executors/arrival.h"

static void count_vus(const struct scen *sc, struct scenario_progress *fills)
{
    int64_t active = 0;
    for (int i = 0; i < sc->run->worker_count; i++)
        active += atomic_load_explicit(&sc->shares[i].active, memory_order_relaxed);
    fills->vus_active = (uint64_t)active;
    fills->vus_planned = (uint64_t)sc->plan->vus;
    fills->vus_allocated = fills->vus_planned;
    fills->vus_max = (uint64_t)(sc->plan->vus + sc->plan->unplanned_vus);
    if (sc->arrival != NULL)
        fills->vus_allocated +=
            (uint64_t)(sc->plan->unplanned_vus - atomic_load(&sc->arrival->extra_left));
}

static void tell_rate(const struct scen *sc, struct scenario_progress *fills)
{
    const struct scenario *s = sc->view.config;
    double most = s->rate;
    if (s->executor == EXECUTOR_RAMPING_ARRIVAL_RATE)
        most = (double)scenario_highest_target(s, (int64_t)s->start_rate);
    fills->rate_max = most * 1e9 / (double)s->time_unit_ns * segment_length(sc->run->segment);
    fills->rate = arrival_shown_rate(s, sc->plan->iteration_segment, fills->elapsed_ns);
}

static void tell_time(const struct scen *sc, struct scenario_progress *fills)
{
    int64_t elapsed_ns = sc->start_ns == 0 ? 0 : clock_now_ns() - sc->start_ns;
    int64_t regular_ns = sc->plan->regular_ns;
    if (fills->state == SCENARIO_WAITING) {
        fills->total_ns = sc->view.config->start_time_ns;
        fills->elapsed_ns = sc->start_ns == 0 ? 0 : elapsed_ns + fills->total_ns;
        return;
    }
    bool is_over = fills->state != SCENARIO_RUNNING;
    fills->total_ns = regular_ns;
    fills->fraction = is_over ? sc->last_fraction : scen_progress(&sc->view);
    fills->elapsed_ns = is_over ? sc->last_elapsed_ns : elapsed_ns;
    fills->is_stopping = !is_over && elapsed_ns >= regular_ns;
    if (sc->arrival != NULL)
        tell_rate(sc, fills);
}

size_t run_get_progress(const struct run *r, struct scenario_progress *fills, size_t max)
{
    size_t count = 0;
    for (size_t i = 0; i < r->plan->scenario_count && count < max; i++) {
        const struct scen *sc = &r->scens[i];
        if (!sc->plan->has_work)
            continue;
        struct scenario_progress *p = &fills[count++];
        *p = (struct scenario_progress){.config = sc->view.config};
        /* Read before the rest: what comes with the end of a scenario was written before it. */
        p->state = (enum scenario_state)atomic_load(&sc->state);
        p->iterations_done = scen_iterations_done(sc);
        p->iterations_total = (uint64_t)sc->plan->iterations;
        count_vus(sc, p);
        tell_time(sc, p);
    }
    return count;
}

void run_get_size(const struct run *r, struct run_size *fills)
{
    struct run_counts counts;
    run_get_counts(r, &counts);
    *fills = (struct run_size){
        .vus_made = counts.vus_initialized,
        .vus = (uint64_t)r->plan->vus,
        .max_vus = (uint64_t)r->plan->max_vus,
        .max_duration_ns = r->plan->max_duration_ns,
        .segment_length = segment_length(r->segment),
        .workers = r->worker_count,
    };
}

void run_get_share(const struct run *r, size_t i, struct scenario_share *fills)
{
    plan_get_share(&r->config.scenarios->items[i], r->segment, fills);
}
