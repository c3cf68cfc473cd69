/* remote.c - fetches a script's remote modules with the HTTP client; see remote.h. Knows no engine.
 * As k6, it first asks with "_k6=1" in the query, so that a server may answer with what is meant
 * for it, and without when that fails. Nothing of the script's own options counts here: they are
 * not known yet, and insecureSkipTLSVerify is about the system under test. Tests:
 * test/cli/remote.sh */
#include "cli/remote.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "core/clock.h"
#include "core/worker.h"
#include "net/http_client.h"
#include "net/proxy.h"

enum { BODY_MAX = 64 << 20 };
static const int64_t TIMEOUT_NS = INT64_C(60) * 1000000000;

static const char *from_environment(void *opaque, const char *name)
{
    return getenv(name);
}

static int judge(const struct http_request *q, struct http_response *r, int rc, const char *url,
                 struct err *e)
{
    struct buf why;
    if (rc == ERR_CANCELED)
        return rc;
    if (rc < 0) {
        buf_init(&why, BUF_NO_LIMIT);
        http_response_put_failure(&why, q, r);
        err_set(e, rc, "%s", why.data);
        buf_deinit(&why);
        return rc;
    }
    if (r->status == 404)
        return err_set(e, ERR_NOT_FOUND, "not found: %s", url);
    if (r->status != 200)
        return err_set(e, ERR_PROTOCOL, "wrong status code (%d) for: %s", r->status, url);
    return 0;
}

/* One request; parks. */
static int get(struct http_client *c, const char *text, char **data, size_t *len, struct err *e)
{
    struct url *url = NULL;
    struct http_response r;
    http_response_init(&r);
    int rc = url_parse(&url, str_of(text), e);
    if (rc < 0)
        goto done;
    struct http_request q = {
        .method = STR("GET"),
        .url = url,
        .max_redirects = 10,
        .deadline_ns = clock_now_ns() + TIMEOUT_NS,
    };
    rc = judge(&q, &r, http_client_do(c, &q, &r), text, e);
    if (rc == 0) {
        *len = r.body_len;
        *data = r.body != NULL ? http_response_take_body(&r) : mem_strdup("");
    }
done:
    http_response_deinit(&r);
    url_free(url);
    return rc;
}

/* The mark belongs before a fragment, which is never sent. */
static char *marked_url(const char *url)
{
    size_t len = strcspn(url, "#");
    const char *sign = memchr(url, '?', len) != NULL ? "&" : "?";
    return mem_printf("%.*s%s_k6=1", (int)len, url, sign);
}

int remote_fetch(void *opaque, struct worker *w, const char *url, char **data, size_t *len,
                 struct err *e)
{
    struct proxy_env *proxies = proxy_env_new(from_environment, NULL);
    struct http_config config = {
        .max_body_bytes = BODY_MAX,
        .proxies = proxies,
    };
    struct http_shared *shared = NULL;
    struct http_client *client = NULL;
    char *marked = marked_url(url);
    int rc = http_shared_new(&shared, w, &config, e);
    if (rc < 0)
        goto done;
    client = http_client_new(shared);
    struct err first = {0};
    rc = get(client, marked, data, len, &first);
    err_deinit(&first);
    if (rc < 0 && rc != ERR_CANCELED)
        rc = get(client, url, data, len, e);
done:
    http_client_free(client);
    http_shared_free(shared);
    proxy_env_free(proxies);
    mem_free(marked);
    return rc;
}
