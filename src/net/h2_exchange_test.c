/* h2_exchange_test.c - requests and answers over HTTP/2 against a server that plays bytes: what is
 * sent, what of an answer a script would see, the rules of lengths. */
#include <nghttp2/nghttp2.h>

#include "net/h2_bed.h"
#include "test.h"

/* ---- what is sent */

/* The fields of the last request that the server saw: "name=value\n" lines. */
static char *seen_fields(struct bed *b)
{
    nghttp2_hd_inflater *inflater;
    struct buf text;
    buf_init(&text, BUF_NO_LIMIT);
    assert_int_equal(nghttp2_hd_inflate_new(&inflater), 0);
    for (size_t at = H2_PREFACE_LEN; at + H2_HEAD_SIZE <= b->seen.len;) {
        const uint8_t *p = (const uint8_t *)b->seen.data + at;
        struct h2_head h = h2_read_head(p);
        const uint8_t *in = p + H2_HEAD_SIZE;
        size_t left = h.len;
        at += H2_HEAD_SIZE + h.len;
        if (h.type != H2_HEADERS)
            continue;
        buf_clear(&text);
        for (int flags = 0; (flags & NGHTTP2_HD_INFLATE_FINAL) == 0;) {
            nghttp2_nv nv;
            ssize_t n = nghttp2_hd_inflate_hd2(inflater, &nv, &flags, in, left, 1);
            assert_true(n >= 0);
            in += n;
            left -= (size_t)n;
            if ((flags & NGHTTP2_HD_INFLATE_EMIT) != 0)
                buf_addf(&text, "%s=%s\n", nv.name, nv.value);
        }
        nghttp2_hd_inflate_end_headers(inflater);
    }
    nghttp2_hd_inflate_del(inflater);
    return buf_take(&text);
}

static void assert_sent(struct bed *b, const char *want)
{
    char *text = seen_fields(b);
    char *port = mem_printf(":authority=127.0.0.1:%u\n", b->port);
    char *rest = strncmp(text, port, strlen(port)) == 0 ? text + strlen(port) : text;
    assert_string_equal(rest, want);
    mem_free(port);
    mem_free(text);
}

#define METHOD(m) ":method=" m "\n"
#define PATH(p)   ":path=" p "\n:scheme=http\nuser-agent=test\n"

static void send_many(struct bed *b)
{
    static const struct http_header mixed[] = {
        {STR("X-Upper-CASE"), STR("V")},
        {STR("Keep-Alive"), STR("x")},
        {STR("Proxy-Connection"), STR("y")},
        {STR("Connection"), STR("keep-alive")},
        {STR("Transfer-Encoding"), STR("chunked")},
        {STR("Upgrade"), STR("")},
        {STR("Trailer"), STR("X-T")},
        {STR("Te"), STR("trailers")},
        {STR("Content-Length"), STR("77")},
    };
    static const struct http_header special[] = {{STR("Host"), STR("other.test")},
                                                 {STR("User-Agent"), STR("mine")},
                                                 {STR("Cookie"), STR("a=1; b=2;c=3;")}};
    h2_bed_get(b, "/one?q=1");
    assert_sent(b, METHOD("GET") PATH("/one?q=1"));
    b->q.headers = mixed;
    b->q.header_count = sizeof mixed / sizeof *mixed;
    h2_bed_get(b, "/");
    assert_sent(b, METHOD("GET") PATH("/") "x-upper-case=V\ntrailer=X-T\nte=trailers\n");
    b->q.headers = special;
    b->q.header_count = 3;
    h2_bed_get(b, "/");
    assert_sent(b, ":authority=other.test\n:method=GET\n:path=/\n:scheme=http\nuser-agent=mine\n"
                   "cookie=a=1\ncookie=b=2\ncookie=c=3\n");
    b->q.has_prior_h2 = true;
    bed_send_body(b, "POST", "/", "hello");
    assert_sent(b, METHOD("POST") PATH("/") "content-length=5\n");
    assert_int_equal(H2_BED_COUNT(b, "\0\0\5\0\1\0\0\0\7hello"), 1);
    b->q.has_prior_h2 = true;
    bed_send_body(b, "POST", "/", "");
    assert_sent(b, METHOD("POST") PATH("/")); /* an empty body has no length, none has one of 0 */
    b->q.has_prior_h2 = true;
    char url[64];
    snprintf(url, sizeof url, "http://127.0.0.1:%u/", b->port);
    bed_do(b, "PUT", url);
    assert_sent(b, METHOD("PUT") PATH("/") "content-length=0\n");
}

