/* options_test.c - options from each source, and what they become together. */
#include "options/options.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "fuzz_replay.h"
#include "test.h"

#define LLVMFuzzerTestOneInput options_fuzz_one
#include "../../fuzz/options_fuzz.c"

struct fixture {
    struct options config, script, env, flags, all;
    struct scenario_list scenarios;
    struct err e;
};

static const char *no_env(void *opaque, const char *name)
{
    return NULL;
}

/* Consolidates a script's options alone. Returns the result code. */
static int consolidate(struct fixture *f, const char *script)
{
    memset(f, 0, sizeof *f);
    int rc = options_read_script(&f->script, str_of(script), NULL, &f->e);
    if (rc < 0)
        return rc;
    struct options_sources sources = {.script = &f->script};
    return options_consolidate(&f->all, &f->scenarios, &sources, NULL, &f->e);
}

static void drop(struct fixture *f)
{
    options_deinit(&f->script);
    options_deinit(&f->all);
    scenario_list_deinit(&f->scenarios);
    err_deinit(&f->e);
}

static void no_options_give_one_iteration_of_one_vu(void **state)
{
    struct fixture f;
    assert_int_equal(consolidate(&f, ""), 0);
    assert_int_equal(f.scenarios.count, 1);
    assert_int_equal(f.scenarios.items[0].executor, EXECUTOR_PER_VU_ITERATIONS);
    assert_int_equal(f.scenarios.items[0].iterations, 1);
    drop(&f);
}

static void vus_alone_are_as_many_shared_iterations(void **state)
{
    struct fixture f;
    assert_int_equal(consolidate(&f, "{\"vus\": \"3\"}"), 0);
    assert_int_equal(f.scenarios.items[0].executor, EXECUTOR_SHARED_ITERATIONS);
    assert_int_equal(f.scenarios.items[0].iterations, 3);
    drop(&f);
}

static void wrong_types_are_refused_with_exit_code_104(void **state)
{
    static const char *const bad[] = {
        "{\"vus\": 1.5}",
        "{\"vus\": true}",
        "{\"iterations\": \"many\"}",
        "{\"noConnectionReuse\": \"yes\"}",
        "{\"tags\": [\"a\"]}",
        "{\"tags\": {\"a\": 5}}",
        "{\"stages\": {\"duration\": \"1s\"}}",
        "{\"stages\": [{\"duration\": \"1s\", \"target\": \"x\"}]}",
        "{\"summaryTrendStats\": \"avg\"}",
        "{\"systemTags\": \"url\"}",
        "{\"setupTimeout\": \"\"}",
        "{\"setupTimeout\": true}",
        "{\"setupTimeout\": 0}",
        "{\"thresholds\": {\"a\": \"p<1\"}}",
        "{\"scenarios\": {\"s\": {\"executor\": \"no\"}}}",
        "{\"scenarios\": {\"s\": {\"executor\": \"constant-vus\", \"iterations\": 3}}}",
        "{\"blacklistIPs\": [\"10.0.0.1\"]}",
        "{\"tlsVersion\": \"ssl3\"}",
        "{\"dns\": {\"policy\": \"never\"}}",
        "{\"iterations\": 2, \"scenarios\": {}}",
        "{\"stages\": [{\"duration\": \"1s\", \"target\": 1}], \"duration\": \"1s\"}",
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct fixture f;
        if (consolidate(&f, bad[i]) >= 0)
            fail_msg("accepted: %s", bad[i]);
        assert_int_equal(f.e.exit_code, EXIT_INVALID_CONFIG);
        assert_non_null(f.e.msg);
        drop(&f);
    }
}

static void a_later_source_replaces_the_execution_settings_of_earlier_ones(void **state)
{
    struct fixture f;
    memset(&f, 0, sizeof f);
    assert_int_equal(
        options_read_script(&f.script,
                            STR("{\"iterations\": 5, \"vus\": 2, \"tags\": {\"a\": \"1\"}}"), NULL,
                            &f.e),
        0);
    f.flags.duration = (struct opt_ns){true, INT64_C(2000000000)};
    struct options_sources sources = {.script = &f.script, .flags = &f.flags};
    assert_int_equal(options_consolidate(&f.all, &f.scenarios, &sources, NULL, &f.e), 0);
    assert_int_equal(f.scenarios.items[0].executor, EXECUTOR_CONSTANT_VUS);
    assert_int_equal(f.scenarios.items[0].vus, 2);
    assert_false(f.all.iterations.set);
    assert_int_equal(f.all.tags.count, 1);
    drop(&f);
}

