/* mod_html_more.c - what some kinds of Elements have that takes more than reading an attribute:
 * forms and their fields, options, tables. The rules are k6's, which are not a browser's: what is
 * selected is what has the attribute, an element's form is the one around it.
 * Source: k6 docs, "k6/html", the pages of the elements. Tests: test/js/html_elements.js */
#include "modules/html/mod_html_more.h"

#include <math.h>

/* ---- finding what belongs together ---- */

static struct html_set *step_to(JSContext *ctx, struct html_set *s, enum html_step how,
                                const char *selector)
{
    struct html_selector *sel = selector ? html_selector_parse(ctx, str_of(selector)) : NULL;
    struct html_set *found = html_query_step(s, how, NULL, selector != NULL, sel);
    return mod_html_checked(ctx, sel, found);
}

static struct html_set *closest(JSContext *ctx, struct html_set *s, const char *selector)
{
    struct html_selector *sel = html_selector_parse(ctx, str_of(selector));
    struct html_set *found = html_query_closest(s, sel);
    return mod_html_checked(ctx, sel, found);
}

/* What matches in the outermost element around s: head, id, tail make the selector. */
static struct html_set *find_around(JSContext *ctx, struct html_set *s, const char *head,
                                    struct str id, const char *tail)
{
    struct html_set *parents = step_to(ctx, s, STEP_PARENTS, NULL);
    if (!parents)
        return NULL;
    struct buf selector;
    buf_init(&selector, BUF_NO_LIMIT);
    buf_adds(&selector, head);
    buf_add_str(&selector, id);
    buf_adds(&selector, tail);
    uint32_t count = parents->count;
    struct html_set *last = html_set_slice(parents, count ? count - 1 : 0, count ? 1 : 0);
    struct html_set *found =
        last ? mod_html_find_str(ctx, last, (struct str){selector.data, selector.len}) : NULL;
    if (!last)
        JS_ThrowOutOfMemory(ctx);
    html_set_unref(last);
    html_set_unref(parents);
    buf_deinit(&selector);
    return found;
}

/* The form around it, or that whose id it names; an empty set when there is none. */
static struct html_set *owner_form(JSContext *ctx, struct html_object *o)
{
    struct html_set *form = closest(ctx, o->set, "form");
    struct str id = mod_html_attr(o, "form");
    if (!form || form->count > 0 || id.len == 0)
        return form;
    html_set_unref(form);
    return find_around(ctx, o->set, "#", id, "");
}

/* The first of a set, taken, as an Element. */
static JSValue first_element(JSContext *ctx, struct html_object *o, struct html_set *set)
{
    if (!set || set->count <= 1)
        return mod_html_element(ctx, o, set);
    struct html_set *first = html_set_slice(set, 0, 1);
    html_set_unref(set);
    return mod_html_element(ctx, o, first);
}

JSValue mod_html_owner_form(JSContext *ctx, struct html_object *o, int argc, JSValueConst *argv)
{
    return first_element(ctx, o, owner_form(ctx, o));
}

/* The label around it, and those that name its id. */
JSValue mod_html_labels(JSContext *ctx, struct html_object *o, int argc, JSValueConst *argv)
{
    struct html_set *around = closest(ctx, o->set, "label");
    struct str id = mod_html_attr(o, "id");
    if (!around || id.len == 0)
        return mod_html_element_list(ctx, o, around);
    struct html_set *naming = find_around(ctx, o->set, "label[for=\"", id, "\"]");
    struct html_set *all = naming ? html_query_add_set(around, naming) : NULL;
    html_set_unref(naming);
    html_set_unref(around);
    return mod_html_element_list(ctx, o, all);
}

JSValue mod_html_all_text(JSContext *ctx, struct html_object *o, int argc, JSValueConst *argv)
{
    return mod_html_text(ctx, o->set);
}

static JSValue value_or_inner(JSContext *ctx, const struct html_set *s)
{
    struct buf text;
    buf_init(&text, BUF_NO_LIMIT);
    mod_html_put_value_or_inner(&text, s);
    JSValue v = jsarg_new_str(ctx, (struct str){text.data, text.len});
    buf_deinit(&text);
    return v;
}

