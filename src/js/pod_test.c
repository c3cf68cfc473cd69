/* pod_test.c - pods: how VUs are laid into them, what they share, interruption, several workers. */
#include "js/pod.h"

#include <stdatomic.h>
#include <string.h>

#include "base/mem.h"
#include "core/clock.h"
#include "js/js_harness.h"
#include "js/pod_int.h"
#include "test.h"

static void one_busy_vu_does_not_hold_up_its_worker(void **state)
{
    /* VU 1 spins until VU 2, of the same pod and thread, has said something: only the time slice
     * lets that happen. */
    struct harness h = {.vus = 2};
    harness_run(&h, "import { park } from 'k6/test'; export default function () { if (__VU === 2) "
                    "{ console.log('two'); return; }"
                    "const end = Date.now() + 30; let n = 0; while (Date.now() < end) n++; "
                    "console.log('one'); }");
    assert_string_equal(h.console, "two\none\n");
    harness_end(&h);
}

static void request_interrupt(struct vu *vu)
{
    vu->is_interrupt_requested = vu->iteration == 0;
}

static void a_loop_without_calls_can_be_interrupted(void **state)
{
    struct harness h = {.iterations = 2, .before_iteration = request_interrupt};
    harness_run(
        &h,
        "export default function () { if (__ITER === 1) { console.log('next'); return; } try { for "
        "(;;); } catch (e) { console.log('caught'); } finally { console.log('finally'); } }");
    assert_int_equal(h.results[VU_INTERRUPTED], 1);
    assert_int_equal(h.results[VU_OK], 1);
    assert_string_equal(h.console, "next\n");
    assert_string_equal(h.log, "");
    harness_end(&h);
}

static void endless_promise_jobs_can_be_interrupted(void **state)
{
    struct harness h = {.before_iteration = request_interrupt};
    harness_run(
        &h,
        "export default function () { (function again() { Promise.resolve().then(again); })(); }");
    assert_int_equal(h.results[VU_INTERRUPTED], 1);
    harness_end(&h);
}

struct share {
    struct harness *h;
    struct worker *worker;
    int first_id, vus;
    atomic_int *left;
    int ok;
};

static void run_vus(void *arg)
{
    struct share *s = arg;
    struct vu *vus[8] = {0};
    struct vu_scenario scenario = {.name = "s", .exec = "default"};
    for (int i = 0; i < s->vus; i++) {
        struct err e = {0};
        struct vu_new_config config = {.worker = s->worker, .id = (uint64_t)(s->first_id + i)};
        if (script_ops_js.vu_new(s->h->script, &config, &vus[i], &e) == 0) {
            vus[i]->scenario = &scenario;
            script_ops_js.vu_activate(vus[i], &scenario);
        }
        err_deinit(&e);
    }
    for (int round = 0; round < 20; round++) {
        for (int i = 0; i < s->vus; i++) {
            vus[i]->iteration = round;
            s->ok += script_ops_js.vu_iterate(vus[i]) == VU_OK;
        }
    }
    for (int i = 0; i < s->vus; i++)
        script_ops_js.vu_free(vus[i]);
    atomic_fetch_sub(s->left, 1);
}

static void workers_share_a_loaded_script(void **state)
{
    struct harness h = {.iterations = 1};
    harness_file(&h, "lib.js",
                 "export const text = open('./text.txt'); export const f = (x) => x + text;");
    harness_file(&h, "text.txt", "shared");
    harness_run(&h, "import { f } from './lib.js'; import { park } from 'k6/test'; export default "
                    "async function () { park(); await null; "
                    "if (f(__VU) !== `${__VU}shared`) throw new Error('astray'); new Map([[1, "
                    "[2]]]); JSON.parse('{\"a\":[1]}'); }");
    assert_int_equal(h.rc, 0);
    atomic_int left = 3;
    struct share shares[3];
    for (int i = 0; i < 3; i++) {
        shares[i] = (struct share){
            .h = &h, .worker = worker_new(i), .first_id = i * 8 + 1, .vus = 8, .left = &left};
        fiber_spawn(shares[i].worker, FIBER_BIG, run_vus, &shares[i]);
        assert_int_equal(worker_start(shares[i].worker), 0);
    }
    for (int i = 0; i < 3; i++) {
        worker_stop(shares[i].worker);
        worker_free(shares[i].worker);
        assert_int_equal(shares[i].ok, 160);
    }
    assert_int_equal(left, 0);
    harness_end(&h);
}

