/* engine_modules.c - the part of engine.c about modules: their records, exports and namespaces.
 * Included there, for it is one translation unit with the engine. Tests: engine_test.c, loader_test.c */

JSValue engine_module_value(JSModuleDef *m)
{
    return js_dup(JS_MKPTR(JS_TAG_MODULE, m));
}

JSModuleDef *engine_module_of(JSValueConst module_value)
{
    return JS_VALUE_GET_PTR(module_value);
}

void engine_drop_module(JSContext *ctx, JSModuleDef *m)
{
    js_free_module_def(ctx, m);
}

void engine_forget_imports(JSModuleDef *m)
{
    m->resolved = false;
    for (int i = 0; i < m->req_module_entries_count; i++)
        m->req_module_entries[i].module = NULL;
}

JSModuleDef *engine_find_module(JSContext *ctx, const char *name)
{
    JSAtom atom = JS_NewAtom(ctx, name);
    JSModuleDef *m = atom != JS_ATOM_NULL ? js_find_loaded_module_by_name(ctx, atom) : NULL;
    JS_FreeAtom(ctx, atom);
    return m;
}

static int drop_from_namespace(JSContext *ctx, JSValueConst ns, JSAtom name)
{
    JSProperty *pr;
    JSObject *p = JS_VALUE_GET_OBJ(ns);
    JSShapeProperty *prs = find_own_property(&pr, p, name);
    if (prs == NULL)
        return 0;
    if (js_update_property_flags(ctx, p, &prs, prs->flags | JS_PROP_CONFIGURABLE) < 0)
        return -1;
    return delete_property(ctx, p, name) < 0 ? -1 : 0;
}

int engine_hide_from_namespace(JSContext *ctx, JSModuleDef *m, const char *name)
{
    JSValue ns = JS_GetModuleNamespace(ctx, m);
    if (JS_IsException(ns))
        return -1;
    JSAtom atom = JS_NewAtom(ctx, name);
    int rc = atom != JS_ATOM_NULL ? drop_from_namespace(ctx, ns, atom) : -1;
    JS_FreeAtom(ctx, atom);
    JS_FreeValue(ctx, ns);
    return rc;
}

static void tell_import(JSContext *ctx, JSModuleDef *m, int req_idx, JSAtom name,
                        void (*each)(void *opaque, const char *module, const char *name),
                        void *opaque)
{
    const char *module = JS_AtomToCString(ctx, m->req_module_entries[req_idx].module_name);
    const char *text =
        name == JS_ATOM__star_ || name == JS_ATOM_NULL ? NULL : JS_AtomToCString(ctx, name);
    const char *mark = name == JS_ATOM_NULL ? ENGINE_IMPORT_EXPORT_ALL : ENGINE_IMPORT_NAMESPACE;
    if (module != NULL)
        each(opaque, module, text != NULL ? text : mark);
    JS_FreeCString(ctx, text);
    JS_FreeCString(ctx, module);
}

void engine_each_import(JSContext *ctx, JSModuleDef *m,
                        void (*each)(void *opaque, const char *module, const char *name),
                        void *opaque)
{
    for (int i = 0; i < m->import_entries_count; i++)
        tell_import(ctx, m, m->import_entries[i].req_module_idx, m->import_entries[i].import_name,
                    each, opaque);
    for (int i = 0; i < m->star_export_entries_count; i++)
        tell_import(ctx, m, m->star_export_entries[i].req_module_idx, JS_ATOM_NULL, each, opaque);
    for (int i = 0; i < m->export_entries_count; i++) {
        JSExportEntry *me = &m->export_entries[i];
        if (me->export_type == JS_EXPORT_TYPE_INDIRECT)
            tell_import(ctx, m, me->u.req_module_idx, me->local_name, each, opaque);
    }
}

void engine_each_request(JSContext *ctx, JSModuleDef *m,
                         void (*each)(void *opaque, const char *module), void *opaque)
{
    for (int i = 0; i < m->req_module_entries_count; i++) {
        const char *module = JS_AtomToCString(ctx, m->req_module_entries[i].module_name);
        if (module != NULL)
            each(opaque, module);
        JS_FreeCString(ctx, module);
    }
}

bool engine_module_is_esm(JSModuleDef *m)
{
    return m->has_tla || m->req_module_entries_count > 0 || m->export_entries_count > 0 ||
           m->star_export_entries_count > 0;
}

bool engine_module_is_native(const JSModuleDef *m)
{
    return m->init_func != NULL;
}

