/* arena_test.c - tests of the arena of mem.h. */
#include <stdint.h>
#include <string.h>

#include "base/mem.h"
#include "test.h"

static void pieces_are_aligned_and_apart(void **state)
{
    struct arena *a = arena_new(300);
    char *pieces[200];
    for (size_t i = 0; i < 200; i++) {
        pieces[i] = arena_alloc(a, i);
        assert_int_equal((uintptr_t)pieces[i] % 16, 0);
        memset(pieces[i], (int)i, i);
    }
    for (size_t i = 0; i < 200; i++)
        for (size_t k = 0; k < i; k++)
            assert_int_equal((unsigned char)pieces[i][k], i);
    arena_free(a);
}

static void pieces_of_no_size_have_their_own_addresses(void **state)
{
    struct arena *a = arena_new(0);
    assert_ptr_not_equal(arena_alloc(a, 0), arena_alloc(a, 0));
    arena_free(a);
}

static void a_piece_may_be_larger_than_any_chunk(void **state)
{
    struct arena *a = arena_new(256);
    char *large = arena_alloc(a, 1000000);
    char *small = arena_alloc(a, 10);
    memset(large, 1, 1000000);
    memset(small, 2, 10);
    assert_int_equal(large[999999], 1);
    arena_free(a);
}

static void reset_gives_the_first_chunk_again(void **state)
{
    struct arena *a = arena_new(1024);
    void *first = arena_alloc(a, 10);
    for (int i = 0; i < 1000; i++)
        arena_alloc(a, 100);
    arena_reset(a);
    assert_ptr_equal(arena_alloc(a, 10), first);
    arena_free(a);
    arena_free(NULL);
}

static void text_is_copied_and_formatted(void **state)
{
    struct arena *a = arena_new(64);
    assert_string_equal(arena_strdup(a, "abc"), "abc");
    assert_string_equal(arena_strndup(a, "abcdef", 3), "abc");
    assert_string_equal(arena_printf(a, "%s=%d", "n", 12), "n=12");
    assert_null(arena_strdup(a, NULL));
    arena_free(a);
}

TEST_SUITE(arena) {
    TEST(pieces_are_aligned_and_apart)
    TEST(pieces_of_no_size_have_their_own_addresses)
    TEST(a_piece_may_be_larger_than_any_chunk)
    TEST(reset_gives_the_first_chunk_again)
    TEST(text_is_copied_and_formatted)
    TEST_END
};
