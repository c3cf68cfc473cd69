/* cmd_new.c - `c6 new`: writes a first script. Nothing is written unless the template is sound, and
 * no file is overwritten unless --force says so.
 * Source: k6 docs, "k6 new". Tests: test/cli/new.sh */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "cli/command_frame.h"
#include "cli/commands.h"
#include "cli/script_template.h"
#include "js/source_file.h"

struct new_command {
    struct command_frame frame;             /* first */
    const char *template_name, *project_id; /* borrowed from argv */
    bool overwrites;
};

static int set_force(void *opaque, const struct arg_flag *flag, const char *value, struct err *e)
{
    struct new_command *c = opaque;
    return run_args_switch(value, &c->overwrites, e);
}

static int set_template(void *opaque, const struct arg_flag *flag, const char *value, struct err *e)
{
    struct new_command *c = opaque;
    c->template_name = value;
    return 0;
}

static int set_project_id(void *opaque, const struct arg_flag *flag, const char *value,
                          struct err *e)
{
    struct new_command *c = opaque;
    c->project_id = value;
    return 0;
}

static const struct arg_flag own_flags[] = {
    {"force", 'f', NULL, NULL, "overwrite a file that is there", set_force, NULL},
    {"template", 0, "string", NULL,
     "minimal (default), protocol, browser, or the path of a template of your own", set_template,
     NULL},
    {"project-id", 0, "string", NULL, "id of a Grafana Cloud project for the script's options",
     set_project_id, NULL},
};

/* The template's text in *out, to be freed. A name with a slash is a path. */
static int get_template(const char *name, char **out, size_t *len, struct err *e)
{
    const char *text = script_template_builtin(name);
    if (text != NULL) {
        *out = mem_strdup(text);
        *len = strlen(text);
        return 0;
    }
    if (strchr(name, '/') != NULL) {
        int rc = source_file_read(name, out, len, e);
        return rc < 0 ? err_prefix(e, rc, "failed to read template file %s", name) : 0;
    }
    err_set(e, ERR_INVALID, "invalid template type \"%s\"", name);
    if (access(name, F_OK) == 0)
        err_set_hint(e, "did you mean ./%s?", name);
    else
        err_set_hint(e, "there are minimal, protocol and browser");
    return ERR_INVALID;
}

static int write_script(const char *path, bool overwrites, struct str text, struct err *e)
{
    FILE *f = fopen(path, overwrites ? "we" : "wxe");
    if (f == NULL && errno == EEXIST)
        return err_set(e, ERR_EXISTS, "%s already exists. Use the `--force` flag to overwrite it",
                       path);
    if (f == NULL)
        return err_set(e, err_from_errno(errno), "can't create %s: %s", path, strerror(errno));
    bool is_written = fwrite(text.p, 1, text.len, f) == text.len;
    if (fclose(f) != 0 || !is_written)
        return err_set(e, err_from_errno(errno), "can't write %s: %s", path, strerror(errno));
    return 0;
}

static int say_done(const char *path, const char *template_name, struct err *e)
{
    char *text = mem_printf("New script created: %s (%s template).\n", path, template_name);
    int rc = command_frame_print(str_of(text), e);
    mem_free(text);
    return rc;
}

static int make_script(struct command_frame *f, struct err *e)
{
    struct new_command *c = (struct new_command *)f;
    const char *path = f->args.script != NULL ? f->args.script : "script.js";
    struct script_template_values values = {path, c->project_id};
    char *text = NULL;
    size_t len = 0;
    struct buf out;
    buf_init(&out, BUF_NO_LIMIT);
    int rc = get_template(c->template_name, &text, &len, e);
    if (rc == 0) {
        rc = script_template_put(&out, (struct str){text, len}, &values, e);
        if (rc < 0)
            err_prefix(e, rc, "failed to parse template file %s", c->template_name);
    }
    if (rc == 0)
        rc = write_script(path, c->overwrites, (struct str){out.data, out.len}, e);
    if (rc == 0)
        rc = say_done(path, c->template_name, e);
    buf_deinit(&out);
    mem_free(text);
    return rc;
}

static const struct command_spec spec = {
    .usage = "Write a first script.\n"
             "\n"
             "Usage:\n"
             "  c6 new [flags] [FILE]\n"
             "\n"
             "FILE is script.js unless given. A template of your own may hold {{ .ScriptName }},\n"
             "{{ .ProjectID }} and {{ if .ProjectID }} ... {{ else }} ... {{ end }}.\n",
    .flags = {.groups = FLAGS_PROGRAM,
              .own = own_flags,
              .own_count = sizeof own_flags / sizeof own_flags[0],
              .needs_no_word = true},
    .body = make_script,
};

int cmd_new(int argc, char **argv)
{
    struct new_command c = {.template_name = "minimal", .project_id = ""};
    return command_frame_run(&c.frame, &spec, argc, argv);
}

void cmd_new_flags(struct flag_list *fills)
{
    run_args_flags(fills, &spec.flags);
}
