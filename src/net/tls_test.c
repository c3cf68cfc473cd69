/* TLS from the client's side, against OpenSSL servers on a thread of their own with certificates
 * made here. */
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

#include "base/mem.h"
#include "core/clock.h"
#include "net/http_client.h"
#include "net/tls_bed.h"
#include "test.h"

#define PAGE "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"

enum server_kind {
    SERVES,      /* one request, answered, then the next on the same connection */
    SPEAKS_HTTP, /* no TLS at all */
    SPEAKS_GARBAGE,
    HANGS_UP, /* at once */
    RESETS,
    HANGS, /* never answers the hello */
    WANTS_CERT,
    TRUNCATES, /* hangs up inside the body, without close_notify */
    ENDS_BODY, /* a body until the end of the stream */
};

struct server {
    enum server_kind kind;
    int max_version;  /* 0: any */
    const char *name; /* in the certificate: "DNS:x" or "IP:1.2.3.4" */
    int days;         /* the certificate's life from now; negative: expired */
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

static int note_sni(SSL *ssl, int *alert, void *arg)
{
    struct server *s = arg;
    const char *name = SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name);
    (void)alert;
    snprintf(s->sni, sizeof s->sni, "%s", name != NULL ? name : "");
    return SSL_TLSEXT_ERR_OK;
}

static void read_request(SSL *ssl, bool *ended)
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

static void talk(struct server *s, SSL *ssl)
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

static void serve_conn(struct server *s, int fd)
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
    case HANGS:
        while (read(fd, buf, sizeof buf) > 0)
            ;
        break;
    case SERVES:
    case WANTS_CERT:
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

static void *serve(void *arg)
{
    struct server *s = arg;
    int fd;
    while ((fd = accept(s->listen_fd, NULL, NULL)) >= 0)
        serve_conn(s, fd);
    return NULL;
}

static void server_start(struct server *s)
{
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof a;
    s->listen_fd = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(bind(s->listen_fd, (struct sockaddr *)&a, sizeof a), 0);
    assert_int_equal(listen(s->listen_fd, 16), 0);
    assert_int_equal(getsockname(s->listen_fd, (struct sockaddr *)&a, &len), 0);
    s->port = ntohs(a.sin_port);
    EVP_PKEY *key = EVP_EC_gen("P-256");
    struct bed_cert cert = {.names = s->name != NULL ? s->name : "IP:127.0.0.1",
                            .days = s->days != 0 ? s->days : 1};
    s->cert = bed_make_cert(key, &cert);
    s->ctx = SSL_CTX_new(TLS_server_method());
    SSL_CTX_set_security_level(s->ctx, 0);
    SSL_CTX_set_min_proto_version(s->ctx, TLS1_VERSION);
    if (s->max_version != 0)
        SSL_CTX_set_max_proto_version(s->ctx, s->max_version);
    if (s->kind == WANTS_CERT)
        SSL_CTX_set_verify(s->ctx, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, NULL);
    SSL_CTX_set_session_id_context(s->ctx, (const unsigned char *)"t", 1);
    SSL_CTX_set_tlsext_servername_callback(s->ctx, note_sni);
    SSL_CTX_set_tlsext_servername_arg(s->ctx, s);
    SSL_CTX_use_certificate(s->ctx, s->cert);
    SSL_CTX_use_PrivateKey(s->ctx, key);
    EVP_PKEY_free(key);
    assert_int_equal(pthread_create(&s->thread, NULL, serve, s), 0);
}

static void server_stop(struct server *s)
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

static void run_side(void *arg)
{
    struct side *t = arg;
    t->run(t);
    t->done = true;
}

static bool side_is_done(void *opaque)
{
    return ((struct side *)opaque)->done;
}

static int get(struct side *t, const char *host, int64_t timeout_ms)
{
    char text[128];
    struct url *u;
    snprintf(text, sizeof text, "https://%s:%u/", host, t->server->port);
    assert_int_equal(url_parse(&u, str_of(text), NULL), 0);
    http_response_reset(&t->r);
    struct http_request q = {
        .method = STR("GET"), .url = u, .deadline_ns = clock_now_ns() + timeout_ms * 1000000};
    t->rc = http_client_do(t->client, &q, &t->r);
    t->r.last.url = NULL;
    url_free(u);
    return t->rc;
}

