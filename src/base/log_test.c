/* log_test.c - tests of log.h: records are written to a memory file and read back. */
#include "base/log.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/redact.h"
#include "test.h"

/* A logger over a fresh memory file, which *fd reads. */
static struct logger *logger_open(int *fd, enum log_format format, bool is_terminal)
{
    *fd = memfd_create("log", 0);
    assert_true(*fd >= 0);
    return log_new(&(struct log_config){.format = format,
                                        .level = LOG_INFO,
                                        .fd = *fd,
                                        .is_terminal = is_terminal,
                                        .use_color = is_terminal});
}

/* Frees the logger; what was written, its time of day as "TIME". */
static void logger_close(struct logger *lg, int fd, char *text, size_t size)
{
    char raw[8192];
    log_free(lg);
    ssize_t len = pread(fd, raw, sizeof raw - 1, 0);
    assert_true(len >= 0);
    raw[len] = '\0';
    close(fd);
    char *out = text;
    for (const char *p = raw; *p != '\0' && out < text + size - 8;) {
        int year;
        if (sscanf(p, "20%2d-", &year) == 1 && strlen(p) > 20 && p[10] == 'T') {
            p += strcspn(p, "\"");
            out += snprintf(out, 8, "TIME");
        } else {
            *out++ = *p++;
        }
    }
    *out = '\0';
}

static void text_records_are_key_value_pairs(void **state)
{
    int fd;
    char text[2048];
    struct logger *lg = logger_open(&fd, LOG_FORMAT_TEXT, false);
    struct log_field fields[] = {{.key = "tag", .value = "a b"},
                                 {.key = "id", .value = "x-1.2_/@^+"},
                                 {.key = "nothing", .value = NULL}};
    log_record(lg, LOG_INFO, "console", NULL, NULL, 0, STR("hello world"));
    log_record(lg, LOG_WARN, NULL, "no \"luck\"", fields, 3, STR("Request Failed"));
    log_info(lg, "%d%%", 50);
    log_error(lg, "plain");
    log_record(lg, LOG_ERROR, NULL, NULL, NULL, 0, STR(""));
    log_info(lg, "two\nlines \x01 caf\xc3\xa9");
    logger_close(lg, fd, text, sizeof text);
    assert_string_equal(text, "time=\"TIME\" level=info msg=\"hello world\" source=console\n"
                              "time=\"TIME\" level=warning msg=\"Request Failed\" "
                              "error=\"no \\\"luck\\\"\" id=x-1.2_/@^+ tag=\"a b\"\n"
                              "time=\"TIME\" level=info msg=\"50%\"\n"
                              "time=\"TIME\" level=error msg=plain\n"
                              "time=\"TIME\" level=error\n"
                              "time=\"TIME\" level=info msg=\"two\\nlines \\x01 caf\xc3\xa9\"\n");
}

static void json_records_have_sorted_keys(void **state)
{
    int fd;
    char text[2048];
    struct logger *lg = logger_open(&fd, LOG_FORMAT_JSON, false);
    struct log_field fields[] = {{.key = "vu", .value = "1", .is_number = true},
                                 {.key = "a", .value = "b"}};
    log_record(lg, LOG_WARN, "console", "<&>", fields, 2, STR("a \"b\"\n\0c"));
    logger_close(lg, fd, text, sizeof text);
    assert_string_equal(
        text,
        "{\"a\":\"b\",\"error\":\"<&>\",\"level\":\"warning\",\"msg\":\"a \\\"b\\\"\\n\\u0000c\","
        "\"source\":\"console\",\"time\":\"TIME\",\"vu\":1}\n");
}

static void raw_records_are_the_message_alone(void **state)
{
    int fd;
    char text[2048];
    struct logger *lg = logger_open(&fd, LOG_FORMAT_RAW, false);
    log_record(lg, LOG_ERROR, "console", "why", NULL, 0, STR("just this"));
    logger_close(lg, fd, text, sizeof text);
    assert_string_equal(text, "just this\n");
}

