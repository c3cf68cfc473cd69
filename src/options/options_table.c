/* options_table.c - the table of options and what is done with a row: read, copy, print, forget.
 * Source: k6 docs, "k6 options reference" (names in each source). Tests: options_test.c */
#include "options/options_table.h"

#include <stdlib.h>
#include <string.h>

#include "base/duration.h"
#include "base/mem.h"
#include "metrics/tags.h"
#include "options/options_check.h"
#include "options/optval.h"

#define AT(field) offsetof(struct options, field)

const struct option_row option_rows[] = {
    {"paused", "K6_PAUSED", "paused", 'p', OPT_BOOL, AT(paused), NULL, NULL,
     "start the test in a paused state", NULL, NULL},
    {"vus", "K6_VUS", "vus", 'u', OPT_INT, AT(vus), "int", NULL,
     "number of virtual users (default 1)", NULL, NULL},
    {"duration", "K6_DURATION", "duration", 'd', OPT_NS, AT(duration), "duration", NULL,
     "test duration limit", NULL, NULL},
    {"iterations", "K6_ITERATIONS", "iterations", 'i', OPT_INT, AT(iterations), "int", NULL,
     "script total iteration limit (among all VUs)", NULL, NULL},
    {"stages", "K6_STAGES", "stage", 's', OPT_STAGES, AT(stages), "stage", NULL,
     "add a stage, as [duration]:[target]", NULL, NULL},
    {"scenarios", NULL, NULL, 0, OPT_JSON, AT(scenarios), NULL, NULL, NULL, check_object, NULL},
    {"executionSegment", NULL, "execution-segment", 0, OPT_STR, AT(execution_segment), "string",
     NULL, "limit execution to the specified segment, e.g. 10%, 1/3, 0.2:2/3", NULL, NULL},
    {"executionSegmentSequence", NULL, "execution-segment-sequence", 0, OPT_STR,
     AT(execution_segment_sequence), "string", NULL, "the execution segment sequence", NULL, NULL},
    {"noSetup", "K6_NO_SETUP", "no-setup", 0, OPT_BOOL, AT(no_setup), NULL, NULL,
     "don't run setup()", NULL, NULL},
    {"setupTimeout", "K6_SETUP_TIMEOUT", NULL, 0, OPT_NS, AT(setup_timeout), NULL, NULL, NULL, NULL,
     NULL},
    {"noTeardown", "K6_NO_TEARDOWN", "no-teardown", 0, OPT_BOOL, AT(no_teardown), NULL, NULL,
     "don't run teardown()", NULL, NULL},
    {"teardownTimeout", "K6_TEARDOWN_TIMEOUT", NULL, 0, OPT_NS, AT(teardown_timeout), NULL, NULL,
     NULL, NULL, NULL},
    {"handleSummaryTimeout", "K6_HANDLE_SUMMARY_TIMEOUT", NULL, 0, OPT_NS,
     AT(handle_summary_timeout), NULL, NULL, NULL, NULL, NULL},
    {"maxRedirects", "K6_MAX_REDIRECTS", "max-redirects", 0, OPT_INT, AT(max_redirects), "int",
     NULL, "follow at most n redirects (default 10)", NULL, NULL},
    {"batch", "K6_BATCH", "batch", 0, OPT_INT, AT(batch), "int", NULL,
     "max parallel batch reqs (default 20)", NULL, NULL},
    {"batchPerHost", "K6_BATCH_PER_HOST", "batch-per-host", 0, OPT_INT, AT(batch_per_host), "int",
     NULL, "max parallel batch reqs per host (default 6)", NULL, NULL},
    {"rps", "K6_RPS", "rps", 0, OPT_INT, AT(rps), "int", NULL, "limit requests per second", NULL,
     NULL},
    {"userAgent", "K6_USER_AGENT", "user-agent", 0, OPT_STR, AT(user_agent), "string", NULL,
     "user agent for http requests", NULL, NULL},
    {"httpDebug", "K6_HTTP_DEBUG", "http-debug", 0, OPT_STR, AT(http_debug), "string", "headers",
     "log all HTTP requests and responses; excludes bodies unless --http-debug=full", NULL, NULL},
    {"insecureSkipTLSVerify", "K6_INSECURE_SKIP_TLS_VERIFY", "insecure-skip-tls-verify", 0,
     OPT_BOOL, AT(insecure_skip_tls_verify), NULL, NULL, "skip verification of TLS certificates",
     NULL, NULL},
    {"noConnectionReuse", "K6_NO_CONNECTION_REUSE", "no-connection-reuse", 0, OPT_BOOL,
     AT(no_connection_reuse), NULL, NULL, "disable keep-alive connections", NULL, NULL},
    {"noVUConnectionReuse", "K6_NO_VU_CONNECTION_REUSE", "no-vu-connection-reuse", 0, OPT_BOOL,
     AT(no_vu_connection_reuse), NULL, NULL, "don't reuse connections between iterations", NULL,
     NULL},
    {"minIterationDuration", "K6_MIN_ITERATION_DURATION", "min-iteration-duration", 0, OPT_NS,
     AT(min_iteration_duration), "duration", NULL,
     "minimum amount of time a single iteration takes", NULL, NULL},
    {"throw", "K6_THROW", "throw", 'w', OPT_BOOL, AT(throw_errors), NULL, NULL,
     "throw warnings (like failed http requests) as errors", NULL, NULL},
    {"blacklistIPs", "K6_BLACKLIST_IPS", "blacklist-ip", 0, OPT_JSON, AT(blacklist_ips), "ip range",
     NULL, "blacklist an ip range from being called", check_ip_ranges, list_from_text},
    {"blockHostnames", "K6_BLOCK_HOSTNAMES", "block-hostnames", 0, OPT_JSON, AT(block_hostnames),
     "pattern", NULL,
     "block a case-insensitive hostname pattern, with optional leading wildcard, from being called",
     check_hostnames, list_from_text},
    {"summaryTrendStats", "K6_SUMMARY_TREND_STATS", "summary-trend-stats", 0, OPT_STRS,
     AT(summary_trend_stats), "stats", NULL,
     "define stats for trend metrics (response times), one or more as 'avg,p(95),...' (default "
     "'avg,min,med,max,p(90),p(95)')",
     NULL, NULL},
    {"summaryTimeUnit", "K6_SUMMARY_TIME_UNIT", "summary-time-unit", 0, OPT_STR,
     AT(summary_time_unit), "string", NULL,
     "define the time unit used to display the trend stats: 's', 'ms' or 'us'", NULL, NULL},
    {"systemTags", "K6_SYSTEM_TAGS", "system-tags", 0, OPT_SYSTEM_TAGS, AT(system_tags), "tags",
     NULL, "only include these system tags in metrics", NULL, NULL},
    {"tags", "K6_TAGS", "tag", 0, OPT_TAGS, AT(tags), "tag", NULL,
     "add a tag to be applied to all samples, as [name]=[value]", NULL, NULL},
    {NULL, "K6_CONSOLE_OUTPUT", "console-output", 0, OPT_STR, AT(console_output), "string", NULL,
     "redirects the console logging to the provided output file", NULL, NULL},
    {"discardResponseBodies", "K6_DISCARD_RESPONSE_BODIES", "discard-response-bodies", 0, OPT_BOOL,
     AT(discard_response_bodies), NULL, NULL, "read but don't process or save HTTP response bodies",
     NULL, NULL},
    {NULL, "K6_LOCAL_IPS", "local-ips", 0, OPT_STR, AT(local_ips), "string", NULL,
     "client IP ranges and/or CIDRs from which each VU will be making requests, e.g. "
     "'192.168.220.1,192.168.0.10-192.168.0.25'",
     NULL, NULL},
    {"dns", "K6_DNS", "dns", 0, OPT_JSON, AT(dns), "string", NULL,
     "DNS resolver configuration, e.g. 'ttl=5m,select=random,policy=preferIPv4'", check_dns,
     dns_from_text},
    {"hosts", NULL, NULL, 0, OPT_JSON, AT(hosts), NULL, NULL, NULL, check_hosts, NULL},
    {"tlsAuth", "K6_TLSAUTH", NULL, 0, OPT_JSON, AT(tls_auth), NULL, NULL, NULL, check_tls_auth,
     NULL},
    {"tlsVersion", NULL, NULL, 0, OPT_JSON, AT(tls_version), NULL, NULL, NULL, check_tls_version,
     NULL},
    {"tlsCipherSuites", "K6_TLS_CIPHER_SUITES", NULL, 0, OPT_JSON, AT(tls_cipher_suites), NULL,
     NULL, NULL, check_cipher_suites, NULL},
    {"noCookiesReset", "K6_NO_COOKIES_RESET", NULL, 0, OPT_BOOL, AT(no_cookies_reset), NULL, NULL,
     NULL, NULL, NULL},
    {"thresholds", "K6_THRESHOLDS", NULL, 0, OPT_JSON, AT(thresholds), NULL, NULL, NULL,
     check_thresholds, NULL},
    {"metricSamplesBufferSize", "K6_METRIC_SAMPLES_BUFFER_SIZE", NULL, 0, OPT_INT,
     AT(metric_samples_buffer_size), NULL, NULL, NULL, NULL, NULL},
    {"cloud", NULL, NULL, 0, OPT_JSON, AT(cloud), NULL, NULL, NULL, NULL, NULL},
    {"ext", NULL, NULL, 0, OPT_JSON, AT(ext), NULL, NULL, NULL, NULL, NULL},
    {"features", NULL, NULL, 0, OPT_JSON, AT(features), NULL, NULL, NULL, check_features, NULL},
};
const size_t option_row_count = sizeof option_rows / sizeof option_rows[0];

