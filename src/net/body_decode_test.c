#include <string.h>

#include <zlib.h>
#include <zstd.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/hash.h"
#include "base/mem.h"
#include "net/body_decode.h"
#include "fuzz_replay.h"
#include "test.h"

#define LLVMFuzzerTestOneInput body_decode_fuzz_one
#include "../../fuzz/body_decode_fuzz.c"
#undef LLVMFuzzerTestOneInput

#define MANY "abc abc abc abc abc abc abc abc abc abc abc abc abc abc abc abc abc abc abc abc"

/* Compressed forms, made with zlib and zstd; br's bytes are given, for its encoder is not linked.
 */
static struct buf gzip_of(struct str text)
{
    struct buf b;
    buf_init(&b, BUF_NO_LIMIT);
    buf_reserve(&b, text.len + 1024);
    z_stream z = {.next_in = (Bytef *)(uintptr_t)text.p,
                  .avail_in = (uInt)text.len,
                  .next_out = (Bytef *)b.data,
                  .avail_out = (uInt)text.len + 1024};
    assert_int_equal(deflateInit2(&z, 9, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY), Z_OK);
    assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
    b.len = z.total_out;
    deflateEnd(&z);
    return b;
}

static struct buf deflate_of(struct str text)
{
    struct buf b;
    buf_init(&b, BUF_NO_LIMIT);
    buf_reserve(&b, text.len + 1024);
    uLongf len = (uLongf)text.len + 1024;
    assert_int_equal(compress((Bytef *)b.data, &len, (const Bytef *)text.p, (uLong)text.len), Z_OK);
    b.len = len;
    return b;
}

static struct buf zstd_of(struct str text)
{
    struct buf b;
    buf_init(&b, BUF_NO_LIMIT);
    buf_reserve(&b, text.len + 1024);
    b.len = ZSTD_compress(b.data, text.len + 1024, text.p, text.len, 3);
    assert_false(ZSTD_isError(b.len));
    return b;
}

static char *body;
static size_t body_len;
static struct net_error error;

static int decode(const char *encodings, struct str data, size_t max)
{
    body = mem_dup(data.p, data.len + 1); /* exactly as long, so that reading on is found */
    body_len = data.len;
    net_error_clear(&error);
    return body_decode(str_of(encodings), &body, &body_len, max, &error);
}

static struct str of(const struct buf *b)
{
    return (struct str){b->data, b->len};
}

static void undoes_each_coding(void **state)
{
    struct buf g = gzip_of(STR(MANY));
    struct buf d = deflate_of(STR(MANY));
    struct buf z = zstd_of(STR(MANY));
    const struct {
        const char *encodings;
        struct str data;
    } cases[] = {
        {"gzip", of(&g)}, {" deflate ", of(&d)}, {"identity, zstd", of(&z)}, {"gzip,", of(&g)}};
    (void)state;
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(decode(cases[i].encodings, cases[i].data, 1 << 20), 0);
        assert_string_equal(body, MANY);
        assert_int_equal(body_len, strlen(MANY));
        mem_free(body);
    }
    buf_deinit(&g);
    buf_deinit(&d);
    buf_deinit(&z);
}

static void undoes_br(void **state)
{
    /* "hello" stored: window 16 bits, one uncompressed meta-block, the end. */
    static const char stored[] = "\x0b\x02\x80hello\x03";
    (void)state;
    assert_int_equal(decode("br", ((struct str){stored, sizeof stored - 1}), 1 << 20), 0);
    assert_string_equal(body, "hello");
    mem_free(body);
    assert_true(decode("br", (struct str){stored, 5}, 1 << 20) < 0);
    assert_string_equal(error.text, "unexpected EOF");
    assert_int_equal(error.code, 1000);
    mem_free(body);
    assert_true(decode("br", STR(""), 1 << 20) < 0);
    assert_string_equal(error.text, "unexpected EOF");
    assert_int_equal(error.code, 1000);
    assert_non_null(body);
    mem_free(body);
    assert_true(decode("gzip, br", STR(""), 1 << 20) < 0); /* gzip finds no header */
    assert_string_equal(error.text, "error decompressing response body (unexpected EOF)");
    assert_int_equal(error.code, 1701);
    assert_null(body);
    assert_true(decode("br", STR("\xff\xff\xff\xff\xff\xff\xff\xff"), 1 << 20) < 0);
    assert_int_equal(error.code, 1701);
    assert_true(strncmp(error.text, "error decompressing response body (brotli: ", 43) == 0);
    assert_non_null(body);
    mem_free(body);
    assert_true(decode("gzip,br", STR("\xff\xff\xff\xff\xff\xff\xff\xff"), 1 << 20) < 0);
    assert_int_equal(error.code, 1701);
    assert_null(body);
}

static void undoes_chains_from_the_last(void **state)
{
    struct buf g = gzip_of(STR(MANY));
    struct buf gz = zstd_of(of(&g));
    struct buf gzd = deflate_of(of(&gz));
    (void)state;
    assert_int_equal(decode("gzip, zstd,deflate", of(&gzd), 1 << 20), 0);
    assert_string_equal(body, MANY);
    mem_free(body);
    buf_deinit(&g);
    buf_deinit(&gz);
    buf_deinit(&gzd);
}

