/* js_vu.h - a VU as the engine layer sees it: exec's struct vu, its context, its loop. JS modules need little of it beyond base;
 * what they keep per VU is in their module state. */
#ifndef C6_JS_VU_H
#define C6_JS_VU_H

#include <stdbool.h>
#include <stdint.h>

#include <quickjs.h>

#include "exec/vu.h"
#include "js/engine.h"
#include "js/loop_state.h"
#include "js/pod.h"

enum js_vu_phase { PHASE_INIT, PHASE_IDLE, PHASE_ITERATION, PHASE_SETUP, PHASE_TEARDOWN, PHASE_SUMMARY };
enum js_vu_end { END_NONE, END_INTERRUPTED, END_ABORTED, END_TIMED_OUT };

struct js_vu {
    struct vu base; /* first: exec's pointer is ours */
    struct pod *pod;
    JSContext *ctx;
    enum js_vu_phase phase;
    enum js_vu_end end;          /* why the script was stopped, when it was */
    struct engine_state engine;  /* private to pod.c: the runtime's four while this VU is outside */
    struct loop_state loop;      /* private to jsloop.c */
    int64_t slice_start_ns;      /* when the script was resumed last */
    bool is_inside;
    JSValue namespace_obj;       /* the main module's exports */
    JSValue exec_fn;             /* of the active scenario; JS_UNDEFINED outside */
    JSValue setup_data;          /* this VU's own copy; parsed at first use */
    bool has_setup_data;
    JSValue env_obj;             /* __ENV */
    char *abort_message;         /* of test.abort() in init code */
    void **module_states;        /* by module index; NULL: not imported */
};

static inline struct js_vu *js_vu_of(struct vu *vu)
{
    return (struct js_vu *)(void *)vu;
}

#endif
