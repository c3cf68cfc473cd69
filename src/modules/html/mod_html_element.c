/* mod_html_element.c - what all Elements have, whatever node they are of, and Attributes. An
 * Element is the first node of a set; it keeps the whole set, since some of its functions
 * (textContent, selection) speak of all of it, as in k6. Only Elements without a kind of their own
 * are known again as arguments: k6 says that no link is the same node as itself. Where k6 breaks
 * down (the first child of what has none) the result is undefined. Source: k6 docs, "k6/html",
 * "Element". Tests: test/js/html_element.js */
#include "modules/html/mod_html_int.h"

static JSValue new_text(JSContext *ctx, const char *s)
{
    return jsarg_new_str(ctx, str_of(s));
}

static const char *space_uri(const char *space)
{
    if (str_eqs(str_of(space), "svg"))
        return "http://www.w3.org/2000/svg";
    if (str_eqs(str_of(space), "math"))
        return "http://www.w3.org/1998/Math/MathML";
    return "http://www.w3.org/1999/xhtml";
}

/* The other Element given, if it counts as one. */
static const struct html_object *other_element(int argc, JSValueConst *argv)
{
    return argc > 0 ? mod_html_object_of_role(argv[0], ROLE_ELEMENT) : NULL;
}

/* ---- attributes ---- */

static JSValue element_get_attribute(JSContext *ctx, struct html_object *o, int argc,
                                     JSValueConst *argv)
{
    struct str name;
    if (!mod_arg_str(ctx, argc, argv, 0, &name))
        return JS_EXCEPTION;
    const struct html_attr *a = html_node_attr(mod_html_node(o), name);
    jsarg_free_str(ctx, name);
    return a ? jsarg_new_str(ctx, a->value) : JS_UNDEFINED;
}

static JSValue element_has_attribute(JSContext *ctx, struct html_object *o, int argc,
                                     JSValueConst *argv)
{
    struct str name;
    if (!mod_arg_str(ctx, argc, argv, 0, &name))
        return JS_EXCEPTION;
    bool has = html_node_attr(mod_html_node(o), name) != NULL;
    jsarg_free_str(ctx, name);
    return JS_NewBool(ctx, has);
}

static JSValue element_has_attributes(JSContext *ctx, struct html_object *o, int argc,
                                      JSValueConst *argv)
{
    return JS_NewBool(ctx, mod_html_node(o)->attr_count > 0);
}

static JSValue new_attribute(JSContext *ctx, const struct html_object *o, const struct html_attr *a)
{
    JSValue v =
        mod_html_object_new(ctx, o->st, &mod_html_attribute_kind, html_set_ref(o->set), o->url);
    if (!JS_IsException(v))
        mod_html_object_get(v)->attr = a;
    return v;
}

static JSValue element_get_attribute_node(JSContext *ctx, struct html_object *o, int argc,
                                          JSValueConst *argv)
{
    struct str name;
    if (!mod_arg_str(ctx, argc, argv, 0, &name))
        return JS_EXCEPTION;
    const struct html_attr *a = html_node_attr(mod_html_node(o), name);
    jsarg_free_str(ctx, name);
    return a ? new_attribute(ctx, o, a) : JS_UNDEFINED;
}

static JSValue element_attributes(JSContext *ctx, struct html_object *o, int argc,
                                  JSValueConst *argv)
{
    const struct html_node *n = mod_html_node(o);
    JSValue map = JS_NewObject(ctx);
    bool ok = !JS_IsException(map);
    for (uint32_t i = 0; i < n->attr_count && ok; i++) {
        JSAtom key = JS_NewAtomLen(ctx, n->attrs[i].key.p, n->attrs[i].key.len);
        JSValue v = key != JS_ATOM_NULL ? new_attribute(ctx, o, &n->attrs[i]) : JS_EXCEPTION;
        ok = !JS_IsException(v) && JS_DefinePropertyValue(ctx, map, key, v, JS_PROP_C_W_E) >= 0;
        JS_FreeAtom(ctx, key);
    }
    if (ok)
        return map;
    JS_FreeValue(ctx, map);
    return JS_EXCEPTION;
}

