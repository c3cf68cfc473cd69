/* loader_cjs.c - CommonJS modules; see loader_cjs.h. To the engine such a module is one of C code
 * that runs the file when its turn to be evaluated comes. The engine wants to know a module's
 * exports before that, so it is told the names that import statements ask for; as in k6 a name that
 * module.exports lacks is undefined. A namespace has what module.exports has once it ran.
 * Tests: loader_test.c, test/js/module_cjs.js */
#include "js/loader_cjs.h"

#include <string.h>

#include "base/mem.h"
#include "js/engine.h"
#include "js/jsarg.h"

JSValue loader_cjs_compile(JSContext *ctx, const char *url, const char *source, size_t len)
{
    struct buf wrapped;
    buf_init(&wrapped, BUF_NO_LIMIT);
    buf_adds(&wrapped, "(function(module,exports){");
    if (len >= 2 && memcmp(source, "#!", 2) == 0)
        buf_adds(&wrapped, "//");
    buf_add(&wrapped, source, len);
    buf_adds(&wrapped, "\n})");
    JSValue fn = JS_Eval(ctx, wrapped.data, wrapped.len, url,
                         JS_EVAL_TYPE_GLOBAL | JS_EVAL_FLAG_STRICT | JS_EVAL_FLAG_COMPILE_ONLY);
    buf_deinit(&wrapped);
    return fn;
}

/* ---- running ---- */

static JSValue run_file(JSContext *ctx, const char *url, const struct module_code *code,
                        JSValueConst module)
{
    JSValue exports = JS_GetPropertyStr(ctx, module, "exports");
    JSValue bytecode = loader_read_code(ctx, url, code);
    JSValue fn = JS_IsException(bytecode) ? bytecode : JS_EvalFunction(ctx, bytecode);
    JSValue result = JS_EXCEPTION;
    if (!JS_IsException(fn)) {
        JSValueConst args[] = {module, exports};
        result = JS_Call(ctx, fn, exports, 2, args);
    }
    JS_FreeValue(ctx, fn);
    JS_FreeValue(ctx, exports);
    return result;
}

/* What a file leaves in module.exports is an object, as k6 makes it of a primitive. */
static int keep_object(JSContext *ctx, JSValueConst module)
{
    JSValue exports = JS_GetPropertyStr(ctx, module, "exports");
    int rc = JS_IsException(exports) ? -1 : 0;
    if (rc == 0 && JS_IsNull(exports)) {
        jsarg_throw(ctx, "CommonJS's exports must not be null");
        rc = -1;
    } else if (rc == 0 && !JS_IsObject(exports)) {
        JSValue object = engine_to_object(ctx, exports);
        rc = JS_IsException(object) || JS_SetPropertyStr(ctx, module, "exports", object) < 0 ? -1
                                                                                             : 0;
    }
    JS_FreeValue(ctx, exports);
    return rc;
}

static JSValue new_module(JSContext *ctx, const char *url)
{
    struct js_vu *v = pod_vu(ctx);
    JSValue module = JS_NewObject(ctx);
    if (JS_SetPropertyStr(ctx, module, "exports", JS_NewObject(ctx)) < 0 ||
        JS_SetPropertyStr(ctx, v->cjs_modules, url, JS_DupValue(ctx, module)) < 0) {
        JS_FreeValue(ctx, module);
        return JS_EXCEPTION;
    }
    return module;
}

static void forget_module(JSContext *ctx, const char *url)
{
    JSAtom name = JS_NewAtom(ctx, url);
    JSValue thrown = JS_GetException(ctx);
    JS_DeleteProperty(ctx, pod_vu(ctx)->cjs_modules, name, 0);
    JS_FreeAtom(ctx, name);
    JS_Throw(ctx, thrown);
}

JSValue loader_cjs_exports(JSContext *ctx, const char *url, const struct module_code *code)
{
    struct js_vu *v = pod_vu(ctx);
    if (JS_IsUndefined(v->cjs_modules))
        v->cjs_modules = JS_NewObjectProto(ctx, JS_NULL);
    JSValue module = JS_GetPropertyStr(ctx, v->cjs_modules, url);
    if (JS_IsUndefined(module)) {
        module = new_module(ctx, url);
        if (JS_IsException(module))
            return JS_EXCEPTION;
        JSValue result = run_file(ctx, url, code, module);
        if (JS_IsException(result) || keep_object(ctx, module) < 0) {
            JS_FreeValue(ctx, result);
            JS_FreeValue(ctx, module);
            forget_module(ctx, url);
            return JS_EXCEPTION;
        }
        JS_FreeValue(ctx, result);
    }
    JSValue exports = JS_GetPropertyStr(ctx, module, "exports");
    JS_FreeValue(ctx, module);
    return exports;
}

/* ---- import statements ---- */

/* `default` is the property of that name, where there is one, else all of module.exports. */
static JSValue value_of(JSContext *ctx, JSValueConst exports, const char *name)
{
    JSAtom atom = JS_NewAtom(ctx, name);
    int has = JS_HasProperty(ctx, exports, atom);
    JSValue value = has < 0 ? JS_EXCEPTION
                    : has == 0 && strcmp(name, "default") == 0 ? JS_DupValue(ctx, exports)
                                                               : JS_GetProperty(ctx, exports, atom);
    JS_FreeAtom(ctx, atom);
    return value;
}

