/* httpd.c - listening, accepting and stopping of the small HTTP server. One connection's life is in
 * httpd_conn.c. Knows no routes. Used by `c6 target` and the REST API. Tests: httpd_test.c */
#include "net/httpd.h"

#include <errno.h>
#include <netdb.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/duration.h"
#include "base/mem.h"
#include "core/clock.h"
#include "net/httpd_int.h"

enum {
    DEFAULT_MAX_HEAD = 32 * 1024,
    DEFAULT_MAX_BODY = 16 * 1024 * 1024,
    BACKLOG = 4096,
    ACCEPT_ROUND = 64, /* connections taken before other fibers get a turn */
};

/* "host:port", "[v6]:port" or ":port" (every address) into its parts. */
static int split_listen(const char *listen_text, char **host, char **port, struct err *e)
{
    struct str s = str_trim(str_of(listen_text));
    ptrdiff_t colon = -1;
    for (size_t i = 0; i < s.len; i++)
        if (s.p[i] == ':')
            colon = (ptrdiff_t)i;
    struct str h = {s.p, colon < 0 ? 0 : (size_t)colon};
    struct str p = {s.p + colon + 1, s.len - (size_t)(colon + 1)};
    if (h.len >= 2 && h.p[0] == '[' && h.p[h.len - 1] == ']') {
        h.p++;
        h.len -= 2;
    }
    bool ok = colon >= 0 && p.len > 0 && p.len <= 5;
    unsigned long n = 0;
    for (size_t i = 0; i < p.len && ok; i++) {
        ok = ascii_is_digit(p.p[i]);
        n = n * 10 + (unsigned long)(p.p[i] - '0');
    }
    if (!ok || n > 65535) {
        err_set(e, ERR_INVALID, "cannot listen on \"%s\": it is not an address and a port",
                listen_text);
        err_set_hint(e, "write it as 127.0.0.1:8080, [::1]:8080 or :8080");
        err_set_exit(e, EXIT_GENERIC);
        return ERR_INVALID;
    }
    *host = mem_strndup(h.p, h.len);
    *port = mem_strndup(p.p, p.len);
    return 0;
}

static int listen_fail(struct err *e, int errno_value, const char *listen_text)
{
    int rc = err_from_errno(errno_value);
    err_set(e, rc, "cannot listen on %s: %s", listen_text, strerror(errno_value));
    err_set_exit(e, EXIT_GENERIC);
    return rc;
}

/* One listening socket. Returns the descriptor or ERR_*. */
static int open_listener(const struct sockaddr *addr, socklen_t addr_len, const char *listen_text,
                         struct err *e)
{
    int fd = socket(addr->sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0)
        return listen_fail(e, errno, listen_text);
    int on = 1;
    int off = 0;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &on, sizeof on);
    if (addr->sa_family == AF_INET6)
        setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off);
    if (bind(fd, addr, addr_len) < 0 || listen(fd, BACKLOG) < 0) {
        int saved = errno;
        close(fd);
        return listen_fail(e, saved, listen_text);
    }
    return fd;
}

static void set_port(struct sockaddr *addr, uint16_t port)
{
    if (addr->sa_family == AF_INET6)
        ((struct sockaddr_in6 *)(void *)addr)->sin6_port = htons(port);
    else
        ((struct sockaddr_in *)(void *)addr)->sin_port = htons(port);
}

static uint16_t port_of(int fd)
{
    struct sockaddr_storage bound;
    socklen_t len = sizeof bound;
    memset(&bound, 0, sizeof bound);
    getsockname(fd, (struct sockaddr *)&bound, &len);
    if (bound.ss_family == AF_INET6)
        return ntohs(((struct sockaddr_in6 *)(void *)&bound)->sin6_port);
    return ntohs(((struct sockaddr_in *)(void *)&bound)->sin_port);
}

/* A port that another server listens on with SO_REUSEPORT would be shared silently, every other
 * connection going astray; so a bind without it is tried first. Returns 0 or the errno. */