static JSValue element_id(JSContext *ctx, struct html_object *o, int argc, JSValueConst *argv)
{
    return jsarg_new_str(ctx, mod_html_attr(o, "id"));
}

static JSValue element_class_name(JSContext *ctx, struct html_object *o, int argc,
                                  JSValueConst *argv)
{
    struct str value = mod_html_attr(o, "class");
    return value.p ? jsarg_new_str(ctx, value) : JS_UNDEFINED;
}

static JSValue element_lang(JSContext *ctx, struct html_object *o, int argc, JSValueConst *argv)
{
    const struct html_attr *a = html_node_attr(mod_html_node(o), STR("lang"));
    return a && !*a->prefix ? jsarg_new_str(ctx, a->value) : JS_UNDEFINED;
}

static JSValue element_class_list(JSContext *ctx, struct html_object *o, int argc,
                                  JSValueConst *argv)
{
    struct str rest = mod_html_attr(o, "class");
    JSValue list = JS_NewArray(ctx);
    bool ok = !JS_IsException(list);
    for (uint32_t count = 0; ok;) {
        while (rest.len > 0 && ascii_is_space(*rest.p))
            rest = (struct str){rest.p + 1, rest.len - 1};
        size_t len = 0;
        while (len < rest.len && !ascii_is_space(rest.p[len]))
            len++;
        if (len == 0)
            return list;
        ok = mod_html_push(ctx, list, count++, jsarg_new_str(ctx, (struct str){rest.p, len}));
        rest = (struct str){rest.p + len, rest.len - len};
    }
    JS_FreeValue(ctx, list);
    return JS_EXCEPTION;
}

/* ---- what it is ---- */

static JSValue element_node_name(JSContext *ctx, struct html_object *o, int argc,
                                 JSValueConst *argv)
{
    return jsarg_new_str(ctx, mod_html_node_name(o->set));
}

static JSValue element_node_type(JSContext *ctx, struct html_object *o, int argc,
                                 JSValueConst *argv)
{
    static const uint8_t types[] = {
        [HTML_ELEMENT] = 1,  [HTML_TEXT] = 3,     [HTML_COMMENT] = 8,
        [HTML_DOCUMENT] = 9, [HTML_DOCTYPE] = 10,
    };
    return JS_NewInt32(ctx, types[mod_html_node(o)->type]);
}

/* Of a text its text; k6 gives a comment's as "". */
static JSValue element_node_value(JSContext *ctx, struct html_object *o, int argc,
                                  JSValueConst *argv)
{
    enum html_type type = (enum html_type)mod_html_node(o)->type;
    return type == HTML_TEXT || type == HTML_COMMENT ? mod_html_text(ctx, o->set) : JS_UNDEFINED;
}

static JSValue element_to_string(JSContext *ctx, struct html_object *o, int argc,
                                 JSValueConst *argv)
{
    if (mod_html_node(o)->type == HTML_ELEMENT)
        return new_text(ctx, "[object html.Node]");
    struct str name = mod_html_node_name(o->set);
    struct buf text;
    buf_init(&text, BUF_NO_LIMIT);
    buf_adds(&text, "[object ");
    buf_add_str(&text, name);
    buf_addc(&text, ']');
    JSValue v = jsarg_new_str(ctx, (struct str){text.data, text.len});
    buf_deinit(&text);
    return v;
}

static JSValue element_namespace_uri(JSContext *ctx, struct html_object *o, int argc,
                                     JSValueConst *argv)
{
    static const char *const spaces[] = {
        [SPACE_HTML] = "", [SPACE_MATH] = "math", [SPACE_SVG] = "svg"};
    return new_text(ctx, space_uri(spaces[mod_html_node(o)->space]));
}

static JSValue element_is_default_namespace(JSContext *ctx, struct html_object *o, int argc,
                                            JSValueConst *argv)
{
    return JS_NewBool(ctx, mod_html_node(o)->space == SPACE_HTML);
}

