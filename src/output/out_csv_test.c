/* out_csv_test.c - the rows of the csv output, to the byte, and its settings. */
#include <math.h>

#include "base/duration.h"
#include "output_rig.h"

static const int64_t t0_ns =
    INT64_C(1767323045) * NS_PER_SEC + 123456789; /* 2026-01-02T03:04:05.123456789Z */

static const char header[] = "metric_name,timestamp,metric_value,check,error,error_code,expected_"
                             "response,group,method,name,proto,scenario,service,status,"
                             "subproto,tls_version,url,extra_tags,metadata\n";

static struct sample_batch *one_sample(struct rig *r)
{
    struct sample_batch *b = rig_batch();
    rig_add(b, rig_metric(r, "cc", METRIC_COUNTER, METRIC_DEFAULT),
            rig_tags(r, "group", "", "scenario", "s", NULL), NULL, t0_ns, 1);
    return b;
}

static void writes_a_header_and_rows(void **state)
{
    (void)state;
    struct rig r;
    rig_open(&r);
    struct metric *m = rig_metric(&r, "cc", METRIC_COUNTER, METRIC_DEFAULT);
    struct sample_batch *b = one_sample(&r);
    rig_add(b, m,
            rig_tags(&r, "zone", "a&b", "my", "x", "status", "200", "url", "http://x/?a=1,2",
                     "check", "say \"hi\"", NULL),
            rig_tags(&r, "vu", "3", "iter", "0", NULL), t0_ns, 0.0000004);
    rig_add(b, m, rig_tags(&r, "name", " lead", "group", "::a\nb", "error", "\\.", NULL), NULL,
            t0_ns, -1234567.8912345);
    rig_add(b, m, rig_tags(&r, "a", "1,2", NULL), NULL, t0_ns, 5);
    char *spec = mem_printf("csv=%s", r.file);
    rig_write(&r, spec, b);
    char *want =
        mem_printf("%s%s", header,
                   "cc,1767323045,1.000000,,,,,,,,,s,,,,,,,\n"
                   "cc,1767323045,0.000000,\"say "
                   "\"\"hi\"\"\",,,,,,,,,,200,,,\"http://x/?a=1,2\",my=x&zone=a&b,iter=0&vu=3\n"
                   "cc,1767323045,-1234567.891235,,\"\\.\",,,\"::a\nb\",,\" lead\",,,,,,,,,\n"
                   "cc,1767323045,5.000000,,,,,,,,,,,,,,,\"a=1,2\",\n");
    assert_file(r.file, want);
    mem_free(want);
    mem_free(spec);
    rig_close(&r);
}

static void has_a_column_for_each_tag_that_is_on(void **state)
{
    (void)state;
    struct rig r;
    rig_open(&r);
    r.params.system_tags = TAG_URL | TAG_IP | TAG_VU | TAG_ITER | TAG_OCSP_STATUS;
    char *spec = mem_printf("csv=%s", r.file);
    rig_write(&r, spec, one_sample(&r));
    assert_file(r.file,
                "metric_name,timestamp,metric_value,ip,ocsp_status,url,extra_tags,metadata\n"
                "cc,1767323045,1.000000,,,,group=&scenario=s,\n");
    mem_free(spec);
    rig_close(&r);
}

static void writes_values_with_six_decimals(void **state)
{
    (void)state;
    static const struct {
        double value;
        const char *text;
    } cases[] = {
        {0, "0.000000"},
        {-0.0, "-0.000000"},
        {1e-6, "0.000001"},
        {4.9e-7, "0.000000"},
        {0.1, "0.100000"},
        {123.456789, "123.456789"},
        {0.0000005, "0.000000"}, /* the double lies a little below the half */
        {2.5e-6, "0.000003"},    /* and this one above it */
        {1234567.891, "1234567.891000"},
        {8999999999.999999, "8999999999.999998"},
        {1e15, "1000000000000000.000000"},
        {1e22, "10000000000000000000000.000000"},
        {-1.5, "-1.500000"},
        {1.0 / 3, "0.333333"},
        {2.0 / 3, "0.666667"},
        {INFINITY, "+Inf"},
    };
    struct rig r;
    rig_open(&r);
    r.params.system_tags = TAG_URL;
    struct buf want;
    buf_init(&want, BUF_NO_LIMIT);
    buf_adds(&want, "metric_name,timestamp,metric_value,url,extra_tags,metadata\n");
    struct sample_batch *b = rig_batch();
    struct metric *m = rig_metric(&r, "mm", METRIC_TREND, METRIC_TIME);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        rig_add(b, m, rig_tags(&r, NULL), NULL, t0_ns, cases[i].value);
        buf_addf(&want, "mm,1767323045,%s,,,\n", cases[i].text);
    }
    char *spec = mem_printf("csv=%s", r.file);
    rig_write(&r, spec, b);
    assert_file(r.file, want.data);
    buf_deinit(&want);
    mem_free(spec);
    rig_close(&r);
}

/* The timestamp of a row written with the format set in the environment, and then as an argument.
 */
