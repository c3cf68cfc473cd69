/* vu_script.c - the life of a VU's script: init code, iterations, setup, teardown, handleSummary.
 * Implements script_ops for exec. Everything runs on the VU's own fiber; js_vu_begin and js_vu_end
 * bracket all work inside the engine. A task (an iteration, a hook) is: call the function, run the
 * event loop until nothing is pending, clear away what an early end left. Knows nothing of
 * executors and samples. Tests: vu_script_test.c. */
#include "js/vu_script.h"

#include <string.h>

#include "base/json.h"
#include "base/mem.h"
#include "core/clock.h"
#include "js/engine.h"
#include "js/globals.h"
#include "js/jsarg.h"
#include "js/jsloop_int.h"
#include "js/loader.h"
#include "js/loader_imports.h"
#include "js/script_int.h"
#include "js/setup_data.h"

enum {
    STACK_KEEP = 32 * 1024
}; /* of a VU's stack, between iterations; deeper pages go back to the system */

/* ---- tasks ---- */

/* A task's fiber is canceled at the deadline, as if from outside; end says why. */
struct deadline {
    struct timer timer;
    struct js_vu *v;
};

static void pass_deadline(struct worker *w, struct timer *t)
{
    struct deadline *d = (struct deadline *)(void *)t;
    if (d->v->end == END_NONE)
        d->v->end = END_TIMED_OUT;
    fiber_cancel(d->v->base.fiber);
}

static void hooks(struct js_vu *v, bool is_begin)
{
    const struct js_module_table *table = v->base.script->modules;
    for (size_t i = 0; v->hook_count > 0 && i < table->count; i++) {
        void (*hook)(JSContext *, void *) =
            is_begin ? table->items[i]->iteration_begin : table->items[i]->iteration_end;
        /* In this order: a VU's states are memory that only it uses. */
        if (hook != NULL && v->modules[i].is_open)
            hook(v->ctx, v->modules[i].state);
    }
}

/* Calls fn and runs the loop until all is done. *result (may be NULL) becomes what fn returned, if
 * it did, also when the loop failed. Inside; parks. */
static int run_task(struct js_vu *v, JSValueConst fn, int argc, JSValueConst *argv, JSValue *result,
                    struct err *e)
{
    JS_FreeValue(v->ctx, engine_take_throw_frames(v->ctx));
    JSValue ret = JS_Call(v->ctx, fn, JS_UNDEFINED, argc, argv);
    if (JS_IsException(ret))
        return jsloop_fail_call(v, e);
    int rc = jsloop_run(v, e);
    if (result != NULL)
        *result = ret;
    else
        JS_FreeValue(v->ctx, ret);
    return rc;
}

static enum vu_result result_of(struct js_vu *v, int rc)
{
    switch (v->end) {
    case END_NONE:
        return rc < 0 ? VU_FAILED : VU_OK;
    case END_INTERRUPTED:
        return VU_INTERRUPTED;
    case END_ABORTED:
        return VU_ABORTED;
    case END_TIMED_OUT:
        return VU_TIMED_OUT;
    }
    return VU_FAILED;
}

/* After a task that ended early. A script that ran into the memory limit has left much behind. In
 * k6 timers that are dropped with an iteration are warned of; those of a hook only when it was
 * waiting. */
static void clear_away(struct js_vu *v, int rc)
{
    if (v->phase == PHASE_ITERATION || v->loop.was_cut_waiting)
        jsloop_warn_of_timers(v);
    jsloop_clear(v);
    if (rc < 0 && engine_memory(v->pod->rt) > POD_MEMORY_HIGH)
        pod_collect(v->pod);
}

/* ---- making ---- */

