/* mod_http_tags.c - the tag set of a hop's samples, by k6's rules, made once and found again for
 * the next request like it. Scripts repeat a few kinds of request; finding theirs costs a few
 * compares, no text and no interning. Source: k6 docs, "Tags and groups", "System tags". Tests:
 * mod_http_tags_test.c */
#include "modules/http/http_int.h"

#include <stdio.h>
#include <string.h>

enum { TAGS_MAX = 12 };

static bool same(struct str a, struct str b)
{
    return a.len == b.len && (a.p == b.p || a.len == 0 || memcmp(a.p, b.p, a.len) == 0);
}

static bool key_equal(const struct http_tag_key *a, const struct http_tag_key *b)
{
    return a->base == b->base && a->status == b->status && a->code == b->code &&
           a->expected == b->expected && a->tls_version == b->tls_version &&
           a->ocsp_status == b->ocsp_status && same(a->url, b->url) &&
           same(a->method, b->method) && same(a->proto, b->proto) && same(a->ip, b->ip) &&
           same(a->error, b->error);
}

static void slot_clear(struct http_tag_slot *s)
{
    tags_unref(s->key.base);
    tags_unref(s->tags);
    mem_free(s->texts);
    memset(s, 0, sizeof(*s));
}

void mod_http_tags_clear(struct http_tag_cache *c)
{
    for (unsigned i = 0; i < TAG_SLOTS; i++)
        slot_clear(&c->slots[i]);
}

/* Lays the key's texts into one allocation, so that the slot outlives whoever lent them. */
static void slot_own_texts(struct http_tag_slot *s)
{
    struct str *texts[] = {&s->key.url, &s->key.method, &s->key.proto, &s->key.ip, &s->key.error};
    size_t total = 1;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        total += texts[i]->len;
    char *at = s->texts = mem_alloc(total);
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        if (texts[i]->len > 0)
            memcpy(at, texts[i]->p, texts[i]->len);
        texts[i]->p = at;
        at += texts[i]->len;
    }
}

struct tag_builder {
    struct tag tags[TAGS_MAX];
    size_t count;
    uint32_t on;
};

static void put(struct tag_builder *b, enum system_tag which, const char *key, struct str value)
{
    if (b->on & which)
        b->tags[b->count++] = (struct tag){str_of(key), value};
}

/* System tags win over the script's own, but for name: a name that was given also stands in for the
 * url. */
static struct tagset *make(const struct http_tag_key *k, uint32_t on)
{
    struct tag_builder b = {.on = on};
    char code[12], status[12];
    struct str name;
    if (tags_get(k->base, "name", &name)) {
        put(&b, TAG_URL, "url", name);
    } else {
        put(&b, TAG_NAME, "name", k->url);
        put(&b, TAG_URL, "url", k->url);
    }
    put(&b, TAG_METHOD, "method", k->method);
    if (k->error.len > 0)
        put(&b, TAG_ERROR, "error", k->error);
    snprintf(code, sizeof(code), "%d", k->code);
    if (k->code > 0)
        put(&b, TAG_ERROR_CODE, "error_code", str_of(code));
    snprintf(status, sizeof(status), "%d", k->status);
    put(&b, TAG_STATUS, "status", str_of(status));
    if (k->proto.len > 0)
        put(&b, TAG_PROTO, "proto", k->proto);
    if (k->tls_version) {
        put(&b, TAG_TLS_VERSION, "tls_version", str_of(k->tls_version));
        put(&b, TAG_OCSP_STATUS, "ocsp_status",
            k->ocsp_status ? str_of(k->ocsp_status) : STR("unknown"));
    }
    if (k->ip.len > 0)
        put(&b, TAG_IP, "ip", k->ip);
    if (k->expected >= 0)
        put(&b, TAG_EXPECTED_RESPONSE, "expected_response",
            k->expected ? STR("true") : STR("false"));
    return tags_with_many(k->base, b.tags, b.count);
}

struct tagset *mod_http_tags_get(struct http_tag_cache *c, const struct http_tag_key *key,
                                 uint32_t system_tags)
{
    if (c->slots[c->last].tags && key_equal(&c->slots[c->last].key, key))
        return c->slots[c->last].tags;
    for (unsigned i = 0; i < TAG_SLOTS; i++) {
        if (c->slots[i].tags && key_equal(&c->slots[i].key, key)) {
            c->last = i;
            return c->slots[i].tags;
        }
    }
    struct http_tag_slot *s = &c->slots[c->next];
    struct tagset *tags = make(key, system_tags);
    slot_clear(s);
    s->key = *key;
    tags_ref(key->base);
    slot_own_texts(s);
    s->tags = tags;
    c->last = c->next;
    c->next = (c->next + 1) % TAG_SLOTS;
    return tags;
}