void *option_at(const struct options *o, const struct option_row *row)
{
    return (char *)(uintptr_t)o + row->offset;
}

void option_clear(struct options *o, const struct option_row *row)
{
    void *at = option_at(o, row);
    switch (row->kind) {
    case OPT_BOOL:
        *(struct opt_bool *)at = (struct opt_bool){0};
        break;
    case OPT_INT:
        *(struct opt_int *)at = (struct opt_int){0};
        break;
    case OPT_NS:
        *(struct opt_ns *)at = (struct opt_ns){0};
        break;
    case OPT_SYSTEM_TAGS:
        *(struct opt_mask *)at = (struct opt_mask){0};
        break;
    case OPT_STR:
        mem_free(((struct opt_str *)at)->v);
        *(struct opt_str *)at = (struct opt_str){0};
        break;
    case OPT_STRS:
        optval_free_strs(((struct opt_strs *)at)->v, ((struct opt_strs *)at)->count);
        *(struct opt_strs *)at = (struct opt_strs){0};
        break;
    case OPT_STAGES:
        mem_free(((struct opt_stages *)at)->v);
        *(struct opt_stages *)at = (struct opt_stages){0};
        break;
    case OPT_TAGS:
        optval_free_map(((struct opt_tags *)at)->v, ((struct opt_tags *)at)->count);
        *(struct opt_tags *)at = (struct opt_tags){0};
        break;
    case OPT_JSON:
        json_free(((struct opt_json *)at)->v);
        *(struct opt_json *)at = (struct opt_json){0};
        break;
    }
}

