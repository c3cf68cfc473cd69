/* h2_frame_test.c - frames as bytes, errors as numbers and words. */
#include "net/h2_frame.h"

#include <string.h>

#include "base/err.h"
#include "base/mem.h"
#include "test.h"

static void assert_bytes(const struct buf *b, const char *want, size_t len)
{
    assert_int_equal(b->len, len);
    assert_memory_equal(b->data, want, len);
}

#define ASSERT_BYTES(b, literal) assert_bytes(b, literal, sizeof(literal) - 1)

static void small_frames_have_their_shape(void **state)
{
    (void)state;
    struct buf b;
    buf_init(&b, BUF_NO_LIMIT);
    h2_put_rst(&b, 3, H2_CANCEL);
    ASSERT_BYTES(&b, "\0\0\4\3\0\0\0\0\3\0\0\0\10");
    buf_clear(&b);
    h2_put_window_update(&b, 0x01020304, 0x7fffffff);
    ASSERT_BYTES(&b, "\0\0\4\x08\0\1\2\3\4\x7f\xff\xff\xff");
    buf_clear(&b);
    h2_put_ping(&b, H2_ACK, (const uint8_t *)"12345678");
    ASSERT_BYTES(&b, "\0\0\10\6\1\0\0\0\0"
                     "12345678");
    buf_clear(&b);
    h2_put_goaway(&b, 5, H2_ENHANCE_YOUR_CALM, STR("no"));
    ASSERT_BYTES(&b, "\0\0\12\7\0\0\0\0\0\0\0\0\5\0\0\0\13no");
    buf_clear(&b);
    h2_put_head(&b, 6, H2_SETTINGS, 0, 0);
    h2_put_setting(&b, H2_SET_INITIAL_WINDOW_SIZE, 65536);
    ASSERT_BYTES(&b, "\0\0\6\4\0\0\0\0\0\0\4\0\1\0\0");
    buf_deinit(&b);
}

static void a_head_is_read_back(void **state)
{
    (void)state;
    struct h2_head h = h2_read_head((const uint8_t *)"\1\2\3\11\44\xff\0\0\7");
    assert_int_equal(h.len, 0x010203);
    assert_int_equal(h.type, H2_CONTINUATION);
    assert_int_equal(h.flags, 0x24);
    assert_int_equal(h.stream_id, 0x7f000007); /* without the reserved bit */
}

static void long_header_blocks_go_on(void **state)
{
    (void)state;
    struct buf b;
    buf_init(&b, BUF_NO_LIMIT);
    h2_put_headers(&b, 1, true, STR("abcdefg"), 3);
    ASSERT_BYTES(&b, "\0\0\3\1\1\0\0\0\1abc"
                     "\0\0\3\11\0\0\0\0\1def"
                     "\0\0\1\11\4\0\0\0\1g");
    buf_clear(&b);
    h2_put_headers(&b, 1, false, STR("abc"), 3);
    ASSERT_BYTES(&b, "\0\0\3\1\4\0\0\0\1abc");
    buf_clear(&b);
    h2_put_headers(&b, 1, false, STR(""), 3);
    ASSERT_BYTES(&b, "\0\0\0\1\4\0\0\0\1");
    buf_deinit(&b);
}

static void stream_errors_have_numbers_and_words(void **state)
{
    (void)state;
    struct net_error e;
    assert_int_equal(h2_error_stream(&e, ERR_RESET, 3, H2_INTERNAL_ERROR, "received from peer"),
                     ERR_RESET);
    assert_int_equal(e.code, 1633);
    assert_string_equal(e.text, "http2: stream error with http2 ErrCode INTERNAL_ERROR");
    assert_string_equal(e.detail, "stream error: stream ID 3; INTERNAL_ERROR; received from peer");
    h2_error_stream(&e, ERR_RESET, 1, H2_NO_ERROR, NULL);
    assert_int_equal(e.code, 1631);
    assert_string_equal(e.detail, "stream error: stream ID 1; NO_ERROR");
    h2_error_stream(&e, ERR_RESET, 1, H2_HTTP_1_1_REQUIRED, NULL);
    assert_int_equal(e.code, 1644);
    h2_error_stream(&e, ERR_RESET, 1, 14, NULL);
    assert_int_equal(e.code, 1630);
    assert_string_equal(e.text, "http2: stream error with http2 ErrCode unknown error code 0xe");
}

static void connection_errors_have_numbers_and_words(void **state)
{
    (void)state;
    struct net_error e;
    h2_error_connection(&e, ERR_PROTOCOL, H2_PROTOCOL_ERROR);
    assert_int_equal(e.code, 1652);
    assert_string_equal(e.text, "http2: connection error with http2 ErrCode PROTOCOL_ERROR");
    assert_string_equal(e.detail, "connection error: PROTOCOL_ERROR");
    h2_error_goaway(&e, ERR_CLOSED, 5, H2_ENHANCE_YOUR_CALM, STR("say \"when\""));
    assert_int_equal(e.code, 1622);
    assert_string_equal(e.text, "http2: received GoAway with http2 ErrCode ENHANCE_YOUR_CALM");
    assert_string_equal(e.detail,
                        "http2: server sent GOAWAY and closed the connection; LastStreamID=5, "
                        "ErrCode=ENHANCE_YOUR_CALM, debug=\"say \\\"when\\\"\"");
    h2_error_goaway(&e, ERR_CLOSED, 1, 99, STR(""));
    assert_int_equal(e.code, 1610);
}

TEST_SUITE(h2_frame){
    TEST(small_frames_have_their_shape)
    TEST(a_head_is_read_back)
    TEST(long_header_blocks_go_on)
    TEST(stream_errors_have_numbers_and_words)
    TEST(connection_errors_have_numbers_and_words)
    TEST_END
};
