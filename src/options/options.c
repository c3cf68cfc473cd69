/* options.c - the four sources of options: reading each, laying them over another, deriving
 * scenarios, judging the whole. Knows no file and no terminal; the rows are in options_table.c.
 * Source: k6 docs, "How to use options". Tests: options_test.c */
#include "options/options.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/duration.h"
#include "base/mem.h"
#include "base/vec.h"
#include "metrics/tags.h"
#include "options/options_check.h"
#include "options/options_table.h"
#include "options/optval.h"
#include "options/segment_text.h"

void options_init(struct options *o)
{
    memset(o, 0, sizeof *o);
}

void options_deinit(struct options *o)
{
    for (size_t i = 0; i < option_row_count; i++)
        option_clear(o, &option_rows[i]);
}

static bool is_set(const struct options *o, const struct option_row *row)
{
    return *(const bool *)option_at(o, row);
}

static bool sets_execution(const struct options *o)
{
    return o->duration.set || o->iterations.set || o->stages.set || o->scenarios.set;
}

static const struct option_row *row_at(size_t offset)
{
    for (size_t i = 0; i < option_row_count; i++)
        if (option_rows[i].offset == offset)
            return &option_rows[i];
    return NULL;
}

static void forget_execution(struct options *o)
{
    option_clear(o, row_at(offsetof(struct options, duration)));
    option_clear(o, row_at(offsetof(struct options, iterations)));
    option_clear(o, row_at(offsetof(struct options, stages)));
    option_clear(o, row_at(offsetof(struct options, scenarios)));
}

/* dns is laid over field by field. */
static void apply_dns(struct options *under, const struct options *over)
{
    static const char *const keys[] = {"ttl", "select", "policy"};
    if (!under->dns.set) {
        option_copy(under, over, row_at(offsetof(struct options, dns)));
        return;
    }
    for (size_t i = 0; i < 3; i++) {
        const struct json *v = json_get(over->dns.v, keys[i]);
        if (v != NULL && v->type != JSON_NULL)
            json_set(under->dns.v, keys[i], json_dup(v));
    }
}

/* An empty value of these does not hide one from a source before. */
static bool is_too_empty(const struct options *over, const struct option_row *row)
{
    switch (row->offset) {
    case offsetof(struct options, tags):
        return over->tags.count == 0;
    case offsetof(struct options, out):
        return over->out.count == 0;
    case offsetof(struct options, collectors):
        return over->collectors.v->len == 0;
    default:
        return false;
    }
}

void options_apply(struct options *under, const struct options *over)
{
    if (sets_execution(over))
        forget_execution(under);
    for (size_t i = 0; i < option_row_count; i++) {
        const struct option_row *row = &option_rows[i];
        if (row->scope == OPTION_APART || !is_set(over, row) || is_too_empty(over, row))
            continue;
        if (row->offset == offsetof(struct options, dns))
            apply_dns(under, over);
        else
            option_copy(under, over, row);
    }
}

/* ---- sources */

static const struct option_row *row_by_json(struct str name)
{
    for (size_t i = 0; i < option_row_count; i++)
        if (option_rows[i].json != NULL && str_ieqs(name, option_rows[i].json))
            return &option_rows[i];
    return NULL;
}

/* Reads a script's options, whose unknown names are appended to *unknown, or a config file's:
 * unknown NULL. */
static int read_object(struct options *fills, const struct json *object, struct buf *unknown,
                       struct err *e)
{
    for (size_t i = 0; i < object->len; i++) {
        const struct option_row *row = row_by_json(object->keys[i]);
        bool is_foreign = row != NULL && row->scope == OPTION_CONFIG && unknown != NULL;
        if (row == NULL || is_foreign) {
            if (unknown != NULL)
                buf_addf(unknown, "%s\"%s\"", unknown->len > 0 ? ", " : "", object->keys[i].p);
            continue;
        }
        int rc = option_read_json(fills, row, object->items[i], e);
        if (rc < 0)
            return err_prefix(e, rc, "option '%s'", row->json);
    }
    return 0;
}

