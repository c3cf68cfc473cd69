/* js_harness_test.c - the harness that this folder's tests run scripts with (js_harness.h), and the
 * simplest scripts in it. */
#include "js/js_harness.h"

#include <ftw.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "core/clock.h"
#include "js/jsarg.h"
#include "js/jsloop.h"
#include "js/setup_data.h"
#include "js/virtual_array.h"
#include "js/vu_script.h"
#include "test.h"

/* ---- the module k6/test ---- */

static JSValue test_park(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    struct js_vu *v = pod_vu(ctx);
    int rc;
    POD_PARK(v, rc = fiber_yield(pod_worker(ctx)));
    return rc < 0 ? pod_throw_interrupt(ctx) : JS_UNDEFINED;
}

static JSValue test_park_ms(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    struct js_vu *v = pod_vu(ctx);
    double ms = 0;
    int rc;
    JS_ToFloat64(ctx, &ms, argv[0]);
    POD_PARK(v, rc = fiber_sleep_until(pod_worker(ctx), clock_now_ns() + (int64_t)(ms * 1e6)));
    return rc < 0 ? pod_throw_interrupt(ctx) : JS_UNDEFINED;
}

struct later {
    struct jsloop_op op;
    JSValue value, resolve, reject;
    struct fiber *helper;
    struct worker *worker;
};

static void later_free(JSContext *ctx, struct later *l)
{
    JS_FreeValue(ctx, l->value);
    JS_FreeValue(ctx, l->resolve);
    JS_FreeValue(ctx, l->reject);
    mem_free(l);
}

static void later_finish(JSContext *ctx, struct jsloop_op *op)
{
    struct later *l = (struct later *)(void *)op;
    JS_FreeValue(ctx, JS_Call(ctx, l->resolve, JS_UNDEFINED, 1, (JSValueConst *)&l->value));
    later_free(ctx, l);
}

static void later_cancel(JSContext *ctx, struct jsloop_op *op)
{
    struct later *l = (struct later *)(void *)op;
    if (l->helper != NULL) {
        struct fiber *f = l->helper;
        l->helper = NULL;
        l->op.v = NULL; /* the helper sees that nobody waits */
        JS_FreeValue(ctx, l->value);
        JS_FreeValue(ctx, l->resolve);
        JS_FreeValue(ctx, l->reject);
        fiber_cancel(f);
        return;
    }
    later_free(ctx, l);
}

static void later_helper(void *arg)
{
    struct later *l = arg;
    fiber_yield(l->worker);
    fiber_yield(l->worker);
    if (l->helper == NULL) {
        mem_free(l);
        return;
    }
    l->helper = NULL;
    jsloop_done(&l->op);
}

static JSValue test_later(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    JSValue resolving[2];
    JSValue promise = JS_NewPromiseCapability(ctx, resolving);
    struct later *l = MEM_NEW(struct later);
    l->value = JS_DupValue(ctx, argv[0]);
    l->resolve = resolving[0];
    l->reject = resolving[1];
    l->worker = pod_worker(ctx);
    jsloop_begin(pod_vu(ctx), &l->op, later_finish, later_cancel);
    l->helper = fiber_spawn(l->worker, FIBER_HELPER, later_helper, l);
    return promise;
}

static JSValue test_cancel_me(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    fiber_cancel(pod_base_vu(ctx)->fiber);
    return JS_UNDEFINED;
}

static JSValue test_abort(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    return pod_throw_abort(ctx, STR("told to"));
}

static JSValue test_throw_go(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    struct str s;
    if (!jsarg_str(ctx, argv[0], &s))
        return JS_EXCEPTION;
    jsarg_throw(ctx, "%s", s.p);
    jsarg_free_str(ctx, s);
    return JS_EXCEPTION;
}

static JSValue test_go(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    struct buf text;
    buf_init(&text, BUF_NO_LIMIT);
    JSValue v = JS_EXCEPTION;
    if (jsarg_put_go(&text, ctx, argv[0]) == 0)
        v = jsarg_new_str(ctx, (struct str){text.data, text.len});
    buf_deinit(&text);
    return v;
}

static JSValue test_gc(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    JS_RunGC(JS_GetRuntime(ctx));
    return JS_UNDEFINED;
}

static JSValue test_memory(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    return JS_NewInt64(ctx, (int64_t)engine_memory(JS_GetRuntime(ctx)));
}

