/* h2_frame.c - frames of HTTP/2 as bytes, errors as words. Tests: h2_frame_test.c */
#include "net/h2_frame.h"

#include <stdio.h>

#include "base/mem.h"

uint32_t h2_read_u32(const uint8_t *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static void write_u32(uint8_t *p, uint32_t n)
{
    p[0] = (uint8_t)(n >> 24);
    p[1] = (uint8_t)(n >> 16);
    p[2] = (uint8_t)(n >> 8);
    p[3] = (uint8_t)n;
}

struct h2_head h2_read_head(const uint8_t bytes[H2_HEAD_SIZE])
{
    return (struct h2_head){
        .len = (uint32_t)bytes[0] << 16 | (uint32_t)bytes[1] << 8 | bytes[2],
        .type = bytes[3],
        .flags = bytes[4],
        .stream_id = h2_read_u32(bytes + 5) & INT32_MAX, /* the first bit means nothing */
    };
}

void h2_put_head(struct buf *out, size_t len, enum h2_type type, uint8_t flags, uint32_t stream_id)
{
    uint8_t head[H2_HEAD_SIZE] = {
        (uint8_t)(len >> 16), (uint8_t)(len >> 8), (uint8_t)len, (uint8_t)type, flags,
    };
    write_u32(head + 5, stream_id);
    buf_add(out, head, sizeof head);
}

void h2_put_setting(struct buf *out, enum h2_setting id, uint32_t value)
{
    uint8_t setting[H2_SETTING_SIZE] = {(uint8_t)((unsigned)id >> 8), (uint8_t)id};
    write_u32(setting + 2, value);
    buf_add(out, setting, sizeof setting);
}

static void put_number(struct buf *out, enum h2_type type, uint32_t stream_id, uint32_t number)
{
    uint8_t payload[4];
    write_u32(payload, number);
    h2_put_head(out, sizeof payload, type, 0, stream_id);
    buf_add(out, payload, sizeof payload);
}

void h2_put_rst(struct buf *out, uint32_t stream_id, uint32_t code)
{
    put_number(out, H2_RST_STREAM, stream_id, code);
}

void h2_put_window_update(struct buf *out, uint32_t stream_id, uint32_t by)
{
    put_number(out, H2_WINDOW_UPDATE, stream_id, by);
}

void h2_put_ping(struct buf *out, uint8_t flags, const uint8_t data[8])
{
    h2_put_head(out, 8, H2_PING, flags, 0);
    buf_add(out, data, 8);
}

void h2_put_goaway(struct buf *out, uint32_t last_id, uint32_t code, struct str debug)
{
    uint8_t payload[8];
    write_u32(payload, last_id);
    write_u32(payload + 4, code);
    h2_put_head(out, sizeof payload + debug.len, H2_GOAWAY, 0, 0);
    buf_add(out, payload, sizeof payload);
    buf_add_str(out, debug);
}

void h2_put_headers(struct buf *out, uint32_t stream_id, bool ends_stream, struct str block,
                    size_t frame_max)
{
    enum h2_type type = H2_HEADERS;
    uint8_t flags = ends_stream ? H2_END_STREAM : 0;
    do {
        size_t len = block.len < frame_max ? block.len : frame_max;
        if (len == block.len)
            flags |= H2_END_HEADERS;
        h2_put_head(out, len, type, flags, stream_id);
        buf_add(out, block.p, len);
        block = (struct str){block.p + len, block.len - len};
        type = H2_CONTINUATION;
        flags = 0;
    } while (block.len > 0);
}

/* ---- errors */

static const char *const code_names[] = {
    [H2_NO_ERROR] = "NO_ERROR",
    [H2_PROTOCOL_ERROR] = "PROTOCOL_ERROR",
    [H2_INTERNAL_ERROR] = "INTERNAL_ERROR",
    [H2_FLOW_CONTROL_ERROR] = "FLOW_CONTROL_ERROR",
    [H2_SETTINGS_TIMEOUT] = "SETTINGS_TIMEOUT",
    [H2_STREAM_CLOSED] = "STREAM_CLOSED",
    [H2_FRAME_SIZE_ERROR] = "FRAME_SIZE_ERROR",
    [H2_REFUSED_STREAM] = "REFUSED_STREAM",
    [H2_CANCEL] = "CANCEL",
    [H2_COMPRESSION_ERROR] = "COMPRESSION_ERROR",
    [H2_CONNECT_ERROR] = "CONNECT_ERROR",
    [H2_ENHANCE_YOUR_CALM] = "ENHANCE_YOUR_CALM",
    [H2_INADEQUATE_SECURITY] = "INADEQUATE_SECURITY",
    [H2_HTTP_1_1_REQUIRED] = "HTTP_1_1_REQUIRED",
};
enum { CODE_COUNT = sizeof code_names / sizeof *code_names };

const char *h2_code_name(uint32_t code, char space[40])
{
    if (code < CODE_COUNT)
        return code_names[code];
    snprintf(space, 40, "unknown error code 0x%x", (unsigned)code);
    return space;
}

/* The first number of a kind is for codes that have no name. */
static uint16_t number_of(enum net_code kind, uint32_t code)
{
    return (uint16_t)(code < CODE_COUNT ? (uint32_t)kind + 1 + code : (uint32_t)kind);
}

int h2_error_stream(struct net_error *e, int rc, uint32_t stream_id, uint32_t code,
                    const char *cause)
{
    char space[40];
    const char *name = h2_code_name(code, space);
    net_error_set(e, rc, number_of(NET_HTTP2_STREAM, code),
                  "http2: stream error with http2 ErrCode %s", name);
    return net_error_set_detail(e, rc, "stream error: stream ID %u; %s%s%s", (unsigned)stream_id,
                                name, cause != NULL ? "; " : "", cause != NULL ? cause : "");
}

int h2_error_connection(struct net_error *e, int rc, uint32_t code)
{
    char space[40];
    const char *name = h2_code_name(code, space);
    net_error_set(e, rc, number_of(NET_HTTP2_CONNECTION, code),
                  "http2: connection error with http2 ErrCode %s", name);
    return net_error_set_detail(e, rc, "connection error: %s", name);
}

int h2_error_goaway(struct net_error *e, int rc, uint32_t last_id, uint32_t code, struct str debug)
{
    char space[40];
    const char *name = h2_code_name(code, space);
    char *quoted = buf_quote(debug);
    net_error_set(e, rc, number_of(NET_HTTP2_GOAWAY, code),
                  "http2: received GoAway with http2 ErrCode %s", name);
    net_error_set_detail(
        e, rc,
        "http2: server sent GOAWAY and closed the connection; LastStreamID=%u, ErrCode=%s, "
        "debug=%s",
        (unsigned)last_id, name, quoted);
    mem_free(quoted);
    return rc;
}
