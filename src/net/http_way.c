/* http_way.c - the way a single request asked for: a proxy, a certificate of its own, HTTP/2 from
 * the first byte. Requests that ask for the same share one struct http_way, and connections made on
 * it belong to it alone. What is parsed here is kept for a while after its last use, for the next
 * iteration will ask again. Tests: http_way_test.c */
#include <string.h>

#include "base/map.h"
#include "base/mem.h"
#include "net/http_client_int.h"
#include "net/tls_identity.h"

enum { WAYS_KEPT = 64 }; /* without user */

static void put_part(struct buf *key, struct str part)
{
    if (part.p == NULL)
        buf_adds(key, "-;");
    else
        buf_addf(key, "%zu:%.*s;", part.len, (int)part.len, part.p);
}

static void put_key(struct buf *key, const struct http_request *q)
{
    buf_adds(key, q->has_prior_h2 ? "2;" : "1;");
    put_part(key, q->proxy);
    put_part(key, q->tls_cert);
    put_part(key, q->tls_key);
    put_part(key, q->tls_password);
}

static void way_free(void *value)
{
    struct http_way *way = value;
    if (way == NULL)
        return;
    proxy_free(way->proxy);
    tls_identity_unref(way->identity);
    mem_free((char *)way->key.p);
    mem_free(way);
}

static int way_new(struct http_way **out, const struct http_request *q, struct net_error *e)
{
    struct http_way *way = MEM_NEW(struct http_way);
    struct err why = {0};
    int rc = 0;
    list_init(&way->link);
    way->has_prior_h2 = q->has_prior_h2;
    way->chooses_proxy = q->proxy.p != NULL;
    if (q->proxy.len > 0)
        rc = proxy_new(&way->proxy, q->proxy, &why);
    if (rc == 0 && q->tls_cert.p != NULL)
        rc = tls_identity_new(&way->identity, q->tls_cert, q->tls_key, q->tls_password, &why);
    if (rc < 0) {
        net_error_set(e, rc, NET_DEFAULT, "%s", why.msg);
        way_free(way);
        way = NULL;
    }
    err_deinit(&why);
    *out = way;
    return rc;
}

int http_way_take(struct http_way **out, struct http_shared *s, const struct http_request *q,
                  struct net_error *e)
{
    struct buf key;
    int rc = 0;
    buf_init(&key, BUF_NO_LIMIT);
    put_key(&key, q);
    struct str name = {key.data, key.len};
    struct http_way *way = s->ways != NULL ? map_get(s->ways, name) : NULL;
    if (way == NULL) {
        rc = way_new(&way, q, e);
        if (rc < 0)
            goto done;
        way->key = (struct str){mem_strndup(key.data, key.len), key.len};
        if (s->ways == NULL)
            s->ways = map_new();
        map_put(s->ways, name, way);
    } else if (way->refs == 0) {
        list_remove(&way->link);
        s->unused_way_count--;
    }
    way->refs++;
    *out = way;
done:
    buf_deinit(&key);
    return rc;
}

void http_way_unref(struct http_shared *s, struct http_way *way)
{
    if (way == NULL || --way->refs > 0)
        return;
    list_push_back(&s->unused_ways, &way->link);
    if (++s->unused_way_count <= WAYS_KEPT)
        return;
    way = LIST_ENTRY(list_pop_front(&s->unused_ways), struct http_way, link);
    s->unused_way_count--;
    map_remove(s->ways, way->key);
    way_free(way);
}

void http_way_free_all(struct http_shared *s)
{
    map_free(s->ways, way_free);
    s->ways = NULL;
}

void http_route_find(struct http_route *fills, const struct http_shared *s, struct http_way *way,
                     const struct url *u)
{
    const struct proxy *p = NULL;
    if (way != NULL && way->chooses_proxy)
        p = way->proxy;
    else if (s->config.proxies != NULL)
        p = proxy_env_find(s->config.proxies, u);
    *fills = (struct http_route){
        .host = u->ascii_host,
        .port = url_effective_port(u),
        .is_tls = str_eqs(u->scheme, "https"),
        .way = way,
        .proxy = p,
    };
    bool is_prior = way != NULL && way->has_prior_h2;
    fills->may_be_h2 = is_prior || (fills->is_tls && !s->config.has_no_http2);
    /* Who wants HTTP/2 with the target gets a tunnel to it. */
    if (p == NULL || fills->is_tls || is_prior || p->kind == PROXY_SOCKS5)
        return;
    /* The connection is one with the proxy then, whatever is asked for through it. */
    fills->is_absolute = true;
    fills->host = p->host;
    fills->port = p->port;
    fills->is_tls = p->kind == PROXY_HTTPS;
}