/* An array of n objects {i}, made at each read; element 13 throws. */
static JSValue squares_get(JSContext *ctx, void *opaque, uint32_t i)
{
    if (i == 13)
        return jsarg_throw(ctx, "unlucky");
    JSValue object = JS_NewObject(ctx);
    JS_SetPropertyStr(ctx, object, "square", JS_NewUint32(ctx, i * i));
    return object;
}

static void squares_free(JSRuntime *rt, void *opaque)
{
    mem_free(opaque);
}

static JSValue test_squares(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    static const struct virtual_array_ops ops = {squares_get, squares_free,
                                                 "squares are read-only"};
    uint32_t n = 0;
    JS_ToUint32(ctx, &n, argv[0]);
    return virtual_array_new(ctx, &ops, mem_alloc(16), n);
}

static const JSCFunctionListEntry TEST_FUNCTIONS[] = {
    JS_CFUNC_DEF("squares", 1, test_squares),
    JS_CFUNC_DEF2("park", 0, test_park, JS_PROP_C_W_E),
    JS_CFUNC_DEF("parkMs", 1, test_park_ms),
    JS_CFUNC_DEF("later", 1, test_later),
    JS_CFUNC_DEF("cancelMe", 0, test_cancel_me),
    JS_CFUNC_DEF("abort", 0, test_abort),
    JS_CFUNC_DEF("throwGo", 1, test_throw_go),
    JS_CFUNC_DEF("go", 1, test_go),
    JS_CFUNC_DEF("gc", 0, test_gc),
    JS_CFUNC_DEF("memory", 0, test_memory),
};

static int test_module_open(JSContext *ctx, JSValueConst exports, int index, void *state)
{
    *(int *)state = 7;
    if (index == 0) {
        atomic_int *loads = pod_module_shared(ctx, index);
        int count = atomic_fetch_add(loads, 1) + 1;
        JS_SetPropertyStr(ctx, exports, "sharedCount", JS_NewInt32(ctx, count));
        JS_SetPropertyStr(ctx, exports, "testGlobal", JS_NewString(ctx, "a global"));
    }
    return JS_SetPropertyFunctionList(ctx, exports, TEST_FUNCTIONS,
                                      sizeof TEST_FUNCTIONS / sizeof TEST_FUNCTIONS[0]);
}

static void *test_shared_new(void)
{
    return MEM_NEW(atomic_int);
}

static const struct js_module TEST_MODULE = {
    .shared_new = test_shared_new,
    .shared_free = mem_free,
    .global = "testGlobal",
    .name = "k6/test",
    .state_size = sizeof(int),
    .open = test_module_open,
    .has_default = true,
    .has_named = true,
};
static const struct js_module DEFAULT_ONLY_MODULE = {
    .name = "k6/defaultonly",
    .state_size = sizeof(int),
    .open = test_module_open,
    .has_default = true,
};
static const struct js_module *const TEST_MODULES[] = {&TEST_MODULE, &DEFAULT_ONLY_MODULE};
static const struct js_module_table TEST_TABLE = {TEST_MODULES, 2, NULL, 0};

/* ---- the harness ---- */

static void make_dir(struct harness *h)
{
    char template[] = "/tmp/c6-js-test-XXXXXX";
    if (h->dir == NULL)
        h->dir = mem_strdup(mkdtemp(template));
    assert_non_null(h->dir);
}

void harness_file(struct harness *h, const char *name, const char *text)
{
    make_dir(h);
    char *path = mem_printf("%s/%s", h->dir, name);
    for (char *slash = path + strlen(h->dir) + 1; (slash = strchr(slash, '/')) != NULL; slash++) {
        *slash = '\0';
        mkdir(path, 0700);
        *slash = '/';
    }
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
    mem_free(path);
}

static struct logger *open_log(int *fd)
{
    *fd = memfd_create("c6-test-log", 0);
    struct log_config config = {.format = LOG_FORMAT_RAW, .level = LOG_DEBUG, .fd = *fd};
    return log_new(&config);
}

