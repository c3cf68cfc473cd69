/* base64_fuzz.c - fuzz driver of base64.h. The first byte picks the kind, the rest is decoded; what
 * is accepted encodes and decodes to itself again. Corpus: fuzz/corpus/base64. Replayed by
 * base64_test.c */
#include <stdint.h>
#include <string.h>

#include "base/err.h"
#include "modules/base64.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    enum base64_kind kind = (enum base64_kind)(data[0] & 3);
    struct str text = {(const char *)data + 1, size - 1};
    struct buf plain, again, plain_again;
    size_t bad_at = 0;
    buf_init(&plain, BUF_NO_LIMIT);
    buf_init(&again, BUF_NO_LIMIT);
    buf_init(&plain_again, BUF_NO_LIMIT);
    if (base64_decode(&plain, kind, text, &bad_at) == 0) {
        CHECK(base64_encode(&again, kind, (struct str){plain.data, plain.len}) == 0);
        struct str encoded = {again.data, again.len};
        CHECK(base64_decode(&plain_again, kind, encoded, NULL) == 0);
        CHECK(plain.len == plain_again.len && memcmp(plain.data, plain_again.data, plain.len) == 0);
        CHECK(plain.len <= text.len / 4 * 3 + 3);
    } else {
        CHECK(bad_at <= text.len && plain.len == 0);
    }
    buf_clear(&again);
    CHECK(base64_encode(&again, kind, text) == 0);
    buf_clear(&plain);
    CHECK(base64_decode(&plain, kind, (struct str){again.data, again.len}, NULL) == 0);
    CHECK(plain.len == text.len && memcmp(plain.data, text.p, text.len) == 0);
    buf_deinit(&plain);
    buf_deinit(&again);
    buf_deinit(&plain_again);
    return 0;
}
