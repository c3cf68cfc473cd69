/* plan.c - sweeps over the steps of all scenarios in order of time, handing VUs out and taking them
 * back. Knows no clock and no worker. Called by run.c and cli; tests: plan_test.c */
#include "exec/plan.h"

#include <stdlib.h>

#include "base/mem.h"
#include "core/clock.h"
#include "exec/executors/executors.h"

/* A step of one scenario in the time of the test. */
struct event {
    int64_t at_ns;
    int64_t vus;
    size_t scenario;
    size_t order; /* steps of a scenario at the same time stay in order */
};
struct events {
    VEC(struct event) v;
};

/* VUs nobody has, first come first served, as k6's buffer. */
struct queue {
    int32_t *items;
    size_t cap, head, len;
};

static void queue_push(struct queue *q, int32_t vu)
{
    q->items[(q->head + q->len) % q->cap] = vu;
    q->len++;
}

static int32_t queue_pop(struct queue *q)
{
    CHECK(q->len > 0);
    int32_t vu = q->items[q->head];
    q->head = (q->head + 1) % q->cap;
    q->len--;
    return vu;
}

void plan_add_step(struct plan_steps *s, int64_t at_ns, int64_t vus)
{
    if (s->v.len > 0 && VEC_LAST(&s->v).vus == vus)
        return;
    VEC_PUSH(&s->v, ((struct plan_step){at_ns, vus}));
}

int64_t plan_steps_max(const struct plan_steps *s)
{
    int64_t max = 0;
    for (size_t i = 0; i < s->v.len; i++)
        if (s->v.items[i].vus > max)
            max = s->v.items[i].vus;
    return max;
}

int64_t plan_vus_at(const struct plan_steps *s, int64_t at_ns)
{
    int64_t vus = 0;
    for (size_t i = 0; i < s->v.len && s->v.items[i].at_ns <= at_ns; i++)
        vus = s->v.items[i].vus;
    return vus;
}

static int compare_events(const void *a, const void *b)
{
    const struct event *x = a;
    const struct event *y = b;
    if (x->at_ns != y->at_ns)
        return x->at_ns < y->at_ns ? -1 : 1;
    if (x->scenario != y->scenario)
        return x->scenario < y->scenario ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
}

static void collect_events(struct events *out, const struct plan *p,
                           const struct scenario_list *list)
{
    for (size_t i = 0; i < p->scenario_count; i++) {
        const struct plan_steps *steps = &p->scenarios[i].reserved;
        for (size_t k = 0; k < steps->v.len; k++) {
            int64_t at_ns = clock_add(list->items[i].start_time_ns, steps->v.items[k].at_ns);
            VEC_PUSH(&out->v, ((struct event){at_ns, steps->v.items[k].vus, i, k}));
        }
    }
    if (out->v.len > 0)
        qsort(out->v.items, out->v.len, sizeof out->v.items[0], compare_events);
}

/* How many VUs are needed at the same time. Each step counts by itself, also among those of one
 * moment: a scenario that begins when another ends gets its VUs back only if it comes after it in
 * the list. */
static void count_vus(struct plan *p, const struct events *events)
{
    int64_t *planned = mem_calloc(p->scenario_count + 1, sizeof *planned);
    int64_t sum = 0;
    int64_t unplanned = 0;
    for (size_t i = 0; i < events->v.len; i++) {
        const struct event *ev = &events->v.items[i];
        int64_t extra = p->scenarios[ev->scenario].unplanned_vus;
        if (extra > 0 && ev->order == 0)
            unplanned += extra;
        else if (extra > 0 && ev->order + 1 == p->scenarios[ev->scenario].reserved.v.len)
            unplanned -= extra;
        sum += ev->vus - planned[ev->scenario];
        planned[ev->scenario] = ev->vus;
        if (sum > p->vus)
            p->vus = sum;
        if (sum + unplanned > p->max_vus)
            p->max_vus = sum + unplanned;
    }
    mem_free(planned);
}

struct sweep {
    struct plan *plan;
    struct queue free_vus;
    int64_t *count;    /* per scenario: places filled now */
    size_t **lease_of; /* per scenario, per slot: its lease */
};

