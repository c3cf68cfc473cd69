/* body_decode_fuzz.c - fuzz driver of body_decode.h: the first byte chooses the codings, the rest
 * is the body. Nothing grows beyond the cap. Corpus: fuzz/corpus/body_decode. Replayed by
 * body_decode_test.c */
#include <stdint.h>
#include <string.h>

#include "base/err.h"
#include "base/mem.h"
#include "net/body_decode.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const codings[] = {
        "gzip", "deflate", "br", "zstd", "gzip, gzip", "br,gzip", "zstd, deflate", "identity"};
    enum { MAX = 20000 };
    struct net_error e;
    if (size < 1)
        return 0;
    size_t len = size - 1;
    char *body = mem_alloc(len + 1);
    memcpy(body, data + 1, len);
    body[len] = '\0';
    net_error_clear(&e);
    int rc = body_decode(str_of(codings[data[0] & 7]), &body, &len, MAX, &e);
    CHECK((rc < 0) == (e.code != 0));
    CHECK(body == NULL ? len == 0 && rc < 0 : body[len] == '\0');
    CHECK((data[0] & 7) == 7 || len <= MAX);
    mem_free(body);
    return 0;
}
