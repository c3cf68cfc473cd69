/* share.c - one worker's part of one scenario: waits for its start, lets the executor drive, ends
 * what overstays the grace period. On the worker's thread, but for the functions that say
 * otherwise. Tests: seat_test.c */
#include "core/clock.h"
#include "exec/exec_int.h"

uint64_t scen_iterations_done(const struct scen *sc)
{
    uint64_t done = 0;
    for (int i = 0; i < sc->run->worker_count; i++)
        done += atomic_load_explicit(&sc->shares[i].done, memory_order_relaxed);
    return done;
}

/* Any thread. */
double scen_progress(const struct vu_scenario *s)
{
    const struct scen *sc = (const struct scen *)(const void *)s;
    int64_t spent_ns = clock_now_ns() - sc->start_ns;
    int64_t regular_ns = sc->regular_end_ns - sc->start_ns;
    if (spent_ns < 0)
        return 0;
    bool is_timed = sc->plan->iterations == 0;
    /* shared-iterations cut by its maxDuration stays at what was done. */
    if (spent_ns >= regular_ns && (is_timed || s->config->executor != EXECUTOR_SHARED_ITERATIONS))
        return 1;
    if (is_timed)
        return (double)spent_ns / (double)regular_ns;
    return (double)scen_iterations_done(sc) / (double)sc->plan->iterations;
}

/* Any thread. */
uint64_t scen_iterations_so_far(const struct vu_scenario *s)
{
    const struct scen *sc = (const struct scen *)(const void *)s;
    int64_t begun = atomic_load_explicit(&sc->next_iteration, memory_order_relaxed);
    if (sc->plan->iterations > 0 && begun > sc->plan->iterations)
        begun = sc->plan->iterations;
    return (uint64_t)begun;
}

void share_add_dropped(struct share *sh, struct tagset *tags, uint64_t count)
{
    if (run_stop_reason(sh->ew->run) != STOP_NONE)
        return; /* a test that was stopped doesn't complain about what it did not do */
    shard_add(sh->ew->shard, run_builtins(sh->ew->run)->dropped_iterations, tags, NULL,
              clock_now_ns(), (double)count);
}

void share_seat_left(struct share *sh)
{
    CHECK(sh->taken > 0);
    if (--sh->taken == 0)
        fiber_wake(sh->fiber, 0);
}

void share_interrupt(struct share *sh)
{
    sh->is_closed = true;
    for (size_t i = 0; i < sh->seat_count; i++)
        seat_stop(&sh->seats[i]); /* also those that wait in line for their VU */
    LIST_EACH(node, &sh->busy)
    seat_interrupt(LIST_ENTRY(node, struct seat, node));
    if (sh->maker != NULL)
        fiber_cancel(sh->maker);
}

void share_stop(struct share *sh)
{
    if (sh->fiber == NULL)
        return;
    share_interrupt(sh);
    fiber_cancel(sh->fiber);
}

/* Until every VU has left: by itself, or because its time is over. */
static void wait_for_seats(struct share *sh)
{
    int64_t deadline_ns = sh->scen->max_end_ns;
    while (sh->taken > 0) {
        int rc = fiber_park(sh->ew->worker, deadline_ns);
        if (rc == ERR_CANCELED)
            fiber_uncancel(sh->fiber); /* a stop: seats know of it, and their leaving takes time */
        if (rc != ERR_TIMEOUT)
            continue;
        share_interrupt(sh);
        deadline_ns = CLOCK_NEVER;
    }
}

static void set_state(struct scen *sc, enum scenario_state state)
{
    atomic_store(&sc->state, (int)state);
}

/* One whose time had not come when the run was stopped goes on waiting. */
static void end_scenario(struct scen *sc, bool is_undisturbed)
{
    if (atomic_load(&sc->state) == SCENARIO_WAITING)
        return;
    sc->last_fraction = scen_progress(&sc->view);
    sc->last_elapsed_ns = clock_now_ns() - sc->start_ns;
    bool is_whole = is_undisturbed && sc->last_fraction >= 1;
    set_state(sc, is_whole ? SCENARIO_DONE : SCENARIO_INTERRUPTED);
}

static void share_main(void *arg)
{
    struct share *sh = arg;
    struct scen *sc = sh->scen;
    struct exec_worker *ew = sh->ew;
    if (!ew->is_stopping && fiber_sleep_until(ew->worker, sc->start_ns) == 0) {
        set_state(sc, SCENARIO_RUNNING);
        sc->executor->drive(sh);
        if (ew->is_stopping)
            share_interrupt(sh);
    }
    fiber_uncancel(sh->fiber);
    wait_for_seats(sh);
    sh->is_closed = true;
    sh->fiber = NULL;
    if (atomic_fetch_sub(&sc->parts_left, 1) == 1) {
        if (sc->executor->finish != NULL)
            sc->executor->finish(sh);
        end_scenario(sc, !ew->is_stopping);
    }
    if (--ew->shares_left == 0)
        exec_worker_report(ew);
}

void share_begin(struct share *sh)
{
    sh->is_closed = false;
    sh->fiber = fiber_spawn(sh->ew->worker, FIBER_HELPER, share_main, sh);
}
