/* h2_input_test.c - what a client's session makes of a server's frames: answers, faults, floods. */
#include "test.h"

#include "net/h2_session_rig.h" /* behind test.h */

/* ---- answers */

static void an_answer_is_told_in_order(void **state)
{
    (void)state;
    PLAY("\0\0\7\1\4\0\0\0\1\x88\0\1x\2yz" DATA1("\5", "hello") DATA1_END("\1", "!"),
         "1:x=yz 1:head 200 1:data hello! 1:over ", "");
    PLAY(OK1, "1:head 200 1:over ", "");
    PLAY(HEAD1 DATA1_END("\0", ""), "1:head 200 1:over ", "");
}

static void padding_and_priority_are_skipped(void **state)
{
    (void)state;
    PLAY("\0\0\x0b\1\x2d\0\0\0\1\4\0\0\0\0\1\x88pppp", "1:head 200 1:over ", "");
    PLAY(HEAD1 "\0\0\6\0\x09\0\0\0\1\3hippp", "1:head 200 1:data hi 1:over ", "");
    PLAY(HEAD1 "\0\0\4\0\x08\0\0\0\1\3ppp" DATA1_END("\2", "hi"), "1:head 200 1:data hi 1:over ",
         "");
    PLAY("\0\0\4\1\x09\0\0\0\1\3ppp\0\0\1\x09\4\0\0\0\1\x88", "1:head 200 1:over ", "");
}

static void continuation_may_be_cut_anywhere(void **state)
{
    (void)state;
    PLAY("\0\0\2\1\1\0\0\0\1\x88\0"
         "\0\0\0\x09\0\0\0\0\1"
         "\0\0\3\x09\0\0\0\0\1\1x\2"
         "\0\0\2\x09\4\0\0\0\1yz",
         "1:x=yz 1:head 200 1:over ", "");
    PLAY("\0\0\1\1\1\0\0\0\1\x88\0\0\0\x09\4\0\0\0\1", "1:head 200 1:over ", "");
}

static void interim_heads_and_trailers_are_read_over(void **state)
{
    (void)state;
    PLAY("\0\0\x0a\1\4\0\0\0\1\x08\3"
         "103\0\1l\1m" OK1,
         "1:head 200 1:over ", "");
    PLAY("\0\0\5\1\4\0\0\0\1\x08\3"
         "101" OK1,
         "1:head 200 1:over ", "");
    PLAY(HEAD1 DATA1("\2", "hi") "\0\0\5\1\5\0\0\0\1\0\1t\1u", "1:head 200 1:data hi 1:over ", "");
}

static void head_requests_end_with_their_head(void **state)
{
    (void)state;
    PLAY_HEAD(OK1, "1:head 200 1:over ", "");
    PLAY_HEAD(HEAD1 DATA1_END("\2", "hi"), "1:head 200 1:over ", RST1("\1"));
    PLAY_HEAD(HEAD1 DATA1_END("\0", ""), "1:head 200 1:over ", "");
    PLAY_HEAD(HEAD1 RST1("\7"), "1:head 200 1:over ", "");
    PLAY_HEAD(HEAD1 "\0\0\4\x08\0\0\0\0\1\0\0\0\0", "1:head 200 1:over ", RST1("\1"));
    PLAY_HEAD(HEAD1 "\0\0\1\0\0\0\0\0\0x", "1:head 200 1:over ", GOAWAY0("\1"));
}

static void what_is_unknown_is_let_pass(void **state)
{
    (void)state;
    PLAY("\0\0\3\x63\xff\0\0\0\0abc" OK1, "1:head 200 1:over ", "");
    PLAY("\0\0\5\2\0\0\0\0\1abcde" OK1, "1:head 200 1:over ", "");
    PLAY("\0\0\4\x08\0\0\0\0\x63\0\0\0\1" OK1, "1:head 200 1:over ", "");
    PLAY("\0\0\4\3\0\0\0\0\x63\0\0\0\1" OK1, "1:head 200 1:over ", "");
    PLAY("\0\0\1\1\4\0\0\0\x63\x88" OK1, "1:head 200 1:over ", "");
    PLAY("\0\0\6\4\0\0\0\0\0\0\x77\0\0\0\1" OK1, "1:head 200 1:over ", SETTINGS_ACK);
    PLAY(OK1 DATA1_END("\4", "late") OK1, "1:head 200 1:over ", "");
}

