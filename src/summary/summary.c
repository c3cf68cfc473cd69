/* summary.c - copying what the summary shows out of the metrics engine. Knows no text and no JSON:
 * summary_text.c and summary_json.c write what is copied here. Runs once, at the end, on the main
 * thread; takes the engine's lock while it copies.
 * Source: k6 docs, "End of test". Tests: summary_test.c */
#include "summary/summary.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "metrics/sink.h"
#include "metrics/thresholds.h"
#include "summary/summary_int.h"
#include "summary/summary_order.h"

/* From how many starts on, and from which p(95) on, iteration_start_lag is shown unasked. */
enum { START_LAG_MIN_COUNT = 100, START_LAG_HIGH_MS = 10 };

bool summary_mode_parse(const char *text, enum summary_mode *out)
{
    if (strcmp(text, "compact") == 0 || text[0] == '\0')
        *out = SUMMARY_MODE_COMPACT;
    else if (strcmp(text, "full") == 0)
        *out = SUMMARY_MODE_FULL;
    else if (strcmp(text, "disabled") == 0)
        *out = SUMMARY_MODE_DISABLED;
    else
        return false;
    return true;
}

/* ---- metrics ---- */

/* Names that begin like a built-in metric's go where that goes, as in k6; tried in this order. */
static const struct {
    const char *prefix;
    enum summary_section section;
    bool is_full_only; /* the detail of a request: left out of the compact text */
} sections[] = {
    {"checks", SECTION_SKIPPED, false},
    {"group_duration", SECTION_SKIPPED, false},
    {"http_req_blocked", SECTION_HTTP, true},
    {"http_req_connecting", SECTION_HTTP, true},
    {"http_req_receiving", SECTION_HTTP, true},
    {"http_req_sending", SECTION_HTTP, true},
    {"http_req_tls_handshaking", SECTION_HTTP, true},
    {"http_req_waiting", SECTION_HTTP, true},
    {"http_reqs", SECTION_HTTP, false},
    {"http_req_failed", SECTION_HTTP, false},
    {"http_req_duration", SECTION_HTTP, false},
    {"vus", SECTION_EXECUTION, false},
    {"iterations", SECTION_EXECUTION, false},
    {"iteration_duration", SECTION_EXECUTION, false},
    {"dropped_iterations", SECTION_EXECUTION, false},
    {"iteration_start_lag", SECTION_EXECUTION, false},
    {"data_sent", SECTION_NETWORK, false},
    {"data_received", SECTION_NETWORK, false},
    {"browser_web_vital_", SECTION_WEB_VITALS, false},
    {"browser_", SECTION_BROWSER, false},
    {"grpc_", SECTION_GRPC, false},
    {"ws_", SECTION_WEBSOCKET, false},
};

static enum summary_section section_of(const char *name, enum summary_mode mode)
{
    for (size_t i = 0; i < sizeof sections / sizeof sections[0]; i++) {
        if (!str_starts(str_of(name), sections[i].prefix))
            continue;
        return sections[i].is_full_only && mode != SUMMARY_MODE_FULL ? SECTION_SKIPPED
                                                                     : sections[i].section;
    }
    return SECTION_CUSTOM;
}

static void put_value(struct summary_metric *m, const char *name, double value)
{
    m->values = mem_realloc(m->values, (m->value_count + 1) * sizeof *m->values);
    m->values[m->value_count++] = (struct summary_value){mem_strdup(name), value};
}

static bool has_value(const struct summary_metric *m, const char *name)
{
    for (size_t i = 0; i < m->value_count; i++)
        if (strcmp(m->values[i].name, name) == 0)
            return true;
    return false;
}

double summary_value_of(const struct summary_metric *m, const char *name)
{
    for (size_t i = 0; i < m->value_count; i++)
        if (strcmp(m->values[i].name, name) == 0)
            return m->values[i].value;
    return 0;
}

double summary_rate(const struct summary *s, double count)
{
    return s->duration_ns > 0 ? count / ((double)s->duration_ns / 1e9) : 0;
}