static void leaves_what_it_does_not_know(void **state)
{
    (void)state;
    assert_false(body_is_encoded(STR("")));
    assert_false(body_is_encoded(STR("identity")));
    assert_false(body_is_encoded(STR("GZIP, rot13")));
    assert_true(body_is_encoded(STR("rot13, gzip")));
    assert_int_equal(decode("rot13", STR("as it is"), 1 << 20), 0);
    assert_string_equal(body, "as it is");
    mem_free(body);
}

#define ONCE(words)  "error decompressing response body (" words ")"
#define TWICE(words) "error decompressing response body (" ONCE(words) ")"

static void joins_gzip_members(void **state)
{
    struct buf g = gzip_of(STR("one "));
    struct buf h = gzip_of(STR("two"));
    (void)state;
    buf_add(&g, h.data, h.len);
    assert_int_equal(decode("gzip", of(&g), 1 << 20), 0);
    assert_string_equal(body, "one two");
    mem_free(body);
    buf_adds(&g, "junk");
    assert_true(decode("gzip", of(&g), 1 << 20) < 0);
    assert_string_equal(error.text, TWICE("gzip: invalid header"));
    assert_string_equal(error.detail, ONCE("gzip: invalid header"));
    assert_string_equal(body, "one two");
    mem_free(body);
    buf_deinit(&g);
    buf_deinit(&h);
}

static void expect_failure(const char *encodings, struct str data, int code, const char *text,
                           const char *partial)
{
    assert_true(decode(encodings, data, 1 << 20) < 0);
    assert_string_equal(error.text, text);
    assert_int_equal(error.code, code);
    if (partial == NULL)
        assert_null(body);
    else
        assert_string_equal(body, partial);
    mem_free(body);
}

static void says_what_is_wrong(void **state)
{
    struct buf g = gzip_of(STR("hello"));
    struct buf d = deflate_of(STR("hello"));
    (void)state;
    expect_failure("gzip", STR("this is not gzip"), 1701,
                   TWICE("gzip: invalid header"), NULL);
    expect_failure("gzip", STR(""), 1701, "error decompressing response body (EOF)", NULL);
    expect_failure("gzip", (struct str){g.data, 5}, 1701,
                   "error decompressing response body (unexpected EOF)", NULL);
    expect_failure("gzip", (struct str){g.data, g.len - 3}, 1000, "unexpected EOF", "hello");
    expect_failure("deflate", STR(""), 1701, "error decompressing response body (unexpected EOF)",
                   NULL);
    expect_failure("deflate", STR("this is not zlib"), 1701,
                   TWICE("zlib: invalid header"), NULL);
    expect_failure("deflate", (struct str){d.data, d.len - 1}, 1000, "unexpected EOF", "hello");
    expect_failure("zstd", STR("this is not zstd"), 1701,
                   TWICE("invalid input: magic number mismatch"), "");
    g.data[g.len - 6] ^= 1;
    expect_failure("gzip", of(&g), 1701,
                   TWICE("gzip: invalid checksum"), "hello");
    d.data[d.len - 1] ^= 1;
    expect_failure("deflate", of(&d), 1701,
                   TWICE("zlib: invalid checksum"), "hello");
    buf_deinit(&g);
    buf_deinit(&d);
}

static void a_bomb_meets_the_cap(void **state)
{
    char *zeros = mem_calloc(1, 5000000);
    struct buf g = gzip_of((struct str){zeros, 5000000});
    struct buf z = zstd_of((struct str){zeros, 5000000});
    (void)state;
    assert_true(g.len < 10000);
    assert_int_equal(decode("gzip", of(&g), 1000000), ERR_TOO_LARGE);
    assert_string_equal(error.text,
                        "response body is larger than 1000000 bytes after decompression");
    assert_int_equal(body_len, 1000000);
    mem_free(body);
    assert_int_equal(decode("zstd", of(&z), 1000000), ERR_TOO_LARGE);
    mem_free(body);
    assert_int_equal(decode("gzip", of(&g), 5000000), 0);
    assert_int_equal(body_len, 5000000);
    mem_free(body);
    for (int i = 1; i < 4; i++) { /* memory refused at each step */
        mem_fail_nth_try(i);
        assert_int_equal(decode("gzip", of(&g), 5000000), ERR_NOMEM);
        mem_fail_nth_try(0);
        mem_free(body);
    }
    buf_deinit(&g);
    buf_deinit(&z);
    mem_free(zeros);
}

static void the_corpus_is_clean(void **state)
{
    (void)state;
    fuzz_replay("body_decode", body_decode_fuzz_one);
}

TEST_SUITE(body_decode)
{
    TEST(undoes_each_coding)
    TEST(undoes_br)
    TEST(undoes_chains_from_the_last)
    TEST(leaves_what_it_does_not_know)
    TEST(joins_gzip_members)
    TEST(says_what_is_wrong)
    TEST(a_bomb_meets_the_cap)
    TEST(the_corpus_is_clean)
    TEST_END
};
