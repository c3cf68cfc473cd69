/* sock.c - TCP streams: connecting, reading, writing, closing. TLS hangs in through tls.h.
 * Knows no protocol above. Tests: sock_test.c, tls_test.c */
#include "net/sock.h"

#include <errno.h>
#include <netinet/tcp.h>
#include <stdalign.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/duration.h"
#include "base/err.h"
#include "core/clock.h"
#include "net/tls.h"

/* Fills e for a system call that failed on a connected socket. */
static int fail_errno(struct sock *s, int errno_value, enum net_stage stage, struct net_error *e)
{
    char from[ADDRESS_TEXT_MAX] = "?";
    char to[ADDRESS_TEXT_MAX];
    struct address local;
    socklen_t len = sizeof local;
    if (getsockname(s->io.fd, &local.sa.any, &len) == 0 && len >= sizeof(struct sockaddr_in))
        address_print(&local, from, sizeof from);
    address_print(&s->peer, to, sizeof to);
    return net_error_set_errno(e, errno_value, stage, stage == NET_STAGE_SEND ? "write" : "read",
                               from, to);
}

static int fail_dial(const struct address *peer, int errno_value, const char *what,
                     struct net_error *e)
{
    char to[ADDRESS_TEXT_MAX];
    address_print(peer, to, sizeof to);
    return net_error_set_errno(e, errno_value, NET_STAGE_DIAL, what, NULL, to);
}

static void init_open(struct sock *s, const struct address *peer)
{
    s->tls = NULL;
    s->peer = *peer;
    s->bytes_sent = s->bytes_received = 0;
    s->is_open = true;
    s->is_drained = true;
    s->error_errno = 0;
}

/* The rest of a connect that was begun. */
static int await_connected(struct sock *s, int64_t deadline_ns, struct net_error *e)
{
    int rc = io_wait_write(&s->io, deadline_ns);
    if (rc == ERR_TIMEOUT)
        return rc;
    if (rc < 0)
        return net_error_from_rc(e, rc);
    int failure = 0;
    socklen_t len = sizeof failure;
    if (getsockopt(s->io.fd, SOL_SOCKET, SO_ERROR, &failure, &len) < 0)
        failure = errno;
    return failure == 0 ? 0 : fail_dial(&s->peer, failure, "connect", e);
}

int sock_connect(struct sock *s, struct worker *w, const struct address *peer,
                 const struct address *local, int64_t deadline_ns, struct net_error *e)
{
    struct address to = *peer;
    if (to.sa.any.sa_family == AF_UNSPEC)
        to.sa.any.sa_family = AF_INET; /* 0.0.0.0: this host */
    int fd = socket(to.sa.any.sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return fail_dial(peer, errno, "socket", e);
    int one = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    bool has_stamps = setsockopt(fd, SOL_SOCKET, SO_TIMESTAMPNS, &one, sizeof one) == 0;
    if (local != NULL && bind(fd, &local->sa.any, address_len(local)) < 0) {
        int rc = fail_dial(peer, errno, "bind", e);
        close(fd);
        return rc;
    }
    int rc = connect(fd, &to.sa.any, address_len(&to));
    int failure = rc < 0 ? errno : 0;
    if (failure != 0 && failure != EINPROGRESS && failure != EINTR) {
        rc = fail_dial(peer, failure, "connect", e);
        close(fd);
        return rc;
    }
    /* Registered after the connect: a fresh socket would be reported as hung up. */
    rc = io_open(&s->io, w, fd);
    if (rc < 0)
        return net_error_set(e, rc, NET_TCP_DIAL, "dial: the descriptor can't be watched: %s",
                             err_code_text(rc));
    init_open(s, peer);
    s->has_stamps = has_stamps;
    s->wall_offset_ns = has_stamps ? clock_wall_ns() - clock_now_ns() : 0;
    rc = failure == 0 ? 0 : await_connected(s, deadline_ns, e);
    if (rc < 0)
        sock_abort(s);
    return rc;
}

int sock_adopt(struct sock *s, struct worker *w, int fd)
{
    struct address peer = {0};
    socklen_t len = sizeof peer;
    peer.sa.any.sa_family = AF_INET;
    getpeername(fd, &peer.sa.any, &len); /* of a socket pair it says nothing useful: texts only */
    int rc = io_open(&s->io, w, fd);
    if (rc < 0)
        return rc;
    init_open(s, &peer);
    return 0;
}

static void close_now(struct sock *s, bool says_goodbye)
{
    if (!s->is_open)
        return;
    s->is_open = false;
    if (s->tls != NULL)
        tls_session_close(s, says_goodbye);
    io_close(&s->io);
}

void sock_close(struct sock *s)
{
    close_now(s, true);
}

void sock_abort(struct sock *s)
{
    close_now(s, false);
}

int sock_wait_read(struct sock *s, int64_t deadline_ns, struct net_error *e)
{
    if (!s->is_drained || (s->tls != NULL && tls_has_pending(s)))
        return 0;
    int rc = io_wait_read(&s->io, deadline_ns);
    if (rc < 0)
        return net_error_from_rc(e, rc);
    s->is_drained = false;
    return 0;
}

/* The kernel's stamp in a message's control data, as monotonic time; 0 when there is none. */
static int64_t stamp_of(const struct sock *s, struct msghdr *m)
{
    for (struct cmsghdr *c = CMSG_FIRSTHDR(m); c != NULL; c = CMSG_NXTHDR(m, c)) {
        struct timespec ts;
        if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_TIMESTAMPNS)
            continue;
        memcpy(&ts, CMSG_DATA(c), sizeof ts);
        return (int64_t)ts.tv_sec * NS_PER_SEC + ts.tv_nsec - s->wall_offset_ns;
    }
    return 0;
}

