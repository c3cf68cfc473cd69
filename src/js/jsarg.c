/* jsarg.c - JSValues to C and back: text, bytes, k6's own errors, exceptions as text.
 * Knows no module and no VU but for the GoError prototype of its context. Printing of whole values
 * is in jsarg_print.c and jsarg_json.c. Runs inside the engine; never parks itself. Tests:
 * jsarg_test.c. */
#include "js/jsarg.h"

#include <string.h>

#include "base/mem.h"
#include "js/context.h"
#include "js/engine.h"
#include "js/js_class.h"
#include "js/pod.h"

bool jsarg_is_nullish(JSValueConst v)
{
    return JS_IsUndefined(v) || JS_IsNull(v);
}

/* The engine writes a lone surrogate as three bytes of its own; U+FFFD has three as well. The bytes
 * are ours: only ASCII strings are lent without a copy. */
static void replace_lone_surrogates(char *p, size_t len)
{
    char *end = p + len;
    while ((p = memchr(p, 0xED, (size_t)(end - p))) != NULL) {
        if (end - p >= 3 && (unsigned char)p[1] >= 0xA0)
            memcpy(p, "\xEF\xBF\xBD", 3);
        p++;
    }
}

/* What a symbol stands for where k6 wants a text: its description. */
static JSValue describe_symbol(JSContext *ctx, JSValueConst v)
{
    JSValue text = JS_GetPropertyStr(ctx, v, "description");
    return JS_IsUndefined(text) ? JS_NewString(ctx, "") : text;
}

JSValue jsarg_text_value(JSContext *ctx, JSValueConst v)
{
    if (jsarg_is_nullish(v))
        return JS_NewString(ctx, "");
    return JS_IsSymbol(v) ? describe_symbol(ctx, v) : JS_ToString(ctx, v);
}

bool jsarg_str(JSContext *ctx, JSValueConst v, struct str *out)
{
    size_t len = 0;
    const char *p = NULL;
    if (JS_IsSymbol(v)) {
        JSValue text = describe_symbol(ctx, v);
        if (!JS_IsException(text))
            p = JS_ToCStringLen(ctx, &len, text);
        JS_FreeValue(ctx, text);
    } else {
        p = JS_ToCStringLen(ctx, &len, v);
    }
    *out = (struct str){p, p != NULL ? len : 0};
    if (p == NULL)
        return false;
    replace_lone_surrogates((char *)(uintptr_t)p, len);
    return true;
}

void jsarg_free_str(JSContext *ctx, struct str s)
{
    if (s.p != NULL)
        JS_FreeCString(ctx, s.p);
}

bool jsarg_bytes(JSContext *ctx, JSValueConst v, struct str *out)
{
    size_t offset, len, total;
    switch (engine_kind_of(ctx, v)) {
    case KIND_ARRAYBUFFER: {
        uint8_t *p = JS_GetArrayBuffer(ctx, &total, v);
        if (p == NULL) { /* detached, or empty */
            JS_FreeValue(ctx, JS_GetException(ctx));
            total = 0;
        }
        *out = (struct str){p != NULL ? (const char *)p : "", total};
        return true;
    }
    case KIND_TYPED_ARRAY:
    case KIND_DATAVIEW: {
        JSValue buffer = engine_view(ctx, v, &offset, &len);
        if (JS_IsException(buffer)) {
            JS_FreeValue(ctx, JS_GetException(ctx));
            *out = STR("");
            return true;
        }
        uint8_t *p = JS_GetArrayBuffer(ctx, &total, buffer);
        JS_FreeValue(ctx, buffer); /* the view holds it */
        if (p == NULL || offset > total || len > total - offset) {
            JS_FreeValue(ctx, JS_GetException(ctx));
            *out = STR("");
            return true;
        }
        *out = (struct str){(const char *)p + offset, len};
        return true;
    }
    default:
        return false;
    }
}

JSValue jsarg_new_str(JSContext *ctx, struct str s)
{
    return JS_NewStringLen(ctx, s.p, s.len);
}

/* opaque: as many bytes as were counted when it was made. */
static void *resize_buffer(JSRuntime *rt, void *opaque, void *p, size_t size)
{
    if (size == 0) {
        pod_count_external(rt, -(ptrdiff_t)(uintptr_t)opaque);
        mem_free(p);
        return NULL;
    }
    return mem_try_realloc(p, size);
}

