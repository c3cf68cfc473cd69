/* globals_test.c - console, open, timers, __ENV, __VU, __ITER, error.stack. */
#include <string.h>

#include "base/mem.h"
#include "js/js_harness.h"
#include "test.h"

static void expect(struct harness *h, const char *script, const char *expected)
{
    harness_run(h, script);
    if (h->rc < 0)
        print_error("%s\n", h->err.msg);
    assert_int_equal(h->rc, 0);
    assert_string_equal(h->log, "");
    assert_string_equal(h->console, expected);
    harness_end(h);
}

static void the_console_has_k6s_methods(void **state)
{
    struct harness h = {0};
    expect(
        &h,
        "export default function () { console.log('l'); console.info('i'); console.debug('d'); "
        "console.warn('w'); console.error('e');"
        "const { log } = console; log('bound'); console.log(Object.keys(console).sort().join()); }",
        "l\ni\nd\nw\ne\nbound\ndebug,error,info,log,warn\n");
}

static void open_reads_text_and_bytes_relative_to_the_module(void **state)
{
    struct harness h = {.vus = 2};
    harness_file(&h, "data/text.txt", "line\ncaf\xC3\xA9\xFF\n");
    harness_file(&h, "lib/near.txt", "near");
    harness_file(&h, "lib/near.js", "export const near = open('./near.txt');");
    expect(&h,
           "import { near } from './lib/near.js'; const t = open('./data/text.txt'), bare "
           "= open('data/text.txt'), b = open('data/text.txt', 'b');"
           "const odd = typeof open('./data/text.txt', 'x');"
           "const url = open('file://' + import.meta.resolve('./lib/near.txt').replace('file://', "
           "''));"
           "export default function () { if (__VU === 2) console.log(JSON.stringify(t), t === "
           "bare, b.byteLength, new Uint8Array(b)[8], near, odd, url); }",
           "\"line\\ncaf\xC3\xA9\xEF\xBF\xBD\\n\" true 12 195 near string near\n");
}

static void open_in_a_function_is_relative_to_the_module_that_calls_it(void **state)
{
    struct harness h = {.vus = 2};
    harness_file(&h, "a.txt", "main's");
    harness_file(&h, "lib/a.txt", "lib's");
    harness_file(&h, "lib/reader.js", "module.exports = () => open('./a.txt');");
    harness_file(&h, "lib/caller.js", "exports.text = require('./reader.js')();");
    harness_run(&h, "import read from './lib/reader.js'; const { text } = "
                    "require('./lib/caller.js'); const own = read();"
                    "export default function () { console.log(text, own); }");
    assert_int_equal(h.rc, 0);
    assert_string_equal(h.console, "lib's main's\nlib's main's\n");
    char *once = strstr(h.log, "open() takes a relative path");
    assert_non_null(once);
    assert_null(strstr(once + 1, "open() takes a relative path"));
    harness_end(&h);
}

static void open_refuses_with_k6s_words(void **state)
{
    struct harness h = {0};
    harness_file(&h, "data/x", "");
    expect(&h,
           "const out = []; const attempt = (f) => { try { f(); out.push('no'); } catch (e) { "
           "out.push(e.name + ': ' + e.message.replace(/\\/tmp\\/[^/]*/, 'D')); } };"
           "attempt(() => open('./nope')); attempt(() => open('./data')); attempt(() => open('')); "
           "attempt(() => open()); attempt(() => open(null));"
           "export default function () { attempt(() => open('data/x')); "
           "console.log(out.join('\\n')); }",
           "GoError: stat D/nope: no such file or directory\n"
           "GoError: open() can't be used with directories, path: \"D/data\"\n"
           "GoError: open() can't be used with an empty filename\nGoError: open() can't be used "
           "with an empty filename\n"
           "GoError: open() can't be used with an empty filename\n"
           "GoError: the \"open\" function is only available in the init stage (i.e. the global "
           "scope), see "
           "https://grafana.com/docs/k6/latest/using-k6/test-lifecycle/ for more information\n");
}

static void open_in_a_vu_gives_only_what_vu_0_opened(void **state)
{
    struct harness h = {0};
    harness_file(&h, "a.txt", "a");
    harness_run(&h, "if (__VU > 0) open('./a.txt'); export default function () {}");
    assert_true(h.rc < 0);
    assert_non_null(strstr(h.err.msg, "weren't previously opened during initialization (__VU==0)"));
    harness_end(&h);
}

static void an_opened_buffer_is_each_vus_own(void **state)
{
    struct harness h = {.vus = 2};
    harness_file(&h, "a.bin", "abc");
    expect(&h,
           "const b = new Uint8Array(open('./a.bin', 'b')); export default function () { b[0]++; "
           "console.log(b[0]); }",
           "98\n98\n");
}