ssize_t sock_recv(struct sock *s, void *data, size_t len)
{
    if (!s->has_stamps) {
        s->arrived_ns = clock_now_ns();
        return recv(s->io.fd, data, len, 0);
    }
    alignas(struct cmsghdr) char control[CMSG_SPACE(sizeof(struct timespec)) * 2];
    struct iovec piece = {data, len};
    struct msghdr m = {
        .msg_iov = &piece,
        .msg_iovlen = 1,
        .msg_control = control,
        .msg_controllen = sizeof control,
    };
    ssize_t n = recvmsg(s->io.fd, &m, 0);
    if (n > 0) {
        int64_t stamp_ns = stamp_of(s, &m);
        s->arrived_ns = stamp_ns != 0 ? stamp_ns : clock_now_ns();
    }
    return n;
}

bool sock_check_stamps(struct sock *s, int64_t from_ns, int64_t now_ns)
{
    if (s->arrived_ns >= from_ns && s->arrived_ns <= now_ns)
        return true;
    s->wall_offset_ns = clock_wall_ns() - clock_now_ns();
    return false;
}

static ptrdiff_t read_plain(struct sock *s, void *data, size_t len, int64_t deadline_ns,
                            struct net_error *e)
{
    for (;;) {
        int rc = sock_wait_read(s, deadline_ns, e);
        if (rc < 0)
            return rc;
        ssize_t n = sock_recv(s, data, len);
        if (n > 0) {
            s->bytes_received += (uint64_t)n;
            s->is_drained = (size_t)n < len;
            return n;
        }
        if (n == 0)
            return 0;
        if (errno == EAGAIN)
            s->is_drained = true;
        else if (errno != EINTR)
            return fail_errno(s, errno, NET_STAGE_RECEIVE, e);
    }
}

ptrdiff_t sock_read(struct sock *s, void *data, size_t len, int64_t deadline_ns,
                    struct net_error *e)
{
    if (s->tls == NULL)
        return read_plain(s, data, len, deadline_ns, e);
    for (;;) {
        ptrdiff_t n = tls_try_read(s, data, len, e);
        if (n != TLS_WANT_READ && n != TLS_WANT_WRITE) {
            if (n == ERR_SYSTEM && s->error_errno != 0)
                return fail_errno(s, s->error_errno, NET_STAGE_RECEIVE, e);
            return n;
        }
        int rc = sock_wait_tls(s, (int)n, deadline_ns, e);
        if (rc < 0)
            return rc;
    }
}

ptrdiff_t sock_try_read(struct sock *s, void *data, size_t len, struct net_error *e)
{
    ptrdiff_t n;
    if (s->is_drained && (s->tls == NULL || !tls_has_pending(s)))
        return SOCK_EMPTY;
    if (s->tls != NULL) {
        n = tls_try_read(s, data, len, e);
        if (n == ERR_SYSTEM && s->error_errno != 0)
            return fail_errno(s, s->error_errno, NET_STAGE_RECEIVE, e);
        return n == TLS_WANT_READ || n == TLS_WANT_WRITE ? SOCK_EMPTY : n;
    }
    do
        n = sock_recv(s, data, len);
    while (n < 0 && errno == EINTR);
    s->is_drained = n < 0 || (n > 0 && (size_t)n < len);
    if (n > 0)
        s->bytes_received += (uint64_t)n;
    if (n >= 0)
        return n;
    return errno == EAGAIN ? SOCK_EMPTY : fail_errno(s, errno, NET_STAGE_RECEIVE, e);
}

void sock_set_callback(struct sock *s, void (*on_ready)(struct io *, bool, bool), void *opaque)
{
    s->is_drained = s->is_drained && !io_is_stale(&s->io);
    io_set_callback(&s->io, on_ready, opaque);
}