static void copy_strs(struct opt_strs *to, const struct opt_strs *from)
{
    to->set = true;
    to->count = from->count;
    to->v = mem_calloc(from->count + 1, sizeof *to->v);
    for (size_t i = 0; i < from->count; i++)
        to->v[i] = mem_strdup(from->v[i]);
}

static void copy_stages(struct opt_stages *to, const struct opt_stages *from)
{
    to->set = true;
    to->v = mem_calloc(from->count + 1, sizeof *to->v);
    to->count = 0;
    for (size_t i = 0; i < from->count; i++)
        if (from->v[i]
                .has_duration) /* k6 drops stages without one when it lays sources over another */
            to->v[to->count++] = from->v[i];
}

void option_copy(struct options *to, const struct options *from, const struct option_row *row)
{
    void *dst = option_at(to, row);
    const void *src = option_at(from, row);
    option_clear(to, row);
    switch (row->kind) {
    case OPT_BOOL:
        *(struct opt_bool *)dst = *(const struct opt_bool *)src;
        break;
    case OPT_INT:
        *(struct opt_int *)dst = *(const struct opt_int *)src;
        break;
    case OPT_NS:
        *(struct opt_ns *)dst = *(const struct opt_ns *)src;
        break;
    case OPT_SYSTEM_TAGS:
        *(struct opt_mask *)dst = *(const struct opt_mask *)src;
        break;
    case OPT_STR:
        ((struct opt_str *)dst)->set = ((const struct opt_str *)src)->set;
        ((struct opt_str *)dst)->v = mem_strdup(((const struct opt_str *)src)->v);
        break;
    case OPT_STRS:
        copy_strs(dst, src);
        break;
    case OPT_STAGES:
        copy_stages(dst, src);
        break;
    case OPT_TAGS:
        ((struct opt_tags *)dst)->set = true;
        ((struct opt_tags *)dst)->count = ((const struct opt_tags *)src)->count;
        ((struct opt_tags *)dst)->v = optval_dup_map(((const struct opt_tags *)src)->v,
                                                     ((const struct opt_tags *)src)->count);
        break;
    case OPT_JSON:
        ((struct opt_json *)dst)->set = true;
        ((struct opt_json *)dst)->v = json_dup(((const struct opt_json *)src)->v);
        break;
    }
}

