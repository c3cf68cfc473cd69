/* env_object.c - see env_object.h. The object passes all on to a plain one that holds the strings,
 * so that each assignment comes by here. Tests: test/js/core_env.js */
#include "js/env_object.h"

#include "base/mem.h"
#include "js/engine.h"
#include "js/js_class.h"
#include "js/jsarg.h"
#include "js/pod.h"

/* The object's opaque. */
struct env_object {
    JSValue values;
};

static JSValueConst values_of(JSValueConst object)
{
    const struct env_object *e = JS_GetOpaque(object, CLASS_ENV);
    return e->values;
}

static bool is_symbol(JSContext *ctx, JSAtom name)
{
    JSValue key = JS_AtomToValue(ctx, name);
    bool is_it = JS_IsSymbol(key);
    JS_FreeValue(ctx, key);
    return is_it;
}

static int get_own(JSContext *ctx, JSPropertyDescriptor *fills, JSValueConst object, JSAtom name)
{
    int found = JS_GetOwnProperty(ctx, fills, values_of(object), name);
    if (found > 0 && fills != NULL && !is_symbol(ctx, name))
        fills->flags &= ~JS_PROP_CONFIGURABLE; /* so k6 says, though it can be deleted */
    return found;
}

static int get_names(JSContext *ctx, JSPropertyEnum **names, uint32_t *count, JSValueConst object)
{
    return JS_GetOwnPropertyNames(ctx, names, count, values_of(object),
                                  JS_GPN_STRING_MASK | JS_GPN_SYMBOL_MASK);
}

static int delete_own(JSContext *ctx, JSValueConst object, JSAtom name)
{
    return JS_DeleteProperty(ctx, values_of(object), name, 0);
}

/* Object.freeze and its kin, and what could be neither changed nor seen. */
static bool restricts(int flags)
{
    return ((flags & JS_PROP_HAS_ENUMERABLE) != 0 && (flags & JS_PROP_ENUMERABLE) == 0) ||
           ((flags & JS_PROP_HAS_CONFIGURABLE) != 0 && (flags & JS_PROP_CONFIGURABLE) == 0) ||
           ((flags & JS_PROP_HAS_WRITABLE) != 0 && (flags & JS_PROP_WRITABLE) == 0);
}

/* Assignment ends here too. */
static int define_own(JSContext *ctx, JSValueConst object, JSAtom name, JSValueConst value,
                      JSValueConst getter, JSValueConst setter, int flags)
{
    if (is_symbol(ctx, name))
        return JS_DefineProperty(ctx, values_of(object), name, value, getter, setter, flags);
    if ((flags & (JS_PROP_HAS_GET | JS_PROP_HAS_SET)) != 0) {
        jsarg_throw_type(ctx, "__ENV can't have accessor properties");
        return -1;
    }
    if (restricts(flags)) {
        jsarg_throw_type(ctx, "properties of __ENV are writable, enumerable and configurable");
        return -1;
    }
    JSValue text = jsarg_text_value(ctx, (flags & JS_PROP_HAS_VALUE) != 0 ? value : JS_UNDEFINED);
    if (JS_IsException(text))
        return -1;
    return JS_DefinePropertyValue(ctx, values_of(object), name, text, JS_PROP_C_W_E);
}

static void finalize(JSRuntime *rt, JSValueConst object)
{
    struct env_object *e = JS_GetOpaque(object, CLASS_ENV);
    if (e != NULL)
        JS_FreeValueRT(rt, e->values);
    mem_free(e);
}

static void mark(JSRuntime *rt, JSValueConst object, JS_MarkFunc *mark_value)
{
    const struct env_object *e = JS_GetOpaque(object, CLASS_ENV);
    if (e != NULL)
        JS_MarkValue(rt, e->values, mark_value);
}

static JSClassExoticMethods methods = {
    /* never written; the engine's header wants it so */
    .get_own_property = get_own,
    .get_own_property_names = get_names,
    .delete_property = delete_own,
    .define_own_property = define_own,
};
static const JSClassDef env_class = {
    .class_name = "Object", .finalizer = finalize, .gc_mark = mark, .exotic = &methods};

JSValue env_object_new(JSContext *ctx, JSValue takes_values)
{
    if (JS_IsException(takes_values))
        return JS_EXCEPTION;
    JSValue object = JS_EXCEPTION;
    if (pod_new_class(ctx, CLASS_ENV, &env_class, JS_GetPrototype(ctx, takes_values)) == 0)
        object = JS_NewObjectClass(ctx, CLASS_ENV);
    if (JS_IsException(object)) {
        JS_FreeValue(ctx, takes_values);
        return JS_EXCEPTION;
    }
    struct env_object *e = mem_alloc(sizeof *e);
    e->values = takes_values;
    JS_SetOpaque(object, e);
    return object;
}
