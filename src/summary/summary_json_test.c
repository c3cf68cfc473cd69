/* summary_json_test.c - the export, handleSummary's data and the machine-readable form. */
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "summary/summary_fixture.h"
#include "test.h"

static const struct threshold_config thresholds[] = {
    {.metric = "checks", .expr = "rate>0.9"},
    {.metric = "http_req_duration", .expr = "p(99)<200"},
    {.metric = "vus", .expr = "value<5"}};

static void feed(struct fixture *f)
{
    static const char *const stats[] = {"max", "count"};
    fixture_init(f, SUMMARY_MODE_COMPACT, thresholds, 3);
    f->input.trend_stats = stats;
    f->input.trend_stat_count = 2;
    f->input.is_stdout_tty = true;
    f->input.setup_data = "{\"token\": [1, \"\\u00e9\"]}";
    fixture_add(f, f->b->checks, "check=c,group=::g", 1);
    fixture_add(f, f->b->checks, "check=c,group=", 0);
    fixture_add(f, f->b->http_req_duration, "", 12.5);
    fixture_add(f, f->b->iterations, "", 3);
}

static int compare_keys(const void *a, const void *b)
{
    return strcmp((*(const struct json *const *)a)->text.p, (*(const struct json *const *)b)->text.p);
}

/* Keys sorted at each level. */
static void put_sorted(struct buf *out, const struct json *v)
{
    if (v->type != JSON_OBJECT && v->type != JSON_ARRAY) {
        json_print(out, v, 0);
        return;
    }
    struct json *keys = json_new_array();
    for (size_t i = 0; v->type == JSON_OBJECT && i < v->len; i++)
        json_push(keys, json_new_str(v->keys[i]));
    if (keys->len > 0)
        qsort(keys->items, keys->len, sizeof keys->items[0], compare_keys);
    buf_addc(out, '[');
    for (size_t i = 0; i < v->len; i++) {
        if (v->type == JSON_OBJECT)
            buf_addf(out, "%s=", keys->items[i]->text.p);
        put_sorted(out, v->type == JSON_OBJECT ? json_get(v, keys->items[i]->text.p) : v->items[i]);
        buf_addc(out, ' ');
    }
    buf_addc(out, ']');
    json_free(keys);
}

static void the_export_says_which_thresholds_failed(void **state)
{
    (void)state;
    struct fixture f;
    feed(&f);
    char *text = fixture_write(&f, summary_put_export);
    assert_string_equal(text,
                        "{\n"
                        "    \"root_group\": {\n"
                        "        \"name\": \"\",\n"
                        "        \"path\": \"\",\n"
                        "        \"id\": \"d41d8cd98f00b204e9800998ecf8427e\",\n"
                        "        \"groups\": {\n"
                        "            \"g\": {\n"
                        "                \"name\": \"g\",\n"
                        "                \"path\": \"::g\",\n"
                        "                \"id\": \"652e756c89643c3ada0b451cbd88a9d3\",\n"
                        "                \"groups\": {},\n"
                        "                \"checks\": {\n"
                        "                    \"c\": {\n"
                        "                        \"name\": \"c\",\n"
                        "                        \"path\": \"::g::c\",\n"
                        "                        \"id\": \"29c7ecfc22a9514dddfc70191ad1b230\",\n"
                        "                        \"passes\": 1,\n"
                        "                        \"fails\": 0\n"
                        "                    }\n"
                        "                }\n"
                        "            }\n"
                        "        },\n"
                        "        \"checks\": {\n"
                        "            \"c\": {\n"
                        "                \"name\": \"c\",\n"
                        "                \"path\": \"::c\",\n"
                        "                \"id\": \"0ce040709d597ec2a7535ef89828270d\",\n"
                        "                \"passes\": 0,\n"
                        "                \"fails\": 1\n"
                        "            }\n"
                        "        }\n"
                        "    },\n"
                        "    \"metrics\": {\n"
                        "        \"checks\": {\n"
                        "            \"passes\": 1,\n"
                        "            \"fails\": 1,\n"
                        "            \"thresholds\": {\n"
                        "                \"rate>0.9\": true\n"
                        "            },\n"
                        "            \"value\": 0.5\n"
                        "        },\n"
                        "        \"http_req_duration\": {\n"
                        "            \"max\": 12.5,\n"
                        "            \"count\": 1,\n"
                        "            \"thresholds\": {\n"
                        "                \"p(99)<200\": false\n"
                        "            }\n"
                        "        },\n"
                        "        \"iterations\": {\n"
                        "            \"count\": 3,\n"
                        "            \"rate\": 1.5\n"
                        "        },\n"
                        "        \"vus\": {\n"
                        "            \"value\": 0,\n"
                        "            \"min\": 0,\n"
                        "            \"max\": 0,\n"
                        "            \"thresholds\": {\n"
                        "                \"value<5\": false\n"
                        "            }\n"
                        "        }\n"
                        "    },\n"
                        "    \"setup_data\": {\n"
                        "        \"token\": [\n"
                        "            1,\n"
                        "            \"é\"\n"
                        "        ]\n"
                        "    }\n"
                        "}");
    mem_free(text);
    fixture_deinit(&f);
}

