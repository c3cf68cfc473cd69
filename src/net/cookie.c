/* cookie.c - parses Set-Cookie fields by Go's rules: lenient about attributes, strict about names
 * and values. Knows no jar. Spec: RFC 6265 sections 4.1.1 and 5.1.1. Tests: cookie_test.c,
 * fuzz/cookie_fuzz.c */
#include <string.h>

#include "base/err.h"
#include "base/num.h"
#include "net/cookie_jar.h"
#include "net/http1_head.h"
#include "net/http_date.h"

static struct str trim(struct str s)
{
    while (s.len > 0 && (s.p[0] == ' ' || s.p[0] == '\t')) {
        s.p++;
        s.len--;
    }
    while (s.len > 0 && (s.p[s.len - 1] == ' ' || s.p[s.len - 1] == '\t'))
        s.len--;
    return s;
}

static bool is_value_char(char ch)
{
    uint8_t c = (uint8_t)ch;
    return c >= 0x20 && c < 0x7f && c != '"' && c != ';' && c != '\\';
}

bool cookie_read_value(struct str *value, bool may_be_quoted)
{
    if (may_be_quoted && value->len > 1 && value->p[0] == '"' && value->p[value->len - 1] == '"')
        *value = (struct str){value->p + 1, value->len - 2};
    for (size_t i = 0; i < value->len; i++)
        if (!is_value_char(value->p[i]))
            return false;
    return true;
}

static void read_max_age(struct cookie *c, struct str value)
{
    int64_t n;
    struct str digits = value;
    bool is_plus = digits.len > 1 && digits.p[0] == '+';
    if (is_plus)
        digits = (struct str){digits.p + 1, digits.len - 1};
    if (num_parse_int(digits, &n) < 0 || (n != 0 && value.p[0] == '0'))
        return;
    c->max_age = n <= 0 ? -1 : n;
}

static void read_attribute(struct cookie *c, struct str part)
{
    struct str name;
    struct str value;
    str_cut(part, '=', &name, &value);
    if (!cookie_read_value(&value, false))
        return;
    if (str_ieqs(name, "secure"))
        c->secure = true;
    else if (str_ieqs(name, "httponly"))
        c->http_only = true;
    else if (str_ieqs(name, "domain"))
        c->domain = value;
    else if (str_ieqs(name, "path"))
        c->path = value;
    else if (str_ieqs(name, "max-age") && value.len > 0)
        read_max_age(c, value);
    else if (str_ieqs(name, "expires"))
        c->has_expires = http_date_parse(&c->expires_s, value, ' ', NULL) == 0 ||
                         http_date_parse(&c->expires_s, value, '-', NULL) == 0;
}

int cookie_parse(struct str text, struct cookie *fills)
{
    struct str rest = trim(text);
    struct str part;
    str_cut(rest, ';', &part, &rest);
    memset(fills, 0, sizeof *fills);
    if (!str_cut(trim(part), '=', &fills->name, &fills->value))
        return ERR_INVALID;
    fills->name = trim(fills->name);
    if (!http1_is_token(fills->name) || !cookie_read_value(&fills->value, true))
        return ERR_INVALID;
    fills->domain = fills->path = (struct str){"", 0};
    while (rest.len > 0) {
        str_cut(rest, ';', &part, &rest);
        part = trim(part);
        if (part.len > 0)
            read_attribute(fills, part);
    }
    return 0;
}

int cookie_put(struct buf *out, struct str name, struct str value)
{
    for (size_t i = 0; i < name.len; i++)
        buf_addc(out, name.p[i] == '\r' || name.p[i] == '\n' ? '-' : name.p[i]);
    buf_addc(out, '=');
    bool is_quoted = str_find(value, ' ') >= 0 || str_find(value, ',') >= 0;
    if (is_quoted)
        buf_addc(out, '"');
    int bad = -1;
    for (size_t i = 0; i < value.len; i++) {
        if (is_value_char(value.p[i]))
            buf_addc(out, value.p[i]);
        else if (bad < 0)
            bad = (unsigned char)value.p[i];
    }
    if (is_quoted)
        buf_addc(out, '"');
    return bad;
}
