/* httpd_tls.h - the server side of TLS for httpd: one context a server, one session a connection,
 * over a non-blocking socket. Inside net only. Knows no HTTP but the ALPN name. Tests: httpd_test.c
 * (tls_...) */
#ifndef C6_HTTPD_TLS_H
#define C6_HTTPD_TLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "core/reactor.h"

struct httpd_tls;      /* one a server; safe from every thread once made */
struct httpd_tls_sess; /* one a connection */

/* cert_file and key_file (PEM; the key may stand in cert_file, key_file NULL) or, when cert_file is
 * NULL, a self-signed certificate for host, localhost and the loopback addresses, made now. */
int httpd_tls_new(struct httpd_tls **out, const char *cert_file, const char *key_file,
                  const char *host, bool has_http2, struct err *e);
void httpd_tls_free(struct httpd_tls *t);

/* Shakes hands on io. Parks. ERR_TLS, ERR_CLOSED, ERR_TIMEOUT, ... */
int httpd_tls_accept(struct httpd_tls_sess **out, struct httpd_tls *t, struct io *io,
                     int64_t deadline_ns);
bool httpd_tls_is_http2(const struct httpd_tls_sess *s); /* the client wanted it */
void httpd_tls_close(struct httpd_tls_sess *s,
                     int say_goodbye); /* say_goodbye: try to send close_notify; never parks */

/* Up to cap bytes; 0 at the end of the stream. Parks. */
int64_t httpd_tls_read(struct httpd_tls_sess *s, void *data, size_t cap, int64_t deadline_ns);
/* All of it. Parks. */
int httpd_tls_write(struct httpd_tls_sess *s, const void *data, size_t len, int64_t deadline_ns);

#endif