/* Not the order of keys: both as one canonical text. */
static void assert_same_json(const char *a, const char *b)
{
    struct json *x = json_parse(str_of(a), NULL);
    struct json *y = json_parse(str_of(b), NULL);
    struct buf s, t;
    buf_init(&s, BUF_NO_LIMIT);
    buf_init(&t, BUF_NO_LIMIT);
    put_sorted(&s, x);
    put_sorted(&t, y);
    assert_string_equal(s.data, t.data);
    buf_deinit(&s);
    buf_deinit(&t);
    json_free(x);
    json_free(y);
}

static void an_argument_left_alone_gives_the_same_export(void **state)
{
    (void)state;
    struct fixture f;
    struct buf out;
    feed(&f);
    char *data = fixture_write(&f, summary_put_handle_data);
    char *wanted = fixture_write(&f, summary_put_export);
    buf_init(&out, BUF_NO_LIMIT);
    assert_int_equal(summary_put_export_of(&out, str_of(data)), 0);
    assert_same_json(out.data, wanted);
    buf_deinit(&out);
    mem_free(wanted);
    mem_free(data);
    fixture_deinit(&f);
}

static void what_handle_summary_changed_is_exported(void **state)
{
    (void)state;
    struct buf out;
    buf_init(&out, BUF_NO_LIMIT);
    assert_int_equal(
        summary_put_export_of(
            &out, STR("{\"root_group\":{\"groups\":5},\"options\":1,\"state\":2,\"mine\":[1],"
                      "\"metrics\":{\"bare\":{\"type\":\"trend\"},\"m\":{\"type\":\"rate\",\"values\":"
                      "{\"rate\":0.5},\"thresholds\":{\"a\":{\"ok\":true},\"b\":{}}}}}")),
        0);
    assert_same_json(out.data, "{\"root_group\":{\"groups\":5},\"mine\":[1],\"metrics\":{\"m\":"
                               "{\"value\":0.5,\"thresholds\":{\"a\":false,\"b\":true}}}}");
    buf_clear(&out);
    assert_int_equal(summary_put_export_of(&out, STR("{\"metrics\":5,\"root_group\":{\"groups\":"
                                                     "[{\"checks\":1},{\"name\":\"g\"}]}}")),
                     0);
    assert_same_json(out.data, "{\"metrics\":5,\"root_group\":{\"groups\":{\"undefined\":"
                               "{\"checks\":1},\"g\":{\"name\":\"g\"}}}}");
    buf_clear(&out);
    assert_int_equal(summary_put_export_of(&out, STR("{\"root_group\":5}")), 0);
    assert_same_json(out.data, "{\"root_group\":5}");
    assert_int_equal(summary_put_export_of(&out, STR("{\"metrics\":{}}")), ERR_INVALID);
    assert_int_equal(summary_put_export_of(&out, STR("{\"root_group\":null}")), ERR_INVALID);
    assert_int_equal(summary_put_export_of(&out, STR("no JSON")), ERR_INVALID);
    buf_deinit(&out);
}

