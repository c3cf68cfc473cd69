/* metric.c - the registry of metrics and submetrics. Knows no samples. Metrics are made in init
 * code, which runs on every worker: creation and look-up take the mutex. What is found stays where
 * it is until the registry goes. Submetrics are added before the run, on one thread.
 * Source: k6 docs, "Metrics", "Thresholds on tags". Tests: metric_test.c, fuzz/threshold_fuzz.c */
#include "metrics/metric.h"

#include <pthread.h>
#include <stddef.h>
#include <string.h>

#include "base/buf.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/vec.h"
#include "metrics/thresholds.h"

struct metric_registry {
    pthread_mutex_t lock;
    struct map *by_name; /* struct metric */
    VEC(struct metric *) metrics;
    VEC(struct submetric *) submetrics;
    struct builtin_metrics builtins;
};

/* The built-in metrics: the one table of them. Position is the id. */
static const struct {
    const char *name;
    enum metric_type type;
    enum metric_contains contains;
    size_t field;
} builtin_table[] = {
#define BUILTIN(name, type, contains)                                                              \
    {                                                                                              \
#name, type, contains, offsetof(struct builtin_metrics, name)                              \
    }
    BUILTIN(vus, METRIC_GAUGE, METRIC_DEFAULT),
    BUILTIN(vus_max, METRIC_GAUGE, METRIC_DEFAULT),
    BUILTIN(iterations, METRIC_COUNTER, METRIC_DEFAULT),
    BUILTIN(iteration_duration, METRIC_TREND, METRIC_TIME),
    BUILTIN(dropped_iterations, METRIC_COUNTER, METRIC_DEFAULT),
    BUILTIN(checks, METRIC_RATE, METRIC_DEFAULT),
    BUILTIN(group_duration, METRIC_TREND, METRIC_TIME),
    BUILTIN(http_reqs, METRIC_COUNTER, METRIC_DEFAULT),
    BUILTIN(http_req_failed, METRIC_RATE, METRIC_DEFAULT),
    BUILTIN(http_req_duration, METRIC_TREND, METRIC_TIME),
    BUILTIN(http_req_blocked, METRIC_TREND, METRIC_TIME),
    BUILTIN(http_req_connecting, METRIC_TREND, METRIC_TIME),
    BUILTIN(http_req_tls_handshaking, METRIC_TREND, METRIC_TIME),
    BUILTIN(http_req_sending, METRIC_TREND, METRIC_TIME),
    BUILTIN(http_req_waiting, METRIC_TREND, METRIC_TIME),
    BUILTIN(http_req_receiving, METRIC_TREND, METRIC_TIME),
    BUILTIN(ws_sessions, METRIC_COUNTER, METRIC_DEFAULT),
    BUILTIN(ws_msgs_sent, METRIC_COUNTER, METRIC_DEFAULT),
    BUILTIN(ws_msgs_received, METRIC_COUNTER, METRIC_DEFAULT),
    BUILTIN(ws_ping, METRIC_TREND, METRIC_TIME),
    BUILTIN(ws_session_duration, METRIC_TREND, METRIC_TIME),
    BUILTIN(ws_connecting, METRIC_TREND, METRIC_TIME),
    BUILTIN(grpc_req_duration, METRIC_TREND, METRIC_TIME),
    BUILTIN(data_sent, METRIC_COUNTER, METRIC_DATA),
    BUILTIN(data_received, METRIC_COUNTER, METRIC_DATA),
#undef BUILTIN
};

static struct metric *metric_new(struct str name, enum metric_type type,
                                 enum metric_contains contains)
{
    struct metric *m = MEM_NEW(struct metric);
    m->id = -1;
    m->name = mem_strndup(name.p, name.len);
    m->type = type;
    m->contains = contains;
    return m;
}

static void metric_free(struct metric *m)
{
    thresholds_free(m->thresholds);
    mem_free(m->submetrics);
    mem_free((char *)m->name);
    mem_free(m);
}

