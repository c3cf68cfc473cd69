/* exec_worker.c - a worker's side of a run: its metric shard, its VUs, its shares; does what the
 * main thread orders and reports. Orders arrive as mail, one after another, each reported before
 * the next is sent; stop and flush may come at any time. Tests: run_test.c */
#include "exec/exec_int.h"

#include <inttypes.h>
#include <string.h>
#include <sys/resource.h>

#include "core/clock.h"

enum {
    TICK_NS = 150 * 1000 * 1000,
    VUS_TICK_NS = 1000 * 1000 * 1000, /* vus and vus_max, as often as k6 */
};

/* ---- samples on their way */

static void give_back(struct sample_batch *b)
{
    struct exec_worker *ew = b->opaque;
    struct sample_batch *first = atomic_load_explicit(&ew->homecoming, memory_order_relaxed);
    do
        b->next = first;
    while (!atomic_compare_exchange_weak(&ew->homecoming, &first, b));
}

static void emit(void *opaque, struct sample_batch *takes)
{
    struct exec_worker *ew = opaque;
    takes->give_back = give_back;
    takes->opaque = ew;
    ew->run->config.emit(ew->run->config.opaque, takes);
}

static void take_back(struct exec_worker *ew)
{
    struct sample_batch *b = atomic_exchange(&ew->homecoming, NULL);
    while (b != NULL) {
        struct sample_batch *next = b->next;
        shard_take_back(ew->shard, b);
        b = next;
    }
}

static void fire_tick(struct worker *w, struct timer *t)
{
    struct exec_worker *ew = worker_data(w, WORKER_SLOT_EXEC);
    take_back(ew);
    shard_flush(ew->shard);
    timer_set(w, t, worker_loop_ns(w) + TICK_NS);
}

static void fire_vus_tick(struct worker *w, struct timer *t)
{
    struct exec_worker *ew = worker_data(w, WORKER_SLOT_EXEC);
    const struct builtin_metrics *m = run_builtins(ew->run);
    struct run_counts counts;
    int64_t now_ns = clock_now_ns();
    run_get_counts(ew->run, &counts);
    shard_add(ew->shard, m->vus, ew->run_tags, NULL, now_ns, (double)counts.vus_active);
    shard_add(ew->shard, m->vus_max, ew->run_tags, NULL, now_ns, (double)counts.vus_initialized);
    ew->next_vus_ns += VUS_TICK_NS;
    timer_set(w, t, ew->next_vus_ns);
}

/* ---- VUs */

static void add_vu_hint(struct err *e, const struct vu_new_config *config)
{
    char *had = e->hint;
    e->hint = had == NULL ? mem_printf("error while initializing VU #%" PRIu64, config->id_in_test)
                          : mem_printf("error while initializing VU #%" PRIu64 " (%s)",
                                       config->id_in_test, had);
    mem_free(had);
}

int exec_worker_make_vu(struct exec_worker *ew, uint64_t index, struct exec_vu **out, struct err *e)
{
    struct run *r = ew->run;
    struct vu *vu = NULL;
    struct vu_new_config config = {
        .run = r,
        .worker = ew->worker,
        .id = index + 1,
        .id_in_test = (uint64_t)segment_index(r->segment, (int64_t)index) + 1,
    };
    int rc = r->config.ops->vu_new(r->config.script, &config, &vu, e);
    if (rc < 0) {
        add_vu_hint(e, &config);
        return rc;
    }
    vu->shard = ew->shard;
    vu->iteration = -1;
    tags_unref(vu->tags);
    vu->tags = tags_ref(ew->run_tags);
    struct exec_vu *ev = MEM_NEW(struct exec_vu);
    ev->vu = vu;
    ev->home = ew;
    ev->iterations = mem_calloc(r->plan->scenario_count + 1, sizeof *ev->iterations);
    list_init(&ev->waiting);
    if (ew->vu_count == ew->vu_cap) {
        ew->vu_cap = ew->vu_cap * 2 + 4;
        ew->vus = mem_realloc(ew->vus, ew->vu_cap * sizeof(struct exec_vu *));
    }
    ew->vus[ew->vu_count++] = ev;
    gauge_add(&ew->initialized, 1);
    gauge_add(&ew->idle, 1);
    *out = ev;
    return 0;
}

