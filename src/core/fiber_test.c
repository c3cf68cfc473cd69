/* fiber_test.c - parking, waking, deadlines, cancellation, many fibers, deep stacks. */
#include "core/fiber.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/duration.h"
#include "base/err.h"
#include "base/mem.h"
#include "core/clock.h"
#include "core/ctx.h"
#include "core/worker.h"
#include "test.h"

#ifdef CTX_ASAN
enum { MANY = 2000 }; /* the shadow of each stack costs memory of its own */
#elif defined(CTX_TSAN)
enum { MANY = 500 };
#else
enum { MANY = 30000 };
#endif

struct world {
    struct worker *w;
    struct fiber *a;
    struct fiber *b;
    int rc[8];
    int steps;
    int64_t start_ns;
    char log[64];
};

static bool no_fiber_left(void *opaque)
{
    struct world *x = opaque;
    struct worker_stats stats;
    worker_get_stats(x->w, &stats);
    return stats.fibers == 0;
}

static void note(struct world *x, char c)
{
    size_t len = strlen(x->log);
    assert_true(len + 1 < sizeof x->log);
    x->log[len] = c;
}

static void open_world(struct world *x)
{
    memset(x, 0, sizeof *x);
    x->w = worker_new(0);
    assert_non_null(x->w);
}

static void run_world(struct world *x)
{
    worker_run_here(x->w, no_fiber_left, x);
    worker_free(x->w);
}

static void say_a(void *arg)
{
    struct world *x = arg;
    note(x, 'a');
    fiber_yield(x->w);
    note(x, 'A');
}

static void say_b(void *arg)
{
    struct world *x = arg;
    note(x, 'b');
    fiber_yield(x->w);
    note(x, 'B');
}

static void fibers_take_turns_in_the_order_they_became_ready(void **state)
{
    (void)state;
    struct world x;
    open_world(&x);
    fiber_spawn(x.w, FIBER_VU, say_a, &x);
    fiber_spawn(x.w, FIBER_HELPER, say_b, &x);
    assert_null(fiber_current(x.w));
    run_world(&x);
    assert_string_equal(x.log, "abAB");
}

static void compute_twice(void *arg)
{
    struct world *x = arg;
    note(x, 'c');
    assert_int_equal(fiber_yield_late(x->w), 0);
    note(x, 'C');
}

static void say_bs(void *arg)
{
    struct world *x = arg;
    for (int i = 0; i < 3; i++) {
        note(x, 'b');
        fiber_yield(x->w);
    }
}

static void who_used_up_a_slice_comes_after_those_that_are_ready(void **state)
{
    (void)state;
    struct world x;
    open_world(&x);
    fiber_spawn(x.w, FIBER_VU, compute_twice, &x);
    fiber_spawn(x.w, FIBER_VU, say_bs, &x);
    run_world(&x);
    assert_string_equal(x.log, "cbbbC");
}

static void yield_until_c_is_done(void *arg)
{
    struct world *x = arg;
    while (strchr(x->log, 'C') == NULL)
        fiber_yield(x->w);
}

static void the_others_cannot_keep_it_waiting_for_ever(void **state)
{
    (void)state;
    struct world x;
    open_world(&x);
    fiber_spawn(x.w, FIBER_VU, compute_twice, &x);
    for (int i = 0; i < 50; i++)
        fiber_spawn(x.w, FIBER_VU, yield_until_c_is_done, &x);
    run_world(&x);
    assert_string_equal(x.log, "cC");
}

static void compute_on(void *arg)
{
    struct world *x = arg;
    for (; x->steps < 1000 && x->rc[0] == 0; x->steps++)
        fiber_yield_late(x->w);
}

static void note_fire(struct worker *w, struct timer *t)
{
    struct world *x = worker_data(w, WORKER_SLOT_EXEC);
    x->rc[0] = 1;
}

/* However many compute: after each slice the loop has its turn. */
static void timers_fire_between_two_slices(void **state)
{
    (void)state;
    struct world x;
    struct timer t;
    open_world(&x);
    worker_set_data(x.w, WORKER_SLOT_EXEC, &x);
    timer_init(&t, note_fire);
    timer_set(x.w, &t, clock_now_ns());
    for (int i = 0; i < 8; i++)
        fiber_spawn(x.w, FIBER_VU, compute_on, &x);
    run_world(&x);
    assert_true(x.steps <= 8 + 2); /* each fiber once, and at most two slices more */
}

