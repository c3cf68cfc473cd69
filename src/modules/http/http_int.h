/* http_int.h - what the files of the module k6/http share; not to be included from outside this
 * folder.
 *
 * One call, from the script's arguments to the object it gets back, is one struct http_exchange:
 *
 *   mod_http.c           exports; get(url, params) and its kin
 *   mod_http_request.c   arguments -> the request side (mod_http_params.c, mod_http_body.c; urls:
 *                        mod_http_target.c, mod_http_url.c)
 *   mod_http_send.c      sends it, parks, logs or throws; every hop becomes samples
 *                        (mod_http_tags.c) or lines of a log (mod_http_debug.c)
 *   mod_http_auth.c      what is said to servers that want digest or NTLM
 *   mod_http_response.c  the exchange as the object that a script sees: fields are made when they
 *                        are read (mod_http_json.c: json(); mod_http_page.c: html() and its kin;
 *                        mod_http_record.c: objects with fixed fields)
 *
 * The exchange belongs to its JS object from then on and dies in the object's finalizer, which may
 * run after the VU's state is gone.
 */
#ifndef C6_HTTP_INT_H
#define C6_HTTP_INT_H

#include <stdbool.h>
#include <stdint.h>

#include <quickjs.h>

#include "base/mem.h"
#include "base/num.h"
#include "base/str.h"
#include "base/url.h"
#include "base/vec.h"
#include "exec/run_state.h"
#include "js/jsarg.h"
#include "js/pod.h"
#include "metrics/shard.h"
#include "metrics/tags.h"
#include "net/body_encode.h"
#include "net/cookie_jar.h"
#include "net/http_client.h"
#include "options/options.h"

/* ---- urls (mod_http_target.c) ---- */

/* A url as the script wrote it, parsed; counted, and kept by the VU for the next request to it. */
struct http_target {
    int refs;
    struct str raw; /* as written */
    struct url *url;
    struct str full;  /* as it is shown once sent: response.url, request.url */
    struct str clean; /* for tags: without credentials */
    struct str name;  /* of http.url`...`: the template; else empty */
};

enum { TARGET_SLOTS = 8, TAG_SLOTS = 8 };

struct http_target_cache {
    struct http_target *slots[TARGET_SLOTS];
    unsigned next; /* to be replaced */
};

/* The target of a url text: from the cache, or parsed into it. A new reference, or NULL with k6's
 * text ("invalid URL: ...") in e. */
struct http_target *mod_http_target_get(struct http_target_cache *c, struct str raw, struct err *e);
/* One with a template's name; not cached. */
struct http_target *mod_http_target_new(struct str raw, struct str name, struct err *e);
struct http_target *mod_http_target_ref(struct http_target *t);
void mod_http_target_unref(struct http_target *t);
void mod_http_target_cache_clear(struct http_target_cache *c);
/* The url of a later hop as tags show it. */
void mod_http_target_put_clean(struct buf *out, const struct url *u);
/* The same of a text that spells u. */
void mod_http_target_put_clean_text(struct buf *out, struct str text, const struct url *u);

/* ---- which statuses are expected (mod_http_statuses.c) ---- */

struct http_statuses {
    int refs;
    size_t count;
    struct {
        int min, max;
    } ranges[];
};
struct http_statuses *mod_http_statuses_ref(struct http_statuses *s);
void mod_http_statuses_unref(struct http_statuses *s); /* NULL is fine */
bool mod_http_statuses_match(const struct http_statuses *s, int status);
struct http_statuses *mod_http_statuses_default(void); /* 200 to 399 */
/* responseCallback and setResponseCallback: nullish gives NULL (nothing is expected or unexpected).
 * False: something else. */
bool mod_http_statuses_of(JSValueConst v, struct http_statuses **out);
JSValue mod_http_statuses_expected(JSContext *ctx, JSValueConst this_val, int argc,
                                   JSValueConst *argv);
JSValue mod_http_statuses_set_callback(JSContext *ctx, JSValueConst this_val, int argc,
                                       JSValueConst *argv);

/* ---- tags of samples (mod_http_tags.c) ---- */