/* Scenarios are parsed once here, so that their errors come with the source they are in. */
static int check_scenarios(const struct options *o, struct err *e)
{
    struct scenario_list list;
    if (!o->scenarios.set)
        return 0;
    int rc = scenario_list_parse(&list, o->scenarios.v, e);
    scenario_list_deinit(&list);
    return rc;
}

static void warn_about_script(const struct options *o, const struct buf *unknown, struct logger *lg)
{
    if (unknown->len > 0) {
        char *text = mem_printf("json: unknown field %s", unknown->data);
        log_record(lg, LOG_WARN, NULL, text, NULL, 0,
                   STR("There were unknown fields in the options exported in the script"));
        mem_free(text);
    }
    if (o->features.count > 0)
        log_record(lg, LOG_WARN, "options", NULL, NULL, 0,
                   STR("Features can't be enabled by a script's options: use --features, "
                       "K6_FEATURES or the config file"));
}

int options_read_script(struct options *fills, struct str json_text, struct logger *lg,
                        struct err *e)
{
    options_init(fills);
    if (json_text.len == 0)
        return 0;
    struct json *v = json_parse(json_text, e);
    if (v == NULL)
        return ERR_INVALID;
    struct buf unknown;
    int rc = 0;
    buf_init(&unknown, 64 * 1024);
    if (v->type != JSON_OBJECT && v->type != JSON_NULL)
        rc = optval_wrong_type(v, "an object with options", e);
    if (rc == 0 && v->type == JSON_OBJECT)
        rc = read_object(fills, v, &unknown, e);
    if (rc == 0)
        rc = check_scenarios(fills, e);
    if (rc == 0)
        warn_about_script(fills, &unknown, lg);
    buf_deinit(&unknown);
    json_free(v);
    if (rc < 0)
        err_set_exit(e, EXIT_INVALID_CONFIG);
    return rc;
}

int options_read_config_file(struct options *fills, const struct json *config, struct err *e)
{
    options_init(fills);
    bool is_right = config->type == JSON_OBJECT || config->type == JSON_NULL;
    int rc = is_right ? read_object(fills, config, NULL, e)
                      : optval_wrong_type(config, "an object", e);
    if (rc == 0)
        rc = check_scenarios(fills, e);
    return rc;
}

int options_read_env(struct options *fills,
                     const char *(*getenv_fn)(void *opaque, const char *name), void *opaque,
                     struct err *e)
{
    options_init(fills);
    for (size_t i = 0; i < option_row_count; i++) {
        const struct option_row *row = &option_rows[i];
        const char *text = row->env != NULL ? getenv_fn(opaque, row->env) : NULL;
        if (text == NULL)
            continue;
        int rc = option_read_text(fills, row, text, e);
        if (rc < 0) {
            err_set_exit(e, EXIT_INVALID_CONFIG);
            return err_prefix(e, rc, "environment variable %s", row->env);
        }
    }
    return 0;
}

/* ---- consolidation */

static void warn_on_override(const struct options *under, const struct options *over,
                             const char *name, struct logger *lg)
{
    if (under->scenarios.set && sets_execution(over))
        log_warn(lg, "\"%s\" level configuration overrode scenarios configuration entirely", name);
}

static void lay_over(struct options *o, const struct options *over, const char *name,
                     struct logger *lg)
{
    if (over == NULL)
        return;
    if (name != NULL)
        warn_on_override(o, over, name, lg);
    options_apply(o, over);
}

static int conflict(struct err *e, const char *option, const char *with)
{
    return err_set(e, ERR_INVALID, "using `%s` and `%s` options simultaneously is not allowed",
                   option, with);
}

static struct scenario *one_scenario(struct scenario_list *l, enum executor_kind kind)
{
    scenario_list_deinit(l);
    l->items = mem_calloc(1, sizeof *l->items);
    l->count = 1;
    scenario_init(&l->items[0], "default", kind);
    return &l->items[0];
}

static void set_vus(struct scenario *s, const struct opt_int *vus)
{
    if (!vus->set)
        return;
    s->vus = vus->v;
    s->set |= SCENARIO_SET_VUS;
}

