/* url_test.c - tests of url.h. */
#include "base/url.h"

#include <string.h>

#include "base/mem.h"
#include "fuzz_replay.h"
#include "test.h"

#define LLVMFuzzerTestOneInput url_fuzz_one
#include "../../fuzz/url_fuzz.c"
#undef LLVMFuzzerTestOneInput

static struct url *parse(const char *text)
{
    struct url *u = NULL;
    struct err e = {0};
    if (url_parse(&u, str_of(text), &e) != 0)
        fail_msg("%s: %s", text, e.msg);
    return u;
}

static void assert_str(struct str s, const char *wanted)
{
    assert_string_equal(s.p, wanted); /* terminated too */
    assert_int_equal(s.len, strlen(wanted));
}

static void assert_prints(const char *text, const char *wanted)
{
    struct url *u = parse(text);
    struct buf out;
    buf_init(&out, BUF_NO_LIMIT);
    url_put(&out, u, true);
    assert_string_equal(out.data, wanted);
    buf_deinit(&out);
    url_free(u);
}

static void assert_target(const char *text, const char *wanted)
{
    struct url *u = parse(text);
    struct buf out;
    buf_init(&out, BUF_NO_LIMIT);
    url_put_request_target(&out, u);
    assert_string_equal(out.data, wanted);
    buf_deinit(&out);
    url_free(u);
}

static void assert_refused(struct str text, const char *why)
{
    struct url *u = NULL;
    struct err e = {0};
    assert_int_equal(url_parse(&u, text, &e), ERR_INVALID);
    assert_null(u);
    assert_string_equal(e.msg, why);
    err_deinit(&e);
}

static void assert_resolves(const char *base_text, const char *reference, const char *wanted)
{
    struct url *base = parse(base_text);
    struct url *u = NULL;
    struct buf out;
    buf_init(&out, BUF_NO_LIMIT);
    assert_int_equal(url_resolve(&u, base, str_of(reference), NULL), 0);
    url_put(&out, u, true);
    assert_string_equal(out.data, wanted);
    buf_deinit(&out);
    url_free(base);
    url_free(u);
}

static void a_full_url_comes_apart(void **state)
{
    struct url *u = parse("HTTPS://us%65r:p%40ss@Example.com:8443/a/b?x=1&y=2#top");
    assert_str(u->scheme, "https");
    assert_true(u->has_user && u->has_password);
    assert_str(u->user, "user");
    assert_str(u->password, "p@ss");
    assert_str(u->host, "Example.com");
    assert_int_equal(u->port, 8443);
    assert_str(u->port_text, ":8443");
    assert_str(u->path, "/a/b");
    assert_str(u->query, "x=1&y=2");
    assert_str(u->fragment, "top");
    assert_true(u->has_query && u->has_fragment && !u->is_ipv6);
    assert_int_equal(url_effective_port(u), 8443);
    url_free(u);
    url_free(NULL);
}

static void missing_parts_are_empty(void **state)
{
    struct url *u = parse("http://h");
    assert_str(u->path, "");
    assert_str(u->query, "");
    assert_false(u->has_query || u->has_fragment || u->has_user);
    assert_int_equal(u->port, 0);
    assert_int_equal(url_effective_port(u), 80);
    assert_true(url_has_host(u));
    url_free(u);
    u = parse("");
    assert_str(u->scheme, "");
    assert_false(url_has_host(u));
    url_free(u);
    u = parse("wss://h:");
    assert_int_equal(url_effective_port(u), 443);
    url_free(u);
}

static void paths_are_escaped_where_they_must_be(void **state)
{
    assert_target("http://h", "/");
    assert_target("http://h?q=1", "/?q=1");
    assert_target("http://h/?", "/?");
    assert_target("http://h/a b", "/a%20b");
    assert_target("http://h/%41%2Fx", "/%41%2Fx");
    assert_target("http://h/caf\xc3\xa9", "/caf%C3%A9");
    assert_target("http://h/a|b\"c<d>", "/a%7Cb%22c%3Cd%3E");
    assert_target("http://h/../x//y", "/../x//y");
    assert_target("http://h/%7Euser/~user", "/%7Euser/~user");
    assert_target("http://h/!$&'()*+,;=:@[]", "/!$&'()*+,;=:@[]");
    /* One character that may not stand there, and all of it is decoded and escaped anew. */
    assert_target("http://h/%41%2f b!'", "/A/%20b%21%27");
    assert_target("http://h/p#f", "/p");
}

