/* num.c - numbers to text and back, independent of the locale.
 * Printing finds the shortest decimal digits that read back as the same double, then lays them out
 * as Go or JavaScript would. Tests: num_test.c */
#include "base/num.h"

#include <float.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/mem.h"

/* Powers of ten that a double holds exactly. */
static const double exact_pow10[] = {
    1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
    1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
};
enum { EXACT_POW10_MAX = 22 };

static int parse_digits(struct str s, uint64_t *out)
{
    if (s.len == 0)
        return ERR_INVALID;
    uint64_t n = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (!ascii_is_digit(s.p[i]))
            return ERR_INVALID;
        if (__builtin_mul_overflow(n, (uint64_t)10, &n) ||
            __builtin_add_overflow(n, (uint64_t)(s.p[i] - '0'), &n))
            return ERR_INVALID;
    }
    *out = n;
    return 0;
}

/* Takes a sign off the front of *s: true for minus. */
static bool cut_sign(struct str *s)
{
    bool negative = s->len > 0 && s->p[0] == '-';
    if (negative || (s->len > 0 && s->p[0] == '+')) {
        s->p++;
        s->len--;
    }
    return negative;
}

int num_parse_uint(struct str s, uint64_t *out)
{
    return parse_digits(s, out);
}

int num_parse_int(struct str s, int64_t *out)
{
    bool negative = cut_sign(&s);
    uint64_t n;
    int rc = parse_digits(s, &n);
    if (rc < 0 || n > (uint64_t)INT64_MAX + negative)
        return ERR_INVALID;
    *out = negative ? (int64_t)(0 - n) : (int64_t)n;
    return 0;
}

/* What a decimal number says, as far as it fits: value = mantissa * 10^exponent if is_exact. */
struct decimal_text {
    uint64_t mantissa;
    int64_t exponent;
    bool is_exact; /* no digit was left out of the mantissa */
};

/* The grammar [digits][.digits][(e|E)[+-]digits], with at least one digit before the exponent. */
static int scan_decimal(struct str s, struct decimal_text *d)
{
    size_t i = 0;
    size_t digits = 0;
    bool past_point = false;
    *d = (struct decimal_text){.is_exact = true};
    for (; i < s.len && (ascii_is_digit(s.p[i]) || (s.p[i] == '.' && !past_point)); i++) {
        if (s.p[i] == '.') {
            past_point = true;
            continue;
        }
        digits++;
        if (d->mantissa < UINT64_MAX / 10 - 1)
            d->mantissa = d->mantissa * 10 + (uint64_t)(s.p[i] - '0');
        else
            d->is_exact = false;
        if (past_point)
            d->exponent--;
    }
    if (digits == 0)
        return ERR_INVALID;
    if (i == s.len)
        return 0;
    if (ascii_lower(s.p[i]) != 'e')
        return ERR_INVALID;
    struct str rest = {s.p + i + 1, s.len - i - 1};
    bool negative = cut_sign(&rest);
    if (rest.len == 0)
        return ERR_INVALID;
    int64_t exponent = 0;
    for (i = 0; i < rest.len; i++) {
        if (!ascii_is_digit(rest.p[i]))
            return ERR_INVALID;
        if (exponent < 1000000000) /* past any double already: only the grammar is left to see */
            exponent = exponent * 10 + (rest.p[i] - '0');
    }
    d->exponent += negative ? -exponent : exponent;
    return 0;
}

/* The C library's exact conversion in the C locale, whatever setlocale said. */
static double strtod_c(const char *text)
{
    locale_t c = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    CHECK(c != (locale_t)0);
    double n = strtod_l(text, NULL, c);
    freelocale(c);
    return n;
}

