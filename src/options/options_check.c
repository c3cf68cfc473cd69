/* options_check.c - judges and normalises the options that stay JSON.
 * Knows no socket and no TLS library: certificates are read by those who use them.
 * Source: k6 docs, "k6 options reference". Tests: options_test.c */
#include "options/options_check.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/duration.h"
#include "base/mem.h"
#include "base/num.h"
#include "options/optval.h"

const char *const tls_version_names[] = {"tls1.0", "tls1.1", "tls1.2", "tls1.3", NULL};

const char *const tls_cipher_suite_names[] = {"TLS_RSA_WITH_RC4_128_SHA",
                                              "TLS_RSA_WITH_3DES_EDE_CBC_SHA",
                                              "TLS_RSA_WITH_AES_128_CBC_SHA",
                                              "TLS_RSA_WITH_AES_256_CBC_SHA",
                                              "TLS_RSA_WITH_AES_128_CBC_SHA256",
                                              "TLS_RSA_WITH_AES_128_GCM_SHA256",
                                              "TLS_RSA_WITH_AES_256_GCM_SHA384",
                                              "TLS_ECDHE_ECDSA_WITH_RC4_128_SHA",
                                              "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA",
                                              "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA",
                                              "TLS_ECDHE_RSA_WITH_RC4_128_SHA",
                                              "TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA",
                                              "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
                                              "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA",
                                              "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
                                              "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256",
                                              "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
                                              "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
                                              "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
                                              "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
                                              "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305",
                                              "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305",
                                              "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
                                              "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
                                              "TLS_AES_128_GCM_SHA256",
                                              "TLS_AES_256_GCM_SHA384",
                                              "TLS_CHACHA20_POLY1305_SHA256",
                                              NULL};

static bool in_list(struct str s, const char *const *list)
{
    for (; *list != NULL; list++)
        if (str_eqs(s, *list))
            return true;
    return false;
}

static void lower(char *s)
{
    for (; *s != '\0'; s++)
        *s = ascii_lower(*s);
}

/* Every item a string, else the error of a wrong type. */
static int need_strings(const struct json *v, struct err *e)
{
    if (v->type != JSON_ARRAY)
        return optval_wrong_type(v, "a list of strings", e);
    for (size_t i = 0; i < v->len; i++)
        if (v->items[i]->type != JSON_STRING)
            return optval_wrong_type(v->items[i], "a string", e);
    return 0;
}

/* ---- dns */

static const char *const dns_selects[] = {"first", "roundRobin", "random", NULL};
static const char *const dns_policies[] = {"preferIPv4", "preferIPv6", "onlyIPv4",
                                           "onlyIPv6",   "any",        NULL};

static int check_dns_field(struct str key, const struct json *v, struct err *e)
{
    if (v->type == JSON_NULL)
        return 0;
    if (v->type != JSON_STRING)
        return optval_wrong_type(v, "a string", e);
    if (str_eqs(key, "select") && !in_list(v->text, dns_selects))
        return err_set(e, ERR_INVALID,
                       "%s does not belong to DNSSelect values (first, random, roundRobin)",
                       v->text.p);
    if (str_eqs(key, "policy") && !in_list(v->text, dns_policies))
        return err_set(e, ERR_INVALID,
                       "%s does not belong to DNSPolicy values (preferIPv4, preferIPv6, onlyIPv4, "
                       "onlyIPv6, any)",
                       v->text.p);
    int64_t ns;
    if (str_eqs(key, "ttl") && v->text.len > 0 && !str_eqs(v->text, "inf"))
        return duration_parse(v->text, &ns, e);
    return 0;
}

int check_dns(struct json **v, struct err *e)
{
    static const char *const keys[] = {"ttl", "select", "policy"};
    if ((*v)->type != JSON_OBJECT)
        return optval_wrong_type(*v, "an object {ttl, select, policy}", e);
    struct json *o = json_new_object();
    int rc = 0;
    for (size_t i = 0; rc == 0 && i < 3; i++) {
        const struct json *field = json_get(*v, keys[i]);
        rc = field != NULL ? check_dns_field(str_of(keys[i]), field, e) : 0;
        json_set(o, keys[i], field != NULL ? json_dup(field) : json_new_null());
    }
    if (rc < 0) {
        json_free(o);
        return rc;
    }
    json_free(*v);
    *v = o;
    return 0;
}

