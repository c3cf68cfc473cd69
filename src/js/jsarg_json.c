/* jsarg_json.c - values as JSON by the rules of what leaves k6's engine: setup data, options,
 * summary results. It is not JSON.stringify: undefined is null, Map and Set are lists, Date is RFC
 * 3339, bytes are base64, keys are sorted, nobody asks toJSON, and functions, cycles and NaN are
 * errors. Runs inside the engine; getters of the script may run. Tests: jsarg_test.c. */
#include "js/jsarg.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/hash.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/num.h"
#include "base/vec.h"
#include "js/engine.h"
#include "js/js_class.h"

struct open_object {
    const struct open_object *outer;
    void *object;
};

struct writer {
    struct buf *out;
    JSContext *ctx;
    struct err *e;
};

static int put_value(struct writer *w, JSValueConst v, const struct open_object *outer);

/* A getter of the script threw: that is the error. */
static int fail_by_exception(struct writer *w)
{
    jsarg_take_exception(w->ctx, w->e);
    return ERR_INVALID;
}

static int put_text(struct writer *w, JSValueConst v)
{
    struct str s;
    if (!jsarg_str(w->ctx, v, &s))
        return fail_by_exception(w);
    json_put_str(w->out, s);
    jsarg_free_str(w->ctx, s);
    return 0;
}

static int put_number(struct writer *w, double n)
{
    if (isnan(n) || isinf(n))
        return err_set(w->e, ERR_INVALID, "json: unsupported value: %s",
                       isnan(n) ? "NaN"
                       : n > 0  ? "+Inf"
                                : "-Inf");
    json_put_number(w->out, n);
    return 0;
}

static int put_bigint(struct writer *w, JSValueConst v)
{
    struct str s;
    if (!jsarg_str(w->ctx, v, &s))
        return fail_by_exception(w);
    buf_add_str(w->out, s);
    jsarg_free_str(w->ctx, s);
    return 0;
}

/* "2006-01-02T15:04:05.999Z" or with an offset, the zone being the process's; as %v prints it:
 * "2006-01-02 15:04:05.999 +0000 UTC". */
void jsarg_put_go_time(struct buf *out, double ms, bool is_json)
{
    int64_t whole_ms = (int64_t)ms;
    int64_t s = whole_ms / 1000;
    int frac = (int)(whole_ms % 1000);
    if (frac < 0) {
        frac += 1000;
        s--;
    }
    time_t t = (time_t)s;
    struct tm tm;
    localtime_r(&t, &tm);
    buf_addf(out, "%04d-%02d-%02d%c%02d:%02d:%02d", tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday,
             is_json ? 'T' : ' ', tm.tm_hour, tm.tm_min, tm.tm_sec);
    if (frac > 0) {
        char digits[8];
        snprintf(digits, sizeof digits, "%03d", frac);
        size_t len = 3;
        while (digits[len - 1] == '0')
            len--;
        buf_addf(out, ".%.*s", (int)len, digits);
    }
    long minutes = tm.tm_gmtoff / 60;
    long size = minutes < 0 ? -minutes : minutes;
    const char *sign = minutes < 0 ? "-" : "+";
    if (!is_json)
        buf_addf(out, " %s%02ld%02ld %s", sign, size / 60, size % 60, tm.tm_zone);
    else if (minutes == 0)
        buf_addc(out, 'Z');
    else
        buf_addf(out, "%s%02ld:%02ld", sign, size / 60, size % 60);
}

static int put_date(struct writer *w, JSValueConst v)
{
    JSValue ms_value = engine_unbox(w->ctx, v);
    double ms;
    JS_ToFloat64(w->ctx, &ms, ms_value);
    JS_FreeValue(w->ctx, ms_value);
    if (isnan(ms)) {
        buf_adds(w->out, "null");
        return 0;
    }
    if (ms >= 253402300800000.0 || ms < -62167219200000.0)
        return err_set(w->e, ERR_INVALID, "json: year outside of range [0,9999]");
    buf_addc(w->out, '"');
    jsarg_put_go_time(w->out, ms, true);
    buf_addc(w->out, '"');
    return 0;
}