static void change_places(struct sweep *s, const struct event *ev, int64_t start_ns)
{
    int64_t at_ns = ev->at_ns - start_ns;
    for (int64_t slot = s->count[ev->scenario]; slot < ev->vus; slot++) {
        struct plan_lease lease = {(int32_t)ev->scenario, (int32_t)slot, queue_pop(&s->free_vus),
                                   at_ns, at_ns};
        s->lease_of[ev->scenario][slot] = s->plan->leases.len;
        VEC_PUSH(&s->plan->leases, lease);
    }
    /* The highest place goes first, but VUs that leave together come back in order, so that ids
     * stay low and dense. */
    for (int64_t slot = ev->vus; slot < s->count[ev->scenario]; slot++) {
        struct plan_lease *lease = &s->plan->leases.items[s->lease_of[ev->scenario][slot]];
        lease->until_ns = at_ns;
        queue_push(&s->free_vus, lease->vu);
    }
    s->count[ev->scenario] = ev->vus;
}

static void hand_out(struct plan *p, const struct events *events, const struct scenario_list *list)
{
    struct sweep s = {.plan = p};
    s.free_vus.cap = (size_t)p->vus + 1;
    s.free_vus.items = mem_calloc(s.free_vus.cap, sizeof *s.free_vus.items);
    s.count = mem_calloc(p->scenario_count + 1, sizeof *s.count);
    s.lease_of = mem_calloc(p->scenario_count + 1, sizeof *s.lease_of);
    for (int32_t vu = 0; vu < p->vus; vu++)
        queue_push(&s.free_vus, vu);
    for (size_t i = 0; i < p->scenario_count; i++)
        s.lease_of[i] = mem_calloc((size_t)p->scenarios[i].vus + 1, sizeof **s.lease_of);
    for (size_t i = 0; i < events->v.len; i++)
        change_places(&s, &events->v.items[i],
                      list->items[events->v.items[i].scenario].start_time_ns);
    for (size_t i = 0; i < p->scenario_count; i++)
        mem_free(s.lease_of[i]);
    mem_free(s.lease_of);
    mem_free(s.count);
    mem_free(s.free_vus.items);
}

struct plan *plan_new(const struct scenario_list *list, const struct segment *segment)
{
    struct plan *p = MEM_NEW(struct plan);
    struct events events = {0};
    p->scenario_count = list->count;
    p->scenarios = mem_calloc(list->count + 1, sizeof *p->scenarios);
    for (size_t i = 0; i < list->count; i++) {
        struct scenario_plan *sp = &p->scenarios[i];
        executor_of(list->items[i].executor)->plan(&list->items[i], segment, sp);
        sp->vus = plan_steps_max(&sp->reserved);
    }
    collect_events(&events, p, list);
    count_vus(p, &events);
    CHECK(p->vus < INT32_MAX);
    if (events.v.len > 0)
        p->max_duration_ns = VEC_LAST(&events.v).at_ns;
    else if (list->count > 0) /* nothing to do here: until the first would have begun */
        p->max_duration_ns = list->items[0].start_time_ns;
    hand_out(p, &events, list);
    VEC_DEINIT(&events.v);
    return p;
}

void plan_get_share(const struct scenario *s, const struct segment *segment,
                    struct scenario_share *fills)
{
    struct segment *by_vus = segment_resize(segment, s->vus);
    *fills = (struct scenario_share){
        .vus = segment_scale(segment, s->vus),
        .iterations = by_vus != NULL ? segment_scale(by_vus, s->iterations) : 0,
        .pre_allocated_vus = segment_scale(segment, s->pre_allocated_vus),
        .max_vus = segment_scale(segment, s->max_vus),
        .rate = segment_length(segment),
    };
    if (s->executor == EXECUTOR_RAMPING_VUS)
        fills->vus = segment_scale(segment, scenario_highest_target(s, s->start_vus));
    /* Starts are dealt out in proportion to VUs, which can't be halved. */
    if (s->executor == EXECUTOR_CONSTANT_ARRIVAL_RATE)
        fills->rate = s->max_vus > 0 ? (double)fills->max_vus / (double)s->max_vus : 0;
    segment_free(by_vus);
}

void plan_free(struct plan *p)
{
    if (p == NULL)
        return;
    for (size_t i = 0; i < p->scenario_count; i++) {
        VEC_DEINIT(&p->scenarios[i].reserved.v);
        VEC_DEINIT(&p->scenarios[i].wanted.v);
        segment_free(p->scenarios[i].iteration_segment);
    }
    VEC_DEINIT(&p->leases);
    mem_free(p->scenarios);
    mem_free(p);
}
