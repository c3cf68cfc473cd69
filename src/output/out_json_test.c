/* out_json_test.c - the lines of the json output, to the byte. */
#include <math.h>
#include <zlib.h>

#include "base/duration.h"
#include "output_rig.h"

static const int64_t t0_ns = INT64_C(1767323045) * NS_PER_SEC; /* 2026-01-02T03:04:05Z */

static void writes_declarations_and_points(void **state)
{
    (void)state;
    struct rig r;
    rig_open(&r);
    struct metric *a = rig_metric(&r, "aa", METRIC_COUNTER, METRIC_DEFAULT);
    struct metric *t = rig_metric(&r, "tt", METRIC_TREND, METRIC_TIME);
    struct sample_batch *b = rig_batch();
    struct tagset *tags = rig_tags(&r, "scenario", "default", "group", "", NULL);
    rig_add(b, a, tags_ref(tags), NULL, t0_ns, 1);
    rig_add(b, t, tags, rig_tags(&r, "vu", "7", NULL), t0_ns + 120500000, 0.125001);
    rig_add(b, a, rig_tags(&r, NULL), rig_tags(&r, NULL), t0_ns + 1, -2e-7);
    char *spec = mem_printf("json=%s", r.file);
    rig_write(&r, spec, b);
    assert_file(r.file,
                "{\"type\":\"Metric\",\"data\":{\"name\":\"aa\",\"type\":\"counter\",\"contains\":"
                "\"default\",\"thresholds\":[],\"submetrics\":null},\"metric\":\"aa\"}\n"
                "{\"metric\":\"aa\",\"type\":\"Point\",\"data\":{\"time\":\"2026-01-02T03:04:05Z\","
                "\"value\":1,\"tags\":{\"group\":\"\",\"scenario\":\"default\"}}}\n"
                "{\"type\":\"Metric\",\"data\":{\"name\":\"tt\",\"type\":\"trend\",\"contains\":"
                "\"time\",\"thresholds\":[],\"submetrics\":null},\"metric\":\"tt\"}\n"
                "{\"metric\":\"tt\",\"type\":\"Point\",\"data\":{\"time\":\"2026-01-02T03:04:05."
                "1205Z\",\"value\":0.125001,"
                "\"tags\":{\"group\":\"\",\"scenario\":\"default\"},\"metadata\":{\"vu\":\"7\"}}}\n"
                "{\"metric\":\"aa\",\"type\":\"Point\",\"data\":{\"time\":\"2026-01-02T03:04:05."
                "000000001Z\",\"value\":-2e-7,\"tags\":{}}}\n");
    mem_free(spec);
    rig_close(&r);
}

static void declares_thresholds_and_submetrics(void **state)
{
    (void)state;
    struct rig r;
    rig_open(&r);
    struct metric *m = rig_metric(&r, "c1", METRIC_COUNTER, METRIC_DEFAULT);
    struct submetric *s = NULL;
    assert_int_equal(metric_add_submetric(r.registry, STR("c1{b:2,a:<1>}"), &s, NULL), 0);
    assert_int_equal(metric_add_submetric(r.registry, STR("c1{a:c}"), &s, NULL), 0);
    struct threshold_config thresholds[] = {
        {.metric = "c1", .expr = "count>0"},
        {.metric = "c1{a:c}", .expr = "count<9"},
        {.metric = "c1", .expr = "count<100", .abort_on_fail = true},
        {.metric = "c1",
         .expr = "rate<5",
         .abort_on_fail = true,
         .delay_abort_ns = 90 * NS_PER_SEC,
         .has_delay = true},
        {.metric = "other", .expr = "count<1"},
        {.metric = "c1", .expr = NULL},
    };
    r.params.thresholds = thresholds;
    r.params.threshold_count = sizeof thresholds / sizeof thresholds[0];
    struct sample_batch *b = rig_batch();
    rig_add(b, m, rig_tags(&r, NULL), NULL, t0_ns, 3);
    char *spec = mem_printf("json=%s", r.file);
    rig_write(&r, spec, b);
    assert_file(
        r.file,
        "{\"type\":\"Metric\",\"data\":{\"name\":\"c1\",\"type\":\"counter\",\"contains\":"
        "\"default\",\"thresholds\":[\"count>0\","
        "{\"threshold\":\"count<100\",\"abortOnFail\":true,\"delayAbortEval\":null},"
        "{\"threshold\":\"rate<5\",\"abortOnFail\":true,\"delayAbortEval\":\"1m30s\"}],"
        "\"submetrics\":[{\"name\":\"c1{b:2,a:<1>}\",\"suffix\":\"b:2,a:<1>\",\"tags\":{\"a\":\"<1>"
        "\",\"b\":\"2\"}},"
        "{\"name\":\"c1{a:c}\",\"suffix\":\"a:c\",\"tags\":{\"a\":\"c\"}}]},\"metric\":\"c1\"}\n"
        "{\"metric\":\"c1\",\"type\":\"Point\",\"data\":{\"time\":\"2026-01-02T03:04:05Z\","
        "\"value\":3,\"tags\":{}}}\n");
    mem_free(spec);
    rig_close(&r);
}