/* What the tag set of a hop is made of; a set made before is found by comparing these. */
struct http_tag_key {
    struct tagset *base; /* the VU's tags and the script's own */
    struct str url, method, proto, ip, error;
    const char *tls_version; /* static texts or NULL */
    const char *ocsp_status;
    int status, code;
    int8_t expected; /* -1: not asked */
};
struct http_tag_slot {
    struct http_tag_key key; /* texts lie in `texts`, base is held */
    char *texts;
    struct tagset *tags; /* held */
};
struct http_tag_cache {
    struct http_tag_slot slots[TAG_SLOTS];
    unsigned next, last; /* to be replaced; found last */
};
/* Borrowed: alive until the next call. */
struct tagset *mod_http_tags_get(struct http_tag_cache *c, const struct http_tag_key *key,
                                 uint32_t system_tags);
void mod_http_tags_clear(struct http_tag_cache *c);

/* ---- the VU's part (mod_http.c) ---- */

#define HTTP_FIELDS(X)                                                                             \
    X(STATUS, "status")                                                                            \
    X(BODY, "body")                                                                                \
    X(JSON, "json")                                                                                \
    X(TIMINGS, "timings") X(HEADERS, "headers") X(COOKIES, "cookies") X(URL, "url")                \
        X(REMOTE_IP, "remote_ip") X(REMOTE_PORT, "remote_port") X(STATUS_TEXT, "status_text")      \
            X(PROTO, "proto") X(TLS_VERSION, "tls_version")                                        \
                X(TLS_CIPHER_SUITE, "tls_cipher_suite") X(OCSP, "ocsp") X(ERROR, "error")          \
                    X(ERROR_CODE, "error_code") X(REQUEST, "request") X(CLICK_LINK, "clickLink")   \
                        X(HTML, "html") X(SUBMIT_FORM, "submitForm")

enum http_field {
#define X(id, name) FIELD_##id,
    HTTP_FIELDS(X)
#undef X
        FIELD_COUNT
};

/* Names of the fields of objects that show a struct (mod_http_record.c). */
#define HTTP_RECORD_NAMES(X)                                                                       \
    X(DATA, "data") X(FILENAME, "filename") X(CONTENT_TYPE, "content_type")                        \
    X(DURATION, "duration") X(BLOCKED, "blocked") X(LOOKING_UP, "looking_up")                      \
    X(CONNECTING, "connecting") X(TLS_HANDSHAKING, "tls_handshaking") X(SENDING, "sending")        \
    X(WAITING, "waiting") X(RECEIVING, "receiving") X(NAME, "name") X(VALUE, "value")              \
    X(DOMAIN, "domain") X(PATH, "path") X(HTTP_ONLY, "http_only") X(SECURE, "secure")              \
    X(MAX_AGE, "max_age") X(EXPIRES, "expires") X(REPLACE, "replace")                              \
    X(PRODUCED_AT, "produced_at") X(THIS_UPDATE, "this_update") X(NEXT_UPDATE, "next_update")      \
    X(REVOKED_AT, "revoked_at") X(REVOCATION_REASON, "revocation_reason") X(STATUS, "status")      \
    X(METHOD, "method") X(URL, "url") X(HEADERS, "headers") X(BODY, "body") X(COOKIES, "cookies")

enum http_record_name {
#define X(id, name) NAME_##id,
    HTTP_RECORD_NAMES(X)
#undef X
        RECORD_NAME_COUNT
};

enum http_jar_method { JAR_CLEAR, JAR_COOKIES_FOR_URL, JAR_DELETE, JAR_SET, JAR_METHOD_COUNT };
extern const char *const mod_http_jar_method_names[JAR_METHOD_COUNT];

/* A jar is shared by the VU, requests under way and the objects that scripts hold. */
struct http_jar {
    int refs;
    struct cookie_jar *cookies;
};

/* The VU's client. Helper fibers may still be leaving a request when the VU has gone. */
struct http_session {
    int refs;
    struct http_client *client;
};

struct http_state {
    struct vu *vu;
    struct js_vu *v;
    bool is_ready; /* the rest of this block is set: at the first use in a run */
    const struct options *options;
    const struct builtin_metrics *metrics;
    uint32_t system_tags;
    struct str user_agent;
    struct http_session *session; /* held */
    struct http_jar *jar; /* the VU's own; another one each iteration unless noCookiesReset; held */
    struct http_statuses *expected; /* the default responseCallback; NULL: none */
    struct http_target_cache targets;
    struct http_tag_cache tags;
    JSAtom fields[FIELD_COUNT]; /* names of a response's fields */
    JSAtom jar_methods[JAR_METHOD_COUNT];
    JSAtom record_names[RECORD_NAME_COUNT];
};