static uint32_t system_tags_of(const struct opt_strs *names)
{
    uint32_t mask = 0;
    for (size_t i = 0; i < names->count; i++)
        mask |= system_tag_parse(str_of(names->v[i]));
    return mask;
}

/* ---- reading */

static int read_json_value(struct opt_json *at, const struct option_row *row, struct json *takes,
                           struct err *e)
{
    struct json *v = takes;
    int rc = row->check != NULL ? row->check(&v, e) : 0;
    if (rc < 0) {
        json_free(v);
        return rc;
    }
    json_free(at->v);
    at->set = true;
    at->v = v;
    return 0;
}

int option_read_json(struct options *o, const struct option_row *row, const struct json *v,
                     struct err *e)
{
    void *at = option_at(o, row);
    if (v->type == JSON_NULL)
        return 0;
    switch (row->kind) {
    case OPT_BOOL:
        return optval_json_bool(at, v, e);
    case OPT_INT:
        return optval_json_int(at, v, e);
    case OPT_NS:
        return optval_json_ns(at, v, e);
    case OPT_STR:
        return optval_json_str(at, v, e);
    case OPT_STRS:
        return optval_json_strs(at, v, e);
    case OPT_STAGES: {
        struct opt_stages *s = at;
        int rc = optval_json_stages(&s->v, &s->count, v, false, e);
        s->set = rc == 0;
        return rc;
    }
    case OPT_TAGS: {
        struct opt_tags *t = at;
        int rc = optval_json_map(&t->v, &t->count, v, e);
        t->set = rc == 0 && t->count > 0;
        return rc;
    }
    case OPT_SYSTEM_TAGS: {
        struct opt_strs names = {0};
        int rc = optval_json_strs(&names, v, e);
        if (rc == 0)
            *(struct opt_mask *)at = (struct opt_mask){true, system_tags_of(&names)};
        optval_free_strs(names.v, names.count);
        return rc;
    }
    case OPT_JSON:
        return read_json_value(at, row, json_dup(v), e);
    }
    return 0;
}

int option_read_text(struct options *o, const struct option_row *row, const char *text,
                     struct err *e)
{
    void *at = option_at(o, row);
    if (*text == '\0')
        return 0;
    switch (row->kind) {
    case OPT_BOOL:
        return optval_text_bool(at, text, e);
    case OPT_INT:
        return optval_text_int(at, text, e);
    case OPT_NS:
        return optval_text_ns(at, text, e);
    case OPT_STR: {
        struct opt_str *s = at;
        mem_free(s->v);
        *s = (struct opt_str){true, mem_strdup(text)};
        return 0;
    }
    case OPT_STRS:
        optval_split(at, text);
        return 0;
    case OPT_STAGES: {
        struct opt_stages *s = at;
        int rc = optval_text_stages(&s->v, &s->count, text, e);
        s->set = rc == 0;
        return rc;
    }
    case OPT_TAGS: {
        struct opt_tags *t = at;
        int rc = optval_text_map(&t->v, &t->count, text, e);
        t->set = rc == 0 && t->count > 0;
        return rc;
    }
    case OPT_SYSTEM_TAGS: {
        struct opt_strs names = {0};
        optval_split(&names, text);
        *(struct opt_mask *)at = (struct opt_mask){true, system_tags_of(&names)};
        optval_free_strs(names.v, names.count);
        return 0;
    }
    case OPT_JSON: {
        struct json *v = NULL;
        int rc = 0;
        if (row->from_text != NULL)
            rc = row->from_text(&v, text, e);
        else
            v = json_parse(str_of(text), e);
        if (rc < 0 || v == NULL)
            return ERR_INVALID;
        return read_json_value(at, row, v, e);
    }
    }
    return 0;
}