/* The seats of the plan whose VUs live here. */
static void fill_seats(struct exec_worker *ew)
{
    struct run *r = ew->run;
    size_t n = r->plan->scenario_count;
    for (size_t i = 0; i < r->plan->leases.len; i++) {
        const struct plan_lease *l = &r->plan->leases.items[i];
        if (l->vu % r->worker_count == ew->index)
            r->scens[l->scenario].shares[ew->index].seat_count++;
    }
    for (size_t i = 0; i < n; i++) {
        struct share *sh = &r->scens[i].shares[ew->index];
        sh->seats = mem_calloc(sh->seat_count + 1, sizeof *sh->seats);
        sh->seat_count = 0;
    }
    for (size_t i = 0; i < r->plan->leases.len; i++) {
        const struct plan_lease *l = &r->plan->leases.items[i];
        if (l->vu % r->worker_count != ew->index)
            continue;
        struct share *sh = &r->scens[l->scenario].shares[ew->index];
        struct seat *seat = &sh->seats[sh->seat_count++];
        seat->share = sh;
        seat->ev = ew->vus[l->vu / r->worker_count];
        seat->slot = l->slot;
        seat->from_ns = l->from_ns;
        seat->until_ns = l->until_ns;
        list_init(&seat->node);
        list_init(&seat->idle);
    }
}

static void make_main(void *arg)
{
    struct exec_worker *ew = arg;
    int rc = 0;
    for (size_t i = 0; rc == 0 && i < ew->planned && !ew->is_stopping; i++) {
        struct exec_vu *ev;
        uint64_t index = (uint64_t)i * (uint64_t)ew->run->worker_count + (uint64_t)ew->index;
        rc = exec_worker_make_vu(ew, index, &ev, &ew->make_err);
        if (rc == 0)
            rc = fiber_yield(ew->worker);
    }
    if (rc < 0 && rc != ERR_CANCELED && ew->make_err.msg == NULL)
        err_set(&ew->make_err, rc, "a VU could not be made: %s", err_code_text(rc));
    if (ew->vu_count == ew->planned)
        fill_seats(ew);
    ew->maker = NULL;
    exec_worker_report(ew);
}

static void free_vus(struct exec_worker *ew)
{
    for (size_t i = 0; i < ew->vu_count; i++) {
        ew->run->config.ops->vu_free(ew->vus[i]->vu);
        mem_free(ew->vus[i]->iterations);
        mem_free(ew->vus[i]);
    }
    ew->vu_count = 0;
}

/* ---- shares */

static void set_share_tags(struct share *sh)
{
    struct exec_worker *ew = sh->ew;
    const struct scenario *s = sh->scen->view.config;
    uint32_t on = ew->run->system_tags;
    struct tagset *t = tags_ref(ew->run_tags);
    struct tagset *next;
    for (size_t i = 0; i < s->tag_count; i++) {
        next = tags_with(t, str_of(s->tags[i].key), str_of(s->tags[i].value));
        tags_unref(t);
        t = next;
    }
    struct tag system[2];
    size_t count = 0;
    if (on & TAG_GROUP)
        system[count++] = (struct tag){STR("group"), STR("")};
    if (on & TAG_SCENARIO)
        system[count++] = (struct tag){STR("scenario"), str_of(s->name)};
    sh->tags = tags_with_many(t, system, count);
    tags_unref(t);
    sh->own_tags = (on & TAG_SCENARIO) ? tags_with(ew->run_tags, STR("scenario"), str_of(s->name))
                                       : tags_ref(ew->run_tags);
}

static bool has_part(const struct share *sh)
{
    return sh->seat_count > 0 || (sh->scen->plan->has_work && sh->scen->arrival != NULL);
}

static void run_shares(struct exec_worker *ew)
{
    struct run *r = ew->run;
    ew->shares_left = 0;
    for (size_t i = 0; i < r->plan->scenario_count; i++) {
        struct share *sh = &r->scens[i].shares[ew->index];
        if (!has_part(sh))
            continue;
        set_share_tags(sh);
        ew->shares_left++;
        share_begin(sh);
    }
    if (ew->shares_left == 0)
        exec_worker_report(ew);
}

static void free_shares(struct exec_worker *ew)
{
    struct run *r = ew->run;
    for (size_t i = 0; r->scens != NULL && i < r->plan->scenario_count; i++) {
        struct share *sh = &r->scens[i].shares[ew->index];
        tags_unref(sh->tags);
        tags_unref(sh->own_tags);
        mem_free(sh->seats);
        sh->tags = sh->own_tags = NULL;
        sh->seats = NULL;
    }
}

/* ---- orders */

static void begin(struct exec_worker *ew)
{
    struct run *r = ew->run;
    int rc = 0;
    if (r->config.worker_begin != NULL)
        rc = r->config.worker_begin(r->config.opaque, ew->worker, &ew->make_err);
    if (rc < 0) {
        if (ew->make_err.msg == NULL)
            err_set(&ew->make_err, rc, "a worker could not begin: %s", err_code_text(rc));
    } else {
        ew->has_begun = true;
        timer_set(ew->worker, &ew->tick, worker_loop_ns(ew->worker) + TICK_NS);
        ew->next_vus_ns = worker_loop_ns(ew->worker) + VUS_TICK_NS;
        if (ew->index == 0)
            timer_set(ew->worker, &ew->vus_tick, ew->next_vus_ns);
    }
    exec_worker_report(ew);
}

