/* h2_input.c - a server's bytes as frames.
 *
 *     bytes -> head (9 bytes) -> begin_frame -> pieces of payload -> end_frame -> next head
 *                                    |                |
 *                                    |                +- DATA: to its stream, as it comes
 *                                    |                +- HEADERS, CONTINUATION: h2_block.c
 *                                    |                `- others: h2_control.c, a few bytes each
 *                                    `- what a frame's head alone can do wrong
 *
 * Spec: RFC 9113 sections 4, 6, 8. Tests: h2_input_test.c, fuzz/h2_client_fuzz.c */
#include <string.h>

#include "base/err.h"
#include "net/h2_session_int.h"

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
        h2_session_fail_stream(s, st, H2_PROTOCOL_ERROR, fault, out);
        return;
    }
    st->has_head = true;
    s->idle_work = 0;
    int rc = st->events->on_head(st, str_of(b->status));
    if (rc < 0)
        h2_session_leave_stream(s, st, rc, out);
    else if (b->ends_stream)
        h2_session_complete_stream(s, st, out);
}

static int end_trailers(struct h2_session *s, struct h2_stream *st, struct buf *out)
{
    struct h2_block *b = &s->block;
    if (b->fault[0] != '\0') {
        h2_session_fail_stream(s, st, H2_PROTOCOL_ERROR, b->fault, out);
        return 0;
    }
    if (!b->ends_stream || b->has_status || b->has_request_pseudo)
        return h2_session_fail(s, H2_PROTOCOL_ERROR, out);
    h2_session_complete_stream(s, st, out);
    return 0;
}

static int end_block(struct h2_session *s, struct buf *out)
{
    struct h2_block *b = &s->block;
    struct h2_stream *st = h2_session_find(s, b->stream_id);
    int rc = 0;
    if (st == NULL)
        rc = h2_session_bear(s, b->bytes) ? 0 : h2_session_fail(s, H2_ENHANCE_YOUR_CALM, out);
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
    struct h2_stream *st = h2_session_find(s, b->stream_id);
    bool is_last = ends_frame && (s->in.head.flags & H2_END_HEADERS) != 0;
    enum h2_code code = h2_block_feed(s, st, data, len, is_last);
    if (code != H2_NO_ERROR)
        return h2_session_fail(s, code, out);
    if (b->user_rc < 0 && st != NULL)
        h2_session_leave_stream(s, st, b->user_rc, out);
    return is_last ? end_block(s, out) : 0;
}

/* ---- frames: their heads */

static int begin_data(struct h2_session *s, struct buf *out)
{
    const struct h2_head *h = &s->in.head;
    struct h2_stream *st = h2_session_find(s, h->stream_id);
    if (h->stream_id == 0 || (st == NULL && h->stream_id >= s->next_id))
        return h2_session_fail(s, H2_PROTOCOL_ERROR, out);
    if (h->len > s->recv_left)
        return h2_session_fail(s, H2_FLOW_CONTROL_ERROR, out);
    s->recv_left -= h->len;
    if (st == NULL)
        return h2_session_bear_late(s, h->len) ? 0 : h2_session_fail(s, H2_ENHANCE_YOUR_CALM, out);
    if (!st->has_head) {
        h2_session_fail_stream(s, st, H2_PROTOCOL_ERROR, NULL, out);
        return 0;
    }
    if (st->is_head && h->len > 0) { /* nobody wants it, and the answer is complete without */
        h2_session_fail_stream(s, st, H2_PROTOCOL_ERROR, NULL, out);
        return 0;
    }
    if (h->len > st->recv_left)
        return h2_session_fail(s, H2_FLOW_CONTROL_ERROR, out);
    st->recv_left -= h->len;
    if (h->len == 0 && !h2_session_bear(s, 0))
        return h2_session_fail(s, H2_ENHANCE_YOUR_CALM, out);
    return 0;
}

static int begin_headers(struct h2_session *s, struct buf *out)
{
    const struct h2_head *h = &s->in.head;
    struct h2_stream *st = h2_session_find(s, h->stream_id);
    if (h->stream_id == 0)
        return h2_session_fail(s, H2_PROTOCOL_ERROR, out);
    if (st != NULL && st->first_ns == 0)
        st->first_ns = s->arrived_ns;
    h2_block_begin(s, h->stream_id, (h->flags & H2_END_STREAM) != 0);
    return 0;
}

