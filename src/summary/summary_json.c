/* summary_json.c - the summary for programs: the export file, handleSummary's argument, the
 * machine-readable form. Knows no engine and no text layout: it writes what summary.c copied.
 *
 * handleSummary sees groups and checks as lists, metrics with their values apart, thresholds as
 * {ok}. The export is older: groups and checks are objects by name, a metric is its values, a
 * rate's value is called so, and a threshold is true when it FAILED.
 * Source: k6 docs, "Custom summary", "Summary export". Tests: summary_json_test.c */
#include <math.h>
#include <string.h>
#include <time.h>

#include "base/json.h"
#include "base/mem.h"
#include "summary/summary_int.h"

enum { EXPORT_INDENT = 4 };

static void set_str(struct json *object, const char *key, const char *value)
{
    json_set(object, key, json_new_strs(value));
}

static void set_number(struct json *object, const char *key, double value)
{
    json_set(object, key, json_new_number(value));
}

static struct json *values_of(const struct summary_metric *m)
{
    struct json *values = json_new_object();
    size_t count = m->type == METRIC_TREND ? m->stat_count : m->value_count;
    for (size_t i = 0; i < count; i++)
        set_number(values, m->values[i].name, m->values[i].value);
    return values;
}

/* Whatever setup() returned; text that is no JSON (it comes from our own engine) would be left
 * out. */
static void set_setup_data(struct json *object, const struct summary *s)
{
    struct json *data = s->setup_data != NULL ? json_parse(str_of(s->setup_data), NULL) : NULL;
    if (data != NULL)
        json_set(object, "setup_data", data);
}

static struct json *check_json(const struct summary_check *c)
{
    struct json *check = json_new_object();
    set_str(check, "name", c->name);
    set_str(check, "path", c->path);
    set_str(check, "id", c->id);
    set_number(check, "passes", (double)c->passes);
    set_number(check, "fails", (double)c->fails);
    return check;
}

/* A group and what is in it; by_name: children as objects, else as lists. */
static struct json *group_json(const struct summary_group *g, bool by_name)
{
    struct json *group = json_new_object();
    struct json *groups = by_name ? json_new_object() : json_new_array();
    struct json *checks = by_name ? json_new_object() : json_new_array();
    for (size_t i = 0; i < g->group_count; i++) {
        struct json *child = group_json(&g->groups[i], by_name);
        if (by_name)
            json_set(groups, g->groups[i].name, child);
        else
            json_push(groups, child);
    }
    for (size_t i = 0; i < g->check_count; i++) {
        struct json *check = check_json(&g->checks[i]);
        if (by_name)
            json_set(checks, g->checks[i].name, check);
        else
            json_push(checks, check);
    }
    set_str(group, "name", g->name);
    set_str(group, "path", g->path);
    set_str(group, "id", g->id);
    json_set(group, "groups", groups);
    json_set(group, "checks", checks);
    return group;
}

/* ---- the export ---- */

static struct json *export_metric(const struct summary_metric *m)
{
    struct json *metric = values_of(m);
    if (m->threshold_count > 0) {
        struct json *thresholds = json_new_object();
        for (size_t i = 0; i < m->threshold_count; i++)
            json_set(thresholds, m->thresholds[i].source, json_new_bool(!m->thresholds[i].is_ok));
        json_set(metric, "thresholds", thresholds);
    }
    if (m->type == METRIC_RATE) {
        json_remove(metric, "rate");
        set_number(metric, "value", summary_value_of(m, "rate"));
    }
    return metric;
}

void summary_put_export(struct buf *out, const struct summary *s)
{
    struct json *top = json_new_object();
    struct json *metrics = json_new_object();
    for (size_t i = 0; i < s->total.metric_count; i++)
        json_set(metrics, s->total.metrics[i].name, export_metric(&s->total.metrics[i]));
    json_set(top, "root_group", group_json(&s->root, true));
    json_set(top, "metrics", metrics);
    set_setup_data(top, s);
    json_print(out, top, EXPORT_INDENT);
    json_free(top);
}

/* ---- the export, from what handleSummary left of its argument ---- */

/* {"expr": {ok}} to {"expr": failed}. */
static struct json *export_thresholds(const struct json *thresholds)
{
    struct json *out = json_new_object();
    for (size_t i = 0; i < thresholds->len; i++) {
        const struct json *ok = json_get(thresholds->items[i], "ok");
        bool is_ok = ok != NULL && ok->type == JSON_BOOL && ok->boolean;
        json_set(out, thresholds->keys[i].p, json_new_bool(!is_ok));
    }
    return out;
}

