/* httpd_h2.c - HTTP/2 for the small server, with libnghttp2's session.
 *
 *   connection's fiber: reads, feeds the session; a complete request starts a fiber of its own
 *   stream's fiber:     runs the handler; what it answers goes to the session, and from there out
 *   whoever has something to send: asks the session for bytes and writes them, one at a time; who
 *                       comes meanwhile leaves his bytes to the one who is at it
 *
 * A stream lives until both its handler and the session are done with it. When the connection ends
 * the handlers are canceled and waited for. Tests: httpd_h2_test.c */
#include "net/httpd_h2.h"

#include <string.h>

#include <nghttp2/nghttp2.h>

#include "base/mem.h"
#include "base/vec.h"
#include "core/clock.h"
#include "net/http1_head.h"
#include "net/httpd_int.h"

enum {
    STREAMS_MAX = 128,    /* at a time */
    WINDOW = 1024 * 1024, /* a stream's */
    CONN_WINDOW = 16 << 20,
    WRITE_SIZE = 64 * 1024, /* gathered for one write */
    OUT_MAX = 256 * 1024,   /* of a body, before its handler waits */
    READ_SIZE = 16 * 1024,
};

struct httpd_h2 {
    struct httpd_conn *conn;
    nghttp2_session *session;
    struct list_node streams;
    struct buf raw; /* bytes as they are, to go out behind the frames there are */
    bool is_sending, wants_send;
    bool is_over;
};

struct httpd_stream {
    struct httpd_conn handle; /* what the handler knows */
    struct list_node link;
    struct httpd_h2 *h2;
    int32_t id;
    struct buf method, target, host, head, body;
    int refusal; /* the status to answer with, whatever is asked */
    struct buf out;
    size_t out_at;
    bool is_answered, is_finished, is_deferred;
    bool is_left;    /* the handler wants no end of its answer */
    bool is_closed;  /* the session is done with it */
    bool is_running; /* a handler is not */
    bool is_waiting; /* its fiber, for room or the end */
};

/* ---- sending */

static int take_bytes(struct httpd_h2 *h2)
{
    struct buf *out = &h2->conn->out;
    while (out->len < WRITE_SIZE) {
        const uint8_t *bytes;
        ssize_t n = nghttp2_session_mem_send(h2->session, &bytes);
        if (n < 0)
            return ERR_PROTOCOL;
        if (n == 0)
            break;
        buf_add(out, bytes, (size_t)n);
    }
    if (out->len < WRITE_SIZE) {
        buf_add(out, h2->raw.data, h2->raw.len);
        buf_clear(&h2->raw);
    }
    return buf_failed(out) ? ERR_NOMEM : 0;
}

/* Parks while the client takes nothing. */
static int send_all(struct httpd_h2 *h2)
{
    struct httpd_conn *c = h2->conn;
    int rc = h2->is_over ? ERR_CLOSED : 0;
    if (rc < 0 || h2->is_sending) {
        h2->wants_send = true;
        return rc;
    }
    h2->is_sending = true;
    do {
        h2->wants_send = false;
        rc = take_bytes(h2);
        bool is_more = c->out.len > 0;
        if (rc == 0)
            rc = httpd_conn_flush(c);
        h2->wants_send |= is_more;
    } while (rc == 0 && h2->wants_send && !h2->is_over);
    h2->is_sending = false;
    if (rc < 0)
        h2->is_over = true;
    return rc;
}

/* ---- the life of a stream */

static struct httpd_stream *stream_new(struct httpd_h2 *h2, int32_t id)
{
    struct httpd_stream *st = MEM_NEW(struct httpd_stream);
    const struct httpd_config *config = &h2->conn->listener->server->config;
    st->h2 = h2;
    st->id = id;
    st->handle.listener = h2->conn->listener;
    st->handle.stream = st;
    buf_init(&st->method, config->max_head);
    buf_init(&st->target, config->max_head);
    buf_init(&st->host, config->max_head);
    buf_init(&st->head, config->max_head);
    buf_init(&st->body, config->max_body);
    buf_init(&st->out, BUF_NO_LIMIT);
    list_push_back(&h2->streams, &st->link);
    return st;
}