JSValue jsarg_new_arraybuffer_of(JSContext *ctx, void *takes, size_t len,
                                 JSReallocArrayBufferDataFunc *resize, void *opaque)
{
    if (context_need_typed_arrays(ctx) < 0)
        return JS_EXCEPTION;
    return JS_NewArrayBuffer(ctx, takes, len, 0, resize, opaque, false);
}

JSValue jsarg_new_arraybuffer(JSContext *ctx, void *takes, size_t len)
{
    JSValue v =
        jsarg_new_arraybuffer_of(ctx, takes, len, resize_buffer, (void *)(uintptr_t)len);
    if (JS_IsException(v))
        mem_free(takes);
    else
        pod_count_external(JS_GetRuntime(ctx), (ptrdiff_t)len);
    return v;
}

JSValue jsarg_new_bytes(JSContext *ctx, struct str bytes)
{
    if (context_need_typed_arrays(ctx) < 0)
        return JS_EXCEPTION;
    return JS_NewArrayBufferCopy(ctx, (const uint8_t *)bytes.p, bytes.len);
}

JSValue jsarg_new_uint8array(JSContext *ctx, struct str bytes)
{
    if (context_need_typed_arrays(ctx) < 0)
        return JS_EXCEPTION;
    return JS_NewUint8ArrayCopy(ctx, (const uint8_t *)bytes.p, bytes.len);
}

JSValue jsarg_new_date(JSContext *ctx, double ms)
{
    return context_need_date(ctx) < 0 ? JS_EXCEPTION : JS_NewDate(ctx, ms);
}

/* ---- errors ---- */

/* ---- k6's own errors ---- */

static JSValue new_error_of(JSContext *ctx, JSValueConst proto, JSValue takes_message)
{
    JSValue error = engine_new_error(ctx, proto);
    if (JS_IsException(takes_message) || JS_IsException(error)) {
        JS_FreeValue(ctx, takes_message);
        JS_FreeValue(ctx, error);
        return JS_EXCEPTION;
    }
    if (JS_DefinePropertyValueStr(ctx, error, "message", takes_message,
                                  JS_PROP_WRITABLE | JS_PROP_CONFIGURABLE) < 0) {
        JS_FreeValue(ctx, error);
        return JS_EXCEPTION;
    }
    return error;
}

static JSValue go_value_text(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    return JS_GetPropertyStr(ctx, this_val, "message");
}

static const JSCFunctionListEntry GO_VALUE[] = {
    JS_CFUNC_DEF("error", 0, go_value_text),
    JS_CFUNC_DEF("toString", 0, go_value_text),
};

/* error.value: what k6's own code threw, with error() to ask for its text. */
static JSValue get_go_value(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    JSValue proto = JS_NewObject(ctx);
    if (JS_IsException(proto) ||
        JS_SetPropertyFunctionList(ctx, proto, GO_VALUE, sizeof GO_VALUE / sizeof GO_VALUE[0]) <
            0) {
        JS_FreeValue(ctx, proto);
        return JS_EXCEPTION;
    }
    JSValue value = new_error_of(ctx, proto, JS_GetPropertyStr(ctx, this_val, "message"));
    JS_FreeValue(ctx, proto);
    return value;
}

static JSValue go_error_construct(JSContext *ctx, JSValueConst new_target, int argc,
                                  JSValueConst *argv)
{
    struct str text = {NULL, 0};
    if (argc > 0 && !JS_IsUndefined(argv[0]) && !jsarg_str(ctx, argv[0], &text))
        return JS_EXCEPTION;
    JSValue error = jsarg_new_error(ctx, "%s", text.p != NULL ? text.p : "");
    jsarg_free_str(ctx, text);
    return error;
}

