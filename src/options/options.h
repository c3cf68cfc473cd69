/* options.h - every setting of a test: one struct, one table (options_table.c), four sources.
 *
 * Order, later wins: defaults, config file, script's `options`, environment (K6_*), flags. Each
 * source is read into a struct options of its own (only what it sets is marked set) and
 * options_apply lays one over another; options_finish validates and derives scenarios. Source: k6
 * docs, "k6 options reference", "How to use options" (order of precedence). */
#ifndef C6_OPTIONS_H
#define C6_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/json.h"
#include "base/log.h"
#include "metrics/metrics_engine.h"
#include "options/scenario.h"

/* A value that may be unset. */
struct opt_bool {
    bool set, v;
};
struct opt_int {
    bool set;
    int64_t v;
};
struct opt_ns {
    bool set;
    int64_t v;
}; /* nanoseconds */
struct opt_str {
    bool set;
    char *v;
}; /* owned */
struct opt_strs {
    bool set;
    char **v;
    size_t count;
};
struct opt_json {
    bool set;
    struct json *v;
}; /* validated by its reader, kept as JSON for those who use it */

struct opt_stages {
    bool set;
    struct stage *v; /* owned */
    size_t count;
};
struct opt_tags {
    bool set;
    struct key_value *v; /* owned */
    size_t count;
};
struct opt_mask { /* enum system_tag */
    bool set;
    uint32_t v;
};

struct options {
    /* execution */
    struct opt_bool paused;
    struct opt_int vus, iterations;
    bool has_derived_iterations; /* by options_consolidate: nobody set iterations, they are vus */
    struct opt_ns duration;
    struct opt_stages stages;
    struct opt_json scenarios;
    struct opt_str execution_segment, execution_segment_sequence;
    struct opt_bool no_setup, no_teardown;
    struct opt_ns setup_timeout, teardown_timeout, handle_summary_timeout, min_iteration_duration;
    /* http */
    struct opt_int rps, max_redirects, batch, batch_per_host;
    struct opt_json dns, hosts, blacklist_ips, block_hostnames, tls_auth, tls_version,
        tls_cipher_suites;
    struct opt_str user_agent, http_debug, local_ips;
    struct opt_bool insecure_skip_tls_verify, throw_errors, no_connection_reuse,
        no_vu_connection_reuse, no_cookies_reset, discard_response_bodies;
    /* metrics and results */
    struct opt_json thresholds; /* as given; parsed by options_thresholds */
    struct opt_strs summary_trend_stats;
    struct opt_str summary_time_unit;
    struct opt_mask system_tags;
    struct opt_tags tags;
    struct opt_int metric_samples_buffer_size;
    struct opt_str console_output;
    struct opt_json cloud, ext;
    struct opt_strs features; /* of this source alone: see features.h */
    /* the program's own: config file, environment, flags */
    struct opt_strs out;
    struct opt_bool linger, no_usage_report, web_dashboard, no_archive_upload;
    struct opt_json collectors; /* {output type: its settings} */
};

void options_init(struct options *o);
void options_deinit(struct options *o);
void options_apply(
    struct options *under,
    const struct options *over); /* over wins where set; k6's special rules for shortcuts */

/* The script's exported options, as JSON text (JSON.stringify of the object). Unknown fields are
 * warned about. */
int options_read_script(struct options *fills, struct str json_text, struct logger *lg,
                        struct err *e);
/* Unknown fields are nobody's business: a config file may be shared with other tools. */
int options_read_config_file(struct options *fills, const struct json *config, struct err *e);
int options_read_env(struct options *fills,
                     const char *(*getenv_fn)(void *opaque, const char *name), void *opaque,
                     struct err *e);
/* Flags: the argument parser walks option_rows (options_table.h) and calls option_read_flag. */

/* Lays the four over the defaults by k6's rules (what replaces what when shortcuts and scenarios
 * meet; with k6's warnings), validates, and derives the scenario list. Errors carry exit code 104
 * (255 for flags). */
struct options_sources {
    const struct options *config, *script, *env, *flags; /* each may be NULL */
    bool (*has_function)(void *opaque,
                         const char *name); /* is it exported by the script? NULL: not asked */
    void *opaque;
    bool merges_tags; /* the feature merge-run-tags: a source's tags add to those before */
};
int options_consolidate(struct options *fills, struct scenario_list *scenarios,
                        const struct options_sources *sources, struct logger *lg, struct err *e);

/* What k6 fills in after consolidation and shows: system tags, trend statistics. */
void options_fill_defaults(struct options *o);
/* The dns cache's time is judged apart from the other options, with exit code 255. */
int options_check_dns_ttl(const struct options *o, struct err *e);

/* options.thresholds as a list (borrowing strings from o); caller frees *out with mem_free. An item
 * with expr NULL asks for the submetric alone. */
int options_thresholds(const struct options *o, struct threshold_config **out, size_t *count,
                       struct err *e);

/* The effective options as the JSON that k6 writes back to the script's `options` and shows in
 * exec.test.options; everything, nulls for unset. scenarios NULL: those that o was given, spelled out
 * too. */
struct json *options_to_json(const struct options *o, const struct scenario_list *scenarios);

#endif
