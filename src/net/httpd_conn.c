/* httpd_conn.c - one connection of the small HTTP server: reads requests, calls the handler, writes
 * answers; one with HTTP/2 it hands over to httpd_h2.c. Knows no routes. Everything here runs on the connection's fiber. Started by httpd.c.
 * Spec: RFC 9112. Tests: httpd_test.c */
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/duration.h"
#include "base/mem.h"
#include "core/clock.h"
#include "net/h2_frame.h"
#include "net/httpd_int.h"

enum {
    READ_SIZE = 4096,
    READ_SIZE_BODY = 64 * 1024,
    KEEP_SIZE = 16 * 1024,  /* an idle connection holds no bigger buffers */
    FLUSH_SIZE = 64 * 1024, /* pipelined answers gathered before they go out */
    YIELD_EVERY = 64,       /* requests */
    LINGER_BYTES =
        256 * 1024, /* read and dropped after a refusal, so that the answer isn't lost to a reset */
};

static const int64_t write_timeout_ns = 60 * NS_PER_SEC;
static const int64_t linger_timeout_ns = NS_PER_SEC;

static int64_t after_ns(int64_t ns)
{
    return clock_add(clock_now_ns(), ns);
}

/* ---- bytes */

static void conn_got(struct httpd_conn *c, size_t len)
{
    c->in.len += len;
    c->in.data[c->in.len] = '\0'; /* buf_reserve kept a byte for it */
}

int64_t httpd_conn_read(struct httpd_conn *c, size_t want, int64_t deadline_ns)
{
    if (buf_reserve(&c->in, want) < 0)
        return ERR_TOO_LARGE;
    char *to = c->in.data + c->in.len;
    if (c->tls != NULL) {
        int64_t n = httpd_tls_read(c->tls, to, want, deadline_ns);
        if (n > 0)
            conn_got(c, (size_t)n);
        return n;
    }
    for (;;) {
        if (c->is_drained) {
            int rc = io_wait_read(&c->io, deadline_ns);
            if (rc < 0)
                return rc;
        }
        ssize_t n = recv(c->io.fd, to, want, 0);
        c->is_drained = n < (ssize_t)want;
        if (n > 0)
            conn_got(c, (size_t)n);
        if (n >= 0)
            return n;
        if (errno != EAGAIN && errno != EINTR)
            return err_from_errno(errno);
    }
}

static int conn_write_all(struct httpd_conn *c, const char *p, size_t len)
{
    if (c->tls != NULL)
        return httpd_tls_write(c->tls, p, len, after_ns(write_timeout_ns));
    while (len > 0) {
        ssize_t n = send(c->io.fd, p, len, MSG_NOSIGNAL);
        if (n >= 0) {
            p += n;
            len -= (size_t)n;
            continue;
        }
        if (errno == EINTR)
            continue;
        if (errno != EAGAIN)
            return err_from_errno(errno);
        int rc = io_wait_write(&c->io, after_ns(write_timeout_ns));
        if (rc < 0)
            return rc;
    }
    return 0;
}

/* Sends what answers have gathered. */
int httpd_conn_flush(struct httpd_conn *c)
{
    if (c->out.len == 0 || c->error < 0)
        return c->error;
    c->error = buf_failed(&c->out) ? ERR_NOMEM : conn_write_all(c, c->out.data, c->out.len);
    if (c->out.len > KEEP_SIZE) {
        buf_deinit(&c->out);
        buf_init(&c->out, BUF_NO_LIMIT);
    } else {
        buf_clear(&c->out);
    }
    return c->error;
}

/* ---- answers */

