/* h2_conn_test.c - a connection with HTTP/2 shared by fibers, against a server that plays bytes:
 * who waits, who is woken, what one fiber's end means to the others. */
#include "net/h2_conn.h"

#include "net/h2_bed.h"
#include "test.h"

static void get_twice(struct bed *b)
{
    assert_int_equal(h2_bed_get(b, "/a"), 0);
    assert_int_equal(b->r.status, 200);
    assert_false(b->hops[0].conn_reused);
    assert_true(b->hops[0].t.connecting > 0);
    assert_int_equal(h2_bed_get(b, "/b"), 0);
    assert_true(b->hops[0].conn_reused);
    assert_int_equal(b->hops[0].t.connecting, 0);
    assert_int_equal(b->accepted, 1);
    assert_int_equal(b->client->idle_count, 1);
}

static void a_connection_serves_one_request_after_another(void **state)
{
    (void)state;
    bed_with(SCRIPT(ACCEPT, STREAMS(1), SEND(H2_SETTINGS_NONE H2_OK("\1")), STREAMS(1),
                    SEND(H2_OK("\3"))),
             get_twice);
}

/* The server may send as slowly as it likes. */
static void get_dripped(struct bed *b)
{
    assert_int_equal(h2_bed_get(b, "/"), 0);
    assert_string_equal(b->r.body, "hello");
    assert_string_equal(bed_header(b, "x"), "yz");
}

static void an_answer_may_come_byte_by_byte(void **state)
{
    (void)state;
    bed_with(SCRIPT(ACCEPT, STREAMS(1),
                    DRIP(H2_SETTINGS_NONE
                         "\0\0\7\1\4\0\0\0\1\x88\0\1x\2yz" H2_BODY("\1", "\5", "hello"))),
             get_dripped);
}

/* ---- several at once */

static void get_three(struct bed *b)
{
    struct h2_task t[3] = {0};
    assert_int_equal(h2_bed_get(b, "/first"), 0);
    for (int i = 0; i < 3; i++)
        h2_task_start(b, &t[i], "/more");
    for (int i = 0; i < 3; i++) {
        h2_task_await(&t[i]);
        assert_int_equal(t[i].rc, 0);
        assert_true(t[i].r.last.conn_reused);
    }
    assert_string_equal(t[0].r.body, "three");
    assert_string_equal(t[1].r.body, "five");
    assert_string_equal(t[2].r.body, "seven");
    for (int i = 0; i < 3; i++)
        h2_task_end(&t[i]);
    assert_int_equal(b->accepted, 1);
    assert_int_equal(b->client->idle_count, 1);
}

static void requests_at_once_share_the_connection(void **state)
{
    (void)state;
    bed_with(SCRIPT(ACCEPT, STREAMS(1), SEND(H2_SETTINGS_NONE H2_OK("\1")), STREAMS(3),
                    SEND(H2_HEAD("\7") H2_HEAD("\3") H2_BODY_PART("\7", "\2", "se") H2_HEAD("\5")
                             H2_BODY("\5", "\4", "five") H2_BODY("\3", "\5", "three")
                                 H2_BODY("\7", "\3", "ven"))),
             get_three);
}

static void get_three_first(struct bed *b)
{
    struct h2_task t[3] = {0};
    for (int i = 0; i < 3; i++)
        h2_task_start(b, &t[i], "/");
    for (int i = 0; i < 3; i++) {
        h2_task_await(&t[i]);
        assert_int_equal(t[i].rc, 0);
    }
    assert_int_equal(b->accepted, 1);
    assert_true(t[0].r.last.t.connecting > 0);
    assert_int_equal(t[1].r.last.t.connecting, 0);
    assert_true(t[1].r.last.t.blocked > 0);
    assert_true(t[2].r.last.conn_reused);
    for (int i = 0; i < 3; i++)
        h2_task_end(&t[i]);
}

static void first_requests_at_once_wait_for_one_dial(void **state)
{
    (void)state;
    bed_with(SCRIPT(ACCEPT, STREAMS(3), SEND(H2_SETTINGS_NONE H2_OK("\1") H2_OK("\5") H2_OK("\3"))),
             get_three_first);
}

/* ---- more at once than a connection takes */

