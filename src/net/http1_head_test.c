#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "net/http1_head.h"
#include "fuzz_replay.h"
#include "test.h"

#define LLVMFuzzerTestOneInput http1_fuzz_one
#include "../../fuzz/http1_fuzz.c"
#undef LLVMFuzzerTestOneInput

#include <string.h>

/* Feeds all at once and byte by byte (each time from a fresh copy, so that reading past the end is
 * found); both must agree. */
static ptrdiff_t feed(struct http1_head *h, const char *text, size_t len, bool is_head_request)
{
    struct http1_head slow;
    http1_head_init(h, is_head_request);
    ptrdiff_t rc = http1_head_feed(h, text, len);
    http1_head_init(&slow, is_head_request);
    ptrdiff_t slow_rc = HTTP1_MORE;
    for (size_t n = 1; n <= len && slow_rc == HTTP1_MORE; n++) {
        char *copy = mem_dup(text, n);
        slow_rc = http1_head_feed(&slow, copy, n);
        mem_free(copy);
    }
    assert_int_equal(rc, slow_rc);
    assert_string_equal(http1_head_error(h), http1_head_error(&slow));
    if (rc > 0) {
        assert_int_equal(h->field_count, slow.field_count);
        assert_int_equal(h->content_length, slow.content_length);
        assert_memory_equal(h->fields, slow.fields, h->field_count * sizeof *h->fields);
    }
    http1_head_deinit(&slow);
    return rc;
}

static ptrdiff_t feeds(struct http1_head *h, const char *text)
{
    return feed(h, text, strlen(text), false);
}

static void reads_status_and_fields(void **state)
{
    static const char text[] = "HTTP/1.1 404 Not Found\r\nServer:x\r\nX-Two:  a b "
                               "\t\r\nX-Empty:\r\nBad Name : v\r\n\r\nrest";
    struct http1_head h;
    (void)state;
    assert_int_equal(feeds(&h, text), sizeof text - 1 - 4);
    assert_int_equal(h.status, 404);
    assert_int_equal(h.minor, 1);
    assert_true(
        str_eqs((struct str){text + h.reason.value_at, h.reason.value_len}, "404 Not Found"));
    assert_int_equal(h.field_count, 4);
    assert_true(str_eqs(http1_head_value(&h, text, 1), "a b"));
    assert_true(str_eqs(http1_head_value(&h, text, 2), ""));
    assert_true(str_eqs(http1_head_name(&h, text, 3), "Bad Name "));
    assert_int_equal(h.content_length, -1);
    assert_true(h.closes); /* the end of the body is the end of the stream */
    http1_head_deinit(&h);
}

static void takes_bare_line_feeds_and_folds(void **state)
{
    char text[] = "HTTP/1.0 200 OK\nA: one\r\n\t two\n  three \r\nB: x\n\n";
    struct http1_head h;
    (void)state;
    assert_int_equal(feeds(&h, text), sizeof text - 1);
    assert_true(h.is_folded);
    http1_head_unfold(&h, text);
    assert_true(str_eqs(http1_head_value(&h, text, 0), "one two three"));
    assert_true(str_eqs(http1_head_value(&h, text, 1), "x"));
    http1_head_deinit(&h);
}

