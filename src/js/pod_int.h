/* pod_int.h - pods inside the js folder: making and freeing runtimes, VUs' realms, and the
 * bracket around all script work.
 *
 *   worker (slot JS) -> js_worker -> pods -> up to 64 struct js_vu, each with its realm
 *                                         -> one JSContext, which has the realm of the VU inside
 *
 *   js_vu_begin   on the VU's fiber: takes the stack's measure, enters
 *     ... script runs; POD_PARK leaves and enters around whatever waits; the interrupt callback
 * does so when a slice is over js_vu_end     leaves
 */
#ifndef C6_POD_INT_H
#define C6_POD_INT_H

#include "base/err.h"
#include "js/js_vu.h"
#include "js/script_int.h"

/* Above this a pod whose script failed is collected at once. */
#define POD_MEMORY_HIGH ((size_t)64 << 20)

struct pod {
    JSRuntime *rt;
    struct engine_realms *realms; /* the context and whose realm is in it */
    struct map *codes; /* by URL: struct engine_code, compiled functions that the VUs share */
    struct js_worker *home;
    struct js_vu *current; /* the one inside; NULL: nobody */
    struct js_vu *vus[POD_MAX_VUS];
    int vu_count;
    size_t external;    /* bytes that values hold outside of the runtime's allocator */
    JSAtom atom_iter;   /* "__ITER", set for each iteration */
    JSAtom *lazy_atoms; /* private to context.c, as is their count */
    int lazy_count;
    JSValue
        *env_values; /* strings of script->env: immutable and of no context, so VUs share them */
};

/* A VU with an empty context in a pod of the worker that has room, or in a new pod. ERR_NOMEM with
 * text when the engine can't be had. */
int pod_new_vu(struct js_vu **out, struct script *script, struct worker *worker, struct err *e);
/* Outside the engine, nothing pending. Frees the context and, with its last VU, the pod. */
void pod_free_vu(struct js_vu *v);

void js_vu_begin(struct js_vu *v); /* on the VU's fiber, outside; enters */
void js_vu_end(struct js_vu *v);   /* leaves */
/* Takes a job that another VU of the pod is to run; for engine_run_job. */
void pod_give_job_away(void *pod, uint32_t number, void *job);
/* Lets the collector wait until the pod has grown by half again: called when a VU's init code is
 * done. */
void pod_retune_gc(struct pod *p);
/* After a script ran out of memory or was stopped: collects cycles now. Inside. */
void pod_collect(struct pod *p);

#endif