static void get_beyond_the_limit(struct bed *b)
{
    struct h2_task t[4] = {0};
    assert_int_equal(h2_bed_get(b, "/first"), 0);
    for (int i = 0; i < 4; i++)
        h2_task_start(b, &t[i], "/more");
    for (int i = 2; i < 4; i++) {
        h2_task_await(&t[i]);
        assert_int_equal(t[i].rc, 0);
    }
    assert_true(t[2].r.last.t.connecting > 0);
    assert_false(t[0].is_done || t[1].is_done); /* they hold up nobody */
    assert_int_equal(b->accepted, 2);
    for (int i = 0; i < 2; i++)
        fiber_cancel(t[i].fiber);
    for (int i = 0; i < 4; i++)
        h2_task_end(&t[i]);
}

static void requests_beyond_the_server_s_limit_get_another_connection(void **state)
{
    (void)state;
    bed_with(SCRIPT(ACCEPT, STREAMS(1),
                    SEND("\0\0\6\4\0\0\0\0\0\0\3\0\0\0\2" H2_OK("\1")), /* two at a time */
                    STREAMS(2), ACCEPT, STREAMS(2), SEND(H2_SETTINGS_NONE H2_OK("\1") H2_OK("\3"))),
             get_beyond_the_limit);
}

static void get_too_many_first(struct bed *b)
{
    struct h2_task t[3] = {0};
    for (int i = 0; i < 3; i++)
        h2_task_start(b, &t[i], "/");
    for (int i = 1; i < 3; i++) {
        h2_task_await(&t[i]);
        assert_int_equal(t[i].rc, 0);
    }
    assert_false(t[0].is_done);
    assert_int_equal(b->accepted, 2);
    fiber_cancel(t[0].fiber);
    for (int i = 0; i < 3; i++)
        h2_task_end(&t[i]);
}

/* The limit came when all had been sent. */
static void what_a_full_connection_refuses_goes_to_another(void **state)
{
    (void)state;
    bed_with(SCRIPT(ACCEPT, STREAMS(3),
                    SEND("\0\0\6\4\0\0\0\0\0\0\3\0\0\0\1" H2_RST("\3", "\7") H2_RST("\5", "\7")),
                    ACCEPT, STREAMS(2), SEND(H2_SETTINGS_NONE H2_OK("\1") H2_OK("\3"))),
             get_too_many_first);
}

static void get_two(struct bed *b)
{
    assert_int_equal(h2_bed_get(b, "/a"), 0);
    assert_int_equal(h2_bed_get(b, "/b"), 0);
    assert_int_equal(b->accepted, 2);
}

static void a_server_that_takes_no_more_streams_gets_another_connection(void **state)
{
    (void)state;
    bed_with(SCRIPT(ACCEPT, STREAMS(1), SEND("\0\0\6\4\0\0\0\0\0\0\3\0\0\0\0" H2_OK("\1")), ACCEPT,
                    STREAMS(1), SEND(H2_SETTINGS_NONE H2_OK("\1"))),
             get_two);
}

/* ---- leaving */

static void leave_one(struct bed *b)
{
    struct h2_task t[3] = {0};
    assert_int_equal(h2_bed_get(b, "/first"), 0);
    t[0].timeout_ns = 50000000; /* long enough to be sent on a slow machine */
    h2_task_start(b, &t[0], "/late");
    h2_task_start(b, &t[1], "/canceled");
    h2_task_start(b, &t[2], "/stays");
    h2_task_await(&t[0]);
    assert_int_equal(t[0].rc, ERR_TIMEOUT);
    fiber_cancel(t[1].fiber);
    h2_task_await(&t[1]);
    assert_int_equal(t[1].rc, ERR_CANCELED);
    h2_task_await(&t[2]);
    assert_int_equal(t[2].rc, 0);
    assert_string_equal(t[2].r.body, "ok");
    assert_int_equal(H2_BED_COUNT(b, H2_RST("\3", "\10")), 1);
    assert_int_equal(H2_BED_COUNT(b, H2_RST("\5", "\10")), 1);
    assert_int_equal(H2_BED_COUNT(b, "\0\0\4\3"), 2);
    assert_int_equal(h2_bed_get(b, "/on"), 0);
    assert_int_equal(b->accepted, 1);
    for (int i = 0; i < 3; i++)
        h2_task_end(&t[i]);
}

static void who_leaves_resets_his_stream_alone(void **state)
{
    (void)state;
    bed_with(SCRIPT(ACCEPT, STREAMS(1), SEND(H2_SETTINGS_NONE H2_OK("\1")), STREAMS(3), TAKE(26),
                    SEND(H2_OK("\3") H2_HEAD("\5") H2_BODY("\5", "\2", "no") H2_HEAD("\7")
                             H2_BODY("\7", "\2", "ok")),
                    STREAMS(1), SEND(H2_OK("\11"))),
             leave_one);
}

