/* target_h2_faults.c - how `c6 target` breaks HTTP/2: streams reset, connections refused, frames
 * that are wrong. Frames of its own making are put between the server's, and a stream they are
 * about is left to the client, who should reset it. Runs on the fibers of httpd's streams.
 * Description: doc/target.md. Tests: target_test.c */
#include <string.h>

#include "base/duration.h"
#include "cli/target_int.h"
#include "net/h2_frame.h"

/* Before a connection ends, so that what was sent is read and not thrown away by the client. */
static const int64_t settle_ns = 50 * NS_PER_MS;
static const int64_t pause_ns = 100 * NS_PER_US;

/* A field as HPACK has it without tables; both texts shorter than 127 bytes. */
static void put_literal(struct buf *block, const char *name, const char *value)
{
    buf_addc(block, 0);
    buf_addc(block, (char)strlen(name));
    buf_adds(block, name);
    buf_addc(block, (char)strlen(value));
    buf_adds(block, value);
}

static void write_frame(struct httpd_conn *c, enum h2_type type, uint8_t flags, uint32_t stream_id,
                        struct str payload)
{
    struct buf frame;
    buf_init(&frame, BUF_NO_LIMIT);
    h2_put_head(&frame, payload.len, type, flags, stream_id);
    buf_add_str(&frame, payload);
    httpd_write(c, (struct str){frame.data, frame.len});
    buf_deinit(&frame);
}

/* A head with one more field, then a body of two bytes. */
static void answer_with(struct httpd_conn *c, const char *name, const char *value)
{
    struct buf block;
    buf_init(&block, BUF_NO_LIMIT);
    put_literal(&block, ":status", "200");
    put_literal(&block, name, value);
    write_frame(c, H2_HEADERS, H2_END_HEADERS, httpd_stream_id(c),
                (struct str){block.data, block.len});
    write_frame(c, H2_DATA, H2_END_STREAM, httpd_stream_id(c), STR("ok"));
    buf_deinit(&block);
}

static bool code_arg(struct target_call *call, uint64_t standard, uint64_t *code)
{
    return target_number_arg(call, "code", standard, UINT32_MAX, code);
}

static int answer_half(struct target_call *call)
{
    int rc = httpd_answer_head(call->conn, 200, "text/plain", STR(""), 1000);
    return rc < 0 ? rc : httpd_put(call->conn, STR("Some of the body, and no more.\n"));
}

void target_h2_badheader(struct target_call *call)
{
    answer_with(call->conn, "Not-Small", "1");
}

void target_h2_badlength(struct target_call *call)
{
    answer_with(call->conn, "content-length", "-5");
}

void target_h2_badpadding(struct target_call *call)
{
    if (answer_half(call) == 0)
        write_frame(call->conn, H2_DATA, H2_PADDED, httpd_stream_id(call->conn), STR("\xc8zz"));
}

/* Goes on until the client gives up. The pauses let the other connections have their turn. */
void target_h2_endless_headers(struct target_call *call)
{
    struct httpd_conn *c = call->conn;
    struct buf block;
    buf_init(&block, BUF_NO_LIMIT);
    put_literal(&block, ":status", "200");
    write_frame(c, H2_HEADERS, 0, httpd_stream_id(c), (struct str){block.data, block.len});
    buf_clear(&block);
    while (block.len < 4096)
        put_literal(&block, "x-endless", "and on and on and on and on and on and on and on and on");
    int rc = 0;
    while (rc == 0) {
        write_frame(c, H2_CONTINUATION, 0, httpd_stream_id(c), (struct str){block.data, block.len});
        rc = httpd_sleep(c, pause_ns);
    }
    buf_deinit(&block);
}

void target_h2_endless_body(struct target_call *call)
{
    int rc = httpd_answer_head(call->conn, 200, "text/plain", STR(""), -1);
    struct str piece = {call->routes->pattern, 4096};
    while (rc == 0) {
        rc = httpd_put(call->conn, piece);
        if (rc == 0)
            rc = httpd_sleep(call->conn, pause_ns);
    }
}

void target_h2_rst(struct target_call *call)
{
    uint64_t code;
    if (code_arg(call, H2_INTERNAL_ERROR, &code))
        httpd_reset_stream(call->conn, (uint32_t)code);
}

void target_h2_rst_body(struct target_call *call)
{
    uint64_t code;
    if (!code_arg(call, H2_INTERNAL_ERROR, &code) || answer_half(call) < 0)
        return;
    if (httpd_sleep(call->conn, settle_ns) == 0)
        httpd_reset_stream(call->conn, (uint32_t)code);
}

/* Every second request of a connection, so that the one who tries again gets his answer. */
void target_h2_refused(struct target_call *call)
{
    if (httpd_stream_id(call->conn) % 4 == 1)
        httpd_reset_stream(call->conn, H2_REFUSED_STREAM);
    else
        target_text(call, 200, "Not refused.\n");
}

void target_h2_goaway(struct target_call *call)
{
    uint64_t code;
    if (!code_arg(call, H2_NO_ERROR, &code))
        return;
    httpd_goaway(call->conn, httpd_stream_id(call->conn), (uint32_t)code);
    httpd_sleep(call->conn, settle_ns);
    httpd_close(call->conn, false);
}

/* The first request of a connection is answered, the next one was never seen. */
void target_h2_goaway_retry(struct target_call *call)
{
    uint32_t id = httpd_stream_id(call->conn);
    if (id == 1) {
        target_text(call, 200, "A new connection.\n");
        return;
    }
    httpd_goaway(call->conn, id - 2, H2_NO_ERROR);
    httpd_sleep(call->conn, settle_ns);
    httpd_close(call->conn, false);
}

void target_h2_frame_size(struct target_call *call)
{
    struct buf head;
    buf_init(&head, BUF_NO_LIMIT);
    h2_put_head(&head, (1 << 24) - 1, H2_DATA, 0, httpd_stream_id(call->conn));
    httpd_write(call->conn, (struct str){head.data, head.len});
    buf_deinit(&head);
}

void target_h2_push(struct target_call *call)
{
    struct buf payload;
    buf_init(&payload, BUF_NO_LIMIT);
    buf_add(&payload, "\0\0\0\2", 4);
    put_literal(&payload, ":method", "GET");
    write_frame(call->conn, H2_PUSH_PROMISE, H2_END_HEADERS, httpd_stream_id(call->conn),
                (struct str){payload.data, payload.len});
    buf_deinit(&payload);
}

void target_h2_window(struct target_call *call)
{
    struct buf frame;
    buf_init(&frame, BUF_NO_LIMIT);
    h2_put_window_update(&frame, 0, H2_WINDOW_MAX);
    httpd_write(call->conn, (struct str){frame.data, frame.len});
    buf_deinit(&frame);
}

void target_h2_ping_flood(struct target_call *call)
{
    struct buf pings;
    buf_init(&pings, BUF_NO_LIMIT);
    for (int i = 0; i < 100; i++)
        h2_put_ping(&pings, 0, (const uint8_t *)"c6target");
    int rc = 0;
    while (rc == 0) {
        rc = httpd_write(call->conn, (struct str){pings.data, pings.len});
        if (rc == 0)
            rc = httpd_sleep(call->conn, pause_ns);
    }
    buf_deinit(&pings);
}
