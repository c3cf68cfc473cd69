/* http_pool_test.c - which connection a request gets when the server speaks HTTP/2 or might: over
 * TLS against the small server on a thread of its own, and against one that never shakes hands. */
#include "net/h2_bed.h"
#include "net/httpd.h"
#include "test.h"

struct rig {
    struct worker *server_worker;
    struct httpd *server;
    struct worker *w; /* the client's, run here */
    struct http_config config;
    struct http_shared *shared;
    struct http_client *client;
    void (*run)(struct rig *rig);
    bool is_done;
};

/* "/slow" takes a while, so that several requests are under way. */
static void handle(void *opaque, struct httpd_conn *c, const struct httpd_request *r)
{
    (void)opaque;
    if (str_eqs(r->path, "/slow"))
        httpd_sleep(c, 20000000);
    httpd_answer(c, 200, "text/plain", STR(""), r->version);
}

static void rig_fiber(void *arg)
{
    struct rig *rig = arg;
    rig->run(rig);
    rig->is_done = true;
}

static bool rig_is_done(void *opaque)
{
    return ((struct rig *)opaque)->is_done;
}

static void rig_run(struct rig *rig, bool has_http2, void (*run)(struct rig *rig))
{
    struct err e = {0};
    struct httpd_config config = {
        .listen = "127.0.0.1:0", .use_tls = true, .has_http2 = has_http2, .handle = handle};
    rig->server_worker = worker_new(0);
    assert_int_equal(worker_start(rig->server_worker), 0);
    assert_int_equal(httpd_start(&rig->server, &rig->server_worker, 1, &config, &e), 0);
    rig->w = worker_new(1);
    rig->config.insecure_skip_tls_verify = true;
    assert_int_equal(http_shared_new(&rig->shared, rig->w, &rig->config, &e), 0);
    rig->client = http_client_new(rig->shared);
    rig->run = run;
    fiber_spawn(rig->w, FIBER_HELPER, rig_fiber, rig);
    worker_run_here(rig->w, rig_is_done, rig);
    http_client_free(rig->client);
    http_shared_free(rig->shared);
    worker_free(rig->w);
    httpd_stop(rig->server);
    worker_stop(rig->server_worker);
    worker_free(rig->server_worker);
}

struct ask {
    struct rig *rig;
    const char *path;
    const struct http_header *headers;
    size_t header_count;
    struct http_response r;
    char proto[16];
    bool was_reused, has_dialed;
    int rc;
    bool is_done;
};

static void ask_run(void *arg)
{
    struct ask *a = arg;
    struct url *u = NULL;
    char text[64];
    snprintf(text, sizeof text, "https://127.0.0.1:%u%s", httpd_port(a->rig->server), a->path);
    assert_int_equal(url_parse(&u, str_of(text), NULL), 0);
    struct http_request q = {
        .method = STR("GET"),
        .url = u,
        .headers = a->headers,
        .header_count = a->header_count,
        .deadline_ns = clock_now_ns() + INT64_C(20000000000),
    };
    http_response_init(&a->r);
    a->rc = http_client_do(a->rig->client, &q, &a->r);
    snprintf(a->proto, sizeof a->proto, "%.*s", (int)a->r.last.proto.len, a->r.last.proto.p);
    a->was_reused = a->r.last.conn_reused;
    a->has_dialed = a->r.last.t.tls_handshaking > 0;
    http_response_deinit(&a->r);
    url_free(u);
    a->is_done = true;
}

/* So many at once; how many of them dialed. */
static int ask_at_once(struct rig *rig, int count, const char *path, const char *proto)
{
    struct ask asks[8] = {0};
    int dials = 0;
    for (int i = 0; i < count; i++) {
        asks[i].rig = rig;
        asks[i].path = path;
        fiber_spawn(rig->w, FIBER_HELPER, ask_run, &asks[i]);
    }
    for (int i = 0; i < count; i++) {
        while (!asks[i].is_done)
            fiber_sleep_until(rig->w, clock_now_ns() + 100000);
        assert_int_equal(asks[i].rc, 0);
        assert_string_equal(asks[i].proto, proto);
        assert_true(asks[i].was_reused != asks[i].has_dialed);
        dials += asks[i].has_dialed;
    }
    return dials;
}

static void share_one(struct rig *rig)
{
    assert_int_equal(ask_at_once(rig, 6, "/slow", "HTTP/2.0"), 1);
    assert_int_equal(rig->client->idle_count, 1);
    assert_int_equal(ask_at_once(rig, 6, "/slow", "HTTP/2.0"), 0);
    http_client_close_idle(rig->client);
    assert_int_equal(ask_at_once(rig, 2, "/", "HTTP/2.0"), 1);
}

static void http2_is_chosen_and_its_connection_shared(void **state)
{
    (void)state;
    struct rig rig = {0};
    rig_run(&rig, true, share_one);
}

static void have_one_each(struct rig *rig)
{
    assert_int_equal(ask_at_once(rig, 4, "/slow", "HTTP/1.1"), 4);
    assert_int_equal(rig->client->idle_count, 4);
    assert_int_equal(ask_at_once(rig, 4, "/slow", "HTTP/1.1"), 0);
}

static void a_server_without_http2_gets_a_connection_for_each(void **state)
{
    (void)state;
    struct rig rig = {0};
    rig_run(&rig, false, have_one_each);
}