static int load_script(struct harness *h, const char *text)
{
    harness_file(h, "script.js", text);
    char *path = mem_printf("%s/script.js", h->dir);
    h->console_logger = open_log(&h->console_fd);
    h->logger = open_log(&h->log_fd);
    struct script_config config = {
        .path = path,
        .modules = &TEST_TABLE,
        .env = h->env,
        .env_count = h->env_count,
        .logger = h->logger,
        .console_logger = h->console_logger,
        .console_source = "console",
    };
    h->rc = script_load(&h->script, &config, &h->err);
    mem_free(path);
    return h->rc;
}

static char *read_log(int fd)
{
    off_t len = lseek(fd, 0, SEEK_END);
    char *text = mem_calloc(1, (size_t)len + 1);
    assert_int_equal(pread(fd, text, (size_t)len, 0), len);
    close(fd);
    return text;
}

static void collect(struct harness *h)
{
    log_free(h->console_logger);
    log_free(h->logger);
    h->console = read_log(h->console_fd);
    h->log = read_log(h->log_fd);
}

struct vu_job {
    struct harness *h;
    int index;
    struct vu *vu;
};

static struct vu *make_vu(struct harness *h, int index)
{
    struct vu *vu = NULL;
    struct vu_new_config config = {
        .worker = h->worker, .id = (uint64_t)index + 1, .id_in_test = (uint64_t)index + 1};
    int rc = script_ops_js.vu_new(h->script, &config, &vu, &h->err);
    if (rc < 0)
        h->rc = rc;
    return vu;
}

/* Without a run there is nobody to ask for the data. */
static void give_setup_data(struct js_vu *v, const char *json)
{
    js_vu_begin(v);
    v->setup_data = setup_data_parse(v, str_of(json));
    v->has_setup_data = true;
    js_vu_end(v);
}

/* On a stack of a VU's real size. */
static void run_iterations(void *arg)
{
    struct vu_job *job = arg;
    struct harness *h = job->h;
    struct vu *vu = job->vu;
    struct vu_scenario scenario = {.name = "test",
                                   .exec = h->exec != NULL ? h->exec : "default",
                                   .env = h->scenario_env,
                                   .env_count = h->scenario_env_count};
    vu->scenario = &scenario;
    script_ops_js.vu_activate(vu, &scenario);
    for (int i = 0; i < (h->iterations > 0 ? h->iterations : 1); i++) {
        vu->iteration = i;
        if (h->before_iteration != NULL)
            h->before_iteration(vu);
        h->results[script_ops_js.vu_iterate(vu)]++;
        fiber_uncancel(fiber_current(h->worker));
    }
    script_ops_js.vu_deactivate(vu);
    script_ops_js.vu_free(vu);
    h->running--;
    mem_free(job);
}

static void make_and_iterate(void *arg)
{
    struct vu_job *job = arg;
    struct harness *h = job->h;
    job->vu = make_vu(h, job->index);
    if (job->vu != NULL) {
        if (h->given_setup_json != NULL)
            give_setup_data(js_vu_of(job->vu), h->given_setup_json);
        fiber_spawn(h->worker, FIBER_VU, run_iterations,
                    job); /* after the others that are being made */
        return;
    }
    h->running--;
    mem_free(job);
}

static bool nobody_runs(void *opaque)
{
    return ((struct harness *)opaque)->running == 0;
}

static void run_fibers(struct harness *h, int count, void (*fn)(void *))
{
    h->worker = worker_new(0);
    assert_non_null(h->worker);
    h->running = count;
    for (int i = 0; i < count; i++) {
        struct vu_job *job = MEM_NEW(struct vu_job);
        job->h = h;
        job->index = i;
        fiber_spawn(h->worker, FIBER_BIG, fn, job);
    }
    worker_run_here(h->worker, nobody_runs, h);
    worker_free(h->worker);
}

void harness_run(struct harness *h, const char *text)
{
    if (load_script(h, text) == 0)
        run_fibers(h, h->vus > 0 ? h->vus : 1, make_and_iterate);
    collect(h);
}

struct hook_args {
    int timeout_ms;
    const char *summary_data;
};

