/* mod_html_selection.c - Selection: sets of nodes as scripts handle them. What comes from one is a
 * new one; the walking is done by html_query.c. Wrong arguments get k6's errors; where k6 itself
 * breaks down (a slice that ends before it begins) the result is empty.
 * Source: k6 docs, "k6/html", "Selection". Tests: test/js/html_selection.js */
#include "modules/html/mod_html_int.h"

/* ---- a selector, a Selection, or an Element ---- */

/* What add(), find() and their kin do with each kind of argument. */
struct by_argument {
    struct html_set *(*by_selector)(struct html_set *s, struct html_selector *sel);
    struct html_set *(*by_set)(struct html_set *s, const struct html_set *others);
};

/* An Element stands for its first node only. */
static JSValue by_element(JSContext *ctx, struct html_object *o, const struct html_object *element,
                          const struct by_argument *by)
{
    struct html_set *one = html_set_of(element->set->doc, element->set->nodes[0], NULL);
    if (!one)
        return JS_ThrowOutOfMemory(ctx);
    JSValue v = mod_html_selection(ctx, o, by->by_set(o->set, one));
    html_set_unref(one);
    return v;
}

static JSValue apply(JSContext *ctx, struct html_object *o, int argc, JSValueConst *argv,
                     const struct by_argument *by)
{
    JSValueConst v = argc > 0 ? argv[0] : JS_UNDEFINED;
    const struct html_object *other = mod_html_object_of_role(v, ROLE_SELECTION);
    struct html_selector *sel;
    if (other)
        return mod_html_selection(ctx, o, by->by_set(o->set, other->set));
    if ((other = mod_html_object_of_role(v, ROLE_ELEMENT)) != NULL)
        return by_element(ctx, o, other, by);
    if (!mod_html_is_text(v))
        return mod_html_refuse_selector(ctx, v);
    if (!mod_html_selector_arg(ctx, argc, argv, 0, &sel))
        return JS_EXCEPTION;
    struct html_set *found = by->by_selector(o->set, sel);
    return mod_html_selection(ctx, o, mod_html_checked(ctx, sel, found));
}

/* All that matches in the document. */
static struct html_set *find_in_document(struct html_set *s, struct html_selector *sel)
{
    struct html_set *root = html_set_of(s->doc, html_doc_root(s->doc), NULL);
    struct html_set *found = root ? html_query_find(root, sel) : NULL;
    html_set_unref(root);
    return found;
}

static struct html_set *add_matches(struct html_set *s, struct html_selector *sel)
{
    struct html_set *found = find_in_document(s, sel);
    struct html_set *all = found ? html_query_add_set(s, found) : NULL;
    html_set_unref(found);
    return all;
}

static struct html_set *has_matches(struct html_set *s, struct html_selector *sel)
{
    struct html_set *found = find_in_document(s, sel);
    struct html_set *holders = found ? html_query_has_set(s, found) : NULL;
    html_set_unref(found);
    return holders;
}

static struct html_set *not_matches(struct html_set *s, struct html_selector *sel)
{
    return html_query_filter(s, sel, false);
}

static struct html_set *not_in(struct html_set *s, const struct html_set *others)
{
    return html_query_filter_set(s, others, false);
}

static JSValue selection_add(JSContext *ctx, struct html_object *o, int argc, JSValueConst *argv)
{
    static const struct by_argument by = {add_matches, html_query_add_set};
    return apply(ctx, o, argc, argv, &by);
}

static JSValue selection_find(JSContext *ctx, struct html_object *o, int argc, JSValueConst *argv)
{
    static const struct by_argument by = {html_query_find, html_query_find_set};
    return apply(ctx, o, argc, argv, &by);
}

static JSValue selection_closest(JSContext *ctx, struct html_object *o, int argc,
                                 JSValueConst *argv)
{
    static const struct by_argument by = {html_query_closest, html_query_closest_set};
    return apply(ctx, o, argc, argv, &by);
}

static JSValue selection_has(JSContext *ctx, struct html_object *o, int argc, JSValueConst *argv)
{
    static const struct by_argument by = {has_matches, html_query_has_set};
    return apply(ctx, o, argc, argv, &by);
}

static JSValue selection_not(JSContext *ctx, struct html_object *o, int argc, JSValueConst *argv)
{
    static const struct by_argument by = {not_matches, not_in};
    if (argc > 0 && JS_IsFunction(ctx, argv[0]))
        return mod_html_not(ctx, o, argc, argv);
    return apply(ctx, o, argc, argv, &by);
}

