/* mod_execution.c - the module k6/execution: scenario, instance, test and vu, as objects whose
 * properties are read from the VU and its run at each access.
 * As in k6 each access to exec.vu and its kin gives a new object, so that what a script writes to
 * it does not last: also exec.vu.metrics, exec.vu.tags and exec.test.options. It is a copy of one
 * made at first use: scripts ask for exec.vu in every iteration.
 * Source: k6 docs, "k6/execution". Tests: test/js/execution_*.js */
#include "modules/mod_execution.h"

#include <quickjs.h>

#include "base/buf.h"
#include "base/mem.h"
#include "core/clock.h"
#include "exec/run_state.h"
#include "exec/vu.h"
#include "js/engine.h"
#include "js/js_vu.h"
#include "js/jsarg.h"
#include "js/pod.h"
#include "modules/mod_arg.h"
#include "modules/mod_execution_tags.h"
#include "modules/modules.h"

enum exec_object { OBJECT_INSTANCE, OBJECT_SCENARIO, OBJECT_TEST, OBJECT_VU, OBJECT_COUNT };

struct execution_state {
    JSValue models[OBJECT_COUNT]; /* scripts get copies; JS_UNDEFINED until asked for */
    JSValue options;              /* of exec.test.options, likewise */
    JSValue metrics;              /* of exec.vu.metrics, likewise */
    bool has_classes;
};

/* What a script may list but not change; a read-only accessor throws when it is assigned to. */
#define GETTER(name, fn, magic) JS_CGETSET_MAGIC_DEF2(name, fn, NULL, magic, JS_PROP_ENUMERABLE)

static const char NO_SCENARIO[] =
    "getting scenario information outside of the VU context is not supported";

/* k6 runs teardown and handleSummary apart from the test's state, and init code too, but for that
 * of VUs that are made once the test has begun: setup's, and those that arrival rates add. */
static bool has_instance(JSContext *ctx, enum js_vu_phase phase)
{
    const struct run *run = pod_base_vu(ctx)->run;
    if (phase != PHASE_INIT)
        return phase == PHASE_SETUP || phase == PHASE_ITERATION;
    return run != NULL &&
           (run_phase_now(run) == RUN_SETUP || run_phase_now(run) == RUN_RUNNING);
}

/* NULL when the object may be had now; else k6's words. Its properties ask again: a named import has
 * the object from the start. */
static const char *refusal(JSContext *ctx, enum exec_object which)
{
    enum js_vu_phase phase = pod_vu(ctx)->phase;
    switch (which) {
    case OBJECT_INSTANCE:
        return has_instance(ctx, phase)
                   ? NULL
                   : "getting instance information in the init context is not supported";
    case OBJECT_SCENARIO:
        return phase == PHASE_INIT ? NO_SCENARIO : NULL;
    case OBJECT_VU:
        return phase == PHASE_INIT ? "getting VU information in the init context is not supported"
                                   : NULL;
    case OBJECT_TEST:
    case OBJECT_COUNT:
        return NULL;
    }
    return NULL;
}

/* ---- objects that keep what a getter of theirs gives ---- */

/* exec.test keeps its options, exec.vu.metrics its tags. The object's opaque; NULL: nothing yet. */
struct keeper {
    JSValue kept;
};

static void keeper_finalize(JSRuntime *rt, JSValueConst object)
{
    struct keeper *k = JS_GetOpaque(object, CLASS_EXEC_KEEPER);
    if (k != NULL)
        JS_FreeValueRT(rt, k->kept);
    mem_free(k);
}

static void keeper_mark(JSRuntime *rt, JSValueConst object, JS_MarkFunc *mark)
{
    struct keeper *k = JS_GetOpaque(object, CLASS_EXEC_KEEPER);
    if (k != NULL)
        JS_MarkValue(rt, k->kept, mark);
}

static const JSClassDef keeper_class = {
    .class_name = "Object", .finalizer = keeper_finalize, .gc_mark = keeper_mark};

