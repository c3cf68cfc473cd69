/* quote.c - text in double quotes for error messages, in the form of Go's %q. Printable text stands
 * as it is, UTF-8 too; control characters and broken UTF-8 are escaped. Tests: thresholds_test.c */
#include "metrics/quote.h"

#include "base/buf.h"

static void put_escaped(struct buf *out, uint32_t cp)
{
    switch (cp) {
    case '"':
    case '\\':
        buf_addf(out, "\\%c", (char)cp);
        break;
    case '\n':
        buf_adds(out, "\\n");
        break;
    case '\r':
        buf_adds(out, "\\r");
        break;
    case '\t':
        buf_adds(out, "\\t");
        break;
    default:
        buf_addf(out, "\\x%02x", (unsigned)cp);
    }
}

char *quote_dup(struct str s)
{
    struct buf out;
    buf_init(&out, BUF_NO_LIMIT);
    buf_addc(&out, '"');
    for (size_t at = 0; at < s.len;) {
        size_t from = at;
        uint32_t cp = utf8_next(s, &at);
        bool is_broken = cp == 0xFFFD && at == from + 1;
        if (is_broken)
            buf_addf(&out, "\\x%02x", (unsigned char)s.p[from]);
        else if (cp < 0x20 || cp == 0x7f || cp == '"' || cp == '\\')
            put_escaped(&out, cp);
        else
            buf_add(&out, s.p + from, at - from);
    }
    buf_addc(&out, '"');
    return buf_take(&out);
}
