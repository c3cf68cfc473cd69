/* csv_reader.c - see csv_reader.h. The text goes through a window of 4 KB, which is not for speed
 * alone: two readers of one file share its place, and what each leaves for the other hangs on how
 * much the first has read ahead. Spec: RFC 4180, and what k6 makes of it. Tests: csv_reader_test.c,
 * fuzz/csv_fuzz.c */
#include "modules/csv/csv_reader.h"

#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/vec.h"

enum { WINDOW = 4096 };

struct span {
    size_t from, to; /* in text */
};

struct csv_reader {
    csv_read_fn read;
    void *opaque;
    char delimiter;
    bool is_at_end; /* the source gave its last byte */
    char window[WINDOW];
    size_t window_from, window_to;
    struct buf line;
    struct buf text; /* of the record's fields, one after another */
    VEC(struct span) spans;
    VEC(struct str) fields;
    size_t line_number; /* of `line`, from 1 */
    size_t width;       /* fields of the first record; 0: none yet */
};

struct csv_reader *csv_reader_new(char delimiter, csv_read_fn read, void *opaque)
{
    struct csv_reader *r = MEM_NEW(struct csv_reader);
    r->read = read;
    r->opaque = opaque;
    r->delimiter = delimiter;
    buf_init(&r->line, BUF_NO_LIMIT);
    buf_init(&r->text, BUF_NO_LIMIT);
    return r;
}

void csv_reader_free(struct csv_reader *r)
{
    if (r == NULL)
        return;
    buf_deinit(&r->line);
    buf_deinit(&r->text);
    VEC_DEINIT(&r->spans);
    VEC_DEINIT(&r->fields);
    mem_free(r);
}

/* ---- lines ---- */

static void take_window(struct csv_reader *r, size_t len)
{
    buf_add(&r->line, r->window + r->window_from, len);
    r->window_from += len;
}

static void fill_window(struct csv_reader *r)
{
    size_t left = r->window_to - r->window_from;
    memmove(r->window, r->window + r->window_from, left);
    r->window_from = 0;
    size_t got = r->read(r->opaque, r->window + left, WINDOW - left);
    r->window_to = left + got;
    r->is_at_end = got == 0;
}

/* The next line with its "\n", which "\r\n" becomes too; the last may lack it. False at the end. */
static bool next_line(struct csv_reader *r)
{
    buf_clear(&r->line);
    for (;;) {
        size_t left = r->window_to - r->window_from;
        char *from = r->window + r->window_from;
        char *end = left > 0 ? memchr(from, '\n', left) : NULL;
        if (end != NULL) {
            take_window(r, (size_t)(end - from) + 1);
            break;
        }
        if (left == WINDOW || r->is_at_end)
            take_window(r, left);
        if (r->is_at_end)
            break;
        fill_window(r);
    }
    size_t len = r->line.len;
    if (len == 0)
        return false;
    r->line_number++;
    if (r->line.data[len - 1] != '\n') {
        if (r->line.data[len - 1] == '\r')
            buf_truncate(&r->line, len - 1);
    } else if (len > 1 && r->line.data[len - 2] == '\r') {
        buf_truncate(&r->line, len - 2);
        buf_addc(&r->line, '\n');
    }
    return true;
}

/* The line's length without its end. */
static size_t line_body(const struct csv_reader *r)
{
    size_t len = r->line.len;
    return len > 0 && r->line.data[len - 1] == '\n' ? len - 1 : len;
}

/* ---- fields ---- */

static void end_field(struct csv_reader *r, size_t from)
{
    VEC_PUSH(&r->spans, ((struct span){from, r->text.len}));
}

/* column counts bytes from 0. */
static int fail(const struct csv_reader *r, size_t first_line, size_t column, const char *what,
                struct err *e)
{
    if (first_line != r->line_number)
        return err_set(e, ERR_INVALID,
                       "record on line %zu; parse error on line %zu, column %zu: %s", first_line,
                       r->line_number, column + 1, what);
    return err_set(e, ERR_INVALID, "parse error on line %zu, column %zu: %s", first_line,
                   column + 1, what);
}

/* A field without quotes that begins at *at. 1: another follows; 0: the record ends. */
static int plain_field(struct csv_reader *r, size_t first_line, size_t *at, struct err *e)
{
    size_t from = r->text.len, len = line_body(r) - *at;
    const char *p = r->line.data + *at;
    const char *end = len > 0 ? memchr(p, r->delimiter, len) : NULL;
    if (end != NULL)
        len = (size_t)(end - p);
    const char *quote = len > 0 ? memchr(p, '"', len) : NULL;
    if (quote != NULL)
        return fail(r, first_line, (size_t)(quote - r->line.data), "bare \" in non-quoted-field",
                    e);
    buf_add(&r->text, p, len);
    end_field(r, from);
    *at += len + 1;
    return end != NULL;
}

static const char BAD_QUOTE[] = "extraneous or missing \" in quoted-field";

/* A field whose opening quote is before *at; it may go over several lines. As plain_field. */
static int quoted_field(struct csv_reader *r, size_t first_line, size_t *at, struct err *e)
{
    size_t from = r->text.len;
    for (;;) {
        const char *p = r->line.data + *at;
        const char *quote = r->line.len > *at ? memchr(p, '"', r->line.len - *at) : NULL;
        if (quote == NULL) {
            size_t len = r->line.len;
            buf_add(&r->text, p, len - *at);
            if (!next_line(r))
                return fail(r, first_line, len, BAD_QUOTE, e);
            *at = 0;
            continue;
        }
        buf_add(&r->text, p, (size_t)(quote - p));
        *at = (size_t)(quote - r->line.data) + 1;
        if (*at >= line_body(r)) {
            end_field(r, from);
            return 0;
        }
        char next = r->line.data[*at];
        if (next != '"' && next != r->delimiter)
            return fail(r, first_line, *at - 1, BAD_QUOTE, e);
        *at += 1;
        if (next == r->delimiter) {
            end_field(r, from);
            return 1;
        }
        buf_addc(&r->text, '"');
    }
}

static int read_fields(struct csv_reader *r, size_t first_line, struct err *e)
{
    size_t at = 0;
    int more = 1;
    while (more > 0) {
        bool is_quoted = at < line_body(r) && r->line.data[at] == '"';
        if (is_quoted)
            at++;
        more = is_quoted ? quoted_field(r, first_line, &at, e) : plain_field(r, first_line, &at, e);
    }
    return more;
}

int csv_reader_next(struct csv_reader *r, struct csv_record *out, struct err *e)
{
    if (r->delimiter == '"' || r->delimiter == '\r' || r->delimiter == '\n')
        return err_set(e, ERR_INVALID, "csv: invalid field or comment delimiter");
    do {
        if (!next_line(r))
            return 0;
    } while (line_body(r) == 0);
    size_t first_line = r->line_number;
    buf_clear(&r->text);
    r->spans.len = 0;
    r->fields.len = 0;
    int rc = read_fields(r, first_line, e);
    if (rc < 0)
        return rc;
    if (r->width == 0)
        r->width = r->spans.len;
    if (r->spans.len != r->width)
        return err_set(e, ERR_INVALID, "record on line %zu: wrong number of fields", first_line);
    /* Only now does the text stay where it is. */
    for (size_t i = 0; i < r->spans.len; i++) {
        struct span s = r->spans.items[i];
        VEC_PUSH(&r->fields, ((struct str){r->text.data + s.from, s.to - s.from}));
    }
    *out = (struct csv_record){r->fields.items, r->fields.len};
    return 1;
}
