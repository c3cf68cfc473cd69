/* list.h - intrusive doubly linked list. A node is in one list at a time; a removed node points to itself. */
#ifndef C6_LIST_H
#define C6_LIST_H

#include <stdbool.h>
#include <stddef.h>

struct list_node {
    struct list_node *prev;
    struct list_node *next;
};

#define LIST_ENTRY(node, type, field) ((type *)(void *)((char *)(node)-offsetof(type, field)))
#define LIST_EACH(it, head) for (struct list_node *it = (head)->next; it != (head); it = it->next)
/* Allows removing `it` inside the loop. */
#define LIST_EACH_SAFE(it, head) \
    for (struct list_node *it = (head)->next, *it##_next = it->next; it != (head); it = it##_next, it##_next = it->next)

static inline void list_init(struct list_node *head)
{
    head->prev = head->next = head;
}

static inline bool list_is_empty(const struct list_node *head)
{
    return head->next == head;
}

static inline void list_add_before(struct list_node *at, struct list_node *node)
{
    node->prev = at->prev;
    node->next = at;
    at->prev->next = node;
    at->prev = node;
}

static inline void list_push_back(struct list_node *head, struct list_node *node)
{
    list_add_before(head, node);
}

static inline void list_push_front(struct list_node *head, struct list_node *node)
{
    list_add_before(head->next, node);
}

static inline void list_remove(struct list_node *node)
{
    node->prev->next = node->next;
    node->next->prev = node->prev;
    node->prev = node->next = node;
}

/* First node, removed; NULL when empty. */
static inline struct list_node *list_pop_front(struct list_node *head)
{
    struct list_node *node = head->next;
    if (node == head)
        return NULL;
    list_remove(node);
    return node;
}

#endif
