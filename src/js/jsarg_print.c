/* jsarg_print.c - values as people read them: console.log's form and Go's %v of what k6 exports.
 * Runs inside the engine; getters and toString of the script may run. Deep and cyclic values are
 * met: the objects being printed are remembered as a chain on the stack, and a nearly used-up stack
 * throws. Tests: jsarg_test.c. */
#include "js/jsarg.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/num.h"
#include "base/vec.h"
#include "js/engine.h"
#include "js/js_class.h"
#include "js/virtual_array.h"

struct open_object {
    const struct open_object *outer;
    void *object;
};

static bool is_open(const struct open_object *chain, void *object)
{
    for (; chain != NULL; chain = chain->outer)
        if (chain->object == object)
            return true;
    return false;
}

static int put_text(struct buf *out, JSContext *ctx, JSValueConst v)
{
    struct str s;
    if (JS_IsSymbol(v)) {
        JSValue description = JS_GetPropertyStr(ctx, v, "description");
        int rc = JS_IsUndefined(description) ? 0 : put_text(out, ctx, description);
        JS_FreeValue(ctx, description);
        return rc;
    }
    if (!jsarg_str(ctx, v, &s))
        return -1;
    buf_add_str(out, s);
    jsarg_free_str(ctx, s);
    return 0;
}

static int64_t length_of(JSContext *ctx, JSValueConst v)
{
    int64_t len;
    return JS_GetLength(ctx, v, &len) < 0 ? -1 : len;
}

/* ---- console ---- */

static int put_console(struct buf *out, JSContext *ctx, JSValueConst v,
                       const struct open_object *outer);

static int put_console_array(struct buf *out, JSContext *ctx, JSValueConst v,
                             const struct open_object *chain)
{
    int64_t len = length_of(ctx, v);
    if (len <= 0) {
        buf_adds(out, "[]");
        return len < 0 ? -1 : 0;
    }
    buf_adds(out, "[ ");
    for (int64_t i = 0; i < len; i++) {
        JSValue item = JS_GetPropertyInt64(ctx, v, i);
        if (i > 0)
            buf_adds(out, ", ");
        int rc = JS_IsException(item) ? -1 : put_console(out, ctx, item, chain);
        JS_FreeValue(ctx, item);
        if (rc < 0)
            return -1;
    }
    buf_adds(out, " ]");
    return 0;
}

/* Uint8ClampedArray reads Uint8Array, as in k6, which can't tell them apart. */
static const char *typed_array_name(JSValueConst v)
{
    switch (JS_GetTypedArrayType(v)) {
    case JS_TYPED_ARRAY_INT8:
        return "Int8Array";
    case JS_TYPED_ARRAY_UINT8C:
    case JS_TYPED_ARRAY_UINT8:
        return "Uint8Array";
    case JS_TYPED_ARRAY_INT16:
        return "Int16Array";
    case JS_TYPED_ARRAY_UINT16:
        return "Uint16Array";
    case JS_TYPED_ARRAY_INT32:
        return "Int32Array";
    case JS_TYPED_ARRAY_UINT32:
        return "Uint32Array";
    case JS_TYPED_ARRAY_BIG_INT64:
        return "BigInt64Array";
    case JS_TYPED_ARRAY_BIG_UINT64:
        return "BigUint64Array";
    case JS_TYPED_ARRAY_FLOAT16:
        return "Float16Array";
    case JS_TYPED_ARRAY_FLOAT32:
        return "Float32Array";
    case JS_TYPED_ARRAY_FLOAT64:
        return "Float64Array";
    default:
        return "TypedArray";
    }
}

static int put_console_typed_array(struct buf *out, JSContext *ctx, JSValueConst v)
{
    int64_t len = length_of(ctx, v);
    if (len < 0)
        return -1;
    buf_addf(out, "%s(%lld)", typed_array_name(v), (long long)len);
    if (len == 0) {
        buf_adds(out, " []");
        return 0;
    }
    buf_adds(out, " [ ");
    for (int64_t i = 0; i < len; i++) {
        JSValue item = JS_GetPropertyInt64(ctx, v, i);
        if (i > 0)
            buf_adds(out, ", ");
        int rc = JS_IsException(item) ? -1 : put_text(out, ctx, item);
        JS_FreeValue(ctx, item);
        if (rc < 0)
            return -1;
    }
    buf_adds(out, " ]");
    return 0;
}

