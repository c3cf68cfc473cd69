/* shared_array.c - see shared_array.h. The offsets are 32 bits wide while that is enough, which it
 * nearly always is: for short elements they are a good part of the whole.
 * Tests: shared_array_test.c */
#include "modules/data/shared_array.h"

#include <pthread.h>

#include "base/buf.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/vec.h"
#include "modules/data/packed.h"

struct shared_array {
    uint8_t *data;
    size_t data_len;
    size_t len;
    uint32_t *offsets;      /* NULL: wide is used */
    uint64_t *wide_offsets; /* data longer than 4 GiB */
    struct packed_keys keys;
};

struct shared_array_builder {
    struct buf data;
    VEC(uint64_t) offsets;
    struct packed_keys keys;
};

struct entry {
    struct shared_array *array; /* NULL: being made */
    const void *owner;
};

struct shared_array_store {
    pthread_mutex_t lock;
    struct map *entries; /* struct entry by name */
};

/* ---- building ---- */

struct shared_array_builder *shared_array_builder_new(void)
{
    struct shared_array_builder *b = MEM_NEW(struct shared_array_builder);
    buf_init(&b->data, BUF_NO_LIMIT);
    packed_keys_init(&b->keys);
    return b;
}

void shared_array_builder_free(struct shared_array_builder *b)
{
    if (b == NULL)
        return;
    buf_deinit(&b->data);
    VEC_DEINIT(&b->offsets);
    packed_keys_deinit(&b->keys);
    mem_free(b);
}

int shared_array_add_json(struct shared_array_builder *b, struct str json, struct err *e)
{
    size_t at = b->data.len;
    int rc = packed_put(&b->data, &b->keys, json, e);
    if (rc == 0)
        VEC_PUSH(&b->offsets, at);
    return rc;
}

int shared_array_add_invalid(struct shared_array_builder *b)
{
    size_t at = b->data.len;
    int rc = packed_put_invalid(&b->data);
    if (rc == 0)
        VEC_PUSH(&b->offsets, at);
    return rc;
}

struct shared_array *shared_array_finish(struct shared_array_builder *takes)
{
    struct shared_array *a = MEM_NEW(struct shared_array);
    size_t len = takes->offsets.len;
    a->len = len;
    a->data_len = takes->data.len;
    if (len > 0) {
        a->data = mem_realloc(buf_take(&takes->data), a->data_len);
        if (a->data_len <= UINT32_MAX) {
            a->offsets = mem_alloc(len * sizeof *a->offsets);
            for (size_t i = 0; i < len; i++)
                a->offsets[i] = (uint32_t)takes->offsets.items[i];
        } else {
            a->wide_offsets = mem_dup(takes->offsets.items, len * sizeof *a->wide_offsets);
        }
    }
    a->keys = takes->keys;
    takes->keys = (struct packed_keys){.count = 0};
    shared_array_builder_free(takes);
    return a;
}

/* ---- reading ---- */

size_t shared_array_len(const struct shared_array *a)
{
    return a->len;
}

const uint8_t *shared_array_at(const struct shared_array *a, size_t i)
{
    return a->data + (a->offsets != NULL ? a->offsets[i] : a->wide_offsets[i]);
}

uint32_t shared_array_key_count(const struct shared_array *a)
{
    return a->keys.count;
}

struct str shared_array_key(const struct shared_array *a, uint32_t place)
{
    return a->keys.items[place];
}

size_t shared_array_memory(const struct shared_array *a)
{
    size_t offset_size = a->offsets != NULL ? sizeof *a->offsets : sizeof *a->wide_offsets;
    size_t keys_len = 0;
    for (uint32_t i = 0; i < a->keys.count; i++)
        keys_len += a->keys.items[i].len + 1;
    return sizeof *a + a->data_len + a->len * offset_size + keys_len * 2;
}

void shared_array_free(struct shared_array *a)
{
    if (a == NULL)
        return;
    mem_free(a->data);
    mem_free(a->offsets);
    mem_free(a->wide_offsets);
    packed_keys_deinit(&a->keys);
    mem_free(a);
}

/* ---- the store ---- */

struct shared_array_store *shared_array_store_new(void)
{
    struct shared_array_store *s = MEM_NEW(struct shared_array_store);
    CHECK(pthread_mutex_init(&s->lock, NULL) == 0);
    s->entries = map_new();
    return s;
}

static void entry_free(void *value)
{
    struct entry *entry = value;
    shared_array_free(entry->array);
    mem_free(entry);
}

void shared_array_store_free(struct shared_array_store *s)
{
    if (s == NULL)
        return;
    map_free(s->entries, entry_free);
    pthread_mutex_destroy(&s->lock);
    mem_free(s);
}

enum shared_array_claim shared_array_claim(struct shared_array_store *s, struct str name,
                                           const void *owner, const struct shared_array **out)
{
    enum shared_array_claim result;
    pthread_mutex_lock(&s->lock);
    struct entry *entry = map_get(s->entries, name);
    if (entry == NULL) {
        entry = MEM_NEW(struct entry);
        entry->owner = owner;
        map_put(s->entries, name, entry);
        result = SHARED_ARRAY_YOURS;
    } else if (entry->array != NULL) {
        *out = entry->array;
        result = SHARED_ARRAY_FOUND;
    } else {
        result = entry->owner == owner ? SHARED_ARRAY_MINE : SHARED_ARRAY_WAIT;
    }
    pthread_mutex_unlock(&s->lock);
    return result;
}

const struct shared_array *shared_array_publish(struct shared_array_store *s, struct str name,
                                                struct shared_array *takes)
{
    pthread_mutex_lock(&s->lock);
    struct entry *entry = map_get(s->entries, name);
    CHECK(entry != NULL && entry->array == NULL);
    entry->array = takes;
    pthread_mutex_unlock(&s->lock);
    return takes;
}

void shared_array_drop(struct shared_array_store *s, struct str name)
{
    pthread_mutex_lock(&s->lock);
    struct entry *entry = map_remove(s->entries, name);
    pthread_mutex_unlock(&s->lock);
    CHECK(entry != NULL && entry->array == NULL);
    entry_free(entry);
}
