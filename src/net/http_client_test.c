/* The client against scripted servers: what it sends and what it makes of good answers.
 * Faults: http_fault_test.c; redirects, cookies and sending again: http_journey_test.c. */
#include "net/test_bed.h"
#include "test.h"

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
    assert_int_equal(b->hops[0].bytes_received, sizeof BED_OK2 - 1);
    assert_int_equal(b->hops[0].bytes_sent, b->seen.len);
    const struct http_timings *t = &b->hops[0].t;
    assert_true(t->connecting > 0 && t->blocked >= t->connecting && t->sending > 0 &&
                t->waiting >= 0 && t->receiving >= 0);
    assert_int_equal(t->duration, t->sending + t->waiting + t->receiving);
    assert_int_equal(t->looking_up, 0); /* an address is not looked up */
    uint64_t sent;
    uint64_t received;
    http_client_take_bytes(b->client, &sent, &received);
    assert_int_equal(sent, b->seen.len);
    assert_int_equal(received, sizeof BED_OK2 - 1);
    char want[256];
    snprintf(want, sizeof want,
             "GET /a?b=c HTTP/1.1\r\nHost: 127.0.0.1:%u\r\nUser-Agent: test\r\n\r\n", b->port);
    assert_string_equal(bed_seen(b), want);
}

static void sends_host_and_agent_and_nothing_else(void **state)
{
    (void)state;
    bed_with(SCRIPT(ACCEPT, REQUEST, SEND(BED_OK2)), check_page);
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
    bed_with(SCRIPT(ACCEPT, REQUEST, SEND(BED_OK2), REQUEST, SEND(BED_OK2), REQUEST, DRIP(BED_OK2)),
             check_reuse);
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
    /* Asked to close, from an old server, with more than was announced. */
    bed_with(
        SCRIPT(ACCEPT, REQUEST,
               SEND("HTTP/1.1 200 OK\r\nConnection: foo, Close\r\nContent-Length: 2\r\n\r\nhi"),
               ACCEPT, REQUEST, SEND("HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nhi"), ACCEPT,
               REQUEST, SEND("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi, and more")),
        check_three_conns);
}

static void old_servers_may_keep_connections(void **state)
{
    (void)state;
    bed_with(
        SCRIPT(ACCEPT, REQUEST,
               SEND("HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nhi"),
               REPEAT(1)),
        check_reuse);
}

static void check_no_reuse(struct bed *b)
{
    check_three_conns(b);
    assert_int_equal(bed_count(b, "Connection: close\r\n"), 3);
}

static void no_connection_reuse_says_so(void **state)
{
    struct bed b;
    (void)state;
    bed_open(&b, SCRIPT(ACCEPT, REQUEST, SEND(BED_OK2), REPEAT(0)));
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
    bed_with(SCRIPT(ACCEPT, REQUEST, SEND(BED_OK2), REPEAT(0)), check_close_idle);
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
    bed_with(SCRIPT(ACCEPT, REQUEST, SEND("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"),
                    REQUEST,
                    SEND("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: "
                         "3\r\nTrailer: X-Sum\r\n\r\n"
                         "5\r\nhello\r\n6;ext=1\r\n world\r\n0\r\nX-Sum: 1\r\n\r\n"),
                    REQUEST, SEND("HTTP/1.1 200 OK\r\n\r\nto the end"), CLOSE, ACCEPT, REQUEST,
                    SEND("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"), REQUEST,
                    SEND("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")),
             check_framings);
}

