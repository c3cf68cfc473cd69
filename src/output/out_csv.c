/* out_csv.c - the output `csv`: a row for each sample, a column for each system tag that is on.
 * Used by fanout.c through its row in output_table.c. Format: k6 docs, "CSV"; RFC 4180. Tests:
 * out_csv_test.c */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/duration.h"
#include "base/mem.h"
#include "base/num.h"
#include "output/out_file.h"
#include "output/out_time.h"
#include "output/output.h"

enum { SYSTEM_TAG_BITS = 18 };

enum csv_time {
    CSV_UNIX,
    CSV_UNIX_MILLI,
    CSV_UNIX_MICRO,
    CSV_UNIX_NANO,
    CSV_RFC3339,
    CSV_RFC3339_NANO
};
static const char *const time_names[] = {"unix",    "unix_milli",   "unix_micro", "unix_nano",
                                         "rfc3339", "rfc3339_nano", NULL};

/* Later sources win: defaults, config file, environment, argument. */
struct csv_config {
    char *file_name;
    int64_t save_interval_ns;
    enum csv_time time_format;
};

struct out_csv {
    struct output base;
    struct out_file file;
    struct out_time clock;
    enum csv_time time_format;
    struct str columns[SYSTEM_TAG_BITS]; /* names of the tags that have one, sorted */
    size_t column_count;
    const struct tagset *last_tags; /* whose cells are in tags_text; of the batch at hand only */
    struct buf tags_text;
    int64_t last_time_ns; /* whose text is in time_text */
    struct buf time_text;
    struct buf scratch;
};

static struct out_csv *self(struct output *o)
{
    return (struct out_csv *)(void *)o;
}

/* ---- configuration */

static int set_time_format(struct csv_config *c, const char *name, struct err *e)
{
    for (int i = 0; time_names[i] != NULL; i++)
        if (strcmp(time_names[i], name) == 0) {
            c->time_format = (enum csv_time)i;
            return 0;
        }
    int rc = err_set(e, ERR_INVALID, "%s does not belong to TimeFormat values", name);
    err_set_hint(e, "there are unix, unix_milli, unix_micro, unix_nano, rfc3339 and rfc3339_nano");
    return rc;
}

static int set_save_interval(struct csv_config *c, const char *text, struct err *e)
{
    return duration_parse(str_of(text), &c->save_interval_ns, e);
}

static void set_file_name(struct csv_config *c, struct str name)
{
    mem_free(c->file_name);
    c->file_name = mem_strndup(name.p, name.len);
}

/* A text of the config file, a time also as a number; NULL when there is none. */
static const char *config_text(const struct json *config, const char *key)
{
    const struct json *v = json_get(config, key);
    return v != NULL && (v->type == JSON_STRING || v->type == JSON_NUMBER) ? v->text.p : NULL;
}

static int check_types(const struct json *config, struct err *e)
{
    static const char *const keys[] = {"file_name", "save_interval", "time_format"};
    for (int i = 0; i < 3; i++) {
        const struct json *v = json_get(config, keys[i]);
        bool may_be_number = i == 1;
        if (v == NULL || v->type == JSON_NULL || v->type == JSON_STRING ||
            (may_be_number && v->type == JSON_NUMBER))
            continue;
        return err_set(e, ERR_INVALID, "%s in the config file is a %s, not a string", keys[i],
                       json_type_name(v));
    }
    return 0;
}

static int apply_values(struct csv_config *c, const char *file_name, const char *interval,
                        const char *format, struct err *e)
{
    if (file_name != NULL)
        set_file_name(c, str_of(file_name));
    int rc = interval == NULL ? 0 : set_save_interval(c, interval, e);
    if (rc == 0 && format != NULL)
        rc = set_time_format(c, format, e);
    return rc;
}

/* One "key=value" of the argument. */
static int apply_pair(struct csv_config *c, struct str key, struct str value, struct err *e)
{
    char *text = mem_strndup(value.p, value.len);
    int rc = 0;
    if (str_eqs(key, "fileName"))
        set_file_name(c, value);
    else if (str_eqs(key, "saveInterval"))
        rc = set_save_interval(c, text, e);
    else if (str_eqs(key, "timeFormat"))
        rc = set_time_format(c, text, e);
    else
        rc = err_set(e, ERR_INVALID, "unknown key \"%.*s\" as argument for csv output",
                     (int)key.len, key.p);
    mem_free(text);
    return rc;
}

/* "name.csv", or "fileName=name.csv,saveInterval=5s,timeFormat=rfc3339". */
static int apply_argument(struct csv_config *c, const char *argument, struct err *e)
{
    struct str rest = str_of(argument);
    if (str_find(rest, '=') < 0) {
        set_file_name(c, rest);
        return 0;
    }
    int rc = 0;
    for (bool more = true; more && rc == 0;) {
        struct str pair = rest;
        struct str tail;
        struct str key;
        struct str value;
        more = str_cut(rest, ',', &pair, &tail);
        if (!more)
            pair = rest;
        else
            rest = tail;
        if (!str_cut(pair, '=', &key, &value) || value.len == 0)
            rc = err_set(e, ERR_INVALID, "couldn't parse \"%s\" as argument for csv output",
                         argument);
        else
            rc = apply_pair(c, key, value, e);
    }
    return rc;
}

