/* loki_config.c - reads the settings of a log that goes to Loki; see loki_config.h. Knows no log.
 * Tests: loki_config_test.c */
#include "cli/loki_config.h"

#include <string.h>

#include "base/duration.h"
#include "base/mem.h"
#include "base/num.h"
#include "base/str.h"

static const char DEFAULT_URL[] = "http://127.0.0.1:3100/loki/api/v1/push";
enum { DEFAULT_LIMIT = 100, DEFAULT_MESSAGE_MAX = 1 << 20 };

static char *dup(struct str s)
{
    return mem_strndup(s.p, s.len);
}

static struct str after(struct str s, size_t count)
{
    return (struct str){s.p + count, s.len - count};
}

static struct key_value pair(struct str key, struct str value)
{
    return (struct key_value){.key = dup(key), .value = dup(value)};
}

static void set(char **to, struct str value)
{
    mem_free(*to);
    *to = dup(value);
}

static int read_count(int *out, struct str key, struct str value, struct err *e)
{
    int64_t n;
    if (num_parse_int(value, &n) < 0 || n < 1 || n > INT32_MAX)
        return err_set(e, ERR_INVALID, "loki's %.*s must be a positive number, not '%.*s'",
                       (int)key.len, key.p, (int)value.len, value.p);
    *out = (int)n;
    return 0;
}

static int read_period(int64_t *out, struct str value, struct err *e)
{
    int64_t ns;
    if (duration_parse_go(value, &ns, NULL) < 0 || ns < 0)
        return err_set(e, ERR_INVALID, "loki's pushPeriod must be a duration like 1s, not '%.*s'",
                       (int)value.len, value.p);
    *out = ns > 0 ? ns : *out;
    return 0;
}

static void read_allowed(struct loki_config *c, struct str value)
{
    struct str item, rest = value;
    c->has_allowed = true;
    bool more = true;
    while (more) {
        more = str_cut(rest, ',', &item, &rest);
        VEC_PUSH(&c->allowed, dup(item));
    }
}

static int take(struct loki_config *c, struct str key, struct str value, struct err *e)
{
    if (str_eqs(key, "limit"))
        return read_count(&c->limit, key, value, e);
    if (str_eqs(key, "msgMaxSize"))
        return read_count(&c->message_max, key, value, e);
    if (str_eqs(key, "pushPeriod"))
        return read_period(&c->period_ns, value, e);
    if (str_eqs(key, "loki") && value.len > 0)
        set(&c->url, value);
    else if (str_eqs(key, "level"))
        set(&c->level, value);
    else if (str_eqs(key, "profile"))
        c->has_profile = true;
    else if (str_eqs(key, "allowedLabels"))
        read_allowed(c, value);
    else if (str_starts(key, "label."))
        VEC_PUSH(&c->labels, pair(after(key, 6), value));
    else if (str_starts(key, "header."))
        VEC_PUSH(&c->headers, pair(after(key, 7), value));
    else if (!str_eqs(key, "loki"))
        return err_set(e, ERR_INVALID, "unknown loki config key %.*s", (int)key.len, key.p);
    return 0;
}

/* Cuts "value,rest" or "[value],rest"; *more: there is a rest. */
static int cut_value(struct str text, struct str key, struct str *value, struct str *rest,
                     bool *more, struct err *e)
{
    if (!str_starts(text, "[")) {
        *more = str_cut(text, ',', value, rest);
        return 0;
    }
    if (!str_cut(after(text, 1), ']', value, rest))
        return err_set(e, ERR_INVALID, "the list of loki's %.*s has no ]", (int)key.len, key.p);
    if (rest->len > 0 && rest->p[0] != ',')
        return err_set(e, ERR_INVALID, "a comma must follow the list of loki's %.*s", (int)key.len,
                       key.p);
    *more = rest->len > 0;
    if (*more)
        *rest = after(*rest, 1);
    return 0;
}

int loki_config_parse(struct loki_config *fills, const char *text, struct err *e)
{
    struct str rest = str_of(text);
    bool more = strcmp(text, "loki") != 0;
    int rc = 0;
    *fills = (struct loki_config){
        .url = mem_strdup(DEFAULT_URL),
        .limit = DEFAULT_LIMIT,
        .message_max = DEFAULT_MESSAGE_MAX,
        .period_ns = NS_PER_SEC,
    };
    if (more && strncmp(text, "loki=", 5) != 0)
        return err_set(e, ERR_INVALID, "the log to Loki is given as loki=URL, not '%s'", text);
    while (rc == 0 && more && rest.len > 0) {
        struct str key, value;
        if (!str_cut(rest, '=', &key, &value) || value.len == 0 || memchr(key.p, ',', key.len))
            return err_set(e, ERR_INVALID, "a setting of loki has no value: '%.*s'", (int)rest.len,
                           rest.p);
        rc = cut_value(value, key, &value, &rest, &more, e);
        if (rc == 0)
            rc = take(fills, key, value, e);
    }
    return rc;
}

static void free_pair(struct key_value *pair)
{
    mem_free(pair->key);
    mem_free(pair->value);
}

void loki_config_deinit(struct loki_config *c)
{
    for (size_t i = 0; i < c->labels.len; i++)
        free_pair(&c->labels.items[i]);
    for (size_t i = 0; i < c->headers.len; i++)
        free_pair(&c->headers.items[i]);
    for (size_t i = 0; i < c->allowed.len; i++)
        mem_free(c->allowed.items[i]);
    VEC_DEINIT(&c->labels);
    VEC_DEINIT(&c->headers);
    VEC_DEINIT(&c->allowed);
    mem_free(c->url);
    mem_free(c->level);
}