/* Go on with a block whose fields are not counted any more? That could go on for ever. */
static int begin_continuation(struct h2_session *s, struct buf *out)
{
    if (s->block.is_truncated || s->block.fault[0] != '\0')
        return h2_session_fail(s, H2_PROTOCOL_ERROR, out);
    return h2_session_bear(s, 0) ? 0 : h2_session_fail(s, H2_ENHANCE_YOUR_CALM, out);
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
        return h2_session_fail(s, H2_FRAME_SIZE_ERROR, out);
    if (!is_free && is_of_stream != (h->stream_id != 0))
        return h2_session_fail(s, H2_PROTOCOL_ERROR, out);
    return h2_session_bear(s, h->len) ? 0 : h2_session_fail(s, H2_ENHANCE_YOUR_CALM, out);
}

static int fail_large(struct h2_session *s, struct buf *out)
{
    static const char text[] = "http2: frame too large";
    bool is_http1 = memcmp(s->in.bytes, "HTTP/1.", 7) == 0;
    return h2_session_fail_saying(
        s, H2_FRAME_SIZE_ERROR, text,
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
        return h2_session_fail(s, H2_PROTOCOL_ERROR, out);
    bool goes_on = h->type == H2_CONTINUATION;
    if (goes_on != (s->block.stream_id != 0) || (goes_on && h->stream_id != s->block.stream_id))
        return h2_session_fail(s, H2_PROTOCOL_ERROR, out);
    switch ((enum h2_type)h->type) {
    case H2_DATA:
        return begin_data(s, out);
    case H2_HEADERS:
        return begin_headers(s, out);
    case H2_CONTINUATION:
        return begin_continuation(s, out);
    case H2_PUSH_PROMISE: /* we said that we take none */
        return h2_session_fail(s, H2_PROTOCOL_ERROR, out);
    case H2_PRIORITY:
    case H2_RST_STREAM:
    case H2_SETTINGS:
    case H2_PING:
    case H2_GOAWAY:
    case H2_WINDOW_UPDATE:
        return begin_small(s, out);
    }
    return h2_session_bear(s, h->len)
               ? 0
               : h2_session_fail(s, H2_ENHANCE_YOUR_CALM, out); /* of a future we don't know */
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
        return h2_session_fail(s, H2_PROTOCOL_ERROR, out);
    /* A stream's fault; but the block can't be read, and so what comes after it can't be relied on.
     */
    struct h2_stream *st = h2_session_find(s, in->head.stream_id);
    s->is_draining = true;
    in->padding = in->left;
    if ((in->head.flags & H2_END_HEADERS) != 0)
        s->block.stream_id = 0;
    if (st != NULL)
        h2_session_fail_stream(s, st, H2_PROTOCOL_ERROR, NULL, out);
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
        return h2_control_setting(s, out);
    case H2_GOAWAY:
        h2_control_begin_goaway(s);
        return 0;
    case H2_WINDOW_UPDATE:
        return h2_control_window_update(s, out);
    case H2_RST_STREAM:
        h2_control_reset(s);
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
    struct h2_stream *st = h2_session_find(s, s->in.head.stream_id);
    if (st == NULL)
        return;
    s->idle_work = 0;
    s->in.told += (uint32_t)len;
    int rc = st->events->on_data(st, data, len);
    if (rc < 0)
        h2_session_leave_stream(s, st, rc, out);
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
        h2_control_keep_debug(s, data, len);
    return 0;
}

static int end_frame(struct h2_session *s, struct buf *out)
{
    const struct h2_head *h = &s->in.head;
    s->in.is_in_payload = false;
    s->in.have = 0;
    if (h->type == H2_DATA) {
        struct h2_stream *st = h2_session_find(s, h->stream_id);
        bool ends = (h->flags & H2_END_STREAM) != 0;
        h2_control_refund(s, ends ? NULL : st, h->len, out);
        if (ends && st != NULL)
            h2_session_complete_stream(s, st, out);
    } else if (h->type == H2_SETTINGS) {
        return h2_control_end_settings(s, out);
    } else if (h->type == H2_GOAWAY) {
        h2_control_end_goaway(s);
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
        return h2_session_fail_saying(s, H2_FRAME_SIZE_ERROR, "unexpected EOF", "unexpected EOF",
                                      out);
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
