/* csv_rows.h - the rows that k6/experimental/csv gives of a file: a reader, and which lines of it
 * the options let through. Pure: no engine. */
#ifndef C6_CSV_ROWS_H
#define C6_CSV_ROWS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "modules/csv/csv_reader.h"

struct csv_options {
    char delimiter;
    bool skips_first;
    bool as_objects; /* the first line has the names */
    bool has_from, has_to;
    int64_t from, to; /* lines, counted from 0; to is included */
};

struct csv_rows;
/* Reads up to the first row. ERR_INVALID with k6's text ("failed to skip the first line; reason:
 * EOF"). */
int csv_rows_new(struct csv_rows **out, const struct csv_options *options, csv_read_fn read,
                 void *opaque, struct err *e);
void csv_rows_free(struct csv_rows *r);
/* 1, 0, ERR_INVALID as csv_reader_next. */
int csv_rows_next(struct csv_rows *r, struct csv_record *out, struct err *e);
/* The names of the columns, in place; NULL without as_objects. As many as each record has fields.
 */
const struct str *csv_rows_names(const struct csv_rows *r);
/* The row as JSON: a list, or an object with its keys in alphabetical order, as k6's shared rows.
 */
void csv_rows_put_json(struct buf *out, const struct csv_rows *r, const struct csv_record *row);

#endif
