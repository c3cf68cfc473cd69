/* dns.c - the resolver: c-ares driven by epoll and one timer, and a cache of answers.
 *
 * A record is asked for once: the first fiber starts the question, all that come meanwhile wait on
 * it. c-ares calls back either from inside the question (hosts file, bad name) or from the loop;
 * the record must therefore be complete in both cases when the callback runs. A record lives in the
 * map while it is asked or fresh, and until its last waiter has read it (refs). Tests: dns_test.c
 */
#include "net/dns.h"

#include <ares.h>
#include <netdb.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "base/list.h"
#include "base/map.h"
#include "base/mem.h"
#include "core/clock.h"
#include "core/fiber.h"
#include "core/reactor.h"

enum {
    RECORDS_MAX = 4096,    /* then the cache starts anew */
    ADDRESSES_MAX = 64,    /* of one name; more are not looked at */
    TRY_TIMEOUT_MS = 5000, /* as resolv.conf's defaults, which Go follows */
    TRIES = 2,
    READS_MAX = 64, /* per edge, see on_ready */
    HOST_MAX = 253,
};

struct dns_waiter {
    struct list_node link;
    struct fiber *fiber;
};

struct dns_record {
    struct dns *dns;
    char *host;
    struct list_node waiters;
    int refs; /* the map, the question, each waiter */
    bool is_asking;
    int status; /* ARES_* */
    int64_t expires_ns;
    uint32_t next; /* round robin */
    int count;
    struct address *addresses;
};

struct dns_socket {
    struct list_node link;
    struct io io;
    struct dns *dns;
};

struct dns {
    struct worker *worker;
    struct dns_options options;
    ares_channel channel;
    bool has_channel;
    struct map *records;
    struct list_node sockets;
    struct timer timer;
    struct rng rng;
    char server[ADDRESS_TEXT_MAX]; /* the first one, for messages */
};

/* ---- records */

static void record_unref(struct dns_record *r)
{
    if (--r->refs > 0)
        return;
    mem_free(r->addresses);
    mem_free(r->host);
    mem_free(r);
}

static void forget_record(struct dns *d, struct dns_record *r)
{
    if (map_gets(d->records, r->host) != r)
        return;
    map_remove(d->records, str_of(r->host));
    record_unref(r);
}

static void unref_value(void *value)
{
    record_unref(value);
}

/* ---- c-ares and the loop */

static void set_timer(struct dns *d)
{
    struct timeval tv;
    if (ares_timeout(d->channel, NULL, &tv) == NULL) {
        timer_clear(d->worker, &d->timer);
        return;
    }
    int64_t wait_ns = (int64_t)tv.tv_sec * 1000000000 + (int64_t)tv.tv_usec * 1000;
    timer_set(d->worker, &d->timer, clock_add(clock_now_ns(), wait_ns));
}

static void fire_timer(struct worker *w, struct timer *t)
{
    struct dns *d = (struct dns *)(void *)((char *)t - offsetof(struct dns, timer));
    (void)w;
    ares_process_fd(d->channel, ARES_SOCKET_BAD, ARES_SOCKET_BAD);
    set_timer(d);
}

static struct dns_socket *find_socket(struct dns *d, int fd)
{
    LIST_EACH(it, &d->sockets)
    {
        struct dns_socket *s = LIST_ENTRY(it, struct dns_socket, link);
        if (s->io.fd == fd)
            return s;
    }
    return NULL;
}

/* Edges come once, but c-ares reads a TCP answer in several steps: it is called as long as there is
 * something. */
static void on_ready(struct io *io, bool readable, bool writable)
{
    struct dns *d = ((struct dns_socket *)io->opaque)->dns;
    int fd = io->fd;
    ares_process_fd(d->channel, readable ? fd : ARES_SOCKET_BAD, writable ? fd : ARES_SOCKET_BAD);
    for (int i = 0; readable && i < READS_MAX && find_socket(d, fd) != NULL; i++) {
        struct pollfd p = {.fd = fd, .events = POLLIN};
        if (poll(&p, 1, 0) <= 0)
            break;
        ares_process_fd(d->channel, fd, ARES_SOCKET_BAD);
    }
    set_timer(d);
}

static void on_socket_state(void *opaque, ares_socket_t fd, int readable, int writable)
{
    struct dns *d = opaque;
    struct dns_socket *s = find_socket(d, fd);
    if (readable || writable) {
        if (s != NULL)
            return; /* edge-triggered for both directions from the start */
        s = MEM_NEW(struct dns_socket);
        s->dns = d;
        list_push_back(&d->sockets, &s->link);
        if (io_open_callback(&s->io, d->worker, fd, on_ready, s) < 0) {
            list_remove(&s->link); /* c-ares will time out */
            mem_free(s);
        }
    } else if (s != NULL) {
        io_forget(&s->io);
        list_remove(&s->link);
        mem_free(s);
    }
}