/* ---- the end */

static void all_are_told(struct bed *b)
{
    struct h2_task t[3] = {0};
    assert_int_equal(h2_bed_get(b, "/first"), 0);
    for (int i = 0; i < 3; i++)
        h2_task_start(b, &t[i], "/");
    for (int i = 0; i < 3; i++) {
        h2_task_await(&t[i]);
        assert_int_equal(t[i].rc, ERR_PROTOCOL);
        assert_int_equal(t[i].r.last.error.code, 1652);
    }
    assert_int_equal(h2_bed_get(b, "/anew"), 0);
    assert_int_equal(b->accepted, 2);
    for (int i = 0; i < 3; i++)
        h2_task_end(&t[i]);
}

static void the_end_of_the_connection_is_told_to_all(void **state)
{
    (void)state;
    bed_with(SCRIPT(ACCEPT, STREAMS(1), SEND(H2_SETTINGS_NONE H2_OK("\1")), STREAMS(3),
                    SEND("\0\0\5\5\4\0\0\0\3\0\0\0\2\x82"), STALL, ACCEPT, STREAMS(1),
                    SEND(H2_SETTINGS_NONE H2_OK("\1"))),
             all_are_told);
}

static void idle_ends(struct bed *b)
{
    assert_int_equal(h2_bed_get(b, "/first"), 0);
    while (b->client->idle_count > 0)
        bed_nap(b); /* the loop sees the end and closes */
    assert_int_equal(h2_bed_get(b, "/second"), 0);
    assert_int_equal(b->accepted, 2);
}

static void an_idle_connection_that_ends_is_closed_at_once(void **state)
{
    (void)state;
    bed_with(SCRIPT(ACCEPT, STREAMS(1), SEND(H2_SETTINGS_NONE H2_OK("\1")), CLOSE, ACCEPT,
                    STREAMS(1), SEND(H2_SETTINGS_NONE H2_OK("\1"))),
             idle_ends);
    bed_with(SCRIPT(ACCEPT, STREAMS(1), SEND(H2_SETTINGS_NONE H2_OK("\1") H2_GOAWAY("\1", "\0")),
                    ACCEPT, STREAMS(1), SEND(H2_SETTINGS_NONE H2_OK("\1"))),
             idle_ends);
    bed_with(SCRIPT(ACCEPT, STREAMS(1), SEND(H2_SETTINGS_NONE H2_OK("\1")), RESET, ACCEPT,
                    STREAMS(1), SEND(H2_SETTINGS_NONE H2_OK("\1"))),
             idle_ends);
}

static void idle_answers(struct bed *b)
{
    assert_int_equal(h2_bed_get(b, "/first"), 0);
    while (b->turn == 0) {
        bed_nap(b);
        b->turn = b->script[6].kind == BED_STALL && b->is_stalled;
    }
    assert_memory_equal(b->seen.data + b->seen.len - 8, "pingpong", 8);
    assert_int_equal(b->client->idle_count, 1);
}

static void an_idle_connection_answers_pings(void **state)
{
    (void)state;
    /* The acknowledgement of SETTINGS, then that of PING. */
    bed_with(SCRIPT(ACCEPT, STREAMS(1), SEND(H2_SETTINGS_NONE H2_OK("\1")), TAKE(9),
                    SEND("\0\0\10\6\0\0\0\0\0pingpong"), TAKE(17), STALL),
             idle_answers);
}

/* ---- again */

static void get_after_refusal(struct bed *b)
{
    assert_int_equal(h2_bed_get(b, "/"), 0);
    assert_int_equal(b->hop_count, 1);
    assert_int_equal(b->r.status, 200);
}

static void a_refused_stream_is_sent_again(void **state)
{
    (void)state;
    bed_with(SCRIPT(ACCEPT, STREAMS(1), SEND(H2_SETTINGS_NONE H2_RST("\1", "\7")), STREAMS(1),
                    SEND(H2_OK("\3"))),
             get_after_refusal);
}

static void a_request_the_server_never_saw_goes_to_a_new_connection(void **state)
{
    (void)state;
    bed_with(SCRIPT(ACCEPT, STREAMS(1), SEND(H2_SETTINGS_NONE H2_GOAWAY("\0", "\0")), ACCEPT,
                    STREAMS(1), SEND(H2_SETTINGS_NONE H2_OK("\1"))),
             get_after_refusal);
}

