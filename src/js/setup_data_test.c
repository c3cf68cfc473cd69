/* setup_data_test.c - what persists of a VU's changes to its copy of the setup data. */
#include "js/setup_data.h"

#include <stdio.h>

#include "js/js_harness.h"
#include "test.h"

static void expect(const char *json, const char *body, const char *expected)
{
    struct harness h = {.iterations = 2, .given_setup_json = json};
    char script[1024];
    snprintf(script, sizeof script, "export default function (data) { %s }", body);
    harness_run(&h, script);
    if (h.log[0] != '\0')
        print_error("%s\n", h.log);
    assert_int_equal(h.results[VU_OK], 2);
    assert_string_equal(h.console, expected);
    harness_end(&h);
}

static void changed_properties_persist(void **state)
{
    expect("{\"n\":0,\"o\":{}}",
           "data.n++; data.o['i' + __ITER] = 1; data.list = [__ITER]; "
           "console.log(JSON.stringify(data));",
           "{\"n\":1,\"o\":{\"i0\":1},\"list\":[0]}\n{\"n\":2,\"o\":{\"i0\":1,\"i1\":1},\"list\":["
           "1]}\n");
}

static void the_length_of_an_array_inside_is_whole_at_each_read(void **state)
{
    expect("{\"list\":[]}", "console.log(data.list.push(__ITER), JSON.stringify(data.list));",
           "1 []\n1 []\n");
    expect("{\"list\":[1,2,3]}",
           "const l = data.list; let s = ''; while (l.length) s += l.pop(); console.log(s, "
           "l.length, data.list.join());",
           "321 0 1,2,3\n321 0 1,2,3\n");
    expect("{\"a\":{\"b\":[[1],[2]]}}",
           "data.a.b[0].push(9); const r = data.a.b; r.shift(); r.push(5); "
           "console.log(JSON.stringify(r), JSON.stringify(data));",
           "[[2],5] {\"a\":{\"b\":[[1],[2]]}}\n[[2],5] {\"a\":{\"b\":[[1],[2]]}}\n");
    expect("{\"l\":[1,2]}",
           "console.log(data.l.splice(0, 1).join(), data.l.unshift(0), data.l.shift(), "
           "data.l.join());",
           "1 3 1 1,2\n1 3 1 1,2\n");
}

static void elements_of_an_array_inside_persist(void **state)
{
    expect("{\"list\":[3,1]}", "data.list[0] += 1; console.log(data.list.join());", "4,1\n5,1\n");
    expect("{\"list\":[{\"n\":0}]}",
           "data.list[0].n++; data.list.push(1); console.log(JSON.stringify(data));",
           "{\"list\":[{\"n\":1}]}\n{\"list\":[{\"n\":2}]}\n");
}

static void the_data_itself_may_be_an_array_and_keeps_its_length(void **state)
{
    expect("[1]", "data.push(2); console.log(data.join());", "1,2\n1,2,2\n");
}

static void such_arrays_are_arrays_to_everyone(void **state)
{
    expect("{\"l\":[2,1]}",
           "const { l } = data; console.log(Array.isArray(l), l instanceof Array, "
           "JSON.stringify(l), [...l].join(), l.map((x) => x * 2).constructor === Array, "
           "Object.keys(l).join(), l.concat([0]).join(), [].concat(l).length, l.includes(1), l);",
           "true true [2,1] 2,1 true 0,1 2,1,0 2 true [ 2, 1 ]\ntrue true [2,1] 2,1 true 0,1 2,1,0 "
           "2 true [ 2, 1 ]\n");
}

static void data_tied_into_circles_ends_the_search(void **state)
{
    expect("{\"a\":{\"l\":[1]}}",
           "data.self = data; data.a.up = data; data.a.l.push(2); console.log(data.a.l.join());",
           "1\n1\n");
}

static void a_method_may_be_borrowed(void **state)
{
    expect("{\"l\":[1]}",
           "const push = data.l.push; const o = { length: 0 }; push.call(o, 'x'); const p = []; "
           "push.call(p, 1, 2); console.log(o[0], o.length, p.join());"
           " try { push.call(null, 1); } catch (e) { console.log(e.name); }",
           "x 1 1,2\nTypeError\nx 1 1,2\nTypeError\n");
}

TEST_SUITE(setup_data){
    TEST(changed_properties_persist)
    TEST(the_length_of_an_array_inside_is_whole_at_each_read)
    TEST(elements_of_an_array_inside_persist)
    TEST(the_data_itself_may_be_an_array_and_keeps_its_length)
    TEST(such_arrays_are_arrays_to_everyone)
    TEST(data_tied_into_circles_ends_the_search)
    TEST(a_method_may_be_borrowed)
    TEST_END
};
