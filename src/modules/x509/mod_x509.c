/* mod_x509.c - the module k6/crypto/x509: what a certificate says, as plain objects. Reading it is
 * in x509_cert.c, its public key in x509_key.c.
 * Source: k6 docs, "k6/crypto/x509". Tests: test/js/x509_*.js */
#include "modules/x509/mod_x509.h"

#include <openssl/objects.h>
#include <openssl/sha.h>
#include <quickjs.h>

#include "base/mem.h"
#include "js/jsarg.h"
#include "modules/x509/x509_cert.h"
#include "modules/x509/x509_key.h"

enum { MAX_LIST = 1 << 24 }; /* numbers of a certificate: a list may go on for ever */

/* ---- the argument: text, bytes, or a list of bytes ---- */

static JSValue throw_unfit(JSContext *ctx, JSValueConst v)
{
    struct str text;
    const char *words = JS_IsObject(v) ? ": not an array or iterable" : "";
    if (!jsarg_str(ctx, v, &text))
        return JS_EXCEPTION;
    jsarg_throw_type(ctx, "could not convert function call parameter 0: %s convert %s to []uint8%s",
                     JS_IsObject(v) ? "cannot" : "could not", text.p, words);
    jsarg_free_str(ctx, text);
    return JS_EXCEPTION;
}

static int get_pem(JSContext *ctx, JSValueConst v, struct buf *out)
{
    int rc = JS_IsSymbol(v) ? 0 : jsarg_add_bytes(ctx, v, MAX_LIST, out);
    if (rc == ERR_INVALID || rc == ERR_TOO_LARGE)
        throw_unfit(ctx, v);
    else if (rc == ERR_NOMEM)
        JS_ThrowOutOfMemory(ctx);
    return rc;
}

/* The certificate that argument 0 holds; NULL with an exception pending. */
static X509 *get_certificate(JSContext *ctx, int argc, JSValueConst *argv)
{
    struct buf pem;
    struct err e = {0};
    X509 *cert = NULL;
    buf_init(&pem, BUF_NO_LIMIT);
    if (get_pem(ctx, argc > 0 ? argv[0] : JS_UNDEFINED, &pem) == 0 &&
        x509_cert_parse(&cert, (struct str){pem.data, pem.len}, &e) < 0)
        jsarg_throw(ctx, "%s", e.msg);
    err_deinit(&e);
    buf_deinit(&pem);
    return cert;
}

/* ---- names ---- */

/* Takes value. 0, or -1 with an exception pending. */
static int put(JSContext *ctx, JSValueConst object, const char *name, JSValue value)
{
    return JS_IsException(value) || JS_SetPropertyStr(ctx, object, name, value) < 0 ? -1 : 0;
}

static JSValue new_value(JSContext *ctx, const X509_NAME_ENTRY *entry)
{
    struct buf text;
    buf_init(&text, BUF_NO_LIMIT);
    x509_cert_put_value(&text, X509_NAME_ENTRY_get_data(entry));
    JSValue value = jsarg_new_str(ctx, (struct str){text.data, text.len});
    buf_deinit(&text);
    return value;
}

enum which { FIRST, LAST };

static JSValue one_of(JSContext *ctx, const X509_NAME *name, int nid, enum which which)
{
    int at = X509_NAME_get_index_by_NID(name, nid, -1);
    for (int next = at; which == LAST && next >= 0;) {
        at = next;
        next = X509_NAME_get_index_by_NID(name, nid, at);
    }
    return at < 0 ? JS_NewString(ctx, "") : new_value(ctx, X509_NAME_get_entry(name, at));
}

static JSValue all_of(JSContext *ctx, const X509_NAME *name, int nid)
{
    JSValue list = JS_NewArray(ctx);
    uint32_t count = 0;
    for (int at = -1; (at = X509_NAME_get_index_by_NID(name, nid, at)) >= 0;) {
        JSValue value = new_value(ctx, X509_NAME_get_entry(name, at));
        if (JS_IsException(value) || JS_SetPropertyUint32(ctx, list, count++, value) < 0) {
            JS_FreeValue(ctx, list);
            return JS_EXCEPTION;
        }
    }
    return list;
}

static JSValue new_pair(JSContext *ctx, const X509_NAME_ENTRY *entry)
{
    char oid[128] = "";
    JSValue pair = JS_NewObject(ctx);
    OBJ_obj2txt(oid, sizeof oid, X509_NAME_ENTRY_get_object(entry), 1);
    if (JS_IsException(pair) || put(ctx, pair, "type", JS_NewString(ctx, oid)) < 0 ||
        put(ctx, pair, "value", new_value(ctx, entry)) < 0) {
        JS_FreeValue(ctx, pair);
        return JS_EXCEPTION;
    }
    return pair;
}

static JSValue new_pairs(JSContext *ctx, const X509_NAME *name)
{
    JSValue list = JS_NewArray(ctx);
    int count = X509_NAME_entry_count(name);
    for (int i = 0; i < count && !JS_IsException(list); i++) {
        JSValue pair = new_pair(ctx, X509_NAME_get_entry(name, i));
        if (JS_IsException(pair) || JS_SetPropertyUint32(ctx, list, (uint32_t)i, pair) < 0) {
            JS_FreeValue(ctx, list);
            list = JS_EXCEPTION;
        }
    }
    return list;
}

