/* reactor.c - epoll, edge-triggered.
 *
 * An event sets flags and makes the waiting fiber ready; the fiber clears the flag when it runs.
 * Flags are set only while the loop polls, so a fiber that just saw EAGAIN and waits cannot miss
 * anything: what came before the poll was in its read, what comes after makes a new edge. The
 * exception is the end of a stream, which epoll reports once and perhaps together with the last
 * data: has_hangup and has_died stay, and waiting returns at once from then on. Tests:
 * reactor_test.c */
#include "core/reactor.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <time.h>
#include <unistd.h>

#include "base/duration.h"
#include "base/err.h"
#include "core/clock.h"
#include "core/worker_int.h"

int reactor_open(struct worker *w)
{
    struct reactor *r = &w->reactor;
    r->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
    if (r->epoll_fd < 0)
        return err_from_errno(errno);
    /* data.ptr NULL is the mailbox: nothing to do but to wake up. */
    struct epoll_event ev = {.events = EPOLLIN | EPOLLET};
    if (epoll_ctl(r->epoll_fd, EPOLL_CTL_ADD, mailbox_fd(&w->mailbox), &ev) < 0)
        return err_from_errno(errno);
    return 0;
}

void reactor_close(struct worker *w)
{
    if (w->reactor.epoll_fd >= 0)
        close(w->reactor.epoll_fd);
    w->reactor.epoll_fd = -1;
}

static int wait_events(struct reactor *r, int64_t timeout_ns)
{
    if (timeout_ns == CLOCK_NEVER)
        return epoll_wait(r->epoll_fd, r->events, EVENTS_MAX, -1);
    if (timeout_ns <= 0)
        return epoll_wait(r->epoll_fd, r->events, EVENTS_MAX, 0);
    if (!r->has_no_pwait2) {
        struct timespec ts = {.tv_sec = timeout_ns / NS_PER_SEC,
                              .tv_nsec = timeout_ns % NS_PER_SEC};
        int n = epoll_pwait2(r->epoll_fd, r->events, EVENTS_MAX, &ts, NULL);
        /* Kernels before 5.11 do not have it; some containers forbid what they do not know. */
        if (n >= 0 || (errno != ENOSYS && errno != EPERM))
            return n;
        r->has_no_pwait2 = true;
    }
    int64_t ms = timeout_ns / NS_PER_MS + 1;
    return epoll_wait(r->epoll_fd, r->events, EVENTS_MAX, ms > INT32_MAX ? INT32_MAX : (int)ms);
}

