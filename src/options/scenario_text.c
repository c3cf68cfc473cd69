/* scenario_text.c - scenarios as users see them: the line of the run header, the JSON of
 * exec.test.options and inspect, how long they may take. Source: k6 docs, "Scenarios". Tests:
 * options_test.c */
#include <inttypes.h>
#include <stdio.h>

#include "base/duration.h"
#include "base/mem.h"
#include "options/scenario.h"

/* ---- how long */

static int64_t add_ns(int64_t a, int64_t b)
{
    int64_t sum;
    return __builtin_add_overflow(a, b, &sum) ? INT64_MAX : sum;
}

static int64_t stages_ns(const struct scenario *s)
{
    int64_t sum = 0;
    for (size_t i = 0; i < s->stage_count; i++)
        sum = add_ns(sum, s->stages[i].duration_ns);
    return sum;
}

int64_t scenario_max_duration_ns(const struct scenario *s, bool with_graceful)
{
    int64_t regular = 0;
    switch (s->executor) {
    case EXECUTOR_SHARED_ITERATIONS:
    case EXECUTOR_PER_VU_ITERATIONS:
        regular = s->max_duration_ns;
        break;
    case EXECUTOR_CONSTANT_VUS:
    case EXECUTOR_CONSTANT_ARRIVAL_RATE:
        regular = s->duration_ns;
        break;
    case EXECUTOR_RAMPING_VUS:
    case EXECUTOR_RAMPING_ARRIVAL_RATE:
        regular = stages_ns(s);
        break;
    }
    return with_graceful ? add_ns(regular, s->graceful_stop_ns) : regular;
}

/* ---- the header's line */

struct facts {
    struct buf text;
    const char *separator;
};

static void add_fact(struct facts *f, const char *name, const char *value)
{
    buf_addf(&f->text, "%s%s: %s", f->separator, name, value);
    f->separator = ", ";
}

static void add_duration(struct facts *f, const char *name, int64_t ns)
{
    char *text = duration_dup(ns);
    add_fact(f, name, text);
    mem_free(text);
}

/* A range if more may be made; k6 looks at the whole scenario for ramping rates, at the share for
 * constant ones. */
static void add_max_vus(struct facts *f, const struct scenario *s, const struct scenario_share *h)
{
    char text[64];
    bool is_range = s->executor == EXECUTOR_CONSTANT_ARRIVAL_RATE
                        ? h->max_vus > h->pre_allocated_vus
                        : s->max_vus > s->pre_allocated_vus;
    if (is_range)
        snprintf(text, sizeof text, "%" PRId64 "-%" PRId64, h->pre_allocated_vus, h->max_vus);
    else
        snprintf(text, sizeof text, "%" PRId64, h->pre_allocated_vus);
    add_fact(f, "maxVUs", text);
}

int64_t scenario_highest_target(const struct scenario *s, int64_t start)
{
    for (size_t i = 0; i < s->stage_count; i++)
        start = s->stages[i].target > start ? s->stages[i].target : start;
    return start;
}

static void put_main(struct buf *out, const struct scenario *s, const struct scenario_share *h)
{
    char *total = duration_dup(scenario_max_duration_ns(s, false));
    double per_s = h->rate * (double)NS_PER_SEC / (double)s->time_unit_ns;
    switch (s->executor) {
    case EXECUTOR_SHARED_ITERATIONS:
        buf_addf(out, "%" PRId64 " iterations shared among %" PRId64 " VUs", h->iterations, h->vus);
        break;
    case EXECUTOR_PER_VU_ITERATIONS:
        buf_addf(out, "%" PRId64 " iterations for each of %" PRId64 " VUs", s->iterations, h->vus);
        break;
    case EXECUTOR_CONSTANT_VUS:
        buf_addf(out, "%" PRId64 " looping VUs for %s", h->vus, total);
        break;
    case EXECUTOR_RAMPING_VUS:
        buf_addf(out, "Up to %" PRId64 " looping VUs for %s over %zu stages", h->vus, total,
                 s->stage_count);
        break;
    case EXECUTOR_CONSTANT_ARRIVAL_RATE:
        buf_addf(out, "%.2f iterations/s for %s", s->rate * per_s, total);
        break;
    case EXECUTOR_RAMPING_ARRIVAL_RATE:
        buf_addf(out, "Up to %.2f iterations/s for %s over %zu stages",
                 (double)scenario_highest_target(s, (int64_t)s->start_rate) * per_s, total,
                 s->stage_count);
        break;
    }
    mem_free(total);
}

static void put_executor_facts(struct facts *f, const struct scenario *s,
                               const struct scenario_share *h)
{
    switch (s->executor) {
    case EXECUTOR_SHARED_ITERATIONS:
    case EXECUTOR_PER_VU_ITERATIONS:
        add_duration(f, "maxDuration", s->max_duration_ns);
        break;
    case EXECUTOR_CONSTANT_VUS:
        break;
    case EXECUTOR_RAMPING_VUS:
        add_duration(f, "gracefulRampDown", s->graceful_ramp_down_ns);
        break;
    case EXECUTOR_CONSTANT_ARRIVAL_RATE:
    case EXECUTOR_RAMPING_ARRIVAL_RATE:
        add_max_vus(f, s, h);
        break;
    }
}

