/* summary_text.c - the summary for people: titles, thresholds, checks, metrics in columns.
 * Knows no engine: it writes what summary.c copied.
 *
 * A block of metrics (a section list of the total, of a group, of a scenario; the three lines over
 * the checks) is measured first and then written: names are filled with dots up to the longest plus
 * three, each column is as wide as its widest value. Metrics that are no trends have a main value
 * and up to two extras ("12 out of 13"; "min=1 max=3"), each a column as well.
 * Source: k6 docs, "End of test". Tests: summary_text_test.c */
#include <string.h>

#include "base/mem.h"
#include "summary/summary_int.h"
#include "summary/summary_number.h"

enum { EXTRAS_MAX = 2, NAME_DOTS = 3 };

enum paint {
    PAINT_BOLD,
    PAINT_GREEN,
    PAINT_RED,
    PAINT_WHITE,
    PAINT_CYAN,
    PAINT_FAINT_WHITE,
    PAINT_FAINT_CYAN
};

struct writer {
    struct buf *out;
    const struct summary *s;
};

/* ---- pieces ---- */

static void put_painted(struct writer *w, enum paint paint, const char *text)
{
    static const char *const codes[] = {
        [PAINT_BOLD] = "1",          [PAINT_GREEN] = "32", [PAINT_RED] = "31",
        [PAINT_WHITE] = "37",        [PAINT_CYAN] = "36",  [PAINT_FAINT_WHITE] = "2;37",
        [PAINT_FAINT_CYAN] = "2;36",
    };
    if (w->s->use_color)
        buf_addf(w->out, "\x1b[%sm%s\x1b[0m", codes[paint], text);
    else
        buf_adds(w->out, text);
}

static void put_spaces(struct writer *w, size_t count)
{
    buf_addf(w->out, "%*s", (int)count, "");
}

/* A new line that begins with two spaces for each level. */
static void begin_line(struct writer *w, size_t level)
{
    buf_addc(w->out, '\n');
    put_spaces(w, level * 2);
}

static void put_blank(struct writer *w)
{
    buf_addc(w->out, '\n');
}

static void put_title(struct writer *w, size_t level, const char *mark, const char *what,
                      const char *name)
{
    char *title = mem_printf("%s%s", what, name);
    begin_line(w, level);
    buf_addf(w->out, "%s ", mark);
    put_painted(w, PAINT_BOLD, title);
    buf_adds(w->out, " \n");
    mem_free(title);
}

/* Columns a text takes: one a character, whatever it is. */
static size_t text_width(const char *text)
{
    struct str s = str_of(text);
    size_t width = 0;
    for (size_t at = 0; at < s.len;) {
        utf8_next(s, &at);
        width++;
    }
    return width;
}

/* ---- blocks of metrics ---- */

/* One metric as text. */
struct row {
    const struct summary_metric *metric;
    char *label;          /* its name, or "  { tags }" of a submetric */
    char **columns;       /* trend: a value for each statistic asked for */
    char *main;           /* others */
    char *extras[EXTRAS_MAX];
    size_t extra_count;
};

struct block {
    struct row *rows;
    size_t count;
    size_t label_width, main_width;
    size_t extra_width[EXTRAS_MAX];
    size_t *column_width; /* by statistic */
};

static char *number_text(const struct summary *s, const struct summary_metric *m, double value,
                         const char *before, const char *after)
{
    struct buf b;
    buf_init(&b, BUF_NO_LIMIT);
    buf_adds(&b, before);
    summary_put_number(&b, value, m->type, m->contains, s->time_unit);
    buf_adds(&b, after);
    return buf_take(&b);
}

static char *trend_text(const struct summary *s, const struct summary_metric *m,
                        const struct summary_value *v)
{
    if (strcmp(v->name, "count") != 0)
        return number_text(s, m, v->value, "", "");
    struct buf b;
    buf_init(&b, BUF_NO_LIMIT);
    summary_put_count(&b, v->value);
    return buf_take(&b);
}

static char *share_text(double part, double whole)
{
    struct buf b;
    buf_init(&b, BUF_NO_LIMIT);
    summary_put_count(&b, part);
    buf_adds(&b, " out of ");
    summary_put_count(&b, whole);
    return buf_take(&b);
}

static char *label_of(const char *name)
{
    const char *brace = strchr(name, '{');
    if (brace == NULL)
        return mem_strdup(name);
    return mem_printf("  { %.*s }", (int)strlen(brace) - 2, brace + 1);
}

