/* secret_url_config.c - see secret_url_config.h. One table has the options with their three names.
 * Source: k6 docs, "URL secret source". Tests: secret_url_config_test.c */
#include "modules/secrets/secret_url_config.h"

#include <string.h>

#include "base/buf.h"
#include "base/duration.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/url.h"
#include "js/source_file.h"

static const char ENV_PREFIX[] = "K6_SECRET_SOURCE_URL_";

enum option_type { OPTION_TEXT, OPTION_DURATION, OPTION_INT };

static const struct option {
    const char *name;
    const char *env; /* behind ENV_PREFIX */
    enum option_type type;
    size_t offset;
} options[] = {
#define OPTION(name, env, type, field) {name, env, type, offsetof(struct secret_url_config, field)}
    OPTION("urlTemplate", "URL_TEMPLATE", OPTION_TEXT, url_template),
    OPTION("method", "METHOD", OPTION_TEXT, method),
    OPTION("responsePath", "RESPONSE_PATH", OPTION_TEXT, response_path),
    OPTION("timeout", "TIMEOUT", OPTION_DURATION, timeout_ns),
    OPTION("maxRetries", "MAX_RETRIES", OPTION_INT, max_retries),
    OPTION("retryBackoff", "RETRY_BACKOFF", OPTION_DURATION, retry_backoff_ns),
    OPTION("requestsPerMinuteLimit", "REQUESTS_PER_MINUTE_LIMIT", OPTION_INT, requests_per_minute),
    OPTION("requestsBurst", "REQUESTS_BURST", OPTION_INT, requests_burst),
#undef OPTION
};
enum { OPTION_COUNT = sizeof options / sizeof options[0] };

static void *field_of(struct secret_url_config *c, const struct option *o)
{
    return (char *)c + o->offset;
}

static const struct option *find_option(struct str name)
{
    for (size_t i = 0; i < OPTION_COUNT; i++)
        if (str_eqs(name, options[i].name))
            return &options[i];
    return NULL;
}

static void set_text(struct secret_url_config *c, const struct option *o, struct str value)
{
    char **field = field_of(c, o);
    mem_free(*field);
    *field = mem_strndup(value.p, value.len);
}

/* As Go's Sscanf reads %d: what follows the number does not count. */
static int parse_leading_int(struct str s, int64_t *out)
{
    s = str_trim(s);
    size_t i = s.len > 0 && (s.p[0] == '-' || s.p[0] == '+') ? 1 : 0;
    size_t begin = i;
    int64_t n = 0;
    for (; i < s.len && ascii_is_digit(s.p[i]); i++)
        if (__builtin_mul_overflow(n, 10, &n) || __builtin_add_overflow(n, s.p[i] - '0', &n))
            return ERR_INVALID;
    *out = begin == 1 && s.p[0] == '-' ? -n : n;
    return i > begin ? 0 : ERR_INVALID;
}

static int set_option(struct secret_url_config *c, const struct option *o, struct str value,
                      struct err *e)
{
    switch (o->type) {
    case OPTION_TEXT:
        set_text(c, o, value);
        return 0;
    case OPTION_INT:
        if (parse_leading_int(value, field_of(c, o)) < 0)
            return err_set(e, ERR_INVALID, "invalid %s: expected integer", o->name);
        return 0;
    case OPTION_DURATION:
        break;
    }
    int rc = duration_parse_go(value, field_of(c, o), e);
    return rc < 0 ? err_prefix(e, rc, "invalid %s", o->name) : 0;
}

/* ---- headers ---- */

static void clear_headers(struct secret_url_config *c)
{
    for (size_t i = 0; i < c->headers.len; i++) {
        mem_free(c->headers.items[i].name);
        mem_free(c->headers.items[i].value);
    }
    VEC_CLEAR(&c->headers);
}

static void add_header(struct secret_url_config *c, struct str name, struct str value)
{
    for (size_t i = 0; i < c->headers.len; i++) {
        struct secret_url_header *h = &c->headers.items[i];
        if (str_eqs(name, h->name)) {
            mem_free(h->value);
            h->value = mem_strndup(value.p, value.len);
            return;
        }
    }
    struct secret_url_header h = {mem_strndup(name.p, name.len), mem_strndup(value.p, value.len)};
    VEC_PUSH(&c->headers, h);
}

