/* virtual_array.h - read-only arrays whose elements C code makes at each read. Scripts can't tell
 * one from a real array but by writing to it: Array.isArray, iteration, JSON.stringify and all
 * methods work. Inside the engine; on the VU's fiber. */
#ifndef C6_VIRTUAL_ARRAY_H
#define C6_VIRTUAL_ARRAY_H

#include <stdbool.h>
#include <stdint.h>

#include <quickjs.h>

struct virtual_array_ops {
    /* A new element i < len; JS_EXCEPTION with an exception pending. */
    JSValue (*get)(JSContext *ctx, void *opaque, uint32_t i);
    void (*free)(JSRuntime *rt,
                 void *opaque); /* the array is gone; must not run script. May be NULL. */
    const char *refusal;        /* the TypeError's text when a script writes */
};

/* ops must be static; opaque is taken, also on failure. len is at most INT32_MAX. */
JSValue virtual_array_new(JSContext *ctx, const struct virtual_array_ops *ops, void *opaque,
                          uint32_t len);
bool virtual_array_is(JSValueConst v);

#endif