/* What nobody set, and an empty list, stays as the script has it; and so does dns, as in k6. */
static bool is_written_back(JSContext *ctx, JSAtom name, JSValueConst value)
{
    JSPropertyEnum *keys = NULL;
    uint32_t count = 1;
    if (JS_IsNull(value))
        return false;
    const char *text = JS_AtomToCString(ctx, name);
    bool is_dns = text != NULL && strcmp(text, "dns") == 0;
    JS_FreeCString(ctx, text);
    if (JS_IsObject(value) && JS_GetOwnPropertyNames(ctx, &keys, &count, value,
                                                     JS_GPN_STRING_MASK | JS_GPN_ENUM_ONLY) == 0)
        JS_FreePropertyEnum(ctx, keys, count);
    return !is_dns && count > 0;
}

/* The effective options go into the exported object, as k6 does it for init code's closures and
 * handleSummary. */
static int write_back_options(struct js_vu *v, struct str json)
{
    JSContext *ctx = v->ctx;
    JSValue options = JS_GetPropertyStr(ctx, v->exports, "options");
    JSValue effective = JS_UNDEFINED;
    int rc = 0;
    if (JS_IsObject(options)) {
        effective = JS_ParseJSON(ctx, json.p, json.len, "options");
        JSPropertyEnum *keys = NULL;
        uint32_t count = 0;
        rc = JS_IsException(effective)
                 ? -1
                 : JS_GetOwnPropertyNames(ctx, &keys, &count, effective, JS_GPN_STRING_MASK);
        for (uint32_t i = 0; rc >= 0 && i < count; i++) {
            JSValue value = JS_GetProperty(ctx, effective, keys[i].atom);
            if (is_written_back(ctx, keys[i].atom, value))
                rc = JS_SetProperty(ctx, options, keys[i].atom, value);
            else
                JS_FreeValue(ctx, value);
        }
        JS_FreePropertyEnum(ctx, keys, count);
    }
    JS_FreeValue(ctx, effective);
    JS_FreeValue(ctx, options);
    return rc < 0 ? -1 : 0;
}

static int init_failure(struct js_vu *v, int rc, struct err *e)
{
    switch (v->end) {
    case END_ABORTED:
        rc = err_set_text(e, ERR_SCRIPT, js_vu_abort_text(v));
        err_set_exit(e, EXIT_SCRIPT_ABORTED);
        break;
    case END_INTERRUPTED:
    case END_TIMED_OUT:
        rc = err_set(e, ERR_CANCELED, "the script's init code was interrupted");
        break;
    case END_NONE:
        err_set_exit(e, EXIT_SCRIPT_EXCEPTION);
        break;
    }
    return rc;
}

/* The main module's promise once the loop has run dry. */
static int judge_main(struct js_vu *v, JSValueConst promise, struct err *e)
{
    switch (JS_PromiseState(v->ctx, promise)) {
    case JS_PROMISE_FULFILLED:
        return 0;
    case JS_PROMISE_REJECTED: {
        JSValue reason = JS_PromiseResult(v->ctx, promise);
        jsarg_describe_exception(v->ctx, reason, e);
        JS_FreeValue(v->ctx, reason);
        return ERR_SCRIPT;
    }
    case JS_PROMISE_PENDING:
    case JS_PROMISE_NOT_A_PROMISE:
        break;
    }
    err_set(e, ERR_SCRIPT, "the script's top-level await waits for something that will never come");
    err_set_exit(e, EXIT_GENERIC);
    return ERR_SCRIPT;
}

/* What can't be found or compiled is no error of the script's code: one line, and no stack. */
static void tell_as_load_failure(struct js_vu *v, struct err *e)
{
    if (v->end != END_NONE || e == NULL || e->msg == NULL)
        return;
    struct buf line;
    buf_init(&line, BUF_NO_LIMIT);
    const char *from = strncmp(e->msg, "GoError: ", 9) == 0 ? e->msg + 9 : e->msg;
    for (const char *p = from; *p != '\0'; p++)
        if (*p != '\t')
            buf_addc(&line, *p == '\n' ? ' ' : *p);
    struct str text = str_trim((struct str){line.data, line.len});
    err_set(e, ERR_SCRIPT, "%.*s", (int)text.len, text.p);
    e->is_stack = false;
    buf_deinit(&line);
}

