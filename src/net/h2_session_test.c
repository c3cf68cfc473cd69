/* h2_session_test.c - a client's session: what it sends, how its streams end, windows and room. */
#include <nghttp2/nghttp2.h>

#include "test.h"

#include "net/h2_session_rig.h" /* behind test.h */

/* ---- what a client sends */

static void greets_with_settings_and_a_window(void **state)
{
    (void)state;
    struct rig r;
    rig_init(&r, 0);
    h2_session_greet(&r.s, &r.out);
    assert_memory_equal(r.out.data, H2_PREFACE, H2_PREFACE_LEN);
    assert_memory_equal(r.out.data + H2_PREFACE_LEN,
                        "\0\0\x18\4\0\0\0\0\0"
                        "\0\2\0\0\0\0" /* no push */
                        "\0\4\0\x40\0\0"
                        "\0\5\0\0\x40\0"
                        "\0\6\0\0\x10\0" /* HEADER_MAX */
                        "\0\0\4\10\0\0\0\0\0\x40\0\0\0",
                        9 + 24 + 13);
    rig_deinit(&r);
}

/* What another implementation makes of our header blocks. */
static void decode(nghttp2_hd_inflater *inflater, const char *frame, struct buf *text)
{
    struct h2_head h = h2_read_head((const uint8_t *)frame);
    const uint8_t *in = (const uint8_t *)frame + H2_HEAD_SIZE;
    size_t left = h.len;
    for (int flags = 0; (flags & NGHTTP2_HD_INFLATE_FINAL) == 0;) {
        nghttp2_nv nv;
        ssize_t n = nghttp2_hd_inflate_hd2(inflater, &nv, &flags, in, left, 1);
        assert_true(n >= 0);
        in += n;
        left -= (size_t)n;
        if ((flags & NGHTTP2_HD_INFLATE_EMIT) != 0)
            buf_addf(text, "%s=%s ", nv.name, nv.value);
    }
    nghttp2_hd_inflate_end_headers(inflater);
}

static void heads_are_compressed_and_read_back(void **state)
{
    (void)state;
    struct rig r;
    struct buf text;
    nghttp2_hd_inflater *inflater;
    rig_init(&r, 0);
    buf_init(&text, BUF_NO_LIMIT);
    assert_int_equal(nghttp2_hd_inflate_new(&inflater), 0);
    open_stream(&r, 0, "/first", STR(""), false);
    size_t first_len = r.out.len;
    assert_int_equal((uint8_t)r.out.data[4], H2_END_STREAM | H2_END_HEADERS);
    decode(inflater, r.out.data, &text);
    assert_string_equal(text.data, ":authority=h.test :method=GET :path=/first :scheme=https ");
    buf_clear(&text);
    open_stream(&r, 1, "/first", STR("body"), false);
    assert_true(r.out.len - first_len < first_len); /* the table knows most of it */
    assert_int_equal((uint8_t)r.out.data[first_len + 4], H2_END_HEADERS);
    decode(inflater, r.out.data + first_len, &text);
    assert_string_equal(text.data, ":authority=h.test :method=GET :path=/first :scheme=https ");
    nghttp2_hd_inflate_del(inflater);
    buf_deinit(&text);
    rig_deinit(&r);
}

static void a_long_head_goes_on_in_continuation(void **state)
{
    (void)state;
    struct rig r;
    char *path = mem_alloc(40001);
    memset(path, '~', 40000); /* 13 bits each: no use to compress */
    path[0] = '/';
    path[40000] = '\0';
    rig_init(&r, 0);
    open_stream(&r, 0, path, STR(""), false);
    struct h2_head h = h2_read_head((const uint8_t *)r.out.data);
    assert_int_equal(h.len, H2_FRAME_MAX);
    assert_int_equal(h.flags, H2_END_STREAM);
    h = h2_read_head((const uint8_t *)r.out.data + H2_HEAD_SIZE + H2_FRAME_MAX);
    assert_int_equal(h.type, H2_CONTINUATION);
    assert_int_equal(h.flags, 0);
    size_t third = (size_t)2 * (H2_HEAD_SIZE + H2_FRAME_MAX);
    h = h2_read_head((const uint8_t *)r.out.data + third);
    assert_int_equal(h.flags, H2_END_HEADERS);
    assert_int_equal(r.out.len, third + H2_HEAD_SIZE + h.len);
    mem_free(path);
    rig_deinit(&r);
}

