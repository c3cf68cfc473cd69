/* loader_gone.c - see loader_gone.h. Tests: test/js/module_gone.js */
#include "js/loader_gone.h"

#include <string.h>

#include "js/jsarg.h"
#include "js/loader_cjs.h"
#include "js/pod_int.h"

static const char *gone_text(const struct script *script, const char *name)
{
    const struct js_module_table *all = script->modules;
    for (size_t i = 0; i < all->gone_count; i++)
        if (strcmp(all->gone[i].name, name) == 0)
            return all->gone[i].text;
    return NULL;
}

JSValue loader_throw_unknown(JSContext *ctx, const char *name)
{
    const char *gone = gone_text(pod_base_vu(ctx)->script, name);
    if (gone != NULL)
        return jsarg_throw(ctx, "%s", gone);
    return jsarg_throw(ctx, "unknown module: \"%s\"; c6 has no module of that name", name);
}

static int init_gone(JSContext *ctx, JSModuleDef *m)
{
    JSAtom atom = JS_GetModuleName(ctx, m);
    const char *name = JS_AtomToCString(ctx, atom);
    JS_FreeAtom(ctx, atom);
    if (name != NULL)
        loader_throw_unknown(ctx, name);
    JS_FreeCString(ctx, name);
    return -1;
}

JSModuleDef *loader_load_unknown(JSContext *ctx, const char *name)
{
    const struct script *script = pod_base_vu(ctx)->script;
    if (gone_text(script, name) == NULL) {
        loader_throw_unknown(ctx, name);
        return NULL;
    }
    JSModuleDef *m = JS_NewCModule(ctx, name, init_gone);
    return m != NULL && loader_cjs_add_wanted(ctx, m, script, name) == 0 ? m : NULL;
}
