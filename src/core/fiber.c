/* fiber.c - spawning, parking and waking; the ready queue. Knows no descriptors.
 *
 * Deadlines are lazy: a wake leaves the fiber's timer set, and the next park only touches the
 * heap if its deadline is earlier than that. A timer that fires before the deadline of the day
 * is simply set anew. So a request with a timeout of 60 s costs the heap nothing; each fiber is
 * looked at in vain about once in 60 s.
 *
 * Who computes for long must not make those wait that have little to do: a fiber that used up its
 * slice goes into a queue of its own. Of that one a round runs one fiber, and no more, whether
 * others are ready or not: after each slice timers, mail and descriptors get their look.
 * Tests: fiber_test.c */
#include "core/fiber.h"

#include <string.h>

#include "base/err.h"
#include "core/clock.h"
#include "core/worker_int.h"

enum {
    STACK_RESERVE = 4096, /* a parking fiber with less than this left has as good as overflowed */
    POOL_KEEP = 16 << 10, /* what a free stack may keep of its memory */
    CACHE_LINE = 64,
    NEAR_FRAMES = 4096, /* of a stack's live part, the innermost */
    NEAR_BELOW = 1536,  /* and of what the next calls will take */
    NEAR_SIZE = 1024,   /* of each place that fiber_keep_near named, the first */
    NEAR_FIBERS = 128,  /* what fewer touch stays in the cache by itself */
};

/* Slot size, and how many free slots may keep memory. */
static const struct {
    size_t size;
    uint32_t hot_max;
} kinds[FIBER_KINDS] = {
    [FIBER_VU] = {(size_t)4 << 20, 32}, /* 5,000 script calls deep take 3.3 MiB */
    [FIBER_BIG] = {(size_t)16 << 20, 1},
    [FIBER_HELPER] = {(size_t)128 << 10, 256},
};

void fiber_init_pools(struct worker *w)
{
    for (int i = 0; i < FIBER_KINDS; i++)
        stack_pool_init(&w->stacks[i], kinds[i].size, sizeof(struct fiber), kinds[i].hot_max);
}

void fiber_deinit_pools(struct worker *w)
{
    for (int i = 0; i < FIBER_KINDS; i++)
        stack_pool_deinit(&w->stacks[i]);
}

static void queue_push(struct fiber_queue *q, struct fiber *f)
{
    f->state = FIBER_READY;
    f->next_ready = NULL;
    if (q->tail != NULL)
        q->tail->next_ready = f;
    else
        q->head = f;
    q->tail = f;
}

static inline struct fiber *queue_pop(struct fiber_queue *q)
{
    struct fiber *f = q->head;
    q->head = f->next_ready;
    if (q->head == NULL)
        q->tail = NULL;
    return f;
}

static void push_ready(struct worker *w, struct fiber *f)
{
    queue_push(&w->ready, f);
}

void fiber_keep_near(struct fiber *f, enum fiber_near place, const void *p, size_t size)
{
    f->near[place] = p;
    f->near_size[place] = size < NEAR_SIZE ? (uint16_t)size : NEAR_SIZE;
}

FETCHES fetch(const void *p, size_t size)
{
    for (size_t i = 0; i < size; i += CACHE_LINE)
        __builtin_prefetch((const void *)((uintptr_t)p + i), 0, 2);
}

/* While one fiber runs, the memory of the next comes near: with 1,000 VUs hardly anything of a VU
 * is still in the processor's cache when its turn comes, and one line after the other would be
 * waited for. */
FETCHES fetch_for_next(const struct worker *w)
{
    const struct fiber *f = w->ready.head;
    if (f == NULL || w->stats.fibers < NEAR_FIBERS)
        return;
    const char *frame = ctx_frame(&f->ctx);
    size_t live = (size_t)((const char *)(f + 1) - frame);
    fetch(frame - NEAR_BELOW, NEAR_BELOW + (live < NEAR_FRAMES ? live : NEAR_FRAMES));
    for (int i = 0; i < FIBER_NEAR_PLACES; i++)
        fetch(f->near[i], f->near_size[i]);
}

