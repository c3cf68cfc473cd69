/* csv_fuzz.c - fuzz driver of csv_reader.h: any text, given in large pieces and byte by byte, gives
 * the same records and the same error. Corpus: fuzz/corpus/csv. Replayed by csv_reader_test.c */
#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "modules/csv/csv_reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct csv_fuzz_source {
    struct str left;
    size_t piece;
};

static size_t csv_fuzz_give(void *opaque, void *into, size_t cap)
{
    struct csv_fuzz_source *s = opaque;
    size_t len = s->left.len < s->piece ? s->left.len : s->piece;
    len = len < cap ? len : cap;
    if (len > 0)
        memcpy(into, s->left.p, len);
    s->left.p += len;
    s->left.len -= len;
    return len;
}

static void csv_fuzz_read(struct buf *out, struct str text, char delimiter, size_t piece)
{
    struct csv_fuzz_source source = {text, piece};
    struct csv_reader *r = csv_reader_new(delimiter, csv_fuzz_give, &source);
    struct csv_record row;
    struct err e = {0};
    int rc;
    size_t width = 0;
    while ((rc = csv_reader_next(r, &row, &e)) > 0) {
        CHECK(row.len > 0 && (width == 0 || row.len == width));
        width = row.len;
        for (size_t i = 0; i < row.len; i++) {
            buf_add_str(out, row.fields[i]);
            buf_addc(out, '\0');
        }
    }
    CHECK((rc < 0) == (e.msg != NULL));
    buf_adds(out, rc < 0 ? e.msg : "");
    err_deinit(&e);
    csv_reader_free(r);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct buf whole, bytes;
    if (size == 0)
        return 0;
    struct str text = {(const char *)data + 1, size - 1};
    buf_init(&whole, BUF_NO_LIMIT);
    buf_init(&bytes, BUF_NO_LIMIT);
    csv_fuzz_read(&whole, text, (char)data[0], 4096);
    csv_fuzz_read(&bytes, text, (char)data[0], 1);
    CHECK(whole.len == bytes.len && memcmp(whole.data, bytes.data, whole.len) == 0);
    buf_deinit(&whole);
    buf_deinit(&bytes);
    return 0;
}