static struct wanted_names *wanted_from(struct script *script, const char *url)
{
    struct wanted_names *wanted = map_gets(script->imports, url);
    if (wanted == NULL) {
        wanted = MEM_NEW(struct wanted_names);
        map_puts(script->imports, url, wanted);
    }
    return wanted;
}

static int add_own_names(JSContext *ctx, JSModuleDef *m, JSValueConst exports)
{
    JSPropertyEnum *keys;
    uint32_t count;
    int rc = 0;
    if (JS_GetOwnPropertyNames(ctx, &keys, &count, exports, JS_GPN_STRING_MASK | JS_GPN_ENUM_ONLY) <
        0)
        return -1;
    for (uint32_t i = 0; i < count && rc == 0; i++) {
        const char *name = JS_AtomToCString(ctx, keys[i].atom);
        rc = name != NULL ? engine_add_export(ctx, m, name, JS_UNDEFINED) : -1;
        JS_FreeCString(ctx, name);
    }
    JS_FreePropertyEnum(ctx, keys, count);
    return rc;
}

/* An importer may be compiled when the module it names is there already, and has run perhaps. */
static void add_late(JSContext *ctx, struct script *script, const char *url, const char *name)
{
    JSModuleDef *m = engine_find_module(ctx, url);
    if (m == NULL || !engine_module_is_native(m))
        return;
    JSValue exports = name == NULL ? loader_cjs_exports(ctx, url, map_gets(script->codes, url))
                                   : JS_GetModulePrivateValue(ctx, m);
    if (name == NULL && !JS_IsException(exports)) {
        add_own_names(ctx, m, exports);
    } else if (name != NULL) {
        JSValue value = JS_IsObject(exports) ? value_of(ctx, exports, name) : JS_UNDEFINED;
        engine_add_export(ctx, m, name, JS_IsException(value) ? JS_UNDEFINED : value);
    }
    /* If the file throws, it does so again in its turn. */
    if (JS_HasException(ctx))
        JS_FreeValue(ctx, JS_GetException(ctx));
    JS_FreeValue(ctx, exports);
}

void loader_cjs_note_import(JSContext *ctx, struct script *script, const char *url,
                            const char *name)
{
    struct wanted_names *wanted = wanted_from(script, url);
    if (strcmp(name, ENGINE_IMPORT_NAMESPACE) == 0) {
        wanted->all = true;
        return;
    }
    if (strcmp(name, ENGINE_IMPORT_EXPORT_ALL) == 0) {
        wanted->passes_on = true;
        add_late(ctx, script, url, NULL);
        return;
    }
    for (size_t i = 0; i < wanted->names.len; i++)
        if (strcmp(wanted->names.items[i], name) == 0)
            return;
    VEC_PUSH(&wanted->names, mem_strdup(name));
    add_late(ctx, script, url, name);
}

/* ---- the engine's module ---- */

static int init_cjs(JSContext *ctx, JSModuleDef *m)
{
    JSAtom name = JS_GetModuleName(ctx, m);
    const char *url = JS_AtomToCString(ctx, name);
    JS_FreeAtom(ctx, name);
    if (url == NULL)
        return -1;
    const struct module_code *code = map_gets(pod_base_vu(ctx)->script->codes, url);
    JSValue exports = loader_cjs_exports(ctx, url, code);
    JS_FreeCString(ctx, url);
    if (JS_IsException(exports))
        return -1;
    int rc = engine_set_exports(ctx, m, exports, value_of);
    if (rc == 0)
        rc = engine_fill_namespace(ctx, m, exports);
    JS_SetModulePrivateValue(ctx, m, exports);
    return rc;
}

int loader_cjs_add_wanted(JSContext *ctx, JSModuleDef *m, const struct script *script,
                          const char *url)
{
    const struct wanted_names *wanted = map_gets(script->imports, url);
    int rc = 0;
    for (size_t i = 0; wanted != NULL && i < wanted->names.len && rc == 0; i++)
        rc = engine_add_export(ctx, m, wanted->names.items[i], JS_UNDEFINED);
    return rc;
}

JSModuleDef *loader_cjs_load(JSContext *ctx, const char *url, const struct module_code *code,
                             bool is_static)
{
    const struct wanted_names *wanted = map_gets(pod_base_vu(ctx)->script->imports, url);
    bool runs_now = !is_static || (wanted != NULL && wanted->passes_on);
    JSValue exports = JS_UNDEFINED;
    if (runs_now) {
        exports = loader_cjs_exports(ctx, url, code);
        if (JS_IsException(exports))
            return NULL;
    }
    JSModuleDef *m = JS_NewCModule(ctx, url, init_cjs);
    int rc = m != NULL ? 0 : -1;
    if (rc == 0)
        rc = engine_add_export(ctx, m, "default", JS_UNDEFINED);
    if (rc == 0)
        rc = loader_cjs_add_wanted(ctx, m, pod_base_vu(ctx)->script, url);
    if (rc == 0 && runs_now)
        rc = add_own_names(ctx, m, exports);
    JS_FreeValue(ctx, exports);
    return rc == 0 ? m : NULL;
}
