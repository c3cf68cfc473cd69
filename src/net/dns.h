/* dns.h - names to addresses without blocking: c-ares on the worker's reactor, a cache, and the
 * choice among several addresses.
 *
 * One resolver a worker. Fibers that ask for the same name at once share one question. As in k6 an
 * answer is kept for a time of ours, whatever the record says; failures are not kept. /etc/hosts is
 * obeyed. Own worker's fibers only. */
#ifndef C6_DNS_H
#define C6_DNS_H

#include <stdint.h>

#include "base/err.h"
#include "base/str.h"
#include "core/worker.h"
#include "net/address.h"
#include "net/net_error.h"

enum dns_select { DNS_SELECT_FIRST, DNS_SELECT_RANDOM, DNS_SELECT_ROUND_ROBIN };
enum dns_policy { DNS_PREFER_IPV4, DNS_PREFER_IPV6, DNS_ONLY_IPV4, DNS_ONLY_IPV6, DNS_ANY };

struct dns_options {
    int64_t ttl_ns; /* 0: nothing is kept; CLOCK_NEVER: for ever */
    enum dns_select select;
    enum dns_policy policy;
    const char *servers; /* "127.0.0.1:5353,..." instead of the system's; NULL: those. Tests */
};

struct dns;
int dns_new(struct dns **out, struct worker *w, const struct dns_options *o, struct err *e);
void dns_free(struct dns *d); /* no fiber may be waiting in it */

/* The address to dial for host (a name or an IP address), its port not set. Parks unless it is
 * known. */
int dns_resolve(struct dns *d, struct str host, int64_t deadline_ns, struct address *fills,
                struct net_error *e);

#endif
