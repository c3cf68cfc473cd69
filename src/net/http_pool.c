/* http_pool.c - a client's connections: taking an idle one or sharing one, dialing a new one,
 * keeping and closing. The limits of what is kept are k6's; a list is enough, for a client talks to
 * few hosts. Tests: http_client_test.c, http_pool_test.c */
#include <string.h>

#include "base/map.h"
#include "base/mem.h"
#include "core/clock.h"
#include "net/http_client_int.h"

/* A server that closes idle connections does so after seconds. A request that may not be sent twice
 * looks at the socket first if the connection has rested for longer than this: the worker may not
 * have polled since the close. */
#define REST_NS (INT64_C(20) * 1000000)

static bool fits(const struct http_conn *conn, const struct http_route *r)
{
    return conn->port == r->port && conn->is_tls == r->is_tls && conn->proxy == r->proxy &&
           conn->way == r->way && conn->wants_http1 == r->wants_http1 &&
           (conn->h2 == NULL || r->may_be_h2) &&
           str_eq((struct str){conn->host, conn->host_len}, r->host);
}

/* One with HTTP/2 is read by the loop as things come; what it may have missed is looked for. */
static bool is_stale(struct http_conn *conn, bool looks_now, int64_t now_ns)
{
    bool has_rested = now_ns - conn->idle_since_ns > REST_NS;
    if (conn->h2 == NULL)
        return sock_is_stale(&conn->sock, looks_now && has_rested);
    if (has_rested)
        h2_conn_look(conn->h2);
    return !h2_conn_is_usable(conn->h2);
}

static struct http_conn *take_shared(struct http_client *c, const struct http_route *route)
{
    LIST_EACH(it, &c->busy)
    {
        struct http_conn *conn = LIST_ENTRY(it, struct http_conn, link);
        if (conn->h2 == NULL || !fits(conn, route) || !h2_conn_is_usable(conn->h2) ||
            h2_conn_is_full(conn->h2))
            continue;
        conn->users++;
        conn->is_reused = true;
        return conn;
    }
    return NULL;
}

struct http_conn *http_pool_take(struct http_client *c, const struct http_route *route,
                                 bool looks_now, int64_t now_ns)
{
    LIST_EACH_SAFE(it, &c->idle)
    {
        struct http_conn *conn = LIST_ENTRY(it, struct http_conn, link);
        if (!fits(conn, route))
            continue;
        if (is_stale(conn, looks_now, now_ns)) {
            http_conn_close(conn);
            continue;
        }
        list_remove(&conn->link);
        list_push_back(&c->busy, &conn->link);
        c->idle_count--;
        conn->idle_since_ns = 0;
        conn->is_reused = true;
        conn->users = 1;
        return conn;
    }
    return route->may_be_h2 ? take_shared(c, route) : NULL;
}

/* Told to the client when a hop ends, when somebody asks, and when the connection closes. */
void http_conn_count(struct http_conn *conn, struct http_hop *hop)
{
    uint64_t sent = conn->sock.bytes_sent - conn->counted_sent;
    uint64_t received = conn->sock.bytes_received - conn->counted_received;
    conn->counted_sent = conn->sock.bytes_sent;
    conn->counted_received = conn->sock.bytes_received;
    conn->client->bytes_sent += sent;
    conn->client->bytes_received += received;
    if (hop != NULL) {
        hop->bytes_sent += sent;
        hop->bytes_received += received;
    }
}

void http_conn_close(struct http_conn *conn)
{
    if (conn == NULL)
        return;
    if (conn->idle_since_ns != 0)
        conn->client->idle_count--;
    list_remove(&conn->link);
    h2_conn_free(conn->h2);
    sock_close(&conn->sock);
    http_conn_count(conn, NULL);
    http_way_unref(conn->client->shared, conn->way);
    mem_free(conn);
}

static struct http_route route_of(const struct http_conn *conn)
{
    return (struct http_route){
        .host = {conn->host, conn->host_len},
        .port = conn->port,
        .is_tls = conn->is_tls,
        .may_be_h2 = conn->h2 != NULL,
        .wants_http1 = conn->wants_http1,
        .proxy = conn->proxy,
        .way = conn->way,
    };
}

