/* mod_http_response.c - the object that http.get() gives. A script reads a few of its fields and
 * forgets it, so nothing is made in advance: the class is exotic, each field is made when it is
 * first read and kept. What a script sees is what k6 shows: own, enumerable, writable fields in a
 * fixed order, no others, none can be deleted; its prototype is Object's. Source: k6 docs,
 * "Response". Tests: test/js/http_response_*.js */
#include "modules/http/http_int.h"

#include <string.h>

#include "modules/mod_bytes.h"
#include "net/http1_head.h"

/* Order in which the fields are listed: Go's struct, then its methods. */
static const enum http_field listed[] = {
    FIELD_REMOTE_IP,   FIELD_REMOTE_PORT,      FIELD_URL,     FIELD_STATUS, FIELD_STATUS_TEXT,
    FIELD_PROTO,       FIELD_HEADERS,          FIELD_COOKIES, FIELD_BODY,   FIELD_TIMINGS,
    FIELD_TLS_VERSION, FIELD_TLS_CIPHER_SUITE, FIELD_OCSP,    FIELD_ERROR,  FIELD_ERROR_CODE,
    FIELD_REQUEST,     FIELD_CLICK_LINK,       FIELD_HTML,    FIELD_JSON,   FIELD_SUBMIT_FORM,
};
enum { LISTED_COUNT = sizeof(listed) / sizeof(listed[0]) };

static bool is_ok(const struct http_exchange *x)
{
    return x->is_sent && !x->is_failed;
}

static JSValue new_text(JSContext *ctx, const char *s)
{
    return jsarg_new_str(ctx, str_of(s));
}

/* Defines a member of a fresh plain object. Takes value. False with an exception pending. */
static bool set(JSContext *ctx, JSValueConst object, const char *name, JSValue value)
{
    return !JS_IsException(value) &&
           JS_DefinePropertyValueStr(ctx, object, name, value, JS_PROP_C_W_E) >= 0;
}

/* The object, or what is pending. Takes it. */
static JSValue checked(JSContext *ctx, JSValue object, bool ok)
{
    if (ok)
        return object;
    JS_FreeValue(ctx, object);
    return JS_EXCEPTION;
}

bool mod_http_struct_set(JSContext *ctx, JSValueConst object, const char *name, JSValue value)
{
    return !JS_IsException(value) &&
           JS_DefinePropertyValueStr(ctx, object, name, value,
                                     JS_PROP_WRITABLE | JS_PROP_ENUMERABLE) >= 0;
}

/* The same by a name that the server or script chose; __proto__ is a name like others. */
static bool set_named(JSContext *ctx, JSValueConst object, struct str name, JSValue value)
{
    JSAtom atom = JS_NewAtomLen(ctx, name.p, name.len);
    bool ok = atom != JS_ATOM_NULL && !JS_IsException(value);
    if (!ok)
        JS_FreeValue(ctx, value);
    else
        ok = JS_DefinePropertyValue(ctx, object, atom, value, JS_PROP_C_W_E) >= 0;
    JS_FreeAtom(ctx, atom);
    return ok;
}

/* ---- making fields ---- */

static const struct http_shape timings_shape = {8,
                                                CLASS_HTTP_RECORD,
                                                {{NAME_DURATION, HOLDS_FLOAT},
                                                 {NAME_BLOCKED, HOLDS_FLOAT},
                                                 {NAME_LOOKING_UP, HOLDS_FLOAT},
                                                 {NAME_CONNECTING, HOLDS_FLOAT},
                                                 {NAME_TLS_HANDSHAKING, HOLDS_FLOAT},
                                                 {NAME_SENDING, HOLDS_FLOAT},
                                                 {NAME_WAITING, HOLDS_FLOAT},
                                                 {NAME_RECEIVING, HOLDS_FLOAT}}};

static JSValue milliseconds(JSContext *ctx, int64_t ns)
{
    return JS_NewNumber(ctx, (double)ns / 1e6);
}

static JSValue make_timings(JSContext *ctx, struct http_exchange *x)
{
    static const struct http_timings none;
    const struct http_timings *t = x->is_sent ? &x->response.last.t : &none;
    JSValue values[] = {
        milliseconds(ctx, t->duration),
        milliseconds(ctx, t->blocked),
        JS_NewInt32(ctx, 0), /* k6 never fills it */
        milliseconds(ctx, t->connecting),
        milliseconds(ctx, t->tls_handshaking),
        milliseconds(ctx, t->sending),
        milliseconds(ctx, t->waiting),
        milliseconds(ctx, t->receiving),
    };
    return mod_http_record_new(ctx, &timings_shape, values);
}