static void requests_are_sent_as_go_sends_them(void **state)
{
    (void)state;
    bed_with(SCRIPT(ACCEPT, STREAMS(1), SEND(H2_SETTINGS_NONE H2_OK("\1")), STREAMS(1),
                    SEND(H2_OK("\3")), STREAMS(1), SEND(H2_OK("\5")), STREAMS(1), SEND(H2_OK("\7")),
                    STREAMS(1), SEND(H2_OK("\11")), STREAMS(1), SEND(H2_OK("\13"))),
             send_many);
}

static void assert_refused(struct bed *b, const char *name, const char *value, const char *text)
{
    struct http_header h = {str_of(name), str_of(value)};
    char *detail = mem_printf("http2: %s", text);
    b->q.headers = &h;
    b->q.header_count = 1;
    assert_int_equal(h2_bed_get(b, "/"), ERR_INVALID);
    assert_int_equal(b->r.last.error.code, 1000);
    assert_string_equal(b->r.last.error.text, text);
    assert_string_equal(b->r.last.error.detail, detail);
    mem_free(detail);
}

static void send_refused(struct bed *b)
{
    assert_refused(b, "Connection", "foo", "invalid Connection request header: [\"foo\"]");
    assert_refused(b, "Upgrade", "h3", "invalid Upgrade request header: [\"h3\"]");
    assert_refused(b, "Transfer-Encoding", "gzip",
                   "invalid Transfer-Encoding request header: [\"gzip\"]");
    assert_refused(b, "Host", "a b", "invalid Host header");
    assert_int_equal(b->accepted, 1);
    assert_int_equal(h2_bed_get(b, "/"), 0);
}

static void what_http2_lacks_is_refused(void **state)
{
    (void)state;
    bed_with(SCRIPT(ACCEPT, STREAMS(1), SEND(H2_SETTINGS_NONE H2_OK("\1"))), send_refused);
}

static void send_many_fields(struct bed *b)
{
    struct http_header h[200];
    char names[200][16];
    for (int i = 0; i < 200; i++) {
        snprintf(names[i], sizeof names[i], "X-%d", i);
        h[i] = (struct http_header){str_of(names[i]), STR("v")};
    }
    b->q.headers = h;
    b->q.header_count = 200;
    assert_int_equal(h2_bed_get(b, "/"), 0);
    char *text = seen_fields(b);
    assert_non_null(strstr(text, "\nx-199=v\n"));
    mem_free(text);
}

static void there_may_be_many_fields(void **state)
{
    (void)state;
    bed_with(SCRIPT(ACCEPT, STREAMS(1), SEND(H2_SETTINGS_NONE H2_OK("\1"))), send_many_fields);
}

/* ---- what of an answer is seen */

struct answer {
    const char *bytes;
    size_t len;
    int status;
    const char *status_text;
    int code;         /* of the error; 0: none */
    const char *text; /* of the error */
    const char *body; /* NULL: null */
    const char *headers;
};

#define ANSWER(bytes, ...)                                                                         \
    {                                                                                              \
        bytes, sizeof(bytes) - 1, __VA_ARGS__                                                      \
    }
#define F(n, name, m, value) "\0" n name m value

static const struct answer *present;

static void get_answer(struct bed *b)
{
    const struct answer *a = present;
    struct buf headers;
    buf_init(&headers, BUF_NO_LIMIT);
    h2_bed_get(b, "/");
    for (size_t i = 0; i < b->r.header_count; i++)
        buf_addf(&headers, "%.*s=%.*s ", (int)b->r.headers[i].name.len, b->r.headers[i].name.p,
                 (int)b->r.headers[i].value.len, b->r.headers[i].value.p);
    assert_int_equal(b->r.status, a->status);
    assert_int_equal(b->r.last.error.code, a->code);
    assert_string_equal(b->r.last.error.text, a->text);
    assert_string_equal(headers.data, a->headers);
    if (a->body == NULL)
        assert_null(b->r.body);
    else
        assert_string_equal(b->r.body, a->body);
    if (a->status != 0) {
        assert_true(str_eqs(b->r.status_text, a->status_text));
        assert_true(str_eqs(b->r.last.proto, "HTTP/2.0"));
    } else {
        assert_int_equal(b->r.last.proto.len, 0);
    }
    if (a->code != 0)
        assert_true(b->r.last.error.in_body);
    buf_deinit(&headers);
}

