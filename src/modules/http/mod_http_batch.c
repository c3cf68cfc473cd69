/* mod_http_batch.c - http.batch: all requests of a list or an object at once, within the limits of
 * the options batch and batchPerHost. As many helper fibers as may have a request under way take
 * the requests in order; one whose host has its fill waits for a place there. The VU's fiber waits
 * for all. Source: k6 docs, "http.batch", "Batch", "Batch per host". Tests: test/js/http_batch_*.js
 */
#include "modules/http/http_int.h"

#include "base/map.h"
#include "core/clock.h"
#include "core/fiber.h"
#include "js/engine.h"
#include "modules/mod_arg.h"

enum { BATCH_DEFAULT = 20, PER_HOST_DEFAULT = 6 };

/* Requests under way to one host, and fibers that wait for a place. */
struct host_slots {
    int64_t active;
    VEC(struct fiber *) waiting;
};

struct batch_job {
    struct http_exchange *x; /* NULL: taken by a response */
    struct http_request q;
    struct host_slots *host;
    int rc;
};

struct batch {
    struct batch_job *jobs;
    size_t count, next;
    struct map *hosts; /* struct host_slots by host:port */
    int64_t per_host;
    struct worker *worker;
    struct fiber *waiter;  /* the VU's; NULL once it has given up */
    struct fiber **fibers; /* NULL: done */
    size_t fiber_count, alive;
};

static void host_free(void *value)
{
    struct host_slots *h = value;
    VEC_DEINIT(&h->waiting);
    mem_free(h);
}

static void batch_free(struct batch *b, JSRuntime *rt)
{
    for (size_t i = 0; i < b->count; i++)
        mod_http_exchange_free(rt, b->jobs[i].x);
    map_free(b->hosts, host_free);
    mem_free(b->jobs);
    mem_free(b->fibers);
    mem_free(b);
}

/* ---- running ---- */

/* Waits for a place at the host. Parks. */
static int host_enter(struct batch *b, struct host_slots *h)
{
    while (b->per_host > 0 && h->active >= b->per_host) {
        VEC_PUSH(&h->waiting, fiber_current(b->worker));
        int rc = fiber_park(b->worker, CLOCK_NEVER);
        if (rc < 0)
            return rc;
    }
    h->active++;
    return 0;
}

static void host_leave(struct host_slots *h)
{
    h->active--;
    if (h->waiting.len > 0) {
        struct fiber *f = h->waiting.items[0];
        VEC_REMOVE(&h->waiting, 0);
        fiber_wake(f, 0);
    }
}

struct batch_fiber {
    struct batch *b;
    size_t index;
};

static void fiber_main(void *arg)
{
    struct batch_fiber *bf = arg;
    struct batch *b = bf->b;
    while (b->waiter && b->next < b->count) {
        struct batch_job *j = &b->jobs[b->next++];
        j->rc = host_enter(b, j->host);
        if (j->rc < 0)
            continue; /* canceled: the rest is too */
        j->rc = mod_http_send_do(j->x, &j->q);
        host_leave(j->host);
    }
    b->fibers[bf->index] = NULL;
    mem_free(bf);
    if (--b->alive > 0)
        return;
    if (b->waiter)
        fiber_wake(b->waiter, 0);
    else
        batch_free(b, NULL);
}

/* Runs all jobs. Outside the engine; parks. After ERR_CANCELED the batch belongs to its fibers. */
static int batch_run(struct batch *b, int64_t limit)
{
    b->fiber_count = limit > 0 && (size_t)limit < b->count ? (size_t)limit : b->count;
    b->fibers = mem_calloc(b->fiber_count + 1, sizeof(b->fibers[0]));
    b->alive = b->fiber_count;
    b->waiter = fiber_current(b->worker);
    for (size_t i = 0; i < b->fiber_count; i++) {
        struct batch_fiber *bf = MEM_NEW(struct batch_fiber);
        *bf = (struct batch_fiber){b, i};
        b->fibers[i] = fiber_spawn(b->worker, FIBER_HELPER, fiber_main, bf);
    }
    while (b->alive > 0) {
        int rc = fiber_park(b->worker, CLOCK_NEVER);
        if (rc < 0 && b->alive > 0) {
            b->waiter = NULL;
            for (size_t i = 0; i < b->count; i++)
                mod_http_send_orphan(b->jobs[i].x);
            for (size_t i = 0; i < b->fiber_count; i++)
                if (b->fibers[i])
                    fiber_cancel(b->fibers[i]);
            return rc;
        }
    }
    return 0;
}

