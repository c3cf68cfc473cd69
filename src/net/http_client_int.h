/* http_client_int.h - the inside of the HTTP client, for the http_*.c files of this folder only.
 *
 *     http_client_do       a journey: hops until an answer is no redirect (http_client.c)
 *       http_pool_...      an idle connection of this client, or a new one: DNS, TCP, TLS
 *       http_put_head      the request's head, into the worker's scratch buffer (http_send.c)
 *       http1_exchange     one request and its answer on a connection
 *       h2_exchange        the same on a stream of one; it may have others
 *
 * A connection belongs to its client. It is in the idle list, or in the busy one while a fiber uses
 * it:
 *
 *     dial -> busy -> answer complete, both sides keep it -> idle -> taken -> busy
 *                  \-> anything else -> closed              \-> stale, too many -> closed
 *
 * One with HTTP/2 (conn.h2, see h2_conn.h) may be taken while it is busy: it has as many users as
 * it has requests, and goes idle with the last one. As long as a client is dialing a server that
 * may turn out to speak HTTP/2, its other requests to there wait and then share the connection.
 * Through a connection that has died nothing is taken any more; its last user closes it, or the
 * loop if it is idle.
 *
 * Receive buffers belong to the worker and are held only while they hold bytes. */
#ifndef C6_HTTP_CLIENT_INT_H
#define C6_HTTP_CLIENT_INT_H

#include "base/list.h"
#include "net/dialer.h"
#include "net/h2_conn.h"
#include "net/http_client.h"
#include "net/sock.h"
#include "net/tls.h"

enum {
    HTTP_RX_SIZE = 16 * 1024,
    HTTP_RX_KEEP = 64,        /* free receive buffers that a worker keeps */
    HTTP_TX_KEEP = 64 * 1024, /* a scratch buffer grown beyond this is given back */
    /* A request body up to this is copied behind its head: one packet, one TLS record. */
    HTTP_BODY_JOINS = 8 * 1024,
    /* So much of a redirect's body is read in order to keep its connection. */
    HTTP_REDIRECT_BODY_MAX = 64 * 1024,
    HTTP_BODY_FIRST = 1024 * 1024, /* of a declared length, believed at once */
};

struct http_rx {
    struct http_rx *next; /* while free */
    char data[HTTP_RX_SIZE - sizeof(struct http_rx *)];
};

#define HTTP_NO_CHUNKS "0\r\n\r\n"

struct map;

struct http_shared {
    struct worker *worker;
    struct http_config config; /* with defaults filled in */
    struct dialer *dialer;
    struct map *ways;             /* by what they were made of; NULL: none yet */
    struct list_node unused_ways; /* the oldest first */
    int unused_way_count;
    struct http_rx *free_rx;
    int free_rx_count;
    struct buf tx; /* scratch for a request head: never kept over a park */
    struct h2_scratch h2;
    struct map *http1_hosts; /* that chose HTTP/1.1: nobody waits for their dials; NULL: none yet */
};

struct http_client {
    struct http_shared *shared;
    struct list_node idle; /* most recently used first */
    struct list_node busy;
    int idle_count;
    uint64_t bytes_sent, bytes_received; /* not yet taken */
    uint64_t tls_hosts_seen; /* a bit for the hash of each host we once had a session with */
    uint64_t local_index;
};

/* http_way.c: what a request wants that others of the test don't. */
struct http_way {
    int refs;              /* requests and connections; 0: in shared->unused_ways */
    struct list_node link; /* there */
    struct str key;        /* owned */
    bool chooses_proxy;
    struct proxy *proxy; /* owned; NULL: none */
    struct tls_identity *identity;
    bool has_prior_h2;
};

/* How one hop gets to its server. Connections are kept by this. */
struct http_route {
    struct str host;
    uint16_t port;
    bool is_tls;
    bool is_absolute; /* host is a proxy that is given whole URLs */
    bool may_be_h2;
    bool wants_http1; /* a request for WebSocket: such connections are used for nothing else */
    const struct proxy *proxy;
    struct http_way *way; /* NULL: nothing special */
};

struct http_conn {
    struct list_node link;
    struct sock sock;
    struct http_client *client;
    uint64_t counted_sent, counted_received; /* of the sock's bytes, told to the client */
    int64_t idle_since_ns;
    uint16_t port;
    bool is_tls;
    bool is_reused;
    bool wants_http1;
    bool is_dialing;        /* and may become one with HTTP/2 */
    struct h2_conn *h2;     /* NULL: HTTP/1.1 */
    int users;              /* of h2: requests on it */
    struct list_node waiters; /* for the dial, see http_pool_await */
    const struct proxy *proxy; /* of the environment, or of way */
    struct http_way *way;      /* held, or NULL */
    char ip[46];
    size_t host_len;
    char host[];
};

