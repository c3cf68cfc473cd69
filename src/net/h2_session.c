/* h2_session.c - a client's connection as a state machine: frames in, frames out, windows, limits.
 *
 *     bytes -> head (9 bytes) -> begin_frame -> pieces of payload -> end_frame -> next head
 *                                    |                |
 *                                    |                +- DATA: to its stream, as it comes
 *                                    |                +- HEADERS, CONTINUATION: h2_block.c
 *                                    |                `- others: gathered, a few bytes each
 *                                    `- what a frame's head alone can do wrong
 *
 * What is a stream's fault and what the connection's, and what is let pass, follows Go's client,
 * which k6 shows. What Go has no limit for is counted in idle_work. Tests: h2_session_test.c */
#include "net/h2_session.h"

#include <string.h>

#include "base/err.h"
#include "base/mem.h"

enum {
    STREAM_WINDOW = 4 << 20, /* as Go's client: enough for a gigabit over 30 ms */
    STREAM_REFRESH = STREAM_WINDOW / 4,
    CONNECTION_WINDOW = (1 << 30) + H2_WINDOW_FIRST,
    CONNECTION_REFRESH = 16 << 20,
    STREAMS_UNTIL_SETTINGS = 100, /* at a time, before the server said what it takes */
    STREAMS_WITHOUT_LIMIT = 1000, /* when it doesn't say */
    UPLOAD_FRAME = H2_FRAME_MAX - H2_HEAD_SIZE, /* with its head one TLS record */
    DEBUG_MAX = 256,                            /* kept of a GOAWAY's text */
    /* Frames without use that a server may send in a row. Each counts one, and one for each KiB. */
    IDLE_WORK_MAX = 20000,
};

/* ---- streams */

static struct h2_stream *find(struct h2_session *s, uint32_t id)
{
    LIST_EACH(it, &s->streams)
    {
        struct h2_stream *st = LIST_ENTRY(it, struct h2_stream, link);
        if (st->id == id)
            return st;
    }
    return NULL;
}

static void drop(struct h2_session *s, struct h2_stream *st)
{
    list_remove(&st->link);
    s->stream_count--;
    if (st->upload.len > 0)
        s->upload_count--;
}

static void finish(struct h2_session *s, struct h2_stream *st, int rc)
{
    drop(s, st);
    st->rc = rc;
    st->is_over = true;
    st->end_ns = s->arrived_ns;
    st->events->on_over(st);
}

/* Failed, unless it is the answer to HEAD: that was complete with its head. */
static void lose(struct h2_session *s, struct h2_stream *st, int rc)
{
    if (st->is_head && st->has_head) {
        net_error_clear(st->error);
        rc = 0;
    }
    finish(s, st, rc);
}

/* What is on its way is let pass when it comes. */
static void put_reset(struct h2_session *s, const struct h2_stream *st, enum h2_code code,
                      struct buf *out)
{
    h2_put_rst(out, st->id, code);
    s->late_left += st->recv_left;
}

/* The peer broke the rules of one stream. */
static void fail_stream(struct h2_session *s, struct h2_stream *st, enum h2_code code,
                        const char *cause, struct buf *out)
{
    put_reset(s, st, code, out);
    lose(s, st, h2_error_stream(st->error, ERR_PROTOCOL, st->id, code, cause));
}

/* A callback of the stream's user refused to go on. */
static void leave_stream(struct h2_session *s, struct h2_stream *st, int rc, struct buf *out)
{
    put_reset(s, st, H2_CANCEL, out);
    finish(s, st, rc);
}

/* The answer is complete. A body that the server didn't want is not sent to its end. */
static void complete_stream(struct h2_session *s, struct h2_stream *st, struct buf *out)
{
    if (!st->has_sent_end)
        h2_put_rst(out, st->id, H2_NO_ERROR);
    finish(s, st, 0);
}

/* The frame under way will not come to its end. */
static void note_torn(struct h2_session *s)
{
    bool is_data = s->in.is_in_payload && s->in.head.type == H2_DATA;
    struct h2_stream *st = is_data ? find(s, s->in.head.stream_id) : NULL;
    if (st != NULL)
        st->torn_len = s->in.told;
}

static void end_all(struct h2_session *s, int rc, const struct net_error *why)
{
    s->is_dead = true;
    note_torn(s);
    LIST_EACH_SAFE(it, &s->streams)
    {
        struct h2_stream *st = LIST_ENTRY(it, struct h2_stream, link);
        *st->error = *why;
        lose(s, st, rc);
    }
}

