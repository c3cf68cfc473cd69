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

struct header_facts {
    const char *script;  /* as given */
    const char *outputs; /* descriptions, comma-separated; "-" when none */
    double segment_percent;
    uint64_t max_vus;
    int64_t max_duration_ns; /* gracefulStop included */
    const struct scenario_list *scenarios;
};
void progress_put_header(struct buf *out, const struct header_facts *facts, bool use_color);
void progress_put_banner(struct buf *out, bool use_color);

/* Called often; draws when it is time. */
void progress_tick(struct progress *p, struct run *r);
/* The last drawing, which stays. */
void progress_finish(struct progress *p, struct run *r);
/* The terminal's size may have changed. */
void progress_resize(struct progress *p);
/* For the logger: clear the block before a line is written elsewhere on the terminal, draw it again
 * after. */
void progress_before_log(void *progress);
void progress_after_log(void *progress);

/* The block for one moment, as text: tests call it. width: columns. */
struct progress_totals {
    const char *status; /* "running", "paused" */
    int64_t elapsed_ns;
    bool has_started;
    int64_t max_duration_ns;
    uint64_t vus_active, vus_initialized, vus_max;
    uint64_t iterations_complete, iterations_interrupted;
};
/* Returns the number of terminal lines it takes. */
int progress_render(struct buf *out, const struct progress_totals *totals,
                    const struct scenario_progress *scenarios, size_t count, bool is_terminal,
                    bool use_color, int width);
/* "05.0s", "01m05.0s": fixed width for times up to max. */
void progress_put_time(struct buf *out, int64_t ns, int64_t max_ns);

#endif
