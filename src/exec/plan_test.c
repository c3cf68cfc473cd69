/* plan_test.c - schedules and the hand-out of VUs, without a clock. */
#include "exec/plan.h"

#include "base/duration.h"
#include "base/hash.h"
#include "base/mem.h"
#include "exec/executors/ramping_vus.h"
#include "test.h"

#define S(x) ((int64_t)((x)*1e9))

static struct scenario ramping(int64_t start, struct stage *stages, size_t count)
{
    return (struct scenario){.name = (char *)"r",
                             .executor = EXECUTOR_RAMPING_VUS,
                             .start_vus = start,
                             .stages = stages,
                             .stage_count = count,
                             .time_unit_ns = NS_PER_SEC,
                             .graceful_ramp_down_ns = S(30),
                             .graceful_stop_ns = S(30)};
}

static struct scenario constant(int64_t vus, double start_s, double duration_s, double graceful_s)
{
    return (struct scenario){.name = (char *)"c",
                             .executor = EXECUTOR_CONSTANT_VUS,
                             .vus = vus,
                             .start_time_ns = S(start_s),
                             .duration_ns = S(duration_s),
                             .graceful_stop_ns = S(graceful_s)};
}

static struct plan *plan_of(struct scenario *items, size_t count)
{
    struct segment *whole = segment_whole();
    struct scenario_list list = {items, count};
    struct plan *p = plan_new(&list, whole);
    segment_free(whole);
    return p;
}

static void check_steps(const struct plan_steps *got, const struct plan_step *want, size_t count)
{
    for (size_t i = 0; i < got->v.len && i < count; i++) {
        assert_int_equal(got->v.items[i].vus, want[i].vus);
        assert_int_equal(got->v.items[i].at_ns, want[i].at_ns);
    }
    assert_int_equal(got->v.len, count);
}
#define CHECK_STEPS(got, ...)                                                                      \
    do {                                                                                           \
        const struct plan_step want[] = {__VA_ARGS__};                                             \
        check_steps(got, want, sizeof want / sizeof want[0]);                                      \
    } while (0)

static struct plan_steps wanted_of(const struct scenario *s)
{
    struct plan_steps steps = {0};
    struct segment *whole = segment_whole();
    ramping_vus_wanted(s, whole, &steps);
    segment_free(whole);
    return steps;
}

static struct plan_steps reserved_of(const struct scenario *s)
{
    struct plan_steps steps = {0};
    struct segment *whole = segment_whole();
    ramping_vus_reserved(s, whole, &steps);
    segment_free(whole);
    return steps;
}

static void slope_up_adds_vus_when_their_number_is_reached(void **state)
{
    struct stage stages[] = {{.duration_ns = S(4), .target = 4}};
    struct scenario s = ramping(0, stages, 1);
    struct plan_steps steps = wanted_of(&s);
    CHECK_STEPS(&steps, {0, 0}, {S(1), 1}, {S(2), 2}, {S(3), 3}, {S(4), 4}, {S(4), 0});
    VEC_DEINIT(&steps.v);
}

static void slope_down_takes_the_last_vu_at_its_end(void **state)
{
    struct stage stages[] = {{.duration_ns = S(4), .target = 0},
                             {.duration_ns = S(10), .target = 0}};
    struct scenario s = ramping(4, stages, 2);
    struct plan_steps steps = wanted_of(&s);
    CHECK_STEPS(&steps, {0, 4}, {S(1), 3}, {S(2), 2}, {S(3), 1}, {S(4), 0});
    VEC_DEINIT(&steps.v);
}

static void times_that_do_not_divide_are_cut_to_ns(void **state)
{
    struct stage stages[] = {{.duration_ns = S(1), .target = 3}};
    struct scenario s = ramping(0, stages, 1);
    struct plan_steps steps = wanted_of(&s);
    CHECK_STEPS(&steps, {0, 0}, {333333334, 1}, {666666667, 2}, {S(1), 3}, {S(1), 0});
    VEC_DEINIT(&steps.v);
}