/* Runs `run` on a fiber against the server. config may be NULL: nothing verified. */
static void with_server(struct server *s, const struct http_config *config,
                        void (*run)(struct side *))
{
    struct side t = {.server = s, .run = run, .config = {.insecure_skip_tls_verify = true}};
    if (config != NULL)
        t.config = *config;
    server_start(s);
    t.w = worker_new(0);
    assert_int_equal(http_shared_new(&t.shared, t.w, &t.config, NULL), 0);
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

static void check_page(struct side *t)
{
    bool is_13 = t->server->max_version == 0;
    assert_int_equal(get(t, "127.0.0.1", 20000), 0);
    assert_string_equal(t->r.body, "hello");
    assert_string_equal(t->r.last.tls_version, is_13 ? "tls1.3" : "tls1.2");
    assert_int_equal(strncmp(t->r.last.tls_cipher, "TLS_", 4), 0);
    const struct http_timings *m = &t->r.last.t;
    assert_true(m->tls_handshaking > 0 && m->connecting > 0 &&
                m->blocked >= m->tls_handshaking + m->connecting);
    assert_true(t->r.last.bytes_received > 500 && t->r.last.bytes_sent > 200);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(get(t, "127.0.0.1", 20000), 0);
        assert_int_equal(t->r.last.t.tls_handshaking, 0);
        assert_true(t->r.last.conn_reused);
        assert_string_equal(t->r.last.tls_version, is_13 ? "tls1.3" : "tls1.2");
    }
    assert_int_equal(t->server->handshakes, 1);
    assert_string_equal(t->server->sni, ""); /* an address is no name */
    http_client_close_idle(t->client);
}

static void gets_pages_over_both_versions(void **state)
{
    struct server new = {.kind = SERVES};
    struct server old = {.kind = SERVES, .max_version = TLS1_2_VERSION};
    (void)state;
    with_server(&new, NULL, check_page);
    with_server(&old, NULL, check_page);
}

static void check_names(struct side *t)
{
    assert_int_equal(get(t, "localhost", 20000), 0);
    assert_string_equal(t->server->sni, "localhost");
    http_client_close_idle(t->client);
}

static void tells_the_server_the_name(void **state)
{
    struct server s = {.kind = SERVES};
    (void)state;
    with_server(&s, NULL, check_names);
}

enum { BIG = 3000000 };

static void check_big(struct side *t)
{
    for (int i = 0; i < 2; i++) {
        assert_int_equal(get(t, "127.0.0.1", 20000), 0);
        assert_int_equal(t->r.body_len, BIG);
        assert_memory_equal(t->r.body, t->server->body, BIG);
    }
    http_client_close_idle(t->client);
}

static void reads_bodies_of_many_records(void **state)
{
    char *body = mem_alloc(BIG);
    (void)state;
    for (int i = 0; i < BIG; i++)
        body[i] = (char)(i * 7 + i / 251);
    struct server s = {.kind = SERVES, .body = body, .body_len = BIG};
    with_server(&s, NULL, check_big);
    mem_free(body);
}

static void check_unknown(struct side *t)
{
    assert_int_equal(get(t, "127.0.0.1", 20000), ERR_TLS);
    assert_int_equal(t->r.last.error.code, 1310);
    assert_string_equal(t->r.last.error.text, "x509: unknown authority");
    assert_string_equal(
        t->r.last.error.detail,
        "tls: failed to verify certificate: x509: certificate signed by unknown authority");
    assert_string_equal(t->r.last.remote_ip, "");
    assert_true(t->r.last.t.connecting > 0);
    assert_int_equal(t->r.last.t.tls_handshaking, 0);
}

static void verifies_unless_told_not_to(void **state)
{
    struct server s = {.kind = SERVES};
    struct http_config config = {.insecure_skip_tls_verify = false};
    (void)state;
    with_server(&s, &config, check_unknown);
}

/* The server's certificate as a CA file: written once the server has made it. */
static void trust_server(struct side *t, char path[64])
{
    snprintf(path, 64, "/tmp/c6-tls-test-%d.pem", (int)getpid());
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    assert_int_equal(PEM_write_X509(f, t->server->cert), 1);
    fclose(f);
    http_client_free(t->client);
    http_shared_free(t->shared);
    t->config.ca_file = path;
    assert_int_equal(http_shared_new(&t->shared, t->w, &t->config, NULL), 0);
    t->client = http_client_new(t->shared);
}

static void check_trusted(struct side *t)
{
    char path[64];
    trust_server(t, path);
    assert_int_equal(get(t, "localhost", 20000), 0);
    http_client_close_idle(t->client);
    assert_int_equal(get(t, "127.0.0.1", 20000), ERR_TLS);
    assert_int_equal(t->r.last.error.code, 1311);
    assert_string_equal(t->r.last.error.text, "x509: certificate doesn't match hostname");
    assert_string_equal(t->r.last.error.detail,
                        "tls: failed to verify certificate: x509: cannot validate certificate for "
                        "127.0.0.1 because it doesn't contain any IP SANs");
    unlink(path);
}

static void check_wrong_name(struct side *t)
{
    char path[64];
    trust_server(t, path);
    assert_int_equal(get(t, "localhost", 20000), ERR_TLS);
    assert_int_equal(t->r.last.error.code, 1311);
    assert_string_equal(t->r.last.error.detail,
                        "tls: failed to verify certificate: x509: certificate is valid for "
                        "other.example, b.example, not localhost");
    unlink(path);
}

static void check_expired(struct side *t)
{
    char path[64];
    trust_server(t, path);
    assert_int_equal(get(t, "localhost", 20000), ERR_TLS);
    assert_int_equal(t->r.last.error.code, 1000);
    assert_int_equal(strncmp(t->r.last.error.text,
                             "x509: certificate has expired or is not yet valid: current time ",
                             64),
                     0);
    unlink(path);
}

