/* mem.h - memory. mem_alloc and its kin never return NULL: out of memory ends the process with a
 * message. A size chosen by a peer or a script goes through mem_try_*, which may return NULL. */
#ifndef C6_MEM_H
#define C6_MEM_H

#include <stddef.h>
#include <stdint.h>

void *mem_alloc(size_t size);
void *mem_calloc(size_t count, size_t size); /* zeroed */
void *mem_realloc(void *p, size_t size);
void *mem_dup(const void *p, size_t size);
char *mem_strdup(const char *s);              /* NULL gives NULL */
char *mem_strndup(const char *s, size_t len); /* always terminated */
char *mem_printf(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
void *mem_try_alloc(size_t size);
void *mem_try_realloc(void *p, size_t size);
void mem_free(void *p);

/* Tells the C library's allocator that this process is about to use much memory and keep it. Once,
 * before the first thread is started. */
void mem_grow_in_large_steps(void);

/* Asks the kernel for large pages (2 MiB) in the part of the heap that holds p, which mem_alloc gave
 * to a thread other than the first: a pass over the memory of many VUs costs fewer walks through
 * page tables, and making them fewer page faults. After mem_grow_in_large_steps; a hint, whose
 * failure nobody notices. */
void mem_prefer_large_pages(const void *p);

/* Gives the system what lies free in whole pages. Takes some milliseconds: for the calm after many
 * large blocks were in use for a short while, between which smaller ones were made to stay. */
void mem_give_back(void);

/* Blocks for what every request makes and drops again, MEM_BLOCK_MAX bytes at most, not zeroed. The
 * last few that a thread gave back are kept for its next ones, the newest first: its lines are still
 * in the cache. (glibc does that up to 1 KiB only.) Any thread may give back any block, with the
 * size it asked for; mem_drop_blocks, before a thread ends, frees what it keeps. */
enum { MEM_BLOCK_MAX = 1600 };
void *mem_block(size_t size);
void mem_give_block(void *p, size_t size); /* NULL is nothing */
void mem_drop_blocks(void);

#define MEM_NEW(type) ((type *)mem_calloc(1, sizeof(type)))

/* Tests: the n-th allocation from now through mem_try_* is refused once; 0 turns it off. Per
 * thread. */
void mem_fail_nth_try(int n);

/* Arena: many small pieces that die together (one response, one iteration). Not shared between
 * threads. */
struct arena;
struct arena *arena_new(size_t first_chunk);
void arena_free(struct arena *a);
void arena_reset(struct arena *a);               /* frees all pieces, keeps the first chunk */
void *arena_alloc(struct arena *a, size_t size); /* aligned to 16 bytes, not zeroed */
char *arena_strndup(struct arena *a, const char *s, size_t len);
char *arena_strdup(struct arena *a, const char *s);
char *arena_printf(struct arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

#endif
