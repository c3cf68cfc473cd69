/* thresholds.c - parsing and judging threshold expressions. Knows no metric registry and no clock.
 * Used by the metrics engine before the run (parsing) and at each evaluation.
 * Source: k6 docs, "Thresholds"; the texts of the errors are what users of k6 search for.
 * Tests: thresholds_test.c, fuzz/threshold_fuzz.c */
#include "metrics/thresholds.h"

#include <math.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "metrics/threshold_number.h"

/* Tried in this order: one that begins another comes after it. */
static const struct {
    const char *text;
    enum threshold_op op;
} ops[] = {
    {"<=", OP_LESS_EQ},       {"<", OP_LESS},   {">=", OP_GREATER_EQ}, {">", OP_GREATER},
    {"===", OP_STRICT_EQUAL}, {"==", OP_EQUAL}, {"!=", OP_NOT_EQUAL},
};

/* Cuts at the first operator of the list that has something to its right. */
static bool split_expression(struct str source, struct str *left, enum threshold_op *op,
                             struct str *right)
{
    for (size_t i = 0; i < sizeof ops / sizeof ops[0]; i++) {
        ptrdiff_t at = str_finds(source, ops[i].text);
        size_t op_len = strlen(ops[i].text);
        if (at < 0 || (size_t)at + op_len == source.len)
            continue;
        *left = str_trim((struct str){source.p, (size_t)at});
        *right = str_trim((struct str){source.p + at + op_len, source.len - (size_t)at - op_len});
        *op = ops[i].op;
        return true;
    }
    return false;
}

