/* http_shared.c - what the HTTP clients of a worker share, and the life of a client without
 * requests. Tests: http_client_test.c */
#include <string.h>

#include "base/map.h"
#include "base/mem.h"
#include "net/http_client_int.h"

#define DEFAULT_HEADER_MAX ((size_t)10 << 20)
#define DEFAULT_BODY_MAX   ((size_t)1 << 30)

int http_shared_new(struct http_shared **out, struct worker *w, const struct http_config *config,
                    struct err *e)
{
    struct http_shared *s = MEM_NEW(struct http_shared);
    s->worker = w;
    s->config = *config;
    if (s->config.max_header_bytes == 0)
        s->config.max_header_bytes = DEFAULT_HEADER_MAX;
    if (s->config.max_body_bytes == 0)
        s->config.max_body_bytes = DEFAULT_BODY_MAX;
    if (s->config.max_idle_conns <= 0)
        s->config.max_idle_conns = 20;
    if (s->config.max_idle_per_host <= 0)
        s->config.max_idle_per_host = 6;
    if (s->config.user_agent == NULL)
        s->config.user_agent = "c6";
    buf_init(&s->tx, BUF_NO_LIMIT);
    h2_scratch_init(&s->h2);
    list_init(&s->unused_ways);
    struct dialer_config dialer = {
        .rules = config->rules,
        .dns =
            {
                .ttl_ns = config->dns_ttl_ns,
                .select = config->dns_select,
                .policy = config->dns_policy,
                .servers = config->dns_servers,
            },
        .tls =
            {
                .insecure_skip_verify = config->insecure_skip_tls_verify,
                /* Where connections are not reused on purpose, full handshakes are what is to be
                 * measured. */
                .resumes_sessions = !config->no_connection_reuse && !config->no_vu_connection_reuse,
                .ca_file = config->ca_file,
                .min_version = config->tls_min,
                .max_version = config->tls_max,
                .cipher_suites = config->cipher_suites,
                .cipher_suite_count = config->cipher_suite_count,
                .identities = config->identities,
                .identity_count = config->identity_count,
                .keylog_file = config->keylog_file,
            },
        .connect_timeout_ns = config->dial_timeout_ns,
        .user_agent = s->config.user_agent,
    };
    int rc = dialer_new(&s->dialer, w, &dialer, e);
    if (rc < 0)
        goto done;
    *out = s;
    s = NULL;
done:
    http_shared_free(s);
    return rc;
}

void http_shared_free(struct http_shared *s)
{
    if (s == NULL)
        return;
    dialer_free(s->dialer);
    http_way_free_all(s);
    while (s->free_rx != NULL) {
        struct http_rx *rx = s->free_rx;
        s->free_rx = rx->next;
        mem_free(rx);
    }
    buf_deinit(&s->tx);
    h2_scratch_deinit(&s->h2);
    map_free(s->http1_hosts, NULL);
    mem_free(s);
}

struct http_rx *http_rx_take(struct http_shared *s)
{
    struct http_rx *rx = s->free_rx;
    if (rx == NULL)
        return mem_alloc(sizeof *rx);
    s->free_rx = rx->next;
    s->free_rx_count--;
    return rx;
}

void http_rx_give(struct http_shared *s, struct http_rx *rx)
{
    if (s->free_rx_count >= HTTP_RX_KEEP) {
        mem_free(rx);
        return;
    }
    rx->next = s->free_rx;
    s->free_rx = rx;
    s->free_rx_count++;
}

struct http_client *http_client_new(struct http_shared *s)
{
    struct http_client *c = MEM_NEW(struct http_client);
    c->shared = s;
    list_init(&c->idle);
    list_init(&c->busy);
    return c;
}

void http_client_set_local(struct http_client *c, uint64_t index)
{
    c->local_index = index;
}

void http_client_close_idle(struct http_client *c)
{
    LIST_EACH_SAFE(it, &c->idle)
    http_conn_close(LIST_ENTRY(it, struct http_conn, link));
}

void http_client_free(struct http_client *c)
{
    if (c == NULL)
        return;
    CHECK(
        list_is_empty(&c->busy)); /* fibers with requests under way are canceled and gone before */
    http_client_close_idle(c);
    mem_free(c);
}

void http_client_take_bytes(struct http_client *c, uint64_t *sent, uint64_t *received)
{
    LIST_EACH(it, &c->busy)
    http_conn_count(LIST_ENTRY(it, struct http_conn, link), NULL);
    *sent = c->bytes_sent;
    *received = c->bytes_received;
    c->bytes_sent = c->bytes_received = 0;
}

/* ---- responses */

/* Field by field: the room for texts, most of the struct, is left as it is. */
void http_hop_clear(struct http_hop *h)
{
    memset(&h->t, 0, sizeof h->t);
    h->end_mono_ns = 0;
    h->bytes_sent = h->bytes_received = 0;
    h->status = 0;
    h->method = h->proto = h->trailer_names = h->trailers = (struct str){"", 0};
    h->is_chunked = h->says_close = false;
    h->url = NULL;
    h->tls_version = h->tls_cipher = NULL;
    h->ocsp = NULL;
    h->remote_ip[0] = '\0';
    h->remote_port = 0;
    h->conn_reused = false;
    net_error_clear(&h->error);
}

enum { ARENA_FIRST = 1536 };

static void clear(struct http_response *r)
{
    r->status = 0;
    r->status_text = (struct str){"", 0};
    r->headers = NULL;
    r->header_count = 0;
    r->has_set_cookie = false;
    r->body = NULL;
    r->body_len = 0;
    r->url = NULL;
    r->redirects = 0;
    r->too_many_redirects = false;
    http_hop_clear(&r->last);
}

void http_response_init(struct http_response *r)
{
    r->arena = arena_new(ARENA_FIRST);
    clear(r);
}

static void free_parts(struct http_response *r)
{
    mem_free(r->body);
    url_free(r->url);
}

void http_response_deinit(struct http_response *r)
{
    free_parts(r);
    arena_free(r->arena);
    r->arena = NULL;
    clear(r);
}

void http_response_reset(struct http_response *r)
{
    free_parts(r);
    arena_reset(r->arena);
    clear(r);
}

char *http_response_take_body(struct http_response *r)
{
    char *body = r->body;
    r->body = NULL;
    r->body_len = 0;
    return body;
}
