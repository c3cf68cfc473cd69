/* engine.c - QuickJS-ng as one translation unit, and the accessors to its inside that pods need.
 * Knows no VU and no fiber; see engine.h. Nothing of the engine is changed: this file only reads
 * and swaps fields, so a new minor version needs the struct members named here and nothing else.
 * Compiled with the engine's warnings, not ours. Tests: pod_test.c, engine_test.c. */
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

void engine_add_memory(JSRuntime *rt, ptrdiff_t bytes)
{
    rt->malloc_state.malloc_size += (size_t)bytes;
}

/* The file of a frame's function; JS_ATOM_NULL if it is none of a script. Not a new reference. */
static JSAtom file_of_frame(const JSStackFrame *sf)
{
    if (JS_VALUE_GET_TAG(sf->cur_func) != JS_TAG_OBJECT)
        return JS_ATOM_NULL;
    JSObject *p = JS_VALUE_GET_OBJ(sf->cur_func);
    return js_class_has_bytecode(p->class_id) ? p->u.func.function_bytecode->filename
                                              : JS_ATOM_NULL;
}

static bool is_frame_of(const JSStackFrame *sf, JSCFunctionMagic *native)
{
    if (JS_VALUE_GET_TAG(sf->cur_func) != JS_TAG_OBJECT)
        return false;
    JSObject *p = JS_VALUE_GET_OBJ(sf->cur_func);
    return p->class_id == JS_CLASS_C_FUNCTION && p->u.cfunc.cproto == JS_CFUNC_generic_magic &&
           p->u.cfunc.c_function.generic_magic == native;
}

JSAtom engine_caller_file(JSContext *ctx)
{
    for (JSStackFrame *sf = ctx->rt->current_stack_frame; sf != NULL; sf = sf->prev_frame)
        if (file_of_frame(sf) != JS_ATOM_NULL)
            return JS_DupAtom(ctx, file_of_frame(sf));
    return JS_ATOM_NULL;
}

