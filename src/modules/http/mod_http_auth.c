/* mod_http_auth.c - proof for servers that want more than a password: digest (a hop is sent twice)
 * and NTLM (three times, over one connection: the VU's pool gives back the one that was used last).
 * Source: k6 docs, "Params" (auth). Tests: test/js/http_auth.js, the pure parts auth_digest_test.c,
 * auth_ntlm_test.c */
#include "modules/http/http_int.h"

#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "core/clock.h"
#include "modules/http/auth_digest.h"
#include "modules/http/auth_ntlm.h"
#include "modules/http/mod_http_config.h"

#define FILE_TIME_1970 UINT64_C(116444736000000000)

/* What was said on a hop; its answer asks for the next. */
enum { SAID_NOTHING, SAID_HELLO, SAID_ALL };

/* The value of the i-th WWW-Authenticate header. */
static bool next_challenge(const struct http_response *r, size_t *i, struct str *value)
{
    for (; *i < r->header_count; ++*i) {
        if (str_ieqs(r->headers[*i].name, "www-authenticate")) {
            *value = r->headers[(*i)++].value;
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

/* Keeps what b holds with the exchange, and frees b. */
static struct str keep(struct http_exchange *x, struct buf *b)
{
    struct str kept = {arena_strndup(mod_http_exchange_arena(x), b->data, b->len), b->len};
    buf_deinit(b);
    return kept;
}

/* ---- digest */

static bool answer_digest(struct http_exchange *x, const struct http_hop *hop,
                          const struct http_response *r, struct str *authorization)
{
    char cnonce[40];
    uint64_t random[2];
    struct buf uri, answer;
    make_random(x, random);
    snprintf(cnonce, sizeof(cnonce), "%016llx%016llx", (unsigned long long)random[0],
             (unsigned long long)random[1]);
    buf_init(&uri, BUF_NO_LIMIT);
    buf_init(&answer, BUF_NO_LIMIT);
    url_put_request_target(&uri, hop->url);
    bool has_body = str_eq(hop->method, x->method); /* a redirect that takes it away makes it GET */
    struct auth_digest a = {
        .method = hop->method,
        .uri = {uri.data, uri.len},
        .user = x->proof.user,
        .password = x->proof.password,
        .body = !has_body          ? STR("")
                : x->packed_body.p ? x->packed_body
                                   : x->body,
        .cnonce = str_of(cnonce),
    };
    size_t at = 0;
    struct str challenge;
    bool is_done = false;
    while (!is_done && next_challenge(r, &at, &challenge)) {
        buf_clear(&answer);
        is_done = auth_digest_answer(&answer, mod_http_config_digests(x->worker), challenge, &a);
    }
    if (!is_done) { /* the second 401 is the one that counts as failed, so there must be one */
        buf_clear(&answer);
        is_done = auth_digest_answer_nothing(&answer, mod_http_config_digests(x->worker), &a);
    }
    buf_deinit(&uri);
    *authorization = keep(x, &answer);
    return is_done;
}

/* The first try says what it would have said without digest: the URL's user and password, even in
 * the clear. That is what k6 does, and servers may count on it. */
static bool prove_digest(void *opaque, const struct http_hop *hop, struct str said,
                         const struct http_response *r, struct str *authorization)
{
    struct http_exchange *x = opaque;
    if (!r) {
        x->proof =
            (struct http_proof){SAID_NOTHING, hop->url->user, hop->url->password, x->proof.shown};
        return false;
    }
    if (x->proof.step++ != SAID_NOTHING || !answer_digest(x, hop, r, authorization))
        return false;
    /* Where it has no user to take from the URL k6 writes into the headers that response.request
     * shows. */
    if (hop->url == x->target->url &&
        (!hop->url->has_user || mod_http_exchange_header(x, "Authorization").p))
        x->proof.shown = *authorization;
    return true;
}

/* ---- NTLM */

/* Does the server offer the scheme? *rest: what follows its name. */
static bool offers(const struct http_response *r, const char *scheme, struct str *rest)
{
    size_t at = 0, len = strlen(scheme);
    struct str c;
    while (next_challenge(r, &at, &c)) {
        if (c.len < len || !str_ieqs((struct str){c.p, len}, scheme) ||
            (c.len > len && c.p[len] != ' ' && c.p[len] != ','))
            continue;
        *rest = str_trim((struct str){c.p + len, c.len - len});
        return true;
    }
    return false;
}

static const char *offered_scheme(const struct http_response *r, struct str *rest)
{
    return offers(r, "NTLM", rest) ? "NTLM" : offers(r, "Negotiate", rest) ? "Negotiate" : NULL;
}

/* User and password of "Basic ...". False: it says something else. */
static bool take_basic(struct http_exchange *x, struct str said)
{
    static const char scheme[] = "Basic ";
    const size_t len = sizeof(scheme) - 1;
    struct buf plain;
    if (said.len < len || !str_ieqs((struct str){said.p, len}, scheme))
        return false;
    buf_init(&plain, BUF_NO_LIMIT);
    bool is_text = hash_parse_base64(&plain, (struct str){said.p + len, said.len - len}) == 0;
    struct str pair = keep(x, &plain);
    ssize_t colon = is_text ? str_find(pair, ':') : -1;
    if (colon < 0)
        return false;
    x->proof.user = (struct str){pair.p, (size_t)colon};
    x->proof.password = (struct str){pair.p + colon + 1, pair.len - (size_t)colon - 1};
    return true;
}

/* The answer to the server's challenge; what can't be answered stays the 401 that it is. */
static bool answer_ntlm(struct http_exchange *x, const char *scheme, struct str challenge,
                        struct str *authorization)
{
    struct buf raw, value;
    uint64_t random[2];
    struct auth_ntlm a = {.user = x->proof.user,
                          .password = x->proof.password,
                          .file_time = FILE_TIME_1970 + (uint64_t)clock_wall_ns() / 100};
    make_random(x, random);
    memcpy(a.client_challenge, random, sizeof(a.client_challenge));
    buf_init(&raw, BUF_NO_LIMIT);
    buf_init(&value, BUF_NO_LIMIT);
    buf_addf(&value, "%s ", scheme);
    bool is_done = challenge.len > 0 && hash_parse_base64(&raw, challenge) == 0 &&
                   auth_ntlm_authenticate(&value, mod_http_config_digests(x->worker),
                                          (struct str){raw.data, raw.len}, &a) == 0;
    buf_deinit(&raw);
    *authorization = keep(x, &value);
    return is_done;
}

static struct str hello_ntlm(struct http_exchange *x, const char *scheme)
{
    struct buf value;
    buf_init(&value, BUF_NO_LIMIT);
    buf_addf(&value, "%s ", scheme);
    auth_ntlm_negotiate(&value);
    return keep(x, &value);
}

/* The first try says nothing: the connection may have proved itself before. */
static bool prove_ntlm(void *opaque, const struct http_hop *hop, struct str said,
                       const struct http_response *r, struct str *authorization)
{
    struct http_exchange *x = opaque;
    struct str challenge;
    if (!r) {
        x->proof.step = take_basic(x, said) ? SAID_NOTHING : SAID_ALL;
        *authorization = STR("");
        return x->proof.step == SAID_NOTHING;
    }
    const char *scheme = offered_scheme(r, &challenge);
    if (!scheme || x->proof.step == SAID_ALL)
        return false;
    if (x->proof.step++ == SAID_HELLO)
        return answer_ntlm(x, scheme, challenge, authorization);
    *authorization = hello_ntlm(x, scheme);
    return true;
}

const struct http_prover *mod_http_auth_prover(enum http_auth auth)
{
    static const struct http_prover digest = {true, prove_digest}, ntlm = {false, prove_ntlm};
    return auth == AUTH_DIGEST ? &digest : auth == AUTH_NTLM ? &ntlm : NULL;
}
