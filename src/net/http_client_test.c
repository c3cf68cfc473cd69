/* The client against scripted servers: what it sends, what it makes of answers, when it sends again, where redirects lead. */
#include "net/cookie_jar.h"
#include "net/test_bed.h"
#include "test.h"

#define OK2 "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"
#define MS INT64_C(1000000)

static void with(const struct bed_step *script, void (*run)(struct bed *b))
{
    struct bed b;
    bed_open(&b, script);
    bed_run(&b, run);
    bed_close(&b);
}

static bool saw(struct bed *b, const char *text)
{
    return strstr(bed_seen(b), text) != NULL;
}

static int count_of(const char *in, const char *what)
{
    int n = 0;
    while ((in = strstr(in, what)) != NULL) {
        n++;
        in++;
    }
    return n;
}

/* ---- plain exchanges */

static void check_page(struct bed *b)
{
    assert_int_equal(bed_get(b, "/a?b=c"), 0);
    assert_int_equal(b->r.status, 200);
    assert_int_equal(b->r.body_len, 2);
    assert_string_equal(b->r.body, "hi");
    assert_true(str_eqs(b->r.status_text, "200 OK"));
    assert_true(str_eqs(b->r.last.proto, "HTTP/1.1"));
    assert_string_equal(b->r.last.remote_ip, "127.0.0.1");
    assert_int_equal(b->r.last.remote_port, b->port);
    assert_int_equal(b->hop_count, 1);
    assert_int_equal(b->hops[0].status, 200);
    assert_int_equal(b->hops[0].bytes_received, sizeof OK2 - 1);
    assert_int_equal(b->hops[0].bytes_sent, b->seen.len);
    const struct http_timings *t = &b->hops[0].t;
    assert_true(t->connecting > 0 && t->blocked >= t->connecting && t->sending > 0 && t->waiting > 0 && t->receiving > 0);
    assert_int_equal(t->duration, t->sending + t->waiting + t->receiving);
    uint64_t sent;
    uint64_t received;
    http_client_take_bytes(b->client, &sent, &received);
    assert_int_equal(sent, b->seen.len);
    assert_int_equal(received, sizeof OK2 - 1);
    char want[256];
    snprintf(want, sizeof want, "GET /a?b=c HTTP/1.1\r\nHost: 127.0.0.1:%u\r\nUser-Agent: test\r\n\r\n", b->port);
    assert_string_equal(bed_seen(b), want);
}

static void sends_host_and_agent_and_nothing_else(void **state)
{
    (void)state;
    with(SCRIPT(ACCEPT, REQUEST, SEND(OK2)), check_page);
}

static void check_reuse(struct bed *b)
{
    for (int i = 0; i < 3; i++) {
        assert_int_equal(bed_get(b, "/"), 0);
        assert_int_equal(b->hops[0].conn_reused, i > 0);
        assert_true((b->hops[0].t.connecting > 0) == (i == 0));
    }
    assert_int_equal(b->accepted, 1);
}

static void keeps_the_connection(void **state)
{
    (void)state;
    with(SCRIPT(ACCEPT, REQUEST, SEND(OK2), REQUEST, SEND(OK2), REQUEST, DRIP(OK2)), check_reuse);
}

static void check_three_conns(struct bed *b)
{
    for (int i = 0; i < 3; i++) {
        assert_int_equal(bed_get(b, "/"), 0);
        assert_int_equal(b->r.status, 200);
        assert_false(b->hops[0].conn_reused);
    }
    assert_int_equal(b->accepted, 3);
}

static void does_not_keep_what_must_close(void **state)
{
    (void)state;
    with(SCRIPT(ACCEPT, REQUEST, SEND("HTTP/1.1 200 OK\r\nConnection: foo, Close\r\nContent-Length: 2\r\n\r\nhi"), /* asked to */
                ACCEPT, REQUEST, SEND("HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nhi"),                     /* an old server */
                ACCEPT, REQUEST, SEND("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi, and more than that")),
         check_three_conns);
}

static void old_servers_may_keep_connections(void **state)
{
    (void)state;
    with(SCRIPT(ACCEPT, REQUEST, SEND("HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nhi"), REPEAT(1)), check_reuse);
}

static void check_no_reuse(struct bed *b)
{
    check_three_conns(b);
    assert_int_equal(count_of(bed_seen(b), "Connection: close\r\n"), 3);
}

static void no_connection_reuse_says_so(void **state)
{
    struct bed b;
    (void)state;
    bed_open(&b, SCRIPT(ACCEPT, REQUEST, SEND(OK2), REPEAT(0)));
    b.config.no_connection_reuse = true;
    bed_run(&b, check_no_reuse);
    bed_close(&b);
}

static void check_close_idle(struct bed *b)
{
    for (int i = 0; i < 2; i++) {
        assert_int_equal(bed_get(b, "/"), 0);
        http_client_close_idle(b->client);
    }
    assert_int_equal(b->accepted, 2);
}

static void closes_idle_connections_when_told(void **state)
{
    (void)state;
    with(SCRIPT(ACCEPT, REQUEST, SEND(OK2), REPEAT(0)), check_close_idle);
}

/* ---- framing of answers */

static void check_framings(struct bed *b)
{
    static const char *const bodies[] = {"hello", "hello world", "to the end", "", ""};
    for (int i = 0; i < 5; i++) {
        assert_int_equal(bed_get(b, "/"), 0);
        assert_string_equal(b->r.body, bodies[i]);
        assert_int_equal(b->r.body_len, strlen(bodies[i]));
        assert_null(bed_header(b, "Transfer-Encoding"));
        assert_null(bed_header(b, "Trailer"));
    }
}

