/* json_modifier.c - modifiers of JSON paths; see json_modifier.h. Each is one function and one row.
 * Spec: github.com/tidwall/gjson, SYNTAX.md. Tests: json_selector_test.c */
#include "modules/http/json_modifier.h"

#include <string.h>

#include "base/json.h"
#include "base/map.h"
#include "base/vec.h"
#include "modules/http/json_text.h"

enum { FLATTEN_DEPTH_MAX = 64 }; /* of recursion; lists deeper than that stay */

typedef VEC(struct str) str_list;

/* The member of an object argument: {"deep":true}. */
static bool arg_is_true(struct str arg, const char *name)
{
    struct json_walk w;
    struct str key, value;
    if (!json_text_is_valid(arg, NULL, NULL) || !json_walk_begin(&w, arg) || !w.is_object)
        return false;
    while (json_walk_next(&w, &key, &value))
        if (key.len >= 2 && str_eqs((struct str){key.p + 1, key.len - 2}, name))
            return str_eqs(value, "true");
    return false;
}

static bool mod_this(struct buf *out, struct str json, struct str arg)
{
    buf_add_str(out, json);
    return true;
}

/* White space outside of strings goes. (@pretty too leaves the value what it is; nobody sees its
 * line breaks.) */
static bool mod_ugly(struct buf *out, struct str json, struct str arg)
{
    for (size_t i = 0; i < json.len; i++) {
        if (json.p[i] == '"') {
            struct str rest = {json.p + i, json.len - i}, text;
            json_text_take_value(&rest, &text);
            buf_add_str(out, text);
            i += text.len - 1;
        } else if (!ascii_is_space(json.p[i])) {
            buf_addc(out, json.p[i]);
        }
    }
    return true;
}

static bool mod_valid(struct buf *out, struct str json, struct str arg)
{
    buf_add_str(out, json);
    return json_text_is_valid(json, NULL, NULL);
}

/* Members or elements from the last to the first; other values stay. */
static bool mod_reverse(struct buf *out, struct str json, struct str arg)
{
    struct json_walk w;
    struct str key, value;
    if (!json_walk_begin(&w, json))
        return mod_this(out, json, arg);
    str_list items = {0};
    while (json_walk_next(&w, &key, &value)) {
        VEC_PUSH(&items, key);
        VEC_PUSH(&items, value);
    }
    buf_addc(out, w.is_object ? '{' : '[');
    for (size_t i = items.len; i > 0; i -= 2) {
        if (i < items.len)
            buf_addc(out, ',');
        if (w.is_object) {
            buf_add_str(out, items.items[i - 2]);
            buf_addc(out, ':');
        }
        buf_add_str(out, items.items[i - 1]);
    }
    buf_addc(out, w.is_object ? '}' : ']');
    VEC_DEINIT(&items);
    return true;
}

/* A value that is neither object nor list counts as one element of a list; nothing as none. */
static void put_parts(struct buf *out, struct str json, bool wants_keys)
{
    struct json_walk w;
    struct str key, value;
    bool is_first = true;
    buf_addc(out, '[');
    if (!json_walk_begin(&w, json)) {
        buf_add_str(out, wants_keys && json.len > 0 ? STR("null") : json);
    } else {
        while (json_walk_next(&w, &key, &value)) {
            if (!is_first)
                buf_addc(out, ',');
            is_first = false;
            buf_add_str(out, wants_keys ? (w.is_object ? key : STR("null")) : value);
        }
    }
    buf_addc(out, ']');
}

static bool mod_keys(struct buf *out, struct str json, struct str arg)
{
    put_parts(out, json, true);
    return true;
}

static bool mod_values(struct buf *out, struct str json, struct str arg)
{
    struct json_walk w;
    if (json_walk_begin(&w, json) && !w.is_object)
        return mod_this(out, json, arg);
    put_parts(out, json, false);
    return true;
}

/* Elements of a list; those that are lists are laid out, one level or (is_deep) all. */
static void put_flat(struct buf *out, struct str list, bool is_deep, int depth)
{
    struct json_walk w;
    struct str key, value;
    json_walk_begin(&w, list);
    while (json_walk_next(&w, &key, &value)) {
        if (value.p[0] == '[' && depth < (is_deep ? FLATTEN_DEPTH_MAX : 1)) {
            put_flat(out, value, is_deep, depth + 1);
            continue;
        }
        if (out->len > 1)
            buf_addc(out, ',');
        buf_add_str(out, value);
    }
}

/* Lists inside a list are laid out in it: one level, or all with {"deep":true}. */
static bool mod_flatten(struct buf *out, struct str json, struct str arg)
{
    struct json_walk w;
    if (!json_walk_begin(&w, json) || w.is_object)
        return mod_this(out, json, arg);
    buf_addc(out, '[');
    put_flat(out, json, arg_is_true(arg, "deep"), 0);
    buf_addc(out, ']');
    return true;
}