static void a_head_the_server_won_t_take_is_not_sent(void **state)
{
    (void)state;
    struct rig r;
    rig_init(&r, 0);
    FEED(&r, "\0\0\6\4\0\0\0\0\0\0\6\0\0\0\x80");
    buf_clear(&r.out);
    assert_int_equal(open_stream(&r, 0, "/", STR(""), false), ERR_TOO_LARGE);
    assert_string_equal(r.errors[0].text,
                        "request header list larger than peer's advertised limit");
    assert_int_equal(r.out.len, 0);
    assert_int_equal(r.s.stream_count, 0);
    rig_deinit(&r);
}

/* ---- resets and goaway */

static void resets_say_whether_to_try_again(void **state)
{
    (void)state;
    PLAY(RST1("\2"), "1:failed 1633 ", "");
    PLAY(RST1("\0"), "1:failed 1631 ", "");
    PLAY(RST1("\7"), "1:failed 1638 again ", "");
    PLAY(RST1("\1"), "1:failed 1632 again ", "");
    PLAY(HEAD1 DATA1("\2", "hi") RST1("\7"), "1:head 200 1:data hi 1:failed 1638 ", "");
    PLAY(OK1 RST1("\0"), "1:head 200 1:over ", "");
    struct rig r;
    rig_init(&r, 0);
    open_stream(&r, 0, "/", STR(""), false);
    FEED(&r, SETTINGS_NONE RST1("\7"));
    assert_true(h2_session_is_usable(&r.s));
    open_stream(&r, 1, "/", STR(""), false);
    FEED(&r, "\0\0\4\3\0\0\0\0\3\0\0\0\1");
    assert_false(h2_session_is_usable(&r.s)); /* after PROTOCOL_ERROR a new connection is better */
    rig_deinit(&r);
}

static void goaway_leaves_what_the_server_knows(void **state)
{
    (void)state;
    struct rig r;
    rig_init(&r, 1);
    FEED(&r, SETTINGS_NONE);
    for (int i = 0; i < 3; i++)
        open_stream(&r, i, "/", STR(""), false);
    FEED(&r, "\0\0\12\7\0\0\0\0\0\0\0\0\3\0\0\0\0ok");
    assert_string_equal(r.log.data, "5:failed 1000 again ");
    assert_false(h2_session_is_usable(&r.s));
    FEED(&r, OK1);
    assert_string_equal(r.log.data, "5:failed 1000 again 1:head 200 1:over ");
    h2_session_end(&r.s, ERR_CLOSED, NULL);
    assert_int_equal(r.errors[1].code, 1611);
    assert_string_equal(r.errors[1].detail,
                        "http2: server sent GOAWAY and closed the connection; LastStreamID=3, "
                        "ErrCode=NO_ERROR, debug=\"ok\"");
    rig_deinit(&r);
}

static void goaway_with_a_code_refuses_the_first_request(void **state)
{
    (void)state;
    struct rig r;
    rig_init(&r, 1);
    open_stream(&r, 0, "/", STR(""), false);
    open_stream(&r, 1, "/", STR(""), false);
    FEED(&r, SETTINGS_NONE "\0\0\10\7\0\0\0\0\0\0\0\0\0\0\0\0\13");
    assert_string_equal(r.log.data, "1:failed 1000 3:failed 1000 again ");
    assert_string_equal(r.errors[0].text,
                        "http2: Transport received GOAWAY from server ErrCode:ENHANCE_YOUR_CALM");
    rig_deinit(&r);
}