/* The first match, found without looking at the rest. */
static JSValue selection_single(JSContext *ctx, struct html_object *o, int argc, JSValueConst *argv)
{
    struct html_selector *sel;
    if (!mod_html_selector_arg(ctx, argc, argv, 0, &sel))
        return JS_EXCEPTION;
    struct html_set *found = html_query_find_first(o->set, sel);
    found = mod_html_checked(ctx, sel, found);
    if (found && found->count > 1) {
        struct html_set *first = html_set_slice(found, 0, 1);
        html_set_unref(found);
        found = first;
    }
    return mod_html_selection(ctx, o, found);
}

/* ---- steps ---- */

/* next(), parents(), children()...: all, or those that match the selector given. */
static JSValue step(JSContext *ctx, struct html_object *o, int argc, JSValueConst *argv,
                    enum html_step how)
{
    struct html_selector *sel;
    if (!mod_html_selector_arg(ctx, argc, argv, 0, &sel))
        return JS_EXCEPTION;
    struct html_set *found = html_query_step(o->set, how, NULL, argc > 0, sel);
    return mod_html_selection(ctx, o, mod_html_checked(ctx, sel, found));
}

#define STEP_METHOD(name, how)                                                                     \
    static JSValue name(JSContext *ctx, struct html_object *o, int argc, JSValueConst *argv)       \
    {                                                                                              \
        return step(ctx, o, argc, argv, how);                                                      \
    }
STEP_METHOD(selection_children, STEP_CHILDREN)
STEP_METHOD(selection_parent, STEP_PARENT)
STEP_METHOD(selection_parents, STEP_PARENTS)
STEP_METHOD(selection_siblings, STEP_SIBLINGS)
STEP_METHOD(selection_next, STEP_NEXT)
STEP_METHOD(selection_next_all, STEP_NEXT_ALL)
STEP_METHOD(selection_prev, STEP_PREV)
STEP_METHOD(selection_prev_all, STEP_PREV_ALL)
#undef STEP_METHOD

static JSValue selection_contents(JSContext *ctx, struct html_object *o, int argc,
                                  JSValueConst *argv)
{
    return mod_html_selection(ctx, o, html_query_step(o->set, STEP_CONTENTS, NULL, false, NULL));
}

/* nextUntil() and its kin: where to stop, a selector or a Selection; then what is wanted. */
static JSValue step_until(JSContext *ctx, struct html_object *o, int argc, JSValueConst *argv,
                          enum html_step how)
{
    JSValueConst end = argc > 0 ? argv[0] : JS_UNDEFINED;
    struct html_until until = {NULL, NULL};
    struct html_selector *filter = NULL;
    const struct html_object *other = mod_html_object_of_role(end, ROLE_SELECTION);
    bool is_text = mod_html_is_text(end);
    if (argc > 2 || (!other && !is_text && !jsarg_is_nullish(end)))
        return mod_html_refuse_selector(ctx, end);
    /* An empty Selection stops nothing, as no selector does. */
    if (other && other->set->count > 0)
        until.stops = other->set;
    else if (is_text && !mod_html_selector_arg(ctx, argc, argv, 0, &until.selector))
        return JS_EXCEPTION;
    /* Here even undefined is a text: "undefined", which selects elements of that name. */
    struct str text = STR("");
    if (argc > 1) {
        if (!jsarg_str(ctx, argv[1], &text)) {
            html_selector_free(until.selector);
            return JS_EXCEPTION;
        }
        filter = html_selector_parse(ctx, text);
        jsarg_free_str(ctx, text);
    }
    struct html_set *found = html_query_step(o->set, how, &until, argc > 1, filter);
    found = mod_html_checked(ctx, filter, found);
    if (found)
        found = mod_html_checked(ctx, until.selector, found);
    else
        html_selector_free(until.selector);
    return mod_html_selection(ctx, o, found);
}

static JSValue selection_next_until(JSContext *ctx, struct html_object *o, int argc,
                                    JSValueConst *argv)
{
    return step_until(ctx, o, argc, argv, STEP_NEXT_ALL);
}

static JSValue selection_prev_until(JSContext *ctx, struct html_object *o, int argc,
                                    JSValueConst *argv)
{
    return step_until(ctx, o, argc, argv, STEP_PREV_ALL);
}

