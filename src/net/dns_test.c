/* The resolver against a DNS server of the test's own: a fiber on the same worker that answers by a
 * table. */
#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/clock.h"
#include "core/fiber.h"
#include "core/reactor.h"
#include "net/dns.h"
#include "test.h"

#define SEC INT64_C(1000000000)

/* What the server knows. Addresses as text, separated by blanks; no row: no such name. */
static const struct {
    const char *name, *v4, *v6;
    int rcode;
    bool is_mute;
} names[] = {
    {"one.test", "10.0.0.1", "", 0, false},
    {"six.test", "", "2001:db8::6", 0, false},
    {"both.test", "10.0.0.2", "2001:db8::2", 0, false},
    {"many.test", "10.0.1.1 10.0.1.2 10.0.1.3", "", 0, false},
    {"broken.test", "", "", 2, false},
    {"empty.test", "", "", 0, false},
    {"mute.test", "", "", 0, true},
};

struct world {
    struct worker *w;
    struct dns *dns;
    struct dns_options options;
    struct io io;
    char servers[32];
    int questions; /* for A records */
    struct fiber *server;
    void (*run)(struct world *);
    int done;
    int others_done;
    int others_rc[8];
};

/* "\3one\4test\0" to "one.test"; the bytes it took. */
static size_t read_name(const uint8_t *p, char *out)
{
    size_t at = 0;
    size_t len = 0;
    while (p[at] != 0) {
        if (len > 0)
            out[len++] = '.';
        memcpy(out + len, p + at + 1, p[at]);
        len += p[at];
        at += p[at] + 1U;
    }
    out[len] = '\0';
    return at + 1;
}

static size_t put_answer(uint8_t *p, int type, const char *ip)
{
    static const uint8_t head4[] = {0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4};
    static const uint8_t head6[] = {0xc0, 12, 0, 28, 0, 1, 0, 0, 0, 60, 0, 16};
    memcpy(p, type == 1 ? head4 : head6, 12);
    assert_int_equal(inet_pton(type == 1 ? AF_INET : AF_INET6, ip, p + 12), 1);
    return type == 1 ? 16 : 28;
}

/* The answer to the question in p, behind which it is written. Its length, 0 for silence. */
static size_t answer(struct world *t, uint8_t *p)
{
    char name[256];
    size_t end = 12 + read_name(p + 12, name) + 4;
    int type = p[end - 4] << 8 | p[end - 3];
    int rcode = 3;
    int count = 0;
    t->questions += type == 1;
    p[2] |= 0x80;
    memset(p + 8, 0, 4); /* what c-ares adds is not repeated */
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(names[i].name, name) != 0)
            continue;
        if (names[i].is_mute)
            return 0;
        rcode = names[i].rcode;
        char list[128];
        char *save;
        snprintf(list, sizeof list, "%s", type == 1 ? names[i].v4 : names[i].v6);
        for (char *ip = strtok_r(list, " ", &save); ip != NULL;
             ip = strtok_r(NULL, " ", &save), count++)
            end += put_answer(p + end, type, ip);
    }
    p[3] = (uint8_t)(0x80 | rcode);
    p[7] = (uint8_t)count;
    return end;
}

static void serve(void *arg)
{
    struct world *t = arg;
    uint8_t p[4096];
    while (io_wait_read(&t->io, CLOCK_NEVER) == 0) {
        struct sockaddr_in from;
        socklen_t len = sizeof from;
        ssize_t n;
        while ((n = recvfrom(t->io.fd, p, 1024, 0, (struct sockaddr *)&from, &len)) > 0) {
            size_t size = answer(t, p);
            if (size > 0)
                sendto(t->io.fd, p, size, 0, (struct sockaddr *)&from, len);
        }
    }
    io_close(&t->io);
    t->done++;
}

static void ask_all(void *arg)
{
    struct world *t = arg;
    t->run(t);
    fiber_cancel(t->server);
    t->done++;
}

static bool is_done(void *opaque)
{
    return ((struct world *)opaque)->done == 2;
}

