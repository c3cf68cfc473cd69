/* duration_fuzz.c - fuzz driver of duration.h: what is accepted prints and reads back as the same
 * time. Corpus: fuzz/corpus/duration. Replayed by duration_test.c */
#include <inttypes.h>
#include <stdint.h>

#include "base/duration.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str text = {(const char *)data, size};
    struct err e = {0};
    int64_t ns = 0;
    int64_t again = 0;
    if (duration_parse(text, &ns, &e) == 0) {
        struct buf printed;
        buf_init(&printed, BUF_NO_LIMIT);
        duration_put(&printed, ns);
        CHECK(duration_parse_go((struct str){printed.data, printed.len}, &again, &e) == 0);
        CHECK(again == ns);
        CHECK(duration_parse((struct str){printed.data, printed.len}, &again, NULL) == 0);
        CHECK(again == ns);
        buf_deinit(&printed);
    } else {
        CHECK(e.msg != NULL);
    }
    if (duration_parse_go(text, &ns, NULL) == 0 && !str_eqs(text, "0")) {
        /* Whatever Go takes, k6 takes alike, but for bare zeros. */
        bool is_same = duration_parse(text, &again, NULL) == 0 && again == ns;
        CHECK(is_same);
    }
    err_deinit(&e);
    return 0;
}
