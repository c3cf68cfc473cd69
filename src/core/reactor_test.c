/* reactor_test.c - waiting for descriptors: socket pairs and a loopback socket, one worker on
 * the test's own thread. */
#include "core/reactor.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/duration.h"
#include "base/err.h"
#include "base/mem.h"
#include "core/clock.h"
#include "core/fiber.h"
#include "test.h"

struct pair {
    struct worker *w;
    struct io *a; /* on the heap, so that the sanitizers see a use after io_close */
    struct io *b;
    struct fiber *fiber;
    int rc[8];
    int count;
    size_t got;
    bool peer_ends;
};

static bool no_fiber_left(void *opaque)
{
    struct pair *p = opaque;
    struct worker_stats stats;
    worker_get_stats(p->w, &stats);
    return stats.fibers == 0;
}

static void open_pair(struct pair *p)
{
    int fds[2];
    memset(p, 0, sizeof *p);
    p->w = worker_new(0);
    assert_non_null(p->w);
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, fds), 0);
    p->a = MEM_NEW(struct io);
    p->b = MEM_NEW(struct io);
    assert_int_equal(io_open(p->a, p->w, fds[0]), 0);
    assert_int_equal(io_open(p->b, p->w, fds[1]), 0);
}

static void run_pair(struct pair *p)
{
    worker_run_here(p->w, no_fiber_left, p);
    if (p->a != NULL)
        io_close(p->a);
    if (p->b != NULL)
        io_close(p->b);
    mem_free(p->a);
    mem_free(p->b);
    worker_free(p->w);
}

static ssize_t read_some(struct io *io, char *buf, size_t size)
{
    for (;;) {
        ssize_t n = read(io->fd, buf, size);
        if (n >= 0 || errno != EAGAIN)
            return n;
        int rc = io_wait_read(io, CLOCK_NEVER);
        if (rc < 0)
            return rc;
    }
}

static void write_byte(struct io *io)
{
    assert_int_equal(write(io->fd, "x", 1), 1);
}

static void a_descriptor_is_made_nonblocking(void **state)
{
    (void)state;
    struct pair p;
    open_pair(&p);
    assert_true(fcntl(p.a->fd, F_GETFL) & O_NONBLOCK);
    run_pair(&p);
}

static void ping(void *arg)
{
    struct pair *p = arg;
    char c;
    for (int i = 0; i < 1000; i++) {
        write_byte(p->a);
        assert_int_equal(read_some(p->a, &c, 1), 1);
        p->count++;
    }
}

static void pong(void *arg)
{
    struct pair *p = arg;
    char c;
    for (int i = 0; i < 1000; i++) {
        assert_int_equal(read_some(p->b, &c, 1), 1);
        write_byte(p->b);
    }
}

static void two_fibers_play_ping_pong(void **state)
{
    (void)state;
    struct pair p;
    open_pair(&p);
    fiber_spawn(p.w, FIBER_HELPER, ping, &p);
    fiber_spawn(p.w, FIBER_HELPER, pong, &p);
    run_pair(&p);
    assert_int_equal(p.count, 1000);
}

static void wait_twice(void *arg)
{
    struct pair *p = arg;
    char buf[16];
    fiber_sleep_until(p->w, clock_now_ns() + NS_PER_MS); /* the edge comes while nobody waits */
    p->rc[0] = io_wait_read(p->a, CLOCK_NEVER);
    p->got = (size_t)read(p->a->fd, buf, sizeof buf);
    p->rc[1] = io_wait_read(p->a, clock_now_ns() + NS_PER_MS);
}

static void an_edge_before_the_wait_is_kept_and_used_once(void **state)
{
    (void)state;
    struct pair p;
    open_pair(&p);
    write_byte(p.b);
    fiber_spawn(p.w, FIBER_HELPER, wait_twice, &p);
    run_pair(&p);
    assert_int_equal(p.rc[0], 0);
    assert_int_equal(p.got, 1);
    assert_int_equal(p.rc[1], ERR_TIMEOUT);
}

static void wait_for_ever(void *arg)
{
    struct pair *p = arg;
    p->rc[0] = io_wait_read(p->a, CLOCK_NEVER);
    if (p->rc[0] == ERR_CANCELED)
        p->rc[1] = io_wait_write(p->a, CLOCK_NEVER);
}

static void cancel_fiber(void *arg)
{
    struct pair *p = arg;
    fiber_cancel(p->fiber);
}

