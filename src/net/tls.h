/* tls.h - TLS over a sock, with OpenSSL: one context a worker, one session a connection. The only
 * header of net that goes with the TLS library; it shows none of its types.
 *
 * Verification is on unless the options say otherwise; names are checked against what the URL says,
 * IP addresses too. Errors carry the words of k6 (Go's crypto/tls and x509). Own worker's fibers
 * only. */
#ifndef C6_TLS_H
#define C6_TLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"
#include "net/net_error.h"

struct sock;
struct tls_context;

struct tls_options {
    bool insecure_skip_verify;
    bool resumes_sessions; /* offer the latest session of a host when a connection asks for it */
    const char *ca_file;   /* NULL: the system's */
};

int tls_context_new(struct tls_context **out, const struct tls_options *o, struct err *e);
void tls_context_free(struct tls_context *c);

struct tls_peer {
    struct str host; /* for SNI and verification; a name or an IP address */
    uint16_t port;   /* with host the key of the session cache */
    bool may_resume;
};

/* Handshake on a connected sock. Parks. On failure the caller closes the sock. */
int tls_connect(struct sock *s, struct tls_context *c, const struct tls_peer *peer,
                int64_t deadline_ns, struct net_error *e);
bool tls_has_pending(const struct sock *s); /* decrypted or buffered bytes that a read would give
                                               without the kernel */
const char *tls_version_name(const struct sock *s); /* "tls1.3"; static */
const char *tls_cipher_name(const struct sock *s);  /* "TLS_AES_128_GCM_SHA256"; static */

/* For sock.c: one attempt without parking. Bytes, 0 at the end of the stream (read), TLS_WANT_*, or
 * ERR_*; ERR_SYSTEM with sock.error_errno set when it was a system call. */
enum { TLS_WANT_READ = -1000, TLS_WANT_WRITE = -1001 };
ptrdiff_t tls_try_read(struct sock *s, void *data, size_t len, struct net_error *e);
ptrdiff_t tls_try_write(struct sock *s, const void *data, size_t len, struct net_error *e);
/* True when a read would not have to wait: data, the end or an error. */
bool tls_peek(struct sock *s);
void tls_session_close(struct sock *s, bool says_goodbye);

#endif
