/* proxy_tls_test.c - https through proxies of each kind, a certificate for one request alone, and
 * what a server staples: against a proxy and a server in one thread, one connection at a time. */
#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <openssl/err.h>
#include <openssl/ocsp.h>
#include <openssl/ssl.h>

#include "core/clock.h"
#include "net/http_client.h"
#include "net/tls_bed.h"
#include "test.h"

enum front { NO_PROXY, HTTP_PROXY, HTTPS_PROXY, SOCKS_PROXY };

struct far_end {
    enum front front;
    bool breaks; /* hangs up behind the tunnel's beginning */
    bool staples;
    /* Running. */
    int listen_fd;
    uint16_t port;
    SSL_CTX *ctx;
    X509 *cert;
    EVP_PKEY *key;
    pthread_t thread;
    atomic_int connections, requests;
    char asked[256]; /* what the proxy was asked for, the last time */
    char client[64]; /* the name in the client's certificate, the last time */
};

/* Either of a plain socket and TLS. */
struct stream {
    int fd;
    SSL *ssl;
};

static int stream_read(struct stream *s, void *data, int len)
{
    return s->ssl != NULL ? SSL_read(s->ssl, data, len) : (int)read(s->fd, data, (size_t)len);
}

static int stream_write(struct stream *s, const void *data, int len)
{
    return s->ssl != NULL ? SSL_write(s->ssl, data, len) : (int)write(s->fd, data, (size_t)len);
}

/* Up to an empty line. */
static bool read_head(struct stream *s, char *out, size_t size)
{
    size_t len = 0;
    while (len + 1 < size && stream_read(s, out + len, 1) == 1) {
        out[++len] = '\0';
        if (len >= 4 && memcmp(out + len - 4, "\r\n\r\n", 4) == 0)
            return true;
    }
    return false;
}

static bool read_exactly(struct stream *s, unsigned char *out, int len)
{
    for (int i = 0; i < len; i++)
        if (stream_read(s, out + i, 1) != 1)
            return false;
    return true;
}

/* The proxy's part of the talk: false when there will be no tunnel. */
static bool be_proxy(struct far_end *f, struct stream *s)
{
    char head[1024] = "";
    unsigned char b[300];
    if (f->front == SOCKS_PROXY) {
        if (!read_exactly(s, b, 3) || stream_write(s, "\5\0", 2) != 2 || !read_exactly(s, b, 5) ||
            !read_exactly(s, b + 5, b[4] + 2))
            return false;
        snprintf(f->asked, sizeof f->asked, "%.*s:%d", b[4], b + 5, b[5 + b[4]] << 8 | b[6 + b[4]]);
        return stream_write(s, "\5\0\0\1\0\0\0\0\0\0", 10) == 10;
    }
    if (!read_head(s, head, sizeof head))
        return false;
    snprintf(f->asked, sizeof f->asked, "%.*s", (int)strcspn(head, "\r"), head);
    return stream_write(s, "HTTP/1.1 200 OK\r\n\r\n", 19) == 19;
}

