/* h2_conn.h - an HTTP/2 connection shared by fibers of one worker: a session on a sock.
 *
 *   fiber: h2_conn_request -> head (and what fits of the body) in one write -> parks
 *   loop:  the socket is ready -> everything there is read and fed to the session -> streams that
 *          are over wake their fibers; bodies under way and answers to the server are written
 *   fiber: runs on, with its answer complete
 *
 * Nobody owns the reading: the loop's callback does it, also while no request is under way, so that
 * PING is answered and GOAWAY or an end is seen at once. A request on its own costs what one over
 * HTTP/1.1 costs: one write, one park, one read, one switch back; nothing is allocated. A fiber
 * that is canceled or late resets its stream and leaves; the connection and the others stay. When
 * the connection dies every stream is told once, with the same cause. Buffers belong to the worker
 * and are used between parks only; a connection keeps what the socket didn't take.
 *
 * Own worker's fibers only. Tests: h2_conn_test.c */
#ifndef C6_H2_CONN_H
#define C6_H2_CONN_H

#include "core/worker.h"
#include "net/h2_session.h"
#include "net/sock.h"

struct h2_conn;

/* One a worker. */
struct h2_scratch {
    struct buf out;
    char *in; /* made at the first use */
};
void h2_scratch_init(struct h2_scratch *scratch);
void h2_scratch_deinit(struct h2_scratch *scratch);

/* On a connected sock, lent until h2_conn_free. on_unusable: it takes no more requests and has none
 * under way; called by the loop, may free it. ERR_NOMEM. */
int h2_conn_new(struct h2_conn **out, struct worker *w, struct sock *s, struct h2_scratch *scratch,
                size_t max_header_bytes, void (*on_unusable)(void *opaque), void *opaque);
/* No stream may be open. Then close the sock. NULL is fine. */
void h2_conn_free(struct h2_conn *c);

bool h2_conn_is_usable(const struct h2_conn *c); /* may take another request, if not at once */
bool h2_conn_is_full(const struct h2_conn *c);   /* not before one that is under way has ended */
void h2_conn_retire(struct h2_conn *c);          /* no more requests */
/* Reads what may have come since the loop last looked. Never parks; calls no on_unusable. */
void h2_conn_look(struct h2_conn *c);

/* Sends a request: st as for h2_session_open, with on_over = h2_conn_on_over. 0; or st.error is
 * filled and st is not open: if was_refused another connection will do. */
int h2_conn_request(struct h2_conn *c, struct h2_stream *st, const struct h2_field *fields,
                    size_t count);
/* Parks until the stream is over: its rc. Late or canceled: it is reset, and over with that. */
int h2_conn_await(struct h2_conn *c, struct h2_stream *st, int64_t deadline_ns);
void h2_conn_on_over(struct h2_stream *st);

#endif