static void row_init(struct row *r, const struct summary *s, const struct summary_metric *m)
{
    memset(r, 0, sizeof *r);
    r->metric = m;
    r->label = label_of(m->name);
    switch (m->type) {
    case METRIC_TREND:
        r->columns = mem_calloc(m->stat_count, sizeof(char *));
        for (size_t i = 0; i < m->stat_count; i++)
            r->columns[i] = trend_text(s, m, &m->values[i]);
        return;
    case METRIC_COUNTER:
        r->main = number_text(s, m, summary_value_of(m, "count"), "", "");
        r->extras[0] = number_text(s, m, summary_value_of(m, "rate"), "", "/s");
        r->extra_count = 1;
        return;
    case METRIC_GAUGE:
        r->main = number_text(s, m, summary_value_of(m, "value"), "", "");
        r->extras[0] = number_text(s, m, summary_value_of(m, "min"), "min=", "");
        r->extras[1] = number_text(s, m, summary_value_of(m, "max"), "max=", "");
        r->extra_count = 2;
        return;
    case METRIC_RATE: {
        double passes = summary_value_of(m, "passes");
        r->main = number_text(s, m, summary_value_of(m, "rate"), "", "");
        r->extras[0] = share_text(passes, passes + summary_value_of(m, "fails"));
        r->extra_count = 1;
        return;
    }
    }
}

static void row_deinit(struct row *r)
{
    for (size_t i = 0; r->columns != NULL && i < r->metric->stat_count; i++)
        mem_free(r->columns[i]);
    for (size_t i = 0; i < EXTRAS_MAX; i++)
        mem_free(r->extras[i]);
    mem_free(r->columns);
    mem_free(r->main);
    mem_free(r->label);
}

static void widen(size_t *width, const char *text)
{
    size_t needed = text_width(text);
    if (needed > *width)
        *width = needed;
}

/* Texts and widths of the metrics that are shown; with_skipped: of all (thresholds name those
 * too). */
static void block_init(struct block *b, const struct summary *s,
                       const struct summary_metric *metrics, size_t count, bool with_skipped)
{
    memset(b, 0, sizeof *b);
    b->rows = mem_calloc(count, sizeof *b->rows);
    b->column_width = mem_calloc(s->trend_stat_count, sizeof(size_t));
    for (size_t i = 0; i < count; i++) {
        if (metrics[i].section == SECTION_SKIPPED && !with_skipped)
            continue;
        struct row *r = &b->rows[b->count++];
        row_init(r, s, &metrics[i]);
        widen(&b->label_width, r->label);
        for (size_t k = 0; k < metrics[i].stat_count; k++)
            widen(&b->column_width[k], r->columns[k]);
        if (r->main != NULL)
            widen(&b->main_width, r->main);
        for (size_t k = 0; k < r->extra_count; k++)
            widen(&b->extra_width[k], r->extras[k]);
    }
}

static void block_deinit(struct block *b)
{
    for (size_t i = 0; i < b->count; i++)
        row_deinit(&b->rows[i]);
    mem_free(b->rows);
    mem_free(b->column_width);
}

static void put_padding(struct writer *w, size_t width, const char *text)
{
    put_spaces(w, width - text_width(text));
}

static void put_trend_columns(struct writer *w, const struct block *b, const struct row *r)
{
    for (size_t i = 0; i < r->metric->stat_count; i++) {
        buf_addf(w->out, "%s%s=", i == 0 ? "" : " ", w->s->trend_stats[i]);
        put_painted(w, PAINT_CYAN, r->columns[i]);
        put_padding(w, b->column_width[i], r->columns[i]);
    }
}

static void put_values(struct writer *w, const struct block *b, const struct row *r)
{
    put_painted(w, PAINT_CYAN, r->main);
    put_padding(w, b->main_width, r->main);
    for (size_t i = 0; i < r->extra_count; i++) {
        buf_addc(w->out, ' ');
        put_painted(w, PAINT_FAINT_CYAN, r->extras[i]);
        if (r->extra_count > 1)
            put_padding(w, b->extra_width[i], r->extras[i]);
    }
}

