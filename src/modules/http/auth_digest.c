/* auth_digest.c - Digest authentication; see auth_digest.h. The fields that k6 sends are sent too
 * where the standard would leave them out (nc, cnonce and stale): servers that read them get what
 * they get from k6. Tests: auth_digest_test.c, fuzz/auth_fuzz.c */
#include "modules/http/auth_digest.h"

struct challenge {
    struct str realm, nonce, opaque, qop, algorithm, stale;
};

/* One name=value of a list; the value without quotes, escapes left in. */
static bool take_param(struct str *s, struct str *name, struct str *value)
{
    while (s->len > 0 && (ascii_is_space(s->p[0]) || s->p[0] == ','))
        s->p++, s->len--;
    ptrdiff_t eq = str_find(*s, '=');
    if (eq <= 0)
        return false;
    *name = str_trim((struct str){s->p, (size_t)eq});
    s->p += eq + 1;
    s->len -= (size_t)eq + 1;
    while (s->len > 0 && ascii_is_space(s->p[0]))
        s->p++, s->len--;
    size_t i = 0;
    if (s->len > 0 && s->p[0] == '"') {
        for (i = 1; i < s->len && s->p[i] != '"'; i++)
            if (s->p[i] == '\\')
                i++;
        if (i >= s->len)
            return false;
        *value = (struct str){s->p + 1, i - 1};
        i++;
    } else {
        while (i < s->len && s->p[i] != ',' && !ascii_is_space(s->p[i]))
            i++;
        *value = (struct str){s->p, i};
    }
    s->p += i;
    s->len -= i;
    return true;
}

static bool parse_challenge(struct str s, struct challenge *c)
{
    struct str name, value;
    s = str_trim(s);
    if (s.len < 7 || !str_ieqs((struct str){s.p, 6}, "digest") || !ascii_is_space(s.p[6]))
        return false;
    s.p += 7;
    s.len -= 7;
    while (take_param(&s, &name, &value)) {
        struct {
            const char *name;
            struct str *to;
        } known[] = {{"realm", &c->realm}, {"nonce", &c->nonce},         {"opaque", &c->opaque},
                     {"qop", &c->qop},     {"algorithm", &c->algorithm}, {"stale", &c->stale}};
        for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
            if (str_ieqs(name, known[i].name))
                *known[i].to = value;
    }
    return c->nonce.p != NULL;
}

static enum digest_kind kind_of(struct str algorithm, bool *is_sess)
{
    static const struct {
        const char *name;
        enum digest_kind kind;
    } known[] = {{"MD5", DIGEST_MD5},
                 {"SHA-256", DIGEST_SHA256},
                 {"SHA-512-256", DIGEST_SHA512_256},
                 {"SHA-512", DIGEST_SHA512}};
    *is_sess =
        algorithm.len > 5 && str_ieqs((struct str){algorithm.p + algorithm.len - 5, 5}, "-sess");
    if (*is_sess)
        algorithm.len -= 5;
    if (algorithm.len == 0)
        return DIGEST_MD5;
    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
        if (str_ieqs(algorithm, known[i].name))
            return known[i].kind;
    return DIGEST_KINDS;
}

/* Is word in a list like "auth,auth-int"? */
static bool list_has(struct str list, const char *word)
{
    struct str item, rest;
    while (list.len > 0) {
        if (!str_cut(list, ',', &item, &rest)) {
            item = list;
            rest = (struct str){NULL, 0};
        }
        if (str_ieqs(str_trim(item), word))
            return true;
        list = rest;
    }
    return false;
}

/* Appends the hash of a:b:c... in hexadecimal. False when the library lacks the function. */
static bool put_hash(struct buf *out, struct digest_methods *m, enum digest_kind kind,
                     const struct str *parts, size_t count)
{
    uint8_t sum[DIGEST_MAX_LEN];
    struct digest *d = digest_new(m, kind);
    if (!d)
        return false;
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            digest_update(d, STR(":"));
        digest_update(d, parts[i]);
    }
    size_t len = digest_sum(d, sum);
    digest_free(d);
    for (size_t i = 0; i < len; i++)
        buf_addf(out, "%02x", sum[i]);
    return true;
}

