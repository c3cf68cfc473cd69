/* stack.c - pools of fiber stacks.
 *
 * Why not one mapping a stack: the kernel allows 65,530 mappings a process, and a guard page
 * would double their number. So slots are cut from chunks of 64 MiB, reserved but not committed:
 * a page costs memory from its first touch on. Guards inside a chunk need a kernel that has
 * guard regions (Linux 6.13, page-table entries instead of mappings); older ones go without, and
 * the fiber's stack check at each switch is what is left. Huge pages are refused: one would make
 * a single touched page cost 2 MiB.
 *
 * Trimming without knowing how deep a stack was used: a line of marker words is written at the
 * low end of the lowest page that is in use anyway. While it is intact nothing deeper was used
 * and a trim costs one cache line. Tests: stack_test.c */
#include "core/stack.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/err.h"
#include "base/mem.h"
#include "core/ctx.h"

#ifndef MADV_GUARD_INSTALL
#define MADV_GUARD_INSTALL 102
#endif

#define CHUNK_SIZE  ((size_t)64 << 20)
#define CHUNK_ALIGN ((size_t)2 << 20) /* so that no two chunks share a page-table page */

enum {
    COLOURS = 16,
    COLOUR_STEP = 64, /* a cache line; more would cost some stacks a page more */
    MARK_WORDS = 8,    /* one cache line */
    RED_ZONE = 512,    /* below a live frame: the ABI's red zone, the frames of functions here */
    BACKOFF_MAX = 31,
    RECHECK_CALLS = 1024,
};

#define MARK_VALUE UINT64_C(0x9e3779b97f4a7c15)

static void die_without_memory(size_t size)
{
    fprintf(stderr,
            "c6: the system refuses %zu MiB of address space for fiber stacks "
            "(ulimit -v or vm.overcommit_memory=2?)\n",
            size >> 20);
    abort();
}

/* Large slots begin in the middle of what one page-table page covers, so that a slot's guard and
 * the top of the slot below it share one: 4 KiB less for each. */
static size_t first_slot_offset(size_t slot_size)
{
    return slot_size >= CHUNK_ALIGN ? CHUNK_ALIGN / 2 : 0;
}

static void add_chunk(struct stack_pool *p)
{
    size_t want = p->chunk_size + CHUNK_ALIGN;
    char *map = mmap(NULL, want, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);
    if (map == MAP_FAILED)
        die_without_memory(want);
    char *chunk = (char *)(((uintptr_t)map + CHUNK_ALIGN - 1) & ~(uintptr_t)(CHUNK_ALIGN - 1));
    if (chunk > map)
        munmap(map, (size_t)(chunk - map));
    if (chunk + p->chunk_size < map + want)
        munmap(chunk + p->chunk_size, (size_t)(map + want - chunk) - p->chunk_size);
    madvise(chunk, p->chunk_size, MADV_NOHUGEPAGE);
    p->chunks = mem_realloc(p->chunks, (p->chunk_count + 1) * sizeof *p->chunks);
    p->chunks[p->chunk_count++] = chunk;
    p->fresh = chunk + first_slot_offset(p->slot_size);
    p->fresh_end = chunk + p->chunk_size;
}

void stack_pool_init(struct stack_pool *p, size_t slot_size, size_t top_size, uint32_t hot_max)
{
    *p = (struct stack_pool){0};
    p->page_size = (size_t)sysconf(_SC_PAGESIZE);
    CHECK(slot_size % p->page_size == 0 && slot_size >= 4 * p->page_size);
    p->slot_size = slot_size;
    p->top_size = (top_size + 63) & ~(size_t)63;
    p->hot_max = hot_max;
    p->chunk_size = CHUNK_SIZE < slot_size ? slot_size : CHUNK_SIZE - CHUNK_SIZE % slot_size;
    p->chunk_size += first_slot_offset(slot_size);
}

void stack_pool_deinit(struct stack_pool *p)
{
    /* The next mapping at these addresses must not inherit the poison. */
    for (uint32_t i = 0; i < p->free_count; i++)
        ctx_unpoison(p->free[i], p->slot_size);
    for (uint32_t i = 0; i < p->chunk_count; i++)
        munmap(p->chunks[i], p->chunk_size);
    mem_free(p->chunks);
    mem_free(p->free);
    *p = (struct stack_pool){0};
}

static char *take_fresh(struct stack_pool *p)
{
    if (p->fresh == p->fresh_end)
        add_chunk(p);
    char *slot = p->fresh;
    p->fresh += p->slot_size;
    madvise(slot, p->page_size, MADV_GUARD_INSTALL);
    return slot;
}

