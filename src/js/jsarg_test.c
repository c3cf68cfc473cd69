/* jsarg_test.c - values printed, exported and thrown, checked from scripts. */
#include <stdio.h>
#include <string.h>

#include "js/js_harness.h"
#include "test.h"

/* A million objects, each looked through at each allocation; or a million calls that the thread
 * sanitizer writes down. */
#if defined(C6_FORCE_GC) || defined(__SANITIZE_THREAD__)
#define TOO_SLOW
#endif

static void expect_console(const char *script, const char *expected)
{
    struct harness h = {0};
    harness_run(&h, script);
    if (h.rc < 0)
        print_error("%s\n", h.err.msg);
    assert_int_equal(h.rc, 0);
    assert_string_equal(h.log, "");
    assert_string_equal(h.console, expected);
    harness_end(&h);
}

static void console_prints_primitives(void **state)
{
    expect_console(
        "export default function () {"
        "console.log('text'); console.log(1, 1.5, -0, NaN, Infinity, 1e21, 123456789012345680000);"
        "console.log(true, false, null, undefined); console.log(); console.log('%s', 'x'); "
        "console.log(Symbol('sym'), 10n); }",
        "text\n1 1.5 0 NaN Infinity 1e+21 123456789012345680000\ntrue false null undefined\n\n%s "
        "x\nsym 10\n");
}

static void console_prints_objects(void **state)
{
    expect_console("export default function () {"
                   "console.log({ a: 1, b: 'two', c: [1, 'x'], d: { e: null, f: undefined } }); "
                   "console.log([1, [2, [3, [4]]]]);"
                   "console.log([], {}, { fn: () => 1, name: 'n' }); console.log(new Date(0), { "
                   "when: new Date(0) }, new Date(NaN));"
                   "console.log({ 'key with space': 1 }, [undefined, null, 'str', true], [, 1]);"
                   "const o = { name: 'loop' }; o.self = o; console.log(o); const shared = {}; "
                   "console.log([shared, shared]); }",
                   "{ a: 1, b: \"two\", c: [ 1, \"x\" ], d: { e: null, f: null } }\n[ 1, [ 2, [ 3, "
                   "[ 4 ] ] ] ]\n"
                   "[] {} { fn: [object Function], name: \"n\" }\n"
                   "\"1970-01-01T00:00:00.000Z\" { when: \"1970-01-01T00:00:00.000Z\" } {}\n"
                   "{ key with space: 1 } [ null, null, \"str\", true ] [ null, 1 ]\n"
                   "{ name: \"loop\", self: [Circular] }\n[ {}, {} ]\n");
}

static void console_prints_special_objects(void **state)
{
    expect_console(
        "export default function () {"
        "console.log(new Map([['k', 1]]), new Set([1]), /re+/g, Promise.resolve(1), "
        "Object.create(null));"
        "console.log(new Uint8Array([1, 2, 3]), new Float64Array([1.5]), new Int8Array(0), new "
        "ArrayBuffer(4));"
        "console.log(new String('boxed')); class P { constructor() { this.x = 1; } } "
        "console.log(new P());"
        "console.log(new TypeError('t'), [new Error('e')], function f() {}, class {}); }",
        "{} {} {} {} {}\n"
        "Uint8Array(3) [ 1, 2, 3 ] Float64Array(1) [ 1.5 ] Int8Array(0) [] ArrayBuffer { "
        "[Uint8Contents]: <00 00 00 00>, "
        "byteLength: 4 }\n"
        "{ 0: \"b\", 1: \"o\", 2: \"x\", 3: \"e\", 4: \"d\" }\n{ x: 1 }\n"
        "TypeError: t [ Error: e ] [object Function] [object Function]\n");
}

static void console_passes_on_what_a_getter_throws(void **state)
{
    expect_console(
        "export default function () { try { console.log({ get a() { throw new Error('no'); } }); }"
        "catch (e) { console.log('caught', e.message); } }",
        "caught no\n");
}

#ifndef TOO_SLOW
static void console_of_a_very_deep_value_throws_instead_of_crashing(void **state)
{
    expect_console("export default function () { let a = []; for (let i = 0; i < 1e6; i++) a = [a];"
                   "try { console.log(a); } catch (e) { console.log(e.name); } }",
                   "RangeError\n");
}
#endif

static void lone_surrogates_become_replacement_characters(void **state)
{
    expect_console(
        "export default function () { console.log('a\\ud800b', '\\u{1F600}', '\\udc00'); }",
        "a\xEF\xBF\xBD"
        "b \xF0\x9F\x98\x80 \xEF\xBF\xBD\n");
}

