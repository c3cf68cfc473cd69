/* httpd_h2_test.c - HTTP/2 of the small server on the wire: frames in, frames out, over loopback.
 */
#include <nghttp2/nghttp2.h>

#include "base/duration.h"
#include "base/mem.h"
#include "net/h2_frame.h"
#include "net/httpd.h"
#include "test.h"
#include "wire.h"

struct rig {
    struct worker *worker;
    struct httpd *h;
    uint16_t port;
};

/* "/slow" answers after a while, "/pieces" in pieces of unknown number, "/big" a megabyte, "/none"
 * nothing, "/gone" once the client is; "/reset", "/goaway", "/close" end what they say; everything
 * else tells what was asked. */
static void handle(void *opaque, struct httpd_conn *c, const struct httpd_request *r)
{
    (void)opaque;
    struct buf body;
    buf_init(&body, BUF_NO_LIMIT);
    if (str_eqs(r->path, "/none"))
        return;
    if (str_eqs(r->path, "/gone")) {
        httpd_wait_gone(c);
    } else if (str_eqs(r->path, "/reset")) {
        httpd_reset_stream(c, H2_ENHANCE_YOUR_CALM);
    } else if (str_eqs(r->path, "/goaway")) {
        httpd_goaway(c, httpd_stream_id(c), H2_NO_ERROR);
        httpd_answer(c, 200, NULL, STR(""), STR("last"));
    } else if (str_eqs(r->path, "/close")) {
        httpd_close(c, false);
    } else if (str_eqs(r->path, "/pieces")) {
        httpd_answer_head(c, 200, NULL, STR(""), -1);
        httpd_put(c, STR("one "));
        httpd_sleep(c, NS_PER_MS);
        httpd_put(c, STR("two"));
        httpd_finish(c);
    } else if (str_eqs(r->path, "/big")) {
        httpd_answer_head(c, 200, NULL, STR(""), 1 << 20);
        for (int i = 0; i < 1 << 20; i += 1 << 10) {
            buf_clear(&body);
            for (int k = 0; k < 1 << 10; k++)
                buf_addc(&body, 'x');
            httpd_put(c, (struct str){body.data, body.len});
        }
    } else {
        if (str_eqs(r->path, "/slow"))
            httpd_sleep(c, 30 * NS_PER_MS);
        buf_addf(&body, "%.*s %.*s?%.*s %.*s %.*s [%.*s]\n%.*s", (int)r->method.len, r->method.p,
                 (int)r->path.len, r->path.p, (int)r->query.len, r->query.p, (int)r->version.len,
                 r->version.p, (int)r->host.len, r->host.p, (int)r->body.len, r->body.p,
                 (int)r->head.len, r->head.p);
        httpd_answer(c, str_eqs(r->path, "/empty") ? 204 : 200, "text/plain",
                     STR("X-Test: yes\r\n"), (struct str){body.data, body.len});
    }
    buf_deinit(&body);
}

static void rig_open(struct rig *rig)
{
    struct err e = {0};
    struct httpd_config config = {.listen = "127.0.0.1:0",
                                  .has_http2 = true,
                                  .max_head = 2048,
                                  .max_body = 10000,
                                  .handle = handle};
    rig->worker = worker_new(0);
    assert_int_equal(worker_start(rig->worker), 0);
    assert_int_equal(httpd_start(&rig->h, &rig->worker, 1, &config, &e), 0);
    rig->port = httpd_port(rig->h);
}

static void rig_close(struct rig *rig)
{
    httpd_stop(rig->h);
    worker_stop(rig->worker);
    worker_free(rig->worker);
}

/* ---- a client of frames */

struct client {
    int fd;
    nghttp2_hd_inflater *inflater;
    struct buf out;
    struct buf log; /* "3:status=200 server=c6 ... " "3:data hello " "3:end " "3:rst 8 " ... */
    uint32_t ends;
};

static void client_open(struct client *c, uint16_t port)
{
    c->fd = wire_open(port);
    assert_int_equal(nghttp2_hd_inflate_new(&c->inflater), 0);
    buf_init(&c->out, BUF_NO_LIMIT);
    buf_init(&c->log, BUF_NO_LIMIT);
    c->ends = 0;
    buf_add(&c->out, H2_PREFACE, H2_PREFACE_LEN);
    h2_put_head(&c->out, 0, H2_SETTINGS, 0, 0);
    h2_put_window_update(&c->out, 0, 2 << 20); /* what is left are the windows of streams */
}

