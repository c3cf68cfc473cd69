/* mod_html_goquery.c - the object that the functions given to filter(), is() and not() get. k6 lets
 * the selection of the library it is written with through there: other names, and attr() gives a
 * list of value and "was it there". This one has what reads, and what changes nodes in place; what
 * makes new nodes is left out, as is what takes values that no script can have.
 * Source: goquery's documentation. Tests: test/js/html_callbacks.js */
#include "modules/html/mod_html_goquery.h"

/* ---- results ---- */

JSValue mod_html_goquery_give(JSContext *ctx, const struct html_object *o, struct html_set *set)
{
    if (!set)
        return JS_HasException(ctx) ? JS_EXCEPTION : JS_ThrowOutOfMemory(ctx);
    return mod_html_object_new(ctx, o->st, &mod_html_goquery_kind, set, o->url);
}

static JSValue give_self(JSContext *ctx, const struct html_object *o)
{
    return mod_html_goquery_give(ctx, o, html_set_ref(o->set));
}

/* The goquery selection given; NULL with an exception pending. */
static const struct html_object *other(JSContext *ctx, int argc, JSValueConst *argv, int i)
{
    const struct html_object *o = i < argc ? mod_html_object_get(argv[i]) : NULL;
    if (o && o->kind == &mod_html_goquery_kind)
        return o;
    jsarg_throw_type(ctx, "could not convert function call parameter %d to *goquery.Selection", i);
    return NULL;
}

/* ---- by selector, by selection ---- */

typedef struct html_set *selector_fn(struct html_set *s, struct html_selector *sel);
typedef struct html_set *set_fn(struct html_set *s, const struct html_set *others);

static JSValue by_selector(JSContext *ctx, struct html_object *o, int argc, JSValueConst *argv,
                           selector_fn *fn)
{
    struct html_selector *sel;
    if (!mod_html_selector_arg(ctx, argc, argv, 0, &sel))
        return JS_EXCEPTION;
    struct html_set *found = fn(o->set, sel);
    return mod_html_goquery_give(ctx, o, mod_html_checked(ctx, sel, found));
}

static JSValue by_set(JSContext *ctx, struct html_object *o, int argc, JSValueConst *argv,
                      set_fn *fn)
{
    const struct html_object *with = other(ctx, argc, argv, 0);
    return with ? mod_html_goquery_give(ctx, o, fn(o->set, with->set)) : JS_EXCEPTION;
}

static struct html_set *in_document(struct html_set *s, struct html_selector *sel, set_fn *then)
{
    struct html_set *root = html_set_of(s->doc, html_doc_root(s->doc), NULL);
    struct html_set *found = root ? html_query_find(root, sel) : NULL;
    struct html_set *result = found ? then(s, found) : NULL;
    html_set_unref(found);
    html_set_unref(root);
    return result;
}

static struct html_set *add(struct html_set *s, struct html_selector *sel)
{
    return in_document(s, sel, html_query_add_set);
}

static struct html_set *has(struct html_set *s, struct html_selector *sel)
{
    return in_document(s, sel, html_query_has_set);
}

static struct html_set *keep(struct html_set *s, struct html_selector *sel)
{
    return html_query_filter(s, sel, true);
}

static struct html_set *drop(struct html_set *s, struct html_selector *sel)
{
    return html_query_filter(s, sel, false);
}

static struct html_set *keep_set(struct html_set *s, const struct html_set *others)
{
    return html_query_filter_set(s, others, true);
}

static struct html_set *drop_set(struct html_set *s, const struct html_set *others)
{
    return html_query_filter_set(s, others, false);
}

static struct html_set *add_back(struct html_set *s, struct html_selector *sel)
{
    struct html_set *from = s->from && sel ? html_query_filter(s->from, sel, true) : NULL;
    struct html_set *all = html_query_add_set(s, from ? from : s);
    html_set_unref(from);
    return all;
}

#define BY_SELECTOR(name, fn)                                                                      \
    static JSValue goquery_##name(JSContext *ctx, struct html_object *o, int argc,                 \
                                  JSValueConst *argv)                                              \
    {                                                                                              \
        return by_selector(ctx, o, argc, argv, fn);                                                \
    }
BY_SELECTOR(add, add)
BY_SELECTOR(add_back_filtered, add_back)
BY_SELECTOR(closest, html_query_closest)
BY_SELECTOR(filter, keep)
BY_SELECTOR(find, html_query_find)
BY_SELECTOR(has, has)
BY_SELECTOR(not, drop)
#undef BY_SELECTOR

