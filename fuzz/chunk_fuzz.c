/* chunk_fuzz.c - fuzz driver of chunk.h: a chunked body, given whole and byte by byte, comes out
 * the same. Corpus: fuzz/corpus/chunk. Replayed by chunk_test.c */
#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "net/chunk.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct chunk_fuzz_run {
    struct chunk c;
    struct buf out;
    enum chunk_result result;
    size_t used;
};

/* step: bytes given at a time. */
static void chunk_fuzz_decode(struct chunk_fuzz_run *r, const char *data, size_t size, size_t step)
{
    chunk_init(&r->c);
    buf_init(&r->out, BUF_NO_LIMIT);
    r->result = CHUNK_MORE;
    r->used = 0;
    while (r->used < size && (r->result == CHUNK_MORE || r->result == CHUNK_PIECE)) {
        size_t n = size - r->used < step ? size - r->used : step;
        size_t used = 0;
        struct str piece = {NULL, 0};
        r->result = chunk_feed(&r->c, data + r->used, n, &used, &piece);
        CHECK(used <= n && used > 0);
        if (r->result == CHUNK_PIECE) {
            CHECK(piece.len > 0 && piece.p >= data + r->used &&
                  piece.p + piece.len == data + r->used + used);
            buf_add(&r->out, piece.p, piece.len);
        }
        r->used += used;
    }
    if (r->result == CHUNK_PIECE)
        r->result = CHUNK_MORE;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct chunk_fuzz_run whole;
    struct chunk_fuzz_run bytes;
    chunk_fuzz_decode(&whole, (const char *)data, size, size);
    chunk_fuzz_decode(&bytes, (const char *)data, size, 1);
    CHECK(whole.result == bytes.result && whole.used == bytes.used);
    CHECK(whole.out.len == bytes.out.len &&
          memcmp(whole.out.data, bytes.out.data, whole.out.len) == 0);
    CHECK((whole.result == CHUNK_FAILED) == (chunk_error(&whole.c) != NULL));
    CHECK(strcmp(chunk_eof_error(&whole.c), chunk_eof_error(&bytes.c)) == 0);
    buf_deinit(&whole.out);
    buf_deinit(&bytes.out);
    return 0;
}
