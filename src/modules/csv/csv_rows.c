/* csv_rows.c - see csv_rows.h. Source: k6 docs, "k6/experimental/csv". Tests: csv_rows_test.c */
#include "modules/csv/csv_rows.h"

#include <stdlib.h>

#include "base/json.h"
#include "base/mem.h"

struct csv_rows {
    struct csv_reader *reader;
    struct csv_options options;
    int64_t line; /* records read so far */
    struct str *names;
    size_t *order; /* places of names by alphabet, the last of equal ones alone */
    size_t name_count, order_count;
};

static int check(const struct csv_options *o, struct err *e)
{
    if (o->as_objects && o->skips_first)
        return err_set(e, ERR_INVALID,
                       "the 'header' option cannot be enabled when 'skipFirstLine' is true");
    if (o->as_objects && o->has_from && o->from > 0)
        return err_set(e, ERR_INVALID,
                       "the 'header' option cannot be enabled when 'fromLine' is set to a value "
                       "greater than 0");
    if (o->has_from && o->from < 0)
        return err_set(e, ERR_INVALID,
                       "the 'fromLine' option must be greater than or equal to 0; got %lld",
                       (long long)o->from);
    if (o->has_to && o->to < 0)
        return err_set(e, ERR_INVALID,
                       "the 'toLine' option must be greater than or equal to 0; got %lld",
                       (long long)o->to);
    return 0;
}

/* One record that no row is made of; that there is none is an error here. */
static int read_line(struct csv_rows *r, struct csv_record *out, struct err *e)
{
    int rc = csv_reader_next(r->reader, out, e);
    if (rc == 0)
        return err_set(e, ERR_INVALID, "EOF");
    r->line++;
    return rc;
}

static int by_name(const void *a, const void *b, void *opaque)
{
    const struct str *names = opaque;
    size_t x = *(const size_t *)a, y = *(const size_t *)b;
    int order = str_cmp(names[x], names[y]);
    return order != 0 ? order : x < y ? -1 : 1;
}

static void keep_names(struct csv_rows *r, const struct csv_record *header)
{
    r->name_count = header->len;
    r->names = mem_calloc(header->len, sizeof *r->names);
    r->order = mem_calloc(header->len, sizeof *r->order);
    for (size_t i = 0; i < header->len; i++) {
        struct str s = header->fields[i];
        r->names[i] = (struct str){mem_strndup(s.p, s.len), s.len};
        r->order[i] = i;
    }
    qsort_r(r->order, header->len, sizeof *r->order, by_name, r->names);
    for (size_t i = 0; i < header->len; i++) {
        size_t place = r->order[i];
        bool is_last = i + 1 == header->len || !str_eq(r->names[place], r->names[r->order[i + 1]]);
        if (is_last)
            r->order[r->order_count++] = place;
    }
}

static int begin(struct csv_rows *r, struct err *e)
{
    struct csv_record skipped;
    struct err cause = {0};
    const struct csv_options *o = &r->options;
    int rc = check(o, e);
    if (rc == 0 && o->as_objects) {
        rc = read_line(r, &skipped, &cause);
        if (rc < 0)
            err_set(e, rc, "failed to read the first line; reason: %s", cause.msg);
        else
            keep_names(r, &skipped);
    }
    if (rc >= 0 && o->skips_first && (!o->has_from || o->from == 0)) {
        rc = read_line(r, &skipped, &cause);
        if (rc < 0)
            err_set(e, rc, "failed to skip the first line; reason: %s", cause.msg);
    }
    while (rc >= 0 && o->has_from && r->line < o->from) {
        rc = read_line(r, &skipped, &cause);
        if (rc < 0)
            err_set(e, rc, "failed to skip lines until line %lld; reason: %s", (long long)o->from,
                    cause.msg);
    }
    err_deinit(&cause);
    return rc < 0 ? rc : 0;
}

int csv_rows_new(struct csv_rows **out, const struct csv_options *options, csv_read_fn read,
                 void *opaque, struct err *e)
{
    struct csv_rows *r = MEM_NEW(struct csv_rows);
    r->options = *options;
    r->reader = csv_reader_new(options->delimiter, read, opaque);
    int rc = begin(r, e);
    if (rc < 0) {
        csv_rows_free(r);
        r = NULL;
    }
    *out = r;
    return rc;
}

void csv_rows_free(struct csv_rows *r)
{
    if (r == NULL)
        return;
    csv_reader_free(r->reader);
    for (size_t i = 0; i < r->name_count; i++)
        mem_free((char *)(uintptr_t)r->names[i].p);
    mem_free(r->names);
    mem_free(r->order);
    mem_free(r);
}

int csv_rows_next(struct csv_rows *r, struct csv_record *out, struct err *e)
{
    if (r->options.has_to && r->options.to > 0 && r->line > r->options.to)
        return 0;
    int rc = csv_reader_next(r->reader, out, e);
    if (rc > 0)
        r->line++;
    return rc;
}

const struct str *csv_rows_names(const struct csv_rows *r)
{
    return r->names;
}

void csv_rows_put_json(struct buf *out, const struct csv_rows *r, const struct csv_record *row)
{
    bool is_object = r->names != NULL;
    size_t count = is_object ? r->order_count : row->len;
    buf_addc(out, is_object ? '{' : '[');
    for (size_t i = 0; i < count; i++) {
        size_t place = is_object ? r->order[i] : i;
        if (i > 0)
            buf_addc(out, ',');
        if (is_object) {
            json_put_str(out, r->names[place]);
            buf_addc(out, ':');
        }
        json_put_str(out, row->fields[place]);
    }
    buf_addc(out, is_object ? '}' : ']');
}