static void put_console_buffer(struct buf *out, JSContext *ctx, JSValueConst v)
{
    struct str bytes;
    jsarg_bytes(ctx, v, &bytes);
    buf_adds(out, "ArrayBuffer { [Uint8Contents]: <");
    for (size_t i = 0; i < bytes.len; i++)
        buf_addf(out, "%s%02x", i > 0 ? " " : "", (unsigned char)bytes.p[i]);
    buf_addf(out, ">, byteLength: %zu }", bytes.len);
}

/* A Date without properties of its own: its ISO form in quotes; "{}" when it is invalid. */
static int put_console_date(struct buf *out, JSContext *ctx, JSValueConst v)
{
    JSAtom name = JS_NewAtom(ctx, "toISOString");
    JSValue text = JS_Invoke(ctx, v, name, 0, NULL);
    JS_FreeAtom(ctx, name);
    if (JS_IsException(text)) {
        JS_FreeValue(ctx, JS_GetException(ctx));
        buf_adds(out, "{}");
        return 0;
    }
    buf_addc(out, '"');
    int rc = put_text(out, ctx, text);
    buf_addc(out, '"');
    JS_FreeValue(ctx, text);
    return rc;
}

static int put_console_object(struct buf *out, JSContext *ctx, JSValueConst v,
                              const struct open_object *chain)
{
    JSPropertyEnum *keys;
    uint32_t count;
    int rc = 0;
    if (JS_GetOwnPropertyNames(ctx, &keys, &count, v, JS_GPN_STRING_MASK | JS_GPN_ENUM_ONLY) < 0)
        return -1;
    if (count == 0) {
        if (engine_kind_of(ctx, v) == KIND_DATE)
            rc = put_console_date(out, ctx, v);
        else
            buf_adds(out, "{}");
    }
    for (uint32_t i = 0; i < count && rc == 0; i++) {
        JSValue key = JS_AtomToString(ctx, keys[i].atom);
        buf_adds(out, i == 0 ? "{ " : ", ");
        rc = put_text(out, ctx, key);
        JS_FreeValue(ctx, key);
        buf_adds(out, ": ");
        JSValue value = JS_GetProperty(ctx, v, keys[i].atom);
        if (JS_IsException(value) || (rc == 0 && put_console(out, ctx, value, chain) < 0))
            rc = -1;
        JS_FreeValue(ctx, value);
    }
    if (count > 0)
        buf_adds(out, " }");
    JS_FreePropertyEnum(ctx, keys, count);
    return rc;
}

/* A value inside another. */
static int put_console(struct buf *out, JSContext *ctx, JSValueConst v,
                       const struct open_object *outer)
{
    if (jsarg_is_nullish(v)) {
        buf_adds(out, "null");
        return 0;
    }
    if (!JS_IsObject(v)) {
        const char *quote = JS_IsString(v) || JS_IsSymbol(v) ? "\"" : "";
        buf_adds(out, quote);
        int rc = put_text(out, ctx, v);
        buf_adds(out, quote);
        return rc;
    }
    if (engine_is_stack_low(ctx)) {
        JS_ThrowRangeError(ctx, "Maximum call stack size exceeded");
        return -1;
    }
    struct open_object here = {outer, JS_VALUE_GET_PTR(v)};
    if (is_open(outer, here.object)) {
        buf_adds(out, "[Circular]");
        return 0;
    }
    switch (engine_kind_of(ctx, v)) {
    case KIND_FUNCTION:
        buf_adds(out, "[object Function]");
        return 0;
    case KIND_ERROR:
        return put_text(out, ctx, v);
    case KIND_TYPED_ARRAY:
        return put_console_typed_array(out, ctx, v);
    case KIND_ARRAYBUFFER:
        put_console_buffer(out, ctx, v);
        return 0;
    case KIND_ARRAY: /* a script's proxy of one is an object to k6 */
        return JS_IsProxy(v) && !virtual_array_is(v) ? put_console_object(out, ctx, v, &here)
                                                     : put_console_array(out, ctx, v, &here);
    case KIND_PLAIN:
    case KIND_DATE:
    case KIND_REGEXP:
    case KIND_MAP:
    case KIND_SET:
    case KIND_DATAVIEW:
    case KIND_PROMISE:
    case KIND_PROXY:
    case KIND_BOXED:
        return put_console_object(out, ctx, v, &here);
    }
    return 0;
}

