/* engine_test.c - what VUs of one pod share and what they keep apart: compiled code, realms,
 * finalization callbacks; and that memory comes back. The language itself is tested under
 * test/language. */
#include <string.h>

#include "base/buf.h"
#include "base/map.h"
#include "base/mem.h"
#include "js/js_harness.h"
#include "js/pod_int.h"
#include "test.h"

#ifdef C6_FORCE_GC
enum { FUNCTIONS = 20, ITERATIONS = 600, WARM = 300 };
#else
enum { FUNCTIONS = 300, ITERATIONS = 100000, WARM = 2000 };
#endif

/* Makes VUs of a script one after another and notes what each adds to the pod's memory. */
struct costs {
    struct harness *h;
    struct worker *worker;
    size_t of_vu[4];
    size_t with_one, after_freeing; /* the pod's, collected */
    bool is_done;
};

static struct vu *new_vu(struct costs *c, int i)
{
    struct vu *vu = NULL;
    struct err e = {0};
    struct vu_new_config config = {.worker = c->worker, .id = (uint64_t)i + 1};
    assert_int_equal(script_ops_js.vu_new(c->h->script, &config, &vu, &e), 0);
    return vu;
}

static size_t collected(struct vu *vu)
{
    pod_enter(js_vu_of(vu));
    pod_collect(js_vu_of(vu)->pod);
    pod_leave(js_vu_of(vu));
    return engine_memory(js_vu_of(vu)->pod->rt);
}

static void measure(void *arg)
{
    struct costs *c = arg;
    struct vu *vus[4];
    size_t before = 0;
    for (int i = 0; i < 4; i++) {
        vus[i] = new_vu(c, i);
        size_t now = collected(vus[i]);
        c->of_vu[i] = now - before;
        if (i == 0)
            c->with_one = now;
        before = now;
    }
    for (int i = 1; i < 4; i++)
        script_ops_js.vu_free(vus[i]);
    c->after_freeing = collected(vus[0]);
    script_ops_js.vu_free(vus[0]);
    c->is_done = true;
}

static bool is_measured(void *opaque)
{
    return ((struct costs *)opaque)->is_done;
}

static void run_costs(struct costs *c, struct harness *h, const char *script)
{
    harness_run(h, script);
    assert_int_equal(h->rc, 0);
    *c = (struct costs){.h = h, .worker = worker_new(0)};
    fiber_spawn(c->worker, FIBER_BIG, measure, c);
    worker_run_here(c->worker, is_measured, c);
    worker_free(c->worker);
}

/* A library of many functions that are never called; extra is one more statement. */
static void put_library(struct harness *h, const char *name, const char *start, const char *extra)
{
    struct buf text;
    buf_init(&text, BUF_NO_LIMIT);
    buf_adds(&text, start);
    for (int i = 0; i < FUNCTIONS; i++)
        buf_addf(
            &text,
            "() => { const f%d = (a, b) => { let sum = 0; for (let i = a; i < b; i++) "
            "sum += i * %d; return `total ${sum} ${b} ${a}`; }; return f%d(1, 2) + f%d(3, 4); };\n",
            i, i, i, i);
    buf_adds(&text, extra);
    harness_file(h, name, text.data);
    buf_deinit(&text);
}

static size_t code_len(const struct harness *h)
{
    struct map_entry e;
    size_t sum = 0;
    for (size_t at = 0; map_next(h->script->codes, &at, &e);)
        sum += ((struct module_code *)e.value)->len;
    return sum;
}

