/* signals_test.c - signals as a descriptor, the limit of open files. */
#include "core/signals.h"

#include <pthread.h>
#include <signal.h>
#include <sys/resource.h>

#include "base/err.h"
#include "test.h"

static void signals_are_read_one_by_one(void **state)
{
    (void)state;
    int fd = signals_open();
    assert_true(fd >= 0);
    assert_int_equal(signals_read(fd), 0);
    pthread_kill(pthread_self(), SIGINT);
    pthread_kill(pthread_self(), SIGWINCH);
    int first = signals_read(fd);
    int second = signals_read(fd);
    assert_int_equal(first + second, SIGINT + SIGWINCH);
    assert_int_equal(signals_read(fd), 0);
    signals_close(fd);
    signals_close(-1);
}

static void closing_lets_signals_through_again(void **state)
{
    (void)state;
    sigset_t mask;
    int fd = signals_open();
    pthread_sigmask(SIG_SETMASK, NULL, &mask);
    assert_true(sigismember(&mask, SIGINT));
    signals_close(fd);
    pthread_sigmask(SIG_SETMASK, NULL, &mask);
    assert_false(sigismember(&mask, SIGINT));
}

static void the_limit_of_open_files_is_raised_to_the_hard_one(void **state)
{
    (void)state;
    struct rlimit had;
    struct rlimit now;
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &had), 0);
    long limit = signals_raise_file_limit();
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &now), 0);
    assert_true(now.rlim_cur == now.rlim_max);
    assert_true((rlim_t)limit == now.rlim_cur);
    setrlimit(RLIMIT_NOFILE, &had);
}

TEST_SUITE(signals) {
    TEST(signals_are_read_one_by_one)
    TEST(closing_lets_signals_through_again)
    TEST(the_limit_of_open_files_is_raised_to_the_hard_one)
    TEST_END
};