static void submetric_free(struct submetric *s)
{
    for (size_t i = 0; i < s->tag_count; i++) {
        mem_free((char *)s->keys[i].p);
        mem_free((char *)s->values[i].p);
    }
    mem_free(s->keys);
    mem_free(s->values);
    mem_free((char *)s->suffix);
    if (s->metric != NULL)
        metric_free(s->metric); /* the name is the submetric's too */
    mem_free(s);
}

/* Adds a new metric under its name; the caller holds the lock or is alone. */
static struct metric *registry_add(struct metric_registry *r, struct str name,
                                   enum metric_type type, enum metric_contains contains)
{
    struct metric *m = metric_new(name, type, contains);
    m->id = (int)r->metrics.len;
    VEC_PUSH(&r->metrics, m);
    map_put(r->by_name, name, m);
    return m;
}

struct metric_registry *metric_registry_new(void)
{
    struct metric_registry *r = MEM_NEW(struct metric_registry);
    CHECK(pthread_mutex_init(&r->lock, NULL) == 0);
    r->by_name = map_new();
    for (size_t i = 0; i < sizeof builtin_table / sizeof builtin_table[0]; i++) {
        struct metric *m = registry_add(r, str_of(builtin_table[i].name), builtin_table[i].type,
                                        builtin_table[i].contains);
        m->is_builtin = true;
        memcpy((char *)&r->builtins + builtin_table[i].field, &m, sizeof m);
    }
    return r;
}

void metric_add_start_lag(struct metric_registry *r, bool is_hidden)
{
    pthread_mutex_lock(&r->lock);
    if (map_get(r->by_name, STR("iteration_start_lag")) == NULL) {
        struct metric *m = registry_add(r, STR("iteration_start_lag"), METRIC_TREND, METRIC_TIME);
        m->is_builtin = true;
        m->is_hidden = is_hidden;
        r->builtins.iteration_start_lag = m;
    }
    pthread_mutex_unlock(&r->lock);
}

void metric_registry_free(struct metric_registry *r)
{
    if (r == NULL)
        return;
    for (size_t i = 0; i < r->submetrics.len; i++)
        submetric_free(r->submetrics.items[i]);
    for (size_t i = 0; i < r->metrics.len; i++)
        metric_free(r->metrics.items[i]);
    VEC_DEINIT(&r->submetrics);
    VEC_DEINIT(&r->metrics);
    map_free(r->by_name, NULL);
    pthread_mutex_destroy(&r->lock);
    mem_free(r);
}

const struct builtin_metrics *metric_builtins(const struct metric_registry *r)
{
    return &r->builtins;
}

bool metric_name_is_valid(struct str name)
{
    /* One more than the message says: the pattern k6 checks is a first letter and 1 to 128 more. */
    if (name.len < 2 || name.len > 129 || ascii_is_digit(name.p[0]))
        return false;
    for (size_t i = 0; i < name.len; i++)
        if (!ascii_is_alpha(name.p[i]) && !ascii_is_digit(name.p[i]) && name.p[i] != '_')
            return false;
    return true;
}

int metric_get_or_create(struct metric_registry *r, struct str name, enum metric_type type,
                         enum metric_contains contains, struct metric **out, struct err *e)
{
    if (!metric_name_is_valid(name))
        return err_set(e, ERR_INVALID,
                       "Invalid metric name: '%.*s'. Metric names must only include up to 128 "
                       "ASCII letters, numbers, or "
                       "underscores and start with a letter or an underscore.",
                       (int)name.len, name.p);
    pthread_mutex_lock(&r->lock);
    struct metric *m = map_get(r->by_name, name);
    if (m == NULL)
        m = registry_add(r, name, type, contains);
    pthread_mutex_unlock(&r->lock);
    if (m->type != type)
        return err_set(e, ERR_EXISTS, "metric '%s' already exists but with type %s, instead of %s",
                       m->name, metric_type_name(m->type), metric_type_name(type));
    if (m->contains != contains)
        return err_set(e, ERR_EXISTS,
                       "metric '%s' already exists but with a value type %s, instead of %s",
                       m->name, metric_contains_name(m->contains), metric_contains_name(contains));
    *out = m;
    return 0;
}

