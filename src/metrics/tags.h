/* tags.h - tag sets: immutable, sorted, interned lists of key=value. One pool a worker, used by its
 * thread alone; a set is counted (ref/unref by the pool's thread only) and leaves the pool with its
 * last reference, so unique tags don't pile up. Equal sets of one pool are the same pointer.
 * Deriving with more tags is cached, because scripts do it for every request; the cache is bounded
 * and keeps its sets alive. System tags: which of k6's built-in tags are on is a bit mask.
 * Source: k6 docs, "Tags and groups". */
#ifndef C6_TAGS_H
#define C6_TAGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

struct tag {
    struct str key; /* both NUL-terminated, alive as long as the set */
    struct str value;
};

struct tagset {
    uint32_t count;
    uint32_t refs;      /* private */
    uint64_t hash;      /* private */
    struct tag_pool *pool;
    struct tagset *next; /* private: chain in the pool's table */
    void *sinks;        /* private to shard.c: where samples with this set go */
    struct tag items[]; /* sorted by key */
};

struct tag_pool;
struct tag_pool *tag_pool_new(void);
/* every set must be released before, but for the pool's own caches */
void tag_pool_free(struct tag_pool *p);
size_t tag_pool_len(const struct tag_pool *p); /* sets there are now, cached ones included */
/* For shard.c: what to do with a set's `sinks` when the set goes. NULL lets go of all there are and
 * of the hook. */
void tag_pool_set_drop_sinks(struct tag_pool *p, void (*drop)(void *sinks));

struct tagset *tags_empty(struct tag_pool *p);                 /* a new reference */
struct tagset *tags_ref(struct tagset *t);                     /* returns t */
void tags_unref(struct tagset *t);                             /* NULL is fine */
/* New references; base is borrowed. A key that is there is replaced. */
struct tagset *tags_with(struct tagset *base, struct str key, struct str value);
/* later ones win */
struct tagset *tags_with_many(struct tagset *base, const struct tag *tags, size_t count);
struct tagset *tags_without(struct tagset *base, struct str key);
bool tags_get(const struct tagset *t, const char *key, struct str *value);
/* The same tags in another worker's pool; t may be read from any thread while a reference holds
 * it. */
struct tagset *tags_copy_to(struct tag_pool *p, const struct tagset *t);

enum system_tag {
    TAG_PROTO = 1 << 0,
    TAG_SUBPROTO = 1 << 1,
    TAG_STATUS = 1 << 2,
    TAG_METHOD = 1 << 3,
    TAG_URL = 1 << 4,
    TAG_NAME = 1 << 5,
    TAG_GROUP = 1 << 6,
    TAG_CHECK = 1 << 7,
    TAG_ERROR = 1 << 8,
    TAG_ERROR_CODE = 1 << 9,
    TAG_TLS_VERSION = 1 << 10,
    TAG_SCENARIO = 1 << 11,
    TAG_SERVICE = 1 << 12,
    TAG_EXPECTED_RESPONSE = 1 << 13,
    TAG_ITER = 1 << 14,
    TAG_VU = 1 << 15,
    TAG_OCSP_STATUS = 1 << 16,
    TAG_IP = 1 << 17,
};
#define SYSTEM_TAGS_DEFAULT                                                                        \
    (TAG_PROTO | TAG_SUBPROTO | TAG_STATUS | TAG_METHOD | TAG_URL | TAG_NAME | TAG_GROUP |         \
     TAG_CHECK | TAG_ERROR | TAG_ERROR_CODE | TAG_TLS_VERSION | TAG_SCENARIO | TAG_SERVICE |       \
     TAG_EXPECTED_RESPONSE)
/* when on they are metadata of the sample, not tags */
#define SYSTEM_TAGS_METADATA (TAG_VU | TAG_ITER)
uint32_t system_tag_parse(struct str name); /* 0 when unknown */
const char *system_tag_name(enum system_tag t);

#endif
