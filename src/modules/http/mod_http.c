/* mod_http.c - the module k6/http: its exports, and what it keeps per VU.
 * Source: k6 docs, "k6/http". Tests: test/js/http_*.js */
#include "modules/http/mod_http.h"

#include <string.h>

#include "modules/http/http_int.h"
#include "modules/http/mod_http_config.h"
#include "modules/mod_arg.h"
#include "modules/modules.h"

void mod_http_session_unref(struct http_session *s)
{
    if (!s || --s->refs > 0)
        return;
    http_client_free(s->client);
    mem_free(s);
}

struct http_state *mod_http_state_of(JSContext *ctx)
{
    return pod_module_state(ctx, MODULE_HTTP);
}

int mod_http_state_begin(JSContext *ctx, struct http_state *st, const char *refusal)
{
    if (pod_is_init(ctx)) {
        jsarg_throw(ctx, "%s", refusal);
        return -1;
    }
    if (st->is_ready)
        return 0;
    st->v = pod_vu(ctx);
    st->vu = pod_base_vu(ctx);
    st->options = run_options(st->vu->run);
    st->metrics = run_builtins(st->vu->run);
    st->system_tags = run_system_tags(st->vu->run);
    st->user_agent = str_of(mod_http_config_agent(st->options));
    st->session = MEM_NEW(struct http_session);
    st->session->refs = 1;
    st->session->client = http_client_new(mod_http_config_shared(st->vu->worker));
    http_client_set_local(st->session->client, st->vu->id > 0 ? st->vu->id - 1 : 0);
    st->jar = mod_http_jar_new();
    st->is_ready = true;
    return 0;
}

/* A request of a known method. Missing arguments are undefined. */
static JSValue make_request(JSContext *ctx, struct str method, JSValueConst url, JSValueConst body,
                            JSValueConst params)
{
    struct http_state *st = mod_http_state_of(ctx);
    if (mod_http_state_begin(ctx, st, MOD_HTTP_NO_REQUESTS) < 0)
        return JS_EXCEPTION;
    struct http_exchange *x = mod_http_exchange_new(st, method);
    struct err e = {0};
    x->may_lend = true;
    int rc = mod_http_request_parse(ctx, x, url, body, params, &e);
    JSValue result = rc < 0 ? mod_http_send_refused(ctx, x, rc, &e) : mod_http_send(ctx, x);
    err_deinit(&e);
    return result;
}

static JSValueConst arg(int argc, JSValueConst *argv, int i)
{
    return i < argc ? argv[i] : JS_UNDEFINED;
}

/* Methods by name: magic is the place in this list. The first ones take no body. */
enum {
    METHOD_GET,
    METHOD_HEAD,
    METHOD_POST,
    METHOD_PUT,
    METHOD_PATCH,
    METHOD_DELETE,
    METHOD_OPTIONS
};
static const struct {
    const char *export;
    struct str method;
} methods[] = {
    [METHOD_GET] = {"get", {"GET", 3}},
    [METHOD_HEAD] = {"head", {"HEAD", 4}},
    [METHOD_POST] = {"post", {"POST", 4}},
    [METHOD_PUT] = {"put", {"PUT", 3}},
    [METHOD_PATCH] = {"patch", {"PATCH", 5}},
    [METHOD_DELETE] = {"del", {"DELETE", 6}},
    [METHOD_OPTIONS] = {"options", {"OPTIONS", 7}},
};

/* http.get(url, params), http.head(url, params) */
static JSValue http_bodyless(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv,
                             int magic)
{
    if (argc > 2 && !pod_is_init(ctx))
        log_warn(
            pod_logger(ctx),
            "http.%s only accepts a url and a params argument (2 arguments), but %d were given",
            methods[magic].export, argc);
    return make_request(ctx, methods[magic].method, arg(argc, argv, 0), JS_UNDEFINED,
                        arg(argc, argv, 1));
}

/* http.post(url, body, params) and its kin */
static JSValue http_with_body(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv,
                              int magic)
{
    return make_request(ctx, methods[magic].method, arg(argc, argv, 0), arg(argc, argv, 1),
                        arg(argc, argv, 2));
}

