/* options_value.c - the value of one option: where it is, forget it, copy it, print it as JSON.
 * Knows no source. Tests: options_test.c */
#include <stdlib.h>
#include <string.h>

#include "base/duration.h"
#include "base/mem.h"
#include "metrics/tags.h"
#include "options/options_table.h"
#include "options/optval.h"

void *option_at(const struct options *o, const struct option_row *row)
{
    return (char *)(uintptr_t)o + row->offset;
}

void option_clear(struct options *o, const struct option_row *row)
{
    void *at = option_at(o, row);
    switch (row->kind) {
    case OPT_BOOL:
        *(struct opt_bool *)at = (struct opt_bool){0};
        break;
    case OPT_INT:
        *(struct opt_int *)at = (struct opt_int){0};
        break;
    case OPT_NS:
        *(struct opt_ns *)at = (struct opt_ns){0};
        break;
    case OPT_SYSTEM_TAGS:
        *(struct opt_mask *)at = (struct opt_mask){0};
        break;
    case OPT_STR:
        mem_free(((struct opt_str *)at)->v);
        *(struct opt_str *)at = (struct opt_str){0};
        break;
    case OPT_STRS:
    case OPT_LIST:
        optval_free_strs(((struct opt_strs *)at)->v, ((struct opt_strs *)at)->count);
        *(struct opt_strs *)at = (struct opt_strs){0};
        break;
    case OPT_STAGES:
        mem_free(((struct opt_stages *)at)->v);
        *(struct opt_stages *)at = (struct opt_stages){0};
        break;
    case OPT_TAGS:
        optval_free_map(((struct opt_tags *)at)->v, ((struct opt_tags *)at)->count);
        *(struct opt_tags *)at = (struct opt_tags){0};
        break;
    case OPT_JSON:
        json_free(((struct opt_json *)at)->v);
        *(struct opt_json *)at = (struct opt_json){0};
        break;
    }
}

static void copy_strs(struct opt_strs *to, const struct opt_strs *from)
{
    to->set = true;
    to->count = from->count;
    to->v = mem_calloc(from->count + 1, sizeof *to->v);
    for (size_t i = 0; i < from->count; i++)
        to->v[i] = mem_strdup(from->v[i]);
}

static void copy_stages(struct opt_stages *to, const struct opt_stages *from)
{
    to->set = true;
    to->v = mem_calloc(from->count + 1, sizeof *to->v);
    to->count = 0;
    for (size_t i = 0; i < from->count; i++)
        if (from->v[i].has_duration) /* k6 drops those without as it lays sources over another */
            to->v[to->count++] = from->v[i];
}

void option_copy(struct options *to, const struct options *from, const struct option_row *row)
{
    void *dst = option_at(to, row);
    const void *src = option_at(from, row);
    option_clear(to, row);
    switch (row->kind) {
    case OPT_BOOL:
        *(struct opt_bool *)dst = *(const struct opt_bool *)src;
        break;
    case OPT_INT:
        *(struct opt_int *)dst = *(const struct opt_int *)src;
        break;
    case OPT_NS:
        *(struct opt_ns *)dst = *(const struct opt_ns *)src;
        break;
    case OPT_SYSTEM_TAGS:
        *(struct opt_mask *)dst = *(const struct opt_mask *)src;
        break;
    case OPT_STR:
        ((struct opt_str *)dst)->set = ((const struct opt_str *)src)->set;
        ((struct opt_str *)dst)->v = mem_strdup(((const struct opt_str *)src)->v);
        break;
    case OPT_STRS:
    case OPT_LIST:
        copy_strs(dst, src);
        break;
    case OPT_STAGES:
        copy_stages(dst, src);
        break;
    case OPT_TAGS:
        ((struct opt_tags *)dst)->set = true;
        ((struct opt_tags *)dst)->count = ((const struct opt_tags *)src)->count;
        ((struct opt_tags *)dst)->v = optval_dup_map(((const struct opt_tags *)src)->v,
                                                     ((const struct opt_tags *)src)->count);
        break;
    case OPT_JSON:
        ((struct opt_json *)dst)->set = true;
        ((struct opt_json *)dst)->v = json_dup(((const struct opt_json *)src)->v);
        break;
    }
}

/* ---- printing */

static struct json *strs_to_json(const struct opt_strs *s)
{
    struct json *list = json_new_array();
    for (size_t i = 0; i < s->count; i++)
        json_push(list, json_new_strs(s->v[i]));
    return list;
}

static struct json *stages_to_json(const struct opt_stages *s)
{
    struct json *list = json_new_array();
    for (size_t i = 0; i < s->count; i++) {
        struct json *stage = json_new_object();
        char *text = duration_dup(s->v[i].duration_ns);
        json_set(stage, "duration", s->v[i].has_duration ? json_new_strs(text) : json_new_null());
        json_set(stage, "target",
                 s->v[i].has_target ? json_new_int(s->v[i].target) : json_new_null());
        json_push(list, stage);
        mem_free(text);
    }
    return list;
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* In the order of the alphabet, none as null: as k6 shows them. */
static struct json *system_tags_to_json(uint32_t mask)
{
    const char *names[32];
    size_t count = 0;
    if (mask == 0)
        return json_new_null();
    struct json *list = json_new_array();
    for (uint32_t bit = 1; bit != 0 && bit <= mask; bit <<= 1)
        if ((mask & bit) != 0)
            names[count++] = system_tag_name((enum system_tag)bit);
    qsort(names, count, sizeof names[0], compare_names);
    for (size_t i = 0; i < count; i++)
        json_push(list, json_new_strs(names[i]));
    return list;
}

struct json *option_to_json(const struct options *o, const struct option_row *row)
{
    const void *at = option_at(o, row);
    if (!*(const bool *)at)
        return json_new_null();
    switch (row->kind) {
    case OPT_BOOL:
        return json_new_bool(((const struct opt_bool *)at)->v);
    case OPT_INT:
        return json_new_int(((const struct opt_int *)at)->v);
    case OPT_STR:
        return json_new_strs(((const struct opt_str *)at)->v);
    case OPT_STRS:
    case OPT_LIST:
        return strs_to_json(at);
    case OPT_STAGES:
        return stages_to_json(at);
    case OPT_SYSTEM_TAGS:
        return system_tags_to_json(((const struct opt_mask *)at)->v);
    case OPT_JSON:
        return json_dup(((const struct opt_json *)at)->v);
    case OPT_NS: {
        char *text = duration_dup(((const struct opt_ns *)at)->v);
        struct json *v = json_new_strs(text);
        mem_free(text);
        return v;
    }
    case OPT_TAGS: {
        const struct opt_tags *t = at;
        struct json *map = json_new_object();
        for (size_t i = 0; i < t->count; i++)
            json_set(map, t->v[i].key, json_new_strs(t->v[i].value));
        return map;
    }
    }
    return json_new_null();
}
