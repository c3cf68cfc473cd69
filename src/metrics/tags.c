/* tags.c - tag sets: interned in a hash table of their pool, derived through a bounded cache. Knows
 * no metrics. Belongs to one worker's thread; only the items of a set may be read elsewhere while a
 * reference holds it.
 *
 * A set is one allocation: the struct, its tags, then the bytes of all keys and values. The hash of
 * a set is the sum of the hashes of its tags, so it doesn't depend on their order.
 *
 * The cache of derivations remembers "base + these tags, in this order = result". An entry is
 * exact, not a guess: it knows at which place of the result each given tag stands, and compares the
 * text there. Both sets are referenced by the entry.
 * Source: k6 docs, "Tags and groups". Tests: tags_test.c */
#include "metrics/tags.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/mem.h"

enum {
    DERIVE_LEN = 1024,     /* entries of the cache; a power of two */
    DERIVE_TAGS_MAX = 15,  /* derivations with more tags are not cached */
    TABLE_FIRST = 64,
    STACK_TAGS = 64,
};

struct derivation {
    struct tagset *base;
    struct tagset *result; /* NULL: the entry is free */
    uint64_t hash;
    uint16_t count;
    uint16_t at[DERIVE_TAGS_MAX]; /* where in the result the given tags are */
};

struct tag_pool {
    struct tagset **table; /* chains through tagset.next */
    size_t table_len;      /* a power of two */
    size_t len;
    struct tagset *empty;
    void (*drop_sinks)(void *sinks);
    struct derivation derived[DERIVE_LEN];
};

static uint64_t mix(uint64_t h)
{
    h ^= h >> 32;
    h *= UINT64_C(0x9e3779b97f4a7c15);
    return h ^ (h >> 29);
}

static uint64_t tag_hash(struct str key, struct str value)
{
    uint64_t k = str_hash(key);
    return mix(((k << 17) | (k >> 47)) ^ str_hash(value));
}

/* The look-up of a derivation is on the path of every request and sees a hundred bytes of short
 * texts, for which calling memcpy and memcmp costs more than their work. The next three do it
 * inline, a word at a time. */
static inline uint64_t word_at(const char *p, size_t len)
{
    uint64_t word = 0;
    uint32_t low, high;
    if (len >= 8) {
        memcpy(&word, p, 8);
    } else if (len >= 4) {
        memcpy(&low, p, 4);
        memcpy(&high, p + len - 4, 4);
        word = (uint64_t)high << 32 | low;
    } else if (len > 0) {
        word = (uint64_t)(unsigned char)p[0] << 16 | (uint64_t)(unsigned char)p[len / 2] << 8 |
               (unsigned char)p[len - 1];
    }
    return word;
}

/* Chosen by scripts and, through response headers, by servers: a collision costs a rebuild, never a
 * wrong set. */
static inline uint64_t hash_more(uint64_t h, struct str s)
{
    const char *p = s.p;
    size_t left = s.len;
    h = (h ^ s.len) * UINT64_C(0xe7037ed1a0b428db);
    for (; left > 8; p += 8, left -= 8)
        h = mix(h ^ word_at(p, 8));
    return mix(h ^ word_at(p, left));
}

static inline bool same_text(struct str a, struct str b)
{
    if (a.len != b.len)
        return false;
    const char *p = a.p, *q = b.p;
    size_t left = a.len;
    for (; left > 8; p += 8, q += 8, left -= 8)
        if (word_at(p, 8) != word_at(q, 8))
            return false;
    return word_at(p, left) == word_at(q, left);
}

/* ---- the table ---- */

static bool tagset_equals(const struct tagset *t, uint64_t hash, const struct tag *tags,
                          size_t count)
{
    if (t->hash != hash || t->count != count)
        return false;
    for (size_t i = 0; i < count; i++)
        if (!str_eq(t->items[i].key, tags[i].key) || !str_eq(t->items[i].value, tags[i].value))
            return false;
    return true;
}

static void pool_grow(struct tag_pool *p)
{
    size_t len = p->table_len * 2;
    struct tagset **table = mem_calloc(len, sizeof *table);
    for (size_t i = 0; i < p->table_len; i++) {
        for (struct tagset *t = p->table[i], *next; t != NULL; t = next) {
            next = t->next;
            t->next = table[t->hash & (len - 1)];
            table[t->hash & (len - 1)] = t;
        }
    }
    mem_free(p->table);
    p->table = table;
    p->table_len = len;
}

static struct str copy_text(char **at, struct str s)
{
    char *to = *at;
    if (s.len > 0)
        memcpy(to, s.p, s.len);
    to[s.len] = '\0';
    *at = to + s.len + 1;
    return (struct str){to, s.len};
}

