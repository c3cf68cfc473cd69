/* script.c - loading a test script: reading it, compiling all its modules, running its init code
 * once to learn options and exports. Runs a worker of its own on the calling thread, because init
 * code may use timers and await. What VU 0 made is freed again; what stays is bytecode, files that
 * open() read, the options as JSON and the names of the exported functions. Tests: loader_test.c.
 */
#include "js/script.h"

#include <errno.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "core/worker.h"
#include "js/archive.h"
#include "js/jsarg.h"
#include "js/loader.h"
#include "js/module_url.h"
#include "js/script_int.h"
#include "js/source_file.h"
#include "js/vu_script.h"

void script_file_free(void *script_file)
{
    struct script_file *file = script_file;
    mem_free(file->data);
    file_pages_free(file->pages);
    mem_free(file->error);
    mem_free(file);
}

static void free_names(struct wanted_names *wanted)
{
    for (size_t i = 0; i < wanted->names.len; i++)
        mem_free(wanted->names.items[i]);
    VEC_DEINIT(&wanted->names);
}

static void free_imports(void *wanted_names)
{
    free_names(wanted_names);
    mem_free(wanted_names);
}

void script_free(struct script *s)
{
    if (s == NULL)
        return;
    for (size_t i = 0; i < s->env_count; i++) {
        mem_free(s->env[i].key);
        mem_free(s->env[i].value);
    }
    mem_free(s->env);
    for (size_t i = 0; i < s->modules->count; i++)
        free_names(&s->wanted[i]);
    mem_free(s->wanted);
    for (size_t i = 0; i < s->modules->count; i++)
        if (s->shared[i] != NULL)
            s->modules->items[i]->shared_free(s->shared[i]);
    mem_free(s->shared);
    for (size_t i = 0; i < s->functions.len; i++)
        mem_free(s->functions.items[i]);
    VEC_DEINIT(&s->functions);
    map_free(s->codes, loader_free_code);
    map_free(s->files, script_file_free);
    map_free(s->imports, free_imports);
    map_free(s->failures, mem_free);
    mem_free(s->options_json);
    mem_free(s->source);
    mem_free(s->wanted_as);
    mem_free(s->given_path);
    mem_free(s->url);
    mem_free(s->base_url);
    mem_free(s);
}

static struct script *new_script(const struct script_config *config)
{
    struct script *s = MEM_NEW(struct script);
    s->modules = config->modules;
    s->env = mem_calloc(config->env_count > 0 ? config->env_count : 1, sizeof *s->env);
    s->env_count = config->env_count;
    s->freezes_env = config->freezes_env;
    for (size_t i = 0; i < s->env_count; i++) {
        s->env[i].key = mem_strdup(config->env[i].key);
        s->env[i].value = mem_strdup(config->env[i].value);
    }
    s->logger = config->logger;
    s->console_logger = config->console_logger;
    s->console_source = config->console_source;
    s->is_base_mode = config->is_base_mode;
    s->secrets = config->secrets;
    s->metrics = config->metrics;
    s->each_import = config->each_import;
    s->import_opaque = config->import_opaque;
    s->fetch = config->fetch;
    s->fetch_opaque = config->fetch_opaque;
    s->archive = config->archive;
    s->keeps = config->keeps;
    s->given_path = mem_strdup(config->path);
    s->codes = map_new();
    s->files = map_new();
    s->imports = map_new();
    s->failures = map_new();
    s->shared = mem_calloc(s->modules->count > 0 ? s->modules->count : 1, sizeof *s->shared);
    for (size_t i = 0; i < s->modules->count; i++)
        if (s->modules->items[i]->shared_new != NULL)
            s->shared[i] = s->modules->items[i]->shared_new();
    s->wanted = mem_calloc(s->modules->count > 0 ? s->modules->count : 1, sizeof *s->wanted);
    return s;
}

static int working_dir(char **out, struct err *e)
{
    char *dir = getcwd(NULL, 0);
    if (dir == NULL)
        return err_set(e, err_from_errno(errno), "can't tell the current folder: %s",
                       strerror(errno));
    *out = mem_strdup(dir);
    free(dir);
    return 0;
}

static int read_from_archive(const struct archive *a, const char *url, char **data, size_t *len,
                             struct err *e)
{
    const struct archive_file *f = archive_get(a, url);
    if (f == NULL) {
        char *path = module_url_to_path(url);
        int rc = err_set(e, ERR_NOT_FOUND, "open %s: no such file in the archive",
                         path != NULL ? path : url);
        mem_free(path);
        return rc;
    }
    *data = mem_strndup(f->data, f->len);
    *len = f->len;
    return 0;
}