static int read_config(struct csv_config *c, const struct output_params *p, struct err *e)
{
    const struct json *own = p->config == NULL ? NULL : json_get(p->config, "csv");
    *c = (struct csv_config){.file_name = mem_strdup("file.csv"),
                             .save_interval_ns = NS_PER_SEC,
                             .time_format = CSV_UNIX};
    int rc = check_types(own, e);
    if (rc == 0)
        rc = apply_values(c, config_text(own, "file_name"), config_text(own, "save_interval"),
                          config_text(own, "time_format"), e);
    if (rc == 0)
        rc = apply_values(c, output_get_env(p, "K6_CSV_FILENAME"),
                          output_get_env(p, "K6_CSV_SAVE_INTERVAL"),
                          output_get_env(p, "K6_CSV_TIME_FORMAT"), e);
    if (rc == 0 && p->argument != NULL && p->argument[0] != '\0')
        rc = apply_argument(c, p->argument, e);
    return rc;
}

/* ---- cells */

/* White space at which Go's csv writer, too, thinks a cell must be quoted so that it isn't trimmed.
 */
static bool starts_with_space(struct str s)
{
    size_t at = 0;
    uint32_t cp = s.len == 0 ? 'x' : utf8_next(s, &at);
    return cp == ' ' || (cp >= '\t' && cp <= '\r') || cp == 0x85 || cp == 0xa0 || cp == 0x1680 ||
           (cp >= 0x2000 && cp <= 0x200a) || cp == 0x2028 || cp == 0x2029 || cp == 0x202f ||
           cp == 0x205f || cp == 0x3000;
}

static bool needs_quotes(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.p[i] == ',' || s.p[i] == '"' || s.p[i] == '\r' || s.p[i] == '\n')
            return true;
    return str_eqs(s, "\\.") || starts_with_space(s);
}

static void put_cell(struct buf *out, struct str s)
{
    if (!needs_quotes(s)) {
        buf_add(out, s.p, s.len);
        return;
    }
    buf_addc(out, '"');
    for (size_t i = 0; i < s.len; i++) {
        if (s.p[i] == '"')
            buf_addc(out, '"');
        buf_addc(out, s.p[i]);
    }
    buf_addc(out, '"');
}

static bool has_column(const struct out_csv *c, struct str key)
{
    for (size_t i = 0; i < c->column_count; i++)
        if (str_eq(c->columns[i], key))
            return true;
    return false;
}

/* The tags that have no column of their own, as one cell: "a=b&c=d". */
static void put_rest(struct out_csv *c, struct buf *out, const struct tagset *tags)
{
    buf_clear(&c->scratch);
    for (uint32_t i = 0; tags != NULL && i < tags->count; i++) {
        const struct tag *t = &tags->items[i];
        if (has_column(c, t->key))
            continue;
        if (c->scratch.len > 0)
            buf_addc(&c->scratch, '&');
        buf_add(&c->scratch, t->key.p, t->key.len);
        buf_addc(&c->scratch, '=');
        buf_add(&c->scratch, t->value.p, t->value.len);
    }
    put_cell(out, (struct str){c->scratch.data, c->scratch.len});
}

/* ",value,value,...,extra," for the columns and extra_tags. Columns and tags are both sorted, so
 * one walk finds all. */
static void put_tags(struct out_csv *c, struct buf *out, const struct tagset *tags)
{
    uint32_t at = 0;
    for (size_t i = 0; i < c->column_count; i++) {
        buf_addc(out, ',');
        while (at < tags->count && str_cmp(tags->items[at].key, c->columns[i]) < 0)
            at++;
        if (at < tags->count && str_eq(tags->items[at].key, c->columns[i]))
            put_cell(out, tags->items[at].value);
    }
    buf_addc(out, ',');
    put_rest(c, out, tags);
    buf_addc(out, ',');
}

static void put_time(struct out_csv *c, struct buf *out, int64_t time_ns)
{
    switch (c->time_format) {
    case CSV_UNIX:
        buf_addf(out, "%lld", (long long)(time_ns / NS_PER_SEC));
        return;
    case CSV_UNIX_MILLI:
        buf_addf(out, "%lld", (long long)(time_ns / NS_PER_MS));
        return;
    case CSV_UNIX_MICRO:
        buf_addf(out, "%lld", (long long)(time_ns / NS_PER_US));
        return;
    case CSV_UNIX_NANO:
        buf_addf(out, "%lld", (long long)time_ns);
        return;
    case CSV_RFC3339:
        out_time_put(&c->clock, out, time_ns, false);
        return;
    case CSV_RFC3339_NANO:
        out_time_put(&c->clock, out, time_ns, true);
        return;
    }
}

/* ---- the output */

