/* target_routes.c - the table of the routes of `c6 target`, and the plain ones: texts, sizes,
 * delays, redirects. Runs on the fibers of httpd's connections. Description: doc/target.md. Tests:
 * target_test.c */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <sys/random.h>
#include <zlib.h>

#include "base/duration.h"
#include "base/hash.h"
#include "base/mem.h"
#include "base/num.h"
#include "base/url.h"
#include "cli/target_int.h"

enum {
    MAX_DELAY_MS = 60 * 1000,
    MAX_REDIRECTS = 1000,
    MAX_CHUNKS = 10000,
    MAX_DRIP = 10000,
};
#define MAX_BYTES (UINT64_C(1) << 30)

static const char json_type[] = "application/json";
static const char text_type[] = "text/plain; charset=utf-8";

static const char hello_text[] = "Hello from c6.\n";
static const char hello_json[] =
    "{\"service\":\"c6 target\",\"ok\":true,\"items\":["
    "{\"id\":1,\"name\":\"apple\",\"price\":0.5,\"tags\":[\"fruit\",\"red\"]},"
    "{\"id\":2,\"name\":\"bread\",\"price\":2.25,\"tags\":[\"bakery\"]},"
    "{\"id\":3,\"name\":\"cheese\",\"price\":4,\"tags\":[]}]}";

/* ---- helpers for all routes */

void target_text(struct target_call *call, int status, const char *text)
{
    httpd_answer(call->conn, status, text_type, STR(""), str_of(text));
}

void target_json(struct target_call *call, int status, struct str extra_headers, struct json *takes)
{
    struct buf text;
    buf_init(&text, BUF_NO_LIMIT);
    json_print(&text, takes, 0);
    buf_addc(&text, '\n');
    if (buf_failed(&text))
        httpd_close(call->conn, true); /* an echo too big for this machine's memory */
    else
        httpd_answer(call->conn, status, json_type, extra_headers,
                     (struct str){text.data, text.len});
    buf_deinit(&text);
    json_free(takes);
}

void target_error(struct target_call *call, int status, const char *fmt, ...)
{
    va_list ap;
    struct buf text;
    buf_init(&text, 4096);
    va_start(ap, fmt);
    buf_vaddf(&text, fmt, ap);
    va_end(ap);
    struct json *o = json_new_object();
    json_set(o, "error", json_new_str((struct str){text.data, text.len}));
    buf_deinit(&text);
    target_json(call, status, STR(""), o);
}

bool target_next_arg(struct str query, size_t *at, struct buf *name, struct buf *value)
{
    while (*at < query.len) {
        struct str pair = {query.p + *at, query.len - *at};
        ptrdiff_t amp = str_find(pair, '&');
        if (amp >= 0)
            pair.len = (size_t)amp;
        *at += pair.len + 1;
        if (pair.len == 0)
            continue;
        struct str left = pair;
        struct str right = STR("");
        ptrdiff_t eq = str_find(pair, '=');
        if (eq >= 0) {
            left.len = (size_t)eq;
            right = (struct str){pair.p + eq + 1, pair.len - (size_t)eq - 1};
        }
        buf_clear(name);
        buf_clear(value);
        /* What is not properly escaped is taken as it stands. */
        if (url_unescape_query(name, left) < 0) {
            buf_clear(name);
            buf_add(name, left.p, left.len);
        }
        if (url_unescape_query(value, right) < 0) {
            buf_clear(value);
            buf_add(value, right.p, right.len);
        }
        return true;
    }
    return false;
}

bool target_get_arg(struct str query, const char *name, struct buf *value)
{
    struct buf key;
    buf_init(&key, BUF_NO_LIMIT);
    bool found = false;
    for (size_t at = 0; !found && target_next_arg(query, &at, &key, value);)
        found = str_eqs((struct str){key.data, key.len}, name);
    buf_deinit(&key);
    if (!found)
        buf_clear(value);
    return found;
}