static void the_end_of_the_connection_is_told(void **state)
{
    (void)state;
    struct rig r;
    struct net_error why;
    rig_init(&r, 0);
    open_stream(&r, 0, "/", STR(""), false);
    h2_session_end(&r.s, ERR_CLOSED, NULL);
    assert_string_equal(r.errors[0].text, "unexpected EOF");
    assert_int_equal(r.streams[0].rc, ERR_CLOSED);
    rig_deinit(&r);
    rig_init(&r, 0);
    open_stream(&r, 0, "/", STR(""), false);
    net_error_set(&why, ERR_RESET, NET_TCP_RESET, NULL);
    h2_session_end(&r.s, ERR_RESET, &why);
    assert_int_equal(r.errors[0].code, 1220);
    rig_deinit(&r);
}

static void a_user_who_leaves_is_not_told_anything(void **state)
{
    (void)state;
    struct rig r;
    rig_init(&r, 0);
    open_stream(&r, 0, "/", STR(""), false);
    open_stream(&r, 1, "/", STR(""), false);
    FEED(&r, SETTINGS_NONE HEAD1);
    buf_clear(&r.out);
    h2_session_reset(&r.s, &r.streams[0], H2_CANCEL, &r.out);
    assert_int_equal(r.out.len, 13);
    assert_memory_equal(r.out.data, RST1("\10"), 13);
    FEED(&r, DATA1("\3", "abc") DATA1_END("\1", "d") HEAD2 "\0\0\2\0\1\0\0\0\3hi");
    assert_string_equal(r.log.data, "1:head 200 3:head 200 3:data hi 3:over ");
    assert_int_equal(r.s.stream_count, 0);
    rig_deinit(&r);
}

static void a_user_who_refuses_resets_his_stream(void **state)
{
    (void)state;
    for (int i = 0; i < 3; i++) {
        struct rig r;
        rig_init(&r, 1);
        open_stream(&r, 0, "/", STR(""), false);
        FEED(&r, SETTINGS_NONE);
        buf_clear(&r.out);
        r.field_rc = i == 0 ? ERR_NOMEM : 0;
        r.head_rc = i == 1 ? ERR_TOO_LARGE : 0;
        r.data_rc = i == 2 ? ERR_TOO_LARGE : 0;
        FEED(&r, "\0\0\5\1\4\0\0\0\1\x88\0\1x\0" DATA1_END("\2", "hi"));
        assert_true(r.streams[0].is_over && r.streams[0].rc < 0);
        assert_string_equal(r.errors[0].text, "refused");
        assert_memory_equal(r.out.data, RST1("\10"), 13);
        assert_true(h2_session_is_usable(&r.s));
        rig_deinit(&r);
    }
}

/* ---- windows */

/* DATA frames in out: their bytes; *ends: the last has END_STREAM. */
static size_t count_data(const struct buf *out, bool *ends)
{
    size_t sum = 0;
    for (size_t at = 0; at < out->len;) {
        struct h2_head h = h2_read_head((const uint8_t *)out->data + at);
        if (h.type == H2_DATA) {
            sum += h.len;
            *ends = (h.flags & H2_END_STREAM) != 0;
        }
        at += H2_HEAD_SIZE + h.len;
    }
    return sum;
}

static void bodies_wait_for_the_server_s_windows(void **state)
{
    (void)state;
    struct rig r;
    bool ends = false;
    size_t len = 200000;
    char *body = mem_calloc(1, len);
    rig_init(&r, 0);
    FEED(&r, SETTINGS_NONE);
    open_stream(&r, 0, "/", (struct str){body, len}, false);
    buf_clear(&r.out);
    h2_session_pump(&r.s, &r.out, 1 << 20);
    assert_int_equal(count_data(&r.out, &ends), 65535); /* both windows are used up */
    assert_false(ends);
    buf_clear(&r.out);
    FEED(&r, "\0\0\4\x08\0\0\0\0\1\0\x0f\0\0"); /* the stream's alone is no help */
    h2_session_pump(&r.s, &r.out, 1 << 20);
    assert_int_equal(r.out.len, 0);
    FEED(&r, "\0\0\4\x08\0\0\0\0\0\0\0\0\x0a");
    h2_session_pump(&r.s, &r.out, 1 << 20);
    assert_int_equal(count_data(&r.out, &ends), 10);
    buf_clear(&r.out);
    FEED(&r, "\0\0\4\x08\0\0\0\0\0\0\x0f\0\0");
    h2_session_pump(&r.s, &r.out, 30000); /* no more than the caller takes, and a frame */
    assert_in_range(count_data(&r.out, &ends), 30000, 30000 + H2_FRAME_MAX);
    h2_session_pump(&r.s, &r.out, 1 << 20);
    assert_int_equal(count_data(&r.out, &ends), len - 65545);
    assert_true(ends);
    assert_true(r.streams[0].has_sent_end);
    assert_int_equal(r.s.upload_count, 0);
    rig_deinit(&r);
    mem_free(body);
}

