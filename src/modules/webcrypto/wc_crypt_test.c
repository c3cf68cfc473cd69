#include "modules/webcrypto/wc_crypt.h"

#include <pthread.h>
#include <string.h>
#include <time.h>

#include "base/err.h"
#include "base/str.h"
#include "modules/base64.h"
#include "modules/webcrypto/wc_generate.h"
#include "modules/webcrypto/wc_import.h"
#include "modules/webcrypto/wc_task.h"
#include "test.h"

static void add_hex(struct buf *out, const char *hex)
{
    for (; hex[0] != '\0'; hex += hex[0] == ' ' ? 1 : 2)
        if (hex[0] != ' ')
            buf_addc(out, (char)(hex_value(hex[0]) << 4 | hex_value(hex[1])));
}

static struct str view(const struct buf *b)
{
    return (struct str){b->data, b->len};
}

/* A task with a secret key of hex digits and data of hex digits. */
static void begin(struct wc_task *t, enum wc_op op, enum wc_alg alg, const char *key,
                  const char *data)
{
    struct buf secret;
    buf_init(&secret, BUF_NO_LIMIT);
    add_hex(&secret, key);
    wc_task_init(t, op);
    t->params.alg = alg;
    t->key = wc_key_new(alg, WC_SECRET);
    wc_key_set_secret(t->key, view(&secret));
    add_hex(&t->data, data);
    buf_deinit(&secret);
}

static void gives(struct wc_task *t, const char *want)
{
    struct buf expected;
    buf_init(&expected, BUF_NO_LIMIT);
    add_hex(&expected, want);
    wc_task_run(t, NULL);
    if (t->rc < 0)
        fail_msg("%s", t->err.message);
    assert_int_equal(t->out.len, expected.len);
    assert_memory_equal(t->out.data, expected.data, expected.len);
    buf_deinit(&expected);
    wc_task_deinit(t);
}

static void fails(struct wc_task *t, const char *name)
{
    wc_task_run(t, NULL);
    assert_int_equal(t->rc, ERR_INVALID);
    assert_string_equal(t->err.name, name);
    assert_int_equal(t->out.len, 0);
    wc_task_deinit(t);
}

#define NIST_KEY  "2b7e151628aed2a6abf7158809cf4f3c"
#define NIST_TEXT "6bc1bee22e409f96e93d7e117393172a"
#define ZEROS     "00000000000000000000000000000000"

static void aes_gives_the_published_values(void **state)
{
    (void)state;
    struct wc_task t;
    begin(&t, WC_DECRYPT, WC_AES_CBC, NIST_KEY,
          "7649abac8119b246cee98e9b12e9197d 8964e0b149c10b7b682e6e39aaeb731c");
    add_hex(&t.params.iv, "000102030405060708090a0b0c0d0e0f");
    gives(&t, NIST_TEXT);
    begin(&t, WC_ENCRYPT, WC_AES_CBC, NIST_KEY, NIST_TEXT);
    add_hex(&t.params.iv, "000102030405060708090a0b0c0d0e0f");
    gives(&t, "7649abac8119b246cee98e9b12e9197d 8964e0b149c10b7b682e6e39aaeb731c");
    begin(&t, WC_ENCRYPT, WC_AES_CTR, NIST_KEY, NIST_TEXT "ae2d8a571e03ac9c9eb76fac45af8e51");
    add_hex(&t.params.iv, "f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff");
    t.params.length_bits = 128;
    gives(&t, "874d6191b620e3261bef6864990db6ce9806f66b7970fdff8617187bb9fffdff");
    begin(&t, WC_ENCRYPT, WC_AES_GCM, ZEROS, ZEROS);
    add_hex(&t.params.iv, "000000000000000000000000");
    gives(&t, "0388dace60b6a392f328c2b971b2fe78 ab6e47d42cec13bdf53a67b21257bddf");
    begin(&t, WC_ENCRYPT, WC_AES_GCM, ZEROS, "");
    add_hex(&t.params.iv, "000000000000000000000000");
    gives(&t, "58e2fccefa7e3061367f1d57a4e7455a");
}