/* All values of one header, from its first place on, joined as Go's users join them. */
static JSValue join_header(JSContext *ctx, const struct http_response *r, size_t first)
{
    struct buf joined;
    buf_init(&joined, BUF_NO_LIMIT);
    for (size_t i = first; i < r->header_count; i++) {
        if (!str_eq(r->headers[i].name, r->headers[first].name))
            continue;
        if (i > first)
            buf_adds(&joined, ", ");
        buf_add_str(&joined, r->headers[i].value);
    }
    JSValue v = jsarg_new_str(ctx, (struct str){joined.data, joined.len});
    buf_deinit(&joined);
    return v;
}

static JSValue make_headers(JSContext *ctx, struct http_exchange *x)
{
    JSValue object = JS_NewObject(ctx);
    if (JS_IsException(object) || !is_ok(x))
        return object;
    struct http_response *r = &x->response;
    for (size_t i = 0; i < r->header_count; i++)
        r->headers[i].name = mod_http_exchange_canonical(r->arena, r->headers[i].name);
    bool ok = true;
    for (size_t i = 0; i < r->header_count && ok; i++) {
        size_t first = 0;
        while (!str_eq(r->headers[first].name, r->headers[i].name))
            first++;
        if (first == i)
            ok = set_named(ctx, object, r->headers[i].name, join_header(ctx, r, i));
    }
    return checked(ctx, object, ok);
}

static const struct http_shape cookie_shape = {8,
                                               CLASS_HTTP_COOKIE,
                                               {{NAME_NAME, HOLDS_TEXT},
                                                {NAME_VALUE, HOLDS_TEXT},
                                                {NAME_DOMAIN, HOLDS_TEXT},
                                                {NAME_PATH, HOLDS_TEXT},
                                                {NAME_HTTP_ONLY, HOLDS_BOOL},
                                                {NAME_SECURE, HOLDS_BOOL},
                                                {NAME_MAX_AGE, HOLDS_INT},
                                                {NAME_EXPIRES, HOLDS_INT}}};

/* Milliseconds, by way of Go's 64 bits of nanoseconds: what does not fit them wraps round, as for
 * Go's zero time, which a cookie without an expiry shows. */
static int64_t expiry_ms(const struct cookie *c)
{
    const int64_t zero_time_s = -62135596800;
    int64_t s = c->has_expires ? c->expires_s : zero_time_s;
    return (int64_t)((uint64_t)s * 1000000000u) / 1000000;
}

static JSValue cookie_object(JSContext *ctx, const struct cookie *c)
{
    JSValue values[] = {
        jsarg_new_str(ctx, c->name),  jsarg_new_str(ctx, c->value),   jsarg_new_str(ctx, c->domain),
        jsarg_new_str(ctx, c->path),  JS_NewBool(ctx, c->http_only),  JS_NewBool(ctx, c->secure),
        JS_NewInt64(ctx, c->max_age), JS_NewInt64(ctx, expiry_ms(c)),
    };
    return mod_http_record_new(ctx, &cookie_shape, values);
}

bool mod_http_response_push(JSContext *ctx, JSValueConst lists, struct str name, JSValue item)
{
    JSAtom atom = JS_NewAtomLen(ctx, name.p, name.len);
    JSValue list = JS_UNDEFINED;
    int64_t len = 0;
    bool ok = false;
    if (atom == JS_ATOM_NULL || JS_IsException(item))
        goto done;
    JSPropertyDescriptor own;
    int found = JS_GetOwnProperty(ctx, &own, lists, atom); /* not the prototype's "constructor" */
    if (found < 0)
        goto done;
    if (found) {
        list = own.value;
        JS_FreeValue(ctx, own.getter);
        JS_FreeValue(ctx, own.setter);
    } else {
        list = JS_NewArray(ctx);
        if (JS_IsException(list) ||
            JS_DefinePropertyValue(ctx, lists, atom, JS_DupValue(ctx, list), JS_PROP_C_W_E) < 0)
            goto done;
    }
    if (JS_GetLength(ctx, list, &len) == 0) {
        ok = JS_DefinePropertyValueUint32(ctx, list, (uint32_t)len, item, JS_PROP_C_W_E) >= 0;
        item = JS_UNDEFINED;
    }
done:
    JS_FreeValue(ctx, item);
    JS_FreeValue(ctx, list);
    JS_FreeAtom(ctx, atom);
    return ok;
}

