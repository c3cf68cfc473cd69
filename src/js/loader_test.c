/* loader_test.c - modules: files, cycles, built-ins, CommonJS, errors. */
#include "js/js_harness.h"

#include <string.h>

#include "base/mem.h"
#include "test.h"

/* Runs two VUs, so that the second path (bytecode, script locked) is taken as well; both must print
 * the same. */
static void expect_both(struct harness *h, const char *script, const char *expected)
{
    h->vus = 2;
    harness_run(h, script);
    if (h->rc < 0)
        print_error("%s\n", h->err.msg);
    assert_int_equal(h->rc, 0);
    assert_string_equal(h->log, "");
    char *twice = mem_printf("%s%s", expected, expected);
    assert_string_equal(h->console, twice);
    mem_free(twice);
    harness_end(h);
}

static void expect_failure(struct harness *h, const char *script, int exit_code, const char *part)
{
    harness_run(h, script);
    assert_true(h->rc < 0);
    if (strstr(h->err.msg, part) == NULL)
        print_error("%s\n", h->err.msg);
    assert_non_null(strstr(h->err.msg, part));
    assert_int_equal(h->err.exit_code, exit_code);
    harness_end(h);
}

static void relative_imports_and_live_bindings_work(void **state)
{
    struct harness h = {0};
    harness_file(&h, "lib/counter.js",
                 "import { base } from '../base.js'; export let n = base; export function inc() { "
                 "n++; } export default 'dflt';");
    harness_file(&h, "base.js", "export const base = 40;");
    expect_both(
        &h,
        "import d, { n, inc } from './lib/counter.js'; import * as ns from './lib/counter.js';"
        "export default function () { inc(); console.log(d, n, ns.n, Object.keys(ns).join()); }",
        "dflt 41 41 default,inc,n\n");
}

static void modules_may_import_each_other(void **state)
{
    struct harness h = {0};
    harness_file(&h, "a.js",
                 "import { b, nameOfB } from './b.js'; export const a = 'a'; export function "
                 "callB() { return `a sees ${b}`; }"
                 "export const hoisted = nameOfB();");
    harness_file(&h, "b.js",
                 "import { a, callB } from './a.js'; export const b = 'b'; export function callA() "
                 "{ return `b sees ${a} ${typeof callB}`; }"
                 "export function nameOfB() { return 'function b'; }");
    expect_both(&h,
                "import { a, callB } from './a.js'; import { b, callA } from './b.js'; export "
                "default function () { console.log(a, b, callB(), callA()); }",
                "a b a sees b b sees a function\n");
}

static void each_vu_has_its_own_instances(void **state)
{
    struct harness h = {.vus = 3, .iterations = 2};
    harness_file(&h, "state.js", "export const state = { n: 0 };");
    harness_run(&h, "import { state } from './state.js'; export default function () { state.n++; "
                    "if (__ITER === 1) console.log(state.n); }");
    assert_string_equal(h.console, "2\n2\n2\n");
    harness_end(&h);
}

static void built_in_modules_export_by_name_and_default(void **state)
{
    struct harness h = {0};
    expect_both(
        &h,
        "import test, { park } from 'k6/test'; import * as all from 'k6/test'; import only from "
        "'k6/defaultonly'; const late = await import('k6/test');"
        "export default function () { console.log(test.park === park, all.park === park, 'default' "
        "in all || 'default' in late || late.park !== park, Object.keys(test).sort().join(), "
        "typeof only.park); }",
        "true true false "
        "abort,cancelMe,gc,go,later,memory,park,parkMs,sharedCount,squares,testGlobal,throwGo "
        "function\n");
}

static void a_name_that_a_built_in_lacks_is_null(void **state)
{
    struct harness h = {0};
    harness_file(&h, "later.js", "export { nothing as later } from 'k6/test';");
    expect_both(&h,
                "import { nope } from 'k6/test'; import { park } from 'k6/defaultonly';"
                "import { later } from './later.js';"
                "export default () => console.log(nope, park, later);",
                "null null null\n");
}

