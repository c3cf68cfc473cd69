/* loader.c - modules of a VU: resolves names, compiles what is new while the script loads,
 * instantiates bytecode and built-ins. Runs inside the engine on the VU's fiber. Reads files only
 * before the script is locked, so VUs never block on a disk. ES modules are the engine's own; a
 * file without import, export or top-level await is CommonJS, as k6 takes it: loader_cjs.c.
 * Tests: loader_test.c. */
#include "js/loader.h"

#include <string.h>

#include "base/mem.h"
#include "js/engine.h"
#include "js/jsarg.h"
#include "js/loader_cjs.h"
#include "js/loader_gone.h"
#include "js/loader_read.h"
#include "js/module_url.h"
#include "js/octal_escapes.h"
#include "js/pod_int.h"
#include "js/refusal.h"
#include "js/typescript.h"

enum { MAX_MENDED = 1000 }; /* strings of a module with octal escapes */

/* ---- names ---- */

static void throw_err(JSContext *ctx, struct err *e)
{
    jsarg_throw(ctx, "%s", e->msg != NULL ? e->msg : "unknown error");
    err_deinit(e);
}

/* For messages about a file that is to be read. */
static void remember_spec(struct script *script, const char *spec)
{
    if (script->is_locked)
        return;
    mem_free(script->wanted_as);
    script->wanted_as = mem_strdup(spec);
}

static char *normalize(JSContext *ctx, const char *base, const char *name, void *opaque)
{
    struct js_vu *v = pod_vu(ctx);
    struct err e = {0};
    char *url;
    if (module_url_resolve(&url, loader_base_of(v->base.script, base), name, &e) < 0) {
        throw_err(ctx, &e);
        return NULL;
    }
    remember_spec(v->base.script, name);
    char *copy = js_strdup(ctx, url);
    mem_free(url);
    return copy;
}

/* ---- compiling ---- */

void loader_free_code(void *module_code)
{
    struct module_code *code = module_code;
    mem_free(code->bytecode);
    mem_free(code->source);
    mem_free(code);
}

static int find_builtin(const struct script *script, const char *name)
{
    for (size_t i = 0; i < script->modules->count; i++)
        if (strcmp(script->modules->items[i]->name, name) == 0)
            return (int)i;
    return -1;
}

struct importer {
    JSContext *ctx;
    struct script *script;
    const char *url;
};

static bool is_mark(const char *name)
{
    return strcmp(name, ENGINE_IMPORT_NAMESPACE) == 0 ||
           strcmp(name, ENGINE_IMPORT_EXPORT_ALL) == 0;
}

/* What a name is that a built-in module has not: in k6 importing one is no error. */
static JSValue missing_value(const struct js_module *module)
{
    return module->missing_is_undefined ? JS_UNDEFINED : JS_NULL;
}

/* The module may be there already: while the script loads it has all names that exist, so that
 * only one it has not is new to it. */
static void note_builtin_import(JSContext *ctx, struct script *script, int index, const char *name)
{
    struct wanted_names *wanted = &script->wanted[index];
    if (is_mark(name)) {
        wanted->all = true;
        return;
    }
    for (size_t i = 0; i < wanted->names.len; i++)
        if (strcmp(wanted->names.items[i], name) == 0)
            return;
    VEC_PUSH(&wanted->names, mem_strdup(name));
    const struct js_module *module = script->modules->items[index];
    JSModuleDef *m = engine_find_module(ctx, module->name);
    if (m != NULL)
        engine_add_export(ctx, m, name, missing_value(module));
}

static void note_import(void *opaque, const char *module, const char *name)
{
    const struct importer *im = opaque;
    int index = find_builtin(im->script, module);
    char *url;
    if (index >= 0)
        note_builtin_import(im->ctx, im->script, index, name);
    else if (module_url_resolve(&url, loader_base_of(im->script, im->url), module, NULL) == 0) {
        loader_cjs_note_import(im->ctx, im->script, url, name);
        mem_free(url);
    }
}

static bool mentions(const char *source, size_t len, const char *word)
{
    return memmem(source, len, word, strlen(word)) != NULL;
}

