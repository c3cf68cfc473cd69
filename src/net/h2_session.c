/* h2_session.c - a client's connection as a state machine: its streams and how they end, what is
 * sent. What comes in is taken apart in h2_input.c. What is a stream's fault and what the
 * connection's, and what is let pass, follows Go's client, which k6 shows. What Go has no limit for
 * is counted in idle_work. Tests: h2_session_test.c */
#include <string.h>

#include "base/err.h"
#include "base/mem.h"
#include "net/h2_session_int.h"

enum {
    STREAMS_UNTIL_SETTINGS = 100, /* at a time, before the server said what it takes */
    UPLOAD_FRAME = H2_FRAME_MAX - H2_HEAD_SIZE, /* with its head one TLS record */
    /* Frames without use that a server may send in a row. Each counts one, and one for each KiB. */
    IDLE_WORK_MAX = 20000,
};

/* ---- streams */

struct h2_stream *h2_session_find(struct h2_session *s, uint32_t id)
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
void h2_session_lose(struct h2_session *s, struct h2_stream *st, int rc)
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
void h2_session_fail_stream(struct h2_session *s, struct h2_stream *st, enum h2_code code,
                            const char *cause, struct buf *out)
{
    put_reset(s, st, code, out);
    h2_session_lose(s, st, h2_error_stream(st->error, ERR_PROTOCOL, st->id, code, cause));
}

/* A callback of the stream's user refused to go on. */
void h2_session_leave_stream(struct h2_session *s, struct h2_stream *st, int rc, struct buf *out)
{
    put_reset(s, st, H2_CANCEL, out);
    finish(s, st, rc);
}

/* The answer is complete. A body that the server didn't want is not sent to its end. */
void h2_session_complete_stream(struct h2_session *s, struct h2_stream *st, struct buf *out)
{
    if (!st->has_sent_end)
        h2_put_rst(out, st->id, H2_NO_ERROR);
    finish(s, st, 0);
}

/* The frame under way will not come to its end. */
static void note_torn(struct h2_session *s)
{
    bool is_data = s->in.is_in_payload && s->in.head.type == H2_DATA;
    struct h2_stream *st = is_data ? h2_session_find(s, s->in.head.stream_id) : NULL;
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
        h2_session_lose(s, st, rc);
    }
}

/* The peer broke the rules of the connection. */
int h2_session_fail(struct h2_session *s, enum h2_code code, struct buf *out)
{
    struct net_error why;
    int rc = h2_error_connection(&why, ERR_PROTOCOL, code);
    h2_put_goaway(out, 0, code, STR(""));
    end_all(s, rc, &why);
    return rc;
}

/* The same where Go has a text instead of a code. */
int h2_session_fail_saying(struct h2_session *s, enum h2_code code, const char *text,
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
bool h2_session_bear(struct h2_session *s, size_t bytes)
{
    s->idle_work += 1 + (uint32_t)(bytes / 1024);
    return s->idle_work <= IDLE_WORK_MAX;
}

/* Data for streams that are over: a server didn't know yet, or it doesn't care. */
bool h2_session_bear_late(struct h2_session *s, uint32_t len)
{
    if (len == 0 || len > s->late_left)
        return h2_session_bear(s, len);
    s->late_left -= len;
    return true;
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
    s->recv_left = H2_CONNECTION_WINDOW;
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
    h2_put_setting(out, H2_SET_INITIAL_WINDOW_SIZE, H2_STREAM_WINDOW);
    h2_put_setting(out, H2_SET_MAX_FRAME_SIZE, H2_FRAME_MAX);
    h2_put_setting(out, H2_SET_MAX_HEADER_LIST_SIZE,
                   s->max_header_bytes < UINT32_MAX ? (uint32_t)s->max_header_bytes : UINT32_MAX);
    h2_put_window_update(out, 0, H2_CONNECTION_WINDOW - H2_WINDOW_FIRST);
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
    st->recv_left = H2_STREAM_WINDOW;
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
