/* h2_conn.c - who reads, who writes, who waits on a shared HTTP/2 connection; see h2_conn.h. Tests:
 * h2_conn_test.c */
#include "net/h2_conn.h"

#include <string.h>

#include "base/err.h"
#include "base/mem.h"
#include "core/clock.h"

enum {
    IN_SIZE = 64 * 1024,
    OUT_SIZE = 64 * 1024, /* framed at a time */
    ROUND_READS = 16,     /* before others of the worker get a turn */
    ROUND_WRITES = 16,
    PENDING_MAX = 1024 * 1024, /* a server that asks and never reads the answers */
};

struct h2_conn {
    struct worker *worker;
    struct sock *sock;
    struct h2_scratch *scratch;
    struct h2_session session;
    struct buf pending; /* what the socket didn't take */
    struct timer again; /* there is more to read or write, in the next turn */
    bool is_blocked;    /* the socket takes no more until it is writable */
    bool has_greeted;
    bool has_unsent;                     /* a stream without sent_ns may be there */
    const struct net_error *write_error; /* while what was said before it is read */
    void (*on_unusable)(void *opaque);
    void *opaque;
};

void h2_scratch_init(struct h2_scratch *scratch)
{
    buf_init(&scratch->out, BUF_NO_LIMIT);
    scratch->in = NULL;
}

void h2_scratch_deinit(struct h2_scratch *scratch)
{
    buf_deinit(&scratch->out);
    mem_free(scratch->in);
}

/* ---- writing */

static void note_sent(struct h2_conn *c)
{
    if (!c->has_unsent || c->pending.len > 0)
        return;
    int64_t now_ns = clock_now_ns();
    c->has_unsent = false;
    LIST_EACH(it, &c->session.streams)
    {
        struct h2_stream *st = LIST_ENTRY(it, struct h2_stream, link);
        if (st->has_sent_end && st->sent_ns == 0)
            st->sent_ns = now_ns;
        c->has_unsent |= !st->has_sent_end;
    }
}

/* Writes what it can of b; *sent tells. 0, or the socket's failure. */
static int write_some(struct h2_conn *c, const struct buf *b, size_t *sent, struct net_error *e)
{
    *sent = 0;
    while (*sent < b->len && !c->is_blocked) {
        struct iovec piece = {b->data + *sent, b->len - *sent};
        ptrdiff_t n = sock_try_write(c->sock, &piece, 1, e);
        if (n < 0)
            return (int)n;
        c->is_blocked = n == 0;
        *sent += (size_t)n;
    }
    return 0;
}

static int write_all(struct h2_conn *c, struct net_error *e)
{
    struct buf *out = &c->scratch->out;
    size_t sent;
    if (buf_failed(out))
        return net_error_from_rc(e, ERR_NOMEM);
    if (c->pending.len == 0) {
        int rc = write_some(c, out, &sent, e);
        if (rc == 0 && sent < out->len)
            rc = buf_add(&c->pending, out->data + sent, out->len - sent);
        return rc;
    }
    if (buf_add(&c->pending, out->data, out->len) < 0)
        return net_error_from_rc(e, ERR_NOMEM);
    int rc = write_some(c, &c->pending, &sent, e);
    buf_cut_front(&c->pending, sent);
    if (rc == 0 && c->pending.len == 0)
        buf_deinit(&c->pending);
    return rc;
}

static void read_in(struct h2_conn *c);

/* Sends what was framed since begin(). What the server has said before it hung up still counts. */
static void flush(struct h2_conn *c)
{
    struct net_error e;
    struct h2_session *s = &c->session;
    int rc = c->scratch->out.len > 0 || c->pending.len > 0 ? write_all(c, &e) : 0;
    if (rc == 0 && c->pending.len > PENDING_MAX && c->session.upload_count == 0)
        rc = h2_error_connection(&e, ERR_PROTOCOL, H2_ENHANCE_YOUR_CALM);
    buf_clear(&c->scratch->out);
    if (rc == 0) {
        note_sent(c);
        return;
    }
    c->write_error = e.code == NET_TCP_RESET ? &e : NULL; /* told once: reading finds an end */
    c->sock->is_drained = false;
    read_in(c);
    c->write_error = NULL;
    buf_clear(&c->scratch->out);
    if (!s->is_dead)
        h2_session_end(s, rc, &e);
}

/* Bodies under way, as far as socket and server take them. */
static void push(struct h2_conn *c)
{
    struct buf *out = &c->scratch->out;
    for (int i = 0; i < ROUND_WRITES && c->session.upload_count > 0; i++) {
        if (c->pending.len > 0 || c->is_blocked || c->session.is_dead)
            return;
        h2_session_pump(&c->session, out, OUT_SIZE);
        if (out->len == 0)
            return;
        flush(c);
    }
    if (c->session.upload_count > 0 && !c->session.is_dead && !c->is_blocked)
        timer_set(c->worker, &c->again, 0);
}

/* ---- reading */

static int64_t arrival(struct h2_conn *c)
{
    int64_t now_ns = clock_now_ns();
    return sock_check_stamps(c->sock, 0, now_ns) ? c->sock->arrived_ns : now_ns;
}

