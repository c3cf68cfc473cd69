/* threshold_number.c - numbers in threshold expressions, in the forms Go's strconv.ParseFloat
 * knows. Knows nothing of thresholds. Tests: thresholds_test.c, fuzz/threshold_fuzz.c */
#include "metrics/threshold_number.h"

#include <math.h>
#include <stdlib.h>

#include "base/err.h"

enum { NUMBER_MAX_LEN = 400 }; /* longer digits change nothing that a double holds */

/* Copies s without the underscores that may stand between digits ("1_000"). The length, or
 * ERR_INVALID. */
static int strip_underscores(struct str s, char out[NUMBER_MAX_LEN + 1])
{
    size_t len = 0;
    if (s.len > NUMBER_MAX_LEN)
        return ERR_INVALID;
    for (size_t i = 0; i < s.len; i++) {
        char c = s.p[i];
        if (c == '_') {
            bool is_between = i > 0 && i + 1 < s.len && hex_value(s.p[i + 1]) >= 0 &&
                              (hex_value(s.p[i - 1]) >= 0 || ascii_lower(s.p[i - 1]) == 'x');
            if (!is_between)
                return ERR_INVALID;
            continue;
        }
        out[len++] = c;
    }
    out[len] = '\0';
    return (int)len;
}

/* 0x1.8p3: mantissa in hex digits, a binary exponent that must be there. s is terminated and begins
 * with the "0x". */
static int parse_hex(const char *s, double *out)
{
    double mantissa = 0;
    int scale = 0;
    bool has_digits = false, seen_dot = false;
    for (s += 2; *s != '\0' && ascii_lower(*s) != 'p'; s++) {
        if (*s == '.' && !seen_dot) {
            seen_dot = true;
            continue;
        }
        int digit = hex_value(*s);
        if (digit < 0)
            return ERR_INVALID;
        mantissa = mantissa * 16 + digit;
        if (seen_dot)
            scale -= 4;
        has_digits = true;
    }
    if (!has_digits || *s == '\0')
        return ERR_INVALID;
    bool is_negative = s[1] == '-';
    s += s[1] == '-' || s[1] == '+' ? 2 : 1;
    int exponent = 0;
    if (*s == '\0')
        return ERR_INVALID;
    for (; *s != '\0'; s++) {
        if (!ascii_is_digit(*s))
            return ERR_INVALID;
        if (exponent < 100000)
            exponent = exponent * 10 + (*s - '0');
    }
    *out = ldexp(mantissa, (is_negative ? -exponent : exponent) + scale);
    return isinf(*out) ? ERR_TOO_LARGE : 0;
}

/* Digits with at most one dot and an exponent: tells a number too large for a double from text that
 * is no number. */
static bool is_decimal(const char *s)
{
    bool has_digits = false;
    for (; ascii_is_digit(*s); s++)
        has_digits = true;
    if (*s == '.')
        for (s++; ascii_is_digit(*s); s++)
            has_digits = true;
    if (!has_digits)
        return false;
    if (ascii_lower(*s) == 'e') {
        s++;
        if (*s == '+' || *s == '-')
            s++;
        if (!ascii_is_digit(*s))
            return false;
        while (ascii_is_digit(*s))
            s++;
    }
    return *s == '\0';
}

int threshold_number_parse(struct str s, double *out)
{
    char text[NUMBER_MAX_LEN + 1];
    if (strip_underscores(s, text) < 0)
        return ERR_INVALID;
    const char *p = text;
    double sign = 1;
    if (*p == '+' || *p == '-')
        sign = *p++ == '-' ? -1 : 1;
    struct str rest = str_of(p);
    double value;
    int rc = 0;
    if (str_ieqs(rest, "inf") || str_ieqs(rest, "infinity")) {
        value = INFINITY;
    } else if (str_ieqs(rest, "nan") && p == text) {
        value = NAN;
    } else if (rest.len > 2 && rest.p[0] == '0' && ascii_lower(rest.p[1]) == 'x') {
        rc = parse_hex(rest.p, &value);
    } else {
        if (!is_decimal(p))
            return ERR_INVALID;
        /* Decimals with a dot at an end (".5", "5.") are Go's too; strtod takes them, and the dot
         * is checked above, so that a locale with a comma could only make it stop early. */
        char *end;
        value = strtod(p, &end);
        if (*end != '\0')
            return ERR_INVALID;
        if (isinf(value))
            rc = ERR_TOO_LARGE;
    }
    if (rc < 0)
        return rc;
    *out = sign * value;
    return 0;
}
