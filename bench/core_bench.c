/* core_bench.c - what the core costs: a switch, a fiber, a parked fiber's memory, a timer, a
 * piece of mail. Prints one line a measurement; judges nothing. Build it by hand, in the root:
 *
 *     cc -O2 -D_GNU_SOURCE -Isrc bench/core_bench.c build/libc6_core.a build/libc6_base.a \
 *         -l:libboost_context.a -lpthread -lm -o build/core_bench
 */
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/socket.h>

#include "base/duration.h"
#include "base/mem.h"
#include "core/clock.h"
#include "core/fiber.h"
#include "core/reactor.h"
#include "core/worker.h"

enum { PARKED = 30000 };

struct bench {
    struct worker *w;
    struct fiber **crowd;
    struct io io[2];
    long rounds;
    long left;
};

static bool no_fiber_left(void *opaque)
{
    struct bench *b = opaque;
    struct worker_stats stats;
    worker_get_stats(b->w, &stats);
    return stats.fibers == 0;
}

static void report(const char *what, int64_t start_ns, long count)
{
    printf("%-44s %8.1f ns\n", what, (double)(clock_now_ns() - start_ns) / (double)count);
}

static void yield_often(void *arg)
{
    struct bench *b = arg;
    for (long i = 0; i < b->rounds; i++)
        fiber_yield(b->w);
}

static void bench_yield(int fibers, long rounds)
{
    struct bench b = {.w = worker_new(0), .rounds = rounds};
    char what[64];
    for (int i = 0; i < fibers; i++)
        fiber_spawn(b.w, FIBER_VU, yield_often, &b);
    int64_t start_ns = clock_now_ns();
    worker_run_here(b.w, no_fiber_left, &b);
    snprintf(what, sizeof what, "yield (reads the clock), %d fibers", fibers);
    report(what, start_ns, rounds * fibers);
    worker_free(b.w);
}

/* Each wakes the next of a ring and parks: as fibers woken by one another, with a deadline that
 * never comes true. */
static void pass_on(void *arg)
{
    struct bench *b = arg;
    int64_t deadline_ns = worker_loop_ns(b->w) + 60 * NS_PER_SEC;
    long me = b->left++;
    while (b->rounds > 0) {
        b->rounds--;
        fiber_wake(b->crowd[(me + 1) % b->left], 0);
        fiber_park(b->w, deadline_ns);
    }
    fiber_wake(b->crowd[(me + 1) % b->left], 0);
}

static void bench_ring(int fibers, long rounds)
{
    struct bench b = {.w = worker_new(0), .rounds = rounds};
    char what[64];
    b.crowd = mem_calloc((size_t)fibers, sizeof *b.crowd);
    for (int i = 0; i < fibers; i++)
        b.crowd[i] = fiber_spawn(b.w, FIBER_VU, pass_on, &b);
    int64_t start_ns = clock_now_ns();
    worker_run_here(b.w, no_fiber_left, &b);
    snprintf(what, sizeof what, "wake + park with deadline, %d fibers", fibers);
    report(what, start_ns, rounds);
    mem_free(b.crowd);
    worker_free(b.w);
}

static void end_at_once(void *arg)
{
    (void)arg;
}

static void spawn_often(void *arg)
{
    struct bench *b = arg;
    for (long i = 0; i < b->rounds; i++) {
        fiber_spawn(b->w, FIBER_HELPER, end_at_once, b);
        fiber_yield(b->w);
    }
}

static void bench_spawn(long rounds)
{
    struct bench b = {.w = worker_new(0), .rounds = rounds};
    fiber_spawn(b.w, FIBER_VU, spawn_often, &b);
    int64_t start_ns = clock_now_ns();
    worker_run_here(b.w, no_fiber_left, &b);
    report("spawn, run and end a helper (and a yield)", start_ns, rounds);
    worker_free(b.w);
}

static void trim_often(void *arg)
{
    struct bench *b = arg;
    for (long i = 0; i < b->rounds; i++)
        fiber_trim_stack(b->w, 32 << 10);
}

static void bench_trim(long rounds)
{
    struct bench b = {.w = worker_new(0), .rounds = rounds};
    fiber_spawn(b.w, FIBER_VU, trim_often, &b);
    int64_t start_ns = clock_now_ns();
    worker_run_here(b.w, no_fiber_left, &b);
    report("trim with nothing to give", start_ns, rounds);
    worker_free(b.w);
}

static void never(struct worker *w, struct timer *t)
{
    (void)w;
    (void)t;
}

static void bench_timers(long rounds)
{
    enum { COUNT = 10000 };
    struct worker *w = worker_new(0);
    struct timer *timers = mem_calloc(COUNT, sizeof *timers);
    int64_t now_ns = clock_now_ns();
    for (int i = 0; i < COUNT; i++) {
        timer_init(&timers[i], never);
        timer_set(w, &timers[i], now_ns + 1000000 * NS_PER_SEC + i);
    }
    int64_t start_ns = clock_now_ns();
    for (long i = 0; i < rounds; i++) {
        struct timer *t = &timers[(uint64_t)i * 7919 % COUNT];
        timer_clear(w, t);
        timer_set(w, t, now_ns + 1000000 * NS_PER_SEC + COUNT + i);
    }
    report("clear and set one of 10000 timers", start_ns, rounds);
    for (int i = 0; i < COUNT; i++)
        timer_clear(w, &timers[i]);
    mem_free(timers);
    worker_free(w);
}

struct letter {
    struct mail mail;
    struct letters *all;
};

