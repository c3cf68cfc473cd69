#include "modules/crypto/digest.h"

#include <stdio.h>
#include <string.h>

#include "test.h"

static void to_hex(const uint8_t *data, size_t len, char *out)
{
    for (size_t i = 0; i < len; i++)
        snprintf(out + i * 2, 3, "%02x", data[i]);
    out[len * 2] = '\0';
}

static void check_digest(struct digest_methods *m, enum digest_kind kind, const char *data,
                         const char *want)
{
    uint8_t sum[DIGEST_MAX_LEN];
    char hex[DIGEST_MAX_LEN * 2 + 1];
    size_t len = digest_all(m, kind, str_of(data), sum);
    assert_int_equal(len, digest_len(kind));
    to_hex(sum, len, hex);
    assert_string_equal(hex, want);
}

static void every_function_gives_the_published_value(void **state)
{
    (void)state;
    static const char *const abc[DIGEST_KINDS] = {
        [DIGEST_MD4] = "a448017aaf21d8525fc10ae87aa6729d",
        [DIGEST_MD5] = "900150983cd24fb0d6963f7d28e17f72",
        [DIGEST_SHA1] = "a9993e364706816aba3e25717850c26c9cd0d89d",
        [DIGEST_SHA256] = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        [DIGEST_SHA384] = "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed"
                          "8086072ba1e7cc2358baeca134c825a7",
        [DIGEST_SHA512] = "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
                          "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
        [DIGEST_SHA512_224] = "4634270f707b6a54daae7530460842e20e37ed265ceee9a43e8924aa",
        [DIGEST_SHA512_256] = "53048e2681941ef99b2e29b76b4c7dabe4c2d0c634fc6d46e0e2f13107e7af23",
        [DIGEST_RIPEMD160] = "8eb208f7e05d987a9b044a8e98c6b087f15a0bfc",
    };
    struct digest_methods m = {0};
    for (int kind = 0; kind < DIGEST_KINDS; kind++)
        check_digest(&m, (enum digest_kind)kind, "abc", abc[kind]);
    digest_methods_deinit(&m);
}

static void our_own_functions_agree_with_their_papers(void **state)
{
    (void)state;
    static const struct {
        enum digest_kind kind;
        const char *data, *want;
    } cases[] = {
        {DIGEST_MD4, "", "31d6cfe0d16ae931b73c59d7e0c089c0"},
        {DIGEST_MD4, "a", "bde52cb31de33e46245e05fbdbd6fb24"},
        {DIGEST_MD4, "message digest", "d9130a8164549fe818874806e1c7014b"},
        {DIGEST_MD4, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
         "043f8582f241db351ce627e153e7f0e4"},
        {DIGEST_MD4,
         "1234567890123456789012345678901234567890123456789012345678901234567890"
         "1234567890",
         "e33b4ddc9c38f2199c3e7b164fcc0536"},
        {DIGEST_RIPEMD160, "", "9c1185a5c5e9fc54612808977ee8f548b2258d31"},
        {DIGEST_RIPEMD160, "a", "0bdc9d2d256b3ee9daae347be6f4dc835a467ffe"},
        {DIGEST_RIPEMD160, "message digest", "5d0689ef49d2fae572b881b123a85ffa21595f36"},
        {DIGEST_RIPEMD160, "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
         "12a053384a9c0c88e405a06c27dcf49ada62eb2b"},
        {DIGEST_RIPEMD160,
         "1234567890123456789012345678901234567890123456789012345678901234567890"
         "1234567890",
         "9b752e45573d4b39f4dbd3323cab82bf63326bfb"},
    };
    struct digest_methods m = {0};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        check_digest(&m, cases[i].kind, cases[i].data, cases[i].want);
    digest_methods_deinit(&m);
}

