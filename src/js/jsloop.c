/* jsloop.c - a VU's event loop: promise jobs, timers, operations under way.
 * Knows nothing of what the operations are. Runs on the VU's fiber, inside the engine, but for
 * jsloop_done and jsloop_event, which any code of the worker calls. The order is k6's: after each
 * callback its jobs; after each round of callbacks, a promise rejected and unhandled ends the task,
 * and what was still waiting is dropped. Tests: jsloop_test.c. */
#include "js/jsloop.h"

#include <inttypes.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "core/clock.h"
#include "core/fiber.h"
#include "js/jsarg.h"
#include "js/jsloop_int.h"
#include "js/pod_int.h"

struct loop_timer {
    struct loop_timer *next;
    int64_t id;
    int64_t at_ns;
    int64_t repeat_ns; /* 0: once */
    JSValue fn;
    int argc;
    JSValue argv[];
};

struct loop_rejection {
    struct loop_rejection *next;
    JSValue promise;
    JSValue reason;
};

/* op->state */
enum { OP_PENDING = 1, OP_EVENT = 2, OP_DONE = 4 };

void jsloop_init(struct js_vu *v)
{
    list_init(&v->loop.pending);
    list_init(&v->loop.ready);
}

/* ---- operations ---- */

void jsloop_begin(struct js_vu *v, struct jsloop_op *op,
                  void (*finish)(JSContext *, struct jsloop_op *),
                  void (*cancel)(JSContext *, struct jsloop_op *))
{
    op->v = v;
    op->state = OP_PENDING;
    op->finish = finish;
    op->cancel = cancel;
    list_push_back(&v->loop.pending, &op->node);
}

static void move_to_ready(struct jsloop_op *op, int why)
{
    struct loop_state *loop = &op->v->loop;
    if (op->state == OP_PENDING) {
        list_remove(&op->node);
        list_push_back(&loop->ready, &op->node);
        if (loop->is_parked)
            fiber_wake(op->v->base.fiber, 0);
    }
    op->state |= why;
}

void jsloop_done(struct jsloop_op *op)
{
    move_to_ready(op, OP_DONE);
}

void jsloop_event(struct jsloop_op *op)
{
    move_to_ready(op, OP_EVENT);
}

/* Tells one ready operation; it may free itself in finish. */
static void run_op(struct js_vu *v, struct jsloop_op *op)
{
    list_remove(&op->node);
    if (op->state & OP_EVENT) {
        /* Back among the others first: the callback may ask for another event, or finish the
         * operation. */
        int rest = op->state & OP_DONE;
        op->state = OP_PENDING | rest;
        list_push_back(rest ? &v->loop.ready : &v->loop.pending, &op->node);
        op->on_event(v->ctx, op);
        return;
    }
    op->finish(v->ctx, op);
}

/* ---- timers ---- */

static void insert_timer(struct loop_state *loop, struct loop_timer *t)
{
    struct loop_timer **at = &loop->timers;
    while (*at != NULL && (*at)->at_ns <= t->at_ns)
        at = &(*at)->next;
    t->next = *at;
    *at = t;
}

static void free_timer(JSContext *ctx, struct loop_timer *t)
{
    for (int i = 0; i < t->argc; i++)
        JS_FreeValue(ctx, t->argv[i]);
    JS_FreeValue(ctx, t->fn);
    mem_free(t);
}

int64_t jsloop_timer_add(struct js_vu *v, JSValueConst fn, int argc, JSValueConst *argv,
                         int64_t delay_ns, int64_t repeat_ns)
{
    struct loop_timer *t = mem_alloc(sizeof *t + (size_t)argc * sizeof(JSValue));
    t->id = ++v->loop.last_timer_id;
    t->at_ns = delay_ns < 0 ? 0 : clock_add(clock_now_ns(), delay_ns);
    t->repeat_ns = repeat_ns;
    t->fn = JS_DupValue(v->ctx, fn);
    t->argc = argc;
    for (int i = 0; i < argc; i++)
        t->argv[i] = JS_DupValue(v->ctx, argv[i]);
    insert_timer(&v->loop, t);
    return t->id;
}

void jsloop_timer_remove(struct js_vu *v, int64_t id)
{
    if (v->loop.running_timer_id == id)
        v->loop.running_timer_id = 0;
    for (struct loop_timer **at = &v->loop.timers; *at != NULL; at = &(*at)->next) {
        if ((*at)->id == id) {
            struct loop_timer *t = *at;
            *at = t->next;
            free_timer(v->ctx, t);
            return;
        }
    }
}

static int run_jobs(struct js_vu *v);

/* Calls the timer that is due, then its jobs. Meanwhile it is off the list; an interval that was not
 * cleared goes back after, even when its callback threw, as in k6. */
static int run_timer(struct js_vu *v, struct loop_timer *t)
{
    JSContext *ctx = v->ctx;
    v->loop.timers = t->next;
    v->loop.running_timer_id = t->id;
    JSValue global = JS_GetGlobalObject(ctx);
    JSValue ret = JS_Call(ctx, t->fn, global, t->argc, (JSValueConst *)t->argv);
    JS_FreeValue(ctx, global);
    int rc = JS_IsException(ret) ? -1 : run_jobs(v);
    JS_FreeValue(ctx, ret);
    bool is_cleared = v->loop.running_timer_id != t->id;
    v->loop.running_timer_id = 0;
    if (t->repeat_ns > 0 && !is_cleared) {
        t->at_ns = clock_add(clock_now_ns(), t->repeat_ns);
        insert_timer(&v->loop, t);
    } else {
        free_timer(ctx, t);
    }
    return rc;
}

/* ---- rejections ---- */

