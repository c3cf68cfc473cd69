/* cookie_jar.c - the jar: a list of cookies, walked from end to end. A script holds a handful; a
 * server can't make it grow beyond the caps. Spec: RFC 6265 section 5, with Go's choices (cookies
 * of an IP address are host-only; Secure ones go to loopback too). Tests: cookie_jar_test.c */
#include "net/cookie_jar.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/vec.h"
#include "net/address.h"

enum { COOKIES_MAX = 4096, HOST_MAX = 255 };

/* One allocation holds the texts. */
struct entry {
    struct str key; /* of the host that set it */
    struct str name, value, domain, path;
    bool host_only, secure, is_persistent;
    int64_t expires_s;
    uint64_t created; /* order of creation */
    char text[];
};

struct cookie_jar {
    VEC(struct entry *) entries;
    uint64_t next_created;
};

/* Where a request goes to, as the jar sees it. */
struct place {
    char host[HOST_MAX + 1]; /* lower case, without a last dot; an IPv6 address as Go has it */
    struct str key;          /* its last two labels: cookies are kept by these */
    struct buf path;         /* decoded; "/" at least */
    bool is_https;
};

struct cookie_jar *cookie_jar_new(void)
{
    return MEM_NEW(struct cookie_jar);
}

void cookie_jar_clear(struct cookie_jar *j)
{
    for (size_t i = 0; i < j->entries.len; i++)
        mem_free(j->entries.items[i]);
    VEC_DEINIT(&j->entries);
}

void cookie_jar_free(struct cookie_jar *j)
{
    if (j == NULL)
        return;
    cookie_jar_clear(j);
    mem_free(j);
}

bool cookie_jar_is_empty(const struct cookie_jar *j)
{
    return j->entries.len == 0;
}

/* ---- places */

static bool is_ip(const char *host)
{
    struct address a;
    return strpbrk(host, ":%") != NULL || address_parse_ip(str_of(host), &a) == 0;
}

static int copy_host(char *out, struct str host)
{
    if (host.len > 0 && host.p[host.len - 1] == '.')
        host.len--;
    if (host.len == 0 || host.len > HOST_MAX)
        return ERR_INVALID;
    for (size_t i = 0; i < host.len; i++)
        out[i] = ascii_lower(host.p[i]);
    out[host.len] = '\0';
    return 0;
}

/* Go's jar keeps the cookies of hosts apart unless they have this in common. */
static struct str key_of(const char *host)
{
    struct str h = str_of(host);
    ptrdiff_t dot = (ptrdiff_t)h.len - 1;
    while (dot >= 0 && h.p[dot] != '.')
        dot--;
    if (is_ip(host) || dot <= 0)
        return h;
    ptrdiff_t before = dot - 2;
    while (before >= 0 && h.p[before] != '.')
        before--;
    return (struct str){h.p + before + 1, h.len - (size_t)(before + 1)};
}

/* Brackets stay around an address when no port follows them, which makes it another host. */
static int copy_url_host(char *out, const struct url *u)
{
    size_t len = u->host.len;
    if (!u->is_ipv6 || u->port_text.len > 0)
        return copy_host(out, u->ascii_host);
    if (len + 2 > HOST_MAX)
        return ERR_INVALID;
    out[0] = '[';
    int rc = copy_host(out + 1, u->host);
    memcpy(out + 1 + len, "]", 2);
    return rc;
}

static void put_decoded_path(struct buf *out, struct str path)
{
    for (size_t i = 0; i < path.len; i++) {
        int high = i + 2 < path.len && path.p[i] == '%' ? hex_value(path.p[i + 1]) : -1;
        int low = high >= 0 ? hex_value(path.p[i + 2]) : -1;
        if (low >= 0) {
            buf_addc(out, (char)(high << 4 | low));
            i += 2;
        } else {
            buf_addc(out, path.p[i]);
        }
    }
    if (path.len == 0)
        buf_addc(out, '/');
}

static int place_init(struct place *p, const struct url *u)
{
    p->is_https = str_eqs(u->scheme, "https") || str_eqs(u->scheme, "wss");
    if (!p->is_https && !str_eqs(u->scheme, "http") && !str_eqs(u->scheme, "ws"))
        return ERR_INVALID;
    if (copy_url_host(p->host, u) < 0)
        return ERR_INVALID;
    p->key = key_of(p->host);
    buf_init(&p->path, BUF_NO_LIMIT);
    put_decoded_path(&p->path, u->path);
    return 0;
}

