/* stack_test.c - pools of stacks: reuse, what stays in memory, trimming. Stacks are plain memory
 * here, no fiber runs. */
#include "core/stack.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "test.h"

#define SLOT ((size_t)256 << 10)
enum { TOP = 128, HOT = 2 };

static size_t resident_bytes(const struct stack_pool *p, char *low, char *high)
{
    unsigned char in_memory[1024];
    size_t pages = (size_t)(high - low) / p->page_size;
    assert_true(pages <= sizeof in_memory);
    assert_int_equal(mincore(low, pages * p->page_size, in_memory), 0);
    size_t count = 0;
    for (size_t i = 0; i < pages; i++)
        count += in_memory[i] & 1;
    return count * p->page_size;
}

/* As a stack used from its top down to depth would leave it. */
static void use_stack(const struct stack_pool *p, char *slot, size_t depth)
{
    char *top = stack_top(p, slot);
    memset(top - depth, 1, depth);
}

static void slots_are_equal_and_apart(void **state)
{
    (void)state;
    struct stack_pool p;
    stack_pool_init(&p, SLOT, TOP, HOT);
    char *slots[600]; /* more than one chunk */
    for (int i = 0; i < 600; i++) {
        slots[i] = stack_take(&p);
        char *top = stack_top(&p, slots[i]);
        assert_int_equal((uintptr_t)top % 64, 0);
        assert_true(stack_low(&p, slots[i]) > slots[i]);
        assert_true(top + TOP <= slots[i] + SLOT && top > slots[i] + SLOT - 4096);
        top[0] = (char)i;
        top[TOP - 1] = (char)i;
    }
    assert_true(p.chunk_count > 1);
    for (int i = 0; i < 600; i++) {
        assert_int_equal(*(char *)stack_top(&p, slots[i]), (char)i);
        for (int k = i + 1; k < 600; k++)
            assert_true(slots[k] >= slots[i] + SLOT || slots[i] >= slots[k] + SLOT);
    }
    stack_pool_deinit(&p);
}

static void starting_offsets_differ(void **state)
{
    (void)state;
    struct stack_pool p;
    stack_pool_init(&p, SLOT, TOP, HOT);
    char *a = stack_take(&p);
    char *b = stack_take(&p);
    size_t offset_a = (size_t)((char *)stack_top(&p, a) - a);
    size_t offset_b = (size_t)((char *)stack_top(&p, b) - b);
    assert_true(offset_a != offset_b);
    stack_pool_deinit(&p);
}

static void the_slot_given_last_is_taken_first(void **state)
{
    (void)state;
    struct stack_pool p;
    stack_pool_init(&p, SLOT, TOP, HOT);
    char *a = stack_take(&p);
    char *b = stack_take(&p);
    stack_give(&p, a);
    stack_give(&p, b);
    assert_ptr_equal(stack_take(&p), b);
    assert_ptr_equal(stack_take(&p), a);
    stack_pool_deinit(&p);
}

static void only_a_few_free_slots_keep_their_memory(void **state)
{
    (void)state;
    struct stack_pool p;
    char *slots[10];
    stack_pool_init(&p, SLOT, TOP, HOT);
    for (int i = 0; i < 10; i++) {
        slots[i] = stack_take(&p);
        use_stack(&p, slots[i], 8192);
    }
    for (int i = 0; i < 10; i++)
        stack_give(&p, slots[i]);
    for (int i = 0; i < 10; i++) {
        size_t bytes = resident_bytes(&p, stack_low(&p, slots[i]), slots[i] + SLOT);
        assert_true(i < 10 - HOT ? bytes == 0 : bytes >= 8192);
    }
    /* Hot ones are taken first, then cold ones, and the count of both stays right. */
    for (int i = 9; i >= 0; i--)
        assert_ptr_equal(stack_take(&p), slots[i]);
    assert_int_equal(p.cold_count, 0);
    stack_pool_deinit(&p);
}