const char *httpd_reason(int status)
{
    static const struct {
        int status;
        const char *text;
    } names[] = {
        {100, "100 Continue"},
        {101, "101 Switching Protocols"},
        {200, "200 OK"},
        {201, "201 Created"},
        {202, "202 Accepted"},
        {203, "203 Non-Authoritative Information"},
        {204, "204 No Content"},
        {205, "205 Reset Content"},
        {206, "206 Partial Content"},
        {300, "300 Multiple Choices"},
        {301, "301 Moved Permanently"},
        {302, "302 Found"},
        {303, "303 See Other"},
        {304, "304 Not Modified"},
        {305, "305 Use Proxy"},
        {307, "307 Temporary Redirect"},
        {308, "308 Permanent Redirect"},
        {400, "400 Bad Request"},
        {401, "401 Unauthorized"},
        {402, "402 Payment Required"},
        {403, "403 Forbidden"},
        {404, "404 Not Found"},
        {405, "405 Method Not Allowed"},
        {406, "406 Not Acceptable"},
        {407, "407 Proxy Authentication Required"},
        {408, "408 Request Timeout"},
        {409, "409 Conflict"},
        {410, "410 Gone"},
        {411, "411 Length Required"},
        {412, "412 Precondition Failed"},
        {413, "413 Content Too Large"},
        {414, "414 URI Too Long"},
        {415, "415 Unsupported Media Type"},
        {416, "416 Range Not Satisfiable"},
        {417, "417 Expectation Failed"},
        {418, "418 I'm a teapot"},
        {421, "421 Misdirected Request"},
        {422, "422 Unprocessable Content"},
        {423, "423 Locked"},
        {424, "424 Failed Dependency"},
        {425, "425 Too Early"},
        {426, "426 Upgrade Required"},
        {428, "428 Precondition Required"},
        {429, "429 Too Many Requests"},
        {431, "431 Request Header Fields Too Large"},
        {451, "451 Unavailable For Legal Reasons"},
        {500, "500 Internal Server Error"},
        {501, "501 Not Implemented"},
        {502, "502 Bad Gateway"},
        {503, "503 Service Unavailable"},
        {504, "504 Gateway Timeout"},
        {505, "505 HTTP Version Not Supported"},
        {507, "507 Insufficient Storage"},
        {511, "511 Network Authentication Required"},
    };
    static _Thread_local char unknown[32];
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (names[i].status == status)
            return names[i].text;
    snprintf(unknown, sizeof unknown, "%d Unknown", status);
    return unknown;
}

/* Made anew once a second. */
struct str httpd_date(struct httpd_listener *l)
{
    int64_t sec = worker_loop_ns(l->worker) / NS_PER_SEC;
    if (sec != l->date_sec) {
        time_t now = time(NULL);
        struct tm tm;
        gmtime_r(&now, &tm);
        l->date_len = strftime(l->date, sizeof l->date, "Date: %a, %d %b %Y %H:%M:%S GMT\r\n", &tm);
        l->date_sec = sec;
    }
    return (struct str){l->date, l->date_len};
}

static void put_uint(struct buf *b, uint64_t n)
{
    char digits[20];
    size_t at = sizeof digits;
    do {
        digits[--at] = (char)('0' + n % 10);
        n /= 10;
    } while (n > 0);
    buf_add(b, digits + at, sizeof digits - at);
}

bool httpd_has_body(int status)
{
    return status >= 200 && status != 204 && status != 304;
}

static void put_head(struct httpd_conn *c, int status, const char *content_type, struct str extra,
                     int64_t body_len)
{
    static const char ok[] = "HTTP/1.1 200 OK\r\nServer: c6\r\n";
    if (status == 200) {
        buf_add(&c->out, ok, sizeof ok - 1);
    } else {
        buf_adds(&c->out, "HTTP/1.1 ");
        buf_adds(&c->out, httpd_reason(status));
        buf_adds(&c->out, "\r\nServer: c6\r\n");
    }
    buf_add_str(&c->out, httpd_date(c->listener));
    if (content_type != NULL) {
        buf_adds(&c->out, "Content-Type: ");
        buf_adds(&c->out, content_type);
        buf_adds(&c->out, "\r\n");
    }
    if (body_len < 0) {
        buf_adds(&c->out, "Transfer-Encoding: chunked\r\n");
    } else if (httpd_has_body(status)) {
        buf_adds(&c->out, "Content-Length: ");
        put_uint(&c->out, (uint64_t)body_len);
        buf_adds(&c->out, "\r\n");
    }
    buf_add(&c->out, extra.p, extra.len);
    if (!c->head.keep_alive || c->must_close)
        buf_adds(&c->out, "Connection: close\r\n");
    else if (c->head.is_http10)
        buf_adds(&c->out, "Connection: keep-alive\r\n");
    buf_add(&c->out, "\r\n", 2);
    c->answered = true;
}