static void stage_of_no_length_jumps(void **state)
{
    struct stage stages[] = {{.duration_ns = S(1), .target = 2},
                             {.target = 7},
                             {.duration_ns = S(1), .target = 7},
                             {.target = 1}};
    struct scenario s = ramping(2, stages, 4);
    struct plan_steps steps = wanted_of(&s);
    CHECK_STEPS(&steps, {0, 2}, {S(1), 7}, {S(2), 1}, {S(2), 0});
    VEC_DEINIT(&steps.v);
}

static void descent_is_held_back_for_the_grace_period(void **state)
{
    /* 4 up to 6, down to 1, up to 5, down to 1, up to 4, down to 1: the docs' picture of
     * gracefulRampDown. */
    struct stage stages[] = {{.duration_ns = S(2), .target = 6}, {.duration_ns = S(5), .target = 1},
                             {.duration_ns = S(4), .target = 5}, {.duration_ns = S(4), .target = 1},
                             {.duration_ns = S(3), .target = 4}, {.duration_ns = S(3), .target = 1},
                             {.duration_ns = S(2), .target = 1}};
    struct scenario s = ramping(4, stages, 7);
    struct plan_steps steps = reserved_of(&s);
    CHECK_STEPS(&steps, {0, 4}, {S(1), 5}, {S(2), 6}, {S(33), 5}, {S(42), 4}, {S(49), 3},
                {S(50), 2}, {S(51), 1}, {S(53), 0});
    VEC_DEINIT(&steps.v);
}

static void graceful_stop_cuts_the_ramp_down_short(void **state)
{
    struct stage stages[] = {{.duration_ns = S(4), .target = 0}};
    struct scenario s = ramping(2, stages, 1);
    s.graceful_stop_ns = S(1);
    struct plan_steps steps = reserved_of(&s);
    CHECK_STEPS(&steps, {0, 2}, {S(5), 0});
    VEC_DEINIT(&steps.v);
    s.graceful_stop_ns = S(40);
    steps = reserved_of(&s);
    CHECK_STEPS(&steps, {0, 2}, {S(32), 1}, {S(34), 0});
    VEC_DEINIT(&steps.v);
}

static void without_grace_the_last_vu_still_counts(void **state)
{
    struct stage stages[] = {{.duration_ns = S(4), .target = 4}};
    struct scenario s = ramping(0, stages, 1);
    s.graceful_stop_ns = 0;
    struct plan *p = plan_of(&s, 1);
    assert_int_equal(p->vus, 4);
    assert_int_equal(p->scenarios[0].max_ns, S(4));
    plan_free(p);
}

/* What "reserved" means, said the slow way. */
static int64_t most_within(const struct plan_steps *wanted, int64_t at_ns, int64_t hold_ns)
{
    int64_t most = plan_vus_at(wanted, at_ns);
    for (size_t i = 0; i < wanted->v.len; i++) {
        int64_t until_ns =
            i + 1 < wanted->v.len ? wanted->v.items[i + 1].at_ns : INT64_MAX - hold_ns;
        if (wanted->v.items[i].at_ns <= at_ns && until_ns + hold_ns > at_ns &&
            wanted->v.items[i].vus > most)
            most = wanted->v.items[i].vus;
    }
    return most;
}

static void random_stages(struct rng *rng, struct stage *stages, size_t count)
{
    for (size_t i = 0; i < count; i++)
        stages[i] = (struct stage){.duration_ns = (int64_t)(rng_next(rng) % 4) * NS_PER_SEC,
                                   .target = (int64_t)(rng_next(rng) % 9)};
}