static struct tagset *tagset_new(struct tag_pool *p, uint64_t hash, const struct tag *tags,
                                 size_t count)
{
    size_t text_len = 0;
    for (size_t i = 0; i < count; i++)
        text_len += tags[i].key.len + tags[i].value.len + 2;
    struct tagset *t = mem_alloc(sizeof *t + count * sizeof t->items[0] + text_len);
    char *text = (char *)&t->items[count];
    t->count = (uint32_t)count;
    t->refs = 1;
    t->hash = hash;
    t->pool = p;
    t->sinks = NULL;
    for (size_t i = 0; i < count; i++) {
        t->items[i].key = copy_text(&text, tags[i].key);
        t->items[i].value = copy_text(&text, tags[i].value);
    }
    if (p->len >= p->table_len)
        pool_grow(p);
    struct tagset **head = &p->table[hash & (p->table_len - 1)];
    t->next = *head;
    *head = t;
    p->len++;
    return t;
}

/* The set of these tags, sorted and without doubles: a new reference. */
static struct tagset *pool_intern(struct tag_pool *p, const struct tag *tags, size_t count)
{
    uint64_t hash = 0;
    for (size_t i = 0; i < count; i++)
        hash += tag_hash(tags[i].key, tags[i].value);
    for (struct tagset *t = p->table[hash & (p->table_len - 1)]; t != NULL; t = t->next)
        if (tagset_equals(t, hash, tags, count))
            return tags_ref(t);
    return tagset_new(p, hash, tags, count);
}

static void tagset_drop_sinks(struct tagset *t)
{
    if (t->sinks != NULL && t->pool->drop_sinks != NULL)
        t->pool->drop_sinks(t->sinks);
    t->sinks = NULL;
}

static void tagset_free(struct tagset *t)
{
    struct tag_pool *p = t->pool;
    struct tagset **link = &p->table[t->hash & (p->table_len - 1)];
    while (*link != t)
        link = &(*link)->next;
    *link = t->next;
    p->len--;
    tagset_drop_sinks(t);
    mem_free(t);
}

/* ---- pool ---- */

struct tag_pool *tag_pool_new(void)
{
    struct tag_pool *p = MEM_NEW(struct tag_pool);
    p->table_len = TABLE_FIRST;
    p->table = mem_calloc(p->table_len, sizeof(struct tagset *));
    p->empty = pool_intern(p, NULL, 0);
    return p;
}

static void derivation_clear(struct derivation *d)
{
    if (d->result == NULL)
        return;
    struct tagset *base = d->base, *result = d->result;
    d->result = NULL;
    tags_unref(base);
    tags_unref(result);
}

void tag_pool_free(struct tag_pool *p)
{
    if (p == NULL)
        return;
    for (size_t i = 0; i < DERIVE_LEN; i++)
        derivation_clear(&p->derived[i]);
    tags_unref(p->empty);
    CHECK(p->len == 0); /* somebody still holds a set and would read freed memory */
    mem_free(p->table);
    mem_free(p);
}

size_t tag_pool_len(const struct tag_pool *p)
{
    return p->len;
}

void tag_pool_set_drop_sinks(struct tag_pool *p, void (*drop)(void *sinks))
{
    if (drop == NULL)
        for (size_t i = 0; i < p->table_len; i++)
            for (struct tagset *t = p->table[i]; t != NULL; t = t->next)
                tagset_drop_sinks(t);
    p->drop_sinks = drop;
}

/* ---- references and reading ---- */

struct tagset *tags_empty(struct tag_pool *p)
{
    return tags_ref(p->empty);
}

struct tagset *tags_ref(struct tagset *t)
{
    t->refs++;
    return t;
}

void tags_unref(struct tagset *t)
{
    if (t != NULL && --t->refs == 0)
        tagset_free(t);
}

bool tags_get(const struct tagset *t, const char *key, struct str *value)
{
    size_t len = strlen(key);
    for (uint32_t i = 0; i < t->count; i++) {
        if (t->items[i].key.len == len && memcmp(t->items[i].key.p, key, len) == 0) {
            *value = t->items[i].value;
            return true;
        }
    }
    return false;
}

/* ---- deriving ---- */

static struct derivation *derive_find(struct tag_pool *p, const struct tagset *base, uint64_t hash,
                                      const struct tag *tags, size_t count)
{
    for (unsigned way = 0; way < 2; way++) {
        struct derivation *d = &p->derived[(hash & (DERIVE_LEN - 1)) ^ way];
        if (d->result == NULL || d->hash != hash || d->base != base || d->count != count)
            continue;
        size_t i = 0;
        while (i < count && same_text(d->result->items[d->at[i]].key, tags[i].key) &&
               same_text(d->result->items[d->at[i]].value, tags[i].value))
            i++;
        if (i == count)
            return d;
    }
    return NULL;
}

