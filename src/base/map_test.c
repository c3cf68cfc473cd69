/* map_test.c - tests of map.h. */
#include "base/map.h"

#include <stdio.h>

#include "base/mem.h"
#include "test.h"

static void an_empty_map_holds_nothing(void **state)
{
    struct map *m = map_new();
    struct map_entry e;
    size_t at = 0;
    assert_null(map_gets(m, "x"));
    assert_null(map_remove(m, STR("x")));
    assert_false(map_has(m, STR("")));
    assert_false(map_next(m, &at, &e));
    map_free(m, NULL);
    map_free(NULL, NULL);
}

static void putting_again_replaces_and_returns_the_old_value(void **state)
{
    struct map *m = map_new();
    int a, b;
    assert_null(map_puts(m, "k", &a));
    assert_ptr_equal(map_puts(m, "k", &b), &a);
    assert_ptr_equal(map_gets(m, "k"), &b);
    assert_int_equal(map_len(m), 1);
    map_free(m, NULL);
}

static void keys_are_bytes_and_values_may_be_null(void **state)
{
    struct map *m = map_new();
    int a, b;
    map_put(m, STR("a\0b"), &a);
    map_put(m, STR("a\0c"), &b);
    map_put(m, STR(""), NULL);
    assert_ptr_equal(map_get(m, STR("a\0b")), &a);
    assert_ptr_equal(map_get(m, STR("a\0c")), &b);
    assert_true(map_has(m, STR("")));
    assert_null(map_get(m, STR("")));
    assert_int_equal(map_len(m), 3);
    map_free(m, NULL);
}

/* Against an array that is searched one by one: a few thousand random steps. */
static void it_agrees_with_a_plain_table(void **state)
{
    enum { KEYS = 300, STEPS = 20000 };
    void *plain[KEYS] = {0};
    static int values[STEPS];
    struct map *m = map_new();
    size_t len = 0;
    uint32_t random = 12345;
    for (int step = 0; step < STEPS; step++) {
        random = random * 1664525 + 1013904223;
        size_t key = (random >> 8) % KEYS;
        char name[16];
        snprintf(name, sizeof name, "key%zu", key);
        if ((random >> 28) < 7) {
            assert_ptr_equal(map_remove(m, str_of(name)), plain[key]);
            len -= plain[key] != NULL;
            plain[key] = NULL;
        } else {
            assert_ptr_equal(map_puts(m, name, &values[step]), plain[key]);
            len += plain[key] == NULL;
            plain[key] = &values[step];
        }
        assert_int_equal(map_len(m), len);
        assert_ptr_equal(map_gets(m, name), plain[key]);
    }
    size_t seen = 0;
    struct map_entry e;
    for (size_t at = 0; map_next(m, &at, &e); seen++) {
        size_t key;
        assert_int_equal(sscanf(e.key.p, "key%zu", &key), 1);
        assert_ptr_equal(e.value, plain[key]);
    }
    assert_int_equal(seen, len);
    map_free(m, NULL);
}

static void a_walk_keeps_the_order_and_may_remove(void **state)
{
    struct map *m = map_new();
    char name[16];
    for (int i = 0; i < 100; i++) {
        snprintf(name, sizeof name, "%03d", i);
        map_puts(m, name, mem_strdup(name));
    }
    struct map_entry e;
    int i = 0;
    for (size_t at = 0; map_next(m, &at, &e); i++) {
        snprintf(name, sizeof name, "%03d", i);
        assert_string_equal(e.key.p, name);
        if (i % 2 == 0)
            mem_free(map_remove(m, e.key));
    }
    assert_int_equal(i, 100);
    assert_int_equal(map_len(m), 50);
    map_puts(m, "last", mem_strdup("last"));
    i = 0;
    for (size_t at = 0; map_next(m, &at, &e); i++)
        if (i < 50)
            assert_int_equal(e.key.p[2] % 2, 1);
    assert_int_equal(i, 51);
    assert_string_equal(e.key.p, "last");
    map_free(m, mem_free);
}

TEST_SUITE(map) {
    TEST(an_empty_map_holds_nothing)
    TEST(putting_again_replaces_and_returns_the_old_value)
    TEST(keys_are_bytes_and_values_may_be_null)
    TEST(it_agrees_with_a_plain_table)
    TEST(a_walk_keeps_the_order_and_may_remove)
    TEST_END
};
