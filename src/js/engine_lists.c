/* engine_lists.c - the part of engine.c about what can be iterated, and the names of an error's
 * properties. Included there, for it is one translation unit with the engine.
 * Tests: test/js/core_error_names.js, test/js/webcrypto_messages.js */

JSValue engine_iterator(JSContext *ctx, JSValueConst v)
{
    JSValue method = JS_GetProperty(ctx, v, JS_ATOM_Symbol_iterator);
    if (JS_IsException(method) || JS_IsUndefined(method) || JS_IsNull(method))
        return JS_IsException(method) ? JS_EXCEPTION : JS_UNDEFINED;
    JSValue iterator = JS_GetIterator2(ctx, v, method);
    JS_FreeValue(ctx, method);
    return iterator;
}

JSValue engine_iterator_next(JSContext *ctx, JSValueConst iterator, bool *is_done)
{
    int done = 0;
    JSValue next = JS_GetProperty(ctx, iterator, JS_ATOM_next);
    if (JS_IsException(next))
        return JS_EXCEPTION;
    JSValue item = JS_IteratorNext(ctx, iterator, next, 0, NULL, &done);
    JS_FreeValue(ctx, next);
    *is_done = done != 0;
    return item;
}

void engine_iterator_close(JSContext *ctx, JSValueConst iterator)
{
    bool is_pending = JS_HasException(ctx);
    if (JS_IteratorClose(ctx, iterator, is_pending) < 0 && !is_pending)
        JS_FreeValue(ctx, JS_GetException(ctx));
}

/* The stack is an accessor of Error.prototype here, and a property of the error itself in k6. Scripts
 * print JSON.stringify(e, Object.getOwnPropertyNames(e)): they shall see it. */
static bool has_stack_elsewhere(JSValueConst v)
{
    JSObject *p = JS_VALUE_GET_TAG(v) == JS_TAG_OBJECT ? JS_VALUE_GET_OBJ(v) : NULL;
    return p != NULL && p->class_id == JS_CLASS_ERROR && !JS_IsUndefined(p->u.object_data) &&
           find_own_property1(p, JS_ATOM_stack) == NULL;
}

static JSValue js_object_getOwnPropertyNames(JSContext *ctx, JSValueConst this_val, int argc,
                                             JSValueConst *argv)
{
    JSValue names = names_of_the_engine(ctx, this_val, argc, argv);
    if (JS_IsException(names) || !has_stack_elsewhere(argv[0]))
        return names;
    JSValue stack = JS_AtomToString(ctx, JS_ATOM_stack);
    JSValueConst first[] = {stack};
    JSValue len = js_array_push(ctx, names, 1, first, /*unshift*/ 1);
    JS_FreeValue(ctx, stack);
    if (JS_IsException(len)) {
        JS_FreeValue(ctx, names);
        return JS_EXCEPTION;
    }
    JS_FreeValue(ctx, len);
    return names;
}
