/* Ways to a server: the options' rules, proxies plain and by tunnel, source addresses. Bytes in and
 * out. TLS behind proxies: proxy_tls_test.c */
#include "net/test_bed.h"
#include "test.h"

static char *with_port(struct bed *b, const char *fmt)
{
    static char text[256];
    char port[8];
    const char *at = strstr(fmt, "PORT");
    snprintf(port, sizeof port, "%u", (unsigned)b->port);
    snprintf(text, sizeof text, "%.*s%s%s", (int)(at - fmt), fmt, port, at + 4);
    return text;
}

/* ---- rules */

static struct dial_rules *rules_of(const char *const *hosts)
{
    struct dial_rules *r = dial_rules_new();
    for (; *hosts != NULL; hosts += 2)
        dial_rules_add_host(r, str_of(hosts[0]), str_of(hosts[1]));
    return r;
}

static void ask_by_names(struct bed *b)
{
    char url[64];
    assert_int_equal(bed_do(b, "GET", with_port(b, "http://a.test:PORT/x")), 0);
    assert_string_equal(b->r.last.remote_ip, "127.0.0.1");
    assert_int_equal(b->hops[0].t.looking_up, 0);
    snprintf(url, sizeof url, "Host: a.test:%u\r\n", (unsigned)b->port);
    assert_true(bed_saw(b, url));
    assert_int_equal(bed_do(b, "GET", "http://nowhere.test:1/"), ERR_REFUSED);
    assert_int_equal(b->r.last.error.code, NET_TCP_DIAL_REFUSED);
    assert_string_equal(b->r.last.error.detail, "dial tcp :1: connect: connection refused");
    assert_int_equal(bed_do(b, "GET", "http://ten.test/"), ERR_INVALID);
    assert_int_equal(b->r.last.error.code, NET_BLACKLISTED_IP);
    assert_string_equal(b->r.last.error.detail,
                        "IP (10.1.2.3) is in a blacklisted range (10.0.0.0/8)");
    assert_int_equal(bed_do(b, "GET", "http://x.closed.test/"), ERR_INVALID);
    assert_int_equal(b->r.last.error.code, NET_BLOCKED_HOSTNAME);
    assert_int_equal(b->hop_count, 1);
    assert_true(list_is_empty(&b->client->busy));
}

static void rules_decide_where_a_name_leads(void **state)
{
    struct bed b;
    struct dial_rules *r = rules_of(
        (const char *[]){"a.test", "127.0.0.1", "nowhere.test", "x", "ten.test", "10.1.2.3", NULL});
    dial_rules_block_name(r, STR("*.closed.test"));
    assert_int_equal(dial_rules_block_range(r, STR("10.0.0.0/8"), NULL), 0);
    bed_open(&b, SCRIPT(ACCEPT, REQUEST, SEND(BED_OK2)));
    b.config.rules = r;
    bed_run(&b, ask_by_names);
    bed_close(&b);
    dial_rules_free(r);
}

static void note_source(struct bed *b, char out[ADDRESS_IP_MAX])
{
    address_print_ip(&b->conns[b->accepted - 1].peer, out, ADDRESS_IP_MAX);
}

static void ask_from_local(struct bed *b)
{
    char ip[ADDRESS_IP_MAX];
    assert_int_equal(bed_get(b, "/"), 0);
    note_source(b, ip);
    assert_string_equal(ip, "127.0.0.5");
    http_client_close_idle(b->client);
    http_client_set_local(b->client, 3);
    assert_int_equal(bed_get(b, "/"), 0);
    note_source(b, ip);
    assert_string_equal(ip, "127.0.0.6");
}

static void connections_come_from_the_local_address(void **state)
{
    struct bed b;
    struct dial_rules *r = dial_rules_new();
    assert_int_equal(dial_rules_set_local(r, STR("127.0.0.5-127.0.0.6"), NULL), 0);
    bed_open(&b, SCRIPT(ACCEPT, REQUEST, SEND(BED_OK2), ACCEPT, REQUEST, SEND(BED_OK2)));
    b.config.rules = r;
    bed_run(&b, ask_from_local);
    bed_close(&b);
    dial_rules_free(r);
}

/* ---- plain requests through a proxy */

