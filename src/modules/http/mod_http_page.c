/* mod_http_page.c - a response as a page: html(), clickLink() and submitForm(). The last two read
 * what to ask for out of the page and send it as http.request would; where they differ from a
 * browser (boxes, lists, buttons), they do as k6 does.
 * Source: k6 docs, "Response". Tests: test/js/http_page.js */
#include "modules/http/http_int.h"

#include <stdlib.h>

#include "modules/html/mod_html.h"
#include "modules/mod_arg.h"

/* The response as a Selection. url borrows. */
static JSValue page_of(JSContext *ctx, JSValueConst response, struct str url)
{
    struct http_exchange *x = JS_GetOpaque(response, CLASS_HTTP_RESPONSE);
    struct str body;
    JSValue owner;
    JSValue page = JS_EXCEPTION;
    if (mod_http_response_get_body(ctx, x, &body, &owner)) {
        if (body.p)
            page = mod_html_parse(ctx, body, url);
        else
            jsarg_throw(ctx, "the body is null so we can't transform it to HTML - this likely was "
                             "because of a request error getting the response");
    }
    mod_http_response_free_body(ctx, body, owner);
    return page;
}

/* response.url as text. False with an exception pending. */
static bool take_url(JSContext *ctx, JSValueConst response, struct str *out)
{
    JSValue v = JS_GetPropertyStr(ctx, response, "url");
    bool ok = !JS_IsException(v) && jsarg_str(ctx, v, out);
    JS_FreeValue(ctx, v);
    return ok;
}

static JSValue select_in(JSContext *ctx, JSValueConst response, struct str url, struct str selector)
{
    JSValue page = page_of(ctx, response, url);
    return JS_IsException(page) ? page : mod_html_select(ctx, page, selector);
}

JSValue mod_http_response_html(JSContext *ctx, JSValueConst response, int argc, JSValueConst *argv)
{
    struct str url, selector = STR("");
    JSValue page = JS_EXCEPTION;
    if (!take_url(ctx, response, &url))
        return page;
    if (mod_arg_str(ctx, argc, argv, 0, &selector)) {
        page = argc > 0 ? select_in(ctx, response, url, selector) : page_of(ctx, response, url);
        jsarg_free_str(ctx, selector);
    }
    jsarg_free_str(ctx, url);
    return page;
}

/* ---- options ---- */

/* What the object given says; texts are the engine's, NULL: not given. */
struct options_given {
    struct str selector; /* clickLink's, or submitForm's formSelector */
    struct str submit_selector;
    JSValue fields, params;
    const char *selector_name;
};

static bool take_option(void *opaque, JSContext *ctx, struct str key, JSValueConst value)
{
    struct options_given *o = opaque;
    struct str *text = str_eqs(key, o->selector_name)   ? &o->selector
                       : str_eqs(key, "submitSelector") ? &o->submit_selector
                                                        : NULL;
    JSValue *kept = str_eqs(key, "fields")   ? &o->fields
                    : str_eqs(key, "params") ? &o->params
                                             : NULL;
    if (text)
        return jsarg_str(ctx, value, text);
    if (kept)
        *kept = JS_DupValue(ctx, value);
    return true;
}

static void free_options(JSContext *ctx, struct options_given *o)
{
    jsarg_free_str(ctx, o->selector);
    jsarg_free_str(ctx, o->submit_selector);
    JS_FreeValue(ctx, o->fields);
    JS_FreeValue(ctx, o->params);
}

/* -1 with an exception pending; free_options in any case. */
static int take_options(JSContext *ctx, int argc, JSValueConst *argv, const char *selector_name,
                        struct options_given *out)
{
    *out = (struct options_given){
        .fields = JS_UNDEFINED, .params = JS_NULL, .selector_name = selector_name};
    if (argc == 0)
        return 0;
    if (jsarg_is_nullish(argv[0])) {
        jsarg_throw_type(ctx, "Cannot convert undefined or null to object");
        return -1;
    }
    return JS_IsObject(argv[0]) ? jsarg_each_property(ctx, argv[0], take_option, out) : 0;
}