static void dispatch(struct io *io, uint32_t events)
{
    bool readable = (events & (EPOLLIN | EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0;
    bool writable = (events & (EPOLLOUT | EPOLLHUP | EPOLLERR)) != 0;
    io->has_hangup |= (events & (EPOLLRDHUP | EPOLLHUP)) != 0;
    io->has_died |= (events & EPOLLHUP) != 0;
    if (io->on_ready != NULL) {
        io->on_ready(io, readable, writable);
        return;
    }
    io->can_read |= readable;
    io->can_write |= writable;
    if (readable && io->reader != NULL)
        fiber_wake_parked(io->reader, 0);
    if (writable && io->writer != NULL)
        fiber_wake_parked(io->writer, 0);
}

/* The events to come are of memory that lies far apart: io, then the fiber that waits. */
FETCHES fetch_ahead(const struct reactor *r)
{
    const struct epoll_event *ahead = &r->events[r->event_at];
    int count = r->event_count - r->event_at;
    if (count > 1)
        __builtin_prefetch(ahead[1].data.ptr, 1);
    if (count > 0 && ahead->data.ptr != NULL)
        __builtin_prefetch(((const struct io *)ahead->data.ptr)->reader, 1);
}

void reactor_poll(struct worker *w, int64_t timeout_ns)
{
    struct reactor *r = &w->reactor;
    int n = wait_events(r, timeout_ns);
    CHECK(n >= 0 || errno == EINTR);
    r->event_count = n > 0 ? n : 0;
    for (r->event_at = 0; r->event_at < r->event_count;) {
        struct epoll_event *ev = &r->events[r->event_at++];
        fetch_ahead(r);
        if (ev->data.ptr != NULL)
            dispatch(ev->data.ptr, ev->events);
    }
    r->event_count = 0;
}

bool reactor_has_events(struct worker *w)
{
    /* An epoll descriptor is itself pollable; asking it this way takes no event out. */
    struct pollfd p = {.fd = w->reactor.epoll_fd, .events = POLLIN};
    return poll(&p, 1, 0) > 0;
}

static int set_nonblocking(int fd)
{
    int flags = fcntl(fd, F_GETFL);
    if (flags < 0)
        return -1;
    return (flags & O_NONBLOCK) ? 0 : fcntl(fd, F_SETFL, flags | O_NONBLOCK);
}

static int register_fd(struct io *io)
{
    struct epoll_event ev = {.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET, .data.ptr = io};
    if (epoll_ctl(io->worker->reactor.epoll_fd, EPOLL_CTL_ADD, io->fd, &ev) < 0)
        return err_from_errno(errno);
    return 0;
}

int io_open(struct io *io, struct worker *w, int fd)
{
    *io = (struct io){.fd = fd, .worker = w};
    int rc = set_nonblocking(fd) < 0 ? err_from_errno(errno) : register_fd(io);
    if (rc < 0) {
        close(fd);
        io->fd = -1;
    }
    return rc;
}

int io_open_callback(struct io *io, struct worker *w, int fd,
                     void (*on_ready)(struct io *, bool, bool), void *opaque)
{
    *io = (struct io){.fd = fd, .worker = w, .on_ready = on_ready, .opaque = opaque};
    return register_fd(io);
}

void io_set_callback(struct io *io, void (*on_ready)(struct io *, bool, bool), void *opaque)
{
    CHECK(io->reader == NULL && io->writer == NULL);
    io->on_ready = on_ready;
    io->opaque = opaque;
}

static void wake_closed(struct fiber **waiter)
{
    struct fiber *f = *waiter;
    *waiter = NULL;
    if (f == NULL)
        return;
    /* It may be ready already, for another reason: the mark tells it in any case not to touch
     * the io again. */
    f->io_was_closed = true;
    fiber_wake_parked(f, ERR_CLOSED);
}

void io_forget(struct io *io)
{
    if (io->fd < 0)
        return;
    struct reactor *r = &io->worker->reactor;
    epoll_ctl(r->epoll_fd, EPOLL_CTL_DEL, io->fd, NULL);
    /* A callback may close what has an event later in the same batch. */
    for (int i = r->event_at; i < r->event_count; i++)
        if (r->events[i].data.ptr == io)
            r->events[i].data.ptr = NULL;
    io->fd = -1;
    wake_closed(&io->reader);
    wake_closed(&io->writer);
}

void io_close(struct io *io)
{
    int fd = io->fd;
    if (fd < 0)
        return;
    io_forget(io);
    close(fd);
}

/* Parks until *flag or *for_ever is set. The io may be gone when it returns ERR_CLOSED. */
static int wait_flag(struct io *io, struct fiber **waiter, bool *flag, const bool *for_ever,
                     int64_t deadline_ns)
{
    struct worker *w = io->worker;
    struct fiber *f = w->current;
    CHECK(f != NULL && *waiter == NULL);
    if (io->fd < 0)
        return ERR_CLOSED;
    if (f->is_canceled)
        return ERR_CANCELED;
    while (!*flag && !*for_ever) {
        f->io_was_closed = false;
        *waiter = f;
        int rc = fiber_park(w, deadline_ns);
        if (f->io_was_closed)
            return ERR_CLOSED;
        *waiter = NULL;
        /* Data that came in the same turn as the deadline is preferred; a cancellation is not to
         * be delayed. A wake that is none of ours (rc may be anything then) goes round again. */
        if (f->is_canceled)
            return ERR_CANCELED;
        if (rc == ERR_TIMEOUT && !*flag && !*for_ever && deadline_ns <= w->loop_ns)
            return ERR_TIMEOUT;
    }
    *flag = false;
    return 0;
}

int io_wait_read(struct io *io, int64_t deadline_ns)
{
    return wait_flag(io, &io->reader, &io->can_read, &io->has_hangup, deadline_ns);
}

int io_wait_write(struct io *io, int64_t deadline_ns)
{
    return wait_flag(io, &io->writer, &io->can_write, &io->has_died, deadline_ns);
}

int io_wait_either(struct io *io, int64_t deadline_ns, bool *readable)
{
    struct worker *w = io->worker;
    struct fiber *f = w->current;
    CHECK(f != NULL && io->reader == NULL && io->writer == NULL);
    *readable = false;
    if (io->fd < 0)
        return ERR_CLOSED;
    while (!f->is_canceled && !io->can_read && !io->has_hangup && !io->can_write) {
        f->io_was_closed = false;
        io->reader = io->writer = f;
        int rc = fiber_park(w, deadline_ns);
        if (f->io_was_closed)
            return ERR_CLOSED;
        io->reader = io->writer = NULL;
        bool is_ready = io->can_read || io->has_hangup || io->can_write;
        if (rc == ERR_TIMEOUT && !is_ready && deadline_ns <= w->loop_ns)
            return ERR_TIMEOUT;
    }
    if (f->is_canceled)
        return ERR_CANCELED;
    *readable = io->can_read || io->has_hangup;
    io->can_write = false;
    return 0;
}

void io_keep_readable(struct io *io)
{
    io->can_read = true;
}

void io_drained(struct io *io)
{
    io->can_read = false;
}

bool io_is_stale(const struct io *io)
{
    return io->can_read || io->has_hangup;
}
