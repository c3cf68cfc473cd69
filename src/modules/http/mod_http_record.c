/* mod_http_record.c - objects that show a struct of k6: a fixed set of fields, in order, none to be
 * added or deleted. What is assigned becomes what the field holds: texts stay texts, numbers
 * numbers. Tests: test/js/http_record.js */
#include "modules/http/http_int.h"

#include <string.h>

struct http_record {
    const struct http_shape *shape;
    struct http_state *st; /* of the VU, which lives longer than its objects can be asked */
    JSValue values[];
};

static struct http_record *record_of(JSValueConst object)
{
    JSClassID id = JS_GetClassID(object);
    return id == CLASS_HTTP_RECORD || id == CLASS_HTTP_COOKIE || id == CLASS_HTTP_FILE
               ? JS_GetOpaque(object, id)
               : NULL;
}

JSValue mod_http_record_new(JSContext *ctx, const struct http_shape *shape, JSValue *values)
{
    JSValue object = JS_NewObjectClass(ctx, shape->class_id);
    bool ok = !JS_IsException(object);
    for (int i = 0; i < shape->count; i++)
        ok &= !JS_IsException(values[i]);
    if (!ok) {
        for (int i = 0; i < shape->count; i++)
            JS_FreeValue(ctx, values[i]);
        JS_FreeValue(ctx, object);
        return JS_EXCEPTION;
    }
    size_t size = (size_t)shape->count * sizeof(JSValue);
    struct http_record *r = mem_alloc(sizeof *r + size);
    r->shape = shape;
    r->st = mod_http_state_of(ctx);
    memcpy(r->values, values, size);
    JS_SetOpaque(object, r);
    return object;
}

/* What a field that holds such values has when it is assigned value. */
static JSValue convert(JSContext *ctx, enum http_holds holds, JSValueConst value)
{
    int64_t whole;
    double number;
    int truth;
    switch (holds) {
    case HOLDS_TEXT:
        return jsarg_text_value(ctx, value);
    case HOLDS_INT:
        return JS_ToInt64(ctx, &whole, value) < 0 ? JS_EXCEPTION : JS_NewInt64(ctx, whole);
    case HOLDS_FLOAT:
        return JS_ToFloat64(ctx, &number, value) < 0 ? JS_EXCEPTION : JS_NewNumber(ctx, number);
    case HOLDS_BOOL:
        truth = JS_ToBool(ctx, value);
        return truth < 0 ? JS_EXCEPTION : JS_NewBool(ctx, truth);
    case HOLDS_ANY:
        break;
    }
    return JS_IsUndefined(value) ? JS_NULL : JS_DupValue(ctx, value);
}

JSValue mod_http_record_from(JSContext *ctx, const struct http_shape *shape, JSValueConst value)
{
    JSValue values[SHAPE_MAX];
    const JSAtom *names = mod_http_state_of(ctx)->record_names;
    const struct http_record *same = JS_IsObject(value) ? record_of(value) : NULL;
    if (same && same->shape == shape)
        return JS_DupValue(ctx, value);
    if (!jsarg_is_nullish(value) && !JS_IsObject(value))
        return jsarg_throw_type(ctx, "an object is wanted here");
    for (int i = 0; i < shape->count; i++) {
        JSValue v = JS_IsObject(value) ? JS_GetProperty(ctx, value, names[shape->fields[i].id])
                                       : JS_UNDEFINED;
        bool is_missing = JS_IsUndefined(v) && shape->fields[i].holds == HOLDS_FLOAT;
        values[i] = JS_IsException(v) ? v
                    : is_missing      ? JS_NewInt32(ctx, 0)
                                      : convert(ctx, shape->fields[i].holds, v);
        JS_FreeValue(ctx, v);
    }
    return mod_http_record_new(ctx, shape, values);
}

/* ---- the class ---- */

static int find_field(const struct http_record *r, JSAtom name)
{
    for (int i = 0; i < r->shape->count; i++)
        if (r->st->record_names[r->shape->fields[i].id] == name)
            return i;
    return -1;
}

