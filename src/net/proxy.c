/* proxy.c - proxies and the environment that names them. NO_PROXY holds names ("a.b" with all
 * below it, ".b" and "*.b" only what is below), addresses, networks, each perhaps with a port, and
 * "*" for everything. This host itself is never asked for through a proxy. Tests: proxy_test.c */
#include "net/proxy.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/hash.h"
#include "base/mem.h"
#include "base/num.h"
#include "base/vec.h"
#include "net/address.h"

/* One entry of NO_PROXY. */
struct exemption {
    char *text;       /* owns what the others point into */
    struct str below; /* ".name": everything below is exempt */
    bool has_self;    /* and the name itself */
    bool is_ip, is_network;
    struct address ip;
    int bits;
    struct str port; /* empty: all */
};

struct proxy_env {
    struct proxy *http, *https;
    bool exempts_all;
    VEC(struct exemption) exemptions;
};

/* ---- a proxy */

static int kind_of(struct str scheme, enum proxy_kind *kind, uint16_t *port, struct err *e)
{
    static const struct {
        const char *scheme;
        enum proxy_kind kind;
        uint16_t port;
    } known[] = {
        {"http", PROXY_HTTP, 80},
        {"https", PROXY_HTTPS, 443},
        {"socks5", PROXY_SOCKS5, 1080},
        {"socks5h", PROXY_SOCKS5, 1080},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (!str_eqs(scheme, known[i].scheme))
            continue;
        *kind = known[i].kind;
        *port = known[i].port;
        return 0;
    }
    return err_set(e, ERR_UNSUPPORTED,
                   "unsupported proxy scheme \"%.*s\": http, https, socks5 and socks5h are known",
                   (int)scheme.len, scheme.p);
}

/* A text without scheme is taken for an http proxy's. */
static int parse_url(struct url **out, struct str text, struct err *e)
{
    int rc = url_parse(out, text, e);
    if (rc == 0 && (*out)->scheme.len > 0 && url_has_host(*out))
        return 0;
    url_free(rc == 0 ? *out : NULL);
    *out = NULL;
    if (e != NULL)
        err_deinit(e);
    struct buf with_scheme;
    buf_init(&with_scheme, BUF_NO_LIMIT);
    buf_adds(&with_scheme, "http://");
    buf_add_str(&with_scheme, text);
    rc = url_parse(out, (struct str){with_scheme.data, with_scheme.len}, e);
    buf_deinit(&with_scheme);
    return rc < 0 ? err_prefix(e, rc, "invalid proxy address \"%.*s\"", (int)text.len, text.p) : 0;
}

static char *basic_auth(const struct proxy *p)
{
    struct buf pair;
    struct buf out;
    buf_init(&pair, BUF_NO_LIMIT);
    buf_init(&out, BUF_NO_LIMIT);
    buf_add_str(&pair, p->user);
    buf_addc(&pair, ':');
    buf_add_str(&pair, p->password);
    buf_adds(&out, "Basic ");
    hash_put_base64(&out, pair.data, pair.len);
    buf_deinit(&pair);
    return buf_take(&out);
}

static int check_address(const struct url *u, struct str text, struct err *e)
{
    const char *why = u->is_port_bad ? "invalid port" : "no host";
    if (!u->is_port_bad && u->host.len > 0)
        return 0;
    return err_set(e, ERR_INVALID, "invalid proxy address \"%.*s\": %s", (int)text.len, text.p,
                   why);
}

/* Takes u. */
static struct proxy *proxy_of_url(struct url *u, enum proxy_kind kind, uint16_t port)
{
    struct proxy *p = MEM_NEW(struct proxy);
    *p = (struct proxy){
        .kind = kind,
        .host = u->host,
        .port = u->port != 0 || u->is_port_bad ? u->port : port,
        .has_user = u->has_user,
        .user = u->user,
        .password = u->password,
        .url = u,
    };
    if (p->has_user)
        p->basic = basic_auth(p);
    return p;
}

