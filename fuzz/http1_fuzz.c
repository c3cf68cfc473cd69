/* http1_fuzz.c - fuzz driver of http1_head.h: an answer's head, given whole and in two parts cut
 * where the first byte says, is judged the same; what is found lies inside it. Corpus:
 * fuzz/corpus/http1. Replayed by http1_head_test.c */
#include <stdint.h>
#include <string.h>

#include "base/err.h"
#include "base/mem.h"
#include "net/http1_head.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_fields(struct http1_head *h, char *text, size_t len)
{
    CHECK(h->status >= 0 && h->status <= 999 && h->content_length >= -1);
    CHECK(!(h->is_chunked && h->content_length >= 0));
    if (h->is_folded)
        http1_head_unfold(h, text);
    for (size_t i = 0; i < h->field_count; i++) {
        struct str name = http1_head_name(h, text, i);
        struct str value = http1_head_value(h, text, i);
        CHECK(name.p >= text && name.p + name.len <= text + len && name.len > 0);
        CHECK(value.p >= text && value.p + value.len <= text + len);
        CHECK(http1_is_value(value));
        http1_head_is_hidden(h, text, i);
    }
    CHECK(h->location_at <= h->field_count && h->encoding_at <= h->field_count);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct http1_head whole;
    struct http1_head parts;
    if (size < 1)
        return 0;
    bool is_head = (data[0] & 1) != 0;
    size_t len = size - 1;
    size_t cut = len > 0 ? (size_t)(data[0] >> 1) * len / 128 : 0;
    char *text = mem_dup(data + 1, len);
    http1_head_init(&whole, is_head);
    http1_head_init(&parts, is_head);
    ptrdiff_t rc = http1_head_feed(&whole, text, len);
    ptrdiff_t parts_rc = cut > 0 ? http1_head_feed(&parts, text, cut) : HTTP1_MORE;
    if (parts_rc == HTTP1_MORE)
        parts_rc = http1_head_feed(&parts, text, len);
    CHECK(rc == parts_rc);
    CHECK(rc <= (ptrdiff_t)len);
    CHECK(strcmp(http1_head_error(&whole), http1_head_error(&parts)) == 0);
    CHECK((rc < 0) == (http1_head_error(&whole)[0] != '\0'));
    if (rc > 0)
        check_fields(&whole, text, (size_t)rc);
    if (rc == HTTP1_MORE) { /* the server hangs up here */
        http1_head_end(&whole, text, len);
        CHECK(strlen(http1_head_error(&whole)) < 512);
    }
    http1_head_deinit(&whole);
    http1_head_deinit(&parts);
    mem_free(text);
    return 0;
}
