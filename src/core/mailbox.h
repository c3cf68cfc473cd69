/* mailbox.h - many threads put intrusive messages in, one takes them all out. Lock-free. What a
 * message means is the owner's business: worker.c and control.c each embed the link in a mail of
 * their own.
 *
 * The reader polls the descriptor (worker: epoll, control: poll) only after
 * mailbox_prepare_sleep said true; a writer touches it only when the reader may be asleep. */
#ifndef C6_MAILBOX_H
#define C6_MAILBOX_H

#include <stdatomic.h>
#include <stdbool.h>

struct mailbox_link {
    struct mailbox_link *next; /* private */
};

struct mailbox {
    /* Private. The pads keep writers' cores from stealing the reader's neighbouring fields. */
    char pad_before[64];
    _Atomic(struct mailbox_link *) newest;
    atomic_bool is_sleeping;
    int fd;
    char pad_after[64];
};

int mailbox_open(struct mailbox *mb);   /* 0 or ERR_* */
void mailbox_close(struct mailbox *mb); /* whatever is still inside is forgotten */
void mailbox_put(struct mailbox *mb, struct mailbox_link *link); /* any thread */
bool mailbox_is_empty(struct mailbox *mb);
bool mailbox_is_asleep(struct mailbox *mb); /* any thread: a guess that may be old */

/* Reader only, as is all below. Everything that is inside, oldest first, linked by next; NULL
 * when empty. */
struct mailbox_link *mailbox_take_all(struct mailbox *mb);
/* False: there is mail, do not sleep. True: from now on a writer makes mailbox_fd readable. */
bool mailbox_prepare_sleep(struct mailbox *mb);
void mailbox_end_sleep(struct mailbox *mb);
int mailbox_fd(const struct mailbox *mb);
/* For level-triggered readers; an edge-triggered one need not. */
void mailbox_drain_fd(struct mailbox *mb);

#endif
