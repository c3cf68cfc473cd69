/* thresholds.h - threshold expressions: "p(95)<200", "rate>=0.9", "count==0". Parsing and judging,
 * nothing else.
 * Source: k6 docs, "Thresholds". Tests: thresholds_test.c, fuzz/threshold_fuzz.c */
#ifndef C6_THRESHOLDS_H
#define C6_THRESHOLDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "metrics/sink.h"

enum threshold_op {
    OP_LESS,
    OP_LESS_EQ,
    OP_GREATER,
    OP_GREATER_EQ,
    OP_EQUAL,
    OP_STRICT_EQUAL,
    OP_NOT_EQUAL
};

struct threshold {
    char *source;         /* as written */
    char *stat;           /* "p(95)", "rate", ... */
    bool is_percentile;
    double percentile;    /* 0 to 100 */
    enum threshold_op op;
    double value;
    bool abort_on_fail;
    int64_t delay_abort_ns;
    bool last_failed;     /* of the latest evaluation */
    bool has_observed;
    double observed;      /* the statistic at the latest evaluation */
};

/* Those of one metric or submetric. */
struct thresholds {
    struct threshold *items;
    size_t count;
    bool is_judged; /* evaluated at least once */
    bool is_failed; /* one of them failed at the latest evaluation */
};

/* Fills t; source is copied. Error texts are k6's, exit code 104 (invalid config). */
int threshold_parse(struct threshold *t, struct str source, struct err *e);
void threshold_deinit(struct threshold *t);
/* Does a metric of this type have that statistic? k6's message, with the metric's name, in e. */
int threshold_check_type(const struct threshold *t, const char *metric_name, enum metric_type type,
                         struct err *e);
/* Judges one against a sink (NULL or empty: counters, gauges and trends count as 0, rates hold).
 * True when it holds. elapsed_ns: since the test began, for counter rates. */
bool threshold_judge(struct threshold *t, const struct sink *s, enum metric_type type,
                     int64_t elapsed_ns);

void thresholds_free(struct thresholds *ts);

#endif
