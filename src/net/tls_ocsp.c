/* tls_ocsp.c - reads the answer of an OCSP responder that a server stapled to its certificate. As
 * in k6 the state is only told, never acted upon. Spec: RFC 6960. Tests: tls_ocsp_test.c */
#include <string.h>

#include <openssl/err.h>
#include <openssl/ocsp.h>

#include "base/mem.h"
#include "net/tls_int.h"

#define NO_TIME INT64_C(-62135596800) /* the first of January of the year 1, Go's zero */

static int64_t seconds_of(const ASN1_GENERALIZEDTIME *t)
{
    struct tm tm = {0};
    if (t == NULL || ASN1_TIME_to_tm(t, &tm) != 1)
        return NO_TIME;
    return (int64_t)timegm(&tm);
}

static const char *reason_name(int reason)
{
    static const char *const names[] = {
        [OCSP_REVOKED_STATUS_UNSPECIFIED] = "unspecified",
        [OCSP_REVOKED_STATUS_KEYCOMPROMISE] = "key_compromise",
        [OCSP_REVOKED_STATUS_CACOMPROMISE] = "ca_compromise",
        [OCSP_REVOKED_STATUS_AFFILIATIONCHANGED] = "affiliation_changed",
        [OCSP_REVOKED_STATUS_SUPERSEDED] = "superseded",
        [OCSP_REVOKED_STATUS_CESSATIONOFOPERATION] = "cessation_of_operation",
        [OCSP_REVOKED_STATUS_CERTIFICATEHOLD] = "certificate_hold",
        [OCSP_REVOKED_STATUS_REMOVEFROMCRL] = "remove_from_crl",
        [9] = "privilege_withdrawn",
        [10] = "aa_compromise",
    };
    if (reason < 0)
        return names[OCSP_REVOKED_STATUS_UNSPECIFIED];
    if ((size_t)reason >= sizeof names / sizeof *names || names[reason] == NULL)
        return "";
    return names[reason];
}

static const char *status_name(int status)
{
    switch (status) {
    case V_OCSP_CERTSTATUS_GOOD:
        return "good";
    case V_OCSP_CERTSTATUS_REVOKED:
        return "revoked";
    default:
        return "unknown";
    }
}

/* An answer with a signer's certificate in it must be signed by that; who the signer is was not
 * asked. */
static bool is_signed(OCSP_BASICRESP *basic)
{
    const STACK_OF(X509) *certs = OCSP_resp_get0_certs(basic);
    if (certs == NULL || sk_X509_num(certs) == 0)
        return true;
    return OCSP_basic_verify(basic, NULL, NULL, OCSP_NOVERIFY) == 1;
}

static struct tls_ocsp *read_basic(OCSP_BASICRESP *basic)
{
    if (OCSP_resp_count(basic) != 1 || !is_signed(basic))
        return NULL;
    int reason = -1;
    ASN1_GENERALIZEDTIME *revoked = NULL;
    ASN1_GENERALIZEDTIME *this_update = NULL;
    ASN1_GENERALIZEDTIME *next_update = NULL;
    int status = OCSP_single_get0_status(OCSP_resp_get0(basic, 0), &reason, &revoked, &this_update,
                                         &next_update);
    struct tls_ocsp *o = MEM_NEW(struct tls_ocsp);
    *o = (struct tls_ocsp){
        .status = status_name(status),
        .revocation_reason = reason_name(reason),
        .produced_at = seconds_of(OCSP_resp_get0_produced_at(basic)),
        .this_update = seconds_of(this_update),
        .next_update = seconds_of(next_update),
        .revoked_at = seconds_of(revoked),
    };
    return o;
}

struct tls_ocsp *tls_ocsp_new(const uint8_t *data, size_t len)
{
    const unsigned char *at = data;
    struct tls_ocsp *o = NULL;
    OCSP_RESPONSE *response = len <= INT32_MAX ? d2i_OCSP_RESPONSE(NULL, &at, (long)len) : NULL;
    OCSP_BASICRESP *basic = NULL;
    if (response != NULL && OCSP_response_status(response) == OCSP_RESPONSE_STATUS_SUCCESSFUL)
        basic = OCSP_response_get1_basic(response);
    if (basic != NULL)
        o = read_basic(basic);
    OCSP_BASICRESP_free(basic);
    OCSP_RESPONSE_free(response);
    ERR_clear_error();
    return o;
}