static void pieces_give_the_same_as_the_whole(void **state)
{
    (void)state;
    struct digest_methods m = {0};
    char data[300];
    uint8_t whole[DIGEST_MAX_LEN], pieces[DIGEST_MAX_LEN];
    for (size_t i = 0; i < sizeof data; i++)
        data[i] = (char)(i * 7);
    for (int kind = 0; kind < DIGEST_KINDS; kind++) {
        size_t len = digest_all(&m, (enum digest_kind)kind, (struct str){data, sizeof data}, whole);
        for (size_t step = 1; step < sizeof data; step += 13) {
            struct digest *d = digest_new(&m, (enum digest_kind)kind);
            for (size_t at = 0; at < sizeof data; at += step) {
                size_t n = sizeof data - at < step ? sizeof data - at : step;
                digest_update(d, (struct str){data + at, n});
            }
            assert_int_equal(digest_sum(d, pieces), len);
            assert_memory_equal(pieces, whole, len);
            digest_free(d);
        }
    }
    digest_methods_deinit(&m);
}

static void a_sum_may_be_taken_in_between(void **state)
{
    (void)state;
    struct digest_methods m = {0};
    uint8_t between[DIGEST_MAX_LEN], end[DIGEST_MAX_LEN], want[DIGEST_MAX_LEN];
    for (int kind = 0; kind < DIGEST_KINDS; kind++) {
        for (int is_hmac = 0; is_hmac < 2; is_hmac++) {
            enum digest_kind k = (enum digest_kind)kind;
            struct digest *d = is_hmac ? digest_new_hmac(&m, k, STR("key")) : digest_new(&m, k);
            digest_update(d, STR("ab"));
            digest_sum(d, between);
            digest_update(d, STR("c"));
            size_t len = digest_sum(d, end);
            if (is_hmac)
                digest_hmac(&m, k, STR("key"), STR("abc"), want);
            else
                digest_all(&m, k, STR("abc"), want);
            assert_memory_equal(end, want, len);
            assert_memory_not_equal(between, want, len);
            digest_free(d);
        }
    }
    digest_methods_deinit(&m);
}

static void check_hmac(enum digest_kind kind, struct str key, struct str data, const char *want)
{
    struct digest_methods m = {0};
    uint8_t sum[DIGEST_MAX_LEN];
    char hex[DIGEST_MAX_LEN * 2 + 1];
    to_hex(sum, digest_hmac(&m, kind, key, data, sum), hex);
    assert_string_equal(hex, want);
    digest_methods_deinit(&m);
}

static void hmac_gives_the_published_values(void **state)
{
    (void)state;
    char long_key[131];
    memset(long_key, 0xaa, sizeof long_key);
    check_hmac(DIGEST_MD5, STR("Jefe"), STR("what do ya want for nothing?"),
               "750c783e6ab0b503eaa86e310a5db738");
    check_hmac(DIGEST_SHA256, STR("Jefe"), STR("what do ya want for nothing?"),
               "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    check_hmac(DIGEST_SHA256, (struct str){long_key, sizeof long_key},
               STR("Test Using Larger Than Block-Size Key - Hash Key First"),
               "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
    check_hmac(DIGEST_SHA512, (struct str){long_key, sizeof long_key},
               STR("Test Using Larger Than Block-Size Key - Hash Key First"),
               "80b24263c7c1a3ebb71493c1dd7be8b49b46d1f41b4aeec1121b013783f8f352"
               "6b56d037e05f2598bd0fd2215d6a1e5295e64f73f63f0aec8b915a985d786598");
    check_hmac(DIGEST_RIPEMD160, STR("Jefe"), STR("what do ya want for nothing?"),
               "dda6c0213a485a9e24f4742064a7f033b43c4069");
    check_hmac(DIGEST_SHA256, (struct str){NULL, 0}, (struct str){NULL, 0},
               "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
}

static void names_are_those_of_k6(void **state)
{
    (void)state;
    assert_int_equal(digest_kind_of(STR("md4")), DIGEST_MD4);
    assert_int_equal(digest_kind_of(STR("sha512_224")), DIGEST_SHA512_224);
    assert_int_equal(digest_kind_of(STR("SHA1")), DIGEST_KINDS);
    assert_int_equal(digest_kind_of((struct str){NULL, 0}), DIGEST_KINDS);
}

TEST_SUITE(digest){
    TEST(every_function_gives_the_published_value)
    TEST(our_own_functions_agree_with_their_papers)
    TEST(pieces_give_the_same_as_the_whole)
    TEST(a_sum_may_be_taken_in_between)
    TEST(hmac_gives_the_published_values)
    TEST(names_are_those_of_k6)
    TEST_END
};
