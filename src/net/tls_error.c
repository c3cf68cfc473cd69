/* tls_error.c - OpenSSL's errors in k6's words (which are Go's): alerts by their names,
 * certificates by what is wrong with them. Tests: tls_refusal_test.c */
#include "net/tls_error.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include <arpa/inet.h>

#include <openssl/err.h>
#include <openssl/x509v3.h>

#include "base/err.h"
#include "net/address.h"

/* RFC 8446 section 6; by number. */
static const char *alert_text(int alert)
{
    switch (alert) {
    case 10:
        return "unexpected message";
    case 20:
        return "bad record MAC";
    case 21:
        return "decryption failed";
    case 22:
        return "record overflow";
    case 30:
        return "decompression failure";
    case 40:
        return "handshake failure";
    case 42:
        return "bad certificate";
    case 43:
        return "unsupported certificate";
    case 44:
        return "revoked certificate";
    case 45:
        return "expired certificate";
    case 46:
        return "unknown certificate";
    case 47:
        return "illegal parameter";
    case 48:
        return "unknown certificate authority";
    case 49:
        return "access denied";
    case 50:
        return "error decoding message";
    case 51:
        return "error decrypting message";
    case 60:
        return "export restriction";
    case 70:
        return "protocol version not supported";
    case 71:
        return "insufficient security level";
    case 80:
        return "internal error";
    case 86:
        return "inappropriate fallback";
    case 90:
        return "user canceled";
    case 100:
        return "no renegotiation";
    case 109:
        return "missing extension";
    case 110:
        return "unsupported extension";
    case 111:
        return "certificate unobtainable";
    case 112:
        return "unrecognized name";
    case 113:
        return "bad certificate status response";
    case 114:
        return "bad certificate hash value";
    case 115:
        return "unknown PSK identity";
    case 116:
        return "certificate required";
    case 120:
        return "no application protocol";
    case 121:
        return "encrypted client hello required";
    default:
        return NULL;
    }
}

static int set_alert(struct net_error *e, int alert)
{
    if (alert == SSL_AD_CLOSE_NOTIFY)
        return net_error_set(e, ERR_TLS, NET_DEFAULT, "EOF");
    const char *text = alert_text(alert);
    if (text != NULL)
        return net_error_set(e, ERR_TLS, NET_NON_TCP, "remote error: tls: %s", text);
    return net_error_set(e, ERR_TLS, NET_NON_TCP, "remote error: tls: alert(%d)", alert);
}

static void print_time(const ASN1_TIME *t, char *out, size_t size)
{
    struct tm tm = {0};
    if (t == NULL || ASN1_TIME_to_tm(t, &tm) != 1 ||
        strftime(out, size, "%Y-%m-%dT%H:%M:%SZ", &tm) == 0)
        snprintf(out, size, "?");
}

static int set_date_error(struct net_error *e, const X509 *cert)
{
    char now_text[32];
    char limit[32];
    time_t now = time(NULL);
    struct tm tm;
    bool is_early = X509_cmp_current_time(X509_get0_notBefore(cert)) > 0;
    gmtime_r(&now, &tm);
    strftime(now_text, sizeof now_text, "%Y-%m-%dT%H:%M:%SZ", &tm);
    print_time(is_early ? X509_get0_notBefore(cert) : X509_get0_notAfter(cert), limit,
               sizeof limit);
    return net_error_set(
        e, ERR_TLS, NET_DEFAULT,
        "x509: certificate has expired or is not yet valid: current time %s is %s %s", now_text,
        is_early ? "before" : "after", limit);
}

static bool is_in_time(const X509 *cert)
{
    return X509_cmp_current_time(X509_get0_notBefore(cert)) <= 0 &&
           X509_cmp_current_time(X509_get0_notAfter(cert)) >= 0;
}

static bool is_for_host(X509 *cert, struct str host)
{
    struct address ip;
    if (host.len > 0 && host.p[host.len - 1] == '.')
        host.len--;
    if (address_parse_ip(host, &ip) < 0)
        return X509_check_host(cert, host.p, host.len,
                               X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS |
                                   X509_CHECK_FLAG_NEVER_CHECK_SUBJECT,
                               NULL) == 1;
    return address_is_v6(&ip) ? X509_check_ip(cert, ip.sa.v6.sin6_addr.s6_addr, 16, 0) == 1
                              : X509_check_ip(cert, (const uint8_t *)&ip.sa.v4.sin_addr, 4, 0) == 1;
}