static int fill_go_error_proto(JSContext *ctx, JSValueConst proto)
{
    JSValue ctor = JS_NewCFunction2(ctx, go_error_construct, "GoError", 1,
                                    JS_CFUNC_constructor_or_func, 0);
    JSValue getter = JS_NewCFunction(ctx, get_go_value, "value", 0);
    JSAtom value = JS_NewAtom(ctx, "value");
    int rc = -1;
    if (!JS_IsException(ctor) && !JS_IsException(getter) && JS_SetConstructor(ctx, ctor, proto) >= 0)
        rc = JS_DefinePropertyGetSet(ctx, proto, value, JS_DupValue(ctx, getter), JS_UNDEFINED,
                                     JS_PROP_CONFIGURABLE);
    if (rc >= 0)
        rc = JS_DefinePropertyValueStr(ctx, proto, "name", JS_NewString(ctx, "GoError"),
                                       JS_PROP_WRITABLE | JS_PROP_CONFIGURABLE);
    JS_FreeAtom(ctx, value);
    JS_FreeValue(ctx, getter);
    JS_FreeValue(ctx, ctor);
    return rc < 0 ? -1 : 0;
}

/* The prototype of k6's own errors, made at the first one of a context: name "GoError", and an
 * Error otherwise. */
static JSValue go_error_proto(JSContext *ctx)
{
    JSValue proto = JS_GetClassProto(ctx, CLASS_GO_ERROR);
    if (JS_IsObject(proto))
        return proto;
    JSValue error_ctor = engine_error_ctor(ctx);
    JSValue error_proto = JS_GetPropertyStr(ctx, error_ctor, "prototype");
    proto = JS_NewObjectProto(ctx, error_proto);
    JS_FreeValue(ctx, error_proto);
    JS_FreeValue(ctx, error_ctor);
    if (JS_IsException(proto) || fill_go_error_proto(ctx, proto) < 0) {
        JS_FreeValue(ctx, proto);
        return JS_EXCEPTION;
    }
    JS_SetClassProto(ctx, CLASS_GO_ERROR, JS_DupValue(ctx, proto));
    return proto;
}

JSValue jsarg_go_error_constructor(JSContext *ctx)
{
    JSValue proto = go_error_proto(ctx);
    JSValue ctor = JS_IsException(proto) ? proto : JS_GetPropertyStr(ctx, proto, "constructor");
    JS_FreeValue(ctx, proto);
    return ctor;
}

/* k6's errors have `value` as a property of their own; it is made when it is read. */
static int add_go_value(JSContext *ctx, JSValueConst error, JSValueConst proto)
{
    JSPropertyDescriptor d;
    JSAtom name = JS_NewAtom(ctx, "value");
    int rc = JS_GetOwnProperty(ctx, &d, proto, name);
    if (rc > 0) {
        rc = JS_DefinePropertyGetSet(ctx, error, name, JS_DupValue(ctx, d.getter), JS_UNDEFINED,
                                     JS_PROP_CONFIGURABLE | JS_PROP_ENUMERABLE);
        JS_FreeValue(ctx, d.getter);
        JS_FreeValue(ctx, d.setter);
        JS_FreeValue(ctx, d.value);
    }
    JS_FreeAtom(ctx, name);
    return rc < 0 ? -1 : 0;
}

static JSValue new_error_with(JSContext *ctx, struct str text)
{
    JSValue proto = go_error_proto(ctx);
    if (JS_IsException(proto))
        return proto;
    JSValue error = new_error_of(ctx, proto, JS_NewStringLen(ctx, text.p, text.len));
    if (!JS_IsException(error) && add_go_value(ctx, error, proto) < 0) {
        JS_FreeValue(ctx, error);
        error = JS_EXCEPTION;
    }
    JS_FreeValue(ctx, proto);
    return error;
}

static JSValue new_go_error(JSContext *ctx, const char *fmt, va_list ap)
{
    struct buf text;
    buf_init(&text, BUF_NO_LIMIT);
    buf_vaddf(&text, fmt, ap);
    JSValue error = new_error_with(ctx, (struct str){text.data, text.len});
    buf_deinit(&text);
    return error;
}

JSValue jsarg_throw_text(JSContext *ctx, struct str text)
{
    JSValue error = new_error_with(ctx, text);
    return JS_IsException(error) ? error : JS_Throw(ctx, error);
}

JSValue jsarg_new_error(JSContext *ctx, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    JSValue error = new_go_error(ctx, fmt, ap);
    va_end(ap);
    return error;
}

JSValue jsarg_throw(JSContext *ctx, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    JSValue error = new_go_error(ctx, fmt, ap);
    va_end(ap);
    return JS_IsException(error) ? error : JS_Throw(ctx, error);
}