static void a_new_initial_window_counts_for_open_streams(void **state)
{
    (void)state;
    struct rig r;
    bool ends = false;
    rig_init(&r, 1);
    FEED(&r, "\0\0\6\4\0\0\0\0\0\0\4\0\0\0\4");
    open_stream(&r, 0, "/", STR("hello"), false);
    buf_clear(&r.out);
    h2_session_pump(&r.s, &r.out, 1000);
    assert_int_equal(count_data(&r.out, &ends), 4);
    FEED(&r, "\0\0\6\4\0\0\0\0\0\0\4\0\0\0\2"); /* now it is below nothing */
    FEED(&r, "\0\0\4\x08\0\0\0\0\1\0\0\0\2");
    h2_session_pump(&r.s, &r.out, 1000);
    assert_int_equal(count_data(&r.out, &ends), 4);
    FEED(&r, "\0\0\6\4\0\0\0\0\0\0\4\0\0\0\3");
    h2_session_pump(&r.s, &r.out, 1000);
    assert_int_equal(count_data(&r.out, &ends), 5);
    assert_true(ends);
    rig_deinit(&r);
}

static void uploads_take_turns(void **state)
{
    (void)state;
    struct rig r;
    char *body = mem_calloc(1, 60000);
    rig_init(&r, 0);
    FEED(&r, SETTINGS_NONE);
    open_stream(&r, 0, "/", (struct str){body, 60000}, false);
    open_stream(&r, 1, "/", (struct str){body, 60000}, false);
    h2_session_pump(&r.s, &r.out, 1 << 20);
    assert_in_range(r.streams[0].upload.len, 20000, 40000);
    assert_in_range(r.streams[1].upload.len, 20000, 40000);
    rig_deinit(&r);
    mem_free(body);
}

static void an_answer_ends_an_unfinished_upload(void **state)
{
    (void)state;
    struct rig r;
    char *body = mem_calloc(1, 100000);
    rig_init(&r, 0);
    FEED(&r, SETTINGS_NONE);
    open_stream(&r, 0, "/", (struct str){body, 100000}, false);
    h2_session_pump(&r.s, &r.out, 1 << 20);
    buf_clear(&r.out);
    FEED(&r, OK1);
    assert_string_equal(r.log.data, "1:head 200 1:over ");
    assert_memory_equal(r.out.data, RST1("\0"), 13);
    assert_int_equal(r.s.upload_count, 0);
    rig_deinit(&r);
    mem_free(body);
}

/* A body of so many full frames; what goes back is counted by connection and stream. */
static void feed_frames(struct rig *r, int count, uint32_t *conn, uint32_t *stream)
{
    char *frame = mem_calloc(1, H2_HEAD_SIZE + H2_FRAME_MAX);
    memcpy(frame, "\0\x40\0\0\0\0\0\0\1", H2_HEAD_SIZE);
    *conn = *stream = 0;
    for (int i = 0; i < count; i++) {
        r->log.len = 0;
        if (feed(r, frame, H2_HEAD_SIZE + H2_FRAME_MAX) < 0)
            break;
    }
    for (size_t at = 0; at < r->out.len;) {
        const uint8_t *p = (const uint8_t *)r->out.data + at;
        struct h2_head h = h2_read_head(p);
        if (h.type == H2_GOAWAY)
            break;
        assert_int_equal(h.type, H2_WINDOW_UPDATE);
        *(h.stream_id == 0 ? conn : stream) += h2_read_u32(p + H2_HEAD_SIZE);
        at += H2_HEAD_SIZE + h.len;
    }
    mem_free(frame);
}

