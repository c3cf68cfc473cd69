/* target_login.c - the login journey of `c6 target`: POST /login, then what only those who are
 * logged in may see. Nothing is stored: a token carries the user's name and a digest that only this
 * process can make, so any worker knows it. Runs on the fibers of httpd's connections. Tests:
 * target_test.c */
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"
#include "cli/target_int.h"

enum { MAX_USER_LEN = 64 };

static const char password[] = "secret";

static const char login_page[] =
    "<!DOCTYPE html>\n<html><head><title>Log in</title></head><body>\n"
    "<h1>Log in</h1>\n"
    "<form id=\"login\" action=\"/login\" method=\"post\">\n"
    "  <label>User <input type=\"text\" name=\"user\" value=\"\"></label>\n"
    "  <label>Password <input type=\"password\" name=\"password\"></label>\n"
    "  <input type=\"submit\" value=\"Log in\">\n"
    "</form>\n"
    "<a href=\"/my/profile\">My profile</a>\n"
    "</body></html>\n";

static void digest_user(const struct target_routes *t, struct str user, char out[33])
{
    struct buf text;
    buf_init(&text, BUF_NO_LIMIT);
    buf_adds(&text, t->secret);
    buf_add(&text, user.p, user.len);
    buf_adds(&text, t->secret);
    hash_md5_hex((struct str){text.data, text.len}, out);
    buf_deinit(&text);
}

/* hex(user) "." digest */
static void put_token(struct buf *out, const struct target_routes *t, struct str user)
{
    char digest[33];
    digest_user(t, user, digest);
    for (size_t i = 0; i < user.len; i++)
        buf_addf(out, "%02x", (unsigned char)user.p[i]);
    buf_addc(out, '.');
    buf_adds(out, digest);
}

static bool read_token(const struct target_routes *t, struct str token, struct buf *user)
{
    struct str hex;
    struct str digest;
    char want[33];
    buf_clear(user);
    if (!str_cut(token, '.', &hex, &digest) || hex.len == 0 || hex.len % 2 != 0 ||
        hex.len > (size_t)2 * MAX_USER_LEN)
        return false;
    for (size_t i = 0; i < hex.len; i += 2) {
        int high = hex_value(hex.p[i]);
        int low = hex_value(hex.p[i + 1]);
        if (high < 0 || low < 0)
            return false;
        buf_addc(user, (char)(high * 16 + low));
    }
    digest_user(t, (struct str){user->data, user->len}, want);
    return str_eqs(digest, want);
}

/* One field of the form or the JSON object in the body. */
static bool get_field(const struct httpd_request *req, const struct json *object, const char *name,
                      struct buf *value)
{
    if (object == NULL)
        return target_get_arg(req->body, name, value);
    const struct json *v = json_get(object, name);
    if (v == NULL || v->type != JSON_STRING)
        return false;
    buf_clear(value);
    buf_add(value, v->text.p, v->text.len);
    return true;
}

static void answer_login(struct target_call *call, struct str user)
{
    struct buf token;
    struct buf cookie;
    buf_init(&token, BUF_NO_LIMIT);
    buf_init(&cookie, BUF_NO_LIMIT);
    put_token(&token, call->routes, user);
    buf_addf(&cookie, "Set-Cookie: session=%s; Path=/; HttpOnly\r\n", token.data);
    struct json *o = json_new_object();
    json_set(o, "user", json_new_str(user));
    json_set(o, "token", json_new_str((struct str){token.data, token.len}));
    target_json(call, 200, (struct str){cookie.data, cookie.len}, o);
    buf_deinit(&token);
    buf_deinit(&cookie);
}