/* import() may come by any name at run time, so built-ins keep all of theirs. */
static void note_dynamic_import(struct script *script, const char *source, size_t len)
{
    const char *p = source, *end = source + len;
    while ((p = memmem(p, (size_t)(end - p), "import", 6)) != NULL) {
        p += 6;
        while (p < end && ascii_is_space(*p))
            p++;
        if (p < end && *p == '(')
            for (size_t i = 0; i < script->modules->count; i++)
                script->wanted[i].all = true;
    }
}

static int store_code(JSContext *ctx, struct module_code *code, JSValueConst compiled,
                      const char *source, size_t source_len)
{
    size_t len;
    uint8_t *bytes =
        JS_WriteObject(ctx, &len, compiled, JS_WRITE_OBJ_BYTECODE | JS_WRITE_OBJ_STRIP_SOURCE);
    if (bytes == NULL)
        return -1;
    code->bytecode = mem_dup(bytes, len);
    code->len = len;
    js_free(ctx, bytes);
    code->source = mem_strndup(source, source_len);
    code->source_len = source_len;
    return 0;
}

/* 0, or -1 with an exception pending. */
static int compile_cjs(JSContext *ctx, struct module_code *code, const char *url,
                       const char *source, size_t len)
{
    JSValue fn = loader_cjs_compile(ctx, url, source, len);
    int rc = JS_IsException(fn) ? -1 : store_code(ctx, code, fn, source, len);
    JS_FreeValue(ctx, fn);
    code->is_cjs = rc == 0;
    return rc;
}

/* The engine asks for what a module imports as soon as it has compiled it. That is too early: the
 * names it asks for must be known first (loader_cjs.c), and what is wrong with another file is no
 * reason to take this one for CommonJS. So for that time one empty module stands for them all. */
static const char any_module[] = "c6:any";

static JSModuleDef *stand_in(JSContext *ctx, const char *name, void *opaque)
{
    JSModuleDef *m = engine_find_module(ctx, any_module);
    return m != NULL ? m : JS_NewCModule(ctx, any_module, NULL);
}

static JSValue compile_es(JSContext *ctx, const char *url, const char *source, size_t len)
{
    JSRuntime *rt = JS_GetRuntime(ctx);
    JS_SetModuleLoaderFunc(rt, NULL, stand_in, NULL);
    JSValue compiled =
        JS_Eval(ctx, source, len, url, JS_EVAL_TYPE_MODULE | JS_EVAL_FLAG_COMPILE_ONLY);
    loader_attach(rt);
    if (!JS_IsException(compiled))
        engine_forget_imports(engine_module_of(compiled));
    JSModuleDef *any = engine_find_module(ctx, any_module);
    if (any != NULL)
        engine_drop_module(ctx, any);
    return compiled;
}

/* Compiles as an ES module, and if it is none (or no valid one) as CommonJS. On success of the
 * first kind *module is the module in this context. The first error counts when both ways fail. */
static int compile(JSContext *ctx, struct script *script, const char *url, const char *source,
                   size_t len, struct module_code *code, JSModuleDef **module)
{
    *module = NULL;
    JSValue compiled = compile_es(ctx, url, source, len);
    if (JS_IsException(compiled)) {
        JSValue first = JS_GetException(ctx);
        if (!JS_IsUncatchableError(first)) {
            if (compile_cjs(ctx, code, url, source, len) == 0) {
                JS_FreeValue(ctx, first);
                return 0;
            }
            JS_FreeValue(ctx, JS_GetException(ctx));
        }
        JS_Throw(ctx, first);
        return -1;
    }
    JSModuleDef *m = engine_module_of(compiled);
    /* `export {}` alone has no entries either, and is no CommonJS. */
    if (!engine_module_is_esm(m) && compile_cjs(ctx, code, url, source, len) == 0) {
        JS_FreeValue(ctx, compiled);
        engine_drop_module(ctx, m);
        return 0;
    }
    if (JS_HasException(ctx))
        JS_FreeValue(ctx, JS_GetException(ctx));
    int rc = store_code(ctx, code, compiled, source, len);
    struct importer im = {ctx, script, url};
    engine_each_import(ctx, m, note_import, &im);
    note_dynamic_import(script, source, len);
    code->wants_meta = mentions(source, len, "meta");
    JS_FreeValue(ctx, compiled);
    *module = m;
    return rc;
}