static void escapes_what_json_cannot_hold(void **state)
{
    (void)state;
    struct rig r;
    rig_open(&r);
    struct metric *m = rig_metric(&r, "g1", METRIC_GAUGE, METRIC_DATA);
    struct sample_batch *b = rig_batch();
    rig_add(b, m, rig_tags(&r, "name", "a\"b\\c\n<&>\xff\xe2\x80\xa8\xc3\xa9", NULL), NULL, t0_ns,
            1);
    rig_add(b, m, rig_tags(&r, NULL), NULL, t0_ns, INFINITY);
    rig_add(b, m, rig_tags(&r, NULL), NULL, t0_ns, 1e21);
    char *spec = mem_printf("json=%s", r.file);
    rig_write(&r, spec, b);
    char *text = rig_slurp(r.file, NULL);
    assert_non_null(strstr(text, "{\"name\":\"a\\\"b\\\\c\\n<&>\\ufffd\\u2028\xc3\xa9\"}"));
    assert_non_null(strstr(text, "\"value\":1e+21,"));
    assert_null(strstr(text, "nf"));
    free(text);
    text = rig_slurp(r.log_file, NULL);
    assert_non_null(strstr(text, "1 have infinite values"));
    free(text);
    mem_free(spec);
    rig_close(&r);
}

static void does_not_mix_up_tags_of_different_batches(void **state)
{
    (void)state;
    struct rig r;
    rig_open(&r);
    struct metric *m = rig_metric(&r, "mm", METRIC_COUNTER, METRIC_DEFAULT);
    struct output *o = NULL;
    char *spec = mem_printf("json=%s", r.file);
    assert_int_equal(output_open(&o, spec, &r.params, NULL), 0);
    assert_int_equal(output_start(o, NULL), 0);
    /* Each set dies with its batch, and the next one is likely to get its address. */
    for (int i = 0; i < 50; i++) {
        char value[16];
        snprintf(value, sizeof value, "%d", i);
        struct sample_batch *b = rig_batch();
        rig_add(b, m, rig_tags(&r, "i", value, NULL), NULL, t0_ns, i);
        o->type->take(o, b);
        rig_batch_home(b);
    }
    o->type->close(o);
    char *text = rig_slurp(r.file, NULL);
    for (int i = 0; i < 50; i++) {
        char part[64];
        snprintf(part, sizeof part, "\"value\":%d,\"tags\":{\"i\":\"%d\"}", i, i);
        assert_non_null(strstr(text, part));
    }
    free(text);
    mem_free(spec);
    rig_close(&r);
}

