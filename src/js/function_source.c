/* function_source.c - see function_source.h. Runs inside the engine. Tests: loader_test.c */
#include "js/function_source.h"

#include "base/buf.h"
#include "js/engine.h"
#include "js/jsarg.h"
#include "js/loader.h"

static JSValue native_text(JSContext *ctx, JSValueConst fn)
{
    struct buf text;
    struct str name = {NULL, 0};
    JSValue value = JS_GetPropertyStr(ctx, fn, "name");
    bool is_named = !JS_IsException(value) && jsarg_str(ctx, value, &name);
    JS_FreeValue(ctx, value);
    if (!is_named)
        return JS_EXCEPTION;
    buf_init(&text, BUF_NO_LIMIT);
    buf_adds(&text, "function ");
    buf_add_str(&text, name);
    buf_adds(&text, "() { [native code] }");
    jsarg_free_str(ctx, name);
    value = JS_NewStringLen(ctx, text.data, text.len);
    buf_deinit(&text);
    return value;
}

static JSValue function_to_text(JSContext *ctx, JSValueConst this_val, int argc,
                                JSValueConst *argv)
{
    if (!JS_IsFunction(ctx, this_val))
        return engine_function_text(ctx, this_val); /* throws */
    if (engine_is_native_function(this_val))
        return native_text(ctx, this_val);
    return loader_find_source(ctx, this_val) < 0 ? JS_EXCEPTION
                                                 : engine_function_text(ctx, this_val);
}

static const JSCFunctionListEntry FUNCTIONS[] = {
    JS_CFUNC_DEF("toString", 0, function_to_text),
};

void function_source_add(JSContext *ctx)
{
    engine_replace_functions(ctx, PROTO_FUNCTION, FUNCTIONS, 1);
}
