/* hist_test.c - the histogram against exact quantiles of the same values, on distributions chosen
 * to hurt it. */
#include "metrics/hist.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/hash.h"
#include "base/mem.h"
#include "test.h"

enum { MANY = 50000 };

static int cmp_double(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The definition, on sorted values; error is what the histogram may be off. */
static double exact_quantile(const double *sorted, size_t len, double p, double *error)
{
    double at = p * (double)(len - 1);
    double low = sorted[(size_t)floor(at)], high = sorted[(size_t)ceil(at)];
    *error = HIST_MAX_REL_ERROR * fmax(fabs(low), fabs(high)) + 1e-310;
    return low + (high - low) * (at - floor(at));
}

static const double ps[] = {0,    0.0001, 0.001, 0.01, 0.1,   0.25,   0.5,
                            0.75, 0.9,    0.95,  0.99, 0.999, 0.9999, 1};

/* values gets sorted. */
static void assert_matches(const struct hist *h, double *values, size_t len)
{
    double sum = 0, size = 0;
    for (size_t i = 0; i < len; i++) {
        sum += values[i];
        size += fabs(values[i]);
    }
    qsort(values, len, sizeof *values, cmp_double);
    assert_int_equal(hist_count(h), len);
    assert_true(hist_min(h) == values[0]);
    assert_true(hist_max(h) == values[len - 1]);
    assert_true(fabs(hist_sum(h) - sum) <= size * 1e-9);
    for (size_t i = 0; i < sizeof ps / sizeof ps[0]; i++) {
        double error;
        double want = exact_quantile(values, len, ps[i], &error);
        double got = hist_quantile(h, ps[i]);
        if (fabs(got - want) > error)
            fail_msg("p=%g: got %.17g, want %.17g, may be off by %g", ps[i], got, want, error);
    }
}

typedef double generator(struct rng *r, size_t i);

static double gen_uniform(struct rng *r, size_t i)
{
    return rng_unit(r) * 1000;
}
static double gen_bimodal(struct rng *r, size_t i)
{
    return rng_unit(r) < 0.7 ? 1 + rng_unit(r) * 0.01 : 5000 + rng_unit(r);
}
static double gen_constant(struct rng *r, size_t i)
{
    return 123.456;
}
static double gen_heavy_tail(struct rng *r, size_t i)
{
    return 1 / pow(1 - rng_unit(r), 3);
}
static double gen_negative(struct rng *r, size_t i)
{
    return -exp(rng_unit(r) * 20);
}
static double gen_both_signs(struct rng *r, size_t i)
{
    return (rng_unit(r) - 0.5) * exp(rng_unit(r) * 10);
}
static double gen_subnormal(struct rng *r, size_t i)
{
    return rng_unit(r) * DBL_MIN;
}
static double gen_huge(struct rng *r, size_t i)
{
    return 1e300 * (1 + rng_unit(r) * 1e3);
}
static double gen_alternating(struct rng *r, size_t i)
{
    return i % 2 ? 1e300 : 1e-300;
}
static double gen_zeros_and_few(struct rng *r, size_t i)
{
    return i % 1000 == 0 ? rng_unit(r) : 0;
}
static double gen_rising(struct rng *r, size_t i)
{
    return (double)i * 0.001;
}
static double gen_powers(struct rng *r, size_t i)
{
    return ldexp(1, (int)(i % 2000) - 1000);
}
static double gen_any_bits(struct rng *r, size_t i)
{
    for (;;) {
        union {
            uint64_t bits;
            double v;
        } u = {rng_next(r)};
        if (isfinite(u.v) && fabs(u.v) < 1e290)
            return u.v;
    }
}

static generator *const generators[] = {
    gen_uniform,       gen_bimodal,   gen_constant, gen_heavy_tail, gen_negative,
    gen_both_signs,    gen_subnormal, gen_huge,     gen_powers,     gen_alternating,
    gen_zeros_and_few, gen_rising,    gen_any_bits,
};
enum { GENERATORS = sizeof generators / sizeof generators[0] };

static void matches_exact_quantiles_on_hostile_distributions(void **state)
{
    (void)state;
    static const size_t lens[] = {1, 2, 3, 100, HIST_EXACT_MAX, HIST_EXACT_MAX + 1, MANY};
    struct rng r;
    rng_init(&r, 42);
    double *values = mem_alloc(MANY * sizeof *values);
    for (size_t g = 0; g < GENERATORS; g++) {
        for (size_t l = 0; l < sizeof lens / sizeof lens[0]; l++) {
            struct hist *h = hist_new();
            for (size_t i = 0; i < lens[l]; i++) {
                values[i] = generators[g](&r, i);
                hist_add(h, values[i]);
            }
            assert_matches(h, values, lens[l]);
            hist_free(h);
        }
    }
    mem_free(values);
}

static void few_values_are_exact(void **state)
{
    (void)state;
    struct hist *h = hist_new();
    for (int i = 10; i >= 1; i--)
        hist_add(h, i);
    assert_true(hist_quantile(h, 0.5) == 5.5);
    assert_true(hist_quantile(h, 0.9) == 9.1);
    assert_true(fabs(hist_quantile(h, 0.95) - 9.55) < 1e-12);
    assert_true(hist_avg(h) == 5.5);
    hist_free(h);
}

static void merges_in_any_order_give_the_same(void **state)
{
    (void)state;
    enum { PARTS = 7 };
    struct rng r;
    rng_init(&r, 7);
    double *values = mem_alloc(MANY * sizeof *values);
    for (size_t g = 0; g < GENERATORS; g++) {
        struct hist *parts[PARTS];
        for (int p = 0; p < PARTS; p++)
            parts[p] = hist_new();
        size_t len = 0;
        /* Part 0 stays empty, 1 and 2 exact, the rest become buckets. */
        static const size_t sizes[PARTS] = {0,    3,    HIST_EXACT_MAX, HIST_EXACT_MAX + 1,
                                            5000, 9000, 20000};
        for (int p = 0; p < PARTS; p++)
            for (size_t i = 0; i < sizes[p]; i++) {
                values[len] = generators[g](&r, len);
                hist_add(parts[p], values[len++]);
            }
        for (int order = 0; order < 3; order++) {
            static const int orders[3][PARTS] = {
                {0, 1, 2, 3, 4, 5, 6}, {6, 5, 4, 3, 2, 1, 0}, {1, 6, 0, 3, 2, 5, 4}};
            struct hist *all = hist_new();
            for (int p = 0; p < PARTS; p++)
                hist_merge(all, parts[orders[order][p]]);
            assert_matches(all, values, len);
            hist_free(all);
        }
        for (int p = 0; p < PARTS; p++)
            hist_free(parts[p]);
    }
    mem_free(values);
}

static void a_reset_histogram_starts_afresh(void **state)
{
    (void)state;
    struct hist *h = hist_new();
    struct rng r;
    rng_init(&r, 3);
    double *values = mem_alloc(MANY * sizeof *values);
    for (size_t round = 0; round < 4; round++) {
        size_t len = round % 2 == 0 ? MANY : 100;
        for (size_t i = 0; i < len; i++) {
            values[i] = generators[round](&r, i);
            hist_add(h, values[i]);
        }
        assert_matches(h, values, len);
        hist_reset(h);
        assert_int_equal(hist_count(h), 0);
        assert_true(hist_quantile(h, 0.5) == 0);
        assert_true(hist_min(h) == 0 && hist_max(h) == 0 && hist_sum(h) == 0 && hist_avg(h) == 0);
    }
    mem_free(values);
    hist_free(h);
}

static void many_equal_or_whole_values_stay_as_they_are(void **state)
{
    (void)state;
    struct hist *h = hist_new();
    for (int i = 0; i < MANY; i++)
        hist_add(h, i % 1000);
    assert_true(fabs(hist_quantile(h, 0.9) - 899.1) < 1e-9);
    assert_true(hist_quantile(h, 0.5) == 499.5);
    hist_free(h);
    h = hist_new();
    for (int i = 0; i < MANY; i++)
        hist_add(h, i % 2 == 0 ? 5000.1 : 12345.6);
    assert_true(hist_quantile(h, 0.25) == 5000.1);
    assert_true(hist_quantile(h, 0.75) == 12345.6);
    hist_free(h);
}

static void infinities_have_a_place_and_nan_is_dropped(void **state)
{
    (void)state;
    struct hist *h = hist_new();
    for (int i = 0; i < 3 * HIST_EXACT_MAX; i++) {
        hist_add(h, NAN);
        hist_add(h, i % 3 == 0 ? INFINITY : i % 3 == 1 ? -INFINITY : 1);
    }
    assert_int_equal(hist_count(h), 3 * HIST_EXACT_MAX);
    assert_true(hist_quantile(h, 0.1) == -INFINITY);
    assert_true(hist_quantile(h, 0.5) == 1);
    assert_true(hist_quantile(h, 0.9) == INFINITY);
    assert_true(hist_max(h) == INFINITY);
    hist_free(h);
}

static void memory_is_bounded_by_the_spread_not_the_count(void **state)
{
    (void)state;
    struct rng r;
    rng_init(&r, 9);
    struct hist *h = hist_new();
    for (size_t i = 0; i < 200000; i++)
        hist_add(h, 0.1 * exp(rng_unit(&r) * 9)); /* 0.1 ms to 810 ms */
    size_t bytes = hist_bytes(h);
    assert_true(bytes < 200000);
    for (size_t i = 0; i < 200000; i++)
        hist_add(h, 0.1 * exp(rng_unit(&r) * 9));
    assert_int_equal(hist_bytes(h), bytes);
    hist_free(h);
}

TEST_SUITE(hist)
{
    TEST(matches_exact_quantiles_on_hostile_distributions)
    TEST(few_values_are_exact)
    TEST(merges_in_any_order_give_the_same)
    TEST(a_reset_histogram_starts_afresh)
    TEST(many_equal_or_whole_values_stay_as_they_are)
    TEST(infinities_have_a_place_and_nan_is_dropped)
    TEST(memory_is_bounded_by_the_spread_not_the_count)
    TEST_END
};