/* compile, for a text whose strings may have octal escapes. Each round mends one string. */
static int compile_lenient(JSContext *ctx, struct script *script, const char *url,
                           const char *source, size_t len, struct module_code *code,
                           JSModuleDef **module)
{
    char *mended = NULL;
    int line, column;
    int rc = compile(ctx, script, url, source, len, code, module);
    for (int round = 0; rc < 0 && round < MAX_MENDED && refusal_is_octal(ctx, &line, &column);
         round++) {
        char *next;
        struct str text = {mended != NULL ? mended : source, len};
        if (octal_escapes_rewrite(text, line, column, &next, &len) < 0)
            break;
        mem_free(mended);
        mended = next;
        JS_FreeValue(ctx, JS_GetException(ctx));
        rc = compile(ctx, script, url, mended, len, code, module);
    }
    mem_free(mended);
    return rc;
}

/* As k6 has it: a file that is valid JavaScript is taken as it is, and only .ts files and scripts
 * from stdin may be TypeScript. */
static bool may_be_typescript(const char *url)
{
    return str_ends(str_of(url), ".ts") || strcmp(url, "file:///-") == 0;
}

static void throw_at(JSContext *ctx, const char *url, const struct typescript_error *why)
{
    JSValue error = JS_NewSyntaxError(ctx, "%s", why->text);
    char *frames = mem_printf("    at %s:%d:%d\n", url, why->line, why->column);
    if (!JS_IsException(error))
        engine_set_error_frames(ctx, error, JS_NewString(ctx, frames));
    mem_free(frames);
    JS_Throw(ctx, error);
}

/* compile, for what may be TypeScript; an exception is pending if it is not JavaScript. */
static int compile_typescript(JSContext *ctx, struct script *script, const char *url,
                              const char *source, size_t len, struct module_code *code,
                              JSModuleDef **module)
{
    JSValue first = JS_GetException(ctx);
    struct typescript_error why;
    char *text;
    size_t text_len;
    if (JS_IsUncatchableError(first)) {
        JS_Throw(ctx, first);
        return -1;
    }
    JS_FreeValue(ctx, first);
    if (typescript_transform((struct str){source, len}, &text, &text_len, &why) < 0) {
        throw_at(ctx, url, &why);
        return -1;
    }
    code->is_cjs = false;
    int rc = compile_lenient(ctx, script, url, text, text_len, code, module);
    mem_free(text);
    return rc;
}

const struct module_code *loader_get_code(JSContext *ctx, const char *url, JSModuleDef **module)
{
    struct script *script = pod_base_vu(ctx)->script;
    struct module_code *code = map_gets(script->codes, url);
    *module = NULL;
    if (code != NULL)
        return code;
    const char *failure = map_gets(script->failures, url);
    if (failure != NULL) { /* what VU 0 was told */
        jsarg_throw(ctx, "%s", failure);
        return NULL;
    }
    if (script->is_locked) {
        jsarg_throw(ctx,
                    "the module \"%s\" was not previously resolved during initialization (__VU==0)",
                    url);
        return NULL;
    }
    char *source = NULL;
    size_t len = 0;
    if (loader_read_module(ctx, script, url, &source, &len) < 0)
        return NULL;
    code = MEM_NEW(struct module_code);
    int rc = compile_lenient(ctx, script, url, source, len, code, module);
    if (rc < 0 && may_be_typescript(url))
        rc = compile_typescript(ctx, script, url, source, len, code, module);
    if (rc < 0) {
        char *why = refusal_text(ctx, url);
        if (why != NULL)
            mem_free(map_puts(script->failures, url, why));
        loader_free_code(code);
        code = NULL;
    } else {
        struct module_code *same = map_puts(script->codes, url, code);
        CHECK(same == NULL);
        loader_look_for_map(ctx, script, url, (struct str){source, len});
    }
    mem_free(source);
    return code;
}

