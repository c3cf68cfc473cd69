/* cmd_deps.c - `c6 deps`: what a test imports and which extensions it needs, found without running
 * it. c6 has no extensions, so a test that needs one needs another binary. Source: k6 docs, "k6
 * deps". Tests: test/cli/deps.sh */
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/mem.h"
#include "base/vec.h"
#include "base/version.h"
#include "cli/command_frame.h"
#include "cli/commands.h"
#include "cli/loaded.h"
#include "cli/use_directives.h"

struct need {
    char *name;
    char *versions; /* NULL: any */
};

struct deps_command {
    struct command_frame frame; /* first */
    bool wants_json;
    VEC(char *) imports;
    VEC(struct need) needs;
    bool needs_other; /* than this binary */
    const char *file; /* whose directives are read */
    struct err *e;
};

static int set_json(void *opaque, const struct arg_flag *flag, const char *value, struct err *e)
{
    struct deps_command *c = opaque;
    return run_args_switch(value, &c->wants_json, e);
}

static const struct arg_flag own_flags[] = {
    {"json", 0, NULL, NULL, "print JSON", set_json, NULL},
};

static struct need *find_need(struct deps_command *c, struct str name)
{
    for (size_t i = 0; i < c->needs.len; i++)
        if (str_eqs(name, c->needs.items[i].name))
            return &c->needs.items[i];
    struct need fresh = {.name = mem_strndup(name.p, name.len)};
    VEC_PUSH(&c->needs, fresh);
    return &c->needs.items[c->needs.len - 1];
}

/* The version of k6 that c6 stands for. */
static void own_version(unsigned fills[3])
{
    const char *p = C6_K6_VERSION;
    for (int i = 0; i < 3; i++) {
        char *end;
        fills[i] = (unsigned)strtoul(p, &end, 10);
        p = *end == '.' ? end + 1 : end;
    }
}

static int note_directive(void *opaque, struct str name, struct str versions)
{
    struct deps_command *c = opaque;
    struct need *need = find_need(c, name);
    unsigned own[3];
    bool holds;
    struct buf text;
    if (versions.len == 0)
        return 0;
    own_version(own);
    buf_init(&text, BUF_NO_LIMIT);
    int rc = version_range_read(&text, versions, own, &holds);
    if (rc < 0)
        err_set(c->e, rc, "%s: '%.*s' says nothing of the version of %s", c->file,
                (int)versions.len, versions.p, need->name);
    else if (need->versions != NULL && strcmp(need->versions, "*") != 0)
        rc = err_set(c->e, ERR_INVALID, "%s: the version of %s was asked for before", c->file,
                     need->name);
    if (rc == 0) {
        mem_free(need->versions);
        need->versions = buf_take(&text);
        if (str_eqs(name, "k6") && !holds)
            c->needs_other = true;
    }
    buf_deinit(&text);
    return rc;
}

/* Modules that k6 has without an extension, whether c6 has them yet or not, also those that k6 has
 * dropped. */