struct letters {
    struct worker *w[2];
    long read;
    long count;
    sem_t done;
};

static void read_letter(struct worker *w, struct mail *m)
{
    struct letters *all = ((struct letter *)m)->all;
    (void)w;
    if (++all->read == all->count)
        sem_post(&all->done);
}

static void bench_mail_flood(long count)
{
    struct letters all = {.w = {worker_new(0)}, .count = count};
    struct letter *letters = mem_calloc((size_t)count, sizeof *letters);
    sem_init(&all.done, 0, 0);
    for (long i = 0; i < count; i++)
        letters[i] = (struct letter){.mail.run = read_letter, .all = &all};
    worker_start(all.w[0]);
    int64_t start_ns = clock_now_ns();
    for (long i = 0; i < count; i++)
        worker_post(all.w[0], &letters[i].mail);
    report("post mail to a busy worker", start_ns, count);
    sem_wait(&all.done);
    report("mail from post to run, flood", start_ns, count);
    worker_stop(all.w[0]);
    worker_free(all.w[0]);
    mem_free(letters);
}

static void bounce(struct worker *w, struct mail *m)
{
    struct letters *all = ((struct letter *)m)->all;
    if (++all->read == all->count)
        sem_post(&all->done);
    else
        worker_post(all->w[w == all->w[0]], m);
}

static void bench_mail_ping_pong(long count)
{
    struct letters all = {.w = {worker_new(0), worker_new(1)}, .count = count};
    struct letter letter = {.mail.run = bounce, .all = &all};
    sem_init(&all.done, 0, 0);
    worker_start(all.w[0]);
    worker_start(all.w[1]);
    int64_t start_ns = clock_now_ns();
    worker_post(all.w[0], &letter.mail);
    sem_wait(&all.done);
    report("mail that wakes a sleeping worker", start_ns, count);
    for (int i = 0; i < 2; i++) {
        worker_stop(all.w[i]);
        worker_free(all.w[i]);
    }
}

static void play(void *arg)
{
    struct bench *b = arg;
    struct io *io = &b->io[b->left++];
    char c;
    if (io == &b->io[0] && write(io->fd, "x", 1) != 1)
        abort();
    while (b->rounds-- > 0) {
        if (io_wait_read(io, CLOCK_NEVER) < 0 || read(io->fd, &c, 1) != 1 ||
            write(io->fd, "x", 1) != 1)
            abort();
    }
}

static void bench_sockets(long rounds)
{
    struct bench b = {.w = worker_new(0), .rounds = rounds};
    int fds[2];
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, fds) != 0)
        abort();
    for (int i = 0; i < 2; i++) {
        io_open(&b.io[i], b.w, fds[i]);
        fiber_spawn(b.w, FIBER_HELPER, play, &b);
    }
    int64_t start_ns = clock_now_ns();
    worker_run_here(b.w, no_fiber_left, &b);
    report("socket pair: wait, read, write a byte", start_ns, rounds);
    io_close(&b.io[0]);
    io_close(&b.io[1]);
    worker_free(b.w);
}

static long status_kb(const char *key)
{
    char line[256];
    long kb = 0;
    FILE *f = fopen("/proc/self/status", "r");
    while (f != NULL && fgets(line, sizeof line, f) != NULL)
        if (strncmp(line, key, strlen(key)) == 0)
            kb = atol(line + strlen(key) + 1);
    if (f != NULL)
        fclose(f);
    return kb;
}

static void park_once(void *arg)
{
    struct bench *b = arg;
    fiber_park(b->w, CLOCK_NEVER);
}

static bool all_parked(void *opaque)
{
    struct bench *b = opaque;
    struct worker_stats stats;
    worker_get_stats(b->w, &stats);
    return stats.switches >= PARKED;
}

static void bench_memory(enum fiber_kind kind, const char *name)
{
    struct bench b = {.w = worker_new(0)};
    b.crowd = mem_calloc(PARKED, sizeof *b.crowd);
    long rss = status_kb("VmRSS:");
    long pte = status_kb("VmPTE:");
    int64_t start_ns = clock_now_ns();
    for (int i = 0; i < PARKED; i++)
        b.crowd[i] = fiber_spawn(b.w, kind, park_once, &b);
    worker_run_here(b.w, all_parked, &b);
    int64_t took_ns = clock_now_ns() - start_ns;
    printf("%d parked %s fibers: %ld bytes each, page tables %ld more; made in %.0f ns each\n",
           PARKED, name, (status_kb("VmRSS:") - rss) * 1024 / PARKED,
           (status_kb("VmPTE:") - pte) * 1024 / PARKED, (double)took_ns / PARKED);
    for (int i = 0; i < PARKED; i++)
        fiber_wake(b.crowd[i], 0);
    worker_run_here(b.w, no_fiber_left, &b);
    printf("  after they ended: %ld KB of %s stacks kept\n", status_kb("VmRSS:") - rss, name);
    mem_free(b.crowd);
    worker_free(b.w);
}

int main(void)
{
    bench_memory(FIBER_VU, "VU");
    bench_memory(FIBER_HELPER, "helper");
    bench_yield(2, 2000000);
    bench_yield(1000, 4000);
    bench_ring(2, 5000000);
    bench_ring(50, 5000000);
    bench_ring(10000, 2000000);
    bench_spawn(1000000);
    bench_trim(5000000);
    bench_timers(5000000);
    bench_mail_flood(1000000);
    bench_mail_ping_pong(20000);
    bench_sockets(200000);
    return 0;
}
