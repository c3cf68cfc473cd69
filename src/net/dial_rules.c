/* dial_rules.c - names and addresses that the options speak of.
 *
 * A pattern is found by its text: the name as it is, then, longest first, "*" and each of its ends.
 * Names are short, so that is cheap enough for a dial, and needs no tree. Addresses are numbers of
 * 128 bits; IPv4 is kept apart, also where it comes in IPv6's clothes (::ffff:1.2.3.4).
 * Tests: dial_rules_test.c */
#include "net/dial_rules.h"

#include <stdio.h>
#include <string.h>

#include "base/map.h"
#include "base/mem.h"
#include "base/num.h"
#include "base/vec.h"

enum { KEY_MAX = 1 + 253 + 6 + 1 }; /* a star, a name, a port */

typedef unsigned __int128 number;

struct range { /* first..last, both in */
    number first, last;
    bool is_v6;
    char *text;
};

struct dial_rules {
    struct map *hosts;   /* pattern -> struct address */
    struct map *blocked; /* pattern -> anything */
    VEC(struct range) blacklist;
    VEC(struct range) local;
    number local_count; /* 0: no rule */
};

/* ---- numbers */

static number number_of_bytes(const uint8_t *bytes, size_t len)
{
    number n = 0;
    for (size_t i = 0; i < len; i++)
        n = n << 8 | bytes[i];
    return n;
}

/* False for an address without IP. */
static bool number_of(const struct address *a, number *n, bool *is_v6)
{
    if (a->sa.any.sa_family == AF_INET) {
        *n = ntohl(a->sa.v4.sin_addr.s_addr);
        *is_v6 = false;
        return true;
    }
    if (a->sa.any.sa_family != AF_INET6)
        return false;
    const uint8_t *raw = a->sa.v6.sin6_addr.s6_addr;
    *is_v6 = !IN6_IS_ADDR_V4MAPPED(&a->sa.v6.sin6_addr);
    *n = *is_v6 ? number_of_bytes(raw, 16) : number_of_bytes(raw + 12, 4);
    return true;
}

static void address_of(number n, bool is_v6, struct address *fills)
{
    memset(fills, 0, sizeof *fills);
    if (!is_v6) {
        fills->sa.v4.sin_family = AF_INET;
        fills->sa.v4.sin_addr.s_addr = htonl((uint32_t)n);
        return;
    }
    fills->sa.v6.sin6_family = AF_INET6;
    for (int i = 15; i >= 0; i--, n >>= 8)
        fills->sa.v6.sin6_addr.s6_addr[i] = (uint8_t)n;
}

static bool parse_number(struct str text, number *n, bool *is_v6)
{
    struct address a;
    return address_parse_ip(text, &a) == 0 && number_of(&a, n, is_v6);
}

static bool parse_network(struct str text, struct range *fills)
{
    struct str ip;
    struct str bits_text;
    uint64_t bits;
    if (!str_cut(text, '/', &ip, &bits_text) || num_parse_uint(bits_text, &bits) < 0 ||
        !parse_number(ip, &fills->first, &fills->is_v6))
        return false;
    unsigned size = fills->is_v6 ? 128 : 32;
    if (bits > size)
        return false;
    number host = bits == 0 ? ~(number)0 : ((number)1 << (size - bits)) - 1;
    if (size == 32)
        host &= UINT32_MAX;
    fills->first &= ~host;
    fills->last = fills->first | host;
    return true;
}

/* ---- filling */

struct dial_rules *dial_rules_new(void)
{
    struct dial_rules *r = MEM_NEW(struct dial_rules);
    r->hosts = map_new();
    r->blocked = map_new();
    return r;
}

void dial_rules_free(struct dial_rules *r)
{
    if (r == NULL)
        return;
    map_free(r->hosts, mem_free);
    map_free(r->blocked, NULL);
    for (size_t i = 0; i < r->blacklist.len; i++)
        mem_free(r->blacklist.items[i].text);
    VEC_DEINIT(&r->blacklist);
    VEC_DEINIT(&r->local);
    mem_free(r);
}

