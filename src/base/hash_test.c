/* hash_test.c - tests of hash.h: the vectors of RFC 1321 and RFC 4648, and the random generator's
 * range. */
#include "base/hash.h"

#include <string.h>

#include "base/err.h"
#include "test.h"

static void md5_gives_the_digests_of_the_rfc(void **state)
{
    static const struct {
        const char *text, *digest;
    } cases[] = {
        {"", "d41d8cd98f00b204e9800998ecf8427e"},
        {"a", "0cc175b9c0f1b6a831c399e269772661"},
        {"abc", "900150983cd24fb0d6963f7d28e17f72"},
        {"message digest", "f96b697d7cb7938d525a2f31aaf161d0"},
        {"abcdefghijklmnopqrstuvwxyz", "c3fcd3d76192e4007dfb496cca67e13b"},
        {"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
         "d174ab98d277d9f5a5611c2c9f419d9f"},
        {"12345678901234567890123456789012345678901234567890123456789012345678901234567890",
         "57edf4a22be3c955ac49da2e2107b67a"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char digest[33];
        hash_md5_hex(str_of(cases[i].text), digest);
        assert_string_equal(digest, cases[i].digest);
    }
}

/* Around the lengths where the padding needs a second block. Digests are those of md5sum. */
static void md5_pads_every_length(void **state)
{
    static const struct {
        size_t len;
        const char *digest;
    } cases[] = {
        {55, "ef1772b6dff9a122358552954ad0df65"}, {56, "3b0c8ac703f828b04c6c197006d17218"},
        {63, "b06521f39153d618550606be297466d5"}, {64, "014842d480b571495a4a0363793f7367"},
        {65, "c743a45e0d2e6a95cb859adae0248435"}, {120, "5f61c0ccad4cac44c75ff505e1f1e537"},
    };
    char text[128];
    memset(text, 'a', sizeof text);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char digest[33];
        hash_md5_hex((struct str){text, cases[i].len}, digest);
        assert_string_equal(digest, cases[i].digest);
    }
}

static void base64_goes_both_ways(void **state)
{
    static const struct {
        const char *plain, *coded;
    } cases[] = {{"", ""},
                 {"f", "Zg=="},
                 {"fo", "Zm8="},
                 {"foo", "Zm9v"},
                 {"foob", "Zm9vYg=="},
                 {"fooba", "Zm9vYmE="},
                 {"foobar", "Zm9vYmFy"},
                 {"\xff\xfe\xfb", "//77"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct buf coded, plain;
        buf_init(&coded, BUF_NO_LIMIT);
        buf_init(&plain, BUF_NO_LIMIT);
        hash_put_base64(&coded, cases[i].plain, strlen(cases[i].plain));
        assert_string_equal(coded.data, cases[i].coded);
        assert_int_equal(hash_parse_base64(&plain, str_of(cases[i].coded)), 0);
        assert_string_equal(plain.data, cases[i].plain);
        buf_deinit(&coded);
        buf_deinit(&plain);
    }
}

static void what_is_not_base64_is_refused(void **state)
{
    static const char *const bad[] = {
        "Z", "Zg", "Zg=", "Zg===", "Z===", "====", "Zg==Zg==", "Zm9\n", "Zm-_", "Z=g="};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct buf plain;
        buf_init(&plain, BUF_NO_LIMIT);
        assert_int_equal(hash_parse_base64(&plain, str_of(bad[i])), ERR_INVALID);
        buf_deinit(&plain);
    }
}

static void equal_seeds_give_equal_numbers(void **state)
{
    struct rng a, b, c;
    rng_init(&a, 7);
    rng_init(&b, 7);
    rng_init(&c, 0);
    int equal = 0;
    for (int i = 0; i < 100; i++) {
        uint64_t n = rng_next(&a);
        assert_true(n == rng_next(&b));
        equal += n == rng_next(&c);
    }
    assert_int_equal(equal, 0);
}

static void unit_numbers_fill_the_interval(void **state)
{
    struct rng r;
    rng_init(&r, 1);
    double sum = 0;
    for (int i = 0; i < 10000; i++) {
        double n = rng_unit(&r);
        assert_true(n >= 0 && n < 1);
        sum += n;
    }
    assert_true(sum > 4800 && sum < 5200);
}

TEST_SUITE(hash) {
    TEST(md5_gives_the_digests_of_the_rfc)
    TEST(md5_pads_every_length)
    TEST(base64_goes_both_ways)
    TEST(what_is_not_base64_is_refused)
    TEST(equal_seeds_give_equal_numbers)
    TEST(unit_numbers_fill_the_interval)
    TEST_END
};