static void read_in(struct h2_conn *c)
{
    struct h2_session *s = &c->session;
    struct net_error e;
    bool has_looked = false;
    if (c->scratch->in == NULL)
        c->scratch->in = mem_alloc(IN_SIZE);
    for (int i = 0; i < ROUND_READS && !s->is_dead; i++) {
        ptrdiff_t n = sock_try_read(c->sock, c->scratch->in, IN_SIZE, &e);
        if (n == SOCK_EMPTY && (has_looked || !c->sock->io.has_hangup))
            return;
        if (n == SOCK_EMPTY) {
            /* An end is reported once, perhaps together with the last data. */
            has_looked = true;
            c->sock->is_drained = false;
        } else if (n <= 0) {
            h2_session_end(s, n < 0 ? (int)n : ERR_RESET, n < 0 ? &e : c->write_error);
        } else {
            h2_session_feed(s, c->scratch->in, (size_t)n, arrival(c), &c->scratch->out);
        }
    }
    if (!s->is_dead)
        timer_set(c->worker, &c->again, 0);
}

/* ---- the loop's turn */

static void begin(struct h2_conn *c)
{
    buf_clear(&c->scratch->out);
}

static void work(struct h2_conn *c)
{
    begin(c);
    read_in(c);
    flush(c);
    push(c);
}

static void work_in_loop(struct h2_conn *c)
{
    work(c);
    if (!h2_session_is_usable(&c->session) && c->session.stream_count == 0)
        c->on_unusable(c->opaque); /* the last touch: it may be gone now */
}

static void on_ready(struct io *io, bool readable, bool writable)
{
    struct h2_conn *c = io->opaque;
    if (readable)
        c->sock->is_drained = false;
    if (writable)
        c->is_blocked = false;
    work_in_loop(c);
}

static void on_again(struct worker *w, struct timer *t)
{
    (void)w;
    work_in_loop(LIST_ENTRY(t, struct h2_conn, again));
}

/* ---- for fibers */

int h2_conn_new(struct h2_conn **out, struct worker *w, struct sock *s, struct h2_scratch *scratch,
                size_t max_header_bytes, void (*on_unusable)(void *opaque), void *opaque)
{
    struct h2_conn *c = MEM_NEW(struct h2_conn);
    int rc = h2_session_init(&c->session, max_header_bytes);
    if (rc < 0) {
        mem_free(c);
        return rc;
    }
    c->worker = w;
    c->sock = s;
    c->scratch = scratch;
    c->on_unusable = on_unusable;
    c->opaque = opaque;
    buf_init(&c->pending, BUF_NO_LIMIT);
    timer_init(&c->again, on_again);
    sock_set_callback(s, on_ready, c);
    *out = c;
    return 0;
}

void h2_conn_free(struct h2_conn *c)
{
    if (c == NULL)
        return;
    timer_clear(c->worker, &c->again);
    h2_session_deinit(&c->session);
    buf_deinit(&c->pending);
    mem_free(c);
}

bool h2_conn_is_usable(const struct h2_conn *c)
{
    return h2_session_is_usable(&c->session);
}

bool h2_conn_is_full(const struct h2_conn *c)
{
    return !h2_session_has_room(&c->session);
}

void h2_conn_retire(struct h2_conn *c)
{
    c->session.is_draining = true;
}

void h2_conn_look(struct h2_conn *c)
{
    c->sock->is_drained = false;
    work(c);
}

/* What greets the server goes out with the first request. */
static int open_stream(struct h2_conn *c, struct h2_stream *st, const struct h2_field *fields,
                       size_t count)
{
    struct h2_session *s = &c->session;
    struct buf *out = &c->scratch->out;
    begin(c);
    if (!c->has_greeted) {
        h2_session_greet(s, out);
        c->has_greeted = true;
    }
    int rc = h2_session_open(s, st, fields, count, out);
    if (rc == 0) {
        c->has_unsent = true;
        if (st->upload.len > 0 && c->pending.len == 0)
            h2_session_pump(s, out, OUT_SIZE);
    }
    flush(c);
    push(c);
    return rc;
}

int h2_conn_request(struct h2_conn *c, struct h2_stream *st, const struct h2_field *fields,
                    size_t count)
{
    if (!h2_conn_is_usable(c) || h2_conn_is_full(c)) {
        st->was_refused = true;
        return net_error_set(st->error, ERR_CLOSED, NET_DEFAULT, "http2: client conn not usable");
    }
    return open_stream(c, st, fields, count);
}

int h2_conn_await(struct h2_conn *c, struct h2_stream *st, int64_t deadline_ns)
{
    struct worker *w = c->worker;
    while (!st->is_over) {
        st->waiter = fiber_current(w);
        int rc = fiber_park(w, deadline_ns);
        if (st->is_over)
            break;
        /* A wake that was meant for something else goes round again. */
        bool is_canceled = fiber_is_canceled(st->waiter);
        st->waiter = NULL;
        if (!is_canceled && (rc != ERR_TIMEOUT || deadline_ns > worker_loop_ns(w)))
            continue;
        st->rc = net_error_from_rc(st->error, is_canceled ? ERR_CANCELED : ERR_TIMEOUT);
        begin(c);
        h2_session_reset(&c->session, st, H2_CANCEL, &c->scratch->out);
        flush(c);
    }
    return st->rc;
}

void h2_conn_on_over(struct h2_stream *st)
{
    if (st->waiter != NULL)
        fiber_wake(st->waiter, 0);
    st->waiter = NULL;
}