/* http.request(method, url, body, params): the method goes out as it was written. */
static JSValue http_request(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    struct http_state *st = mod_http_state_of(ctx);
    struct http_exchange *x = NULL;
    struct err e = {0};
    if (mod_http_state_begin(ctx, st, MOD_HTTP_NO_REQUESTS) < 0)
        return JS_EXCEPTION;
    int rc = mod_http_request_parse_args(ctx, st, true, argc, argv, &x, &e);
    JSValue result = rc < 0 ? mod_http_send_refused(ctx, x, rc, &e) : mod_http_send(ctx, x);
    err_deinit(&e);
    return result;
}

/* In k6's order, CookieJar between the two lists. A function counts its optional arguments as one.
 */
static const JSCFunctionListEntry constants[] = {
    JS_PROP_STRING_DEF("TLS_1_0", "tls1.0", JS_PROP_ENUMERABLE),
    JS_PROP_STRING_DEF("TLS_1_1", "tls1.1", JS_PROP_ENUMERABLE),
    JS_PROP_STRING_DEF("TLS_1_2", "tls1.2", JS_PROP_ENUMERABLE),
    JS_PROP_STRING_DEF("TLS_1_3", "tls1.3", JS_PROP_ENUMERABLE),
    JS_PROP_STRING_DEF("OCSP_STATUS_GOOD", "good", JS_PROP_ENUMERABLE),
    JS_PROP_STRING_DEF("OCSP_STATUS_REVOKED", "revoked", JS_PROP_ENUMERABLE),
    JS_PROP_STRING_DEF("OCSP_STATUS_SERVER_FAILED", "server_failed", JS_PROP_ENUMERABLE),
    JS_PROP_STRING_DEF("OCSP_STATUS_UNKNOWN", "unknown", JS_PROP_ENUMERABLE),
    JS_PROP_STRING_DEF("OCSP_REASON_UNSPECIFIED", "unspecified", JS_PROP_ENUMERABLE),
    JS_PROP_STRING_DEF("OCSP_REASON_KEY_COMPROMISE", "key_compromise", JS_PROP_ENUMERABLE),
    JS_PROP_STRING_DEF("OCSP_REASON_CA_COMPROMISE", "ca_compromise", JS_PROP_ENUMERABLE),
    JS_PROP_STRING_DEF("OCSP_REASON_AFFILIATION_CHANGED", "affiliation_changed",
                       JS_PROP_ENUMERABLE),
    JS_PROP_STRING_DEF("OCSP_REASON_SUPERSEDED", "superseded", JS_PROP_ENUMERABLE),
    JS_PROP_STRING_DEF("OCSP_REASON_CESSATION_OF_OPERATION", "cessation_of_operation",
                       JS_PROP_ENUMERABLE),
    JS_PROP_STRING_DEF("OCSP_REASON_CERTIFICATE_HOLD", "certificate_hold", JS_PROP_ENUMERABLE),
    JS_PROP_STRING_DEF("OCSP_REASON_REMOVE_FROM_CRL", "remove_from_crl", JS_PROP_ENUMERABLE),
    JS_PROP_STRING_DEF("OCSP_REASON_PRIVILEGE_WITHDRAWN", "privilege_withdrawn",
                       JS_PROP_ENUMERABLE),
    JS_PROP_STRING_DEF("OCSP_REASON_AA_COMPROMISE", "aa_compromise", JS_PROP_ENUMERABLE),
    JS_CFUNC_DEF("url", 2, mod_http_url_tag),
};

