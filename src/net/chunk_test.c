#include "base/buf.h"
#include "base/mem.h"
#include "net/chunk.h"
#include "fuzz_replay.h"
#include "test.h"

#define LLVMFuzzerTestOneInput chunk_fuzz_one
#include "../../fuzz/chunk_fuzz.c"
#undef LLVMFuzzerTestOneInput

#include <string.h>

/* Decodes text given in pieces of `step` bytes; the body goes to out. *rest is what was left over.
 */
static enum chunk_result decode(const char *text, size_t len, size_t step, struct buf *out,
                                size_t *rest, const char **error)
{
    struct chunk c;
    enum chunk_result result = CHUNK_MORE;
    chunk_init(&c);
    for (size_t at = 0; at < len && (result == CHUNK_MORE || result == CHUNK_PIECE);) {
        size_t n = len - at < step ? len - at : step;
        char *copy = mem_dup(text + at, n);
        size_t used = 0;
        struct str piece;
        result = chunk_feed(&c, copy, n, &used, &piece);
        if (result == CHUNK_PIECE)
            buf_add(out, piece.p, piece.len);
        at += used;
        *rest = len - at;
        mem_free(copy);
    }
    *error = result == CHUNK_FAILED ? chunk_error(&c) : chunk_eof_error(&c);
    return result;
}

static void check(const char *text, size_t step, enum chunk_result want, const char *body,
                  size_t rest, const char *error)
{
    struct buf out;
    size_t left = 0;
    const char *why;
    buf_init(&out, BUF_NO_LIMIT);
    enum chunk_result got = decode(text, strlen(text), step, &out, &left, &why);
    if (got == CHUNK_PIECE)
        got = CHUNK_MORE;
    assert_int_equal(got, want);
    assert_string_equal(out.data, body);
    if (want == CHUNK_DONE)
        assert_int_equal(left, rest);
    else
        assert_string_equal(why, error);
    buf_deinit(&out);
}

static void joins_chunks_cut_anywhere(void **state)
{
    (void)state;
    for (size_t step = 1; step < 40; step++) {
        check("5\r\nhello\r\n6;ext=\"a;b\"\r\n world\r\n0\r\n\r\n", step, CHUNK_DONE, "hello world",
              0, NULL);
        check("A  \r\n0123456789\r\n000\r\nX: y\r\nZ: w\r\n\r\nnext", step, CHUNK_DONE, "0123456789",
              4, NULL);
    }
}

static void complains_about_what_is_no_chunk(void **state)
{
    (void)state;
    for (size_t step = 1; step < 20; step++) {
        check("ZZ\r\n", step, CHUNK_FAILED, "", 0, "invalid byte in chunk length");
        check("-1\r\n", step, CHUNK_FAILED, "", 0, "invalid byte in chunk length");
        check("0x5\r\n", step, CHUNK_FAILED, "", 0, "invalid byte in chunk length");
        check("5 5\r\n", step, CHUNK_FAILED, "", 0, "invalid byte in chunk length");
        check("00000000000000005\r\n", step, CHUNK_FAILED, "", 0, "http chunk length too large");
        check("\r\n\r\n", step, CHUNK_FAILED, "", 0, "empty hex number for chunk length");
        check(";x\r\n", step, CHUNK_FAILED, "", 0, "empty hex number for chunk length");
        check("1\na\n0\n\n", step, CHUNK_FAILED, "", 0, "chunked line ends with bare LF");
        check("1\rx\na", step, CHUNK_FAILED, "", 0, "invalid CR in chunked line");
        check("2\r\nabc\r\n", step, CHUNK_FAILED, "ab", 0, "malformed chunked encoding");
        check("2\r\nab\rx", step, CHUNK_FAILED, "ab", 0, "malformed chunked encoding");
    }
}

static void knows_what_an_early_end_means(void **state)
{
    (void)state;
    check("5\r\nhel", 100, CHUNK_MORE, "hel", 0, "unexpected EOF");
    check("5\r\nhello\r\n", 100, CHUNK_MORE, "hello", 0, "unexpected EOF");
    check("0\r\nX: y\r\n", 100, CHUNK_MORE, "", 0, "http: unexpected EOF reading trailer");
    check("ffffffffffffffff\r\nab", 1, CHUNK_MORE, "ab", 0, "unexpected EOF");
}

static void caps_extensions_and_trailers(void **state)
{
    struct buf text;
    (void)state;
    buf_init(&text, BUF_NO_LIMIT);
    buf_adds(&text, "1;");
    for (int i = 0; i < 5000; i++)
        buf_addc(&text, 'x');
    check(text.data, 1000, CHUNK_FAILED, "", 0, "header line too long");
    buf_clear(&text);
    buf_adds(&text, "0\r\n");
    for (int i = 0; i < 5000; i++)
        buf_adds(&text, "a: b\r\n");
    check(text.data, 1000, CHUNK_FAILED, "", 0,
          "http: suspiciously long trailer after chunked body");
    buf_deinit(&text);
}

static void the_corpus_is_clean(void **state)
{
    (void)state;
    fuzz_replay("chunk", chunk_fuzz_one);
}

TEST_SUITE(chunk)
{
    TEST(joins_chunks_cut_anywhere)
    TEST(complains_about_what_is_no_chunk)
    TEST(knows_what_an_early_end_means)
    TEST(caps_extensions_and_trailers)
    TEST(the_corpus_is_clean)
    TEST_END
};