static void a_terminal_gets_the_short_form(void **state)
{
    int fd;
    char text[2048];
    struct logger *lg = logger_open(&fd, LOG_FORMAT_TEXT, true);
    log_record(lg, LOG_INFO, "console", NULL, NULL, 0, STR("caf\xc3\xa9\n"));
    log_warn(lg, "a message that is longer than the column of forty-four");
    logger_close(lg, fd, text, sizeof text);
    /* The seconds since the start may be 1 on a slow machine. */
    char *digit = strstr(text, "[000");
    assert_non_null(digit);
    digit[4] = '0';
    assert_memory_equal(text, "\x1b[36mINFO\x1b[0m[0000] caf\xc3\xa9", 25);
    assert_non_null(strstr(
        text,
        "caf\xc3\xa9                                          \x1b[36msource\x1b[0m=console\n"));
    assert_non_null(strstr(text, "] a message that is longer than the column of forty-four \n"));
}

static void without_colours_a_terminal_gets_pairs(void **state)
{
    int fd = memfd_create("log", 0);
    char text[2048];
    struct logger *lg =
        log_new(&(struct log_config){.level = LOG_INFO, .fd = fd, .is_terminal = true});
    log_info(lg, "x");
    logger_close(lg, fd, text, sizeof text);
    assert_string_equal(text, "time=\"TIME\" level=info msg=x\n");
}

static void levels_above_the_set_one_are_dropped(void **state)
{
    int fd;
    char text[2048];
    struct logger *lg = logger_open(&fd, LOG_FORMAT_RAW, false);
    assert_false(log_is_on(lg, LOG_DEBUG));
    assert_true(log_is_on(lg, LOG_INFO));
    assert_false(log_is_on(NULL, LOG_ERROR));
    log_debug(lg, "not this");
    log_info(lg, "this");
    log_info(NULL, "nobody hears it");
    logger_close(lg, fd, text, sizeof text);
    assert_string_equal(text, "this\n");
}

static void errors_are_logged_with_hint_and_source(void **state)
{
    int fd;
    char text[2048];
    struct logger *lg = logger_open(&fd, LOG_FORMAT_TEXT, false);
    struct err e = {0};
    err_set(&e, ERR_SCRIPT, "it broke");
    log_err(lg, &e);
    err_set_hint(&e, "mend it");
    e.is_stack = true;
    log_err(lg, &e);
    err_deinit(&e);
    logger_close(lg, fd, text, sizeof text);
    assert_string_equal(
        text, "time=\"TIME\" level=error msg=\"it broke\"\n"
              "time=\"TIME\" level=error msg=\"it broke\" hint=\"mend it\" source=stacktrace\n");
}

static void count_up(void *opaque)
{
    ++*(int *)opaque;
}

static void hooks_run_around_each_write(void **state)
{
    int fd;
    int calls = 0;
    char text[2048];
    struct logger *lg = logger_open(&fd, LOG_FORMAT_RAW, false);
    log_set_hooks(lg, count_up, count_up, &calls);
    log_info(lg, "x");
    log_debug(lg, "dropped");
    assert_int_equal(calls, 2);
    log_set_hooks(lg, NULL, NULL, NULL);
    log_info(lg, "y");
    assert_int_equal(calls, 2);
    logger_close(lg, fd, text, sizeof text);
}

static void *write_many(void *lg)
{
    for (int i = 0; i < 100; i++)
        log_info(lg, "abcdefghij");
    return NULL;
}

static void records_of_several_threads_stay_whole(void **state)
{
    int fd;
    char text[8192];
    struct logger *lg = logger_open(&fd, LOG_FORMAT_RAW, false);
    pthread_t threads[4];
    for (int i = 0; i < 4; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, write_many, lg), 0);
    for (int i = 0; i < 4; i++)
        pthread_join(threads[i], NULL);
    logger_close(lg, fd, text, sizeof text);
    assert_int_equal(strlen(text), 400 * 11);
    for (int i = 0; i < 400; i++)
        assert_memory_equal(text + i * 11, "abcdefghij\n", 11);
}

static void unknown_formats_mean_text(void **state)
{
    assert_int_equal(log_format_parse("json"), LOG_FORMAT_JSON);
    assert_int_equal(log_format_parse("raw"), LOG_FORMAT_RAW);
    assert_int_equal(log_format_parse("text"), LOG_FORMAT_TEXT);
    assert_int_equal(log_format_parse("yaml"), LOG_FORMAT_TEXT);
    assert_int_equal(log_format_parse(NULL), LOG_FORMAT_TEXT);
}

