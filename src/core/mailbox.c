/* mailbox.c - a stack that writers push on and the reader takes whole and turns round.
 *
 * Sleeping: the reader says that it sleeps, then looks again; a writer pushes, then looks
 * whether the reader sleeps. Both pairs are sequentially consistent, so at least one of the two
 * sees the other. Only the writer that pushed on an empty stack needs to look: whoever comes
 * later pushes on mail that the reader has not taken, which it will not sleep over. Tests:
 * mailbox_test.c */
#include "core/mailbox.h"

#include <errno.h>
#include <stdint.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/err.h"

int mailbox_open(struct mailbox *mb)
{
    *mb = (struct mailbox){.fd = -1};
    mb->fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    return mb->fd < 0 ? err_from_errno(errno) : 0;
}

void mailbox_close(struct mailbox *mb)
{
    if (mb->fd >= 0)
        close(mb->fd);
    mb->fd = -1;
}

static void ring(struct mailbox *mb)
{
    uint64_t one = 1;
    /* Fails only if the count is about to overflow; then the descriptor is readable anyway. */
    ssize_t n = write(mb->fd, &one, sizeof one);
    (void)n;
}

void mailbox_put(struct mailbox *mb, struct mailbox_link *link)
{
    struct mailbox_link *top = atomic_load_explicit(&mb->newest, memory_order_relaxed);
    do {
        link->next = top;
    } while (!atomic_compare_exchange_weak(&mb->newest, &top, link));
    if (top == NULL && atomic_load(&mb->is_sleeping) && atomic_exchange(&mb->is_sleeping, false))
        ring(mb);
}

bool mailbox_is_empty(struct mailbox *mb)
{
    return atomic_load_explicit(&mb->newest, memory_order_relaxed) == NULL;
}

bool mailbox_is_asleep(struct mailbox *mb)
{
    return atomic_load_explicit(&mb->is_sleeping, memory_order_relaxed);
}

struct mailbox_link *mailbox_take_all(struct mailbox *mb)
{
    if (mailbox_is_empty(mb))
        return NULL;
    struct mailbox_link *newest = atomic_exchange_explicit(&mb->newest, NULL, memory_order_acquire);
    struct mailbox_link *oldest = NULL;
    while (newest != NULL) {
        struct mailbox_link *next = newest->next;
        newest->next = oldest;
        oldest = newest;
        newest = next;
    }
    return oldest;
}

bool mailbox_prepare_sleep(struct mailbox *mb)
{
    atomic_store(&mb->is_sleeping, true);
    if (atomic_load(&mb->newest) == NULL)
        return true;
    mailbox_end_sleep(mb);
    return false;
}

void mailbox_end_sleep(struct mailbox *mb)
{
    atomic_store_explicit(&mb->is_sleeping, false, memory_order_relaxed);
}

int mailbox_fd(const struct mailbox *mb)
{
    return mb->fd;
}

void mailbox_drain_fd(struct mailbox *mb)
{
    uint64_t count;
    ssize_t n = read(mb->fd, &count, sizeof count);
    (void)n;
}
