/* scenario.c - scenarios: defaults, reading from JSON, judging values.
 * Knows no clock and no VU. How they are shown is in scenario_text.c.
 * Source: k6 docs, "Scenarios" and the page of each executor. Tests: options_test.c */
#include "options/scenario.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/duration.h"
#include "base/mem.h"
#include "base/vec.h"
#include "options/optval.h"

#define MIN_DURATION_NS    NS_PER_SEC
#define MAX_CONCURRENT_VUS INT64_C(100000000)

static const struct {
    const char *name;
    enum executor_kind kind;
    uint32_t fields; /* what it may set, beside the common ones */
} executors[] = {
    {"shared-iterations", EXECUTOR_SHARED_ITERATIONS,
     SCENARIO_SET_VUS | SCENARIO_SET_ITERATIONS | SCENARIO_SET_MAX_DURATION},
    {"per-vu-iterations", EXECUTOR_PER_VU_ITERATIONS,
     SCENARIO_SET_VUS | SCENARIO_SET_ITERATIONS | SCENARIO_SET_MAX_DURATION},
    {"constant-vus", EXECUTOR_CONSTANT_VUS, SCENARIO_SET_VUS | SCENARIO_SET_DURATION},
    {"ramping-vus", EXECUTOR_RAMPING_VUS,
     SCENARIO_SET_START_VUS | SCENARIO_SET_STAGES | SCENARIO_SET_RAMP_DOWN},
    {"constant-arrival-rate", EXECUTOR_CONSTANT_ARRIVAL_RATE,
     SCENARIO_SET_RATE | SCENARIO_SET_TIME_UNIT | SCENARIO_SET_DURATION |
         SCENARIO_SET_PRE_ALLOCATED | SCENARIO_SET_MAX_VUS},
    {"ramping-arrival-rate", EXECUTOR_RAMPING_ARRIVAL_RATE,
     SCENARIO_SET_START_RATE | SCENARIO_SET_TIME_UNIT | SCENARIO_SET_STAGES |
         SCENARIO_SET_PRE_ALLOCATED | SCENARIO_SET_MAX_VUS},
};
enum { EXECUTOR_KINDS = sizeof executors / sizeof executors[0] };

const char *executor_name(enum executor_kind k)
{
    for (size_t i = 0; i < EXECUTOR_KINDS; i++)
        if (executors[i].kind == k)
            return executors[i].name;
    return "";
}

int executor_parse(struct str name, enum executor_kind *out)
{
    for (size_t i = 0; i < EXECUTOR_KINDS; i++) {
        if (str_eqs(name, executors[i].name)) {
            *out = executors[i].kind;
            return 0;
        }
    }
    return ERR_NOT_FOUND;
}

static uint32_t executor_fields(enum executor_kind k)
{
    for (size_t i = 0; i < EXECUTOR_KINDS; i++)
        if (executors[i].kind == k)
            return executors[i].fields;
    return 0;
}

void scenario_init(struct scenario *s, const char *name, enum executor_kind kind)
{
    memset(s, 0, sizeof *s);
    s->name = mem_strdup(name);
    s->exec = mem_strdup("default");
    s->executor = kind;
    s->graceful_stop_ns = 30 * NS_PER_SEC;
    s->vus = 1;
    s->iterations = 1;
    s->max_duration_ns = 600 * NS_PER_SEC;
    s->start_vus = 1;
    s->graceful_ramp_down_ns = 30 * NS_PER_SEC;
    s->time_unit_ns = NS_PER_SEC;
}

void scenario_deinit(struct scenario *s)
{
    mem_free(s->name);
    mem_free(s->exec);
    optval_free_map(s->env, s->env_count);
    optval_free_map(s->tags, s->tag_count);
    json_free(s->options);
    mem_free(s->stages);
    memset(s, 0, sizeof *s);
}

void scenario_list_deinit(struct scenario_list *l)
{
    for (size_t i = 0; i < l->count; i++)
        scenario_deinit(&l->items[i]);
    mem_free(l->items);
    l->items = NULL;
    l->count = 0;
}

