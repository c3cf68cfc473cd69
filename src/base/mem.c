/* mem.c - the allocation functions: those that cannot fail and those that may.
 * Knows nothing of arenas (arena.c). Any thread may call any of them.
 * Tests: mem_test.c */
#include "base/mem.h"

#include <malloc.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "base/err.h"

/* The sanitizers bring an allocator of their own. */
#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) &&       \
    !defined(__clang__)
#define HAS_GLIBC_HEAP 1
#endif

/* File-scope and mutable because a test must reach allocations deep inside a call; per thread, so
 * that one test thread never makes another's allocation fail. */
static _Thread_local int mem_tries_left;

static void mem_die(size_t size) __attribute__((noreturn));
static void mem_die(size_t size)
{
    fprintf(stderr, "c6: out of memory: could not allocate %zu bytes\n", size);
    abort();
}

static bool mem_must_fail(void)
{
    return mem_tries_left > 0 && --mem_tries_left == 0;
}

void mem_grow_in_large_steps(void)
{
#ifdef __GLIBC__
    /* glibc makes the heap of a thread other than the first accessible page by page, a system call
     * each: ten for every VU. With padding as large as such a heap it is accessible from the start;
     * a page costs memory from its first touch on. Setting this ends the adjusting of the size
     * from which blocks are mapped singly, so that is set, too: a mapping for every response body
     * would cost more than the body. */
    mallopt(M_TOP_PAD, 64 << 20);
    mallopt(M_MMAP_THRESHOLD, 4 << 20);
#endif
}

void mem_prefer_large_pages(const void *p)
{
#ifdef HAS_GLIBC_HEAP
    /* glibc keeps such a thread's blocks in heaps of 64 MiB that begin at a multiple of that. The
     * word before a block has this bit when it lies in one. */
    enum { HEAP_SIZE = 64 << 20, OF_OTHER_THREAD = 4 };
    if ((((const size_t *)p)[-1] & OF_OTHER_THREAD) != 0)
        madvise((void *)((uintptr_t)p & ~(uintptr_t)(HEAP_SIZE - 1)), HEAP_SIZE, MADV_HUGEPAGE);
#else
    (void)p;
#endif
}

void mem_give_back(void)
{
#ifdef __GLIBC__
    malloc_trim(0);
#endif
}

/* The blocks of this thread: file-scope because they are the heap's, like what glibc keeps. Under a
 * sanitizer none is kept, so that what is used after its end is found. */
enum { BLOCK_MIN = 1024, BLOCKS_KEPT = 32 };
struct free_block {
    struct free_block *next;
};
static _Thread_local struct free_block *mem_free_blocks;
static _Thread_local int mem_free_block_count;

static bool is_kept_size(size_t size)
{
#ifdef HAS_GLIBC_HEAP
    return size > BLOCK_MIN && size <= MEM_BLOCK_MAX;
#else
    return false;
#endif
}

void *mem_block(size_t size)
{
    struct free_block *b = mem_free_blocks;
    if (!is_kept_size(size))
        return mem_alloc(size);
    if (b == NULL)
        return mem_alloc(MEM_BLOCK_MAX);
    mem_free_blocks = b->next;
    mem_free_block_count--;
    return b;
}

void mem_give_block(void *p, size_t size)
{
    if (p == NULL || !is_kept_size(size) || mem_free_block_count >= BLOCKS_KEPT) {
        free(p);
        return;
    }
    struct free_block *b = p;
    b->next = mem_free_blocks;
    mem_free_blocks = b;
    mem_free_block_count++;
}

void mem_drop_blocks(void)
{
    while (mem_free_blocks != NULL) {
        struct free_block *b = mem_free_blocks;
        mem_free_blocks = b->next;
        free(b);
    }
    mem_free_block_count = 0;
}

void *mem_alloc(size_t size)
{
    void *p = malloc(size > 0 ? size : 1);
    if (p == NULL)
        mem_die(size);
    return p;
}

void *mem_calloc(size_t count, size_t size)
{
    void *p = count > 0 && size > 0 ? calloc(count, size) : calloc(1, 1);
    if (p == NULL)
        mem_die(size > 0 && count > SIZE_MAX / size ? SIZE_MAX : count * size);
    return p;
}

void *mem_realloc(void *p, size_t size)
{
    void *moved = realloc(p, size > 0 ? size : 1);
    if (moved == NULL)
        mem_die(size);
    return moved;
}

void *mem_dup(const void *p, size_t size)
{
    void *copy = mem_alloc(size);
    if (size > 0)
        memcpy(copy, p, size);
    return copy;
}

char *mem_strdup(const char *s)
{
    return s != NULL ? mem_strndup(s, strlen(s)) : NULL;
}

char *mem_strndup(const char *s, size_t len)
{
    CHECK(len < SIZE_MAX);
    char *copy = mem_alloc(len + 1);
    if (len > 0)
        memcpy(copy, s, len);
    copy[len] = '\0';
    return copy;
}

char *mem_printf(const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    int len = vsnprintf(NULL, 0, fmt, ap);
    va_end(ap);
    CHECK(len >= 0);
    char *text = mem_alloc((size_t)len + 1);
    va_start(ap, fmt);
    vsnprintf(text, (size_t)len + 1, fmt, ap);
    va_end(ap);
    return text;
}

void *mem_try_alloc(size_t size)
{
    return mem_must_fail() ? NULL : malloc(size > 0 ? size : 1);
}

void *mem_try_realloc(void *p, size_t size)
{
    return mem_must_fail() ? NULL : realloc(p, size > 0 ? size : 1);
}

void mem_free(void *p)
{
    free(p);
}

void mem_fail_nth_try(int n)
{
    mem_tries_left = n;
}
