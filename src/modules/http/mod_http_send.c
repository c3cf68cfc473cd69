/* mod_http_send.c - sends what was parsed, waits for it, and says what became of it: samples for
 * every hop, a warning or an exception for a failure. Source: k6 docs, "k6/http", "Built-in
 * metrics", "Error codes". Tests: test/js/http_*.js */
#include "modules/http/http_int.h"

#include "core/clock.h"
#include "core/fiber.h"
#include "modules/http/mod_http_config.h"

enum { SWITCHING_PROTOCOLS = 101, UNAUTHORIZED = 401 };

static double ms(int64_t ns)
{
    return (double)ns / 1e6;
}

static void add_hop_samples(struct http_exchange *x, const struct http_hop *h, struct tagset *tags,
                            int expected)
{
    const struct builtin_metrics *m = x->st->metrics;
    struct shard *s = x->st->vu->shard;
    int64_t at = h->end_mono_ns;
    shard_add(s, m->http_reqs, tags, x->metadata, at, 1);
    shard_add(s, m->http_req_duration, tags, x->metadata, at, ms(h->t.duration));
    shard_add(s, m->http_req_blocked, tags, x->metadata, at, ms(h->t.blocked));
    shard_add(s, m->http_req_connecting, tags, x->metadata, at, ms(h->t.connecting));
    shard_add(s, m->http_req_tls_handshaking, tags, x->metadata, at, ms(h->t.tls_handshaking));
    shard_add(s, m->http_req_sending, tags, x->metadata, at, ms(h->t.sending));
    shard_add(s, m->http_req_waiting, tags, x->metadata, at, ms(h->t.waiting));
    shard_add(s, m->http_req_receiving, tags, x->metadata, at, ms(h->t.receiving));
    if (expected >= 0)
        shard_add(s, m->http_req_failed, tags, x->metadata, at, expected ? 0 : 1);
}

/* 1, 0, or -1 when nobody asks. Where proof is asked for first, that is what is expected. */
static int8_t is_expected(struct http_exchange *x, int status)
{
    bool is_first = !x->is_told;
    x->is_told = true;
    if (!x->expected)
        return -1;
    if (is_first && (x->auth == AUTH_DIGEST || (x->auth == AUTH_NTLM && status == UNAUTHORIZED)))
        return status == UNAUTHORIZED;
    return mod_http_statuses_match(x->expected, status);
}

/* A request and its answer, or its failure: outside the engine, while the exchange is under way. */
static void on_hop(void *opaque, const struct http_hop *h)
{
    struct http_exchange *x = opaque;
    if (x->is_orphan || h->error.is_canceled || h->status == SWITCHING_PROTOCOLS)
        return;
    bool is_failed = h->error.code != 0;
    int status = is_failed ? 0 : h->status;
    struct http_tag_key key = {
        .base = x->tags,
        .method = x->method.len == 0 && h->url == x->target->url ? x->method : h->method,
        .status = status,
        .code = is_failed       ? h->error.code
                : status >= 400 ? 1000 + status
                                : 0,
        .expected = is_expected(x, status),
    };
    if (is_failed) {
        key.error = str_of(h->error.text);
    } else {
        key.proto = h->proto;
        key.tls_version = h->tls_version;
        key.ocsp_status = h->ocsp ? h->ocsp->status : NULL;
    }
    if (x->st->system_tags & TAG_IP)
        key.ip = str_of(h->remote_ip);
    struct buf later;
    buf_init(&later, BUF_NO_LIMIT);
    if (h->url == x->target->url) {
        key.url = x->target->clean;
    } else {
        mod_http_target_put_clean(&later, h->url);
        key.url = (struct str){later.data, later.len};
    }
    struct tagset *tags = mod_http_tags_get(&x->st->tags, &key, x->st->system_tags);
    add_hop_samples(x, h, tags, key.expected);
    buf_deinit(&later);
}

int mod_http_send_do(struct http_exchange *x, struct http_request *q)
{
    struct worker *w = x->worker;
    int64_t now_ns = clock_now_ns();
    int64_t start_ns = mod_http_config_next_start(w, now_ns);
    if (start_ns > 0) {
        int rc = fiber_sleep_until(w, start_ns);
        if (rc < 0)
            return rc;
        now_ns = clock_now_ns();
    }
    q->deadline_ns = clock_add(now_ns, x->timeout_ns);
    fiber_keep_near(fiber_current(w), FIBER_NEAR_REQUEST, x, sizeof *x);
    return http_client_do(x->session->client, q, &x->response);
}