static bool fits_policy(enum dns_policy policy, int family, bool has_v4, bool has_v6)
{
    switch (policy) {
    case DNS_PREFER_IPV4:
        return family == (has_v4 ? AF_INET : AF_INET6);
    case DNS_PREFER_IPV6:
        return family == (has_v6 ? AF_INET6 : AF_INET);
    case DNS_ONLY_IPV4:
        return family == AF_INET;
    case DNS_ONLY_IPV6:
        return family == AF_INET6;
    case DNS_ANY:
        return true;
    }
    return true;
}

static void take_addresses(struct dns_record *r, const struct ares_addrinfo *info)
{
    bool has_v4 = false;
    bool has_v6 = false;
    for (const struct ares_addrinfo_node *n = info->nodes; n != NULL; n = n->ai_next) {
        has_v4 |= n->ai_family == AF_INET;
        has_v6 |= n->ai_family == AF_INET6;
    }
    r->addresses = mem_calloc(ADDRESSES_MAX, sizeof *r->addresses);
    for (const struct ares_addrinfo_node *n = info->nodes; n != NULL && r->count < ADDRESSES_MAX;
         n = n->ai_next) {
        if ((n->ai_family != AF_INET && n->ai_family != AF_INET6) ||
            (size_t)n->ai_addrlen > sizeof r->addresses->sa)
            continue;
        if (fits_policy(r->dns->options.policy, n->ai_family, has_v4, has_v6))
            memcpy(&r->addresses[r->count++].sa, n->ai_addr, (size_t)n->ai_addrlen);
    }
    r->addresses =
        mem_realloc(r->addresses, (size_t)(r->count > 0 ? r->count : 1) * sizeof *r->addresses);
}

static void on_answer(void *opaque, int status, int timeouts, struct ares_addrinfo *info)
{
    struct dns_record *r = opaque;
    struct dns *d = r->dns;
    (void)timeouts;
    r->is_asking = false;
    r->status = status;
    if (status == ARES_SUCCESS && info != NULL)
        take_addresses(r, info);
    if (info != NULL)
        ares_freeaddrinfo(info);
    r->expires_ns = clock_add(clock_now_ns(), d->options.ttl_ns);
    if (r->count == 0 || d->options.ttl_ns <= 0)
        forget_record(d, r);
    LIST_EACH(it, &r->waiters)
    fiber_wake(LIST_ENTRY(it, struct dns_waiter, link)->fiber, 0);
    record_unref(r);
}

/* ---- the resolver */

static void read_server_name(struct dns *d)
{
    struct ares_addr_port_node *list = NULL;
    if (ares_get_servers_ports(d->channel, &list) == ARES_SUCCESS && list != NULL) {
        struct address a = {0};
        a.sa.any.sa_family = (sa_family_t)list->family;
        if (list->family == AF_INET6)
            memcpy(&a.sa.v6.sin6_addr, &list->addr, sizeof a.sa.v6.sin6_addr);
        else
            memcpy(&a.sa.v4.sin_addr, &list->addr, sizeof a.sa.v4.sin_addr);
        address_set_port(&a, list->udp_port > 0 ? (uint16_t)list->udp_port : 53);
        address_print(&a, d->server, sizeof d->server);
    }
    if (list != NULL)
        ares_free_data(list);
}

/* At first use: a script that names only addresses needs no resolver. */
static int open_channel(struct dns *d)
{
    struct ares_options o = {
        .timeout = TRY_TIMEOUT_MS,
        .tries = TRIES,
        .sock_state_cb = on_socket_state,
        .sock_state_cb_data = d,
    };
    if (d->has_channel)
        return 0;
    int status = ares_init_options(&d->channel, &o,
                                   ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES | ARES_OPT_SOCK_STATE_CB);
    if (status != ARES_SUCCESS)
        return ERR_DNS;
    d->has_channel = true;
    if (d->options.servers != NULL &&
        ares_set_servers_ports_csv(d->channel, d->options.servers) != ARES_SUCCESS)
        return ERR_DNS;
    read_server_name(d);
    return 0;
}

int dns_new(struct dns **out, struct worker *w, const struct dns_options *o, struct err *e)
{
    /* Counted by c-ares itself, and safe to be called from several threads one after another only;
     * see ares_library_init(3). On Unix it does nothing but set the allocator's functions to the
     * same values each time. */
    if (ares_library_init(ARES_LIB_INIT_ALL) != ARES_SUCCESS)
        return err_set(e, ERR_DNS, "the DNS library can't be set up");
    struct dns *d = MEM_NEW(struct dns);
    d->worker = w;
    d->options = *o;
    d->records = map_new();
    list_init(&d->sockets);
    timer_init(&d->timer, fire_timer);
    rng_init(&d->rng, (uint64_t)clock_now_ns() ^ (uint64_t)(uintptr_t)d);
    *out = d;
    return 0;
}