static bool is_of_k6(const char *name)
{
    static const char *const names[] = {
        "k6",
        "k6/browser",
        "k6/crypto",
        "k6/crypto/x509",
        "k6/data",
        "k6/encoding",
        "k6/execution",
        "k6/experimental/browser",
        "k6/experimental/csv",
        "k6/experimental/fs",
        "k6/experimental/grpc",
        "k6/experimental/redis",
        "k6/experimental/streams",
        "k6/experimental/timers",
        "k6/experimental/tracing",
        "k6/experimental/webcrypto",
        "k6/experimental/websockets",
        "k6/html",
        "k6/http",
        "k6/metrics",
        "k6/net/grpc",
        "k6/secrets",
        "k6/timers",
        "k6/websockets",
        "k6/ws",
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

struct source {
    char *url, *text;
    size_t len;
};

/* Directives are read when all imports are known: what they say comes on top. */
struct listing {
    struct deps_command *c;
    VEC(struct source) sources;
};

static void note_import(void *opaque, const char *name, struct str text)
{
    struct listing *l = opaque;
    VEC_PUSH(&l->c->imports, mem_strdup(name));
    if (text.p != NULL && strstr(name, "://") != NULL) {
        struct source s = {mem_strdup(name), mem_strndup(text.p, text.len), text.len};
        VEC_PUSH(&l->sources, s);
    } else if (!is_of_k6(name)) {
        find_need(l->c, str_of(name));
    }
}

static int compare_texts(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static int compare_needs(const void *a, const void *b)
{
    return strcmp(((const struct need *)a)->name, ((const struct need *)b)->name);
}

static int find_all(struct deps_command *c, struct err *e)
{
    struct loaded_test t;
    struct listing l = {.c = c};
    c->e = e;
    find_need(c, STR("k6"));
    int rc = loaded_test_list_imports(&t, &c->frame.args, note_import, &l, c->frame.logger, e);
    for (size_t i = 0; i < l.sources.len; i++) {
        const struct source *s = &l.sources.items[i];
        c->file = s->url;
        if (rc == 0)
            rc = use_directives_each((struct str){s->text, s->len}, note_directive, c);
        mem_free(s->url);
        mem_free(s->text);
    }
    VEC_DEINIT(&l.sources);
    loaded_test_deinit(&t);
    c->needs_other = c->needs_other || c->needs.len > 1;
    if (c->imports.len > 0)
        qsort(c->imports.items, c->imports.len, sizeof *c->imports.items, compare_texts);
    qsort(c->needs.items, c->needs.len, sizeof *c->needs.items, compare_needs);
    return rc;
}

static const char *versions_of(const struct need *need)
{
    return need->versions != NULL ? need->versions : "*";
}

static void put_json(struct buf *out, const struct deps_command *c)
{
    struct json *all = json_new_object();
    struct json *needs = json_new_object();
    struct json *imports = json_new_array();
    for (size_t i = 0; i < c->needs.len; i++)
        json_set(needs, c->needs.items[i].name, json_new_strs(versions_of(&c->needs.items[i])));
    for (size_t i = 0; i < c->imports.len; i++)
        json_push(imports, json_new_strs(c->imports.items[i]));
    json_set(all, "buildDependencies", needs);
    json_set(all, "imports", imports);
    json_set(all, "customBuildRequired", json_new_bool(c->needs_other));
    json_print(out, all, 2);
    buf_addc(out, '\n');
    json_free(all);
}

static void put_lists(struct buf *out, const struct deps_command *c)
{
    buf_adds(out, "Build Dependencies:\n");
    for (size_t i = 0; i < c->needs.len; i++)
        buf_addf(out, "  %s: %s\n", c->needs.items[i].name, versions_of(&c->needs.items[i]));
    buf_adds(out, "\nImports:\n");
    for (size_t i = 0; i < c->imports.len; i++)
        buf_addf(out, "  %s\n", c->imports.items[i]);
    buf_addf(out, "\nCustom Build Required: %s\n", c->needs_other ? "yes" : "no");
}

static int list_deps(struct command_frame *f, struct err *e)
{
    struct deps_command *c = (struct deps_command *)f;
    int rc = find_all(c, e);
    if (rc == 0) {
        struct buf text;
        buf_init(&text, BUF_NO_LIMIT);
        if (c->wants_json)
            put_json(&text, c);
        else
            put_lists(&text, c);
        rc = command_frame_print((struct str){text.data, text.len}, e);
        buf_deinit(&text);
    }
    for (size_t i = 0; i < c->imports.len; i++)
        mem_free(c->imports.items[i]);
    VEC_DEINIT(&c->imports);
    for (size_t i = 0; i < c->needs.len; i++) {
        mem_free(c->needs.items[i].name);
        mem_free(c->needs.items[i].versions);
    }
    VEC_DEINIT(&c->needs);
    return rc;
}

static const struct command_spec spec = {
    .usage = "List what a test imports, and the extensions it would need.\n"
             "\n"
             "Import statements are followed, nothing is run. c6 has no extensions: a test that\n"
             "needs one needs a build of k6.\n"
             "\n"
             "Usage:\n"
             "  c6 deps [flags] SCRIPT\n",
    .flags = {.groups = FLAGS_SCRIPT | FLAGS_PROGRAM,
              .own = own_flags,
              .own_count = sizeof own_flags / sizeof own_flags[0]},
    .body = list_deps,
};

int cmd_deps(int argc, char **argv)
{
    struct deps_command c = {0};
    return command_frame_run(&c.frame, &spec, argc, argv);
}

void cmd_deps_flags(struct flag_list *fills)
{
    run_args_flags(fills, &spec.flags);
}