char *stack_take(struct stack_pool *p)
{
    p->used_count++;
    if (p->free_count == 0)
        return take_fresh(p);
    char *slot = p->free[--p->free_count];
    if (p->cold_count > p->free_count)
        p->cold_count = p->free_count;
    ctx_unpoison(slot, p->slot_size); /* also what frames left that never returned */
    return slot;
}

void stack_give(struct stack_pool *p, char *slot)
{
    if (p->free_count == p->free_cap) {
        p->free_cap = p->free_cap == 0 ? 64 : p->free_cap * 2;
        p->free = mem_realloc(p->free, p->free_cap * sizeof *p->free);
    }
    p->used_count--;
    ctx_poison(slot, p->slot_size); /* finds who still uses a fiber that has ended */
    p->free[p->free_count++] = slot;
    while (p->free_count - p->cold_count > p->hot_max) {
        char *cold = p->free[p->cold_count++];
        madvise(cold + p->page_size, p->slot_size - p->page_size, MADV_DONTNEED);
    }
}

char *stack_low(const struct stack_pool *p, char *slot)
{
    return slot + p->page_size;
}

void *stack_top(const struct stack_pool *p, char *slot)
{
    /* Slots lie at equal distances, so without an offset the same frames of all fibers would
     * compete for the same few sets of the first-level cache. */
    size_t colour = (uintptr_t)slot / p->slot_size % COLOURS * COLOUR_STEP;
    return slot + p->slot_size - colour - p->top_size;
}

/* The two functions that look below the live frames, where the sanitizers see nobody's memory. */
__attribute__((no_sanitize("address", "thread"), noinline)) static bool
mark_is_intact(const uint64_t *line)
{
    const volatile uint64_t *words = line;
    uint64_t diff = 0;
    for (int i = 0; i < MARK_WORDS; i++)
        diff |= words[i] ^ MARK_VALUE;
    return diff == 0;
}

__attribute__((no_sanitize("address", "thread"), noinline)) static void mark_write(uint64_t *line)
{
    volatile uint64_t *words = line;
    for (int i = 0; i < MARK_WORDS; i++)
        words[i] = MARK_VALUE;
}

/* The lowest page in [low, high) that is in memory; high if none is. */
static char *lowest_resident(char *low, char *high, size_t page_size)
{
    unsigned char in_memory[64];
    while (low < high) {
        size_t pages = (size_t)(high - low) / page_size;
        if (pages > sizeof in_memory)
            pages = sizeof in_memory;
        if (mincore(low, pages * page_size, in_memory) != 0)
            return low;
        for (size_t i = 0; i < pages; i++)
            if (in_memory[i] & 1)
                return low + i * page_size;
        low += pages * page_size;
    }
    return high;
}

static char *page_down(char *p, size_t page_size)
{
    return p - ((uintptr_t)p & (page_size - 1));
}

static void place_mark(struct stack_mark *m, char *low, char *limit, char *from, size_t page_size)
{
    char *own_page = page_down(from - RED_ZONE, page_size);
    char *page = lowest_resident(limit, own_page, page_size);
    if (page + MARK_WORDS * sizeof(uint64_t) > from - RED_ZONE)
        page -= page_size; /* no room between the page's start and the live frames */
    if (page < low) {
        m->line = NULL;
        return;
    }
    m->line = (uint64_t *)(void *)page;
    mark_write(m->line);
}

void stack_trim(struct stack_mark *m, char *low, char *from, size_t keep, size_t page_size)
{
    if (keep < page_size)
        keep = page_size; /* the mark's own page */
    if (from - low <= (ptrdiff_t)(keep + RED_ZONE))
        return;
    char *limit = page_down(from - RED_ZONE - keep, page_size);
    if (limit < low)
        return;
    /* A deep frame may skip the mark if it left a large array untouched, so now and then it is
     * not believed. */
    bool is_known = m->line != NULL && (char *)m->line >= limit && mark_is_intact(m->line);
    if (is_known && ++m->calls % RECHECK_CALLS != 0) {
        m->backoff = 0;
        return;
    }
    /* A stack that goes deep every time would pay for losing its pages and for getting them
     * again: ask ever more rarely. */
    if (m->skip > 0) {
        m->skip--;
        return;
    }
    if (m->line != NULL && !is_known)
        m->backoff = m->backoff < BACKOFF_MAX ? (uint8_t)(m->backoff * 2 + 1) : BACKOFF_MAX;
    m->skip = m->backoff;
    madvise(low, (size_t)(limit - low), MADV_DONTNEED);
    place_mark(m, low, limit, from, page_size);
}