JSValue jsarg_throw_type(JSContext *ctx, const char *fmt, ...)
{
    struct buf text;
    va_list ap;
    buf_init(&text, BUF_NO_LIMIT);
    va_start(ap, fmt);
    buf_vaddf(&text, fmt, ap);
    va_end(ap);
    /* JS_ThrowTypeError has room for 256 bytes only; the error is made here and given its whole
     * text. */
    JS_ThrowTypeError(ctx, "%s", "");
    JSValue error = JS_GetException(ctx);
    JS_DefinePropertyValueStr(ctx, error, "message", JS_NewStringLen(ctx, text.data, text.len),
                              JS_PROP_WRITABLE | JS_PROP_CONFIGURABLE);
    buf_deinit(&text);
    return JS_Throw(ctx, error);
}

/* String(v), whatever it is: symbols by their description; what can't be converted as any object.
 */
static void put_thrown(struct buf *out, JSContext *ctx, JSValueConst v)
{
    struct str s;
    if (JS_IsSymbol(v)) {
        JSValue description = JS_GetPropertyStr(ctx, v, "description");
        if (jsarg_str(ctx, description, &s))
            buf_add_str(out, s);
        jsarg_free_str(ctx, s);
        JS_FreeValue(ctx, description);
        return;
    }
    if (jsarg_str(ctx, v, &s)) {
        buf_add_str(out, s);
        jsarg_free_str(ctx, s);
        return;
    }
    JS_FreeValue(ctx, JS_GetException(ctx));
    buf_adds(out, "[object Object]");
}

/* One line of the engine's stack, "    at f (file:1:2)", as k6 writes it. */
static void put_frame(struct buf *out, struct str line)
{
    static const char anonymous[] = "<anonymous> (";
    line = str_trim(line);
    if (!str_starts(line, "at "))
        return;
    line.p += 3;
    line.len -= 3;
    if (str_starts(line, anonymous) && str_ends(line, ")")) {
        line.p += sizeof anonymous - 1;
        line.len -= sizeof anonymous;
    }
    buf_adds(out, "\tat ");
    buf_add_str(out, line);
    buf_addc(out, '\n');
}

static void put_frames(struct buf *out, JSContext *ctx, JSValueConst frames)
{
    struct str s, line, rest;
    if (!JS_IsString(frames) || !jsarg_str(ctx, frames, &s))
        return;
    buf_addc(out, '\n');
    for (rest = s; rest.len > 0;) {
        struct str all = rest;
        if (!str_cut(all, '\n', &line, &rest)) {
            line = all;
            rest = STR("");
        }
        put_frame(out, line);
    }
    jsarg_free_str(ctx, s);
}

void jsarg_put_stack(struct buf *out, JSContext *ctx, JSValueConst error)
{
    put_thrown(out, ctx, error);
    JSValue frames = engine_error_frames(ctx, error);
    put_frames(out, ctx, frames);
    JS_FreeValue(ctx, frames);
}

/* Takes frames: of values that are no errors, where they were thrown. */
static void describe(JSContext *ctx, JSValueConst thrown, JSValue takes_frames, struct err *e)
{
    struct buf text;
    buf_init(&text, BUF_NO_LIMIT);
    put_thrown(&text, ctx, thrown);
    put_frames(&text, ctx, takes_frames);
    JS_FreeValue(ctx, takes_frames);
    err_set_text(e, ERR_SCRIPT, (struct str){text.data, text.len});
    buf_deinit(&text);
    if (e != NULL) {
        e->is_stack = true;
        err_set_hint(e, "script exception");
    }
}

void jsarg_describe_exception(JSContext *ctx, JSValueConst thrown, struct err *e)
{
    describe(ctx, thrown, engine_error_frames(ctx, thrown), e);
}

void jsarg_take_exception(JSContext *ctx, struct err *e)
{
    JSValue thrown = JS_GetException(ctx);
    JSValue frames = engine_error_frames(ctx, thrown);
    JSValue at = engine_take_throw_frames(ctx);
    if (JS_IsUndefined(frames))
        frames = JS_DupValue(ctx, at);
    JS_FreeValue(ctx, at);
    describe(ctx, thrown, frames, e);
    JS_FreeValue(ctx, thrown);
}

/* ---- properties ---- */

