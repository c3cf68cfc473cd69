/* virtual_array.c - see virtual_array.h. Such an array is a Proxy: nothing else passes for an array
 * everywhere in the engine. Its target is an empty array, for the methods; its handler an object of
 * our class, which no script ever gets hold of. Calling traps for each access would cost more than
 * the element, and the engine compares all keys a trap returns with each other; so the runtime's
 * methods for proxies are replaced by ones that know our handlers, and give all other proxies to
 * the engine's. Tests: virtual_array_test.c */
#include "js/virtual_array.h"

#include "base/err.h"
#include "base/mem.h"
#include "js/context.h"
#include "js/engine.h"
#include "js/jsarg.h"
#include "js/pod.h"

struct virtual_array {
    const struct virtual_array_ops *ops;
    void *opaque;
    uint32_t len;
};

/* NULL: another proxy. */
static const struct virtual_array *array_of(JSValueConst proxy)
{
    JSValueConst handler = engine_proxy_handler(proxy);
    return JS_IsObject(handler) ? JS_GetOpaque(handler, CLASS_VIRTUAL_ARRAY) : NULL;
}

static int refuse(JSContext *ctx, const struct virtual_array *a)
{
    jsarg_throw_type(ctx, "%s", a->ops->refusal);
    return -1;
}

static int get_own(JSContext *ctx, JSPropertyDescriptor *desc, JSValueConst proxy, JSAtom name)
{
    const struct virtual_array *a = array_of(proxy);
    uint32_t i;
    if (a == NULL)
        return engine_proxy_methods()->get_own_property(ctx, desc, proxy, name);
    enum engine_name kind = engine_name_of(name, &i);
    if (kind == NAME_OTHER || (kind == NAME_INDEX && i >= a->len))
        return false;
    if (desc == NULL)
        return true;
    JSValue value =
        kind == NAME_LENGTH ? JS_NewUint32(ctx, a->len) : a->ops->get(ctx, a->opaque, i);
    if (JS_IsException(value))
        return -1;
    *desc = (JSPropertyDescriptor){
        .flags = kind == NAME_LENGTH ? JS_PROP_WRITABLE : JS_PROP_C_W_E,
        .value = value,
        .getter = JS_UNDEFINED,
        .setter = JS_UNDEFINED,
    };
    return true;
}

static int get_names(JSContext *ctx, JSPropertyEnum **names, uint32_t *count, JSValueConst proxy)
{
    const struct virtual_array *a = array_of(proxy);
    if (a == NULL)
        return engine_proxy_methods()->get_own_property_names(ctx, names, count, proxy);
    JSPropertyEnum *list = js_malloc(ctx, ((size_t)a->len + 1) * sizeof *list);
    if (list == NULL)
        return -1;
    for (uint32_t i = 0; i < a->len; i++)
        list[i] = (JSPropertyEnum){.atom = JS_NewAtomUInt32(ctx, i)};
    list[a->len] = (JSPropertyEnum){.atom = JS_NewAtom(ctx, "length")};
    *names = list;
    *count = a->len + 1;
    return 0;
}

static int delete_one(JSContext *ctx, JSValueConst proxy, JSAtom name)
{
    const struct virtual_array *a = array_of(proxy);
    uint32_t i;
    if (a == NULL)
        return engine_proxy_methods()->delete_property(ctx, proxy, name);
    enum engine_name kind = engine_name_of(name, &i);
    return kind == NAME_OTHER || (kind == NAME_INDEX && i >= a->len) ? true : refuse(ctx, a);
}

static int define(JSContext *ctx, JSValueConst proxy, JSAtom name, JSValueConst value,
                  JSValueConst getter, JSValueConst setter, int flags)
{
    const struct virtual_array *a = array_of(proxy);
    if (a == NULL)
        return engine_proxy_methods()->define_own_property(ctx, proxy, name, value, getter, setter,
                                                           flags);
    return (flags & JS_PROP_THROW) != 0 ? refuse(ctx, a) : false;
}

static int has(JSContext *ctx, JSValueConst proxy, JSAtom name)
{
    const struct virtual_array *a = array_of(proxy);
    uint32_t i;
    if (a != NULL && engine_name_of(name, &i) == NAME_INDEX)
        return i < a->len;
    return engine_proxy_methods()->has_property(ctx, proxy, name);
}

static JSValue get(JSContext *ctx, JSValueConst proxy, JSAtom name, JSValueConst receiver)
{
    const struct virtual_array *a = array_of(proxy);
    uint32_t i;
    if (a != NULL) {
        switch (engine_name_of(name, &i)) {
        case NAME_INDEX:
            if (i < a->len)
                return a->ops->get(ctx, a->opaque, i);
            break;
        case NAME_LENGTH:
            return JS_NewUint32(ctx, a->len);
        case NAME_OTHER:
            break;
        }
    }
    /* Methods come from the target, an empty array. */
    return engine_proxy_methods()->get_property(ctx, proxy, name, receiver);
}

static int set(JSContext *ctx, JSValueConst proxy, JSAtom name, JSValueConst value,
               JSValueConst receiver, int flags)
{
    const struct virtual_array *a = array_of(proxy);
    if (a == NULL)
        return engine_proxy_methods()->set_property(ctx, proxy, name, value, receiver, flags);
    return refuse(ctx, a);
}

static const JSClassExoticMethods methods = {
    .get_own_property = get_own,
    .get_own_property_names = get_names,
    .delete_property = delete_one,
    .define_own_property = define,
    .has_property = has,
    .get_property = get,
    .set_property = set,
};

static void finalize(JSRuntime *rt, JSValueConst handler)
{
    struct virtual_array *a = JS_GetOpaque(handler, CLASS_VIRTUAL_ARRAY);
    if (a != NULL && a->ops->free != NULL)
        a->ops->free(rt, a->opaque);
    mem_free(a);
}

bool virtual_array_is(JSValueConst v)
{
    return JS_IsProxy(v) && array_of(v) != NULL;
}

static const JSClassDef handler_class = {.class_name = "Object", .finalizer = finalize};

static JSValue new_handler(JSContext *ctx)
{
    if (context_need_proxy(ctx) < 0 ||
        pod_new_class(ctx, CLASS_VIRTUAL_ARRAY, &handler_class, JS_NULL) < 0)
        return JS_EXCEPTION;
    engine_set_proxy_methods(JS_GetRuntime(ctx), &methods);
    return JS_NewObjectProtoClass(ctx, JS_NULL, CLASS_VIRTUAL_ARRAY);
}

JSValue virtual_array_new(JSContext *ctx, const struct virtual_array_ops *ops, void *opaque,
                          uint32_t len)
{
    CHECK(len <= INT32_MAX); /* greater indexes are names of another kind */
    JSValue handler = new_handler(ctx);
    if (JS_IsException(handler)) {
        if (ops->free != NULL)
            ops->free(JS_GetRuntime(ctx), opaque);
        return JS_EXCEPTION;
    }
    struct virtual_array *a = MEM_NEW(struct virtual_array);
    *a = (struct virtual_array){ops, opaque, len};
    JS_SetOpaque(handler, a);
    JSValue target = JS_NewArray(ctx);
    JSValue proxy = JS_IsException(target) ? target : JS_NewProxy(ctx, target, handler);
    JS_FreeValue(ctx, target);
    JS_FreeValue(ctx, handler);
    return proxy;
}
