/* loki_batch_test.c */
#include "cli/loki_batch.h"

#include <string.h>

#include "test.h"

static void add(struct loki_batch *b, const struct loki_config *c, enum log_level level,
                const char *text, const char *source, int64_t time_ns)
{
    struct log_field field = {.key = "source", .value = source};
    struct log_entry entry = {
        .level = level,
        .time_ns = time_ns,
        .fields = &field,
        .field_count = source != NULL,
        .msg = str_of(text),
    };
    loki_batch_add(b, c, &entry);
}

static char *put(struct loki_batch *b, const struct loki_config *c)
{
    struct buf out;
    buf_init(&out, BUF_NO_LIMIT);
    loki_batch_put(&out, b, c);
    return buf_take(&out);
}

static void assert_message(struct loki_batch *b, struct loki_config *c, const char *want)
{
    char *got = put(b, c);
    assert_string_equal(got, want);
    mem_free(got);
    loki_batch_deinit(b);
    loki_config_deinit(c);
}

static void lines_with_equal_labels_are_one_stream(void **state)
{
    struct loki_config c;
    struct loki_batch b = {0};
    assert_int_equal(loki_config_parse(&c, "loki=x,label.team=on\"e", NULL), 0);
    add(&b, &c, LOG_INFO, "first", "console", 1000);
    add(&b, &c, LOG_ERROR, "bad", NULL, 1001);
    add(&b, &c, LOG_INFO, "sec\"ond", "console", 1002);
    assert_message(&b, &c,
                   "{\"streams\":["
                   "{\"stream\":{\"level\":\"error\",\"team\":\"on\\\"e\"},"
                   "\"values\":[[\"1001\",\"bad\"]]},"
                   "{\"stream\":{\"level\":\"info\",\"source\":\"console\",\"team\":\"on\\\"e\"},"
                   "\"values\":[[\"1000\",\"first\"],[\"1002\",\"sec\\\"ond\"]]}]}");
}

static void the_users_labels_win_and_the_level_over_them(void **state)
{
    struct loki_config c;
    struct loki_batch b = {0};
    assert_int_equal(loki_config_parse(&c, "loki=x,label.source=mine,label.level=high", NULL), 0);
    add(&b, &c, LOG_DEBUG, "m", "console", 1);
    assert_message(&b, &c,
                   "{\"streams\":[{\"stream\":{\"level\":\"debug\",\"source\":\"mine\"},"
                   "\"values\":[[\"1\",\"m\"]]}]}");
}

static void what_is_no_label_is_said_in_the_line(void **state)
{
    struct loki_config c;
    struct loki_batch b = {0};
    assert_int_equal(loki_config_parse(&c, "loki=x,label.b=c,allowedLabels=[level]", NULL), 0);
    add(&b, &c, LOG_WARN, "text", "console", 1);
    assert_message(&b, &c,
                   "{\"streams\":[{\"stream\":{\"level\":\"warning\"},"
                   "\"values\":[[\"1\",\"text b=c source=console\"]]}]}");
}

static void no_label_may_be_allowed(void **state)
{
    struct loki_config c;
    struct loki_batch b = {0};
    assert_int_equal(loki_config_parse(&c, "loki=x,allowedLabels=[]", NULL), 0);
    add(&b, &c, LOG_WARN, "text", NULL, 1);
    assert_message(&b, &c,
                   "{\"streams\":[{\"stream\":{},\"values\":[[\"1\",\"text level=warning\"]]}]}");
}

static void what_is_above_the_limit_is_counted(void **state)
{
    struct loki_config c;
    struct loki_batch b = {0};
    assert_int_equal(loki_config_parse(&c, "loki=x,limit=2,pushPeriod=90s,label.a=b", NULL), 0);
    for (int i = 0; i < 5; i++)
        add(&b, &c, LOG_INFO, "m", NULL, i);
    assert_message(
        &b, &c,
        "{\"streams\":[{\"stream\":{\"a\":\"b\",\"level\":\"info\"},"
        "\"values\":[[\"0\",\"m\"],[\"1\",\"m\"]]},"
        "{\"stream\":{\"a\":\"b\",\"level\":\"warning\"},\"values\":[[\"1\",\"c6 dropped 3 log "
        "messages: they were above the limit of 2 messages a 1m30s\"]]}]}");
}

static void of_a_long_line_both_ends_are_sent(void **state)
{
    struct loki_config c;
    struct loki_batch b = {0};
    assert_int_equal(loki_config_parse(&c, "loki=x,msgMaxSize=5", NULL), 0);
    add(&b, &c, LOG_INFO, "äöüabc", NULL, 1); /* six characters */
    add(&b, &c, LOG_INFO, "äöüab", NULL, 2);
    assert_message(&b, &c,
                   "{\"streams\":[{\"stream\":{\"level\":\"info\"},\"values\":["
                   "[\"1\",\"äö... omitting 1 characters ...bc\"],[\"2\",\"äöüab\"]]}]}");
}

static void nothing_is_a_message_too(void **state)
{
    struct loki_config c;
    struct loki_batch b = {0};
    assert_int_equal(loki_config_parse(&c, "loki", NULL), 0);
    assert_message(&b, &c, "{\"streams\":[]}");
}

TEST_SUITE(loki_batch){
    TEST(lines_with_equal_labels_are_one_stream) TEST(the_users_labels_win_and_the_level_over_them)
        TEST(what_is_no_label_is_said_in_the_line) TEST(no_label_may_be_allowed)
            TEST(what_is_above_the_limit_is_counted) TEST(of_a_long_line_both_ends_are_sent)
                TEST(nothing_is_a_message_too) TEST_END};