static JSValue make_cookies(JSContext *ctx, struct http_exchange *x)
{
    JSValue object = JS_NewObject(ctx);
    const struct http_response *r = &x->response;
    if (JS_IsException(object) || !is_ok(x) || !r->has_set_cookie)
        return object;
    bool ok = true;
    for (size_t i = 0; i < r->header_count && ok; i++) {
        struct cookie c;
        if (str_ieqs(r->headers[i].name, "set-cookie") &&
            cookie_parse(r->headers[i].value, &c) == 0)
            ok = mod_http_response_push(ctx, object, c.name, cookie_object(ctx, &c));
    }
    return checked(ctx, object, ok);
}

static JSValue make_body(JSContext *ctx, struct http_exchange *x)
{
    if (!x->is_sent)
        return JS_NewArray(ctx); /* k6 shows its empty byte slice */
    struct http_response *r = &x->response;
    if (!r->body)
        return JS_NULL;
    if (x->body_type == BODY_BINARY) {
        size_t len = r->body_len;
        mod_http_exchange_count(JS_GetRuntime(ctx), x, 0); /* the buffer counts */
        return jsarg_new_arraybuffer(ctx, http_response_take_body(r), len);
    }
    JSValue text = jsarg_new_str(ctx, (struct str){r->body, r->body_len});
    if (!JS_IsException(text)) {
        mod_http_exchange_count(JS_GetRuntime(ctx), x, 0);
        mem_free(http_response_take_body(r)); /* the text stands for it from now on */
    }
    return text;
}

static const struct http_shape ocsp_shape = {6,
                                             CLASS_HTTP_RECORD,
                                             {{NAME_PRODUCED_AT, HOLDS_INT},
                                              {NAME_THIS_UPDATE, HOLDS_INT},
                                              {NAME_NEXT_UPDATE, HOLDS_INT},
                                              {NAME_REVOKED_AT, HOLDS_INT},
                                              {NAME_REVOCATION_REASON, HOLDS_TEXT},
                                              {NAME_STATUS, HOLDS_TEXT}}};

static JSValue make_ocsp(JSContext *ctx, struct http_exchange *x)
{
    static const struct tls_ocsp none = {.status = "", .revocation_reason = ""};
    static const struct tls_ocsp not_told = {.status = "unknown", .revocation_reason = ""};
    const struct http_hop *hop = &x->response.last;
    const struct tls_ocsp *o = !is_ok(x) || !hop->tls_version ? &none
                               : hop->ocsp                    ? hop->ocsp
                                                              : &not_told;
    JSValue values[] = {
        JS_NewInt64(ctx, o->produced_at),    JS_NewInt64(ctx, o->this_update),
        JS_NewInt64(ctx, o->next_update),    JS_NewInt64(ctx, o->revoked_at),
        new_text(ctx, o->revocation_reason), new_text(ctx, o->status),
    };
    return mod_http_record_new(ctx, &ocsp_shape, values);
}

static JSValue list_of_one(JSContext *ctx, struct str text)
{
    JSValue list = JS_NewArray(ctx);
    if (JS_IsException(list))
        return list;
    return checked(
        ctx, list,
        JS_DefinePropertyValueUint32(ctx, list, 0, jsarg_new_str(ctx, text), JS_PROP_C_W_E) >= 0);
}

static JSValue make_request_headers(JSContext *ctx, struct http_exchange *x)
{
    JSValue object = JS_NewObject(ctx);
    bool ok = !JS_IsException(object);
    for (size_t i = 0; i < x->headers.len && ok; i++)
        if (x->cookie_header.len == 0 || !str_eqs(x->headers.items[i].name, "Cookie"))
            ok = set_named(ctx, object, x->headers.items[i].name,
                           list_of_one(ctx, x->headers.items[i].value));
    if (ok && x->cookie_header.len > 0)
        ok = set(ctx, object, "Cookie", list_of_one(ctx, x->cookie_header));
    if (ok && !mod_http_exchange_header(x, "User-Agent").p)
        ok = set(ctx, object, "User-Agent", list_of_one(ctx, x->st->user_agent));
    return checked(ctx, object, ok);
}

