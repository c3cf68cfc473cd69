/* mod_k6.c - the module k6: check, group, sleep, fail, randomSeed.
 * check and group are on the request path of most scripts: the tag sets they derive are remembered
 * per VU, so that a check that ran before costs no text and no interning. Source: k6 docs, "k6".
 * Tests: test/js/check_*.js, group_*.js. */
#include "modules/mod_k6.h"

#include <math.h>
#include <pthread.h>

#include <quickjs.h>

#include "base/lagged_random.h"
#include "base/mem.h"
#include "core/clock.h"
#include "core/fiber.h"
#include "exec/run_state.h"
#include "js/jsarg.h"
#include "js/pod.h"
#include "metrics/shard.h"
#include "modules/mod_arg.h"
#include "modules/modules.h"

enum { CHECK_SLOTS = 16 };
#define GROUP_SEPARATOR "::"
#define SEPARATOR_ERROR "group and check names may not contain '" GROUP_SEPARATOR "'"

/* A check seen before: the tag set that its samples carry while the VU's is base. */
struct check_slot {
    JSAtom name;         /* held; JS_ATOM_NULL: slot free */
    struct tagset *base; /* held */
    struct tagset *tags; /* held: base with check=name */
};

/* What all VUs share: the table of the seeded generator, made at the first randomSeed. */
struct k6_shared {
    pthread_mutex_t lock;
    bool is_made;
    struct lagged_table table;
};

struct k6_state {
    struct lagged_random *random; /* NULL before randomSeed */
    JSValue engine_random;        /* Math.random as it was before; with random */
    bool is_seed_of_init;         /* then it holds for init code alone, as in k6 */
    struct check_slot slots[CHECK_SLOTS];
    uint64_t made; /* checks so far */
};

static void slot_clear(JSContext *ctx, struct check_slot *s)
{
    if (s->name == JS_ATOM_NULL)
        return;
    JS_FreeAtom(ctx, s->name);
    tags_unref(s->base);
    tags_unref(s->tags);
    *s = (struct check_slot){.name = JS_ATOM_NULL};
}

/* The slot of a check's name under these tags, filled anew if another was there. NULL with an
 * exception pending. */
static struct check_slot *slot_find(JSContext *ctx, struct k6_state *st, struct vu *vu, JSAtom name,
                                    struct tagset *base)
{
    struct check_slot *s = &st->slots[name % CHECK_SLOTS];
    if (s->name == name && s->base == base)
        return s;
    struct str text;
    text.p = JS_AtomToCStringLen(ctx, &text.len, name);
    if (!text.p)
        return NULL;
    bool is_name = str_finds(text, GROUP_SEPARATOR) < 0;
    if (is_name) {
        slot_clear(ctx, s);
        s->name = JS_DupAtom(ctx, name);
        s->base = tags_ref(base);
        s->tags = run_system_tags(vu->run) & TAG_CHECK ? tags_with(base, STR("check"), text)
                                                       : tags_ref(base);
    } else {
        jsarg_throw(ctx, "%s", SEPARATOR_ERROR);
    }
    JS_FreeCString(ctx, text.p);
    return is_name ? s : NULL;
}

/* Was the script told to end? What ends then is not measured. */
static bool is_ending(struct vu *vu)
{
    return vu->is_interrupt_requested || (vu->fiber && fiber_is_canceled(vu->fiber));
}

/* One check of a call: asks the function, counts. 1 passed, 0 failed, -1 exception. *now_ns: when
 * the call began; kept in step. */
static int check_one(JSContext *ctx, struct k6_state *st, struct tagset *base, JSValueConst subject,
                     JSValueConst set, JSAtom name, int64_t *now_ns)
{
    struct vu *vu = pod_base_vu(ctx);
    if (!slot_find(ctx, st, vu, name, base))
        return -1;
    JSValue v = JS_GetProperty(ctx, set, name);
    if (JS_IsException(v))
        return -1;
    if (mod_arg_is_async(ctx, v)) {
        JS_FreeValue(ctx, v);
        jsarg_throw(
            ctx,
            "the built-in check() does not support async functions as arguments. Use the "
            "JavaScript utils library as a "
            "replacement. Refer to "
            "https://grafana.com/docs/k6/latest/javascript-api/jslib/utils/check/ for more info");
        return -1;
    }
    uint64_t made = st->made;
    if (JS_IsFunction(ctx, v)) {
        JSValue verdict = JS_Call(ctx, v, JS_UNDEFINED, 1, &subject);
        JS_FreeValue(ctx, v);
        v = verdict;
    }
    bool threw = JS_IsException(v);
    int ok = threw ? 0 : JS_ToBool(ctx, v);
    JS_FreeValue(ctx, v);
    /* The function may have run checks of its own: the slot is looked up anew. A throwing check has
     * failed, and its exception goes on. */
    if (!(threw && is_ending(vu))) {
        JSValue thrown = threw ? JS_GetException(ctx) : JS_UNINITIALIZED;
        struct check_slot *s = slot_find(ctx, st, vu, name, base);
        /* Checks that the function made come before this one in the summary. */
        if (st->made++ != made)
            *now_ns = clock_now_ns();
        if (s)
            shard_add_check(vu->shard, s->tags, vu->metadata, *now_ns, ok > 0);
        if (threw)
            JS_Throw(ctx, thrown);
        else if (!s)
            return -1;
    }
    return threw ? -1 : ok > 0;
}

