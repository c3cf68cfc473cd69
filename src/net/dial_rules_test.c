/* Names, addresses and sources by the options' rules. */
#include "net/dial_rules.h"

#include <stdio.h>
#include <string.h>

#include "test.h"

static const char *find(const struct dial_rules *r, const char *host, unsigned port)
{
    static char text[ADDRESS_TEXT_MAX];
    struct address a;
    if (!dial_rules_find_host(r, str_of(host), (uint16_t)port, &a))
        return "none";
    address_print(&a, text, sizeof text);
    return text;
}

static void add_host(struct dial_rules *r, const char *pattern, const char *to)
{
    dial_rules_add_host(r, str_of(pattern), str_of(to));
}

static void the_longest_pattern_counts(void **state)
{
    struct dial_rules *r = dial_rules_new();
    add_host(r, "plain.test", "127.0.0.1");
    add_host(r, "Ported.Test", "127.0.0.2:99");
    add_host(r, "only.test:81", "127.0.0.3");
    add_host(r, "*.wild.test", "127.0.0.4");
    add_host(r, "*.api.wild.test", "[::1]:5");
    add_host(r, "*tail.test", "::2");
    add_host(r, "*.port.test:7", "127.0.0.7:8");
    assert_string_equal(find(r, "plain.test", 80), "127.0.0.1:80");
    assert_string_equal(find(r, "PLAIN.test", 80), "127.0.0.1:80");
    assert_string_equal(find(r, "ported.test", 80), "127.0.0.2:99");
    assert_string_equal(find(r, "only.test", 81), "127.0.0.3:81");
    assert_string_equal(find(r, "only.test", 82), "none");
    assert_string_equal(find(r, "wild.test", 80), "none");
    assert_string_equal(find(r, "a.wild.test", 80), "127.0.0.4:80");
    assert_string_equal(find(r, "a.b.wild.test", 80), "127.0.0.4:80");
    assert_string_equal(find(r, "x.api.wild.test", 80), "[::1]:5");
    assert_string_equal(find(r, "tail.test", 1), "[::2]:1");
    assert_string_equal(find(r, "cocktail.test", 1), "[::2]:1");
    assert_string_equal(find(r, "a.port.test", 7), "127.0.0.7:8");
    assert_string_equal(find(r, "a.port.test", 6), "none");
    assert_string_equal(find(r, "plain.tes", 80), "none");
    assert_string_equal(find(r, "", 80), "none");
    dial_rules_free(r);
}

