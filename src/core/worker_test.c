/* worker_test.c - the loop, its thread, mail and timers. */
#include "core/worker.h"

#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/duration.h"
#include "base/err.h"
#include "base/mem.h"
#include "core/clock.h"
#include "core/reactor.h"
#include "test.h"

enum { SENDERS = 3, LETTERS = 3000 };

struct office {
    struct worker *w;
    int next[SENDERS];
    int count;
    int order[16];
    int order_len;
    struct io io;
    struct timer ticker;
    bool is_done;
    bool has_mail;
    bool has_timer;
    bool has_io;
};

struct letter {
    struct mail mail;
    struct office *office;
    int sender;
    int number;
};

struct sender {
    struct office *office;
    int index;
};

static bool is_done(void *opaque)
{
    struct office *o = opaque;
    return o->is_done;
}

static void read_letter(struct worker *w, struct mail *m)
{
    struct letter *letter = (struct letter *)m;
    struct office *o = letter->office;
    assert_ptr_equal(w, o->w);
    assert_null(fiber_current(w));
    assert_int_equal(letter->number, o->next[letter->sender]++);
    o->count++;
    mem_free(letter);
}

static void *send_letters(void *arg)
{
    struct sender *s = arg;
    for (int i = 0; i < LETTERS; i++) {
        struct letter *letter = MEM_NEW(struct letter);
        *letter = (struct letter){
            .mail.run = read_letter, .office = s->office, .sender = s->index, .number = i};
        worker_post(s->office->w, &letter->mail);
    }
    return NULL;
}

static void mail_from_several_threads_arrives_in_order_per_sender(void **state)
{
    (void)state;
    struct office o = {.w = worker_new(3)};
    struct sender senders[SENDERS];
    pthread_t threads[SENDERS];
    struct worker_stats stats;
    assert_int_equal(worker_index(o.w), 3);
    assert_int_equal(worker_start(o.w), 0);
    for (int i = 0; i < SENDERS; i++) {
        senders[i] = (struct sender){&o, i};
        assert_int_equal(pthread_create(&threads[i], NULL, send_letters, &senders[i]), 0);
    }
    for (int i = 0; i < SENDERS; i++)
        pthread_join(threads[i], NULL);
    worker_stop(o.w);
    assert_int_equal(o.count, SENDERS * LETTERS);
    worker_get_stats(o.w, &stats);
    assert_int_equal(stats.mails, SENDERS * LETTERS + 1); /* and the one that stops it */
    worker_free(o.w);
}

enum { BOUNCES = 4000 };

/* A ball between two workers, each asleep when it comes. */
struct ball {
    struct mail mail; /* first */
    struct worker *players[2];
    int bounces;
    sem_t done;
};

static void bounce(struct worker *w, struct mail *m)
{
    struct ball *ball = (struct ball *)m;
    if (++ball->bounces == BOUNCES)
        sem_post(&ball->done);
    else
        worker_post(w == ball->players[0] ? ball->players[1] : ball->players[0], m);
}

static void two_workers_wake_each_other_without_a_lost_ring(void **state)
{
    (void)state;
    struct ball ball = {.mail.run = bounce};
    sem_init(&ball.done, 0, 0);
    for (int i = 0; i < 2; i++) {
        ball.players[i] = worker_new(i);
        assert_int_equal(worker_start(ball.players[i]), 0);
    }
    worker_post(ball.players[0], &ball.mail);
    while (sem_wait(&ball.done) != 0)
        ;
    for (int i = 0; i < 2; i++) {
        worker_stop(ball.players[i]);
        worker_free(ball.players[i]);
    }
    assert_int_equal(ball.bounces, BOUNCES);
    sem_destroy(&ball.done);
}

struct timed {
    struct timer timer; /* first */
    struct office *office;
    int id;
};