static void client_close(struct client *c)
{
    close(c->fd);
    nghttp2_hd_inflate_del(c->inflater);
    buf_deinit(&c->out);
    buf_deinit(&c->log);
}

static void put_field(struct buf *b, const char *name, const char *value)
{
    buf_addc(b, 0);
    buf_addc(b, (char)strlen(name));
    buf_adds(b, name);
    buf_addc(b, (char)strlen(value));
    buf_adds(b, value);
}

/* A request with one more field (may be NULL); body NULL: the stream ends with the head. */
static void put_request(struct client *c, uint32_t id, const char *method, const char *path,
                        const char *name, const char *value, const char *body)
{
    struct buf block;
    buf_init(&block, BUF_NO_LIMIT);
    put_field(&block, ":method", method);
    put_field(&block, ":path", path);
    put_field(&block, ":scheme", "http");
    put_field(&block, ":authority", "h.test");
    if (name != NULL)
        put_field(&block, name, value);
    h2_put_headers(&c->out, id, body == NULL, (struct str){block.data, block.len}, H2_FRAME_MAX);
    if (body != NULL) {
        h2_put_head(&c->out, strlen(body), H2_DATA, H2_END_STREAM, id);
        buf_adds(&c->out, body);
    }
    buf_deinit(&block);
}

static void flush(struct client *c)
{
    wire_send_bytes(c->fd, c->out.data, c->out.len);
    buf_clear(&c->out);
}

static bool read_fully(struct client *c, uint8_t *data, size_t len)
{
    for (size_t got = 0; got < len;) {
        ssize_t n = recv(c->fd, data + got, len - got, 0);
        if (n <= 0)
            return false;
        got += (size_t)n;
    }
    return true;
}

static void log_headers(struct client *c, uint32_t id, const uint8_t *in, size_t len)
{
    buf_addf(&c->log, "%u:", id);
    for (int flags = 0; (flags & NGHTTP2_HD_INFLATE_FINAL) == 0;) {
        nghttp2_nv nv;
        ssize_t n = nghttp2_hd_inflate_hd2(c->inflater, &nv, &flags, in, len, 1);
        assert_true(n >= 0);
        in += n;
        len -= (size_t)n;
        if ((flags & NGHTTP2_HD_INFLATE_EMIT) != 0 && strcmp((char *)nv.name, "date") != 0)
            buf_addf(&c->log, "%s=%s ", nv.name, nv.value);
    }
    nghttp2_hd_inflate_end_headers(c->inflater);
}

/* One frame into the log; false at the end of the connection. */
static bool read_frame(struct client *c)
{
    uint8_t bytes[H2_HEAD_SIZE];
    if (!read_fully(c, bytes, sizeof bytes))
        return false;
    struct h2_head h = h2_read_head(bytes);
    uint8_t *payload = mem_alloc(h.len + 1);
    assert_true(read_fully(c, payload, h.len));
    if (h.type == H2_HEADERS)
        log_headers(c, h.stream_id, payload, h.len);
    else if (h.type == H2_DATA && h.len > 0 && h.len < 1000)
        buf_addf(&c->log, "%u:data %.*s ", h.stream_id, (int)h.len, (char *)payload);
    else if (h.type == H2_RST_STREAM)
        buf_addf(&c->log, "%u:rst %u ", h.stream_id, h2_read_u32(payload));
    else if (h.type == H2_GOAWAY)
        buf_addf(&c->log, "goaway %u %u ", h2_read_u32(payload), h2_read_u32(payload + 4));
    else if (h.type == H2_PING)
        buf_addf(&c->log, "ping %.8s ", (char *)payload);
    if ((h.type == H2_HEADERS || h.type == H2_DATA) && (h.flags & H2_END_STREAM) != 0) {
        buf_addf(&c->log, "%u:end ", h.stream_id);
        c->ends++;
    }
    c->ends += h.type == H2_RST_STREAM;
    mem_free(payload);
    return true;
}

/* Until so many streams have ended. */
static void read_ends(struct client *c, uint32_t count)
{
    flush(c);
    while (c->ends < count)
        if (!read_frame(c))
            fail_msg("the connection ended; so far: %s", c->log.data);
}

