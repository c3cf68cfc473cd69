/* wc_alg.c - see wc_alg.h: tables. What k6 supports for an operation, plus what the standard has
 * and only k6 refuses (ECDH for deriveKey, AES-KW for wrapping). Tests: wc_alg_test.c */
#include "modules/webcrypto/wc_alg.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/err.h"

#define OP(op)      (1u << (op))
#define KEY_OPS     (OP(WC_GENERATE) | OP(WC_IMPORT) | OP(WC_EXPORT))
#define SIGN_OPS    (OP(WC_SIGN) | OP(WC_VERIFY))
#define ENCRYPT_OPS (OP(WC_ENCRYPT) | OP(WC_DECRYPT) | OP(WC_WRAP) | OP(WC_UNWRAP))
#define DERIVE_OPS  (OP(WC_DERIVE_BITS) | OP(WC_DERIVE_KEY))

static const struct alg_facts {
    const char *name;
    unsigned ops;
} algs[WC_ALGS] = {
    [WC_RSA_PKCS1] = {"RSASSA-PKCS1-v1_5", KEY_OPS | SIGN_OPS},
    [WC_RSA_PSS] = {"RSA-PSS", KEY_OPS | SIGN_OPS},
    [WC_RSA_OAEP] = {"RSA-OAEP", KEY_OPS | ENCRYPT_OPS},
    [WC_HMAC] = {"HMAC", KEY_OPS | SIGN_OPS},
    [WC_AES_CTR] = {"AES-CTR", KEY_OPS | ENCRYPT_OPS},
    [WC_AES_CBC] = {"AES-CBC", KEY_OPS | ENCRYPT_OPS},
    [WC_AES_GCM] = {"AES-GCM", KEY_OPS | ENCRYPT_OPS},
    [WC_AES_KW] = {"AES-KW", KEY_OPS | OP(WC_WRAP) | OP(WC_UNWRAP)},
    [WC_ECDSA] = {"ECDSA", KEY_OPS | SIGN_OPS},
    [WC_ECDH] = {"ECDH", KEY_OPS | DERIVE_OPS},
    [WC_PBKDF2] = {"PBKDF2", OP(WC_IMPORT) | OP(WC_EXPORT) | DERIVE_OPS},
    [WC_SHA1] = {"SHA-1", OP(WC_DIGEST)},
    [WC_SHA256] = {"SHA-256", OP(WC_DIGEST)},
    [WC_SHA384] = {"SHA-384", OP(WC_DIGEST)},
    [WC_SHA512] = {"SHA-512", OP(WC_DIGEST)},
};

enum wc_alg wc_alg_of(struct str name)
{
    int i = 0;
    while (i < WC_ALGS && !str_ieqs(name, algs[i].name))
        i++;
    return (enum wc_alg)i;
}

const char *wc_alg_name(enum wc_alg alg)
{
    return algs[alg].name;
}

const char *wc_op_name(enum wc_op op)
{
    static const char *const names[] = {
        [WC_DIGEST] = "digest",
        [WC_GENERATE] = "generateKey",
        [WC_IMPORT] = "importKey",
        [WC_EXPORT] = "exportKey",
        [WC_ENCRYPT] = "encrypt",
        [WC_DECRYPT] = "decrypt",
        [WC_SIGN] = "sign",
        [WC_VERIFY] = "verify",
        [WC_DERIVE_BITS] = "deriveBits",
        [WC_DERIVE_KEY] = "deriveKey",
        [WC_WRAP] = "wrapKey",
        [WC_UNWRAP] = "unwrapKey",
    };
    return names[op];
}

bool wc_alg_has_op(enum wc_alg alg, enum wc_op op)
{
    return alg != WC_ALGS && (algs[alg].ops & OP(op)) != 0;
}

bool wc_alg_is_hash(enum wc_alg alg)
{
    return alg >= WC_SHA1 && alg <= WC_SHA512;
}

bool wc_alg_is_aes(enum wc_alg alg)
{
    return alg >= WC_AES_CTR && alg <= WC_AES_KW;
}

bool wc_alg_is_rsa(enum wc_alg alg)
{
    return alg <= WC_RSA_OAEP;
}

bool wc_alg_is_ec(enum wc_alg alg)
{
    return alg == WC_ECDSA || alg == WC_ECDH;
}

