/* mod_data.c - the module k6/data: SharedArray(name, fn).
 * fn runs in the first VU that asks for the name, which is the one that loads the script; all
 * others get views of the same data. Elements leave the engine as JSON, as in k6, and stay packed.
 * Source: k6 docs, "k6/data". Tests: test/js/shared_array_*.js */
#include "modules/data/mod_data.h"

#include "base/mem.h"
#include "core/clock.h"
#include "core/fiber.h"
#include "js/jsarg.h"
#include "js/pod.h"
#include "js/virtual_array.h"
#include "modules/data/packed_value.h"
#include "modules/mod_arg.h"
#include "modules/modules.h"

enum { CLAIM_POLL_NS = 1000000 };

/* ---- reading ---- */

struct view {
    const struct shared_array *array; /* the store's */
    struct packed_atoms atoms;
};

static JSValue view_get(JSContext *ctx, void *opaque, uint32_t i)
{
    struct view *v = opaque;
    return packed_value(ctx, &v->atoms, shared_array_at(v->array, i));
}

static void view_free(JSRuntime *rt, void *opaque)
{
    struct view *v = opaque;
    packed_atoms_deinit(&v->atoms, rt);
    mem_free(v);
}

JSValue mod_data_new_array(JSContext *ctx, const struct shared_array *a)
{
    static const struct virtual_array_ops ops = {view_get, view_free, "SharedArray is immutable"};
    size_t len = shared_array_len(a);
    if (len > INT32_MAX)
        return jsarg_throw(ctx, "a SharedArray can't hold more than %d elements", INT32_MAX);
    struct view *v = MEM_NEW(struct view);
    v->array = a;
    packed_atoms_init(&v->atoms, a);
    return virtual_array_new(ctx, &ops, v, (uint32_t)len);
}

/* ---- making ---- */

struct shared_array_store *mod_data_store(JSContext *ctx)
{
    return pod_module_shared(ctx, MODULE_DATA);
}

int mod_data_claim(JSContext *ctx, struct str name, const struct shared_array **out)
{
    struct js_vu *vu = pod_vu(ctx);
    for (;;) {
        enum shared_array_claim claim = shared_array_claim(mod_data_store(ctx), name, vu, out);
        int rc;
        switch (claim) {
        case SHARED_ARRAY_FOUND:
        case SHARED_ARRAY_YOURS:
            return claim;
        case SHARED_ARRAY_MINE:
            jsarg_throw(ctx,
                        "the function of the SharedArray \"%s\" asks for that SharedArray itself",
                        name.p);
            return -1;
        case SHARED_ARRAY_WAIT:
            /* Rare enough to ask again and again: names that the loading VU made never come here.
             */
            POD_PARK(vu, rc = fiber_sleep_until(pod_worker(ctx),
                                                clock_add(clock_now_ns(), CLAIM_POLL_NS)));
            if (rc < 0) {
                pod_throw_interrupt(ctx);
                return -1;
            }
        }
    }
}

/* The engine's words for a cycle are its own; scripts compare the text that all others use. */
static void reword_cycle(JSContext *ctx)
{
    struct str text;
    JSValue thrown = JS_GetException(ctx);
    JSValue message = JS_IsError(thrown) ? JS_GetPropertyStr(ctx, thrown, "message") : JS_UNDEFINED;
    bool is_cycle = JS_IsString(message) && jsarg_str(ctx, message, &text);
    if (is_cycle) {
        is_cycle = str_eqs(text, "circular reference");
        jsarg_free_str(ctx, text);
    }
    JS_FreeValue(ctx, message);
    if (is_cycle) {
        JS_FreeValue(ctx, thrown);
        jsarg_throw_type(ctx, "Converting circular structure to JSON");
    } else {
        JS_Throw(ctx, thrown);
    }
}

/* One element, taken, into the builder. -1 with an exception pending. */
static int add_element(JSContext *ctx, struct shared_array_builder *b, JSValue element)
{
    struct str text;
    struct err e = {0};
    if (JS_IsException(element))
        return -1;
    JSValue json = JS_JSONStringify(ctx, element, JS_UNDEFINED, JS_UNDEFINED);
    JS_FreeValue(ctx, element);
    if (JS_IsException(json)) {
        reword_cycle(ctx);
        return -1;
    }
    int rc = -1;
    if (JS_IsUndefined(json)) { /* undefined, a function: k6 fails when it is read */
        rc = shared_array_add_invalid(b);
    } else if (jsarg_str(ctx, json, &text)) {
        rc = shared_array_add_json(b, text, &e);
        jsarg_free_str(ctx, text);
        if (rc < 0)
            jsarg_throw(ctx, "%s", e.msg);
        err_deinit(&e);
    }
    JS_FreeValue(ctx, json);
    return rc < 0 ? -1 : 0;
}

