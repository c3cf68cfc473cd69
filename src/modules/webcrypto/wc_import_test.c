#include "modules/webcrypto/wc_import.h"

#include <string.h>

#include "base/err.h"
#include "base/json.h"
#include "fuzz_replay.h"
#include "test.h"

#define LLVMFuzzerTestOneInput webcrypto_key_fuzz_one
#include "../../../fuzz/webcrypto_key_fuzz.c"

/* RFC 7515, appendix A.3 */
#define EC_X   "\"x\":\"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\""
#define EC_Y   "\"y\":\"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0\""
#define EC_D   "\"d\":\"jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI\""
#define EC_CRV "\"crv\":\"P-256\""

static struct wc_params params_of(enum wc_alg alg)
{
    struct wc_params p;
    wc_params_init(&p);
    p.alg = alg;
    p.hash = WC_SHA256;
    p.curve = WC_P256;
    return p;
}

static int import_with(struct wc_key **k, enum wc_alg alg, enum wc_format format, struct str data,
                       enum wc_usage usage, struct wc_err *e)
{
    struct wc_params p = params_of(alg);
    struct wc_usages usages = {.count = 0};
    if (usage != WC_USAGES)
        wc_usages_add(&usages, usage);
    *k = NULL;
    *e = (struct wc_err){.name = NULL};
    int rc = wc_import(k, &p, format, data, true, &usages, e);
    wc_params_deinit(&p);
    return rc;
}

static struct wc_key *import_ok(enum wc_alg alg, enum wc_format format, struct str data,
                                enum wc_usage usage)
{
    struct wc_key *k;
    struct wc_err e;
    if (import_with(&k, alg, format, data, usage, &e) < 0)
        fail_msg("%s", e.message);
    return k;
}

static void refused(enum wc_alg alg, enum wc_format format, struct str data, enum wc_usage usage,
                    const char *name)
{
    struct wc_key *k;
    struct wc_err e;
    assert_int_equal(import_with(&k, alg, format, data, usage, &e), ERR_INVALID);
    assert_null(k);
    if (name == NULL)
        assert_null(e.name);
    else
        assert_string_equal(e.name, name);
    assert_true(e.message[0] != '\0');
}

static void exported(const struct wc_key *k, enum wc_format format, struct buf *out)
{
    struct wc_err e;
    buf_init(out, BUF_NO_LIMIT);
    if (wc_export(out, k, format, &e) < 0)
        fail_msg("%s", e.message);
}

static void secrets_come_raw_and_as_jwk(void **state)
{
    (void)state;
    struct buf out;
    struct wc_key *k =
        import_ok(WC_HMAC, WC_JWK, STR("{\"kty\":\"oct\",\"k\":\"c2VjcmV0\"}"), WC_USE_SIGN);
    assert_int_equal(k->length_bits, 48);
    exported(k, WC_RAW, &out);
    assert_string_equal(out.data, "secret");
    buf_deinit(&out);
    exported(k, WC_JWK, &out);
    assert_string_equal(out.data, "{\"alg\":\"HS256\",\"ext\":true,\"k\":\"c2VjcmV0\","
                                  "\"key_ops\":[\"sign\"],\"kty\":\"oct\"}");
    buf_deinit(&out);
    wc_key_unref(k);
    k = import_ok(WC_AES_CBC, WC_RAW, STR("0123456789abcdef01234567"), WC_USE_DECRYPT);
    exported(k, WC_JWK, &out);
    assert_string_equal(out.data, "{\"alg\":\"A192CBC\",\"ext\":true,\"k\":"
                                  "\"MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3\","
                                  "\"key_ops\":[\"decrypt\"],\"kty\":\"oct\"}");
    buf_deinit(&out);
    wc_key_unref(k);
}

static void secrets_of_wrong_kind_are_refused(void **state)
{
    (void)state;
    refused(WC_AES_GCM, WC_RAW, STR("short"), WC_USE_ENCRYPT, "DataError");
    refused(WC_AES_GCM, WC_SPKI, STR("0123456789abcdef"), WC_USE_ENCRYPT, "NotSupportedError");
    refused(WC_AES_GCM, WC_RAW, STR("0123456789abcdef"), WC_USE_SIGN, "SyntaxError");
    refused(WC_AES_GCM, WC_RAW, STR("0123456789abcdef"), WC_USAGES, "SyntaxError");
    refused(WC_HMAC, WC_RAW, STR(""), WC_USE_SIGN, "DataError");
    refused(WC_PBKDF2, WC_RAW, STR("p"), WC_USE_DERIVE_BITS, "SyntaxError"); /* extractable */
    refused(WC_PBKDF2, WC_JWK, STR("{}"), WC_USE_DERIVE_BITS, "NotSupportedError");
    refused(WC_HMAC, WC_JWK, STR("{\"kty\":\"EC\",\"k\":\"AA\"}"), WC_USE_SIGN, "DataError");
    refused(WC_HMAC, WC_JWK, STR("{\"kty\":\"oct\"}"), WC_USE_SIGN, "DataError");
    refused(WC_HMAC, WC_JWK, STR("{\"kty\":\"oct\",\"k\":\"a=\"}"), WC_USE_SIGN, "DataError");
    refused(WC_HMAC, WC_JWK, STR("[]"), WC_USE_SIGN, "DataError");
    refused(WC_HMAC, WC_JWK, STR("{"), WC_USE_SIGN, "DataError");
}

