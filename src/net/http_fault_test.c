/* What servers do wrong, and what a request that fails leaves behind: error codes and texts are
 * k6's. */
#include <sys/resource.h>

#include "net/test_bed.h"
#include "test.h"

#define MS INT64_C(1000000)

struct fault {
    const char *bytes;
    char end;   /* c: close, r: reset */
    int status; /* of a hop that succeeds */
    int code;
    const char *text;
    const char *detail; /* NULL: like text */
    const char *body;   /* NULL: null */
};

#define ONCE(words)  "error decompressing response body (" words ")"
#define TWICE(words) "error decompressing response body (" ONCE(words) ")"
#define BROKEN "net/http: HTTP/1.x transport connection broken: "

static const struct fault faults[] = {
    {"", 'c', 0, 1000, "EOF", NULL, NULL},
    {"HTTP/1.1 200 OK\r\nContent-Le", 'c', 0, 1000,
     "malformed MIME header: missing colon: \"Content-Le\"",
     BROKEN "malformed MIME header: missing colon: \"Content-Le\"", NULL},
    {"HTTP/1.1 200 OK\r\nContent-Length: 5", 'c', 0, 1000, "unexpected EOF",
     BROKEN "unexpected EOF", NULL},
    {"HTTP/1.1 100 Continue\r\n\r\nok", 'c', 0, 1000, "malformed HTTP response \"ok\"",
     BROKEN "malformed HTTP response \"ok\"", NULL},
    {"HTTP/1.1 000 Zero\r\nContent-Length: 2\r\n\r\nhi", 'c', 0, 0, "", NULL, "hi"},
    {"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nonly this", 'c', 0, 1000, "unexpected EOF",
     NULL, "only this"},
    {"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n", 'c', 0, 1000, "unexpected EOF", NULL, ""},
    {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n", 'c', 0, 1000,
     "unexpected EOF", NULL, "hello"},
    {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel", 'c', 0, 1000,
     "unexpected EOF", NULL, "hel"},
    {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", 'c', 0, 1000,
     "http: unexpected EOF reading trailer", NULL, ""},
    {"HTTP/1.1 abc Bad\r\nContent-Length: 0\r\n\r\n", 'c', 0, 1000,
     "malformed HTTP status code \"abc\"", BROKEN "malformed HTTP status code \"abc\"", NULL},
    {"HTTP/1.1 20 Bad\r\n\r\n", 'c', 0, 1000, "malformed HTTP status code \"20\"",
     BROKEN "malformed HTTP status code \"20\"", NULL},
    {"HTTQ/1.1 200 OK\r\n\r\n", 'c', 0, 1000, "malformed HTTP version \"HTTQ/1.1\"",
     BROKEN "malformed HTTP version \"HTTQ/1.1\"", NULL},
    {"HTTP/1.1 200 OK\r\nno colon here\r\n\r\n", 'c', 0, 1000,
     "malformed MIME header: missing colon: \"no colon here\"",
     BROKEN "malformed MIME header: missing colon: \"no colon here\"", NULL},
    {"HTTP/1.1 200 OK\r\nContent-Length: xyz\r\n\r\nhi", 'c', 0, 1000, "bad Content-Length \"xyz\"",
     BROKEN "bad Content-Length \"xyz\"", NULL},
    {"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nhi", 'c', 0, 1000, "bad Content-Length \"-1\"",
     BROKEN "bad Content-Length \"-1\"", NULL},
    {"HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n", 'c', 0, 1000,
     "bad Content-Length \"99999999999999999999\"",
     BROKEN "bad Content-Length \"99999999999999999999\"", NULL},
    {"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nhi!", 'c', 0, 1000,
     "http: message cannot contain multiple Content-Length headers; got [\"2\" \"3\"]",
     BROKEN "http: message cannot contain multiple Content-Length headers; got [\"2\" \"3\"]",
     NULL},
    {"HTTP/1.1 200 OK\r\nTransfer-Encoding: bogus\r\n\r\nhi", 'c', 0, 1000,
     "unsupported transfer encoding: \"bogus\"", BROKEN "unsupported transfer encoding: \"bogus\"",
     NULL},
    {"this is not http at all\r\n\r\n", 'c', 0, 1000, "malformed HTTP status code \"is\"",
     BROKEN "malformed HTTP status code \"is\"", NULL},
    {"garbage\r\n", 'c', 0, 1000, "malformed HTTP response \"garbage\"",
     BROKEN "malformed HTTP response \"garbage\"", NULL},
    {"\r\n\r\n", 'c', 0, 1000, "malformed HTTP response \"\"",
     BROKEN "malformed HTTP response \"\"", NULL},
    {"HTTP/1.1 200 OK\r\n folded: first\r\n\r\n", 'c', 0, 1000,
     "malformed MIME header initial line: \" folded: first\"",
     BROKEN "malformed MIME header initial line: \" folded: first\"", NULL},
    {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\nhello\r\n0\r\n\r\n", 'c', 0, 1000,
     "invalid byte in chunk length", NULL, ""},
    {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\nhello\r\n0\r\n\r\n", 'c', 0, 1000,
     "invalid byte in chunk length", NULL, ""},
    {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n11111111111111111\r\n", 'c', 0, 1000,
     "http chunk length too large", NULL, ""},
    {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nab", 'c', 0, 1000,
     "unexpected EOF", NULL, "ab"},
    {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabc\r\n", 'c', 0, 1000,
     "malformed chunked encoding", NULL, "ab"},
    {"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nhi", 'c', 200, 0, "", NULL,
     "hi"},
    {"HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nhi", 'c', 200, 0, "", NULL, "hi"},
    {"HTTP/1.1 200 OK\r\nContent-Encoding: rot13\r\nContent-Length: 2\r\n\r\nhi", 'c', 200, 0, "",
     NULL, "hi"},
    {"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 16\r\n\r\nthis is not gzip", 'c',
     0, 1701, TWICE("gzip: invalid header"), ONCE("gzip: invalid header"), NULL},
    {"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 0\r\n\r\n", 'c', 0, 1701,
     "error decompressing response body (EOF)", NULL, NULL},
    {"HTTP/1.1 200 OK\r\nContent-Encoding: deflate\r\nContent-Length: 16\r\n\r\nthis is not zlib",
     'c', 0, 1701, TWICE("zlib: invalid header"), ONCE("zlib: invalid header"), NULL},
    {"HTTP/1.1 200 OK\r\nContent-Encoding: zstd\r\nContent-Length: 16\r\n\r\nthis is not zstd", 'c',
     0, 1701, TWICE("invalid input: magic number mismatch"),
     ONCE("invalid input: magic number mismatch"), ""},
    {"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Length: 0\r\n\r\n", 'c', 0, 1000,
     "unexpected EOF", NULL, ""},
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
        bed_with(
            SCRIPT(ACCEPT, REQUEST, SEND_BYTES(faults[i].bytes, strlen(faults[i].bytes)), CLOSE),
            run_present);
        /* Once more in small pieces: complaints must not hang on how bytes are cut. */
        struct bed_step drip = {
            .kind = BED_DRIP, .bytes = faults[i].bytes, .len = strlen(faults[i].bytes)};
        if (drip.len < 60)
            bed_with(SCRIPT(ACCEPT, REQUEST, drip, CLOSE), run_present);
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
    bed_with(SCRIPT(ACCEPT, REQUEST, RESET, ACCEPT, REQUEST,
                    SEND("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\npartial"), YIELD, RESET),
             check_reset);
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
    bed_with(SCRIPT(ACCEPT), check_refused);
}