static void a_cancel_ends_a_wait(void **state)
{
    (void)state;
    struct pair p;
    open_pair(&p);
    p.fiber = fiber_spawn(p.w, FIBER_HELPER, wait_for_ever, &p);
    fiber_spawn(p.w, FIBER_HELPER, cancel_fiber, &p);
    run_pair(&p);
    assert_int_equal(p.rc[0], ERR_CANCELED);
    assert_int_equal(p.rc[1], ERR_CANCELED);
}

static void wake_strayly_then_write(void *arg)
{
    struct pair *p = arg;
    for (int i = 0; i < 5; i++) {
        fiber_wake(p->fiber, ERR_TIMEOUT);
        fiber_yield(p->w);
        fiber_yield(p->w);
    }
    assert_int_equal(p->rc[0], -99);
    write_byte(p->b);
}

static void a_stray_wake_does_not_end_a_wait(void **state)
{
    (void)state;
    struct pair p;
    open_pair(&p);
    p.rc[0] = -99;
    p.fiber = fiber_spawn(p.w, FIBER_HELPER, wait_for_ever, &p);
    fiber_spawn(p.w, FIBER_HELPER, wake_strayly_then_write, &p);
    run_pair(&p);
    assert_int_equal(p.rc[0], 0);
}

static void close_and_free_a(void *arg)
{
    struct pair *p = arg;
    io_close(p->a);
    mem_free(p->a);
    p->a = NULL;
}

static void closing_ends_a_wait_and_the_io_may_be_freed_at_once(void **state)
{
    (void)state;
    struct pair p;
    open_pair(&p);
    fiber_spawn(p.w, FIBER_HELPER, wait_for_ever, &p);
    fiber_spawn(p.w, FIBER_HELPER, close_and_free_a, &p);
    run_pair(&p);
    assert_int_equal(p.rc[0], ERR_CLOSED);
}

static void cancel_then_free(void *arg)
{
    struct pair *p = arg;
    fiber_cancel(p->fiber); /* ready now, with another result than ERR_CLOSED */
    close_and_free_a(p);
}

static void a_fiber_woken_for_another_reason_does_not_touch_a_freed_io(void **state)
{
    (void)state;
    struct pair p;
    open_pair(&p);
    p.fiber = fiber_spawn(p.w, FIBER_HELPER, wait_for_ever, &p);
    fiber_spawn(p.w, FIBER_HELPER, cancel_then_free, &p);
    run_pair(&p);
    assert_int_equal(p.rc[0], ERR_CLOSED);
}

static void read_short_then_wait(void *arg)
{
    struct pair *p = arg;
    char buf[100];
    p->rc[0] = io_wait_read(p->a, CLOCK_NEVER);
    p->rc[1] = (int)read(p->a->fd, buf, sizeof buf);
    /* A short read: waits for the next edge, which came with the first one. */
    p->rc[2] = io_wait_read(p->a, CLOCK_NEVER);
    p->rc[3] = (int)read(p->a->fd, buf, sizeof buf);
    p->rc[4] = io_wait_read(p->a, CLOCK_NEVER);
}

static void the_end_of_a_stream_is_not_lost_behind_a_short_read(void **state)
{
    (void)state;
    struct pair p;
    open_pair(&p);
    write_byte(p.b);
    assert_int_equal(shutdown(p.b->fd, SHUT_WR), 0);
    fiber_spawn(p.w, FIBER_HELPER, read_short_then_wait, &p);
    run_pair(&p);
    assert_int_equal(p.rc[0], 0);
    assert_int_equal(p.rc[1], 1);
    assert_int_equal(p.rc[2], 0);
    assert_int_equal(p.rc[3], 0);
    assert_int_equal(p.rc[4], 0);
}

enum { BULK = 4 << 20 };

static void send_bulk(void *arg)
{
    struct pair *p = arg;
    static const char block[65536];
    size_t left = BULK;
    while (left > 0) {
        ssize_t n = write(p->a->fd, block, left < sizeof block ? left : sizeof block);
        if (n > 0) {
            left -= (size_t)n;
            continue;
        }
        assert_int_equal(errno, EAGAIN);
        p->count++;
        assert_int_equal(io_wait_write(p->a, CLOCK_NEVER), 0);
    }
    assert_int_equal(shutdown(p->a->fd, SHUT_WR), 0);
}

static void receive_bulk(void *arg)
{
    struct pair *p = arg;
    char buf[10000];
    ssize_t n;
    while ((n = read_some(p->b, buf, sizeof buf)) > 0) {
        p->got += (size_t)n;
        if (p->got % 7 == 0)
            fiber_yield(p->w);
    }
    assert_int_equal(n, 0);
}

