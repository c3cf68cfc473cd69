/* options_check.c - judges and normalises the options that stay JSON, but for TLS
 * (options_tls.c), and segments. Knows no socket.
 * Source: k6 docs, "k6 options reference". Tests: options_test.c */
#include "options/options_check.h"

#include <arpa/inet.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/duration.h"
#include "base/mem.h"
#include "base/num.h"
#include "options/optval.h"
#include "options/segment_text.h"

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

/* ---- dns */

static const char *const dns_selects[] = {"first", "roundRobin", "random", NULL};
static const char *const dns_policies[] = {"preferIPv4", "preferIPv6", "onlyIPv4",
                                           "onlyIPv6",   "any",        NULL};

/* ttl may be any text here: whether it is a time is judged last, by options_check_dns_ttl. */
static int check_dns_field(const char *key, const struct json *v, struct err *e)
{
    struct opt_str ttl = {0};
    int rc = 0;
    if (v->type == JSON_NULL)
        return 0;
    if (strcmp(key, "ttl") == 0) {
        rc = optval_json_str(&ttl, v, e);
        mem_free(ttl.v);
        return rc;
    }
    if (v->type != JSON_STRING)
        return optval_wrong_type(v, "a string", e);
    if (strcmp(key, "select") == 0 && !in_list(v->text, dns_selects))
        return err_set(e, ERR_INVALID,
                       "%s does not belong to DNSSelect values (first, random, roundRobin)",
                       v->text.p);
    if (strcmp(key, "policy") == 0 && !in_list(v->text, dns_policies))
        return err_set(e, ERR_INVALID,
                       "%s does not belong to DNSPolicy values (preferIPv4, preferIPv6, onlyIPv4, "
                       "onlyIPv6, any)",
                       v->text.p);
    return 0;
}

