/* http_send.c - what goes out: checks a request, writes its head, says whether it may be sent
 * twice. Fields are those of k6: Host and User-Agent, the length of a body, what the script gave,
 * cookies, and nothing else. Tests: http_client_test.c, http_journey_test.c */
#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "base/num.h"
#include "base/punycode.h"
#include "core/clock.h"
#include "net/cookie_jar.h"
#include "net/http1_head.h"
#include "net/http_client_int.h"

/* Fields of the script that get a treatment of their own. */
enum field_kind {
    FIELD_PLAIN,
    FIELD_HOST,
    FIELD_USER_AGENT,
    FIELD_LENGTH,  /* the client's own affair, as what frames a body of HTTP/1.1: */
    FIELD_FRAMING, /* Transfer-Encoding, Trailer */
    FIELD_CONTENT, /* describes a body */
    FIELD_SECRET,
    FIELD_AUTHORIZATION, /* a secret that the URL may give as well */
    FIELD_COOKIE,
    FIELD_REFERER,
    FIELD_CONNECTION,
    FIELD_IDEMPOTENCY,
};

static enum field_kind kind_of(struct str name)
{
    static const struct {
        const char *name;
        uint8_t len;
        uint8_t kind;
    } known[] = {
        {"host", 4, FIELD_HOST},
        {"cookie", 6, FIELD_COOKIE},
        {"cookie2", 7, FIELD_SECRET},
        {"referer", 7, FIELD_REFERER},
        {"trailer", 7, FIELD_FRAMING},
        {"connection", 10, FIELD_CONNECTION},
        {"user-agent", 10, FIELD_USER_AGENT},
        {"content-type", 12, FIELD_CONTENT},
        {"authorization", 13, FIELD_AUTHORIZATION},
        {"content-length", 14, FIELD_LENGTH},
        {"idempotency-key", 15, FIELD_IDEMPOTENCY},
        {"content-encoding", 16, FIELD_CONTENT},
        {"content-language", 16, FIELD_CONTENT},
        {"content-location", 16, FIELD_CONTENT},
        {"www-authenticate", 16, FIELD_SECRET},
        {"transfer-encoding", 17, FIELD_FRAMING},
        {"x-idempotency-key", 17, FIELD_IDEMPOTENCY},
        {"proxy-authenticate", 18, FIELD_SECRET},
        {"proxy-authorization", 19, FIELD_SECRET},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known && known[i].len <= name.len; i++)
        if (known[i].len == name.len && str_ieqs(name, known[i].name))
            return known[i].kind;
    return FIELD_PLAIN;
}

static struct str trim(struct str s)
{
    while (s.len > 0 && (s.p[0] == ' ' || s.p[0] == '\t'))
        s = (struct str){s.p + 1, s.len - 1};
    while (s.len > 0 && (s.p[s.len - 1] == ' ' || s.p[s.len - 1] == '\t'))
        s.len--;
    return s;
}

static int refuse(struct net_error *e, const char *why, struct str what)
{
    struct buf quoted;
    buf_init(&quoted, BUF_NO_LIMIT);
    buf_add_quoted(&quoted, what);
    int rc = net_error_set(e, ERR_INVALID, NET_DEFAULT, "%s %s", why, quoted.data);
    buf_deinit(&quoted);
    return rc;
}

int http_check_request(const struct http_outgoing *o, struct net_error *e)
{
    static const char bad_value[] = "net/http: invalid header field value for";
    bool has_agent = false;
    if (!str_eqs(o->url->scheme, "http") && !str_eqs(o->url->scheme, "https"))
        return refuse(e, "unsupported protocol scheme", o->url->scheme);
    for (size_t i = 0; i < o->q->header_count; i++) {
        const struct http_header *h = &o->q->headers[i];
        if (!http1_is_token(h->name))
            return refuse(e, "net/http: invalid header field name", h->name);
        if (!http1_is_value(h->value))
            return refuse(e, bad_value, h->name);
        has_agent |= h->name.len == 10 && str_ieqs(h->name, "user-agent");
    }
    if (!has_agent && !http1_is_value(o->user_agent))
        return refuse(e, bad_value, STR("User-Agent"));
    if (!http1_is_token(o->method))
        return refuse(e, "net/http: invalid method", o->method);
    if (!url_has_host(o->url))
        return net_error_set(e, ERR_INVALID, NET_DEFAULT, "http: no Host in request URL");
    return 0;
}

