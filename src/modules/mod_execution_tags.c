/* mod_execution_tags.c - the two live objects of exec.vu.metrics. Their properties are not stored:
 * each access looks into the VU's tag set, and each change replaces that set, so that samples made
 * afterwards carry it. Knows nothing of the rest of k6/execution.
 * Source: k6 docs, "k6/execution", "vu.metrics". Tests: test/js/execution_tags.js */
#include "modules/mod_execution_tags.h"

#include "base/mem.h"
#include "exec/vu.h"
#include "js/engine.h"
#include "js/jsarg.h"
#include "js/pod.h"
#include "metrics/tags.h"
#include "modules/mod_arg.h"

static bool shows_metadata(JSValueConst object)
{
    return JS_GetClassID(object) == CLASS_EXEC_METADATA;
}

/* The VU's set behind the object. Metadata: NULL while there is none. */
static struct tagset **set_of(JSContext *ctx, JSValueConst object)
{
    struct vu *vu = pod_base_vu(ctx);
    return shows_metadata(object) ? &vu->metadata : &vu->tags;
}

/* 1: the property's name, to be freed with jsarg_free_str; 0: a symbol, which no tag is; -1:
 * exception. */
static int get_key(JSContext *ctx, JSAtom prop, struct str *out)
{
    JSValue name = JS_AtomToValue(ctx, prop);
    int rc = -1;
    if (JS_IsSymbol(name))
        rc = 0;
    else if (!JS_IsException(name) && jsarg_str(ctx, name, out))
        rc = 1;
    JS_FreeValue(ctx, name);
    return rc;
}

static int get_own(JSContext *ctx, JSPropertyDescriptor *desc, JSValueConst object, JSAtom prop)
{
    struct str key;
    struct str value;
    struct tagset *set = *set_of(ctx, object);
    int rc = get_key(ctx, prop, &key);
    if (rc <= 0)
        return rc;
    rc = set != NULL && tags_get(set, key.p, &value);
    jsarg_free_str(ctx, key);
    if (rc == 0 || desc == NULL)
        return rc;
    desc->flags = JS_PROP_C_W_E;
    desc->getter = JS_UNDEFINED;
    desc->setter = JS_UNDEFINED;
    desc->value = jsarg_new_str(ctx, value);
    return JS_IsException(desc->value) ? -1 : 1;
}

static int get_names(JSContext *ctx, JSPropertyEnum **fills, uint32_t *count, JSValueConst object)
{
    const struct tagset *set = *set_of(ctx, object);
    uint32_t n = set != NULL ? set->count : 0;
    JSPropertyEnum *names = js_malloc(ctx, (n + 1) * sizeof *names);
    if (names == NULL)
        return -1;
    for (uint32_t i = 0; i < n; i++) {
        names[i].is_enumerable = true;
        names[i].atom = JS_NewAtomLen(ctx, set->items[i].key.p, set->items[i].key.len);
        if (names[i].atom == JS_ATOM_NULL) {
            JS_FreePropertyEnum(ctx, names, i);
            return -1;
        }
    }
    *fills = names;
    *count = n;
    return 0;
}

/* Puts a new set in the place of the old one, which borrowed text of keys may belong to. */
static void replace(struct tagset **at, struct tagset *takes)
{
    struct tagset *old = *at;
    *at = takes;
    tags_unref(old);
}

static void set_value(JSContext *ctx, JSValueConst object, struct str key, struct str value)
{
    struct tagset **at = set_of(ctx, object);
    struct tagset *base = *at != NULL ? tags_ref(*at) : tags_empty(pod_base_vu(ctx)->tags->pool);
    replace(at, tags_with(base, key, value));
    tags_unref(base);
}

static int refuse_value(JSContext *ctx, JSValueConst object, struct str key)
{
    if (shows_metadata(object))
        jsarg_throw_type(ctx,
                         "invalid value for metric metadata '%s': only String, Boolean and Number "
                         "types are accepted as a metric metadata value",
                         key.p);
    else
        jsarg_throw_type(ctx,
                         "invalid value for metric tag '%s': only String, Boolean and Number types "
                         "are accepted as a metric tag values",
                         key.p);
    return -1;
}