int dns_from_text(struct json **v, const char *text, struct err *e)
{
    struct opt_strs parts = {0};
    struct json *o = json_new_object();
    int rc = 0;
    optval_split(&parts, text);
    for (size_t i = 0; rc == 0 && i < parts.count; i++) {
        struct str key;
        struct str value;
        if (!str_cut(str_of(parts.v[i]), '=', &key, &value) || value.len == 0) {
            rc = err_set(e, ERR_INVALID, "no value for key %s", parts.v[i]);
        } else if (!str_eqs(key, "ttl") && !str_eqs(key, "select") && !str_eqs(key, "policy")) {
            rc = err_set(e, ERR_INVALID, "unknown DNS configuration field: %.*s", (int)key.len,
                         key.p);
        } else {
            char *name = mem_strndup(key.p, key.len);
            json_set(o, name, json_new_str(value));
            mem_free(name);
        }
    }
    optval_free_strs(parts.v, parts.count);
    if (rc < 0) {
        json_free(o);
        return rc;
    }
    *v = o;
    return check_dns(v, e);
}

int list_from_text(struct json **v, const char *text, struct err *e)
{
    struct opt_strs parts = {0};
    struct json *list = json_new_array();
    optval_split(&parts, text);
    for (size_t i = 0; i < parts.count; i++)
        json_push(list, json_new_strs(parts.v[i]));
    optval_free_strs(parts.v, parts.count);
    *v = list;
    return 0;
}

/* ---- host names and addresses */

static bool label_is_valid(struct str l)
{
    if (l.len == 0 || l.p[0] == '-' || l.p[l.len - 1] == '-')
        return false;
    for (size_t i = 0; i < l.len; i++)
        if (!ascii_is_alpha(l.p[i]) && !ascii_is_digit(l.p[i]) && l.p[i] != '-')
            return false;
    return true;
}

/* "name", "*.name", "*", each with ":port" when may_have_port. */
static bool hostname_pattern_is_valid(struct str s, bool may_have_port)
{
    struct str head;
    struct str port;
    if (str_cut(s, ':', &head, &port)) {
        uint64_t n;
        if (!may_have_port || port.len > 5 || num_parse_uint(port, &n) < 0)
            return false;
        s = head;
    }
    if (s.len > 0 && s.p[0] == '*') {
        s.p++;
        s.len--;
        if (s.len > 0 && s.p[0] == '.') {
            s.p++;
            s.len--;
        }
        if (s.len == 0)
            return true;
    }
    struct str rest = s;
    while (str_cut(rest, '.', &head, &rest)) {
        if (!label_is_valid(head))
            return false;
        s = rest;
    }
    return label_is_valid(s);
}

/* The address without its port, or an empty text when it is none. */
static void host_address(struct str text, char out[INET6_ADDRSTRLEN], uint64_t *port)
{
    struct str address = text;
    unsigned char raw[16];
    *port = 0;
    ptrdiff_t colon = -1;
    for (size_t i = 0; i < text.len; i++)
        colon = text.p[i] == ':' ? (ptrdiff_t)i : colon;
    if (text.len > 0 && text.p[0] == '[') {
        ptrdiff_t end = str_find(text, ']');
        address = (struct str){text.p + 1, end > 0 ? (size_t)end - 1 : 0};
        if (colon > end)
            num_parse_uint((struct str){text.p + colon + 1, text.len - (size_t)colon - 1}, port);
    } else if (colon >= 0 && str_find(text, ':') == colon) {
        address.len = (size_t)colon;
        num_parse_uint((struct str){text.p + colon + 1, text.len - (size_t)colon - 1}, port);
    }
    snprintf(out, INET6_ADDRSTRLEN, "%.*s", (int)(address.len < INET6_ADDRSTRLEN ? address.len : 0),
             address.p);
    if (inet_pton(AF_INET, out, raw) != 1 && inet_pton(AF_INET6, out, raw) != 1)
        out[0] = '\0';
}

