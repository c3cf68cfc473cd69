/* url.h - URLs of http, https, ws, wss requests, with the rules of Go's net/url as k6 shows them: the path is
 * escaped where it must be, the query goes out as written, user:password is told apart.
 * Spec: RFC 3986. Tests: url_test.c, fuzz/url_fuzz.c */
#ifndef C6_URL_H
#define C6_URL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/str.h"

/* One allocation holds all the text, each piece NUL-terminated; free with url_free. */
struct url {
    struct str scheme;   /* lower case; empty when there was none */
    struct str user;     /* decoded */
    struct str password; /* decoded */
    bool has_user;
    bool has_password;
    bool is_ipv6;        /* host was in brackets, which are left off */
    struct str host;     /* as written, brackets and port left off; a zone's %25 is decoded */
    struct str ascii_host; /* the same as it goes on the wire: labels beyond ASCII in Punycode */
    uint16_t port;       /* 0 when none was written */
    bool is_port_bad;    /* the port written does not fit 16 bits: Go refuses it when it dials, not here */
    struct str port_text; /* as written, with its colon: "", ":", ":8080" */
    struct str path;     /* escaped, as it goes on the wire; may be empty */
    struct str query;    /* without '?', as written: spaces and all */
    bool has_query;
    struct str fragment; /* without '#', escaped */
    bool has_fragment;
    struct str opaque;   /* "mailto:x" forms */
    bool is_host_omitted; /* private: "http:/x", without the two slashes */
};

bool url_has_host(const struct url *u); /* a port alone (":80") counts, as in Go */
/* ERR_INVALID, or ERR_NOMEM. Error texts are those of Go's url.Parse without its `parse "...": ` prefix ("first path segment in URL cannot contain
 * colon", "invalid port ...", "net/url: invalid control character in URL"). */
int url_parse(struct url **out, struct str text, struct err *e);
void url_free(struct url *u);
/* base must be absolute: RFC 3986 section 5, for redirects. */
int url_resolve(struct url **out, const struct url *base, struct str reference, struct err *e);
uint16_t url_effective_port(const struct url *u); /* 80, 443 when none was written */
void url_put(struct buf *out, const struct url *u, bool with_password); /* with_password false: "****" for user and password as k6 tags show */
/* The Host header: "host" or "host:port" as written, in ASCII, brackets for IPv6, without a zone.
 */
void url_put_host(struct buf *out, const struct url *u);
void url_put_request_target(struct buf *out, const struct url *u); /* "/path?query" for the request line */

/* Query escaping as encodeURIComponent-like Go QueryEscape: space is '+'. */
void url_put_query_escaped(struct buf *out, struct str s);
int url_unescape_query(struct buf *out, struct str s);

#endif