void mod_http_session_unref(struct http_session *s); /* NULL is fine */
struct http_state *mod_http_state_of(JSContext *ctx);
/* Makes client and jar at the first request. -1 with an exception: init code, where nothing is sent
 * (text says what is refused). */
int mod_http_state_begin(JSContext *ctx, struct http_state *st, const char *refusal);

/* ---- one call ---- */

enum http_auth {
    AUTH_NONE,
    AUTH_DIGEST,
    AUTH_NTLM
}; /* basic needs nothing: the url's credentials */

/* Who proves to be who on a hop, and what was said already. */
struct http_proof {
    int step; /* mod_http_auth.c's */
    struct str user, password;
    struct str shown; /* of digest: what response.request tells of it; p NULL: nothing */
};

enum http_body_type { BODY_TEXT, BODY_BINARY, BODY_NONE };

/* What a request wants of its way that others don't; texts in the arena. */
struct http_own_way {
    struct str proxy; /* p NULL: as the environment says */
    struct str tls_cert, tls_key, tls_password;
    bool has_prior_h2;
};

struct http_exchange {
    struct http_state *st;        /* valid while script of the VU may run, and not when is_orphan */
    struct http_session *session; /* held */
    struct worker *worker;
    bool is_orphan; /* the VU gave it up while a helper fiber worked on it; that fiber frees it */

    /* the request; texts of params lie in the arena */
    struct arena *arena;             /* NULL until something is put there */
    struct str method;               /* static, or in the arena */
    struct http_target *target;      /* held; NULL: it never became a request */
    struct str url_name;             /* of http.url: a name for the tags, or empty */
    struct tagset *tags;             /* held: the VU's, with those of params */
    struct tagset *metadata;         /* held or NULL */
    VEC(struct http_header) headers; /* canonical names, each once; in order of name */
    VEC(struct http_header) cookies;
    VEC(bool) cookie_replaces;
    struct str cookie_header; /* what the Cookie header of the first hop says; empty: none */
    struct str body;          /* in the arena, or in one of the next three */
    bool has_body;
    char *body_memory;      /* mem_free; or NULL */
    const char *body_text;  /* of the engine; or NULL */
    JSValue body_object;    /* whose bytes they are; the script may change them later */
    bool may_lend;          /* only the VU's own fiber sends it: its body may stay in the engine */
    struct str packed_body; /* what is sent instead when the script wants it packed */
    char *packed_memory;    /* owns it; or NULL */
    VEC(enum body_coding) packings;
    enum http_auth auth;
    struct http_proof proof;        /* of AUTH_DIGEST and AUTH_NTLM, on the hop under way */
    bool is_told;                   /* samples of the first try are made */
    struct http_own_way *way;       /* in the arena; NULL: nothing special */
    struct http_jar *jar;           /* held */
    struct http_statuses *expected; /* held or NULL */
    int64_t timeout_ns;
    int max_redirects;
    bool has_redirect_limit; /* the script or user chose it: no warning when it is met */
    bool throws;
    enum http_body_type body_type;

    /* the answer */
    bool is_sent;   /* response is filled */
    bool is_failed; /* there was a fault: no headers, cookies, protocol are shown */
    struct http_response response;
    int error_code;
    char *error;          /* NULL: response.last.error has it */
    const char *debug_id; /* httpDebug's, of the request under way; in the arena */

    /* the object's side */
    size_t counted;      /* bytes of the answer's body that the engine knows of */
    bool is_json_valid;  /* json() has found the body to be JSON once: it does not look again */
    bool is_json_parsed; /* and json() without a path gives what it gave, whatever body is now */
    JSValue json_text;   /* for that: the body before the script replaced it; else undefined */
    JSValue *values; /* by enum http_field; UNINITIALIZED: not made yet. NULL: none made */
};

struct http_exchange *mod_http_exchange_new(struct http_state *st, struct str method);
void mod_http_exchange_free(JSRuntime *rt, struct http_exchange *x);
struct arena *mod_http_exchange_arena(struct http_exchange *x);
/* The exchange belongs to an object now, and holds so many bytes for it. Responses may lie in
 * cycles: only a collection frees those, and it comes when there is much to gain. */
void mod_http_exchange_count(JSRuntime *rt, struct http_exchange *x, size_t bytes);