static void read_to_end(struct client *c)
{
    flush(c);
    while (read_frame(c))
        ;
}

/* One request on a connection of its own: the log. */
static char *ask(struct rig *rig, const char *method, const char *path, const char *name,
                 const char *value, const char *body)
{
    struct client c;
    client_open(&c, rig->port);
    put_request(&c, 1, method, path, name, value, body);
    read_ends(&c, 1);
    char *log = buf_take(&c.log);
    client_close(&c);
    return log;
}

static void assert_has(char *log, const char *part)
{
    if (strstr(log, part) == NULL)
        fail_msg("not in it: \"%s\": %s", part, log);
}

/* ---- tests */

static void a_request_is_answered(void **state)
{
    (void)state;
    struct rig rig;
    rig_open(&rig);
    char *log = ask(&rig, "POST", "/a?b=c", "x-own", "v", "hello");
    assert_has(log, "1::status=200 server=c6 content-type=text/plain content-length=");
    assert_has(log, "x-test=yes 1:data POST /a?b=c HTTP/2.0 h.test [hello]\nX-Own: v\r\n");
    assert_has(log, "1:end ");
    mem_free(log);
    log = ask(&rig, "HEAD", "/a", NULL, NULL, NULL);
    assert_has(log, "content-length=");
    assert_null(strstr(log, "data"));
    mem_free(log);
    log = ask(&rig, "GET", "/empty", NULL, NULL, NULL);
    assert_has(log, "1::status=204 server=c6 content-type=text/plain x-test=yes 1:end ");
    mem_free(log);
    log = ask(&rig, "GET", "/none", NULL, NULL, NULL);
    assert_has(log, "1::status=500 ");
    mem_free(log);
    rig_close(&rig);
}

static void requests_are_answered_as_they_are_ready(void **state)
{
    (void)state;
    struct rig rig;
    struct client c;
    rig_open(&rig);
    client_open(&c, rig.port);
    put_request(&c, 1, "GET", "/slow", NULL, NULL, NULL);
    put_request(&c, 3, "GET", "/quick", NULL, NULL, NULL);
    put_request(&c, 5, "GET", "/pieces", NULL, NULL, NULL);
    read_ends(&c, 3);
    assert_has(c.log.data, "3:data GET /quick");
    assert_has(c.log.data, "5:data one  5:data two ");
    assert_true(strstr(c.log.data, "3:end") < strstr(c.log.data, "1:end"));
    client_close(&c);
    rig_close(&rig);
}

static void bytes_may_come_one_by_one(void **state)
{
    (void)state;
    struct rig rig;
    struct client c;
    rig_open(&rig);
    client_open(&c, rig.port);
    put_request(&c, 1, "POST", "/a", "x", "y", "body");
    for (size_t i = 0; i < c.out.len; i++)
        wire_send_bytes(c.fd, c.out.data + i, 1);
    buf_clear(&c.out);
    read_ends(&c, 1);
    assert_has(c.log.data, "[body]\nX: y\r\n");
    client_close(&c);
    rig_close(&rig);
}

static void http1_is_served_beside_it(void **state)
{
    (void)state;
    struct rig rig;
    rig_open(&rig);
    static const char *const methods[] = {"GET", "POST", "PUT", "P", "PR", "PRI"};
    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++) {
        char *request = mem_printf("%s /x HTTP/1.1\r\nHost: h\r\n\r\n", methods[i]);
        char *answer = wire_exchange(rig.port, request);
        assert_has(answer, "HTTP/1.1 200 OK");
        assert_has(answer, "HTTP/1.1 h []");
        free(answer);
        mem_free(request);
    }
    char *answer = wire_exchange(rig.port, "GET /pieces HTTP/1.1\r\nHost: h\r\n\r\n");
    assert_has(answer, "\r\n\r\n4\r\none \r\n3\r\ntwo\r\n0\r\n\r\n");
    free(answer);
    rig_close(&rig);
}