int httpd_answer_head(struct httpd_conn *c, int status, const char *content_type,
                      struct str extra_headers, int64_t body_len)
{
    if (c->stream != NULL)
        return httpd_h2_answer_head(c->stream, status, content_type, extra_headers, body_len);
    c->is_chunked = body_len < 0;
    put_head(c, status, content_type, extra_headers, body_len);
    return httpd_conn_flush(c);
}

int httpd_answer(struct httpd_conn *c, int status, const char *content_type,
                 struct str extra_headers, struct str body)
{
    if (c->stream != NULL)
        return httpd_h2_answer(c->stream, status, content_type, extra_headers, body);
    put_head(c, status, content_type, extra_headers, (int64_t)body.len);
    if (!c->is_head_request && httpd_has_body(status))
        buf_add(&c->out, body.p, body.len);
    return c->out.len >= FLUSH_SIZE ? httpd_conn_flush(c) : c->error;
}

int httpd_put(struct httpd_conn *c, struct str piece)
{
    if (c->stream != NULL)
        return httpd_h2_put(c->stream, piece);
    if (!c->is_chunked)
        return httpd_write(c, piece);
    if (piece.len == 0) /* would be the last chunk */
        return c->error;
    buf_addf(&c->out, "%zx\r\n", piece.len);
    buf_add_str(&c->out, piece);
    buf_adds(&c->out, "\r\n");
    return httpd_conn_flush(c);
}

int httpd_finish(struct httpd_conn *c)
{
    if (c->stream != NULL)
        return httpd_h2_finish(c->stream);
    if (c->is_chunked)
        buf_adds(&c->out, "0\r\n\r\n");
    return c->error;
}

int httpd_write(struct httpd_conn *c, struct str bytes)
{
    if (c->stream != NULL)
        return httpd_h2_write_raw(c->stream, bytes);
    c->answered = true;
    if (httpd_conn_flush(c) == 0 && bytes.len > 0)
        c->error = conn_write_all(c, bytes.p, bytes.len);
    return c->error;
}

int httpd_sleep(struct httpd_conn *c, int64_t ns)
{
    if (c->stream != NULL)
        return httpd_h2_sleep(c->stream, ns);
    if (httpd_conn_flush(c) < 0)
        return c->error;
    int rc = fiber_sleep_until(c->listener->worker, after_ns(ns));
    if (rc < 0)
        c->error = rc;
    return rc;
}

void httpd_wait_gone(struct httpd_conn *c)
{
    if (c->stream != NULL) {
        httpd_h2_wait_gone(c->stream);
        return;
    }
    c->answered = true;
    c->must_close = true;
    httpd_conn_flush(c);
    /* What still comes is dropped; only its end is of interest. */
    while (c->error == 0) {
        buf_clear(&c->in);
        int64_t n = httpd_conn_read(c, READ_SIZE, CLOCK_NEVER);
        if (n <= 0)
            c->error = n == 0 ? ERR_CLOSED : (int)n;
    }
}

void httpd_close(struct httpd_conn *c, bool reset)
{
    if (c->stream != NULL) {
        httpd_h2_close(c->stream, reset);
        return;
    }
    c->answered = true;
    c->must_close = true;
    c->must_reset = c->must_reset || reset;
}

bool httpd_is_http2(const struct httpd_conn *c)
{
    return c->stream != NULL;
}

uint32_t httpd_stream_id(const struct httpd_conn *c)
{
    return httpd_h2_stream_id(c->stream);
}

void httpd_reset_stream(struct httpd_conn *c, uint32_t code)
{
    httpd_h2_reset(c->stream, code);
}

void httpd_goaway(struct httpd_conn *c, uint32_t last_stream_id, uint32_t code)
{
    httpd_h2_goaway(c->stream, last_stream_id, code);
}

/* ---- requests */

/* Refuses a request that can't be read; the rest of what the client sends is dropped, so that it
 * gets to read the answer. */
static int conn_refuse(struct httpd_conn *c, int status)
{
    c->must_close = true;
    c->is_head_request = false;
    buf_truncate(&c->in, 0);
    const char *reason = httpd_reason(status);
    httpd_answer(c, status, "text/plain; charset=utf-8", STR(""), str_of(reason));
    if (httpd_conn_flush(c) < 0)
        return ERR_PROTOCOL;
    if (c->tls == NULL)
        shutdown(c->io.fd, SHUT_WR);
    int64_t deadline_ns = after_ns(linger_timeout_ns);
    for (size_t dropped = 0; dropped < LINGER_BYTES;) {
        int64_t n = httpd_conn_read(c, READ_SIZE, deadline_ns);
        if (n <= 0)
            break;
        dropped += (size_t)n;
        buf_clear(&c->in);
    }
    return ERR_PROTOCOL;
}