/* Room for one more idle connection to this host: the oldest ones go first. */
static void make_room(struct http_client *c, const struct http_conn *next)
{
    const struct http_config *config = &c->shared->config;
    struct http_conn *oldest_same = NULL;
    int same = 0;
    struct http_route route = route_of(next);
    LIST_EACH(it, &c->idle)
    {
        struct http_conn *conn = LIST_ENTRY(it, struct http_conn, link);
        if (fits(conn, &route)) {
            oldest_same = conn;
            same++;
        }
    }
    if (same >= config->max_idle_per_host)
        http_conn_close(oldest_same);
    else if (c->idle_count >= config->max_idle_conns)
        http_conn_close(LIST_ENTRY(c->idle.prev, struct http_conn, link));
}

void http_pool_give(struct http_conn *conn, int64_t now_ns)
{
    struct http_client *c = conn->client;
    sock_mark_idle(&conn->sock);
    if (c->idle_count > 0)
        make_room(c, conn);
    list_remove(&conn->link);
    list_push_front(&c->idle, &conn->link);
    conn->idle_since_ns = now_ns;
    c->idle_count++;
}

void http_pool_leave(struct http_conn *conn, int64_t now_ns)
{
    if (--conn->users > 0)
        return;
    if (h2_conn_is_usable(conn->h2))
        http_pool_give(conn, now_ns);
    else
        http_conn_close(conn);
}

/* ---- waiting for another's dial */

struct pool_waiter {
    struct list_node link;
    struct fiber *fiber;
    bool goes_alone; /* the dial failed, and so might the next: each has its own from now on */
    bool is_told;
};

static void put_host_key(struct buf *key, const struct http_route *r)
{
    buf_addf(key, "%.*s:%u", (int)r->host.len, r->host.p, (unsigned)r->port);
}

enum { HTTP1_HOSTS_MAX = 1024 };

/* The server could have had HTTP/2. */
static void remember_http1(struct http_shared *s, const struct http_route *r)
{
    struct buf key;
    buf_init(&key, BUF_NO_LIMIT);
    put_host_key(&key, r);
    if (s->http1_hosts != NULL && map_len(s->http1_hosts) >= HTTP1_HOSTS_MAX) {
        map_free(s->http1_hosts, NULL);
        s->http1_hosts = NULL;
    }
    if (s->http1_hosts == NULL)
        s->http1_hosts = map_new();
    map_put(s->http1_hosts, (struct str){key.data, key.len}, s);
    buf_deinit(&key);
}

static bool is_known_http1(const struct http_shared *s, const struct http_route *r)
{
    struct buf key;
    if (s->http1_hosts == NULL)
        return false;
    buf_init(&key, BUF_NO_LIMIT);
    put_host_key(&key, r);
    bool is_known = map_has(s->http1_hosts, (struct str){key.data, key.len});
    buf_deinit(&key);
    return is_known;
}

static struct http_conn *find_dial(struct http_client *c, const struct http_route *route)
{
    LIST_EACH(it, &c->busy)
    {
        struct http_conn *conn = LIST_ENTRY(it, struct http_conn, link);
        if (conn->is_dialing && fits(conn, route))
            return conn;
    }
    return NULL;
}

int http_pool_await(struct http_client *c, const struct http_route *route, int64_t deadline_ns,
                    struct net_error *e)
{
    struct worker *w = c->shared->worker;
    struct pool_waiter me = {.fiber = fiber_current(w)};
    struct http_conn *conn = route->may_be_h2 ? find_dial(c, route) : NULL;
    int rc = 0;
    if (conn == NULL || is_known_http1(c->shared, route))
        return 0;
    list_push_back(&conn->waiters, &me.link);
    while (!me.is_told && rc == 0) {
        rc = fiber_park(w, deadline_ns);
        if (fiber_is_canceled(me.fiber))
            rc = ERR_CANCELED;
        else if (rc != ERR_TIMEOUT || me.is_told || deadline_ns > worker_loop_ns(w))
            rc = 0;
    }
    list_remove(&me.link);
    if (rc < 0)
        return net_error_from_rc(e, rc);
    return me.goes_alone ? 0 : 1;
}