static void be_server(struct far_end *f, struct stream *s)
{
    char head[1024];
    X509 *peer = SSL_get1_peer_certificate(s->ssl);
    f->client[0] = '\0';
    if (peer != NULL)
        X509_NAME_get_text_by_NID(X509_get_subject_name(peer), NID_commonName, f->client,
                                  sizeof f->client);
    X509_free(peer);
    while (read_head(s, head, sizeof head)) {
        atomic_fetch_add(&f->requests, 1);
        stream_write(s, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi", 40);
    }
}

static SSL *accept_on_fd(struct far_end *f, int fd)
{
    SSL *ssl = SSL_new(f->ctx);
    SSL_set_fd(ssl, fd);
    SSL_accept(ssl);
    return ssl;
}

/* TLS in TLS when the way to the proxy is TLS. */
static SSL *accept_behind(struct far_end *f, struct stream *s)
{
    if (s->ssl == NULL)
        return accept_on_fd(f, s->fd);
    SSL *ssl = SSL_new(f->ctx);
    BIO *below = BIO_new(BIO_f_ssl());
    BIO_set_ssl(below, s->ssl, BIO_NOCLOSE);
    SSL_set_bio(ssl, below, below);
    SSL_accept(ssl);
    return ssl;
}

static void serve_conn(struct far_end *f, int fd)
{
    struct stream outer = {fd, f->front == HTTPS_PROXY ? accept_on_fd(f, fd) : NULL};
    atomic_fetch_add(&f->connections, 1);
    bool has_way = f->front == NO_PROXY || be_proxy(f, &outer);
    if (f->breaks) {
        char rest[512];
        shutdown(fd, SHUT_WR);
        while (read(fd, rest, sizeof rest) > 0)
            ; /* so that nobody is reset */
    } else if (has_way) {
        struct stream inner = {fd, accept_behind(f, &outer)};
        if (SSL_is_init_finished(inner.ssl))
            be_server(f, &inner);
        SSL_free(inner.ssl);
    }
    SSL_free(outer.ssl);
    close(fd);
}

static void *serve(void *arg)
{
    struct far_end *f = arg;
    int fd;
    while ((fd = accept(f->listen_fd, NULL, NULL)) >= 0)
        serve_conn(f, fd);
    return NULL;
}

static int staple(SSL *ssl, void *arg)
{
    struct far_end *f = arg;
    OCSP_BASICRESP *basic = OCSP_BASICRESP_new();
    OCSP_CERTID *id = OCSP_cert_to_id(EVP_sha1(), f->cert, f->cert);
    ASN1_TIME *at = ASN1_TIME_set(NULL, 1767225600);
    OCSP_basic_add1_status(basic, id, V_OCSP_CERTSTATUS_REVOKED, OCSP_REVOKED_STATUS_SUPERSEDED, at,
                           at, at);
    OCSP_basic_sign(basic, f->cert, f->key, EVP_sha256(), NULL, 0);
    OCSP_RESPONSE *response = OCSP_response_create(OCSP_RESPONSE_STATUS_SUCCESSFUL, basic);
    unsigned char *der = NULL;
    int len = i2d_OCSP_RESPONSE(response, &der);
    SSL_set_tlsext_status_ocsp_resp(ssl, der, len); /* takes it */
    OCSP_RESPONSE_free(response);
    OCSP_BASICRESP_free(basic);
    OCSP_CERTID_free(id);
    ASN1_TIME_free(at);
    return SSL_TLSEXT_ERR_OK;
}

static int takes_any(int ok, X509_STORE_CTX *store)
{
    (void)ok;
    (void)store;
    return 1;
}

static void far_end_start(struct far_end *f)
{
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof a;
    f->listen_fd = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(bind(f->listen_fd, (struct sockaddr *)&a, sizeof a), 0);
    assert_int_equal(listen(f->listen_fd, 16), 0);
    assert_int_equal(getsockname(f->listen_fd, (struct sockaddr *)&a, &len), 0);
    f->port = ntohs(a.sin_port);
    f->key = EVP_EC_gen("P-256");
    f->cert = bed_make_cert(f->key, &(struct bed_cert){.names = "DNS:far.test", .days = 1});
    f->ctx = SSL_CTX_new(TLS_server_method());
    SSL_CTX_use_certificate(f->ctx, f->cert);
    SSL_CTX_use_PrivateKey(f->ctx, f->key);
    SSL_CTX_set_verify(f->ctx, SSL_VERIFY_PEER, takes_any);
    SSL_CTX_set_session_id_context(f->ctx, (const unsigned char *)"f", 1);
    if (f->staples) {
        SSL_CTX_set_tlsext_status_cb(f->ctx, staple);
        SSL_CTX_set_tlsext_status_arg(f->ctx, f);
    }
    assert_int_equal(pthread_create(&f->thread, NULL, serve, f), 0);
}

static void far_end_stop(struct far_end *f)
{
    shutdown(f->listen_fd, SHUT_RDWR);
    pthread_join(f->thread, NULL);
    close(f->listen_fd);
    X509_free(f->cert);
    EVP_PKEY_free(f->key);
    SSL_CTX_free(f->ctx);
}

/* ---- the client's side */

struct near_end {
    struct far_end *far;
    struct worker *w;
    struct http_shared *shared;
    struct http_client *client;
    struct http_response r;
    struct http_request q; /* what the test asks beyond the url */
    void (*run)(struct near_end *);
    bool done;
};

static int get(struct near_end *n, const char *url_text)
{
    struct url *u;
    assert_int_equal(url_parse(&u, str_of(url_text), NULL), 0);
    http_response_reset(&n->r);
    n->q.method = STR("GET");
    n->q.url = u;
    n->q.deadline_ns = clock_now_ns() + INT64_C(20000000000);
    int rc = http_client_do(n->client, &n->q, &n->r);
    n->r.last.url = NULL;
    url_free(u);
    return rc;
}

static void run_near(void *arg)
{
    struct near_end *n = arg;
    n->run(n);
    n->done = true;
}

static bool is_done(void *opaque)
{
    return ((struct near_end *)opaque)->done;
}

static void with_far_end(struct far_end *f, void (*run)(struct near_end *))
{
    struct near_end n = {.far = f, .run = run};
    struct http_config config = {.insecure_skip_tls_verify = true, .user_agent = "test"};
    far_end_start(f);
    n.w = worker_new(0);
    assert_int_equal(http_shared_new(&n.shared, n.w, &config, NULL), 0);
    n.client = http_client_new(n.shared);
    http_response_init(&n.r);
    fiber_spawn(n.w, FIBER_HELPER, run_near, &n);
    worker_run_here(n.w, is_done, &n);
    http_response_deinit(&n.r);
    http_client_free(n.client);
    http_shared_free(n.shared);
    worker_free(n.w);
    far_end_stop(f);
}

static const char *proxy_url(const struct near_end *n, char out[64])
{
    static const char *const schemes[] = {
        [NO_PROXY] = "", [HTTP_PROXY] = "http", [HTTPS_PROXY] = "https", [SOCKS_PROXY] = "socks5"};
    snprintf(out, 64, "%s://127.0.0.1:%u", schemes[n->far->front], (unsigned)n->far->port);
    return out;
}

static void check_tunnel(struct near_end *n)
{
    char proxy[64];
    n->q.proxy = str_of(proxy_url(n, proxy));
    assert_int_equal(get(n, "https://far.test/x"), 0);
    assert_string_equal(n->r.body, "hi");
    assert_string_equal(n->r.last.tls_version, "tls1.3");
    assert_string_equal(n->r.last.remote_ip, "127.0.0.1");
    assert_true(n->r.last.t.tls_handshaking > 0);
    assert_string_equal(n->far->asked, n->far->front == SOCKS_PROXY
                                           ? "far.test:443"
                                           : "CONNECT far.test:443 HTTP/1.1");
    /* The tunnel is kept for its target alone. */
    assert_int_equal(get(n, "https://far.test/y"), 0);
    assert_true(n->r.last.conn_reused);
    assert_int_equal(n->far->connections, 1);
    assert_int_equal(n->far->requests, 2);
    http_client_close_idle(n->client);
    assert_int_equal(get(n, "https://other.test:8443/"), 0);
    assert_string_equal(n->far->asked, n->far->front == SOCKS_PROXY
                                           ? "other.test:8443"
                                           : "CONNECT other.test:8443 HTTP/1.1");
    http_client_close_idle(n->client);
}

static void https_goes_through_proxies_of_each_kind(void **state)
{
    (void)state;
    for (int front = HTTP_PROXY; front <= SOCKS_PROXY; front++) {
        struct far_end f = {.front = (enum front)front};
        with_far_end(&f, check_tunnel);
    }
}

static void check_broken(struct near_end *n)
{
    char proxy[64];
    n->q.proxy = str_of(proxy_url(n, proxy));
    assert_true(get(n, "https://far.test/") < 0);
    assert_int_equal(n->r.last.error.code, 1000);
    assert_string_equal(n->r.last.error.text, "EOF");
}

static void a_tunnel_that_breaks_is_the_requests_failure(void **state)
{
    (void)state;
    for (int front = HTTP_PROXY; front <= SOCKS_PROXY; front++) {
        struct far_end f = {.front = (enum front)front, .breaks = true};
        with_far_end(&f, check_broken);
    }
}

static void ask_with_cert(struct near_end *n, const char *cert, const char *key, const char *want)
{
    char url[64];
    snprintf(url, sizeof url, "https://127.0.0.1:%u/", (unsigned)n->far->port);
    n->q.tls_cert = (struct str){cert, cert != NULL ? strlen(cert) : 0};
    n->q.tls_key = (struct str){key, key != NULL ? strlen(key) : 0};
    assert_int_equal(get(n, url), 0);
    assert_string_equal(n->far->client, want);
}

static void check_own_cert(struct near_end *n)
{
    char *certs[2], *keys[2];
    for (int i = 0; i < 2; i++) {
        EVP_PKEY *key = EVP_EC_gen("P-256");
        X509 *x = bed_make_cert(
            key, &(struct bed_cert){.common_name = i == 0 ? "first" : "second", .days = 1});
        certs[i] = bed_cert_pem(x);
        keys[i] = bed_key_pem(key);
        X509_free(x);
        EVP_PKEY_free(key);
    }
    ask_with_cert(n, NULL, NULL, "");
    http_client_close_idle(n->client); /* the far end serves one at a time */
    ask_with_cert(n, certs[0], keys[0], "first");
    ask_with_cert(n, certs[0], keys[0], "first");
    assert_true(n->r.last.conn_reused);
    http_client_close_idle(n->client);
    ask_with_cert(n, certs[1], keys[1], "second");
    http_client_close_idle(n->client);
    ask_with_cert(n, NULL, NULL, "");
    assert_int_equal(n->far->connections, 4);
    http_client_close_idle(n->client);
    for (int i = 0; i < 2; i++) {
        mem_free(certs[i]);
        mem_free(keys[i]);
    }
}

/* Also when the session of before could be resumed, which would bring its certificate along. */
static void a_request_may_show_a_certificate_of_its_own(void **state)
{
    struct far_end f = {.front = NO_PROXY};
    (void)state;
    with_far_end(&f, check_own_cert);
}

static void check_staple(struct near_end *n)
{
    char url[64];
    snprintf(url, sizeof url, "https://127.0.0.1:%u/", (unsigned)n->far->port);
    for (int i = 0; i < 2; i++) { /* the second resumes, and remembers */
        assert_int_equal(get(n, url), 0);
        assert_non_null(n->r.last.ocsp);
        assert_string_equal(n->r.last.ocsp->status, "revoked");
        assert_string_equal(n->r.last.ocsp->revocation_reason, "superseded");
        assert_true(n->r.last.ocsp->revoked_at == 1767225600);
        http_client_close_idle(n->client);
    }
}

static void what_a_server_staples_is_told(void **state)
{
    struct far_end f = {.front = NO_PROXY, .staples = true};
    (void)state;
    with_far_end(&f, check_staple);
}

TEST_SUITE(proxy_tls)
{
    TEST(https_goes_through_proxies_of_each_kind)
    TEST(a_tunnel_that_breaks_is_the_requests_failure)
    TEST(a_request_may_show_a_certificate_of_its_own)
    TEST(what_a_server_staples_is_told)
    TEST_END
};