/* NULL when the metric has no values any more. */
static struct json *export_left_metric(const struct json *metric)
{
    const struct json *values = json_get(metric, "values");
    const struct json *thresholds = json_get(metric, "thresholds");
    const struct json *type = json_get(metric, "type");
    if (values == NULL)
        return NULL;
    if (values->type != JSON_OBJECT)
        return json_dup(values);
    struct json *out = json_dup(values);
    if (thresholds != NULL && thresholds->type == JSON_OBJECT && thresholds->len > 0)
        json_set(out, "thresholds", export_thresholds(thresholds));
    const struct json *rate = json_get(out, "rate");
    if (rate != NULL && type != NULL && type->type == JSON_STRING && str_eqs(type->text, "rate")) {
        json_set(out, "value", json_dup(rate));
        json_remove(out, "rate");
    }
    return out;
}

static struct json *by_name(const struct json *list, struct json *(*convert)(const struct json *))
{
    if (list->type != JSON_ARRAY)
        return json_dup(list);
    struct json *out = json_new_object();
    for (size_t i = 0; i < list->len; i++) {
        const struct json *name = json_get(list->items[i], "name");
        bool has_name = name != NULL && name->type == JSON_STRING;
        json_set(out, has_name ? name->text.p : "undefined", convert(list->items[i]));
    }
    return out;
}

static struct json *export_left_group(const struct json *group)
{
    struct json *out = json_dup(group);
    const struct json *groups = json_get(group, "groups");
    const struct json *checks = json_get(group, "checks");
    if (groups != NULL)
        json_set(out, "groups", by_name(groups, export_left_group));
    if (checks != NULL)
        json_set(out, "checks", by_name(checks, json_dup));
    return out;
}

static struct json *export_left_metrics(const struct json *metrics)
{
    if (metrics->type != JSON_OBJECT)
        return json_dup(metrics);
    struct json *out = json_new_object();
    for (size_t i = 0; i < metrics->len; i++) {
        struct json *metric = export_left_metric(metrics->items[i]);
        if (metric != NULL)
            json_set(out, metrics->keys[i].p, metric);
    }
    return out;
}

int summary_put_export_of(struct buf *out, struct str data)
{
    struct json *top = json_parse(data, NULL);
    const struct json *groups = top != NULL ? json_get(top, "root_group") : NULL;
    if (groups == NULL || groups->type == JSON_NULL) {
        json_free(top);
        return ERR_INVALID;
    }
    if (groups->type == JSON_OBJECT)
        json_set(top, "root_group", export_left_group(groups));
    const struct json *metrics = json_get(top, "metrics");
    if (metrics != NULL)
        json_set(top, "metrics", export_left_metrics(metrics));
    json_remove(top, "options");
    json_remove(top, "state");
    json_print(out, top, EXPORT_INDENT);
    json_free(top);
    return 0;
}

/* ---- handleSummary ---- */

static struct json *handle_metric(const struct summary_metric *m)
{
    struct json *metric = json_new_object();
    set_str(metric, "type", metric_type_name(m->type));
    set_str(metric, "contains", metric_contains_name(m->contains));
    json_set(metric, "values", values_of(m));
    if (m->threshold_count > 0) {
        struct json *thresholds = json_new_object();
        for (size_t i = 0; i < m->threshold_count; i++) {
            struct json *verdict = json_new_object();
            json_set(verdict, "ok", json_new_bool(m->thresholds[i].is_ok));
            json_set(thresholds, m->thresholds[i].source, verdict);
        }
        json_set(metric, "thresholds", thresholds);
    }
    return metric;
}

static struct json *handle_options(const struct summary *s)
{
    struct json *options = json_new_object();
    struct json *stats = json_new_array();
    for (size_t i = 0; i < s->trend_stat_count; i++)
        json_push(stats, json_new_strs(s->trend_stats[i]));
    json_set(options, "summaryTrendStats", stats);
    set_str(options, "summaryTimeUnit", s->time_unit);
    json_set(options, "noColor", json_new_bool(s->no_color));
    return options;
}

static struct json *handle_state(const struct summary *s)
{
    struct json *state = json_new_object();
    json_set(state, "isStdOutTTY", json_new_bool(s->is_stdout_tty));
    json_set(state, "isStdErrTTY", json_new_bool(s->is_stderr_tty));
    set_number(state, "testRunDurationMs", (double)s->duration_ns / 1e6);
    return state;
}

void summary_put_handle_data(struct buf *out, const struct summary *s)
{
    struct json *top = json_new_object();
    struct json *metrics = json_new_object();
    for (size_t i = 0; i < s->total.metric_count; i++)
        json_set(metrics, s->total.metrics[i].name, handle_metric(&s->total.metrics[i]));
    json_set(top, "root_group", group_json(&s->root, false));
    json_set(top, "options", handle_options(s));
    json_set(top, "state", handle_state(s));
    json_set(top, "metrics", metrics);
    set_setup_data(top, s);
    json_print(out, top, 0);
    json_free(top);
}

/* ---- machine-readable ---- */

static struct json *described(const char *name, enum metric_type type,
                              enum metric_contains contains, struct json *takes_values)
{
    struct json *metric = json_new_object();
    set_str(metric, "contains", metric_contains_name(contains));
    set_str(metric, "name", name);
    set_str(metric, "type", metric_type_name(type));
    json_set(metric, "values", takes_values);
    return metric;
}

