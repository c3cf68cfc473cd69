/* mod_html_value.c - what nodes stand for as values: val(), data(), and forms as they would be
 * sent: serialize() and its kin.
 * Source: k6 docs, "k6/html", "Selection". Tests: test/js/html_values.js */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "modules/html/html_data_name.h"
#include "modules/html/mod_html_int.h"

bool mod_html_parse_float(struct str s, double *out)
{
    if (num_parse_double(s, out) == 0)
        return !isinf(*out);
    bool is_negative = s.len > 0 && *s.p == '-', is_signed = s.len > 0 && strchr("+-", *s.p);
    struct str word = is_signed ? (struct str){s.p + 1, s.len - 1} : s;
    if (str_ieqs(word, "inf") || str_ieqs(word, "infinity"))
        *out = is_negative ? -INFINITY : INFINITY;
    else if (str_ieqs(s, "nan"))
        *out = NAN;
    else
        return false;
    return true;
}

/* ---- val ---- */

static JSValue inner_or_value(JSContext *ctx, const struct html_set *s)
{
    struct buf text;
    buf_init(&text, BUF_NO_LIMIT);
    mod_html_put_value_or_inner(&text, s);
    JSValue v = jsarg_new_str(ctx, (struct str){text.data, text.len});
    buf_deinit(&text);
    return v;
}

/* The values of all selected options. */
static JSValue value_list(JSContext *ctx, struct html_set *selected)
{
    JSValue list = JS_NewArray(ctx);
    bool ok = !JS_IsException(list);
    for (uint32_t i = 0; i < selected->count && ok; i++) {
        struct html_set *one = html_set_slice(selected, i, 1);
        ok = one && mod_html_push(ctx, list, i, inner_or_value(ctx, one));
        html_set_unref(one);
    }
    if (ok)
        return list;
    JS_FreeValue(ctx, list);
    return JS_EXCEPTION;
}

static JSValue select_value(JSContext *ctx, struct html_set *s)
{
    struct html_set *first = html_set_slice(s, 0, 1);
    struct html_set *selected = first ? mod_html_find(ctx, first, "option[selected]") : NULL;
    html_set_unref(first);
    if (!selected)
        return JS_EXCEPTION;
    bool is_multiple = html_node_attr(s->nodes[0], STR("multiple")) != NULL;
    JSValue v = is_multiple ? value_list(ctx, selected) : inner_or_value(ctx, selected);
    html_set_unref(selected);
    return v;
}

static JSValue input_value(JSContext *ctx, const struct html_node *n)
{
    const struct html_attr *a = html_node_attr(n, STR("value"));
    const struct html_attr *type = html_node_attr(n, STR("type"));
    if (a)
        return jsarg_new_str(ctx, a->value);
    bool is_box = n->tag == TAG_INPUT && type &&
                  (str_eqs(type->value, "radio") || str_eqs(type->value, "checkbox"));
    return jsarg_new_str(ctx, is_box ? STR("on") : STR(""));
}

/* The value of the first node, as far as it can have one. */
static JSValue value_of(JSContext *ctx, struct html_set *s)
{
    const struct html_node *n = s->count > 0 ? s->nodes[0] : NULL;
    if (!n || n->type != HTML_ELEMENT)
        return JS_UNDEFINED;
    switch ((enum html_tag)n->tag) {
    case TAG_INPUT:
    case TAG_BUTTON:
        return input_value(ctx, n);
    case TAG_TEXTAREA:
        return mod_html_inner(ctx, s);
    case TAG_OPTION:
        return inner_or_value(ctx, s);
    case TAG_SELECT:
        return select_value(ctx, s);
    default:
        return JS_UNDEFINED;
    }
}

JSValue mod_html_val(JSContext *ctx, struct html_object *o, int argc, JSValueConst *argv)
{
    return value_of(ctx, o->set);
}

/* ---- data ---- */

/* A number that reads the same when it is written again: "1", "0.5", not "1.0" or "1e2". */
static bool is_plain_number(struct str s, double *out)
{
    if (str_eqs(s, "NaN") || str_eqs(s, "+Inf") || str_eqs(s, "-Inf"))
        return mod_html_parse_float(s, out);
    if (num_parse_double(s, out) < 0)
        return false;
    struct buf again;
    buf_init(&again, BUF_NO_LIMIT);
    num_put_f(&again, *out);
    bool is_same = str_eq((struct str){again.data, again.len}, s);
    buf_deinit(&again);
    return is_same;
}

/* JSON becomes what it says; what only looks like it stays a text. */
static JSValue json_value(JSContext *ctx, struct str s)
{
    char *text = mem_strndup(s.p, s.len); /* the engine wants a NUL behind it */
    JSValue v = JS_ParseJSON(ctx, text, s.len, "data");
    mem_free(text);
    if (!JS_IsException(v))
        return v;
    JS_FreeValue(ctx, JS_GetException(ctx));
    return jsarg_new_str(ctx, s);
}

