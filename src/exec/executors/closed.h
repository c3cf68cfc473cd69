/* closed.h - what the executors have in common that begin with all their VUs at once. */
#ifndef C6_CLOSED_H
#define C6_CLOSED_H

#include "exec/executors/executors.h"

/* vus VUs from the start until duration_ns + graceful_ns; no work without VUs. */
void closed_plan(struct scenario_plan *fills, int64_t vus, int64_t duration_ns,
                 int64_t graceful_ns);
int closed_drive(struct share *sh);

#endif