/* The objects of a list become one: the last of equal keys counts, at the first one's place;
 * {"preserve":true} keeps all. */
static bool mod_join(struct buf *out, struct str json, struct str arg)
{
    struct json_walk outer, w;
    struct str key, value, object;
    if (!json_walk_begin(&outer, json) || outer.is_object)
        return mod_this(out, json, arg);
    bool keeps_all = arg_is_true(arg, "preserve");
    str_list items = {0};
    struct map *places = map_new(); /* key: index + 1 of its value in items */
    while (json_walk_next(&outer, &key, &object)) {
        if (!json_walk_begin(&w, object) || !w.is_object)
            continue;
        while (json_walk_next(&w, &key, &value)) {
            size_t place = keeps_all ? 0 : (size_t)(uintptr_t)map_get(places, key);
            if (place > 0) {
                items.items[place - 1] = value;
                continue;
            }
            VEC_PUSH(&items, key);
            VEC_PUSH(&items, value);
            map_put(places, key, (void *)(uintptr_t)items.len);
        }
    }
    buf_addc(out, '{');
    for (size_t i = 0; i < items.len; i += 2) {
        if (i > 0)
            buf_addc(out, ',');
        buf_add_str(out, items.items[i]);
        buf_addc(out, ':');
        buf_add_str(out, items.items[i + 1]);
    }
    buf_addc(out, '}');
    map_free(places, NULL);
    VEC_DEINIT(&items);
    return true;
}

static bool mod_tostr(struct buf *out, struct str json, struct str arg)
{
    json_put_str(out, json);
    return true;
}

/* Other values than texts stay what they are. */
static bool mod_fromstr(struct buf *out, struct str json, struct str arg)
{
    if (json.len == 0 || json.p[0] == 'n')
        return false;
    if (json.p[0] != '"')
        return mod_this(out, json, arg);
    json_text_unquote(out, json);
    return json_text_is_valid((struct str){out->data, out->len}, NULL, NULL);
}

/* {"a":[1,2],"b":[3]} becomes [{"a":1,"b":3},{"a":2}]. */
static bool mod_group(struct buf *out, struct str json, struct str arg)
{
    struct json_walk w, inner;
    struct str key, value, inner_key, item;
    if (!json_walk_begin(&w, json) || !w.is_object)
        return false;
    VEC(struct buf) rows = {0};
    while (json_walk_next(&w, &key, &value)) {
        if (value.p[0] != '[' || !json_walk_begin(&inner, value))
            continue;
        for (size_t i = 0; json_walk_next(&inner, &inner_key, &item); i++) {
            if (i == rows.len) {
                struct buf row;
                buf_init(&row, BUF_NO_LIMIT);
                VEC_PUSH(&rows, row);
            }
            buf_addc(&rows.items[i], rows.items[i].len == 0 ? '{' : ',');
            buf_add_str(&rows.items[i], key);
            buf_addc(&rows.items[i], ':');
            buf_add_str(&rows.items[i], item);
        }
    }
    buf_addc(out, '[');
    for (size_t i = 0; i < rows.len; i++) {
        buf_add(out, i > 0 ? "," : "", i > 0);
        buf_add(out, rows.items[i].data, rows.items[i].len);
        buf_addc(out, '}');
        buf_deinit(&rows.items[i]);
    }
    buf_addc(out, ']');
    VEC_DEINIT(&rows);
    return true;
}

static const struct modifier {
    const char *name;
    bool (*apply)(struct buf *out, struct str json, struct str arg);
} modifiers[] = {
    {"flatten", mod_flatten}, {"fromstr", mod_fromstr}, {"group", mod_group},
    {"join", mod_join},       {"keys", mod_keys},       {"pretty", mod_this},
    {"reverse", mod_reverse}, {"this", mod_this},       {"tostr", mod_tostr},
    {"ugly", mod_ugly},       {"valid", mod_valid},     {"values", mod_values},
};

static const struct modifier *find(struct str name)
{
    for (size_t i = 0; i < sizeof(modifiers) / sizeof(modifiers[0]); i++)
        if (str_eqs(name, modifiers[i].name))
            return &modifiers[i];
    return NULL;
}

bool json_modifier_exists(struct str name)
{
    return find(name) != NULL;
}

bool json_modifier_apply(struct str name, struct buf *out, struct str json, struct str arg)
{
    const struct modifier *m = find(name);
    if (m && m->apply != mod_tostr) /* the blanks around a document are part of its text */
        json = json_text_trim(json);
    return m && m->apply(out, json, arg) && !buf_failed(out);
}