static void a_guard_page_stops_an_overflow_where_the_kernel_can(void **state)
{
    (void)state;
    struct stack_pool p;
    int fds[2];
    stack_pool_init(&p, SLOT, TOP, HOT);
    char *slot = stack_take(&p);
    assert_ptr_equal(stack_low(&p, slot), slot + p.page_size);
    char *probe =
        mmap(NULL, p.page_size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    bool has_guards = madvise(probe, p.page_size, 102 /* MADV_GUARD_INSTALL */) == 0;
    assert_int_equal(pipe(fds), 0);
    /* The kernel's own look at the page fails softly where ours would end the process. */
    stack_give(&p, slot);
    for (int i = 0; i < 2 * HOT; i++)
        stack_give(&p, stack_take(&p));
    assert_int_equal(write(fds[1], slot, 1), has_guards ? -1 : 1);
    assert_int_equal(write(fds[1], stack_take(&p) + p.page_size, 1), 1);
    close(fds[0]);
    close(fds[1]);
    munmap(probe, p.page_size);
    stack_pool_deinit(&p);
}

struct trimmed {
    struct stack_pool p;
    struct stack_mark mark;
    char *slot;
    char *low;
    char *top;
};

static void open_trimmed(struct trimmed *t)
{
    memset(t, 0, sizeof *t);
    stack_pool_init(&t->p, SLOT, TOP, HOT);
    t->slot = stack_take(&t->p);
    t->low = stack_low(&t->p, t->slot);
    t->top = stack_top(&t->p, t->slot);
}

static void trim(struct trimmed *t, size_t keep)
{
    stack_trim(&t->mark, t->low, t->top - 1024, keep, t->p.page_size);
}

static size_t resident(struct trimmed *t)
{
    return resident_bytes(&t->p, t->low, t->slot + SLOT);
}

static void trimming_gives_deep_pages_back_and_keeps_the_rest(void **state)
{
    (void)state;
    struct trimmed t;
    open_trimmed(&t);
    use_stack(&t.p, t.slot, SLOT - 16384);
    assert_true(resident(&t) > SLOT - 20480);
    trim(&t, 8192);
    size_t left = resident(&t);
    assert_true(left >= 8192 && left <= 8192 + 4 * t.p.page_size);
    for (char *c = t.top - 8192; c < t.top; c++)
        if ((char *)t.mark.line > c || c >= (char *)t.mark.line + 64)
            assert_int_equal(*c, 1);
    stack_pool_deinit(&t.p);
}

static void a_stack_that_stays_shallow_is_not_touched(void **state)
{
    (void)state;
    struct trimmed t;
    open_trimmed(&t);
    use_stack(&t.p, t.slot, 6000);
    size_t before = resident(&t);
    for (int i = 0; i < 1000; i++) {
        trim(&t, 32768);
        use_stack(&t.p, t.slot, 3000);
    }
    assert_int_equal(resident(&t), before); /* not even by the mark */
    stack_pool_deinit(&t.p);
}

static void depth_reached_after_a_trim_is_noticed(void **state)
{
    (void)state;
    struct trimmed t;
    open_trimmed(&t);
    use_stack(&t.p, t.slot, 6000);
    trim(&t, 8192);
    trim(&t, 8192);
    use_stack(&t.p, t.slot, 100000);
    trim(&t, 8192);
    assert_true(resident(&t) < 20480);
    stack_pool_deinit(&t.p);
}

static void a_stack_deep_every_time_is_trimmed_ever_more_rarely(void **state)
{
    (void)state;
    struct trimmed t;
    int trims = 0;
    open_trimmed(&t);
    for (int i = 0; i < 1000; i++) {
        use_stack(&t.p, t.slot, 100000);
        trim(&t, 8192);
        trims += resident(&t) < 20480;
    }
    assert_in_range(trims, 20, 60);
    stack_pool_deinit(&t.p);
}

static void a_keep_larger_than_the_stack_trims_nothing(void **state)
{
    (void)state;
    struct trimmed t;
    open_trimmed(&t);
    use_stack(&t.p, t.slot, 100000);
    size_t before = resident(&t);
    trim(&t, SLOT);
    trim(&t, SLOT - 4096);
    assert_int_equal(resident(&t), before);
    stack_pool_deinit(&t.p);
}

TEST_SUITE(stack) {
    TEST(slots_are_equal_and_apart)
    TEST(starting_offsets_differ)
    TEST(the_slot_given_last_is_taken_first)
    TEST(only_a_few_free_slots_keep_their_memory)
    TEST(a_guard_page_stops_an_overflow_where_the_kernel_can)
    TEST(trimming_gives_deep_pages_back_and_keeps_the_rest)
    TEST(a_stack_that_stays_shallow_is_not_touched)
    TEST(depth_reached_after_a_trim_is_noticed)
    TEST(a_stack_deep_every_time_is_trimmed_ever_more_rarely)
    TEST(a_keep_larger_than_the_stack_trims_nothing)
    TEST_END
};