int engine_add_export(JSContext *ctx, JSModuleDef *m, const char *name, JSValue takes_value)
{
    JSAtom atom = JS_NewAtom(ctx, name);
    JSExportEntry *me = atom != JS_ATOM_NULL ? find_export_entry(ctx, m, atom) : NULL;
    int rc = atom == JS_ATOM_NULL ? -1 : 0;
    if (rc == 0 && me == NULL) {
        me = add_export_entry2(ctx, NULL, m, JS_ATOM_NULL, atom, JS_EXPORT_TYPE_LOCAL);
        rc = me != NULL ? 0 : -1;
        if (rc == 0 && m->func_created) { /* too late for the engine to make its variable */
            me->u.local.var_ref = js_create_module_var(ctx, false);
            rc = me->u.local.var_ref != NULL ? 0 : -1;
            if (rc == 0)
                set_value(ctx, me->u.local.var_ref->pvalue, js_dup(takes_value));
        }
    }
    JS_FreeAtom(ctx, atom);
    JS_FreeValue(ctx, takes_value);
    return rc;
}

int engine_set_exports(JSContext *ctx, JSModuleDef *m, JSValueConst of,
                       JSValue (*value_of)(JSContext *ctx, JSValueConst of, const char *name))
{
    for (int i = 0; i < m->export_entries_count; i++) {
        const char *name = JS_AtomToCString(ctx, m->export_entries[i].export_name);
        JSValue value = name != NULL ? value_of(ctx, of, name) : JS_EXCEPTION;
        JS_FreeCString(ctx, name);
        if (JS_IsException(value))
            return -1;
        /* value_of may have run script, and that may have added exports. */
        set_value(ctx, m->export_entries[i].u.local.var_ref->pvalue, value);
    }
    return 0;
}

static int compare_names(const void *a, const void *b, void *opaque)
{
    JSContext *ctx = opaque;
    JSValue x = JS_AtomToString(ctx, ((const JSPropertyEnum *)a)->atom);
    JSValue y = JS_AtomToString(ctx, ((const JSPropertyEnum *)b)->atom);
    int order = 0;
    if (JS_IsString(x) && JS_IsString(y))
        order = js_string_compare(JS_VALUE_GET_STRING(x), JS_VALUE_GET_STRING(y));
    JS_FreeValue(ctx, x);
    JS_FreeValue(ctx, y);
    return order;
}

static int add_to_namespace(JSContext *ctx, JSObject *ns, JSAtom name, JSValueConst object)
{
    JSValue value = JS_GetProperty(ctx, object, name);
    if (JS_IsException(value))
        return -1;
    JSVarRef *var_ref = js_create_module_var(ctx, false);
    JSProperty *pr =
        var_ref == NULL
            ? NULL
            : add_property(ctx, ns, name, JS_PROP_ENUMERABLE | JS_PROP_WRITABLE | JS_PROP_VARREF);
    if (pr == NULL) {
        JS_FreeValue(ctx, value);
        if (var_ref != NULL)
            free_var_ref(ctx->rt, var_ref);
        return -1;
    }
    set_value(ctx, var_ref->pvalue, value);
    pr->u.var_ref = var_ref;
    return 0;
}

int engine_fill_namespace(JSContext *ctx, JSModuleDef *m, JSValueConst object)
{
    JSPropertyEnum *names;
    uint32_t count;
    int rc = 0;
    if (JS_VALUE_GET_TAG(m->module_ns) != JS_TAG_OBJECT)
        return 0;
    if (JS_GetOwnPropertyNames(ctx, &names, &count, m->module_ns, JS_GPN_STRING_MASK) < 0)
        return -1;
    for (uint32_t i = 0; i < count && rc == 0; i++)
        rc = drop_from_namespace(ctx, m->module_ns, names[i].atom);
    JS_FreePropertyEnum(ctx, names, count);
    if (rc < 0 || JS_GetOwnPropertyNames(ctx, &names, &count, object,
                                         JS_GPN_STRING_MASK | JS_GPN_ENUM_ONLY) < 0)
        return -1;
    if (count > 1)
        rqsort(names, count, sizeof names[0], compare_names, ctx);
    for (uint32_t i = 0; i < count && rc == 0; i++)
        rc = add_to_namespace(ctx, JS_VALUE_GET_OBJ(m->module_ns), names[i].atom, object);
    JS_FreePropertyEnum(ctx, names, count);
    return rc;
}
