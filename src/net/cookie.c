/* cookie.c - parses Set-Cookie fields by Go's rules: lenient about attributes, strict about names
 * and values. Knows no jar. Spec: RFC 6265 sections 4.1.1 and 5.1.1. Tests: cookie_test.c,
 * fuzz/cookie_fuzz.c */
#include <string.h>
#include <time.h>

#include "base/err.h"
#include "base/num.h"
#include "net/cookie_jar.h"
#include "net/http1_head.h"

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

static bool read_value(struct str *value, bool may_be_quoted)
{
    if (may_be_quoted && value->len > 1 && value->p[0] == '"' && value->p[value->len - 1] == '"')
        *value = (struct str){value->p + 1, value->len - 2};
    for (size_t i = 0; i < value->len; i++)
        if (!is_value_char(value->p[i]))
            return false;
    return true;
}

/* ---- dates */

static int take_number(struct str *s, size_t digits_min, size_t digits_max)
{
    size_t n = 0;
    int value = 0;
    while (n < s->len && n < digits_max && ascii_is_digit(s->p[n]))
        value = value * 10 + (s->p[n++] - '0');
    if (n < digits_min)
        return -1;
    *s = (struct str){s->p + n, s->len - n};
    return value;
}

static bool take_char(struct str *s, char c)
{
    if (s->len == 0 || s->p[0] != c)
        return false;
    *s = (struct str){s->p + 1, s->len - 1};
    return true;
}

/* One of the names; their number or -1. */
static int take_name(struct str *s, const char *const *names, int count)
{
    for (int i = 0; i < count; i++) {
        size_t len = strlen(names[i]);
        if (s->len >= len && str_ieqs((struct str){s->p, len}, names[i])) {
            *s = (struct str){s->p + len, s->len - len};
            return i;
        }
    }
    return -1;
}

/* "GMT", "UTC", or another short name, whose offset nobody knows: Go takes such a name as zero.
 * "GMT+3" counts. */
static bool take_zone(struct str *s, int *offset_s)
{
    size_t n = 0;
    *offset_s = 0;
    while (n < s->len && s->p[n] >= 'A' && s->p[n] <= 'Z')
        n++;
    if (n < 3 || n > 5)
        return false;
    bool is_gmt = n == 3 && memcmp(s->p, "GMT", 3) == 0;
    *s = (struct str){s->p + n, s->len - n};
    if (is_gmt && s->len > 0 && (s->p[0] == '+' || s->p[0] == '-')) {
        int sign = s->p[0] == '-' ? -1 : 1;
        *s = (struct str){s->p + 1, s->len - 1};
        int hours = take_number(s, 1, 2);
        if (hours < 0 || hours > 23)
            return false;
        *offset_s = sign * hours * 3600;
    }
    return true;
}

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int64_t days_since_1970(int year, int month, int day)
{
    /* Years counted from March, so that the leap day is the last one. */
    int64_t y = month <= 2 ? year - 1 : year;
    int64_t era = (y >= 0 ? y : y - 399) / 400;
    int64_t yoe = y - era * 400;
    int64_t doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

/* "Wed, 01 Jan 2031 00:00:00 GMT" or with dashes in the date. */
static int parse_date(struct str s, int64_t *out_s)
{
    static const char *const days[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (take_name(&s, days, 7) < 0 || !take_char(&s, ',') || !take_char(&s, ' '))
        return ERR_INVALID;
    int day = take_number(&s, 2, 2);
    char sep = s.len > 0 && s.p[0] == '-' ? '-' : ' ';
    if (day < 1 || !take_char(&s, sep))
        return ERR_INVALID;
    int month = take_name(&s, months, 12);
    if (month < 0 || !take_char(&s, sep))
        return ERR_INVALID;
    int year = take_number(&s, 4, 4);
    if (year < 0 || !take_char(&s, ' '))
        return ERR_INVALID;
    int hour = take_number(&s, 2, 2);
    if (hour < 0 || hour > 23 || !take_char(&s, ':'))
        return ERR_INVALID;
    int minute = take_number(&s, 2, 2);
    if (minute < 0 || minute > 59 || !take_char(&s, ':'))
        return ERR_INVALID;
    int second = take_number(&s, 2, 2);
    int offset_s = 0;
    if (second < 0 || second > 59 || !take_char(&s, ' ') || !take_zone(&s, &offset_s) || s.len > 0)
        return ERR_INVALID;
    if (day > lengths[month] + (month == 1 && is_leap(year) ? 1 : 0))
        return ERR_INVALID;
    *out_s = days_since_1970(year, month + 1, day) * 86400 + hour * 3600 + minute * 60 + second -
             offset_s;
    return 0;
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
    c->max_age = n <= 0 ? -1 : n > INT32_MAX ? INT32_MAX : (int)n;
}

static void read_attribute(struct cookie *c, struct str part)
{
    struct str name;
    struct str value;
    str_cut(part, '=', &name, &value);
    if (!read_value(&value, false))
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
        c->has_expires = parse_date(value, &c->expires_s) == 0;
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
    if (!http1_is_token(fills->name) || !read_value(&fills->value, true))
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

void cookie_put(struct buf *out, struct str name, struct str value)
{
    for (size_t i = 0; i < name.len; i++)
        buf_addc(out, name.p[i] == '\r' || name.p[i] == '\n' ? '-' : name.p[i]);
    buf_addc(out, '=');
    bool is_quoted = str_find(value, ' ') >= 0 || str_find(value, ',') >= 0;
    if (is_quoted)
        buf_addc(out, '"');
    for (size_t i = 0; i < value.len; i++)
        if (is_value_char(value.p[i]))
            buf_addc(out, value.p[i]);
    if (is_quoted)
        buf_addc(out, '"');
}