/* "p(99.5)" of "p(99.5) < 200": the statistic a threshold's source begins with, if that is a
 * percentile in plain digits. */
static bool percentile_of_source(const char *source, char *out, size_t size)
{
    struct str s = str_trim(str_of(source));
    if (!str_starts(s, "p("))
        return false;
    size_t at = 2;
    size_t digits = 0;
    for (; at < s.len && ascii_is_digit(s.p[at]); at++)
        digits++;
    if (digits > 0 && at + 1 < s.len && s.p[at] == '.' && ascii_is_digit(s.p[at + 1]))
        for (at++; at < s.len && ascii_is_digit(s.p[at]);)
            at++;
    if (digits == 0 || at >= s.len || s.p[at] != ')' || at + 2 > size)
        return false;
    size_t len = ++at;
    while (at < s.len && ascii_is_space(s.p[at]))
        at++;
    if (at >= s.len || (s.p[at] != '<' && s.p[at] != '>' && s.p[at] != '='))
        return false;
    memcpy(out, s.p, len);
    out[len] = '\0';
    return true;
}

static void copy_thresholds(struct summary_metric *m, const struct thresholds *ts,
                            const struct sink *sink)
{
    if (ts == NULL)
        return;
    m->thresholds = mem_calloc(ts->count, sizeof *m->thresholds);
    m->threshold_count = ts->count;
    for (size_t i = 0; i < ts->count; i++) {
        char percentile[64];
        double value;
        m->thresholds[i] =
            (struct summary_threshold){mem_strdup(ts->items[i].source), !ts->items[i].last_failed};
        if (m->type == METRIC_TREND &&
            percentile_of_source(ts->items[i].source, percentile, sizeof percentile) &&
            !has_value(m, percentile) && sink_stat(sink, str_of(percentile), 0, &value) == 0)
            put_value(m, percentile, value);
    }
}

/* What a metric without samples is read from. */
struct zero_sinks {
    struct sink by_type[4];
};

static void copy_values(struct summary *s, struct summary_metric *m, const struct sink *sink)
{
    static const char *const counter[] = {"count", "rate", NULL};
    static const char *const gauge[] = {"value", "min", "max", NULL};
    static const char *const rate[] = {"rate", "passes", "fails", NULL};
    const char *const *names = m->type == METRIC_COUNTER ? counter
                               : m->type == METRIC_GAUGE ? gauge
                                                         : rate;
    double value;
    if (m->type == METRIC_TREND) {
        for (size_t i = 0; i < s->trend_stat_count; i++)
            put_value(m, s->trend_stats[i],
                      sink_stat(sink, str_of(s->trend_stats[i]), 0, &value) == 0 ? value : 0);
        m->stat_count = m->value_count;
        return;
    }
    for (; *names != NULL; names++) {
        CHECK(sink_stat(sink, str_of(*names), s->duration_ns, &value) == 0);
        put_value(m, *names, value);
    }
}

/* Adds a metric to a group. sink NULL: no samples. */
static void add_metric(struct summary *s, struct summary_group *g, const struct metric *from,
                       const struct sink *sink, const struct zero_sinks *zero)
{
    g->metrics = mem_realloc(g->metrics, (g->metric_count + 1) * sizeof *g->metrics);
    struct summary_metric *m = &g->metrics[g->metric_count++];
    memset(m, 0, sizeof *m);
    if (sink == NULL)
        sink = &zero->by_type[from->type];
    m->name = mem_strdup(from->name);
    m->type = from->type;
    m->contains = from->contains;
    m->section = section_of(from->name, s->mode);
    copy_values(s, m, sink);
    copy_thresholds(m, from->thresholds, sink);
}

static int cmp_metrics(const void *a, const void *b)
{
    const struct summary_metric *x = a, *y = b;
    int order = summary_cmp_metric(x->name, y->name);
    return order != 0 ? order : strcmp(x->name, y->name);
}

static void sort_metrics(struct summary_group *g)
{
    if (g->metric_count > 0)
        qsort(g->metrics, g->metric_count, sizeof *g->metrics, cmp_metrics);
}

