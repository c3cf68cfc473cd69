/* httpd_h2.h - HTTP/2 for the small server: one session a connection, one fiber a stream. Inside
 * net only; httpd_conn.c hands connections over and asks for what a handler wants done. Spec: RFC
 * 9113, RFC 7541 (both libnghttp2's work). Tests: httpd_h2_test.c, fuzz/httpd_h2_fuzz.c */
#ifndef C6_HTTPD_H2_H
#define C6_HTTPD_H2_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

struct httpd_conn;
struct httpd_stream;

/* Serves until the connection is over; what was read of it so far is in conn->in. Parks. */
void httpd_h2_serve(struct httpd_conn *conn);

/* For a handler's stream; see httpd.h. */
int httpd_h2_answer(struct httpd_stream *st, int status, const char *content_type,
                    struct str extra_headers, struct str body);
int httpd_h2_answer_head(struct httpd_stream *st, int status, const char *content_type,
                         struct str extra_headers, int64_t body_len);
int httpd_h2_put(struct httpd_stream *st,
                 struct str bytes);           /* of the body; parks when much waits */
int httpd_h2_finish(struct httpd_stream *st); /* the body is complete */
int httpd_h2_sleep(struct httpd_stream *st, int64_t ns);
void httpd_h2_wait_gone(struct httpd_stream *st);
void httpd_h2_close(struct httpd_stream *st, bool reset); /* the whole connection */
void httpd_h2_reset(struct httpd_stream *st, uint32_t code);
void httpd_h2_goaway(struct httpd_stream *st, uint32_t last_id, uint32_t code);
int httpd_h2_write_raw(struct httpd_stream *st, struct str bytes);
uint32_t httpd_h2_stream_id(const struct httpd_stream *st);

#endif