static int probe_port(const struct addrinfo *ai)
{
    int on = 1;
    int fd = socket(ai->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return errno;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    int failed = bind(fd, ai->ai_addr, ai->ai_addrlen) < 0 ? errno : 0;
    close(fd);
    return failed;
}

/* Opens all sockets: fds[0] first, whose port (0: a free one) the others share. */
static int open_all(struct httpd *h, const struct addrinfo *ai, int *fds, struct err *e)
{
    struct sockaddr_storage addr;
    memset(&addr, 0, sizeof addr);
    memcpy(&addr, ai->ai_addr, ai->ai_addrlen);
    int taken = probe_port(ai);
    if (taken != 0)
        return listen_fail(e, taken, h->config.listen);
    for (int i = 0; i < h->listener_count; i++) {
        int fd = open_listener((struct sockaddr *)&addr, ai->ai_addrlen, h->config.listen, e);
        if (fd < 0) {
            while (--i >= 0)
                close(fds[i]);
            return fd;
        }
        fds[i] = fd;
        if (i == 0) {
            h->port = port_of(fd);
            set_port((struct sockaddr *)&addr, h->port);
        }
    }
    return 0;
}

static int resolve_and_open(struct httpd *h, const char *host, const char *port, int *fds,
                            struct err *e)
{
    struct addrinfo hints;
    struct addrinfo *found = NULL;
    memset(&hints, 0, sizeof hints);
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
    int gai = getaddrinfo(host[0] == '\0' ? NULL : host, port, &hints, &found);
    if (gai != 0) {
        err_set(e, ERR_DNS, "cannot listen on %s: %s", h->config.listen, gai_strerror(gai));
        err_set_exit(e, EXIT_GENERIC);
        return ERR_DNS;
    }
    int rc = open_all(h, found, fds, e);
    freeaddrinfo(found);
    return rc;
}

/* Takes what is waiting. Returns 0, or ERR_* when the acceptor should end. */
static int accept_round(struct httpd_listener *l)
{
    for (int i = 0; i < ACCEPT_ROUND; i++) {
        int fd = accept4(l->io.fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
        if (fd >= 0) {
            httpd_conn_start(l, fd);
            continue;
        }
        switch (errno) {
        case EINTR:
        case ECONNABORTED:
            continue;
        case EMFILE:
        case ENFILE:
        case ENOBUFS:
        case ENOMEM:
            /* Nothing can be taken now; the connections wait in the backlog until others end. */
            return fiber_sleep_until(l->worker, clock_add(clock_now_ns(), 50 * NS_PER_MS));
        default:
            return io_wait_read(&l->io, CLOCK_NEVER);
        }
    }
    return fiber_yield(l->worker);
}

static void acceptor_run(void *arg)
{
    struct httpd_listener *l = arg;
    while (accept_round(l) == 0)
        ;
    io_close(&l->io);
    l->acceptor = NULL;
    httpd_listener_left(l);
}

void httpd_listener_left(struct httpd_listener *l)
{
    if (l->is_stopping && l->acceptor == NULL && l->conn_count == 0)
        sem_post(&l->server->stopped); /* the last touch: httpd_stop may free everything now */
}

static void listener_start(struct worker *w, struct mail *m)
{
    struct httpd_listener *l = LIST_ENTRY(m, struct httpd_listener, start_mail);
    int fd = l->io.fd;
    if (io_open(&l->io, w, fd) <
        0) { /* only when the system is out of memory: the port then answers nothing */
        close(fd);
        return;
    }
    l->is_open = true;
    l->acceptor = fiber_spawn(w, FIBER_HELPER, acceptor_run, l);
}

static void listener_stop(struct worker *w, struct mail *m)
{
    struct httpd_listener *l = LIST_ENTRY(m, struct httpd_listener, stop_mail);
    (void)w;
    l->is_stopping = true;
    if (l->acceptor != NULL)
        fiber_cancel(l->acceptor);
    LIST_EACH(it, &l->conns)
    fiber_cancel(LIST_ENTRY(it, struct httpd_conn, node)->fiber);
    if (l->acceptor == NULL && l->conn_count == 0)
        sem_post(&l->server->stopped);
}

static int httpd_setup(struct httpd *h, int *fds, struct err *e)
{
    char *host = NULL;
    char *port = NULL;
    int rc = split_listen(h->config.listen, &host, &port, e);
    if (rc == 0 && h->config.use_tls)
        rc = httpd_tls_new(&h->tls, h->config.cert_file, h->config.key_file, host,
                           h->config.has_http2, e);
    if (rc == 0)
        rc = resolve_and_open(h, host, port, fds, e);
    mem_free(host);
    mem_free(port);
    return rc;
}

int httpd_start(struct httpd **out, struct worker **workers, int worker_count,
                const struct httpd_config *config, struct err *e)
{
    CHECK(worker_count > 0);
    struct httpd *h = MEM_NEW(struct httpd);
    h->config = *config;
    if (h->config.max_head == 0)
        h->config.max_head = DEFAULT_MAX_HEAD;
    if (h->config.max_body == 0)
        h->config.max_body = DEFAULT_MAX_BODY;
    h->listener_count = worker_count;
    int *fds = mem_calloc((size_t)worker_count, sizeof *fds);
    int rc = httpd_setup(h, fds, e);
    if (rc < 0) {
        mem_free(fds);
        httpd_tls_free(h->tls);
        mem_free(h);
        return rc;
    }
    sem_init(&h->stopped, 0, 0);
    h->listeners = mem_calloc((size_t)worker_count, sizeof *h->listeners);
    for (int i = 0; i < worker_count; i++) {
        struct httpd_listener *l = &h->listeners[i];
        l->server = h;
        l->worker = workers[i];
        l->io.fd = fds[i];
        l->date_sec = -1;
        list_init(&l->conns);
        l->start_mail.run = listener_start;
        l->stop_mail.run = listener_stop;
        worker_post(l->worker, &l->start_mail);
    }
    mem_free(fds);
    *out = h;
    return 0;
}

uint16_t httpd_port(const struct httpd *h)
{
    return h->port;
}

void httpd_stop(struct httpd *h)
{
    if (h == NULL)
        return;
    for (int i = 0; i < h->listener_count; i++)
        worker_post(h->listeners[i].worker, &h->listeners[i].stop_mail);
    for (int i = 0; i < h->listener_count; i++)
        while (sem_wait(&h->stopped) < 0 && errno == EINTR)
            ;
    sem_destroy(&h->stopped);
    httpd_tls_free(h->tls);
    mem_free(h->listeners);
    mem_free(h);
}