static void a_source_map_that_is_not_there_is_warned_of(void **state)
{
    struct harness h = {.vus = 2};
    harness_file(&h, "there.map", "{\"version\":3}");
    harness_file(&h, "mapped.js", "export const a = 1;\n//# sourceMappingURL=there.map\n");
    harness_run(&h, "import './mapped.js'; export default function () {}\n"
                    "//# sourceMappingURL=gone.map\n");
    assert_int_equal(h.rc, 0);
    assert_non_null(strstr(h.log, "the source map of"));
    assert_non_null(strstr(h.log, "gone.map"));
    assert_null(strstr(h.log, "there.map"));
    harness_end(&h);
}

static void modules_that_are_not_there_are_named(void **state)
{
    struct harness h = {0};
    expect_failure(&h, "import './nope.js'; export default function () {}", EXIT_SCRIPT_EXCEPTION,
                   "nope.js\" couldn't be found on local disk");
    expect_failure(&h, "import 'lodash'; export default function () {}", EXIT_SCRIPT_EXCEPTION,
                   "\"lodash\" couldn't be recognised");
    expect_failure(&h, "import 'k6/nope'; export default function () {}", EXIT_SCRIPT_EXCEPTION,
                   "\"k6/nope\"");
    expect_failure(&h, "import '.'; export default function () {}", EXIT_SCRIPT_EXCEPTION,
                   "is a directory");
}

static void syntax_errors_tell_file_line_and_column(void **state)
{
    struct harness h = {0};
    expect_failure(&h, "export default function () {\n  let = ;\n}", EXIT_SCRIPT_EXCEPTION,
                   "/script.js:2:");
    harness_file(&h, "broken.js", "export const a = 1;\n\nexport const b = (;\n");
    expect_failure(&h, "import './broken.js'; export default function () {}", EXIT_SCRIPT_EXCEPTION,
                   "/broken.js:3:");
    expect_failure(&h, "exports.a = (;", EXIT_SCRIPT_EXCEPTION, "SyntaxError");
}

static void typescript_files_lose_their_types(void **state)
{
    struct harness h = {0};
    harness_file(
        &h, "lib.ts",
        "export interface T { a: number }\nenum E { A = 4 }\nexport const e: number = E.A;\n"
        "export function broken(x: T): never { throw new Error('in ' + x.a); }");
    harness_file(&h, "cjs.ts", "const q: string = 'common'; module.exports = { q };");
    expect_both(&h,
                "import { e, broken } from './lib.ts'; import cjs from './cjs.ts'; export default "
                "function () { console.log(e, cjs.q);"
                "try { broken({ a: 1 }); } catch (x) { console.log(x.message, "
                "/lib.ts:4:/.test(x.stack)); } }",
                "4 common\nin 1 true\n");
}

static void typescript_is_refused_elsewhere_and_where_it_is_broken(void **state)
{
    struct harness h = {0};
    expect_failure(&h, "export default function (): void {}", EXIT_SCRIPT_EXCEPTION,
                   "/script.js:1:");
    harness_file(&h, "broken.ts", "let a: number = 1;\nlet b: = 2;\n");
    expect_failure(&h, "import './broken.ts'; export default function () {}", EXIT_SCRIPT_EXCEPTION,
                   "SyntaxError: unexpected \"=\" at file:///");
    harness_file(&h, "broken.ts", "let a: number = 1;\nlet b: = 2;\n");
    expect_failure(&h, "import './broken.ts'; export default function () {}", EXIT_SCRIPT_EXCEPTION,
                   "/broken.ts:2:8");
    harness_file(&h, "twice.ts", "let a: number = 1;\nlet a = 2;\n");
    expect_failure(&h, "import './twice.ts'; export default function () {}", EXIT_SCRIPT_EXCEPTION,
                   "/twice.ts:2:");
}