static void put_row(struct writer *w, size_t level, const struct block *b, const struct row *r)
{
    struct buf dots;
    buf_init(&dots, BUF_NO_LIMIT);
    for (size_t n = text_width(r->label); n < b->label_width + NAME_DOTS; n++)
        buf_addc(&dots, '.');
    buf_addc(&dots, ':');
    begin_line(w, level);
    buf_adds(w->out, r->label);
    put_painted(w, PAINT_FAINT_WHITE, dots.data);
    buf_addc(w->out, ' ');
    if (r->metric->type == METRIC_TREND)
        put_trend_columns(w, b, r);
    else
        put_values(w, b, r);
    buf_deinit(&dots);
}

static void put_metrics(struct writer *w, size_t level, const struct summary_group *g)
{
    static const char *const titles[SECTION_COUNT] = {
        [SECTION_CUSTOM] = "CUSTOM",       [SECTION_HTTP] = "HTTP",
        [SECTION_EXECUTION] = "EXECUTION", [SECTION_NETWORK] = "NETWORK",
        [SECTION_BROWSER] = "BROWSER",     [SECTION_WEB_VITALS] = "WEB_VITALS",
        [SECTION_GRPC] = "GRPC",           [SECTION_WEBSOCKET] = "WEBSOCKET",
    };
    struct block b;
    block_init(&b, w->s, g->metrics, g->metric_count, false);
    for (int section = 0; section < SECTION_COUNT; section++) {
        bool is_begun = false;
        for (size_t i = 0; i < b.count; i++) {
            if (b.rows[i].metric->section != (enum summary_section)section)
                continue;
            if (!is_begun) {
                begin_line(w, level);
                put_painted(w, PAINT_BOLD, titles[section]);
            }
            is_begun = true;
            put_row(w, level, &b, &b.rows[i]);
        }
        if (is_begun)
            put_blank(w);
    }
    block_deinit(&b);
}

/* ---- checks ---- */

static void put_check(struct writer *w, size_t level, const struct summary_check *c)
{
    bool is_ok = c->fails == 0;
    char *text = mem_printf("%s %s", is_ok ? "✓" : "✗", c->name);
    begin_line(w, level);
    put_painted(w, is_ok ? PAINT_GREEN : PAINT_RED, text);
    mem_free(text);
    if (is_ok)
        return;
    text = mem_printf("↳  %d%% — ✓ %llu / ✗ %llu",
                      (int)(100 * (double)c->passes / (double)(c->passes + c->fails)),
                      (unsigned long long)c->passes, (unsigned long long)c->fails);
    /* Deeper groups indent this line by more than one level: k6 counts the depth twice. */
    begin_line(w, level + level - 1);
    put_painted(w, PAINT_RED, text);
    mem_free(text);
}

/* The metric `checks` in three lines. */
static void put_check_totals(struct writer *w, size_t level, const struct summary_group *g)
{
    double total = (double)g->checks_total, passed = (double)g->checks_passed,
           failed = total - passed;
    struct summary_value values[3][3] = {
        {{"count", total}, {"rate", summary_rate(w->s, total)}},
        {{"rate", total > 0 ? passed / total : 0}, {"passes", passed}, {"fails", failed}},
        {{"rate", total > 0 ? failed / total : 0}, {"passes", failed}, {"fails", passed}},
    };
    struct summary_metric metrics[3] = {
        {.name = "checks_total", .type = METRIC_COUNTER, .values = values[0], .value_count = 2},
        {.name = "checks_succeeded", .type = METRIC_RATE, .values = values[1], .value_count = 3},
        {.name = "checks_failed", .type = METRIC_RATE, .values = values[2], .value_count = 3},
    };
    struct block b;
    block_init(&b, w->s, metrics, 3, true);
    for (size_t i = 0; i < b.count; i++)
        put_row(w, level, &b, &b.rows[i]);
    block_deinit(&b);
}

static void put_checks(struct writer *w, size_t level, const struct summary_group *g)
{
    if (!g->has_checks)
        return;
    put_check_totals(w, level, g);
    put_blank(w);
    for (size_t i = 0; i < g->check_count; i++)
        put_check(w, level, &g->checks[i]);
    put_blank(w);
}

/* ---- thresholds ---- */

/* The value beside a threshold: of the statistic its source begins with, up to the first of "<>=".
 * A statistic that is neither shown nor a percentile has no text, as in k6; so has "value!" of
 * "value!=5", which is why a gauge takes any. */
