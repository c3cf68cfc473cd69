/* httpd_int.h - what httpd.c (listeners, start, stop) and httpd_conn.c (one connection) share.
 * Inside net only.
 *
 *   struct httpd --- listeners[0..n) --- one a worker: listening socket, acceptor fiber, list of
 * connections
 *                                            |
 *                                            +-- struct httpd_conn: socket, fiber, bytes in, bytes
 * out
 *
 * With HTTP/2 (httpd_h2.c) the connection's fiber reads, and each stream has a fiber and, as what
 * its handler knows, a struct httpd_conn of its own in which only listener, fiber, stream,
 * is_head_request and answered mean anything.
 *
 * in:  [ head | body | whatever the client pipelined ]   cut at the front when a request is done
 * out: answers not yet written; flushed before the fiber parks for more input */
#ifndef C6_HTTPD_INT_H
#define C6_HTTPD_INT_H

#include <netinet/in.h>
#include <semaphore.h>

#include "base/list.h"
#include "core/reactor.h"
#include "net/httpd.h"
#include "net/httpd_h2.h"
#include "net/httpd_parse.h"
#include "net/httpd_tls.h"

struct httpd_listener {
    struct httpd *server;
    struct worker *worker;
    struct io io;
    bool is_open;
    bool is_stopping;
    struct fiber *acceptor; /* NULL once it has ended */
    struct list_node conns;
    size_t conn_count;
    struct mail start_mail, stop_mail;
    int64_t date_sec; /* loop second the text below is of */
    char date[48];    /* "Date: ...\r\n" */
    size_t date_len;
};

struct httpd {
    struct httpd_config config;
    struct httpd_tls *tls;
    uint16_t port;
    int listener_count;
    struct httpd_listener *listeners;
    sem_t stopped; /* posted by each listener when its last fiber ends */
};

struct httpd_conn {
    struct list_node node;
    struct httpd_listener *listener;
    struct fiber *fiber;
    struct io io;
    struct httpd_tls_sess *tls;
    struct httpd_stream *stream; /* this is a stream's; NULL: a connection of its own */
    struct buf in, out;
    size_t scanned;  /* of in: looked through for the end of a head */
    bool is_drained; /* the last recv was short: park before the next */
    struct httpd_head head;
    bool is_head_request; /* HEAD: bodies are left off */
    bool is_chunked;      /* the body under way */
    bool answered;        /* the handler said something */
    bool must_close, must_reset;
    int error; /* first failed write */
};

/* Takes fd. On the listener's worker, outside fibers or in the acceptor. */
void httpd_conn_start(struct httpd_listener *l, int fd);
/* One read's worth into c->in: >0 bytes, 0 at the end of the stream, ERR_*. Parks. */
int64_t httpd_conn_read(struct httpd_conn *c, size_t want, int64_t deadline_ns);
int httpd_conn_flush(struct httpd_conn *c); /* sends c->out. Parks */
struct str httpd_date(struct httpd_listener *l); /* "Date: ...\r\n" */
bool httpd_has_body(int status);
/* Called by the fibers as the last thing they do. */
void httpd_listener_left(struct httpd_listener *l);

#endif
