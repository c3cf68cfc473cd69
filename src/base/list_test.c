/* list_test.c - tests of list.h. */
#include "base/list.h"

#include "test.h"

struct item {
    int number;
    struct list_node node;
};

static int number_of(struct list_node *node)
{
    return LIST_ENTRY(node, struct item, node)->number;
}

static void nodes_come_in_the_order_they_were_put(void **state)
{
    struct list_node head;
    struct item items[4] = {{.number = 0}, {.number = 1}, {.number = 2}, {.number = 3}};
    list_init(&head);
    assert_true(list_is_empty(&head));
    assert_null(list_pop_front(&head));
    list_push_back(&head, &items[1].node);
    list_push_back(&head, &items[3].node);
    list_push_front(&head, &items[0].node);
    list_add_before(&items[3].node, &items[2].node);
    int expected = 0;
    LIST_EACH(it, &head)
    assert_int_equal(number_of(it), expected++);
    assert_int_equal(expected, 4);
    assert_int_equal(number_of(list_pop_front(&head)), 0);
}

static void a_safe_walk_may_remove_where_it_stands(void **state)
{
    struct list_node head;
    struct item items[5];
    list_init(&head);
    for (int i = 0; i < 5; i++) {
        items[i].number = i;
        list_push_back(&head, &items[i].node);
    }
    LIST_EACH_SAFE(it, &head)
    if (number_of(it) % 2 == 0)
        list_remove(it);
    assert_int_equal(number_of(list_pop_front(&head)), 1);
    assert_int_equal(number_of(list_pop_front(&head)), 3);
    assert_true(list_is_empty(&head));
}

static void a_removed_node_points_to_itself(void **state)
{
    struct list_node head;
    struct item item;
    list_init(&head);
    list_push_back(&head, &item.node);
    list_remove(&item.node);
    assert_ptr_equal(item.node.next, &item.node);
    list_remove(&item.node); /* so that removing twice does no harm */
    assert_true(list_is_empty(&head));
}

TEST_SUITE(list) {
    TEST(nodes_come_in_the_order_they_were_put)
    TEST(a_safe_walk_may_remove_where_it_stands)
    TEST(a_removed_node_points_to_itself)
    TEST_END
};