static void park_and_note(void *arg)
{
    struct world *x = arg;
    assert_ptr_equal(fiber_current(x->w), x->a);
    assert_ptr_equal(fiber_worker(x->a), x->w);
    x->rc[0] = fiber_park(x->w, CLOCK_NEVER);
    x->rc[1] = fiber_park(x->w, CLOCK_NEVER);
}

static void wake_a_three_times(void *arg)
{
    struct world *x = arg;
    fiber_wake(x->a, 7);
    fiber_wake(x->a, 8); /* a is ready now: kept */
    fiber_wake(x->a, 9); /* one is kept, the last */
}

static void a_wake_ends_a_park_and_carries_its_rc(void **state)
{
    (void)state;
    struct world x;
    open_world(&x);
    x.a = fiber_spawn(x.w, FIBER_VU, park_and_note, &x);
    x.b = fiber_spawn(x.w, FIBER_VU, wake_a_three_times, &x);
    run_world(&x);
    assert_int_equal(x.rc[0], 7);
    assert_int_equal(x.rc[1], 9);
}

static void wake_self_then_park(void *arg)
{
    struct world *x = arg;
    fiber_wake(fiber_current(x->w), 5);
    x->rc[0] = fiber_park(x->w, CLOCK_NEVER);
    x->rc[1] = fiber_park(x->w, clock_now_ns() + 1000);
}

static void a_wake_before_the_park_is_kept_once(void **state)
{
    (void)state;
    struct world x;
    open_world(&x);
    fiber_spawn(x.w, FIBER_VU, wake_self_then_park, &x);
    run_world(&x);
    assert_int_equal(x.rc[0], 5);
    assert_int_equal(x.rc[1], ERR_TIMEOUT);
}

static void park_with_deadlines(void *arg)
{
    struct world *x = arg;
    x->start_ns = clock_now_ns();
    x->rc[0] = fiber_park(x->w, x->start_ns + 2 * NS_PER_MS);
    assert_true(clock_now_ns() >= x->start_ns + 2 * NS_PER_MS);
    x->rc[1] = fiber_park(x->w, x->start_ns); /* gone by already */
    x->rc[2] = fiber_park(x->w, INT64_MIN);
}

static void a_deadline_ends_a_park_never_early(void **state)
{
    (void)state;
    struct world x;
    open_world(&x);
    fiber_spawn(x.w, FIBER_VU, park_with_deadlines, &x);
    run_world(&x);
    for (int i = 0; i < 3; i++)
        assert_int_equal(x.rc[i], ERR_TIMEOUT);
}

static void park_long_after_short(void *arg)
{
    struct world *x = arg;
    int64_t now_ns = clock_now_ns();
    /* The wake leaves the timer set at the early deadline, which must not end the second, later
     * park. */
    x->rc[0] = fiber_park(x->w, now_ns + NS_PER_MS);
    x->start_ns = now_ns + 3 * NS_PER_MS;
    x->rc[1] = fiber_park(x->w, x->start_ns);
    assert_true(clock_now_ns() >= x->start_ns);
}

static void wake_a(void *arg)
{
    struct world *x = arg;
    fiber_wake(x->a, 1);
}

static void a_deadline_of_an_earlier_park_does_not_end_a_later_one(void **state)
{
    (void)state;
    struct world x;
    open_world(&x);
    x.a = fiber_spawn(x.w, FIBER_VU, park_long_after_short, &x);
    fiber_spawn(x.w, FIBER_VU, wake_a, &x);
    run_world(&x);
    assert_int_equal(x.rc[0], 1);
    assert_int_equal(x.rc[1], ERR_TIMEOUT);
}

static void park_until_canceled(void *arg)
{
    struct world *x = arg;
    x->rc[0] = fiber_park(x->w, CLOCK_NEVER);
    x->rc[1] = fiber_park(x->w, CLOCK_NEVER);
    x->rc[2] = fiber_yield(x->w);
    x->rc[3] = fiber_sleep_until(x->w, CLOCK_NEVER);
    assert_true(fiber_is_canceled(fiber_current(x->w)));
    fiber_uncancel(fiber_current(x->w));
    x->rc[4] = fiber_park(x->w, clock_now_ns() + 1000);
    x->rc[5] = fiber_yield(x->w);
}

static void cancel_a(void *arg)
{
    struct world *x = arg;
    fiber_cancel(x->a);
}

static void once_canceled_every_park_returns_until_uncanceled(void **state)
{
    (void)state;
    struct world x;
    open_world(&x);
    x.a = fiber_spawn(x.w, FIBER_VU, park_until_canceled, &x);
    fiber_spawn(x.w, FIBER_VU, cancel_a, &x);
    run_world(&x);
    for (int i = 0; i < 4; i++)
        assert_int_equal(x.rc[i], ERR_CANCELED);
    assert_int_equal(x.rc[4], ERR_TIMEOUT);
    assert_int_equal(x.rc[5], 0);
}

