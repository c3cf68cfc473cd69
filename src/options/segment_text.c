/* segment_text.c - reads and writes execution segments. Knows nothing of VUs or striping.
 * Source: k6 docs, "Execution segment". Tests: segment_text_test.c */
#include "options/segment_text.h"

#include <inttypes.h>

#include "base/num.h"

enum { EXPONENT_MAX = 17 };

int64_t fraction_gcd(int64_t a, int64_t b)
{
    while (b != 0) {
        int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

struct fraction fraction_of(int64_t num, int64_t den)
{
    int64_t g = fraction_gcd(num < 0 ? -num : num, den);
    if (g > 1) {
        num /= g;
        den /= g;
    }
    return (struct fraction){num, den};
}

int fraction_cmp(struct fraction a, struct fraction b)
{
    __int128 left = (__int128)a.num * b.den;
    __int128 right = (__int128)b.num * a.den;
    return left < right ? -1 : left > right;
}

/* Both have denominators up to SEGMENT_DEN_MAX squared at most, so nothing overflows. */
struct fraction fraction_between(struct fraction a, struct fraction b)
{
    int64_t g = fraction_gcd(a.den, b.den);
    return fraction_of(b.num * (a.den / g) - a.num * (b.den / g), a.den / g * b.den);
}

/* Moves the point of num/den by shift places; false when that leaves what a segment can hold. */
static bool shift_point(int64_t *num, int64_t *den, int64_t shift)
{
    for (; shift > 0; shift--) {
        if (*den % 10 == 0)
            *den /= 10;
        else if (*num > INT64_MAX / 10)
            return false;
        else
            *num *= 10;
    }
    for (; shift < 0; shift++) {
        if (*den > INT64_MAX / 100)
            return false;
        *den *= 10;
    }
    return true;
}

/* "0.2", ".5", "1e-1". */
static bool parse_decimal(struct str s, struct fraction *out)
{
    struct str whole;
    struct str digits;
    struct str exponent;
    struct str mantissa;
    int64_t shift = 0;
    bool has_exponent = str_cut(s, 'e', &mantissa, &exponent);
    if (!has_exponent)
        has_exponent = str_cut(s, 'E', &mantissa, &exponent);
    if (has_exponent &&
        (num_parse_int(exponent, &shift) < 0 || shift < -EXPONENT_MAX || shift > EXPONENT_MAX))
        return false;
    bool has_point = str_cut(has_exponent ? mantissa : s, '.', &whole, &digits);
    if (!has_point) {
        if (!has_exponent)
            return false;
        whole = mantissa;
        digits = (struct str){NULL, 0};
    }
    if (str_starts(whole, "-"))
        return false;
    int64_t num = 0;
    int64_t den = 1;
    if (whole.len > 0 && num_parse_int(whole, &num) < 0)
        return false;
    if ((whole.len == 0 && digits.len == 0) || digits.len > 17 || num < 0 ||
        (num > 9 && !has_exponent) || num > INT32_MAX)
        return false; /* no segment lies outside 0..1 */
    for (size_t i = 0; i < digits.len; i++) {
        if (!ascii_is_digit(digits.p[i]) || num > INT64_MAX / 10 - 1)
            return false;
        num = num * 10 + (digits.p[i] - '0');
        den *= 10;
    }
    if (!shift_point(&num, &den, shift))
        return false;
    *out = fraction_of(num, den);
    return true;
}

/* "20%", "0.2", "1/5". */
static int parse_fraction(struct str s, struct fraction *out, struct err *e)
{
    struct str head;
    struct str tail;
    int64_t num;
    int64_t den;
    if (str_ends(s, "%")) {
        if (num_parse_int((struct str){s.p, s.len - 1}, &num) < 0)
            return err_set(e, ERR_INVALID, "'%.*s' is not a valid percentage", (int)s.len, s.p);
        *out = fraction_of(num, 100);
        return 0;
    }
    if (str_cut(s, '/', &head, &tail)) {
        if (num_parse_int(head, &num) == 0 && num_parse_int(tail, &den) == 0 && den > 0) {
            *out = fraction_of(num, den);
            return 0;
        }
    } else if (num_parse_int(s, &num) == 0) {
        *out = fraction_of(num, 1);
        return 0;
    } else if (parse_decimal(s, out)) {
        return 0;
    }
    return err_set(e, ERR_INVALID,
                   "'%.*s' is not a valid percentage, decimal, fraction or interval value",
                   (int)s.len, s.p);
}

static int check_range(struct fraction from, struct fraction to, struct err *e)
{
    struct fraction zero = {0, 1};
    struct fraction one = {1, 1};
    if (fraction_cmp(from, zero) < 0)
        return err_set(e, ERR_INVALID, "segment start value must be at least 0 but was %.2f",
                       (double)from.num / (double)from.den);
    if (fraction_cmp(from, to) >= 0)
        return err_set(e, ERR_INVALID, "segment start(%.2f) must be less than its end(%.2f)",
                       (double)from.num / (double)from.den, (double)to.num / (double)to.den);
    if (fraction_cmp(to, one) > 0)
        return err_set(e, ERR_INVALID, "segment end value can't be more than 1 but was %.2f",
                       (double)to.num / (double)to.den);
    if (from.den > SEGMENT_DEN_MAX || to.den > SEGMENT_DEN_MAX)
        return err_set(e, ERR_INVALID, "a segment's fractions can't be finer than 1/%d",
                       SEGMENT_DEN_MAX);
    return 0;
}

int segment_range_parse(struct segment_range *fills, struct str text, struct err *e)
{
    struct str head;
    struct str tail;
    *fills = (struct segment_range){{0, 1}, {1, 1}};
    if (text.len == 0)
        return 0;
    bool is_pair = str_cut(text, ':', &head, &tail);
    int rc = is_pair ? parse_fraction(head, &fills->from, e) : 0;
    if (rc == 0)
        rc = parse_fraction(is_pair ? tail : head, &fills->to, e);
    return rc < 0 ? rc : check_range(fills->from, fills->to, e);
}

int segment_points_parse(struct segment_points *fills, struct str text, struct err *e)
{
    *fills = (struct segment_points){0};
    for (bool is_last = false; !is_last;) {
        struct str head;
        struct str tail;
        struct fraction point;
        is_last = !str_cut(text, ',', &head, &tail);
        int rc = parse_fraction(head, &point, e);
        if (rc == 0 && fills->v.len > 0)
            rc = check_range(VEC_LAST(&fills->v), point, e);
        if (rc < 0)
            return rc;
        VEC_PUSH(&fills->v, point);
        text = tail;
    }
    if (fills->v.len < 2)
        return err_set(e, ERR_INVALID,
                       "at least 2 points are needed for an execution segment sequence, %zu given",
                       fills->v.len);
    return 0;
}

ptrdiff_t segment_points_find(const struct segment_points *p, struct segment_range range)
{
    for (size_t i = 0; i + 1 < p->v.len; i++)
        if (fraction_cmp(p->v.items[i], range.from) == 0 &&
            fraction_cmp(p->v.items[i + 1], range.to) == 0)
            return (ptrdiff_t)i;
    return -1;
}

static void put_fraction(struct buf *out, struct fraction f)
{
    if (f.den == 1)
        buf_addf(out, "%" PRId64, f.num);
    else
        buf_addf(out, "%" PRId64 "/%" PRId64, f.num, f.den);
}

void segment_range_put(struct buf *out, struct segment_range range)
{
    put_fraction(out, range.from);
    buf_addc(out, ':');
    put_fraction(out, range.to);
}

void segment_points_put(struct buf *out, const struct segment_points *p)
{
    for (size_t i = 0; i < p->v.len; i++) {
        if (i > 0)
            buf_addc(out, ',');
        put_fraction(out, p->v.items[i]);
    }
}