JSAtom engine_outer_file(JSContext *ctx, JSCFunctionMagic *until)
{
    JSAtom file = JS_ATOM_NULL;
    for (JSStackFrame *sf = ctx->rt->current_stack_frame; sf != NULL && !is_frame_of(sf, until);
         sf = sf->prev_frame)
        if (file_of_frame(sf) != JS_ATOM_NULL)
            file = file_of_frame(sf);
    return JS_DupAtom(ctx, file);
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

void engine_forget_imports(JSModuleDef *m)
{
    m->resolved = false;
    for (int i = 0; i < m->req_module_entries_count; i++)
        m->req_module_entries[i].module = NULL;
}

JSModuleDef *engine_find_module(JSContext *ctx, const char *name)
{
    JSAtom atom = JS_NewAtom(ctx, name);
    JSModuleDef *m = atom != JS_ATOM_NULL ? js_find_loaded_module_by_name(ctx, atom) : NULL;
    JS_FreeAtom(ctx, atom);
    return m;
}

static int drop_from_namespace(JSContext *ctx, JSValueConst ns, JSAtom name)
{
    JSProperty *pr;
    JSObject *p = JS_VALUE_GET_OBJ(ns);
    JSShapeProperty *prs = find_own_property(&pr, p, name);
    if (prs == NULL)
        return 0;
    if (js_update_property_flags(ctx, p, &prs, prs->flags | JS_PROP_CONFIGURABLE) < 0)
        return -1;
    return delete_property(ctx, p, name) < 0 ? -1 : 0;
}

int engine_hide_from_namespace(JSContext *ctx, JSModuleDef *m, const char *name)
{
    JSValue ns = JS_GetModuleNamespace(ctx, m);
    if (JS_IsException(ns))
        return -1;
    JSAtom atom = JS_NewAtom(ctx, name);
    int rc = atom != JS_ATOM_NULL ? drop_from_namespace(ctx, ns, atom) : -1;
    JS_FreeAtom(ctx, atom);
    JS_FreeValue(ctx, ns);
    return rc;
}

static void tell_import(JSContext *ctx, JSModuleDef *m, int req_idx, JSAtom name,
                        void (*each)(void *opaque, const char *module, const char *name),
                        void *opaque)
{
    const char *module = JS_AtomToCString(ctx, m->req_module_entries[req_idx].module_name);
    const char *text =
        name == JS_ATOM__star_ || name == JS_ATOM_NULL ? NULL : JS_AtomToCString(ctx, name);
    const char *mark = name == JS_ATOM_NULL ? ENGINE_IMPORT_EXPORT_ALL : ENGINE_IMPORT_NAMESPACE;
    if (module != NULL)
        each(opaque, module, text != NULL ? text : mark);
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
        tell_import(ctx, m, m->star_export_entries[i].req_module_idx, JS_ATOM_NULL, each, opaque);
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

bool engine_module_is_native(const JSModuleDef *m)
{
    return m->init_func != NULL;
}

int engine_add_export(JSContext *ctx, JSModuleDef *m, const char *name, JSValue takes_value)
{
    JSAtom atom = JS_NewAtom(ctx, name);
    JSExportEntry *me = atom != JS_ATOM_NULL ? find_export_entry(ctx, m, atom) : NULL;
    int rc = atom == JS_ATOM_NULL ? -1 : 0;
    if (rc == 0 && me == NULL) {
        me = add_export_entry2(ctx, NULL, m, JS_ATOM_NULL, atom, JS_EXPORT_TYPE_LOCAL);
        rc = me != NULL ? 0 : -1;
        if (rc == 0 && m->func_created) { /* too late for the engine to make its variable */
            me->u.local.var_ref = js_create_module_var(ctx, false);
            rc = me->u.local.var_ref != NULL ? 0 : -1;
            if (rc == 0)
                set_value(ctx, me->u.local.var_ref->pvalue, js_dup(takes_value));
        }
    }
    JS_FreeAtom(ctx, atom);
    JS_FreeValue(ctx, takes_value);
    return rc;
}

int engine_set_exports(JSContext *ctx, JSModuleDef *m, JSValueConst of,
                       JSValue (*value_of)(JSContext *ctx, JSValueConst of, const char *name))
{
    for (int i = 0; i < m->export_entries_count; i++) {
        const char *name = JS_AtomToCString(ctx, m->export_entries[i].export_name);
        JSValue value = name != NULL ? value_of(ctx, of, name) : JS_EXCEPTION;
        JS_FreeCString(ctx, name);
        if (JS_IsException(value))
            return -1;
        /* value_of may have run script, and that may have added exports. */
        set_value(ctx, m->export_entries[i].u.local.var_ref->pvalue, value);
    }
    return 0;
}

static int compare_names(const void *a, const void *b, void *opaque)
{
    JSContext *ctx = opaque;
    JSValue x = JS_AtomToString(ctx, ((const JSPropertyEnum *)a)->atom);
    JSValue y = JS_AtomToString(ctx, ((const JSPropertyEnum *)b)->atom);
    int order = 0;
    if (JS_IsString(x) && JS_IsString(y))
        order = js_string_compare(JS_VALUE_GET_STRING(x), JS_VALUE_GET_STRING(y));
    JS_FreeValue(ctx, x);
    JS_FreeValue(ctx, y);
    return order;
}

static int add_to_namespace(JSContext *ctx, JSObject *ns, JSAtom name, JSValueConst object)
{
    JSValue value = JS_GetProperty(ctx, object, name);
    if (JS_IsException(value))
        return -1;
    JSVarRef *var_ref = js_create_module_var(ctx, false);
    JSProperty *pr =
        var_ref == NULL
            ? NULL
            : add_property(ctx, ns, name, JS_PROP_ENUMERABLE | JS_PROP_WRITABLE | JS_PROP_VARREF);
    if (pr == NULL) {
        JS_FreeValue(ctx, value);
        if (var_ref != NULL)
            free_var_ref(ctx->rt, var_ref);
        return -1;
    }
    set_value(ctx, var_ref->pvalue, value);
    pr->u.var_ref = var_ref;
    return 0;
}

int engine_fill_namespace(JSContext *ctx, JSModuleDef *m, JSValueConst object)
{
    JSPropertyEnum *names;
    uint32_t count;
    int rc = 0;
    if (JS_VALUE_GET_TAG(m->module_ns) != JS_TAG_OBJECT)
        return 0;
    if (JS_GetOwnPropertyNames(ctx, &names, &count, m->module_ns, JS_GPN_STRING_MASK) < 0)
        return -1;
    for (uint32_t i = 0; i < count && rc == 0; i++)
        rc = drop_from_namespace(ctx, m->module_ns, names[i].atom);
    JS_FreePropertyEnum(ctx, names, count);
    if (rc < 0 || JS_GetOwnPropertyNames(ctx, &names, &count, object,
                                         JS_GPN_STRING_MASK | JS_GPN_ENUM_ONLY) < 0)
        return -1;
    if (count > 1)
        rqsort(names, count, sizeof names[0], compare_names, ctx);
    for (uint32_t i = 0; i < count && rc == 0; i++)
        rc = add_to_namespace(ctx, JS_VALUE_GET_OBJ(m->module_ns), names[i].atom, object);
    JS_FreePropertyEnum(ctx, names, count);
    return rc;
}

JSValue engine_to_object(JSContext *ctx, JSValueConst v)
{
    return JS_ToObject(ctx, v);
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

JSValue engine_take_throw_frames(JSContext *ctx)
{
    JSValue frames = ctx->error_back_trace;
    ctx->error_back_trace = JS_UNDEFINED;
    return frames;
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

void engine_set_global_class(JSContext *ctx, JSClassID id)
{
    JSObject *p = JS_VALUE_GET_OBJ(ctx->global_obj);
    p->class_id = id;
    p->is_exotic = ctx->rt->class_array[id].exotic != NULL;
}

bool engine_has_plain_property(JSValueConst object, JSAtom name)
{
    JSProperty *pr;
    return find_own_property(&pr, JS_VALUE_GET_OBJ(object), name) != NULL;
}

/* ---- functions of the engine with others in their place ---- */

void engine_replace_functions(JSContext *ctx, enum engine_proto which,
                              const JSCFunctionListEntry *list, int count)
{
    JSObject *p = JS_VALUE_GET_OBJ(which == PROTO_DATE       ? ctx->class_proto[JS_CLASS_DATE]
                                   : which == PROTO_FUNCTION ? ctx->function_proto
                                                             : ctx->class_proto[JS_CLASS_STRING]);
    for (int i = 0; i < count; i++) {
        JSAtom name = JS_NewAtom(ctx, list[i].name);
        JSProperty *pr;
        JSShapeProperty *prs = find_own_property(&pr, p, name);
        if (prs != NULL && (prs->flags & JS_PROP_TMASK) == JS_PROP_AUTOINIT)
            pr->u.init.opaque = (void *)(uintptr_t)&list[i];
        JS_FreeAtom(ctx, name);
    }
}

/* ---- the text of functions ---- */

JSValue engine_function_text(JSContext *ctx, JSValueConst fn)
{
    return js_function_toString(ctx, fn, 0, NULL);
}

static JSFunctionBytecode *bytecode_of(JSValueConst fn)
{
    if (JS_VALUE_GET_TAG(fn) == JS_TAG_FUNCTION_BYTECODE)
        return JS_VALUE_GET_PTR(fn);
    if (JS_VALUE_GET_TAG(fn) != JS_TAG_OBJECT)
        return NULL;
    JSObject *p = JS_VALUE_GET_OBJ(fn);
    return js_class_has_bytecode(p->class_id) ? p->u.func.function_bytecode : NULL;
}

bool engine_is_native_function(JSValueConst fn)
{
    return bytecode_of(fn) == NULL;
}

bool engine_function_place(JSValueConst fn, struct engine_place *place)
{
    const JSFunctionBytecode *b = bytecode_of(fn);
    if (b == NULL || b->source != NULL || b->filename == JS_ATOM_NULL)
        return false;
    *place = (struct engine_place){b->filename, b->line_num, b->col_num};
    return true;
}

/* Several may begin at one place: a class, its constructor, the function for its fields. */
static const JSFunctionBytecode *find_source(const JSFunctionBytecode *in,
                                             const JSFunctionBytecode *like)
{
    if (in->source != NULL && in->line_num == like->line_num && in->col_num == like->col_num &&
        in->byte_code_len == like->byte_code_len && in->cpool_count == like->cpool_count)
        return in;
    for (int i = 0; i < in->cpool_count; i++) {
        const JSFunctionBytecode *inner = bytecode_of(in->cpool[i]);
        const JSFunctionBytecode *found = inner != NULL ? find_source(inner, like) : NULL;
        if (found != NULL)
            return found;
    }
    return NULL;
}

int engine_copy_source(JSContext *ctx, JSValueConst fn, JSValueConst compiled)
{
    JSFunctionBytecode *b = bytecode_of(fn);
    const JSFunctionBytecode *all =
        bytecode_of(JS_VALUE_GET_TAG(compiled) == JS_TAG_MODULE
                        ? ((JSModuleDef *)JS_VALUE_GET_PTR(compiled))->func_obj
                        : compiled);
    const JSFunctionBytecode *found = all != NULL ? find_source(all, b) : NULL;
    if (found == NULL)
        return 0;
    b->source = js_strndup(ctx, found->source, found->source_len);
    if (b->source == NULL)
        return -1;
    b->source_len = found->source_len;
    return 0;
}

void engine_replace_date(JSContext *ctx, JSCFunction *fn)
{
    JSValue ctor = JS_GetProperty(ctx, ctx->class_proto[JS_CLASS_DATE], JS_ATOM_constructor);
    JSObject *p = JS_VALUE_GET_OBJ(ctor);
    p->u.cfunc.c_function.constructor_or_func = fn;
    JS_FreeValue(ctx, ctor);
}

JSValue engine_date_construct(JSContext *ctx, JSValueConst new_target, int argc, JSValueConst *argv)
{
    return js_date_constructor(ctx, new_target, argc, argv);
}

int engine_decompose(JSContext *ctx, JSValueConst string, uint32_t **out)
{
    JSValue flat = JS_ToString(ctx, string); /* a rope becomes a string */
    uint32_t *points;
    *out = NULL;
    if (JS_IsException(flat))
        return -1;
    int len = to_utf32_buf(ctx, JS_VALUE_GET_STRING(flat), &points);
    JS_FreeValue(ctx, flat);
    if (len <= 0)
        goto done;
    for (int i = 0; i < len; i++)
        if (points[i] >= 0xc0) {
            uint32_t *whole = points;
            len = unicode_normalize(&points, whole, len, UNICODE_NFD, ctx,
                                    (DynBufReallocFunc *)js_realloc);
            js_free(ctx, whole);
            break;
        }
    if (len >= 0)
        *out = points;
    return len < 0 ? -1 : len;
done:
    js_free(ctx, points);
    return len;
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

/* ---- realms ---- */

/* The contents of a context that is not inside lie in a context of the same shape, which the engine
 * does not know. Modules are linked to the head of the list in the real one and stay so meanwhile.
 */
struct engine_realm {
    JSContext *contents;
    uint32_t number;
    JSValue regexp_stub; /* stood for the constructor until it was wanted, and may still run */
};

struct engine_realms {
    JSContext *ctx;
    struct engine_realm *inside; /* NULL: the blank contents are */
    JSContext *blank;
    uint32_t last_number;
};

static void move_contents(JSContext *to, const JSContext *from)
{
    enum { FIRST = offsetof(JSContext, binary_object_count) };
    _Static_assert(offsetof(JSContext, link) + sizeof to->link == FIRST,
                   "what precedes is identity");
    memcpy((char *)to + FIRST, (const char *)from + FIRST, sizeof *to - FIRST);
}

static bool make_class_protos(JSRuntime *rt, JSContext *ctx)
{
    ctx->class_proto = js_malloc_rt(rt, sizeof ctx->class_proto[0] * rt->class_count);
    for (int i = 0; ctx->class_proto != NULL && i < rt->class_count; i++)
        ctx->class_proto[i] = JS_NULL;
    return ctx->class_proto != NULL;
}

/* What the engine gives a context before the first object is made. */
static bool make_blank(JSRuntime *rt, JSContext *ctx, JSContext *home)
{
    if (!make_class_protos(rt, ctx))
        return false;
    ctx->array_ctor = ctx->iterator_ctor = ctx->iterator_ctor_getset = JS_NULL;
    ctx->regexp_ctor = ctx->promise_ctor = ctx->error_ctor = JS_NULL;
    ctx->error_back_trace = ctx->error_prepare_stack = JS_UNDEFINED;
    ctx->error_stack_trace_limit = js_int32(10);
    ctx->loaded_modules.next = ctx->loaded_modules.prev = &home->loaded_modules;
    return true;
}

/* Makes a context known to the engine, so that it may be freed by it. */
static void adopt(JSRuntime *rt, JSContext *ctx)
{
    JS_REF_COUNT(ctx) = 1;
    ctx->rt = rt;
    add_gc_object(rt, &ctx->header, JS_GC_OBJ_TYPE_JS_CONTEXT);
    list_add_tail(&ctx->link, &rt->context_list);
}

struct engine_realms *engine_realms_new(JSRuntime *rt)
{
    struct engine_realms *r = js_mallocz_rt(rt, sizeof *r);
    JSContext *ctx = js_mallocz_rt(rt, sizeof *ctx), *blank = js_mallocz_rt(rt, sizeof *blank);
    if (r == NULL || ctx == NULL || blank == NULL || !make_blank(rt, blank, ctx)) {
        js_free_rt(rt, blank);
        js_free_rt(rt, ctx);
        js_free_rt(rt, r);
        return NULL;
    }
    move_contents(ctx, blank);
    adopt(rt, ctx);
    r->ctx = ctx;
    r->blank = blank;
    rt->libc_opaque = r;
    return r;
}

void engine_realms_free(struct engine_realms *r)
{
    JSContext *ctx = r->ctx;
    JSRuntime *rt = ctx->rt;
    assert(r->inside == NULL);
    js_free_rt(rt, r->blank);
    js_free_rt(rt, r);
    JS_FreeContext(ctx); /* takes the blank contents along once the last function is gone */
}

JSContext *engine_realms_ctx(struct engine_realms *r)
{
    return r->ctx;
}

static void leave_realm(struct engine_realms *r)
{
    if (r->inside != NULL)
        move_contents(r->inside->contents, r->ctx);
    r->inside = NULL;
}

void engine_realm_enter(struct engine_realms *r, struct engine_realm *realm)
{
    if (r->inside == realm)
        return;
    leave_realm(r);
    move_contents(r->ctx, realm->contents);
    r->inside = realm;
}

struct engine_realm *engine_realm_new(struct engine_realms *r, uint64_t seed)
{
    JSContext *ctx = r->ctx;
    JSRuntime *rt = ctx->rt;
    struct engine_realm *realm = js_malloc_rt(rt, sizeof *realm);
    JSContext *contents = js_mallocz_rt(rt, sizeof *contents);
    if (realm == NULL || contents == NULL || !make_blank(rt, contents, ctx)) {
        js_free_rt(rt, contents);
        js_free_rt(rt, realm);
        return NULL;
    }
    contents->random_state = seed != 0 ? seed : 1; /* xorshift stays at zero for ever */
    contents->hash_seed = xorshift64star(&contents->random_state);
    *realm = (struct engine_realm){contents, ++r->last_number, JS_UNDEFINED};
    engine_realm_enter(r, realm);
    if (JS_AddIntrinsicBasicObjects(ctx)) {
        engine_realm_free(r, realm);
        return NULL;
    }
    return realm;
}

const void *engine_realm_contents(const struct engine_realm *realm, size_t *size)
{
    size_t first = offsetof(JSContext, binary_object_count);
    *size = sizeof *realm->contents - first;
    return (const char *)realm->contents + first;
}

uint32_t engine_realm_number(const struct engine_realm *realm)
{
    return realm->number;
}

void engine_realm_free(struct engine_realms *r, struct engine_realm *realm)
{
    JSRuntime *rt = r->ctx->rt;
    JSContext *contents = realm->contents;
    engine_realm_enter(r, realm);
    leave_realm(r);
    move_contents(r->ctx, r->blank);
    /* The modules' list gets a head that goes with it. */
    struct list_head *head = &contents->loaded_modules;
    if (head->next == &r->ctx->loaded_modules) {
        init_list_head(head);
    } else {
        head->next->prev = head;
        head->prev->next = head;
    }
    JS_FreeValueRT(rt, realm->regexp_stub);
    js_free_rt(rt, realm);
    adopt(rt, contents);
    JS_FreeContext(contents);
}

bool engine_has_regexp(JSContext *ctx)
{
    return !JS_IsNull(ctx->class_proto[JS_CLASS_REGEXP]);
}

int engine_need_regexp(JSContext *ctx)
{
    struct engine_realms *r = ctx->rt->libc_opaque;
    if (engine_has_regexp(ctx))
        return 0;
    r->inside->regexp_stub = ctx->regexp_ctor;
    ctx->regexp_ctor = JS_NULL;
    return JS_AddIntrinsicRegExp(ctx);
}

/* The parser asks for this when it meets a pattern. */
static JSValue compile_first_regexp(JSContext *ctx, JSValueConst pattern, JSValueConst flags)
{
    return engine_need_regexp(ctx) < 0 ? JS_EXCEPTION : js_compile_regexp(ctx, pattern, flags);
}

/* The engine calls the constructor for what a string's match() is given. */
static JSValue construct_first_regexp(JSContext *ctx, JSValueConst new_target, int argc,
                                      JSValueConst *argv)
{
    return engine_need_regexp(ctx) < 0 ? JS_EXCEPTION
                                       : JS_CallConstructor(ctx, ctx->regexp_ctor, argc, argv);
}

int engine_put_off_regexp(JSContext *ctx)
{
    ctx->compile_regexp = compile_first_regexp;
    ctx->regexp_ctor =
        JS_NewCFunction2(ctx, construct_first_regexp, "RegExp", 2, JS_CFUNC_constructor_or_func, 0);
    return JS_IsException(ctx->regexp_ctor) ? -1 : 0;
}

/* A registry's callback is called through one of these: it knows its realm. */
static JSValue call_finalizer(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv,
                              int magic, JSValueConst *data)
{
    return JS_Call(ctx, data[0], JS_UNDEFINED, argc, argv);
}

static JSValue new_finalization_registry(JSContext *ctx, JSValueConst new_target, int argc,
                                         JSValueConst *argv)
{
    struct engine_realms *r = ctx->rt->libc_opaque;
    if (!JS_IsFunction(ctx, argv[0]))
        return js_finrec_constructor(ctx, new_target, argc, argv);
    JSValueConst data[] = {argv[0], js_int32((int32_t)r->inside->number)};
    JSValue callback = JS_NewCFunctionData(ctx, call_finalizer, 1, 0, 2, data);
    JSValue registry = JS_IsException(callback)
                           ? callback
                           : js_finrec_constructor(ctx, new_target, 1, (JSValueConst *)&callback);
    JS_FreeValue(ctx, callback);
    return registry;
}

int engine_mark_finalizers(JSContext *ctx)
{
    JSValue ctor =
        JS_GetProperty(ctx, ctx->class_proto[JS_CLASS_FINALIZATION_REGISTRY], JS_ATOM_constructor);
    if (JS_IsException(ctor))
        return -1;
    JS_VALUE_GET_OBJ(ctor)->u.cfunc.c_function.constructor_or_func = new_finalization_registry;
    JS_FreeValue(ctx, ctor);
    return 0;
}

/* The realm a job is for; 0: the one that queued it. */
static uint32_t realm_of_job(const JSJobEntry *e)
{
    if (e->job_func != js_finrec_job || JS_VALUE_GET_TAG(e->argv[0]) != JS_TAG_OBJECT)
        return 0;
    JSObject *p = JS_VALUE_GET_OBJ(e->argv[0]);
    JSCFunctionDataRecord *s =
        p->class_id == JS_CLASS_C_FUNCTION_DATA ? p->u.c_function_data_record : NULL;
    return s != NULL && s->func == call_finalizer ? (uint32_t)JS_VALUE_GET_INT(s->data[1]) : 0;
}

int engine_run_job(struct engine_realms *r,
                   void (*give_away)(void *opaque, uint32_t number, void *job), void *opaque)
{
    JSRuntime *rt = r->ctx->rt;
    JSContext *ran;
    while (!list_empty(&rt->job_list)) {
        JSJobEntry *e = list_entry(rt->job_list.next, JSJobEntry, link);
        uint32_t number = realm_of_job(e);
        if (number == 0 || number == r->inside->number)
            return JS_ExecutePendingJob(rt, &ran);
        list_del(&e->link);
        give_away(opaque, number, e);
    }
    return 0;
}

/* ---- shared code ---- */

struct engine_code {
    JSValue fn;          /* compiled, of no realm */
    JSModuleDef *module; /* NULL: a script; else as read, in no list, its function taken out */
};

/* One array of a module's description. */
static bool dup_table(JSContext *ctx, void **to, int *to_size, const void *from, int count,
                      size_t item)
{
    if (count == 0)
        return true;
    *to = js_malloc(ctx, count * item);
    if (*to == NULL)
        return false;
    memcpy(*to, from, count * item);
    *to_size = count;
    return true;
}

/* Fills what the compiler knew of a module: names, but nothing that linking found out. */
static bool dup_module(JSContext *ctx, JSModuleDef *to, const JSModuleDef *from)
{
#define DUP(table)                                                                                 \
    dup_table(ctx, (void **)&to->table, &to->table##_size, from->table, from->table##_count,       \
              sizeof to->table[0])
    to->has_tla = from->has_tla;
    if (!DUP(req_module_entries))
        return false;
    to->req_module_entries_count = from->req_module_entries_count;
    for (int i = 0; i < to->req_module_entries_count; i++) {
        JS_DupAtom(ctx, to->req_module_entries[i].module_name);
        to->req_module_entries[i].module = NULL;
        to->req_module_entries[i].attributes = JS_UNDEFINED;
    }
    if (!DUP(export_entries))
        return false;
    to->export_entries_count = from->export_entries_count;
    for (int i = 0; i < to->export_entries_count; i++) {
        JSExportEntry *e = &to->export_entries[i];
        JS_DupAtom(ctx, e->local_name);
        JS_DupAtom(ctx, e->export_name);
        if (e->export_type == JS_EXPORT_TYPE_LOCAL)
            e->u.local.var_ref = NULL;
    }
    if (!DUP(star_export_entries))
        return false;
    to->star_export_entries_count = from->star_export_entries_count;
    if (!DUP(import_entries))
        return false;
    to->import_entries_count = from->import_entries_count;
    for (int i = 0; i < to->import_entries_count; i++)
        JS_DupAtom(ctx, to->import_entries[i].import_name);
#undef DUP
    return true;
}

struct engine_code *engine_code_new(JSContext *ctx, JSValueConst read)
{
    struct engine_code *code = js_mallocz_rt(ctx->rt, sizeof *code);
    if (code == NULL)
        return NULL;
    if (JS_VALUE_GET_TAG(read) != JS_TAG_MODULE) {
        code->fn = js_dup(read);
        return code;
    }
    JSModuleDef *m = engine_module_of(read);
    code->fn = js_dup(m->func_obj);
    code->module = js_new_module_def(ctx, JS_DupAtom(ctx, m->module_name));
    if (code->module != NULL) {
        list_del(&code->module->link);
        init_list_head(&code->module->link);
    }
    if (code->module == NULL || !dup_module(ctx, code->module, m)) {
        JS_FreeValue(ctx, JS_GetException(ctx));
        engine_code_free(ctx, code);
        return NULL;
    }
    return code;
}

void engine_code_free(JSContext *ctx, struct engine_code *code)
{
    JS_FreeValue(ctx, code->fn);
    if (code->module != NULL)
        js_free_module_def(ctx, code->module);
    js_free(ctx, code);
}

JSValue engine_code_value(JSContext *ctx, const struct engine_code *code)
{
    if (code->module == NULL)
        return js_dup(code->fn);
    JSModuleDef *m = js_new_module_def(ctx, JS_DupAtom(ctx, code->module->module_name));
    if (m == NULL)
        return JS_EXCEPTION;
    bool is_ok = dup_module(ctx, m, code->module);
    for (int i = 0; is_ok && i < m->req_module_entries_count; i++) {
        JSReqModuleEntry *e = &m->req_module_entries[i];
        e->module = js_host_resolve_imported_module_atom(ctx, m->module_name, e->module_name,
                                                         e->attributes);
        is_ok = e->module != NULL;
    }
    if (!is_ok) {
        js_free_module_def(ctx, m);
        return JS_EXCEPTION;
    }
    m->func_obj = js_dup(code->fn);
    return engine_module_value(m);
}

static int freeze_template(JSContext *ctx, JSValueConst array)
{
    JSValue raw = JS_GetProperty(ctx, array, JS_ATOM_raw);
    int rc = JS_IsException(raw) || (JS_IsObject(raw) && JS_FreezeObject(ctx, raw) < 0) ||
                     JS_FreezeObject(ctx, array) < 0
                 ? -1
                 : 1;
    JS_FreeValue(ctx, raw);
    return rc;
}

int engine_freeze_templates(JSContext *ctx, JSValueConst read)
{
    JSValueConst v =
        JS_VALUE_GET_TAG(read) == JS_TAG_MODULE ? engine_module_of(read)->func_obj : read;
    if (JS_VALUE_GET_TAG(v) == JS_TAG_OBJECT)
        return freeze_template(ctx, v);
    if (JS_VALUE_GET_TAG(v) != JS_TAG_FUNCTION_BYTECODE)
        return 0;
    JSFunctionBytecode *b = JS_VALUE_GET_PTR(v);
    int found = 0;
    for (int i = 0; i < b->cpool_count && found >= 0; i++) {
        int rc = engine_freeze_templates(ctx, b->cpool[i]);
        found = rc != 0 ? rc : found;
    }
    return found;
}

/* ---- copies of objects ---- */

JSValue engine_copy_object(JSContext *ctx, JSValueConst plain)
{
    JSObject *from = JS_VALUE_GET_OBJ(plain);
    JSShape *sh = from->shape;
    sh = sh->is_hashed ? js_dup_shape(sh) : js_clone_shape(ctx, sh);
    if (sh == NULL)
        return JS_EXCEPTION;
    JSValue copy = JS_NewObjectFromShape(ctx, sh, JS_CLASS_OBJECT, NULL);
    if (JS_IsException(copy))
        return copy;
    JSProperty *to = JS_VALUE_GET_OBJ(copy)->prop;
    JSShapeProperty *prs = get_shape_prop(sh);
    for (int i = 0; i < sh->prop_count; i++) {
        to[i] = from->prop[i];
        if ((prs[i].flags & JS_PROP_TMASK) == JS_PROP_NORMAL) {
            JS_DupValue(ctx, to[i].u.value);
        } else {
            if ((prs[i].flags & JS_PROP_TMASK) != JS_PROP_GETSET)
                abort();
            if (to[i].u.getset.getter != NULL)
                JS_DupValue(ctx, JS_MKPTR(JS_TAG_OBJECT, to[i].u.getset.getter));
            if (to[i].u.getset.setter != NULL)
                JS_DupValue(ctx, JS_MKPTR(JS_TAG_OBJECT, to[i].u.getset.setter));
        }
    }
    return copy;
}

void engine_make_extensible(JSValueConst object)
{
    JS_VALUE_GET_OBJ(object)->extensible = true;
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
