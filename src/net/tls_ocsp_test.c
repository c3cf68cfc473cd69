/* tls_ocsp_test.c - answers of OCSP responders, made here and read back. */
#include <string.h>

#include <openssl/ocsp.h>

#include "net/tls_bed.h"
#include "net/tls_int.h"
#include "test.h"

#define AT    INT64_C(1767225600) /* 2026-01-01 */
#define A_DAY 86400
#define NEVER INT64_C(-62135596800)

struct answer {
    int status, reason; /* reason -1: none */
    bool has_next, has_certs, is_of_two, is_bent;
    int response_status;
};

/* Its bytes; the caller's to mem_free. */
static uint8_t *make_answer(const struct answer *a, size_t *len)
{
    EVP_PKEY *key = EVP_EC_gen("P-256");
    X509 *x = bed_make_cert(key, &(struct bed_cert){.days = 1});
    OCSP_BASICRESP *basic = OCSP_BASICRESP_new();
    ASN1_TIME *at = ASN1_TIME_set(NULL, AT), *next = ASN1_TIME_set(NULL, AT + A_DAY),
              *revoked = ASN1_TIME_set(NULL, AT - A_DAY);
    for (int i = 0; i < (a->is_of_two ? 2 : 1); i++) {
        OCSP_CERTID *id = OCSP_cert_to_id(EVP_sha1(), x, x);
        assert_non_null(
            OCSP_basic_add1_status(basic, id, a->status, a->reason,
                                   a->status == V_OCSP_CERTSTATUS_REVOKED ? revoked : NULL, at,
                                   a->has_next ? next : NULL));
        OCSP_CERTID_free(id);
    }
    assert_int_equal(
        OCSP_basic_sign(basic, x, key, EVP_sha256(), NULL, a->has_certs ? 0 : OCSP_NOCERTS), 1);
    OCSP_RESPONSE *response = OCSP_response_create(a->response_status, basic);
    unsigned char *der = NULL;
    int size = i2d_OCSP_RESPONSE(response, &der);
    assert_true(size > 0);
    uint8_t *bytes = mem_dup(der, (size_t)size);
    if (a->is_bent) { /* the signature ends where the certificates begin, or the text does */
        size_t back = a->has_certs ? (size_t)i2d_X509(x, NULL) + 12 : 1;
        bytes[(size_t)size - back] ^= 1;
    }
    *len = (size_t)size;
    OPENSSL_free(der);
    OCSP_RESPONSE_free(response);
    OCSP_BASICRESP_free(basic);
    ASN1_TIME_free(at);
    ASN1_TIME_free(next);
    ASN1_TIME_free(revoked);
    X509_free(x);
    EVP_PKEY_free(key);
    return bytes;
}

static struct tls_ocsp *read_answer(const struct answer *a)
{
    size_t len;
    uint8_t *bytes = make_answer(a, &len);
    struct tls_ocsp *o = tls_ocsp_new(bytes, len);
    mem_free(bytes);
    return o;
}

static void a_good_certificate(void **state)
{
    (void)state;
    struct tls_ocsp *o = read_answer(&(struct answer){
        .status = V_OCSP_CERTSTATUS_GOOD, .reason = -1, .has_next = true, .has_certs = true});
    assert_non_null(o);
    assert_string_equal(o->status, "good");
    assert_string_equal(o->revocation_reason, "unspecified");
    assert_true(o->this_update == AT);
    assert_true(o->next_update == AT + A_DAY);
    assert_true(o->revoked_at == NEVER);
    assert_true(o->produced_at > AT - 50 * 365 * (int64_t)A_DAY);
    mem_free(o);
}

static void a_revoked_one_says_when_and_why(void **state)
{
    static const char *const names[] = {
        "unspecified",     "key_compromise",         "ca_compromise",    "affiliation_changed",
        "superseded",      "cessation_of_operation", "certificate_hold", "",
        "remove_from_crl", "privilege_withdrawn",    "aa_compromise",    ""};
    (void)state;
    for (int i = -1; i < 12; i++) {
        struct tls_ocsp *o =
            read_answer(&(struct answer){.status = V_OCSP_CERTSTATUS_REVOKED, .reason = i});
        assert_non_null(o);
        assert_string_equal(o->status, "revoked");
        assert_string_equal(o->revocation_reason, names[i < 0 ? 0 : i]);
        assert_true(o->revoked_at == AT - A_DAY);
        assert_true(o->next_update == NEVER);
        mem_free(o);
    }
}

static void an_unknown_one(void **state)
{
    (void)state;
    struct tls_ocsp *o =
        read_answer(&(struct answer){.status = V_OCSP_CERTSTATUS_UNKNOWN, .reason = -1});
    assert_non_null(o);
    assert_string_equal(o->status, "unknown");
    mem_free(o);
}

static void what_is_no_answer_to_one_question_is_none(void **state)
{
    (void)state;
    assert_null(read_answer(&(struct answer){.reason = -1, .is_of_two = true}));
    assert_null(read_answer(
        &(struct answer){.reason = -1, .response_status = OCSP_RESPONSE_STATUS_TRYLATER}));
    assert_null(read_answer(
        &(struct answer){.reason = -1, .response_status = OCSP_RESPONSE_STATUS_INTERNALERROR}));
    assert_null(tls_ocsp_new((const uint8_t *)"", 0));
    assert_null(tls_ocsp_new((const uint8_t *)"no DER at all", 13));
}

static void a_signature_must_fit_the_certificate_beside_it(void **state)
{
    (void)state;
    assert_null(read_answer(&(struct answer){.reason = -1, .has_certs = true, .is_bent = true}));
    /* Without a certificate nobody can tell. */
    struct tls_ocsp *o = read_answer(&(struct answer){.reason = -1, .is_bent = true});
    assert_non_null(o);
    mem_free(o);
}

static void damaged_answers_are_read_or_not(void **state)
{
    size_t len;
    uint8_t *bytes = make_answer(&(struct answer){.reason = -1, .has_certs = true}, &len);
    (void)state;
    for (size_t cut = 0; cut < len; cut++) {
        uint8_t *copy = mem_dup(bytes, cut + 1);
        assert_null(tls_ocsp_new(copy, cut));
        mem_free(copy);
    }
    for (size_t i = 0; i < len; i++) {
        bytes[i] ^= 0xff;
        mem_free(tls_ocsp_new(bytes, len));
        bytes[i] ^= 0xff;
    }
    mem_free(bytes);
}

TEST_SUITE(tls_ocsp)
{
    TEST(a_good_certificate)
    TEST(a_revoked_one_says_when_and_why)
    TEST(an_unknown_one)
    TEST(what_is_no_answer_to_one_question_is_none)
    TEST(a_signature_must_fit_the_certificate_beside_it)
    TEST(damaged_answers_are_read_or_not)
    TEST_END
};