static JSValue element_text_content(JSContext *ctx, struct html_object *o, int argc,
                                    JSValueConst *argv)
{
    return mod_html_text(ctx, o->set);
}

static JSValue element_inner_html(JSContext *ctx, struct html_object *o, int argc,
                                  JSValueConst *argv)
{
    return mod_html_inner(ctx, o->set);
}

static JSValue element_is_same(JSContext *ctx, struct html_object *o, int argc, JSValueConst *argv)
{
    const struct html_object *other = other_element(argc, argv);
    return JS_NewBool(ctx, other && mod_html_node(other) == mod_html_node(o));
}

static JSValue element_is_equal(JSContext *ctx, struct html_object *o, int argc, JSValueConst *argv)
{
    const struct html_object *other = other_element(argc, argv);
    struct buf a, b;
    if (!other)
        return JS_FALSE;
    buf_init(&a, BUF_NO_LIMIT);
    buf_init(&b, BUF_NO_LIMIT);
    bool is_equal = mod_html_put_inner(&a, o->set) && mod_html_put_inner(&b, other->set) &&
                    str_eq((struct str){a.data, a.len}, (struct str){b.data, b.len});
    buf_deinit(&a);
    buf_deinit(&b);
    return JS_NewBool(ctx, is_equal);
}

static JSValue element_contains(JSContext *ctx, struct html_object *o, int argc, JSValueConst *argv)
{
    const struct html_object *other = other_element(argc, argv);
    bool contains = false;
    for (uint32_t i = 0; other && i < o->set->count; i++)
        contains |= html_node_is_inside(mod_html_node(other), o->set->nodes[i]);
    return JS_NewBool(ctx, contains && mod_html_node(other) != mod_html_node(o));
}

/* ---- around it ---- */

static JSValue element_has_child_nodes(JSContext *ctx, struct html_object *o, int argc,
                                       JSValueConst *argv)
{
    return JS_NewBool(ctx, mod_html_node(o)->first != NULL);
}

static JSValue element_first_child(JSContext *ctx, struct html_object *o, int argc,
                                   JSValueConst *argv)
{
    return mod_html_element_of(ctx, o, mod_html_node(o)->first);
}

static JSValue element_last_child(JSContext *ctx, struct html_object *o, int argc,
                                  JSValueConst *argv)
{
    return mod_html_element_of(ctx, o, mod_html_node(o)->last);
}

static JSValue element_next_sibling(JSContext *ctx, struct html_object *o, int argc,
                                    JSValueConst *argv)
{
    return mod_html_element_of(ctx, o, mod_html_node(o)->next);
}

static JSValue element_previous_sibling(JSContext *ctx, struct html_object *o, int argc,
                                        JSValueConst *argv)
{
    return mod_html_element_of(ctx, o, mod_html_node(o)->prev);
}

static JSValue element_parent_node(JSContext *ctx, struct html_object *o, int argc,
                                   JSValueConst *argv)
{
    return mod_html_element_of(ctx, o, mod_html_node(o)->parent);
}

static JSValue element_owner_document(JSContext *ctx, struct html_object *o, int argc,
                                      JSValueConst *argv)
{
    struct html_node *n = mod_html_node(o);
    while (n && n->type != HTML_DOCUMENT)
        n = n->parent;
    return mod_html_element_of(ctx, o, n);
}

static struct html_set *step(struct html_object *o, enum html_step how)
{
    return html_query_step(o->set, how, NULL, false, NULL);
}

/* The first or last element child, of all nodes in the set. */
static JSValue element_child(JSContext *ctx, struct html_object *o, bool last)
{
    struct html_set *children = step(o, STEP_CHILDREN);
    if (!children)
        return JS_ThrowOutOfMemory(ctx);
    if (children->count == 0) {
        html_set_unref(children);
        return JS_UNDEFINED;
    }
    struct html_set *one = html_set_slice(children, last ? children->count - 1 : 0, 1);
    html_set_unref(children);
    if (!last && one) { /* the first of the first, which end() shows */
        struct html_set *again = html_set_slice(one, 0, 1);
        html_set_unref(one);
        one = again;
    }
    return mod_html_element(ctx, o, one);
}

