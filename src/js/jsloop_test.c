/* jsloop_test.c - jobs, timers, operations: what an iteration waits for and what it leaves behind.
 */
#include <string.h>

#include "base/mem.h"
#include "core/fiber.h"
#include "js/js_harness.h"
#include "test.h"

static void expect(struct harness *h, const char *script, const char *expected)
{
    harness_run(h, script);
    if (h->rc < 0)
        print_error("%s\n", h->err.msg);
    assert_int_equal(h->rc, 0);
    assert_string_equal(h->console, expected);
}

/* What is logged of a timer that an iteration's early end dropped. */
#define STOPPED(id) "setTimeout " id " was dropped: its iteration ended early\n"

static void code_microtasks_and_timers_come_in_order(void **state)
{
    struct harness h = {0};
    expect(&h,
           "export default function () { const log = [];"
           "setTimeout(() => { log.push('t0'); Promise.resolve().then(() => log.push('m in t0')); "
           "}, 0); setTimeout(() => log.push('t1'), 0);"
           "setTimeout(() => console.log(log.join(', ')), 10); Promise.resolve().then(() => "
           "log.push('m1')).then(() => log.push('m2'));"
           "(async () => { log.push('a1'); await null; log.push('a2'); })(); new Promise((r) => { "
           "log.push('executor'); r(); }).then(() => log.push('m3'));"
           "Promise.reject(new Error('x')).catch(() => log.push('caught')).finally(() => "
           "log.push('finally')); log.push('sync'); }",
           "a1, executor, sync, m1, a2, m3, caught, m2, finally, t0, m in t0, t1\n");
    assert_string_equal(h.log, "");
    harness_end(&h);
}

static void timers_take_arguments_and_odd_delays(void **state)
{
    struct harness h = {0};
    expect(&h,
           "export default async function () { const log = []; const done = new Promise((r) => "
           "setTimeout(r, 60));"
           "setTimeout((a, b) => log.push(`args ${a} ${b}`), 10, 'x', 5); setTimeout(() => "
           "log.push('40'), 40); setTimeout(() => log.push('25'), '25');"
           "setTimeout(() => log.push('none')); setTimeout(() => log.push('negative'), -5); "
           "setTimeout(() => log.push('NaN'), NaN);"
           "const c = setTimeout(() => log.push('cleared'), 5); clearTimeout(c); "
           "clearTimeout(99999); clearTimeout(undefined); clearTimeout(null); clearTimeout({});"
           "let n = 0; const i = setInterval(() => { n += 1; if (n === 3) clearInterval(i); }, 2);"
           "console.log(typeof c, c > 0, i !== c); await done; console.log(log.join(', '), n); }",
           "number true true\nNaN, none, negative, args x 5, 25, 40 3\n");
    assert_string_equal(h.log, "");
    harness_end(&h);
}

static void jobs_run_after_a_throw_and_timers_do_not(void **state)
{
    struct harness h = {.iterations = 2};
    harness_run(&h,
                "export default function () {"
                "Promise.resolve().then(() => console.log('job')).then(() => { "
                "console.log('second'); if (__ITER === 0) throw new Error('lost'); });"
                "setTimeout(() => console.log('timer'), 1000);"
                "if (__ITER === 0) throw new Error('body'); setTimeout(() => { "
                "Promise.resolve().then(() => console.log('of timer')); throw new Error('timer'); "
                "}, 1); }");
    assert_int_equal(h.rc, 0);
    assert_string_equal(h.console, "job\nsecond\njob\nsecond\nof timer\n");
    harness_end(&h);
}

static void a_timer_without_a_function_is_refused(void **state)
{
    struct harness h = {0};
    expect(
        &h,
        "const attempt = (f) => { try { f(); console.log('taken'); } catch (e) { "
        "console.log(e.name); } };"
        "export default function () { attempt(() => setTimeout()); attempt(() => setTimeout('x', "
        "1)); attempt(() => setTimeout(null, 1)); attempt(() => setInterval()); }",
        "GoError\nTypeError\nGoError\nGoError\n");
    harness_end(&h);
}

