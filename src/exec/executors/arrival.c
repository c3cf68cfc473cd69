/* arrival.c - running at an arrival rate: calling free VUs when a start is due, on this worker or,
 * when all here are busy, on another; making further VUs; counting what had to be dropped.
 *
 * Each worker keeps every n-th start of the schedule, its stripe. How many of a worker's seats wait
 * to be called is a count that all may lower by one: that is a promise that one of them will be
 * called, and the call goes to the worker by mail.
 *
 * No start waits for a busy worker while another has a free VU. A worker that has other fibers to
 * run hands its start to one that sleeps; and one that waits for its own next start looks after
 * the stripes of the next few workers, and takes what they have left lying for a moment: they may
 * be deep in a script or in one long call of the engine. Whoever raises the count of a stripe's
 * taken starts has taken that start. Nothing else is shared as long as each worker has VUs enough.
 * Source: k6 docs, "Arrival-rate VU allocation", "Dropped iterations". Tests: arrival_test.c,
 * seat_test.c */
#include "exec/executors/arrival.h"

#include <inttypes.h>

#include "base/duration.h"
#include "core/clock.h"
#include "exec/exec_int.h"

#define FILL_MAX_NS (2 * NS_PER_SEC) /* as long as k6 waits for a planned VU */
enum {
    LEFT_LYING_NS = 150 * 1000, /* what a worker may be late before the next one steps in */
    TAKES_MAX = 64,             /* starts of one other worker between two looks at the clock */
};

typedef int64_t (*start_fn)(const struct scenario *s, int64_t index);

void arrival_plan(const struct scenario *s, const struct segment *segment, int64_t duration_ns,
                  struct scenario_plan *fills)
{
    int64_t planned = segment_scale(segment, s->pre_allocated_vus);
    int64_t max = segment_scale(segment, s->max_vus);
    if (max <= 0)
        return;
    fills->has_work = true;
    fills->regular_ns = duration_ns;
    fills->max_ns = clock_add(duration_ns, s->graceful_stop_ns);
    fills->unplanned_vus = max - planned;
    fills->iteration_segment = segment_resize(segment, s->max_vus);
    VEC_PUSH(&fills->reserved.v, ((struct plan_step){0, planned}));
    VEC_PUSH(&fills->reserved.v, ((struct plan_step){fills->max_ns, 0}));
}

/* How many starts this instance has in all. */
static int64_t count_starts(const struct scenario *s, const struct segment *stripes)
{
    double unit_ns = (double)s->time_unit_ns;
    double from = s->start_rate;
    double area = 0;
    for (size_t i = 0; i < s->stage_count; i++) {
        double to = (double)s->stages[i].target;
        area += (double)s->stages[i].duration_ns * (from + to) / 2 / unit_ns;
        from = to;
    }
    return segment_scale(stripes, (int64_t)area);
}

double arrival_shown_rate(const struct scenario *s, const struct segment *stripes, int64_t at_ns)
{
    double unit_s = (double)s->time_unit_ns / 1e9;
    if (s->executor == EXECUTOR_CONSTANT_ARRIVAL_RATE)
        return s->rate / unit_s * segment_length(stripes);
    int64_t low = 0; /* starts that were due by at_ns */
    int64_t count = count_starts(s, stripes);
    if (count == 0)
        return s->start_rate / unit_s * segment_length(stripes);
    for (int64_t high = count; low < high;) {
        int64_t mid = low + (high - low) / 2;
        int64_t start_ns = ramping_arrival_start_ns(s, segment_index(stripes, mid));
        if (start_ns >= 0 && start_ns <= at_ns)
            low = mid + 1;
        else
            high = mid;
    }
    int64_t next = low < count ? low : count - 1;
    int64_t next_ns = ramping_arrival_start_ns(s, segment_index(stripes, next));
    int64_t before_ns =
        next > 0 ? ramping_arrival_start_ns(s, segment_index(stripes, next - 1)) : 0;
    return next_ns > before_ns ? 1e9 / (double)(next_ns - before_ns) : 0;
}

