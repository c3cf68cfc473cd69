/* vu_script_test.c - iterations that throw, setup, teardown, handleSummary, limits on stack and
 * memory. */
#include <string.h>

#include "base/mem.h"
#include "js/js_harness.h"
#include "js/pod_int.h"
#include "test.h"

static void what_is_thrown_is_logged_as_k6_does(void **state)
{
    static const char *const kinds[][2] = {
        {"'a plain string'", "a plain string"},
        {"42", "42"},
        {"{ code: 7 }", "[object Object]"},
        {"null", "null"},
        {"undefined", "undefined"},
        {"['a', 'list']", "a,list"},
        {"Symbol('s')", "s"},
        {"Object.create(null)", "[object Object]"},
        {"{ toString() { throw 1; } }", "[object Object]"},
        {"new (class Special extends Error { get name() { return 'Special'; } })('sub')",
         "Special: sub"},
        {"new Error('')", "Error"},
        {"new Error('two\\nlines')", "Error: two\nlines"},
        {"new AggregateError([1], 'several')", "AggregateError: several"},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        struct harness h = {0};
        char *script = mem_printf("export default function () { throw %s; }", kinds[i][0]);
        harness_run(&h, script);
        assert_int_equal(h.results[VU_FAILED], 1);
        assert_int_equal(strncmp(h.log, kinds[i][1], strlen(kinds[i][1])), 0);
        assert_true(h.log[strlen(kinds[i][1])] == '\n');
        mem_free(script);
        harness_end(&h);
    }
}

#ifndef __SANITIZE_ADDRESS__ /* whose frames are several times as large */
static void thousands_of_calls_deep_works(void **state)
{
    struct harness h = {0};
    harness_run(
        &h,
        "const sum = (n) => (n === 0 ? 0 : n + sum(n - 1)); function even(n) { return n === 0 ? "
        "true : odd(n - 1); } function odd(n) { return n === 0 ? false : even(n - 1); }"
        "export default function () { console.log(sum(5000), even(5000)); let nested = []; for "
        "(let i = 0; i < 1000; i++) nested = [nested];"
        "console.log(JSON.stringify(nested).length, JSON.parse(JSON.stringify(nested)).length); }");
    assert_string_equal(h.console, "12502500 true\n2002 1\n");
    harness_end(&h);
}
#endif

static void endless_recursion_throws_and_the_test_goes_on(void **state)
{
    struct harness h = {.vus = 3, .iterations = 3};
    harness_run(&h, "import { park } from 'k6/test'; let depth = 0; function f() { depth++; if "
                    "(depth % 100 === 0) park(); f(); }"
                    "export default function () { depth = 0; if (__ITER === 1) f(); try { f(); } "
                    "catch (e) { console.log(e.name, depth > 500); } }");
    assert_int_equal(h.results[VU_FAILED], 3);
    assert_int_equal(h.results[VU_OK], 6);
    assert_string_equal(h.console, "RangeError true\nRangeError true\nRangeError true\nRangeError "
                                   "true\nRangeError true\nRangeError true\n");
    assert_memory_equal(h.log, "RangeError: Maximum call stack size exceeded\n", 45);
    harness_end(&h);
}

/* A smaller limit than the real one, for the machine's sake. */
static void limit_memory(struct vu *vu)
{
    JS_SetMemoryLimit(js_vu_of(vu)->pod->rt, 200 << 20);
}

static void runaway_memory_fails_the_iteration_and_is_given_back(void **state)
{
    struct harness h = {.iterations = 2, .before_iteration = limit_memory};
    harness_run(&h, "import { memory } from 'k6/test'; export default function () { if (__ITER === "
                    "1) { console.log(memory() < 64e6); return; }"
                    "const keep = []; for (;;) keep.push('x'.repeat(1 << 24) + keep.length); }");
    assert_int_equal(h.results[VU_FAILED], 1);
    assert_int_equal(h.results[VU_OK], 1);
    assert_non_null(strstr(h.log, "out of memory"));
    assert_string_equal(h.console, "true\n");
    harness_end(&h);
}

static void setup_data_reaches_iterations_as_the_vus_own_copy(void **state)
{
    struct harness h = {.vus = 2, .iterations = 2, .given_setup_json = "{\"n\":0}"};
    harness_run(&h, "export default function (data) { data.n++; if (__ITER === 1) "
                    "console.log(arguments.length, data.n); }");
    assert_string_equal(h.console, "1 2\n1 2\n");
    harness_end(&h);
}

static void without_setup_data_the_argument_is_undefined(void **state)
{
    struct harness h = {0};
    harness_run(&h,
                "export default function (data) { console.log(arguments.length, typeof data); }");
    assert_string_equal(h.console, "1 undefined\n");
    harness_end(&h);
}

