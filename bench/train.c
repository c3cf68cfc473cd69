/* train.c - runs a script in the bare engine, for the build: an instrumented engine notes which of its paths scripts take
 * (cmake/C6Engine.cmake, bench/train.js). Knows nothing of c6.
 * train FILE.js: evaluates it as a module, with what it imports; 1 when it throws. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <quickjs.h>

static char *read_all(const char *path, size_t *len)
{
    FILE *f = fopen(path, "rb");
    if (f == NULL)
        return NULL;
    size_t cap = 1 << 20;
    char *text = malloc(cap);
    *len = text != NULL ? fread(text, 1, cap - 1, f) : 0;
    fclose(f);
    if (text != NULL)
        text[*len] = '\0';
    return text;
}

static JSModuleDef *load(JSContext *ctx, const char *name, void *opaque)
{
    size_t len;
    char *text = read_all(name, &len);
    if (text == NULL) {
        JS_ThrowReferenceError(ctx, "%s can't be read", name);
        return NULL;
    }
    JSValue module = JS_Eval(ctx, text, len, name, JS_EVAL_TYPE_MODULE | JS_EVAL_FLAG_COMPILE_ONLY);
    free(text);
    if (JS_IsException(module))
        return NULL;
    JSModuleDef *m = JS_VALUE_GET_PTR(module);
    JS_FreeValue(ctx, module);
    return m;
}

static int on_interrupt(JSRuntime *rt, void *opaque)
{
    return 0;
}

static int tell(JSContext *ctx)
{
    JSValue e = JS_GetException(ctx);
    const char *text = JS_ToCString(ctx, e);
    fprintf(stderr, "train: %s\n", text != NULL ? text : "?");
    JS_FreeCString(ctx, text);
    JS_FreeValue(ctx, e);
    return 1;
}

static int run(JSRuntime *rt, JSContext *ctx, const char *path)
{
    size_t len;
    char *text = read_all(path, &len);
    if (text == NULL) {
        fprintf(stderr, "train: %s can't be read\n", path);
        return 1;
    }
    JSValue promise = JS_Eval(ctx, text, len, path, JS_EVAL_TYPE_MODULE);
    free(text);
    if (JS_IsException(promise))
        return tell(ctx);
    JSContext *ran;
    int rc;
    while ((rc = JS_ExecutePendingJob(rt, &ran)) > 0)
        ;
    if (rc < 0 || JS_PromiseState(ctx, promise) != JS_PROMISE_FULFILLED) {
        if (rc >= 0)
            JS_Throw(ctx, JS_PromiseResult(ctx, promise));
        rc = tell(ctx);
    }
    JS_FreeValue(ctx, promise);
    return rc;
}

int main(int argc, char **argv)
{
    JSRuntime *rt = JS_NewRuntime();
    JSContext *ctx = rt != NULL ? JS_NewContext(rt) : NULL;
    if (argc != 2 || ctx == NULL)
        return 2;
    JS_SetModuleLoaderFunc(rt, NULL, load, NULL);
    JS_SetInterruptHandler(rt, on_interrupt, NULL);
    int rc = run(rt, ctx, argv[1]);
    JS_FreeContext(ctx);
    JS_FreeRuntime(rt);
    return rc;
}