int script_read(struct script *s, const char *url, char **data, size_t *len, struct err *e)
{
    int rc;
    char *path = module_url_to_path(url);
    if (s->archive != NULL)
        rc = read_from_archive(s->archive, url, data, len, e);
    else if (path != NULL)
        rc = source_file_read(path, data, len, e);
    else if (s->fetch != NULL && s->loading != NULL)
        rc = s->fetch(s->fetch_opaque, s->loading, url, data, len, e);
    else
        rc = err_set(e, ERR_UNSUPPORTED, "\"%s\" is remote, and nothing here can fetch it", url);
    if (rc == 0 && s->keeps != NULL)
        archive_add(s->keeps, url, (struct str){*data, *len});
    mem_free(path);
    return rc;
}

struct secret_sources *script_secrets(const struct script *s)
{
    return s->secrets;
}

static struct script_file *read_new_file(struct script *s, const char *path)
{
    struct err e = {0};
    struct script_file *file = MEM_NEW(struct script_file);
    char *url = module_url_from_path(path);
    file->rc = script_read(s, url, &file->data, &file->len, &e);
    if (file->rc < 0)
        file->error = mem_strdup(e.msg);
    else if (file->len >= FILE_PAGES_MIN)
        file->pages = file_pages_new((struct str){file->data, file->len});
    if (file->pages != NULL) {
        mem_free(file->data);
        file->data = NULL;
    }
    mem_free(url);
    err_deinit(&e);
    return file;
}

int script_open_pages(struct script *s, const char *path, struct str *bytes,
                      struct file_pages **pages, struct err *e)
{
    struct script_file *file = map_gets(s->files, path);
    if (file == NULL && s->is_locked)
        return err_set(e, ERR_INVALID, "\"%s\" was not opened while the script was loaded", path);
    if (file == NULL) {
        file = read_new_file(s, path);
        struct script_file *same = map_puts(s->files, path, file);
        CHECK(same == NULL);
    }
    if (file->error != NULL)
        return err_set(e, file->rc, "%s", file->error);
    *pages = file->pages;
    *bytes = file->pages != NULL ? file_pages_bytes(file->pages)
                                 : (struct str){file->data, file->len};
    return 0;
}

int script_open(struct script *s, const char *path, struct str *bytes, struct err *e)
{
    struct file_pages *pages;
    return script_open_pages(s, path, bytes, &pages, e);
}

/* The script's text, as the caller has read it. */
static void take_text(struct script *s, struct str text)
{
    s->source = mem_strndup(text.p, text.len);
    s->source_len = text.len;
    if (s->keeps != NULL)
        archive_add(s->keeps, s->url, text);
}

/* text: see script_config. */
static int read_script_file(struct script *s, const char *dir, const char *path, struct str text,
                            struct err *e)
{
    if (strncmp(path, "https://", 8) == 0) { /* fetched by the worker that loads it */
        s->url = mem_strdup(path);
        return 0;
    }
    char *full = path[0] == '/'
                     ? mem_strdup(path)
                     : mem_printf("%s/%s", dir, strncmp(path, "file://", 7) == 0 ? path + 7 : path);
    s->url = module_url_from_path(strncmp(path, "file:///", 8) == 0 ? path + 7 : full);
    mem_free(full);
    if (text.p != NULL) {
        take_text(s, text);
        return 0;
    }
    int rc = script_read(s, s->url, &s->source, &s->source_len, e);
    if (rc == ERR_NOT_FOUND)
        err_set(e, rc,
                "The moduleSpecifier \"%s\" couldn't be found on local disk. Make sure that you've "
                "specified the right path "
                "to the file.",
                path);
    return rc;
}

static int read_stdin_script(struct script *s, struct str text, struct err *e)
{
    int rc = 0;
    s->url = mem_strdup("file:///-");
    if (text.p != NULL) {
        take_text(s, text);
        return 0;
    }
    rc = source_file_read_stdin(&s->source, &s->source_len, e);
    if (rc == 0 && s->keeps != NULL)
        archive_add(s->keeps, s->url, (struct str){s->source, s->source_len});
    return rc;
}

/* Where the script is, and its text. */
static int locate(struct script *s, const struct script_config *config, struct err *e)
{
    char *dir = NULL;
    if (s->archive != NULL) {
        s->url = mem_strdup(s->archive->main_url);
        s->base_url = mem_strdup(s->archive->base_url);
        return script_read(s, s->url, &s->source, &s->source_len, e);
    }
    int rc = working_dir(&dir, e);
    if (rc < 0)
        return rc;
    char *dir_slash = mem_printf("%s/", dir);
    s->base_url = module_url_from_path(dir_slash);
    mem_free(dir_slash);
    rc = strcmp(config->path, "-") == 0 ? read_stdin_script(s, config->text, e)
                                        : read_script_file(s, dir, config->path, config->text, e);
    mem_free(dir);
    return rc;
}

