/* target_echo.c - routes of `c6 target` that tell what the request held: /echo and the cookies.
 * Runs on the fibers of httpd's connections. Tests: target_test.c */
#include "base/hash.h"
#include "base/url.h"
#include "cli/target_int.h"

/* Adds a value under key; a second one of the same key makes a list of them. */
static void add_value(struct json *object, const char *key, struct str value)
{
    struct json *v = json_new_str(value);
    struct json *had = json_get(object, key);
    if (had == NULL) {
        json_set(object, key, v);
    } else if (had->type == JSON_ARRAY) {
        json_push(had, v);
    } else {
        struct json *list = json_new_array();
        json_push(list, json_dup(had));
        json_push(list, v);
        json_set(object, key, list);
    }
}

static struct json *args_json(struct str query)
{
    struct json *o = json_new_object();
    struct buf name;
    struct buf value;
    buf_init(&name, BUF_NO_LIMIT);
    buf_init(&value, BUF_NO_LIMIT);
    for (size_t at = 0; target_next_arg(query, &at, &name, &value);)
        add_value(o, name.data, (struct str){value.data, value.len});
    buf_deinit(&name);
    buf_deinit(&value);
    return o;
}

static struct json *headers_json(const struct httpd_request *req)
{
    struct json *o = json_new_object();
    struct buf key;
    struct str name;
    struct str value;
    buf_init(&key, BUF_NO_LIMIT);
    for (size_t at = 0; httpd_next_header(req, &at, &name, &value);) {
        buf_clear(&key);
        buf_add(&key, name.p, name.len);
        add_value(o, key.data, value);
    }
    buf_deinit(&key);
    return o;
}

/* The body as text, or in base64 when it is none; and what it means, when its type says that it
 * means something. */
static void add_body(struct json *o, const struct httpd_request *req)
{
    struct str type = STR("");
    json_set(o, "body_len", json_new_int((int64_t)req->body.len));
    if (utf8_is_valid(req->body)) {
        json_set(o, "body", json_new_str(req->body));
    } else {
        struct buf text;
        buf_init(&text, BUF_NO_LIMIT);
        hash_put_base64(&text, req->body.p, req->body.len);
        json_set(o, "body_base64", json_new_str((struct str){text.data, text.len}));
        buf_deinit(&text);
    }
    httpd_get_header(req, "Content-Type", &type);
    if (str_starts(type, "application/json")) {
        struct json *v = json_parse(req->body, NULL);
        if (v != NULL)
            json_set(o, "json", v);
    } else if (str_starts(type, "application/x-www-form-urlencoded")) {
        json_set(o, "form", args_json(req->body));
    }
}

void target_echo(struct target_call *call)
{
    const struct httpd_request *req = call->req;
    struct json *o = json_new_object();
    json_set(o, "method", json_new_str(req->method));
    json_set(o, "path", json_new_str(req->path));
    json_set(o, "query", json_new_str(req->query));
    json_set(o, "version", json_new_str(req->version));
    json_set(o, "host", json_new_str(req->host));
    json_set(o, "tls", json_new_bool(req->is_tls));
    json_set(o, "args", args_json(req->query));
    json_set(o, "headers", headers_json(req));
    add_body(o, req);
    target_json(call, 200, STR(""), o);
}

/* ---- cookies */

/* Cuts the next "name=value" out of a Cookie header. */
static bool next_cookie(struct str *rest, struct str *name, struct str *value)
{
    while (rest->len > 0) {
        struct str pair = *rest;
        ptrdiff_t semicolon = str_find(pair, ';');
        if (semicolon >= 0)
            pair.len = (size_t)semicolon;
        size_t eaten = pair.len + (semicolon >= 0);
        rest->p += eaten;
        rest->len -= eaten;
        if (str_cut(str_trim(pair), '=', name, value) && name->len > 0)
            return true;
    }
    return false;
}

bool target_get_cookie(const struct httpd_request *req, const char *wanted, struct str *value)
{
    struct str header;
    struct str key;
    struct str text;
    for (size_t at = 0; httpd_next_header(req, &at, &key, &text);) {
        if (!str_ieqs(key, "Cookie"))
            continue;
        header = text;
        while (next_cookie(&header, &key, value))
            if (str_eqs(key, wanted))
                return true;
    }
    return false;
}

void target_cookies(struct target_call *call)
{
    struct json *o = json_new_object();
    struct json *cookies = json_new_object();
    struct str key;
    struct str text;
    struct buf name;
    buf_init(&name, BUF_NO_LIMIT);
    for (size_t at = 0; httpd_next_header(call->req, &at, &key, &text);) {
        struct str value;
        if (!str_ieqs(key, "Cookie"))
            continue;
        while (next_cookie(&text, &key, &value)) {
            buf_clear(&name);
            buf_add(&name, key.p, key.len);
            add_value(cookies, name.data, value);
        }
    }
    buf_deinit(&name);
    json_set(o, "cookies", cookies);
    target_json(call, 200, STR(""), o);
}

static bool is_cookie_text(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if ((unsigned char)s.p[i] <= ' ' || (unsigned char)s.p[i] >= 0x7f || s.p[i] == ';' ||
            s.p[i] == ',')
            return false;
    return true;
}

/* A Set-Cookie line for each argument, ended by attributes, and on to /cookies. */
static void change_cookies(struct target_call *call, const char *attributes)
{
    struct buf headers;
    struct buf name;
    struct buf value;
    bool ok = true;
    buf_init(&headers, BUF_NO_LIMIT);
    buf_init(&name, BUF_NO_LIMIT);
    buf_init(&value, BUF_NO_LIMIT);
    buf_adds(&headers, "Location: /cookies\r\n");
    for (size_t at = 0; ok && target_next_arg(call->req->query, &at, &name, &value);) {
        ok = name.len > 0 && is_cookie_text((struct str){name.data, name.len}) &&
             is_cookie_text((struct str){value.data, value.len}) &&
             str_find((struct str){name.data, name.len}, '=') < 0;
        buf_addf(&headers, "Set-Cookie: %s=%s; Path=/%s\r\n", name.data, value.data, attributes);
    }
    if (ok)
        httpd_answer(call->conn, 302, "text/plain; charset=utf-8",
                     (struct str){headers.data, headers.len}, STR(""));
    else
        target_error(call, 400,
                     "names and values of cookies are printable ASCII without blanks, commas and "
                     "semicolons");
    buf_deinit(&headers);
    buf_deinit(&name);
    buf_deinit(&value);
}

void target_cookies_set(struct target_call *call)
{
    change_cookies(call, "");
}

void target_cookies_delete(struct target_call *call)
{
    change_cookies(call, "; Max-Age=0");
}
