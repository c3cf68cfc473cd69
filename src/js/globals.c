/* globals.c - what c6 adds to the global object. Knows the loader, the script's environment and
 * loggers and the VU's loop; runs inside the engine and never parks. Functions stand as lazy
 * properties: a VU pays for those its script names. Tests: globals_test.c. */
#include "js/globals.h"

#include <math.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "js/engine.h"
#include "js/env_object.h"
#include "js/file_pages.h"
#include "js/jsarg.h"
#include "js/jsloop.h"
#include "js/loader.h"
#include "js/module_url.h"
#include "js/pod_int.h"
#include "js/script_int.h"

#define LAZY_FUNCTION(name, length, fn, magic, flags)                                              \
    {                                                                                              \
        name, flags, JS_DEF_CFUNC, magic,                                                          \
        {                                                                                          \
            .func = { length, JS_CFUNC_generic_magic, {.generic_magic = fn} }                      \
        }                                                                                          \
    }

/* ---- console ---- */

static JSValue console_write(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv,
                             int magic)
{
    const struct script *script = pod_base_vu(ctx)->script;
    enum log_level level = (enum log_level)magic;
    /* As in k6, --console-output's file (its lines have no source) gets nothing of what init code
     * prints. */
    bool is_for_log = pod_vu(ctx)->phase == PHASE_INIT && script->console_source == NULL;
    struct logger *lg = is_for_log ? script->logger : script->console_logger;
    if (!log_is_on(lg, level))
        return JS_UNDEFINED;
    struct buf text;
    buf_init(&text, BUF_NO_LIMIT);
    int rc = 0;
    for (int i = 0; i < argc && rc == 0; i++) {
        if (i > 0)
            buf_addc(&text, ' ');
        rc = jsarg_put_console(&text, ctx, argv[i]);
    }
    if (rc == 0)
        log_record(lg, level, is_for_log ? "console" : script->console_source, NULL, NULL, 0,
                   (struct str){text.data, text.len});
    buf_deinit(&text);
    return rc < 0 ? JS_EXCEPTION : JS_UNDEFINED;
}

static const JSCFunctionListEntry CONSOLE[] = {
    LAZY_FUNCTION("debug", 1, console_write, LOG_DEBUG, JS_PROP_C_W_E),
    LAZY_FUNCTION("error", 1, console_write, LOG_ERROR, JS_PROP_C_W_E),
    LAZY_FUNCTION("info", 1, console_write, LOG_INFO, JS_PROP_C_W_E),
    LAZY_FUNCTION("log", 1, console_write, LOG_INFO, JS_PROP_C_W_E),
    LAZY_FUNCTION("warn", 1, console_write, LOG_WARN, JS_PROP_C_W_E),
};

/* ---- require ---- */

static JSValue require(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv,
                       int magic)
{
    struct str spec;
    if (argc < 1 || jsarg_is_nullish(argv[0]))
        return jsarg_throw(ctx, "require() can't be used with an empty specifier");
    if (!jsarg_str(ctx, argv[0], &spec))
        return JS_EXCEPTION;
    JSValue result = spec.len > 0
                         ? loader_require(ctx, spec.p)
                         : jsarg_throw(ctx, "require() can't be used with an empty specifier");
    jsarg_free_str(ctx, spec);
    return result;
}

/* ---- open ---- */

/* The file's bytes, and the pages they are in, if they are; false with an exception pending. */
static bool get_file(JSContext *ctx, struct script *script, const char *path, struct str *bytes,
                     struct file_pages **pages)
{
    struct err e = {0};
    int rc = script_open_pages(script, path, bytes, pages, &e);
    if (rc == ERR_INVALID)
        jsarg_throw(ctx,
                    "open() can't be used with files that weren't previously opened during "
                    "initialization (__VU==0), path: \"%s\"",
                    path);
    else if (rc == ERR_UNSUPPORTED)
        jsarg_throw(ctx, "open() can't be used with directories, path: \"%s\"", path);
    else if (rc < 0)
        jsarg_throw(ctx, "%s", e.msg);
    err_deinit(&e);
    return rc >= 0;
}

