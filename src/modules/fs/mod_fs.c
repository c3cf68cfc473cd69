/* mod_fs.c - the module k6/experimental/fs: open(path) and the File it gives. Bytes are read once a
 * test and held once (script_open), so every promise here is settled when it is made.
 * Source: k6 docs, "k6/experimental/fs". Tests: fs_file_test.c, test/js/fs_file.js */
#include "modules/fs/mod_fs.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "js/jsarg.h"
#include "js/module_url.h"
#include "js/pod.h"
#include "js/script.h"
#include "modules/mod_promise.h"

/* ---- errors: k6's are objects of a name and a message, not Errors ---- */

static JSValue error_to_string(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    struct str name = {NULL, 0}, message = {NULL, 0};
    JSValue n = JS_GetPropertyStr(ctx, this_val, "name");
    JSValue m = JS_GetPropertyStr(ctx, this_val, "message");
    JSValue result = JS_EXCEPTION;
    if (!JS_IsException(n) && !JS_IsException(m) && jsarg_str(ctx, n, &name) &&
        jsarg_str(ctx, m, &message)) {
        struct buf text;
        buf_init(&text, BUF_NO_LIMIT);
        buf_addf(&text, "%s: %s", name.p, message.p);
        result = jsarg_new_str(ctx, (struct str){text.data, text.len});
        buf_deinit(&text);
    }
    jsarg_free_str(ctx, name);
    jsarg_free_str(ctx, message);
    JS_FreeValue(ctx, n);
    JS_FreeValue(ctx, m);
    return result;
}