static int put_array(struct writer *w, JSValueConst v, const struct open_object *chain)
{
    int64_t len;
    if (JS_GetLength(w->ctx, v, &len) < 0)
        return fail_by_exception(w);
    buf_addc(w->out, '[');
    for (int64_t i = 0; i < len; i++) {
        JSValue item = JS_GetPropertyInt64(w->ctx, v, i);
        if (i > 0)
            buf_addc(w->out, ',');
        int rc = JS_IsException(item) ? fail_by_exception(w) : put_value(w, item, chain);
        JS_FreeValue(w->ctx, item);
        if (rc < 0)
            return rc;
    }
    buf_addc(w->out, ']');
    return 0;
}

static int put_entries(struct writer *w, JSValueConst v, bool is_map,
                       const struct open_object *chain)
{
    JSValue flat = engine_map_entries(w->ctx, v);
    int64_t len = 0;
    int rc =
        JS_IsException(flat) || JS_GetLength(w->ctx, flat, &len) < 0 ? fail_by_exception(w) : 0;
    buf_addc(w->out, '[');
    for (int64_t i = 0; i < len && rc == 0; i++) {
        JSValue item = JS_GetPropertyInt64(w->ctx, flat, i);
        if (i > 0)
            buf_addc(w->out, ',');
        if (is_map && i % 2 == 0)
            buf_addc(w->out, '[');
        rc = put_value(w, item, chain);
        JS_FreeValue(w->ctx, item);
        if (is_map && i % 2 == 1)
            buf_addc(w->out, ']');
    }
    buf_addc(w->out, ']');
    JS_FreeValue(w->ctx, flat);
    return rc;
}

/* Bytes are base64, wider numbers a list. */
static int put_typed_array(struct writer *w, JSValueConst v, const struct open_object *chain)
{
    int type = JS_GetTypedArrayType(v);
    struct str bytes;
    if (type != JS_TYPED_ARRAY_UINT8 && type != JS_TYPED_ARRAY_UINT8C)
        return put_array(w, v, chain);
    jsarg_bytes(w->ctx, v, &bytes);
    buf_addc(w->out, '"');
    hash_put_base64(w->out, bytes.p, bytes.len);
    buf_addc(w->out, '"');
    return 0;
}

struct field {
    char *key;
    size_t key_len;
    char *json;
};
struct fields {
    struct writer *w;
    const struct open_object *chain;
    int rc;
    bool is_ours;      /* an object of a module, a response for one: its methods are no data */
    bool has_go_names; /* and k6 shows what it is inside */
    VEC(struct field) list;
};

/* Objects that k6 shows here by the names of their fields in Go. */
static bool has_go_names(JSClassID id)
{
    return id == CLASS_HTTP_COOKIE || id == CLASS_HTTP_FILE || id == CLASS_HTTP_URL;
}

/* "clean_url" is CleanURL. */
static char *go_name(struct str key)
{
    static const char *const shouted[] = {"http", "url"};
    char *name = mem_strndup(key.p, key.len);
    size_t len = 0;
    struct str word;
    for (struct str rest = key; rest.len > 0;) {
        str_cut(rest, '_', &word, &rest);
        bool is_loud = str_ieqs(word, shouted[0]) || str_ieqs(word, shouted[1]);
        for (size_t i = 0; i < word.len; i++) {
            char c = word.p[i];
            name[len++] = (i == 0 || is_loud) && ascii_is_alpha(c) ? (char)(c & ~0x20) : c;
        }
    }
    name[len] = '\0';
    return name;
}

static bool add_field(void *opaque, JSContext *ctx, struct str key, JSValueConst value)
{
    struct fields *f = opaque;
    struct buf text;
    if (f->is_ours && JS_IsFunction(ctx, value))
        return true;
    buf_init(&text, BUF_NO_LIMIT);
    struct writer w = *f->w;
    w.out = &text;
    f->rc = put_value(&w, value, f->chain);
    struct field field = {mem_strndup(key.p, key.len), key.len, buf_take(&text)};
    if (f->has_go_names) {
        mem_free(field.key);
        field.key = go_name(key);
        field.key_len = strlen(field.key);
    }
    VEC_PUSH(&f->list, field);
    return f->rc == 0;
}