static const char *observed_text(const struct summary *s, const struct row *r, struct str stat,
                                 char **owned)
{
    const struct summary_metric *m = r->metric;
    switch (m->type) {
    case METRIC_TREND:
        for (size_t i = 0; i < m->value_count; i++) {
            if (!str_eqs(stat, m->values[i].name))
                continue;
            if (i < m->stat_count)
                return r->columns[i];
            *owned = trend_text(s, m, &m->values[i]);
            return *owned;
        }
        return "";
    case METRIC_COUNTER:
        return str_eqs(stat, "count") ? r->main : r->extras[0];
    case METRIC_GAUGE:
    case METRIC_RATE:
        return r->main;
    }
    return "";
}

static void put_threshold(struct writer *w, size_t level, const struct row *r,
                          const struct summary_threshold *t)
{
    struct str source = str_trim(str_of(t->source));
    struct str stat = str_trim((struct str){t->source, strcspn(t->source, "=><")});
    char *quoted = mem_printf("'%.*s'", (int)source.len, source.p);
    char *stat_text = mem_strndup(stat.p, stat.len);
    char *owned = NULL;
    begin_line(w, level);
    put_painted(w, t->is_ok ? PAINT_GREEN : PAINT_RED, t->is_ok ? "✓" : "✗");
    buf_addc(w->out, ' ');
    put_painted(w, PAINT_WHITE, quoted);
    buf_addc(w->out, ' ');
    put_painted(w, PAINT_WHITE, stat_text);
    buf_addc(w->out, '=');
    put_painted(w, PAINT_CYAN, observed_text(w->s, r, stat, &owned));
    mem_free(owned);
    mem_free(stat_text);
    mem_free(quoted);
}

/* Is the metric whose submetric this is listed with thresholds of its own? */
static bool parent_is_listed(const struct summary_group *total, const char *name)
{
    size_t len = strcspn(name, "{");
    for (size_t i = 0; i < total->metric_count; i++) {
        const struct summary_metric *m = &total->metrics[i];
        if (m->threshold_count > 0 && strlen(m->name) == len && memcmp(m->name, name, len) == 0)
            return true;
    }
    return false;
}

static void put_thresholds(struct writer *w, const struct summary_group *total)
{
    bool has_any = false;
    struct block b;
    block_init(&b, w->s, total->metrics, total->metric_count, true);
    for (size_t i = 0; i < b.count; i++) {
        const struct summary_metric *m = b.rows[i].metric;
        if (m->threshold_count == 0)
            continue;
        if (!has_any)
            put_title(w, 1, "█", "THRESHOLDS", "");
        has_any = true;
        const char *brace = strchr(m->name, '{');
        bool is_nested = brace != NULL && parent_is_listed(total, m->name);
        size_t level = is_nested ? 3 : 2;
        begin_line(w, level);
        buf_adds(w->out, is_nested ? brace : m->name);
        for (size_t k = 0; k < m->threshold_count; k++)
            put_threshold(w, level, &b.rows[i], &m->thresholds[k]);
        put_blank(w);
    }
    if (has_any)
        put_blank(w);
    block_deinit(&b);
}

/* ---- the whole ---- */

static void put_group_content(struct writer *w, size_t level, const struct summary_group *g)
{
    put_checks(w, level, g);
    put_metrics(w, level, g);
    for (size_t i = 0; i < g->group_count; i++) {
        put_title(w, level, "↳", "GROUP: ", g->groups[i].name);
        put_group_content(w, level + 1, &g->groups[i]);
    }
}

void summary_put_text(struct buf *out, const struct summary *s)
{
    struct writer w = {out, s};
    buf_addc(out, '\n');
    put_thresholds(&w, &s->total);
    put_title(&w, 1, "█", "TOTAL RESULTS", "");
    put_checks(&w, 2, &s->total);
    put_metrics(&w, 2, &s->total);
    put_blank(&w);
    for (size_t i = 0; i < s->total.group_count; i++) {
        put_title(&w, 1, "█", "GROUP: ", s->total.groups[i].name);
        put_group_content(&w, 2, &s->total.groups[i]);
        put_blank(&w);
    }
    for (size_t i = 0; i < s->scenario_count; i++) {
        put_title(&w, 1, "█", "SCENARIO: ", s->scenarios[i].name);
        put_group_content(&w, 2, &s->scenarios[i]);
        put_blank(&w);
    }
    buf_adds(out, "\n\n");
}