static int list_imports(struct js_vu *v, struct err *e)
{
    if (loader_each_import(v) == 0)
        return 0;
    int rc = jsloop_fail(v, e);
    tell_as_load_failure(v, e);
    return rc;
}

/* Inside. The module's rejection is told by judge_main, in better words than as an unhandled one.
 */
static int run_init(struct js_vu *v, struct err *e)
{
    bool is_loaded;
    if (v->base.script->each_import != NULL)
        return list_imports(v, e);
    JSValue promise = loader_run_main(v, &v->exports, &is_loaded);
    if (JS_IsException(promise)) {
        int rc = jsloop_fail(v, e);
        if (!is_loaded)
            tell_as_load_failure(v, e);
        return rc;
    }
    engine_mark_handled(v->ctx, promise);
    int rc = jsloop_run(v, e);
    /* A rejected promise is no exception of the script to k6: it ends with the general code. */
    if (rc < 0 && v->end == END_NONE && e != NULL && !e->is_stack)
        err_set_exit(e, EXIT_GENERIC);
    if (rc == 0)
        rc = judge_main(v, promise, e);
    JS_FreeValue(v->ctx, promise);
    return rc;
}

/* Options that can't be written to end the test with the general code. */
static void tell_as_no_exception(struct err *e)
{
    if (e == NULL)
        return;
    e->is_stack = false;
    err_set_exit(e, EXIT_GENERIC);
}

int vu_script_new(struct script *s, const struct vu_new_config *config, struct js_vu **out,
                  struct err *e)
{
    struct js_vu *v;
    int rc = pod_new_vu(&v, s, config->worker, e);
    if (rc < 0)
        return rc;
    v->base.run = config->run;
    v->base.id = config->id;
    v->base.id_in_test = config->id_in_test;
    v->phase = PHASE_INIT;
    js_vu_begin(v);
    rc = globals_set_vu(v->ctx, config->id) < 0 ? jsloop_fail(v, e) : run_init(v, e);
    if (rc == 0 && config->run != NULL && write_back_options(v, run_options_json(config->run)) < 0) {
        rc = jsloop_fail(v, e);
        tell_as_no_exception(e);
    }
    if (rc < 0)
        rc = init_failure(v, rc, e);
    v->phase = PHASE_IDLE;
    jsloop_clear(v);
    pod_retune_gc(v->pod);
    js_vu_end(v);
    if (rc < 0) {
        vu_script_free(v);
        v = NULL;
    }
    *out = v;
    return rc;
}

void vu_script_free(struct js_vu *v)
{
    if (v == NULL)
        return;
    const struct js_module_table *table = v->base.script->modules;
    pod_enter(v);
    if (v->ctx != NULL) {
        jsloop_clear(v);
        for (size_t i = 0; i < table->count; i++) {
            struct js_vu_module *slot = &v->modules[i];
            if (!slot->is_open)
                continue;
            if (table->items[i]->close != NULL)
                table->items[i]->close(v->ctx, slot->state);
            mem_free(slot->state);
            slot->state = NULL;
        }
    }
    pod_leave(v);
    tags_unref(v->base.tags);
    tags_unref(v->base.metadata);
    pod_free_vu(v);
}

/* ---- script_ops ---- */

static int op_vu_new(struct script *s, const struct vu_new_config *config, struct vu **out,
                     struct err *e)
{
    struct js_vu *v;
    int rc = vu_script_new(s, config, &v, e);
    *out = v != NULL ? &v->base : NULL;
    return rc;
}

static void op_vu_free(struct vu *vu)
{
    if (vu != NULL)
        vu_script_free(js_vu_of(vu));
}

static void op_vu_activate(struct vu *vu, const struct vu_scenario *s)
{
    struct js_vu *v = js_vu_of(vu);
    pod_enter(v);
    globals_set_env(v->ctx, s->env, s->env_count);
    JS_FreeAtom(v->ctx, v->exec_name);
    v->exec_name = JS_NewAtom(v->ctx, s->exec != NULL ? s->exec : "default");
    pod_leave(v);
}