static int compare_fields(const void *a, const void *b)
{
    const struct field *x = a, *y = b;
    return str_cmp((struct str){x->key, x->key_len}, (struct str){y->key, y->key_len});
}

static int put_object(struct writer *w, JSValueConst v, const struct open_object *chain)
{
    struct fields f = {.w = w,
                       .chain = chain,
                       .is_ours = JS_GetClassID(v) >= (JSClassID)CLASS_FIRST,
                       .has_go_names = has_go_names(JS_GetClassID(v))};
    if (jsarg_each_property(w->ctx, v, add_field, &f) < 0 && f.rc == 0)
        f.rc = fail_by_exception(w);
    if (f.list.len > 1)
        qsort(f.list.items, f.list.len, sizeof *f.list.items, compare_fields);
    buf_addc(w->out, '{');
    for (size_t i = 0; i < f.list.len; i++) {
        struct field *field = &f.list.items[i];
        if (i > 0)
            buf_addc(w->out, ',');
        json_put_str(w->out, (struct str){field->key, field->key_len});
        buf_addc(w->out, ':');
        buf_adds(w->out, field->json);
        mem_free(field->key);
        mem_free(field->json);
    }
    buf_addc(w->out, '}');
    VEC_DEINIT(&f.list);
    return f.rc;
}

static int put_boxed(struct writer *w, JSValueConst v, const struct open_object *chain)
{
    JSValue inner = engine_unbox(w->ctx, v);
    int rc = 0;
    if (JS_IsString(inner))
        buf_adds(w->out, "{}"); /* k6 takes a boxed text for an object without fields */
    else
        rc = put_value(w, inner, chain);
    JS_FreeValue(w->ctx, inner);
    return rc;
}

static int put_object_of_kind(struct writer *w, JSValueConst v, const struct open_object *chain)
{
    switch (engine_kind_of(w->ctx, v)) {
    case KIND_FUNCTION:
        return err_set(w->e, ERR_INVALID, "json: unsupported type: function");
    case KIND_ARRAY:
        return put_array(w, v, chain);
    case KIND_MAP:
        return put_entries(w, v, true, chain);
    case KIND_SET:
        return put_entries(w, v, false, chain);
    case KIND_DATE:
        return put_date(w, v);
    case KIND_TYPED_ARRAY:
        return put_typed_array(w, v, chain);
    case KIND_BOXED:
        return put_boxed(w, v, chain);
    case KIND_REGEXP:
    case KIND_ARRAYBUFFER:
    case KIND_DATAVIEW:
    case KIND_PROMISE:
    case KIND_PROXY:
        buf_adds(w->out, "{}");
        return 0;
    case KIND_PLAIN:
    case KIND_ERROR:
        return put_object(w, v, chain);
    }
    return 0;
}

static int put_value(struct writer *w, JSValueConst v, const struct open_object *outer)
{
    double n;
    if (jsarg_is_nullish(v)) {
        buf_adds(w->out, "null");
    } else if (JS_IsBool(v)) {
        buf_adds(w->out, JS_ToBool(w->ctx, v) ? "true" : "false");
    } else if (JS_IsNumber(v)) {
        JS_ToFloat64(w->ctx, &n, v);
        return put_number(w, n);
    } else if (JS_IsBigInt(v)) {
        return put_bigint(w, v);
    } else if (JS_IsSymbol(v)) {
        JSValue description = JS_GetPropertyStr(w->ctx, v, "description");
        int rc = put_value(w, description, outer);
        JS_FreeValue(w->ctx, description);
        return rc;
    } else if (!JS_IsObject(v)) {
        return put_text(w, v);
    } else {
        struct open_object here = {outer, JS_VALUE_GET_PTR(v)};
        for (const struct open_object *o = outer; o != NULL; o = o->outer)
            if (o->object == here.object)
                return err_set(w->e, ERR_INVALID, "json: unsupported value: encountered a cycle");
        if (engine_is_stack_low(w->ctx))
            return err_set(w->e, ERR_INVALID, "json: the value is nested too deeply");
        return put_object_of_kind(w, v, &here);
    }
    return 0;
}

int jsarg_put_json(struct buf *out, JSContext *ctx, JSValueConst v, struct err *e)
{
    struct writer w = {out, ctx, e};
    return put_value(&w, v, NULL);
}
