/* subtle.c - crypto.subtle. Each call reads its arguments into a task and gives a promise. Refused
 * arguments reject it at once, as in k6; all else settles it through the event loop, also what is
 * computed on the spot. Long work is done by a helper thread while a fiber of the worker waits for
 * it, so that other VUs go on.
 *
 *   subtle_op --task--> run here ------------------------> jsloop_done -> finish -> promise
 *                  `--> helper fiber -> blocking_call -----^
 *
 * An operation whose VU is gone while a thread works on it is freed by the fiber that waits for
 * that. Source: W3C Web Cryptography API. Tests: test/js/webcrypto_*.js */
#include "modules/webcrypto/subtle.h"

#include "base/err.h"
#include "base/mem.h"
#include "core/blocking.h"
#include "core/fiber.h"
#include "js/jsarg.h"
#include "js/jsloop.h"
#include "js/pod.h"
#include "modules/webcrypto/crypto_key.h"
#include "modules/webcrypto/mod_webcrypto.h"
#include "modules/webcrypto/subtle_args.h"

struct subtle_op {
    struct jsloop_op op; /* first */
    struct wc_task task;
    JSValue resolve, reject;
    struct worker *worker;
    bool is_away;      /* a helper has it */
    bool is_abandoned; /* ... and nobody waits any more */
};

static void op_free(JSContext *ctx, struct subtle_op *o)
{
    JS_FreeValue(ctx, o->resolve);
    JS_FreeValue(ctx, o->reject);
    wc_task_deinit(&o->task);
    mem_free(o);
}

/* ---- settling ---- */

static JSValue new_pair(JSContext *ctx, struct wc_key *made[2])
{
    JSValue pair = JS_NewObject(ctx);
    JSValue keys[2] = {JS_EXCEPTION, JS_EXCEPTION};
    for (int i = 0; i < 2; i++) {
        keys[i] = crypto_key_new(ctx, made[i]);
        made[i] = NULL; /* the object's now */
    }
    if (JS_IsException(pair) || JS_IsException(keys[0]) || JS_IsException(keys[1])) {
        JS_FreeValue(ctx, keys[0]);
        JS_FreeValue(ctx, keys[1]);
        JS_FreeValue(ctx, pair);
        return JS_EXCEPTION;
    }
    JS_SetPropertyStr(ctx, pair, "privateKey", keys[0]);
    JS_SetPropertyStr(ctx, pair, "publicKey", keys[1]);
    return pair;
}

static JSValue new_result(JSContext *ctx, struct wc_task *t)
{
    size_t len = t->out.len;
    switch (t->result) {
    case WC_GIVES_BYTES:
        /* An empty buffer owns no memory that could be handed over. */
        return jsarg_new_arraybuffer(ctx, len > 0 ? buf_take(&t->out) : mem_alloc(1), len);
    case WC_GIVES_BOOL:
        return JS_NewBool(ctx, t->verdict);
    case WC_GIVES_KEY: {
        struct wc_key *k = t->made[0];
        t->made[0] = NULL;
        return crypto_key_new(ctx, k);
    }
    case WC_GIVES_PAIR:
        return new_pair(ctx, t->made);
    case WC_GIVES_JWK:
        return JS_ParseJSON(ctx, t->out.data, len, "<jwk>");
    }
    return JS_UNDEFINED;
}

/* Calls one of the promise's functions; takes v. */
static void settle(JSContext *ctx, JSValueConst fn, JSValue v)
{
    JSValue ret = JS_IsException(v) ? v : JS_Call(ctx, fn, JS_UNDEFINED, 1, (JSValueConst *)&v);
    JS_FreeValue(ctx, v);
    JS_FreeValue(ctx, ret);
}

static void op_finish(JSContext *ctx, struct jsloop_op *op)
{
    struct subtle_op *o = (struct subtle_op *)(void *)op;
    if (o->task.rc < 0)
        settle(ctx, o->reject, mod_webcrypto_new_error(ctx, &o->task.err));
    else
        settle(ctx, o->resolve, new_result(ctx, &o->task));
    op_free(ctx, o);
}

static void op_cancel(JSContext *ctx, struct jsloop_op *op)
{
    struct subtle_op *o = (struct subtle_op *)(void *)op;
    if (!o->is_away) {
        op_free(ctx, o);
        return;
    }
    JS_FreeValue(ctx, o->resolve);
    JS_FreeValue(ctx, o->reject);
    o->is_abandoned = true;
    wc_task_cancel(&o->task);
}

/* ---- running ---- */