static void handle_summary_gets_lists_and_ok(void **state)
{
    (void)state;
    struct fixture f;
    feed(&f);
    f.input.setup_data = NULL;
    char *text = fixture_write(&f, summary_put_handle_data);
    assert_string_equal(
        text, "{\"root_group\":{\"name\":\"\",\"path\":\"\",\"id\":"
              "\"d41d8cd98f00b204e9800998ecf8427e\",\"groups\":[{\"name\":\"g\",\"path\":\"::g\","
              "\"id\":\"652e756c89643c3ada0b451cbd88a9d3\",\"groups\":[],\"checks\":[{\"name\":"
              "\"c\",\"path\":\"::g::c\",\"id\":"
              "\"29c7ecfc22a9514dddfc70191ad1b230\",\"passes\":1,\"fails\":0}]}],\"checks\":[{"
              "\"name\":\"c\",\"path\":\"::c\",\"id\":"
              "\"0ce040709d597ec2a7535ef89828270d\",\"passes\":0,\"fails\":1}]},"
              "\"options\":{\"summaryTrendStats\":[\"max\",\"count\"],\"summaryTimeUnit\":\"\","
              "\"noColor\":false},"
              "\"state\":{\"isStdOutTTY\":true,\"isStdErrTTY\":false,\"testRunDurationMs\":2000},"
              "\"metrics\":{\"checks\":{\"type\":\"rate\",\"contains\":\"default\",\"values\":{"
              "\"rate\":0.5,\"passes\":1,\"fails\":1},"
              "\"thresholds\":{\"rate>0.9\":{\"ok\":false}}},"
              "\"http_req_duration\":{\"type\":\"trend\",\"contains\":\"time\",\"values\":{\"max\":"
              "12.5,\"count\":1},\"thresholds\":{\"p(99)<200\":"
              "{\"ok\":true}}},"
              "\"iterations\":{\"type\":\"counter\",\"contains\":\"default\",\"values\":{\"count\":"
              "3,\"rate\":1.5}},"
              "\"vus\":{\"type\":\"gauge\",\"contains\":\"default\",\"values\":{\"value\":0,"
              "\"min\":0,\"max\":0},\"thresholds\":{\"value<5\":"
              "{\"ok\":true}}}}}");
    mem_free(text);
    fixture_deinit(&f);
}

static void put_schema(struct buf *out, const struct summary *s)
{
    struct summary_meta meta = {"script.js", "2.2.0", INT64_C(1700000000000000000)};
    summary_put_machine_readable(out, s, &meta);
}

static void the_machine_readable_form_follows_its_schema(void **state)
{
    (void)state;
    struct fixture f;
    feed(&f);
    char *text = fixture_write(&f, put_schema);
    struct json *top = json_parse(str_of(text), NULL);
    assert_non_null(top);
    assert_true(str_eqs(json_get(top, "version")->text, "1.0.0"));
    assert_string_equal(json_get(json_get(top, "metadata"), "generated_at")->text.p,
                        "2023-11-14T22:13:20.000000000Z");
    assert_string_equal(json_get(json_get(top, "metadata"), "k6_version")->text.p, "2.2.0");
    assert_true(json_get(json_get(top, "config"), "duration")->number == 2);
    struct json *results = json_get(top, "results");
    struct json *metrics = json_get(results, "metrics");
    assert_int_equal(metrics->len, 3); /* checks has a place of its own */
    assert_true(json_get(json_get(metrics->items[0], "values"), "max")->number == 12.5);
    assert_null(json_get(json_get(metrics->items[0], "values"), "count"));
    assert_int_equal(json_get(json_get(metrics->items[0], "values"), "p90")->type, JSON_NULL);
    struct json *checks = json_get(results, "checks");
    assert_int_equal(json_get(checks, "metrics")->len, 3);
    assert_true(json_get(json_get(checks, "results")->items[0], "passes")->number == 1);
    json_free(top);
    mem_free(text);
    fixture_deinit(&f);
}

TEST_SUITE(summary_json)
{
    TEST(the_export_says_which_thresholds_failed)
    TEST(an_argument_left_alone_gives_the_same_export)
    TEST(what_handle_summary_changed_is_exported)
    TEST(handle_summary_gets_lists_and_ok)
    TEST(the_machine_readable_form_follows_its_schema)
    TEST_END
};
