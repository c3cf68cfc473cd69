/* punycode_test.c - tests of punycode.h: samples of RFC 3492 section 7.1, and names of hosts. */
#include "base/punycode.h"

#include <string.h>

#include "base/err.h"
#include "base/mem.h"
#include "test.h"

static void assert_host(const char *host, const char *want)
{
    struct buf out;
    buf_init(&out, BUF_NO_LIMIT);
    assert_int_equal(punycode_put_host(&out, str_of(host)), 0);
    assert_string_equal(out.data, want);
    buf_deinit(&out);
}

static void samples_of_the_standard(void **state)
{
    (void)state;
    assert_host("他们为什么不说中文", "xn--ihqwcrb4cv8a8dqg056pqjye");
    assert_host("почемужеонинеговорятпорусски", "xn--b1abfaaepdrnnbgefbadotcwatmq2g4l");
    assert_host("3年B組金八先生", "xn--3B-ww4c5e180e575a65lsy2b");
    assert_host("安室奈美恵-with-SUPER-MONKEYS", "xn---with-SUPER-MONKEYS-pc58ag80a8qai00g7n9n");
    assert_host("PorquénopuedensimplementehablarenEspañol",
                "xn--PorqunopuedensimplementehablarenEspaol-fmd56a");
}

static void labels_are_encoded_one_by_one(void **state)
{
    (void)state;
    assert_host("bücher.test", "xn--bcher-kva.test");
    assert_host("www.bücher.例.", "www.xn--bcher-kva.xn--fsq.");
    assert_host("BÜCHER.test", "xn--BCHER-2pa.test"); /* nothing is mapped */
    assert_host("😀", "xn--e28h");
    assert_host("plain.test", "plain.test");
    assert_host("", "");
    assert_host("..", "..");
}

static void what_is_no_text_is_refused(void **state)
{
    struct buf out;
    char *label = mem_alloc(4001);
    (void)state;
    buf_init(&out, BUF_NO_LIMIT);
    assert_int_equal(punycode_put_host(&out, STR("a\xff")), ERR_INVALID);
    for (int i = 0; i < 2000; i++)
        memcpy(label + 2 * i, "\xc3\xbc", 2);
    assert_int_equal(punycode_put_host(&out, (struct str){label, 4000}), ERR_INVALID);
    buf_clear(&out);
    assert_int_equal(punycode_put_host(&out, (struct str){label, 1024}), 0);
    mem_free(label);
    buf_deinit(&out);
}

TEST_SUITE(punycode)
{
    TEST(samples_of_the_standard)
    TEST(labels_are_encoded_one_by_one)
    TEST(what_is_no_text_is_refused)
    TEST_END
};
