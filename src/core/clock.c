/* clock.c - the two clocks of the system. Tests: clock_test.c */
#include "core/clock.h"

#include <stdatomic.h>
#include <time.h>

#include "base/duration.h"
#include "base/err.h"

static int64_t read_clock(clockid_t id)
{
    struct timespec ts;
    CHECK(clock_gettime(id, &ts) == 0);
    return (int64_t)ts.tv_sec * NS_PER_SEC + ts.tv_nsec;
}

int64_t clock_now_ns(void)
{
    return read_clock(CLOCK_MONOTONIC);
}

int64_t clock_wall_ns(void)
{
    return read_clock(CLOCK_REALTIME);
}

int64_t clock_to_wall_ns(int64_t mono_ns)
{
    /* One offset for the whole process, so that two samples never change order because somebody
     * set the wall clock in between. It is a constant of the run, hence no member of anything;
     * the first of several threads wins. */
    static _Atomic int64_t offset_ns;
    int64_t known = atomic_load_explicit(&offset_ns, memory_order_relaxed);
    if (known == 0) {
        int64_t fresh = clock_wall_ns() - clock_now_ns();
        if (atomic_compare_exchange_strong(&offset_ns, &known, fresh))
            known = fresh;
    }
    return mono_ns + known;
}

int64_t clock_add(int64_t a_ns, int64_t b_ns)
{
    int64_t sum;
    if (!__builtin_add_overflow(a_ns, b_ns, &sum))
        return sum;
    return b_ns > 0 ? CLOCK_NEVER : INT64_MIN;
}