static JSValue selection_parents_until(JSContext *ctx, struct html_object *o, int argc,
                                       JSValueConst *argv)
{
    return step_until(ctx, o, argc, argv, STEP_PARENTS);
}

/* ---- by place ---- */

/* One node as a set; an empty one past the ends. Negative places count from the end. */
static struct html_set *one_at(struct html_set *s, int64_t i)
{
    if (i < 0)
        i += s->count;
    if (i < 0 || i >= s->count)
        return html_set_of(s->doc, NULL, NULL);
    return html_set_slice(s, (uint32_t)i, 1);
}

static JSValue selection_eq(JSContext *ctx, struct html_object *o, int argc, JSValueConst *argv)
{
    bool ok = true;
    int64_t i = mod_html_int(ctx, argc > 0 ? argv[0] : JS_UNDEFINED, &ok);
    return ok ? mod_html_selection(ctx, o, one_at(o->set, i)) : JS_EXCEPTION;
}

static JSValue selection_first(JSContext *ctx, struct html_object *o, int argc, JSValueConst *argv)
{
    return mod_html_selection(ctx, o, one_at(o->set, 0));
}

static JSValue selection_last(JSContext *ctx, struct html_object *o, int argc, JSValueConst *argv)
{
    return mod_html_selection(ctx, o, one_at(o->set, -1));
}

static JSValue selection_slice(JSContext *ctx, struct html_object *o, int argc, JSValueConst *argv)
{
    bool ok = true;
    int64_t count = o->set->count;
    int64_t start = mod_html_int(ctx, argc > 0 ? argv[0] : JS_UNDEFINED, &ok);
    int64_t end = argc > 1 && ok ? mod_html_int(ctx, argv[1], &ok) : count;
    if (!ok)
        return JS_EXCEPTION;
    start += start < 0 ? count : 0;
    end += end < 0 ? count : 0;
    start = start < 0 ? 0 : start > count ? count : start;
    end = end > count ? count : end < start ? start : end;
    return mod_html_selection(ctx, o,
                              html_set_slice(o->set, (uint32_t)start, (uint32_t)(end - start)));
}

static JSValue selection_get(JSContext *ctx, struct html_object *o, int argc, JSValueConst *argv)
{
    bool ok = true;
    int64_t count = o->set->count;
    if (argc == 0)
        return mod_html_element_list(ctx, o, html_set_ref(o->set));
    int64_t i = mod_html_int(ctx, argv[0], &ok);
    if (!ok)
        return JS_EXCEPTION;
    if (i >= count || i <= -count) /* the first can't be had from the end, as in k6 */
        return JS_UNDEFINED;
    return mod_html_element(ctx, o, one_at(o->set, i));
}

static JSValue selection_to_array(JSContext *ctx, struct html_object *o, int argc,
                                  JSValueConst *argv)
{
    JSValue list = JS_NewArray(ctx);
    bool ok = !JS_IsException(list);
    for (uint32_t i = 0; i < o->set->count && ok; i++)
        ok = mod_html_push(ctx, list, i, mod_html_selection(ctx, o, one_at(o->set, i)));
    if (ok)
        return list;
    JS_FreeValue(ctx, list);
    return JS_EXCEPTION;
}

static JSValue selection_size(JSContext *ctx, struct html_object *o, int argc, JSValueConst *argv)
{
    return JS_NewUint32(ctx, o->set->count);
}

static JSValue selection_end(JSContext *ctx, struct html_object *o, int argc, JSValueConst *argv)
{
    struct html_set *from = o->set->from;
    return mod_html_selection(ctx, o,
                              from ? html_set_ref(from) : html_set_of(o->set->doc, NULL, NULL));
}

/* ---- index ---- */

static int64_t place_among_siblings(const struct html_node *n)
{
    int64_t place = 0;
    for (n = n->prev; n; n = n->prev)
        place += n->type == HTML_ELEMENT;
    return place;
}