static int get_own_property(JSContext *ctx, JSPropertyDescriptor *desc, JSValueConst object,
                            JSAtom name)
{
    const struct http_record *r = record_of(object);
    int i = find_field(r, name);
    if (i < 0)
        return 0;
    if (desc)
        *desc = (JSPropertyDescriptor){.flags = JS_PROP_ENUMERABLE | JS_PROP_WRITABLE,
                                       .value = JS_DupValue(ctx, r->values[i]),
                                       .getter = JS_UNDEFINED,
                                       .setter = JS_UNDEFINED};
    return 1;
}

static int get_own_property_names(JSContext *ctx, JSPropertyEnum **names, uint32_t *count,
                                  JSValueConst object)
{
    const struct http_record *r = record_of(object);
    JSPropertyEnum *list = js_malloc(ctx, (size_t)r->shape->count * sizeof(*list));
    if (!list)
        return -1;
    for (int i = 0; i < r->shape->count; i++)
        list[i] =
            (JSPropertyEnum){.is_enumerable = true,
                             .atom = JS_DupAtom(ctx, r->st->record_names[r->shape->fields[i].id])};
    *names = list;
    *count = (uint32_t)r->shape->count;
    return 0;
}

static int delete_property(JSContext *ctx, JSValueConst object, JSAtom name)
{
    return find_field(record_of(object), name) < 0;
}

static int define_own_property(JSContext *ctx, JSValueConst object, JSAtom name, JSValueConst value,
                               JSValueConst getter, JSValueConst setter, int flags)
{
    struct http_record *r = record_of(object);
    int i = find_field(r, name);
    if (i < 0 || (flags & (JS_PROP_HAS_GET | JS_PROP_HAS_SET))) {
        if (!(flags & (JS_PROP_THROW | JS_PROP_THROW_STRICT)))
            return 0;
        jsarg_throw_type(ctx, "this object takes no such field");
        return -1;
    }
    if (!(flags & JS_PROP_HAS_VALUE))
        return 1;
    JSValue converted = convert(ctx, r->shape->fields[i].holds, value);
    if (JS_IsException(converted))
        return -1;
    JSValue old = r->values[i];
    r->values[i] = converted;
    JS_FreeValue(ctx, old);
    return 1;
}

static void record_finalize(JSRuntime *rt, JSValueConst object)
{
    struct http_record *r = record_of(object);
    for (int i = 0; r && i < r->shape->count; i++)
        JS_FreeValueRT(rt, r->values[i]);
    mem_free(r);
}

static void record_mark(JSRuntime *rt, JSValueConst object, JS_MarkFunc *mark)
{
    struct http_record *r = record_of(object);
    for (int i = 0; r && i < r->shape->count; i++)
        JS_MarkValue(rt, r->values[i], mark);
}

static JSClassExoticMethods record_exotic = {
    .get_own_property = get_own_property,
    .get_own_property_names = get_own_property_names,
    .delete_property = delete_property,
    .define_own_property = define_own_property,
};

#define RECORD_CLASS(name)                                                                         \
    {                                                                                              \
        name, .finalizer = record_finalize, .gc_mark = record_mark, .exotic = &record_exotic       \
    }

int mod_http_record_class(JSContext *ctx)
{
    static const JSClassDef plain = RECORD_CLASS("Record"), cookie = RECORD_CLASS("Cookie"),
                            file = RECORD_CLASS("FileData");
    struct http_state *st = mod_http_state_of(ctx);
    static const char *const names[RECORD_NAME_COUNT] = {
#define X(id, name) [NAME_##id] = name,
        HTTP_RECORD_NAMES(X)
#undef X
    };
    for (int i = 0; i < RECORD_NAME_COUNT; i++)
        st->record_names[i] = JS_NewAtom(ctx, names[i]);
    int rc = mod_http_response_plain_class(ctx, CLASS_HTTP_RECORD, &plain);
    if (rc == 0)
        rc = mod_http_response_plain_class(ctx, CLASS_HTTP_COOKIE, &cookie);
    return rc < 0 ? rc : mod_http_response_plain_class(ctx, CLASS_HTTP_FILE, &file);
}

void mod_http_record_close(JSContext *ctx, struct http_state *st)
{
    for (int i = 0; i < RECORD_NAME_COUNT; i++)
        JS_FreeAtom(ctx, st->record_names[i]);
}
