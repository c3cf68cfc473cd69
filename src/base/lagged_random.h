/* lagged_random.h - the seeded generator whose numbers k6's randomSeed promises: the additive
 * lagged Fibonacci generator of Mitchell and Moore over 64 bits, lags 607 and 273, so that a script
 * with a seed draws the same numbers here as there. 5 KB of state: made for those who ask for a
 * seed. */
#ifndef C6_LAGGED_RANDOM_H
#define C6_LAGGED_RANDOM_H

#include <stdint.h>

enum { LAGGED_LONG = 607, LAGGED_SHORT = 273 };

/* What every seed is mixed with: the state that the generator reaches from seed 1 after 7.8e12
 * numbers. lagged_table_make jumps there in about 20 ms; the same for all, so make it once. */
struct lagged_table {
    uint64_t words[LAGGED_LONG];
};
void lagged_table_make(struct lagged_table *t);

struct lagged_random {
    uint64_t words[LAGGED_LONG]; /* private */
    int tap, feed;               /* private */
};
void lagged_random_seed(struct lagged_random *r, const struct lagged_table *t, int64_t seed);
double lagged_random_unit(struct lagged_random *r); /* [0, 1) */

#endif
