/* texts_test.c - dates as text, and the order of texts, as scripts see them. */
#include <stdlib.h>
#include <time.h>

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

static void set_zone(const char *name)
{
    setenv("TZ", name, 1);
    tzset();
}

static void dates_are_written_as_go_writes_them(void **state)
{
    struct harness h = {.vus = 2};
    set_zone("CET-1CEST,M3.5.0,M10.5.0/3");
    expect(&h,
           "export default function () { if (__VU !== 2) return;"
           "for (const d of [new Date(1709211909007), new Date(1720000000000), new Date(-1), new "
           "Date(-62198755200000), new Date(NaN)])"
           " console.log([d, d.toTimeString(), d.toLocaleString(), d.toLocaleTimeString(), "
           "d.toLocaleDateString()].join(' | '));"
           "console.log(`${new Date(0)}` === String(new Date(0)), Date().length === new "
           "Date().toString().length, typeof Date(), Date.length, new Date(0).constructor === "
           "Date); }",
           "Thu Feb 29 2024 14:05:09 GMT+0100 (CET) | 14:05:09 GMT+0100 (CET) | 02/29/2024, "
           "14:05:09 | 14:05:09 | 02/29/2024\n"
           "Wed Jul 03 2024 11:46:40 GMT+0200 (CEST) | 11:46:40 GMT+0200 (CEST) | 07/03/2024, "
           "11:46:40 | 11:46:40 | 07/03/2024\n"
           "Thu Jan 01 1970 00:59:59 GMT+0100 (CET) | 00:59:59 GMT+0100 (CET) | 01/01/1970, "
           "00:59:59 | 00:59:59 | 01/01/1970\n"
           "Fri Jan 01 -0001 01:00:00 GMT+0100 (CET) | 01:00:00 GMT+0100 (CET) | 01/01/-0001, "
           "01:00:00 | 01:00:00 | 01/01/-0001\n"
           "Invalid Date | Invalid Date | Invalid Date | Invalid Date | Invalid Date\n"
           "true true string 7 true\n");
    unsetenv("TZ");
    tzset();
}

static void methods_of_dates_refuse_other_objects(void **state)
{
    struct harness h = {0};
    expect(&h,
           "export default function () { for (const f of ['toString', 'toTimeString', "
           "'toLocaleString', 'toLocaleTimeString']) try { Date.prototype[f].call({}); } catch (e) "
           "{ console.log(f, e.name); } }",
           "toString TypeError\ntoTimeString TypeError\ntoLocaleString TypeError\n"
           "toLocaleTimeString TypeError\n");
}

static void texts_are_ordered_for_people(void **state)
{
    struct harness h = {0};
    expect(&h,
           "export default function () { const list = ['b', 'Zo\\u00eb', 'zoe', 'C', 'a', "
           "'\\u00e4', 'A', '1', '_'];"
           "console.log(list.sort((x, y) => x.localeCompare(y)).join());"
           "console.log('\\u00e9'.localeCompare('e\\u0301'), 'a'.localeCompare(), "
           "'undefined'.localeCompare(), (1).constructor.prototype.toString.call(12) && "
           "String.prototype.localeCompare.call(12, '12'), ''.localeCompare(''));"
           "console.log(['x'.repeat(70000) + 'a', 'x'.repeat(70000) + 'B'].sort((x, y) => "
           "y.localeCompare(x))[0].slice(-1));"
           "try { String.prototype.localeCompare.call(null, 'a'); } catch (e) { "
           "console.log(e.name); } try { 'a'.localeCompare(Symbol()); } catch (e) { "
           "console.log(e.name); } }",
           "_,1,a,A,\xC3\xA4,b,C,zoe,Zo\xC3\xAB\n0 -1 0 0 0\nB\nTypeError\nTypeError\n");
}

TEST_SUITE(texts){
    TEST(dates_are_written_as_go_writes_them)
    TEST(methods_of_dates_refuse_other_objects)
    TEST(texts_are_ordered_for_people)
    TEST_END
};
