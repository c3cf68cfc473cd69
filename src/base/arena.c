/* arena.c - arenas: many small pieces cut from a few chunks, freed together.
 * Declared in mem.h. An arena belongs to one thread at a time.
 * Under AddressSanitizer the unused part of each chunk is poisoned, so that reading past a piece,
 * or a piece used after arena_reset, is found as if each piece had been allocated singly. Tests:
 * arena_test.c */
#include <stdarg.h>
#include <stdalign.h>
#include <stdio.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#define ARENA_POISONS 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_POISONS 1
#endif
#endif
#ifdef ARENA_POISONS
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(p, size)   ((void)(p), (void)(size))
#define ASAN_UNPOISON_MEMORY_REGION(p, size) ((void)(p), (void)(size))
#endif

#include "base/err.h"
#include "base/mem.h"

enum { ARENA_ALIGN = 16, ARENA_CHUNK_MIN = 256, ARENA_CHUNK_MAX = 64 * 1024 };

struct arena_chunk {
    struct arena_chunk *next; /* older */
    size_t size;              /* of data */
    size_t used;
    alignas(ARENA_ALIGN) char data[];
};

/* The newest chunk is first and is the only one still being cut; the oldest is kept by arena_reset.
 * It lies behind the arena itself, in one block with it. */
struct arena {
    struct arena_chunk *newest;
    alignas(ARENA_ALIGN) struct arena_chunk oldest;
};

static struct arena_chunk *chunk_init(struct arena_chunk *c, size_t size, struct arena_chunk *next)
{
    c->next = next;
    c->size = size;
    c->used = 0;
    ASAN_POISON_MEMORY_REGION(c->data, size);
    return c;
}

static struct arena_chunk *chunk_new(size_t size, struct arena_chunk *next)
{
    return chunk_init(mem_alloc(sizeof(struct arena_chunk) + size), size, next);
}

static void chunk_free(struct arena_chunk *c)
{
    ASAN_UNPOISON_MEMORY_REGION(c->data, c->size);
    mem_free(c);
}

struct arena *arena_new(size_t first_chunk)
{
    if (first_chunk < ARENA_CHUNK_MIN)
        first_chunk = ARENA_CHUNK_MIN;
    struct arena *a = mem_block(sizeof *a + first_chunk);
    a->newest = chunk_init(&a->oldest, first_chunk, NULL);
    return a;
}

void arena_free(struct arena *a)
{
    if (a == NULL)
        return;
    arena_reset(a);
    ASAN_UNPOISON_MEMORY_REGION(a->oldest.data, a->oldest.size);
    mem_give_block(a, sizeof *a + a->oldest.size);
}

void arena_reset(struct arena *a)
{
    while (a->newest->next != NULL) {
        struct arena_chunk *older = a->newest->next;
        chunk_free(a->newest);
        a->newest = older;
    }
    a->newest->used = 0;
    ASAN_POISON_MEMORY_REGION(a->newest->data, a->newest->size);
}

void *arena_alloc(struct arena *a, size_t size)
{
    CHECK(size < SIZE_MAX / 2);
    struct arena_chunk *c = a->newest;
    size_t rounded = (size + ARENA_ALIGN - 1) & ~(size_t)(ARENA_ALIGN - 1);
    if (rounded == 0)
        rounded = ARENA_ALIGN; /* pieces of no size still have addresses of their own */
    if (rounded > c->size - c->used) {
        size_t want = c->size * 2 < ARENA_CHUNK_MAX ? c->size * 2 : ARENA_CHUNK_MAX;
        c = chunk_new(rounded > want ? rounded : want, c);
        a->newest = c;
    }
    void *piece = c->data + c->used;
    c->used += rounded;
    ASAN_UNPOISON_MEMORY_REGION(piece, size);
    return piece;
}

char *arena_strndup(struct arena *a, const char *s, size_t len)
{
    CHECK(len < SIZE_MAX / 2);
    char *copy = arena_alloc(a, len + 1);
    if (len > 0)
        memcpy(copy, s, len);
    copy[len] = '\0';
    return copy;
}

char *arena_strdup(struct arena *a, const char *s)
{
    return s != NULL ? arena_strndup(a, s, strlen(s)) : NULL;
}

char *arena_printf(struct arena *a, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    int len = vsnprintf(NULL, 0, fmt, ap);
    va_end(ap);
    CHECK(len >= 0);
    char *text = arena_alloc(a, (size_t)len + 1);
    va_start(ap, fmt);
    vsnprintf(text, (size_t)len + 1, fmt, ap);
    va_end(ap);
    return text;
}