static void op_vu_deactivate(struct vu *vu)
{
    struct js_vu *v = js_vu_of(vu);
    pod_enter(v);
    JS_FreeAtom(v->ctx, v->exec_name);
    v->exec_name = JS_ATOM_NULL;
    pod_leave(v);
    v->base.scenario = NULL;
}

/* This VU's copy of the setup data: undefined when setup gave none. Inside. */
static int need_setup_data(struct js_vu *v, struct err *e)
{
    if (v->has_setup_data)
        return 0;
    struct str json = v->base.run != NULL ? run_setup_data(v->base.run) : STR("");
    JSValue data = setup_data_parse(v, json);
    if (JS_IsException(data))
        return jsloop_fail(v, e);
    v->setup_data = data;
    v->has_setup_data = true;
    return 0;
}

static void log_failure(struct js_vu *v, const struct err *e)
{
    struct log_field fields[3];
    int count = 0;
    if (v->base.scenario != NULL && v->base.scenario->executor_name != NULL)
        fields[count++] = (struct log_field){
            .key = "executor", .value = v->base.scenario->executor_name};
    if (e->hint != NULL)
        fields[count++] = (struct log_field){.key = "hint", .value = e->hint};
    if (v->base.scenario != NULL && v->base.scenario->name != NULL)
        fields[count++] =
            (struct log_field){.key = "scenario", .value = v->base.scenario->name};
    log_record(v->base.script->logger, LOG_ERROR, e->is_stack ? "stacktrace" : NULL, NULL, fields,
               count, err_text(e));
}

/* An export is a binding: which function it is may change from iteration to iteration. */
static int call_exec(struct js_vu *v, struct err *e)
{
    JSValue fn = JS_GetProperty(v->ctx, v->exports, v->exec_name);
    int rc = run_task(v, fn, 1, (JSValueConst *)&v->setup_data, NULL, e);
    JS_FreeValue(v->ctx, fn);
    return rc;
}

static enum vu_result op_vu_iterate(struct vu *vu)
{
    struct js_vu *v = js_vu_of(vu);
    struct err e = {0};
    v->phase = PHASE_ITERATION;
    v->end = END_NONE;
    js_vu_begin(v);
    int rc = need_setup_data(v, &e);
    if (rc == 0)
        rc = globals_set_iteration(v) < 0 ? jsloop_fail(v, &e) : 0;
    hooks(v, true);
    if (rc == 0)
        rc = call_exec(v, &e);
    hooks(v, false);
    if (rc < 0)
        clear_away(v, rc);
    js_vu_end(v);
    v->phase = PHASE_IDLE;
    enum vu_result result = result_of(v, rc);
    if (result == VU_FAILED)
        log_failure(v, &e);
    fiber_trim_stack(v->base.worker, STACK_KEEP);
    err_deinit(&e);
    return result;
}

/* A hook's promise once the loop has run dry: its value, or why it was rejected. One that never
 * settles counts as undefined. */
static JSValue settled(struct js_vu *v, JSValue takes_value)
{
    JSPromiseStateEnum state = JS_PromiseState(v->ctx, takes_value);
    if (state == JS_PROMISE_NOT_A_PROMISE)
        return takes_value;
    JSValue value =
        state == JS_PROMISE_PENDING ? JS_UNDEFINED : JS_PromiseResult(v->ctx, takes_value);
    JS_FreeValue(v->ctx, takes_value);
    return value;
}

/* What goes wrong in handleSummary is logged, and the summary goes on with what the function gave,
 * even a rejection's reason; only its time limit ends it. As in k6. Returns what is left of rc. */
static int pass_over(struct js_vu *v, int rc, struct err *e)
{
    if (v->loop.was_cut_waiting)
        return rc; /* the time limit is all there is to tell */
    if (v->end == END_ABORTED)
        err_set_text(e, rc, js_vu_abort_text(v));
    else if (v->end != END_NONE)
        err_set(e, rc, "handleSummary() was interrupted");
    log_failure(v, e);
    jsloop_clear(v);
    if (v->end == END_TIMED_OUT || v->end == END_INTERRUPTED)
        return rc;
    v->end = END_NONE;
    err_deinit(e);
    return 0;
}

