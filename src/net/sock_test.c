/* Sockets below HTTP: what other protocols build on. Two fibers of one worker, a socket pair or a
 * listener between them. */
#include <stdlib.h>
#include <unistd.h>

#include "base/duration.h"
#include "net/test_bed.h"
#include "test.h"

struct pair {
    struct worker *w;
    struct sock a, b;
    void (*run_a)(struct pair *);
    void (*run_b)(struct pair *);
    int done;
    size_t moved;
};

static void run_a(void *arg)
{
    struct pair *p = arg;
    p->run_a(p);
    p->done++;
}

static void run_b(void *arg)
{
    struct pair *p = arg;
    p->run_b(p);
    p->done++;
}

static bool both_done(void *opaque)
{
    return ((struct pair *)opaque)->done == 2;
}

static void with_pair(void (*a)(struct pair *), void (*b)(struct pair *))
{
    struct pair p = {.run_a = a, .run_b = b};
    int fds[2];
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds), 0);
    p.w = worker_new(0);
    assert_int_equal(sock_adopt(&p.a, p.w, fds[0]), 0);
    assert_int_equal(sock_adopt(&p.b, p.w, fds[1]), 0);
    fiber_spawn(p.w, FIBER_HELPER, run_a, &p);
    fiber_spawn(p.w, FIBER_HELPER, run_b, &p);
    worker_run_here(p.w, both_done, &p);
    sock_close(&p.a);
    sock_close(&p.b);
    sock_close(&p.b); /* twice is fine */
    worker_free(p.w);
}

enum { TOTAL = 5000000 };

static void write_pieces(struct pair *p)
{
    struct net_error e;
    char *data = mem_alloc(TOTAL);
    size_t sent = 0;
    for (size_t i = 0; i < TOTAL; i++)
        data[i] = (char)(i % 251);
    struct iovec pieces[] = {
        {data, 0}, {data, 10}, {data + 10, 0}, {data + 10, TOTAL - 10}, {data, 0}};
    assert_int_equal(sock_write(&p->a, pieces, 5, CLOCK_NEVER, &sent, &e), 0);
    assert_int_equal(sent, TOTAL);
    assert_int_equal(p->a.bytes_sent, TOTAL);
    mem_free(data);
    sock_close(&p->a);
}

static void read_pieces(struct pair *p)
{
    struct net_error e;
    char chunk[777];
    ptrdiff_t n;
    size_t at = 0;
    while ((n = sock_read(&p->b, chunk, sizeof chunk, CLOCK_NEVER, &e)) > 0)
        for (ptrdiff_t i = 0; i < n; i++)
            assert_int_equal(chunk[i], (char)(at++ % 251));
    assert_int_equal(n, 0);
    assert_int_equal(at, TOTAL);
    assert_int_equal(p->b.bytes_received, TOTAL);
}

static void moves_more_than_the_kernel_holds(void **state)
{
    (void)state;
    with_pair(write_pieces, read_pieces);
}

static void write_until_answered(struct pair *p)
{
    struct net_error e;
    char *data = mem_calloc(1, TOTAL);
    char answer[16];
    struct iovec piece = {data, TOTAL};
    size_t sent = 0;
    assert_int_equal(sock_write_or_answer(&p->a, &piece, 1, CLOCK_NEVER, &sent, &e), 0);
    assert_true(sent > 0 && sent < TOTAL);
    assert_int_equal(sock_read(&p->a, answer, sizeof answer, CLOCK_NEVER, &e), 4);
    mem_free(data);
}

static void answer_early(struct pair *p)
{
    struct net_error e;
    char byte;
    assert_int_equal(sock_read(&p->b, &byte, 1, CLOCK_NEVER, &e), 1);
    fiber_sleep_until(p->w, clock_now_ns() + 1000000);
    assert_int_equal(write(p->b.io.fd, "stop", 4), 4);
}

static void a_sender_hears_an_early_answer(void **state)
{
    (void)state;
    with_pair(write_until_answered, answer_early);
}

static void meet_deadlines(struct pair *p)
{
    struct net_error e;
    char *data = mem_calloc(1, TOTAL);
    struct iovec piece = {data, TOTAL};
    size_t sent = 0;
    char byte;
    assert_int_equal(sock_read(&p->a, &byte, 1, clock_now_ns() + 1000000, &e), ERR_TIMEOUT);
    assert_int_equal(e.code, 1050);
    assert_int_equal(sock_wait_read(&p->a, clock_now_ns() + 1000000, &e), ERR_TIMEOUT);
    assert_int_equal(sock_write(&p->a, &piece, 1, clock_now_ns() + 1000000, &sent, &e),
                     ERR_TIMEOUT);
    assert_true(sent > 0 && sent < TOTAL);
    mem_free(data);
}