/* Adds a name of the wanted kind to the list. False: it is full. */
static bool put_name(char *list, size_t size, size_t *len, const GENERAL_NAME *name, bool wants_ip)
{
    char ip[INET6_ADDRSTRLEN];
    struct str text;
    if (name->type == GEN_DNS && !wants_ip) {
        text.p = (const char *)ASN1_STRING_get0_data(name->d.dNSName);
        text.len = (size_t)ASN1_STRING_length(name->d.dNSName);
    } else if (name->type == GEN_IPADD && wants_ip) {
        int family = ASN1_STRING_length(name->d.iPAddress) == 16 ? AF_INET6 : AF_INET;
        if (ASN1_STRING_length(name->d.iPAddress) < 4 ||
            inet_ntop(family, ASN1_STRING_get0_data(name->d.iPAddress), ip, sizeof ip) == NULL)
            return true;
        text = str_of(ip);
    } else {
        return true;
    }
    int n = snprintf(list + *len, size - *len, "%s%.*s", *len > 0 ? ", " : "", (int)text.len,
                     text.p);
    if (n < 0 || (size_t)n >= size - *len)
        return false;
    *len += (size_t)n;
    return true;
}

static bool has_common_name(const X509 *cert, struct str host)
{
    char name[256];
    int len = X509_NAME_get_text_by_NID(X509_get_subject_name(cert), NID_commonName, name,
                                        sizeof name);
    return len > 0 && (size_t)len == host.len && str_ieqs(host, name);
}

/* "x509: certificate is valid for a.example, b.example, not HOST" */
static void put_hostname_detail(struct net_error *e, const X509 *cert, struct str host)
{
    static const char prefix[] = "tls: failed to verify certificate: x509: ";
    struct address ip;
    bool wants_ip = address_parse_ip(host, &ip) == 0;
    char list[256] = "";
    size_t len = 0;
    GENERAL_NAMES *names = X509_get_ext_d2i(cert, NID_subject_alt_name, NULL, NULL);
    for (int i = 0; names != NULL && i < sk_GENERAL_NAME_num(names); i++)
        if (!put_name(list, sizeof list, &len, sk_GENERAL_NAME_value(names, i), wants_ip))
            break;
    int w = (int)host.len;
    if (names == NULL && has_common_name(cert, host))
        net_error_set_detail(
            e, 0, "%scertificate relies on legacy Common Name field, use SANs instead", prefix);
    else if (len == 0 && wants_ip)
        net_error_set_detail(
            e, 0, "%scannot validate certificate for %.*s because it doesn't contain any IP SANs",
            prefix, w, host.p);
    else if (len == 0)
        net_error_set_detail(e, 0,
                             "%scertificate is not valid for any names, but wanted to match %.*s",
                             prefix, w, host.p);
    else
        net_error_set_detail(e, 0, "%scertificate is valid for %s, not %.*s", prefix, list, w,
                             host.p);
    GENERAL_NAMES_free(names);
}

/* What Go says of a chain; the leaf was in order. */
static int set_chain_error(struct net_error *e, const X509 *culprit, long result)
{
    switch (result) {
    case X509_V_ERR_CERT_HAS_EXPIRED:
    case X509_V_ERR_CERT_NOT_YET_VALID:
        if (culprit != NULL)
            return set_date_error(e, culprit);
        break;
    case X509_V_ERR_INVALID_PURPOSE:
        return net_error_set(e, ERR_TLS, NET_DEFAULT,
                             "x509: certificate specifies an incompatible key usage");
    case X509_V_ERR_PATH_LENGTH_EXCEEDED:
        return net_error_set(e, ERR_TLS, NET_DEFAULT,
                             "x509: too many intermediates for path length constraint");
    case X509_V_ERR_UNHANDLED_CRITICAL_EXTENSION:
        return net_error_set(e, ERR_TLS, NET_DEFAULT, "x509: unhandled critical extension");
    case X509_V_ERR_PERMITTED_VIOLATION:
    case X509_V_ERR_EXCLUDED_VIOLATION:
        return net_error_set(e, ERR_TLS, NET_DEFAULT,
                             "x509: a root or intermediate certificate is not authorized to sign "
                             "for this name");
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_CERT_UNTRUSTED:
    case X509_V_ERR_CERT_SIGNATURE_FAILURE:
    case X509_V_ERR_CERT_CHAIN_TOO_LONG:
    case X509_V_ERR_INVALID_CA:
        return net_error_set(e, ERR_TLS, NET_X509_UNKNOWN_AUTHORITY, NULL);
    default:
        break;
    }
    return net_error_set(e, ERR_TLS, NET_DEFAULT, "x509: %s",
                         X509_verify_cert_error_string(result));
}

/* Go looks at the leaf first, its dates and then its names, before it asks who signed it. */
static int set_verify_error(struct net_error *e, const struct tls_refusal *r, long result)
{
    if (r->leaf != NULL && !is_in_time(r->leaf)) {
        set_date_error(e, r->leaf);
    } else if (r->leaf != NULL && !is_for_host(r->leaf, r->host)) {
        net_error_set(e, ERR_TLS, NET_X509_HOSTNAME, NULL);
        put_hostname_detail(e, r->leaf, r->host);
        return ERR_TLS;
    } else if (set_chain_error(e, r->culprit, result) < 0 &&
               e->code == NET_X509_UNKNOWN_AUTHORITY) {
        return net_error_set_detail(
            e, ERR_TLS,
            "tls: failed to verify certificate: x509: certificate signed by unknown authority");
    }
    return net_error_set_detail(e, ERR_TLS, "tls: failed to verify certificate: %s", e->text);
}

