/* csv_reader_test.c - records of CSV texts, the bytes coming in pieces of every size. */
#include "modules/csv/csv_reader.h"

#include <string.h>

#include "base/buf.h"
#include "fuzz_replay.h"
#include "test.h"

#define LLVMFuzzerTestOneInput csv_fuzz_one
#include "../../../fuzz/csv_fuzz.c"
#undef LLVMFuzzerTestOneInput

struct source {
    struct str left;
    size_t piece;
};

static size_t give(void *opaque, void *into, size_t cap)
{
    struct source *s = opaque;
    size_t len = s->left.len < cap ? s->left.len : cap;
    if (len > s->piece)
        len = s->piece;
    if (len > 0)
        memcpy(into, s->left.p, len);
    s->left.p += len;
    s->left.len -= len;
    return len;
}

/* All records, "a|b;" each, then the error's text. */
static void put_records(struct buf *out, struct str text, char delimiter, size_t piece)
{
    struct source source = {text, piece};
    struct csv_reader *r = csv_reader_new(delimiter, give, &source);
    struct csv_record row;
    struct err e = {0};
    int rc;
    while ((rc = csv_reader_next(r, &row, &e)) > 0) {
        for (size_t i = 0; i < row.len; i++) {
            if (i > 0)
                buf_addc(out, '|');
            buf_add_str(out, row.fields[i]);
        }
        buf_addc(out, ';');
    }
    if (rc < 0)
        buf_adds(out, e.msg);
    err_deinit(&e);
    csv_reader_free(r);
}

static void expect(const char *text, const char *expected)
{
    static const size_t pieces[] = {1, 2, 3, 4096};
    for (size_t i = 0; i < sizeof pieces / sizeof pieces[0]; i++) {
        struct buf out;
        buf_init(&out, BUF_NO_LIMIT);
        put_records(&out, str_of(text), ',', pieces[i]);
        assert_string_equal(out.data, expected);
        buf_deinit(&out);
    }
}

static void records_are_lines(void **state)
{
    expect("", "");
    expect("a,b\nc,d", "a|b;c|d;");
    expect("a,b\r\nc,d\r\n", "a|b;c|d;");
    expect("a\rb\r", "a\rb;");
    expect(",\n", "|;");
    expect("a, b \n", "a| b ;");
}

static void empty_lines_do_not_count(void **state)
{
    expect("\n\r\na\n\nb\n\n", "a;b;");
    expect("\"\"\n", ";");
}

static void quoted_fields_hold_anything(void **state)
{
    expect("\"a,b\",\"c\"\"d\"\n", "a,b|c\"d;");
    expect("\"a\r\nb\n\",c\n", "a\nb\n|c;");
    expect("x,\"y\"", "x|y;");
    expect("\"\"\"\"", "\";");
}

static void misplaced_quotes_are_errors(void **state)
{
    expect("a\"b\n", "parse error on line 1, column 2: bare \" in non-quoted-field");
    expect("a\nb,c\"\n", "a;parse error on line 2, column 4: bare \" in non-quoted-field");
    expect("\"a\"b\n", "parse error on line 1, column 3: extraneous or missing \" in quoted-field");
    expect("\"a", "parse error on line 1, column 3: extraneous or missing \" in quoted-field");
    expect("\"a\nb", "record on line 1; parse error on line 2, column 2: extraneous or missing \" "
                     "in quoted-field");
}

static void all_records_are_as_long_as_the_first(void **state)
{
    expect("a,b\nc\n", "a|b;record on line 2: wrong number of fields");
}

static void lines_longer_than_the_window_are_whole(void **state)
{
    struct buf text, out;
    buf_init(&text, BUF_NO_LIMIT);
    buf_init(&out, BUF_NO_LIMIT);
    for (int i = 0; i < 10000; i++)
        buf_addc(&text, 'x');
    buf_adds(&text, "\ny\n");
    put_records(&out, (struct str){text.data, text.len}, ',', 4096);
    assert_int_equal(out.len, 10003);
    assert_string_equal(out.data + 9999, "x;y;");
    buf_deinit(&text);
    buf_deinit(&out);
}

static void a_delimiter_that_means_something_else_is_refused(void **state)
{
    struct buf out;
    buf_init(&out, BUF_NO_LIMIT);
    put_records(&out, STR("a"), '"', 9);
    assert_string_equal(out.data, "csv: invalid field or comment delimiter");
    buf_clear(&out);
    put_records(&out, STR("a;b,c"), ';', 9);
    assert_string_equal(out.data, "a|b,c;");
    buf_deinit(&out);
}

static void the_corpus_is_clean(void **state)
{
    fuzz_replay("csv", csv_fuzz_one);
}

TEST_SUITE(csv_reader){
    TEST(records_are_lines)
    TEST(empty_lines_do_not_count)
    TEST(quoted_fields_hold_anything)
    TEST(misplaced_quotes_are_errors)
    TEST(all_records_are_as_long_as_the_first)
    TEST(lines_longer_than_the_window_are_whole)
    TEST(a_delimiter_that_means_something_else_is_refused)
    TEST(the_corpus_is_clean)
    TEST_END
};