static void keep(JSContext *ctx, JSValueConst object, JSValueConst value)
{
    struct keeper *k = mem_alloc(sizeof *k);
    k->kept = JS_DupValue(ctx, value);
    JS_SetOpaque(object, k);
}

static JSValue new_keeper(JSContext *ctx)
{
    JSValue object = JS_NewObjectClass(ctx, CLASS_EXEC_KEEPER);
    if (!JS_IsException(object))
        JS_SetOpaque(object, NULL);
    return object;
}

static int need_classes(JSContext *ctx, struct execution_state *st)
{
    if (st->has_classes)
        return 0;
    if (mod_execution_tags_init(ctx) < 0 ||
        pod_new_class(ctx, CLASS_EXEC_KEEPER, &keeper_class, mod_execution_proto(ctx)) < 0)
        return -1;
    st->has_classes = true;
    return 0;
}

/* ---- exec.scenario */

enum {
    SCENARIO_NAME,
    SCENARIO_EXECUTOR,
    SCENARIO_START,
    SCENARIO_PROGRESS,
    SCENARIO_LOCAL,
    SCENARIO_GLOBAL
};

static JSValue scenario_get(JSContext *ctx, JSValueConst this_val, int magic)
{
    const struct vu *vu = pod_base_vu(ctx);
    const struct vu_scenario *s = vu->scenario;
    if (s == NULL)
        return jsarg_throw(ctx, "%s", NO_SCENARIO);
    switch (magic) {
    case SCENARIO_NAME:
        return jsarg_new_str(ctx, str_of(s->name));
    case SCENARIO_EXECUTOR:
        return JS_NewString(ctx, executor_name(s->config->executor));
    case SCENARIO_START:
        return JS_NewInt64(ctx, clock_to_wall_ns(s->start_mono_ns) / 1000000);
    case SCENARIO_PROGRESS:
        return JS_NewFloat64(ctx, s->progress(s));
    case SCENARIO_LOCAL:
        return JS_NewInt64(ctx, vu->scenario_iteration_in_instance);
    default:
        return JS_NewInt64(ctx, vu->scenario_iteration_in_test);
    }
}

static const JSCFunctionListEntry scenario_properties[] = {
    GETTER("name", scenario_get, SCENARIO_NAME),
    GETTER("executor", scenario_get, SCENARIO_EXECUTOR),
    GETTER("startTime", scenario_get, SCENARIO_START),
    GETTER("progress", scenario_get, SCENARIO_PROGRESS),
    GETTER("iterationInInstance", scenario_get, SCENARIO_LOCAL),
    GETTER("iterationInTest", scenario_get, SCENARIO_GLOBAL),
};

/* ---- exec.instance */

enum {
    INSTANCE_DURATION,
    INSTANCE_COMPLETED,
    INSTANCE_INTERRUPTED,
    INSTANCE_ACTIVE,
    INSTANCE_INITIALIZED
};

static JSValue instance_get(JSContext *ctx, JSValueConst this_val, int magic)
{
    struct run_counts counts;
    const char *why = refusal(ctx, OBJECT_INSTANCE);
    if (why != NULL)
        return jsarg_throw(ctx, "%s", why);
    run_get_counts(pod_base_vu(ctx)->run, &counts);
    switch (magic) {
    case INSTANCE_DURATION:
        return JS_NewFloat64(ctx, (double)counts.test_run_duration_ns / 1e6);
    case INSTANCE_COMPLETED:
        return JS_NewInt64(ctx, (int64_t)counts.iterations_completed);
    case INSTANCE_INTERRUPTED:
        return JS_NewInt64(ctx, (int64_t)counts.iterations_interrupted);
    case INSTANCE_ACTIVE:
        return JS_NewInt64(ctx, (int64_t)counts.vus_active);
    default:
        return JS_NewInt64(ctx, (int64_t)counts.vus_initialized);
    }
}