static void a_counter_comes_round_within_its_bits(void **state)
{
    (void)state;
    struct wc_task t;
    struct buf split;
    buf_init(&split, BUF_NO_LIMIT);
    /* Counter blocks ...0e ff, then ...0e 00: the byte before must not change. */
    for (int i = 0; i < 2; i++) {
        begin(&t, WC_ENCRYPT, WC_AES_CTR, NIST_KEY, ZEROS);
        add_hex(&t.params.iv,
                i == 0 ? "0102030405060708090a0b0c0d0e0eff" : "0102030405060708090a0b0c0d0e0e00");
        t.params.length_bits = 64;
        wc_task_run(&t, NULL);
        buf_add(&split, t.out.data, t.out.len);
        wc_task_deinit(&t);
    }
    begin(&t, WC_ENCRYPT, WC_AES_CTR, NIST_KEY, ZEROS ZEROS);
    add_hex(&t.params.iv, "0102030405060708090a0b0c0d0e0eff");
    t.params.length_bits = 8;
    wc_task_run(&t, NULL);
    assert_int_equal(t.rc, 0);
    assert_int_equal(t.out.len, split.len);
    assert_memory_equal(t.out.data, split.data, split.len);
    wc_task_deinit(&t);
    buf_deinit(&split);
    begin(&t, WC_ENCRYPT, WC_AES_CTR, NIST_KEY, ZEROS ZEROS ZEROS);
    add_hex(&t.params.iv, ZEROS);
    t.params.length_bits = 1;
    fails(&t, "OperationError");
}

static void tampered_or_odd_data_is_refused(void **state)
{
    (void)state;
    struct wc_task t;
    begin(&t, WC_DECRYPT, WC_AES_GCM, ZEROS,
          "0388dace60b6a392f328c2b971b2fe79 ab6e47d42cec13bdf53a67b21257bddf");
    add_hex(&t.params.iv, "000000000000000000000000");
    fails(&t, "OperationError");
    begin(&t, WC_DECRYPT, WC_AES_GCM, ZEROS, "0388");
    add_hex(&t.params.iv, "000000000000000000000000");
    fails(&t, "OperationError");
    begin(&t, WC_ENCRYPT, WC_AES_GCM, ZEROS, "00");
    fails(&t, "NotSupportedError"); /* no iv */
    begin(&t, WC_ENCRYPT, WC_AES_GCM, ZEROS, "00");
    add_hex(&t.params.iv, "00");
    t.params.tag_bits = 100;
    fails(&t, "OperationError");
    begin(&t, WC_DECRYPT, WC_AES_CBC, NIST_KEY, "7649");
    add_hex(&t.params.iv, ZEROS);
    fails(&t, "OperationError");
    begin(&t, WC_DECRYPT, WC_AES_CBC, NIST_KEY, "");
    add_hex(&t.params.iv, ZEROS);
    fails(&t, "OperationError");
    begin(&t, WC_ENCRYPT, WC_AES_CBC, NIST_KEY, "");
    add_hex(&t.params.iv, ZEROS);
    fails(&t, "OperationError");
    begin(&t, WC_ENCRYPT, WC_AES_CBC, NIST_KEY, "00");
    add_hex(&t.params.iv, "00");
    fails(&t, "OperationError");
}

static void keys_wrap_as_published(void **state)
{
    (void)state;
    struct wc_task t;
    struct wc_methods m = {{{NULL}}, {{NULL}}};
    struct wc_err e;
    struct buf out, back;
    buf_init(&out, BUF_NO_LIMIT);
    buf_init(&back, BUF_NO_LIMIT);
    begin(&t, WC_WRAP, WC_AES_KW, "000102030405060708090a0b0c0d0e0f",
          "00112233445566778899aabbccddeeff"); /* RFC 3394, 4.1 */
    assert_int_equal(wc_encrypt(&out, &m, t.key, &t.params, view(&t.data), &e), 0);
    struct buf want;
    buf_init(&want, BUF_NO_LIMIT);
    add_hex(&want, "1fa68b0a8112b447aef34bd8fb5a7b829d3e862371d2cfe5");
    assert_int_equal(out.len, want.len);
    assert_memory_equal(out.data, want.data, want.len);
    assert_int_equal(wc_decrypt(&back, &m, t.key, &t.params, view(&out), &e), 0);
    assert_memory_equal(back.data, t.data.data, t.data.len);
    out.data[3] ^= 1;
    assert_int_equal(wc_decrypt(&back, &m, t.key, &t.params, view(&out), &e), ERR_INVALID);
    wc_methods_deinit(&m);
    buf_deinit(&want);
    buf_deinit(&out);
    buf_deinit(&back);
    wc_task_deinit(&t);
}

