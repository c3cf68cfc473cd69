/* mod_http_debug.c - the option httpDebug: each request and each answer as a record of the log, in
 * the form in which Go's httputil dumps them: fields in order of their names, what frames a body
 * first. "full" shows bodies as well, as they came, not decoded.
 * Source: k6 docs, "HTTP debug". Tests: mod_http_debug_test.c */
#include "modules/http/http_int.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "core/clock.h"

/* ---- the record */

/* A random UUID, in the exchange's arena: request and answer carry the same. */
static const char *new_id(struct http_exchange *x)
{
    struct rng rng;
    rng_init(&rng, (uint64_t)clock_now_ns() ^ (uint64_t)(uintptr_t)x << 20);
    uint64_t a = rng_next(&rng), b = rng_next(&rng);
    return arena_printf(mod_http_exchange_arena(x), "%08x-%04x-4%03x-%04x-%012llx",
                        (unsigned)(a >> 32), (unsigned)(a >> 16 & 0xffff), (unsigned)(a & 0xfff),
                        (unsigned)(0x8000 | (b >> 48 & 0x3fff)),
                        (unsigned long long)(b & 0xffffffffffff));
}

struct record {
    VEC(struct log_field) fields;
};

static bool has_field(const struct record *r, const char *key)
{
    for (size_t i = 0; i < r->fields.len; i++)
        if (strcmp(r->fields.items[i].key, key) == 0)
            return true;
    return false;
}

static void add_tags(struct record *r, const struct tagset *tags)
{
    for (uint32_t i = 0; tags && i < tags->count; i++) {
        struct log_field f = {tags->items[i].key.p, tags->items[i].value.p, false};
        if (strcmp(f.key, "source") != 0 && !has_field(r, f.key))
            VEC_PUSH(&r->fields, f);
    }
}

/* The record's fields: the request's tags as well. id NULL: not among them. */
static void log_debug_record(struct http_exchange *x, enum log_level level, const char *id,
                             struct str msg)
{
    char vu[24], iteration[24];
    struct record r = {0};
    snprintf(vu, sizeof vu, "%llu", (unsigned long long)x->st->vu->id_in_test);
    snprintf(iteration, sizeof iteration, "%lld", (long long)x->st->vu->iteration);
    struct log_field own[] = {
        {"vu", vu, true}, {"iter", iteration, true}, {"request_id", id, false}};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (own[i].value)
            VEC_PUSH(&r.fields, own[i]);
    add_tags(&r, x->metadata);
    add_tags(&r, x->tags);
    log_record(run_logger(x->st->vu->run), level, "http-debug", NULL, r.fields.items,
               (int)r.fields.len, msg);
    VEC_DEINIT(&r.fields);
}

/* title, the dump with plain line ends, and one more. */
static void log_dump(struct http_exchange *x, const char *title, struct str dump)
{
    struct buf msg;
    buf_init(&msg, BUF_NO_LIMIT);
    buf_adds(&msg, title);
    for (size_t i = 0; i < dump.len; i++)
        if (dump.p[i] != '\r' || i + 1 == dump.len || dump.p[i + 1] != '\n')
            buf_addc(&msg, dump.p[i]);
    buf_addc(&msg, '\n');
    log_debug_record(x, LOG_INFO, x->debug_id, (struct str){msg.data, msg.len});
    buf_deinit(&msg);
}

static void log_failure(struct http_exchange *x, const char *error)
{
    log_debug_record(x, LOG_ERROR, NULL, str_of(error));
}

/* ---- requests */

/* Does the head have this field, with a value? */
static bool head_has(struct str head, const char *line_start)
{
    ptrdiff_t at = str_finds(head, line_start);
    return at >= 0 && head.p[(size_t)at + strlen(line_start)] != '\r';
}

/* Go's dump adds the field that its own transport would have sent, though k6's sends none. */
static bool shows_accept_encoding(struct str head)
{
    return !head_has(head, "\r\nAccept-Encoding: ") && !head_has(head, "\r\nRange: ") &&
           !str_starts(head, "HEAD ");
}