static int compare_columns(const void *a, const void *b)
{
    return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

/* "vu" and "iter" have none: they are metadata. */
static void choose_columns(struct out_csv *c, uint32_t system_tags)
{
    for (int i = 0; i < SYSTEM_TAG_BITS; i++) {
        uint32_t tag = UINT32_C(1) << i;
        if ((system_tags & tag) != 0 && tag != TAG_VU && tag != TAG_ITER)
            c->columns[c->column_count++] = str_of(system_tag_name((enum system_tag)tag));
    }
    qsort(c->columns, c->column_count, sizeof c->columns[0], compare_columns);
}

static void put_header(struct out_csv *c)
{
    struct buf *out = &c->file.text;
    buf_adds(out, "metric_name,timestamp,metric_value");
    for (size_t i = 0; i < c->column_count; i++) {
        buf_addc(out, ',');
        buf_add(out, c->columns[i].p, c->columns[i].len);
    }
    buf_adds(out, ",extra_tags,metadata\n");
    out_file_flush(&c->file);
}

static int csv_open(struct output **out, const struct output_params *p, struct err *e)
{
    struct csv_config config;
    struct out_csv *c = MEM_NEW(struct out_csv);
    int rc = read_config(&config, p, e);
    out_file_init(&c->file, config.file_name, p->stdout_fd, "csv", p->logger);
    if (rc == 0)
        rc = out_file_open(&c->file, e);
    if (rc < 0) {
        out_file_close(&c->file);
        mem_free(config.file_name);
        mem_free(c);
        return rc;
    }
    c->base.type = &out_csv_type;
    c->base.logger = p->logger;
    c->base.flush_interval_ns = config.save_interval_ns;
    c->base.description =
        mem_printf("csv (%s)", out_file_is_stdout(config.file_name) ? "stdout" : config.file_name);
    c->time_format = config.time_format;
    mem_free(config.file_name);
    choose_columns(c, p->system_tags);
    buf_init(&c->tags_text, BUF_NO_LIMIT);
    buf_init(&c->time_text, BUF_NO_LIMIT);
    buf_init(&c->scratch, BUF_NO_LIMIT);
    *out = &c->base;
    return 0;
}

static int csv_start(struct output *o, struct err *e)
{
    if (o->flush_interval_ns <= 0)
        return err_set(e, ERR_INVALID, "the save interval of the csv output must be more than 0");
    put_header(self(o));
    return 0;
}

/* The whole number n in decimal, at least `width` digits. */
static void put_digits(struct buf *out, uint64_t n, int width)
{
    char digits[20];
    size_t at = sizeof digits;
    while (n > 0 || (int)(sizeof digits - at) < width) {
        digits[--at] = (char)('0' + n % 10);
        n /= 10;
    }
    buf_add(out, digits + at, sizeof digits - at);
}

/* Six decimals. Most values are counts, or milliseconds made of nanoseconds: those are whole
 * millionths, which need no conversion by the C library at ten times the price. Up to the limit the
 * spacing of doubles is below a millionth. */
static void put_value(struct buf *out, double v)
{
    double scaled = v * 1e6;
    if (scaled >= 0 && scaled < 4e15) {
        uint64_t millionths = (uint64_t)(scaled + 0.5);
        if ((double)millionths / 1e6 == v && !signbit(v)) {
            put_digits(out, millionths / 1000000, 1);
            buf_addc(out, '.');
            put_digits(out, millionths % 1000000, 6);
            return;
        }
    }
    num_put_fixed(out, v, 6);
}

static void put_row(struct out_csv *c, const struct sample *s)
{
    struct buf *out = &c->file.text;
    if (s->tags != c->last_tags) {
        buf_clear(&c->tags_text);
        put_tags(c, &c->tags_text, s->tags);
        c->last_tags = s->tags;
    }
    if (s->time_ns != c->last_time_ns || c->time_text.len == 0) {
        buf_clear(&c->time_text);
        put_time(c, &c->time_text, s->time_ns);
        c->last_time_ns = s->time_ns;
    }
    put_cell(out, str_of(s->metric->name));
    buf_addc(out, ',');
    buf_add(out, c->time_text.data, c->time_text.len);
    buf_addc(out, ',');
    put_value(out, s->value);
    buf_add(out, c->tags_text.data, c->tags_text.len);
    put_rest(c, out, s->metadata);
    buf_addc(out, '\n');
}

static void csv_take(struct output *o, const struct sample_batch *b)
{
    struct out_csv *c = self(o);
    c->last_tags = NULL;
    for (size_t i = 0; i < b->len; i++)
        put_row(c, &b->items[i]);
    out_file_commit(&c->file);
}

static void csv_flush(struct output *o)
{
    out_file_flush(&self(o)->file);
}

static void csv_close(struct output *o)
{
    struct out_csv *c = self(o);
    out_file_close(&c->file);
    buf_deinit(&c->tags_text);
    buf_deinit(&c->time_text);
    buf_deinit(&c->scratch);
    mem_free(c->base.description);
    mem_free(c);
}

const struct output_type out_csv_type = {
    .name = "csv",
    .open = csv_open,
    .start = csv_start,
    .take = csv_take,
    .flush = csv_flush,
    .close = csv_close,
};