JSValue mod_html_value_or_inner(JSContext *ctx, struct html_object *o, int argc, JSValueConst *argv)
{
    return value_or_inner(ctx, o->set);
}

/* The place in found, taken, of another set's first node. */
static JSValue place_in(JSContext *ctx, struct html_set *found, const struct html_set *of)
{
    if (!found)
        return JS_EXCEPTION;
    int64_t i = of->count > 0 ? html_query_index_of(found, of->nodes[0]) : -1;
    html_set_unref(found);
    return JS_NewInt64(ctx, i);
}

/* Its place among what matches inside the ancestors that match; otherwise when there are none. */
static JSValue place_inside(JSContext *ctx, struct html_object *o, const char *ancestors,
                            const char *what, int otherwise)
{
    struct html_set *holders = step_to(ctx, o->set, STEP_PARENTS, ancestors);
    if (!holders)
        return JS_EXCEPTION;
    JSValue v = holders->count > 0 ? place_in(ctx, mod_html_find(ctx, holders, what), o->set)
                                   : JS_NewInt32(ctx, otherwise);
    html_set_unref(holders);
    return v;
}

/* ---- fields of forms ---- */

/* The field's own attribute ("formaction"), else its form's ("action"). False with an exception
 * pending; p NULL: neither has it. The text is the document's. */
static bool form_attr(JSContext *ctx, struct html_object *o, const char *own, const char *name,
                      struct str *out)
{
    *out = mod_html_attr(o, own);
    if (out->p)
        return true;
    struct html_set *form = owner_form(ctx, o);
    if (!form)
        return false;
    const struct html_attr *a =
        form->count > 0 ? html_node_attr(form->nodes[0], str_of(name)) : NULL;
    if (a)
        *out = a->value;
    html_set_unref(form);
    return true;
}

JSValue mod_html_form_field_form_action(JSContext *ctx, struct html_object *o, int argc,
                                        JSValueConst *argv)
{
    struct str action, page = mod_html_url_text(o->url);
    struct url *base = NULL, *resolved = NULL;
    if (!form_attr(ctx, o, "formaction", "action", &action))
        return JS_EXCEPTION;
    if (page.len == 0 || action.len == 0)
        return jsarg_new_str(ctx, page.len == 0 ? action : page);
    if (url_parse(&base, page, NULL) < 0 || url_resolve(&resolved, base, action, NULL) < 0) {
        url_free(base);
        return jsarg_new_str(ctx, action);
    }
    struct buf text;
    buf_init(&text, BUF_NO_LIMIT);
    url_put(&text, resolved, true);
    JSValue v = jsarg_new_str(ctx, (struct str){text.data, text.len});
    buf_deinit(&text);
    url_free(base);
    url_free(resolved);
    return v;
}

JSValue mod_html_form_field_form_enctype(JSContext *ctx, struct html_object *o, int argc,
                                         JSValueConst *argv)
{
    struct str type;
    if (!form_attr(ctx, o, "formenctype", "enctype", &type))
        return JS_EXCEPTION;
    bool is_known = str_eqs(type, "multipart/form-data") || str_eqs(type, "text/plain");
    return jsarg_new_str(ctx, is_known ? type : STR("application/x-www-form-urlencoded"));
}

JSValue mod_html_form_field_form_method(JSContext *ctx, struct html_object *o, int argc,
                                        JSValueConst *argv)
{
    struct str method;
    if (!form_attr(ctx, o, "formmethod", "method", &method))
        return JS_EXCEPTION;
    return jsarg_new_str(ctx, str_ieqs(method, "post") ? STR("post") : STR("get"));
}

JSValue mod_html_form_field_form_no_validate(JSContext *ctx, struct html_object *o, int argc,
                                             JSValueConst *argv)
{
    struct str value;
    if (!form_attr(ctx, o, "formnovalidate", "novalidate", &value))
        return JS_EXCEPTION;
    return JS_NewBool(ctx, value.p != NULL);
}

JSValue mod_html_form_field_form_target(JSContext *ctx, struct html_object *o, int argc,
                                        JSValueConst *argv)
{
    struct str target;
    if (!form_attr(ctx, o, "formtarget", "target", &target))
        return JS_EXCEPTION;
    return jsarg_new_str(ctx, target);
}

