#include <stdio.h>

#include "net/cookie_jar.h"
#include "test.h"

#define NOW_NS (INT64_C(1700000000) * 1000000000)

static struct url *parse_url(const char *text)
{
    struct url *u;
    assert_int_equal(url_parse(&u, str_of(text), NULL), 0);
    return u;
}

static void set(struct cookie_jar *j, const char *url, const char *text)
{
    struct cookie c;
    struct url *u = parse_url(url);
    assert_int_equal(cookie_parse(str_of(text), &c), 0);
    cookie_jar_set(j, u, &c, NOW_NS);
    url_free(u);
}

static void add(void *opaque, struct str name, struct str value)
{
    buf_addf(opaque, "%.*s=%.*s;", (int)name.len, name.p, (int)value.len, value.p);
}

static void expect_at(struct cookie_jar *j, const char *url, int64_t wall_ns, const char *want)
{
    struct buf b;
    struct url *u = parse_url(url);
    buf_init(&b, BUF_NO_LIMIT);
    cookie_jar_each(j, u, wall_ns, add, &b);
    assert_string_equal(b.data, want);
    buf_deinit(&b);
    url_free(u);
}

static void expect(struct cookie_jar *j, const char *url, const char *want)
{
    expect_at(j, url, NOW_NS, want);
}

static void host_cookies_stay_with_their_host(void **state)
{
    struct cookie_jar *j = cookie_jar_new();
    (void)state;
    assert_true(cookie_jar_is_empty(j));
    set(j, "http://Www.Example.com:8080/", "a=1");
    expect(j, "http://www.example.com./", "a=1;");
    expect(j, "https://www.example.com/x", "a=1;");
    expect(j, "http://example.com/", "");
    expect(j, "http://a.www.example.com/", "");
    expect(j, "ftp://www.example.com/", "");
    assert_false(cookie_jar_is_empty(j));
    cookie_jar_free(j);
}

static void domain_cookies_go_to_subdomains(void **state)
{
    struct cookie_jar *j = cookie_jar_new();
    (void)state;
    set(j, "http://www.example.com/", "a=1; Domain=.Example.com");
    set(j, "http://www.example.com/", "foreign=1; Domain=other.com");
    set(j, "http://www.example.com/", "partial=1; Domain=ample.com");
    set(j, "http://www.example.com/", "dots=1; Domain=..example.com");
    set(j, "http://www.example.com/", "last=1; Domain=example.com.");
    set(j, "http://127.0.0.1/", "ip=1; Domain=127.0.0.1");
    set(j, "http://127.0.0.1/", "noip=1; Domain=0.0.1");
    expect(j, "http://example.com/", "a=1;");
    expect(j, "http://x.y.example.com/", "a=1;");
    expect(j, "http://notexample.com/", "");
    expect(j, "http://127.0.0.1/", "ip=1;");
    expect(j, "http://1.127.0.0.1/", "");
    cookie_jar_free(j);
}

static void paths_limit_and_order(void **state)
{
    struct cookie_jar *j = cookie_jar_new();
    (void)state;
    set(j, "http://a.example/", "root=1");
    set(j, "http://a.example/x/y/z", "byurl=2");
    set(j, "http://a.example/", "deep=3; Path=/x");
    set(j, "http://a.example/", "bad=4; Path=x");
    set(j, "http://a.example/a%20b/c", "space=5");
    expect(j, "http://a.example/x/y/q", "byurl=2;deep=3;root=1;bad=4;");
    expect(j, "http://a.example/x", "deep=3;root=1;bad=4;");
    expect(j, "http://a.example/xy", "root=1;bad=4;");
    expect(j, "http://a.example", "root=1;bad=4;");
    expect(j, "http://a.example/a b/", "space=5;root=1;bad=4;");
    cookie_jar_free(j);
}

static void cookies_end(void **state)
{
    struct cookie_jar *j = cookie_jar_new();
    (void)state;
    set(j, "http://a.example/", "age=1; Max-Age=10");
    set(j, "http://a.example/", "date=1; Expires=Wed, 01 Jan 2031 00:00:00 GMT");
    set(j, "http://a.example/", "past=1; Expires=Wed, 01 Jan 2020 00:00:00 GMT");
    set(j, "http://a.example/", "both=1; Max-Age=10; Expires=Wed, 01 Jan 2020 00:00:00 GMT");
    set(j, "http://a.example/", "sess=1");
    expect(j, "http://a.example/", "age=1;date=1;both=1;sess=1;");
    expect_at(j, "http://a.example/", NOW_NS + INT64_C(11000000000), "date=1;sess=1;");
    set(j, "http://a.example/", "sess=; Max-Age=0");
    set(j, "http://a.example/", "date=; Expires=Thu, 01 Jan 1970 00:00:00 GMT");
    expect(j, "http://a.example/", "");
    cookie_jar_free(j);
}

