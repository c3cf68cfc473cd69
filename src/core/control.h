/* control.h - what the main thread waits on while workers run: signals, mail from other threads,
 * a deadline. It is no worker and runs no fibers; the run's controller lives there.
 *
 *     control_open(&c);      (before any other thread is started: it blocks the signals)
 *     for (;;)
 *         switch (control_wait(c, next_tick_ns, &signal_number)) { ... }
 */
#ifndef C6_CONTROL_H
#define C6_CONTROL_H

#include <stdint.h>

#include "core/mailbox.h"

struct control;

/* Intrusive, like struct mail: run on the main thread inside control_wait, in order per sender;
 * may free itself, may post. */
struct control_mail {
    void (*run)(struct control *c, struct control_mail *m);
    struct mailbox_link link; /* private */
};

enum control_event {
    CONTROL_TIMEOUT, /* the deadline came */
    CONTROL_SIGNAL,  /* one of those of signals.h: its number is filled in */
    CONTROL_MAIL,    /* some mail was run */
};

int control_open(struct control **out);                       /* 0 or ERR_* */
void control_close(struct control *c);                        /* mail still inside is forgotten */
void control_post(struct control *c, struct control_mail *m); /* any thread */
/* Waits for the first of the three; signals go before mail, mail before the deadline (monotonic;
 * CLOCK_NEVER waits for ever), so each gets its turn at once even if the others never end. Main
 * thread only. */
enum control_event control_wait(struct control *c, int64_t deadline_ns, int *signal_number);

/* For who needs something of its own beside it. */
void control_set_data(struct control *c, void *data);
void *control_data(const struct control *c);

#endif