static void queries_go_out_as_written(void **state)
{
    assert_target("http://h/p?x=a b", "/p?x=a b");
    assert_target("http://h/p?x=\xc3\xa9", "/p?x=\xc3\xa9");
    assert_target("http://h/p?a=[1]&b={2}&c=%zz?", "/p?a=[1]&b={2}&c=%zz?");
}

static void text_comes_back_as_go_writes_it(void **state)
{
    assert_prints("http://h", "http://h");
    assert_prints("http://h/a b?c d#e f", "http://h/a%20b?c d#e%20f");
    assert_prints("http://", "http:");
    assert_prints("HTTP://", "http:");
    assert_prints("http:///x", "http:///x");
    assert_prints("http:/x", "http:/x");
    assert_prints("mailto:a@b?c", "mailto:a@b?c");
    assert_prints("/just/path", "/just/path");
    assert_prints("localhost/x", "localhost/x");
    assert_prints("//h/x", "//h/x");
    assert_prints("///x", "///x");
    assert_prints("*", "*");
    assert_prints("", "");
    assert_prints("http://h/#", "http://h/");
    assert_prints("http://h?", "http://h?");
    assert_prints("http://:80/", "http://:80/");
    assert_prints("http://h:/", "http://h:/");
    assert_prints("http://h:0080/", "http://h:0080/");
    assert_prints("http://us%65r:a%2Fb@h", "http://user:a%2Fb@h");
    assert_prints("http://user@h", "http://user@h");
    assert_prints("http://a:@h", "http://a:@h");
    assert_prints("http://u:p@ss@h/", "http://u:p%40ss@h/");
    assert_prints("http://caf\xc3\xa9/", "http://caf%C3%A9/");
    assert_prints("http://[::1]:80/x", "http://[::1]:80/x");
    assert_prints("http://[fe80::1%25en0]/", "http://[fe80::1%25en0]/");
    assert_prints("a%3Ab", "a%3Ab");
    assert_prints("a%3Ab c", "./a:b%20c");
}