/* Facts about who shares what, seen from inside one worker. */
struct layout {
    struct harness *h;
    struct worker *worker;
    bool is_large; /* VUs that hold much from their init code on */
    bool is_done;
};

static struct vu *make_vu(struct layout *l, int i)
{
    struct vu *vu = NULL;
    struct err e = {0};
    struct vu_new_config config = {.worker = l->worker, .id = (uint64_t)i + 1};
    assert_int_equal(script_ops_js.vu_new(l->h->script, &config, &vu, &e), 0);
    return vu;
}

/* Makes VUs until one lies in another pod than the first. */
static void check_layout(void *arg)
{
    struct layout *l = arg;
    struct vu *vus[POD_MAX_VUS + 1];
    struct pod *first = NULL;
    int n = 0;
    do {
        vus[n] = make_vu(l, n);
        first = js_vu_of(vus[0])->pod;
    } while (js_vu_of(vus[n++])->pod == first);
    assert_int_equal(first->vu_count, n - 1);
    if (l->is_large)
        assert_int_equal(first->vu_count, POD_SURE_VUS);
    else
        assert_true(first->vu_count > POD_SURE_VUS && first->vu_count <= POD_MAX_VUS);
    assert_ptr_not_equal(js_vu_of(vus[0])->realm, js_vu_of(vus[1])->realm);
    script_ops_js.vu_free(vus[--n]);
    /* A place that is free again is taken again. */
    while (first->vu_count >= POD_SURE_VUS)
        script_ops_js.vu_free(vus[--n]);
    vus[n++] = make_vu(l, 99);
    assert_ptr_equal(js_vu_of(vus[n - 1])->pod, first);
    for (int i = 0; i < n; i++)
        script_ops_js.vu_free(vus[i]);
    assert_null(worker_data(l->worker, WORKER_SLOT_JS));
    l->is_done = true;
}

static bool layout_is_done(void *opaque)
{
    return ((struct layout *)opaque)->is_done;
}

static void run_layout(const char *script, bool is_large)
{
    struct harness h = {0};
    harness_run(&h, script);
    struct layout l = {.h = &h, .worker = worker_new(0), .is_large = is_large};
    fiber_spawn(l.worker, FIBER_BIG, check_layout, &l);
    worker_run_here(l.worker, layout_is_done, &l);
    worker_free(l.worker);
    harness_end(&h);
}

static void pods_fill_up_and_go_with_their_last_vu(void **state)
{
    run_layout("export default function () {}", false);
    run_layout(
        "const big = new Array(20000).fill(0).map((_, i) => i * 1.5); export default function "
        "() { return big; }",
        true);
}

static void a_vu_whose_init_fails_leaves_no_trace(void **state)
{
    struct harness h = {.vus = 3};
    harness_run(&h, "import { park } from 'k6/test'; park(); if (__VU === 2) throw new "
                    "Error('second'); export default function () { console.log(__VU); }");
    assert_true(h.rc < 0);
    assert_memory_equal(h.err.msg, "Error: second\n", 14);
    /* On a slow machine the one or the other is done first. */
    assert_true(strcmp(h.console, "1\n3\n") == 0 || strcmp(h.console, "3\n1\n") == 0);
    harness_end(&h);
}

TEST_SUITE(pod){
    TEST(one_busy_vu_does_not_hold_up_its_worker)
    TEST(a_loop_without_calls_can_be_interrupted)
    TEST(endless_promise_jobs_can_be_interrupted)
    TEST(workers_share_a_loaded_script)
    TEST(pods_fill_up_and_go_with_their_last_vu)
    TEST(a_vu_whose_init_fails_leaves_no_trace)
    TEST_END
};