static void place_deinit(struct place *p)
{
    buf_deinit(&p->path);
}

/* ---- matching */

static bool has_dot_suffix(struct str host, struct str domain)
{
    return host.len > domain.len && host.p[host.len - domain.len - 1] == '.' &&
           memcmp(host.p + host.len - domain.len, domain.p, domain.len) == 0;
}

static bool path_matches(struct str request, struct str path)
{
    if (request.len < path.len || memcmp(request.p, path.p, path.len) != 0)
        return false;
    return request.len == path.len || path.p[path.len - 1] == '/' || request.p[path.len] == '/';
}

static bool is_loopback_name(struct str domain)
{
    struct address a;
    if (address_parse_ip(domain, &a) == 0)
        return address_is_loopback(&a);
    return str_eqs(domain, "localhost") || str_ends(domain, ".localhost");
}

static bool fits(const struct entry *c, const struct place *p, struct str host)
{
    if (!str_eq(c->key, p->key))
        return false;
    if (!str_eq(c->domain, host) && (c->host_only || !has_dot_suffix(host, c->domain)))
        return false;
    if (!path_matches((struct str){p->path.data, p->path.len}, c->path))
        return false;
    return !c->secure || p->is_https || is_loopback_name(c->domain);
}

/* ---- setting */

/* The domain a cookie is for; *host_only as well. ERR_INVALID when the attribute makes no sense for
 * this host. */
static int choose_domain(const char *host, struct str attribute, char out[HOST_MAX + 1],
                         bool *host_only)
{
    *host_only = true;
    if (attribute.len == 0 || is_ip(host)) {
        memcpy(out, host, strlen(host) + 1);
        return attribute.len == 0 || str_eqs(attribute, host) ? 0 : ERR_INVALID;
    }
    if (attribute.p[0] == '.')
        attribute = (struct str){attribute.p + 1, attribute.len - 1};
    if (attribute.len == 0 || attribute.len > HOST_MAX || attribute.p[0] == '.' ||
        attribute.p[attribute.len - 1] == '.')
        return ERR_INVALID;
    for (size_t i = 0; i < attribute.len; i++)
        if ((uint8_t)attribute.p[i] >= 0x80)
            return ERR_INVALID;
    copy_host(out, attribute);
    *host_only = false;
    struct str h = str_of(host);
    struct str d = str_of(out);
    return str_eq(h, d) || has_dot_suffix(h, d) ? 0 : ERR_INVALID;
}

static struct str default_path(const struct place *p)
{
    struct str path = {p->path.data, p->path.len};
    if (path.p[0] != '/')
        return STR("/");
    size_t at = path.len - 1;
    while (path.p[at] != '/')
        at--;
    return at == 0 ? STR("/") : (struct str){path.p, at};
}

static size_t find(const struct cookie_jar *j, struct str key, struct str domain, struct str path,
                   struct str name)
{
    for (size_t i = 0; i < j->entries.len; i++) {
        const struct entry *c = j->entries.items[i];
        if (str_eq(c->name, name) && str_eq(c->domain, domain) && str_eq(c->path, path) &&
            str_eq(c->key, key))
            return i;
    }
    return j->entries.len;
}

static void drop(struct cookie_jar *j, size_t i)
{
    mem_free(j->entries.items[i]);
    VEC_REMOVE(&j->entries, i);
}

static struct str put_text(char **at, struct str s)
{
    struct str copy = {*at, s.len};
    if (s.len > 0)
        memcpy(*at, s.p, s.len);
    *at += s.len;
    return copy;
}

/* In Go so many seconds from now, as nanoseconds, may go once around. */
static int64_t expiry_of(int64_t max_age, int64_t now_ns)
{
    int64_t life_ns = (int64_t)((uint64_t)max_age * 1000000000U);
    return (now_ns / 1000000000) + life_ns / 1000000000;
}