static void post_again(struct bed *b)
{
    b->q.has_prior_h2 = true;
    assert_int_equal(bed_send_body(b, "POST", "/", "the body"), 0);
    assert_int_equal(H2_BED_COUNT(b, "the body"), 2);
}

static void also_with_its_body(void **state)
{
    (void)state;
    bed_with(SCRIPT(ACCEPT, STREAMS(1), SEND(H2_SETTINGS_NONE H2_RST("\1", "\7")), STREAMS(1),
                    SEND(H2_OK("\3"))),
             post_again);
}

static void get_after_goaways(struct bed *b)
{
    b->q.deadline_ns = clock_now_ns() + INT64_C(5000000000); /* there is no wait in between */
    assert_int_equal(h2_bed_get(b, "/"), 0);
    assert_int_equal(b->accepted, 5);
}

static void new_connections_that_go_away_are_replaced_at_once(void **state)
{
    (void)state;
#define GOES_AWAY ACCEPT, STREAMS(1), SEND(H2_SETTINGS_NONE H2_GOAWAY("\0", "\0"))
    bed_with(SCRIPT(GOES_AWAY, GOES_AWAY, GOES_AWAY, GOES_AWAY, ACCEPT, STREAMS(1),
                    SEND(H2_SETTINGS_NONE H2_OK("\1"))),
             get_after_goaways);
#undef GOES_AWAY
}

static void refused_for_ever(struct bed *b)
{
    b->q.deadline_ns = clock_now_ns() + 50000000;
    assert_int_equal(h2_bed_get(b, "/"), ERR_TIMEOUT);
    assert_int_equal(b->r.last.error.code, 1050);
    assert_int_equal(b->hop_count, 1);
}

static void a_server_that_always_refuses_is_given_time(void **state)
{
    (void)state;
    bed_with(SCRIPT(ACCEPT, STREAMS(1), SEND(H2_SETTINGS_NONE H2_RST("\1", "\7")), STREAMS(1),
                    SEND(H2_RST("\3", "\7")), STREAMS(1), SEND(H2_RST("\5", "\7"))),
             refused_for_ever);
}

static void fails_on_drop(struct bed *b)
{
    assert_int_equal(h2_bed_get(b, "/"), 0);
    assert_int_equal(h2_bed_get(b, "/"), ERR_CLOSED);
    assert_string_equal(b->r.last.error.text, "unexpected EOF");
}

static void a_request_that_may_have_been_seen_is_not_sent_again(void **state)
{
    (void)state;
    bed_with(SCRIPT(ACCEPT, STREAMS(1), SEND(H2_SETTINGS_NONE H2_OK("\1")), STREAMS(1), CLOSE),
             fails_on_drop);
}

/* ---- large */

static void post_large(struct bed *b)
{
    struct h2_task t[2] = {0};
    char *body = mem_alloc(3000000);
    memset(body, 'x', 3000000);
    t[0].body = (struct str){body, 3000000};
    t[1].body = (struct str){body, 2000000};
    h2_task_start(b, &t[0], "/a");
    h2_task_start(b, &t[1], "/b");
    for (int i = 0; i < 2; i++) {
        h2_task_await(&t[i]);
        assert_int_equal(t[i].rc, 0);
        assert_true(t[i].r.last.t.sending > 0);
        h2_task_end(&t[i]);
    }
    assert_true(b->seen.len > 5000000);
    mem_free(body);
}

static void large_bodies_are_sent_as_windows_open(void **state)
{
    (void)state;
    bed_with(SCRIPT(ACCEPT,
                    SEND("\0\0\6\4\0\0\0\0\0\0\4\0\x2d\xc6\xc0" /* 3,000,000 a stream */
                         "\0\0\4\x08\0\0\0\0\0\0\x4c\x4b\x40"), /* 5,000,000 in all, and 65,535 */
                    STREAMS(2), SEND(H2_OK("\1") H2_OK("\3"))),
             post_large);
}

static void get_large(struct bed *b)
{
    assert_int_equal(h2_bed_get(b, "/"), 0);
    assert_int_equal(b->r.body_len, 400 * 16384);
}

