/* jsloop.h - a VU's event loop: jobs, timers, and operations under way. An iteration ends only when
 * the exec function's promise is settled and nothing registered is pending. Pending operations are
 * objects on the VU's list, each with a cancel function.
 *
 *     struct fetch_op { struct jsloop_op op; ... };
 *     jsloop_begin(v, &f->op, fetch_finish, fetch_cancel);  the loop now waits for it
 *     ... on a helper fiber of the same worker, when done: jsloop_done(&f->op);
 *     fetch_finish runs on the VU's fiber, inside the engine: settles the promise, frees f.
 *
 * An operation with many events (a socket) calls jsloop_event for each: on_event runs on the VU's
 * fiber and the operation stays. */
#ifndef C6_JSLOOP_H
#define C6_JSLOOP_H

#include <stdint.h>

#include <quickjs.h>

#include "base/list.h"
#include "js/pod.h"

struct jsloop_op {
    struct list_node node; /* private */
    struct js_vu *v;       /* private */
    int state;             /* private */
    /* Exactly one of finish and cancel is called, once; each frees the op. finish: inside the
     * engine. cancel: the VU unwinds; may run inside or outside the engine, must not run script;
     * whatever works on it elsewhere must be stopped (fiber_cancel) before it returns or keep
     * itself alive. An exception that finish leaves pending is the iteration's. */
    void (*finish)(JSContext *ctx, struct jsloop_op *op);
    void (*cancel)(JSContext *ctx, struct jsloop_op *op);
    void (*on_event)(
        JSContext *ctx,
        struct jsloop_op *op); /* NULL unless jsloop_event is used; set before jsloop_begin */
};

void jsloop_begin(struct js_vu *v, struct jsloop_op *op,
                  void (*finish)(JSContext *, struct jsloop_op *),
                  void (*cancel)(JSContext *, struct jsloop_op *));
/* Own worker's thread, any fiber or none; wakes the VU if its loop waits. Events asked for before
 * done are delivered first. */
void jsloop_done(struct jsloop_op *op);
void jsloop_event(struct jsloop_op *op); /* asked for again before it ran: runs once */

/* setTimeout and its kin: fn and args are duplicated. Returns the id. repeat_ns 0: once. A negative
 * delay is before all others. */
int64_t jsloop_timer_add(struct js_vu *v, JSValueConst fn, int argc, JSValueConst *argv,
                         int64_t delay_ns, int64_t repeat_ns);
void jsloop_timer_remove(struct js_vu *v, int64_t id);

#endif
