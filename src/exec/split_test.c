/* split_test.c - however a test is split over instances, together they do exactly the test: VUs and
 * their ids, iterations and their numbers, start times. Random scenarios of every executor in random
 * sequences of segments, without a clock. That the numbers are k6's: recorded_schedules_test.c */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/duration.h"
#include "base/hash.h"
#include "base/mem.h"
#include "exec/executors/arrival.h"
#include "exec/plan.h"
#include "test.h"

enum { ROUNDS = 4000, PARTS_MAX = 6, STAGES = 4, THINGS_MAX = 4096 };

struct split {
    char sequence[256];
    char names[PARTS_MAX][64];
    struct segment *segments[PARTS_MAX];
    int count;
};

static int64_t below(struct rng *rng, int64_t n)
{
    return (int64_t)(rng_next(rng) % (uint64_t)n);
}

/* A fraction in any spelling, reduced or not. */
static void spell(struct rng *rng, char *out, size_t size, int64_t num, int64_t den)
{
    int64_t by = 1 + below(rng, 3);
    if (100 % den == 0 && below(rng, 3) == 0)
        snprintf(out, size, "%" PRId64 "%%", num * (100 / den));
    else if (num < den && 1000 % den == 0 && below(rng, 3) == 0)
        snprintf(out, size, "0.%03" PRId64, num * (1000 / den));
    else
        snprintf(out, size, "%" PRId64 "/%" PRId64, num * by, den * by);
}

static void split_init(struct split *s, struct rng *rng)
{
    static const int64_t dens[] = {2, 3, 5, 6, 7, 8, 10, 12, 20, 25, 60};
    int64_t den = dens[below(rng, sizeof dens / sizeof dens[0])];
    int64_t at = 0;
    char before[24];
    memset(s, 0, sizeof *s);
    spell(rng, before, sizeof before, 0, den);
    snprintf(s->sequence, sizeof s->sequence, "%s", before);
    while (at < den) {
        at = s->count + 1 == PARTS_MAX ? den : at + 1 + below(rng, den - at);
        char point[24];
        spell(rng, point, sizeof point, at, den);
        snprintf(s->names[s->count++], sizeof s->names[0], "%s:%s", before, point);
        size_t len = strlen(s->sequence);
        snprintf(s->sequence + len, sizeof s->sequence - len, ",%s", point);
        memcpy(before, point, sizeof before);
    }
    for (int i = 0; i < s->count; i++)
        assert_int_equal(
            segment_parse(&s->segments[i], str_of(s->names[i]), str_of(s->sequence), NULL), 0);
}

static void split_deinit(struct split *s)
{
    for (int i = 0; i < s->count; i++)
        segment_free(s->segments[i]);
}

static void random_scenario(struct rng *rng, struct scenario *s, struct stage *stages)
{
    static const int64_t units[] = {NS_PER_SEC, 500 * NS_PER_MS, 60 * NS_PER_SEC, 777 * NS_PER_MS};
    *s = (struct scenario){
        .name = (char *)"s",
        .executor = (enum executor_kind)below(rng, 6),
        .graceful_stop_ns = below(rng, 3) * NS_PER_SEC,
        .graceful_ramp_down_ns = below(rng, 3) * NS_PER_SEC,
        .vus = 1 + below(rng, 30),
        .duration_ns = NS_PER_SEC + below(rng, 4 * NS_PER_SEC),
        .max_duration_ns = NS_PER_SEC,
        .start_vus = below(rng, 20),
        .stages = stages,
        .stage_count = STAGES,
        .rate = (double)(1 + below(rng, 40)),
        .start_rate = (double)below(rng, 40),
        .time_unit_ns = units[below(rng, 4)],
        .pre_allocated_vus = below(rng, 20),
    };
    s->iterations = s->vus + below(rng, 200);
    s->max_vus = s->pre_allocated_vus + 1 + below(rng, 20);
    for (int i = 0; i < STAGES; i++)
        stages[i] = (struct stage){.duration_ns = below(rng, 4) * 700 * NS_PER_MS,
                                   .target = below(rng, 30)};
}

/* Marks what one instance does of n numbered things; each may be done once. */
static void mark(bool *done, int64_t n, const struct segment *s, int64_t count)
{
    for (int64_t i = 0; i < count; i++) {
        int64_t number = segment_index(s, i);
        assert_true(number >= 0 && number < n && !done[number]);
        done[number] = true;
    }
}

static void check_all(const bool *done, int64_t n)
{
    for (int64_t i = 0; i < n; i++)
        assert_true(done[i]);
}