/* Among siblings; among what matches in the document; or of a node in this set. */
static JSValue selection_index(JSContext *ctx, struct html_object *o, int argc, JSValueConst *argv)
{
    struct html_node *n = mod_html_node(o);
    const struct html_object *other;
    if (argc == 0)
        return JS_NewInt64(ctx, n ? place_among_siblings(n) : -1);
    if ((other = mod_html_object_of_role(argv[0], ROLE_SELECTION)) != NULL ||
        (other = mod_html_object_of_role(argv[0], ROLE_ELEMENT)) != NULL)
        return JS_NewInt64(
            ctx, other->set->count > 0 ? html_query_index_of(o->set, other->set->nodes[0]) : -1);
    struct html_selector *sel;
    if (!mod_html_is_text(argv[0]) || !n)
        return JS_NewInt32(ctx, -1);
    if (!mod_html_selector_arg(ctx, argc, argv, 0, &sel))
        return JS_EXCEPTION;
    struct html_set *found = find_in_document(o->set, sel);
    found = mod_html_checked(ctx, sel, found);
    if (!found)
        return JS_EXCEPTION;
    int64_t i = html_query_index_of(found, n);
    html_set_unref(found);
    return JS_NewInt64(ctx, i);
}

/* ---- content ---- */

static JSValue selection_text(JSContext *ctx, struct html_object *o, int argc, JSValueConst *argv)
{
    return mod_html_text(ctx, o->set);
}

static JSValue selection_html(JSContext *ctx, struct html_object *o, int argc, JSValueConst *argv)
{
    return mod_html_inner(ctx, o->set);
}

static JSValue selection_attr(JSContext *ctx, struct html_object *o, int argc, JSValueConst *argv)
{
    struct str name;
    if (!mod_arg_str(ctx, argc, argv, 0, &name))
        return JS_EXCEPTION;
    const struct html_node *n = mod_html_node(o);
    const struct html_attr *a = n ? html_node_attr(n, name) : NULL;
    jsarg_free_str(ctx, name);
    if (a)
        return jsarg_new_str(ctx, a->value);
    return argc > 1 ? JS_DupValue(ctx, argv[1]) : JS_UNDEFINED;
}

static JSValue get_url(JSContext *ctx, struct html_object *o, int argc, JSValueConst *argv)
{
    return jsarg_new_str(ctx, mod_html_url_text(o->url));
}

#define METHOD(name, fn)                                                                           \
    {                                                                                              \
        NAME_##name, MEMBER_METHOD, 0, {.method = fn}, NULL                                        \
    }

static const struct html_member selection_members[] = {
    {NAME_url, MEMBER_FIELD, 0, {.method = get_url}, NULL},
    METHOD(add, selection_add),
    METHOD(attr, selection_attr),
    METHOD(children, selection_children),
    METHOD(closest, selection_closest),
    METHOD(contents, selection_contents),
    METHOD(data, mod_html_data),
    METHOD(each, mod_html_each),
    METHOD(end, selection_end),
    METHOD(eq, selection_eq),
    METHOD(filter, mod_html_filter),
    METHOD(find, selection_find),
    METHOD(first, selection_first),
    METHOD(get, selection_get),
    METHOD(has, selection_has),
    METHOD(html, selection_html),
    METHOD(index, selection_index),
    METHOD(is, mod_html_is),
    METHOD(last, selection_last),
    METHOD(map, mod_html_map),
    METHOD(next, selection_next),
    METHOD(nextAll, selection_next_all),
    METHOD(nextUntil, selection_next_until),
    METHOD(not, selection_not),
    METHOD(parent, selection_parent),
    METHOD(parents, selection_parents),
    METHOD(parentsUntil, selection_parents_until),
    METHOD(prev, selection_prev),
    METHOD(prevAll, selection_prev_all),
    METHOD(prevUntil, selection_prev_until),
    METHOD(serialize, mod_html_serialize),
    METHOD(serializeArray, mod_html_serialize_array),
    METHOD(serializeObject, mod_html_serialize_object),
    METHOD(siblings, selection_siblings),
    METHOD(single, selection_single),
    METHOD(size, selection_size),
    METHOD(slice, selection_slice),
    METHOD(text, selection_text),
    METHOD(toArray, selection_to_array),
    METHOD(val, mod_html_val),
};
enum { SELECTION_COUNT = sizeof selection_members / sizeof selection_members[0] };

const struct html_kind mod_html_selection_kind = {
    "html.Selection", ROLE_SELECTION, selection_members, SELECTION_COUNT, NULL,
};
/* What map() hands to its function: the same, but k6 does not take it for a Selection. */
const struct html_kind mod_html_selection_pointer_kind = {
    "*html.Selection", ROLE_OTHER, selection_members, SELECTION_COUNT, NULL,
};