static const JSCFunctionListEntry functions[] = {
    JS_CFUNC_DEF("cookieJar", 0, mod_http_jar_of_vu),
    JS_CFUNC_DEF("file", 2, mod_http_file),
    JS_CFUNC_MAGIC_DEF("get", 2, http_bodyless, METHOD_GET),
    JS_CFUNC_MAGIC_DEF("head", 2, http_bodyless, METHOD_HEAD),
    JS_CFUNC_MAGIC_DEF("post", 2, http_with_body, METHOD_POST),
    JS_CFUNC_MAGIC_DEF("put", 2, http_with_body, METHOD_PUT),
    JS_CFUNC_MAGIC_DEF("patch", 2, http_with_body, METHOD_PATCH),
    JS_CFUNC_MAGIC_DEF("del", 2, http_with_body, METHOD_DELETE),
    JS_CFUNC_MAGIC_DEF("options", 2, http_with_body, METHOD_OPTIONS),
    JS_CFUNC_DEF("request", 3, http_request),
    JS_CFUNC_DEF("asyncRequest", 3, mod_http_async_request),
    JS_CFUNC_DEF("batch", 1, mod_http_batch),
    JS_CFUNC_DEF("setResponseCallback", 1, mod_http_statuses_set_callback),
    JS_CFUNC_DEF("expectedStatuses", 1, mod_http_statuses_expected),
};

#define LENGTH(list) ((int)(sizeof(list) / sizeof((list)[0])))

static int http_open(JSContext *ctx, JSValueConst exports, int index, void *state)
{
    static const char *const names[FIELD_COUNT] = {
#define X(id, name) [FIELD_##id] = name,
        HTTP_FIELDS(X)
#undef X
    };
    struct http_state *st = state;
    for (int i = 0; i < FIELD_COUNT; i++)
        st->fields[i] = JS_NewAtom(ctx, names[i]);
    for (int i = 0; i < JAR_METHOD_COUNT; i++)
        st->jar_methods[i] = JS_NewAtom(ctx, mod_http_jar_method_names[i]);
    st->expected = mod_http_statuses_default();
    if (mod_http_response_class(ctx) < 0 || mod_http_jar_class(ctx) < 0 ||
        mod_http_url_class(ctx) < 0 || mod_http_statuses_class(ctx) < 0 ||
        mod_http_record_class(ctx) < 0)
        return -1;
    if (JS_SetPropertyFunctionList(ctx, exports, constants, LENGTH(constants)) < 0)
        return -1;
    JSValue jar = JS_NewCFunction2(ctx, mod_http_jar_construct, "CookieJar", 0,
                                   JS_CFUNC_constructor_or_func, 0);
    if (mod_arg_add_constructor(ctx, exports, "CookieJar", jar) < 0)
        return -1;
    return JS_SetPropertyFunctionList(ctx, exports, functions, LENGTH(functions));
}

static void http_close(JSContext *ctx, void *state)
{
    struct http_state *st = state;
    mod_http_session_unref(st->session);
    mod_http_jar_unref(st->jar);
    mod_http_statuses_unref(st->expected);
    mod_http_target_cache_clear(&st->targets);
    mod_http_tags_clear(&st->tags);
    for (int i = 0; i < FIELD_COUNT; i++)
        JS_FreeAtom(ctx, st->fields[i]);
    for (int i = 0; i < JAR_METHOD_COUNT; i++)
        JS_FreeAtom(ctx, st->jar_methods[i]);
    mod_http_record_close(ctx, st);
}

/* Every iteration has a fresh jar; one that a script still holds keeps its cookies. */
static void http_iteration_begin(JSContext *ctx, void *state)
{
    struct http_state *st = state;
    if (!st->is_ready || st->options->no_cookies_reset.v)
        return;
    if (st->jar->refs == 1) {
        if (!cookie_jar_is_empty(st->jar->cookies))
            cookie_jar_clear(st->jar->cookies);
        return;
    }
    mod_http_jar_unref(st->jar);
    st->jar = mod_http_jar_new();
}

static void http_iteration_end(JSContext *ctx, void *state)
{
    struct http_state *st = state;
    if (!st->is_ready)
        return;
    uint64_t sent, received;
    http_client_take_bytes(st->session->client, &sent, &received);
    st->vu->data_sent += sent;
    st->vu->data_received += received;
    if (st->options->no_vu_connection_reuse.v)
        http_client_close_idle(st->session->client);
}

const struct js_module mod_http = {
    .name = "k6/http",
    .state_size = sizeof(struct http_state),
    .open = http_open,
    .close = http_close,
    .iteration_begin = http_iteration_begin,
    .iteration_end = http_iteration_end,
    .has_default = true,
    .has_named = true,
    .missing_is_undefined = true,
};
