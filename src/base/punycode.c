/* punycode.c - the encoder of RFC 3492 section 6.3, label by label; see punycode.h.
 * Tests: punycode_test.c */
#include "base/punycode.h"

#include "base/err.h"

enum {
    BASE = 36,
    T_MIN = 1,
    T_MAX = 26,
    SKEW = 38,
    DAMP = 700,
    BIAS_FIRST = 72,
    CODE_FIRST = 128,
    LABEL_MAX = 1024, /* bytes: more is no name, and the encoder is quadratic */
};

static uint32_t adapt(uint32_t delta, uint32_t count, bool is_first)
{
    uint32_t k = 0;
    delta = is_first ? delta / DAMP : delta / 2;
    delta += delta / count;
    for (; delta > ((BASE - T_MIN) * T_MAX) / 2; k += BASE)
        delta /= BASE - T_MIN;
    return k + (BASE - T_MIN + 1) * delta / (delta + SKEW);
}

static void put_digit(struct buf *out, uint32_t digit)
{
    buf_addc(out, (char)(digit < 26 ? 'a' + digit : '0' + digit - 26));
}

/* A number as digits of growing weight. */
static void put_delta(struct buf *out, uint32_t delta, uint32_t bias)
{
    uint32_t q = delta;
    for (uint32_t k = BASE;; k += BASE) {
        uint32_t t = k <= bias ? T_MIN : k >= bias + T_MAX ? T_MAX : k - bias;
        if (q < t)
            break;
        put_digit(out, t + (q - t) % (BASE - t));
        q = (q - t) / (BASE - t);
    }
    put_digit(out, q);
}

/* The least code point of the label that is at least n. */
static uint32_t next_code(struct str label, uint32_t n)
{
    uint32_t least = UINT32_MAX;
    for (size_t at = 0; at < label.len;) {
        uint32_t c = utf8_next(label, &at);
        if (c >= n && c < least)
            least = c;
    }
    return least;
}

static void put_label(struct buf *out, struct str label)
{
    uint32_t n = CODE_FIRST, delta = 0, bias = BIAS_FIRST, total = 0, basic = 0;
    buf_adds(out, "xn--");
    for (size_t at = 0; at < label.len; total++) {
        uint32_t c = utf8_next(label, &at);
        if (c >= CODE_FIRST)
            continue;
        buf_addc(out, (char)c);
        basic++;
    }
    if (basic > 0)
        buf_addc(out, '-');
    for (uint32_t done = basic; done < total; delta++, n++) {
        uint32_t m = next_code(label, n);
        /* At most 0x10ffff steps times LABEL_MAX places: no overflow. */
        delta += (m - n) * (done + 1);
        n = m;
        for (size_t at = 0; at < label.len;) {
            uint32_t c = utf8_next(label, &at);
            if (c < n)
                delta++;
            if (c != n)
                continue;
            put_delta(out, delta, bias);
            bias = adapt(delta, done + 1, done == basic);
            delta = 0;
            done++;
        }
    }
}

static bool is_ascii(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if ((unsigned char)s.p[i] >= 0x80)
            return false;
    return true;
}

int punycode_put_host(struct buf *out, struct str host)
{
    struct str label, rest = host;
    bool has_more = true;
    if (!utf8_is_valid(host))
        return ERR_INVALID;
    while (has_more) {
        has_more = str_cut(rest, '.', &label, &rest);
        if (label.len > LABEL_MAX)
            return ERR_INVALID;
        if (is_ascii(label))
            buf_add_str(out, label);
        else
            put_label(out, label);
        if (has_more)
            buf_addc(out, '.');
    }
    return 0;
}
