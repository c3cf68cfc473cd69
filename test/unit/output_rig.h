/* output_rig.h - for the tests of src/output: batches of samples, outputs opened on a temporary
 * folder, logs kept in memory. */
#ifndef C6_OUTPUT_RIG_H
#define C6_OUTPUT_RIG_H

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "output/fanout.h"
#include "output/output.h"
#include "test.h"

struct rig {
    char dir[64];
    char *file; /* a path in dir that does not exist yet */
    char *log_file;
    struct logger *logger;
    struct metric_registry *registry;
    struct tag_pool *pool;
    struct output_params params;
    const char *env[8]; /* name, value, name, value, ... NULL */
};

static inline const char *rig_env(void *opaque, const char *name)
{
    struct rig *r = opaque;
    for (int i = 0; r->env[i] != NULL; i += 2)
        if (strcmp(r->env[i], name) == 0)
            return r->env[i + 1];
    return NULL;
}

static inline void rig_open(struct rig *r)
{
    memset(r, 0, sizeof *r);
    setenv("TZ", "UTC", 1);
    tzset();
    strcpy(r->dir, "/tmp/c6-test-XXXXXX"); /* NOLINT: fits */
    assert_non_null(mkdtemp(r->dir));
    r->file = mem_printf("%s/out", r->dir);
    r->log_file = mem_printf("%s/log", r->dir);
    int log_fd = open(r->log_file, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    struct log_config lc = {
        .format = LOG_FORMAT_RAW, .level = LOG_INFO, .fd = log_fd, .owns_fd = true};
    r->logger = log_new(&lc);
    r->registry = metric_registry_new();
    r->pool = tag_pool_new();
    r->params = (struct output_params){.get_env = rig_env,
                                       .env_opaque = r,
                                       .logger = r->logger,
                                       .stdout_fd = -1,
                                       .system_tags = SYSTEM_TAGS_DEFAULT};
}

static inline void rig_close(struct rig *r)
{
    log_free(r->logger);
    unlink(r->file);
    unlink(r->log_file);
    assert_int_equal(rmdir(r->dir), 0);
    mem_free(r->file);
    mem_free(r->log_file);
    tag_pool_free(r->pool);
    metric_registry_free(r->registry);
}

/* The whole file as a fresh string. */
static inline char *rig_slurp(const char *path, size_t *len)
{
    FILE *f = fopen(path, "rb");
    if (f == NULL)
        fail_msg("cannot read %s", path);
    char *data = calloc(1, 1 << 20);
    size_t n = fread(data, 1, (1 << 20) - 1, f);
    fclose(f);
    if (len != NULL)
        *len = n;
    return data;
}

static inline void assert_file(const char *path, const char *want)
{
    char *text = rig_slurp(path, NULL);
    assert_string_equal(text, want);
    free(text);
}

static inline struct metric *rig_metric(struct rig *r, const char *name, enum metric_type type,
                                        enum metric_contains contains)
{
    struct metric *m = NULL;
    assert_int_equal(metric_get_or_create(r->registry, str_of(name), type, contains, &m, NULL), 0);
    return m;
}

/* Tags from pairs of texts, ended by NULL. */
static inline struct tagset *rig_tags(struct rig *r, ...)
{
    va_list ap;
    struct tagset *t = tags_empty(r->pool);
    va_start(ap, r);
    for (const char *key; (key = va_arg(ap, const char *)) != NULL;) {
        struct tagset *next = tags_with(t, str_of(key), str_of(va_arg(ap, const char *)));
        tags_unref(t);
        t = next;
    }
    va_end(ap);
    return t;
}

static inline void rig_batch_home(struct sample_batch *b)
{
    for (size_t i = 0; i < b->len; i++) {
        tags_unref(b->items[i].tags);
        tags_unref(b->items[i].metadata);
    }
    mem_free(b);
}

static inline struct sample_batch *rig_batch(void)
{
    struct sample_batch *b = MEM_NEW(struct sample_batch);
    b->give_back = rig_batch_home;
    return b;
}

/* Takes the sets. */
static inline void rig_add(struct sample_batch *b, const struct metric *m, struct tagset *tags,
                           struct tagset *metadata, int64_t time_ns, double value)
{
    b->items[b->len++] = (struct sample){
        .metric = m, .tags = tags, .metadata = metadata, .time_ns = time_ns, .value = value};
}

/* Opens spec, gives it the batch, closes it. The batch is done with. */
static inline void rig_write(struct rig *r, const char *spec, struct sample_batch *b)
{
    struct output *o = NULL;
    struct err e = {0};
    if (output_open(&o, spec, &r->params, &e) < 0 || output_start(o, &e) < 0)
        fail_msg("%s: %s", spec, e.msg);
    o->type->take(o, b);
    o->type->close(o);
    rig_batch_home(b);
}

static inline void refuses_to_start(struct rig *r, const char *spec, const char *msg)
{
    struct output *o = NULL;
    struct err e = {0};
    assert_int_equal(output_open(&o, spec, &r->params, NULL), 0);
    assert_true(output_start(o, &e) < 0);
    assert_string_equal(e.msg, msg);
    assert_int_equal(e.exit_code, EXIT_GENERIC);
    err_deinit(&e);
    output_close(o);
}

static inline void assert_refused(struct rig *r, const char *spec, const char *msg)
{
    struct output *o = NULL;
    struct err e = {0};
    assert_true(output_open(&o, spec, &r->params, &e) < 0);
    assert_string_equal(e.msg, msg);
    assert_int_equal(e.exit_code, EXIT_GENERIC);
    err_deinit(&e);
}

#endif