int proxy_new(struct proxy **out, struct str text, struct err *e)
{
    struct url *u = NULL;
    enum proxy_kind kind = {0};
    uint16_t port = 0;
    int rc = parse_url(&u, text, e);
    if (rc == 0)
        rc = kind_of(u->scheme, &kind, &port, e);
    if (rc == 0)
        rc = check_address(u, text, e);
    if (rc < 0) {
        url_free(u);
        return rc;
    }
    *out = proxy_of_url(u, kind, port);
    return 0;
}

void proxy_free(struct proxy *p)
{
    if (p == NULL)
        return;
    url_free(p->url);
    mem_free(p->basic);
    mem_free(p);
}

/* ---- NO_PROXY */

static bool parse_network(struct str text, struct address *ip, int *bits)
{
    struct str address;
    struct str length;
    uint64_t n;
    if (!str_cut(text, '/', &address, &length) || num_parse_uint(length, &n) < 0 ||
        address_parse_ip(address, ip) < 0 || n > (address_is_v6(ip) ? 128 : 32))
        return false;
    *bits = (int)n;
    return true;
}

/* Cuts ":port" off, and the brackets of an IPv6 address. */
static struct str cut_port(struct str item, struct str *port)
{
    *port = (struct str){"", 0};
    ptrdiff_t colon = -1;
    for (size_t i = 0; i < item.len; i++)
        if (item.p[i] == ':')
            colon = (ptrdiff_t)i;
    ptrdiff_t bracket = str_find(item, ']');
    bool has_port =
        colon >= 0 && (item.p[0] == '[' ? colon == bracket + 1 : str_find(item, ':') == colon);
    if (!has_port)
        return item;
    *port = (struct str){item.p + colon + 1, item.len - (size_t)colon - 1};
    item.len = (size_t)colon;
    if (item.len >= 2 && item.p[0] == '[')
        item = (struct str){item.p + 1, item.len - 2};
    return item;
}

static bool parse_exemption(struct str item, struct exemption *x)
{
    memset(x, 0, sizeof *x);
    /* One byte in front for the dot that "name" lacks. */
    x->text = mem_alloc(item.len + 2);
    x->text[0] = '.';
    for (size_t i = 0; i < item.len; i++)
        x->text[1 + i] = ascii_lower(item.p[i]);
    x->text[1 + item.len] = '\0';
    struct str text = {x->text + 1, item.len};
    x->is_network = parse_network(text, &x->ip, &x->bits);
    if (x->is_network)
        return true;
    text = cut_port(text, &x->port);
    x->is_ip = address_parse_ip(text, &x->ip) == 0;
    if (x->is_ip)
        return true;
    if (str_starts(text, "*."))
        text = (struct str){text.p + 1, text.len - 1};
    x->has_self = text.len > 0 && text.p[0] != '.';
    if (x->has_self)
        text = (struct str){text.p - 1, text.len + 1};
    x->below = text;
    return text.len > 0;
}

static void parse_exemptions(struct proxy_env *p, struct str list)
{
    bool has_more = list.len > 0;
    while (has_more && !p->exempts_all) {
        struct str item;
        struct str rest;
        struct exemption x;
        has_more = str_cut(list, ',', &item, &rest);
        item = str_trim(has_more ? item : list);
        list = rest;
        if (item.len == 0)
            continue;
        p->exempts_all = str_eqs(item, "*");
        if (parse_exemption(item, &x))
            VEC_PUSH(&p->exemptions, x);
        else
            mem_free(x.text);
    }
}

/* The address's bytes, IPv4 in its short form. */
static const uint8_t *ip_bytes(const struct address *a, int *len)
{
    const uint8_t *raw = a->sa.v6.sin6_addr.s6_addr;
    if (!address_is_v6(a)) {
        *len = 4;
        return (const uint8_t *)&a->sa.v4.sin_addr;
    }
    if (IN6_IS_ADDR_V4MAPPED(&a->sa.v6.sin6_addr)) {
        *len = 4;
        return raw + 12;
    }
    *len = 16;
    return raw;
}