static void compiled_code_is_held_once_a_pod(void **state)
{
    static const char IMPORTS[] =
        "import './es.js'; import './cjs.js'; export default function () {}";
    struct costs shared, apart;
    struct harness h = {0}, t = {0};
    put_library(&h, "es.js", "export const x = 1;", "");
    put_library(&h, "cjs.js", "module.exports = 1;", "");
    run_costs(&shared, &h, IMPORTS);
    /* A tagged literal makes its file one that is not shared, and costs what sharing saves. */
    put_library(&t, "es.js", "export const x = 1;", "() => String.raw`x`;");
    put_library(&t, "cjs.js", "module.exports = 1;", "() => String.raw`x`;");
    run_costs(&apart, &t, IMPORTS);
    assert_true(code_len(&h) > FUNCTIONS * 150);
    for (int i = 1; i < 4; i++)
        assert_true(shared.of_vu[i] + code_len(&h) < apart.of_vu[i]);
    harness_end(&h);
    harness_end(&t);
}

static void memory_of_vus_that_ended_comes_back(void **state)
{
    struct costs c;
    struct harness h = {0};
    run_costs(&c, &h,
              "const own = []; for (let i = 0; i < 200; i++) own.push({ own, i }); class A { #x = "
              "1; } new A(); [...new Map([[1, () => own]])]; await null; export default function "
              "() {}");
    assert_true(c.of_vu[1] > 10000);
    assert_true(c.after_freeing < c.with_one + 6000); /* the collector's and allocator's tables */
    harness_end(&h);
}

static void realms_keep_what_the_engine_throws_and_makes_apart(void **state)
{
    struct harness h = {.vus = 3, .iterations = 2};
    harness_run(&h,
                "import { park } from 'k6/test'; Array.prototype.whose = __VU; "
                "TypeError.prototype.whose = __VU; const tag = (s) => s; const site = () => tag`x`;"
                "export default function () { park(); let e; try { null.x; } catch (c) { e = c; } "
                "park(); const all = [[].whose, e.whose, [1].map((x) => x).whose, site().whose, "
                "JSON.parse('[]').whose, site() === site(), Object.isFrozen(site()), "
                "Object.isFrozen(site().raw)]; park();"
                "if (all.join() !== `${__VU},${__VU},${__VU},${__VU},${__VU},true,true,true`) "
                "console.log(__VU, all.join()); }");
    assert_string_equal(h.console, "");
    assert_int_equal(h.results[VU_OK], 6);
    harness_end(&h);
}

static void finalization_callbacks_run_in_their_own_vu(void **state)
{
    /* VU 2 collects VU 1's garbage; the callback waits for VU 1's next turn, however long VU 2 takes
     * to begin. */
    struct harness h = {.vus = 2};
    harness_run(
        &h, "import { gc, later } from 'k6/test'; globalThis.whose = __VU;"
            "export default async function () { if (__VU === 1) {"
            "let is_told = false; const reg = new FinalizationRegistry((held) => { is_told = true; "
            "console.log(held, whose, [] instanceof Array); }); (() => { const o = {}; o.self = o; "
            "reg.register(o, 'held'); })(); for (let i = 0; i < 5000 && !is_told; i++) "
            "await later(1); console.log('end', typeof reg); } else { "
            "for (let i = 0; i < 20; i++) { gc(); await later(1); } } }");
    assert_string_equal(h.console, "held 1 true\nend object\n");
    harness_end(&h);
}

static void registries_are_as_ever(void **state)
{
    struct harness h = {0};
    harness_run(
        &h, "export default function () { const F = FinalizationRegistry; const r = new F(() => "
            "0); const names = [F.name, F.length, r.constructor === F, String(r)];"
            "for (const bad of [() => new F(), () => new F(1), () => F(() => 0)]) try { bad(); "
            "names.push('made'); } catch (e) { names.push(e instanceof TypeError); }"
            "class G extends F {} names.push(new G(() => 0) instanceof G); "
            "console.log(names.join()); }");
    assert_string_equal(h.console, "FinalizationRegistry,1,true,[object FinalizationRegistry],true,"
                                   "true,true,true\n");
    harness_end(&h);
}

