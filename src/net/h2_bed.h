/* h2_bed.h - for the tests of this folder only: the bed of test_bed.h with HTTP/2, a server's
 * frames as text, and several requests at once.
 *
 * The client speaks with prior knowledge, so no TLS is in the way. Field names and values of heads
 * are literals: 0, length, name, length, value. */
#ifndef C6_NET_H2_BED_H
#define C6_NET_H2_BED_H

#include "net/test_bed.h"

#define H2_SETTINGS_NONE "\0\0\0\4\0\0\0\0\0"
#define H2_OK(id)        "\0\0\1\1\5\0\0\0" id "\x88"
#define H2_HEAD(id)      "\0\0\1\1\4\0\0\0" id "\x88"
/* A body of up to 255 bytes, whose length is an octal escape. */
#define H2_BODY(id, len, text)      "\0\0" len "\0\1\0\0\0" id text
#define H2_BODY_PART(id, len, text) "\0\0" len "\0\0\0\0\0" id text
#define H2_RST(id, code)            "\0\0\4\3\0\0\0\0" id "\0\0\0" code
#define H2_GOAWAY(last, code)       "\0\0\10\7\0\0\0\0\0\0\0\0" last "\0\0\0" code

static inline int h2_bed_get(struct bed *b, const char *path)
{
    b->q.has_prior_h2 = true;
    return bed_get(b, path);
}

/* How often the server saw the bytes. */
static inline int h2_bed_count(const struct bed *b, const char *bytes, size_t len)
{
    int n = 0;
    for (size_t at = 0; at + len <= b->seen.len; at++)
        n += memcmp(b->seen.data + at, bytes, len) == 0;
    return n;
}
#define H2_BED_COUNT(b, literal) h2_bed_count(b, literal, sizeof(literal) - 1)

/* A request on a fiber of its own. */
struct h2_task {
    struct bed *bed;
    const char *path;
    struct str body;
    int64_t timeout_ns; /* 0: 20 s */
    struct fiber *fiber;
    struct http_response r;
    int rc;
    bool is_done;
};

static inline void h2_task_run(void *arg)
{
    struct h2_task *t = arg;
    struct url *u = NULL;
    char text[256];
    snprintf(text, sizeof text, "http://127.0.0.1:%u%s", t->bed->port, t->path);
    CHECK(url_parse(&u, str_of(text), NULL) == 0);
    struct http_request q = {
        .method = t->body.len > 0 ? STR("POST") : STR("GET"),
        .url = u,
        .body = t->body,
        .has_body = t->body.len > 0,
        .max_redirects = 3,
        .deadline_ns = clock_now_ns() + (t->timeout_ns != 0 ? t->timeout_ns : INT64_C(20000000000)),
        .has_prior_h2 = true,
    };
    t->rc = http_client_do(t->bed->client, &q, &t->r);
    if (t->r.last.url == u)
        t->r.last.url = NULL;
    url_free(u);
    t->is_done = true;
}

static inline void h2_task_start(struct bed *b, struct h2_task *t, const char *path)
{
    t->bed = b;
    t->path = path;
    http_response_init(&t->r);
    t->fiber = fiber_spawn(b->w, FIBER_HELPER, h2_task_run, t);
}

static inline void h2_task_await(struct h2_task *t)
{
    while (!t->is_done)
        bed_nap(t->bed);
}

static inline void h2_task_end(struct h2_task *t)
{
    h2_task_await(t);
    http_response_deinit(&t->r);
}

#endif