static JSValue k6_check(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    struct vu *vu = pod_base_vu(ctx);
    if (pod_is_init(ctx))
        return jsarg_throw(ctx, "Using check() in the init context is not supported");
    if (argc < 2)
        return jsarg_throw(ctx, "no checks provided to `check`");
    struct tagset *base = NULL;
    struct err e = {0};
    int rc = mod_arg_tags(ctx, vu->tags, argc > 2 ? argv[2] : JS_UNDEFINED, &base, &e);
    if (rc < 0) {
        if (rc != ERR_SCRIPT)
            jsarg_throw(ctx, "%s", e.msg);
        err_deinit(&e);
        return JS_EXCEPTION;
    }
    struct k6_state *st = pod_module_state(ctx, MODULE_K6);
    JSPropertyEnum *names = NULL;
    uint32_t count = 0;
    int64_t now_ns = clock_now_ns();
    bool all = true;
    JSValue result = JS_EXCEPTION;
    if (jsarg_is_nullish(argv[1])) {
        jsarg_throw_type(ctx, "Cannot convert undefined or null to object");
        goto done;
    }
    JSValue set = JS_ToObject(ctx, argv[1]);
    if (JS_GetOwnPropertyNames(ctx, &names, &count, set, JS_GPN_STRING_MASK | JS_GPN_ENUM_ONLY) ==
        0) {
        rc = 0;
        for (uint32_t i = 0; i < count && rc >= 0; i++) {
            rc = check_one(ctx, st, base, argv[0], set, names[i].atom, &now_ns);
            all = all && rc == 1;
        }
        if (rc >= 0)
            result = JS_NewBool(ctx, all);
    }
    JS_FreePropertyEnum(ctx, names, count);
    JS_FreeValue(ctx, set);
done:
    tags_unref(base);
    return result;
}

/* Replaces the VU's group tag. */
static void set_group(struct vu *vu, struct str path)
{
    struct tagset *t = tags_with(vu->tags, STR("group"), path);
    tags_unref(vu->tags);
    vu->tags = t;
}

/* Runs the function inside the group path, and measures it. */
static JSValue run_group(JSContext *ctx, struct str path, JSValueConst fn)
{
    struct vu *vu = pod_base_vu(ctx);
    bool is_tagged = run_system_tags(vu->run) & TAG_GROUP;
    struct tagset *outer = tags_ref(vu->tags); /* keeps the outer path alive */
    struct str outer_path;
    if (!tags_get(outer, "group", &outer_path))
        outer_path = STR("");
    if (is_tagged)
        set_group(vu, path);
    int64_t start_ns = clock_now_ns();
    JSValue result = JS_Call(ctx, fn, JS_UNDEFINED, 0, NULL);
    int64_t end_ns = clock_now_ns();
    if (!(JS_IsException(result) && is_ending(vu)))
        shard_add(vu->shard, run_builtins(vu->run)->group_duration, vu->tags, vu->metadata, end_ns,
                  (double)(end_ns - start_ns) / 1e6);
    /* Only the path goes back: tags that the script set inside stay. */
    if (is_tagged)
        set_group(vu, outer_path);
    tags_unref(outer);
    return result;
}

static JSValue k6_group(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    struct vu *vu = pod_base_vu(ctx);
    struct str name, outer;
    if (!mod_arg_str(ctx, argc, argv, 0, &name))
        return JS_EXCEPTION;
    JSValue result = JS_EXCEPTION;
    struct buf path;
    buf_init(&path, BUF_NO_LIMIT);
    if (pod_is_init(ctx)) {
        jsarg_throw(ctx, "Using group() in the init context is not supported");
    } else if (argc < 2 || !JS_IsFunction(ctx, argv[1])) {
        jsarg_throw(ctx, "group() requires a callback as a second argument");
    } else if (mod_arg_is_async(ctx, argv[1])) {
        jsarg_throw(ctx,
                    "group() does not support async functions as arguments, please see "
                    "https://grafana.com/docs/k6/latest/javascript-api/k6/group/ for more info");
    } else if (str_finds(name, GROUP_SEPARATOR) >= 0) {
        jsarg_throw(ctx, "%s", SEPARATOR_ERROR);
    } else {
        if (!tags_get(vu->tags, "group", &outer))
            outer = STR("");
        buf_add_str(&path, outer);
        if (outer.len > 0 || name.len > 0) { /* the unnamed group in the root is the root */
            buf_adds(&path, GROUP_SEPARATOR);
            buf_add_str(&path, name);
        }
        result = run_group(ctx, (struct str){path.data, path.len}, argv[1]);
    }
    buf_deinit(&path);
    jsarg_free_str(ctx, name);
    return result;
}

