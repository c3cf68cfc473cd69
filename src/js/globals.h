/* globals.h - what c6 adds to a context's global object: console, open, timers, __ENV, __VU,
 * global. */
#ifndef C6_GLOBALS_H
#define C6_GLOBALS_H

#include <quickjs.h>

#include "base/key_value.h"
#include "js/js_vu.h"

/* setTimeout and its kin, for the global object and for k6/timers. */
enum { GLOBALS_TIMER_COUNT = 4 };
extern const JSCFunctionListEntry GLOBALS_TIMERS[GLOBALS_TIMER_COUNT];

int globals_add(JSContext *ctx); /* 0, or -1: out of memory. Inside. */

/* __VU and __ITER as they are for what runs next. */
int globals_set_vu(JSContext *ctx, uint64_t id);
int globals_set_iteration(struct js_vu *v);
/* A fresh __ENV with the scenario's variables laid over the others; count 0: without any. */
int globals_set_env(JSContext *ctx, const struct key_value *over, size_t count);

#endif
