/* engine.c - QuickJS-ng as one translation unit, and the few accessors to its inside that pods
 * need. Knows no VU and no fiber; see engine.h. Nothing of the engine is changed: this file only
 * reads and swaps fields, so a new minor version needs the struct members named here and nothing
 * else. Compiled with the engine's warnings, not ours. Tests: pod_test.c. */
#include <math.h>

/* The C library's cube root is off by one in the last place for some whole numbers: 27
 * gives 3.0000000000000004. */
static double exact_cbrt(double x)
{
    return (double)cbrtl((long double)x);
}
#define cbrt exact_cbrt

#include "quickjs.c"

#include "js/engine.h"
#include "js/js_class.h"

_Static_assert(CLASS_FIRST >= JS_CLASS_INIT_COUNT, "our class ids must lie above the engine's");

void engine_state_init(struct engine_state *s)
{
    memset(s, 0, sizeof *s);
    s->exception = JS_UNINITIALIZED;
}

#define SWAP(type, a, b)                                                                           \
    do {                                                                                           \
        type swap = (a);                                                                           \
        (a) = (b);                                                                                 \
        (b) = swap;                                                                                \
    } while (0)

/* The queue hangs on a list head inside the runtime, so its ends are re-tied rather than swapped.
 */
static void swap_jobs(JSRuntime *rt, struct engine_state *s)
{
    struct list_head *head = &rt->job_list;
    struct list_head *first = s->jobs_first, *last = s->jobs_last;
    s->jobs_first = list_empty(head) ? NULL : head->next;
    s->jobs_last = list_empty(head) ? NULL : head->prev;
    init_list_head(head);
    if (first != NULL) {
        head->next = first;
        head->prev = last;
        first->prev = head;
        last->next = head;
    }
}

void engine_swap(JSRuntime *rt, struct engine_state *s)
{
    SWAP(void *, *(void **)&rt->current_stack_frame, s->frame);
    SWAP(void *, *(void **)&rt->parent_promise, s->parent_promise);
    SWAP(JSValue, rt->current_exception, s->exception);
    SWAP(uintptr_t, rt->stack_size, s->stack_size);
    SWAP(uintptr_t, rt->stack_top, s->stack_top);
    SWAP(uintptr_t, rt->stack_limit, s->stack_limit);
    SWAP(bool, rt->in_out_of_memory, s->in_out_of_memory);
    SWAP(bool, rt->in_build_stack_trace, s->in_build_stack_trace);
    swap_jobs(rt, s);
}

void engine_set_stack(JSRuntime *rt, void *low, size_t size, size_t reserve)
{
    rt->stack_top = (uintptr_t)low + size;
    rt->stack_size = size - reserve;
    rt->stack_limit = (uintptr_t)low + reserve;
}

void engine_free_job(JSRuntime *rt, void *job)
{
    JSJobEntry *e = job;
    for (int i = 0; i < e->argc; i++)
        JS_FreeValueRT(rt, e->argv[i]);
    js_free_rt(rt, e);
}

void engine_drop_jobs(JSRuntime *rt)
{
    /* Freeing arguments may run finalizers that queue more jobs, so look anew each time. */
    while (!list_empty(&rt->job_list)) {
        JSJobEntry *e = list_entry(rt->job_list.next, JSJobEntry, link);
        list_del(&e->link);
        engine_free_job(rt, e);
    }
    JS_FreeValueRT(rt, rt->current_exception);
    rt->current_exception = JS_UNINITIALIZED;
    rt->in_out_of_memory = false;
    rt->in_build_stack_trace = false;
}

int engine_run_job(JSContext *ctx, void (*give_away)(JSContext *of, void *job))
{
    JSRuntime *rt = ctx->rt;
    JSContext *ran;
    while (!list_empty(&rt->job_list)) {
        JSJobEntry *e = list_entry(rt->job_list.next, JSJobEntry, link);
        if (e->ctx == ctx)
            return JS_ExecutePendingJob(rt, &ran);
        list_del(&e->link);
        give_away(e->ctx, e);
    }
    return 0;
}