static bool is_plain_stat(struct str s)
{
    static const char *const names[] = {"value", "count", "rate", "avg", "min", "med", "max", "p"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (str_eqs(s, names[i]))
            return true;
    return false;
}

/* The statistic left of the operator. A bare "p" is taken for p(0), as in k6. */
static int parse_stat(struct threshold *t, struct str left, const char *quoted, struct err *e)
{
    if (is_plain_stat(left)) {
        t->is_percentile = str_eqs(left, "p");
    } else if (str_starts(left, "p(") && str_ends(left, ")")) {
        struct str inner = {left.p + 2, left.len - 3};
        if (threshold_number_parse(inner, &t->percentile) < 0)
            return err_set(e, ERR_INVALID,
                           "failed parsing threshold expression's %s left hand side; reason: "
                           "malformed percentile value; "
                           "reason: \"%.*s\" is not a number",
                           quoted, (int)inner.len, inner.p);
        if (isnan(t->percentile) || t->percentile < 0 || t->percentile > 100)
            return err_set(e, ERR_INVALID,
                           "failed parsing threshold expression's %s left hand side; reason: "
                           "malformed percentile value, "
                           "provide a number between 0 and 100",
                           quoted);
        t->is_percentile = true;
    } else {
        return err_set(e, ERR_INVALID,
                       "failed parsing threshold expression's %s left hand side; reason: failed "
                       "parsing method from expression",
                       quoted);
    }
    t->stat = mem_strndup(left.p, left.len);
    return 0;
}

int threshold_parse(struct threshold *t, struct str source, struct err *e)
{
    memset(t, 0, sizeof *t);
    char *quoted = buf_quote(source);
    struct str left, right;
    int rc;
    if (!split_expression(source, &left, &t->op, &right)) {
        rc = err_set(
            e, ERR_INVALID,
            "failed parsing threshold expression %s; reason: malformed threshold expression",
            quoted);
        goto done;
    }
    rc = parse_stat(t, left, quoted, e);
    if (rc < 0)
        goto done;
    rc = threshold_number_parse(right, &t->value);
    if (rc < 0) {
        /* The slip of the pen is k6's. */
        rc = err_set(e, ERR_INVALID,
                     "failed parsing threshold expresion's %s right hand side; reason: \"%.*s\" %s",
                     quoted, (int)right.len, right.p,
                     rc == ERR_TOO_LARGE ? "is out of range" : "is not a number");
        goto done;
    }
    t->source = mem_strndup(source.p, source.len);
done:
    mem_free(quoted);
    if (rc < 0) {
        err_set_exit(e, EXIT_INVALID_CONFIG);
        threshold_deinit(t);
    }
    return rc;
}

void threshold_deinit(struct threshold *t)
{
    mem_free(t->source);
    mem_free(t->stat);
    t->source = t->stat = NULL;
}

void thresholds_free(struct thresholds *ts)
{
    if (ts == NULL)
        return;
    for (size_t i = 0; i < ts->count; i++)
        threshold_deinit(&ts->items[i]);
    mem_free(ts->items);
    mem_free(ts);
}

/* The statistics thresholds may name, by type; in the order k6's message lists them. */
static const char *const *stats_of(enum metric_type type)
{
    static const char *const counter[] = {"count", "rate", NULL};
    static const char *const gauge[] = {"value", NULL};
    static const char *const rate[] = {"rate", NULL};
    static const char *const trend[] = {"avg", "min", "max", "med", "p", NULL};
    switch (type) {
    case METRIC_COUNTER:
        return counter;
    case METRIC_GAUGE:
        return gauge;
    case METRIC_RATE:
        return rate;
    case METRIC_TREND:
        return trend;
    }
    return NULL;
}

int threshold_check_type(const struct threshold *t, const char *metric_name, enum metric_type type,
                         struct err *e)
{
    const char *const *known = stats_of(type);
    const char *stat = t->is_percentile ? "p" : t->stat;
    struct buf list;
    buf_init(&list, 256);
    bool is_known = false;
    for (size_t i = 0; known[i] != NULL; i++) {
        is_known = is_known || strcmp(known[i], stat) == 0;
        buf_addf(&list, "%s%s", i == 0 ? "" : ", ", known[i]);
    }
    int rc = 0;
    if (!is_known) {
        char *quoted = buf_quote(str_of(t->source));
        rc = err_set(e, ERR_INVALID,
                     "invalid threshold %s applied on metric %s; reason: unsupported aggregation "
                     "method %s on metric of type %s. "
                     "supported aggregation methods for this metric are: %s",
                     quoted, metric_name, stat, metric_type_name(type), list.data);
        err_set_exit(e, EXIT_INVALID_CONFIG);
        mem_free(quoted);
    }
    buf_deinit(&list);
    return rc;
}

/* The statistic now; false when there is none yet, and the threshold holds. */
static bool observe(const struct threshold *t, const struct sink *s, enum metric_type type,
                    int64_t elapsed_ns, double *out)
{
    bool is_empty = s == NULL || sink_is_empty(s);
    if (type == METRIC_RATE && is_empty)
        return false;
    if (type == METRIC_COUNTER && elapsed_ns <= 0 && strcmp(t->stat, "rate") == 0)
        return false;
    *out = 0;
    if (is_empty)
        return true;
    if (t->is_percentile) {
        if (type != METRIC_TREND)
            return false;
        *out = hist_quantile(s->hist, t->percentile / 100);
        return true;
    }
    return sink_stat(s, str_of(t->stat), elapsed_ns, out) == 0;
}

static bool compare(enum threshold_op op, double left, double right)
{
    switch (op) {
    case OP_LESS:
        return left < right;
    case OP_LESS_EQ:
        return left <= right;
    case OP_GREATER:
        return left > right;
    case OP_GREATER_EQ:
        return left >= right;
    case OP_EQUAL:
    case OP_STRICT_EQUAL:
        return left == right;
    case OP_NOT_EQUAL:
        return left != right;
    }
    return false;
}

bool threshold_judge(struct threshold *t, const struct sink *s, enum metric_type type,
                     int64_t elapsed_ns)
{
    t->has_observed = observe(t, s, type, elapsed_ns, &t->observed);
    bool holds = !t->has_observed || compare(t->op, t->observed, t->value);
    t->last_failed = !holds;
    return holds;
}