static void run_away(void *arg)
{
    struct subtle_op *o = arg;
    wc_task_run(&o->task, NULL);
}

static void helper_main(void *arg)
{
    struct subtle_op *o = arg;
    blocking_call(o->worker, run_away, o);
    o->is_away = false;
    if (o->is_abandoned) {
        wc_task_deinit(&o->task);
        mem_free(o);
    } else {
        jsloop_done(&o->op);
    }
}

static void op_start(JSContext *ctx, struct subtle_op *o)
{
    jsloop_begin(pod_vu(ctx), &o->op, op_finish, op_cancel);
    if (wc_task_is_heavy(&o->task)) {
        o->is_away = true;
        fiber_spawn(o->worker, FIBER_HELPER, helper_main, o);
    } else {
        wc_task_run(&o->task, mod_webcrypto_methods(ctx));
        jsloop_done(&o->op);
    }
}

/* What the arguments came to, and the promise for it. Takes o. */
static JSValue op_go(JSContext *ctx, struct subtle_op *o, int rc)
{
    JSValue resolving[2];
    JSValue promise = rc == ERR_SCRIPT ? JS_EXCEPTION : JS_NewPromiseCapability(ctx, resolving);
    if (JS_IsException(promise)) {
        op_free(ctx, o);
        return promise;
    }
    o->resolve = resolving[0];
    o->reject = resolving[1];
    if (rc == 0) {
        op_start(ctx, o);
        return promise;
    }
    if (rc != ERR_INVALID)
        wc_fail(&o->task.err, WC_OPERATION_ERROR, "out of memory");
    settle(ctx, o->reject, mod_webcrypto_new_error(ctx, &o->task.err));
    op_free(ctx, o);
    if (JS_HasException(ctx)) {
        JS_FreeValue(ctx, promise);
        return JS_EXCEPTION;
    }
    return promise;
}

static struct subtle_op *op_new(JSContext *ctx, enum wc_op op)
{
    struct subtle_op *o = MEM_NEW(struct subtle_op);
    wc_task_init(&o->task, op);
    o->resolve = o->reject = JS_UNDEFINED;
    o->worker = pod_worker(ctx);
    return o;
}

/* ---- arguments ---- */

/* Name and parameters of an algorithm argument. */
static int read_alg(JSContext *ctx, JSValueConst v, enum wc_op op, struct wc_params *p,
                    struct wc_err *e)
{
    int rc = subtle_args_alg(ctx, v, op, &p->alg, e);
    return rc < 0 ? rc : subtle_args_params(ctx, v, op, p, e);
}

static bool is_signing(enum wc_op op)
{
    return op == WC_SIGN || op == WC_VERIFY;
}

/* The key of an operation that its algorithm and usages must allow. */
static int read_key(JSContext *ctx, JSValueConst v, struct wc_task *t, enum wc_usage usage)
{
    if (jsarg_is_nullish(v)) {
        jsarg_throw_type(ctx, "Cannot convert undefined or null to object");
        return ERR_SCRIPT;
    }
    if (crypto_key_of(v) == NULL)
        return wc_fail(&t->err, WC_TYPE_ERROR, "field algorithm is null or undefined");
    int rc = subtle_args_key(ctx, v, &t->key, &t->err);
    if (rc < 0)
        return rc;
    if (t->key->alg != t->params.alg)
        return wc_fail(&t->err, WC_INVALID_ACCESS,
                       "%s%salgorithm name does not match key algorithm name",
                       is_signing(t->op) ? "" : wc_op_name(t->op), is_signing(t->op) ? "" : "'s ");
    if (!wc_usages_has(&t->key->usages, usage))
        return wc_fail(&t->err, WC_INVALID_ACCESS, "%s%skey does not contain the '%s' usage",
                       is_signing(t->op) ? "" : wc_op_name(t->op),
                       is_signing(t->op) ? "" : "'s ", wc_usage_name(usage));
    return 0;
}

/* encrypt(algorithm, key, data), decrypt: magic is the enum wc_op. */
static JSValue subtle_crypt(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv,
                            int magic)
{
    struct subtle_op *o = op_new(ctx, (enum wc_op)magic);
    struct wc_task *t = &o->task;
    int rc = subtle_args_bytes(ctx, argv[2], &t->data, &t->err);
    if (rc == 0)
        rc = read_alg(ctx, argv[0], t->op, &t->params, &t->err);
    if (rc == 0)
        rc = read_key(ctx, argv[1], t, t->op == WC_ENCRYPT ? WC_USE_ENCRYPT : WC_USE_DECRYPT);
    return op_go(ctx, o, rc);
}

