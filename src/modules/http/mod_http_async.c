/* mod_http_async.c - http.asyncRequest: a request on a helper fiber, a promise for its response.
 * The iteration waits for it even when the script does not. Source: k6 docs, "http.asyncRequest".
 * Tests: test/js/http_async_*.js */
#include "modules/http/http_int.h"

#include "core/fiber.h"
#include "js/jsloop.h"

struct async_request {
    struct jsloop_op op;
    struct http_exchange *x;
    struct http_request q;
    int rc;
    JSValue resolve, reject;
    struct fiber *fiber; /* NULL once it has done its work */
};

/* Settles a promise. Takes value. -1 with an exception pending. */
static int settle(JSContext *ctx, JSValueConst how, JSValue value)
{
    JSValue r = JS_Call(ctx, how, JS_UNDEFINED, 1, (JSValueConst *)&value);
    int rc = JS_IsException(r) ? -1 : 0;
    JS_FreeValue(ctx, r);
    JS_FreeValue(ctx, value);
    return rc;
}

/* The promise's fate: the response, or the exception that a plain request would have thrown. k6
 * rejects with a bare Go error, whose text is the message alone; an error without a name reads the
 * same. Takes result. */
static int settle_by(JSContext *ctx, JSValueConst resolve, JSValueConst reject, JSValue result)
{
    if (!JS_IsException(result))
        return settle(ctx, resolve, result);
    JSValue thrown = JS_GetException(ctx);
    if (JS_IsUncatchableError(thrown)) {
        JS_Throw(ctx, thrown);
        return -1;
    }
    if (JS_IsObject(thrown) && JS_GetClassID(thrown) != CLASS_HTTP_RESPONSE)
        JS_DefinePropertyValueStr(ctx, thrown, "name", JS_NewString(ctx, ""),
                                  JS_PROP_WRITABLE | JS_PROP_CONFIGURABLE);
    return settle(ctx, reject, thrown);
}

static void async_free(JSContext *ctx, struct async_request *a)
{
    JS_FreeValue(ctx, a->resolve);
    JS_FreeValue(ctx, a->reject);
    mem_free(a);
}

static void async_finish(JSContext *ctx, struct jsloop_op *op)
{
    struct async_request *a = (struct async_request *)(void *)op;
    JSValue result = mod_http_send_conclude(ctx, a->x, &a->q, a->rc);
    settle_by(ctx, a->resolve, a->reject, result);
    async_free(ctx, a);
}

static void async_cancel(JSContext *ctx, struct jsloop_op *op)
{
    struct async_request *a = (struct async_request *)(void *)op;
    JS_FreeValue(ctx, a->resolve);
    JS_FreeValue(ctx, a->reject);
    if (!a->fiber) {
        mod_http_exchange_free(JS_GetRuntime(ctx), a->x);
        mem_free(a);
        return;
    }
    mod_http_send_orphan(a->x);
    fiber_cancel(a->fiber);
}

static void async_run(void *arg)
{
    struct async_request *a = arg;
    a->rc = mod_http_send_do(a->x, &a->q);
    a->fiber = NULL;
    if (a->x->is_orphan) {
        mod_http_exchange_free(NULL, a->x);
        mem_free(a);
        return;
    }
    jsloop_done(&a->op);
}

JSValue mod_http_async_request(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    struct http_state *st = mod_http_state_of(ctx);
    struct http_exchange *x = NULL;
    struct err e = {0};
    JSValue how[2];
    if (mod_http_state_begin(ctx, st, MOD_HTTP_NO_REQUESTS) < 0)
        return JS_EXCEPTION;
    int rc = mod_http_request_parse_args(ctx, st, false, argc, argv, &x, &e);
    JSValue promise = rc == ERR_SCRIPT ? JS_EXCEPTION : JS_NewPromiseCapability(ctx, how);
    if (JS_IsException(promise)) {
        mod_http_exchange_free(JS_GetRuntime(ctx), x);
        err_deinit(&e);
        return JS_EXCEPTION;
    }
    if (rc < 0) {
        int settled = settle_by(ctx, how[0], how[1], mod_http_send_refused(ctx, x, rc, &e));
        JS_FreeValue(ctx, how[0]);
        JS_FreeValue(ctx, how[1]);
        err_deinit(&e);
        if (settled == 0)
            return promise;
        JS_FreeValue(ctx, promise);
        return JS_EXCEPTION;
    }
    struct async_request *a = MEM_NEW(struct async_request);
    a->x = x;
    a->resolve = how[0];
    a->reject = how[1];
    mod_http_send_fill(x, &a->q);
    jsloop_begin(st->v, &a->op, async_finish, async_cancel);
    a->fiber = fiber_spawn(x->worker, FIBER_HELPER, async_run, a);
    return promise;
}
