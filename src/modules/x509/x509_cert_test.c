#include "modules/x509/x509_cert.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include "test.h"

/* A certificate signed by its own key with the given digest; PSS with a salt of that length, or
 * PKCS #1 when it is 0. */
static X509 *new_cert(EVP_PKEY *key, const EVP_MD *digest, int salt)
{
    X509 *cert = X509_new();
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    EVP_PKEY_CTX *how = NULL;
    assert_non_null(cert);
    ASN1_INTEGER_set(X509_get_serialNumber(cert), 1);
    ASN1_TIME_set_string(X509_getm_notBefore(cert), "20260101000000Z");
    ASN1_TIME_set_string(X509_getm_notAfter(cert), "20511231235959Z");
    X509_set_pubkey(cert, key);
    assert_int_equal(EVP_DigestSignInit(ctx, &how, digest, NULL, key), 1);
    if (salt != 0) {
        assert_true(EVP_PKEY_CTX_set_rsa_padding(how, RSA_PKCS1_PSS_PADDING) > 0);
        assert_true(EVP_PKEY_CTX_set_rsa_pss_saltlen(how, salt) > 0);
    }
    assert_true(X509_sign_ctx(cert, ctx) > 0);
    EVP_MD_CTX_free(ctx);
    return cert;
}

static void check_name(EVP_PKEY *key, const EVP_MD *digest, int salt, const char *want)
{
    X509 *cert = new_cert(key, digest, salt);
    assert_string_equal(x509_cert_signature(cert), want);
    X509_free(cert);
}

static void signatures_have_the_names_of_go(void **state)
{
    EVP_PKEY *rsa = EVP_RSA_gen(1024);
    EVP_PKEY *ec = EVP_EC_gen("P-256");
    check_name(rsa, EVP_sha1(), 0, "SHA1-RSA");
    check_name(rsa, EVP_sha256(), 0, "SHA256-RSA");
    check_name(rsa, EVP_sha384(), 0, "SHA384-RSA");
    check_name(rsa, EVP_sha512(), 0, "SHA512-RSA");
    check_name(rsa, EVP_sha256(), 32, "SHA256-RSAPSS");
    check_name(rsa, EVP_sha384(), 48, "SHA384-RSAPSS");
    check_name(rsa, EVP_sha256(), 20, "UnknownSignatureAlgorithm");
    check_name(ec, EVP_sha1(), 0, "ECDSA-SHA1");
    check_name(ec, EVP_sha512(), 0, "ECDSA-SHA512");
    check_name(ec, EVP_sha224(), 0, "UnknownSignatureAlgorithm");
    EVP_PKEY_free(ec);
    EVP_PKEY_free(rsa);
}

static void times_are_written_as_rfc_3339(void **state)
{
    EVP_PKEY *key = EVP_EC_gen("P-256");
    X509 *cert = new_cert(key, EVP_sha256(), 0);
    struct buf out;
    buf_init(&out, BUF_NO_LIMIT);
    x509_cert_put_time(&out, X509_get0_notAfter(cert));
    assert_string_equal(out.data, "2051-12-31T23:59:59Z");
    buf_deinit(&out);
    X509_free(cert);
    EVP_PKEY_free(key);
}

/* The certificate as PEM; mem_free is the library's: OPENSSL_free. */
static void put_pem(struct buf *out, X509 *cert)
{
    BIO *bio = BIO_new(BIO_s_mem());
    char *text;
    PEM_write_bio_X509(bio, cert);
    long len = BIO_get_mem_data(bio, &text);
    buf_add(out, text, (size_t)len);
    BIO_free(bio);
}

static void curves_that_k6_knows_not_are_refused(void **state)
{
    static const char *const curves[] = {"P-224", "P-256", "P-384", "P-521", "secp256k1"};
    for (size_t i = 0; i < sizeof curves / sizeof curves[0]; i++) {
        EVP_PKEY *key = EVP_EC_gen(curves[i]);
        X509 *cert = new_cert(key, EVP_sha256(), 0), *read;
        struct err e = {0};
        struct buf pem;
        buf_init(&pem, BUF_NO_LIMIT);
        put_pem(&pem, cert);
        int rc = x509_cert_parse(&read, (struct str){pem.data, pem.len}, &e);
        assert_int_equal(rc, i < 4 ? 0 : ERR_INVALID);
        if (rc == 0)
            assert_string_equal(x509_cert_key_kind(X509_get0_pubkey(read)), "ECDSA");
        else
            assert_string_equal(e.msg,
                                "failed to parse certificate: x509: unsupported elliptic curve");
        err_deinit(&e);
        X509_free(read);
        buf_deinit(&pem);
        X509_free(cert);
        EVP_PKEY_free(key);
    }
}

static void check_fault(const char *base64, const char *want)
{
    struct buf pem;
    struct err e = {0};
    X509 *cert;
    buf_init(&pem, BUF_NO_LIMIT);
    buf_addf(&pem, "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n", base64);
    assert_int_equal(x509_cert_parse(&cert, (struct str){pem.data, pem.len}, &e), ERR_INVALID);
    assert_null(cert);
    assert_string_equal(e.msg, want);
    err_deinit(&e);
    buf_deinit(&pem);
}

static void broken_certificates_are_told_as_go_tells_them(void **state)
{
    check_fault("", "failed to parse certificate: x509: malformed certificate");
    check_fault("AAAA", "failed to parse certificate: x509: malformed certificate");
    check_fault("MAA=", "failed to parse certificate: x509: malformed tbs certificate");
    check_fault("MAMCAQA=", "failed to parse certificate: x509: malformed tbs certificate");
}

TEST_SUITE(x509_cert){
    TEST(signatures_have_the_names_of_go)
    TEST(times_are_written_as_rfc_3339)
    TEST(curves_that_k6_knows_not_are_refused)
    TEST(broken_certificates_are_told_as_go_tells_them)
    TEST_END
};