static void note_timer(struct worker *w, struct timer *t)
{
    struct timed *timed = (struct timed *)t;
    struct office *o = timed->office;
    assert_null(fiber_current(w));
    assert_true(clock_now_ns() >= t->at_ns);
    assert_true(worker_loop_ns(w) >= t->at_ns);
    o->order[o->order_len++] = timed->id;
    o->is_done = timed->id == 9;
}

static void timers_fire_in_order_and_not_when_cleared(void **state)
{
    (void)state;
    struct office o = {.w = worker_new(0)};
    struct timed list[10];
    int64_t now_ns = clock_now_ns();
    for (int i = 0; i < 10; i++) {
        list[i] = (struct timed){.office = &o, .id = i};
        timer_init(&list[i].timer, note_timer);
        timer_set(o.w, &list[i].timer, now_ns + (i / 2) * 100 * NS_PER_US);
    }
    timer_clear(o.w, &list[4].timer);
    assert_false(timer_is_set(&list[4].timer));
    assert_true(timer_is_set(&list[5].timer));
    worker_run_here(o.w, is_done, &o);
    int want[9] = {0, 1, 2, 3, 5, 6, 7, 8, 9};
    assert_int_equal(o.order_len, 9);
    assert_memory_equal(o.order, want, sizeof want);
    worker_free(o.w);
}

static void timer_that_sets_itself(struct worker *w, struct timer *t)
{
    timer_set(w, t, 0); /* always due */
}

static void set_has_timer(struct worker *w, struct timer *t)
{
    (void)w;
    struct timed *timed = (struct timed *)t;
    timed->office->has_timer = true;
}

static void set_has_mail(struct worker *w, struct mail *m)
{
    (void)w;
    ((struct letter *)m)->office->has_mail = true;
}

static void wait_io(void *arg)
{
    struct office *o = arg;
    assert_int_equal(io_wait_read(&o->io, CLOCK_NEVER), 0);
    o->has_io = true;
}

static void hog(void *arg)
{
    struct office *o = arg;
    while (!o->has_io || !o->has_mail || !o->has_timer)
        fiber_yield(o->w);
}

static bool no_fiber_left(void *opaque)
{
    struct office *o = opaque;
    struct worker_stats stats;
    worker_get_stats(o->w, &stats);
    return stats.fibers == 0;
}

static void what_is_always_ready_starves_nobody(void **state)
{
    (void)state;
    struct office o = {.w = worker_new(0)};
    struct letter letter = {.mail.run = set_has_mail, .office = &o};
    struct timed timed = {.office = &o};
    int fds[2];
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, fds), 0);
    assert_int_equal(io_open(&o.io, o.w, fds[0]), 0);
    timer_init(&o.ticker, timer_that_sets_itself);
    timer_set(o.w, &o.ticker, 0);
    timer_init(&timed.timer, set_has_timer);
    timer_set(o.w, &timed.timer, clock_now_ns());
    fiber_spawn(o.w, FIBER_VU, hog, &o);
    fiber_spawn(o.w, FIBER_VU, hog, &o);
    fiber_spawn(o.w, FIBER_HELPER, wait_io, &o);
    worker_post(o.w, &letter.mail);
    assert_int_equal(write(fds[1], "x", 1), 1);
    worker_run_here(o.w, no_fiber_left, &o);
    assert_true(o.has_io && o.has_mail && o.has_timer);
    io_close(&o.io);
    close(fds[1]);
    worker_free(o.w);
}

