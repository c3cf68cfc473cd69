/* httpd.h - a small HTTP/1.1 server on the workers' fibers: for `c6 target` and the REST API. One fiber a connection.
 * Fast paths matter (self-calibration): an answer is one write. Caps on request sizes; keep-alive; pipelining in order. */
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

struct httpd_request {
    struct str method, target; /* target as on the wire */
    struct str path, query;
    struct str version;        /* "HTTP/1.1" */
    struct str head;           /* the whole header section as received */
    struct str body;
    struct str host;
    bool keep_alive;
};

struct httpd_config {
    const char *listen;        /* "host:port", port 0 takes a free one */
    bool use_tls;
    const char *cert_file, *key_file; /* NULL with use_tls: a self-signed one made at start */
    size_t max_head, max_body;
    /* Runs on the connection's fiber; answers with httpd_answer or the raw functions; may park. */
    void (*handle)(void *opaque, struct httpd_conn *c, const struct httpd_request *r);
    void *opaque;
};

/* Listens on each of the workers (SO_REUSEPORT). */
int httpd_start(struct httpd **out, struct worker **workers, int worker_count, const struct httpd_config *config, struct err *e);
uint16_t httpd_port(const struct httpd *h);
void httpd_stop(struct httpd *h); /* closes everything; not from a worker */

bool httpd_get_header(const struct httpd_request *r, const char *name, struct str *value);
/* Whole answer in one write. extra_headers: "Name: value\r\n" lines or empty. Parks. */
int httpd_answer(struct httpd_conn *c, int status, const char *content_type, struct str extra_headers, struct str body);
/* Bytes as they are (chunks, faults). Parks. */
int httpd_write(struct httpd_conn *c, struct str bytes);
int httpd_sleep(struct httpd_conn *c, int64_t ns);
void httpd_close(struct httpd_conn *c, bool reset); /* reset: RST instead of FIN; after the handler returns nothing more is read */

#endif