static void check_no_ca_file(struct side *t)
{
    http_client_free(t->client);
    http_shared_free(t->shared);
    t->config.ca_file = "/nonexistent/ca.pem";
    assert_int_equal(http_shared_new(&t->shared, t->w, &t->config, NULL), 0);
    t->client = http_client_new(t->shared);
    assert_int_equal(get(t, "localhost", 20000), ERR_TLS);
    assert_string_equal(t->r.last.error.text,
                        "the CA file /nonexistent/ca.pem can't be read or holds no certificate");
}

static void checks_names_dates_and_authorities(void **state)
{
    struct server good = {.kind = SERVES, .name = "DNS:localhost"};
    struct server named = {.kind = SERVES, .name = "DNS:other.example,DNS:b.example"};
    struct server expired = {.kind = SERVES, .name = "DNS:localhost", .days = -1};
    struct http_config config = {.insecure_skip_tls_verify = false};
    (void)state;
    with_server(&good, &config, check_trusted);
    with_server(&named, &config, check_wrong_name);
    with_server(&expired, &config, check_expired);
    with_server(&expired, NULL, check_names);
    with_server(&good, &config, check_no_ca_file);
}

static void expect_failure(struct side *t, int64_t timeout_ms, int rc, int code, const char *text,
                           const char *detail)
{
    assert_int_equal(get(t, "127.0.0.1", timeout_ms), rc);
    assert_string_equal(t->r.last.error.text, text);
    assert_int_equal(t->r.last.error.code, code);
    if (detail != NULL)
        assert_string_equal(t->r.last.error.detail, detail);
}

static void check_fault(struct side *t)
{
    static const char not_tls[] = "tls: first record does not look like a TLS handshake";
    switch (t->server->kind) {
    case SPEAKS_HTTP:
        expect_failure(t, 20000, ERR_TLS, 1301, not_tls,
                       "http: server gave HTTP response to HTTPS client");
        break;
    case SPEAKS_GARBAGE:
        expect_failure(t, 20000, ERR_TLS, 1301, not_tls, not_tls);
        break;
    case HANGS_UP:
        expect_failure(t, 20000, ERR_CLOSED, 1000, "EOF", "EOF");
        break;
    case RESETS:
        expect_failure(t, 20000, ERR_RESET, 1220, "read: connection reset by peer", NULL);
        break;
    case HANGS:
        expect_failure(t, 50, ERR_TIMEOUT, 1050, "request timeout", "request timeout");
        break;
    case WANTS_CERT:
        expect_failure(t, 20000, ERR_TLS, 1010, "remote error: tls: certificate required",
                       "remote error: tls: certificate required");
        break;
    case TRUNCATES:
        expect_failure(t, 20000, ERR_CLOSED, 1000, "unexpected EOF", "unexpected EOF");
        assert_string_equal(t->r.body, "part");
        break;
    case ENDS_BODY:
        assert_int_equal(get(t, "127.0.0.1", 20000), 0);
        assert_string_equal(t->r.body, "all");
        break;
    case SERVES: /* of a version too old for us */
        expect_failure(t, 20000, ERR_TLS, 1010, "remote error: tls: protocol version not supported",
                       NULL);
        break;
    }
}

static void each_fault_gives_its_error(void **state)
{
    (void)state;
    for (int kind = SPEAKS_HTTP; kind <= ENDS_BODY; kind++) {
        struct server s = {.kind = (enum server_kind)kind};
        with_server(&s, NULL, check_fault);
    }
    struct server old = {.kind = SERVES, .max_version = TLS1_1_VERSION};
    with_server(&old, NULL, check_fault);
}

static void check_resumption(struct side *t)
{
    bool resumes = !t->config.no_connection_reuse;
    for (int i = 0; i < 3; i++) {
        assert_int_equal(get(t, "127.0.0.1", 20000), 0);
        http_client_close_idle(t->client);
    }
    struct http_client *second = http_client_new(t->shared);
    struct http_client *first = t->client;
    t->client = second; /* a new user shakes hands in full */
    assert_int_equal(get(t, "127.0.0.1", 20000), 0);
    http_client_free(second);
    t->client = first;
    assert_int_equal(t->server->handshakes, 4);
    assert_int_equal(t->server->resumed, resumes ? 2 : 0);
}

static void a_user_who_comes_back_resumes(void **state)
{
    struct server s = {.kind = SERVES};
    struct server old = {.kind = SERVES, .max_version = TLS1_2_VERSION};
    struct server again = {.kind = SERVES};
    struct http_config no_reuse = {.insecure_skip_tls_verify = true, .no_connection_reuse = true};
    (void)state;
    with_server(&s, NULL, check_resumption);
    with_server(&old, NULL, check_resumption);
    with_server(&again, &no_reuse, check_resumption);
}

TEST_SUITE(tls)
{
    TEST(gets_pages_over_both_versions)
    TEST(tells_the_server_the_name)
    TEST(reads_bodies_of_many_records)
    TEST(verifies_unless_told_not_to)
    TEST(checks_names_dates_and_authorities)
    TEST(each_fault_gives_its_error)
    TEST(a_user_who_comes_back_resumes)
    TEST_END
};