static JSValue k6_sleep(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    double seconds = 0;
    if (argc > 0 && JS_ToFloat64(ctx, &seconds, argv[0]) < 0)
        return JS_EXCEPTION;
    /* Not a number, and more than Go's durations hold (292 years), end at once in k6 too. */
    if (!(seconds > 0) || seconds * 1e9 >= 9223372036854775807.0)
        return JS_UNDEFINED;
    struct js_vu *v = pod_vu(ctx);
    struct worker *w = pod_worker(ctx);
    int64_t deadline_ns = clock_add(clock_now_ns(), (int64_t)(seconds * 1e9));
    int rc;
    POD_PARK(v, rc = fiber_sleep_until(w, deadline_ns));
    return rc < 0 ? pod_throw_interrupt(ctx) : JS_UNDEFINED;
}

static JSValue k6_fail(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    struct str msg;
    if (mod_arg_str(ctx, argc, argv, 0, &msg)) {
        jsarg_throw_text(ctx, msg.p != NULL ? msg : STR(""));
        jsarg_free_str(ctx, msg);
    }
    return JS_EXCEPTION;
}

static JSValue seeded_random(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    struct k6_state *st = pod_module_state(ctx, MODULE_K6);
    if (st->is_seed_of_init && !pod_is_init(ctx))
        return JS_Call(ctx, st->engine_random, this_val, 0, NULL);
    return JS_NewFloat64(ctx, lagged_random_unit(st->random));
}

static const struct lagged_table *get_table(JSContext *ctx)
{
    struct k6_shared *shared = pod_module_shared(ctx, MODULE_K6);
    pthread_mutex_lock(&shared->lock);
    if (!shared->is_made)
        lagged_table_make(&shared->table);
    shared->is_made = true;
    pthread_mutex_unlock(&shared->lock);
    return &shared->table;
}

/* The engine's own generator can't be seeded: Math.random is replaced by one that can. */
static int replace_random(JSContext *ctx, struct k6_state *st)
{
    JSValue global = JS_GetGlobalObject(ctx);
    JSValue math = JS_GetPropertyStr(ctx, global, "Math");
    JSValue before = JS_IsException(math) ? math : JS_GetPropertyStr(ctx, math, "random");
    int rc = JS_IsException(before)
                 ? -1
                 : JS_DefinePropertyValueStr(
                       ctx, math, "random", JS_NewCFunction(ctx, seeded_random, "random", 0),
                       JS_PROP_WRITABLE | JS_PROP_CONFIGURABLE | JS_PROP_THROW);
    if (rc >= 0) {
        st->random = MEM_NEW(struct lagged_random);
        st->engine_random = JS_DupValue(ctx, before);
    }
    JS_FreeValue(ctx, before);
    JS_FreeValue(ctx, math);
    JS_FreeValue(ctx, global);
    return rc < 0 ? -1 : 0;
}

static JSValue k6_random_seed(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    struct k6_state *st = pod_module_state(ctx, MODULE_K6);
    int64_t seed = 0;
    if (argc > 0 && JS_ToInt64(ctx, &seed, argv[0]) < 0)
        return JS_EXCEPTION;
    if (st->random == NULL && replace_random(ctx, st) < 0)
        return JS_EXCEPTION;
    lagged_random_seed(st->random, get_table(ctx), seed);
    st->is_seed_of_init = pod_is_init(ctx);
    return JS_UNDEFINED;
}

static const JSCFunctionListEntry functions[] = {
    JS_CFUNC_DEF("check", 3, k6_check), JS_CFUNC_DEF("fail", 1, k6_fail),
    JS_CFUNC_DEF("group", 2, k6_group), JS_CFUNC_DEF("randomSeed", 1, k6_random_seed),
    JS_CFUNC_DEF("sleep", 1, k6_sleep),
};

static int k6_open(JSContext *ctx, JSValueConst exports, int index, void *state)
{
    return JS_SetPropertyFunctionList(ctx, exports, functions,
                                      (int)(sizeof(functions) / sizeof(functions[0])));
}

static void k6_close(JSContext *ctx, void *state)
{
    struct k6_state *st = state;
    for (int i = 0; i < CHECK_SLOTS; i++)
        slot_clear(ctx, &st->slots[i]);
    if (st->random != NULL)
        JS_FreeValue(ctx, st->engine_random);
    mem_free(st->random);
}

static void *k6_shared_new(void)
{
    struct k6_shared *shared = MEM_NEW(struct k6_shared);
    pthread_mutex_init(&shared->lock, NULL);
    return shared;
}

static void k6_shared_free(void *state)
{
    struct k6_shared *shared = state;
    pthread_mutex_destroy(&shared->lock);
    mem_free(shared);
}

const struct js_module mod_k6 = {
    .name = "k6",
    .state_size = sizeof(struct k6_state),
    .open = k6_open,
    .close = k6_close,
    .shared_new = k6_shared_new,
    .shared_free = k6_shared_free,
    .has_default = true,
    .has_named = true,
};
