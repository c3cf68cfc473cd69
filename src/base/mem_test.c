/* mem_test.c - tests of the allocation functions of mem.h. Arenas: arena_test.c */
#include "base/mem.h"

#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "test.h"

static void nothing_can_be_allocated_too(void **state)
{
    void *a = mem_alloc(0);
    void *b = mem_calloc(0, 8);
    void *c = mem_realloc(NULL, 0);
    void *d = mem_try_alloc(0);
    assert_non_null(a);
    assert_non_null(b);
    assert_non_null(c);
    assert_non_null(d);
    mem_free(a);
    mem_free(b);
    mem_free(c);
    mem_free(d);
    mem_free(NULL);
}

static void calloc_gives_zeros(void **state)
{
    int *p = mem_calloc(100, sizeof *p);
    for (int i = 0; i < 100; i++)
        assert_int_equal(p[i], 0);
    mem_free(p);
}

/* What a thread gave back it gets again, newest first; other sizes are the heap's affair. */
static void blocks_come_again(void **state)
{
    enum { SIZE = 1500, OTHER_SIZE = 1100, MANY = 100 };
    char *blocks[MANY];
    for (int i = 0; i < MANY; i++) {
        blocks[i] = mem_block(i % 2 ? SIZE : OTHER_SIZE);
        memset(blocks[i], i, i % 2 ? SIZE : OTHER_SIZE);
    }
    for (int i = 0; i < MANY; i++)
        assert_int_equal(blocks[i][1000], i);
    for (int i = 0; i < MANY; i++)
        mem_give_block(blocks[i], i % 2 ? SIZE : OTHER_SIZE);
    mem_drop_blocks();
    char *first = mem_block(SIZE);
    mem_give_block(first, SIZE);
    char *again = mem_block(OTHER_SIZE);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) && !defined(__clang__)
    assert_ptr_equal(again, first);
#endif
    mem_give_block(again, OTHER_SIZE);
    char *small = mem_block(10), *large = mem_block(MEM_BLOCK_MAX + 1);
    memset(large, 2, MEM_BLOCK_MAX + 1);
    mem_give_block(small, 10);
    mem_give_block(large, MEM_BLOCK_MAX + 1);
    mem_give_block(NULL, SIZE);
    mem_drop_blocks();
    mem_drop_blocks();
}

static void strings_are_copied_and_terminated(void **state)
{
    char *a = mem_strdup("abc");
    char *b = mem_strndup("abcdef", 2);
    char *c = mem_strndup(NULL, 0);
    char *d = mem_printf("%d-%s", 5, "x");
    assert_string_equal(a, "abc");
    assert_string_equal(b, "ab");
    assert_string_equal(c, "");
    assert_string_equal(d, "5-x");
    assert_null(mem_strdup(NULL));
    mem_free(a);
    mem_free(b);
    mem_free(c);
    mem_free(d);
}

/* The lines of /proc/self/smaps about the mapping that holds p have this word among VmFlags. */
static bool has_map_flag(const void *p, const char *flag)
{
    FILE *f = fopen("/proc/self/smaps", "r");
    char line[512];
    bool is_here = false, is_found = false;
    assert_non_null(f);
    while (fgets(line, sizeof line, f) != NULL) {
        unsigned long low, high;
        if (sscanf(line, "%lx-%lx ", &low, &high) == 2)
            is_here = (uintptr_t)p >= low && (uintptr_t)p < high;
        else if (is_here && strncmp(line, "VmFlags:", 8) == 0)
            is_found = strstr(line, flag) != NULL;
    }
    fclose(f);
    return is_found;
}

static void *prefer_large_pages(void *is_found)
{
    void *p = mem_alloc(100);
    mem_prefer_large_pages(p);
    *(bool *)is_found = has_map_flag(p, " hg");
    mem_free(p);
    return NULL;
}

static void threads_heaps_can_have_large_pages(void **state)
{
#if !defined(__GLIBC__) || defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) ||        \
    defined(__clang__)
    skip();
#endif
    if (access("/sys/kernel/mm/transparent_hugepage", F_OK) != 0)
        skip();
    pthread_t thread;
    bool is_found = false;
    assert_int_equal(pthread_create(&thread, NULL, prefer_large_pages, &is_found), 0);
    pthread_join(thread, NULL);
    assert_true(is_found);
}

static void the_nth_try_is_refused_once(void **state)
{
    mem_fail_nth_try(2);
    void *first = mem_try_alloc(8);
    void *second = mem_try_alloc(8);
    void *third = mem_try_realloc(first, 16);
    assert_non_null(first);
    assert_null(second);
    assert_non_null(third);
    mem_free(third);
}

static void an_allocation_that_cannot_be_met_is_refused(void **state)
{
    /* Not a size the compiler can see, or it warns of what is meant. */
    volatile size_t huge = SIZE_MAX / 4;
#if !defined(__SANITIZE_ADDRESS__) &&                                                              \
    !defined(__SANITIZE_THREAD__) /* these end the process themselves */
    assert_null(mem_try_alloc(huge));
#endif
    (void)huge;
}

/* In a child, with stderr in a pipe: what it says, and that it was ended by abort. */
static void running_out_of_memory_ends_the_process_with_a_message(void **state)
{
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        volatile size_t huge = SIZE_MAX / 4;
        signal(SIGABRT, SIG_DFL);
        dup2(ends[1], 2);
        mem_free(mem_alloc(huge));
        _exit(0);
    }
    close(ends[1]);
    char text[200];
    ssize_t len = read(ends[0], text, sizeof text - 1);
    close(ends[0]);
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(len > 0);
    text[len] = '\0';
    assert_non_null(strstr(text, "out of memory"));
    assert_true(WIFSIGNALED(status));
#endif
}

TEST_SUITE(mem) {
    TEST(nothing_can_be_allocated_too)
    TEST(calloc_gives_zeros)
    TEST(blocks_come_again)
    TEST(strings_are_copied_and_terminated)
    TEST(threads_heaps_can_have_large_pages)
    TEST(the_nth_try_is_refused_once)
    TEST(an_allocation_that_cannot_be_met_is_refused)
    TEST(running_out_of_memory_ends_the_process_with_a_message)
    TEST_END
};
