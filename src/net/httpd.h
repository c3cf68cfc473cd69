/* httpd.h - a small HTTP server on the workers' fibers: for `c6 target` and the REST API. Knows no
 * routes.
 *
 * HTTP/1.1: one fiber a connection; keep-alive; pipelined requests are answered in order. Small
 * answers are gathered and go out in one write, when no further request is waiting in the buffer.
 * HTTP/2, if the config says so: by ALPN or from the first byte (prior knowledge); one fiber a
 * stream. Handlers are the same for both. Sizes that a client chooses have caps. Spec: RFC 9110,
 * 9112, 9113. Tests: httpd_test.c, httpd_h2_test.c, httpd_parse_test.c, fuzz/httpd_fuzz.c,
 * fuzz/httpd_h2_fuzz.c */
#ifndef C6_HTTPD_H
#define C6_HTTPD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"
#include "core/worker.h"

struct httpd;
struct httpd_conn;

/* Everything is lent until the handler returns. */
struct httpd_request {
    struct str method, target; /* target as on the wire */
    struct str path, query;    /* of the target; still escaped; query without '?' */
    struct str version;        /* "HTTP/1.1", "HTTP/2.0" */
    struct str head; /* the header section as received, without the request line; "Name: value\r\n"
                        lines */
    struct str body; /* chunks put together */
    struct str host;
    bool keep_alive;
    bool is_tls;
};

struct httpd_config {
    const char *listen; /* "host:port", "[v6]:port" or ":port"; port 0 takes a free one */
    bool use_tls;
    bool has_http2; /* besides HTTP/1.1 */
    const char *cert_file,
        *key_file;             /* NULL with use_tls: a self-signed certificate made at start */
    size_t max_head, max_body; /* 0: 32 KiB and 16 MiB */
    /* Runs on the connection's fiber; answers with httpd_answer or the raw functions; may park. */
    void (*handle)(void *opaque, struct httpd_conn *c, const struct httpd_request *r);
    void *opaque;
};

/* Listens on each of the workers (SO_REUSEPORT). The workers may be started before or after. Any
 * thread but a worker's. */
int httpd_start(struct httpd **out, struct worker **workers, int worker_count,
                const struct httpd_config *config, struct err *e);
uint16_t httpd_port(const struct httpd *h);
/* Cancels every connection and waits until they are gone, so the workers must still be running. Not
 * from a worker. */
void httpd_stop(struct httpd *h);

/* The first header of that name (case ignored), trimmed. */
bool httpd_get_header(const struct httpd_request *r, const char *name, struct str *value);
/* The next header; start with *at = 0. False at the end. */
bool httpd_next_header(const struct httpd_request *r, size_t *at, struct str *name,
                       struct str *value);

/* The functions below are for the handler, on the connection's fiber. 0, or ERR_* once the
 * connection is of no more use. */

/* A whole answer. content_type may be NULL (none is sent). extra_headers: "Name: value\r\n" lines
 * or empty. May park when much is waiting to be written. The answer to a HEAD keeps its length and
 * loses its body. */
int httpd_answer(struct httpd_conn *c, int status, const char *content_type,
                 struct str extra_headers, struct str body);
/* The head of an answer whose body follows through httpd_put; body_len < 0: not known yet, and
 * httpd_finish ends it. Parks. */
int httpd_answer_head(struct httpd_conn *c, int status, const char *content_type,
                      struct str extra_headers, int64_t body_len);
/* A piece of the body: a chunk where its length is not known. Parks. */
int httpd_put(struct httpd_conn *c, struct str piece);
int httpd_finish(struct httpd_conn *c);
/* Bytes as they are, for faults; over HTTP/2 between the connection's frames. Parks. */
int httpd_write(struct httpd_conn *c, struct str bytes);
int httpd_sleep(struct httpd_conn *c, int64_t ns);
/* Parks until the client hangs up or the server is stopped. */
void httpd_wait_gone(struct httpd_conn *c);
/* After the handler returns nothing more is read. reset: RST instead of FIN. Over HTTP/2 the other
 * streams end with it. */
void httpd_close(struct httpd_conn *c, bool reset);

/* For faults that only HTTP/2 has. */
bool httpd_is_http2(const struct httpd_conn *c);
uint32_t httpd_stream_id(const struct httpd_conn *c);
void httpd_reset_stream(struct httpd_conn *c, uint32_t code);
void httpd_goaway(struct httpd_conn *c, uint32_t last_stream_id, uint32_t code);

/* "404 Not Found" for a status; "599 Unknown" for those without a name. Lives for ever; own thread.
 */
const char *httpd_reason(int status);

#endif
