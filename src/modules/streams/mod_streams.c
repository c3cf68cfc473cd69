/* mod_streams.c - the module k6/experimental/streams: runs streams.js, which has the classes, in
 * the VU that imports it. The embedded source is compiled by the first VU of a test that asks;
 * the others, on whatever worker, instantiate its bytecode.
 * Source: k6 docs, "k6/experimental/streams". Tests: test/js/streams_*.js */
#include "modules/streams/mod_streams.h"

#include <pthread.h>
#include <stdint.h>

#include <quickjs.h>

#include "base/mem.h"
#include "js/jsarg.h"
#include "js/pod.h"
#include "modules/modules.h"

extern const char embed_streams_js[]; /* made by the build of streams.js */
extern const size_t embed_streams_js_len;

struct streams_code {
    pthread_mutex_t lock;
    uint8_t *bytecode; /* NULL: not compiled yet; never changes after */
    size_t len;
};

static void *streams_shared_new(void)
{
    struct streams_code *code = MEM_NEW(struct streams_code);
    pthread_mutex_init(&code->lock, NULL);
    return code;
}

static void streams_shared_free(void *shared)
{
    struct streams_code *code = shared;
    pthread_mutex_destroy(&code->lock);
    mem_free(code->bytecode);
    mem_free(code);
}

/* -1 with an exception pending: out of memory, the source itself is sound. */
static int compile(JSContext *ctx, struct streams_code *code)
{
    JSValue fn = JS_Eval(ctx, embed_streams_js, embed_streams_js_len, "k6/experimental/streams",
                         JS_EVAL_TYPE_GLOBAL | JS_EVAL_FLAG_COMPILE_ONLY);
    if (JS_IsException(fn))
        return -1;
    uint8_t *bytes = JS_WriteObject(ctx, &code->len, fn,
                                    JS_WRITE_OBJ_BYTECODE | JS_WRITE_OBJ_STRIP_SOURCE);
    JS_FreeValue(ctx, fn);
    if (bytes == NULL)
        return -1;
    code->bytecode = mem_dup(bytes, code->len);
    js_free(ctx, bytes);
    return 0;
}

/* Compiling neither parks nor runs script, so the lock is held for a moment only. */
static int need_bytecode(JSContext *ctx, struct streams_code *code)
{
    pthread_mutex_lock(&code->lock);
    int rc = code->bytecode != NULL ? 0 : compile(ctx, code);
    pthread_mutex_unlock(&code->lock);
    return rc;
}

/* newGoError(message) for streams.js: one of k6's own errors. */
static JSValue new_go_error(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    struct str message;
    if (!jsarg_str(ctx, argv[0], &message))
        return JS_EXCEPTION;
    JSValue error = jsarg_new_error(ctx, "%s", message.p);
    jsarg_free_str(ctx, message);
    return error;
}

/* The object of classes that streams.js gives. */
static JSValue run_source(JSContext *ctx, const struct streams_code *code)
{
    JSValue bytecode = JS_ReadObject(ctx, code->bytecode, code->len, JS_READ_OBJ_BYTECODE);
    JSValue fn = JS_IsException(bytecode) ? bytecode : JS_EvalFunction(ctx, bytecode);
    JSValue helper = JS_NewCFunction(ctx, new_go_error, "newGoError", 1);
    JSValue classes = JS_EXCEPTION;
    if (!JS_IsException(fn) && !JS_IsException(helper))
        classes = JS_Call(ctx, fn, JS_UNDEFINED, 1, (JSValueConst *)&helper);
    JS_FreeValue(ctx, helper);
    JS_FreeValue(ctx, fn);
    return classes;
}

static int streams_open(JSContext *ctx, JSValueConst exports, int index, void *state)
{
    static const char *const names[] = {
        "CountQueuingStrategy", "ReadableStream",  "ReadableStreamDefaultReader",
        "WritableStream",       "WritableStreamDefaultWriter",
    };
    struct streams_code *code = pod_module_shared(ctx, index);
    if (need_bytecode(ctx, code) < 0)
        return -1;
    JSValue classes = run_source(ctx, code);
    int rc = JS_IsException(classes) ? -1 : 0;
    for (size_t i = 0; i < sizeof names / sizeof names[0] && rc == 0; i++) {
        JSValue class = JS_GetPropertyStr(ctx, classes, names[i]);
        if (JS_IsException(class) || JS_SetPropertyStr(ctx, exports, names[i], class) < 0)
            rc = -1;
    }
    JS_FreeValue(ctx, classes);
    return rc;
}

const struct js_module mod_streams = {
    .name = "k6/experimental/streams",
    .open = streams_open,
    .shared_new = streams_shared_new,
    .shared_free = streams_shared_free,
    .has_default = true,
    .has_named = true,
};
