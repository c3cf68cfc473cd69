/* seat.c - a VU at work for a scenario: taking the seat, iterations with their samples and counts,
 * leaving it. Knows no executor's schedule: the executor's serve asks seat_may_begin and calls
 * seat_iterate. On the VU's worker only. The order of an iteration's samples is k6's. Tests:
 * run_test.c */
#include <inttypes.h>
#include <stdio.h>

#include "core/clock.h"
#include "exec/exec_int.h"

static const struct script_ops *ops_of(const struct seat *seat)
{
    return seat->share->ew->run->config.ops;
}

/* vu and iter are metadata: of every sample they would make a series of its own. The VU's number is
 * set once for a scenario, so that a script may take it away. */
static void set_metadata(struct exec_worker *ew, struct vu *vu, bool is_new)
{
    uint32_t on = ew->run->system_tags & (is_new ? SYSTEM_TAGS_METADATA : TAG_ITER);
    if (is_new) {
        tags_unref(vu->metadata);
        vu->metadata = NULL;
    }
    if (on == 0)
        return;
    struct tag tags[2];
    size_t count = 0;
    char id[24];
    char iter[24];
    if (on & TAG_VU) {
        snprintf(id, sizeof id, "%" PRIu64, vu->id);
        tags[count++] = (struct tag){STR("vu"), str_of(id)};
    }
    if (on & TAG_ITER) {
        snprintf(iter, sizeof iter, "%" PRId64, vu->iteration);
        tags[count++] = (struct tag){STR("iter"), str_of(iter)};
    }
    struct tagset *base = vu->metadata != NULL ? vu->metadata : tags_empty(ew->pool);
    vu->metadata = tags_with_many(base, tags, count);
    tags_unref(base);
}

static void activate(struct seat *seat)
{
    struct share *sh = seat->share;
    struct vu *vu = seat->ev->vu;
    vu->is_interrupt_requested = false;
    vu->fiber = seat->fiber;
    vu->scenario = &sh->scen->view;
    tags_unref(vu->tags);
    vu->tags = tags_ref(sh->tags);
    set_metadata(sh->ew, vu, true);
    ops_of(seat)->vu_activate(vu, &sh->scen->view);
    seat->now_ns = clock_now_ns();
}

static void deactivate(struct seat *seat)
{
    struct vu *vu = seat->ev->vu;
    fiber_uncancel(seat->fiber); /* what was interrupted was the iteration, not the clearing up */
    ops_of(seat)->vu_deactivate(vu);
    vu->is_interrupt_requested = false;
    vu->scenario = NULL;
    vu->fiber = NULL;
}

/* VUs count as active from the moment they are taken, so that those that begin together see each
 * other. */
static void count_active(struct share *sh, int by)
{
    if (sh->scen->executor->is_active_by_iteration)
        return;
    gauge_add(&sh->active, by);
    gauge_add(&sh->ew->active, by);
}

static void enter(struct seat *seat);

static void leave(struct seat *seat)
{
    struct exec_vu *ev = seat->ev;
    struct share *sh = seat->share;
    list_remove(&seat->node);
    count_active(sh, -1);
    seat->fiber = NULL;
    seat->state = SEAT_EMPTY;
    seat->has_left = true;
    ev->seat = NULL;
    gauge_add(&sh->ew->idle, 1);
    struct list_node *next = list_pop_front(&ev->waiting);
    if (next != NULL)
        enter(LIST_ENTRY(next, struct seat, node));
    if (seat->is_extra)
        mem_free(seat);
    share_seat_left(sh);
}

static void seat_main(void *arg)
{
    struct seat *seat = arg;
    activate(seat);
    if (seat_may_begin(seat))
        seat->share->scen->executor->serve(seat);
    deactivate(seat);
    leave(seat);
}

static void enter(struct seat *seat)
{
    struct share *sh = seat->share;
    seat->ev->seat = seat;
    gauge_add(&sh->ew->idle, -1);
    seat->state = SEAT_BUSY;
    count_active(sh, 1);
    list_push_back(&sh->busy, &seat->node);
    seat->fiber = fiber_spawn(sh->ew->worker, FIBER_VU, seat_main, seat);
}

void seat_begin(struct seat *seat)
{
    CHECK(seat->state == SEAT_EMPTY);
    seat->is_wanted = true;
    seat->owes_turn = false;
    seat->share->taken++;
    if (seat->ev->seat == NULL) {
        enter(seat);
        return;
    }
    seat->state = SEAT_WAITING;
    list_push_back(&seat->ev->waiting, &seat->node);
}