void mod_http_send_fill(struct http_exchange *x, struct http_request *q)
{
    http_response_init(&x->response);
    x->is_sent = true;
    *q = (struct http_request){
        .method = x->method.len > 0 ? x->method : STR("GET"), /* as Go takes no method */
        .url = x->target->url,
        .headers = x->headers.items,
        .header_count = x->headers.len,
        .body = x->packed_body.p ? x->packed_body : x->body,
        .has_body = x->has_body,
        .max_redirects = x->max_redirects,
        .discard_body = x->body_type == BODY_NONE,
        .jar = x->jar->cookies,
        .cookies = x->cookies.items,
        .cookie_replaces = x->cookie_replaces.items,
        .cookie_count = x->cookies.len,
        .on_hop = on_hop,
        .watch = mod_http_debug_watch(x->st->options),
        .prover = mod_http_auth_prover(x->auth),
        .opaque = x,
    };
    if (x->way) {
        q->proxy = x->way->proxy;
        q->tls_cert = x->way->tls_cert;
        q->tls_key = x->way->tls_key;
        q->tls_password = x->way->tls_password;
        q->has_prior_h2 = x->way->has_prior_h2;
    }
}

static void warn_failed(JSContext *ctx, const char *error)
{
    log_record(pod_logger(ctx), LOG_WARN, NULL, error, NULL, 0, STR("Request Failed"));
}

static void warn_redirects(JSContext *ctx, const struct http_exchange *x)
{
    struct log_field url = {.key = "url", .value = x->target->full.p};
    struct buf msg;
    buf_init(&msg, BUF_NO_LIMIT);
    buf_addf(&msg,
             "Stopped after %d redirects and returned the redirection; pass { redirects: n } in "
             "request params or set global "
             "maxRedirects to silence this",
             x->response.redirects + 1);
    log_record(pod_logger(ctx), LOG_WARN, NULL, NULL, &url, 1, (struct str){msg.data, msg.len});
    buf_deinit(&msg);
}

static void drop_tags(struct http_exchange *x)
{
    tags_unref(x->tags);
    tags_unref(x->metadata);
    x->tags = x->metadata = NULL;
}

void mod_http_send_orphan(struct http_exchange *x)
{
    x->is_orphan = true;
    x->st = NULL;
    drop_tags(x);
}

/* All samples are made. A response that a script keeps should keep no more than it shows. */
static void settle(struct http_exchange *x)
{
    drop_tags(x);
    mod_http_jar_unref(x->jar);
    x->jar = NULL;
    mod_http_statuses_unref(x->expected);
    x->expected = NULL;
}

JSValue mod_http_send_conclude(JSContext *ctx, struct http_exchange *x,
                               const struct http_request *q, int rc)
{
    JSRuntime *rt = JS_GetRuntime(ctx);
    const struct http_response *r = &x->response;
    settle(x);
    if (rc < 0 && (rc == ERR_CANCELED || r->last.error.is_canceled)) {
        mod_http_exchange_free(rt, x);
        return pod_throw_interrupt(ctx);
    }
    if (rc >= 0 && r->status == SWITCHING_PROTOCOLS) {
        jsarg_throw(ctx, "unsupported response status: %.*s", (int)r->status_text.len,
                    r->status_text.p);
        mod_http_exchange_free(rt, x);
        return JS_EXCEPTION;
    }
    if (x->proof.shown.p)
        mod_http_exchange_set_header(x, STR("Authorization"), x->proof.shown);
    x->is_failed = rc < 0;
    x->error_code = rc < 0 ? r->last.error.code : r->status >= 400 ? 1000 + r->status : 0;
    if (r->too_many_redirects && !x->has_redirect_limit)
        warn_redirects(ctx, x);
    if (rc >= 0)
        return mod_http_response_object(ctx, x);
    struct buf words;
    buf_init(&words, BUF_NO_LIMIT);
    http_response_put_failure(&words, q, r);
    JSValue result;
    if (x->throws) {
        result = jsarg_throw(ctx, "%s", words.data);
        mod_http_exchange_free(rt, x);
    } else {
        warn_failed(ctx, words.data);
        result = mod_http_response_object(ctx, x);
    }
    buf_deinit(&words);
    return result;
}

JSValue mod_http_send(JSContext *ctx, struct http_exchange *x)
{
    struct http_request q;
    int rc;
    mod_http_send_fill(x, &q);
    POD_PARK(x->st->v, rc = mod_http_send_do(x, &q));
    return mod_http_send_conclude(ctx, x, &q, rc);
}

JSValue mod_http_send_refused(JSContext *ctx, struct http_exchange *x, int rc, struct err *e)
{
    if (rc == ERR_SCRIPT || x->st->options->throw_errors.v) {
        if (rc != ERR_SCRIPT)
            jsarg_throw(ctx, "%s", e->msg);
        mod_http_exchange_free(JS_GetRuntime(ctx), x);
        return JS_EXCEPTION;
    }
    warn_failed(ctx, e->msg);
    x->is_failed = true;
    x->error = mem_strdup(e->msg);
    return mod_http_response_object(ctx, x);
}