/* sign(algorithm, key, data) */
static JSValue subtle_sign(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    struct subtle_op *o = op_new(ctx, WC_SIGN);
    struct wc_task *t = &o->task;
    int rc = subtle_args_bytes(ctx, argv[2], &t->data, &t->err);
    if (rc == 0)
        rc = read_alg(ctx, argv[0], t->op, &t->params, &t->err);
    if (rc == 0)
        rc = read_key(ctx, argv[1], t, WC_USE_SIGN);
    return op_go(ctx, o, rc);
}

/* verify(algorithm, key, signature, data) */
static JSValue subtle_verify(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    struct subtle_op *o = op_new(ctx, WC_VERIFY);
    struct wc_task *t = &o->task;
    int rc = subtle_args_bytes(ctx, argv[2], &t->signature, &t->err);
    if (rc == 0)
        rc = subtle_args_bytes(ctx, argv[3], &t->data, &t->err);
    if (rc == 0)
        rc = read_alg(ctx, argv[0], t->op, &t->params, &t->err);
    if (rc == 0)
        rc = read_key(ctx, argv[1], t, WC_USE_VERIFY);
    return op_go(ctx, o, rc);
}

/* digest(algorithm, data) */
static JSValue subtle_digest(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    struct subtle_op *o = op_new(ctx, WC_DIGEST);
    struct wc_task *t = &o->task;
    struct str bytes;
    int rc;
    if (jsarg_is_nullish(argv[1])) {
        jsarg_throw_type(ctx, "Cannot convert undefined or null to object");
        rc = ERR_SCRIPT;
    } else if (!JS_IsObject(argv[1]) || !jsarg_bytes(ctx, argv[1], &bytes))
        rc = wc_fail(&t->err, NULL, "data must be an ArrayBuffer, TypedArray, or DataView");
    else
        rc = subtle_args_bytes(ctx, argv[1], &t->data, &t->err);
    if (rc == 0)
        rc = read_alg(ctx, argv[0], t->op, &t->params, &t->err);
    return op_go(ctx, o, rc);
}

/* generateKey(algorithm, extractable, keyUsages) */
static JSValue subtle_generate_key(JSContext *ctx, JSValueConst this_val, int argc,
                                   JSValueConst *argv)
{
    struct subtle_op *o = op_new(ctx, WC_GENERATE);
    struct wc_task *t = &o->task;
    t->is_extractable = JS_ToBool(ctx, argv[1]) > 0;
    int rc = subtle_args_usages(ctx, argv[2], 2, &t->usages);
    if (rc == 0)
        rc = read_alg(ctx, argv[0], t->op, &t->params, &t->err);
    return op_go(ctx, o, rc);
}

/* name: that of the error. before: its words before the format's name. */
static int fail_format(JSContext *ctx, JSValueConst v, const char *name, const char *before,
                       struct wc_task *t)
{
    struct str text;
    if (!jsarg_str(ctx, v, &text))
        return ERR_SCRIPT;
    int rc = wc_fail(&t->err, name, "%s %s", before, jsarg_is_nullish(v) ? "" : text.p);
    jsarg_free_str(ctx, text);
    return rc;
}

/* importKey(format, keyData, algorithm, extractable, keyUsages) */
static JSValue subtle_import_key(JSContext *ctx, JSValueConst this_val, int argc,
                                 JSValueConst *argv)
{
    struct subtle_op *o = op_new(ctx, WC_IMPORT);
    struct wc_task *t = &o->task;
    t->is_extractable = JS_ToBool(ctx, argv[3]) > 0;
    int rc = subtle_args_format(ctx, argv[0], &t->format);
    if (rc == 0)
        rc = subtle_args_usages(ctx, argv[4], 4, &t->usages);
    if (rc == 0 && t->format == WC_FORMATS)
        rc = fail_format(ctx, argv[0], WC_IMPLEMENTATION_ERROR, "unsupported format", t);
    if (rc == 0)
        rc = subtle_args_key_data(ctx, argv[1], t->format, &t->data, &t->err);
    if (rc == 0)
        rc = read_alg(ctx, argv[2], t->op, &t->params, &t->err);
    return op_go(ctx, o, rc);
}