/* Lowers a worker's count of free seats by one, unless there is none. */
static bool promise_seat(struct arrival *a, int worker)
{
    int_fast32_t free = atomic_load_explicit(&a->workers[worker].free, memory_order_relaxed);
    while (free > 0)
        if (atomic_compare_exchange_weak(&a->workers[worker].free, &free, free - 1))
            return true;
    return false;
}

/* Calls the seat that was promised. It may be gone if the share was closed meanwhile. */
static bool call_seat(struct share *sh, int64_t due_ns)
{
    /* The one that has waited longest, so that all take their turns. */
    struct list_node *node = list_pop_front(&sh->idle);
    if (node == NULL)
        return false;
    struct seat *seat = LIST_ENTRY(node, struct seat, idle);
    seat->is_called = true;
    seat->due_ns = due_ns;
    sh->called++;
    fiber_wake(seat->fiber, 0);
    return true;
}

struct call {
    struct mail mail;
    struct share *share;
    int64_t due_ns;
};

static void run_call(struct worker *w, struct mail *m)
{
    struct call *c = (struct call *)(void *)m;
    if (!call_seat(c->share, c->due_ns))
        share_add_dropped(c->share, c->share->own_tags, 1);
    mem_free(c);
}

/* only_asleep: on workers that have nothing to do. */
static bool call_elsewhere(struct share *sh, int64_t due_ns, bool only_asleep)
{
    struct scen *sc = sh->scen;
    int count = sc->run->worker_count;
    for (int i = 1; i < count; i++) {
        int other = (sh->ew->index + i) % count;
        if (only_asleep && !worker_is_asleep(sc->run->workers[other].worker))
            continue;
        if (!promise_seat(sc->arrival, other))
            continue;
        struct call *c = MEM_NEW(struct call);
        c->mail.run = run_call;
        c->share = &sc->shares[other];
        c->due_ns = due_ns;
        worker_post(c->share->ew->worker, &c->mail);
        return true;
    }
    return false;
}

/* ---- VUs made while the test runs, one at a time */

struct loan {
    struct mail mail;
    struct share *share; /* on the worker that is asked for a VU */
    int asked;           /* workers so far */
};

static void seat_extra(struct share *sh, struct exec_vu *ev)
{
    struct seat *seat = MEM_NEW(struct seat);
    seat->share = sh;
    seat->ev = ev;
    seat->is_extra = true;
    list_init(&seat->node);
    list_init(&seat->idle);
    seat_begin(seat);
}

static void end_growing(struct share *sh)
{
    atomic_store(&sh->scen->arrival->is_making, false);
    share_seat_left(sh); /* the place held while making */
}

/* As of the scenario, not of a script: there is no iteration that it ends. */
static void tell_failure(const struct share *sh, const struct err *e)
{
    const struct vu_scenario *s = &sh->scen->view;
    struct log_field fields[] = {{.key = "executor", .value = s->executor_name},
                                 {.key = "hint", .value = e->hint},
                                 {.key = "scenario", .value = s->name}};
    log_record(sh->ew->run->config.logger, LOG_ERROR, NULL, e->msg, fields,
               sizeof fields / sizeof fields[0], STR("Error while allocating unplanned VU"));
}

static void make_main(void *arg)
{
    struct share *sh = arg;
    struct exec_worker *ew = sh->ew;
    struct run *r = ew->run;
    struct exec_vu *ev = NULL;
    struct err e = {0};
    uint64_t index = (uint64_t)atomic_fetch_add(&r->next_vu, 1);
    log_debug(r->config.logger, "Initializing an unplanned VU, this may affect test results");
    if (exec_worker_make_vu(ew, index, &ev, &e) < 0) {
        if (!sh->is_closed)
            tell_failure(sh, &e);
    } else if (!sh->is_closed) {
        seat_extra(sh, ev);
    }
    err_deinit(&e);
    sh->maker = NULL;
    end_growing(sh);
}

static void ask_next(struct share *sh, struct loan *takes);

/* On the worker that is asked. A VU that the plan needs while this scenario may still be running is
 * not lent. */