static void commonjs_scripts_require_and_export(void **state)
{
    struct harness h = {0};
    harness_file(&h, "a.js",
                 "let count = 0;\ncount += 1;\nmodule.exports = { value: 'from a', count, b: "
                 "require('./b/b.js') };");
    harness_file(&h, "b/b.js", "exports.up = require('../c.js').c;");
    harness_file(&h, "c.js", "module.exports = { c: 'c' };");
    harness_file(&h, "esm.js", "export default 'esm default'; export const named = 'esm named';");
    expect_both(
        &h,
        "#!/usr/bin/env c6\nconst a = require('./a.js'), again = require('./a.js'), test = "
        "require('k6/test'), esm = require('./esm.js');\n"
        "exports.default = function () { console.log(a.value, a === again, a.count, a.b.up, typeof "
        "test.park, esm.default, esm.named,"
        " Object.keys(esm).sort().join(), (function () { return this === undefined; })()); };",
        "from a true 1 c function esm default esm named default,named true\n");
}

static void es_modules_may_require_too(void **state)
{
    struct harness h = {0};
    harness_file(&h, "lib/a.js",
                 "import './b.js'; export const near = require('./c.js').c; export const fails = "
                 "(() => { try { return typeof module; } catch (e) { return e.name; } })();");
    harness_file(&h, "lib/b.js", "export {};");
    harness_file(&h, "lib/c.js", "exports.c = 'c of lib';");
    expect_both(&h,
                "import { near, fails } from './lib/a.js'; const test = require('k6/test'); export "
                "default () => console.log(near, fails, typeof test.park);",
                "c of lib undefined function\n");
}

static void es_modules_import_commonjs(void **state)
{
    struct harness h = {0};
    harness_file(&h, "transpiled.js",
                 "Object.defineProperty(exports, '__esModule', { value: true }); exports.default = "
                 "'the default'; exports.named = 'the named';");
    harness_file(&h, "fn.js", "module.exports = function () { return 'called'; };");
    harness_file(&h, "val.js", "module.exports = 42;");
    expect_both(&h,
                "import def, { named } from './transpiled.js'; import fn from './fn.js'; import "
                "val from './val.js';"
                "export default function () { console.log(def, named, fn(), val); }",
                "the default the named called {}\n");
}

static void commonjs_runs_in_its_turn_and_gives_what_is_asked_for(void **state)
{
    struct harness h = {0};
    harness_file(&h, "first.js", "globalThis.order = ['first']; export const a = 1;");
    harness_file(&h, "second.js",
                 "order.push('second', this === exports); exports.b = 2; "
                 "exports.a = 1;");
    harness_file(&h, "third.js",
                 "order.push('third'); import { b, nope } from './second.js'; export { a } from "
                 "'./second.js'; export const c = [b, nope];");
    harness_file(&h, "star.js", "export * from './second.js';");
    expect_both(&h,
                "import './first.js'; import second, * as ns from './second.js'; import { a, c } "
                "from './third.js';"
                "export default function () { console.log(order.join(), a, String(c), "
                "Object.keys(ns).join(), ns.default, second.b); }",
                "first,second,true,third 1 2, a,b undefined 2\n");
    harness_file(&h, "second.js", "exports.b = 2;");
    harness_file(&h, "star.js", "export * from './second.js';");
    expect_both(&h,
                "import * as all from './star.js'; import { b } from './star.js'; export default "
                "function () { console.log(b, Object.keys(all).join()); }",
                "2 b\n");
}

