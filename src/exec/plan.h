/* plan.h - what a test will need, known before it starts: for each scenario how many VUs are
 * reserved when, and which VU serves which place of which scenario. Pure functions of the
 * configuration and the segment; no clock, no threads.
 *
 * k6 hands VUs out of one queue while the test runs. Here the same hand-out is played through
 * beforehand with the planned times, so that the number of VUs is exactly k6's and every VU belongs
 * to one worker for good. Source: k6 docs, "Scenarios", "Graceful stop". Tests: plan_test.c */
#ifndef C6_PLAN_H
#define C6_PLAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/vec.h"
#include "exec/segment.h"
#include "options/scenario.h"

/* From at_ns on (since the scenario's start) there are so many VUs, until the next step. */
struct plan_step {
    int64_t at_ns;
    int64_t vus;
};
struct plan_steps {
    VEC(struct plan_step) v; /* in order of time */
};

/* One scenario in this segment. Filled by its executor (executors/). */
struct scenario_plan {
    bool has_work;              /* false: this segment has no part in it; the rest is empty */
    struct plan_steps reserved; /* VUs held for it, grace periods included; the last step is 0 */
    struct plan_steps wanted; /* ramping-vus: VUs that begin iterations, without grace periods; the
                                 last step is 0 */
    int64_t regular_ns;       /* no iteration begins after it */
    int64_t max_ns;           /* those still running then are interrupted */
    int64_t vus;              /* most VUs reserved at a time */
    int64_t unplanned_vus;    /* arrival rates: as many more may be made while it runs */
    int64_t iterations;       /* in all; 0: not fixed */
    /* Iterations are striped over instances in proportion to their VUs where the executor hands
     * them out; NULL: as the segment. */
    struct segment *iteration_segment;
};

/* Place `slot` (0-based) of a scenario is served by VU `vu` (0-based) in [from, until), since the
 * scenario's start. */
struct plan_lease {
    int32_t scenario;
    int32_t slot;
    int32_t vu;
    int64_t from_ns, until_ns;
};

struct plan {
    struct scenario_plan *scenarios; /* as many as the list has */
    size_t scenario_count;
    VEC(struct plan_lease)
    leases;          /* in order of the time they begin (since the test's start), scenario, slot */
    int64_t vus;     /* made before the test starts */
    int64_t max_vus; /* those that may be added while it runs included */
    int64_t max_duration_ns; /* when the last VU must be done */
};

/* Borrows list and segment for the call only. */
struct plan *plan_new(const struct scenario_list *list, const struct segment *segment);
void plan_free(struct plan *p);

/* What of the scenario this segment does. Also for scenarios in which it has no part. */
void plan_get_share(const struct scenario *s, const struct segment *segment,
                    struct scenario_share *fills);

void plan_add_step(struct plan_steps *s, int64_t at_ns,
                   int64_t vus); /* nothing if that is what there is already */
int64_t plan_steps_max(const struct plan_steps *s);
int64_t plan_vus_at(const struct plan_steps *s, int64_t at_ns);

#endif