int jsarg_put_console(struct buf *out, JSContext *ctx, JSValueConst v)
{
    if (!JS_IsObject(v))
        return put_text(out, ctx, v);
    return put_console(out, ctx, v, NULL);
}

/* ---- Go's %v ---- */

static int put_go(struct buf *out, JSContext *ctx, JSValueConst v, const struct open_object *outer);

/* k6 keeps whole numbers as integers, which print without an exponent. */
static void put_go_number(struct buf *out, double n)
{
    if (n == floor(n) && fabs(n) <= 9007199254740991.0 && !(n == 0 && signbit(n)))
        buf_addf(out, "%lld", (long long)n);
    else
        num_put_v(out, n);
}

static int put_go_list(struct buf *out, JSContext *ctx, JSValueConst v,
                       const struct open_object *chain)
{
    int64_t len = length_of(ctx, v);
    if (len < 0)
        return -1;
    buf_addc(out, '[');
    for (int64_t i = 0; i < len; i++) {
        JSValue item = JS_GetPropertyInt64(ctx, v, i);
        if (i > 0)
            buf_addc(out, ' ');
        int rc = JS_IsException(item) ? -1 : put_go(out, ctx, item, chain);
        JS_FreeValue(ctx, item);
        if (rc < 0)
            return -1;
    }
    buf_addc(out, ']');
    return 0;
}

static int put_go_entries(struct buf *out, JSContext *ctx, JSValueConst v, bool is_map,
                          const struct open_object *chain)
{
    JSValue flat = engine_map_entries(ctx, v);
    int64_t len = JS_IsException(flat) ? -1 : length_of(ctx, flat);
    int rc = len < 0 ? -1 : 0;
    buf_addc(out, '[');
    for (int64_t i = 0; i < len && rc == 0; i++) {
        JSValue item = JS_GetPropertyInt64(ctx, flat, i);
        bool begins_pair = is_map && i % 2 == 0;
        buf_adds(out, begins_pair ? (i > 0 ? " [" : "[") : i > 0 ? " " : "");
        rc = put_go(out, ctx, item, chain);
        JS_FreeValue(ctx, item);
        if (is_map && i % 2 == 1)
            buf_addc(out, ']');
    }
    buf_addc(out, ']');
    JS_FreeValue(ctx, flat);
    return rc;
}

struct go_field {
    char *key;
    size_t key_len;
    char *value;
};
struct go_fields {
    VEC(struct go_field) list;
    const struct open_object *chain;
};

static bool add_go_field(void *opaque, JSContext *ctx, struct str key, JSValueConst value)
{
    struct go_fields *f = opaque;
    struct buf text;
    buf_init(&text, BUF_NO_LIMIT);
    if (put_go(&text, ctx, value, f->chain) < 0) {
        buf_deinit(&text);
        return false;
    }
    struct go_field field = {mem_strndup(key.p, key.len), key.len, buf_take(&text)};
    VEC_PUSH(&f->list, field);
    return true;
}

static int compare_fields(const void *a, const void *b)
{
    const struct go_field *x = a, *y = b;
    return str_cmp((struct str){x->key, x->key_len}, (struct str){y->key, y->key_len});
}

static int put_go_map(struct buf *out, JSContext *ctx, JSValueConst v,
                      const struct open_object *chain)
{
    struct go_fields f = {.chain = chain};
    int rc = jsarg_each_property(ctx, v, add_go_field, &f);
    if (f.list.len > 1)
        qsort(f.list.items, f.list.len, sizeof *f.list.items, compare_fields);
    buf_adds(out, "map[");
    for (size_t i = 0; i < f.list.len; i++) {
        buf_addf(out, "%s%s:%s", i > 0 ? " " : "", f.list.items[i].key, f.list.items[i].value);
        mem_free(f.list.items[i].key);
        mem_free(f.list.items[i].value);
    }
    buf_addc(out, ']');
    VEC_DEINIT(&f.list);
    return rc;
}

