/* httpd_parse_test.c - requests out of bytes: heads and chunked bodies, whole and one byte at a
 * time. */
#include "net/httpd_parse.h"

#include <string.h>

#include "base/mem.h"
#include "fuzz_replay.h"
#include "test.h"

#define LLVMFuzzerTestOneInput httpd_fuzz_one
#include "../../fuzz/httpd_fuzz.c"

/* The head at the start of text as a copy of exactly its size, so that a sanitizer sees reads
 * beyond it; NULL when there is none yet. */
static char *find(const char *text, size_t *len)
{
    size_t scanned = 0;
    *len = httpd_find_head(str_of(text), &scanned);
    return *len == 0 ? NULL : mem_dup(text, *len);
}

/* Parses text; h's pieces point into it. Returns the status, 0 for a good head, -1 when there is no
 * whole head. */
static int parse(const char *text, struct httpd_head *h)
{
    size_t scanned = 0;
    size_t len = httpd_find_head(str_of(text), &scanned);
    return len == 0 ? -1 : httpd_parse_head((struct str){text, len}, h);
}

static void assert_str(struct str s, const char *want)
{
    assert_int_equal(s.len, strlen(want));
    assert_memory_equal(s.p, want, s.len);
}

static void reads_a_plain_get(void **state)
{
    (void)state;
    struct httpd_head h;
    assert_int_equal(parse("GET /a/b?c=d&e HTTP/1.1\r\nHost: x:80\r\nX-A:  1 \r\n\r\nrest", &h), 0);
    assert_str(h.method, "GET");
    assert_str(h.target, "/a/b?c=d&e");
    assert_str(h.path, "/a/b");
    assert_str(h.query, "c=d&e");
    assert_str(h.version, "HTTP/1.1");
    assert_str(h.host, "x:80");
    assert_str(h.fields, "Host: x:80\r\nX-A:  1 \r\n");
    assert_true(h.keep_alive);
    assert_false(h.has_length || h.is_chunked || h.expects_continue || h.is_http10);
}

static void finds_the_end_of_a_head_byte_by_byte(void **state)
{
    (void)state;
    const char *text = "\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n";
    size_t scanned = 0;
    for (size_t n = 0; n < strlen(text); n++)
        assert_int_equal(httpd_find_head((struct str){text, n}, &scanned), 0);
    assert_int_equal(httpd_find_head(str_of(text), &scanned), strlen(text));
    struct httpd_head h;
    assert_int_equal(parse(text, &h), 0);
    assert_str(h.method, "GET");
}

static void leaves_the_next_request_alone(void **state)
{
    (void)state;
    size_t len = 0;
    char *head = find("GET /1 HTTP/1.1\r\nHost: x\r\n\r\nGET /2 HTTP/1.1\r\n\r\n", &len);
    assert_int_equal(len, strlen("GET /1 HTTP/1.1\r\nHost: x\r\n\r\n"));
    mem_free(head);
}

static void reads_no_further_than_the_head(void **state)
{
    (void)state;
    const char *texts[] = {
        "GET / HTTP/1.1\r\nHost: x\r\n\r\n", "A\n\n",         " \n\n",
        "GET / HTTP/1.1\r\n:\r\n\r\n",       "x y z\r\n\r\n", "\r\n\r\n\r\nA\r\n\r\n"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        size_t len = 0;
        struct httpd_head h;
        char *head = find(texts[i], &len);
        assert_non_null(head);
        httpd_parse_head((struct str){head, len}, &h);
        mem_free(head);
    }
}

static void takes_bare_line_feeds(void **state)
{
    (void)state;
    struct httpd_head h;
    assert_int_equal(parse("GET / HTTP/1.1\nHost: x\n\n", &h), 0);
    assert_str(h.host, "x");
}

static void tells_versions_apart(void **state)
{
    (void)state;
    struct httpd_head h;
    assert_int_equal(parse("GET / HTTP/1.0\r\n\r\n", &h), 0);
    assert_false(h.keep_alive);
    assert_int_equal(parse("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", &h), 0);
    assert_true(h.keep_alive);
    assert_int_equal(parse("GET / HTTP/1.1\r\nHost: x\r\nConnection: foo, Close\r\n\r\n", &h), 0);
    assert_false(h.keep_alive);
    assert_int_equal(parse("GET / HTTP/2.0\r\nHost: x\r\n\r\n", &h), 505);
    assert_int_equal(parse("GET / HTTP/x\r\nHost: x\r\n\r\n", &h), 400);
    assert_int_equal(parse("PRI * HTTP/2.0\r\n\r\n", &h), 505);
}