static void commonjs_that_throws_is_the_scripts_error(void **state)
{
    struct harness h = {0};
    harness_file(&h, "throws.js", "\nthrow new RangeError('mine');");
    expect_failure(&h, "import './throws.js'; export default function () {}", EXIT_SCRIPT_EXCEPTION,
                   "RangeError: mine\n\tat file:///");
    harness_file(&h, "null.js", "module.exports = null;");
    expect_failure(&h, "import './null.js'; export default function () {}", EXIT_SCRIPT_EXCEPTION,
                   "exports must not be null");
    harness_file(&h, "imports.js", "import './gone.js'; exports.a = 1;");
    expect_failure(&h, "import './imports.js'; export default function () {}",
                   EXIT_SCRIPT_EXCEPTION, "\"./gone.js\" couldn't be found");
}

static void each_vu_is_told_why_a_module_was_not_there(void **state)
{
    struct harness h = {0};
    expect_both(&h,
                "let why; try { require('./gone.js'); } catch (e) { why = e.message; }"
                "exports.default = () => console.log(/\"\\.\\/gone.js\" couldn't be found on local "
                "disk/.test(why));",
                "true\n");
}

static void commonjs_cycles_see_what_is_there(void **state)
{
    struct harness h = {0};
    harness_file(&h, "a.js", "exports.early = 1; exports.b = require('./b.js'); exports.late = 2;");
    harness_file(&h, "b.js", "const a = require('./a.js'); exports.saw = [a.early, a.late];");
    expect_both(&h,
                "const a = require('./a.js'); exports.default = () => console.log(a.b.saw[0], "
                "a.b.saw[1], a.late);",
                "1 undefined 2\n");
}

static void functions_have_their_text(void **state)
{
    struct harness h = {.vus = 3};
    harness_file(&h, "cjs.js", "exports.f = function (a) {\n  return a; };");
    harness_file(&h, "typed.ts", "export const f = (a: number): number => a;");
    harness_run(&h,
                "import cjs from './cjs.js'; import { f } from './typed.ts'; class A { x = 1; m() "
                "{ return 2; } }\nexport default function () { console.log([(a) => a + 1, A, new "
                "A().m, cjs.f, f, Math.max, async function* named() {}].join('; ')); }");
    assert_int_equal(h.rc, 0);
    static const char line[] = "(a) => a + 1; class A { x = 1; m() { return 2; } }; m() { return "
                               "2; }; function (a) {\n  return a; }; (a        )         => a; "
                               "function max() { [native code] }; async function* named() {}\n";
    char *all = mem_printf("%s%s%s", line, line, line);
    assert_string_equal(h.console, all);
    mem_free(all);
    harness_end(&h);
}

static void require_is_refused_after_init(void **state)
{
    struct harness h = {0};
    expect_both(&h,
                "exports.default = () => { try { require('k6/test'); } catch (e) { "
                "console.log(e.name, /init stage/.test(e.message)); } };",
                "GoError true\n");
}

static void import_meta_resolves_from_its_file(void **state)
{
    struct harness h = {0};
    harness_file(&h, "lib/m.js",
                 "export const r = import.meta.resolve('./x.txt'), own = import.meta.url;");
    expect_both(&h,
                "import { r, own } from './lib/m.js'; export default () => "
                "console.log(r.endsWith('/lib/x.txt'), own.endsWith('/lib/m.js'), "
                "r.startsWith('file:///'));",
                "true true true\n");
}

static void dynamic_import_gives_modules_that_init_loaded(void **state)
{
    struct harness h = {0};
    harness_file(&h, "lib.js", "export const v = 'dynamic';");
    harness_file(&h, "never.js", "export const v = 'never';");
    expect_both(
        &h,
        "const early = (await import('./lib.js')).v; const { park } = await import('k6/test');"
        "export default async function () { console.log(early, (await import('./lib.js')).v, "
        "typeof park);"
        "try { await import('./never.js'); } catch (e) { console.log(e.name); } }",
        "dynamic dynamic function\nGoError\n");
}

