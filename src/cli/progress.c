/* progress.c - the live display: header, totals, a bar per scenario.
 * Knows of the run only what run_get_progress and run_get_counts tell. The layout is k6's, so that
 * people and scripts find what they know. Tests: progress_test.c; looked at in a real terminal by
 * test/cli. */
#include "cli/progress.h"

#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/duration.h"
#include "base/mem.h"
#include "base/str.h"
#include "core/clock.h"
#include "exec/run_state.h"

enum {
    BAR_WIDTH = 40,
    BAR_MIN = 8,
    LEFT_MAX = 30,
    DEFAULT_COLUMNS = 80,
    SCENARIOS_MAX = 256,
    RIGHT_COLUMNS = 3
};
#define TERMINAL_PERIOD_NS (100 * NS_PER_MS)
#define PLAIN_PERIOD_NS    NS_PER_SEC

struct progress {
    struct progress_config config;
    pthread_mutex_t lock; /* the logger's hooks come from any thread */
    struct buf block;     /* what is on the terminal now */
    int block_lines;      /* lines to go up to its start; 0 while it is erased */
    int drawn_lines;      /* how many it takes when it is there */
    int columns;
    int64_t next_ns;
    struct scenario_progress *scenarios;
};

/* ---- pieces */

void progress_put_time(struct buf *out, int64_t ns, int64_t max_ns)
{
    int64_t tenths = ((ns < 0 ? -ns : ns) + 50 * NS_PER_MS) / (100 * NS_PER_MS);
    int64_t max_s = (max_ns > ns ? max_ns : ns) / NS_PER_SEC;
    int s10 = (int)(tenths % 600);
    int64_t minutes = tenths / 600;
    int64_t hours = minutes / 60;
    if (max_s < 10)
        buf_addf(out, "%" PRId64 ".%ds", tenths / 10, (int)(tenths % 10));
    else if (max_s < 60)
        buf_addf(out, "%02" PRId64 ".%ds", tenths / 10, (int)(tenths % 10));
    else if (max_s < 600)
        buf_addf(out, "%" PRId64 "m%02d.%ds", minutes, s10 / 10, s10 % 10);
    else if (max_s < 3600)
        buf_addf(out, "%02" PRId64 "m%02d.%ds", minutes, s10 / 10, s10 % 10);
    else if (max_s < 36000)
        buf_addf(out, "%" PRId64 "h%02dm%02d.%ds", hours, (int)(minutes % 60), s10 / 10, s10 % 10);
    else if (max_s < 86400)
        buf_addf(out, "%02" PRId64 "h%02dm%02d.%ds", hours, (int)(minutes % 60), s10 / 10,
                 s10 % 10);
    else
        buf_addf(out, "%" PRId64 "d%02dh%02dm%02d.%ds", hours / 24, (int)(hours % 24),
                 (int)(minutes % 60), s10 / 10, s10 % 10);
}

static int digits(uint64_t n)
{
    int count = 1;
    while (n >= 10) {
        n /= 10;
        count++;
    }
    return count;
}

static const char *status_mark(const struct scenario_progress *p, const char **color)
{
    switch (p->state) {
    case SCENARIO_WAITING:
        *color = "36";
        return "•";
    case SCENARIO_RUNNING:
        *color = p->is_stopping ? "33" : "36";
        return p->is_stopping ? "↓" : " ";
    case SCENARIO_DONE:
        *color = "32";
        return "✓";
    case SCENARIO_INTERRUPTED:
    case SCENARIO_FAILED:
        *color = "31";
        return "✗";
    }
    return " ";
}

/* "01.0s/3s" while it runs, "3s" after; shared iterations keep both, as they may end at any time. */
static void put_spent(struct buf *out, const struct scenario_progress *p, bool fixed_total)
{
    char *total = duration_dup(p->total_ns);
    if (p->elapsed_ns <= p->total_ns || p->config->executor == EXECUTOR_SHARED_ITERATIONS) {
        progress_put_time(out, p->elapsed_ns, p->total_ns);
        buf_addc(out, '/');
        if (fixed_total)
            progress_put_time(out, p->total_ns, p->total_ns);
        else
            buf_adds(out, total);
    } else {
        buf_adds(out, total);
    }
    mem_free(total);
}

