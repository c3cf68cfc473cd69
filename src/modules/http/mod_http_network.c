/* mod_http_network.c - hosts, dns, blacklistIPs, blockHostnames, --local-ips, tlsAuth, tlsVersion,
 * tlsCipherSuites; HTTP_PROXY and its kin, SSLKEYLOGFILE, GODEBUG=http2client=0. The options were
 * checked when they were read; what needs the TLS library is checked here. Source: k6 docs, "k6
 * options reference". Tests: mod_http_network_test.c */
#include "modules/http/mod_http_network.h"

#include <string.h>

#include "base/duration.h"
#include "base/json.h"
#include "base/mem.h"
#include "net/tls_identity.h"

/* ---- dns */

/* The place of a name in a list, or otherwise. */
static int index_of(const struct json *v, const char *const *names, int count, int otherwise)
{
    for (int i = 0; v && v->type == JSON_STRING && i < count; i++)
        if (str_ieqs(v->text, names[i]))
            return i;
    return otherwise;
}

static int read_dns(struct http_config *c, const struct json *dns, struct err *e)
{
    static const char *const selects[] = {[DNS_SELECT_FIRST] = "first",
                                          [DNS_SELECT_RANDOM] = "random",
                                          [DNS_SELECT_ROUND_ROBIN] = "roundRobin"};
    static const char *const policies[] = {[DNS_PREFER_IPV4] = "preferIPv4",
                                           [DNS_PREFER_IPV6] = "preferIPv6",
                                           [DNS_ONLY_IPV4] = "onlyIPv4",
                                           [DNS_ONLY_IPV6] = "onlyIPv6",
                                           [DNS_ANY] = "any"};
    const struct json *ttl = json_get(dns, "ttl");
    c->dns_select =
        (enum dns_select)index_of(json_get(dns, "select"), selects, 3, DNS_SELECT_RANDOM);
    c->dns_policy =
        (enum dns_policy)index_of(json_get(dns, "policy"), policies, 5, DNS_PREFER_IPV4);
    if (!ttl || (ttl->type != JSON_STRING && ttl->type != JSON_NUMBER) || ttl->text.len == 0)
        return 0;
    if (str_eqs(ttl->text, "inf"))
        c->dns_ttl_ns = INT64_MAX;
    else if (duration_parse(ttl->text, &c->dns_ttl_ns, e) < 0)
        return err_prefix(e, ERR_INVALID, "invalid DNS TTL");
    return 0;
}

/* ---- where to, where from */

static bool has_rules(const struct options *o)
{
    return (o->hosts.set && o->hosts.v) || (o->block_hostnames.set && o->block_hostnames.v) ||
           (o->blacklist_ips.set && o->blacklist_ips.v) || (o->local_ips.set && o->local_ips.v);
}

static int read_rules(struct http_network *n, const struct options *o, struct err *e)
{
    int rc = 0;
    if (!has_rules(o))
        return 0;
    n->rules = dial_rules_new();
    const struct json *hosts = o->hosts.set ? o->hosts.v : NULL;
    const struct json *names = o->block_hostnames.set ? o->block_hostnames.v : NULL;
    const struct json *ranges = o->blacklist_ips.set ? o->blacklist_ips.v : NULL;
    for (size_t i = 0; hosts && i < hosts->len; i++)
        dial_rules_add_host(n->rules, hosts->keys[i], hosts->items[i]->text);
    for (size_t i = 0; names && i < names->len; i++)
        dial_rules_block_name(n->rules, names->items[i]->text);
    for (size_t i = 0; ranges && i < ranges->len && rc == 0; i++)
        rc = dial_rules_block_range(n->rules, ranges->items[i]->text, e);
    if (rc == 0 && o->local_ips.set)
        rc = dial_rules_set_local(n->rules, str_of(o->local_ips.v), e);
    return rc;
}

/* ---- TLS */

static struct str text_of(const struct json *object, const char *key)
{
    const struct json *v = json_get(object, key);
    return v && v->type == JSON_STRING ? v->text : (struct str){NULL, 0};
}