static const JSCFunctionListEntry instance_properties[] = {
    GETTER("currentTestRunDuration", instance_get, INSTANCE_DURATION),
    GETTER("iterationsCompleted", instance_get, INSTANCE_COMPLETED),
    GETTER("iterationsInterrupted", instance_get, INSTANCE_INTERRUPTED),
    GETTER("vusActive", instance_get, INSTANCE_ACTIVE),
    GETTER("vusInitialized", instance_get, INSTANCE_INITIALIZED),
};

/* ---- exec.test */

/* "test aborted: why"; without a reason, what alone. Argument 0 is the script's reason. */
static bool put_reason(struct buf *out, JSContext *ctx, const char *what, int argc,
                       JSValueConst *argv)
{
    struct str reason;
    buf_adds(out, what);
    if (argc == 0 || jsarg_is_nullish(argv[0]))
        return true;
    if (!jsarg_str(ctx, argv[0], &reason))
        return false;
    buf_adds(out, ": ");
    buf_add_str(out, reason);
    jsarg_free_str(ctx, reason);
    return true;
}

static JSValue test_abort(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    struct run *run = pod_base_vu(ctx)->run;
    struct buf text;
    JSValue result = JS_EXCEPTION;
    buf_init(&text, BUF_NO_LIMIT);
    if (put_reason(&text, ctx, "test aborted", argc, argv)) {
        if (run != NULL && !pod_is_init(ctx))
            run_request_stop(run, STOP_SCRIPT_ABORT, (struct str){text.data, text.len});
        result = pod_throw_abort(ctx, (struct str){text.data, text.len});
    }
    buf_deinit(&text);
    return result;
}

static JSValue test_fail(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    struct buf text;
    JSValue result = JS_EXCEPTION;
    buf_init(&text, BUF_NO_LIMIT);
    if (!put_reason(&text, ctx, "test marked as failed", argc, argv)) {
        /* the exception is pending */
    } else if (pod_is_init(ctx)) {
        jsarg_throw(ctx, "execution.test.fail() called outside of VU context");
    } else {
        log_record(pod_logger(ctx), LOG_ERROR, NULL, NULL, NULL, 0,
                   (struct str){text.data, text.len});
        run_mark_failed(pod_base_vu(ctx)->run);
        result = JS_UNDEFINED;
    }
    buf_deinit(&text);
    return result;
}

/* k6 deletes the shortcuts, which have become a scenario by now, and adds the two options that have
 * no place in the JSON. */
static int complete_options(JSContext *ctx, JSValueConst object)
{
    static const char *const shortcuts[] = {"vus", "iterations", "duration", "stages"};
    const struct options *o = run_options(pod_base_vu(ctx)->run);
    for (size_t i = 0; i < sizeof shortcuts / sizeof shortcuts[0]; i++) {
        JSAtom name = JS_NewAtom(ctx, shortcuts[i]);
        int rc = JS_DeleteProperty(ctx, object, name, 0);
        JS_FreeAtom(ctx, name);
        if (rc < 0)
            return -1;
    }
    JSValue console =
        o->console_output.set ? jsarg_new_str(ctx, str_of(o->console_output.v)) : JS_NULL;
    if (JS_SetPropertyStr(ctx, object, "consoleOutput", console) < 0)
        return -1;
    JSValue ips = o->local_ips.set ? jsarg_new_str(ctx, str_of(o->local_ips.v)) : JS_NULL;
    return JS_SetPropertyStr(ctx, object, "localIPs", ips) < 0 ? -1 : 0;
}

static int freeze(JSContext *ctx, JSValueConst object);

static bool freeze_property(void *opaque, JSContext *ctx, struct str key, JSValueConst value)
{
    return !JS_IsObject(value) || freeze(ctx, value) == 0;
}