/* The columns right of the bar. Returns how many. */
static int put_right(struct buf columns[RIGHT_COLUMNS], const struct scenario_progress *p)
{
    const struct scenario *s = p->config;
    if (p->state == SCENARIO_WAITING) {
        buf_adds(&columns[0], "waiting");
        progress_put_time(&columns[1], p->total_ns - p->elapsed_ns, p->total_ns);
        return 2;
    }
    int iter_width = digits(p->iterations_total);
    switch (s->executor) {
    case EXECUTOR_CONSTANT_VUS:
        buf_addf(&columns[0], "%" PRIu64 " VUs", p->vus_planned);
        put_spent(&columns[1], p, false);
        return 2;
    case EXECUTOR_RAMPING_VUS:
        buf_addf(&columns[0], "%0*" PRIu64 "/%" PRIu64 " VUs", digits(p->vus_planned),
                 p->vus_active, p->vus_planned);
        put_spent(&columns[1], p, true);
        return 2;
    case EXECUTOR_PER_VU_ITERATIONS:
    case EXECUTOR_SHARED_ITERATIONS:
        buf_addf(&columns[0], "%" PRIu64 " VUs", p->vus_planned);
        put_spent(&columns[1], p, false);
        buf_addf(&columns[2], "%0*" PRIu64 "/%" PRIu64, iter_width, p->iterations_done,
                 p->iterations_total);
        if (s->executor == EXECUTOR_SHARED_ITERATIONS)
            buf_adds(&columns[2], " shared iters");
        else
            buf_addf(&columns[2], " iters, %" PRId64 " per VU", s->iterations);
        return 3;
    case EXECUTOR_CONSTANT_ARRIVAL_RATE:
    case EXECUTOR_RAMPING_ARRIVAL_RATE:
        buf_addf(&columns[0], "%0*" PRIu64 "/%" PRIu64 " VUs", digits((uint64_t)s->max_vus),
                 p->vus_active, p->vus_allocated);
        put_spent(&columns[1], p, false);
        buf_addf(&columns[2], "%.2f iters/s", p->rate);
        return 3;
    }
    return 0;
}

/* "[====>-----]" or, where it is narrow, "[  33% ]". */
static void put_bar(struct buf *out, double fraction, int width, bool use_color)
{
    fraction = fraction < 0 ? 0 : fraction > 1 ? 1 : fraction;
    if (width <= BAR_MIN) {
        buf_addf(out, "[ %3.0f%% ]", fraction * 100);
        return;
    }
    int space = width - 2;
    int filled = (int)(space * fraction);
    buf_addc(out, '[');
    for (int i = 0; i < filled; i++)
        buf_addc(out, i == filled - 1 && filled < space ? '>' : '=');
    if (use_color)
        buf_adds(out, "\033[2m");
    for (int i = filled; i < space; i++)
        buf_addc(out, '-');
    if (use_color)
        buf_adds(out, "\033[0m");
    buf_addc(out, ']');
}

static void put_totals(struct buf *out, const struct progress_totals *t)
{
    int width = digits(t->vus_max);
    buf_adds(out, t->status);
    if (t->has_started) {
        buf_adds(out, " (");
        progress_put_time(out, t->elapsed_ns, t->max_duration_ns);
        buf_addc(out, ')');
    }
    buf_addf(out,
             ", %0*" PRIu64 "/%0*" PRIu64 " VUs, %" PRIu64 " complete and %" PRIu64
             " interrupted iterations",
             width, t->vus_active, width, t->vus_initialized, t->iterations_complete,
             t->iterations_interrupted);
}

/* ---- the block */

struct row {
    struct buf columns[RIGHT_COLUMNS];
    int column_count;
};

static int left_width(const struct scenario_progress *scenarios, size_t count)
{
    int most = 0;
    for (size_t i = 0; i < count; i++) {
        int len = (int)strlen(scenarios[i].config->name);
        most = len > most ? len : most;
    }
    return most > LEFT_MAX ? LEFT_MAX : most;
}

static void put_left(struct buf *out, const char *name, int width)
{
    int len = (int)strlen(name);
    if (len > width)
        buf_addf(out, "%.*s...", width - 3, name);
    else
        buf_addf(out, "%-*s", width, name);
}

static void put_row(struct buf *out, const struct scenario_progress *p, const struct row *row,
                    const int right_width[RIGHT_COLUMNS], int left, int bar, bool use_color)
{
    const char *color = "0";
    const char *mark = status_mark(p, &color);
    put_left(out, p->config->name, left);
    if (use_color)
        buf_addf(out, " \033[%sm%s\033[0m ", color, mark);
    else
        buf_addf(out, " %s ", mark);
    put_bar(out, p->state == SCENARIO_WAITING ? 0 : p->fraction, bar, use_color);
    for (int c = 0; c < row->column_count; c++) {
        bool is_last = c == row->column_count - 1;
        buf_addf(out, " %-*s", is_last ? 0 : right_width[c] + 1, row->columns[c].data);
    }
}