#define TOO_MUCH "net/http: server replied with more than declared Content-Length; truncated"

static const struct answer answers[] = {
    ANSWER(H2_OK("\1"), 200, "200 OK", 0, "", "", ""),
    ANSWER("\0\0\1\1\5\0\0\0\1\x8d", 404, "404 Not Found", 0, "", "", ""),
    ANSWER("\0\0\1\1\5\0\0\0\1\x89", 204, "204 No Content", 0, "", NULL, ""),
    ANSWER("\0\0\1\1\5\0\0\0\1\x8b", 304, "304 Not Modified", 0, "", NULL, ""),
    ANSWER("\0\0\5\1\5\0\0\0\1\x08\3"
           "299",
           299, "299 ", 0, "", "", ""),
    ANSWER("\0\0\5\1\5\0\0\0\1\x08\3"
           "413",
           413, "413 Request Entity Too Large", 0, "", "", ""),
    /* What is about the connection is hidden. */
    ANSWER("\0\0\x4d\1\4\0\0\0\1\x88" F("\12", "connection", "\1", "x")
               F("\12", "keep-alive", "\1", "x") F("\7", "upgrade", "\1", "x")
                   F("\21", "transfer-encoding", "\1", "x") F("\7", "trailer", "\1", "x")
                       F("\1", "a", "\1", "b") H2_BODY("\1", "\2", "hi"),
           200, "200 OK", 0, "", "hi", "a=b "),
    ANSWER("\0\0\x15\1\4\0\0\0\1\x88" F("\20", "proxy-connection", "\1", "x")
               H2_BODY("\1", "\2", "hi"),
           200, "200 OK", 0, "", "hi", ""),
    /* Lengths: kept once, believed, or hidden when they make no sense. */
    ANSWER("\0\0\x13\1\4\0\0\0\1\x88" F("\16", "content-length", "\1", "2")
               H2_BODY("\1", "\2", "hi"),
           200, "200 OK", 0, "", "hi", "content-length=2 "),
    ANSWER("\0\0\x25\1\4\0\0\0\1\x88" F("\16", "content-length", "\1", "2")
               F("\16", "content-length", "\1", "2") H2_BODY("\1", "\2", "hi"),
           200, "200 OK", 0, "", "hi", "content-length=2 "),
    ANSWER("\0\0\x2a\1\4\0\0\0\1\x88" F("\16", "content-length", "\1", "2") F("\1", "a", "\1", "b")
               F("\16", "content-length", "\1", "3") H2_BODY("\1", "\2", "hi"),
           200, "200 OK", 0, "", "hi", "a=b "),
    ANSWER("\0\0\x14\1\4\0\0\0\1\x88" F("\16", "content-length", "\2", "-5")
               H2_BODY("\1", "\2", "hi"),
           200, "200 OK", 0, "", "hi", ""),
    ANSWER("\0\0\x13\1\4\0\0\0\1\x88" F("\16", "content-length", "\1", "3")
               H2_BODY("\1", "\2", "hi"),
           0, NULL, 1000, "unexpected EOF", "hi", ""),
    ANSWER("\0\0\x13\1\5\0\0\0\1\x88" F("\16", "content-length", "\1", "3"), 0, NULL, 1000,
           "unexpected EOF", "", ""),
    ANSWER("\0\0\x13\1\4\0\0\0\1\x88" F("\16", "content-length", "\1", "1")
               H2_BODY("\1", "\2", "hi"),
           0, NULL, 1000, TOO_MUCH, "h", ""),
    ANSWER("\0\0\x13\1\4\0\0\0\1\x88" F("\16", "content-length", "\1", "0")
               H2_BODY("\1", "\2", "hi"),
           0, NULL, 1000, TOO_MUCH, "", ""),
    ANSWER("\0\0\x13\1\5\0\0\0\1\x8b" F("\16", "content-length", "\1", "3"), 304,
           "304 Not Modified", 0, "", NULL, "content-length=3 "),
    ANSWER(H2_HEAD("\1") H2_BODY_PART("\1", "\2", "hi") H2_RST("\1", "\2"), 0, NULL, 1633,
           "http2: stream error with http2 ErrCode INTERNAL_ERROR", "hi", ""),
    /* gzip of "x" */
    ANSWER("\0\0\x18\1\4\0\0\0\1\x88" F("\20", "content-encoding", "\4",
                                        "gzip") "\0\0\x15\0\1\0\0\0\1"
                                                "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xab\x00"
                                                "\x00\x83\x16\xdc\x8c\x01\x00\x00\x00",
           200, "200 OK", 0, "", "x", "content-encoding=gzip "),
};

