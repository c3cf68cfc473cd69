/* target_faults.c - answers of `c6 target` that break the protocol, so that a client's errors can
 * be seen; those of HTTP/2 are in target_h2_faults.c. Runs on the fibers of httpd's connections. Tests: target_test.c */
#include <stdio.h>
#include <string.h>

#include "base/duration.h"
#include "cli/target_int.h"

/* Before a reset, so that the bytes are read and not thrown away by the client's kernel. */
static const int64_t settle_ns = 50 * NS_PER_MS;

static const char head_1000[] =
    "HTTP/1.1 200 OK\r\nServer: c6\r\nContent-Type: text/plain\r\nContent-Length: 1000\r\n\r\n";
static const char head_chunked[] = "HTTP/1.1 200 OK\r\nServer: c6\r\nContent-Type: "
                                   "text/plain\r\nTransfer-Encoding: chunked\r\n\r\n";

static const char half_line[] = "Half of this body is all you get; no more. ======\n";

static int write_half(struct httpd_conn *c)
{
    int rc = httpd_is_http2(c) ? httpd_answer_head(c, 200, "text/plain", STR(""), 1000)
                               : httpd_write(c, str_of(head_1000));
    for (int i = 0; i < 10 && rc == 0; i++)
        rc = httpd_put(c, str_of(half_line));
    return rc;
}

static void fault_reset(struct httpd_conn *c)
{
    httpd_close(c, true);
}

static void fault_reset_body(struct httpd_conn *c)
{
    if (write_half(c) == 0)
        httpd_sleep(c, settle_ns);
    httpd_close(c, true);
}

static void fault_close(struct httpd_conn *c)
{
    httpd_close(c, false);
}

static void fault_truncate(struct httpd_conn *c)
{
    write_half(c);
    if (!httpd_is_http2(c))
        httpd_close(c, false); /* over HTTP/2 the stream ends with the handler */
}

static void fault_hang(struct httpd_conn *c)
{
    httpd_wait_gone(c);
}

static void fault_hang_body(struct httpd_conn *c)
{
    write_half(c);
    httpd_wait_gone(c);
}

static void fault_badheader(struct httpd_conn *c)
{
    httpd_write(c, STR("HTTP/1.1 200 OK\r\nThis line is no header\r\nContent-Length: 2\r\n\r\nok"));
    httpd_close(c, false);
}

static void fault_badlength(struct httpd_conn *c)
{
    httpd_write(c, STR("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nok"));
    httpd_close(c, false);
}

static void fault_badchunk(struct httpd_conn *c)
{
    httpd_write(c, str_of(head_chunked));
    httpd_write(c, STR("5\r\nhello\r\nzz\r\nworld\r\n0\r\n\r\n"));
    httpd_close(c, false);
}

static void fault_badgzip(struct httpd_conn *c)
{
    httpd_answer(c, 200, "text/plain", STR("Content-Encoding: gzip\r\n"), STR("this is not gzip"));
}

static void fault_garbage(struct httpd_conn *c)
{
    httpd_write(c, STR("\x7f"
                       "ELF\x02\x01\x01\x00\x00 220 nothing that speaks HTTP lives here\r\n"));
    httpd_close(c, false);
}

/* Goes on until the client gives up. The pauses let the other connections have their turn. */
static void fault_endless_headers(struct httpd_conn *c)
{
    char lines[4096];
    size_t len = 0;
    while (len + 64 < sizeof lines)
        len += (size_t)snprintf(lines + len, sizeof lines - len,
                                "X-Endless-%zu: and on and on and on\r\n", len);
    int rc = httpd_write(c, STR("HTTP/1.1 200 OK\r\n"));
    while (rc == 0) {
        rc = httpd_write(c, (struct str){lines, len});
        if (rc == 0)
            rc = httpd_sleep(c, 100 * NS_PER_US);
    }
    httpd_close(c, false);
}

static void fault_endless_body(struct httpd_conn *c)
{
    char chunk[4 + 2 + 4096 + 2 + 1];
    snprintf(chunk, sizeof chunk, "1000\r\n%*s\r\n", 4096, "");
    int rc = httpd_write(c, str_of(head_chunked));
    while (rc == 0) {
        rc = httpd_write(c, str_of(chunk));
        if (rc == 0)
            rc = httpd_sleep(c, 100 * NS_PER_US);
    }
    httpd_close(c, false);
}

static const struct {
    const char *name;
    void (*run)(struct httpd_conn *c);  /* NULL: over HTTP/2 only */
    void (*run2)(struct target_call *); /* over HTTP/2; NULL: the same as run */
} faults[] = {
    {"reset", fault_reset, NULL},
    {"reset-body", fault_reset_body, NULL},
    {"close", fault_close, NULL},
    {"truncate", fault_truncate, NULL},
    {"hang", fault_hang, NULL},
    {"hang-body", fault_hang_body, NULL},
    {"badheader", fault_badheader, target_h2_badheader},
    {"badlength", fault_badlength, target_h2_badlength},
    {"badchunk", fault_badchunk, target_h2_badpadding},
    {"badgzip", fault_badgzip, NULL},
    {"garbage", fault_garbage, NULL},
    {"endless-headers", fault_endless_headers, target_h2_endless_headers},
    {"endless-body", fault_endless_body, target_h2_endless_body},
    {"rst", NULL, target_h2_rst},
    {"rst-body", NULL, target_h2_rst_body},
    {"refused", NULL, target_h2_refused},
    {"goaway", NULL, target_h2_goaway},
    {"goaway-retry", NULL, target_h2_goaway_retry},
    {"frame-size", NULL, target_h2_frame_size},
    {"push", NULL, target_h2_push},
    {"window", NULL, target_h2_window},
    {"ping-flood", NULL, target_h2_ping_flood},
};

enum { FAULT_COUNT = sizeof faults / sizeof faults[0] };

void target_put_fault_names(struct buf *out)
{
    for (size_t i = 0; i < FAULT_COUNT; i++)
        buf_addf(out, "%s%s", i == 0 ? "" : ", ", faults[i].name);
}

void target_fault(struct target_call *call)
{
    for (size_t i = 0; i < FAULT_COUNT; i++) {
        if (!str_eqs(call->rest, faults[i].name))
            continue;
        if (httpd_is_http2(call->conn) && faults[i].run2 != NULL)
            faults[i].run2(call);
        else if (faults[i].run != NULL)
            faults[i].run(call->conn);
        else
            target_error(call, 404, "this fault is of HTTP/2 only");
        return;
    }
    struct buf names;
    buf_init(&names, BUF_NO_LIMIT);
    target_put_fault_names(&names);
    target_error(call, 404, "there is no such fault; there are %s", names.data);
    buf_deinit(&names);
}