static void decides_how_a_body_ends(void **state)
{
    static const struct {
        const char *text;
        bool is_head;
        int64_t length;
        bool is_chunked, closes;
    } cases[] = {
        {"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", false, 5, false, false},
        {"HTTP/1.1 200 OK\r\nContent-Length:  005 \r\n\r\n", false, 5, false, false},
        {"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\n", false, 5, false,
         false},
        {"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", true, 0, false, false},
        {"HTTP/1.1 200 OK\r\n\r\n", true, 0, false, false},
        {"HTTP/1.1 204 No\r\nContent-Length: 5\r\n\r\n", false, 0, false, false},
        {"HTTP/1.1 304 No\r\nTransfer-Encoding: chunked\r\n\r\n", false, 0, false, false},
        {"HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n", false, -1, true, false},
        {"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n", false, -1,
         true, false},
        {"HTTP/1.0 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n", false, 5,
         false, true},
        {"HTTP/1.0 200 OK\r\nContent-Length: 5\r\nConnection: Keep-Alive\r\n\r\n", false, 5, false,
         false},
        {"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: x\r\nconnection: y ,close\r\n\r\n",
         false, 5, false, true},
        {"HTTP/2.0 200 OK\r\nContent-Length: 5\r\n\r\n", false, 5, false, false},
        {"HTTP/0.9 200 OK\r\nContent-Length: 5\r\n\r\n", false, 5, false, true},
        {"HTTP/1.1 200 OK\r\nContent-Length: 9223372036854775807\r\n\r\n", false, INT64_MAX, false,
         false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct http1_head h;
        assert_int_equal(feed(&h, cases[i].text, strlen(cases[i].text), cases[i].is_head),
                         strlen(cases[i].text));
        assert_int_equal(h.content_length, cases[i].length);
        assert_int_equal(h.is_chunked, cases[i].is_chunked);
        assert_int_equal(h.closes, cases[i].closes);
        http1_head_deinit(&h);
    }
}

static void complains_in_gos_words(void **state)
{
    static const struct {
        const char *text, *error;
    } cases[] = {
        {"\n", "malformed HTTP response \"\""},
        {"HTTP/1.1\r\n", "malformed HTTP response \"HTTP/1.1\""},
        {"a\tb\"\\\x01\xff\r\n", "malformed HTTP response \"a\\tb\\\"\\\\\\x01\\xff\""},
        {"\a\b\f\v\x06\r\n", "malformed HTTP response \"\\a\\b\\f\\v\\x06\""},
        {"HTTP/1.1 \r\n", "malformed HTTP status code \"\""},
        {"HTTP/1.1 -20 x\r\n", "malformed HTTP status code \"-20\""},
        {"HTTP/1.1 +-2 x\r\n", "malformed HTTP status code \"+-2\""},
        {"HTTP/1.1 2000\r\n", "malformed HTTP status code \"2000\""},
        {"HTTP/1 200 OK\r\n", "malformed HTTP version \"HTTP/1\""},
        {"HTTP/11.1 200 OK\r\n", "malformed HTTP version \"HTTP/11.1\""},
        {"HTTP/1.1 200 OK\r\n: x\r\n", "malformed MIME header line: \": x\""},
        {"HTTP/1.1 200 OK\r\nA\x01: x\r\n", "malformed MIME header line: \"A\\x01: x\""},
        {"HTTP/1.1 200 OK\r\nA: x\x7fy\r\n", "malformed MIME header line: \"A: x\\x7fy\""},
        {"HTTP/1.1 200 OK\r\nA: x\ry\r\n", "malformed MIME header line: \"A: x\\ry\""},
        {"HTTP/1.1 200 OK\r\n\tA: x\r\n", "malformed MIME header initial line: \"\\tA: x\""},
        {"HTTP/1.1 200 OK\r\nContent-Length:\r\n\r\n", "invalid empty Content-Length \"\""},
        {"HTTP/1.1 200 OK\r\nContent-Length: 1,1\r\n\r\n", "bad Content-Length \"1,1\""},
        {"HTTP/1.1 200 OK\r\nContent-Length: 9223372036854775808\r\n\r\n",
         "bad Content-Length \"9223372036854775808\""},
        {"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
         "unsupported transfer encoding: \"gzip, chunked\""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct http1_head h;
        assert_int_equal(feeds(&h, cases[i].text), ERR_PROTOCOL);
        assert_string_equal(http1_head_error(&h), cases[i].error);
        http1_head_deinit(&h);
    }
}

/* A head that ends before its time: what the last line says, complete or not. */
static void assert_ends(const char *text, const char *error)
{
    struct http1_head h;
    http1_head_init(&h, false);
    assert_int_equal(http1_head_feed(&h, text, strlen(text)), HTTP1_MORE);
    assert_int_equal(http1_head_end(&h, text, strlen(text)), error != NULL ? ERR_PROTOCOL : 0);
    assert_string_equal(http1_head_error(&h), error != NULL ? error : "");
    http1_head_deinit(&h);
}

static void a_last_line_without_end_is_looked_at(void **state)
{
    (void)state;
    assert_ends("", NULL);
    assert_ends("ok", "malformed HTTP response \"ok\"");
    assert_ends("HTTP/1.1 200", NULL);
    assert_ends("HTTP/1.1 200\r", "malformed HTTP status code \"200\\r\"");
    assert_ends("HTTP/1.1 200 OK\r\n", NULL);
    assert_ends("HTTP/1.1 200 OK\r\nContent-Le",
                "malformed MIME header: missing colon: \"Content-Le\"");
    assert_ends("HTTP/1.1 200 OK\r\nContent-Length: 5", NULL);
}

static void any_three_digits_are_a_status(void **state)
{
    struct http1_head h;
    (void)state;
    assert_true(feeds(&h, "HTTP/1.1 000 Zero\r\nContent-Length: 0\r\n\r\n") > 0);
    assert_int_equal(h.status, 0);
    http1_head_deinit(&h);
    assert_true(feeds(&h, "HTTP/1.1 +20 x\r\nContent-Length: 0\r\n\r\n") > 0);
    assert_int_equal(h.status, 20);
    http1_head_deinit(&h);
}

static void a_nul_is_not_the_end(void **state)
{
    static const char text[] = "HTTP/1.1 200 OK\r\nA: x\0y\r\n\r\n";
    struct http1_head h;
    (void)state;
    assert_int_equal(feed(&h, text, sizeof text - 1, false), ERR_PROTOCOL);
    http1_head_deinit(&h);
}

static void holds_many_fields_but_not_any_number(void **state)
{
    struct buf text;
    struct http1_head h;
    (void)state;
    buf_init(&text, BUF_NO_LIMIT);
    buf_adds(&text, "HTTP/1.1 200 OK\r\n");
    for (int i = 0; i < 1000; i++)
        buf_addf(&text, "X-%d: %d\r\n", i, i);
    buf_adds(&text, "Content-Length: 7\r\n\r\n");
    http1_head_init(&h, false);
    assert_int_equal(http1_head_feed(&h, text.data, text.len), text.len);
    assert_int_equal(h.field_count, 1001);
    assert_int_equal(h.content_length, 7);
    assert_true(str_eqs(http1_head_value(&h, text.data, 999), "999"));
    http1_head_deinit(&h);
    buf_truncate(&text, text.len - 2);
    for (int i = 0; i < HTTP1_FIELDS_MAX; i++)
        buf_adds(&text, "a:\n");
    http1_head_init(&h, false);
    assert_int_equal(http1_head_feed(&h, text.data, text.len), ERR_TOO_LARGE);
    http1_head_deinit(&h);
    mem_fail_nth_try(1);
    http1_head_init(&h, false);
    assert_int_equal(http1_head_feed(&h, text.data, text.len), ERR_NOMEM);
    mem_fail_nth_try(0);
    http1_head_deinit(&h);
    buf_deinit(&text);
}

static void hides_what_describes_the_transfer(void **state)
{
    static const char text[] = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: "
                               "chunked\r\nTrailer: X\r\nX: y\r\n\r\n";
    static const char plain[] =
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTrailer: X\r\ncontent-length: 5\r\n\r\n";
    static const char closing[] =
        "HTTP/1.1 200 OK\r\nConnection: x\r\nKeep-Alive: 5\r\nconnection: y, Close\r\n\r\n";
    static const char old[] = "HTTP/1.0 200 OK\r\nConnection: close\r\n\r\n";
    static const char empty[] =
        "HTTP/1.1 204 None\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n";
    static const char kept[] = "HTTP/1.1 200 OK\r\nConnection: closer\r\n\r\n";
    static const bool hidden[] = {true, true, true, false};
    static const bool plain_hidden[] = {false, false, true};
    struct http1_head h;
    (void)state;
    assert_true(feeds(&h, text) > 0);
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(http1_head_is_hidden(&h, text, i), hidden[i]);
    http1_head_deinit(&h);
    assert_true(feeds(&h, plain) > 0);
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(http1_head_is_hidden(&h, plain, i), plain_hidden[i]);
    http1_head_deinit(&h);
    assert_true(feeds(&h, closing) > 0);
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(http1_head_is_hidden(&h, closing, i), i != 1);
    http1_head_deinit(&h);
    assert_true(feeds(&h, old) > 0);
    assert_false(http1_head_is_hidden(&h, old, 0));
    http1_head_deinit(&h);
    assert_true(feeds(&h, kept) > 0);
    assert_false(http1_head_is_hidden(&h, kept, 0));
    http1_head_deinit(&h);
    assert_true(feeds(&h, empty) > 0);
    assert_false(http1_head_is_hidden(&h, empty, 0)); /* no body that it could mislead about */
    assert_true(http1_head_is_hidden(&h, empty, 1));
    http1_head_deinit(&h);
}

static void values_hold_no_control_characters_wherever_they_stand(void **state)
{
    char value[21];
    (void)state;
    for (int c = 0; c < 256; c++) {
        bool is_good = c == '\t' || (c >= 0x20 && c != 0x7f);
        for (size_t at = 0; at < sizeof value; at++) {
            memset(value, at % 2 == 0 ? 'a' : 0xff, sizeof value);
            value[at] = (char)c;
            assert_int_equal(http1_is_value((struct str){value, sizeof value}), is_good);
            assert_int_equal(http1_is_value((struct str){value, at + 1}), is_good);
        }
    }
}

static void canonicalizes_names(void **state)
{
    char a[] = "x-UPPER-lOWER";
    char b[] = "x y-z";
    (void)state;
    http1_canonicalize(a, sizeof a - 1);
    assert_string_equal(a, "X-Upper-Lower");
    http1_canonicalize(b, sizeof b - 1);
    assert_string_equal(b, "x y-z");
}

static void the_corpus_is_clean(void **state)
{
    (void)state;
    fuzz_replay("http1", http1_fuzz_one);
}

TEST_SUITE(http1_head)
{
    TEST(reads_status_and_fields)
    TEST(takes_bare_line_feeds_and_folds)
    TEST(decides_how_a_body_ends)
    TEST(complains_in_gos_words)
    TEST(a_last_line_without_end_is_looked_at)
    TEST(any_three_digits_are_a_status)
    TEST(a_nul_is_not_the_end)
    TEST(holds_many_fields_but_not_any_number)
    TEST(hides_what_describes_the_transfer)
    TEST(canonicalizes_names)
    TEST(values_hold_no_control_characters_wherever_they_stand)
    TEST(the_corpus_is_clean)
    TEST_END
};
