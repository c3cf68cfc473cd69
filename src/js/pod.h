/* pod.h - a pod: one engine runtime and context shared by 16 VUs of a worker, or more if they are
 * small, each with a realm (globals, prototypes, modules) of its own.
 *
 * The engine keeps one frame chain, job queue, pending exception, and stack limit per runtime, and
 * ties functions to a context. A fiber that runs a VU's script is "inside": between pod_enter and
 * pod_leave those are this VU's, and the context, the same for all VUs of the pod, has its realm.
 * While outside nothing may be done with the context but dropping references.
 * Whatever parks inside an engine callback (http.get, sleep) must leave first and enter again
 * after: that is what POD_PARK wraps. Nobody else touches them.
 *
 * After a parking call that came back with ERR_CANCELED, return pod_throw_interrupt(ctx). */
#ifndef C6_POD_H
#define C6_POD_H

#include <stdbool.h>
#include <stdint.h>

#include <quickjs.h>

#include "base/log.h"
#include "core/worker.h"
#include "exec/vu.h"
#include "js/js_class.h"
#include "metrics/metric.h"

enum { POD_SURE_VUS = 16, POD_MAX_VUS = 64 };

struct pod;
struct js_vu; /* js/js_vu.h: embeds struct vu first */

void pod_enter(struct js_vu *v);
void pod_leave(struct js_vu *v);
/* Runs a parking expression from inside the engine: POD_PARK(v, rc = http_client_do(...)); */
#define POD_PARK(v, expr)                                                                          \
    do {                                                                                           \
        pod_leave(v);                                                                              \
        expr;                                                                                      \
        pod_enter(v);                                                                              \
    } while (0)

struct js_vu *pod_vu(JSContext *ctx);   /* the VU inside */
struct vu *pod_base_vu(JSContext *ctx); /* the same as exec's struct */
JSContext *pod_ctx(struct js_vu *v);

/* Init code runs now (module evaluation): http calls and the like are refused there, metrics are
 * made only there. */
bool pod_is_init(JSContext *ctx);
/* In init code of the first load there is no run (pod_base_vu(ctx)->run is NULL); these three are
 * there always. */
struct metric_registry *pod_metrics(JSContext *ctx);
struct logger *pod_logger(JSContext *ctx);
struct worker *pod_worker(JSContext *ctx);

/* The script can't go on: make an exception that no catch block sees, and return JS_EXCEPTION. The
 * first is for canceled fibers (the iteration is VU_INTERRUPTED); the second for test.abort() after
 * run_request_stop (VU_ABORTED). In init code there may be no run to stop; the abort's text then
 * becomes vu_new's or script_load's error, exit code 108. */
JSValue pod_throw_interrupt(JSContext *ctx);
JSValue pod_throw_abort(JSContext *ctx, struct str message);

/* Per-VU state of JS modules (js_module.state_size bytes, zeroed), by the module's index in the
 * table. NULL when the VU has not imported the module. */
void *pod_module_state(JSContext *ctx, int module_index);
/* The same, and opens the module if the VU has not imported it. NULL with an exception pending. */
void *pod_need_module_state(JSContext *ctx, int module_index);
/* What js_module.shared_new made for this test; used by several workers at once. */
void *pod_module_shared(JSContext *ctx, int module_index);

/* Values hold so many bytes more (negative: fewer) outside of the engine. They bring its next
 * collection nearer, and don't count against its memory limit. */
void pod_count_external(JSRuntime *rt, ptrdiff_t bytes);

/* Makes class id known to the pod's runtime (once a pod) and sets proto (taken) as its prototype in
 * this context. def must be static. Call it from a module's open. */
int pod_new_class(JSContext *ctx, enum js_class id, const JSClassDef *def, JSValue takes_proto);

#endif
