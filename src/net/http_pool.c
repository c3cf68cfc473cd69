/* http_pool.c - a client's connections: taking an idle one, dialing a new one, keeping and closing.
 * The limits of what is kept are k6's; a list is enough, for a client talks to few hosts. Tests:
 * http_client_test.c */
#include <string.h>

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
           conn->way == r->way && str_eq((struct str){conn->host, conn->host_len}, r->host);
}

struct http_conn *http_pool_take(struct http_client *c, const struct http_route *route,
                                 bool looks_now, int64_t now_ns)
{
    LIST_EACH_SAFE(it, &c->idle)
    {
        struct http_conn *conn = LIST_ENTRY(it, struct http_conn, link);
        if (!fits(conn, route))
            continue;
        if (sock_is_stale(&conn->sock, looks_now && now_ns - conn->idle_since_ns > REST_NS)) {
            http_conn_close(conn);
            continue;
        }
        list_remove(&conn->link);
        list_push_back(&c->busy, &conn->link);
        c->idle_count--;
        conn->idle_since_ns = 0;
        conn->is_reused = true;
        return conn;
    }
    return NULL;
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

/* ---- dialing */

static struct http_conn *conn_new(struct http_client *c, const struct http_route *r)
{
    struct http_conn *conn = mem_calloc(1, sizeof *conn + r->host.len + 1);
    conn->client = c;
    conn->port = r->port;
    conn->is_tls = r->is_tls;
    conn->proxy = r->proxy;
    conn->way = r->way;
    if (conn->way != NULL)
        conn->way->refs++;
    conn->host_len = r->host.len;
    memcpy(conn->host, r->host.p, r->host.len);
    list_init(&conn->link);
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

int http_pool_dial(struct http_conn **out, struct http_client *c, const struct http_route *route,
                   int64_t deadline_ns, struct http_timings *t, struct net_error *e)
{
    struct http_conn *conn = conn_new(c, route);
    struct dial dial = {
        .host = route->host,
        .port = route->port,
        .is_tls = route->is_tls,
        .may_resume = route->is_tls && was_there(c, route->host),
        .identity = route->way != NULL ? route->way->identity : NULL,
        .proxy = route->is_absolute ? NULL : route->proxy,
        .local_index = c->local_index,
        .is_to_proxy = route->is_absolute,
    };
    struct dial_times times = {0};
    list_push_back(&c->busy, &conn->link);
    int rc = dialer_connect(c->shared->dialer, &dial, deadline_ns, &conn->sock, &times, e);
    t->looking_up = times.looking_up;
    t->connecting = times.connecting;
    t->tls_handshaking = times.tls_handshaking;
    if (rc < 0) {
        http_conn_close(conn); /* counts what a handshake sent */
        return rc;
    }
    address_print_ip(&conn->sock.peer, conn->ip, sizeof conn->ip);
    *out = conn;
    return 0;
}