static void writes_gzip_when_the_name_says_so(void **state)
{
    (void)state;
    struct rig r;
    rig_open(&r);
    mem_free(r.file);
    r.file = mem_printf("%s/out.json.gz", r.dir);
    struct metric *m = rig_metric(&r, "mm", METRIC_COUNTER, METRIC_DEFAULT);
    struct sample_batch *b = rig_batch();
    for (int i = 0; i < SAMPLE_BATCH_LEN; i++)
        rig_add(b, m, rig_tags(&r, NULL), NULL, t0_ns + i * NS_PER_MS, i);
    char *spec = mem_printf("json=%s", r.file);
    rig_write(&r, spec, b);
    gzFile gz = gzopen(r.file, "rb");
    char *text = calloc(1, 1 << 20);
    int n = gzread(gz, text, (1 << 20) - 1);
    assert_true(n > 0);
    assert_int_equal(gzclose(gz), Z_OK);
    int lines = 0;
    for (const char *p = text; (p = strchr(p, '\n')) != NULL; p++)
        lines++;
    assert_int_equal(lines, SAMPLE_BATCH_LEN + 1);
    assert_non_null(
        strstr(text, "\"time\":\"2026-01-02T03:04:06.023Z\",\"value\":1023,\"tags\":{}}}\n"));
    free(text);
    mem_free(spec);
    rig_close(&r);
}

static void writes_to_standard_output_without_a_name(void **state)
{
    (void)state;
    static const char *const specs[] = {"json", "json=-", "json="};
    for (int i = 0; i < 3; i++) {
        struct rig r;
        rig_open(&r);
        r.params.stdout_fd = open(r.file, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
        struct metric *m = rig_metric(&r, "mm", METRIC_COUNTER, METRIC_DEFAULT);
        struct output *o = NULL;
        assert_int_equal(output_open(&o, specs[i], &r.params, NULL), 0);
        assert_int_equal(output_start(o, NULL), 0);
        assert_string_equal(o->description, "json(stdout)");
        struct sample_batch *b = rig_batch();
        rig_add(b, m, rig_tags(&r, NULL), NULL, t0_ns, 1);
        o->type->take(o, b);
        rig_batch_home(b);
        o->type->close(o);
        assert_int_equal(write(r.params.stdout_fd, "still open\n", 11), 11);
        close(r.params.stdout_fd);
        char *text = rig_slurp(r.file, NULL);
        assert_non_null(strstr(text, "\"Point\""));
        assert_non_null(strstr(text, "}}\nstill open\n"));
        free(text);
        rig_close(&r);
    }
}

static void says_where_it_writes(void **state)
{
    (void)state;
    struct rig r;
    rig_open(&r);
    struct output *o = NULL;
    char *spec = mem_printf("json=%s", r.file);
    char *want = mem_printf("json (%s)", r.file);
    assert_int_equal(output_open(&o, spec, &r.params, NULL), 0);
    assert_int_equal(output_start(o, NULL), 0);
    assert_string_equal(o->description, want);
    o->type->close(o);
    assert_file(r.file, "");
    mem_free(spec);
    mem_free(want);
    rig_close(&r);
}

static void refuses_a_file_it_cannot_write(void **state)
{
    (void)state;
    struct rig r;
    rig_open(&r);
    refuses_to_start(&r, "json=/nonexistent/x.json",
                     "open /nonexistent/x.json: No such file or directory");
    refuses_to_start(&r, "json=/tmp", "open /tmp: Is a directory");
    rig_close(&r);
}

TEST_SUITE(out_json){
    TEST(writes_declarations_and_points)
    TEST(declares_thresholds_and_submetrics)
    TEST(escapes_what_json_cannot_hold)
    TEST(does_not_mix_up_tags_of_different_batches)
    TEST(writes_gzip_when_the_name_says_so)
    TEST(writes_to_standard_output_without_a_name)
    TEST(says_where_it_writes)
    TEST(refuses_a_file_it_cannot_write)
    TEST_END
};
