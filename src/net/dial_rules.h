/* dial_rules.h - where a test may connect to, from where, and which names lead elsewhere: the
 * options hosts, blockHostnames, blacklistIPs and --local-ips. Knows no DNS and opens nothing.
 *
 * Filled once, then only read: any thread. Source: k6 docs, "Hosts", "Block hostnames", "Blacklist
 * IPs", "Local IPs". */
#ifndef C6_DIAL_RULES_H
#define C6_DIAL_RULES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"
#include "net/address.h"
#include "net/net_error.h"

struct dial_rules;
struct dial_rules *dial_rules_new(void);
void dial_rules_free(struct dial_rules *r);

/* hosts: pattern is "name", "*.name" or "*", each perhaps with ":port"; to is "IP", "IP:port",
 * "[IPv6]:port", or anything else, which leads nowhere. */
void dial_rules_add_host(struct dial_rules *r, struct str pattern, struct str to);
/* blockHostnames: "name", "*.name", "*". */
void dial_rules_block_name(struct dial_rules *r, struct str pattern);
/* blacklistIPs: "10.0.0.0/8". ERR_INVALID with text. */
int dial_rules_block_range(struct dial_rules *r, struct str cidr, struct err *e);
/* --local-ips: addresses, ranges and networks, by commas. ERR_INVALID with text. */
int dial_rules_set_local(struct dial_rules *r, struct str list, struct err *e);

/* ERR_INVALID with the error filled when the name may not be asked for; else 0. */
int dial_rules_check_name(const struct dial_rules *r, struct str host, struct net_error *e);
/* The address that options.hosts has for host:port: true, *fills with its port set (one of
 * family AF_UNSPEC leads nowhere, see address.h). */
bool dial_rules_find_host(const struct dial_rules *r, struct str host, uint16_t port,
                          struct address *fills);
/* ERR_INVALID with the error filled when nobody may connect to the address. */
int dial_rules_check_address(const struct dial_rules *r, const struct address *a,
                             struct net_error *e);
/* The source address of the index-th VU, counted from 0. False: any. */
bool dial_rules_local(const struct dial_rules *r, uint64_t index, struct address *fills);

#endif
