/* body_encode_test.c - what is packed comes out of body_decode as it went in. */
#include "net/body_encode.h"

#include "base/err.h"
#include "base/mem.h"
#include "net/body_decode.h"
#include "test.h"

static void check_round(enum body_coding c, struct str body)
{
    struct buf packed;
    struct net_error e = {0};
    buf_init(&packed, BUF_NO_LIMIT);
    assert_int_equal(body_encode(&packed, c, body), 0);
    size_t len = packed.len;
    char *data = buf_take(&packed);
    assert_int_equal(body_decode(str_of(body_coding_name(c)), &data, &len, 1 << 24, &e), 0);
    assert_int_equal(len, body.len);
    if (len > 0)
        assert_memory_equal(data, body.p, len);
    mem_free(data);
    buf_deinit(&packed);
}

static void every_coding_comes_back(void **state)
{
    struct buf large;
    buf_init(&large, BUF_NO_LIMIT);
    for (int i = 0; i < 20000; i++)
        buf_addf(&large, "%d,", i * 7919 % 10007);
    for (int c = 0; c < CODING_COUNT; c++) {
        check_round((enum body_coding)c, STR(""));
        check_round((enum body_coding)c, STR("text"));
        check_round((enum body_coding)c, (struct str){large.data, large.len});
    }
    buf_deinit(&large);
}

static void check_bytes(enum body_coding c, const char *body, const char *bytes, size_t len)
{
    struct buf packed;
    buf_init(&packed, BUF_NO_LIMIT);
    assert_int_equal(body_encode(&packed, c, str_of(body)), 0);
    assert_int_equal(packed.len, len);
    assert_memory_equal(packed.data, bytes, len);
    buf_deinit(&packed);
}
#define CHECK_BYTES(c, body, bytes) check_bytes(c, body, bytes, sizeof(bytes) - 1)

/* As k6 frames them. */
static void small_bodies_have_these_bytes(void **state)
{
    CHECK_BYTES(CODING_GZIP, "x",
                "\x1f\x8b\x08\0\0\0\0\0\0\xff\xaa\0\x04\0\0\xff\xff\x83\x16\xdc\x8c\x01\0\0\0");
    CHECK_BYTES(CODING_DEFLATE, "\x01\x02\xff",
                "\x78\x9c\x62\x64\xfa\x0f\x08\0\0\xff\xff\x01\x09\x01\x03");
    CHECK_BYTES(CODING_DEFLATE, "", "\x78\x9c\x01\0\0\xff\xff\0\0\0\x01");
    CHECK_BYTES(CODING_ZSTD, "hello hello",
                "\x28\xb5\x2f\xfd\x04\0\x59\0\0hello hello\xc5\xbd\xfb\x61");
}

static void names_are_known(void **state)
{
    enum body_coding c;
    assert_int_equal(body_coding_parse(STR("br"), &c), 0);
    assert_int_equal(c, CODING_BR);
    assert_int_equal(body_coding_parse(STR("GZIP"), &c), ERR_INVALID);
    assert_int_equal(body_coding_parse(STR(""), &c), ERR_INVALID);
}

static void a_cap_is_kept(void **state)
{
    struct buf out;
    buf_init(&out, 4);
    for (int c = 0; c < CODING_COUNT; c++)
        assert_int_equal(body_encode(&out, (enum body_coding)c, STR("text")), ERR_TOO_LARGE);
    buf_deinit(&out);
}

TEST_SUITE(body_encode){TEST(every_coding_comes_back) TEST(small_bodies_have_these_bytes)
                            TEST(names_are_known) TEST(a_cap_is_kept) TEST_END};
