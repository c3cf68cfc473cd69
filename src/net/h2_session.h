/* h2_session.h - the client's side of one HTTP/2 connection without its socket: bytes of the server
 * go in, events of streams and bytes for the server come out. Knows no HTTP semantics beyond what
 * makes a head valid; never parks. Own worker only. Sockets and fibers are in h2_conn.h.
 *
 * A stream lies in its user's storage and is in the session's list from h2_session_open until it is
 * over (on_over, the last event) or its user leaves (h2_session_reset). Everything a peer chooses
 * has a cap; faults end as in k6: a stream's in RST_STREAM, the connection's in GOAWAY and the end
 * of all streams. What `out` gets must reach the server in that order.
 *
 * Frames are ours; header compression (RFC 7541) is libnghttp2's. Its whole session would hold 25
 * KB a connection and judge several faults in other ways than Go's client, whose numbers and words
 * are what k6 shows. Spec: RFC 9113. Tests: h2_session_test.c, h2_input_test.c,
 * fuzz/h2_client_fuzz.c */
#ifndef C6_H2_SESSION_H
#define C6_H2_SESSION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/list.h"
#include "base/str.h"
#include "net/h2_frame.h"
#include "net/net_error.h"

struct h2_stream;

/* Called while bytes are fed or a stream is reset; they must not open or reset streams. The first
 * three return 0, or ERR_* with stream.error filled: the stream is then reset and over. */
struct h2_events {
    /* A field of the head, in order, but for pseudo fields. Texts are lent for the call. The head
     * may turn out to be invalid later. */
    int (*on_field)(struct h2_stream *st, struct str name, struct str value);
    int (*on_head)(struct h2_stream *st, struct str status); /* complete and valid; digits */
    int (*on_data)(struct h2_stream *st, const char *data, size_t len);
    void (*on_over)(struct h2_stream *st);
};

struct h2_stream {
    const struct h2_events *events; /* set before h2_session_open, with error, upload, is_head */
    struct net_error *error;
    struct str upload; /* of the body; borrowed, shrinks as it is framed */
    bool is_head;      /* HEAD: an answer's body is a fault */
    /* To be read. Times are 0 until the thing happened. */
    bool has_head;         /* the final head has come */
    bool is_over;          /* with rc */
    bool was_refused;      /* failed, and the server did nothing: to be sent again */
    bool has_sent_end;     /* the request is framed to its end */
    int rc;                /* 0: the answer is complete */
    uint32_t id;           /* 0: never opened */
    uint32_t torn_len;     /* bytes on_data got of a frame that never came to its end */
    int64_t first_ns;      /* the first byte of an answer, interim ones too */
    int64_t end_ns;        /* its last byte */
    int64_t sent_ns;       /* for h2_conn.c */
    struct fiber *waiter;  /* for h2_conn.c */
    struct list_node link; /* private from here on */
    int64_t send_window;
    uint32_t recv_left, recv_unacked;
    size_t interim_bytes;
    bool has_trailers;
};

struct h2_field {
    struct str name; /* small letters */
    struct str value;
};

struct nghttp2_hd_inflater;
struct nghttp2_hd_deflater;

/* The head of a frame, or what its payload begins with, as far as it has come. */
struct h2_input {
    struct h2_head head;
    uint32_t left;    /* payload bytes not yet dealt with */
    uint32_t padding; /* of them, at the end */
    uint32_t told;    /* of DATA, to its stream */
    uint8_t have;     /* of bytes */
    uint8_t prefix;   /* of them, pad length and priority */
    bool is_in_payload;
    uint8_t bytes[H2_HEAD_SIZE];
};

/* HEADERS and what CONTINUATION adds. */
struct h2_block {
    uint32_t stream_id; /* 0: none under way */
    bool ends_stream;
    bool is_truncated; /* longer than we said we would take */
    bool has_regular, has_request_pseudo;
    bool is_interim;
    bool has_status;
    int user_rc;  /* of on_field */
    size_t bytes; /* names, values and 32 for each field */
    char status[8];
    char fault[120]; /* what is wrong with it; empty: nothing so far */
};

struct h2_session {
    bool is_dead;             /* no more streams, no more bytes */
    bool is_draining;         /* GOAWAY came, or something that makes a new connection advisable */
    uint32_t stream_count;    /* in the list */
    uint32_t upload_count;    /* of them, with body left to send */
    struct list_node streams; /* private from here on */
    struct nghttp2_hd_inflater *inflater;
    struct nghttp2_hd_deflater *deflater;
    size_t max_header_bytes;
    uint32_t next_id;
    uint32_t max_streams;
    uint64_t peer_max_header_bytes;
    uint32_t peer_window; /* of new streams */
    int64_t send_window;
    uint32_t recv_left, recv_unacked;
    uint64_t late_left; /* bytes that may still come for streams we reset */
    uint32_t idle_work; /* what the peer made us do since it last did anything useful */
    bool has_settings, has_max_streams, wants_ack;
    struct h2_input in;
    struct h2_block block;
    int64_t arrived_ns;
    uint32_t goaway_last, goaway_code;
    bool has_goaway;
    struct str goaway_debug; /* owned */
};

/* The preface is h2_session_greet's. */
int h2_session_init(struct h2_session *s, size_t max_header_bytes);
/* No stream may be left. */
void h2_session_deinit(struct h2_session *s);
void h2_session_greet(struct h2_session *s, struct buf *out);

/* May it ever take another request; may it take one now, or has one to end first? */
bool h2_session_is_usable(const struct h2_session *s);
bool h2_session_has_room(const struct h2_session *s);
/* Sends the head; the body follows with h2_session_pump. ERR_TOO_LARGE: the server doesn't take so
 * long a head (stream.error is filled, nothing was sent). Needs is_usable and has_room. */
int h2_session_open(struct h2_session *s, struct h2_stream *st, const struct h2_field *fields,
                    size_t count, struct buf *out);
/* Frames what streams have to send and the server takes now, until `out` holds `limit` bytes. */
void h2_session_pump(struct h2_session *s, struct buf *out, size_t limit);
/* The user of an open stream leaves; it is not touched again, and on_over is not called. */
void h2_session_reset(struct h2_session *s, struct h2_stream *st, enum h2_code code,
                      struct buf *out);

/* arrived_ns: when the bytes had come in. 0, or ERR_PROTOCOL: the connection is over, all streams
 * were told, `out` says why to the server. */
int h2_session_feed(struct h2_session *s, const char *data, size_t len, int64_t arrived_ns,
                    struct buf *out);
/* The server closed the connection (why NULL), or reading or writing failed. */
void h2_session_end(struct h2_session *s, int rc, const struct net_error *why);

#endif