/* The peer broke the rules of the connection. */
static int fail(struct h2_session *s, enum h2_code code, struct buf *out)
{
    struct net_error why;
    int rc = h2_error_connection(&why, ERR_PROTOCOL, code);
    h2_put_goaway(out, 0, code, STR(""));
    end_all(s, rc, &why);
    return rc;
}

/* The same where Go has a text instead of a code. */
static int fail_saying(struct h2_session *s, enum h2_code code, const char *text,
                       const char *detail, struct buf *out)
{
    struct net_error why;
    int rc = net_error_set(&why, ERR_PROTOCOL, NET_DEFAULT, "%s", text);
    net_error_set_detail(&why, rc, "%s", detail);
    h2_put_goaway(out, 0, code, STR(""));
    end_all(s, rc, &why);
    return rc;
}

/* Work without use; false when it was too much. */
static bool bear(struct h2_session *s, size_t bytes)
{
    s->idle_work += 1 + (uint32_t)(bytes / 1024);
    return s->idle_work <= IDLE_WORK_MAX;
}

/* Data for streams that are over: a server didn't know yet, or it doesn't care. */
static bool bear_late(struct h2_session *s, uint32_t len)
{
    if (len == 0 || len > s->late_left)
        return bear(s, len);
    s->late_left -= len;
    return true;
}

/* ---- windows */

/* What was taken in is given back when it is worth a frame. */
static void refund(struct h2_session *s, struct h2_stream *st, uint32_t len, struct buf *out)
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

static int take_window_update(struct h2_session *s, struct buf *out)
{
    uint32_t by = h2_read_u32(s->in.bytes) & INT32_MAX;
    uint32_t id = s->in.head.stream_id;
    struct h2_stream *st = id != 0 ? find(s, id) : NULL;
    if (id == 0) {
        if (by == 0)
            return fail(s, H2_PROTOCOL_ERROR, out);
        s->send_window += by;
        return s->send_window <= H2_WINDOW_MAX ? 0 : fail(s, H2_FLOW_CONTROL_ERROR, out);
    }
    if (st == NULL)
        return 0; /* it has ended */
    st->send_window += by;
    if (by == 0)
        fail_stream(s, st, H2_PROTOCOL_ERROR, NULL, out);
    else if (st->send_window > H2_WINDOW_MAX)
        fail_stream(s, st, H2_FLOW_CONTROL_ERROR, NULL, out);
    return 0;
}

/* ---- settings */

static int take_setting(struct h2_session *s, struct buf *out)
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
            return fail(s, H2_FLOW_CONTROL_ERROR, out);
        LIST_EACH(it, &s->streams)
        {
            struct h2_stream *st = LIST_ENTRY(it, struct h2_stream, link);
            st->send_window += (int64_t)value - s->peer_window;
            if (st->send_window > H2_WINDOW_MAX)
                return fail(s, H2_FLOW_CONTROL_ERROR, out);
        }
        s->peer_window = value;
        return 0;
    case H2_SET_MAX_FRAME_SIZE: /* we never use more than every peer takes */
        return value >= H2_FRAME_MAX && value < 1 << 24 ? 0 : fail(s, H2_PROTOCOL_ERROR, out);
    case H2_SET_MAX_HEADER_LIST_SIZE:
        s->peer_max_header_bytes = value;
        return 0;
    case H2_SET_ENABLE_PUSH:
    case H2_SET_ENABLE_CONNECT_PROTOCOL:
        return value <= 1 ? 0 : fail(s, H2_PROTOCOL_ERROR, out);
    default:
        return 0;
    }
}

static int end_settings(struct h2_session *s, struct buf *out)
{
    if ((s->in.head.flags & H2_ACK) != 0) {
        if (!s->wants_ack)
            return fail(s, H2_PROTOCOL_ERROR, out);
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

static void keep_debug(struct h2_session *s, const char *data, size_t len)
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
static void end_goaway(struct h2_session *s)
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
        lose(s, st, ERR_REFUSED);
    }
}

static void begin_goaway(struct h2_session *s)
{
    uint32_t code = h2_read_u32(s->in.bytes + 4);
    s->goaway_last = h2_read_u32(s->in.bytes) & INT32_MAX;
    if (!s->has_goaway || s->goaway_code == H2_NO_ERROR)
        s->goaway_code = code;
    s->has_goaway = true;
}