static void pings_are_answered(void **state)
{
    (void)state;
    PLAY("\0\0\10\6\0\0\0\0\0"
         "12345678"
         "\0\0\10\6\1\0\0\0\0"
         "abcdefgh" OK1,
         "1:head 200 1:over ",
         "\0\0\10\6\1\0\0\0\0"
         "12345678");
}

/* ---- faults */

static void faults_of_a_stream_end_it_alone(void **state)
{
    (void)state;
    PLAY(DATA1("\1", "x"), "1:failed 1632 ", RST1("\1"));
    PLAY("\0\0\4\1\5\0\0\0\1\0\1x\0", "1:x= 1:failed 1632 ", RST1("\1"));     /* no status */
    PLAY("\0\0\5\1\5\0\0\0\1\x88\0\1X\0", "1:failed 1632 ", RST1("\1"));      /* a capital */
    PLAY("\0\0\6\1\5\0\0\0\1\x88\0\1x\1\1", "1:failed 1632 ", RST1("\1"));    /* a control */
    PLAY("\0\0\5\1\5\0\0\0\1\0\1x\0\x88", "1:x= 1:failed 1632 ", RST1("\1")); /* too late */
    PLAY("\0\0\2\1\5\0\0\0\1\x88\x88", "1:failed 1632 ", RST1("\1"));         /* twice */
    PLAY("\0\0\2\1\5\0\0\0\1\x88\x82", "1:failed 1632 ", RST1("\1"));         /* :method */
    PLAY("\0\0\7\1\5\0\0\0\1\x88\0\2:x\1y", "1:failed 1632 ", RST1("\1"));
    PLAY("\0\0\5\1\5\0\0\0\1\x08\3"
         "abc",
         "1:failed 1632 ", RST1("\1"));
    PLAY("\0\0\12\1\5\0\0\0\1\x08\x08"
         "20020020",
         "1:failed 1632 ", RST1("\1"));
    PLAY("\0\0\5\1\5\0\0\0\1\x08\3"
         "103",
         "1:failed 1632 ", RST1("\1")); /* 1xx and the end */
    PLAY("\0\0\4\x08\0\0\0\0\1\0\0\0\0", "1:failed 1632 ", RST1("\1"));
    PLAY("\0\0\4\x08\0\0\0\0\1\x7f\xff\xff\xff", "1:failed 1634 ", RST1("\3"));
    PLAY("\0\0\2\1\x0d\0\0\0\1\xff\x88", "1:failed 1632 ", RST1("\1")); /* padding */
    PLAY(HEAD1 "\0\0\5\1\5\0\0\0\1\0\1X\1u", "1:head 200 1:failed 1632 ", RST1("\1"));
}

