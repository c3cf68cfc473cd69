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

/* Ours stands in the table of Object's functions, where the name is no call; the engine's goes by
 * another name: engine_lists.c. */
#include <quickjs.h>
static JSValue js_object_getOwnPropertyNames(JSContext *ctx, JSValueConst this_val, int argc,
                                             JSValueConst *argv);
#define js_object_getOwnPropertyNames(...) names_of_the_engine(__VA_ARGS__)

#include "quickjs.c"
#undef js_object_getOwnPropertyNames

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

/* ---- copies of objects ---- */

JSValue engine_copy_object(JSContext *ctx, JSValueConst plain)
{
    JSObject *from = JS_VALUE_GET_OBJ(plain);
    JSShape *sh = from->shape;
    sh = sh->is_hashed ? js_dup_shape(sh) : js_clone_shape(ctx, sh);
    if (sh == NULL)
        return JS_EXCEPTION;
    JSValue copy = JS_NewObjectFromShape(ctx, sh, from->class_id, NULL);
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

/* The rest of engine.h, each part in a file of its own. */
#include "js/engine_code.c"
#include "js/engine_lists.c"
#include "js/engine_modules.c"
#include "js/engine_realms.c"