static int derive_iterations(const struct options *o, struct scenario_list *l, struct err *e)
{
    if (o->stages.set && o->stages.count > 0)
        return conflict(e, "iterations", "stages");
    if (o->scenarios.set)
        return conflict(e, "iterations", "scenarios");
    struct scenario *s = one_scenario(l, EXECUTOR_SHARED_ITERATIONS);
    set_vus(s, &o->vus);
    s->iterations = o->iterations.v;
    s->set |= SCENARIO_SET_ITERATIONS;
    if (o->duration.set) {
        s->max_duration_ns = o->duration.v;
        s->set |= SCENARIO_SET_MAX_DURATION;
    }
    return 0;
}

static int derive_duration(const struct options *o, struct scenario_list *l, struct err *e)
{
    if (o->stages.set && o->stages.count > 0)
        return conflict(e, "duration", "stages");
    if (o->scenarios.set)
        return conflict(e, "duration", "scenarios");
    if (o->duration.v <= 0)
        return err_set(e, ERR_INVALID, "the `duration` option must be more than 0");
    struct scenario *s = one_scenario(l, EXECUTOR_CONSTANT_VUS);
    set_vus(s, &o->vus);
    s->duration_ns = o->duration.v;
    s->set |= SCENARIO_SET_DURATION;
    return 0;
}

static int derive_stages(const struct options *o, struct scenario_list *l, struct err *e)
{
    if (o->scenarios.set)
        return conflict(e, "stages", "scenarios");
    struct scenario *s = one_scenario(l, EXECUTOR_RAMPING_VUS);
    if (o->vus.set) {
        s->start_vus = o->vus.v;
        s->set |= SCENARIO_SET_START_VUS;
    }
    s->stages = mem_dup(o->stages.v, o->stages.count * sizeof *o->stages.v);
    s->stage_count = o->stages.count;
    s->set |= SCENARIO_SET_STAGES;
    return 0;
}

/* Only `vus`: as many shared iterations. */
static void derive_vus(struct options *o, struct scenario_list *l, struct logger *lg)
{
    if (o->scenarios.set)
        log_warn(lg, "`vus=%" PRId64 "` overrides scenarios configuration", o->vus.v);
    struct scenario *s = one_scenario(l, EXECUTOR_SHARED_ITERATIONS);
    set_vus(s, &o->vus);
    s->iterations = o->vus.v;
    s->set |= SCENARIO_SET_ITERATIONS;
    o->iterations = o->vus;
    o->has_derived_iterations = true;
}

static int derive_scenarios(struct options *o, struct scenario_list *l, struct logger *lg,
                            struct err *e)
{
    if (o->iterations.set)
        return derive_iterations(o, l, e);
    if (o->duration.set)
        return derive_duration(o, l, e);
    if (o->stages.set && o->stages.count > 0)
        return derive_stages(o, l, e);
    if (o->vus.set && !o->stages.set) {
        derive_vus(o, l, lg);
        return 0;
    }
    if (l->count > 0)
        return 0;
    if (o->stages.set)
        log_warn(lg, "`stages` was explicitly set to an empty value, running the script with 1 "
                     "iteration in 1 VU");
    if (o->scenarios.set)
        log_warn(lg, "`scenarios` was explicitly set to an empty value, running the script with 1 "
                     "iteration in 1 VU");
    one_scenario(l, EXECUTOR_PER_VU_ITERATIONS);
    return 0;
}

static void check_scenario_values(const struct scenario_list *l, struct buf *problems)
{
    for (size_t i = 0; i < l->count; i++) {
        struct buf one;
        buf_init(&one, 64 * 1024);
        scenario_validate(&l->items[i], &one);
        if (one.len > 0)
            buf_addf(problems, "\n\t- scenario %s has configuration errors: %s", l->items[i].name,
                     one.data);
        buf_deinit(&one);
    }
}

static void check_segment_is_there(const struct options *o, struct buf *problems)
{
    struct segment_points points = {0};
    struct segment_range range;
    if (!o->execution_segment_sequence.set)
        return;
    const char *segment = o->execution_segment.set ? o->execution_segment.v : "0:1";
    const char *sequence = o->execution_segment_sequence.v;
    if (segment_range_parse(&range, str_of(segment), NULL) < 0 ||
        segment_points_parse(&points, str_of(sequence), NULL) < 0 ||
        segment_points_find(&points, range) < 0)
        buf_addf(problems, "\n\t- the segment %s isn't one of the sequence %s", segment, sequence);
    VEC_DEINIT(&points.v);
}

