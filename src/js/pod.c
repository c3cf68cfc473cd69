/* pod.c - pods of VUs that share one engine runtime: creation, entering and leaving, time slices,
 * interruption. Knows nothing of scripts but their shared strings, and nothing of the event loop;
 * the engine's inside only through engine.h. Everything here runs on the worker's own thread.
 * Design: several VUs are interleaved inside one runtime; while one of them is parked in the middle
 * of a script, others run. What the engine keeps per runtime is therefore swapped at each entry and
 * exit, and the realm at an entry after another VU's. Tests: pod_test.c, pod_park_test.c,
 * engine_test.c. */
#include "js/pod.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "base/map.h"
#include "base/mem.h"
#include "base/vec.h"
#include "core/clock.h"
#include "core/fiber.h"
#include "js/context.h"
#include "js/loader.h"
#include "js/jsloop_int.h"
#include "js/pod_int.h"

enum {
    SLICE_NS = 1000000, /* a VU that has run script for longer lets others of its worker run */
    SLICE_MIN_NS = 200000, /* or, when a timer of the worker is due, for longer than this */
    STACK_RESERVE = 64 * 1024, /* of a fiber's stack, for C code under the deepest script frame */
};
/* What all VUs of a pod may hold, and for each beyond the sure ones. Runaway growth becomes an
 * exception long before the machine swaps; no sound script of 16 VUs comes near it. */
static const size_t POD_MEMORY_LIMIT = (size_t)1 << 30;
static const size_t POD_MEMORY_MORE = (size_t)32 << 20;
/* A pod that holds less takes more VUs than the sure ones: what a runtime costs by itself, 50 KB
 * and as much again in half-empty arenas, is shared by more, and the collector's pause is still
 * less than a millisecond. */
static const size_t POD_SMALL = (size_t)2 << 20;
static const size_t GC_MIN_GROWTH = 512 * 1024;

struct js_worker {
    struct worker *worker;
    struct script *script;
    VEC(struct pod *) pods;
};

/* The engine asks every few thousand calls and loop turns. Parking here is safe: the engine holds
 * no pointer across the call that another context's work could move. */
static int on_interrupt(JSRuntime *rt, void *opaque)
{
    struct pod *p = opaque;
    struct js_vu *v = p->current;
    if (v == NULL)
        return 0;
    if (v->end != END_NONE)
        return 1;
    struct fiber *f = v->base.fiber;
    if (!v->base.is_interrupt_requested && !(f != NULL && fiber_is_canceled(f))) {
        int64_t now_ns = clock_now_ns();
        int64_t spent_ns = now_ns - v->slice_start_ns;
        /* What has its time, the start of an iteration above all, need not wait for a whole slice.
         */
        if (f == NULL || spent_ns < SLICE_MIN_NS ||
            (spent_ns < SLICE_NS && !worker_has_due(v->base.worker, now_ns)))
            return 0;
        if (worker_has_waiting(v->base.worker)) {
            int rc;
            POD_PARK(v, rc = fiber_yield_late(v->base.worker));
            if (rc == 0 && !v->base.is_interrupt_requested && v->end == END_NONE)
                return 0;
        } else {
            v->slice_start_ns = clock_now_ns();
            return 0;
        }
    }
    if (v->end == END_NONE)
        v->end = END_INTERRUPTED;
    return 1;
}

/* Strings of __ENV, made once a pod. */
static void make_env_values(struct pod *p, struct script *script)
{
    if (script->env_count == 0)
        return;
    p->env_values = mem_calloc(script->env_count, sizeof *p->env_values);
    for (size_t i = 0; i < script->env_count; i++)
        p->env_values[i] = JS_UNDEFINED; /* made in a context, at first use */
}