static int read_identities(struct http_network *n, const struct json *list, struct err *e)
{
    n->identities = mem_calloc(list->len + 1, sizeof(n->identities[0]));
    for (size_t i = 0; i < list->len; i++) {
        const struct json *item = list->items[i];
        int rc = tls_identity_new(&n->identities[i], text_of(item, "cert"), text_of(item, "key"),
                                  text_of(item, "password"), e);
        if (rc < 0) {
            err_set_exit(e, EXIT_INVALID_CONFIG);
            return err_prefix(e, rc, "tlsAuth");
        }
        n->identity_count++;
    }
    return 0;
}

static enum tls_version version_of(const struct json *range, const char *end)
{
    static const char *const names[] = {"", "tls1.0", "tls1.1", "tls1.2", "tls1.3"};
    return (enum tls_version)index_of(json_get(range, end), names, 5, TLS_VERSION_ANY);
}

static void read_suites(struct http_network *n, struct http_config *c, const struct json *list)
{
    n->cipher_suites = mem_calloc(list->len + 1, sizeof(n->cipher_suites[0]));
    for (size_t i = 0; i < list->len; i++)
        n->cipher_suites[i] = list->items[i]->text.p;
    c->cipher_suites = n->cipher_suites;
    c->cipher_suite_count = list->len;
}

/* ---- the environment */

/* As for Go, which k6's documents name: GODEBUG=...,http2client=0. */
static bool turns_http2_off(const char *godebug)
{
    struct str rest = str_of(godebug), item, tail;
    bool has_more = rest.len > 0;
    while (has_more) {
        has_more = str_cut(rest, ',', &item, &tail);
        if (str_eqs(has_more ? item : rest, "http2client=0"))
            return true;
        rest = tail;
    }
    return false;
}

int mod_http_network_make(struct http_network *n, struct http_config *fills,
                          const struct options *o,
                          const char *(*getenv_fn)(void *opaque, const char *name), void *opaque,
                          struct err *e)
{
    memset(n, 0, sizeof(*n));
    fills->dns_ttl_ns = 300 * NS_PER_SEC;
    fills->dns_select = DNS_SELECT_RANDOM;
    fills->dns_policy = DNS_PREFER_IPV4;
    n->proxies = proxy_env_new(getenv_fn, opaque);
    int rc = o->dns.set && o->dns.v ? read_dns(fills, o->dns.v, e) : 0;
    if (rc == 0)
        rc = read_rules(n, o, e);
    if (rc == 0 && o->tls_auth.set && o->tls_auth.v)
        rc = read_identities(n, o->tls_auth.v, e);
    if (rc < 0) {
        mod_http_network_deinit(n);
        return rc;
    }
    if (o->tls_version.set && o->tls_version.v) {
        fills->tls_min = version_of(o->tls_version.v, "min");
        fills->tls_max = version_of(o->tls_version.v, "max");
    }
    if (o->tls_cipher_suites.set && o->tls_cipher_suites.v)
        read_suites(n, fills, o->tls_cipher_suites.v);
    const char *keylog = getenv_fn(opaque, "SSLKEYLOGFILE");
    fills->keylog_file = keylog && *keylog ? keylog : NULL;
    fills->has_no_http2 = turns_http2_off(getenv_fn(opaque, "GODEBUG"));
    fills->rules = n->rules;
    fills->proxies = n->proxies;
    fills->identities = n->identities;
    fills->identity_count = n->identity_count;
    return 0;
}

void mod_http_network_deinit(struct http_network *n)
{
    dial_rules_free(n->rules);
    proxy_env_free(n->proxies);
    for (size_t i = 0; i < n->identity_count; i++)
        tls_identity_unref(n->identities[i]);
    mem_free(n->identities);
    mem_free(n->cipher_suites);
    memset(n, 0, sizeof(*n));
}

/* k6 shows each certificate to every server that it suits, whatever domains say. */
void mod_http_network_warn(const struct options *o, struct logger *lg)
{
    const struct json *list = o->tls_auth.set ? o->tls_auth.v : NULL;
    for (size_t i = 0; list && i < list->len; i++) {
        const struct json *domains = json_get(list->items[i], "domains");
        if (!domains || domains->type != JSON_ARRAY || domains->len == 0)
            continue;
        log_warn(lg, "tlsAuth.domains has no effect: a certificate is offered to every server that "
                     "asks for one it suits. Leave domains out.");
        return;
    }
}
