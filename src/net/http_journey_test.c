/* A request that takes several hops or connections: sent again, redirected, with cookies. */
#include "net/cookie_jar.h"
#include "net/test_bed.h"
#include "test.h"

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
    bed_with(SCRIPT(ACCEPT, REQUEST, SEND(BED_OK2), REQUEST, CLOSE, ACCEPT, REQUEST,
                    SEND("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"), REPEAT(0)),
             check_stale);
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
    assert_int_equal(bed_count(b, "/second"), 4);
}

static void unsafe_requests_are_not_sent_again(void **state)
{
    (void)state;
    bed_with(SCRIPT(ACCEPT, REQUEST, SEND(BED_OK2), REQUEST, CLOSE, REPEAT(0)), check_unsafe);
}

static void check_idempotent(struct bed *b)
{
    struct http_header key = {STR("idempotency-key"), STR("1")};
    assert_int_equal(bed_get(b, "/first"), 0);
    b->q.headers = &key;
    b->q.header_count = 1;
    assert_int_equal(bed_send_body(b, "POST", "/second", "x"), 0);
    assert_int_equal(bed_count(b, "/second"), 2);
}

static void an_idempotency_key_makes_them_safe(void **state)
{
    (void)state;
    bed_with(SCRIPT(ACCEPT, REQUEST, SEND(BED_OK2), REQUEST, CLOSE, ACCEPT, REQUEST, SEND(BED_OK2)),
             check_idempotent);
}

static void check_fresh_is_final(struct bed *b)
{
    assert_int_equal(bed_get(b, "/"), ERR_CLOSED);
    assert_int_equal(b->accepted, 1);
    assert_int_equal(bed_get(b, "/first"), 0);
    assert_int_equal(bed_get(b, "/"), ERR_PROTOCOL); /* an answer had begun */
    assert_string_equal(b->r.last.error.text, "malformed HTTP response \"HT\"");
    assert_int_equal(b->accepted, 2);
}

static void what_failed_on_a_new_connection_or_had_an_answer_is_not_repeated(void **state)
{
    (void)state;
    bed_with(SCRIPT(ACCEPT, REQUEST, CLOSE, ACCEPT, REQUEST, SEND(BED_OK2), REQUEST, SEND("HT"),
                    YIELD, CLOSE),
             check_fresh_is_final);
}

static void check_closed_idle(struct bed *b)
{
    assert_int_equal(bed_get(b, "/"), 0);
    bed_await_stale(b);
    assert_int_equal(bed_send_body(b, "POST", "/", "x"), 0);
    assert_int_equal(b->r.status, 200);
    assert_int_equal(b->accepted, 2);
}

static void a_connection_closed_while_idle_is_not_used(void **state)
{
    (void)state;
    bed_with(SCRIPT(ACCEPT, REQUEST, SEND(BED_OK2), CLOSE, ACCEPT, REQUEST, SEND(BED_OK2)),
             check_closed_idle);
    bed_with(SCRIPT(ACCEPT, REQUEST, SEND(BED_OK2), YIELD,
                    SEND("HTTP/1.1 408 Request Timeout\r\n\r\n"), ACCEPT, REQUEST, SEND(BED_OK2)),
             check_closed_idle);
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
    assert_true(bed_saw(b, "POST /one HTTP/1.1\r\n"));
    assert_int_equal(bed_count(b, "\r\n\r\nbody"), 2);
    snprintf(want, sizeof want,
             "GET /two?x=1 HTTP/1.1\r\nHost: 127.0.0.1:%u\r\nUser-Agent: test\r\nReferer: "
             "http://127.0.0.1:%u/one\r\n\r\n",
             b->port, b->port);
    assert_true(bed_saw(b, want));
    assert_int_equal(b->accepted, 1);
}