static void splits_targets(void **state)
{
    (void)state;
    static const struct {
        const char *target, *path, *query;
    } cases[] = {
        {"/", "/", ""},
        {"/a?", "/a", ""},
        {"/a?b?c", "/a", "b?c"},
        {"http://h:1", "/", ""},
        {"http://h/a?b", "/a", "b"},
        {"http://h?x=/y", "/", "x=/y"},
        {"*", "*", ""},
        {"h:443", "h:443", ""},
        {"/x?u=http://y/z", "/x", "u=http://y/z"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct httpd_head h;
        char *text = mem_printf("GET %s HTTP/1.1\r\nHost: x\r\n\r\n", cases[i].target);
        assert_int_equal(parse(text, &h), 0);
        assert_str(h.path, cases[i].path);
        assert_str(h.query, cases[i].query);
        mem_free(text);
    }
}

static void refuses_what_two_readers_could_read_differently(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "GET / HTTP/1.1\r\n\r\n", /* no Host */
        "GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: +1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1,1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\nContent-Length:\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 9999999999999999999\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
        "GET / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n",
        "GET / HTTP/1.1\r\nHost : x\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\n folded: y\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\nno colon\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\n: empty\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\nA: b\rc\r\n\r\n",
        "GET  HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /\r\nHost: x\r\n\r\n",
        "GET\r\nHost: x\r\n\r\n",
        "G(T / HTTP/1.1\r\nHost: x\r\n\r\n",
        " / HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /a b HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /\t HTTP/1.1\r\nHost: x\r\n\r\n",
        "\x16\x03\x01\x02\n\n", /* TLS on a plain port */
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct httpd_head h;
        if (parse(bad[i], &h) != 400)
            fail_msg("not refused: %s", bad[i]);
    }
    struct httpd_head h;
    assert_int_equal(
        parse("GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", &h), 501);
    assert_int_equal(httpd_parse_head((struct str){"GET / HTTP/1.1\r\nHost: \0\r\n\r\n", 28}, &h),
                     400);
}

static void takes_equal_lengths_twice(void **state)
{
    (void)state;
    struct httpd_head h;
    assert_int_equal(parse("POST / HTTP/1.1\r\nHost: x\r\ncontent-length: 07\r\nContent-Length: "
                           "7\r\nexpect: 100-Continue\r\n\r\n",
                           &h),
                     0);
    assert_int_equal(h.content_length, 7);
    assert_true(h.expects_continue);
}

static void walks_over_fields(void **state)
{
    (void)state;
    struct str name;
    struct str value;
    size_t at = 0;
    struct str fields = STR("A: 1\r\nB:2\t\r\nEmpty:\r\n");
    assert_true(httpd_next_field(fields, &at, &name, &value));
    assert_str(name, "A");
    assert_str(value, "1");
    assert_true(httpd_next_field(fields, &at, &name, &value));
    assert_str(value, "2");
    assert_true(httpd_next_field(fields, &at, &name, &value));
    assert_str(name, "Empty");
    assert_str(value, "");
    assert_false(httpd_next_field(fields, &at, &name, &value));
}

/* Feeds text in pieces of step bytes. Returns the result; body is filled, *used says how much was
 * eaten. */
static int eat(const char *text, size_t step, char *data, struct httpd_chunks *c)
{
    size_t len = 0;
    memset(c, 0, sizeof *c);
    for (size_t at = 0; text[at] != '\0';) {
        size_t n = strlen(text + at) < step ? strlen(text + at) : step;
        memcpy(data + len, text + at, n);
        at += n;
        len += n;
        int rc = httpd_chunks_eat(c, data, len);
        if (rc != 0)
            return rc;
    }
    return 0;
}

static void puts_chunks_together_at_every_split(void **state)
{
    (void)state;
    const char *text =
        "4\r\nWiki\r\n7;ext=\"a\"\r\npedia i\r\n0B\r\nn \r\nchunks.\r\n0\r\nTrailer: x\r\n\r\nNEXT";
    for (size_t step = 1; step < strlen(text); step++) {
        char data[256];
        struct httpd_chunks c;
        assert_int_equal(eat(text, step, data, &c), 1);
        assert_int_equal(c.made, 22);
        assert_memory_equal(data, "Wikipedia in \r\nchunks.", 22);
        assert_int_equal(c.used, strlen(text) - 4);
    }
}

static void refuses_broken_chunks(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "x\r\n",    "\r\n", "-1\r\n", "1\r\nab\r\n",           "1\r\na\n",
        "1 \n",     "1\rx", "1;x\n",  "ffffffffffffffff0\r\n", "1x\r\n",
        "0\r\n\rx",
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        char data[64];
        struct httpd_chunks c;
        if (eat(bad[i], 1, data, &c) != -1)
            fail_msg("taken: %s", bad[i]);
    }
}

static void caps_extensions_and_trailers(void **state)
{
    (void)state;
    struct httpd_chunks c = {0};
    char data[64 * 1024];
    memset(data, 'a', sizeof data);
    memcpy(data, "1;", 2);
    assert_int_equal(httpd_chunks_eat(&c, data, sizeof data), -1);
    memset(&c, 0, sizeof c);
    memcpy(data, "0\r\n", 3);
    assert_int_equal(httpd_chunks_eat(&c, data, sizeof data), -1);
}

static void the_corpus_is_clean(void **state)
{
    (void)state;
    fuzz_replay("httpd", httpd_fuzz_one);
}

TEST_SUITE(httpd_parse){
    TEST(reads_a_plain_get)
    TEST(finds_the_end_of_a_head_byte_by_byte)
    TEST(leaves_the_next_request_alone)
    TEST(reads_no_further_than_the_head)
    TEST(takes_bare_line_feeds)
    TEST(tells_versions_apart)
    TEST(splits_targets)
    TEST(refuses_what_two_readers_could_read_differently)
    TEST(takes_equal_lengths_twice)
    TEST(walks_over_fields)
    TEST(puts_chunks_together_at_every_split)
    TEST(refuses_broken_chunks)
    TEST(caps_extensions_and_trailers)
    TEST(the_corpus_is_clean)
    TEST_END
};