/* ---- groups and checks ---- */

static void copy_checks(struct summary_group *g, const struct group_node *from)
{
    g->checks = mem_calloc(from->check_count, sizeof *g->checks);
    g->check_count = from->check_count;
    for (size_t i = 0; i < from->check_count; i++) {
        const struct check_stat *c = from->checks[i];
        g->checks[i] = (struct summary_check){.name = mem_strdup(c->name),
                                              .path = mem_strdup(c->path),
                                              .passes = c->passes,
                                              .fails = c->fails};
        memcpy(g->checks[i].id, c->id, sizeof c->id);
    }
}

static void set_check_totals(struct summary_group *g, const struct sink *checks)
{
    g->has_checks = true;
    g->checks_total = checks != NULL ? checks->count : 0;
    g->checks_passed = checks != NULL ? checks->trues : 0;
}

/* A node and all below it. */
static void copy_group(struct summary *s, struct summary_group *g, const struct group_node *from,
                       const struct zero_sinks *zero, struct metrics_engine *e)
{
    struct metric_registry *r = metrics_engine_registry(e);
    g->name = mem_strdup(from->name);
    g->path = mem_strdup(from->path);
    memcpy(g->id, from->id, sizeof g->id);
    copy_checks(g, from);
    for (size_t i = 0; i < from->sink_count; i++) {
        const struct metric *m = metric_at(r, i);
        if (from->sinks[i] == NULL)
            continue;
        if (m == metric_builtins(r)->checks)
            set_check_totals(g, from->sinks[i]);
        /* Verdicts belong to the whole test, not to what a group saw of it. */
        struct metric plain = *m;
        plain.thresholds = NULL;
        add_metric(s, g, &plain, from->sinks[i], zero);
    }
    sort_metrics(g);
    g->groups = mem_calloc(from->group_count, sizeof *g->groups);
    g->group_count = from->group_count;
    for (size_t i = 0; i < from->group_count; i++)
        copy_group(s, &g->groups[i], from->groups[i], zero, e);
}

static void group_deinit(struct summary_group *g)
{
    for (size_t i = 0; i < g->metric_count; i++) {
        struct summary_metric *m = &g->metrics[i];
        for (size_t k = 0; k < m->value_count; k++)
            mem_free((char *)m->values[k].name);
        for (size_t k = 0; k < m->threshold_count; k++)
            mem_free(m->thresholds[k].source);
        mem_free(m->values);
        mem_free(m->thresholds);
        mem_free((char *)m->name);
    }
    for (size_t i = 0; i < g->check_count; i++) {
        mem_free(g->checks[i].name);
        mem_free(g->checks[i].path);
    }
    for (size_t i = 0; i < g->group_count; i++)
        group_deinit(&g->groups[i]);
    mem_free(g->metrics);
    mem_free(g->checks);
    mem_free(g->groups);
    mem_free(g->name);
    mem_free(g->path);
}

static int cmp_groups(const void *a, const void *b)
{
    const struct summary_group *x = a, *y = b;
    int order = summary_cmp_text(str_of(x->name), str_of(y->name));
    return order != 0 ? order : strcmp(x->name, y->name);
}

/* Groups of the default scenario, and the other scenarios. */
static void copy_details(struct summary *s, struct metrics_engine *e, const struct zero_sinks *zero)
{
    const struct group_node *rest = metrics_engine_default_detail(e);
    s->total.groups = mem_calloc(rest->group_count, sizeof *s->total.groups);
    s->total.group_count = rest->group_count;
    for (size_t i = 0; i < rest->group_count; i++)
        copy_group(s, &s->total.groups[i], rest->groups[i], zero, e);
    s->scenario_count = metrics_engine_scenario_count(e);
    s->scenarios = mem_calloc(s->scenario_count, sizeof *s->scenarios);
    for (size_t i = 0; i < s->scenario_count; i++) {
        copy_group(s, &s->scenarios[i], metrics_engine_scenario_group(e, i), zero, e);
        mem_free(s->scenarios[i].name);
        s->scenarios[i].name = mem_strdup(metrics_engine_scenario_name(e, i));
    }
    if (s->scenario_count > 0)
        qsort(s->scenarios, s->scenario_count, sizeof *s->scenarios, cmp_groups);
}

