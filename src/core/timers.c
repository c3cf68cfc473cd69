/* timers.c - a heap of timers with four children a node. Each entry carries its time beside the
 * pointer: sifting compares times from few cache lines and touches the timers only to write
 * their new place. Four children make it half as deep as a binary heap. Nearly all deadlines are
 * set late and cleared before they fire, so they stay near the leaves and cost a step or two.
 * Tests: timers_test.c */
#include "core/timers.h"

#include "base/err.h"
#include "base/mem.h"
#include "core/clock.h"

struct timers_entry {
    int64_t at_ns;
    struct timer *timer;
};

enum { CHILDREN = 4 };

/* A timer knows its place as heap_index - 1; 0 is "not set". */
static void put(struct timers *ts, uint32_t at, struct timers_entry e)
{
    ts->entries[at] = e;
    e.timer->heap_index = at + 1;
}

static bool comes_before(const struct timers_entry *a, const struct timers_entry *b)
{
    if (a->at_ns != b->at_ns)
        return a->at_ns < b->at_ns;
    /* The count may wrap around; the difference keeps its sign as long as fewer than 2^31 lie
     * between. */
    return (int32_t)(a->timer->seq - b->timer->seq) < 0;
}

static void sift_up(struct timers *ts, uint32_t at, struct timers_entry e)
{
    while (at > 0) {
        uint32_t parent = (at - 1) / CHILDREN;
        if (!comes_before(&e, &ts->entries[parent]))
            break;
        put(ts, at, ts->entries[parent]);
        at = parent;
    }
    put(ts, at, e);
}

static void sift_down(struct timers *ts, uint32_t at, struct timers_entry e)
{
    for (;;) {
        uint32_t first = at * CHILDREN + 1;
        if (first >= ts->len)
            break;
        uint32_t end = ts->len - first > CHILDREN ? first + CHILDREN : ts->len;
        uint32_t best = first;
        for (uint32_t i = first + 1; i < end; i++)
            if (comes_before(&ts->entries[i], &ts->entries[best]))
                best = i;
        if (!comes_before(&ts->entries[best], &e))
            break;
        put(ts, at, ts->entries[best]);
        at = best;
    }
    put(ts, at, e);
}

static void place(struct timers *ts, uint32_t at, struct timers_entry e)
{
    if (at > 0 && comes_before(&e, &ts->entries[(at - 1) / CHILDREN]))
        sift_up(ts, at, e);
    else
        sift_down(ts, at, e);
}

void timers_init(struct timers *ts)
{
    *ts = (struct timers){0};
}

void timers_deinit(struct timers *ts)
{
    for (uint32_t i = 0; i < ts->len; i++)
        ts->entries[i].timer->heap_index = 0;
    mem_free(ts->entries);
    *ts = (struct timers){0};
}

void timers_set(struct timers *ts, struct timer *t, int64_t at_ns)
{
    t->at_ns = at_ns;
    t->seq = ts->next_seq++;
    struct timers_entry e = {at_ns, t};
    if (t->heap_index != 0) {
        place(ts, t->heap_index - 1, e);
        return;
    }
    if (ts->len == ts->cap) {
        ts->cap = ts->cap == 0 ? 64 : ts->cap * 2;
        ts->entries = mem_realloc(ts->entries, ts->cap * sizeof *ts->entries);
    }
    sift_up(ts, ts->len++, e);
}

void timers_clear(struct timers *ts, struct timer *t)
{
    if (t->heap_index == 0)
        return;
    uint32_t at = t->heap_index - 1;
    CHECK(at < ts->len && ts->entries[at].timer == t);
    t->heap_index = 0;
    ts->len--;
    if (at < ts->len)
        place(ts, at, ts->entries[ts->len]);
}

int64_t timers_next_ns(const struct timers *ts)
{
    return ts->len > 0 ? ts->entries[0].at_ns : CLOCK_NEVER;
}

struct timer *timers_take_due(struct timers *ts, int64_t now_ns)
{
    if (ts->len == 0 || ts->entries[0].at_ns > now_ns)
        return NULL;
    struct timer *t = ts->entries[0].timer;
    timers_clear(ts, t);
    return t;
}
