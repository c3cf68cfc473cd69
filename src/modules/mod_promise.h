/* mod_promise.h - promises whose outcome is known when they are made. Inside the engine. */
#ifndef C6_MOD_PROMISE_H
#define C6_MOD_PROMISE_H

#include <quickjs.h>

/* Take the value; a value that is JS_EXCEPTION gives JS_EXCEPTION. */
JSValue mod_promise_resolved(JSContext *ctx, JSValue takes_value);
JSValue mod_promise_rejected(JSContext *ctx, JSValue takes_value);
/* Rejected with one of k6's bare Go errors, whose String() is the text alone; an Error without a
 * name reads the same. */
JSValue mod_promise_rejected_text(JSContext *ctx, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
JSValue mod_promise_bare_error(JSContext *ctx, const char *text); /* such an error */

#endif