static void derive_remember(struct tag_pool *p, struct tagset *base, uint64_t hash,
                            const struct tag *tags, size_t count, struct tagset *result)
{
    struct derivation made = {
        .base = base, .result = result, .hash = hash, .count = (uint16_t)count};
    for (size_t i = 0; i < count; i++) {
        uint32_t at = 0;
        while (at < result->count && !str_eq(result->items[at].key, tags[i].key))
            at++;
        if (at > UINT16_MAX || !str_eq(result->items[at].value, tags[i].value))
            return; /* a later tag of the same key replaced this one: too rare to remember */
        made.at[i] = (uint16_t)at;
    }
    tags_ref(base);
    tags_ref(result);
    /* The newest takes its first place and pushes what was there to the second, whose tenant
     * goes. */
    struct derivation *first = &p->derived[hash & (DERIVE_LEN - 1)];
    struct derivation *second = &p->derived[(hash & (DERIVE_LEN - 1)) ^ 1];
    struct derivation old = *second;
    *second = *first;
    *first = made;
    derivation_clear(&old);
}

/* Puts a tag in its place of a sorted list that has room. */
static size_t sorted_put(struct tag *list, size_t len, struct tag tag)
{
    size_t at = len;
    while (at > 0) {
        int order = str_cmp(list[at - 1].key, tag.key);
        if (order == 0) {
            list[at - 1] = tag;
            return len;
        }
        if (order < 0)
            break;
        at--;
    }
    memmove(&list[at + 1], &list[at], (len - at) * sizeof *list);
    list[at] = tag;
    return len + 1;
}

static struct tagset *derive_new(struct tagset *base, const struct tag *tags, size_t count)
{
    struct tag small[STACK_TAGS];
    size_t most = base->count + count;
    struct tag *list = most <= STACK_TAGS ? small : mem_alloc(most * sizeof *list);
    size_t len = base->count;
    memcpy(list, base->items, len * sizeof *list);
    for (size_t i = 0; i < count; i++)
        len = sorted_put(list, len, tags[i]);
    struct tagset *result = pool_intern(base->pool, list, len);
    if (list != small)
        mem_free(list);
    return result;
}

struct tagset *tags_with_many(struct tagset *base, const struct tag *tags, size_t count)
{
    if (count == 0)
        return tags_ref(base);
    if (count > DERIVE_TAGS_MAX)
        return derive_new(base, tags, count);
    uint64_t hash = (uint64_t)(uintptr_t)base;
    for (size_t i = 0; i < count; i++)
        hash = hash_more(hash_more(hash, tags[i].key), tags[i].value);
    struct derivation *d = derive_find(base->pool, base, hash, tags, count);
    if (d != NULL)
        return tags_ref(d->result);
    struct tagset *result = derive_new(base, tags, count);
    derive_remember(base->pool, base, hash, tags, count, result);
    return result;
}

struct tagset *tags_with(struct tagset *base, struct str key, struct str value)
{
    struct tag tag = {key, value};
    return tags_with_many(base, &tag, 1);
}

struct tagset *tags_without(struct tagset *base, struct str key)
{
    struct tag small[STACK_TAGS];
    struct tag *list = base->count <= STACK_TAGS ? small : mem_alloc(base->count * sizeof *list);
    size_t len = 0;
    for (uint32_t i = 0; i < base->count; i++)
        if (!str_eq(base->items[i].key, key))
            list[len++] = base->items[i];
    struct tagset *result = len == base->count ? tags_ref(base)
                                               : pool_intern(base->pool, list, len);
    if (list != small)
        mem_free(list);
    return result;
}

struct tagset *tags_copy_to(struct tag_pool *p, const struct tagset *t)
{
    return pool_intern(p, t->items, t->count);
}

/* ---- system tags ---- */

static const struct {
    const char *name;
    enum system_tag tag;
} system_tags[] = {
    {"proto", TAG_PROTO},
    {"subproto", TAG_SUBPROTO},
    {"status", TAG_STATUS},
    {"method", TAG_METHOD},
    {"url", TAG_URL},
    {"name", TAG_NAME},
    {"group", TAG_GROUP},
    {"check", TAG_CHECK},
    {"error", TAG_ERROR},
    {"error_code", TAG_ERROR_CODE},
    {"tls_version", TAG_TLS_VERSION},
    {"scenario", TAG_SCENARIO},
    {"service", TAG_SERVICE},
    {"expected_response", TAG_EXPECTED_RESPONSE},
    {"iter", TAG_ITER},
    {"vu", TAG_VU},
    {"ocsp_status", TAG_OCSP_STATUS},
    {"ip", TAG_IP},
};

uint32_t system_tag_parse(struct str name)
{
    for (size_t i = 0; i < sizeof system_tags / sizeof system_tags[0]; i++)
        if (str_eqs(name, system_tags[i].name))
            return system_tags[i].tag;
    return 0;
}

const char *system_tag_name(enum system_tag t)
{
    for (size_t i = 0; i < sizeof system_tags / sizeof system_tags[0]; i++)
        if (system_tags[i].tag == t)
            return system_tags[i].name;
    return "";
}
