/* secret_url.c - see secret_url.h. Each fetch has an HTTP client of its own: secrets are few, and
 * nothing of the script's options counts here. Source: k6 docs, "URL secret source".
 * Tests: secret_url_test.c, test/cli/secrets_url.sh */
#include "modules/secrets/secret_url.h"

#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/rand.h>

#include "base/duration.h"
#include "base/json.h"
#include "base/mem.h"
#include "core/clock.h"
#include "core/fiber.h"
#include "modules/http/json_selector.h"
#include "modules/secrets/secret_url_config.h"
#include "net/http_client.h"
#include "net/proxy.h"

enum {
    SECRET_MAX = 24 * 1024, /* as in k6 */
    BODY_MAX = 1 << 20,
};

struct secret_url {
    struct secret_url_config config;
    pthread_mutex_t lock; /* of the two below */
    double tokens;        /* requests that may go out at once; below 0: how many wait */
    int64_t counted_ns;   /* when tokens was true */
};

int secret_url_new(struct secret_url **out, struct str line, char *const *env, struct err *e)
{
    struct secret_url *s = MEM_NEW(struct secret_url);
    int rc = secret_url_config_init(&s->config, line, env, e);
    *out = NULL;
    if (rc < 0) {
        mem_free(s);
        return rc;
    }
    pthread_mutex_init(&s->lock, NULL);
    s->tokens = (double)s->config.requests_burst;
    s->counted_ns = clock_now_ns();
    *out = s;
    return 0;
}

void secret_url_free(struct secret_url *s)
{
    if (s == NULL)
        return;
    pthread_mutex_destroy(&s->lock);
    secret_url_config_deinit(&s->config);
    mem_free(s);
}

/* ---- one request ---- */

static void put_url(struct buf *out, const char *template, struct str key)
{
    const char *at;
    while ((at = strstr(template, "{key}")) != NULL) {
        buf_add(out, template, (size_t)(at - template));
        buf_add_str(out, key);
        template = at + 5;
    }
    buf_adds(out, template);
}

static const char *type_name(struct str json)
{
    switch (json.len > 0 ? json.p[0] : '\0') {
    case '"':
        return "String";
    case '{':
    case '[':
        return "JSON";
    case 't':
        return "True";
    case 'f':
        return "False";
    case 'n':
        return "Null";
    default:
        return "Number";
    }
}

static int select_text(struct buf *out, struct str body, struct str path, struct err *e)
{
    struct str found;
    struct arena *arena = arena_new(4096);
    struct json *whole = json_parse(body, NULL);
    char *quoted = buf_quote(path);
    int rc = ERR_NOT_FOUND;
    if (whole == NULL || !json_select(body, path, arena, &found)) {
        err_set(e, rc, "path %s not found in response", quoted);
    } else if (found.len == 0 || found.p[0] != '"') {
        err_set(e, rc, "secret value at path %s is not a string (got %s)", quoted,
                type_name(found));
    } else {
        struct json *text = json_parse(found, e);
        rc = text != NULL ? buf_add_str(out, text->text) : ERR_INVALID;
        json_free(text);
    }
    mem_free(quoted);
    json_free(whole);
    arena_free(arena);
    return rc;
}

int secret_url_extract(struct buf *out, struct str body, struct str path, struct err *e)
{
    if (body.len > SECRET_MAX)
        return err_set(e, ERR_TOO_LARGE, "secret response exceeds maximum size of %d bytes",
                       SECRET_MAX);
    return path.len == 0 ? buf_add_str(out, body) : select_text(out, body, path, e);
}

/* What the answer means; *may_pass: trying again may help. */
static int judge(const struct secret_url *s, const struct http_request *q, struct http_response *r,
                 int rc, struct buf *out, bool *may_pass, struct err *e)
{
    struct buf why;
    if (rc == ERR_CANCELED)
        return rc;
    *may_pass = rc < 0 || r->status >= 500 || r->status == 429;
    if (rc < 0) {
        buf_init(&why, BUF_NO_LIMIT);
        http_response_put_failure(&why, q, r);
        err_set(e, rc, "failed to get secret: %s", why.data);
        buf_deinit(&why);
        return rc;
    }
    if (r->status != 200)
        return err_set(e, ERR_PROTOCOL, "status code %d: failed to get secret", r->status);
    struct str body = {r->body != NULL ? r->body : "", r->body_len};
    rc = secret_url_extract(out, body, str_of(s->config.response_path), e);
    return rc < 0 ? err_prefix(e, rc, "failed to extract secret") : 0;
}