static struct pod *pod_new(struct js_worker *home)
{
    struct pod *p = MEM_NEW(struct pod);
    p->home = home;
    p->rt = JS_NewRuntime();
    if (p->rt == NULL) {
        mem_free(p);
        return NULL;
    }
    JS_SetRuntimeOpaque(p->rt, p);
    JS_SetCanBlock(p->rt, false); /* Atomics.wait would hold up every VU of the worker */
    JS_SetInterruptHandler(p->rt, on_interrupt, p);
    JS_SetHostPromiseRejectionTracker(p->rt, jsloop_on_rejection, NULL);
    loader_attach(p->rt);
    /* The highest id first: the engine's class tables, one in each realm, get their size now and
     * never grow under a parked VU. */
    if (JS_NewClass(p->rt, CLASS_LAST, &(JSClassDef){.class_name = "none"}) == 0)
        p->realms = engine_realms_new(p->rt);
    if (p->realms == NULL) {
        JS_FreeRuntime(p->rt);
        mem_free(p);
        return NULL;
    }
    p->codes = map_new();
    make_env_values(p, home->script);
    /* A second pod: there are many VUs. Each pod asks, for the heap may have had to begin anew. */
    if (home->pods.len > 0)
        mem_prefer_large_pages(p);
    VEC_PUSH(&home->pods, p);
    return p;
}

static void pod_free(struct pod *p)
{
    struct js_worker *home = p->home;
    CHECK(p->vu_count == 0 && p->current == NULL);
    for (size_t i = 0; p->env_values != NULL && i < home->script->env_count; i++)
        JS_FreeValueRT(p->rt, p->env_values[i]);
    mem_free(p->env_values);
    if (p->atom_iter != JS_ATOM_NULL)
        JS_FreeAtomRT(p->rt, p->atom_iter);
    context_free_names(p);
    struct map_entry code;
    for (size_t at = 0; map_next(p->codes, &at, &code);)
        engine_code_free(engine_realms_ctx(p->realms), code.value);
    map_free(p->codes, NULL);
    engine_realms_free(p->realms);
    JS_FreeRuntime(p->rt);
    for (size_t i = 0; i < home->pods.len; i++) {
        if (home->pods.items[i] == p) {
            VEC_REMOVE(&home->pods, i);
            break;
        }
    }
    mem_free(p);
}

static struct js_worker *get_js_worker(struct worker *w, struct script *script)
{
    struct js_worker *jw = worker_data(w, WORKER_SLOT_JS);
    if (jw == NULL) {
        jw = MEM_NEW(struct js_worker);
        jw->worker = w;
        jw->script = script;
        worker_set_data(w, WORKER_SLOT_JS, jw);
    }
    CHECK(jw->script == script);
    return jw;
}

static bool has_room(const struct pod *p)
{
    return p->vu_count < POD_SURE_VUS ||
           (p->vu_count < POD_MAX_VUS && engine_memory(p->rt) - p->external < POD_SMALL);
}

/* VUs are made one after another, so a pod with room is nearly always the last. */
static struct pod *find_pod(struct js_worker *jw)
{
    for (size_t i = jw->pods.len; i > 0; i--)
        if (has_room(jw->pods.items[i - 1]))
            return jw->pods.items[i - 1];
    return pod_new(jw);
}

static void set_memory_limit(struct pod *p)
{
    size_t more = p->vu_count > POD_SURE_VUS ? (size_t)(p->vu_count - POD_SURE_VUS) : 0;
    JS_SetMemoryLimit(p->rt, POD_MEMORY_LIMIT + more * POD_MEMORY_MORE + p->external);
}

void pod_count_external(JSRuntime *rt, ptrdiff_t bytes)
{
    struct pod *p = JS_GetRuntimeOpaque(rt);
    p->external += (size_t)bytes;
    engine_add_memory(rt, bytes);
    set_memory_limit(p);
}

static void drop_js_worker_if_empty(struct js_worker *jw)
{
    if (jw->pods.len > 0)
        return;
    worker_set_data(jw->worker, WORKER_SLOT_JS, NULL);
    VEC_DEINIT(&jw->pods);
    mem_free(jw);
}

/* Math.random of VUs made in the same microsecond would otherwise begin with nearly the same
 * numbers. */
