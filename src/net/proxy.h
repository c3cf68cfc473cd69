/* proxy.h - proxies: what a proxy's URL says, and which requests go through one by the environment
 * (HTTP_PROXY, HTTPS_PROXY, NO_PROXY and their lower-case twins, read as Go reads them).
 *
 * Both are immutable once made: any thread. Opens nothing; see proxy_dial.h.
 * Source: k6 docs, "Environment variables"; Go's net/http, ProxyFromEnvironment. */
#ifndef C6_PROXY_H
#define C6_PROXY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"
#include "base/url.h"

enum proxy_kind {
    PROXY_HTTP,  /* plain requests in absolute form, tunnels by CONNECT */
    PROXY_HTTPS, /* the same, spoken to over TLS */
    PROXY_SOCKS5,
};

struct proxy {
    enum proxy_kind kind;
    struct str host; /* a name or an address, without brackets */
    uint16_t port;
    bool has_user;
    struct str user, password;
    char *basic;     /* "Basic dXNlcjpwdw==", or NULL without user */
    struct url *url; /* private: owns the texts */
};

/* "http://user:password@host:port", https, socks5, socks5h; without a scheme: http. ERR_INVALID,
 * ERR_UNSUPPORTED with text. */
int proxy_new(struct proxy **out, struct str text, struct err *e);
void proxy_free(struct proxy *p);

struct proxy_env;
/* NULL: no variable names a proxy. What can't be read as a URL is left out, as in Go. */
struct proxy_env *proxy_env_new(const char *(*getenv_fn)(void *opaque, const char *name),
                                void *opaque);
void proxy_env_free(struct proxy_env *p);
/* The proxy for a request to u; NULL: none. Lends. */
const struct proxy *proxy_env_find(const struct proxy_env *p, const struct url *u);

#endif