static char *lower_copy(struct str s)
{
    char *copy = mem_strndup(s.p, s.len);
    for (size_t i = 0; i < s.len; i++)
        copy[i] = ascii_lower(copy[i]);
    return copy;
}

/* "IP", "IP:port", "[IPv6]:port". What is no address becomes one of no family. */
static void parse_destination(struct str text, struct address *fills)
{
    struct str ip = text;
    struct str port_text = {"", 0};
    uint64_t port = 0;
    if (text.len > 0 && text.p[0] == '[') {
        ptrdiff_t end = str_find(text, ']');
        if (end > 0) {
            ip = (struct str){text.p + 1, (size_t)end - 1};
            port_text = (struct str){text.p + end + 1, text.len - (size_t)end - 1};
        }
    } else {
        ptrdiff_t colon = str_find(text, ':');
        struct str rest = {text.p + colon + 1, text.len - (size_t)(colon + 1)};
        if (colon >= 0 && str_find(rest, ':') < 0) { /* a second one makes it an IPv6 address */
            ip.len = (size_t)colon;
            port_text = (struct str){text.p + colon, text.len - (size_t)colon};
        }
    }
    if (port_text.len > 1 && port_text.p[0] == ':')
        num_parse_uint((struct str){port_text.p + 1, port_text.len - 1}, &port);
    if (address_parse_ip(ip, fills) < 0)
        memset(fills, 0, sizeof *fills);
    address_set_port(fills, port <= UINT16_MAX ? (uint16_t)port : 0);
}

void dial_rules_add_host(struct dial_rules *r, struct str pattern, struct str to)
{
    char *key = lower_copy(pattern);
    struct address *a = MEM_NEW(struct address);
    parse_destination(to, a);
    mem_free(map_puts(r->hosts, key, a));
    mem_free(key);
}

void dial_rules_block_name(struct dial_rules *r, struct str pattern)
{
    char *key = lower_copy(pattern);
    map_puts(r->blocked, key, r);
    mem_free(key);
}

int dial_rules_block_range(struct dial_rules *r, struct str cidr, struct err *e)
{
    struct range range = {0};
    if (!parse_network(cidr, &range))
        return err_set(e, ERR_INVALID, "failed to parse CIDR '%.*s': invalid CIDR address: %.*s",
                       (int)cidr.len, cidr.p, (int)cidr.len, cidr.p);
    range.text = mem_strndup(cidr.p, cidr.len);
    VEC_PUSH(&r->blacklist, range);
    return 0;
}

static int parse_span(struct str text, struct range *fills, struct err *e)
{
    struct str from;
    struct str to;
    bool to_is_v6;
    if (!str_cut(text, '-', &from, &to))
        from = to = text;
    if (!parse_number(from, &fills->first, &fills->is_v6) ||
        !parse_number(to, &fills->last, &to_is_v6))
        return err_set(e, ERR_INVALID,
                       from.p == to.p ? "%.*s is not a valid IP, IP range or CIDR"
                                      : "wrong IP range format: %.*s",
                       (int)text.len, text.p);
    if (fills->is_v6 != to_is_v6)
        return err_set(e, ERR_INVALID, "mixed IP range format: %.*s", (int)text.len, text.p);
    if (fills->last < fills->first)
        return err_set(e, ERR_INVALID, "negative IP range: %.*s", (int)text.len, text.p);
    return 0;
}

/* Of an IPv4 network the first and last address mean the network itself and everybody in it. */
static int parse_local(struct str text, struct range *fills, struct err *e)
{
    if (str_find(text, '-') >= 0 || str_find(text, '/') < 0)
        return parse_span(text, fills, e);
    if (!parse_network(text, fills))
        return err_set(e, ERR_INVALID, "parseCIDR() failed parsing %.*s: invalid CIDR address",
                       (int)text.len, text.p);
    if (!fills->is_v6 && fills->last - fills->first >= 2) {
        fills->first++;
        fills->last--;
    }
    return 0;
}