static void sleep_then_park(void *arg)
{
    struct world *x = arg;
    x->start_ns = clock_now_ns() + 2 * NS_PER_MS;
    x->rc[0] = fiber_sleep_until(x->w, x->start_ns);
    assert_true(clock_now_ns() >= x->start_ns);
    x->rc[1] = fiber_park(x->w, CLOCK_NEVER);
}

static void a_wake_does_not_end_a_sleep_but_is_kept(void **state)
{
    (void)state;
    struct world x;
    open_world(&x);
    x.a = fiber_spawn(x.w, FIBER_VU, sleep_then_park, &x);
    fiber_spawn(x.w, FIBER_VU, wake_a, &x);
    run_world(&x);
    assert_int_equal(x.rc[0], 0);
    assert_int_equal(x.rc[1], 1);
}

static void sleep_for_ever(void *arg)
{
    struct world *x = arg;
    x->rc[0] = fiber_sleep_until(x->w, CLOCK_NEVER);
}

static void a_cancel_ends_a_sleep(void **state)
{
    (void)state;
    struct world x;
    open_world(&x);
    x.a = fiber_spawn(x.w, FIBER_VU, sleep_for_ever, &x);
    fiber_spawn(x.w, FIBER_VU, cancel_a, &x);
    run_world(&x);
    assert_int_equal(x.rc[0], ERR_CANCELED);
}

static void sleep_in_the_past(void *arg)
{
    struct world *x = arg;
    note(x, 'p');
    x->rc[0] = fiber_sleep_until(x->w, 0);
    note(x, 'P');
}

static void a_sleep_until_the_past_lets_others_run(void **state)
{
    (void)state;
    struct world x;
    open_world(&x);
    fiber_spawn(x.w, FIBER_VU, sleep_in_the_past, &x);
    fiber_spawn(x.w, FIBER_VU, say_b, &x);
    run_world(&x);
    assert_string_equal(x.log, "pbPB");
}

struct crowd {
    struct world x;
    struct fiber **fibers;
    int woken;
    int mappings;
};

static int mapping_count(void)
{
    FILE *f = fopen("/proc/self/maps", "r");
    int count = 0;
    assert_non_null(f);
    for (int c; (c = getc(f)) != EOF;)
        count += c == '\n';
    fclose(f);
    return count;
}

static void stand_in_crowd(void *arg)
{
    struct crowd *crowd = arg;
    if (fiber_park(crowd->x.w, CLOCK_NEVER) == 3)
        crowd->woken++;
}

static void wake_crowd(void *arg)
{
    struct crowd *crowd = arg;
    crowd->mappings = mapping_count();
    for (int i = MANY - 1; i >= 0; i--)
        fiber_wake(crowd->fibers[i], 3);
}

static void tens_of_thousands_can_be_parked_at_once(void **state)
{
    (void)state;
    struct crowd crowd = {0};
    open_world(&crowd.x);
    crowd.fibers = mem_calloc(MANY, sizeof *crowd.fibers);
    for (int i = 0; i < MANY; i++)
        crowd.fibers[i] = fiber_spawn(crowd.x.w, FIBER_VU, stand_in_crowd, &crowd);
    fiber_spawn(crowd.x.w, FIBER_HELPER, wake_crowd, &crowd);
    struct worker_stats stats;
    worker_run_here(crowd.x.w, no_fiber_left, &crowd.x);
    worker_get_stats(crowd.x.w, &stats);
    assert_int_equal(stats.fibers_max, MANY + 1);
    assert_int_equal(crowd.woken, MANY);
    assert_true(crowd.mappings < 5000); /* of 65,530 that the kernel allows */
    worker_free(crowd.x.w);
    mem_free(crowd.fibers);
}

/* Recursion that the compiler can neither flatten nor shrink. */
__attribute__((noinline)) static int go_deep(volatile char *above, int levels)
{
    volatile char here[1024];
    for (size_t i = 0; i < sizeof here; i += 64)
        here[i] = (char)(above[i] + 1);
    return levels == 0 ? here[0] : go_deep(here, levels - 1) + here[64];
}

static void recurse(void *arg)
{
    struct world *x = arg;
    volatile char first[1024] = {0};
    void *low;
    size_t size;
    fiber_stack(x->w, &low, &size);
    assert_true((char *)low < (char *)&first && (char *)&first < (char *)low + size);
    assert_true(size > (size_t)900 << 10);
#if defined(CTX_ASAN) || defined(CTX_TSAN)
    x->rc[0] = go_deep(first, 300); /* their frames are wider */
#else
    x->rc[0] = go_deep(first, 800);
#endif
    fiber_yield(x->w);
    x->steps++;
}

