/* mod_metrics.c - the module k6/metrics: Counter, Gauge, Rate, Trend. A constructor gives a plain
 * object with `name` and a bound `add`, as k6 does, so instanceof is false and add works without
 * its object. Source: k6 docs, "k6/metrics". Tests: test/js/metrics_*.js. */
#include "modules/mod_metrics.h"

#include <math.h>

#include <quickjs.h>

#include "base/vec.h"
#include "core/clock.h"
#include "exec/run_state.h"
#include "js/jsarg.h"
#include "js/pod.h"
#include "metrics/metric.h"
#include "metrics/shard.h"
#include "modules/mod_arg.h"
#include "modules/modules.h"

struct metrics_state {
    VEC(struct metric *) made; /* by this VU; `add` functions hold the place in it */
};

enum { WARN_VALUE_MAX = 100 }; /* code points of a refused value that a warning shows */

/* The middle of a long value is left out of the warning. */
static void put_limited(struct buf *out, struct str s)
{
    size_t points = 0;
    for (size_t pos = 0; pos < s.len; points++)
        utf8_next(s, &pos);
    if (points < WARN_VALUE_MAX) {
        buf_add_str(out, s);
        return;
    }
    size_t head = 0, tail = 0;
    for (size_t i = 0; i < WARN_VALUE_MAX / 2; i++)
        utf8_next(s, &head);
    for (size_t i = 0; i < points - WARN_VALUE_MAX / 2; i++)
        utf8_next(s, &tail);
    buf_add(out, s.p, head);
    buf_addf(out, "... omitting %zu characters ...", points - WARN_VALUE_MAX);
    buf_add(out, s.p + tail, s.len - tail);
}

/* A value that is none: thrown with the option `throw`, else a warning and false. */
static JSValue refuse(JSContext *ctx, struct str message)
{
    if (mod_arg_run_throws(pod_base_vu(ctx)))
        return jsarg_throw(ctx, "%.*s", (int)message.len, message.p);
    log_warn(pod_logger(ctx), "%.*s", (int)message.len, message.p);
    return JS_FALSE;
}

static JSValue refuse_value(JSContext *ctx, const struct metric *m, JSValueConst v)
{
    struct str text;
    if (!jsarg_str(ctx, v, &text))
        return JS_EXCEPTION;
    struct buf msg;
    buf_init(&msg, BUF_NO_LIMIT);
    buf_addc(&msg, '\'');
    put_limited(&msg, text);
    buf_addf(&msg, "' is an invalid value for metric '%s', a number or a boolean value is expected",
             m->name);
    JSValue result = refuse(ctx, (struct str){msg.data, msg.len});
    buf_deinit(&msg);
    jsarg_free_str(ctx, text);
    return result;
}

static JSValue refuse_nothing(JSContext *ctx, const struct metric *m)
{
    struct buf msg;
    buf_init(&msg, BUF_NO_LIMIT);
    buf_addf(&msg, "no value was provided for metric '%s', a number or a boolean value is expected",
             m->name);
    JSValue result = refuse(ctx, (struct str){msg.data, msg.len});
    buf_deinit(&msg);
    return result;
}

/* The tags of one sample: the VU's, or those and the script's own. NULL with an exception pending.
 */
static struct tagset *sample_tags(JSContext *ctx, const struct metric *m, JSValueConst own)
{
    struct tagset *tags = NULL;
    struct err e = {0};
    int rc = mod_arg_tags(ctx, pod_base_vu(ctx)->tags, own, &tags, &e);
    if (rc < 0 && rc != ERR_SCRIPT)
        jsarg_throw(ctx, "cannot add tags for the '%s' custom metric: %s", m->name, e.msg);
    err_deinit(&e);
    return rc < 0 ? NULL : tags;
}