int dial_rules_set_local(struct dial_rules *r, struct str list, struct err *e)
{
    struct str rest = list;
    bool has_more = list.len > 0;
    while (has_more) {
        struct str item;
        struct str tail;
        struct range range = {0};
        has_more = str_cut(rest, ',', &item, &tail);
        if (!has_more)
            item = rest;
        rest = tail;
        int rc = parse_local(item, &range, e);
        if (rc < 0)
            return rc;
        number size = range.last - range.first + 1; /* 0: all of IPv6, which no index can reach */
        number sum = r->local_count + size;
        r->local_count = size == 0 || sum < size ? ~(number)0 : sum;
        VEC_PUSH(&r->local, range);
    }
    return 0;
}

/* ---- asking */

/* The pattern that fits best: the name itself, or the longest end of it behind a star. NULL: none.
 * text has room for a star in front. */
static const char *find_pattern(const struct map *patterns, char *text, size_t len)
{
    if (map_has(patterns, (struct str){text + 1, len}))
        return text + 1;
    for (size_t i = 0; i <= len; i++) {
        text[i] = '*';
        if (map_has(patterns, (struct str){text + i, len - i + 1}))
            return text + i;
    }
    return NULL;
}

/* Lower case, behind room for a star. False: longer than any name. */
static bool put_name(char out[KEY_MAX], struct str host, size_t *len)
{
    if (host.len > KEY_MAX - 1 - 6 - 1)
        return false;
    for (size_t i = 0; i < host.len; i++)
        out[1 + i] = ascii_lower(host.p[i]);
    out[1 + host.len] = '\0';
    *len = host.len;
    return true;
}

int dial_rules_check_name(const struct dial_rules *r, struct str host, struct net_error *e)
{
    char text[KEY_MAX];
    size_t len;
    struct address ip;
    if (map_len(r->blocked) == 0 || address_parse_ip(host, &ip) == 0 || !put_name(text, host, &len))
        return 0;
    const char *pattern = find_pattern(r->blocked, text, len);
    if (pattern == NULL)
        return 0;
    net_error_set(e, ERR_INVALID, NET_BLOCKED_HOSTNAME, NULL);
    return net_error_set_detail(e, ERR_INVALID, "hostname (%.*s) is in a blocked pattern (%s)",
                                (int)host.len, host.p, pattern);
}

bool dial_rules_find_host(const struct dial_rules *r, struct str host, uint16_t port,
                          struct address *fills)
{
    char text[KEY_MAX];
    size_t len;
    if (map_len(r->hosts) == 0 || !put_name(text, host, &len))
        return false;
    size_t with_port =
        len + (size_t)snprintf(text + 1 + len, sizeof text - 1 - len, ":%u", (unsigned)port);
    const char *pattern = find_pattern(r->hosts, text, with_port); /* a lone star fits it */
    if (pattern == NULL) {
        put_name(text, host, &len); /* stars were written over it */
        pattern = find_pattern(r->hosts, text, len);
    }
    if (pattern == NULL)
        return false;
    *fills = *(const struct address *)map_gets(r->hosts, pattern);
    if (address_port(fills) == 0)
        address_set_port(fills, port);
    return true;
}

int dial_rules_check_address(const struct dial_rules *r, const struct address *a,
                             struct net_error *e)
{
    number n;
    bool is_v6;
    if (r->blacklist.len == 0 || !number_of(a, &n, &is_v6))
        return 0;
    for (size_t i = 0; i < r->blacklist.len; i++) {
        const struct range *range = &r->blacklist.items[i];
        if (range->is_v6 != is_v6 || n < range->first || n > range->last)
            continue;
        char ip[ADDRESS_IP_MAX];
        address_print_ip(a, ip, sizeof ip);
        net_error_set(e, ERR_INVALID, NET_BLACKLISTED_IP, NULL);
        return net_error_set_detail(e, ERR_INVALID, "IP (%s) is in a blacklisted range (%s)", ip,
                                    range->text);
    }
    return 0;
}

bool dial_rules_local(const struct dial_rules *r, uint64_t index, struct address *fills)
{
    if (r->local_count == 0)
        return false;
    number at = index % r->local_count;
    for (size_t i = 0; i < r->local.len; i++) {
        const struct range *range = &r->local.items[i];
        if (at <= range->last - range->first) {
            address_of(range->first + at, range->is_v6, fills);
            return true;
        }
        at -= range->last - range->first + 1;
    }
    return false;
}