int num_parse_double(struct str s, double *out)
{
    struct str unsigned_part = s;
    bool negative = cut_sign(&unsigned_part);
    struct decimal_text d;
    int rc = scan_decimal(unsigned_part, &d);
    if (rc < 0)
        return rc;
    double n;
    if (d.is_exact && d.mantissa <= UINT64_C(1) << 53 && d.exponent >= -EXACT_POW10_MAX &&
        d.exponent <= EXACT_POW10_MAX) {
        /* Both factors are exact, so the one operation rounds correctly. */
        n = d.exponent < 0 ? (double)d.mantissa / exact_pow10[-d.exponent]
                           : (double)d.mantissa * exact_pow10[d.exponent];
    } else {
        char small[64];
        char *text = unsigned_part.len < sizeof small ? small : mem_alloc(unsigned_part.len + 1);
        memcpy(text, unsigned_part.p, unsigned_part.len);
        text[unsigned_part.len] = '\0';
        n = strtod_c(text);
        if (text != small)
            mem_free(text);
    }
    if (isinf(n))
        return ERR_INVALID;
    *out = negative ? -n : n;
    return 0;
}

/* value = 0.d1d2d3... * 10^point, without trailing zeros; zero has one digit, point 1. */
struct digits {
    char d[20];
    int count;
    int point;
};

static void digits_strip(struct digits *s)
{
    while (s->count > 1 && s->d[s->count - 1] == '0')
        s->count--;
}

static void digits_of_integer(struct digits *s, uint64_t n)
{
    char reversed[20];
    int count = 0;
    do {
        reversed[count++] = (char)('0' + n % 10);
        n /= 10;
    } while (n > 0);
    for (int i = 0; i < count; i++)
        s->d[i] = reversed[count - 1 - i];
    s->count = s->point = count;
    digits_strip(s);
}

/* A double is one decimal of at most 15 digits at most. So if n times a power of ten is, rounded,
 * an integer of up to 15 digits that divides back to n, its digits are the shortest. Most numbers
 * that are printed (counts, milliseconds made of nanoseconds) are found here, at a fraction of
 * printf's cost. */
static bool digits_by_scaling(struct digits *s, double n)
{
    static const int scales[] = {0, 3, 6, 9};
    for (size_t i = 0; i < sizeof scales / sizeof scales[0]; i++) {
        double scaled = n * exact_pow10[scales[i]];
        if (!(scaled < 999999999999999.0))
            return false;
        uint64_t integer = (uint64_t)(scaled + 0.5);
        if ((double)integer / exact_pow10[scales[i]] == n) {
            digits_of_integer(s, integer);
            s->point -= scales[i];
            return true;
        }
    }
    return false;
}

static void digits_by_printf(struct digits *s, double n, int count)
{
    char text[48];
    snprintf(text, sizeof text, "%.*e", count - 1, n);
    s->count = 0;
    const char *p = text;
    for (; *p != 'e'; p++) /* the decimal point is the locale's, so all but digits is passed over */
        if (ascii_is_digit(*p))
            s->d[s->count++] = *p;
    s->point = (int)strtol(p + 1, NULL, 10) + 1;
}

static double digits_value(const struct digits *s)
{
    char text[48];
    snprintf(text, sizeof text, "%.*se%d", s->count, s->d, s->point - s->count);
    return strtod_c(text);
}

/* Adds one to the last digit; the digits are never all nines here. */
static void digits_increment(struct digits *s)
{
    int i = s->count - 1;
    while (i > 0 && s->d[i] == '9')
        s->d[i--] = '0';
    s->d[i]++;
}

/* The shortest digits that read back as n, which is positive and finite. */
static void digits_of(struct digits *s, double n)
{
    if (n == 0) {
        digits_of_integer(s, 0);
        return;
    }
    if (digits_by_scaling(s, n))
        return;
    /* Fifteen digits always survive the way to a normal double and back, so a shorter form shows as
     * trailing zeros there. A subnormal has fewer bits, so each length is tried. */
    int count = n < 2.2250738585072014e-308 ? 1 : 15;
    for (; count < 17; count++) {
        digits_by_printf(s, n, count);
        if (digits_value(s) == n)
            break;
        /* The gap below a power of two is half the one above it: the nearest 16 digits may lie
         * below, out of reach, while the next ones up still read back as n. */
        if (count == 16 && s->d[0] != '9') {
            digits_increment(s);
            if (digits_value(s) == n)
                break;
        }
    }
    if (count == 17)
        digits_by_printf(s, n, 17);
    digits_strip(s);
}