static int check_values(const struct options *o, const struct scenario_list *l,
                        bool (*has_function)(void *opaque, const char *name), void *opaque,
                        struct err *e)
{
    struct buf problems;
    int rc = 0;
    buf_init(&problems, 256 * 1024);
    check_segment_is_there(o, &problems);
    check_scenario_values(l, &problems);
    if (o->setup_timeout.set && o->setup_timeout.v <= 0)
        buf_adds(&problems, "\n\t- setupTimeout must be positive");
    for (size_t i = 0; has_function != NULL && i < l->count; i++)
        if (!has_function(opaque, l->items[i].exec))
            buf_addf(&problems, "\n\t- executor %s: function '%s' not found in exports",
                     l->items[i].name, l->items[i].exec);
    if (problems.len > 0)
        rc = err_set(e, ERR_INVALID,
                     "There were problems with the specified script configuration:%s",
                     problems.data);
    buf_deinit(&problems);
    return rc;
}

static int check_trend_stats(const struct options *o, struct err *e)
{
    for (size_t i = 0; o->summary_trend_stats.set && i < o->summary_trend_stats.count; i++) {
        const char *stat = o->summary_trend_stats.v[i];
        if (!sink_trend_stat_is_valid(str_of(stat))) {
            err_set_hint(e,
                         "statistics are avg, min, med, max, count and p(N) with N from 0 to 100");
            return err_set(e, ERR_INVALID, "invalid summary trend stat '%s'", stat);
        }
    }
    return 0;
}

/* Tags of all sources together; of equal names the last source's. */
static void merge_tags(struct options *fills, const struct options_sources *sources)
{
    const struct options *in_order[] = {sources->config, sources->script, sources->env,
                                        sources->flags};
    optval_free_map(fills->tags.v, fills->tags.count);
    struct json *all = json_new_object();
    for (int i = 0; i < 4; i++)
        for (size_t k = 0; in_order[i] != NULL && k < in_order[i]->tags.count; k++)
            json_set(all, in_order[i]->tags.v[k].key, json_new_strs(in_order[i]->tags.v[k].value));
    fills->tags = (struct opt_tags){.set = all->len > 0};
    optval_json_map(&fills->tags.v, &fills->tags.count, all, NULL);
    json_free(all);
}

int options_consolidate(struct options *fills, struct scenario_list *scenarios,
                        const struct options_sources *sources, struct logger *lg, struct err *e)
{
    options_init(fills);
    memset(scenarios, 0, sizeof *scenarios);
    lay_over(fills, sources->flags, NULL,
             lg); /* so that what a flag alone sets is there even under a config file */
    lay_over(fills, sources->config, NULL, lg);
    lay_over(fills, sources->script, "script", lg);
    lay_over(fills, sources->env, "env", lg);
    lay_over(fills, sources->flags, "cli", lg);
    if (sources->merges_tags)
        merge_tags(fills, sources);
    int rc = check_trend_stats(fills, e);
    if (rc < 0) {
        err_set_exit(e, EXIT_GENERIC);
        goto done;
    }
    rc = fills->scenarios.set ? scenario_list_parse(scenarios, fills->scenarios.v, e) : 0;
    if (rc == 0)
        rc = derive_scenarios(fills, scenarios, lg, e);
    if (rc == 0)
        rc = check_values(fills, scenarios, sources->has_function, sources->opaque, e);
done:
    if (rc < 0) {
        err_set_exit(e, EXIT_INVALID_CONFIG);
        scenario_list_deinit(scenarios);
        options_deinit(fills);
    }
    return rc;
}

void options_fill_defaults(struct options *o)
{
    if (!o->system_tags.set) {
        o->system_tags.set = true;
        o->system_tags.v = SYSTEM_TAGS_DEFAULT;
    }
    if (!o->summary_trend_stats.set)
        optval_split(&o->summary_trend_stats, "avg,min,med,max,p(90),p(95)");
}