static void lend(struct worker *w, struct mail *m)
{
    struct loan *loan = (struct loan *)(void *)m;
    struct share *sh = loan->share;
    struct exec_vu *ev = sh->is_closed ? NULL : spare_pick(sh->ew);
    if (ev == NULL || ev->needed_ns < sh->scen->max_end_ns) {
        ask_next(sh, loan);
        return;
    }
    seat_extra(sh, ev);
    atomic_store(&sh->scen->arrival->is_making, false);
    mem_free(loan);
}

/* The next worker with idle VUs; when all have been asked, the next drop may try again. */
static void ask_next(struct share *sh, struct loan *takes)
{
    struct run *r = sh->ew->run;
    struct arrival *a = sh->scen->arrival;
    for (int i = 1; takes->asked < r->worker_count; i++) {
        struct exec_worker *ew = &r->workers[(sh->ew->index + i) % r->worker_count];
        takes->asked++;
        if (atomic_load_explicit(&ew->idle, memory_order_relaxed) <= 0)
            continue;
        takes->share = &sh->scen->shares[ew->index];
        worker_post(ew->worker, &takes->mail);
        return;
    }
    atomic_fetch_add(&a->extra_left, 1);
    atomic_store(&a->is_making, false);
    mem_free(takes);
}

/* Every VU that the plan allows has been made; one that another scenario is done with may do. */
static void borrow_vu(struct share *sh)
{
    struct loan *loan = MEM_NEW(struct loan);
    loan->mail.run = lend;
    ask_next(sh, loan);
}

static void grow(struct share *sh)
{
    struct arrival *a = sh->scen->arrival;
    struct run *r = sh->ew->run;
    if (atomic_load(&a->extra_left) <= 0) {
        if (!atomic_exchange(&a->has_warned, true))
            log_warn(r->config.logger,
                     "Insufficient VUs, reached %" PRId64 " active VUs and cannot initialize more",
                     sh->scen->plan->vus + sh->scen->plan->unplanned_vus);
        return;
    }
    if (atomic_exchange(&a->is_making, true))
        return; /* the next drop will ask again */
    atomic_fetch_sub(&a->extra_left, 1);
    if (atomic_load(&r->next_vu) < r->plan->max_vus) {
        sh->taken++;
        sh->maker = fiber_spawn(sh->ew->worker, FIBER_BIG, make_main, sh);
    } else {
        borrow_vu(sh);
    }
}

/* ---- the schedule */

static bool call_here(struct share *sh, int64_t due_ns)
{
    if (!promise_seat(sh->scen->arrival, sh->ew->index))
        return false;
    CHECK(call_seat(sh, due_ns));
    return true;
}

/* 0, or ERR_CANCELED. */
static int start_one(struct share *sh, int64_t due_ns)
{
    struct worker *w = sh->ew->worker;
    if (fiber_has_ready(w) && call_elsewhere(sh, due_ns, true))
        return 0;
    if (call_here(sh, due_ns))
        return 0;
    /* Seats that were called a moment ago may be done as soon as they get to run: a worker that is
     * late with many starts would else drop what it could do. */
    if (sh->called > 0) {
        if (fiber_yield(w) < 0)
            return ERR_CANCELED;
        if (call_here(sh, due_ns))
            return 0;
    }
    if (call_elsewhere(sh, due_ns, false))
        return 0;
    share_add_dropped(sh, sh->own_tags, 1);
    grow(sh);
    return 0;
}

/* ---- stripes */

/* When start `number` of the stripe of `rank` is due, since the scenario's start; -1: no more. */
static int64_t stripe_start_ns(const struct scen *sc, start_fn start_ns, int rank, int64_t number)
{
    int64_t local = rank + number * sc->stripes;
    return start_ns(sc->view.config, segment_index(sc->plan->iteration_segment, local));
}

static bool take_start(struct arrival_worker *of, int64_t number)
{
    int_fast64_t expected = number;
    return atomic_compare_exchange_strong(&of->next, &expected, number + 1);
}

/* The next start that the watched worker has not taken. */
static const struct start_watch *look(const struct scen *sc, start_fn start_ns,
                                      struct start_watch *watch, int other)
{
    int64_t number =
        atomic_load_explicit(&sc->arrival->workers[other].next, memory_order_relaxed);
    if (!watch->is_set || watch->number != number) {
        watch->is_set = true;
        watch->number = number;
        watch->due_ns = stripe_start_ns(sc, start_ns, sc->shares[other].rank, number);
    }
    return watch;
}

