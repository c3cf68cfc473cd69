/* control_test.c - the main thread's wait. Signals are sent to this thread alone. */
#include "core/control.h"

#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>

#include "base/duration.h"
#include "base/err.h"
#include "base/mem.h"
#include "core/clock.h"
#include "core/worker.h"
#include "test.h"

enum { LETTERS = 3000 };

struct desk {
    struct control *control;
    int count;
    int next;
};

struct letter {
    struct control_mail mail; /* first */
    int number;
};

static void read_letter(struct control *c, struct control_mail *m)
{
    struct desk *desk = control_data(c);
    struct letter *letter = (struct letter *)m;
    assert_int_equal(letter->number, desk->next++);
    desk->count++;
    mem_free(letter);
}

static void open_desk(struct desk *desk)
{
    memset(desk, 0, sizeof *desk);
    assert_int_equal(control_open(&desk->control), 0);
    control_set_data(desk->control, desk);
}

static void post(struct desk *desk, int number)
{
    struct letter *letter = MEM_NEW(struct letter);
    *letter = (struct letter){.mail.run = read_letter, .number = number};
    control_post(desk->control, &letter->mail);
}

static void a_deadline_ends_the_wait(void **state)
{
    (void)state;
    struct desk desk;
    int number = 0;
    open_desk(&desk);
    int64_t deadline_ns = clock_now_ns() + 2 * NS_PER_MS;
    assert_int_equal(control_wait(desk.control, deadline_ns, &number), CONTROL_TIMEOUT);
    assert_true(clock_now_ns() >= deadline_ns);
    assert_int_equal(control_wait(desk.control, 0, &number), CONTROL_TIMEOUT);
    control_close(desk.control);
    control_close(NULL);
}

static void signals_come_before_mail_and_mail_before_the_deadline(void **state)
{
    (void)state;
    struct desk desk;
    int number = 0;
    open_desk(&desk);
    post(&desk, 0);
    pthread_kill(pthread_self(), SIGTERM);
    assert_int_equal(control_wait(desk.control, 0, &number), CONTROL_SIGNAL);
    assert_int_equal(number, SIGTERM);
    assert_int_equal(control_wait(desk.control, 0, &number), CONTROL_MAIL);
    assert_int_equal(desk.count, 1);
    assert_int_equal(control_wait(desk.control, 0, &number), CONTROL_TIMEOUT);
    pthread_kill(pthread_self(), SIGINT);
    assert_int_equal(control_wait(desk.control, CLOCK_NEVER, &number), CONTROL_SIGNAL);
    assert_int_equal(number, SIGINT);
    control_close(desk.control);
}

static void *post_letters(void *arg)
{
    struct desk *desk = arg;
    for (int i = 0; i < LETTERS; i++)
        post(desk, i);
    return NULL;
}

static void mail_from_another_thread_wakes_the_main_thread(void **state)
{
    (void)state;
    struct desk desk;
    pthread_t thread;
    int number = 0;
    open_desk(&desk);
    assert_int_equal(pthread_create(&thread, NULL, post_letters, &desk), 0);
    while (desk.count < LETTERS)
        assert_int_equal(control_wait(desk.control, CLOCK_NEVER, &number), CONTROL_MAIL);
    pthread_join(thread, NULL);
    control_close(desk.control);
}

TEST_SUITE(control) {
    TEST(a_deadline_ends_the_wait)
    TEST(signals_come_before_mail_and_mail_before_the_deadline)
    TEST(mail_from_another_thread_wakes_the_main_thread)
    TEST_END
};