int options_check_dns_ttl(const struct options *o, struct err *e)
{
    const struct json *ttl = json_get(o->dns.set ? o->dns.v : NULL, "ttl");
    if (ttl == NULL || ttl->type != JSON_STRING || dns_ttl_is_valid(ttl->text))
        return 0;
    err_set_exit(e, EXIT_GENERIC);
    return err_set(e, ERR_INVALID, "invalid DNS TTL: %s", ttl->text.p);
}

/* ---- thresholds */

int options_thresholds(const struct options *o, struct threshold_config **out, size_t *count,
                       struct err *e)
{
    VEC(struct threshold_config) list = {0};
    const struct json *all = o->thresholds.set ? o->thresholds.v : NULL;
    for (size_t i = 0; all != NULL && i < all->len; i++) {
        const struct json *exprs = all->items[i];
        if (exprs->len == 0) { /* no expression: the submetric alone is wanted */
            struct threshold_config c = {.metric = all->keys[i].p, .expr = NULL};
            VEC_PUSH(&list, c);
        }
        for (size_t k = 0; k < exprs->len; k++) {
            const struct json *t = exprs->items[k];
            const struct json *expr = t->type == JSON_OBJECT ? json_get(t, "threshold") : t;
            const struct json *abort_on_fail = json_get(t, "abortOnFail");
            const struct json *delay = json_get(t, "delayAbortEval");
            struct opt_ns ns = {0};
            if (delay != NULL)
                optval_json_ns(&ns, delay, e); /* judged when it was read */
            struct threshold_config c = {
                .metric = all->keys[i].p,
                .expr = expr != NULL && expr->type == JSON_STRING ? expr->text.p : "",
                .abort_on_fail = abort_on_fail != NULL && abort_on_fail->boolean,
                .delay_abort_ns = ns.v,
                .has_delay = ns.set,
            };
            VEC_PUSH(&list, c);
        }
    }
    *out = list.items;
    *count = list.len;
    return 0;
}

/* ---- JSON */

static int compare_keys(const void *a, const void *b)
{
    return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

/* In the order of the alphabet, as k6 shows every map. Takes and returns. */
static struct json *sort_keys(struct json *takes)
{
    struct json *sorted = json_new_object();
    struct str *keys = mem_dup(takes->keys, takes->len * sizeof *keys);
    qsort(keys, takes->len, sizeof *keys, compare_keys);
    for (size_t i = 0; i < takes->len; i++)
        json_set(sorted, keys[i].p, json_dup(json_get(takes, keys[i].p)));
    mem_free(keys);
    json_free(takes);
    return sorted;
}

static bool is_map(const struct option_row *row)
{
    return row->offset == offsetof(struct options, tags) ||
           row->offset == offsetof(struct options, hosts) ||
           row->offset == offsetof(struct options, thresholds) ||
           row->offset == offsetof(struct options, ext);
}

struct json *options_to_json(const struct options *o, const struct scenario_list *scenarios)
{
    struct json *all = json_new_object();
    for (size_t i = 0; i < option_row_count; i++) {
        const struct option_row *row = &option_rows[i];
        bool is_shown = row->offset != offsetof(struct options, cloud) || o->cloud.set;
        if (row->json == NULL || row->scope == OPTION_CONFIG || !is_shown)
            continue;
        struct json *v = option_to_json(o, row);
        json_set(all, row->json, is_map(row) && v->type == JSON_OBJECT ? sort_keys(v) : v);
    }
    if (!o->dns.set) {
        struct json *dns = json_new_object();
        json_set(dns, "ttl", json_new_null());
        json_set(dns, "select", json_new_null());
        json_set(dns, "policy", json_new_null());
        json_set(all, "dns", dns);
    }
    struct scenario_list as_given = {0};
    struct err ignored = {0}; /* they were judged when they were read */
    if (scenarios == NULL && o->scenarios.set &&
        scenario_list_parse(&as_given, o->scenarios.v, &ignored) == 0)
        scenarios = &as_given;
    if (scenarios != NULL)
        json_set(all, "scenarios", sort_keys(scenario_list_to_json(scenarios)));
    err_deinit(&ignored);
    scenario_list_deinit(&as_given);
    return all;
}