static void credentials_can_be_hidden(void **state)
{
    static const struct {
        const char *text, *wanted;
    } cases[] = {{"http://user:secret@h/x", "http://****:****@h/x"},
                 {"http://user@h/x", "http://****@h/x"},
                 {"http://h/x", "http://h/x"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct url *u = parse(cases[i].text);
        struct buf out;
        buf_init(&out, BUF_NO_LIMIT);
        url_put(&out, u, false);
        assert_string_equal(out.data, cases[i].wanted);
        buf_deinit(&out);
        url_free(u);
    }
}

static void the_host_header_has_the_port_as_written(void **state)
{
    static const struct {
        const char *text, *wanted;
    } cases[] = {{"http://h/x", "h"},
                 {"http://u:p@h:8080/x", "h:8080"},
                 {"http://[::1]:80/x", "[::1]:80"},
                 {"http://[fe80::1%25en0]/", "[fe80::1]"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct url *u = parse(cases[i].text);
        struct buf out;
        buf_init(&out, BUF_NO_LIMIT);
        url_put_host(&out, u);
        assert_string_equal(out.data, cases[i].wanted);
        buf_deinit(&out);
        url_free(u);
    }
}

static void ipv6_hosts_lose_their_brackets(void **state)
{
    struct url *u = parse("http://[fe80::1%25en0]:8080/");
    assert_true(u->is_ipv6);
    assert_str(u->host, "fe80::1%en0");
    assert_int_equal(u->port, 8080);
    url_free(u);
    u = parse("http://[::ffff:1.2.3.4]/");
    assert_str(u->host, "::ffff:1.2.3.4");
    url_free(u);
}

static void hosts_beyond_ascii_have_a_form_in_ascii(void **state)
{
    struct url *u = parse("http://b%C3%BCcher.test:81/");
    struct buf out;
    buf_init(&out, BUF_NO_LIMIT);
    assert_str(u->host, "b\xc3\xbc" "cher.test");
    assert_str(u->ascii_host, "xn--bcher-kva.test");
    url_put_host(&out, u);
    assert_string_equal(out.data, "xn--bcher-kva.test:81");
    buf_deinit(&out);
    url_free(u);
    assert_prints("http://b\xc3\xbc" "cher.test/", "http://b%C3%BCcher.test/");
    u = parse("http://%E4%BE%8B%E4%BE%8B\xf0\x9f\x98\x80.\xe4\xbe\x8b/");
    assert_str(u->ascii_host, "xn--fsqa16553a.xn--fsq");
    url_free(u);
    u = parse("http://%ff.test/"); /* no text: stays */
    assert_str(u->ascii_host, "\xff.test");
    url_free(u);
}

static void the_last_colon_begins_the_port(void **state)
{
    struct url *u = parse("http://::1:80/");
    assert_str(u->host, "::1");
    assert_int_equal(u->port, 80);
    assert_false(u->is_ipv6);
    url_free(u);
    u = parse("http://a:80:81/");
    assert_str(u->host, "a:80");
    assert_str(u->port_text, ":81");
    url_free(u);
}

static void a_port_that_does_not_fit_is_marked(void **state)
{
    struct url *u = parse("http://h:65536/");
    assert_true(u->is_port_bad);
    assert_int_equal(u->port, 0);
    assert_str(u->port_text, ":65536");
    url_free(u);
    u = parse("http://h:99999999999999999999/");
    assert_true(u->is_port_bad);
    url_free(u);
    u = parse("http://h:65535/");
    assert_false(u->is_port_bad);
    assert_int_equal(u->port, 65535);
    url_free(u);
}

static void opaque_urls_are_told_apart(void **state)
{
    struct url *u = parse("mailto:a@b");
    assert_str(u->opaque, "a@b");
    assert_str(u->path, "");
    assert_false(url_has_host(u));
    url_free(u);
    assert_target("http:a/b?c", "a/b?c");
}

static void what_is_no_url_is_refused_in_gos_words(void **state)
{
    assert_refused(STR("http://h/\n"), "net/url: invalid control character in URL");
    assert_refused(STR("http://h/\0"), "net/url: invalid control character in URL");
    assert_refused(STR("http://h/\x7f"), "net/url: invalid control character in URL");
    assert_refused(STR(":x"), "missing protocol scheme");
    assert_refused(STR("1a:b/c"), "first path segment in URL cannot contain colon");
    assert_refused(STR("127.0.0.1:80/x"), "first path segment in URL cannot contain colon");
    assert_refused(STR("http://h/%zz"), "invalid URL escape \"%zz\"");
    assert_refused(STR("http://h/%a"), "invalid URL escape \"%a\"");
    assert_refused(STR("http://h/%"), "invalid URL escape \"%\"");
    assert_refused(STR("http://h/#%q1"), "invalid URL escape \"%q1\"");
    assert_refused(STR("http://h:port/"), "invalid port \":port\" after host");
    assert_refused(STR("http://a:80:x/"), "invalid port \":x\" after host");
    assert_refused(STR("http://[::1]x/"), "invalid port \"x\" after host");
    assert_refused(STR("http://h:-1/"), "invalid port \":-1\" after host");
    assert_refused(STR("http://a b/"), "invalid character \" \" in host name");
    assert_refused(STR("http://a\\b/"), "invalid character \"\\\\\" in host name");
    assert_refused(STR("http://a%20b/"), "invalid URL escape \"%20\"");
    assert_refused(STR("http://[::1/"), "missing ']' in host");
    assert_refused(STR("http://a[::1]/"), "invalid IP-literal");
    assert_refused(STR("http://[1.2.3.4]/"), "invalid IP-literal");
    assert_refused(STR("http://[zz]/"), "invalid host: ParseAddr(\"zz\"): unable to parse IP");
    assert_refused(STR("http://[]/"), "invalid host: ParseAddr(\"\"): unable to parse IP");
    assert_refused(STR("http://u ser@h/"), "net/url: invalid userinfo");
    assert_refused(STR("http://%zz@h/"), "invalid URL escape \"%zz\"");
}

/* RFC 3986 section 5.4, but where Go differs from it on purpose. */
static void references_resolve_as_the_rfc_says(void **state)
{
    static const char *const cases[][2] = {
        {"g:h", "g:h"},
        {"g", "http://a/b/c/g"},
        {"./g", "http://a/b/c/g"},
        {"g/", "http://a/b/c/g/"},
        {"/g", "http://a/g"},
        {"//g", "http://g"},
        {"?y", "http://a/b/c/d;p?y"},
        {"g?y", "http://a/b/c/g?y"},
        {"#s", "http://a/b/c/d;p?q#s"},
        {"g#s", "http://a/b/c/g#s"},
        {"g?y#s", "http://a/b/c/g?y#s"},
        {";x", "http://a/b/c/;x"},
        {"", "http://a/b/c/d;p?q"},
        {".", "http://a/b/c/"},
        {"./", "http://a/b/c/"},
        {"..", "http://a/b/"},
        {"../", "http://a/b/"},
        {"../g", "http://a/b/g"},
        {"../..", "http://a/"},
        {"../../g", "http://a/g"},
        {"../../../g", "http://a/g"},
        {"/./g", "http://a/g"},
        {"/../g", "http://a/g"},
        {"g.", "http://a/b/c/g."},
        {"..g", "http://a/b/c/..g"},
        {"./../g", "http://a/b/g"},
        {"./g/.", "http://a/b/c/g/"},
        {"g/./h", "http://a/b/c/g/h"},
        {"g/../h", "http://a/b/c/h"},
        {"g;x=1/../y", "http://a/b/c/y"},
        {"g?y/../x", "http://a/b/c/g?y/../x"},
        {"https://x/a/../b", "https://x/b"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_resolves("http://a/b/c/d;p?q", cases[i][0], cases[i][1]);
}

static void redirects_keep_what_they_do_not_replace(void **state)
{
    assert_resolves("http://u:p@h:81/x?q#f", "/y", "http://u:p@h:81/y");
    assert_resolves("http://u:p@h:81/x?q#f", "", "http://u:p@h:81/x?q#f");
    assert_resolves("http://u:p@h:81/x?q#f", "#g", "http://u:p@h:81/x?q#g");
    assert_resolves("http://u:p@h:81/x", "//other/y", "http://other/y");
    assert_resolves("http://h", "x", "http://h/x");
    assert_resolves("http://h", "../x", "http://h/x");
    assert_resolves("http://h/a%2Fb/c", "d e", "http://h/a%2Fb/d%20e");
    assert_resolves("http://h/a//b", "c", "http://h/a//c");
    assert_resolves("http://h/a", "/..//x/.", "http://h//x/");
    assert_resolves("http://[::1]:80/a", "?b", "http://[::1]:80/a?b");
}

static void a_bad_reference_says_why(void **state)
{
    struct url *base = parse("http://h/");
    struct url *u = NULL;
    struct err e = {0};
    assert_int_equal(url_resolve(&u, base, STR("http://[x"), &e), ERR_INVALID);
    assert_string_equal(e.msg, "missing ']' in host");
    assert_null(u);
    err_deinit(&e);
    url_free(base);
}

static void refused_memory_is_reported(void **state)
{
    struct url *u = NULL;
    mem_fail_nth_try(1);
    assert_int_equal(url_parse(&u, STR("http://h/"), NULL), ERR_NOMEM);
    assert_null(u);
}

static void query_parts_are_escaped_and_back(void **state)
{
    struct buf out;
    buf_init(&out, BUF_NO_LIMIT);
    url_put_query_escaped(&out, STR("a b&c=d/\xc3\xa9~-_.+!*'()"));
    assert_string_equal(out.data, "a+b%26c%3Dd%2F%C3%A9~-_.%2B%21%2A%27%28%29");
    buf_clear(&out);
    assert_int_equal(url_unescape_query(&out, STR("a+b%20c%2B")), 0);
    assert_string_equal(out.data, "a b c+");
    assert_int_equal(url_unescape_query(&out, STR("%2")), ERR_INVALID);
    buf_deinit(&out);
}

static void the_corpus_is_clean(void **state)
{
    fuzz_replay("url", url_fuzz_one);
}

TEST_SUITE(url) {
    TEST(a_full_url_comes_apart)
    TEST(missing_parts_are_empty)
    TEST(paths_are_escaped_where_they_must_be)
    TEST(queries_go_out_as_written)
    TEST(text_comes_back_as_go_writes_it)
    TEST(credentials_can_be_hidden)
    TEST(the_host_header_has_the_port_as_written)
    TEST(ipv6_hosts_lose_their_brackets)
    TEST(hosts_beyond_ascii_have_a_form_in_ascii)
    TEST(the_last_colon_begins_the_port)
    TEST(a_port_that_does_not_fit_is_marked)
    TEST(opaque_urls_are_told_apart)
    TEST(what_is_no_url_is_refused_in_gos_words)
    TEST(references_resolve_as_the_rfc_says)
    TEST(redirects_keep_what_they_do_not_replace)
    TEST(a_bad_reference_says_why)
    TEST(refused_memory_is_reported)
    TEST(query_parts_are_escaped_and_back)
    TEST(the_corpus_is_clean)
    TEST_END
};