int check_hosts(struct json **v, struct err *e)
{
    if ((*v)->type != JSON_OBJECT)
        return optval_wrong_type(*v, "an object {host: address}", e);
    struct json *o = json_new_object();
    for (size_t i = 0; i < (*v)->len; i++) {
        const struct json *to = (*v)->items[i];
        char *key = mem_strdup((*v)->keys[i].p);
        int rc = 0;
        lower(key);
        if (to->type != JSON_STRING)
            rc = optval_wrong_type(to, "an address", e);
        else if (!hostname_pattern_is_valid(str_of(key), true))
            rc = err_set(e, ERR_INVALID, "invalid host pattern '%s'", key);
        if (rc < 0) {
            mem_free(key);
            json_free(o);
            return rc;
        }
        char address[INET6_ADDRSTRLEN];
        char shown[INET6_ADDRSTRLEN + 16];
        uint64_t port;
        host_address(to->text, address, &port);
        if (port != 0)
            snprintf(shown, sizeof shown, strchr(address, ':') != NULL ? "[%s]:%u" : "%s:%u",
                     address, (unsigned)port);
        else
            snprintf(shown, sizeof shown, "%s", address);
        json_set(o, key, json_new_strs(shown));
        mem_free(key);
    }
    json_free(*v);
    *v = o;
    return 0;
}

/* "10.1.2.3/8" to the network "10.0.0.0/8". */
static int network_of(struct str text, char *out, size_t out_size, struct err *e)
{
    struct str address;
    struct str bits_text;
    unsigned char raw[16];
    char host[INET6_ADDRSTRLEN];
    int64_t bits;
    if (!str_cut(text, '/', &address, &bits_text) || address.len >= sizeof host ||
        num_parse_int(bits_text, &bits) < 0)
        return err_set(e, ERR_INVALID, "failed to parse CIDR '%.*s': invalid CIDR address",
                       (int)text.len, text.p);
    snprintf(host, sizeof host, "%.*s", (int)address.len, address.p);
    int family = inet_pton(AF_INET, host, raw) == 1    ? AF_INET
                 : inet_pton(AF_INET6, host, raw) == 1 ? AF_INET6
                                                       : 0;
    int size = family == AF_INET ? 32 : 128;
    if (family == 0 || bits < 0 || bits > size)
        return err_set(e, ERR_INVALID, "failed to parse CIDR '%.*s': invalid CIDR address",
                       (int)text.len, text.p);
    for (int i = 0; i < size / 8; i++) {
        int keep = (int)bits - i * 8;
        raw[i] &= keep >= 8 ? 0xff : keep <= 0 ? 0 : (unsigned char)(0xff << (8 - keep));
    }
    inet_ntop(family, raw, host, sizeof host);
    snprintf(out, out_size, "%s/%d", host, (int)bits);
    return 0;
}

int check_ip_ranges(struct json **v, struct err *e)
{
    int rc = need_strings(*v, e);
    if (rc < 0)
        return rc;
    struct json *list = json_new_array();
    for (size_t i = 0; i < (*v)->len; i++) {
        char network[INET6_ADDRSTRLEN + 8];
        rc = network_of((*v)->items[i]->text, network, sizeof network, e);
        if (rc < 0) {
            json_free(list);
            return rc;
        }
        json_push(list, json_new_strs(network));
    }
    json_free(*v);
    *v = list;
    return 0;
}

int check_hostnames(struct json **v, struct err *e)
{
    int rc = need_strings(*v, e);
    if (rc < 0)
        return rc;
    struct json *list = json_new_array();
    for (size_t i = 0; i < (*v)->len; i++) {
        struct str name = (*v)->items[i]->text;
        if (!hostname_pattern_is_valid(name, false)) {
            json_free(list);
            return err_set(e, ERR_INVALID, "invalid hostname pattern '%s'", name.p);
        }
        char *copy = mem_strdup(name.p);
        lower(copy);
        json_push(list, json_new_strs(copy));
        mem_free(copy);
    }
    json_free(*v);
    *v = list;
    return 0;
}

/* ---- TLS */

static int check_tls_auth_item(const struct json *item, struct err *e)
{
    if (item->type != JSON_OBJECT)
        return optval_wrong_type(item, "an object {cert, key, password, domains}", e);
    for (size_t i = 0; i < item->len; i++) {
        struct str key = item->keys[i];
        const struct json *field = item->items[i];
        if (str_eqs(key, "domains")) {
            if (field->type != JSON_NULL && need_strings(field, e) < 0)
                return ERR_INVALID;
        } else if (!str_eqs(key, "cert") && !str_eqs(key, "key") && !str_eqs(key, "password")) {
            return err_set(e, ERR_INVALID, "json: unknown field \"%s\"", key.p);
        } else if (field->type != JSON_STRING && field->type != JSON_NULL) {
            return optval_wrong_type(field, "a string", e);
        }
    }
    return 0;
}