static void go_form_follows_fmt(void **state)
{
    expect_console("import { go } from 'k6/test'; export default function () {"
                   "console.log(go(null), go(undefined), go(1), go(1.5), go(0.000001), go(1e21), "
                   "go(100000000), go(-9007199254740992), go(9007199254740994), go(true), go('s'));"
                   "console.log(go([1, 'a', [2]]), go({ b: 1, a: { c: null } }), go(new Date(0)), "
                   "go(new Map([[1, 2]])), go(new Set([3])));"
                   "console.log(go(new Uint8Array([1, 2])), go([]), go({})); const o = {}; o.o = o;"
                   "try { go(o); } catch (e) { console.log(e.name); } }",
                   "<nil> <nil> 1 1.5 1e-06 1e+21 100000000 -9007199254740992 "
                   "9.007199254740994e+15 true s\n"
                   "[1 a [2]] map[a:map[c:<nil>] b:1] 1970-01-01 00:00:00 +0000 UTC [[1 2]] [3]\n"
                   "[1 2] [] map[]\nTypeError\n");
}

static void setup_data_is_exported_by_k6_rules(void **state)
{
    struct harness h = {0};
    harness_hooks(&h,
                  "export function setup() { return { text: 'x', n: 1.5, yes: true, nothing: null, "
                  "undef: undefined, date: new Date(0),"
                  "late: new Date(5), map: new Map([['a', 1]]), set: new Set([1]), list: [1, "
                  "undefined], regexp: /x/, bytes: new Uint8Array([1, 2]),"
                  "words: new Uint16Array([1, 2]), buffer: new Uint8Array([1]).buffer, err: new "
                  "Error('e'), big: 10n, '': 0, boxed: new String('b'),"
                  "toJSON: undefined }; } export default function () {}",
                  1000, NULL);
    assert_int_equal(h.setup_result, VU_OK);
    assert_string_equal(
        h.setup_json,
        "{\"\":0,\"big\":10,\"boxed\":{},\"buffer\":{},\"bytes\":\"AQI=\",\"date\":\"1970-01-"
        "01T00:00:00Z\",\"err\":{},"
        "\"late\":\"1970-01-01T00:00:00.005Z\",\"list\":[1,null],\"map\":[[\"a\",1]],\"n\":1.5,"
        "\"nothing\":null,\"regexp\":{},"
        "\"set\":[1],\"text\":\"x\",\"toJSON\":null,\"undef\":null,\"words\":[1,2],\"yes\":true}");
    harness_end(&h);
}

static void what_json_can_not_hold_ends_setup(void **state)
{
    static const char *const values[] = {"() => 1", "{ f() {} }", "NaN", "[Infinity]",
                                         "(() => { const o = {}; o.o = o; return o; })()"};
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        struct harness h = {0};
        char script[256];
        snprintf(script, sizeof script,
                 "export function setup() { return %s; } export default function () {}", values[i]);
        harness_hooks(&h, script, 1000, NULL);
        assert_int_equal(h.setup_result, VU_FAILED);
        assert_int_equal(h.err.exit_code, EXIT_GENERIC);
        assert_memory_equal(h.err.msg, "error marshaling setup() data to JSON: ", 39);
        harness_end(&h);
    }
}

static void k6_errors_are_errors_named_go_error(void **state)
{
    expect_console(
        "import { throwGo } from 'k6/test'; export default function () { try { throwGo('bad "
        "thing'); } catch (e) {"
        "console.log(e.name, e.message, e instanceof Error, String(e), "
        "Object.prototype.toString.call(e), typeof e.stack);"
        "console.log(Object.keys(e).join(), e.value.error(), e.stack.split('\\n')[0]); } }",
        "GoError bad thing true GoError: bad thing [object Error] string\n"
        "value bad thing GoError: bad thing\n");
}

static void a_stack_names_functions_files_and_positions(void **state)
{
    struct harness h = {0};
    harness_run(&h, "function inner() {\n  throw new RangeError('deep');\n}\nexport default "
                    "function () {\n  inner();\n}\n");
    assert_int_equal(h.results[VU_FAILED], 1);
    assert_non_null(strstr(h.log, "RangeError: deep\n\tat inner (file:///tmp/c6-js-test-"));
    assert_non_null(strstr(h.log, "/script.js:2:"));
    assert_non_null(strstr(h.log, "/script.js:5:"));
    harness_end(&h);
}

TEST_SUITE(jsarg){
    TEST(console_prints_primitives)
    TEST(console_prints_objects)
    TEST(console_prints_special_objects)
    TEST(console_passes_on_what_a_getter_throws)
#ifndef TOO_SLOW
    TEST(console_of_a_very_deep_value_throws_instead_of_crashing)
#endif
    TEST(lone_surrogates_become_replacement_characters)
    TEST(go_form_follows_fmt)
    TEST(setup_data_is_exported_by_k6_rules)
    TEST(what_json_can_not_hold_ends_setup)
    TEST(k6_errors_are_errors_named_go_error)
    TEST(a_stack_names_functions_files_and_positions)
    TEST_END
};