static JSValue element_first_element_child(JSContext *ctx, struct html_object *o, int argc,
                                           JSValueConst *argv)
{
    return element_child(ctx, o, false);
}

static JSValue element_last_element_child(JSContext *ctx, struct html_object *o, int argc,
                                          JSValueConst *argv)
{
    return element_child(ctx, o, true);
}

static JSValue element_next_element_sibling(JSContext *ctx, struct html_object *o, int argc,
                                            JSValueConst *argv)
{
    return mod_html_element(ctx, o, step(o, STEP_NEXT));
}

static JSValue element_previous_element_sibling(JSContext *ctx, struct html_object *o, int argc,
                                                JSValueConst *argv)
{
    return mod_html_element(ctx, o, step(o, STEP_PREV));
}

static JSValue element_parent_element(JSContext *ctx, struct html_object *o, int argc,
                                      JSValueConst *argv)
{
    return mod_html_element(ctx, o, step(o, STEP_PARENT));
}

static JSValue element_child_nodes(JSContext *ctx, struct html_object *o, int argc,
                                   JSValueConst *argv)
{
    return mod_html_element_list(ctx, o, step(o, STEP_CONTENTS));
}

static JSValue element_children(JSContext *ctx, struct html_object *o, int argc, JSValueConst *argv)
{
    return mod_html_element_list(ctx, o, step(o, STEP_CHILDREN));
}

static JSValue element_child_count(JSContext *ctx, struct html_object *o, int argc,
                                   JSValueConst *argv)
{
    struct html_set *children = step(o, STEP_CHILDREN);
    if (!children)
        return JS_ThrowOutOfMemory(ctx);
    uint32_t count = children->count;
    html_set_unref(children);
    return JS_NewUint32(ctx, count);
}

/* ---- by selector ---- */

static JSValue element_selection(JSContext *ctx, struct html_object *o, int argc,
                                 JSValueConst *argv)
{
    return mod_html_selection(ctx, o, html_set_ref(o->set));
}

/* What matches the selector that prefix and the argument make. NULL with an exception pending. */
static struct html_set *find_prefixed(JSContext *ctx, struct html_object *o, const char *prefix,
                                      int argc, JSValueConst *argv)
{
    struct str text;
    struct buf selector;
    if (!mod_arg_str(ctx, argc, argv, 0, &text))
        return NULL;
    buf_init(&selector, BUF_NO_LIMIT);
    buf_adds(&selector, prefix);
    buf_add_str(&selector, text);
    jsarg_free_str(ctx, text);
    struct html_set *found =
        mod_html_find_str(ctx, o->set, (struct str){selector.data, selector.len});
    buf_deinit(&selector);
    return found;
}

static JSValue element_query(JSContext *ctx, struct html_object *o, int argc, JSValueConst *argv)
{
    return mod_html_element(ctx, o, find_prefixed(ctx, o, "", argc, argv));
}

static JSValue element_query_all(JSContext *ctx, struct html_object *o, int argc,
                                 JSValueConst *argv)
{
    return mod_html_element_list(ctx, o, find_prefixed(ctx, o, "", argc, argv));
}

static JSValue element_by_class(JSContext *ctx, struct html_object *o, int argc, JSValueConst *argv)
{
    return mod_html_element_list(ctx, o, find_prefixed(ctx, o, ".", argc, argv));
}

static JSValue element_matches(JSContext *ctx, struct html_object *o, int argc, JSValueConst *argv)
{
    struct html_selector *sel;
    if (!mod_html_selector_arg(ctx, argc, argv, 0, &sel))
        return JS_EXCEPTION;
    bool is = html_query_is(o->set, sel);
    struct html_set *checked = mod_html_checked(ctx, sel, html_set_ref(o->set));
    if (!checked)
        return JS_EXCEPTION;
    html_set_unref(checked);
    return JS_NewBool(ctx, is);
}

