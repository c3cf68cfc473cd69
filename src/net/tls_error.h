/* tls_error.h - what OpenSSL says about a failed handshake or record, in the words and codes of k6.
 * For tls.c only. */
#ifndef C6_TLS_ERROR_H
#define C6_TLS_ERROR_H

#include <stdbool.h>

#include <openssl/ssl.h>

#include "base/str.h"
#include "net/net_error.h"

/* Reads OpenSSL's error queue and the session's verify result; empties the queue. cert: the one
 * that didn't pass, or NULL. Returns ERR_TLS. */
int tls_error_fill(struct net_error *e, SSL *ssl, const X509 *cert, struct str host,
                   bool peer_spoke_http);
bool tls_error_is_eof(void);              /* the newest error in the queue is an end of stream */
const char *tls_error_library_text(void); /* the newest error, in the library's words */

#endif
