/* http_date.c - a date is taken apart element by element; the first one that doesn't fit is told
 * with what is left, in the words of Go's time.Parse. Tests: http_date_test.c */
#include "net/http_date.h"

#include <stdbool.h>
#include <string.h>

#include "base/buf.h"

static const char *const days[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

struct date {
    int year, month, day, hour, minute, second, offset_s; /* month from 0 */
};

struct reading {
    struct str rest;
    const char *missed; /* the element of the layout that didn't fit */
    const char *out_of_range;
};

static bool miss(struct reading *r, const char *element)
{
    r->missed = element;
    return false;
}

static bool take_number(struct reading *r, size_t digits, const char *element, int *value)
{
    *value = 0;
    for (size_t i = 0; i < digits; i++) {
        if (i >= r->rest.len || !ascii_is_digit(r->rest.p[i]))
            return miss(r, element);
        *value = *value * 10 + (r->rest.p[i] - '0');
    }
    r->rest = (struct str){r->rest.p + digits, r->rest.len - digits};
    return true;
}

/* A number that must be below a limit; that it isn't is known at once, but told only if the whole
 * would fit. */
static bool take_below(struct reading *r, const char *element, int limit, const char *name,
                       int *value)
{
    if (!take_number(r, 2, element, value))
        return false;
    if (*value < limit)
        return true;
    r->out_of_range = name;
    return false;
}

static bool take_text(struct reading *r, const char *text)
{
    size_t len = strlen(text);
    if (r->rest.len < len || memcmp(r->rest.p, text, len) != 0)
        return miss(r, text);
    r->rest = (struct str){r->rest.p + len, r->rest.len - len};
    return true;
}

/* One of the names, in any case. */
static bool take_name(struct reading *r, const char *const *names, int count, const char *element,
                      int *value)
{
    for (int i = 0; i < count; i++) {
        if (r->rest.len < 3 || !str_ieqs((struct str){r->rest.p, 3}, names[i]))
            continue;
        r->rest = (struct str){r->rest.p + 3, r->rest.len - 3};
        *value = i;
        return true;
    }
    return miss(r, element);
}

/* Seconds may have a fraction, which counts for nothing here. */
static void skip_fraction(struct reading *r)
{
    size_t n = 1;
    if (r->rest.len < 2 || (r->rest.p[0] != '.' && r->rest.p[0] != ',') ||
        !ascii_is_digit(r->rest.p[1]))
        return;
    while (n < r->rest.len && ascii_is_digit(r->rest.p[n]))
        n++;
    r->rest = (struct str){r->rest.p + n, r->rest.len - n};
}

/* "+3" behind "GMT". Hours of at most two digits; 0: none. */
static size_t signed_hours(struct str s, int *hours)
{
    size_t n = 1;
    if (s.len == 0 || (s.p[0] != '+' && s.p[0] != '-'))
        return 0;
    *hours = 0;
    while (n < s.len && ascii_is_digit(s.p[n])) {
        *hours = *hours * 10 + (s.p[n] - '0');
        if (*hours > 23)
            return 0;
        n++;
    }
    if (s.p[0] == '-')
        *hours = -*hours;
    return n > 1 ? n : 0;
}

/* "GMT", "UTC" or another short name, whose offset nobody knows: Go takes it for zero. */
static bool take_zone(struct reading *r, int *offset_s)
{
    static const char *const odd[] = {"ChST", "MeST"};
    struct str s = r->rest;
    size_t n = 0;
    int hours = 0;
    *offset_s = 0;
    while (n < s.len && n < 6 && s.p[n] >= 'A' && s.p[n] <= 'Z')
        n++;
    for (size_t i = 0; i < 2; i++)
        if (str_starts(s, odd[i]))
            n = 4;
    if (str_starts(s, "UTC")) {
        n = 3;
    } else if (str_starts(s, "GMT")) {
        n = 3 + signed_hours((struct str){s.p + 3, s.len - 3}, &hours);
        *offset_s = hours * 3600;
    } else if (signed_hours(s, &hours) > 0) { /* a zone without a name, as unknown as one with */
        n = signed_hours(s, &hours);
    } else if (n < 3 || n > 5 || (n == 5 && s.p[4] != 'T') ||
               (n == 4 && s.p[3] != 'T' && !str_starts(s, "WITA"))) {
        return miss(r, "MST");
    }
    r->rest = (struct str){s.p + n, s.len - n};
    return true;
}

static bool take_all(struct reading *r, const char *separator, struct date *d)
{
    int weekday;
    if (!take_name(r, days, 7, "Mon", &weekday) || !take_text(r, ", ") ||
        !take_number(r, 2, "02", &d->day) || !take_text(r, separator) ||
        !take_name(r, months, 12, "Jan", &d->month) || !take_text(r, separator) ||
        !take_number(r, 4, "2006", &d->year) || !take_text(r, " ") ||
        !take_below(r, "15", 24, "hour", &d->hour) || !take_text(r, ":") ||
        !take_below(r, "04", 60, "minute", &d->minute) || !take_text(r, ":") ||
        !take_below(r, "05", 60, "second", &d->second))
        return false;
    skip_fraction(r);
    /* Go's blank before the zone may be missing where the text ends. */
    return (r->rest.len == 0 || take_text(r, " ")) && take_zone(r, &d->offset_s);
}

static bool is_day(const struct date *d)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool is_leap = (d->year % 4 == 0 && d->year % 100 != 0) || d->year % 400 == 0;
    return d->day >= 1 && d->day <= lengths[d->month] + (d->month == 1 && is_leap ? 1 : 0);
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

static int fail(const struct reading *r, struct str text, char separator, struct err *e)
{
    struct buf words;
    buf_init(&words, BUF_NO_LIMIT);
    buf_adds(&words, "parsing time ");
    buf_add_quoted(&words, text);
    if (r->out_of_range != NULL) {
        buf_addf(&words, ": %s out of range", r->out_of_range);
    } else if (r->missed != NULL) {
        buf_addf(&words, " as \"Mon, 02%cJan%c2006 15:04:05 MST\": cannot parse ", separator,
                 separator);
        buf_add_quoted(&words, r->rest);
        buf_addf(&words, " as \"%s\"", r->missed);
    } else {
        buf_adds(&words, ": extra text: ");
        buf_add_quoted(&words, r->rest);
    }
    int rc = err_set(e, ERR_INVALID, "%s", words.data);
    buf_deinit(&words);
    return rc;
}

int http_date_parse(int64_t *out_s, struct str text, char separator, struct err *e)
{
    const char between[2] = {separator, '\0'};
    struct reading r = {.rest = text};
    struct date d = {0};
    bool ok = take_all(&r, between, &d) && r.rest.len == 0;
    if (ok && !is_day(&d)) {
        r.out_of_range = "day";
        ok = false;
    }
    if (!ok)
        return e != NULL ? fail(&r, text, separator, e) : ERR_INVALID;
    *out_s = days_since_1970(d.year, d.month + 1, d.day) * 86400 + d.hour * 3600 + d.minute * 60 +
             d.second - d.offset_s;
    return 0;
}