static struct str or_default(struct str given, const char *otherwise)
{
    return given.p ? given : str_of(otherwise);
}

/* ---- sending ---- */

static JSValue send_as(JSContext *ctx, struct str method, struct str url, JSValueConst body,
                       JSValueConst params)
{
    struct http_state *st = mod_http_state_of(ctx);
    struct http_exchange *x = mod_http_exchange_new(st, STR(""));
    struct err e = {0};
    x->method =
        (struct str){arena_strndup(mod_http_exchange_arena(x), method.p, method.len), method.len};
    JSValue target = jsarg_new_str(ctx, url);
    int rc = JS_IsException(target) ? ERR_SCRIPT
                                    : mod_http_request_parse(ctx, x, target, body, params, &e);
    JS_FreeValue(ctx, target);
    JSValue result = rc < 0 ? mod_http_send_refused(ctx, x, rc, &e) : mod_http_send(ctx, x);
    err_deinit(&e);
    return result;
}

/* "parse "...": why", as Go has it. */
static JSValue throw_parse(JSContext *ctx, struct str url, struct err *e)
{
    char *quoted = buf_quote(url);
    jsarg_throw(ctx, "parse %s: %s", quoted, e->msg ? e->msg : "it is no URL");
    mem_free(quoted);
    err_deinit(e);
    return JS_EXCEPTION;
}

/* What reference, seen from the page at url, is. reference.p NULL: the page itself. NULL with an
 * exception pending. */
static struct url *resolve(JSContext *ctx, struct str url, struct str reference)
{
    struct url *base = NULL, *target = NULL;
    struct err e = {0};
    if (url_parse(&base, url, &e) < 0) {
        throw_parse(ctx, url, &e);
        return NULL;
    }
    if (!reference.p)
        return base;
    if (url_resolve(&target, base, reference, &e) < 0) {
        throw_parse(ctx, reference, &e);
        target = NULL;
    }
    url_free(base);
    return target;
}

/* ---- clickLink ---- */

/* Takes link. */
static JSValue follow(JSContext *ctx, JSValue link, struct str url, JSValueConst params)
{
    struct url *target = resolve(ctx, url, mod_html_first_attr(link, "href"));
    JS_FreeValue(ctx, link); /* the page goes before the request, which may take its time */
    if (!target)
        return JS_EXCEPTION;
    struct buf text;
    buf_init(&text, BUF_NO_LIMIT);
    url_put(&text, target, true);
    url_free(target);
    JSValue result =
        send_as(ctx, STR("GET"), (struct str){text.data, text.len}, JS_UNDEFINED, params);
    buf_deinit(&text);
    return result;
}

static JSValue click(JSContext *ctx, JSValueConst response, struct str url,
                     const struct options_given *o)
{
    struct str selector = or_default(o->selector, "a[href]");
    JSValue link = select_in(ctx, response, url, selector);
    if (JS_IsException(link))
        return link;
    if (mod_html_size(link) == 0)
        jsarg_throw(ctx, "no element found for selector '%.*s' in response '%.*s'",
                    (int)selector.len, selector.p, (int)url.len, url.p);
    else if (!mod_html_first_attr(link, "href").p)
        jsarg_throw(ctx, "no valid href attribute value found on element '%.*s' in response '%.*s'",
                    (int)selector.len, selector.p, (int)url.len, url.p);
    else
        return follow(ctx, link, url, o->params);
    JS_FreeValue(ctx, link);
    return JS_EXCEPTION;
}

JSValue mod_http_response_click_link(JSContext *ctx, JSValueConst response, int argc,
                                     JSValueConst *argv)
{
    struct options_given o;
    struct str url;
    JSValue result = JS_EXCEPTION;
    if (take_options(ctx, argc, argv, "selector", &o) == 0 && take_url(ctx, response, &url)) {
        result = click(ctx, response, url, &o);
        jsarg_free_str(ctx, url);
    }
    free_options(ctx, &o);
    return result;
}

