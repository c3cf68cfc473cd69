/* thresholds_test.c - threshold expressions: what parses, what is refused and with which words, how
 * they are judged. */
#include "metrics/thresholds.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "metrics/threshold_number.h"
#include "fuzz_replay.h"
#include "test.h"

#define LLVMFuzzerTestOneInput threshold_fuzz_one
#include "../../fuzz/threshold_fuzz.c"

static void parses_statistic_operator_and_value(void **state)
{
    (void)state;
    static const struct {
        const char *text, *stat;
        enum threshold_op op;
        double value;
    } cases[] = {
        {"p(95)<200", "p(95)", OP_LESS, 200},     {" p(99.9) <= 1e3 ", "p(99.9)", OP_LESS_EQ, 1000},
        {"rate>0.9", "rate", OP_GREATER, 0.9},    {"rate >= .5", "rate", OP_GREATER_EQ, 0.5},
        {"count==0", "count", OP_EQUAL, 0},       {"count===-3", "count", OP_STRICT_EQUAL, -3},
        {"value!=5.", "value", OP_NOT_EQUAL, 5},  {"med<1_000", "med", OP_LESS, 1000},
        {"max<0x10p1", "max", OP_LESS, 32},       {"avg<+1", "avg", OP_LESS, 1},
        {"min>-Inf", "min", OP_GREATER, -INFINITY}, {"p<1", "p", OP_LESS, 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct threshold t;
        struct err e = {0};
        assert_int_equal(threshold_parse(&t, str_of(cases[i].text), &e), 0);
        assert_string_equal(t.source, cases[i].text);
        assert_string_equal(t.stat, cases[i].stat);
        assert_int_equal(t.op, cases[i].op);
        assert_true(t.value == cases[i].value);
        threshold_deinit(&t);
    }
}

static void says_what_is_wrong_with_an_expression(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"", "failed parsing threshold expression \"\"; reason: malformed threshold expression"},
        {"avg",
         "failed parsing threshold expression \"avg\"; reason: malformed threshold expression"},
        {"avg<",
         "failed parsing threshold expression \"avg<\"; reason: malformed threshold expression"},
        {"a\"\n", "failed parsing threshold expression \"a\\\"\\n\"; reason: malformed threshold "
                  "expression"},
        {"foo<1", "failed parsing threshold expression's \"foo<1\" left hand side; reason: failed "
                  "parsing method from expression"},
        {"!=5", "failed parsing threshold expression's \"!=5\" left hand side; reason: failed "
                "parsing method from expression"},
        {"avg=<1", "failed parsing threshold expression's \"avg=<1\" left hand side; reason: "
                   "failed parsing method from expression"},
        {"p(101)<1", "failed parsing threshold expression's \"p(101)<1\" left hand side; reason: "
                     "malformed percentile value, provide a "
                     "number between 0 and 100"},
        {"p(x)<1", "failed parsing threshold expression's \"p(x)<1\" left hand side; reason: "
                   "malformed percentile value; reason: \"x\" is "
                   "not a number"},
        {"avg<abc", "failed parsing threshold expresion's \"avg<abc\" right hand side; reason: "
                    "\"abc\" is not a number"},
        {"avg<1 && max<2", "failed parsing threshold expresion's \"avg<1 && max<2\" right hand "
                           "side; reason: \"1 && max<2\" is not a number"},
        {"avg<1e999", "failed parsing threshold expresion's \"avg<1e999\" right hand side; reason: "
                      "\"1e999\" is out of range"},
        {"avg<=", "failed parsing threshold expresion's \"avg<=\" right hand side; reason: \"=\" "
                  "is not a number"},
        {"avg< ", "failed parsing threshold expresion's \"avg< \" right hand side; reason: \"\" is "
                  "not a number"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct threshold t;
        struct err e = {0};
        assert_int_equal(threshold_parse(&t, str_of(cases[i][0]), &e), ERR_INVALID);
        assert_string_equal(e.msg, cases[i][1]);
        assert_int_equal(e.exit_code, EXIT_INVALID_CONFIG);
        err_deinit(&e);
    }
}

static void reads_numbers_as_scripts_write_them(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",    " ",    "1 ",   "1e",      "e1",  ".",    "+",     "1_",  "_1",  "1__0", "0x",
        "0x1", "0xp1", "0x1p", "0x1p+-1", "1,5", "12px", "infin", "0b1", "--1", "+nan", "1.2.3"};
    double value;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        if (threshold_number_parse(str_of(bad[i]), &value) != ERR_INVALID)
            fail_msg("%s is taken", bad[i]);
    assert_int_equal(threshold_number_parse(STR("-1e999"), &value), ERR_TOO_LARGE);
    assert_int_equal(threshold_number_parse(STR("1e-999"), &value), 0);
    assert_true(value == 0);
    assert_int_equal(threshold_number_parse(STR("-0x1.8p+1"), &value), 0);
    assert_true(value == -3);
    assert_int_equal(threshold_number_parse(STR("NaN"), &value), 0);
    assert_true(isnan(value));
    assert_int_equal(threshold_number_parse(STR("0.1"), &value), 0);
    assert_true(value == 0.1);
}