/* The folder, with '/' at its end, of a file that frames of the stack name. Frees file. Caller
 * frees the result. */
static char *folder_of(JSContext *ctx, const struct script *script, JSAtom file)
{
    const char *url = file != JS_ATOM_NULL ? JS_AtomToCString(ctx, file) : NULL;
    bool is_file = url != NULL && strncmp(url, "file://", 7) == 0 && strcmp(url, "file:///-") != 0;
    char *path = module_url_to_path(is_file ? url : script->base_url);
    if (path == NULL) /* an archive's script may be from another machine; files are not */
        path = mem_strdup("/");
    JS_FreeCString(ctx, url);
    JS_FreeAtom(ctx, file);
    strrchr(path, '/')[1] = '\0';
    return path;
}

/* As k6 has it, names are seen from the module that is being evaluated, not from the function that
 * calls. Where that makes a difference, one is told, as in k6. */
static char *open_folder(JSContext *ctx, const struct script *script)
{
    char *base = folder_of(ctx, script, engine_outer_file(ctx, require));
    char *caller = folder_of(ctx, script, engine_caller_file(ctx));
    if (!script->is_locked && strcmp(base, caller) != 0)
        log_warn(script->logger,
                 "open() takes a relative path from the folder of the module that is being "
                 "evaluated, %s, and not from %s, where the function is that calls it; "
                 "import.meta.resolve() gives paths that mean the same everywhere",
                 base, caller);
    mem_free(caller);
    return base;
}

/* The path of what open() names. Caller frees. */
static char *open_path(JSContext *ctx, const struct script *script, struct str name)
{
    struct buf joined;
    buf_init(&joined, BUF_NO_LIMIT);
    bool is_url = str_starts(name, "file://");
    if (is_url) {
        name.p += 7;
        name.len -= 7;
    }
    if (name.p[0] != '/') {
        char *folder = is_url ? folder_of(ctx, script, engine_outer_file(ctx, require))
                              : open_folder(ctx, script);
        buf_adds(&joined, folder);
        mem_free(folder);
    }
    buf_add_str(&joined, name);
    /* Through a URL and back: dot segments go the same way as in imports. */
    char *url = module_url_from_path(joined.data);
    char *path = module_url_to_path(url);
    buf_deinit(&joined);
    mem_free(url);
    size_t len = strlen(path);
    if (len > 1 && path[len - 1] == '/')
        path[len - 1] = '\0';
    return path;
}

static JSValue new_bytes(JSContext *ctx, struct str bytes, struct file_pages *pages)
{
    return pages != NULL ? file_pages_buffer(ctx, pages)
                         : jsarg_new_arraybuffer(ctx, mem_dup(bytes.p, bytes.len), bytes.len);
}

static JSValue open_file(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv,
                         int magic)
{
    struct script *script = pod_base_vu(ctx)->script;
    struct str name, mode = {NULL, 0};
    if (!pod_is_init(ctx))
        return jsarg_throw(
            ctx,
            "the \"open\" function is only available in the init stage (i.e. the global scope), "
            "see "
            "https://grafana.com/docs/k6/latest/using-k6/test-lifecycle/ for more information");
    if (argc < 1 || jsarg_is_nullish(argv[0]))
        return jsarg_throw(ctx, "open() can't be used with an empty filename");
    if (!jsarg_str(ctx, argv[0], &name))
        return JS_EXCEPTION;
    JSValue result = JS_EXCEPTION;
    if (name.len == 0) {
        jsarg_throw(ctx, "open() can't be used with an empty filename");
    } else if (memchr(name.p, '\0', name.len) != NULL) {
        jsarg_throw(ctx, "stat %s\\x00: invalid argument", name.p);
    } else if (argc < 2 || jsarg_str(ctx, argv[1], &mode)) {
        char *path = open_path(ctx, script, name);
        struct str bytes;
        struct file_pages *pages;
        bool is_read = get_file(ctx, script, path, &bytes, &pages);
        if (is_read && str_eqs(mode, "b"))
            result = new_bytes(ctx, bytes, pages);
        else if (is_read)
            result = jsarg_new_str(ctx, bytes);
        mem_free(path);
        jsarg_free_str(ctx, mode);
    }
    jsarg_free_str(ctx, name);
    return result;
}