static void a_log_nowhere_writes_nothing(void **state)
{
    struct logger *lg = log_new(&(struct log_config){.level = LOG_DEBUG, .fd = -1});
    assert_false(log_is_on(lg, LOG_ERROR));
    log_error(lg, "x");
    log_free(lg);
    log_free(NULL);
}

static void secrets_are_hidden_in_messages_and_fields(void **state)
{
    char text[512];
    int fd = memfd_create("log", 0), console_fd = memfd_create("console", 0);
    struct logger *lg = log_new(&(struct log_config){.format = LOG_FORMAT_TEXT, .fd = fd});
    struct logger *console = log_new(&(struct log_config){.format = LOG_FORMAT_RAW, .fd = console_fd});
    struct log_field field = {.key = "f", .value = "a topsecret b"};
    redactor_add(log_redactor(lg), STR("topsecret"));
    log_share_redactor(console, lg);
    log_record(lg, LOG_ERROR, NULL, "topsecret", &field, 1, STR("it is topsecret"));
    log_error(console, "topsecret");
    logger_close(console, console_fd, text, sizeof text);
    assert_string_equal(text, "***SECRET_REDACTED***\n");
    logger_close(lg, fd, text, sizeof text);
    assert_null(strstr(text, "topsecret"));
    assert_non_null(strstr(text, "a ***SECRET_REDACTED*** b"));
    assert_non_null(strstr(text, "it is ***SECRET_REDACTED***"));
}

struct sink_seen {
    struct buf text;
    int64_t last_ns;
    bool has_ended;
};

static void sink_put(void *opaque, const struct log_entry *entry)
{
    struct sink_seen *seen = opaque;
    assert_true(entry->time_ns >= seen->last_ns);
    seen->last_ns = entry->time_ns;
    buf_addf(&seen->text, "%s", log_level_name(entry->level));
    for (int i = 0; i < entry->field_count; i++)
        buf_addf(&seen->text, " %s=%s", entry->fields[i].key, entry->fields[i].value);
    buf_addf(&seen->text, ": %.*s\n", (int)entry->msg.len, entry->msg.p);
}

static void sink_end(void *opaque)
{
    ((struct sink_seen *)opaque)->has_ended = true;
}

static void a_sink_takes_records_and_final_errors_are_told_elsewhere_too(void **state)
{
    int fd;
    char text[512];
    struct sink_seen seen = {0};
    struct err e = {0};
    struct log_field field = {.key = "z", .value = "topsecret"};
    struct logger *fallback = logger_open(&fd, LOG_FORMAT_RAW, false);
    struct logger *lg = log_new(&(struct log_config){
        .level = LOG_INFO,
        .fd = -1,
        .sink = {.put = sink_put, .end = sink_end, .opaque = &seen, .fallback = fallback},
    });
    buf_init(&seen.text, BUF_NO_LIMIT);
    redactor_add(log_redactor(lg), STR("topsecret"));
    assert_true(log_is_on(lg, LOG_INFO));
    log_record(lg, LOG_WARN, "console", "why", &field, 1, STR("m"));
    log_debug(lg, "not this");
    err_set(&e, ERR_INVALID, "the end");
    log_err(lg, &e);
    err_deinit(&e);
    assert_string_equal(seen.text.data,
                        "warning error=why source=console z=***SECRET_REDACTED***: m\n"
                        "error: the end\n");
    assert_false(seen.has_ended);
    log_free(lg);
    assert_true(seen.has_ended);
    logger_close(fallback, fd, text, sizeof text);
    assert_string_equal(text, "the end\n");
    buf_deinit(&seen.text);
}

TEST_SUITE(log) {
    TEST(a_sink_takes_records_and_final_errors_are_told_elsewhere_too)
    TEST(secrets_are_hidden_in_messages_and_fields)
    TEST(text_records_are_key_value_pairs)
    TEST(json_records_have_sorted_keys)
    TEST(raw_records_are_the_message_alone)
    TEST(a_terminal_gets_the_short_form)
    TEST(without_colours_a_terminal_gets_pairs)
    TEST(levels_above_the_set_one_are_dropped)
    TEST(errors_are_logged_with_hint_and_source)
    TEST(hooks_run_around_each_write)
    TEST(records_of_several_threads_stay_whole)
    TEST(unknown_formats_mean_text)
    TEST(a_log_nowhere_writes_nothing)
    TEST_END
};