bool target_number_arg(struct target_call *call, const char *name, uint64_t standard, uint64_t max,
                       uint64_t *out)
{
    struct buf value;
    buf_init(&value, BUF_NO_LIMIT);
    *out = standard;
    bool ok = true;
    if (target_get_arg(call->req->query, name, &value))
        ok = num_parse_uint((struct str){value.data, value.len}, out) == 0 && *out <= max;
    buf_deinit(&value);
    if (!ok)
        target_error(call, 400, "%s must be a number from 0 to %llu", name,
                     (unsigned long long)max);
    return ok;
}

bool target_number_rest(struct target_call *call, uint64_t max, uint64_t *out)
{
    if (num_parse_uint(call->rest, out) == 0 && *out <= max)
        return true;
    target_error(call, 400, "the last part of the path must be a number from 0 to %llu",
                 (unsigned long long)max);
    return false;
}

bool target_is_header_text(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if ((unsigned char)s.p[i] < ' ' || s.p[i] == 0x7f)
            return false;
    return true;
}

static void redirect(struct target_call *call, int status, struct str where)
{
    struct buf header;
    buf_init(&header, BUF_NO_LIMIT);
    buf_adds(&header, "Location: ");
    buf_add(&header, where.p, where.len);
    buf_adds(&header, "\r\n");
    httpd_answer(call->conn, status, text_type, (struct str){header.data, header.len}, STR(""));
    buf_deinit(&header);
}

/* ---- routes */

static void route_index(struct target_call *call)
{
    httpd_answer(call->conn, 200, text_type, STR(""),
                 (struct str){call->routes->index, call->routes->index_len});
}

static void route_text(struct target_call *call)
{
    httpd_answer(call->conn, 200, text_type, STR(""),
                 (struct str){hello_text, sizeof hello_text - 1});
}

static void route_json(struct target_call *call)
{
    httpd_answer(call->conn, 200, json_type, STR(""),
                 (struct str){hello_json, sizeof hello_json - 1});
}

static void route_gzip(struct target_call *call)
{
    const struct buf *b = &call->routes->gzip;
    httpd_answer(call->conn, 200, json_type, STR("Content-Encoding: gzip\r\n"),
                 (struct str){b->data, b->len});
}

static void route_deflate(struct target_call *call)
{
    const struct buf *b = &call->routes->deflate;
    httpd_answer(call->conn, 200, json_type, STR("Content-Encoding: deflate\r\n"),
                 (struct str){b->data, b->len});
}

static void route_status(struct target_call *call)
{
    uint64_t status;
    if (!target_number_rest(call, 599, &status))
        return;
    if (status < 200) {
        target_error(call, 400, "the status must be from 200 to 599");
        return;
    }
    char text[80];
    snprintf(text, sizeof text, "%s\n", httpd_reason((int)status));
    /* Those that mean "look elsewhere" say where, or a client that follows would have nothing to
     * follow. */
    bool moves = status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    httpd_answer(call->conn, (int)status, text_type, moves ? STR("Location: /text\r\n") : STR(""),
                 str_of(text));
}

static void route_delay(struct target_call *call)
{
    uint64_t ms;
    if (target_number_rest(call, MAX_DELAY_MS, &ms) &&
        httpd_sleep(call->conn, (int64_t)ms * NS_PER_MS) == 0)
        route_text(call);
}

static void route_bytes(struct target_call *call)
{
    uint64_t left;
    if (!target_number_rest(call, MAX_BYTES, &left))
        return;
    const char *pattern = call->routes->pattern;
    if (left <= TARGET_PATTERN_LEN) {
        httpd_answer(call->conn, 200, "application/octet-stream", STR(""),
                     (struct str){pattern, (size_t)left});
        return;
    }
    int rc = httpd_answer_head(call->conn, 200, "application/octet-stream", STR(""), (int64_t)left);
    while (rc == 0 && left > 0 && !call->is_head) {
        size_t n = left < TARGET_PATTERN_LEN ? (size_t)left : TARGET_PATTERN_LEN;
        rc = httpd_put(call->conn, (struct str){pattern, n});
        left -= n;
    }
}

