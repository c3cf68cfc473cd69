/* crypto_key.c - see crypto_key.h. What scripts see are own properties, so that a key prints and
 * becomes JSON as in k6; what counts is the key behind them.
 * Tests: test/js/webcrypto_keys.js */
#include "modules/webcrypto/crypto_key.h"

#include "js/pod.h"

enum { SHOWN = JS_PROP_ENUMERABLE };

static void crypto_key_finalize(JSRuntime *rt, JSValueConst v)
{
    wc_key_unref(JS_GetOpaque(v, CLASS_CRYPTO_KEY));
}

static const JSClassDef crypto_key_class = {.class_name = "CryptoKey",
                                            .finalizer = crypto_key_finalize};

int crypto_key_register(JSContext *ctx)
{
    JSValue proto = JS_NewObject(ctx);
    if (JS_IsException(proto))
        return -1;
    return pod_new_class(ctx, CLASS_CRYPTO_KEY, &crypto_key_class, proto);
}

struct wc_key *crypto_key_of(JSValueConst v)
{
    return JS_GetOpaque(v, CLASS_CRYPTO_KEY);
}

/* Failures show in the exception that stays pending; the caller looks once. */
static void show(JSContext *ctx, JSValueConst object, const char *name, JSValue v)
{
    if (!JS_IsException(v))
        JS_DefinePropertyValueStr(ctx, object, name, v, SHOWN);
}

static JSValue new_name(JSContext *ctx, const char *name)
{
    JSValue object = JS_NewObject(ctx);
    if (!JS_IsException(object))
        show(ctx, object, "name", JS_NewString(ctx, name));
    return object;
}

/* k6 shows the parts that its algorithms are made of beside the name: {algorithm: {name}, name}. */
static JSValue new_named(JSContext *ctx, const char *name)
{
    JSValue object = JS_NewObject(ctx);
    if (JS_IsException(object))
        return object;
    show(ctx, object, "algorithm", new_name(ctx, name));
    show(ctx, object, "name", JS_NewString(ctx, name));
    return object;
}

static JSValue new_algorithm(JSContext *ctx, const struct wc_key *k)
{
    const char *name = wc_alg_name(k->alg);
    JSValue object = JS_NewObject(ctx);
    if (JS_IsException(object))
        return object;
    if (wc_alg_is_rsa(k->alg) || wc_alg_is_ec(k->alg) || k->alg == WC_HMAC)
        show(ctx, object, "key_algorithm", new_named(ctx, name));
    show(ctx, object, "algorithm", new_name(ctx, name));
    show(ctx, object, "name", JS_NewString(ctx, name));
    if (wc_alg_is_rsa(k->alg))
        show(ctx, object, "modulusLength", JS_NewInt64(ctx, k->length_bits));
    if (k->hash != WC_ALGS)
        show(ctx, object, "hash",
             k->alg == WC_HMAC ? new_named(ctx, wc_alg_name(k->hash))
                               : new_name(ctx, wc_alg_name(k->hash)));
    if (k->alg == WC_HMAC || wc_alg_is_aes(k->alg))
        show(ctx, object, "length", JS_NewInt64(ctx, k->length_bits));
    if (wc_alg_is_ec(k->alg))
        show(ctx, object, "namedCurve", JS_NewString(ctx, wc_curve_name(k->curve)));
    return object;
}

static JSValue new_usages(JSContext *ctx, const struct wc_usages *u)
{
    JSValue list = JS_NewArray(ctx);
    for (int i = 0; i < u->count && !JS_IsException(list); i++)
        JS_DefinePropertyValueUint32(ctx, list, (uint32_t)i,
                                     JS_NewString(ctx, wc_usage_name((enum wc_usage)u->items[i])),
                                     JS_PROP_C_W_E);
    return list;
}

JSValue crypto_key_new(JSContext *ctx, struct wc_key *takes)
{
    static const char *const types[] = {"secret", "private", "public"};
    JSValue object = JS_NewObjectClass(ctx, CLASS_CRYPTO_KEY);
    if (JS_IsException(object)) {
        wc_key_unref(takes);
        return object;
    }
    JS_SetOpaque(object, takes);
    show(ctx, object, "type", JS_NewString(ctx, types[takes->type]));
    show(ctx, object, "extractable", JS_NewBool(ctx, takes->is_extractable));
    show(ctx, object, "algorithm", new_algorithm(ctx, takes));
    show(ctx, object, "usages", new_usages(ctx, &takes->usages));
    if (!JS_HasException(ctx))
        return object;
    JS_FreeValue(ctx, object);
    return JS_EXCEPTION;
}
