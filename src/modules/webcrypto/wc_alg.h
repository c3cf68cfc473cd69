/* wc_alg.h - the names WebCrypto has for algorithms, operations, curves, usages and formats, and
 * how a failure is told. No engine, no keys. */
#ifndef C6_WC_ALG_H
#define C6_WC_ALG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "modules/crypto/digest.h"

enum wc_alg {
    WC_RSA_PKCS1,
    WC_RSA_PSS,
    WC_RSA_OAEP,
    WC_HMAC,
    WC_AES_CTR,
    WC_AES_CBC,
    WC_AES_GCM,
    WC_AES_KW,
    WC_ECDSA,
    WC_ECDH,
    WC_PBKDF2,
    WC_SHA1,
    WC_SHA256,
    WC_SHA384,
    WC_SHA512,
    WC_ALGS, /* none */
};
enum wc_op {
    WC_DIGEST,
    WC_GENERATE,
    WC_IMPORT,
    WC_EXPORT,
    WC_ENCRYPT,
    WC_DECRYPT,
    WC_SIGN,
    WC_VERIFY,
    WC_DERIVE_BITS,
    WC_DERIVE_KEY,
    WC_WRAP,
    WC_UNWRAP,
};
enum wc_curve { WC_P256, WC_P384, WC_P521, WC_CURVES /* none */ };
enum wc_format { WC_RAW, WC_PKCS8, WC_SPKI, WC_JWK, WC_FORMATS /* none */ };
enum wc_key_type { WC_SECRET, WC_PRIVATE, WC_PUBLIC };
enum wc_usage {
    WC_USE_ENCRYPT,
    WC_USE_DECRYPT,
    WC_USE_SIGN,
    WC_USE_VERIFY,
    WC_USE_DERIVE_KEY,
    WC_USE_DERIVE_BITS,
    WC_USE_WRAP,
    WC_USE_UNWRAP,
    WC_USAGES, /* none */
};

/* Names are found without regard to case; texts are as scripts read them. */
enum wc_alg wc_alg_of(struct str name);
const char *wc_alg_name(enum wc_alg alg);
const char *wc_op_name(enum wc_op op);
bool wc_alg_has_op(enum wc_alg alg, enum wc_op op);
bool wc_alg_is_hash(enum wc_alg alg);
bool wc_alg_is_aes(enum wc_alg alg);
bool wc_alg_is_rsa(enum wc_alg alg);
bool wc_alg_is_ec(enum wc_alg alg);
enum digest_kind wc_alg_digest(enum wc_alg hash);
const char *wc_alg_library_name(enum wc_alg hash); /* as the TLS library calls the hash */

/* These names are exact. */
enum wc_curve wc_curve_of(struct str name);
const char *wc_curve_name(enum wc_curve curve);
const char *wc_curve_group(enum wc_curve curve); /* the TLS library's name */
size_t wc_curve_len(enum wc_curve curve);        /* bytes of a coordinate */
enum wc_format wc_format_of(struct str name);
const char *wc_format_name(enum wc_format format);
enum wc_usage wc_usage_of(struct str name);
const char *wc_usage_name(enum wc_usage usage);

/* The usages of a key, each once, in the order the script gave them. */
struct wc_usages {
    uint8_t items[WC_USAGES];
    uint8_t count;
    bool has_unknown;  /* the script named one that does not exist */
    char unknown[32];  /* the first such name, cut */
    int unknown_place; /* how many known ones came before it */
};
void wc_usages_add(struct wc_usages *u, enum wc_usage usage);
void wc_usages_add_named(struct wc_usages *u, struct str name);
bool wc_usages_has(const struct wc_usages *u, enum wc_usage usage);
/* All of u are among allowed (a mask of 1 << usage)? */
bool wc_usages_within(const struct wc_usages *u, unsigned allowed);
struct wc_usages wc_usages_only(const struct wc_usages *u, unsigned allowed);

/* Why an operation failed, as the promise's rejection will say it. */
struct wc_err {
    const char *name; /* "OperationError"; NULL: an error without a name; static text */
    char message[256];
};
#define WC_DATA_ERROR           "DataError"
#define WC_IMPLEMENTATION_ERROR "ImplementationError"
#define WC_INVALID_ACCESS       "InvalidAccessError"
#define WC_NOT_SUPPORTED        "NotSupportedError"
#define WC_OPERATION_ERROR      "OperationError"
#define WC_SYNTAX_ERROR         "SyntaxError"
#define WC_TYPE_ERROR           "TypeError"
/* 0 when all of u are allowed; else e names the first that is not. */
int wc_usages_check(const struct wc_usages *u, unsigned allowed, struct wc_err *e);
/* Fills e, returns ERR_INVALID. */
int wc_fail(struct wc_err *e, const char *name, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

#endif