void engine_add_job(struct engine_state *s, void *job)
{
    JSJobEntry *e = job;
    e->link.next = NULL;
    e->link.prev = s->jobs_last;
    if (s->jobs_last != NULL)
        ((struct list_head *)s->jobs_last)->next = &e->link;
    else
        s->jobs_first = &e->link;
    s->jobs_last = &e->link;
}

size_t engine_memory(JSRuntime *rt)
{
    return rt->malloc_state.malloc_size;
}

void engine_seed_random(JSContext *ctx, uint64_t seed)
{
    ctx->random_state = seed != 0 ? seed : 1; /* xorshift stays at zero for ever */
}

JSAtom engine_caller_file(JSContext *ctx)
{
    for (JSStackFrame *sf = ctx->rt->current_stack_frame; sf != NULL; sf = sf->prev_frame) {
        if (JS_VALUE_GET_TAG(sf->cur_func) != JS_TAG_OBJECT)
            continue;
        JSObject *p = JS_VALUE_GET_OBJ(sf->cur_func);
        if (js_class_has_bytecode(p->class_id) &&
            p->u.func.function_bytecode->filename != JS_ATOM_NULL)
            return JS_DupAtom(ctx, p->u.func.function_bytecode->filename);
    }
    return JS_ATOM_NULL;
}

void engine_mark_handled(JSContext *ctx, JSValueConst promise)
{
    js_promise_set_handled(ctx, promise);
}

JSValue engine_module_value(JSModuleDef *m)
{
    return js_dup(JS_MKPTR(JS_TAG_MODULE, m));
}

JSModuleDef *engine_module_of(JSValueConst module_value)
{
    return JS_VALUE_GET_PTR(module_value);
}

void engine_drop_module(JSContext *ctx, JSModuleDef *m)
{
    js_free_module_def(ctx, m);
}

JSModuleDef *engine_find_module(JSContext *ctx, const char *name)
{
    JSAtom atom = JS_NewAtom(ctx, name);
    JSModuleDef *m = atom != JS_ATOM_NULL ? js_find_loaded_module_by_name(ctx, atom) : NULL;
    JS_FreeAtom(ctx, atom);
    return m;
}

int engine_hide_from_namespace(JSContext *ctx, JSModuleDef *m, const char *name)
{
    JSValue ns = JS_GetModuleNamespace(ctx, m);
    if (JS_IsException(ns))
        return -1;
    JSAtom atom = JS_NewAtom(ctx, name);
    JSProperty *pr;
    JSObject *p = JS_VALUE_GET_OBJ(ns);
    JSShapeProperty *prs = find_own_property(&pr, p, atom);
    int rc = 0;
    if (prs != NULL) {
        rc = js_update_property_flags(ctx, p, &prs, prs->flags | JS_PROP_CONFIGURABLE);
        if (rc == 0)
            rc = delete_property(ctx, p, atom) < 0 ? -1 : 0;
    }
    JS_FreeAtom(ctx, atom);
    JS_FreeValue(ctx, ns);
    return rc;
}

static void tell_import(JSContext *ctx, JSModuleDef *m, int req_idx, JSAtom name,
                        void (*each)(void *opaque, const char *module, const char *name),
                        void *opaque)
{
    const char *module = JS_AtomToCString(ctx, m->req_module_entries[req_idx].module_name);
    const char *text = name == JS_ATOM__star_ ? NULL : JS_AtomToCString(ctx, name);
    if (module != NULL && (text != NULL || name == JS_ATOM__star_))
        each(opaque, module, text != NULL ? text : "*");
    JS_FreeCString(ctx, text);
    JS_FreeCString(ctx, module);
}