/* The fiber to run next in this round, or NULL: the loop's turn. The last run of a full round
 * belongs to a late one, so that they get on however busy the others are. */
static inline struct fiber *next_ready(struct worker *w)
{
    if (w->round_left == 0)
        return NULL;
    bool may_be_late = w->late_left > 0 && w->late.head != NULL;
    if (w->ready.head != NULL && !(may_be_late && w->round_left == 1)) {
        w->round_left--;
        struct fiber *f = queue_pop(&w->ready);
        fetch_for_next(w);
        return f;
    }
    if (!may_be_late)
        return NULL;
    w->round_left--;
    w->late_left--;
    return queue_pop(&w->late);
}

static inline void begin_run(struct worker *w, struct fiber *f)
{
    f->state = FIBER_RUNNING;
    w->current = f;
    w->stats.switches++;
}

/* Leaves the current fiber, which is parked or in the ready queue. Returns when it is its turn
 * again. */
static void switch_away(struct worker *w, struct fiber *f)
{
    /* Slots need not have guard pages; a fiber that came this close has been over the edge in
     * one of its calls. */
    CHECK((char *)__builtin_frame_address(0) - f->low > STACK_RESERVE);
    struct fiber *next = next_ready(w);
    if (next == f) {
        begin_run(w, f);
        return;
    }
    if (next != NULL) {
        begin_run(w, next);
        ctx_switch(&f->ctx, &next->ctx);
    } else {
        w->current = NULL;
        ctx_switch(&f->ctx, &w->loop_ctx);
    }
}

static void recycle(struct worker *w, struct fiber *f)
{
    struct stack_pool *pool = &w->stacks[f->kind];
    char *slot = f->slot;
    timers_clear(&w->timers, &f->timer);
    ctx_deinit(&f->ctx);
    stack_trim(&f->mark, f->low, (char *)f, POOL_KEEP, pool->page_size);
    stack_give(pool, slot);
    w->stats.fibers--;
}

void fiber_run_round(struct worker *w)
{
    w->round_left = ROUND_MAX;
    w->late_left = 1;
    struct fiber *f;
    while ((f = next_ready(w)) != NULL) {
        begin_run(w, f);
        ctx_switch(&w->loop_ctx, &f->ctx);
        if (w->ended != NULL) {
            recycle(w, w->ended);
            w->ended = NULL;
        }
    }
    w->runs_unpolled += ROUND_MAX - w->round_left;
}

static void run_fiber(struct ctx *self)
{
    struct fiber *f = (struct fiber *)(void *)self;
    struct worker *w = f->worker;
    f->fn(f->arg);
    w->current = NULL;
    w->ended = f;
    ctx_leave(&f->ctx, &w->loop_ctx);
}

static void make_ready(struct fiber *f, int rc)
{
    f->rc = rc;
    push_ready(f->worker, f);
}

static void fire_deadline(struct worker *w, struct timer *t)
{
    struct fiber *f = (struct fiber *)(void *)((char *)t - offsetof(struct fiber, timer));
    if (f->state != FIBER_PARKED)
        return;
    if (f->deadline_ns <= w->loop_ns)
        make_ready(f, ERR_TIMEOUT);
    else if (f->deadline_ns != CLOCK_NEVER)
        timer_set(w, t, f->deadline_ns);
}

struct fiber *fiber_spawn(struct worker *w, enum fiber_kind kind, fiber_fn fn, void *arg)
{
    struct stack_pool *pool = &w->stacks[kind];
    char *slot = stack_take(pool);
    struct fiber *f = stack_top(pool, slot);
    char *low = stack_low(pool, slot);
    struct stack_mark mark = f->mark; /* of the slot's last life, or zero */
    *f = (struct fiber){.worker = w,
                        .kind = (uint8_t)kind,
                        .fn = fn,
                        .arg = arg,
                        .slot = slot,
                        .low = low,
                        .mark = mark};
    timer_init(&f->timer, fire_deadline);
    ctx_init(&f->ctx, low, f, run_fiber);
    if (++w->stats.fibers > w->stats.fibers_max)
        w->stats.fibers_max = w->stats.fibers;
    push_ready(w, f);
    return f;
}