/* Runs an exported hook under a deadline. *take, called inside when all went well, gets its settled
 * value (borrowed). */
struct hook {
    const char *name;
    enum js_vu_phase phase;
    int exit_on_exception;
    int exit_on_timeout;
    int64_t deadline_ns;
    int (*take)(struct js_vu *v, JSValueConst value, void *opaque, struct err *e);
    void *opaque;
    char **arg_after; /* NULL, or where the argument goes as JSON, as the function left it */
};

/* What JSON can't say is left out. Inside. */
static void keep_argument(struct js_vu *v, JSValueConst arg, char **out)
{
    struct str text;
    JSValue json = JS_JSONStringify(v->ctx, arg, JS_UNDEFINED, JS_UNDEFINED);
    if (JS_IsString(json) && jsarg_str(v->ctx, json, &text)) {
        *out = mem_strndup(text.p, text.len);
        jsarg_free_str(v->ctx, text);
    }
    JS_FreeValue(v->ctx, json);
    if (JS_HasException(v->ctx))
        JS_FreeValue(v->ctx, JS_GetException(v->ctx));
}

static int call_hook(struct js_vu *v, const struct hook *h, JSValueConst arg, struct err *e)
{
    JSValue fn = JS_GetPropertyStr(v->ctx, v->exports, h->name);
    JSValue value = JS_UNDEFINED;
    int rc = 0;
    if (JS_IsFunction(v->ctx, fn)) {
        hooks(v, true);
        rc = run_task(v, fn, 1, &arg, &value, e);
        hooks(v, false);
    }
    JS_FreeValue(v->ctx, fn);
    if (rc < 0 && h->phase == PHASE_SUMMARY)
        rc = pass_over(v, rc, e);
    value = settled(v, value);
    if (rc == 0 && h->take != NULL)
        rc = h->take(v, value, h->opaque, e);
    JS_FreeValue(v->ctx, value);
    if (rc == 0 && h->arg_after != NULL)
        keep_argument(v, arg, h->arg_after);
    if (rc < 0)
        clear_away(v, rc);
    return rc;
}

/* Where there is a tree of groups (the newer form has none) there is a place for what setup() gave,
 * too, with undefined for nothing. */
static JSValue new_summary_data(JSContext *ctx, struct str json)
{
    JSValue data = JS_ParseJSON(ctx, json.p, json.len, "handleSummary's data");
    JSAtom name = JS_NewAtom(ctx, "setup_data");
    JSAtom groups = JS_NewAtom(ctx, "root_group");
    if (JS_IsObject(data) && JS_HasProperty(ctx, data, groups) > 0 &&
        JS_HasProperty(ctx, data, name) == 0)
        JS_DefinePropertyValue(ctx, data, name, JS_UNDEFINED, JS_PROP_C_W_E);
    JS_FreeAtom(ctx, groups);
    JS_FreeAtom(ctx, name);
    return data;
}