int jsarg_each_property(JSContext *ctx, JSValueConst object,
                        bool (*each)(void *opaque, JSContext *ctx, struct str key,
                                     JSValueConst value),
                        void *opaque)
{
    JSPropertyEnum *keys;
    uint32_t count;
    if (JS_GetOwnPropertyNames(ctx, &keys, &count, object, JS_GPN_STRING_MASK | JS_GPN_ENUM_ONLY) <
        0)
        return -1;
    int rc = 0;
    bool go_on = true;
    for (uint32_t i = 0; i < count && go_on; i++) {
        JSValue key = JS_AtomToString(ctx, keys[i].atom);
        JSValue value = JS_GetProperty(ctx, object, keys[i].atom);
        struct str s = {NULL, 0};
        if (JS_IsException(value) || !jsarg_str(ctx, key, &s))
            go_on = false;
        else
            go_on = each(opaque, ctx, s, value);
        jsarg_free_str(ctx, s);
        JS_FreeValue(ctx, value);
        JS_FreeValue(ctx, key);
    }
    if (!go_on && JS_HasException(ctx))
        rc = -1;
    JS_FreePropertyEnum(ctx, keys, count);
    return rc;
}

/* ---- lists ---- */

typedef int (*each_item)(JSContext *ctx, JSValueConst item, void *opaque);

static int each_iterated(JSContext *ctx, JSValueConst iterator, int64_t most, each_item each,
                         void *opaque)
{
    int rc = 0;
    for (int64_t i = 0; rc >= 0; i++) {
        bool is_done;
        JSValue item = engine_iterator_next(ctx, iterator, &is_done);
        if (JS_IsException(item))
            return ERR_SCRIPT;
        if (is_done)
            return 0;
        rc = i < most ? each(ctx, item, opaque) : ERR_TOO_LARGE;
        JS_FreeValue(ctx, item);
    }
    engine_iterator_close(ctx, iterator);
    return rc;
}

static int each_indexed(JSContext *ctx, JSValueConst object, int64_t most, each_item each,
                        void *opaque)
{
    int64_t len;
    int rc = 0;
    if (JS_IsFunction(ctx, object)) /* the length of which is another thing */
        return ERR_INVALID;
    JSValue has = JS_GetPropertyStr(ctx, object, "length");
    bool is_list = !JS_IsUndefined(has);
    bool is_read = !JS_IsException(has);
    JS_FreeValue(ctx, has);
    if (!is_list)
        return ERR_INVALID;
    if (!is_read || JS_GetLength(ctx, object, &len) < 0)
        return ERR_SCRIPT;
    if (len > most)
        return ERR_TOO_LARGE;
    for (int64_t i = 0; i < len && rc >= 0; i++) {
        JSValue item = JS_GetPropertyInt64(ctx, object, i);
        rc = JS_IsException(item) ? ERR_SCRIPT : each(ctx, item, opaque);
        JS_FreeValue(ctx, item);
    }
    return rc;
}

int jsarg_each_item(JSContext *ctx, JSValueConst object, int64_t most, each_item each, void *opaque)
{
    JSValue iterator = engine_iterator(ctx, object);
    if (JS_IsException(iterator))
        return ERR_SCRIPT;
    int rc = JS_IsUndefined(iterator) ? each_indexed(ctx, object, most, each, opaque)
                                      : each_iterated(ctx, iterator, most, each, opaque);
    JS_FreeValue(ctx, iterator);
    return rc;
}

static int add_number(JSContext *ctx, JSValueConst item, void *opaque)
{
    int32_t byte = 0;
    if (JS_ToInt32(ctx, &byte, item) < 0)
        return ERR_SCRIPT;
    return buf_addc(opaque, (char)byte) < 0 ? ERR_NOMEM : 0;
}

int jsarg_add_bytes(JSContext *ctx, JSValueConst v, int64_t most, struct buf *out)
{
    struct str bytes;
    if (jsarg_is_nullish(v))
        return 0;
    if (JS_IsString(v)) {
        if (!jsarg_str(ctx, v, &bytes))
            return ERR_SCRIPT;
        buf_add_str(out, bytes);
        jsarg_free_str(ctx, bytes);
    } else if (!JS_IsObject(v)) {
        return ERR_INVALID;
    } else if (jsarg_bytes(ctx, v, &bytes)) {
        buf_add_str(out, bytes);
    } else {
        return jsarg_each_item(ctx, v, most, add_number, out);
    }
    return buf_failed(out) ? ERR_NOMEM : 0;
}