static bool is_array(JSContext *ctx, JSValueConst v)
{
    JSValue target = JS_DupValue(ctx, v);
    while (JS_IsProxy(target)) {
        JSValue inner = JS_GetProxyTarget(ctx, target);
        JS_FreeValue(ctx, target);
        target = inner;
    }
    bool is = JS_IsArray(target);
    JS_FreeValue(ctx, target);
    return is;
}

/* All elements of what the script's function gave. NULL with an exception pending. */
static struct shared_array *pack_array(JSContext *ctx, JSValueConst list)
{
    int64_t len = 0;
    if (jsarg_is_nullish(list)) {
        jsarg_throw_type(ctx, "Cannot convert undefined or null to object");
        return NULL;
    }
    if (!is_array(ctx, list)) {
        jsarg_throw(ctx, "only arrays can be made into SharedArray");
        return NULL;
    }
    if (JS_GetLength(ctx, list, &len) < 0)
        return NULL;
    struct shared_array_builder *b = shared_array_builder_new();
    for (int64_t i = 0; i < len; i++) {
        if (add_element(ctx, b, JS_GetPropertyInt64(ctx, list, i)) < 0) {
            shared_array_builder_free(b);
            return NULL;
        }
    }
    return shared_array_finish(b);
}

/* The array of that name, made by fn if it is new. NULL with an exception pending. */
static const struct shared_array *get_or_make(JSContext *ctx, struct str name, JSValueConst fn)
{
    const struct shared_array *a = NULL;
    int claim = mod_data_claim(ctx, name, &a);
    if (claim != SHARED_ARRAY_YOURS)
        return a;
    JSValue list = JS_Call(ctx, fn, JS_UNDEFINED, 0, NULL);
    struct shared_array *made = JS_IsException(list) ? NULL : pack_array(ctx, list);
    JS_FreeValue(ctx, list);
    if (made == NULL) {
        shared_array_drop(mod_data_store(ctx), name);
        return NULL;
    }
    return shared_array_publish(mod_data_store(ctx), name, made);
}

static JSValue data_shared_array(JSContext *ctx, JSValueConst new_target, int argc,
                                 JSValueConst *argv)
{
    struct str name;
    JSValueConst fn = argc > 1 ? argv[1] : JS_UNDEFINED;
    JSValue result = JS_EXCEPTION;
    if (!pod_is_init(ctx))
        return jsarg_throw(ctx, "new SharedArray must be called in the init context");
    if (!jsarg_str(ctx, argc > 0 ? argv[0] : JS_UNDEFINED, &name))
        return JS_EXCEPTION;
    if (name.len == 0) {
        jsarg_throw(ctx, "empty name provided to SharedArray's constructor");
    } else if (JS_IsAsyncFunction(fn)) {
        jsarg_throw(ctx, "SharedArray constructor does not support async functions as second "
                         "argument");
    } else if (!JS_IsFunction(ctx, fn)) {
        jsarg_throw(ctx, "a function is expected as the second argument of SharedArray's "
                         "constructor");
    } else {
        const struct shared_array *a = get_or_make(ctx, name, fn);
        if (a != NULL)
            result = mod_data_new_array(ctx, a);
    }
    jsarg_free_str(ctx, name);
    return result;
}

/* ---- the module ---- */

static int data_open(JSContext *ctx, JSValueConst exports, int index, void *state)
{
    JSValue fn =
        JS_NewCFunction2(ctx, data_shared_array, "SharedArray", 2, JS_CFUNC_constructor_or_func, 0);
    /* Nothing inherits from it; `x instanceof SharedArray` is false in k6 too, and no error. */
    return mod_arg_add_constructor(ctx, exports, "SharedArray", fn);
}

static void *data_shared_new(void)
{
    return shared_array_store_new();
}

static void data_shared_free(void *shared)
{
    shared_array_store_free(shared);
}

const struct js_module mod_data = {
    .name = "k6/data",
    .open = data_open,
    .shared_new = data_shared_new,
    .shared_free = data_shared_free,
    .has_default = true,
    .has_named = true,
};