static uint64_t random_seed(const void *unique)
{
    uint64_t seed;
    if (getrandom(&seed, sizeof seed, GRND_NONBLOCK) != (ssize_t)sizeof seed)
        seed = (uint64_t)clock_now_ns() ^ (uint64_t)(uintptr_t)unique << 20;
    return seed;
}

int pod_new_vu(struct js_vu **out, struct script *script, struct worker *worker, struct err *e)
{
    struct js_worker *jw = get_js_worker(worker, script);
    struct pod *p = find_pod(jw);
    if (p == NULL) {
        drop_js_worker_if_empty(jw);
        return err_set(e, ERR_NOMEM, "no memory for another script engine");
    }
    struct js_vu *v = MEM_NEW(struct js_vu);
    v->base.script = script;
    v->base.worker = worker;
    v->base.fiber = fiber_current(worker);
    v->pod = p;
    v->exports = v->cjs_modules = v->setup_data = JS_UNDEFINED;
    v->exec_name = JS_ATOM_NULL;
    v->modules = mem_calloc(script->modules->count, sizeof *v->modules);
    for (size_t i = 0; i < script->modules->count; i++)
        v->modules[i].exports = JS_UNDEFINED;
    engine_state_init(&v->engine);
    jsloop_init(v);
    p->vus[p->vu_count++] = v;
    set_memory_limit(p);

    v->ctx = engine_realms_ctx(p->realms);
    js_vu_begin(v);
    v->realm = engine_realm_new(p->realms, random_seed(v));
    bool is_ready = v->realm != NULL && context_init(v->ctx, v) == 0;
    if (is_ready && p->atom_iter == JS_ATOM_NULL)
        p->atom_iter = JS_NewAtom(v->ctx, "__ITER");
    js_vu_end(v);
    if (!is_ready) {
        pod_free_vu(v);
        return err_set(e, ERR_NOMEM, "no memory for another VU's script");
    }
    *out = v;
    return 0;
}

static void free_values(struct js_vu *v)
{
    JSContext *ctx = v->ctx;
    for (size_t i = 0; i < v->base.script->modules->count; i++)
        JS_FreeValue(ctx, v->modules[i].exports);
    JS_FreeValue(ctx, v->exports);
    JS_FreeValue(ctx, v->cjs_modules);
    JS_FreeAtom(ctx, v->exec_name);
    JS_FreeValue(ctx, v->setup_data);
}

void pod_free_vu(struct js_vu *v)
{
    struct pod *p = v->pod;
    struct js_worker *home = p->home;
    CHECK(!v->is_inside);
    pod_enter(v);
    engine_drop_jobs(p->rt);
    if (v->realm != NULL) {
        free_values(v);
        /* Its objects live on, unreachable, until the collector comes by: they refer to each other.
         * Collecting now would cost every VU's end a walk over the whole pod. */
        engine_realm_free(p->realms, v->realm);
        v->realm = NULL;
    }
    engine_drop_jobs(p->rt);
    pod_leave(v);
    for (int i = 0; i < p->vu_count; i++)
        if (p->vus[i] == v)
            p->vus[i] = p->vus[--p->vu_count];
    mem_free(v->modules);
    mem_free(v->abort_message);
    mem_free(v);
    if (p->vu_count == 0)
        pod_free(p);
    drop_js_worker_if_empty(home);
}

void pod_enter(struct js_vu *v)
{
    struct pod *p = v->pod;
    CHECK(p->current == NULL && !v->is_inside);
    engine_swap(p->rt, &v->engine);
    if (v->realm != NULL)
        engine_realm_enter(p->realms, v->realm);
    p->current = v;
    v->is_inside = true;
    v->slice_start_ns = worker_loop_ns(v->base.worker);
}

void pod_leave(struct js_vu *v)
{
    struct pod *p = v->pod;
    CHECK(p->current == v && v->is_inside);
    engine_swap(p->rt, &v->engine);
    p->current = NULL;
    v->is_inside = false;
}