void dns_free(struct dns *d)
{
    if (d == NULL)
        return;
    if (d->has_channel)
        ares_destroy(d->channel); /* ends the questions under way: their callbacks run */
    timer_clear(d->worker, &d->timer);
    map_free(d->records, unref_value);
    CHECK(list_is_empty(&d->sockets));
    mem_free(d);
}

static struct dns_record *ask(struct dns *d, struct str host)
{
    static const struct ares_addrinfo_hints hints = {
        .ai_flags = ARES_AI_NOSORT, .ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM};
    if (map_len(d->records) >= RECORDS_MAX) {
        map_free(d->records, unref_value);
        d->records = map_new();
    }
    struct dns_record *r = MEM_NEW(struct dns_record);
    r->dns = d;
    r->host = mem_strndup(host.p, host.len);
    list_init(&r->waiters);
    r->is_asking = true;
    r->refs = 3; /* map, question, caller */
    map_put(d->records, host, r);
    ares_getaddrinfo(d->channel, r->host, NULL, &hints, on_answer, r);
    if (r->is_asking)
        set_timer(d);
    return r;
}

static int await_answer(struct dns *d, struct dns_record *r, int64_t deadline_ns)
{
    struct dns_waiter waiter = {.fiber = fiber_current(d->worker)};
    list_push_back(&r->waiters, &waiter.link);
    int rc = 0;
    while (rc >= 0 && r->is_asking)
        rc = fiber_park(d->worker, deadline_ns);
    list_remove(&waiter.link);
    return r->is_asking ? rc : 0;
}

static int pick(struct dns *d, struct dns_record *r, struct address *fills)
{
    uint32_t at = 0;
    switch (d->options.select) {
    case DNS_SELECT_FIRST:
        break;
    case DNS_SELECT_RANDOM:
        at = r->count > 1 ? (uint32_t)(rng_next(&d->rng) % (uint64_t)r->count) : 0;
        break;
    case DNS_SELECT_ROUND_ROBIN:
        at = r->next++ % (uint32_t)r->count;
        break;
    }
    *fills = r->addresses[at];
    return 0;
}

static int fail(const struct dns *d, struct str host, int status, struct net_error *e)
{
    int len = (int)(host.len > HOST_MAX ? HOST_MAX : host.len);
    switch (status) {
    case ARES_SUCCESS: /* names without an address that the policy allows */
    case ARES_ENOTFOUND:
    case ARES_ENODATA:
    case ARES_EBADNAME:
    case ARES_ENONAME:
        net_error_set(e, ERR_DNS, NET_DNS_NO_SUCH_HOST, NULL);
        return net_error_set_detail(e, ERR_DNS,
                                    d->server[0] != '\0' ? "lookup %.*s on %s: no such host"
                                                         : "lookup %.*s: no such host%s",
                                    len, host.p, d->server);
    case ARES_ETIMEOUT: /* Go's resolver error counts as a timeout, which k6 shows so */
        net_error_set(e, ERR_TIMEOUT, NET_REQUEST_TIMEOUT, NULL);
        return net_error_set_detail(e, ERR_TIMEOUT, "lookup %.*s on %s: i/o timeout", len, host.p,
                                    d->server);
    case ARES_ESERVFAIL:
    case ARES_EREFUSED:
    case ARES_ECONNREFUSED: /* what c-ares says when the last server failed, whatever it answered */
        return net_error_set(e, ERR_DNS, NET_DNS_DEFAULT, "lookup %.*s on %s: server misbehaving",
                             len, host.p, d->server);
    default:
        return net_error_set(e, ERR_DNS, NET_DNS_DEFAULT, "lookup %.*s on %s: %s", len, host.p,
                             d->server, ares_strerror(status));
    }
}

int dns_resolve(struct dns *d, struct str host, int64_t deadline_ns, struct address *fills,
                struct net_error *e)
{
    if (address_parse_ip(host, fills) == 0)
        return 0;
    if (host.len == 0 || host.len > HOST_MAX || memchr(host.p, '\0', host.len) != NULL)
        return fail(d, host, ARES_EBADNAME, e);
    if (open_channel(d) < 0)
        return net_error_set(e, ERR_DNS, NET_DNS_DEFAULT,
                             "lookup %.*s: the resolver can't be set up", (int)host.len, host.p);
    struct dns_record *r = map_get(d->records, host);
    if (r != NULL && !r->is_asking && r->expires_ns <= clock_now_ns()) {
        forget_record(d, r);
        r = NULL;
    }
    if (r != NULL)
        r->refs++;
    else
        r = ask(d, host);
    int rc = await_answer(d, r, deadline_ns);
    if (rc < 0)
        net_error_from_rc(e, rc);
    else
        rc = r->count > 0 ? pick(d, r, fills) : fail(d, host, r->status, e);
    record_unref(r);
    return rc;
}