/* The datalist of an input that can have one. */
JSValue mod_html_input_list(JSContext *ctx, struct html_object *o, int argc, JSValueConst *argv)
{
    static const char *const without[] = {"hidden", "checkbox", "radio", "file", "button"};
    struct str id = mod_html_attr(o, "list"), type = mod_html_attr(o, "type");
    if (id.len == 0)
        return JS_UNDEFINED;
    for (size_t i = 0; i < sizeof without / sizeof without[0]; i++)
        if (str_eqs(type, without[i]))
            return JS_UNDEFINED;
    return first_element(ctx, o, find_around(ctx, o->set, "datalist[id=\"", id, "\"]"));
}

JSValue mod_html_label_control(JSContext *ctx, struct html_object *o, int argc, JSValueConst *argv)
{
    struct str id = mod_html_attr(o, "for");
    return id.p ? first_element(ctx, o, find_around(ctx, o->set, "#", id, "")) : JS_UNDEFINED;
}

JSValue mod_html_text_area_length(JSContext *ctx, struct html_object *o, int argc,
                                  JSValueConst *argv)
{
    return JS_NewInt64(ctx, (int64_t)mod_html_attr(o, "value").len);
}

/* ---- options ---- */

JSValue mod_html_option_disabled(JSContext *ctx, struct html_object *o, int argc,
                                 JSValueConst *argv)
{
    if (mod_html_attr(o, "disabled").p)
        return JS_TRUE;
    struct html_set *groups = step_to(ctx, o->set, STEP_PARENTS, "optgroup");
    if (!groups)
        return JS_EXCEPTION;
    bool is = groups->count > 0 && html_node_attr(groups->nodes[0], STR("disabled")) != NULL;
    html_set_unref(groups);
    return JS_NewBool(ctx, is);
}

JSValue mod_html_option_form(JSContext *ctx, struct html_object *o, int argc, JSValueConst *argv)
{
    struct html_set *form = step_to(ctx, o->set, STEP_PARENTS, "form");
    if (!form || form->count > 0)
        return first_element(ctx, o, form);
    html_set_unref(form);
    struct html_set *select = step_to(ctx, o->set, STEP_PARENTS, "select");
    if (!select)
        return JS_EXCEPTION;
    const struct html_attr *id =
        select->count > 0 ? html_node_attr(select->nodes[0], STR("form")) : NULL;
    JSValue v =
        id ? first_element(ctx, o, find_around(ctx, select, "form#", id->value, "")) : JS_UNDEFINED;
    html_set_unref(select);
    return v;
}

JSValue mod_html_option_index(JSContext *ctx, struct html_object *o, int argc, JSValueConst *argv)
{
    return place_inside(ctx, o, "select,datalist", "option", 0);
}

JSValue mod_html_option_label(JSContext *ctx, struct html_object *o, int argc, JSValueConst *argv)
{
    struct str label = mod_html_attr(o, "label");
    return label.p ? jsarg_new_str(ctx, label) : mod_html_text(ctx, o->set);
}

JSValue mod_html_select_selected_index(JSContext *ctx, struct html_object *o, int argc,
                                       JSValueConst *argv)
{
    struct html_set *selected = mod_html_find(ctx, o->set, "option[selected]");
    if (!selected)
        return JS_EXCEPTION;
    JSValue v = place_in(ctx, mod_html_find(ctx, o->set, "option"), selected);
    html_set_unref(selected);
    return v;
}

JSValue mod_html_select_size(JSContext *ctx, struct html_object *o, int argc, JSValueConst *argv)
{
    return JS_NewInt32(ctx, mod_html_attr(o, "multiple").p ? 4 : 1);
}

JSValue mod_html_select_type(JSContext *ctx, struct html_object *o, int argc, JSValueConst *argv)
{
    bool is_multiple = mod_html_attr(o, "multiple").p != NULL;
    return jsarg_new_str(ctx, is_multiple ? STR("select-multiple") : STR("select"));
}