static JSValue data_value(JSContext *ctx, struct str s)
{
    double n;
    if (s.len == 0 || str_eqs(s, "null") || str_eqs(s, "undefined"))
        return JS_UNDEFINED;
    if (*s.p == '{' || *s.p == '[')
        return json_value(ctx, s);
    if (str_eqs(s, "true") || str_eqs(s, "false"))
        return JS_NewBool(ctx, *s.p == 't');
    return is_plain_number(s, &n) ? JS_NewNumber(ctx, n) : jsarg_new_str(ctx, s);
}

static JSValue one_data(JSContext *ctx, const struct html_node *n, JSValueConst name)
{
    struct str text = STR("");
    struct buf attr;
    if (!jsarg_is_nullish(name) && !jsarg_str(ctx, name, &text))
        return JS_EXCEPTION;
    buf_init(&attr, BUF_NO_LIMIT);
    buf_adds(&attr, "data-");
    html_data_name_put_attr(&attr, text);
    if (!jsarg_is_nullish(name))
        jsarg_free_str(ctx, text);
    const struct html_attr *a = html_node_attr(n, (struct str){attr.data, attr.len});
    buf_deinit(&attr);
    return a ? data_value(ctx, a->value) : JS_UNDEFINED;
}

static bool add_data(JSContext *ctx, JSValueConst map, const struct html_attr *a)
{
    struct buf name;
    if (!str_starts(a->key, "data-") || a->key.len == 5)
        return true;
    buf_init(&name, BUF_NO_LIMIT);
    html_data_name_put_property(&name, (struct str){a->key.p + 5, a->key.len - 5});
    JSAtom key = JS_NewAtomLen(ctx, name.data, name.len);
    buf_deinit(&name);
    JSValue v = key != JS_ATOM_NULL ? data_value(ctx, a->value) : JS_EXCEPTION;
    bool ok = !JS_IsException(v) && JS_DefinePropertyValue(ctx, map, key, v, JS_PROP_C_W_E) >= 0;
    JS_FreeAtom(ctx, key);
    return ok;
}

JSValue mod_html_data(JSContext *ctx, struct html_object *o, int argc, JSValueConst *argv)
{
    const struct html_node *n = mod_html_node(o);
    if (!n || n->attr_count == 0)
        return JS_UNDEFINED;
    if (argc > 0)
        return one_data(ctx, n, argv[0]);
    JSValue map = JS_NewObject(ctx);
    bool ok = !JS_IsException(map);
    for (uint32_t i = 0; i < n->attr_count && ok; i++)
        ok = add_data(ctx, map, &n->attrs[i]);
    if (ok)
        return map;
    JS_FreeValue(ctx, map);
    return JS_EXCEPTION;
}

/* ---- forms ---- */

static bool attr_is(const struct html_node *n, const char *name, const char *value)
{
    const struct html_attr *a = html_node_attr(n, str_of(name));
    return str_eqs(a ? a->value : STR(""), value);
}

/* Would its value be sent? By k6's rules: a box that is checked counts only if its attribute says
 * "checked", one that is disabled still counts unless that says "disabled". */
static bool is_sent(const struct html_node *n)
{
    static const char *const buttons[] = {"submit", "button", "reset", "image", "file"};
    if (attr_is(n, "name", "") || attr_is(n, "disabled", "disabled"))
        return false;
    for (size_t i = 0; i < sizeof buttons / sizeof buttons[0]; i++)
        if (attr_is(n, "type", buttons[i]))
            return false;
    return attr_is(n, "checked", "checked") ||
           !(attr_is(n, "type", "checkbox") || attr_is(n, "type", "radio"));
}

/* The fields of the form, or those of the set itself when no form is in it. NULL with an exception
 * pending. */
static struct html_set *fields_of(JSContext *ctx, struct html_set *s)
{
    static const char fields[] = "input,select,textarea,keygen";
    bool has_form = false;
    for (uint32_t i = 0; i < s->count; i++)
        has_form |= s->nodes[i]->type == HTML_ELEMENT && s->nodes[i]->tag == TAG_FORM;
    if (has_form)
        return mod_html_find(ctx, s, fields);
    struct html_selector *sel = html_selector_parse(ctx, str_of(fields));
    struct html_set *found = html_query_filter(s, sel, true);
    return mod_html_checked(ctx, sel, found);
}

typedef bool field_fn(JSContext *ctx, void *opaque, struct str name, JSValue takes_value);

/* Calls each with name and value of all fields that are sent. False with an exception pending. */
static bool each_field(JSContext *ctx, struct html_set *s, field_fn *each, void *opaque)
{
    struct html_set *fields = fields_of(ctx, s);
    bool ok = fields != NULL;
    for (uint32_t i = 0; ok && i < fields->count; i++) {
        if (!is_sent(fields->nodes[i]))
            continue;
        struct html_set *one = html_set_slice(fields, i, 1);
        JSValue value = one ? value_of(ctx, one) : JS_ThrowOutOfMemory(ctx);
        html_set_unref(one);
        const struct html_attr *name = html_node_attr(fields->nodes[i], STR("name"));
        ok = !JS_IsException(value) && each(ctx, opaque, name->value, value);
    }
    html_set_unref(fields);
    return ok;
}