/* ---- timers ---- */

enum { TIMER_ONCE, TIMER_REPEAT };

/* Milliseconds as k6 takes them: missing and negative are 0; what is no number or more than fits
 * counts as long past (-1). */
static int delay_of(JSContext *ctx, int argc, JSValueConst *argv, int64_t *delay_ns)
{
    double ms = 0;
    if (argc > 1 && !jsarg_is_nullish(argv[1]) && JS_ToFloat64(ctx, &ms, argv[1]) < 0)
        return -1;
    if (isnan(ms) || ms * 1e6 >= 9223372036854775808.0)
        *delay_ns = -1;
    else
        *delay_ns = ms > 0 ? (int64_t)(ms * 1e6) : 0;
    return 0;
}

/* What k6 says of a first argument that is no function. */
static JSValue throw_no_function(JSContext *ctx, JSValueConst v, const char *name)
{
    struct str text;
    if (jsarg_is_nullish(v))
        return jsarg_throw(ctx, "%s's callback isn't a callable function", name);
    JSValue shown = JS_IsSymbol(v) ? JS_GetPropertyStr(ctx, v, "description") : JS_DupValue(ctx, v);
    if (jsarg_str(ctx, shown, &text)) {
        jsarg_throw_type(ctx,
                         "could not convert function call parameter 0: could not convert %s to "
                         "sobek.Callable",
                         text.p);
        jsarg_free_str(ctx, text);
    }
    JS_FreeValue(ctx, shown);
    return JS_EXCEPTION;
}

static JSValue set_timer(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv,
                         int magic)
{
    const char *name = magic == TIMER_REPEAT ? "setInterval" : "setTimeout";
    int64_t delay_ns;
    if (argc < 1 || !JS_IsFunction(ctx, argv[0]))
        return throw_no_function(ctx, argc > 0 ? argv[0] : JS_UNDEFINED, name);
    if (delay_of(ctx, argc, argv, &delay_ns) < 0)
        return JS_EXCEPTION;
    /* An interval of 0 would never let anything else in; 1 ms is what browsers and k6 make of it.
     */
    if (magic == TIMER_REPEAT && delay_ns < 1000000)
        delay_ns = 1000000;
    int extra = argc > 2 ? argc - 2 : 0;
    int64_t id = jsloop_timer_add(pod_vu(ctx), argv[0], extra, argv + 2, delay_ns,
                                  magic == TIMER_REPEAT ? delay_ns : 0);
    return JS_NewInt64(ctx, id);
}

static JSValue clear_timer(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv,
                           int magic)
{
    int64_t id;
    if (argc < 1 || jsarg_is_nullish(argv[0]))
        return JS_UNDEFINED;
    if (JS_ToInt64(ctx, &id, argv[0]) < 0)
        return JS_EXCEPTION;
    jsloop_timer_remove(pod_vu(ctx), id);
    return JS_UNDEFINED;
}

const JSCFunctionListEntry GLOBALS_TIMERS[GLOBALS_TIMER_COUNT] = {
    LAZY_FUNCTION("setTimeout", 3, set_timer, TIMER_ONCE, JS_PROP_C_W_E),
    LAZY_FUNCTION("clearTimeout", 1, clear_timer, 0, JS_PROP_C_W_E),
    LAZY_FUNCTION("setInterval", 3, set_timer, TIMER_REPEAT, JS_PROP_C_W_E),
    LAZY_FUNCTION("clearInterval", 1, clear_timer, 0, JS_PROP_C_W_E),
};

