/* loader_read.c - the texts of modules, and the source maps they name; see loader_read.h.
 * Tests: loader_test.c, source_map_url_test.c */
#include "js/loader_read.h"

#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "js/jsarg.h"
#include "js/module_url.h"
#include "js/pod_int.h"
#include "js/source_map_url.h"

const char *loader_base_of(struct script *script, const char *base)
{
    /* A script from stdin has no folder of its own; import() in eval'd code has no file. */
    bool is_file = (strncmp(base, "file://", 7) == 0 || strncmp(base, "https://", 8) == 0) &&
                   strcmp(base, "file:///-") != 0;
    return is_file ? base : script->base_url;
}

/* path: NULL for a module of another machine. The text is the caller's. */
static char *why_not_read(const struct script *script, const char *url, const char *path, int rc,
                          const struct err *e)
{
    const char *shown = script->wanted_as != NULL ? script->wanted_as : url;
    if (path == NULL && script->archive == NULL)
        return mem_printf("The moduleSpecifier \"%s\" couldn't be retrieved from the resolved url "
                          "\"%s\". Error : \"%s\"",
                          shown, url, e->msg);
    if (rc == ERR_NOT_FOUND && script->archive != NULL)
        return mem_printf("The moduleSpecifier \"%s\" couldn't be found in the archive.", shown);
    if (rc == ERR_NOT_FOUND)
        return mem_printf("The moduleSpecifier \"%s\" couldn't be found on local disk. Make sure "
                          "that you've specified the right path to the file; it was looked for at "
                          "%s",
                          shown, path);
    if (rc == ERR_UNSUPPORTED && path != NULL) /* a folder */
        return mem_strdup(e->msg);
    return mem_printf("The moduleSpecifier \"%s\" couldn't be read: %s", shown, e->msg);
}

/* Parks for what is on another machine. */
static int read_url(JSContext *ctx, struct script *script, const char *url, char **source,
                    size_t *len, struct err *e)
{
    int rc;
    if (strncmp(url, "https://", 8) == 0 && script->archive == NULL)
        POD_PARK(pod_vu(ctx), rc = script_read(script, url, source, len, e));
    else
        rc = script_read(script, url, source, len, e);
    return rc;
}

static bool is_json(JSContext *ctx, struct str text)
{
    JSValue value = JS_ParseJSON(ctx, text.p, text.len, "<map>");
    bool is = JS_IsObject(value);
    if (JS_IsException(value))
        JS_FreeValue(ctx, JS_GetException(ctx));
    JS_FreeValue(ctx, value);
    return is;
}

void loader_look_for_map(JSContext *ctx, struct script *script, const char *url, struct str source)
{
    struct str name;
    struct err e = {0};
    char *map_url = NULL, *map = NULL;
    size_t len = 0;
    if (!source_map_url(source, &name))
        return;
    char *spec = mem_printf("./%.*s", (int)name.len, name.p);
    bool is_local = str_finds(name, "://") < 0;
    int rc =
        module_url_resolve(&map_url, loader_base_of(script, url), is_local ? spec : spec + 2, &e);
    if (rc == 0)
        rc = read_url(ctx, script, map_url, &map, &len, &e);
    if (rc < 0 || !is_json(ctx, (struct str){map, len}))
        log_warn(script->logger, "the source map of %s could not be read: %s", url,
                 rc < 0 && e.msg != NULL ? e.msg : "it is no JSON");
    err_deinit(&e);
    mem_free(map_url);
    mem_free(map);
    mem_free(spec);
}

int loader_read_module(JSContext *ctx, struct script *script, const char *url, char **source,
                       size_t *len)
{
    if (script->source != NULL && strcmp(url, script->url) == 0) {
        *source = script->source;
        *len = script->source_len;
        script->source = NULL;
        return 0;
    }
    struct err e = {0};
    char *path = module_url_to_path(url);
    int rc = read_url(ctx, script, url, source, len, &e);
    if (rc == ERR_CANCELED) {
        pod_throw_interrupt(ctx);
    } else if (rc < 0) {
        char *why = why_not_read(script, url, path, rc, &e);
        jsarg_throw(ctx, "%s", why);
        mem_free(map_puts(script->failures, url, why)); /* later VUs are told the same */
    }
    err_deinit(&e);
    mem_free(path);
    return rc;
}