#define BY_SET(name, fn)                                                                           \
    static JSValue goquery_##name(JSContext *ctx, struct html_object *o, int argc,                 \
                                  JSValueConst *argv)                                              \
    {                                                                                              \
        return by_set(ctx, o, argc, argv, fn);                                                     \
    }
BY_SET(add_selection, html_query_add_set)
BY_SET(closest_selection, html_query_closest_set)
BY_SET(filter_selection, keep_set)
BY_SET(find_selection, html_query_find_set)
BY_SET(has_selection, html_query_has_set)
BY_SET(not_selection, drop_set)
#undef BY_SET

static JSValue goquery_add_back(JSContext *ctx, struct html_object *o, int argc, JSValueConst *argv)
{
    return mod_html_goquery_give(ctx, o,
                                 html_query_add_set(o->set, o->set->from ? o->set->from : o->set));
}

static JSValue goquery_end(JSContext *ctx, struct html_object *o, int argc, JSValueConst *argv)
{
    struct html_set *from = o->set->from;
    return mod_html_goquery_give(ctx, o,
                                 from ? html_set_ref(from) : html_set_of(o->set->doc, NULL, NULL));
}

/* ---- steps ---- */

/* children(), and childrenFiltered(selector), which filters whatever it gets. */
static JSValue step(JSContext *ctx, struct html_object *o, int argc, JSValueConst *argv,
                    enum html_step how, bool filters)
{
    struct html_selector *sel = NULL;
    if (filters && !mod_html_selector_arg(ctx, argc, argv, 0, &sel))
        return JS_EXCEPTION;
    struct html_set *found = html_query_step(o->set, how, NULL, filters, sel);
    return mod_html_goquery_give(ctx, o, mod_html_checked(ctx, sel, found));
}

/* nextUntil(end), nextFilteredUntil(filter, end), and both with a selection as the end. */
static JSValue step_until(JSContext *ctx, struct html_object *o, int argc, JSValueConst *argv,
                          enum html_step how, bool filters, bool takes_set)
{
    struct html_selector *filter = NULL;
    struct html_until until = {NULL, NULL};
    int end = filters ? 1 : 0;
    const struct html_object *stop = takes_set ? other(ctx, argc, argv, end) : NULL;
    if (takes_set && !stop)
        return JS_EXCEPTION;
    if (stop && stop->set->count > 0)
        until.stops = stop->set;
    if (filters && !mod_html_selector_arg(ctx, argc, argv, 0, &filter))
        return JS_EXCEPTION;
    if (!takes_set && !mod_html_selector_arg(ctx, argc, argv, end, &until.selector)) {
        html_selector_free(filter);
        return JS_EXCEPTION;
    }
    struct html_set *found = html_query_step(o->set, how, &until, filters, filter);
    found = mod_html_checked(ctx, filter, found);
    if (found)
        found = mod_html_checked(ctx, until.selector, found);
    else
        html_selector_free(until.selector);
    return mod_html_goquery_give(ctx, o, found);
}

#define STEPS(name, how)                                                                           \
    static JSValue goquery_##name(JSContext *ctx, struct html_object *o, int argc,                 \
                                  JSValueConst *argv)                                              \
    {                                                                                              \
        return step(ctx, o, argc, argv, how, false);                                               \
    }                                                                                              \
    static JSValue goquery_##name##_filtered(JSContext *ctx, struct html_object *o, int argc,      \
                                             JSValueConst *argv)                                   \
    {                                                                                              \
        return step(ctx, o, argc, argv, how, true);                                                \
    }
STEPS(children, STEP_CHILDREN)
STEPS(parent, STEP_PARENT)
STEPS(parents, STEP_PARENTS)
STEPS(siblings, STEP_SIBLINGS)
STEPS(next, STEP_NEXT)
STEPS(next_all, STEP_NEXT_ALL)
STEPS(prev, STEP_PREV)
STEPS(prev_all, STEP_PREV_ALL)
#undef STEPS

static JSValue goquery_contents(JSContext *ctx, struct html_object *o, int argc, JSValueConst *argv)
{
    return step(ctx, o, argc, argv, STEP_CONTENTS, false);
}