static void look_who_waits(void *arg)
{
    struct office *o = arg;
    struct letter letter = {.mail.run = set_has_mail, .office = o};
    struct timed timed = {.office = o};
    int fds[2];
    assert_false(worker_has_waiting(o->w));
    worker_post(o->w, &letter.mail);
    assert_true(worker_has_waiting(o->w));
    while (!o->has_mail)
        fiber_yield(o->w);
    assert_false(worker_has_waiting(o->w));
    timer_init(&timed.timer, set_has_timer);
    timer_set(o->w, &timed.timer, clock_now_ns());
    assert_true(worker_has_waiting(o->w));
    while (!o->has_timer)
        fiber_yield(o->w);
    assert_false(worker_has_waiting(o->w));
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, fds), 0);
    assert_int_equal(io_open(&o->io, o->w, fds[0]), 0);
    assert_true(worker_has_waiting(o->w)); /* a new socket is writable */
    fiber_sleep_until(o->w, clock_now_ns() + NS_PER_MS);
    assert_false(worker_has_waiting(o->w));
    assert_int_equal(write(fds[1], "x", 1), 1);
    assert_true(worker_has_waiting(o->w));
    assert_int_equal(io_wait_read(&o->io, CLOCK_NEVER), 0); /* asking took no event away */
    io_close(&o->io);
    close(fds[1]);
    struct fiber *other = fiber_spawn(o->w, FIBER_HELPER, hog, o);
    assert_true(worker_has_waiting(o->w));
    o->has_io = true;
    assert_ptr_not_equal(other, fiber_current(o->w));
}

static void a_worker_knows_whether_others_wait(void **state)
{
    (void)state;
    struct office o = {.w = worker_new(0)};
    fiber_spawn(o.w, FIBER_VU, look_who_waits, &o);
    worker_run_here(o.w, no_fiber_left, &o);
    worker_free(o.w);
}

static void look_at_thread(struct worker *w, struct mail *m)
{
    struct office *o = ((struct letter *)m)->office;
    char name[16];
    sigset_t mask;
    assert_int_equal(pthread_getname_np(pthread_self(), name, sizeof name), 0);
    assert_string_equal(name, "c6-w7");
    assert_int_equal(pthread_sigmask(SIG_SETMASK, NULL, &mask), 0);
    assert_true(sigismember(&mask, SIGINT) && sigismember(&mask, SIGTERM));
    assert_ptr_equal(worker_data(w, WORKER_SLOT_NET), o);
    assert_null(worker_data(w, WORKER_SLOT_JS));
    o->has_mail = true;
}

static void a_thread_is_named_and_leaves_signals_to_the_main_thread(void **state)
{
    (void)state;
    struct office o = {.w = worker_new(7)};
    struct letter letter = {.mail.run = look_at_thread, .office = &o};
    worker_set_data(o.w, WORKER_SLOT_NET, &o);
    assert_int_equal(worker_start(o.w), 0);
    worker_post(o.w, &letter.mail);
    worker_stop(o.w);
    assert_true(o.has_mail);
    worker_stop(o.w); /* again: nothing */
    worker_free(o.w);
    worker_free(NULL);
}

static void sleep_a_little(void *arg)
{
    struct office *o = arg;
    assert_int_equal(fiber_sleep_until(o->w, clock_now_ns() + 2 * NS_PER_MS), 0);
    o->count++;
}

static void spawn_sleepers(struct worker *w, struct mail *m)
{
    struct office *o = ((struct letter *)m)->office;
    for (int i = 0; i < 50; i++)
        fiber_spawn(w, FIBER_HELPER, sleep_a_little, o);
}

static void stop_waits_for_the_last_fiber(void **state)
{
    (void)state;
    struct office o = {.w = worker_new(0)};
    struct letter letter = {.mail.run = spawn_sleepers, .office = &o};
    assert_int_equal(worker_start(o.w), 0);
    worker_post(o.w, &letter.mail);
    worker_stop(o.w);
    assert_int_equal(o.count, 50);
    worker_free(o.w);
}

TEST_SUITE(worker) {
    TEST(mail_from_several_threads_arrives_in_order_per_sender)
    TEST(two_workers_wake_each_other_without_a_lost_ring)
    TEST(timers_fire_in_order_and_not_when_cleared)
    TEST(what_is_always_ready_starves_nobody)
    TEST(a_worker_knows_whether_others_wait)
    TEST(a_thread_is_named_and_leaves_signals_to_the_main_thread)
    TEST(stop_waits_for_the_last_fiber)
    TEST_END
};