/* ---- submitForm ---- */

/* Sets one value. Takes value. */
static bool set_value(JSContext *ctx, JSValueConst values, struct str name, JSValue value)
{
    JSAtom key = JS_NewAtomLen(ctx, name.p, name.len);
    bool ok = key != JS_ATOM_NULL && !JS_IsException(value);
    if (ok)
        ok = JS_DefinePropertyValue(ctx, values, key, value, JS_PROP_C_W_E) >= 0;
    else
        JS_FreeValue(ctx, value);
    JS_FreeAtom(ctx, key);
    return ok;
}

/* A list of selected options goes into a body as one value: "[x y]". */
static bool join_list(void *opaque, JSContext *ctx, struct str name, JSValueConst value)
{
    struct buf text;
    if (!JS_IsArray(value))
        return true;
    buf_init(&text, BUF_NO_LIMIT);
    bool ok = jsarg_put_go(&text, ctx, value) == 0 &&
              set_value(ctx, *(JSValue *)opaque, name,
                        jsarg_new_str(ctx, (struct str){text.data, text.len}));
    buf_deinit(&text);
    return ok;
}

static bool copy_field(void *opaque, JSContext *ctx, struct str name, JSValueConst value)
{
    return set_value(ctx, *(JSValue *)opaque, name, JS_DupValue(ctx, value));
}

/* The button that is pressed has a value, too. */
static bool add_button(JSContext *ctx, JSValueConst values, JSValueConst form, struct str selector)
{
    JSValue button = mod_html_select(ctx, JS_DupValue(ctx, form), selector);
    if (JS_IsException(button))
        return false;
    struct str name = mod_html_first_attr(button, "name");
    bool ok = true;
    if (name.p) {
        JSValue value = mod_html_first_value(ctx, button);
        ok = JS_IsUndefined(value) || set_value(ctx, values, name, value);
    }
    JS_FreeValue(ctx, button);
    return ok;
}

/* What the form sends: its fields, the button, and what the script gives. */
static JSValue collect(JSContext *ctx, JSValueConst form, const struct options_given *o,
                       bool in_body)
{
    JSValue values = mod_html_form_values(ctx, form);
    bool ok = !JS_IsException(values) &&
              add_button(ctx, values, form, or_default(o->submit_selector, "[type=\"submit\"]"));
    if (ok && in_body)
        ok = jsarg_each_property(ctx, values, join_list, &values) == 0;
    if (ok && JS_IsObject(o->fields))
        ok = jsarg_each_property(ctx, o->fields, copy_field, &values) == 0;
    if (ok)
        return values;
    JS_FreeValue(ctx, values);
    return JS_EXCEPTION;
}

struct query_pair {
    char *name, *value; /* the name as it is, for sorting; the value escaped */
};
typedef VEC(struct query_pair) query_pairs;

static char *escaped(struct str s)
{
    struct buf text;
    buf_init(&text, BUF_NO_LIMIT);
    url_put_query_escaped(&text, s);
    return buf_take(&text);
}

static bool add_query_pair(void *opaque, JSContext *ctx, struct str name, JSValueConst value)
{
    query_pairs *pairs = opaque;
    struct str text;
    if (!jsarg_str(ctx, value, &text))
        return false;
    struct query_pair p = {mem_strndup(name.p, name.len), escaped(text)};
    VEC_PUSH(pairs, p);
    jsarg_free_str(ctx, text);
    return true;
}

static int compare_query_pairs(const void *a, const void *b)
{
    return str_cmp(str_of(((const struct query_pair *)a)->name),
                   str_of(((const struct query_pair *)b)->name));
}