/* With a selector no texts remain. */
static JSValue goquery_contents_filtered(JSContext *ctx, struct html_object *o, int argc,
                                         JSValueConst *argv)
{
    struct str text;
    if (!mod_arg_str(ctx, argc, argv, 0, &text))
        return JS_EXCEPTION;
    bool filters = text.len > 0;
    jsarg_free_str(ctx, text);
    return step(ctx, o, argc, argv, filters ? STEP_CHILDREN : STEP_CONTENTS, filters);
}

#define UNTIL(name, how, filters, takes_set)                                                       \
    static JSValue goquery_##name(JSContext *ctx, struct html_object *o, int argc,                 \
                                  JSValueConst *argv)                                              \
    {                                                                                              \
        return step_until(ctx, o, argc, argv, how, filters, takes_set);                            \
    }
UNTIL(next_until, STEP_NEXT_ALL, false, false)
UNTIL(next_until_selection, STEP_NEXT_ALL, false, true)
UNTIL(next_filtered_until, STEP_NEXT_ALL, true, false)
UNTIL(next_filtered_until_selection, STEP_NEXT_ALL, true, true)
UNTIL(prev_until, STEP_PREV_ALL, false, false)
UNTIL(prev_until_selection, STEP_PREV_ALL, false, true)
UNTIL(prev_filtered_until, STEP_PREV_ALL, true, false)
UNTIL(prev_filtered_until_selection, STEP_PREV_ALL, true, true)
UNTIL(parents_until, STEP_PARENTS, false, false)
UNTIL(parents_until_selection, STEP_PARENTS, false, true)
UNTIL(parents_filtered_until, STEP_PARENTS, true, false)
UNTIL(parents_filtered_until_selection, STEP_PARENTS, true, true)
#undef UNTIL

/* ---- by place ---- */

static struct html_set *one_at(struct html_set *s, int64_t i)
{
    if (i < 0)
        i += s->count;
    if (i < 0 || i >= s->count)
        return html_set_of(s->doc, NULL, NULL);
    return html_set_slice(s, (uint32_t)i, 1);
}

static JSValue goquery_first(JSContext *ctx, struct html_object *o, int argc, JSValueConst *argv)
{
    return mod_html_goquery_give(ctx, o, one_at(o->set, 0));
}

static JSValue goquery_last(JSContext *ctx, struct html_object *o, int argc, JSValueConst *argv)
{
    return mod_html_goquery_give(ctx, o, one_at(o->set, -1));
}

static JSValue goquery_eq(JSContext *ctx, struct html_object *o, int argc, JSValueConst *argv)
{
    bool ok = true;
    int64_t i = mod_html_int(ctx, argc > 0 ? argv[0] : JS_UNDEFINED, &ok);
    return ok ? mod_html_goquery_give(ctx, o, one_at(o->set, i)) : JS_EXCEPTION;
}

static JSValue goquery_slice(JSContext *ctx, struct html_object *o, int argc, JSValueConst *argv)
{
    bool ok = true;
    int64_t count = o->set->count;
    int64_t start = mod_html_int(ctx, argc > 0 ? argv[0] : JS_UNDEFINED, &ok);
    int64_t end = ok ? mod_html_int(ctx, argc > 1 ? argv[1] : JS_UNDEFINED, &ok) : 0;
    if (!ok)
        return JS_EXCEPTION;
    start += start < 0 ? count : 0;
    end += end < 0 ? count : 0;
    start = start < 0 ? 0 : start > count ? count : start;
    end = end > count ? count : end < start ? start : end;
    return mod_html_goquery_give(ctx, o,
                                 html_set_slice(o->set, (uint32_t)start, (uint32_t)(end - start)));
}

static JSValue goquery_length(JSContext *ctx, struct html_object *o, int argc, JSValueConst *argv)
{
    return JS_NewUint32(ctx, o->set->count);
}

static JSValue goquery_index(JSContext *ctx, struct html_object *o, int argc, JSValueConst *argv)
{
    const struct html_node *n = mod_html_node(o);
    int32_t place = n ? 0 : -1;
    for (n = n ? n->prev : NULL; n; n = n->prev)
        place += n->type == HTML_ELEMENT;
    return JS_NewInt32(ctx, place);
}

