/* progress_text.c - header and block of the live display, as text for one moment.
 * Knows no terminal but its size, and of the run only what run_get_progress and run_get_counts
 * tell. The layout is k6's, so that people and scripts find what they know. Tests: progress_test.c
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/duration.h"
#include "base/mem.h"
#include "cli/progress.h"

enum {
    BAR_WIDTH = 40,
    BAR_MIN = 8, /* narrower ones are a percentage */
    LEFT_MAX = 30,
    RIGHT_COLUMNS = 3,
    MARGIN = 1, /* at the terminal's right edge */
};

/* ---- pieces */

void progress_put_time(struct buf *out, int64_t ns, int64_t max_ns)
{
    const int64_t tenth_ns = 100 * NS_PER_MS;
    int64_t tenths = ((ns < 0 ? -ns : ns) + tenth_ns / 2) / tenth_ns;
    int64_t max_s = ((max_ns > ns ? max_ns : ns) + tenth_ns / 2) / NS_PER_SEC;
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

/* "01.0s/3s" while it runs, "3s" after; shared iterations keep both, as they may end at any time.
 */
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
    int vu_width = digits(p->vus_max);
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
        buf_addf(&columns[0], "%0*" PRIu64 "/%0*" PRIu64 " VUs", vu_width, p->vus_active, vu_width,
                 p->vus_allocated);
        put_spent(&columns[1], p, false);
        buf_addf(&columns[2], "%0*.2f iters/s", digits((uint64_t)p->rate_max) + 3, p->rate);
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

/* While VUs are made, and until the scenarios begin, it is a bar of its own. */
static void put_totals(struct buf *out, const struct progress_totals *t, int left, int bar,
                       bool use_color)
{
    int width = digits(t->vus_max);
    int planned = digits(t->vus_planned);
    bool is_init = t->phase == RUN_INIT && !t->is_paused;
    if (t->phase < RUN_RUNNING) {
        double made = t->vus_planned > 0 ? (double)t->vus_initialized / (double)t->vus_planned : 1;
        buf_addf(out, "%-*s   ", left, is_init ? "Init" : "Run");
        put_bar(out, is_init ? made : 1, bar, use_color);
        if (is_init)
            buf_addf(out, " %0*" PRIu64 "/%" PRIu64 " VUs initialized", planned, t->vus_initialized,
                     t->vus_planned);
        else
            buf_adds(out, t->is_paused ? " paused" : " setup()");
        return;
    }
    buf_adds(out, t->is_paused ? "paused (" : "running (");
    progress_put_time(out, t->elapsed_ns, t->max_duration_ns);
    buf_addf(out,
             "), %0*" PRIu64 "/%0*" PRIu64 " VUs, %" PRIu64 " complete and %" PRIu64
             " interrupted iterations",
             width, t->vus_active, width, t->vus_initialized, t->iterations_complete,
             t->iterations_interrupted);
}

/* ---- the block */

struct row {
    const struct scenario_progress *of;
    struct buf columns[RIGHT_COLUMNS];
    int column_count;
};

/* The rows that are shown, and what they have in common. */
struct table {
    struct row *rows;
    size_t count, hidden;
    bool has_begun;
    int right_width[RIGHT_COLUMNS];
    int left, bar;
};

static void put_left(struct buf *out, const char *name, int width)
{
    int len = (int)strlen(name);
    if (len > width)
        buf_addf(out, "%.*s...", width - 3, name);
    else
        buf_addf(out, "%-*s", width, name);
}

static void put_row(struct buf *out, const struct table *t, const struct row *row, bool use_color)
{
    const struct scenario_progress *p = row->of;
    const char *color = "0";
    const char *mark = t->has_begun ? status_mark(p, &color) : " ";
    put_left(out, p->config->name, t->left);
    if (use_color)
        buf_addf(out, " \033[%sm%s\033[0m ", color, mark);
    else
        buf_addf(out, " %s ", mark);
    put_bar(out, p->state == SCENARIO_WAITING ? 0 : p->fraction, t->bar, use_color);
    for (int c = 0; c < row->column_count; c++) {
        bool is_last = c == row->column_count - 1;
        buf_addf(out, " %-*s", is_last ? 0 : t->right_width[c] + 1, row->columns[c].data);
    }
}

static void add_row(struct table *t, const struct scenario_progress *p)
{
    struct row *row = &t->rows[t->count++];
    row->of = p;
    for (int c = 0; c < RIGHT_COLUMNS; c++)
        buf_init(&row->columns[c], 256);
    row->column_count = t->has_begun ? put_right(row->columns, p) : 0;
    for (int c = 0; c < row->column_count; c++) {
        int len = (int)row->columns[c].len;
        t->right_width[c] = len > t->right_width[c] ? len : t->right_width[c];
    }
    int len = (int)strlen(p->config->name);
    len = len > LEFT_MAX ? LEFT_MAX : len;
    t->left = len > t->left ? len : t->left;
}

/* Which scenarios are looked at first if there is no room for all. */
static int rank_of(const struct scenario_progress *p)
{
    switch (p->state) {
    case SCENARIO_RUNNING:
        return 0;
    case SCENARIO_WAITING:
        return 1;
    case SCENARIO_DONE:
    case SCENARIO_INTERRUPTED:
    case SCENARIO_FAILED:
        return 2;
    }
    return 2;
}

/* The most important ones, in the order of the list. */
static void choose_rows(struct table *t, const struct scenario_progress *scenarios, size_t count,
                        size_t room)
{
    size_t of_rank[3] = {0};
    for (size_t i = 0; i < count; i++)
        of_rank[rank_of(&scenarios[i])]++;
    for (int k = 0; k < 3; k++) {
        of_rank[k] = of_rank[k] < room ? of_rank[k] : room;
        room -= of_rank[k];
    }
    for (size_t i = 0; i < count; i++) {
        size_t *left = &of_rank[rank_of(&scenarios[i])];
        if (*left == 0) {
            t->hidden++;
            continue;
        }
        (*left)--;
        add_row(t, &scenarios[i]);
    }
}

static void set_widths(struct table *t, const struct progress_look *look)
{
    int right_most = 0;
    for (size_t i = 0; i < t->count; i++) {
        const struct row *row = &t->rows[i];
        int sum = 0;
        for (int c = 0; c < row->column_count; c++)
            sum +=
                c == row->column_count - 1 ? 1 + (int)row->columns[c].len : 2 + t->right_width[c];
        right_most = sum > right_most ? sum : right_most;
    }
    t->bar = look->is_terminal ? look->columns - MARGIN - t->left - 3 - right_most : 0;
    t->bar = t->bar > BAR_WIDTH ? BAR_WIDTH : t->bar;
}

static void render_rows(struct buf *out, const struct progress_totals *totals,
                        const struct scenario_progress *scenarios, size_t count, size_t room,
                        const struct progress_look *look)
{
    const char *end = look->is_terminal ? "\033[K\n" : "\n";
    struct table t = {.rows = mem_calloc(count + 1, sizeof *t.rows),
                      .has_begun = totals->phase >= RUN_RUNNING,
                      .left = totals->phase >= RUN_RUNNING ? 0 : 4};
    choose_rows(&t, scenarios, count, room);
    set_widths(&t, look);
    buf_adds(out, end);
    put_totals(out, totals, t.left, t.bar, look->use_color);
    buf_adds(out, end);
    for (size_t i = 0; i < t.count; i++) {
        put_row(out, &t, &t.rows[i], look->use_color);
        buf_adds(out, end);
        for (int c = 0; c < RIGHT_COLUMNS; c++)
            buf_deinit(&t.rows[i].columns[c]);
    }
    if (t.hidden > 0)
        buf_addf(out, "... and %zu more %s%s", t.hidden, t.hidden == 1 ? "scenario" : "scenarios",
                 end);
    mem_free(t.rows);
}

void progress_render(struct buf *out, const struct progress_totals *totals,
                     const struct scenario_progress *scenarios, size_t count,
                     const struct progress_look *look)
{
    size_t start = out->len;
    for (size_t room = count;; room = room > 8 ? room - room / 8 : room - 1) {
        render_rows(out, totals, scenarios, count, room, look);
        struct str block = {out->data + start, out->len - start};
        /* The cursor stands on the row below the block. */
        if (look->rows == 0 || room == 0 || progress_count_rows(block, look->columns) < look->rows)
            return;
        buf_truncate(out, start);
    }
}

/* Bytes of an escape sequence that begins at s, else 0. Ours end with a letter. */
static size_t escape_len(struct str s)
{
    if (!str_starts(s, "\033["))
        return 0;
    size_t at = 2;
    while (at < s.len && !ascii_is_alpha(s.p[at]))
        at++;
    return at < s.len ? at + 1 : at;
}

int progress_count_rows(struct str block, int columns)
{
    int rows = 0;
    int width = 0;
    for (size_t i = 0; i < block.len; i++) {
        size_t escape = escape_len((struct str){block.p + i, block.len - i});
        if (escape > 0) {
            i += escape - 1;
        } else if (block.p[i] == '\n') {
            rows += width > columns ? (width + columns - 1) / columns : 1;
            width = 0;
        } else if (((unsigned char)block.p[i] & 0xc0) != 0x80) {
            width++; /* all that is shown is one column wide */
        }
    }
    return rows;
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
        char *text = scenario_describe(&f->scenarios->items[i], &f->shares[i]);
        buf_addf(out, "              * %s: %s\n", f->scenarios->items[i].name, text);
        mem_free(text);
    }
    buf_addc(out, '\n');
    mem_free(line);
    mem_free(max_duration);
}