/* It fits name and port together, which are looked for first. */
static void a_lone_star_is_for_all(void **state)
{
    struct dial_rules *r = dial_rules_new();
    add_host(r, "*", "10.0.0.1");
    add_host(r, "a.test", "10.0.0.2");
    add_host(r, "127.0.0.1", "10.0.0.3");
    add_host(r, "c.test:9", "10.0.0.4:1");
    assert_string_equal(find(r, "b.test", 8), "10.0.0.1:8");
    assert_string_equal(find(r, "a.test", 8), "10.0.0.1:8");
    assert_string_equal(find(r, "127.0.0.1", 8), "10.0.0.1:8");
    assert_string_equal(find(r, "c.test", 8), "10.0.0.1:8");
    assert_string_equal(find(r, "c.test", 9), "10.0.0.4:1");
    char name[400];
    memset(name, 'x', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    assert_string_equal(find(r, name, 8), "none");
    name[253] = '\0';
    assert_string_equal(find(r, name, 65535), "10.0.0.1:65535");
    dial_rules_free(r);
}

static void what_is_no_address_leads_nowhere(void **state)
{
    struct dial_rules *r = dial_rules_new();
    add_host(r, "a.test", "not-an-ip");
    add_host(r, "b.test", "");
    add_host(r, "c.test", "1.2.3.4:99999");
    add_host(r, "d.test", "[1.2.3");
    assert_string_equal(find(r, "a.test", 8), ":8");
    assert_string_equal(find(r, "b.test", 8), ":8");
    assert_string_equal(find(r, "c.test", 8), "1.2.3.4:8");
    assert_string_equal(find(r, "d.test", 8), ":8");
    dial_rules_free(r);
}

static const char *blocked(const struct dial_rules *r, const char *host)
{
    static struct net_error e;
    net_error_clear(&e);
    if (dial_rules_check_name(r, str_of(host), &e) == 0)
        return "no";
    assert_int_equal(e.code, NET_BLOCKED_HOSTNAME);
    assert_string_equal(e.text, "hostname is blocked");
    return e.detail;
}

static void names_are_blocked_but_not_addresses(void **state)
{
    struct dial_rules *r = dial_rules_new();
    assert_string_equal(blocked(r, "x"), "no");
    dial_rules_block_name(r, STR("A.test"));
    dial_rules_block_name(r, STR("*.b.test"));
    assert_string_equal(blocked(r, "a.TEST"), "hostname (a.TEST) is in a blocked pattern (a.test)");
    assert_string_equal(blocked(r, "x.b.test"),
                        "hostname (x.b.test) is in a blocked pattern (*.b.test)");
    assert_string_equal(blocked(r, "b.test"), "no");
    dial_rules_block_name(r, STR("*"));
    assert_string_equal(blocked(r, "b.test"), "hostname (b.test) is in a blocked pattern (*)");
    assert_string_equal(blocked(r, "127.0.0.1"), "no");
    assert_string_equal(blocked(r, "::1"), "no");
    dial_rules_free(r);
}

static const char *banned(const struct dial_rules *r, const char *ip)
{
    static struct net_error e;
    struct address a = {0};
    net_error_clear(&e);
    address_parse_ip(str_of(ip), &a);
    if (dial_rules_check_address(r, &a, &e) == 0)
        return "no";
    assert_int_equal(e.code, NET_BLACKLISTED_IP);
    return e.detail;
}

static void ranges_are_closed_to_all(void **state)
{
    struct dial_rules *r = dial_rules_new();
    struct err e = {0};
    assert_int_equal(dial_rules_block_range(r, STR("10.0.0.0/8"), &e), 0);
    assert_int_equal(dial_rules_block_range(r, STR("127.0.0.2/32"), &e), 0);
    assert_int_equal(dial_rules_block_range(r, STR("fe80::/10"), &e), 0);
    assert_string_equal(banned(r, "10.255.255.255"),
                        "IP (10.255.255.255) is in a blacklisted range (10.0.0.0/8)");
    assert_string_equal(banned(r, "::ffff:10.0.0.1"),
                        "IP (::ffff:10.0.0.1) is in a blacklisted range (10.0.0.0/8)");
    assert_string_equal(banned(r, "11.0.0.0"), "no");
    assert_string_equal(banned(r, "9.255.255.255"), "no");
    assert_string_equal(banned(r, "127.0.0.1"), "no");
    assert_string_not_equal(banned(r, "127.0.0.2"), "no");
    assert_string_not_equal(banned(r, "febf::1"), "no");
    assert_string_equal(banned(r, "fec0::1"), "no");
    assert_string_equal(banned(r, "nowhere"), "no");
    assert_int_equal(dial_rules_block_range(r, STR("0.0.0.0/0"), &e), 0);
    assert_string_not_equal(banned(r, "1.2.3.4"), "no");
    assert_string_equal(banned(r, "::1"), "no");
    assert_int_equal(dial_rules_block_range(r, STR("::/0"), &e), 0);
    assert_string_not_equal(banned(r, "::1"), "no");
    static const char *const bad[] = {"",   "10.0.0.0", "10.0.0.0/33",  "10.0.0.0/-1", "10.0/8",
                                      "/8", "::/129",   "10.0.0.0/8/8", "10.0.0.0/"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        err_deinit(&e);
        assert_int_equal(dial_rules_block_range(r, str_of(bad[i]), &e), ERR_INVALID);
    }
    err_deinit(&e);
    dial_rules_free(r);
}

static const char *local(const char *list, uint64_t index)
{
    static char text[ADDRESS_IP_MAX];
    struct dial_rules *r = dial_rules_new();
    struct err e = {0};
    struct address a;
    snprintf(text, sizeof text, "none");
    if (dial_rules_set_local(r, str_of(list), &e) < 0)
        snprintf(text, sizeof text, "%s", e.msg);
    else if (dial_rules_local(r, index, &a))
        address_print_ip(&a, text, sizeof text);
    err_deinit(&e);
    dial_rules_free(r);
    return text;
}

static void sources_are_dealt_out_in_turn(void **state)
{
    assert_string_equal(local("", 0), "none");
    assert_string_equal(local("127.0.0.5", 7), "127.0.0.5");
    assert_string_equal(local("127.0.0.5-127.0.0.6", 0), "127.0.0.5");
    assert_string_equal(local("127.0.0.5-127.0.0.6", 1), "127.0.0.6");
    assert_string_equal(local("127.0.0.5-127.0.0.6", 2), "127.0.0.5");
    assert_string_equal(local("10.0.0.0/30,10.1.0.0/31,10.2.0.9", 0), "10.0.0.1");
    assert_string_equal(local("10.0.0.0/30,10.1.0.0/31,10.2.0.9", 1), "10.0.0.2");
    assert_string_equal(local("10.0.0.0/30,10.1.0.0/31,10.2.0.9", 2), "10.1.0.0");
    assert_string_equal(local("10.0.0.0/30,10.1.0.0/31,10.2.0.9", 3), "10.1.0.1");
    assert_string_equal(local("10.0.0.0/30,10.1.0.0/31,10.2.0.9", 4), "10.2.0.9");
    assert_string_equal(local("10.0.0.0/30,10.1.0.0/31,10.2.0.9", 5), "10.0.0.1");
    assert_string_equal(local("fd00::/126", 3), "fd00::3");
    assert_string_equal(local("::/0,::1", UINT64_MAX), "::ffff:ffff:ffff:ffff");
    assert_string_equal(local("0.0.0.0/0", 0), "0.0.0.1");
}

static void bad_sources_are_refused(void **state)
{
    assert_string_equal(local("x", 0), "x is not a valid IP, IP range or CIDR");
    assert_string_equal(local("127.0.0.1,", 0), " is not a valid IP, IP range or CIDR");
    assert_string_equal(local("1.2.3.4-x", 0), "wrong IP range format: 1.2.3.4-x");
    assert_string_equal(local("1.2.3.4-::1", 0), "mixed IP range format: 1.2.3.4-::1");
    assert_string_equal(local("1.2.3.4-1.2.3.3", 0), "negative IP range: 1.2.3.4-1.2.3.3");
    assert_string_equal(local("1.2.3.4/99", 0),
                        "parseCIDR() failed parsing 1.2.3.4/99: invalid CIDR address");
}

TEST_SUITE(dial_rules){
    TEST(the_longest_pattern_counts)
    TEST(a_lone_star_is_for_all)
    TEST(what_is_no_address_leads_nowhere)
    TEST(names_are_blocked_but_not_addresses)
    TEST(ranges_are_closed_to_all)
    TEST(sources_are_dealt_out_in_turn)
    TEST(bad_sources_are_refused)
    TEST_END
};