static JSValue goquery_index_of_selection(JSContext *ctx, struct html_object *o, int argc,
                                          JSValueConst *argv)
{
    const struct html_object *with = other(ctx, argc, argv, 0);
    if (!with)
        return JS_EXCEPTION;
    return JS_NewInt64(ctx, with->set->count > 0 ? html_query_index_of(o->set, with->set->nodes[0])
                                                 : -1);
}

static struct html_set *only_found(struct html_set *s, const struct html_set *found)
{
    return html_set_ref((struct html_set *)found);
}

static JSValue goquery_index_selector(JSContext *ctx, struct html_object *o, int argc,
                                      JSValueConst *argv)
{
    struct html_selector *sel;
    if (!mod_html_selector_arg(ctx, argc, argv, 0, &sel))
        return JS_EXCEPTION;
    struct html_set *found = in_document(o->set, sel, only_found);
    found = mod_html_checked(ctx, sel, found);
    if (!found)
        return JS_EXCEPTION;
    int64_t i = o->set->count > 0 ? html_query_index_of(found, o->set->nodes[0]) : -1;
    html_set_unref(found);
    return JS_NewInt64(ctx, i);
}

/* ---- content ---- */

static JSValue goquery_text(JSContext *ctx, struct html_object *o, int argc, JSValueConst *argv)
{
    return mod_html_text(ctx, o->set);
}

static JSValue goquery_html(JSContext *ctx, struct html_object *o, int argc, JSValueConst *argv)
{
    JSValue v = mod_html_inner(ctx, o->set);
    return JS_IsUndefined(v)
               ? jsarg_throw(ctx, "html: an element without an end tag has child nodes")
               : v;
}

/* The value, and whether the attribute is there. */
static JSValue goquery_attr(JSContext *ctx, struct html_object *o, int argc, JSValueConst *argv)
{
    struct str name;
    if (!mod_arg_str(ctx, argc, argv, 0, &name))
        return JS_EXCEPTION;
    const struct html_node *n = mod_html_node(o);
    const struct html_attr *a = n ? html_node_attr(n, name) : NULL;
    jsarg_free_str(ctx, name);
    JSValue list = JS_NewArray(ctx);
    if (!JS_IsException(list) &&
        mod_html_push(ctx, list, 0, jsarg_new_str(ctx, a ? a->value : STR(""))) &&
        mod_html_push(ctx, list, 1, JS_NewBool(ctx, a != NULL)))
        return list;
    JS_FreeValue(ctx, list);
    return JS_EXCEPTION;
}

static JSValue goquery_attr_or(JSContext *ctx, struct html_object *o, int argc, JSValueConst *argv)
{
    struct str name, otherwise;
    if (!mod_arg_str(ctx, argc, argv, 0, &name))
        return JS_EXCEPTION;
    const struct html_node *n = mod_html_node(o);
    const struct html_attr *a = n ? html_node_attr(n, name) : NULL;
    jsarg_free_str(ctx, name);
    if (a)
        return jsarg_new_str(ctx, a->value);
    if (!mod_arg_str(ctx, argc, argv, 1, &otherwise))
        return JS_EXCEPTION;
    JSValue v = jsarg_new_str(ctx, otherwise);
    jsarg_free_str(ctx, otherwise);
    return v;
}

/* ---- questions ---- */

static JSValue any(JSContext *ctx, struct html_set *kept)
{
    if (!kept)
        return JS_HasException(ctx) ? JS_EXCEPTION : JS_ThrowOutOfMemory(ctx);
    bool is = kept->count > 0;
    html_set_unref(kept);
    return JS_NewBool(ctx, is);
}

static JSValue goquery_is(JSContext *ctx, struct html_object *o, int argc, JSValueConst *argv)
{
    struct html_selector *sel;
    if (!mod_html_selector_arg(ctx, argc, argv, 0, &sel))
        return JS_EXCEPTION;
    struct html_set *kept = html_query_filter(o->set, sel, true);
    return any(ctx, mod_html_checked(ctx, sel, kept));
}

static JSValue goquery_is_selection(JSContext *ctx, struct html_object *o, int argc,
                                    JSValueConst *argv)
{
    const struct html_object *with = other(ctx, argc, argv, 0);
    return with ? any(ctx, html_query_filter_set(o->set, with->set, true)) : JS_EXCEPTION;
}

/* ---- with functions ---- */

static bool is_function(JSContext *ctx, int argc, JSValueConst *argv)
{
    if (argc > 0 && JS_IsFunction(ctx, argv[0]))
        return true;
    jsarg_throw_type(ctx, "could not convert function call parameter 0 to a function");
    return false;
}