static void route_chunked(struct target_call *call)
{
    uint64_t count;
    if (!target_number_rest(call, MAX_CHUNKS, &count))
        return;
    int rc = httpd_answer_head(call->conn, 200, text_type, STR(""), -1);
    for (uint64_t i = 1; i <= count && rc == 0 && !call->is_head; i++) {
        char piece[64];
        snprintf(piece, sizeof piece, "chunk %llu of %llu\n", (unsigned long long)i,
                 (unsigned long long)count);
        rc = httpd_put(call->conn, str_of(piece));
    }
    if (rc == 0 && !call->is_head)
        httpd_finish(call->conn);
}

static void route_drip(struct target_call *call)
{
    uint64_t count;
    uint64_t ms;
    if (!target_number_arg(call, "bytes", 10, MAX_DRIP, &count) ||
        !target_number_arg(call, "ms", 1000, MAX_DELAY_MS, &ms))
        return;
    int rc =
        httpd_answer_head(call->conn, 200, "application/octet-stream", STR(""), (int64_t)count);
    int64_t pause_ns = count == 0 ? 0 : (int64_t)(ms * (uint64_t)NS_PER_MS / count);
    for (uint64_t i = 0; i < count && rc == 0 && !call->is_head; i++) {
        rc = httpd_sleep(call->conn, pause_ns);
        if (rc == 0)
            rc = httpd_put(call->conn, STR("*"));
    }
}

static void route_redirect(struct target_call *call)
{
    uint64_t hops;
    if (!target_number_rest(call, MAX_REDIRECTS, &hops))
        return;
    char where[64];
    if (hops > 1)
        snprintf(where, sizeof where, "/redirect/%llu", (unsigned long long)hops - 1);
    else
        snprintf(where, sizeof where, "/text");
    if (hops == 0)
        route_text(call);
    else
        redirect(call, 302, str_of(where));
}

static void route_redirect_to(struct target_call *call)
{
    uint64_t status;
    if (!target_number_arg(call, "status", 302, 399, &status))
        return;
    struct buf url;
    buf_init(&url, BUF_NO_LIMIT);
    if (!target_get_arg(call->req->query, "url", &url) ||
        !target_is_header_text((struct str){url.data, url.len}))
        target_error(call, 400, "say where to: /redirect-to?url=...");
    else if (status < 300)
        target_error(call, 400, "status must be from 300 to 399");
    else
        redirect(call, (int)status, (struct str){url.data, url.len});
    buf_deinit(&url);
}

/* The one table of routes. A path that ends in "/" takes what stands behind it. */
static const struct target_route {
    const char *path;
    bool has_rest;
    target_fn run;
    const char *show, *about;
} routes[] = {
    {"/text", false, route_text, "/text", "a line of text"},
    {"/json", false, route_json, "/json", "a JSON object with a list in it"},
    {"/", false, route_index, "/", "this list"},
    {"/echo", false, target_echo, "/echo",
     "the request as JSON: method, path, args, headers, body"},
    {"/status/", true, route_status, "/status/N", "an answer with status N, 200 to 599"},
    {"/delay/", true, route_delay, "/delay/MS", "the text after MS milliseconds, at most 60000"},
    {"/bytes/", true, route_bytes, "/bytes/N", "N bytes, at most 1073741824"},
    {"/chunked/", true, route_chunked, "/chunked/N", "N chunks, no Content-Length"},
    {"/drip", false, route_drip, "/drip?bytes=N&ms=MS",
     "N bytes, one by one, over MS milliseconds"},
    {"/gzip", false, route_gzip, "/gzip", "the JSON object, packed with gzip"},
    {"/deflate", false, route_deflate, "/deflate", "the JSON object, packed with deflate"},
    {"/cookies", false, target_cookies, "/cookies", "the cookies the request carried, as JSON"},
    {"/cookies/set", false, target_cookies_set, "/cookies/set?NAME=VALUE",
     "sets cookies, leads to /cookies"},
    {"/cookies/delete", false, target_cookies_delete, "/cookies/delete?NAME",
     "deletes cookies, leads to /cookies"},
    {"/redirect/", true, route_redirect, "/redirect/N", "N redirects, then /text"},
    {"/redirect-to", false, route_redirect_to, "/redirect-to?url=URL&status=N",
     "a redirect to URL (302 unless told otherwise)"},
    {"/login", false, target_login, "/login",
     "GET: a form. POST user and password (it is \"secret\"): a token and a session cookie"},
    {"/logout", false, target_logout, "/logout", "takes the session cookie away"},
    {"/my/", true, target_my, "/my/profile, /my/orders",
     "401 without the token or cookie of /login; POST /my/orders adds one"},
    {"/auth/", true, target_auth, "/auth/basic, /auth/digest, /auth/ntlm",
     "401 without that proof; any user, the password is \"secret\""},
    {"/faults/", true, target_fault, "/faults/NAME",
     "an answer that breaks the protocol, see below"},
};