void js_vu_begin(struct js_vu *v)
{
    void *low;
    size_t size;
    v->base.fiber = fiber_current(v->base.worker);
    CHECK(v->base.fiber != NULL);
    fiber_keep_near(v->base.fiber, FIBER_NEAR_VU, v, sizeof *v);
    if (v->realm != NULL) {
        const void *contents = engine_realm_contents(v->realm, &size);
        fiber_keep_near(v->base.fiber, FIBER_NEAR_REALM, contents, size);
    }
    pod_enter(v);
    fiber_stack(v->base.worker, &low, &size);
    engine_set_stack(v->pod->rt, low, size, STACK_RESERVE);
}

void js_vu_end(struct js_vu *v)
{
    pod_leave(v);
    v->base.fiber = NULL;
    v->engine.stack_limit = 0; /* was that fiber's: whoever enters from another has none */
}

void pod_give_job_away(void *pod, uint32_t number, void *job)
{
    struct pod *p = pod;
    for (int i = 0; i < p->vu_count; i++) {
        struct js_vu *v = p->vus[i];
        if (v->realm != NULL && engine_realm_number(v->realm) == number) {
            engine_add_job(&v->engine, job);
            return;
        }
    }
    engine_free_job(p->rt, job);
}

void pod_retune_gc(struct pod *p)
{
    size_t held = engine_memory(p->rt);
    size_t growth = held / 2 > GC_MIN_GROWTH ? held / 2 : GC_MIN_GROWTH;
    JS_SetGCThreshold(p->rt, held + growth);
}

void pod_collect(struct pod *p)
{
    JS_RunGC(p->rt);
    pod_retune_gc(p);
}

struct js_vu *pod_vu(JSContext *ctx)
{
    return JS_GetContextOpaque(ctx);
}

struct vu *pod_base_vu(JSContext *ctx)
{
    return &pod_vu(ctx)->base;
}

JSContext *pod_ctx(struct js_vu *v)
{
    return v->ctx;
}

bool pod_is_init(JSContext *ctx)
{
    return pod_vu(ctx)->phase == PHASE_INIT;
}

struct metric_registry *pod_metrics(JSContext *ctx)
{
    return pod_base_vu(ctx)->script->metrics;
}

struct logger *pod_logger(JSContext *ctx)
{
    return pod_base_vu(ctx)->script->logger;
}

struct worker *pod_worker(JSContext *ctx)
{
    return pod_base_vu(ctx)->worker;
}

static JSValue throw_uncatchable(JSContext *ctx, const char *text)
{
    JS_ThrowInternalError(ctx, "%s", text);
    JSValue thrown = JS_GetException(ctx);
    JS_SetUncatchableError(ctx, thrown);
    return JS_Throw(ctx, thrown);
}

JSValue pod_throw_interrupt(JSContext *ctx)
{
    struct js_vu *v = pod_vu(ctx);
    if (v->end == END_NONE)
        v->end = END_INTERRUPTED;
    return throw_uncatchable(ctx, "interrupted");
}

JSValue pod_throw_abort(JSContext *ctx, struct str message)
{
    struct js_vu *v = pod_vu(ctx);
    v->end = END_ABORTED;
    mem_free(v->abort_message);
    v->abort_message = mem_strndup(message.p, message.len);
    v->abort_len = message.len;
    return throw_uncatchable(ctx, v->abort_message);
}

void *pod_module_state(JSContext *ctx, int module_index)
{
    return pod_vu(ctx)->modules[module_index].state;
}

void *pod_need_module_state(JSContext *ctx, int module_index)
{
    return loader_need_builtin(ctx, module_index) < 0 ? NULL : pod_module_state(ctx, module_index);
}

void *pod_module_shared(JSContext *ctx, int module_index)
{
    return pod_base_vu(ctx)->script->shared[module_index];
}

int pod_new_class(JSContext *ctx, enum js_class id, const JSClassDef *def, JSValue takes_proto)
{
    JSRuntime *rt = JS_GetRuntime(ctx);
    if (!JS_IsRegisteredClass(rt, id) && JS_NewClass(rt, id, def) < 0) {
        JS_FreeValue(ctx, takes_proto);
        return -1;
    }
    JS_SetClassProto(ctx, id, takes_proto);
    return 0;
}
