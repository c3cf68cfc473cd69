/* sink.h - what is kept of a metric's samples, by type. Fields are read freely; change only through
 * the functions. One owner at a time; no locks. Source: k6 docs, "Metrics". Tests: sink_test.c */
#ifndef C6_SINK_H
#define C6_SINK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"
#include "metrics/hist.h"
#include "metrics/metric.h"

struct sink {
    enum metric_type type;
    uint64_t count;      /* samples seen (rate: total) */
    double value;        /* counter: sum; gauge: last */
    double min, max;     /* gauge */
    uint64_t trues;      /* rate: non-zero samples */
    int64_t first_ns;    /* counter: time of the first sample */
    int64_t last_ns;     /* gauge: time of the value, so that merging keeps the newest */
    struct hist *hist;   /* trend */
};

void sink_init(struct sink *s, enum metric_type type);
void sink_deinit(struct sink *s);
void sink_reset(struct sink *s);
void sink_add(struct sink *s, double value, int64_t time_ns);
void sink_merge(struct sink *into, const struct sink *from); /* of the same type */
bool sink_is_empty(const struct sink *s);

/* One statistic by name, as thresholds and summaryTrendStats name them. counter: count, rate;
 * gauge: value, min, max; rate: rate, passes, fails; trend: avg, min, med, max, count, sum, p(N).
 * duration_ns: length of the test so far (for counter rates). An empty sink has 0 everywhere. 0, or
 * ERR_INVALID when the type has none such. */
int sink_stat(const struct sink *s, struct str name, int64_t duration_ns, double *out);

/* Is it a statistic that summaryTrendStats may name ("avg", "p(99.9)", ...)? "sum" is not. */
bool sink_trend_stat_is_valid(struct str name);
/* "p(99.9)" -> 99.9. False for anything else, also outside of 0 to 100. */
bool sink_parse_percentile(struct str name, double *out);

#endif