/* The dial is over. What the dialing request itself met, a timeout or its end, says nothing about
 * the server: one of the others tries next. */
static void tell_waiters(struct http_conn *conn, int rc)
{
    conn->is_dialing = false;
    LIST_EACH_SAFE(it, &conn->waiters)
    {
        struct pool_waiter *waiter = LIST_ENTRY(it, struct pool_waiter, link);
        list_remove(it);
        waiter->is_told = true;
        waiter->goes_alone = rc < 0 && rc != ERR_TIMEOUT && rc != ERR_CANCELED;
        fiber_wake(waiter->fiber, 0);
    }
}

/* ---- dialing */

static struct http_conn *conn_new(struct http_client *c, const struct http_route *r)
{
    struct http_conn *conn = mem_calloc(1, sizeof *conn + r->host.len + 1);
    conn->client = c;
    conn->port = r->port;
    conn->is_tls = r->is_tls;
    conn->proxy = r->proxy;
    conn->way = r->way;
    conn->wants_http1 = r->wants_http1;
    if (conn->way != NULL)
        conn->way->refs++;
    conn->host_len = r->host.len;
    memcpy(conn->host, r->host.p, r->host.len);
    list_init(&conn->link);
    list_init(&conn->waiters);
    return conn;
}

/* A new user has no session: only who was there before offers one. */
static bool was_there(struct http_client *c, struct str host)
{
    uint64_t bit = UINT64_C(1) << (str_hash(host) & 63);
    bool was = (c->tls_hosts_seen & bit) != 0;
    c->tls_hosts_seen |= bit;
    return was;
}

/* Nobody uses it any more: nothing to wait for. */
static void on_unusable(void *opaque)
{
    struct http_conn *conn = opaque;
    if (conn->users == 0)
        http_conn_close(conn);
}

/* Which of the two the server speaks is known now. */
static int settle_version(struct http_conn *conn, const struct http_route *route,
                          struct net_error *e)
{
    struct http_shared *s = conn->client->shared;
    bool is_prior = route->way != NULL && route->way->has_prior_h2;
    if (!route->may_be_h2)
        return 0;
    if (!is_prior && !tls_is_h2(&conn->sock)) {
        remember_http1(s, route);
        return 0;
    }
    conn->users = 1;
    int rc = h2_conn_new(&conn->h2, s->worker, &conn->sock, &s->h2, s->config.max_header_bytes,
                         on_unusable, conn);
    return rc < 0 ? net_error_from_rc(e, rc) : 0;
}

/* Without HTTP/2 there is nothing to choose. */
static enum tls_alpn alpn_for(const struct http_route *r)
{
    if (r->way != NULL && r->way->has_prior_h2)
        return TLS_ALPN_HTTP2;
    return r->may_be_h2 ? TLS_ALPN_BOTH : TLS_ALPN_NONE;
}

int http_pool_dial(struct http_conn **out, struct http_client *c, const struct http_route *route,
                   int64_t deadline_ns, struct http_timings *t, struct net_error *e)
{
    struct http_conn *conn = conn_new(c, route);
    struct dial dial = {
        .host = route->host,
        .port = route->port,
        .is_tls = route->is_tls,
        .alpn = alpn_for(route),
        .may_resume = route->is_tls && was_there(c, route->host),
        .identity = route->way != NULL ? route->way->identity : NULL,
        .proxy = route->is_absolute ? NULL : route->proxy,
        .local_index = c->local_index,
        .is_to_proxy = route->is_absolute,
    };
    struct dial_times times = {0};
    list_push_back(&c->busy, &conn->link);
    conn->is_dialing = route->may_be_h2 && !c->shared->config.no_connection_reuse;
    int rc = dialer_connect(c->shared->dialer, &dial, deadline_ns, &conn->sock, &times, e);
    t->looking_up = times.looking_up;
    t->connecting = times.connecting;
    t->tls_handshaking = times.tls_handshaking;
    if (rc == 0)
        rc = settle_version(conn, route, e);
    tell_waiters(conn, rc);
    if (rc < 0) {
        http_conn_close(conn); /* counts what a handshake sent */
        return rc;
    }
    address_print_ip(&conn->sock.peer, conn->ip, sizeof conn->ip);
    *out = conn;
    return 0;
}
