/* closed.c - all VUs at once. */
#include "exec/executors/closed.h"

#include "core/clock.h"
#include "exec/exec_int.h"

void closed_plan(struct scenario_plan *fills, int64_t vus, int64_t duration_ns, int64_t graceful_ns)
{
    if (vus <= 0)
        return;
    fills->has_work = true;
    fills->regular_ns = duration_ns;
    fills->max_ns = clock_add(duration_ns, graceful_ns);
    plan_add_step(&fills->reserved, 0, vus);
    plan_add_step(&fills->reserved, fills->max_ns, 0);
}

int closed_drive(struct share *sh)
{
    for (size_t i = 0; i < sh->seat_count; i++)
        seat_begin(&sh->seats[i]);
    return 0;
}
