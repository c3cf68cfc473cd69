/* h2_frame.h - the frames of HTTP/2 as bytes: what both sides of a connection write, and the words
 * and numbers of its errors. Knows no connection. Any thread. Spec: RFC 9113. */
#ifndef C6_H2_FRAME_H
#define C6_H2_FRAME_H

#include <stdint.h>

#include "base/buf.h"
#include "net/net_error.h"

enum {
    H2_HEAD_SIZE = 9,        /* of every frame */
    H2_FRAME_MAX = 16384,    /* payload: what we take, and what a peer takes unless it says more */
    H2_WINDOW_FIRST = 65535, /* of streams and connections, unless settings say otherwise */
    H2_WINDOW_MAX = INT32_MAX,
    H2_SETTING_SIZE = 6,
    H2_PREFACE_LEN = 24,
};
#define H2_PREFACE "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"

enum h2_type {
    H2_DATA = 0,
    H2_HEADERS = 1,
    H2_PRIORITY = 2,
    H2_RST_STREAM = 3,
    H2_SETTINGS = 4,
    H2_PUSH_PROMISE = 5,
    H2_PING = 6,
    H2_GOAWAY = 7,
    H2_WINDOW_UPDATE = 8,
    H2_CONTINUATION = 9,
};

enum h2_flag {
    H2_ACK = 0x1,
    H2_END_STREAM = 0x1,
    H2_END_HEADERS = 0x4,
    H2_PADDED = 0x8,
    H2_HAS_PRIORITY = 0x20,
};

enum h2_setting {
    H2_SET_HEADER_TABLE_SIZE = 1,
    H2_SET_ENABLE_PUSH = 2,
    H2_SET_MAX_CONCURRENT_STREAMS = 3,
    H2_SET_INITIAL_WINDOW_SIZE = 4,
    H2_SET_MAX_FRAME_SIZE = 5,
    H2_SET_MAX_HEADER_LIST_SIZE = 6,
    H2_SET_ENABLE_CONNECT_PROTOCOL = 8,
};

enum h2_code { /* of RST_STREAM and GOAWAY */
               H2_NO_ERROR = 0,
               H2_PROTOCOL_ERROR = 1,
               H2_INTERNAL_ERROR = 2,
               H2_FLOW_CONTROL_ERROR = 3,
               H2_SETTINGS_TIMEOUT = 4,
               H2_STREAM_CLOSED = 5,
               H2_FRAME_SIZE_ERROR = 6,
               H2_REFUSED_STREAM = 7,
               H2_CANCEL = 8,
               H2_COMPRESSION_ERROR = 9,
               H2_CONNECT_ERROR = 10,
               H2_ENHANCE_YOUR_CALM = 11,
               H2_INADEQUATE_SECURITY = 12,
               H2_HTTP_1_1_REQUIRED = 13,
};

struct h2_head {
    uint32_t len; /* of the payload */
    uint8_t type; /* enum h2_type, or one of those to come */
    uint8_t flags;
    uint32_t stream_id;
};

uint32_t h2_read_u32(const uint8_t *p);
struct h2_head h2_read_head(const uint8_t bytes[H2_HEAD_SIZE]);

/* These append whole frames, but for the head alone. */
void h2_put_head(struct buf *out, size_t len, enum h2_type type, uint8_t flags, uint32_t stream_id);
void h2_put_setting(struct buf *out, enum h2_setting id, uint32_t value); /* payload */
void h2_put_rst(struct buf *out, uint32_t stream_id, uint32_t code);
void h2_put_window_update(struct buf *out, uint32_t stream_id, uint32_t by);
void h2_put_ping(struct buf *out, uint8_t flags, const uint8_t data[8]);
void h2_put_goaway(struct buf *out, uint32_t last_id, uint32_t code, struct str debug);
/* HEADERS, and CONTINUATION as far as needed for a header block of any length. */
void h2_put_headers(struct buf *out, uint32_t stream_id, bool ends_stream, struct str block,
                    size_t frame_max);

/* Errors in k6's numbers and words, which are Go's. All return rc. detail is what a log shows. */
int h2_error_stream(struct net_error *e, int rc, uint32_t stream_id, uint32_t code,
                    const char *cause); /* cause may be NULL */
int h2_error_connection(struct net_error *e, int rc, uint32_t code);
/* The server said GOAWAY and hung up. */
int h2_error_goaway(struct net_error *e, int rc, uint32_t last_id, uint32_t code, struct str debug);
/* "PROTOCOL_ERROR"; in space for a number without a name. */
const char *h2_code_name(uint32_t code, char space[40]);

#endif