/* The last samples: after it nothing goes to the engine or to outputs any more. */
static void finish(struct exec_worker *ew)
{
    timer_clear(ew->worker, &ew->vus_tick);
    free_vus(ew);
    shard_flush(ew->shard);
    shard_set_emit(ew->shard, NULL, NULL);
    exec_worker_report(ew);
}

static void end(struct exec_worker *ew)
{
    timer_clear(ew->worker, &ew->tick);
    if (ew->has_begun && ew->run->config.worker_end != NULL)
        ew->run->config.worker_end(ew->run->config.opaque, ew->worker);
    exec_worker_report(ew);
}

static void run_order(struct worker *w, struct mail *m)
{
    struct exec_worker *ew = worker_data(w, WORKER_SLOT_EXEC);
    switch (ew->next_order) {
    case ORDER_BEGIN:
        begin(ew);
        break;
    case ORDER_MAKE_VUS:
        ew->maker = fiber_spawn(w, FIBER_BIG, make_main, ew);
        break;
    case ORDER_GO:
        run_shares(ew);
        break;
    case ORDER_PART:
        part_begin(ew->ordered_part, ew);
        break;
    case ORDER_FINISH:
        finish(ew);
        break;
    case ORDER_END:
        end(ew);
        break;
    }
}

static void run_stop(struct worker *w, struct mail *m)
{
    struct exec_worker *ew = worker_data(w, WORKER_SLOT_EXEC);
    struct run *r = ew->run;
    ew->is_stopping = true;
    if (ew->maker != NULL)
        fiber_cancel(ew->maker);
    if (ew->part != NULL)
        part_cancel(ew->part);
    for (size_t i = 0; i < r->plan->scenario_count; i++)
        share_stop(&r->scens[i].shares[ew->index]);
}

static void run_flush(struct worker *w, struct mail *m)
{
    struct exec_worker *ew = worker_data(w, WORKER_SLOT_EXEC);
    shard_flush(ew->shard);
    control_post(ew->run->control, &ew->flush_report);
}

void exec_worker_order(struct exec_worker *ew, enum worker_order order)
{
    ew->next_order = order;
    ew->run->reports_due++;
    worker_post(ew->worker, &ew->order);
}

void exec_worker_send_stop(struct exec_worker *ew)
{
    worker_post(ew->worker, &ew->stop_order);
}

void exec_worker_send_flush(struct exec_worker *ew)
{
    worker_post(ew->worker, &ew->flush_order);
}

void exec_worker_report(struct exec_worker *ew)
{
    control_post(ew->run->control, &ew->report);
}

static void set_run_tags(struct exec_worker *ew)
{
    const struct options *o = ew->run->config.options;
    ew->run_tags = tags_empty(ew->pool);
    for (size_t i = 0; o->tags.set && i < o->tags.count; i++) {
        struct tagset *next =
            tags_with(ew->run_tags, str_of(o->tags.v[i].key), str_of(o->tags.v[i].value));
        tags_unref(ew->run_tags);
        ew->run_tags = next;
    }
}

int exec_worker_init(struct exec_worker *ew, struct run *r, int index, struct err *e)
{
    ew->run = r;
    ew->index = index;
    timer_init(&ew->tick, fire_tick);
    timer_init(&ew->vus_tick, fire_vus_tick);
    ew->order.run = run_order;
    ew->stop_order.run = run_stop;
    ew->flush_order.run = run_flush;
    ew->planned = (size_t)((r->plan->vus - index + r->worker_count - 1) / r->worker_count);
    ew->worker = worker_new(index);
    if (ew->worker == NULL) {
        struct rlimit limit = {0};
        getrlimit(RLIMIT_NOFILE, &limit);
        err_set(e, ERR_NO_FILES,
                "a worker could not be made: no file descriptors left (the limit is %llu)",
                (unsigned long long)limit.rlim_cur);
        err_set_hint(e, "raise the limit: ulimit -n, or LimitNOFILE= of a service");
        return ERR_NO_FILES;
    }
    ew->pool = tag_pool_new();
    ew->shard = shard_new(r->config.metrics, ew->pool);
    if (r->config.emit != NULL)
        shard_set_emit(ew->shard, emit, ew);
    set_run_tags(ew);
    worker_set_data(ew->worker, WORKER_SLOT_EXEC, ew);
    worker_set_data(ew->worker, WORKER_SLOT_METRICS, ew->shard);
    int rc = worker_start(ew->worker);
    if (rc < 0)
        return err_set(e, rc, "a worker thread could not be started: %s", err_code_text(rc));
    ew->is_started = true;
    return 0;
}

void exec_worker_deinit(struct exec_worker *ew)
{
    if (ew->is_started)
        worker_stop(ew->worker);
    if (ew->shard != NULL) {
        free_shares(ew);
        take_back(ew);
        tags_unref(ew->run_tags);
        shard_free(ew->shard);
        tag_pool_free(ew->pool);
    }
    worker_free(ew->worker);
    mem_free(ew->vus);
    err_deinit(&ew->make_err);
}