/* ---- reading: one table of fields, common ones and those of executors */

enum field_type { FIELD_INT, FIELD_NS, FIELD_RATE };

static const struct field {
    const char *name;
    enum field_type type;
    uint32_t bit;
    size_t offset;
    bool is_common;
} fields[] = {
    {"startTime", FIELD_NS, SCENARIO_SET_START_TIME, offsetof(struct scenario, start_time_ns),
     true},
    {"gracefulStop", FIELD_NS, SCENARIO_SET_GRACEFUL_STOP,
     offsetof(struct scenario, graceful_stop_ns), true},
    {"vus", FIELD_INT, SCENARIO_SET_VUS, offsetof(struct scenario, vus), false},
    {"iterations", FIELD_INT, SCENARIO_SET_ITERATIONS, offsetof(struct scenario, iterations),
     false},
    {"duration", FIELD_NS, SCENARIO_SET_DURATION, offsetof(struct scenario, duration_ns), false},
    {"maxDuration", FIELD_NS, SCENARIO_SET_MAX_DURATION, offsetof(struct scenario, max_duration_ns),
     false},
    {"startVUs", FIELD_INT, SCENARIO_SET_START_VUS, offsetof(struct scenario, start_vus), false},
    {"gracefulRampDown", FIELD_NS, SCENARIO_SET_RAMP_DOWN,
     offsetof(struct scenario, graceful_ramp_down_ns), false},
    {"rate", FIELD_RATE, SCENARIO_SET_RATE, offsetof(struct scenario, rate), false},
    {"startRate", FIELD_RATE, SCENARIO_SET_START_RATE, offsetof(struct scenario, start_rate),
     false},
    {"timeUnit", FIELD_NS, SCENARIO_SET_TIME_UNIT, offsetof(struct scenario, time_unit_ns), false},
    {"preAllocatedVUs", FIELD_INT, SCENARIO_SET_PRE_ALLOCATED,
     offsetof(struct scenario, pre_allocated_vus), false},
    {"maxVUs", FIELD_INT, SCENARIO_SET_MAX_VUS, offsetof(struct scenario, max_vus), false},
};

static int read_number_field(struct scenario *s, const struct field *f, const struct json *v,
                             struct err *e)
{
    char *at = (char *)s + f->offset;
    struct opt_int n = {0};
    struct opt_ns ns = {0};
    int rc = f->type == FIELD_NS ? optval_json_ns(&ns, v, e) : optval_json_int(&n, v, e);
    if (rc < 0)
        return err_prefix(e, rc, "%s", f->name);
    if (!n.set && !ns.set)
        return 0;
    s->set |= f->bit;
    if (f->type == FIELD_RATE)
        *(double *)(void *)at = (double)n.v;
    else
        *(int64_t *)(void *)at = f->type == FIELD_NS ? ns.v : n.v;
    return 0;
}

static int read_exec(struct scenario *s, const struct json *v, struct err *e)
{
    struct opt_str exec = {0};
    int rc = optval_json_str(&exec, v, e);
    if (rc < 0 || !exec.set)
        return err_prefix(e, rc, "exec");
    mem_free(s->exec);
    s->exec = exec.v;
    s->set |= SCENARIO_SET_EXEC;
    return 0;
}

static int read_options(struct scenario *s, const struct json *v, struct err *e)
{
    if (v->type == JSON_NULL)
        return 0;
    if (v->type != JSON_OBJECT)
        return err_prefix(e, optval_wrong_type(v, "an object", e), "options");
    struct json *options = json_new_object();
    json_set(options, "browser", json_new_null());
    int rc = 0;
    for (size_t i = 0; rc == 0 && i < v->len; i++) {
        const struct json *value = v->items[i];
        if (!str_ieqs(v->keys[i], "browser"))
            rc = err_set(e, ERR_INVALID, "json: unknown field \"%s\"", v->keys[i].p);
        else if (value->type != JSON_OBJECT && value->type != JSON_NULL)
            rc = optval_wrong_type(value, "an object of browser options", e);
        else
            json_set(options, "browser", json_dup(value));
    }
    if (rc < 0) {
        json_free(options);
        return err_prefix(e, rc, "options");
    }
    json_free(s->options);
    s->options = options;
    return 0;
}