static int put_go_bytes(struct buf *out, JSContext *ctx, JSValueConst v)
{
    struct str bytes;
    jsarg_bytes(ctx, v, &bytes);
    buf_addc(out, '[');
    for (size_t i = 0; i < bytes.len; i++)
        buf_addf(out, "%s%u", i > 0 ? " " : "", (unsigned)(unsigned char)bytes.p[i]);
    buf_addc(out, ']');
    return 0;
}

static int put_go_date(struct buf *out, JSContext *ctx, JSValueConst v)
{
    JSValue ms_value = engine_unbox(ctx, v);
    double ms;
    JS_ToFloat64(ctx, &ms, ms_value);
    JS_FreeValue(ctx, ms_value);
    if (isnan(ms)) {
        buf_adds(out, "<nil>");
        return 0;
    }
    jsarg_put_go_time(out, ms, false);
    return 0;
}

/* http.file(): a pointer to a struct of Go. */
static int put_go_file(struct buf *out, JSContext *ctx, JSValueConst v,
                       const struct open_object *chain)
{
    static const char *const names[] = {"data", "filename", "content_type"};
    int rc = 0;
    buf_adds(out, "&{");
    for (size_t i = 0; i < sizeof names / sizeof *names && rc == 0; i++) {
        JSValue field = JS_GetPropertyStr(ctx, v, names[i]);
        buf_adds(out, i > 0 ? " " : "");
        rc = JS_IsException(field) ? -1 : put_go(out, ctx, field, chain);
        JS_FreeValue(ctx, field);
    }
    buf_addc(out, '}');
    return rc;
}

static int put_go_object(struct buf *out, JSContext *ctx, JSValueConst v,
                         const struct open_object *chain)
{
    int rc;
    if (JS_GetClassID(v) == CLASS_HTTP_FILE)
        return put_go_file(out, ctx, v, chain);
    switch (engine_kind_of(ctx, v)) {
    case KIND_ARRAY:
    case KIND_TYPED_ARRAY:
        return put_go_list(out, ctx, v, chain);
    case KIND_MAP:
        return put_go_entries(out, ctx, v, true, chain);
    case KIND_SET:
        return put_go_entries(out, ctx, v, false, chain);
    case KIND_DATE:
        return put_go_date(out, ctx, v);
    case KIND_ARRAYBUFFER:
        return put_go_bytes(out, ctx, v);
    case KIND_FUNCTION:
        buf_adds(out, "[object Function]");
        return 0;
    case KIND_BOXED: {
        JSValue inner = engine_unbox(ctx, v);
        if (JS_IsString(inner)) { /* k6 exports it as an object without fields */
            buf_adds(out, "map[]");
            rc = 0;
        } else {
            rc = put_go(out, ctx, inner, chain);
        }
        JS_FreeValue(ctx, inner);
        return rc;
    }
    case KIND_PLAIN:
    case KIND_ERROR:
    case KIND_REGEXP:
    case KIND_DATAVIEW:
    case KIND_PROMISE:
    case KIND_PROXY:
        return put_go_map(out, ctx, v, chain);
    }
    return 0;
}

static int put_go(struct buf *out, JSContext *ctx, JSValueConst v, const struct open_object *outer)
{
    double n;
    if (jsarg_is_nullish(v)) {
        buf_adds(out, "<nil>");
        return 0;
    }
    if (JS_IsNumber(v)) {
        JS_ToFloat64(ctx, &n, v);
        put_go_number(out, n);
        return 0;
    }
    if (!JS_IsObject(v))
        return put_text(out, ctx, v);
    if (engine_is_stack_low(ctx)) {
        JS_ThrowRangeError(ctx, "Maximum call stack size exceeded");
        return -1;
    }
    struct open_object here = {outer, JS_VALUE_GET_PTR(v)};
    if (is_open(outer, here.object)) {
        jsarg_throw_type(ctx, "a value that contains itself can't be written as text");
        return -1;
    }
    return put_go_object(out, ctx, v, &here);
}

int jsarg_put_go(struct buf *out, JSContext *ctx, JSValueConst v)
{
    return put_go(out, ctx, v, NULL);
}