char *scenario_describe(const struct scenario *s, const struct scenario_share *share)
{
    struct facts f = {.separator = " ("};
    buf_init(&f.text, BUF_NO_LIMIT);
    put_main(&f.text, s, share);
    put_executor_facts(&f, s, share);
    if ((s->set & SCENARIO_SET_EXEC) != 0)
        add_fact(&f, "exec", s->exec);
    if (s->start_time_ns > 0)
        add_duration(&f, "startTime", s->start_time_ns);
    if (s->graceful_stop_ns > 0)
        add_duration(&f, "gracefulStop", s->graceful_stop_ns);
    if (f.separator[0] == ',')
        buf_addc(&f.text, ')');
    char *text = buf_take(&f.text);
    buf_deinit(&f.text);
    return text;
}

/* ---- JSON */

static void set_ns(struct json *o, const char *key, bool is_set, int64_t ns)
{
    char *text = is_set ? duration_dup(ns) : NULL;
    json_set(o, key, is_set ? json_new_strs(text) : json_new_null());
    mem_free(text);
}

static void set_int(struct json *o, const char *key, bool is_set, int64_t n)
{
    json_set(o, key, is_set ? json_new_int(n) : json_new_null());
}

static void set_map(struct json *o, const char *key, bool is_set, const struct key_value *v,
                    size_t count)
{
    struct json *map = is_set ? json_new_object() : json_new_null();
    for (size_t i = 0; is_set && i < count; i++)
        json_set(map, v[i].key, json_new_strs(v[i].value));
    json_set(o, key, map);
}

static void set_stages(struct json *o, const struct scenario *s)
{
    struct json *list = (s->set & SCENARIO_SET_STAGES) != 0 ? json_new_array() : json_new_null();
    for (size_t i = 0; list->type == JSON_ARRAY && i < s->stage_count; i++) {
        struct json *stage = json_new_object();
        set_ns(stage, "duration", s->stages[i].has_duration, s->stages[i].duration_ns);
        set_int(stage, "target", s->stages[i].has_target, s->stages[i].target);
        json_push(list, stage);
    }
    json_set(o, "stages", list);
}

static void set_executor_fields(struct json *o, const struct scenario *s)
{
    switch (s->executor) {
    case EXECUTOR_SHARED_ITERATIONS:
    case EXECUTOR_PER_VU_ITERATIONS:
        set_int(o, "vus", s->set & SCENARIO_SET_VUS, s->vus);
        set_int(o, "iterations", s->set & SCENARIO_SET_ITERATIONS, s->iterations);
        set_ns(o, "maxDuration", s->set & SCENARIO_SET_MAX_DURATION, s->max_duration_ns);
        break;
    case EXECUTOR_CONSTANT_VUS:
        set_int(o, "vus", s->set & SCENARIO_SET_VUS, s->vus);
        set_ns(o, "duration", s->set & SCENARIO_SET_DURATION, s->duration_ns);
        break;
    case EXECUTOR_RAMPING_VUS:
        set_int(o, "startVUs", s->set & SCENARIO_SET_START_VUS, s->start_vus);
        set_stages(o, s);
        set_ns(o, "gracefulRampDown", s->set & SCENARIO_SET_RAMP_DOWN, s->graceful_ramp_down_ns);
        break;
    case EXECUTOR_CONSTANT_ARRIVAL_RATE:
        set_int(o, "rate", s->set & SCENARIO_SET_RATE, (int64_t)s->rate);
        set_ns(o, "timeUnit", s->set & SCENARIO_SET_TIME_UNIT, s->time_unit_ns);
        set_ns(o, "duration", s->set & SCENARIO_SET_DURATION, s->duration_ns);
        set_int(o, "preAllocatedVUs", s->set & SCENARIO_SET_PRE_ALLOCATED, s->pre_allocated_vus);
        set_int(o, "maxVUs", s->set & SCENARIO_SET_MAX_VUS, s->max_vus);
        break;
    case EXECUTOR_RAMPING_ARRIVAL_RATE:
        set_int(o, "startRate", s->set & SCENARIO_SET_START_RATE, (int64_t)s->start_rate);
        set_ns(o, "timeUnit", s->set & SCENARIO_SET_TIME_UNIT, s->time_unit_ns);
        set_stages(o, s);
        set_int(o, "preAllocatedVUs", s->set & SCENARIO_SET_PRE_ALLOCATED, s->pre_allocated_vus);
        set_int(o, "maxVUs", s->set & SCENARIO_SET_MAX_VUS, s->max_vus);
        break;
    }
}

struct json *scenario_list_to_json(const struct scenario_list *l)
{
    struct json *all = json_new_object();
    for (size_t i = 0; i < l->count; i++) {
        const struct scenario *s = &l->items[i];
        struct json *o = json_new_object();
        json_set(o, "executor", json_new_strs(executor_name(s->executor)));
        set_ns(o, "startTime", s->set & SCENARIO_SET_START_TIME, s->start_time_ns);
        set_ns(o, "gracefulStop", s->set & SCENARIO_SET_GRACEFUL_STOP, s->graceful_stop_ns);
        set_map(o, "env", s->set & SCENARIO_SET_ENV, s->env, s->env_count);
        json_set(o, "exec",
                 (s->set & SCENARIO_SET_EXEC) != 0 ? json_new_strs(s->exec) : json_new_null());
        set_map(o, "tags", s->set & SCENARIO_SET_TAGS, s->tags, s->tag_count);
        if (s->options != NULL)
            json_set(o, "options", json_dup(s->options));
        set_executor_fields(o, s);
        json_set(all, s->name, o);
    }
    return all;
}
