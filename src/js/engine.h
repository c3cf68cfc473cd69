/* engine.h - what c6 needs of QuickJS-ng beyond quickjs.h: the state that the engine keeps per runtime and that VUs of a pod
 * swap, jobs, and facts for console and setup data that the public interface does not give. Implemented by engine.c, which is
 * one translation unit with the engine; for the js folder only (pod.h is for everyone else). */
#ifndef C6_ENGINE_H
#define C6_ENGINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <quickjs.h>

/* One VU's share of the runtime while another VU is inside. Job entries are linked through first and last. */
struct engine_state {
    void *frame;          /* innermost stack frame */
    void *parent_promise;
    JSValue exception;    /* pending, or the engine's "none" */
    void *jobs_first;     /* the job queue's list head, as the engine's list.h has it */
    void *jobs_last;
    uintptr_t stack_size, stack_top, stack_limit;
    bool in_out_of_memory;
    bool in_build_stack_trace;
};

/* An empty state: no frames, no jobs, no exception; the stack limit is set at the first engine_set_stack. */
void engine_state_init(struct engine_state *s);
/* Exchanges the runtime's state for *s; called in pairs, so that *s holds the VU's while it is outside and the outer one while inside. */
void engine_swap(JSRuntime *rt, struct engine_state *s);
/* Scripts may use the stack down to low + reserve, from the present frame's fiber; takes effect while inside. */
void engine_set_stack(JSRuntime *rt, void *low, size_t size, size_t reserve);
/* Drops jobs and exception that a VU left behind; while inside. */
void engine_drop_jobs(JSRuntime *rt);
/* Runs the first job of the queue. 1: ran; 0: none; -1: it threw (pending). A job that belongs to another context than ctx (a
 * finalization callback that another VU's collection found) goes to give_away instead of being run. */
int engine_run_job(JSContext *ctx, void (*give_away)(JSContext *of, void *job));
/* Appends such a job to the queue in s (its VU is outside) . */
void engine_add_job(struct engine_state *s, void *job);

/* Bytes the runtime's allocator holds. */
size_t engine_memory(JSRuntime *rt);

/* Kinds of objects, as far as printing them differs. */
enum engine_kind {
    KIND_PLAIN, KIND_ARRAY, KIND_FUNCTION, KIND_ERROR, KIND_DATE, KIND_REGEXP, KIND_MAP, KIND_SET, KIND_BYTES, KIND_TYPED_ARRAY,
    KIND_ARRAYBUFFER, KIND_DATAVIEW, KIND_PROMISE, KIND_PROXY, KIND_STRING, KIND_NUMBER, KIND_BOOL, KIND_SYMBOL, KIND_BIGINT,
    KIND_OTHER,
};
enum engine_kind engine_kind_of(JSValueConst v);

#endif