static void stay_silent(struct pair *p)
{
    (void)p;
}

static void every_wait_has_a_deadline(void **state)
{
    (void)state;
    with_pair(meet_deadlines, stay_silent);
}

static void write_to_nobody(struct pair *p)
{
    struct net_error e;
    while (!sock_is_stale(&p->a, false))
        fiber_sleep_until(p->w, clock_now_ns() + 100000);
    assert_true(sock_is_stale(&p->a, true));
    struct iovec piece = {(void *)(uintptr_t) "x", 1};
    assert_true(sock_try_write(&p->a, &piece, 1, &e) < 0);
    assert_int_equal(e.code, 1201);
    assert_string_equal(e.text, "write: broken pipe");
}

static void hang_up(struct pair *p)
{
    sock_close(&p->b);
}

static void a_closed_peer_is_noticed(void **state)
{
    (void)state;
    with_pair(write_to_nobody, hang_up);
}

static void look_for_stale(struct pair *p)
{
    struct net_error e;
    char byte;
    assert_false(sock_is_stale(&p->a, true));
    assert_int_equal(sock_read(&p->a, &byte, 1, CLOCK_NEVER, &e), 1);
    sock_mark_idle(&p->a);
    assert_int_equal(sock_read(&p->a, &byte, 1, CLOCK_NEVER, &e), 1);
    sock_mark_idle(&p->a);
    assert_true(sock_is_stale(&p->a, true)); /* a third byte is there */
}

static void send_three(struct pair *p)
{
    assert_int_equal(write(p->b.io.fd, "abc", 3), 3);
}

static void bytes_left_over_make_it_stale(void **state)
{
    (void)state;
    with_pair(look_for_stale, send_three);
}

/* What lay in the kernel while the generator was busy has the time at which it came in. */
static void read_late(struct pair *p)
{
    struct net_error e;
    struct address peer = {0};
    socklen_t len = sizeof peer.sa;
    struct sock s;
    char byte[4];
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    peer.sa.v4.sin_family = AF_INET;
    peer.sa.v4.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    assert_int_equal(bind(listener, &peer.sa.any, sizeof peer.sa.v4), 0);
    assert_int_equal(listen(listener, 1), 0);
    assert_int_equal(getsockname(listener, &peer.sa.any, &len), 0);
    assert_int_equal(sock_connect(&s, p->w, &peer, NULL, CLOCK_NEVER, &e), 0);
    int server = accept(listener, NULL, NULL);
    assert_true(s.has_stamps);
    int64_t before_ns;
    int64_t written_ns;
    int tries = 0;
    do { /* the kernel begins to stamp a little after the first socket asks for it */
        before_ns = clock_now_ns();
        assert_int_equal(write(server, "x", 1), 1);
        written_ns = clock_now_ns();
        usleep(20000);
        assert_int_equal(sock_read(&s, byte, sizeof byte, CLOCK_NEVER, &e), 1);
    } while (s.arrived_ns >= written_ns + 15 * NS_PER_MS && ++tries < 100);
    assert_true(tries < 100);
    assert_true(s.arrived_ns >= before_ns - NS_PER_MS);
    assert_true(sock_check_stamps(&s, before_ns - NS_PER_MS, clock_now_ns()));
    s.arrived_ns -= 3600 * NS_PER_SEC; /* as if somebody had set the clock */
    s.wall_offset_ns += 3600 * NS_PER_SEC;
    assert_false(sock_check_stamps(&s, before_ns, clock_now_ns()));
    assert_true(llabs(s.wall_offset_ns - (clock_wall_ns() - clock_now_ns())) < NS_PER_SEC);
    sock_close(&s);
    close(server);
    close(listener);
}

static void do_nothing(struct pair *p)
{
}

static void bytes_have_the_time_at_which_they_arrived(void **state)
{
    with_pair(read_late, do_nothing);
}

TEST_SUITE(sock){
    TEST(moves_more_than_the_kernel_holds)
    TEST(a_sender_hears_an_early_answer)
    TEST(every_wait_has_a_deadline)
    TEST(a_closed_peer_is_noticed)
    TEST(bytes_left_over_make_it_stale)
    TEST(bytes_have_the_time_at_which_they_arrived)
    TEST_END
};