static int ask_through(struct bed *b, const char *proxy, const char *url)
{
    b->q.proxy = str_of(with_port(b, proxy));
    return bed_do(b, "GET", url);
}

static void ask_plainly(struct bed *b)
{
    struct http_header own = {STR("Proxy-Authorization"), STR("mine")};
    assert_int_equal(ask_through(b, "http://u:p@127.0.0.1:PORT", "http://a.test/x?y=1"), 0);
    assert_string_equal(bed_seen(b), "GET http://a.test/x?y=1 HTTP/1.1\r\nHost: a.test\r\n"
                                     "User-Agent: test\r\nProxy-Authorization: Basic dTpw\r\n\r\n");
    assert_string_equal(b->r.last.remote_ip, "127.0.0.1");
    bed_forget(b);
    /* Another server, the same proxy: the same connection. */
    b->q.headers = &own;
    b->q.header_count = 1;
    assert_int_equal(ask_through(b, "http://u:p@127.0.0.1:PORT", "http://b.test:8080/"), 0);
    assert_true(bed_saw(b, "GET http://b.test:8080/ HTTP/1.1\r\nHost: b.test:8080\r\n"));
    assert_int_equal(bed_count(b, "Proxy-Authorization"), 2); /* k6 sends both */
    assert_int_equal(b->accepted, 1);
    bed_forget(b);
    /* Another user of the proxy: another connection. */
    assert_int_equal(ask_through(b, "127.0.0.1:PORT", "http://a.test/"), 0);
    assert_int_equal(bed_count(b, "Proxy-Authorization"), 0);
    assert_int_equal(b->accepted, 2);
    /* And none. */
    b->q.proxy = (struct str){"", 0};
    assert_int_equal(bed_get(b, "/z"), 0);
    assert_true(bed_saw(b, "GET /z HTTP/1.1\r\n"));
    assert_int_equal(b->accepted, 3);
}

static void a_proxy_is_given_whole_urls(void **state)
{
    bed_with(SCRIPT(ACCEPT, REQUEST, SEND(BED_OK2), REQUEST, SEND(BED_OK2), ACCEPT, REQUEST,
                    SEND(BED_OK2), ACCEPT, REQUEST, SEND(BED_OK2)),
             ask_plainly);
}

static void expect(struct bed *b, int rc, int code, const char *detail)
{
    assert_int_equal(b->rc, rc);
    assert_string_equal(b->r.last.error.detail, detail);
    assert_int_equal(b->r.last.error.code, code);
    assert_int_equal(b->hop_count, 1);
}

static void ask_bad_proxies(struct bed *b)
{
    b->q.proxy = STR("http://127.0.0.1:1");
    bed_do(b, "GET", "http://a.test/");
    expect(b, ERR_REFUSED, NET_TCP_DEFAULT,
           "proxyconnect tcp: dial tcp 127.0.0.1:1: connect: connection refused");
    b->q.proxy = STR("socks5://127.0.0.1:1");
    bed_do(b, "GET", "http://a.test/");
    expect(b, ERR_REFUSED, NET_TCP_DEFAULT,
           "proxyconnect tcp: dial tcp 127.0.0.1:1: connect: connection refused");
    b->q.proxy = STR("http://127.0.0.1:1");
    bed_do(b, "GET", "https://a.test/");
    expect(b, ERR_REFUSED, NET_TCP_DEFAULT,
           "proxyconnect tcp: dial tcp 127.0.0.1:1: connect: connection refused");
    b->q.proxy = STR("ftp://x");
    bed_do(b, "GET", "http://a.test/");
    expect(b, ERR_UNSUPPORTED, NET_DEFAULT,
           "unsupported proxy scheme \"ftp\": http, https, socks5 and socks5h are known");
    b->q.tls_cert = STR("x");
    b->q.tls_key = STR("x");
    bed_do(b, "GET", "https://a.test/");
    expect(b, ERR_INVALID, NET_DEFAULT, "tls: failed to find any PEM data in certificate input");
}

static void bad_ways_fail_with_a_reason(void **state)
{
    bed_with(SCRIPT({.kind = BED_END}), ask_bad_proxies);
}

