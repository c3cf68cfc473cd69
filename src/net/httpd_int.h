/* httpd_int.h - what httpd.c (listeners, start, stop) and httpd_conn.c (one connection) share.
 * Inside net only.
 *
 *   struct httpd --- listeners[0..n) --- one a worker: listening socket, acceptor fiber, list of
 * connections
 *                                            |
 *                                            +-- struct httpd_conn: socket, fiber, bytes in, bytes
 * out
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
    struct buf in, out;
    size_t scanned;  /* of in: looked through for the end of a head */
    bool is_drained; /* the last recv was short: park before the next */
    struct httpd_head head;
    bool is_head_request; /* HEAD: bodies are left off */
    bool answered;        /* the handler said something */
    bool must_close, must_reset;
    int error; /* first failed write */
};

/* Takes fd. On the listener's worker, outside fibers or in the acceptor. */
void httpd_conn_start(struct httpd_listener *l, int fd);
/* Called by the fibers as the last thing they do. */
void httpd_listener_left(struct httpd_listener *l);

#endif