enum { ROUTE_COUNT = sizeof routes / sizeof routes[0] };

static const struct target_route *find_route(struct str path, struct str *rest)
{
    for (size_t i = 0; i < ROUTE_COUNT; i++) {
        const struct target_route *r = &routes[i];
        if (r->has_rest ? !str_starts(path, r->path) : !str_eqs(path, r->path))
            continue;
        size_t len = strlen(r->path);
        *rest = (struct str){path.p + len, path.len - len};
        return r;
    }
    return NULL;
}

void target_handle(void *opaque, struct httpd_conn *conn, const struct httpd_request *req)
{
    struct target_call call = {
        .routes = opaque,
        .conn = conn,
        .req = req,
        .rest = STR(""),
        .is_head = str_eqs(req->method, "HEAD"),
    };
    const struct target_route *r = find_route(req->path, &call.rest);
    if (r == NULL)
        target_error(&call, 404, "there is no such route; GET / lists them");
    else
        r->run(&call);
}

/* ---- what is made once */

static void make_index(struct target_routes *t)
{
    struct buf text;
    buf_init(&text, BUF_NO_LIMIT);
    buf_adds(&text, "c6 target: a server to test scripts against. Any method works unless a route "
                    "says otherwise.\n\n");
    for (size_t i = 0; i < ROUTE_COUNT; i++)
        buf_addf(&text, "  %-30s %s\n", routes[i].show, routes[i].about);
    buf_adds(&text, "\nFaults: ");
    target_put_fault_names(&text);
    buf_adds(&text, ".\n");
    t->index_len = text.len;
    t->index = buf_take(&text);
}

/* window_bits as zlib has them: 15 + 16 makes gzip, 15 the zlib format that HTTP calls deflate. */
static void pack(struct buf *out, int window_bits)
{
    z_stream z;
    memset(&z, 0, sizeof z);
    int rc = deflateInit2(&z, Z_BEST_COMPRESSION, Z_DEFLATED, window_bits, 8, Z_DEFAULT_STRATEGY);
    CHECK(rc == Z_OK);
    buf_init(out, BUF_NO_LIMIT);
    size_t room = deflateBound(&z, sizeof hello_json - 1);
    CHECK(buf_reserve(out, room) == 0);
    z.next_in = (Bytef *)(uintptr_t)hello_json;
    z.avail_in = sizeof hello_json - 1;
    z.next_out = (Bytef *)out->data;
    z.avail_out = (uInt)room;
    rc = deflate(&z, Z_FINISH);
    CHECK(rc == Z_STREAM_END);
    out->len = z.total_out;
    deflateEnd(&z);
}

struct target_routes *target_routes_new(void)
{
    struct target_routes *t = MEM_NEW(struct target_routes);
    t->pattern = mem_alloc(TARGET_PATTERN_LEN);
    for (size_t i = 0; i < TARGET_PATTERN_LEN; i++)
        t->pattern[i] = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-\n"[i % 64];
    make_index(t);
    pack(&t->gzip, 15 + 16);
    pack(&t->deflate, 15);
    char seed[16];
    if (getrandom(seed, sizeof seed, 0) != (ssize_t)sizeof seed)
        memset(seed, 0, sizeof seed); /* tokens are then the same after a restart; nothing worse */
    hash_md5_hex((struct str){seed, sizeof seed}, t->secret);
    return t;
}

void target_routes_free(struct target_routes *t)
{
    if (t == NULL)
        return;
    mem_free(t->index);
    mem_free(t->pattern);
    buf_deinit(&t->gzip);
    buf_deinit(&t->deflate);
    mem_free(t);
}