static void a_full_socket_is_waited_for(void **state)
{
    (void)state;
    struct pair p;
    open_pair(&p);
    fiber_spawn(p.w, FIBER_HELPER, send_bulk, &p);
    fiber_spawn(p.w, FIBER_HELPER, receive_bulk, &p);
    run_pair(&p);
    assert_int_equal(p.got, BULK);
    assert_true(p.count > 0);
}

/* The peer has ended its side, ours is full: the end must not be taken for room to write, which
 * would spin. */
static void fill_then_wait(void *arg)
{
    struct pair *p = arg;
    static const char block[65536];
    assert_int_equal(io_wait_read(p->a, CLOCK_NEVER), 0);
    while (write(p->a->fd, block, sizeof block) > 0)
        ;
    io_wait_write(p->a, clock_now_ns() + NS_PER_MS);
    p->rc[0] = io_wait_write(p->a, clock_now_ns() + NS_PER_MS);
}

static void the_end_of_reading_is_not_room_to_write(void **state)
{
    (void)state;
    struct pair p;
    open_pair(&p);
    assert_int_equal(shutdown(p.b->fd, SHUT_WR), 0);
    fiber_spawn(p.w, FIBER_HELPER, fill_then_wait, &p);
    run_pair(&p);
    assert_int_equal(p.rc[0], ERR_TIMEOUT);
}

static void wait_for_either(void *arg)
{
    struct pair *p = arg;
    static const char block[65536];
    bool readable;
    fiber_sleep_until(p->w, clock_now_ns() + NS_PER_MS);
    p->rc[0] = io_wait_either(p->a, CLOCK_NEVER, &readable); /* a new socket has room */
    p->rc[1] = readable;
    while (write(p->a->fd, block, sizeof block) > 0)
        ;
    p->rc[2] = io_wait_either(p->a, clock_now_ns() + NS_PER_MS, &readable);
    write_byte(p->b);
    p->rc[3] = io_wait_either(p->a, CLOCK_NEVER, &readable);
    p->rc[4] = readable;
    p->rc[5] = io_wait_read(p->a, CLOCK_NEVER); /* the flag is still there */
}

static void one_fiber_may_wait_for_either_direction(void **state)
{
    (void)state;
    struct pair p;
    open_pair(&p);
    fiber_spawn(p.w, FIBER_HELPER, wait_for_either, &p);
    run_pair(&p);
    int want[6] = {0, false, ERR_TIMEOUT, 0, true, 0};
    for (int i = 0; i < 6; i++)
        assert_int_equal(p.rc[i], want[i]);
}

static void look_whether_stale(void *arg)
{
    struct pair *p = arg;
    char c;
    fiber_sleep_until(p->w, clock_now_ns() + NS_PER_MS);
    p->rc[0] = io_is_stale(p->a);
    write_byte(p->b);
    fiber_sleep_until(p->w, clock_now_ns() + NS_PER_MS);
    p->rc[1] = io_is_stale(p->a);
    assert_int_equal(read(p->a->fd, &c, 1), 1); /* without a wait: the flag is left over */
    io_drained(p->a);
    p->rc[2] = io_is_stale(p->a);
    io_keep_readable(p->a);
    p->rc[3] = io_wait_read(p->a, CLOCK_NEVER);
    io_close(p->b);
    fiber_sleep_until(p->w, clock_now_ns() + NS_PER_MS);
    io_drained(p->a);
    p->rc[4] = io_is_stale(p->a);
}

static void a_kept_connection_that_was_closed_is_stale(void **state)
{
    (void)state;
    struct pair p;
    open_pair(&p);
    fiber_spawn(p.w, FIBER_HELPER, look_whether_stale, &p);
    run_pair(&p);
    int want[5] = {false, true, false, 0, true};
    for (int i = 0; i < 5; i++)
        assert_int_equal(p.rc[i], want[i]);
}

static void close_the_other(struct io *io, bool readable, bool writable)
{
    struct pair *p = io->opaque;
    (void)writable;
    if (!readable)
        return;
    p->count++;
    /* Both have an event in the same batch; the second must not be delivered. */
    io_forget(io == p->a ? p->b : p->a);
}

static bool one_callback_came(void *opaque)
{
    struct pair *p = opaque;
    return p->count > 0;
}