static void stream_free(struct httpd_stream *st)
{
    list_remove(&st->link);
    buf_deinit(&st->method);
    buf_deinit(&st->target);
    buf_deinit(&st->host);
    buf_deinit(&st->head);
    buf_deinit(&st->body);
    buf_deinit(&st->out);
    mem_free(st);
}

static void wake(struct httpd_stream *st)
{
    if (st->is_waiting)
        fiber_wake(st->handle.fiber, 0);
}

static void fill_request(const struct httpd_stream *st, struct httpd_request *r)
{
    struct str target = {st->target.data, st->target.len};
    *r = (struct httpd_request){
        .method = {st->method.data, st->method.len},
        .target = target,
        .version = STR("HTTP/2.0"),
        .head = {st->head.data, st->head.len},
        .body = {st->body.data, st->body.len},
        .host = {st->host.data, st->host.len},
        .keep_alive = true,
        .is_tls = st->h2->conn->tls != NULL,
    };
    if (!str_cut(target, '?', &r->path, &r->query))
        r->query = STR("");
}

/* The last that the stream's fiber does. */
static void leave(struct httpd_stream *st)
{
    struct httpd_h2 *h2 = st->h2;
    struct fiber *owner = h2->conn->fiber;
    st->is_running = false;
    if (st->is_closed)
        stream_free(st);
    if (h2->is_over)
        fiber_wake(owner, 0); /* it may be waiting for us */
}

static void stream_run(void *arg)
{
    struct httpd_stream *st = arg;
    const struct httpd_config *config = &st->handle.listener->server->config;
    struct httpd_request r;
    fill_request(st, &r);
    st->handle.is_head_request = str_eqs(r.method, "HEAD");
    if (st->refusal != 0)
        httpd_answer(&st->handle, st->refusal, "text/plain; charset=utf-8", STR(""),
                     str_of(httpd_reason(st->refusal)));
    else
        config->handle(config->opaque, &st->handle, &r);
    if (!st->handle.answered)
        httpd_answer(&st->handle, 500, "text/plain; charset=utf-8", STR(""),
                     STR("The server has no answer to this.\n"));
    if (st->is_answered && !st->is_finished && !st->is_left)
        httpd_h2_finish(st);
    leave(st);
}

static void start(struct httpd_stream *st)
{
    if (st->is_running || st->handle.fiber != NULL)
        return;
    st->is_running = true;
    /* A VU's stack: handlers parse JSON that a client chose, and that recurses. */
    st->handle.fiber = fiber_spawn(st->handle.listener->worker, FIBER_VU, stream_run, st);
}

/* ---- what the session tells */

static struct httpd_stream *stream_of(nghttp2_session *session, int32_t id)
{
    return nghttp2_session_get_stream_user_data(session, id);
}

static int on_begin(nghttp2_session *session, const nghttp2_frame *frame, void *opaque)
{
    if (frame->hd.type == NGHTTP2_HEADERS && frame->headers.cat == NGHTTP2_HCAT_REQUEST)
        nghttp2_session_set_stream_user_data(session, frame->hd.stream_id,
                                             stream_new(opaque, frame->hd.stream_id));
    return 0;
}

static struct buf *pseudo_of(struct httpd_stream *st, struct str name)
{
    if (str_eqs(name, ":method"))
        return &st->method;
    if (str_eqs(name, ":path"))
        return &st->target;
    return str_eqs(name, ":authority") ? &st->host : NULL;
}

