/* pod_park_test.c - VUs of one pod parked in every corner of the engine while others run in it:
 * callbacks of sort and replace, getters, proxies, generators, async functions, promise jobs, JSON
 * revivers, iterators, after stack overflows, in error formatting. Each VU's script checks its own
 * values; one astray anywhere prints a line. Meant for the sanitizer and forced-GC builds above
 * all. */
#include <string.h>

#include "base/mem.h"
#include "js/js_harness.h"
#include "test.h"

#ifdef C6_FORCE_GC
enum { VUS = 4, ROUNDS = 1 }; /* a collection before every allocation: quadratic */
#else
enum { VUS = 18, ROUNDS = 3 };
#endif

static const char PRELUDE[] =
    "import { park, later, gc } from 'k6/test'; const me = `vu${__VU}`; function eq(a, b, what) { "
    "if (a !== b) console.log(me, what, a, b); }\n";

static void stays_apart(const char *body)
{
    struct harness h = {.vus = VUS, .iterations = ROUNDS};
    char *script = mem_printf("%s%s", PRELUDE, body);
    harness_run(&h, script);
    if (h.rc < 0)
        print_error("%s\n", h.err.msg);
    assert_int_equal(h.rc, 0);
    assert_string_equal(h.log, "");
    assert_string_equal(h.console, "");
    assert_int_equal(h.results[VU_OK], VUS * ROUNDS);
    mem_free(script);
    harness_end(&h);
}

static void in_callbacks_of_built_ins(void **state)
{
    stays_apart(
        "export default function () {"
        "eq([3, 1, 2].map((x) => me + x).sort((a, b) => { park(); return a < b ? -1 : 1; "
        "}).join(), [1, 2, 3].map((x) => me + x).join(), 'sort');"
        "eq('a-b-c'.replace(/[abc]/g, (m) => { park(); return me + m; }), `${me}a-${me}b-${me}c`, "
        "'replace');"
        "eq([1, 2, 3].reduce((a, x) => { park(); return a + me; }, ''), me + me + me, 'reduce');"
        "eq(Array.from({ length: 3 }, (_, i) => { park(); return me + i; }).join(), "
        "`${me}0,${me}1,${me}2`, 'from');"
        "eq([...new Map([[me, 1], ['k', 2]]).keys()].filter((k) => { park(); return k === me; "
        "})[0], me, 'map');"
        "new Set([me, 'x']).forEach((v, k) => { park(); eq(v, k, 'set'); });"
        "eq(new Float64Array([3, 1, 2]).sort((a, b) => { park(); return a - b; }).join(), '1,2,3', "
        "'typed sort');"
        "eq('aXbX'.split({ [Symbol.split](s) { park(); return [me, s]; } }).join(), me + ',aXbX', "
        "'split'); }");
}

static void in_json(void **state)
{
    stays_apart(
        "export default function () {"
        "eq(JSON.stringify(JSON.parse('{\"a\":[1,{\"b\":2}]}', (k, v) => { park(); return typeof v "
        "=== 'number' ? me + v : v; })), `{\"a\":[\"${me}1\",{\"b\":\"${me}2\"}]}`, 'reviver');"
        "eq(JSON.stringify({ a: { toJSON() { park(); return me; } }, b: 1 }), "
        "`{\"a\":\"${me}\",\"b\":1}`, 'toJSON');"
        "eq(JSON.stringify({ a: 1, b: [2] }, (k, v) => { park(); return typeof v === 'number' ? me "
        ": v; }), `{\"a\":\"${me}\",\"b\":[\"${me}\"]}`, 'replacer'); }");
}

static void in_accessors_proxies_and_conversions(void **state)
{
    stays_apart(
        "export default function () {"
        "const o = { get a() { park(); return me; }, set b(v) { park(); this.c = v + me; } }; o.b "
        "= 'x'; eq(o.a + o.c, me + 'x' + me, 'accessors');"
        "const p = new Proxy({}, { get(t, k) { park(); return me + String(k); }, has() { park(); "
        "return true; }, ownKeys() { park(); return [me]; },"
        "  getOwnPropertyDescriptor() { park(); return { value: 1, enumerable: true, configurable: "
        "true }; } });"
        "eq(p.x, me + 'x', 'proxy get'); eq('y' in p, true, 'proxy has'); eq(Object.keys(p)[0], "
        "me, 'proxy keys');"
        "eq(`${{ toString() { park(); return me; } }}`, me, 'toString'); eq(+{ valueOf() { park(); "
        "return __VU; } }, __VU, 'valueOf');"
        "eq({ [Symbol.toPrimitive]() { park(); return me; } } + '!', me + '!', 'toPrimitive');"
        "eq(Object.assign({}, { get z() { park(); return me; } }).z, me, 'assign'); const { q = "
        "(park(), me) } = {}; eq(q, me, 'default');"
        "class H { static [Symbol.hasInstance](v) { park(); return v === me; } } eq(me instanceof "
        "H, true, 'instanceof');"
        "class C { static #p = (park(), me); static get() { return C.#p; } constructor() { park(); "
        "this.v = me; } } eq(new C().v + C.get(), me + me, 'class'); }");
}