static void pbkdf2_gives_the_published_values(void **state)
{
    (void)state;
    struct wc_task t;
    begin(&t, WC_DERIVE_BITS, WC_PBKDF2, "70617373776f7264", "");
    buf_adds(&t.params.extra, "salt");
    t.params.hash = WC_SHA1;
    t.params.iterations = 2;
    t.bits = 160;
    gives(&t, "ea6c014dc72d6f8ccd1ed92ace1d41f0d8de8957");
    begin(&t, WC_DERIVE_BITS, WC_PBKDF2, "70617373776f726450415353574f524470617373776f7264", "");
    buf_adds(&t.params.extra, "saltSALTsaltSALTsaltSALTsaltSALTsalt");
    t.params.hash = WC_SHA1;
    t.params.iterations = 4096;
    t.bits = 200;
    gives(&t, "3d2eec4fe41c849b80c8d83662c0e44a8b291a964cf2f07038");
    begin(&t, WC_DERIVE_BITS, WC_PBKDF2, "", "");
    t.params.hash = WC_SHA256;
    t.params.iterations = -1;
    t.bits = 160;
    fails(&t, "OperationError");
    begin(&t, WC_DERIVE_BITS, WC_PBKDF2, "70", "");
    t.params.hash = WC_SHA256;
    t.params.iterations = (int64_t)1 << 40;
    t.bits = 160;
    fails(&t, "OperationError");
}

static struct wc_key *import_jwk(enum wc_alg alg, const char *json, enum wc_usage usage)
{
    struct wc_params p;
    struct wc_usages usages = {.items = {(uint8_t)usage}, .count = 1};
    struct wc_key *k = NULL;
    struct wc_err e;
    wc_params_init(&p);
    p.alg = alg;
    p.hash = WC_SHA256;
    if (wc_import(&k, &p, WC_JWK, str_of(json), true, &usages, &e) < 0)
        fail_msg("%s", e.message);
    wc_params_deinit(&p);
    return k;
}

static void ecdsa_takes_a_published_signature(void **state)
{
    (void)state;
    struct wc_task t; /* RFC 7515, A.3 */
    wc_task_init(&t, WC_VERIFY);
    t.params.alg = WC_ECDSA;
    t.params.hash = WC_SHA256;
    t.key = import_jwk(WC_ECDSA,
                       "{\"kty\":\"EC\",\"crv\":\"P-256\","
                       "\"x\":\"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\","
                       "\"y\":\"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0\"}",
                       WC_USE_VERIFY);
    buf_adds(&t.data, "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQog"
                      "Imh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ");
    base64_decode(&t.signature, BASE64_RAWURL,
                  STR("DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTU"
                      "JqPP3-Kg6NU1Q"),
                  NULL);
    wc_task_run(&t, NULL);
    assert_int_equal(t.rc, 0);
    assert_true(t.verdict);
    t.signature.data[5] ^= 1;
    wc_task_run(&t, NULL);
    assert_int_equal(t.rc, 0);
    assert_false(t.verdict);
    buf_truncate(&t.signature, 10);
    wc_task_run(&t, NULL);
    assert_int_equal(t.rc, 0);
    assert_false(t.verdict);
    wc_task_deinit(&t);
}