/* ---- what the exports say ---- */

static bool note_function(void *opaque, JSContext *ctx, struct str key, JSValueConst value)
{
    struct script *s = opaque;
    if (JS_IsFunction(ctx, value))
        VEC_PUSH(&s->functions, mem_strndup(key.p, key.len));
    return true;
}

static int check_hook(struct js_vu *v, const char *name, struct err *e)
{
    JSValue hook = JS_GetPropertyStr(v->ctx, v->exports, name);
    bool is_bad = !jsarg_is_nullish(hook) && !JS_IsFunction(v->ctx, hook);
    JS_FreeValue(v->ctx, hook);
    return is_bad ? err_set(e, ERR_INVALID, "exported '%s' must be a function", name) : 0;
}

static int take_options(struct script *s, struct js_vu *v, struct err *e)
{
    JSValue options = JS_GetPropertyStr(v->ctx, v->exports, "options");
    int rc = 0;
    if (!jsarg_is_nullish(options)) {
        struct buf json;
        buf_init(&json, BUF_NO_LIMIT);
        rc = jsarg_put_json(&json, v->ctx, options, e);
        if (rc < 0)
            err_prefix(e, rc, "error parsing script options");
        s->options_json = buf_take(&json);
    }
    JS_FreeValue(v->ctx, options);
    return rc;
}

/* Inside VU 0, after its init code. */
static int inspect_exports(struct script *s, struct js_vu *v, struct err *e)
{
    int rc = 0;
    if (!JS_IsObject(v->exports) || jsarg_each_property(v->ctx, v->exports, note_function, s) < 0)
        JS_FreeValue(v->ctx, JS_GetException(v->ctx));
    if ((rc = check_hook(v, "setup", e)) < 0 || (rc = check_hook(v, "teardown", e)) < 0)
        return rc;
    struct err ignored = {0};
    s->has_bad_summary_hook = check_hook(v, "handleSummary", &ignored) < 0;
    err_deinit(&ignored);
    return take_options(s, v, e);
}

/* ---- the loading worker ---- */

struct load {
    struct script *script;
    struct worker *worker;
    struct err *e;
    int rc;
    bool is_done;
};

static void load_fiber(void *arg)
{
    struct load *l = arg;
    struct js_vu *v = NULL;
    struct vu_new_config config = {.worker = l->worker};
    l->rc = vu_script_new(l->script, &config, &v, l->e);
    if (l->rc == 0) {
        js_vu_begin(v);
        l->rc = l->script->each_import == NULL ? inspect_exports(l->script, v, l->e) : 0;
        l->script->wants_regexp = engine_has_regexp(v->ctx);
        js_vu_end(v);
        vu_script_free(v);
    }
    l->is_done = true;
}

/* Fibers that init code started may outlive it: one that waits for a helper thread can't be
 * canceled. */
static bool load_is_done(void *opaque)
{
    const struct load *l = opaque;
    struct worker_stats stats;
    worker_get_stats(l->worker, &stats);
    return l->is_done && stats.fibers == 0;
}

static int load_on_worker(struct script *s, struct err *e)
{
    struct load l = {.script = s, .e = e};
    l.worker = worker_new(0);
    if (l.worker == NULL)
        return err_set(e, ERR_NO_FILES, "no file descriptors left to load the script with");
    s->loading = l.worker;
    fiber_spawn(l.worker, FIBER_BIG, load_fiber, &l);
    worker_run_here(l.worker, load_is_done, &l);
    s->loading = NULL;
    worker_free(l.worker);
    /* What VU 0 built of its data files was several times as large as what is kept; the allocator
     * would hold on to it for good. */
    malloc_trim(0);
    return l.rc;
}

int script_load(struct script **out, const struct script_config *config, struct err *e)
{
    *out = NULL;
    struct script *s = new_script(config);
    int rc = locate(s, config, e);
    if (rc < 0)
        goto done;
    rc = load_on_worker(s, e);
    if (rc < 0) {
        /* An exception speaks for itself; the rest says which script. */
        if (e != NULL && !e->is_stack)
            err_prefix(e, rc, "could not initialize '%s': could not load JS test '%s'",
                       s->given_path, s->url);
        goto done;
    }
    s->is_locked = true;
    *out = s;
    s = NULL;
done:
    if (rc < 0)
        err_set_exit(e, EXIT_GENERIC);
    script_free(s);
    return rc;
}

bool script_has_functions(const struct script *s)
{
    return s->functions.len > 0;
}

struct str script_options_json(const struct script *s)
{
    return str_of(s->options_json);
}

const char *script_url(const struct script *s)
{
    return s->url;
}

const char *script_base_url(const struct script *s)
{
    return s->base_url;
}