static void the_name_of_the_executor_field_is_known_in_any_case(void **state)
{
    struct fixture f;
    assert_int_equal(consolidate(&f, "{\"scenarios\": {\"a\": {\"executor\": \"constant-vus\", "
                                     "\"EXECUTOR\": \"per-vu-iterations\"}}}"),
                     0);
    assert_int_equal(f.scenarios.items[0].executor, EXECUTOR_PER_VU_ITERATIONS);
    drop(&f);
}

static void scenario_values_are_judged_together(void **state)
{
    struct fixture f;
    assert_true(consolidate(&f, "{\"scenarios\": {\"a\": {\"executor\": \"constant-vus\", \"vus\": "
                                "0}, \"b c\": {\"executor\": "
                                "\"shared-iterations\", \"vus\": 5, \"iterations\": 2}}}") < 0);
    assert_non_null(strstr(f.e.msg, "scenario a has configuration errors: the number of VUs must "
                                    "be more than 0, the duration is unspecified"));
    assert_non_null(strstr(f.e.msg, "latin letters"));
    assert_non_null(
        strstr(f.e.msg, "the number of iterations (2) can't be less than the number of VUs (5)"));
    drop(&f);
}

static void the_environment_is_read_by_name(void **state)
{
    struct fixture f;
    memset(&f, 0, sizeof f);
    assert_int_equal(options_read_env(&f.env, no_env, NULL, &f.e), 0);
    assert_false(f.env.vus.set);
    drop(&f);
}

static const char *one_env(void *opaque, const char *name)
{
    const char *const *pair = opaque;
    return strcmp(name, pair[0]) == 0 ? pair[1] : NULL;
}

static int read_env(const char *name, const char *value, struct options *o, struct err *e)
{
    const char *pair[] = {name, value};
    return options_read_env(o, one_env, pair, e);
}

static void environment_values_have_their_types(void **state)
{
    struct options o;
    struct err e = {0};
    assert_int_equal(read_env("K6_STAGES", "1s:5,2m:0", &o, &e), 0);
    assert_int_equal(o.stages.count, 2);
    assert_int_equal(o.stages.v[0].target, 5);
    options_deinit(&o);
    assert_int_equal(read_env("K6_TAGS", "a:b,c:d", &o, &e), 0);
    assert_string_equal(o.tags.v[1].value, "d");
    options_deinit(&o);
    assert_true(read_env("K6_NO_SETUP", "1", &o, &e) < 0);
    assert_int_equal(e.exit_code, EXIT_INVALID_CONFIG);
    err_deinit(&e);
    options_deinit(&o);
    assert_int_equal(read_env("K6_VUS", "", &o, &e), 0);
    assert_false(o.vus.set);
    options_deinit(&o);
}

static void thresholds_come_as_a_list(void **state)
{
    struct fixture f;
    struct threshold_config *list;
    size_t count;
    assert_int_equal(consolidate(&f, "{\"thresholds\": {\"m\": [\"p(95)<1\", {\"threshold\": "
                                     "\"avg<2\", \"abortOnFail\": true, "
                                     "\"delayAbortEval\": \"5s\"}], \"n{a:b}\": []}}"),
                     0);
    assert_int_equal(options_thresholds(&f.all, &list, &count, &f.e), 0);
    assert_int_equal(count, 3);
    assert_string_equal(list[1].expr, "avg<2");
    assert_true(list[1].abort_on_fail);
    assert_true(list[1].delay_abort_ns == INT64_C(5000000000));
    assert_null(list[2].expr);
    mem_free(list);
    drop(&f);
}

static void hosts_and_networks_are_normalised(void **state)
{
    struct fixture f;
    assert_int_equal(
        consolidate(
            &f,
            "{\"hosts\": {\"Some.Host:80\": \"1.2.3.4:8080\", \"*.x\": \"::1\"}, \"blacklistIPs\": "
            "[\"10.1.2.3/8\"], \"tlsVersion\": \"tls1.2\"}"),
        0);
    assert_string_equal(json_get(f.all.hosts.v, "some.host:80")->text.p, "1.2.3.4:8080");
    assert_string_equal(json_get(f.all.hosts.v, "*.x")->text.p, "::1");
    assert_string_equal(f.all.blacklist_ips.v->items[0]->text.p, "10.0.0.0/8");
    assert_string_equal(json_get(f.all.tls_version.v, "min")->text.p, "tls1.2");
    drop(&f);
}