struct fiber *fiber_current(struct worker *w)
{
    return w->current;
}

struct worker *fiber_worker(struct fiber *f)
{
    return f->worker;
}

static bool take_kept_wake(struct fiber *f, int *rc)
{
    if (!f->has_kept_wake)
        return false;
    f->has_kept_wake = false;
    *rc = f->kept_rc;
    return true;
}

static int park_until(struct worker *w, struct fiber *f, int64_t deadline_ns)
{
    f->deadline_ns = deadline_ns;
    if (deadline_ns != CLOCK_NEVER && (!timer_is_set(&f->timer) || f->timer.at_ns > deadline_ns))
        timer_set(w, &f->timer, deadline_ns);
    f->state = FIBER_PARKED;
    switch_away(w, f);
    return f->rc;
}

int fiber_park(struct worker *w, int64_t deadline_ns)
{
    struct fiber *f = w->current;
    CHECK(f != NULL);
    int rc;
    if (f->is_canceled)
        return ERR_CANCELED;
    if (take_kept_wake(f, &rc))
        return rc;
    return park_until(w, f, deadline_ns);
}

void fiber_park_deaf(struct worker *w)
{
    struct fiber *f = w->current;
    CHECK(f != NULL);
    f->is_deaf = true;
    f->is_shielded = true;
    park_until(w, f, CLOCK_NEVER);
    f->is_deaf = false;
    f->is_shielded = false;
}

void fiber_wake_deaf(struct fiber *f)
{
    CHECK(f->state == FIBER_PARKED && f->is_deaf);
    make_ready(f, 0);
}

void fiber_wake_parked(struct fiber *f, int rc)
{
    if (f->state == FIBER_PARKED && !f->is_deaf)
        make_ready(f, rc);
}

void fiber_wake(struct fiber *f, int rc)
{
    if (f->state == FIBER_PARKED && !f->is_deaf) {
        make_ready(f, rc);
        return;
    }
    f->has_kept_wake = true;
    f->kept_rc = rc;
}

int fiber_yield(struct worker *w)
{
    struct fiber *f = w->current;
    CHECK(f != NULL);
    /* Who yields has often run for long. */
    w->loop_ns = clock_now_ns();
    push_ready(w, f);
    switch_away(w, f);
    return f->is_canceled ? ERR_CANCELED : 0;
}

int fiber_yield_late(struct worker *w)
{
    struct fiber *f = w->current;
    CHECK(f != NULL);
    w->loop_ns = clock_now_ns();
    queue_push(&w->late, f);
    switch_away(w, f);
    return f->is_canceled ? ERR_CANCELED : 0;
}

bool fiber_has_ready(const struct worker *w)
{
    return w->ready.head != NULL || w->late.head != NULL;
}

int fiber_sleep_until(struct worker *w, int64_t deadline_ns)
{
    struct fiber *f = w->current;
    CHECK(f != NULL);
    if (deadline_ns <= w->loop_ns)
        return fiber_yield(w);
    if (f->is_canceled)
        return ERR_CANCELED;
    f->is_deaf = true;
    park_until(w, f, deadline_ns);
    f->is_deaf = false;
    return f->is_canceled ? ERR_CANCELED : 0;
}

void fiber_cancel(struct fiber *f)
{
    f->is_canceled = true;
    if (f->state == FIBER_PARKED && !f->is_shielded)
        make_ready(f, ERR_CANCELED);
}

void fiber_uncancel(struct fiber *f)
{
    f->is_canceled = false;
}

bool fiber_is_canceled(const struct fiber *f)
{
    return f->is_canceled;
}

void fiber_stack(struct worker *w, void **low, size_t *size)
{
    struct fiber *f = w->current;
    CHECK(f != NULL);
    *low = f->low;
    *size = (size_t)((char *)f - f->low);
}

void fiber_trim_stack(struct worker *w, size_t keep_bytes)
{
    struct fiber *f = w->current;
    CHECK(f != NULL);
    stack_trim(&f->mark, f->low, __builtin_frame_address(0), keep_bytes,
               w->stacks[f->kind].page_size);
}