/* The time is doubled until it was enough to come to the stage that is meant. */
static void check_timeout(struct bed *b)
{
    for (int64_t ns = 4 * MS;; ns *= 2) {
        uint64_t had = bed_received(b);
        b->q.deadline_ns = clock_now_ns() + ns;
        assert_int_equal(bed_get(b, "/"), ERR_TIMEOUT);
        assert_int_equal(b->r.last.error.code, 1050);
        assert_string_equal(b->r.last.error.text, "request timeout");
        if (b->r.last.t.waiting == 0 || bed_received(b) - had < b->script[2].len)
            continue;
        assert_int_equal(b->r.last.error.in_body, b->r.body != NULL);
        return;
    }
}

static void times_out_at_each_stage(void **state)
{
    (void)state;
    bed_with(SCRIPT(ACCEPT, REQUEST, STALL, REPEAT(0)), check_timeout);
    bed_with(SCRIPT(ACCEPT, REQUEST, SEND("HTTP/1.1 200 OK\r\nA: b"), STALL, REPEAT(0)),
             check_timeout);
    bed_with(SCRIPT(ACCEPT, REQUEST, SEND("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc"),
                    STALL, REPEAT(0)),
             check_timeout);
    bed_with(SCRIPT(ACCEPT, REQUEST,
                    SEND("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab"), STALL,
                    REPEAT(0)),
             check_timeout);
}

