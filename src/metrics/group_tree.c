/* group_tree.c - trees of groups and checks.
 * Knows no shard and no lock: the engine calls it under its own.
 * Source: k6 docs, "Groups", "Checks"; ids are MD5 of paths like "::outer::inner::check". Tests:
 * metrics_engine_test.c */
#include "metrics/group_tree.h"

#include "base/hash.h"
#include "base/map.h"
#include "base/mem.h"

static struct group_node *node_new(struct group_node *parent, struct str name, int64_t first_ns)
{
    struct group_node *g = MEM_NEW(struct group_node);
    g->name = mem_strndup(name.p, name.len);
    g->path = parent == NULL ? mem_strdup("") : mem_printf("%s::%s", parent->path, g->name);
    hash_md5_hex(str_of(g->path), g->id);
    g->parent = parent;
    g->first_ns = first_ns;
    g->group_map = map_new();
    g->check_map = map_new();
    return g;
}

struct group_node *group_tree_new(void)
{
    return node_new(NULL, STR(""), INT64_MIN);
}

static void check_free(struct check_stat *c)
{
    mem_free((char *)c->name);
    mem_free((char *)c->path);
    mem_free(c);
}

void group_tree_free(struct group_node *g)
{
    if (g == NULL)
        return;
    for (size_t i = 0; i < g->group_count; i++)
        group_tree_free(g->groups[i]);
    for (size_t i = 0; i < g->check_count; i++)
        check_free(g->checks[i]);
    for (size_t i = 0; i < g->sink_count; i++) {
        if (g->sinks[i] != NULL)
            sink_deinit(g->sinks[i]);
        mem_free(g->sinks[i]);
    }
    map_free(g->group_map, NULL);
    map_free(g->check_map, NULL);
    mem_free(g->groups);
    mem_free(g->checks);
    mem_free(g->sinks);
    mem_free((char *)g->name);
    mem_free((char *)g->path);
    mem_free(g);
}

/* Workers flush one after the other, so an earlier sample may come later: moves the group to where
 * its time belongs. */
static void sort_group(struct group_node *parent, struct group_node *g)
{
    size_t at = 0;
    while (parent->groups[at] != g)
        at++;
    for (; at > 0 && parent->groups[at - 1]->first_ns > g->first_ns; at--)
        parent->groups[at] = parent->groups[at - 1];
    parent->groups[at] = g;
}

static void sort_check(struct group_node *g, struct check_stat *c)
{
    size_t at = 0;
    while (g->checks[at] != c)
        at++;
    for (; at > 0 && g->checks[at - 1]->first_ns > c->first_ns; at--)
        g->checks[at] = g->checks[at - 1];
    g->checks[at] = c;
}

/* Lists grow to the next power of two: true when len is one, so that there is no room. */
static bool is_full(size_t len)
{
    return (len & (len - 1)) == 0;
}

struct group_node *group_tree_child(struct group_node *parent, struct str name, int64_t first_ns)
{
    struct group_node *g = map_get(parent->group_map, name);
    if (g == NULL) {
        g = node_new(parent, name, first_ns);
        map_put(parent->group_map, name, g);
        if (is_full(parent->group_count))
            parent->groups = mem_realloc(parent->groups, (parent->group_count + 1) * 2 *
                                                             sizeof(struct group_node *));
        parent->groups[parent->group_count++] = g;
        sort_group(parent, g);
    } else if (first_ns < g->first_ns) {
        g->first_ns = first_ns;
        sort_group(parent, g);
    }
    return g;
}

struct check_stat *group_tree_check(struct group_node *g, struct str name, int64_t first_ns)
{
    struct check_stat *c = map_get(g->check_map, name);
    if (c == NULL) {
        c = MEM_NEW(struct check_stat);
        c->name = mem_strndup(name.p, name.len);
        c->path = mem_printf("%s::%s", g->path, c->name);
        hash_md5_hex(str_of(c->path), c->id);
        c->first_ns = first_ns;
        map_put(g->check_map, name, c);
        if (is_full(g->check_count))
            g->checks = mem_realloc(g->checks,
                                    (g->check_count + 1) * 2 * sizeof(struct check_stat *));
        g->checks[g->check_count++] = c;
        sort_check(g, c);
    } else if (first_ns < c->first_ns) {
        c->first_ns = first_ns;
        sort_check(g, c);
    }
    return c;
}

struct group_node *group_tree_descend(struct group_node *g, struct str names, int64_t first_ns)
{
    for (;;) {
        ptrdiff_t at = str_finds(names, "::");
        if (at < 0)
            return group_tree_child(g, names, first_ns);
        g = group_tree_child(g, (struct str){names.p, (size_t)at}, first_ns);
        names = (struct str){names.p + at + 2, names.len - (size_t)at - 2};
    }
}

struct sink *group_tree_sink(struct group_node *g, const struct metric *m)
{
    size_t id = (size_t)m->id;
    if (id >= g->sink_count) {
        g->sinks = mem_realloc(g->sinks, (id + 1) * sizeof(struct sink *));
        for (size_t i = g->sink_count; i <= id; i++)
            g->sinks[i] = NULL;
        g->sink_count = id + 1;
    }
    if (g->sinks[id] == NULL) {
        g->sinks[id] = MEM_NEW(struct sink);
        sink_init(g->sinks[id], m->type);
    }
    return g->sinks[id];
}
