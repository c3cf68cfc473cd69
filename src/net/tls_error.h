/* tls_error.h - what OpenSSL says about a failed handshake or record, in the words and codes of k6.
 * For tls.c only. */
#ifndef C6_TLS_ERROR_H
#define C6_TLS_ERROR_H

#include <stdbool.h>

#include <openssl/ssl.h>

#include "base/str.h"
#include "net/net_error.h"

/* What a failed handshake left behind. */
struct tls_refusal {
    struct str host;
    X509 *leaf;    /* the server's certificate, if it was refused; or NULL */
    X509 *culprit; /* the one of its chain that was the reason, perhaps itself; or NULL */
    bool spoke_http;
};

/* Reads OpenSSL's error queue and the session's verify result; empties the queue. r may be NULL:
 * not a handshake. Returns ERR_TLS. */
int tls_error_fill(struct net_error *e, SSL *ssl, const struct tls_refusal *r);
bool tls_error_says_eof(void);            /* the newest error in the queue is an end of stream */
bool tls_error_is_eof(void);              /* ... or there is none at all */
const char *tls_error_library_text(void); /* the newest error, in the library's words */

#endif
