/* csv_reader.h - records of a CSV text, with the rules and error texts of Go's reader, which k6
 * uses: empty lines don't count, quotes only around whole fields, all records as long as the first.
 * Pure: no engine. One reader, one thread. */
#ifndef C6_CSV_READER_H
#define C6_CSV_READER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/str.h"

/* Where the text comes from: bytes put into `into`, 0 at the end. */
typedef size_t (*csv_read_fn)(void *opaque, void *into, size_t cap);

struct csv_record {
    const struct str *fields; /* lent until the next call */
    size_t len;
};

struct csv_reader;
/* Reads nothing yet. */
struct csv_reader *csv_reader_new(char delimiter, csv_read_fn read, void *opaque);
void csv_reader_free(struct csv_reader *r);
/* 1: a record; 0: the end; ERR_INVALID with a text that names the line. */
int csv_reader_next(struct csv_reader *r, struct csv_record *out, struct err *e);

#endif
