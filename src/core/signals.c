/* signals.c - signals as a descriptor, and the limit of open files. Tests: control_test.c,
 * signals_test.c */
#include "core/signals.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "base/err.h"

static void watched_signals(sigset_t *set)
{
    sigemptyset(set);
    sigaddset(set, SIGINT);
    sigaddset(set, SIGTERM);
    sigaddset(set, SIGWINCH);
}

int signals_open(void)
{
    sigset_t set;
    watched_signals(&set);
    int fd = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
    if (fd < 0)
        return err_from_errno(errno);
    CHECK(pthread_sigmask(SIG_BLOCK, &set, NULL) == 0);
    /* A peer that closes is found out by EPIPE from write. */
    CHECK(signal(SIGPIPE, SIG_IGN) != SIG_ERR);
    return fd;
}

int signals_read(int fd)
{
    struct signalfd_siginfo info;
    ssize_t n = read(fd, &info, sizeof info);
    return n == (ssize_t)sizeof info ? (int)info.ssi_signo : 0;
}

void signals_close(int fd)
{
    if (fd < 0)
        return;
    close(fd);
    sigset_t set;
    watched_signals(&set);
    CHECK(pthread_sigmask(SIG_UNBLOCK, &set, NULL) == 0);
}

long signals_raise_file_limit(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return 0;
    rlim_t had = limit.rlim_cur;
    limit.rlim_cur = limit.rlim_max;
    if (setrlimit(RLIMIT_NOFILE, &limit) != 0)
        limit.rlim_cur = had;
    return (long)limit.rlim_cur;
}