static void an_iteration_waits_for_all_and_nothing_leaks(void **state)
{
    struct harness h = {.iterations = 2};
    /* Which of timer and operation is first hangs on the clock, so the log is sorted. */
    expect(&h,
           "import { later } from 'k6/test'; const log = []; const say = (...a) => "
           "log.push(a.join(' '));"
           "export default function () { const me = __ITER; if (me === 1) console.log(log.slice(0, "
           "2).join(), log.slice(2).sort().join());"
           "setTimeout(() => say(me, __ITER, 'timer'), 5); later('op').then((v) => say(me, __ITER, "
           "v)); Promise.resolve().then(() => say(me, 'micro')); say(me, 'end'); }",
           "0 end,0 micro 0 0 op,0 0 timer\n");
    assert_int_equal(h.results[VU_OK], 2);
    harness_end(&h);
}

static void a_promise_that_never_settles_does_not_hold_the_iteration(void **state)
{
    struct harness h = {0};
    expect(&h,
           "export default async function () { console.log('before'); await new Promise(() => {}); "
           "console.log('after'); }",
           "before\n");
    assert_int_equal(h.results[VU_OK], 1);
    harness_end(&h);
}

static void unhandled_rejections_end_the_iteration_and_are_logged(void **state)
{
    struct harness h = {.iterations = 4};
    expect(&h,
           "export default function () { console.log(__ITER); setTimeout(() => "
           "console.log('timer'), 1);"
           "if (__ITER === 0) Promise.reject(new Error('nobody listens')); if (__ITER === 1) "
           "Promise.reject('a string');"
           "if (__ITER === 2) { const p = Promise.reject(1); Promise.resolve().then(() => "
           "p.catch(() => console.log('in time'))); }"
           "if (__ITER === 3) { const p = Promise.reject(undefined); setTimeout(() => p.catch(() "
           "=> 0), 0); } }",
           "0\n1\n2\nin time\ntimer\n3\n");
    assert_int_equal(h.results[VU_FAILED], 3);
    assert_int_equal(h.results[VU_OK], 1);
    assert_memory_equal(h.log, STOPPED("1") "Uncaught (in promise) Error: nobody listens\n\tat ",
                        sizeof STOPPED("1") - 1 + 48);
    assert_non_null(strstr(h.log, STOPPED("2") "Uncaught (in promise) a string\n" STOPPED(
                                      "5") STOPPED("4") "Uncaught (in promise) undefined\n"));
    harness_end(&h);
}

static void an_async_default_that_throws_is_a_rejection(void **state)
{
    struct harness h = {.iterations = 2};
    expect(&h,
           "export default async function () { await null; if (__ITER === 0) throw new Error('from "
           "async'); console.log('fine'); }",
           "fine\n");
    assert_memory_equal(h.log, "Uncaught (in promise) Error: from async\n", 40);
    harness_end(&h);
}

static void an_exception_in_a_callback_drops_the_rest(void **state)
{
    struct harness h = {.iterations = 2};
    expect(&h,
           "import { later } from 'k6/test'; export default function () { if (__ITER === 1) { "
           "console.log('next'); return; }"
           "setTimeout(() => console.log('never'), 20); setTimeout(() => { throw new TypeError('in "
           "timer'); }, 1); }",
           "next\n");
    assert_memory_equal(h.log, STOPPED("1") "TypeError: in timer\n",
                        sizeof STOPPED("1") - 1 + 20);
    assert_int_equal(h.results[VU_FAILED], 1);
    harness_end(&h);
}

static void cancelling_drops_timers_and_operations(void **state)
{
    struct harness h = {.iterations = 2};
    expect(&h,
           "import { later, cancelMe, parkMs } from 'k6/test'; export default async function () { "
           "if (__ITER === 1) { console.log('next'); return; }"
           "const l = later(1); setTimeout(() => console.log('never'), 1); cancelMe(); try { "
           "parkMs(1000); } catch (e) { console.log('caught'); } finally { console.log('finally'); "
           "} await l; console.log('never'); }",
           "next\n");
    assert_int_equal(h.results[VU_INTERRUPTED], 1);
    assert_string_equal(h.log, STOPPED("1"));
    harness_end(&h);
}