int loader_find_source(JSContext *ctx, JSValueConst fn)
{
    struct engine_place place;
    if (!engine_function_place(fn, &place))
        return 0;
    const char *url = JS_AtomToCString(ctx, place.file);
    if (url == NULL)
        return -1;
    const struct module_code *code = map_gets(pod_base_vu(ctx)->script->codes, url);
    JSValue compiled = JS_UNDEFINED;
    if (code != NULL)
        compiled = code->is_cjs ? loader_cjs_compile(ctx, url, code->source, code->source_len)
                                : compile_es(ctx, url, code->source, code->source_len);
    JS_FreeCString(ctx, url);
    int rc = JS_IsException(compiled) ? -1 : engine_copy_source(ctx, fn, compiled);
    JSModuleDef *m = code != NULL && !code->is_cjs && rc == 0 ? engine_module_of(compiled) : NULL;
    JS_FreeValue(ctx, compiled);
    if (m != NULL)
        engine_drop_module(ctx, m);
    return rc;
}

JSValue loader_read_code(JSContext *ctx, const char *url, const struct module_code *code)
{
    struct map *shared = pod_vu(ctx)->pod->codes;
    const struct engine_code *known = map_gets(shared, url);
    if (known != NULL)
        return engine_code_value(ctx, known);
    JSValue read = JS_ReadObject(ctx, code->bytecode, code->len, JS_READ_OBJ_BYTECODE);
    if (JS_IsException(read))
        return read;
    int templates = engine_freeze_templates(ctx, read);
    if (templates < 0) {
        JS_FreeValue(ctx, read);
        return JS_EXCEPTION;
    }
    /* Reading runs what the module requests, and that may have parked: look anew. */
    struct engine_code *fresh =
        templates == 0 && map_gets(shared, url) == NULL ? engine_code_new(ctx, read) : NULL;
    if (fresh != NULL)
        map_puts(shared, url, fresh);
    return read;
}

/* ---- built-in modules ---- */

/* Opens module index for this VU, once. Borrowed; JS_EXCEPTION when its open fails. */
static JSValueConst open_builtin(JSContext *ctx, int index)
{
    struct js_vu *v = pod_vu(ctx);
    const struct js_module *module = v->base.script->modules->items[index];
    struct js_vu_module *slot = &v->modules[index];
    if (slot->is_open)
        return slot->exports;
    slot->exports = JS_NewObject(ctx);
    slot->state = module->state_size > 0 ? mem_calloc(1, module->state_size) : NULL;
    slot->is_open = true;
    if (module->iteration_begin != NULL || module->iteration_end != NULL)
        v->hook_count++;
    if (JS_IsException(slot->exports) || module->open(ctx, slot->exports, index, slot->state) < 0 ||
        engine_make_enumerable(ctx, slot->exports) < 0) /* a namespace lists them all */
        return JS_EXCEPTION;
    return slot->exports;
}

int loader_need_builtin(JSContext *ctx, int index)
{
    return JS_IsException(open_builtin(ctx, index)) ? -1 : 0;
}

JSValue loader_global(JSContext *ctx, int index)
{
    JSValueConst exports = open_builtin(ctx, index);
    if (JS_IsException(exports))
        return JS_EXCEPTION;
    return JS_GetPropertyStr(ctx, exports, pod_base_vu(ctx)->script->modules->items[index]->global);
}

/* While the script loads, not all import statements have been seen yet. */
static bool is_wanted(const struct script *script, int index, const char *name)
{
    const struct wanted_names *wanted = &script->wanted[index];
    if (wanted->all || !script->is_locked)
        return true;
    for (size_t i = 0; i < wanted->names.len; i++)
        if (strcmp(wanted->names.items[i], name) == 0)
            return true;
    return false;
}

/* Calls each for the names that the engine's module of a built-in has. */
static int each_builtin_export(JSContext *ctx, JSModuleDef *m, int index,
                               int (*each)(JSContext *ctx, JSModuleDef *m, const char *name,
                                           JSValueConst exports, JSAtom atom))
{
    const struct script *script = pod_base_vu(ctx)->script;
    const struct js_module *module = script->modules->items[index];
    JSValueConst exports = pod_vu(ctx)->modules[index].exports;
    JSPropertyEnum *keys;
    uint32_t count;
    int rc = 0;
    if (JS_GetOwnPropertyNames(ctx, &keys, &count, exports, JS_GPN_STRING_MASK) < 0)
        return -1;
    for (uint32_t i = 0; i < count && rc == 0; i++) {
        const char *name = JS_AtomToCString(ctx, keys[i].atom);
        if (name == NULL)
            rc = -1;
        else if ((module->has_named || strcmp(name, "default") == 0) &&
                 is_wanted(script, index, name))
            rc = each(ctx, m, name, exports, keys[i].atom);
        JS_FreeCString(ctx, name);
    }
    JS_FreePropertyEnum(ctx, keys, count);
    return rc;
}