static void take_reset(struct h2_session *s)
{
    uint32_t code = h2_read_u32(s->in.bytes);
    struct h2_stream *st = find(s, s->in.head.stream_id);
    if (st == NULL)
        return;
    /* Servers have been seen to answer so to what came over a connection in a bad state. */
    if (code == H2_PROTOCOL_ERROR)
        s->is_draining = true;
    st->was_refused = !st->has_head && (code == H2_REFUSED_STREAM || code == H2_PROTOCOL_ERROR);
    lose(s, st, h2_error_stream(st->error, ERR_RESET, st->id, code, "received from peer"));
}

/* ---- heads of answers */

static bool is_number(const char *text)
{
    for (const char *p = text; *p != '\0'; p++)
        if (*p < '0' || *p > '9')
            return false;
    return text[0] != '\0';
}

/* What is wrong with the complete block as the head of an answer; NULL: nothing. */
static const char *head_fault(const struct h2_block *b)
{
    if (b->fault[0] != '\0')
        return b->fault;
    if (b->is_truncated)
        return "http2: response header list larger than advertised limit";
    if (!b->has_status || b->status[0] == '\0')
        return "malformed response from server: missing status pseudo header";
    if (!is_number(b->status))
        return "malformed response from server: malformed non-numeric status pseudo header";
    if (b->is_interim && b->ends_stream)
        return "1xx informational response with END_STREAM flag";
    return NULL;
}

static void end_head(struct h2_session *s, struct h2_stream *st, struct buf *out)
{
    struct h2_block *b = &s->block;
    const char *fault = head_fault(b);
    if (fault == NULL && b->is_interim) {
        st->interim_bytes += b->bytes;
        if (st->interim_bytes <= s->max_header_bytes)
            return;
        fault = "header list too large";
    }
    if (fault != NULL) {
        fail_stream(s, st, H2_PROTOCOL_ERROR, fault, out);
        return;
    }
    st->has_head = true;
    s->idle_work = 0;
    int rc = st->events->on_head(st, str_of(b->status));
    if (rc < 0)
        leave_stream(s, st, rc, out);
    else if (b->ends_stream)
        complete_stream(s, st, out);
}

static int end_trailers(struct h2_session *s, struct h2_stream *st, struct buf *out)
{
    struct h2_block *b = &s->block;
    if (b->fault[0] != '\0') {
        fail_stream(s, st, H2_PROTOCOL_ERROR, b->fault, out);
        return 0;
    }
    if (!b->ends_stream || b->has_status || b->has_request_pseudo)
        return fail(s, H2_PROTOCOL_ERROR, out);
    complete_stream(s, st, out);
    return 0;
}

static int end_block(struct h2_session *s, struct buf *out)
{
    struct h2_block *b = &s->block;
    struct h2_stream *st = find(s, b->stream_id);
    int rc = 0;
    if (st == NULL)
        rc = bear(s, b->bytes) ? 0 : fail(s, H2_ENHANCE_YOUR_CALM, out);
    else if (st->has_head)
        rc = end_trailers(s, st, out);
    else
        end_head(s, st, out);
    b->stream_id = 0;
    return rc;
}

/* A piece of HEADERS or CONTINUATION; the last one of the frame may be empty. */
static int feed_block(struct h2_session *s, const char *data, size_t len, bool ends_frame,
                      struct buf *out)
{
    struct h2_block *b = &s->block;
    struct h2_stream *st = find(s, b->stream_id);
    bool is_last = ends_frame && (s->in.head.flags & H2_END_HEADERS) != 0;
    enum h2_code code = h2_block_feed(s, st, data, len, is_last);
    if (code != H2_NO_ERROR)
        return fail(s, code, out);
    if (b->user_rc < 0 && st != NULL)
        leave_stream(s, st, b->user_rc, out);
    return is_last ? end_block(s, out) : 0;
}

/* ---- frames: their heads */