/* The object and all that it holds; the options are only so deep. */
static int freeze(JSContext *ctx, JSValueConst object)
{
    if (jsarg_each_property(ctx, object, freeze_property, NULL) < 0)
        return -1;
    return JS_FreezeObject(ctx, object) < 0 ? -1 : 0;
}

static JSValue parse_options(JSContext *ctx)
{
    struct str json = run_options_json(pod_base_vu(ctx)->run);
    JSValue object = JS_ParseJSON(ctx, json.p, json.len, "options");
    if (JS_IsException(object))
        return object;
    if (complete_options(ctx, object) < 0 || freeze(ctx, object) < 0) {
        JS_FreeValue(ctx, object);
        return JS_EXCEPTION;
    }
    return object;
}

static JSValue test_get_options(JSContext *ctx, JSValueConst this_val, int magic)
{
    struct execution_state *st = pod_module_state(ctx, MODULE_EXECUTION);
    struct keeper *k = JS_GetOpaque(this_val, CLASS_EXEC_KEEPER);
    if (pod_is_init(ctx))
        return jsarg_throw(ctx, "getting test options in the init context is not supported");
    if (k != NULL)
        return JS_DupValue(ctx, k->kept);
    if (JS_IsUndefined(st->options)) {
        JSValue options = parse_options(ctx);
        if (JS_IsException(options))
            return options;
        st->options = options;
    }
    JSValue copy = engine_copy_object(ctx, st->options);
    if (!JS_IsException(copy) && JS_PreventExtensions(ctx, copy) < 0) {
        JS_FreeValue(ctx, copy);
        return JS_EXCEPTION;
    }
    if (!JS_IsException(copy) && JS_GetClassID(this_val) == CLASS_EXEC_KEEPER)
        keep(ctx, this_val, copy);
    return copy;
}

enum { TEST_ABORT, TEST_FAIL };

static JSValue test_get_function(JSContext *ctx, JSValueConst this_val, int magic)
{
    return magic == TEST_ABORT ? JS_NewCFunction(ctx, test_abort, "abort", 1)
                               : JS_NewCFunction(ctx, test_fail, "fail", 1);
}

static const JSCFunctionListEntry test_properties[] = {
    GETTER("abort", test_get_function, TEST_ABORT),
    GETTER("fail", test_get_function, TEST_FAIL),
    GETTER("options", test_get_options, 0),
};

/* ---- exec.vu */

enum { VU_ID_LOCAL, VU_ID_GLOBAL, VU_ITERATION, VU_ITERATION_IN_SCENARIO };

static JSValue vu_get(JSContext *ctx, JSValueConst this_val, int magic)
{
    const struct vu *vu = pod_base_vu(ctx);
    const char *why = refusal(ctx, OBJECT_VU);
    if (why != NULL)
        return jsarg_throw(ctx, "%s", why);
    switch (magic) {
    case VU_ID_LOCAL:
        return JS_NewInt64(ctx, (int64_t)vu->id);
    case VU_ID_GLOBAL:
        return JS_NewInt64(ctx, (int64_t)vu->id_in_test);
    case VU_ITERATION: /* setup and teardown come before any */
        return JS_NewInt64(ctx, vu->iteration > 0 ? vu->iteration : 0);
    default:
        return JS_NewInt64(ctx, vu->iteration_in_scenario);
    }
}

static const JSCFunctionListEntry vu_properties[] = {
    GETTER("idInInstance", vu_get, VU_ID_LOCAL),
    GETTER("idInTest", vu_get, VU_ID_GLOBAL),
    GETTER("iterationInInstance", vu_get, VU_ITERATION),
    GETTER("iterationInScenario", vu_get, VU_ITERATION_IN_SCENARIO),
};

/* ---- exec.vu.metrics */

static JSValue metrics_get(JSContext *ctx, JSValueConst this_val, int is_metadata)
{
    struct keeper *k = JS_GetOpaque(this_val, CLASS_EXEC_KEEPER);
    const char *why = refusal(ctx, OBJECT_VU);
    if (why != NULL)
        return jsarg_throw(ctx, "%s", why);
    if (k == NULL || is_metadata != 0)
        return mod_execution_tags_new(ctx, is_metadata != 0);
    return JS_DupValue(ctx, k->kept);
}