static const struct http_shape sent_cookie_shape = {
    3,
    CLASS_HTTP_COOKIE,
    {{NAME_NAME, HOLDS_TEXT}, {NAME_VALUE, HOLDS_TEXT}, {NAME_REPLACE, HOLDS_BOOL}}};

/* The cookies in a Cookie header: "a=1; b=2". */
static JSValue make_request_cookies(JSContext *ctx, struct http_exchange *x)
{
    JSValue object = JS_NewObject(ctx);
    bool ok = !JS_IsException(object);
    struct str rest = x->cookie_header.len > 0 ? x->cookie_header
                                               : mod_http_exchange_header(x, "Cookie"),
               piece, tail, name, value;
    while (rest.len > 0 && ok) {
        if (!str_cut(rest, ';', &piece, &tail)) {
            piece = rest;
            tail = (struct str){NULL, 0};
        }
        rest = tail;
        piece = str_trim(piece);
        if (!str_cut(piece, '=', &name, &value)) {
            name = piece;
            value = STR("");
        }
        if (!http1_is_token(name) || !cookie_read_value(&value, true))
            continue;
        JSValue values[] = {jsarg_new_str(ctx, name), jsarg_new_str(ctx, value),
                            JS_NewBool(ctx, false)};
        ok = mod_http_response_push(ctx, object, name,
                                    mod_http_record_new(ctx, &sent_cookie_shape, values));
    }
    return checked(ctx, object, ok);
}

static const struct http_shape request_shape = {5,
                                                CLASS_HTTP_RECORD,
                                                {{NAME_METHOD, HOLDS_TEXT},
                                                 {NAME_URL, HOLDS_TEXT},
                                                 {NAME_HEADERS, HOLDS_ANY},
                                                 {NAME_BODY, HOLDS_TEXT},
                                                 {NAME_COOKIES, HOLDS_ANY}}};

static JSValue make_request(JSContext *ctx, struct http_exchange *x)
{
    if (!x->is_sent)
        return JS_NULL;
    JSValue values[] = {
        jsarg_new_str(ctx, x->method), jsarg_new_str(ctx, x->target->full),
        make_request_headers(ctx, x),  jsarg_new_str(ctx, mod_http_body_now(ctx, x)),
        make_request_cookies(ctx, x),
    };
    return mod_http_record_new(ctx, &request_shape, values);
}

/* Where the answer came from; of a failed request where it would have: the url as written, unless a
 * redirect led elsewhere. */
static JSValue make_url(JSContext *ctx, struct http_exchange *x)
{
    if (!x->is_sent)
        return new_text(ctx, "");
    const struct url *u = x->response.last.url;
    if (x->is_failed && x->response.redirects == 0)
        return jsarg_new_str(ctx, x->target->raw);
    if (!u || u == x->target->url)
        return jsarg_new_str(ctx, x->target->full);
    struct buf text;
    buf_init(&text, BUF_NO_LIMIT);
    url_put(&text, u, true);
    JSValue v = jsarg_new_str(ctx, (struct str){text.data, text.len});
    buf_deinit(&text);
    return v;
}

static JSValue make_field(JSContext *ctx, struct http_exchange *x, enum http_field f)
{
    const struct http_response *r = &x->response;
    switch (f) {
    case FIELD_STATUS:
        return JS_NewInt32(ctx, is_ok(x) ? r->status : 0);
    case FIELD_ERROR_CODE:
        return JS_NewInt32(ctx, x->error_code);
    case FIELD_REMOTE_PORT:
        return JS_NewInt32(ctx, x->is_sent ? r->last.remote_port : 0);
    case FIELD_REMOTE_IP:
        return new_text(ctx, x->is_sent ? r->last.remote_ip : "");
    case FIELD_URL:
        return make_url(ctx, x);
    case FIELD_STATUS_TEXT:
        return jsarg_new_str(ctx, is_ok(x) ? r->status_text : STR(""));
    case FIELD_PROTO:
        return jsarg_new_str(ctx, is_ok(x) ? r->last.proto : STR(""));
    case FIELD_HEADERS:
        return make_headers(ctx, x);
    case FIELD_COOKIES:
        return make_cookies(ctx, x);
    case FIELD_BODY:
        return make_body(ctx, x);
    case FIELD_TIMINGS:
        return make_timings(ctx, x);
    case FIELD_TLS_VERSION:
        return new_text(ctx, is_ok(x) && r->last.tls_version ? r->last.tls_version : "");
    case FIELD_TLS_CIPHER_SUITE:
        return new_text(ctx, is_ok(x) && r->last.tls_cipher ? r->last.tls_cipher : "");
    case FIELD_OCSP:
        return make_ocsp(ctx, x);
    case FIELD_ERROR:
        return new_text(ctx, x->error ? x->error : x->is_failed ? r->last.error.text : "");
    case FIELD_REQUEST:
        return make_request(ctx, x);
    case FIELD_JSON:
    case FIELD_HTML:
    case FIELD_SUBMIT_FORM:
    case FIELD_CLICK_LINK:
    case FIELD_COUNT:
        break;
    }
    return JS_UNDEFINED;
}

