/* mod_secrets.c - the module k6/secrets: get(key) of the default source, source(name).get(key).
 * Source: k6 docs, "k6/secrets". Tests: secret_sources_test.c, test/js/secrets_get.js */
#include "modules/secrets/mod_secrets.h"

#include <quickjs.h>

#include "js/jsarg.h"
#include "js/pod.h"
#include "js/script.h"
#include "modules/mod_arg.h"
#include "modules/mod_promise.h"
#include "modules/secrets/secret_sources.h"

static JSValue get_from(JSContext *ctx, struct str source, struct str key)
{
    struct str value;
    struct err e = {0};
    struct secret_sources *sources = script_secrets(pod_base_vu(ctx)->script);
    int rc = secret_sources_get(sources, source, key, &value, &e);
    JSValue promise = rc < 0 ? mod_promise_rejected_text(ctx, "%s", e.msg)
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