/* exportKey(format, key) */
static JSValue subtle_export_key(JSContext *ctx, JSValueConst this_val, int argc,
                                 JSValueConst *argv)
{
    struct subtle_op *o = op_new(ctx, WC_EXPORT);
    struct wc_task *t = &o->task;
    int rc = subtle_args_format(ctx, argv[0], &t->format);
    if (rc == 0 && jsarg_is_nullish(argv[1])) {
        jsarg_throw_type(ctx, "Cannot convert undefined or null to object");
        rc = ERR_SCRIPT;
    }
    if (rc == 0 && crypto_key_of(argv[1]) == NULL)
        rc = wc_fail(&t->err, WC_IMPLEMENTATION_ERROR,
                     "unable to extract CryptoKey from key object");
    if (rc == 0)
        rc = subtle_args_key(ctx, argv[1], &t->key, &t->err);
    if (rc == 0 && t->format == WC_FORMATS && t->key->is_extractable)
        rc = fail_format(ctx, argv[0], WC_NOT_SUPPORTED, "unsupported key format", t);
    return op_go(ctx, o, rc);
}

/* The base key of a derivation; what it must be is asked here, the algorithm by wc_derive. */
static int read_base_key(JSContext *ctx, JSValueConst v, struct wc_task *t, enum wc_usage usage)
{
    int rc = subtle_args_key(ctx, v, &t->key, &t->err);
    if (rc == 0 && t->params.alg == WC_PBKDF2 && t->key->type != WC_SECRET)
        rc = wc_fail(&t->err, WC_INVALID_ACCESS, "algorithm's password key is not a secret key");
    if (rc == 0 && t->params.alg == WC_ECDH && t->key->type != WC_PRIVATE)
        rc = wc_fail(&t->err, WC_INVALID_ACCESS, "provided baseKey is not a private key");
    if (rc == 0 && !wc_usages_has(&t->key->usages, usage))
        rc = wc_fail(&t->err, WC_INVALID_ACCESS, "provided baseKey doesn't contain `%s` usage",
                     wc_usage_name(usage));
    return rc;
}

/* deriveBits(algorithm, baseKey, length) */
static JSValue subtle_derive_bits(JSContext *ctx, JSValueConst this_val, int argc,
                                  JSValueConst *argv)
{
    struct subtle_op *o = op_new(ctx, WC_DERIVE_BITS);
    struct wc_task *t = &o->task;
    bool is_given;
    int rc = subtle_args_bits(ctx, argv[2], &is_given, &t->bits);
    if (rc == 0)
        rc = read_alg(ctx, argv[0], t->op, &t->params, &t->err);
    if (rc == 0 && !is_given && t->params.alg == WC_ECDH)
        t->bits = -1; /* as the standard has it: all there is */
    else if (rc == 0 && t->bits <= 0)
        rc = wc_fail(&t->err, WC_OPERATION_ERROR, "length can not be 0");
    else if (rc == 0 && t->bits % 8 != 0)
        rc = wc_fail(&t->err, WC_OPERATION_ERROR,
                     "currently only multiples of 8 are supported for length");
    if (rc == 0)
        rc = read_base_key(ctx, argv[1], t, WC_USE_DERIVE_BITS);
    return op_go(ctx, o, rc);
}

/* The algorithm of a key that comes out of deriveKey or unwrapKey. */
static int read_key_alg(JSContext *ctx, JSValueConst v, struct wc_task *t)
{
    struct wc_params *p = &t->key_params;
    int rc = subtle_args_alg(ctx, v, WC_IMPORT, &p->alg, &t->err);
    if (rc < 0)
        return rc;
    if (t->op == WC_DERIVE_KEY && !wc_alg_is_aes(p->alg) && p->alg != WC_HMAC)
        return wc_fail(&t->err, WC_NOT_SUPPORTED,
                       "derive key function doesn't support algorithm %s", wc_alg_name(p->alg));
    rc = subtle_args_params(ctx, v, WC_IMPORT, p, &t->err);
    if (rc == 0 && t->op == WC_DERIVE_KEY && wc_alg_is_aes(p->alg)) {
        struct wc_params length = {.alg = p->alg};
        rc = subtle_args_params(ctx, v, WC_GENERATE, &length, &t->err);
        p->length_bits = length.length_bits;
        if (rc == ERR_INVALID)
            wc_fail(&t->err, WC_OPERATION_ERROR, "aes length parameter not specified");
    }
    return rc;
}