static void hooks_may_be_async(void **state)
{
    struct harness h = {0};
    harness_hooks(
        &h,
        "const wait = (ms) => new Promise((r) => setTimeout(r, ms)); export default function () {}"
        "export async function setup() { await wait(2); return { v: 42 }; } export async function "
        "teardown(d) { await wait(1); console.log('down', typeof d); }"
        "export async function handleSummary(s) { await wait(1); return { stdout: `count "
        "${s.count}` }; }",
        5000, "{\"count\":3}");
    assert_string_equal(h.setup_json, "{\"v\":42}");
    assert_string_equal(h.console, "down undefined\n");
    assert_string_equal(h.summary_json, "{\"stdout\":\"count 3\"}");
    harness_end(&h);
}

static void setup_that_gives_nothing_gives_no_data(void **state)
{
    static const char *const bodies[][2] = {{"", ""},
                                            {"return undefined", ""},
                                            {"return null", "null"},
                                            {"return false", "false"},
                                            {"return 'str'", "\"str\""},
                                            {"return new Promise(() => {})", ""}};
    for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
        struct harness h = {0};
        char *script = mem_printf("export function setup() { %s; } export default function () {}",
                                  bodies[i][0]);
        harness_hooks(&h, script, 5000, NULL);
        assert_int_equal(h.setup_result, VU_OK);
        assert_string_equal(h.setup_json, bodies[i][1]);
        mem_free(script);
        harness_end(&h);
    }
}

static void a_hook_that_throws_ends_with_107_and_one_that_rejects_with_255(void **state)
{
    struct harness h = {0};
    harness_hooks(
        &h,
        "export function setup() { throw new Error('no service'); } export default function () {}",
        5000, NULL);
    assert_int_equal(h.setup_result, VU_FAILED);
    assert_int_equal(h.err.exit_code, EXIT_SCRIPT_EXCEPTION);
    assert_true(h.err.is_stack);
    assert_memory_equal(h.err.msg, "Error: no service\n\tat ", 22);
    harness_end(&h);
    harness_hooks(&h,
                  "export async function teardown() { throw new Error('later'); } export default "
                  "function () {}",
                  5000, NULL);
    assert_int_equal(h.teardown_result, VU_FAILED);
    assert_int_equal(h.err.exit_code, EXIT_GENERIC);
    assert_false(h.err.is_stack);
    assert_memory_equal(h.err.msg, "Uncaught (in promise) Error: later\n", 35);
    harness_end(&h);
    harness_hooks(&h,
                  "import { abort } from 'k6/test'; export function setup() { abort(); } export "
                  "default function () {}",
                  5000, NULL);
    assert_int_equal(h.setup_result, VU_ABORTED);
    harness_end(&h);
}

static void hooks_end_at_their_deadline(void **state)
{
    struct harness h = {0};
    harness_hooks(&h,
                  "import { parkMs } from 'k6/test'; export function setup() { parkMs(60000); } "
                  "export function teardown() { for (;;); }"
                  "export function handleSummary() { return new Promise((r) => setTimeout(r, "
                  "60000)); } export default function () {}",
                  50, NULL);
    assert_int_equal(h.setup_result, VU_TIMED_OUT);
    assert_int_equal(h.teardown_result, VU_TIMED_OUT);
    assert_int_equal(h.summary_result, VU_TIMED_OUT);
    assert_int_equal(h.err.exit_code, EXIT_SETUP_TIMEOUT); /* the first that was set */
    assert_string_equal(h.err.msg, "handleSummary() execution timed out after 0 seconds");
    harness_end(&h);
}

static void handle_summary_may_change_its_argument(void **state)
{
    struct harness h = {0};
    harness_hooks(&h,
                  "export default function () {} export function handleSummary(d) { delete d.b; "
                  "d.c.push(2); d.n = NaN; throw new Error('later'); }",
                  5000, "{\"a\":\"x\",\"b\":1,\"c\":[1]}");
    assert_int_equal(h.summary_result, VU_OK);
    assert_null(h.summary_json);
    assert_string_equal(h.summary_data, "{\"a\":\"x\",\"c\":[1,2],\"n\":null}");
    harness_end(&h);
    harness_hooks(&h,
                  "export default function () {} export function handleSummary(d) { d.d = d; "
                  "return { stdout: 'x' }; }",
                  5000, "{}");
    assert_int_equal(h.summary_result, VU_OK);
    assert_string_equal(h.summary_json, "{\"stdout\":\"x\"}");
    assert_null(h.summary_data);
    harness_end(&h);
}

static void handle_summary_gives_texts_by_place(void **state)
{
    struct harness h = {0};
    harness_hooks(&h,
                  "export default function () {} export function handleSummary(d) { return { "
                  "stdout: d.a + '\\n', 'f.txt': new Uint8Array([104, 105]).buffer }; }",
                  5000, "{\"a\":\"x\"}");
    assert_int_equal(h.summary_result, VU_OK);
    assert_true(h.summary_called);
    assert_string_equal(h.summary_json, "{\"stdout\":\"x\\n\",\"f.txt\":\"hi\"}");
    harness_end(&h);
}

