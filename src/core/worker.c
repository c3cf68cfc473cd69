/* worker.c - the loop of a worker: ready fibers, timers, mail, descriptors.
 *
 * One turn: a round of fibers, a look at the clock, due timers, mail, then epoll: a real wait
 * when nothing is ready, a glance now and then when something is. Every step is bounded, so none
 * starves another. Tests: worker_test.c, bench/core_bench.c */
#include "core/worker.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>

#include "base/err.h"
#include "base/mem.h"
#include "core/clock.h"
#include "core/worker_int.h"

enum {
    TIMERS_PER_TURN = 256,
    RUNS_PER_POLL = 64,      /* a glance at the descriptors after so many runs of fibers */
    NS_PER_POLL = 50 * 1000, /* or after this time */
    TIMER_SLACK_NS = 1000,   /* the default of 50 us would make every sleep that much too long */
};

static void run_stop(struct worker *w, struct mail *m)
{
    (void)m;
    w->is_stopping = true;
}

struct worker *worker_new(int index)
{
    struct worker *w = MEM_NEW(struct worker);
    w->index = index;
    w->stop_mail.run = run_stop;
    w->loop_ns = clock_now_ns();
    timers_init(&w->timers);
    fiber_init_pools(w);
    w->reactor.epoll_fd = -1;
    w->mailbox.fd = -1;
    if (mailbox_open(&w->mailbox) < 0 || reactor_open(w) < 0) {
        worker_free(w);
        return NULL;
    }
    return w;
}

void worker_free(struct worker *w)
{
    if (w == NULL)
        return;
    CHECK(!w->is_started && w->stats.fibers == 0);
    blocking_free(w->blocking);
    reactor_close(w);
    mailbox_close(&w->mailbox);
    timers_deinit(&w->timers);
    fiber_deinit_pools(w);
    mem_free(w);
}

static void fire_timers(struct worker *w)
{
    for (int i = 0; i < TIMERS_PER_TURN; i++) {
        struct timer *t = timers_take_due(&w->timers, w->loop_ns);
        if (t == NULL)
            return;
        t->fire(w, t);
    }
}

static void run_mail(struct worker *w)
{
    struct mailbox_link *link = mailbox_take_all(&w->mailbox);
    while (link != NULL) {
        struct mail *m = (struct mail *)(void *)((char *)link - offsetof(struct mail, link));
        link = link->next; /* run may free the mail */
        w->stats.mails++;
        m->run(w, m);
    }
}

static void poll_now(struct worker *w, int64_t timeout_ns)
{
    w->stats.polls++;
    w->runs_unpolled = 0;
    reactor_poll(w, timeout_ns);
    w->loop_ns = clock_now_ns();
    w->polled_ns = w->loop_ns;
}

static void wait_for_work(struct worker *w)
{
    int64_t next_ns = timers_next_ns(&w->timers);
    if (next_ns <= w->loop_ns) {
        poll_now(w, 0);
        return;
    }
    if (!mailbox_prepare_sleep(&w->mailbox))
        return;
    poll_now(w, next_ns == CLOCK_NEVER ? CLOCK_NEVER : next_ns - w->loop_ns);
    mailbox_end_sleep(&w->mailbox);
}

static void work(struct worker *w)
{
    fiber_run_round(w);
    w->loop_ns = clock_now_ns();
    fire_timers(w);
    run_mail(w);
}

static void look_around(struct worker *w)
{
    if (!fiber_has_ready(w))
        wait_for_work(w);
    else if (w->runs_unpolled >= RUNS_PER_POLL || w->loop_ns - w->polled_ns >= NS_PER_POLL)
        poll_now(w, 0);
}

static void *thread_main(void *arg)
{
    struct worker *w = arg;
    char name[16];
    snprintf(name, sizeof name, "c6-w%d", w->index);
    pthread_setname_np(pthread_self(), name);
    prctl(PR_SET_TIMERSLACK, TIMER_SLACK_NS, 0, 0, 0);
    ctx_init_thread(&w->loop_ctx);
    for (;;) {
        work(w);
        if (w->is_stopping && w->stats.fibers == 0)
            break;
        look_around(w);
    }
    run_mail(w);
    mem_drop_blocks();
    return NULL;
}

int worker_start(struct worker *w)
{
    CHECK(!w->is_started);
    /* Signals are the main thread's. The thread inherits the mask. */
    sigset_t all;
    sigset_t had;
    sigfillset(&all);
    CHECK(pthread_sigmask(SIG_SETMASK, &all, &had) == 0);
    int rc = pthread_create(&w->thread, NULL, thread_main, w);
    CHECK(pthread_sigmask(SIG_SETMASK, &had, NULL) == 0);
    if (rc != 0)
        return err_from_errno(rc);
    w->is_started = true;
    return 0;
}

void worker_stop(struct worker *w)
{
    if (w == NULL || !w->is_started)
        return;
    worker_post(w, &w->stop_mail);
    CHECK(pthread_join(w->thread, NULL) == 0);
    w->is_started = false;
}

void worker_run_here(struct worker *w, bool (*done)(void *opaque), void *opaque)
{
    CHECK(!w->is_started && w->current == NULL);
    ctx_init_thread(&w->loop_ctx);
    w->loop_ns = clock_now_ns();
    while (!done(opaque)) {
        work(w);
        if (done(opaque))
            break;
        look_around(w);
    }
}

int worker_index(const struct worker *w)
{
    return w->index;
}

void worker_post(struct worker *w, struct mail *m)
{
    mailbox_put(&w->mailbox, &m->link);
}

void timer_init(struct timer *t, void (*fire)(struct worker *, struct timer *))
{
    *t = (struct timer){.fire = fire};
}

void timer_set(struct worker *w, struct timer *t, int64_t at_ns)
{
    /* Who is late already gets in line behind those who are due: a timer that sets itself in the
     * past would else always be the first and use up every turn. */
    timers_set(&w->timers, t, at_ns > w->loop_ns ? at_ns : w->loop_ns);
}

void timer_clear(struct worker *w, struct timer *t)
{
    timers_clear(&w->timers, t);
}

bool timer_is_set(const struct timer *t)
{
    return t->heap_index != 0;
}

int64_t worker_loop_ns(const struct worker *w)
{
    return w->loop_ns;
}

bool worker_has_waiting(struct worker *w)
{
    return fiber_has_ready(w) || !mailbox_is_empty(&w->mailbox) ||
           timers_next_ns(&w->timers) <= clock_now_ns() || reactor_has_events(w);
}

bool worker_has_due(const struct worker *w, int64_t now_ns)
{
    return timers_next_ns(&w->timers) <= now_ns;
}

bool worker_is_asleep(struct worker *w)
{
    return mailbox_is_asleep(&w->mailbox);
}

void worker_set_data(struct worker *w, enum worker_slot slot, void *data)
{
    w->data[slot] = data;
}

void *worker_data(const struct worker *w, enum worker_slot slot)
{
    return w->data[slot];
}

void worker_get_stats(const struct worker *w, struct worker_stats *fills)
{
    *fills = w->stats;
}