static void env_is_there_and_each_vus_own(void **state)
{
    char names[][8] = {"ONE", "EMPTY", "\xC3\xA9"}, values[][8] = {"1", "", "caf\xC3\xA9"};
    struct key_value env[] = {{names[0], values[0]}, {names[1], values[1]}, {names[2], values[2]}};
    struct harness h = {.vus = 2, .env = env, .env_count = 3};
    expect(&h,
           "export default function () { __ENV.NEW = (__ENV.NEW || '') + 'x'; "
           "console.log(JSON.stringify(__ENV), typeof __ENV.NOPE); }",
           "{\"ONE\":\"1\",\"EMPTY\":\"\",\"\xC3\xA9\":\"caf\xC3\xA9\",\"NEW\":\"x\"} undefined\n"
           "{\"ONE\":\"1\",\"EMPTY\":\"\",\"\xC3\xA9\":\"caf\xC3\xA9\",\"NEW\":\"x\"} undefined\n");
}

static void a_scenarios_env_is_laid_over_and_taken_off(void **state)
{
    char names[][8] = {"A", "B", "C"}, values[][8] = {"a", "b", "over", "c"};
    struct key_value env[] = {{names[0], values[0]}, {names[1], values[1]}};
    struct key_value over[] = {{names[1], values[2]}, {names[2], values[3]}};
    struct harness h = {.env = env, .env_count = 2};
    h.scenario_env = over;
    h.scenario_env_count = 2;
    expect(&h,
           "const atInit = JSON.stringify(__ENV); export default function () { console.log(atInit, "
           "JSON.stringify(__ENV)); }",
           "{\"A\":\"a\",\"B\":\"b\"} {\"A\":\"a\",\"B\":\"over\",\"C\":\"c\"}\n");
}

static void vu_and_iteration_numbers_are_globals(void **state)
{
    struct harness h = {.iterations = 2};
    expect(&h,
           "const atInit = `${__VU} ${typeof __ITER}`; export default function () { "
           "console.log(atInit, __VU, __ITER, globalThis.__VU, global === globalThis); }",
           "1 undefined 1 0 1 true\n1 undefined 1 1 1 true\n");
}

static void hooks_have_no_iteration_number(void **state)
{
    struct harness h = {0};
    harness_hooks(&h,
                  "export function setup() { return typeof __ITER; } export default function () {}",
                  1000, NULL);
    assert_string_equal(h.setup_json, "\"undefined\"");
    harness_end(&h);
}

static void an_errors_stack_begins_with_its_text(void **state)
{
    struct harness h = {0};
    expect(&h,
           "export default function () { for (const E of [Error, TypeError, RangeError]) { const e "
           "= new E('m');"
           "console.log(e.stack.split('\\n')[0] === String(e), Object.keys(e).length, "
           "JSON.stringify(e), /\\tat .*script.js:1:/.test(e.stack)); }"
           "const own = new Error('x'); own.stack = 'mine'; console.log(own.stack, new "
           "Error().stack.split('\\n')[0], ({}).stack); }",
           "true 0 {} true\ntrue 0 {} true\ntrue 0 {} true\nmine Error undefined\n");
}

static void what_is_made_late_looks_as_if_it_had_always_been_there(void **state)
{
    struct harness h = {.vus = 2};
    expect(&h,
           "const before = typeof Uint8Array + ('Map' in globalThis) + (typeof NoSuch);"
           "export default function () { if (__VU === 2) console.log(before, new Map([[1, "
           "2]]).get(1), new Set([1]).size, new Uint8Array(2).length, "
           "typeof Proxy, typeof WeakRef, new Date(0).getTime(), new Proxy({}, { get: () => 5 "
           "}).x, globalThis.DataView === DataView, "
           "new Uint8Array(1).buffer instanceof ArrayBuffer, [...new Set([3])][0]);"
           "globalThis.Proxy = 1; delete globalThis.WeakRef; if (__VU === 2) console.log(Proxy, "
           "typeof WeakRef, typeof FinalizationRegistry); }",
           "functiontrueundefined 2 1 2 function function 0 5 true true 3\n1 undefined function\n");
}

static void a_script_may_take_a_late_name_for_itself(void **state)
{
    struct harness h = {0};
    expect(&h,
           "globalThis.Map = 'mine'; const s = new Set([1]); export default function () { "
           "console.log(Map, s.size, typeof WeakMap); }",
           "mine 1 function\n");
}

static void math_random_differs_between_vus(void **state)
{
    struct harness h = {.vus = 2};
    harness_run(&h, "export default function () { console.log(Math.random()); }");
    char *newline = strchr(h.console, '\n');
    *newline = '\0';
    assert_null(strstr(newline + 1, h.console));
    harness_end(&h);
}

TEST_SUITE(globals){
    TEST(the_console_has_k6s_methods)
    TEST(open_reads_text_and_bytes_relative_to_the_module)
    TEST(open_in_a_function_is_relative_to_the_module_that_calls_it)
    TEST(open_refuses_with_k6s_words)
    TEST(open_in_a_vu_gives_only_what_vu_0_opened)
    TEST(an_opened_buffer_is_each_vus_own)
    TEST(env_is_there_and_each_vus_own)
    TEST(a_scenarios_env_is_laid_over_and_taken_off)
    TEST(vu_and_iteration_numbers_are_globals)
    TEST(hooks_have_no_iteration_number)
    TEST(an_errors_stack_begins_with_its_text)
    TEST(what_is_made_late_looks_as_if_it_had_always_been_there)
    TEST(a_script_may_take_a_late_name_for_itself)
    TEST(math_random_differs_between_vus)
    TEST_END
};
