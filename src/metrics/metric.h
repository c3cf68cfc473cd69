/* metric.h - metrics and their registry: names, types, submetrics. One registry a test; safe from
 * every thread (a mutex on creation and look-up by name; a struct metric never moves and its first
 * fields never change).
 * Source: k6 docs, "Metrics". Error texts match k6's where scripts see them. */
#ifndef C6_METRIC_H
#define C6_METRIC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

enum metric_type { METRIC_COUNTER, METRIC_GAUGE, METRIC_TREND, METRIC_RATE };
/* time: values are milliseconds; data: bytes */
enum metric_contains { METRIC_DEFAULT, METRIC_TIME, METRIC_DATA };

struct thresholds;
struct submetric;

struct metric {
    int id; /* dense, from 0, in order of creation */
    const char *name;
    enum metric_type type;
    enum metric_contains contains;
    bool is_builtin;
    /* thresholds name it (or one of its submetrics): the summary shows it without samples too */
    bool is_watched;
    /* outputs don't get it, and summaries show it only when there is a reason to */
    bool is_hidden;
    /* Set once before the run starts, from options.thresholds: */
    struct thresholds *thresholds; /* NULL: none. Owned by the registry. */
    struct submetric **submetrics; /* those of this metric */
    size_t submetric_count;
};

/* metric{tag:value,...}: counts the samples whose tags hold all of these. Is a metric of its own in
 * the summary. */
struct submetric {
    int id;             /* dense, from 0, over all submetrics */
    const char *name;   /* as written in options: "http_req_duration{status:200}" */
    const char *suffix; /* what was between the braces */
    struct metric *parent;
    struct metric *metric; /* carries name, type, contains, thresholds of the submetric; id -1 */
    /* the tags that must be there, with these values; an empty value wants the tag to be there and
     * empty */
    struct str *keys;
    struct str *values;
    size_t tag_count;
};

struct metric_registry;
struct metric_registry *metric_registry_new(void);
void metric_registry_free(struct metric_registry *r);

/* The metric of that name, made when new. Errors: invalid name; there is one of another type or
 * other contents. */
int metric_get_or_create(struct metric_registry *r, struct str name, enum metric_type type,
                         enum metric_contains contains, struct metric **out, struct err *e);
/* NULL when there is none */
struct metric *metric_find(struct metric_registry *r, struct str name);
size_t metric_count(struct metric_registry *r);
struct metric *metric_at(struct metric_registry *r, size_t id);
bool metric_name_is_valid(struct str name);

/* Splits "name{a:b,c:d}" into "name" and "a:b,c:d"; suffix.p is NULL when there are no braces. k6's
 * message when malformed. */
int metric_split_name(struct str text, struct str *name, struct str *suffix, struct err *e);

/* Before the run: parses "name{a:b,c:d}" and adds the submetric, or returns the one there is with
 * the same tags, whatever its spelling. Unknown parent: ERR_NOT_FOUND. */
int metric_add_submetric(struct metric_registry *r, struct str name, struct submetric **out,
                         struct err *e);
size_t submetric_count(struct metric_registry *r);
struct submetric *submetric_at(struct metric_registry *r, size_t id);

const char *metric_type_name(enum metric_type t);         /* "counter", "gauge", "trend", "rate" */
const char *metric_contains_name(enum metric_contains c); /* "default", "time", "data" */

/* The built-in ones, registered in this order by metric_registry_new. */
struct builtin_metrics {
    struct metric *vus, *vus_max, *iterations, *iteration_duration, *dropped_iterations;
    struct metric *checks, *group_duration;
    struct metric *http_reqs, *http_req_failed, *http_req_duration, *http_req_blocked,
        *http_req_connecting, *http_req_tls_handshaking, *http_req_sending, *http_req_waiting,
        *http_req_receiving;
    struct metric *ws_sessions, *ws_msgs_sent, *ws_msgs_received, *ws_ping, *ws_session_duration,
        *ws_connecting;
    struct metric *grpc_req_duration;
    struct metric *data_sent, *data_received;
    /* How late iterations of arrival rates began; c6's own. NULL until metric_add_start_lag. */
    struct metric *iteration_start_lag;
};
const struct builtin_metrics *metric_builtins(const struct metric_registry *r);

/* Adds iteration_start_lag, hidden until a threshold names it or is_hidden is cleared. To be called
 * when the script has made its metrics and before thresholds are added: a script for k6 may have a
 * metric of that name, which then stays the script's alone. */
void metric_add_start_lag(struct metric_registry *r, bool is_hidden);

#endif