static void reserved_is_the_most_wanted_within_the_grace_period(void **state)
{
    struct rng rng;
    rng_init(&rng, 3);
    for (int round = 0; round < 1000; round++) {
        struct stage stages[6];
        random_stages(&rng, stages, 6);
        struct scenario s = ramping((int64_t)(rng_next(&rng) % 5), stages, 6);
        s.graceful_ramp_down_ns = (int64_t)(rng_next(&rng) % 3) * NS_PER_SEC;
        s.graceful_stop_ns = S(100); /* out of the way */
        struct plan_steps wanted = wanted_of(&s);
        struct plan_steps reserved = reserved_of(&s);
        wanted.v.len -= stages[5].target > 0; /* the end's drop is not a ramp down */
        for (int64_t at_ns = 0; at_ns < S(30); at_ns += S(0.25) + 1)
            assert_int_equal(plan_vus_at(&reserved, at_ns),
                             most_within(&wanted, at_ns, s.graceful_ramp_down_ns));
        for (size_t i = 1; i < reserved.v.len; i++)
            assert_true(reserved.v.items[i - 1].at_ns <= reserved.v.items[i].at_ns);
        VEC_DEINIT(&wanted.v);
        VEC_DEINIT(&reserved.v);
    }
}

static void segments_of_a_ramp_add_up_to_it(void **state)
{
    struct rng rng;
    rng_init(&rng, 4);
    for (int round = 0; round < 300; round++) {
        struct stage stages[5];
        random_stages(&rng, stages, 5);
        struct scenario s = ramping((int64_t)(rng_next(&rng) % 5), stages, 5);
        struct plan_steps whole = wanted_of(&s);
        static const char *const names[] = {"0:1/5", "1/5:1/2", "1/2:1"};
        struct plan_steps parts[3] = {{{0}}};
        for (int i = 0; i < 3; i++) {
            struct segment *segment = NULL;
            assert_int_equal(segment_parse(&segment, str_of(names[i]), STR("0,1/5,1/2,1"), NULL),
                             0);
            ramping_vus_wanted(&s, segment, &parts[i]);
            segment_free(segment);
        }
        int64_t end_ns = 0;
        for (int i = 0; i < 5; i++)
            end_ns += stages[i].duration_ns;
        for (int64_t at_ns = 0; at_ns < end_ns; at_ns += S(0.125) + 1)
            assert_int_equal(plan_vus_at(&parts[0], at_ns) + plan_vus_at(&parts[1], at_ns) +
                                 plan_vus_at(&parts[2], at_ns),
                             plan_vus_at(&whole, at_ns));
        VEC_DEINIT(&whole.v);
        for (int i = 0; i < 3; i++)
            VEC_DEINIT(&parts[i].v);
    }
}

static void scenarios_in_sequence_share_vus(void **state)
{
    struct scenario items[] = {constant(3, 0, 1, 0), constant(2, 1, 1, 0)};
    struct plan *p = plan_of(items, 2);
    assert_int_equal(p->vus, 3);
    assert_int_equal(p->leases.len, 5);
    for (int i = 0; i < 3; i++)
        assert_int_equal(p->leases.items[i].vu, i);
    assert_int_equal(p->leases.items[3].vu, 0);
    assert_int_equal(p->leases.items[4].vu, 1);
    assert_int_equal(p->max_duration_ns, S(2));
    plan_free(p);
}

static void scenarios_that_may_overlap_do_not_share(void **state)
{
    struct scenario items[] = {constant(3, 0, 1, 30), constant(2, 1, 1, 0)};
    struct plan *p = plan_of(items, 2);
    assert_int_equal(p->vus, 5);
    assert_int_equal(p->leases.items[3].vu, 3);
    assert_int_equal(p->leases.items[4].vu, 4);
    plan_free(p);
}

static void unplanned_vus_count_for_the_maximum_only(void **state)
{
    struct scenario open = {.name = (char *)"o",
                            .executor = EXECUTOR_CONSTANT_ARRIVAL_RATE,
                            .rate = 5,
                            .time_unit_ns = NS_PER_SEC,
                            .duration_ns = S(1),
                            .pre_allocated_vus = 2,
                            .max_vus = 6};
    struct scenario none = open;
    none.pre_allocated_vus = 0;
    none.max_vus = 3;
    struct scenario items[] = {open, none, constant(4, 1, 1, 0)};
    struct plan *p = plan_of(items, 3);
    assert_int_equal(p->vus, 4);
    assert_int_equal(p->max_vus, 9);
    assert_int_equal(p->max_duration_ns, S(2));
    plan_free(p);
}

