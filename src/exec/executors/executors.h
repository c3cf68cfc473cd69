/* executors.h - what an executor is, and the one table of them. One file each.
 *
 * An executor has a pure half, which says what it will need (plan.h), and a running half, which
 * every worker runs for its own share of the scenario: drive starts VUs at the right times, serve
 * is what one VU does from its start to its end. Adding one: a file in this folder, a row in
 * executors.c, an entry in options/scenario.h. */
#ifndef C6_EXECUTORS_H
#define C6_EXECUTORS_H

#include "exec/plan.h"
#include "options/scenario.h"

struct share;
struct seat;

struct executor {
    /* Fills a zeroed plan. */
    void (*plan)(const struct scenario *s, const struct segment *segment,
                 struct scenario_plan *fills);
    /* On the share's own fiber from the scenario's start on: begins places when they are due;
     * returns when no more will be. Parks. ERR_CANCELED: the run is being stopped. */
    int (*drive)(struct share *sh);
    /* On the VU's fiber, the VU being active for the scenario: iterations until it is time to
     * leave. Parks. */
    void (*serve)(struct seat *seat);
    /* Once a scenario, on the worker that was the last to finish its share. May be NULL. */
    void (*finish)(struct share *sh);
    /* VUs only count as active while they run an iteration (arrival rates), not as long as they are
     * reserved. */
    bool is_active_by_iteration;
};

const struct executor *executor_of(enum executor_kind kind);

extern const struct executor constant_vus_executor;
extern const struct executor per_vu_iterations_executor;
extern const struct executor shared_iterations_executor;
extern const struct executor ramping_vus_executor;
extern const struct executor constant_arrival_rate_executor;
extern const struct executor ramping_arrival_rate_executor;

#endif