JSValue mod_html_select_value(JSContext *ctx, struct html_object *o, int argc, JSValueConst *argv)
{
    struct html_set *selected = mod_html_find(ctx, o->set, "option[selected]");
    if (!selected)
        return JS_EXCEPTION;
    JSValue v = value_or_inner(ctx, selected);
    html_set_unref(selected);
    return v;
}

/* ---- progress ---- */

/* The attribute as a number that is not negative, else otherwise. */
static double progress_number(const struct html_object *o, const char *name, double otherwise)
{
    double n;
    struct str text = mod_html_attr(o, name);
    return text.p && mod_html_parse_float(text, &n) && !(n < 0) ? n : otherwise;
}

static double progress(const struct html_object *o, double otherwise)
{
    double value = progress_number(o, "value", NAN);
    bool is_there = !isnan(value) || str_ieqs(mod_html_attr(o, "value"), "nan");
    return is_there ? value / progress_number(o, "max", 1) : otherwise;
}

JSValue mod_html_progress_max(JSContext *ctx, struct html_object *o, int argc, JSValueConst *argv)
{
    return JS_NewNumber(ctx, progress_number(o, "max", 1));
}

JSValue mod_html_progress_position(JSContext *ctx, struct html_object *o, int argc,
                                   JSValueConst *argv)
{
    return JS_NewNumber(ctx, progress(o, -1));
}

JSValue mod_html_progress_value(JSContext *ctx, struct html_object *o, int argc, JSValueConst *argv)
{
    return JS_NewNumber(ctx, progress(o, 0));
}

/* ---- tables and the rest ---- */

static JSValue table_part(JSContext *ctx, struct html_object *o, const char *tag)
{
    return mod_html_element(ctx, o, step_to(ctx, o->set, STEP_CHILDREN, tag));
}

JSValue mod_html_table_caption(JSContext *ctx, struct html_object *o, int argc, JSValueConst *argv)
{
    return table_part(ctx, o, "caption");
}

JSValue mod_html_table_thead(JSContext *ctx, struct html_object *o, int argc, JSValueConst *argv)
{
    return table_part(ctx, o, "thead");
}

JSValue mod_html_table_tfoot(JSContext *ctx, struct html_object *o, int argc, JSValueConst *argv)
{
    return table_part(ctx, o, "tfoot");
}

JSValue mod_html_table_cell_cell_index(JSContext *ctx, struct html_object *o, int argc,
                                       JSValueConst *argv)
{
    return place_inside(ctx, o, "tr", "th,td", -1);
}

JSValue mod_html_table_row_row_index(JSContext *ctx, struct html_object *o, int argc,
                                     JSValueConst *argv)
{
    return place_inside(ctx, o, "table", "tr", -1);
}

JSValue mod_html_table_row_section_row_index(JSContext *ctx, struct html_object *o, int argc,
                                             JSValueConst *argv)
{
    return place_inside(ctx, o, "thead,tbody,tfoot", "tr", -1);
}

JSValue mod_html_table_col_span(JSContext *ctx, struct html_object *o, int argc, JSValueConst *argv)
{
    int64_t span;
    struct str text = mod_html_attr(o, "span");
    bool is_number = text.p && num_parse_int(text, &span) == 0 && span >= 1;
    return JS_NewInt64(ctx, is_number ? span : 1);
}

JSValue mod_html_map_images(JSContext *ctx, struct html_object *o, int argc, JSValueConst *argv)
{
    struct str id = mod_html_attr(o, "id");
    if (!id.p)
        return JS_NewArray(ctx);
    struct buf tail;
    buf_init(&tail, BUF_NO_LIMIT);
    buf_adds(&tail, "\"],object[usemap=\"#");
    buf_add_str(&tail, id);
    buf_adds(&tail, "\"]");
    struct html_set *found = find_around(ctx, o->set, "img[usemap=\"#", id, tail.data);
    buf_deinit(&tail);
    return mod_html_element_list(ctx, o, found);
}

JSValue mod_html_style_type(JSContext *ctx, struct html_object *o, int argc, JSValueConst *argv)
{
    struct str type = mod_html_attr(o, "type");
    return jsarg_new_str(ctx, type.len > 0 ? type : STR("text/css"));
}