/* fn(i, selection of the node) */
static JSValue call(JSContext *ctx, struct html_object *o, uint32_t i, JSValueConst fn)
{
    JSValue item = mod_html_goquery_give(ctx, o, html_set_of(o->set->doc, o->set->nodes[i], NULL));
    if (JS_IsException(item))
        return item;
    JSValueConst args[] = {JS_NewUint32(ctx, i), item};
    JSValue v = JS_Call(ctx, fn, JS_UNDEFINED, 2, args);
    JS_FreeValue(ctx, item);
    return v;
}

/* Calls fn for each node, until it says false if breaks. */
static JSValue each(JSContext *ctx, struct html_object *o, int argc, JSValueConst *argv,
                    bool breaks)
{
    if (!is_function(ctx, argc, argv))
        return JS_EXCEPTION;
    for (uint32_t i = 0; i < o->set->count; i++) {
        JSValue v = call(ctx, o, i, argv[0]);
        if (JS_IsException(v))
            return v;
        bool goes_on = !breaks || JS_ToBool(ctx, v) == 1;
        JS_FreeValue(ctx, v);
        if (!goes_on)
            break;
    }
    return give_self(ctx, o);
}

static JSValue goquery_each(JSContext *ctx, struct html_object *o, int argc, JSValueConst *argv)
{
    return each(ctx, o, argc, argv, false);
}

static JSValue goquery_each_with_break(JSContext *ctx, struct html_object *o, int argc,
                                       JSValueConst *argv)
{
    return each(ctx, o, argc, argv, true);
}

/* A list of texts. */
static JSValue goquery_map(JSContext *ctx, struct html_object *o, int argc, JSValueConst *argv)
{
    if (!is_function(ctx, argc, argv))
        return JS_EXCEPTION;
    JSValue list = JS_NewArray(ctx);
    bool ok = !JS_IsException(list);
    for (uint32_t i = 0; i < o->set->count && ok; i++) {
        JSValue v = call(ctx, o, i, argv[0]);
        JSValue text = JS_IsException(v)     ? v
                       : jsarg_is_nullish(v) ? jsarg_new_str(ctx, STR(""))
                                             : JS_ToString(ctx, v);
        JS_FreeValue(ctx, v);
        ok = mod_html_push(ctx, list, i, text);
    }
    if (ok)
        return list;
    JS_FreeValue(ctx, list);
    return JS_EXCEPTION;
}

/* Those of which fn says what is wanted. NULL with an exception pending. */
static struct html_set *filter_by(JSContext *ctx, struct html_object *o, int argc,
                                  JSValueConst *argv, bool keeps)
{
    if (!is_function(ctx, argc, argv))
        return NULL;
    bool *flags = mem_try_alloc(o->set->count + 1);
    struct html_set *kept = NULL;
    uint32_t i = 0;
    for (; flags && i < o->set->count; i++) {
        JSValue v = call(ctx, o, i, argv[0]);
        if (JS_IsException(v))
            break;
        flags[i] = (JS_ToBool(ctx, v) == 1) == keeps;
        JS_FreeValue(ctx, v);
    }
    if (flags && i == o->set->count)
        kept = html_query_filter_flags(o->set, flags);
    mem_free(flags);
    return kept;
}

static JSValue goquery_filter_function(JSContext *ctx, struct html_object *o, int argc,
                                       JSValueConst *argv)
{
    return mod_html_goquery_give(ctx, o, filter_by(ctx, o, argc, argv, true));
}

static JSValue goquery_not_function(JSContext *ctx, struct html_object *o, int argc,
                                    JSValueConst *argv)
{
    return mod_html_goquery_give(ctx, o, filter_by(ctx, o, argc, argv, false));
}

static JSValue goquery_is_function(JSContext *ctx, struct html_object *o, int argc,
                                   JSValueConst *argv)
{
    return any(ctx, filter_by(ctx, o, argc, argv, true));
}

#define METHOD(name, fn)                                                                           \
    {                                                                                              \
        NAME_##name, MEMBER_METHOD, 0, {.method = fn}, NULL                                        \
    }

