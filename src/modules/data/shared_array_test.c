#include "modules/data/shared_array.h"

#include <pthread.h>

#include "base/mem.h"
#include "modules/data/packed.h"
#include "test.h"

static struct shared_array *make(int count)
{
    struct shared_array_builder *b = shared_array_builder_new();
    for (int i = 0; i < count; i++) {
        char *json = mem_printf("{\"id\":%d}", i);
        assert_int_equal(shared_array_add_json(b, str_of(json), NULL), 0);
        mem_free(json);
    }
    return shared_array_finish(b);
}

static int64_t id_at(const struct shared_array *a, size_t i)
{
    struct packed_item item;
    int place;
    struct str key;
    const uint8_t *p = packed_next(shared_array_at(a, i), &item);
    assert_int_equal(item.type, PACKED_MAP);
    p = packed_key(p, &place, &key);
    assert_true(str_eqs(shared_array_key(a, (uint32_t)place), "id"));
    packed_next(p, &item);
    return item.integer;
}

static void elements_are_found_by_index(void **state)
{
    (void)state;
    struct shared_array *a = make(1000);
    assert_int_equal(shared_array_len(a), 1000);
    assert_int_equal(shared_array_key_count(a), 1);
    assert_int_equal(id_at(a, 0), 0);
    assert_int_equal(id_at(a, 500), 500);
    assert_int_equal(id_at(a, 999), 999);
    assert_true(shared_array_memory(a) < 1000 * sizeof "{\"id\":999}" * 3 / 2 + 8192);
    shared_array_free(a);
}

static void an_array_may_be_empty(void **state)
{
    (void)state;
    struct shared_array *a = make(0);
    assert_int_equal(shared_array_len(a), 0);
    shared_array_free(a);
}

static void a_refused_element_adds_nothing(void **state)
{
    (void)state;
    struct shared_array_builder *b = shared_array_builder_new();
    assert_int_equal(shared_array_add_json(b, STR("{"), NULL), ERR_INVALID);
    assert_int_equal(shared_array_add_invalid(b), 0);
    struct shared_array *a = shared_array_finish(b);
    struct packed_item item;
    assert_int_equal(shared_array_len(a), 1);
    packed_next(shared_array_at(a, 0), &item);
    assert_int_equal(item.type, PACKED_INVALID);
    shared_array_free(a);
}

static void a_name_is_made_once(void **state)
{
    (void)state;
    int me = 0, other = 0;
    const struct shared_array *found = NULL;
    struct shared_array_store *s = shared_array_store_new();
    assert_int_equal(shared_array_claim(s, STR("a"), &me, &found), SHARED_ARRAY_YOURS);
    assert_int_equal(shared_array_claim(s, STR("a"), &me, &found), SHARED_ARRAY_MINE);
    assert_int_equal(shared_array_claim(s, STR("a"), &other, &found), SHARED_ARRAY_WAIT);
    const struct shared_array *a = shared_array_publish(s, STR("a"), make(3));
    assert_int_equal(shared_array_claim(s, STR("a"), &other, &found), SHARED_ARRAY_FOUND);
    assert_ptr_equal(found, a);
    assert_int_equal(shared_array_claim(s, STR("b"), &other, &found), SHARED_ARRAY_YOURS);
    shared_array_drop(s, STR("b"));
    assert_int_equal(shared_array_claim(s, STR("b"), &me, &found), SHARED_ARRAY_YOURS);
    shared_array_store_free(s);
}

struct race {
    struct shared_array_store *store;
    int made;
};

static void *race_for_it(void *arg)
{
    struct race *r = arg;
    const struct shared_array *a = NULL;
    enum shared_array_claim claim;
    while ((claim = shared_array_claim(r->store, STR("x"), &a, &a)) == SHARED_ARRAY_WAIT)
        ;
    if (claim == SHARED_ARRAY_YOURS) {
        __atomic_add_fetch(&r->made, 1, __ATOMIC_RELAXED);
        a = shared_array_publish(r->store, STR("x"), make(10));
    }
    assert_int_equal(id_at(a, 9), 9);
    return NULL;
}

static void many_threads_make_it_once(void **state)
{
    (void)state;
    struct race r = {shared_array_store_new(), 0};
    pthread_t threads[4];
    for (int i = 0; i < 4; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, race_for_it, &r), 0);
    for (int i = 0; i < 4; i++)
        pthread_join(threads[i], NULL);
    assert_int_equal(r.made, 1);
    shared_array_store_free(r.store);
}

TEST_SUITE(shared_array){
    TEST(elements_are_found_by_index)
    TEST(an_array_may_be_empty)
    TEST(a_refused_element_adds_nothing)
    TEST(a_name_is_made_once)
    TEST(many_threads_make_it_once)
    TEST_END
};