void seat_stop(struct seat *seat)
{
    seat->is_wanted = false;
    if (seat->state != SEAT_WAITING)
        return;
    list_remove(&seat->node);
    seat->state = SEAT_EMPTY;
    share_seat_left(seat->share);
}

void seat_interrupt(struct seat *seat)
{
    seat_stop(seat);
    if (seat->state != SEAT_BUSY)
        return;
    seat->ev->vu->is_interrupt_requested = true;
    fiber_cancel(seat->fiber);
}

bool seat_may_begin(struct seat *seat)
{
    /* An iteration that never parked would keep the worker for itself. */
    if (seat->owes_turn) {
        seat->owes_turn = false;
        fiber_yield(seat->share->ew->worker);
        seat->now_ns = clock_now_ns();
    }
    return seat->is_wanted && seat->now_ns < seat->share->scen->regular_end_ns &&
           !fiber_is_canceled(seat->fiber);
}

static void number_iteration(struct seat *seat, int64_t number)
{
    struct scen *sc = seat->share->scen;
    struct vu *vu = seat->ev->vu;
    const struct segment *stripes = sc->plan->iteration_segment;
    vu->iteration++;
    vu->iteration_in_scenario = seat->ev->iterations[sc->view.index]++;
    vu->scenario_iteration_in_instance = number;
    vu->scenario_iteration_in_test =
        segment_index(stripes != NULL ? stripes : sc->run->segment, number);
    if (sc->run->system_tags & TAG_ITER)
        set_metadata(seat->share->ew, vu, false);
}

static void add_samples(struct exec_worker *ew, struct vu *vu, int64_t begin_ns, int64_t end_ns,
                        bool is_full)
{
    const struct builtin_metrics *m = run_builtins(ew->run);
    shard_add(ew->shard, m->data_sent, vu->tags, vu->metadata, end_ns, (double)vu->data_sent);
    shard_add(ew->shard, m->data_received, vu->tags, vu->metadata, end_ns,
              (double)vu->data_received);
    vu->data_sent = 0;
    vu->data_received = 0;
    if (!is_full)
        return;
    shard_add(ew->shard, m->iteration_duration, vu->tags, vu->metadata, end_ns,
              (double)(end_ns - begin_ns) / 1e6);
    shard_add(ew->shard, m->iterations, vu->tags, vu->metadata, end_ns, 1);
}

/* The metric is not there when the script has one of its name. */
static void add_start_lag(struct exec_worker *ew, struct vu *vu, int64_t due_ns, int64_t begin_ns)
{
    const struct metric *m = run_builtins(ew->run)->iteration_start_lag;
    if (m != NULL)
        shard_add(ew->shard, m, vu->tags, vu->metadata, begin_ns,
                  (double)(begin_ns - due_ns) / 1e6);
}

int64_t seat_take_number(struct seat *seat)
{
    return atomic_fetch_add_explicit(&seat->share->scen->next_iteration, 1, memory_order_relaxed);
}

static uint64_t switches(const struct worker *w)
{
    struct worker_stats stats;
    worker_get_stats(w, &stats);
    return stats.switches;
}

bool seat_iterate(struct seat *seat, int64_t number)
{
    struct share *sh = seat->share;
    struct exec_worker *ew = sh->ew;
    struct run *r = ew->run;
    struct vu *vu = seat->ev->vu;
    int64_t begin_ns = seat->now_ns;
    number_iteration(seat, number);
    if (seat->due_ns != 0)
        add_start_lag(ew, vu, seat->due_ns, begin_ns);
    uint64_t switches_before = switches(ew->worker);
    enum vu_result result = r->config.ops->vu_iterate(vu);
    seat->now_ns = clock_now_ns();
    bool is_full = result != VU_INTERRUPTED && result != VU_TIMED_OUT;
    bool goes_on = result == VU_OK || result == VU_FAILED;
    add_samples(ew, vu, begin_ns, seat->now_ns, is_full);
    seat->owes_turn = switches(ew->worker) == switches_before;
    if (goes_on && seat->now_ns - begin_ns < r->min_iteration_ns) {
        goes_on = fiber_sleep_until(ew->worker, begin_ns + r->min_iteration_ns) == 0;
        seat->now_ns = clock_now_ns();
    }
    if (goes_on)
        counter_add(&sh->done, 1);
    counter_add(goes_on ? &ew->completed : &ew->interrupted, 1);
    return goes_on;
}