/* A subject has three more fields than an issuer. */
static JSValue new_name(JSContext *ctx, const X509_NAME *name, bool is_subject)
{
    static const struct {
        const char *name;
        int nid;
        bool of_subject_alone;
    } fields[] = {
        {"country", NID_countryName, false},
        {"postalCode", NID_postalCode, true},
        {"stateOrProvinceName", NID_stateOrProvinceName, false},
        {"localityName", NID_localityName, false},
        {"streetAddress", NID_streetAddress, true},
        {"organizationName", NID_organizationName, false},
    };
    JSValue object = JS_NewObject(ctx);
    int rc = JS_IsException(object) ? -1
                                    : put(ctx, object, "commonName",
                                          one_of(ctx, name, NID_commonName, LAST));
    for (size_t i = 0; i < sizeof fields / sizeof fields[0] && rc == 0; i++)
        if (is_subject || !fields[i].of_subject_alone)
            rc = put(ctx, object, fields[i].name, one_of(ctx, name, fields[i].nid, FIRST));
    if (rc == 0 && is_subject)
        rc = put(ctx, object, "organizationalUnitName",
                 all_of(ctx, name, NID_organizationalUnitName));
    if (rc == 0)
        rc = put(ctx, object, "names", new_pairs(ctx, name));
    if (rc == 0)
        return object;
    JS_FreeValue(ctx, object);
    return JS_EXCEPTION;
}

/* ---- the rest of a certificate ---- */

static JSValue new_alt_names(JSContext *ctx, const X509 *cert)
{
    struct x509_list names = {0};
    x509_cert_alt_names(cert, &names);
    JSValue list = JS_NewArray(ctx);
    for (size_t i = 0; i < names.texts.len && !JS_IsException(list); i++) {
        JSValue text = jsarg_new_str(ctx, str_of(names.texts.items[i]));
        if (JS_IsException(text) || JS_SetPropertyUint32(ctx, list, (uint32_t)i, text) < 0) {
            JS_FreeValue(ctx, list);
            list = JS_EXCEPTION;
        }
    }
    x509_cert_free_list(&names);
    return list;
}

static JSValue new_time(JSContext *ctx, const ASN1_TIME *t)
{
    struct buf text;
    buf_init(&text, BUF_NO_LIMIT);
    x509_cert_put_time(&text, t);
    JSValue value = JS_NewStringLen(ctx, text.data, text.len);
    buf_deinit(&text);
    return value;
}

/* SHA-1 of the whole certificate, as an array of numbers. */
static JSValue new_finger_print(JSContext *ctx, const X509 *cert)
{
    unsigned char sum[SHA_DIGEST_LENGTH] = {0};
    unsigned int len = 0;
    X509_digest(cert, EVP_sha1(), sum, &len);
    JSValue list = JS_NewArray(ctx);
    for (uint32_t i = 0; i < sizeof sum && !JS_IsException(list); i++)
        if (JS_SetPropertyUint32(ctx, list, i, JS_NewInt32(ctx, sum[i])) < 0) {
            JS_FreeValue(ctx, list);
            list = JS_EXCEPTION;
        }
    return list;
}

static JSValue new_certificate(JSContext *ctx, const X509 *cert)
{
    JSValue key = x509_key_new(ctx, X509_get0_pubkey(cert));
    JSValue object = JS_IsException(key) ? JS_EXCEPTION : JS_NewObject(ctx);
    int rc = -1;
    if (!JS_IsException(object) &&
        put(ctx, object, "subject", new_name(ctx, X509_get_subject_name(cert), true)) == 0 &&
        put(ctx, object, "issuer", new_name(ctx, X509_get_issuer_name(cert), false)) == 0 &&
        put(ctx, object, "notBefore", new_time(ctx, X509_get0_notBefore(cert))) == 0 &&
        put(ctx, object, "notAfter", new_time(ctx, X509_get0_notAfter(cert))) == 0 &&
        put(ctx, object, "altNames", new_alt_names(ctx, cert)) == 0 &&
        put(ctx, object, "signatureAlgorithm", JS_NewString(ctx, x509_cert_signature(cert))) == 0 &&
        put(ctx, object, "fingerPrint", new_finger_print(ctx, cert)) == 0 &&
        put(ctx, object, "publicKey", JS_DupValue(ctx, key)) == 0)
        rc = 0;
    JS_FreeValue(ctx, key);
    if (rc == 0)
        return object;
    JS_FreeValue(ctx, object);
    return JS_EXCEPTION;
}

/* ---- the module ---- */

enum { PARSE, ALT_NAMES, ISSUER, SUBJECT };

static JSValue look_into(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv,
                         int magic)
{
    X509 *cert = get_certificate(ctx, argc, argv);
    if (cert == NULL)
        return JS_EXCEPTION;
    JSValue result = magic == PARSE       ? new_certificate(ctx, cert)
                     : magic == ALT_NAMES ? new_alt_names(ctx, cert)
                     : magic == ISSUER    ? new_name(ctx, X509_get_issuer_name(cert), false)
                                          : new_name(ctx, X509_get_subject_name(cert), true);
    X509_free(cert);
    return result;
}

static const JSCFunctionListEntry functions[] = {
    JS_CFUNC_MAGIC_DEF("parse", 1, look_into, PARSE),
    JS_CFUNC_MAGIC_DEF("getAltNames", 1, look_into, ALT_NAMES),
    JS_CFUNC_MAGIC_DEF("getIssuer", 1, look_into, ISSUER),
    JS_CFUNC_MAGIC_DEF("getSubject", 1, look_into, SUBJECT),
};

static int x509_open(JSContext *ctx, JSValueConst exports, int index, void *state)
{
    return JS_SetPropertyFunctionList(ctx, exports, functions,
                                      sizeof functions / sizeof functions[0]);
}

const struct js_module mod_x509 = {
    .name = "k6/crypto/x509",
    .open = x509_open,
    .has_default = true,
    .has_named = true,
};