static JSValue reject(JSContext *ctx, const char *name, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
static JSValue reject(JSContext *ctx, const char *name, const char *fmt, ...)
{
    struct buf text;
    va_list ap;
    buf_init(&text, BUF_NO_LIMIT);
    va_start(ap, fmt);
    buf_vaddf(&text, fmt, ap);
    va_end(ap);
    JSValue error = JS_NewObject(ctx);
    if (!JS_IsException(error) &&
        (JS_SetPropertyStr(ctx, error, "name", JS_NewString(ctx, name)) < 0 ||
         JS_SetPropertyStr(ctx, error, "message",
                           jsarg_new_str(ctx, (struct str){text.data, text.len})) < 0 ||
         JS_DefinePropertyValueStr(ctx, error, "toString",
                                   JS_NewCFunction(ctx, error_to_string, "toString", 0),
                                   JS_PROP_WRITABLE | JS_PROP_CONFIGURABLE) < 0)) {
        JS_FreeValue(ctx, error);
        error = JS_EXCEPTION;
    }
    buf_deinit(&text);
    return mod_promise_rejected(ctx, error);
}

/* ---- File ---- */

static void file_finalizer(JSRuntime *rt, JSValueConst v)
{
    fs_file_unref(JS_GetOpaque(v, CLASS_FS_FILE));
}

static const JSClassDef FILE_CLASS = {"File", .finalizer = file_finalizer};

struct fs_file *mod_fs_file(JSValueConst v)
{
    return JS_GetOpaque(v, CLASS_FS_FILE);
}

static struct fs_file *this_file(JSContext *ctx, JSValueConst this_val)
{
    return JS_GetOpaque2(ctx, this_val, CLASS_FS_FILE);
}

static JSValue file_stat(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    struct fs_file *f = this_file(ctx, this_val);
    if (f == NULL)
        return JS_EXCEPTION;
    JSValue info = JS_NewObject(ctx);
    if (!JS_IsException(info) &&
        (JS_SetPropertyStr(ctx, info, "name", jsarg_new_str(ctx, fs_file_name(f))) < 0 ||
         JS_SetPropertyStr(ctx, info, "size", JS_NewInt64(ctx, (int64_t)fs_file_size(f))) < 0)) {
        JS_FreeValue(ctx, info);
        return JS_EXCEPTION;
    }
    return mod_promise_resolved(ctx, info);
}

static JSValue file_read(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    struct fs_file *f = this_file(ctx, this_val);
    struct str into;
    if (f == NULL)
        return JS_EXCEPTION;
    if (argc < 1 || jsarg_is_nullish(argv[0]))
        return reject(ctx, "TypeError",
                      "read() failed; reason: into argument cannot be null or undefined");
    if (!JS_IsObject(argv[0]) || JS_GetTypedArrayType(argv[0]) != JS_TYPED_ARRAY_UINT8 ||
        !jsarg_bytes(ctx, argv[0], &into))
        return reject(ctx, "TypeError",
                      "read() failed; reason: into argument must be a Uint8Array");
    size_t len = fs_file_read(f, (char *)(uintptr_t)into.p, into.len);
    bool is_end = len == 0 && (into.len > 0 || fs_file_is_at_end(f));
    return mod_promise_resolved(ctx, is_end ? JS_NULL : JS_NewInt64(ctx, (int64_t)len));
}

/* k6 takes numbers that are whole, and says why not; NULL: *out is it. */
static const char *get_whole(int argc, JSValueConst *argv, int i, int64_t *out)
{
    if (i >= argc || jsarg_is_nullish(argv[i]))
        return "cannot be null or undefined";
    double n = NAN;
    if (JS_IsNumber(argv[i]))
        n = JS_VALUE_GET_TAG(argv[i]) == JS_TAG_INT ? JS_VALUE_GET_INT(argv[i])
                                                    : JS_VALUE_GET_FLOAT64(argv[i]);
    if (n != floor(n) || fabs(n) > 9007199254740992.0) /* NaN is not equal to itself */
        return "must be a number";
    *out = (int64_t)n;
    return NULL;
}

static JSValue file_seek(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    struct fs_file *f = this_file(ctx, this_val);
    int64_t offset = 0, whence = 0, place = 0;
    struct err e = {0};
    if (f == NULL)
        return JS_EXCEPTION;
    const char *why = get_whole(argc, argv, 0, &offset);
    if (why != NULL)
        return reject(ctx, "TypeError", "seek() failed; reason: the offset argument %s", why);
    why = get_whole(argc, argv, 1, &whence);
    if (why == NULL && (whence < FS_START || whence > FS_END))
        why = "must be a SeekMode";
    if (why != NULL)
        return reject(ctx, "TypeError", "seek() failed; reason: the whence argument %s", why);
    JSValue result = fs_file_seek(f, offset, (enum fs_whence)whence, &place, &e) < 0
                         ? reject(ctx, "TypeError", "%s", e.msg)
                         : mod_promise_resolved(ctx, JS_NewInt64(ctx, place));
    err_deinit(&e);
    return result;
}

static const JSCFunctionListEntry file_methods[] = {
    JS_CFUNC_DEF2("read", 1, file_read, JS_PROP_C_W_E),
    JS_CFUNC_DEF2("seek", 2, file_seek, JS_PROP_C_W_E),
    JS_CFUNC_DEF2("stat", 0, file_stat, JS_PROP_C_W_E),
};

static JSValue new_file(JSContext *ctx, const char *path, struct str bytes)
{
    JSValue file = JS_NewObjectClass(ctx, CLASS_FS_FILE);
    if (JS_IsException(file))
        return file;
    JS_SetOpaque(file, fs_file_new(path, bytes));
    /* All its own, as in k6, where it is a plain object. */
    if (JS_DefinePropertyValueStr(ctx, file, "path", jsarg_new_str(ctx, str_of(path)),
                                  JS_PROP_C_W_E) < 0 ||
        JS_SetPropertyFunctionList(ctx, file, file_methods,
                                   sizeof file_methods / sizeof file_methods[0]) < 0) {
        JS_FreeValue(ctx, file);
        return JS_EXCEPTION;
    }
    return file;
}

/* ---- open ---- */

/* The absolute path of name, seen from the main script's folder whichever file calls, unlike the
 * global open(). Caller frees. */
static char *full_path(const struct script *script, struct str name)
{
    struct buf joined;
    if (str_starts(name, "file://")) {
        name.p += 7;
        name.len -= 7;
    }
    buf_init(&joined, BUF_NO_LIMIT);
    if (name.len == 0 || name.p[0] != '/') {
        char *base = module_url_to_path(script_base_url(script));
        buf_adds(&joined, base != NULL ? base : "/"); /* a remote script has no folder */
        mem_free(base);
    }
    buf_add_str(&joined, name);
    /* Through a URL and back: dot segments go the same way as in imports. */
    char *url = module_url_from_path(joined.data);
    char *path = module_url_to_path(url);
    mem_free(url);
    buf_deinit(&joined);
    size_t len = strlen(path);
    if (len > 1 && path[len - 1] == '/')
        path[len - 1] = '\0';
    return path;
}

static JSValue open_named(JSContext *ctx, struct str name)
{
    struct script *script = pod_base_vu(ctx)->script;
    struct str bytes;
    struct err e = {0};
    char *path = full_path(script, name);
    int rc = script_open(script, path, &bytes, &e);
    JSValue result;
    if (rc == 0)
        result = mod_promise_resolved(ctx, new_file(ctx, path, bytes));
    else if (rc == ERR_NOT_FOUND)
        result = reject(ctx, "NotFoundError", "no such file or directory \"%s\"", path);
    else if (rc == ERR_UNSUPPORTED)
        result = reject(ctx, "InvalidResourceError",
                        "cannot open \"%s\": opening a directory is not supported", path);
    else
        result = mod_promise_rejected_text(
            ctx, "open() failed, unable to verify if \"%s\" exists; reason: %s", path, e.msg);
    err_deinit(&e);
    mem_free(path);
    return result;
}

static JSValue fs_open(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    struct str name;
    if (!pod_is_init(ctx))
        return reject(ctx, "ForbiddenError",
                      "open() failed; reason: opening a file is allowed only in the Init context");
    if (argc < 1 || jsarg_is_nullish(argv[0]))
        return reject(ctx, "TypeError", "open() failed; reason: path cannot be null or undefined");
    if (!jsarg_str(ctx, argv[0], &name))
        return JS_EXCEPTION;
    /* No file system has such a name, and C's end of text must not cut it short. */
    bool has_nul = memchr(name.p, '\0', name.len) != NULL;
    JSValue result =
        name.len == 0 ? reject(ctx, "TypeError", "open() failed; reason: path cannot be empty")
        : has_nul     ? reject(ctx, "NotFoundError", "no such file or directory \"%s\"", name.p)
                      : open_named(ctx, name);
    jsarg_free_str(ctx, name);
    return result;
}

/* ---- the module ---- */

static const JSCFunctionListEntry seek_modes[] = {
    JS_PROP_INT32_DEF("Start", FS_START, JS_PROP_C_W_E),
    JS_PROP_INT32_DEF("Current", FS_CURRENT, JS_PROP_C_W_E),
    JS_PROP_INT32_DEF("End", FS_END, JS_PROP_C_W_E),
};

static const JSCFunctionListEntry functions[] = {
    JS_CFUNC_DEF("open", 1, fs_open),
    JS_OBJECT_DEF("SeekMode", seek_modes, sizeof seek_modes / sizeof seek_modes[0], JS_PROP_C_W_E),
};

static int fs_open_module(JSContext *ctx, JSValueConst exports, int index, void *state)
{
    JSValue proto = JS_NewObject(ctx);
    if (JS_IsException(proto) || pod_new_class(ctx, CLASS_FS_FILE, &FILE_CLASS, proto) < 0)
        return -1;
    return JS_SetPropertyFunctionList(ctx, exports, functions,
                                      sizeof functions / sizeof functions[0]);
}

const struct js_module mod_fs = {
    .name = "k6/experimental/fs",
    .open = fs_open_module,
    .has_default = true,
    .has_named = true,
};
