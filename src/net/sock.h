/* sock.h - a connected stream: TCP, or TLS over it, behind one struct. Code above doesn't ask which
 * of the two it has.
 *
 * Own worker's fibers only. Reads and writes park; what parks takes a deadline. Failures fill the
 * net_error (never NULL) and return ERR_*. Bytes are counted at the system call, TLS's own
 * included. A socket that failed must be closed. After a write nobody looks for the answer until
 * the kernel says that something came: see sock_read. */
#ifndef C6_SOCK_H
#define C6_SOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <sys/uio.h>

#include "core/reactor.h"
#include "net/address.h"
#include "net/net_error.h"

struct tls_session;

struct sock {
    struct io io;            /* private from here on; use the functions */
    struct tls_session *tls; /* NULL: plain TCP */
    struct address peer;
    uint64_t bytes_sent;
    uint64_t bytes_received;
    bool is_open;
    bool is_drained;        /* the last read took all there was: the next one waits first */
    int error_errno;        /* of the system call that failed inside TLS; 0: none */
    bool has_stamps;        /* the kernel says when bytes arrived */
    int64_t arrived_ns;     /* monotonic: when what was read last had arrived; see sock_recv */
    int64_t wall_offset_ns; /* wall clock minus monotonic clock */
};

/* Connects to peer; local may be NULL (source address). Parks. On failure there is nothing to
 * close. ERR_TIMEOUT fills no code: the caller knows whether the request's time or the dial's was
 * up. */
int sock_connect(struct sock *s, struct worker *w, const struct address *peer,
                 const struct address *local, int64_t deadline_ns, struct net_error *e);
/* Wraps a connected (or accepted) descriptor; takes fd, also when it fails. */
int sock_adopt(struct sock *s, struct worker *w, int fd);
/* TLS says goodbye if it can do so at once. Closing twice is fine. */
void sock_close(struct sock *s);
void sock_abort(struct sock *s); /* without goodbye */

/* At least one byte: its count. 0: the peer closed its side. Parks until something is there. */
ptrdiff_t sock_read(struct sock *s, void *data, size_t len, int64_t deadline_ns,
                    struct net_error *e);
/* One attempt that never parks: bytes, 0 at the end, SOCK_EMPTY when there is nothing yet, or ERR_*.
 */
enum { SOCK_EMPTY = -1002 };
ptrdiff_t sock_try_read(struct sock *s, void *data, size_t len, struct net_error *e);
/* Parks until something can be read (or the peer closed) without reading it: a buffer is then taken
 * only when needed. */
int sock_wait_read(struct sock *s, int64_t deadline_ns, struct net_error *e);
/* Sends all of the pieces. `sent` (may be NULL) counts the bytes of the pieces that went out, also
 * on failure. Parks. The pieces are borrowed and read again after a park; iov's entries are
 * changed. */
int sock_write(struct sock *s, struct iovec *iov, int count, int64_t deadline_ns, size_t *sent,
               struct net_error *e);
/* One attempt that never parks: the bytes that went out, perhaps 0, or ERR_*. */
ptrdiff_t sock_try_write(struct sock *s, const struct iovec *iov, int count, struct net_error *e);
/* As sock_write, but may stop early with 0 when the peer has sent something while we couldn't send:
 * an answer that didn't wait for the whole body. *sent tells. */
int sock_write_or_answer(struct sock *s, struct iovec *iov, int count, int64_t deadline_ns,
                         size_t *sent, struct net_error *e);

/* A complete answer was read and the connection is kept: an edge seen before its last read says
 * nothing any more. */
void sock_mark_idle(struct sock *s);
/* An idle kept connection that the peer closed or wrote to: not to be used again. No system call
 * unless look_now. */
bool sock_is_stale(const struct sock *s, bool look_now);

/* recv(2) that also notes in arrived_ns when the bytes came in: by the kernel's stamp, so that a
 * generator which is late to look doesn't blame the server for it; by the clock where there is
 * none. A wall clock that was set meanwhile makes stamps absurd: sock_check_stamps(s, from, now)
 * says false when arrived_ns lies outside, and takes the measure anew. Source: socket(7),
 * SO_TIMESTAMPNS. */
ssize_t sock_recv(struct sock *s, void *data, size_t len);
bool sock_check_stamps(struct sock *s, int64_t from_ns, int64_t now_ns);

/* From now on the loop calls on_ready, outside every fiber, instead of waking a fiber that waits;
 * only the functions that never park may be used. An edge that came before is the caller's to look
 * for: sock.is_drained is false then. */
void sock_set_callback(struct sock *s, void (*on_ready)(struct io *, bool, bool), void *opaque);

/* For tls.c. */
int sock_wait_tls(struct sock *s, int want, int64_t deadline_ns, struct net_error *e);
int sock_fail_tls(struct sock *s, enum net_stage stage, struct net_error *e);

#endif
