/* out_time.c - times of samples as outputs write them. Spec: RFC 3339. Tests: out_time_test.c */
#include "output/out_time.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/duration.h"

static void remember(struct out_time *t, int64_t sec)
{
    struct tm tm;
    time_t at = (time_t)sec;
    localtime_r(&at, &tm);
    t->is_set = true;
    t->sec = sec;
    t->date_len = strftime(t->date, sizeof t->date, "%Y-%m-%dT%H:%M:%S", &tm);
    long minutes = tm.tm_gmtoff / 60;
    if (tm.tm_gmtoff == 0) {
        memcpy(t->zone, "Z", 2);
    } else {
        unsigned away = (unsigned)(minutes < 0 ? -minutes : minutes);
        snprintf(t->zone, sizeof t->zone, "%c%02u:%02u", minutes < 0 ? '-' : '+', away / 60 % 100,
                 away % 60);
    }
    t->zone_len = strlen(t->zone);
}

void out_time_put(struct out_time *t, struct buf *out, int64_t time_ns, bool with_nanos)
{
    int64_t sec = time_ns / NS_PER_SEC;
    int64_t nanos = time_ns % NS_PER_SEC;
    if (nanos < 0) {
        nanos += NS_PER_SEC;
        sec--;
    }
    if (!t->is_set || sec != t->sec)
        remember(t, sec);
    buf_add(out, t->date, t->date_len);
    if (with_nanos && nanos > 0) {
        char fraction[10] = ".000000000";
        size_t len = 10;
        for (size_t i = 9; i >= 1; i--, nanos /= 10)
            fraction[i] = (char)('0' + nanos % 10);
        while (fraction[len - 1] == '0')
            len--;
        buf_add(out, fraction, len);
    }
    buf_add(out, t->zone, t->zone_len);
}
