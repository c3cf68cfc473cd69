/* mod_http_config_test.c - options become the client's settings. */
#include "modules/http/mod_http_config.h"

#include "base/duration.h"
#include "test.h"

static struct options options_of(const char *json)
{
    struct options o;
    struct err e = {0};
    options_init(&o);
    assert_int_equal(options_read_script(&o, str_of(json), NULL, &e), 0);
    return o;
}

static void defaults_are_k6s(void **state)
{
    struct options o = options_of("{}");
    struct http_config c;
    mod_http_config_make(&c, &o);
    assert_false(c.insecure_skip_tls_verify);
    assert_int_equal(c.dial_timeout_ns, 30 * NS_PER_SEC);
    assert_true(str_starts(str_of(c.user_agent), "c6/"));
    options_deinit(&o);
}

static void options_are_taken_over(void **state)
{
    struct options o =
        options_of("{\"userAgent\":\"\",\"insecureSkipTLSVerify\":true,\"noConnectionReuse\":true,"
                   "\"batch\":3,\"batchPerHost\":2}");
    struct http_config c;
    mod_http_config_make(&c, &o);
    assert_string_equal(c.user_agent, "");
    assert_true(c.insecure_skip_tls_verify);
    assert_true(c.no_connection_reuse);
    assert_int_equal(c.max_idle_conns, 3);
    assert_int_equal(c.max_idle_per_host, 2);
    options_deinit(&o);
}

TEST_SUITE(mod_http_config){TEST(defaults_are_k6s) TEST(options_are_taken_over) TEST_END};
