/* h2_session_test.c - a client's session from bytes: what it makes of a server's frames, whole and
 * cut at every byte, and what it answers. */
#include "net/h2_session.h"

#include <stdio.h>
#include <string.h>

#include <nghttp2/nghttp2.h>

#include "base/err.h"
#include "base/mem.h"
#include "test.h"

enum { STREAMS = 3, HEADER_MAX = 4096 };

struct rig {
    struct h2_session s;
    struct h2_stream streams[STREAMS];
    struct net_error errors[STREAMS];
    struct buf log;                 /* what the streams were told: "1:field x=y " ... */
    struct buf out;                 /* what the server gets, since the last look */
    size_t piece;                   /* bytes fed at a time; 0: all */
    int field_rc, head_rc, data_rc; /* what the streams answer */
};

static struct rig *rig_of(struct h2_stream *st)
{
    /* Streams lie in the rig in a row, and the first one's id is 1. */
    struct h2_stream *first = st - (st->id - 1) / 2;
    return (struct rig *)(void *)((char *)first - offsetof(struct rig, streams));
}

static int refuse(struct h2_stream *st, int rc)
{
    return rc < 0 ? net_error_set(st->error, rc, NET_DEFAULT, "refused") : 0;
}

static int on_field(struct h2_stream *st, struct str name, struct str value)
{
    struct rig *r = rig_of(st);
    buf_addf(&r->log, "%u:%.*s=%.*s ", st->id, (int)name.len, name.p, (int)value.len, value.p);
    return refuse(st, r->field_rc);
}

static int on_head(struct h2_stream *st, struct str status)
{
    struct rig *r = rig_of(st);
    buf_addf(&r->log, "%u:head %.*s ", st->id, (int)status.len, status.p);
    return refuse(st, r->head_rc);
}

/* Neighbouring pieces of a body are told as one, however they came. */
static int on_data(struct h2_stream *st, const char *data, size_t len)
{
    struct rig *r = rig_of(st);
    char mark[16];
    snprintf(mark, sizeof mark, "%u:data ", st->id);
    const char *last = r->log.data + r->log.len;
    while (last > r->log.data && last[-1] != ' ')
        last--;
    bool goes_on = r->log.len > 0 && r->log.data[r->log.len - 1] != ' ' &&
                   last - r->log.data >= (ptrdiff_t)strlen(mark) &&
                   memcmp(last - strlen(mark), mark, strlen(mark)) == 0;
    if (!goes_on) {
        if (r->log.len > 0 && r->log.data[r->log.len - 1] != ' ')
            buf_addc(&r->log, ' ');
        buf_adds(&r->log, mark);
    }
    buf_add(&r->log, data, len);
    return refuse(st, r->data_rc);
}

static void on_over(struct h2_stream *st)
{
    struct rig *r = rig_of(st);
    if (r->log.len > 0 && r->log.data[r->log.len - 1] != ' ')
        buf_addc(&r->log, ' ');
    if (st->rc == 0)
        buf_addf(&r->log, "%u:over ", st->id);
    else
        buf_addf(&r->log, "%u:failed %u%s ", st->id, st->error->code,
                 st->was_refused ? " again" : "");
}

static const struct h2_events events = {on_field, on_head, on_data, on_over};

static int open_stream(struct rig *r, int i, const char *path, struct str body, bool is_head)
{
    struct h2_field fields[] = {
        {STR(":authority"), STR("h.test")},
        {STR(":method"), STR("GET")},
        {STR(":path"), str_of(path)},
        {STR(":scheme"), STR("https")},
    };
    r->streams[i] = (struct h2_stream){
        .events = &events, .error = &r->errors[i], .upload = body, .is_head = is_head};
    return h2_session_open(&r->s, &r->streams[i], fields, 4, &r->out);
}