static void a_type_refuses_statistics_it_has_not(void **state)
{
    (void)state;
    struct threshold t;
    struct err e = {0};
    assert_int_equal(threshold_parse(&t, STR("p(95)<1"), &e), 0);
    assert_int_equal(threshold_check_type(&t, "tt", METRIC_TREND, &e), 0);
    assert_int_equal(threshold_check_type(&t, "iterations", METRIC_COUNTER, &e), ERR_INVALID);
    assert_string_equal(
        e.msg,
        "invalid threshold \"p(95)<1\" applied on metric iterations; reason: unsupported "
        "aggregation method p on "
        "metric of type counter. supported aggregation methods for this metric are: count, rate");
    assert_int_equal(e.exit_code, EXIT_INVALID_CONFIG);
    threshold_deinit(&t);
    assert_int_equal(threshold_parse(&t, STR("count<1"), &e), 0);
    assert_int_equal(threshold_check_type(&t, "tt", METRIC_TREND, &e), ERR_INVALID);
    assert_int_equal(threshold_check_type(&t, "rr", METRIC_RATE, &e), ERR_INVALID);
    assert_int_equal(threshold_check_type(&t, "gg", METRIC_GAUGE, &e), ERR_INVALID);
    assert_int_equal(threshold_check_type(&t, "cc", METRIC_COUNTER, &e), 0);
    threshold_deinit(&t);
    err_deinit(&e);
}

static bool judge(const char *text, const struct sink *s, enum metric_type type, int64_t elapsed_ns)
{
    struct threshold t;
    assert_int_equal(threshold_parse(&t, str_of(text), NULL), 0);
    bool holds = threshold_judge(&t, s, type, elapsed_ns);
    assert_int_equal(t.last_failed, !holds);
    threshold_deinit(&t);
    return holds;
}

static void every_operator_compares(void **state)
{
    (void)state;
    struct sink s;
    sink_init(&s, METRIC_GAUGE);
    sink_add(&s, 5, 0);
    static const struct {
        const char *text;
        bool holds;
    } cases[] = {{"value<5", false},  {"value<=5", true},   {"value>5", false},
                 {"value>=5", true},  {"value==5", true},   {"value===5", true},
                 {"value!=5", false}, {"value < 6", true},  {"value>-1", true},
                 {"value<1e3", true}, {"value!=nan", true}, {"value<inf", true}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_int_equal(judge(cases[i].text, &s, METRIC_GAUGE, 1), cases[i].holds);
    sink_deinit(&s);
}

static void judges_trends_and_counters(void **state)
{
    (void)state;
    struct sink s;
    sink_init(&s, METRIC_TREND);
    for (int i = 1; i <= 10; i++)
        sink_add(&s, i, 0);
    assert_true(judge("p(90)==9.1", &s, METRIC_TREND, 1));
    assert_true(judge("p<2", &s, METRIC_TREND, 1));
    assert_false(judge("p(50)>6", &s, METRIC_TREND, 1));
    assert_true(judge("avg==5.5", &s, METRIC_TREND, 1));
    sink_deinit(&s);
    sink_init(&s, METRIC_COUNTER);
    sink_add(&s, 10, 0);
    assert_true(judge("rate==5", &s, METRIC_COUNTER, 2000000000));
    assert_true(judge("rate>1000", &s, METRIC_COUNTER, 0)); /* no time has passed: no rate yet */
    assert_false(judge("count<10", &s, METRIC_COUNTER, 0));
    sink_deinit(&s);
}

static void without_samples_rates_hold_and_the_rest_is_zero(void **state)
{
    (void)state;
    assert_true(judge("rate>0.9", NULL, METRIC_RATE, 1));
    assert_true(judge("rate<0.1", NULL, METRIC_RATE, 1));
    assert_false(judge("count>0", NULL, METRIC_COUNTER, 1));
    assert_true(judge("count==0", NULL, METRIC_COUNTER, 1));
    assert_true(judge("p(95)<500", NULL, METRIC_TREND, 1));
    assert_false(judge("avg>1", NULL, METRIC_TREND, 1));
    assert_true(judge("value<5", NULL, METRIC_GAUGE, 1));
}

static void the_corpus_is_clean(void **state)
{
    (void)state;
    fuzz_replay("threshold", threshold_fuzz_one);
}

TEST_SUITE(thresholds)
{
    TEST(parses_statistic_operator_and_value)
    TEST(says_what_is_wrong_with_an_expression)
    TEST(reads_numbers_as_scripts_write_them)
    TEST(a_type_refuses_statistics_it_has_not)
    TEST(every_operator_compares)
    TEST(judges_trends_and_counters)
    TEST(without_samples_rates_hold_and_the_rest_is_zero)
    TEST(the_corpus_is_clean)
    TEST_END
};