static void a_callback_may_close_what_has_an_event_in_the_same_batch(void **state)
{
    (void)state;
    struct pair p;
    int fds[2];
    memset(&p, 0, sizeof p);
    p.w = worker_new(0);
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, fds), 0);
    p.a = MEM_NEW(struct io);
    p.b = MEM_NEW(struct io);
    assert_int_equal(write(fds[0], "x", 1), 1);
    assert_int_equal(write(fds[1], "x", 1), 1);
    assert_int_equal(io_open_callback(p.a, p.w, fds[0], close_the_other, &p), 0);
    assert_int_equal(io_open_callback(p.b, p.w, fds[1], close_the_other, &p), 0);
    worker_run_here(p.w, one_callback_came, &p);
    assert_int_equal(p.count, 1);
    io_forget(p.a);
    io_forget(p.b);
    mem_free(p.a);
    mem_free(p.b);
    assert_int_equal(close(fds[0]), 0); /* still ours */
    assert_int_equal(close(fds[1]), 0);
    worker_free(p.w);
}

static void note_end(struct io *io, bool readable, bool writable)
{
    struct pair *p = io->opaque;
    (void)writable;
    p->count += readable && io->has_hangup;
}

/* Waits on a fiber first, then hands the descriptor over. */
static void hand_over(void *arg)
{
    struct pair *p = arg;
    char byte;
    while (read(p->a->fd, &byte, 1) != 1)
        assert_int_equal(io_wait_read(p->a, CLOCK_NEVER), 0);
    io_set_callback(p->a, note_end, p);
    shutdown(p->b->fd, SHUT_WR);
}

static void a_callback_may_take_over_from_fibers(void **state)
{
    (void)state;
    struct pair p;
    int fds[2];
    memset(&p, 0, sizeof p);
    p.w = worker_new(0);
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, fds), 0);
    p.a = MEM_NEW(struct io);
    p.b = MEM_NEW(struct io);
    assert_int_equal(io_open(p.a, p.w, fds[0]), 0);
    assert_int_equal(io_open(p.b, p.w, fds[1]), 0);
    assert_int_equal(write(fds[1], "x", 1), 1);
    fiber_spawn(p.w, FIBER_HELPER, hand_over, &p);
    worker_run_here(p.w, one_callback_came, &p);
    assert_int_equal(p.count, 1);
    io_close(p.a);
    io_close(p.b);
    mem_free(p.a);
    mem_free(p.b);
    worker_free(p.w);
}

static void connect_to_nobody(void *arg)
{
    struct pair *p = arg;
    struct sockaddr_in addr = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof addr;
    /* A port that is bound but not listened on refuses. */
    int bound = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(bind(bound, (struct sockaddr *)&addr, sizeof addr), 0);
    assert_int_equal(getsockname(bound, (struct sockaddr *)&addr, &len), 0);
    struct io io;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    assert_int_equal(io_open(&io, p->w, fd), 0);
    assert_int_equal(connect(fd, (struct sockaddr *)&addr, len), -1);
    p->rc[0] = errno == EINPROGRESS ? io_wait_write(&io, clock_now_ns() + 30 * NS_PER_SEC) : 0;
    assert_int_equal(p->rc[0], 0);
    io_close(&io);
    close(bound);
}

static void a_refused_connection_ends_the_wait(void **state)
{
    (void)state;
    struct pair p;
    open_pair(&p);
    p.rc[0] = -99;
    fiber_spawn(p.w, FIBER_HELPER, connect_to_nobody, &p);
    run_pair(&p);
    assert_int_equal(p.rc[0], 0);
}

static void opening_a_bad_descriptor_fails(void **state)
{
    (void)state;
    struct worker *w = worker_new(0);
    struct io io;
    assert_true(io_open(&io, w, -1) < 0);
    io_close(&io);
    int fd = open("/dev/null", O_RDONLY);
    assert_true(io_open(&io, w, fd) < 0); /* epoll refuses plain files */
    assert_int_equal(close(fd), -1);      /* taken in any case */
    worker_free(w);
}

TEST_SUITE(reactor) {
    TEST(a_descriptor_is_made_nonblocking)
    TEST(two_fibers_play_ping_pong)
    TEST(an_edge_before_the_wait_is_kept_and_used_once)
    TEST(a_cancel_ends_a_wait)
    TEST(a_stray_wake_does_not_end_a_wait)
    TEST(closing_ends_a_wait_and_the_io_may_be_freed_at_once)
    TEST(a_fiber_woken_for_another_reason_does_not_touch_a_freed_io)
    TEST(the_end_of_a_stream_is_not_lost_behind_a_short_read)
    TEST(a_full_socket_is_waited_for)
    TEST(the_end_of_reading_is_not_room_to_write)
    TEST(one_fiber_may_wait_for_either_direction)
    TEST(a_kept_connection_that_was_closed_is_stale)
    TEST(a_callback_may_close_what_has_an_event_in_the_same_batch)
    TEST(a_callback_may_take_over_from_fibers)
    TEST(a_refused_connection_ends_the_wait)
    TEST(opening_a_bad_descriptor_fails)
    TEST_END
};
