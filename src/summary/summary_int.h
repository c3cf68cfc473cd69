/* summary_int.h - private to summary: what was copied out of the engine, for the writers.
 *
 *     summary -> thresholds (metrics that have some, in display order)
 *             -> total: metrics, checks, groups (of the default scenario; full mode)
 *             -> scenarios (full mode), each like total
 *             -> root: the tree of groups and checks with ids, for the JSON forms
 *             -> metrics: all of them, for the JSON forms */
#ifndef C6_SUMMARY_INT_H
#define C6_SUMMARY_INT_H

#include "metrics/metric.h"
#include "summary/summary.h"

struct summary_value {
    const char *name; /* owned, but in the text writer's own metrics */
    double value;
};

struct summary_threshold {
    char *source;
    bool is_ok;
};

/* Sections of the text, in the order they are printed. SKIPPED: not in the text. */
enum summary_section {
    SECTION_CUSTOM,
    SECTION_HTTP,
    SECTION_EXECUTION,
    SECTION_NETWORK,
    SECTION_BROWSER,
    SECTION_WEB_VITALS,
    SECTION_GRPC,
    SECTION_WEBSOCKET,
    SECTION_SKIPPED,
};
enum { SECTION_COUNT = SECTION_SKIPPED };

struct summary_metric {
    const char *name; /* owned, as above */
    enum metric_type type;
    enum metric_contains contains;
    enum summary_section section;
    /* counter: count, rate; gauge: value, min, max; rate: rate, passes, fails; trend: the stats
     * asked for, then the percentiles that thresholds name */
    struct summary_value *values;
    size_t value_count;
    size_t stat_count;            /* of a trend: how many of the values are stats asked for */
    struct summary_threshold *thresholds;
    size_t threshold_count;
};

struct summary_check {
    char *name;
    char *path;
    char id[33];
    uint64_t passes, fails;
};

struct summary_group {
    char *name;
    char *path;
    char id[33];
    bool has_checks;                /* the metric `checks` is there, perhaps without samples */
    uint64_t checks_total, checks_passed;
    struct summary_check *checks;
    size_t check_count;
    struct summary_metric *metrics; /* in display order */
    size_t metric_count;
    struct summary_group *groups;
    size_t group_count;
};

struct summary {
    int64_t duration_ns;
    enum summary_mode mode;
    char **trend_stats;
    size_t trend_stat_count;
    char *time_unit;
    bool no_color, use_color, is_stdout_tty, is_stderr_tty;
    char *setup_data; /* NULL: none */
    struct summary_group total;
    struct summary_group *scenarios; /* sorted by name */
    size_t scenario_count;
    struct summary_group root;
};

double summary_value_of(const struct summary_metric *m, const char *name); /* 0 when absent */
double summary_rate(const struct summary *s, double count);                /* a second */

#endif
