/* mod_html_goquery_edit.c - what goquery's selections change in place: attributes, classes, texts,
 * and which nodes there are. Attribute lists and texts are made anew, since clones of a node share
 * them. Source: goquery's documentation. Tests: test/js/html_callbacks.js */
#include <string.h>

#include "modules/html/mod_html_goquery.h"

static JSValue give_self(JSContext *ctx, const struct html_object *o)
{
    return mod_html_goquery_give(ctx, o, html_set_ref(o->set));
}

JSValue mod_html_goquery_remove(JSContext *ctx, struct html_object *o, int argc, JSValueConst *argv)
{
    for (uint32_t i = 0; i < o->set->count; i++)
        html_node_remove(o->set->nodes[i]);
    return give_self(ctx, o);
}

JSValue mod_html_goquery_remove_filtered(JSContext *ctx, struct html_object *o, int argc,
                                         JSValueConst *argv)
{
    struct html_selector *sel;
    if (!mod_html_selector_arg(ctx, argc, argv, 0, &sel))
        return JS_EXCEPTION;
    struct html_set *found = html_query_filter(o->set, sel, true);
    found = mod_html_checked(ctx, sel, found);
    for (uint32_t i = 0; found && i < found->count; i++)
        html_node_remove(found->nodes[i]);
    return mod_html_goquery_give(ctx, o, found);
}

static void remove_children(struct html_node *n)
{
    while (n->first)
        html_node_remove(n->first);
}

JSValue mod_html_goquery_empty(JSContext *ctx, struct html_object *o, int argc, JSValueConst *argv)
{
    struct html_set *children = html_query_step(o->set, STEP_CONTENTS, NULL, false, NULL);
    for (uint32_t i = 0; children && i < o->set->count; i++)
        remove_children(o->set->nodes[i]);
    return mod_html_goquery_give(ctx, o, children);
}

/* Text that a script made, for as long as the document lives. */
static bool keep_text(JSContext *ctx, struct html_doc *d, struct str *s)
{
    char *copy = html_doc_try_alloc(d, s->len + 1);
    if (!copy) {
        JS_ThrowOutOfMemory(ctx);
        return false;
    }
    if (s->len > 0)
        memcpy(copy, s->p, s->len);
    s->p = copy;
    return true;
}

JSValue mod_html_goquery_set_text(JSContext *ctx, struct html_object *o, int argc,
                                  JSValueConst *argv)
{
    struct str text;
    if (!mod_arg_str(ctx, argc, argv, 0, &text))
        return JS_EXCEPTION;
    struct str kept = text;
    bool ok = keep_text(ctx, o->set->doc, &kept);
    jsarg_free_str(ctx, text);
    if (!ok)
        return JS_EXCEPTION;
    for (uint32_t i = 0; i < o->set->count; i++) {
        remove_children(o->set->nodes[i]);
        html_node_append(o->set->nodes[i], html_node_new(o->set->doc, HTML_TEXT, kept));
    }
    return give_self(ctx, o);
}

/* The node's attributes with one set, or without it (value.p NULL); lists are replaced, not
 * changed, for others may share them. */
static void replace_attr(struct html_doc *d, struct html_node *n, struct str key, struct str value)
{
    struct html_attr *attrs = html_doc_alloc(d, (n->attr_count + 1) * sizeof *attrs);
    uint32_t count = 0;
    bool is_set = false;
    for (uint32_t i = 0; i < n->attr_count; i++) {
        bool is_it = !is_set && str_eq(n->attrs[i].key, key);
        is_set |= is_it;
        if (is_it && !value.p)
            continue;
        attrs[count] = n->attrs[i];
        if (is_it)
            attrs[count].value = value;
        count++;
    }
    if (!is_set && value.p)
        attrs[count++] = (struct html_attr){key, value, ""};
    n->attrs = attrs;
    n->attr_count = count;
}

/* Argument i as text of the document. */
static bool text_arg(JSContext *ctx, struct html_object *o, int argc, JSValueConst *argv, int i,
                     struct str *out)
{
    struct str text;
    if (!mod_arg_str(ctx, argc, argv, i, &text))
        return false;
    *out = text;
    bool ok = keep_text(ctx, o->set->doc, out);
    jsarg_free_str(ctx, text);
    return ok;
}

JSValue mod_html_goquery_set_attr(JSContext *ctx, struct html_object *o, int argc,
                                  JSValueConst *argv)
{
    struct str key, value;
    if (!text_arg(ctx, o, argc, argv, 0, &key) || !text_arg(ctx, o, argc, argv, 1, &value))
        return JS_EXCEPTION;
    for (uint32_t i = 0; i < o->set->count; i++)
        replace_attr(o->set->doc, o->set->nodes[i], key, value);
    return give_self(ctx, o);
}