static int add_export(JSContext *ctx, JSModuleDef *m, const char *name, JSValueConst exports,
                      JSAtom atom)
{
    return JS_AddModuleExport(ctx, m, name) < 0 ? -1 : 0;
}

static int set_export(JSContext *ctx, JSModuleDef *m, const char *name, JSValueConst exports,
                      JSAtom atom)
{
    JSValue value = JS_GetProperty(ctx, exports, atom);
    return JS_IsException(value) || JS_SetModuleExport(ctx, m, name, value) < 0 ? -1 : 0;
}

static bool has_own(JSContext *ctx, JSValueConst object, const char *name)
{
    JSAtom atom = JS_NewAtom(ctx, name);
    int has = JS_GetOwnProperty(ctx, NULL, object, atom);
    JS_FreeAtom(ctx, atom);
    return has > 0;
}

/* Calls each for the names that import statements want and the built-in has not. */
static int each_missing_export(JSContext *ctx, JSModuleDef *m, int index,
                               int (*each)(JSContext *ctx, JSModuleDef *m, const char *name,
                                           JSValue value))
{
    const struct script *script = pod_base_vu(ctx)->script;
    const struct js_module *module = script->modules->items[index];
    const struct wanted_names *wanted = &script->wanted[index];
    JSValueConst exports = pod_vu(ctx)->modules[index].exports;
    int rc = 0;
    for (size_t i = 0; i < wanted->names.len && rc == 0; i++) {
        const char *name = wanted->names.items[i];
        bool is_default = strcmp(name, "default") == 0;
        bool is_there = (is_default && module->has_default) ||
                        ((is_default || module->has_named) && has_own(ctx, exports, name));
        if (!is_there)
            rc = each(ctx, m, name, missing_value(module));
    }
    return rc;
}

static int init_builtin(JSContext *ctx, JSModuleDef *m)
{
    JSAtom atom = JS_GetModuleName(ctx, m);
    const char *name = JS_AtomToCString(ctx, atom);
    JS_FreeAtom(ctx, atom);
    if (name == NULL)
        return -1;
    const struct script *script = pod_base_vu(ctx)->script;
    int index = find_builtin(script, name);
    JS_FreeCString(ctx, name);
    JSValueConst exports = pod_vu(ctx)->modules[index].exports;
    if (script->modules->items[index]->has_default && !has_own(ctx, exports, "default") &&
        JS_SetModuleExport(ctx, m, "default", JS_DupValue(ctx, exports)) < 0)
        return -1;
    pod_vu(ctx)->is_binding = true;
    int rc = each_builtin_export(ctx, m, index, set_export);
    pod_vu(ctx)->is_binding = false;
    if (rc < 0 || each_missing_export(ctx, m, index, JS_SetModuleExport) < 0)
        return -1;
    /* `import * as http` lists no default in k6, though `import http` works. The namespace is made
     * only where somebody wants it. */
    return script->wanted[index].all ? engine_hide_from_namespace(ctx, m, "default") : 0;
}

static JSModuleDef *load_builtin(JSContext *ctx, const char *name)
{
    const struct script *script = pod_base_vu(ctx)->script;
    int index = find_builtin(script, name);
    if (index < 0)
        return loader_load_unknown(ctx, name);
    JSValueConst exports = open_builtin(ctx, index);
    if (JS_IsException(exports))
        return NULL;
    JSModuleDef *m = JS_NewCModule(ctx, name, init_builtin);
    if (m == NULL)
        return NULL;
    if (script->modules->items[index]->has_default && !has_own(ctx, exports, "default") &&
        JS_AddModuleExport(ctx, m, "default") < 0)
        return NULL;
    if (each_builtin_export(ctx, m, index, add_export) < 0 ||
        each_missing_export(ctx, m, index, engine_add_export) < 0)
        return NULL;
    return m;
}

/* ---- ES modules ---- */