static void faults_of_the_connection_end_all(void **state)
{
    (void)state;
#define FAILS(bytes, code, number) PLAY(bytes, "1:failed " #number " ", GOAWAY0(code))
    FAILS("\0\0\7\6\0\0\0\0\0"
          "1234567",
          "\6", 1657);
    FAILS("\0\0\10\6\0\0\0\0\1"
          "12345678",
          "\1", 1652);
    FAILS("\0\0\5\4\0\0\0\0\0"
          "12345",
          "\6", 1657);
    FAILS("\0\0\6\4\1\0\0\0\0"
          "123456",
          "\6", 1657);
    FAILS("\0\0\6\4\0\0\0\0\1"
          "123456",
          "\1", 1652);
    FAILS("\0\0\6\4\0\0\0\0\0\0\2\0\0\0\2", "\1", 1652);
    FAILS("\0\0\6\4\0\0\0\0\0\0\4\x80\0\0\0", "\3", 1654);
    FAILS("\0\0\6\4\0\0\0\0\0\0\5\0\0\0\1", "\1", 1652);
    FAILS("\0\0\6\4\0\0\0\0\0\0\5\1\0\0\0", "\1", 1652);
    FAILS(SETTINGS_ACK, "\1", 1652); /* nothing to acknowledge any more */
    FAILS("\0\0\5\5\4\0\0\0\1\0\0\0\2\x82", "\1", 1652);
    FAILS("\0\0\4\x08\0\0\0\0\0\0\0\0\0", "\1", 1652);
    FAILS("\0\0\4\x08\0\0\0\0\0\x7f\xff\xff\xff", "\3", 1654);
    FAILS("\0\0\3\x08\0\0\0\0\0abc", "\6", 1657);
    FAILS("\0\0\4\3\0\0\0\0\0abcd", "\1", 1652);
    FAILS("\0\0\5\3\0\0\0\0\1abcde", "\6", 1657);
    FAILS("\0\0\5\2\0\0\0\0\0abcde", "\1", 1652);
    FAILS("\0\0\4\2\0\0\0\0\1abcd", "\6", 1657);
    FAILS("\0\0\7\7\0\0\0\0\0"
          "1234567",
          "\6", 1657);
    FAILS("\0\0\10\7\0\0\0\0\1"
          "12345678",
          "\1", 1652);
    FAILS("\0\0\1\0\0\0\0\0\0x", "\1", 1652);
    FAILS("\0\0\1\0\0\0\0\0\x63x", "\1", 1652); /* of a stream never opened */
    FAILS("\0\0\1\1\4\0\0\0\0\x88", "\1", 1652);
    FAILS("\0\0\1\x09\4\0\0\0\1\x88", "\1", 1652);
    FAILS("\0\0\1\1\0\0\0\0\1\x88" SETTINGS_NONE, "\1", 1652);
    FAILS("\0\0\1\1\0\0\0\0\1\x88\0\0\0\x09\4\0\0\0\3", "\1", 1652);
    FAILS("\0\0\5\1\0\0\0\0\1\x88\0\1X\0\0\0\0\x09\4\0\0\0\1", "\1", 1652);
    FAILS("\0\0\1\1\5\0\0\0\1\xff", "\x09", 1660);
    FAILS("\0\0\1\1\5\0\0\0\1\xc6", "\x09", 1660); /* an entry that isn't there */
    FAILS("\0\0\3\1\5\0\0\0\1\0\5a", "\x09", 1660);
    PLAY(HEAD1 "\0\0\3\0\x08\0\0\0\1\xff"
               "ab",
         "1:head 200 1:failed 1652 ", GOAWAY0("\1"));
    PLAY(HEAD1 "\0\0\5\1\4\0\0\0\1\0\1t\1u", "1:head 200 1:failed 1652 ", GOAWAY0("\1"));
    PLAY(HEAD1 OK1, "1:head 200 1:failed 1652 ", GOAWAY0("\1")); /* :status in trailers */
#undef FAILS
}

static void the_first_frame_must_be_settings(void **state)
{
    (void)state;
    struct rig r;
    rig_init(&r, 1);
    open_stream(&r, 0, "/", STR(""), false);
    assert_int_equal(FEED(&r, OK1), ERR_PROTOCOL);
    assert_string_equal(r.log.data, "1:failed 1652 ");
    assert_false(h2_session_is_usable(&r.s));
    rig_deinit(&r);
    /* An acknowledgement will do, for Go's client. */
    rig_init(&r, 1);
    open_stream(&r, 0, "/", STR(""), false);
    assert_int_equal(FEED(&r, SETTINGS_ACK OK1), 0);
    assert_string_equal(r.log.data, "1:head 200 1:over ");
    rig_deinit(&r);
}

