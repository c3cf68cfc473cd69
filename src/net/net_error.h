/* net_error.h - what can go wrong between us and a server, as k6 names it: a number for the tag
 * error_code and a text for `error`. Source: k6 docs, "Error codes". One table, in net_error.c. */
#ifndef C6_NET_ERROR_H
#define C6_NET_ERROR_H

#include <stdbool.h>
#include <stdint.h>

enum net_code {
    NET_OK = 0,
    NET_DEFAULT = 1000,
    NET_NON_TCP = 1010,
    NET_INVALID_URL = 1020,
    NET_REQUEST_TIMEOUT = 1050,
    NET_DNS_DEFAULT = 1100,
    NET_DNS_NO_SUCH_HOST = 1101,
    NET_BLACKLISTED_IP = 1110,
    NET_BLOCKED_HOSTNAME = 1111,
    NET_TCP_DEFAULT = 1200,
    NET_TCP_BROKEN_PIPE = 1201,
    NET_TCP_UNKNOWN_ERRNO = 1202,
    NET_TCP_DIAL = 1210,
    NET_TCP_DIAL_TIMEOUT = 1211,
    NET_TCP_DIAL_REFUSED = 1212,
    NET_TCP_DIAL_UNKNOWN_ERRNO = 1213,
    NET_TCP_RESET = 1220,
    NET_TLS_DEFAULT = 1300,
    NET_TLS_HEADER = 1301,
    NET_X509_UNKNOWN_AUTHORITY = 1310,
    NET_X509_HOSTNAME = 1311,
    NET_HTTP2_DEFAULT = 1600,
    NET_HTTP2_GOAWAY = 1610,
    NET_HTTP2_STREAM = 1630,
    NET_HTTP2_CONNECTION = 1650, /* + the frame's error code */
    NET_BODY_COMPRESSION = 1701,
};

struct net_error {
    uint16_t code; /* enum net_code; 0: none */
    bool in_body; /* met while the body was read or decoded: k6 then leaves out `Get "url": ` before
                     the detail */
    bool is_canceled; /* the fiber was canceled: not the server's fault, no samples */
    char text[256];   /* what the script reads in `error`, e.g. "dial: connection refused" */
    /* The cause in full, as the exception and the log of k6 word it: "dial tcp 127.0.0.1:1:
     * connect: connection refused", "EOF". Empty: text says it. */
    char detail[384];
};

static inline void net_error_clear(struct net_error *e)
{
    e->code = NET_OK;
    e->is_canceled = e->in_body = false;
    e->text[0] = e->detail[0] = '\0';
}

/* Fills the text of the table when fmt is NULL; the detail is the same text. Returns rc, for
 * `return net_error_set(...)`. */
int net_error_set(struct net_error *e, int rc, uint16_t code, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));
/* Replaces the detail, leaves code and text. Returns rc. */
int net_error_set_detail(struct net_error *e, int rc, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* A failed system call of a dial, read or write: fills code, text and detail, returns the ERR_* of
 * errno_value. what: "socket", "connect"...; from and to are addresses as text (from may be NULL).
 */
enum net_stage { NET_STAGE_DIAL, NET_STAGE_SEND, NET_STAGE_RECEIVE };
int net_error_set_errno(struct net_error *e, int errno_value, enum net_stage stage,
                        const char *what, const char *from, const char *to);
/* For ERR_TIMEOUT, ERR_CANCELED and ERR_CLOSED of a park or read (the deadline is the request's);
 * others get their own words. */
int net_error_from_rc(struct net_error *e, int rc);

#endif