static void large_answers_are_read_in_rounds(void **state)
{
    (void)state;
    size_t frame = 9 + 16384;
    char *bytes = mem_calloc(400, frame);
    for (int i = 0; i < 400; i++)
        memcpy(bytes + i * frame, i == 399 ? "\0\x40\0\0\1\0\0\0\1" : "\0\x40\0\0\0\0\0\0\1", 9);
    bed_with(SCRIPT(ACCEPT, STREAMS(1), SEND(H2_SETTINGS_NONE H2_HEAD("\1")),
                    SEND_BYTES(bytes, 400 * frame)),
             get_large);
    mem_free(bytes);
}

static void post_into_a_wall(struct bed *b)
{
    struct h2_task t = {.body = STR("never sent")};
    assert_int_equal(h2_bed_get(b, "/first"), 0);
    h2_task_start(b, &t, "/wall");
    bed_nap(b); /* its turn: the head is out, the body is not */
    fiber_cancel(t.fiber);
    h2_task_await(&t);
    assert_int_equal(t.rc, ERR_CANCELED);
    assert_int_equal(H2_BED_COUNT(b, "never sent"), 0);
    assert_int_equal(h2_bed_get(b, "/on"), 0);
    assert_int_equal(H2_BED_COUNT(b, H2_RST("\3", "\10")), 1);
    assert_int_equal(b->accepted, 1);
    h2_task_end(&t);
}

static void a_window_that_never_opens_costs_that_request_alone(void **state)
{
    (void)state;
    bed_with(SCRIPT(ACCEPT, STREAMS(1), SEND("\0\0\6\4\0\0\0\0\0\0\4\0\0\0\0" H2_OK("\1")),
                    STREAMS(1), SEND(H2_OK("\5"))),
             post_into_a_wall);
}

/* ---- faults that are nobody's request's */

static void get_refused_by_talk(struct bed *b)
{
    assert_int_equal(h2_bed_get(b, "/"), ERR_PROTOCOL);
    assert_int_equal(b->r.last.error.code, 1662);
}

static void a_server_that_asks_and_never_listens_is_left(void **state)
{
    (void)state;
    size_t count = 30000;
    char *pings = mem_calloc(count, 17);
    for (size_t i = 0; i < count; i++)
        memcpy(pings + i * 17, "\0\0\10\6\0\0\0\0\0pingpong", 17);
    bed_with(SCRIPT(ACCEPT, STREAMS(1), SEND(H2_SETTINGS_NONE), SEND_BYTES(pings, count * 17)),
             get_refused_by_talk);
    mem_free(pings);
}

static void vu_ends(struct bed *b)
{
    struct h2_task t[2] = {0};
    h2_task_start(b, &t[0], "/a");
    h2_task_start(b, &t[1], "/b");
    bed_await_stall(b, 1);
    fiber_cancel(t[0].fiber);
    fiber_cancel(t[1].fiber);
    for (int i = 0; i < 2; i++)
        h2_task_end(&t[i]);
    assert_int_equal(b->client->idle_count, 1); /* the streams were reset, the connection is good */
    http_client_close_idle(b->client);
}

static void canceled_requests_leave_a_good_connection(void **state)
{
    (void)state;
    bed_with(SCRIPT(ACCEPT, STREAMS(2), STALL), vu_ends);
}

TEST_SUITE(h2_conn){
    TEST(a_connection_serves_one_request_after_another)
    TEST(an_answer_may_come_byte_by_byte)
    TEST(requests_at_once_share_the_connection)
    TEST(first_requests_at_once_wait_for_one_dial)
    TEST(requests_beyond_the_server_s_limit_get_another_connection)
    TEST(what_a_full_connection_refuses_goes_to_another)
    TEST(a_server_that_takes_no_more_streams_gets_another_connection)
    TEST(who_leaves_resets_his_stream_alone)
    TEST(the_end_of_the_connection_is_told_to_all)
    TEST(an_idle_connection_that_ends_is_closed_at_once)
    TEST(an_idle_connection_answers_pings)
    TEST(a_refused_stream_is_sent_again)
    TEST(a_request_the_server_never_saw_goes_to_a_new_connection)
    TEST(also_with_its_body)
    TEST(new_connections_that_go_away_are_replaced_at_once)
    TEST(a_server_that_always_refuses_is_given_time)
    TEST(a_request_that_may_have_been_seen_is_not_sent_again)
    TEST(large_bodies_are_sent_as_windows_open)
    TEST(large_answers_are_read_in_rounds)
    TEST(a_window_that_never_opens_costs_that_request_alone)
    TEST(a_server_that_asks_and_never_listens_is_left)
    TEST(canceled_requests_leave_a_good_connection)
    TEST_END
};