static void setting_again_replaces_in_place(void **state)
{
    struct cookie_jar *j = cookie_jar_new();
    (void)state;
    set(j, "http://a.example/", "a=1");
    set(j, "http://a.example/", "b=1");
    set(j, "http://a.example/", "a=2");
    expect(j, "http://a.example/", "a=2;b=1;");
    cookie_jar_free(j);
}

static void secure_cookies_need_https_or_loopback(void **state)
{
    struct cookie_jar *j = cookie_jar_new();
    static const char *const hosts[] = {"127.0.0.1", "127.9.9.9", "localhost", "x.localhost",
                                        "[::1]:80"};
    char url[64];
    (void)state;
    set(j, "http://a.example/", "s=1; Secure");
    expect(j, "http://a.example/", "");
    expect(j, "https://a.example/", "s=1;");
    for (size_t i = 0; i < sizeof hosts / sizeof *hosts; i++) {
        snprintf(url, sizeof url, "http://%s/", hosts[i]);
        set(j, url, "s=1; Secure");
        expect(j, url, "s=1;");
    }
    cookie_jar_free(j);
}

static void hosts_share_their_last_two_labels(void **state)
{
    struct cookie_jar *j = cookie_jar_new();
    (void)state;
    set(j, "http://a.one.example/", "d=1; Domain=example");
    expect(j, "http://a.one.example/", "d=1;");
    expect(j, "http://b.one.example/", "d=1;");
    expect(j, "http://two.example/", ""); /* another drawer of the jar */
    expect(j, "http://example/", "");
    set(j, "http://a.co.uk/", "s=1; Domain=co.uk"); /* no public suffixes */
    expect(j, "http://b.co.uk/", "s=1;");
    set(j, "http://b\xc3\xbc" "cher.example/", "u=1");
    expect(j, "http://xn--bcher-kva.example/", "u=1;");
    expect(j, "http://B\xc3\x9c" "CHER.example/", "");
    cookie_jar_free(j);
}

static void an_ipv6_address_without_a_port_is_another_host(void **state)
{
    struct cookie_jar *j = cookie_jar_new();
    (void)state;
    set(j, "http://[::1]/", "a=1");
    expect(j, "http://[::1]/x", "a=1;");
    expect(j, "http://[::1]:80/", "");
    set(j, "http://[::1]:81/", "b=1");
    expect(j, "http://[::1]:80/", "b=1;");
    cookie_jar_free(j);
}

static void an_age_beyond_what_go_counts_is_over(void **state)
{
    struct cookie_jar *j = cookie_jar_new();
    (void)state;
    set(j, "http://a.example/", "a=1; Max-Age=9223372036854775807");
    expect(j, "http://a.example/", "");
    set(j, "http://a.example/", "a=1; Max-Age=99999999999");
    expect(j, "http://a.example/", "a=1;");
    cookie_jar_free(j);
}

static void removes_one_or_all_of_a_url(void **state)
{
    struct cookie_jar *j = cookie_jar_new();
    struct url *u = parse_url("http://a.example/");
    (void)state;
    set(j, "http://a.example/", "a=1");
    set(j, "http://a.example/", "b=1");
    set(j, "http://a.example/", "deep=1; Path=/deep");
    set(j, "http://b.example/", "c=1");
    cookie_jar_remove(j, u, STR("a"));
    expect(j, "http://a.example/deep", "deep=1;b=1;");
    cookie_jar_remove_all_of(j, u);
    expect(j, "http://a.example/deep", "deep=1;");
    expect(j, "http://b.example/", "c=1;");
    cookie_jar_clear(j);
    assert_true(cookie_jar_is_empty(j));
    url_free(u);
    cookie_jar_free(j);
}

static void a_server_cannot_fill_the_memory(void **state)
{
    struct cookie_jar *j = cookie_jar_new();
    struct url *u = parse_url("http://a.example/");
    struct buf b;
    (void)state;
    buf_init(&b, BUF_NO_LIMIT);
    for (int i = 0; i < 5000; i++) {
        char text[32];
        struct cookie c;
        snprintf(text, sizeof text, "c%d=1", i);
        assert_int_equal(cookie_parse(str_of(text), &c), 0);
        cookie_jar_set(j, u, &c, NOW_NS);
    }
    cookie_jar_each(j, u, NOW_NS, add, &b);
    size_t count = 0;
    for (size_t i = 0; i < b.len; i++)
        count += b.data[i] == ';';
    assert_int_equal(count, 4096);
    buf_deinit(&b);
    url_free(u);
    cookie_jar_free(j);
}

TEST_SUITE(cookie_jar)
{
    TEST(host_cookies_stay_with_their_host)
    TEST(domain_cookies_go_to_subdomains)
    TEST(paths_limit_and_order)
    TEST(cookies_end)
    TEST(setting_again_replaces_in_place)
    TEST(secure_cookies_need_https_or_loopback)
    TEST(hosts_share_their_last_two_labels)
    TEST(an_ipv6_address_without_a_port_is_another_host)
    TEST(an_age_beyond_what_go_counts_is_over)
    TEST(removes_one_or_all_of_a_url)
    TEST(a_server_cannot_fill_the_memory)
    TEST_END
};
