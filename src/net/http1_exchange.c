/* http1_exchange.c - one HTTP/1.1 request and its answer on a connection.
 *
 * A plain exchange is one send, one park and one recv. Nothing is read before the kernel says that
 * something came; a receive buffer is held only while it holds bytes that are not yet dealt with.
 * Sizes a server chooses have caps: the head, the interim answers, the body. Knows no redirects, no
 * cookies, no pool. Spec: RFC 9112. Tests: http_client_test.c, http_fault_test.c */
#include <string.h>

#include "base/mem.h"
#include "core/clock.h"
#include "net/chunk.h"
#include "net/http1_head.h"
#include "net/http_client_int.h"

enum { INTERIM_MAX = 64 }; /* 1xx answers before the real one */

/* Bytes received and not yet dealt with: data[0, len). */
struct inbox {
    struct http_rx *rx; /* the worker's; NULL: none held, or grown */
    char *grown;        /* a head too long for it */
    char *data;
    size_t len;
    size_t cap;
};

/* What the functions below pass on. */
struct run {
    struct http_conn *conn;
    struct http_shared *shared;
    struct http_exchange *x;
    struct http_response *r;
    struct inbox in;
    struct http_body body;
    struct http1_head head;
};

/* ---- sending */

/* The scratch buffer belongs to the next fiber as soon as this one parks, so what didn't go out at
 * once is copied. */
static int send_rest(struct run *run, struct iovec *iov, int count, size_t head_sent)
{
    struct http_exchange *x = run->x;
    size_t left = x->head.len - head_sent;
    char *copy = NULL;
    if (left > 0) {
        copy = mem_dup(x->head.p + head_sent, left);
        iov[0] = (struct iovec){copy, left};
    }
    size_t sent = 0;
    int rc = sock_write_or_answer(&run->conn->sock, iov, count, x->deadline_ns, &sent, x->error);
    x->written += sent;
    mem_free(copy);
    return rc;
}

static int send_request(struct run *run)
{
    struct http_exchange *x = run->x;
    struct iovec pieces[2] = {{(void *)x->head.p, x->head.len}, {(void *)x->body.p, x->body.len}};
    int count = x->body.len > 0 ? 2 : 1;
    ptrdiff_t n = sock_try_write(&run->conn->sock, pieces, count, x->error);
    if (n < 0)
        return (int)n;
    x->written = (size_t)n;
    if (x->written == x->head.len + x->body.len)
        return 0;
    if (x->written < x->head.len)
        return send_rest(run, pieces, count, x->written);
    size_t body_sent = x->written - x->head.len;
    pieces[1] = (struct iovec){(char *)pieces[1].iov_base + body_sent, x->body.len - body_sent};
    return send_rest(run, pieces + 1, 1, x->head.len);
}

/* ---- receiving */

static void inbox_drop(struct run *run)
{
    if (run->in.rx != NULL)
        http_rx_give(run->shared, run->in.rx);
    mem_free(run->in.grown);
    run->in = (struct inbox){0};
}

static int fail(struct run *run, int rc, const char *text)
{
    return net_error_set(run->x->error, rc, NET_DEFAULT, "%s", text);
}

/* A head that fills the buffer goes on in a bigger one. */
static int inbox_grow(struct run *run)
{
    struct inbox *in = &run->in;
    size_t max = run->shared->config.max_header_bytes;
    if (in->len >= max)
        return net_error_set(run->x->error, ERR_TOO_LARGE, NET_DEFAULT,
                             "net/http: server response headers exceeded %zu bytes; aborted", max);
    size_t cap = in->cap * 4 < max ? in->cap * 4 : max;
    char *more = mem_try_realloc(in->grown, cap);
    if (more == NULL)
        return net_error_from_rc(run->x->error, ERR_NOMEM);
    if (in->rx != NULL) {
        memcpy(more, in->rx->data, in->len);
        http_rx_give(run->shared, in->rx);
        in->rx = NULL;
    }
    in->grown = in->data = more;
    in->cap = cap;
    return 0;
}

/* Reads more behind data[len). Bytes, 0 at the end of the stream, or an error. Parks, without a
 * buffer if there is nothing in it. */
