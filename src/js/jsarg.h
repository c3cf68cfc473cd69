/* jsarg.h - between JSValues and C: arguments in, results out, exceptions as k6's. All JSValueConst parameters are borrowed. */
#ifndef C6_JSARG_H
#define C6_JSARG_H

#include <stdbool.h>
#include <stdint.h>

#include <quickjs.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"

/* Text of any value (String(v)). Free with jsarg_free_str. False with an exception pending. */
bool jsarg_str(JSContext *ctx, JSValueConst v, struct str *out);
void jsarg_free_str(JSContext *ctx, struct str s);
bool jsarg_is_nullish(JSValueConst v);
/* Bytes of an ArrayBuffer, typed array or DataView, borrowed until the script runs again. False (no exception) when it is none. */
bool jsarg_bytes(JSContext *ctx, JSValueConst v, struct str *out);
JSValue jsarg_new_str(JSContext *ctx, struct str s);          /* invalid UTF-8 becomes U+FFFD, as k6 does */
JSValue jsarg_new_arraybuffer(JSContext *ctx, void *takes, size_t len); /* takes memory from mem_* */
/* k6's own errors: name "GoError", message text. Return JS_EXCEPTION. */
JSValue jsarg_throw(JSContext *ctx, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
JSValue jsarg_throw_type(JSContext *ctx, const char *fmt, ...) __attribute__((format(printf, 2, 3))); /* TypeError */
/* The pending exception as text: "Error: x\n\tat f (file:///s.js:1:2)\n", the way k6 logs it; clears it. */
void jsarg_take_exception(JSContext *ctx, struct err *e);
/* Own enumerable string keys in order; each calls back until it returns false. */
int jsarg_each_property(JSContext *ctx, JSValueConst object, bool (*each)(void *opaque, JSContext *ctx, struct str key, JSValueConst value), void *opaque);
/* console.log's text of a value, and Go's %v of it, as k6 prints them. */
void jsarg_put_console(struct buf *out, JSContext *ctx, JSValueConst v);

#endif