/* Fills the request side. 0; ERR_INVALID with k6's text in e (k6 then gives a response that has
 * error set); ERR_SCRIPT with an exception pending. url may be a text or an http.url value. body
 * and params: what the script gave, or undefined. */
int mod_http_request_parse(JSContext *ctx, struct http_exchange *x, JSValueConst url,
                           JSValueConst body, JSValueConst params, struct err *e);
/* The arguments of http.request: method, url, body, params. *out is a new exchange in any case.
 * may_lend: see there. */
int mod_http_request_parse_args(JSContext *ctx, struct http_state *st, bool may_lend, int argc,
                                JSValueConst *argv, struct http_exchange **out, struct err *e);
#define MOD_HTTP_NO_REQUESTS "Making http requests in the init context is not supported"
/* params alone; for mod_http_request_parse. */
int mod_http_params_parse(JSContext *ctx, struct http_exchange *x, JSValueConst params,
                          struct err *e);
/* Makes what b holds the body; b is empty then. */
void mod_http_body_take(struct http_exchange *x, struct buf *b);
/* The body as it is now, for response.request. */
struct str mod_http_body_now(JSContext *ctx, const struct http_exchange *x);
/* The body alone. */
int mod_http_body_parse(JSContext *ctx, struct http_exchange *x, JSValueConst body, struct err *e);

/* Replaces or adds a header by its canonical name; texts are in the arena or outlive the exchange.
 */
void mod_http_exchange_set_header(struct http_exchange *x, struct str name, struct str value);
struct str mod_http_exchange_header(const struct http_exchange *x,
                                    const char *name); /* p NULL: none */
/* "content-type" -> "Content-Type", in the arena unless nothing changes; a name with other bytes
 * than a token's stays. */
struct str mod_http_exchange_canonical(struct arena *a, struct str name);

/* The request as the client takes it; borrows from x. */
void mod_http_send_fill(struct http_exchange *x, struct http_request *q);
/* Waits for the test's pace, sends, reads. Outside the engine, on any fiber of the worker; parks.
 */
int mod_http_send_do(struct http_exchange *x, struct http_request *q);
/* Who gives the proof that servers want; its opaque is the exchange. NULL for AUTH_NONE. */
const struct http_prover *mod_http_auth_prover(enum http_auth auth);
/* Packs the body as params.compression says. 0; ERR_INVALID with text in e. */
int mod_http_body_pack(JSContext *ctx, struct http_exchange *x, struct err *e);
/* Sees what goes out and comes in, for the option httpDebug; NULL when it is off. Its opaque is the
 * exchange. */
const struct http_watch *mod_http_debug_watch(const struct options *o);
/* An answer as its record shows it. */
void mod_http_debug_put_answer(struct buf *out, const struct http_response *r, bool has_body);
/* What came of it: the response object, or JS_EXCEPTION; warnings are logged. Takes x. */
JSValue mod_http_send_conclude(JSContext *ctx, struct http_exchange *x,
                               const struct http_request *q, int rc);
/* The helper fiber that works on x is canceled: lets go of all that belongs to the VU. */
void mod_http_send_orphan(struct http_exchange *x);

/* Sends a parsed request and waits. Parks; inside the engine before and after. Returns the response
 * object (the exchange is its own then), or JS_EXCEPTION with the exchange freed. Takes x. */
JSValue mod_http_send(JSContext *ctx, struct http_exchange *x);
/* A request that could not be parsed: warns or throws, as the options say. Takes x. */
JSValue mod_http_send_refused(JSContext *ctx, struct http_exchange *x, int rc, struct err *e);

/* Wraps the exchange as the object that scripts see. Takes x. */
JSValue mod_http_response_object(JSContext *ctx, struct http_exchange *x);
int mod_http_response_class(JSContext *ctx);

/* ---- objects with fixed fields (mod_http_record.c) ---- */

enum http_holds { HOLDS_TEXT, HOLDS_INT, HOLDS_FLOAT, HOLDS_BOOL, HOLDS_ANY };
enum { SHAPE_MAX = 8 };

struct http_shape {
    int count;
    enum js_class class_id; /* CLASS_HTTP_RECORD; cookies and files go by Go's names in the data of
                               setup() */
    struct {
        enum http_record_name id;
        enum http_holds holds;
    } fields[SHAPE_MAX];
};

