/* h2_exchange.c - one request and its answer on a stream of an HTTP/2 connection: the same facts in
 * and out as http1_exchange.c. What is dropped, what is checked and the words for it are Go's.
 *
 * The request comes as a head for HTTP/1.1, so that one place decides what is sent (http_send.c).
 * The answer's head and body are taken as the loop feeds them (on_field, on_head, on_data), which
 * is on no fiber: nothing here parks but h2_conn_await. Knows no redirects, no cookies,
 * no pool. Spec: RFC 9113 section 8. Tests: h2_exchange_test.c */
#include <string.h>

#include "base/mem.h"
#include "base/num.h"
#include "core/clock.h"
#include "net/http_client_int.h"
#include "net/http_status.h"

enum {
    FIELDS_INLINE = 32,  /* of a request, before memory is taken */
    HEADERS_INLINE = 32, /* of an answer */
};

struct run {
    struct h2_stream st; /* first: a stream's address is its run's */
    struct http_conn *conn;
    struct http_exchange *x;
    struct http_response *r;
    struct http_body body;
    int64_t content_length; /* -1: not said */
    size_t length_at;       /* 1 + index of that field; 0: none */
    bool is_length_bad;
    size_t header_count;
    size_t header_cap;
    struct http_header *headers; /* inline_headers, or more */
    struct http_header inline_headers[HEADERS_INLINE];
};

/* ---- the request */

struct fields {
    struct h2_field *items; /* inline_items, or more */
    size_t len;
    size_t cap;
    struct h2_field inline_items[FIELDS_INLINE];
};

static struct str take_line(struct str *text)
{
    const char *end = memchr(text->p, '\r', text->len);
    size_t len = end != NULL ? (size_t)(end - text->p) : text->len;
    struct str line = {text->p, len};
    size_t skip = len + 2 < text->len ? len + 2 : text->len;
    *text = (struct str){text->p + skip, text->len - skip};
    return line;
}

static int add(struct fields *f, struct str name, struct str value)
{
    if (f->len == f->cap) {
        bool is_inline = f->items == f->inline_items;
        size_t cap = f->cap * 4;
        struct h2_field *more = mem_try_realloc(is_inline ? NULL : f->items, cap * sizeof *more);
        if (more == NULL)
            return ERR_NOMEM;
        if (is_inline)
            memcpy(more, f->inline_items, sizeof f->inline_items);
        f->items = more;
        f->cap = cap;
    }
    f->items[f->len++] = (struct h2_field){name, value};
    return 0;
}

/* Each a field of its own: they compress better so. */
static int add_cookies(struct fields *f, struct str name, struct str value)
{
    struct str crumb;
    struct str rest;
    int rc = 0;
    while (rc == 0 && str_cut(value, ';', &crumb, &rest)) {
        rc = add(f, name, crumb);
        while (rest.len > 1 && rest.p[0] == ' ')
            rest = (struct str){rest.p + 1, rest.len - 1};
        value = rest;
    }
    return rc == 0 && value.len > 0 ? add(f, name, value) : rc;
}

static int refuse(struct run *run, const char *name, struct str value)
{
    char *quoted = buf_quote(value);
    net_error_set(run->x->error, ERR_INVALID, NET_DEFAULT, "invalid %s request header: [%s]", name,
                  quoted);
    net_error_set_detail(run->x->error, ERR_INVALID, "http2: invalid %s request header: [%s]", name,
                         quoted);
    mem_free(quoted);
    return ERR_INVALID;
}

/* What is about the connection is not sent, and must not ask for what HTTP/2 lacks. 1: an ordinary
 * field. */
