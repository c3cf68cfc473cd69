/* vec_test.c - tests of the macros of vec.h. */
#include "base/vec.h"

#include "test.h"

static void items_stay_in_order_while_it_grows(void **state)
{
    VEC(int) v = {0};
    for (int i = 0; i < 1000; i++)
        VEC_PUSH(&v, i);
    assert_int_equal(v.len, 1000);
    for (int i = 0; i < 1000; i++)
        assert_int_equal(v.items[i], i);
    assert_int_equal(VEC_LAST(&v), 999);
    assert_int_equal(VEC_POP(&v), 999);
    assert_int_equal(v.len, 999);
    VEC_DEINIT(&v);
    assert_null(v.items);
    assert_int_equal(v.cap, 0);
}

static void removing_closes_the_gap(void **state)
{
    VEC(char) v = {0};
    VEC_PUSH(&v, 'a');
    VEC_PUSH(&v, 'b');
    VEC_PUSH(&v, 'c');
    VEC_REMOVE(&v, 1);
    assert_int_equal(v.len, 2);
    assert_int_equal(v.items[1], 'c');
    VEC_REMOVE(&v, 1);
    VEC_REMOVE(&v, 0);
    assert_int_equal(v.len, 0);
    VEC_DEINIT(&v);
}

static void reserved_room_is_there(void **state)
{
    VEC(long) v = {0};
    VEC_RESERVE(&v, 100);
    long *items = v.items;
    for (long i = 0; i < 100; i++)
        VEC_PUSH(&v, i);
    assert_ptr_equal(v.items, items);
    VEC_CLEAR(&v);
    assert_int_equal(v.len, 0);
    VEC_DEINIT(&v);
}

TEST_SUITE(vec) {
    TEST(items_stay_in_order_while_it_grows)
    TEST(removing_closes_the_gap)
    TEST(reserved_room_is_there)
    TEST_END
};