static int begin_data(struct h2_session *s, struct buf *out)
{
    const struct h2_head *h = &s->in.head;
    struct h2_stream *st = find(s, h->stream_id);
    if (h->stream_id == 0 || (st == NULL && h->stream_id >= s->next_id))
        return fail(s, H2_PROTOCOL_ERROR, out);
    if (h->len > s->recv_left)
        return fail(s, H2_FLOW_CONTROL_ERROR, out);
    s->recv_left -= h->len;
    if (st == NULL)
        return bear_late(s, h->len) ? 0 : fail(s, H2_ENHANCE_YOUR_CALM, out);
    if (!st->has_head) {
        fail_stream(s, st, H2_PROTOCOL_ERROR, NULL, out);
        return 0;
    }
    if (st->is_head && h->len > 0) { /* nobody wants it, and the answer is complete without */
        fail_stream(s, st, H2_PROTOCOL_ERROR, NULL, out);
        return 0;
    }
    if (h->len > st->recv_left)
        return fail(s, H2_FLOW_CONTROL_ERROR, out);
    st->recv_left -= h->len;
    if (h->len == 0 && !bear(s, 0))
        return fail(s, H2_ENHANCE_YOUR_CALM, out);
    return 0;
}

static int begin_headers(struct h2_session *s, struct buf *out)
{
    const struct h2_head *h = &s->in.head;
    struct h2_stream *st = find(s, h->stream_id);
    if (h->stream_id == 0)
        return fail(s, H2_PROTOCOL_ERROR, out);
    if (st != NULL && st->first_ns == 0)
        st->first_ns = s->arrived_ns;
    h2_block_begin(s, h->stream_id, (h->flags & H2_END_STREAM) != 0);
    return 0;
}

/* Go on with a block whose fields are not counted any more? That could go on for ever. */
static int begin_continuation(struct h2_session *s, struct buf *out)
{
    if (s->block.is_truncated || s->block.fault[0] != '\0')
        return fail(s, H2_PROTOCOL_ERROR, out);
    return bear(s, 0) ? 0 : fail(s, H2_ENHANCE_YOUR_CALM, out);
}

static int begin_small(struct h2_session *s, struct buf *out)
{
    const struct h2_head *h = &s->in.head;
    bool is_of_stream = h->type == H2_RST_STREAM || h->type == H2_PRIORITY;
    bool is_free = h->type == H2_WINDOW_UPDATE;
    bool is_ack = h->type == H2_SETTINGS && (h->flags & H2_ACK) != 0;
    static const uint8_t lengths[] = {
        [H2_PRIORITY] = 5,
        [H2_RST_STREAM] = 4,
        [H2_PING] = 8,
        [H2_WINDOW_UPDATE] = 4,
    };
    bool is_length_bad = h->type == H2_SETTINGS ? is_ack ? h->len > 0 : h->len % H2_SETTING_SIZE > 0
                         : h->type == H2_GOAWAY ? h->len < 8
                                                : h->len != lengths[h->type];
    if (is_length_bad)
        return fail(s, H2_FRAME_SIZE_ERROR, out);
    if (!is_free && is_of_stream != (h->stream_id != 0))
        return fail(s, H2_PROTOCOL_ERROR, out);
    return bear(s, h->len) ? 0 : fail(s, H2_ENHANCE_YOUR_CALM, out);
}

static int fail_large(struct h2_session *s, struct buf *out)
{
    static const char text[] = "http2: frame too large";
    bool is_http1 = memcmp(s->in.bytes, "HTTP/1.", 7) == 0;
    return fail_saying(s, H2_FRAME_SIZE_ERROR, text,
                       is_http1 ? "http2: failed reading the frame payload: http2: frame too "
                                  "large, note that the frame header looked like an HTTP/1.1 header"
                                : text,
                       out);
}

static int begin_frame(struct h2_session *s, struct buf *out)
{
    const struct h2_head *h = &s->in.head;
    if (h->len > H2_FRAME_MAX)
        return fail_large(s, out);
    if (!s->has_settings && h->type != H2_SETTINGS)
        return fail(s, H2_PROTOCOL_ERROR, out);
    bool goes_on = h->type == H2_CONTINUATION;
    if (goes_on != (s->block.stream_id != 0) || (goes_on && h->stream_id != s->block.stream_id))
        return fail(s, H2_PROTOCOL_ERROR, out);
    switch ((enum h2_type)h->type) {
    case H2_DATA:
        return begin_data(s, out);
    case H2_HEADERS:
        return begin_headers(s, out);
    case H2_CONTINUATION:
        return begin_continuation(s, out);
    case H2_PUSH_PROMISE: /* we said that we take none */
        return fail(s, H2_PROTOCOL_ERROR, out);
    case H2_PRIORITY:
    case H2_RST_STREAM:
    case H2_SETTINGS:
    case H2_PING:
    case H2_GOAWAY:
    case H2_WINDOW_UPDATE:
        return begin_small(s, out);
    }
    return bear(s, h->len) ? 0 : fail(s, H2_ENHANCE_YOUR_CALM, out); /* of a future we don't know */
}