static bool same_bits(const struct address *a, const struct address *b, int bits)
{
    int a_len;
    int b_len;
    const uint8_t *x = ip_bytes(a, &a_len);
    const uint8_t *y = ip_bytes(b, &b_len);
    if (a_len != b_len)
        return false;
    for (int i = 0; i < a_len && bits > 0; i++, bits -= 8) {
        int mask = bits >= 8 ? 0xff : 0xff << (8 - bits) & 0xff;
        if ((x[i] ^ y[i]) & mask)
            return false;
    }
    return true;
}

static bool exempts(const struct exemption *x, struct str host, const struct address *ip,
                    struct str port)
{
    if (x->is_network)
        return ip != NULL && same_bits(&x->ip, ip, x->bits);
    if (x->port.len > 0 && !str_eq(x->port, port))
        return false;
    if (x->is_ip)
        return ip != NULL && same_bits(&x->ip, ip, 128);
    if (host.len > x->below.len &&
        memcmp(host.p + host.len - x->below.len, x->below.p, x->below.len) == 0)
        return true;
    return x->has_self && str_eq(host, (struct str){x->below.p + 1, x->below.len - 1});
}

/* ---- the environment */

/* Here an unknown scheme is taken for http without a port of its own, and hosts may be missing, as
 * in Go: requests fail then, rather than go where the proxy was to keep them from. */
static struct proxy *read_text(struct str text)
{
    struct url *u = NULL;
    enum proxy_kind kind = PROXY_HTTP;
    uint16_t port = 0;
    if (parse_url(&u, text, NULL) < 0)
        return NULL;
    kind_of(u->scheme, &kind, &port, NULL);
    return proxy_of_url(u, kind, port);
}

static struct proxy *read_proxy(const char *(*getenv_fn)(void *, const char *), void *opaque,
                                const char *upper, const char *lower)
{
    const char *text = getenv_fn(opaque, upper);
    if (text == NULL || *text == '\0')
        text = getenv_fn(opaque, lower);
    return text != NULL && *text != '\0' ? read_text(str_of(text)) : NULL;
}

struct proxy_env *proxy_env_new(const char *(*getenv_fn)(void *opaque, const char *name),
                                void *opaque)
{
    struct proxy_env *p = MEM_NEW(struct proxy_env);
    p->http = read_proxy(getenv_fn, opaque, "HTTP_PROXY", "http_proxy");
    p->https = read_proxy(getenv_fn, opaque, "HTTPS_PROXY", "https_proxy");
    if (p->http == NULL && p->https == NULL) {
        proxy_env_free(p);
        return NULL;
    }
    const char *no = getenv_fn(opaque, "NO_PROXY");
    if (no == NULL || *no == '\0')
        no = getenv_fn(opaque, "no_proxy");
    parse_exemptions(p, str_of(no));
    return p;
}

void proxy_env_free(struct proxy_env *p)
{
    if (p == NULL)
        return;
    proxy_free(p->http);
    proxy_free(p->https);
    for (size_t i = 0; i < p->exemptions.len; i++)
        mem_free(p->exemptions.items[i].text);
    VEC_DEINIT(&p->exemptions);
    mem_free(p);
}

const struct proxy *proxy_env_find(const struct proxy_env *p, const struct url *u)
{
    bool is_tls = str_eqs(u->scheme, "https") || str_eqs(u->scheme, "wss");
    const struct proxy *proxy = is_tls ? p->https : p->http;
    char host[256];
    char port[8];
    struct address ip;
    if (proxy == NULL || p->exempts_all || str_eqs(u->ascii_host, "localhost") ||
        u->ascii_host.len >= sizeof host)
        return NULL;
    bool is_ip = address_parse_ip(u->ascii_host, &ip) == 0;
    if (is_ip && address_is_loopback(&ip))
        return NULL;
    for (size_t i = 0; i < u->ascii_host.len; i++)
        host[i] = ascii_lower(u->ascii_host.p[i]);
    struct str name = {host, u->ascii_host.len};
    snprintf(port, sizeof port, "%u", (unsigned)url_effective_port(u));
    for (size_t i = 0; i < p->exemptions.len; i++)
        if (exempts(&p->exemptions.items[i], name, is_ip ? &ip : NULL, str_of(port)))
            return NULL;
    return proxy;
}
