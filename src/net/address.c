/* address.c - IP addresses to text and back. Knows no DNS. Tests: address_test.c */
#include "net/address.h"

#include <arpa/inet.h>
#include <net/if.h>
#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "base/num.h"

static int parse_zone(struct str zone, uint32_t *index)
{
    char name[IF_NAMESIZE];
    uint64_t number;
    if (zone.len == 0 || zone.len >= sizeof name)
        return ERR_INVALID;
    if (num_parse_uint(zone, &number) == 0 && number <= UINT32_MAX) {
        *index = (uint32_t)number;
        return 0;
    }
    memcpy(name, zone.p, zone.len);
    name[zone.len] = '\0';
    *index = if_nametoindex(name);
    return *index != 0 ? 0 : ERR_INVALID;
}

int address_parse_ip(struct str text, struct address *fills)
{
    char ip[ADDRESS_IP_MAX];
    struct str zone;
    struct str bare;
    bool has_zone = str_cut(text, '%', &bare, &zone);
    if (bare.len == 0 || bare.len >= sizeof ip)
        return ERR_INVALID;
    memcpy(ip, bare.p, bare.len);
    ip[bare.len] = '\0';
    if (strlen(ip) != bare.len)
        return ERR_INVALID; /* a NUL inside */
    memset(fills, 0, sizeof *fills);
    if (!has_zone && inet_pton(AF_INET, ip, &fills->sa.v4.sin_addr) == 1) {
        fills->sa.v4.sin_family = AF_INET;
        return 0;
    }
    if (inet_pton(AF_INET6, ip, &fills->sa.v6.sin6_addr) != 1)
        return ERR_INVALID;
    fills->sa.v6.sin6_family = AF_INET6;
    return has_zone ? parse_zone(zone, &fills->sa.v6.sin6_scope_id) : 0;
}

bool address_is_v6(const struct address *a)
{
    return a->sa.any.sa_family == AF_INET6;
}

bool address_is_loopback(const struct address *a)
{
    if (address_is_v6(a))
        return IN6_IS_ADDR_LOOPBACK(&a->sa.v6.sin6_addr);
    return ntohl(a->sa.v4.sin_addr.s_addr) >> 24 == 127;
}

void address_set_port(struct address *a, uint16_t port)
{
    if (address_is_v6(a))
        a->sa.v6.sin6_port = htons(port);
    else
        a->sa.v4.sin_port = htons(port);
}

uint16_t address_port(const struct address *a)
{
    return ntohs(address_is_v6(a) ? a->sa.v6.sin6_port : a->sa.v4.sin_port);
}

socklen_t address_len(const struct address *a)
{
    return address_is_v6(a) ? sizeof a->sa.v6 : sizeof a->sa.v4;
}

bool address_eq(const struct address *a, const struct address *b)
{
    if (a->sa.any.sa_family != b->sa.any.sa_family || address_port(a) != address_port(b))
        return false;
    if (!address_is_v6(a))
        return a->sa.v4.sin_addr.s_addr == b->sa.v4.sin_addr.s_addr;
    return a->sa.v6.sin6_scope_id == b->sa.v6.sin6_scope_id &&
           memcmp(&a->sa.v6.sin6_addr, &b->sa.v6.sin6_addr, sizeof a->sa.v6.sin6_addr) == 0;
}

/* By hand: the C library's way is its printf, which would be the deepest that a VU's stack goes for
 * a request and cost every VU a page. */
static void print_v4(const unsigned char byte[4], char *out, size_t size)
{
    char text[INET_ADDRSTRLEN], *p = text;
    for (int i = 0; i < 4; i++) {
        if (byte[i] >= 100)
            *p++ = (char)('0' + byte[i] / 100);
        if (byte[i] >= 10)
            *p++ = (char)('0' + byte[i] / 10 % 10);
        *p++ = (char)('0' + byte[i] % 10);
        *p++ = i < 3 ? '.' : '\0';
    }
    size_t len = (size_t)(p - text) < size ? (size_t)(p - text) : size;
    memcpy(out, text, len);
    out[len - 1] = '\0';
}

void address_print_ip(const struct address *a, char *out, size_t size)
{
    char ip[INET6_ADDRSTRLEN] = "";
    char zone[IF_NAMESIZE];
    if (!address_is_v6(a)) {
        out[0] = '\0';
        if (a->sa.any.sa_family == AF_INET)
            print_v4((const unsigned char *)&a->sa.v4.sin_addr, out, size);
        return;
    }
    inet_ntop(AF_INET6, &a->sa.v6.sin6_addr, ip, sizeof ip);
    if (a->sa.v6.sin6_scope_id != 0 && if_indextoname(a->sa.v6.sin6_scope_id, zone) != NULL)
        snprintf(out, size, "%s%%%s", ip, zone);
    else
        snprintf(out, size, "%s", ip);
}

void address_print(const struct address *a, char *out, size_t size)
{
    char ip[ADDRESS_IP_MAX];
    address_print_ip(a, ip, sizeof ip);
    snprintf(out, size, address_is_v6(a) ? "[%s]:%u" : "%s:%u", ip, (unsigned)address_port(a));
}