/* ---- __ENV ---- */

/* The strings are made once a pod and shared: they belong to no context and never change. */
static JSValue new_values(JSContext *ctx)
{
    struct js_vu *v = pod_vu(ctx);
    const struct script *script = v->base.script;
    JSValue *values = v->pod->env_values;
    JSValue env = JS_NewObject(ctx);
    for (size_t i = 0; i < script->env_count && !JS_IsException(env); i++) {
        if (JS_IsUndefined(values[i]))
            values[i] = jsarg_new_str(ctx, str_of(script->env[i].value));
        if (JS_IsException(values[i]) ||
            JS_SetPropertyStr(ctx, env, script->env[i].key, JS_DupValue(ctx, values[i])) < 0) {
            if (JS_IsException(values[i]))
                values[i] = JS_UNDEFINED;
            JS_FreeValue(ctx, env);
            env = JS_EXCEPTION;
        }
    }
    return env;
}

/* Takes the object of strings. */
static JSValue env_of_values(JSContext *ctx, JSValue values)
{
    if (JS_IsException(values) || !pod_vu(ctx)->base.script->freezes_env)
        return env_object_new(ctx, values);
    if (JS_FreezeObject(ctx, values) >= 0)
        return values;
    JS_FreeValue(ctx, values);
    return JS_EXCEPTION;
}

/* __ENV is a getter until it is first read, since a VU's copy of a full environment costs some KB.
 */
static JSValue get_env(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv,
                       int magic)
{
    JSValue env = env_of_values(ctx, new_values(ctx));
    JSValue global = JS_GetGlobalObject(ctx);
    if (!JS_IsException(env) &&
        JS_DefinePropertyValueStr(ctx, global, "__ENV", JS_DupValue(ctx, env), JS_PROP_C_W_E) < 0) {
        JS_FreeValue(ctx, env);
        env = JS_EXCEPTION;
    }
    JS_FreeValue(ctx, global);
    return env;
}

static JSValue set_env(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv,
                       int magic)
{
    JSValue global = JS_GetGlobalObject(ctx);
    int rc =
        JS_DefinePropertyValueStr(ctx, global, "__ENV", JS_DupValue(ctx, argv[0]), JS_PROP_C_W_E);
    JS_FreeValue(ctx, global);
    return rc < 0 ? JS_EXCEPTION : JS_UNDEFINED;
}

static int define_env_getter(JSContext *ctx, JSValueConst global)
{
    JSAtom atom = JS_NewAtom(ctx, "__ENV");
    JSValue getter = JS_NewCFunctionMagic(ctx, get_env, "__ENV", 0, JS_CFUNC_generic_magic, 0);
    JSValue setter = JS_NewCFunctionMagic(ctx, set_env, "__ENV", 1, JS_CFUNC_generic_magic, 0);
    int rc = JS_DefinePropertyGetSet(ctx, global, atom, getter, setter,
                                     JS_PROP_CONFIGURABLE | JS_PROP_ENUMERABLE);
    JS_FreeAtom(ctx, atom);
    return rc;
}

/* The environment with a scenario's own variables over it. */
static JSValue new_env_with(JSContext *ctx, const struct key_value *over, size_t count)
{
    JSValue env = new_values(ctx);
    for (size_t i = 0; i < count && !JS_IsException(env); i++) {
        JSValue value = jsarg_new_str(ctx, str_of(over[i].value));
        if (JS_SetPropertyStr(ctx, env, over[i].key, value) < 0) {
            JS_FreeValue(ctx, env);
            env = JS_EXCEPTION;
        }
    }
    return env_of_values(ctx, env);
}

