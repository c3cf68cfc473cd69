/* mod_http_network_test.c - options and variables of the environment become the client's settings.
 */
#include "modules/http/mod_http_network.h"

#include <string.h>

#include "base/duration.h"
#include "test.h"

static const char *look_up(void *opaque, const char *name)
{
    for (const char *const *pair = opaque; pair && *pair; pair += 2)
        if (strcmp(pair[0], name) == 0)
            return pair[1];
    return NULL;
}

struct made {
    struct options options;
    struct http_network network;
    struct http_config config;
};

static void make(struct made *m, const char *json, const char *const *env)
{
    struct err e = {0};
    memset(m, 0, sizeof(*m));
    options_init(&m->options);
    assert_int_equal(options_read_script(&m->options, str_of(json), NULL, &e), 0);
    assert_int_equal(
        mod_http_network_make(&m->network, &m->config, &m->options, look_up, (void *)env, &e), 0);
}

static void unmake(struct made *m)
{
    mod_http_network_deinit(&m->network);
    options_deinit(&m->options);
}

static void nothing_set_is_k6s_default(void **state)
{
    struct made m;
    make(&m, "{}", NULL);
    assert_int_equal(m.config.dns_ttl_ns, 300 * NS_PER_SEC);
    assert_int_equal(m.config.dns_select, DNS_SELECT_RANDOM);
    assert_int_equal(m.config.dns_policy, DNS_PREFER_IPV4);
    assert_null(m.config.rules);
    assert_null(m.config.proxies);
    assert_null(m.config.keylog_file);
    assert_int_equal(m.config.tls_min, TLS_VERSION_ANY);
    assert_int_equal(m.config.cipher_suite_count, 0);
    assert_false(m.config.has_no_http2);
    unmake(&m);
}

static void options_say_where_and_how(void **state)
{
    struct made m;
    struct address a;
    struct net_error ne;
    make(&m,
         "{\"dns\":{\"ttl\":\"inf\",\"select\":\"roundRobin\",\"policy\":\"any\"},"
         "\"hosts\":{\"a.test\":\"127.0.0.9:81\"},\"blacklistIPs\":[\"10.0.0.0/8\"],"
         "\"blockHostnames\":[\"*.b.test\"],\"tlsVersion\":{\"min\":\"tls1.1\",\"max\":\"tls1.3\"},"
         "\"tlsCipherSuites\":[\"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256\"]}",
         NULL);
    assert_int_equal(m.config.dns_ttl_ns, INT64_MAX);
    assert_int_equal(m.config.dns_select, DNS_SELECT_ROUND_ROBIN);
    assert_int_equal(m.config.dns_policy, DNS_ANY);
    assert_true(dial_rules_find_host(m.config.rules, STR("a.test"), 80, &a));
    assert_int_equal(address_port(&a), 81);
    assert_int_equal(dial_rules_check_name(m.config.rules, STR("x.b.test"), &ne), ERR_INVALID);
    address_parse_ip(STR("10.1.1.1"), &a);
    assert_int_equal(dial_rules_check_address(m.config.rules, &a, &ne), ERR_INVALID);
    assert_int_equal(m.config.tls_min, TLS_VERSION_1_1);
    assert_int_equal(m.config.tls_max, TLS_VERSION_1_3);
    assert_int_equal(m.config.cipher_suite_count, 1);
    assert_string_equal(m.config.cipher_suites[0], "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");
    unmake(&m);
}

static void the_environment_is_asked(void **state)
{
    struct made m;
    make(&m, "{}",
         (const char *[]){"HTTPS_PROXY", "http://p:1", "SSLKEYLOGFILE", "/tmp/k", "GODEBUG",
                          "x=1,http2client=0", NULL});
    assert_non_null(m.config.proxies);
    assert_string_equal(m.config.keylog_file, "/tmp/k");
    assert_true(m.config.has_no_http2);
    unmake(&m);
    make(&m, "{}", (const char *[]){"GODEBUG", "http2client=00", "SSLKEYLOGFILE", "", NULL});
    assert_false(m.config.has_no_http2);
    assert_null(m.config.keylog_file);
    unmake(&m);
}

static void bad_certificates_and_addresses_end_the_test(void **state)
{
    struct options o;
    struct http_network n;
    struct http_config c = {0};
    struct err e = {0};
    options_init(&o);
    assert_int_equal(
        options_read_script(&o, STR("{\"tlsAuth\":[{\"cert\":\"x\",\"key\":\"y\"}]}"), NULL, &e),
        0);
    assert_int_equal(mod_http_network_make(&n, &c, &o, look_up, NULL, &e), ERR_INVALID);
    assert_string_equal(e.msg, "tlsAuth: tls: failed to find any PEM data in certificate input");
    assert_int_equal(e.exit_code, EXIT_INVALID_CONFIG);
    err_deinit(&e);
    options_deinit(&o);
    options_init(&o);
    o.local_ips.set = true;
    o.local_ips.v = mem_strdup("1.2.3.4-");
    assert_int_equal(mod_http_network_make(&n, &c, &o, look_up, NULL, &e), ERR_INVALID);
    assert_string_equal(e.msg, "wrong IP range format: 1.2.3.4-");
    err_deinit(&e);
    options_deinit(&o);
}

TEST_SUITE(mod_http_network){
    TEST(nothing_set_is_k6s_default)
    TEST(options_say_where_and_how)
    TEST(the_environment_is_asked)
    TEST(bad_certificates_and_addresses_end_the_test)
    TEST_END
};