JSValue mod_html_goquery_remove_attr(JSContext *ctx, struct html_object *o, int argc,
                                     JSValueConst *argv)
{
    struct str key;
    if (!text_arg(ctx, o, argc, argv, 0, &key))
        return JS_EXCEPTION;
    for (uint32_t i = 0; i < o->set->count; i++)
        if (html_node_attr(o->set->nodes[i], key))
            replace_attr(o->set->doc, o->set->nodes[i], key, (struct str){NULL, 0});
    return give_self(ctx, o);
}

/* ---- classes ---- */

static bool is_class_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* The next word of s; false: there is none. */
static bool next_class(struct str *s, struct str *word)
{
    size_t i = 0;
    while (s->len > 0 && is_class_space(*s->p))
        *s = (struct str){s->p + 1, s->len - 1};
    while (i < s->len && !is_class_space(s->p[i]))
        i++;
    *word = (struct str){s->p, i};
    *s = (struct str){s->p + i, s->len - i};
    return i > 0;
}

static bool has_class(struct str classes, struct str wanted)
{
    struct str word;
    while (next_class(&classes, &word))
        if (str_eq(word, wanted))
            return true;
    return false;
}

static struct str classes_of(const struct html_node *n)
{
    const struct html_attr *a = n->type == HTML_ELEMENT ? html_node_attr(n, STR("class")) : NULL;
    return a ? a->value : STR("");
}

JSValue mod_html_goquery_has_class(JSContext *ctx, struct html_object *o, int argc,
                                   JSValueConst *argv)
{
    struct str name;
    if (!mod_arg_str(ctx, argc, argv, 0, &name))
        return JS_EXCEPTION;
    bool has_it = false;
    for (uint32_t i = 0; i < o->set->count; i++)
        has_it |= has_class(classes_of(o->set->nodes[i]), name);
    jsarg_free_str(ctx, name);
    return JS_NewBool(ctx, has_it);
}

enum class_change { CLASS_ADD, CLASS_REMOVE, CLASS_TOGGLE };

/* What the classes are after the change. */
static void put_changed(struct buf *out, struct str classes, struct str names,
                        enum class_change change)
{
    struct str word, rest = classes;
    while (next_class(&rest, &word))
        if (change == CLASS_ADD || !has_class(names, word))
            buf_addf(out, "%s%.*s", out->len > 0 ? " " : "", (int)word.len, word.p);
    for (rest = names; change != CLASS_REMOVE && next_class(&rest, &word);)
        if (!has_class(classes, word) && !has_class((struct str){out->data, out->len}, word))
            buf_addf(out, "%s%.*s", out->len > 0 ? " " : "", (int)word.len, word.p);
}

static JSValue change_classes(JSContext *ctx, struct html_object *o, int argc, JSValueConst *argv,
                              enum class_change change)
{
    struct buf names, changed;
    bool ok = true;
    buf_init(&names, BUF_NO_LIMIT);
    buf_init(&changed, BUF_NO_LIMIT);
    for (int i = 0; i < argc && ok; i++) {
        struct str name;
        ok = mod_arg_str(ctx, argc, argv, i, &name);
        if (ok) {
            buf_addc(&names, ' ');
            buf_add_str(&names, name);
            jsarg_free_str(ctx, name);
        }
    }
    struct str all = str_trim((struct str){names.data, names.len});
    for (uint32_t i = 0; i < o->set->count && ok; i++) {
        struct html_node *n = o->set->nodes[i];
        if (n->type != HTML_ELEMENT || (all.len == 0 && change != CLASS_REMOVE))
            continue;
        buf_clear(&changed);
        if (all.len > 0)
            put_changed(&changed, classes_of(n), all, change);
        struct str value = {changed.data, changed.len};
        ok = keep_text(ctx, o->set->doc, &value);
        if (ok)
            replace_attr(o->set->doc, n, STR("class"),
                         value.len > 0 ? value : (struct str){NULL, 0});
    }
    buf_deinit(&names);
    buf_deinit(&changed);
    return ok ? give_self(ctx, o) : JS_EXCEPTION;
}

JSValue mod_html_goquery_add_class(JSContext *ctx, struct html_object *o, int argc,
                                   JSValueConst *argv)
{
    return change_classes(ctx, o, argc, argv, CLASS_ADD);
}

JSValue mod_html_goquery_remove_class(JSContext *ctx, struct html_object *o, int argc,
                                      JSValueConst *argv)
{
    return change_classes(ctx, o, argc, argv, CLASS_REMOVE);
}

JSValue mod_html_goquery_toggle_class(JSContext *ctx, struct html_object *o, int argc,
                                      JSValueConst *argv)
{
    return change_classes(ctx, o, argc, argv, CLASS_TOGGLE);
}