static void check_caps(struct bed *b)
{
    assert_int_equal(bed_get(b, "/"), ERR_TOO_LARGE);
    assert_string_equal(b->r.last.error.text,
                        "net/http: server response headers exceeded 20000 bytes; aborted");
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
    bed_open(&b,
             SCRIPT(ACCEPT, REQUEST, SEND("HTTP/1.1 200 OK\r\nX: "), SEND_BYTES(flood, 30000),
                    STALL, ACCEPT, REQUEST, SEND("HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n"),
                    STALL, ACCEPT, REQUEST,
                    SEND("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7000\r\n"),
                    SEND_BYTES(flood, 20000), STALL, ACCEPT, REQUEST,
                    SEND_BYTES(interim.data, interim.len), STALL));
    b.config.max_header_bytes = 20000;
    b.config.max_body_bytes = 1000;
    bed_run(&b, check_caps);
    bed_close(&b);
    buf_deinit(&interim);
    mem_free(flood);
}

static void check_no_files(struct bed *b)
{
    struct rlimit had;
    struct rlimit none;
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &had), 0);
    none = had;
    none.rlim_cur = 0;
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &none), 0);
    int rc = bed_get(b, "/");
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &had), 0);
    assert_int_equal(rc, ERR_NO_FILES);
    assert_int_equal(b->r.last.error.code, 1213);
    assert_non_null(strstr(b->r.last.error.text, "the limit is 0, raise it with `ulimit -n`"));
    assert_int_equal(bed_get(b, "/"), 0);
}

static void out_of_descriptors_is_said_and_survived(void **state)
{
    (void)state;
    bed_with(SCRIPT(ACCEPT, REQUEST, SEND(BED_OK2)), check_no_files);
}

static void cancel_client(void *arg)
{
    struct bed *b = arg;
    bed_await_stall(b, b->turn);
    fiber_cancel(b->client_fiber);
}

static void check_cancel(struct bed *b)
{
    for (int i = 0; i < 3; i++) {
        b->turn = i + 1;
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
    bed_with(SCRIPT(ACCEPT, REQUEST, STALL, ACCEPT, REQUEST, SEND("HTTP/1.1 200"), STALL, ACCEPT,
                    REQUEST, SEND("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc"), STALL,
                    ACCEPT, REQUEST, SEND(BED_OK2)),
             check_cancel);
}

TEST_SUITE(http_fault)
{
    TEST(each_fault_gives_its_error)
    TEST(a_reset_is_told_from_an_end)
    TEST(a_closed_port_refuses)
    TEST(times_out_at_each_stage)
    TEST(caps_what_a_server_may_send)
    TEST(out_of_descriptors_is_said_and_survived)
    TEST(a_canceled_request_leaves_nothing)
    TEST_END
};
