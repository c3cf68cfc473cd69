/* control.c - poll(2) over a signalfd and a mailbox. Tests: control_test.c */
#include "core/control.h"

#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <stddef.h>
#include <time.h>

#include "base/duration.h"
#include "base/err.h"
#include "base/mem.h"
#include "core/clock.h"
#include "core/signals.h"

struct control {
    struct mailbox mailbox;
    int signal_fd;
    void *data;
};

int control_open(struct control **out)
{
    struct control *c = MEM_NEW(struct control);
    c->signal_fd = -1;
    int rc = mailbox_open(&c->mailbox);
    if (rc < 0)
        goto done;
    c->signal_fd = signals_open();
    if (c->signal_fd < 0) {
        rc = c->signal_fd;
        goto done;
    }
    *out = c;
    c = NULL;
done:
    control_close(c);
    return rc;
}

void control_close(struct control *c)
{
    if (c == NULL)
        return;
    signals_close(c->signal_fd);
    mailbox_close(&c->mailbox);
    mem_free(c);
}

void control_post(struct control *c, struct control_mail *m)
{
    mailbox_put(&c->mailbox, &m->link);
}

static bool run_mail(struct control *c)
{
    struct mailbox_link *link = mailbox_take_all(&c->mailbox);
    if (link == NULL)
        return false;
    while (link != NULL) {
        struct control_mail *m =
            (struct control_mail *)(void *)((char *)link - offsetof(struct control_mail, link));
        link = link->next; /* run may free the mail */
        m->run(c, m);
    }
    return true;
}

/* Sleeps until something may have happened. */
static void sleep_until(struct control *c, int64_t deadline_ns, int64_t now_ns)
{
    if (!mailbox_prepare_sleep(&c->mailbox))
        return;
    struct pollfd fds[2] = {
        {.fd = c->signal_fd, .events = POLLIN},
        {.fd = mailbox_fd(&c->mailbox), .events = POLLIN},
    };
    struct timespec ts = {0};
    if (deadline_ns != CLOCK_NEVER) {
        ts.tv_sec = (deadline_ns - now_ns) / NS_PER_SEC;
        ts.tv_nsec = (deadline_ns - now_ns) % NS_PER_SEC;
    }
    int n = ppoll(fds, 2, deadline_ns == CLOCK_NEVER ? NULL : &ts, NULL);
    CHECK(n >= 0 || errno == EINTR);
    mailbox_end_sleep(&c->mailbox);
    if (n > 0 && fds[1].revents != 0)
        mailbox_drain_fd(&c->mailbox);
}

enum control_event control_wait(struct control *c, int64_t deadline_ns, int *signal_number)
{
    for (;;) {
        int number = signals_read(c->signal_fd);
        if (number > 0) {
            *signal_number = number;
            return CONTROL_SIGNAL;
        }
        if (run_mail(c))
            return CONTROL_MAIL;
        int64_t now_ns = clock_now_ns();
        if (now_ns >= deadline_ns)
            return CONTROL_TIMEOUT;
        sleep_until(c, deadline_ns, now_ns);
    }
}

void control_set_data(struct control *c, void *data)
{
    c->data = data;
}

void *control_data(const struct control *c)
{
    return c->data;
}
