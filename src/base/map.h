/* map.h - hash map from byte strings to pointers, insertion order kept. Copies keys, never the values.
 * Not safe between threads. */
#ifndef C6_MAP_H
#define C6_MAP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

struct map;
struct map_entry {
    struct str key; /* NUL-terminated too */
    void *value;
};

struct map *map_new(void);
void map_free(struct map *m, void (*free_value)(void *value)); /* free_value may be NULL */
void *map_get(const struct map *m, struct str key);            /* NULL when absent */
void *map_gets(const struct map *m, const char *key);
bool map_has(const struct map *m, struct str key);
void *map_put(struct map *m, struct str key, void *value);     /* returns the value replaced, or NULL */
void *map_puts(struct map *m, const char *key, void *value);
void *map_remove(struct map *m, struct str key);               /* returns the value, or NULL */
size_t map_len(const struct map *m);
/* Walks in insertion order: `for (size_t at = 0; map_next(m, &at, &e);)`. Removing the entry just
 * returned is allowed, inserting is not. */
bool map_next(const struct map *m, size_t *at, struct map_entry *fills);

#endif