static void in_generators_and_iterators(void **state)
{
    stays_apart(
        "function* g() { for (let i = 0; i < 3; i++) { park(); yield me + i; park(); } return me; }"
        "export default function () { eq([...g()].join(), `${me}0,${me}1,${me}2`, 'spread'); const "
        "it = g(); park(); eq(it.next().value, me + 0, 'next'); park();"
        "eq(it.return('r').value, 'r', 'return'); for (const [a, b] of Object.entries({ x: me })) "
        "{ park(); eq(b, me, 'of'); }"
        "function* outer() { park(); const r = yield* g(); park(); yield r; } "
        "eq([...outer()].pop(), me, 'delegate');"
        "let closed = 0; for (const v of { [Symbol.iterator]() { park(); return { next() { park(); "
        "return { value: me, done: false }; }, return() { park(); closed++; return {}; } }; } }) { "
        "eq(v, me, 'custom'); break; } eq(closed, 1, 'closed');"
        "const [x, ...rest] = g(); eq(x + rest.length, me + '02', 'destructure'); }");
}

static void in_jobs_and_async_functions(void **state)
{
    stays_apart(
        "export default async function () { let log = ''; const p = Promise.resolve(me).then((v) "
        "=> { park(); log += v; return v; }); park();"
        "const f = async (n) => { park(); await null; park(); if (n > 0) return (await f(n - 1)) + "
        "1; return 0; }; eq(await f(5), 5, 'async'); await p; eq(log, me, 'then');"
        "eq((await Promise.all([1, 2].map(async (x) => { await later(x); park(); return me + x; "
        "}))).join(), `${me}1,${me}2`, 'all');"
        "async function* ag() { park(); yield me; await later(0); park(); yield me + 2; } let s = "
        "''; for await (const v of ag()) { park(); s += v; } eq(s, me + me + 2, 'for await');"
        "try { await (async () => { park(); throw new Error(me); })(); } catch (e) { park(); "
        "eq(e.message, me, 'rejected'); }"
        "const r = await Promise.race([later(me), new Promise(() => {})]); eq(r, me, 'race');"
        "class P extends Promise { constructor(x) { park(); super(x); } } eq(await "
        "P.resolve(me).then((v) => { park(); return v; }), me, 'subclass');"
        "const thenable = { then(ok) { park(); ok(me); } }; eq(await thenable, me, 'thenable'); }");
}

static void while_exceptions_are_on_their_way(void **state)
{
    stays_apart(
        "export default function () { const f = (n) => { try { park(); if (n > 0) f(n - 1); else "
        "throw new Error(me); } finally { park(); } };"
        "try { f(5); } catch (e) { park(); eq(e.message, me, 'finally'); }"
        "try { null.x; } catch (e) { park(); eq(e instanceof TypeError, true, 'realm'); "
        "eq(e.constructor === TypeError, true, 'ctor'); }"
        "Error.prepareStackTrace = (e, frames) => { park(); return me + frames.length; }; try { "
        "eq(new Error('x').stack.startsWith('Error: x'), true, 'prepare'); } finally { delete "
        "Error.prepareStackTrace; }"
        "const a = new AggregateError([new Error(me)], { toString() { park(); return me; } }); "
        "eq(a.message, me, 'aggregate');"
        "eq((() => { try { return (park(), me); } finally { park(); } })(), me, 'return'); }");
}

static void after_stack_overflows(void **state)
{
    stays_apart("function deep(n) { if (n % 500 === 0) park(); return deep(n + 1) + 1; }"
                "export default function () { for (let i = 0; i < 2; i++) { try { deep(1); } catch "
                "(e) { park(); eq(e instanceof RangeError, true, 'overflow'); } eq([3, 1].sort((a, "
                "b) => { park(); return a - b; }).join(), '1,3', 'after'); } }");
}

static void while_the_collector_runs(void **state)
{
    stays_apart("export default async function () { const ring = {}; for (let i = 0; i < 20; i++) "
                "{ const o = { me, i }; o.self = o; ring[i] = o; const c = { x: ring, f: () => o "
                "}; c.c = c; if (i % 7 === 0) { park(); gc(); } }"
                "park(); for (let i = 0; i < 20; i++) eq(ring[i].self.me, me, 'ring'); const w = "
                "new WeakMap(); const k = {}; w.set(k, me); park(); gc(); eq(w.get(k), me, "
                "'weakmap'); gc(); await later(1); gc(); eq(ring[3].i, 3, 'late'); }");
}

static void in_module_evaluation(void **state)
{
    stays_apart(
        "park(); const early = me; class Base { static id = (park(), me); } export const state = "
        "await later(me); park();"
        "export default function () { eq(early + Base.id + state, me + me + me, 'init'); }");
}

static void when_a_slice_is_over(void **state)
{
    /* Busy loops without a call of ours: the interrupt callback parks them. The fast VU sees its
     * worker again long before the slow ones are done, or the test's own time limit would strike.
     */
    stays_apart("let n = 0; export default function () { const end = Date.now() + 3; let x = me; "
                "do { for (let i = 0; i < 2000; i++) { n += i % 7; x = me + (i & 3); } [5, 4, "
                "3].sort((a, b) => a - b); } while (Date.now() < end);"
                "eq(x, me + 3, 'loop'); }");
}

TEST_SUITE(pod_park){
    TEST(in_callbacks_of_built_ins)
    TEST(in_json)
    TEST(in_accessors_proxies_and_conversions)
    TEST(in_generators_and_iterators)
    TEST(in_jobs_and_async_functions)
    TEST(while_exceptions_are_on_their_way)
    TEST(after_stack_overflows)
    TEST(while_the_collector_runs)
    TEST(in_module_evaluation)
    TEST(when_a_slice_is_over)
    TEST_END
};
