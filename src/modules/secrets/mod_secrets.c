/* mod_secrets.c - the module k6/secrets: get(key) of the default source, source(name).get(key). What
 * another machine has is asked for on a helper fiber; the iteration waits for it.
 * Source: k6 docs, "k6/secrets". Tests: secret_sources_test.c, test/js/secrets_get.js,
 * test/cli/secrets_url.sh */
#include "modules/secrets/mod_secrets.h"

#include <quickjs.h>

#include "base/mem.h"
#include "core/fiber.h"
#include "js/jsarg.h"
#include "js/jsloop.h"
#include "js/pod.h"
#include "js/script.h"
#include "modules/mod_arg.h"
#include "modules/mod_promise.h"
#include "modules/secrets/secret_sources.h"

/* ---- secrets that are elsewhere ---- */

struct fetch {
    struct jsloop_op op;
    JSValue resolve, reject;
    struct secret_sources *sources; /* borrowed; outlives the VUs */
    struct worker *worker;
    struct fiber *fiber; /* NULL once it has done its work */
    bool is_orphan;      /* the VU has gone on without it */
    char *source;
    char *key;
    struct str value;
    struct err e;
    int rc;
};

static void fetch_free(struct fetch *f)
{
    mem_free(f->source);
    mem_free(f->key);
    err_deinit(&f->e);
    mem_free(f);
}

static void fetch_run(void *arg)
{
    struct fetch *f = arg;
    f->rc = secret_sources_fetch(f->sources, f->worker, str_of(f->source), str_of(f->key),
                                 &f->value, &f->e);
    f->fiber = NULL;
    if (f->is_orphan)
        fetch_free(f);
    else
        jsloop_done(&f->op);
}

static void fetch_finish(JSContext *ctx, struct jsloop_op *op)
{
    struct fetch *f = (struct fetch *)(void *)op;
    bool is_ok = f->rc == 0;
    JSValue value = is_ok ? jsarg_new_str(ctx, f->value)
                          : mod_promise_bare_error(ctx, f->e.msg != NULL ? f->e.msg : "canceled");
    if (!JS_IsException(value))
        JS_FreeValue(ctx, JS_Call(ctx, is_ok ? f->resolve : f->reject, JS_UNDEFINED, 1,
                                  (JSValueConst *)&value));
    JS_FreeValue(ctx, value);
    JS_FreeValue(ctx, f->resolve);
    JS_FreeValue(ctx, f->reject);
    fetch_free(f);
}

static void fetch_cancel(JSContext *ctx, struct jsloop_op *op)
{
    struct fetch *f = (struct fetch *)(void *)op;
    JS_FreeValue(ctx, f->resolve);
    JS_FreeValue(ctx, f->reject);
    if (f->fiber == NULL) {
        fetch_free(f);
        return;
    }
    f->is_orphan = true;
    fiber_cancel(f->fiber);
}

static JSValue fetch_begin(JSContext *ctx, struct secret_sources *sources, struct str source,
                           struct str key)
{
    JSValue how[2];
    JSValue promise = JS_NewPromiseCapability(ctx, how);
    if (JS_IsException(promise))
        return promise;
    struct fetch *f = MEM_NEW(struct fetch);
    f->resolve = how[0];
    f->reject = how[1];
    f->sources = sources;
    f->worker = pod_worker(ctx);
    f->source = mem_strndup(source.p, source.len);
    f->key = mem_strndup(key.p, key.len);
    jsloop_begin(pod_vu(ctx), &f->op, fetch_finish, fetch_cancel);
    f->fiber = fiber_spawn(f->worker, FIBER_HELPER, fetch_run, f);
    return promise;
}

/* ---- get ---- */

static JSValue get_from(JSContext *ctx, struct str source, struct str key)
{
    struct str value;
    struct err e = {0};
    struct secret_sources *sources = script_secrets(pod_base_vu(ctx)->script);
    int rc = secret_sources_get(sources, source, key, &value, &e);
    JSValue promise = rc == SECRET_IS_REMOTE ? fetch_begin(ctx, sources, source, key)
                      : rc < 0 ? mod_promise_rejected_text(ctx, "%s", e.msg)
                               : mod_promise_resolved(ctx, jsarg_new_str(ctx, value));
    err_deinit(&e);
    return promise;
}

/* get(key): data[0] is the source's name. */
static JSValue secrets_get(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv,
                           int magic, JSValueConst *data)
{
    struct str source, key;
    if (!jsarg_str(ctx, data[0], &source))
        return JS_EXCEPTION;
    JSValue promise = JS_EXCEPTION;
    if (mod_arg_str(ctx, argc, argv, 0, &key)) {
        promise = get_from(ctx, source, key);
        jsarg_free_str(ctx, key);
    }
    jsarg_free_str(ctx, source);
    return promise;
}

/* Takes the name. */
static JSValue new_source(JSContext *ctx, JSValue name)
{
    JSValue object = JS_IsException(name) ? JS_EXCEPTION : JS_NewObject(ctx);
    if (!JS_IsException(object)) {
        JSValue get = JS_NewCFunctionData(ctx, secrets_get, 1, 0, 1, (JSValueConst *)&name);
        if (JS_IsException(get) || JS_SetPropertyStr(ctx, object, "get", get) < 0) {
            JS_FreeValue(ctx, object);
            object = JS_EXCEPTION;
        }
    }
    JS_FreeValue(ctx, name);
    return object;
}

/* A name that no source has is an error of get, as in k6. */
static JSValue secrets_source(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    struct str name;
    if (!mod_arg_str(ctx, argc, argv, 0, &name))
        return JS_EXCEPTION;
    JSValue object = new_source(ctx, jsarg_new_str(ctx, name));
    jsarg_free_str(ctx, name);
    return object;
}

static int secrets_open(JSContext *ctx, JSValueConst exports, int index, void *state)
{
    JSValue object = new_source(ctx, JS_NewString(ctx, "default"));
    if (JS_IsException(object))
        return -1;
    if (JS_SetPropertyStr(ctx, object, "source",
                          JS_NewCFunction(ctx, secrets_source, "source", 1)) < 0) {
        JS_FreeValue(ctx, object);
        return -1;
    }
    /* require() gives the marked form that k6 has where a module exports nothing by name. */
    if (JS_SetPropertyStr(ctx, exports, "default", object) < 0 ||
        JS_SetPropertyStr(ctx, exports, "__esModule", JS_TRUE) < 0)
        return -1;
    return 0;
}

const struct js_module mod_secrets = {
    .name = "k6/secrets",
    .open = secrets_open,
    .has_default = true,
};