/* Takes what has been left lying for patience_ns, as long as there is a free seat. Returns when to
 * look again. */
static int64_t step_in(struct share *sh, start_fn start_ns, struct start_watch *watch, int other,
                       int64_t patience_ns)
{
    struct scen *sc = sh->scen;
    struct arrival_worker *own = &sc->arrival->workers[sh->ew->index];
    for (int i = 0; i < TAKES_MAX; i++) {
        int64_t number = look(sc, start_ns, watch, other)->number;
        if (watch->due_ns < 0)
            return CLOCK_NEVER;
        int64_t due_ns = clock_add(sc->start_ns, watch->due_ns);
        int64_t now_ns = clock_now_ns();
        if (due_ns + patience_ns > now_ns)
            return due_ns + patience_ns;
        if (!promise_seat(sc->arrival, sh->ew->index))
            return now_ns + patience_ns;
        if (take_start(&sc->arrival->workers[other], number))
            CHECK(call_seat(sh, due_ns));
        else
            atomic_fetch_add(&own->free, 1); /* the worker woke up: the promise is off */
    }
    return 0;
}

/* Looks after the next few workers. Returns when to look again. */
static int64_t watch_others(struct share *sh, start_fn start_ns)
{
    struct scen *sc = sh->scen;
    int count = sc->run->worker_count;
    int64_t next_ns = CLOCK_NEVER;
    for (int i = 1; i < count && i <= START_WATCHES; i++) {
        int other = (sh->ew->index + i) % count;
        if (sc->shares[other].rank < 0)
            continue;
        int64_t at_ns = step_in(sh, start_ns, &sh->watches[i - 1], other,
                                (int64_t)i * LEFT_LYING_NS);
        next_ns = at_ns < next_ns ? at_ns : next_ns;
    }
    return next_ns;
}

/* 0, or ERR_CANCELED. */
static int wait_until(struct share *sh, start_fn start_ns, int64_t at_ns)
{
    int rc = 0;
    while (rc == 0 && clock_now_ns() < at_ns) {
        int64_t look_ns = watch_others(sh, start_ns);
        rc = fiber_sleep_until(sh->ew->worker, look_ns < at_ns ? look_ns : at_ns);
    }
    return rc;
}

/* All planned VUs are to be ready before the first start: also those that a scenario before this one
 * is only just giving up. One that does not come is not waited for forever. */
static int fill_seats(struct share *sh)
{
    int64_t deadline_ns = clock_add(sh->scen->start_ns, FILL_MAX_NS);
    int rc = 0;
    sh->unready = sh->seat_count;
    for (size_t i = 0; i < sh->seat_count; i++)
        seat_begin(&sh->seats[i]);
    while (sh->unready > 0 && rc == 0)
        rc = fiber_park(sh->ew->worker, deadline_ns);
    if (rc == ERR_TIMEOUT)
        log_warn(sh->ew->run->config.logger, "Could not get a VU from the buffer for %d ms",
                 (int)(FILL_MAX_NS / 1000000));
    sh->unready = 0;
    return rc == ERR_TIMEOUT ? 0 : rc;
}

static void note_ready(struct seat *seat)
{
    struct share *sh = seat->share;
    if (!seat->is_ready && !seat->is_extra && sh->unready > 0 && --sh->unready == 0)
        fiber_wake(sh->fiber, 0);
    seat->is_ready = true;
}

/* A seat that was promised to another worker waits for its call, which is on its way; unless the run
 * is being stopped, when seats leave as they please. */
static void close_seats(struct share *sh)
{
    struct list_node *node;
    sh->is_closed = true;
    while ((sh->ew->is_stopping || promise_seat(sh->scen->arrival, sh->ew->index)) &&
           (node = list_pop_front(&sh->idle)) != NULL) {
        struct seat *seat = LIST_ENTRY(node, struct seat, idle);
        seat->is_wanted = false;
        fiber_wake(seat->fiber, 0);
    }
}

