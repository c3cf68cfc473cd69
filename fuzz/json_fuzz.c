/* json_fuzz.c - fuzz driver of json.h: what is accepted prints as JSON that says the same.
 * Corpus: fuzz/corpus/json. Replayed by json_test.c */
#include <stdint.h>

#include "base/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct err e = {0};
    struct json *v = json_parse((struct str){(const char *)data, size}, &e);
    if (v == NULL) {
        CHECK(e.msg != NULL);
        err_deinit(&e);
        return 0;
    }
    struct buf first, second;
    buf_init(&first, BUF_NO_LIMIT);
    buf_init(&second, BUF_NO_LIMIT);
    json_print(&first, v, 0);
    struct json *copy = json_dup(v);
    json_free(v);
    json_print(&second, copy, 2);
    json_free(copy);
    /* Read back with all its line breaks, it prints as before. */
    v = json_parse((struct str){second.data, second.len}, &e);
    CHECK(v != NULL);
    buf_clear(&second);
    json_print(&second, v, 0);
    CHECK(str_eq((struct str){first.data, first.len}, (struct str){second.data, second.len}));
    CHECK(utf8_is_valid((struct str){first.data, first.len}));
    json_free(v);
    buf_deinit(&first);
    buf_deinit(&second);
    err_deinit(&e);
    return 0;
}