static enum vu_result run_hook(struct js_vu *v, const struct hook *h, const struct str *arg_json,
                               struct err *e)
{
    struct deadline d = {.v = v};
    int64_t start_ns = clock_now_ns();
    JSValue arg = JS_UNDEFINED;
    int rc = 0;
    v->phase = h->phase;
    v->end = END_NONE;
    js_vu_begin(v);
    timer_init(&d.timer, pass_deadline);
    if (h->deadline_ns != CLOCK_NEVER)
        timer_set(v->base.worker, &d.timer, h->deadline_ns);
    if (arg_json != NULL)
        arg = new_summary_data(v->ctx, *arg_json);
    else if (h->phase == PHASE_SETUP)
        arg = JS_NULL; /* k6 has nothing to give, and gives that */
    else if ((rc = need_setup_data(v, e)) == 0)
        arg = JS_DupValue(v->ctx, v->setup_data);
    if (JS_IsException(arg))
        rc = jsloop_fail(v, e);
    if (rc == 0)
        rc = call_hook(v, h, arg, e);
    JS_FreeValue(v->ctx, arg);
    timer_clear(v->base.worker, &d.timer);
    if (v->end == END_TIMED_OUT)
        fiber_uncancel(v->base.fiber);
    js_vu_end(v);
    v->phase = PHASE_IDLE;
    enum vu_result result = result_of(v, rc);
    if (result == VU_TIMED_OUT) {
        double seconds = (double)(h->deadline_ns - start_ns) / 1e9;
        err_set(e, ERR_TIMEOUT, "%s() execution timed out after %.f seconds", h->name, seconds);
        err_set_hint(e, "You can increase the time limit via the %sTimeout option", h->name);
        err_set_exit(e, h->exit_on_timeout);
    } else if (result == VU_FAILED) {
        /* A rejected promise is no exception of the script to k6: it ends with the general code. */
        err_set_exit(e, e != NULL && e->is_stack ? h->exit_on_exception : EXIT_GENERIC);
    }
    return result;
}

static int take_setup_data(struct js_vu *v, JSValueConst value, void *opaque, struct err *e)
{
    struct buf json;
    if (JS_IsUndefined(value))
        return 0;
    buf_init(&json, BUF_NO_LIMIT);
    int rc = jsarg_put_json(&json, v->ctx, value, e);
    if (rc < 0) {
        buf_deinit(&json);
        return err_prefix(e, rc, "error marshaling setup() data to JSON");
    }
    *(char **)opaque = buf_take(&json);
    return 0;
}

static enum vu_result op_vu_setup(struct vu *vu, int64_t deadline_ns, char **data_json,
                                  struct err *e)
{
    struct js_vu *v = js_vu_of(vu);
    char *json = NULL;
    struct hook h = {.name = "setup",
                     .phase = PHASE_SETUP,
                     .exit_on_exception = EXIT_SCRIPT_EXCEPTION,
                     .exit_on_timeout = EXIT_SETUP_TIMEOUT,
                     .deadline_ns = deadline_ns,
                     .take = take_setup_data,
                     .opaque = &json};
    enum vu_result result = run_hook(v, &h, NULL, e);
    *data_json = json != NULL ? json : mem_strdup("");
    return result;
}

static enum vu_result op_vu_teardown(struct vu *vu, int64_t deadline_ns, struct err *e)
{
    struct hook h = {.name = "teardown",
                     .phase = PHASE_TEARDOWN,
                     .exit_on_exception = EXIT_SCRIPT_EXCEPTION,
                     .exit_on_timeout = EXIT_TEARDOWN_TIMEOUT,
                     .deadline_ns = deadline_ns};
    return run_hook(js_vu_of(vu), &h, NULL, e);
}

/* ---- handleSummary ---- */

struct summary_out {
    struct buf json;
    bool has_result;
    bool has_first;
    struct err *e;
    int rc;
};

static bool is_bytes(JSContext *ctx, JSValueConst value)
{
    return engine_kind_of(ctx, value) == KIND_ARRAYBUFFER ||
           JS_GetTypedArrayType(value) == JS_TYPED_ARRAY_UINT8 ||
           JS_GetTypedArrayType(value) == JS_TYPED_ARRAY_UINT8C;
}

static bool put_summary_text(void *opaque, JSContext *ctx, struct str key, JSValueConst value)
{
    struct summary_out *out = opaque;
    struct str text = {NULL, 0};
    bool is_string = JS_IsString(value);
    if (is_string ? !jsarg_str(ctx, value, &text)
                  : !(is_bytes(ctx, value) && jsarg_bytes(ctx, value, &text))) {
        out->rc = err_set(out->e, ERR_INVALID,
                          "error handling summary object %.*s: invalid type, it needs to be a "
                          "string or ArrayBuffer",
                          (int)key.len, key.p);
        return false;
    }
    if (out->has_first)
        buf_addc(&out->json, ',');
    out->has_first = true;
    json_put_str(&out->json, key);
    buf_addc(&out->json, ':');
    json_put_str(&out->json, text);
    if (is_string)
        jsarg_free_str(ctx, text);
    return true;
}

