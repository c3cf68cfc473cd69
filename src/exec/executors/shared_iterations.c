/* shared_iterations.c - so many iterations in all, taken by whichever VU is free first, within
 * maxDuration. The number of the next iteration is the scenario's one counter, so a slow VU holds
 * nothing back from the others. Source: k6 docs, "Shared iterations". Tests: plan_test.c,
 * run_test.c */
#include "exec/exec_int.h"
#include "exec/executors/closed.h"
#include "exec/executors/executors.h"

static void plan(const struct scenario *s, const struct segment *segment,
                 struct scenario_plan *fills)
{
    int64_t vus = segment_scale(segment, s->vus);
    struct segment *by_vus = segment_resize(segment, s->vus);
    int64_t iterations = by_vus != NULL ? segment_scale(by_vus, s->iterations) : 0;
    if (vus <= 0 || iterations <= 0) {
        segment_free(by_vus);
        return;
    }
    closed_plan(fills, vus, s->max_duration_ns, s->graceful_stop_ns);
    fills->iterations = iterations;
    fills->iteration_segment = by_vus;
}

static void serve(struct seat *seat)
{
    int64_t total = seat->share->scen->plan->iterations;
    while (seat_may_begin(seat)) {
        int64_t number = seat_take_number(seat);
        if (number >= total || !seat_iterate(seat, number))
            return;
    }
}

static void finish(struct share *sh)
{
    uint64_t begun = scen_iterations_so_far(&sh->scen->view);
    uint64_t total = (uint64_t)sh->scen->plan->iterations;
    if (begun < total)
        share_add_dropped(sh, sh->own_tags, total - begun);
}

const struct executor shared_iterations_executor = {
    .plan = plan, .drive = closed_drive, .serve = serve, .finish = finish};