static void handle_summary_results_of_other_kinds(void **state)
{
    static const struct {
        const char *body;
        enum vu_result result;
        const char *json, *msg;
    } cases[] = {
        {"", VU_OK, NULL, NULL},
        {"return null", VU_OK, NULL, NULL},
        {"return false", VU_OK, NULL, NULL},
        {"return 0", VU_OK, NULL, NULL},
        {"return ''", VU_OK, NULL, NULL},
        {"return {}", VU_OK, "{}", NULL},
        {"return 'text'", VU_FAILED, NULL, "handleSummary() should return a map with string keys"},
        {"return 5", VU_FAILED, NULL, "handleSummary() should return a map with string keys"},
        {"return new Date(0)", VU_FAILED, NULL,
         "handleSummary() should return a map with string keys"},
        {"return new Proxy({ stdout: 'x' }, {})", VU_FAILED, NULL,
         "handleSummary() should return a map with string keys"},
        {"return new String('x')", VU_OK, "{}", NULL},
        {"return { stdout: 'x', f: 5 }", VU_FAILED, NULL,
         "error handling summary object f: invalid type, it needs to be a string or ArrayBuffer"},
        {"return { f: undefined }", VU_FAILED, NULL,
         "error handling summary object f: invalid type, it needs to be a string or ArrayBuffer"},
        {"throw new Error('summary broke')", VU_OK, NULL, NULL},
        {"return Promise.reject(new Error('no'))", VU_OK, "{}", NULL},
        {"return Promise.reject()", VU_OK, NULL, NULL},
        {"return Promise.reject('text')", VU_FAILED, NULL,
         "handleSummary() should return a map with string keys"},
        {"Promise.reject('lost'); return { stdout: 'x' }", VU_OK, "{\"stdout\":\"x\"}", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct harness h = {0};
        char *script = mem_printf(
            "export default function () {} export function handleSummary() { %s; }", cases[i].body);
        harness_hooks(&h, script, 5000, NULL);
        assert_int_equal(h.summary_result, cases[i].result);
        assert_true(h.summary_called);
        if (cases[i].json == NULL)
            assert_null(h.summary_json);
        else
            assert_string_equal(h.summary_json, cases[i].json);
        if (cases[i].msg != NULL)
            assert_int_equal(strncmp(h.err.msg, cases[i].msg, strlen(cases[i].msg)), 0);
        mem_free(script);
        harness_end(&h);
    }
}

static void what_goes_wrong_in_handle_summary_is_logged(void **state)
{
    struct harness h = {0};
    harness_hooks(
        &h,
        "export default function () {} export function handleSummary() { throw new Error('a'); }",
        5000, NULL);
    assert_int_equal(strncmp(h.log, "Error: a\n", 9), 0);
    harness_end(&h);
    harness_hooks(
        &h, "export default function () {} export async function handleSummary() { throw 'b'; }",
        5000, NULL);
    assert_string_equal(h.log, "Uncaught (in promise) b\n");
    harness_end(&h);
}

static void a_summary_hook_that_is_no_function_is_told(void **state)
{
    struct harness h = {0};
    harness_hooks(
        &h, "export default function () {} export const handleSummary = { not: 'a function' };",
        5000, NULL);
    assert_int_equal(h.summary_result, VU_FAILED);
    assert_string_equal(h.err.msg, "exported identifier handleSummary must be a function");
    harness_end(&h);
    harness_hooks(&h, "export default function () {}", 5000, NULL);
    assert_false(h.summary_called);
    harness_end(&h);
}

static void another_exported_function_can_be_the_one_to_run(void **state)
{
    struct harness h = {.exec = "other"};
    harness_run(&h, "export function other() { console.log('other'); } export default function () "
                    "{ console.log('default'); }");
    assert_string_equal(h.console, "other\n");
    harness_end(&h);
}

TEST_SUITE(vu_script){
    TEST(what_is_thrown_is_logged_as_k6_does)
#ifndef __SANITIZE_ADDRESS__
    TEST(thousands_of_calls_deep_works)
#endif
    TEST(endless_recursion_throws_and_the_test_goes_on)
    TEST(runaway_memory_fails_the_iteration_and_is_given_back)
    TEST(setup_data_reaches_iterations_as_the_vus_own_copy)
    TEST(without_setup_data_the_argument_is_undefined)
    TEST(hooks_may_be_async)
    TEST(setup_that_gives_nothing_gives_no_data)
    TEST(a_hook_that_throws_ends_with_107_and_one_that_rejects_with_255)
    TEST(hooks_end_at_their_deadline)
    TEST(handle_summary_gives_texts_by_place)
    TEST(handle_summary_may_change_its_argument)
    TEST(what_goes_wrong_in_handle_summary_is_logged)
    TEST(handle_summary_results_of_other_kinds)
    TEST(a_summary_hook_that_is_no_function_is_told)
    TEST(another_exported_function_can_be_the_one_to_run)
    TEST_END
};
