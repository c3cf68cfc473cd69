/* mod_http_target.c - urls of k6/http: parsed once and remembered, since scripts ask for the same
 * ones again and again. Tests: mod_http_target_test.c */
#include "modules/http/http_int.h"

#include <string.h>

/* k6 cuts credentials out by the lengths of what they decode to: an escaped one leaves its last
 * bytes behind. */
void mod_http_target_put_clean_text(struct buf *out, struct str text, const struct url *u)
{
    size_t head = u->scheme.len + 3;
    if (!u->has_user || head > text.len) {
        buf_add_str(out, text);
        return;
    }
    size_t gone = head + u->user.len + (u->has_password ? 1 + u->password.len : 0);
    buf_add(out, text.p, head);
    buf_adds(out, u->has_password ? "****:****" : "****");
    if (gone < text.len)
        buf_add(out, text.p + gone, text.len - gone);
}

void mod_http_target_put_clean(struct buf *out, const struct url *u)
{
    struct buf full;
    buf_init(&full, BUF_NO_LIMIT);
    url_put(&full, u, true);
    mod_http_target_put_clean_text(out, (struct str){full.data, full.len}, u);
    buf_deinit(&full);
}

static struct str take_str(struct buf *b)
{
    size_t len = b->len;
    return (struct str){buf_take(b), len};
}

static int parse_raw(struct url **out, struct str raw, struct err *e)
{
    struct err why = {0};
    int rc = url_parse(out, raw, &why);
    if (rc < 0) {
        struct buf quoted;
        buf_init(&quoted, BUF_NO_LIMIT);
        buf_add_quoted(&quoted, raw);
        err_set(e, ERR_INVALID, "invalid URL: parse %s: %s", quoted.data,
                why.msg ? why.msg : err_code_text(rc));
        buf_deinit(&quoted);
    }
    err_deinit(&why);
    return rc;
}

struct http_target *mod_http_target_new(struct str raw, struct str name, struct err *e)
{
    struct url *u = NULL;
    if (parse_raw(&u, raw, e) < 0)
        return NULL;
    struct http_target *t = MEM_NEW(struct http_target);
    struct buf b;
    t->refs = 1;
    t->url = u;
    t->raw = (struct str){mem_strndup(raw.p ? raw.p : "", raw.len), raw.len};
    buf_init(&b, BUF_NO_LIMIT);
    url_put(&b, u, true);
    t->full = take_str(&b);
    mod_http_target_put_clean_text(&b, t->full, u);
    t->clean = take_str(&b);
    /* A template without places is no name, the url is. */
    mod_http_target_put_clean_text(&b, t->raw, u);
    if (name.len > 0 && !str_eq(name, raw) && !str_eqs(name, b.data))
        t->name = (struct str){mem_strndup(name.p, name.len), name.len};
    buf_deinit(&b);
    return t;
}

struct http_target *mod_http_target_ref(struct http_target *t)
{
    t->refs++;
    return t;
}

void mod_http_target_unref(struct http_target *t)
{
    if (!t || --t->refs > 0)
        return;
    url_free(t->url);
    mem_free((char *)t->raw.p);
    mem_free((char *)t->full.p);
    mem_free((char *)t->clean.p);
    mem_free((char *)t->name.p);
    mem_free(t);
}

struct http_target *mod_http_target_get(struct http_target_cache *c, struct str raw, struct err *e)
{
    for (unsigned i = 0; i < TARGET_SLOTS; i++) {
        struct http_target *t = c->slots[i];
        if (t && t->raw.len == raw.len && memcmp(t->raw.p, raw.p, raw.len) == 0)
            return mod_http_target_ref(t);
    }
    struct http_target *t = mod_http_target_new(raw, STR(""), e);
    if (t) {
        mod_http_target_unref(c->slots[c->next]);
        c->slots[c->next] = mod_http_target_ref(t);
        c->next = (c->next + 1) % TARGET_SLOTS;
    }
    return t;
}

void mod_http_target_cache_clear(struct http_target_cache *c)
{
    for (unsigned i = 0; i < TARGET_SLOTS; i++)
        mod_http_target_unref(c->slots[i]);
    memset(c, 0, sizeof(*c));
}