void target_login(struct target_call *call)
{
    const struct httpd_request *req = call->req;
    if (str_eqs(req->method, "GET") || call->is_head) {
        httpd_answer(call->conn, 200, "text/html; charset=utf-8", STR(""),
                     (struct str){login_page, sizeof login_page - 1});
        return;
    }
    struct buf user;
    struct buf pass;
    buf_init(&user, BUF_NO_LIMIT);
    buf_init(&pass, BUF_NO_LIMIT);
    struct json *object = json_parse(req->body, NULL); /* NULL: then it is a form */
    bool has_user =
        get_field(req, object, "user", &user) || get_field(req, object, "username", &user);
    if (!str_eqs(req->method, "POST"))
        target_error(call, 405, "log in with POST");
    else if (!has_user || !get_field(req, object, "password", &pass) || user.len == 0 ||
             user.len > MAX_USER_LEN)
        target_error(call, 400,
                     "user (1 to %d bytes) and password are needed, as a form or as JSON",
                     MAX_USER_LEN);
    else if (!str_eqs((struct str){pass.data, pass.len}, password))
        target_error(call, 401, "wrong user or password");
    else
        answer_login(call, (struct str){user.data, user.len});
    json_free(object);
    buf_deinit(&user);
    buf_deinit(&pass);
}

void target_logout(struct target_call *call)
{
    struct json *o = json_new_object();
    json_set(o, "ok", json_new_bool(true));
    target_json(call, 200, STR("Set-Cookie: session=; Path=/; Max-Age=0\r\n"), o);
}

/* ---- behind the login */

static bool find_user(struct target_call *call, struct buf *user)
{
    struct str text;
    if (httpd_get_header(call->req, "Authorization", &text) && str_starts(text, "Bearer "))
        return read_token(call->routes, (struct str){text.p + 7, text.len - 7}, user);
    return target_get_cookie(call->req, "session", &text) && read_token(call->routes, text, user);
}

static struct json *order_json(int64_t id, const char *item, int64_t count)
{
    struct json *o = json_new_object();
    json_set(o, "id", json_new_int(id));
    json_set(o, "item", json_new_strs(item));
    json_set(o, "count", json_new_int(count));
    return o;
}

static void answer_profile(struct target_call *call, struct str user)
{
    struct json *o = json_new_object();
    struct buf mail;
    buf_init(&mail, BUF_NO_LIMIT);
    buf_add(&mail, user.p, user.len);
    buf_adds(&mail, "@example.com");
    json_set(o, "user", json_new_str(user));
    json_set(o, "email", json_new_str((struct str){mail.data, mail.len}));
    buf_deinit(&mail);
    target_json(call, 200, STR(""), o);
}

static void answer_orders(struct target_call *call)
{
    struct json *o = json_new_object();
    struct json *list = json_new_array();
    json_push(list, order_json(1, "apple", 3));
    json_push(list, order_json(2, "bread", 1));
    json_set(o, "orders", list);
    target_json(call, 200, STR(""), o);
}

/* Gives the new order back with an id; none is kept. */
static void add_order(struct target_call *call)
{
    struct json *sent = json_parse(call->req->body, NULL);
    const struct json *item = json_get(sent, "item");
    if (item == NULL || item->type != JSON_STRING) {
        target_error(call, 400, "send an order as JSON: {\"item\":\"apple\",\"count\":1}");
    } else {
        const struct json *count = json_get(sent, "count");
        bool has_count = count != NULL && count->type == JSON_NUMBER && count->number >= 0 &&
                         count->number <= 1e9;
        target_json(call, 201, STR("Location: /my/orders\r\n"),
                    order_json(3, item->text.p, has_count ? (int64_t)count->number : 1));
    }
    json_free(sent);
}

void target_my(struct target_call *call)
{
    struct buf user;
    buf_init(&user, BUF_NO_LIMIT);
    if (!find_user(call, &user)) {
        struct json *o = json_new_object();
        json_set(o, "error", json_new_strs("log in first: POST /login"));
        target_json(call, 401, STR("WWW-Authenticate: Bearer\r\n"), o);
    } else if (str_eqs(call->rest, "profile")) {
        answer_profile(call, (struct str){user.data, user.len});
    } else if (str_eqs(call->rest, "orders")) {
        if (str_eqs(call->req->method, "POST"))
            add_order(call);
        else
            answer_orders(call);
    } else {
        target_error(call, 404, "there are /my/profile and /my/orders");
    }
    buf_deinit(&user);
}
