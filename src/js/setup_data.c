/* setup_data.c - a VU's copy of the setup data, with what k6 does to arrays in it.
 * A VU keeps its copy over all iterations, changes included. But in k6 an array inside the data is
 * a new view of the same elements at each read: what push, pop, shift, unshift or splice do to its
 * length stays with the view that they were called on, and the next `data.list` is whole again.
 * Scripts rely on that when each iteration empties a list (`while (list.length) list.pop()`). Here
 * such an array has a prototype of its own between it and Array.prototype. At its first change of
 * length a copy takes its place in the data, and the array goes on as a plain one. Reading costs
 * nothing extra. Tests: setup_data_test.c. */
#include "js/setup_data.h"

#include "js/engine.h"
#include "js/jsarg.h"

/* A script may have tied its data into circles, so the search for an array's place ends somewhere;
 * then the change just stays. */
enum { SEARCH_MAX = 1 << 20, DEPTH_MAX = 64 };

static bool is_kept_whole(JSContext *ctx, JSValueConst array)
{
    JSValue proto = JS_GetPrototype(ctx, array);
    JSValue ours = JS_GetClassProto(ctx, CLASS_SETUP_ARRAY);
    bool is_ours = JS_IsObject(ours) && JS_VALUE_GET_PTR(proto) == JS_VALUE_GET_PTR(ours);
    JS_FreeValue(ctx, ours);
    JS_FreeValue(ctx, proto);
    return is_ours;
}

static JSValue copy_array(JSContext *ctx, JSValueConst array)
{
    int64_t len = 0;
    JSValue copy = JS_NewArray(ctx);
    if (JS_IsException(copy) || JS_GetLength(ctx, array, &len) < 0) {
        JS_FreeValue(ctx, copy);
        return JS_EXCEPTION;
    }
    for (int64_t i = 0; i < len; i++) {
        JSValue item = JS_GetPropertyInt64(ctx, array, i);
        if (JS_IsException(item) ||
            JS_DefinePropertyValueUint32(ctx, copy, (uint32_t)i, item, JS_PROP_C_W_E) < 0) {
            JS_FreeValue(ctx, copy);
            return JS_EXCEPTION;
        }
    }
    return copy;
}

struct search {
    void *array;
    JSValue copy;
    int left;
};

/* 1: the copy has taken the array's place; 0: it is not below object; -1: exception. */
static int replace_below(JSContext *ctx, struct search *s, JSValueConst object, int depth)
{
    JSPropertyEnum *keys;
    uint32_t count;
    int rc = 0;
    if (depth > DEPTH_MAX || engine_is_stack_low(ctx))
        return 0;
    if (JS_GetOwnPropertyNames(ctx, &keys, &count, object, JS_GPN_STRING_MASK | JS_GPN_ENUM_ONLY) <
        0)
        return -1;
    for (uint32_t i = 0; i < count && rc == 0 && s->left > 0; i++, s->left--) {
        JSValue value = JS_GetProperty(ctx, object, keys[i].atom);
        if (JS_IsException(value))
            rc = -1;
        else if (JS_IsObject(value) && JS_VALUE_GET_PTR(value) == s->array)
            rc = JS_SetProperty(ctx, object, keys[i].atom, JS_DupValue(ctx, s->copy)) < 0 ? -1 : 1;
        else if (JS_IsObject(value))
            rc = replace_below(ctx, s, value, depth + 1);
        JS_FreeValue(ctx, value);
    }
    JS_FreePropertyEnum(ctx, keys, count);
    return rc;
}

/* Puts a copy in the array's place and makes the array a plain one. */
static int detach(JSContext *ctx, JSValueConst array)
{
    struct js_vu *v = pod_vu(ctx);
    JSValue ours = JS_GetClassProto(ctx, CLASS_SETUP_ARRAY);
    JSValue plain = JS_GetPrototype(ctx, ours);
    struct search s = {
        .array = JS_VALUE_GET_PTR(array), .copy = copy_array(ctx, array), .left = SEARCH_MAX};
    int rc = -1;
    if (!JS_IsException(s.copy) && JS_SetPrototype(ctx, array, plain) >= 0 &&
        JS_SetPrototype(ctx, s.copy, ours) >= 0)
        rc = JS_IsObject(v->setup_data) ? replace_below(ctx, &s, v->setup_data, 0) : 0;
    JS_FreeValue(ctx, s.copy);
    JS_FreeValue(ctx, plain);
    JS_FreeValue(ctx, ours);
    return rc < 0 ? -1 : 0;
}