/* ---- the class ---- */

static bool is_method(enum http_field f)
{
    return f == FIELD_CLICK_LINK || f == FIELD_HTML || f == FIELD_JSON || f == FIELD_SUBMIT_FORM;
}

/* Keeps a field's value. Takes it. */
static void keep(JSContext *ctx, struct http_exchange *x, enum http_field f, JSValue value)
{
    if (!x->values) {
        x->values = mem_alloc(FIELD_COUNT * sizeof(x->values[0]));
        for (int i = 0; i < FIELD_COUNT; i++)
            x->values[i] = JS_UNINITIALIZED;
    }
    JSValue old = x->values[f];
    x->values[f] = value;
    JS_FreeValue(ctx, old);
}

/* Calls the method of data[0] that magic names. */
static JSValue call_bound(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv,
                          int magic, JSValueConst *data)
{
    switch (magic) {
    case FIELD_CLICK_LINK:
        return mod_http_response_click_link(ctx, data[0], argc, argv);
    case FIELD_HTML:
        return mod_http_response_html(ctx, data[0], argc, argv);
    case FIELD_SUBMIT_FORM:
        return mod_http_response_submit_form(ctx, data[0], argc, argv);
    default:
        return mod_http_response_json(ctx, data[0], argc, argv);
    }
}

/* A field's value, made if it must be. Numbers are made each time: that is cheaper than a place to
 * keep them. */
static JSValue get_field(JSContext *ctx, struct http_exchange *x, JSValueConst object,
                         enum http_field f)
{
    if (x->values && !JS_IsUninitialized(x->values[f]))
        return JS_DupValue(ctx, x->values[f]);
    if (is_method(f)) /* bound anew at each reading, as in k6: works without its object, and holds
                         it no longer than needed */
        return JS_NewCFunctionData(ctx, call_bound, 1, f, 1, &object);
    JSValue v = make_field(ctx, x, f);
    if (JS_IsObject(v) || JS_IsString(v))
        keep(ctx, x, f, JS_DupValue(ctx, v));
    return v;
}

static int find_field(const struct http_exchange *x, JSAtom name)
{
    for (int i = 0; i < FIELD_COUNT; i++)
        if (x->st->fields[i] == name)
            return i;
    return -1;
}

static bool is_listed(int f)
{
    for (int i = 0; i < LISTED_COUNT; i++)
        if ((int)listed[i] == f)
            return true;
    return false;
}

static int get_own_property(JSContext *ctx, JSPropertyDescriptor *desc, JSValueConst object,
                            JSAtom name)
{
    struct http_exchange *x = JS_GetOpaque(object, CLASS_HTTP_RESPONSE);
    int f = find_field(x, name);
    if (f < 0 || !is_listed(f))
        return 0;
    if (desc) {
        desc->value = get_field(ctx, x, object, (enum http_field)f);
        if (JS_IsException(desc->value))
            return -1;
        desc->flags = JS_PROP_ENUMERABLE | (is_method((enum http_field)f) ? 0 : JS_PROP_WRITABLE);
        desc->getter = JS_UNDEFINED;
        desc->setter = JS_UNDEFINED;
    }
    return 1;
}

static int get_own_property_names(JSContext *ctx, JSPropertyEnum **names, uint32_t *count,
                                  JSValueConst object)
{
    struct http_exchange *x = JS_GetOpaque(object, CLASS_HTTP_RESPONSE);
    JSPropertyEnum *list = js_malloc(ctx, LISTED_COUNT * sizeof(*list));
    if (!list)
        return -1;
    for (int i = 0; i < LISTED_COUNT; i++)
        list[i] = (JSPropertyEnum){.is_enumerable = true,
                                   .atom = JS_DupAtom(ctx, x->st->fields[listed[i]])};
    *names = list;
    *count = LISTED_COUNT;
    return 0;
}

