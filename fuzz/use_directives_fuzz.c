/* use_directives_fuzz.c - fuzz driver of use_directives.h: a range that is accepted reads the same
 * again. Corpus: fuzz/corpus/use_directives. Replayed by use_directives_test.c */
#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "cli/use_directives.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int read_range(void *opaque, struct str name, struct str versions)
{
    static const unsigned version[3] = {2, 2, 0};
    struct buf once;
    struct buf twice;
    bool holds;
    bool holds_again;
    buf_init(&once, BUF_NO_LIMIT);
    buf_init(&twice, BUF_NO_LIMIT);
    if (version_range_read(&once, versions, version, &holds) == 0) {
        struct str shown = {once.data, once.len};
        CHECK(version_range_read(&twice, shown, version, &holds_again) == 0);
        CHECK(holds == holds_again && twice.len == once.len);
        CHECK(memcmp(once.data, twice.data, once.len) == 0);
    }
    buf_deinit(&once);
    buf_deinit(&twice);
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str text = {(const char *)data, size};
    use_directives_each(text, read_range, NULL);
    read_range(NULL, STR("k6"), text);
    return 0;
}
