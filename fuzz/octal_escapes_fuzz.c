/* octal_escapes_fuzz.c - fuzz driver of octal_escapes.h. The first two bytes are a place, the rest is
 * a script; a literal that was written anew holds no such escape any more, and nothing else changed.
 * Corpus: fuzz/corpus/octal_escapes */
#include <stdint.h>
#include <string.h>

#include "base/err.h"
#include "base/mem.h"
#include "js/octal_escapes.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2)
        return 0;
    int line = data[0], column = data[1];
    struct str source = {(const char *)data + 2, size - 2};
    char *out, *again;
    size_t len, again_len;
    if (octal_escapes_rewrite(source, line, column, &out, &len) < 0) {
        CHECK(out == NULL);
        return 0;
    }
    /* \1 is the shortest and becomes four characters; \8 loses its backslash. */
    CHECK(len <= source.len * 3 && len >= source.len / 2 && out[len] == '\0');
    CHECK(octal_escapes_rewrite((struct str){out, len}, line, column, &again, &again_len) ==
          ERR_NOT_FOUND);
    size_t same = 0;
    while (same < len && same < source.len && out[same] == source.p[same])
        same++;
    CHECK(same > 0 && same < source.len); /* what precedes the literal, and its quote */
    mem_free(out);
    return 0;
}