static void with_world(const struct dns_options *o, void (*run)(struct world *))
{
    struct world t = {.run = run, .options = *o};
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof a;
    t.w = worker_new(0);
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
    assert_int_equal(bind(fd, (struct sockaddr *)&a, sizeof a), 0);
    assert_int_equal(getsockname(fd, (struct sockaddr *)&a, &len), 0);
    assert_int_equal(io_open(&t.io, t.w, fd), 0);
    snprintf(t.servers, sizeof t.servers, "127.0.0.1:%u", ntohs(a.sin_port));
    t.options.servers = t.servers;
    assert_int_equal(dns_new(&t.dns, t.w, &t.options, NULL), 0);
    t.server = fiber_spawn(t.w, FIBER_HELPER, serve, &t);
    fiber_spawn(t.w, FIBER_HELPER, ask_all, &t);
    worker_run_here(t.w, is_done, &t);
    dns_free(t.dns);
    worker_free(t.w);
}

static int resolve(struct world *t, const char *host, char *out, struct net_error *e)
{
    struct address a;
    net_error_clear(e);
    int rc = dns_resolve(t->dns, str_of(host), clock_now_ns() + 20 * SEC, &a, e);
    if (rc == 0)
        address_print_ip(&a, out, ADDRESS_IP_MAX);
    return rc;
}

static void expect(struct world *t, const char *host, const char *want)
{
    char ip[ADDRESS_IP_MAX];
    struct net_error e;
    assert_int_equal(resolve(t, host, ip, &e), 0);
    assert_string_equal(ip, want);
}

static void expect_error(struct world *t, const char *host, int code, const char *text)
{
    char ip[ADDRESS_IP_MAX];
    char detail[256];
    struct net_error e;
    assert_true(resolve(t, host, ip, &e) < 0);
    assert_int_equal(e.code, code);
    if (code == 1101)
        assert_string_equal(e.text, "lookup: no such host");
    snprintf(detail, sizeof detail, text, host, t->servers);
    assert_string_equal(e.detail, detail);
}

static void check_kinds(struct world *t)
{
    expect(t, "one.test", "10.0.0.1");
    expect(t, "six.test", "2001:db8::6");
    expect(t, "both.test", "10.0.0.2");
    expect(t, "10.9.8.7", "10.9.8.7");
    expect(t, "::1", "::1");
    expect(t, "localhost", "127.0.0.1");
    expect_error(t, "none.test", 1101, "lookup %s on %s: no such host");
    expect_error(t, "empty.test", 1101, "lookup %s on %s: no such host");
    expect_error(t, "broken.test", 1100, "lookup %s on %s: server misbehaving");
    expect_error(t, "", 1101, "lookup %s on %s: no such host");
    expect_error(t, "a..b", 1101, "lookup %s on %s: no such host");
}

static void answers_of_each_kind(void **state)
{
    struct dns_options o = {.ttl_ns = 300 * SEC, .policy = DNS_PREFER_IPV4};
    (void)state;
    with_world(&o, check_kinds);
}

static void check_cache(struct world *t)
{
    for (int i = 0; i < 5; i++)
        expect(t, "one.test", "10.0.0.1");
    assert_int_equal(t->questions, t->options.ttl_ns > 0 ? 1 : 5);
    struct net_error e;
    char ip[ADDRESS_IP_MAX];
    t->questions = 0;
    for (int i = 0; i < 3; i++)
        assert_int_equal(resolve(t, "none.test", ip, &e), ERR_DNS);
    assert_true(t->questions >= 3); /* failures are not kept */
}

static void keeps_answers_for_our_own_time(void **state)
{
    struct dns_options keeps = {.ttl_ns = 300 * SEC};
    struct dns_options never = {.ttl_ns = 0};
    struct dns_options always = {.ttl_ns = CLOCK_NEVER};
    (void)state;
    with_world(&keeps, check_cache);
    with_world(&never, check_cache);
    with_world(&always, check_cache);
}

static void check_policies(struct world *t)
{
    switch (t->options.policy) {
    case DNS_PREFER_IPV4:
        expect(t, "both.test", "10.0.0.2");
        break;
    case DNS_PREFER_IPV6:
        expect(t, "both.test", "2001:db8::2");
        expect(t, "one.test", "10.0.0.1");
        break;
    case DNS_ONLY_IPV4:
        expect(t, "both.test", "10.0.0.2");
        expect_error(t, "six.test", 1101, "lookup %s on %s: no such host");
        break;
    case DNS_ONLY_IPV6:
        expect(t, "both.test", "2001:db8::2");
        expect_error(t, "one.test", 1101, "lookup %s on %s: no such host");
        break;
    case DNS_ANY:
        expect(t, "one.test", "10.0.0.1");
        expect(t, "six.test", "2001:db8::6");
        break;
    }
}