static void what_is_read_is_given_back(void **state)
{
    (void)state;
    struct rig r;
    uint32_t conn;
    uint32_t stream;
    rig_init(&r, 0);
    open_stream(&r, 0, "/", STR(""), false);
    FEED(&r, SETTINGS_NONE HEAD1);
    buf_clear(&r.out);
    feed_frames(&r, 2000, &conn, &stream); /* 32 MB */
    assert_in_range(stream, 28u << 20, 2000u << 14);
    assert_in_range(conn, 16u << 20, 2000u << 14);
    rig_deinit(&r);
}

static void padding_counts_for_the_windows(void **state)
{
    (void)state;
    struct rig r;
    rig_init(&r, 0);
    open_stream(&r, 0, "/", STR(""), false);
    FEED(&r, SETTINGS_NONE HEAD1);
    uint32_t before = r.streams[0].recv_unacked;
    FEED(&r, "\0\0\6\0\x08\0\0\0\1\3hippp");
    assert_int_equal(r.streams[0].recv_unacked - before, 6);
    rig_deinit(&r);
}

/* ---- room */

static void streams_wait_for_room(void **state)
{
    (void)state;
    struct rig r;
    rig_init(&r, 0);
    assert_true(h2_session_has_room(&r.s));
    FEED(&r, "\0\0\6\4\0\0\0\0\0\0\3\0\0\0\1");
    open_stream(&r, 0, "/", STR(""), false);
    assert_false(h2_session_has_room(&r.s));
    FEED(&r, OK1);
    assert_true(h2_session_has_room(&r.s));
    FEED(&r, "\0\0\6\4\0\0\0\0\0\0\3\0\0\0\0");
    assert_false(h2_session_has_room(&r.s));
    assert_false(h2_session_is_usable(&r.s)); /* nothing says that there will be room again */
    rig_deinit(&r);
}

/* What a server sends for streams that were reset is let pass as far as their windows went. */
static void unwanted_data_without_end_ends_the_connection(void **state)
{
    (void)state;
    struct rig r;
    uint32_t conn;
    uint32_t stream;
    rig_init(&r, 0);
    for (int i = 0; i < 3; i++)
        open_stream(&r, i, "/", STR(""), false);
    FEED(&r, SETTINGS_NONE HEAD1);
    for (int i = 0; i < 3; i++)
        h2_session_reset(&r.s, &r.streams[i], H2_CANCEL, &r.out);
    buf_clear(&r.out);
    feed_frames(&r, 3 * 256, &conn, &stream); /* three windows of 4 MiB */
    assert_int_equal(r.s.idle_work, 0);
    feed_frames(&r, 1000, &conn, &stream);
    assert_false(r.s.is_dead);
    feed_frames(&r, 100000, &conn, &stream);
    assert_true(r.s.is_dead);
    rig_deinit(&r);
}

TEST_SUITE(h2_session){
    TEST(greets_with_settings_and_a_window)
    TEST(heads_are_compressed_and_read_back)
    TEST(a_long_head_goes_on_in_continuation)
    TEST(a_head_the_server_won_t_take_is_not_sent)
    TEST(resets_say_whether_to_try_again)
    TEST(goaway_leaves_what_the_server_knows)
    TEST(goaway_with_a_code_refuses_the_first_request)
    TEST(the_end_of_the_connection_is_told)
    TEST(a_user_who_leaves_is_not_told_anything)
    TEST(a_user_who_refuses_resets_his_stream)
    TEST(bodies_wait_for_the_server_s_windows)
    TEST(a_new_initial_window_counts_for_open_streams)
    TEST(uploads_take_turns)
    TEST(an_answer_ends_an_unfinished_upload)
    TEST(what_is_read_is_given_back)
    TEST(padding_counts_for_the_windows)
    TEST(streams_wait_for_room)
    TEST(unwanted_data_without_end_ends_the_connection)
    TEST_END
};
