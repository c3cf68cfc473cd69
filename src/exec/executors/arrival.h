/* arrival.h - what the two arrival-rate executors have in common: iterations begin at times fixed
 * by the schedule, each by whichever VU is free. Start times are pure functions of the iteration's
 * index, so no late start delays those after it. */
#ifndef C6_ARRIVAL_H
#define C6_ARRIVAL_H

#include "exec/executors/executors.h"

/* When start number `index` (0-based, over all instances) is due, since the scenario's start. -1:
 * not within its duration. */
int64_t constant_arrival_start_ns(const struct scenario *s, int64_t index);
int64_t ramping_arrival_start_ns(const struct scenario *s, int64_t index);

/* Iterations per second as progress displays show them, for the instance with these stripes: the
 * rate, or for a ramp what the distance of the next start from the one before it makes. */
double arrival_shown_rate(const struct scenario *s, const struct segment *stripes, int64_t at_ns);

void arrival_plan(const struct scenario *s, const struct segment *segment, int64_t duration_ns,
                  struct scenario_plan *fills);
/* A constant rate lasts as long as it is said to, a ramp until its last start: what comes after,
 * such as a stage at rate 0, is not waited for. As in k6. */
enum arrival_end { ARRIVAL_ENDS_WITH_DURATION, ARRIVAL_ENDS_WITH_LAST_START };
int arrival_drive(struct share *sh, int64_t (*start_ns)(const struct scenario *s, int64_t index),
                  enum arrival_end end);
void arrival_serve(struct seat *seat);

#endif