/* ---- frames: their payloads */

/* Bytes to gather before a payload can be looked at. */
static uint8_t prefix_of(const struct h2_head *h)
{
    switch (h->type) {
    case H2_DATA:
        return (h->flags & H2_PADDED) != 0 ? 1 : 0;
    case H2_HEADERS:
        return (uint8_t)(((h->flags & H2_PADDED) != 0 ? 1 : 0) +
                         ((h->flags & H2_HAS_PRIORITY) != 0 ? 5 : 0));
    case H2_RST_STREAM:
    case H2_WINDOW_UPDATE:
        return 4;
    case H2_PING:
    case H2_GOAWAY:
        return 8;
    case H2_SETTINGS:
        return h->len > 0 ? H2_SETTING_SIZE : 0;
    default:
        return 0;
    }
}

/* The padding is known now. */
static int take_padding(struct h2_session *s, struct buf *out)
{
    struct h2_input *in = &s->in;
    in->padding = (in->head.flags & H2_PADDED) != 0 ? in->bytes[0] : 0;
    if (in->padding <= in->left)
        return 0;
    if (in->head.type == H2_DATA)
        return fail(s, H2_PROTOCOL_ERROR, out);
    /* A stream's fault; but the block can't be read, and so what comes after it can't be relied on.
     */
    struct h2_stream *st = find(s, in->head.stream_id);
    s->is_draining = true;
    in->padding = in->left;
    if ((in->head.flags & H2_END_HEADERS) != 0)
        s->block.stream_id = 0;
    if (st != NULL)
        fail_stream(s, st, H2_PROTOCOL_ERROR, NULL, out);
    return 0;
}

/* in.bytes holds the prefix. */
static int take_prefix(struct h2_session *s, struct buf *out)
{
    switch (s->in.head.type) {
    case H2_DATA:
    case H2_HEADERS:
        return take_padding(s, out);
    case H2_SETTINGS:
        s->in.have = 0;
        s->in.prefix = s->in.left > 0 ? H2_SETTING_SIZE : 0;
        return take_setting(s, out);
    case H2_GOAWAY:
        begin_goaway(s);
        return 0;
    case H2_WINDOW_UPDATE:
        return take_window_update(s, out);
    case H2_RST_STREAM:
        take_reset(s);
        return 0;
    case H2_PING:
        if ((s->in.head.flags & H2_ACK) == 0)
            h2_put_ping(out, H2_ACK, s->in.bytes);
        return 0;
    default:
        return 0;
    }
}

static void feed_data(struct h2_session *s, const char *data, size_t len, struct buf *out)
{
    struct h2_stream *st = find(s, s->in.head.stream_id);
    if (st == NULL)
        return;
    s->idle_work = 0;
    s->in.told += (uint32_t)len;
    int rc = st->events->on_data(st, data, len);
    if (rc < 0)
        leave_stream(s, st, rc, out);
}

/* A piece of payload behind the prefix. */
static int feed_payload(struct h2_session *s, const char *data, size_t len, struct buf *out)
{
    struct h2_input *in = &s->in;
    size_t useful = in->left > in->padding ? in->left - in->padding : 0;
    bool ends = len >= useful;
    in->left -= (uint32_t)len;
    if (useful == 0)
        return 0;
    if (ends)
        len = useful;
    if (in->head.type == H2_DATA)
        feed_data(s, data, len, out);
    else if (in->head.type == H2_HEADERS || in->head.type == H2_CONTINUATION)
        return feed_block(s, data, len, ends, out);
    else if (in->head.type == H2_GOAWAY)
        keep_debug(s, data, len);
    return 0;
}

static int end_frame(struct h2_session *s, struct buf *out)
{
    const struct h2_head *h = &s->in.head;
    s->in.is_in_payload = false;
    s->in.have = 0;
    if (h->type == H2_DATA) {
        struct h2_stream *st = find(s, h->stream_id);
        bool ends = (h->flags & H2_END_STREAM) != 0;
        refund(s, ends ? NULL : st, h->len, out);
        if (ends && st != NULL)
            complete_stream(s, st, out);
    } else if (h->type == H2_SETTINGS) {
        return end_settings(s, out);
    } else if (h->type == H2_GOAWAY) {
        end_goaway(s);
    }
    return 0;
}