/* The starts of this worker's own stripe. A worker without planned VUs keeps none unless no worker
 * has any. 0, or ERR_CANCELED. */
static int keep_stripe(struct share *sh, start_fn start_ns)
{
    struct scen *sc = sh->scen;
    struct arrival_worker *own = &sc->arrival->workers[sh->ew->index];
    int rc = 0;
    while (rc == 0 && sh->rank >= 0) {
        int64_t number = atomic_load_explicit(&own->next, memory_order_relaxed);
        int64_t at_ns = stripe_start_ns(sc, start_ns, sh->rank, number);
        if (at_ns < 0)
            break;
        int64_t due_ns = clock_add(sc->start_ns, at_ns);
        rc = wait_until(sh, start_ns, due_ns);
        /* However late: whatever is due begins or is counted as dropped. */
        if (rc == 0 && take_start(own, number))
            rc = start_one(sh, due_ns);
    }
    return rc;
}

/* Of the stripes' next starts the one that is due last, since the scenario's start; -1: none is
 * left. */
static int64_t last_next_start_ns(const struct scen *sc, start_fn start_ns)
{
    int64_t last_ns = -1;
    for (int i = 0; i < sc->run->worker_count; i++) {
        if (sc->shares[i].rank < 0)
            continue;
        int64_t number = atomic_load_explicit(&sc->arrival->workers[i].next, memory_order_relaxed);
        int64_t due_ns = stripe_start_ns(sc, start_ns, sc->shares[i].rank, number);
        last_ns = due_ns > last_ns ? due_ns : last_ns;
    }
    return last_ns;
}

/* Until no worker has a start left that could need a VU of this one. 0, or ERR_CANCELED. */
static int outlast_starts(struct share *sh, start_fn start_ns)
{
    const struct scen *sc = sh->scen;
    int64_t due_ns;
    int rc = 0;
    while (rc == 0 && (due_ns = last_next_start_ns(sc, start_ns)) >= 0) {
        int64_t soon_ns = clock_add(clock_now_ns(), LEFT_LYING_NS);
        due_ns = clock_add(sc->start_ns, due_ns);
        if (soon_ns >= sc->regular_end_ns)
            break;
        rc = wait_until(sh, start_ns, due_ns > soon_ns ? due_ns : soon_ns);
    }
    return rc;
}

int arrival_drive(struct share *sh, start_fn start_ns, enum arrival_end end)
{
    /* Without any time there is nothing to call VUs for, and none would get ready. */
    if (sh->scen->regular_end_ns <= sh->scen->start_ns) {
        close_seats(sh);
        return 0;
    }
    int rc = fill_seats(sh);
    if (rc == 0)
        rc = keep_stripe(sh, start_ns);
    if (rc == 0)
        rc = end == ARRIVAL_ENDS_WITH_LAST_START
                 ? outlast_starts(sh, start_ns)
                 : wait_until(sh, start_ns, sh->scen->regular_end_ns);
    if (rc == 0)
        watch_others(sh, start_ns); /* it may be late itself */
    close_seats(sh);
    return rc;
}

void arrival_serve(struct seat *seat)
{
    struct share *sh = seat->share;
    struct exec_worker *ew = sh->ew;
    struct arrival *a = sh->scen->arrival;
    bool goes_on = true;
    while (goes_on && !sh->is_closed && seat->is_wanted) {
        list_push_back(&sh->idle, &seat->idle);
        atomic_fetch_add(&a->workers[ew->index].free, 1);
        note_ready(seat);
        while (!seat->is_called && seat->is_wanted)
            if (fiber_park(ew->worker, CLOCK_NEVER) == ERR_CANCELED)
                break;
        list_remove(&seat->idle);
        if (!seat->is_called)
            break; /* closed or interrupted */
        seat->is_called = false;
        sh->called--;
        seat->now_ns = clock_now_ns();
        gauge_add(&sh->active, 1);
        gauge_add(&ew->active, 1);
        goes_on = seat_iterate(seat, seat_take_number(seat));
        gauge_add(&sh->active, -1);
        gauge_add(&ew->active, -1);
    }
}
