/* test_bed.h - for the tests of this folder only: a worker run on the test's own thread, a server
 * that plays a script of bytes, and a client.
 *
 *     static void gets_a_page(void **state)
 *     {
 *         struct bed b;
 *         bed_open(&b, SCRIPT(ACCEPT, REQUEST, SEND("HTTP/1.1 200 OK\r\nContent-Length:
 * 2\r\n\r\nhi"))); bed_run(&b, get_once);         a function of the test, run on a fiber
 *         bed_close(&b);
 *     }
 *
 * The server is one fiber of the same worker: nothing hangs on the clock. What it read is in
 * b.seen. */
#ifndef C6_NET_TEST_BED_H
#define C6_NET_TEST_BED_H

#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "core/clock.h"
#include "net/http_client_int.h"
#include "net/sock.h"

enum bed_kind {
    BED_END,
    BED_ACCEPT,  /* take the next connection (what came before is dropped, open) */
    BED_REQUEST, /* read up to and with an empty line, then as much body as Content-Length says */
    BED_STREAMS, /* HTTP/2: read until so many more requests are complete */
    BED_TAKE,    /* read so many bytes */
    BED_SEND,
    BED_DRIP,   /* one byte at a time, the client running between */
    BED_CLOSE,  /* FIN */
    BED_RESET,  /* RST */
    BED_YIELD,  /* until the client has read what was sent */
    BED_STALL,  /* until the client hangs up */
    BED_REPEAT, /* start anew from the step with this number */
};

struct bed_step {
    enum bed_kind kind;
    const char *bytes;
    size_t len;
    int count;
};

#define SCRIPT(...) ((const struct bed_step[]){__VA_ARGS__, {.kind = BED_END}})
#define ACCEPT                                                                                     \
    {                                                                                              \
        .kind = BED_ACCEPT                                                                         \
    }
#define REQUEST                                                                                    \
    {                                                                                              \
        .kind = BED_REQUEST                                                                        \
    }
#define STREAMS(n)                                                                                 \
    {                                                                                              \
        .kind = BED_STREAMS, .count = (n)                                                          \
    }
/* Reads what is there up to the number of bytes; REQUEST waits for an empty line. */
#define TAKE(n)                                                                                    \
    {                                                                                              \
        .kind = BED_TAKE, .len = (n)                                                               \
    }
#define SEND(text)                                                                                 \
    {                                                                                              \
        .kind = BED_SEND, .bytes = (text), .len = sizeof(text) - 1                                 \
    }
#define SEND_BYTES(data, size)                                                                     \
    {                                                                                              \
        .kind = BED_SEND, .bytes = (data), .len = (size)                                           \
    }
#define DRIP(text)                                                                                 \
    {                                                                                              \
        .kind = BED_DRIP, .bytes = (text), .len = sizeof(text) - 1                                 \
    }
#define CLOSE                                                                                      \
    {                                                                                              \
        .kind = BED_CLOSE                                                                          \
    }
#define RESET                                                                                      \
    {                                                                                              \
        .kind = BED_RESET                                                                          \
    }
#define YIELD                                                                                      \
    {                                                                                              \
        .kind = BED_YIELD                                                                          \
    }
#define STALL                                                                                      \
    {                                                                                              \
        .kind = BED_STALL                                                                          \
    }
#define REPEAT(step)                                                                               \
    {                                                                                              \
        .kind = BED_REPEAT, .count = (step)                                                        \
    }

struct bed {
    struct worker *w;
    struct http_config config;
    struct http_shared *shared;
    struct http_client *client;
    const struct bed_step *script;
    uint16_t port;
    int accepted;
    uint64_t sent;   /* by the server */
    int turn;        /* the test's own */
    bool is_stalled; /* the server is at STALL */
    struct buf seen; /* all requests the server read */
    size_t mark;     /* bed_forget: tests look behind it only */
    size_t frame_at; /* HTTP/2: of the present connection, in seen; what was looked at */
    struct buf shown; /* the test's own */
    struct io listener;
    struct sock conns[64];
    bool server_done, client_done;
    struct fiber *server_fiber, *client_fiber;
    void (*run)(struct bed *b);
    /* The last request of bed_get and its kin. */
    struct http_request q;
    struct http_response r;
    int rc;
    struct http_hop hops[32];
    int hop_count;
    char hop_urls[32][128];
};