struct metric *metric_find(struct metric_registry *r, struct str name)
{
    pthread_mutex_lock(&r->lock);
    struct metric *m = map_get(r->by_name, name);
    pthread_mutex_unlock(&r->lock);
    return m;
}

size_t metric_count(struct metric_registry *r)
{
    pthread_mutex_lock(&r->lock);
    size_t count = r->metrics.len;
    pthread_mutex_unlock(&r->lock);
    return count;
}

struct metric *metric_at(struct metric_registry *r, size_t id)
{
    pthread_mutex_lock(&r->lock);
    struct metric *m = id < r->metrics.len ? r->metrics.items[id] : NULL;
    pthread_mutex_unlock(&r->lock);
    return m;
}

size_t submetric_count(struct metric_registry *r)
{
    pthread_mutex_lock(&r->lock);
    size_t count = r->submetrics.len;
    pthread_mutex_unlock(&r->lock);
    return count;
}

struct submetric *submetric_at(struct metric_registry *r, size_t id)
{
    pthread_mutex_lock(&r->lock);
    struct submetric *s = id < r->submetrics.len ? r->submetrics.items[id] : NULL;
    pthread_mutex_unlock(&r->lock);
    return s;
}

static int name_error(struct err *e, struct str what, const char *trouble)
{
    char *quoted = buf_quote(what);
    int rc = err_set(e, ERR_INVALID, "parsing metric name failed, metric %s %s", quoted, trouble);
    mem_free(quoted);
    return rc;
}

int metric_split_name(struct str text, struct str *name, struct str *suffix, struct err *e)
{
    ptrdiff_t open = str_find(text, '{');
    ptrdiff_t close = -1;
    for (size_t i = 0; i < text.len; i++)
        if (text.p[i] == '}')
            close = (ptrdiff_t)i;
    *name = text;
    *suffix = (struct str){NULL, 0};
    if (open < 0 && close < 0)
        return 0;
    if (open < 0 || close < 0)
        return name_error(e, text, "has unmatched opening/close curly brace");
    if (close < open)
        return name_error(e, text, "closing curly brace appears before opening one");
    if ((size_t)close != text.len - 1)
        return name_error(e, text, "lacks a closing curly brace in its last position");
    struct str inner = {text.p + open + 1, (size_t)(close - open - 1)};
    struct str rest = inner;
    for (bool is_more = true; is_more;) {
        struct str tag, after, key, value;
        is_more = str_cut(rest, ',', &tag, &after);
        if (!is_more)
            tag = rest;
        if (!str_cut(tag, ':', &key, &value) || value.len == 0)
            return name_error(e, tag, "tag expression is malformed");
        rest = after;
    }
    *name = (struct str){text.p, (size_t)open};
    *suffix = inner;
    return 0;
}

/* White space, then any quotes, off both ends. */
static struct str trim_quotes(struct str s)
{
    s = str_trim(s);
    while (s.len > 0 && (s.p[0] == '"' || s.p[0] == '\''))
        s = (struct str){s.p + 1, s.len - 1};
    while (s.len > 0 && (s.p[s.len - 1] == '"' || s.p[s.len - 1] == '\''))
        s.len--;
    return s;
}

static void submetric_put_tag(struct submetric *s, struct str key, struct str value)
{
    struct str copy = {mem_strndup(value.p, value.len), value.len};
    for (size_t i = 0; i < s->tag_count; i++) {
        if (!str_eq(s->keys[i], key))
            continue;
        mem_free((char *)s->values[i].p); /* the later of two equal keys counts */
        s->values[i] = copy;
        return;
    }
    s->keys = mem_realloc(s->keys, (s->tag_count + 1) * sizeof *s->keys);
    s->values = mem_realloc(s->values, (s->tag_count + 1) * sizeof *s->values);
    s->keys[s->tag_count] = (struct str){mem_strndup(key.p, key.len), key.len};
    s->values[s->tag_count++] = copy;
}

