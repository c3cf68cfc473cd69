/* secret_url_config_test.c - where the settings of a url source come from, and which are refused. */
#include "modules/secrets/secret_url_config.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/mem.h"
#include "test.h"

#define TEMPLATE "urlTemplate=https://h/{key}"

static char *const no_env[] = {NULL};

static void read_line(struct secret_url_config *c, const char *line, char *const *env)
{
    struct err e = {0};
    int rc = secret_url_config_init(c, str_of(line), env, &e);
    if (rc < 0)
        fail_msg("%s", e.msg);
}

static void check_refused(const char *line, const char *want)
{
    struct secret_url_config c;
    struct err e = {0};
    assert_true(secret_url_config_init(&c, str_of(line), no_env, &e) < 0);
    assert_string_equal(e.msg, want);
    err_deinit(&e);
}

static void what_is_not_said_has_a_default(void **state)
{
    struct secret_url_config c;
    read_line(&c, TEMPLATE, no_env);
    assert_string_equal(c.url_template, "https://h/{key}");
    assert_string_equal(c.method, "GET");
    assert_string_equal(c.response_path, "");
    assert_int_equal(c.timeout_ns, INT64_C(30000000000));
    assert_int_equal(c.retry_backoff_ns, 1000000000);
    assert_int_equal(c.max_retries, 3);
    assert_int_equal(c.requests_per_minute, 300);
    assert_int_equal(c.requests_burst, 10);
    assert_int_equal(c.headers.len, 0);
    secret_url_config_deinit(&c);
}

static void the_line_says_all(void **state)
{
    struct secret_url_config c;
    read_line(&c,
              TEMPLATE ",method=POST,responsePath=a.b,timeout=1m5s,maxRetries= 7x,retryBackoff=2s,"
                       "requestsPerMinuteLimit=60,requestsBurst=2,headers.A=x=y,headers.B=",
              no_env);
    assert_string_equal(c.method, "POST");
    assert_string_equal(c.response_path, "a.b");
    assert_int_equal(c.timeout_ns, INT64_C(65000000000));
    assert_int_equal(c.retry_backoff_ns, 2000000000);
    assert_int_equal(c.max_retries, 7);
    assert_int_equal(c.requests_per_minute, 60);
    assert_int_equal(c.requests_burst, 2);
    assert_int_equal(c.headers.len, 2);
    assert_string_equal(c.headers.items[0].name, "A");
    assert_string_equal(c.headers.items[0].value, "x=y");
    assert_string_equal(c.headers.items[1].value, "");
    secret_url_config_deinit(&c);
}

static void the_environment_counts_less_than_the_line(void **state)
{
    char *env[] = {(char[]){"K6_SECRET_SOURCE_URL_URL_TEMPLATE=https://env/{key}"},
                   (char[]){"K6_SECRET_SOURCE_URL_METHOD=PUT"},
                   (char[]){"K6_SECRET_SOURCE_URL_TIMEOUT=5s"},
                   (char[]){"K6_SECRET_SOURCE_URL_MAX_RETRIES="},
                   (char[]){"K6_SECRET_SOURCE_URL_HEADER_AUTHORIZATION=Bearer x"},
                   (char[]){"HOME=/"},
                   NULL};
    struct secret_url_config c;
    read_line(&c, "", env);
    assert_string_equal(c.url_template, "https://env/{key}");
    assert_string_equal(c.headers.items[0].name, "AUTHORIZATION");
    assert_int_equal(c.max_retries, 3);
    secret_url_config_deinit(&c);
    read_line(&c, "method=POST,headers.X=1", env);
    assert_string_equal(c.method, "POST");
    assert_int_equal(c.timeout_ns, INT64_C(5000000000));
    assert_int_equal(c.headers.len, 1); /* replaced as a whole */
    assert_string_equal(c.headers.items[0].name, "X");
    secret_url_config_deinit(&c);
}