static void the_header_line_describes_a_scenario(void **state)
{
    struct fixture f;
    assert_int_equal(consolidate(&f, "{\"scenarios\": {\"s\": {\"executor\": "
                                     "\"per-vu-iterations\", \"vus\": 2, \"iterations\": 3, "
                                     "\"maxDuration\": \"1m\", \"exec\": \"go\"}}}"),
                     0);
    struct scenario_share half = {.vus = 1, .iterations = 3};
    char *text = scenario_describe(&f.scenarios.items[0], &half);
    assert_string_equal(
        text, "3 iterations for each of 1 VUs (maxDuration: 1m0s, exec: go, gracefulStop: 30s)");
    mem_free(text);
    drop(&f);
}

static char *shown(const char *script)
{
    struct fixture f = {0};
    struct buf out;
    buf_init(&out, 1 << 16);
    assert_int_equal(options_read_script(&f.script, str_of(script), NULL, &f.e), 0);
    struct json *all = options_to_json(&f.script, NULL);
    json_print(&out, all, 0);
    json_free(all);
    options_deinit(&f.script);
    char *text = buf_take(&out);
    buf_deinit(&out);
    return text;
}

static void check_shown(const char *script, const char *part)
{
    char *text = shown(script);
    if (strstr(text, part) == NULL)
        fail_msg("%s is not in %s", part, text);
    mem_free(text);
}

static void values_are_shown_as_k6_shows_them(void **state)
{
    check_shown("{\"executionSegment\": \"10%\"}", "\"executionSegment\":\"0:1/10\"");
    check_shown("{\"systemTags\": [\"nothing\"]}", "\"systemTags\":null");
    check_shown("{\"tlsCipherSuites\": []}", "\"tlsCipherSuites\":null");
    check_shown("{\"tags\": {\"b\": \"1\", \"a\": null}}", "\"tags\":{\"a\":\"\",\"b\":\"1\"}");
    check_shown("{\"hosts\": {\"a\": \"x\"}}", "\"hosts\":{\"a\":\"<nil>\"}");
    check_shown("{\"hosts\": {\"a\": \"::ffff:1.2.3.4\"}}", "{\"a\":\"1.2.3.4\"}");
    check_shown("{\"dns\": {\"TTL\": \"1s\", \"x\": 1}}",
                "\"dns\":{\"ttl\":\"1s\",\"select\":null,\"policy\":null}");
    check_shown("{\"thresholds\": {\"m\": [{\"threshold\": \"a<1\", \"delayAbortEval\": 5}]}}",
                "\"thresholds\":{\"m\":[\"a<1\"]}");
    check_shown("{\"thresholds\": {\"m\": [{\"abortOnFail\": true, \"DelayAbortEval\": 5}]}}",
                "[{\"threshold\":\"\",\"abortOnFail\":true,\"delayAbortEval\":\"5ms\"}]");
    check_shown("{\"thresholds\": {\"m\": null}}", "\"thresholds\":{\"m\":[]}");
    check_shown("{\"stages\": [null]}", "\"stages\":[{\"duration\":null,\"target\":null}]");
    check_shown("{\"cloud\": null}", "\"cloud\":null");
    check_shown("{\"blacklistIPs\": [\"::ffff:10.1.1.1/104\"]}", "[\"10.0.0.0/8\"]");
}

static void empty_variables_empty_lists(void **state)
{
    struct options o;
    struct err e = {0};
    assert_int_equal(read_env("K6_STAGES", "", &o, &e), 0);
    assert_true(o.stages.set && o.stages.count == 0);
    options_deinit(&o);
    assert_int_equal(read_env("K6_SUMMARY_TREND_STATS", " ", &o, &e), 0);
    assert_true(o.summary_trend_stats.set && o.summary_trend_stats.count == 0);
    options_deinit(&o);
    assert_int_equal(read_env("K6_BLOCK_HOSTNAMES", "", &o, &e), 0);
    assert_false(o.block_hostnames.set);
    options_deinit(&o);
    assert_int_equal(read_env("K6_THRESHOLDS", "http_reqs:x", &o, &e), 0);
    assert_int_equal(json_get(o.thresholds.v, "http_reqs")->len, 0);
    options_deinit(&o);
    assert_true(read_env("K6_DNS", "", &o, &e) < 0);
    options_deinit(&o);
    err_deinit(&e);
}

