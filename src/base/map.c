/* map.c - hash map from byte strings to pointers.
 * Entries lie in one array in the order they came; a table of positions, open addressing with
 * linear probing, finds them. Removing leaves a hole in the array, which only the next growth
 * closes: that is what lets a walk remove the entry it stands on. Tests: map_test.c */
#include "base/map.h"

#include <stdint.h>
#include <string.h>

#include "base/err.h"
#include "base/mem.h"

enum { SLOT_EMPTY = 0, SLOT_REMOVED = 1, SLOT_FIRST = 2, MAP_FIRST_SLOTS = 8 };

struct map_item {
    char *key; /* NULL: a hole */
    size_t key_len;
    uint64_t hash;
    void *value;
};

struct map {
    struct map_item *items;
    size_t item_count; /* holes included */
    size_t len;        /* without holes */
    uint32_t *slots;   /* SLOT_EMPTY, SLOT_REMOVED, or SLOT_FIRST + position in items */
    size_t slot_count; /* a power of two, or 0; items has room for 3/4 of it */
};

struct map *map_new(void)
{
    return MEM_NEW(struct map);
}

void map_free(struct map *m, void (*free_value)(void *value))
{
    if (m == NULL)
        return;
    for (size_t i = 0; i < m->item_count; i++) {
        if (m->items[i].key == NULL)
            continue;
        mem_free(m->items[i].key);
        if (free_value != NULL)
            free_value(m->items[i].value);
    }
    mem_free(m->items);
    mem_free(m->slots);
    mem_free(m);
}

/* The slot that holds key, or NULL. */
static uint32_t *map_find(const struct map *m, struct str key, uint64_t hash)
{
    if (m->len == 0)
        return NULL;
    size_t mask = m->slot_count - 1;
    for (size_t i = (size_t)hash & mask;; i = (i + 1) & mask) {
        uint32_t slot = m->slots[i];
        if (slot == SLOT_EMPTY)
            return NULL;
        if (slot == SLOT_REMOVED)
            continue;
        const struct map_item *item = &m->items[slot - SLOT_FIRST];
        if (item->hash == hash && str_eq((struct str){item->key, item->key_len}, key))
            return &m->slots[i];
    }
}

static void map_place(struct map *m, uint64_t hash, size_t position)
{
    size_t mask = m->slot_count - 1;
    size_t i = (size_t)hash & mask;
    while (m->slots[i] >= SLOT_FIRST)
        i = (i + 1) & mask;
    m->slots[i] = (uint32_t)(SLOT_FIRST + position);
}

/* Closes the holes and makes room for one more. Since every item used, hole or not, counts against
 * 3/4 of the slots, a probe always meets an empty one. */
static void map_grow(struct map *m)
{
    size_t slot_count = m->slot_count > 0 ? m->slot_count : MAP_FIRST_SLOTS;
    while (slot_count * 3 / 4 < (m->len + 1) * 4 / 3)
        slot_count *= 2;
    CHECK(slot_count <= UINT32_MAX / 2);
    size_t kept = 0;
    for (size_t i = 0; i < m->item_count; i++)
        if (m->items[i].key != NULL)
            m->items[kept++] = m->items[i];
    m->item_count = kept;
    m->items = mem_realloc(m->items, slot_count * 3 / 4 * sizeof *m->items);
    mem_free(m->slots);
    m->slots = mem_calloc(slot_count, sizeof *m->slots);
    m->slot_count = slot_count;
    for (size_t i = 0; i < kept; i++)
        map_place(m, m->items[i].hash, i);
}

void *map_get(const struct map *m, struct str key)
{
    const uint32_t *slot = map_find(m, key, str_hash(key));
    return slot != NULL ? m->items[*slot - SLOT_FIRST].value : NULL;
}

void *map_gets(const struct map *m, const char *key)
{
    return map_get(m, str_of(key));
}

bool map_has(const struct map *m, struct str key)
{
    return map_find(m, key, str_hash(key)) != NULL;
}

void *map_put(struct map *m, struct str key, void *value)
{
    uint64_t hash = str_hash(key);
    const uint32_t *slot = map_find(m, key, hash);
    if (slot != NULL) {
        struct map_item *item = &m->items[*slot - SLOT_FIRST];
        void *old = item->value;
        item->value = value;
        return old;
    }
    if (m->item_count >= m->slot_count * 3 / 4)
        map_grow(m);
    m->items[m->item_count] = (struct map_item){mem_strndup(key.p, key.len), key.len, hash, value};
    map_place(m, hash, m->item_count);
    m->item_count++;
    m->len++;
    return NULL;
}

void *map_puts(struct map *m, const char *key, void *value)
{
    return map_put(m, str_of(key), value);
}

void *map_remove(struct map *m, struct str key)
{
    uint32_t *slot = map_find(m, key, str_hash(key));
    if (slot == NULL)
        return NULL;
    struct map_item *item = &m->items[*slot - SLOT_FIRST];
    void *value = item->value;
    mem_free(item->key); /* key may have been this very text: it is not looked at any more */
    *item = (struct map_item){0};
    *slot = SLOT_REMOVED;
    m->len--;
    return value;
}

size_t map_len(const struct map *m)
{
    return m->len;
}

bool map_next(const struct map *m, size_t *at, struct map_entry *fills)
{
    while (*at < m->item_count && m->items[*at].key == NULL)
        ++*at;
    if (*at >= m->item_count)
        return false;
    const struct map_item *item = &m->items[(*at)++];
    fills->key = (struct str){item->key, item->key_len};
    fills->value = item->value;
    return true;
}
