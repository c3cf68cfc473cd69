/* tags_test.c - interning, deriving and letting go of tag sets. */
#include "metrics/tags.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "test.h"

static void assert_tag(const struct tagset *t, const char *key, const char *want)
{
    struct str value;
    if (want == NULL) {
        assert_false(tags_get(t, key, &value));
        return;
    }
    assert_true(tags_get(t, key, &value));
    assert_true(str_eqs(value, want));
    assert_int_equal(value.p[value.len], 0);
}

static void equal_sets_are_one_whatever_the_way_there(void **state)
{
    (void)state;
    struct tag_pool *p = tag_pool_new();
    struct tagset *empty = tags_empty(p);
    struct tagset *a = tags_with(empty, STR("b"), STR("2"));
    struct tagset *ab = tags_with(a, STR("a"), STR("1"));
    struct tag tags[] = {{STR("a"), STR("1")}, {STR("b"), STR("2")}};
    struct tagset *both = tags_with_many(empty, tags, 2);
    assert_ptr_equal(ab, both);
    assert_int_equal(ab->count, 2);
    assert_true(str_eqs(ab->items[0].key, "a"));
    assert_true(str_eqs(ab->items[1].key, "b"));
    struct tagset *same = tags_with(ab, STR("a"), STR("1"));
    assert_ptr_equal(same, ab);
    struct tagset *less = tags_without(ab, STR("a"));
    assert_ptr_equal(less, a);
    struct tagset *not_there = tags_without(ab, STR("zzz"));
    assert_ptr_equal(not_there, ab);
    struct tagset *all[] = {empty, a, ab, both, same, less, not_there};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        tags_unref(all[i]);
    tag_pool_free(p);
}

static void a_later_tag_of_the_same_key_wins(void **state)
{
    (void)state;
    struct tag_pool *p = tag_pool_new();
    struct tagset *empty = tags_empty(p);
    struct tag tags[] = {{STR("k"), STR("1")}, {STR("x"), STR("")}, {STR("k"), STR("2")}};
    for (int round = 0; round < 3; round++) {
        struct tagset *t = tags_with_many(empty, tags, 3);
        assert_int_equal(t->count, 2);
        assert_tag(t, "k", "2");
        assert_tag(t, "x", "");
        assert_tag(t, "y", NULL);
        struct tagset *u = tags_with(t, STR("k"), STR("3"));
        assert_tag(u, "k", "3");
        assert_tag(t, "k", "2");
        tags_unref(t);
        tags_unref(u);
    }
    tags_unref(empty);
    tag_pool_free(p);
}

/* The quick comparison of the cache takes texts apart in words: each length has its own path. */
static void texts_that_differ_in_one_byte_are_different_tags(void **state)
{
    (void)state;
    struct tag_pool *p = tag_pool_new();
    struct tagset *empty = tags_empty(p);
    char text[40], other[40];
    for (size_t len = 1; len < sizeof text; len++) {
        memset(text, 'x', len);
        struct str s = {text, len};
        struct tagset *t = tags_with(empty, STR("k"), s);
        for (size_t at = 0; at < len; at++) {
            memcpy(other, text, len);
            other[at] = 'y';
            struct tagset *u = tags_with(empty, STR("k"), (struct str){other, len});
            assert_ptr_not_equal(t, u);
            assert_int_equal(u->items[0].value.p[at], 'y');
            tags_unref(u);
        }
        struct tagset *again = tags_with(empty, STR("k"), s);
        assert_ptr_equal(again, t);
        tags_unref(again);
        tags_unref(t);
    }
    tags_unref(empty);
    tag_pool_free(p);
}

static void unique_sets_do_not_pile_up(void **state)
{
    (void)state;
    struct tag_pool *p = tag_pool_new();
    struct tagset *empty = tags_empty(p);
    size_t most = 0;
    for (int i = 0; i < 100000; i++) {
        char url[32];
        snprintf(url, sizeof url, "http://host/%d", i);
        struct tag tags[] = {{STR("url"), str_of(url)}, {STR("name"), str_of(url)}};
        struct tagset *t = tags_with_many(empty, tags, 2);
        assert_tag(t, "url", url);
        tags_unref(t);
        most = tag_pool_len(p) > most ? tag_pool_len(p) : most;
    }
    assert_true(most <= 1100);
    tags_unref(empty);
    tag_pool_free(p);
}

static void holds_many_tags_and_long_texts(void **state)
{
    (void)state;
    struct tag_pool *p = tag_pool_new();
    struct tagset *empty = tags_empty(p);
    enum { COUNT = 200, LEN = 70000 };
    static char keys[COUNT][8];
    static struct tag tags[COUNT];
    char *longer = mem_alloc(LEN);
    memset(longer, 'v', LEN);
    for (int i = 0; i < COUNT; i++) {
        snprintf(keys[i], sizeof keys[i], "k%d", (i * 7919) % COUNT);
        tags[i] = (struct tag){str_of(keys[i]), {longer, LEN}};
    }
    struct tagset *t = tags_with_many(empty, tags, COUNT);
    assert_int_equal(t->count, COUNT);
    for (uint32_t i = 1; i < t->count; i++)
        assert_true(str_cmp(t->items[i - 1].key, t->items[i].key) < 0);
    struct tagset *u = tags_with(t, STR("k5"), STR("x"));
    assert_tag(u, "k5", "x");
    struct tagset *w = tags_without(u, STR("k6"));
    assert_int_equal(w->count, COUNT - 1);
    tags_unref(t);
    tags_unref(u);
    tags_unref(w);
    tags_unref(empty);
    mem_free(longer);
    tag_pool_free(p);
}

static void copies_to_another_pool(void **state)
{
    (void)state;
    struct tag_pool *p = tag_pool_new(), *q = tag_pool_new();
    struct tagset *empty = tags_empty(p);
    struct tagset *t = tags_with(empty, STR("scenario"), STR("s"));
    struct tagset *u = tags_copy_to(q, t);
    assert_ptr_not_equal(t, u);
    assert_ptr_equal(u->pool, q);
    assert_tag(u, "scenario", "s");
    tags_unref(t);
    tags_unref(u);
    tags_unref(empty);
    tag_pool_free(p);
    tag_pool_free(q);
}

static void knows_the_system_tags(void **state)
{
    (void)state;
    for (uint32_t bit = TAG_PROTO; bit <= TAG_IP; bit <<= 1)
        assert_int_equal(system_tag_parse(str_of(system_tag_name((enum system_tag)bit))), bit);
    assert_int_equal(system_tag_parse(STR("vu")), TAG_VU);
    assert_int_equal(system_tag_parse(STR("nothing")), 0);
    assert_int_equal(system_tag_parse(STR("")), 0);
    assert_false(SYSTEM_TAGS_DEFAULT & SYSTEM_TAGS_METADATA);
}

TEST_SUITE(tags)
{
    TEST(equal_sets_are_one_whatever_the_way_there)
    TEST(a_later_tag_of_the_same_key_wins)
    TEST(texts_that_differ_in_one_byte_are_different_tags)
    TEST(unique_sets_do_not_pile_up)
    TEST(holds_many_tags_and_long_texts)
    TEST(copies_to_another_pool)
    TEST(knows_the_system_tags)
    TEST_END
};
