/* loki.c - pushes log lines to Loki; see loki.h. One fiber on a worker of its own sleeps, takes
 * what the loggers' threads have collected meanwhile, and sends it. Knows no flags. Tests:
 * test/cli/loki.sh */
#include "cli/loki.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/duration.h"
#include "cli/loki_batch.h"
#include "core/clock.h"
#include "core/worker.h"
#include "net/http_client.h"
#include "net/proxy.h"

enum {
    WORKER_INDEX = 1000, /* apart from those of VUs, in the thread's name too */
    ANSWER_MAX = 1 << 20,
    ANSWER_SHOWN = 1000,
};

struct loki {
    struct loki_config config;
    struct logger *fallback;
    struct worker *worker;
    struct fiber *fiber;
    struct mail start_mail, end_mail;
    bool is_ending;       /* the worker's */
    pthread_mutex_t lock; /* around collected */
    struct loki_batch collected;
    struct loki_batch sent; /* the fiber's; swapped with collected */
    struct url *url;
    struct http_header *headers;
};

static void put(void *opaque, const struct log_entry *entry)
{
    struct loki *l = opaque;
    pthread_mutex_lock(&l->lock);
    loki_batch_add(&l->collected, &l->config, entry);
    pthread_mutex_unlock(&l->lock);
}

/* ---- sending */

static const char *from_environment(void *opaque, const char *name)
{
    return getenv(name);
}

static void report(struct loki *l, struct str why)
{
    char *error = mem_strndup(why.p, why.len);
    log_record(l->fallback, LOG_ERROR, NULL, error, NULL, 0,
               STR("Error while sending logs to loki"));
    mem_free(error);
}

static void judge(struct loki *l, const struct http_request *q, struct http_response *r, int rc)
{
    struct buf why;
    buf_init(&why, BUF_NO_LIMIT);
    if (rc < 0)
        http_response_put_failure(&why, q, r);
    else if (r->status >= 400)
        buf_addf(&why, "got %d from loki: %.*s", r->status,
                 (int)(r->body_len < ANSWER_SHOWN ? r->body_len : ANSWER_SHOWN),
                 r->body != NULL ? r->body : "");
    if (why.len > 0)
        report(l, (struct str){why.data, why.len});
    buf_deinit(&why);
}

static void send_text(struct loki *l, struct http_client *client, struct str text)
{
    struct http_request q = {
        .method = STR("POST"),
        .url = l->url,
        .headers = l->headers,
        .header_count = l->config.headers.len + 1,
        .body = text,
        .has_body = true,
        .max_redirects = 10,
        .deadline_ns = clock_add(clock_now_ns(), l->config.period_ns),
    };
    struct http_response r;
    http_response_init(&r);
    int rc = http_client_do(client, &q, &r);
    judge(l, &q, &r, rc);
    http_response_deinit(&r);
}

static void push(struct loki *l, struct http_client *client)
{
    struct buf text;
    int64_t start_ns = clock_now_ns();
    pthread_mutex_lock(&l->lock);
    struct loki_batch taken = l->collected;
    l->collected = l->sent;
    l->sent = taken;
    pthread_mutex_unlock(&l->lock);
    if (l->sent.lines.len == 0)
        return;
    buf_init(&text, BUF_NO_LIMIT);
    loki_batch_put(&text, &l->sent, &l->config);
    int64_t made_ns = clock_now_ns();
    send_text(l, client, (struct str){text.data, text.len});
    if (l->config.has_profile) {
        char *making = duration_dup(made_ns - start_ns);
        char *sending = duration_dup(clock_now_ns() - made_ns);
        log_info(l->fallback, "loki: marshalling=%s sending=%s count=%zu final_size=%zu", making,
                 sending, l->sent.lines.len, text.len);
        mem_free(making);
        mem_free(sending);
    }
    buf_deinit(&text);
    loki_batch_clear(&l->sent);
}

static void run(struct loki *l, struct http_client *client)
{
    int64_t next_ns = clock_now_ns();
    while (!l->is_ending) {
        next_ns = clock_add(next_ns, l->config.period_ns);
        while (!l->is_ending && fiber_park(l->worker, next_ns) != ERR_TIMEOUT)
            ;
        push(l, client);
    }
    push(l, client);
}

static void fiber_main(void *arg)
{
    struct loki *l = arg;
    struct err e = {0};
    struct proxy_env *proxies = proxy_env_new(from_environment, NULL);
    struct http_config config = {.max_body_bytes = ANSWER_MAX, .proxies = proxies};
    struct http_shared *shared = NULL;
    if (http_shared_new(&shared, l->worker, &config, &e) == 0) {
        struct http_client *client = http_client_new(shared);
        run(l, client);
        http_client_free(client);
        http_shared_free(shared);
    } else {
        report(l, err_text(&e));
        while (!l->is_ending)
            fiber_park(l->worker, CLOCK_NEVER);
    }
    proxy_env_free(proxies);
    err_deinit(&e);
}

/* ---- beginning and end */

static void drop(struct loki *l)
{
    loki_batch_deinit(&l->collected);
    loki_batch_deinit(&l->sent);
    loki_config_deinit(&l->config);
    url_free(l->url);
    mem_free(l->headers);
    log_free(l->fallback);
    pthread_mutex_destroy(&l->lock);
    mem_free(l);
}

static void on_start_mail(struct worker *w, struct mail *m)
{
    struct loki *l = (struct loki *)((char *)m - offsetof(struct loki, start_mail));
    l->fiber = fiber_spawn(w, FIBER_HELPER, fiber_main, l);
}

static void on_end_mail(struct worker *w, struct mail *m)
{
    struct loki *l = (struct loki *)((char *)m - offsetof(struct loki, end_mail));
    l->is_ending = true;
    fiber_wake(l->fiber, 0);
}

static void end(void *opaque)
{
    struct loki *l = opaque;
    worker_post(l->worker, &l->end_mail);
    worker_stop(l->worker);
    worker_free(l->worker);
    drop(l);
}

static void make_headers(struct loki *l)
{
    size_t count = l->config.headers.len;
    l->headers = mem_calloc(count + 1, sizeof l->headers[0]);
    l->headers[0] = (struct http_header){STR("Content-Type"), STR("application/json")};
    for (size_t i = 0; i < count; i++)
        l->headers[i + 1] = (struct http_header){str_of(l->config.headers.items[i].key),
                                                 str_of(l->config.headers.items[i].value)};
}

int loki_start(struct log_sink *fills, struct loki_config *config, struct logger *fallback,
               struct err *e)
{
    struct loki *l = MEM_NEW(struct loki);
    l->config = *config;
    *config = (struct loki_config){0};
    l->fallback = fallback;
    l->start_mail.run = on_start_mail;
    l->end_mail.run = on_end_mail;
    CHECK(pthread_mutex_init(&l->lock, NULL) == 0);
    make_headers(l);
    int rc = url_parse(&l->url, str_of(l->config.url), e);
    if (rc == 0 && (l->worker = worker_new(WORKER_INDEX)) == NULL)
        rc = err_set(e, ERR_NO_FILES, "no file descriptors are left for the log to Loki");
    if (rc == 0 && (rc = worker_start(l->worker)) < 0)
        err_set(e, rc, "the thread of the log to Loki can't be started");
    if (rc < 0) {
        if (l->worker != NULL)
            worker_free(l->worker);
        drop(l);
        return rc;
    }
    worker_post(l->worker, &l->start_mail);
    *fills = (struct log_sink){.put = put, .end = end, .opaque = l, .fallback = fallback};
    return 0;
}
