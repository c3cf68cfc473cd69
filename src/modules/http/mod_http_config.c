/* mod_http_config.c - options to client settings, and what hangs on the workers; see
 * mod_http_config.h and modules.h. The pace of `rps` is one number for the whole test, the start of
 * the next free slot, moved on by compare and swap: the one thing that requests of different
 * workers share, and only when the option is set. Tests: mod_http_config_test.c */
#include "modules/http/mod_http_config.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/duration.h"
#include "base/mem.h"
#include "base/version.h"
#include "modules/crypto/digest.h"
#include "modules/http/mod_http_network.h"
#include "modules/modules.h"

struct modules_shared {
    struct http_config config;
    struct http_network network;
    int64_t pace_ns; /* between requests; 0: no limit */
    _Atomic int64_t next_start_ns;
};

struct modules_worker {
    struct modules_shared *test;
    struct http_shared *http;
    struct digest_methods digests;
};

const char *mod_http_config_agent(const struct options *o)
{
    return o->user_agent.set ? o->user_agent.v : "c6/" C6_VERSION;
}

void mod_http_config_make(struct http_config *fills, const struct options *o)
{
    memset(fills, 0, sizeof(*fills));
    fills->insecure_skip_tls_verify = o->insecure_skip_tls_verify.v;
    fills->no_connection_reuse = o->no_connection_reuse.v;
    fills->no_vu_connection_reuse = o->no_vu_connection_reuse.v;
    fills->user_agent = mod_http_config_agent(o);
    fills->dial_timeout_ns = 30 * NS_PER_SEC;
    if (o->batch.set && o->batch.v > 0 && o->batch.v < INT32_MAX)
        fills->max_idle_conns = (int)o->batch.v;
    if (o->batch_per_host.set && o->batch_per_host.v > 0 && o->batch_per_host.v < INT32_MAX)
        fills->max_idle_per_host = (int)o->batch_per_host.v;
}

static const char *get_variable(void *opaque, const char *name)
{
    return getenv(name);
}

static const char *no_variable(void *opaque, const char *name)
{
    return NULL;
}

int modules_check_options(const struct options *options, struct err *e)
{
    struct http_network network;
    struct http_config config = {0};
    int rc = mod_http_network_make(&network, &config, options, no_variable, NULL, e);
    if (rc == 0)
        mod_http_network_deinit(&network);
    return rc;
}

int modules_shared_new(struct modules_shared **out, const struct options *options, struct err *e)
{
    struct modules_shared *s = MEM_NEW(struct modules_shared);
    mod_http_config_make(&s->config, options);
    int rc = mod_http_network_make(&s->network, &s->config, options, get_variable, NULL, e);
    if (rc < 0) {
        mem_free(s);
        return rc;
    }
    if (options->rps.set && options->rps.v > 0)
        s->pace_ns = NS_PER_SEC / options->rps.v;
    *out = s;
    return 0;
}

void modules_shared_warn(const struct options *options, struct logger *lg)
{
    mod_http_network_warn(options, lg);
}

void modules_shared_free(struct modules_shared *s)
{
    if (!s)
        return;
    mod_http_network_deinit(&s->network);
    mem_free(s);
}

int modules_worker_begin(void *opaque, struct worker *w, struct err *e)
{
    struct modules_worker *m = MEM_NEW(struct modules_worker);
    m->test = opaque;
    int rc = http_shared_new(&m->http, w, &m->test->config, e);
    if (rc < 0) {
        mem_free(m);
        return rc;
    }
    worker_set_data(w, WORKER_SLOT_NET, m);
    return 0;
}

void modules_worker_end(void *opaque, struct worker *w)
{
    struct modules_worker *m = worker_data(w, WORKER_SLOT_NET);
    if (!m)
        return;
    worker_set_data(w, WORKER_SLOT_NET, NULL);
    http_shared_free(m->http);
    digest_methods_deinit(&m->digests);
    mem_free(m);
}

struct http_shared *mod_http_config_shared(struct worker *w)
{
    struct modules_worker *m = worker_data(w, WORKER_SLOT_NET);
    return m ? m->http : NULL;
}

struct digest_methods *mod_http_config_digests(struct worker *w)
{
    struct modules_worker *m = worker_data(w, WORKER_SLOT_NET);
    return &m->digests;
}

int64_t mod_http_config_next_start(struct worker *w, int64_t now_ns)
{
    struct modules_worker *m = worker_data(w, WORKER_SLOT_NET);
    struct modules_shared *s = m->test;
    if (s->pace_ns == 0)
        return 0;
    int64_t slot = atomic_load_explicit(&s->next_start_ns, memory_order_relaxed), start;
    do {
        start = slot > now_ns ? slot : now_ns;
    } while (!atomic_compare_exchange_weak_explicit(&s->next_start_ns, &slot, start + s->pace_ns,
                                                    memory_order_relaxed, memory_order_relaxed));
    return start > now_ns ? start : 0;
}
