/* httpd_test.c - the small HTTP server on the wire: bytes in, bytes out, over loopback. */
#include "net/httpd.h"

#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include "base/duration.h"
#include "base/mem.h"
#include "test.h"
#include "wire.h"

struct rig {
    struct worker *workers[2];
    int worker_count;
    struct httpd *h;
    uint16_t port;
};

/* What the tests' server answers: "/big" a body of 300,000 bytes, "/sleep" after a second, "/none"
 * nothing at all, "/gone" once the client is, "/stream" through the raw functions, everything else
 * method, path, query and body. */
static void handle(void *opaque, struct httpd_conn *c, const struct httpd_request *r)
{
    (void)opaque;
    struct buf body;
    buf_init(&body, BUF_NO_LIMIT);
    if (str_eqs(r->path, "/none"))
        return;
    if (str_eqs(r->path, "/gone")) {
        httpd_wait_gone(c);
        return;
    }
    if (str_eqs(r->path, "/reset")) {
        httpd_close(c, true);
        return;
    }
    if (str_eqs(r->path, "/stream")) {
        httpd_answer_head(c, 200, NULL, STR(""), -1);
        httpd_write(c, STR("3\r\nabc\r\n"));
        httpd_write(c, STR("0\r\n\r\n"));
        return;
    }
    if (str_eqs(r->path, "/sleep"))
        httpd_sleep(c, 3600 * NS_PER_SEC);
    if (str_eqs(r->path, "/big"))
        for (int i = 0; i < 30000; i++)
            buf_adds(&body, "0123456789");
    else
        buf_addf(&body, "%.*s %.*s?%.*s [%.*s]", (int)r->method.len, r->method.p, (int)r->path.len,
                 r->path.p, (int)r->query.len, r->query.p, (int)r->body.len, r->body.p);
    httpd_answer(c, str_eqs(r->path, "/empty") ? 204 : 200, "text/plain", STR("X-Test: yes\r\n"),
                 (struct str){body.data, body.len});
    buf_deinit(&body);
}

static void rig_open_with(struct rig *rig, int worker_count, const struct httpd_config *config)
{
    struct err e = {0};
    rig->worker_count = worker_count;
    for (int i = 0; i < worker_count; i++) {
        rig->workers[i] = worker_new(i);
        assert_int_equal(worker_start(rig->workers[i]), 0);
    }
    int rc = httpd_start(&rig->h, rig->workers, worker_count, config, &e);
    if (rc < 0)
        fail_msg("httpd_start: %s", e.msg);
    rig->port = httpd_port(rig->h);
}

static void rig_open(struct rig *rig)
{
    struct httpd_config config = {
        .listen = "127.0.0.1:0", .max_head = 2048, .max_body = 10000, .handle = handle};
    rig_open_with(rig, 1, &config);
}

static void rig_close(struct rig *rig)
{
    httpd_stop(rig->h);
    for (int i = 0; i < rig->worker_count; i++) {
        worker_stop(rig->workers[i]);
        worker_free(rig->workers[i]);
    }
}

/* The body of the answer to one request on a connection of its own, the start of its head checked.
 */
static void assert_answer(struct rig *rig, const char *request, const char *head, const char *body)
{
    char *answer = wire_exchange(rig->port, request);
    if (strncmp(answer, head, strlen(head)) != 0)
        fail_msg("answer is: %s", answer);
    if (body != NULL)
        assert_string_equal(wire_body(answer), body);
    free(answer);
}

static void answers_a_get_with_all_headers(void **state)
{
    (void)state;
    struct rig rig;
    rig_open(&rig);
    char *answer = wire_exchange(rig.port, "GET /a?b=c HTTP/1.1\r\nHost: x\r\n\r\n");
    char *date = strstr(answer, "Date: ");
    assert_non_null(date);
    memset(date + 6, '#', 29);
    assert_string_equal(answer, "HTTP/1.1 200 OK\r\nServer: c6\r\nDate: "
                                "#############################\r\nContent-Type: text/plain\r\n"
                                "Content-Length: 13\r\nX-Test: yes\r\n\r\nGET /a?b=c []");
    free(answer);
    rig_close(&rig);
}

static void takes_requests_one_byte_at_a_time(void **state)
{
    (void)state;
    static const char *const requests[] = {
        "GET /a HTTP/1.1\r\nHost: x\r\n\r\n",
        "POST /b HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello",
        "POST /c HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: "
        "chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n",
        "\r\nGET /d HTTP/1.1\r\nHost: x\r\n\r\n",
    };
    static const char *const bodies[] = {"GET /a? []", "POST /b? [hello]", "POST /c? [hello]",
                                         "GET /d? []"};
    struct rig rig;
    rig_open(&rig);
    int fd = wire_open(rig.port);
    for (int i = 0; i < 4; i++) {
        for (const char *p = requests[i]; *p != '\0'; p++)
            wire_send_bytes(fd, p, 1);
        char *answer = wire_read_answer(fd);
        assert_string_equal(wire_body(answer), bodies[i]);
        free(answer);
    }
    close(fd);
    rig_close(&rig);
}

