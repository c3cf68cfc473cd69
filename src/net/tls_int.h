/* tls_int.h - what the tls*.c files of this folder share; the TLS library's types stay in here.
 *
 *     tls_context.c   settings of a worker's connections: versions, suites, authorities, sessions
 *     tls_identity.c  certificates of the client
 *     tls.c           one session: handshake, reading, writing
 *     tls_ocsp.c      what a server staples to its certificate
 *     tls_error.c     failures in k6's words
 *
 * A session may lie on another one (https through an https proxy): sock.tls is the upper one. */
#ifndef C6_TLS_INT_H
#define C6_TLS_INT_H

#include <stdatomic.h>

#include <openssl/ssl.h>

#include "base/map.h"
#include "net/sock.h"
#include "net/tls.h"

struct tls_identity {
    _Atomic int refs;
    char name[65]; /* SHA-256 of the certificate */
    X509 *leaf;
    STACK_OF(X509) * chain;
    EVP_PKEY *key;
};

struct tls_context {
    SSL_CTX *ssl_ctx;
    BIO_METHOD *bio_method;
    struct map *sessions; /* key of the session -> struct tls_kept, the latest */
    struct tls_options options;
    int keylog_fd; /* -1: none */
};

/* A session to resume; what the server stapled comes in full handshakes only. */
struct tls_kept {
    SSL_SESSION *session;
    struct tls_ocsp *ocsp; /* or NULL */
};

struct tls_session {
    SSL *ssl;
    struct sock *sock;
    struct tls_session *under; /* or NULL */
    struct tls_context *context;
    struct tls_identity *identity; /* held; of this session alone, or NULL */
    char *session_key;             /* NULL: not kept */
    X509 *refused_leaf;            /* the server's certificate, when its chain didn't pass */
    X509 *refused_cert;            /* the one that was to blame */
    struct tls_ocsp *ocsp;         /* or NULL */
    bool has_noted_ocsp;
    bool saw_eof;
    bool saw_http; /* the first bytes of the peer were "HTTP/" */
    bool saw_any;
};

/* tls.c */
BIO_METHOD *tls_bio_method_new(void);
/* A stapled answer comes with a full handshake; a resumed session keeps the one of before. Once a
 * session. */
void tls_note_ocsp(struct tls_session *t);
/* tls_context.c: the latest session under the key, or NULL. Lends. */
const struct tls_kept *tls_context_find(const struct tls_context *c, const char *key);
/* tls_ocsp.c: NULL when the answer can't be read or its signature is wrong. */
struct tls_ocsp *tls_ocsp_new(const uint8_t *data, size_t len);

#endif