static void store(struct cookie_jar *j, const struct cookie *c, struct str key, struct str domain,
                  struct str path, bool host_only, int64_t now_ns)
{
    struct entry *n =
        mem_try_alloc(sizeof *n + key.len + c->name.len + c->value.len + domain.len + path.len);
    if (n == NULL)
        return; /* a cookie that doesn't fit into memory is not kept */
    char *at = n->text;
    n->key = put_text(&at, key);
    n->name = put_text(&at, c->name);
    n->value = put_text(&at, c->value);
    n->domain = put_text(&at, domain);
    n->path = put_text(&at, path);
    n->host_only = host_only;
    n->secure = c->secure;
    n->is_persistent = c->max_age > 0 || c->has_expires;
    n->expires_s = c->max_age > 0 ? expiry_of(c->max_age, now_ns) : c->expires_s;
    size_t i = find(j, key, domain, path, c->name);
    if (i < j->entries.len) {
        n->created = j->entries.items[i]->created;
        mem_free(j->entries.items[i]);
        j->entries.items[i] = n;
        return;
    }
    if (j->entries.len == COOKIES_MAX)
        drop(j, 0);
    n->created = j->next_created++;
    VEC_PUSH(&j->entries, n);
}

void cookie_jar_set(struct cookie_jar *j, const struct url *u, const struct cookie *c,
                    int64_t wall_ns)
{
    struct place p;
    char domain[HOST_MAX + 1];
    bool host_only;
    int64_t now_s = wall_ns / 1000000000;
    if (place_init(&p, u) < 0)
        return;
    if (choose_domain(p.host, c->domain, domain, &host_only) == 0) {
        struct str path = c->path.len > 0 && c->path.p[0] == '/' ? c->path : default_path(&p);
        bool is_gone =
            c->max_age < 0 || (c->max_age == 0 && c->has_expires && c->expires_s <= now_s);
        if (!is_gone) {
            store(j, c, p.key, str_of(domain), path, host_only, wall_ns);
        } else {
            size_t i = find(j, p.key, str_of(domain), path, c->name);
            if (i < j->entries.len)
                drop(j, i);
        }
    }
    place_deinit(&p);
}

/* ---- reading */

static int by_path_then_age(const void *a, const void *b)
{
    const struct entry *x = *(struct entry *const *)a;
    const struct entry *y = *(struct entry *const *)b;
    if (x->path.len != y->path.len)
        return x->path.len > y->path.len ? -1 : 1;
    return x->created < y->created ? -1 : x->created > y->created;
}

void cookie_jar_each(struct cookie_jar *j, const struct url *u, int64_t wall_ns,
                     void (*each)(void *opaque, struct str name, struct str value), void *opaque)
{
    struct place p;
    if (j->entries.len == 0 || place_init(&p, u) < 0)
        return;
    VEC(struct entry *) found = {0};
    struct str host = str_of(p.host);
    for (size_t i = 0; i < j->entries.len;) {
        struct entry *c = j->entries.items[i];
        if (c->is_persistent && c->expires_s <= wall_ns / 1000000000) {
            drop(j, i);
            continue;
        }
        if (fits(c, &p, host))
            VEC_PUSH(&found, c);
        i++;
    }
    if (found.len > 1)
        qsort(found.items, found.len, sizeof *found.items, by_path_then_age);
    for (size_t i = 0; i < found.len; i++)
        each(opaque, found.items[i]->name, found.items[i]->value);
    VEC_DEINIT(&found);
    place_deinit(&p);
}

void cookie_jar_remove(struct cookie_jar *j, const struct url *u, struct str name)
{
    struct cookie gone = {
        .name = name, .value = STR(""), .domain = STR(""), .path = STR(""), .max_age = -1};
    cookie_jar_set(j, u, &gone, 0);
}

struct name_list {
    VEC(char *) names;
};

static void collect_name(void *opaque, struct str name, struct str value)
{
    struct name_list *list = opaque;
    (void)value;
    VEC_PUSH(&list->names, mem_strndup(name.p, name.len));
}

void cookie_jar_remove_all_of(struct cookie_jar *j, const struct url *u)
{
    struct name_list list = {0};
    cookie_jar_each(j, u, 0, collect_name, &list);
    for (size_t i = 0; i < list.names.len; i++) {
        cookie_jar_remove(j, u, str_of(list.names.items[i]));
        mem_free(list.names.items[i]);
    }
    VEC_DEINIT(&list.names);
}