static void a_fiber_may_use_its_stack_to_the_end(void **state)
{
    (void)state;
    struct world x;
    open_world(&x);
    for (int i = 0; i < 3; i++)
        fiber_spawn(x.w, FIBER_VU, recurse, &x);
    run_world(&x);
    assert_int_equal(x.steps, 3);
}

static void respawn(void *arg)
{
    struct world *x = arg;
    volatile char mark = 0;
    if (x->rc[0]++ == 0)
        x->start_ns = (int64_t)(intptr_t)&mark;
    if ((int64_t)(intptr_t)&mark == x->start_ns)
        x->steps++;
}

static void spawn_a_hundred_one_after_the_other(void *arg)
{
    struct world *x = arg;
    for (int i = 0; i < 100; i++) {
        fiber_spawn(x->w, FIBER_HELPER, respawn, x);
        fiber_yield(x->w);
    }
}

static void the_stack_freed_last_is_used_next(void **state)
{
    (void)state;
    struct world x;
    open_world(&x);
    fiber_spawn(x.w, FIBER_VU, spawn_a_hundred_one_after_the_other, &x);
    run_world(&x);
    assert_int_equal(x.steps, 100);
}

static void go_deep_and_trim(void *arg)
{
    struct world *x = arg;
    volatile char first[1024] = {0};
    for (int i = 0; i < 200; i++) {
        go_deep(first, i % 50 == 0 ? 200 : 3);
        fiber_trim_stack(x->w, 8192);
        first[0] = (char)i;
        fiber_yield(x->w);
        assert_int_equal(first[0], (char)i);
        x->steps++;
    }
}

static void trimming_leaves_the_live_frames_alone(void **state)
{
    (void)state;
    struct world x;
    open_world(&x);
    for (int i = 0; i < 20; i++)
        fiber_spawn(x.w, i % 5 == 0 ? FIBER_BIG : FIBER_VU, go_deep_and_trim, &x);
    run_world(&x);
    assert_int_equal(x.steps, 20 * 200);
}

/* Whatever it names may be gone when its turn comes. */
static void name_what_is_gone(void *arg)
{
    struct world *x = arg;
    struct fiber *f = fiber_current(x->w);
    char *gone = mem_alloc(100);
    fiber_keep_near(f, FIBER_NEAR_VU, gone, 100);
    mem_free(gone);
    fiber_keep_near(f, FIBER_NEAR_REALM, NULL, SIZE_MAX);
    fiber_keep_near(f, FIBER_NEAR_REQUEST, (void *)UINTPTR_MAX, 4096);
    fiber_keep_near(f, FIBER_NEAR_CONNECTION, (void *)(uintptr_t)1, 0);
    for (int i = 0; i < 10; i++) {
        fiber_yield(x->w);
        x->steps++;
    }
}

static void memory_to_keep_near_may_be_gone(void **state)
{
    (void)state;
    struct world x;
    open_world(&x);
    for (int i = 0; i < 300; i++)
        fiber_spawn(x.w, FIBER_HELPER, name_what_is_gone, &x);
    run_world(&x);
    assert_int_equal(x.steps, 300 * 10);
}

TEST_SUITE(fiber) {
    TEST(fibers_take_turns_in_the_order_they_became_ready)
    TEST(who_used_up_a_slice_comes_after_those_that_are_ready)
    TEST(the_others_cannot_keep_it_waiting_for_ever)
    TEST(timers_fire_between_two_slices)
    TEST(a_wake_ends_a_park_and_carries_its_rc)
    TEST(a_wake_before_the_park_is_kept_once)
    TEST(a_deadline_ends_a_park_never_early)
    TEST(a_deadline_of_an_earlier_park_does_not_end_a_later_one)
    TEST(once_canceled_every_park_returns_until_uncanceled)
    TEST(a_wake_does_not_end_a_sleep_but_is_kept)
    TEST(a_cancel_ends_a_sleep)
    TEST(a_sleep_until_the_past_lets_others_run)
    TEST(tens_of_thousands_can_be_parked_at_once)
    TEST(a_fiber_may_use_its_stack_to_the_end)
    TEST(the_stack_freed_last_is_used_next)
    TEST(trimming_leaves_the_live_frames_alone)
    TEST(memory_to_keep_near_may_be_gone)
    TEST_END
};
