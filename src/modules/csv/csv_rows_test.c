/* csv_rows_test.c - which lines of a CSV text the options let through, and rows as JSON. */
#include "modules/csv/csv_rows.h"

#include <string.h>

#include "test.h"

static size_t give(void *opaque, void *into, size_t cap)
{
    struct str *left = opaque;
    size_t len = left->len < cap ? left->len : cap;
    if (len > 0)
        memcpy(into, left->p, len);
    left->p += len;
    left->len -= len;
    return len;
}

static void expect(const char *text, struct csv_options options, const char *expected)
{
    struct str left = str_of(text);
    struct csv_rows *rows;
    struct csv_record row;
    struct err e = {0};
    struct buf out;
    buf_init(&out, BUF_NO_LIMIT);
    options.delimiter = ',';
    int rc = csv_rows_new(&rows, &options, give, &left, &e);
    while (rc >= 0 && (rc = csv_rows_next(rows, &row, &e)) > 0)
        csv_rows_put_json(&out, rows, &row);
    if (rc < 0)
        buf_adds(&out, e.msg);
    assert_string_equal(out.data, expected);
    buf_deinit(&out);
    err_deinit(&e);
    csv_rows_free(rows);
}

static void lines_are_counted_from_zero(void **state)
{
    expect("a\nb\nc\nd\n", (struct csv_options){0}, "[\"a\"][\"b\"][\"c\"][\"d\"]");
    expect("a\nb\nc\nd\n",
           (struct csv_options){.has_from = true, .from = 1, .has_to = true, .to = 2},
           "[\"b\"][\"c\"]");
    expect("a\nb\n", (struct csv_options){.skips_first = true}, "[\"b\"]");
    expect("a\nb\nc\n", (struct csv_options){.has_to = true}, "[\"a\"][\"b\"][\"c\"]");
}

static void names_come_from_the_first_line(void **state)
{
    expect("b,a\n1,2\n", (struct csv_options){.as_objects = true}, "{\"a\":\"2\",\"b\":\"1\"}");
    expect("b,b\n1,2\n", (struct csv_options){.as_objects = true}, "{\"b\":\"2\"}");
    expect("", (struct csv_options){.as_objects = true},
           "failed to read the first line; reason: EOF");
}

static void contradictions_are_refused(void **state)
{
    expect("a", (struct csv_options){.as_objects = true, .skips_first = true},
           "the 'header' option cannot be enabled when 'skipFirstLine' is true");
    expect("a", (struct csv_options){.has_to = true, .to = -2},
           "the 'toLine' option must be greater than or equal to 0; got -2");
    expect("a", (struct csv_options){.has_from = true, .from = 5},
           "failed to skip lines until line 5; reason: EOF");
    expect("", (struct csv_options){.skips_first = true},
           "failed to skip the first line; reason: EOF");
}

TEST_SUITE(csv_rows){
    TEST(lines_are_counted_from_zero)
    TEST(names_come_from_the_first_line)
    TEST(contradictions_are_refused)
    TEST_END
};
