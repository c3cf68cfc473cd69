/* context.h - a VU's realm: which built-ins it has, and which are made only when a script first
 * names them. */
#ifndef C6_CONTEXT_H
#define C6_CONTEXT_H

#include <quickjs.h>

#include "js/js_vu.h"

/* Gives the new realm that is inside ctx the language's built-ins and c6's globals (console, open,
 * timers, __ENV...). -1: out of memory. */
int context_init(JSContext *ctx, struct js_vu *v);

struct pod;
void context_free_names(struct pod *p); /* with the pod, before its runtime */

/* ArrayBuffer, typed arrays and DataView exist now; before C code makes one. */
int context_need_typed_arrays(JSContext *ctx);
int context_need_date(JSContext *ctx);  /* before JS_NewDate */
int context_need_proxy(JSContext *ctx); /* before JS_NewProxy */

#endif
