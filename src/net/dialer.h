/* dialer.h - from a host and a port to a connected sock: the options' rules, the resolver, TCP, a
 * proxy, TLS. What all protocols of a worker share.
 *
 * One a worker; its fibers only. As in k6 one address of a name is chosen before the dial, so
 * nothing is raced. */
#ifndef C6_DIALER_H
#define C6_DIALER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "core/worker.h"
#include "net/dial_rules.h"
#include "net/dns.h"
#include "net/proxy.h"
#include "net/sock.h"
#include "net/tls.h"

struct dialer;
/* Immutable; what it points to is borrowed as long as the dialer lives. */
struct dialer_config {
    const struct dial_rules *rules; /* NULL: none */
    struct dns_options dns;
    struct tls_options tls;
    int64_t connect_timeout_ns; /* of TCP alone; 0: 30 s, as in k6 */
    const char *user_agent;     /* told to proxies; "": none */
};

int dialer_new(struct dialer **out, struct worker *w, const struct dialer_config *config,
               struct err *e);
void dialer_free(struct dialer *d); /* no fiber may be waiting in it */

struct dial { /* whom to connect to; borrowed for the call */
    struct str host;
    uint16_t port;
    bool is_tls;
    enum tls_alpn alpn;
    bool may_resume;               /* a TLS session of before */
    struct tls_identity *identity; /* NULL: the config's */
    const struct proxy *proxy;     /* NULL: directly. A tunnel is made through it */
    uint64_t local_index;          /* which of the local addresses */
    bool is_to_proxy; /* the host is itself a proxy, which gets plain requests: for the errors */
};

struct dial_times { /* nanoseconds; those of TLS with the target */
    int64_t looking_up, connecting, tls_handshaking;
};

/* Parks. On failure there is nothing to close. times is filled as far as it came. */
int dialer_connect(struct dialer *d, const struct dial *what, int64_t deadline_ns,
                   struct sock *fills, struct dial_times *times, struct net_error *e);

#endif
