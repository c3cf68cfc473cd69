/* mod_http_network.h - the options and the environment's variables that say how connections are
 * made, in the form in which the client takes them. Made once a test, then only read. */
#ifndef C6_MOD_HTTP_NETWORK_H
#define C6_MOD_HTTP_NETWORK_H

#include <stddef.h>

#include "base/err.h"
#include "base/log.h"
#include "net/http_client.h"
#include "options/options.h"

struct http_network { /* owns what the client's settings point to */
    struct dial_rules *rules;
    struct proxy_env *proxies;
    struct tls_identity **identities;
    size_t identity_count;
    const char **cipher_suites;
};

/* Fills the parts of the settings that are about connections; borrows o. ERR_INVALID with text:
 * certificates, addresses that can't be used. */
int mod_http_network_make(struct http_network *n, struct http_config *fills,
                          const struct options *o,
                          const char *(*getenv_fn)(void *opaque, const char *name), void *opaque,
                          struct err *e);
void mod_http_network_deinit(struct http_network *n);
/* What a user should know about these options. */
void mod_http_network_warn(const struct options *o, struct logger *lg);

#endif
