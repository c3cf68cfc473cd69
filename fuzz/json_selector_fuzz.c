/* json_selector_fuzz.c - a path (the first line) on a document (the rest): whatever comes must be
 * found or not found, and a value that was found in valid JSON is valid JSON. What is no JSON is
 * asked as well: a script may replace a body that was looked at once. */
#include <string.h>

#include "base/err.h"
#include "modules/http/json_selector.h"
#include "modules/http/json_text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str path, doc;
    if (!str_cut((struct str){(const char *)data, size}, '\n', &path, &doc) || path.len > 512)
        return 0;
    struct buf why;
    size_t offset;
    buf_init(&why, BUF_NO_LIMIT);
    bool is_valid = json_text_is_valid(doc, &offset, &why);
    CHECK(offset <= doc.len);
    buf_deinit(&why);
    struct arena *a = arena_new(1024);
    struct str value;
    if (json_select(doc, path, a, &value) && is_valid)
        CHECK(json_text_is_valid(value, NULL, NULL));
    struct buf mended;
    buf_init(&mended, BUF_NO_LIMIT);
    if (json_text_mend(&mended, doc) && is_valid)
        CHECK(json_text_is_valid((struct str){mended.data, mended.len}, NULL, NULL));
    buf_deinit(&mended);
    arena_free(a);
    return 0;
}