static int judge_field(struct run *run, struct str name, struct str value)
{
    switch (name.len) {
    case 7:
        if (!str_eqs(name, "upgrade"))
            return 1;
        return value.len == 0 || str_eqs(value, "chunked") ? 0 : refuse(run, "Upgrade", value);
    case 10:
        if (str_eqs(name, "keep-alive"))
            return 0;
        if (!str_eqs(name, "connection"))
            return 1;
        return value.len == 0 || str_ieqs(value, "close") || str_ieqs(value, "keep-alive")
                   ? 0
                   : refuse(run, "Connection", value);
    case 14:
        return run->x->has_no_length && str_eqs(name, "content-length") ? 0 : 1;
    case 16:
        return str_eqs(name, "proxy-connection") ? 0 : 1;
    case 17:
        if (!str_eqs(name, "transfer-encoding"))
            return 1;
        return value.len == 0 || str_eqs(value, "chunked")
                   ? 0
                   : refuse(run, "Transfer-Encoding", value);
    default:
        return 1;
    }
}

static int add_field(struct run *run, struct fields *f, struct str line)
{
    const char *colon = memchr(line.p, ':', line.len);
    struct str name = {line.p, (size_t)(colon - line.p)};
    struct str value = {colon + 2, line.len - name.len - 2};
    char *small = (char *)(uintptr_t)name.p; /* the scratch buffer's, ours until the next park */
    for (size_t i = 0; i < name.len; i++)
        small[i] = ascii_lower(small[i]);
    int rc = judge_field(run, name, value);
    if (rc != 1)
        return rc;
    rc = str_eqs(name, "cookie") ? add_cookies(f, name, value) : add(f, name, value);
    return rc < 0 ? net_error_from_rc(run->x->error, rc) : 0;
}

static bool is_host(struct str host)
{
    for (size_t i = 0; i < host.len; i++) {
        char c = host.p[i];
        bool is_common =
            (c >= 'a' && c <= 'z') || (c >= '-' && c <= ':' && c != '/') || (c >= 'A' && c <= 'Z');
        if (!is_common && (c == '\0' || strchr("!$%&'()*+,;=[]_~", c) == NULL))
            return false;
    }
    return true;
}

static int refuse_host(struct run *run)
{
    static const char text[] = "invalid Host header";
    net_error_set(run->x->error, ERR_INVALID, NET_DEFAULT, "%s", text);
    return net_error_set_detail(run->x->error, ERR_INVALID, "http2: %s", text);
}

/* "GET /path HTTP/1.1" and "Host: name" */
static int add_pseudo(struct run *run, struct fields *f, struct str *head)
{
    struct str line = take_line(head);
    struct str host = take_line(head);
    struct str method;
    struct str target;
    str_cut(line, ' ', &method, &target);
    target.len -= strlen(" HTTP/1.1");
    host = (struct str){host.p + strlen("Host: "), host.len - strlen("Host: ")};
    if (!is_host(host))
        return refuse_host(run);
    add(f, STR(":authority"), host);
    add(f, STR(":method"), method);
    if (str_eqs(method, "CONNECT"))
        return 0;
    add(f, STR(":path"), target);
    add(f, STR(":scheme"), run->conn->is_tls ? STR("https") : STR("http"));
    return 0;
}

static int make_fields(struct run *run, struct fields *f, struct str head)
{
    f->items = f->inline_items;
    f->len = 0;
    f->cap = FIELDS_INLINE;
    int rc = add_pseudo(run, f, &head);
    while (rc == 0 && head.len > 0) {
        struct str line = take_line(&head);
        if (line.len > 0)
            rc = add_field(run, f, line);
    }
    return rc;
}

static int send_request(struct run *run)
{
    struct http_exchange *x = run->x;
    struct h2_conn *h2 = run->conn->h2;
    struct fields f;
    int rc = make_fields(run, &f, x->head);
    if (rc == 0)
        rc = h2_conn_request(h2, &run->st, f.items, f.len);
    if (rc == 0 && x->closes)
        h2_conn_retire(h2);
    if (f.items != f.inline_items)
        mem_free(f.items);
    return rc;
}

/* ---- the answer's head */

