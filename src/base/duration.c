/* duration.c - lengths of time in the spellings of k6 and Go.
 * Knows no clock. Pure functions, any thread.
 * Source: k6 docs, "k6 options"; Go's documentation of time.ParseDuration and Duration.String.
 * Where Go's arithmetic would overflow without a word, these say that the value is too large.
 * Tests: duration_test.c, fuzz/duration_fuzz.c */
#include "base/duration.h"

#include <inttypes.h>
#include <string.h>

#include "base/mem.h"
#include "base/num.h"

static const struct unit {
    const char *name;
    uint64_t ns;
} units[] = {
    {"ns", 1},
    {"us", NS_PER_US},
    {"\xc2\xb5s", NS_PER_US}, /* U+00B5, the micro sign */
    {"\xce\xbcs", NS_PER_US}, /* U+03BC, the Greek letter mu */
    {"ms", NS_PER_MS},
    {"s", NS_PER_SEC},
    {"m", 60 * NS_PER_SEC},
    {"h", 3600 * NS_PER_SEC},
};

#define NS_PER_DAY (INT64_C(86400) * NS_PER_SEC)

static int fail_invalid(struct err *e, struct str s)
{
    char *quoted = buf_quote(s);
    err_set(e, ERR_INVALID, "time: invalid duration %s", quoted);
    mem_free(quoted);
    return ERR_INVALID;
}

/* unit.len 0: it is missing. */
static int fail_unit(struct err *e, struct str unit, struct str s)
{
    char *quoted_unit = buf_quote(unit);
    char *quoted = buf_quote(s);
    if (unit.len == 0)
        err_set(e, ERR_INVALID, "time: missing unit in duration %s", quoted);
    else
        err_set(e, ERR_INVALID, "time: unknown unit %s in duration %s", quoted_unit, quoted);
    mem_free(quoted_unit);
    mem_free(quoted);
    return ERR_INVALID;
}

static struct str cut_front(struct str s, size_t count)
{
    return (struct str){s.p + count, s.len - count};
}

static const struct unit *unit_find(struct str name)
{
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        if (str_eqs(name, units[i].name))
            return &units[i];
    return NULL;
}

/* One number of a duration, "1.25": whole is exact, the rest is fraction / scale. */
struct amount {
    uint64_t whole;
    uint64_t fraction;
    double scale;
};

/* Reads digits[.digits] off the front of *s. ERR_NOT_FOUND when there is no digit. */
static int amount_cut(struct str *s, struct amount *a)
{
    *a = (struct amount){.scale = 1};
    size_t i = 0;
    size_t digits = 0;
    for (; i < s->len && ascii_is_digit(s->p[i]); i++, digits++)
        if (__builtin_mul_overflow(a->whole, (uint64_t)10, &a->whole) ||
            __builtin_add_overflow(a->whole, (uint64_t)(s->p[i] - '0'), &a->whole))
            return ERR_TOO_LARGE;
    if (i < s->len && s->p[i] == '.') {
        /* Digits beyond what 63 bits hold are below a nanosecond: read, and left out. */
        for (i++; i < s->len && ascii_is_digit(s->p[i]); i++, digits++)
            if (a->fraction < INT64_MAX / 10 - 10) {
                a->fraction = a->fraction * 10 + (uint64_t)(s->p[i] - '0');
                a->scale *= 10;
            }
    }
    *s = cut_front(*s, i);
    return digits > 0 ? 0 : ERR_NOT_FOUND;
}

/* Adds amount * unit to *total, which stays at or below 2^63. */
static int amount_add(uint64_t *total, const struct amount *a, uint64_t unit_ns)
{
    const uint64_t most = UINT64_C(1) << 63;
    uint64_t ns;
    if (__builtin_mul_overflow(a->whole, unit_ns, &ns) || ns > most)
        return ERR_TOO_LARGE;
    ns += (uint64_t)((double)a->fraction * ((double)unit_ns / a->scale));
    if (ns > most || *total > most - ns)
        return ERR_TOO_LARGE;
    *total += ns;
    return 0;
}