static void top_level_await_is_waited_for(void **state)
{
    struct harness h = {0};
    harness_file(&h, "lib.js",
                 "import { later } from 'k6/test'; export const v = await later('module');");
    expect_both(&h,
                "import { v } from './lib.js'; const timed = await new Promise((r) => "
                "setTimeout(() => r('timed'), 2));"
                "export default function () { console.log(v, timed); }",
                "module timed\n");
    expect_failure(&h, "await new Promise(() => {}); export default function () {}", EXIT_GENERIC,
                   "top-level await");
    expect_failure(&h, "await Promise.reject(new Error('late')); export default function () {}",
                   EXIT_SCRIPT_EXCEPTION, "Error: late");
}

static void exports_that_are_no_functions_are_seen(void **state)
{
    struct harness h = {0};
    static const char *const without[] = {"export const options = {};", "",
                                          "export default { a: 1 };"};
    for (int i = 0; i < 3; i++) {
        harness_run(&h, without[i]);
        assert_false(script_has_functions(h.script));
        harness_end(&h);
    }
    harness_run(&h, "export function other() {}");
    assert_true(script_has_functions(h.script));
    harness_end(&h);
    expect_failure(&h, "export const setup = 1; export default function () {}", EXIT_GENERIC,
                   "exported 'setup' must be a function");
    expect_failure(&h, "export const options = () => ({}); export default function () {}",
                   EXIT_GENERIC, "error parsing script options");
}

static void init_code_that_throws_ends_with_107(void **state)
{
    struct harness h = {0};
    expect_failure(&h, "throw new Error('init broke'); export default function () {}",
                   EXIT_SCRIPT_EXCEPTION, "Error: init broke\n\tat ");
    expect_failure(&h, "import { abort } from 'k6/test'; abort(); export default function () {}",
                   EXIT_SCRIPT_ABORTED, "told to");
    expect_failure(&h, "function f() { f(); } f(); export default function () {}",
                   EXIT_SCRIPT_EXCEPTION, "RangeError");
}

static void options_are_exported_as_json(void **state)
{
    struct harness h = {0};
    harness_run(&h, "export const options = { vus: 2, stages: [{ duration: '1s', target: undefined "
                    "}] }; export default function () {}");
    assert_int_equal(h.rc, 0);
    assert_string_equal(script_options_json(h.script).p,
                        "{\"stages\":[{\"duration\":\"1s\",\"target\":null}],\"vus\":2}");
    assert_true(script_ops_js.has_export(h.script, "default"));
    assert_false(script_ops_js.has_export(h.script, "options"));
    harness_end(&h);
    harness_run(&h, "export default function () {}");
    assert_int_equal(script_options_json(h.script).len, 0);
    harness_end(&h);
}

TEST_SUITE(loader){
    TEST(relative_imports_and_live_bindings_work)
    TEST(modules_may_import_each_other)
    TEST(each_vu_has_its_own_instances)
    TEST(built_in_modules_export_by_name_and_default)
    TEST(a_name_that_a_built_in_lacks_is_null)
    TEST(a_source_map_that_is_not_there_is_warned_of)
    TEST(modules_that_are_not_there_are_named)
    TEST(syntax_errors_tell_file_line_and_column)
    TEST(typescript_files_lose_their_types)
    TEST(typescript_is_refused_elsewhere_and_where_it_is_broken)
    TEST(commonjs_scripts_require_and_export)
    TEST(es_modules_may_require_too)
    TEST(es_modules_import_commonjs)
    TEST(commonjs_runs_in_its_turn_and_gives_what_is_asked_for)
    TEST(commonjs_that_throws_is_the_scripts_error)
    TEST(each_vu_is_told_why_a_module_was_not_there)
    TEST(commonjs_cycles_see_what_is_there)
    TEST(functions_have_their_text)
    TEST(require_is_refused_after_init)
    TEST(import_meta_resolves_from_its_file)
    TEST(dynamic_import_gives_modules_that_init_loaded)
    TEST(top_level_await_is_waited_for)
    TEST(exports_that_are_no_functions_are_seen)
    TEST(init_code_that_throws_ends_with_107)
    TEST(options_are_exported_as_json)
    TEST_END
};
