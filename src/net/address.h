/* address.h - an IPv4 or IPv6 address with a port. Values, no ownership; any thread.
 *
 * An address of family AF_UNSPEC has a port only: it prints as ":80" and connecting to it means
 * this host, which is what Go makes of a missing address. */
#ifndef C6_ADDRESS_H
#define C6_ADDRESS_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>

#include "base/str.h"

struct address {
    union {
        struct sockaddr any;
        struct sockaddr_in v4;
        struct sockaddr_in6 v6;
    } sa;
};

enum {
    ADDRESS_IP_MAX = 46 + 16 /* an IPv6 address and its zone */,
    ADDRESS_TEXT_MAX = ADDRESS_IP_MAX + 8
};

/* Parses "127.0.0.1", "::1", "fe80::1%eth0" (no brackets, no port). ERR_INVALID when it is no IP
 * address. */
int address_parse_ip(struct str text, struct address *fills);
bool address_is_v6(const struct address *a);
bool address_is_loopback(const struct address *a);
void address_set_port(struct address *a, uint16_t port);
uint16_t address_port(const struct address *a);
socklen_t address_len(const struct address *a);
bool address_eq(const struct address *a, const struct address *b);
void address_print_ip(const struct address *a, char *out, size_t size); /* "::1" */
void address_print(const struct address *a, char *out,
                   size_t size); /* "127.0.0.1:80", "[::1]:80" */

#endif
