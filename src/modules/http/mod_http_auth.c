/* mod_http_auth.c - requests to servers that want proof: digest (two requests) and NTLM (three,
 * which must share a connection; the VU's pool gives back the one that was used last). Source: k6
 * docs, "Params" (auth). Tests: test/js/http_auth.js, the pure parts auth_digest_test.c,
 * auth_ntlm_test.c */
#include "modules/http/http_int.h"

#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "core/clock.h"
#include "modules/http/auth_digest.h"
#include "modules/http/auth_ntlm.h"
#include "modules/http/mod_http_config.h"

enum { UNAUTHORIZED = 401 };
#define FILE_TIME_1970 UINT64_C(116444736000000000)

static void make_bare_url(struct http_exchange *x)
{
    x->bare_url = *x->target->url;
    x->bare_url.has_user = x->bare_url.has_password = false;
    x->bare_url.user = x->bare_url.password = STR("");
}

/* The first try: nobody knows yet that something is wanted. */
static int try_first(struct http_exchange *x, struct http_request *q)
{
    q->url = &x->bare_url;
    x->is_first_try = true;
    int rc = http_client_do(x->session->client, q, &x->response);
    x->is_first_try = false;
    return rc;
}

/* Sends again with that proof. */
static int try_with(struct http_exchange *x, struct http_request *q, struct str authorization)
{
    struct arena *a = mod_http_exchange_arena(x);
    struct http_header *headers = arena_alloc(a, (x->headers.len + 1) * sizeof(*headers));
    size_t count = 0;
    headers[count++] = (struct http_header){
        STR("Authorization"),
        {arena_strndup(a, authorization.p, authorization.len), authorization.len}};
    for (size_t i = 0; i < x->headers.len; i++)
        if (!str_eqs(x->headers.items[i].name, "Authorization"))
            headers[count++] = x->headers.items[i];
    q->headers = headers;
    q->header_count = count;
    http_response_reset(&x->response);
    return http_client_do(x->session->client, q, &x->response);
}

/* The value of the i-th WWW-Authenticate header. */
static bool next_challenge(const struct http_exchange *x, size_t *i, struct str *value)
{
    for (; *i < x->response.header_count; ++*i) {
        if (str_ieqs(x->response.headers[*i].name, "www-authenticate")) {
            *value = x->response.headers[(*i)++].value;
            return true;
        }
    }
    return false;
}

static void make_random(struct http_exchange *x, uint64_t out[2])
{
    struct rng rng;
    rng_init(&rng, (uint64_t)clock_now_ns() ^ (uint64_t)(uintptr_t)x << 20);
    out[0] = rng_next(&rng);
    out[1] = rng_next(&rng);
}

static int do_digest(struct http_exchange *x, struct http_request *q)
{
    int rc = try_first(x, q);
    if (rc < 0 || x->response.status != UNAUTHORIZED)
        return rc;
    char cnonce[40];
    uint64_t random[2];
    struct buf uri, answer;
    make_random(x, random);
    snprintf(cnonce, sizeof(cnonce), "%016llx%016llx", (unsigned long long)random[0],
             (unsigned long long)random[1]);
    buf_init(&uri, BUF_NO_LIMIT);
    buf_init(&answer, BUF_NO_LIMIT);
    url_put_request_target(&uri, &x->bare_url);
    struct auth_digest a = {
        .method = q->method,
        .uri = {uri.data, uri.len},
        .user = x->target->url->user,
        .password = x->target->url->password,
        .body = q->body,
        .cnonce = str_of(cnonce),
    };
    size_t at = 0;
    struct str challenge;
    while (next_challenge(x, &at, &challenge)) {
        buf_clear(&answer);
        if (auth_digest_answer(&answer, mod_http_config_digests(x->worker), challenge, &a)) {
            rc = try_with(x, q, (struct str){answer.data, answer.len});
            break;
        }
    }
    buf_deinit(&uri);
    buf_deinit(&answer);
    return rc;
}

/* Does the server offer the scheme? *rest: what follows its name. */
static bool offers(const struct http_exchange *x, const char *scheme, struct str *rest)
{
    size_t at = 0, len = strlen(scheme);
    struct str c;
    while (next_challenge(x, &at, &c)) {
        if (c.len < len || !str_ieqs((struct str){c.p, len}, scheme) ||
            (c.len > len && c.p[len] != ' ' && c.p[len] != ','))
            continue;
        *rest = str_trim((struct str){c.p + len, c.len - len});
        return true;
    }
    return false;
}

/* The server's challenge is there: proves. */
static int prove_ntlm(struct http_exchange *x, struct http_request *q, const char *scheme,
                      struct str challenge)
{
    struct buf raw, value;
    uint64_t random[2];
    struct auth_ntlm a = {.user = x->target->url->user,
                          .password = x->target->url->password,
                          .file_time = FILE_TIME_1970 + (uint64_t)clock_wall_ns() / 100};
    make_random(x, random);
    memcpy(a.client_challenge, random, sizeof(a.client_challenge));
    buf_init(&raw, BUF_NO_LIMIT);
    buf_init(&value, BUF_NO_LIMIT);
    buf_addf(&value, "%s ", scheme);
    int rc = 0; /* what can't be answered stays the 401 that it is */
    if (hash_parse_base64(&raw, challenge) == 0 &&
        auth_ntlm_authenticate(&value, mod_http_config_digests(x->worker),
                               (struct str){raw.data, raw.len}, &a) == 0)
        rc = try_with(x, q, (struct str){value.data, value.len});
    buf_deinit(&raw);
    buf_deinit(&value);
    return rc;
}

/* A server that offers Basic alone gets that. */
static int prove_basic(struct http_exchange *x, struct http_request *q)
{
    struct buf plain, value;
    buf_init(&plain, BUF_NO_LIMIT);
    buf_init(&value, BUF_NO_LIMIT);
    buf_add_str(&plain, x->target->url->user);
    buf_addc(&plain, ':');
    buf_add_str(&plain, x->target->url->password);
    buf_adds(&value, "Basic ");
    hash_put_base64(&value, plain.data, plain.len);
    int rc = try_with(x, q, (struct str){value.data, value.len});
    buf_deinit(&plain);
    buf_deinit(&value);
    return rc;
}

static int do_ntlm(struct http_exchange *x, struct http_request *q)
{
    struct str rest;
    int rc = try_first(x, q);
    if (rc < 0 || x->response.status != UNAUTHORIZED || !x->target->url->has_user)
        return rc;
    const char *scheme = offers(x, "NTLM", &rest)        ? "NTLM"
                         : offers(x, "Negotiate", &rest) ? "Negotiate"
                                                         : NULL;
    if (!scheme)
        return offers(x, "Basic", &rest) ? prove_basic(x, q) : rc;
    struct buf first;
    buf_init(&first, BUF_NO_LIMIT);
    buf_addf(&first, "%s ", scheme);
    auth_ntlm_negotiate(&first);
    rc = try_with(x, q, (struct str){first.data, first.len});
    buf_deinit(&first);
    if (rc < 0 || x->response.status != UNAUTHORIZED || !offers(x, scheme, &rest) || rest.len == 0)
        return rc;
    return prove_ntlm(x, q, scheme, rest);
}

int mod_http_auth_do(struct http_exchange *x, struct http_request *q)
{
    make_bare_url(x);
    return x->auth == AUTH_DIGEST ? do_digest(x, q) : do_ntlm(x, q);
}
