/* executors.c - the one table of executors. */
#include "exec/executors/executors.h"

#include "base/err.h"

static const struct executor *const table[] = {
    [EXECUTOR_SHARED_ITERATIONS] = &shared_iterations_executor,
    [EXECUTOR_PER_VU_ITERATIONS] = &per_vu_iterations_executor,
    [EXECUTOR_CONSTANT_VUS] = &constant_vus_executor,
    [EXECUTOR_RAMPING_VUS] = &ramping_vus_executor,
    [EXECUTOR_CONSTANT_ARRIVAL_RATE] = &constant_arrival_rate_executor,
    [EXECUTOR_RAMPING_ARRIVAL_RATE] = &ramping_arrival_rate_executor,
};

const struct executor *executor_of(enum executor_kind kind)
{
    CHECK((size_t)kind < sizeof table / sizeof table[0]);
    return table[kind];
}
