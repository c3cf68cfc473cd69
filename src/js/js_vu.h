/* js_vu.h - a VU as the engine layer sees it: exec's struct vu, its realm, its loop. JS modules
 * need little of it beyond base; what they keep per VU is in their module state. */
#ifndef C6_JS_VU_H
#define C6_JS_VU_H

#include <stdbool.h>
#include <stdint.h>

#include <quickjs.h>

#include "exec/vu.h"
#include "js/engine.h"
#include "js/js_module.h"
#include "js/loop_state.h"
#include "js/pod.h"

enum js_vu_phase {
    PHASE_INIT,
    PHASE_IDLE,
    PHASE_ITERATION,
    PHASE_SETUP,
    PHASE_TEARDOWN,
    PHASE_SUMMARY
};
enum js_vu_end {
    END_NONE,
    END_INTERRUPTED, /* canceled from outside */
    END_ABORTED,     /* test.abort() */
    END_TIMED_OUT,   /* setup, teardown, handleSummary passed their deadline */
};

struct js_vu {
    struct vu base; /* first: exec's pointer is ours */
    struct pod *pod;
    JSContext *ctx; /* the pod's; this VU's globals and prototypes are in it while it is inside */
    struct engine_realm *realm; /* those; private to pod.c */
    enum js_vu_phase phase;
    enum js_vu_end end; /* why script code was stopped, when it was */
    bool is_inside;     /* between pod_enter and pod_leave */
    bool has_setup_data;
    bool is_resolving;  /* the loader reads what import statements name */
    bool is_binding;    /* the loader takes a built-in module's exports for import statements */
    unsigned lazy_made; /* private to context.c: which optional built-ins this context has */
    struct engine_state
        engine; /* private to pod.c: this VU's share of the runtime while it is outside */
    struct loop_state loop; /* private to jsloop.c */
    int64_t slice_start_ns; /* when the script was resumed last */
    JSValue exports;     /* the main module's namespace, or module.exports of a CommonJS script */
    JSValue cjs_modules; /* CommonJS modules that ran here, by URL; undefined: none */
    JSAtom exec_name;    /* the export that the active scenario calls; JS_ATOM_NULL outside */
    JSValue setup_data;  /* this VU's own copy; parsed at first use, kept over iterations */
    char *abort_message; /* of test.abort() in init code; may hold a NUL */
    size_t abort_len;
    size_t hook_count;   /* imported modules that have iteration hooks */
    struct js_vu_module *modules; /* by index in the table */
};

struct js_vu_module {
    bool is_open;
    void *state;     /* NULL: state_size is 0 */
    JSValue exports; /* the object that open filled; require() gives it */
};

static inline struct js_vu *js_vu_of(struct vu *vu)
{
    return (struct js_vu *)(void *)vu;
}

static inline struct str js_vu_abort_text(const struct js_vu *v)
{
    return (struct str){v->abort_message, v->abort_len};
}

#endif
