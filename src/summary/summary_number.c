/* summary_number.c - how the text summary writes numbers, by what they are. Knows no layout.
 * Arithmetic and spelling are JavaScript's, for that is what writes k6's summary: percentages are
 * cut, not rounded; toFixed rounds halves up.
 * Source: k6 docs, "End of test". Tests: summary_number_test.c */
#include "summary/summary_number.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "base/num.h"

/* value with that many decimals, halves away from zero. printf rounds exact halves to even, so it
 * is asked for so many more digits that what follows the cut is known, and the cut is made here. */
static void put_fixed(struct buf *out, double value, int decimals)
{
    enum { GUARD = 30, WHOLE_MAX = 25 };
    if (!isfinite(value) || fabs(value) >= 1e21) {
        num_put_js(out, value);
        return;
    }
    struct buf text;
    buf_init(&text, BUF_NO_LIMIT);
    num_put_fixed(&text, fabs(value), decimals + GUARD);
    size_t len = text.len - GUARD;
    bool is_up = text.data[len] >= '5';
    buf_truncate(&text, decimals == 0 ? len - 1 : len); /* the dot goes with the decimals */
    for (size_t i = text.len; is_up && i-- > 0;) {
        if (text.data[i] == '.')
            continue;
        is_up = text.data[i] == '9';
        text.data[i] = is_up ? '0' : (char)(text.data[i] + 1);
    }
    if (value < 0)
        buf_addc(out, '-');
    if (is_up)
        buf_addc(out, '1');
    buf_add(out, text.data, text.len);
    buf_deinit(&text);
}

/* Rounded to that many decimals, then read and printed again, which leaves out zeros at the end,
 * the sign of nothing, and digits beyond what a double knows. */
static void put_rounded(struct buf *out, double value, int decimals)
{
    if (!isfinite(value) || fabs(value) >= 1e21) {
        num_put_js(out, value);
        return;
    }
    struct buf text;
    double rounded = 0;
    buf_init(&text, BUF_NO_LIMIT);
    put_fixed(&text, value, decimals);
    CHECK(num_parse_double((struct str){text.data, text.len}, &rounded) == 0);
    num_put_js(out, rounded);
    buf_deinit(&text);
}

/* Cut to two decimals. */
static void put_cut(struct buf *out, double value)
{
    put_rounded(out, trunc(100 * value) / 100, 2);
}

static void put_bytes(struct buf *out, double bytes)
{
    static const char *const units[] = {"B", "kB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB"};
    if (!(bytes >= 10) || isinf(bytes)) {
        num_put_js(out, bytes);
        buf_adds(out, " B");
        return;
    }
    int unit = (int)floor(log(bytes) / log(1000));
    if (unit > 8)
        unit = 8;
    double scaled = floor(bytes / pow(1000, unit) * 10 + 0.5) / 10;
    put_fixed(out, scaled, scaled < 10 ? 1 : 0);
    buf_addf(out, " %s", units[unit]);
}

/* The largest units that fit: "1h2m3s", "1.5s", "20ms", "3.21µs", "5ns". */
static void put_duration(struct buf *out, double ms)
{
    if (ms == 0) {
        buf_adds(out, "0s");
    } else if (ms < 0.001) {
        num_put_js(out, trunc(ms * 1000000));
        buf_adds(out, "ns");
    } else if (ms < 1) {
        put_cut(out, ms * 1000);
        buf_adds(out, "µs");
    } else if (ms < 1000) {
        put_cut(out, ms);
        buf_adds(out, "ms");
    } else {
        double minutes = trunc(ms / 60000), hours = trunc(minutes / 60);
        if (hours >= 1) {
            num_put_js(out, hours);
            buf_addc(out, 'h');
        }
        if (minutes >= 1) {
            num_put_js(out, fmod(minutes, 60));
            buf_addc(out, 'm');
        }
        double seconds = fmod(ms, 60000) / 1000;
        if (ms > 60000)
            put_rounded(out, trunc(seconds), 0);
        else
            put_cut(out, seconds);
        buf_addc(out, 's');
    }
}

static void put_time(struct buf *out, double ms, const char *unit)
{
    static const struct {
        const char *name, *text;
        double factor;
    } units[] = {{"s", "s", 0.001}, {"ms", "ms", 1}, {"us", "µs", 1000}};
    for (size_t i = 0; unit != NULL && i < sizeof units / sizeof units[0]; i++) {
        if (strcmp(unit, units[i].name) == 0) {
            put_fixed(out, ms * units[i].factor, 2);
            buf_adds(out, units[i].text);
            return;
        }
    }
    put_duration(out, ms);
}

void summary_put_number(struct buf *out, double value, enum metric_type type,
                        enum metric_contains contains, const char *time_unit)
{
    if (type == METRIC_RATE) {
        put_fixed(out, trunc(value * 100 * 100) / 100, 2);
        buf_addc(out, '%');
        return;
    }
    switch (contains) {
    case METRIC_DATA:
        put_bytes(out, value);
        break;
    case METRIC_TIME:
        put_time(out, value, time_unit);
        break;
    case METRIC_DEFAULT:
        put_rounded(out, value, 6);
        break;
    }
}

void summary_put_count(struct buf *out, double value)
{
    num_put_js(out, value);
}