static void reads_bodies_byte_by_byte(void **state)
{
    (void)state;
    bed_with(SCRIPT(ACCEPT, REQUEST, DRIP("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"),
                    REQUEST,
                    DRIP("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\nTrailer: "
                         "X-Sum\n\n5\r\nhello\r\n6;ext=1\r\n world\r\n0\r\nX-Sum: 1\r\n\r\n"),
                    REQUEST, DRIP("HTTP/1.1 200 OK\r\n\r\nto the end"), CLOSE, ACCEPT, REQUEST,
                    DRIP("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"), REQUEST,
                    DRIP("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")),
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
    bed_with(SCRIPT(ACCEPT, REQUEST, SEND("HTTP/1.1 204 No Content\r\n\r\n"), REQUEST,
                    SEND("HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n"), REQUEST,
                    SEND("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n"), REQUEST, SEND(BED_OK2)),
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
    bed_with(SCRIPT(ACCEPT, REQUEST,
                    SEND("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: "
                         "</x>\r\n\r\n" BED_OK2),
                    REQUEST, SEND("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n")),
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
    bed_with(
        SCRIPT(ACCEPT, REQUEST, SEND(BED_OK2), REQUEST,
               SEND("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"),
               REQUEST, SEND("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n"), YIELD, SEND("ab"),
               YIELD, SEND("cdef")),
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
    bed_open(&b, SCRIPT(ACCEPT, REQUEST, SEND("HTTP/1.1 200 OK\r\nContent-Length: 3000000\r\n\r\n"),
                        SEND_BYTES(body, 3000000), REQUEST, SEND(BED_OK2)));
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
    bed_open(&b,
             SCRIPT(ACCEPT, REQUEST, SEND("HTTP/1.1 200 OK\r\nX-Long: "), SEND_BYTES(value, 100000),
                    SEND("\r\nX-Fold: one\r\n\t two \r\n three\r\nContent-Length: 2\r\n\r\nhi")));
    bed_run(&b, check_long_head);
    bed_close(&b);
    mem_free(value);
}

/* ---- requests */

static void check_bodies_sent(struct bed *b)
{
    assert_int_equal(bed_send_body(b, "POST", "/", "abc"), 0);
    assert_true(bed_saw(b, "Content-Length: 3\r\n\r\nabc"));
    bed_forget(b);
    char url[64];
    snprintf(url, sizeof url, "http://127.0.0.1:%u/", b->port);
    assert_int_equal(bed_do(b, "POST", url), 0);
    assert_true(bed_saw(b, "Content-Length: 0\r\n\r\n"));
    bed_forget(b);
    /* k6 sends a body that is given and empty in no chunks. */
    assert_int_equal(bed_send_body(b, "POST", "/", ""), 0);
    assert_true(bed_saw(b, "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"));
    bed_forget(b);
    assert_int_equal(bed_send_body(b, "DELETE", "/", ""), 0);
    assert_false(bed_saw(b, "Content-Length"));
    assert_false(bed_saw(b, "Transfer-Encoding"));
    bed_forget(b);
    struct http_header headers[] = {
        {STR("x-UPPER-lower"), STR("  padded\t")}, {STR("Host"), STR("other.example")},
        {STR("User-Agent"), STR("mine")},          {STR("Content-Length"), STR("77")},
        {STR("Transfer-Encoding"), STR("x")},      {STR("Trailer"), STR("y")},
    };
    b->q.headers = headers;
    b->q.header_count = 6;
    assert_int_equal(bed_send_body(b, "PUT", "/p", "12345"), 0);
    assert_string_equal(bed_seen(b),
                        "PUT /p HTTP/1.1\r\nHost: other.example\r\nUser-Agent: "
                        "mine\r\nContent-Length: 5\r\nX-Upper-Lower: padded\r\n\r\n12345");
}

static void check_own_fields(struct bed *b)
{
    char want[256];
    char url[64];
    struct http_header headers[] = {{STR("A"), STR("1")},
                                    {STR("Authorization"), STR(" ")},
                                    {STR("B"), STR("2")},
                                    {STR("Host"), STR("b\xc3\xbc" "cher.test:81")},
                                    {STR("Z"), STR("3")}};
    struct http_header cookies[] = {{STR("c"), STR("d")}};
    snprintf(url, sizeof url, "http://u:p@127.0.0.1:%u/", b->port);
    b->q.headers = headers;
    b->q.header_count = 5;
    b->q.cookies = cookies;
    b->q.cookie_count = 1;
    assert_int_equal(bed_do(b, "GET", url), 0);
    snprintf(want, sizeof want,
             "GET / HTTP/1.1\r\nHost: xn--bcher-kva.test:81\r\nUser-Agent: test\r\nA: 1\r\n"
             "Authorization: Basic dTpw\r\nB: 2\r\nCookie: c=d\r\nZ: 3\r\n\r\n");
    assert_string_equal(bed_seen(b), want);
}

static void fields_of_its_own_stand_in_order_among_the_others(void **state)
{
    (void)state;
    bed_with(SCRIPT(ACCEPT, REQUEST, SEND(BED_OK2)), check_own_fields);
}

static void check_hosts(struct bed *b)
{
    static const char *const hosts[][2] = {
        {"a b", ""},          {"a/b", ""},
        {"a\tb", ""},         {"x{y}", ""},
        {"a_b,c", "a_b,c"},   {"[::1%eth0]:80", "[::1]:80"},
        {"[fe80::1%25e]", "[fe80::1]"}, {"a%b", "a%b"}};
    char want[64];
    for (size_t i = 0; i < sizeof hosts / sizeof *hosts; i++) {
        struct http_header header = {STR("Host"), str_of(hosts[i][0])};
        b->q.headers = &header;
        b->q.header_count = 1;
        assert_int_equal(bed_get(b, "/"), 0);
        snprintf(want, sizeof want, "\r\nHost: %s\r\n", hosts[i][1]);
        assert_true(bed_saw(b, want));
        bed_forget(b);
    }
}

static void a_host_that_can_not_be_one_is_sent_empty(void **state)
{
    (void)state;
    bed_with(SCRIPT(ACCEPT, REQUEST, SEND(BED_OK2), REPEAT(1)), check_hosts);
}

static void frames_request_bodies_itself(void **state)
{
    (void)state;
    bed_with(SCRIPT(ACCEPT, REQUEST, SEND(BED_OK2), REPEAT(1)), check_bodies_sent);
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
    bed_with(SCRIPT(ACCEPT, REQUEST, SEND(BED_OK2)), check_upload);
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
    bed_with(SCRIPT(ACCEPT, YIELD, SEND("HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\n\r\nno"),
                    ACCEPT, REQUEST, SEND(BED_OK2)),
             check_refused_upload);
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
    bed_with(SCRIPT(ACCEPT), check_rejected);
}

/* What was seen, in one text. */
static void watch_request(void *opaque, struct str head, struct str body, const char *error)
{
    struct bed *b = opaque;
    buf_addf(&b->shown, "[%.*s|%.*s|%s]", (int)head.len, head.p, (int)body.len, body.p,
             error != NULL ? error : "");
}

static void watch_answer(void *opaque, const struct http_response *r, const char *error)
{
    struct bed *b = opaque;
    buf_addf(&b->shown, "[%d|%s|%s|%s]", r->status, r->body != NULL ? r->body : "-",
             r->last.trailers.p, error != NULL ? error : "");
}

static void check_watched(struct bed *b, bool wants_bodies, const char *want)
{
    const struct http_watch watch = {wants_bodies, watch_request, watch_answer};
    char full[512];
    b->q.discard_body = true;
    b->q.watch = &watch;
    bed_send_body(b, "POST", "/", "xyz");
    snprintf(full, sizeof full, "[POST / HTTP/1.1\r\nHost: 127.0.0.1:%u\r\nUser-Agent: test\r\n"
             "Content-Length: 3\r\n|%s", b->port, want);
    assert_string_equal(b->shown.data, full);
    assert_null(b->r.body);
}

static void check_watched_heads(struct bed *b)
{
    check_watched(b, false, "|][200|-||]");
}

static void shows_heads_to_a_watcher(void **state)
{
    (void)state;
    bed_with(SCRIPT(ACCEPT, REQUEST, SEND(BED_OK2)), check_watched_heads);
}

static void check_watched_bodies(struct bed *b)
{
    check_watched(b, true, "xyz|][200|hello|A: 1\r\nB: 2\r\n|]");
}

static void shows_bodies_and_trailers_to_a_watcher_who_wants_them(void **state)
{
    (void)state;
    bed_with(SCRIPT(ACCEPT, REQUEST,
                    SEND("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                         "5\r\nhello\r\n0\r\nA: 1\r\nB: 2\r\n\r\n")),
             check_watched_bodies);
}

static void check_watched_failure(struct bed *b)
{
    check_watched(b, true, "xyz|][200|he||unexpected EOF]");
}

static void tells_a_watcher_what_failed(void **state)
{
    (void)state;
    bed_with(SCRIPT(ACCEPT, REQUEST, SEND("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhe"), CLOSE),
             check_watched_failure);
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
    TEST(fields_of_its_own_stand_in_order_among_the_others)
    TEST(a_host_that_can_not_be_one_is_sent_empty)
    TEST(sends_bodies_larger_than_the_socket_takes)
    TEST(takes_an_answer_that_does_not_wait_for_the_body)
    TEST(refuses_what_cannot_be_sent)
    TEST(shows_heads_to_a_watcher)
    TEST(shows_bodies_and_trailers_to_a_watcher_who_wants_them)
    TEST(tells_a_watcher_what_failed)
    TEST_END
};
