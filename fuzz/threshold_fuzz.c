/* threshold_fuzz.c - fuzz driver of threshold expressions and submetric names. The input is both,
 * cut at the first newline: a name, then an expression. Corpus: fuzz/corpus/threshold. Replayed by
 * thresholds_test.c */
#include <math.h>
#include <stdint.h>

#include "base/mem.h"
#include "metrics/metrics_engine.h"
#include "base/buf.h"
#include "metrics/thresholds.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What parses is whole and can be judged; what doesn't has a text and leaves nothing behind. */
static void try_expression(struct str text)
{
    struct threshold t;
    struct err e = {0};
    if (threshold_parse(&t, text, &e) == 0) {
        struct sink s;
        CHECK(t.stat != NULL && t.source != NULL);
        CHECK(!t.is_percentile || (t.percentile >= 0 && t.percentile <= 100));
        for (int type = METRIC_COUNTER; type <= METRIC_RATE; type++) {
            sink_init(&s, (enum metric_type)type);
            sink_add(&s, 5, 1);
            if (threshold_check_type(&t, "m", (enum metric_type)type, NULL) == 0) {
                bool holds = threshold_judge(&t, &s, (enum metric_type)type, 1000);
                CHECK(t.has_observed && t.last_failed == !holds);
            }
            threshold_judge(&t, NULL, (enum metric_type)type, 0);
            sink_deinit(&s);
        }
    } else {
        CHECK(e.msg != NULL && e.exit_code == EXIT_INVALID_CONFIG);
        CHECK(t.stat == NULL && t.source == NULL);
    }
    threshold_deinit(&t);
    err_deinit(&e);
}

/* A submetric found again by its own name is the same one. */
static void try_name(struct str name)
{
    struct metric_registry *r = metric_registry_new();
    struct submetric *sub, *again;
    struct str base, suffix;
    struct err e = {0};
    if (metric_split_name(name, &base, &suffix, &e) == 0)
        CHECK(suffix.p == NULL || base.len + suffix.len + 2 == name.len);
    else
        CHECK(e.msg != NULL);
    if (metric_add_submetric(r, name, &sub, &e) == 0) {
        CHECK(sub->parent->submetric_count == 1);
        CHECK(metric_add_submetric(r, name, &again, NULL) == 0 && again == sub);
    }
    metric_name_is_valid(name);
    sink_trend_stat_is_valid(name);
    char *quoted = buf_quote(name);
    CHECK(quoted[0] == '"');
    mem_free(quoted);
    err_deinit(&e);
    metric_registry_free(r);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str text = {(const char *)data, size};
    struct str name, expression;
    if (!str_cut(text, '\n', &name, &expression))
        expression = text;
    try_name(name);
    try_expression(expression);
    return 0;
}
