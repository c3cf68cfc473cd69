/* h2_control.c - what a server says about the connection and not in an answer: windows, SETTINGS,
 * GOAWAY, RST_STREAM. Payloads come from h2_input.c, a few bytes each, in session.in. Spec: RFC
 * 9113 sections 5.2 and 6. Tests: h2_session_test.c, h2_input_test.c */
#include <string.h>

#include "base/err.h"
#include "base/mem.h"
#include "net/h2_session_int.h"

enum {
    STREAM_REFRESH = H2_STREAM_WINDOW / 4,
    CONNECTION_REFRESH = 16 << 20,
    STREAMS_WITHOUT_LIMIT = 1000, /* at a time, when the server doesn't say what it takes */
    DEBUG_MAX = 256,              /* kept of a GOAWAY's text */
};

/* ---- windows */

/* What was taken in is given back when it is worth a frame. */
void h2_control_refund(struct h2_session *s, struct h2_stream *st, uint32_t len, struct buf *out)
{
    s->recv_unacked += len;
    if (s->recv_unacked >= CONNECTION_REFRESH) {
        h2_put_window_update(out, 0, s->recv_unacked);
        s->recv_left += s->recv_unacked;
        s->recv_unacked = 0;
    }
    if (st == NULL)
        return;
    st->recv_unacked += len;
    if (st->recv_unacked >= STREAM_REFRESH) {
        h2_put_window_update(out, st->id, st->recv_unacked);
        st->recv_left += st->recv_unacked;
        st->recv_unacked = 0;
    }
}

int h2_control_window_update(struct h2_session *s, struct buf *out)
{
    uint32_t by = h2_read_u32(s->in.bytes) & INT32_MAX;
    uint32_t id = s->in.head.stream_id;
    struct h2_stream *st = id != 0 ? h2_session_find(s, id) : NULL;
    if (id == 0) {
        if (by == 0)
            return h2_session_fail(s, H2_PROTOCOL_ERROR, out);
        s->send_window += by;
        return s->send_window <= H2_WINDOW_MAX ? 0 : h2_session_fail(s, H2_FLOW_CONTROL_ERROR, out);
    }
    if (st == NULL)
        return 0; /* it has ended */
    st->send_window += by;
    if (by == 0)
        h2_session_fail_stream(s, st, H2_PROTOCOL_ERROR, NULL, out);
    else if (st->send_window > H2_WINDOW_MAX)
        h2_session_fail_stream(s, st, H2_FLOW_CONTROL_ERROR, NULL, out);
    return 0;
}

/* ---- settings */

int h2_control_setting(struct h2_session *s, struct buf *out)
{
    unsigned id = (unsigned)s->in.bytes[0] << 8 | s->in.bytes[1];
    uint32_t value = h2_read_u32(s->in.bytes + 2);
    switch (id) {
    case H2_SET_HEADER_TABLE_SIZE:
        h2_block_set_table_size(s, value);
        return 0;
    case H2_SET_MAX_CONCURRENT_STREAMS:
        s->max_streams = value;
        s->has_max_streams = true;
        return 0;
    case H2_SET_INITIAL_WINDOW_SIZE:
        if (value > H2_WINDOW_MAX)
            return h2_session_fail(s, H2_FLOW_CONTROL_ERROR, out);
        LIST_EACH(it, &s->streams)
        {
            struct h2_stream *st = LIST_ENTRY(it, struct h2_stream, link);
            st->send_window += (int64_t)value - s->peer_window;
            if (st->send_window > H2_WINDOW_MAX)
                return h2_session_fail(s, H2_FLOW_CONTROL_ERROR, out);
        }
        s->peer_window = value;
        return 0;
    case H2_SET_MAX_FRAME_SIZE: /* we never use more than every peer takes */
        return value >= H2_FRAME_MAX && value < 1 << 24
                   ? 0
                   : h2_session_fail(s, H2_PROTOCOL_ERROR, out);
    case H2_SET_MAX_HEADER_LIST_SIZE:
        s->peer_max_header_bytes = value;
        return 0;
    case H2_SET_ENABLE_PUSH:
    case H2_SET_ENABLE_CONNECT_PROTOCOL:
        return value <= 1 ? 0 : h2_session_fail(s, H2_PROTOCOL_ERROR, out);
    default:
        return 0;
    }
}

int h2_control_end_settings(struct h2_session *s, struct buf *out)
{
    if ((s->in.head.flags & H2_ACK) != 0) {
        if (!s->wants_ack)
            return h2_session_fail(s, H2_PROTOCOL_ERROR, out);
        s->wants_ack = false;
        s->has_settings = true; /* Go lets a server begin with this one */
        return 0;
    }
    if (!s->has_settings && !s->has_max_streams)
        s->max_streams = STREAMS_WITHOUT_LIMIT;
    s->has_settings = true;
    /* Those under way may end; the next one would wait for a change that need not ever come. */
    if (s->max_streams == 0)
        s->is_draining = true;
    h2_put_head(out, 0, H2_SETTINGS, H2_ACK, 0);
    return 0;
}

/* ---- goaway, resets */

void h2_control_keep_debug(struct h2_session *s, const char *data, size_t len)
{
    struct str *d = &s->goaway_debug;
    if (len > DEBUG_MAX - d->len)
        len = DEBUG_MAX - d->len;
    char *more = len > 0 ? mem_try_realloc((char *)(uintptr_t)d->p, d->len + len) : NULL;
    if (more == NULL)
        return;
    memcpy(more + d->len, data, len);
    *d = (struct str){more, d->len + len};
}

/* Streams the server doesn't know of any more may be sent again, but not the first one of a
 * connection that is being refused. */
void h2_control_end_goaway(struct h2_session *s)
{
    char space[40];
    s->is_draining = true;
    LIST_EACH_SAFE(it, &s->streams)
    {
        struct h2_stream *st = LIST_ENTRY(it, struct h2_stream, link);
        if (st->id <= s->goaway_last)
            continue;
        if (st->id == 1 && s->goaway_code != H2_NO_ERROR) {
            net_error_set(st->error, ERR_REFUSED, NET_DEFAULT,
                          "http2: Transport received GOAWAY from server ErrCode:%s",
                          h2_code_name(s->goaway_code, space));
        } else {
            st->was_refused = true;
            net_error_set(st->error, ERR_REFUSED, NET_DEFAULT,
                          "http2: Transport received Server's graceful shutdown GOAWAY");
        }
        h2_session_lose(s, st, ERR_REFUSED);
    }
}

void h2_control_begin_goaway(struct h2_session *s)
{
    uint32_t code = h2_read_u32(s->in.bytes + 4);
    s->goaway_last = h2_read_u32(s->in.bytes) & INT32_MAX;
    if (!s->has_goaway || s->goaway_code == H2_NO_ERROR)
        s->goaway_code = code;
    s->has_goaway = true;
}

void h2_control_reset(struct h2_session *s)
{
    uint32_t code = h2_read_u32(s->in.bytes);
    struct h2_stream *st = h2_session_find(s, s->in.head.stream_id);
    if (st == NULL)
        return;
    /* Servers have been seen to answer so to what came over a connection in a bad state. */
    if (code == H2_PROTOCOL_ERROR)
        s->is_draining = true;
    st->was_refused = !st->has_head && (code == H2_REFUSED_STREAM || code == H2_PROTOCOL_ERROR);
    h2_session_lose(s, st,
                    h2_error_stream(st->error, ERR_RESET, st->id, code, "received from peer"));
}
