#include "base/err.h"
#include "net/address.h"
#include "test.h"

static void reads_and_prints_both_families(void **state)
{
    struct address a;
    char text[ADDRESS_TEXT_MAX];
    (void)state;
    assert_int_equal(address_parse_ip(STR("127.0.0.1"), &a), 0);
    address_set_port(&a, 80);
    address_print(&a, text, sizeof text);
    assert_string_equal(text, "127.0.0.1:80");
    assert_true(address_is_loopback(&a) && !address_is_v6(&a));
    assert_int_equal(address_port(&a), 80);
    assert_int_equal(address_parse_ip(STR("::1"), &a), 0);
    address_set_port(&a, 443);
    address_print(&a, text, sizeof text);
    assert_string_equal(text, "[::1]:443");
    address_print_ip(&a, text, sizeof text);
    assert_string_equal(text, "::1");
    assert_true(address_is_loopback(&a) && address_is_v6(&a));
    assert_int_equal(address_parse_ip(STR("fe80::1%lo"), &a), 0);
    address_print_ip(&a, text, sizeof text);
    assert_string_equal(text, "fe80::1%lo");
    static const char *const v4[] = {"0.9.10.99", "100.101.200.255", "1.20.0.109"};
    for (int i = 0; i < 3; i++) {
        assert_int_equal(address_parse_ip(str_of(v4[i]), &a), 0);
        address_print_ip(&a, text, sizeof text);
        assert_string_equal(text, v4[i]);
        address_print_ip(&a, text, 4);
        assert_memory_equal(text, v4[i], 3);
        assert_int_equal(text[3], '\0');
    }
}

static void refuses_what_is_no_address(void **state)
{
    static const char *const bad[] = {
        "",
        "1.2.3",
        "1.2.3.4.5",
        "256.1.1.1",
        "01.2.3.4",
        "localhost",
        "::1::",
        "fe80::1%",
        "fe80::1%no-such-interface",
        "1.2.3.4%lo",
        "[::1]",
        "1111111111111111111111111111111111111111111111111111111111111111"};
    struct address a;
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(address_parse_ip(str_of(bad[i]), &a), ERR_INVALID);
    assert_int_equal(address_parse_ip((struct str){"127.0.0.1\0x", 11}, &a), ERR_INVALID);
}

static void compares(void **state)
{
    struct address a;
    struct address b;
    (void)state;
    assert_int_equal(address_parse_ip(STR("::1"), &a), 0);
    assert_int_equal(address_parse_ip(STR("0:0::1"), &b), 0);
    assert_true(address_eq(&a, &b));
    address_set_port(&b, 1);
    assert_false(address_eq(&a, &b));
    assert_int_equal(address_parse_ip(STR("1.2.3.4"), &b), 0);
    assert_false(address_eq(&a, &b));
}

TEST_SUITE(address)
{
    TEST(reads_and_prints_both_families)
    TEST(refuses_what_is_no_address)
    TEST(compares)
    TEST_END
};
