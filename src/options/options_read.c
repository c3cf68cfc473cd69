/* options_read.c - one option from each source: JSON (script, config file), environment, flag.
 * The sources differ: only JSON has null; the environment cuts lists at each comma; flags read
 * numbers in Go's notation and lists as a line of CSV. Knows no option by name.
 * Source: k6 docs, "k6 options reference". Tests: options_test.c */
#include <string.h>

#include "base/duration.h"
#include "base/mem.h"
#include "metrics/tags.h"
#include "options/options_check.h"
#include "options/options_table.h"
#include "options/optval.h"

static uint32_t system_tags_of(const struct opt_strs *names)
{
    uint32_t mask = 0;
    for (size_t i = 0; i < names->count; i++)
        mask |= system_tag_parse(str_of(names->v[i]));
    return mask;
}

static int set_json(struct opt_json *at, const struct option_row *row, struct json *takes,
                    struct err *e)
{
    struct json *v = takes;
    bool is_judged = row->check != NULL && v->type != JSON_NULL;
    int rc = is_judged ? row->check(&v, e) : 0;
    if (rc < 0) {
        json_free(v);
        return rc;
    }
    json_free(at->v);
    at->set = true;
    at->v = v;
    return 0;
}

static int check_text(struct opt_str *s, const struct option_row *row, struct err *e)
{
    int rc = row->check_text != NULL && s->set ? row->check_text(&s->v, e) : 0;
    if (rc < 0) {
        mem_free(s->v);
        *s = (struct opt_str){0};
    }
    return rc;
}

static int set_text(struct opt_str *at, const struct option_row *row, const char *text,
                    struct err *e)
{
    mem_free(at->v);
    *at = (struct opt_str){true, mem_strdup(text)};
    return check_text(at, row, e);
}

/* ---- JSON */

static int read_stages(struct opt_stages *s, const struct json *v, struct err *e)
{
    int rc = optval_json_stages(&s->v, &s->count, v, false, e);
    s->set = rc == 0;
    return rc;
}

static int read_tags(struct opt_tags *t, const struct json *v, struct err *e)
{
    int rc = optval_json_map(&t->v, &t->count, v, e);
    t->set = rc == 0;
    return rc;
}

static int read_system_tags(struct opt_mask *m, const struct json *v, struct err *e)
{
    struct opt_strs names = {0};
    int rc = optval_json_strs(&names, v, e);
    if (rc == 0)
        *m = (struct opt_mask){true, system_tags_of(&names)};
    optval_free_strs(names.v, names.count);
    return rc;
}

int option_read_json(struct options *o, const struct option_row *row, const struct json *v,
                     struct err *e)
{
    void *at = option_at(o, row);
    if (v->type == JSON_NULL && !row->keeps_null)
        return 0;
    switch (row->kind) {
    case OPT_BOOL:
        return optval_json_bool(at, v, e);
    case OPT_INT:
        return optval_json_int(at, v, e);
    case OPT_NS:
        return optval_json_ns(at, v, e);
    case OPT_STR: {
        if (row->check_text != NULL && v->type != JSON_STRING)
            return optval_wrong_type(v, "a string", e);
        int rc = optval_json_str(at, v, e);
        return rc < 0 ? rc : check_text(at, row, e);
    }
    case OPT_STRS:
    case OPT_LIST:
        return optval_json_strs(at, v, e);
    case OPT_STAGES:
        return read_stages(at, v, e);
    case OPT_TAGS:
        return read_tags(at, v, e);
    case OPT_SYSTEM_TAGS:
        return read_system_tags(at, v, e);
    case OPT_JSON:
        return set_json(at, row, json_dup(v), e);
    }
    return 0;
}

/* ---- the environment */

static int read_json_text(struct opt_json *at, const struct option_row *row, const char *text,
                          struct err *e)
{
    struct json *v = NULL;
    int rc = 0;
    if (*text == '\0' && row->empty_is_unset)
        return 0;
    if (row->from_text != NULL)
        rc = row->from_text(&v, text, e);
    else
        v = json_parse(str_of(text), e);
    return rc < 0 || v == NULL ? ERR_INVALID : set_json(at, row, v, e);
}

int option_read_text(struct options *o, const struct option_row *row, const char *text,
                     struct err *e)
{
    void *at = option_at(o, row);
    int rc = 0;
    switch (row->kind) {
    case OPT_BOOL:
        return optval_text_bool(at, text, e);
    case OPT_INT:
        return optval_text_int(at, text, e);
    case OPT_NS:
        return optval_text_ns(at, text, e);
    case OPT_STR:
        return *text == '\0' ? 0 : set_text(at, row, text, e);
    case OPT_STRS:
    case OPT_LIST:
        optval_split(at, text);
        return 0;
    case OPT_STAGES: {
        struct opt_stages *s = at;
        rc = optval_text_stages(&s->v, &s->count, text, e);
        s->set = rc == 0;
        return rc;
    }
    case OPT_TAGS: {
        struct opt_tags *t = at;
        rc = optval_text_map(&t->v, &t->count, text, e);
        t->set = rc == 0;
        return rc;
    }
    case OPT_SYSTEM_TAGS: {
        struct opt_strs names = {0};
        optval_split_trimmed(&names, text);
        *(struct opt_mask *)at = (struct opt_mask){true, system_tags_of(&names)};
        optval_free_strs(names.v, names.count);
        return 0;
    }
    case OPT_JSON:
        return read_json_text(at, row, text, e);
    }
    return 0;
}