static void reads_bodies_of_every_framing(void **state)
{
    (void)state;
    with(SCRIPT(ACCEPT, REQUEST, SEND("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"), REQUEST,
                SEND("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\nTrailer: X-Sum\r\n\r\n"
                     "5\r\nhello\r\n6;ext=1\r\n world\r\n0\r\nX-Sum: 1\r\n\r\n"),
                REQUEST, SEND("HTTP/1.1 200 OK\r\n\r\nto the end"), CLOSE, ACCEPT, REQUEST,
                SEND("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"), REQUEST,
                SEND("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")),
         check_framings);
}

static void reads_bodies_byte_by_byte(void **state)
{
    (void)state;
    with(SCRIPT(ACCEPT, REQUEST, DRIP("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"), REQUEST,
                DRIP("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\nTrailer: X-Sum\n\n5\r\nhello\r\n6;ext=1\r\n world\r\n0\r\nX-Sum: 1\r\n\r\n"),
                REQUEST, DRIP("HTTP/1.1 200 OK\r\n\r\nto the end"), CLOSE, ACCEPT, REQUEST,
                DRIP("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"), REQUEST, DRIP("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")),
         check_framings);
}

static void check_bodyless(struct bed *b)
{
    char url[64];
    assert_int_equal(bed_get(b, "/"), 0);
    assert_int_equal(b->r.status, 204);
    assert_null(b->r.body);
    assert_int_equal(bed_get(b, "/"), 0);
    assert_int_equal(b->r.status, 304);
    assert_null(b->r.body);
    snprintf(url, sizeof url, "http://127.0.0.1:%u/", b->port);
    assert_int_equal(bed_do(b, "HEAD", url), 0);
    assert_string_equal(b->r.body, "");
    assert_string_equal(bed_header(b, "content-length"), "100");
    assert_int_equal(bed_get(b, "/"), 0);
    assert_int_equal(b->r.status, 200);
    assert_int_equal(b->accepted, 1);
}

static void expects_no_body_where_there_is_none(void **state)
{
    (void)state;
    with(SCRIPT(ACCEPT, REQUEST, SEND("HTTP/1.1 204 No Content\r\n\r\n"), REQUEST, SEND("HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n"),
                REQUEST, SEND("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n"), REQUEST, SEND(OK2)),
         check_bodyless);
}

static void check_interim(struct bed *b)
{
    assert_int_equal(bed_get(b, "/"), 0);
    assert_int_equal(b->r.status, 200);
    assert_string_equal(b->r.body, "hi");
    assert_null(bed_header(b, "Link"));
    assert_int_equal(bed_get(b, "/"), 0);
    assert_int_equal(b->r.status, 101);
    assert_null(b->r.body);
}

static void skips_interim_answers_but_not_101(void **state)
{
    (void)state;
    with(SCRIPT(ACCEPT, REQUEST, SEND("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" OK2), REQUEST,
                SEND("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n")),
         check_interim);
}

static void check_discard(struct bed *b)
{
    for (int i = 0; i < 3; i++) {
        b->q.discard_body = true;
        assert_int_equal(bed_get(b, "/"), 0);
        assert_int_equal(b->r.status, 200);
        assert_null(b->r.body);
    }
    assert_int_equal(b->accepted, 1);
}

static void discards_bodies_but_keeps_the_connection(void **state)
{
    (void)state;
    with(SCRIPT(ACCEPT, REQUEST, SEND(OK2), REQUEST, SEND("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"), REQUEST,
                SEND("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n"), YIELD, SEND("ab"), YIELD, SEND("cdef")),
         check_discard);
}

static void check_big(struct bed *b)
{
    assert_int_equal(bed_get(b, "/"), 0);
    assert_int_equal(b->r.body_len, 3000000);
    for (size_t i = 0; i < b->r.body_len; i += 997)
        assert_int_equal(b->r.body[i], 'x');
    assert_int_equal(bed_get(b, "/"), 0);
    assert_true(b->hops[0].conn_reused);
}

static void reads_big_bodies(void **state)
{
    struct bed b;
    char *body = mem_alloc(3000000);
    (void)state;
    memset(body, 'x', 3000000);
    bed_open(&b, SCRIPT(ACCEPT, REQUEST, SEND("HTTP/1.1 200 OK\r\nContent-Length: 3000000\r\n\r\n"), SEND_BYTES(body, 3000000), REQUEST, SEND(OK2)));
    bed_run(&b, check_big);
    bed_close(&b);
    mem_free(body);
}

static void check_long_head(struct bed *b)
{
    assert_int_equal(bed_get(b, "/"), 0);
    assert_int_equal(strlen(bed_header(b, "X-Long")), 100000);
    assert_string_equal(bed_header(b, "X-Fold"), "one two three");
    assert_string_equal(b->r.body, "hi");
}

static void reads_heads_longer_than_a_buffer(void **state)
{
    struct bed b;
    char *value = mem_alloc(100000);
    (void)state;
    memset(value, 'v', 100000);
    bed_open(&b, SCRIPT(ACCEPT, REQUEST, SEND("HTTP/1.1 200 OK\r\nX-Long: "), SEND_BYTES(value, 100000),
                        SEND("\r\nX-Fold: one\r\n\t two \r\n three\r\nContent-Length: 2\r\n\r\nhi")));
    bed_run(&b, check_long_head);
    bed_close(&b);
    mem_free(value);
}

/* ---- requests */

static void check_bodies_sent(struct bed *b)
{
    assert_int_equal(bed_send_body(b, "POST", "/", "abc"), 0);
    assert_true(saw(b, "Content-Length: 3\r\n\r\nabc"));
    bed_forget(b);
    assert_int_equal(bed_send_body(b, "POST", "/", ""), 0);
    assert_true(saw(b, "Content-Length: 0\r\n"));
    bed_forget(b);
    assert_int_equal(bed_send_body(b, "DELETE", "/", ""), 0);
    assert_false(saw(b, "Content-Length"));
    bed_forget(b);
    struct http_header headers[] = {
        {STR("x-UPPER-lower"), STR("  padded\t")}, {STR("Host"), STR("other.example")}, {STR("User-Agent"), STR("mine")},
        {STR("Content-Length"), STR("77")},        {STR("Transfer-Encoding"), STR("x")}, {STR("Trailer"), STR("y")},
    };
    b->q.headers = headers;
    b->q.header_count = 6;
    assert_int_equal(bed_send_body(b, "PUT", "/p", "12345"), 0);
    assert_string_equal(bed_seen(b), "PUT /p HTTP/1.1\r\nHost: other.example\r\nUser-Agent: mine\r\nContent-Length: 5\r\nX-Upper-Lower: padded\r\n\r\n12345");
}