static const char *const METHODS[] = {"push", "pop", "shift", "unshift", "splice"};
enum { METHOD_COUNT = sizeof METHODS / sizeof METHODS[0] };

static JSValue change_length(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv,
                             int magic)
{
    if (JS_IsObject(this_val) && is_kept_whole(ctx, this_val) && detach(ctx, this_val) < 0)
        return JS_EXCEPTION;
    JSValue ours = JS_GetClassProto(ctx, CLASS_SETUP_ARRAY);
    JSValue array_proto = JS_GetPrototype(ctx, ours);
    JSValue method = JS_GetPropertyStr(ctx, array_proto, METHODS[magic]);
    JSValue result = JS_Call(ctx, method, this_val, argc, argv);
    JS_FreeValue(ctx, method);
    JS_FreeValue(ctx, array_proto);
    JS_FreeValue(ctx, ours);
    return result;
}

/* The prototype, made at the first array of a context. */
static JSValue array_proto(JSContext *ctx)
{
    JSValue ours = JS_GetClassProto(ctx, CLASS_SETUP_ARRAY);
    if (JS_IsObject(ours))
        return ours;
    JSValue sample = JS_NewArray(ctx);
    JSValue plain = JS_GetPrototype(ctx, sample);
    ours = JS_NewObjectProto(ctx, plain);
    for (int i = 0; i < METHOD_COUNT && !JS_IsException(ours); i++) {
        JSValue method =
            JS_NewCFunctionMagic(ctx, change_length, METHODS[i], 1, JS_CFUNC_generic_magic, i);
        if (JS_DefinePropertyValueStr(ctx, ours, METHODS[i], method,
                                      JS_PROP_WRITABLE | JS_PROP_CONFIGURABLE) < 0) {
            JS_FreeValue(ctx, ours);
            ours = JS_EXCEPTION;
        }
    }
    JS_FreeValue(ctx, plain);
    JS_FreeValue(ctx, sample);
    if (!JS_IsException(ours))
        JS_SetClassProto(ctx, CLASS_SETUP_ARRAY, JS_DupValue(ctx, ours));
    return ours;
}

/* Every array below value gets the prototype; the data came from JSON, so there are no circles. */
static int mark_arrays(JSContext *ctx, JSValueConst value, bool is_root)
{
    JSPropertyEnum *keys;
    uint32_t count;
    int rc = 0;
    if (!JS_IsObject(value) || engine_is_stack_low(ctx))
        return 0;
    if (!is_root && JS_IsArray(value)) {
        JSValue proto = array_proto(ctx);
        rc = JS_IsException(proto) ? -1 : JS_SetPrototype(ctx, value, proto);
        JS_FreeValue(ctx, proto);
    }
    if (rc < 0 || JS_GetOwnPropertyNames(ctx, &keys, &count, value,
                                         JS_GPN_STRING_MASK | JS_GPN_ENUM_ONLY) < 0)
        return -1;
    for (uint32_t i = 0; i < count && rc >= 0; i++) {
        JSValue item = JS_GetProperty(ctx, value, keys[i].atom);
        rc = mark_arrays(ctx, item, false);
        JS_FreeValue(ctx, item);
    }
    JS_FreePropertyEnum(ctx, keys, count);
    return rc < 0 ? -1 : 0;
}

JSValue setup_data_parse(struct js_vu *v, struct str json)
{
    if (json.len == 0)
        return JS_UNDEFINED;
    JSValue data = JS_ParseJSON(v->ctx, json.p, json.len, "setup data");
    if (!JS_IsException(data) && mark_arrays(v->ctx, data, true) < 0) {
        JS_FreeValue(v->ctx, data);
        data = JS_EXCEPTION;
    }
    return data;
}
