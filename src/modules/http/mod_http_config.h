/* mod_http_config.h - what the whole test shares of k6/http: the client's settings, made of the
 * options, and the pace of `rps`. Settings are immutable while the run goes on; the pace is safe
 * from every thread. */
#ifndef C6_MOD_HTTP_CONFIG_H
#define C6_MOD_HTTP_CONFIG_H

#include <stdint.h>

#include "base/err.h"
#include "core/worker.h"
#include "net/http_client.h"
#include "options/options.h"

/* Fills the client's settings from the effective options, which are borrowed; those of the network:
 * mod_http_network.h. */
void mod_http_config_make(struct http_config *fills, const struct options *o);

/* The User-Agent that requests carry unless the script sets one; may be "". */
const char *mod_http_config_agent(const struct options *o);

/* Per worker, in its slot WORKER_SLOT_NET: the client's shared state. NULL before
 * modules_worker_begin. */
struct http_shared *mod_http_config_shared(struct worker *w);
/* Hash functions of the worker, for authentication. */
struct digest_methods;
struct digest_methods *mod_http_config_digests(struct worker *w);
/* When the next request of the test may go, monotonic; 0: at once. Takes the place: ask once a
 * request. */
int64_t mod_http_config_next_start(struct worker *w, int64_t now_ns);

#endif
