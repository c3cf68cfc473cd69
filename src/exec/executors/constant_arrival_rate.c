/* constant_arrival_rate.c - iterations begin at a fixed rate, the first at once. A start that falls
 * on the very end of the duration still happens, unless what begins then would be cut at once: k6
 * leaves it to a race that the start mostly wins (and always where its interval, cut to whole
 * nanoseconds, brings it forward). Source: k6 docs, "Constant arrival rate". Tests: arrival_test.c,
 * seat_test.c */
#include <math.h>

#include "exec/executors/arrival.h"

int64_t constant_arrival_start_ns(const struct scenario *s, int64_t index)
{
    if (s->rate <= 0)
        return -1;
    /* Whole rates, all there are in practice, are reckoned in integers: no drift however long the
     * test. */
    double at_ns = (double)index * (double)s->time_unit_ns / s->rate;
    if (s->rate == floor(s->rate) && s->rate < 1e15)
        at_ns = (double)(int64_t)((__int128)index * s->time_unit_ns / (int64_t)s->rate);
    double last_ns = (double)(s->graceful_stop_ns > 0 ? s->duration_ns : s->duration_ns - 1);
    return at_ns <= last_ns ? (int64_t)at_ns : -1;
}

static void plan(const struct scenario *s, const struct segment *segment,
                 struct scenario_plan *fills)
{
    arrival_plan(s, segment, s->duration_ns, fills);
}

static int drive(struct share *sh)
{
    return arrival_drive(sh, constant_arrival_start_ns, ARRIVAL_ENDS_WITH_DURATION);
}

const struct executor constant_arrival_rate_executor = {
    .plan = plan, .drive = drive, .serve = arrival_serve, .is_active_by_iteration = true};
