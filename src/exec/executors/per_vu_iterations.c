/* per_vu_iterations.c - each VU runs so many iterations, within maxDuration.
 * Source: k6 docs, "Per VU iterations". Tests: plan_test.c, seat_test.c */
#include <inttypes.h>
#include <stdio.h>

#include "exec/exec_int.h"
#include "exec/executors/closed.h"
#include "exec/executors/executors.h"

static void plan(const struct scenario *s, const struct segment *segment,
                 struct scenario_plan *fills)
{
    if (s->iterations <= 0)
        return;
    int64_t vus = segment_scale(segment, s->vus);
    closed_plan(fills, vus, s->max_duration_ns, s->graceful_stop_ns);
    fills->iterations = vus * s->iterations;
}

/* Each VU tells of its own; with the system tag vu on, by name. */
static void add_dropped(struct seat *seat, int64_t count)
{
    struct share *sh = seat->share;
    if ((sh->ew->run->system_tags & TAG_VU) == 0) {
        share_add_dropped(sh, sh->own_tags, (uint64_t)count);
        return;
    }
    char id[24];
    snprintf(id, sizeof id, "%" PRIu64, seat->ev->vu->id);
    struct tagset *tags = tags_with(sh->own_tags, STR("vu"), str_of(id));
    share_add_dropped(sh, tags, (uint64_t)count);
    tags_unref(tags);
}

static void serve(struct seat *seat)
{
    int64_t left = seat->share->scen->view.config->iterations;
    while (left > 0 && seat_may_begin(seat)) {
        left--;
        if (!seat_iterate(seat, seat_take_number(seat)))
            break;
    }
    if (left > 0)
        add_dropped(seat, left);
}

const struct executor per_vu_iterations_executor = {
    .plan = plan, .drive = closed_drive, .serve = serve};