int progress_render(struct buf *out, const struct progress_totals *totals,
                    const struct scenario_progress *scenarios, size_t count, bool is_terminal,
                    bool use_color, int width)
{
    const char *end = is_terminal ? "\033[K\n" : "\n";
    int right_width[RIGHT_COLUMNS] = {0};
    struct row *rows = mem_calloc(count + 1, sizeof *rows);
    int right_most = 0;
    for (size_t i = 0; i < count; i++) {
        int sum = 0;
        for (int c = 0; c < RIGHT_COLUMNS; c++)
            buf_init(&rows[i].columns[c], 256);
        rows[i].column_count = put_right(rows[i].columns, &scenarios[i]);
        for (int c = 0; c < rows[i].column_count; c++) {
            int len = (int)rows[i].columns[c].len;
            right_width[c] = len > right_width[c] ? len : right_width[c];
            sum += len + 2;
        }
        right_most = sum > right_most ? sum : right_most;
    }
    int left = left_width(scenarios, count);
    int bar = is_terminal ? width - left - 3 - right_most - 1 : 0;
    bar = bar > BAR_WIDTH ? BAR_WIDTH : bar;
    int lines = 2 + (int)count;
    buf_adds(out, end);
    size_t start = out->len;
    put_totals(out, totals);
    lines += is_terminal ? (int)(out->len - start - 1) / width
                         : 0; /* a long line takes several of a narrow terminal */
    buf_adds(out, end);
    for (size_t i = 0; i < count; i++) {
        int row_width = left + 3 + (bar <= BAR_MIN ? BAR_MIN : bar) + right_most;
        put_row(out, &scenarios[i], &rows[i], right_width, left, bar, use_color);
        buf_adds(out, end);
        lines += is_terminal ? (row_width - 1) / width : 0;
        for (int c = 0; c < RIGHT_COLUMNS; c++)
            buf_deinit(&rows[i].columns[c]);
    }
    mem_free(rows);
    return lines;
}

/* ---- header */

void progress_put_banner(struct buf *out, bool use_color)
{
    static const char *const art[] = {
        "     ____  __ ",    "    / ___|/ /_     load testing for k6 scripts",
        "   | |   | '_ \\",  "   | |___| (_) |",
        "    \\____|\\___/",
    };
    buf_addc(out, '\n');
    for (size_t i = 0; i < sizeof art / sizeof art[0]; i++)
        buf_addf(out, use_color ? "\033[36m%s\033[0m\n" : "%s\n", art[i]);
    buf_addc(out, '\n');
}

static void put_fact(struct buf *out, const char *name, const char *value, bool use_color)
{
    buf_addf(out, use_color ? "%14s: \033[36m%s\033[0m\n" : "%14s: %s\n", name, value);
}

void progress_put_header(struct buf *out, const struct header_facts *f, bool use_color)
{
    int64_t rounded = (f->max_duration_ns + 50 * NS_PER_MS) / (100 * NS_PER_MS) * (100 * NS_PER_MS);
    char *max_duration = duration_dup(rounded);
    char scenarios[64];
    if (f->scenarios->count == 1)
        snprintf(scenarios, sizeof scenarios, "1 scenario");
    else
        snprintf(scenarios, sizeof scenarios, "%zu scenarios", f->scenarios->count);
    char *line =
        mem_printf("(%.2f%%) %s, %" PRIu64 " max VUs, %s max duration (incl. graceful stop):",
                   f->segment_percent, scenarios, f->max_vus, max_duration);
    buf_addc(out, '\n');
    put_fact(out, "execution", "local", use_color);
    put_fact(out, "script", f->script, use_color);
    put_fact(out, "output", f->outputs, use_color);
    buf_addc(out, '\n');
    put_fact(out, "scenarios", line, use_color);
    for (size_t i = 0; i < f->scenarios->count; i++) {
        char *text = scenario_describe(&f->scenarios->items[i]);
        buf_addf(out, "              * %s: %s\n", f->scenarios->items[i].name, text);
        mem_free(text);
    }
    buf_addc(out, '\n');
    mem_free(line);
    mem_free(max_duration);
}

/* ---- drawing */