/* Fields are known in any case; what is none is ignored. */
int check_dns(struct json **v, struct err *e)
{
    static const char *const keys[] = {"ttl", "select", "policy"};
    if ((*v)->type != JSON_OBJECT)
        return optval_wrong_type(*v, "an object {ttl, select, policy}", e);
    struct json *o = json_new_object();
    int rc = 0;
    for (size_t k = 0; k < 3; k++) {
        json_set(o, keys[k], json_new_null());
        for (size_t i = 0; rc == 0 && i < (*v)->len; i++) {
            if (!str_ieqs((*v)->keys[i], keys[k]) || (*v)->items[i]->type == JSON_NULL)
                continue;
            rc = check_dns_field(keys[k], (*v)->items[i], e);
            json_set(o, keys[k], json_dup((*v)->items[i]));
        }
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
    if (*text == '\0')
        rc = err_set(e, ERR_INVALID, "no value for key ''");
    /* The default, spelled out as k6's --help does, is as good as none. */
    if (strcmp(text, "ttl=5m,select=random,policy=preferIPv4") != 0)
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
    return 0;
}

bool dns_ttl_is_valid(struct str ttl)
{
    int64_t ns;
    if (ttl.len == 0 || str_eqs(ttl, "inf"))
        return true;
    return duration_parse(ttl, &ns, NULL) == 0 && ns >= 0;
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
    if (s.len == 0) /* it fits nothing, but k6 takes it */
        return true;
    if (str_cut(s, ':', &head, &port)) {
        uint64_t n;
        if (!may_have_port || port.len > 5 || num_parse_uint(port, &n) < 0)
            return false;
        s = head;
    }
    if (s.len == 0)
        return true; /* fits no name, and does no harm */
    if (s.p[0] == '*') {
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

/* An address as Go prints it: IPv4 inside IPv6 as IPv4. False when it is none. */
static bool put_address(char out[INET6_ADDRSTRLEN], struct str text)
{
    unsigned char raw[16];
    static const unsigned char mapped[12] = {[10] = 0xff, [11] = 0xff};
    char copy[INET6_ADDRSTRLEN];
    if (text.len >= sizeof copy)
        return false;
    snprintf(copy, sizeof copy, "%.*s", (int)text.len, text.p);
    if (inet_pton(AF_INET, copy, raw) == 1) {
        inet_ntop(AF_INET, raw, out, INET6_ADDRSTRLEN);
        return true;
    }
    if (inet_pton(AF_INET6, copy, raw) != 1)
        return false;
    if (memcmp(raw, mapped, sizeof mapped) == 0)
        inet_ntop(AF_INET, raw + 12, out, INET6_ADDRSTRLEN);
    else
        inet_ntop(AF_INET6, raw, out, INET6_ADDRSTRLEN);
    return true;
}

/* "ip:port" or "[ip]:port" cut in two; false: there is no port. */
static bool cut_port(struct str text, struct str *host, struct str *port)
{
    ptrdiff_t colon = -1;
    for (size_t i = 0; i < text.len; i++)
        colon = text.p[i] == ':' ? (ptrdiff_t)i : colon;
    if (colon < 0)
        return false;
    struct str head = {text.p, (size_t)colon};
    bool is_bracketed = str_starts(head, "[") && str_ends(head, "]");
    if (is_bracketed)
        head = (struct str){head.p + 1, head.len - 2};
    else if (str_find(head, ':') >= 0)
        return false; /* an address with many colons */
    *host = head;
    *port = (struct str){text.p + colon + 1, text.len - (size_t)colon - 1};
    return true;
}

/* The destination of a host as k6 shows it; "<nil>" for what is no address, which fails when it is
 * dialed. */
static int put_destination(struct buf *out, struct str text, struct err *e)
{
    char address[INET6_ADDRSTRLEN];
    struct str host = text;
    struct str port_text;
    int64_t port = 0;
    if (cut_port(text, &host, &port_text) && num_parse_int(port_text, &port) < 0)
        return err_set(e, ERR_INVALID, "the port of '%.*s' is no number", (int)text.len, text.p);
    if (!put_address(address, host))
        snprintf(address, sizeof address, "<nil>");
    if (port == 0)
        buf_adds(out, address);
    else
        buf_addf(out, strchr(address, ':') != NULL ? "[%s]:%" PRId64 : "%s:%" PRId64, address,
                 port);
    return 0;
}

static int check_host(struct json *o, struct str pattern, const struct json *to, struct err *e)
{
    char *key = mem_strndup(pattern.p, pattern.len);
    struct buf shown;
    int rc = 0;
    buf_init(&shown, 256);
    lower(key);
    if (to->type != JSON_STRING && to->type != JSON_NULL)
        rc = optval_wrong_type(to, "an address", e);
    else if (!hostname_pattern_is_valid(str_of(key), true))
        rc = err_set(e, ERR_INVALID, "invalid host pattern '%s'", key);
    else
        rc = put_destination(&shown, to->text, e);
    if (rc == 0)
        json_set(o, key, json_new_strs(shown.data));
    buf_deinit(&shown);
    mem_free(key);
    return rc;
}

int check_hosts(struct json **v, struct err *e)
{
    if ((*v)->type != JSON_OBJECT)
        return optval_wrong_type(*v, "an object {host: address}", e);
    struct json *o = json_new_object();
    for (size_t i = 0; i < (*v)->len; i++) {
        int rc = check_host(o, (*v)->keys[i], (*v)->items[i], e);
        if (rc < 0) {
            json_free(o);
            return rc;
        }
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
        str_starts(bits_text, "+") || num_parse_int(bits_text, &bits) < 0)
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
    bool is_mapped = put_address(host, str_of(host)) && family == AF_INET6 &&
                     strchr(host, ':') == NULL && bits >= 96;
    snprintf(out, out_size, "%s/%d", host, (int)bits - (is_mapped ? 96 : 0));
    return 0;
}

int check_ip_ranges(struct json **v, struct err *e)
{
    int rc = optval_need_strings(*v, e);
    if (rc < 0)
        return rc;
    struct json *list = json_new_array();
    for (size_t i = 0; i < (*v)->len; i++) {
        char network[INET6_ADDRSTRLEN + 8];
        if ((*v)->items[i]->type == JSON_NULL)
            continue;
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
    int rc = optval_need_strings(*v, e);
    if (rc < 0)
        return rc;
    struct json *list = json_new_array();
    for (size_t i = 0; i < (*v)->len; i++) {
        struct str name = (*v)->items[i]->text;
        if (!hostname_pattern_is_valid(name, false)) {
            json_free(list);
            return err_set(e, ERR_INVALID, "invalid hostname pattern '%.*s'", (int)name.len,
                           name.p);
        }
        json_push(list, json_new_str(name));
    }
    json_free(*v);
    *v = list;
    return 0;
}

/* ---- thresholds and the rest */

/* The field of an object, its name in any case; NULL: absent or null. */
static const struct json *field_of(const struct json *object, const char *name)
{
    const struct json *found = NULL;
    for (size_t i = 0; i < object->len; i++)
        if (str_ieqs(object->keys[i], name) && object->items[i]->type != JSON_NULL)
            found = object->items[i];
    return found;
}

/* Only one that may end the test is shown with all its fields, the others as their text. */
static struct json *normal_threshold(const struct json *expr, bool is_abort,
                                     const struct opt_ns *delay)
{
    struct json *text = expr != NULL ? json_new_str(expr->text) : json_new_strs("");
    if (!is_abort)
        return text;
    struct json *o = json_new_object();
    char *delay_text = duration_dup(delay->v);
    json_set(o, "threshold", text);
    json_set(o, "abortOnFail", json_new_bool(true));
    json_set(o, "delayAbortEval", delay->set ? json_new_strs(delay_text) : json_new_null());
    mem_free(delay_text);
    return o;
}

/* Pushes t in its normal form. */
static int check_threshold(struct json *list, const struct json *t, struct err *e)
{
    struct opt_ns delay = {0};
    if (t->type == JSON_STRING || t->type == JSON_NULL) {
        json_push(list, json_new_str(t->text));
        return 0;
    }
    if (t->type != JSON_OBJECT)
        return optval_wrong_type(
            t, "a threshold expression or {threshold, abortOnFail, delayAbortEval}", e);
    const struct json *expr = field_of(t, "threshold");
    const struct json *abort_on_fail = field_of(t, "abortOnFail");
    const struct json *delay_json = field_of(t, "delayAbortEval");
    if (expr != NULL && expr->type != JSON_STRING)
        return optval_wrong_type(expr, "a threshold expression", e);
    if (abort_on_fail != NULL && abort_on_fail->type != JSON_BOOL)
        return optval_wrong_type(abort_on_fail, "true or false for abortOnFail", e);
    if (delay_json != NULL && optval_json_ns(&delay, delay_json, e) < 0)
        return ERR_INVALID;
    json_push(list,
              normal_threshold(expr, abort_on_fail != NULL && abort_on_fail->boolean, &delay));
    return 0;
}

static int check_threshold_list(struct json *all, struct str metric, const struct json *list,
                                struct err *e)
{
    struct json *normal = json_new_array();
    int rc = 0;
    if (list->type != JSON_ARRAY && list->type != JSON_NULL)
        rc = optval_wrong_type(list, "a list of threshold expressions", e);
    for (size_t i = 0; rc == 0 && i < list->len; i++)
        rc = check_threshold(normal, list->items[i], e);
    json_set(all, metric.p, normal);
    return rc < 0 ? err_prefix(e, rc, "threshold of %s", metric.p) : 0;
}

int check_thresholds(struct json **v, struct err *e)
{
    if ((*v)->type != JSON_OBJECT)
        return optval_wrong_type(*v, "an object {metric: [expressions]}", e);
    struct json *all = json_new_object();
    int rc = 0;
    for (size_t i = 0; rc == 0 && i < (*v)->len; i++)
        rc = check_threshold_list(all, (*v)->keys[i], (*v)->items[i], e);
    if (rc < 0) {
        json_free(all);
        return rc;
    }
    json_free(*v);
    *v = all;
    return 0;
}

int thresholds_from_text(struct json **v, const char *text, struct err *e)
{
    struct key_value *pairs = NULL;
    size_t count = 0;
    if (str_starts(str_trim(str_of(text)), "{")) {
        *v = json_parse(str_of(text), e);
        return *v != NULL ? 0 : ERR_INVALID;
    }
    int rc = optval_text_map(&pairs, &count, text, e);
    if (rc < 0)
        return rc;
    *v = json_new_object();
    for (size_t i = 0; i < count; i++)
        json_set(*v, pairs[i].key, json_new_array());
    optval_free_map(pairs, count);
    return 0;
}

int check_time_unit(const char *text, struct err *e)
{
    if (strcmp(text, "s") == 0 || strcmp(text, "ms") == 0 || strcmp(text, "us") == 0)
        return 0;
    return err_set(e, ERR_INVALID, "invalid summary time unit '%s', use 's', 'ms' or 'us'", text);
}

int check_segment(char **text, struct err *e)
{
    struct segment_range range;
    struct buf out;
    int rc = segment_range_parse(&range, str_of(*text), e);
    if (rc < 0)
        return rc;
    buf_init(&out, 256);
    segment_range_put(&out, range);
    mem_free(*text);
    *text = buf_take(&out);
    return 0;
}

int check_segment_sequence(char **text, struct err *e)
{
    struct segment_points points;
    struct buf out;
    if (**text == '\0') /* no segment is in it: refused with the whole */
        return 0;
    buf_init(&out, 64 * 1024);
    int rc = segment_points_parse(&points, str_of(*text), e);
    if (rc == 0) {
        segment_points_put(&out, &points);
        mem_free(*text);
        *text = buf_take(&out);
    }
    buf_deinit(&out);
    VEC_DEINIT(&points.v);
    return rc;
}

int check_object(struct json **v, struct err *e)
{
    return (*v)->type == JSON_OBJECT ? 0 : optval_wrong_type(*v, "an object", e);
}