static int grow_headers(struct run *run)
{
    bool is_inline = run->headers == run->inline_headers;
    size_t cap = run->header_cap * 2;
    struct http_header *more = mem_try_realloc(is_inline ? NULL : run->headers, cap * sizeof *more);
    if (more == NULL)
        return net_error_from_rc(run->x->error, ERR_NOMEM);
    if (is_inline)
        memcpy(more, run->inline_headers, sizeof run->inline_headers);
    run->headers = more;
    run->header_cap = cap;
    return 0;
}

/* True if the field is not shown; lengths that contradict one another are none. */
static bool note_length(struct run *run, struct str value)
{
    uint64_t length;
    if (run->length_at != 0) {
        run->is_length_bad |= !str_eq(value, run->headers[run->length_at - 1].value);
        return true;
    }
    run->length_at = run->header_count + 1;
    if (num_parse_uint(value, &length) < 0 || length > INT64_MAX)
        run->is_length_bad = true;
    else
        run->content_length = (int64_t)length;
    return false;
}

/* What scripts don't see is hidden: as Go does, all that is about a connection. */
static bool note_field(struct run *run, struct str name, struct str value)
{
    struct http_exchange *x = run->x;
    switch (name.len) {
    case 7:
        return str_eqs(name, "trailer") || str_eqs(name, "upgrade");
    case 8:
        if (x->location.len == 0 && str_eqs(name, "location"))
            x->location = value;
        return false;
    case 10:
        if (str_eqs(name, "set-cookie"))
            run->r->has_set_cookie = true;
        return str_eqs(name, "connection") || str_eqs(name, "keep-alive");
    case 14:
        return str_eqs(name, "content-length") && note_length(run, value);
    case 16:
        if (x->encoding.len == 0 && str_eqs(name, "content-encoding"))
            x->encoding = value;
        return str_eqs(name, "proxy-connection");
    case 17:
        return str_eqs(name, "transfer-encoding");
    default:
        return false;
    }
}

static int on_field(struct h2_stream *st, struct str name, struct str value)
{
    struct run *run = (struct run *)(void *)st;
    char *text = arena_alloc(run->r->arena, name.len + value.len + 2);
    memcpy(text, name.p, name.len);
    text[name.len] = '\0';
    char *second = text + name.len + 1;
    memcpy(second, value.p, value.len);
    second[value.len] = '\0';
    name.p = text;
    value.p = second;
    if (note_field(run, name, value))
        return 0;
    int rc = run->header_count == run->header_cap ? grow_headers(run) : 0;
    if (rc == 0)
        run->headers[run->header_count++] = (struct http_header){name, value};
    return rc;
}

static void settle_length(struct run *run)
{
    if (!run->is_length_bad)
        return;
    run->content_length = -1;
    run->header_count--;
    memmove(&run->headers[run->length_at - 1], &run->headers[run->length_at],
            (run->header_count - (run->length_at - 1)) * sizeof *run->headers);
}

static void put_status(struct http_response *r, struct str status)
{
    uint64_t number = 0;
    num_parse_uint(status, &number);
    r->status = (int)number;
    if (r->status == 200 && status.len == 3) {
        r->status_text = STR("200 OK");
        return;
    }
    char *text =
        arena_printf(r->arena, "%.*s %s", (int)status.len, status.p, http_status_words(r->status));
    r->status_text = str_of(text);
}

static int begin_body(struct run *run)
{
    struct http_exchange *x = run->x;
    struct http_body *b = &run->body;
    b->is_discarded = x->discards;
    b->limit = x->body_limit;
    if (run->content_length <= 0 || run->st.is_head)
        return 0;
    if ((uint64_t)run->content_length > b->limit)
        return http_body_fail_size(b, x->error);
    size_t length = (size_t)run->content_length;
    if (b->is_discarded)
        return 0;
    return http_body_reserve(b, length < HTTP_BODY_FIRST ? length : HTTP_BODY_FIRST, x->error);
}

