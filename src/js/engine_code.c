/* engine_code.c - the part of engine.c about compiled code that the realms of a context share.
 * Included there, for it is one translation unit with the engine. Tests: engine_test.c,
 * loader_test.c */

struct engine_code {
    JSValue fn;          /* compiled, of no realm */
    JSModuleDef *module; /* NULL: a script; else as read, in no list, its function taken out */
};

/* One array of a module's description. */
static bool dup_table(JSContext *ctx, void **to, int *to_size, const void *from, int count,
                      size_t item)
{
    if (count == 0)
        return true;
    *to = js_malloc(ctx, count * item);
    if (*to == NULL)
        return false;
    memcpy(*to, from, count * item);
    *to_size = count;
    return true;
}

/* Fills what the compiler knew of a module: names, but nothing that linking found out. */
static bool dup_module(JSContext *ctx, JSModuleDef *to, const JSModuleDef *from)
{
#define DUP(table)                                                                                 \
    dup_table(ctx, (void **)&to->table, &to->table##_size, from->table, from->table##_count,       \
              sizeof to->table[0])
    to->has_tla = from->has_tla;
    if (!DUP(req_module_entries))
        return false;
    to->req_module_entries_count = from->req_module_entries_count;
    for (int i = 0; i < to->req_module_entries_count; i++) {
        JS_DupAtom(ctx, to->req_module_entries[i].module_name);
        to->req_module_entries[i].module = NULL;
        to->req_module_entries[i].attributes = JS_UNDEFINED;
    }
    if (!DUP(export_entries))
        return false;
    to->export_entries_count = from->export_entries_count;
    for (int i = 0; i < to->export_entries_count; i++) {
        JSExportEntry *e = &to->export_entries[i];
        JS_DupAtom(ctx, e->local_name);
        JS_DupAtom(ctx, e->export_name);
        if (e->export_type == JS_EXPORT_TYPE_LOCAL)
            e->u.local.var_ref = NULL;
    }
    if (!DUP(star_export_entries))
        return false;
    to->star_export_entries_count = from->star_export_entries_count;
    if (!DUP(import_entries))
        return false;
    to->import_entries_count = from->import_entries_count;
    for (int i = 0; i < to->import_entries_count; i++)
        JS_DupAtom(ctx, to->import_entries[i].import_name);
#undef DUP
    return true;
}

struct engine_code *engine_code_new(JSContext *ctx, JSValueConst read)
{
    struct engine_code *code = js_mallocz_rt(ctx->rt, sizeof *code);
    if (code == NULL)
        return NULL;
    if (JS_VALUE_GET_TAG(read) != JS_TAG_MODULE) {
        code->fn = js_dup(read);
        return code;
    }
    JSModuleDef *m = engine_module_of(read);
    code->fn = js_dup(m->func_obj);
    code->module = js_new_module_def(ctx, JS_DupAtom(ctx, m->module_name));
    if (code->module != NULL) {
        list_del(&code->module->link);
        init_list_head(&code->module->link);
    }
    if (code->module == NULL || !dup_module(ctx, code->module, m)) {
        JS_FreeValue(ctx, JS_GetException(ctx));
        engine_code_free(ctx, code);
        return NULL;
    }
    return code;
}

void engine_code_free(JSContext *ctx, struct engine_code *code)
{
    JS_FreeValue(ctx, code->fn);
    if (code->module != NULL)
        js_free_module_def(ctx, code->module);
    js_free(ctx, code);
}

JSValue engine_code_value(JSContext *ctx, const struct engine_code *code)
{
    if (code->module == NULL)
        return js_dup(code->fn);
    JSModuleDef *m = js_new_module_def(ctx, JS_DupAtom(ctx, code->module->module_name));
    if (m == NULL)
        return JS_EXCEPTION;
    bool is_ok = dup_module(ctx, m, code->module);
    for (int i = 0; is_ok && i < m->req_module_entries_count; i++) {
        JSReqModuleEntry *e = &m->req_module_entries[i];
        e->module = js_host_resolve_imported_module_atom(ctx, m->module_name, e->module_name,
                                                         e->attributes);
        is_ok = e->module != NULL;
    }
    if (!is_ok) {
        js_free_module_def(ctx, m);
        return JS_EXCEPTION;
    }
    m->func_obj = js_dup(code->fn);
    return engine_module_value(m);
}

static int freeze_template(JSContext *ctx, JSValueConst array)
{
    JSValue raw = JS_GetProperty(ctx, array, JS_ATOM_raw);
    int rc = JS_IsException(raw) || (JS_IsObject(raw) && JS_FreezeObject(ctx, raw) < 0) ||
                     JS_FreezeObject(ctx, array) < 0
                 ? -1
                 : 1;
    JS_FreeValue(ctx, raw);
    return rc;
}

int engine_freeze_templates(JSContext *ctx, JSValueConst read)
{
    JSValueConst v =
        JS_VALUE_GET_TAG(read) == JS_TAG_MODULE ? engine_module_of(read)->func_obj : read;
    if (JS_VALUE_GET_TAG(v) == JS_TAG_OBJECT)
        return freeze_template(ctx, v);
    if (JS_VALUE_GET_TAG(v) != JS_TAG_FUNCTION_BYTECODE)
        return 0;
    JSFunctionBytecode *b = JS_VALUE_GET_PTR(v);
    int found = 0;
    for (int i = 0; i < b->cpool_count && found >= 0; i++) {
        int rc = engine_freeze_templates(ctx, b->cpool[i]);
        found = rc != 0 ? rc : found;
    }
    return found;
}