static void assert_time(const char *format, const char *want)
{
    for (int by_argument = 0; by_argument < 2; by_argument++) {
        struct rig r;
        rig_open(&r);
        char *spec = by_argument ? mem_printf("csv=fileName=%s,timeFormat=%s,saveInterval=5s",
                                              r.file, format)
                                 : mem_printf("csv=%s", r.file);
        r.env[0] = by_argument ? "K6_CSV_OTHER" : "K6_CSV_TIME_FORMAT";
        r.env[1] = format;
        rig_write(&r, spec, one_sample(&r));
        char *text = rig_slurp(r.file, NULL);
        char *row = mem_printf("cc,%s,1.000000,", want);
        assert_non_null(strstr(text, row));
        free(text);
        mem_free(row);
        mem_free(spec);
        rig_close(&r);
    }
}

static void knows_six_time_formats(void **state)
{
    (void)state;
    assert_time("unix", "1767323045");
    assert_time("unix_milli", "1767323045123");
    assert_time("unix_micro", "1767323045123456");
    assert_time("unix_nano", "1767323045123456789");
    assert_time("rfc3339", "2026-01-02T03:04:05Z");
    assert_time("rfc3339_nano", "2026-01-02T03:04:05.123456789Z");
}

static void later_settings_win(void **state)
{
    (void)state;
    struct rig r;
    rig_open(&r);
    char *config_text =
        mem_printf("{\"csv\":{\"file_name\":\"%s/"
                   "config\",\"save_interval\":\"7s\",\"time_format\":\"unix_nano\"}}",
                   r.dir);
    char *env_name = mem_printf("%s/env", r.dir);
    struct json *config = json_parse(str_of(config_text), NULL);
    struct output *o = NULL;
    r.params.config = config;
    assert_int_equal(output_open(&o, "csv", &r.params, NULL), 0);
    assert_int_equal(o->flush_interval_ns, 7 * NS_PER_SEC);
    assert_non_null(strstr(o->description, "/config)"));
    o->type->close(o);
    r.env[0] = "K6_CSV_FILENAME";
    r.env[1] = env_name;
    r.env[2] = "K6_CSV_SAVE_INTERVAL";
    r.env[3] = "250";
    assert_int_equal(output_open(&o, "csv", &r.params, NULL), 0);
    assert_int_equal(o->flush_interval_ns, 250 * NS_PER_MS);
    assert_non_null(strstr(o->description, "/env)"));
    o->type->close(o);
    char *spec = mem_printf("csv=saveInterval=2s,fileName=%s", r.file);
    assert_int_equal(output_open(&o, spec, &r.params, NULL), 0);
    assert_int_equal(o->flush_interval_ns, 2 * NS_PER_SEC);
    assert_non_null(strstr(o->description, "/out)"));
    o->type->close(o);
    unlink(env_name);
    mem_free(env_name);
    env_name = mem_printf("%s/config", r.dir);
    unlink(env_name);
    mem_free(env_name);
    mem_free(spec);
    mem_free(config_text);
    json_free(config);
    rig_close(&r);
}

static void refuses_bad_settings(void **state)
{
    (void)state;
    struct rig r;
    rig_open(&r);
    assert_refused(
        &r, "csv=filename=x.csv",
        "could not create the 'csv' output: unknown key \"filename\" as argument for csv output");
    assert_refused(&r, "csv=fileName=",
                   "could not create the 'csv' output: couldn't parse \"fileName=\" as argument "
                   "for csv output");
    assert_refused(&r, "csv=fileName=x,",
                   "could not create the 'csv' output: couldn't parse \"fileName=x,\" as argument "
                   "for csv output");
    refuses_to_start(&r, "csv=fileName=-,saveInterval=0s",
                     "the save interval of the csv output must be more than 0");
    assert_refused(
        &r, "csv=/nonexistent/x.csv",
        "could not create the 'csv' output: open /nonexistent/x.csv: No such file or directory");
    r.env[0] = "K6_CSV_TIME_FORMAT";
    r.env[1] = "nosuch";
    assert_refused(
        &r, "csv=x.csv",
        "could not create the 'csv' output: nosuch does not belong to TimeFormat values");
    rig_close(&r);
}

static void writes_to_standard_output(void **state)
{
    (void)state;
    struct rig r;
    rig_open(&r);
    r.params.stdout_fd = open(r.file, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    struct output *o = NULL;
    assert_int_equal(output_open(&o, "csv=-", &r.params, NULL), 0);
    assert_int_equal(output_start(o, NULL), 0);
    assert_string_equal(o->description, "csv (stdout)");
    o->type->close(o);
    close(r.params.stdout_fd);
    assert_file(r.file, header);
    rig_close(&r);
}

TEST_SUITE(out_csv){
    TEST(writes_a_header_and_rows)
    TEST(has_a_column_for_each_tag_that_is_on)
    TEST(writes_values_with_six_decimals)
    TEST(knows_six_time_formats)
    TEST(later_settings_win)
    TEST(refuses_bad_settings)
    TEST(writes_to_standard_output)
    TEST_END
};
