/* test_source.c - script or archive? k6 looks at the first bytes, whatever the file's name.
 * Knows no engine. Tests: test/cli/archive_*.sh */
#include "cli/test_source.h"

#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "js/module_url.h"
#include "js/source_file.h"
#include "js/tar.h"

/* The first bytes of a file; fewer when it has no more or can't be read. */
static size_t read_head(const char *path, char head[TAR_BLOCK])
{
    size_t len = 0;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t n = 1;
    while (fd >= 0 && len < TAR_BLOCK && n > 0) {
        n = read(fd, head + len, TAR_BLOCK - len);
        if (n > 0)
            len += (size_t)n;
    }
    if (fd >= 0)
        close(fd);
    return len;
}

/* "file:///dir/made.tar", as messages name it. Caller frees. */
static char *url_of(const char *path)
{
    char *dir = path[0] == '/' ? NULL : getcwd(NULL, 0);
    char *full = mem_printf("%s/%s", dir != NULL ? dir : "", path);
    char *url = module_url_from_path(full);
    mem_free(full);
    free(dir);
    return url;
}

static bool is_archive(const struct run_args *args, struct str head)
{
    if (args->type != NULL && *args->type != '\0')
        return strcmp(args->type, "archive") == 0;
    return archive_begins(head);
}

static int check_type(const struct run_args *args, struct err *e)
{
    const char *type = args->type != NULL ? args->type : "";
    if (*type == '\0' || strcmp(type, "js") == 0 || strcmp(type, "archive") == 0)
        return 0;
    char *url = url_of(args->script);
    int rc = err_set(e, ERR_INVALID,
                     "could not initialize '%s': unknown or unspecified test type "
                     "'%s' for '%s'",
                     args->script, type, url);
    mem_free(url);
    return rc;
}

static int read_archive(struct test_source *s, const struct run_args *args, struct str bytes,
                        struct err *e)
{
    int rc = archive_read(&s->archive, bytes, e);
    if (rc < 0) {
        char *url = url_of(args->script);
        err_prefix(e, rc, "could not initialize '%s': could not load test archive bundle '%s'",
                   args->script, url);
        mem_free(url);
    }
    return rc;
}

/* What can be read only once is read here. */
static int read_stream(struct test_source *s, const struct run_args *args, struct err *e)
{
    bool is_stdin = strcmp(args->script, "-") == 0;
    int rc = is_stdin ? source_file_read_stdin(&s->text, &s->len, e)
                      : source_file_read(args->script, &s->text, &s->len, e);
    if (rc == 0 && is_archive(args, (struct str){s->text, s->len}))
        rc = read_archive(s, args, (struct str){s->text, s->len}, e);
    return rc;
}

/* Standard input, or a pipe that has a name: `c6 run <(make-script)`. */
static bool is_stream(const char *path)
{
    struct stat st;
    return strcmp(path, "-") == 0 ||
           (stat(path, &st) == 0 && (S_ISFIFO(st.st_mode) || S_ISCHR(st.st_mode)));
}

static int read_path(struct test_source *s, const struct run_args *args, struct err *e)
{
    char head[TAR_BLOCK];
    char *bytes = NULL;
    size_t len = 0;
    struct err ignored = {0};
    int rc = 0;
    if (!is_archive(args, (struct str){head, read_head(args->script, head)}))
        return 0;
    if (source_file_read(args->script, &bytes, &len, &ignored) == 0)
        rc = read_archive(s, args, (struct str){bytes, len}, e);
    err_deinit(&ignored);
    mem_free(bytes);
    return rc;
}

static void put_env(struct test_source *s, const struct key_value *kv)
{
    for (size_t i = 0; i < s->env.len; i++) {
        if (strcmp(s->env.items[i].key, kv->key) == 0) {
            s->env.items[i] = *kv;
            return;
        }
    }
    VEC_PUSH(&s->env, *kv);
}

int test_source_init(struct test_source *s, const struct run_args *args, struct err *e)
{
    memset(s, 0, sizeof *s);
    int rc = check_type(args, e);
    if (rc == 0)
        rc = is_stream(args->script) ? read_stream(s, args, e) : read_path(s, args, e);
    if (rc < 0) {
        err_set_exit(e, EXIT_GENERIC);
        return rc;
    }
    for (size_t i = 0; s->archive != NULL && i < s->archive->env.len; i++)
        put_env(s, &s->archive->env.items[i]);
    for (size_t i = 0; i < args->env.len; i++)
        put_env(s, &args->env.items[i]);
    return 0;
}

void test_source_put_env(struct test_source *s, const char *key, const char *value)
{
    struct key_value kv = {(char *)(uintptr_t)key, (char *)(uintptr_t)value};
    put_env(s, &kv);
}

void test_source_drop_env(struct test_source *s, const char *key)
{
    for (size_t i = 0; i < s->env.len; i++) {
        if (strcmp(s->env.items[i].key, key) == 0) {
            VEC_REMOVE(&s->env, i);
            return;
        }
    }
}

void test_source_deinit(struct test_source *s)
{
    mem_free(s->text);
    archive_free(s->archive);
    VEC_DEINIT(&s->env);
    memset(s, 0, sizeof *s);
}
