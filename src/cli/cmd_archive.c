/* cmd_archive.c - `c6 archive`: a test with all that it reads, in one file.
 * The script's init code runs, so that what it opens is known; nothing is printed, because the
 * output may be the archive itself. Source: k6 docs, "k6 archive". Tests: test/cli/archive*.sh */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "cli/command_frame.h"
#include "cli/commands.h"
#include "cli/loaded.h"
#include "core/clock.h"

struct archive_command {
    struct command_frame frame; /* first */
    const char *out;            /* borrowed from argv */
    bool excludes_env;
};

static int set_out(void *opaque, const struct arg_flag *flag, const char *value, struct err *e)
{
    struct archive_command *c = opaque;
    c->out = value;
    return *value == '\0' ? err_set(e, ERR_INVALID, "the name of the archive is empty") : 0;
}

static int set_exclude_env(void *opaque, const struct arg_flag *flag, const char *value,
                           struct err *e)
{
    struct archive_command *c = opaque;
    return run_args_switch(value, &c->excludes_env, e);
}

static const struct arg_flag own_flags[] = {
    {"archive-out", 'O', "string", NULL,
     "name of the archive (default archive.tar); - writes it to standard output", set_out, NULL},
    {"exclude-env-vars", 0, NULL, NULL, "leave the environment variables out of the archive",
     set_exclude_env, NULL},
};

/* ---- what goes in */

/* The folder of a URL. A script from standard input imports from the current one. */
static char *base_url(const struct script *s)
{
    const char *url = script_url(s);
    if (strcmp(url, "file:///-") == 0)
        return mem_strdup(script_base_url(s));
    return mem_strndup(url, (size_t)(strrchr(url, '/') + 1 - url));
}

/* The options in force, shortcuts as they were written: a run of the archive derives the scenarios
 * anew, with the flags that it is given. */
static char *options_json(struct options *o)
{
    struct buf text;
    if (o->has_derived_iterations)
        o->iterations.set = false;
    struct json *all = options_to_json(o, NULL);
    buf_init(&text, BUF_NO_LIMIT);
    json_print(&text, all, 0);
    json_free(all);
    return buf_take(&text);
}

static void fill(struct archive *a, struct archive_command *c, struct loaded_test *t)
{
    const struct run_args *args = &c->frame.args;
    const struct archive *from = t->source.archive;
    a->main_url = mem_strdup(script_url(t->script));
    a->base_url = from != NULL ? mem_strdup(from->base_url) : base_url(t->script);
    a->options_json = options_json(&t->options);
    a->compatibility_mode = mem_strdup(args->compatibility_mode);
    a->has_no_env = c->excludes_env;
    for (size_t i = 0; !c->excludes_env && i < t->source.env.len; i++) {
        struct key_value kv = {mem_strdup(t->source.env.items[i].key),
                               mem_strdup(t->source.env.items[i].value)};
        VEC_PUSH(&a->env, kv);
    }
    if (from != NULL) /* also what its script would open under another environment */
        archive_add_all(a, from);
}

/* ---- where it goes */

/* Half an archive is none. But the name may be that of a device. */
static void remove_file(FILE *f, const char *path)
{
    struct stat st;
    if (fstat(fileno(f), &st) == 0 && S_ISREG(st.st_mode))
        unlink(path);
}

static int write_file(const char *path, struct str bytes, struct err *e)
{
    FILE *f = fopen(path, "wbe");
    if (f == NULL)
        return err_set(e, err_from_errno(errno), "can't create the archive %s: %s", path,
                       strerror(errno));
    int errno_value = 0;
    if (fwrite(bytes.p, 1, bytes.len, f) != bytes.len || fflush(f) != 0) {
        errno_value = errno;
        remove_file(f, path);
    }
    if (fclose(f) != 0 && errno_value == 0)
        errno_value = errno;
    if (errno_value == 0)
        return 0;
    return err_set(e, err_from_errno(errno_value), "can't write the archive %s: %s", path,
                   strerror(errno_value));
}

static int make_archive(struct command_frame *f, struct err *e)
{
    struct archive_command *c = (struct archive_command *)f;
    struct archive *a = archive_new();
    struct loaded_test t;
    struct buf bytes;
    buf_init(&bytes, BUF_NO_LIMIT);
    int rc = loaded_test_load(&t, &f->args, a, f->logger, e);
    if (rc == 0)
        rc = loaded_test_configure(&t, &f->args, f->logger, e);
    if (rc < 0)
        goto done;
    fill(a, c, &t);
    archive_write(&bytes, a, clock_wall_ns() / 1000000000);
    struct str all = {bytes.data, bytes.len};
    rc = strcmp(c->out, "-") == 0 ? command_frame_print(all, e) : write_file(c->out, all, e);
done:
    buf_deinit(&bytes);
    loaded_test_deinit(&t);
    archive_free(a);
    return rc;
}

static const struct command_spec spec = {
    .usage =
        "Put a test with everything it needs into one file.\n"
        "\n"
        "The script, the files it imports and opens, its options and the variables given with -e\n"
        "travel in the archive. c6 and k6 run it like a script: c6 run archive.tar\n"
        "\n"
        "Usage:\n"
        "  c6 archive [flags] SCRIPT\n",
    .flags = {.groups = FLAGS_OPTIONS | FLAGS_SCRIPT | FLAGS_PROGRAM,
              .own = own_flags,
              .own_count = sizeof own_flags / sizeof own_flags[0]},
    .body = make_archive,
};

int cmd_archive(int argc, char **argv)
{
    struct archive_command c = {.out = "archive.tar"};
    return command_frame_run(&c.frame, &spec, argc, argv);
}

void cmd_archive_flags(struct flag_list *fills)
{
    run_args_flags(fills, &spec.flags);
}