static JSValue meta_resolve(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv,
                            int magic, JSValueConst *data)
{
    struct str base, spec;
    JSValue result = JS_EXCEPTION;
    if (!jsarg_str(ctx, data[0], &base))
        return JS_EXCEPTION;
    JSValueConst wanted = argc > 0 && !jsarg_is_nullish(argv[0]) ? argv[0] : data[1];
    if (jsarg_str(ctx, wanted, &spec)) {
        struct err e = {0};
        char *url;
        if (spec.len == 0) {
            jsarg_throw(ctx, "require() can't be used with an empty specifier");
        } else if (module_url_resolve(&url, loader_base_of(pod_base_vu(ctx)->script, base.p), spec.p, &e) < 0) {
            throw_err(ctx, &e);
        } else {
            result = JS_NewString(ctx, url);
            mem_free(url);
        }
        jsarg_free_str(ctx, spec);
    }
    jsarg_free_str(ctx, base);
    return result;
}

static int set_meta(JSContext *ctx, JSModuleDef *m, const char *url)
{
    JSValue meta = JS_GetImportMeta(ctx, m);
    JSValue url_value = JS_NewString(ctx, url);
    JSValue data[] = {url_value, JS_NewString(ctx, "")};
    int rc = -1;
    if (!JS_IsException(meta) && !JS_IsException(url_value) && !JS_IsException(data[1]) &&
        JS_SetPropertyStr(ctx, meta, "resolve",
                          JS_NewCFunctionData(ctx, meta_resolve, 1, 0, 2,
                                              (JSValueConst *)data)) >= 0 &&
        JS_SetPropertyStr(ctx, meta, "url", JS_DupValue(ctx, url_value)) >= 0)
        rc = 0;
    JS_FreeValue(ctx, data[1]);
    JS_FreeValue(ctx, url_value);
    JS_FreeValue(ctx, meta);
    return rc;
}

/* Has a module's imports loaded, all the way down. False with an exception pending. */
static bool resolve(JSContext *ctx, JSModuleDef *m)
{
    struct js_vu *v = pod_vu(ctx);
    JSValue value = engine_module_value(m);
    bool was_resolving = v->is_resolving;
    v->is_resolving = true;
    int rc = JS_ResolveModule(ctx, value);
    v->is_resolving = was_resolving;
    JS_FreeValue(ctx, value);
    return rc >= 0;
}

static JSModuleDef *read_es(JSContext *ctx, const char *url, const struct module_code *code)
{
    struct js_vu *v = pod_vu(ctx);
    bool was_resolving = v->is_resolving;
    v->is_resolving = true; /* the engine does so while it reads */
    JSValue value = loader_read_code(ctx, url, code);
    v->is_resolving = was_resolving;
    if (JS_IsException(value))
        return NULL;
    JSModuleDef *m = engine_module_of(value);
    JS_FreeValue(ctx, value); /* the context's list of modules keeps it */
    return m;
}

static JSModuleDef *load_es(JSContext *ctx, const char *url, const struct module_code *code,
                            JSModuleDef *compiled)
{
    JSModuleDef *m = compiled != NULL ? compiled : read_es(ctx, url, code);
    if (m == NULL || (code->wants_meta && set_meta(ctx, m, url) < 0))
        return NULL;
    return resolve(ctx, m) ? m : NULL;
}

/* The engine's question for a module that this context has not yet. */
static JSModuleDef *load(JSContext *ctx, const char *url, void *opaque)
{
    JSModuleDef *compiled;
    if (module_url_is_builtin(url))
        return load_builtin(ctx, url);
    const struct module_code *code = loader_get_code(ctx, url, &compiled);
    if (code == NULL)
        return NULL;
    return code->is_cjs ? loader_cjs_load(ctx, url, code, pod_vu(ctx)->is_resolving)
                        : load_es(ctx, url, code, compiled);
}

/* Links and evaluates a module. */
static JSValue evaluate(JSContext *ctx, JSModuleDef *m)
{
    return JS_EvalFunction(ctx, engine_module_value(m));
}

static JSValue require_es(JSContext *ctx, JSModuleDef *m)
{
    JSValue promise = evaluate(ctx, m);
    JSValue result = JS_EXCEPTION;
    if (JS_IsException(promise))
        return promise;
    switch (JS_PromiseState(ctx, promise)) {
    case JS_PROMISE_FULFILLED:
        result = JS_GetModuleNamespace(ctx, m);
        break;
    case JS_PROMISE_REJECTED:
        engine_mark_handled(ctx, promise);
        JS_Throw(ctx, JS_PromiseResult(ctx, promise));
        break;
    case JS_PROMISE_PENDING:
    case JS_PROMISE_NOT_A_PROMISE:
        jsarg_throw(
            ctx, "require() can't be used with a module that awaits at its top level; import it");
        break;
    }
    JS_FreeValue(ctx, promise);
    return result;
}