static const JSCFunctionListEntry metrics_properties[] = {
    GETTER("tags", metrics_get, 0),
    GETTER("metadata", metrics_get, 1),
};

/* The object that others are copies of; it has no tags. */
static int make_metrics_model(JSContext *ctx, struct execution_state *st)
{
    if (!JS_IsUndefined(st->metrics))
        return 0;
    JSValue model = new_keeper(ctx);
    if (JS_IsException(model))
        return -1;
    if (JS_SetPropertyFunctionList(ctx, model, metrics_properties,
                                   sizeof metrics_properties / sizeof metrics_properties[0]) < 0) {
        JS_FreeValue(ctx, model);
        return -1;
    }
    st->metrics = model;
    return 0;
}

static JSValue new_metrics(JSContext *ctx, struct execution_state *st, JSValueConst tags)
{
    JSValue metrics = engine_copy_object(ctx, st->metrics);
    if (JS_IsException(metrics))
        return metrics;
    keep(ctx, metrics, tags);
    return metrics;
}

/* Gives the vu object tags and metrics of its own. */
static int set_vu_objects(JSContext *ctx, struct execution_state *st, JSValueConst vu)
{
    JSValue tags = mod_execution_tags_new(ctx, false);
    JSValue metrics = JS_IsException(tags) ? JS_EXCEPTION : new_metrics(ctx, st, tags);
    if (JS_IsException(metrics)) {
        JS_FreeValue(ctx, tags);
        return -1;
    }
    int rc = JS_SetPropertyStr(ctx, vu, "tags", tags);
    return JS_SetPropertyStr(ctx, vu, "metrics", metrics) < 0 || rc < 0 ? -1 : 0;
}

enum { BINDING_TAGS, BINDING_METRICS };

/* A script may assign to tags and metrics. The object that a named import has from the start must
 * refuse both in init code, so there they have getters, and what is assigned is forgotten. */
static JSValue binding_get(JSContext *ctx, JSValueConst this_val, int magic)
{
    struct execution_state *st = pod_module_state(ctx, MODULE_EXECUTION);
    const char *why = refusal(ctx, OBJECT_VU);
    if (why != NULL)
        return jsarg_throw(ctx, "%s", why);
    JSValue tags = mod_execution_tags_new(ctx, false);
    if (magic == BINDING_TAGS || JS_IsException(tags))
        return tags;
    JSValue metrics = new_metrics(ctx, st, tags);
    JS_FreeValue(ctx, tags);
    return metrics;
}

static JSValue ignore_assignment(JSContext *ctx, JSValueConst this_val, JSValueConst value,
                                 int magic)
{
    return JS_UNDEFINED;
}

static const JSCFunctionListEntry binding_properties[] = {
    JS_CGETSET_MAGIC_DEF2("tags", binding_get, ignore_assignment, BINDING_TAGS,
                          JS_PROP_ENUMERABLE),
    JS_CGETSET_MAGIC_DEF2("metrics", binding_get, ignore_assignment, BINDING_METRICS,
                          JS_PROP_ENUMERABLE),
};

static int add_vu_objects(JSContext *ctx, struct execution_state *st, JSValueConst vu,
                          bool is_binding)
{
    if (make_metrics_model(ctx, st) < 0)
        return -1;
    if (is_binding)
        return JS_SetPropertyFunctionList(ctx, vu, binding_properties,
                                          sizeof binding_properties / sizeof binding_properties[0]);
    /* The model keeps the places; each copy gets its own. */
    return JS_SetPropertyStr(ctx, vu, "tags", JS_UNDEFINED) < 0 ||
                   JS_SetPropertyStr(ctx, vu, "metrics", JS_UNDEFINED) < 0
               ? -1
               : 0;
}