static ptrdiff_t inbox_fill(struct run *run)
{
    struct inbox *in = &run->in;
    if (in->len == 0)
        inbox_drop(run);
    int rc = sock_wait_read(&run->conn->sock, run->x->deadline_ns, run->x->error);
    if (rc < 0)
        return rc;
    if (in->data == NULL) {
        in->rx = http_rx_take(run->shared);
        in->data = in->rx->data;
        in->cap = sizeof in->rx->data;
    }
    if (in->len == in->cap && (rc = inbox_grow(run)) < 0)
        return rc;
    ptrdiff_t n = sock_read(&run->conn->sock, in->data + in->len, in->cap - in->len,
                            run->x->deadline_ns, run->x->error);
    if (n > 0) {
        in->len += (size_t)n;
        if (!run->x->is_answer_begun)
            run->x->first_byte_ns = run->conn->sock.arrived_ns;
        run->x->is_answer_begun = true;
    }
    return n;
}

static void inbox_skip(struct run *run, size_t count)
{
    struct inbox *in = &run->in;
    in->len -= count;
    if (in->len > 0)
        memmove(in->data, in->data + count, in->len);
}

/* ---- the head */

/* Words of a fault inside the head: Go puts this before all of them, in the log only. */
static int decorate_head_fault(struct run *run, int rc)
{
    struct net_error *e = run->x->error;
    char detail[sizeof e->detail];
    if (rc == ERR_TIMEOUT || rc == ERR_CANCELED || e == NULL)
        return rc;
    memcpy(detail, e->detail, sizeof detail);
    return net_error_set_detail(e, rc, "net/http: HTTP/1.x transport connection broken: %s",
                                detail);
}

/* The head is in[0, len): its texts and fields move to the arena. */
static void take_head(struct run *run, size_t len)
{
    struct http1_head *h = &run->head;
    struct http_response *r = run->r;
    char *copy = arena_alloc(r->arena, len);
    memcpy(copy, run->in.data, len);
    if (h->is_folded)
        http1_head_unfold(h, copy);
    r->headers = arena_alloc(r->arena, h->field_count * sizeof *r->headers);
    r->header_count = 0;
    for (size_t i = 0; i < h->field_count; i++)
        if (!http1_head_is_hidden(h, copy, i))
            r->headers[r->header_count++] =
                (struct http_header){http1_head_name(h, copy, i), http1_head_value(h, copy, i)};
    for (size_t i = 0; run->x->is_watched && i < h->field_count; i++)
        if (str_ieqs(http1_head_name(h, copy, i), "trailer"))
            r->last.trailer_names = http1_head_value(h, copy, i);
    r->status = h->status;
    r->status_text = (struct str){copy + h->reason.value_at, h->reason.value_len};
    r->has_set_cookie = h->has_set_cookie;
    r->last.proto = (struct str){copy + h->proto.name_at, h->proto.name_len};
    if (h->location_at != 0)
        run->x->location = http1_head_value(h, copy, h->location_at - 1);
    if (h->encoding_at != 0)
        run->x->encoding = http1_head_value(h, copy, h->encoding_at - 1);
    r->last.is_chunked = h->is_chunked || (h->te_at != 0 && h->minor > 0);
    r->last.says_close = h->has_close;
}

/* The server hung up inside the head: a line without an end may say more about why. */
static int fail_head_end(struct run *run)
{
    if (run->in.len > 0 && http1_head_end(&run->head, run->in.data, run->in.len) < 0)
        return fail(run, ERR_PROTOCOL, http1_head_error(&run->head));
    return fail(run, ERR_CLOSED, "unexpected EOF");
}

/* The head's length, or an error. */
static ptrdiff_t read_one_head(struct run *run)
{
    for (;;) {
        ptrdiff_t got =
            run->in.len > 0 ? http1_head_feed(&run->head, run->in.data, run->in.len) : HTTP1_MORE;
        if (got > 0)
            return got;
        if (got < 0) {
            fail(run, (int)got, http1_head_error(&run->head));
            return decorate_head_fault(run, (int)got);
        }
        bool is_begun = run->x->is_answer_begun;
        ptrdiff_t n = inbox_fill(run);
        if (n > 0)
            continue;
        if (n == 0)
            n = is_begun ? fail_head_end(run) : net_error_from_rc(run->x->error, ERR_CLOSED);
        return is_begun ? decorate_head_fault(run, (int)n) : n;
    }
}

