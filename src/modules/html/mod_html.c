/* mod_html.c - the module k6/html: parseHTML(). What it keeps per VU is the names that its objects
 * have and how much memory its pages take up; Response.html() opens it when a script has not
 * imported it. Source: k6 docs, "k6/html". Tests: test/js/html_*.js */
#include "modules/html/mod_html.h"

#include "modules/html/mod_html_int.h"
#include "modules/modules.h"

/* The engine does not know what its objects hold here: pages in cycles of objects would wait for a
 * collection that never seems worth it. False: the VU has no room for more, which is thrown. */
static bool make_room(JSContext *ctx, struct html_account *a)
{
    if (!html_account_is_high(a))
        return true;
    JS_RunGC(JS_GetRuntime(ctx));
    if (html_account_settle(a))
        return true;
    JS_ThrowOutOfMemory(ctx);
    return false;
}

JSValue mod_html_parse(JSContext *ctx, struct str page, struct str url)
{
    struct html_state *st = pod_need_module_state(ctx, MODULE_HTML);
    struct html_doc *doc = NULL;
    struct err e = {0};
    if (!st || !make_room(ctx, st->account))
        return JS_EXCEPTION;
    if (html_doc_parse(&doc, page, &e) < 0) {
        jsarg_throw(ctx, "%s", e.msg);
        err_deinit(&e);
        return JS_EXCEPTION;
    }
    html_doc_charge(doc, st->account);
    struct html_set *set = html_set_of(doc, html_doc_root(doc), NULL);
    struct html_url *u = mod_html_url_new(url);
    JSValue v = mod_html_object_new(ctx, st, &mod_html_selection_kind, set, u);
    mod_html_url_unref(u);
    html_doc_unref(doc);
    return v;
}

JSValue mod_html_select(JSContext *ctx, JSValue selection, struct str selector)
{
    struct html_object *o = mod_html_object_get(selection);
    JSValue found =
        o ? mod_html_selection(ctx, o, mod_html_find_str(ctx, o->set, selector)) : JS_EXCEPTION;
    JS_FreeValue(ctx, selection);
    return found;
}

uint32_t mod_html_size(JSValueConst selection)
{
    return mod_html_object_get(selection)->set->count;
}

struct str mod_html_first_attr(JSValueConst selection, const char *name)
{
    return mod_html_attr(mod_html_object_get(selection), name);
}

JSValue mod_html_first_value(JSContext *ctx, JSValueConst selection)
{
    return mod_html_val(ctx, mod_html_object_get(selection), 0, NULL);
}

JSValue mod_html_form_values(JSContext *ctx, JSValueConst selection)
{
    return mod_html_serialize_object(ctx, mod_html_object_get(selection), 0, NULL);
}

static JSValue parse_html(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    struct str page;
    if (!mod_arg_str(ctx, argc, argv, 0, &page))
        return JS_EXCEPTION;
    JSValue v = mod_html_parse(ctx, page, STR(""));
    jsarg_free_str(ctx, page);
    return v;
}

static const JSCFunctionListEntry functions[] = {
    JS_CFUNC_DEF("parseHTML", 1, parse_html),
};

static int html_open(JSContext *ctx, JSValueConst exports, int index, void *state)
{
    struct html_state *st = state;
    mod_html_state_init(ctx, st);
    st->account = html_account_new();
    if (mod_html_object_class(ctx) < 0)
        return -1;
    return JS_SetPropertyFunctionList(ctx, exports, functions,
                                      sizeof functions / sizeof functions[0]);
}

static void html_close(JSContext *ctx, void *state)
{
    struct html_state *st = state;
    mod_html_state_deinit(ctx, st);
    html_account_unref(st->account);
}

const struct js_module mod_html = {
    .name = "k6/html",
    .state_size = sizeof(struct html_state),
    .open = html_open,
    .close = html_close,
    .has_default = true,
    .has_named = true,
    .missing_is_undefined = true,
};