static void ec_keys_go_through_every_format(void **state)
{
    (void)state;
    static const enum wc_format formats[] = {WC_PKCS8, WC_JWK};
    struct buf out, raw, spki;
    const char *jwk = "{" EC_CRV "," EC_D ",\"kty\":\"EC\"," EC_X "," EC_Y "}";
    struct wc_key *k = import_ok(WC_ECDSA, WC_JWK, str_of(jwk), WC_USE_SIGN);
    assert_int_equal(k->type, WC_PRIVATE);
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        exported(k, formats[i], &out);
        wc_key_unref(k);
        k = import_ok(WC_ECDSA, formats[i], (struct str){out.data, out.len}, WC_USE_SIGN);
        buf_deinit(&out);
    }
    exported(k, WC_JWK, &out);
    assert_string_equal(out.data, jwk);
    buf_deinit(&out);
    wc_key_unref(k);

    k = import_ok(WC_ECDH, WC_JWK, STR("{" EC_CRV ",\"kty\":\"EC\"," EC_X "," EC_Y "}"), WC_USAGES);
    assert_int_equal(k->type, WC_PUBLIC);
    exported(k, WC_SPKI, &spki);
    exported(k, WC_RAW, &raw);
    assert_int_equal(raw.len, 65);
    wc_key_unref(k);
    k = import_ok(WC_ECDH, WC_RAW, (struct str){raw.data, raw.len}, WC_USAGES);
    exported(k, WC_SPKI, &out);
    assert_int_equal(out.len, spki.len);
    assert_memory_equal(out.data, spki.data, spki.len);
    buf_deinit(&out);
    buf_deinit(&raw);
    buf_deinit(&spki);
    wc_key_unref(k);
}

static void numbers_that_are_no_key_are_refused(void **state)
{
    (void)state;
    refused(WC_ECDSA, WC_JWK, STR("{" EC_CRV ",\"kty\":\"EC\"," EC_X ",\"y\":\"AAAA\"}"),
            WC_USE_VERIFY, NULL);
    refused(WC_ECDSA, WC_JWK, STR("{" EC_CRV ",\"kty\":\"EC\"," EC_X "," EC_Y ",\"d\":\"AQ\"}"),
            WC_USE_SIGN, NULL);
    refused(WC_ECDSA, WC_JWK, STR("{\"crv\":\"P-1\",\"kty\":\"EC\"," EC_X "," EC_Y "}"),
            WC_USE_VERIFY, NULL);
    refused(WC_ECDSA, WC_JWK, STR("{" EC_CRV ",\"kty\":\"EC\"," EC_X "}"), WC_USE_VERIFY, NULL);
    refused(WC_RSA_PSS, WC_JWK, STR("{\"kty\":\"RSA\",\"n\":\"AQ\",\"e\":\"AQAB\"}"), WC_USE_VERIFY,
            NULL);
    refused(WC_RSA_PSS, WC_JWK, STR("{\"kty\":\"RSA\",\"e\":\"AQAB\"}"), WC_USE_VERIFY, NULL);
    refused(WC_ECDH, WC_RAW, STR(""), WC_USAGES, "DataError");
    refused(WC_ECDH, WC_RAW, STR("\4"), WC_USAGES, "DataError");
    refused(WC_RSA_PSS, WC_RAW, STR("x"), WC_USE_VERIFY, "NotSupportedError");
    refused(WC_RSA_PSS, WC_PKCS8, STR(""), WC_USE_SIGN, "DataError");
}

static void a_locked_key_is_not_exported(void **state)
{
    (void)state;
    struct wc_params p = params_of(WC_HMAC);
    struct wc_usages usages = {.items = {WC_USE_SIGN}, .count = 1};
    struct wc_key *k;
    struct wc_err e;
    struct buf out;
    buf_init(&out, BUF_NO_LIMIT);
    assert_int_equal(wc_import(&k, &p, WC_RAW, STR("secret"), false, &usages, &e), 0);
    assert_int_equal(wc_export(&out, k, WC_RAW, &e), ERR_INVALID);
    assert_string_equal(e.name, "InvalidAccessError");
    wc_key_unref(k);
    buf_deinit(&out);
    wc_params_deinit(&p);
}

static void the_corpus_is_clean(void **state)
{
    (void)state;
    fuzz_replay("webcrypto_key", webcrypto_key_fuzz_one);
}

TEST_SUITE(wc_import){
    TEST(secrets_come_raw_and_as_jwk)
    TEST(secrets_of_wrong_kind_are_refused)
    TEST(ec_keys_go_through_every_format)
    TEST(numbers_that_are_no_key_are_refused)
    TEST(a_locked_key_is_not_exported)
    TEST(the_corpus_is_clean)
    TEST_END
};