/* The fields that are no numbers. Returns 1 when the name is none of them. */
static int read_other_field(struct scenario *s, struct str name, const struct json *v,
                            struct err *e)
{
    if (str_ieqs(name, "executor"))
        return 0;
    if (str_ieqs(name, "exec"))
        return read_exec(s, v, e);
    if (str_ieqs(name, "options"))
        return read_options(s, v, e);
    if (str_ieqs(name, "env")) {
        s->set |= v->type == JSON_NULL ? 0 : SCENARIO_SET_ENV;
        return v->type == JSON_NULL
                   ? 0
                   : err_prefix(e, optval_json_map(&s->env, &s->env_count, v, e), "env");
    }
    if (str_ieqs(name, "tags")) {
        s->set |= v->type == JSON_NULL ? 0 : SCENARIO_SET_TAGS;
        return v->type == JSON_NULL
                   ? 0
                   : err_prefix(e, optval_json_map(&s->tags, &s->tag_count, v, e), "tags");
    }
    if (str_ieqs(name, "stages") && (executor_fields(s->executor) & SCENARIO_SET_STAGES) != 0) {
        s->set |= v->type == JSON_NULL ? 0 : SCENARIO_SET_STAGES;
        return v->type == JSON_NULL
                   ? 0
                   : err_prefix(e, optval_json_stages(&s->stages, &s->stage_count, v, true, e),
                                "stages");
    }
    return 1;
}

static int read_field(struct scenario *s, struct str name, const struct json *v, struct err *e)
{
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        const struct field *f = &fields[i];
        if (str_ieqs(name, f->name) &&
            (f->is_common || (executor_fields(s->executor) & f->bit) != 0))
            return read_number_field(s, f, v, e);
    }
    int rc = read_other_field(s, name, v, e);
    return rc == 1 ? err_set(e, ERR_INVALID, "json: unknown field \"%s\"", name.p) : rc;
}

static int refuse_executor(struct str name, struct err *e)
{
    struct buf known;
    buf_init(&known, 1024);
    for (size_t i = 0; i < EXECUTOR_KINDS; i++)
        buf_addf(&known, "%s%s", i > 0 ? ", " : "", executors[i].name);
    err_set(e, ERR_INVALID, "unknown executor type '%s'", name.p);
    if (str_eqs(name, "externally-controlled"))
        err_set_hint(e, "k6 dropped this one with version 2.0; ramping-vus follows stages");
    else
        err_set_hint(e, "executors are %s", known.data);
    buf_deinit(&known);
    return ERR_INVALID;
}

/* Its name may be written in any case, like those of all fields; the last one counts. */
static const struct json *find_executor(const struct json *v)
{
    for (size_t i = v->len; i > 0; i--)
        if (str_ieqs(v->keys[i - 1], "executor"))
            return v->items[i - 1];
    return NULL;
}

static int read_scenario(struct scenario *s, const char *name, const struct json *v, struct err *e)
{
    const struct json *executor = v->type == JSON_OBJECT ? find_executor(v) : NULL;
    enum executor_kind kind;
    if (v->type != JSON_OBJECT)
        return optval_wrong_type(v, "an object with the scenario's settings", e);
    if (executor != NULL && executor->type != JSON_STRING && executor->type != JSON_NULL)
        return optval_wrong_type(executor, "the executor's name", e);
    if (executor == NULL || executor->type == JSON_NULL || executor->text.len == 0)
        return err_set(e, ERR_INVALID, "it has no executor");
    if (executor_parse(executor->text, &kind) < 0)
        return refuse_executor(executor->text, e);
    scenario_init(s, name, kind);
    int rc = 0;
    for (size_t i = 0; rc == 0 && i < v->len; i++)
        rc = read_field(s, v->keys[i], v->items[i], e);
    if (rc < 0) {
        scenario_deinit(s);
        return rc;
    }
    if ((s->set & SCENARIO_SET_MAX_VUS) == 0)
        s->max_vus = s->pre_allocated_vus;
    return 0;
}

