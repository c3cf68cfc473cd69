/* ramping_vus.c - the number of looping VUs follows stages.
 *
 * Going from F to E in D, VU number u (counted over all instances) begins at D * (u - F) / (E - F)
 * going up; going down it ends when it would begin had the slope been walked the other way, one VU
 * later, so that the last leaves at the stage's end. Each instance picks its own VUs out of that,
 * hence the sum over segments is the whole. Source: k6 docs, "Ramping VUs", "Graceful stop". Tests:
 * plan_test.c, seat_test.c */
#include "exec/executors/ramping_vus.h"

#include "core/clock.h"
#include "exec/exec_int.h"
#include "exec/executors/executors.h"

/* length * part / whole, in integers, rounded down. */
static int64_t portion(int64_t length_ns, int64_t part, int64_t whole)
{
    return (int64_t)((__int128)length_ns * part / whole);
}

static void add_slope(struct plan_steps *out, const struct segment *segment, int64_t from,
                      const struct stage *st, int64_t end_ns)
{
    int64_t here = segment_scale(segment, from); /* ours among the first `from` */
    int64_t there = segment_scale(segment, st->target);
    for (; here < there; here++) {
        int64_t number = segment_index(segment, here) + 1;
        plan_add_step(out,
                      end_ns - portion(st->duration_ns, st->target - number, st->target - from),
                      here + 1);
    }
    for (; here > there; here--) {
        int64_t number = segment_index(segment, here - 1) + 1;
        plan_add_step(out,
                      end_ns - portion(st->duration_ns, number - 1 - st->target, from - st->target),
                      here - 1);
    }
}

/* Without the drop to 0 at the end; returns when the stages are over. */
static int64_t add_stages(const struct scenario *s, const struct segment *segment,
                          struct plan_steps *out)
{
    int64_t end_ns = 0;
    int64_t from = s->start_vus;
    plan_add_step(out, 0, segment_scale(segment, from));
    for (size_t i = 0; i < s->stage_count; i++) {
        const struct stage *st = &s->stages[i];
        end_ns = clock_add(end_ns, st->duration_ns);
        if (st->duration_ns == 0)
            plan_add_step(out, end_ns, segment_scale(segment, st->target));
        else
            add_slope(out, segment, from, st, end_ns);
        from = st->target;
    }
    return end_ns;
}

void ramping_vus_wanted(const struct scenario *s, const struct segment *segment,
                        struct plan_steps *fills)
{
    int64_t end_ns = add_stages(s, segment, fills);
    plan_add_step(fills, end_ns, 0);
}

/* The steps with each descent put off by hold_ns: at any time the most there were in the last
 * hold_ns. No descent at or after end_ns. `high` is a queue of steps that may still be the highest,
 * falling. */
static void put_off_descents(const struct plan_steps *in, int64_t hold_ns, int64_t end_ns,
                             struct plan_steps *out)
{
    size_t *high = mem_calloc(in->v.len + 1, sizeof *high);
    size_t first = 0;
    size_t last = 0; /* one behind */
    for (size_t i = 0; i <= in->v.len; i++) {
        int64_t at_ns = i < in->v.len ? in->v.items[i].at_ns : CLOCK_NEVER;
        /* The highest gives way hold_ns after the next lower one took over from it. */
        while (last - first > 1) {
            int64_t falls_ns = clock_add(in->v.items[high[first] + 1].at_ns, hold_ns);
            if (falls_ns >= at_ns || falls_ns >= end_ns)
                break;
            first++;
            plan_add_step(out, falls_ns, in->v.items[high[first]].vus);
        }
        if (i == in->v.len)
            break;
        while (last > first && in->v.items[high[last - 1]].vus <= in->v.items[i].vus)
            last--;
        high[last++] = i;
        plan_add_step(out, at_ns, in->v.items[high[first]].vus);
    }
    mem_free(high);
}

void ramping_vus_reserved(const struct scenario *s, const struct segment *segment,
                          struct plan_steps *fills)
{
    struct plan_steps steps = {0};
    int64_t end_ns = clock_add(add_stages(s, segment, &steps), s->graceful_stop_ns);
    if (s->graceful_ramp_down_ns > 0) {
        put_off_descents(&steps, s->graceful_ramp_down_ns, end_ns, fills);
        VEC_DEINIT(&steps.v);
    } else {
        *fills = steps;
    }
    plan_add_step(fills, end_ns, 0);
}