/* What goes wrong inside a record: Go ends the connection with an alert of its own and says that.
 */
static int set_local_alert(struct net_error *e, int reason)
{
    switch (reason) {
    case SSL_R_DECRYPTION_FAILED_OR_BAD_RECORD_MAC:
        return net_error_set(e, ERR_TLS, NET_NON_TCP, "local error: tls: bad record MAC");
    case SSL_R_UNEXPECTED_MESSAGE:
    case SSL_R_UNEXPECTED_RECORD:
        return net_error_set(e, ERR_TLS, NET_NON_TCP, "local error: tls: unexpected message");
    case SSL_R_PACKET_LENGTH_TOO_LONG:
    case SSL_R_ENCRYPTED_LENGTH_TOO_LONG:
        return net_error_set(e, ERR_TLS, NET_TLS_HEADER, "tls: oversized record received");
    case SSL_R_DATA_LENGTH_TOO_LONG:
        return net_error_set(e, ERR_TLS, NET_NON_TCP, "local error: tls: record overflow");
    case SSL_R_LENGTH_MISMATCH:
    case SSL_R_LENGTH_TOO_SHORT:
    case SSL_R_BAD_EXTENSION:
        return net_error_set(e, ERR_TLS, NET_NON_TCP, "local error: tls: error decoding message");
    case SSL_R_WRONG_CIPHER_RETURNED:
    case SSL_R_UNKNOWN_CIPHER_RETURNED:
        return net_error_set(e, ERR_TLS, NET_DEFAULT,
                             "tls: server chose an unconfigured cipher suite");
    default:
        return 0;
    }
}

static int set_by_reason(struct net_error *e, SSL *ssl, const struct tls_refusal *r,
                         unsigned long error)
{
    int reason = ERR_GET_REASON(error);
    if (ERR_GET_LIB(error) == ERR_LIB_SSL && reason >= SSL_AD_REASON_OFFSET &&
        reason < SSL_AD_REASON_OFFSET + 256)
        return set_alert(e, reason - SSL_AD_REASON_OFFSET);
    if (reason == SSL_R_CERTIFICATE_VERIFY_FAILED)
        return set_verify_error(e, r, SSL_get_verify_result(ssl));
    if (reason == SSL_R_WRONG_VERSION_NUMBER || reason == SSL_R_HTTP_REQUEST ||
        reason == SSL_R_HTTPS_PROXY_REQUEST) {
        net_error_set(e, ERR_TLS, NET_TLS_HEADER, NULL);
        return r->spoke_http ? net_error_set_detail(
                                   e, ERR_TLS, "http: server gave HTTP response to HTTPS client")
                             : ERR_TLS;
    }
    if (reason == SSL_R_UNSUPPORTED_PROTOCOL)
        return net_error_set(e, ERR_TLS, NET_DEFAULT,
                             "tls: server selected unsupported protocol version %x",
                             (unsigned)SSL_version(ssl));
    if (reason == SSL_R_NO_PROTOCOLS_AVAILABLE)
        return net_error_set(e, ERR_TLS, NET_DEFAULT,
                             "tls: no supported versions satisfy MinVersion and MaxVersion");
    if (ERR_GET_LIB(error) == ERR_LIB_SSL && set_local_alert(e, reason) < 0)
        return ERR_TLS;
    const char *words = ERR_reason_error_string(error);
    return net_error_set(e, ERR_TLS, NET_DEFAULT, "tls: %s",
                         words != NULL ? words : "handshake failed");
}

int tls_error_fill(struct net_error *e, SSL *ssl, const struct tls_refusal *r)
{
    static const struct tls_refusal unknown = {.host = {"", 0}};
    unsigned long error =
        ERR_peek_error(); /* the first one is the cause, what follows are consequences */
    int rc = set_by_reason(e, ssl, r != NULL ? r : &unknown, error);
    ERR_clear_error();
    return rc;
}

bool tls_error_says_eof(void)
{
    unsigned long error = ERR_peek_error();
    return ERR_GET_LIB(error) == ERR_LIB_SSL &&
           ERR_GET_REASON(error) == SSL_R_UNEXPECTED_EOF_WHILE_READING;
}

bool tls_error_is_eof(void)
{
    return ERR_peek_error() == 0 || tls_error_says_eof();
}

const char *tls_error_library_text(void)
{
    const char *words = ERR_reason_error_string(ERR_peek_error());
    return words != NULL ? words : "unknown reason";
}