static struct json *rate_values(double matches, double total)
{
    struct json *values = json_new_object();
    set_number(values, "matches", matches);
    set_number(values, "rate", total > 0 ? matches / total : 0);
    set_number(values, "total", total);
    return values;
}

static const struct summary_value *stat_of(const struct summary_metric *m, const char *name)
{
    for (size_t i = 0; i < m->stat_count; i++)
        if (strcmp(m->values[i].name, name) == 0)
            return &m->values[i];
    return NULL;
}

/* The schema knows these statistics only; those that were not asked for are null. */
static struct json *schema_values(const struct summary_metric *m)
{
    static const char *const trend[][2] = {{"avg", "avg"}, {"max", "max"},   {"med", "med"},
                                           {"min", "min"}, {"p90", "p(90)"}, {"p95", "p(95)"}};
    struct json *values = json_new_object();
    switch (m->type) {
    case METRIC_COUNTER:
        set_number(values, "count", summary_value_of(m, "count"));
        break;
    case METRIC_GAUGE:
        set_number(values, "max", summary_value_of(m, "max"));
        set_number(values, "min", summary_value_of(m, "min"));
        set_number(values, "value", summary_value_of(m, "value"));
        break;
    case METRIC_RATE:
        json_free(values);
        return rate_values(summary_value_of(m, "passes"),
                           summary_value_of(m, "passes") + summary_value_of(m, "fails"));
    case METRIC_TREND:
        for (size_t i = 0; i < sizeof trend / sizeof trend[0]; i++) {
            const struct summary_value *v = stat_of(m, trend[i][1]);
            json_set(values, trend[i][0],
                     v != NULL ? json_new_number(v->value) : json_new_null());
        }
        break;
    }
    return values;
}

static void push_check_metrics(struct json *metrics, const struct summary_group *total)
{
    double all = (double)total->checks_total, passed = (double)total->checks_passed;
    struct json *count = json_new_object();
    set_number(count, "count", all);
    json_push(metrics, described("checks_total", METRIC_COUNTER, METRIC_DEFAULT, count));
    json_push(metrics, described("checks_failed", METRIC_RATE, METRIC_DEFAULT,
                                 rate_values(all - passed, all)));
    json_push(metrics,
              described("checks_succeeded", METRIC_RATE, METRIC_DEFAULT, rate_values(passed, all)));
}

static struct json *schema_checks(const struct summary_group *total)
{
    struct json *checks = json_new_object();
    struct json *metrics = json_new_array();
    struct json *results = json_new_array();
    if (total->has_checks)
        push_check_metrics(metrics, total);
    for (size_t i = 0; total->has_checks && i < total->check_count; i++) {
        struct json *result = json_new_object();
        set_number(result, "fails", (double)total->checks[i].fails);
        set_str(result, "name", total->checks[i].name);
        set_number(result, "passes", (double)total->checks[i].passes);
        json_push(results, result);
    }
    json_set(checks, "metrics", metrics);
    json_set(checks, "results", results);
    return checks;
}

/* Section by section, custom metrics last. */
static struct json *schema_metrics(const struct summary_group *total)
{
    struct json *metrics = json_new_array();
    for (int k = 1; k <= SECTION_COUNT; k++) {
        for (size_t i = 0; i < total->metric_count; i++) {
            const struct summary_metric *m = &total->metrics[i];
            if ((int)m->section == k % SECTION_COUNT)
                json_push(metrics, described(m->name, m->type, m->contains, schema_values(m)));
        }
    }
    return metrics;
}

/* RFC 3339 with a fraction of a second, in UTC. */
static void set_time(struct json *object, const char *key, int64_t wall_ns)
{
    time_t seconds = (time_t)(wall_ns / 1000000000);
    struct tm tm;
    char text[40];
    gmtime_r(&seconds, &tm);
    size_t len = strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &tm);
    char *full = mem_printf("%.*s.%09dZ", (int)len, text, (int)(wall_ns % 1000000000));
    json_set(object, key, json_new_strs(full));
    mem_free(full);
}

void summary_put_machine_readable(struct buf *out, const struct summary *s,
                                  const struct summary_meta *meta)
{
    struct json *top = json_new_object();
    struct json *config = json_new_object();
    struct json *metadata = json_new_object();
    struct json *results = json_new_object();
    set_number(config, "duration", (double)s->duration_ns / 1e9);
    set_str(config, "execution", "local");
    if (meta->script != NULL)
        set_str(config, "script", meta->script);
    set_time(metadata, "generated_at", meta->wall_ns);
    set_str(metadata, "k6_version", meta->version);
    json_set(results, "checks", schema_checks(&s->total));
    json_set(results, "metrics", schema_metrics(&s->total));
    json_set(top, "config", config);
    json_set(top, "metadata", metadata);
    json_set(top, "results", results);
    set_str(top, "version", "1.0.0"); /* of the schema */
    json_print(out, top, EXPORT_INDENT);
    json_free(top);
}
