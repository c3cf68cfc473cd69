/* typescript_fuzz.c - any text as TypeScript: it is refused with a place inside it, or what comes
 * out has the lines of what went in. */
#include <string.h>

#include "base/err.h"
#include "base/mem.h"
#include "js/typescript.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static size_t typescript_fuzz_lines(const char *s, size_t len)
{
    size_t lines = 0;
    for (size_t i = 0; i < len; i++)
        lines += s[i] == '\n';
    return lines;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str source = {(const char *)data, size};
    struct typescript_error why;
    char *out;
    size_t len;
    size_t lines = typescript_fuzz_lines(source.p, source.len);
    if (typescript_transform(source, &out, &len, &why) < 0) {
        CHECK(out == NULL && why.line >= 1 && (size_t)why.line <= lines + 1);
        return 0;
    }
    size_t after = typescript_fuzz_lines(out, len);
    CHECK(after == lines || after == lines + 2); /* two more for "export {}" */
    mem_free(out);
    return 0;
}