void engine_each_import(JSContext *ctx, JSModuleDef *m,
                        void (*each)(void *opaque, const char *module, const char *name),
                        void *opaque)
{
    for (int i = 0; i < m->import_entries_count; i++)
        tell_import(ctx, m, m->import_entries[i].req_module_idx, m->import_entries[i].import_name,
                    each, opaque);
    for (int i = 0; i < m->star_export_entries_count; i++)
        tell_import(ctx, m, m->star_export_entries[i].req_module_idx, JS_ATOM__star_, each, opaque);
    for (int i = 0; i < m->export_entries_count; i++) {
        JSExportEntry *me = &m->export_entries[i];
        if (me->export_type == JS_EXPORT_TYPE_INDIRECT)
            tell_import(ctx, m, me->u.req_module_idx, me->local_name, each, opaque);
    }
}

bool engine_module_is_esm(JSModuleDef *m)
{
    return m->has_tla || m->req_module_entries_count > 0 || m->export_entries_count > 0 ||
           m->star_export_entries_count > 0;
}

JSValue engine_new_error(JSContext *ctx, JSValueConst proto)
{
    return JS_NewObjectProtoClass(ctx, proto, JS_CLASS_ERROR);
}

JSValue engine_error_frames(JSContext *ctx, JSValueConst v)
{
    if (JS_VALUE_GET_TAG(v) != JS_TAG_OBJECT)
        return JS_UNDEFINED;
    JSObject *p = JS_VALUE_GET_OBJ(v);
    if (p->class_id != JS_CLASS_ERROR)
        return JS_UNDEFINED;
    return js_dup(p->u.object_data);
}

void engine_set_error_frames(JSContext *ctx, JSValueConst error, JSValue takes_frames)
{
    JSObject *p = JS_VALUE_GET_OBJ(error);
    JSValue old = p->u.object_data;
    p->u.object_data = takes_frames;
    JS_FreeValue(ctx, old);
}

int engine_make_enumerable(JSContext *ctx, JSValueConst object)
{
    JSObject *p = JS_VALUE_GET_OBJ(object);
    if (js_shape_prepare_update(ctx, p, NULL))
        return -1;
    JSShapeProperty *prs = get_shape_prop(p->shape);
    for (int i = 0; i < p->shape->prop_count; i++)
        if (prs[i].atom != JS_ATOM_NULL)
            prs[i].flags |= JS_PROP_ENUMERABLE;
    return 0;
}

JSValue engine_error_ctor(JSContext *ctx)
{
    return js_dup(ctx->error_ctor);
}

JSValue engine_view(JSContext *ctx, JSValueConst view, size_t *offset, size_t *len)
{
    JSObject *p = JS_VALUE_GET_OBJ(view);
    if (p->class_id != JS_CLASS_DATAVIEW)
        return JS_GetTypedArrayBuffer(ctx, view, offset, len, NULL);
    JSTypedArray *ta = p->u.typed_array;
    JSArrayBuffer *buffer = ta->buffer->u.array_buffer;
    if (buffer->detached || ta->offset > (uint32_t)buffer->byte_length)
        return JS_ThrowTypeErrorArrayBufferOOB(ctx);
    *offset = ta->offset;
    *len = ta->track_rab ? (uint32_t)buffer->byte_length - ta->offset : ta->length;
    return js_dup(JS_MKPTR(JS_TAG_OBJECT, ta->buffer));
}

JSValue engine_map_entries(JSContext *ctx, JSValueConst map_or_set)
{
    JSObject *p = JS_VALUE_GET_OBJ(map_or_set);
    JSMapState *s = p->u.map_state;
    JSValue list = JS_NewArray(ctx);
    struct list_head *el;
    uint32_t n = 0;
    if (JS_IsException(list))
        return list;
    list_for_each(el, &s->records)
    {
        JSMapRecord *mr = list_entry(el, JSMapRecord, link);
        if (mr->empty)
            continue;
        if (JS_DefinePropertyValueUint32(ctx, list, n++, js_dup(mr->key), JS_PROP_C_W_E) < 0 ||
            (p->class_id == JS_CLASS_MAP &&
             JS_DefinePropertyValueUint32(ctx, list, n++, js_dup(mr->value), JS_PROP_C_W_E) < 0)) {
            JS_FreeValue(ctx, list);
            return JS_EXCEPTION;
        }
    }
    return list;
}

