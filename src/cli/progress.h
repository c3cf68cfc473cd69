/* progress.h - what a user sees while the test runs: the banner, the header with the scenarios,
 * then a line of totals and a bar per scenario. On a terminal the block is redrawn in place, and
 * log lines are written above it; else it is printed once a second. Used on the main thread, but
 * for the two hooks that the logger calls from any. */
#ifndef C6_PROGRESS_H
#define C6_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/str.h"
#include "exec/run.h"

struct progress;

struct progress_config {
    int fd;        /* standard output */
    bool is_quiet; /* nothing is shown */
    bool is_terminal;
    bool use_color;
};

struct progress *progress_new(const struct progress_config *config);
void progress_free(struct progress *p);

/* Called often; draws when it is time. */
void progress_tick(struct progress *p, struct run *r);
/* Takes the block away until the next drawing, and brings it back at once. */
void progress_hide(struct progress *p);
void progress_show(struct progress *p, struct run *r);
/* The last drawing, which stays. */
void progress_finish(struct progress *p, struct run *r);
/* Takes the block away for good: the process is about to end without a last drawing. */
void progress_abandon(struct progress *p);
/* For the logger: clear the block before a line is written elsewhere on the terminal, draw it again
 * after. */
void progress_before_log(void *progress);
void progress_after_log(void *progress);

/* ---- as text (progress_text.c): what the drawing writes, and what tests look at */

struct header_facts {
    const char *script;  /* as given */
    const char *outputs; /* descriptions, comma-separated; "-" when none */
    double segment_percent;
    uint64_t max_vus;
    int64_t max_duration_ns; /* gracefulStop included */
    const struct scenario_list *scenarios;
    const struct scenario_share *shares; /* of each scenario, what this segment does */
};
void progress_put_header(struct buf *out, const struct header_facts *facts, bool use_color);
void progress_put_banner(struct buf *out, bool use_color);

/* One moment of the run as a whole. */
struct progress_totals {
    enum run_phase phase; /* how far it came: INIT, SETUP, RUNNING or later */
    bool is_paused;
    int64_t elapsed_ns;
    int64_t max_duration_ns;
    uint64_t vus_active, vus_initialized, vus_planned, vus_max;
    uint64_t iterations_complete, iterations_interrupted;
};
struct progress_look {
    bool is_terminal; /* bars that fit it, lines that end by clearing what was there */
    bool use_color;
    int columns; /* of the terminal */
    int rows;    /* of the terminal: the block leaves out scenarios rather than outgrow it; 0: no
                    limit */
};
/* The block: an empty line, the totals, the scenarios. */
void progress_render(struct buf *out, const struct progress_totals *totals,
                     const struct scenario_progress *scenarios, size_t count,
                     const struct progress_look *look);
/* How many rows of a terminal a rendered block takes. */
int progress_count_rows(struct str block, int columns);
/* "05.0s", "01m05.0s": fixed width for times up to max. */
void progress_put_time(struct buf *out, int64_t ns, int64_t max_ns);

#endif
