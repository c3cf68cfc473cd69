/* blocking.c - a few helper threads a worker, started at need, ended with it.
 * Tests: blocking_test.c */
#include "core/blocking.h"

#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/mem.h"
#include "core/worker_int.h"

enum { STACK_SIZE = 512 << 10 };

struct job {
    struct job *next;
    void (*fn)(void *arg);
    void *arg;
    struct fiber *fiber;
    struct worker *worker;
    struct mail done_mail;
};

struct blocking {
    pthread_mutex_t lock; /* guards all below but threads */
    pthread_cond_t has_work;
    struct job *first;
    struct job *last;
    int idle_count;
    bool is_ending;
    int thread_count; /* worker's thread only, as is threads */
    pthread_t threads[BLOCKING_MAX];
};

static struct blocking *blocking_new(void)
{
    struct blocking *b = MEM_NEW(struct blocking);
    CHECK(pthread_mutex_init(&b->lock, NULL) == 0);
    CHECK(pthread_cond_init(&b->has_work, NULL) == 0);
    return b;
}

static struct job *take_job(struct blocking *b)
{
    pthread_mutex_lock(&b->lock);
    b->idle_count++;
    while (b->first == NULL && !b->is_ending)
        pthread_cond_wait(&b->has_work, &b->lock);
    b->idle_count--;
    struct job *job = b->first;
    if (job != NULL) {
        b->first = job->next;
        if (b->first == NULL)
            b->last = NULL;
    }
    pthread_mutex_unlock(&b->lock);
    return job;
}

static void *helper_main(void *arg)
{
    struct blocking *b = arg;
    struct job *job;
    pthread_setname_np(pthread_self(), "c6-blocking");
    while ((job = take_job(b)) != NULL) {
        job->fn(job->arg);
        worker_post(job->worker, &job->done_mail); /* the job is gone from here on */
    }
    return NULL;
}

/* Returns whether there is a helper to do the work. */
static bool add_helper(struct blocking *b)
{
    pthread_attr_t attr;
    sigset_t all;
    sigset_t had;
    CHECK(pthread_attr_init(&attr) == 0);
    CHECK(pthread_attr_setstacksize(&attr, STACK_SIZE) == 0);
    sigfillset(&all);
    CHECK(pthread_sigmask(SIG_SETMASK, &all, &had) == 0);
    if (pthread_create(&b->threads[b->thread_count], &attr, helper_main, b) == 0)
        b->thread_count++;
    CHECK(pthread_sigmask(SIG_SETMASK, &had, NULL) == 0);
    pthread_attr_destroy(&attr);
    return b->thread_count > 0;
}

static void run_done(struct worker *w, struct mail *m)
{
    (void)w;
    struct job *job = (struct job *)(void *)((char *)m - offsetof(struct job, done_mail));
    fiber_wake_deaf(job->fiber);
}

static void queue_job(struct blocking *b, struct job *job)
{
    pthread_mutex_lock(&b->lock);
    if (b->last != NULL)
        b->last->next = job;
    else
        b->first = job;
    b->last = job;
    pthread_cond_signal(&b->has_work);
    pthread_mutex_unlock(&b->lock);
}

static bool needs_helper(struct blocking *b)
{
    pthread_mutex_lock(&b->lock);
    bool needs = b->thread_count < BLOCKING_MAX && (b->idle_count == 0 || b->first != NULL);
    pthread_mutex_unlock(&b->lock);
    return needs;
}

void blocking_call(struct worker *w, void (*fn)(void *arg), void *arg)
{
    if (w->blocking == NULL)
        w->blocking = blocking_new();
    struct blocking *b = w->blocking;
    if (needs_helper(b) && !add_helper(b)) {
        fn(arg); /* the system refuses even one thread: slow is better than not at all */
        return;
    }
    struct job job = {
        .fn = fn, .arg = arg, .fiber = w->current, .worker = w, .done_mail.run = run_done};
    CHECK(job.fiber != NULL);
    queue_job(b, &job);
    fiber_park_deaf(w);
}

void blocking_free(struct blocking *b)
{
    if (b == NULL)
        return;
    pthread_mutex_lock(&b->lock);
    b->is_ending = true;
    pthread_cond_broadcast(&b->has_work);
    pthread_mutex_unlock(&b->lock);
    for (int i = 0; i < b->thread_count; i++)
        pthread_join(b->threads[i], NULL);
    pthread_cond_destroy(&b->has_work);
    pthread_mutex_destroy(&b->lock);
    mem_free(b);
}
