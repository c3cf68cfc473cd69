/* context.c - a VU's realm: the language's built-ins, some of them only when first named, and
 * c6's globals. A realm costs memory for each VU, so what most load scripts never touch (typed
 * arrays, Map, Date, Proxy) is made when a script first names it. Regular expressions are used
 * without being named: they are there at once if loading the script needed them, and else come with
 * the first pattern. Runs inside the engine. Tests: globals_test.c, engine_test.c. */
#include "js/context.h"

#include <string.h>

#include "base/mem.h"
#include "js/engine.h"
#include "js/function_source.h"
#include "js/globals.h"
#include "js/jsarg.h"
#include "js/loader.h"
#include "js/pod_int.h"
#include "js/texts.h"

/* What one lazy addition brings, and the names that ask for it. */
enum lazy_kind {
    LAZY_DATE,
    LAZY_MAPS,
    LAZY_PROXY,
    LAZY_REGEXP,
    LAZY_TYPED_ARRAYS,
    LAZY_WEAK_REF,
    LAZY_GO_ERROR,
};

struct lazy_name {
    const char *name;
    enum lazy_kind kind;
};

static const struct lazy_name LAZY_NAMES[] = {
    {"Date", LAZY_DATE},
    {"Map", LAZY_MAPS},
    {"Set", LAZY_MAPS},
    {"WeakMap", LAZY_MAPS},
    {"WeakSet", LAZY_MAPS},
    {"ArrayBuffer", LAZY_TYPED_ARRAYS},
    {"SharedArrayBuffer", LAZY_TYPED_ARRAYS},
    {"DataView", LAZY_TYPED_ARRAYS},
    {"Atomics", LAZY_TYPED_ARRAYS},
    {"Uint8Array", LAZY_TYPED_ARRAYS},
    {"Int8Array", LAZY_TYPED_ARRAYS},
    {"Uint8ClampedArray", LAZY_TYPED_ARRAYS},
    {"Uint16Array", LAZY_TYPED_ARRAYS},
    {"Int16Array", LAZY_TYPED_ARRAYS},
    {"Uint32Array", LAZY_TYPED_ARRAYS},
    {"Int32Array", LAZY_TYPED_ARRAYS},
    {"BigInt64Array", LAZY_TYPED_ARRAYS},
    {"BigUint64Array", LAZY_TYPED_ARRAYS},
    {"Float16Array", LAZY_TYPED_ARRAYS},
    {"Float32Array", LAZY_TYPED_ARRAYS},
    {"Float64Array", LAZY_TYPED_ARRAYS},
    {"Proxy", LAZY_PROXY},
    {"RegExp", LAZY_REGEXP},
    {"WeakRef", LAZY_WEAK_REF},
    {"FinalizationRegistry", LAZY_WEAK_REF},
    {"GoError", LAZY_GO_ERROR},
};
enum { LAZY_NAME_COUNT = sizeof LAZY_NAMES / sizeof LAZY_NAMES[0] };

static int add_go_error(JSContext *ctx)
{
    JSValue ctor = jsarg_go_error_constructor(ctx);
    if (JS_IsException(ctor))
        return -1;
    JSValue global = JS_GetGlobalObject(ctx);
    int rc = JS_DefinePropertyValueStr(ctx, global, "GoError", ctor,
                                       JS_PROP_WRITABLE | JS_PROP_CONFIGURABLE);
    JS_FreeValue(ctx, global);
    return rc < 0 ? -1 : 0;
}

static int add_intrinsics(JSContext *ctx, enum lazy_kind kind)
{
    switch (kind) {
    case LAZY_DATE:
        return JS_AddIntrinsicDate(ctx);
    case LAZY_MAPS:
        return JS_AddIntrinsicMapSet(ctx);
    case LAZY_TYPED_ARRAYS:
        return JS_AddIntrinsicTypedArrays(ctx);
    case LAZY_PROXY:
        return JS_AddIntrinsicProxy(ctx);
    case LAZY_REGEXP:
        return engine_need_regexp(ctx);
    case LAZY_WEAK_REF:
        return JS_AddIntrinsicWeakRef(ctx) < 0 ? -1 : engine_mark_finalizers(ctx);
    case LAZY_GO_ERROR:
        return add_go_error(ctx);
    }
    return -1;
}

static int make_kind(JSContext *ctx, enum lazy_kind kind)
{
    struct js_vu *v = pod_vu(ctx);
    if (v->lazy_made & 1u << kind)
        return 0;
    v->lazy_made |= 1u << kind;
    if (add_intrinsics(ctx, kind) < 0)
        return -1;
    if (kind == LAZY_DATE)
        texts_add_dates(ctx);
    return 0;
}

/* Places from LAZY_NAME_COUNT on are globals of built-in modules. */
static int lazy_index(JSContext *ctx, JSAtom name)
{
    const struct pod *p = pod_vu(ctx)->pod;
    for (int i = 0; i < p->lazy_count; i++)
        if (p->lazy_atoms[i] == name)
            return i;
    return -1;
}

