/* lagged_random_test.c - the numbers that k6 2.2 draws after randomSeed. */
#include "base/lagged_random.h"

#include "test.h"

static void expect(const struct lagged_table *t, int64_t seed, double a, double b, double c)
{
    struct lagged_random r;
    lagged_random_seed(&r, t, seed);
    assert_float_equal(lagged_random_unit(&r), a, 1e-12);
    assert_float_equal(lagged_random_unit(&r), b, 1e-12);
    assert_float_equal(lagged_random_unit(&r), c, 1e-12);
}

static void seeds_give_the_numbers_of_k6(void **state)
{
    struct lagged_table t;
    lagged_table_make(&t);
    expect(&t, 1, 0.604660287980, 0.940509088045, 0.664560053218);
    expect(&t, 0, 0.945196149294, 0.244965085294, 0.655956265195);
    expect(&t, -5, 0.196423152869, 0.480068424533, 0.020401048457);
    expect(&t, INT64_C(1) << 31, 0.604660287980, 0.940509088045, 0.664560053218);
    expect(&t, 123456789, 0.764978064279, 0.805182020193, 0.760090130549);
}

static void numbers_fill_the_interval(void **state)
{
    struct lagged_table t;
    struct lagged_random r;
    double sum = 0;
    lagged_table_make(&t);
    lagged_random_seed(&r, &t, INT64_MIN);
    for (int i = 0; i < 10000; i++) {
        double n = lagged_random_unit(&r);
        assert_true(n >= 0 && n < 1);
        sum += n;
    }
    assert_true(sum > 4800 && sum < 5200);
}

TEST_SUITE(lagged_random) {
    TEST(seeds_give_the_numbers_of_k6)
    TEST(numbers_fill_the_interval)
    TEST_END
};
