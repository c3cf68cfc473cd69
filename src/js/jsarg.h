/* jsarg.h - between JSValues and C: arguments in, results out, exceptions as k6's. All JSValueConst
 * parameters are borrowed. Everything here runs inside the engine; nothing parks, but whatever
 * converts a value may run script (toString, getters). */
#ifndef C6_JSARG_H
#define C6_JSARG_H

#include <stdbool.h>
#include <stdint.h>

#include <quickjs.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"

/* Text of any value (String(v); of a symbol its description, as in k6) as valid UTF-8 (lone
 * surrogates become U+FFFD), NUL-terminated too. Free with jsarg_free_str. False with an exception
 * pending. */
bool jsarg_str(JSContext *ctx, JSValueConst v, struct str *out);
void jsarg_free_str(JSContext *ctx, struct str s); /* an empty {NULL, 0} is fine */
/* What k6 keeps where only a text fits and v is assigned: String(v), of a symbol its description,
 * of undefined and null nothing. JS_EXCEPTION when v has no text. */
JSValue jsarg_text_value(JSContext *ctx, JSValueConst v);
bool jsarg_is_nullish(JSValueConst v);
/* Bytes of an ArrayBuffer, typed array or DataView, borrowed until the script runs again. False (no
 * exception) when it is none. */
bool jsarg_bytes(JSContext *ctx, JSValueConst v, struct str *out);

JSValue jsarg_new_str(JSContext *ctx, struct str s); /* invalid UTF-8 becomes U+FFFD, as k6 does */
JSValue jsarg_new_arraybuffer(JSContext *ctx, void *takes,
                              size_t len); /* takes memory from mem_*; also when it fails */
/* Memory of another kind: resize (see the engine) ends it. Not taken when it fails. */
JSValue jsarg_new_arraybuffer_of(JSContext *ctx, void *takes, size_t len,
                                 JSReallocArrayBufferDataFunc *resize, void *opaque);
/* These instead of the engine's: a context gets typed arrays and Date only when it needs them. */
JSValue jsarg_new_bytes(JSContext *ctx, struct str bytes);      /* an ArrayBuffer with a copy */
JSValue jsarg_new_uint8array(JSContext *ctx, struct str bytes); /* with a copy */
JSValue jsarg_new_date(JSContext *ctx, double ms);

/* k6's own errors: name "GoError", message text; instanceof Error. Return JS_EXCEPTION. */
JSValue jsarg_throw(JSContext *ctx, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
JSValue jsarg_throw_text(JSContext *ctx, struct str text); /* NULs and all */
JSValue jsarg_throw_type(JSContext *ctx, const char *fmt, ...)
    __attribute__((format(printf, 2, 3))); /* TypeError */
JSValue jsarg_new_error(JSContext *ctx, const char *fmt, ...)
    __attribute__((format(printf, 2, 3))); /* the GoError, not thrown */
JSValue jsarg_go_error_constructor(JSContext *ctx); /* the global GoError */
/* The pending exception as text, cleared: "Error: x\n\tat f (file:///s.js:1:2)\n", the way k6 logs
 * it; e->is_stack is set. The exit code is the caller's. Another form takes a value that was
 * caught. */
void jsarg_take_exception(JSContext *ctx, struct err *e);
void jsarg_describe_exception(JSContext *ctx, JSValueConst thrown, struct err *e);

/* An error's text and stack frames as k6 writes them; any other value's text alone. */
void jsarg_put_stack(struct buf *out, JSContext *ctx, JSValueConst error);

/* Own enumerable string keys in order; each is called until it returns false. 0, or -1 with an
 * exception pending (a getter threw, or each left one and returned false). */
int jsarg_each_property(JSContext *ctx, JSValueConst object,
                        bool (*each)(void *opaque, JSContext *ctx, struct str key,
                                     JSValueConst value),
                        void *opaque);

/* What k6 takes for a list: what can be iterated, else what has a length. Each is called until it
 * returns a negative value, which is the result then. 0; ERR_INVALID when object is no list,
 * ERR_TOO_LARGE when it has more than most items, ERR_SCRIPT with an exception pending. */
int jsarg_each_item(JSContext *ctx, JSValueConst object, int64_t most,
                    int (*each)(JSContext *ctx, JSValueConst item, void *opaque), void *opaque);

/* Appends what k6 takes for bytes: those of a buffer, a text's UTF-8, a list of numbers; nothing for
 * a nullish v. 0; ERR_INVALID when v is none of them, ERR_TOO_LARGE when the list has more than most
 * items, ERR_NOMEM, ERR_SCRIPT with an exception pending. */
int jsarg_add_bytes(JSContext *ctx, JSValueConst v, int64_t most, struct buf *out);

/* console.log's text of a value. -1 with an exception pending. */
int jsarg_put_console(struct buf *out, JSContext *ctx, JSValueConst v);
/* The value as Go's fmt prints it with %v once k6 has exported it: "map[a:1 b:[x y]]", "<nil>",
 * 1e-06. For form bodies and such. */
int jsarg_put_go(struct buf *out, JSContext *ctx, JSValueConst v);

/* A Date's milliseconds as Go prints a time, in the process's zone: JSON's RFC 3339 form or %v's.
 */
void jsarg_put_go_time(struct buf *out, double ms, bool is_json);

/* The value as JSON by k6's rules for what leaves the engine (setup data, not JSON.stringify):
 * undefined is null, Map a list of pairs, Date RFC 3339, byte arrays base64, no toJSON. ERR_INVALID
 * with text in e for functions, cycles, NaN. */
int jsarg_put_json(struct buf *out, JSContext *ctx, JSValueConst v, struct err *e);

#endif