/* ---- the environment ---- */

static int read_env(struct secret_url_config *c, char *const *env, struct err *e)
{
    static const char header[] = "HEADER_";
    int rc = 0;
    for (; *env != NULL && rc == 0; env++) {
        struct str name, value;
        if (!str_starts(str_of(*env), ENV_PREFIX) || !str_cut(str_of(*env), '=', &name, &value))
            continue;
        name.p += sizeof ENV_PREFIX - 1;
        name.len -= sizeof ENV_PREFIX - 1;
        if (str_starts(name, header)) {
            name.p += sizeof header - 1;
            name.len -= sizeof header - 1;
            add_header(c, name, value);
        }
        for (size_t i = 0; i < OPTION_COUNT && rc == 0; i++)
            if (str_eqs(name, options[i].env) && value.len > 0)
                rc = set_option(c, &options[i], value, e);
    }
    return rc;
}

/* ---- the file ---- */

/* A duration is text as Go has it, or a number of milliseconds; null leaves things as they are. */
static int set_from_json(struct secret_url_config *c, const struct option *o, const struct json *v,
                         struct err *e)
{
    bool is_number = v->type == JSON_NUMBER;
    if (v->type == JSON_NULL)
        return 0;
    if (o->type == OPTION_DURATION && is_number)
        return duration_from_ms(v->number, field_of(c, o)) < 0
                   ? err_set(e, ERR_INVALID, "%s is out of range", o->name)
                   : 0;
    if (o->type == OPTION_DURATION && v->type == JSON_STRING)
        return duration_parse(v->text, field_of(c, o), e);
    if (o->type == OPTION_INT ? is_number : v->type == JSON_STRING)
        return set_option(c, o, v->text, e);
    return err_set(e, ERR_INVALID, "%s can't be a JSON %s", o->name, json_type_name(v));
}

static int headers_from_json(struct secret_url_config *c, const struct json *v, struct err *e)
{
    if (v->type == JSON_NULL)
        return 0;
    if (v->type != JSON_OBJECT)
        return err_set(e, ERR_INVALID, "headers can't be a JSON %s", json_type_name(v));
    clear_headers(c);
    for (size_t i = 0; i < v->len; i++) {
        if (v->items[i]->type != JSON_STRING)
            return err_set(e, ERR_INVALID, "the header \"%s\" can't be a JSON %s", v->keys[i].p,
                           json_type_name(v->items[i]));
        add_header(c, v->keys[i], v->items[i]->text);
    }
    return 0;
}

static int apply_json(struct secret_url_config *c, const struct json *root, struct err *e)
{
    int rc = root->type == JSON_OBJECT ? 0 : err_set(e, ERR_INVALID, "it is no object");
    const struct json *headers = json_get(root, "headers");
    if (rc == 0 && headers != NULL)
        rc = headers_from_json(c, headers, e);
    for (size_t i = 0; i < OPTION_COUNT && rc == 0; i++) {
        const struct json *v = json_get(root, options[i].name);
        if (v != NULL)
            rc = set_from_json(c, &options[i], v, e);
    }
    return rc;
}

static int read_file(struct secret_url_config *c, struct str name, struct err *e)
{
    char *path = mem_strndup(name.p, name.len);
    char *data = NULL;
    size_t len = 0;
    int rc = source_file_read(path, &data, &len, e);
    if (rc == ERR_NOT_FOUND) /* there it says "stat", as k6 does of scripts */
        err_set(e, rc, "open %s: no such file or directory", path);
    mem_free(path);
    if (rc < 0)
        return err_prefix(e, rc, "failed to open config file");
    struct json *root = json_parse((struct str){data, len}, e);
    rc = root != NULL ? apply_json(c, root, e) : ERR_INVALID;
    json_free(root);
    mem_free(data);
    return rc < 0 ? err_prefix(e, rc, "failed to parse JSON config") : 0;
}

/* ---- the line ---- */

static int no_pair(struct str part, struct err *e)
{
    char *quoted = buf_quote(part);
    err_set(e, ERR_INVALID, "invalid config format %s, expected key=value", quoted);
    mem_free(quoted);
    return ERR_INVALID;
}

static int unknown_key(struct str key, struct err *e)
{
    char *quoted = buf_quote(key);
    err_set(e, ERR_INVALID, "unknown configuration key: %s", quoted);
    mem_free(quoted);
    return ERR_INVALID;
}