/* Reads over interim answers. 101 is final: what follows is no HTTP. */
static int read_head(struct run *run)
{
    for (int i = 0; i < INTERIM_MAX; i++) {
        http1_head_init(&run->head, run->x->is_head_method);
        ptrdiff_t len = read_one_head(run);
        if (len < 0)
            return (int)len;
        bool is_final = run->head.status / 100 != 1 || run->head.status == 101;
        if (is_final)
            take_head(run, (size_t)len);
        inbox_skip(run, (size_t)len);
        if (is_final)
            return 0;
        http1_head_deinit(&run->head);
    }
    fail(run, ERR_PROTOCOL, "net/http: too many 1xx informational responses");
    return decorate_head_fault(run, ERR_PROTOCOL);
}

/* ---- the body */

static int body_add(struct run *run, const char *data, size_t len)
{
    return http_body_add(&run->body, data, len, run->x->error);
}

/* What is in the inbox goes to the body. */
static int body_take_inbox(struct run *run)
{
    int rc = body_add(run, run->in.data, run->in.len);
    run->in.len = 0;
    return rc;
}

/* The rest of a body of known length is read straight into its place. */
static int read_rest(struct run *run, size_t length)
{
    struct http_body *b = &run->body;
    inbox_drop(run);
    while (b->len < length) {
        if (b->len >= b->cap) { /* by one more if the byte for the NUL was filled */
            int rc = http_body_reserve(b, b->cap * 2 < length ? b->cap * 2 : length,
                                       run->x->error);
            if (rc < 0)
                return rc;
        }
        /* The byte kept for the NUL is offered as well: a read that fills less than its room tells
         * that there is no more. */
        ptrdiff_t n = sock_read(&run->conn->sock, b->data + b->len, b->cap - b->len + 1,
                                run->x->deadline_ns, run->x->error);
        if (n <= 0)
            return n < 0 ? (int)n : fail(run, ERR_CLOSED, "unexpected EOF");
        b->len += (size_t)n;
    }
    if (b->len >
        length) { /* the server says more than it announced: not our body, and no good connection */
        b->len = length;
        run->x->is_reusable = false;
    }
    return 0;
}

static int read_rest_discarding(struct run *run, size_t length)
{
    while (run->body.len < length) {
        ptrdiff_t n = inbox_fill(run);
        if (n <= 0)
            return n < 0 ? (int)n : fail(run, ERR_CLOSED, "unexpected EOF");
        size_t want = length - run->body.len;
        if (run->in.len > want)
            run->x->is_reusable = false;
        run->body.len += run->in.len < want ? run->in.len : want;
        run->in.len = 0;
    }
    return 0;
}

static int read_by_length(struct run *run)
{
    if ((uint64_t)run->head.content_length > run->body.limit)
        return http_body_fail_size(&run->body, run->x->error);
    size_t length = (size_t)run->head.content_length;
    int rc = 0;
    if (!run->body.is_discarded)
        rc = http_body_reserve(&run->body, length < HTTP_BODY_FIRST ? length : HTTP_BODY_FIRST,
                               run->x->error);
    if (rc < 0)
        return rc;
    size_t here = run->in.len < length ? run->in.len : length;
    if (here < run->in.len)
        run->x->is_reusable = false;
    rc = here > 0 ? body_add(run, run->in.data, here) : 0;
    run->in.len = 0;
    if (rc < 0 || run->body.len == length)
        return rc;
    return run->body.is_discarded ? read_rest_discarding(run, length) : read_rest(run, length);
}

static int read_chunks_into(struct run *run, struct buf *trailers)
{
    struct chunk c;
    chunk_init(&c);
    if (run->x->is_watched)
        c.trailers = trailers;
    size_t at = 0;
    for (;;) {
        size_t used = 0;
        struct str piece;
        int rc = 0;
        switch (chunk_feed(&c, run->in.data + at, run->in.len - at, &used, &piece)) {
        case CHUNK_PIECE:
            rc = body_add(run, piece.p, piece.len);
            break;
        case CHUNK_DONE:
            if (at + used < run->in.len)
                run->x->is_reusable = false;
            return 0;
        case CHUNK_FAILED:
            return fail(run, ERR_PROTOCOL, chunk_error(&c));
        case CHUNK_MORE: {
            run->in.len = at = used = 0;
            ptrdiff_t n = inbox_fill(run);
            rc = n > 0 ? 0 : n < 0 ? (int)n : fail(run, ERR_CLOSED, chunk_eof_error(&c));
            break;
        }
        }
        if (rc < 0)
            return rc;
        at += used;
    }
}

