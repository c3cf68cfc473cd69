/* tls_identity_test.c - certificates and keys of a client, in every form in which they come. */
#include <stdio.h>
#include <string.h>

#include "net/tls_bed.h"
#include "net/tls_identity.h"
#include "test.h"

/* Reads the texts; NULL: it worked. Else the error's words, in `words`. */
static const char *try_read(const char *cert, const char *key, const char *password,
                            char words[256])
{
    struct tls_identity *id = NULL;
    struct err e = {0};
    struct str pass = {password, password != NULL ? strlen(password) : 0};
    int rc = tls_identity_new(&id, str_of(cert), str_of(key), pass, &e);
    snprintf(words, 256, "%s", rc < 0 ? e.msg : "");
    if (rc == 0)
        assert_int_equal(strlen(tls_identity_name(id)), 64);
    else
        assert_true(rc == ERR_INVALID);
    err_deinit(&e);
    tls_identity_unref(id);
    return rc < 0 ? words : NULL;
}

static void assert_reads(const char *cert, const char *key, const char *password)
{
    char words[256];
    const char *why = try_read(cert, key, password, words);
    if (why != NULL)
        fail_msg("%s", why);
}

static void assert_refuses(const char *cert, const char *key, const char *password,
                           const char *want)
{
    char words[256];
    const char *why = try_read(cert, key, password, words);
    assert_non_null(why);
    assert_string_equal(why, want);
}

/* A key's text in the traditional form, or in PKCS #8, encrypted. */
static char *encrypt(EVP_PKEY *key, bool is_pkcs8, const char *password)
{
    BIO *bio = BIO_new(BIO_s_mem());
    const unsigned char *pass = (const unsigned char *)password;
    int len = (int)strlen(password);
    int rc = is_pkcs8 ? PEM_write_bio_PrivateKey(bio, key, EVP_aes_128_cbc(), pass, len, NULL, NULL)
                      : PEM_write_bio_PrivateKey_traditional(bio, key, EVP_aes_128_cbc(), pass, len,
                                                             NULL, NULL);
    assert_int_equal(rc, 1);
    return bed_take_bio(bio);
}

static void takes_keys_of_each_kind(void **state)
{
    (void)state;
    for (int i = 0; i < 3; i++) {
        EVP_PKEY *key = i == 0   ? EVP_RSA_gen(2048)
                        : i == 1 ? EVP_EC_gen("P-256")
                                 : EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");
        X509 *x = bed_make_cert(key, &(struct bed_cert){.days = 1});
        char *cert = bed_cert_pem(x), *text = bed_key_pem(key);
        assert_reads(cert, text, NULL);
        assert_reads(cert, text, "not needed");
        mem_free(cert);
        mem_free(text);
        X509_free(x);
        EVP_PKEY_free(key);
    }
}

static void takes_encrypted_keys_with_their_password(void **state)
{
    EVP_PKEY *key = EVP_EC_gen("P-256");
    X509 *x = bed_make_cert(key, &(struct bed_cert){.days = 1});
    char *cert = bed_cert_pem(x);
    (void)state;
    for (int i = 0; i < 2; i++) {
        char *text = encrypt(key, i == 1, "secret");
        assert_reads(cert, text, "secret");
        assert_refuses(cert, text, "wrong", "x509: decryption password incorrect");
        assert_refuses(cert, text, "", "x509: decryption password incorrect");
        assert_refuses(cert, text, NULL,
                       "tls: failed to parse private key: it is encrypted and there is no "
                       "password");
        mem_free(text);
    }
    mem_free(cert);
    X509_free(x);
    EVP_PKEY_free(key);
}

static void a_password_longer_than_the_library_takes_is_wrong(void **state)
{
    EVP_PKEY *key = EVP_EC_gen("P-256");
    X509 *x = bed_make_cert(key, &(struct bed_cert){.days = 1});
    char *cert = bed_cert_pem(x), *text = encrypt(key, true, "secret");
    char *longest = mem_alloc(70000);
    (void)state;
    memset(longest, 'p', 69999);
    longest[69999] = '\0';
    assert_refuses(cert, text, longest, "x509: decryption password incorrect");
    mem_free(longest);
    mem_free(text);
    mem_free(cert);
    X509_free(x);
    EVP_PKEY_free(key);
}