static int terminal_columns(int fd)
{
    struct winsize size;
    if (ioctl(fd, TIOCGWINSZ, &size) < 0 || size.ws_col == 0)
        return DEFAULT_COLUMNS;
    return size.ws_col;
}

static void write_all(int fd, const char *data, size_t len)
{
    while (len > 0) {
        ssize_t n = write(fd, data, len);
        if (n <= 0)
            return; /* nobody looks any more: a display is not worth a failed test */
        data += n;
        len -= (size_t)n;
    }
}

struct progress *progress_new(const struct progress_config *config)
{
    struct progress *p = MEM_NEW(struct progress);
    p->config = *config;
    p->columns = config->is_terminal ? terminal_columns(config->fd) : DEFAULT_COLUMNS;
    p->scenarios = mem_calloc(SCENARIOS_MAX, sizeof *p->scenarios);
    pthread_mutex_init(&p->lock, NULL);
    buf_init(&p->block, 1 << 20);
    return p;
}

void progress_free(struct progress *p)
{
    if (p == NULL)
        return;
    pthread_mutex_destroy(&p->lock);
    buf_deinit(&p->block);
    mem_free(p->scenarios);
    mem_free(p);
}

void progress_resize(struct progress *p)
{
    pthread_mutex_lock(&p->lock);
    p->columns = p->config.is_terminal ? terminal_columns(p->config.fd) : DEFAULT_COLUMNS;
    pthread_mutex_unlock(&p->lock);
}

/* Under the lock: takes the block off the terminal, the cursor stays where it began. */
static void erase(struct progress *p)
{
    char text[32];
    if (p->block_lines == 0)
        return;
    int len = snprintf(text, sizeof text, "\r\033[%dA\033[J", p->block_lines);
    write_all(p->config.fd, text, (size_t)len);
    p->block_lines = 0;
}

static void make_block(struct progress *p, struct run *r, struct buf *out, int *lines)
{
    struct run_counts counts;
    struct run_size size;
    run_get_counts(r, &counts);
    run_get_size(r, &size);
    size_t count = run_get_progress(r, p->scenarios, SCENARIOS_MAX);
    struct progress_totals totals = {
        .status = "running",
        .elapsed_ns = counts.test_run_duration_ns,
        .has_started = run_phase_now(r) >= RUN_RUNNING,
        .max_duration_ns = size.max_duration_ns,
        .vus_active = counts.vus_active,
        .vus_initialized = counts.vus_initialized,
        .vus_max = size.max_vus,
        .iterations_complete = counts.iterations_completed,
        .iterations_interrupted = counts.iterations_interrupted,
    };
    *lines = progress_render(out, &totals, p->scenarios, count, p->config.is_terminal,
                             p->config.use_color, p->columns);
}

static void draw(struct progress *p, struct run *r, bool stays)
{
    struct buf text;
    int lines;
    buf_init(&text, 1 << 20);
    pthread_mutex_lock(&p->lock);
    make_block(p, r, &text, &lines);
    if (p->config.is_terminal)
        erase(p);
    write_all(p->config.fd, text.data, text.len);
    buf_clear(&p->block);
    if (p->config.is_terminal && !stays) {
        buf_add(&p->block, text.data, text.len);
        p->block_lines = p->drawn_lines = lines;
    }
    pthread_mutex_unlock(&p->lock);
    buf_deinit(&text);
}

void progress_tick(struct progress *p, struct run *r)
{
    int64_t now = clock_now_ns();
    if (p->config.is_quiet || run_phase_now(r) < RUN_RUNNING || run_phase_now(r) > RUN_TEARDOWN)
        return;
    if (p->next_ns == 0 && !p->config.is_terminal) { /* the first plain block after a second */
        p->next_ns = now + PLAIN_PERIOD_NS;
        return;
    }
    if (now < p->next_ns)
        return;
    p->next_ns = now + (p->config.is_terminal ? TERMINAL_PERIOD_NS : PLAIN_PERIOD_NS);
    draw(p, r, false);
}

void progress_finish(struct progress *p, struct run *r)
{
    if (!p->config.is_quiet)
        draw(p, r, true);
}

void progress_before_log(void *opaque)
{
    struct progress *p = opaque;
    pthread_mutex_lock(&p->lock);
    erase(p);
}

void progress_after_log(void *opaque)
{
    struct progress *p = opaque;
    if (p->block.len > 0) {
        write_all(p->config.fd, p->block.data, p->block.len);
        p->block_lines = p->drawn_lines;
    }
    pthread_mutex_unlock(&p->lock);
}