static int on_header(nghttp2_session *session, const nghttp2_frame *frame, const uint8_t *name,
                     size_t name_len, const uint8_t *value, size_t value_len, uint8_t flags,
                     void *opaque)
{
    (void)flags;
    (void)opaque;
    struct httpd_stream *st = stream_of(session, frame->hd.stream_id);
    if (st == NULL || st->handle.fiber != NULL || frame->headers.cat != NGHTTP2_HCAT_REQUEST)
        return 0; /* trailers are not for handlers */
    if (name_len > 0 && name[0] == ':') {
        struct buf *b = pseudo_of(st, (struct str){(const char *)name, name_len});
        if (b != NULL && buf_add(b, value, value_len) < 0)
            st->refusal = 431;
        return 0;
    }
    struct buf *head = &st->head;
    size_t at = head->len;
    buf_add(head, name, name_len);
    if (!buf_failed(head))
        http1_canonicalize(head->data + at, name_len); /* handlers know one spelling */
    buf_adds(head, ": ");
    buf_add(head, value, value_len);
    if (buf_adds(head, "\r\n") < 0)
        st->refusal = 431;
    return 0;
}

static int on_data(nghttp2_session *session, uint8_t flags, int32_t id, const uint8_t *data,
                   size_t len, void *opaque)
{
    (void)flags;
    (void)opaque;
    struct httpd_stream *st = stream_of(session, id);
    if (st != NULL && st->refusal == 0 && buf_add(&st->body, data, len) < 0)
        st->refusal = 413;
    return 0;
}

static int on_frame(nghttp2_session *session, const nghttp2_frame *frame, void *opaque)
{
    (void)opaque;
    bool may_end = frame->hd.type == NGHTTP2_HEADERS || frame->hd.type == NGHTTP2_DATA;
    struct httpd_stream *st = may_end ? stream_of(session, frame->hd.stream_id) : NULL;
    if (st != NULL && (st->refusal != 0 || (frame->hd.flags & NGHTTP2_FLAG_END_STREAM) != 0))
        start(st);
    return 0;
}

static int on_close(nghttp2_session *session, int32_t id, uint32_t code, void *opaque)
{
    (void)code;
    (void)opaque;
    struct httpd_stream *st = stream_of(session, id);
    if (st == NULL)
        return 0;
    nghttp2_session_set_stream_user_data(session, id, NULL);
    st->is_closed = true;
    if (st->is_running)
        wake(st);
    else
        stream_free(st);
    return 0;
}

/* ---- answers */

static ssize_t read_out(nghttp2_session *session, int32_t id, uint8_t *data, size_t len,
                        uint32_t *flags, nghttp2_data_source *source, void *opaque)
{
    (void)session;
    (void)id;
    (void)opaque;
    struct httpd_stream *st = source->ptr;
    size_t n = st->out.len - st->out_at < len ? st->out.len - st->out_at : len;
    memcpy(data, st->out.data + st->out_at, n);
    st->out_at += n;
    if (st->out_at < st->out.len)
        return (ssize_t)n;
    buf_clear(&st->out);
    st->out_at = 0;
    if (st->is_finished) {
        *flags |= NGHTTP2_DATA_FLAG_EOF;
        return (ssize_t)n;
    }
    wake(st);
    st->is_deferred = n == 0;
    return n == 0 ? NGHTTP2_ERR_DEFERRED : (ssize_t)n;
}

static void put_lines(struct httpd_stream *st, struct buf *text, int status,
                      const char *content_type, struct str extra, int64_t body_len)
{
    buf_addf(text, ":status: %d\r\nserver: c6\r\n", status);
    buf_add_str(text, httpd_date(st->handle.listener));
    if (content_type != NULL)
        buf_addf(text, "content-type: %s\r\n", content_type);
    if (body_len >= 0 && httpd_has_body(status))
        buf_addf(text, "content-length: %lld\r\n", (long long)body_len);
    buf_add_str(text, extra);
}

typedef VEC(nghttp2_nv) nv_list;

