/* ramping_vus.h - the schedule of ramping-vus as pure functions, for tests and for the executor. */
#ifndef C6_RAMPING_VUS_H
#define C6_RAMPING_VUS_H

#include "exec/plan.h"

/* VUs that loop, step by step: one VU each on a slope, at the moment its whole number is reached
 * going up, or left going down. The last step is 0, at the end of the last stage that matters. */
void ramping_vus_wanted(const struct scenario *s, const struct segment *segment,
                        struct plan_steps *fills);
/* VUs held: those wanted, and those taken away within the last gracefulRampDown; all end with
 * gracefulStop. */
void ramping_vus_reserved(const struct scenario *s, const struct segment *segment,
                          struct plan_steps *fills);

#endif