static void large_answers_follow_the_client_s_windows(void **state)
{
    (void)state;
    struct rig rig;
    struct client c;
    rig_open(&rig);
    client_open(&c, rig.port);
    put_request(&c, 1, "GET", "/big", NULL, NULL, NULL);
    put_request(&c, 3, "GET", "/quick", NULL, NULL, NULL);
    read_ends(&c, 1);
    assert_has(c.log.data, "3:end"); /* the big one waits for a window, the others go on */
    h2_put_window_update(&c.out, 1, 2 << 20);
    read_ends(&c, 2);
    client_close(&c);
    rig_close(&rig);
}

static void too_much_is_refused(void **state)
{
    (void)state;
    struct rig rig;
    rig_open(&rig);
    char *body = mem_calloc(1, 10002);
    memset(body, 'x', 10001);
    char *log = ask(&rig, "POST", "/a", NULL, NULL, body);
    assert_has(log, "1::status=413 ");
    mem_free(log);
    mem_free(body);
    struct client c;
    struct buf block;
    client_open(&c, rig.port);
    buf_init(&block, BUF_NO_LIMIT);
    put_field(&block, ":method", "GET");
    put_field(&block, ":path", "/");
    put_field(&block, ":scheme", "http");
    put_field(&block, ":authority", "h");
    for (int i = 0; i < 30; i++)
        put_field(&block, "x-long",
                  "0123456789012345678901234567890123456789012345678901234567890123"
                  "456789012345678901234567890");
    h2_put_headers(&c.out, 1, true, (struct str){block.data, block.len}, H2_FRAME_MAX);
    read_ends(&c, 1);
    assert_has(c.log.data, "1::status=431 ");
    buf_deinit(&block);
    client_close(&c);
    rig_close(&rig);
}

static void streams_and_connections_end_when_told(void **state)
{
    (void)state;
    struct rig rig;
    struct client c;
    rig_open(&rig);
    client_open(&c, rig.port);
    put_request(&c, 1, "GET", "/reset", NULL, NULL, NULL);
    put_request(&c, 3, "GET", "/a", NULL, NULL, NULL);
    read_ends(&c, 2);
    assert_has(c.log.data, "1:rst 11 ");
    assert_has(c.log.data, "3:end ");
    put_request(&c, 5, "GET", "/goaway", NULL, NULL, NULL);
    read_to_end(&c);
    assert_has(c.log.data, "goaway 5 0 ");
    assert_has(c.log.data, "5:data last 5:end ");
    client_close(&c);
    client_open(&c, rig.port);
    put_request(&c, 1, "GET", "/gone", NULL, NULL, NULL);
    put_request(&c, 3, "GET", "/close", NULL, NULL, NULL);
    read_to_end(&c);
    assert_null(strstr(c.log.data, "end"));
    client_close(&c);
    rig_close(&rig);
}

static void a_client_that_leaves_frees_its_handlers(void **state)
{
    (void)state;
    struct rig rig;
    struct client c;
    rig_open(&rig);
    client_open(&c, rig.port);
    put_request(&c, 1, "GET", "/gone", NULL, NULL, NULL);
    put_request(&c, 3, "GET", "/slow", NULL, NULL, NULL);
    put_request(&c, 5, "GET", "/big", NULL, NULL, NULL);
    put_request(&c, 7, "GET", "/a", NULL, NULL, NULL);
    read_ends(&c, 1);
    h2_put_rst(&c.out, 1, H2_CANCEL); /* its handler waits for that */
    h2_put_rst(&c.out, 3, H2_CANCEL); /* its handler answers into the void */
    put_request(&c, 9, "GET", "/a", NULL, NULL, NULL);
    read_ends(&c, 2);
    client_close(&c); /* the big one's handler waits for room */
    client_open(&c, rig.port);
    put_request(&c, 1, "GET", "/gone", NULL, NULL, NULL);
    flush(&c);
    rig_close(&rig); /* stops with a connection and a handler still there */
    client_close(&c);
}

static void faults_of_a_client_end_its_connection(void **state)
{
    (void)state;
    struct rig rig;
    struct client c;
    rig_open(&rig);
    static const char *const frames[] = {
        "\0\0\1\0\0\0\0\0\1x",          /* DATA for no stream */
        "\0\0\4\x08\0\0\0\0\0\0\0\0\0", /* a window grows by nothing */
        "\0\0\2\1\5\0\0\0\1\xff\xff",   /* no header block */
    };
    static const size_t lengths[] = {10, 13, 11};
    for (int i = 0; i < 3; i++) {
        client_open(&c, rig.port);
        buf_add(&c.out, frames[i], lengths[i]);
        read_to_end(&c);
        assert_has(c.log.data, "goaway ");
        client_close(&c);
    }
    client_open(&c, rig.port);
    h2_put_ping(&c.out, 0, (const uint8_t *)"pingpong");
    put_request(&c, 1, "GET", "/a", "Big", "letters", NULL);
    read_ends(&c, 1);
    assert_has(c.log.data, "ping pingpong ");
    assert_has(c.log.data, "1:rst 1 ");
    client_close(&c);
    rig_close(&rig);
}