static bool submetric_has_tag(const struct submetric *s, struct str key, struct str value)
{
    for (size_t i = 0; i < s->tag_count; i++)
        if (str_eq(s->keys[i], key))
            return str_eq(s->values[i], value);
    return false;
}

static bool submetric_is_same(const struct submetric *a, const struct submetric *b)
{
    if (a->tag_count != b->tag_count)
        return false;
    for (size_t i = 0; i < a->tag_count; i++)
        if (!submetric_has_tag(b, a->keys[i], a->values[i]))
            return false;
    return true;
}

/* The tags of "a:b,c:d"; what lies between commas and is empty is passed over. */
static struct submetric *submetric_parse(struct str suffix)
{
    struct submetric *s = MEM_NEW(struct submetric);
    struct str rest = suffix;
    for (bool is_more = true; is_more;) {
        struct str tag, after, key, value;
        is_more = str_cut(rest, ',', &tag, &after);
        if (!is_more)
            tag = rest;
        rest = after;
        if (tag.len == 0)
            continue;
        if (!str_cut(tag, ':', &key, &value)) {
            key = tag;
            value = STR("");
        }
        submetric_put_tag(s, trim_quotes(key), trim_quotes(value));
    }
    s->suffix = mem_strndup(suffix.p, suffix.len);
    return s;
}

/* The caller holds the lock. Takes s; returns it or the equal one that is there. */
static struct submetric *registry_add_submetric(struct metric_registry *r, struct metric *parent,
                                                struct submetric *s)
{
    for (size_t i = 0; i < parent->submetric_count; i++) {
        if (submetric_is_same(parent->submetrics[i], s)) {
            submetric_free(s);
            return parent->submetrics[i];
        }
    }
    char *name = mem_printf("%s{%s}", parent->name, s->suffix);
    s->parent = parent;
    s->metric = metric_new(str_of(name), parent->type, parent->contains);
    s->name = s->metric->name;
    s->id = (int)r->submetrics.len;
    VEC_PUSH(&r->submetrics, s);
    parent->submetrics =
        mem_realloc(parent->submetrics, (parent->submetric_count + 1) * sizeof(struct submetric *));
    parent->submetrics[parent->submetric_count++] = s;
    mem_free(name);
    return s;
}

int metric_add_submetric(struct metric_registry *r, struct str name, struct submetric **out,
                         struct err *e)
{
    ptrdiff_t open = str_find(name, '{');
    struct str parent_name = open < 0 ? name : (struct str){name.p, (size_t)open};
    struct metric *parent = metric_find(r, parent_name);
    if (parent == NULL)
        return err_set(e, ERR_NOT_FOUND, "metric '%.*s' does not exist in the script",
                       (int)parent_name.len, parent_name.p);
    if (open < 0 || name.p[name.len - 1] != '}')
        return err_set(e, ERR_INVALID,
                       "missing ending bracket, sub-metric format needs to be 'metric{key:value}'");
    struct str suffix = str_trim((struct str){name.p + open + 1, name.len - (size_t)open - 2});
    if (suffix.len == 0)
        return err_set(e, ERR_INVALID, "submetric criteria for metric '%s' cannot be empty",
                       parent->name);
    struct submetric *s = submetric_parse(suffix);
    pthread_mutex_lock(&r->lock);
    *out = registry_add_submetric(r, parent, s);
    pthread_mutex_unlock(&r->lock);
    return 0;
}

const char *metric_type_name(enum metric_type t)
{
    switch (t) {
    case METRIC_COUNTER:
        return "counter";
    case METRIC_GAUGE:
        return "gauge";
    case METRIC_TREND:
        return "trend";
    case METRIC_RATE:
        return "rate";
    }
    return "";
}

const char *metric_contains_name(enum metric_contains c)
{
    switch (c) {
    case METRIC_DEFAULT:
        return "default";
    case METRIC_TIME:
        return "time";
    case METRIC_DATA:
        return "data";
    }
    return "";
}