/* "--tag name=value", one at a time. */
static int add_tag(struct opt_tags *t, const char *text, struct err *e)
{
    struct str name;
    struct str value;
    if (*text == '\0')
        return 0;
    if (!str_cut(str_of(text), '=', &name, &value))
        return err_set(e, ERR_INVALID, "error parsing tag '%s': invalid tag, empty value", text);
    if (name.len == 0)
        return err_set(e, ERR_INVALID, "error parsing tag '%s': invalid tag, empty name", text);
    if (value.len == 0)
        return err_set(e, ERR_INVALID, "error parsing tag '%s': invalid tag, empty value", text);
    t->v = mem_realloc(t->v, (t->count + 1) * sizeof *t->v);
    t->v[t->count++] =
        (struct key_value){mem_strndup(name.p, name.len), mem_strndup(value.p, value.len)};
    t->set = true;
    return 0;
}

/* Adds the stages of one --stage to those there are. */
static int add_stages(struct opt_stages *s, const char *text, struct err *e)
{
    struct stage *more = NULL;
    size_t count = 0;
    int rc = optval_text_stages(&more, &count, text, e);
    for (size_t i = 0; rc == 0 && i < count; i++)
        if (!more[i].has_duration)
            rc = err_set(e, ERR_INVALID, "stage %zu doesn't have a specified duration",
                         s->count + i);
    if (rc < 0) {
        mem_free(more);
        return err_prefix(e, rc, "error for stage %zu", s->count);
    }
    s->v = mem_realloc(s->v, (s->count + count + 1) * sizeof *s->v);
    if (count > 0)
        memcpy(s->v + s->count, more, count * sizeof *more);
    s->count += count;
    s->set = true;
    mem_free(more);
    return 0;
}

/* Lists given by several flags add up. */
static int add_list(struct opt_json *at, const struct option_row *row, const char *text,
                    struct err *e)
{
    struct json *v = NULL;
    list_from_text(&v, text, e);
    for (size_t i = 0; at->set && i < at->v->len; i++)
        json_push(v, json_dup(at->v->items[i]));
    return read_json_value(at, row, v, e);
}

