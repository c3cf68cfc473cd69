/* http_client.c - a request's journey: hops over connections, sent again where a kept connection
 * had died, redirects, cookies, the facts told about each hop. What is redirected how, and what a
 * redirect carries along, follows Go's net/http, which k6 shows. Spec: RFC 9110. Tests:
 * http_client_test.c, http_fault_test.c, http_journey_test.c */
#include "net/http_client.h"

#include <stdio.h>
#include <string.h>

#include "base/duration.h"
#include "base/mem.h"
#include "core/clock.h"
#include "net/body_decode.h"
#include "net/cookie_jar.h"
#include "net/http_client_int.h"

struct journey {
    struct http_client *client;
    const struct http_request *q;
    struct http_response *r;
    struct http_outgoing out;
    struct http_way *way;    /* held; NULL: nothing special */
    struct http_route route; /* of this hop */
    int64_t begun_ns;        /* of the present attempt */
    int64_t ready_ns;        /* when it had a connection; 0: not yet */
    int refusals;            /* of this hop */
    int64_t pause_ns;        /* before it is tried again */
    bool is_canceled;
};

/* ---- one attempt */

static bool is_redirect_status(int status)
{
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

static bool follows(const struct journey *j, const struct http_exchange *x)
{
    return is_redirect_status(j->r->status) && x->location.len > 0 &&
           j->r->redirects < j->q->max_redirects;
}

/* Somebody wants to see every body, also of answers that are left behind. */
static bool shows_bodies(const struct journey *j)
{
    return j->q->watch != NULL && j->q->watch->wants_bodies;
}

/* The body of an answer that is left behind is read only to keep its connection. */
static void on_head(void *opaque, struct http_exchange *x, struct http_response *r)
{
    struct journey *j = opaque;
    (void)r;
    if (!follows(j, x) || shows_bodies(j))
        return;
    x->discards = true;
    x->body_limit = HTTP_REDIRECT_BODY_MAX;
}

static void note_conn(struct journey *j, const struct http_conn *conn)
{
    struct http_hop *hop = &j->r->last;
    memcpy(hop->remote_ip, conn->ip, sizeof hop->remote_ip);
    hop->remote_port = address_port(&conn->sock.peer);
    hop->conn_reused = conn->is_reused;
    if (conn->is_tls) {
        hop->tls_version = tls_version_name(&conn->sock);
        hop->tls_cipher = tls_cipher_name(&conn->sock);
        const struct tls_ocsp *ocsp = tls_get_ocsp(&conn->sock);
        if (ocsp != NULL) { /* the connection may be gone when it is read */
            struct tls_ocsp *copy = arena_alloc(j->r->arena, sizeof *copy);
            *copy = *ocsp;
            hop->ocsp = copy;
        }
    }
}

/* Writes the head into the worker's scratch buffer: valid until the next park. */
static int put_request(struct journey *j, const struct http_conn *conn, struct http_exchange *x)
{
    struct buf *tx = &j->client->shared->tx;
    buf_clear(tx);
    j->out.is_h2 = conn->h2 != NULL;
    x->has_no_length = j->q->has_body && j->q->body.len == 0 && !j->out.drops_content_fields;
    http_put_head(tx, &j->out, &x->closes);
    x->body = (struct str){"", 0};
    if (j->out.sends_body && conn->h2 == NULL && j->q->body.len <= HTTP_BODY_JOINS)
        buf_add(tx, j->q->body.p, j->q->body.len);
    else if (j->out.sends_body)
        x->body = j->q->body;
    else if (conn->h2 == NULL && http_has_empty_chunks(&j->out))
        buf_adds(tx, HTTP_NO_CHUNKS);
    if (buf_failed(tx))
        return net_error_from_rc(x->error, ERR_NOMEM);
    x->head = (struct str){tx->data, tx->len};
    return 0;
}

static void trim_scratch(struct http_shared *s)
{
    if (s->tx.len <= HTTP_TX_KEEP)
        return;
    buf_deinit(&s->tx);
    buf_init(&s->tx, BUF_NO_LIMIT);
}

/* An idle connection, one to be shared, or a new one. */
static int get_conn(struct journey *j, struct http_conn **out, bool may_repeat, struct net_error *e)
{
    struct http_client *c = j->client;
    bool reuses = !c->shared->config.no_connection_reuse;
    int rc = 0;
    if (reuses)
        *out = http_pool_take(c, &j->route, !may_repeat, j->begun_ns);
    if (*out != NULL) {
        j->ready_ns = j->begun_ns;
        return 0;
    }
    while (reuses && *out == NULL && (rc = http_pool_await(c, &j->route, j->q->deadline_ns, e)) > 0)
        *out = http_pool_take(c, &j->route, !may_repeat, clock_now_ns());
    if (rc < 0)
        return rc;
    if (*out == NULL)
        rc = http_pool_dial(out, c, &j->route, j->q->deadline_ns, &j->r->last.t, e);
    if (rc < 0)
        return rc;
    j->ready_ns = clock_now_ns();
    j->r->last.t.blocked = j->ready_ns - j->begun_ns;
    return 0;
}

/* k6's arithmetic: what didn't happen counts nothing; waiting without an answer lasts until the
 * end. */
static void note_times(struct journey *j, const struct http_exchange *x)
{
    struct http_timings *t = &j->r->last.t;
    int64_t end_ns = x->end_ns != 0 ? x->end_ns : clock_now_ns();
    j->r->last.end_mono_ns = end_ns;
    if (x->sent_ns != 0) {
        t->sending = x->sent_ns - j->ready_ns;
        t->waiting = (x->first_byte_ns != 0 ? x->first_byte_ns : end_ns) - x->sent_ns;
    }
    if (x->first_byte_ns != 0)
        t->receiving = end_ns - x->first_byte_ns;
    t->duration = t->sending + t->waiting + t->receiving;
}

/* Go's rules for a request lost on a connection that had been kept: nothing went out, or it does no
 * harm twice and no answer had begun. */
static bool may_retry(const struct http_conn *conn, const struct http_exchange *x, int rc,
                      bool may_repeat)
{
    if (!conn->is_reused || rc == ERR_TIMEOUT || rc == ERR_CANCELED)
        return false;
    if (x->written == 0)
        return true;
    return may_repeat && !x->is_answer_begun && x->sent_ns != 0;
}

enum { RETRY = 1, RETRY_LATER = 2, UNAUTHORIZED = 401 };

/* A server with HTTP/2 says whether it did anything. The first time there may have been a reason
 * that is gone with the connection, or the connection turned out to take fewer at once than were
 * sent; a server that refuses every connection is given time at last, until the request's own is
 * over. */
static int judge_refusal(struct journey *j, const struct http_conn *conn)
{
    enum { REPEATS_MAX = 7 };
    bool is_gone = !h2_conn_is_usable(conn->h2) || h2_conn_is_full(conn->h2);
    if (is_gone && conn->is_reused)
        return RETRY;
    bool is_often = ++j->refusals > REPEATS_MAX;
    if (is_often && !is_gone)
        return 0;
    if (j->refusals == 1 || (is_gone && !is_often))
        return RETRY;
    j->pause_ns = is_gone ? NS_PER_SEC : NS_PER_SEC << (j->refusals - 2); /* 1, 2, 4... seconds */
    return RETRY_LATER;
}

static int await_retry(struct journey *j, struct net_error *e)
{
    int64_t at_ns = clock_add(clock_now_ns(), j->pause_ns);
    bool is_late = at_ns > j->q->deadline_ns;
    int rc = fiber_sleep_until(j->client->shared->worker, is_late ? j->q->deadline_ns : at_ns);
    if (rc == 0 && is_late)
        rc = ERR_TIMEOUT;
    return rc < 0 ? net_error_from_rc(e, rc) : RETRY;
}

static void return_conn(const struct journey *j, struct http_conn *conn,
                        const struct http_exchange *x)
{
    bool reuses = !j->client->shared->config.no_connection_reuse;
    if (conn->h2 != NULL)
        http_pool_leave(conn, x->end_ns);
    else if (x->is_reusable && reuses)
        http_pool_give(conn, x->end_ns);
    else
        http_conn_close(conn);
}

/* 0, an error, or RETRY: the connection had died, another one may do. */
static int attempt(struct journey *j, struct http_exchange *x)
{
    struct http_conn *conn = NULL;
    bool may_repeat = http_may_repeat(&j->out);
    int rc = get_conn(j, &conn, may_repeat, x->error);
    if (rc < 0)
        return rc;
    note_conn(j, conn);
    fiber_keep_near(fiber_current(j->client->shared->worker), FIBER_NEAR_CONNECTION, conn,
                    sizeof *conn);
    rc = put_request(j, conn, x);
    int verdict = 0; /* whether to try again */
    if (conn->h2 != NULL) {
        rc = rc < 0 ? rc : h2_exchange(conn, x, j->r);
        verdict = x->was_refused ? judge_refusal(j, conn) : 0;
    } else {
        rc = rc < 0 ? rc : http1_exchange(conn, x, j->r);
        verdict = rc < 0 && may_retry(conn, x, rc, may_repeat) ? RETRY : 0;
    }
    http_conn_count(conn, &j->r->last);
    if (verdict == 0)
        note_times(j, x);
    return_conn(j, conn, x);
    trim_scratch(j->client->shared);
    return verdict != 0 ? verdict : rc;
}

static void begin_exchange(struct journey *j, struct http_exchange *x)
{
    bool discards = j->q->discard_body && !shows_bodies(j);
    *x = (struct http_exchange){
        .is_head_method = str_eqs(j->out.method, "HEAD"),
        .is_watched = j->q->watch != NULL,
        .discards = discards,
        .body_limit = discards ? SIZE_MAX : j->client->shared->config.max_body_bytes,
        .deadline_ns = j->q->deadline_ns,
        .on_head = on_head,
        .opaque = j,
        .error = &j->r->last.error,
    };
}

/* ---- one hop */

static int run_attempts(struct journey *j, struct http_exchange *x)
{
    int rc;
    j->refusals = 0;
    do {
        begin_exchange(j, x);
        j->begun_ns = clock_now_ns();
        j->ready_ns = 0;
        if (j->begun_ns >= j->q->deadline_ns)
            return net_error_from_rc(x->error, ERR_TIMEOUT);
        rc = attempt(j, x);
        if (rc == RETRY_LATER)
            rc = await_retry(j, x->error);
        if (rc == RETRY) {
            net_error_clear(x->error);
            memset(&j->r->last.t, 0, sizeof j->r->last.t);
        }
    } while (rc == RETRY);
    return rc;
}

static void drop_answer(struct http_response *r)
{
    r->status = 0;
    r->status_text = (struct str){"", 0};
    r->headers = NULL;
    r->header_count = 0;
    r->has_set_cookie = false;
}

static void begin_hop(struct journey *j)
{
    drop_answer(j->r);
    mem_free(http_response_take_body(j->r));
    http_hop_clear(&j->r->last);
    j->r->last.method = j->out.method;
    j->r->last.url = j->out.url;
}

static int decode_body(struct journey *j, const struct http_exchange *x)
{
    struct http_response *r = j->r;
    if (r->body == NULL || x->encoding.len == 0 || !body_is_encoded(x->encoding))
        return 0;
    int rc = body_decode(x->encoding, &r->body, &r->body_len,
                         j->client->shared->config.max_body_bytes, &r->last.error);
    if (rc < 0)
        r->last.error.in_body = true;
    return rc;
}

static void store_cookies(const struct journey *j)
{
    struct cookie c;
    if (!j->r->has_set_cookie || j->q->jar == NULL)
        return;
    for (size_t i = 0; i < j->r->header_count; i++)
        if (str_ieqs(j->r->headers[i].name, "set-cookie") &&
            cookie_parse(j->r->headers[i].value, &c) == 0)
            cookie_jar_set(j->q->jar, j->out.url, &c, clock_wall_ns());
}

/* The facts are complete: told once for each hop. A canceled request is nobody's fault and nobody's
 * sample. */
static void tell(struct journey *j, int rc)
{
    struct http_hop *hop = &j->r->last;
    if (rc < 0) {
        drop_answer(j->r);
        hop->proto = (struct str){"", 0};
        hop->tls_version = hop->tls_cipher = NULL;
        hop->ocsp = NULL;
    }
    hop->status = j->r->status;
    if (hop->end_mono_ns == 0)
        hop->end_mono_ns = clock_now_ns();
    if (rc != ERR_CANCELED && j->q->on_hop != NULL)
        j->q->on_hop(j->q->opaque, hop);
}

/* ---- redirects */

static bool is_same_or_below(struct str host, struct str parent)
{
    if (str_eq(host, parent))
        return true;
    if (str_find(host, ':') >= 0 || str_find(host, '%') >= 0)
        return false;
    return host.len > parent.len && host.p[host.len - parent.len - 1] == '.' &&
           memcmp(host.p + host.len - parent.len, parent.p, parent.len) == 0;
}

/* The page we come from, without user and password; nothing when the way leads from https to http.
 */
static struct str make_referer(struct journey *j, const struct url *from, const struct url *to)
{
    struct buf text;
    struct url bare = *from;
    if (str_eqs(from->scheme, "https") && str_eqs(to->scheme, "http"))
        return (struct str){"", 0};
    bare.has_user = bare.has_password = false;
    bare.user = bare.password = (struct str){"", 0};
    buf_init(&text, BUF_NO_LIMIT);
    url_put(&text, &bare, true);
    struct str referer = {arena_strndup(j->r->arena, text.data, text.len), text.len};
    buf_deinit(&text);
    return referer;
}

static int resolve_location(struct journey *j, struct str location, struct url **next)
{
    struct err why = {0};
    int rc = url_resolve(next, j->out.url, location, &why);
    if (rc < 0)
        net_error_set(&j->r->last.error, rc, NET_DEFAULT,
                      "failed to parse Location header \"%.*s\": parse \"%.*s\": %s",
                      (int)location.len, location.p, (int)location.len, location.p,
                      why.msg != NULL ? why.msg : "invalid URL");
    err_deinit(&why);
    return rc;
}

/* A place that is none is an error even where nobody goes. */
static int check_location(struct journey *j, struct str location)
{
    struct url *next = NULL;
    int rc = resolve_location(j, location, &next);
    url_free(next);
    if (rc < 0)
        mem_free(http_response_take_body(j->r));
    return rc;
}

static bool is_relative(struct str location)
{
    struct url *u = NULL;
    bool is = url_parse(&u, location, NULL) == 0 && u->scheme.len == 0;
    url_free(u);
    return is;
}

/* What the next hop sends. next is taken. */
static void turn(struct journey *j, struct str location, struct url *next)
{
    struct http_outgoing *o = &j->out;
    struct http_response *r = j->r;
    if (r->status != 307 && r->status != 308) {
        if (!str_eqs(o->method, "GET") && !str_eqs(o->method, "HEAD"))
            o->method = STR("GET");
        o->sends_body = o->has_empty_body = false;
        o->drops_content_fields = true;
    }
    if (!is_same_or_below(next->ascii_host, j->q->url->ascii_host))
        o->drops_secrets = true; /* and they stay away, even if the way leads back */
    o->referer = make_referer(j, o->url, next);
    o->drops_host_field = o->drops_host_field || !is_relative(location);
    o->drops_cookie_field = j->q->jar != NULL;
    url_free(r->url);
    r->url = next;
    r->redirects++;
    o->url = next;
}

/* Where the hop goes, and through what. */
static int find_way(struct journey *j)
{
    const struct http_request *q = j->q;
    const struct url *u = j->out.url;
    struct http_shared *s = j->client->shared;
    struct net_error *e = &j->r->last.error;
    bool is_special = q->proxy.p != NULL || q->tls_cert.p != NULL || q->has_prior_h2;
    int rc = is_special && j->way == NULL ? http_way_take(&j->way, s, q, e) : 0;
    if (rc < 0)
        return rc;
    http_route_find(&j->route, s, j->way, u);
    j->out.proxy = j->route.is_absolute ? j->route.proxy : NULL;
    if (j->route.may_be_h2 && !q->has_prior_h2 && http_wants_upgrade(&j->out)) {
        j->route.wants_http1 = true;
        j->route.may_be_h2 = false;
    }
    if (u->is_port_bad)
        return net_error_set(e, ERR_INVALID, NET_TCP_DIAL, "dial tcp: address %.*s: invalid port",
                             (int)(u->port_text.len - 1), u->port_text.p + 1);
    return 0;
}

/* ---- for those who watch */

static void show_request(struct journey *j, int rc)
{
    struct http_outgoing bare = j->out;
    struct buf head;
    bool closes;
    const struct http_watch *w = j->q->watch;
    buf_init(&head, BUF_NO_LIMIT);
    bare.proxy = NULL;
    bare.closes = false;
    if (rc == 0)
        http_put_head(&head, &bare, &closes);
    struct str body = !w->wants_bodies                 ? STR("")
                      : http_has_empty_chunks(&j->out) ? STR(HTTP_NO_CHUNKS)
                      : j->out.sends_body              ? j->q->body
                                                       : STR("");
    w->on_request(j->q->opaque, (struct str){head.data, rc == 0 ? head.len - 2 : 0}, body,
                  rc == 0 ? NULL : j->r->last.error.detail);
    buf_deinit(&head);
}

/* A body that was kept to be shown, and for nothing else, goes. */
static void show_answer(struct journey *j, int rc)
{
    struct http_response *r = j->r;
    j->q->watch->on_answer(j->q->opaque, r, rc == 0 ? NULL : r->last.error.detail);
    if (j->q->discard_body)
        mem_free(http_response_take_body(r));
}

/* Sends and reads once, over as many connections as that takes. */
static int run_tries(struct journey *j, struct http_exchange *x)
{
    begin_hop(j);
    int rc = http_check_request(&j->out, &j->r->last.error);
    if (j->q->watch != NULL)
        show_request(j, rc);
    if (rc == 0)
        rc = find_way(j);
    if (rc == 0)
        rc = run_attempts(j, x);
    if (j->q->watch != NULL && j->r->status != 0 && rc != ERR_CANCELED)
        show_answer(j, rc);
    return rc;
}

/* ---- for servers that want proof */

/* A copy without user and password, as long as the answer lives. What it points to does too. */
static const struct url *hide_user(struct journey *j, const struct url *u)
{
    if (!u->has_user)
        return u;
    struct url *bare = arena_alloc(j->r->arena, sizeof *bare);
    *bare = *u;
    bare->has_user = bare->has_password = false;
    bare->user = bare->password = (struct str){"", 0};
    return bare;
}

/* Asks what to say: before the hop (answer NULL), and after a 401. */
static bool ask_prover(struct journey *j, const struct http_response *answer)
{
    struct buf said;
    struct str words, authorization = {NULL, 0};
    const struct http_prover *p = j->q->prover;
    buf_init(&said, BUF_NO_LIMIT);
    http_put_authorization(&said, &j->out);
    struct str text = {said.data, said.len};
    bool proves = p->prove(j->q->opaque, &j->r->last, text, answer, &words);
    if (proves)
        authorization = words;
    else if (answer == NULL && text.len > 0)
        authorization = text; /* also when the URL is shown without its user */
    if (authorization.p != NULL)
        j->out.authorization = (struct str){
            arena_strndup(j->r->arena, authorization.p, authorization.len), authorization.len};
    buf_deinit(&said);
    return proves;
}

/* A hop with its proofs: each try is told like a hop of its own. */
static int run_proven(struct journey *j, struct http_exchange *x)
{
    begin_hop(j);
    j->out.authorization = (struct str){NULL, 0};
    ask_prover(j, NULL);
    if (j->q->prover->hides_user)
        j->out.url = hide_user(j, j->out.url);
    for (;;) {
        int rc = run_tries(j, x);
        if (rc < 0 || j->r->status != UNAUTHORIZED || !ask_prover(j, j->r))
            return rc;
        tell(j, 0);
    }
}

/* One hop: 0 and *location (empty: the journey is over), or an error. It has been told. */
static int run_hop(struct journey *j, struct url **next, struct str *location)
{
    struct http_exchange x = {0};
    int rc = j->q->prover != NULL ? run_proven(j, &x) : run_tries(j, &x);
    *next = NULL;
    if (j->r->status != 0 && rc != ERR_CANCELED && rc != ERR_TIMEOUT && follows(j, &x)) {
        /* Faults in a body that nobody wants are none. */
        net_error_clear(&j->r->last.error);
        rc = resolve_location(j, x.location, next);
        *location = x.location;
        if (rc == 0)
            store_cookies(j);
    } else if (rc == 0) {
        if (is_redirect_status(j->r->status) && x.location.len > 0) {
            j->r->too_many_redirects = j->q->max_redirects >= 0;
            rc = check_location(j, x.location);
        }
        if (rc == 0)
            rc = decode_body(j, &x);
        if (rc == 0)
            store_cookies(j);
    }
    tell(j, rc);
    return rc;
}

int http_client_do(struct http_client *c, const struct http_request *q, struct http_response *fills)
{
    struct journey j = {.client = c, .q = q, .r = fills};
    j.out = (struct http_outgoing){
        .q = q,
        .method = q->method,
        .url = q->url,
        .user_agent = str_of(c->shared->config.user_agent),
        .sends_body = q->has_body && q->body.len > 0,
        .has_empty_body = q->has_body && q->body.len == 0,
        .closes = c->shared->config.no_connection_reuse,
        .referer = {"", 0},
    };
    for (;;) {
        struct url *next = NULL;
        struct str location = {NULL, 0};
        int rc = run_hop(&j, &next, &location);
        if (rc < 0 || next == NULL) {
            http_way_unref(c->shared, j.way);
            return rc;
        }
        turn(&j, location, next);
    }
}

/* ---- words */

/* The password is not for logs; the user's name is, as in Go. */
static void put_url_without_password(struct buf *out, const struct url *u)
{
    struct url bare = *u;
    struct buf text;
    if (!u->has_password) {
        url_put(out, u, true);
        return;
    }
    bare.has_user = bare.has_password = false;
    bare.user = bare.password = (struct str){"", 0};
    buf_init(&text, BUF_NO_LIMIT);
    url_put(&text, &bare, true);
    const char *slashes = strstr(text.data, "://");
    size_t prefix = slashes != NULL ? (size_t)(slashes + 3 - text.data) : 0;
    buf_add(out, text.data, prefix);
    buf_addf(out, "%.*s:***@", (int)u->user.len, u->user.p);
    buf_add(out, text.data + prefix, text.len - prefix);
    buf_deinit(&text);
}

void http_response_put_failure(struct buf *out, const struct http_request *q,
                               const struct http_response *r)
{
    const struct net_error *e = &r->last.error;
    if (!e->in_body) {
        struct str m = q->method.len > 0 ? q->method : STR("GET");
        buf_addc(out, m.p[0]);
        for (size_t i = 1; i < m.len; i++)
            buf_addc(out, ascii_lower(m.p[i]));
        buf_adds(out, " \"");
        put_url_without_password(out, r->last.url != NULL ? r->last.url : q->url);
        buf_adds(out, "\": ");
    }
    buf_adds(out, e->detail);
}