static void run_hooks(void *arg)
{
    struct vu_job *job = arg;
    struct harness *h = job->h;
    const struct hook_args *args = (const void *)h->setup_json;
    int64_t wait_ns = (int64_t)args->timeout_ms * 1000000;
    struct summary_call call = {.data = str_of(args->summary_data), .wants_after = true};
    h->setup_json = NULL;
    struct vu *vu = make_vu(h, -1);
    if (vu != NULL && script_ops_js.has_export(h->script, "setup"))
        h->setup_result =
            script_ops_js.vu_setup(vu, clock_now_ns() + wait_ns, &h->setup_json, &h->err);
    if (vu != NULL && script_ops_js.has_export(h->script, "teardown"))
        h->teardown_result = script_ops_js.vu_teardown(vu, clock_now_ns() + wait_ns, &h->err);
    if (vu != NULL)
        h->summary_result =
            script_ops_js.vu_handle_summary(vu, clock_now_ns() + wait_ns, &call, &h->err);
    h->summary_json = call.result;
    h->summary_called = call.is_called;
    h->summary_data = call.data_after;
    script_ops_js.vu_free(vu);
    h->running--;
    mem_free(job);
}

void harness_hooks(struct harness *h, const char *text, int timeout_ms, const char *summary_data)
{
    struct hook_args args = {timeout_ms, summary_data != NULL ? summary_data : "{}"};
    h->setup_json = (char *)(void *)&args; /* lent to the fiber, which replaces it */
    if (load_script(h, text) == 0)
        run_fibers(h, 1, run_hooks);
    else
        h->setup_json = NULL;
    collect(h);
}

static int remove_entry(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
    return remove(path);
}

void harness_end(struct harness *h)
{
    script_free(h->script);
    err_deinit(&h->err);
    mem_free(h->console);
    mem_free(h->log);
    mem_free(h->setup_json);
    mem_free(h->summary_json);
    mem_free(h->summary_data);
    if (h->dir != NULL)
        nftw(h->dir, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
    mem_free(h->dir);
    memset(h, 0, sizeof *h);
}

/* ---- tests ---- */

static void an_empty_default_function_runs(void **state)
{
    struct harness h = {.iterations = 3};
    harness_run(&h, "export default function () {}");
    assert_int_equal(h.rc, 0);
    assert_int_equal(h.results[VU_OK], 3);
    assert_string_equal(h.console, "");
    assert_string_equal(h.log, "");
    harness_end(&h);
}

static void iterations_print_in_several_vus(void **state)
{
    struct harness h = {.vus = 20, .iterations = 2};
    harness_run(&h, "import { park } from 'k6/test'; let n = 0;"
                    "export default function () { park(); n++; if (__VU === 3) "
                    "console.log(`${__VU} ${__ITER} ${n}`); }");
    assert_int_equal(h.rc, 0);
    assert_int_equal(h.results[VU_OK], 40);
    assert_string_equal(h.console, "3 0 1\n3 1 2\n");
    harness_end(&h);
}

static void a_module_may_share_data_between_vus(void **state)
{
    struct harness h = {.vus = 3};
    harness_run(&h, "import { sharedCount } from 'k6/test'; export default function () { "
                    "console.log(sharedCount); }");
    assert_int_equal(h.rc, 0);
    assert_int_equal(strlen(h.console), 6);
    for (const char *const *n = (const char *const[]){"2\n", "3\n", "4\n", NULL}; *n != NULL; n++)
        assert_non_null(strstr(h.console, *n)); /* 1 was the load; VUs come in any order */
    harness_end(&h);
}

static void a_module_may_offer_a_global(void **state)
{
    struct harness h = {.vus = 2};
    harness_run(
        &h,
        "export default function () { if (__VU == 1) { console.log(typeof testGlobal, testGlobal, "
        "'testGlobal' in globalThis);"
        "testGlobal = 5; console.log(testGlobal, Object.keys(globalThis).includes('testGlobal')); }"
        "else { var testGlobal_ = 1; console.log(globalThis.testGlobal); } }");
    assert_int_equal(h.rc, 0);
    /* The VUs take turns as the clock has it. */
    assert_non_null(strstr(h.console, "string a global true\n"));
    assert_non_null(strstr(h.console, "5 true\n"));
    assert_true(strncmp(h.console, "a global\n", 9) == 0 ||
                strstr(h.console, "\na global\n") != NULL);
    assert_int_equal(strlen(h.console), 21 + 7 + 9);
    harness_end(&h);
}

TEST_SUITE(js_harness){
    TEST(an_empty_default_function_runs)
    TEST(iterations_print_in_several_vus)
    TEST(a_module_may_share_data_between_vus)
    TEST(a_module_may_offer_a_global)
    TEST_END
};