static int read_chunks(struct run *run)
{
    struct buf trailers;
    buf_init(&trailers, BUF_NO_LIMIT); /* the decoder has a cap */
    int rc = read_chunks_into(run, &trailers);
    if (trailers.len > 0)
        run->r->last.trailers = (struct str){
            arena_strndup(run->r->arena, trailers.data, trailers.len), trailers.len};
    buf_deinit(&trailers);
    return rc;
}

static int read_to_end(struct run *run)
{
    for (;;) {
        int rc = run->in.len > 0 ? body_take_inbox(run) : 0;
        if (rc < 0)
            return rc;
        ptrdiff_t n = inbox_fill(run);
        if (n <= 0)
            return (int)n;
    }
}

static int read_body(struct run *run)
{
    run->body.is_discarded = run->x->discards;
    run->body.limit = run->x->body_limit;
    if (run->head.content_length == 0) {
        if (run->in.len > 0)
            run->x->is_reusable = false;
        return 0;
    }
    if (run->head.is_chunked)
        return read_chunks(run);
    return run->head.content_length > 0 ? read_by_length(run) : read_to_end(run);
}

/* When the answer began and ended: as the bytes arrived, not as we came to read them. An answer
 * may arrive while send(2) has not returned yet: then it took no time. */
static void note_times(struct run *run, int rc)
{
    struct http_exchange *x = run->x;
    int64_t now_ns = clock_now_ns();
    int64_t arrived_ns = run->conn->sock.arrived_ns;
    x->end_ns = now_ns;
    if (!x->is_answer_begun)
        return;
    if (x->first_byte_ns > now_ns || !sock_check_stamps(&run->conn->sock, x->first_byte_ns, now_ns))
        x->first_byte_ns = now_ns;
    else if (rc == 0)
        x->end_ns = arrived_ns;
    if (x->first_byte_ns < x->sent_ns)
        x->first_byte_ns = x->sent_ns;
    if (x->end_ns < x->first_byte_ns)
        x->end_ns = x->first_byte_ns;
}

static int receive(struct run *run)
{
    struct http_exchange *x = run->x;
    int rc = read_head(run);
    if (rc < 0)
        return rc;
    x->is_reusable = !run->head.closes && !x->closes && run->r->status != 101;
    x->on_head(x->opaque, x, run->r);
    rc = read_body(run);
    if (rc < 0 && x->error != NULL)
        x->error->in_body = true;
    note_times(run, rc);
    http_body_hand_over(&run->body, run->r);
    return rc;
}

/* A server may refuse a request by saying why and hanging up: its answer counts if it is there, or
 * its TLS alert. On a kept connection that took nothing there is no such reason to look for. */
static int receive_in_spite(struct run *run, int send_rc)
{
    struct net_error *e = run->x->error;
    if (send_rc == ERR_TIMEOUT || send_rc == ERR_CANCELED ||
        (run->x->written == 0 && run->conn->is_reused))
        return send_rc;
    struct net_error send_error = *e;
    run->conn->sock.is_drained = false; /* look at once: waiting for more is no use */
    int rc = receive(run);
    if (rc < 0 && run->r->status == 0 && e->code != NET_NON_TCP) {
        *e = send_error;
        return send_rc;
    }
    return rc;
}

int http1_exchange(struct http_conn *conn, struct http_exchange *x, struct http_response *r)
{
    struct run run = {.conn = conn, .shared = conn->client->shared, .x = x, .r = r};
    http1_head_init(&run.head, x->is_head_method);
    int rc = send_request(&run);
    if (rc == 0) {
        x->sent_ns = clock_now_ns();
        rc = receive(&run);
    } else {
        rc = receive_in_spite(&run, rc);
        x->is_reusable = false;
    }
    if (x->written < x->head.len + x->body.len)
        x->is_reusable = false; /* answered before the request was complete */
    if (rc < 0)
        x->is_reusable = false;
    inbox_drop(&run);
    http1_head_deinit(&run.head);
    return rc;
}