/* deriveKey(algorithm, baseKey, derivedKeyType, extractable, keyUsages) */
static JSValue subtle_derive_key(JSContext *ctx, JSValueConst this_val, int argc,
                                 JSValueConst *argv)
{
    struct subtle_op *o = op_new(ctx, WC_DERIVE_KEY);
    struct wc_task *t = &o->task;
    t->is_extractable = JS_ToBool(ctx, argv[3]) > 0;
    int rc = subtle_args_usages(ctx, argv[4], 4, &t->usages);
    if (rc == 0)
        rc = subtle_args_alg(ctx, argv[0], t->op, &t->params.alg, &t->err);
    if (rc == 0)
        rc = read_key_alg(ctx, argv[2], t);
    if (rc == 0)
        rc = subtle_args_params(ctx, argv[0], t->op, &t->params, &t->err);
    if (rc == 0)
        rc = read_base_key(ctx, argv[1], t, WC_USE_DERIVE_KEY);
    return op_go(ctx, o, rc);
}

/* wrapKey(format, key, wrappingKey, wrapAlgo) */
static JSValue subtle_wrap_key(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    struct subtle_op *o = op_new(ctx, WC_WRAP);
    struct wc_task *t = &o->task;
    int rc = subtle_args_format(ctx, argv[0], &t->format);
    if (rc == 0)
        rc = read_alg(ctx, argv[3], t->op, &t->params, &t->err);
    if (rc == 0)
        rc = read_key(ctx, argv[2], t, WC_USE_WRAP);
    if (rc == 0)
        rc = subtle_args_key(ctx, argv[1], &t->wrapped, &t->err);
    return op_go(ctx, o, rc);
}

/* unwrapKey(format, wrappedKey, unwrappingKey, unwrapAlgo, unwrappedKeyAlgo, extractable, usages)
 */
static JSValue subtle_unwrap_key(JSContext *ctx, JSValueConst this_val, int argc,
                                 JSValueConst *argv)
{
    struct subtle_op *o = op_new(ctx, WC_UNWRAP);
    struct wc_task *t = &o->task;
    t->is_extractable = JS_ToBool(ctx, argv[5]) > 0;
    int rc = subtle_args_format(ctx, argv[0], &t->format);
    if (rc == 0)
        rc = subtle_args_usages(ctx, argv[6], 6, &t->usages);
    if (rc == 0 && t->format == WC_FORMATS)
        rc = wc_fail(&t->err, WC_NOT_SUPPORTED, "unsupported key format");
    if (rc == 0)
        rc = subtle_args_bytes(ctx, argv[1], &t->data, &t->err);
    if (rc == 0)
        rc = read_alg(ctx, argv[3], t->op, &t->params, &t->err);
    if (rc == 0)
        rc = read_key(ctx, argv[2], t, WC_USE_UNWRAP);
    if (rc == 0)
        rc = read_key_alg(ctx, argv[4], t);
    return op_go(ctx, o, rc);
}

/* Own properties that can't be changed, as in k6. A function's length is also how many arguments
 * the engine makes sure of. */
enum { FIXED = JS_PROP_ENUMERABLE };
static const JSCFunctionListEntry functions[] = {
    JS_CFUNC_DEF2("deriveBits", 3, subtle_derive_bits, FIXED),
    JS_CFUNC_DEF2("deriveKey", 5, subtle_derive_key, FIXED),
    JS_CFUNC_DEF2("digest", 2, subtle_digest, FIXED),
    JS_CFUNC_DEF2("exportKey", 2, subtle_export_key, FIXED),
    JS_CFUNC_DEF2("generateKey", 3, subtle_generate_key, FIXED),
    JS_CFUNC_DEF2("importKey", 5, subtle_import_key, FIXED),
    JS_CFUNC_DEF2("sign", 3, subtle_sign, FIXED),
    JS_CFUNC_DEF2("unwrapKey", 7, subtle_unwrap_key, FIXED),
    JS_CFUNC_DEF2("verify", 4, subtle_verify, FIXED),
    JS_CFUNC_DEF2("wrapKey", 4, subtle_wrap_key, FIXED),
};

static int add_crypt(JSContext *ctx, JSValueConst object, enum wc_op op)
{
    const char *name = wc_op_name(op);
    JSValue fn = JS_NewCFunctionMagic(ctx, subtle_crypt, name, 3, JS_CFUNC_generic_magic, (int)op);
    return JS_IsException(fn) ? -1 : JS_DefinePropertyValueStr(ctx, object, name, fn, FIXED);
}

JSValue subtle_new(JSContext *ctx)
{
    JSValue object = JS_NewObject(ctx);
    if (JS_IsException(object))
        return object;
    if (add_crypt(ctx, object, WC_ENCRYPT) < 0 || add_crypt(ctx, object, WC_DECRYPT) < 0 ||
        JS_SetPropertyFunctionList(ctx, object, functions, sizeof functions / sizeof functions[0]) <
            0) {
        JS_FreeValue(ctx, object);
        return JS_EXCEPTION;
    }
    return object;
}