/* ---- exec */

static const struct {
    const JSCFunctionListEntry *items;
    int count;
} property_lists[OBJECT_COUNT] = {
#define LIST(array)                                                                                \
    {                                                                                              \
        array, sizeof(array) / sizeof((array)[0])                                                  \
    }
    [OBJECT_INSTANCE] = LIST(instance_properties),
    [OBJECT_SCENARIO] = LIST(scenario_properties),
    [OBJECT_TEST] = LIST(test_properties),
    [OBJECT_VU] = LIST(vu_properties),
#undef LIST
};

static JSValue new_object(JSContext *ctx, enum exec_object which, bool is_binding)
{
    struct execution_state *st = pod_module_state(ctx, MODULE_EXECUTION);
    if (need_classes(ctx, st) < 0)
        return JS_EXCEPTION;
    /* What a named import has from the start keeps nothing: to k6 each mention of it is an access. */
    bool keeps = which == OBJECT_TEST && !is_binding;
    JSValue object = keeps ? new_keeper(ctx) : JS_NewObject(ctx);
    if (JS_IsException(object))
        return object;
    if (JS_SetPropertyFunctionList(ctx, object, property_lists[which].items,
                                   property_lists[which].count) < 0 ||
        (which == OBJECT_VU && add_vu_objects(ctx, st, object, is_binding) < 0)) {
        JS_FreeValue(ctx, object);
        return JS_EXCEPTION;
    }
    return object;
}

static JSValue exec_get(JSContext *ctx, JSValueConst this_val, int magic)
{
    struct execution_state *st = pod_module_state(ctx, MODULE_EXECUTION);
    const char *why = refusal(ctx, (enum exec_object)magic);
    if (pod_vu(ctx)->is_binding)
        return new_object(ctx, (enum exec_object)magic, true);
    if (why != NULL)
        return jsarg_throw(ctx, "%s", why);
    if (JS_IsUndefined(st->models[magic])) {
        JSValue model = new_object(ctx, (enum exec_object)magic, false);
        if (JS_IsException(model))
            return model;
        st->models[magic] = model;
    }
    JSValue object = engine_copy_object(ctx, st->models[magic]);
    if (magic == OBJECT_TEST && !JS_IsException(object))
        JS_SetOpaque(object, NULL);
    if (magic == OBJECT_VU && !JS_IsException(object) && set_vu_objects(ctx, st, object) < 0) {
        JS_FreeValue(ctx, object);
        return JS_EXCEPTION;
    }
    return object;
}

static const JSCFunctionListEntry exec_properties[] = {
    GETTER("instance", exec_get, OBJECT_INSTANCE),
    GETTER("scenario", exec_get, OBJECT_SCENARIO),
    GETTER("test", exec_get, OBJECT_TEST),
    GETTER("vu", exec_get, OBJECT_VU),
};

static int execution_open(JSContext *ctx, JSValueConst exports, int index, void *state)
{
    struct execution_state *st = state;
    st->options = JS_UNDEFINED;
    st->metrics = JS_UNDEFINED;
    for (int i = 0; i < OBJECT_COUNT; i++)
        st->models[i] = JS_UNDEFINED;
    return JS_SetPropertyFunctionList(ctx, exports, exec_properties,
                                      sizeof exec_properties / sizeof exec_properties[0]);
}

static void execution_close(JSContext *ctx, void *state)
{
    struct execution_state *st = state;
    JS_FreeValue(ctx, st->options);
    JS_FreeValue(ctx, st->metrics);
    for (int i = 0; i < OBJECT_COUNT; i++)
        JS_FreeValue(ctx, st->models[i]);
}

const struct js_module mod_execution = {
    .name = "k6/execution",
    .state_size = sizeof(struct execution_state),
    .open = execution_open,
    .close = execution_close,
    .has_default = true,
    .has_named = true,
    .missing_is_undefined = true,
};
