/* texts.c - see texts.h. Runs inside the engine. k6 writes dates with Go's names of time zones
 * ("GMT+0100 (CET)") and 24 hours, and orders texts by the collation algorithm of Unicode. Tests:
 * texts_test.c, collate_test.c */
#include "js/texts.h"

#include <math.h>
#include <stdlib.h>
#include <time.h>

#include "base/buf.h"
#include "js/collate.h"
#include "js/engine.h"
#include "js/jsarg.h"

/* ---- dates ---- */

enum date_text { TEXT_FULL, TEXT_TIME, TEXT_LOCALE, TEXT_LOCALE_TIME };

static void put_date(struct buf *out, double ms, enum date_text which)
{
    static const char days[][4] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static const char months[][4] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    time_t seconds = (time_t)floor(ms / 1000);
    struct tm tm;
    localtime_r(&seconds, &tm);
    int year = tm.tm_year + 1900;
    if (which == TEXT_FULL)
        buf_addf(out, "%s %s %02d %0*d ", days[tm.tm_wday], months[tm.tm_mon], tm.tm_mday,
                 4 + (year < 0), year);
    if (which == TEXT_LOCALE)
        buf_addf(out, "%02d/%02d/%0*d, ", tm.tm_mon + 1, tm.tm_mday, 4 + (year < 0), year);
    buf_addf(out, "%02d:%02d:%02d", tm.tm_hour, tm.tm_min, tm.tm_sec);
    if (which == TEXT_FULL || which == TEXT_TIME) {
        long minutes = labs(tm.tm_gmtoff / 60);
        buf_addf(out, " GMT%c%02ld%02ld (%s)", tm.tm_gmtoff < 0 ? '-' : '+', minutes / 60,
                 minutes % 60, tm.tm_zone);
    }
}

static JSValue new_date_text(JSContext *ctx, double ms, enum date_text which)
{
    struct buf text;
    if (isnan(ms))
        return JS_NewString(ctx, "Invalid Date");
    buf_init(&text, BUF_NO_LIMIT);
    put_date(&text, ms, which);
    JSValue value = JS_NewStringLen(ctx, text.data, text.len);
    buf_deinit(&text);
    return value;
}

static JSValue date_to_text(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv,
                            int magic)
{
    double ms;
    if (engine_kind_of(ctx, this_val) != KIND_DATE)
        return JS_ThrowTypeError(ctx, "not a Date object");
    JSValue inner = engine_unbox(ctx, this_val);
    int rc = JS_ToFloat64(ctx, &ms, inner);
    JS_FreeValue(ctx, inner);
    return rc < 0 ? JS_EXCEPTION : new_date_text(ctx, ms, (enum date_text)magic);
}

/* Date() without new gives the text of now. */
static JSValue date_construct(JSContext *ctx, JSValueConst new_target, int argc,
                              JSValueConst *argv)
{
    struct timespec now;
    if (!JS_IsUndefined(new_target))
        return engine_date_construct(ctx, new_target, argc, argv);
    clock_gettime(CLOCK_REALTIME, &now);
    return new_date_text(ctx, (double)now.tv_sec * 1000, TEXT_FULL);
}

static const JSCFunctionListEntry DATE_FUNCTIONS[] = {
    JS_CFUNC_MAGIC_DEF("toString", 0, date_to_text, TEXT_FULL),
    JS_CFUNC_MAGIC_DEF("toTimeString", 0, date_to_text, TEXT_TIME),
    JS_CFUNC_MAGIC_DEF("toLocaleString", 0, date_to_text, TEXT_LOCALE),
    JS_CFUNC_MAGIC_DEF("toLocaleTimeString", 0, date_to_text, TEXT_LOCALE_TIME),
};

void texts_add_dates(JSContext *ctx)
{
    engine_replace_functions(ctx, PROTO_DATE, DATE_FUNCTIONS,
                             sizeof DATE_FUNCTIONS / sizeof DATE_FUNCTIONS[0]);
    engine_replace_date(ctx, date_construct);
}

/* ---- the order of texts ---- */

static JSValue locale_compare(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    if (jsarg_is_nullish(this_val))
        return JS_ThrowTypeError(ctx, "null or undefined is no text");
    JSValue a = JS_ToString(ctx, this_val);
    JSValue b = JS_IsException(a) ? JS_UNDEFINED : JS_ToString(ctx, argv[0]);
    uint32_t *left = NULL, *right = NULL;
    JSValue result = JS_EXCEPTION;
    if (!JS_IsException(a) && !JS_IsException(b)) {
        int left_len = engine_decompose(ctx, a, &left);
        int right_len = left_len < 0 ? -1 : engine_decompose(ctx, b, &right);
        if (right_len >= 0)
            result = JS_NewInt32(ctx,
                                 collate_compare((struct collate_text){left, (size_t)left_len},
                                                 (struct collate_text){right, (size_t)right_len}));
    }
    js_free(ctx, left);
    js_free(ctx, right);
    JS_FreeValue(ctx, a);
    JS_FreeValue(ctx, b);
    return result;
}

static const JSCFunctionListEntry STRING_FUNCTIONS[] = {
    JS_CFUNC_DEF("localeCompare", 1, locale_compare),
};

void texts_add_strings(JSContext *ctx)
{
    engine_replace_functions(ctx, PROTO_STRING, STRING_FUNCTIONS,
                             sizeof STRING_FUNCTIONS / sizeof STRING_FUNCTIONS[0]);
}
