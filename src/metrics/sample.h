/* sample.h - one measurement, and batches of them on their way to outputs. A batch holds references
 * to its tag sets; it goes back to the worker that made it to release them (batch_return). */
#ifndef C6_SAMPLE_H
#define C6_SAMPLE_H

#include <stddef.h>
#include <stdint.h>

#include "metrics/metric.h"
#include "metrics/tags.h"

struct sample {
    const struct metric *metric;
    struct tagset *tags;
    struct tagset *metadata; /* NULL: none (trace ids, vu and iter as metadata) */
    int64_t time_ns;         /* wall clock, since 1970 */
    double value;
};

enum { SAMPLE_BATCH_LEN = 1024 };

struct sample_batch {
    size_t len;
    int readers;                 /* atomic: consumers that still read it */
    /* called by the last reader, on its thread; sends it home to its worker */
    void (*give_back)(struct sample_batch *b);
    void *opaque;                /* the giver's */
    struct sample_batch *next;   /* the giver's or the queue's */
    struct sample items[SAMPLE_BATCH_LEN];
};

/* A reader is done with it. Any thread. */
void sample_batch_release(struct sample_batch *b);

#endif