/* The head is complete: what comes next? */
static int enter_payload(struct h2_session *s, struct buf *out)
{
    struct h2_input *in = &s->in;
    in->head = h2_read_head(in->bytes);
    int rc = begin_frame(s, out);
    if (rc < 0)
        return rc;
    in->is_in_payload = true;
    in->left = in->head.len;
    in->padding = 0;
    in->told = 0;
    in->have = 0;
    in->prefix = prefix_of(&in->head);
    if (in->prefix > in->left)
        return fail_saying(s, H2_FRAME_SIZE_ERROR, "unexpected EOF", "unexpected EOF", out);
    return 0;
}

/* A block's frame without any fragment still ends it. */
static int end_empty_block(struct h2_session *s, struct buf *out)
{
    const struct h2_input *in = &s->in;
    bool is_block = in->head.type == H2_HEADERS || in->head.type == H2_CONTINUATION;
    bool is_empty =
        in->head.len - in->padding == (in->head.type == H2_HEADERS ? prefix_of(&in->head) : 0u);
    return is_block && is_empty ? feed_block(s, "", 0, true, out) : 0;
}

/* Gathers up to `want` bytes into in.bytes; false: more are needed. */
static bool gather(struct h2_input *in, size_t want, const char **data, size_t *len)
{
    size_t n = want - in->have < *len ? want - in->have : *len;
    memcpy(in->bytes + in->have, *data, n);
    in->have += (uint8_t)n;
    *data += n;
    *len -= n;
    return in->have == want;
}

/* One step: a head, a prefix or a piece of payload. 1: the input is used up. */
static int step(struct h2_session *s, const char **data, size_t *len, struct buf *out)
{
    struct h2_input *in = &s->in;
    int rc = 0;
    if (!in->is_in_payload) {
        if (!gather(in, H2_HEAD_SIZE, data, len))
            return 1;
        rc = enter_payload(s, out);
    } else if (in->prefix > 0) {
        if (!gather(in, in->prefix, data, len))
            return 1;
        in->left -= in->prefix;
        in->prefix = 0;
        rc = take_prefix(s, out);
    } else {
        if (*len == 0)
            return 1;
        size_t n = in->left < *len ? in->left : *len;
        const char *piece = *data;
        *data += n;
        *len -= n;
        rc = feed_payload(s, piece, n, out);
    }
    if (rc == 0 && in->is_in_payload && in->left == 0 && in->prefix == 0) {
        rc = end_empty_block(s, out);
        if (rc == 0)
            rc = end_frame(s, out);
    }
    return rc;
}

int h2_session_feed(struct h2_session *s, const char *data, size_t len, int64_t arrived_ns,
                    struct buf *out)
{
    int rc = s->is_dead ? ERR_PROTOCOL : 0;
    s->arrived_ns = arrived_ns;
    while (rc == 0)
        rc = step(s, &data, &len, out);
    return rc > 0 ? 0 : rc;
}

void h2_session_end(struct h2_session *s, int rc, const struct net_error *why)
{
    struct net_error own;
    if (s->has_goaway)
        rc = h2_error_goaway(&own, ERR_CLOSED, s->goaway_last, s->goaway_code, s->goaway_debug);
    else if (why == NULL)
        rc = net_error_set(&own, ERR_CLOSED, NET_DEFAULT, "unexpected EOF");
    else
        own = *why;
    end_all(s, rc, &own);
}

/* ---- out */

int h2_session_init(struct h2_session *s, size_t max_header_bytes)
{
    memset(s, 0, sizeof *s);
    list_init(&s->streams);
    s->max_header_bytes = max_header_bytes;
    s->next_id = 1;
    s->max_streams = STREAMS_UNTIL_SETTINGS;
    s->peer_max_header_bytes = UINT64_MAX;
    s->peer_window = H2_WINDOW_FIRST;
    s->send_window = H2_WINDOW_FIRST;
    s->recv_left = CONNECTION_WINDOW;
    return h2_block_init(s);
}

void h2_session_deinit(struct h2_session *s)
{
    CHECK(list_is_empty(&s->streams));
    h2_block_deinit(s);
    mem_free((char *)(uintptr_t)s->goaway_debug.p);
    s->goaway_debug = (struct str){NULL, 0};
}

