/* tls.h - TLS over a sock, with OpenSSL: one context a worker, one session a connection. No header
 * that others include shows the library's types.
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
struct tls_identity; /* tls_identity.h */

enum tls_version {
    TLS_VERSION_ANY,
    TLS_VERSION_1_0,
    TLS_VERSION_1_1,
    TLS_VERSION_1_2,
    TLS_VERSION_1_3
};

/* Borrowed as long as the context lives. */
struct tls_options {
    bool insecure_skip_verify;
    bool resumes_sessions; /* offer the latest session of a host when a connection asks for it */
    const char *ca_file;   /* NULL: the system's */
    enum tls_version min_version, max_version; /* ANY: 1.2 and the library's latest */
    /* Suites of TLS 1.2 and below, by their official names; count 0: the library's. */
    const char *const *cipher_suites;
    size_t cipher_suite_count;
    /* Shown to servers that ask: the first that suits the request. */
    struct tls_identity *const *identities;
    size_t identity_count;
    const char *keylog_file; /* secrets for a packet analyser, appended; NULL: none */
};

/* ERR_TLS, ERR_INVALID with text. */
int tls_context_new(struct tls_context **out, const struct tls_options *o, struct err *e);
void tls_context_free(struct tls_context *c);

/* What a connection offers to speak. */
enum tls_alpn {
    TLS_ALPN_HTTP1,
    TLS_ALPN_BOTH, /* HTTP/2 first */
    TLS_ALPN_HTTP2,
    TLS_ALPN_NONE,
};

struct tls_peer {
    struct str host; /* for SNI and verification; a name or an IP address */
    uint16_t port;   /* with host the key of the session cache */
    bool may_resume;
    enum tls_alpn alpn;
    struct tls_identity *identity; /* instead of the context's; NULL: those. Held by the session */
};

/* Handshake on a connected sock; on one that has a TLS session already, the new one goes through
 * it. Parks. On failure the caller closes the sock. */
int tls_connect(struct sock *s, struct tls_context *c, const struct tls_peer *peer,
                int64_t deadline_ns, struct net_error *e);
bool tls_is_h2(const struct sock *s);       /* the server chose HTTP/2 */
bool tls_has_pending(const struct sock *s); /* decrypted or buffered bytes that a read would give
                                               without the kernel */
const char *tls_version_name(const struct sock *s); /* "tls1.3"; static */
const char *tls_cipher_name(const struct sock *s);  /* "TLS_AES_128_GCM_SHA256"; static */

/* What the server stapled to its certificate. Times in seconds since 1970. */
struct tls_ocsp {
    const char *status;            /* "good", "revoked", "unknown"; static */
    const char *revocation_reason; /* "unspecified", "key_compromise"...; static */
    int64_t produced_at, this_update, next_update, revoked_at;
};
/* NULL: nothing, or nothing readable. Lends: as long as the session lives. */
const struct tls_ocsp *tls_get_ocsp(const struct sock *s);

/* For sock.c: one attempt without parking. Bytes, 0 at the end of the stream (read), TLS_WANT_*, or
 * ERR_*; ERR_SYSTEM with sock.error_errno set when it was a system call. */
enum { TLS_WANT_READ = -1000, TLS_WANT_WRITE = -1001 };
ptrdiff_t tls_try_read(struct sock *s, void *data, size_t len, struct net_error *e);
ptrdiff_t tls_try_write(struct sock *s, const void *data, size_t len, struct net_error *e);
/* True when a read would not have to wait: data, the end or an error. */
bool tls_peek(struct sock *s);
void tls_session_close(struct sock *s, bool says_goodbye);

#endif
