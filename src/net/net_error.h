/* net_error.h - what can go wrong between us and a server, as k6 names it: a number for the tag error_code and a text for `error`.
 * Source: k6 docs, "Error codes". One table, in net_error.c. */
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
    NET_DNS_DEFAULT = 1100, NET_DNS_NO_SUCH_HOST = 1101, NET_BLACKLISTED_IP = 1110, NET_BLOCKED_HOSTNAME = 1111,
    NET_TCP_DEFAULT = 1200, NET_TCP_BROKEN_PIPE = 1201, NET_TCP_UNKNOWN_ERRNO = 1202,
    NET_TCP_DIAL = 1210, NET_TCP_DIAL_TIMEOUT = 1211, NET_TCP_DIAL_REFUSED = 1212, NET_TCP_DIAL_UNKNOWN_ERRNO = 1213,
    NET_TCP_RESET = 1220,
    NET_TLS_DEFAULT = 1300, NET_X509_UNKNOWN_AUTHORITY = 1310, NET_X509_HOSTNAME = 1311,
    NET_HTTP2_DEFAULT = 1600, NET_HTTP2_GOAWAY = 1610, NET_HTTP2_STREAM = 1630, NET_HTTP2_CONNECTION = 1650, /* + the frame's error code */
    NET_BODY_COMPRESSION = 1701,
};

struct net_error {
    uint16_t code;    /* enum net_code; 0: none */
    char text[256];   /* what the script reads in `error`, e.g. "dial: connection refused" */
    /* The cause in full, as the exception and the log of k6 word it: "dial tcp 127.0.0.1:1: connect: connection refused", "EOF". Empty: text says it. */
    char detail[256];
    bool in_body;     /* met while the body was read or decoded: k6 then leaves out `Get "url": ` before the detail */
    bool is_canceled; /* the fiber was canceled: not the server's fault, no samples */
};

/* Fills the text of the table when fmt is NULL. Returns rc, for `return net_error_set(...)`. */
int net_error_set(struct net_error *e, int rc, uint16_t code, const char *fmt, ...) __attribute__((format(printf, 4, 5)));
/* For a failed dial, read or write: the code by ERR_* and stage. */
enum net_stage { NET_STAGE_DIAL, NET_STAGE_TLS, NET_STAGE_SEND, NET_STAGE_RECEIVE };
int net_error_from_rc(struct net_error *e, int rc, enum net_stage stage);

#endif
