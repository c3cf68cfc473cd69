/* proxy_dial.h - through a proxy: from a sock connected to it to one connected to the target. Own
 * worker's fibers only. Spec: RFC 9110 section 9.3.6 (CONNECT), RFC 1928 and 1929 (SOCKS5). */
#ifndef C6_PROXY_DIAL_H
#define C6_PROXY_DIAL_H

#include <stdint.h>

#include "base/str.h"
#include "net/proxy.h"
#include "net/sock.h"

/* Asks for a tunnel to host:port. Parks. On failure the caller closes the sock. */
int proxy_dial(struct sock *s, const struct proxy *p, struct str host, uint16_t port,
               struct str user_agent, int64_t deadline_ns, struct net_error *e);

#endif