static void frames_too_large_have_words_of_their_own(void **state)
{
    (void)state;
    struct rig r;
    rig_init(&r, 0);
    open_stream(&r, 0, "/", STR(""), false);
    FEED(&r, "HTTP/1.1 400 Bad Request\r\n\r\n");
    assert_int_equal(r.errors[0].code, 1000);
    assert_string_equal(r.errors[0].text, "http2: frame too large");
    assert_non_null(strstr(r.errors[0].detail, "looked like an HTTP/1.1 header"));
    rig_deinit(&r);
    rig_init(&r, 0);
    open_stream(&r, 0, "/", STR(""), false);
    FEED(&r, SETTINGS_NONE "\0\x40\1\0\0\0\0\0\1");
    assert_string_equal(r.errors[0].detail, "http2: frame too large");
    rig_deinit(&r);
    rig_init(&r, 0);
    open_stream(&r, 0, "/", STR(""), false);
    FEED(&r, SETTINGS_NONE HEAD1 "\0\0\0\0\x08\0\0\0\1");
    assert_string_equal(r.errors[0].detail, "unexpected EOF"); /* no room for the pad length */
    rig_deinit(&r);
}

/* ---- limits */

/* A field of `size` bytes in a literal; the table is not used. */
static void put_field(struct buf *b, size_t size)
{
    buf_add(b, "\0\1x", 3);
    buf_addc(b, 0x7f);
    for (size -= 127; size >= 128; size /= 128)
        buf_addc(b, (char)(0x80 | (size % 128)));
    buf_addc(b, (char)size);
}

static void a_header_list_beyond_the_limit_fails(void **state)
{
    (void)state;
    struct rig r;
    struct buf block;
    struct buf frame;
    buf_init(&block, BUF_NO_LIMIT);
    buf_init(&frame, BUF_NO_LIMIT);
    buf_addc(&block, (char)0x88);
    put_field(&block, HEADER_MAX);
    for (int i = 0; i < HEADER_MAX; i++)
        buf_addc(&block, 'v');
    h2_put_headers(&frame, 1, true, (struct str){block.data, block.len}, H2_FRAME_MAX);
    rig_init(&r, 7);
    open_stream(&r, 0, "/", STR(""), false);
    FEED(&r, SETTINGS_NONE);
    assert_int_equal(feed(&r, frame.data, frame.len), 0);
    assert_string_equal(r.log.data, "1:failed 1632 ");
    assert_non_null(strstr(r.errors[0].detail, "header list larger than advertised limit"));
    rig_deinit(&r);
    /* Who then goes on and on ends the connection. */
    buf_clear(&frame);
    h2_put_headers(&frame, 1, true, (struct str){block.data, block.len}, 4300);
    frame.data[4] = 0;
    rig_init(&r, 0);
    open_stream(&r, 0, "/", STR(""), false);
    FEED(&r, SETTINGS_NONE);
    feed(&r, frame.data, frame.len);
    FEED(&r, "\0\0\1\x09\0\0\0\0\1\x82");
    assert_string_equal(r.log.data, "1:failed 1652 ");
    rig_deinit(&r);
    buf_deinit(&block);
    buf_deinit(&frame);
}

/* One big entry in the table, named again and again by a byte each. */
static void a_header_bomb_is_defused(void **state)
{
    (void)state;
    struct rig r;
    struct buf block;
    struct buf frame;
    buf_init(&block, BUF_NO_LIMIT);
    buf_init(&frame, BUF_NO_LIMIT);
    buf_add(&block, "\x88\x40\1x\x7f\x81\x17", 7); /* 3,072 bytes into the table */
    for (int i = 0; i < 3072; i++)
        buf_addc(&block, 'v');
    for (int i = 0; i < 12000; i++)
        buf_addc(&block, (char)0xbe);
    h2_put_headers(&frame, 1, true, (struct str){block.data, block.len}, H2_FRAME_MAX);
    rig_init(&r, 0);
    open_stream(&r, 0, "/", STR(""), false);
    FEED(&r, SETTINGS_NONE);
    feed(&r, frame.data, frame.len);
    assert_int_equal(r.errors[0].code, 1632);
    assert_true(r.log.len < (size_t)2 * HEADER_MAX);
    rig_deinit(&r);
    buf_deinit(&block);
    buf_deinit(&frame);
}