static bool is_safe_method(struct str m)
{
    return str_eqs(m, "GET") || str_eqs(m, "HEAD") || str_eqs(m, "OPTIONS") ||
           str_eqs(m, "TRACE") || m.len == 0;
}

bool http_may_repeat(const struct http_outgoing *o)
{
    if (is_safe_method(o->method))
        return true;
    for (size_t i = 0; i < o->q->header_count; i++)
        if (kind_of(o->q->headers[i].name) == FIELD_IDEMPOTENCY)
            return true;
    return false;
}

static bool has_token(struct str list, const char *word)
{
    while (list.len > 0) {
        struct str item;
        str_cut(list, ',', &item, &list);
        if (str_ieqs(trim(item), word))
            return true;
    }
    return false;
}

bool http_wants_upgrade(const struct http_outgoing *o)
{
    bool has_upgrade = false;
    bool has_connection = false;
    for (size_t i = 0; i < o->q->header_count; i++) {
        const struct http_header *h = &o->q->headers[i];
        if (h->name.len == 7 && str_ieqs(h->name, "upgrade"))
            has_upgrade |= has_token(h->value, "websocket");
        else if (h->name.len == 10 && str_ieqs(h->name, "connection"))
            has_connection |= has_token(h->value, "upgrade");
    }
    return has_upgrade && has_connection;
}

bool http_has_empty_chunks(const struct http_outgoing *o)
{
    static const char *const without[] = {"GET", "HEAD", "DELETE", "OPTIONS", "PROPFIND", "SEARCH"};
    if (!o->has_empty_body)
        return false;
    for (size_t i = 0; i < sizeof without / sizeof *without; i++)
        if (str_eqs(o->method, without[i]))
            return false;
    return true;
}

/* ---- the head */

static void put_field(struct buf *out, struct str name, struct str value)
{
    size_t at = out->len;
    buf_add(out, name.p, name.len);
    if (!buf_failed(out))
        http1_canonicalize(out->data + at, name.len);
    buf_add(out, ": ", 2);
    buf_add(out, value.p, value.len);
    buf_add(out, "\r\n", 2);
}

static void put_length(struct buf *out, const struct http_outgoing *o)
{
    if (http_has_empty_chunks(o)) {
        buf_adds(out, "Transfer-Encoding: chunked\r\n");
        return;
    }
    size_t len = o->sends_body ? o->q->body.len : 0;
    bool says_zero =
        str_eqs(o->method, "POST") || str_eqs(o->method, "PUT") || str_eqs(o->method, "PATCH");
    if (len > 0 || says_zero)
        buf_addf(out, "Content-Length: %zu\r\n", len);
}

/* user:password@ of the URL. */
static void put_basic(struct buf *out, const struct url *u)
{
    struct buf pair;
    buf_init(&pair, BUF_NO_LIMIT);
    buf_add(&pair, u->user.p, u->user.len);
    buf_addc(&pair, ':');
    buf_add(&pair, u->password.p, u->password.len);
    buf_adds(out, "Basic ");
    hash_put_base64(out, pair.data, pair.len);
    buf_deinit(&pair);
}

struct cookie_writer {
    struct buf *out;
    const struct http_request *q;
    bool has_any;
};

static void put_cookie(struct cookie_writer *w, struct str name, struct str value)
{
    buf_adds(w->out, w->has_any ? "; " : "Cookie: ");
    w->has_any = true;
    cookie_put(w->out, name, value);
}

static void put_jar_cookie(void *opaque, struct str name, struct str value)
{
    struct cookie_writer *w = opaque;
    for (size_t i = 0; i < w->q->cookie_count; i++)
        if (w->q->cookie_replaces != NULL && w->q->cookie_replaces[i] &&
            str_eq(w->q->cookies[i].name, name))
            return;
    put_cookie(w, name, value);
}