static void a_config_file_sets_the_program_too(void **state)
{
    struct options o;
    struct json *v = json_parse(STR("{\"out\": [\"json=x\"], \"linger\": true, \"nothing\": 1, "
                                    "\"collectors\": {\"csv\": {}}, \"VUS\": 2}"),
                                NULL);
    assert_int_equal(options_read_config_file(&o, v, NULL), 0);
    assert_string_equal(o.out.v[0], "json=x");
    assert_true(o.linger.v);
    assert_int_equal(o.vus.v, 2);
    assert_non_null(json_get(o.collectors.v, "csv"));
    options_deinit(&o);
    json_free(v);
    assert_int_equal(options_read_script(&o, STR("{\"linger\": \"x\"}"), NULL, NULL), 0);
    assert_false(o.linger.set); /* unknown there, not wrong */
    options_deinit(&o);
}

static void a_segment_must_be_in_its_sequence(void **state)
{
    struct fixture f;
    assert_int_equal(consolidate(&f, "{\"executionSegment\": \"50%:1\", "
                                     "\"executionSegmentSequence\": \"0,1/2,1\"}"),
                     0);
    drop(&f);
    assert_true(consolidate(&f, "{\"executionSegment\": \"0:1/3\", "
                                "\"executionSegmentSequence\": \"0,1/2,1\"}") < 0);
    assert_int_equal(f.e.exit_code, EXIT_INVALID_CONFIG);
    drop(&f);
    assert_true(consolidate(&f, "{\"executionSegmentSequence\": \"\"}") < 0);
    drop(&f);
}

static void tags_of_all_sources_add_up_when_asked_to(void **state)
{
    struct fixture f = {0};
    struct options_sources sources = {.script = &f.script, .env = &f.env, .merges_tags = true};
    assert_int_equal(options_read_script(&f.script, STR("{\"tags\": {\"a\": \"1\", \"b\": \"1\"}}"),
                                         NULL, &f.e),
                     0);
    assert_int_equal(read_env("K6_TAGS", "b:2,c:2", &f.env, &f.e), 0);
    assert_int_equal(options_consolidate(&f.all, &f.scenarios, &sources, NULL, &f.e), 0);
    assert_int_equal(f.all.tags.count, 3);
    assert_string_equal(f.all.tags.v[1].value, "2");
    options_deinit(&f.env);
    drop(&f);
}

static void a_bad_dns_time_is_found_last(void **state)
{
    struct fixture f;
    assert_int_equal(consolidate(&f, "{\"dns\": {\"ttl\": \"soon\"}}"), 0);
    assert_true(options_check_dns_ttl(&f.all, &f.e) < 0);
    assert_int_equal(f.e.exit_code, EXIT_GENERIC);
    drop(&f);
}

static void the_corpus_is_clean(void **state)
{
    fuzz_replay("options", options_fuzz_one);
}

/* clang-format off */
TEST_SUITE(options){
    TEST(the_corpus_is_clean)
    TEST(no_options_give_one_iteration_of_one_vu)
    TEST(vus_alone_are_as_many_shared_iterations)
    TEST(wrong_types_are_refused_with_exit_code_104)
    TEST(a_later_source_replaces_the_execution_settings_of_earlier_ones)
    TEST(the_name_of_the_executor_field_is_known_in_any_case)
    TEST(scenario_values_are_judged_together)
    TEST(the_environment_is_read_by_name)
    TEST(environment_values_have_their_types)
    TEST(thresholds_come_as_a_list)
    TEST(hosts_and_networks_are_normalised)
    TEST(the_header_line_describes_a_scenario)
    TEST(values_are_shown_as_k6_shows_them)
    TEST(empty_variables_empty_lists)
    TEST(a_config_file_sets_the_program_too)
    TEST(a_segment_must_be_in_its_sequence)
    TEST(tags_of_all_sources_add_up_when_asked_to)
    TEST(a_bad_dns_time_is_found_last)
    TEST_END
};