int globals_set_env(JSContext *ctx, const struct key_value *over, size_t count)
{
    JSValue global = JS_GetGlobalObject(ctx);
    int rc;
    if (count == 0) {
        rc = define_env_getter(ctx, global);
    } else {
        JSValue env = new_env_with(ctx, over, count);
        rc = JS_IsException(env)
                 ? -1
                 : JS_DefinePropertyValueStr(ctx, global, "__ENV", env, JS_PROP_C_W_E);
    }
    JS_FreeValue(ctx, global);
    return rc < 0 ? -1 : 0;
}

/* ---- the rest ---- */

int globals_set_vu(JSContext *ctx, uint64_t id)
{
    JSValue global = JS_GetGlobalObject(ctx);
    int rc = JS_SetPropertyStr(ctx, global, "__VU", JS_NewInt64(ctx, (int64_t)id));
    JS_FreeValue(ctx, global);
    return rc < 0 ? -1 : 0;
}

int globals_set_iteration(struct js_vu *v)
{
    JSValue global = JS_GetGlobalObject(v->ctx);
    int rc =
        JS_SetProperty(v->ctx, global, v->pod->atom_iter, JS_NewInt64(v->ctx, v->base.iteration));
    JS_FreeValue(v->ctx, global);
    return rc < 0 ? -1 : 0;
}

/* error.stack begins with the error's text, as in k6 and browsers; the engine keeps the frames
 * alone. */
static JSValue get_stack(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv,
                         int magic)
{
    JSValue frames = engine_error_frames(ctx, this_val);
    if (!JS_IsString(frames))
        return frames;
    JS_FreeValue(ctx, frames);
    struct buf text;
    buf_init(&text, BUF_NO_LIMIT);
    jsarg_put_stack(&text, ctx, this_val);
    JSValue stack = JS_NewStringLen(ctx, text.data, text.len);
    buf_deinit(&text);
    return stack;
}

static int replace_stack_getter(JSContext *ctx)
{
    JSValue ctor = engine_error_ctor(ctx);
    JSValue proto = JS_GetPropertyStr(ctx, ctor, "prototype");
    JSAtom atom = JS_NewAtom(ctx, "stack");
    JSPropertyDescriptor old;
    int rc = JS_GetOwnProperty(ctx, &old, proto, atom);
    if (rc > 0) {
        JSValue getter =
            JS_NewCFunctionMagic(ctx, get_stack, "get stack", 0, JS_CFUNC_generic_magic, 0);
        JS_FreeValue(ctx, old.value);
        JS_FreeValue(ctx, old.getter);
        rc = JS_DefinePropertyGetSet(ctx, proto, atom, getter, old.setter, JS_PROP_CONFIGURABLE);
    }
    JS_FreeAtom(ctx, atom);
    JS_FreeValue(ctx, proto);
    JS_FreeValue(ctx, ctor);
    return rc < 0 ? -1 : 0;
}

static const JSCFunctionListEntry FUNCTIONS[] = {
    JS_OBJECT_DEF("console", CONSOLE, sizeof CONSOLE / sizeof CONSOLE[0], JS_PROP_C_W_E),
    LAZY_FUNCTION("open", 2, open_file, 0, JS_PROP_C_W_E),
    LAZY_FUNCTION("require", 1, require, 0, JS_PROP_C_W_E),
};

int globals_add(JSContext *ctx)
{
    JSValue global = JS_GetGlobalObject(ctx);
    int rc =
        JS_SetPropertyFunctionList(ctx, global, FUNCTIONS, sizeof FUNCTIONS / sizeof FUNCTIONS[0]);
    if (rc >= 0)
        rc = JS_SetPropertyFunctionList(ctx, global, GLOBALS_TIMERS, GLOBALS_TIMER_COUNT);
    if (rc >= 0 && !pod_base_vu(ctx)->script->is_base_mode)
        rc = JS_SetPropertyStr(ctx, global, "global", JS_DupValue(ctx, global));
    if (rc >= 0)
        rc = define_env_getter(ctx, global);
    if (rc >= 0)
        rc = replace_stack_getter(ctx);
    JS_FreeValue(ctx, global);
    return rc < 0 ? -1 : 0;
}