int sock_wait_tls(struct sock *s, int want, int64_t deadline_ns, struct net_error *e)
{
    int rc = want == TLS_WANT_READ ? io_wait_read(&s->io, deadline_ns)
                                   : io_wait_write(&s->io, deadline_ns);
    if (rc < 0)
        return net_error_from_rc(e, rc);
    if (want == TLS_WANT_READ)
        s->is_drained = false;
    return 0;
}

int sock_fail_tls(struct sock *s, enum net_stage stage, struct net_error *e)
{
    return fail_errno(s, s->error_errno, stage, e);
}

/* One attempt: bytes written, TLS_WANT_WRITE/READ, or an error. */
static ptrdiff_t try_write(struct sock *s, const struct iovec *iov, int count, struct net_error *e)
{
    if (s->tls != NULL) {
        ptrdiff_t n = tls_try_write(s, iov[0].iov_base, iov[0].iov_len, e);
        if (n == ERR_SYSTEM && s->error_errno != 0)
            return fail_errno(s, s->error_errno, NET_STAGE_SEND, e);
        return n;
    }
    ssize_t n;
    do {
        if (count == 1) {
            n = send(s->io.fd, iov[0].iov_base, iov[0].iov_len, MSG_NOSIGNAL);
        } else {
            struct msghdr msg = {.msg_iov = (struct iovec *)iov, .msg_iovlen = (size_t)count};
            n = sendmsg(s->io.fd, &msg, MSG_NOSIGNAL);
        }
    } while (n < 0 && errno == EINTR);
    if (n >= 0) {
        s->bytes_sent += (uint64_t)n;
        return n;
    }
    return errno == EAGAIN ? TLS_WANT_WRITE : fail_errno(s, errno, NET_STAGE_SEND, e);
}

/* Drops the first n bytes of the pieces. */
static void advance(struct iovec **iov, int *count, size_t n)
{
    while (*count > 0 && n >= (*iov)->iov_len) {
        n -= (*iov)->iov_len;
        (*iov)++;
        (*count)--;
    }
    if (n > 0) {
        (*iov)->iov_base = (char *)(*iov)->iov_base + n;
        (*iov)->iov_len -= n;
    }
}

ptrdiff_t sock_try_write(struct sock *s, const struct iovec *iov, int count, struct net_error *e)
{
    ptrdiff_t n = try_write(s, iov, count, e);
    return n == TLS_WANT_READ || n == TLS_WANT_WRITE ? 0 : n;
}

/* 0: there may be room to send. 1: an answer is there (or the end). */
static int await_room_or_answer(struct sock *s, int64_t deadline_ns, struct net_error *e)
{
    bool readable = false;
    int rc = io_wait_either(&s->io, deadline_ns, &readable);
    if (rc < 0)
        return net_error_from_rc(e, rc);
    if (!readable)
        return 0;
    /* Perhaps an edge of long ago, or TLS talking to itself. */
    char byte;
    s->is_drained = false;
    bool is_answer =
        s->tls != NULL ? tls_peek(s)
                       : recv(s->io.fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) >= 0 || errno != EAGAIN;
    if (is_answer)
        return 1;
    s->is_drained = true;
    io_drained(&s->io);
    return 0;
}

static int write_pieces(struct sock *s, struct iovec *iov, int count, int64_t deadline_ns,
                        size_t *sent, bool minds_answer, struct net_error *e)
{
    size_t none;
    if (sent == NULL)
        sent = &none;
    *sent = 0;
    advance(&iov, &count, 0); /* empty pieces in front */
    while (count > 0) {
        ptrdiff_t n = try_write(s, iov, count, e);
        if (n >= 0) {
            *sent += (size_t)n;
            advance(&iov, &count, (size_t)n);
            continue;
        }
        if (n != TLS_WANT_READ && n != TLS_WANT_WRITE)
            return (int)n;
        int rc;
        if (minds_answer && n == TLS_WANT_WRITE) {
            rc = await_room_or_answer(s, deadline_ns, e);
            if (rc != 0)
                return rc < 0 ? rc : 0;
        } else {
            rc = sock_wait_tls(s, (int)n, deadline_ns, e);
            if (rc < 0)
                return rc;
        }
    }
    return 0;
}

int sock_write(struct sock *s, struct iovec *iov, int count, int64_t deadline_ns, size_t *sent,
               struct net_error *e)
{
    return write_pieces(s, iov, count, deadline_ns, sent, false, e);
}

int sock_write_or_answer(struct sock *s, struct iovec *iov, int count, int64_t deadline_ns,
                         size_t *sent, struct net_error *e)
{
    return write_pieces(s, iov, count, deadline_ns, sent, true, e);
}

void sock_mark_idle(struct sock *s)
{
    if (s->is_drained)
        io_drained(&s->io);
}

bool sock_is_stale(const struct sock *s, bool look_now)
{
    if (!s->is_open || io_is_stale(&s->io))
        return true;
    char byte;
    return look_now && (recv(s->io.fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) >= 0 || errno != EAGAIN);
}