/* The values as a query, sorted by name. False with an exception pending. */
static bool put_query(JSContext *ctx, struct buf *out, JSValueConst values)
{
    query_pairs pairs = {0};
    bool ok = jsarg_each_property(ctx, values, add_query_pair, &pairs) == 0;
    if (pairs.len > 1)
        qsort(pairs.items, pairs.len, sizeof pairs.items[0], compare_query_pairs);
    for (size_t i = 0; i < pairs.len; i++) {
        if (i > 0)
            buf_addc(out, '&');
        url_put_query_escaped(out, str_of(pairs.items[i].name));
        buf_addf(out, "=%s", pairs.items[i].value);
        mem_free(pairs.items[i].name);
        mem_free(pairs.items[i].value);
    }
    VEC_DEINIT(&pairs);
    return ok;
}

/* Sends the values to target, which is freed. */
static JSValue send_values(JSContext *ctx, struct str method, struct url *target,
                           JSValueConst values, JSValueConst params)
{
    struct buf query, text;
    bool in_query = str_eqs(method, "GET");
    JSValue result = JS_EXCEPTION;
    buf_init(&query, BUF_NO_LIMIT);
    buf_init(&text, BUF_NO_LIMIT);
    if (in_query && !put_query(ctx, &query, values))
        goto done;
    if (in_query) { /* in place of what the address had */
        target->query = (struct str){query.data, query.len};
        target->has_query = query.len > 0;
    }
    url_put(&text, target, true);
    result = send_as(ctx, method, (struct str){text.data, text.len}, in_query ? JS_NULL : values,
                     params);
done:
    url_free(target);
    buf_deinit(&text);
    buf_deinit(&query);
    return result;
}

/* The method in capitals; GET when the form names none. */
static void put_method(struct buf *out, struct str attr)
{
    if (!attr.p)
        attr = STR("GET");
    for (size_t i = 0; i < attr.len; i++)
        buf_addc(out, ascii_is_alpha(attr.p[i]) ? (char)(attr.p[i] & ~0x20) : attr.p[i]);
}

/* Takes form. */
static JSValue submit_found(JSContext *ctx, JSValue form, struct str url,
                            const struct options_given *o)
{
    struct url *target = resolve(ctx, url, mod_html_first_attr(form, "action"));
    struct buf method;
    buf_init(&method, BUF_NO_LIMIT);
    put_method(&method, mod_html_first_attr(form, "method"));
    struct str name = {method.data, method.len};
    JSValue values = target ? collect(ctx, form, o, !str_eqs(name, "GET")) : JS_EXCEPTION;
    JSValue result = JS_EXCEPTION;
    JS_FreeValue(ctx, form); /* the page goes before the request, which may take its time */
    if (JS_IsException(values))
        url_free(target);
    else
        result = send_values(ctx, name, target, values, o->params);
    JS_FreeValue(ctx, values);
    buf_deinit(&method);
    return result;
}

static JSValue submit(JSContext *ctx, JSValueConst response, struct str url,
                      const struct options_given *o)
{
    struct str selector = or_default(o->selector, "form");
    JSValue form = select_in(ctx, response, url, selector);
    if (JS_IsException(form))
        return form;
    if (mod_html_size(form) == 0)
        jsarg_throw(ctx, "no form found for selector '%.*s' in response '%.*s'", (int)selector.len,
                    selector.p, (int)url.len, url.p);
    else
        return submit_found(ctx, form, url, o);
    JS_FreeValue(ctx, form);
    return JS_EXCEPTION;
}

JSValue mod_http_response_submit_form(JSContext *ctx, JSValueConst response, int argc,
                                      JSValueConst *argv)
{
    struct options_given o;
    struct str url;
    JSValue result = JS_EXCEPTION;
    if (take_options(ctx, argc, argv, "formSelector", &o) == 0 && take_url(ctx, response, &url)) {
        result = submit(ctx, response, url, &o);
        jsarg_free_str(ctx, url);
    }
    free_options(ctx, &o);
    return result;
}