static void an_interval_goes_on_unless_its_callback_clears_it(void **state)
{
    struct harness h = {0};
    expect(&h,
           "export default function () { const log = []; let n = 0, m = 0; const a = "
           "setInterval(() => { log.push('a'); Promise.resolve().then(() => { if (++n === 2) "
           "clearInterval(a); }); }, 1);"
           "const b = setInterval((x) => { m += x; clearTimeout(b); }, 0, 3);"
           "setTimeout(() => console.log(log.join(), m), 30); setTimeout(() => "
           "console.log('at once'), Infinity); }",
           "at once\na,a 3\n");
    assert_string_equal(h.log, "");
    harness_end(&h);
}

static void cancelling_a_waiting_loop_ends_the_iteration(void **state)
{
    struct harness h = {0};
    expect(
        &h,
        "import { cancelMe } from 'k6/test'; export default async function () { setTimeout(() => "
        "cancelMe(), 1); await new Promise((r) => setTimeout(r, 60000)); console.log('never'); }",
        "");
    assert_int_equal(h.results[VU_INTERRUPTED], 1);
    harness_end(&h);
}

static void abort_ends_the_iteration_uncaught(void **state)
{
    struct harness h = {0};
    expect(&h,
           "import { abort } from 'k6/test'; export default function () { try { abort(); } catch "
           "(e) { console.log('caught'); } console.log('never'); }",
           "");
    assert_int_equal(h.results[VU_ABORTED], 1);
    assert_string_equal(h.log, "");
    harness_end(&h);
}

static void init_timers_run_before_the_first_iteration(void **state)
{
    struct harness h = {0};
    expect(&h,
           "setTimeout(() => console.log('from init'), 2); Promise.resolve().then(() => "
           "console.log('micro')); export default function () { console.log('iteration'); }",
           "micro\nfrom init\nmicro\nfrom init\niteration\n");
    harness_end(&h);
}

static void finalization_callbacks_run_in_their_own_vu(void **state)
{
    struct harness h = {.vus = 4, .iterations = 3};
    harness_run(&h,
                "import { park, gc } from 'k6/test'; let seen = 0; const r = new "
                "FinalizationRegistry((vu) => { if (vu !== __VU) console.log('astray'); seen++; });"
                "export default async function () { (() => { const o = {}; o.o = o; r.register(o, "
                "__VU); })(); park(); gc(); park(); await null; park(); await null;"
                "if (__ITER === 2 && seen < 2) console.log('lost', seen); }");
    assert_string_equal(h.console, "");
    assert_int_equal(h.results[VU_OK], 12);
    harness_end(&h);
}

TEST_SUITE(jsloop){
    TEST(code_microtasks_and_timers_come_in_order)
    TEST(timers_take_arguments_and_odd_delays)
    TEST(jobs_run_after_a_throw_and_timers_do_not)
    TEST(a_timer_without_a_function_is_refused)
    TEST(an_iteration_waits_for_all_and_nothing_leaks)
    TEST(a_promise_that_never_settles_does_not_hold_the_iteration)
    TEST(unhandled_rejections_end_the_iteration_and_are_logged)
    TEST(an_async_default_that_throws_is_a_rejection)
    TEST(an_exception_in_a_callback_drops_the_rest)
    TEST(an_interval_goes_on_unless_its_callback_clears_it)
    TEST(cancelling_drops_timers_and_operations)
    TEST(cancelling_a_waiting_loop_ends_the_iteration)
    TEST(abort_ends_the_iteration_uncaught)
    TEST(init_timers_run_before_the_first_iteration)
    TEST(finalization_callbacks_run_in_their_own_vu)
    TEST_END
};