int scenario_list_parse(struct scenario_list *fills, const struct json *scenarios, struct err *e)
{
    memset(fills, 0, sizeof *fills);
    if (scenarios == NULL || scenarios->type == JSON_NULL)
        return 0;
    if (scenarios->type != JSON_OBJECT)
        return optval_wrong_type(scenarios, "an object of scenarios", e);
    fills->items = mem_calloc(scenarios->len + 1, sizeof *fills->items);
    for (size_t i = 0; i < scenarios->len; i++) {
        int rc = read_scenario(&fills->items[fills->count], scenarios->keys[i].p,
                               scenarios->items[i], e);
        if (rc < 0) {
            err_prefix(e, rc, "scenario '%s'", scenarios->keys[i].p);
            scenario_list_deinit(fills);
            return rc;
        }
        fills->count++;
    }
    scenario_list_sort(fills);
    return 0;
}

static int compare_scenarios(const void *a, const void *b)
{
    const struct scenario *x = a;
    const struct scenario *y = b;
    if (x->start_time_ns != y->start_time_ns)
        return x->start_time_ns < y->start_time_ns ? -1 : 1;
    return strcmp(x->name, y->name);
}

void scenario_list_sort(struct scenario_list *l)
{
    if (l->count > 1)
        qsort(l->items, l->count, sizeof *l->items, compare_scenarios);
}

/* ---- judging */