static int refuse(JSContext *ctx, int flags, const char *what)
{
    if (!(flags & (JS_PROP_THROW | JS_PROP_THROW_STRICT)))
        return 0;
    jsarg_throw_type(ctx, "%s", what);
    return -1;
}

static int delete_property(JSContext *ctx, JSValueConst object, JSAtom name)
{
    struct http_exchange *x = JS_GetOpaque(object, CLASS_HTTP_RESPONSE);
    return !is_listed(find_field(x, name));
}

/* The body is about to be replaced, but json() has parsed it. */
static void save_json_text(JSContext *ctx, struct http_exchange *x)
{
    if (!x->is_json_parsed || !JS_IsUndefined(x->json_text))
        return;
    struct str body;
    JSValue owner;
    if (mod_http_response_get_body(ctx, x, &body, &owner) && body.p)
        x->json_text = jsarg_new_str(ctx, body);
    if (JS_IsException(x->json_text))
        x->json_text = JS_UNDEFINED;
    if (JS_HasException(ctx))
        JS_FreeValue(ctx, JS_GetException(ctx));
    mod_http_response_free_body(ctx, body, owner);
}

static bool add_text_field(void *opaque, JSContext *ctx, struct str key, JSValueConst value)
{
    JSValueConst object = *(JSValueConst *)opaque;
    return set_named(ctx, object, key, jsarg_text_value(ctx, value));
}

/* Headers are texts by names, whatever they are assigned. */
static JSValue to_headers(JSContext *ctx, JSValueConst value)
{
    bool is_none = jsarg_is_nullish(value);
    if (!is_none && !JS_IsObject(value))
        return jsarg_throw_type(ctx, "the headers of a response are an object");
    JSValue headers = JS_NewObject(ctx);
    if (JS_IsException(headers) || is_none)
        return headers;
    bool ok = jsarg_each_property(ctx, value, add_text_field, &headers) == 0;
    return checked(ctx, headers, ok && !JS_HasException(ctx));
}

static bool is_cookie_list(void *opaque, JSContext *ctx, struct str key, JSValueConst value)
{
    bool *all = opaque;
    *all &= jsarg_is_nullish(value) || JS_IsArray(value);
    return *all;
}

/* Cookies are lists by names. */
static JSValue to_cookies(JSContext *ctx, JSValueConst value)
{
    bool all = JS_IsObject(value);
    if (jsarg_is_nullish(value))
        return JS_NewObject(ctx);
    if (all && jsarg_each_property(ctx, value, is_cookie_list, &all) < 0)
        return JS_EXCEPTION;
    return all ? JS_DupValue(ctx, value)
               : jsarg_throw_type(ctx, "the cookies of a response are lists by their names");
}

/* Assigning converts as Go's fields do: texts stay texts, numbers numbers. */
static int define_own_property(JSContext *ctx, JSValueConst object, JSAtom name, JSValueConst value,
                               JSValueConst getter, JSValueConst setter, int flags)
{
    struct http_exchange *x = JS_GetOpaque(object, CLASS_HTTP_RESPONSE);
    int f = find_field(x, name);
    if (!is_listed(f))
        return refuse(ctx, flags, "a response takes no new fields");
    if ((flags & (JS_PROP_HAS_GET | JS_PROP_HAS_SET)) || is_method((enum http_field)f))
        return refuse(ctx, flags, "this field of a response can not be redefined");
    if (!(flags & JS_PROP_HAS_VALUE))
        return 1;
    JSValue converted;
    int64_t number;
    switch ((enum http_field)f) {
    case FIELD_STATUS:
    case FIELD_REMOTE_PORT:
    case FIELD_ERROR_CODE:
        if (JS_ToInt64(ctx, &number, value) < 0)
            return -1;
        converted = JS_NewInt64(ctx, number);
        break;
    case FIELD_URL:
    case FIELD_REMOTE_IP:
    case FIELD_STATUS_TEXT:
    case FIELD_PROTO:
    case FIELD_TLS_VERSION:
    case FIELD_TLS_CIPHER_SUITE:
    case FIELD_ERROR:
        converted = jsarg_text_value(ctx, value);
        break;
    case FIELD_HEADERS:
        converted = to_headers(ctx, value);
        break;
    case FIELD_TIMINGS:
        converted = mod_http_record_from(ctx, &timings_shape, value);
        break;
    case FIELD_OCSP:
        converted = mod_http_record_from(ctx, &ocsp_shape, value);
        break;
    case FIELD_REQUEST:
        converted =
            jsarg_is_nullish(value) ? JS_NULL : mod_http_record_from(ctx, &request_shape, value);
        break;
    case FIELD_COOKIES:
        converted = to_cookies(ctx, value);
        break;
    default: /* the body: whatever it holds */
        converted = JS_IsUndefined(value) ? JS_NULL : JS_DupValue(ctx, value);
        break;
    }
    if (JS_IsException(converted))
        return -1;
    if (f == FIELD_BODY)
        save_json_text(ctx, x);
    keep(ctx, x, (enum http_field)f, converted);
    return 1;
}