static void policies_choose_the_family(void **state)
{
    (void)state;
    for (int i = DNS_PREFER_IPV4; i <= DNS_ANY; i++) {
        struct dns_options o = {.ttl_ns = SEC, .policy = (enum dns_policy)i};
        with_world(&o, check_policies);
    }
}

static void check_select(struct world *t)
{
    int seen[4] = {0};
    for (int i = 0; i < 60; i++) {
        char ip[ADDRESS_IP_MAX];
        struct net_error e;
        assert_int_equal(resolve(t, "many.test", ip, &e), 0);
        assert_int_equal(strncmp(ip, "10.0.1.", 7), 0);
        seen[ip[7] - '0']++;
    }
    if (t->options.select == DNS_SELECT_FIRST)
        assert_true(seen[1] == 60 || seen[2] == 60 || seen[3] == 60);
    else if (t->options.select == DNS_SELECT_ROUND_ROBIN)
        assert_true(seen[1] == 20 && seen[2] == 20 && seen[3] == 20);
    else
        assert_true(seen[1] > 0 && seen[2] > 0 && seen[3] > 0);
}

static void several_addresses_are_chosen_from(void **state)
{
    (void)state;
    for (int i = DNS_SELECT_FIRST; i <= DNS_SELECT_ROUND_ROBIN; i++) {
        struct dns_options o = {.ttl_ns = 300 * SEC, .select = (enum dns_select)i};
        with_world(&o, check_select);
    }
}

struct other {
    struct world *t;
    int index;
};

static void ask_one(void *arg)
{
    struct other *o = arg;
    char ip[ADDRESS_IP_MAX];
    struct net_error e;
    o->t->others_rc[o->index] = resolve(o->t, "both.test", ip, &e);
    o->t->others_done++;
}

static void check_sharing(struct world *t)
{
    struct other others[8];
    for (int i = 0; i < 8; i++) {
        others[i] = (struct other){t, i};
        fiber_spawn(t->w, FIBER_HELPER, ask_one, &others[i]);
    }
    while (t->others_done < 8)
        fiber_sleep_until(t->w, clock_now_ns() + SEC / 1000);
    for (int i = 0; i < 8; i++)
        assert_int_equal(t->others_rc[i], 0);
    assert_int_equal(t->questions, 1);
}

static void fibers_share_a_question(void **state)
{
    struct dns_options o = {.ttl_ns = 300 * SEC};
    (void)state;
    with_world(&o, check_sharing);
}

static struct fiber *canceled;

static void cancel_it(void *arg)
{
    struct world *t = arg;
    fiber_sleep_until(t->w, clock_now_ns() + SEC / 200);
    fiber_cancel(canceled);
}

static void check_giving_up(struct world *t)
{
    struct address a;
    struct net_error e;
    assert_int_equal(dns_resolve(t->dns, STR("mute.test"), clock_now_ns() + SEC / 50, &a, &e),
                     ERR_TIMEOUT);
    assert_int_equal(e.code, 1050);
    canceled = fiber_current(t->w);
    fiber_spawn(t->w, FIBER_HELPER, cancel_it, t);
    assert_int_equal(dns_resolve(t->dns, STR("mute.test"), clock_now_ns() + 20 * SEC, &a, &e),
                     ERR_CANCELED);
    assert_true(e.is_canceled);
    fiber_uncancel(canceled);
    expect(t, "one.test", "10.0.0.1"); /* the question under way does not matter */
}

static void gives_up_when_time_is_up_or_canceled(void **state)
{
    struct dns_options o = {.ttl_ns = 300 * SEC};
    (void)state;
    with_world(&o, check_giving_up);
}

TEST_SUITE(dns)
{
    TEST(answers_of_each_kind)
    TEST(keeps_answers_for_our_own_time)
    TEST(policies_choose_the_family)
    TEST(several_addresses_are_chosen_from)
    TEST(fibers_share_a_question)
    TEST(gives_up_when_time_is_up_or_canceled)
    TEST_END
};