/* So Object.freeze and Object.seal ask. Where there is a value, too, it is a new tag's, and the
 * rest is not heeded. */
static bool makes_read_only(int flags)
{
    int wanted = flags & (JS_PROP_HAS_WRITABLE | JS_PROP_HAS_CONFIGURABLE);
    return wanted != 0 && (flags & JS_PROP_HAS_VALUE) == 0 &&
           (flags & wanted >> JS_PROP_HAS_SHIFT) != wanted >> JS_PROP_HAS_SHIFT;
}

/* Assignment ends here too. */
static int define_own(JSContext *ctx, JSValueConst object, JSAtom prop, JSValueConst value,
                      JSValueConst getter, JSValueConst setter, int flags)
{
    struct str key;
    struct str text;
    if ((flags & (JS_PROP_HAS_GET | JS_PROP_HAS_SET)) != 0) {
        jsarg_throw_type(ctx, "tags and metadata can't have accessor properties");
        return -1;
    }
    if (makes_read_only(flags)) {
        engine_make_extensible(object); /* Object.freeze began with that */
        jsarg_throw_type(ctx, "tags and metadata can't be made read-only");
        return -1;
    }
    if ((flags & JS_PROP_HAS_VALUE) == 0)
        return 1;
    int rc = get_key(ctx, prop, &key);
    if (rc < 0)
        return -1;
    if (rc == 0) {
        jsarg_throw_type(ctx, "tags and metadata can't have symbols as keys");
        return -1;
    }
    if (!mod_arg_is_tag_value(ctx, value)) {
        rc = refuse_value(ctx, object, key);
    } else if (!mod_arg_tag_text(ctx, value, &text)) {
        rc = -1;
    } else {
        set_value(ctx, object, key, text);
        jsarg_free_str(ctx, text);
    }
    jsarg_free_str(ctx, key);
    return rc;
}

static int delete_own(JSContext *ctx, JSValueConst object, JSAtom prop)
{
    struct str key;
    struct tagset **at = set_of(ctx, object);
    int rc = get_key(ctx, prop, &key);
    if (rc <= 0)
        return rc < 0 ? -1 : 1;
    if (*at != NULL) {
        struct tagset *rest = tags_without(*at, key);
        /* Samples without metadata have no set at all. */
        if (shows_metadata(object) && rest->count == 0) {
            tags_unref(rest);
            rest = NULL;
        }
        replace(at, rest);
    }
    jsarg_free_str(ctx, key);
    return 1;
}

static JSClassExoticMethods methods = {
    /* never written; the engine's header wants it so */
    .get_own_property = get_own,
    .get_own_property_names = get_names,
    .delete_property = delete_own,
    .define_own_property = define_own,
};
static const JSClassDef tags_class = {.class_name = "Object", .exotic = &methods};
static const JSClassDef metadata_class = {.class_name = "Object", .exotic = &methods};

JSValue mod_execution_proto(JSContext *ctx)
{
    JSValue plain = JS_NewObject(ctx);
    JSValue proto = JS_IsException(plain) ? JS_NULL : JS_GetPrototype(ctx, plain);
    JS_FreeValue(ctx, plain);
    return proto;
}

int mod_execution_tags_init(JSContext *ctx)
{
    if (pod_new_class(ctx, CLASS_EXEC_TAGS, &tags_class, mod_execution_proto(ctx)) < 0)
        return -1;
    return pod_new_class(ctx, CLASS_EXEC_METADATA, &metadata_class, mod_execution_proto(ctx));
}

JSValue mod_execution_tags_new(JSContext *ctx, bool is_metadata)
{
    return JS_NewObjectClass(ctx, is_metadata ? CLASS_EXEC_METADATA : CLASS_EXEC_TAGS);
}