int mod_http_record_class(JSContext *ctx);
void mod_http_record_close(JSContext *ctx, struct http_state *st);
/* An object with these fields, in the shape's order. Takes values, also when one of them is an
 * exception: JS_EXCEPTION then. */
JSValue mod_http_record_new(JSContext *ctx, const struct http_shape *shape, JSValue *values);
/* The same of any object: what it has of the fields, else nothing; of nothing likewise. A TypeError
 * for what is no object. */
JSValue mod_http_record_from(JSContext *ctx, const struct http_shape *shape, JSValueConst value);

/* Defines a field of a fresh object that shows a struct of Go: writable, there to stay. Takes
 * value. False with an exception pending. Such an object ends with JS_PreventExtensions. */
bool mod_http_struct_set(JSContext *ctx, JSValueConst object, const char *name, JSValue value);
/* Registers a class whose objects have Object's prototype. */
int mod_http_response_plain_class(JSContext *ctx, enum js_class id, const JSClassDef *def);
/* Appends to the list that lists has under the name, made when it is the first. Takes item. False
 * with an exception pending. */
bool mod_http_response_push(JSContext *ctx, JSValueConst lists, struct str name, JSValue item);
/* response.html([selector]), clickLink([options]) and submitForm([options]) (mod_http_page.c); the
 * last two park. */
JSValue mod_http_response_html(JSContext *ctx, JSValueConst response, int argc, JSValueConst *argv);
JSValue mod_http_response_click_link(JSContext *ctx, JSValueConst response, int argc,
                                     JSValueConst *argv);
JSValue mod_http_response_submit_form(JSContext *ctx, JSValueConst response, int argc,
                                      JSValueConst *argv);
/* response.json([path]), bound to its response. */
JSValue mod_http_response_json(JSContext *ctx, JSValueConst response, int argc, JSValueConst *argv);
/* The body as bytes, whatever the script or the server made it. p NULL: null. False with an
 * exception. Free with http_response_free_body. */
bool mod_http_response_get_body(JSContext *ctx, struct http_exchange *x, struct str *out,
                                JSValue *owner);
void mod_http_response_free_body(JSContext *ctx, struct str body, JSValue owner);

/* ---- forms (mod_http_form.c) ---- */
struct http_form_field {
    struct str name; /* held by the engine */
    JSValue value;
};
struct http_form {
    VEC(struct http_form_field) fields; /* in the script's order */
};
int mod_http_form_list(JSContext *ctx, JSValueConst object,
                       struct http_form *fills); /* -1: exception */
void mod_http_form_free(JSContext *ctx, struct http_form *f);
bool mod_http_form_has_file(const struct http_form *f);
/* The body as multipart/form-data, and its Content-Type. 0, ERR_SCRIPT, or ERR_INVALID with text.
 */
int mod_http_form_put_multipart(JSContext *ctx, struct http_exchange *x, const struct http_form *f,
                                struct err *e);

/* ---- several at once ---- */
JSValue mod_http_async_request(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv);
JSValue mod_http_batch(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv);

/* ---- the other classes ---- */
JSValue mod_http_file(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv);
bool mod_http_file_is(JSValueConst v);
int mod_http_jar_class(JSContext *ctx);
JSValue mod_http_jar_construct(JSContext *ctx, JSValueConst new_target, int argc,
                               JSValueConst *argv); /* new http.CookieJar() */
JSValue mod_http_jar_of_vu(JSContext *ctx, JSValueConst this_val, int argc,
                           JSValueConst *argv);    /* http.cookieJar() */
struct http_jar *mod_http_jar_get(JSValueConst v); /* lends; NULL: no CookieJar */
struct http_jar *mod_http_jar_new(void);
struct http_jar *mod_http_jar_ref(struct http_jar *j);
void mod_http_jar_unref(struct http_jar *j); /* NULL is fine */
int mod_http_url_class(JSContext *ctx);
JSValue mod_http_url_tag(JSContext *ctx, JSValueConst this_val, int argc,
                         JSValueConst *argv);         /* http.url`...` */
struct http_target *mod_http_url_get(JSValueConst v); /* lends; NULL: no such value */
/* The name that such a value gives its requests now; empty: none. -1: exception. */
int mod_http_url_name(JSContext *ctx, JSValueConst v, struct arena *a, struct str *name);
int mod_http_statuses_class(JSContext *ctx);

#endif
