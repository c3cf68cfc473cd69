/* part.c - setup, teardown and handleSummary: each on a VU of its own that lives for that call,
 * within a time limit. Runs on a worker; the main thread waits for its report. Tests: run_test.c */
#include "core/clock.h"
#include "exec/exec_int.h"

static const char *const names[] = {
    [PART_SETUP] = "setup", [PART_TEARDOWN] = "teardown", [PART_SUMMARY] = "handleSummary"};

static void interrupt(struct part *p)
{
    if (p->vu != NULL)
        p->vu->is_interrupt_requested = true;
    if (p->fiber != NULL)
        fiber_cancel(p->fiber);
}

static void fire_deadline(struct worker *w, struct timer *t)
{
    struct part *p = (struct part *)(void *)((char *)t - offsetof(struct part, deadline));
    p->is_late = true;
    interrupt(p);
}

static void set_tags(struct part *p)
{
    struct exec_worker *ew = p->ew;
    uint32_t on = ew->run->system_tags;
    tags_unref(p->vu->tags);
    if ((on & TAG_GROUP) && p->kind != PART_SUMMARY)
        p->vu->tags = tags_with(ew->run_tags, STR("group"),
                                p->kind == PART_SETUP ? STR("::setup") : STR("::teardown"));
    else
        p->vu->tags = tags_ref(ew->run_tags);
    if ((on & TAG_ITER) == 0)
        return;
    struct tagset *none = tags_empty(ew->pool);
    tags_unref(p->vu->metadata);
    p->vu->metadata = tags_with(none, STR("iter"), STR("0"));
    tags_unref(none);
}

static void add_samples(struct part *p)
{
    const struct builtin_metrics *m = run_builtins(p->ew->run);
    struct vu *vu = p->vu;
    int64_t now_ns = clock_now_ns();
    shard_add(p->ew->shard, m->data_sent, vu->tags, vu->metadata, now_ns, (double)vu->data_sent);
    shard_add(p->ew->shard, m->data_received, vu->tags, vu->metadata, now_ns,
              (double)vu->data_received);
}

static void end(struct part *p)
{
    struct exec_worker *ew = p->ew;
    /* Also a part that did come back is late after its deadline, as in k6. The script may not have
     * noticed whose doing its interruption was. */
    bool is_late = p->is_late || clock_now_ns() >= p->deadline_ns;
    timer_clear(ew->worker, &p->deadline);
    bool is_interrupted = p->result == VU_INTERRUPTED && ew->is_stopping && !p->is_late;
    if (is_late && p->result != VU_ABORTED && !is_interrupted)
        p->result = VU_TIMED_OUT;
    if (p->result == VU_TIMED_OUT) {
        err_deinit(&p->err);
        err_set(&p->err, ERR_TIMEOUT, "%s() execution timed out after %.f seconds", names[p->kind],
                (double)p->timeout_ns / 1e9);
        err_set_hint(&p->err, "You can increase the time limit via the %sTimeout option",
                     names[p->kind]);
    }
    p->fiber = NULL;
    ew->part = NULL;
    exec_worker_report(ew);
}

static void call_main(void *arg)
{
    struct part *p = arg;
    struct exec_worker *ew = p->ew;
    const struct script_ops *ops = ew->run->config.ops;
    int64_t deadline_ns = p->deadline_ns;
    p->vu->fiber = p->fiber;
    switch (p->kind) {
    case PART_SETUP:
        p->result = ops->vu_setup(p->vu, deadline_ns, &p->out, &p->err);
        break;
    case PART_TEARDOWN:
        p->result = ops->vu_teardown(p->vu, deadline_ns, &p->err);
        break;
    case PART_SUMMARY:
        p->result = ops->vu_handle_summary(p->vu, deadline_ns, p->summary, &p->err);
        break;
    }
    fiber_uncancel(p->fiber);
    if (p->kind != PART_SUMMARY) /* what handleSummary measures comes too late for any summary */
        add_samples(p);
    ops->vu_free(p->vu);
    p->vu = NULL;
    end(p);
}

static void make_main(void *arg)
{
    struct part *p = arg;
    struct exec_worker *ew = p->ew;
    struct run *r = ew->run;
    struct vu_new_config config = {.run = r, .worker = ew->worker};
    int rc = r->config.ops->vu_new(r->config.script, &config, &p->vu, &p->err);
    p->has_vu = rc == 0;
    if (rc < 0) {
        p->vu = NULL;
        p->result = rc == ERR_CANCELED ? VU_INTERRUPTED : VU_FAILED;
        end(p);
        return;
    }
    p->vu->shard = ew->shard;
    p->vu->iteration = -1;
    set_tags(p);
    bool is_canceled = fiber_is_canceled(p->fiber);
    p->fiber = fiber_spawn(ew->worker, FIBER_VU, call_main, p);
    if (is_canceled)
        interrupt(p);
}

void part_begin(struct part *p, struct exec_worker *ew)
{
    p->ew = ew;
    ew->part = p;
    timer_init(&p->deadline, fire_deadline);
    p->deadline_ns = clock_add(clock_now_ns(), p->timeout_ns);
    timer_set(ew->worker, &p->deadline, p->deadline_ns);
    p->fiber = fiber_spawn(ew->worker, FIBER_BIG, make_main, p);
}

/* teardown and handleSummary belong to the clearing up after a stop. */
void part_cancel(struct part *p)
{
    if (p->kind == PART_SETUP)
        interrupt(p);
}
