/* html_data_name.c - see html_data_name.h. Source: behaviour of k6. Tests: html_data_name_test.c */
#include "modules/html/html_data_name.h"

static const char *const initialisms[] = {
    "ACL",  "API",   "ASCII", "CPU", "CSS",  "DNS",  "EOF",  "ETA", "GPU",   "GUID", "HTML",
    "HTTP", "HTTPS", "ID",    "IP",  "JSON", "LHS",  "OS",   "QPS", "RAM",   "RHS",  "RPC",
    "SLA",  "SMTP",  "SQL",   "SSH", "TCP",  "TLS",  "TTL",  "UDP", "UI",    "UID",  "UUID",
    "URI",  "URL",   "UTF8",  "VM",  "XML",  "XMPP", "XSRF", "XSS", "OAuth",
};
enum { INITIALISM_COUNT = sizeof initialisms / sizeof initialisms[0] };

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static char to_upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

/* ---- attribute to property ---- */

/* "id" is "ID", "user" is "User". */
static void put_word(struct buf *out, struct str word)
{
    if (str_eqs(word, "oauth")) {
        buf_adds(out, "OAuth");
        return;
    }
    for (size_t i = 0; i < INITIALISM_COUNT; i++) {
        if (str_ieqs(word, initialisms[i]) && !str_eqs(str_of(initialisms[i]), "OAuth")) {
            buf_adds(out, initialisms[i]);
            return;
        }
    }
    for (size_t i = 0; i < word.len; i++)
        buf_addc(out, i == 0 ? to_upper(word.p[i]) : word.p[i]);
}

void html_data_name_put_property(struct buf *out, struct str attr)
{
    struct str word, rest;
    bool more = str_cut(attr, '-', &word, &rest);
    buf_add_str(out, word);
    while (more) {
        /* Underscores keep words apart, too, once there is a dash. */
        size_t len = 0;
        while (len < rest.len && rest.p[len] != '-' && rest.p[len] != '_')
            len++;
        put_word(out, (struct str){rest.p, len});
        more = len < rest.len;
        rest = (struct str){rest.p + len + more, rest.len - len - more};
    }
}

/* ---- property to attribute ---- */

/* How long the initialism is that s begins with; 0: with none. The longest counts. */
static size_t initialism_at(struct str s)
{
    size_t longest = 0;
    for (size_t i = 0; i < INITIALISM_COUNT; i++) {
        size_t len = str_of(initialisms[i]).len;
        if (len > longest && str_starts(s, initialisms[i]))
            longest = len;
    }
    return longest;
}

static void put_lower_word(struct buf *out, size_t start, struct str word)
{
    if (out->len > start)
        buf_addc(out, '-');
    for (size_t i = 0; i < word.len; i++)
        buf_addc(out, word.p[i] == '_' ? '-' : ascii_lower(word.p[i]));
}

void html_data_name_put_attr(struct buf *out, struct str s)
{
    size_t start = out->len, last = 0; /* where the word at hand begins */
    for (size_t i = 1; i < s.len; i++) {
        if (!is_upper(s.p[i]))
            continue;
        struct str rest = {s.p + last, s.len - last};
        size_t len = initialism_at(rest);
        put_lower_word(out, start, (struct str){rest.p, len > 0 ? len : i - last});
        i += len > 0 ? len - 1 : 0;
        last = i;
    }
    if (last < s.len)
        put_lower_word(out, start, (struct str){s.p + last, s.len - last});
}