static void rig_init(struct rig *r, size_t piece)
{
    memset(r, 0, sizeof *r);
    r->piece = piece;
    buf_init(&r->log, BUF_NO_LIMIT);
    buf_init(&r->out, BUF_NO_LIMIT);
    assert_int_equal(h2_session_init(&r->s, HEADER_MAX), 0);
    h2_session_greet(&r->s, &r->out);
    buf_clear(&r->out);
}

static void rig_deinit(struct rig *r)
{
    if (!r->s.is_dead)
        h2_session_end(&r->s, ERR_CLOSED, NULL);
    h2_session_deinit(&r->s);
    buf_deinit(&r->log);
    buf_deinit(&r->out);
}

static int feed(struct rig *r, const char *bytes, size_t len)
{
    int rc = 0;
    size_t piece = r->piece > 0 ? r->piece : len;
    for (size_t at = 0; at < len && rc == 0; at += piece) {
        size_t n = len - at < piece ? len - at : piece;
        char *copy = mem_dup(bytes + at, n); /* of its own size, for AddressSanitizer */
        rc = h2_session_feed(&r->s, copy, n, 1000 + (int64_t)at, &r->out);
        mem_free(copy);
    }
    return rc;
}

#define FEED(r, literal) feed(r, literal, sizeof(literal) - 1)

/* Frames of the server, as text. The ids are those of the test's streams. */
#define SETTINGS_NONE      "\0\0\0\4\0\0\0\0\0"
#define SETTINGS_ACK       "\0\0\0\4\1\0\0\0\0"
#define OK1                "\0\0\1\1\5\0\0\0\1\x88" /* :status 200, END_STREAM */
#define HEAD1              "\0\0\1\1\4\0\0\0\1\x88" /* the same, a body follows */
#define HEAD2              "\0\0\1\1\4\0\0\0\3\x88"
#define DATA1(n, text)     "\0\0" n "\0\0\0\0\0\1" text
#define DATA1_END(n, text) "\0\0" n "\0\1\0\0\0\1" text

/* One stream opened, a server's bytes, what came of it; at every size of pieces. */
static void play(const char *bytes, size_t len, bool is_head, const char *want_log,
                 const char *want_out, size_t want_out_len)
{
    for (size_t piece = 0; piece <= len; piece++) {
        struct rig r;
        rig_init(&r, piece);
        open_stream(&r, 0, "/", STR(""), is_head);
        buf_clear(&r.out);
        FEED(&r, SETTINGS_NONE SETTINGS_ACK);
        buf_clear(&r.out);
        feed(&r, bytes, len);
        assert_string_equal(r.log.data, want_log);
        assert_int_equal(r.out.len, want_out_len);
        assert_memory_equal(r.out.data, want_out, want_out_len);
        rig_deinit(&r);
    }
}

#define PLAY(bytes, log, out)      play(bytes, sizeof(bytes) - 1, false, log, out, sizeof(out) - 1)
#define PLAY_HEAD(bytes, log, out) play(bytes, sizeof(bytes) - 1, true, log, out, sizeof(out) - 1)

#define RST1(code)    "\0\0\4\3\0\0\0\0\1\0\0\0" code
#define GOAWAY0(code) "\0\0\10\7\0\0\0\0\0\0\0\0\0\0\0\0" code

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

/* ---- limits */

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

TEST_SUITE(h2_session){
    TEST(greets_with_settings_and_a_window)
    TEST(heads_are_compressed_and_read_back)
    TEST(a_long_head_goes_on_in_continuation)
    TEST(a_head_the_server_won_t_take_is_not_sent)
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
    TEST(a_header_list_beyond_the_limit_fails)
    TEST(a_header_bomb_is_defused)
    TEST(interim_answers_without_end_fail)
    TEST(floods_end_the_connection)
    TEST(a_flood_of_continuation_ends_the_connection)
    TEST(unwanted_data_without_end_ends_the_connection)
    TEST(refused_memory_ends_what_asked_for_it)
    TEST(times_are_those_of_arrival)
    TEST(the_corpus_is_clean)
    TEST_END
};