static int send_request(const struct secret_url *s, struct http_client *client,
                        const struct url *url, struct buf *out, bool *may_pass, struct err *e)
{
    const struct secret_url_config *c = &s->config;
    struct http_header *headers = mem_calloc(c->headers.len + 1, sizeof *headers);
    struct http_response r;
    for (size_t i = 0; i < c->headers.len; i++)
        headers[i] = (struct http_header){str_of(c->headers.items[i].name),
                                          str_of(c->headers.items[i].value)};
    struct http_request q = {
        .method = str_of(c->method[0] != '\0' ? c->method : "GET"),
        .url = url,
        .headers = headers,
        .header_count = c->headers.len,
        .max_redirects = 10,
        .deadline_ns = clock_add(clock_now_ns(), c->timeout_ns),
    };
    http_response_init(&r);
    int rc = judge(s, &q, &r, http_client_do(client, &q, &r), out, may_pass, e);
    http_response_deinit(&r);
    mem_free(headers);
    return rc;
}

static const char *from_environment(void *opaque, const char *name)
{
    return getenv(name);
}

/* ---- turns and retries ---- */

/* When the next request may go out: each takes a token, and tokens come back evenly. */
static int64_t take_turn(struct secret_url *s)
{
    double interval_ns = (double)(60 * NS_PER_SEC / s->config.requests_per_minute);
    int64_t now_ns = clock_now_ns();
    pthread_mutex_lock(&s->lock);
    if (interval_ns > 0)
        s->tokens += (double)(now_ns - s->counted_ns) / interval_ns;
    s->tokens = fmin(s->tokens, (double)s->config.requests_burst) - 1;
    s->counted_ns = now_ns;
    double wait_ns = s->tokens < 0 ? -s->tokens * interval_ns : 0;
    pthread_mutex_unlock(&s->lock);
    return clock_add(now_ns, wait_ns < 9e18 ? (int64_t)wait_ns : INT64_MAX);
}

/* Grows with each attempt, cut to whole seconds, and up to a second of chance on top. */
static int64_t pause_ns(const struct secret_url *s, int64_t attempt)
{
    uint16_t chance = 0;
    double seconds = floor(pow((double)s->config.retry_backoff_ns / 1e9, (double)attempt));
    RAND_bytes((unsigned char *)&chance, sizeof chance);
    return (int64_t)(fmin(seconds, 1e9) * 1e9) + chance % 1000 * NS_PER_MS;
}

static int try_all(struct secret_url *s, struct worker *w, struct http_client *client,
                   const struct url *url, struct buf *out, struct err *e)
{
    int rc = fiber_sleep_until(w, take_turn(s));
    bool may_pass = rc == 0;
    for (int64_t attempt = 0; may_pass && attempt <= s->config.max_retries; attempt++) {
        may_pass = false;
        rc = attempt > 0 ? fiber_sleep_until(w, clock_add(clock_now_ns(), pause_ns(s, attempt)))
                         : 0;
        if (rc == 0)
            rc = send_request(s, client, url, out, &may_pass, e);
    }
    return rc;
}

int secret_url_fetch(struct secret_url *s, struct worker *w, struct str key, struct buf *out,
                     struct err *e)
{
    struct proxy_env *proxies = proxy_env_new(from_environment, NULL);
    struct http_config config = {.max_body_bytes = BODY_MAX, .proxies = proxies};
    struct http_shared *shared = NULL;
    struct http_client *client = NULL;
    struct url *url = NULL;
    struct buf text;
    buf_init(&text, BUF_NO_LIMIT);
    put_url(&text, s->config.url_template, key);
    int rc = url_parse(&url, (struct str){text.data, text.len}, e);
    if (rc < 0) {
        err_prefix(e, rc, "failed to create request: parse \"%s\"", text.data);
        goto done;
    }
    rc = http_shared_new(&shared, w, &config, e);
    if (rc < 0)
        goto done;
    client = http_client_new(shared);
    rc = try_all(s, w, client, url, out, e);
done:
    http_client_free(client);
    http_shared_free(shared);
    proxy_env_free(proxies);
    url_free(url);
    buf_deinit(&text);
    return rc;
}