static void interim_answers_without_end_fail(void **state)
{
    (void)state;
    struct rig r;
    rig_init(&r, 0);
    open_stream(&r, 0, "/", STR(""), false);
    FEED(&r, SETTINGS_NONE);
    for (int i = 0; i < 1000 && !r.streams[0].is_over; i++)
        FEED(&r, "\0\0\5\1\4\0\0\0\1\x08\3"
                 "103");
    assert_int_equal(r.errors[0].code, 1632);
    assert_non_null(strstr(r.errors[0].detail, "header list too large"));
    rig_deinit(&r);
}

/* Sends the frame again and again: the session must give up with ENHANCE_YOUR_CALM. */
static void assert_flood_ends(const char *frame, size_t len, const char *name)
{
    struct rig r;
    rig_init(&r, 0);
    open_stream(&r, 0, "/", STR(""), false);
    FEED(&r, SETTINGS_NONE HEAD1);
    int rc = 0;
    for (int i = 0; i < 100000 && rc == 0; i++) {
        buf_clear(&r.out);
        rc = feed(&r, frame, len);
    }
    if (rc != ERR_PROTOCOL || r.errors[0].code != 1662)
        fail_msg("%s: %d, %u", name, rc, r.errors[0].code);
    rig_deinit(&r);
}

static void floods_end_the_connection(void **state)
{
    (void)state;
#define FLOOD(frame) assert_flood_ends(frame, sizeof(frame) - 1, #frame)
    FLOOD("\0\0\10\6\0\0\0\0\0"
          "12345678");
    FLOOD("\0\0\10\6\1\0\0\0\0"
          "12345678");
    FLOOD(SETTINGS_NONE);
    FLOOD("\0\0\5\2\0\0\0\0\1abcde");
    FLOOD("\0\0\0\0\0\0\0\0\1");
    FLOOD("\0\0\1\1\4\0\0\0\x63\x88");
    FLOOD("\0\0\4\3\0\0\0\0\x63\0\0\0\1");
    FLOOD("\0\0\4\x08\0\0\0\0\x63\0\0\0\1");
    FLOOD("\0\0\10\7\0\0\0\0\0\0\0\0\1\0\0\0\0");
    FLOOD("\0\0\0\x63\0\0\0\0\0");
#undef FLOOD
}

static void a_flood_of_continuation_ends_the_connection(void **state)
{
    (void)state;
    struct rig r;
    rig_init(&r, 0);
    open_stream(&r, 0, "/", STR(""), false);
    FEED(&r, SETTINGS_NONE "\0\0\1\1\0\0\0\0\1\x88");
    int rc = 0;
    for (int i = 0; i < 100000 && rc == 0; i++)
        rc = FEED(&r, "\0\0\0\x09\0\0\0\0\1");
    assert_int_equal(rc, ERR_PROTOCOL);
    assert_int_equal(r.errors[0].code, 1662);
    rig_deinit(&r);
}

/* Windows are opened as fast as is read, so they are made small here. */
static void data_beyond_our_windows_ends_the_connection(void **state)
{
    (void)state;
    for (int i = 0; i < 2; i++) {
        struct rig r;
        rig_init(&r, 0);
        open_stream(&r, 0, "/", STR(""), false);
        FEED(&r, SETTINGS_NONE HEAD1);
        *(i == 0 ? &r.s.recv_left : &r.streams[0].recv_left) = 5;
        assert_int_equal(FEED(&r, DATA1("\5", "fits.")), 0);
        assert_int_equal(FEED(&r, DATA1("\1", "x")), ERR_PROTOCOL);
        assert_string_equal(r.log.data, "1:head 200 1:data fits. 1:failed 1654 ");
        rig_deinit(&r);
    }
}

