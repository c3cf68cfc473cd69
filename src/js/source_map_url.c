/* source_map_url.c - see source_map_url.h.
 * Tests: source_map_url_test.c */
#include "js/source_map_url.h"

#define MARK "//# sourceMappingURL="

static bool is_skipped(struct str line)
{
    return line.len == 0 || str_eqs(line, "})"); /* what wraps CommonJS may follow */
}

bool source_map_url(struct str source, struct str *url)
{
    struct str line = {source.p, 0};
    size_t end = source.len;
    do {
        size_t start = end;
        while (start > 0 && source.p[start - 1] != '\n')
            start--;
        line = (struct str){source.p + start, end - start};
        end = start > 0 ? start - 1 : 0;
    } while (end > 0 && is_skipped(line));
    if (!str_starts(line, MARK))
        return false;
    *url = str_trim((struct str){line.p + sizeof MARK - 1, line.len - (sizeof MARK - 1)});
    return !str_starts(*url, "data:");
}