/* Reads on; a stream that ends here ends in the middle of a request. */
static int conn_read_more(struct httpd_conn *c, size_t want)
{
    if (httpd_conn_flush(c) < 0)
        return c->error;
    int64_t n = httpd_conn_read(c, want, CLOCK_NEVER);
    if (n < 0)
        return (int)n;
    return n == 0 ? ERR_CLOSED : 0;
}

/* Finds and parses the next head, reading as needed. Returns its length; ERR_CLOSED when the client
 * is done. */
static int64_t conn_read_head(struct httpd_conn *c)
{
    const size_t max_head = c->listener->server->config.max_head;
    c->scanned = 0;
    for (;;) {
        size_t len = httpd_find_head((struct str){c->in.data, c->in.len}, &c->scanned);
        if (len > max_head || (len == 0 && c->in.len >= max_head))
            return conn_refuse(c, 431);
        if (len > 0) {
            int status = httpd_parse_head((struct str){c->in.data, len}, &c->head);
            if (status != 0) {
                c->head.keep_alive = false;
                return conn_refuse(c, status);
            }
            return (int64_t)len;
        }
        int rc = conn_read_more(c, READ_SIZE);
        if (rc < 0)
            return rc;
    }
}

static int conn_read_length_body(struct httpd_conn *c, size_t head_len)
{
    size_t total = head_len + (size_t)c->head.content_length;
    while (c->in.len < total) {
        size_t want = total - c->in.len;
        int rc = conn_read_more(c, want > READ_SIZE_BODY ? READ_SIZE_BODY : want);
        if (rc < 0)
            return rc;
    }
    return 0;
}

/* Puts the chunks together in place. Fills the length of the body and where the next request
 * starts. */
static int conn_read_chunks(struct httpd_conn *c, size_t head_len, size_t *body_len, size_t *end)
{
    const size_t max_body = c->listener->server->config.max_body;
    struct httpd_chunks chunks = {0};
    for (;;) {
        int rc = httpd_chunks_eat(&chunks, c->in.data + head_len, c->in.len - head_len);
        if (rc < 0)
            return conn_refuse(c, 400);
        if (chunks.made > max_body)
            return conn_refuse(c, 413);
        *body_len = chunks.made;
        *end = head_len + chunks.used;
        if (rc > 0)
            return 0;
        /* All is eaten: the framing of chunks needs no room while the body grows. */
        buf_truncate(&c->in, head_len + chunks.made);
        chunks.used = chunks.made;
        rc = conn_read_more(c, READ_SIZE_BODY);
        if (rc < 0)
            return rc;
    }
}

/* The next request, whole. Fills r and where in c->in it ends. 0 or ERR_*. */
static int conn_read_request(struct httpd_conn *c, struct httpd_request *r, size_t *end)
{
    int64_t head_len = conn_read_head(c);
    if (head_len < 0)
        return (int)head_len;
    size_t head_size = (size_t)head_len;
    size_t body_len = (size_t)c->head.content_length;
    *end = head_size + body_len;
    if (c->head.content_length > c->listener->server->config.max_body)
        return conn_refuse(c, 413);
    bool has_rest = c->head.is_chunked || *end > c->in.len;
    if (has_rest) {
        if (c->head.expects_continue && c->in.len == head_size && !c->head.is_http10)
            buf_adds(&c->out, "HTTP/1.1 100 Continue\r\n\r\n");
        int rc = c->head.is_chunked ? conn_read_chunks(c, head_size, &body_len, end)
                                    : conn_read_length_body(c, head_size);
        if (rc < 0)
            return rc;
        /* Reading may have moved the buffer, and with it the head. */
        int status = httpd_parse_head((struct str){c->in.data, head_size}, &c->head);
        CHECK(status == 0);
    }
    const struct httpd_head *h = &c->head;
    *r = (struct httpd_request){
        .method = h->method,
        .target = h->target,
        .path = h->path,
        .query = h->query,
        .version = h->version,
        .head = h->fields,
        .host = h->host,
        .keep_alive = h->keep_alive,
        .is_tls = c->tls != NULL,
        .body = {c->in.data + head_size, body_len},
    };
    return 0;
}