static void response_finalize(JSRuntime *rt, JSValueConst object)
{
    mod_http_exchange_free(rt, JS_GetOpaque(object, CLASS_HTTP_RESPONSE));
}

static void response_mark(JSRuntime *rt, JSValueConst object, JS_MarkFunc *mark)
{
    struct http_exchange *x = JS_GetOpaque(object, CLASS_HTTP_RESPONSE);
    if (!x)
        return;
    JS_MarkValue(rt, x->body_object, mark);
    JS_MarkValue(rt, x->json_text, mark);
    for (int i = 0; x->values && i < FIELD_COUNT; i++)
        JS_MarkValue(rt, x->values[i], mark);
}

static JSClassExoticMethods response_exotic = {
    .get_own_property = get_own_property,
    .get_own_property_names = get_own_property_names,
    .delete_property = delete_property,
    .define_own_property = define_own_property,
};
static const JSClassDef response_class = {
    "Response",
    .finalizer = response_finalize,
    .gc_mark = response_mark,
    .exotic = &response_exotic,
};

int mod_http_response_plain_class(JSContext *ctx, enum js_class id, const JSClassDef *def)
{
    JSValue plain = JS_NewObject(ctx);
    JSValue proto = JS_IsException(plain) ? plain : JS_GetPrototype(ctx, plain);
    JS_FreeValue(ctx, plain);
    return JS_IsException(proto) ? -1 : pod_new_class(ctx, id, def, proto);
}

int mod_http_response_class(JSContext *ctx)
{
    return mod_http_response_plain_class(ctx, CLASS_HTTP_RESPONSE, &response_class);
}

JSValue mod_http_response_object(JSContext *ctx, struct http_exchange *x)
{
    JSValue object = JS_NewObjectClass(ctx, CLASS_HTTP_RESPONSE);
    if (JS_IsException(object)) {
        mod_http_exchange_free(JS_GetRuntime(ctx), x);
        return object;
    }
    JS_SetOpaque(object, x);
    if (x->is_sent && x->response.body)
        mod_http_exchange_count(JS_GetRuntime(ctx), x, x->response.body_len);
    return object;
}

/* ---- the body for others ---- */

bool mod_http_response_get_body(JSContext *ctx, struct http_exchange *x, struct str *out,
                                JSValue *owner)
{
    *owner = JS_UNDEFINED;
    *out = (struct str){NULL, 0};
    if (!x->values || JS_IsUninitialized(x->values[FIELD_BODY])) {
        *out = x->is_sent ? (struct str){x->response.body, x->response.body_len} : STR("");
        return true;
    }
    JSValueConst v = x->values[FIELD_BODY];
    struct mod_bytes bytes;
    struct err e = {0};
    if (jsarg_is_nullish(v))
        return true;
    if (!x->is_sent && JS_IsArray(v)) { /* what make_body gave: no bytes */
        *out = STR("");
        return true;
    }
    int rc = mod_bytes_get(ctx, v, &bytes, &e);
    if (rc == ERR_INVALID)
        jsarg_throw(ctx, "%s", e.msg);
    err_deinit(&e);
    if (rc < 0)
        return false;
    /* A copy: bytes may change under us, and have no NUL behind them. */
    *owner = bytes.is_text ? JS_ToString(ctx, v) : jsarg_new_str(ctx, bytes.data);
    mod_bytes_free(ctx, &bytes);
    return !JS_IsException(*owner) && jsarg_str(ctx, *owner, out);
}

void mod_http_response_free_body(JSContext *ctx, struct str body, JSValue owner)
{
    if (!JS_IsUndefined(owner))
        jsarg_free_str(ctx, body);
    JS_FreeValue(ctx, owner);
}