int option_read_flag(struct options *o, const struct option_row *row, const char *text,
                     struct err *e)
{
    void *at = option_at(o, row);
    int rc = 0;
    switch (row->kind) {
    case OPT_TAGS:
        return add_tag(at, text, e);
    case OPT_STAGES:
        return add_stages(at, text, e);
    case OPT_NS: {
        struct opt_ns *ns = at;
        rc = duration_parse_go(str_of(text), &ns->v, e);
        ns->set = rc == 0;
        return rc;
    }
    case OPT_BOOL: {
        struct opt_bool *b = at;
        static const char *const yes[] = {"1", "t", "T", "true", "TRUE", "True", NULL};
        static const char *const no[] = {"0", "f", "F", "false", "FALSE", "False", NULL};
        for (int i = 0; yes[i] != NULL; i++) {
            if (strcmp(text, yes[i]) == 0 || strcmp(text, no[i]) == 0) {
                *b = (struct opt_bool){true, strcmp(text, yes[i]) == 0};
                return 0;
            }
        }
        return err_set(e, ERR_INVALID, "'%s' is neither true nor false", text);
    }
    case OPT_INT:
        if (*text == '\0')
            return err_set(e, ERR_INVALID, "'' is not a whole number");
        return optval_text_int(at, text, e);
    case OPT_STRS: {
        struct opt_strs *list = at;
        struct opt_strs more = {0};
        optval_split(&more, text);
        list->v = mem_realloc(list->v, (list->count + more.count + 1) * sizeof *list->v);
        if (more.count > 0)
            memcpy(list->v + list->count, more.v, more.count * sizeof *more.v);
        list->count += more.count;
        list->set = true;
        mem_free(more.v);
        return 0;
    }
    case OPT_SYSTEM_TAGS: {
        struct opt_mask *mask = at;
        struct opt_strs names = {0};
        optval_split(&names, text);
        *mask = (struct opt_mask){true, (mask->set ? mask->v : 0) | system_tags_of(&names)};
        optval_free_strs(names.v, names.count);
        return 0;
    }
    case OPT_STR:
        if (*text == '\0' && strcmp(row->flag, "user-agent") != 0)
            return 0; /* as if it had not been given */
        if (row->offset == AT(summary_time_unit) && strcmp(text, "s") != 0 &&
            strcmp(text, "ms") != 0 && strcmp(text, "us") != 0)
            return err_set(e, ERR_INVALID, "invalid summary time unit '%s', use 's', 'ms' or 'us'",
                           text);
        mem_free(((struct opt_str *)at)->v);
        *(struct opt_str *)at = (struct opt_str){true, mem_strdup(text)};
        return 0;
    case OPT_JSON:
        return row->from_text == list_from_text ? add_list(at, row, text, e)
                                                : option_read_text(o, row, text, e);
    }
    return rc;
}

/* ---- printing */

static struct json *strs_to_json(const struct opt_strs *s)
{
    struct json *list = json_new_array();
    for (size_t i = 0; i < s->count; i++)
        json_push(list, json_new_strs(s->v[i]));
    return list;
}

static struct json *stages_to_json(const struct opt_stages *s)
{
    struct json *list = json_new_array();
    for (size_t i = 0; i < s->count; i++) {
        struct json *stage = json_new_object();
        char *text = duration_dup(s->v[i].duration_ns);
        json_set(stage, "duration", s->v[i].has_duration ? json_new_strs(text) : json_new_null());
        json_set(stage, "target",
                 s->v[i].has_target ? json_new_int(s->v[i].target) : json_new_null());
        json_push(list, stage);
        mem_free(text);
    }
    return list;
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* In the order of the alphabet, as k6 shows them. */
static struct json *system_tags_to_json(uint32_t mask)
{
    const char *names[32];
    size_t count = 0;
    struct json *list = json_new_array();
    for (uint32_t bit = 1; bit != 0 && bit <= mask; bit <<= 1)
        if ((mask & bit) != 0)
            names[count++] = system_tag_name((enum system_tag)bit);
    qsort(names, count, sizeof names[0], compare_names);
    for (size_t i = 0; i < count; i++)
        json_push(list, json_new_strs(names[i]));
    return list;
}

struct json *option_to_json(const struct options *o, const struct option_row *row)
{
    const void *at = option_at(o, row);
    if (!*(const bool *)at)
        return json_new_null();
    switch (row->kind) {
    case OPT_BOOL:
        return json_new_bool(((const struct opt_bool *)at)->v);
    case OPT_INT:
        return json_new_int(((const struct opt_int *)at)->v);
    case OPT_STR:
        return json_new_strs(((const struct opt_str *)at)->v);
    case OPT_STRS:
        return strs_to_json(at);
    case OPT_STAGES:
        return stages_to_json(at);
    case OPT_SYSTEM_TAGS:
        return system_tags_to_json(((const struct opt_mask *)at)->v);
    case OPT_JSON:
        return json_dup(((const struct opt_json *)at)->v);
    case OPT_NS: {
        char *text = duration_dup(((const struct opt_ns *)at)->v);
        struct json *v = json_new_strs(text);
        mem_free(text);
        return v;
    }
    case OPT_TAGS: {
        const struct opt_tags *t = at;
        struct json *map = json_new_object();
        for (size_t i = 0; i < t->count; i++)
            json_set(map, t->v[i].key, json_new_strs(t->v[i].value));
        return map;
    }
    }
    return json_new_null();
}
