/* loki_config_test.c */
#include "cli/loki_config.h"

#include <string.h>

#include "test.h"

static void the_word_alone_takes_the_defaults(void **state)
{
    struct loki_config c;
    assert_int_equal(loki_config_parse(&c, "loki", NULL), 0);
    assert_string_equal(c.url, "http://127.0.0.1:3100/loki/api/v1/push");
    assert_int_equal(c.limit, 100);
    assert_int_equal(c.message_max, 1 << 20);
    assert_int_equal(c.period_ns, 1000000000);
    assert_false(c.has_allowed || c.has_profile);
    assert_null(c.level);
    loki_config_deinit(&c);
}

static void every_setting_is_read(void **state)
{
    struct loki_config c;
    assert_int_equal(loki_config_parse(&c,
                                       "loki=https://a.test/push?x=y,label.team=one,limit=7,"
                                       "allowedLabels=[level,team],header.X-Scope=t=1,level=warn,"
                                       "pushPeriod=5m32s,msgMaxSize=1231,profile=true,label.b=2",
                                       NULL),
                     0);
    assert_string_equal(c.url, "https://a.test/push?x=y");
    assert_int_equal(c.labels.len, 2);
    assert_string_equal(c.labels.items[0].key, "team");
    assert_string_equal(c.labels.items[0].value, "one");
    assert_string_equal(c.labels.items[1].key, "b");
    assert_int_equal(c.headers.len, 1);
    assert_string_equal(c.headers.items[0].key, "X-Scope");
    assert_string_equal(c.headers.items[0].value, "t=1");
    assert_true(c.has_allowed && c.has_profile);
    assert_int_equal(c.allowed.len, 2);
    assert_string_equal(c.allowed.items[1], "team");
    assert_string_equal(c.level, "warn");
    assert_int_equal(c.period_ns, INT64_C(332000000000));
    assert_int_equal(c.message_max, 1231);
    loki_config_deinit(&c);
}

static void an_empty_address_is_the_default(void **state)
{
    struct loki_config c;
    assert_int_equal(loki_config_parse(&c, "loki=,limit=3", NULL), 0);
    assert_string_equal(c.url, "http://127.0.0.1:3100/loki/api/v1/push");
    assert_int_equal(c.limit, 3);
    loki_config_deinit(&c);
}

static void what_is_no_setting_is_refused(void **state)
{
    static const char *const bad[] = {
        "lokix",
        "loki=",
        "loki=x,",
        "loki=x,limit",
        "loki=x,limit=0",
        "loki=x,limit=-1",
        "loki=x,limit=a",
        "loki=x,limit=99999999999999999999",
        "loki=x,msgMaxSize=0",
        "loki=x,pushPeriod=1",
        "loki=x,pushPeriod=-1s",
        "loki=x,nothing=1",
        "loki=x,allowedLabels=[a,b",
        "loki=x,allowedLabels=[a]b=c",
        "loki=x,,limit=3",
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct loki_config c;
        struct err e = {0};
        if (strcmp(bad[i], "loki=x,") != 0) {
            assert_int_equal(loki_config_parse(&c, bad[i], &e), ERR_INVALID);
            assert_true(err_text(&e).len > 0);
        } else {
            assert_int_equal(loki_config_parse(&c, bad[i], &e), 0); /* as in k6 */
        }
        err_deinit(&e);
        loki_config_deinit(&c);
    }
}

TEST_SUITE(loki_config){TEST(the_word_alone_takes_the_defaults) TEST(every_setting_is_read)
                            TEST(an_empty_address_is_the_default)
                                TEST(what_is_no_setting_is_refused) TEST_END};