bool engine_is_stack_low(JSContext *ctx)
{
    return js_check_stack_overflow(ctx->rt, 4096);
}

/* Array.isArray for a proxy, which asks its target; a revoked one is nothing instead of an error.
 */
static bool is_array_at_heart(JSObject *p)
{
    while (p->class_id == JS_CLASS_PROXY) {
        JSProxyData *s = p->u.opaque;
        if (s->is_revoked)
            return false;
        p = JS_VALUE_GET_OBJ(s->target);
    }
    return p->class_id == JS_CLASS_ARRAY;
}

enum engine_kind engine_kind_of(JSContext *ctx, JSValueConst v)
{
    if (JS_VALUE_GET_TAG(v) != JS_TAG_OBJECT)
        return KIND_PLAIN;
    JSObject *p = JS_VALUE_GET_OBJ(v);
    if (p->class_id == JS_CLASS_PROXY) { /* before functions: a proxy of one is a function too */
        if (JS_IsFunction(ctx, v))
            return KIND_FUNCTION;
        return is_array_at_heart(p) ? KIND_ARRAY : KIND_PROXY;
    }
    if (JS_IsFunction(ctx, v))
        return KIND_FUNCTION;
    if (p->class_id >= JS_CLASS_UINT8C_ARRAY && p->class_id <= JS_CLASS_FLOAT64_ARRAY)
        return KIND_TYPED_ARRAY;
    switch (p->class_id) {
    case JS_CLASS_ARRAY:
        return KIND_ARRAY;
    case JS_CLASS_ERROR:
        return KIND_ERROR;
    case JS_CLASS_DATE:
        return KIND_DATE;
    case JS_CLASS_REGEXP:
        return KIND_REGEXP;
    case JS_CLASS_MAP:
        return KIND_MAP;
    case JS_CLASS_SET:
        return KIND_SET;
    case JS_CLASS_ARRAY_BUFFER:
    case JS_CLASS_SHARED_ARRAY_BUFFER:
        return KIND_ARRAYBUFFER;
    case JS_CLASS_DATAVIEW:
        return KIND_DATAVIEW;
    case JS_CLASS_PROMISE:
        return KIND_PROMISE;
    case JS_CLASS_NUMBER:
    case JS_CLASS_STRING:
    case JS_CLASS_BOOLEAN:
    case JS_CLASS_SYMBOL:
    case JS_CLASS_BIG_INT:
        return KIND_BOXED;
    default:
        return KIND_PLAIN;
    }
}

JSValue engine_unbox(JSContext *ctx, JSValueConst boxed)
{
    return js_dup(JS_VALUE_GET_OBJ(boxed)->u.object_data);
}

/* ---- arrays whose elements are made when read ---- */

const JSClassExoticMethods *engine_proxy_methods(void)
{
    return &js_proxy_exotic_methods;
}

void engine_set_proxy_methods(JSRuntime *rt, const JSClassExoticMethods *methods)
{
    rt->class_array[JS_CLASS_PROXY].exotic = methods;
}

JSValueConst engine_proxy_handler(JSValueConst proxy)
{
    JSProxyData *s = JS_VALUE_GET_OBJ(proxy)->u.opaque;
    return s->is_revoked ? JS_UNDEFINED : s->handler;
}

enum engine_name engine_name_of(JSAtom name, uint32_t *index)
{
    if (name == JS_ATOM_length)
        return NAME_LENGTH;
    if (!__JS_AtomIsTaggedInt(name))
        return NAME_OTHER;
    *index = __JS_AtomToUInt32(name);
    return NAME_INDEX;
}
