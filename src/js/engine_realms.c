/* engine_realms.c - the part of engine.c about realms: what makes a shared context one VU's, and the
 * jobs that belong to it. Included there, for it is one translation unit with the engine.
 * Tests: engine_test.c, pod_test.c */

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