/* Sends what is in out, as much as the server takes. */
static void flush_if_there(struct client *c)
{
    for (size_t at = 0; at < c->out.len;) {
        ssize_t n = send(c->fd, c->out.data + at, c->out.len - at, MSG_NOSIGNAL);
        if (n <= 0)
            break;
        at += (size_t)n;
    }
    buf_clear(&c->out);
}

/* Each costs the server a handler, the client nothing. */
static void requests_taken_back_without_end_end_the_connection(void **state)
{
    (void)state;
    struct rig rig;
    struct client c;
    rig_open(&rig);
    client_open(&c, rig.port);
    for (uint32_t id = 1; id < 6000; id += 2) {
        put_request(&c, id, "GET", "/gone", NULL, NULL, NULL);
        h2_put_rst(&c.out, id, H2_CANCEL);
    }
    flush_if_there(&c);
    read_to_end(&c);
    assert_has(c.log.data, "goaway ");
    client_close(&c);
    rig_close(&rig);
}

/* What a block may grow to is bounded, in frames as in what its bytes stand for. */
static void header_blocks_without_end_end_the_connection(void **state)
{
    (void)state;
    struct rig rig;
    struct client c;
    rig_open(&rig);
    client_open(&c, rig.port);
    h2_put_head(&c.out, 1, H2_HEADERS, H2_END_STREAM, 1);
    buf_addc(&c.out, (char)0x82);
    for (int i = 0; i < 20000; i++) {
        h2_put_head(&c.out, 5, H2_CONTINUATION, 0, 1);
        buf_add(&c.out, "\0\1a\1b", 5);
    }
    flush_if_there(&c);
    while (read_frame(&c))
        ;
    client_close(&c);
    client_open(&c, rig.port);
    char *value = mem_alloc(3001);
    memset(value, 'v', 3000);
    h2_put_head(&c.out, 7 + 3000 + 10000, H2_HEADERS, H2_END_STREAM | H2_END_HEADERS, 1);
    buf_add(&c.out, "\x82\x40\1x\x7f\xb9\x16", 7); /* 3,000 bytes into the table */
    buf_add(&c.out, value, 3000);
    for (int i = 0; i < 10000; i++)
        buf_addc(&c.out, (char)0xbe); /* and out of it 10,000 times */
    flush_if_there(&c);
    shutdown(c.fd, SHUT_WR);
    while (read_frame(&c))
        ;
    assert_null(strstr(c.log.data, "status=200"));
    mem_free(value);
    client_close(&c);
    char *log = ask(&rig, "GET", "/a", NULL, NULL, NULL);
    assert_has(log, "1::status=200 ");
    mem_free(log);
    rig_close(&rig);
}

#define LLVMFuzzerTestOneInput httpd_h2_fuzz_one
#include "../../fuzz/httpd_h2_fuzz.c"
#undef LLVMFuzzerTestOneInput
#include "fuzz_replay.h"

static void the_corpus_is_clean(void **state)
{
    (void)state;
    fuzz_replay("httpd_h2", httpd_h2_fuzz_one);
}

TEST_SUITE(httpd_h2){
    TEST(a_request_is_answered)
    TEST(requests_are_answered_as_they_are_ready)
    TEST(bytes_may_come_one_by_one)
    TEST(http1_is_served_beside_it)
    TEST(large_answers_follow_the_client_s_windows)
    TEST(too_much_is_refused)
    TEST(streams_and_connections_end_when_told)
    TEST(a_client_that_leaves_frees_its_handlers)
    TEST(faults_of_a_client_end_its_connection)
    TEST(requests_taken_back_without_end_end_the_connection)
    TEST(header_blocks_without_end_end_the_connection)
    TEST(the_corpus_is_clean)
    TEST_END
};
