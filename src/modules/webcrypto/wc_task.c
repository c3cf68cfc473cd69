/* wc_task.c - see wc_task.h.
 * Tests: wc_crypt_test.c */
#include "modules/webcrypto/wc_task.h"

#include <openssl/crypto.h>
#include <openssl/err.h>

#include "base/err.h"
#include "modules/webcrypto/wc_generate.h"
#include "modules/webcrypto/wc_import.h"

enum {
    HEAVY_DATA = 128 << 10, /* about 100 us of hashing */
    HEAVY_ITERATIONS = 200, /* about 100 us of HMAC */
};

void wc_task_init(struct wc_task *t, enum wc_op op)
{
    *t = (struct wc_task){.op = op, .format = WC_FORMATS};
    wc_params_init(&t->params);
    wc_params_init(&t->key_params);
    buf_init(&t->data, BUF_NO_LIMIT);
    buf_init(&t->signature, BUF_NO_LIMIT);
    buf_init(&t->out, BUF_NO_LIMIT);
}

static void wipe(struct buf *b)
{
    if (b->len > 0)
        OPENSSL_cleanse(b->data, b->len);
    buf_deinit(b);
}

void wc_task_deinit(struct wc_task *t)
{
    wc_params_deinit(&t->params);
    wc_params_deinit(&t->key_params);
    wc_key_unref(t->key);
    wc_key_unref(t->wrapped);
    wc_key_unref(t->made[0]);
    wc_key_unref(t->made[1]);
    wipe(&t->data);
    wipe(&t->signature);
    wipe(&t->out);
}

/* A private RSA operation takes about a millisecond, as do all on the larger curves. */
static bool is_slow_key(const struct wc_key *k)
{
    if (k == NULL || k->type == WC_SECRET)
        return false;
    if (wc_alg_is_rsa(k->alg))
        return k->type == WC_PRIVATE || k->length_bits > 4096;
    return k->curve != WC_P256;
}

bool wc_task_is_heavy(const struct wc_task *t)
{
    if (t->data.len > HEAVY_DATA || is_slow_key(t->key))
        return true;
    switch (t->op) {
    case WC_GENERATE:
        return wc_alg_is_rsa(t->params.alg) ||
               (wc_alg_is_ec(t->params.alg) && t->params.curve != WC_P256);
    case WC_DERIVE_BITS:
    case WC_DERIVE_KEY:
        return t->params.iterations > HEAVY_ITERATIONS;
    case WC_DIGEST:
    case WC_IMPORT:
    case WC_EXPORT:
    case WC_ENCRYPT:
    case WC_DECRYPT:
    case WC_SIGN:
    case WC_VERIFY:
    case WC_WRAP:
    case WC_UNWRAP:
        break;
    }
    return false;
}

static struct str view(const struct buf *b)
{
    return (struct str){b->data, b->len};
}

static int import(struct wc_task *t, const struct wc_params *p, enum wc_format format,
                  struct str data)
{
    t->result = WC_GIVES_KEY;
    return wc_import(&t->made[0], p, format, data, t->is_extractable, &t->usages, &t->err);
}

/* How many bits a derived key has. */
static int derived_length(struct wc_task *t, int64_t *bits)
{
    const struct wc_params *p = &t->key_params;
    if (p->alg == WC_HMAC && !p->has_length)
        *bits = (int64_t)digest_block(wc_alg_digest(p->hash)) * 8;
    else
        *bits = p->length_bits;
    if (*bits <= 0)
        return wc_fail(&t->err, WC_OPERATION_ERROR, "invalid key length");
    if (*bits % 8 != 0)
        return wc_fail(&t->err, WC_INVALID_ACCESS,
                       "provided length of key must be a multiple of 8");
    return 0;
}