static void may_not(struct rig *rig)
{
    assert_int_equal(ask_at_once(rig, 2, "/slow", "HTTP/1.1"), 2);
}

static void http2_can_be_turned_off(void **state)
{
    (void)state;
    struct rig rig = {.config = {.has_no_http2 = true}};
    rig_run(&rig, true, may_not);
}

static void close_each(struct rig *rig)
{
    assert_int_equal(ask_at_once(rig, 3, "/slow", "HTTP/2.0"), 3);
    assert_int_equal(rig->client->idle_count, 0);
}

static void without_reuse_each_request_has_its_own(void **state)
{
    (void)state;
    struct rig rig = {.config = {.no_connection_reuse = true}};
    rig_run(&rig, true, close_each);
}

static void ask_with(struct rig *rig, const struct http_header *headers, size_t count,
                     const char *proto, bool dials)
{
    struct ask a = {.rig = rig, .path = "/", .headers = headers, .header_count = count};
    ask_run(&a);
    assert_int_equal(a.rc, 0);
    assert_string_equal(a.proto, proto);
    assert_int_equal(a.has_dialed, dials);
}

static void ask_specially(struct rig *rig)
{
    static const struct http_header close = {STR("Connection"), STR("close")};
    static const struct http_header upgrade[] = {{STR("Connection"), STR("keep-alive, Upgrade")},
                                                 {STR("Upgrade"), STR("websocket")}};
    ask_with(rig, NULL, 0, "HTTP/2.0", true);
    ask_with(rig, upgrade, 2, "HTTP/1.1", true);
    ask_with(rig, NULL, 0, "HTTP/2.0", false);
    ask_with(rig, &close, 1, "HTTP/2.0", false);
    ask_with(rig, upgrade, 2, "HTTP/1.1", false);
    assert_int_equal(rig->client->idle_count, 1); /* that of HTTP/1.1 */
}

static void some_requests_want_it_otherwise(void **state)
{
    (void)state;
    struct rig rig = {0};
    rig_run(&rig, true, ask_specially);
}

/* ---- dials that come to nothing */

static void tls_task_run(void *arg)
{
    struct h2_task *t = arg;
    struct url *u = NULL;
    char text[64];
    snprintf(text, sizeof text, "https://127.0.0.1:%u/", t->bed->port);
    CHECK(url_parse(&u, str_of(text), NULL) == 0);
    struct http_request q = {
        .method = STR("GET"), .url = u, .deadline_ns = clock_now_ns() + t->timeout_ns};
    t->rc = http_client_do(t->bed->client, &q, &t->r);
    url_free(u);
    t->is_done = true;
}

static void tls_task_start(struct bed *b, struct h2_task *t, int64_t timeout_ns)
{
    *t = (struct h2_task){.bed = b, .timeout_ns = timeout_ns};
    http_response_init(&t->r);
    t->fiber = fiber_spawn(b->w, FIBER_HELPER, tls_task_run, t);
}

static void dial_in_turn(struct bed *b)
{
    struct h2_task t[4];
    for (int i = 0; i < 4; i++)
        tls_task_start(b, &t[i], i == 1 ? 5000000 : INT64_C(20000000000));
    while (b->accepted < 1)
        bed_nap(b);
    h2_task_await(&t[1]);
    assert_int_equal(t[1].rc, ERR_TIMEOUT); /* it waited for the dial of the first */
    assert_int_equal(t[1].r.last.error.code, 1050);
    fiber_cancel(t[0].fiber);
    h2_task_await(&t[0]);
    while (b->accepted < 2)
        bed_nap(b); /* another one dials now, alone */
    fiber_cancel(t[3].fiber);
    h2_task_await(&t[3]);
    assert_int_equal(t[3].rc, ERR_CANCELED);
    fiber_cancel(t[2].fiber);
    for (int i = 0; i < 4; i++)
        h2_task_end(&t[i]);
    assert_int_equal(b->accepted, 2);
}

static void a_dial_given_up_is_taken_over(void **state)
{
    (void)state;
    bed_with(SCRIPT(ACCEPT, ACCEPT, STALL), dial_in_turn);
}

static void fail_each(struct bed *b)
{
    struct h2_task t[3];
    for (int i = 0; i < 3; i++)
        tls_task_start(b, &t[i], INT64_C(20000000000));
    for (int i = 0; i < 3; i++) {
        h2_task_await(&t[i]);
        assert_int_equal(t[i].r.last.error.code, 1301); /* no TLS there */
        h2_task_end(&t[i]);
    }
    assert_int_equal(b->accepted, 3);
}

static void a_dial_that_failed_is_tried_by_each(void **state)
{
    (void)state;
    bed_with(SCRIPT(ACCEPT, SEND("HTTP/1.1 400 Bad Request\r\n\r\n"), CLOSE, ACCEPT,
                    SEND("HTTP/1.1 400 Bad Request\r\n\r\n"), CLOSE, ACCEPT,
                    SEND("HTTP/1.1 400 Bad Request\r\n\r\n"), CLOSE),
             fail_each);
}

TEST_SUITE(http_pool){
    TEST(http2_is_chosen_and_its_connection_shared)
    TEST(a_server_without_http2_gets_a_connection_for_each)
    TEST(http2_can_be_turned_off)
    TEST(without_reuse_each_request_has_its_own)
    TEST(some_requests_want_it_otherwise)
    TEST(a_dial_given_up_is_taken_over)
    TEST(a_dial_that_failed_is_tried_by_each)
    TEST_END
};