/* What k6 takes for a map with string keys. */
static bool is_summary_map(JSContext *ctx, JSValueConst value)
{
    if (!JS_IsObject(value))
        return false;
    switch (engine_kind_of(ctx, value)) {
    case KIND_FUNCTION:
    case KIND_ARRAY:
    case KIND_MAP:
    case KIND_SET:
    case KIND_DATE:
    case KIND_ARRAYBUFFER:
    case KIND_PROXY:
        return false;
    case KIND_BOXED: {
        JSValue inner = engine_unbox(ctx, value);
        bool is_text = JS_IsString(inner);
        JS_FreeValue(ctx, inner);
        return is_text; /* to k6 an object without fields */
    }
    case KIND_PLAIN:
    case KIND_ERROR:
    case KIND_REGEXP:
    case KIND_TYPED_ARRAY:
    case KIND_DATAVIEW:
    case KIND_PROMISE:
        return true;
    }
    return true;
}

static int take_summary(struct js_vu *v, JSValueConst value, void *opaque, struct err *e)
{
    struct summary_out *out = opaque;
    out->e = e;
    if (JS_ToBool(v->ctx, value) == 0) /* undefined, null, false, 0, '' */
        return 0;
    out->has_result = true;
    if (!is_summary_map(v->ctx, value))
        return err_set(e, ERR_INVALID, "handleSummary() should return a map with string keys");
    buf_addc(&out->json, '{');
    if (engine_kind_of(v->ctx, value) != KIND_BOXED &&
        jsarg_each_property(v->ctx, value, put_summary_text, out) < 0 && out->rc == 0)
        return jsloop_fail(v, e);
    buf_addc(&out->json, '}');
    return out->rc;
}

static enum vu_result op_vu_handle_summary(struct vu *vu, int64_t deadline_ns,
                                           struct summary_call *call, struct err *e)
{
    struct js_vu *v = js_vu_of(vu);
    struct script *s = v->base.script;
    struct summary_out out = {.rc = 0};
    call->is_called = s->has_bad_summary_hook || script_ops_js.has_export(s, "handleSummary");
    if (s->has_bad_summary_hook) {
        err_set(e, ERR_INVALID, "exported identifier handleSummary must be a function");
        return VU_FAILED;
    }
    if (!call->is_called)
        return VU_OK;
    buf_init(&out.json, BUF_NO_LIMIT);
    struct hook h = {.name = "handleSummary",
                     .phase = PHASE_SUMMARY,
                     .exit_on_exception = EXIT_SCRIPT_EXCEPTION,
                     .exit_on_timeout = EXIT_GENERIC_TIMEOUT,
                     .deadline_ns = deadline_ns,
                     .take = take_summary,
                     .opaque = &out,
                     .arg_after = call->wants_after ? &call->data_after : NULL};
    enum vu_result result = run_hook(v, &h, &call->data, e);
    if (result == VU_OK && out.has_result)
        call->result = buf_take(&out.json);
    else
        buf_deinit(&out.json);
    return result;
}

static bool op_has_export(const struct script *s, const char *name)
{
    for (size_t i = 0; i < s->functions.len; i++)
        if (strcmp(s->functions.items[i], name) == 0)
            return true;
    return false;
}

const struct script_ops script_ops_js = {
    .vu_new = op_vu_new,
    .vu_free = op_vu_free,
    .vu_activate = op_vu_activate,
    .vu_deactivate = op_vu_deactivate,
    .vu_iterate = op_vu_iterate,
    .vu_setup = op_vu_setup,
    .vu_teardown = op_vu_teardown,
    .vu_handle_summary = op_vu_handle_summary,
    .has_export = op_has_export,
};