/* "name: value\r\n" lines as the session takes them; names get small. */
static void parse_lines(struct buf *text, nv_list *list)
{
    char *line = text->data;
    char *end;
    for (; (end = strstr(line, "\r\n")) != NULL; line = end + 2) {
        char *colon = memchr(line + 1, ':', (size_t)(end - line - 1));
        if (colon == NULL)
            continue;
        for (char *p = line; p < colon; p++)
            *p = ascii_lower(*p);
        nghttp2_nv nv = {
            .name = (uint8_t *)line,
            .namelen = (size_t)(colon - line),
            .value = (uint8_t *)colon + 2,
            .valuelen = (size_t)(end - colon - 2),
        };
        VEC_PUSH(list, nv);
    }
}

int httpd_h2_answer_head(struct httpd_stream *st, int status, const char *content_type,
                         struct str extra_headers, int64_t body_len)
{
    struct buf text;
    nv_list list = {0};
    nghttp2_data_provider body = {.source.ptr = st, .read_callback = read_out};
    bool has_body = httpd_has_body(status) && !st->handle.is_head_request && body_len != 0;
    st->handle.answered = true;
    if (st->is_closed || st->is_answered)
        return ERR_CLOSED;
    buf_init(&text, BUF_NO_LIMIT);
    put_lines(st, &text, status, content_type, extra_headers, body_len);
    parse_lines(&text, &list);
    st->is_answered = true;
    st->is_finished = !has_body;
    int rc = nghttp2_submit_response(st->h2->session, st->id, list.items, list.len,
                                     has_body ? &body : NULL);
    VEC_DEINIT(&list);
    buf_deinit(&text);
    return rc == 0 ? 0 : ERR_PROTOCOL;
}

static void resume(struct httpd_stream *st)
{
    if (st->is_deferred && !st->is_closed)
        nghttp2_session_resume_data(st->h2->session, st->id);
    st->is_deferred = false;
}

/* In one write, as a rule: head and body come to the session before it is asked for bytes. */
int httpd_h2_answer(struct httpd_stream *st, int status, const char *content_type,
                    struct str extra_headers, struct str body)
{
    int rc = httpd_h2_answer_head(st, status, content_type, extra_headers, (int64_t)body.len);
    if (rc == 0 && !st->is_finished && buf_add(&st->out, body.p, body.len) < 0)
        rc = ERR_NOMEM;
    return rc < 0 ? rc : httpd_h2_finish(st);
}

static int wait(struct httpd_stream *st)
{
    st->is_waiting = true;
    int rc = fiber_park(st->handle.listener->worker, CLOCK_NEVER);
    st->is_waiting = false;
    return rc;
}

int httpd_h2_put(struct httpd_stream *st, struct str bytes)
{
    int rc = 0;
    if (st->is_finished || st->handle.is_head_request)
        return 0;
    if (buf_add(&st->out, bytes.p, bytes.len) < 0)
        return ERR_NOMEM;
    resume(st);
    rc = send_all(st->h2);
    while (rc == 0 && !st->is_closed && st->out.len - st->out_at > OUT_MAX)
        rc = wait(st);
    return st->is_closed ? ERR_CLOSED : rc;
}

int httpd_h2_finish(struct httpd_stream *st)
{
    st->is_finished = true;
    resume(st);
    return send_all(st->h2);
}

int httpd_h2_sleep(struct httpd_stream *st, int64_t ns)
{
    int rc = send_all(st->h2);
    if (rc == 0)
        rc = fiber_sleep_until(st->handle.listener->worker, clock_add(clock_now_ns(), ns));
    return st->is_closed ? ERR_CLOSED : rc;
}

void httpd_h2_wait_gone(struct httpd_stream *st)
{
    int rc = send_all(st->h2);
    st->handle.answered = true;
    st->is_left = true;
    while (rc >= 0 && !st->is_closed)
        rc = wait(st);
}

void httpd_h2_close(struct httpd_stream *st, bool reset)
{
    send_all(st->h2);
    st->h2->conn->must_reset |= reset;
    st->handle.answered = true;
    st->is_left = true;
    fiber_cancel(st->h2->conn->fiber);
}