static void free_rejection(JSContext *ctx, struct loop_rejection *r)
{
    JS_FreeValue(ctx, r->promise);
    JS_FreeValue(ctx, r->reason);
    mem_free(r);
}

void jsloop_on_rejection(JSContext *ctx, JSValueConst promise, JSValueConst reason, bool is_handled,
                         void *opaque)
{
    struct js_vu *v = pod_vu(ctx);
    if (v == NULL)
        return;
    struct loop_rejection **at = &v->loop.rejections;
    while (*at != NULL && JS_VALUE_GET_PTR((*at)->promise) != JS_VALUE_GET_PTR(promise))
        at = &(*at)->next;
    struct loop_rejection *known = *at;
    if (is_handled && known != NULL) {
        *at = known->next;
        free_rejection(ctx, known);
    } else if (!is_handled && known == NULL) {
        struct loop_rejection *r = MEM_NEW(struct loop_rejection);
        r->promise = JS_DupValue(ctx, promise);
        r->reason = JS_DupValue(ctx, reason);
        *at = r;
    }
}

static int fail_by_rejection(struct js_vu *v, struct err *e)
{
    struct err cause = {0};
    jsarg_describe_exception(v->ctx, v->loop.rejections->reason, &cause);
    struct buf text;
    buf_init(&text, BUF_NO_LIMIT);
    buf_adds(&text, "Uncaught (in promise) ");
    buf_add_str(&text, err_text(&cause));
    int rc = err_set_text(e, ERR_SCRIPT, (struct str){text.data, text.len});
    buf_deinit(&text);
    err_deinit(&cause);
    return rc;
}

/* ---- the loop ---- */

int jsloop_fail(struct js_vu *v, struct err *e)
{
    if (v->end != END_NONE) {
        JS_FreeValue(v->ctx, JS_GetException(v->ctx));
        return ERR_CANCELED;
    }
    jsarg_take_exception(v->ctx, e);
    return ERR_SCRIPT;
}

static int run_jobs(struct js_vu *v)
{
    int rc;
    while ((rc = engine_run_job(v->pod->realms, pod_give_job_away, v->pod)) > 0)
        if (v->end != END_NONE)
            return -1;
    return rc;
}

int jsloop_fail_call(struct js_vu *v, struct err *e)
{
    int rc = jsloop_fail(v, e);
    if (v->end == END_NONE && run_jobs(v) < 0)
        JS_FreeValue(v->ctx, JS_GetException(v->ctx));
    return rc;
}

/* Callbacks whose time has come: all ready operations, then the first due timer. 1: something ran;
 * 0: nothing; -1: exception. */
static int run_round(struct js_vu *v)
{
    struct loop_state *loop = &v->loop;
    int ran = 0;
    JS_FreeValue(v->ctx, engine_take_throw_frames(v->ctx));
    while (!list_is_empty(&loop->ready)) {
        run_op(v, LIST_ENTRY(loop->ready.next, struct jsloop_op, node));
        ran = 1;
        if (JS_HasException(v->ctx) || run_jobs(v) < 0)
            return -1;
    }
    if (loop->timers != NULL && loop->timers->at_ns <= clock_now_ns()) {
        ran = 1;
        if (run_timer(v, loop->timers) < 0)
            return -1;
    }
    return ran;
}

/* Parks until an operation is ready or the next timer due. */
static int wait_for_more(struct js_vu *v)
{
    struct loop_state *loop = &v->loop;
    int64_t deadline_ns = loop->timers != NULL ? loop->timers->at_ns : CLOCK_NEVER;
    int rc;
    loop->is_parked = true;
    POD_PARK(v, rc = fiber_park(v->base.worker, deadline_ns));
    loop->is_parked = false;
    if (rc != ERR_CANCELED && !v->base.is_interrupt_requested)
        return 0;
    if (v->end == END_NONE)
        v->end = END_INTERRUPTED;
    loop->was_cut_waiting = true;
    return ERR_CANCELED;
}

int jsloop_run(struct js_vu *v, struct err *e)
{
    struct loop_state *loop = &v->loop;
    loop->was_cut_waiting = false;
    if (run_jobs(v) < 0)
        return jsloop_fail(v, e);
    for (;;) {
        if (loop->rejections != NULL)
            return fail_by_rejection(v, e);
        int ran = run_round(v);
        if (ran < 0)
            return jsloop_fail_call(v, e);
        if (ran > 0)
            continue;
        if (list_is_empty(&loop->pending) && loop->timers == NULL)
            return 0;
        if (wait_for_more(v) < 0)
            return ERR_CANCELED;
        /* An interval whose callback never parks must not keep its worker from seeing a cancel. */
        if (v->end != END_NONE)
            return ERR_CANCELED;
    }
}

void jsloop_warn_of_timers(struct js_vu *v)
{
    for (const struct loop_timer *t = v->loop.timers; t != NULL; t = t->next)
        log_warn(v->base.script->logger, "%s %" PRId64 " was dropped: its iteration ended early",
                 t->repeat_ns > 0 ? "setInterval" : "setTimeout", t->id);
}

void jsloop_clear(struct js_vu *v)
{
    struct loop_state *loop = &v->loop;
    struct list_node *node;
    while ((node = list_pop_front(&loop->ready)) != NULL ||
           (node = list_pop_front(&loop->pending)) != NULL) {
        struct jsloop_op *op = LIST_ENTRY(node, struct jsloop_op, node);
        op->cancel(v->ctx, op);
    }
    while (loop->timers != NULL) {
        struct loop_timer *t = loop->timers;
        loop->timers = t->next;
        free_timer(v->ctx, t);
    }
    while (loop->rejections != NULL) {
        struct loop_rejection *r = loop->rejections;
        loop->rejections = r->next;
        free_rejection(v->ctx, r);
    }
    engine_drop_jobs(v->pod->rt);
}