struct list {
    JSValue value;
    uint32_t count;
};

static bool add_pair(JSContext *ctx, void *opaque, struct str name, JSValue value)
{
    struct list *list = opaque;
    JSValue pair = JS_NewObject(ctx);
    bool ok =
        !JS_IsException(pair) &&
        JS_DefinePropertyValueStr(ctx, pair, "name", jsarg_new_str(ctx, name), JS_PROP_C_W_E) >= 0;
    if (!ok) {
        JS_FreeValue(ctx, value);
        JS_FreeValue(ctx, pair);
        return false;
    }
    if (JS_DefinePropertyValueStr(ctx, pair, "value", value, JS_PROP_C_W_E) < 0) {
        JS_FreeValue(ctx, pair);
        return false;
    }
    return mod_html_push(ctx, list->value, list->count++, pair);
}

JSValue mod_html_serialize_array(JSContext *ctx, struct html_object *o, int argc,
                                 JSValueConst *argv)
{
    struct list list = {JS_NewArray(ctx), 0};
    if (!JS_IsException(list.value) && each_field(ctx, o->set, add_pair, &list))
        return list.value;
    JS_FreeValue(ctx, list.value);
    return JS_EXCEPTION;
}

/* The last of those with one name counts. */
static bool add_property(JSContext *ctx, void *opaque, struct str name, JSValue value)
{
    JSAtom key = JS_NewAtomLen(ctx, name.p, name.len);
    if (key == JS_ATOM_NULL) {
        JS_FreeValue(ctx, value);
        return false;
    }
    bool ok = JS_DefinePropertyValue(ctx, *(JSValue *)opaque, key, value, JS_PROP_C_W_E) >= 0;
    JS_FreeAtom(ctx, key);
    return ok;
}

JSValue mod_html_serialize_object(JSContext *ctx, struct html_object *o, int argc,
                                  JSValueConst *argv)
{
    JSValue map = JS_NewObject(ctx);
    if (!JS_IsException(map) && each_field(ctx, o->set, add_property, &map))
        return map;
    JS_FreeValue(ctx, map);
    return JS_EXCEPTION;
}

struct pair {
    struct str name; /* the document's */
    JSValue value;
    size_t place; /* among all */
};
typedef VEC(struct pair) pair_list;

static bool collect_pair(JSContext *ctx, void *opaque, struct str name, JSValue value)
{
    pair_list *pairs = opaque;
    if (JS_IsUndefined(value))
        return true;
    struct pair p = {name, value, pairs->len};
    VEC_PUSH(pairs, p);
    return true;
}

static int compare_pairs(const void *a, const void *b)
{
    const struct pair *x = a, *y = b;
    int order = str_cmp(x->name, y->name);
    return order != 0 ? order : (x->place > y->place) - (x->place < y->place);
}

static bool put_pair(JSContext *ctx, struct buf *out, struct str name, JSValueConst value)
{
    struct str text;
    if (!jsarg_str(ctx, value, &text))
        return false;
    if (out->len > 0)
        buf_addc(out, '&');
    url_put_query_escaped(out, name);
    buf_addc(out, '=');
    url_put_query_escaped(out, text);
    jsarg_free_str(ctx, text);
    return true;
}

/* A list gives a pair for each of its items. */
static bool put_pairs(JSContext *ctx, struct buf *out, const struct pair *p)
{
    int64_t len = 0;
    if (!JS_IsArray(p->value))
        return put_pair(ctx, out, p->name, p->value);
    if (JS_GetLength(ctx, p->value, &len) < 0)
        return false;
    bool ok = true;
    for (int64_t i = 0; i < len && ok; i++) {
        JSValue item = JS_GetPropertyInt64(ctx, p->value, i);
        ok = !JS_IsException(item) && put_pair(ctx, out, p->name, item);
        JS_FreeValue(ctx, item);
    }
    return ok;
}

/* Sorted by name; the last of those with one name counts. */
JSValue mod_html_serialize(JSContext *ctx, struct html_object *o, int argc, JSValueConst *argv)
{
    pair_list pairs = {0};
    struct buf text;
    buf_init(&text, BUF_NO_LIMIT);
    bool ok = each_field(ctx, o->set, collect_pair, &pairs);
    if (pairs.len > 1)
        qsort(pairs.items, pairs.len, sizeof pairs.items[0], compare_pairs);
    for (size_t i = 0; i < pairs.len; i++) {
        bool is_last = i + 1 == pairs.len || !str_eq(pairs.items[i].name, pairs.items[i + 1].name);
        ok = ok && (!is_last || put_pairs(ctx, &text, &pairs.items[i]));
        JS_FreeValue(ctx, pairs.items[i].value);
    }
    VEC_DEINIT(&pairs);
    JSValue v = ok ? jsarg_new_str(ctx, (struct str){text.data, text.len}) : JS_EXCEPTION;
    buf_deinit(&text);
    return v;
}