void httpd_h2_reset(struct httpd_stream *st, uint32_t code)
{
    st->handle.answered = true;
    st->is_left = true;
    if (!st->is_closed)
        nghttp2_submit_rst_stream(st->h2->session, NGHTTP2_FLAG_NONE, st->id, code);
    send_all(st->h2);
}

void httpd_h2_goaway(struct httpd_stream *st, uint32_t last_id, uint32_t code)
{
    nghttp2_submit_goaway(st->h2->session, NGHTTP2_FLAG_NONE, (int32_t)last_id, code, NULL, 0);
    send_all(st->h2);
}

int httpd_h2_write_raw(struct httpd_stream *st, struct str bytes)
{
    st->handle.answered = true;
    buf_add(&st->h2->raw, bytes.p, bytes.len);
    return send_all(st->h2);
}

uint32_t httpd_h2_stream_id(const struct httpd_stream *st)
{
    return (uint32_t)st->id;
}

/* ---- the connection */

static int open_session(struct httpd_h2 *h2)
{
    nghttp2_session_callbacks *on = NULL;
    nghttp2_settings_entry settings[] = {
        {NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, STREAMS_MAX},
        {NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE, WINDOW},
    };
    if (nghttp2_session_callbacks_new(&on) != 0)
        return ERR_NOMEM;
    nghttp2_session_callbacks_set_on_begin_headers_callback(on, on_begin);
    nghttp2_session_callbacks_set_on_header_callback(on, on_header);
    nghttp2_session_callbacks_set_on_data_chunk_recv_callback(on, on_data);
    nghttp2_session_callbacks_set_on_frame_recv_callback(on, on_frame);
    nghttp2_session_callbacks_set_on_stream_close_callback(on, on_close);
    int rc = nghttp2_session_server_new(&h2->session, on, h2);
    nghttp2_session_callbacks_del(on);
    if (rc == 0)
        rc = nghttp2_submit_settings(h2->session, NGHTTP2_FLAG_NONE, settings, 2);
    if (rc == 0)
        rc = nghttp2_session_set_local_window_size(h2->session, NGHTTP2_FLAG_NONE, 0, CONN_WINDOW);
    return rc == 0 ? 0 : ERR_NOMEM;
}

static int feed(struct httpd_h2 *h2)
{
    struct buf *in = &h2->conn->in;
    ssize_t n = nghttp2_session_mem_recv(h2->session, (const uint8_t *)in->data, in->len);
    buf_clear(in);
    if (n < 0)
        return ERR_PROTOCOL;
    int rc = send_all(h2);
    bool is_done =
        nghttp2_session_want_read(h2->session) == 0 && nghttp2_session_want_write(h2->session) == 0;
    return is_done ? ERR_CLOSED : rc;
}

/* No handler outlives its connection. */
static void end_streams(struct httpd_h2 *h2)
{
    struct httpd_conn *c = h2->conn;
    fiber_uncancel(c->fiber);
    h2->is_over = true;
    LIST_EACH_SAFE(it, &h2->streams)
    {
        struct httpd_stream *st = LIST_ENTRY(it, struct httpd_stream, link);
        st->is_closed = true;
        if (st->is_running)
            fiber_cancel(st->handle.fiber);
        else
            stream_free(st);
    }
    while (!list_is_empty(&h2->streams)) {
        fiber_park(c->listener->worker, CLOCK_NEVER);
        fiber_uncancel(c->fiber);
    }
}

void httpd_h2_serve(struct httpd_conn *conn)
{
    struct httpd_h2 h2 = {.conn = conn};
    list_init(&h2.streams);
    buf_init(&h2.raw, BUF_NO_LIMIT);
    int rc = open_session(&h2);
    if (rc == 0)
        rc = feed(&h2);
    while (rc == 0) {
        int64_t n = httpd_conn_read(conn, READ_SIZE, CLOCK_NEVER);
        rc = n > 0 ? feed(&h2) : ERR_CLOSED;
    }
    end_streams(&h2);
    nghttp2_session_del(h2.session);
    buf_deinit(&h2.raw);
}