static void conn_handle(struct httpd_conn *c, const struct httpd_request *r)
{
    const struct httpd_config *config = &c->listener->server->config;
    c->answered = false;
    c->is_head_request = str_eq(r->method, STR("HEAD"));
    config->handle(config->opaque, c, r);
    if (!c->answered)
        httpd_answer(c, 500, "text/plain; charset=utf-8", STR(""),
                     STR("The server has no answer to this.\n"));
}

static void conn_serve(struct httpd_conn *c)
{
    struct httpd_request r;
    size_t end = 0;
    unsigned served = 0;
    while (conn_read_request(c, &r, &end) == 0) {
        bool keep_alive = r.keep_alive;
        conn_handle(c, &r);
        if (!keep_alive || c->must_close || c->error < 0)
            break;
        /* A client that always has more to say must not hold up the others. */
        if (++served % YIELD_EVERY == 0 && fiber_yield(c->listener->worker) < 0)
            break;
        if (end == c->in.len && c->in.cap > KEEP_SIZE) {
            buf_deinit(&c->in);
            buf_init(&c->in, BUF_NO_LIMIT);
        } else {
            buf_cut_front(&c->in, end);
        }
    }
    if (!c->must_reset)
        httpd_conn_flush(c);
}

static void conn_end(struct httpd_conn *c)
{
    struct httpd_listener *l = c->listener;
    if (c->must_reset) {
        struct linger now = {.l_onoff = 1, .l_linger = 0};
        setsockopt(c->io.fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    }
    httpd_tls_close(c->tls, !c->must_reset && c->error == 0);
    io_close(&c->io);
    buf_deinit(&c->in);
    buf_deinit(&c->out);
    list_remove(&c->node);
    mem_free(c);
    l->conn_count--;
    httpd_listener_left(l);
}

/* Chosen by ALPN, or begun without asking: no request begins like HTTP/2's preface. */
static bool conn_is_http2(struct httpd_conn *c)
{
    if (!c->listener->server->config.has_http2)
        return false;
    if (c->tls != NULL && httpd_tls_is_http2(c->tls))
        return true;
    while (c->in.len < H2_PREFACE_LEN) {
        if (memcmp(c->in.data, H2_PREFACE, c->in.len) != 0 ||
            httpd_conn_read(c, READ_SIZE, CLOCK_NEVER) <= 0)
            return false;
    }
    return memcmp(c->in.data, H2_PREFACE, H2_PREFACE_LEN) == 0;
}

static void conn_run(void *arg)
{
    struct httpd_conn *c = arg;
    struct httpd *h = c->listener->server;
    if (h->tls != NULL)
        c->error = httpd_tls_accept(&c->tls, h->tls, &c->io, after_ns(write_timeout_ns));
    if (c->error == 0 && conn_is_http2(c))
        httpd_h2_serve(c);
    else if (c->error == 0)
        conn_serve(c);
    conn_end(c);
}

void httpd_conn_start(struct httpd_listener *l, int fd)
{
    struct httpd_conn *c = MEM_NEW(struct httpd_conn);
    int on = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (io_open(&c->io, l->worker, fd) < 0) {
        close(fd);
        mem_free(c);
        return;
    }
    c->listener = l;
    c->is_drained =
        true; /* nothing can be there before the first edge, which is kept if it came already */
    buf_init(&c->in, BUF_NO_LIMIT);
    buf_init(&c->out, BUF_NO_LIMIT);
    list_push_back(&l->conns, &c->node);
    l->conn_count++;
    /* A VU's stack, though no JavaScript runs here: handlers parse JSON that a client chose, and
     * that recurses. */
    c->fiber = fiber_spawn(l->worker, FIBER_VU, conn_run, c);
}

/* ---- what a handler reads */

bool httpd_next_header(const struct httpd_request *r, size_t *at, struct str *name,
                       struct str *value)
{
    return httpd_next_field(r->head, at, name, value);
}

bool httpd_get_header(const struct httpd_request *r, const char *name, struct str *value)
{
    struct str key;
    for (size_t at = 0; httpd_next_field(r->head, &at, &key, value);)
        if (str_ieqs(key, name))
            return true;
    return false;
}