int duration_parse_go(struct str s, int64_t *out_ns, struct err *e)
{
    struct str rest = s;
    bool negative = rest.len > 0 && rest.p[0] == '-';
    if (negative || (rest.len > 0 && rest.p[0] == '+'))
        rest = cut_front(rest, 1);
    if (str_eqs(rest, "0")) {
        *out_ns = 0;
        return 0;
    }
    if (rest.len == 0)
        return fail_invalid(e, s);
    uint64_t total = 0;
    while (rest.len > 0) {
        struct amount a;
        if (amount_cut(&rest, &a) < 0)
            return fail_invalid(e, s);
        size_t len = 0;
        while (len < rest.len && rest.p[len] != '.' && !ascii_is_digit(rest.p[len]))
            len++;
        struct str name = {rest.p, len};
        rest = cut_front(rest, len);
        const struct unit *unit = unit_find(name);
        if (unit == NULL)
            return fail_unit(e, name, s);
        if (amount_add(&total, &a, unit->ns) < 0)
            return fail_invalid(e, s);
    }
    if (total > (uint64_t)INT64_MAX + negative)
        return fail_invalid(e, s);
    *out_ns = negative ? (int64_t)(0 - total) : (int64_t)total;
    return 0;
}

/* "1d2h", "12d": days are a whole number, and what follows them has no sign of its own. */
static int parse_days(struct str s, size_t d_at, int64_t *out_ns, struct err *e)
{
    struct str hours = cut_front(s, d_at + 1);
    struct str days_text = {s.p, d_at};
    int64_t rest_ns = 0;
    if (hours.len > 0) {
        int rc = duration_parse_go(hours, &rest_ns, e);
        if (rc < 0)
            return rc;
        if (rest_ns < 0)
            return err_set(e, ERR_INVALID, "invalid time format '%.*s'", (int)hours.len, hours.p);
    }
    int64_t days;
    if (num_parse_int(days_text, &days) < 0) {
        char *quoted = buf_quote(days_text);
        err_set(e, ERR_INVALID, "strconv.ParseInt: parsing %s: invalid syntax", quoted);
        mem_free(quoted);
        return ERR_INVALID;
    }
    if (days < 0)
        rest_ns = -rest_ns;
    int64_t ns;
    if (__builtin_mul_overflow(days, NS_PER_DAY, &ns) || __builtin_add_overflow(ns, rest_ns, &ns))
        return fail_invalid(e, s);
    *out_ns = ns;
    return 0;
}

int duration_from_ms(double ms, int64_t *out_ns)
{
    double ns = ms * (double)NS_PER_MS;
    if (!(ns >= -9223372036854775808.0 && ns < 9223372036854775808.0)) /* NaN fails this too */
        return ERR_INVALID;
    *out_ns = (int64_t)ns;
    return 0;
}

int duration_parse(struct str s, int64_t *out_ns, struct err *e)
{
    double ms;
    if (num_parse_double(s, &ms) == 0)
        return duration_from_ms(ms, out_ns) < 0 ? fail_invalid(e, s) : 0;
    ptrdiff_t d_at = str_find(s, 'd');
    if (d_at >= 0)
        return parse_days(s, (size_t)d_at, out_ns, e);
    return duration_parse_go(s, out_ns, e);
}

/* n / unit with as many decimals as are not zero: 1500000 in "ms" is "1.5ms". */
static void put_fraction(struct buf *out, uint64_t n, uint64_t unit, int decimals, const char *name)
{
    char fraction[24] = "";
    uint64_t rest = n % unit;
    for (int i = decimals - 1; i >= 0; i--, rest /= 10)
        fraction[i] = (char)('0' + rest % 10);
    while (decimals > 0 && fraction[decimals - 1] == '0')
        decimals--;
    buf_addf(out, "%" PRIu64 "%s%.*s%s", n / unit, decimals > 0 ? "." : "", decimals, fraction,
             name);
}

void duration_put(struct buf *out, int64_t ns)
{
    uint64_t n = ns < 0 ? 0 - (uint64_t)ns : (uint64_t)ns;
    if (ns < 0)
        buf_addc(out, '-');
    if (n == 0) {
        buf_adds(out, "0s");
    } else if (n < (uint64_t)NS_PER_US) {
        buf_addf(out, "%" PRIu64 "ns", n);
    } else if (n < (uint64_t)NS_PER_MS) {
        put_fraction(out, n, NS_PER_US, 3, "\xc2\xb5s");
    } else if (n < (uint64_t)NS_PER_SEC) {
        put_fraction(out, n, NS_PER_MS, 6, "ms");
    } else {
        uint64_t minutes = n / (60 * NS_PER_SEC);
        if (minutes >= 60)
            buf_addf(out, "%" PRIu64 "h", minutes / 60);
        if (minutes > 0)
            buf_addf(out, "%" PRIu64 "m", minutes % 60);
        put_fraction(out, n % (60 * NS_PER_SEC), NS_PER_SEC, 9, "s");
    }
}

char *duration_dup(int64_t ns)
{
    struct buf text;
    buf_init(&text, BUF_NO_LIMIT);
    duration_put(&text, ns);
    return buf_take(&text);
}
