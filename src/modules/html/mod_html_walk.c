/* mod_html_walk.c - each(), map(), filter(), is() and not() of a Selection: those that call a
 * function of the script for each node. What it gets differs, as in k6: Elements from each(),
 * Selections from map(), goquery's own selections from the rest. The function may do what it likes
 * with the page; the set that is walked stays as it is.
 * Source: k6 docs, "k6/html". Tests: test/js/html_callbacks.js */
#include "modules/html/mod_html_int.h"

/* Calls fn(i, item) with item, taken, and with itself as this. */
static JSValue call(JSContext *ctx, JSValueConst fn, uint32_t i, JSValue item)
{
    if (JS_IsException(item))
        return item;
    JSValueConst args[] = {JS_NewUint32(ctx, i), item};
    JSValue result = JS_Call(ctx, fn, fn, 2, args);
    JS_FreeValue(ctx, item);
    return result;
}

/* ---- each ---- */

/* The error's text and where it was thrown, in one line. */
static void put_in_line(struct buf *out, JSContext *ctx, JSValueConst thrown)
{
    struct buf all;
    struct str text, head, rest, frame, others;
    buf_init(&all, BUF_NO_LIMIT);
    jsarg_put_stack(&all, ctx, thrown);
    text = (struct str){all.data, all.len};
    ptrdiff_t at = str_finds(text, "\n\tat ");
    head = at >= 0 ? (struct str){text.p, (size_t)at} : str_trim(text);
    buf_add_str(out, head);
    if (at >= 0) {
        rest = (struct str){text.p + at + 2, text.len - (size_t)at - 2};
        if (!str_cut(rest, '\n', &frame, &others))
            frame = rest;
        buf_addc(out, ' ');
        buf_add_str(out, str_trim(frame));
    }
    buf_deinit(&all);
}

/* What the function threw, as k6 passes it on. */
static JSValue each_failed(JSContext *ctx)
{
    JSValue thrown = JS_GetException(ctx);
    if (JS_IsUncatchableError(thrown))
        return JS_Throw(ctx, thrown);
    struct buf text;
    buf_init(&text, BUF_NO_LIMIT);
    put_in_line(&text, ctx, thrown);
    JS_FreeValue(ctx, thrown);
    jsarg_throw(ctx, "the function passed to each() failed: %s", text.data);
    buf_deinit(&text);
    return JS_EXCEPTION;
}

JSValue mod_html_each(JSContext *ctx, struct html_object *o, int argc, JSValueConst *argv)
{
    if (argc == 0 || !JS_IsFunction(ctx, argv[0]))
        return jsarg_throw(ctx, "the argument to each() must be a function");
    for (uint32_t i = 0; i < o->set->count; i++) {
        JSValue result =
            call(ctx, argv[0], i, mod_html_element(ctx, o, html_set_slice(o->set, i, 1)));
        if (JS_IsException(result))
            return each_failed(ctx);
        JS_FreeValue(ctx, result);
    }
    return mod_html_selection(ctx, o, html_set_ref(o->set));
}

/* ---- map ---- */

JSValue mod_html_map(JSContext *ctx, struct html_object *o, int argc, JSValueConst *argv)
{
    uint32_t count = 0;
    if (argc == 0 || !JS_IsFunction(ctx, argv[0]))
        return jsarg_throw(ctx, "the argument to map() must be a function");
    JSValue list = JS_NewArray(ctx);
    for (uint32_t i = 0; i < o->set->count && !JS_IsException(list); i++) {
        struct html_set *one = html_set_of(o->set->doc, o->set->nodes[i], NULL);
        JSValue result =
            call(ctx, argv[0], i,
                 mod_html_object_new(ctx, o->st, &mod_html_selection_pointer_kind, one, o->url));
        if (JS_IsException(result)) {
            JSValue thrown = JS_GetException(ctx);
            if (JS_IsUncatchableError(thrown)) {
                JS_FreeValue(ctx, list);
                return JS_Throw(ctx, thrown);
            }
            JS_FreeValue(ctx, thrown); /* that one is left out, as in k6 */
        } else if (!mod_html_push(ctx, list, count++, result)) {
            JS_FreeValue(ctx, list);
            list = JS_EXCEPTION;
        }
    }
    return list;
}

/* ---- filter, is, not ---- */

/* What fn says of each node; -1 with an exception pending. flags has a place for each. */
static int ask_all(JSContext *ctx, struct html_object *o, JSValueConst fn, bool keeps, bool *flags)
{
    for (uint32_t i = 0; i < o->set->count; i++) {
        struct html_set *one = html_set_of(o->set->doc, o->set->nodes[i], NULL);
        JSValue result =
            call(ctx, fn, i, mod_html_object_new(ctx, o->st, &mod_html_goquery_kind, one, o->url));
        if (JS_IsException(result))
            return -1;
        flags[i] = JS_ToBool(ctx, result) == (keeps ? 1 : 0);
        JS_FreeValue(ctx, result);
    }
    return 0;
}

/* Those of which fn says what is wanted. NULL with an exception pending. */
static struct html_set *filter_by(JSContext *ctx, struct html_object *o, JSValueConst fn,
                                  bool keeps)
{
    bool *flags = mem_try_alloc(o->set->count + 1);
    struct html_set *kept = NULL;
    if (!flags)
        JS_ThrowOutOfMemory(ctx);
    else if (ask_all(ctx, o, fn, keeps, flags) == 0)
        kept = mod_html_checked(ctx, NULL, html_query_filter_flags(o->set, flags));
    mem_free(flags);
    return kept;
}

/* The set that filter() and is() ask for: by selector, Selection or function. NULL with an
 * exception pending. */
static struct html_set *filtered(JSContext *ctx, struct html_object *o, int argc,
                                 JSValueConst *argv, const char *refusal)
{
    JSValueConst v = argc > 0 ? argv[0] : JS_UNDEFINED;
    const struct html_object *other = mod_html_object_of_role(v, ROLE_SELECTION);
    struct html_selector *sel;
    if (other)
        return mod_html_checked(ctx, NULL, html_query_filter_set(o->set, other->set, true));
    if (mod_html_is_text(v)) {
        if (!mod_html_selector_arg(ctx, argc, argv, 0, &sel))
            return NULL;
        struct html_set *kept = html_query_filter(o->set, sel, true);
        return mod_html_checked(ctx, sel, kept);
    }
    if (JS_IsFunction(ctx, v))
        return filter_by(ctx, o, v, true);
    jsarg_throw(ctx, "%s", refusal);
    return NULL;
}

JSValue mod_html_filter(JSContext *ctx, struct html_object *o, int argc, JSValueConst *argv)
{
    return mod_html_selection(
        ctx, o,
        filtered(ctx, o, argc, argv,
                 "the argument to filter() must be a function, a selector or a selection"));
}

JSValue mod_html_is(JSContext *ctx, struct html_object *o, int argc, JSValueConst *argv)
{
    struct html_set *kept = filtered(
        ctx, o, argc, argv, "the argument to is() must be a function, a selector or a selection");
    if (!kept)
        return JS_EXCEPTION;
    bool any = kept->count > 0;
    html_set_unref(kept);
    return JS_NewBool(ctx, any);
}

JSValue mod_html_not(JSContext *ctx, struct html_object *o, int argc, JSValueConst *argv)
{
    return mod_html_selection(ctx, o, filter_by(ctx, o, argv[0], false));
}