static void ecdh_gives_the_published_secret(void **state)
{
    (void)state;
    struct wc_task t; /* RFC 5903, 8.1 */
    wc_task_init(&t, WC_DERIVE_BITS);
    t.params.alg = WC_ECDH;
    t.bits = -1;
    t.key = import_jwk(WC_ECDH,
                       "{\"kty\":\"EC\",\"crv\":\"P-256\","
                       "\"x\":\"2tC2U5QiHPmwUeH-yleH0Jjf5jf8kLnvlF0MN3JYEYA\","
                       "\"y\":\"UnGgRhzbglLWHxxFb6PlmrH0WzOsz19YOJ4Fd7iZC7M\","
                       "\"d\":\"yI8B9RDZrD9wopLaojFt5UTpqriv6EBJxiqcV4YtFDM\"}",
                       WC_USE_DERIVE_BITS);
    t.params.other = import_jwk(WC_ECDH,
                                "{\"kty\":\"EC\",\"crv\":\"P-256\","
                                "\"x\":\"0S37UonI1PgSCLcCcDmMNCKWlwoLzLdMc2_HVUSUv2M\","
                                "\"y\":\"VvvzyjZswj6BV4VME8WNaqwj8Eatow-DU-dPMwOYcqs\"}",
                                WC_USE_DERIVE_BITS);
    gives(&t, "d6840f6b42f6edafd13116e0e12565202fef8e9ece7dce03812464d04b9442de");
}

/* Generates a pair, signs or encrypts with one half, verifies or decrypts with the other. */
static void check_pair(enum wc_alg alg, enum wc_curve curve, int64_t salt_len)
{
    struct wc_task t;
    struct wc_key *pair[2];
    struct wc_params p;
    struct wc_methods m = {{{NULL}}, {{NULL}}};
    struct wc_usages usages = {.count = 0};
    struct wc_err e;
    struct buf first, second;
    bool is_good = false;
    bool is_cipher = alg == WC_RSA_OAEP;
    wc_params_init(&p);
    buf_init(&first, BUF_NO_LIMIT);
    buf_init(&second, BUF_NO_LIMIT);
    p.alg = alg;
    p.hash = WC_SHA256;
    p.curve = curve;
    p.length_bits = 1024;
    p.salt_len = salt_len;
    add_hex(&p.extra, "010001");
    wc_usages_add(&usages, is_cipher ? WC_USE_ENCRYPT : WC_USE_SIGN);
    wc_usages_add(&usages, is_cipher ? WC_USE_DECRYPT : WC_USE_VERIFY);
    assert_int_equal(wc_generate(pair, &p, true, &usages, NULL, &e), 0);
    assert_int_equal(pair[0]->usages.count, 1);
    assert_int_equal(pair[1]->usages.count, 1);
    buf_clear(&p.extra);
    wc_task_init(&t, WC_SIGN);
    buf_adds(&t.data, "some data");
    if (is_cipher) {
        assert_int_equal(wc_encrypt(&first, &m, pair[1], &p, view(&t.data), &e), 0);
        assert_int_equal(wc_decrypt(&second, &m, pair[0], &p, view(&first), &e), 0);
        assert_string_equal(second.data, "some data");
        assert_int_equal(wc_encrypt(&first, &m, pair[0], &p, view(&t.data), &e), ERR_INVALID);
        assert_string_equal(e.name, "InvalidAccessError");
    } else {
        assert_int_equal(wc_sign(&first, &m, pair[0], &p, view(&t.data), &e), 0);
        assert_int_equal(wc_verify(&is_good, &m, pair[1], &p, view(&first), view(&t.data), &e), 0);
        assert_true(is_good);
        assert_int_equal(wc_verify(&is_good, &m, pair[1], &p, view(&first), STR("other"), &e), 0);
        assert_false(is_good);
        assert_int_equal(wc_sign(&first, &m, pair[1], &p, view(&t.data), &e), ERR_INVALID);
        assert_string_equal(e.name, "InvalidAccessError");
    }
    wc_task_deinit(&t);
    wc_methods_deinit(&m);
    wc_key_unref(pair[0]);
    wc_key_unref(pair[1]);
    buf_deinit(&first);
    buf_deinit(&second);
    wc_params_deinit(&p);
}

static void pairs_work_together(void **state)
{
    (void)state;
    check_pair(WC_RSA_PKCS1, WC_CURVES, 0);
    check_pair(WC_RSA_PSS, WC_CURVES, 0);
    check_pair(WC_RSA_PSS, WC_CURVES, 32);
    check_pair(WC_RSA_OAEP, WC_CURVES, 0);
    check_pair(WC_ECDSA, WC_P256, 0);
    check_pair(WC_ECDSA, WC_P384, 0);
    check_pair(WC_ECDSA, WC_P521, 0);
}