static void answers_are_read_by_the_rules(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof answers / sizeof *answers; i++) {
        struct buf bytes;
        buf_init(&bytes, BUF_NO_LIMIT);
        buf_add(&bytes, H2_SETTINGS_NONE, 9);
        buf_add(&bytes, answers[i].bytes, answers[i].len);
        present = &answers[i];
        bed_with(SCRIPT(ACCEPT, STREAMS(1), SEND_BYTES(bytes.data, bytes.len)), get_answer);
        buf_deinit(&bytes);
    }
}

static void get_head(struct bed *b)
{
    char url[64];
    snprintf(url, sizeof url, "http://127.0.0.1:%u/", b->port);
    b->q.has_prior_h2 = true;
    assert_int_equal(bed_do(b, "HEAD", url), 0);
    assert_string_equal(bed_header(b, "content-length"), "3");
    assert_string_equal(b->r.body, "");
}

static void head_has_a_length_and_no_body(void **state)
{
    (void)state;
    bed_with(SCRIPT(ACCEPT, STREAMS(1),
                    SEND(H2_SETTINGS_NONE
                         "\0\0\x13\1\5\0\0\0\1\x88" F("\16", "content-length", "\1", "3"))),
             get_head);
}

static void get_head_and_lose(struct bed *b)
{
    char url[64];
    snprintf(url, sizeof url, "http://127.0.0.1:%u/", b->port);
    b->q.has_prior_h2 = true;
    assert_int_equal(bed_do(b, "HEAD", url), 0);
    assert_int_equal(b->r.status, 200);
    assert_int_equal(b->r.last.error.code, 0);
}

static void head_is_answered_by_the_head_however_the_stream_ends(void **state)
{
    (void)state;
    bed_with(SCRIPT(ACCEPT, STREAMS(1), SEND(H2_SETTINGS_NONE H2_HEAD("\1")), CLOSE),
             get_head_and_lose);
    bed_with(SCRIPT(ACCEPT, STREAMS(1), SEND(H2_SETTINGS_NONE H2_HEAD("\1") H2_RST("\1", "\7"))),
             get_head_and_lose);
    bed_with(
        SCRIPT(ACCEPT, STREAMS(1),
               SEND(H2_SETTINGS_NONE H2_HEAD("\1") H2_SETTINGS_NONE H2_BODY("\0", "\2", "hi"))),
        get_head_and_lose);
}

static void get_half(struct bed *b)
{
    assert_int_equal(h2_bed_get(b, "/"), ERR_CLOSED);
    assert_string_equal(b->r.last.error.text, "unexpected EOF");
    assert_string_equal(b->r.body, "par");
}

static void get_half_in_time(struct bed *b)
{
    b->q.deadline_ns = clock_now_ns() + 20000000;
    assert_int_equal(h2_bed_get(b, "/"), ERR_TIMEOUT);
    if (b->r.body != NULL) /* on a slow machine nothing had come */
        assert_true(b->r.body_len == 0 || strcmp(b->r.body, "par") == 0);
}

static void a_frame_that_broke_off_is_no_part_of_the_body(void **state)
{
    (void)state;
#define HALF H2_SETTINGS_NONE H2_HEAD("\1") H2_BODY_PART("\1", "\3", "par") "\0\0\7\0\1\0\0\0\1tial"
    bed_with(SCRIPT(ACCEPT, STREAMS(1), SEND(HALF), CLOSE), get_half);
    bed_with(SCRIPT(ACCEPT, STREAMS(1), SEND(HALF), STALL), get_half_in_time);
#undef HALF
}

/* More fields than fit in place. */
static void get_many_headers(struct bed *b)
{
    assert_int_equal(h2_bed_get(b, "/"), 0);
    assert_int_equal(b->r.header_count, 300);
    for (size_t i = 0; i < 300; i++)
        assert_true(str_eqs(b->r.headers[i].value, "b"));
}