static int derive_key(struct wc_task *t)
{
    struct buf secret;
    int64_t bits = 0;
    int rc = derived_length(t, &bits);
    buf_init(&secret, BUF_NO_LIMIT);
    if (rc == 0)
        rc = wc_derive(&secret, t->key, &t->params, bits, &t->is_canceled, &t->err);
    if (rc == 0)
        rc = import(t, &t->key_params, WC_RAW, view(&secret));
    wipe(&secret);
    return rc;
}

/* The key as bytes, encrypted. JSON for AES-KW is filled up with spaces, which mean nothing in it.
 */
static int wrap(struct wc_task *t, struct wc_methods *m)
{
    struct buf plain;
    buf_init(&plain, BUF_NO_LIMIT);
    int rc = wc_export(&plain, t->wrapped, t->format, &t->err);
    while (rc == 0 && t->format == WC_JWK && t->key->alg == WC_AES_KW && plain.len % 8 != 0)
        buf_addc(&plain, ' ');
    if (rc == 0)
        rc = wc_encrypt(&t->out, m, t->key, &t->params, view(&plain), &t->err);
    wipe(&plain);
    return rc;
}

static int unwrap(struct wc_task *t, struct wc_methods *m)
{
    struct buf plain;
    buf_init(&plain, BUF_NO_LIMIT);
    int rc = wc_decrypt(&plain, m, t->key, &t->params, view(&t->data), &t->err);
    if (rc == 0)
        rc = import(t, &t->key_params, t->format, view(&plain));
    wipe(&plain);
    return rc;
}

static int run(struct wc_task *t, struct wc_methods *m)
{
    struct str data = view(&t->data);
    switch (t->op) {
    case WC_DIGEST:
        return wc_digest(&t->out, m, t->params.alg, data, &t->err);
    case WC_GENERATE: {
        int rc = wc_generate(t->made, &t->params, t->is_extractable, &t->usages, &t->is_canceled,
                             &t->err);
        t->result = t->made[1] != NULL ? WC_GIVES_PAIR : WC_GIVES_KEY;
        return rc;
    }
    case WC_IMPORT:
        return import(t, &t->params, t->format, data);
    case WC_EXPORT:
        t->result = t->format == WC_JWK ? WC_GIVES_JWK : WC_GIVES_BYTES;
        return wc_export(&t->out, t->key, t->format, &t->err);
    case WC_ENCRYPT:
        return wc_encrypt(&t->out, m, t->key, &t->params, data, &t->err);
    case WC_DECRYPT:
        return wc_decrypt(&t->out, m, t->key, &t->params, data, &t->err);
    case WC_SIGN:
        return wc_sign(&t->out, m, t->key, &t->params, data, &t->err);
    case WC_VERIFY:
        t->result = WC_GIVES_BOOL;
        return wc_verify(&t->verdict, m, t->key, &t->params, view(&t->signature), data, &t->err);
    case WC_DERIVE_BITS:
        return wc_derive(&t->out, t->key, &t->params, t->bits, &t->is_canceled, &t->err);
    case WC_DERIVE_KEY:
        return derive_key(t);
    case WC_WRAP:
        return wrap(t, m);
    case WC_UNWRAP:
        return unwrap(t, m);
    }
    return ERR_INVALID;
}

void wc_task_cancel(struct wc_task *t)
{
    __atomic_store_n(&t->is_canceled, 1, __ATOMIC_RELAXED);
}

void wc_task_run(struct wc_task *t, struct wc_methods *m)
{
    struct wc_methods own = {{{NULL}}, {{NULL}}};
    t->result = WC_GIVES_BYTES;
    if (__atomic_load_n(&t->is_canceled, __ATOMIC_RELAXED))
        t->rc = wc_fail(&t->err, WC_OPERATION_ERROR, "the operation was canceled");
    else
        t->rc = run(t, m != NULL ? m : &own);
    if (t->rc == 0 && buf_failed(&t->out))
        t->rc = wc_fail(&t->err, WC_OPERATION_ERROR, "out of memory");
    wc_methods_deinit(&own);
    ERR_clear_error();
}
