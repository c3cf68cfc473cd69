/* fanout.h - hands every batch of samples to every output, each on its own thread behind a bounded
 * queue.
 *
 * Never blocks a worker: what a queue can't take is counted and dropped for that output alone, and
 * said in the log at the end. */
#ifndef C6_FANOUT_H
#define C6_FANOUT_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/log.h"
#include "metrics/sample.h"

struct fanout;
struct output;

/* About 320 MB of samples at most, which are there only while an output lags behind: seconds of a
 * loop that does nothing else but make samples. */
enum { FANOUT_QUEUE_BATCHES = 8192 };

/* queue_batches: 0 takes the above. */
struct fanout *fanout_new(struct logger *lg, size_t queue_batches);
/* Takes the output, also when it fails (it is closed then), and starts its thread. Before the first
 * batch. */
int fanout_add(struct fanout *f, struct output *takes, struct err *e);
size_t fanout_count(const struct fanout *f);
const char *fanout_description(const struct fanout *f, size_t i); /* lends */

/* Takes a batch whose give_back is set; sets its readers. Any thread, several at once. opaque is
 * the struct fanout, so that it fits shard_set_emit and run_config.emit. */
void fanout_emit(void *opaque, struct sample_batch *takes);

struct fanout_stats {
    uint64_t samples; /* handed to fanout_emit */
    uint64_t dropped; /* of those, by this output's queue */
};
void fanout_get_stats(struct fanout *f, size_t i, struct fanout_stats *fills);

/* Writes out everything, closes the outputs, logs what was dropped, frees. After the last
 * fanout_emit. NULL is fine. */
void fanout_close(struct fanout *f);

#endif
