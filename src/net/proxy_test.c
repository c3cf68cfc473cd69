/* Proxy URLs, and who goes through one by the environment. */
#include "net/proxy.h"

#include <stdio.h>
#include <string.h>

#include "test.h"

static const char *describe(const char *text)
{
    static char out[256];
    struct proxy *p = NULL;
    struct err e = {0};
    if (proxy_new(&p, str_of(text), &e) < 0) {
        snprintf(out, sizeof out, "%s", e.msg);
        err_deinit(&e);
        return out;
    }
    snprintf(out, sizeof out, "%d %.*s %u %s", (int)p->kind, (int)p->host.len, p->host.p,
             (unsigned)p->port, p->basic != NULL ? p->basic : "-");
    proxy_free(p);
    return out;
}

static void urls_of_proxies_are_understood(void **state)
{
    assert_string_equal(describe("http://p.test:8080"), "0 p.test 8080 -");
    assert_string_equal(describe("http://p.test"), "0 p.test 80 -");
    assert_string_equal(describe("https://p.test"), "1 p.test 443 -");
    assert_string_equal(describe("socks5://127.0.0.1"), "2 127.0.0.1 1080 -");
    assert_string_equal(describe("socks5h://u:p@[::1]:9"), "2 ::1 9 Basic dTpw");
    assert_string_equal(describe("p.test:3128"), "0 p.test 3128 -");
    assert_string_equal(describe("127.0.0.1:3128"), "0 127.0.0.1 3128 -");
    assert_string_equal(describe("p.test"), "0 p.test 80 -");
    assert_string_equal(describe("http://pu:p%40p@h:1/ignored"), "0 h 1 Basic cHU6cEBw");
    assert_string_equal(describe("http://only@h:1"), "0 h 1 Basic b25seTo=");
}

static void other_urls_are_refused(void **state)
{
    assert_string_equal(
        describe("ftp://h"),
        "unsupported proxy scheme \"ftp\": http, https, socks5 and socks5h are known");
    assert_string_equal(describe("http://h:99999"),
                        "invalid proxy address \"http://h:99999\": invalid port");
    assert_true(strstr(describe("http://%zz"), "invalid proxy address") != NULL);
    assert_true(strstr(describe(""), "invalid proxy address") != NULL);
}

static const char *look_up(void *opaque, const char *name)
{
    for (const char *const *pair = opaque; *pair != NULL; pair += 2)
        if (strcmp(pair[0], name) == 0)
            return pair[1];
    return NULL;
}

#define ENV(...) ((const char *[]){__VA_ARGS__, NULL})

static const char *find(const struct proxy_env *p, const char *url)
{
    static char out[64];
    struct url *u = NULL;
    assert_int_equal(url_parse(&u, str_of(url), NULL), 0);
    const struct proxy *found = proxy_env_find(p, u);
    snprintf(out, sizeof out, "%.*s", found != NULL ? (int)found->host.len : 4,
             found != NULL ? found->host.p : "none");
    url_free(u);
    return out;
}

static void the_scheme_chooses_the_proxy(void **state)
{
    struct proxy_env *p =
        proxy_env_new(look_up, ENV("HTTP_PROXY", "http://plain", "http_proxy", "http://other",
                                   "https_proxy", "socks5://secure"));
    assert_string_equal(find(p, "http://a.test/"), "plain");
    assert_string_equal(find(p, "https://a.test/"), "secure");
    assert_string_equal(find(p, "ws://a.test/"), "plain");
    assert_string_equal(find(p, "wss://a.test/"), "secure");
    assert_string_equal(find(p, "http://localhost:1/"), "none");
    assert_string_equal(find(p, "http://127.9.9.9/"), "none");
    assert_string_equal(find(p, "https://[::1]/"), "none");
    proxy_env_free(p);
}

static void nothing_named_is_no_proxy(void **state)
{
    assert_null(proxy_env_new(look_up, ENV("NO_PROXY", "x", "HTTP_PROXY", "")));
    assert_null(proxy_env_new(look_up, ENV("HTTP_PROXY", "http://%zz", "ALL_PROXY", "http://x")));
    struct proxy_env *p = proxy_env_new(look_up, ENV("HTTPS_PROXY", "p"));
    assert_string_equal(find(p, "http://a.test/"), "none");
    assert_string_equal(find(p, "https://a.test/"), "p");
    proxy_env_free(p);
}

/* Requests fail there, instead of going where they should not. */
static void odd_words_name_a_proxy_too(void **state)
{
    struct url *u = NULL;
    assert_int_equal(url_parse(&u, STR("http://a.test/"), NULL), 0);
    static const struct {
        const char *text, *host;
        int port;
    } cases[] = {{"ftp://odd", "odd", 0},        {"socks4://odd:3", "odd", 3}, {":81", "", 81},
                 {"http://odd:99999", "odd", 0}, {"//odd:1", "", 80}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct proxy_env *p = proxy_env_new(look_up, ENV("HTTP_PROXY", cases[i].text));
        const struct proxy *found = proxy_env_find(p, u);
        assert_int_equal(found->kind, PROXY_HTTP);
        assert_true(str_eqs(found->host, cases[i].host));
        assert_int_equal(found->port, cases[i].port);
        proxy_env_free(p);
    }
    url_free(u);
}

static void exemptions_are_names_addresses_and_networks(void **state)
{
    struct proxy_env *p = proxy_env_new(
        look_up,
        ENV("HTTP_PROXY", "http://p", "NO_PROXY",
            " a.test , .below.test,*.star.test,Port.test:81,10.1.2.3,10.2.0.0/16,[fd00::1]:82,"
            "fd00:1::/32,,:80,10.9.9.9:83"));
    static const struct {
        const char *url;
        bool goes_through;
    } cases[] = {
        {"http://a.test/", false},
        {"http://x.A.test/", false},
        {"http://ba.test/", true},
        {"http://below.test/", true},
        {"http://x.below.test/", false},
        {"http://star.test/", true},
        {"http://x.star.test/", false},
        {"http://port.test/", true},
        {"http://port.test:81/", false},
        {"http://x.port.test:81/", false},
        {"http://10.1.2.3/", false},
        {"http://10.1.2.4/", true},
        {"http://10.2.255.1/", false},
        {"http://10.3.0.1/", true},
        {"http://[fd00::1]:82/", false},
        {"http://[fd00::1]/", true},
        {"http://[fd00:1::9]/", false},
        {"http://[fd00:2::9]/", true},
        {"http://10.9.9.9:83/", false},
        {"http://10.9.9.9/", true},
        {"http://[::ffff:10.2.0.1]/", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(find(p, cases[i].url), cases[i].goes_through ? "p" : "none");
    proxy_env_free(p);
    p = proxy_env_new(look_up, ENV("HTTP_PROXY", "http://p", "no_proxy", "x, *"));
    assert_string_equal(find(p, "http://a.test/"), "none");
    proxy_env_free(p);
}

TEST_SUITE(proxy){
    TEST(urls_of_proxies_are_understood)
    TEST(other_urls_are_refused)
    TEST(the_scheme_chooses_the_proxy)
    TEST(nothing_named_is_no_proxy)
    TEST(odd_words_name_a_proxy_too)
    TEST(exemptions_are_names_addresses_and_networks)
    TEST_END
};