static void frames_request_bodies_itself(void **state)
{
    (void)state;
    with(SCRIPT(ACCEPT, REQUEST, SEND(OK2), REPEAT(1)), check_bodies_sent);
}

enum { UPLOAD = 20000000 };

static void check_upload(struct bed *b)
{
    char *body = mem_alloc(UPLOAD + 1);
    memset(body, 'u', UPLOAD);
    body[UPLOAD] = '\0';
    assert_int_equal(bed_send_body(b, "POST", "/", body), 0);
    assert_int_equal(b->r.status, 200);
    assert_true(b->seen.len > UPLOAD);
    assert_int_equal(strspn(strstr(b->seen.data, "\r\n\r\n") + 4, "u"), UPLOAD);
    assert_int_equal(b->hops[0].bytes_sent, b->seen.len);
    mem_free(body);
}

static void sends_bodies_larger_than_the_socket_takes(void **state)
{
    (void)state;
    with(SCRIPT(ACCEPT, REQUEST, SEND(OK2)), check_upload);
}

static void check_refused_upload(struct bed *b)
{
    char *body = mem_alloc(UPLOAD + 1);
    memset(body, 'u', UPLOAD);
    body[UPLOAD] = '\0';
    assert_int_equal(bed_send_body(b, "POST", "/", body), 0);
    assert_int_equal(b->r.status, 413);
    assert_string_equal(b->r.body, "no");
    mem_free(body);
    assert_int_equal(bed_get(b, "/"), 0);
    assert_int_equal(b->accepted, 2);
}

static void takes_an_answer_that_does_not_wait_for_the_body(void **state)
{
    (void)state;
    with(SCRIPT(ACCEPT, YIELD, SEND("HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\n\r\nno"), ACCEPT, REQUEST, SEND(OK2)), check_refused_upload);
}

static void check_rejected(struct bed *b)
{
    static const struct {
        struct http_header header;
        const char *text;
    } bad[] = {
        {{STR("Bad Name"), STR("x")}, "net/http: invalid header field name \"Bad Name\""},
        {{STR(""), STR("x")}, "net/http: invalid header field name \"\""},
        {{STR("X:A"), STR("x")}, "net/http: invalid header field name \"X:A\""},
        {{STR("X-A"), STR("a\nb")}, "net/http: invalid header field value for \"X-A\""},
        {{STR("X-A"), STR("a\0b")}, "net/http: invalid header field value for \"X-A\""},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        b->q.headers = &bad[i].header;
        b->q.header_count = 1;
        assert_int_equal(bed_get(b, "/"), ERR_INVALID);
        assert_int_equal(b->r.last.error.code, 1000);
        assert_string_equal(b->r.last.error.text, bad[i].text);
        assert_int_equal(b->hop_count, 1);
    }
    assert_int_equal(bed_do(b, "GET", "ftp://127.0.0.1/x"), ERR_INVALID);
    assert_string_equal(b->r.last.error.text, "unsupported protocol scheme \"ftp\"");
    assert_int_equal(bed_do(b, "GET", "http:///x"), ERR_INVALID);
    assert_string_equal(b->r.last.error.text, "http: no Host in request URL");
    assert_int_equal(bed_do(b, "G T", "http://127.0.0.1/x"), ERR_INVALID);
    b->q.deadline_ns = 1;
    assert_int_equal(bed_get(b, "/"), ERR_TIMEOUT);
    assert_int_equal(b->r.last.error.code, 1050);
    assert_string_equal(b->r.last.error.text, "request timeout");
    assert_int_equal(b->hop_count, 1);
    assert_int_equal(b->hops[0].t.duration, 0);
    assert_int_equal(b->accepted, 0);
}

static void refuses_what_cannot_be_sent(void **state)
{
    (void)state;
    with(SCRIPT(ACCEPT), check_rejected);
}

/* ---- faults */

struct fault {
    const char *bytes;
    char end;          /* c: close, r: reset */
    int status;        /* of a hop that succeeds */
    int code;
    const char *text;
    const char *detail; /* NULL: like text */
    const char *body;  /* NULL: null */
};

#define BROKEN "net/http: HTTP/1.x transport connection broken: "