static struct str text_of(const struct buf *b)
{
    return (struct str){b->data, b->len};
}

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Appends the `response` field's value. */
static bool put_response(struct buf *out, struct digest_methods *m, enum digest_kind kind,
                         const struct challenge *c, const struct auth_digest *a, bool is_sess,
                         struct str qop)
{
    struct buf ha1, ha2, extra;
    buf_init(&ha1, BUF_NO_LIMIT);
    buf_init(&ha2, BUF_NO_LIMIT);
    buf_init(&extra, BUF_NO_LIMIT);
    struct str a1[] = {a->user, c->realm, a->password};
    bool ok = put_hash(is_sess ? &extra : &ha1, m, kind, a1, COUNT(a1));
    if (ok && is_sess) {
        struct str again[] = {text_of(&extra), c->nonce, a->cnonce};
        ok = put_hash(&ha1, m, kind, again, COUNT(again));
    }
    bool with_body = str_eqs(qop, "auth-int");
    buf_clear(&extra);
    ok = ok && (!with_body || put_hash(&extra, m, kind, &a->body, 1));
    struct str a2[] = {a->method, a->uri, text_of(&extra)};
    ok = ok && put_hash(&ha2, m, kind, a2, with_body ? 3 : 2);
    if (ok && qop.len > 0) {
        struct str all[] = {text_of(&ha1), c->nonce, STR("00000001"),
                            a->cnonce,     qop,      text_of(&ha2)};
        ok = put_hash(out, m, kind, all, COUNT(all));
    } else if (ok) {
        struct str all[] = {text_of(&ha1), c->nonce, text_of(&ha2)};
        ok = put_hash(out, m, kind, all, COUNT(all));
    }
    buf_deinit(&ha1);
    buf_deinit(&ha2);
    buf_deinit(&extra);
    return ok;
}

/* A text of ours between quotes. What a challenge quoted goes back as it came. */
static void put_quoted(struct buf *out, struct str s)
{
    buf_addc(out, '"');
    for (size_t i = 0; i < s.len; i++) {
        if (s.p[i] == '"' || s.p[i] == '\\')
            buf_addc(out, '\\');
        buf_addc(out, s.p[i]);
    }
    buf_addc(out, '"');
}

/* Appends the Authorization value. */
static bool put_answer(struct buf *out, struct digest_methods *m, enum digest_kind kind,
                       const struct challenge *c, const struct auth_digest *a, bool is_sess,
                       struct str qop)
{
    struct buf response;
    buf_init(&response, BUF_NO_LIMIT);
    bool ok = put_response(&response, m, kind, c, a, is_sess, qop);
    if (ok) {
        buf_adds(out, "Digest username=");
        put_quoted(out, a->user);
        buf_addf(out, ", realm=\"%.*s\", nonce=\"%.*s\", uri=", (int)c->realm.len, c->realm.p,
                 (int)c->nonce.len, c->nonce.p);
        put_quoted(out, a->uri);
        buf_addf(out, ", response=\"%s\", cnonce=\"%.*s\", nc=00000001", response.data,
                 (int)a->cnonce.len, a->cnonce.p);
        if (qop.len > 0)
            buf_addf(out, ", qop=%.*s", (int)qop.len, qop.p);
        if (c->algorithm.len > 0)
            buf_addf(out, ", algorithm=%.*s", (int)c->algorithm.len, c->algorithm.p);
        if (c->opaque.p)
            buf_addf(out, ", opaque=\"%.*s\"", (int)c->opaque.len, c->opaque.p);
        if (c->stale.len > 0)
            buf_addf(out, ", stale=%.*s", (int)c->stale.len, c->stale.p);
    }
    buf_deinit(&response);
    return ok;
}

bool auth_digest_answer(struct buf *out, struct digest_methods *m, struct str challenge,
                        const struct auth_digest *a)
{
    struct challenge c = {.realm = STR("")};
    bool is_sess;
    if (!parse_challenge(challenge, &c))
        return false;
    enum digest_kind kind = kind_of(c.algorithm, &is_sess);
    struct str qop = list_has(c.qop, "auth")       ? STR("auth")
                     : list_has(c.qop, "auth-int") ? STR("auth-int")
                                                   : STR("");
    if (kind == DIGEST_KINDS || (qop.len == 0 && str_trim(c.qop).len > 0))
        return false;
    return put_answer(out, m, kind, &c, a, is_sess, qop);
}

bool auth_digest_answer_nothing(struct buf *out, struct digest_methods *m,
                                const struct auth_digest *a)
{
    const struct challenge none = {.realm = STR(""), .nonce = STR("")};
    return put_answer(out, m, DIGEST_MD5, &none, a, false, STR(""));
}