static void on_request(void *opaque, struct str head, struct str body, const char *error)
{
    struct http_exchange *x = opaque;
    if (x->is_orphan)
        return;
    struct buf dump;
    buf_init(&dump, BUF_NO_LIMIT);
    x->debug_id = new_id(x);
    if (error) {
        log_failure(x, error);
    } else {
        buf_add_str(&dump, head);
        if (shows_accept_encoding(head))
            buf_adds(&dump, "Accept-Encoding: gzip\r\n");
        buf_adds(&dump, "\r\n");
        buf_add_str(&dump, body);
    }
    log_dump(x, "Request:\n", (struct str){dump.data, dump.len});
    buf_deinit(&dump);
}

/* ---- answers */

/* A field and where it stood: those of one name stay in order. */
struct placed {
    struct http_header field;
    size_t place;
};

static int compare_placed(const void *a, const void *b)
{
    const struct placed *x = a, *y = b;
    int order = str_cmp(x->field.name, y->field.name);
    if (order != 0)
        return order;
    return x->place < y->place ? -1 : x->place > y->place;
}

static int compare_names(const void *a, const void *b)
{
    return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

/* Name: value lines of fields, or of trailers, in order of their canonical names. */
static void put_sorted(struct buf *out, struct arena *a, const struct http_header *fields,
                       size_t count)
{
    struct placed *sorted = mem_alloc((count + 1) * sizeof *sorted);
    for (size_t i = 0; i < count; i++)
        sorted[i] =
            (struct placed){{mod_http_exchange_canonical(a, fields[i].name), fields[i].value}, i};
    if (count > 0)
        qsort(sorted, count, sizeof *sorted, compare_placed);
    for (size_t i = 0; i < count; i++) {
        const struct http_header *f = &sorted[i].field;
        if (!str_eqs(f->name, "Content-Length"))
            buf_addf(out, "%.*s: %.*s\r\n", (int)f->name.len, f->name.p, (int)f->value.len,
                     f->value.p);
    }
    mem_free(sorted);
}

/* "A: 1\r\nB: 2\r\n" as fields. */
static size_t split_trailers(struct arena *a, struct str text, struct http_header **fills)
{
    size_t count = 0, max = 1;
    for (size_t i = 0; i < text.len; i++)
        max += text.p[i] == '\n';
    struct http_header *fields = *fills = arena_alloc(a, max * sizeof *fields);
    struct str line, rest = text;
    while (rest.len > 0 && count < max) {
        str_cut(rest, '\n', &line, &rest);
        if (str_cut(str_trim(line), ':', &fields[count].name, &fields[count].value)) {
            fields[count].value = str_trim(fields[count].value);
            count++;
        }
    }
    return count;
}

/* The names that the Trailer field announced and those that came. */
static void put_trailer_names(struct buf *out, struct arena *a, struct str announced,
                              const struct http_header *trailers, size_t count)
{
    VEC(struct str) names = {0};
    struct str item, rest = announced;
    while (rest.len > 0) {
        str_cut(rest, ',', &item, &rest);
        VEC_PUSH(&names, mod_http_exchange_canonical(a, str_trim(item)));
    }
    for (size_t i = 0; i < count; i++)
        VEC_PUSH(&names, mod_http_exchange_canonical(a, trailers[i].name));
    if (names.len > 0)
        qsort(names.items, names.len, sizeof names.items[0], compare_names);
    for (size_t i = 0; i < names.len; i++)
        if (i == 0 || !str_eq(names.items[i], names.items[i - 1]))
            buf_addf(out, "%s%.*s", i == 0 ? "Trailer: " : ",", (int)names.items[i].len,
                     names.items[i].p);
    if (names.len > 0)
        buf_adds(out, "\r\n");
    VEC_DEINIT(&names);
}

static struct str header_of(const struct http_response *r, const char *name)
{
    for (size_t i = 0; i < r->header_count; i++)
        if (str_ieqs(r->headers[i].name, name))
            return r->headers[i].value;
    return (struct str){NULL, 0};
}

static bool list_has(struct str list, const char *word)
{
    struct str item;
    while (list.len > 0) {
        str_cut(list, ',', &item, &list);
        if (str_ieqs(str_trim(item), word))
            return true;
    }
    return false;
}

static bool may_have_body(int status)
{
    return status / 100 != 1 && status != 204 && status != 304;
}

/* -1: unknown. */
static int64_t length_of(const struct http_response *r, bool is_head)
{
    struct str text = header_of(r, "content-length");
    int64_t n;
    if (r->last.is_chunked)
        return -1;
    if (!is_head && !may_have_body(r->status))
        return 0;
    return text.p && num_parse_int(str_trim(text), &n) == 0 && n >= 0 ? n : -1;
}

static bool says_zero_first(struct str method)
{
    return str_eqs(method, "POST") || str_eqs(method, "PUT") || str_eqs(method, "PATCH");
}

/* The lines that say where the body ends. False: a length of zero comes after the fields. */
static bool put_framing(struct buf *out, const struct http_response *r, int64_t length)
{
    struct str connection = header_of(r, "connection");
    bool is_old = str_starts(r->last.proto, "HTTP/1.0");
    bool closes = is_old ? !list_has(connection, "keep-alive")
                         : r->last.says_close || (length < 0 && !r->last.is_chunked);
    if (closes && !list_has(connection, "close"))
        buf_adds(out, "Connection: close\r\n");
    if (r->last.is_chunked) {
        buf_adds(out, "Transfer-Encoding: chunked\r\n");
    } else if (length > 0 || (length == 0 && says_zero_first(r->last.method))) {
        buf_addf(out, "Content-Length: %lld\r\n", (long long)length);
    } else {
        return length != 0 || !may_have_body(r->status);
    }
    return true;
}

static void put_status_line(struct buf *out, const struct http_response *r)
{
    char code[16];
    struct str text = r->status_text;
    snprintf(code, sizeof code, "%03d ", r->status);
    if (str_starts(text, code)) {
        text.p += strlen(code);
        text.len -= strlen(code);
    }
    buf_addf(out, "%.*s %s%.*s\r\n", (int)r->last.proto.len, r->last.proto.p, code, (int)text.len,
             text.p);
}

static void put_body(struct buf *out, const struct http_response *r,
                     const struct http_header *trailers, size_t trailer_count)
{
    if (!r->last.is_chunked) {
        buf_add(out, r->body ? r->body : "", r->body_len);
        return;
    }
    if (r->body_len > 0) {
        buf_addf(out, "%zx\r\n", r->body_len);
        buf_add(out, r->body, r->body_len);
        buf_adds(out, "\r\n");
    }
    buf_adds(out, "0\r\n");
    put_sorted(out, r->arena, trailers, trailer_count);
    buf_adds(out, "\r\n");
}

void mod_http_debug_put_answer(struct buf *out, const struct http_response *r, bool has_body)
{
    bool is_head = str_eqs(r->last.method, "HEAD");
    struct http_header *trailers = NULL;
    size_t trailer_count = split_trailers(r->arena, r->last.trailers, &trailers);
    put_status_line(out, r);
    bool is_length_said = put_framing(out, r, length_of(r, is_head));
    if (r->last.is_chunked)
        put_trailer_names(out, r->arena, r->last.trailer_names, trailers, trailer_count);
    put_sorted(out, r->arena, r->headers, r->header_count);
    if (!is_length_said)
        buf_adds(out, "Content-Length: 0\r\n");
    buf_adds(out, "\r\n");
    if (has_body && !is_head)
        put_body(out, r, trailers, trailer_count);
}

static void show_answer(struct http_exchange *x, const struct http_response *r, bool has_body)
{
    struct buf dump;
    buf_init(&dump, BUF_NO_LIMIT);
    mod_http_debug_put_answer(&dump, r, has_body);
    log_dump(x, "Response:\n", (struct str){dump.data, dump.len});
    buf_deinit(&dump);
}

static void on_answer_head(void *opaque, const struct http_response *r, const char *error)
{
    struct http_exchange *x = opaque;
    if (!x->is_orphan)
        show_answer(x, r, false);
}

static void on_answer(void *opaque, const struct http_response *r, const char *error)
{
    struct http_exchange *x = opaque;
    if (x->is_orphan)
        return;
    if (!error) {
        show_answer(x, r, true);
        return;
    }
    log_failure(x, error);
    log_dump(x, "Response:\n", STR(""));
}

const struct http_watch *mod_http_debug_watch(const struct options *o)
{
    static const struct http_watch heads = {false, on_request, on_answer_head};
    static const struct http_watch full = {true, on_request, on_answer};
    const char *how = o->http_debug.set ? o->http_debug.v : NULL;
    if (!how || !*how)
        return NULL;
    return strcmp(how, "full") == 0 ? &full : &heads;
}
