/* stack.h - stacks for fibers: equal slots of large mappings, one pool for each size and worker.
 * Knows no fibers. Used by fiber.c and worker.c only. Own thread only.
 *
 *     slot:  | guard page | usable stack ... grows down <- | top (the owner's data) | colour |
 *            ^ slot         ^ stack_low                      ^ stack_top
 *
 * The top of a slot keeps its bytes from one use to the next unless the pool gave the slot's
 * memory back; then they are zero. */
#ifndef C6_STACK_H
#define C6_STACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct stack_pool {
    size_t slot_size; /* private */
    size_t top_size;
    size_t page_size;
    size_t chunk_size;
    uint32_t hot_max;
    char **chunks;
    uint32_t chunk_count;
    char *fresh; /* next slot never used, in the newest chunk */
    char *fresh_end;
    char **free; /* a stack of free slots; the lowest cold_count of them hold no memory */
    uint32_t free_count;
    uint32_t free_cap;
    uint32_t cold_count;
    uint32_t used_count;
};

/* slot_size: a multiple of the page size. top_size: bytes kept for the owner at the top of each
 * slot. hot_max: that many free slots may keep their memory. */
void stack_pool_init(struct stack_pool *p, size_t slot_size, size_t top_size, uint32_t hot_max);
void stack_pool_deinit(struct stack_pool *p); /* unmaps everything */

/* The slot given back last, or a new one; ends the process if the system refuses address space. */
char *stack_take(struct stack_pool *p);
void stack_give(struct stack_pool *p, char *slot);
char *stack_low(const struct stack_pool *p, char *slot);
void *stack_top(const struct stack_pool *p, char *slot); /* top_size bytes, 64-byte aligned */

/* Remembers how deep a stack is known to be used. Zeroed means "unknown". */
struct stack_mark {
    uint64_t *line; /* private */
    uint8_t skip;
    uint8_t backoff;
    uint16_t calls;
};
/* Gives the pages of [low, from - keep) back to the system, from being an address of a live
 * frame (or the top of a stack not in use). Next to free when the stack has not been used that
 * deep since the last call. */
void stack_trim(struct stack_mark *m, char *low, char *from, size_t keep, size_t page_size);

#endif