static void what_broke_off_is_told(void **state)
{
    (void)state;
    for (size_t piece = 0; piece < 20; piece++) {
        struct rig r;
        rig_init(&r, piece);
        open_stream(&r, 0, "/", STR(""), false);
        FEED(&r, SETTINGS_NONE HEAD1 DATA1("\3", "par") "\0\0\x0a\0\x09\0\0\0\1\3tia");
        h2_session_end(&r.s, ERR_CLOSED, NULL);
        assert_int_equal(r.streams[0].torn_len, 3);
        rig_deinit(&r);
        rig_init(&r, piece); /* behind a whole frame there is nothing, and padding is none */
        open_stream(&r, 0, "/", STR(""), false);
        FEED(&r, SETTINGS_NONE HEAD1 "\0\0\5\0\x08\0\0\0\1\3");
        h2_session_reset(&r.s, &r.streams[0], H2_CANCEL, &r.out);
        assert_int_equal(r.streams[0].torn_len, 0);
        rig_deinit(&r);
    }
}

static void refused_memory_ends_what_asked_for_it(void **state)
{
    (void)state;
    for (int n = 1; n < 8; n++) {
        struct rig r;
        rig_init(&r, 0);
        open_stream(&r, 0, "/", STR(""), false);
        FEED(&r, SETTINGS_NONE);
        buf_clear(&r.out);
        mem_fail_nth_try(n);
        FEED(&r, "\0\0\x0c\1\4\0\0\0\1\x88\x40\3xyz\5value" DATA1_END("\2", "hi"));
        mem_fail_nth_try(0);
        assert_true(r.streams[0].is_over || r.streams[0].has_head);
        rig_deinit(&r);
    }
}

static void times_are_those_of_arrival(void **state)
{
    (void)state;
    struct rig r;
    rig_init(&r, 0);
    open_stream(&r, 0, "/", STR(""), false);
    FEED(&r, SETTINGS_NONE);
    h2_session_feed(&r.s, "\0\0\1\1\4\0\0\0\1", 9, 5000, &r.out);
    h2_session_feed(&r.s, "\x88", 1, 6000, &r.out);
    h2_session_feed(&r.s, DATA1_END("\2", "hi"), 11, 7000, &r.out);
    assert_int_equal(r.streams[0].first_ns, 5000);
    assert_int_equal(r.streams[0].end_ns, 7000);
    rig_deinit(&r);
}

#define LLVMFuzzerTestOneInput h2_client_fuzz_one
#include "../../fuzz/h2_client_fuzz.c"
#undef LLVMFuzzerTestOneInput
#include "fuzz_replay.h"

static void the_corpus_is_clean(void **state)
{
    (void)state;
    fuzz_replay("h2_client", h2_client_fuzz_one);
}

TEST_SUITE(h2_input){
    TEST(an_answer_is_told_in_order)
    TEST(padding_and_priority_are_skipped)
    TEST(continuation_may_be_cut_anywhere)
    TEST(interim_heads_and_trailers_are_read_over)
    TEST(head_requests_end_with_their_head)
    TEST(what_is_unknown_is_let_pass)
    TEST(pings_are_answered)
    TEST(faults_of_a_stream_end_it_alone)
    TEST(faults_of_the_connection_end_all)
    TEST(the_first_frame_must_be_settings)
    TEST(frames_too_large_have_words_of_their_own)
    TEST(a_header_list_beyond_the_limit_fails)
    TEST(a_header_bomb_is_defused)
    TEST(interim_answers_without_end_fail)
    TEST(floods_end_the_connection)
    TEST(a_flood_of_continuation_ends_the_connection)
    TEST(data_beyond_our_windows_ends_the_connection)
    TEST(what_broke_off_is_told)
    TEST(refused_memory_ends_what_asked_for_it)
    TEST(times_are_those_of_arrival)
    TEST(the_corpus_is_clean)
    TEST_END
};