static void ask_many_ways(struct bed *b)
{
    char proxy[64];
    for (int i = 0; i < 200; i++) {
        snprintf(proxy, sizeof proxy, "http://user%d@127.0.0.1:1", i % 150);
        b->q.proxy = str_of(proxy);
        bed_do(b, "GET", "http://a.test/");
        assert_int_equal(b->r.last.error.code, NET_TCP_DEFAULT);
    }
    assert_int_equal(b->shared->unused_way_count, 64);
}

static void ways_of_the_past_are_forgotten(void **state)
{
    bed_with(SCRIPT({.kind = BED_END}), ask_many_ways);
}

/* ---- tunnels */

static void ask_tunnels(struct bed *b)
{
    static const struct {
        int rc;
        const char *detail;
    } answers[] = {
        {ERR_REFUSED, "Forbidden"},
        {ERR_REFUSED, "unknown status code"},
        {ERR_CLOSED, "EOF"},
        {ERR_CLOSED, "unexpected EOF"},
        {ERR_PROTOCOL, "malformed HTTP response \"what?\""},
        {ERR_PROTOCOL, "the proxy sent something of its own into the tunnel"},
        {ERR_TOO_LARGE, "the proxy's answer is longer than 65536 bytes"},
    };
    for (size_t i = 0; i < sizeof answers / sizeof *answers; i++) {
        ask_through(b, "http://u:p@127.0.0.1:PORT", "https://a.test/");
        expect(b, answers[i].rc, NET_DEFAULT, answers[i].detail);
        assert_true(bed_saw(b, "CONNECT a.test:443 HTTP/1.1\r\nHost: a.test:443\r\n"
                               "User-Agent: test\r\nProxy-Authorization: Basic dTpw\r\n\r\n"));
        bed_forget(b);
    }
    b->q.deadline_ns = clock_now_ns() + 20000000;
    ask_through(b, "http://127.0.0.1:PORT", "https://[::1]:8443/");
    expect(b, ERR_TIMEOUT, NET_REQUEST_TIMEOUT, "request timeout");
    assert_true(bed_saw(b, "CONNECT [::1]:8443 HTTP/1.1\r\nHost: [::1]:8443\r\n"
                           "User-Agent: test\r\n\r\n"));
    assert_true(list_is_empty(&b->client->busy) && list_is_empty(&b->client->idle));
}

static void a_tunnel_refused_says_why(void **state)
{
    char *flood = mem_alloc(70000);
    memset(flood, 'a', 70000);
    memcpy(flood, "HTTP/1.1 200 OK\r\nX: ", 20);
    bed_with(SCRIPT(ACCEPT, REQUEST, DRIP("HTTP/1.1 403 Forbidden\r\nX: y\r\n\r\n"), ACCEPT,
                    REQUEST, SEND("HTTP/1.1 502\r\n\r\n"), ACCEPT, REQUEST, CLOSE, ACCEPT, REQUEST,
                    SEND("HTTP/1.1 200"), CLOSE, ACCEPT, REQUEST, SEND("what?\r\n\r\n"), ACCEPT,
                    REQUEST, SEND("HTTP/1.1 200 OK\r\n\r\nx"), ACCEPT, REQUEST,
                    SEND_BYTES(flood, 70000), ACCEPT, REQUEST, STALL),
             ask_tunnels);
    mem_free(flood);
}

/* ---- SOCKS5 */

#define SOCKS_GRANTED "\5\0\0\1\1\2\3\4\0\120"

static void ask_socks_ok(struct bed *b)
{
    assert_int_equal(ask_through(b, "socks5://127.0.0.1:PORT", "http://a.test/x"), 0);
    assert_int_equal(b->r.status, 200);
    static const char name[] = "\5\1\0"
                               "\5\1\0\3\6a.test\0\120"
                               "GET /x HTTP/1.1\r\nHost: a.test\r\nUser-Agent: test\r\n\r\n";
    assert_int_equal(b->seen.len, sizeof name - 1);
    assert_memory_equal(b->seen.data, name, sizeof name - 1);
    size_t from = b->seen.len;
    assert_int_equal(ask_through(b, "socks5h://me:pass@127.0.0.1:PORT", "http://10.0.0.1:81/"), 0);
    static const char user[] = "\5\2\0\2"
                               "\1\2me\4pass"
                               "\5\1\0\1\12\0\0\1\0\121"
                               "GET / HTTP/1.1\r\nHost: 10.0.0.1:81\r\n";
    assert_memory_equal(b->seen.data + from, user, sizeof user - 1);
    /* Different servers through one proxy are different connections. */
    assert_int_equal(ask_through(b, "socks5://127.0.0.1:PORT", "http://[fd00::1]/"), 0);
    assert_int_equal(b->accepted, 3);
}