static void regular_expressions_come_with_their_first_use(void **state)
{
    /* Each in VUs of a script that has no pattern of its own. */
    static const char *const FIRST_USES[] = {
        "'xaby'.match('ab').index === 1 && 'ab'.match('ab') instanceof RegExp === false",
        "[...'aXbX'.matchAll('X')].length === 2",
        "'xab'.search('b') === 2",
        "eval('/(a)(?<n>b)/').exec('ab').groups.n === 'b'",
        "new Function('s', 'return /b+/g[Symbol.replace](s, `c`)')('abba') === 'aca'",
        "new RegExp('a', 'g').flags === 'g' && RegExp.prototype.constructor === RegExp",
        "typeof RegExp === 'function' && 'RegExp' in globalThis",
        "Object.prototype.toString.call(new (class extends RegExp {})('x')) === '[object RegExp]'",
        "(() => { try { 'x'.match('('); } catch (e) { return e instanceof SyntaxError; } })()",
        "'a,b'.split(',').length === 2 && 'aa'.replaceAll('a', 'b') === 'bb'",
    };
    for (size_t i = 0; i < sizeof FIRST_USES / sizeof FIRST_USES[0]; i++) {
        struct harness h = {.vus = 2, .iterations = 2};
        char *script = mem_printf(
            "import { park } from 'k6/test'; export default function () { park(); if (!(%s)) "
            "console.log('first use'); park(); if (!(eval('/x/y') instanceof RegExp) || "
            "'x'.match('x').constructor !== Array) console.log('later'); }",
            FIRST_USES[i]);
        harness_run(&h, script);
        assert_string_equal(h.console, "");
        assert_int_equal(h.results[VU_OK], 4);
        assert_false(h.script->wants_regexp);
        mem_free(script);
        harness_end(&h);
    }
    struct harness with = {0};
    harness_run(&with, "const re = /x/; export default function () { return re; }");
    assert_true(with.script->wants_regexp);
    harness_end(&with);
}

static void many_iterations_with_garbage_do_not_grow(void **state)
{
    /* By bytes allocated, not by time: what is held after a collection, early and late. */
    struct harness h = {.iterations = ITERATIONS};
    char *script = mem_printf(
        "import { gc, memory } from 'k6/test'; let early = 0; const cache = new Map(); class A { "
        "#v; constructor(v) { this.#v = v; } get v() { return this.#v; } }"
        "export default function () { const o = { n: __ITER, list: [1, 2, { a: 'b' + __ITER }] }; "
        "o.self = o; o.fn = () => o; const t = JSON.parse(JSON.stringify(o.list)); "
        "cache.set(__ITER %% 10, new A(t)); new Promise(() => o); Promise.resolve(o).then((v) => "
        "v.n); "
        "try { null.x; } catch (e) { o.e = e; } /(\\d+)-(?<x>.)/.exec(`${__ITER}-x`); "
        "[...function* "
        "() { yield o; }()]; globalThis['g' + __ITER %% 5] = o; new WeakMap([[o, o]]); "
        "setTimeout(() => o.n, 0);"
        "if (__ITER === %d || __ITER === %d) { cache.clear(); gc(); if (early === 0) early = "
        "memory(); "
        "else if (memory() > early + 2000) console.log('grew by', memory() - early); } }",
        WARM, ITERATIONS - 1);
    harness_run(&h, script);
    assert_string_equal(h.console, "");
    assert_int_equal(h.results[VU_OK], ITERATIONS);
    mem_free(script);
    harness_end(&h);
}

TEST_SUITE(engine){
    TEST(compiled_code_is_held_once_a_pod)
    TEST(memory_of_vus_that_ended_comes_back)
    TEST(realms_keep_what_the_engine_throws_and_makes_apart)
    TEST(finalization_callbacks_run_in_their_own_vu)
    TEST(registries_are_as_ever)
    TEST(regular_expressions_come_with_their_first_use)
    TEST(many_iterations_with_garbage_do_not_grow)
    TEST_END
};
