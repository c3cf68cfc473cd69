/* x509_cert.c - see x509_cert.h. Names of algorithms and texts of errors are k6's.
 * Source: k6 docs, "k6/crypto/x509"; RFC 5280. Tests: x509_cert_test.c, fuzz/pem_fuzz.c */
#include "modules/x509/x509_cert.h"

#include <arpa/inet.h>
#include <string.h>

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

#include "base/mem.h"
#include "modules/x509/pem.h"

/* ---- parsing ---- */

/* k6 reads the parts of a certificate one by one and names the first that is wrong; the library
 * says nothing so plain. Only what is told by the outermost bytes is told apart here. */
static const char *fault_of(struct str der)
{
    const unsigned char *p = (const unsigned char *)der.p;
    long len;
    int tag, class;
    int rc = ASN1_get_object(&p, &len, &tag, &class, (long)der.len);
    if (rc & 0x80 || tag != V_ASN1_SEQUENCE)
        return "malformed certificate";
    const unsigned char *inside = p;
    rc = ASN1_get_object(&p, &len, &tag, &class, len);
    if (rc & 0x80 || tag != V_ASN1_SEQUENCE || inside == p)
        return "malformed tbs certificate";
    return "malformed certificate";
}

/* k6 knows no others, and says so when it parses. */
static bool has_known_curve(const EVP_PKEY *key)
{
    static const char *const names[] = {"secp224r1", "prime256v1", "secp384r1", "secp521r1"};
    char name[64];
    if (key == NULL || EVP_PKEY_get_base_id(key) != EVP_PKEY_EC)
        return true;
    if (EVP_PKEY_get_group_name(key, name, sizeof name, NULL) != 1)
        return false;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strcmp(name, names[i]) == 0)
            return true;
    return false;
}

static int parse_der(X509 **out, struct str der, struct err *e)
{
    const unsigned char *p = (const unsigned char *)der.p;
    const char *fault = NULL;
    X509 *cert = d2i_X509(NULL, &p, (long)der.len);
    if (cert == NULL)
        fault = fault_of(der);
    else if (p != (const unsigned char *)der.p + der.len)
        fault = "trailing data";
    else if (!has_known_curve(X509_get0_pubkey(cert)))
        fault = "unsupported elliptic curve";
    ERR_clear_error();
    if (fault == NULL) {
        *out = cert;
        return 0;
    }
    X509_free(cert);
    return err_set(e, ERR_INVALID, "failed to parse certificate: x509: %s", fault);
}

int x509_cert_parse(X509 **out, struct str pem, struct err *e)
{
    struct buf der;
    *out = NULL;
    buf_init(&der, BUF_NO_LIMIT);
    int rc = pem_first_block(&der, pem);
    if (rc == 0)
        rc = parse_der(out, (struct str){der.data, der.len}, e);
    else
        rc = err_set(e, ERR_INVALID, "failed to decode certificate PEM file");
    buf_deinit(&der);
    return rc;
}

/* ---- algorithms ---- */

/* Only parameters as everybody chooses them count: one hash throughout, a salt as long as it. */
static const char *pss_name(const X509_ALGOR *alg)
{
    static const struct {
        int hash;
        long salt;
        const char *name;
    } known[] = {
        {NID_sha256, 32, "SHA256-RSAPSS"},
        {NID_sha384, 48, "SHA384-RSAPSS"},
        {NID_sha512, 64, "SHA512-RSAPSS"},
    };
    const ASN1_OBJECT *oid;
    const char *name = NULL;
    RSA_PSS_PARAMS *p = ASN1_TYPE_unpack_sequence(ASN1_ITEM_rptr(RSA_PSS_PARAMS), alg->parameter);
    if (p == NULL || p->hashAlgorithm == NULL || p->maskGenAlgorithm == NULL ||
        p->saltLength == NULL)
        goto done;
    X509_ALGOR_get0(&oid, NULL, NULL, p->hashAlgorithm);
    int hash = OBJ_obj2nid(oid);
    X509_ALGOR *mask =
        ASN1_TYPE_unpack_sequence(ASN1_ITEM_rptr(X509_ALGOR), p->maskGenAlgorithm->parameter);
    int mask_hash = NID_undef;
    if (mask != NULL) {
        X509_ALGOR_get0(&oid, NULL, NULL, mask);
        mask_hash = OBJ_obj2nid(oid);
    }
    X509_ALGOR_free(mask);
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (hash == known[i].hash && mask_hash == hash &&
            ASN1_INTEGER_get(p->saltLength) == known[i].salt)
            name = known[i].name;
done:
    RSA_PSS_PARAMS_free(p);
    return name;
}