static void problem(struct buf *out, size_t start, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
static void problem(struct buf *out, size_t start, const char *fmt, ...)
{
    va_list ap;
    if (out->len > start)
        buf_adds(out, ", ");
    va_start(ap, fmt);
    buf_vaddf(out, fmt, ap);
    va_end(ap);
}

static bool name_is_valid(const char *name)
{
    for (const char *p = name; *p != '\0'; p++)
        if (!ascii_is_alpha(*p) && !ascii_is_digit(*p) && *p != '_' && *p != '-')
            return false;
    return true;
}

static void check_base(const struct scenario *s, struct buf *out, size_t start)
{
    if (*s->name == '\0')
        problem(out, start, "scenario name can't be empty");
    if (*s->name == '\0' || !name_is_valid(s->name))
        problem(out, start,
                "the scenario name should contain only numbers, latin letters, underscores, and "
                "dashes");
    if ((s->set & SCENARIO_SET_EXEC) != 0 && *s->exec == '\0')
        problem(out, start, "exec value cannot be empty");
    if (s->start_time_ns < 0)
        problem(out, start, "the startTime can't be negative");
    if (s->graceful_stop_ns < 0)
        problem(out, start, "the gracefulStop timeout can't be negative");
}

static void check_at_least_a_second(const char *what, int64_t ns, struct buf *out, size_t start)
{
    if (ns >= MIN_DURATION_NS)
        return;
    char *text = duration_dup(ns);
    problem(out, start, "the %s must be at least 1s, but is %s", what, text);
    mem_free(text);
}

static void check_duration(const struct scenario *s, struct buf *out, size_t start)
{
    if ((s->set & SCENARIO_SET_DURATION) == 0)
        problem(out, start, "the duration is unspecified");
    else
        check_at_least_a_second("duration", s->duration_ns, out, start);
}

static void check_stages(const struct scenario *s, struct buf *out, size_t start)
{
    if (s->stage_count == 0)
        problem(out, start, "at least one stage has to be specified");
    for (size_t i = 0; i < s->stage_count; i++) {
        const struct stage *g = &s->stages[i];
        if (!g->has_duration)
            problem(out, start, "stage %zu doesn't have a duration", i + 1);
        else if (g->duration_ns < 0)
            problem(out, start, "the duration for stage %zu can't be negative", i + 1);
        if (!g->has_target)
            problem(out, start, "stage %zu doesn't have a target", i + 1);
        else if (g->target < 0)
            problem(out, start, "the target for stage %zu can't be negative", i + 1);
    }
}

static void check_vus(int64_t vus, struct buf *out, size_t start)
{
    if (vus <= 0)
        problem(out, start, "the number of VUs must be more than 0");
    else if (vus > MAX_CONCURRENT_VUS)
        problem(out, start, "the number of VUs exceeds the limit of %" PRId64, MAX_CONCURRENT_VUS);
}

static void check_ramping_vus(const struct scenario *s, struct buf *out, size_t start)
{
    int64_t most = s->start_vus;
    if (s->start_vus < 0)
        problem(out, start, "the number of start VUs can't be negative");
    for (size_t i = 0; i < s->stage_count; i++)
        most = s->stages[i].target > most ? s->stages[i].target : most;
    if (most <= 0)
        problem(out, start,
                "either startVUs or one of the stages' target values must be greater than 0");
    check_stages(s, out, start);
    if (s->start_vus > MAX_CONCURRENT_VUS)
        problem(out, start, "the startVUs exceed max limit of %" PRId64, MAX_CONCURRENT_VUS);
    for (size_t i = 0; i < s->stage_count; i++)
        if (s->stages[i].target > MAX_CONCURRENT_VUS)
            problem(out, start, "target for stage %zu exceeds max limit of %" PRId64, i + 1,
                    MAX_CONCURRENT_VUS);
}

static void check_arrival_vus(const struct scenario *s, struct buf *out, size_t start)
{
    if ((s->set & SCENARIO_SET_PRE_ALLOCATED) == 0)
        problem(out, start, "the number of preAllocatedVUs isn't specified");
    else if (s->pre_allocated_vus < 0)
        problem(out, start, "the number of preAllocatedVUs can't be negative");
    if ((s->set & SCENARIO_SET_MAX_VUS) != 0 && s->max_vus < s->pre_allocated_vus)
        problem(out, start, "maxVUs can't be less than preAllocatedVUs");
    if (s->max_vus > MAX_CONCURRENT_VUS)
        problem(out, start, "maxVUs exceeds the limit of %" PRId64, MAX_CONCURRENT_VUS);
}

static void check_constant_arrival(const struct scenario *s, struct buf *out, size_t start)
{
    if ((s->set & SCENARIO_SET_RATE) == 0)
        problem(out, start, "the iteration rate isn't specified");
    else if (s->rate <= 0)
        problem(out, start, "the iteration rate must be more than 0");
    if (s->time_unit_ns <= 0)
        problem(out, start, "the timeUnit must be more than 0");
    check_duration(s, out, start);
    check_arrival_vus(s, out, start);
}

void scenario_validate(const struct scenario *s, struct buf *problems)
{
    size_t start = problems->len;
    check_base(s, problems, start);
    switch (s->executor) {
    case EXECUTOR_SHARED_ITERATIONS:
        check_vus(s->vus, problems, start);
        if (s->iterations < s->vus)
            problem(problems, start,
                    "the number of iterations (%" PRId64
                    ") can't be less than the number of VUs (%" PRId64 ")",
                    s->iterations, s->vus);
        check_at_least_a_second("maxDuration", s->max_duration_ns, problems, start);
        break;
    case EXECUTOR_PER_VU_ITERATIONS:
        check_vus(s->vus, problems, start);
        if (s->iterations <= 0)
            problem(problems, start, "the number of iterations must be more than 0");
        check_at_least_a_second("maxDuration", s->max_duration_ns, problems, start);
        break;
    case EXECUTOR_CONSTANT_VUS:
        check_vus(s->vus, problems, start);
        check_duration(s, problems, start);
        break;
    case EXECUTOR_RAMPING_VUS:
        check_ramping_vus(s, problems, start);
        break;
    case EXECUTOR_CONSTANT_ARRIVAL_RATE:
        check_constant_arrival(s, problems, start);
        break;
    case EXECUTOR_RAMPING_ARRIVAL_RATE:
        if (s->start_rate < 0)
            problem(problems, start, "the startRate value can't be negative");
        if (s->time_unit_ns <= 0)
            problem(problems, start, "the timeUnit must be more than 0");
        check_stages(s, problems, start);
        check_arrival_vus(s, problems, start);
        break;
    }
}