static void the_first_certificate_is_the_clients(void **state)
{
    EVP_PKEY *key = EVP_EC_gen("P-256"), *ca_key = EVP_EC_gen("P-256");
    X509 *ca = bed_make_cert(ca_key, &(struct bed_cert){.common_name = "ca", .days = 1});
    X509 *x = bed_make_cert(key, &(struct bed_cert){.days = 1, .issuer = ca, .issuer_key = ca_key});
    char *own = bed_cert_pem(x), *theirs = bed_cert_pem(ca), *text = bed_key_pem(key);
    char both[8192];
    (void)state;
    snprintf(both, sizeof both, "Bag Attributes\n  x: y\n%s\nand\n%s\n", own, theirs);
    assert_reads(both, text, NULL);
    snprintf(both, sizeof both, "%s%s", theirs, own);
    assert_refuses(both, text, NULL, "tls: private key does not match public key");
    mem_free(own);
    mem_free(theirs);
    mem_free(text);
    X509_free(x);
    X509_free(ca);
    EVP_PKEY_free(key);
    EVP_PKEY_free(ca_key);
}

static void refuses_what_does_not_belong_together(void **state)
{
    EVP_PKEY *key = EVP_EC_gen("P-256"), *other = EVP_EC_gen("P-256"), *rsa = EVP_RSA_gen(2048);
    X509 *x = bed_make_cert(key, &(struct bed_cert){.days = 1});
    char *cert = bed_cert_pem(x), *wrong = bed_key_pem(other), *kind = bed_key_pem(rsa);
    (void)state;
    assert_refuses(cert, wrong, NULL, "tls: private key does not match public key");
    assert_refuses(cert, kind, NULL, "tls: private key type does not match public key type");
    assert_refuses(cert, cert, NULL,
                   "tls: found a certificate rather than a key in the PEM for the private key");
    assert_refuses(cert, "", NULL, "tls: failed to find any PEM data in key input");
    assert_refuses(cert, "nothing", NULL, "tls: failed to find any PEM data in key input");
    assert_refuses("", wrong, NULL, "tls: failed to find any PEM data in certificate input");
    assert_refuses("nothing", wrong, NULL, "tls: failed to find any PEM data in certificate input");
    assert_refuses(wrong, wrong, NULL, "tls: failed to find any PEM data in certificate input");
    mem_free(cert);
    mem_free(wrong);
    mem_free(kind);
    X509_free(x);
    EVP_PKEY_free(key);
    EVP_PKEY_free(other);
    EVP_PKEY_free(rsa);
}

/* Cut anywhere, or with one byte changed, a text is read or refused; nothing worse. */
static void damaged_texts_are_refused(void **state)
{
    EVP_PKEY *key = EVP_EC_gen("P-256");
    X509 *x = bed_make_cert(key, &(struct bed_cert){.days = 1});
    char *cert = bed_cert_pem(x), *text = bed_key_pem(key);
    char words[256];
    (void)state;
    for (size_t len = strlen(cert) - 2; len > 0; len--) {
        char *cut = mem_strndup(cert, len);
        assert_non_null(try_read(cut, text, NULL, words));
        mem_free(cut);
    }
    for (size_t len = strlen(text) - 2; len > 0; len--) {
        char *cut = mem_strndup(text, len);
        assert_non_null(try_read(cert, cut, NULL, words));
        mem_free(cut);
    }
    for (size_t i = 0; i < strlen(cert); i++) {
        char *bent = mem_strdup(cert);
        bent[i] = '#';
        try_read(bent, text, NULL, words);
        mem_free(bent);
    }
    mem_free(cert);
    mem_free(text);
    X509_free(x);
    EVP_PKEY_free(key);
}

TEST_SUITE(tls_identity)
{
    TEST(takes_keys_of_each_kind)
    TEST(takes_encrypted_keys_with_their_password)
    TEST(a_password_longer_than_the_library_takes_is_wrong)
    TEST(the_first_certificate_is_the_clients)
    TEST(refuses_what_does_not_belong_together)
    TEST(damaged_texts_are_refused)
    TEST_END
};