/* A generator that is late falsifies what it measures: that is shown without being asked for. A few
 * late starts are no sign of it, least of all among few. */
static bool is_alarming(const struct sink *start_lag)
{
    double p95_ms = 0;
    return start_lag->count >= START_LAG_MIN_COUNT &&
           sink_stat(start_lag, STR("p(95)"), 0, &p95_ms) == 0 && p95_ms > START_LAG_HIGH_MS;
}

static bool is_left_out(const struct summary *s, const struct metric *m, const struct sink *sink)
{
    if (sink == NULL)
        return !m->is_watched;
    return m->is_hidden && s->mode != SUMMARY_MODE_FULL && !is_alarming(sink);
}

static void copy_total(struct summary *s, struct metrics_engine *e, const struct zero_sinks *zero)
{
    struct metric_registry *r = metrics_engine_registry(e);
    for (size_t i = 0; i < metric_count(r); i++) {
        const struct metric *m = metric_at(r, i);
        const struct sink *sink = metrics_engine_sink(e, m);
        if (is_left_out(s, m, sink))
            continue;
        if (m == metric_builtins(r)->checks)
            set_check_totals(&s->total, sink);
        add_metric(s, &s->total, m, sink, zero);
    }
    for (size_t i = 0; i < submetric_count(r); i++) {
        const struct submetric *sub = submetric_at(r, i);
        const struct sink *sink = metrics_engine_subsink(e, sub);
        if (sink != NULL || sub->metric->is_watched)
            add_metric(s, &s->total, sub->metric, sink, zero);
    }
    sort_metrics(&s->total);
    copy_checks(&s->total, metrics_engine_checks(e));
}

struct summary *summary_new(const struct summary_input *input)
{
    struct summary *s = MEM_NEW(struct summary);
    struct zero_sinks zero;
    for (int t = METRIC_COUNTER; t <= METRIC_RATE; t++)
        sink_init(&zero.by_type[t], (enum metric_type)t);
    s->duration_ns = input->duration_ns;
    s->mode = input->mode;
    s->trend_stats = mem_calloc(input->trend_stat_count, sizeof(char *));
    s->trend_stat_count = input->trend_stat_count;
    for (size_t i = 0; i < input->trend_stat_count; i++)
        s->trend_stats[i] = mem_strdup(input->trend_stats[i]);
    s->time_unit = mem_strdup(input->time_unit != NULL ? input->time_unit : "");
    s->no_color = input->no_color;
    s->use_color = input->use_color;
    s->is_stdout_tty = input->is_stdout_tty;
    s->is_stderr_tty = input->is_stderr_tty;
    if (input->setup_data != NULL && input->setup_data[0] != '\0')
        s->setup_data = mem_strdup(input->setup_data);
    metrics_engine_lock(input->metrics);
    copy_total(s, input->metrics, &zero);
    copy_group(s, &s->root, metrics_engine_root_group(input->metrics), &zero, input->metrics);
    if (input->mode == SUMMARY_MODE_FULL)
        copy_details(s, input->metrics, &zero);
    metrics_engine_unlock(input->metrics);
    for (int t = METRIC_COUNTER; t <= METRIC_RATE; t++)
        sink_deinit(&zero.by_type[t]);
    return s;
}

bool summary_is_empty(const struct summary *s)
{
    return s->total.metric_count == 0;
}

void summary_free(struct summary *s)
{
    if (s == NULL)
        return;
    group_deinit(&s->total);
    group_deinit(&s->root);
    for (size_t i = 0; i < s->scenario_count; i++)
        group_deinit(&s->scenarios[i]);
    for (size_t i = 0; i < s->trend_stat_count; i++)
        mem_free(s->trend_stats[i]);
    mem_free(s->scenarios);
    mem_free(s->trend_stats);
    mem_free(s->time_unit);
    mem_free(s->setup_data);
    mem_free(s);
}
