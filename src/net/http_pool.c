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

static bool fits(const struct http_conn *conn, struct str host, uint16_t port, bool is_tls)
{
    return conn->port == port && conn->is_tls == is_tls &&
           str_eq((struct str){conn->host, conn->host_len}, host);
}

struct http_conn *http_pool_take(struct http_client *c, struct str host, uint16_t port, bool is_tls,
                                 bool looks_now, int64_t now_ns)
{
    LIST_EACH_SAFE(it, &c->idle)
    {
        struct http_conn *conn = LIST_ENTRY(it, struct http_conn, link);
        if (!fits(conn, host, port, is_tls))
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
    mem_free(conn);
}

/* Room for one more idle connection to this host: the oldest ones go first. */
static void make_room(struct http_client *c, const struct http_conn *next)
{
    const struct http_config *config = &c->shared->config;
    struct http_conn *oldest_same = NULL;
    int same = 0;
    LIST_EACH(it, &c->idle)
    {
        struct http_conn *conn = LIST_ENTRY(it, struct http_conn, link);
        if (fits(conn, (struct str){next->host, next->host_len}, next->port, next->is_tls)) {
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

static struct http_conn *conn_new(struct http_client *c, struct str host, uint16_t port,
                                  bool is_tls)
{
    struct http_conn *conn = mem_calloc(1, sizeof *conn + host.len + 1);
    conn->client = c;
    conn->port = port;
    conn->is_tls = is_tls;
    conn->host_len = host.len;
    memcpy(conn->host, host.p, host.len);
    list_init(&conn->link);
    return conn;
}

static int get_tls(struct http_shared *s, struct net_error *e)
{
    if (s->tls != NULL)
        return 0;
    /* Where connections are not reused on purpose, full handshakes are what is to be measured. */
    struct tls_options o = {
        .insecure_skip_verify = s->config.insecure_skip_tls_verify,
        .resumes_sessions = !s->config.no_connection_reuse && !s->config.no_vu_connection_reuse,
        .ca_file = s->config.ca_file,
    };
    struct err text = {0};
    int rc = tls_context_new(&s->tls, &o, &text);
    if (rc < 0)
        net_error_set(e, rc, NET_DEFAULT, "%s", text.msg);
    err_deinit(&text);
    return rc;
}

/* A new user has no session: only who was there before offers one. */
static bool was_there(struct http_client *c, struct str host)
{
    uint64_t bit = UINT64_C(1) << (str_hash(host) & 63);
    bool was = (c->tls_hosts_seen & bit) != 0;
    c->tls_hosts_seen |= bit;
    return was;
}

static int handshake(struct http_conn *conn, int64_t deadline_ns, struct net_error *e)
{
    struct http_shared *s = conn->client->shared;
    struct str host = {conn->host, conn->host_len};
    int rc = get_tls(s, e);
    if (rc < 0)
        return rc;
    struct tls_peer peer = {
        .host = host, .port = conn->port, .may_resume = was_there(conn->client, host)};
    return tls_connect(&conn->sock, s->tls, &peer, deadline_ns, e);
}

/* The dial has a time of its own; whose was up decides on the error. */
static int connect_to(struct http_conn *conn, const struct address *peer, int64_t now_ns,
                      int64_t deadline_ns, struct net_error *e)
{
    struct http_shared *s = conn->client->shared;
    int64_t dial_deadline_ns = clock_add(now_ns, s->config.dial_timeout_ns);
    bool is_dials = dial_deadline_ns < deadline_ns;
    int rc = sock_connect(&conn->sock, s->worker, peer, NULL,
                          is_dials ? dial_deadline_ns : deadline_ns, e);
    if (rc != ERR_TIMEOUT)
        return rc;
    return is_dials ? net_error_set(e, rc, NET_TCP_DIAL_TIMEOUT, NULL) : net_error_from_rc(e, rc);
}

int http_pool_dial(struct http_conn **out, struct http_client *c, const struct url *u,
                   int64_t deadline_ns, struct http_timings *t, struct net_error *e)
{
    struct address peer;
    int64_t begun_ns = clock_now_ns();
    bool is_tls = str_eqs(u->scheme, "https");
    if (u->is_port_bad)
        return net_error_set(e, ERR_INVALID, NET_TCP_DIAL, "dial tcp: address %.*s: invalid port",
                             (int)(u->port_text.len - 1), u->port_text.p + 1);
    bool is_name = address_parse_ip(u->host, &peer) < 0;
    int rc = is_name ? dns_resolve(c->shared->dns, u->host, deadline_ns, &peer, e) : 0;
    if (rc < 0)
        return rc;
    address_set_port(&peer, url_effective_port(u));
    struct http_conn *conn = conn_new(c, u->host, url_effective_port(u), is_tls);
    int64_t resolved_ns = is_name ? clock_now_ns() : begun_ns;
    t->looking_up = resolved_ns - begun_ns;
    rc = connect_to(conn, &peer, resolved_ns, deadline_ns, e);
    if (rc < 0) {
        mem_free(conn); /* nothing is open */
        return rc;
    }
    list_push_back(&c->busy, &conn->link);
    int64_t connected_ns = clock_now_ns();
    t->connecting = connected_ns - resolved_ns;
    rc = is_tls ? handshake(conn, deadline_ns, e) : 0;
    if (rc < 0) {
        http_conn_close(conn);
        return rc;
    }
    if (is_tls)
        t->tls_handshaking = clock_now_ns() - connected_ns;
    address_print_ip(&peer, conn->ip, sizeof conn->ip);
    *out = conn;
    return 0;
}
