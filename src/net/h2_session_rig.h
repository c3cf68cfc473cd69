/* h2_session_rig.h - for the tests of this folder only: a client's session with streams that write
 * down what they are told, fed with a server's bytes whole and cut at every byte. Comes behind
 * test.h. */
#ifndef C6_NET_H2_SESSION_RIG_H
#define C6_NET_H2_SESSION_RIG_H

#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "base/mem.h"
#include "net/h2_session.h"

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

static inline struct rig *rig_of(struct h2_stream *st)
{
    /* Streams lie in the rig in a row, and the first one's id is 1. */
    struct h2_stream *first = st - (st->id - 1) / 2;
    return (struct rig *)(void *)((char *)first - offsetof(struct rig, streams));
}

static inline int refuse(struct h2_stream *st, int rc)
{
    return rc < 0 ? net_error_set(st->error, rc, NET_DEFAULT, "refused") : 0;
}

static inline int on_field(struct h2_stream *st, struct str name, struct str value)
{
    struct rig *r = rig_of(st);
    buf_addf(&r->log, "%u:%.*s=%.*s ", st->id, (int)name.len, name.p, (int)value.len, value.p);
    return refuse(st, r->field_rc);
}

static inline int on_head(struct h2_stream *st, struct str status)
{
    struct rig *r = rig_of(st);
    buf_addf(&r->log, "%u:head %.*s ", st->id, (int)status.len, status.p);
    return refuse(st, r->head_rc);
}

/* Neighbouring pieces of a body are told as one, however they came. */
static inline int on_data(struct h2_stream *st, const char *data, size_t len)
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

static inline void on_over(struct h2_stream *st)
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

static inline int open_stream(struct rig *r, int i, const char *path, struct str body, bool is_head)
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

static inline void rig_init(struct rig *r, size_t piece)
{
    memset(r, 0, sizeof *r);
    r->piece = piece;
    buf_init(&r->log, BUF_NO_LIMIT);
    buf_init(&r->out, BUF_NO_LIMIT);
    assert_int_equal(h2_session_init(&r->s, HEADER_MAX), 0);
    h2_session_greet(&r->s, &r->out);
    buf_clear(&r->out);
}

static inline void rig_deinit(struct rig *r)
{
    if (!r->s.is_dead)
        h2_session_end(&r->s, ERR_CLOSED, NULL);
    h2_session_deinit(&r->s);
    buf_deinit(&r->log);
    buf_deinit(&r->out);
}

static inline int feed(struct rig *r, const char *bytes, size_t len)
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
static inline void play(const char *bytes, size_t len, bool is_head, const char *want_log,
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

#endif