static void socks_proxies_are_told_names_and_addresses(void **state)
{
    bed_with(SCRIPT(ACCEPT, TAKE(3), DRIP("\5\0"), TAKE(13), DRIP(SOCKS_GRANTED), REQUEST,
                    SEND(BED_OK2), ACCEPT, TAKE(4), SEND("\5\2"), TAKE(9), SEND("\1\0"), TAKE(10),
                    SEND("\5\0\0\3\4name\0\1"), REQUEST, SEND(BED_OK2), ACCEPT, TAKE(3),
                    SEND("\5\0"), TAKE(22), SEND("\5\0\0\4aaaabbbbccccdddd\0\1"), REQUEST,
                    SEND(BED_OK2)),
             ask_socks_ok);
}

static void ask_socks_refused(struct bed *b)
{
    static const struct {
        int rc;
        const char *cause;
    } answers[] = {
        {ERR_PROTOCOL, "unexpected protocol version 4"},
        {ERR_REFUSED, "no acceptable authentication methods"},
        {ERR_REFUSED, "username/password authentication failed"},
        {ERR_PROTOCOL, "invalid username/password version"},
        {ERR_CLOSED, "EOF"},
        {ERR_CLOSED, "unexpected EOF"},
        {ERR_PROTOCOL, "unexpected protocol version 9"},
        {ERR_REFUSED, "unknown error connection refused"},
        {ERR_REFUSED, "unknown error unknown code"},
        {ERR_PROTOCOL, "unknown address type 9"},
    };
    char want[256];
    for (size_t i = 0; i < sizeof answers / sizeof *answers; i++) {
        ask_through(b, "socks5://u:p@127.0.0.1:PORT", "http://a.test/");
        snprintf(want, sizeof want, "socks connect tcp 127.0.0.1:%u->a.test:80: %s",
                 (unsigned)b->port, answers[i].cause);
        expect(b, answers[i].rc, NET_TCP_DEFAULT, want);
    }
    assert_true(list_is_empty(&b->client->busy));
}

static void socks_refusals_say_why(void **state)
{
    bed_with(SCRIPT(ACCEPT, TAKE(4), SEND("\4\0"), ACCEPT, TAKE(4), SEND("\5\377"), ACCEPT, TAKE(4),
                    SEND("\5\2"), TAKE(5), SEND("\1\1"), ACCEPT, TAKE(4), SEND("\5\2"), TAKE(5),
                    SEND("\2\0"), ACCEPT, TAKE(4), CLOSE, ACCEPT, TAKE(4), SEND("\5\0"), TAKE(13),
                    SEND("\5\0\0\1\1"), CLOSE, ACCEPT, TAKE(4), SEND("\5\0"), TAKE(13),
                    SEND("\11\0\0\1"), ACCEPT, TAKE(4), SEND("\5\0"), TAKE(13),
                    SEND("\5\5\0\1\0\0\0\0\0\0"), ACCEPT, TAKE(4), SEND("\5\0"), TAKE(13),
                    SEND("\5\143\0\1\0\0\0\0\0\0"), ACCEPT, TAKE(4), SEND("\5\0"), TAKE(13),
                    SEND("\5\0\0\11\0")),
             ask_socks_refused);
}

TEST_SUITE(http_way){
    TEST(rules_decide_where_a_name_leads)
    TEST(connections_come_from_the_local_address)
    TEST(a_proxy_is_given_whole_urls)
    TEST(bad_ways_fail_with_a_reason)
    TEST(ways_of_the_past_are_forgotten)
    TEST(a_tunnel_refused_says_why)
    TEST(socks_proxies_are_told_names_and_addresses)
    TEST(socks_refusals_say_why)
    TEST_END
};