/* One request on one connection. */
struct http_exchange {
    struct str head; /* in shared->tx */
    struct str body; /* not already behind the head */
    bool is_head_method;
    bool closes; /* the request asked to close */
    bool is_watched;   /* keeps what trailers say */
    bool has_no_length; /* over HTTP/2: an empty body's length is not said */
    bool discards;     /* the answer's body is read over */
    size_t body_limit; /* bytes of it to read at most */
    int64_t deadline_ns;
    /* Called when the head of the answer is in r: may set discards and body_limit. */
    void (*on_head)(void *opaque, struct http_exchange *x, struct http_response *r);
    void *opaque;
    struct net_error *error;
    /* Results. Times are 0 until the thing happened. */
    int64_t sent_ns, first_byte_ns, end_ns;
    size_t written;
    bool is_answer_begun; /* bytes came */
    bool is_reusable;
    bool was_refused; /* by a server with HTTP/2, which did nothing: may be sent again */
    struct str encoding; /* Content-Encoding of the answer, the first such field */
    struct str location;
};

/* http_body.c: what comes of a body; zero-initialised but for limit and is_discarded. */
struct http_body {
    char *data;
    size_t len;
    size_t cap; /* one more byte is allocated, for the NUL */
    size_t limit;
    bool is_discarded;
};
int http_body_fail_size(const struct http_body *b, struct net_error *e);
int http_body_reserve(struct http_body *b, size_t cap, struct net_error *e);
int http_body_add(struct http_body *b, const char *data, size_t len, struct net_error *e);
void http_body_hand_over(struct http_body *b, struct http_response *r); /* gives up the memory */

/* http_way.c. The way that q asks for, held; ERR_INVALID and its kin when it can't be understood.
 */
int http_way_take(struct http_way **out, struct http_shared *s, const struct http_request *q,
                  struct net_error *e);
void http_way_unref(struct http_shared *s, struct http_way *way); /* NULL is fine */
void http_way_free_all(struct http_shared *s);
void http_route_find(struct http_route *fills, const struct http_shared *s, struct http_way *way,
                     const struct url *u);

/* http_pool.c. dial and await park. */
struct http_conn *http_pool_take(struct http_client *c, const struct http_route *route,
                                 bool looks_now, int64_t now_ns);
/* Waits while another request dials there, if the connection may be shared: 1, and take may find
 * it; 0: dial. */
int http_pool_await(struct http_client *c, const struct http_route *route, int64_t deadline_ns,
                    struct net_error *e);
int http_pool_dial(struct http_conn **out, struct http_client *c, const struct http_route *route,
                   int64_t deadline_ns, struct http_timings *t, struct net_error *e);
void http_pool_give(struct http_conn *conn, int64_t now_ns); /* idle from now on */
/* One of its users leaves: idle with the last one, if it is of any more use. */
void http_pool_leave(struct http_conn *conn, int64_t now_ns);
void http_conn_close(struct http_conn *conn);
/* Tells the client, and hop if not NULL, of the bytes since the last call. */
void http_conn_count(struct http_conn *conn, struct http_hop *hop);

/* http_shared.c */
struct http_rx *http_rx_take(struct http_shared *s);
void http_rx_give(struct http_shared *s, struct http_rx *rx);
void http_hop_clear(struct http_hop *h);

/* http1_exchange.c: 0 when the answer is complete; else the error is filled. Never closes the
 * connection. Parks. */
int http1_exchange(struct http_conn *conn, struct http_exchange *x, struct http_response *r);

/* h2_exchange.c: the same over HTTP/2. x->head is a head for HTTP/1.1, of which the fields are
 * taken; it may be gone after the first park. */
int h2_exchange(struct http_conn *conn, struct http_exchange *x, struct http_response *r);

/* What a hop sends. */
struct http_outgoing {
    const struct http_request *q;
    struct str method;
    const struct url *url;
    struct str user_agent; /* default; empty: none */
    bool sends_body;
    bool is_h2;                /* what would frame the body is an ordinary field, or refused */
    bool has_empty_body;       /* given, and of no bytes */
    bool closes;               /* adds Connection: close */
    bool drops_content_fields; /* the body was dropped by a redirect */
    bool drops_secrets;        /* Authorization, Cookie...: the redirect went to another host */
    bool drops_host_field;
    bool drops_cookie_field;   /* replaced by the jar's at a redirect */
    struct str authorization;  /* p not NULL: instead of the script's and the URL's; empty: none */
    struct str referer;        /* empty: none */
    const struct proxy *proxy; /* that is given whole URLs; NULL: none */
};

/* http_send.c */
/* ERR_INVALID: something that can't be sent. */
int http_check_request(const struct http_outgoing *o, struct net_error *e);
/* The Authorization that goes out, if any. */
void http_put_authorization(struct buf *out, const struct http_outgoing *o);
void http_put_head(struct buf *out, const struct http_outgoing *o, bool *asks_close);
bool http_wants_upgrade(const struct http_outgoing *o); /* to WebSocket: over HTTP/1.1 only */
/* An empty body of a method that usually has one goes out as no chunks, which is what k6 does. */
bool http_has_empty_chunks(const struct http_outgoing *o);
bool http_may_repeat(const struct http_outgoing *o); /* sent twice by accident it does no harm */

#endif
