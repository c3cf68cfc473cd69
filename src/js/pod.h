/* pod.h - a pod: one engine runtime shared by up to 16 VUs of a worker, each with a context of its own.
 *
 * The engine keeps one frame chain, job queue, pending exception, and stack limit per runtime. A fiber that runs a VU's script is "inside": between
 * pod_enter and pod_leave those four are this VU's. Whatever parks inside an engine callback (http.get, sleep) must leave first and enter again after:
 * that is what POD_PARK wraps. Nobody but this file touches the four. */
#ifndef C6_POD_H
#define C6_POD_H

#include <stdbool.h>
#include <stdint.h>

#include <quickjs.h>

#include "core/worker.h"
#include "exec/vu.h"

enum { POD_MAX_VUS = 16 };

struct pod;
struct js_vu; /* js/js_vu.h: embeds struct vu first */

void pod_enter(struct js_vu *v);
void pod_leave(struct js_vu *v);
/* Runs a parking expression from inside the engine: POD_PARK(v, rc = http_client_do(...)); */
#define POD_PARK(v, expr)  \
    do {                   \
        pod_leave(v);      \
        expr;              \
        pod_enter(v);      \
    } while (0)

struct js_vu *pod_vu(JSContext *ctx);          /* the VU of a context; NULL while only compiling */
struct vu *pod_base_vu(JSContext *ctx);        /* the same as exec's struct */
JSContext *pod_ctx(struct js_vu *v);
bool pod_is_init(JSContext *ctx);              /* init code runs now (module evaluation): http calls etc. are refused there */

/* The script can't go on: makes an exception that no catch block sees, and returns JS_EXCEPTION. For canceled fibers and test.abort(). */
JSValue pod_throw_interrupt(JSContext *ctx);

/* Per-VU state of JS modules: one slot each, by the module's index in the table (js/js_module.h). */
void *pod_module_state(JSContext *ctx, int module_index);

#endif