/* One field: what the script wrote as a field, what it gave as cookies, what the jar holds. */
static void put_cookies(struct buf *out, const struct http_outgoing *o, struct str by_hand)
{
    struct cookie_writer w = {.out = out, .q = o->q};
    if (by_hand.len > 0) {
        buf_adds(out, "Cookie: ");
        buf_add(out, by_hand.p, by_hand.len);
        w.has_any = true;
    }
    for (size_t i = 0; i < o->q->cookie_count; i++)
        put_cookie(&w, o->q->cookies[i].name, o->q->cookies[i].value);
    if (o->q->jar != NULL && !cookie_jar_is_empty(o->q->jar))
        cookie_jar_each(o->q->jar, o->url, clock_wall_ns(), put_jar_cookie, &w);
    if (w.has_any)
        buf_add(out, "\r\n", 2);
}

/* What the script's fields say that matters before they are written. */
struct script_fields {
    struct str host; /* empty: the URL's */
    struct str agent;
    struct str cookie;
    struct str authorization; /* empty: none */
    bool referer, connection;
};

static void find_script_fields(const struct http_outgoing *o, struct script_fields *f)
{
    *f = (struct script_fields){.agent = o->user_agent};
    for (size_t i = 0; i < o->q->header_count; i++) {
        const struct http_header *h = &o->q->headers[i];
        if (h->name.len < 4 || h->name.len > 13)
            continue;
        enum field_kind kind = kind_of(h->name);
        if (kind == FIELD_HOST && !o->drops_host_field)
            f->host = h->value;
        else if (kind == FIELD_USER_AGENT)
            f->agent = trim(h->value);
        else if (kind == FIELD_COOKIE && !o->drops_secrets && !o->drops_cookie_field)
            f->cookie = trim(h->value);
        else if (kind == FIELD_AUTHORIZATION && !o->drops_secrets)
            f->authorization = trim(h->value);
        f->referer |= kind == FIELD_REFERER;
        f->connection |= kind == FIELD_CONNECTION;
    }
}

/* Fields of ours that stand among the script's, by name: Authorization, Cookie, Referer. */
struct own_fields {
    const struct http_outgoing *o;
    const struct script_fields *script;
    int next; /* which of them; what came before is written */
};

/* A proof, or the URL's user and password; the script's own field comes with the others. */
static void put_own_authorization(struct buf *out, const struct http_outgoing *o, struct str script)
{
    if (o->authorization.p != NULL) {
        if (o->authorization.len > 0)
            put_field(out, STR("Authorization"), o->authorization);
    } else if (o->url->has_user && script.len == 0) {
        buf_adds(out, "Authorization: ");
        put_basic(out, o->url);
        buf_adds(out, "\r\n");
    }
}

static void put_own_field(struct buf *out, struct own_fields *own)
{
    const struct http_outgoing *o = own->o;
    switch (own->next++) {
    case 0:
        put_own_authorization(out, o, own->script->authorization);
        break;
    case 1:
        if (own->script->cookie.len > 0 || o->q->cookie_count > 0 || o->q->jar != NULL)
            put_cookies(out, o, own->script->cookie);
        break;
    case 2:
        if (o->referer.len > 0 && !own->script->referer)
            put_field(out, STR("Referer"), o->referer);
        break;
    }
}

/* Those whose names come before this one. */
static void put_own_fields(struct buf *out, struct own_fields *own, struct str name)
{
    static const struct str names[] = {
        {"Authorization", 13}, {"Cookie", 6}, {"Referer", 7}};
    while (own->next < 3 && (name.p == NULL || str_cmp(names[own->next], name) < 0))
        put_own_field(out, own);
}

/* Is the field one that is written as the script gave it? */
static bool passes(const struct http_outgoing *o, enum field_kind kind, struct str value)
{
    switch (kind) {
    case FIELD_HOST:
    case FIELD_USER_AGENT:
    case FIELD_LENGTH:
    case FIELD_COOKIE:
        return false;
    case FIELD_FRAMING:
        return o->is_h2;
    case FIELD_CONTENT:
        return !o->drops_content_fields;
    case FIELD_AUTHORIZATION: /* an empty one leaves it to the URL */
        return !o->drops_secrets && o->authorization.p == NULL &&
               (value.len > 0 || !o->url->has_user);
    case FIELD_SECRET:
        return !o->drops_secrets;
    case FIELD_REFERER:
    case FIELD_CONNECTION:
    case FIELD_PLAIN:
    case FIELD_IDEMPOTENCY:
        break;
    }
    return true;
}

