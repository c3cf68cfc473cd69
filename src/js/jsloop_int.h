/* jsloop_int.h - the event loop inside the js folder: running it and clearing it away. */
#ifndef C6_JSLOOP_INT_H
#define C6_JSLOOP_INT_H

#include "base/err.h"
#include "js/js_vu.h"
#include "js/jsloop.h"

void jsloop_init(struct js_vu *v);
/* Inside, after the first call of a task: jobs, operations, timers, until nothing is left to wait
 * for. Parks. 0; ERR_SCRIPT with text in e when a callback threw or a promise was rejected and
 * nobody cared (the rest stays undone); ERR_CANCELED when script was stopped (v->end says why). */
int jsloop_run(struct js_vu *v, struct err *e);
/* Inside: the pending exception as jsloop_run's result. */
int jsloop_fail(struct js_vu *v, struct err *e);
/* The same after the script's function or a timer threw: the jobs it left run all the same, as in
 * k6. What they throw is lost. */
int jsloop_fail_call(struct js_vu *v, struct err *e);
/* Inside, at the end of each task: cancels what is pending, drops timers, jobs and rejections. Runs
 * no script. */
void jsloop_clear(struct js_vu *v);

/* Warns of each timer that jsloop_clear will drop, as k6 does when an iteration ends early. */
void jsloop_warn_of_timers(struct js_vu *v);

/* The engine's callback for promises rejected without a handler, and for handlers that came late.
 */
void jsloop_on_rejection(JSContext *ctx, JSValueConst promise, JSValueConst reason, bool is_handled,
                         void *opaque);

#endif