void h2_session_greet(struct h2_session *s, struct buf *out)
{
    buf_add(out, H2_PREFACE, H2_PREFACE_LEN);
    h2_put_head(out, (size_t)4 * H2_SETTING_SIZE, H2_SETTINGS, 0, 0);
    h2_put_setting(out, H2_SET_ENABLE_PUSH, 0);
    h2_put_setting(out, H2_SET_INITIAL_WINDOW_SIZE, STREAM_WINDOW);
    h2_put_setting(out, H2_SET_MAX_FRAME_SIZE, H2_FRAME_MAX);
    h2_put_setting(out, H2_SET_MAX_HEADER_LIST_SIZE,
                   s->max_header_bytes < UINT32_MAX ? (uint32_t)s->max_header_bytes : UINT32_MAX);
    h2_put_window_update(out, 0, CONNECTION_WINDOW - H2_WINDOW_FIRST);
    s->wants_ack = true;
}

bool h2_session_is_usable(const struct h2_session *s)
{
    return !s->is_dead && !s->is_draining && s->next_id < INT32_MAX;
}

bool h2_session_has_room(const struct h2_session *s)
{
    return s->stream_count < s->max_streams;
}

static uint64_t list_size(const struct h2_field *fields, size_t count)
{
    uint64_t size = 0;
    for (size_t i = 0; i < count; i++)
        size += fields[i].name.len + fields[i].value.len + 32;
    return size;
}

static int fail_open(struct h2_stream *st)
{
    static const char text[] = "request header list larger than peer's advertised limit";
    net_error_set(st->error, ERR_TOO_LARGE, NET_DEFAULT, "%s", text);
    return net_error_set_detail(st->error, ERR_TOO_LARGE, "http2: %s", text);
}

int h2_session_open(struct h2_session *s, struct h2_stream *st, const struct h2_field *fields,
                    size_t count, struct buf *out)
{
    if (s->peer_max_header_bytes != UINT64_MAX &&
        list_size(fields, count) > s->peer_max_header_bytes)
        return fail_open(st);
    int rc = h2_block_put(s, fields, count, s->next_id, st->upload.len == 0, out);
    if (rc < 0) {
        s->is_draining = true; /* what the compression thinks was sent was not */
        return net_error_from_rc(st->error, rc);
    }
    st->id = s->next_id;
    s->next_id += 2;
    st->send_window = s->peer_window;
    st->recv_left = STREAM_WINDOW;
    st->has_sent_end = st->upload.len == 0;
    list_push_back(&s->streams, &st->link);
    s->stream_count++;
    if (st->upload.len > 0)
        s->upload_count++;
    s->idle_work = 0;
    return 0;
}

/* One frame of the stream's body, if anything may be sent. */
static bool put_data(struct h2_session *s, struct h2_stream *st, struct buf *out)
{
    int64_t len = st->upload.len < UPLOAD_FRAME ? (int64_t)st->upload.len : UPLOAD_FRAME;
    if (len > st->send_window)
        len = st->send_window;
    if (len > s->send_window)
        len = s->send_window;
    if (len <= 0)
        return false;
    bool ends = (size_t)len == st->upload.len;
    h2_put_head(out, (size_t)len, H2_DATA, ends ? H2_END_STREAM : 0, st->id);
    buf_add(out, st->upload.p, (size_t)len);
    st->upload = (struct str){st->upload.p + len, st->upload.len - (size_t)len};
    st->send_window -= len;
    s->send_window -= len;
    s->idle_work = 0;
    if (ends) {
        st->has_sent_end = true;
        s->upload_count--;
    }
    return true;
}

void h2_session_pump(struct h2_session *s, struct buf *out, size_t limit)
{
    bool moves = true;
    while (moves && s->upload_count > 0 && out->len < limit) {
        moves = false;
        LIST_EACH(it, &s->streams)
        {
            struct h2_stream *st = LIST_ENTRY(it, struct h2_stream, link);
            if (st->upload.len > 0 && out->len < limit)
                moves |= put_data(s, st, out);
        }
    }
}

void h2_session_reset(struct h2_session *s, struct h2_stream *st, enum h2_code code,
                      struct buf *out)
{
    if (st->is_over)
        return;
    note_torn(s);
    drop(s, st);
    st->is_over = true;
    put_reset(s, st, code, out);
}