static const struct html_member goquery_members[] = {
    METHOD(add, goquery_add),
    METHOD(addBack, goquery_add_back),
    METHOD(addBackFiltered, goquery_add_back_filtered),
    METHOD(addClass, mod_html_goquery_add_class),
    METHOD(addSelection, goquery_add_selection),
    METHOD(andSelf, goquery_add_back),
    METHOD(attr, goquery_attr),
    METHOD(attrOr, goquery_attr_or),
    METHOD(children, goquery_children),
    METHOD(childrenFiltered, goquery_children_filtered),
    METHOD(closest, goquery_closest),
    METHOD(closestSelection, goquery_closest_selection),
    METHOD(contents, goquery_contents),
    METHOD(contentsFiltered, goquery_contents_filtered),
    METHOD(each, goquery_each),
    METHOD(eachWithBreak, goquery_each_with_break),
    METHOD(empty, mod_html_goquery_empty),
    METHOD(end, goquery_end),
    METHOD(eq, goquery_eq),
    METHOD(filter, goquery_filter),
    METHOD(filterFunction, goquery_filter_function),
    METHOD(filterSelection, goquery_filter_selection),
    METHOD(find, goquery_find),
    METHOD(findSelection, goquery_find_selection),
    METHOD(first, goquery_first),
    METHOD(has, goquery_has),
    METHOD(hasClass, mod_html_goquery_has_class),
    METHOD(hasSelection, goquery_has_selection),
    METHOD(html, goquery_html),
    METHOD(index, goquery_index),
    METHOD(indexOfSelection, goquery_index_of_selection),
    METHOD(indexSelector, goquery_index_selector),
    METHOD(intersection, goquery_filter_selection),
    METHOD(is, goquery_is),
    METHOD(isFunction, goquery_is_function),
    METHOD(isSelection, goquery_is_selection),
    METHOD(last, goquery_last),
    METHOD(length, goquery_length),
    METHOD(map, goquery_map),
    METHOD(next, goquery_next),
    METHOD(nextAll, goquery_next_all),
    METHOD(nextAllFiltered, goquery_next_all_filtered),
    METHOD(nextFiltered, goquery_next_filtered),
    METHOD(nextFilteredUntil, goquery_next_filtered_until),
    METHOD(nextFilteredUntilSelection, goquery_next_filtered_until_selection),
    METHOD(nextUntil, goquery_next_until),
    METHOD(nextUntilSelection, goquery_next_until_selection),
    METHOD(not, goquery_not),
    METHOD(notFunction, goquery_not_function),
    METHOD(notSelection, goquery_not_selection),
    METHOD(parent, goquery_parent),
    METHOD(parentFiltered, goquery_parent_filtered),
    METHOD(parents, goquery_parents),
    METHOD(parentsFiltered, goquery_parents_filtered),
    METHOD(parentsFilteredUntil, goquery_parents_filtered_until),
    METHOD(parentsFilteredUntilSelection, goquery_parents_filtered_until_selection),
    METHOD(parentsUntil, goquery_parents_until),
    METHOD(parentsUntilSelection, goquery_parents_until_selection),
    METHOD(prev, goquery_prev),
    METHOD(prevAll, goquery_prev_all),
    METHOD(prevAllFiltered, goquery_prev_all_filtered),
    METHOD(prevFiltered, goquery_prev_filtered),
    METHOD(prevFilteredUntil, goquery_prev_filtered_until),
    METHOD(prevFilteredUntilSelection, goquery_prev_filtered_until_selection),
    METHOD(prevUntil, goquery_prev_until),
    METHOD(prevUntilSelection, goquery_prev_until_selection),
    METHOD(remove, mod_html_goquery_remove),
    METHOD(removeAttr, mod_html_goquery_remove_attr),
    METHOD(removeClass, mod_html_goquery_remove_class),
    METHOD(removeFiltered, mod_html_goquery_remove_filtered),
    METHOD(setAttr, mod_html_goquery_set_attr),
    METHOD(setText, mod_html_goquery_set_text),
    METHOD(siblings, goquery_siblings),
    METHOD(siblingsFiltered, goquery_siblings_filtered),
    METHOD(size, goquery_length),
    METHOD(slice, goquery_slice),
    METHOD(text, goquery_text),
    METHOD(toggleClass, mod_html_goquery_toggle_class),
    METHOD(union, goquery_add_selection),
};

const struct html_kind mod_html_goquery_kind = {
    "*goquery.Selection",
    ROLE_OTHER,
    goquery_members,
    sizeof goquery_members / sizeof goquery_members[0],
    NULL,
};