int check_tls_auth(struct json **v, struct err *e)
{
    if ((*v)->type != JSON_ARRAY)
        return optval_wrong_type(*v, "a list of certificates", e);
    for (size_t i = 0; i < (*v)->len; i++) {
        int rc = check_tls_auth_item((*v)->items[i], e);
        if (rc < 0)
            return rc;
    }
    return 0;
}

static int check_tls_version_name(const struct json *v, struct err *e)
{
    if (v->type == JSON_NULL || (v->type == JSON_STRING && v->text.len == 0))
        return 0;
    if (v->type != JSON_STRING)
        return optval_wrong_type(v, "a TLS version such as 'tls1.2'", e);
    if (!in_list(v->text, tls_version_names))
        return err_set(e, ERR_INVALID, "unknown TLS version '%s'", v->text.p);
    return 0;
}

int check_tls_version(struct json **v, struct err *e)
{
    struct json *o = NULL;
    if ((*v)->type == JSON_STRING) {
        if (check_tls_version_name(*v, e) < 0)
            return ERR_INVALID;
        o = json_new_object();
        json_set(o, "min", json_dup(*v));
        json_set(o, "max", json_dup(*v));
        json_free(*v);
        *v = o;
        return 0;
    }
    if ((*v)->type != JSON_OBJECT)
        return optval_wrong_type(*v, "a TLS version or {min, max}", e);
    o = json_new_object();
    json_set(o, "min", json_new_strs(""));
    json_set(o, "max", json_new_strs(""));
    for (size_t i = 0; i < (*v)->len; i++) {
        struct str key = (*v)->keys[i];
        bool is_known = str_eqs(key, "min") || str_eqs(key, "max");
        if (!is_known || check_tls_version_name((*v)->items[i], e) < 0) {
            json_free(o);
            return is_known ? ERR_INVALID
                            : err_set(e, ERR_INVALID, "json: unknown field \"%s\"", key.p);
        }
        if ((*v)->items[i]->type == JSON_STRING)
            json_set(o, key.p, json_dup((*v)->items[i]));
    }
    json_free(*v);
    *v = o;
    return 0;
}

int check_cipher_suites(struct json **v, struct err *e)
{
    int rc = need_strings(*v, e);
    for (size_t i = 0; rc == 0 && i < (*v)->len; i++)
        if (!in_list((*v)->items[i]->text, tls_cipher_suite_names))
            rc = err_set(e, ERR_INVALID, "unknown cipher suite '%s'", (*v)->items[i]->text.p);
    return rc;
}

/* ---- thresholds and the rest */

static int check_threshold(const struct json *t, struct err *e)
{
    struct opt_ns delay = {0};
    if (t->type == JSON_STRING)
        return 0;
    if (t->type != JSON_OBJECT)
        return optval_wrong_type(
            t, "a threshold expression or {threshold, abortOnFail, delayAbortEval}", e);
    const struct json *expr = json_get(t, "threshold");
    const struct json *abort_on_fail = json_get(t, "abortOnFail");
    const struct json *delay_json = json_get(t, "delayAbortEval");
    if (expr != NULL && expr->type != JSON_STRING && expr->type != JSON_NULL)
        return optval_wrong_type(expr, "a threshold expression", e);
    if (abort_on_fail != NULL && abort_on_fail->type != JSON_BOOL &&
        abort_on_fail->type != JSON_NULL)
        return optval_wrong_type(abort_on_fail, "true or false for abortOnFail", e);
    return delay_json == NULL ? 0 : optval_json_ns(&delay, delay_json, e);
}

int check_thresholds(struct json **v, struct err *e)
{
    if ((*v)->type != JSON_OBJECT)
        return optval_wrong_type(*v, "an object {metric: [expressions]}", e);
    for (size_t i = 0; i < (*v)->len; i++) {
        const struct json *list = (*v)->items[i];
        if (list->type == JSON_NULL)
            continue;
        if (list->type != JSON_ARRAY)
            return optval_wrong_type(list, "a list of threshold expressions", e);
        for (size_t k = 0; k < list->len; k++) {
            int rc = check_threshold(list->items[k], e);
            if (rc < 0)
                return err_prefix(e, rc, "threshold of %s", (*v)->keys[i].p);
        }
    }
    return 0;
}

int check_features(struct json **v, struct err *e)
{
    return need_strings(*v, e);
}

int check_object(struct json **v, struct err *e)
{
    return (*v)->type == JSON_OBJECT ? 0 : optval_wrong_type(*v, "an object", e);
}