static void a_public_key_shows_nothing_private(void **state)
{
    (void)state;
    struct wc_key *pair[2];
    struct wc_params p;
    struct wc_usages usages = {.items = {WC_USE_SIGN, WC_USE_VERIFY}, .count = 2};
    struct wc_err e;
    struct buf out;
    wc_params_init(&p);
    buf_init(&out, BUF_NO_LIMIT);
    p.alg = WC_RSA_PSS;
    p.hash = WC_SHA256;
    p.length_bits = 1024;
    add_hex(&p.extra, "010001");
    assert_int_equal(wc_generate(pair, &p, true, &usages, NULL, &e), 0);
    assert_int_equal(wc_export(&out, pair[1], WC_JWK, &e), 0);
    assert_true(str_starts(view(&out), "{\"e\":\"AQAB\",\"kty\":\"RSA\",\"n\":\""));
    assert_null(strstr(out.data, "\"d\""));
    assert_int_equal(wc_export(&out, pair[1], WC_PKCS8, &e), ERR_INVALID);
    wc_key_unref(pair[0]);
    wc_key_unref(pair[1]);
    buf_deinit(&out);
    wc_params_deinit(&p);
}

static void *cancel_soon(void *arg)
{
    struct timespec wait = {.tv_nsec = 20000000};
    nanosleep(&wait, NULL);
    wc_task_cancel(arg);
    return NULL;
}

static void long_work_ends_when_nobody_wants_it(void **state)
{
    (void)state;
    struct wc_task t;
    pthread_t thread;
    for (int i = 0; i < 2; i++) {
        begin(&t, i == 0 ? WC_DERIVE_BITS : WC_GENERATE, i == 0 ? WC_PBKDF2 : WC_RSA_PSS, "00", "");
        t.params.hash = WC_SHA512;
        t.params.iterations = WC_MAX_ITERATIONS / 4; /* would take many seconds */
        t.bits = 128;
        t.params.length_bits = WC_MAX_MODULUS_BITS;
        add_hex(&t.params.extra, "010001");
        wc_usages_add(&t.usages, WC_USE_SIGN);
        assert_int_equal(pthread_create(&thread, NULL, cancel_soon, &t), 0);
        wc_task_run(&t, NULL);
        pthread_join(thread, NULL);
        assert_int_equal(t.rc, ERR_INVALID);
        wc_task_run(&t, NULL); /* canceled before it begins */
        assert_int_equal(t.rc, ERR_INVALID);
        wc_task_deinit(&t);
    }
}

static void long_work_is_known_as_such(void **state)
{
    (void)state;
    struct wc_task t;
    begin(&t, WC_DIGEST, WC_SHA256, "", "00");
    assert_false(wc_task_is_heavy(&t));
    while (t.data.len < 1 << 20)
        buf_adds(&t.data, "0123456789abcdef");
    assert_true(wc_task_is_heavy(&t));
    wc_task_deinit(&t);
    begin(&t, WC_DERIVE_BITS, WC_PBKDF2, "00", "");
    t.params.iterations = 100000;
    assert_true(wc_task_is_heavy(&t));
    wc_task_deinit(&t);
    begin(&t, WC_GENERATE, WC_RSA_PSS, "", "");
    assert_true(wc_task_is_heavy(&t));
    wc_task_deinit(&t);
}

TEST_SUITE(wc_crypt){
    TEST(aes_gives_the_published_values)
    TEST(a_counter_comes_round_within_its_bits)
    TEST(tampered_or_odd_data_is_refused)
    TEST(keys_wrap_as_published)
    TEST(pbkdf2_gives_the_published_values)
    TEST(ecdsa_takes_a_published_signature)
    TEST(ecdh_gives_the_published_secret)
    TEST(pairs_work_together)
    TEST(a_public_key_shows_nothing_private)
    TEST(long_work_ends_when_nobody_wants_it)
    TEST(long_work_is_known_as_such)
    TEST_END
};
