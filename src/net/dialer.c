/* dialer.c - the way to a server, step by step; see dialer.h. Tests: http_way_test.c */
#include "net/dialer.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "core/clock.h"
#include "net/proxy_dial.h"

#define CONNECT_TIMEOUT_NS (INT64_C(30) * 1000000000)
/* A handshake under way holds 40 KB of buffers, and what stays of it lies between theirs. When many
 * VUs have connected at once and then nobody for a while, what they left is given back. */
#define CALM_NS (INT64_C(2) * 1000000000)
enum { STORM = 64 }; /* handshakes */

struct dialer {
    struct worker *worker;
    struct dialer_config config;
    struct dns *dns;
    struct tls_context *tls; /* made at the first use */
    unsigned handshakes;     /* since memory was given back */
    struct timer calm;
};

static void on_calm(struct worker *w, struct timer *t)
{
    (void)w;
    struct dialer *d = (struct dialer *)(void *)((char *)t - offsetof(struct dialer, calm));
    d->handshakes = 0;
    mem_give_back();
}

int dialer_new(struct dialer **out, struct worker *w, const struct dialer_config *config,
               struct err *e)
{
    struct dialer *d = MEM_NEW(struct dialer);
    d->worker = w;
    timer_init(&d->calm, on_calm);
    d->config = *config;
    if (d->config.connect_timeout_ns <= 0)
        d->config.connect_timeout_ns = CONNECT_TIMEOUT_NS;
    int rc = dns_new(&d->dns, w, &config->dns, e);
    if (rc < 0) {
        dialer_free(d);
        return rc;
    }
    *out = d;
    return 0;
}

void dialer_free(struct dialer *d)
{
    if (d == NULL)
        return;
    timer_clear(d->worker, &d->calm);
    dns_free(d->dns);
    tls_context_free(d->tls);
    mem_free(d);
}

/* The address by the rules, or the resolver's choice. */
static int find_address(struct dialer *d, struct str host, uint16_t port, int64_t deadline_ns,
                        struct address *fills, int64_t *looking_up, struct net_error *e)
{
    const struct dial_rules *rules = d->config.rules;
    int rc = rules != NULL ? dial_rules_check_name(rules, host, e) : 0;
    if (rc < 0)
        return rc;
    if (rules == NULL || !dial_rules_find_host(rules, host, port, fills)) {
        if (address_parse_ip(host, fills) < 0) {
            int64_t begun_ns = clock_now_ns();
            rc = dns_resolve(d->dns, host, deadline_ns, fills, e);
            *looking_up = clock_now_ns() - begun_ns;
        }
        if (rc < 0)
            return rc;
        address_set_port(fills, port);
    }
    return rules != NULL ? dial_rules_check_address(rules, fills, e) : 0;
}

/* TCP has a time of its own; whose was up decides on the error. */
static int connect_tcp(struct dialer *d, const struct address *peer, uint64_t local_index,
                       int64_t deadline_ns, struct sock *s, struct net_error *e)
{
    struct address local;
    const struct dial_rules *rules = d->config.rules;
    bool has_local = rules != NULL && dial_rules_local(rules, local_index, &local);
    int64_t own_deadline_ns = clock_add(clock_now_ns(), d->config.connect_timeout_ns);
    bool is_own = own_deadline_ns < deadline_ns;
    int rc = sock_connect(s, d->worker, peer, has_local ? &local : NULL,
                          is_own ? own_deadline_ns : deadline_ns, e);
    if (rc != ERR_TIMEOUT)
        return rc;
    return is_own ? net_error_set(e, rc, NET_TCP_DIAL_TIMEOUT, NULL) : net_error_from_rc(e, rc);
}

/* The words of a dial that failed on the way to a proxy. A timeout is the request's then. */
static int blame_proxy(struct net_error *e, int rc)
{
    char cause[sizeof e->detail];
    if (rc == ERR_TIMEOUT)
        return net_error_from_rc(e, rc);
    if (rc == ERR_CANCELED)
        return rc;
    memcpy(cause, e->detail, sizeof cause);
    return net_error_set(e, rc, NET_TCP_DEFAULT, "proxyconnect tcp: %s", cause);
}

static int shake_hands(struct dialer *d, struct sock *s, const struct tls_peer *peer,
                       int64_t deadline_ns, struct net_error *e)
{
    if (d->tls == NULL) {
        struct err text = {0};
        int rc = tls_context_new(&d->tls, &d->config.tls, &text);
        if (rc < 0)
            net_error_set(e, rc, NET_DEFAULT, "%s", text.msg);
        err_deinit(&text);
        if (rc < 0)
            return rc;
    }
    int rc = tls_connect(s, d->tls, peer, deadline_ns, e);
    if (++d->handshakes >= STORM)
        timer_set(d->worker, &d->calm, clock_add(clock_now_ns(), CALM_NS));
    return rc;
}

/* From a connection to the proxy to one with the target. */
static int tunnel(struct dialer *d, const struct dial *what, int64_t deadline_ns, struct sock *s,
                  struct net_error *e)
{
    const struct proxy *p = what->proxy;
    if (p->kind == PROXY_HTTPS) {
        struct tls_peer peer = {.host = p->host, .port = p->port};
        int rc = shake_hands(d, s, &peer, deadline_ns, e);
        if (rc < 0)
            return blame_proxy(e, rc);
    }
    return proxy_dial(s, p, what->host, what->port, str_of(d->config.user_agent), deadline_ns, e);
}

static int shake_with_target(struct dialer *d, const struct dial *what, int64_t deadline_ns,
                             struct sock *s, int64_t *took_ns, struct net_error *e)
{
    struct tls_peer peer = {
        .host = what->host,
        .port = what->port,
        .may_resume = what->may_resume,
        .alpn = what->alpn,
        .identity = what->identity,
    };
    int64_t begun_ns = clock_now_ns();
    int rc = shake_hands(d, s, &peer, deadline_ns, e);
    if (rc == 0)
        *took_ns = clock_now_ns() - begun_ns;
    return rc;
}

int dialer_connect(struct dialer *d, const struct dial *what, int64_t deadline_ns,
                   struct sock *fills, struct dial_times *times, struct net_error *e)
{
    const struct proxy *p = what->proxy;
    struct address peer;
    int rc = find_address(d, p != NULL ? p->host : what->host, p != NULL ? p->port : what->port,
                          deadline_ns, &peer, &times->looking_up, e);
    int64_t begun_ns = clock_now_ns();
    if (rc == 0)
        rc = connect_tcp(d, &peer, what->local_index, deadline_ns, fills, e);
    if (rc < 0)
        return p != NULL || what->is_to_proxy ? blame_proxy(e, rc) : rc;
    times->connecting = clock_now_ns() - begun_ns;
    if (p != NULL)
        rc = tunnel(d, what, deadline_ns, fills, e);
    if (rc == 0 && what->is_tls)
        rc = shake_with_target(d, what, deadline_ns, fills, &times->tls_handshaking, e);
    if (rc == 0)
        return 0;
    sock_close(fills);
    return what->is_to_proxy ? blame_proxy(e, rc) : rc;
}