const char *x509_cert_signature(const X509 *cert)
{
    static const struct {
        int nid;
        const char *name;
    } known[] = {
        {NID_md2WithRSAEncryption, "MD2-RSA"},
        {NID_md5WithRSAEncryption, "MD5-RSA"},
        {NID_sha1WithRSAEncryption, "SHA1-RSA"},
        {NID_sha1WithRSA, "SHA1-RSA"},
        {NID_sha256WithRSAEncryption, "SHA256-RSA"},
        {NID_sha384WithRSAEncryption, "SHA384-RSA"},
        {NID_sha512WithRSAEncryption, "SHA512-RSA"},
        {NID_dsaWithSHA1, "DSA-SHA1"},
        {NID_dsa_with_SHA256, "DSA-SHA256"},
        {NID_ecdsa_with_SHA1, "ECDSA-SHA1"},
        {NID_ecdsa_with_SHA256, "ECDSA-SHA256"},
        {NID_ecdsa_with_SHA384, "ECDSA-SHA384"},
        {NID_ecdsa_with_SHA512, "ECDSA-SHA512"},
        {NID_ED25519, "Ed25519"},
    };
    const X509_ALGOR *alg;
    const char *name = NULL;
    X509_get0_signature(NULL, &alg, cert);
    int nid = X509_get_signature_nid(cert);
    if (nid == NID_rsassaPss)
        name = pss_name(alg);
    for (size_t i = 0; i < sizeof known / sizeof known[0] && name == NULL; i++)
        if (known[i].nid == nid)
            name = known[i].name;
    ERR_clear_error();
    return name != NULL ? name : "UnknownSignatureAlgorithm";
}

const char *x509_cert_key_kind(const EVP_PKEY *key)
{
    switch (key != NULL ? EVP_PKEY_get_base_id(key) : EVP_PKEY_NONE) {
    case EVP_PKEY_RSA:
        return "RSA";
    case EVP_PKEY_DSA:
        return "DSA";
    case EVP_PKEY_EC:
        return "ECDSA";
    default:
        return NULL;
    }
}

/* ---- texts ---- */

void x509_cert_put_time(struct buf *out, const ASN1_TIME *t)
{
    struct tm tm;
    if (t != NULL && ASN1_TIME_to_tm(t, &tm) == 1)
        buf_addf(out, "%04d-%02d-%02dT%02d:%02d:%02dZ", tm.tm_year + 1900, tm.tm_mon + 1,
                 tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec);
    ERR_clear_error();
}

void x509_cert_put_value(struct buf *out, const ASN1_STRING *value)
{
    unsigned char *utf8 = NULL;
    int len = ASN1_STRING_to_UTF8(&utf8, value);
    if (len > 0)
        buf_add(out, utf8, (size_t)len);
    OPENSSL_free(utf8);
    ERR_clear_error();
}

static char *new_text(const ASN1_STRING *s)
{
    return mem_strndup((const char *)ASN1_STRING_get0_data(s), (size_t)ASN1_STRING_length(s));
}

/* NULL when it has the length of no address. */
static char *new_address(const ASN1_OCTET_STRING *s)
{
    char text[INET6_ADDRSTRLEN];
    int len = ASN1_STRING_length(s);
    int family = len == 4 ? AF_INET : len == 16 ? AF_INET6 : AF_UNSPEC;
    if (family == AF_UNSPEC)
        return NULL;
    inet_ntop(family, ASN1_STRING_get0_data(s), text, sizeof text);
    return mem_strdup(text);
}

static void add_names(struct x509_list *l, const GENERAL_NAMES *names, int type)
{
    for (int i = 0; i < sk_GENERAL_NAME_num(names); i++) {
        const GENERAL_NAME *name = sk_GENERAL_NAME_value(names, i);
        if (name->type != type)
            continue;
        char *text =
            type == GEN_IPADD ? new_address(name->d.iPAddress) : new_text(name->d.ia5);
        if (text != NULL)
            VEC_PUSH(&l->texts, text);
    }
}

void x509_cert_alt_names(const X509 *cert, struct x509_list *fills)
{
    static const int order[] = {GEN_DNS, GEN_EMAIL, GEN_IPADD, GEN_URI};
    GENERAL_NAMES *names = X509_get_ext_d2i(cert, NID_subject_alt_name, NULL, NULL);
    for (size_t i = 0; names != NULL && i < sizeof order / sizeof order[0]; i++)
        add_names(fills, names, order[i]);
    GENERAL_NAMES_free(names);
    ERR_clear_error();
}

void x509_cert_free_list(struct x509_list *l)
{
    for (size_t i = 0; i < l->texts.len; i++)
        mem_free(l->texts.items[i]);
    VEC_DEINIT(&l->texts);
}