/* metric.add(value, tags): magic is the metric's place among those made. */
static JSValue metrics_add(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv,
                           int magic, JSValueConst *data)
{
    struct metrics_state *st = pod_module_state(ctx, MODULE_METRICS);
    struct metric *m = st->made.items[magic];
    struct vu *vu = pod_base_vu(ctx);
    if (pod_is_init(ctx))
        return jsarg_throw(ctx, "Adding to metrics in the init context is not supported");
    if (argc == 0)
        return refuse_nothing(ctx, m);
    double value;
    if (JS_IsNull(argv[0]))
        return refuse_value(ctx, m, argv[0]);
    if (JS_ToFloat64(ctx, &value, argv[0]) < 0)
        return JS_EXCEPTION;
    /* What is true but counts as zero (" ", [], new Date(0)) is one. */
    if (value == 0 && !JS_IsNumber(argv[0]) && JS_ToBool(ctx, argv[0]) > 0)
        value = 1;
    if (isnan(value))
        return refuse_value(ctx, m, argv[0]);
    if (argc < 2 || jsarg_is_nullish(argv[1])) {
        shard_add(vu->shard, m, vu->tags, vu->metadata, clock_now_ns(), value);
        return JS_TRUE;
    }
    struct tagset *tags = sample_tags(ctx, m, argv[1]);
    if (!tags)
        return JS_EXCEPTION;
    shard_add(vu->shard, m, tags, vu->metadata, clock_now_ns(), value);
    tags_unref(tags);
    return JS_TRUE;
}

/* The object a constructor gives. */
static JSValue metric_object(JSContext *ctx, struct metric *m)
{
    struct metrics_state *st = pod_module_state(ctx, MODULE_METRICS);
    int place = (int)st->made.len;
    VEC_PUSH(&st->made, m);
    JSValue object = JS_NewObject(ctx);
    if (JS_IsException(object))
        return JS_EXCEPTION;
    if (JS_DefinePropertyValueStr(ctx, object, "name", jsarg_new_str(ctx, str_of(m->name)),
                                  JS_PROP_ENUMERABLE) < 0 ||
        JS_SetPropertyStr(ctx, object, "add",
                          JS_NewCFunctionData(ctx, metrics_add, 2, place, 0, NULL)) < 0) {
        JS_FreeValue(ctx, object);
        return JS_EXCEPTION;
    }
    return object;
}

/* new Counter(name, isTime) and its kin: magic is the enum metric_type. */
static JSValue metrics_construct(JSContext *ctx, JSValueConst new_target, int argc,
                                 JSValueConst *argv, int magic)
{
    if (!pod_is_init(ctx))
        return jsarg_throw(ctx, "metrics must be declared in the init context");
    struct str name;
    if (!mod_arg_str(ctx, argc, argv, 0, &name))
        return JS_EXCEPTION;
    bool is_time = argc > 1 && JS_ToBool(ctx, argv[1]) > 0;
    struct metric *m = NULL;
    struct err e = {0};
    int rc =
        metric_get_or_create(pod_metrics(ctx), name.p ? name : STR(""), (enum metric_type)magic,
                             is_time ? METRIC_TIME : METRIC_DEFAULT, &m, &e);
    jsarg_free_str(ctx, name);
    JSValue result = rc < 0 ? jsarg_throw(ctx, "%s", e.msg) : metric_object(ctx, m);
    err_deinit(&e);
    return result;
}

static int metrics_open(JSContext *ctx, JSValueConst exports, int index, void *state)
{
    static const struct {
        const char *name;
        enum metric_type type;
    } kinds[] = {{"Counter", METRIC_COUNTER},
                 {"Gauge", METRIC_GAUGE},
                 {"Rate", METRIC_RATE},
                 {"Trend", METRIC_TREND}};
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        JSValue fn = JS_NewCFunctionMagic(ctx, metrics_construct, kinds[i].name, 0,
                                          JS_CFUNC_constructor_or_func_magic, kinds[i].type);
        if (mod_arg_add_constructor(ctx, exports, kinds[i].name, fn) < 0)
            return -1;
    }
    return 0;
}

static void metrics_close(JSContext *ctx, void *state)
{
    struct metrics_state *st = state;
    VEC_DEINIT(&st->made);
}

const struct js_module mod_metrics = {
    .name = "k6/metrics",
    .state_size = sizeof(struct metrics_state),
    .open = metrics_open,
    .close = metrics_close,
    .has_default = true,
    .has_named = true,
};