/* The file counts less than the rest of the line, wherever it stands: it is read in a pass of its
 * own. */
enum pass { PASS_FILE, PASS_INLINE };

static int read_part(struct secret_url_config *c, struct str key, struct str value, enum pass pass,
                     bool *has_headers, struct err *e)
{
    static const char header[] = "headers.";
    const struct option *o = find_option(key);
    if (str_eqs(key, "config"))
        return pass == PASS_FILE ? read_file(c, value, e) : 0;
    if (pass == PASS_FILE)
        return 0;
    if (o != NULL)
        return set_option(c, o, value, e);
    if (!str_starts(key, header))
        return unknown_key(key, e);
    if (!*has_headers) /* those of the line replace all others */
        clear_headers(c);
    *has_headers = true;
    add_header(c, (struct str){key.p + sizeof header - 1, key.len - (sizeof header - 1)}, value);
    return 0;
}

static int read_line(struct secret_url_config *c, struct str line, enum pass pass, struct err *e)
{
    struct str part, rest = {NULL, 0}, key, value;
    bool has_headers = false;
    int rc = 0;
    for (bool has_more = true; has_more && rc == 0; line = rest) {
        has_more = str_cut(line, ',', &part, &rest);
        if (!has_more)
            part = line;
        rc = str_cut(part, '=', &key, &value) ? read_part(c, key, value, pass, &has_headers, e)
                                              : no_pair(part, e);
    }
    return rc;
}

/* ---- judging ---- */

static int check_template(const char *text, struct err *e)
{
    struct url *url;
    if (text[0] == '\0')
        return err_set(e, ERR_INVALID, "urlTemplate is required");
    const char *key = strstr(text, "{key}");
    if (key == NULL)
        return err_set(e, ERR_INVALID, "urlTemplate must contain {key} placeholder");
    char *tried = mem_printf("%.*stest%s", (int)(key - text), text, key + 5);
    int rc = url_parse(&url, str_of(tried), e);
    mem_free(tried);
    if (rc < 0)
        return err_prefix(e, rc, "urlTemplate is not a valid URL");
    if (url->scheme.len == 0)
        rc = err_set(e, ERR_INVALID,
                     "urlTemplate must be an absolute URL with a scheme (e.g., https://...)");
    url_free(url);
    return rc;
}

static int check(const struct secret_url_config *c, struct err *e)
{
    int rc = check_template(c->url_template, e);
    if (rc < 0)
        return rc;
    const char *wrong = c->timeout_ns <= 0            ? "timeout must be greater than 0"
                        : c->requests_per_minute <= 0 ? "requestsPerMinuteLimit must be greater than 0"
                        : c->requests_burst <= 0      ? "requestsBurst must be greater than 0"
                        : c->max_retries < 0          ? "maxRetries must be non-negative"
                        : c->retry_backoff_ns <= 0    ? "retryBackoff must be greater than 0"
                                                      : NULL;
    return wrong != NULL ? err_set(e, ERR_INVALID, "%s", wrong) : 0;
}

int secret_url_config_init(struct secret_url_config *c, struct str line, char *const *env,
                           struct err *e)
{
    *c = (struct secret_url_config){
        .url_template = mem_strdup(""),
        .method = mem_strdup("GET"),
        .response_path = mem_strdup(""),
        .timeout_ns = 30 * NS_PER_SEC,
        .retry_backoff_ns = NS_PER_SEC,
        .max_retries = 3,
        .requests_per_minute = 300,
        .requests_burst = 10,
    };
    int rc = read_env(c, env, e);
    if (rc == 0 && line.len > 0)
        rc = read_line(c, line, PASS_FILE, e);
    if (rc == 0 && line.len > 0)
        rc = read_line(c, line, PASS_INLINE, e);
    if (rc == 0)
        rc = check(c, e);
    if (rc == 0)
        return 0;
    secret_url_config_deinit(c);
    return err_prefix(e, rc, "missing or invalid config");
}

void secret_url_config_deinit(struct secret_url_config *c)
{
    clear_headers(c);
    VEC_DEINIT(&c->headers);
    mem_free(c->url_template);
    mem_free(c->method);
    mem_free(c->response_path);
    *c = (struct secret_url_config){.url_template = NULL};
}