static int make_module_global(JSContext *ctx, JSValueConst global, JSAtom name, int module)
{
    JSValue value = loader_global(ctx, module);
    if (JS_IsException(value))
        return -1;
    return JS_DefinePropertyValue(ctx, global, name, value, JS_PROP_C_W_E);
}

static bool is_made(JSContext *ctx, int lazy)
{
    return lazy < LAZY_NAME_COUNT && pod_vu(ctx)->lazy_made & 1u << LAZY_NAMES[lazy].kind;
}

/* Asked for a global name that is not there. What it makes stands on the global object then, so
 * that each name comes here once. */
static int get_lazy(JSContext *ctx, JSPropertyDescriptor *desc, JSValueConst object, JSAtom name)
{
    int i = lazy_index(ctx, name);
    if (i < 0 || is_made(ctx, i))
        return false;
    JSValue global = JS_GetGlobalObject(ctx);
    int rc = i < LAZY_NAME_COUNT ? make_kind(ctx, LAZY_NAMES[i].kind)
                                 : make_module_global(ctx, global, name, i - LAZY_NAME_COUNT);
    if (rc >= 0)
        rc = JS_GetOwnProperty(ctx, desc, global, name);
    JS_FreeValue(ctx, global);
    return rc;
}

/* The names that are not there yet. */
static int list_lazy(JSContext *ctx, JSPropertyEnum **names, uint32_t *count, JSValueConst object)
{
    const struct pod *p = pod_vu(ctx)->pod;
    *count = 0;
    *names = js_malloc(ctx, sizeof **names * (size_t)p->lazy_count);
    if (*names == NULL)
        return -1;
    for (int i = 0; i < p->lazy_count; i++)
        if (p->lazy_atoms[i] != JS_ATOM_NULL && !is_made(ctx, i) &&
            !engine_has_plain_property(object, p->lazy_atoms[i]))
            (*names)[(*count)++] = (JSPropertyEnum){.atom = JS_DupAtom(ctx, p->lazy_atoms[i])};
    return 0;
}

static const JSClassDef LAZY_CLASS = {
    .class_name = "Object",
    .exotic =
        &(JSClassExoticMethods){.get_own_property = get_lazy, .get_own_property_names = list_lazy},
};

static void make_lazy_atoms(JSContext *ctx, struct pod *p)
{
    const struct js_module_table *modules = pod_base_vu(ctx)->script->modules;
    p->lazy_count = LAZY_NAME_COUNT + (int)modules->count;
    p->lazy_atoms = mem_calloc((size_t)p->lazy_count, sizeof *p->lazy_atoms);
    for (int i = 0; i < LAZY_NAME_COUNT; i++)
        p->lazy_atoms[i] = JS_NewAtom(ctx, LAZY_NAMES[i].name);
    for (size_t i = 0; i < modules->count; i++)
        if (modules->items[i]->global != NULL)
            p->lazy_atoms[LAZY_NAME_COUNT + i] = JS_NewAtom(ctx, modules->items[i]->global);
}

static int add_lazy_names(JSContext *ctx)
{
    struct pod *p = pod_vu(ctx)->pod;
    if (p->lazy_atoms == NULL)
        make_lazy_atoms(ctx, p);
    if (pod_new_class(ctx, CLASS_LAZY_GLOBALS, &LAZY_CLASS, JS_NULL) < 0)
        return -1;
    engine_set_global_class(ctx, CLASS_LAZY_GLOBALS);
    return 0;
}

void context_free_names(struct pod *p)
{
    for (int i = 0; i < p->lazy_count; i++)
        JS_FreeAtomRT(p->rt, p->lazy_atoms[i]);
    mem_free(p->lazy_atoms);
}

int context_need_typed_arrays(JSContext *ctx)
{
    return make_kind(ctx, LAZY_TYPED_ARRAYS);
}

int context_need_date(JSContext *ctx)
{
    return make_kind(ctx, LAZY_DATE);
}

int context_need_proxy(JSContext *ctx)
{
    return make_kind(ctx, LAZY_PROXY);
}

int context_init(JSContext *ctx, struct js_vu *v)
{
    JS_SetContextOpaque(ctx, v);
    if (JS_AddIntrinsicBaseObjects(ctx) || JS_AddIntrinsicEval(ctx) ||
        (v->base.script->wants_regexp ? JS_AddIntrinsicRegExp(ctx) : engine_put_off_regexp(ctx)) ||
        JS_AddIntrinsicJSON(ctx) || JS_AddIntrinsicPromise(ctx) || JS_AddIntrinsicBigInt(ctx) ||
        add_lazy_names(ctx) || globals_add(ctx))
        return -1;
    texts_add_strings(ctx);
    function_source_add(ctx);
    return 0;
}
