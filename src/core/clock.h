/* clock.h - time. Monotonic nanoseconds for everything that measures or waits; wall time only
 * for what users read. */
#ifndef C6_CLOCK_H
#define C6_CLOCK_H

#include <stdint.h>

#define CLOCK_NEVER INT64_MAX /* a deadline that never comes */

int64_t clock_now_ns(void);                /* monotonic */
int64_t clock_wall_ns(void);               /* since 1970, UTC */
int64_t clock_to_wall_ns(int64_t mono_ns); /* by the offset taken at first use */
/* a + b without overflow: saturates at CLOCK_NEVER. */
int64_t clock_add(int64_t a_ns, int64_t b_ns);

#endif
