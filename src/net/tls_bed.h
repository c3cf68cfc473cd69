/* tls_bed.h - for the tests of this folder only: certificates made on the spot. */
#ifndef C6_NET_TLS_BED_H
#define C6_NET_TLS_BED_H

#include <stdbool.h>
#include <string.h>

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include "base/err.h"
#include "base/mem.h"

struct bed_cert {
    const char *common_name; /* NULL: "test" */
    const char *names;       /* "DNS:x", "IP:1.2.3.4"; NULL: none */
    int days;                /* of life from now; negative: expired */
    int days_ago;            /* when it began; 0: ten */
    X509 *issuer;            /* NULL: itself */
    EVP_PKEY *issuer_key;
    bool is_ca;
};

static inline void bed_add_extension(X509 *x, X509 *issuer, int nid, const char *value)
{
    X509V3_CTX v3;
    X509V3_set_ctx(&v3, issuer, x, NULL, NULL, 0);
    X509_EXTENSION *ext = X509V3_EXT_conf_nid(NULL, &v3, nid, value);
    CHECK(ext != NULL);
    X509_add_ext(x, ext, -1);
    X509_EXTENSION_free(ext);
}

static inline X509 *bed_make_cert(EVP_PKEY *key, const struct bed_cert *c)
{
    X509 *x = X509_new();
    X509 *issuer = c->issuer != NULL ? c->issuer : x;
    const char *name = c->common_name != NULL ? c->common_name : "test";
    int days_ago = c->days_ago != 0 ? c->days_ago : 10;
    X509_set_version(x, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(x), 1);
    X509_gmtime_adj(X509_getm_notBefore(x), -86400L * days_ago);
    X509_gmtime_adj(X509_getm_notAfter(x), 86400L * c->days);
    X509_set_pubkey(x, key);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(x), "CN", MBSTRING_ASC,
                               (const unsigned char *)name, -1, -1, 0);
    X509_set_issuer_name(x, X509_get_subject_name(issuer));
    if (c->names != NULL)
        bed_add_extension(x, issuer, NID_subject_alt_name, c->names);
    if (c->is_ca)
        bed_add_extension(x, issuer, NID_basic_constraints, "critical,CA:TRUE");
    EVP_PKEY *signer = c->issuer_key != NULL ? c->issuer_key : key;
    bool has_own_digest = EVP_PKEY_is_a(signer, "ED25519");
    CHECK(X509_sign(x, signer, has_own_digest ? NULL : EVP_sha256()) > 0);
    return x;
}

/* The text in a BIO, which is freed; the caller's to mem_free. */
static inline char *bed_take_bio(BIO *bio)
{
    char *data;
    long len = BIO_get_mem_data(bio, &data);
    char *text = mem_strndup(data, (size_t)len);
    BIO_free(bio);
    return text;
}

static inline char *bed_cert_pem(X509 *x)
{
    BIO *bio = BIO_new(BIO_s_mem());
    CHECK(PEM_write_bio_X509(bio, x) == 1);
    return bed_take_bio(bio);
}

static inline char *bed_key_pem(EVP_PKEY *key)
{
    BIO *bio = BIO_new(BIO_s_mem());
    CHECK(PEM_write_bio_PrivateKey(bio, key, NULL, NULL, 0, NULL, NULL) == 1);
    return bed_take_bio(bio);
}

#endif
