/* tls_identity.h - a client's certificate and key, from the PEM texts of options.tlsAuth or of one
 * request.
 *
 * Immutable and counted with atomics: shared by all workers. Source: k6 docs, "SSL/TLS client
 * certificates". */
#ifndef C6_TLS_IDENTITY_H
#define C6_TLS_IDENTITY_H

#include "base/err.h"
#include "base/str.h"

struct tls_identity;

/* cert: the certificate, those of its issuers behind it. key: in any PEM form, perhaps encrypted;
 * password.p NULL: none. ERR_INVALID with text. */
int tls_identity_new(struct tls_identity **out, struct str cert, struct str key,
                     struct str password, struct err *e);
struct tls_identity *tls_identity_ref(struct tls_identity *id);
void tls_identity_unref(struct tls_identity *id); /* NULL is fine */
/* The certificate's fingerprint, in hexadecimal digits: the same certificate has the same. */
const char *tls_identity_name(const struct tls_identity *id);

#endif