static void put_zeros(struct buf *out, int count)
{
    for (; count > 0; count--)
        buf_addc(out, '0');
}

static void put_plain(struct buf *out, const struct digits *s)
{
    if (s->point <= 0) {
        buf_adds(out, "0.");
        put_zeros(out, -s->point);
        buf_add(out, s->d, (size_t)s->count);
    } else if (s->point >= s->count) {
        buf_add(out, s->d, (size_t)s->count);
        put_zeros(out, s->point - s->count);
    } else {
        buf_add(out, s->d, (size_t)s->point);
        buf_addc(out, '.');
        buf_add(out, s->d + s->point, (size_t)(s->count - s->point));
    }
}

static void put_exponent(struct buf *out, const struct digits *s, int exponent_digits)
{
    buf_addc(out, s->d[0]);
    if (s->count > 1) {
        buf_addc(out, '.');
        buf_add(out, s->d + 1, (size_t)s->count - 1);
    }
    int exponent = s->point - 1;
    buf_addf(out, "e%c%0*d", exponent < 0 ? '-' : '+', exponent_digits, abs(exponent));
}

/* Writes NaN and infinities, or the sign of n. Returns whether n is done with. */
static bool put_special(struct buf *out, double n, const char *nan, const char *inf,
                        const char *minus_inf, bool with_minus_zero)
{
    if (isnan(n)) {
        buf_adds(out, nan);
        return true;
    }
    if (isinf(n)) {
        buf_adds(out, n > 0 ? inf : minus_inf);
        return true;
    }
    if (signbit(n) && (n < 0 || with_minus_zero))
        buf_addc(out, '-');
    return false;
}

void num_put_f(struct buf *out, double n)
{
    if (put_special(out, n, "NaN", "+Inf", "-Inf", true))
        return;
    struct digits s;
    digits_of(&s, fabs(n));
    put_plain(out, &s);
}

void num_put_g(struct buf *out, double n)
{
    if (put_special(out, n, "NaN", "+Inf", "-Inf", true))
        return;
    struct digits s;
    digits_of(&s, fabs(n));
    if (n != 0 && (s.point - 1 < -4 || s.point - 1 >= 6))
        put_exponent(out, &s, 2);
    else
        put_plain(out, &s);
}

void num_put_v(struct buf *out, double n)
{
    if (fabs(n) <= 9007199254740992.0 && floor(n) == n)
        num_put_f(out, n);
    else
        num_put_g(out, n);
}

void num_put_json(struct buf *out, double n)
{
    if (!isfinite(n)) {
        buf_adds(out, "null");
        return;
    }
    if (signbit(n))
        buf_addc(out, '-');
    struct digits s;
    digits_of(&s, fabs(n));
    if (n != 0 && (s.point - 1 < -6 || s.point - 1 >= 21))
        put_exponent(out, &s, s.point - 1 < 0 ? 1 : 2); /* e-7 but e+21 */
    else
        put_plain(out, &s);
}

void num_put_js(struct buf *out, double n)
{
    if (put_special(out, n, "NaN", "Infinity", "-Infinity", false))
        return;
    struct digits s;
    digits_of(&s, fabs(n));
    if (n != 0 && (s.point <= -6 || s.point > 21))
        put_exponent(out, &s, 1);
    else
        put_plain(out, &s);
}

void num_put_fixed(struct buf *out, double n, int decimals)
{
    enum { DECIMALS_MAX = 100 };
    CHECK(decimals >= 0 && decimals <= DECIMALS_MAX);
    if (put_special(out, n, "NaN", "+Inf", "-Inf", true))
        return;
    char text[DBL_MAX_10_EXP + DECIMALS_MAX + 16];
    int len = snprintf(text, sizeof text, "%.*f", decimals, fabs(n));
    CHECK(len > 0 && (size_t)len < sizeof text);
    if (decimals == 0) {
        buf_add(out, text, (size_t)len);
        return;
    }
    /* The locale's decimal point may be anything, even several bytes: it is what is not a digit. */
    size_t whole = strspn(text, "0123456789");
    buf_add(out, text, whole);
    buf_addc(out, '.');
    buf_add(out, text + len - decimals, (size_t)decimals);
}
