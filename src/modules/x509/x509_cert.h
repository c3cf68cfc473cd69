/* x509_cert.h - facts about a certificate, in the words that k6's module uses for them. Knows the
 * TLS library and no engine; any thread. The X509 objects are the library's: X509_free. */
#ifndef C6_X509_CERT_H
#define C6_X509_CERT_H

#include <openssl/x509.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"
#include "base/vec.h"

/* The certificate in the first block of a PEM text. ERR_INVALID with k6's text in e. */
int x509_cert_parse(X509 **out, struct str pem, struct err *e);

/* "SHA256-RSA", "ECDSA-SHA384"... "UnknownSignatureAlgorithm". Static text. */
const char *x509_cert_signature(const X509 *cert);

/* "2026-01-01T00:00:00Z"; appends nothing for a time that is none. */
void x509_cert_put_time(struct buf *out, const ASN1_TIME *t);

/* The text of a part of a name, as UTF-8; appends nothing when it is no text. */
void x509_cert_put_value(struct buf *out, const ASN1_STRING *value);

/* DNS names, then email addresses, IP addresses, URIs. Strings from mem_*: x509_cert_free_list. */
struct x509_list {
    VEC(char *) texts;
};
void x509_cert_alt_names(const X509 *cert, struct x509_list *fills);
void x509_cert_free_list(struct x509_list *l);

/* "RSA", "DSA", "ECDSA"; NULL for the kinds of keys that k6 refuses. Borrows. */
const char *x509_cert_key_kind(const EVP_PKEY *key);

#endif
