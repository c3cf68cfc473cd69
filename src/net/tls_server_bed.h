/* tls_server_bed.h - for the tests of this folder only: a server over TLS on a thread of its own,
 * that does right or wrong as it is told, and a client's side on a fiber. */
#ifndef C6_NET_TLS_SERVER_BED_H
#define C6_NET_TLS_SERVER_BED_H

#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include "base/err.h"
#include "base/mem.h"
#include "core/clock.h"
#include "net/http_client.h"
#include "net/tls_bed.h"

#define PAGE "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"

enum server_kind {
    SERVES,      /* one request, answered, then the next on the same connection */
    SPEAKS_HTTP, /* no TLS at all */
    SPEAKS_GARBAGE,
    HANGS_UP, /* at once */
    RESETS,
    HANGS, /* never answers the hello */
    WANTS_CERT,
    VANISHES,  /* answers a request with the end, and a reset behind it */
    TRUNCATES, /* hangs up inside the body, without close_notify */
    ENDS_BODY, /* a body until the end of the stream */
    SENDS,     /* body, in place of an answer to the hello */
};

struct server {
    enum server_kind kind;
    int max_version;  /* 0: any */
    const char *name; /* in the certificate: "DNS:x" or "IP:1.2.3.4"; "": none */
    const char *common_name;
    const char *ciphers; /* of TLS 1.2; NULL: any */
    int days;            /* the certificate's life from now; negative: expired */
    int days_ago;        /* when it began; negative: yet to come */
    const char *body;
    size_t body_len;
    /* Running. */
    int listen_fd;
    uint16_t port;
    SSL_CTX *ctx;
    X509 *cert;
    pthread_t thread;
    atomic_int handshakes, resumed, requests;
    char sni[64];
};

static inline int note_sni(SSL *ssl, int *alert, void *arg)
{
    struct server *s = arg;
    const char *name = SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name);
    (void)alert;
    snprintf(s->sni, sizeof s->sni, "%s", name != NULL ? name : "");
    return SSL_TLSEXT_ERR_OK;
}

static inline void read_request(SSL *ssl, bool *ended)
{
    char buf[4096];
    size_t len = 0;
    while (len < sizeof buf - 1) {
        int n = SSL_read(ssl, buf + len, (int)(sizeof buf - 1 - len));
        *ended = n <= 0;
        if (n <= 0)
            return;
        len += (size_t)n;
        buf[len] = '\0';
        if (strstr(buf, "\r\n\r\n") != NULL)
            return;
    }
}