static void plan(const struct scenario *s, const struct segment *segment,
                 struct scenario_plan *fills)
{
    ramping_vus_reserved(s, segment, &fills->reserved);
    if (plan_steps_max(&fills->reserved) == 0) {
        VEC_DEINIT(&fills->reserved.v);
        return;
    }
    fills->has_work = true;
    ramping_vus_wanted(s, segment, &fills->wanted);
    fills->regular_ns = VEC_LAST(&fills->wanted.v).at_ns;
    fills->max_ns = VEC_LAST(&fills->reserved.v).at_ns;
}

/* Walks both schedules; a place is the seat whose lease holds it now, NULL when that is another
 * worker's. */
struct walk {
    struct share *sh;
    struct seat **at; /* by slot */
    size_t next_seat;
    int64_t wanted, reserved;
    bool is_tail; /* nothing begins any more */
};

/* Until at_ns of the scenario; after its regular end no longer than until the last VU left. 0 or
 * ERR_CANCELED. */
static int wait_until(struct walk *w, int64_t at_ns)
{
    struct share *sh = w->sh;
    int64_t deadline_ns = clock_add(sh->scen->start_ns, at_ns);
    while (worker_loop_ns(sh->ew->worker) < deadline_ns && !(w->is_tail && sh->taken == 0))
        if (fiber_park(sh->ew->worker, deadline_ns) == ERR_CANCELED)
            return ERR_CANCELED;
    return sh->ew->is_stopping ? ERR_CANCELED : 0;
}

static void take_leases(struct walk *w, int64_t at_ns)
{
    while (w->next_seat < w->sh->seat_count && w->sh->seats[w->next_seat].from_ns <= at_ns) {
        struct seat *seat = &w->sh->seats[w->next_seat++];
        w->at[seat->slot] = seat;
    }
}

static int change_wanted(struct walk *w, const struct plan_step *step)
{
    int rc = 0;
    for (; rc == 0 && w->wanted < step->vus; w->wanted++) {
        struct seat *seat = w->at[w->wanted];
        if (seat == NULL)
            continue;
        rc = wait_until(w, step->at_ns);
        if (rc < 0)
            break;
        if (seat->state == SEAT_EMPTY)
            seat_begin(seat);
        else
            seat->is_wanted = true; /* it has not left yet: it goes on */
    }
    for (; rc == 0 && w->wanted > step->vus; w->wanted--) {
        struct seat *seat = w->at[w->wanted - 1];
        if (seat == NULL)
            continue;
        rc = wait_until(w, step->at_ns);
        seat_stop(seat);
    }
    return rc;
}

static int change_reserved(struct walk *w, const struct plan_step *step)
{
    int rc = 0;
    for (; rc == 0 && w->reserved > step->vus; w->reserved--) {
        struct seat *seat = w->at[w->reserved - 1];
        w->at[w->reserved - 1] = NULL;
        if (seat == NULL || seat->state == SEAT_EMPTY)
            continue;
        rc = wait_until(w, step->at_ns);
        seat_interrupt(seat);
    }
    w->reserved = step->vus;
    return rc;
}

static int drive(struct share *sh)
{
    const struct scenario_plan *sp = sh->scen->plan;
    struct walk w = {.sh = sh, .at = mem_calloc((size_t)sp->vus, sizeof *w.at)};
    size_t i = 0;
    size_t k = 0;
    int rc = 0;
    while (rc == 0 && (i < sp->wanted.v.len || k < sp->reserved.v.len)) {
        const struct plan_step *up = i < sp->wanted.v.len ? &sp->wanted.v.items[i] : NULL;
        const struct plan_step *hold = k < sp->reserved.v.len ? &sp->reserved.v.items[k] : NULL;
        /* At the same time VUs are first told to stop, then interrupted. */
        bool is_hold = up == NULL || (hold != NULL && hold->at_ns < up->at_ns);
        w.is_tail = up == NULL;
        take_leases(&w, is_hold ? hold->at_ns : up->at_ns);
        rc = is_hold ? change_reserved(&w, hold) : change_wanted(&w, up);
        if (is_hold)
            k++;
        else
            i++;
    }
    mem_free(w.at);
    return rc;
}

static void serve(struct seat *seat)
{
    while (seat_may_begin(seat) && seat_iterate(seat, seat_take_number(seat)))
        ;
}

const struct executor ramping_vus_executor = {.plan = plan, .drive = drive, .serve = serve};