static void iterations_follow_the_share_of_vus(void **state)
{
    struct scenario s = {.name = (char *)"s",
                         .executor = EXECUTOR_SHARED_ITERATIONS,
                         .vus = 5,
                         .iterations = 100,
                         .max_duration_ns = S(1)};
    struct scenario_list list = {&s, 1};
    static const char *const names[] = {"0:1/3", "1/3:2/3", "2/3:1"};
    static const int64_t want[] = {40, 40, 20};
    for (int i = 0; i < 3; i++) {
        struct segment *segment = NULL;
        assert_int_equal(segment_parse(&segment, str_of(names[i]), STR("0,1/3,2/3,1"), NULL), 0);
        struct plan *p = plan_new(&list, segment);
        assert_int_equal(p->scenarios[0].iterations, want[i]);
        assert_int_equal(p->scenarios[0].vus, want[i] / 20);
        plan_free(p);
        segment_free(segment);
    }
}

static void segment_without_vus_has_no_work(void **state)
{
    struct scenario s = constant(1, 0, 1, 0);
    struct scenario_list list = {&s, 1};
    struct segment *segment = NULL;
    assert_int_equal(segment_parse(&segment, STR("1/2:1"), STR("0,1/2,1"), NULL), 0);
    struct plan *p = plan_new(&list, segment);
    assert_false(p->scenarios[0].has_work);
    assert_int_equal(p->vus, 0);
    assert_int_equal(p->leases.len, 0);
    plan_free(p);
    segment_free(segment);
}

/* Whatever the scenarios: no VU has two places at a time, each place is held from its first to its
 * last moment, and the number of VUs is the most that are needed at a time. */
static void no_vu_is_given_twice(void **state)
{
    struct rng rng;
    rng_init(&rng, 5);
    for (int round = 0; round < 300; round++) {
        struct stage stages[2][4];
        struct scenario items[4];
        for (int i = 0; i < 2; i++) {
            random_stages(&rng, stages[i], 4);
            items[i] = ramping((int64_t)(rng_next(&rng) % 3), stages[i], 4);
            items[i].graceful_ramp_down_ns = S(1);
            items[i].graceful_stop_ns = (int64_t)(rng_next(&rng) % 3) * NS_PER_SEC;
        }
        items[2] = constant(1 + (int64_t)(rng_next(&rng) % 4), 2, 3, 1);
        items[3] = constant(1 + (int64_t)(rng_next(&rng) % 4), 5, 1, 0);
        struct plan *p = plan_of(items, 4);
        for (size_t i = 0; i < p->leases.len; i++) {
            const struct plan_lease *a = &p->leases.items[i];
            int64_t a_from = items[a->scenario].start_time_ns + a->from_ns;
            int64_t a_until = items[a->scenario].start_time_ns + a->until_ns;
            assert_true(a->vu >= 0 && a->vu < p->vus && a_until >= a_from);
            for (size_t k = i + 1; k < p->leases.len; k++) {
                const struct plan_lease *b = &p->leases.items[k];
                if (a->vu != b->vu)
                    continue;
                assert_true(items[b->scenario].start_time_ns + b->from_ns >= a_until);
            }
        }
        plan_free(p);
    }
}

/* clang-format off */
TEST_SUITE(plan){
    TEST(slope_up_adds_vus_when_their_number_is_reached)
    TEST(slope_down_takes_the_last_vu_at_its_end)
    TEST(times_that_do_not_divide_are_cut_to_ns)
    TEST(stage_of_no_length_jumps)
    TEST(descent_is_held_back_for_the_grace_period)
    TEST(graceful_stop_cuts_the_ramp_down_short)
    TEST(without_grace_the_last_vu_still_counts)
    TEST(reserved_is_the_most_wanted_within_the_grace_period)
    TEST(segments_of_a_ramp_add_up_to_it)
    TEST(scenarios_in_sequence_share_vus)
    TEST(scenarios_that_may_overlap_do_not_share)
    TEST(unplanned_vus_count_for_the_maximum_only)
    TEST(iterations_follow_the_share_of_vus)
    TEST(segment_without_vus_has_no_work)
    TEST(no_vu_is_given_twice)
    TEST_END
};