/* ---- flags */

/* "--tag name=value", one at a time; the last of a name counts. */
static int add_tag(struct opt_tags *t, const char *text, struct err *e)
{
    struct str name;
    struct str value;
    bool has_value = str_cut(str_of(text), '=', &name, &value) && value.len > 0;
    if (*text == '\0') /* as if it had not been given */
        return 0;
    if (*text == '=')
        return err_set(e, ERR_INVALID, "error parsing tag '%s': invalid tag, empty name", text);
    if (!has_value)
        return err_set(e, ERR_INVALID, "error parsing tag '%s': invalid tag, empty value", text);
    for (size_t i = 0; i < t->count; i++) {
        if (str_eqs(name, t->v[i].key)) {
            mem_free(t->v[i].value);
            t->v[i].value = mem_strndup(value.p, value.len);
            return 0;
        }
    }
    t->v = mem_realloc(t->v, (t->count + 1) * sizeof *t->v);
    t->v[t->count++] =
        (struct key_value){mem_strndup(name.p, name.len), mem_strndup(value.p, value.len)};
    t->set = true;
    return 0;
}

/* Adds the stages of one --stage to those there are. */
static int add_stages(struct opt_stages *s, const struct opt_strs *items, struct err *e)
{
    s->set = true;
    s->v = mem_realloc(s->v, (s->count + items->count + 1) * sizeof *s->v);
    for (size_t i = 0; i < items->count; i++) {
        struct stage *one = &s->v[s->count];
        int rc = optval_text_stage(one, str_of(items->v[i]), e);
        if (rc < 0)
            return err_prefix(e, rc, "error for stage %zu", s->count);
        if (!one->has_duration)
            return err_set(e, ERR_INVALID, "stage %zu doesn't have a specified duration",
                           s->count);
        s->count++;
    }
    return 0;
}

/* Takes the items of more. */
static void add_strs(struct opt_strs *list, struct opt_strs *more)
{
    list->v = mem_realloc(list->v, (list->count + more->count + 1) * sizeof *list->v);
    if (more->count > 0)
        memcpy(list->v + list->count, more->v, more->count * sizeof *more->v);
    list->count += more->count;
    list->set = true;
    more->count = 0;
}

static int add_json_list(struct opt_json *at, const struct option_row *row,
                         const struct opt_strs *items, struct err *e)
{
    if (items->count == 0 && row->check == check_ip_ranges)
        return 0; /* k6 adds its ranges one by one: none leaves those of other sources */
    struct json *v = json_new_array();
    for (size_t i = 0; at->set && i < at->v->len; i++)
        json_push(v, json_dup(at->v->items[i]));
    for (size_t i = 0; i < items->count; i++)
        json_push(v, json_new_strs(items->v[i]));
    return set_json(at, row, v, e);
}

/* A flag that takes a line of items and may be given several times. */
static int add_items(void *at, const struct option_row *row, const char *text, struct err *e)
{
    struct opt_strs items = {0};
    int rc = optval_split_csv(&items, text, e);
    if (rc == 0 && row->kind == OPT_STRS)
        add_strs(at, &items);
    else if (rc == 0 && row->kind == OPT_STAGES)
        rc = add_stages(at, &items, e);
    else if (rc == 0 && row->kind == OPT_JSON)
        rc = add_json_list(at, row, &items, e);
    else if (rc == 0) {
        struct opt_mask *mask = at;
        *mask = (struct opt_mask){true, (mask->set ? mask->v : 0) | system_tags_of(&items)};
    }
    optval_free_strs(items.v, items.count);
    return rc;
}

/* An empty item is none; but the flag was given, which alone may say something. */
static int add_item(struct opt_strs *list, const char *text)
{
    struct opt_strs one = {true, mem_calloc(1, sizeof *one.v), 0};
    if (*text != '\0')
        one.v[one.count++] = mem_strdup(text);
    add_strs(list, &one);
    mem_free(one.v);
    return 0;
}

static int read_flag_text(struct opt_str *at, const struct option_row *row, const char *text,
                          struct err *e)
{
    if (*text == '\0' && row->empty_is_unset)
        return 0; /* as if it had not been given */
    int rc = row->check_flag != NULL ? row->check_flag(text, e) : 0;
    return rc < 0 ? rc : set_text(at, row, text, e);
}

int option_read_flag(struct options *o, const struct option_row *row, const char *text,
                     struct err *e)
{
    void *at = option_at(o, row);
    switch (row->kind) {
    case OPT_TAGS:
        return add_tag(at, text, e);
    case OPT_BOOL:
        return optval_flag_bool(at, text, e);
    case OPT_INT:
        return optval_flag_int(at, text, e);
    case OPT_NS: {
        struct opt_ns *ns = at;
        int rc = duration_parse_go(str_of(text), &ns->v, e);
        ns->set = rc == 0;
        return rc;
    }
    case OPT_STR:
        return read_flag_text(at, row, text, e);
    case OPT_LIST:
        return add_item(at, text);
    case OPT_STRS:
    case OPT_STAGES:
    case OPT_SYSTEM_TAGS:
        return add_items(at, row, text, e);
    case OPT_JSON:
        if (row->from_text == list_from_text)
            return add_items(at, row, text, e);
        return *text == '\0' ? 0 : read_json_text(at, row, text, e);
    }
    return 0;
}