static void an_answer_may_have_many_fields(void **state)
{
    (void)state;
    struct buf frame;
    buf_init(&frame, BUF_NO_LIMIT);
    h2_put_head(&frame, 1 + 300 * 5, H2_HEADERS, H2_END_HEADERS | H2_END_STREAM, 1);
    buf_addc(&frame, (char)0x88);
    for (int i = 0; i < 300; i++)
        buf_add(&frame, F("\1", "a", "\1", "b"), 5);
    bed_with(SCRIPT(ACCEPT, STREAMS(1), SEND(H2_SETTINGS_NONE), SEND_BYTES(frame.data, frame.len)),
             get_many_headers);
    buf_deinit(&frame);
}

static void get_discarded(struct bed *b)
{
    b->q.discard_body = true;
    assert_int_equal(h2_bed_get(b, "/"), 0);
    assert_null(b->r.body);
    assert_int_equal(h2_bed_get(b, "/"), ERR_TOO_LARGE);
    assert_string_equal(b->r.last.error.text, "response body is larger than 10 bytes");
    assert_int_equal(h2_bed_get(b, "/"), ERR_TOO_LARGE);
    assert_int_equal(H2_BED_COUNT(b, H2_RST("\3", "\10")), 1);
    assert_int_equal(b->accepted, 1);
}

static void bodies_have_a_limit_unless_they_are_not_kept(void **state)
{
    (void)state;
    struct bed b;
    bed_open(
        &b, SCRIPT(ACCEPT, STREAMS(1),
                   SEND(H2_SETTINGS_NONE H2_HEAD("\1") H2_BODY("\1", "\13", "eleven byte")),
                   STREAMS(1), SEND(H2_HEAD("\3") H2_BODY("\3", "\13", "eleven byte")), STREAMS(1),
                   SEND("\0\0\x14\1\4\0\0\0\5\x88" F("\16", "content-length", "\2", "11")), STALL));
    b.config.max_body_bytes = 10;
    bed_run(&b, get_discarded);
    bed_close(&b);
}

static void follow(struct bed *b)
{
    assert_int_equal(h2_bed_get(b, "/start"), 0);
    assert_int_equal(b->hop_count, 2);
    assert_int_equal(b->hops[0].status, 302);
    assert_string_equal(b->r.body, "ok");
    assert_non_null(strstr(b->hop_urls[1], "/next"));
    assert_int_equal(b->accepted, 1);
}

static void redirects_stay_on_the_connection(void **state)
{
    (void)state;
    bed_with(SCRIPT(ACCEPT, STREAMS(1),
                    SEND(H2_SETTINGS_NONE "\0\0\x15\1\4\0\0\0\1\x08\3"
                                          "302" F("\10", "location", "\5", "/next")
                                              H2_BODY("\1", "\5", "moved")),
                    STREAMS(1), SEND(H2_HEAD("\3") H2_BODY("\3", "\2", "ok"))),
             follow);
}

static void take_times(struct bed *b)
{
    assert_int_equal(h2_bed_get(b, "/"), 0);
    const struct http_timings *t = &b->hops[0].t;
    assert_true(t->sending >= 0 && t->waiting > 0 && t->receiving > 0);
    assert_int_equal(t->duration, t->sending + t->waiting + t->receiving);
    assert_true(t->connecting > 0 && t->blocked >= t->connecting);
    uint64_t sent;
    uint64_t received;
    http_client_take_bytes(b->client, &sent, &received);
    assert_int_equal(received, 9 + 10 + 11);
    assert_true(sent > H2_PREFACE_LEN);
}

static void times_and_bytes_are_told(void **state)
{
    (void)state;
    bed_with(
        SCRIPT(ACCEPT, STREAMS(1), DRIP(H2_SETTINGS_NONE H2_HEAD("\1") H2_BODY("\1", "\2", "hi"))),
        take_times);
}

TEST_SUITE(h2_exchange){
    TEST(requests_are_sent_as_go_sends_them)
    TEST(what_http2_lacks_is_refused)
    TEST(there_may_be_many_fields)
    TEST(answers_are_read_by_the_rules)
    TEST(head_has_a_length_and_no_body)
    TEST(head_is_answered_by_the_head_however_the_stream_ends)
    TEST(a_frame_that_broke_off_is_no_part_of_the_body)
    TEST(an_answer_may_have_many_fields)
    TEST(bodies_have_a_limit_unless_they_are_not_kept)
    TEST(redirects_stay_on_the_connection)
    TEST(times_and_bytes_are_told)
    TEST_END
};