static void answers_pipelined_requests_in_order(void **state)
{
    (void)state;
    struct rig rig;
    rig_open(&rig);
    int fd = wire_open(rig.port);
    for (int i = 0; i < 200; i++) {
        char request[160];
        if (i % 3 == 0)
            snprintf(request, sizeof request,
                     "POST /%d HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc", i);
        else if (i % 3 == 1)
            snprintf(request, sizeof request,
                     "POST /%d HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: "
                     "chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
                     i);
        else
            snprintf(request, sizeof request, "GET /%d HTTP/1.1\r\nHost: x\r\n\r\n", i);
        wire_send(fd, request);
    }
    for (int i = 0; i < 200; i++) {
        char want[64];
        snprintf(want, sizeof want, i % 3 == 2 ? "GET /%d? []" : "POST /%d? [abc]", i);
        char *answer = wire_read_answer(fd);
        assert_string_equal(wire_body(answer), want);
        free(answer);
    }
    close(fd);
    rig_close(&rig);
}

static void closes_when_the_client_wants_it(void **state)
{
    (void)state;
    struct rig rig;
    rig_open(&rig);
    static const char *const requests[] = {
        "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\nGET /never HTTP/1.1\r\nHost: "
        "x\r\n\r\n",
        "GET / HTTP/1.0\r\n\r\n",
    };
    for (int i = 0; i < 2; i++) {
        int fd = wire_open(rig.port);
        int reset = 0;
        wire_send(fd, requests[i]);
        char *answer =
            wire_read_all(fd, NULL, &reset); /* the server ends it, with more to read or not */
        if (!reset) {
            assert_non_null(strstr(answer, "Connection: close\r\n"));
            assert_string_equal(wire_body(answer), "GET /? []");
        }
        free(answer);
        close(fd);
    }
    int fd = wire_open(rig.port);
    wire_send(fd, "GET /1 HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    char *answer = wire_read_answer(fd);
    assert_non_null(strstr(answer, "Connection: keep-alive\r\n"));
    free(answer);
    close(fd);
    rig_close(&rig);
}

static void leaves_bodies_off_where_there_are_none(void **state)
{
    (void)state;
    struct rig rig;
    rig_open(&rig);
    char *answer = wire_exchange(rig.port, "HEAD /a HTTP/1.1\r\nHost: x\r\n\r\n");
    assert_non_null(strstr(answer, "Content-Length: 11\r\n"));
    assert_string_equal(wire_body(answer), "");
    free(answer);
    answer = wire_exchange(rig.port, "GET /empty HTTP/1.1\r\nHost: x\r\n\r\n");
    assert_null(strstr(answer, "Content-Length"));
    assert_string_equal(wire_body(answer), "");
    free(answer);
    rig_close(&rig);
}

static void refuses_bad_requests_and_says_why(void **state)
{
    (void)state;
    struct rig rig;
    rig_open(&rig);
    assert_answer(&rig, "GET / HTTP/1.1\r\n\r\n", "HTTP/1.1 400 ", "400 Bad Request");
    assert_answer(&rig, "nonsense\r\n\r\n", "HTTP/1.1 400 ", NULL);
    assert_answer(&rig, "GET / HTTP/3.0\r\nHost: x\r\n\r\n", "HTTP/1.1 505 ", NULL);
    assert_answer(&rig, "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n",
                  "HTTP/1.1 501 ", NULL);
    assert_answer(&rig, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10001\r\n\r\n",
                  "HTTP/1.1 413 ", NULL);
    assert_answer(&rig, "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                  "HTTP/1.1 400 ", NULL);
    /* A good one before a bad one is answered first. */
    assert_answer(&rig, "GET /ok HTTP/1.1\r\nHost: x\r\n\r\nbad\r\n\r\n", "HTTP/1.1 200 ", NULL);
    rig_close(&rig);
}

static void refuses_a_head_that_is_too_long(void **state)
{
    (void)state;
    struct rig rig;
    rig_open(&rig);
    struct buf request;
    buf_init(&request, BUF_NO_LIMIT);
    buf_adds(&request, "GET / HTTP/1.1\r\nHost: x\r\n");
    for (int i = 0; i < 3000; i++)
        buf_adds(&request, "X-Filler: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n");
    assert_answer(&rig, request.data, "HTTP/1.1 431 ", NULL);
    buf_deinit(&request);
    rig_close(&rig);
}

static void caps_bodies_in_chunks(void **state)
{
    (void)state;
    struct rig rig;
    rig_open(&rig);
    struct buf request;
    buf_init(&request, BUF_NO_LIMIT);
    buf_adds(&request, "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (int i = 0; i < 2000; i++)
        buf_adds(&request, "a\r\n0123456789\r\n");
    assert_answer(&rig, request.data, "HTTP/1.1 413 ", NULL);
    buf_deinit(&request);
    /* As much as is allowed, a byte a chunk: six times that on the wire. */
    buf_adds(&request, "POST /full HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (int i = 0; i < 10000; i++)
        buf_adds(&request, "1\r\n.\r\n");
    buf_adds(&request, "0\r\n\r\n");
    char *answer = wire_exchange(rig.port, request.data);
    assert_int_equal(strlen(wire_body(answer)), strlen("POST /full? []") + 10000);
    free(answer);
    buf_deinit(&request);
    rig_close(&rig);
}

static void says_continue_to_who_waits_for_it(void **state)
{
    (void)state;
    struct rig rig;
    rig_open(&rig);
    int fd = wire_open(rig.port);
    wire_send(fd,
              "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
    char *answer = wire_read_answer(fd);
    assert_string_equal(answer, "HTTP/1.1 100 Continue\r\n\r\n");
    free(answer);
    wire_send(fd, "ok");
    answer = wire_read_answer(fd);
    assert_string_equal(wire_body(answer), "POST /? [ok]");
    free(answer);
    close(fd);
    rig_close(&rig);
}

static void writes_big_answers_to_slow_readers(void **state)
{
    (void)state;
    struct rig rig;
    rig_open(&rig);
    int fd = wire_open(rig.port);
    int small = 4096;
    setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
    wire_send(fd, "GET /big HTTP/1.1\r\nHost: x\r\n\r\nGET /after HTTP/1.1\r\nHost: "
                  "x\r\nConnection: close\r\n\r\n");
    char *all = wire_read_all(fd, NULL, NULL);
    assert_memory_equal(wire_body(all) + 299990, "0123456789HTTP/1.1 200 OK", 25);
    free(all);
    close(fd);
    rig_close(&rig);
}

static void streams_and_resets_and_never_forgets_to_answer(void **state)
{
    (void)state;
    struct rig rig;
    rig_open(&rig);
    assert_answer(&rig, "GET /stream HTTP/1.1\r\nHost: x\r\n\r\n", "HTTP/1.1 200 OK",
                  "3\r\nabc\r\n0\r\n\r\n");
    assert_answer(&rig, "GET /none HTTP/1.1\r\nHost: x\r\n\r\n", "HTTP/1.1 500 ", NULL);
    int fd = wire_open(rig.port);
    int reset = 0;
    wire_send(fd, "GET /reset HTTP/1.1\r\nHost: x\r\n\r\n");
    char *all = wire_read_all(fd, NULL, &reset);
    assert_true(reset);
    assert_string_equal(all, "");
    free(all);
    close(fd);
    rig_close(&rig);
}

static void stops_with_connections_in_every_state(void **state)
{
    (void)state;
    struct rig rig;
    rig_open(&rig);
    static const char *const sent[] = {
        "",
        "GET / HT",
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc",
        "GET /sleep HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /gone HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /idle HTTP/1.1\r\nHost: x\r\n\r\n",
        "bad\r\n\r\n",
    };
    enum { COUNT = sizeof sent / sizeof sent[0] };
    int fds[COUNT];
    for (size_t i = 0; i < COUNT; i++) {
        fds[i] = wire_open(rig.port);
        wire_send(fds[i], sent[i]);
    }
    char *answer = wire_read_answer(fds[5]);
    free(answer);
    rig_close(&rig);
    for (size_t i = 0; i < COUNT; i++) {
        int reset = 0;
        free(wire_read_all(fds[i], NULL, &reset)); /* ends, one way or another */
        close(fds[i]);
    }
}

static void shares_a_port_among_workers(void **state)
{
    (void)state;
    struct rig rig;
    struct httpd_config config = {.listen = "127.0.0.1:0", .handle = handle};
    rig_open_with(&rig, 2, &config);
    for (int i = 0; i < 20; i++)
        assert_answer(&rig, "GET / HTTP/1.1\r\nHost: x\r\n\r\n", "HTTP/1.1 200 ", "GET /? []");
    /* Nobody else gets the port meanwhile. */
    struct httpd *second = NULL;
    struct err e = {0};
    char *taken = mem_printf("127.0.0.1:%d", rig.port);
    config.listen = taken;
    assert_true(httpd_start(&second, rig.workers, 2, &config, &e) < 0);
    assert_non_null(strstr(e.msg, "Address already in use"));
    assert_int_equal(e.exit_code, EXIT_GENERIC);
    err_deinit(&e);
    mem_free(taken);
    rig_close(&rig);
}

static void refuses_addresses_it_cannot_listen_on(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",      "127.0.0.1", "8080", "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:70000", "192.0.2.1:0",
        "[::1:0"};
    struct worker *w = worker_new(0);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct httpd *h = NULL;
        struct err e = {0};
        struct httpd_config config = {.listen = bad[i], .handle = handle};
        assert_true(httpd_start(&h, &w, 1, &config, &e) < 0);
        assert_non_null(e.msg);
        err_deinit(&e);
    }
    worker_free(w);
}

/* ---- TLS */

static SSL *tls_connect(SSL_CTX *ctx, int fd)
{
    SSL *ssl = SSL_new(ctx);
    SSL_set_fd(ssl, fd);
    assert_int_equal(SSL_set_alpn_protos(ssl, (const unsigned char *)"\x02h2\x08http/1.1", 12), 0);
    assert_int_equal(SSL_connect(ssl), 1);
    return ssl;
}

static void tls_serves_with_a_self_signed_certificate(void **state)
{
    (void)state;
    struct rig rig;
    struct httpd_config config = {.listen = "127.0.0.1:0", .use_tls = true, .handle = handle};
    rig_open_with(&rig, 1, &config);
    SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
    int fd = wire_open(rig.port);
    SSL *ssl = tls_connect(ctx, fd);
    const unsigned char *alpn = NULL;
    unsigned alpn_len = 0;
    SSL_get0_alpn_selected(ssl, &alpn, &alpn_len);
    assert_int_equal(alpn_len, 8);
    assert_memory_equal(alpn, "http/1.1", 8);
    X509 *cert = SSL_get1_peer_certificate(ssl);
    assert_int_equal(X509_check_ip_asc(cert, "127.0.0.1", 0), 1);
    assert_int_equal(X509_check_host(cert, "localhost", 0, 0, NULL), 1);
    X509_free(cert);
    const char *request = "GET /big HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    for (const char *p = request; *p != '\0'; p++)
        assert_int_equal(SSL_write(ssl, p, 1), 1);
    size_t total = 0;
    char data[8192];
    for (int n = 0; (n = SSL_read(ssl, data, sizeof data)) > 0;)
        total += (size_t)n;
    assert_true(total > 300000);
    assert_int_equal(SSL_get_shutdown(ssl), SSL_RECEIVED_SHUTDOWN);
    SSL_free(ssl);
    close(fd);
    SSL_CTX_free(ctx);
    rig_close(&rig);
}

static void tls_survives_clients_that_do_not_speak_it(void **state)
{
    (void)state;
    struct rig rig;
    struct httpd_config config = {.listen = "127.0.0.1:0", .use_tls = true, .handle = handle};
    rig_open_with(&rig, 1, &config);
    static const char *const sent[] = {"GET / HTTP/1.1\r\nHost: x\r\n\r\n", "",
                                       "\x16\x03\x01\xff\xff"};
    for (size_t i = 0; i < 3; i++) {
        int fd = wire_open(rig.port);
        int reset = 0;
        wire_send(fd, sent[i]);
        shutdown(fd, SHUT_WR);
        free(wire_read_all(fd, NULL, &reset));
        close(fd);
    }
    int silent = wire_open(rig.port);
    rig_close(&rig);
    close(silent);
}

static void tls_names_the_file_it_cannot_use(void **state)
{
    (void)state;
    struct worker *w = worker_new(0);
    struct httpd *h = NULL;
    struct err e = {0};
    struct httpd_config config = {.listen = "127.0.0.1:0",
                                  .use_tls = true,
                                  .cert_file = "/nonexistent/cert.pem",
                                  .handle = handle};
    assert_int_equal(httpd_start(&h, &w, 1, &config, &e), ERR_TLS);
    assert_string_equal(
        e.msg, "cannot use the certificate /nonexistent/cert.pem: No such file or directory");
    err_deinit(&e);
    worker_free(w);
}

TEST_SUITE(httpd){
    TEST(answers_a_get_with_all_headers)
    TEST(takes_requests_one_byte_at_a_time)
    TEST(answers_pipelined_requests_in_order)
    TEST(closes_when_the_client_wants_it)
    TEST(leaves_bodies_off_where_there_are_none)
    TEST(refuses_bad_requests_and_says_why)
    TEST(refuses_a_head_that_is_too_long)
    TEST(caps_bodies_in_chunks)
    TEST(says_continue_to_who_waits_for_it)
    TEST(writes_big_answers_to_slow_readers)
    TEST(streams_and_resets_and_never_forgets_to_answer)
    TEST(stops_with_connections_in_every_state)
    TEST(shares_a_port_among_workers)
    TEST(refuses_addresses_it_cannot_listen_on)
    TEST(tls_serves_with_a_self_signed_certificate)
    TEST(tls_survives_clients_that_do_not_speak_it)
    TEST(tls_names_the_file_it_cannot_use)
    TEST_END
};
