/* fanout.c - hands every batch of samples to every output, each on its own thread behind a bounded
 * queue. Knows no formats. Emitted to by the workers, opened and closed by cli. Tests:
 * fanout_test.c */
#include "output/fanout.h"

#include <pthread.h>
#include <stdbool.h>
#include <string.h>
#include <time.h>

#include "base/duration.h"
#include "base/mem.h"
#include "base/vec.h"
#include "core/clock.h"
#include "output/output.h"

/* One output, its thread and its queue: a ring of batches, under the lock. */
struct lane {
    struct output *output; /* its thread frees it at the end */
    const char *name;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t more; /* something was put into the ring, or is_closing was set */
    struct sample_batch **ring;
    size_t ring_cap, head, count;
    bool is_waiting; /* the thread sleeps in `more` */
    bool is_closing;
    uint64_t samples, dropped;
};

struct fanout {
    struct logger *logger;
    size_t queue_batches;
    VEC(struct lane *) lanes;
};

struct fanout *fanout_new(struct logger *lg, size_t queue_batches)
{
    struct fanout *f = MEM_NEW(struct fanout);
    f->logger = lg;
    f->queue_batches = queue_batches == 0 ? FANOUT_QUEUE_BATCHES : queue_batches;
    return f;
}

/* Sleeps until there is more, or until at_ns (CLOCK_NEVER: no limit). Under the lock. */
static void lane_wait(struct lane *l, int64_t at_ns)
{
    l->is_waiting = true;
    if (at_ns == CLOCK_NEVER) {
        pthread_cond_wait(&l->more, &l->lock);
    } else {
        struct timespec at = {.tv_sec = at_ns / NS_PER_SEC, .tv_nsec = at_ns % NS_PER_SEC};
        pthread_cond_timedwait(&l->more, &l->lock, &at);
    }
    l->is_waiting = false;
}

/* The next batch; NULL when it is time to flush, or when all is done and the lane is closing. */
static struct sample_batch *lane_pop(struct lane *l, int64_t flush_at_ns)
{
    struct sample_batch *b = NULL;
    pthread_mutex_lock(&l->lock);
    while (l->count == 0 && !l->is_closing &&
           (flush_at_ns == CLOCK_NEVER || clock_now_ns() < flush_at_ns))
        lane_wait(l, flush_at_ns);
    if (l->count > 0) {
        b = l->ring[l->head];
        l->head = (l->head + 1) % l->ring_cap;
        l->count--;
    }
    pthread_mutex_unlock(&l->lock);
    return b;
}

static bool lane_is_done(struct lane *l)
{
    pthread_mutex_lock(&l->lock);
    bool done = l->is_closing && l->count == 0;
    pthread_mutex_unlock(&l->lock);
    return done;
}

static void *lane_run(void *arg)
{
    struct lane *l = arg;
    struct output *o = l->output;
    int64_t flush_at_ns = CLOCK_NEVER; /* set while something is not flushed */
    for (;;) {
        struct sample_batch *b = lane_pop(l, flush_at_ns);
        if (b != NULL) {
            o->type->take(o, b);
            sample_batch_release(b);
            if (flush_at_ns == CLOCK_NEVER)
                flush_at_ns = clock_add(clock_now_ns(), o->flush_interval_ns);
        }
        if (flush_at_ns != CLOCK_NEVER && clock_now_ns() >= flush_at_ns) {
            o->type->flush(o);
            flush_at_ns = CLOCK_NEVER;
        }
        if (b == NULL && lane_is_done(l))
            break;
    }
    o->type->close(o);
    return NULL;
}

static void lane_init(struct lane *l, struct output *o, size_t cap)
{
    pthread_condattr_t attr;
    pthread_condattr_init(&attr);
    pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    pthread_cond_init(&l->more, &attr);
    pthread_condattr_destroy(&attr);
    pthread_mutex_init(&l->lock, NULL);
    l->output = o;
    l->name = o->type->name;
    l->ring_cap = cap;
    l->ring = mem_calloc(cap, sizeof(struct sample_batch *));
}

static void lane_free(struct lane *l)
{
    pthread_cond_destroy(&l->more);
    pthread_mutex_destroy(&l->lock);
    mem_free(l->ring);
    mem_free(l);
}

int fanout_add(struct fanout *f, struct output *takes, struct err *e)
{
    struct lane *l = MEM_NEW(struct lane);
    lane_init(l, takes, f->queue_batches);
    int failed = pthread_create(&l->thread, NULL, lane_run, l);
    if (failed != 0) {
        int rc = err_from_errno(failed);
        err_set(e, rc, "cannot start a thread for the output %s: %s", takes->type->name,
                strerror(failed));
        err_set_exit(e, EXIT_GENERIC);
        takes->type->close(takes);
        lane_free(l);
        return rc;
    }
    char name[16];
    memset(name, 0, sizeof name);
    strncpy(name, "c6-", sizeof name - 1);
    strncat(name, takes->type->name, sizeof name - 4);
    pthread_setname_np(l->thread, name);
    VEC_PUSH(&f->lanes, l);
    return 0;
}

size_t fanout_count(const struct fanout *f)
{
    return f->lanes.len;
}

const char *fanout_description(const struct fanout *f, size_t i)
{
    return f->lanes.items[i]->output->description;
}

/* Puts b into the ring; false when it is full. */
static bool lane_push(struct lane *l, struct sample_batch *b)
{
    pthread_mutex_lock(&l->lock);
    bool fits = l->count < l->ring_cap;
    bool wake = false;
    l->samples += b->len;
    if (fits) {
        l->ring[(l->head + l->count) % l->ring_cap] = b;
        l->count++;
        wake = l->is_waiting;
    } else {
        l->dropped += b->len;
    }
    pthread_mutex_unlock(&l->lock);
    if (wake)
        pthread_cond_signal(&l->more);
    return fits;
}

void fanout_emit(void *opaque, struct sample_batch *takes)
{
    struct fanout *f = opaque;
    /* One reader more than there are outputs: this function itself, so that a quick output can't
     * send the batch home meanwhile. */
    __atomic_store_n(&takes->readers, (int)f->lanes.len + 1, __ATOMIC_RELAXED);
    for (size_t i = 0; i < f->lanes.len; i++)
        if (!lane_push(f->lanes.items[i], takes))
            sample_batch_release(takes);
    sample_batch_release(takes);
}

void fanout_get_stats(struct fanout *f, size_t i, struct fanout_stats *fills)
{
    struct lane *l = f->lanes.items[i];
    pthread_mutex_lock(&l->lock);
    *fills = (struct fanout_stats){.samples = l->samples, .dropped = l->dropped};
    pthread_mutex_unlock(&l->lock);
}

void fanout_close(struct fanout *f)
{
    if (f == NULL)
        return;
    for (size_t i = 0; i < f->lanes.len; i++) {
        struct lane *l = f->lanes.items[i];
        pthread_mutex_lock(&l->lock);
        l->is_closing = true;
        pthread_cond_signal(&l->more);
        pthread_mutex_unlock(&l->lock);
    }
    for (size_t i = 0; i < f->lanes.len; i++) {
        struct lane *l = f->lanes.items[i];
        pthread_join(l->thread, NULL);
        if (l->dropped > 0)
            log_warn(f->logger,
                     "The output %s could not keep up: %llu of %llu samples are missing from it",
                     l->name, (unsigned long long)l->dropped, (unsigned long long)l->samples);
        lane_free(l);
    }
    VEC_DEINIT(&f->lanes);
    mem_free(f);
}
