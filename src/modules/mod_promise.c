/* mod_promise.c - see mod_promise.h. Tests: test/js/, through the modules that use it. */
#include "modules/mod_promise.h"

#include "base/buf.h"
#include "js/jsarg.h"

enum { RESOLVE, REJECT };

static JSValue settled(JSContext *ctx, int how, JSValue takes_value)
{
    JSValue resolving[2];
    if (JS_IsException(takes_value))
        return JS_EXCEPTION;
    JSValue promise = JS_NewPromiseCapability(ctx, resolving);
    if (!JS_IsException(promise)) {
        JSValue rc = JS_Call(ctx, resolving[how], JS_UNDEFINED, 1, (JSValueConst *)&takes_value);
        if (JS_IsException(rc)) {
            JS_FreeValue(ctx, promise);
            promise = JS_EXCEPTION;
        }
        JS_FreeValue(ctx, rc);
        JS_FreeValue(ctx, resolving[RESOLVE]);
        JS_FreeValue(ctx, resolving[REJECT]);
    }
    JS_FreeValue(ctx, takes_value);
    return promise;
}

JSValue mod_promise_resolved(JSContext *ctx, JSValue takes_value)
{
    return settled(ctx, RESOLVE, takes_value);
}

JSValue mod_promise_rejected(JSContext *ctx, JSValue takes_value)
{
    return settled(ctx, REJECT, takes_value);
}

JSValue mod_promise_bare_error(JSContext *ctx, const char *text)
{
    JSValue error = jsarg_new_error(ctx, "%s", text);
    if (!JS_IsException(error) &&
        JS_DefinePropertyValueStr(ctx, error, "name", JS_NewString(ctx, ""),
                                  JS_PROP_WRITABLE | JS_PROP_CONFIGURABLE) < 0) {
        JS_FreeValue(ctx, error);
        return JS_EXCEPTION;
    }
    return error;
}

JSValue mod_promise_rejected_text(JSContext *ctx, const char *fmt, ...)
{
    struct buf text;
    va_list ap;
    buf_init(&text, BUF_NO_LIMIT);
    va_start(ap, fmt);
    buf_vaddf(&text, fmt, ap);
    va_end(ap);
    JSValue promise = mod_promise_rejected(ctx, mod_promise_bare_error(ctx, text.data));
    buf_deinit(&text);
    return promise;
}