static void follows_redirects_by_their_kind(void **state)
{
    (void)state;
    bed_with(SCRIPT(ACCEPT, REQUEST,
                    SEND("HTTP/1.1 307 Temporary Redirect\r\nLocation: /one\r\nContent-Length: "
                         "4\r\n\r\ngone"),
                    REQUEST,
                    SEND("HTTP/1.1 302 Found\r\nLocation: two?x=1\r\nContent-Length: 0\r\n\r\n"),
                    REQUEST, SEND(BED_OK2)),
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
    bed_with(SCRIPT(ACCEPT, REQUEST,
                    SEND("HTTP/1.1 302 Found\r\nLocation: /again\r\nContent-Length: 4\r\n\r\ngone"),
                    REPEAT(1)),
             check_redirect_limit);
}

static void check_bad_location_at_the_limit(struct bed *b)
{
    b->q.max_redirects = -1;
    assert_int_equal(bed_get(b, "/"), ERR_INVALID);
    assert_string_equal(b->r.last.error.text, "failed to parse Location header \"http://[bad\": "
                                              "parse \"http://[bad\": missing ']' in host");
    assert_null(b->r.body);
    assert_int_equal(b->hop_count, 1);
    b->q.max_redirects = -1;
    assert_int_equal(bed_get(b, "/"), 0);
    assert_string_equal(b->r.body, "gone");
}

static void a_bad_location_counts_where_nobody_goes(void **state)
{
    (void)state;
    bed_with(
        SCRIPT(ACCEPT, REQUEST,
               SEND("HTTP/1.1 302 Found\r\nLocation: http://[bad\r\nContent-Length: 4\r\n\r\ngone"),
               REQUEST,
               SEND("HTTP/1.1 302 Found\r\nLocation: ftp://x\r\nContent-Length: 4\r\n\r\ngone")),
        check_bad_location_at_the_limit);
}

static void check_bad_locations(struct bed *b)
{
    struct buf text;
    char want[256];
    assert_int_equal(bed_get(b, "/"), ERR_INVALID);
    assert_string_equal(b->r.last.error.text, "failed to parse Location header \"http://[bad\": "
                                              "parse \"http://[bad\": missing ']' in host");
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
    assert_string_equal(text.data,
                        "Get \"ftp://127.0.0.1/x\": unsupported protocol scheme \"ftp\"");
    buf_deinit(&text);
    assert_int_equal(bed_get(b, "/"), ERR_REFUSED);
    snprintf(want, sizeof want, "http://127.0.0.1:1/");
    assert_string_equal(b->hop_urls[1], want);
    assert_int_equal(b->hop_count, 2);
}

static void redirects_that_lead_nowhere(void **state)
{
    (void)state;
    bed_with(
        SCRIPT(
            ACCEPT, REQUEST,
            SEND("HTTP/1.1 302 Found\r\nLocation: http://[bad\r\nContent-Length: 0\r\n\r\n"),
            REQUEST, SEND("HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n"), REQUEST,
            SEND("HTTP/1.1 302 Found\r\nLocation:\r\nContent-Length: 0\r\n\r\n"), REQUEST,
            SEND("HTTP/1.1 302 Found\r\nLocation: ftp://127.0.0.1/x\r\nContent-Length: 0\r\n\r\n"),
            REQUEST,
            SEND("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: "
                 "0\r\n\r\n")),
        check_bad_locations);
}

static void check_secrets(struct bed *b)
{
    struct http_header headers[] = {
        {STR("Authorization"), STR("Bearer s")}, {STR("X-Own"), STR("kept")},
        {STR("Www-Authenticate"), STR("w")},     {STR("Cookie"), STR("hand=made")},
        {STR("Content-Type"), STR("text/x")},
    };
    char path[128];
    char answer[256];
    struct bed_step *steps = (struct bed_step *)b->script; /* the target's port is known now only */
    snprintf(
        answer, sizeof answer,
        "HTTP/1.1 302 Found\r\nLocation: http://localhost:%u/other\r\nContent-Length: 0\r\n\r\n",
        b->port);
    steps[2].bytes = answer;
    steps[2].len = strlen(answer);
    char back[256];
    snprintf(
        back, sizeof back,
        "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:%u/back\r\nContent-Length: 0\r\n\r\n",
        b->port);
    steps[5].bytes = back;
    steps[5].len = strlen(back);
    b->q.headers = headers;
    b->q.header_count = 5;
    b->q.jar = cookie_jar_new();
    struct cookie_jar *jar = b->q.jar;
    snprintf(path, sizeof path, "/start");
    assert_int_equal(bed_get(b, path), 0);
    assert_int_equal(b->hop_count, 3);
    assert_int_equal(bed_count(b, "Authorization: "), 1);
    assert_int_equal(bed_count(b, "Www-Authenticate: "), 1);
    assert_int_equal(bed_count(b, "Cookie: hand=made"), 1);
    assert_int_equal(bed_count(b, "X-Own: kept"), 3);
    assert_int_equal(bed_count(b, "Content-Type: "), 1);
    assert_int_equal(bed_count(b, "Host: localhost:"), 1);
    cookie_jar_free(jar);
}

static void secrets_do_not_cross_hosts_and_do_not_come_back(void **state)
{
    struct bed_step steps[] = {ACCEPT,   REQUEST, SEND(""),      ACCEPT,           REQUEST,
                               SEND(""), REQUEST, SEND(BED_OK2), {.kind = BED_END}};
    struct bed b;
    (void)state;
    /* The way back takes the first connection again, which the script's latest is not: so it is
     * closed. */
    steps[6] = (struct bed_step)ACCEPT;
    struct bed_step more[] = {steps[0], steps[1], steps[2], steps[3], steps[4],
                              steps[5], steps[6], steps[1], steps[7], {.kind = BED_END}};
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
    assert_true(bed_saw(b, "GET /a HTTP/1.1\r\nHost: 127.0.0.1"));
    assert_true(bed_saw(b, "\r\nAuthorization: Basic dUA6cCB3\r\n"));
    bed_forget(b);
    struct http_header own = {STR("authorization"), STR("mine")};
    b->q.headers = &own;
    b->q.header_count = 1;
    assert_int_equal(bed_do(b, "GET", url), 0);
    assert_false(bed_saw(b, "Basic"));
    http_response_reset(&b->r);
    struct buf text;
    buf_init(&text, BUF_NO_LIMIT);
    snprintf(url, sizeof url, "http://u:secret@127.0.0.1:1/a");
    struct url *u;
    assert_int_equal(url_parse(&u, str_of(url), NULL), 0);
    struct http_request q = {.method = STR("GET"), .url = u, .deadline_ns = CLOCK_NEVER};
    assert_int_equal(http_client_do(b->client, &q, &b->r), ERR_REFUSED);
    http_response_put_failure(&text, &q, &b->r);
    assert_string_equal(
        text.data,
        "Get \"http://u:***@127.0.0.1:1/a\": dial tcp 127.0.0.1:1: connect: connection refused");
    http_response_reset(&b->r);
    url_free(u);
    buf_deinit(&text);
}

static void the_urls_user_is_authorized_and_its_password_not_logged(void **state)
{
    (void)state;
    bed_with(SCRIPT(ACCEPT, REQUEST, SEND(BED_OK2), REPEAT(1)), check_basic_auth);
}

/* Says "begin" (but on the second hop nothing of its own), then "proof"; then it gives up. */
static bool prove(void *opaque, const struct http_hop *hop, struct str said,
                  const struct http_response *r, struct str *authorization)
{
    struct bed *b = opaque;
    b->turn = r == NULL ? 0 : b->turn + 1;
    buf_addf(&b->shown, "%d %.*s %.*s\n", b->turn, (int)hop->url->path.len, hop->url->path.p,
             (int)said.len, said.p);
    if (r != NULL)
        assert_int_equal(r->status, 401);
    *authorization = b->turn == 0 ? STR("begin") : STR("proof");
    return b->turn == 0 ? str_eqs(hop->url->path, "/a") : b->turn == 1;
}

static void check_proofs(struct bed *b)
{
    static const struct http_prover shown = {false, prove}, hidden = {true, prove};
    char url[64], want[64];
    snprintf(url, sizeof url, "http://u:p@127.0.0.1:%u/a", b->port);
    snprintf(want, sizeof want, "http://127.0.0.1:%u/a", b->port);
    struct cookie_jar *jar = cookie_jar_new();
    buf_init(&b->shown, BUF_NO_LIMIT);
    b->q.prover = &hidden;
    b->q.jar = jar;
    assert_int_equal(bed_do(b, "GET", url), 0);
    assert_int_equal(b->r.status, 200);
    assert_true(cookie_jar_is_empty(jar)); /* the answer to a try is not the hop's */
    assert_int_equal(b->hop_count, 4);
    assert_int_equal(b->hops[0].status, 401);
    assert_int_equal(b->hops[1].status, 302);
    assert_int_equal(b->hops[2].status, 401);
    assert_string_equal(b->hop_urls[0], want);
    assert_string_equal(b->hop_urls[1], want);
    assert_string_equal(b->shown.data, "0 /a Basic dTpw\n1 /a begin\n0 /b \n1 /b \n");
    assert_int_equal(bed_count(b, "Authorization: begin\r\n"), 1);
    assert_int_equal(bed_count(b, "Authorization: proof\r\n"), 2);
    assert_int_equal(bed_count(b, "Authorization: "), 3);
    cookie_jar_free(jar);
    buf_clear(&b->shown);
    b->q.prover = &shown;
    assert_int_equal(bed_do(b, "GET", url), 0);
    assert_int_equal(b->r.status, 401);
    assert_string_equal(b->hop_urls[1], url);
    assert_string_equal(b->shown.data, "0 /a Basic dTpw\n1 /a begin\n2 /a proof\n");
    buf_deinit(&b->shown);
}

static void a_prover_is_asked_before_a_hop_and_after_each_401(void **state)
{
    (void)state;
#define WHO "HTTP/1.1 401 Unauthorized\r\nSet-Cookie: a=1\r\nContent-Length: 2\r\n\r\nno"
    bed_with(SCRIPT(ACCEPT, REQUEST, SEND(WHO), REQUEST,
                    SEND("HTTP/1.1 302 Found\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n"),
                    REQUEST, SEND(WHO), REQUEST, SEND(BED_OK2), REQUEST, SEND(WHO), REQUEST,
                    SEND(WHO)),
             check_proofs);
#undef WHO
}

static void check_cookies(struct bed *b)
{
    struct cookie_jar *jar = cookie_jar_new();
    struct http_header cookies[] = {{STR("mine"), STR("1 2")}, {STR("a"), STR("own")}};
    bool replaces[] = {false, true};
    b->q.jar = jar;
    assert_int_equal(bed_get(b, "/set"), 0);
    assert_int_equal(b->hop_count, 2);
    assert_int_equal(bed_count(b, "Cookie: a=1; b=2\r\n"), 1);
    assert_true(b->r.has_set_cookie);
    bed_forget(b);
    b->q.jar = jar;
    b->q.cookies = cookies;
    b->q.cookie_replaces = replaces;
    b->q.cookie_count = 2;
    assert_int_equal(bed_get(b, "/"), 0);
    assert_true(bed_saw(b, "Cookie: mine=\"1 2\"; a=own; c=3; b=2\r\n") ||
                bed_saw(b, "Cookie: mine=\"1 2\"; a=own; b=2; c=3\r\n"));
    cookie_jar_free(jar);
}

static void cookies_are_kept_and_sent(void **state)
{
    (void)state;
    bed_with(SCRIPT(ACCEPT, REQUEST,
                    SEND("HTTP/1.1 302 Found\r\nLocation: /get\r\nSet-Cookie: a=1; "
                         "Path=/\r\nset-cookie: b=2\r\nContent-Length: 0\r\n\r\n"),
                    REQUEST,
                    SEND("HTTP/1.1 200 OK\r\nSet-Cookie: c=3\r\nSet-Cookie: bad "
                         "name=4\r\nContent-Length: 0\r\n\r\n"),
                    REQUEST, SEND(BED_OK2)),
             check_cookies);
}

TEST_SUITE(http_journey)
{
    TEST(safe_requests_are_sent_again_when_a_kept_connection_died)
    TEST(unsafe_requests_are_not_sent_again)
    TEST(an_idempotency_key_makes_them_safe)
    TEST(what_failed_on_a_new_connection_or_had_an_answer_is_not_repeated)
    TEST(a_connection_closed_while_idle_is_not_used)
    TEST(follows_redirects_by_their_kind)
    TEST(stops_at_the_limit_with_the_last_answer)
    TEST(redirects_that_lead_nowhere)
    TEST(a_bad_location_counts_where_nobody_goes)
    TEST(secrets_do_not_cross_hosts_and_do_not_come_back)
    TEST(the_urls_user_is_authorized_and_its_password_not_logged)
    TEST(a_prover_is_asked_before_a_hop_and_after_each_401)
    TEST(cookies_are_kept_and_sent)
    TEST_END
};
