/* constant_vus.c - so many VUs loop for so long.
 * Source: k6 docs, "Constant VUs". Tests: plan_test.c, seat_test.c */
#include "core/clock.h"
#include "exec/exec_int.h"
#include "exec/executors/executors.h"
#include "exec/executors/closed.h"

static void plan(const struct scenario *s, const struct segment *segment,
                 struct scenario_plan *fills)
{
    closed_plan(fills, segment_scale(segment, s->vus), s->duration_ns, s->graceful_stop_ns);
}

static void serve(struct seat *seat)
{
    while (seat_may_begin(seat) && seat_iterate(seat, seat_take_number(seat)))
        ;
}

const struct executor constant_vus_executor = {.plan = plan, .drive = closed_drive, .serve = serve};