/* A file that is no JavaScript is an error of require(), for every VU, and no SyntaxError. */
static void retell_failure(JSContext *ctx, const struct script *script, const char *url)
{
    const char *failure = map_gets(script->failures, url);
    JSValue thrown = JS_GetException(ctx);
    if (failure == NULL || JS_IsUncatchableError(thrown)) {
        JS_Throw(ctx, thrown);
        return;
    }
    JS_FreeValue(ctx, thrown);
    jsarg_throw(ctx, "%s", failure);
}

JSValue loader_require(JSContext *ctx, const char *spec)
{
    struct js_vu *v = pod_vu(ctx);
    struct err e = {0};
    char *url;
    if (v->phase != PHASE_INIT)
        return jsarg_throw(
            ctx,
            "the \"require\" function is only available in the init stage (i.e. the global scope), "
            "see "
            "https://grafana.com/docs/k6/latest/using-k6/test-lifecycle/ for more information");
    JSAtom caller = engine_caller_file(ctx);
    const char *base = caller != JS_ATOM_NULL ? JS_AtomToCString(ctx, caller) : NULL;
    JS_FreeAtom(ctx, caller);
    int rc = module_url_resolve(&url, loader_base_of(v->base.script, base != NULL ? base : ""), spec, &e);
    JS_FreeCString(ctx, base);
    if (rc < 0) {
        throw_err(ctx, &e);
        return JS_EXCEPTION;
    }
    remember_spec(v->base.script, spec);
    JSValue result = JS_EXCEPTION;
    JSModuleDef *m = engine_find_module(ctx, url);
    JSModuleDef *compiled = NULL;
    if (module_url_is_builtin(url)) {
        int index = find_builtin(v->base.script, url);
        if (index < 0)
            loader_throw_unknown(ctx, url);
        else
            result = JS_DupValue(ctx, open_builtin(ctx, index));
    } else {
        const struct module_code *code =
            m != NULL ? map_gets(v->base.script->codes, url) : loader_get_code(ctx, url, &compiled);
        if (code != NULL && code->is_cjs)
            result = loader_cjs_exports(ctx, url, code);
        else if (code == NULL)
            retell_failure(ctx, v->base.script, url);
        else if (m != NULL || (m = load_es(ctx, url, code, compiled)) != NULL)
            result = require_es(ctx, m);
    }
    mem_free(url);
    return result;
}

/* ---- the main module ---- */

JSValue loader_run_main(struct js_vu *v, JSValue *exports, bool *is_loaded)
{
    JSContext *ctx = v->ctx;
    const char *url = v->base.script->url;
    JSModuleDef *compiled;
    *exports = JS_UNDEFINED;
    *is_loaded = false;
    const struct module_code *code = loader_get_code(ctx, url, &compiled);
    if (code == NULL)
        return JS_EXCEPTION;
    if (code->is_cjs) {
        *is_loaded = true;
        JSValue resolving[2];
        JSValue result = loader_cjs_exports(ctx, url, code);
        if (JS_IsException(result))
            return JS_EXCEPTION;
        *exports = result;
        JSValue promise = JS_NewPromiseCapability(ctx, resolving);
        if (!JS_IsException(promise)) {
            JS_FreeValue(ctx, JS_Call(ctx, resolving[0], JS_UNDEFINED, 0, NULL));
            JS_FreeValue(ctx, resolving[0]);
            JS_FreeValue(ctx, resolving[1]);
        }
        return promise;
    }
    JSModuleDef *m = load_es(ctx, url, code, compiled);
    if (m == NULL)
        return JS_EXCEPTION;
    *is_loaded = true;
    JSValue promise = evaluate(ctx, m);
    if (!JS_IsException(promise))
        *exports = JS_GetModuleNamespace(ctx, m);
    return promise;
}

void loader_attach(JSRuntime *rt)
{
    JS_SetModuleLoaderFunc(rt, normalize, load, NULL);
}