static const struct fault faults[] = {
    {"", 'c', 0, 1000, "EOF", NULL, NULL},
    {"HTTP/1.1 200 OK\r\nContent-Le", 'c', 0, 1000, "unexpected EOF", BROKEN "unexpected EOF", NULL},
    {"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nonly this", 'c', 0, 1000, "unexpected EOF", NULL, "only this"},
    {"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n", 'c', 0, 1000, "unexpected EOF", NULL, ""},
    {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n", 'c', 0, 1000, "unexpected EOF", NULL, "hello"},
    {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel", 'c', 0, 1000, "unexpected EOF", NULL, "hel"},
    {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", 'c', 0, 1000, "http: unexpected EOF reading trailer", NULL, ""},
    {"HTTP/1.1 abc Bad\r\nContent-Length: 0\r\n\r\n", 'c', 0, 1000, "malformed HTTP status code \"abc\"", BROKEN "malformed HTTP status code \"abc\"", NULL},
    {"HTTP/1.1 20 Bad\r\n\r\n", 'c', 0, 1000, "malformed HTTP status code \"20\"", BROKEN "malformed HTTP status code \"20\"", NULL},
    {"HTTQ/1.1 200 OK\r\n\r\n", 'c', 0, 1000, "malformed HTTP version \"HTTQ/1.1\"", BROKEN "malformed HTTP version \"HTTQ/1.1\"", NULL},
    {"HTTP/1.1 200 OK\r\nno colon here\r\n\r\n", 'c', 0, 1000, "malformed MIME header line: no colon here", BROKEN "malformed MIME header line: no colon here", NULL},
    {"HTTP/1.1 200 OK\r\nContent-Length: xyz\r\n\r\nhi", 'c', 0, 1000, "bad Content-Length \"xyz\"", BROKEN "bad Content-Length \"xyz\"", NULL},
    {"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nhi", 'c', 0, 1000, "bad Content-Length \"-1\"", BROKEN "bad Content-Length \"-1\"", NULL},
    {"HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n", 'c', 0, 1000, "bad Content-Length \"99999999999999999999\"", BROKEN "bad Content-Length \"99999999999999999999\"", NULL},
    {"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nhi!", 'c', 0, 1000, "http: message cannot contain multiple Content-Length headers; got [\"2\" \"3\"]",
     BROKEN "http: message cannot contain multiple Content-Length headers; got [\"2\" \"3\"]", NULL},
    {"HTTP/1.1 200 OK\r\nTransfer-Encoding: bogus\r\n\r\nhi", 'c', 0, 1000, "unsupported transfer encoding: \"bogus\"", BROKEN "unsupported transfer encoding: \"bogus\"", NULL},
    {"this is not http at all\r\n\r\n", 'c', 0, 1000, "malformed HTTP status code \"is\"", BROKEN "malformed HTTP status code \"is\"", NULL},
    {"garbage\r\n", 'c', 0, 1000, "malformed HTTP response \"garbage\"", BROKEN "malformed HTTP response \"garbage\"", NULL},
    {"\r\n\r\n", 'c', 0, 1000, "malformed HTTP response \"\"", BROKEN "malformed HTTP response \"\"", NULL},
    {"HTTP/1.1 200 OK\r\n folded: first\r\n\r\n", 'c', 0, 1000, "malformed MIME header initial line:  folded: first", BROKEN "malformed MIME header initial line:  folded: first", NULL},
    {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\nhello\r\n0\r\n\r\n", 'c', 0, 1000, "invalid byte in chunk length", NULL, ""},
    {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\nhello\r\n0\r\n\r\n", 'c', 0, 1000, "invalid byte in chunk length", NULL, ""},
    {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n11111111111111111\r\n", 'c', 0, 1000, "http chunk length too large", NULL, ""},
    {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nab", 'c', 0, 1000, "unexpected EOF", NULL, "ab"},
    {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabc\r\n", 'c', 0, 1000, "malformed chunked encoding", NULL, "ab"},
    {"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nhi", 'c', 200, 0, "", NULL, "hi"},
    {"HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nhi", 'c', 200, 0, "", NULL, "hi"},
    {"HTTP/1.1 200 OK\r\nContent-Encoding: rot13\r\nContent-Length: 2\r\n\r\nhi", 'c', 200, 0, "", NULL, "hi"},
    {"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 16\r\n\r\nthis is not gzip", 'c', 0, 1701, "error decompressing response body (gzip: invalid header)", NULL, NULL},
    {"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 0\r\n\r\n", 'c', 0, 1701, "error decompressing response body (EOF)", NULL, NULL},
    {"HTTP/1.1 200 OK\r\nContent-Encoding: deflate\r\nContent-Length: 16\r\n\r\nthis is not zlib", 'c', 0, 1701, "error decompressing response body (zlib: invalid header)", NULL, NULL},
    {"HTTP/1.1 200 OK\r\nContent-Encoding: zstd\r\nContent-Length: 16\r\n\r\nthis is not zstd", 'c', 0, 1701, "error decompressing response body (invalid input: magic number mismatch)", NULL, ""},
    {"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Length: 0\r\n\r\n", 'c', 200, 0, "", NULL, ""},
};

static void check_fault(struct bed *b, const struct fault *f)
{
    int rc = bed_get(b, "/");
    const struct net_error *e = &b->r.last.error;
    assert_int_equal(rc < 0, f->code != 0);
    assert_string_equal(e->text, f->text);
    assert_int_equal(e->code, f->code);
    assert_string_equal(e->detail, f->detail != NULL ? f->detail : f->text);
    assert_int_equal(b->r.status, f->status);
    assert_int_equal(b->hop_count, 1);
    assert_int_equal(b->hops[0].status, f->status);
    assert_int_equal(b->hops[0].error.code, f->code);
    if (f->body == NULL)
        assert_null(b->r.body);
    else
        assert_string_equal(b->r.body, f->body);
    if (f->code != 0) {
        assert_int_equal(b->r.header_count, 0);
        assert_int_equal(b->r.last.proto.len, 0);
    }
    assert_string_equal(b->r.last.remote_ip, "127.0.0.1");
}

static const struct fault *present;

static void run_present(struct bed *b)
{
    check_fault(b, present);
}

static void each_fault_gives_its_error(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        present = &faults[i];
        with(SCRIPT(ACCEPT, REQUEST, SEND_BYTES(faults[i].bytes, strlen(faults[i].bytes)), CLOSE), run_present);
        /* Once more in small pieces: complaints must not hang on how bytes are cut. */
        struct bed_step drip = {.kind = BED_DRIP, .bytes = faults[i].bytes, .len = strlen(faults[i].bytes)};
        if (drip.len < 60)
            with(SCRIPT(ACCEPT, REQUEST, drip, CLOSE), run_present);
    }
}

static void check_reset(struct bed *b)
{
    assert_int_equal(bed_get(b, "/"), ERR_RESET);
    assert_int_equal(b->r.last.error.code, 1220);
    assert_string_equal(b->r.last.error.text, "read: connection reset by peer");
    assert_true(strncmp(b->r.last.error.detail, "read tcp 127.0.0.1:", 19) == 0);
    assert_null(b->r.body);
    assert_int_equal(bed_get(b, "/"), ERR_RESET);
    assert_int_equal(b->r.last.error.code, 1220);
    assert_string_equal(b->r.body, "partial");
    assert_true(b->r.last.error.in_body);
    assert_int_equal(b->hops[0].status, 0);
}

static void a_reset_is_told_from_an_end(void **state)
{
    (void)state;
    with(SCRIPT(ACCEPT, REQUEST, RESET, ACCEPT, REQUEST, SEND("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\npartial"), YIELD, RESET), check_reset);
}

static void check_refused(struct bed *b)
{
    uint16_t port;
    char url[64];
    char want[256];
    close(bed_listen(&port));
    snprintf(url, sizeof url, "http://127.0.0.1:%u/x?y=1", port);
    assert_int_equal(bed_do(b, "GET", url), ERR_REFUSED);
    assert_int_equal(b->r.last.error.code, 1212);
    assert_string_equal(b->r.last.error.text, "dial: connection refused");
    snprintf(want, sizeof want, "dial tcp 127.0.0.1:%u: connect: connection refused", port);
    assert_string_equal(b->r.last.error.detail, want);
    assert_string_equal(b->r.last.remote_ip, "");
    assert_int_equal(b->hops[0].t.connecting, 0);
    assert_int_equal(b->hops[0].t.duration, 0);
    assert_int_equal(b->hops[0].t.blocked, 0);
    assert_int_equal(bed_do(b, "GET", "http://127.0.0.1:99999/"), ERR_INVALID);
    assert_string_equal(b->r.last.error.text, "dial tcp: address 99999: invalid port");
    assert_int_equal(b->r.last.error.code, 1210);
    assert_int_equal(bed_do(b, "GET", "http://[::1]:1/"), ERR_REFUSED);
}

static void a_closed_port_refuses(void **state)
{
    (void)state;
    with(SCRIPT(ACCEPT), check_refused);
}

static void check_timeouts(struct bed *b)
{
    for (int i = 0; i < 4; i++) {
        b->q.deadline_ns = clock_now_ns() + 30 * MS;
        assert_int_equal(bed_get(b, "/"), ERR_TIMEOUT);
        assert_int_equal(b->r.last.error.code, 1050);
        assert_string_equal(b->r.last.error.text, "request timeout");
        assert_int_equal(b->r.last.error.in_body, i >= 2);
        assert_true(b->hops[0].t.waiting > 0);
    }
}

static void times_out_at_each_stage(void **state)
{
    (void)state;
    with(SCRIPT(ACCEPT, REQUEST, STALL, ACCEPT, REQUEST, SEND("HTTP/1.1 200 OK\r\nA: b"), STALL, ACCEPT, REQUEST,
                SEND("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc"), STALL, ACCEPT, REQUEST,
                SEND("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab"), STALL),
         check_timeouts);
}

static void check_caps(struct bed *b)
{
    assert_int_equal(bed_get(b, "/"), ERR_TOO_LARGE);
    assert_string_equal(b->r.last.error.text, "net/http: server response headers exceeded 20000 bytes; aborted");
    assert_int_equal(bed_get(b, "/"), ERR_TOO_LARGE);
    assert_string_equal(b->r.last.error.text, "response body is larger than 1000 bytes");
    assert_int_equal(bed_get(b, "/"), ERR_TOO_LARGE);
    assert_string_equal(b->r.last.error.text, "response body is larger than 1000 bytes");
    assert_int_equal(bed_get(b, "/"), ERR_PROTOCOL);
    assert_string_equal(b->r.last.error.text, "net/http: too many 1xx informational responses");
}

static void caps_what_a_server_may_send(void **state)
{
    struct bed b;
    char *flood = mem_alloc(30000);
    struct buf interim;
    (void)state;
    memset(flood, 'f', 30000);
    buf_init(&interim, BUF_NO_LIMIT);
    for (int i = 0; i < 200; i++)
        buf_adds(&interim, "HTTP/1.1 100 Continue\r\n\r\n");
    bed_open(&b, SCRIPT(ACCEPT, REQUEST, SEND("HTTP/1.1 200 OK\r\nX: "), SEND_BYTES(flood, 30000), STALL, ACCEPT, REQUEST,
                        SEND("HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n"), STALL, ACCEPT, REQUEST,
                        SEND("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7000\r\n"), SEND_BYTES(flood, 20000), STALL, ACCEPT, REQUEST,
                        SEND_BYTES(interim.data, interim.len), STALL));
    b.config.max_header_bytes = 20000;
    b.config.max_body_bytes = 1000;
    bed_run(&b, check_caps);
    bed_close(&b);
    buf_deinit(&interim);
    mem_free(flood);
}

static void cancel_client(void *arg)
{
    struct bed *b = arg;
    fiber_sleep_until(b->w, clock_now_ns() + 5 * MS);
    fiber_cancel(b->client_fiber);
}

static void check_cancel(struct bed *b)
{
    for (int i = 0; i < 3; i++) {
        fiber_spawn(b->w, FIBER_HELPER, cancel_client, b);
        assert_int_equal(bed_get(b, "/"), ERR_CANCELED);
        assert_true(b->r.last.error.is_canceled);
        assert_int_equal(b->hop_count, 0);
        assert_int_equal(b->r.status, 0);
        fiber_uncancel(b->client_fiber);
    }
    assert_int_equal(bed_get(b, "/"), 0);
    assert_int_equal(b->accepted, 4);
}

static void a_canceled_request_leaves_nothing(void **state)
{
    (void)state;
    with(SCRIPT(ACCEPT, REQUEST, STALL, ACCEPT, REQUEST, SEND("HTTP/1.1 200"), STALL, ACCEPT, REQUEST,
                SEND("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc"), STALL, ACCEPT, REQUEST, SEND(OK2)),
         check_cancel);
}

/* ---- sending again */

static void check_stale(struct bed *b)
{
    static const char *const methods[] = {"GET", "HEAD", "OPTIONS", "TRACE"};
    for (int i = 0; i < 4; i++) {
        char url[64];
        assert_int_equal(bed_get(b, "/first"), 0);
        snprintf(url, sizeof url, "http://127.0.0.1:%u/second", b->port);
        assert_int_equal(bed_do(b, methods[i], url), 0);
        assert_int_equal(b->r.status, 200);
        assert_int_equal(b->hop_count, 1);
        assert_false(b->hops[0].conn_reused);
        http_client_close_idle(b->client);
    }
    assert_int_equal(b->accepted, 8);
}

static void safe_requests_are_sent_again_when_a_kept_connection_died(void **state)
{
    (void)state;
    /* The server reads the second request and hangs up without a word. */
    with(SCRIPT(ACCEPT, REQUEST, SEND(OK2), REQUEST, CLOSE, ACCEPT, REQUEST, SEND("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"), REPEAT(0)), check_stale);
}

static void check_unsafe(struct bed *b)
{
    static const char *const methods[] = {"POST", "PUT", "DELETE", "PATCH"};
    for (int i = 0; i < 4; i++) {
        assert_int_equal(bed_get(b, "/first"), 0);
        assert_int_equal(bed_send_body(b, methods[i], "/second", "x"), ERR_CLOSED);
        assert_string_equal(b->r.last.error.text, "EOF");
        assert_int_equal(b->hop_count, 1);
    }
    assert_int_equal(count_of(bed_seen(b), "/second"), 4);
}

static void unsafe_requests_are_not_sent_again(void **state)
{
    (void)state;
    with(SCRIPT(ACCEPT, REQUEST, SEND(OK2), REQUEST, CLOSE, REPEAT(0)), check_unsafe);
}

static void check_idempotent(struct bed *b)
{
    struct http_header key = {STR("idempotency-key"), STR("1")};
    assert_int_equal(bed_get(b, "/first"), 0);
    b->q.headers = &key;
    b->q.header_count = 1;
    assert_int_equal(bed_send_body(b, "POST", "/second", "x"), 0);
    assert_int_equal(count_of(bed_seen(b), "/second"), 2);
}

static void an_idempotency_key_makes_them_safe(void **state)
{
    (void)state;
    with(SCRIPT(ACCEPT, REQUEST, SEND(OK2), REQUEST, CLOSE, ACCEPT, REQUEST, SEND(OK2)), check_idempotent);
}

static void check_fresh_is_final(struct bed *b)
{
    assert_int_equal(bed_get(b, "/"), ERR_CLOSED);
    assert_int_equal(b->accepted, 1);
    assert_int_equal(bed_get(b, "/first"), 0);
    assert_int_equal(bed_get(b, "/"), ERR_CLOSED); /* an answer had begun */
    assert_string_equal(b->r.last.error.text, "unexpected EOF");
    assert_int_equal(b->accepted, 2);
}

static void what_failed_on_a_new_connection_or_had_an_answer_is_not_repeated(void **state)
{
    (void)state;
    with(SCRIPT(ACCEPT, REQUEST, CLOSE, ACCEPT, REQUEST, SEND(OK2), REQUEST, SEND("HT"), YIELD, CLOSE), check_fresh_is_final);
}

static void check_closed_idle(struct bed *b)
{
    assert_int_equal(bed_get(b, "/"), 0);
    fiber_sleep_until(b->w, clock_now_ns() + 3 * MS); /* the worker polls and learns of the close */
    assert_int_equal(bed_send_body(b, "POST", "/", "x"), 0);
    assert_int_equal(b->r.status, 200);
    assert_int_equal(b->accepted, 2);
}

static void a_connection_closed_while_idle_is_not_used(void **state)
{
    (void)state;
    with(SCRIPT(ACCEPT, REQUEST, SEND(OK2), CLOSE, ACCEPT, REQUEST, SEND(OK2)), check_closed_idle);
    with(SCRIPT(ACCEPT, REQUEST, SEND(OK2), YIELD, SEND("HTTP/1.1 408 Request Timeout\r\n\r\n"), ACCEPT, REQUEST, SEND(OK2)), check_closed_idle);
}

/* ---- redirects and cookies */

static void check_redirects(struct bed *b)
{
    char want[128];
    assert_int_equal(bed_send_body(b, "POST", "/start", "body"), 0);
    assert_int_equal(b->r.status, 200);
    assert_int_equal(b->hop_count, 3);
    assert_int_equal(b->r.redirects, 2);
    assert_int_equal(b->hops[0].status, 307);
    assert_int_equal(b->hops[1].status, 302);
    snprintf(want, sizeof want, "http://127.0.0.1:%u/two?x=1", b->port);
    assert_string_equal(b->hop_urls[2], want);
    assert_true(str_eqs(b->hops[1].method, "POST"));
    assert_true(str_eqs(b->hops[2].method, "GET"));
    assert_true(saw(b, "POST /one HTTP/1.1\r\n"));
    assert_int_equal(count_of(bed_seen(b), "\r\n\r\nbody"), 2);
    snprintf(want, sizeof want, "GET /two?x=1 HTTP/1.1\r\nHost: 127.0.0.1:%u\r\nUser-Agent: test\r\nReferer: http://127.0.0.1:%u/one\r\n\r\n", b->port, b->port);
    assert_true(saw(b, want));
    assert_int_equal(b->accepted, 1);
}

static void follows_redirects_by_their_kind(void **state)
{
    (void)state;
    with(SCRIPT(ACCEPT, REQUEST, SEND("HTTP/1.1 307 Temporary Redirect\r\nLocation: /one\r\nContent-Length: 4\r\n\r\ngone"), REQUEST,
                SEND("HTTP/1.1 302 Found\r\nLocation: two?x=1\r\nContent-Length: 0\r\n\r\n"), REQUEST, SEND(OK2)),
         check_redirects);
}

static void check_redirect_limit(struct bed *b)
{
    b->q.max_redirects = 2;
    assert_int_equal(bed_get(b, "/"), 0);
    assert_int_equal(b->r.status, 302);
    assert_int_equal(b->hop_count, 3);
    assert_true(b->r.too_many_redirects);
    assert_string_equal(b->r.body, "gone");
    b->q.max_redirects = -1;
    assert_int_equal(bed_get(b, "/"), 0);
    assert_int_equal(b->r.status, 302);
    assert_int_equal(b->hop_count, 1);
    assert_false(b->r.too_many_redirects);
}

static void stops_at_the_limit_with_the_last_answer(void **state)
{
    (void)state;
    with(SCRIPT(ACCEPT, REQUEST, SEND("HTTP/1.1 302 Found\r\nLocation: /again\r\nContent-Length: 4\r\n\r\ngone"), REPEAT(1)), check_redirect_limit);
}

static void check_bad_locations(struct bed *b)
{
    struct buf text;
    char want[256];
    assert_int_equal(bed_get(b, "/"), ERR_INVALID);
    assert_string_equal(b->r.last.error.text, "failed to parse Location header \"http://[bad\": parse \"http://[bad\": missing ']' in host");
    assert_int_equal(b->hop_count, 1);
    assert_int_equal(b->hops[0].status, 0);
    assert_int_equal(bed_get(b, "/"), 0);
    assert_int_equal(b->r.status, 302);
    assert_int_equal(bed_get(b, "/"), 0);
    assert_int_equal(b->r.status, 302);
    assert_int_equal(bed_get(b, "/"), ERR_INVALID);
    assert_string_equal(b->r.last.error.text, "unsupported protocol scheme \"ftp\"");
    assert_int_equal(b->hop_count, 2);
    assert_string_equal(b->hop_urls[1], "ftp://127.0.0.1/x");
    buf_init(&text, BUF_NO_LIMIT);
    b->q.method = STR("GET");
    http_response_put_failure(&text, &b->q, &b->r);
    assert_string_equal(text.data, "Get \"ftp://127.0.0.1/x\": unsupported protocol scheme \"ftp\"");
    buf_deinit(&text);
    assert_int_equal(bed_get(b, "/"), ERR_REFUSED);
    snprintf(want, sizeof want, "http://127.0.0.1:1/");
    assert_string_equal(b->hop_urls[1], want);
    assert_int_equal(b->hop_count, 2);
}

static void redirects_that_lead_nowhere(void **state)
{
    (void)state;
    with(SCRIPT(ACCEPT, REQUEST, SEND("HTTP/1.1 302 Found\r\nLocation: http://[bad\r\nContent-Length: 0\r\n\r\n"), REQUEST,
                SEND("HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n"), REQUEST, SEND("HTTP/1.1 302 Found\r\nLocation:\r\nContent-Length: 0\r\n\r\n"),
                REQUEST, SEND("HTTP/1.1 302 Found\r\nLocation: ftp://127.0.0.1/x\r\nContent-Length: 0\r\n\r\n"), REQUEST,
                SEND("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n")),
         check_bad_locations);
}

static void check_secrets(struct bed *b)
{
    struct http_header headers[] = {
        {STR("Authorization"), STR("Bearer s")}, {STR("X-Own"), STR("kept")}, {STR("Www-Authenticate"), STR("w")}, {STR("Cookie"), STR("hand=made")},
        {STR("Content-Type"), STR("text/x")},
    };
    char path[128];
    char answer[256];
    struct bed_step *steps = (struct bed_step *)b->script; /* the target's port is known now only */
    snprintf(answer, sizeof answer, "HTTP/1.1 302 Found\r\nLocation: http://localhost:%u/other\r\nContent-Length: 0\r\n\r\n", b->port);
    steps[2].bytes = answer;
    steps[2].len = strlen(answer);
    char back[256];
    snprintf(back, sizeof back, "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:%u/back\r\nContent-Length: 0\r\n\r\n", b->port);
    steps[5].bytes = back;
    steps[5].len = strlen(back);
    b->q.headers = headers;
    b->q.header_count = 5;
    b->q.jar = cookie_jar_new();
    struct cookie_jar *jar = b->q.jar;
    snprintf(path, sizeof path, "/start");
    assert_int_equal(bed_get(b, path), 0);
    assert_int_equal(b->hop_count, 3);
    assert_int_equal(count_of(bed_seen(b), "Authorization: "), 1);
    assert_int_equal(count_of(bed_seen(b), "Www-Authenticate: "), 1);
    assert_int_equal(count_of(bed_seen(b), "Cookie: hand=made"), 1);
    assert_int_equal(count_of(bed_seen(b), "X-Own: kept"), 3);
    assert_int_equal(count_of(bed_seen(b), "Content-Type: "), 1);
    assert_int_equal(count_of(bed_seen(b), "Host: localhost:"), 1);
    cookie_jar_free(jar);
}

static void secrets_do_not_cross_hosts_and_do_not_come_back(void **state)
{
    struct bed_step steps[] = {ACCEPT, REQUEST, SEND(""), ACCEPT, REQUEST, SEND(""), REQUEST, SEND(OK2), {.kind = BED_END}};
    struct bed b;
    (void)state;
    /* The way back takes the first connection again, which the script's latest is not: so it is closed. */
    steps[6] = (struct bed_step)ACCEPT;
    struct bed_step more[] = {steps[0], steps[1], steps[2], steps[3], steps[4], steps[5], steps[6], steps[1], steps[7], {.kind = BED_END}};
    bed_open(&b, more);
    b.config.no_connection_reuse = true;
    bed_run(&b, check_secrets);
    bed_close(&b);
}

static void check_basic_auth(struct bed *b)
{
    char url[128];
    snprintf(url, sizeof url, "http://u%%40:p%%20w@127.0.0.1:%u/a", b->port);
    assert_int_equal(bed_do(b, "GET", url), 0);
    assert_true(saw(b, "GET /a HTTP/1.1\r\nHost: 127.0.0.1"));
    assert_true(saw(b, "\r\nAuthorization: Basic dUA6cCB3\r\n"));
    bed_forget(b);
    struct http_header own = {STR("authorization"), STR("mine")};
    b->q.headers = &own;
    b->q.header_count = 1;
    assert_int_equal(bed_do(b, "GET", url), 0);
    assert_false(saw(b, "Basic"));
    http_response_reset(&b->r);
    struct buf text;
    buf_init(&text, BUF_NO_LIMIT);
    snprintf(url, sizeof url, "http://u:secret@127.0.0.1:1/a");
    struct url *u;
    assert_int_equal(url_parse(&u, str_of(url), NULL), 0);
    struct http_request q = {.method = STR("GET"), .url = u, .deadline_ns = CLOCK_NEVER};
    assert_int_equal(http_client_do(b->client, &q, &b->r), ERR_REFUSED);
    http_response_put_failure(&text, &q, &b->r);
    assert_string_equal(text.data, "Get \"http://u:***@127.0.0.1:1/a\": dial tcp 127.0.0.1:1: connect: connection refused");
    http_response_reset(&b->r);
    url_free(u);
    buf_deinit(&text);
}

static void the_urls_user_is_authorized_and_its_password_not_logged(void **state)
{
    (void)state;
    with(SCRIPT(ACCEPT, REQUEST, SEND(OK2), REPEAT(1)), check_basic_auth);
}

static void check_cookies(struct bed *b)
{
    struct cookie_jar *jar = cookie_jar_new();
    struct http_header cookies[] = {{STR("mine"), STR("1 2")}, {STR("a"), STR("own")}};
    bool replaces[] = {false, true};
    b->q.jar = jar;
    assert_int_equal(bed_get(b, "/set"), 0);
    assert_int_equal(b->hop_count, 2);
    assert_int_equal(count_of(bed_seen(b), "Cookie: a=1; b=2\r\n"), 1);
    assert_true(b->r.has_set_cookie);
    bed_forget(b);
    b->q.jar = jar;
    b->q.cookies = cookies;
    b->q.cookie_replaces = replaces;
    b->q.cookie_count = 2;
    assert_int_equal(bed_get(b, "/"), 0);
    assert_true(saw(b, "Cookie: mine=\"1 2\"; a=own; c=3; b=2\r\n") || saw(b, "Cookie: mine=\"1 2\"; a=own; b=2; c=3\r\n"));
    cookie_jar_free(jar);
}

static void cookies_are_kept_and_sent(void **state)
{
    (void)state;
    with(SCRIPT(ACCEPT, REQUEST, SEND("HTTP/1.1 302 Found\r\nLocation: /get\r\nSet-Cookie: a=1; Path=/\r\nset-cookie: b=2\r\nContent-Length: 0\r\n\r\n"), REQUEST,
                SEND("HTTP/1.1 200 OK\r\nSet-Cookie: c=3\r\nSet-Cookie: bad name=4\r\nContent-Length: 0\r\n\r\n"), REQUEST, SEND(OK2)),
         check_cookies);
}

static void check_debug_texts(struct bed *b)
{
    b->q.keep_request_head = true;
    assert_int_equal(bed_send_body(b, "POST", "/", "xyz"), 0);
    char want[128];
    snprintf(want, sizeof want, "Host: 127.0.0.1:%u\r\nUser-Agent: test\r\nContent-Length: 3\r\n", b->port);
    assert_true(str_eqs(b->r.last.request_headers, want));
    assert_true(str_eqs(b->r.last.head_text, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n"));
}

static void keeps_heads_for_debugging_when_asked(void **state)
{
    (void)state;
    with(SCRIPT(ACCEPT, REQUEST, SEND(OK2)), check_debug_texts);
}

TEST_SUITE(http_client)
{
    TEST(sends_host_and_agent_and_nothing_else)
    TEST(keeps_the_connection)
    TEST(does_not_keep_what_must_close)
    TEST(old_servers_may_keep_connections)
    TEST(no_connection_reuse_says_so)
    TEST(closes_idle_connections_when_told)
    TEST(reads_bodies_of_every_framing)
    TEST(reads_bodies_byte_by_byte)
    TEST(expects_no_body_where_there_is_none)
    TEST(skips_interim_answers_but_not_101)
    TEST(discards_bodies_but_keeps_the_connection)
    TEST(reads_big_bodies)
    TEST(reads_heads_longer_than_a_buffer)
    TEST(frames_request_bodies_itself)
    TEST(sends_bodies_larger_than_the_socket_takes)
    TEST(takes_an_answer_that_does_not_wait_for_the_body)
    TEST(refuses_what_cannot_be_sent)
    TEST(each_fault_gives_its_error)
    TEST(a_reset_is_told_from_an_end)
    TEST(a_closed_port_refuses)
    TEST(times_out_at_each_stage)
    TEST(caps_what_a_server_may_send)
    TEST(a_canceled_request_leaves_nothing)
    TEST(safe_requests_are_sent_again_when_a_kept_connection_died)
    TEST(unsafe_requests_are_not_sent_again)
    TEST(an_idempotency_key_makes_them_safe)
    TEST(what_failed_on_a_new_connection_or_had_an_answer_is_not_repeated)
    TEST(a_connection_closed_while_idle_is_not_used)
    TEST(follows_redirects_by_their_kind)
    TEST(stops_at_the_limit_with_the_last_answer)
    TEST(redirects_that_lead_nowhere)
    TEST(secrets_do_not_cross_hosts_and_do_not_come_back)
    TEST(the_urls_user_is_authorized_and_its_password_not_logged)
    TEST(cookies_are_kept_and_sent)
    TEST(keeps_heads_for_debugging_when_asked)
    TEST_END
};