/* The script's fields, which come in order of their names, and ours in their places. */
static void put_fields(struct buf *out, const struct http_outgoing *o,
                       const struct script_fields *script, bool *asks_close)
{
    struct own_fields own = {o, script, 0};
    for (size_t i = 0; i < o->q->header_count; i++) {
        const struct http_header *h = &o->q->headers[i];
        enum field_kind kind = kind_of(h->name);
        struct str value = trim(h->value);
        if (!passes(o, kind, value))
            continue;
        if (kind == FIELD_CONNECTION)
            *asks_close |= has_token(value, "close");
        put_own_fields(out, &own, h->name);
        put_field(out, h->name, value);
    }
    put_own_fields(out, &own, (struct str){NULL, 0});
}

/* What a Host field may hold; as in Go a server is told of anything else by an empty one, and one
 * with HTTP/2 is told nothing (h2_exchange.c refuses it). */
static bool is_valid_host(struct str s)
{
    for (size_t i = 0; i < s.len; i++) {
        char c = s.p[i];
        if (!ascii_is_alpha(c) && !ascii_is_digit(c) &&
            (c == '\0' || strchr("!$%&'()*+,-.:;=[]_~", c) == NULL))
            return false;
    }
    return true;
}

/* The script's own: in ASCII, an address without its zone. */
static void put_own_host(struct buf *out, struct str host, bool keeps_bad)
{
    struct buf ascii;
    buf_init(&ascii, BUF_NO_LIMIT);
    struct str text = {"", 0};
    if (punycode_put_host(&ascii, host) == 0)
        text = (struct str){ascii.data, ascii.len};
    ptrdiff_t zone = text.len > 0 && text.p[0] == '[' ? str_find(text, '%') : -1;
    ptrdiff_t end = zone >= 0 ? str_find(text, ']') : -1;
    if (end > zone && is_valid_host(text))
        buf_addf(out, "%.*s%.*s", (int)zone, text.p, (int)(text.len - (size_t)end), text.p + end);
    else if (keeps_bad || is_valid_host(text))
        buf_add_str(out, text);
    buf_deinit(&ascii);
}

static void put_host(struct buf *out, const struct http_outgoing *o, struct str host)
{
    if (host.len > 0)
        put_own_host(out, host, o->is_h2);
    else
        url_put_host(out, o->url);
}

/* The request line, Host and User-Agent. A proxy is given the whole URL. */
static void put_first_lines(struct buf *out, const struct http_outgoing *o, struct str host,
                            struct str agent)
{
    buf_add(out, o->method.p, o->method.len);
    buf_addc(out, ' ');
    if (o->proxy != NULL) {
        buf_adds(out, "http://");
        put_host(out, o, host);
    }
    url_put_request_target(out, o->url);
    buf_add(out, " HTTP/1.1\r\nHost: ", 17);
    put_host(out, o, host);
    buf_add(out, "\r\n", 2);
    if (agent.len > 0) {
        buf_add(out, "User-Agent: ", 12);
        buf_add(out, agent.p, agent.len);
        buf_add(out, "\r\n", 2);
    }
}

void http_put_authorization(struct buf *out, const struct http_outgoing *o)
{
    struct script_fields script;
    find_script_fields(o, &script);
    if (o->authorization.p != NULL)
        buf_add_str(out, o->authorization);
    else if (script.authorization.len > 0)
        buf_add_str(out, script.authorization);
    else if (o->url->has_user)
        put_basic(out, o->url);
}

void http_put_head(struct buf *out, const struct http_outgoing *o, bool *asks_close)
{
    struct script_fields script;
    *asks_close = o->closes;
    find_script_fields(o, &script);
    put_first_lines(out, o, script.host, script.agent);
    put_length(out, o);
    put_fields(out, o, &script, asks_close);
    if (o->closes && !script.connection)
        buf_adds(out, "Connection: close\r\n");
    if (o->proxy != NULL && o->proxy->basic != NULL)
        put_field(out, STR("Proxy-Authorization"), str_of(o->proxy->basic));
    buf_add(out, "\r\n", 2);
}