/* ---- reading the argument ---- */

/* The value as Go writes it in source: %#v of what k6 exported. */
static int put_go_source(JSContext *ctx, struct buf *out, JSValueConst v, int depth)
{
    struct str s;
    if (jsarg_is_nullish(v)) {
        buf_adds(out, depth > 0 ? "interface {}(nil)" : "<nil>");
        return 0;
    }
    if (JS_IsString(v)) {
        if (!jsarg_str(ctx, v, &s))
            return -1;
        buf_add_quoted(out, s);
        jsarg_free_str(ctx, s);
        return 0;
    }
    if (!JS_IsArray(v) || depth > 8)
        return jsarg_put_go(out, ctx, v);
    int64_t count = 0;
    if (JS_GetLength(ctx, v, &count) < 0)
        return -1;
    buf_adds(out, "[]interface {}{");
    for (int64_t i = 0; i < count; i++) {
        JSValue item = JS_GetPropertyInt64(ctx, v, i);
        buf_adds(out, i > 0 ? ", " : "");
        int rc = JS_IsException(item) ? -1 : put_go_source(ctx, out, item, depth + 1);
        JS_FreeValue(ctx, item);
        if (rc < 0)
            return -1;
    }
    buf_addc(out, '}');
    return 0;
}

/* "invalid ... '<value>'" as the error of an entry. */
static int bad_entry(JSContext *ctx, struct err *e, const char *what, JSValueConst v)
{
    struct buf shown;
    buf_init(&shown, BUF_NO_LIMIT);
    int rc = put_go_source(ctx, &shown, v, 0);
    rc = rc < 0 ? ERR_SCRIPT : err_set(e, ERR_INVALID, "%s '%s'", what, shown.data);
    buf_deinit(&shown);
    return rc;
}

/* The method of an entry, kept in the exchange. */
static int take_method(JSContext *ctx, struct http_exchange *x, JSValueConst v, bool to_upper,
                       struct err *e)
{
    struct str s;
    if (!JS_IsString(v))
        return bad_entry(ctx, e, "invalid method type", v);
    if (!jsarg_str(ctx, v, &s))
        return ERR_SCRIPT;
    char *text = arena_strndup(mod_http_exchange_arena(x), s.p, s.len);
    for (size_t i = 0; i < s.len && to_upper; i++)
        if (text[i] >= 'a' && text[i] <= 'z')
            text[i] = (char)(text[i] - 'a' + 'A');
    x->method = (struct str){text, s.len};
    jsarg_free_str(ctx, s);
    return 0;
}

/* ["POST", url, body, params] */
static int parse_list(JSContext *ctx, struct http_exchange *x, JSValueConst v, struct err *e)
{
    int64_t count = 0;
    JSValue part[4] = {JS_UNDEFINED, JS_UNDEFINED, JS_UNDEFINED, JS_UNDEFINED};
    int rc = JS_GetLength(ctx, v, &count) < 0 ? ERR_SCRIPT : 0;
    if (rc == 0 && count < 2)
        return bad_entry(ctx, e, "invalid batch request", v);
    for (int i = 0; i < 4 && i < count && rc == 0; i++) {
        part[i] = JS_GetPropertyInt64(ctx, v, i);
        rc = JS_IsException(part[i]) ? ERR_SCRIPT : 0;
    }
    if (rc == 0)
        rc = take_method(ctx, x, part[0], false, e);
    if (rc == 0)
        rc = mod_http_request_parse(ctx, x, part[1], part[2], part[3], e);
    for (int i = 0; i < 4; i++)
        JS_FreeValue(ctx, part[i]);
    return rc;
}

/* {method, url, body, params}; name: the entry's key or index. */
static int parse_object(JSContext *ctx, struct http_exchange *x, JSValueConst v, struct str name,
                        struct err *e)
{
    static const char *const keys[] = {"method", "url", "body", "params"};
    JSValue part[4] = {JS_UNDEFINED, JS_UNDEFINED, JS_UNDEFINED, JS_UNDEFINED};
    int rc = 0, has_method = 0;
    for (int i = 0; i < 4 && rc == 0; i++) {
        JSAtom key = JS_NewAtom(ctx, keys[i]);
        int has = JS_GetOwnProperty(ctx, NULL, v, key);
        if (has > 0)
            part[i] = JS_GetProperty(ctx, v, key);
        JS_FreeAtom(ctx, key);
        if (has < 0 || JS_IsException(part[i]))
            rc = ERR_SCRIPT;
        else if (i == 0)
            has_method = has;
        else if (i == 1 && !has)
            rc = err_set(e, ERR_INVALID, "batch request %.*s doesn't have a url key", (int)name.len,
                         name.p);
    }
    if (rc == 0 && has_method)
        rc = take_method(ctx, x, part[0], true, e);
    if (rc == 0) {
        bool is_bodyless = has_method && (str_eqs(x->method, "GET") || str_eqs(x->method, "HEAD"));
        rc = mod_http_request_parse(ctx, x, part[1], is_bodyless ? JS_UNDEFINED : part[2], part[3],
                                    e);
    }
    for (int i = 0; i < 4; i++)
        JS_FreeValue(ctx, part[i]);
    return rc;
}