static char *write_file(const char *text)
{
    char path[] = "/tmp/c6_secret_url_XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), (long)strlen(text));
    close(fd);
    return mem_strdup(path);
}

static void the_file_counts_less_than_the_line_wherever_it_stands(void **state)
{
    char *path = write_file("{\"urlTemplate\":\"https://file/{key}\",\"headers\":{\"A\":\"1\",\"B\":"
                            "\"2\"},\"timeout\":\"2s\",\"retryBackoff\":250,\"maxRetries\":0,"
                            "\"requestsBurst\":null,\"other\":true}");
    char *line = mem_printf("timeout=5s,config=%s", path);
    struct secret_url_config c;
    read_line(&c, line, no_env);
    assert_string_equal(c.url_template, "https://file/{key}");
    assert_int_equal(c.timeout_ns, INT64_C(5000000000));
    assert_int_equal(c.retry_backoff_ns, 250000000);
    assert_int_equal(c.max_retries, 0);
    assert_int_equal(c.requests_burst, 10);
    assert_int_equal(c.headers.len, 2);
    secret_url_config_deinit(&c);
    mem_free(line);
    unlink(path);
    mem_free(path);
}

static void bad_files_are_refused(void **state)
{
    static const char *const cases[][2] = {
        {"[]", "it is no object"},
        {"{\"timeout\":true}", "timeout can't be a JSON bool"},
        {"{\"method\":5}", "method can't be a JSON number"},
        {"{\"maxRetries\":\"5\"}", "maxRetries can't be a JSON string"},
        {"{\"headers\":[]}", "headers can't be a JSON array"},
        {"{\"headers\":{\"A\":1}}", "the header \"A\" can't be a JSON number"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char *path = write_file(cases[i][0]);
        char *line = mem_printf("config=%s," TEMPLATE, path);
        char *want = mem_printf("missing or invalid config: failed to parse JSON config: %s",
                                cases[i][1]);
        check_refused(line, want);
        unlink(path);
        mem_free(want);
        mem_free(line);
        mem_free(path);
    }
    check_refused("config=/not/there", "missing or invalid config: failed to open config file: "
                                       "open /not/there: no such file or directory");
}

static void bad_settings_are_refused(void **state)
{
#define BAD(line, text) check_refused(line, "missing or invalid config: " text)
    BAD("", "urlTemplate is required");
    BAD("urlTemplate=https://h/", "urlTemplate must contain {key} placeholder");
    BAD("urlTemplate=/{key}",
        "urlTemplate must be an absolute URL with a scheme (e.g., https://...)");
    BAD(TEMPLATE ",timeout=0", "timeout must be greater than 0");
    BAD(TEMPLATE ",timeout=-1s", "timeout must be greater than 0");
    BAD(TEMPLATE ",retryBackoff=0s", "retryBackoff must be greater than 0");
    BAD(TEMPLATE ",maxRetries=-1", "maxRetries must be non-negative");
    BAD(TEMPLATE ",requestsBurst=0", "requestsBurst must be greater than 0");
    BAD(TEMPLATE ",requestsPerMinuteLimit=0", "requestsPerMinuteLimit must be greater than 0");
    BAD(TEMPLATE ",maxRetries=x", "invalid maxRetries: expected integer");
    BAD(TEMPLATE ",maxRetries=99999999999999999999", "invalid maxRetries: expected integer");
    BAD(TEMPLATE ",nothing=1", "unknown configuration key: \"nothing\"");
    BAD(TEMPLATE ",nothing", "invalid config format \"nothing\", expected key=value");
#undef BAD
}

TEST_SUITE(secret_url_config){
    TEST(what_is_not_said_has_a_default)
    TEST(the_line_says_all)
    TEST(the_environment_counts_less_than_the_line)
    TEST(the_file_counts_less_than_the_line_wherever_it_stands)
    TEST(bad_files_are_refused)
    TEST(bad_settings_are_refused)
    TEST_END
};
