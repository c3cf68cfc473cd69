/* reactor.h - file descriptors and epoll, edge-triggered: a descriptor is registered once in its
 * life.
 *
 * The caller does its own non-blocking read(2)/write(2), and when one says EAGAIN (or it knows
 * that there is nothing yet) calls io_wait_read / io_wait_write. Edges that came in between are
 * kept in the flags, so none is lost. At most one fiber waits per direction. Own thread only. */
#ifndef C6_REACTOR_H
#define C6_REACTOR_H

#include <stdbool.h>
#include <stdint.h>

#include "core/worker.h"

struct io {
    int fd;
    struct worker *worker;
    struct fiber *reader; /* private from here on */
    struct fiber *writer;
    bool can_read;
    bool can_write;
    bool has_hangup; /* no more to come from the peer */
    bool has_died;   /* both directions are over */
    /* Instead of fibers, see io_open_callback. */
    void (*on_ready)(struct io *io, bool readable, bool writable);
    void *opaque;
};

/* Makes fd non-blocking, registers it; takes fd (closed if this fails). A TCP socket: connect(2)
 * first, or before the next park. */
int io_open(struct io *io, struct worker *w, int fd);
/* Unregisters, closes fd; waiting fibers get ERR_CLOSED and do not touch io again, so it may be
 * freed at once. Twice is fine. */
void io_close(struct io *io);
/* Park until readable/writable, or return at once if it is known to be. 0, ERR_TIMEOUT,
 * ERR_CANCELED, ERR_CLOSED. The flag is consumed: after 0, read until EAGAIN or a short read, or
 * call io_keep_readable when more is known to be there. */
int io_wait_read(struct io *io, int64_t deadline_ns);
int io_wait_write(struct io *io, int64_t deadline_ns);
/* Parks until one of the two is possible; *readable tells of reading (its flag is not consumed).
 * For a sender whose peer may answer before it has read everything. */
int io_wait_either(struct io *io, int64_t deadline_ns, bool *readable);
void io_keep_readable(struct io *io);
/* Says that a read without a wait before it took everything (EAGAIN, a short read, or a complete
 * answer): forgets an edge of before. For connections that go idle, so that io_is_stale tells
 * the truth. */
void io_drained(struct io *io);
/* True when an idle descriptor has something to read or was hung up: a kept connection that the
 * server closed. No system call. */
bool io_is_stale(const struct io *io);
/* Callback style registration for foreign libraries: fd stays the caller's (see io_forget) and
 * must be non-blocking. Edge-triggered as well: on_ready must go on until EAGAIN. It runs in the
 * loop, outside every fiber: it must not park; it may close any io. */
int io_open_callback(struct io *io, struct worker *w, int fd,
                     void (*on_ready)(struct io *, bool, bool), void *opaque);
/* Callback style from now on, for an io of io_open that no fiber waits on. What came before is not
 * told again: see io_is_stale. has_hangup and has_died may be read. */
void io_set_callback(struct io *io, void (*on_ready)(struct io *, bool, bool), void *opaque);
void io_forget(struct io *io); /* unregisters without closing */

#endif
