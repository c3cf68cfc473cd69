/* mod_arg.h - how k6's functions take their arguments, for every module: Go's string parameters,
 * tags objects, async functions. Inside the engine; nothing parks, but conversions may run script.
 */
#ifndef C6_MOD_ARG_H
#define C6_MOD_ARG_H

#include <stdbool.h>
#include <stdint.h>

#include <quickjs.h>

#include "base/err.h"
#include "base/str.h"
#include "metrics/tags.h"

/* Argument i as a Go string parameter: absent, undefined and null are "". Free with jsarg_free_str;
 * false with an exception. */
bool mod_arg_str(JSContext *ctx, int argc, JSValueConst *argv, int i, struct str *out);

/* Lays the own properties of a script's tags object over base: a new reference in *out. Nullish
 * tags give base itself. 0; ERR_INVALID with k6's text in e for a value that is no string, number
 * or boolean; ERR_SCRIPT with an exception pending. */
int mod_arg_tags(JSContext *ctx, struct tagset *base, JSValueConst tags, struct tagset **out,
                 struct err *e);

/* May v be the value of a tag or of metadata: a string, symbol, number or boolean, or one of the
 * last two boxed? No exception stays. */
bool mod_arg_is_tag_value(JSContext *ctx, JSValueConst v);
/* The text of such a value, to be freed with jsarg_free_str; false with an exception pending. */
bool mod_arg_tag_text(JSContext *ctx, JSValueConst v, struct str *out);

/* A whole number as Go takes one: NaN is 0, infinity the largest there is. False with an exception.
 */
bool mod_arg_integer(JSContext *ctx, JSValueConst v, int64_t *out);

/* What Go calls the type of a value that k6 exported ("int64", "[]interface {}"), for error texts.
 * Static text. */
const char *mod_arg_go_type(JSContext *ctx, JSValueConst v);
/* An object that k6 exports as a map: no list, function, date, boxed primitive... */
bool mod_arg_is_map(JSContext *ctx, JSValueConst v);

/* A function declared async; k6 refuses those where it can't wait. */
static inline bool mod_arg_is_async(JSContext *ctx, JSValueConst v)
{
    return JS_IsAsyncFunction(v);
}

/* Exports a constructor, with a prototype of its own so that instanceof can be asked. Takes fn. 0,
 * or -1 with an exception pending. */
int mod_arg_add_constructor(JSContext *ctx, JSValueConst exports, const char *name, JSValue fn);

/* Does the run throw where k6 otherwise only warns (option `throw`)? */
struct vu;
bool mod_arg_run_throws(const struct vu *vu);

#endif
