/* ramping_arrival_rate.c - the rate of beginning iterations follows stages.
 *
 * The area under the rate is the number of iterations due so far; iteration n begins when the area
 * reaches n (counted from 1). Within a stage the rate is a + b * t, the area a * t + b * t^2 / 2,
 * so the time is the root of a quadratic. Source: k6 docs, "Ramping arrival rate". Tests:
 * arrival_test.c, seat_test.c */
#include <math.h>

#include "core/clock.h"
#include "exec/executors/arrival.h"

static int64_t duration_of(const struct scenario *s)
{
    int64_t sum_ns = 0;
    for (size_t i = 0; i < s->stage_count; i++)
        sum_ns = clock_add(sum_ns, s->stages[i].duration_ns);
    return sum_ns;
}

/* When the area under a rate going from `from` to `to` (both per ns) in dur_ns reaches `area`. */
static double time_in_stage(double from, double to, double dur_ns, double area)
{
    if (from == to)
        return area / to;
    double under_root = dur_ns * (from * from * dur_ns + 2 * area * (to - from));
    /* Rounding may take the very last moment of a ramp to 0 below zero. */
    double root = under_root > 0 ? sqrt(under_root) : 0;
    return (from * dur_ns - root) / (from - to);
}

int64_t ramping_arrival_start_ns(const struct scenario *s, int64_t index)
{
    double wanted = (double)index + 1;
    double unit_ns = (double)s->time_unit_ns;
    double from = s->start_rate / unit_ns;
    double area = 0;
    int64_t stage_start_ns = 0;
    for (size_t i = 0; i < s->stage_count; i++) {
        double dur_ns = (double)s->stages[i].duration_ns;
        double to = (double)s->stages[i].target / unit_ns;
        double stage_area = dur_ns * ((to - from) / 2 + from);
        if (wanted <= area + stage_area)
            return stage_start_ns + (int64_t)(time_in_stage(from, to, dur_ns, wanted - area) + 0.5);
        area += stage_area;
        from = to;
        stage_start_ns += s->stages[i].duration_ns;
    }
    return -1;
}

static void plan(const struct scenario *s, const struct segment *segment,
                 struct scenario_plan *fills)
{
    arrival_plan(s, segment, duration_of(s), fills);
}

static int drive(struct share *sh)
{
    return arrival_drive(sh, ramping_arrival_start_ns, ARRIVAL_ENDS_WITH_LAST_START);
}

const struct executor ramping_arrival_rate_executor = {
    .plan = plan, .drive = drive, .serve = arrival_serve, .is_active_by_iteration = true};