static int parse_entry(JSContext *ctx, struct http_exchange *x, JSValueConst v, struct str name,
                       struct err *e)
{
    if (JS_IsArray(v))
        return parse_list(ctx, x, v, e);
    if (mod_arg_is_map(ctx, v))
        return parse_object(ctx, x, v, name, e);
    return mod_http_request_parse(ctx, x, v, JS_UNDEFINED, JS_UNDEFINED, e);
}

/* The entries' exchanges. *failed: the place of the first one that could not be read, with its text
 * in e; the rest is not read. */
static int read_entries(JSContext *ctx, struct http_state *st, struct batch *b,
                        const struct http_form *entries, size_t *failed, struct err *e)
{
    b->jobs = mem_calloc(entries->fields.len + 1, sizeof(b->jobs[0]));
    for (size_t i = 0; i < entries->fields.len; i++) {
        struct http_exchange *x = b->jobs[i].x = mod_http_exchange_new(st, STR("GET"));
        b->count = i + 1;
        int rc =
            parse_entry(ctx, x, entries->fields.items[i].value, entries->fields.items[i].name, e);
        if (rc < 0) {
            *failed = i;
            return rc;
        }
    }
    return 0;
}

/* Requests to one host share its places. */
static void assign_hosts(struct batch *b)
{
    struct buf host;
    buf_init(&host, BUF_NO_LIMIT);
    b->hosts = map_new();
    for (size_t i = 0; i < b->count; i++) {
        struct batch_job *j = &b->jobs[i];
        buf_clear(&host);
        url_put_host(&host, j->x->target->url);
        struct str key = {host.data, host.len};
        j->host = map_get(b->hosts, key);
        if (!j->host) {
            j->host = MEM_NEW(struct host_slots);
            map_put(b->hosts, key, j->host);
        }
        mod_http_send_fill(j->x, &j->q);
    }
    buf_deinit(&host);
}

/* ---- the result ---- */

/* Puts a response under its entry's place. Takes value. */
static bool put_result(JSContext *ctx, JSValueConst results, const struct http_form *entries,
                       size_t i, JSValue value)
{
    if (JS_IsException(value))
        return false;
    if (JS_IsArray(results))
        return JS_DefinePropertyValueUint32(ctx, results, (uint32_t)i, value, JS_PROP_C_W_E) >= 0;
    JSAtom name =
        JS_NewAtomLen(ctx, entries->fields.items[i].name.p, entries->fields.items[i].name.len);
    bool ok = JS_DefinePropertyValue(ctx, results, name, value, JS_PROP_C_W_E) >= 0;
    JS_FreeAtom(ctx, name);
    return ok;
}

/* An entry could not be read: nothing is sent. Those before it get responses of nothing, it gets
 * the error, the rest null. */
static JSValue refused(JSContext *ctx, struct http_state *st, struct batch *b,
                       const struct http_form *entries, JSValue results, size_t failed,
                       const struct err *e)
{
    if (st->options->throw_errors.v) {
        JS_FreeValue(ctx, results);
        return jsarg_throw(ctx, "%s", e->msg);
    }
    log_record(pod_logger(ctx), LOG_WARN, NULL, e->msg, NULL, 0, STR("A batch request failed"));
    b->jobs[failed].x->is_failed = true;
    b->jobs[failed].x->error = mem_strdup(e->msg);
    bool ok = true;
    for (size_t i = 0; i < entries->fields.len && ok; i++) {
        if (i > failed && !JS_IsArray(results))
            break;
        struct http_exchange *x = i <= failed ? b->jobs[i].x : NULL;
        if (x)
            b->jobs[i].x = NULL;
        ok = put_result(ctx, results, entries, i, x ? mod_http_response_object(ctx, x) : JS_NULL);
    }
    if (ok)
        return results;
    JS_FreeValue(ctx, results);
    return JS_EXCEPTION;
}

