/* sink.c - adding samples up by metric type, and the statistics read from the sums. Knows no tags
 * and no clock. Used by the shards (adding), the engine (merging), thresholds and summary
 * (reading).
 * Source: k6 docs, "Metrics" and "Thresholds". Tests: sink_test.c */
#include "metrics/sink.h"

#include <math.h>
#include <string.h>

#include "base/err.h"
#include "metrics/threshold_number.h"

void sink_init(struct sink *s, enum metric_type type)
{
    memset(s, 0, sizeof *s);
    s->type = type;
    if (type == METRIC_TREND)
        s->hist = hist_new();
}

void sink_deinit(struct sink *s)
{
    hist_free(s->hist);
    s->hist = NULL;
}

void sink_reset(struct sink *s)
{
    struct hist *hist = s->hist;
    enum metric_type type = s->type;
    memset(s, 0, sizeof *s);
    s->type = type;
    s->hist = hist;
    if (hist != NULL)
        hist_reset(hist);
}

static void gauge_add(struct sink *s, double value, int64_t time_ns)
{
    if (s->count == 0 || value < s->min)
        s->min = value;
    if (s->count == 0 || value > s->max)
        s->max = value;
    s->value = value;
    s->last_ns = time_ns;
}

void sink_add(struct sink *s, double value, int64_t time_ns)
{
    switch (s->type) {
    case METRIC_TREND:
        hist_add(s->hist, value);
        break;
    case METRIC_COUNTER:
        s->value += value;
        if (s->count == 0)
            s->first_ns = time_ns;
        break;
    case METRIC_RATE:
        s->trues += value != 0;
        break;
    case METRIC_GAUGE:
        gauge_add(s, value, time_ns);
        break;
    }
    s->count++;
}

static void gauge_merge(struct sink *into, const struct sink *from)
{
    bool was_empty = into->count == 0;
    if (was_empty || from->min < into->min)
        into->min = from->min;
    if (was_empty || from->max > into->max)
        into->max = from->max;
    if (was_empty || from->last_ns >= into->last_ns) {
        into->value = from->value;
        into->last_ns = from->last_ns;
    }
}

void sink_merge(struct sink *into, const struct sink *from)
{
    CHECK(into->type == from->type);
    if (from->count == 0)
        return;
    switch (from->type) {
    case METRIC_TREND:
        hist_merge(into->hist, from->hist);
        break;
    case METRIC_COUNTER:
        into->value += from->value;
        if (into->count == 0 || from->first_ns < into->first_ns)
            into->first_ns = from->first_ns;
        break;
    case METRIC_RATE:
        into->trues += from->trues;
        break;
    case METRIC_GAUGE:
        gauge_merge(into, from);
        break;
    }
    into->count += from->count;
}

bool sink_is_empty(const struct sink *s)
{
    return s->count == 0;
}

bool sink_parse_percentile(struct str name, double *out)
{
    if (!str_starts(name, "p(") || !str_ends(name, ")"))
        return false;
    struct str inner = {name.p + 2, name.len - 3};
    double p;
    if (threshold_number_parse(inner, &p) < 0 || isnan(p) || p < 0 || p > 100)
        return false;
    *out = p;
    return true;
}

bool sink_trend_stat_is_valid(struct str name)
{
    double p;
    return str_eqs(name, "avg") || str_eqs(name, "min") || str_eqs(name, "med") ||
           str_eqs(name, "max") || str_eqs(name, "count") || sink_parse_percentile(name, &p);
}

static int trend_stat(const struct sink *s, struct str name, double *out)
{
    double p;
    if (str_eqs(name, "avg"))
        *out = hist_avg(s->hist);
    else if (str_eqs(name, "min"))
        *out = hist_min(s->hist);
    else if (str_eqs(name, "max"))
        *out = hist_max(s->hist);
    else if (str_eqs(name, "med"))
        *out = hist_quantile(s->hist, 0.5);
    else if (str_eqs(name, "count"))
        *out = (double)hist_count(s->hist);
    else if (str_eqs(name, "sum"))
        *out = hist_sum(s->hist);
    else if (sink_parse_percentile(name, &p))
        *out = hist_quantile(s->hist, p / 100);
    else
        return ERR_INVALID;
    return 0;
}

static int counter_stat(const struct sink *s, struct str name, int64_t duration_ns, double *out)
{
    if (str_eqs(name, "count"))
        *out = s->value;
    else if (str_eqs(name, "rate"))
        *out = duration_ns > 0 ? s->value / ((double)duration_ns / 1e9) : 0;
    else
        return ERR_INVALID;
    return 0;
}

static int rate_stat(const struct sink *s, struct str name, double *out)
{
    if (str_eqs(name, "rate"))
        *out = s->count > 0 ? (double)s->trues / (double)s->count : 0;
    else if (str_eqs(name, "passes"))
        *out = (double)s->trues;
    else if (str_eqs(name, "fails"))
        *out = (double)(s->count - s->trues);
    else
        return ERR_INVALID;
    return 0;
}

static int gauge_stat(const struct sink *s, struct str name, double *out)
{
    if (str_eqs(name, "value"))
        *out = s->value;
    else if (str_eqs(name, "min"))
        *out = s->min;
    else if (str_eqs(name, "max"))
        *out = s->max;
    else
        return ERR_INVALID;
    return 0;
}

int sink_stat(const struct sink *s, struct str name, int64_t duration_ns, double *out)
{
    switch (s->type) {
    case METRIC_TREND:
        return trend_stat(s, name, out);
    case METRIC_COUNTER:
        return counter_stat(s, name, duration_ns, out);
    case METRIC_RATE:
        return rate_stat(s, name, out);
    case METRIC_GAUGE:
        return gauge_stat(s, name, out);
    }
    return ERR_INVALID;
}
