/* h2_session_int.h - for h2_session.c, h2_input.c, h2_control.c and h2_block.c only: one session in
 * four files.
 *
 *     h2_input.c    bytes -> frames -> what is in them ---> h2_control.c   about the connection
 *                                         |
 *                                         +--------------> h2_block.c      header fields
 *                                         v
 *     h2_session.c  the streams: opened, fed, over; frames out
 *
 * A function that returns int says 0, or ERR_PROTOCOL when the connection is over with that. */
#ifndef C6_H2_SESSION_INT_H
#define C6_H2_SESSION_INT_H

#include "net/h2_session.h"

enum {
    H2_STREAM_WINDOW = 4 << 20, /* as Go's client: enough for a gigabit over 30 ms */
    H2_CONNECTION_WINDOW = (1 << 30) + H2_WINDOW_FIRST,
};

/* h2_session.c. NULL: not open, or not any more. */
struct h2_stream *h2_session_find(struct h2_session *s, uint32_t id);
/* The answer is complete. */
void h2_session_complete_stream(struct h2_session *s, struct h2_stream *st, struct buf *out);
/* A callback of the stream's user refused to go on. */
void h2_session_leave_stream(struct h2_session *s, struct h2_stream *st, int rc, struct buf *out);
/* Over with rc, and stream.error set; nothing is sent. */
void h2_session_lose(struct h2_session *s, struct h2_stream *st, int rc);
/* The peer broke the rules of one stream, or of the connection: always ERR_PROTOCOL. */
void h2_session_fail_stream(struct h2_session *s, struct h2_stream *st, enum h2_code code,
                            const char *cause, struct buf *out);
int h2_session_fail(struct h2_session *s, enum h2_code code, struct buf *out);
int h2_session_fail_saying(struct h2_session *s, enum h2_code code, const char *text,
                           const char *detail, struct buf *out);
/* Work without use, data for streams that are over: false when it was too much. */
bool h2_session_bear(struct h2_session *s, size_t bytes);
bool h2_session_bear_late(struct h2_session *s, uint32_t len);

/* h2_control.c. Payloads are in s->in. st: NULL: over. */
void h2_control_refund(struct h2_session *s, struct h2_stream *st, uint32_t len, struct buf *out);
int h2_control_window_update(struct h2_session *s, struct buf *out);
int h2_control_setting(struct h2_session *s, struct buf *out);
int h2_control_end_settings(struct h2_session *s, struct buf *out);
void h2_control_begin_goaway(struct h2_session *s);
void h2_control_keep_debug(struct h2_session *s, const char *data, size_t len);
void h2_control_end_goaway(struct h2_session *s);
void h2_control_reset(struct h2_session *s);

/* h2_block.c. */
int h2_block_init(struct h2_session *s);
void h2_block_deinit(struct h2_session *s);
/* The head of a request as frames; its fields are what the peer takes. */
int h2_block_put(struct h2_session *s, const struct h2_field *fields, size_t count,
                 uint32_t stream_id, bool ends_stream, struct buf *out);
void h2_block_set_table_size(struct h2_session *s, uint32_t size); /* the peer's wish */
void h2_block_begin(struct h2_session *s, uint32_t stream_id, bool ends_stream);
/* A part of the block under way; the last one ends it. st: whose it is, NULL: nobody's any more.
 * H2_NO_ERROR, or the connection's error. */
enum h2_code h2_block_feed(struct h2_session *s, struct h2_stream *st, const char *data, size_t len,
                           bool is_last);

#endif
