/* loader_imports.c - see loader_imports.h. Compiles file after file; what one imports is put behind
 * those that wait. Tests: test/cli/deps.sh */
#include "js/loader_imports.h"

#include <string.h>

#include "base/mem.h"
#include "js/engine.h"
#include "js/jsarg.h"
#include "js/loader.h"
#include "js/loader_read.h"
#include "js/module_url.h"

enum { IMPORTS_MAX = 100000 };

struct walk {
    struct script *script;
    struct map *seen;   /* by URL or name; the values are nothing's */
    VEC(char *) queue;  /* URLs of files; owned */
    const char *base;   /* the file that is looked at */
    struct err *e;
    int rc;
};

static void meet(struct walk *w, const char *url)
{
    if (map_gets(w->seen, url) != NULL || w->queue.len >= IMPORTS_MAX)
        return;
    map_puts(w->seen, url, w);
    VEC_PUSH(&w->queue, mem_strdup(url));
}

static void note_request(void *opaque, const char *module)
{
    struct walk *w = opaque;
    char *url;
    if (w->rc < 0)
        return;
    w->rc = module_url_resolve(&url, loader_base_of(w->script, w->base), module, w->e);
    if (w->rc < 0)
        return;
    meet(w, url);
    mem_free(url);
}

static int visit(struct walk *w, struct js_vu *v, const char *url)
{
    const struct script *s = w->script;
    JSModuleDef *module;
    if (module_url_is_builtin(url)) {
        s->each_import(s->import_opaque, url, STR(""));
        return 0;
    }
    const struct module_code *code = loader_get_code(v->ctx, url, &module);
    if (code == NULL)
        return -1;
    s->each_import(s->import_opaque, url, (struct str){code->source, code->source_len});
    w->base = url;
    if (module != NULL)
        engine_each_request(v->ctx, module, note_request, w);
    if (w->rc == 0)
        return 0;
    jsarg_throw(v->ctx, "%s", w->e->msg);
    return -1;
}

int loader_each_import(struct js_vu *v)
{
    struct err e = {0};
    struct walk w = {.script = v->base.script, .seen = map_new(), .e = &e};
    int rc = 0;
    meet(&w, w.script->url);
    for (size_t i = 0; rc == 0 && i < w.queue.len; i++)
        rc = visit(&w, v, w.queue.items[i]);
    for (size_t i = 0; i < w.queue.len; i++)
        mem_free(w.queue.items[i]);
    VEC_DEINIT(&w.queue);
    map_free(w.seen, NULL);
    err_deinit(&e);
    return rc;
}
