/* summary.h - the end-of-test summary: taken from the metrics engine once, then written as text for
 * people, as JSON for --summary-export, as JSON for handleSummary's argument.
 *
 * After the last flush and the final evaluation of thresholds:
 *
 *     struct summary *s = summary_new(&input);
 *     summary_put_text(&out, s);
 *     summary_free(s);
 *
 * Knows no options struct and no terminal: what it needs stands in struct summary_input.
 * Source: k6 docs, "End of test", "Custom summary". Tests: summary_test.c and its neighbours */
#ifndef C6_SUMMARY_H
#define C6_SUMMARY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "metrics/metrics_engine.h"

enum summary_mode {
    SUMMARY_MODE_COMPACT,  /* totals */
    SUMMARY_MODE_FULL,     /* and all metrics, groups, scenarios; the engine must keep per_group */
    SUMMARY_MODE_DISABLED, /* no text, no export, no handleSummary: the caller makes no summary */
};
/* false: no such mode; "" is compact */
bool summary_mode_parse(const char *text, enum summary_mode *out);

struct summary_input {
    struct metrics_engine *metrics;
    int64_t duration_ns;             /* of the test run: what rates are over */
    enum summary_mode mode;
    const char *const *trend_stats;  /* summaryTrendStats, in order; valid ones */
    size_t trend_stat_count;
    /* summaryTimeUnit: "s", "ms", "us"; NULL or anything else: as fits the value */
    const char *time_unit;
    bool no_color;                   /* --no-color; handleSummary is told */
    bool use_color;                  /* colour the text: stdout is a terminal and no_color is off */
    bool is_stdout_tty, is_stderr_tty;
    const char *setup_data;          /* JSON text; NULL or "": setup gave none */
};

struct summary;
/* copies everything; takes the engine's lock meanwhile */
struct summary *summary_new(const struct summary_input *input);
void summary_free(struct summary *s);

/* Nothing was measured: k6 then has no text and no export. */
bool summary_is_empty(const struct summary *s);

/* The text for stdout, with the empty lines around it. */
void summary_put_text(struct buf *out, const struct summary *s);
/* The file of --summary-export. */
void summary_put_export(struct buf *out, const struct summary *s);
/* The same file when handleSummary was called, which may have changed its argument: from that
 * argument's JSON as it was left. ERR_INVALID when it no longer has metrics and groups. */
int summary_put_export_of(struct buf *out, struct str data);
/* handleSummary's argument. A setup that gave nothing leaves setup_data out. */
void summary_put_handle_data(struct buf *out, const struct summary *s);

/* With --new-machine-readable-summary both are this document instead. */
struct summary_meta {
    const char *script;  /* its text (so k6 does it, whatever the name says), or NULL */
    const char *version; /* of the format's producer: "2.2.0" */
    int64_t wall_ns;     /* now, since 1970 */
};
void summary_put_machine_readable(struct buf *out, const struct summary *s,
                                  const struct summary_meta *meta);

#endif