/* The responses. The first exception (a failed request with `throw`) is what the script gets
 * instead. */
static JSValue conclude(JSContext *ctx, struct batch *b, const struct http_form *entries,
                        JSValue results)
{
    JSValue thrown = JS_UNINITIALIZED;
    for (size_t i = 0; i < b->count; i++) {
        struct batch_job *j = &b->jobs[i];
        struct http_exchange *x = j->x;
        j->x = NULL;
        if (put_result(ctx, results, entries, i, mod_http_send_conclude(ctx, x, &j->q, j->rc)))
            continue;
        JSValue e = JS_GetException(ctx);
        if (JS_IsUninitialized(thrown))
            thrown = e;
        else
            JS_FreeValue(ctx, e);
    }
    if (JS_IsUninitialized(thrown))
        return results;
    JS_FreeValue(ctx, results);
    return JS_Throw(ctx, thrown);
}

static JSValue run_entries(JSContext *ctx, struct http_state *st, const struct http_form *entries,
                           JSValue results)
{
    const struct options *o = st->options;
    struct batch *b = MEM_NEW(struct batch);
    struct err e = {0};
    size_t failed = 0;
    JSValue result;
    b->worker = st->vu->worker;
    b->per_host = o->batch_per_host.set ? o->batch_per_host.v : PER_HOST_DEFAULT;
    int rc = read_entries(ctx, st, b, entries, &failed, &e);
    if (rc == ERR_SCRIPT) {
        JS_FreeValue(ctx, results);
        result = JS_EXCEPTION;
    } else if (rc < 0) {
        result = refused(ctx, st, b, entries, results, failed, &e);
    } else {
        assign_hosts(b);
        POD_PARK(st->v, rc = batch_run(b, o->batch.set ? o->batch.v : BATCH_DEFAULT));
        if (rc < 0) {
            JS_FreeValue(ctx, results);
            return pod_throw_interrupt(ctx);
        }
        result = conclude(ctx, b, entries, results);
    }
    batch_free(b, JS_GetRuntime(ctx));
    err_deinit(&e);
    return result;
}

/* The items of an array, holes and all, or of a set. -1: exception. */
static int list_items(JSContext *ctx, JSValueConst list, struct http_form *fills)
{
    int64_t count = 0;
    int rc = -1;
    JSValue items = JS_IsSet(list) ? engine_map_entries(ctx, list) : JS_DupValue(ctx, list);
    if (JS_IsException(items) || JS_GetLength(ctx, items, &count) < 0)
        goto done;
    for (int64_t i = 0; i < count; i++) {
        struct buf name;
        buf_init(&name, BUF_NO_LIMIT);
        buf_addf(&name, "%lld", (long long)i);
        JSValue text = JS_NewStringLen(ctx, name.data, name.len);
        struct http_form_field f = {.value = JS_GetPropertyInt64(ctx, items, i)};
        bool ok =
            !JS_IsException(f.value) && !JS_IsException(text) && jsarg_str(ctx, text, &f.name);
        JS_FreeValue(ctx, text);
        buf_deinit(&name);
        if (!ok) {
            JS_FreeValue(ctx, f.value);
            goto done;
        }
        VEC_PUSH(&fills->fields, f);
    }
    rc = 0;
done:
    JS_FreeValue(ctx, items);
    return rc;
}

JSValue mod_http_batch(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    struct http_state *st = mod_http_state_of(ctx);
    if (mod_http_state_begin(ctx, st, "Using batch in the init context is not supported") < 0)
        return JS_EXCEPTION;
    if (argc == 0)
        return jsarg_throw(ctx, "no argument was provided to http.batch()");
    if (argc > 1)
        return jsarg_throw(ctx, "http.batch() accepts only an array or an object of requests");
    bool is_list = JS_IsArray(argv[0]) || JS_IsSet(argv[0]);
    if (!is_list && !mod_arg_is_map(ctx, argv[0]))
        return jsarg_throw(ctx, "invalid http.batch() argument type %s",
                           mod_arg_go_type(ctx, argv[0]));
    struct http_form entries = {0};
    JSValue result = JS_EXCEPTION;
    if ((is_list ? list_items(ctx, argv[0], &entries)
                 : mod_http_form_list(ctx, argv[0], &entries)) == 0) {
        JSValue results = is_list ? JS_NewArray(ctx) : JS_NewObject(ctx);
        if (!JS_IsException(results))
            result = run_entries(ctx, st, &entries, results);
    }
    mod_http_form_free(ctx, &entries);
    return result;
}