static inline void talk(struct server *s, SSL *ssl)
{
    bool ended = false;
    atomic_fetch_add(&s->handshakes, 1);
    if (SSL_session_reused(ssl))
        atomic_fetch_add(&s->resumed, 1);
    for (;;) {
        read_request(ssl, &ended);
        if (ended)
            return;
        atomic_fetch_add(&s->requests, 1);
        if (s->kind == VANISHES) {
            struct linger now = {.l_onoff = 1};
            shutdown(SSL_get_fd(ssl), SHUT_WR);
            setsockopt(SSL_get_fd(ssl), SOL_SOCKET, SO_LINGER, &now, sizeof now);
            return;
        }
        if (s->kind == TRUNCATES) {
            SSL_write(ssl, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\npart", 44);
            return;
        }
        if (s->kind == ENDS_BODY) {
            SSL_write(ssl, "HTTP/1.1 200 OK\r\n\r\nall", 22);
            return;
        }
        if (s->body != NULL) {
            char head[128];
            int n = snprintf(head, sizeof head, "HTTP/1.1 200 OK\r\nContent-Length: %zu\r\n\r\n",
                             s->body_len);
            SSL_write(ssl, head, n);
            SSL_write(ssl, s->body, (int)s->body_len);
        } else {
            SSL_write(ssl, PAGE, sizeof PAGE - 1);
        }
    }
}

static inline void serve_conn(struct server *s, int fd)
{
    char buf[4096];
    switch (s->kind) {
    case SPEAKS_HTTP:
        if (write(fd, "HTTP/1.1 400 Bad Request\r\n\r\n", 28) > 0)
            while (read(fd, buf, sizeof buf) > 0)
                ;
        break;
    case SPEAKS_GARBAGE:
        if (write(fd, "this is no TLS at all, not even HTTP", 36) > 0)
            while (read(fd, buf, sizeof buf) > 0)
                ;
        break;
    case HANGS_UP:
        while (read(fd, buf, sizeof buf) == 0)
            ;
        break;
    case RESETS: {
        struct linger now = {.l_onoff = 1};
        if (read(fd, buf, 1) > 0)
            setsockopt(fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
        break;
    }
    case SENDS:
        if (read(fd, buf, sizeof buf) > 0 && write(fd, s->body, s->body_len) > 0)
            shutdown(fd, SHUT_WR);
        while (read(fd, buf, sizeof buf) > 0)
            ;
        break;
    case HANGS:
        while (read(fd, buf, sizeof buf) > 0)
            ;
        break;
    case SERVES:
    case WANTS_CERT:
    case VANISHES:
    case TRUNCATES:
    case ENDS_BODY: {
        SSL *ssl = SSL_new(s->ctx);
        SSL_set_fd(ssl, fd);
        if (SSL_accept(ssl) == 1)
            talk(s, ssl);
        SSL_free(ssl);
        break;
    }
    }
    close(fd);
}

static inline void *serve(void *arg)
{
    struct server *s = arg;
    int fd;
    while ((fd = accept(s->listen_fd, NULL, NULL)) >= 0)
        serve_conn(s, fd);
    return NULL;
}

static inline void server_start(struct server *s)
{
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof a;
    s->listen_fd = socket(AF_INET, SOCK_STREAM, 0);
    CHECK(bind(s->listen_fd, (struct sockaddr *)&a, sizeof a) == 0);
    CHECK(listen(s->listen_fd, 16) == 0);
    CHECK(getsockname(s->listen_fd, (struct sockaddr *)&a, &len) == 0);
    s->port = ntohs(a.sin_port);
    EVP_PKEY *key = EVP_EC_gen("P-256");
    struct bed_cert cert = {.names = s->name != NULL ? s->name : "IP:127.0.0.1",
                            .common_name = s->common_name,
                            .days_ago = s->days_ago,
                            .days = s->days != 0 ? s->days : 1};
    if (cert.names[0] == '\0')
        cert.names = NULL;
    s->cert = bed_make_cert(key, &cert);
    s->ctx = SSL_CTX_new(TLS_server_method());
    SSL_CTX_set_security_level(s->ctx, 0);
    SSL_CTX_set_min_proto_version(s->ctx, TLS1_VERSION);
    if (s->max_version != 0)
        SSL_CTX_set_max_proto_version(s->ctx, s->max_version);
    if (s->ciphers != NULL)
        SSL_CTX_set_cipher_list(s->ctx, s->ciphers);
    if (s->kind == WANTS_CERT)
        SSL_CTX_set_verify(s->ctx, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, NULL);
    SSL_CTX_set_session_id_context(s->ctx, (const unsigned char *)"t", 1);
    SSL_CTX_set_tlsext_servername_callback(s->ctx, note_sni);
    SSL_CTX_set_tlsext_servername_arg(s->ctx, s);
    SSL_CTX_use_certificate(s->ctx, s->cert);
    SSL_CTX_use_PrivateKey(s->ctx, key);
    EVP_PKEY_free(key);
    CHECK(pthread_create(&s->thread, NULL, serve, s) == 0);
}

static inline void server_stop(struct server *s)
{
    shutdown(s->listen_fd, SHUT_RDWR);
    pthread_join(s->thread, NULL);
    close(s->listen_fd);
    X509_free(s->cert);
    SSL_CTX_free(s->ctx);
}

/* ---- the client's side */

struct side {
    struct worker *w;
    struct http_config config;
    struct http_shared *shared;
    struct http_client *client;
    struct http_response r;
    struct server *server;
    void (*run)(struct side *);
    bool done;
    int rc;
};

static inline void run_side(void *arg)
{
    struct side *t = arg;
    t->run(t);
    t->done = true;
}

static inline bool side_is_done(void *opaque)
{
    return ((struct side *)opaque)->done;
}

static inline int get(struct side *t, const char *host, int64_t timeout_ms)
{
    char text[128];
    struct url *u;
    snprintf(text, sizeof text, "https://%s:%u/", host, t->server->port);
    CHECK(url_parse(&u, str_of(text), NULL) == 0);
    http_response_reset(&t->r);
    struct http_request q = {
        .method = STR("GET"), .url = u, .deadline_ns = clock_now_ns() + timeout_ms * 1000000};
    t->rc = http_client_do(t->client, &q, &t->r);
    t->r.last.url = NULL;
    url_free(u);
    return t->rc;
}

/* Runs `run` on a fiber against the server. config may be NULL: nothing verified. */
static inline void with_server(struct server *s, const struct http_config *config,
                               void (*run)(struct side *))
{
    struct side t = {.server = s, .run = run, .config = {.insecure_skip_tls_verify = true}};
    if (config != NULL)
        t.config = *config;
    server_start(s);
    t.w = worker_new(0);
    CHECK(http_shared_new(&t.shared, t.w, &t.config, NULL) == 0);
    t.client = http_client_new(t.shared);
    http_response_init(&t.r);
    fiber_spawn(t.w, FIBER_HELPER, run_side, &t); /* the smallest stack a request may run on */
    worker_run_here(t.w, side_is_done, &t);
    http_response_deinit(&t.r);
    http_client_free(t.client);
    http_shared_free(t.shared);
    worker_free(t.w);
    server_stop(s);
}

#endif