static int on_head(struct h2_stream *st, struct str status)
{
    struct run *run = (struct run *)(void *)st;
    struct http_response *r = run->r;
    settle_length(run);
    put_status(r, status);
    size_t size = run->header_count * sizeof *r->headers;
    r->headers = arena_alloc(r->arena, size);
    memcpy(r->headers, run->headers, size);
    r->header_count = run->header_count;
    r->last.proto = STR("HTTP/2.0");
    run->x->on_head(run->x->opaque, run->x, r);
    return begin_body(run);
}

/* ---- the answer's body */

static int on_data(struct h2_stream *st, const char *data, size_t len)
{
    struct run *run = (struct run *)(void *)st;
    struct net_error *e = run->x->error;
    if (run->content_length < 0)
        return http_body_add(&run->body, data, len, e);
    size_t left = (size_t)run->content_length - run->body.len;
    size_t wanted = len < left ? len : left;
    int rc = wanted > 0 ? http_body_add(&run->body, data, wanted, e) : 0;
    if (rc == 0 && len > left)
        rc = net_error_set(
            e, ERR_PROTOCOL, NET_DEFAULT,
            "net/http: server replied with more than declared Content-Length; truncated");
    return rc;
}

static int check_length(const struct run *run)
{
    int status = run->r->status;
    if (run->st.is_head || status == 204 || status == 304 || run->content_length <= 0 ||
        run->body.len == (size_t)run->content_length)
        return 0;
    return net_error_set(run->x->error, ERR_CLOSED, NET_DEFAULT, "unexpected EOF");
}

/* As the bytes arrived, not as we came to look. An answer may arrive before send(2) returns. */
static void note_times(struct run *run)
{
    struct http_exchange *x = run->x;
    const struct h2_stream *st = &run->st;
    int64_t now_ns = clock_now_ns();
    x->sent_ns = st->sent_ns;
    x->first_byte_ns = st->first_ns;
    x->end_ns = run->st.rc == 0 && st->end_ns != 0 && st->end_ns <= now_ns ? st->end_ns : now_ns;
    x->is_answer_begun = st->first_ns != 0;
    if (x->is_answer_begun && x->sent_ns == 0)
        x->sent_ns = st->first_ns; /* answered while the body was still being sent */
    if (x->is_answer_begun && x->first_byte_ns < x->sent_ns)
        x->first_byte_ns = x->sent_ns;
    if (x->end_ns < x->first_byte_ns)
        x->end_ns = x->first_byte_ns;
}

static const struct h2_events events = {
    .on_field = on_field,
    .on_head = on_head,
    .on_data = on_data,
    .on_over = h2_conn_on_over,
};

/* Field by field: the room for headers, most of the struct, is left as it is. */
static void begin(struct run *run, struct http_conn *conn, struct http_exchange *x,
                  struct http_response *r)
{
    run->st = (struct h2_stream){
        .events = &events,
        .error = x->error,
        .upload = x->body,
        .is_head = x->is_head_method,
    };
    run->conn = conn;
    run->x = x;
    run->r = r;
    run->body = (struct http_body){.limit = x->body_limit};
    run->content_length = -1;
    run->length_at = 0;
    run->is_length_bad = false;
    run->header_count = 0;
    run->header_cap = HEADERS_INLINE;
    run->headers = run->inline_headers;
}

int h2_exchange(struct http_conn *conn, struct http_exchange *x, struct http_response *r)
{
    struct run run;
    begin(&run, conn, x, r);
    int rc = send_request(&run);
    if (rc == 0)
        rc = h2_conn_await(conn->h2, &run.st, x->deadline_ns);
    if (rc == 0)
        rc = check_length(&run);
    if (rc < 0 && run.st.has_head)
        x->error->in_body = true;
    run.body.len -= run.st.torn_len; /* Go's client knows whole frames only */
    x->was_refused = rc < 0 && run.st.was_refused;
    note_times(&run);
    if (run.st.has_head)
        http_body_hand_over(&run.body, r);
    if (run.headers != run.inline_headers)
        mem_free(run.headers);
    return rc;
}
