/* virtual_array_test.c - arrays made at each read, as scripts see them. */
#include "js/js_harness.h"
#include "test.h"

#define SCRIPT(body)                                                                               \
    "import { squares, gc } from 'k6/test'; const a = squares(4);"                                 \
    "const t = (f) => { try { return f(); } catch (e) { return e.name; } };"                       \
    "export default function () { " body " }"

static void expect(const char *script, const char *expected)
{
    struct harness h = {.vus = 3};
    harness_run(&h, script);
    if (h.rc < 0)
        print_error("%s\n", h.err.msg);
    assert_int_equal(h.rc, 0);
    assert_string_equal(h.log, "");
    assert_string_equal(h.console, expected);
    assert_int_equal(h.results[VU_OK], 3);
    harness_end(&h);
}

static void passes_for_an_array(void **state)
{
    expect(SCRIPT("if (__VU == 2) console.log(Array.isArray(a), a.length, typeof a, a.constructor "
                  "=== Array,"
                  "Object.prototype.toString.call(a), a instanceof Array, a[4], a[-1], a.foo, 0 in "
                  "a, 4 in a,"
                  "'map' in a, Object.getPrototypeOf(a) === Array.prototype);"),
           "true 4 object true [object Array] true undefined undefined undefined true false true "
           "true\n");
}

static void elements_are_new_at_each_read(void **state)
{
    expect(SCRIPT("if (__VU == 2) console.log(a[3].square, a['3'].square, a[3] === a[3], "
                  "a.at(-1).square);"),
           "9 9 false 9\n");
}

static void methods_and_loops_work(void **state)
{
    expect(
        SCRIPT(
            "if (__VU != 2) return; let s = 0, k = ''; for (const e of a) s += e.square; for "
            "(const i in a) k += i;"
            "console.log(s, k, Object.keys(a).join(), [...a].length, a.map((e) => e.square).join(),"
            "a.filter((e) => e.square > 1).length, a.find((e) => e.square == 4).square, a.slice(1, "
            "3).length,"
            "a.concat([1]).length, a.reduce((x, e) => x + e.square, 0), a.indexOf(5), "
            "Array.from(a).length,"
            "Object.entries(a)[2][1].square, a.some((e) => e.square == 9), [[a]].flat(2).length);"),
        "14 0123 0,1,2,3 4 0,1,4,9 2 4 2 5 14 -1 4 4 true 4\n");
}

static void prints_as_an_array(void **state)
{
    expect(
        SCRIPT("if (__VU == 2) { console.log(a); console.log(JSON.stringify({ a }), String(a)); }"),
        "[ { square: 0 }, { square: 1 }, { square: 4 }, { square: 9 } ]\n"
        "{\"a\":[{\"square\":0},{\"square\":1},{\"square\":4},{\"square\":9}]} "
        "[object Object],[object Object],[object Object],[object Object]\n");
}

static void writing_is_a_type_error(void **state)
{
    expect(SCRIPT("if (__VU == 2) console.log(t(() => { a[0] = 1; }), t(() => { a[9] = 1; }), t(() "
                  "=> { a.x = 1; }),"
                  "t(() => a.push(1)), t(() => a.pop()), t(() => a.reverse()), t(() => { a.length "
                  "= 0; }), t(() => delete a[0]),"
                  "t(() => Object.defineProperty(a, '0', { value: 1 })), t(() => "
                  "Object.freeze(a)), a.length, delete a[9]);"),
           "TypeError TypeError TypeError TypeError TypeError TypeError TypeError TypeError "
           "TypeError TypeError 4 true\n");
}

static void an_element_may_throw(void **state)
{
    expect("import { squares } from 'k6/test'; const a = squares(20); export default function () { "
           "if (__VU != 2) return;"
           "for (const f of [() => a[13], () => [...a], () => JSON.stringify(a), () => "
           "Object.values(a)])"
           "try { f(); } catch (e) { console.log(e.message); } }",
           "unlucky\nunlucky\nunlucky\nunlucky\n");
}

static void other_proxies_stay_what_they_are(void **state)
{
    expect(SCRIPT("if (__VU != 2) return; const log = []; const p = new Proxy({ x: 1 }, { get(o, "
                  "k) { log.push(k); return o[k]; },"
                  "has() { return true; }, ownKeys() { return ['x', 'y']; } });"
                  "const q = new Proxy(a, {}); const r = new Proxy([1, 2], {}); r.push(3);"
                  "console.log(p.x, 'zz' in p, Object.getOwnPropertyNames(p).join(), log.join(), "
                  "q.length, q[2].square, r.length,"
                  "Array.isArray(q)); console.log(r); const v = Proxy.revocable([], {}); "
                  "v.revoke(); console.log(t(() => v.proxy[0]));"),
           "1 true x,y x 4 4 3 true\n{ 0: 1, 1: 2, 2: 3 }\nTypeError\n");
}

static void many_elements_are_listed_quickly(void **state)
{
    /* The engine's own check of keys would compare each with each: 200,000 would take half a
     * minute. */
    expect("import { squares } from 'k6/test'; const a = squares(13); const b = squares(200000);"
           "export default function () { if (__VU != 2) return; let n = 0; for (const i in a) n++;"
           "console.log(n, Object.getOwnPropertyNames(b).length); }",
           "13 200001\n");
}

TEST_SUITE(virtual_array){
    TEST(passes_for_an_array)
    TEST(elements_are_new_at_each_read)
    TEST(methods_and_loops_work)
    TEST(prints_as_an_array)
    TEST(writing_is_a_type_error)
    TEST(an_element_may_throw)
    TEST(other_proxies_stay_what_they_are)
    TEST(many_elements_are_listed_quickly)
    TEST_END
};