static inline int bed_listen(uint16_t *port)
{
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof a;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    CHECK(fd >= 0 && bind(fd, (struct sockaddr *)&a, sizeof a) == 0 && listen(fd, 64) == 0);
    CHECK(getsockname(fd, (struct sockaddr *)&a, &len) == 0);
    *port = ntohs(a.sin_port);
    return fd;
}

static inline int bed_accept(struct bed *b)
{
    int fd;
    while ((fd = accept4(b->listener.fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) < 0)
        if (errno != EAGAIN || io_wait_read(&b->listener, CLOCK_NEVER) < 0)
            return -1;
    CHECK(b->accepted < 64);
    b->frame_at = b->seen.len;
    CHECK(sock_adopt(&b->conns[b->accepted], b->w, fd) == 0);
    b->accepted++;
    return 0;
}

/* The Content-Length in the head, 0 without. */
static inline size_t bed_body_length(const char *head)
{
    const char *at = strstr(head, "Content-Length: ");
    return at != NULL ? strtoul(at + 16, NULL, 10) : 0;
}

static inline int bed_read_request(struct bed *b, struct sock *s)
{
    static const size_t unknown = SIZE_MAX;
    struct net_error e;
    size_t from = b->seen.len;
    size_t want = unknown;
    char *chunk = mem_alloc(65536);
    int rc = 0;
    while (rc == 0 && (want == unknown || b->seen.len < want)) {
        ptrdiff_t n = sock_read(s, chunk, 65536, CLOCK_NEVER, &e);
        if (n > 0)
            buf_add(&b->seen, chunk, (size_t)n);
        else
            rc = -1;
        const char *head = b->seen.data + from;
        const char *end = want == unknown ? strstr(head, "\r\n\r\n") : NULL;
        if (end != NULL)
            want = from + (size_t)(end + 4 - head) + bed_body_length(head);
    }
    mem_free(chunk);
    return rc;
}

/* Frames are looked at from frame_at on; the preface is passed over. */
static inline int bed_read_streams(struct bed *b, struct sock *s, int count)
{
    struct net_error e;
    char chunk[4096];
    while (count > 0) {
        const char *at = b->seen.data + b->frame_at;
        size_t left = b->seen.len - b->frame_at;
        size_t len = left >= 9 ? h2_read_head((const uint8_t *)at).len + 9 : SIZE_MAX;
        if (left >= 24 && memcmp(at, "PRI * ", 6) == 0) {
            b->frame_at += 24;
            continue;
        }
        if (left >= len) {
            struct h2_head h = h2_read_head((const uint8_t *)at);
            bool may_end = h.type == H2_HEADERS || h.type == H2_DATA;
            count -= may_end && (h.flags & H2_END_STREAM) != 0;
            b->frame_at += len;
            continue;
        }
        ptrdiff_t n = sock_read(s, chunk, sizeof chunk, CLOCK_NEVER, &e);
        if (n <= 0)
            return -1;
        buf_add(&b->seen, chunk, (size_t)n);
    }
    return 0;
}

static inline int bed_take(struct bed *b, struct sock *s, size_t len)
{
    struct net_error e;
    char byte;
    for (; len > 0; len--) {
        if (sock_read(s, &byte, 1, CLOCK_NEVER, &e) <= 0)
            return -1;
        buf_addc(&b->seen, byte);
    }
    return 0;
}

static inline int bed_send(struct bed *b, struct sock *s, const char *bytes, size_t len)
{
    struct net_error e;
    struct iovec piece = {(void *)bytes, len};
    b->sent += len;
    return sock_write(s, &piece, 1, CLOCK_NEVER, NULL, &e);
}

static inline void bed_nap(struct bed *b)
{
    fiber_sleep_until(b->w, clock_now_ns() + 100000);
}

/* What the client has read, of all its connections. */
static inline uint64_t bed_received(struct bed *b)
{
    LIST_EACH(it, &b->client->busy)
    http_conn_count(LIST_ENTRY(it, struct http_conn, link), NULL);
    return b->client->bytes_received;
}

/* Until the client has read all that was sent. */
static inline void bed_yield(struct bed *b)
{
    while (bed_received(b) < b->sent && !fiber_is_canceled(b->server_fiber))
        bed_nap(b);
}

/* Until the server only waits for its n-th client to hang up, and the client has read all. */
static inline void bed_await_stall(struct bed *b, int n)
{
    while (b->accepted != n || !b->is_stalled || bed_received(b) < b->sent)
        bed_nap(b);
}

/* Until the worker has learned that the one idle connection is no good any more. */
static inline void bed_await_stale(struct bed *b)
{
    struct http_conn *conn = LIST_ENTRY(b->client->idle.next, struct http_conn, link);
    CHECK(b->client->idle_count == 1);
    while (!sock_is_stale(&conn->sock, false))
        bed_nap(b);
}

static inline int bed_play(struct bed *b, const struct bed_step *step)
{
    struct sock *s = b->accepted > 0 ? &b->conns[b->accepted - 1] : NULL;
    struct net_error e;
    char byte;
    switch (step->kind) {
    case BED_ACCEPT:
        return bed_accept(b);
    case BED_REQUEST:
        return bed_read_request(b, s);
    case BED_STREAMS:
        return bed_read_streams(b, s, step->count);
    case BED_TAKE:
        return bed_take(b, s, step->len);
    case BED_SEND:
        return bed_send(b, s, step->bytes, step->len);
    case BED_DRIP:
        for (size_t i = 0; i < step->len; i++) {
            bed_send(b, s, step->bytes + i, 1);
            bed_yield(b);
        }
        return 0;
    case BED_CLOSE:
        sock_close(s);
        return 0;
    case BED_RESET: {
        struct linger now = {.l_onoff = 1};
        setsockopt(s->io.fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
        sock_abort(s);
        return 0;
    }
    case BED_YIELD:
        bed_yield(b);
        return 0;
    case BED_STALL:
        b->is_stalled = true;
        while (sock_read(s, &byte, 1, CLOCK_NEVER, &e) > 0)
            ;
        b->is_stalled = false;
        return 0;
    case BED_REPEAT:
    case BED_END:
        break;
    }
    return 0;
}

static inline void bed_server(void *arg)
{
    struct bed *b = arg;
    for (int i = 0; b->script[i].kind != BED_END;) {
        if (fiber_is_canceled(b->server_fiber))
            break; /* the client is through */
        if (b->script[i].kind == BED_REPEAT) {
            i = b->script[i].count;
            continue;
        }
        if (bed_play(b, &b->script[i]) < 0)
            break;
        i++;
    }
    while (!b->client_done && fiber_park(b->w, CLOCK_NEVER) != ERR_CANCELED)
        ;
    for (int i = 0; i < b->accepted; i++)
        sock_close(&b->conns[i]);
    io_close(&b->listener);
    b->server_done = true;
}

static inline void bed_client(void *arg)
{
    struct bed *b = arg;
    b->run(b);
    b->client_done = true;
    if (!b->server_done)
        fiber_cancel(b->server_fiber);
}

static inline bool bed_is_done(void *opaque)
{
    struct bed *b = opaque;
    return b->server_done && b->client_done;
}

static inline void bed_open(struct bed *b, const struct bed_step *script)
{
    memset(b, 0, sizeof *b);
    b->script = script;
    b->w = worker_new(0);
    b->config.dns_ttl_ns = 1000000000;
    b->config.user_agent = "test";
    buf_init(&b->seen, BUF_NO_LIMIT);
    buf_init(&b->shown, BUF_NO_LIMIT);
    http_response_init(&b->r);
}

/* Runs the script and `run` side by side until both are through. */
static inline void bed_run(struct bed *b, void (*run)(struct bed *b))
{
    CHECK(io_open(&b->listener, b->w, bed_listen(&b->port)) == 0);
    CHECK(http_shared_new(&b->shared, b->w, &b->config, NULL) == 0);
    b->client = http_client_new(b->shared);
    b->run = run;
    b->server_fiber = fiber_spawn(b->w, FIBER_HELPER, bed_server, b);
    b->client_fiber = fiber_spawn(b->w, FIBER_HELPER, bed_client, b);
    worker_run_here(b->w, bed_is_done, b);
    http_client_free(b->client);
    http_shared_free(b->shared);
}

static inline void bed_close(struct bed *b)
{
    http_response_deinit(&b->r);
    buf_deinit(&b->seen);
    buf_deinit(&b->shown);
    /* The fibers have ended; the loop still has to take their stacks back. */
    worker_run_here(b->w, bed_is_done, b);
    worker_free(b->w);
}

static inline void bed_on_hop(void *opaque, const struct http_hop *hop)
{
    struct bed *b = opaque;
    CHECK(b->hop_count < 32);
    struct buf url;
    buf_init(&url, BUF_NO_LIMIT);
    url_put(&url, hop->url, true);
    snprintf(b->hop_urls[b->hop_count], sizeof b->hop_urls[0], "%s", url.data);
    buf_deinit(&url);
    b->hops[b->hop_count++] = *hop;
}

/* b.q is what the test set; method, URL, limits are filled in. The answer is in b.r, the result in
 * b.rc. */
static inline int bed_do(struct bed *b, const char *method, const char *url_text)
{
    struct url *u = NULL;
    CHECK(url_parse(&u, str_of(url_text), NULL) == 0);
    http_response_reset(&b->r);
    b->hop_count = 0;
    b->q.method = str_of(method);
    b->q.url = u;
    if (b->q.max_redirects == 0)
        b->q.max_redirects = 10;
    if (b->q.deadline_ns == 0)
        b->q.deadline_ns = clock_now_ns() + INT64_C(20) * 1000000000;
    b->q.on_hop = bed_on_hop;
    b->q.opaque = b;
    b->rc = http_client_do(b->client, &b->q, &b->r);
    if (b->r.last.url == u)
        b->r.last.url = NULL;
    url_free(u);
    memset(&b->q, 0, sizeof b->q);
    return b->rc;
}

/* At this bed's own server. */
static inline int bed_get(struct bed *b, const char *path)
{
    char url[512];
    snprintf(url, sizeof url, "http://127.0.0.1:%u%s", b->port, path);
    return bed_do(b, "GET", url);
}

static inline int bed_send_body(struct bed *b, const char *method, const char *path,
                                const char *body)
{
    char url[512];
    snprintf(url, sizeof url, "http://127.0.0.1:%u%s", b->port, path);
    b->q.body = str_of(body);
    b->q.has_body = true;
    return bed_do(b, method, url);
}

static inline const char *bed_seen(struct bed *b)
{
    return b->seen.data + b->mark;
}

static inline void bed_forget(struct bed *b)
{
    b->mark = b->seen.len;
}

static inline bool bed_saw(struct bed *b, const char *text)
{
    return strstr(bed_seen(b), text) != NULL;
}

static inline int bed_count(struct bed *b, const char *what)
{
    int n = 0;
    for (const char *at = bed_seen(b); (at = strstr(at, what)) != NULL; at++)
        n++;
    return n;
}

static inline void bed_with(const struct bed_step *script, void (*run)(struct bed *b))
{
    struct bed b;
    bed_open(&b, script);
    bed_run(&b, run);
    bed_close(&b);
}

#define BED_OK2 "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"

/* The value of a field of the answer, or NULL. */
static inline const char *bed_header(struct bed *b, const char *name)
{
    for (size_t i = 0; i < b->r.header_count; i++)
        if (str_ieqs(b->r.headers[i].name, name))
            return arena_strndup(b->r.arena, b->r.headers[i].value.p, b->r.headers[i].value.len);
    return NULL;
}

#endif