#define METHOD(name, fn)                                                                           \
    {                                                                                              \
        NAME_##name, MEMBER_METHOD, 0, {.method = fn}, NULL                                        \
    }

static const struct html_member element_members[] = {
    METHOD(attributes, element_attributes),
    METHOD(childElementCount, element_child_count),
    METHOD(childNodes, element_child_nodes),
    METHOD(children, element_children),
    METHOD(classList, element_class_list),
    METHOD(className, element_class_name),
    METHOD(contains, element_contains),
    METHOD(firstChild, element_first_child),
    METHOD(firstElementChild, element_first_element_child),
    METHOD(getAttribute, element_get_attribute),
    METHOD(getAttributeNode, element_get_attribute_node),
    METHOD(getElementsByClassName, element_by_class),
    METHOD(getElementsByTagName, element_query_all),
    METHOD(hasAttribute, element_has_attribute),
    METHOD(hasAttributes, element_has_attributes),
    METHOD(hasChildNodes, element_has_child_nodes),
    METHOD(id, element_id),
    METHOD(innerHTML, element_inner_html),
    METHOD(isDefaultNamespace, element_is_default_namespace),
    METHOD(isEqualNode, element_is_equal),
    METHOD(isSameNode, element_is_same),
    METHOD(lang, element_lang),
    METHOD(lastChild, element_last_child),
    METHOD(lastElementChild, element_last_element_child),
    METHOD(matches, element_matches),
    METHOD(namespaceURI, element_namespace_uri),
    METHOD(nextElementSibling, element_next_element_sibling),
    METHOD(nextSibling, element_next_sibling),
    METHOD(nodeName, element_node_name),
    METHOD(nodeType, element_node_type),
    METHOD(nodeValue, element_node_value),
    METHOD(ownerDocument, element_owner_document),
    METHOD(parentElement, element_parent_element),
    METHOD(parentNode, element_parent_node),
    METHOD(previousElementSibling, element_previous_element_sibling),
    METHOD(previousSibling, element_previous_sibling),
    METHOD(querySelector, element_query),
    METHOD(querySelectorAll, element_query_all),
    METHOD(selection, element_selection),
    METHOD(textContent, element_text_content),
    METHOD(toString, element_to_string),
};

const struct html_kind mod_html_element_kind = {
    "html.Element",
    ROLE_ELEMENT,
    element_members,
    sizeof element_members / sizeof element_members[0],
    NULL,
};

/* ---- Attribute ---- */

static JSValue attribute_owner(JSContext *ctx, struct html_object *o, int argc, JSValueConst *argv)
{
    return mod_html_object_new(ctx, o->st, &mod_html_element_kind, html_set_ref(o->set), o->url);
}

static JSValue attribute_name(JSContext *ctx, struct html_object *o, int argc, JSValueConst *argv)
{
    return jsarg_new_str(ctx, o->attr->key);
}

static JSValue attribute_value(JSContext *ctx, struct html_object *o, int argc, JSValueConst *argv)
{
    return jsarg_new_str(ctx, o->attr->value);
}

static JSValue attribute_prefix(JSContext *ctx, struct html_object *o, int argc, JSValueConst *argv)
{
    return new_text(ctx, o->attr->prefix);
}

static JSValue attribute_namespace(JSContext *ctx, struct html_object *o, int argc,
                                   JSValueConst *argv)
{
    return new_text(ctx, space_uri(o->attr->prefix));
}

#define FIELD(name, fn)                                                                            \
    {                                                                                              \
        NAME_##name, MEMBER_FIELD, 0, {.method = fn}, NULL                                         \
    }

static const struct html_member attribute_members[] = {
    FIELD(owner_element, attribute_owner), METHOD(localName, attribute_name),
    FIELD(name, attribute_name),           METHOD(namespaceURI, attribute_namespace),
    METHOD(prefix, attribute_prefix),      FIELD(value, attribute_value),
};

const struct html_kind mod_html_attribute_kind = {
    "html.Attribute",
    ROLE_OTHER,
    attribute_members,
    sizeof attribute_members / sizeof attribute_members[0],
    NULL,
};
