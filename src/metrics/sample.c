/* sample.c - the shared end of a batch of samples: who reads last sends it home.
 * Knows no queue and no output. Tests: shard_test.c */
#include "metrics/sample.h"

#include "base/err.h"

void sample_batch_release(struct sample_batch *b)
{
    /* Acquire and release: what the other readers did with the batch is over before it is written
     * again. */
    int left = __atomic_sub_fetch(&b->readers, 1, __ATOMIC_ACQ_REL);
    CHECK(left >= 0);
    if (left == 0)
        b->give_back(b);
}