/* At every moment at which anything changes, in the whole or in a part. */
static void check_sums(const struct plan_steps *whole, const struct plan_steps *const *parts,
                       int count)
{
    for (int i = -1; i < count; i++) {
        const struct plan_steps *steps = i < 0 ? whole : parts[i];
        for (size_t k = 0; k < steps->v.len; k++) {
            int64_t at_ns = steps->v.items[k].at_ns;
            int64_t sum = 0;
            for (int p = 0; p < count; p++)
                sum += plan_vus_at(parts[p], at_ns);
            assert_int_equal(sum, plan_vus_at(whole, at_ns));
        }
    }
}

static int64_t starts_of(const struct scenario *s, const struct segment *stripes)
{
    int64_t (*start_ns)(const struct scenario *, int64_t) =
        s->executor == EXECUTOR_CONSTANT_ARRIVAL_RATE ? constant_arrival_start_ns
                                                      : ramping_arrival_start_ns;
    int64_t count = 0;
    while (start_ns(s, segment_index(stripes, count)) >= 0)
        count++;
    return count;
}

/* How many numbered iterations there are in the plan; per-vu-iterations deals out VUs instead, and
 * loops have no end. */
static int64_t iterations_of(const struct scenario *s, const struct scenario_plan *p,
                             const struct segment *stripes)
{
    switch (s->executor) {
    case EXECUTOR_SHARED_ITERATIONS:
        return p->iterations;
    case EXECUTOR_CONSTANT_ARRIVAL_RATE:
    case EXECUTOR_RAMPING_ARRIVAL_RATE:
        return p->has_work ? starts_of(s, stripes) : 0;
    case EXECUTOR_PER_VU_ITERATIONS:
    case EXECUTOR_CONSTANT_VUS:
    case EXECUTOR_RAMPING_VUS:
        break;
    }
    return 0;
}

static const struct segment *stripes_of(const struct scenario_plan *p, const struct segment *s)
{
    return p->iteration_segment != NULL ? p->iteration_segment : s;
}

static void check_split(const struct scenario_list *list, const struct split *split)
{
    static bool vus[THINGS_MAX];
    static bool numbers[THINGS_MAX];
    struct segment *one = segment_whole();
    struct plan *whole = plan_new(list, one);
    struct plan *parts[PARTS_MAX];
    const struct plan_steps *reserved[PARTS_MAX];
    const struct plan_steps *wanted[PARTS_MAX];
    int64_t unplanned = 0;
    int64_t max_ns = 0;
    const struct scenario_plan *all = &whole->scenarios[0];
    int64_t iterations = iterations_of(&list->items[0], all, stripes_of(all, one));
    assert_true(whole->vus <= THINGS_MAX && iterations <= THINGS_MAX);
    memset(vus, 0, sizeof vus);
    memset(numbers, 0, sizeof numbers);
    for (int i = 0; i < split->count; i++) {
        const struct segment *s = split->segments[i];
        parts[i] = plan_new(list, s);
        const struct scenario_plan *p = &parts[i]->scenarios[0];
        reserved[i] = &p->reserved;
        wanted[i] = &p->wanted;
        unplanned += p->unplanned_vus;
        max_ns = p->max_ns > max_ns ? p->max_ns : max_ns;
        mark(vus, whole->vus, s, parts[i]->vus);
        if (p->has_work)
            mark(numbers, iterations, stripes_of(p, s),
                 iterations_of(&list->items[0], p, stripes_of(p, s)));
    }
    check_all(vus, whole->vus);
    check_all(numbers, iterations);
    check_sums(&all->reserved, reserved, split->count);
    check_sums(&all->wanted, wanted, split->count);
    assert_int_equal(unplanned, all->unplanned_vus);
    assert_int_equal(max_ns, all->max_ns);
    for (int i = 0; i < split->count; i++)
        plan_free(parts[i]);
    plan_free(whole);
    segment_free(one);
}

static void parts_of_any_test_add_up_to_it(void **state)
{
    struct rng rng;
    rng_init(&rng, 11);
    for (int round = 0; round < ROUNDS; round++) {
        struct stage stages[STAGES];
        struct scenario s;
        struct scenario_list list = {&s, 1};
        struct split split;
        random_scenario(&rng, &s, stages);
        split_init(&split, &rng);
        check_split(&list, &split);
        split_deinit(&split);
    }
}

TEST_SUITE(split){TEST(parts_of_any_test_add_up_to_it) TEST_END};