enum digest_kind wc_alg_digest(enum wc_alg hash)
{
    static const enum digest_kind kinds[] = {DIGEST_SHA1, DIGEST_SHA256, DIGEST_SHA384,
                                             DIGEST_SHA512};
    CHECK(wc_alg_is_hash(hash));
    return kinds[hash - WC_SHA1];
}

const char *wc_alg_library_name(enum wc_alg hash)
{
    static const char *const names[] = {"SHA1", "SHA256", "SHA384", "SHA512"};
    CHECK(wc_alg_is_hash(hash));
    return names[hash - WC_SHA1];
}

/* ---- curves, formats, usages ---- */

static const struct curve_facts {
    const char *name, *group;
    size_t len;
} curves[WC_CURVES] = {
    [WC_P256] = {"P-256", "prime256v1", 32},
    [WC_P384] = {"P-384", "secp384r1", 48},
    [WC_P521] = {"P-521", "secp521r1", 66},
};

static int find(struct str name, const char *const *names, int count)
{
    int i = 0;
    while (i < count && !str_eqs(name, names[i]))
        i++;
    return i;
}

enum wc_curve wc_curve_of(struct str name)
{
    int i = 0;
    while (i < WC_CURVES && !str_eqs(name, curves[i].name))
        i++;
    return (enum wc_curve)i;
}

const char *wc_curve_name(enum wc_curve curve)
{
    return curves[curve].name;
}

const char *wc_curve_group(enum wc_curve curve)
{
    return curves[curve].group;
}

size_t wc_curve_len(enum wc_curve curve)
{
    return curves[curve].len;
}

static const char *const formats[WC_FORMATS] = {"raw", "pkcs8", "spki", "jwk"};
static const char *const usages[WC_USAGES] = {
    "encrypt", "decrypt", "sign", "verify", "deriveKey", "deriveBits", "wrapKey", "unwrapKey",
};

enum wc_format wc_format_of(struct str name)
{
    return (enum wc_format)find(name, formats, WC_FORMATS);
}

const char *wc_format_name(enum wc_format format)
{
    return formats[format];
}

enum wc_usage wc_usage_of(struct str name)
{
    return (enum wc_usage)find(name, usages, WC_USAGES);
}

const char *wc_usage_name(enum wc_usage usage)
{
    return usages[usage];
}

void wc_usages_add(struct wc_usages *u, enum wc_usage usage)
{
    if (usage == WC_USAGES)
        u->has_unknown = true;
    else if (!wc_usages_has(u, usage))
        u->items[u->count++] = (uint8_t)usage;
}

void wc_usages_add_named(struct wc_usages *u, struct str name)
{
    enum wc_usage usage = wc_usage_of(name);
    if (usage == WC_USAGES && !u->has_unknown) {
        snprintf(u->unknown, sizeof u->unknown, "%.*s", (int)name.len, name.p);
        u->unknown_place = u->count;
    }
    wc_usages_add(u, usage);
}

bool wc_usages_has(const struct wc_usages *u, enum wc_usage usage)
{
    for (int i = 0; i < u->count; i++)
        if (u->items[i] == usage)
            return true;
    return false;
}

bool wc_usages_within(const struct wc_usages *u, unsigned allowed)
{
    return !u->has_unknown && wc_usages_only(u, allowed).count == u->count;
}

int wc_usages_check(const struct wc_usages *u, unsigned allowed, struct wc_err *e)
{
    int i = 0;
    if (wc_usages_within(u, allowed))
        return 0;
    while (i < u->count && allowed & 1u << u->items[i])
        i++;
    bool is_unknown = u->has_unknown && u->unknown_place <= i;
    return wc_fail(e, WC_SYNTAX_ERROR, "invalid key usage: %s",
                   is_unknown ? u->unknown : wc_usage_name((enum wc_usage)u->items[i]));
}

struct wc_usages wc_usages_only(const struct wc_usages *u, unsigned allowed)
{
    struct wc_usages only = {.count = 0};
    for (int i = 0; i < u->count; i++)
        if (allowed & 1u << u->items[i])
            only.items[only.count++] = u->items[i];
    return only;
}

int wc_fail(struct wc_err *e, const char *name, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    e->name = name;
    vsnprintf(e->message, sizeof e->message, fmt, ap);
    va_end(ap);
    return ERR_INVALID;
}
